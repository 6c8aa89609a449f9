"""The readings by the names that the files in ``catalogue/satser`` ask for them by."""

from __future__ import annotations

from insatskoll.diff.happenings import (
    ages,
    amounts,
    choices,
    conditions,
    consent,
    documents,
    lists,
    providers,
    texts,
)
from insatskoll.diff.happenings.seen import Reading, plain

READINGS: dict[str, Reading] = {
    "": plain,
    "avgift": amounts.fee,
    "avsnitt": texts.section,
    "dokumentation": documents.documentation,
    "form": lists.forms,
    "helhet": choices.whole,
    "insatstyp": choices.kind,
    "skyldighet": choices.duty,
    "ja eller nej": choices.yes_or_no,
    "lista": lists.words,
    "metod": choices.method,
    "omfattning": amounts.extent,
    "ordning": conditions.order,
    "post": conditions.item,
    "samtycke": consent.consent,
    "text": texts.text,
    "uppföljningsintervall": amounts.interval,
    "utförare": providers.provider,
    "uppgift i ett villkor": conditions.kind,
    "villkor": conditions.condition,
    "ålder": ages.age,
}
