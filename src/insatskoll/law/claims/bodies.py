"""Reads which nämnd a text says that it is that decides on the insatser, or gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from insatskoll.law.claims.patterns import Marked
from insatskoll.law.claims.said import Said
from insatskoll.law.claims.sources import Knowledge
from insatskoll.law.claims.words import Sentence
from insatskoll.patterns import later

KIND = "beslut"
DECIDES, DECIDED = "beslutar om eller ger", "det som nämnden beslutar om"
GROUPS = frozenset({DECIDES, DECIDED})
_NAME = later(
    r"(?:[^\W\d_]{2,30}- och )?[^\W\d_]{0,40}(?:nämnden|kommunstyrelsen)\b", re.IGNORECASE
)
_ENDS = ("nämnden", "kommunstyrelsen")
_FRAMES = frozenset({"en annans"})  # that it is told within all the same
_NEAR = 4  # words between the nämnd, what it does and what it does it to


def read(sentence: Sentence, marked: Marked, known: Knowledge, text: str) -> Iterator[Said]:
    """The nämnd of each clause that stands beside what it does to the insatser or exemptions."""
    names = known.vocabulary.names
    if not marked.groups & names[DECIDES] or not marked.groups & names[DECIDED]:
        return
    for at, clause in enumerate(sentence.clauses):
        objects = _places(marked, at, names[DECIDED])
        verbs = {one for one in _places(marked, at, names[DECIDES]) if _near(one, objects)}
        for index, word in enumerate(clause.words):
            if not word.form.endswith(_ENDS):
                continue
            if not _near(index, verbs) or not marked.frames_at(at, index) <= _FRAMES:
                continue
            start = _begins(text, word.start, word.end)
            said = " ".join(text[start : word.end].split())
            yield Said(KIND, {"nämnd": said}, start, word.end, said)
            break


def _places(marked: Marked, at: int, group: int) -> set[int]:
    """Where the words of a group stand in the clause ``at``."""
    return {one.mark.first for one in marked.clauses[at] if one.mark.group & group}


def _near(word: int, others: set[int]) -> bool:
    return not others.isdisjoint(range(word - _NEAR, word + _NEAR + 1))


def _begins(text: str, start: int, end: int) -> int:
    """Where the name that ends at ``end`` begins: “vård- och” is of it."""
    from_here = max(0, start - 40)
    for match in _NAME.finditer(text, from_here, end):
        if match.end() == end:
            return match.start()
    return start
