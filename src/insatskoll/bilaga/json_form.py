"""The bilaga as data, for those who publish it in a system of their own: the model, and the
sentences as they are printed.

Its form is described by ``schema/bilaga.schema.json``. Keys are English, the catalogue's own data
inside are as it has them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from insatskoll import __version__
from insatskoll.bilaga import phrases
from insatskoll.catalogue import printed
from insatskoll.catalogue.model import Insats, Revision

if TYPE_CHECKING:
    from insatskoll.bilaga.history import HistoryRow
    from insatskoll.bilaga.render import Chapter
    from insatskoll.reading.schema_types import (
        BilagaData,
        BilagaInsats,
        BilagaInsatsmeningar,
        BilagaSentences,
        InsatsData,
        KommunData,
    )

VERSION: Final = 1


def bilaga_json(
    revision: Revision,
    chapters: Sequence[Chapter],
    history: Sequence[HistoryRow],
    status: str,
    checksum: str,
) -> str:
    """The bilaga as JSON text. ``chapters``, ``history``, ``status`` and ``checksum`` are those
    that the layouts print."""
    document: BilagaData = {
        "version": VERSION,
        "generator": {"name": "insatskoll", "version": __version__},
        "id": revision.kommun_id,
        "status": status,
        "checksum": checksum,
        "decision": revision.beslut,
        "kommun": printed.file(revision.kommun),
        "sentences": _common_sentences(revision.kommun),
        "chapters": [
            {
                "id": chapter["id"],
                "title": chapter["rubrik"],
                "insatser": [insats.id for insats in chapter["insatser"]],
            }
            for chapter in chapters
        ],
        "insatser": [_insats(insats, revision.kommun) for insats in revision.insatser],
        "analyses": [
            {"id": name, "data": printed.file(data)}
            for name, data in sorted(revision.riskanalyser.items())
        ],
        "history": [
            {"date": row["datum"], "decision": row["beslut"], "event": row["händelse"]}
            for row in history
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _insats(insats: Insats, kommun: KommunData) -> BilagaInsats:
    enheter = {enhet["id"]: enhet["namn"] for enhet in kommun.get("enheter", ())}
    data = printed.file(insats.data)
    word = phrases.ord_för_individnivå(kommun)
    return {
        "id": insats.id,
        "data": data,
        "sentences": _sentences(data, enheter, "Insatsen", word),
        "parts": [
            {
                "name": part["namn"],
                "sentences": _sentences(cast("InsatsData", part), enheter, "Delen", word),
            }
            for part in data.get("delar", ())
        ],
    }


def _sentences(
    data: InsatsData, enheter: Mapping[str, str], subject: str, word: str
) -> BilagaInsatsmeningar:
    """What the fields of an insats or a part of it, which ``subject`` calls it, say in sentences,
    with the municipality's ``word`` for the level of the individual; a field that it lacks gives
    none."""

    def said(field: str, made: Callable[[Any], str]) -> str:
        held = cast("Mapping[str, object]", data)
        words = made(held[field]) if field in held else ""
        return phrases.mening(phrases.lydelse(data, field, words))

    sentences: BilagaInsatsmeningar = {
        "target_group": phrases.mening(phrases.malgruppens_lydelse(data)),
        "conditions": phrases.villkorens_lydelse(data),
        "consent": said("samtycke", phrases.samtycke),
        "extent": said("omfattning", phrases.omfattning),
        "provider": phrases.mening(phrases.utforarens_lydelse(data, enheter)),
        "fee": said("avgift", phrases.avgift),
        "validity": phrases.mening(phrases.lydelse(data, "giltighetstid", phrases.giltighet(data))),
        "documentation": phrases.karaktar_och_dokumentation(data, subject, word)
        if "dokumentation" in data
        else "",
    }
    return cast("BilagaInsatsmeningar", {key: one for key, one in sentences.items() if one})


def _common_sentences(kommun: KommunData) -> BilagaSentences:
    """What holds for all insatser, in sentences."""
    said: BilagaSentences = {
        "conditions": [
            phrases.mening(phrases.villkor(condition))
            for condition in kommun.get("gemensamma_villkor", ())
        ],
        "consent": phrases.mening(phrases.samtycke(kommun["samtycke"]))
        if "samtycke" in kommun
        else "",
        "follow_up": phrases.mening(phrases.uppfoljning(kommun["uppföljning"]))
        if "uppföljning" in kommun
        else "",
        "documentation": [
            " ".join(phrases.gemensamt(item, phrases.ord_för_individnivå(kommun)))
            for item in kommun.get("gemensam_dokumentation", ())
        ],
    }
    return cast("BilagaSentences", {key: value for key, value in said.items() if value})
