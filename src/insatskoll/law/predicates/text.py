"""Checks on words, for what only the text can tell. Their rules say ”kontrollera” and are no graver
than a warning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from insatskoll.catalogue import printed
from insatskoll.law import literals
from insatskoll.law.literals import Wanted
from insatskoll.law.predicates.parameters import TextField, Words
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.reading.document import iter_paths
from insatskoll.reading.places import DataPath


def places(subject: Subject) -> list[tuple[DataPath, object]]:
    """Every place in the subject with its value."""
    if "places" not in subject.known:
        subject.known["places"] = list(iter_paths(subject.data))
    known: list[tuple[DataPath, object]] = subject.known["places"]
    return known


def every_text(subject: Subject) -> list[tuple[DataPath, str]]:
    """Every text in the subject with its path, be it the nämnd's or a name for something."""
    if "every text" not in subject.known:
        subject.known["every text"] = [pair for pair in places(subject) if isinstance(pair[1], str)]
    known: list[tuple[DataPath, str]] = subject.known["every text"]
    return known


def may_say(
    subject: Subject, words: tuple[Wanted, ...], fält: Sequence[TextField] = ()
) -> tuple[str, ...]:
    """Those of the regular expressions ``words`` that one of the subject's :func:`texts` may hold:
    that the others are in none is certain, and costs little to see."""
    said = _folded(subject.within or subject, "every text", every_text)
    left = [one for one in words if one.may_be_in(said)]
    if not left:
        return ()
    said = _folded(subject, tuple(fält), lambda one: texts(one, fält))
    return tuple(one.expression for one in left if one.may_be_in(said))


def _folded(
    subject: Subject, key: object, read: Callable[[Subject], list[tuple[DataPath, str]]]
) -> str:
    """The texts that ``read`` gives of the subject as one, folded, and known by ``key``."""
    name = ("folded", key)
    if name not in subject.known:
        subject.known[name] = literals.folded("\n".join(text for _, text in read(subject)))
    known: str = subject.known[name]
    return known


def texts(subject: Subject, fält: Sequence[TextField] = ()) -> list[tuple[DataPath, str]]:
    """The texts of the subject with their paths: those in ``fält``, or
    all if the list is empty."""
    key = ("texts", *fält)
    if key not in subject.known:
        if fält:
            found = [pair for name in fält for pair in values_at(subject.data, name)]
        else:
            found = [pair for pair in every_text(subject) if printed.NO_TEXT.isdisjoint(pair[0])]
        subject.known[key] = [pair for one in found for pair in _as_texts(*one)]
    known: list[tuple[DataPath, str]] = subject.known[key]
    return known


def _as_texts(path: DataPath, value: object) -> list[tuple[DataPath, str]]:
    """The text at ``path``, or those of the list there: some fields can be the one or the other."""
    if isinstance(value, str):
        return [(path, value)]
    items = enumerate(value) if isinstance(value, list) else ()
    return [((*path, index), item) for index, item in items if isinstance(item, str)]


@lru_cache(maxsize=1024)
def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """One regular expression for all ``words``, each a regular expression, in any case."""
    return re.compile("|".join(f"(?:{word})" for word in words) or r"(?!)", re.IGNORECASE)


def first(words: tuple[str, ...], text: str) -> re.Match[str] | None:
    """The first place in ``text`` where one of the regular expressions ``words`` matches, as
    :func:`pattern` finds it. One at a time is quicker, and those that are never asked of a text are
    never made."""
    found: re.Match[str] | None = None
    for word in words:
        match = pattern((word,)).search(text)
        if match and (found is None or match.start() < found.start()):
            found = match
    return found


def passed_over(text: str, utom: Words) -> str:
    """``text`` with what the regular expressions ``utom`` match made unreadable; the rest stays in
    its place."""
    return pattern(utom).sub(lambda m: "\0" * len(m[0]), text)


@predicate("nämner", gives=("ord", "efter", "tecken"), words="ord")
def mentions(
    subject: Subject,
    ord: Words,  # noqa: A002
    fält: Sequence[TextField] = (),
    utom: Words = (),
    utan: Words = (),
) -> Iterator[Hit]:
    """A text holds one of the regular expressions ``ord``, once what ``utom`` matches is passed
    over.

    Gives one hit for each field, with the words found as ``ord``, the word before them as ``efter``
    and the code of their first character, as in U+00AD, as ``tecken``. With ``utan`` there is none
    if one of the texts, whatever ``utom`` says, holds one of those expressions, and only one
    otherwise.
    """
    found_texts = texts(subject, fält)
    if utan and any(pattern(utan).search(text) for _, text in found_texts):
        return
    for path, text in found_texts:
        if first(ord, text) and (found := first(ord, passed_over(text, utom))):
            yield Hit(path, _said(text, found), words=found.span())
            if utan:
                return


def _said(text: str, found: re.Match[str]) -> dict[str, object]:
    """What was found in ``text``, for the message: the words, what stands before and how it
    begins."""
    before = text[: found.start()].split()[-1:]
    code = f"U+{ord(found[0][0]):04X}" if found[0] else ""
    return {"ord": " ".join(found[0].split()), "efter": "".join(before), "tecken": code}
