"""Reads the provisions of socialtjänstlagen that a text cites, and what it says that they are
about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from insatskoll.law import acts
from insatskoll.law.claims import citations
from insatskoll.law.claims.citations import OURS, REPEALED, Cited
from insatskoll.law.claims.said import Said
from insatskoll.patterns import later
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.law.claims.patterns import Marked
    from insatskoll.law.claims.sources import Knowledge
    from insatskoll.law.claims.words import Sentence

KIND = "lagrum"
TOPIC = "ämne: "  # before what provisions are about in a group's name
BEFORE_NOW = "det som gällde förut"
GROUPS = frozenset({BEFORE_NOW})

_NOT = later(
    r"(?:\b(?:inte|ej|aldrig)(?:[ \n](?!enligt|med|i\b)[^\W\d_]+){0,2}|"
    r"\b(?:i stället för|snarare än|utöver|förutom|vid sidan av|trots)(?:[ \n][^\W\d_]+){0,2}|"
    r"(?:[,(]|och|men)[ \n]inte[ \n]enligt)"
    r"[ \n]*$"
)
_NOT_IN_FORCE = later(
    r"(?:\s+(?:i\s+)?(?:SoL|socialtjänstlagen))?\s*"
    r"(?:gäller|tillämpas|är|omfattar|avser)\s+(?:alltså\s+|därför\s+|dock\s+)?(?:inte|bara)\b"
)
# What stands before “enligt” where the provision is that which an insats rests on.
_RESTS_ON = later(
    r"\b(?:(?:insats\w*|stöd\w*|hjälp\w*|verksamhet\w*)\s+|"
    r"(?:ges|ge|ger|erbjud\w*|tillhandahåll\w*|bedrivs|utförs|genomförs)\s+(?:\w+\s+)?)"
    r"(?:enligt|med stöd av|utifrån|som avses i|i)\s+"
    r"(?:(?:SoL|socialtjänstlagen)\s+)?$",
    re.IGNORECASE,
)
# The same, where it is the insats itself, and not somebody who has another.
_INSATS_RESTS_ON = re.compile(
    r"(?:^|\batt ge )"
    r"(?:(?:den här|denna|detta|det här|hela)\s+)?"
    r"\w*(?:insats|stöd|hjälp|samtal|verksamhet|grupp|träff|rådgivning|kurs|behandling)\w*\s+"
    r"(?:(?:ges|erbjuds|tillhandahålls|bedrivs|utförs|genomförs|ingår|sker)\s+"
    r"(?:(?:utan (?:individuell )?behovsprövning|av kommunen|av (?:social)?nämnden)\s+)?"
    r"(?:enligt|med stöd av|utifrån|i enlighet med)|"
    r"(?:vilar|grundar sig|grundas|bygger|stöder sig)\s+på)\s+"
    r"(?:bestämmelsen i\s+)?(?:(?:SoL|socialtjänstlagen)\s+)?$",
    re.IGNORECASE,
)
_GOES_BEFORE = "· "  # stands for the beginning of a long sentence
_NEAR = 40  # characters in which a provision is negated


def read(sentence: Sentence, marked: Marked, known: Knowledge, text: str) -> Iterator[Said]:
    """The provisions of socialtjänstlagen, or of those that it replaced, that a sentence cites, and
    the numbers of the latter."""
    found = citations.cited(text)
    numbers = citations.repealed(text)
    if not found and not numbers:
        return
    start, end = sentence.clauses[0].words[0].start, sentence.clauses[-1].words[-1].end
    own = _between(found, start, end)
    if marked.groups & known.vocabulary.names[BEFORE_NOW]:
        return
    if own:
        told = _Told(text, start, end, own, _topics(sentence, marked, known))
        for index, one in enumerate(own):
            if one.act in (OURS, REPEALED):
                yield told.claim(index)
    yield from _by_number(numbers, start, end, own, text)


def _between(found: Sequence[Cited], start: int, end: int) -> Sequence[Cited]:
    """Those cited within the characters ``start`` to ``end``."""
    first, last = (bisect_left(found, at, key=_begins) for at in (start, end))
    return found[first:last]


def _begins(one: Cited | _Topic) -> int:
    return one.start


def _by_number(
    numbers: Sequence[tuple[int, int]], start: int, end: int, own: Sequence[Cited], text: str
) -> Iterator[Said]:
    """The repealed acts that are named by their numbers with no provision of theirs."""
    if any(one.act == REPEALED for one in own):
        return
    for first, last in numbers:
        if start <= last and first < end:
            yield Said(KIND, {"lag": REPEALED}, first, last, " ".join(text[first:last].split()))


@immutable
class _Topic:
    """Something that provisions are about, and the words that say so."""

    name: str
    start: int
    end: int


def _topics(sentence: Sentence, marked: Marked, known: Knowledge) -> list[_Topic]:
    """What a sentence speaks of that provisions are about, in order; not a word within several that
    say something else: “behovsprövning” within “utan behovsprövning”."""
    names = {
        bit: name.removeprefix(TOPIC)
        for name, bit in known.vocabulary.names.items()
        if name.startswith(TOPIC)
    }
    every = sum(names)
    found: list[_Topic] = []
    for clause, marks in zip(sentence.clauses, marked.clauses, strict=True):
        own = sorted(
            (one.mark for one in marks if one.mark.group & every),
            key=lambda mark: (mark.first, -mark.last),
        )
        reached = (-1, -1)
        for mark in own:
            if mark.last <= reached[1] and (mark.first, mark.last) != reached:
                continue
            reached = (mark.first, mark.last)
            place = clause.words[mark.first].start, clause.words[mark.last].end
            found += [_Topic(name, *place) for bit, name in names.items() if mark.group & bit]
    return found


@immutable
class _Told:
    """What a sentence, at ``start`` to ``end``, cites and speaks of."""

    text: str
    start: int
    end: int
    cited: Sequence[Cited]
    topics: Sequence[_Topic]

    @cached_property
    def chains(self) -> dict[int, set[acts.Provision]]:
        """The provisions that are cited together."""
        found: dict[int, set[acts.Provision]] = {}
        for one in self.cited:
            found.setdefault(one.chain, set()).add(one.provision)
        return found

    @cached_property
    def names(self) -> set[str]:
        """All that the sentence speaks of."""
        return {topic.name for topic in self.topics}

    def claim(self, index: int) -> Said:
        """What is claimed by what is cited at ``index``."""
        one = self.cited[index]
        values: dict[str, object] = {
            "lag": one.act,
            "lagrum": one.provision.written,
            "utsagd": "ja" if one.named else "nej",
        }
        sure = one.act == OURS and (one.named or not one.provision.letter)
        if sure and (lacking := acts.act().lacks(one.provision, one.point)) is not None:
            values["saknas"] = lacking
        if self._rests_on(index):
            values["vilar_på"] = "ja"
        if topics := self._about(index):
            values["ämnen"] = topics
        if others := self.names.difference(topics):
            values["andra_ämnen"] = sorted(others)
        words = " ".join(self.text[one.start : one.end].split())
        return Said(KIND, values, one.start, one.end, words, self._negated(one))

    def _rests_on(self, index: int) -> bool:
        """Whether the text says that the insats rests on a provision, and on no other with it."""
        one = self.cited[index]
        begin = max(self.start, one.start - 4 * _NEAR)
        before = ("" if begin == self.start else _GOES_BEFORE) + self.text[begin : one.start]
        return len(self.chains[one.chain]) == 1 and _INSATS_RESTS_ON.search(before) is not None

    def _about(self, index: int) -> list[str]:
        """What the sentence says that a provision is about: what it speaks of before it, after the
        one before, else what it speaks of after it. Nothing if others are cited with it."""
        one = self.cited[index]
        if len(self.chains[one.chain]) > 1:
            return []
        before = self.cited[index - 1].end if index else self.start
        after = self.cited[index + 1].start if index + 1 < len(self.cited) else self.end
        found = self._within(before, one.start)
        rests_on = _RESTS_ON.search(self.text[max(before, one.start - 2 * _NEAR) : one.start])
        if rests_on is not None:
            subjects = acts.act().subjects
            return [name for name in found if subjects[name].insats]
        if not found and one.start - self.start <= _NEAR:
            return self._within(one.end, after)
        return found

    def _within(self, start: int, end: int) -> list[str]:
        first, last = (bisect_left(self.topics, at, key=_begins) for at in (start, end))
        return sorted({one.name for one in self.topics[first:last]})

    def _negated(self, one: Cited) -> bool:
        """Whether the text says that the provision is not what it speaks of."""
        before = self.text[max(self.start, one.start - _NEAR) : one.start]
        after = self.text[one.end : one.end + _NEAR]
        return bool(_NOT.search(before) or _NOT_IN_FORCE.match(after))
