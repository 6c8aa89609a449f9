"""What a schema has accepted, as that which the schema says it is.

A document's data may be anything. Whoever has it checked against a schema (``reading.schema``)
says so here, once, and the type checker then knows its fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from insatskoll.reading.document import Document
    from insatskoll.reading.schema_types import (
        Avvikelse,
        BaslinjeData,
        BegreppData,
        BeslutData,
        DefinitionData,
        GodtagnaData,
        HandelseData,
        InsatsData,
        KommunData,
        KonfigurationData,
        LagrumData,
        OrdlistaData,
        ProfilData,
        RegelData,
        RiskanalysData,
    )


def insats(document: Document) -> InsatsData:
    """The content of a file in ``insatser``."""
    return cast("InsatsData", document.data)


def kommun(document: Document) -> KommunData:
    """The content of kommun.yaml."""
    return cast("KommunData", document.data)


def beslut(document: Document) -> BeslutData:
    """The content of a frozen decision."""
    return cast("BeslutData", document.data)


def handelse(document: Document) -> HandelseData:
    """The content of a file in ``händelser``."""
    return cast("HandelseData", document.data)


def riskanalys(document: Document) -> RiskanalysData:
    """The content of a file in ``riskanalyser``."""
    return cast("RiskanalysData", document.data)


def avvikelser(document: Document) -> Sequence[Avvikelse]:
    """The waivers in a file of any of these kinds."""
    return cast("Mapping[str, list[Avvikelse]]", document.data).get("avvikelser", ())


def profil(document: Document) -> ProfilData:
    """The content of profil.yaml."""
    return cast("ProfilData", document.data)


def godtagna(document: Document) -> GodtagnaData:
    """The content of godtagna.yaml."""
    return cast("GodtagnaData", document.data)


def begrepp(document: Document) -> BegreppData:
    """The content of a file of concepts."""
    return cast("BegreppData", document.data)


def lagrum(document: Document) -> LagrumData:
    """The content of a file of provisions."""
    return cast("LagrumData", document.data)


def regel(document: Document) -> RegelData:
    """The content of a rule's file."""
    return cast("RegelData", document.data)


def definition(document: Document) -> DefinitionData:
    """The content of a file of definitions."""
    return cast("DefinitionData", document.data)


def ordlista(document: Document) -> OrdlistaData:
    """The content of a word list's file."""
    return cast("OrdlistaData", document.data)


def konfiguration(document: Document) -> KonfigurationData:
    """The content of insatskoll.yaml."""
    return cast("KonfigurationData", document.data)


def baslinje(data: object) -> BaslinjeData:
    """The content of a baseline, which is JSON and no document."""
    return cast("BaslinjeData", data)
