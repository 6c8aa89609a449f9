"""Decisions: what is frozen and told, what is refused, and that a refusal leaves every byte as it
was."""

from __future__ import annotations

import os
import shutil
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from insatskoll import writing
from insatskoll.catalogue import canonical, loading
from insatskoll.decisions import changelog
from insatskoll.decisions.asked import DecisionRefused
from insatskoll.law.rules import load_rules
from insatskoll.lint.run import lint
from insatskoll.reading import building, document, hygiene
from insatskoll.writing import WriteError
from tests.catalogues import INSATS, KOMMUN, ROOT, lint_folder, load, write_kommun
from tests.decisions import (
    INFORMATION,
    contents,
    decided,
    five,
    git,
    insats,
    plan,
    repository,
    write,
)
from tests.program import Run, run

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import BeslutData, Beslutsuppgifter

GIVEN = {"--datum": "2025-10-20", "--paragraf": "§ 5", "--dnr": "SN 2025/1"}
LOG = "catalogue/kommuner/exempel/ändringslogg.md"
HEAD = "# Ändringslogg för Exempels kommun\n\nBesluten, det senaste först.\n"
EXEMPT = {"karaktär": "stöd", "dokumentation": {"nivå": "avidentifierad"}}


@pytest.fixture
def kommun(tmp_path: Path) -> Path:
    return repository(tmp_path, {"samtal": insats("Samtal vid oro"), "café": insats("Öppet café")})


def asked(root: Path, *more: str, kommun: str = "exempel", **options: str) -> Run:
    given = GIVEN | {f"--{name}": value for name, value in options.items()}
    return run(
        "decide", kommun, *(word for option in given.items() for word in option), *more, cwd=root
    )


def test_the_files_are_frozen_and_told_and_nothing_else_is_touched(
    kommun: Path, tmp_path: Path
) -> None:
    done = asked(tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Beslutet 2025-10-20 § 5 är fryst: 2 insatser.",
        "catalogue/kommuner/exempel/beslut/2025-10-20.yaml är skriven.",
        f"{LOG} är skriven.",
        "catalogue/kommuner/exempel/kommun.yaml är skriven.",
        f"Kontrollsumma för protokollet: {load(kommun).beslut[0].data['kontrollsumma']}",
        "Skriv ”förslag” i kommun.yaml när nästa revidering börjar.",
    ]
    status = git(tmp_path, "status", "--porcelain", "--untracked-files=all").splitlines()
    assert status == [
        " M catalogue/kommuner/exempel/kommun.yaml",
        "?? catalogue/kommuner/exempel/beslut/2025-10-20.yaml",
        f"?? {LOG}",
    ]
    (beslut,) = load(kommun).beslut
    facts = {
        "nämnd": "Omsorgsnämnden",
        "datum": "2025-10-20",
        "paragraf": "§ 5",
        "diarienummer": "SN 2025/1",
    }
    assert beslut.data["beslut"] == facts | {"händelse": "Antagen"}
    assert "förslag" not in beslut.revision.kommun
    assert beslut.data.get("förslag") == INFORMATION["förslag"], "moved there"
    now = load(kommun).revision
    assert now is not None and "förslag" not in now.kommun
    assert [f for f in lint_folder(kommun).findings if f.level == "fel"] == []
    entry = "## 2025-10-20 § 5 (SN 2025/1)\n\nFörsta beslutet: 2 insatser.\n"
    assert (tmp_path / LOG).read_text("utf-8") == f"{HEAD}\n{entry}"


def test_what_hinders_is_told_once_and_in_a_file_that_is_there(tmp_path: Path) -> None:
    repository(tmp_path, {"samtal": insats("Samtal vid oro", innehåll="Hej \U0001f600.")})
    done = asked(tmp_path)
    assert done.code == 1
    assert done.out.count("IK911") == 1
    assert "catalogue/kommuner/exempel/insatser/samtal.yaml\n" in done.out
    assert "beslut/2025-10-20.yaml" not in done.out
    assert not (tmp_path / "catalogue/kommuner/exempel/beslut").exists()


def test_what_hinders_in_an_option_is_told_of_the_option(kommun: Path, tmp_path: Path) -> None:
    done = asked(tmp_path, nämnd="\U0001f600nämnden")
    assert done.code == 1
    assert done.out.startswith("--nämnd: Texten börjar med tecken som inget typsnitt har")
    assert "beslut/2025-10-20.yaml" not in done.out and "Inget är skrivet." in done.out


def test_no_proposal_is_spoken_of_where_there_is_none(tmp_path: Path) -> None:
    place = repository(tmp_path, {"samtal": insats("Samtal vid oro")})
    text = (place / "kommun.yaml").read_text("utf-8")
    (place / "kommun.yaml").write_text(text.partition("förslag:")[0], "utf-8")
    assert (
        asked(tmp_path).out.splitlines()[-1]
        == "Skriv ”förslag” i kommun.yaml när nästa revidering börjar."
    )


def test_the_next_decision_names_what_it_replaces_and_tells_the_changes(
    kommun: Path, tmp_path: Path
) -> None:
    decided(kommun, "2025-09-10")
    write(kommun, "samtal", insats("Samtal vid oro", omfattning={"högst": 5, "enhet": "samtal"}))
    assert decided(kommun, "2025-10-20") == [
        LOG,
        "catalogue/kommuner/exempel/beslut/2025-10-20.yaml",
    ]
    first, second = load(kommun).beslut
    facts = second.data["beslut"]
    assert facts["ersätter_kontrollsumma"] == first.data["kontrollsumma"]
    assert (facts["ersätter"], facts["händelse"]) == ("2025-09-10", "Reviderad")
    lines = [line for line in (tmp_path / LOG).read_text("utf-8").splitlines() if line]
    assert lines[2:4] == [
        "## 2025-10-20 § 10 (SN 2025/10)",
        "Reviderad. Ersätter beslutet 2025-09-10 § 9. 1 insats är oförändrad.",
    ]
    assert "högst fem samtal" in lines[4] and lines[4].startswith("- ")
    assert lines[5] == "## 2025-09-10 § 9 (SN 2025/9)"


def test_risk_analyses_are_frozen_too(kommun: Path) -> None:
    (kommun / "riskanalyser").mkdir()
    analys = {
        "namn": "Samtal",
        "insats": "samtal",
        "avvikelser": [{"regel": "IK306", "motivering": "Ses över i höst."}],
    }
    (kommun / "riskanalyser" / "samtal.yaml").write_text(canonical.to_yaml(analys), "utf-8")
    assert plan(kommun, "2025-10-20").beslut.revision.riskanalyser == {
        "samtal": {"namn": "Samtal", "insats": "samtal"}
    }


def test_a_changed_risk_analysis_alone_is_a_change(kommun: Path) -> None:
    decided(kommun, "2025-09-10")
    (kommun / "riskanalyser").mkdir()
    (kommun / "riskanalyser" / "samtal.yaml").write_text(
        canonical.to_yaml({"namn": "Samtal", "insats": "samtal"}), "utf-8"
    )
    assert plan(kommun, "2025-10-20").comparison is not None


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (contents(five(tmp_path / name)) for name in ("a", "b"))
    assert list(first.values()) == list(second.values())
    assert [path.removeprefix(str(tmp_path / "a")) for path in first] == [
        p.removeprefix(str(tmp_path / "b")) for p in second
    ]


def test_options_say_who_decided_and_what_happened(kommun: Path) -> None:
    facts = plan(kommun, "2025-10-20", namnd="Barnnämnden", handelse="Antagen på nytt").beslut.data[
        "beslut"
    ]
    assert (facts["nämnd"], facts["händelse"]) == ("Barnnämnden", "Antagen på nytt")


@pytest.mark.parametrize(
    ("namnd", "doubted"),
    [("Barnnämnden", True), ("Socialnämnden i Exempels kommun", False), ("socialnämnden", False)],
)
def test_another_body_than_the_municipalitys_is_told_to_be_looked_at(
    namnd: str, doubted: bool, kommun: Path
) -> None:
    planned = plan(kommun, "2025-10-20", namnd=namnd)
    report = lint([planned.kommun], load_rules())
    assert [namnd in message for message in planned.doubtful(report)] == [True] * doubted
    assert planned.hindering(report).findings == ()


def test_options_are_text_in_nfc_without_spaces_around(kommun: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Vård- och omsorgsnämnden § 5")
    given = plan(
        kommun,
        "2025-10-20",
        namnd=f" {decomposed}  ",
        paragraf="§\N{NO-BREAK SPACE}5: a #b",
        diarienummer="0380",
    )
    facts = given.beslut.data["beslut"]
    assert facts["nämnd"] == "Vård- och omsorgsnämnden § 5"
    assert (facts["paragraf"], facts["diarienummer"]) == ("§\N{NO-BREAK SPACE}5: a #b", "0380")


WRONG: list[tuple[dict[str, str], list[str], str]] = [
    ({"datum": "2025-02-30"}, [], "Dagen 2025-02-30 finns inte i almanackan"),
    ({"datum": "../../x"}, [], "”../../x” är inget datum"),
    (
        {"datum": "2025-09-10"},
        [],
        "Beslutet 2025-09-10 § 9 är fryst, och besluten samma dag ska komma i paragrafernas",
    ),
    ({"datum": "2025-09-09"}, [], "Det senaste beslutet är från 2025-09-10."),
    ({"paragraf": "  "}, [], "--paragraf: Värdet är tomt. Skriv paragrafen i protokollet"),
    (
        {"dnr": "SN 2025/1\r\n"},
        [],
        "--dnr: Värdet har en radbrytning. Skriv ärendets diarienummer på en rad",
    ),
    (
        {"paragraf": "§" * 301},
        [],
        "--paragraf: Värdet är för långt: 301 tecken, högst 300 får plats.",
    ),
    (
        {"dnr": "a\N{RIGHT-TO-LEFT OVERRIDE}b"},
        [],
        "--dnr: Texten innehåller ett osynligt styrtecken (U+202E)",
    ),
    ({"dnr": "   "}, [], "--dnr: Värdet är tomt."),
    ({"dnr": "saknas"}, [], "--dnr: ”saknas” är inget diarienummer. Skriv ärendets diarienummer"),
    ({"dnr": "https://example.org/12"}, [], "är inget diarienummer"),
    ({"dnr": "a\N{REPLACEMENT CHARACTER}1"}, [], "--dnr: Texten är skadad"),
    ({"nämnd": ""}, [], "--nämnd: Värdet är tomt."),
    ({"händelse": "a\nb"}, [], "--händelse: Värdet har en radbrytning."),
    ({}, ["--oförändrad"], "Filerna är inte oförändrade sedan beslutet 2025-09-10 § 9."),
]


@pytest.mark.parametrize(("options", "more", "said"), WRONG)
def test_wrong_usage_is_told_and_nothing_written(
    options: dict[str, str], more: list[str], said: str, kommun: Path, tmp_path: Path
) -> None:
    decided(kommun, "2025-09-10")
    write(kommun, "samtal", insats("Samtal vid all oro"))
    before = contents(tmp_path)
    done = asked(tmp_path, *more, **options)
    assert (done.code, done.out) == (2, "")
    assert said in done.err and len(done.err.splitlines()) == 1
    assert contents(tmp_path) == before


def test_a_decision_of_nothing_is_refused(kommun: Path, tmp_path: Path) -> None:
    (kommun / "insatser" / "samtal.yaml").unlink()
    (kommun / "insatser" / "café.yaml").unlink()
    before = contents(tmp_path)
    done = asked(tmp_path)
    assert (
        done.code,
        "exempel har inga insatser, så det finns inget att besluta." in done.err,
    ) == (2, True)
    assert contents(tmp_path) == before


def test_what_has_vanished_must_be_named(kommun: Path, tmp_path: Path) -> None:
    decided(kommun, "2025-09-10")
    (kommun / "insatser" / "café.yaml").unlink()
    before = contents(tmp_path)
    done = asked(tmp_path)
    assert done.code == 2
    assert (
        "1 insats i det senaste beslutet finns inte längre: café. Har nämnden tagit bort "
        "den: lägg till --borttagna café."
    ) in done.err
    assert "”samtal” har inte försvunnit" in asked(tmp_path, "--borttagna", "café, samtal").err
    assert contents(tmp_path) == before
    assert asked(tmp_path, "--borttagna", "café").code == 0
    assert [insats.id for insats in load(kommun).beslut[-1].revision.insatser] == ["samtal"]


CRISIS = {
    "insatstyp": "samtal",
    "målgrupp": {"beskrivning": "Vuxna i kris.", "deltagare": ["vuxna"]},
    "innehåll": "Samtal för den som har varit med om en svår händelse.",
}
CHESS = {
    "insatstyp": "mötesplats",
    "målgrupp": {"beskrivning": "Spelare i alla åldrar.", "deltagare": ["unga"]},
    "innehåll": "Ett kafé där man spelar schack på brädor.",
}


@pytest.mark.parametrize("name", ["schack", "kris"])
def test_what_another_has_taken_the_place_of_has_vanished(
    name: str, kommun: Path, tmp_path: Path
) -> None:
    write(kommun, "kris", insats("Krisstöd", **CRISIS))
    decided(kommun, "2025-09-10")
    (kommun / "insatser" / "kris.yaml").unlink()
    former = {} if name == "kris" else {"tidigare_id": "kris"}
    write(kommun, name, insats("Schackkafé", **CHESS, **former))
    done = asked(tmp_path)
    assert done.code == 2
    assert "lägg till --borttagna kris." in done.err
    assert "men de har inget gemensamt i namn, text eller andra uppgifter." in done.err
    assert asked(tmp_path, "--borttagna", "kris").code == 0
    told = run("show", "exempel", name, "--historik", cwd=tmp_path).out
    assert ("Insatsen Krisstöd tas bort." in told) is (name == "kris")


def test_what_has_a_new_id_has_not_vanished(kommun: Path) -> None:
    decided(kommun, "2025-09-10")
    (kommun / "insatser" / "café.yaml").unlink()
    write(kommun, "träffpunkt", insats("Något annat namn", tidigare_id="café"))
    assert plan(kommun, "2025-10-20").beslut.id == "2025-10-20"


@pytest.mark.parametrize(
    ("datum", "proposal", "fits"),
    [
        ("2206-01-20", "2025-08-20", False),
        ("2029-01-20", "2025-08-20", False),
        ("2028-01-20", "2025-08-20", True),
        ("2021-01-20", "2025-08-20", False),
        ("2206-01-20", "2205-08-20", True),
        ("2025-10-20", None, True),
        ("2034-10-20", None, True),
        ("2062-01-01", None, False),
        ("1925-01-01", None, False),
    ],
)
def test_a_decision_is_dated_within_reason(
    datum: str, proposal: str | None, fits: bool, tmp_path: Path
) -> None:
    folder = repository(
        tmp_path,
        {"samtal": insats("Samtal vid oro")},
        {"förslag": {"datum": proposal}} if proposal else None,
    )
    if proposal is None:
        path = folder / "kommun.yaml"
        data: Any = document.read(path).data
        del data["förslag"]
        path.write_text(canonical.to_yaml(data), "utf-8")
    if fits:
        assert plan(folder, datum).beslut.id == datum
        return
    with pytest.raises(
        DecisionRefused,
        match=rf"--datum: {datum} ligger (långt från .* Kontrollera årtalet|före förslaget .*)\.",
    ):
        plan(folder, datum)


@pytest.mark.parametrize(
    ("given", "frozen"),
    [
        ("12", "§ 12"),
        ("§12", "§ 12"),
        ("12 §", "§ 12"),
        ("§ 12", "§ 12"),
        ("§ 12 a", "§ 12 a"),
        ("AU § 3", "AU § 3"),
        ("12/26", "12/26"),
    ],
)
def test_a_paragraph_that_is_a_number_gets_its_sign(given: str, frozen: str, kommun: Path) -> None:
    assert plan(kommun, "2025-10-20", paragraf=given).beslut.data["beslut"]["paragraf"] == frozen


def test_a_decision_that_was_cut_off_is_completed_by_the_same_command(
    kommun: Path, tmp_path: Path
) -> None:
    decided(kommun, "2025-09-10")
    write(kommun, "samtal", insats("Samtal vid all oro"))
    before = contents(tmp_path)
    assert asked(tmp_path).code == 0
    whole = contents(tmp_path)
    changes = str(tmp_path / LOG)
    # as if killed before it was written
    (tmp_path / LOG).write_bytes(before[changes] or b"")
    other = asked(tmp_path, dnr="SN 2025/2")
    assert (
        other.code,
        "2025-10-20.yaml finns redan. Ett beslut skrivs aldrig över." in other.err,
    ) == (2, True)
    write(kommun, "samtal", insats("Samtal vid oro som har ändrats sedan dess"))
    done = asked(tmp_path)
    assert (done.code, done.out.splitlines()[1]) == (0, f"{LOG} är skriven.")
    assert contents(tmp_path)[changes] == whole[changes]
    assert "finns redan. Ett beslut skrivs aldrig över." in asked(tmp_path).err


def test_bytes_that_are_no_text_are_told(kommun: Path, tmp_path: Path) -> None:
    with pytest.raises(DecisionRefused, match="--paragraf: "):
        plan(kommun, "2025-10-20", paragraf="\udce5")


def test_a_decision_that_cannot_be_read_is_not_written_over(kommun: Path, tmp_path: Path) -> None:
    path = kommun / "beslut" / "2025-10-20.yaml"
    path.parent.mkdir()
    path.write_bytes(b"beslut: [\n")
    before = contents(tmp_path)
    done = asked(tmp_path)
    assert (done.code, "catalogue/kommuner/exempel/beslut/2025-10-20.yaml:" in done.err) == (
        2,
        True,
    )
    assert contents(tmp_path) == before


def test_a_link_does_not_lead_out_of_the_catalogue(kommun: Path, tmp_path: Path) -> None:
    (tmp_path / "utanför").mkdir()
    (kommun / "beslut").symlink_to(tmp_path / "utanför")
    assert "beslut:1:1: Filen är en länk" in asked(tmp_path).err
    (kommun / "beslut").unlink()
    (tmp_path / LOG).symlink_to(kommun / "kommun.yaml")
    assert "ändringslogg.md: Filen är en länk." in asked(tmp_path).err
    assert list((tmp_path / "utanför").iterdir()) == []


def test_a_file_that_cannot_be_used_is_told_with_its_place(kommun: Path, tmp_path: Path) -> None:
    (kommun / "insatser" / "samtal.yaml").write_text(
        "namn: X\ninsatstyp: samtl\navdelning: exempel\n", "utf-8"
    )
    done = asked(tmp_path)
    assert done.code == 2
    assert (
        "catalogue/kommuner/exempel/insatser/samtal.yaml:2:12: ”samtl” är inget giltigt värde"
        in done.err
    )


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("uppsala", "Katalogen som följer med programmet ändras inte."),
        ("catalogue/kommuner/exempel/kommun.yaml", "är inte en kommun"),
        (
            "annan/kommuner/exempel",
            "Kommunen ligger inte i catalogue/kommuner. Stå i mappen som har katalogen.",
        ),
        ("finns-inte", "varken en fil, en mapp eller en kommun"),
    ],
)
def test_only_a_municipality_of_the_catalogue_at_hand_is_decided(
    target: str, said: str, kommun: Path, tmp_path: Path
) -> None:
    repository(tmp_path / "annan", {})
    (tmp_path / "annan" / "catalogue" / "kommuner").rename(tmp_path / "annan" / "kommuner")
    before = contents(tmp_path)
    done = asked(tmp_path, kommun=target)
    assert (done.code, said in done.err) == (2, True), done.err
    assert contents(tmp_path) == before


def test_findings_hinder_until_they_are_mended_or_accepted(kommun: Path, tmp_path: Path) -> None:
    write(kommun, "samtal", insats("Samtal vid oro") | EXEMPT)
    assert run("lint", "--write-baseline", cwd=tmp_path).code == 0
    assert run("lint", cwd=tmp_path).code == 0
    before = contents(tmp_path)
    done = asked(tmp_path)
    assert done.code == 1, "what the baseline knows is neither mended nor accepted"
    lines = done.out.splitlines()
    assert lines[0] == "catalogue/kommuner/exempel/insatser/samtal.yaml"
    assert any("fel IK203" in line for line in lines) and not any(
        "varning IK" in line for line in lines
    )
    assert lines[-1] == (
        "Inget är skrivet. Rätta felen, eller godta dem med skäl under avvikelser, innan "
        "filerna blir ett beslut."
    )
    assert contents(tmp_path) == before
    hits = {line.split()[2] for line in lines if "  fel IK" in line}
    waivers = [
        {"regel": rule, "motivering": "Nämndens uttryckliga beslut, ses över till hösten."}
        for rule in sorted(hits)
    ]
    write(kommun, "samtal", insats("Samtal vid oro") | EXEMPT | {"avvikelser": waivers})
    assert asked(tmp_path).code == 0


def test_the_settings_choose_the_rules(kommun: Path, tmp_path: Path) -> None:
    write(kommun, "samtal", insats("Samtal vid oro") | EXEMPT)
    (tmp_path / "insatskoll.yaml").write_text("regler: {hoppa_över: [IK2]}\n", "utf-8")
    assert asked(tmp_path).code == 0


def test_what_is_said_of_the_proposal_alone_does_not_hinder(kommun: Path, tmp_path: Path) -> None:
    (tmp_path / "insatskoll.yaml").write_text("regler: {nivåer: {IK601: fel}}\n", "utf-8")
    assert "fel IK601" in run("lint", cwd=tmp_path).out
    assert asked(tmp_path).code == 0


def test_the_decision_itself_is_judged_and_at_its_own_day(kommun: Path) -> None:
    path = kommun / "kommun.yaml"
    path.write_text(path.read_text("utf-8").replace("2025-08-20", "2025-05-20"), "utf-8")
    planned = plan(kommun, "2025-06-10")
    report = lint([planned.kommun], load_rules())
    assert [f.path.name for f in report.findings if f.rule == "IK602"] == ["2025-06-10.yaml"]
    assert any("per 2025-06-10" in why for _, why in report.skipped)
    assert planned.hindering(report).findings == ()


def test_what_is_unchanged_is_decided_only_on_purpose(kommun: Path, tmp_path: Path) -> None:
    decided(kommun, "2025-09-10")
    (kommun / "kommun.yaml").write_text(
        (kommun / "kommun.yaml").read_text("utf-8").replace("2025-08-20", "2025-10-01"), "utf-8"
    )
    done = asked(tmp_path)
    assert (
        done.code,
        "Inget har ändrats sedan beslutet 2025-09-10 § 9. Lägg till --oförändrad om" in done.err,
    ) == (2, True)
    assert asked(tmp_path, "--oförändrad").code == 0
    assert load(kommun).beslut[-1].data["beslut"]["händelse"] == "Bekräftad"
    assert "Bekräftad. Ersätter beslutet 2025-09-10 § 9. 2 insatser är oförändrade.\n" in (
        tmp_path / LOG
    ).read_text("utf-8")


def test_there_must_be_something_to_confirm(kommun: Path) -> None:
    with pytest.raises(DecisionRefused, match="inget beslut att bekräfta"):
        plan(kommun, "2025-10-20", unchanged=True)


def test_nothing_is_built_on_a_broken_chain(kommun: Path) -> None:
    decided(kommun, "2025-09-10")
    path = kommun / "beslut" / "2025-09-10.yaml"
    path.write_text(path.read_text("utf-8").replace("Öppet café", "Stängt café"), "utf-8")
    with pytest.raises(DecisionRefused, match=r"2025-09-10\.yaml: ändrat efter beslutet \(IK603\)"):
        plan(kommun, "2025-10-20")


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [
        ("MAX_BYTES", 700, "Kommunen är för stor för ett beslut: filen skulle bli"),
        ("MAX_VALUES", 30, "Kommunen går inte att frysa i ett beslut: Filen har fler än 30 värden"),
    ],
)
def test_what_could_not_be_read_back_is_refused(
    limit: str, value: int, said: str, kommun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (building, document, hygiene):
        monkeypatch.setattr(module, limit, value, raising=False)
    assert load(kommun).problems == (), "each file is within the limit"
    with pytest.raises(DecisionRefused, match=said):
        plan(kommun, "2025-10-20")


def test_an_insats_whose_file_has_a_name_that_is_no_id_is_told(kommun: Path) -> None:
    (kommun / "insatser" / "samtal.yaml").rename(kommun / "insatser" / "Samtal nr 1.yaml")
    with pytest.raises(DecisionRefused, match="Namnet ”Samtal nr 1” kan inte användas"):
        plan(kommun, "2025-10-20")


# Where the entry goes: the text before, the text after.
CHANGELOGS = {
    "without entries": ("# Logg\n", "# Logg\n\n## ny\n\nx\n"),
    "newest first": (
        "# Logg\n\nText.\n\n## gammal\n\ny\n",
        "# Logg\n\nText.\n\n## ny\n\nx\n\n## gammal\n\ny\n",
    ),
    "code": (
        "# Logg\n\n```\n## 1\n```\n\n## gammal\n",
        "# Logg\n\n```\n## 1\n```\n\n## ny\n\nx\n\n## gammal\n",
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("name", CHANGELOGS)
def test_the_entry_has_its_place_and_can_be_taken_back(name: str, newline: str) -> None:
    before, after = (text.replace("\n", newline).encode() for text in CHANGELOGS[name])
    made = changelog.added(before, "## ny\n\nx\n", "Exempels kommun")
    assert made == after
    assert changelog.removed(made, "## ny\n\nx\n", "Exempels kommun") == before


def test_the_first_entry_makes_the_log_and_takes_it_away() -> None:
    made = changelog.added(None, "## ny\n\nx\n", "Exempels kommun")
    assert made.decode() == f"{HEAD}\n## ny\n\nx\n"
    assert changelog.removed(made, "## ny\n\nx\n", "Exempels kommun") is None
    with pytest.raises(changelog.ChangelogError, match="ändrade, eller står inte först"):
        changelog.removed(made.replace(b"x", b"y"), "## ny\n\nx\n", "Exempels kommun")


HOSTILE = [
    "# Rubrik",
    "1. ett",
    "- a",
    "<img src=x>",
    "[a](http://x) *b* `c`",
    "@alla #1",
    "+ x",
    "a | b ~~c~~",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_text_in_the_changelog(name: str, tmp_path: Path) -> None:
    entry = changelog.entry(name, f"({name}), x", [f"{name}. X", name])
    text = changelog.added(None, entry, name).decode()
    tokens = MarkdownIt().parse(text)
    assert {token.type for token in tokens if token.type.endswith("_open")} == {
        *("heading_open", "paragraph_open", "bullet_list_open", "list_item_open")
    }
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2"]
    inside = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inside} <= {
        "text",
        "text_special",
        "strong_open",
        "strong_close",
    }
    assert name in "".join(child.content for child in inside).replace("\N{ZERO WIDTH SPACE}", "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "ändringslogg.md: Här finns en mapp där en fil väntades."),
        (b"# \xc4ndringar\n", "ändringslogg.md: Filen är inte sparad i"),
    ],
)
def test_a_changelog_that_cannot_be_used_is_told(
    content: bytes | None, said: str, kommun: Path, tmp_path: Path
) -> None:
    path = tmp_path / LOG
    path.mkdir() if content is None else path.write_bytes(content)
    before = contents(tmp_path)
    done = asked(tmp_path)
    assert (done.code, done.out, said in done.err) == (2, "", True)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("step", ["write", "fchmod", "fsync", "link", "unlink"])
@pytest.mark.parametrize("nth", [1, 2])
def test_what_cannot_be_written_leaves_everything(
    step: str, nth: int, kommun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / LOG).write_text("# Ä\n", "utf-8")
    before = contents(tmp_path)
    files, stood = plan(kommun, "2025-10-20").files()
    real, calls = getattr(os, step), iter(range(1, 100))

    def full(*arguments: Any, **options: Any) -> Any:
        if next(calls) == nth:
            raise OSError(28, "No space left on device")
        return real(*arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(os, step, full)
        if step == "unlink" or (step, nth) == ("link", 2):  # of no consequence, or done but once
            writing.write_all(files, stood)
            return
        with pytest.raises(WriteError, match=r"disken är full\. Inget har skrivits\."):
            writing.write_all(files, stood)
    assert contents(tmp_path) == before


def test_the_bundled_municipalities_can_be_decided_in_a_catalogue_of_ones_own(
    tmp_path: Path,
) -> None:
    for name in ("uppsala", "sala"):
        folder = tmp_path / "catalogue" / "kommuner" / name
        shutil.copytree(ROOT / "catalogue" / "kommuner" / name, folder)
        gone = ("samarbetssamtal-på-uppdrag-av-tingsrätten",) if name == "uppsala" else ()
        planned = plan(folder, "2025-10-20", removed=gone)
        writing.write_all(*planned.files())
        report = lint(
            [loading.load_kommun(folder)], load_rules(), loading.load_begrepp(ROOT / "catalogue")
        )
        assert planned.hindering(report).findings == ()
        assert load(folder).beslut[-1].data == planned.beslut.data


def test_a_proposal_is_not_decided_before_its_day(tmp_path: Path) -> None:
    folder = write_kommun(tmp_path / "ekbacka", {"a": insats("A")}, INFORMATION)
    assert plan(folder, "2025-08-20").beslut.id == "2025-08-20"
    with pytest.raises(DecisionRefused, match=r"före förslaget.*förslag, datum"):
        plan(folder, "2025-08-19")


def test_a_lost_letter_hinders_a_decision_and_one_that_was_decided_is_only_told(
    tmp_path: Path,
) -> None:
    kommun = write_kommun(
        tmp_path / "ekbacka", {"a": insats("A", innehåll="Ett r\ufffdd.")}, INFORMATION
    )
    with pytest.raises(DecisionRefused, match=r"a\.yaml:\d+:\d+: Texten är skadad"):
        plan(kommun, "2025-09-10")
    content: Any = {
        "kommun": KOMMUN | {"namn": "Ekbacka"},
        "insatser": {"a": INSATS | {"innehåll": "Ett r\ufffdd."}},
    }
    facts: Beslutsuppgifter = {
        "nämnd": "Socialnämnden",
        "datum": "2025-09-10",
        "paragraf": "§ 5",
        "diarienummer": "SN 2025/1",
    }
    decided: BeslutData = {
        "beslut": facts,
        "innehåll": content,
        "kontrollsumma": canonical.checksum(facts, content),
    }
    folder = write_kommun(
        tmp_path / "granby", {"a": insats("A")}, INFORMATION, {"2025-09-10": decided}
    )
    (told,) = [found for found in lint_folder(folder).findings if found.rule == "IK905"]
    assert (told.path.parent.name, told.level) == ("beslut", "varning")
    assert plan(folder, "2025-10-20", removed=()).comparison is not None


@pytest.mark.parametrize("paragraf", ["§", "§ 0", "§ fem", "0"])
def test_a_paragraph_has_a_number(tmp_path: Path, paragraf: str) -> None:
    folder = write_kommun(tmp_path / "ekbacka", {"a": insats("A")}, INFORMATION)
    with pytest.raises(DecisionRefused, match="har inget nummer"):
        plan(folder, "2025-09-01", paragraf=paragraf)
