"""What is asked for on the command line about a decision, as text that its file can hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from insatskoll.catalogue import canonical
from insatskoll.errors import Refused
from insatskoll.names import short
from insatskoll.patterns import later
from insatskoll.reading import document
from insatskoll.reading.hygiene import UnreadableDocument

_NUMBER = later(r"§? ?([0-9]{1,5})(?: ?§)?")
_ADDRESS = later(r"://|\bwww\.|@", re.IGNORECASE)
_ROW = 300  # characters in what stands on a line, as in the schemas

# What each field is asked for with, and what to write there.
OPTIONS: dict[str, tuple[str, str]] = {
    "datum": ("--datum", "Skriv sammanträdets datum, till exempel 2025-10-20."),
    "paragraf": ("--paragraf", "Skriv paragrafen i protokollet på en rad, till exempel ”§ 12”."),
    "diarienummer": ("--dnr", "Skriv ärendets diarienummer på en rad, till exempel ”SN 2025/1”."),
    "nämnd": ("--nämnd", "Skriv nämndens namn på en rad, till exempel Socialnämnden."),
    "händelse": ("--händelse", "Skriv vad som hände på en rad, till exempel Reviderad."),
    "domstol": ("--domstol", "Skriv domstolens namn på en rad."),
    "målnummer": ("--mål", "Skriv målets nummer på en rad, till exempel 1234-25."),
    "text": ("--skäl", "Skriv skälen i löpande text."),
    "reservation": ("--reservation", "Skriv vem som reserverar sig, och gärna varför."),
    "beslutsfattare": ("--beslutsfattare", "Skriv vem som beslutade i nämndens ställe."),
}


class DecisionRefused(Refused):
    """What is asked for cannot be decided or recorded; the message says why."""


def text(value: str) -> str:
    """``value`` in the form that the reader wants."""
    return unicodedata.normalize("NFC", value.strip(" "))


def paragraph(value: str) -> str:
    """A paragraph; one that is only a number gets its sign: ”12” is ”§ 12”."""
    written = text(value)
    number = _NUMBER.fullmatch(written)
    return f"§ {number[1]}" if number else written


def checked(given: Mapping[str, str | None]) -> dict[str, str]:
    """The fields that are ``given``, each as it is to be written. Raises
    :class:`DecisionRefused`."""
    found = {
        name: paragraph(value) if name == "paragraf" else text(value)
        for name, value in given.items()
        if value is not None
    }
    for name, value in found.items():
        _check(name, value)
    return found


def _check(name: str, value: str) -> None:
    option, remedy = OPTIONS[name]
    _check_characters(name, value)
    if not value:
        raise DecisionRefused(f"{option}: Värdet är tomt. {remedy}")
    if name != "text" and ("\n" in value or "\r" in value):
        raise DecisionRefused(f"{option}: Värdet har en radbrytning. {remedy}")
    if name != "text" and len(value) > _ROW:
        raise DecisionRefused(
            f"{option}: Värdet är för långt: {len(value)} tecken, högst {_ROW} får plats. {remedy}"
        )
    if name == "paragraf" and not re.search("[1-9]", value):
        raise DecisionRefused(f"{option}: ”{value}” har inget nummer. {remedy}")
    numbered = name in ("diarienummer", "målnummer")
    if numbered and (not re.search("[0-9]", value) or _ADDRESS.search(value)):
        what = "diarienummer" if name == "diarienummer" else "målnummer"
        raise DecisionRefused(f"{option}: ”{short(value)}” är inget {what}. {remedy}")


def _check_characters(name: str, value: str) -> None:
    """Refuses characters that the reader would refuse in the file."""
    option, remedy = OPTIONS[name]
    try:
        read = document.parse(Path(option), canonical.to_yaml({name: value}))
    except UnreadableDocument as error:
        raise DecisionRefused(f"{option}: {error.problems[0].message}. {remedy}") from None
    for problem in document.damage(read):
        raise DecisionRefused(f"{option}: {problem.message}. {remedy}")
