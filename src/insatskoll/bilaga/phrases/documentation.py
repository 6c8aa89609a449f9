"""How an insats is documented, by which provision and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from insatskoll.bilaga.phrases.joining import after, labelled, lista, mening, meningar, small
from insatskoll.catalogue.documentation import denies_reasons, documentation_level, invokes_reasons

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import (
        Del,
        Dokumentation,
        InsatsData,
        Karaktar,
        SarskildaSkal,
    )

LEVEL = {
    "individnivå": "på individnivå",
    "utan personliga förhållanden": "utan uppgifter om personliga förhållanden",
    "avidentifierad": "avidentifierat",
}


def dokumentation(data: Dokumentation) -> str:
    """How it is documented: ”på individnivå”, ”avidentifierat av särskilda skäl” and all that is
    said besides."""
    return meningar([dokumentation_sätt(data), *_besides(data)])


def dokumentation_sätt(data: Dokumentation) -> str:
    """How it is documented and by which provision, in a few words: ”på individnivå (SoL 14 kap. 3
    §)”."""
    level = LEVEL.get(_stated_level(data) or "", "")
    if invokes_reasons(data):
        level = f"{level} av särskilda skäl" if level else "särskilda skäl åberopas"
    return _with_basis(level, data)


def dokumentation_mer(data: Dokumentation) -> str:
    """What is said besides :func:`dokumentation_sätt`, in sentences of their own: the reasons, and
    what is recorded."""
    return mening(meningar(_besides(data)))


def _besides(data: Dokumentation) -> list[str]:
    *reasons, described = _reasons(data)
    return [*reasons, *_documented(data), described]


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
        labelled("Grund", special["grund"]) if special.get("grund", "annat") != "annat" else "",
        labelled("Skäl", special["motivering"]) if "motivering" in special else "",
        data.get("beskrivning", ""),
    ]


def _documented(data: Dokumentation) -> list[str]:
    return [
        after("Gäller", data["omfattar"]) if "omfattar" in data else "",
        labelled("Beslut", data["beslut"]) if "beslut" in data else "",
        uppfoljning(data["uppföljning"]) if "uppföljning" in data else "",
    ]


def dokumenteras(data: Dokumentation) -> str:
    """:func:`dokumentation` as a sentence: ”Dokumenteras på individnivå.”"""
    known = _stated_level(data) or ("lagrum" in data and "särskilda_skäl" not in data)
    return mening(("dokumenteras " if known else "") + dokumentation(data))


def karaktar_och_dokumentation(data: InsatsData | Del, words: str) -> str:
    """What an insats or a part of it is in character, after ``words``, and how that is documented;
    empty if nothing is said."""
    documented = dokumenteras(data["dokumentation"]) if "dokumentation" in data else ""
    return mening(
        meningar([words + karaktar(data["karaktär"]) if "karaktär" in data else "", documented])
    )


def karaktar_och_skal(data: InsatsData | Del) -> str:
    """What an insats or a part of it is in character, and why it is documented as it is; empty if
    nothing is said."""
    why = skal(data["dokumentation"]) if "dokumentation" in data else ""
    return mening(
        meningar(
            [f"Har karaktär av {karaktar(data['karaktär'])}" if "karaktär" in data else "", why]
        )
    )


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
