"""What words are called: the groups of words in ``catalogue/påståenden``, and where in a clause
they stand.

A group holds words, which are known in all their forms, words that a compound may end or begin
with, and several words after one another. Patterns speak of groups only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, NamedTuple

from insatskoll.law.claims import figures
from insatskoll.law.claims.words import Word
from insatskoll.values import immutable

EXACT = "="  # before a word that is known in this form only
FIGURE = "#"  # instead of a word: any number above zero, in figures or words
_APART = EXACT + FIGURE  # what begins a word that has no other forms
_SHORTEST = 3  # letters that a compound has besides its last or first part
_MOST = 50_000  # words whose groups are remembered
_PARTS = ("slutar_på", "börjar_på", "utom")  # of a group, besides its words
_LONGEST = 40  # letters of a word that is looked at as a compound
_ZEROS = frozenset("0.,: \u00a0")  # what zero is written with


# What each of the words after the first may be, and the set that the words belong to.
_Several = tuple[Sequence[int], int]


class Mark(NamedTuple):
    """The group (its bit) that the words ``first`` to ``last`` of a clause belong to."""

    group: int
    first: int
    last: int


@immutable
class Vocabulary:
    """Which groups words belong to.

    ``names`` are the groups' bits, and ``sets`` the sets of groups, as bits: what words belong to
    is told by the number of such a set. ``single`` is that of a word by its form; ``several`` of
    words after one another, by the first form: the numbers in ``forms`` of what each of the others
    may be. ``endings`` and ``beginnings`` are those of a compound, and ``never`` of what a word
    does not belong to all the same.
    """

    names: Mapping[str, int]
    sets: Sequence[int]
    forms: Sequence[frozenset[str]]
    single: Mapping[str, int]
    several: Mapping[str, Sequence[_Several]]
    endings: Mapping[str, int]
    beginnings: Mapping[str, int]
    never: Mapping[str, int]
    # The groups of words that have been asked for.
    _known: dict[str, int] = field(default_factory=dict, repr=False, compare=False)
    _seconds: dict[str, dict[str, list[_Several]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def marks(self, words: Sequence[Word]) -> Iterator[Mark]:
        """What the words of a clause are called, in their order."""
        for at, word in enumerate(words):
            for form in _read_as(word.form):
                groups = self._known.get(form)
                if groups is None:
                    groups = self.groups(form)
                    if len(self._known) < _MOST:
                        self._known[form] = groups
                if groups:
                    yield Mark(groups, at, at)
                if form in self.several and at + 1 < len(words):
                    yield from self._after(form, words, at)

    def _after(self, form: str, words: Sequence[Word], at: int) -> Iterator[Mark]:
        """What the word at ``at`` (``form``) is called together with those after it. Most end at
        the next."""
        beginning = self._beginning(form)
        for second in _read_as(words[at + 1].form):
            for others, several in beginning.get(second, ()):
                last = at + len(others)
                if last < len(words) and not any(
                    self.forms[one].isdisjoint(_read_as(words[at + 1 + n].form))
                    for n, one in enumerate(others)
                ):
                    yield Mark(self.sets[several], at, last)

    def _beginning(self, form: str) -> Mapping[str, Sequence[_Several]]:
        """The words after one another that begin with ``form``, by the form of the second."""
        found = self._seconds.get(form)
        if found is None:
            by_second: dict[str, list[_Several]] = {}
            for several in self.several[form]:
                for second in self.forms[several[0][0]]:
                    by_second.setdefault(second, []).append(several)
            found = self._seconds[form] = by_second
        return found

    def groups(self, form: str) -> int:
        """The groups of a word: its own, and those of the longest last part and the longest first
        part that are known, if it may be a compound."""
        found = self.sets[self.single.get(form, 0)]
        if _SHORTEST < len(form) <= _LONGEST:
            for at in range(_SHORTEST, len(form) - 1):
                if (number := self.endings.get(form[at:])) is not None:
                    found |= self.sets[number]
                    break
            for at in range(len(form) - 1, _SHORTEST - 1, -1):
                if (number := self.beginnings.get(form[:at])) is not None:
                    found |= self.sets[number]
                    break
        return found & ~self.sets[self.never.get(form, 0)]


def _read_as(form: str) -> tuple[str, ...]:
    """A word, and that it is a figure above zero if it is written with one."""
    if form[0] <= "9" and not _ZEROS.issuperset(form):
        return (form, FIGURE)
    return (form,)


def built(data: Any) -> Vocabulary:
    """The vocabulary out of plain data, as :func:`plain` gives them."""
    forms = [frozenset(told.split()) for told in data["forms"]]
    several: dict[str, list[_Several]] = {}
    for (first, *others), number in data["several"]:
        for form in forms[first]:
            several.setdefault(form, []).append((others, number))
    return Vocabulary(
        {name: 1 << number for number, name in enumerate(data["names"])},
        [sum(1 << number for number in numbers) for numbers in data["sets"]],
        forms,
        _by_form(data["single"]),
        several,
        _by_form(data["endings"]),
        _by_form(data["beginnings"]),
        _by_form(data["never"]),
    )


def _by_form(told: Sequence[tuple[str, int]]) -> dict[str, int]:
    """The number of each form, out of the forms that have a number in common."""
    found: dict[str, int] = {}
    for forms, number in told:
        found |= dict.fromkeys(forms.split(), number)
    return found


def plain(
    groups: Mapping[str, Mapping[str, Any]], forms: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """The vocabulary of ``groups`` (as a file has them, by name) as plain data; ``forms`` are the
    other forms of each word. What many words have in common stands once."""
    words: dict[str, dict[str, list[int]]] = {kind: {} for kind in ("ord", *_PARTS)}
    several: list[tuple[list[int], int]] = []
    alike: dict[str, int] = {}
    for number, group in enumerate(groups.values()):
        for text in group.get("ord", ()):
            told = [sorted(every_form(word, forms)) for word in text.casefold().split()]
            if len(told) > 1:
                several.append(
                    ([alike.setdefault(" ".join(one), len(alike)) for one in told], number)
                )
                continue
            for form in told[0]:
                words["ord"].setdefault(form, []).append(number)
        for kind in _PARTS:
            for text in group.get(kind, ()):
                for form in every_form(text.casefold(), forms):
                    words[kind].setdefault(form, []).append(number)
    sets: dict[tuple[int, ...], int] = {(): 0}

    def number_of(numbers: list[int]) -> int:
        return sets.setdefault(tuple(sorted(set(numbers))), len(sets))

    known: dict[str, list[tuple[str, int]]] = {}
    for kind, by_form in words.items():
        together: dict[int, list[str]] = {}
        for form, numbers in by_form.items():
            together.setdefault(number_of(numbers), []).append(form)
        known[kind] = [(" ".join(found), number) for number, found in together.items()]
    return {
        "names": list(groups), "single": known["ord"], "endings": known["slutar_på"],
        "beginnings": known["börjar_på"], "never": known["utom"], "forms": list(alike),
        "several": [(words, number_of([number])) for words, number in several],
        "sets": list(sets),
    }  # fmt: skip


def every_form(word: str, forms: Mapping[str, Sequence[str]]) -> set[str]:
    """The forms of one word of a group, with itself."""
    if word == FIGURE:
        return {FIGURE, *figures.above_zero()}
    if word.startswith(EXACT):
        return {word.removeprefix(EXACT)}
    return {word, *forms.get(word, ())}


def words_of(groups: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Every single word of ``groups`` whose forms are to be found, in small letters."""
    for group in groups.values():
        for kind in ("ord", *_PARTS):
            for text in group.get(kind, ()):
                yield from (
                    word for word in text.casefold().split() if word[0] not in EXACT + FIGURE
                )
