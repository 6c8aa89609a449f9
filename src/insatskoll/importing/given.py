"""Who gives an insats, how one comes to it and what it costs, as the schema has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from insatskoll.bilaga import phrases
from insatskoll.importing import validity, values, ways
from insatskoll.importing.drafts import Said
from insatskoll.importing.sentences import cut, of
from insatskoll.importing.sheet import LINE, Sheet
from insatskoll.law.claims import reading
from insatskoll.patterns import later

Handler = Callable[[Sheet, Said], None]

_LISTED = later(r"\s*(?:,|;|\n| och (?=[A-ZÅÄÖa-zåäö])|/)\s*")
_FREE = frozenset(("nej", "ingen", "inga", "avgiftsfri", "avgiftsfritt", "gratis", "kostnadsfri"))
_FREE_OF = later(r"\b(?:avgiftsfri|kostnadsfri|gratis|utan (?:avgift|kostnad))\w*")
# Nothing to pay, and that it is so for some.
_NOTHING = later(
    r"(?:0|noll)\s?(?:kr|kronor|:-|sek)?|(?:det )?kostar (?:ingenting|inget)"
    r"|(?:ingen|utan) (?:avgift|kostnad)|(?:avgift|kostnad) (?:tas )?(?:inte|ej) ut"
    r"|(?:avgift|kostnad) tas (?:inte|ej) ut|(?:inte|ej) avgift(?:sbelagd)?"
)
_FOR_SOME = later(r"\b(?:för|om|första|vid)\s(?!deltag|alla|den enskilde|besökare|insatsen)\w+")
_GIVEN = later(
    r"^(?:eller\s+)?(?:(?:kan\s+)?(?:erbjudas|erbjuds|ges|utförs|tillhandahålls|genomförs|drivs)"
    r"\s+(?:av|vid|på|hos)\s+)?",
    re.IGNORECASE,
)
_TOGETHER = later(
    r"\s*,?\s*\b(?:tillsammans med|i samverkan med|i samarbete med)\s+", re.IGNORECASE
)
_WITHIN = later(r"\s(?:inom|på|vid|under)\s", re.IGNORECASE)
_BRACKET = later(r"\(([^()]*)\)")


def by(sheet: Sheet, said: Said) -> None:
    """Who gives it: names of units and others, on lines or with commas between them."""
    shown = values.first("regi", said.words)
    if shown is not None:
        words = said.words[shown.start : shown.end]
        sheet.put(("utförare", "regi"), shown.value, words, said.spot)
    own, _, others = _TOGETHER.sub("\0", said.words, count=1).partition("\0")
    for names, path in ((own, ("utförare", "namn")), (others, ("utförare", "samverkan"))):
        for name in _names(_GIVEN.sub("", names)):
            if len(name) <= LINE:
                sheet.add(path, name, said.words, said.spot)
            else:
                left = replace(said, words=name)
                sheet.left(left, "Texten är för lång för namnet på en utförare.")


def _names(text: str) -> Iterator[str]:
    """The names in an enumeration; a sentence stays whole, and so does ”Social- och …” and a unit
    that is told by what it lies in: ”X stad inom Y på Z, Å”."""
    text = text.strip(" .,")
    if re.search(r"[.!?] +[A-ZÅÄÖ]", text) or _WITHIN.search(text):
        yield text
        return
    for part in re.split(r"\s*[,;]\s*(?=[A-ZÅÄÖ])", text.rstrip(".")):
        if part:
            yield part


def _listed(*path: str) -> Handler:
    def place(sheet: Sheet, said: Said) -> None:
        for name in _LISTED.split(said.words.rstrip(".")):
            if name:
                sheet.add(path, name.strip(), said.words, said.spot)

    return place


def places(sheet: Sheet, said: Said) -> None:
    """Where it is given."""
    for name in _names(said.words):
        if len(name) <= LINE:
            sheet.add(("utförare", "platser"), {"namn": name}, said.words, said.spot)
        else:
            sheet.left(said, "Texten är för lång för namnet på en plats.")


def way_in(sheet: Sheet, said: Said) -> None:
    """How one comes to it; what the fixed values do not say is left to the official."""
    text = said.words
    for bracket in _BRACKET.finditer(text):
        fee(sheet, replace(said, words=bracket[1]))
    way = ways.told(text)
    if not way.value:
        sheet.left(said, "Ingången går inte att skriva med de värden som fältet har.")
        sheet.ask(("ingång",), "Är ingången öppen, eller krävs en remiss", text, said.spot)
        return
    sheet.put(("ingång",), way.value, text, said.spot)
    for name in way.referrers:
        sheet.add(("remiss_från",), name, text, said.spot)
    for one in of(said)[1:]:
        sheet.left(one, "Det säger mer om ingången än fältet rymmer.")


def fee(sheet: Sheet, said: Said) -> None:
    """What it costs."""
    claims = [one for one in reading.said(said.words) if one.kind == "avgift"]
    word = said.words.casefold().strip(" .")
    free = any(one.values.get("avgift") == "tas inte ut" for one in claims) and len(claims) == 1
    answer = bool(said.label) and _NOTHING.fullmatch(word) is not None
    free = free and not _FOR_SOME.search(word)
    told = _FREE_OF.search(word) and not re.search(r"\d|\b(?:inte|ej)\b", word)
    if free or answer or word in _FREE or (told and not _FOR_SOME.search(word)):
        sheet.put(("avgift",), "nej", said.words, said.spot)
    elif sheet.get(("avgift",)) != "nej" and (claims or (said.label and " " in word)):
        sheet.text(("avgift", "beskrivning"), said)
    elif said.label and word:
        sheet.left(said, "Texten säger inte om insatsen kostar något.")
        sheet.ask(("avgift",), "Kostar insatsen något", said.words, said.spot)


def valid(sheet: Sheet, said: Said) -> None:
    """From and to which day it holds."""
    bounds = validity.told(said.words, said.label)
    for field, day in bounds.items():
        sheet.put((field,), day, said.words, said.spot)
    if bounds and (more := validity.besides(said.words)):
        sheet.left(replace(said, words=more), "Det säger mer än dagarna.")
    elif not bounds:
        sheet.left(said, "Dagarna går inte att läsa.")
        sheet.ask(("gäller_till",), "Vilken dag gäller insatsen till", said.words, said.spot)


def provision(sheet: Sheet, said: Said) -> None:
    """The provision that it rests on, or that there is one."""
    if said.words.casefold().strip(" .") in ("ja", phrases.lagstadgad("ja")):
        sheet.put(("lagstadgad",), "ja", said.words, said.spot)
        return
    claims = [one for one in reading.said(said.words) if one.kind == "lagrum"]
    found = {str(one.values["lagrum"]) for one in claims if "lagrum" in one.values}
    if len(found) != 1:
        sheet.left(said, "Lagrummet går inte att läsa som ett.")
        return
    written = f"SoL {found.pop()}"
    if "14 kap." in written:
        sheet.put(("dokumentation", "lagrum"), written, said.words, said.spot)
    elif "11 kap." in written:
        sheet.left(said, "Paragrafen gäller alla insatser utan behovsprövning.")
    else:
        sheet.put(("lagstadgad",), written, said.words, said.spot)


def character(sheet: Sheet, said: Said) -> None:
    """What it is in character, in the words that the field has."""
    shown = values.shown("karaktär", said.words)
    if not shown:
        sheet.left(said, "Karaktären går inte att skriva med de värden som fältet har.")
        return
    found = [one.value for one in shown]
    sheet.put(("karaktär",), found[0] if len(found) == 1 else found, said.words, said.spot)


def form(sheet: Sheet, said: Said) -> None:
    """In which form it is given."""
    words = said.words.casefold()
    found = [
        value
        for value, sign in (
            ("individuell", "individ"),
            ("individuell", "enskil"),
            ("grupp", "grupp"),
            ("öppen verksamhet", "öppen"),
            ("digital", "digital"),
        )
        if sign in words
    ]
    if not found:
        sheet.left(said, "Formen går inte att skriva med de värden som fältet har.")
    for value in dict.fromkeys(found):
        sheet.add(("form",), value, said.words, said.spot)


def followed(sheet: Sheet, said: Said) -> None:
    """What is recorded for follow-up."""
    sheet.add(("dokumentation", "uppföljning"), said.words, said.words, said.spot)


def with_children(sheet: Sheet, said: Said) -> None:
    """Whether children may come along."""
    answer = "nej" if re.search(r"\b(?:inte|nej|ej)\b", said.words, re.IGNORECASE) else "ja"
    sheet.put(("målgrupp", "medföljande_barn"), answer, said.words, said.spot)


def ground(sheet: Sheet, said: Said) -> None:
    """Which of the known grounds the reason belongs to, and the reason where that follows."""
    first, *rest = cut(said.words) or [""]
    word = first.strip(" .").casefold()
    if word not in ("anonymitet", "mötesplats", "annat"):
        sheet.text(("dokumentation", "särskilda_skäl", "motivering"), said)
        return
    sheet.put(("dokumentation", "särskilda_skäl", "grund"), word, first, said.spot)
    reason = " ".join(rest)
    if reason:
        told = replace(said, words=reason.removeprefix("Skäl: "))
        sheet.text(("dokumentation", "särskilda_skäl", "motivering"), told)


HANDLERS: dict[str, Handler] = {
    "utförare": by,
    "samverkan": _listed("utförare", "samverkan"),
    "personal": _listed("utförare", "personal"),
    "plats": places,
    "ingång": way_in,
    "avgift": fee,
    "giltighetstid": valid,
    "lagrum": provision,
    "karaktär": character,
    "form": form,
    "uppföljning": followed,
    "medföljande barn": with_children,
    "grund": ground,
}
