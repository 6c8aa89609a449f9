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
from pathlib import Path
from typing import Any

import pytest
import yaml

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
