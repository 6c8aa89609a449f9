"""Whether two sentences deny the same in other words: Namn antecknas inte, Inga namn antecknas; Du
behöver inte anmäla dig, Ingen anmälan behövs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from insatskoll.diff.elements import Element, Elements, kinds_of

_LONGEST = 9  # words of a sentence that denies but one thing
_NEEDED = "§behövs"
# What there is, or is done, so that it is the same who or what is denied.
_THERE_IS = frozenset(
    {"finns", "ges", "erbjuds", "antecknas", "registreras", "skrivs", "förs", "sparas", "hålls"}
)
# What somebody does, as the thing that is needed.
_AS_A_THING = {
    ("anmäla",): "anmälan",
    ("anmäla", "i", "förväg"): "anmälan",
    ("boka", "tid"): "tidsbokning",
    ("boka", "en", "tid"): "tidsbokning",
    ("boka",): "bokning",
    ("ansöka",): "ansökan",
    ("ha", "remiss"): "remiss",
    ("ha", "en", "remiss"): "remiss",
}
_ADVANCE = {"föranmälan": "anmälan", "tidsbeställning": "tidsbokning"}
# Those to whom a sentence is put, whatever they are called there.
_WHO_COMES = frozenset({"besökaren", "familjen", "föräldern", "gästen", "den unge"})
_THE_ONE = "klient*"  # what those who get the insats are called
_OTHERS = frozenset({"begränsar", "vidgar", "mjukar upp", "kostar", "samtycker", "får", "kan"})


def same(before: Elements, after: Elements) -> bool:
    """Whether two sentences surely deny the same."""
    if max(len(before), len(after)) > _LONGEST or (kinds_of(before) | kinds_of(after)) & _OTHERS:
        return False
    said = [_denial(side) for side in (before, after)]
    return said[0] is not None and said[0] == said[1]


def _denial(words: Elements) -> tuple[object, ...] | None:
    """The verb of what is denied, and the rest in order; None where more or nothing is denied."""
    denials = [one for one in words if "nekar" in one.kinds]
    if len(denials) != 1 or denials[0].form == "varken":
        return None
    rest = [one for one in words if one is not denials[0] and not _is_any(one)]
    if "kräver" in kinds_of(rest):
        return _needed(rest)
    verbs = [one for one in rest if one.form in _THERE_IS]
    if len(verbs) != 1:
        return None
    return (verbs[0].said, *(one.whole for one in rest if one is not verbs[0]))


def _is_any(word: Element) -> bool:
    return word.form in ("någon", "något", "några")


def _needed(words: Elements) -> tuple[object, ...] | None:
    """What need not be done, or is not needed, of all of those who come."""
    needs = [i for i, one in enumerate(words) if "kräver" in one.kinds]
    if len(needs) != 1:
        return None
    (at,) = needs
    before, after = words[:at], words[at + 1 :]
    if before and _is_who_comes(before[0]):
        before = before[1:]
    return (_NEEDED, *_as_things([*before, *after]))


def _is_who_comes(word: Element) -> bool:
    return word.said == _THE_ONE or word.form in _WHO_COMES


def _as_things(words: Elements) -> Iterator[object]:
    forms = tuple(one.form for one in words)
    at = 0
    while at < len(words):
        done = next((k for k in _longest_first() if forms[at : at + len(k)] == k), None)
        if done is not None:
            yield _AS_A_THING[done]
            at += len(done)
        else:
            yield _ADVANCE.get(forms[at], words[at].whole)
            at += 1


def _longest_first() -> Sequence[tuple[str, ...]]:
    return sorted(_AS_A_THING, key=len, reverse=True)
