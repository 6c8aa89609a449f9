"""How an insats is documented, by which provision and why, as the schema has it."""

from __future__ import annotations

import re
from dataclasses import field
from typing import Any

from insatskoll.importing import values
from insatskoll.law.claims import reading
from insatskoll.patterns import later
from insatskoll.values import immutable

NOT_SETTLED = "Texten säger att frågan inte är avgjord."
OTHER_LAW = "Texten säger att dokumentationen följer en annan lag."
TWO_ANSWERS = "Svaret och det som följer säger olika nivåer."
OPEN = frozenset((NOT_SETTLED, OTHER_LAW, TWO_ANSWERS))  # doubts that no other sentence settles
INDIVIDUAL, ADVICE, NOBODY = "individnivå", "utan personliga förhållanden", "avidentifierad"
_OF_CLAIM = {
    "för var och en": INDIVIDUAL,
    "inte det personliga": ADVICE,
    "inte vem det är": NOBODY,
}
_OF_PROVISION = {"14 kap. 3 §": INDIVIDUAL, "14 kap. 4 §": ADVICE, "14 kap. 5 §": NOBODY}
_REASONS = later(r"\bsärskil(?:da|t) skäl\b", re.IGNORECASE)
_NO_REASONS = later(r"\b(?:inga|inte några|saknas|ej) särskilda skäl\b", re.IGNORECASE)
_NOT_INDIVIDUAL = later(
    r"\b(?:dokumenter\w*|dokumentation\w*|antecknas?|journalförs)\b[^.;]{0,60}?\b(?:inte|ej)\b"
    r"[^.;]{0,40}?\b(?:person|individ)nivå|\b(?:inte|ej) på (?:person|individ)nivå",
    re.IGNORECASE,
)
_INDIVIDUAL = later(
    r"\b(?:dokumenter\w*|dokumentation\w*|journalförs)\b[^.;]{0,60}?\bpå (?:person|individ)nivå"
    r"|\bfull dokumentation\b",
    re.IGNORECASE,
)
_UNNAMED, _NOT = (
    later(r"\bavidentifiera\w*", re.IGNORECASE),
    later(r"\b(?:inte|ej|aldrig)\b", re.IGNORECASE),
)
_WHY = later(
    r"\b(?:då|eftersom|därför att|på grund av|för att|utifrån att|vara att|är att|vara vikten"
    r"|är vikten|motiveras)\b",
    re.IGNORECASE,
)
_ADVICE = later(
    r"\bråd(?:givande|görande|givning)\w*\b[^.]*\b(?:omfattas (?:inte|ej)|(?:inte|ej) omfattas)\b",
    re.IGNORECASE,
)
_ANSWER = later(
    r"(?:utan (?:uppgifter|person|dokument)|(?:på )?(?:individ|person)nivå|avidentifiera\w*)",
    re.IGNORECASE,
)
# A whole answer, and ”ja” or ”nej” before one; a provision as people write it in a table.
_WHOLE = later(r"(?:individ|person)(?:nivå|uellt?)?", re.IGNORECASE)
_YES_OR_NO = later(r"^(?P<answer>ja|nej)\b[\s,.:–-]*(?=\S)", re.IGNORECASE)
_COLON = later(r"\(?\b14:(?P<section>[345])\b(?:\s?§)?\)?(?:\s?SoL\b)?")
# What is not settled yet, what is denied of an exemption, and a journal by another law.
_UNSETTLED = later(
    r"\b(?:utred(?:s|as)\b|övervägs|diskuteras|oklar|avvakta|i väntan på|tills vidare"
    r"|tar? ställning|kan bli|kan komma att|(?:inte|ej|ännu) (?:avgj|klar|bestäm)"
    r"|ska (?:beslutas|prövas|avgöras))|^\s*(?:om|huruvida) undantag\b|^\s*frågan om\b",
    re.IGNORECASE,
)
_DENIED = later(
    r"\b(?:inget|inga|inte något|ej något) (?:\w+ )?undantag\b"
    r"|\bundantag\w*\b[^.;,]*\b(?:inte|ej|aldrig) (?:är |har |varit )?"
    r"(?:beslut|aktuell|gjort|gör|tillämp|gäll|användas?|medge|åberopa)",
    re.IGNORECASE,
)
_OTHER_LAW = later(
    r"hälso-? ?och sjukvårdslag|\bhsl\b|patientdatalag|patientjournal|\bregionens\b",
    re.IGNORECASE,
)
_BEFORE = ("utan", "på", "avid")  # what an answer begins with
_RECORDING = later(
    r"dokument|anteckn|journal|registrer|avidentifier|anonym|(?:individ|person)nivå|uppgift|akt\b",
    re.IGNORECASE,
)
_EXEMPT = later(r"\bundantag\w*\b", re.IGNORECASE)
_RECORDING_AT_ALL = later(
    r"dokument|journal|undantag|avidentifier|(?:individ|person)nivå|14 ?kap|14:"
)


@immutable
class Documented:
    """What a sentence says of the documentation: the ``level`` with its provision, whether reasons
    are invoked, and whether it tells why; ``doubt`` is what cannot be told from it."""

    level: str = ""
    provision: str = ""
    reasons: bool = False
    why: bool = False
    doubt: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def told(sentence: str, whole: str) -> Documented:
    """What a ``sentence`` says, in the ``whole`` that it stands in."""
    if _UNSETTLED.search(sentence) and _RECORDING_AT_ALL.search(sentence):
        return Documented(doubt=NOT_SETTLED)
    if _OTHER_LAW.search(sentence):
        return Documented(doubt=OTHER_LAW)
    if _DENIED.search(sentence):
        return Documented()
    levels: set[str] = set()
    provisions: set[str] = set()
    for one in reading.said(sentence):
        if one.kind == "dokumentation":
            level = _OF_CLAIM.get(str(one.values.get("dokumenteras", "")))
            levels |= {level} if level else set()
        elif one.kind == "lagrum" and not one.negated and one.values.get("lagrum") in _OF_PROVISION:
            provisions.add(str(one.values["lagrum"]))
    reasons = bool(_REASONS.search(sentence)) and not _NO_REASONS.search(sentence)
    if _NOT_INDIVIDUAL.search(sentence):
        levels -= {INDIVIDUAL}
        if _REASONS.search(whole):
            levels.add(NOBODY)
    elif _INDIVIDUAL.search(sentence) and not provisions:
        levels.add(INDIVIDUAL)
    elif not levels and _UNNAMED.search(sentence) and not _NOT.search(sentence):
        levels.add(NOBODY)
    if not levels and _ADVICE.search(sentence):
        levels.add(ADVICE)
    if reasons and _EXEMPT.search(sentence) and levels == {ADVICE}:
        levels = {NOBODY}
    provision = next(iter(provisions)) if len(provisions) == 1 else ""
    if provision:
        levels = {_OF_PROVISION[provision]}
    why = (reasons or bool(_EXEMPT.search(sentence))) and bool(_WHY.search(sentence))
    if len(levels) > 1 or len(provisions) > 1:
        return Documented(reasons=reasons, why=why, doubt="Texten säger flera nivåer.")
    return Documented(next(iter(levels), ""), f"SoL {provision}" if provision else "", reasons, why)


def answered(sentence: str, whole: str) -> Documented:
    """As :func:`told`, of a sentence that stands under a label, which may be its verb: ”På
    individnivå, 14 kap. 3 § SoL”."""
    words = _COLON.sub(lambda one: f"14 kap. {one['section']} § SoL", sentence)
    answer = _YES_OR_NO.match(words)
    words = words[answer.end() :] if answer else words
    found = told(words, whole)
    bare = words.strip(" .")
    if _WHOLE.fullmatch(bare):
        words = "på individnivå"
    if found.level or found.doubt or not _ANSWER.match(words):
        return _agreeing(found, answer["answer"] if answer else "")
    answered_by = f"{words[:1].lower()}{words[1:]}"
    at = "" if answered_by.startswith(_BEFORE) else "på "
    return told(f"Dokumenteras {at}{answered_by}", whole)


def _agreeing(found: Documented, answer: str) -> Documented:
    """What is told after ”ja” or ”nej”, unless that says something else."""
    if not answer or not found.level or (answer.casefold() == "ja") == (found.level == INDIVIDUAL):
        return found
    return Documented(doubt=TWO_ANSWERS)


def is_about(sentence: str) -> bool:
    """Whether a sentence under another label tells how the insats is documented."""
    if not _RECORDING.search(sentence):
        return False
    said = {one.kind for one in reading.said(sentence)}
    return "dokumentation" in said or bool(_REASONS.search(sentence))


def character(sentence: str) -> list[str]:
    """What the insats is said to be in character."""
    return [one.value for one in values.shown("karaktär i en mening", sentence)]
