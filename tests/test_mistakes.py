"""Mistakes that people make in Notepad, in what they paste from Word and Excel, in a forge's editor
and on the command line: each is told where it is, with what to write.

``tests/data/misstag`` holds a small municipality without findings, and lists of mistakes to make in
it. A mistake is made in the file ``i`` (abc.yaml if nothing is said): the text ``byt`` becomes
``mot``, or the file is given another content, name, encoding or line ending. ``säger`` is what the
program has to say, ``inte`` what it must not, and ``rad`` the line that it has to name.
"""

from __future__ import annotations

import json
import re
import shutil
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from insatskoll.reading import schema
from tests.catalogues import ROOT
from tests.program import run

DATA = ROOT / "tests" / "data" / "misstag"
MISTAKES: list[dict[str, Any]] = [
    {**mistake, "lista": path.stem}
    for path in sorted(DATA.glob("*.yaml"))
    for mistake in yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
]


def _content(mistake: dict[str, Any], text: str) -> str:
    """The content of the file with the mistake made in it."""
    if "byt" in mistake:
        assert mistake["byt"] in text
        text = text.replace(mistake["byt"], mistake["mot"], 1)
    text = mistake.get("helt", text) + mistake.get("lägg_till", "")
    if mistake.get("dubbelkodad"):
        text = text.encode().decode("latin-1")
    return (text * 2 if mistake.get("dubblera") else text).replace(
        "\n", mistake.get("radslut", "\n")
    )


def make(mistake: dict[str, Any], folder: Path) -> None:
    """Writes the municipality with the mistake in it."""
    if mistake.get("utan_katalog"):
        return
    kommun = folder / "catalogue" / "kommuner" / "ekbacka"
    shutil.copytree(DATA / "ekbacka", kommun)
    name = mistake.get("i", "abc.yaml")
    path = kommun / name if name == "kommun.yaml" else kommun / "insatser" / name
    text = _content(mistake, path.read_text("utf-8"))
    path.write_bytes(text.encode(mistake.get("kodning", "utf-8")))
    if "byt_namn" in mistake:
        new = kommun / mistake["byt_namn"]
        new.parent.mkdir(exist_ok=True)
        path.rename(new)
    if "byt_mapp" in mistake:
        (kommun / "insatser").rename(kommun / mistake["byt_mapp"])
    if "ta_bort" in mistake:
        (kommun / mistake["ta_bort"]).unlink()
    if "länk" in mistake:
        path.unlink()
        path.symlink_to(mistake["länk"])
    if "ny" in mistake:
        copied = (kommun / mistake.get("kopia_av", "kommun.yaml")).read_text("utf-8")
        new = kommun / mistake["ny"]
        new.parent.mkdir(exist_ok=True)
        new.write_text(mistake.get("text", copied), "utf-8")


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: f"{one['lista']}-{one['fall']}")
def test_a_mistake_is_told_where_it_is_with_what_to_write(
    mistake: dict[str, Any], tmp_path: Path
) -> None:
    make(mistake, tmp_path)
    ended = run(*mistake.get("kommando", ["lint"]), cwd=tmp_path)
    said = ended.out + ended.err
    flat = " ".join(said.split())
    assert [words for words in mistake["säger"] if words not in flat] == [], said
    assert [words for words in mistake.get("inte", ()) if words in flat] == [], said
    if "rad" in mistake:
        assert re.search(rf"^ +{mistake['rad']}:\d+ ", said, re.MULTILINE), said
    if "kommando" not in mistake and mistake["säger"]:
        assert " 0 fel, 0 varningar, 0 råd" not in flat


def test_as_many_mistakes_as_have_been_seen_and_as_many_again() -> None:
    names = [mistake["fall"] for mistake in MISTAKES]
    assert len(names) == len(set(names)) >= 240


def test_the_municipality_that_they_are_made_in_has_no_findings(tmp_path: Path) -> None:
    make({}, tmp_path)
    assert " 0 fel, 0 varningar, 0 råd" in run("lint", cwd=tmp_path).out


def test_the_same_finding_in_many_insatser_is_told_once_with_each_place(tmp_path: Path) -> None:
    make({}, tmp_path)
    insatser = tmp_path / "catalogue" / "kommuner" / "ekbacka" / "insatser"
    wrong = (insatser / "samtal.yaml").read_text("utf-8").replace("högst: 5", "högst: nio")
    names = [f"råd-nummer-{number}" for number in range(4)]
    for name in names:
        (insatser / f"{name}.yaml").write_text(wrong, "utf-8")
    said = run("lint", cwd=tmp_path).out
    assert "4 insatser  fel IK903  Fältet ”högst” ska vara ett heltal, inte en text." in said
    assert [said.count(f"insatser/{name}.yaml:23:10\n") for name in names] == [1] * 4
    assert said.count("Gör så här:") == 1
    told = json.loads(run("lint", "--format", "json", cwd=tmp_path).out)
    assert len([one for one in told["findings"] if one["rule"] == "IK903"]) == 4


def test_two_findings_of_a_kind_are_told_each_in_its_file(tmp_path: Path) -> None:
    make({"byt": "högst: 4", "mot": "högst: nio"}, tmp_path)
    insatser = tmp_path / "catalogue" / "kommuner" / "ekbacka" / "insatser"
    (insatser / "abc-två.yaml").write_text((insatser / "abc.yaml").read_text("utf-8"), "utf-8")
    said = run("lint", cwd=tmp_path).out
    assert said.count("Gör så här: Skriv talet med siffror") == 2


def test_what_to_do_first_is_told_when_there_is_more_than_one_thing(tmp_path: Path) -> None:
    make({"kodning": "utf-16"}, tmp_path)
    kommun = tmp_path / "catalogue" / "kommuner" / "ekbacka"
    said = run("lint", cwd=tmp_path).out
    assert "Först" not in said
    samtal = kommun / "insatser" / "samtal.yaml"
    samtal.write_text(samtal.read_text("utf-8").replace("enhet: samtal", "enhet: x"), "utf-8")
    (kommun / "beslut").mkdir()
    (kommun / "kommun.yaml").write_text(
        (kommun / "kommun.yaml").read_text("utf-8").replace("information_om_ansökan", "# x"),
        "utf-8",
    )
    said = run("lint", cwd=tmp_path).out
    assert (
        "Först: 1 fil som inte går att läsa, sedan 1 fil med fält som inte är rätt skrivna, "
        "sedan 1 varning." in said
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("insatstyp", ["i en insats fil", "samhällsvägledning", "annan"]),
        ("Gäller från", ["bilaga.gäller_från", "kommun.yaml"]),
        ("omfattning", ["högst", "enhet", "beskrivning"]),
        ("profil", ["logotyp", "färger"]),
    ],
)
def test_a_field_is_explained_with_all_that_can_be_written_there(
    asked: str, said: list[str]
) -> None:
    told = run("explain", asked).out
    assert [words for words in said if words not in told] == []


def test_a_list_that_is_told_in_part_says_where_all_of_it_is(tmp_path: Path) -> None:
    for mot, asked in (("insatstyp: läxhjälp", "insatstyp"), ("hobby: ja", "insats")):
        folder = tmp_path / asked
        make({"byt": "insatstyp: föräldraskapsstöd", "mot": mot}, folder)
        said = " ".join(run("lint", cwd=folder).out.split())
        assert f" till. Kommandot insatskoll explain {asked} visar alla." in said
        assert run("explain", asked).code == 0


# What is written in place of a group, a list or a word, by people who have not seen the schema.
_WRITTEN = (
    "ja", "nej", "”nej”", "nej.", "nej, men 20 kr", "ja, 100 kr", "0", "0 kr", "0:-", "100 kr",
    "högst 100 kr", "inte 100 kr", "> 18 år", "< 18 år", "18", "13–20 år", "inte under 18 år",
    "över 18 år", "från 16 år", "5 träffar", "högst 5 samtal", "inte fler än 5 samtal",
    "vuxna, unga", "vuxna och inte unga", "barn under 18 år, vuxna", "unga utan föräldrar",
    "individnivå", "ej individnivå", "”individnivå”", "grupp; individuell", "grupp eller 1 person",
    "Kajutan", "Alla som vill får vara med.", "SoL 14 kap. 3 §", "inte SoL 14 kap. 3 §", "ingen",
)  # fmt: skip
_FIELDS = (
    "avgift", "samtycke", "dokumentation", "omfattning", "form", "utförare", "källa", "målgrupp",
    "målgrupp.deltagare", "målgrupp.ålder", "målgrupp.ålder.från", "dokumentation.nivå",
    "dokumentation.lagrum", "mål", "villkor", "delar", "omfattning.högst", "avvikelser",
)  # fmt: skip
_DECIDES = re.compile(r"\d+|[<>]|\b(?:inte|ej|utan|ingen|under|över)\b")


def _obeyed(remedy: str, name: str) -> object:
    """What stands in the field ``name`` when the remedy's proposal has been written; None if it
    only asks."""
    lead, _, lines = remedy.partition("\n")
    if lead.startswith("Skriv gränserna"):  # in two fields
        return None
    one = re.search(rf"\b{re.escape(name)}: ([^.]+(?:\.(?! |$)[^.]*)*)\.(?= |$)", lead)
    if lines and "till:" not in lead:
        pasted = yaml.safe_load(lines)
        return pasted.get(name) if isinstance(pasted, dict) else pasted
    meant = re.search(r"Menade du ”([^”]+)”", lead)
    if one is None and meant:
        return meant[1]
    return yaml.safe_load(one[1]) if one else None


def _told(field: str, written: str) -> tuple[str, dict[str, Any], list[str | int]]:
    text = (DATA / "ekbacka" / "insatser" / "abc.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    data = {name: data[name] for name in ("namn", "insatstyp", "avdelning", "utförare", "karaktär")}
    *above, name = field.split(".")
    group: dict[str, Any] = data
    for step in above:
        group = group.setdefault(step, {"avser": "deltagaren"} if step == "ålder" else {})
    group[name] = written
    found = [e for e in schema.errors(data, "insats") if list(e.path) == [*above, name]]
    return (found[0].remedy if found else ""), data, [*above, name]


def test_a_remedy_that_is_obeyed_gives_what_was_written_and_is_taken() -> None:
    proposed, wrong = 0, []
    for field, written in product(_FIELDS, _WRITTEN):
        remedy, data, path = _told(field, written)
        value = _obeyed(remedy, str(path[-1])) if remedy else None
        if value is None:
            continue
        proposed += 1
        group: Any = data
        for step in path[:-1]:
            group = group[step]
        group[path[-1]] = value
        refused = [e for e in schema.errors(data, "insats") if list(e.path)[: len(path)] == path]
        said = json.dumps(value, ensure_ascii=False)
        free = field == "avgift" and value == "nej" and written.startswith("0")
        lost = set() if free else {*_DECIDES.findall(written)} - {*_DECIDES.findall(said)}
        if refused or lost:
            wrong.append((field, written, remedy, lost))
    assert not wrong, "\n".join(map(str, wrong))
    assert proposed > 60
