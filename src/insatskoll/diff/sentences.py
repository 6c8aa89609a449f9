"""What a sentence does that comes or goes, or stands in the place of another."""

from __future__ import annotations

from difflib import SequenceMatcher

from insatskoll.diff import (
    audience,
    context,
    described,
    excepted,
    listed,
    measured,
    prices,
    replaced,
    restated,
    rewording,
    ways,
)
from insatskoll.diff.context import Place
from insatskoll.diff.elements import Elements, Sentence, kinds_of
from insatskoll.diff.ways import SAME, Moves, Role


def stands(sentence: Elements, role: Role) -> Moves | None:
    """What a sentence that comes does: what it asks for turns somebody away, what it gives besides
    is more."""
    kinds = kinds_of(sentence)
    if kinds & {"kostar", "dokumenterar", "samtycker", "begränsar", "mjukar upp"}:
        return None
    if any(e.measure for e in sentence):
        return None
    if (let := _lets(sentence)) is not None or "belastar" in kinds:
        return let
    denied = "nekar" in kinds
    if "kräver" in kinds:
        if sum("kräver" in one.kinds for one in sentence) > 1:
            return None
        return {"effekt": 1 if denied else -1}
    if "ger" in kinds and (denied or "vidgar" in kinds) and role == "ges":
        return {"effekt": -1 if denied else 1}
    return None


def _lets(sentence: Elements) -> Moves | None:
    """That some may not, or may also, take part: Företagare kan inte få råd, Även syskon får
    delta."""
    at = next((i for i, one in enumerate(sentence) if one.kinds & {"kan", "får"}), 0)
    if not at or "givare" in sentence[0].kinds:
        return None
    denials = [i for i, one in enumerate(sentence) if "nekar" in one.kinds]
    if denials == [at + 1] and context.is_let(sentence, at + 2):
        return {"effekt": -1}
    widened = "vidgar" in sentence[0].kinds and not denials
    return {"effekt": 1} if widened and context.is_let(sentence, at + 1) else None


def between(before: Sentence, after: Sentence, role: Role) -> Moves | None:
    """What stands in one sentence in place of another does: word by word, or else by whom it is
    for, or by how they are described."""
    found = _by_words(before, after, role)
    if found is not None:
        return found
    if role == "krävs":
        return described.told(before, after)
    if audience.same_marks(before, after):
        return SAME
    if sign := audience.condition_comes(before, after):
        return {"effekt": -sign}
    whom = audience.of_both(before, after)
    return between(whom.before, whom.after, "krävs") if whom else None


def _by_words(before: Sentence, after: Sentence, role: Role) -> Moves | None:
    old, new = before.words, after.words
    asks = context.asks(old, role), context.asks(new, role)
    if before.signs != after.signs:
        return None
    if rewording.reworded(before.text, after.text) or restated.same(before, after):
        return SAME
    if excepted.differ(old, new):
        return excepted.told(old, new)
    if (of_sum := prices.told(before, after, role)) is not None:
        return of_sum
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
