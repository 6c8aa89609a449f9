"""The texts on how an insats is documented, sentence by sentence, in the fields that they settle,
or in those of its parts, where each has a sentence of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from insatskoll.catalogue.documentation import documentation_level
from insatskoll.importing import documented
from insatskoll.importing.drafts import Said
from insatskoll.importing.sentences import of
from insatskoll.importing.sheet import Sheet
from insatskoll.patterns import later

_SUBJECT = later(
    r"(?P<name>[^,;:.()]{3,80}?)(?:,? som\b.*?)?"
    r" (?:är|har|ska|skall|dokumenteras|avser|innebär|omfattar)\b"
)


def place(sheet: Sheet) -> None:
    """The texts on documentation, sentence by sentence."""
    texts = sheet.texts.pop(("dokumentation",), [])
    sentences = [one for said in texts for one in of(said)]
    whole = " ".join(one.words for one in sentences)
    told = [(one, documented.answered(one.words, whole)) for one in sentences]
    told = _reasoning(told)
    stated = [(one, found) for one, found in told if not found.why] or told
    levels = {found.level for _, found in stated if found.level}
    if not levels:
        stated, levels = told, {found.level for _, found in told if found.level}
    if len(levels) > 1 and _as_parts(sheet, told):
        return
    doubtful = any(found.doubt in documented.OPEN for _, found in told)
    if not doubtful and (len(levels) == 1 or any(found.provision for _, found in told)):
        _level(sheet, stated)
    elif levels and not doubtful:
        first = next(one for one, found in told if found.level)
        sheet.ask(("dokumentation", "nivå"), "Texten säger flera nivåer", whole, first.spot)
    _doubts(sheet, told, whole)
    for one, found in told:
        for word in documented.character(one.words):
            character(sheet, word, one)
        if found.reasons:
            path = ("dokumentation", "särskilda_skäl", "åberopas")
            sheet.put(path, "ja", one.words, one.spot)
        if found.why:
            sheet.text(("dokumentation", "särskilda_skäl", "motivering"), one)
        else:
            sheet.text(("dokumentation", "beskrivning"), one)


def _doubts(sheet: Sheet, told: Sequence[tuple[Said, documented.Documented]], whole: str) -> None:
    """Asks for the level where the texts do not tell it, or leave it open."""
    path = ("dokumentation", "nivå")
    held = sheet.get(("dokumentation",)) or {}
    if not told or "nivå" in held or "lagrum" in held:
        return
    if any(one.path == path for one in sheet.questions):
        return
    why = next((found.doubt for _, found in told if found.doubt), "")
    why = why or "Texten säger inte hur insatsen dokumenteras"
    sheet.ask(path, why.rstrip("."), whole, told[0][0].spot)


def _reasoning(
    told: list[tuple[Said, documented.Documented]],
) -> list[tuple[Said, documented.Documented]]:
    """The sentences, where those after one that tells why go on with telling why, if the level has
    been told before it."""
    made: list[tuple[Said, documented.Documented]] = []
    why = False
    for at, (one, found) in enumerate(told):
        why = why or (found.why and any(earlier.level for _, earlier in told[:at]))
        made.append((one, replace(found, why=found.why or why)))
    return made


def _level(sheet: Sheet, told: Sequence[tuple[Said, documented.Documented]]) -> None:
    for one, found in told:
        if found.provision and sheet.get(("dokumentation", "lagrum")) in (None, found.provision):
            sheet.put(("dokumentation", "lagrum"), found.provision, one.words, one.spot)
        if found.level:
            sheet.put(("dokumentation", "nivå"), found.level, one.words, one.spot)
    held = sheet.get(("dokumentation",)) or {}
    if (
        "lagrum" in held
        and "nivå" in held
        and documentation_level({"lagrum": held["lagrum"]}) not in (None, held["nivå"])
    ):
        del held["lagrum"]


def character(sheet: Sheet, word: str, said: Said) -> None:
    """Adds a word for what the insats is in character."""
    held = sheet.get(("karaktär",))
    if held is None:
        sheet.put(("karaktär",), word, said.words, said.spot)
    elif held != word and word not in held:
        sheet.data["karaktär"] = [*([held] if isinstance(held, str) else held), word]


def _as_parts(sheet: Sheet, told: Sequence[tuple[Said, documented.Documented]]) -> bool:
    """Parts of the insats, where sentences with subjects of their own say how each of them is
    documented."""
    parts: list[dict[str, object]] = []
    placed: list[tuple[Said, tuple[str | int, ...]]] = []
    for one, found in told:
        subject = _SUBJECT.match(one.words)
        if not found.level:
            if not parts:
                return False
            continue
        if subject is None or subject["name"].casefold().startswith(("insatsen", "det här")):
            return False
        made: dict[str, object] = {"nivå": found.level}
        made |= {"lagrum": found.provision} if found.provision else {}
        made |= {"särskilda_skäl": {"åberopas": "ja"}} if found.reasons else {}
        part: dict[str, object] = {"namn": subject["name"].strip(), "dokumentation": made}
        words = documented.character(one.words)
        if words:
            part["karaktär"] = words[0] if len(words) == 1 else words
        parts.append(part)
        placed.append((one, ("delar", len(parts) - 1, "dokumentation", "nivå")))
    if len(parts) < 2 or len({str(part["namn"]) for part in parts}) < len(parts):
        return False
    sheet.data["delar"] = parts
    for one, path in placed:
        sheet.put(path, sheet.get(path), one.words, one.spot)
        sheet.text((*path[:-1], "beskrivning"), one)
    for one, found in told:
        if not found.level:
            sheet.text(("delar", len(parts) - 1, "dokumentation", "beskrivning"), one)
    return True
