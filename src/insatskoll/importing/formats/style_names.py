"""What the names of paragraph styles say, which Word writes in English and other programs in the
user's own language."""

from __future__ import annotations

import re

from insatskoll.patterns import later

MAX_BASED = 50  # styles, each based on the next; Word lets nobody make as many

_HEADING = later(r"(?:heading|rubrik|überschrift|otsikko|overskrift)[\s_]*([1-9])", re.IGNORECASE)
_TITLES = {"title": 1, "titel": 1, "rubrik": 1, "subtitle": 2, "underrubrik": 2}
_CONTENTS = later(
    r"(toc|innehåll|contents|innehållsförteckning)\s*(\d|heading|rubrik|srubrik)?$"
    r"|innehållsförteckningsrubrik|table of (figures|contents)|figurförteckning",
    re.IGNORECASE,
)


def level(name: str) -> int | None:
    """The level of headings with the style ``name``; None where it is none of theirs."""
    found = _HEADING.match(name)
    return int(found[1]) if found else _TITLES.get(name.lower())


def is_contents(name: str) -> bool:
    """Whether the style ``name`` is for a table of contents."""
    return _CONTENTS.match(name) is not None
