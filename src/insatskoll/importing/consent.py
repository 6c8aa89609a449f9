"""Whose consent a child's insats needs, as the schema has it."""

from __future__ import annotations

import re

from insatskoll.importing.drafts import Said
from insatskoll.importing.sentences import of
from insatskoll.importing.sheet import Sheet
from insatskoll.law.claims import reading
from insatskoll.law.claims.said import Said as Claim
from insatskoll.patterns import later

_ONE = later(r"\bräcker\b[^.]*\ben\b[^.]*\bvårdnadshavare\b", re.IGNORECASE)
_BOTH = frozenset(("båda", "samtliga", "alla"))
_WORDS = ("samtyck", "vårdnadshavare")


def is_about(sentence: str) -> bool:
    """Whether a sentence tells of the consent to an insats."""
    return any(one.kind == "samtycke" for one in reading.said(sentence)) or bool(
        _ONE.search(sentence)
    )


def place_all(sheet: Sheet, said: Said) -> None:
    """Places a text on consent, sentence by sentence."""
    for one in of(said):
        place(sheet, one)


def place(sheet: Sheet, said: Said) -> None:
    """Places a sentence on consent: in the fields that it settles, and in words."""
    claims = reading.said(said.words)
    ages = [one for one in claims if one.kind == "ålder"]
    for claim in claims:
        if claim.kind == "samtycke":
            _claim(sheet, said, claim)
    if _ONE.search(said.words) and any(int(one.values.get("från", 0)) >= 15 for one in ages):
        sheet.put(("samtycke", "från_15"), "vårdnadshavare", said.words, said.spot)
    sheet.text(("samtycke", "beskrivning"), said)


def _claim(sheet: Sheet, said: Said, claim: Claim) -> None:
    held = claim.values.get("ålder")
    age = held if isinstance(held, dict) else {}
    low, high = age.get("från"), age.get("till")
    if claim.values.get("samtycke") == "krävs" and not claim.negated:
        whose = "samtliga vårdnadshavare" if claim.values.get("av") in _BOTH else "vårdnadshavare"
        if high is not None and high <= 15 and low is None:
            sheet.put(("samtycke", "under_15"), whose, claim.words, said.spot)
        elif low is not None and low >= 15:
            sheet.put(("samtycke", "från_15"), whose, claim.words, said.spot)
        else:
            sheet.ask(("samtycke",), "Texten säger inte vid vilken ålder", claim.words, said.spot)
    elif claim.values.get("samtycke") == "behövs inte":
        if low is not None and low >= 15:
            sheet.put(("samtycke", "från_15"), "utan vårdnadshavare", claim.words, said.spot)
            if high is not None:
                years = f"{low}–{high} år"
                sheet.put(("samtycke", "åldrar"), years, claim.words, said.spot)
        else:
            sheet.ask(("samtycke",), "Texten säger inte vid vilken ålder", claim.words, said.spot)
