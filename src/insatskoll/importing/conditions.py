"""The conditions for an insats, as the schema has them."""

from __future__ import annotations

import re
from typing import Any

from insatskoll.importing import ages, values
from insatskoll.importing.blocks import Spot
from insatskoll.importing.drafts import Said
from insatskoll.importing.sheet import Sheet
from insatskoll.law.claims import reading
from insatskoll.patterns import later

_NOTHING = later(
    r"(?:inga|ingen|inget|nej|saknas|[-–—])(?: (?:särskilda |andra |övriga )?(?:villkor|krav))?",
    re.IGNORECASE,
)
_STAYS = later(
    r"\b(?:[Vv]istas|[Bb]efinner sig|uppehåller sig) i "
    r"(?P<where>(?:[A-ZÅÄÖ][\w-]+ )+(?:kommun|stad))"
)
_LIVES = later(
    r"\b[Ff]olkbokför(?:da?|t|ing) (?:i|eller bosatta? i) "
    r"(?P<where>(?:[A-ZÅÄÖ][\w-]+ )+(?:kommun|stad))"
)
_MOST = 50  # conditions
_SETTLED = later(
    r"(?:personer|person|den|de|som|har|är|i|åldern|åldrarna|ålder|mellan|och|eller|vuxna|vuxen"
    r"|ungdomar|barn|föräldrar|med|fyllt|år|familjer|deras|unga|vara|ska|deltagaren|deltagarens"
    r"|\W)*",
    re.IGNORECASE,
)


def place(sheet: Sheet, said: Said, field: str = "villkor") -> None:
    """Makes a condition, or several, of a sentence on them, in the list ``field``."""
    if len(sheet.data.get(field, ())) >= _MOST:
        sheet.left(said, "Det är fler villkor än fältet rymmer.")
        return
    if _NOTHING.fullmatch(said.words.strip(" .")):
        sheet.left(said, "Texten säger att det inte finns några villkor.")
        return
    made = _of_sentence(said, sheet.get(("målgrupp", "deltagare")) or ())
    for condition in made:
        sheet.add((field,), condition, said.words, said.spot)
    told = ages.alone(said.words, sheet.get(("målgrupp", "deltagare")) or ())
    if unread := ages.unread(said.words, told):
        at = len(sheet.data[field]) - 1
        sheet.ask((field, at), "Villkoret säger en ålder som inte går att läsa", unread, said.spot)
    if all(one["typ"] == "annat" for one in made):
        at = len(sheet.data[field]) - 1
        why = "Vad villkoret gäller väljer ni själva"
        sheet.ask((field, at, "typ"), why, said.words, said.spot)


def is_known(sentence: str) -> bool:
    """Whether a sentence makes a condition of a kind that the schema has a name for."""
    made = _of_sentence(Said((), "", sentence, Spot(0)), ())
    return any(one["typ"] != "annat" for one in made)


def compare(sheet: Sheet) -> None:
    """Asks where conditions have different ages."""
    found = {
        tuple(sorted(one["ålder"].items(), key=str))
        for one in sheet.data.get("villkor", ())
        if "ålder" in one
    }
    if len(found) > 1:
        sheet.ask(("villkor",), "Villkoren har olika åldrar", "", sheet.spot)


def _of_sentence(said: Said, group: Any) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    text = said.words
    told = [age for age in ages.alone(text, group) if not age.about]
    people = group or tuple(one.value for one in values.shown("deltagare", text))
    rest = text
    if len(told) == 1:
        age = dict(told[0].data)
        if age["avser"] == "barnet" and people and set(people) <= {"barn", "unga"}:
            age["avser"] = "deltagaren"
        made.append({"typ": "ålder", "ålder": age})
        rest = text[: told[0].start] + text[told[0].end :]
    where = _place(text)
    if where:
        made.append(where)
    if not made:
        return [{"typ": "annat", "beskrivning": text}]
    if len(made) > 1 or "ålder" not in made[0] or not _SETTLED.fullmatch(rest):
        made[0] = {"typ": made[0]["typ"], "beskrivning": text, **made[0]}
    return made


def _place(text: str) -> dict[str, Any] | None:
    if match := _STAYS.search(text):
        return {"typ": "vistelse", "område": match["where"]}
    lives = any(
        one.kind == "status"
        and one.values.get("status") == "folkbokföring"
        and one.values.get("hur") == "krävs"
        for one in reading.said(text)
    )
    if lives and (match := _LIVES.search(text)):
        return {"typ": "folkbokföring", "område": match["where"]}
    return None
