"""Which way a text has been changed: what a jurist has said of pairs in which what is grave and
what is harmless look alike, with none called more or less that is not."""

from __future__ import annotations

import pytest
import yaml

from insatskoll.diff import directions
from insatskoll.diff.directions import Role
from tests.catalogues import ROOT

ROLES: dict[str, Role] = {"innehåll": "ges", "villkor": "krävs"}
DATA: dict[str, dict[str, list[list[str]]]] = yaml.safe_load(
    (ROOT / "tests" / "data" / "riktningar.yaml").read_text("utf-8")
)
JUDGED = [
    (ROLES[text], kind, pair[0], pair[1])
    for text, kinds in DATA.items()
    for kind, pairs in kinds.items()
    for pair in pairs
]
SEEN = 0.9


def found(before: str, after: str, role: Role) -> str:
    """What the words of two texts tell."""
    moves = directions.moves(before, after, role)
    if moves is None:
        return "läsaren"
    return {0: "samma", 1: "mer", -1: "mindre"}[moves.get("effekt", 0)]


MIRROR = {"mer": "mindre", "mindre": "mer", "samma": "samma", "läsaren": "läsaren"}


@pytest.mark.parametrize(("role", "kind", "before", "after"), JUDGED)
def test_no_pair_is_given_a_direction_that_it_does_not_have(
    role: Role, kind: str, before: str, after: str
) -> None:
    assert found(before, after, role) in (kind, "läsaren")
    assert found(after, before, role) == MIRROR[found(before, after, role)]


def test_most_of_what_has_a_direction_is_seen_to() -> None:
    decided = [one for one in JUDGED if one[1] != "läsaren"]
    left = [one for one in decided if found(one[2], one[3], one[0]) == "läsaren"]
    assert len(left) <= (1 - SEEN) * len(decided), left
