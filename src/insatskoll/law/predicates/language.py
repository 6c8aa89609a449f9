"""Checks on how the texts are written: superseded words, odd characters, hard sentences, values
another program would change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from insatskoll.law.predicates.parameters import Character, Field, Term, WholeWords, Words
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.law.predicates.text import passed_over, pattern, texts

_SENTENCE_END = re.compile(r"(?<=[.!?:])[”\")]?\s+(?=[”\"(]?[A-ZÅÄÖ0-9])|\n\s*\n|\n\s*[-•]\s")
_WORD = re.compile(r"[^\W_]+(?:[-:/][^\W_]+)*")
_HYPHEN_RANGE = re.compile(
    r"(?<![\w.:/-])(?!0[0-9])([0-9]{1,2}) ?- ?([0-9]{1,2})(?![\w:/-]|\.[0-9])"
)
# before the number of something
_NUMBERED = re.compile(r"\w*(?:nummer|numret|nr|kod|koden)\.?:? $", re.IGNORECASE)
_DASH_RANGE = re.compile(r"[0-9] ?– ?[0-9]")


@predicate("äldre-ord", gives=("ord", "skriv"))
def superseded_word(
    subject: Subject, termer: list[Term], fält: Sequence[Field] = (), utom: Words = ()
) -> Iterator[Hit]:
    """A text uses a superseded word.

    Each of ``termer`` has ``ord``, a regular expression; ``stam``, small letters that are in all it
    matches; and ``skriv``, the word to write. What ``utom`` matches is passed over: quotations,
    titles of laws. Gives one hit for each field and term.
    """
    if subject.document is not None and "\\" not in subject.document.text:
        whole = subject.document.text.casefold()
        termer = [term for term in termer if term["stam"] in whole]
    for path, text in texts(subject, fält) if termer else ():
        kept = passed_over(text, utom)
        for term in termer:
            if found := pattern((term["ord"],)).search(kept):
                yield Hit(path, {"ord": " ".join(found[0].split()), "skriv": term["skriv"]})


@predicate("osynliga-tecken", gives=("tecken", "namn", "efter"))
def invisible_characters(
    subject: Subject, tecken: list[Character], utom: Words = ()
) -> Iterator[Hit]:
    """A text holds one of the characters ``tecken``, each given by its code as in U+00AD, but where
    ``utom`` matches."""
    wanted = {chr(int(code.removeprefix("U+"), 16)) for code in tecken}
    assert subject.document is not None
    written = subject.document.text
    if "\\" not in written and not any(character in written for character in wanted):
        return
    for path, text in texts(subject):
        if wanted.isdisjoint(text):
            continue
        for index, character in enumerate(passed_over(text, utom)):
            if character in wanted:
                before = text[:index].split()[-1:] or [""]
                code = f"U+{ord(character):04X}"
                yield Hit(
                    path,
                    {"tecken": code, "namn": unicodedata.name(character, ""), "efter": before[0]},
                )
                break


@predicate("blandade-streck", gives=("spann", "rätt"))
def mixed_dashes(subject: Subject, fält: list[Field]) -> Iterator[Hit]:
    """One text in ``fält`` writes a range with a hyphen (3-12) while another in the same file
    writes it with a dash (3–12)."""
    found = texts(subject, fält)
    dash = next((m for _, text in found if (m := _DASH_RANGE.search(text))), None)
    for path, text in found if dash else ():
        spans = (match for match in _HYPHEN_RANGE.finditer(text) if int(match[1]) < int(match[2]))
        if hyphen := next(
            (match for match in spans if not _NUMBERED.search(text[: match.start()])), None
        ):
            yield Hit(path, {"spann": hyphen[0], "rätt": re.sub(" ?- ?", "–", hyphen[0])})


@predicate("svårläst", gives=("mått",))
def hard_to_read(
    subject: Subject, fält: list[Field], mening: int, lix: int, minst_ord: int
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
