"""What the named checks that there once were are called now, for rules that a municipality wrote
before."""

from __future__ import annotations

# By the old name, what to write instead, in Swedish.
RENAMED: dict[str, str] = {
    "annan-skyldighet": (
        "Skriv lagrum-stämmer-inte med brist: gäller något annat, och led i stället för paragrafer"
    ),
    "lagrum-finns-inte": "Skriv lagrum-stämmer-inte med brist: finns inte",
}
