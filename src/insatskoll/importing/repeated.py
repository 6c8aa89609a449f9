"""Sentences that say only what their fields already say: they stand in the report as the words
behind the fields, and are not written once more as a description. The words that carry nothing
beside a value are in ``catalogue/inläsning``."""

from __future__ import annotations

from insatskoll.importing import labels
from insatskoll.importing.drafts import Said
from insatskoll.importing.sentences import of
from insatskoll.importing.sheet import Filling, Path, Sheet
from insatskoll.patterns import later
from insatskoll.swedish import NUMBERS

_COUNTS = tuple(("omfattning", key) for key in ("antal", "högst", "lägst"))
_BESIDE = tuple(("omfattning", key) for key in ("längd", "frekvens", "period"))
_WORD = later(r"[\w§½]+")


def leave_out(sheet: Sheet) -> None:
    """Takes the descriptions away whose every sentence is in the fields read from it."""
    for path, read in ((("dokumentation",), _level), (("omfattning",), _extent)):
        text: Path = (*path, "beskrivning")
        said = sheet.texts.get(text, [])
        behind = [read(sheet, sentence) for one in said for sentence in of(one)]
        if not behind or not all(behind):
            continue
        del sheet.texts[text]
        field = next(one for one in behind if one)
        sheet.fillings += [Filling(field, one.words, one.spot) for one in said]


def _level(sheet: Sheet, said: Said) -> Path | None:
    path: Path = ("dokumentation", "nivå")
    told = labels.repeated_level(str(sheet.get(path)))
    words = set(_words(said.words))
    mine = any(one.path == path and one.words == said.words for one in sheet.fillings)
    return path if mine and words & told and words <= told | labels.repeated("tomma") else None


def _extent(sheet: Sheet, said: Said) -> Path | None:
    mine = [one for one in sheet.fillings if one.spot == said.spot and one.words in said.words]
    counts = [one for one in mine if one.path in _COUNTS]
    if not counts or not all(_plain(sheet, one.words) for one in counts):
        return None
    beside = [one.words for one in mine if one.path in _BESIDE]
    rest = said.words
    for words in sorted({counts[0].words, *beside}, key=len, reverse=True):
        rest = rest.replace(words, " ", 1)
    return counts[0].path if set(_words(rest)) <= labels.repeated("tomma") else None


def _plain(sheet: Sheet, words: str) -> bool:
    """Whether the words are just a number of the unit that the field has: no other word for it,
    and nothing of what kind it is."""
    unit = str(sheet.get(("omfattning", "enhet")))
    told, bounds = _words(words), labels.repeated("gränser")
    return unit in told and all(
        word == unit or word.isdigit() or word in NUMBERS or word in bounds for word in told
    )


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
