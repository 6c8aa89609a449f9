"""What the named checks that there once were are called now, for rules that a municipality wrote
before."""

from __future__ import annotations

# By the old name, what to write instead, in Swedish.
RENAMED: dict[str, str] = {
    "annan-skyldighet": (
        "Skriv lagrum-stämmer-inte med brist: gäller något annat, och utan paragrafer"
    ),
    "blandade-streck": (
        "Skriv skriv-hellre med termer: [{ord: uttrycket, skriv: det rätta}] och blandat_med"
    ),
    "delar-saknar": "Skriv insatser-utan",
    "deltagare-mellan": "Skriv deltar",
    "deltagare-under": "Skriv deltar, med till (sista åldern som räknas) i stället för gräns",
    "dubblett": "Skriv upprepas",
    "filnamn": "Skriv skiljer med fält: [namn], i: filnamnet och hur: är ett id",
    "inaktuellt-förslag": (
        "Skriv dag-stämmer-inte med brist: före beslutet och fält: [förslag.datum]"
    ),
    "kopierad-text": "Skriv lika-texter",
    "lagrum-finns-inte": "Skriv lagrum-stämmer-inte med brist: finns inte",
    "lika-innehåll-olika-dokumentation": (
        "Skriv lika-texter med fält: [innehåll], skiljer: dokumentation.nivå, mätt_i: ord och "
        "andel i stället för likhet"
    ),
    "liknande-namn": (
        "Skriv upprepas med hur: nästan lika, insatsfält i stället för fält och fält i stället för "
        "kommunfält"
    ),
    "namn-i-text": (
        "Skriv upprepas med hur: nästan lika, insatsfält: [namn] och texter i stället för fält"
    ),
    "nämner-men-saknar": (
        "Skriv insatser-utan med texter i stället för fält, och fält i stället för saknar"
    ),
    "oanvänd-post": "Skriv nämns-ingenstans",
    "omöjlig-dag-i-text": "Skriv dag-stämmer-inte med brist: finns inte",
    "orimlig-dag": "Skriv dag-stämmer-inte med brist: orimlig",
    "osynliga-tecken": "Skriv nämner med tecknen i ord: ['[\\u00a0\\u00ad]']",
    "saknas-i-register": "Skriv nämns-ingenstans",
    "samtycke-nekas": "Skriv samtycke-i-ord",
    "samtycke-saknas": "Skriv samtycke",
    "syskonfält-saknas": "Skriv avviker-från-övriga",
    "villkor-skiljer": ("Skriv avviker-från-övriga med fält: [villkor] och åt_båda_håll: ja"),
    "äldre-ord": "Skriv skriv-hellre, och ta bort stam ur termer",
}
