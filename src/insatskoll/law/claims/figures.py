"""Numbers as people write them: with figures or words."""

# ruff: noqa: SIM905 - a list of words reads better as a text
from __future__ import annotations

from functools import cache, lru_cache

from insatskoll.swedish import NUMBERS

_MOST = 1e9
_ORDINALS = {
    word: float(value)
    for value, word in enumerate(
        "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte "
        "trettonde fjortonde femtonde sextonde sjuttonde artonde nittonde tjugonde".split(),
        1,
    )
}
_TENS = "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio".split()


@lru_cache(maxsize=20_000)
def counts(form: str) -> bool:
    """Whether a word in small letters has a number in it, however it is written."""
    word = number(form) is not None or ordinal(form) is not None or "åring" in form
    return word or form[:1].isdigit()


@lru_cache(maxsize=20_000)
def number(form: str) -> float | None:
    """The number that a word in small letters says, or None if it is none, or more than anything
    is counted to."""
    if form[:1].isdigit():
        try:
            said = float(form.replace(" ", "").replace("\u00a0", "").replace(",", "."))
        except ValueError:  # 10:30
            return None
        return said if said < _MOST else None
    return _words().get(form)


def above_zero() -> list[str]:
    """The numbers above zero as words."""
    return [word for word, value in _words().items() if value]


def ordinal(form: str) -> float | None:
    """The place in a row that a word in small letters tells: tredje, 12:e."""
    return _ORDINALS.get(form)


@cache
def _words() -> dict[str, float]:
    """The numbers as words, from noll to nittionio, and the even hundreds and thousands."""
    found = {word: float(value) for value, word in enumerate(NUMBERS) if word != "en"}
    for tens, word in enumerate(_TENS, 2):
        found[word] = tens * 10.0
        found |= {f"{word}{NUMBERS[ones]}": tens * 10.0 + ones for ones in range(2, 10)}
        found |= {f"{word}ett": tens * 10.0 + 1, f"{word}en": tens * 10.0 + 1}
    for ending, worth in (("hundra", 100.0), ("tusen", 1000.0)):
        found |= {f"{NUMBERS[ones]}{ending}": ones * worth for ones in range(2, 10)}
        found |= {ending: worth, f"ett{ending}": worth}
    return found
