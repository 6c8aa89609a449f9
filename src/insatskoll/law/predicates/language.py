"""Checks on how the texts are written: words that there are better ones for, hard sentences, values
another program would change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from insatskoll.law.predicates.parameters import Term, TextField, WholeWords, Words, YesNo
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.law.predicates.text import passed_over, pattern, texts
from insatskoll.patterns import later

_SENTENCE_END = later(r"(?<=[.!?:])[”\")]?\s+(?=[”\"(]?[A-ZÅÄÖ0-9])|\n\s*\n|\n\s*[-•]\s")
_WORD = later(r"[^\W_]+(?:[-:/][^\W_]+)*")


@predicate("skriv-hellre", gives=("ord", "skriv"), words="termer")
def better_said(
    subject: Subject,
    termer: Sequence[Term],
    fält: Sequence[TextField] = (),
    utom: Words = (),
    blandat_med: Words = (),
    stigande: YesNo = "nej",
) -> Iterator[Hit]:
    """A text says something in a way that there is a better one for.

    Each of ``termer`` has ``ord``, a regular expression, and ``skriv``, what to write: \\1 is what
    its first parenthesis matched. What ``utom`` matches is passed over: quotations, titles of laws.
    With ``blandat_med``, it counts only where one of the texts says it in that other way. With
    ``stigande: ja`` the two first parentheses are numbers, and the second must be greater. Gives
    one hit for each field and term.
    """
    read = texts(subject, fält)
    if blandat_med and not any(pattern(blandat_med).search(text) for _, text in read):
        return
    for path, text in read:
        kept = passed_over(text, utom)
        for term in termer:
            matches = pattern((term["ord"],)).finditer(kept)
            found = next((one for one in matches if stigande == "nej" or _rises(one)), None)
            if found is not None:
                said = " ".join(found[0].split())
                values = {"ord": said, "skriv": found.expand(term["skriv"])}
                yield Hit(path, values, words=found.span())


def _rises(span: re.Match[str]) -> bool:
    numbers = [int(group) for group in span.groups()[:2] if group and group.isdecimal()]
    return len(numbers) == 2 and numbers[0] < numbers[1]


@predicate("svårläst", gives=("mått",))
def hard_to_read(
    subject: Subject, fält: list[TextField], mening: int, lix: int, minst_ord: int
) -> Iterator[Hit]:
    """A sentence of more than ``mening`` words, or a text of at least ``minst_ord`` words with a
    LIX above ``lix``.

    LIX is words per sentence plus the percentage of words longer than six letters. Items of a list
    count as sentences.
    """
    for path, text in texts(subject, fält):
        sentences = [words for part in _SENTENCE_END.split(text) if (words := _WORD.findall(part))]
        words = [word for sentence in sentences for word in sentence]
        longest = max(sentences, key=len, default=[])
        if len(longest) > mening:
            start = " ".join(longest[:4])
            yield Hit(path, {"mått": f"en mening på {len(longest)} ord (”{start} …”)"})
        elif len(words) >= minst_ord:
            figure = round(
                len(words) / len(sentences)
                + 100 * sum(len(word) > 6 for word in words) / len(words)
            )
            if figure > lix:
                yield Hit(path, {"mått": f"läsbarhetsindex (LIX) {figure}"})


@predicate("oskyddat-värde", gives=("värde",))
def unquoted_value(subject: Subject, mönster: WholeWords) -> Iterator[Hit]:
    """A value without quotation marks is, as a whole, what one of the regular expressions
    ``mönster`` matches."""
    assert subject.document is not None
    wanted = pattern(mönster)
    if not re.search(
        rf"[:,\[-]\s+(?:{wanted.pattern})\s*(?:[,\]}}#\n]|$)", subject.document.text, re.IGNORECASE
    ):
        return  # most files: no need to go through the values
    for path, value in subject.document.unquoted():
        if wanted.fullmatch(value):
            yield Hit(path, {"värde": value})
