"""What words are called: the groups of words in ``catalogue/påståenden``, and where in a clause
they stand.

A group holds words, which are known in all their forms, words that a compound may end or begin
with, and several words after one another. Patterns speak of groups only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from insatskoll.law.claims.words import Word

EXACT = "="  # before a word that is known in this form only
_SHORTEST = 3  # letters that a compound has besides its last or first part
_MOST = 50_000  # words whose groups are remembered
_LONGEST = 40  # letters of a word that is looked at as a compound


class Mark(NamedTuple):
    """The group (its bit) that the words ``first`` to ``last`` of a clause belong to."""

    group: int
    first: int
    last: int


@dataclass(frozen=True)
class Vocabulary:
    """Which groups words belong to, as bits.

    ``names`` are the groups' bits; ``single`` the groups of a word by its form; ``several`` those
    of words after one another, by the first form: the forms of each of the others; ``endings`` and
    ``beginnings`` those of a compound, and ``never`` those that a word does not belong to all the
    same.
    """

    names: Mapping[str, int]
    single: Mapping[str, int]
    several: Mapping[str, Sequence[tuple[Sequence[Sequence[str]], int]]]
    endings: Mapping[str, int] = field(default_factory=dict)
    beginnings: Mapping[str, int] = field(default_factory=dict)
    never: Mapping[str, int] = field(default_factory=dict)
    # The groups of words that have been asked for.
    _known: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    def marks(self, words: Sequence[Word]) -> Iterator[Mark]:
        """What the words of a clause are called, in their order."""
        for at, word in enumerate(words):
            groups = self._known.get(word.form)
            if groups is None:
                groups = self.groups(word.form)
                if len(self._known) < _MOST:
                    self._known[word.form] = groups
            if groups:
                yield Mark(groups, at, at)
            for others, several in self.several.get(word.form, ()):
                last = at + len(others)
                if last < len(words) and all(
                    words[at + 1 + n].form in forms for n, forms in enumerate(others)
                ):
                    yield Mark(several, at, last)

    def groups(self, form: str) -> int:
        """The groups of a word: its own, and those of the longest last part and the longest first
        part that are known, if it may be a compound."""
        found = self.single.get(form, 0)
        if _SHORTEST < len(form) <= _LONGEST:
            for at in range(_SHORTEST, len(form) - 1):
                if (groups := self.endings.get(form[at:])) is not None:
                    found |= groups
                    break
            for at in range(len(form) - 1, _SHORTEST - 1, -1):
                if (groups := self.beginnings.get(form[:at])) is not None:
                    found |= groups
                    break
        return found & ~self.never.get(form, 0)


def built(data: Any) -> Vocabulary:
    """The vocabulary out of plain data, as :func:`plain` gives them."""
    return Vocabulary(
        {name: 1 << number for number, name in enumerate(data["names"])},
        data["single"],
        data["several"],
        data["endings"],
        data["beginnings"],
        data["never"],
    )


def plain(
    groups: Mapping[str, Mapping[str, Any]], forms: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """The vocabulary of ``groups`` (as a file has them, by name) as plain data; ``forms`` are the
    other forms of each word."""
    single: dict[str, int] = {}
    endings: dict[str, int] = {}
    beginnings: dict[str, int] = {}
    never: dict[str, int] = {}
    several: dict[str, list[Any]] = {}
    for number, group in enumerate(groups.values()):
        bit = 1 << number
        for text in group.get("ord", ()):
            first, *others = (sorted(every_form(word, forms)) for word in text.casefold().split())
            for form in first:
                if others:
                    several.setdefault(form, []).append([others, bit])
                else:
                    single[form] = single.get(form, 0) | bit
        for kind, known in (("slutar_på", endings), ("börjar_på", beginnings), ("utom", never)):
            for text in group.get(kind, ()):
                for form in every_form(text.casefold(), forms):
                    known[form] = known.get(form, 0) | bit
    return {
        "names": list(groups),
        "single": single,
        "several": several,
        "endings": endings,
        "beginnings": beginnings,
        "never": never,
    }


def every_form(word: str, forms: Mapping[str, Sequence[str]]) -> set[str]:
    """The forms of one word of a group, with itself."""
    if word.startswith(EXACT):
        return {word.removeprefix(EXACT)}
    return {word, *forms.get(word, ())}


def words_of(groups: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Every single word of ``groups`` whose forms are to be found, in small letters."""
    for group in groups.values():
        for kind in ("ord", "slutar_på", "börjar_på", "utom"):
            for text in group.get(kind, ()):
                yield from (word for word in text.casefold().split() if not word.startswith(EXACT))
