"""Reads how much an insats is: so many talks or weeks, at most or at least, and per what."""

# ruff: noqa: SIM905 - a list of words reads better as a text
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from insatskoll.law.claims.figures import number, ordinal
from insatskoll.law.claims.patterns import TURNED, Marked, negated
from insatskoll.law.claims.said import Said
from insatskoll.law.claims.sources import Knowledge
from insatskoll.law.claims.vocabulary import Mark
from insatskoll.law.claims.words import Sentence, Word
from insatskoll.values import immutable

KIND = "antal"
# The groups of words for what is counted, each called as the field ``omfattning.enhet`` has it.
UNITS = tuple(
    "samtal träffar tillfällen gånger hembesök prov nätter dagar veckor månader timmar".split()
)
_GROUP = "enhet: "  # before the unit in a group's name
NOT_THE_INSATS, MEETING, IN_ALL, BEFORE = "annat som räknas", "möts", "sammanlagt", "hur det var"
GROUPS = frozenset({*(_GROUP + unit for unit in UNITS), NOT_THE_INSATS, MEETING, IN_ALL, BEFORE})

_MOST = frozenset("högst max maximalt mest till".split())
_LEAST = frozenset("minst lägst åtminstone".split())
_MORE, _FEWER = frozenset(("fler", "flera", "mer")), frozenset(("färre", "mindre"))
_PER = frozenset("per i om varje var varannan".split())
_TIMES = {
    "dag": "dag", "dagen": "dag", "dygn": "dag", "vecka": "vecka", "veckan": "vecka",
    "månad": "månad", "månaden": "månad", "termin": "termin", "terminen": "termin", "år": "år",
    "året": "år", "person": "person", "familj": "familj", "barn": "barn", "deltagare": "person",
    "tillfälle": "tillfälle", "gång": "tillfälle", "träff": "tillfälle",
}  # fmt: skip
# Before a figure that tells when something is, and not how much there is of it.
_WHEN = frozenset(
    "inom efter om senast före innan sedan varje var för nr kapitel klockan kl".split()
)
_ONE, _TO = frozenset(("en", "ett")), frozenset(("till", "eller"))
_THE, _IN_A_ROW = frozenset(("det", "den")), frozenset(UNITS[:5])
# Between a figure and what is not counted by it: “tolv på tisdagar”.
_APART = frozenset("på i om från vid varje med till".split())
_BETWEEN = 2  # words that may stand between the figure and what is counted


def read(sentence: Sentence, marked: Marked, known: Knowledge, text: str) -> Iterator[Said]:
    """The amounts that a sentence tells."""
    names = known.vocabulary.names
    units = {names[_GROUP + unit]: unit for unit in UNITS}
    if marked.groups & names[NOT_THE_INSATS]:
        return
    for at, clause in enumerate(sentence.clauses):
        marks: dict[int, list[Mark]] = {}
        for one in marked.clauses[at]:
            marks.setdefault(one.mark.first, []).append(one.mark)
        meets, in_all, before = (
            any(one.mark.group & names[group] for one in marked.clauses[at])
            for group in (MEETING, IN_ALL, BEFORE)
        )
        if before:
            continue
        counting = _Counting(clause.words, text, units, marks)
        done = -1
        for index in range(len(clause.words)):
            if index <= done or (found := counting.amount(index)) is None:
                continue
            values, first, done = found
            if values["enhet"] == "gånger" and not meets:
                continue  # anything is done so many times
            if in_all:
                values[IN_ALL] = "ja"
            frames = marked.frames_at(at, first)
            if not frames <= TURNED:
                continue
            start, end = clause.words[first].start, clause.words[done].end
            words = " ".join(text[start:end].split())
            yield Said(KIND, values, start, end, words, negated(frames))


@immutable
class _Counting:
    """The words of a clause with what in it is counted."""

    words: Sequence[Word]
    text: str
    units: dict[int, str]
    marks: Mapping[int, Sequence[Mark]]  # by their first word

    def form(self, index: int) -> str:
        return self.words[index].form if 0 <= index < len(self.words) else ""

    def amount(self, index: int) -> tuple[dict[str, object], int, int] | None:
        """The amount that the figure at ``index`` begins: what it says, its first word and its
        last."""
        if (place := ordinal(self.form(index))) is not None:
            return self._place(index, int(place))
        low = number(self.form(index))
        if low is None and self.form(index) in _ONE and self.form(index + 1) in _TO:
            low = 1.0  # ett till tre
        if low is None or low != int(low) or self.form(index - 1) in _WHEN:
            return None
        high, at = self._second(index, low)
        unit, last = self._unit(at)
        if unit is None:
            return None
        values: dict[str, object] = {"enhet": unit, **self._bounds(index, low, high)}
        per, end = self._per(last)
        if per is not None:
            values["per"] = per
        first = index - (self._bound(index) in _MOST | _LEAST | {"mellan"})
        first -= 2 * (self._bound(index) == "än")
        return values, first, end

    def _place(self, index: int, place: int) -> tuple[dict[str, object], int, int] | None:
        """The least amount there is when the figure at ``index`` tells one of a row: the seventh
        talk."""
        for mark in self.marks.get(index + 1, ()):
            unit = next((self.units[bit] for bit in self.units if mark.group & bit), None)
            if unit in _IN_A_ROW and self.form(index - 1) in _THE:
                return {"enhet": unit, "lägst": place}, index, mark.last
        return None

    def _bounds(self, index: int, low: float, high: float | None) -> dict[str, int]:
        before = self._bound(index)
        if high is not None:
            return {"lägst": int(low), "högst": int(high)}
        if before == "än":
            more = self.form(index - 2) in _MORE
            return {"lägst": int(low) + 1} if more else {"högst": int(low) - 1}
        if before in _MOST:
            return {"högst": int(low)}
        return {"lägst" if before in _LEAST else "antal": int(low)}

    def _second(self, index: int, low: float) -> tuple[float | None, int]:
        after = self.words[index].end
        dash = self.text[after : after + 3].strip()[:1]
        if dash in ("-", "–", "—") and index + 1 < len(self.words):
            high = number(self.form(index + 1))
            return (high, index + 1) if high is not None and high >= low else (None, index)
        between = self.form(index - 1) == "mellan" and self.form(index + 1) == "och"
        if between or self.form(index + 1) in _TO:
            high = number(self.form(index + 2))
            return (high, index + 2) if high is not None and high > low else (None, index)
        return None, index

    def _bound(self, index: int) -> str:
        """The word before the figure at ``index`` that bounds it; of “upp till” the last."""
        before = self.form(index - 1)
        if before == "till" and self.form(index - 2) not in ("upp", "fram", "ända"):
            return ""
        if before == "än" and self.form(index - 2) not in _MORE | _FEWER:
            return ""
        return before

    def _unit(self, at: int) -> tuple[str | None, int]:
        """What is counted after the figure at ``at``, and its last word."""
        for first in range(at + 1, at + 2 + _BETWEEN):
            if first > at + 1 and number(self.form(first - 1)) is not None:
                break  # another figure is between
            if first > at + 1 and self.form(first - 1) in _APART:
                break
            for mark in self.marks.get(first, ()):
                unit = next((self.units[bit] for bit in self.units if mark.group & bit), None)
                if unit is not None:
                    return unit, mark.last
        return None, at

    def _per(self, last: int) -> tuple[str | None, int]:
        if self.form(last + 1) in _PER and self.form(last + 2) in _TIMES:
            return _TIMES[self.form(last + 2)], last + 2
        return None, last
