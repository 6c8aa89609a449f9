"""The municipality's own wording, where it stands instead of a sentence made of fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga.phrases.conditions import villkor
from insatskoll.bilaga.phrases.facts import malgrupp
from insatskoll.bilaga.phrases.given import utforare, utforare_rader
from insatskoll.bilaga.phrases.joining import mening, meningar

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Del, InsatsData, Malgrupp


def lydelse(data: InsatsData | Del, field: str, generated: str = "") -> str:
    """What an insats or a part of it says of ``field`` in its own words, or else ``generated``."""
    own = cast("Mapping[str, str]", data.get("egen_text", {}))
    return own.get(field, generated)


def villkorens_lydelse(data: InsatsData | Del) -> list[str]:
    """The conditions as sentences, one for each, or the own wording of them all."""
    if own := lydelse(data, "villkor"):
        return [mening(own)]
    return [mening(villkor(one)) for one in data.get("villkor", ())]


def utforarens_lydelse(data: InsatsData, enheter: Mapping[str, str]) -> str:
    """Who gives an insats, in a piece of text. ``enheter``: the units' names by id."""
    return lydelse(data, "utförare", utforare(data.get("utförare", {}), enheter))


def utforarens_rader(data: InsatsData, enheter: Mapping[str, str]) -> list[tuple[str, str]]:
    """The same as rows, each a label and what it says; the own wording is one row."""
    if own := lydelse(data, "utförare"):
        return [("Utförare", own)]
    return utforare_rader(data.get("utförare", {}), enheter)


def malgruppens_lydelse(data: InsatsData | Del) -> str:
    """Whom it is for, but for the kinds of participants, which are the catalogue's own."""
    own = lydelse(data, "medföljande_barn")
    left_out = {"deltagare", "medföljande_barn" if own else ""}
    said = {name: one for name, one in data.get("målgrupp", {}).items() if name not in left_out}
    return meningar([malgrupp(cast("Malgrupp", said)), own])
