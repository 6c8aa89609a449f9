"""Words that numbers and lists need in Swedish."""

from __future__ import annotations

NUMBERS = (
    "noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
    "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton", "tjugo",
)  # fmt: skip
PLURALS = {"fel": ("fel", "fel"), "varning": ("varning", "varningar"), "råd": ("råd", "råd")}


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: ”1 fil”, ”3 filer”."""
    return f"{number} {one if number == 1 else many}"
