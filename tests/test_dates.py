"""Days: the calendar's, wherever a file can hold one, and within reason."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from insatskoll import dates
from insatskoll.reading import samples, schema
from insatskoll.reading.places import DataPath
from tests.catalogues import INSATS, KOMMUN
from tests.program import run

DECIDED: dict[str, Any] = {
    "nämnd": "Socialnämnden",
    "datum": "2026-03-02",
    "paragraf": "§ 7",
    "på_nämndens_vägnar": {"vem": "Ordföranden", "stöd": "delegation", "anmält": "2026-03-20"},
}
# A file of each kind that holds a day, with every field of it that does.
FILES: dict[str, dict[str, Any]] = {
    "kommun": KOMMUN
    | {
        "bilaga": {"titel": "Insatser", "gäller_från": "2025-07-01"},
        "förslag": {"datum": "2026-01-20"},
        "uppföljningsintervall": {"månader": 12, "senast": "2025-12-01"},
    },
}
FILES["insats"] = INSATS | {"gäller_från": "2026-03-01", "gäller_till": "2026-12-31"}
FILES["beslut"] = {
    "beslut": DECIDED,
    "innehåll": {"kommun": FILES["kommun"], "insatser": {"a": INSATS}},
    "kontrollsumma": "0" * 64,
}


def days(data: Any, path: DataPath = ()) -> Iterator[DataPath]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from days(value, (*path, key))
    elif isinstance(data, str) and dates.exists(data):
        yield path


_SCHEMAS: Any = samples.schemas()
FIELDS = [
    pytest.param(kind, path, id=f"{kind}-{'.'.join(map(str, path))}")
    for kind, data in FILES.items()
    for path in days(data)
]


def test_the_files_hold_every_field_that_is_a_day() -> None:
    """A new field for a day has to be put in one of the files above."""

    def fields(node: Any, name: str = "") -> Iterator[str]:
        if isinstance(node, dict):
            if node.get("$ref", "").endswith("#/$defs/datum"):
                yield name
            for key, value in node.items():
                yield from fields(value, key)

    in_schemas = {
        name
        for kind in ("insats", "kommun", "beslut", "riskanalys", "gemensamt")
        for name in fields(_SCHEMAS[f"{kind}.schema.json"])
    }
    assert in_schemas == {str(path[-1]) for kind, data in FILES.items() for path in days(data)}


@pytest.mark.parametrize(("kind", "path"), FIELDS)
@pytest.mark.parametrize("wrong", ["2026-02-30", "2025-02-29", "2026-04-31", "0000-01-01"])
def test_a_day_that_the_calendar_lacks_is_found_at_its_field(
    kind: str, path: DataPath, wrong: str
) -> None:
    data = copy.deepcopy(FILES[kind])
    holder: Any = data
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = wrong
    (error,) = schema.errors(data, kind)
    assert error.path == path
    assert wrong in error.message and "almanackan" in error.message


@pytest.mark.parametrize("kind", FILES)
def test_a_day_that_the_calendar_has_is_accepted(kind: str) -> None:
    assert schema.errors(FILES[kind], kind) == []
    leap = copy.deepcopy(FILES["kommun"]) | {"förslag": {"datum": "2028-02-29"}}
    assert schema.errors(leap, "kommun") == []


@pytest.mark.parametrize(
    "text",
    ["2026-13-01", "2026-1-01", "20260101", "2026-W01-1", "idag", "", "2026-02-30", "٢٠٢٦-01-01"],
)
def test_what_is_no_day(text: str) -> None:
    assert not dates.exists(text)


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("2026-01-20", (), True),
        ("2206-01-20", (), False),
        ("2206-01-20", ("2026-01-01",), False),
        ("2052-01-20", ("2026-01-01",), False),
        ("1025-01-20", (), False),
        ("2005-08-20", (), False),
        ("2022-01-01", (), True),
        ("2049-01-20", ("2046-01-01",), True),  # in a chain that has gone on for long
        ("2045-07-01", (), True),
        ("2045-07-02", (), False),
    ],
)
def test_within_reason(text: str, known: tuple[str, ...], expected: bool) -> None:
    assert dates.within_reason(text, 20, known) is expected


@pytest.mark.parametrize("text", ["2206-01-20", "1025-01-20"])
def test_a_day_to_judge_by_that_can_only_be_mistyped_is_refused(text: str) -> None:
    done = run("lint", "uppsala", "--datum", text)
    assert done.code == 2 and text in done.err and "Kontrollera året" in done.err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gruppen börjar den 31 april.", ["31 april"]),
        ("1 maj–31 juni", ["31 juni"]),
        ("30–31 september", ["31 september"]),
        ("Start 31/4 2025.", ["31/4 2025"]),
        ("Den 30 februari varje år.", ["30 februari"]),
        ("Den 31 nov. 2025.", ["31 nov. 2025"]),
        ("Den 29 februari 2025.", ["29 februari 2025"]),
        ("Den 29 februari.", []),
        ("31 mars–30 april, 31/5 2025 och 1/12-2025", []),
        ("Rum 45 juni–augusti.", []),
        ("Dnr 31/13 2025, SN 31/4 och 2025-45/12.", []),
    ],
)
def test_days_that_the_calendar_lacks_in_running_text(text: str, expected: list[str]) -> None:
    assert dates.missing(text) == expected
