"""Reads the measures of a text: how many, how long, how often, on which days, between which hours
and of what age, so that two of them can be compared whatever units they are said in.

What is counted and what bounds it are words of ``catalogue/omskrivningar/mått.yaml``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from insatskoll.diff import lexicon
from insatskoll.law.claims import words as claimed
from insatskoll.law.claims.figures import number, ordinal
from insatskoll.values import immutable

Way = Literal["same", "more", "less", "wider", "narrower"]

# What a unit of time is in minutes; what is not said in the same kind of unit is only about that.
_MINUTES = {"minuter": 1.0, "dagar": 1440.0, "månader": 43_830.0}
_FAR_APART = 1.5
_DASHES = frozenset("-–—‐−")
_HYPHENS = frozenset("-‐")
_ONE = frozenset(("en", "ett"))
_PER = frozenset(("i", "per", "om", "varje"))
_EACH = frozenset(("varje", "varenda"))
_SIGNS = {"<": "färre än", "≤": "högst", ">": "fler än", "≥": "minst", "<=": "högst", ">=": "minst"}
_TOGETHER = frozenset(("till", "och", "samt", "eller", "med"))
_DAILY = frozenset(("vardag", "vardagen"))  # what daily life is called
ALL_DAYS = frozenset(range(7))
_OFTEN = frozenset(("takt gånger", "takt dagar"))
_CLOCK = frozenset(("kl", "klockan"))
_VAGUE = frozenset(("över", "äldre", "yngre"))
_AGED = frozenset(("år", "månader"))  # what ends an age that nothing goes on from
_BEFORE_AN_AGE = frozenset(
    ("från", "över", "under", "fyllt", "fyller", "fylla", "har", "är", "som", "mellan")
)
_AN_AGE = frozenset(("åldern", "åldrarna"))
_NOT_YET = frozenset(("inte", "ännu", "ej", "hunnit"))
_REACHED = frozenset(("fyllt", "fyller", "fylla"))
_SINCE = frozenset(("i", "sedan"))
_UNDER, _TAKING_PART = "under", "deltagande"
_YOUNGER, _OLDER = ("yngre", "än"), ("äldre", "än")
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
    "oktober", "november", "december",
)  # fmt: skip
_LONG, _LASTING = 5 * 12, frozenset(("i", "under", "sedan", "senaste"))
_ENDS = 2  # numbers that a span has
_SHORT = 3  # words of a text that is nothing but a measure
_YEAR = 12
GROWN = 18 * _YEAR  # the age in months from which nobody is a child
_YEAR_DIGITS = 4


class Word(NamedTuple):
    """A word of a sentence in small letters, its place in the text, and what stands before it:
    spaces and signs."""

    form: str
    start: int
    end: int
    gap: str


@immutable
class Measure:
    """What is measured (``kind``), from ``low`` to ``high``; or which days. ``about`` tells that
    it is said only about, ``bounded`` how it is bounded, and ``by`` in what it is said."""

    kind: str
    low: float
    high: float
    days: frozenset[int] = frozenset()
    by: str = ""
    about: str = ""
    whose: str = ""

    @property
    def aligned(self) -> str:
        """What it must have in common with another to be another size of the same."""
        return f"§{self.kind} {self.whose}"


class Span(NamedTuple):
    """A measure and the words that say it, from ``first`` to ``last``."""

    measure: Measure
    first: int
    last: int


def way(before: Measure, after: Measure) -> Way | None:
    """How one measure differs from another of the same kind: by what they hold (wider, narrower),
    or else by which is more. None where that cannot be told."""
    if before.about != after.about or before.aligned != after.aligned:
        return None
    if before.kind == "dagar i veckan":
        return _held(before.days <= after.days, after.days <= before.days)
    if before.by != after.by:
        by_unit = before.kind == "tid" or before.kind.startswith("takt")
        by_unit = by_unit and {before.by, after.by} <= _MINUTES.keys()
        return _in_other_units(before, after) if by_unit else None
    return _ranges(before, after)


def as_rate(measure: Measure) -> Measure | None:
    """How often something is that is on so many days of the week, or so many times or days in a
    time; None of what is no such measure."""
    if measure.kind == "dagar i veckan":
        each = len(measure.days) / len(ALL_DAYS)
        return Measure("takt gånger", each, each, by="dagar")
    return replace(measure, kind="takt gånger") if measure.kind in _OFTEN else None


def _ranges(before: Measure, after: Measure) -> Way | None:
    low, high = after.low - before.low, after.high - before.high
    low, high = (0.0 if math.isnan(one) else one for one in (low, high))
    if before.kind in ("ålder", "klockslag"):
        return _held(low <= 0 <= high, high <= 0 <= low)
    if low == high == 0:
        return "same"
    if low >= 0 and high >= 0:
        return "more"
    return "less" if low <= 0 and high <= 0 else None


def _in_other_units(before: Measure, after: Measure) -> Way | None:
    """Months and weeks are not so exact that they can be the same."""
    pairs = [_in_minutes(one) for one in (before, after)]
    ends = [math.inf in pairs[0], math.inf in pairs[1], not pairs[0][0], not pairs[1][0]]
    if ends[0] != ends[1] or ends[2] != ends[3]:
        return None  # at least so much, or at most, is nothing but that
    at = 0 if ends[0] else 1
    if not (ends[0] or ends[2]) and any(low != high for low, high in pairs):
        return None
    old, new = pairs[0][at], pairs[1][at]
    if new >= old * _FAR_APART:
        return "more"
    return "less" if old >= new * _FAR_APART else None


def _in_minutes(measure: Measure) -> tuple[float, float]:
    scale = _MINUTES[measure.by] if measure.kind.startswith("takt") else 1.0
    return measure.low / scale, measure.high / scale


def _held(wider: bool, narrower: bool) -> Way | None:
    if wider and narrower:
        return "same"
    if wider:
        return "wider"
    return "narrower" if narrower else None


# Words


def sentences(text: str) -> Iterator[list[Word]]:
    """The words of each sentence of a text."""
    for sentence in claimed.sentences(text):
        found: list[Word] = []
        cut = {word.start: word for clause in sentence.clauses for word in clause.words}
        for _, word in sorted(cut.items()):  # a word may be cut into two clauses
            gap = text[found[-1].end : word.start] if found else ""
            found.append(Word(_whole(text, word), word.start, word.end, gap))
        if found:
            first = found[0]
            lead = text[: first.start].rstrip()[-2:] if first.start else ""
            found[0] = first._replace(gap=_sign(lead))
            yield found


def _whole(text: str, word: claimed.Word) -> str:
    """A word with the hyphen that stands for the rest of it: råd- och stödsamtal."""
    rest = text[word.end : word.end + 2]
    ends = rest[:1] in _HYPHENS and rest[:1] and not rest[1:].strip()
    begins = text[max(word.start - 1, 0) : word.start] in _HYPHENS and word.start
    begins = begins and not text[max(word.start - 2, 0) : word.start - 1].strip()
    is_word = not any(map(str.isdigit, word.form))
    return f"{'-' if begins and is_word else ''}{word.form}{'-' if ends and is_word else ''}"


# Reading


def read(text: str, sentence: Sequence[Word]) -> list[Span]:
    """The measures of a sentence of ``text``, in order; no word is in two."""
    found: list[Span] = []
    ages = {span.first: span for span in _joined(_ages(text, sentence), sentence)}
    at = 0
    while at < len(sentence):
        span = ages.get(at) or _at(sentence, at)
        if span is not None and not any(at < other <= span.last for other in ages):
            found.append(span)
        at = at + 1 if span is None else span.last + 1
    return found


def _ages(text: str, sentence: Sequence[Word]) -> Iterator[Span]:
    from insatskoll.law.claims import reading  # reads words, which few changes need

    if not any(number(word.form) is not None or "åring" in word.form for word in sentence):
        return
    for one in reading.said(_without_softening(text)):
        if one.kind != "ålder" or one.negated:
            continue
        inside = [i for i, w in enumerate(sentence) if one.start <= w.start and w.end <= one.end]
        if not inside:
            continue
        first, last = inside[0], inside[-1]
        values = one.values
        months = 1 if values["enhet"] == "månader" else _YEAR
        low = values.get("från", 0) * months
        high = (values["till"] + 1) * months - 1 if "till" in values else math.inf
        sign = _sign(sentence[first].gap)
        if sign == ">" and "till" not in values:
            low += months
        loosely = {sentence[i].form for i in (first - 1, first, last) if i >= 0} & _VAGUE
        first = _without_bound(sentence, first)
        if _form(sentence, first - 1) in _SINCE:
            continue  # how long something has lasted
        about = "ungefär" if values.get("ungefär") else "".join(sorted(loosely & {"över"}))
        whose = str(values.get("om", ""))
        by = _as_written(sentence[inside[0] : last + 1])
        yield Span(Measure("ålder", low, high, by=by, about=about, whose=whose), first, last)


def _as_written(words: Sequence[Word]) -> str:
    """The words of several spans of age that are read as one, which may be for groups of their own:
    7–12 år och 13–15 år."""
    several = sum(number(word.form) is not None for word in words) > _ENDS
    return " ".join(word.form for word in words) if several else ""


def _joined(ages: Iterable[Span], sentence: Sequence[Word]) -> Iterator[Span]:
    """The ages, of which years in a row that stand after each other are one: 13, 14 eller 15 år."""
    held: Span | None = None
    for span in ages:
        if held is not None and _goes_on(held, span, sentence):
            measure = replace(held.measure, high=span.measure.high)
            held = Span(measure, held.first, span.last)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def _goes_on(one: Span, other: Span, sentence: Sequence[Word]) -> bool:
    """Whether an age is one year, or several in a row, and the other begins where it ends."""
    between = sentence[one.last + 1 : other.first]
    said = bool(between) or "," in sentence[other.first].gap
    return (
        said
        and all(word.form == "eller" for word in between)
        and not any(word.form in _AGED for word in sentence[one.first : one.last + 1])
        and other.measure.low == one.measure.high + 1
        and replace(one.measure, low=0, high=0) == replace(other.measure, low=0, high=0)
    )


def _without_softening(text: str) -> str:
    """A text without the words that soften what is asked for, each place as it was."""
    known = lexicon.shipped()
    found = text
    for phrase in known.phrases("mjukar upp"):
        if (at := found.casefold().find(phrase)) >= 0:
            found = f"{found[:at]}{' ' * len(phrase)}{found[at + len(phrase) :]}"
    return found


def _without_bound(sentence: Sequence[Word], first: int) -> int:
    """Where an age begins with the words that bound it: som har fyllt, minst."""
    for words, _ in lexicon.shipped().measures.bounds:
        start = first - len(words)
        if start >= 0 and tuple(w.form for w in sentence[start:first]) == words:
            first = start
            break
    before = _BEFORE_AN_AGE
    if sentence[first].form in _REACHED:
        before |= _NOT_YET
    while first and sentence[first - 1].form in before:
        first -= 1
    if _form(sentence, first - 1) in _AN_AGE:
        first -= 1
    in_the_age = _form(sentence, first) in _AN_AGE and _form(sentence, first - 1) == "i"
    return first - 1 if in_the_age else first


def _at(sentence: Sequence[Word], at: int) -> Span | None:
    for reader in (_days, _date, _clock, _each, _counted):
        if (span := reader(sentence, at)) is not None:
            return span
    return None


def _form(sentence: Sequence[Word], at: int) -> str:
    return sentence[at].form if 0 <= at < len(sentence) else ""


def _sign(gap: str) -> str:
    return "".join(one for one in gap if one in "<>=≤≥")


def _unit(form: str) -> tuple[str, float] | None:
    return lexicon.shipped().measures.units.get(form)


def _each(sentence: Sequence[Word], at: int) -> Span | None:
    """How often: varje vecka, varannan månad, var tredje vecka, veckovis."""
    known = lexicon.shipped().measures
    form = _form(sentence, at)
    if form in known.often:
        kind, every = known.often[form]
        return Span(_rate(1, 1, kind, every, "gånger"), at, at)
    every, last = 0.0, at
    if form in _EACH:
        every, last = 1.0, at + 1
    elif form in ("varannan", "vartannat"):
        every, last = 2.0, at + 1
    elif form in ("var", "vart") and (nth := ordinal(_form(sentence, at + 1))) is not None:
        every, last = nth, at + 2
    unit = _unit(_form(sentence, last)) if every else None
    if unit is None or unit[0] not in _MINUTES:
        return None
    return Span(_rate(1, 1, unit[0], unit[1] * every, "gånger"), at, last)


def _rate(low: float, high: float, kind: str, size: float, counted: str) -> Measure:
    return Measure(f"takt {counted}", low / size, high / size, by=kind)


def _counted(sentence: Sequence[Word], at: int) -> Span | None:
    """A number of something, with what bounds it: upp till fem samtal, 60–90 minuter."""
    unit = _unit(_form(sentence, at))
    if unit is not None and unit[0] in _MINUTES and _form(sentence, at - 1) == "senaste":
        size = unit[1] * _MINUTES[unit[0]]
        return Span(Measure("tid", size, size, by=unit[0]), at, at)
    bound, start = _bound(sentence, at)
    read = _numbers(sentence, start)
    if read is None:
        return None
    low, high, last = read
    unit = _unit(_form(sentence, last + 1))
    if unit is None:
        return _of_something(sentence, at, bound, read)
    if _is_article(sentence, start, bound, last + 1):
        return None
    last += 1
    kind, size = unit
    before = _form(sentence, at - 1)
    if size == _YEAR and (age := _age_of(sentence, at, bound, (low, high))) is not None:
        return Span(age, at, last)
    if kind == "månader" and high * size > _LONG and before not in _LASTING:
        kind = "tal"  # years of age, or what else they may be
    last, more = _open_end(sentence, last)
    bound = more or bound
    measure = _bounded(kind, low * size, high * size, bound)
    per = _per(sentence, last)
    if per is not None:
        each, last = per
        rate = _rate(measure.low, measure.high, each[0], each[1], kind)
        measure = replace(rate, about=measure.about)
    elif kind in _MINUTES:
        scale = _MINUTES[kind]
        measure = replace(measure, kind="tid", low=measure.low * scale, high=measure.high * scale)
        measure = replace(measure, by=kind)
    return Span(measure, at, last)


def _age_of(
    sentence: Sequence[Word], at: int, bound: str, years: tuple[float, float]
) -> Measure | None:
    """The age that somebody is, where nothing but a number of years says it: är yngre än 18 år, är
    högst 18 år."""
    compared = tuple(word.form for word in sentence[at : at + 2]) in (_YOUNGER, _OLDER)
    is_old = _form(sentence, at - 1) == "är" and years[1] * _YEAR > _LONG
    if not (compared or is_old) or bound == "ungefär" or (bound == "fler än" and not compared):
        return None
    low, high = years[0] * _YEAR, (years[1] + 1) * _YEAR - 1
    match bound:
        case "högst":
            low = 0
        case "färre än":
            low, high = 0, high - _YEAR
        case "minst":
            high = math.inf
        case "fler än":
            return Measure("ålder", low, math.inf, about="över", whose=_TAKING_PART)
    return Measure("ålder", low, high, whose=_TAKING_PART)


def _is_article(sentence: Sequence[Word], at: int, bound: str, unit: int) -> bool:
    """Whether en or ett before a unit says no more than that there is one: planera en dag."""
    if bound or _form(sentence, at) not in _ONE or at != unit - 1:
        return False
    if at == 0 and len(sentence) <= _SHORT:
        return False
    before = "mått" in lexicon.shipped().kinds(_form(sentence, at - 1))
    return not (before or _per(sentence, unit) is not None)


def _of_something(
    sentence: Sequence[Word], at: int, bound: str, read: tuple[float, float, int]
) -> Span | None:
    """A number with a word before what is counted, or of what has no known direction."""
    low, high, last = read
    if sentence[last].form in _ONE:
        return None
    after = _unit(_form(sentence, last + 2))
    kind = after[0] if after is not None and after[0] not in _MINUTES else "tal"
    size = after[1] if after is not None and kind != "tal" else 1.0
    found = _bounded(kind, low * size, high * size, bound)
    if kind == "tal":  # the same only as it is written
        found = replace(found, whose=" ".join(word.form for word in sentence[at : last + 1]))
    return Span(found, at, last)


def _bound(sentence: Sequence[Word], at: int) -> tuple[str, int]:
    """The kind of bound that words at ``at`` set, and where the number begins."""
    for words, kind in lexicon.shipped().measures.bounds:
        end = at + len(words)
        if tuple(word.form for word in sentence[at:end]) == words and end < len(sentence):
            return kind, end
    if _form(sentence, at) == _UNDER and _form(sentence, at - 1) == "är":
        return "färre än", at + 1
    sign = _sign(sentence[at].gap)
    return _SIGNS.get(sign, ""), at


def _bounded(kind: str, low: float, high: float, bound: str) -> Measure:
    match bound:
        case "högst":
            return Measure(kind, 0.0, high)
        case "minst":
            return Measure(kind, low, math.inf)
        case "fler än":
            return Measure(kind, math.nextafter(low, math.inf), math.inf)
        case "färre än":
            return Measure(kind, 0.0, math.nextafter(high, 0.0))
    return Measure(kind, low, high, about=bound)


def _numbers(sentence: Sequence[Word], at: int) -> tuple[float, float, int] | None:
    """The numbers of a span, or one twice, and the last word of them."""
    form = _form(sentence, at)
    first, last = _number(sentence, at)
    if first is None:
        return None
    following = sentence[last + 1] if last + 1 < len(sentence) else None
    if following is None or form in _ONE:
        return first, first, last
    dash = following.gap.strip() in _DASHES and following.gap.strip()
    if dash and (second := number(following.form)) is not None and second >= first:
        return first, second, last + 1
    second = number(_form(sentence, last + 2))
    if following.form in ("till", "eller") and second is not None and second > first:
        return first, second, last + 2
    return first, first, last


def _number(sentence: Sequence[Word], at: int) -> tuple[float | None, int]:
    form, following = _form(sentence, at), _form(sentence, at + 1)
    if form in _ONE:
        if following in ("halv", "halvt"):
            return 0.5, at + 1
        words = [_form(sentence, at + i) for i in (1, 2, 3)]
        if words[0] == "och" and words[1] in _ONE and words[2] in ("halv", "halvt"):
            return 1.5, at + 3
        return (1.0, at) if _unit(following) is not None else (None, at)
    if _unit(form) is not None and form.startswith(("halv", "kvart")) and form not in _ONE:
        return None, at
    return number(form), at


def _open_end(sentence: Sequence[Word], last: int) -> tuple[int, str]:
    if _form(sentence, last + 1) == "eller":
        after = _form(sentence, last + 2)
        if after in ("mer", "fler", "längre", "mera"):
            return last + 2, "minst"
        if after in ("mindre", "färre", "kortare"):
            return last + 2, "högst"
    return last, ""


def _per(sentence: Sequence[Word], last: int) -> tuple[tuple[str, float], int] | None:
    """What a number is per: i veckan, per månad, varannan vecka."""
    form = _form(sentence, last + 1)
    unit = _unit(_form(sentence, last + 2))
    if form in _PER and unit is not None and unit[0] in (*_MINUTES, "terminer"):
        return unit, last + 2
    each = _each(sentence, last + 1)
    if each is not None and each.measure.by in _MINUTES:
        size = 1 / each.measure.low
        return (each.measure.by, size), each.last
    return None


# Days and hours


def _days(sentence: Sequence[Word], at: int) -> Span | None:
    """Days of the week: vardagar, måndag till torsdag, tisdagar och torsdagar, alla dagar."""
    found, last = _day(sentence, at)
    if found is None:
        return None
    while True:
        joined = _form(sentence, last + 1) in _TOGETHER
        sign = last + 1 < len(sentence) and sentence[last + 1].gap.strip()
        if not joined and not sign:
            break
        following = last + 2 if joined else last + 1
        more, end = _day(sentence, following)
        if more is None:
            break
        is_span = sign in _DASHES if not joined else _form(sentence, last + 1) == "till"
        found |= _through(found, more) if is_span else more
        last = end
    return Span(Measure("dagar i veckan", 0, 0, days=frozenset(found)), at, last)


def _through(first: frozenset[int], last: frozenset[int]) -> frozenset[int]:
    return frozenset(range(min(first), max(last) + 1)) if min(first) <= max(last) else first | last


def _day(sentence: Sequence[Word], at: int) -> tuple[frozenset[int] | None, int]:
    known = lexicon.shipped().measures.weekdays
    form = _form(sentence, at)
    if form in ("alla", "varje") and _form(sentence, at + 1) in ("dagar", "dag"):
        last = at + 1
        if _form(sentence, last + 1) == "i" and _form(sentence, last + 2) == "veckan":
            last += 2
        return ALL_DAYS, last
    if form == "varje" and _form(sentence, at + 1) in known:
        return known[_form(sentence, at + 1)], at + 1
    if form in _DAILY and _form(sentence, at - 1) == "i":
        return None, at
    return known.get(form), at


def _date(sentence: Sequence[Word], at: int) -> Span | None:
    """A day of the year, with or without which: den 1 september, 1 september 2026."""
    start = at + 1 if _form(sentence, at) == "den" else at
    day, month = _form(sentence, start), _form(sentence, start + 1)
    if not day.isdigit() or month not in _MONTHS:
        return None
    year, last = _form(sentence, start + 2), start + 1
    place = _MONTHS.index(month) * 31.0 + int(day)
    by = ""
    if len(year) == _YEAR_DIGITS and year.isdigit():
        place, last, by = place + int(year) * 372.0, start + 2, "år"
    return Span(Measure("datum", place, place, by=by), at, last)


def _clock(sentence: Sequence[Word], at: int) -> Span | None:
    """Hours: klockan 9–17, mellan klockan 13 och 16.30."""
    if _form(sentence, at) not in _CLOCK:
        return None
    start = _hour(_form(sentence, at + 1))
    if start is None:
        return None
    return _between_hours(sentence, at, start) or _open_hours(sentence, at, start)


def _open_hours(sentence: Sequence[Word], at: int, hour: float) -> Span | None:
    """Hours of which only the first or the last is said: från klockan 20, till klockan 17."""
    before = _form(sentence, at - 1)
    if before == "från":
        return Span(Measure("klockslag", hour, math.inf, by="från"), at, at + 1)
    if before == "till":
        return Span(Measure("klockslag", 0.0, hour, by="till"), at, at + 1)
    return None


def _between_hours(sentence: Sequence[Word], at: int, start: float) -> Span | None:
    if at + 2 >= len(sentence):
        return None
    after = sentence[at + 2]
    if after.gap.strip() in _DASHES and after.gap.strip():
        end, last = _hour(after.form), at + 2
    elif after.form in ("till", "och"):
        end, last = _hour(_form(sentence, at + 3)), at + 3
    else:
        return None
    if end is None or end <= start:
        return None
    return Span(Measure("klockslag", start, end), at, last)


def _hour(form: str) -> float | None:
    hours, sign, minutes = form.replace(":", ".").partition(".")
    if not hours.isdigit() or (sign and not minutes.isdigit()):
        return None
    return int(hours) + int(minutes or 0) / 60
