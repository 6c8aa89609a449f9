"""What a new insats is, in one sentence out of its fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import phrases
from insatskoll.diff import phrasebook, stated
from insatskoll.diff.happenings import amounts, providers
from insatskoll.diff.happenings.seen import quoted
from insatskoll.diff.happenings.texts import sentences
from insatskoll.diff.naming import bare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from insatskoll.reading.schema_types import Del, Dokumentation, InsatsData

_BOOK = "insats.ny"
_UNDER = "under "  # before how long it goes on
_QUOTED = 200  # characters of a sentence that is quoted


def described(insats: InsatsData, units: Mapping[str, str]) -> str:
    """A sentence about a new insats: whom it is for, who gives it, how much it is, what it costs
    and how it is documented, as far as it says; after it the conditions and what else the nämnd
    takes a stand on. Empty if it says none of that. ``units`` are the names of units by their
    ids."""
    book = phrasebook.of(_BOOK)
    return " ".join([*_whole(insats, units, book), *_decided(insats), *_of_parts(insats, book)])


def part_described(part: Del, units: Mapping[str, str]) -> str:
    """The same of a new part of an insats."""
    shown = cast("InsatsData", part)
    return " ".join([*_whole(shown, units, phrasebook.of(_BOOK)), *_decided(part)])


def _whole(insats: InsatsData, units: Mapping[str, str], book: phrasebook.Clauses) -> Iterator[str]:
    """What it is, in one sentence."""
    told = [book.filled(name, {"efter": said})[0] for name, said in _facts(insats, units)]
    if told:
        yield phrases.mening(f"{book.called} {phrases.lista(told)}")


def _decided(part: InsatsData | Del) -> Iterator[str]:
    """What the nämnd takes a stand on besides: the reasons for an exemption, the conditions, the
    way in where it is not open, the days it holds, and whose consent is asked for, as the bilaga
    has it."""
    reasons: Dokumentation = {}
    if "särskilda_skäl" in (own := part.get("dokumentation", {})):
        reasons["särskilda_skäl"] = own["särskilda_skäl"]
    whole = cast("InsatsData", part)
    for text in (
        stated.documentation(reasons, {}),
        *(stated.condition(one, check=False) for one in whole.get("villkor", ())),
        f"ingången är {phrases.ingang(whole)}" if whole.get("ingång", "öppen") != "öppen" else "",
        phrases.giltighet(whole),
        stated.consent(part.get("samtycke", {})),
    ):
        if text:
            yield phrases.mening(phrases.på_en_rad(text))


def _of_parts(insats: InsatsData, book: phrasebook.Clauses) -> Iterator[str]:
    """How each part is documented where the whole does not say, with the rest that is decided of
    it."""
    for part in insats.get("delar", ()):
        how = phrases.dokumentation_sätt(part.get("dokumentation", {}))
        rest = list(_decided(part))
        slots = {"del": bare(part["namn"]), "efter": how}
        if how:
            yield phrases.mening(book.filled("del dokumenteras", slots)[0])
        elif rest:
            yield f"{book.filled('del', slots)[0]}:"
        yield from rest


def _facts(insats: InsatsData, units: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is told, by the names of its clauses."""
    for name, text in (
        ("målgrupp", insats.get("målgrupp", {}).get("beskrivning", "")),
        ("innehåll", insats.get("innehåll", "")),
    ):
        if first := _first(text):
            yield name, f"”{first}”{_aged(insats) if name == 'målgrupp' else ''}"
            break
    given = insats.get("utförare", {})
    if given and (by := phrases.utforare({**given, "platser": []}, units)).startswith("Ges "):
        yield "enheter", providers.of_regi(phrases.på_en_rad(by.split(". ")[0]))
    if extent := amounts.in_words(insats.get("omfattning", {})):
        happening, said = extent_said(extent)
        if happening != "omfattning i ord":
            yield happening, said
    yield from _cost(insats)
    if parts := [bare(part["namn"]) for part in insats.get("delar", ())]:
        yield "delar", phrases.lista(f"”{name}”" for name in parts)
    if how := phrases.dokumentation_sätt(insats.get("dokumentation", {})):
        yield "dokumentation", how


def extent_said(words: str) -> tuple[str, str]:
    """The clause that tells how much something is, and the words of it that stand there."""
    if ". " in words or words[:1].isupper():
        return "omfattning i ord", quoted(words)
    if words.startswith(_UNDER):
        return "omfattning i tid", quoted(words.removeprefix(_UNDER))
    return "omfattning", quoted(words)


def _aged(insats: InsatsData) -> str:
    """The age of the target group, if it is that of whoever takes part."""
    age = insats.get("målgrupp", {}).get("ålder")
    if age is None or age["avser"] != "deltagaren" or age.get("enhet") == "ej angiven":
        return ""
    return f" i åldern {phrases.alder(age)}"


def _cost(insats: InsatsData) -> Iterator[tuple[str, str]]:
    fee = insats.get("avgift")
    if fee == "nej":
        yield "avgiftsfri", ""
    elif isinstance(fee, dict) and {"belopp"} <= set(fee) <= {"belopp", "grund"}:
        yield "avgift", quoted(fee["belopp"])


def _first(text: str) -> str:
    """The first sentence of a text, if it is not too long to be quoted."""
    found = sentences(text)
    return found[0] if found and len(found[0]) <= _QUOTED else ""
