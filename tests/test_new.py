"""Beginning on a municipality and its insatser, from an empty folder to a bilaga."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from insatskoll.catalogue import formatting
from insatskoll.cli import asking
from insatskoll.cli.codes import CLEAN, USAGE
from insatskoll.reading import document, samples, schema
from insatskoll.scaffold import commented, forges, municipalities
from tests import repositories
from tests.catalogues import ROOT, write_kommun
from tests.decisions import INFORMATION, insats
from tests.program import Run, run

KOMMUNER = Path("catalogue", "kommuner")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git/" not in path.as_posix()
    }


def begin(folder: Path, *arguments: str) -> dict[str, Any]:
    """What kommun.yaml says of a municipality that is begun on in ``folder``."""
    done = run("new", "kommun", *arguments, cwd=folder)
    assert done.code == CLEAN, done
    (path,) = (folder / KOMMUNER).glob("*/kommun.yaml")
    held: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return {"id": path.parent.name, **held}


# The table of municipalities


def test_all_municipalities_and_counties_are_known() -> None:
    known = municipalities.known()
    assert len(known) == len({one.code for one in known}) == 290
    assert len({one.county for one in known}) == 21
    assert all(re.fullmatch("[0-9]{4}", one.code) for one in known)
    assert all(one.name.startswith(one.short[:3]) and one.name.endswith(" kommun") for one in known)
    # The first two digits of the code are the county's.
    assert len({(one.code[:2], one.county) for one in known}) == 21
    assert all(municipalities.named(name) == one for one in known for name in (one.short, one.name))
    in_catalogue = {
        path.parent.name: yaml.safe_load(path.read_text("utf-8"))
        for path in (ROOT / KOMMUNER).glob("*/kommun.yaml")
    }
    for name, kommun in in_catalogue.items():
        found = municipalities.coded(kommun["scb_kod"])
        assert found is not None and found.name == kommun["namn"]
        assert municipalities.bare_id(kommun["namn"]) == name


@pytest.mark.parametrize(
    ("code", "name", "county"),
    [
        ("0180", "Stockholms kommun", "Stockholms län"),
        ("0305", "Håbo kommun", "Uppsala län"),
        ("0643", "Habo kommun", "Jönköpings län"),
        ("0980", "Gotlands kommun", "Gotlands län"),
        ("1480", "Göteborgs kommun", "Västra Götalands län"),
        ("2080", "Falu kommun", "Dalarnas län"),
        ("2584", "Kiruna kommun", "Norrbottens län"),
    ],
)
def test_some_that_anyone_can_look_up(code: str, name: str, county: str) -> None:
    found = municipalities.coded(code)
    assert found is not None and (found.name, found.county) == (name, county)


# A municipality


@pytest.mark.parametrize(
    ("written", "namn", "folder", "code"),
    [
        ("Malmö", "Malmö kommun", "malmö", "1280"),
        ("malmö stad", "Malmö stad", "malmö", "1280"),
        ("MALMÖ KOMMUN", "Malmö kommun", "malmö", "1280"),
        (unicodedata.normalize("NFD", "Håbo"), "Håbo kommun", "håbo", "0305"),
        ("  Upplands  Väsby ", "Upplands Väsby kommun", "upplands-väsby", "0114"),
        ("Region Gotland", "Region Gotland", "gotland", "0980"),
        ("Österåker", "Österåkers kommun", "österåker", "0117"),
        ("Ekbacka", "Ekbacka kommun", "ekbacka", None),
        ("Ekbacka stad", "Ekbacka stad", "ekbacka", None),
        ("CON", "CON kommun", "con-kommun", None),
        ("Ö: #'é\"{", "Ö: #'é\"{ kommun", "ö-é", None),
        ("null", "null kommun", "null", None),
        ("Søndre Müller", "Søndre Müller kommun", "s-ndre-muller", None),
        ("Å" * 200, "Å" * 200 + " kommun", "å" * 100, None),
    ],
)
def test_a_name_gives_folder_code_and_county(
    written: str, namn: str, folder: str, code: str | None, tmp_path: Path
) -> None:
    told = begin(tmp_path, written)
    assert (told["namn"], told["id"], told.get("scb_kod")) == (namn, folder, code)
    text = (tmp_path / KOMMUNER / folder / "kommun.yaml").read_text("utf-8")
    assert code is None or municipalities.coded(code).county in text  # type: ignore[union-attr]
    assert "#scb_kod: '0000'" in text or code is not None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("../x",), "inte en mapp"),
        (("C:\\x",), "inte en mapp"),
        (("",), "varken bokstäver eller siffror"),
        (("🙂",), "varken bokstäver eller siffror"),
        (("A\nB",), "flera rader"),
        (("A\u202eB",), "inte syns"),
        (("A\x00B",), "inte syns"),
        (("x" * 301,), "för långt"),
        (("Linköpin",), "Menade du Linköping?"),
        (("Ekbacka", "--scb-kod", "1280"), "Malmö kommun"),
        (("Malmö", "--scb-kod", "0380"), "1280"),
        (("Ekbacka", "--scb-kod", "12"), "fyra siffror"),
        (("Ekbacka", "--layout", "tabel"), "Menade du tabell?"),
        (("Ekbacka", "--avdelning", "Vuxna", "--avdelning", "vuxna"), "samma namn"),
        (("Ekbacka", "--nämnd", ""), "nämnd"),
        ((), "Skriv kommunens namn"),
    ],
)
def test_what_cannot_be_used_leaves_the_folder_as_it_was(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    done = run("new", "kommun", *arguments, cwd=tmp_path)
    assert (done.code, done.out) == (USAGE, "")
    assert said in done.err and len(done.err.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_name_nearly_like_another_is_right_with_its_code(tmp_path: Path) -> None:
    told = begin(tmp_path, "Linköpin", "--scb-kod", "9999")
    assert (told["namn"], told["scb_kod"]) == ("Linköpin kommun", "9999")


def test_flags_say_what_they_say(tmp_path: Path) -> None:
    told = begin(
        tmp_path, "Ekbacka", "--nämnd", "Omsorgsnämnden", "--layout", "riktlinje",
        "--avdelning", "Barn och unga", "--avdelning", "Vuxna",
    )  # fmt: skip
    assert (told["nämnd"], told["layout"]) == ("Omsorgsnämnden", "riktlinje")
    assert [one["id"] for one in told["avdelningar"]] == ["barn-och-unga", "vuxna"]


def test_from_an_empty_folder_to_a_bilaga(tmp_path: Path) -> None:
    said = run("lint", cwd=tmp_path).err
    command = re.search(r"insatskoll (new kommun \w+)", said)
    assert command is not None
    assert run(*command[1].split(), cwd=tmp_path).code == CLEAN
    for name, kind in (("Råd och stöd", "råd och stöd"), ("Kajutan", "mötesplats")):
        arguments = ("--insatstyp", kind, "--deltagare", "vuxna")
        assert run("new", "insats", name, *arguments, cwd=tmp_path).code == CLEAN
    linted = run("lint", "--format", "json", cwd=tmp_path)
    found = {one["rule"]: one["level"] for one in json.loads(linted.out)["findings"]}
    assert linted.code == CLEAN
    assert set(found) <= {"IK201", "IK501", "IK702"}, found  # all of them are left to fill in
    assert run("fmt", "--check", cwd=tmp_path).code == CLEAN
    assert run("schema", "--check", cwd=tmp_path).code == CLEAN
    assert run("render", "ekbacka", "--format", "md", cwd=tmp_path).code == CLEAN
    printed = (tmp_path / "ut" / "ekbacka-bilaga.md").read_text("utf-8")
    assert "Kajutan" in printed and "Råd och stöd" in printed
    assert b"ut/" in (tmp_path / ".gitignore").read_bytes()


def test_what_exists_is_kept_whatever_it_is(tmp_path: Path) -> None:
    top = repositories.make(tmp_path / "en mapp på ö")
    write_kommun(top / KOMMUNER / "uppsala", {"lots": insats("Lots")}, INFORMATION)
    (top / ".gitignore").write_text("bilder/\n", "utf-8")
    (top / "insatskoll.yaml").write_text("underkänn_från: varning\n", "utf-8")
    (top / ".vscode").mkdir()
    (top / ".vscode" / "settings.json").write_text("{\n  // kommentar\n}\n", "utf-8")
    before = files(top)
    done = run("new", "kommun", "Ekbacka", cwd=top / KOMMUNER)
    assert done.code == CLEAN
    after = files(top)
    assert {name: after[name] for name in before} == before
    assert "Lägg till raden ut/" in done.out and '"yaml.schemas"' in done.out
    assert "catalogue/kommuner/ekbacka/kommun.yaml" in after
    again = run("new", "kommun", "EKBACKA", cwd=top)
    assert again.code == USAGE and "finns redan" in again.err
    assert files(top) == after
    (top / KOMMUNER / "Knivsta").mkdir()  # on some disks the same as knivsta
    assert "finns redan" in run("new", "kommun", "Knivsta", cwd=top).err
    assert run("new", "kommun", "Sala", cwd=top).out.count("är skriven") == 2


def test_a_folder_that_only_lacks_its_file_can_be_begun_on(tmp_path: Path) -> None:
    folder = tmp_path / KOMMUNER / "ekbacka"
    (folder / "insatser").mkdir(parents=True)
    (folder / "insatser" / "x.yaml").write_text("namn: X\n", "utf-8")
    assert run("new", "kommun", "Ekbacka", cwd=tmp_path).code == CLEAN
    assert sorted(path.name for path in (folder / "insatser").iterdir()) == ["x.yaml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="den som är root får skriva överallt")
def test_a_folder_that_cannot_be_written_in(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        done = run("new", "kommun", "Ekbacka", cwd=tmp_path)
    finally:
        tmp_path.chmod(stat.S_IRWXU)
    assert done.code == USAGE and "Inget har skrivits" in done.err


@pytest.mark.parametrize("link", [".insatskoll", ".vscode", "catalogue", "catalogue/kommuner"])
def test_nothing_is_written_through_a_link(link: str, tmp_path: Path) -> None:
    top, outside = tmp_path / "här", tmp_path / "där"
    outside.mkdir()
    (top / link).parent.mkdir(parents=True)
    (top / link).symlink_to(outside)
    done = run("new", "kommun", "Ekbacka", cwd=top)
    assert done.code == USAGE and "länk" in done.err
    assert not list(outside.iterdir()) and files(top) == {}


@pytest.mark.parametrize("place", [".vscode", ".insatskoll", "catalogue", "catalogue/kommuner"])
def test_a_file_in_the_place_of_a_folder(place: str, tmp_path: Path) -> None:
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text("x", "utf-8")
    done = run("new", "kommun", "Ekbacka", cwd=tmp_path)
    assert done.code == USAGE and len(done.err.splitlines()) == 1
    assert files(tmp_path) == {place: b"x"}


@pytest.mark.parametrize("place", [".gitignore", "insatskoll.yaml", ".vscode/settings.json"])
def test_a_folder_in_the_place_of_a_file(place: str, tmp_path: Path) -> None:
    (tmp_path / place).mkdir(parents=True)
    done = run("new", "kommun", "Ekbacka", cwd=tmp_path)
    assert done.code == USAGE and len(done.err.splitlines()) == 1
    assert files(tmp_path) == {}


def test_an_import_is_laid_out_as_a_new_municipality(tmp_path: Path) -> None:
    text = "# Insatser\n\n## Lots\n\n### Målgrupp\n\nVuxna.\n\n### Innehåll\n\nStöd.\n"
    (tmp_path / "bilaga.md").write_text(text, "utf-8")
    done = run("import", "bilaga.md", "--kommun", "Ekbacka", cwd=tmp_path)
    assert done.code == CLEAN, done
    assert run("schema", "--check", cwd=tmp_path).code == CLEAN
    assert (tmp_path / ".gitignore").exists() and (tmp_path / "insatskoll.yaml").exists()
    head = (tmp_path / KOMMUNER / "ekbacka" / "insatser" / "lots.yaml").read_text("utf-8")
    assert "../../../../.insatskoll/schema/insats.schema.json" in head
    assert "IK912" not in run("lint", cwd=tmp_path).out


def test_one_stands_in_a_folder_that_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "riktig").mkdir()
    (tmp_path / "länk").symlink_to(tmp_path / "riktig")
    begin(tmp_path / "länk", "Ekbacka")


# An insats


@pytest.fixture
def ekbacka(tmp_path: Path) -> Path:
    kommun = {
        "avdelningar": [
            {"id": "barn", "namn": "Barn och unga", "insatser": ["lots"]},
            {"id": "vuxna", "namn": "Avdelning vuxna"},
        ],
        "enheter": [{"id": "kajutan", "namn": "Kajutan"}],
    }
    lots = insats("Lots") | {"avdelning": "barn"}
    write_kommun(tmp_path / KOMMUNER / "ekbacka", {"lots": lots}, INFORMATION | kommun)
    return tmp_path


def new_insats(folder: Path, *arguments: str) -> Run:
    return run("new", "insats", *arguments, cwd=folder)


@pytest.mark.parametrize(
    ("namn", "name"),
    [
        ("Råd och stöd: ”samtal”", "råd-och-stöd-samtal"),
        ("Öppen mötesplats/träff", "öppen-mötesplats-träff"),
        ("COPE 3–12 år", "cope-3-12-år"),
        ("nul", "nul-insats"),
        ("Café François", "café-francois"),
        ("../../x", "x"),
        ("true", "true"),
        ("Lång " * 40 + "insats", "-".join(["lång"] * 20)),
    ],
)
def test_the_id_comes_of_the_name(namn: str, name: str, ekbacka: Path) -> None:
    done = new_insats(ekbacka, namn, "--insatstyp", "samtal", "--avdelning", "vuxna")
    assert done.code == CLEAN, done
    path = ekbacka / KOMMUNER / "ekbacka" / "insatser" / f"{name}.yaml"
    assert yaml.safe_load(path.read_text("utf-8"))["namn"] == namn.strip()
    assert schema.errors(document.parse(path, path.read_text("utf-8")).data, "insats") == []
    assert "kajutan" in path.read_text("utf-8")  # the municipality's own unit, to choose
    linted = run("lint", "ekbacka", "--format", "json", cwd=ekbacka)
    ids = {one["rule"] for one in json.loads(linted.out)["findings"]}
    assert not ids & {"IK903", "IK906", "IK909", "IK912"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Råd", "--avdelning", "vuxna"), "Insatstypen saknas"),
        (("Råd", "--insatstyp", "samtal"), "Avdelningen saknas"),
        (("Råd", "--insatstyp", "samtall", "--avdelning", "vuxna"), "Menade du samtal?"),
        (("Råd", "--insatstyp", "samtal", "--avdelning", "vuxen"), "Menade du vuxna?"),
        (
            ("Råd", "--insatstyp", "samtal", "--avdelning", "vuxna", "--deltagare", "ungdomar"),
            "Menade du unga?",
        ),
        (("Råd", "--kommun", "ekbaka"), "Menade du ekbacka?"),
        (("LOTS", "--insatstyp", "samtal", "--avdelning", "vuxna"), "finns redan"),
        (("🙂", "--insatstyp", "samtal", "--avdelning", "vuxna"), "varken bokstäver"),
        ((), "Skriv insatsens namn"),
    ],
)
def test_an_insats_that_cannot_be_begun_on(
    arguments: tuple[str, ...], said: str, ekbacka: Path
) -> None:
    before = files(ekbacka)
    done = new_insats(ekbacka, *arguments)
    assert (done.code, done.out) == (USAGE, "")
    assert said in done.err and len(done.err.splitlines()) == 1
    assert files(ekbacka) == before


def test_what_is_the_same_is_refused_and_what_is_alike_is_told(ekbacka: Path) -> None:
    folder = ekbacka / KOMMUNER / "ekbacka" / "insatser"
    arguments = ("--insatstyp", "samtal", "--avdelning", "Avdelning vuxna")
    assert new_insats(ekbacka, "Råd och stöd", *arguments).code == CLEAN
    (folder / "råd-och-stöd.yaml").rename(folder / "stöd.yaml")
    done = new_insats(ekbacka, "råd  och STÖD", *arguments)
    assert done.code == USAGE and "finns redan, i catalogue/kommuner/ekbacka" in done.err
    assert "nästan samma namn: Råd och stöd" in new_insats(ekbacka, "Råd- och stöd", *arguments).out
    (folder / unicodedata.normalize("NFD", "Öppet hus.yaml").replace(" ", "-")).touch()
    assert new_insats(ekbacka, "öppet hus", *arguments).code == USAGE


def test_the_order_of_the_section_is_told(ekbacka: Path) -> None:
    done = new_insats(ekbacka, "Råd", "--insatstyp", "samtal", "--avdelning", "barn")
    assert "skriv råd i listan insatser på rad" in done.out


def test_a_municipality_that_cannot_be_read_gets_no_insats(ekbacka: Path) -> None:
    (ekbacka / KOMMUNER / "ekbacka" / "kommun.yaml").write_text("namn: [\n", "utf-8")
    done = new_insats(ekbacka, "Råd", "--insatstyp", "samtal")
    assert done.code == USAGE and "kommun.yaml:" in done.err


def test_the_bundled_municipalities_get_none(tmp_path: Path) -> None:
    done = new_insats(tmp_path, "Råd", "--kommun", "uppsala", "--insatstyp", "samtal")
    assert done.code == USAGE and "insatskoll new kommun" in done.err


# In a terminal


def answered(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    monkeypatch.setattr(asking, "can_ask", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in answers)))


def test_a_terminal_is_asked_for_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answered(monkeypatch, "../x", "Linköpin", "ja", "")
    told = begin(tmp_path)
    assert (told["namn"], told["nämnd"]) == ("Linköpings kommun", "Socialnämnden")
    answered(monkeypatch, "Råd", "samtall", "Samtal", "barn, ungdomar", "barn, unga")
    done = new_insats(tmp_path)
    assert done.code == CLEAN
    assert "Menade du samtal?" in done.out and "Menade du unga?" in done.out
    text = (tmp_path / KOMMUNER / "linköping" / "insatser" / "råd.yaml").read_text("utf-8")
    assert yaml.safe_load(text)["målgrupp"] == {"deltagare": ["barn", "unga"]}


def test_an_answer_that_is_broken_off_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(monkeypatch, "Ekbacka")
    done = run("new", "kommun", cwd=tmp_path)
    assert done.code == USAGE and "Avbrutet." in done.err
    assert not list(tmp_path.iterdir())


# What the comments say


def unused(text: str) -> Iterator[str]:
    """``text`` with each field that is not in use taken into use, one at a time, and last all."""
    lines = text.splitlines()
    starts = [n for n, line in enumerate(lines) if re.match(r" *#[a-zåäö_0-9]+:", line)]
    everything = list(lines)
    for start in starts:
        one = list(lines)
        for number in range(start, len(lines)):
            if number > start and not re.match(r" *#[ -] *[^ ]", lines[number]):
                break
            if number > start and re.match(r" *# [^ ]", lines[number]):
                break
            one[number] = everything[number] = lines[number].replace("#", "", 1)
        yield "\n".join(one) + "\n"
    yield "\n".join(everything) + "\n"


@pytest.mark.parametrize(
    "new",
    [
        commented.New("kommun", samples.schemas()["kommun.schema.json"]["examples"][0]),
        commented.New("insats", {"namn": "X", "insatstyp": "samtal", "avdelning": "x"}),
        commented.New("konfiguration", {"katalog": "catalogue"}),
        commented.New("riskanalys", {"namn": "X", "insats": "x"}),
    ],
    ids=lambda new: new.kind,
)
def test_every_field_can_be_taken_into_use(new: commented.New) -> None:
    text = new.text()
    assert all(len(line) <= 100 for line in text.splitlines() if line.lstrip().startswith("# "))
    given = set(new.values)
    whole = set(samples.schemas()[f"{new.kind}.schema.json"]["properties"])
    used: set[str] = set()
    for version in unused(text):
        held = document.parse(Path("x.yaml"), version).data
        assert isinstance(held, dict)
        used |= held.keys()
        wrong = schema.errors(held, new.kind)
        others = ("ingång", "omfattning")  # that remiss_från and egen_text need beside them
        alone = [
            e
            for e in wrong
            if "delar" not in str(e) and not any(one in e.message for one in others)
        ]
        assert alone == [], (alone, version)
    assert used - given == whole - given - {"kommentar"}
    if new.kind in ("kommun", "insats"):
        assert formatting.formatted(text, new.kind) == text


# What the forges run


@pytest.mark.parametrize("forge", list(forges.PLACES))
def test_a_workflow_is_written_once_at_the_top(forge: str, tmp_path: Path) -> None:
    top = repositories.make(tmp_path / "arkiv")
    folder = top / "social å" / "insatser 2"
    folder.mkdir(parents=True)
    begin(folder, "Ekbacka", "--ci", forge)
    path = top / forges.PLACES[forge]
    text = path.read_text("utf-8")
    assert "social å/insatser 2" in text and "__" not in text
    yaml.safe_load(text)
    before = files(top)
    done = run("new", "ci", forge, cwd=folder)
    assert done.code == USAGE and "finns redan" in done.err
    done = run("new", "kommun", "Sala", "--ci", forge, cwd=folder)
    assert done.code == USAGE and files(top) == before


def test_a_folder_that_a_forge_would_obey_is_refused(tmp_path: Path) -> None:
    top = repositories.make(tmp_path / "arkiv")
    (top / "${{ github.token }}").mkdir()
    done = run("new", "ci", "github", cwd=top / "${{ github.token }}")
    assert done.code == USAGE and "Byt namn på mappen" in done.err
    assert not (top / ".github").exists()
