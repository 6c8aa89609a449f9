"""Whether a part that is no more surely is given no longer, or may have been taken in elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from insatskoll.diff import parts
from insatskoll.diff.facts import Fact, Item
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.diff.known import Known
    from insatskoll.reading.schema_types import Del, InsatsData

_WORDS = later(r"\w{4,}")
_GIVEN = ("karaktär", "omfattning", "dokumentation", "samtycke")
_STEM = 5  # letters that forms of one word begin with
_TEXTS = ("namn", "syfte", "mål", "innehåll", "avgränsning")


def taken_away(fact: Fact, known: Known) -> Fact | None:
    """A part that is surely taken away, as the fact that would tell of a whole insats; nothing
    where what is left has got words or an extent that may be its."""
    if fact.path[:1] != ("delar",) or len(fact.path) != 2 or fact.kind != "removed":
        return None
    step, subject = fact.path[1], fact.subject
    before, after = (known.insats(subject, side) for side in (0, 1))
    if before is None or after is None or subject.regrouped or not isinstance(step, Item):
        return None
    place = step.old or 0
    if not surely(before, after, place):
        return None
    part = before["delar"][place]
    whole = {name: value for name, value in {**before, **part}.items() if name != "delar"}
    return Fact(subject, (), whole, None)


def surely(before: InsatsData, after: InsatsData, place: int) -> bool:
    """Whether the part at ``place`` is given no longer: another is what the insats now is, or is
    there still, and nothing that is left has got what may be its."""
    if "delar" not in after:
        kept = parts.of_the_same(before, after)
        if kept in (None, place) or not _gives_as(before["delar"][kept or 0], after):
            return False
        if _gives_as(before["delar"][place], after):  # which of them it is, nobody says
            return False
    return not _is_taken_in(before["delar"][place], before, after)


def _gives_as(part: Del, after: InsatsData) -> bool:
    """Whether an insats gives just what a part of it did."""
    sides = [cast("Mapping[str, object]", side) for side in (part, after)]
    return all(sides[0].get(name) == sides[1].get(name) for name in _GIVEN)


def _is_taken_in(part: Del, before: InsatsData, after: InsatsData) -> bool:
    others = [one for one in before["delar"] if one is not part]
    rest = [cast("InsatsData", one) for one in (before, *others)]
    now = [cast("InsatsData", one) for one in (after, *after.get("delar", ()))]
    new = {word for one in now for word in _words(one)}
    new -= {word for one in rest for word in _words(one)}
    if new & {*_words(cast("InsatsData", part))}:
        return True
    extents = [one.get("omfattning") for one in rest]
    return any("omfattning" in one and one["omfattning"] not in extents for one in now)


def _words(insats: InsatsData) -> Iterator[str]:
    for name in _TEXTS:
        text = insats.get(name)
        for word in _WORDS.findall(text.casefold()) if isinstance(text, str) else ():
            yield word[:_STEM]
