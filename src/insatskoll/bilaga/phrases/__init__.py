"""Sentences from structure: what the fields of an insats say, in plain Swedish.

Pure functions from the data of one field to a piece of text without a final full stop
(:func:`mening` sets it), used by the bilaga, the diff and ``show``. They say what the fields say,
all of it and nothing else; what a field lacks is left out. One module for each kind of field.
"""

from __future__ import annotations

from insatskoll.bilaga.phrases.ages import alder, alder_avser, alder_sagd, alders_rubrik
from insatskoll.bilaga.phrases.conditions import villkor
from insatskoll.bilaga.phrases.consent import samtycke
from insatskoll.bilaga.phrases.decided import beslutsrader, händelse, hänt, märke, status
from insatskoll.bilaga.phrases.documentation import (
    antecknat,
    delarnas_dokumentation,
    dokumentation,
    dokumentation_mer,
    dokumentation_sätt,
    dokumenteras,
    gemensamt,
    individuellt,
    individuellt_svar,
    karaktar,
    karaktar_och_dokumentation,
    karaktar_och_skal,
    ord_för_individnivå,
    skal,
    uppfoljning,
)
from insatskoll.bilaga.phrases.extents import omfattning
from insatskoll.bilaga.phrases.facts import (
    avgift,
    giltighet,
    kortnamn,
    lagstadgad,
    malgrupp,
    metod,
    metodnamn,
    metodrad,
)
from insatskoll.bilaga.phrases.fields import say
from insatskoll.bilaga.phrases.given import ingang, utforare, utforare_rader
from insatskoll.bilaga.phrases.joining import (
    antal,
    datum,
    faktum,
    i_text,
    lista,
    mening,
    på_en_rad,
    versal,
)
from insatskoll.bilaga.phrases.own import (
    lydelse,
    malgruppens_lydelse,
    utforarens_lydelse,
    utforarens_rader,
    villkorens_lydelse,
)

__all__ = [
    "alder",
    "alder_avser",
    "alder_sagd",
    "alders_rubrik",
    "antal",
    "antecknat",
    "avgift",
    "beslutsrader",
    "datum",
    "delarnas_dokumentation",
    "dokumentation",
    "dokumentation_mer",
    "dokumentation_sätt",
    "dokumenteras",
    "faktum",
    "gemensamt",
    "giltighet",
    "händelse",
    "hänt",
    "i_text",
    "individuellt",
    "individuellt_svar",
    "ingang",
    "karaktar",
    "karaktar_och_dokumentation",
    "karaktar_och_skal",
    "kortnamn",
    "lagstadgad",
    "lista",
    "lydelse",
    "malgrupp",
    "malgruppens_lydelse",
    "mening",
    "metod",
    "metodnamn",
    "metodrad",
    "märke",
    "omfattning",
    "ord_för_individnivå",
    "på_en_rad",
    "samtycke",
    "say",
    "skal",
    "status",
    "uppfoljning",
    "utforare",
    "utforare_rader",
    "utforarens_lydelse",
    "utforarens_rader",
    "versal",
    "villkor",
    "villkorens_lydelse",
]
