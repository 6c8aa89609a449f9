"""Checks on what is printed: whether it can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from insatskoll.catalogue import glyphs
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.law.predicates.text import places

_SHOWN = 3


@predicate("går-inte-att-skriva-ut", gives=("tecken", "plats"))
def unprintable(subject: Subject, inte_i: Sequence[str] = ()) -> Iterator[Hit]:
    """A text that is printed holds characters that no font has; ``inte_i`` names the fields that
    are not printed.

    Gives one hit for each field, with the characters as ””👍” (U+1F44D)” in ``tecken`` and what
    comes before as ``efter``.
    """
    assert subject.document is not None
    if "\\" not in subject.document.text and not glyphs.missing(subject.document.text):
        return
    unprinted = frozenset(inte_i)
    for path, text in places(subject):
        if not isinstance(text, str) or not unprinted.isdisjoint(path):
            continue
        if glyphs.missing(text) and (found := glyphs.missing(text, subject.own_glyphs())):
            at = text.index(found[0])
            before = text[:at].split()[-1:]
            listed = ", ".join(map(glyphs.shown, found[:_SHOWN])) + (
                " med flera" if len(found) > _SHOWN else ""
            )
            yield Hit(
                path,
                {
                    "tecken": listed,
                    "plats": f"Efter ”{before[0]}” står" if before else "Texten börjar med",
                },
                words=(at, at + len(found[0])),
            )
