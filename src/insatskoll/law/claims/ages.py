"""Reads the ages that a text tells: how old, whose, and in what connection.

A figure is an age where a word says so (åring, ålder, fyllt), or where somebody is whose it can
be, and nothing says that it is a time that passes.
"""

# ruff: noqa: SIM905 - a list of words reads better as a text
from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from insatskoll.law.claims import words
from insatskoll.law.claims.figures import number
from insatskoll.law.claims.patterns import TURNED, Marked, negated
from insatskoll.law.claims.said import Said
from insatskoll.law.claims.sources import Knowledge
from insatskoll.law.claims.vocabulary import Mark
from insatskoll.law.claims.words import Sentence, Word
from insatskoll.values import immutable

KIND = "ålder"
CHILD, PARENT, GROWN, PERSON, STAFF = (
    "åldern barn har", "åldern föräldrar har", "åldern vuxna har", "åldern någon har", "personalen",
)  # fmt: skip
CONSENT, COST, ABOUT = "ord om samtycke", "ord om kostnad", "ungefär"
GROUPS = frozenset({CHILD, PARENT, GROWN, PERSON, STAFF, CONSENT, COST, ABOUT})

_OLDEST = 110
_YEARS = frozenset("år åring åringar åringarna åringen åringars årsåldern".split())
_SURE = _YEARS - {"år"}  # that are of nothing but an age
_MONTHS = frozenset("månad månader månaders mån".split())
_OLD = frozenset("åriga årig årigt".split())  # of somebody, or of something that goes on
_AGE = frozenset(
    "ålder åldern åldrar åldrarna åldersgrupp åldersgruppen åldersgräns åldersgränsen".split()
)
_LEAST = frozenset("från minst lägst över fyllt fyller fylla äldre tidigast".split())
_UNDER = frozenset("under yngre innan".split())
# After a figure that tells nothing else than an age, where a word that bounds one is before it.
_GOES_ON = frozenset(
    "får kan ska skall måste krävs behövs behöver räcker samtycker deltar är har inhämtas gäller "
    "samtycke utan med själva själv bestämmer den du".split()
)
_IS = frozenset(("är", "vara"))
_NO = frozenset(("inte", "ej"))
_MOST = frozenset("till högst max maximalt längst".split())
_BETWEEN = frozenset("mellan åldrarna åldern".split())
_JOINS = frozenset("till och eller".split())
_OR_MORE = frozenset("uppåt plus plussare plussarna plussares".split())
_UP, _DOWN = frozenset("uppåt äldre över".split()) | _OR_MORE, frozenset("nedåt yngre".split())
_LASTS = _LEAST - frozenset("från fyllt fyller fylla äldre tidigast".split())
_SO_LONG = frozenset("i sedan under på inom efter om per".split())
# What somebody has done for so long: a figure after it is of an age only if “är” is between.
_DONE = frozenset(
    "varit haft bott levt pågått gått väntat stått arbetat jobbat saknat lidit missbrukat "
    "studerat funnits känt vistats druckit använt blivit vårdat".split()
)
_NEAR_BY = 12  # words before a figure that tell what it is of
_ARE = frozenset("är vara ska fyllt fyller åldern åldrarna".split())
# Signs before a figure.
_SIGNED = {">": "över", "<": "under", "≥": "minst", "≤": "högst", ">=": "minst", "<=": "högst"}
# Before a figure that tells how long something lasts, or after it.
_TIME_BEFORE = frozenset(
    "i inom efter om per varje senaste pågår varar tar första cirka ungefär ca på varannat".split()
)
_TIME_AFTER = frozenset(
    "efter lång långt långa senare framåt sedan tillbaka per av tid därefter innan före".split()
)
# Beside figures without a unit that tell of hours.
_HOURS = frozenset(
    "kl klockan måndag måndagar tisdag tisdagar onsdag onsdagar torsdag torsdagar fredag fredagar "
    "lördag lördagar söndag söndagar vardag vardagar helg helger dagligen öppet öppen öppettid "
    "öppettider telefontid telefontider".split()
)
_DASHES = frozenset("-–—")
_GRADES, _LAST_GRADE = frozenset("årskurs årskurser årskurserna åk".split()), 9
# That an age is told of all the same: of those whom a relative is a relative to.
_FRAMES = TURNED | {"de närmaste"}


# Between two bounds of an age, and how many of them a clause begins with.
_AND_ALSO = frozenset("men och samt dock är har inte ännu ej som vara".split())
_GOING_ON = 4
_AND = frozenset({"och", "eller", "samt", "respektive"})


class _Span(NamedTuple):
    """The words ``first`` to ``last`` tell an age: from and to, in ``unit``, ``sure`` if they can
    tell nothing else."""

    since: float | None
    until: float | None
    unit: str
    first: int
    last: int
    sure: bool


def read(sentence: Sentence, marked: Marked, known: Knowledge, text: str) -> Iterator[Said]:
    """The ages that a sentence tells: those that are bounded on both sides by two of them, as
    “minst 13 men högst 17 år”, as one."""
    found: list[Said] = []
    for one in _each(sentence, marked, known, text):
        both = _bounded_by(found[-1], one, text) if found else None
        found = [*found[:-1], both] if both is not None else [*found, one]
    yield from found


def has_lasted(text: str, at: int) -> bool:
    """Whether the figure that stands at ``at`` tells for how many years something has gone on."""
    for sentence in words.sentences(text):
        for clause in sentence.clauses:
            for index, word in enumerate(clause.words):
                if word.start == at:
                    return _Reading(clause.words, text).lasts(index)
    return False


def _bounded_by(one: Said, other: Said, text: str) -> Said | None:
    """An age that one claim bounds on one side and the next on the other."""
    bounds = [[key for key in ("från", "till") if key in said.values] for said in (one, other)]
    if sorted(bounds) != [["från"], ["till"]] or one.negated or other.negated:
        return None
    values = {**other.values, **one.values}
    between = text[one.end : other.start].casefold().replace(",", " ").split()
    if values["från"] > values["till"] or not _AND_ALSO.issuperset(between):
        return None
    if one.values["enhet"] != other.values["enhet"]:
        return None
    told = " ".join(text[one.start : other.end].split())
    return replace(one, values=values, end=other.end, words=told)


def _each(sentence: Sentence, marked: Marked, known: Knowledge, text: str) -> Iterator[Said]:
    """The ages that a sentence tells, each with what bounds it."""
    groups = {name: known.vocabulary.names[name] for name in GROUPS}
    open_ended: _Span | None = None  # that the clause before ends with
    for at, clause in enumerate(sentence.clauses):
        who = _People(marked, at, groups)
        done, before, open_ended = -1, open_ended, None
        for index, word in enumerate(clause.words):
            if index <= done or not _may_begin(word.form):
                continue
            span = _Reading(clause.words, text).joined(index)
            if span is None or not (
                span.sure
                or who.near(span)
                or who.meant(clause.words[span.last])
                or who.are(span, clause.words)
                or (span.first <= _GOING_ON and _closes(before, span))
            ):
                continue
            done = span.last
            open_ended = span if span.last + 1 == len(clause.words) else None
            frames = marked.frames_at(at, span.first)
            if not frames <= _FRAMES:
                continue
            start, end = clause.words[span.first].start, clause.words[span.last].end
            values = _bounds(span) | {"vem": who.whose(span), "om": who.about()}
            if clause.words[span.first].form in _GRADES or who.loosely:
                values["ungefär"] = "ja"
            told = " ".join(text[start:end].split())
            turned = negated(frames) and clause.words[span.first].form not in _NO
            yield Said(KIND, values, start, end, told, turned)


def _closes(before: _Span | None, span: _Span) -> bool:
    """Whether an age is the other bound of the one ``before``."""
    if before is None:
        return False
    return (before.since is None) != (before.until is None) and (
        (before.since is None) == (span.until is None)
        and (span.since is None) != (span.until is None)
    )


def _goes_on(span: _Span, other: _Span) -> bool:
    """Whether an age with both bounds goes on in another."""
    if None in (span.since, span.until, other.since, other.until):
        return False
    assert span.until is not None and other.since is not None and other.until is not None
    later = span.until <= other.until and other.since <= span.until + 1
    return later and span.unit == other.unit


def _may_begin(form: str) -> bool:
    """Whether an age may begin with a word: a figure, or sjuåring."""
    return number(form) is not None or _of_that_age(form) is not None


def _of_that_age(form: str) -> float | None:
    """The age of somebody who is called after it: sjuåring."""
    before, called, after = form.partition("åring")
    return number(before) if called and after in ("", "en", "ar", "arna", "ars", "s") else None


def _bounds(span: _Span) -> dict[str, object]:
    found: dict[str, object] = {"enhet": span.unit}
    if span.since is not None:
        found["från"] = int(span.since)
    if span.until is not None:
        found["till"] = int(span.until)
    return found


@immutable
class _Reading:
    """The words of a clause, and the text that they are cut from."""

    words: Sequence[Word]
    text: str

    def form(self, index: int) -> str:
        return self.words[index].form if 0 <= index < len(self.words) else ""

    def between(self, index: int) -> str:
        """What is written between the word at ``index`` and the next."""
        if index + 1 >= len(self.words):
            end = self.words[index].end
            return self.text[end : end + 1]
        return self.text[self.words[index].end : self.words[index + 1].start]

    def joined(self, index: int) -> _Span | None:
        """The age that the figure at ``index`` begins, with another that goes on where it ends:
        7–9 år och 10–12 år, årskurs 4–6 och 7–9."""
        span = self.span(index)
        while span is not None and self.form(span.last + 1) in _AND:
            at = span.last + 2
            if number(self.form(at)) is None:
                return span
            graded = self.form(index - 1) in _GRADES
            other = self._grade(at, number(self.form(at)) or 0) if graded else self.span(at)
            if other is None or not _goes_on(span, other):
                return span
            sure = span.sure or other.sure
            span = _Span(span.since, other.until, other.unit, span.first, other.last, sure)
        return span

    def span(self, index: int) -> _Span | None:
        """The age that the figure at ``index`` begins, if it may be one."""
        called = _of_that_age(self.form(index))
        if called is not None:
            return _Span(called, called, "år", index, index, sure=True)
        low = number(self.form(index))
        assert low is not None
        if self.form(index - 1) in _GRADES:
            return self._grade(index, low)
        first_unit, at = self._unit(index)
        high, end = self._second(at, low)
        unit, last = (first_unit, at) if high is None else self._unit(end)
        if high is None and first_unit == "" and "+" in self.between(index)[:1]:
            unit = "år"
        if not 0 <= low <= _OLDEST * 12 or (high is not None and not low <= high):
            return None
        return self._bounded(index, low, high, unit, last, first_unit)

    def _grade(self, index: int, low: float) -> _Span | None:
        """The age of those who go in the grades that begin with the figure at ``index``."""
        high, end = self._second(index, low)
        last = low if high is None else high
        if not 1 <= low <= last <= _LAST_GRADE:
            return None
        return _Span(low + 6, last + 7, "år", index - 1, index if high is None else end, sure=True)

    def _unit(self, index: int) -> tuple[str, int]:
        """The unit after the figure at ``index``, and the last word of it."""
        following = self.form(index + 1)
        if following == "års" and self.form(index + 2) in _AGE:
            return "årsåldern", index + 2
        if following in _YEARS | _OLD:
            return following, index + 1
        return ("månader", index + 1) if following in _MONTHS else ("", index)

    def _second(self, index: int, low: float) -> tuple[float | None, int]:
        """The figure that a span ends with, after the word at ``index``, and its place."""
        if self._dash(index):
            return number(self.form(index + 1)), index + 1
        at = index + 1
        if self.form(at) not in _JOINS:
            return None, index
        if self.form(at) == "till" and self.form(at + 1) == "och" and self.form(at + 2) == "med":
            at += 2
        high = number(self.form(at + 1))
        return (high, at + 1) if high is not None and high > low else (None, index)

    def _dash(self, index: int) -> bool:
        """Whether a dash stands after the word at ``index``."""
        return self.between(index).strip() in _DASHES

    def _bounded(
        self, index: int, low: float, high: float | None, unit: str, last: int, first_unit: str
    ) -> _Span | None:
        before, one_more = self.form(index - 1), self.form(index - 2)
        unit = unit or first_unit
        if self._is_time(index, last, unit):
            return None
        told = unit in _SURE or before in _AGE or "fyll" in before or one_more in _AGE
        told_in = "månader" if unit == "månader" else "år"
        suffix = self._suffix(last)
        if high is not None and not (unit or told or before == "mellan" or self._dash(index)):
            return None  # 3 och 4 §§
        if high is not None:
            first = index - (before in _BETWEEN | {"från"})
            sure = told or (unit == "år" and before == "mellan")
            return _Span(low, high, told_in, first, last, sure)
        if suffix or self.text[self.words[last].end : self.words[last].end + 1] == "+":
            up = suffix is None or self.form(suffix) in _UP
            end = last if suffix is None else suffix
            called = self.form(last + 1) in _OR_MORE - {"uppåt", "plus"}  # 65-plussare
            sure = called or unit != "" or "+" in self.between(last)[:1]
            return _Span(low if up else None, None if up else low, told_in, index, end, sure)
        return self._one_bound(index, low, unit, last, told=told)

    def _one_bound(
        self, index: int, low: float, unit: str, last: int, *, told: bool
    ) -> _Span | None:
        before, told_in = self.form(index - 1), "månader" if unit == "månader" else "år"
        at, sign = index - 1, self._sign(index)
        if sign in _SIGNED:
            at, before = index, _SIGNED[sign]
        elif sign in _DASHES:
            return None  # -18 år: till 18, or a point of a list
        elif self._is_open(index):
            return _Span(low, None, told_in, index, last, told)
        elif before in _NO and self.form(index - 2) == "men":
            return _Span(None, low - 1, told_in, at, last, told)
        elif before in ("än", "med", "till", "har", "är") and index > 1:
            at, before = self._bounding(index)
        first = max(at, 0)
        if before in _UNDER or self._not_yet(at):
            return _Span(None, low - 1, told_in, first, last, told)
        if before in _MOST:
            return _Span(None, low, told_in, first, last, told)
        if before in _LEAST:
            return _Span(low, None, told_in, first, last, told)
        if not (unit or told):
            return None
        return _Span(low, low, told_in, index, last, told or self.form(last + 1) == "gammal")

    def _sign(self, index: int) -> str:
        """The sign that is written before the figure at ``index``, close to it if a dash."""
        start = self.words[index].start
        before = self.text[max(0, start - 3) : start]
        sign = before.rstrip()[-2:].strip()
        if sign[-1:] in _DASHES:
            return sign[-1:] if before == before.rstrip() and not before[-2:-1].strip() else ""
        return sign if sign in _SIGNED else sign[-1:]

    def _is_open(self, index: int) -> bool:
        """Whether the figure at ``index`` has a dash after it, and no other figure: 18- år."""
        between = self.between(index)
        return between.strip() in _DASHES and between[-1:] == " " and self.form(index + 1) == "år"

    def _bounding(self, index: int) -> tuple[int, str]:
        """The word that bounds the figure at ``index``, over another: äldre än, till och med."""
        words = [self.form(index - n) for n in (1, 2, 3, 4)]
        if words[0] == "än":
            return index - 2, words[1]
        if words[:2] == ["med", "och"]:
            return index - 3, "från" if words[2] == "från" else "till"
        if words[0] == "till" and words[1] in ("upp", "fram", "ända"):
            return index - 2, "till"
        return index - 1, words[0]

    def _not_yet(self, at: int) -> bool:
        """Whether the word at ``at`` is of an age that is not reached: inte fyllt."""
        return "fyll" in self.form(at) and any(
            self.form(at - n) in ("inte", "ej", "ännu", "innan", "förrän") for n in (1, 2, 3)
        )

    def _suffix(self, last: int) -> int | None:
        """The word that says ”and above” or ”and below” after the word at ``last``."""
        if self.form(last + 1) in ("och", "eller") and self.form(last + 2) in _UP | _DOWN:
            return last + 2
        return last + 1 if self.form(last + 1) in _OR_MORE else None

    def _is_time(self, index: int, last: int, unit: str) -> bool:
        """Whether the figure is of something else than an age, as far as words beside it tell."""
        if unit in _SURE:
            return False
        if unit in ("år", "månader") and self.lasts(index):
            return True
        before, after = self.form(index - 1), self.form(last + 1)
        if self._had_once(index):
            return True
        if unit == "":
            beside = (*range(index - 3, index), last + 1, last + 2)
            if any(self.form(at) in _HOURS for at in beside):
                return True
            bounded = before in _UNDER | _LEAST or self._bounding(index)[1] in _UNDER | _LEAST
            if bounded and after in _GOES_ON:
                return False
            return bool(after) and after not in _UP | _DOWN | _JOINS and not after.isdigit()
        return before in _TIME_BEFORE or after in _TIME_AFTER

    def lasts(self, index: int) -> bool:
        """Whether the years at ``index`` are those that something has gone on for: i minst 2 år,
        arbetslös mer än ett år; not those of barn på minst 6 månader."""
        at, bound = self._bounding(index)
        bounded = bound in _LASTS | _MOST | _UNDER | {"mer", "mindre", "upp"}
        of_somebody = self.form(at - 1) == "på" and self.form(index + 1) in _MONTHS
        if bounded and self.form(at - 1) in _SO_LONG and not of_somebody:
            return True
        if bound in _UNDER and self.form(index - 1) == bound:
            return False
        before = [self.form(n) for n in range(max(0, index - _NEAR_BY), index)]
        told = next((form for form in reversed(before) if form in _DONE | _ARE), "")
        return told in _DONE and (bounded or bound not in _LEAST) and not self._dash(index)

    def _had_once(self, index: int) -> bool:
        """Whether the figure at ``index`` is of the age that somebody had: när de var under 15."""
        first = index - 1 if index and self._dash(index - 1) else index
        before = self.form(first - 1)
        bounding = before in _UNDER | _LEAST | _MOST | _BETWEEN
        return (self.form(first - 2) if bounding else before) == "var"


class _People:
    """The people whom a clause, or its sentence, speaks of."""

    def __init__(self, marked: Marked, at: int, groups: dict[str, int]) -> None:
        self.marked, self.groups = marked, groups
        self.everyone = 0
        for name in (CHILD, PARENT, GROWN, PERSON, STAFF):
            self.everyone |= groups[name]
        self.marks = self._of(at)
        if at and (not self.marks or (marked.after(at) == "som" and self.marks[0].first > 1)):
            # “dig som är …”, “barn (…)”: the last whom the clause before speaks of
            before = [mark._replace(first=-1, last=-1) for mark in self._of(at - 1)[-1:]]
            self.marks = before + self.marks
        # Looked up, as a clause may have many ages: where they begin and end, in order, and where
        # the first parent stands.
        self.firsts = [mark.first for mark in self.marks]
        self.lasts = sorted(mark.last for mark in self.marks)
        self.loosely = any(one.mark.group & groups[ABOUT] for one in marked.clauses[at])
        parents = (mark.first for mark in self.marks if mark.group & groups[PARENT])
        self.parent = next(parents, sys.maxsize)

    def _of(self, at: int) -> list[Mark]:
        return [one.mark for one in self.marked.clauses[at] if one.mark.group & self.everyone]

    def near(self, span: _Span) -> bool:
        """Whether somebody stands beside the age whose it can be; further away from one that a
        clause begins with: från 16 år kan du …"""
        opens = span.first == 0 and span.last > 0
        before = bisect_left(self.lasts, span.first - 4)
        after = bisect_right(self.firsts, span.last)
        return (before < len(self.lasts) and self.lasts[before] <= span.first) or (
            after < len(self.firsts) and self.firsts[after] - span.last <= 1 + 4 * opens
        )

    def are(self, span: _Span, told: Sequence[Word]) -> bool:
        """Whether those whom the clause begins with are of the age: du som bor här är minst 25
        år."""
        if not self.marks or self.marks[0].first or told[span.first - 1].form not in _IS:
            return False
        after = self.marks[0].last + 1
        return after < span.first and told[after].form == "som"

    def whose(self, span: _Span) -> str:
        """Whose the age is."""
        mark = self._nearest(span)
        if mark is None:
            return "deltagaren"
        if mark.group & self.groups[STAFF]:
            return "personalen"
        if mark.group & self.groups[PARENT]:
            return "föräldern"
        if mark.group & self.groups[CHILD]:
            theirs = self.parent < min(mark.first, span.first)
            return "deltagarens barn" if theirs else "barnet"
        return "deltagaren"

    def _nearest(self, span: _Span) -> Mark | None:
        """Who stands nearest to the age, rather before it than after."""
        at = bisect_left(self.firsts, span.first) - 1
        while at >= 0 and self.marks[at].last >= span.first:
            at -= 1
        following = bisect_right(self.firsts, span.last)
        after = self.marks[following] if following < len(self.marks) else None
        if at >= 0 and (after is None or span.first - self.marks[at].last <= 4):
            return self.marks[at]
        return after

    def meant(self, last: Word) -> bool:
        """Whether years that end with the word ``last`` are an age, as far as consent goes: it is
        asked for at an age."""
        return last.form in _YEARS and self.about() == "samtycke"

    def about(self) -> str:
        """In what connection the age is told: who takes part, consent or cost."""
        if self.marked.groups & self.groups[CONSENT]:
            return "samtycke"
        return "avgift" if self.marked.groups & self.groups[COST] else "deltagande"
