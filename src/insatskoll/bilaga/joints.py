"""Where a long Swedish word is put together, so that it is broken there and nowhere else in a
narrow column.

Known by the parts that words of the social services begin and end with (``templates/leder.json``).
A word without any of them has no joints that are known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache

from insatskoll.patterns import later
from insatskoll.reading import files
from insatskoll.resources import TEMPLATES

_LEAST = 4  # letters of a part
_MOST = 100_000  # bytes of the list
_LONG = later(r"[^\W\d_]{8,}")
# the endings of a noun or an adjective
# What a word may end with after its stem, and which is then no part of its own.
_SUFFIX = later(
    r"(?:lig|ation|er(?:a|na|ad|ar|as)?s?\Z|ornas?\Z|arnas?\Z|rnas?\Z|ning|ik|ic|al|isk|else|ande"
    r"|jand|jar|dom|loger|met)"
)
_ENDING = "(?:e?n|e?t|[aeo]r|[aeo]rna|na|ning|ningen|de|da|d|t)?s?"


@cache
def _parts() -> tuple[tuple[str, ...], re.Pattern[str]]:
    """The parts that words begin with, the longest first, and a pattern for the ends of words."""
    known = json.loads(files.read_text(TEMPLATES / "leder.json", _MOST))
    first, last = (sorted(known[place], key=lambda one: (-len(one), one)) for place in known)
    return tuple(first), re.compile(rf"(?:{'|'.join(map(re.escape, last))}){_ENDING}\Z")


def of(word: str) -> tuple[int, ...]:
    """Before which of its letters (counted from 0) ``word``, in small letters, may be broken."""
    firsts, ends = _parts()
    places = set()
    begins = next((one for one in firsts if word.startswith(one)), None)
    if begins is not None and not _SUFFIX.match(word, len(begins)):
        places.add(len(begins))
    end = next(filter(None, (ends.match(word, at) for at in range(_LEAST, len(word)))), None)
    if end is not None:
        places.add(end.start())
    return tuple(sorted(at for at in places if _LEAST <= at <= len(word) - _LEAST))


def known(texts: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The joints of the long words in ``texts``, by word; empty for one that has none but is short
    enough for a column."""
    words = {word.lower() for text in texts for word in _LONG.findall(text)}
    return {word: found for word in sorted(words) if (found := of(word))}
