"""What a sentence does that comes or goes, or stands in the place of another."""

from __future__ import annotations

from difflib import SequenceMatcher

from insatskoll.diff import context, listed, measured, replaced, restated, rewording, ways
from insatskoll.diff.context import Place
from insatskoll.diff.elements import Elements, Sentence, kinds_of
from insatskoll.diff.ways import SAME, Moves, Role


def stands(sentence: Elements, role: Role) -> Moves | None:
    """What a sentence that comes does: what it asks for turns somebody away, what it gives besides
    is more."""
    kinds = kinds_of(sentence)
    if kinds & {"belastar", "kostar", "dokumenterar", "samtycker"} or any(
        e.measure for e in sentence
    ):
        return None
    if "begränsar" in kinds or "mjukar upp" in kinds:
        return None
    denied = "nekar" in kinds
    if "kräver" in kinds:
        if sum("kräver" in one.kinds for one in sentence) > 1:
            return None
        return {"effekt": 1 if denied else -1}
    if "ger" in kinds and (denied or "vidgar" in kinds) and role == "ges":
        return {"effekt": -1 if denied else 1}
    return None


def between(before: Sentence, after: Sentence, role: Role) -> Moves | None:
    """What stands in one sentence in place of another does."""
    old, new = before.words, after.words
    asks = context.asks(old, role), context.asks(new, role)
    if rewording.reworded(before.text, after.text) or restated.same(before, after):
        return SAME
    of_list = listed.told(old, new, role)
    if of_list is not None:
        return of_list
    steps = SequenceMatcher(
        None, [one.said for one in old], [one.said for one in new], autojunk=False
    ).get_opcodes()
    found: list[Moves | None] = []
    for kind, i, end, j, last in steps:
        here = Place(old, new, i, end, j, last, role, asks[0] or asks[1])
        if kind == "equal":
            found += [measured.told(here, at) for at in range(end - i)]
        else:
            found.append(replaced.told(here))
    return ways.together(found)
