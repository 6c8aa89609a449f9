"""What has happened to a list of words: which have come and which have gone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from insatskoll.bilaga import phrases
from insatskoll.diff import phrasebook
from insatskoll.diff.facts import Fact
from insatskoll.diff.happenings.seen import Happening, Seen, plain, quoted

_WORD = 60  # characters of what is no text in paragraphs


def words(seen: Seen) -> list[Happening]:
    """A list of words or short texts, such as who takes part."""
    gone, come = lost_and_gained(seen.fact)
    told = (
        (seen.before, seen.after) if (gone and come) or seen.plainly != "ändras" else (gone, come)
    )
    if not all(map(_is_short, told)):
        return plain(seen)
    recorded = seen.fact.field == "uppföljning"
    slots = {"före": _listed(seen.before, recorded), "efter": _listed(seen.after, recorded)}
    if seen.plainly != "ändras":
        return [Happening(seen.plainly, slots)]
    slots |= {"gamla": _listed(gone, recorded), "nya": _listed(come, recorded)}
    return [Happening(named(gone, come), slots)]


def forms(seen: Seen) -> list[Happening]:
    """The forms that an insats is given in: as they stand after ”ges” where both sides say."""
    (told,) = words(seen)
    if seen.plainly != "ändras":
        return [told]
    gone, come = lost_and_gained(seen.fact)
    slots = {"före": _given(seen.before), "efter": _given(seen.after)}
    return [Happening(told.name, slots | {"gamla": _given(gone), "nya": _given(come)})]


def lost_and_gained(fact: Fact) -> tuple[list[object], list[object]]:
    """What a list no longer holds, and what it holds that it did not."""
    before, after = (side if isinstance(side, list) else [] for side in (fact.before, fact.after))
    lost = [item for item in before if item not in after]
    return lost, [item for item in after if item not in before]


def named(gone: Sequence[object], come: Sequence[object]) -> str:
    """What has happened to a list by what has come and gone."""
    if not gone and not come:
        return "ordning"
    if gone and come:
        return "byts"
    return "fler" if come else "färre"


def _listed(items: object, recorded: bool) -> str:
    said = [quoted(str(one)) for one in items] if isinstance(items, list) else []
    return phrases.lista(map(phrases.antecknat, said) if recorded else said)


def _given(forms: object) -> str:
    known = phrasebook.of("insats.form").words
    return phrases.lista(known.get(str(one), str(one)) for one in cast("list[object]", forms))


def _is_short(value: object) -> bool:
    """Whether it is a list of words, of which it can be told what comes and goes, and no text in
    paragraphs."""
    return value is None or (
        isinstance(value, list) and all(isinstance(one, str) and len(one) <= _WORD for one in value)
    )
