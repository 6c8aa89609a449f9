"""What the named checks that there once were are called now, for rules that a municipality wrote
before."""

from __future__ import annotations

# By the old name, what to write instead, in Swedish.
RENAMED: dict[str, str] = {
    "annan-skyldighet": (
        "Skriv lagrum-stämmer-inte med brist: gäller något annat, och led i stället för paragrafer"
    ),
    "blandade-streck": (
        "Skriv skriv-hellre med termer: [{ord: uttrycket, skriv: det rätta}] och blandat_med"
    ),
    "deltagare-mellan": "Skriv deltar",
    "deltagare-under": "Skriv deltar, med till (sista åldern som räknas) i stället för gräns",
    "inaktuellt-förslag": (
        "Skriv dag-stämmer-inte med brist: före beslutet och fält: [förslag.datum]"
    ),
    "lagrum-finns-inte": "Skriv lagrum-stämmer-inte med brist: finns inte",
    "omöjlig-dag-i-text": "Skriv dag-stämmer-inte med brist: finns inte",
    "orimlig-dag": "Skriv dag-stämmer-inte med brist: orimlig",
    "osynliga-tecken": "Skriv nämner med tecknen i ord: ['[\\u00a0\\u00ad]']",
    "äldre-ord": "Skriv skriv-hellre, och ta bort stam ur termer",
}
