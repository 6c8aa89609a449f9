"""What stands under the pointer: the field, what it says in the bilaga, and what it refers to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from lsprotocol import types

from insatskoll.bilaga import phrases
from insatskoll.catalogue import referring
from insatskoll.lsp import files, registers
from insatskoll.lsp.kommuner import Held
from insatskoll.lsp.texts import Text
from insatskoll.reading import samples
from insatskoll.reading.document import Document
from insatskoll.reading.places import DataPath, value_at

# The fields that become sentences of their own in the bilaga.
_SENTENCES: Mapping[str, Callable[[Any], str]] = {
    "målgrupp": phrases.malgrupp,
    "villkor": phrases.villkor,
    "gemensamma_villkor": phrases.villkor,
    "samtycke": phrases.samtycke,
    "omfattning": phrases.omfattning,
    "avgift": phrases.avgift,
    "dokumentation": phrases.dokumenteras,
    "karaktär": phrases.karaktar,
    "metod": phrases.metod,
    "uppföljning": phrases.uppfoljning,
}
_LONGEST = 4_000  # characters that anybody reads in a box


def at(held: Held, document: Document, text: Text, index: int) -> types.Hover | None:
    """What to show of the character ``index`` in a file that can be read; None for nothing."""
    kind = files.kind_of(document.path)
    if kind is None:
        return None
    spot = document.at(index)
    fields = referring.fields_of(spot.path)
    if not fields:
        return None
    parts = [_field(kind, fields), *_referred(held, document, spot.path, kind)]
    if kind not in ("profil", "godtagna") and (sentence := _sentence(held, document, spot.path)):
        parts.append(f"**I bilagan:** {_escaped(sentence)}")
    shown = "\n\n".join(filter(None, parts))[:_LONGEST]
    return (
        types.Hover(
            types.MarkupContent(types.MarkupKind.Markdown, shown), text.range(spot.start, spot.end)
        )
        if shown
        else None
    )


def _field(kind: str, fields: tuple[str, ...]) -> str:
    title, told, _ = samples.told(kind, fields)
    return f"**{title}** (`{fields[-1]}`): {told}" if title else ""


def _referred(held: Held, document: Document, path: DataPath, kind: str) -> list[str]:
    """What the value at ``path`` refers to, in a few lines."""
    register = referring.of(kind, referring.fields_of(path))
    one = (
        registers.find(held, register, value_at(document.data, path))
        if register is not None
        else None
    )
    if one is None:
        return []
    told = [f"**{_escaped(one.id)}** {_escaped(one.name)}", _escaped(one.told)]
    if register == referring.PROVISION:
        provision = held.ruleset.lagrum[one.id]
        told.append(f"Gäller från {provision.since}. [Läs i lagen]({provision.link})")
    if register == referring.RULE and (rule := held.ruleset.known(one.id)):
        told.append(f"**Gör så här:** {_escaped(rule.data['åtgärd'].strip())}")
    return told


def _sentence(held: Held, document: Document, path: DataPath) -> str:
    """What the field that ``path`` leads into says in the bilaga; nothing if it has no sentence of
    its own, or is a text that stands there as it is written."""
    for length in range(len(path), 0, -1):
        way, value = path[:length], value_at(document.data, path[:length])
        name = next((step for step in reversed(way) if isinstance(step, str)), "")
        if name == "utförare" and isinstance(value, dict):
            return _said(partial(phrases.utforare, enheter=_units(held)), value)
        if name in _SENTENCES and (name == way[-1] or isinstance(way[-1], int)):
            if isinstance(value, list) and name not in ("karaktär", "uppföljning"):
                return " ".join(_said(_SENTENCES[name], one) for one in value[:10])
            return _said(_SENTENCES[name], value)
    return ""


def _units(held: Held) -> dict[str, str]:
    return {one.id: one.name for one in registers.entries(held, referring.UNIT)}


def _said(phrase: Callable[[Any], str], value: object) -> str:
    """A sentence out of a value, which may be half written."""
    try:
        return phrases.mening(phrase(value))
    except (AttributeError, KeyError, TypeError, ValueError):
        return ""


def _escaped(text: str) -> str:
    """``text`` as Markdown that shows what it says: a file cannot put in links or pictures."""
    return "".join(f"\\{one}" if one in "\\`*_{}[]<>()#!|" else one for one in text)
