"""What a document says of all its insatser: conditions, consent, documentation and the like, and
the guidelines around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from insatskoll.bilaga import phrases
from insatskoll.importing import conditions, consent, documented, phrased
from insatskoll.importing.drafts import Said, Section, unnumbered
from insatskoll.importing.sentences import cut
from insatskoll.importing.sheet import LINE, Sheet, composed
from insatskoll.patterns import later

_LEADS = later(r"För uppföljning antecknas alltid[:.]?")
_INTERVAL = later(
    r"Det ska gå högst (?P<months>\d+) månad(?:er)? mellan uppföljningarna av insatserna\."
    r"(?: Den senaste gjordes (?P<last>\d{4}-\d\d-\d\d)\.)?"
)
_WHOSE = later(r"(?P<what>[^,;:.()]{3,80}?) dokumenteras\b", re.IGNORECASE)
# What the program writes of those whom a rule is for, as the subject of the sentence.
_DOCUMENTED = later(r"(?P<what>[^.,:;!?–]+?) (?P<how>dokumenteras .+)")
_MOST = 25  # words of what a rule on documentation is for

Handler = Callable[[Sheet, Section], list[Said]]  # gives back what it has no field for


def place(sheet: Sheet, section: Section) -> None:
    """Gives a section on all insatser its fields; what has none is a guideline."""
    handler = next((_HANDLERS[one] for one in section.meanings if one in _HANDLERS), None)
    rest = list(section.said) if handler is None else handler(sheet, section)
    if rest:
        guideline(sheet, section, rest)
    else:
        heading = Said((), "", section.heading, section.spot)
        sheet.left(heading, "Rubriken trycks av programmet.")


def guideline(sheet: Sheet, section: Section, said: Sequence[Said]) -> None:
    """A section of its own among the guidelines."""
    at = len(sheet.data.setdefault("riktlinjer", []))
    heading = unnumbered(section.heading)[:LINE] or "Övrigt"
    text = composed(said)
    sheet.data["riktlinjer"].append({"rubrik": heading, "text": text})
    sheet.put(("riktlinjer", at, "rubrik"), heading, section.heading, section.spot)
    for one in said:
        sheet.put(("riktlinjer", at, "text"), text, one.words, one.spot)


def _conditions(sheet: Sheet, section: Section) -> list[Said]:
    """Conditions: points, and sentences that say one of a known kind."""
    rest: list[Said] = []
    for one in section.said:
        if found := phrased.condition(one.words):
            sheet.add(("gemensamma_villkor",), found, one.words, one.spot)
        elif one.item is None and one.words.endswith(":") and not rest:
            sheet.left(one, "Inleder uppräkningen av villkor.")
        elif consent.is_about(one.words):
            consent.place_all(sheet, one)
        elif one.item is not None or conditions.is_known(one.words):
            conditions.place(sheet, one, "gemensamma_villkor")
        else:
            rest.append(one)
    return rest


def _consent(sheet: Sheet, section: Section) -> list[Said]:
    if not any(consent.is_about(one.words) for one in section.said):
        return list(section.said)
    for one in section.said:
        found = phrased.consent(one.words)
        for key, value in (found or {}).items():
            sheet.put(("samtycke", key), value, one.words, one.spot)
        if found is None:
            consent.place_all(sheet, one)
    return []


def _followed(sheet: Sheet, section: Section) -> list[Said]:
    """What is always recorded, where the text says just that."""
    rest: list[Said] = []
    listing = False
    for one in section.said:
        items = phrased.followed(one.words)
        if _LEADS.fullmatch(one.words):
            listing = True
            sheet.left(one, "Inleder uppräkningen av det som alltid antecknas.")
        elif items or (listing and one.item is not None):
            for item in items or [one.words]:
                sheet.add(("uppföljning",), item, one.words, one.spot)
        else:
            rest.append(one)
    return rest


def _documentation(sheet: Sheet, section: Section) -> list[Said]:
    """How several insatser are documented: for which, and what is said of those."""
    rest: list[Said] = []
    for one in section.said:
        found = _rule(one.words)
        if found is None:
            rest.append(one)
        else:
            sheet.add(("gemensam_dokumentation",), found, one.words, one.spot)
    return rest


def _rule(words: str) -> dict[str, object] | None:
    first, *after = cut(words)
    if match := _DOCUMENTED.fullmatch(first):
        ours = phrased.documentation(" ".join([phrases.versal(match["how"]), *after]))
        if ours and ours[0].get("nivå"):
            return {"gäller": match["what"], "dokumentation": ours[0]}
    ours = phrased.documentation(" ".join(after)) if after else None
    if ours and ours[0] and not documented.is_about(first) and len(first.split()) <= _MOST:
        return {"gäller": first.rstrip("."), "dokumentation": ours[0]}
    match = _WHOSE.match(first)
    told = documented.told(first, words)
    if match is None or not told.level or told.doubt:
        return None
    data: dict[str, object] = {"nivå": told.level}
    data |= {"lagrum": told.provision} if told.provision else {}
    data |= {"särskilda_skäl": {"åberopas": "ja"}} if told.reasons else {}
    return {"gäller": match["what"], "dokumentation": {**data, "beskrivning": words}}


def _application(sheet: Sheet, section: Section) -> list[Said]:
    for one in section.said:
        sheet.text(("information_om_ansökan",), one)
    return []


def _interval(sheet: Sheet, section: Section) -> list[Said]:
    rest: list[Said] = []
    for one in section.said:
        match = _INTERVAL.fullmatch(one.words)
        if match is None:
            rest.append(one)
            continue
        path = "uppföljningsintervall"
        sheet.put((path, "månader"), int(match["months"]), one.words, one.spot)
        if match["last"]:
            sheet.put((path, "senast"), match["last"], one.words, one.spot)
    return rest


_HANDLERS: dict[str, Handler] = {
    "villkor": _conditions,
    "samtycke": _consent,
    "uppföljning": _followed,
    "dokumentation": _documentation,
    "ansökan": _application,
    "uppföljningsintervall": _interval,
}
