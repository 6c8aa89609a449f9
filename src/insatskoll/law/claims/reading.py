"""Reads the claims (påståenden) of texts: what is said, about what, and with which words.

One text is read once, whatever asks. Nothing here knows of rules or fields of files: what a claim
means for the law is for the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from insatskoll.catalogue import printed
from insatskoll.law.claims import ages, amounts, bodies, patterns, places, provisions, words
from insatskoll.law.claims.figures import counts
from insatskoll.law.claims.patterns import Found, Marked
from insatskoll.law.claims.said import Said
from insatskoll.law.claims.sources import Knowledge, knowledge
from insatskoll.law.claims.told import Told
from insatskoll.law.claims.words import Clause, Sentence
from insatskoll.reading.document import iter_paths
from insatskoll.reading.places import DataPath

_COST = "avgift"  # a choice, or what is told about it
_TELLING = 3  # words that say by themselves what is claimed
_QUOTED = 9  # words of a clause that is quoted whole
_KEPT = 4_096  # texts whose claims are remembered in a run


# Kinds that figures are needed for, each read by a function of its own.
Reader = Callable[[Sentence, Marked, Knowledge, str], Iterator[Said]]
READERS: tuple[Reader, ...] = (provisions.read, ages.read, amounts.read, places.read, bodies.read)
OF_NO_NUMBERS: tuple[Reader, ...] = (places.read, bodies.read)
# The groups of words that those functions ask for.
GROUPS = ages.GROUPS | amounts.GROUPS | places.GROUPS | provisions.GROUPS | bodies.GROUPS


@lru_cache(maxsize=_KEPT)
def said(text: str) -> tuple[Said, ...]:
    """The claims of ``text``, in the order of their words."""
    known = knowledge()
    found: list[Said] = []
    told = Told()
    sentences = [
        patterns.marked(one, known.vocabulary, known.frames) for one in words.sentences(text)
    ]
    patterns.side_by_side(sentences)
    for marked in sentences:
        found += _of_sentence(marked, known, text, told)
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.kind)))


def _of_sentence(marked: Marked, known: Knowledge, text: str, told: Told) -> Iterator[Said]:
    sentence = marked.sentence
    figures = _figures(sentence, marked, known, text)
    yield from figures
    told.begin(figures)
    last: dict[str, Said] = {}
    for at, clause in enumerate(sentence.clauses):
        for found in known.patterns.found(marked, at):
            said_now = _said(found, sentence, marked, at, text)
            one = told.completed(said_now, found.pattern, clause)
            before = last.get(one.kind)
            if before is None or one.start >= before.end:
                last[one.kind] = one
                yield one


def _figures(sentence: Sentence, marked: Marked, known: Knowledge, text: str) -> list[Said]:
    """What the figures of a sentence tell, in order: what one reader has read is no other's."""
    found: list[Said] = []
    taken: set[int] = set()
    has_numbers = any(counts(word.form) for clause in sentence.clauses for word in clause.words)
    for read in READERS if has_numbers else OF_NO_NUMBERS:
        told = read(sentence, marked, known, text)
        found += [one for one in told if taken.isdisjoint(range(one.start, one.end))]
        taken |= {at for one in found for at in range(one.start, one.end)}
    return sorted(found, key=lambda one: one.start)


def _said(found: Found, sentence: Sentence, marked: Marked, at: int, text: str) -> Said:
    """What is found in the clause ``at``, with the words that turn it."""
    clauses, turns = sentence.clauses, marked.turns
    first, last = min(mark.first for mark in found.marks), max(mark.last for mark in found.marks)
    on, end = (0, last) if found.end is None else (found.end[0], found.end[1].last)
    begin = at
    if found.negated and turns[at]:
        if not any(first <= one.first <= last for one in turns[at]):
            near = min(turns[at], key=lambda one: min(abs(one.first - first), abs(one.last - last)))
            first, end = min(first, near.first), max(end, near.last) if not on else end
    elif found.negated and at and turns[at - 1]:
        begin, first = at - 1, turns[at - 1][-1].first
    start, stop = clauses[begin].words[first].start, clauses[at + on].words[end].end
    words = " ".join(text[start:stop].split())
    here = clauses[0].words[0].start
    said = Said(found.pattern.kind, found.values, start, stop, words, found.negated, here)
    if on or begin != at or end - first + 1 >= _TELLING:
        return said
    return replace(said, shown=_quoted(clauses[at], first, end))


def _quoted(clause: Clause, first: int, last: int) -> tuple[int, int]:
    """From where to where a clause is quoted for its words ``first`` to ``last``, which say little
    by themselves: all of it, or only those around them if it is long."""
    if len(clause.words) > _QUOTED:
        first = max(0, first - _TELLING)
        last = min(len(clause.words) - 1, last + _TELLING)
    else:
        first, last = 0, len(clause.words) - 1
    return clause.words[first].start, clause.words[last].end


def claims(data: Any) -> Iterator[tuple[DataPath, Said]]:
    """The claims of all texts in ``data``, a file's, each with the text's path. Those of a kind
    that is only read in some fields are those in them."""
    fields = knowledge().fields
    for path, value in iter_paths(data):
        if isinstance(value, str) and _is_text(path):
            for one in said(value):
                if one.kind not in fields or not fields[one.kind].isdisjoint(path):
                    yield path, one


def _is_text(path: DataPath) -> bool:
    """Whether a field holds words of the nämnd's, and is no choice out of a few."""
    names = [name for name in path if isinstance(name, str)]
    if not printed.NO_TEXT.isdisjoint(names):
        return False
    return not printed.is_choice(names) or _COST in names[:-1]
