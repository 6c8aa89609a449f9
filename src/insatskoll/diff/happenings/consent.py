"""What has happened to the rules of consent: whose consent is needed for which children."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from insatskoll.diff.happenings.seen import Happening, Seen, quoted
from insatskoll.diff.phrasebook import Word

_WITHOUT = "utan vårdnadshavare"
_AGES = ("under_15", "från_15")
_TEXTS = ("åldrar", "lämplighet", "beskrivning")


def consent(seen: Seen) -> list[Happening]:
    """Each of the rules that is another."""
    before, after = (
        cast("Mapping[str, str]", side) if isinstance(side, dict) else {}
        for side in (seen.before, seen.after)
    )
    told = [
        _demand(key, before.get(key, ""), after.get(key, ""))
        for key in _AGES
        if before.get(key) != after.get(key)
    ]
    told += [
        _text(before.get(key, ""), after.get(key, ""))
        for key in _TEXTS
        if before.get(key) != after.get(key)
    ]
    return told


def _demand(key: str, old: str, new: str) -> Happening:
    """A demand of consent that comes, goes or becomes another, or what is said of there being
    none."""
    slots: dict[str, str] = {"barn": Word(key)}
    for side, value in (("från före", old), ("från efter", new)):
        slots[side] = Word(value) if value and value != _WITHOUT else ""
    if not old or not new:
        what = "undantag" if _WITHOUT in (old, new) else "krav"
        return Happening(f"{what} {'läggs till' if new else 'stryks'}", slots)
    if _WITHOUT in (old, new):
        return Happening("krav tas bort" if new == _WITHOUT else "krav införs", slots)
    return Happening("krav ändras", slots)


def _text(old: str, new: str) -> Happening:
    slots = {"före": quoted(old), "efter": quoted(new)}
    if old and new:
        return Happening("text ändras", slots)
    return Happening("text läggs till" if new else "text stryks", slots)
