"""What insatser that have been split or merged give together, before and after.

An insats of 13–20 years that is divided into one of 13–16 and one of 17–20 is the same to all. So
ages are put together, and so are the units, the participants and the texts; all else is held
against what each comes of, or becomes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from insatskoll.diff import conditions, demands, extents, spans, united_texts
from insatskoll.diff.common import Common, both
from insatskoll.diff.comparisons import within
from insatskoll.diff.effects import Caused, Effect
from insatskoll.diff.facts import About, Comparison, Fact, FactPath, Item, between, insatser
from insatskoll.diff.offers import Line, Offer, lines, offered
from insatskoll.diff.spans import Span
from insatskoll.diff.state import ADDED, NOTHING
from insatskoll.diff.written import place_of
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.diff.matching import Group
    from insatskoll.reading.schema_types import Alder, InsatsData

# The lists of which only what is in none of the insatser has come or gone.
_LISTS = (
    "målgrupp.deltagare", "form", "remiss_från", "utförare.enheter", "utförare.namn",
    "utförare.samverkan", "utförare.personal",
)  # fmt: skip
_TEXTS = united_texts.FIELDS
_AGE, _GROUP_AGE = "villkor.ålder", "målgrupp.ålder"
_EXTENT = "omfattning"
_TYPE = "insatstyp"
_PART = "delar"
_WORDS = "beskrivning"
_DIVIDES_NOBODY = frozenset({"folkbokföring", "vistelse"})


@immutable
class United(Effect):
    """A difference between what insatser give together: the field it is of (``of``), the insatser,
    before and after, that it is about (``pairs``), and the ages that all of them together no
    longer hold, or have ``gained``. ``come`` and ``gone`` are sentences."""

    of: str = ""
    pairs: frozenset[tuple[str, str]] = frozenset()
    span: Span | None = None
    gained: bool = False
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    meant: Fact | None = None

    @property
    def judged(self) -> Fact | None:
        """The fact that tells what it means (``meant``, if not that which is told): for a reader,
        one that tells of no number."""
        if self.meant is not None:
            return self.meant
        if self.share != "unclear":
            return self.fact
        value = self.fact.before or self.fact.after
        return replace(self.fact, before=value, after=value)


def caused(comparison: Comparison) -> dict[int, Caused]:
    """What each fact about insatser that have been split or merged has done to what they give
    together, by the fact's ``id``; of those that say so by themselves there is nothing."""
    said = both(comparison.old.kommun, comparison.new.kommun)
    subjects = {(s.old, s.new): s for s, _, _ in insatser(comparison) if s.regrouped}
    found = {}
    for group in comparison.groups:
        if not group.regrouped:
            continue
        own = [f for f in comparison.facts if (f.subject.old, f.subject.new) in group.edges]
        united = list(_Group(comparison, group, said, subjects).differences())
        for fact in own:
            if fact.subject.regrouped and (of := _of(fact, comparison)) is not None:
                effects = (e for e in united if _is_of(e, fact, of))
                found[id(fact)] = Caused(tuple(effects))
    return found


def _of(fact: Fact, comparison: Comparison) -> str | None:
    """Which field a fact is of, as :class:`United` has it; nothing where it tells by itself."""
    place = place_of(fact, comparison)
    names = [step for step in fact.path if isinstance(step, str)]
    if place is None:
        path = ".".join(names[1:] if names[:1] == ["delar"] else names)
        return path if path in (*_LISTS, *_TEXTS, _TYPE) else None
    if place.path[:1] == (ADDED,):
        return _AGE if _tells_of_age(fact) else ADDED
    return _field(place.path) or _PART


def _is_of(effect: United, fact: Fact, of: str) -> bool:
    if (fact.subject.old, fact.subject.new) not in effect.pairs:
        return False
    if of in (effect.of, _PART):
        return of == effect.of or effect.of != _TYPE
    return effect.of.startswith(f"{of}.") or of.startswith(f"{effect.of}.")


class _Group:
    """Insatser that have been split or merged, and what they offer on either side."""

    def __init__(
        self,
        comparison: Comparison,
        group: Group,
        said: tuple[Common, Common],
        subjects: Mapping[tuple[str | None, str | None], About],
    ) -> None:
        self.group, self.subjects = group, subjects
        held = [{i.id: i.data for i in side.insatser} for side in (comparison.old, comparison.new)]
        self.olds, self.news = (
            {i: held[side][i] for i in ids} for side, ids in enumerate((group.old, group.new))
        )
        before, after = (
            [offer for i, data in side.items() for offer in offered(i, data, common)]
            for side, common in zip((self.olds, self.news), said, strict=True)
        )
        self.lines = lines(before, after, group.edges)

    def differences(self) -> Iterator[United]:
        """All that differs."""
        for field in _LISTS:
            yield from self._of_lists(field)
        for field in _TEXTS:
            yield from self._of_texts(field)
        for old, new in self.group.edges:
            a, b = (side.get("insatstyp") for side in (self.olds[old], self.news[new]))
            if a != b:
                yield self._united((_TYPE,), a, b, [(old, new)], new=True)
        for line in self.lines:
            yield from _Of(self, line).differences()

    def _of_lists(self, field: str) -> Iterator[United]:
        before, after = (
            list(dict.fromkeys(one for data in side.values() for one in _listed(data, field)))
            for side in (self.olds, self.news)
        )
        if {*before} != {*after}:
            path = tuple(field.split("."))
            yield self._united(path, before or None, after or None, self.group.edges)

    def _of_texts(self, field: str) -> Iterator[United]:
        gone, come = united_texts.come_and_gone(self.olds.values(), self.news.values(), field)
        if gone or come:
            sides = (". ".join(gone) or None, ". ".join(come) or None)
            path = tuple(field.split("."))
            one = self._united(path, *sides, self.group.edges)
            parted = bool(gone and come) and not united_texts.denies([*gone, *come])
            yield replace(one, gone=tuple(gone), come=tuple(come), parted=parted)

    def subject(self, pair: tuple[str, str]) -> About:
        """What a fact is about that is between two of the insatser: of two that are held against
        no other, as of what the new one is held against."""
        if pair in self.subjects:
            return self.subjects[pair]
        data = self.news[pair[1]]
        return About("insats", *pair, data["namn"], data["avdelning"], regrouped=True)

    def _united(
        self,
        path: FactPath,
        before: object,
        after: object,
        pairs: Sequence[tuple[str, str]],
        *,
        new: bool = False,
    ) -> United:
        fact = Fact(self.subject(pairs[0]), path, before, after)
        of = ".".join(map(str, path))
        return United(fact, NOTHING, NOTHING, new=new, of=of, pairs=frozenset(pairs))


def _listed(insats: InsatsData, field: str) -> Iterator[object]:
    parts = insats.get("delar", ()) if field.startswith("målgrupp") else ()
    for part in (insats, *parts):
        yield from cast("Iterable[object]", within(part, field) or ())


class _Of:
    """What differs in a line of offers."""

    def __init__(self, group: _Group, line: Line) -> None:
        self.group, self.line = group, line
        self.edges = list(line.edges)

    def differences(self) -> Iterator[United]:
        """All that differs in what the offers hold."""
        line = self.line
        if not line.olds or not line.news:
            yield from self._alone()
            return
        yield from self._of_ages()
        yield from self._of_group_ages()
        yield from self._of_extents()
        for old, new in self.edges:
            for fact, meant in self._facts(old, new):
                yield replace(self._between(fact, old, new), meant=meant)

    # Ages

    def _of_ages(self) -> Iterator[United]:
        """The ages that nobody is given any of it at, before or after, and those of one that is
        not for all whom it was for."""
        line = self.line
        if not line.countable:
            return
        was, now = line.together(line.olds), line.together(line.news)
        pairs = self._pairs()
        if line.like is not None:
            path = (ADDED, Item("ålder"), "ålder")
            for ages, gained in ((was - now, False), (now - was, True)):
                for span in spans.spans(ages):
                    yield self._span(path, span, line.like, pairs, gained=gained)
        for old, new in self.edges:
            lost, won = line.reach(old) - line.reach(new) - (was - now), line.reach(new)
            won = won - line.reach(old) - (now - was)
            if self._is_less(lost, old, new, line.news) or self._is_less(won, new, old, line.olds):
                for fact in self._changes(old, new):
                    if _is_of_age(fact):
                        yield self._between(fact, old, new)

    def _is_less(self, ages: spans.Numbers, of: Offer, one: Offer, others: Sequence[Offer]) -> bool:
        """Whether ``one`` is not for some of the ages that what it comes ``of`` was for, though
        the ages are not divided: another is for them too, but for all of its own besides."""
        reach = self.line.reach
        for age in ages:
            beside = [o for o in others if o is not one and age in reach(o)]
            if any(not reach(one) <= reach(o) or o.is_as(of) for o in beside):
                continue
            return True
        return False

    def _of_group_ages(self) -> Iterator[United]:
        """The ages of the target groups, put together where all have one."""
        found = [
            [cast("Alder | None", within(o.stratum.data, _GROUP_AGE)) for o in side]
            for side in (self.line.olds, self.line.news)
        ]
        ages = [age for side in found for age in side if age is not None]
        measures = {spans.measure(age) for age in ages}
        if not ages or self._same_group_ages():
            return
        path: FactPath = tuple(_GROUP_AGE.split("."))
        if len(measures) > 1 or None in measures or any(None in side for side in found):
            for old, new in self.edges:
                a, b = (within(o.stratum.data, _GROUP_AGE) for o in (old, new))
                if a != b:
                    fact = Fact(self.group.subject((old.insats, new.insats)), path, a, b)
                    yield self._between(fact, old, new)
            return
        was, now = (
            frozenset().union(*(spans.numbers([cast("Alder", age)]) for age in side))
            for side in found
        )
        for numbers, gained in ((was - now, False), (now - was, True)):
            for span in spans.spans(numbers):
                yield self._span(path, span, ages[0], self._pairs(), gained=gained)

    def _same_group_ages(self) -> bool:
        return all(
            within(a.stratum.data, _GROUP_AGE) == within(b.stratum.data, _GROUP_AGE)
            for a, b in self.edges
        )

    def _span(
        self, path: FactPath, span: Span, like: Alder, pairs: Sequence[tuple[str, str]],
        *, gained: bool,
    ) -> United:  # fmt: skip
        whole, left = spans.without(span, like)
        sides = (left, whole) if gained else (whole, left)
        fact = Fact(self.group.subject(pairs[0]), path, *sides)
        of = _AGE if path[0] == ADDED else _GROUP_AGE
        return United(
            fact, NOTHING, NOTHING, of=of, pairs=frozenset(pairs), span=span, gained=gained
        )

    # All else

    def _facts(self, old: Offer, new: Offer) -> Iterator[tuple[Fact, Fact]]:
        """The differences of two offers that nothing else tells, each with what it means."""
        for fact in self._changes(old, new):
            if _field(fact.path) in (_EXTENT, _GROUP_AGE, *_LISTS, *_TEXTS):
                continue
            if fact.path[0] == ADDED:
                if not (self.line.countable and _is_of_age(fact)):
                    yield from self._of_condition(fact, old, new)
            else:
                yield fact, fact

    def _changes(self, old: Offer, new: Offer) -> Iterator[Fact]:
        subject = self.group.subject((old.insats, new.insats))
        same = replace(subject, old=subject.id, new=subject.id)
        for fact in between(same, old.stratum.data, new.stratum.data):
            if fact.kind != "moved":
                for one in demands.told(fact, old.stratum, new.stratum):
                    yield replace(one, subject=subject)

    def _of_condition(self, fact: Fact, old: Offer, new: Offer) -> Iterator[tuple[Fact, Fact]]:
        """A condition that one of several asks for: nothing where another gives the same as before
        without it, and for a reader where another does not ask for it, since that may be for those
        whom this one is not for. Where somebody is registered or stays divides nobody."""
        if len(fact.path) > 2 or fact.kind == "changed":
            yield fact, self._of_words(fact, old, new)
            return
        added = fact.kind == "added"
        own, rest, of = (new, self.line.news, old) if added else (old, self.line.olds, new)
        beside = [o for o in rest if o is not own]
        if any(o.is_as(of) for o in beside):
            return
        value = cast("conditions.Condition", fact.after if added else fact.before)
        asked = all(conditions.any_implies(o.stratum.conditions, value) for o in beside)
        if asked or value["typ"] in _DIVIDES_NOBODY:
            yield fact, fact
            return
        words = str(value.get(_WORDS, value))
        yield fact, replace(fact, path=(*fact.path, _WORDS), before=words, after=words)

    def _of_words(self, fact: Fact, old: Offer, new: Offer) -> Fact:
        """What other words of a condition mean: for a reader where another asks for something else,
        and the words may be parted between them."""
        several_new = len(self.line.news) > 1
        own, rest = (new, self.line.news) if several_new else (old, self.line.olds)
        said = fact.after if several_new else fact.before
        beside = [o for o in rest if o is not own]
        if fact.path[-1] != _WORDS or fact.kind != "changed" or not beside:
            return fact
        if all(any(c.get(_WORDS) == said for c in o.stratum.conditions) for o in beside):
            return fact
        return replace(fact, before=said, after=said)

    def _of_extents(self) -> Iterator[United]:
        """How much each gives: of several that somebody can get all of, less only if one gives as
        much as before and another does not, or they give less together."""
        for old, new in self.edges:
            a, b = (o.stratum.data.get(_EXTENT) for o in (old, new))
            if a != b:
                fact = Fact(self.group.subject((old.insats, new.insats)), (_EXTENT,), a, b)
                known = self._is_known(old, new)
                one = self._between(fact, old, new)
                yield one if known else replace(one, share="unclear")

    def _is_known(self, old: Offer, new: Offer) -> bool:
        line = self.line
        if len(line.olds) > 1 < len(line.news):
            return False
        whole, own, rest = (old, new, line.news) if len(line.olds) == 1 else (new, old, line.olds)
        reach = line.reach(own)
        shares = [o for o in rest if o is own or line.reach(o) & reach]
        held = [o.stratum.data.get(_EXTENT) for o in shares]
        extent = whole.stratum.data.get(_EXTENT)
        if len(shares) == 1 or any(one == extent for one in held):
            return True
        if not isinstance(extent, dict):
            return all(one == held[0] for one in held)
        return extents.shared_out(extent, held) == "less"

    def _alone(self) -> Iterator[United]:
        """An offer that is like none on the other side."""
        for old in self.line.olds:
            yield from self._part(old, [p for p in self.group.group.edges if p[0] == old.insats])
        for new in self.line.news:
            yield from self._part(new, [p for p in self.group.group.edges if p[1] == new.insats])

    def _part(self, offer: Offer, pairs: Sequence[tuple[str, str]]) -> Iterator[United]:
        place = offer.stratum.place
        part: object = offer.data if place is None else offer.data["delar"][place]
        gone = offer in self.line.olds
        item = Item(offer.name, "", place if gone else None, None if gone else place)
        sides = (part, None) if gone else (None, part)
        fact = Fact(self.group.subject(pairs[0]), (_PART, item), *sides)
        yield United(fact, NOTHING, NOTHING, of=_PART, pairs=frozenset(pairs))

    def _between(self, fact: Fact, old: Offer, new: Offer) -> United:
        of = _field(fact.path)
        if fact.path[0] == ADDED:
            of = _AGE if _tells_of_age(fact) else ADDED
        pairs = frozenset({(old.insats, new.insats)})
        return United(fact, old.stratum, new.stratum, of=of, pairs=pairs)

    def _pairs(self) -> list[tuple[str, str]]:
        ids = [{o.insats for o in side} for side in (self.line.olds, self.line.news)]
        return [(a, b) for a, b in self.group.group.edges if a in ids[0] and b in ids[1]]


def _field(path: FactPath) -> str:
    """A path without which item of a list it goes through."""
    return ".".join(step for step in path if isinstance(step, str))


def _is_of_age(fact: Fact) -> bool:
    return fact.path[0] == ADDED and _tells_of_age(fact)


def _tells_of_age(fact: Fact) -> bool:
    """Whether what a fact tells of a condition is of an age."""
    sides = (fact.before, fact.after)
    return "ålder" in fact.path or any(isinstance(s, dict) and "ålder" in s for s in sides)
