"""Checks on words, for what only the text can tell. Their rules say ”kontrollera” and are no graver
than a warning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from insatskoll.catalogue import printed
from insatskoll.law.predicates.parameters import Field, Words
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.reading.document import iter_paths
from insatskoll.reading.places import DataPath

# Fields that are no text of the nämnd's.
_NOT_TEXT = printed.INTERNAL | {"begrepp", "tidigare_id", "avdelning", "enheter", "insatstyp"}


def texts(subject: Subject, fält: Sequence[Field] = ()) -> list[tuple[DataPath, str]]:
    """The texts of the subject with their paths: those in ``fält`` (as in ``okänd-referens``), or
    all if the list is empty."""
    key = ("texts", *fält)
    if key not in subject.known:
        if fält:
            found = [pair for name in fält for pair in values_at(subject.data, name)]
        else:
            found = [
                (path, value)
                for path, value in iter_paths(subject.data)
                if _NOT_TEXT.isdisjoint(path)
            ]
        subject.known[key] = [(path, value) for path, value in found if isinstance(value, str)]
    known: list[tuple[DataPath, str]] = subject.known[key]
    return known


@lru_cache(maxsize=256)
def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """One regular expression for all ``words``, each a regular expression, in any case."""
    return re.compile("|".join(f"(?:{word})" for word in words) or r"(?!)", re.IGNORECASE)


def passed_over(text: str, utom: Words) -> str:
    """``text`` with what the regular expressions ``utom`` match made unreadable; the rest stays in
    its place."""
    return pattern(utom).sub(lambda m: "\0" * len(m[0]), text)


@predicate("nämner", gives=("ord",))
def mentions(
    subject: Subject,
    ord: Words,  # noqa: A002
    fält: Sequence[Field] = (),
    utom: Words = (),
    utan: Words = (),
) -> Iterator[Hit]:
    """A text holds one of the regular expressions ``ord``, once what ``utom`` matches is passed
    over.

    Gives one hit for each field, with the words found as ``ord``. With ``utan`` there is none if
    one of the texts, whatever ``utom`` says, holds one of those expressions, and only one
    otherwise.
    """
    wanted = pattern(ord)
    found_texts = texts(subject, fält)
    if utan and any(pattern(utan).search(text) for _, text in found_texts):
        return
    for path, text in found_texts:
        if wanted.search(text) and (found := wanted.search(passed_over(text, utom))):
            yield Hit(path, {"ord": " ".join(found[0].split())})
            if utan:
                return
