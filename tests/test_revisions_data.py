"""The thirty revisions of ``tests/data/revideringar`` can be read, and their facit speaks of what
there is: verdicts of the catalogue, insatser of the revision, words of its own sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from insatskoll.catalogue import loading
from tests.catalogues import CATALOGUE
from tests.revised import FOLDERS, facit, listed

SENTENCE = {
    "insats",
    "mening",
    "utfall",
    "lagrum",
    "bör_nämna",
    "visar",
    "även_rimligt",
    "tvekan",
    "likvärdig",
    "får_delas",
}


def verdicts() -> set[str]:
    """The codes of all verdicts."""
    files = (CATALOGUE / "utfall").glob("*.yaml")
    return {code for file in files for code in yaml.safe_load(file.read_text("utf-8"))["utfall"]}


def insatser(revision: Path) -> Iterator[str]:
    """The ids of the insatser on both sides; what cannot be read is told."""
    for side in ("före", "efter"):
        folders = loading.kommun_folders(revision / side)
        assert len(folders) == 1
        kommun = loading.load_kommun(folders[0])
        assert not kommun.problems
        assert kommun.revision is not None
        yield from (insats.id for insats in kommun.revision.insatser)


def test_there_are_thirty() -> None:
    assert [path.name[:2] for path in FOLDERS] == [f"{number:02}" for number in range(1, 31)]


@pytest.mark.parametrize("revision", FOLDERS, ids=lambda path: path.name)
def test_both_sides_are_read_and_the_facit_speaks_of_them(revision: Path) -> None:
    data = facit(revision)
    assert data.keys() == {"ärende", "meningar", "inte"}
    there = set(insatser(revision))
    for said in (*data["meningar"], *data["inte"]):
        assert set(listed(said.get("insats", []))) <= there
        if said.get("utfall") != "alla":
            assert {*said.get("utfall", []), *said.get("även_rimligt", [])} <= verdicts()


@pytest.mark.parametrize("revision", FOLDERS, ids=lambda path: path.name)
def test_a_sentence_stands_and_holds_the_words_it_asks_for(revision: Path) -> None:
    for said in facit(revision)["meningar"]:
        assert {"mening", "utfall", "bör_nämna"} <= said.keys() <= SENTENCE
        mening = said["mening"]
        assert mening[0].isupper() and mening.endswith(".") and "  " not in mening
        assert [word for word in said["bör_nämna"] if word.lower() not in mening.lower()] == []
        assert not set(said["utfall"]) & set(said.get("även_rimligt", []))


@pytest.mark.parametrize("revision", FOLDERS, ids=lambda path: path.name)
def test_what_must_not_be_said_has_a_reason_and_contradicts_no_sentence(revision: Path) -> None:
    data = facit(revision)
    for refused in data["inte"]:
        assert refused.keys() <= {"insats", "utfall", "säger", "märks_på", "skäl"}
        assert refused["skäl"].endswith(".")
        assert {"utfall", "säger"} & refused.keys()
        about = set(listed(refused.get("insats", [])))
        right = [said for said in data["meningar"] if about & set(listed(said.get("insats", [])))]
        given = {code for said in right for code in said["utfall"] + said.get("även_rimligt", [])}
        if refused.get("utfall") == "alla":
            assert not right
        else:
            assert not given & set(refused.get("utfall", []))
