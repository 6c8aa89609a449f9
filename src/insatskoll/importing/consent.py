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
_UNDER_15 = (14, 15)  # ”under 15 år”, and ”till och med 15 år” as some write it
# A short answer: whose, and for whom; that none is needed; that it is no matter.
_WHOSE = later(
    r"(?P<all>båda|samtliga|alla)?\s*(?:från )?vårdnadshavar(?:e|en|na|nas|es|ens)?(?: samtycke)?"
    r"\s*,?\s*(?:om |för )?(?:barn |barnet |den )?(?:är |som är )?under (?P<age>\d+) år"
    r"(?P<rest>$|[,;.].*)",
    re.IGNORECASE,
)
_SHORT = 6  # words of an answer that should have settled a field
_NO_MATTER = later(r"(?:ej|inte) (?:aktuellt|relevant|tillämpligt)|[-–—]", re.IGNORECASE)


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
    if _placed(sheet, said):
        return
    before = (len(sheet.questions), len(sheet.fillings))
    claims = reading.said(said.words)
    ages = [one for one in claims if one.kind == "ålder"]
    for claim in claims:
        if claim.kind == "samtycke":
            _claim(sheet, said, claim)
    if _ONE.search(said.words) and any(int(one.values.get("från", 0)) >= 15 for one in ages):
        sheet.put(("samtycke", "från_15"), "vårdnadshavare", said.words, said.spot)
    sheet.text(("samtycke", "beskrivning"), said)
    short = len(said.words.split()) <= _SHORT and not _NO_MATTER.fullmatch(said.words.strip(" ."))
    if short and before == (len(sheet.questions), len(sheet.fillings)):
        why = "Svaret säger inte vems samtycke som krävs, eller vid vilken ålder"
        sheet.ask(("samtycke",), why, said.words, said.spot)


def _placed(sheet: Sheet, said: Said) -> bool:
    """Whether the words are a short answer to whose consent is needed under 15, and placed."""
    match = _WHOSE.fullmatch(said.words.strip(" ."))
    if match is None or int(match["age"]) != _UNDER_15[-1]:
        return False
    whose = "samtliga vårdnadshavare" if match["all"] else "vårdnadshavare"
    sheet.put(("samtycke", "under_15"), whose, said.words, said.spot)
    if match["rest"]:
        sheet.text(("samtycke", "beskrivning"), said)
    return True


def _claim(sheet: Sheet, said: Said, claim: Claim) -> None:
    held = claim.values.get("ålder")
    age = held if isinstance(held, dict) else {}
    low, high = age.get("från"), age.get("till")
    if claim.values.get("samtycke") == "krävs" and not claim.negated:
        whose = "samtliga vårdnadshavare" if claim.values.get("av") in _BOTH else "vårdnadshavare"
        if high in _UNDER_15 and low is None:
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
