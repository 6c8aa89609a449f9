"""Which way a text has been changed: what a jurist has said of pairs in which what is grave and
what is harmless look alike, with none called more or less that is not."""

from __future__ import annotations

import pytest
import yaml

from insatskoll.diff import directions, facts, rewording
from insatskoll.diff.judgement import judge
from insatskoll.diff.known import Known
from insatskoll.diff.meaning import meanings
from insatskoll.diff.verdicts import shipped
from insatskoll.diff.ways import Role
from tests.catalogues import ROOT
from tests.revisions import revision

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


# All that a change of a text is judged to be

TEXTS: dict[str, list[list[str]]] = yaml.safe_load(
    (ROOT / "tests" / "data" / "utfall-i-text.yaml").read_text("utf-8")
)


def judged(field: str, before: str, after: str) -> set[str]:
    sides: list[object] = [before, after]
    if field == "samtycke":
        sides = [{"beskrivning": side} for side in sides]
    path = ("villkor", facts.Item("x"), "beskrivning") if field == "villkor" else (field,)
    fact = facts.Fact(facts.About("insats", "a", "a"), path, *sides)
    return {judgement.verdict for judgement in judge(fact)}


@pytest.mark.parametrize(
    ("field", "before", "after", "verdicts"),
    [(field, *pair) for field, pairs in TEXTS.items() for pair in pairs],
)
def test_a_text_is_judged_sentence_by_sentence(
    field: str, before: str, after: str, verdicts: str
) -> None:
    by_code = shipped().by_code
    told = set(verdicts.split())
    assert judged(field, before, after) == told
    assert judged(field, after, before) == {by_code[code].mirror for code in told}


# Sentences that are only moved


def verdicts(old: dict[str, str], new: dict[str, str]) -> dict[str, set[str]]:
    """The verdicts of each field of an insats that is changed."""
    comparison = facts.compare(revision(a=old), revision(a=new))
    return {
        meaning.fact.field: {judgement.verdict for judgement in meaning.judgements}
        for meaning in meanings(comparison, Known(comparison))
    }


NO_PILLS = "Personalen ger inga läkemedel."


def test_a_sentence_that_is_moved_between_texts_of_an_insats_says_what_it_said() -> None:
    old = {"innehåll": f"Kaffe finns. {NO_PILLS} Vi spelar.", "avgränsning": "Ingen vård."}
    new = {"innehåll": "Kaffe finns. Vi spelar.", "avgränsning": f"Ingen vård. {NO_PILLS}"}
    same = {"innehåll": {"editorial"}, "avgränsning": {"editorial"}}
    assert verdicts(old, new) == verdicts(new, old) == same
    more = new | {"innehåll": "Kaffe finns. Vi spelar. Vi ger även råd."}
    assert verdicts(old, more) == same | {"innehåll": {"more-open"}}


def test_what_an_insats_is_not_must_say_so_where_it_comes_from() -> None:
    old = {"innehåll": "Barn följer med. Vi spelar.", "avgränsning": "Ingen vård."}
    new = {"innehåll": "Vi spelar.", "avgränsning": "Ingen vård. Barn följer med."}
    assert verdicts(old, new) == {"innehåll": {"unclear"}, "avgränsning": {"unclear"}}


def test_what_another_sentence_refers_to_is_not_moved_alone() -> None:
    old = {"innehåll": "Vi spelar. Det kostar inget. Kaffe finns.", "syfte": "Gemenskap."}
    new = {"innehåll": "Det kostar inget. Kaffe finns.", "syfte": "Gemenskap. Vi spelar."}
    assert verdicts(old, new)["innehåll"] == {"unclear"}


def test_the_name_of_a_profession_is_one_in_the_plural() -> None:
    assert rewording.same_profession("Kurator", "kuratorer")
    assert rewording.same_profession("sjuksköterska", "sjuksköterskor")
    assert not rewording.same_profession("socionom", "sociolog")
    assert not rewording.same_profession("kurator", "psykolog")
