"""What a municipality decides for itself: which rules are put, how gravely, what is known, and
rules of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from insatskoll.catalogue import canonical
from insatskoll.catalogue.loading import load_kommun
from insatskoll.law.rules import load_rules
from insatskoll.lint import baseline, examples
from insatskoll.lint.report import Report
from insatskoll.lint.run import lint
from tests.catalogues import CATALOGUE, write_kommun
from tests.program import Run, run

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import RegelExempel

AVIDENTIFIERAD = {"dokumentation": {"nivå": "avidentifierad"}}
MOTIVERING = "Beslutad text som ses över till hösten."
BASELINE = "insatskoll-baslinje.json"
RULES = load_rules().rules


@pytest.fixture
def kommun(tmp_path: Path) -> Path:
    return write_kommun(
        tmp_path / "catalogue" / "kommuner" / "k",
        {"a": AVIDENTIFIERAD},
        {"information_om_ansökan": "X."},
    )


def report(folder: Path, *arguments: str) -> Any:
    return json.loads(run("lint", "--format", "json", *arguments, cwd=folder).out)


def found(folder: Path, *arguments: str) -> set[str]:
    return {f["rule"] for f in report(folder, *arguments)["findings"]}


# Which rules


@pytest.mark.parametrize(
    ("arguments", "rules"),
    [
        (("--select", "IK203"), {"IK203"}),
        (("--select", "IK203,IK204"), {"IK203", "IK204"}),
        (("--select", "ik203", "--select", "IK204"), {"IK203", "IK204"}),
        (
            ("--select", "IK2", "--ignore", "IK203"),
            {r for r in RULES if r.startswith("IK2")} - {"IK203"},
        ),
        (("--select", "IK203", "--ignore", "IK2"), {"IK203"}),
        (("--ignore", "IK2"), {r for r in RULES if not r.startswith("IK2")}),
    ],
)
def test_rules_are_chosen_by_the_beginning_of_their_id(
    arguments: tuple[str, ...], rules: set[str], kommun: Path
) -> None:
    told = report(kommun.parents[2], *arguments)
    assert told["summary"]["rules"] == len(rules)
    assert {f["rule"] for f in told["findings"]} <= rules
    assert ("IK203" in {f["rule"] for f in told["findings"]}) == ("IK203" in rules)


def test_settings_choose_rules_and_the_command_line_goes_before(kommun: Path) -> None:
    top = kommun.parents[2]
    (top / "insatskoll.yaml").write_text("regler:\n  välj: [IK2]\n  hoppa_över: [IK203]\n", "utf-8")
    assert "IK203" not in found(top)
    assert "IK204" in found(top)
    assert found(top, "--select", "IK203", "--ignore", "IK1") == {"IK203"}


def test_levels_are_set_by_the_longest_beginning(kommun: Path) -> None:
    top = kommun.parents[2]
    (top / "insatskoll.yaml").write_text("regler: {nivåer: {IK2: råd, IK204: varning}}\n", "utf-8")
    levels = {f["rule"]: f["level"] for f in report(top, "--select", "IK203,IK204")["findings"]}
    assert levels == {"IK203": "advice", "IK204": "warning"}
    assert run("lint", "--select", "IK203,IK204", cwd=top).code == 0
    assert run("lint", "--select", "IK203", "--fail-level", "råd", cwd=top).code == 1


@pytest.mark.parametrize(
    ("settings", "arguments", "said"),
    [
        ("", ["--select", "IK999"], "--select: Ingen regel börjar på ”IK999”"),
        ("", ["--ignore", "XX"], "--ignore: Ingen regel börjar på ”XX”"),
        ("", ["--select", "IK203", "--ignore", "IK203"], "Inga regler blir kvar"),
        (
            "regler:\n  välj: [IK2, IK99]\n",
            [],
            "insatskoll.yaml:2:15: Ingen regel börjar på ”IK99”",
        ),
        (
            "regler:\n  nivåer: {IK99: fel}\n",
            [],
            "insatskoll.yaml:2:12: Ingen regel börjar på ”IK99”",
        ),
        (
            "regler:\n  nivåer: {IK2: allvarlig}\n",
            [],
            "insatskoll.yaml:2:17: ”allvarlig” är inget giltigt värde",
        ),
        ("regler:\n  välj: [ik2]\n", [], "Skriv ett regel-id eller början på ett"),
    ],
)
def test_what_names_no_rule_is_refused(
    settings: str, arguments: list[str], said: str, kommun: Path
) -> None:
    top = kommun.parents[2]
    if settings:
        (top / "insatskoll.yaml").write_text(settings, "utf-8")
    done = run("lint", *arguments, cwd=top)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_a_waiver_of_a_rule_that_was_not_put_is_not_stale(tmp_path: Path) -> None:
    stale = {"avvikelser": [{"regel": "IK203", "motivering": MOTIVERING}]}
    write_kommun(tmp_path / "catalogue" / "kommuner" / "k", {"a": stale})
    assert "IK908" in found(tmp_path)
    assert found(tmp_path, "--select", "IK204,IK908") == set()
    assert "IK908" not in found(tmp_path, "--ignore", "IK908")


# What is known


def write_baseline(folder: Path, *arguments: str) -> Run:
    done = run("lint", "--write-baseline", *arguments, cwd=folder)
    assert (done.code, done.err) == (0, "")
    return done


def test_known_findings_do_not_fail_and_new_ones_do(kommun: Path) -> None:
    top = kommun.parents[2]
    assert run("lint", cwd=top).code == 1
    write_baseline(top)
    done = run("lint", cwd=top)
    assert done.code == 0
    assert " kända)." in done.out
    assert "IK203" not in done.out
    for form in ("github", "gitlab", "markdown"):
        assert "IK203" not in run("lint", "--format", form, cwd=top).out
    write_kommun(
        top / "catalogue" / "kommuner" / "ny",
        {"b": AVIDENTIFIERAD},
        {"information_om_ansökan": "X."},
    )
    done = run("lint", cwd=top)
    assert done.code == 1
    assert "kommuner/ny/insatser/b.yaml" in done.out
    assert "kommuner/k/" not in done.out


def test_a_known_finding_is_known_when_its_lines_and_its_catalogue_move(kommun: Path) -> None:
    top = kommun.parents[2]
    write_baseline(top)
    file = kommun / "insatser" / "a.yaml"
    file.write_text("# en rad till\n" + file.read_text("utf-8"), "utf-8")
    (top / "catalogue").rename(top / "katalogen")
    (top / "insatskoll.yaml").write_text("katalog: katalogen\n", "utf-8")
    assert run("lint", cwd=top).code == 0


def test_a_known_finding_follows_an_insats_that_gets_a_new_id(kommun: Path) -> None:
    rules = load_rules()

    def judged(known: tuple[baseline.Known, ...]) -> Report:
        found = lint([load_kommun(kommun)], rules)
        return baseline.marked(found, known, baseline.coverage(found, {kommun: None}, whole=True))

    known = baseline.of(judged(()))
    file, new = kommun / "insatser" / "a.yaml", kommun / "insatser" / "b.yaml"
    text = file.read_text("utf-8")
    file.rename(new)
    assert judged(known).open, "another insats is another"
    new.write_text(text + "tidigare_id: a\n", "utf-8")
    assert judged(known).open == ()
    assert judged(known).unneeded == ()
    file.write_text(text, "utf-8")  # the old id is in use: what has been copied from it is new
    paths = {found.path for found in judged(known).open}
    assert new in paths
    assert file not in paths


def test_what_has_been_mended_is_no_longer_needed(kommun: Path) -> None:
    top = kommun.parents[2]
    write_baseline(top)
    before = (top / BASELINE).read_text("utf-8")
    file = kommun / "insatser" / "a.yaml"
    file.write_text(file.read_text("utf-8").replace("avidentifierad", "individnivå"), "utf-8")
    done = run("lint", cwd=top)
    assert done.code == 0
    assert "fynd i baslinjen finns inte längre: " in done.out
    assert "IK203 i k/insatser/a.yaml" in done.out
    assert {"rule": "IK203", "file": "k/insatser/a.yaml"} in report(top)["unneeded"]
    assert (top / BASELINE).read_text("utf-8") == before, "only asked to is it written"
    write_baseline(top)
    assert "IK203" not in (top / BASELINE).read_text("utf-8")
    assert report(top)["unneeded"] == []


def test_what_was_not_linted_is_neither_unneeded_nor_lost(kommun: Path) -> None:
    top = kommun.parents[2]
    write_kommun(
        top / "catalogue" / "kommuner" / "m",
        {"b": AVIDENTIFIERAD},
        {"information_om_ansökan": "X.", "namn": "Granne"},
    )
    write_baseline(top)
    whole = (top / BASELINE).read_text("utf-8")
    for arguments in (
        ("k",),
        ("--select", "IK204"),
        ("--datum", "2022-01-01"),
        (str(kommun / "kommun.yaml"),),
    ):
        assert report(top, *arguments)["unneeded"] == [], arguments
        write_baseline(top, *arguments)
        assert (top / BASELINE).read_text("utf-8") == whole, arguments
    (kommun / "kommun.yaml").write_text("namn: 1\n", "utf-8")
    assert report(top)["unneeded"] == [], "its other files could not be judged"


def test_a_municipality_that_is_gone_is_no_longer_needed(kommun: Path) -> None:
    top = kommun.parents[2]
    write_kommun(top / "catalogue" / "kommuner" / "m", {}, {"information_om_ansökan": "X."})
    write_baseline(top)
    kommun.rename(top / "borta")
    assert {u["file"] for u in report(top)["unneeded"]} >= {"k/insatser/a.yaml"}
    assert not {u["file"] for u in report(top, "m")["unneeded"]} & {"k/insatser/a.yaml"}


def test_the_baseline_is_sorted_and_the_same_every_time(kommun: Path) -> None:
    top = kommun.parents[2]
    write_baseline(top)
    text = (top / BASELINE).read_text("utf-8")
    listed = json.loads(text)["findings"]
    assert listed == sorted(
        listed, key=lambda f: (f["file"], f["rule"], f["dataPath"], f["fingerprint"])
    )
    assert len([line for line in text.splitlines() if "fingerprint" in line]) == len(listed), (
        "one line each"
    )
    write_baseline(top)
    assert (top / BASELINE).read_text("utf-8") == text
    assert sorted(path.name for path in top.iterdir()) == ["catalogue", BASELINE]


def test_a_baseline_may_have_another_name(kommun: Path) -> None:
    top = kommun.parents[2]
    write_baseline(top, "--baseline", "känt.json")
    assert run("lint", cwd=top).code == 1
    assert run("lint", "--baseline", "känt.json", cwd=top).code == 0


def test_waived_findings_are_not_in_the_baseline(tmp_path: Path) -> None:
    waived = AVIDENTIFIERAD | {"avvikelser": [{"regel": "IK203", "motivering": MOTIVERING}]}
    write_kommun(tmp_path / "catalogue" / "kommuner" / "k", {"a": waived})
    write_baseline(tmp_path)
    assert {
        f["rule"] for f in json.loads((tmp_path / BASELINE).read_text("utf-8"))["findings"]
    }.isdisjoint({"IK203"})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "inte läsbar JSON"),
        (b"\xff", "Filen är inte sparad i teckenkodningen UTF-8"),
        (b"[" * 100_000, "inte läsbar JSON"),
        (b"[]", "Filen ska vara en grupp av fält"),
        (b'{"version": 2, "findings": []}', "Fältet ”version” har ett annat värde"),
        (b'{"version": 1, "findings": [{"rule": 1}]}', "Fältet"),
    ],
)
def test_a_baseline_that_cannot_be_used_is_refused(content: bytes, said: str, kommun: Path) -> None:
    top = kommun.parents[2]
    (top / BASELINE).write_bytes(content)
    for arguments in ([], ["--write-baseline"]):
        done = run("lint", *arguments, cwd=top)
        assert done.code == 2
        assert said in done.err
        assert BASELINE in done.err
    assert (top / BASELINE).read_bytes() == content


def test_a_baseline_that_is_asked_for_must_be_there(kommun: Path) -> None:
    done = run("lint", "--baseline", "finns-inte.json", cwd=kommun.parents[2])
    assert (done.code, "finns-inte.json: Baslinjen går inte att läsa" in done.err) == (2, True)


def test_a_folder_is_no_baseline(kommun: Path) -> None:
    done = run("lint", "--baseline", "catalogue", cwd=kommun.parents[2])
    assert (
        done.code,
        "catalogue: Baslinjen går inte att läsa. Här finns en mapp där en fil väntades."
        in done.err,
    ) == (2, True)


def test_no_baseline_is_written_of_files_that_cannot_be_read(kommun: Path) -> None:
    (kommun / "insatser" / "trasig.yaml").write_bytes(b"namn: [")
    done = run("lint", "--write-baseline", cwd=kommun.parents[2])
    assert (done.code, "Baslinjen skrivs inte" in done.err) == (2, True)
    assert not (kommun.parents[2] / BASELINE).exists()


# Rules of its own

OWN: dict[str, Any] = {
    "id": "KOM001",
    "namn": "Insats utan syfte",
    "nivå": "fel",
    "auktoritet": "katalogkvalitet",
    "kontrollerad": "2026-01-01",
    "förklaring": "Ett syfte gör insatsen lättare att följa upp.",
    "åtgärd": "Lägg till fältet syfte.",
    "prövningar": [
        {
            "omfång": "insats",
            "krav": {"syfte": "finns"},
            "meddelande": "”{namn}” har inget syfte.",
        }
    ],
    "exempel": {
        "träff": [
            {"namn": "utan syfte", "insats": {}, "platser": [""]},
            {"namn": "bara innehåll", "insats": {"innehåll": "Samtal."}, "platser": [""]},
        ],
        "tyst": [
            {"namn": "med syfte", "insats": {"syfte": "Att stödja."}},
            {"namn": "långt syfte", "insats": {"syfte": "Att ge stöd och vägledning."}},
        ],
    },
}
PROVISIONS: dict[str, Any] = {
    "lag": "Kommunens riktlinje",
    "förkortning": "RL",
    "länk": "https://example.se/riktlinje",
    "bestämmelser": [
        {
            "lagrum": "SoL 99 kap. 1 §",
            "innehåll": "Varje insats har ett syfte.",
            "från": "2025-07-01",
        }
    ],
}


def own(
    top: Path, rule: dict[str, Any], name: str = "", provisions: dict[str, Any] | None = None
) -> Path:
    (top / "catalogue" / "regler").mkdir(exist_ok=True)
    path = top / "catalogue" / "regler" / f"{name or rule['id']}.yaml"
    path.write_text(canonical.to_yaml(rule), "utf-8")
    if provisions:
        (top / "catalogue" / "lagrum").mkdir()
        (top / "catalogue" / "lagrum" / "egna.yaml").write_text(
            canonical.to_yaml(provisions), "utf-8"
        )
    return path


def test_the_municipalitys_own_rules_are_put_listed_explained_chosen_and_waived(
    kommun: Path,
) -> None:
    top = kommun.parents[2]
    own(top, OWN | {"lagrum": ["SoL 99 kap. 1 §"]}, provisions=PROVISIONS)
    told = report(top, "--select", "KOM")
    assert [f["message"] for f in told["findings"]] == ["”Exempel” har inget syfte."]
    assert report(top)["summary"]["rules"] == len(RULES) + 1
    assert any(line.startswith("KOM001") for line in run("rules", cwd=top).out.splitlines())
    assert "Varje insats har ett syfte." in run("explain", "KOM001", cwd=top).out
    file = kommun / "insatser" / "a.yaml"
    file.write_text(
        file.read_text("utf-8") + f"avvikelser: [{{regel: KOM001, motivering: {MOTIVERING}}}]\n",
        "utf-8",
    )
    assert run("lint", "--select", "KOM,IK908", cwd=top).code == 0


@pytest.mark.parametrize(
    ("rule", "name", "said"),
    [
        (OWN | {"id": "IK203"}, "IK203", "egna regler får inte ha id som börjar på IK"),
        (OWN | {"id": "IK999"}, "IK999", "egna regler får inte ha id som börjar på IK"),
        (OWN, "KOM002", "regeln heter KOM001 men filen KOM002"),
        (OWN | {"lagrum": ["SoL 98 kap. 1 §"]}, "", "lagrummet SoL 98 kap. 1 § finns inte"),
        (OWN | {"nivå": "allvarlig"}, "", "”allvarlig” är inget giltigt värde"),
        (OWN | {"prövningar": [{"omfång": "fil"}]}, "", "omfånget fil är programmets eget"),
        (
            OWN | {"prövningar": [OWN["prövningar"][0] | {"krav": {"schema": {"enum": 1}}}]},
            "",
            "inget giltigt JSON Schema",
        ),
    ],
)
def test_an_own_rule_that_cannot_work_is_refused_with_its_file(
    rule: dict[str, Any], name: str, said: str, kommun: Path
) -> None:
    path = own(kommun.parents[2], rule, name)
    for command in ("lint", "rules"):
        done = run(command, cwd=kommun.parents[2])
        assert (done.code, done.out) == (2, "")
        assert f"catalogue/regler/{path.name}" in done.err
        assert said in done.err


def test_own_provisions_redefine_none(kommun: Path) -> None:
    taken = PROVISIONS | {
        "bestämmelser": [PROVISIONS["bestämmelser"][0] | {"lagrum": "SoL 14 kap. 5 §"}]
    }
    own(kommun.parents[2], OWN, provisions=taken)
    done = run("lint", cwd=kommun.parents[2])
    assert (done.code, "SoL 14 kap. 5 § finns redan" in done.err) == (2, True)
    assert re.search(r"catalogue/lagrum/egna\.yaml:[0-9]+:[0-9]+: SoL", done.err)


def test_an_own_rule_is_no_link(kommun: Path) -> None:
    path = own(kommun.parents[2], OWN)
    path.rename(kommun.parents[2] / "KOM001.yaml")
    path.symlink_to(kommun.parents[2] / "KOM001.yaml")
    done = run("lint", cwd=kommun.parents[2])
    assert (done.code, " är en länk" in done.err) == (2, True)


def test_the_programs_own_catalogue_is_not_read_twice() -> None:
    assert load_rules(own=CATALOGUE).rules.keys() == RULES.keys()


def test_examples_of_own_rules_are_run(kommun: Path) -> None:
    top = kommun.parents[2]
    own(top, OWN)
    done = run("rules", "--test", "--select", "KOM", cwd=top)
    assert (done.code, done.out) == (0, "1 regel, 4 exempel: inga fel.\n")


@pytest.mark.parametrize(
    ("kind", "example", "said"),
    [
        (
            "träff",
            {"namn": "fel", "insats": {"syfte": "Att stödja."}, "platser": [""]},
            "ska finna hela filen men finner inget",
        ),
        (
            "träff",
            {"namn": "fel", "insats": {}, "platser": ["namn"]},
            "ska finna namn men finner hela filen",
        ),
        ("tyst", {"namn": "fel", "insats": {}}, "ska finna inget men finner hela filen"),
        ("tyst", {"namn": "fel", "insats": {"syfte": 1}}, "Exemplet följer inte schemat"),
    ],
)
def test_an_example_that_does_not_come_out_is_told(
    kind: str, example: dict[str, Any], said: str, kommun: Path
) -> None:
    top = kommun.parents[2]
    examples = OWN["exempel"] | {kind: [*OWN["exempel"][kind], example]}
    own(top, OWN | {"exempel": examples})
    done = run("rules", "--test", "--select", "KOM", cwd=top)
    assert done.code == 1
    assert re.search(r"catalogue/regler/KOM001\.yaml:[0-9]+:[0-9]+: ”fel”: ", done.out)
    assert said in done.out


def test_an_example_is_put_to_no_other_own_rule_than_those_it_waits_for(
    kommun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = kommun.parents[2]
    for name in ("KOM001", "KOM002", "KOM003", "KOM004"):
        louder = {"tystas_av": ["KOM004"]} if name == "KOM003" else {}
        own(top, OWN | {"id": name} | louder)
    ruleset = load_rules(own=top / "catalogue")
    rule = ruleset.rules["KOM003"]
    waits: RegelExempel = {"namn": "väntar", "insats": {}}
    put: list[list[str]] = []
    real = examples.linted

    def spied(example: Any, rules: Any, folder: Path) -> Any:
        put.append([name for name in rules.rules if name.startswith("KOM")])
        return real(example, rules, folder)

    monkeypatch.setattr(examples, "linted", spied)
    assert list(examples.wrong("tyst", waits, rule, ruleset, top / "prov")) == []
    assert put == [["KOM003", "KOM004"]]


@pytest.mark.parametrize("field", ["insatser", "filnamn"])
def test_an_example_writes_nothing_outside_its_folder(field: str, kommun: Path) -> None:
    top = kommun.parents[2]
    name = f"{top}/utanför"
    example = {"namn": "fel", "insats": {}} | (
        {"insatser": {name: {"namn": "x"}}} if field == "insatser" else {"filnamn": name}
    )
    own(top, OWN | {"exempel": OWN["exempel"] | {"tyst": [*OWN["exempel"]["tyst"], example]}})
    done = run("rules", "--test", "--select", "KOM", cwd=top)
    assert done.code == 2
    assert not (top / "utanför.yaml").exists()


def test_own_definitions_that_no_rule_uses_are_tested_too(kommun: Path) -> None:
    top = kommun.parents[2]
    own(top, OWN)
    folder = top / "catalogue" / "definitioner"
    folder.mkdir()
    definition = {
        "omfång": "insats",
        "förklaring": "Insatser som är samtal.",
        "villkor": {"insatstyp": "samtal"},
        "exempel": {
            "stämmer": [{"insatstyp": "medling"}],
            "stämmer_inte": [{"insatstyp": "annat"}],
        },
    }
    text = canonical.to_yaml({"definitioner": {"bara samtal": definition}})
    (folder / "egna.yaml").write_text(text, "utf-8")
    done = run("rules", "--test", "--select", "KOM", cwd=top)
    assert done.code == 1
    assert re.search(
        r"egna\.yaml:[0-9]+:[0-9]+: ”bara samtal”: Exempel 1 under stämmer stämmer inte",
        done.out,
    )


def test_a_definition_of_another_kind_of_file_is_refused_for_what_it_speaks_of(
    kommun: Path,
) -> None:
    top = kommun.parents[2]
    own(top, OWN | {"prövningar": [OWN["prövningar"][0] | {"när": "har nämnd"}]})
    folder = top / "catalogue" / "definitioner"
    folder.mkdir()
    definition = {
        "omfång": "kommun",
        "förklaring": "Kommuner som anger sin nämnd.",
        "villkor": {"nämnd": "finns"},
        "exempel": {"stämmer": [{"nämnd": "A"}], "stämmer_inte": [{"nämnd": "B"}]},
    }
    text = canonical.to_yaml({"definitioner": {"har nämnd": definition}})
    (folder / "egna.yaml").write_text(text, "utf-8")
    done = run("rules", "--test", "--select", "KOM", cwd=top)
    assert (done.code, "Menade du" in done.err) == (2, False)
    assert "den handlar om kommun, och det som prövas är insats" in done.err
