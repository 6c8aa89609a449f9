"""How an insats is documented, by which provision and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from insatskoll.bilaga.phrases.joining import (
    after,
    labelled,
    lista,
    mening,
    meningar,
    small,
    versal,
)
from insatskoll.bilaga.phrases.own import lydelse
from insatskoll.bilaga.running import is_parted
from insatskoll.catalogue.documentation import denies_reasons, documentation_level, invokes_reasons
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import (
        Del,
        Dokumentation,
        GemensamDokumentation,
        InsatsData,
        Karaktar,
        KommunData,
        SarskildaSkal,
    )

INDIVIDUAL = "individnivå"
# What may be the subject of a sentence: no clause, nothing that begins as an adverbial does, and no
# commas that would need another after it.
_SUBJECT = later(
    r"(?!(?:när|om|vid|för|i|på|hos|under|efter|till|av|med|från|som|den|de|inom|där|enligt|utom) )"
    r"[^.,:;!?–]+",
    re.IGNORECASE,
)
LEVEL = {
    INDIVIDUAL: "på individnivå",
    "utan personliga förhållanden": "utan uppgifter om personliga förhållanden",
    "avidentifierad": "avidentifierat",
}
# What the reasons are about, and what they are told after.
GROUNDS = {
    "anonymitet": "skälen gäller anonymitet",
    "mötesplats": "skälen gäller mötesplatser",
}
ALONE = "skälen är följande"


def dokumentation(data: Dokumentation, word: str = INDIVIDUAL) -> str:
    """How it is documented: ”på individnivå”, which a municipality may have another ``word`` for,
    ”avidentifierat av särskilda skäl” and all that is said besides."""
    return meningar([dokumentation_sätt(data, word), *_besides(data)])


def dokumentation_sätt(data: Dokumentation, word: str = INDIVIDUAL) -> str:
    """How it is documented and by which provision, in a few words: ”på individnivå (SoL 14 kap. 3
    §)”."""
    level = LEVEL.get(_stated_level(data) or "", "")
    if level == LEVEL[INDIVIDUAL]:
        level = f"på {word}"
    if invokes_reasons(data):
        level = f"{level} av särskilda skäl" if level else "särskilda skäl åberopas"
    return _with_basis(level, data)


def dokumentation_mer(data: Dokumentation) -> str:
    """What is said besides :func:`dokumentation_sätt`, in sentences of their own: the reasons, and
    what is recorded."""
    return mening(meningar(_besides(data)))


def _besides(data: Dokumentation) -> list[str]:
    denied, *reasons, described = _reasons(data)
    whom, *documented = _documented(data)
    return [denied, whom, *reasons, *documented, described]


def individuellt(data: Dokumentation) -> str:
    """Whether it is documented individually, in sentences: ”Nej, avidentifierat (SoL 14 kap. 5 §).”
    Why: :func:`skal`."""
    level = documentation_level(data)
    if not level:
        answer = ""
    elif level == "individnivå":
        answer = "ja"
    else:
        answer = "nej"
    if answer == "nej" and _stated_level(data):
        answer += f", {LEVEL[level or '']}"
    return mening(meningar([_with_basis(answer, data), *_documented(data)]))


def individuellt_svar(data: InsatsData | Del) -> str:
    """:func:`individuellt` of an insats or a part of it; of one with an own wording, which says the
    rest, only whether it is: ”Ja.”"""
    documented = data.get("dokumentation", {})
    if lydelse(data, "dokumentation"):
        level = documentation_level(documented)
        return {None: "", INDIVIDUAL: "Ja."}.get(level, "Nej.")
    return individuellt(documented)


def skal(data: Dokumentation) -> str:
    """Why it is documented as it is, in sentences, and what is said of it in other words; empty if
    nothing is."""
    special: SarskildaSkal = data.get("särskilda_skäl", {})
    return mening(
        meningar(
            ["Särskilda skäl åberopas" if special.get("åberopas") == "ja" else "", *_reasons(data)]
        )
    )


def _stated_level(data: Dokumentation) -> str | None:
    """The level that is stated, in itself or by its provision; where only reasons are, it is not
    said how it is done."""
    return documentation_level(data) if "nivå" in data or "lagrum" in data else None


def _with_basis(level: str, data: Dokumentation) -> str:
    if "lagrum" not in data:
        return level
    return f"{level} ({data['lagrum']})" if level else f"enligt {data['lagrum']}"


def _reasons(data: Dokumentation) -> list[str]:
    special: SarskildaSkal = data.get("särskilda_skäl", {})
    return [
        "Särskilda skäl åberopas inte" if denies_reasons(data) else "",
        _why(special.get("grund", "annat"), special.get("motivering", ""), denies_reasons(data)),
        data.get("beskrivning", ""),
    ]


def _why(ground: str, reason: str, denied: bool) -> str:
    """The reasons: ”skälen gäller anonymitet: …”. What is said where none are invoked is only
    marked."""
    if denied:
        return labelled("Skäl", reason) if reason else ""
    said = GROUNDS.get(ground, "")
    if not reason:
        return said
    return labelled(said or ALONE, reason)


def _documented(data: Dokumentation) -> list[str]:
    return [
        _whom(data) if "omfattar" in data else "",
        labelled("Beslut", data["beslut"]) if "beslut" in data else "",
        uppfoljning(data["uppföljning"]) if "uppföljning" in data else "",
    ]


def _whom(data: Dokumentation) -> str:
    """Whom it is for, where it is not for all: of an exemption that this is what it is."""
    exempted = invokes_reasons(data) or _stated_level(data) == "avidentifierad"
    first = "Undantaget gäller" if exempted else "Dokumentationen gäller"
    return after(first, data.get("omfattar", ""))


def dokumenteras(data: Dokumentation, subject: str = "", word: str = INDIVIDUAL) -> str:
    """:func:`dokumentation` as a sentence: ”Dokumenteras på individnivå.”, or of a ``subject``:
    ”Insatsen dokumenteras på individnivå.”"""
    verb = f"{subject} dokumenteras ".lstrip() if _is_stated(data) else ""
    return mening(verb + dokumentation(data, word))


def gemensamt(rule: GemensamDokumentation, word: str = INDIVIDUAL) -> tuple[str, str]:
    """How some of the insatser are documented: which they are, and the rest. They are the subject
    of it if they can be: ”Rådgivning”, ”dokumenteras på individnivå.”; or else ”För barn.”,
    ”Dokumenteras på individnivå.”"""
    said = dokumenteras(rule["dokumentation"], "", word)
    if (
        _is_stated(rule["dokumentation"])
        and not is_parted(said)
        and _SUBJECT.fullmatch(rule["gäller"])
    ):
        return versal(rule["gäller"]), small(said)
    return mening(rule["gäller"]), said


def _is_stated(data: Dokumentation) -> bool:
    """Whether it is said how it is documented, in itself or by a provision."""
    return bool(_stated_level(data) or ("lagrum" in data and "särskilda_skäl" not in data))


def karaktar_och_dokumentation(data: InsatsData | Del, subject: str, word: str = INDIVIDUAL) -> str:
    """What an insats or a part of it, which ``subject`` calls it, is in character, and how that is
    documented: ”Insatsen har karaktär av stöd och dokumenteras på individnivå.” Empty if nothing is
    said."""
    documented = data.get("dokumentation", {})
    character, own = _character(data, subject), lydelse(data, "dokumentation")
    if own or lydelse(data, "karaktär"):
        said = dokumenteras(documented, subject, word) if documented else ""
        return mening(meningar([character, own or said]))
    if "karaktär" not in data:
        return dokumenteras(documented, subject, word) if documented else ""
    several = not isinstance(data["karaktär"], str) and len(data["karaktär"]) > 1
    if not several and _is_stated(documented):
        return mening(f"{character} och dokumenteras {dokumentation(documented, word)}")
    return mening(
        meningar([character, dokumenteras(documented, "Den", word) if documented else ""])
    )


def karaktar_och_skal(data: InsatsData | Del, subject: str) -> str:
    """What an insats or a part of it, which ``subject`` calls it, is in character, and why it is
    documented as it is; empty if nothing is said."""
    why = skal(data["dokumentation"]) if "dokumentation" in data else ""
    return mening(meningar([_character(data, subject), lydelse(data, "dokumentation", why)]))


def delarnas_dokumentation(data: InsatsData, word: str = INDIVIDUAL) -> list[tuple[str, str]]:
    """What the parts of an insats are in character and how they are documented, each with its name.
    What they all have for the same reasons is said once of them all, without a name."""
    parts = data.get("delar", [])
    if shared := shared_by(parts):
        characters = [(part["namn"], _character(part, "Delen")) for part in parts]
        told = [(name, mening(said)) for name, said in characters if said]
        return [("", dokumenteras(shared, "Delarna", word)), *told]
    rows = [(part["namn"], karaktar_och_dokumentation(part, "Delen", word)) for part in parts]
    return [(name, said) for name, said in rows if said]


def shared_by(parts: Sequence[Del]) -> Dokumentation | None:
    """How all ``parts`` are documented, where they are so alike and more is said of it than a
    level and a provision."""
    documented = [part.get("dokumentation", {}) for part in parts]
    if not documented or any(lydelse(part, "dokumentation") for part in parts):
        return None
    first = documented[0]
    alike = all(one == first for one in documented) and _is_stated(first)
    return first if alike and any(_besides(first)) else None


def _character(data: InsatsData | Del, subject: str) -> str:
    """What it is in character: ”Insatsen har karaktär av stöd”; empty if nothing is said."""
    said = f"{subject} har karaktär av {karaktar(data['karaktär'])}" if "karaktär" in data else ""
    return lydelse(data, "karaktär", said)


def uppfoljning(items: Iterable[str]) -> str:
    """What is always recorded: ”För uppföljning antecknas alltid antal deltagare”."""
    return f"För uppföljning antecknas alltid {lista(map(antecknat, items))}"


def antecknat(item: str) -> str:
    """What is recorded as it stands inside a sentence: ”antalet deltagare”. A word of more capitals
    keeps them."""
    first = item.split(maxsplit=1)[0] if item.strip() else ""
    return small(item) if first[1:].islower() else item


def karaktar(data: Karaktar) -> str:
    """The character, one word or several: ”rådgivning och mötesplats”."""
    return data if isinstance(data, str) else lista(data)


def ord_för_individnivå(kommun: KommunData) -> str:
    """The municipality's own word for the level of the individual."""
    return kommun["bilaga"].get("ord_för_individnivå", INDIVIDUAL)
