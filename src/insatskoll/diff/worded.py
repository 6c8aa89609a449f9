"""Words that say the same in the place of others, as the words around them tell: a compound taken
apart, since for in, with for who has."""

from __future__ import annotations

from insatskoll.diff import lexicon
from insatskoll.diff.context import Place
from insatskoll.diff.elements import Elements
from insatskoll.diff.ways import SAME, Moves

_OF = frozenset({"för", "om", "till", "av"})
_BY = "av"
_DEFINITE = ("erna", "arna", "orna", "en", "et", "na", "n", "t", "")
_SHORTEST = 4  # letters of what a compound begins with
_SINCE = ({"sedan"}, {"i", "under"})
_WITH = ({"med"}, {"har"})


def told(here: Place) -> Moves | None:
    """Nothing on any axis where what differs surely says the same."""
    turned = ((here.lost, here.gained), (here.gained, here.lost))
    if any(_is_compound(one, other) for one, other in turned):
        return SAME
    forms = tuple({one.form for one in side} for side in (here.lost, here.gained))
    after = here.old[here.end : here.end + 1]
    if forms in (_SINCE, _SINCE[::-1]) or _is_since(forms):
        return SAME if after and after[0].measure and after[0].measure.kind == "tid" else None
    if forms in (_WITH, _WITH[::-1]) and here.role == "krävs" and here.i == 1:
        return SAME if here.old[0].person and "person" not in here.old[0].form else None
    return None


def _is_since(forms: tuple[set[str], ...]) -> bool:
    return any(
        one <= _SINCE[0] and other <= _SINCE[1] and one and other
        for one, other in (forms, forms[::-1])
    )


def _is_compound(apart: Elements, one: Elements) -> bool:
    """Whether a word is put together out of others: betalningsplan, plan för betalningen."""
    if len(apart) != 3 or len(one) != 1 or apart[1].form not in _OF:
        return False
    head, preposition, first = (word.form for word in apart)
    if preposition == _BY and (apart[2].person or "givare" in apart[2].kinds):
        return False
    form = one[0].form
    if not form.endswith(head) or len(form) <= len(head) or _is_counted(form, head):
        return False
    beginning = form.removesuffix(head)
    return any(
        len(stem) >= _SHORTEST and beginning in (stem, stem + "s", stem + "e")
        for end in _DEFINITE
        if first.endswith(end) and (stem := first.removesuffix(end))
    )


def _is_counted(*forms: str) -> bool:
    units = lexicon.shipped().measures.units
    return any(one in units for one in forms)
