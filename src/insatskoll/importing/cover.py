"""What the front of a document says of itself, line by line: its number, nämnd, status and date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from insatskoll.importing.drafts import Said, Section
from insatskoll.importing.sheet import LINE, Sheet
from insatskoll.patterns import later

_MOST = 14  # words of a line
_LINE = later(
    r"(?P<what>Beteckning|Nämnd|Status|Diarienummer|Dnr|Gäller från(?: och med)?"
    r"|Beslutad(?: genom)?|Paragraf|Ersätter)(?:: ?| )(?P<value>\S.*)"
)
_PROPOSED = later(r"Förslag (?P<day>\d{4}-\d\d-\d\d)")
_MARKS = ("Förslag", "Utkast")  # on every page of what has not been decided
_DAY = later(r"\d{4}-\d\d-\d\d")
MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december".split()  # noqa: SIM905
)
_IN_WORDS = later(
    rf"(?:den )?(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)}) (?P<year>20\d\d)", re.IGNORECASE
)

Handler = Callable[[Sheet, str, Said], bool]


def taken(sheet: Sheet, sections: Iterable[Section], name: str) -> list[Section]:
    """Gives the lines of the sections before the insatser their fields; the sections without those
    lines. ``name`` is the municipality's, under which they may stand."""
    rest: list[Section] = []
    for section in sections:
        told = [
            one
            for one in section.said
            if not _is_name(sheet, name, one) and not _place(sheet, section, one)
        ]
        gone = len(told) < len(section.said)
        if gone and not told and section.heading.casefold() == name.casefold():
            sheet.put(("namn",), sheet.data["namn"], section.heading, section.spot)
        elif not gone or told or section.heading:
            rest.append(replace(section, said=tuple(told)))
    return rest


def _is_name(sheet: Sheet, name: str, said: Said) -> bool:
    """Whether a line is only the municipality's name, and has been put there."""
    same = said.words.casefold() == name.casefold()
    return same and sheet.put(("namn",), sheet.data["namn"], said.words, said.spot)


def day(text: str) -> str:
    """A day as fields have it; empty if the text is none."""
    if _DAY.fullmatch(text):
        return text
    match = _IN_WORDS.fullmatch(text)
    if match is None:
        return ""
    month = MONTHS.index(match["month"].casefold()) + 1
    return f"{match['year']}-{month:02}-{int(match['day']):02}"


def _place(sheet: Sheet, section: Section, said: Said) -> bool:
    match = _LINE.fullmatch(said.words) if len(said.words.split()) <= _MOST else None
    if section.about not in ("", "inledning"):
        return False
    if said.words in _MARKS:
        sheet.left(said, "Märket står på det som inte är beslutat.")
        return True
    if match is None:
        return False
    return _HANDLERS[match["what"]](sheet, match["value"].strip(), said)


def _number(sheet: Sheet, value: str, said: Said) -> bool:
    return sheet.put(("bilaga", "beteckning"), value[:LINE], said.words, said.spot)


def _board(sheet: Sheet, value: str, said: Said) -> bool:
    sheet.data.pop("nämnd", None)
    return sheet.put(("nämnd",), value[:LINE], said.words, said.spot)


def _status(sheet: Sheet, value: str, said: Said) -> bool:
    match = _PROPOSED.fullmatch(value)
    if match is None:
        return _decided(sheet, value, said)
    return sheet.put(("förslag", "datum"), match["day"], said.words, said.spot)


def _registered(sheet: Sheet, value: str, said: Said) -> bool:
    if sheet.get(("förslag", "datum")) is None:
        sheet.left(said, "Diarienumret hör till förslaget eller beslutet, som saknar datum.")
        return True
    return sheet.put(("förslag", "diarienummer"), value[:LINE], said.words, said.spot)


def _from(sheet: Sheet, value: str, said: Said) -> bool:
    found = day(value)
    return bool(found) and sheet.put(("bilaga", "gäller_från"), found, said.words, said.spot)


def _decided(sheet: Sheet, _: str, said: Said) -> bool:
    sheet.left(said, "Beslutet skrivs in när det fattas, med ”insatskoll decide”.")
    return True


_HANDLERS: dict[str, Handler] = {
    "Beteckning": _number,
    "Nämnd": _board,
    "Status": _status,
    "Diarienummer": _registered,
    "Dnr": _registered,
    "Gäller från": _from,
    "Gäller från och med": _from,
    "Beslutad": _decided,
    "Beslutad genom": _decided,
    "Paragraf": _decided,
    "Ersätter": _decided,
}


def together(said: Sequence[Said], known: frozenset[str], bare: Callable[[str], str]) -> list[Said]:
    """Heads of pages and lists of contents as one, where what they say stands in the document too
    (``known``, compared as ``bare`` says); the others as they are."""
    again: list[Said] = []
    others: list[Said] = []
    for one in said:
        (again if bare(one.words.rstrip("0123456789 .…")) in known else others).append(one)
    if not again:
        return others
    words = " · ".join(one.words for one in again)
    return [replace(again[0], words=words), *others]
