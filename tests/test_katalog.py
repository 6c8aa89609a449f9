"""The catalogue as a whole: complete by municipality and section, traceable, and without empty
texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from insatskoll.catalogue import loading, model
from insatskoll.cli import tables
from insatskoll.law.rules import load_rules
from insatskoll.lint.run import lint
from insatskoll.reading.document import iter_paths
from tests.catalogues import CATALOGUE, ROOT

KOMMUNER = {
    folder.name: loading.load_kommun(folder) for folder in loading.kommun_folders(CATALOGUE)
}
BEGREPP = loading.load_begrepp(CATALOGUE)

# How many insatser each section of each source has.
SECTIONS = {
    "knivsta": {"öppna-insatser": 19},
    "linköping": {
        "allmänna-insatser": 4,
        "barn-unga-och-föräldrar": 29,
        "vuxna": 7,
        "funktionsnedsättning": 7,
    },
    "norrtälje": {"grupp": 8, "individuellt": 14},
    "sala": {"övergripande": 34},
    "uppsala": {"barn-och-ungdom-insats": 21, "vuxen": 8, "övriga": 2},
}
# The documents that each municipality's facts come from.
SOURCES = {"knivsta": 1, "linköping": 1, "norrtälje": 1, "sala": 2, "uppsala": 2}


def revision(kommun: str) -> model.Revision:
    found = KOMMUNER[kommun].revision
    assert found is not None
    return found


def files(kommun: str) -> list[Mapping[str, Any]]:
    """The content of every file that restates a source."""
    found = revision(kommun)
    return [
        found.kommun,
        *(i.data for i in found.insatser),
        *(a.data for a in KOMMUNER[kommun].riskanalyser),
    ]


def test_all_five_are_there() -> None:
    assert set(KOMMUNER) == set(SECTIONS)
    assert all(kommun.problems == () for kommun in KOMMUNER.values())


@pytest.mark.parametrize("kommun", SECTIONS)
def test_every_section_is_complete(kommun: str) -> None:
    assert Counter(i.data["avdelning"] for i in revision(kommun).insatser) == SECTIONS[kommun]


@pytest.mark.parametrize("kommun", sorted(set(SECTIONS) - {"uppsala"}))
def test_the_order_of_print_is_the_sources_and_lists_every_insats(kommun: str) -> None:
    found = revision(kommun)
    listed = [i for avdelning in found.kommun["avdelningar"] for i in avdelning["insatser"]]
    assert [i.id for i in found.insatser] == listed


@pytest.mark.parametrize("kommun", SECTIONS)
def test_every_file_says_where_it_comes_from(kommun: str) -> None:
    sources = [data["källa"] for data in files(kommun)]
    assert all(source["handling"] and source["avsnitt"] for source in sources)
    places = [(source["handling"], source["avsnitt"]) for source in sources]
    assert len(set(places)) == len(places), "two files name the same passage"
    assert len({handling for handling, _ in places}) == SOURCES[kommun]


@pytest.mark.parametrize("kommun", SECTIONS)
def test_there_are_no_empty_texts(kommun: str) -> None:
    for data in files(kommun):
        for path, value in iter_paths(data):
            assert value not in ("", [], {}, None), path
            assert not isinstance(value, str) or value.strip() == value.strip("\n"), path


@pytest.mark.parametrize("kommun", SECTIONS)
def test_every_finding_is_waived_with_its_reason(kommun: str) -> None:
    found = lint([KOMMUNER[kommun]], load_rules(), BEGREPP)
    assert found.open == ()
    assert found.skipped == ()


def test_salas_analyses_are_tied_to_their_insatser_but_for_the_one_that_has_none() -> None:
    analysed = {analys.data["insats"] for analys in KOMMUNER["sala"].riskanalyser}
    assert len(KOMMUNER["sala"].riskanalyser) == 33
    assert {i.id for i in revision("sala").insatser} - analysed == {"föräldraskap-i-sverige"}


def test_what_is_the_same_is_found_under_its_five_names() -> None:
    named: dict[str, set[str]] = {}
    for kommun in KOMMUNER:
        for insats in revision(kommun).insatser:
            if "begrepp" in insats.data:
                named.setdefault(insats.data["begrepp"], set()).add(kommun)
    assert set(named) == BEGREPP, "a concept that no insats uses, or the other way round"
    assert named["familjerådgivning"] == named["samarbetssamtal"] == set(KOMMUNER)
    assert (len(named["abc"]), len(named["biff"]), len(named["medling-vid-brott"])) == (4, 3, 4)


def test_the_readmes_table_is_the_catalogues() -> None:
    row = re.compile(
        r"^\| (\w+) \| (\d+) \| .+? \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE
    )
    rows = row.findall((ROOT / "README.md").read_text("utf-8"))
    expected = []
    for kommun in sorted(KOMMUNER):
        levels = Counter(
            level for insats in revision(kommun).insatser for level in tables.levels(insats)
        )
        counts = [
            levels[level]
            for level in (
                "individnivå",
                "utan personliga förhållanden",
                "avidentifierad",
                "anges inte",
            )
        ]
        expected.append(
            (kommun.capitalize(), str(len(revision(kommun).insatser)), *map(str, counts))
        )
    assert rows == expected
