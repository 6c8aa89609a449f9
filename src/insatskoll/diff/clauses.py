"""The Swedish of a change: one clause, as it could stand after ”Förvaltningen föreslår att”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from insatskoll.bilaga import phrases
from insatskoll.catalogue import printed
from insatskoll.diff import phrasebook
from insatskoll.diff.effects import Move, weighs
from insatskoll.diff.facts import Fact, Item, Order, names_of
from insatskoll.diff.happenings.readings import READINGS
from insatskoll.diff.happenings.seen import LONG, Happening, Seen, quoted
from insatskoll.diff.known import Known
from insatskoll.diff.meaning import Meaning
from insatskoll.diff.naming import Naming, named
from insatskoll.diff.state import Level
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder

_FEW = 5  # names that a short list has
_TOUCHED = 8  # insatser, at most, that are named where a change of what is common is for some
_WHOLE = 2  # names, at most, that are never cut
_NAME = 50  # characters of a name in it
_DATES = frozenset({"gäller_från", "gäller_till", "senast"})
# Where something is said, after ”anges”.
_WHERE: dict[Level, str] = {
    "gemensamt": "gemensamt för alla insatser",
    "insatsen": "för hela insatsen",
    "delen": "i delarna",
}
_RENAMED = {"namn": "byter namn", "rubrik": "byter rubrik"}


@immutable
class Said:
    """A clause as it stands after ”att” and as a sentence of its own (``main``, without its full
    stop). ``further`` are sentences that follow."""

    clause: str
    main: str
    further: str = ""

    @property
    def whole(self) -> str:
        """The clause with the sentences that follow."""
        return f"{self.clause}. {self.further}" if self.further else self.clause

    @property
    def whole_main(self) -> str:
        """The sentence of its own with those that follow."""
        return f"{self.main}. {self.further}" if self.further else self.main


def few(names: Sequence[str]) -> Sequence[str]:
    """``names`` as a short list has them: the first, and how many there are besides."""
    listed = list(names)
    if len(names) > _WHOLE:
        listed = [name if len(name) <= _NAME else f"{name[: _NAME - 1]}…" for name in names]
    return (
        [*listed[:_FEW], f"{phrases.antal(len(names) - _FEW)} till"]
        if len(names) > _FEW + 1
        else listed
    )


def said(fact: Fact, value: Any, known: Known) -> str:
    """What a value of a fact says, in words."""
    if value is None or not fact.path:
        return ""
    if isinstance(fact.path[-1], Order):
        return phrases.lista(item.name for item in value)
    names = known.names[value is fact.after]
    if fact.field == "enheter" and isinstance(value, list):
        return phrases.lista(names.get(i, str(i)) for i in value)
    if fact.field == "avdelning":
        return section(names.get(value, str(value)))
    if fact.field in _DATES:
        return phrases.datum(value)
    if fact.field == "medföljande_barn":
        return "barn får följa med" if value == "ja" else "barn får inte följa med"
    shown = known.printed(fact, value)
    if fact.field in printed.AGES and fact.kind == "changed":
        age = cast("Alder", shown)
        sides = (cast("Alder", known.printed(fact, side)) for side in (fact.before, fact.after))
        one = len({side["avser"] for side in sides}) == 1
        return phrases.alder(age) if one else phrases.alder_avser(age)
    return phrases.say(fact.field, shown)


def section(name: str) -> str:
    """An avdelning by its name: ”avdelningen Vuxna”, and ”Avdelning vuxen” as it is."""
    return name if name.casefold().startswith("avdelning") else f"avdelningen {name}"


class Clause:
    """The clause of a fact. ``before`` and ``after`` are what it says."""

    def __init__(self, meaning: Meaning, known: Known) -> None:
        self.meaning, self.known, self.fact = meaning, known, meaning.fact
        self.before, self.after = (
            said(self.fact, value, known) for value in (self.fact.before, self.fact.after)
        )
        self._naming = Naming(self.fact, known)
        self._book = phrasebook.of(_path(self.fact))
        self._told = self._happened()

    @property
    def long(self) -> bool:
        """Whether the clause does not say all that was and is said."""
        return not all(one.whole for one in self._told)

    def told(self, names: Sequence[str], *, later: bool = False, brief: bool = False) -> Said:
        """The clause, where it holds for the insatser called ``names``, on one line; with ``later``
        as it follows one that has named them, and with ``brief`` without long quotations."""
        slots = (self._naming.later_slots if later else self._naming.slots)(names)
        forms: list[tuple[str, str]] = []
        for happening in self._told:
            if brief and happening.detail:
                continue
            name = happening.brief if brief and happening.brief else happening.name
            forms.append(self._book.filled(name, {**slots, **happening.slots}))
            slots = self._naming.later_slots(names)
        clause, main = (
            phrases.på_en_rad(joined([form[side] for form in forms])) for side in (0, 1)
        )
        follow = [(one.further, "" if brief else one.aside) for one in self._told]
        further = [sentence for both in follow for sentence in both if sentence]
        return Said(clause, main, " ".join([*further, *self._touched()]))

    def _touched(self) -> Iterator[str]:
        """Which insatser a change of what is common is for, if not for all."""
        caused = self.meaning.caused
        if self.fact.subject.kind != "kommun" or caused is None:
            return
        some = list(dict.fromkeys(one.fact.subject.namn for one in caused.effects if weighs(one)))
        every = dict.fromkeys(one.namn for one in (*caused.touched, *caused.untouched))
        rest = [name for name in every if name not in some]
        if some and rest and len(some) <= _TOUCHED:
            word = "insatsen" if len(some) == 1 else "insatserna"
            yield f"Ändringen gäller {word} {named(some)}."
        elif some and rest and len(rest) <= _TOUCHED:
            yield f"Ändringen gäller alla insatser utom {named(rest)}."
        elif some and rest:
            yield f"Ändringen gäller {len(some)} av {len(some) + len(rest)} insatser."

    def subject(self, names: Sequence[str]) -> str:
        """What the clause is about, if that is an insats or a part: ”insatsen A”."""
        return self._naming.holder(names)

    def subject_again(self, names: Sequence[str]) -> str:
        """The same as it begins a clause that follows: ”den ”, ”delen ”B” ”."""
        return f"{self._naming.later_slots(names)['den']} "

    def _happened(self) -> list[Happening]:
        if self._move is not None:
            return [self._moved(self._move)]
        seen = self._seen()
        if renamed := _renamed(self.fact, self._book):
            return [Happening(renamed, {"före": quoted(self.before), "efter": quoted(self.after)})]
        return READINGS[self._book.reads](seen)

    def _seen(self) -> Seen:
        fact = self.fact
        before, after = (self.known.printed(fact, side) for side in (fact.before, fact.after))
        verdicts = frozenset(judgement.verdict for judgement in self.meaning.judgements)
        return Seen(fact, self.known, before, after, self.before, self.after, verdicts)

    @property
    def _move(self) -> Move | None:
        """Where what the whole insats says was said otherwise, or is now."""
        move = self.meaning.moved
        if move is None or self.fact.subject.kind != "insats" or self.fact.path[0] == "delar":
            return None
        in_parts = "delen" in (move.source, move.target)
        if move.kept and in_parts:
            return None  # the parts say something else of the same field
        return move if move.same or in_parts else None

    def _moved(self, move: Move) -> Happening:
        """It has only moved, or is said twice."""
        said_now = quoted(self.after or self.before)
        slots = {"vart": _WHERE[move.target], "från": _WHERE[move.source], "efter": said_now}
        if move.kept:
            name = "skrivs ut" if self.fact.kind == "added" else "skrivs inte längre ut"
        else:
            name = "flyttas" if move.same else "upphör där"
        if name not in self._book.said:
            self._book = phrasebook.moved(self._book)
        if said_now and len(said_now) <= LONG:
            return Happening(name, slots)
        return Happening(f"{name} utan citat" if not move.kept else name, slots, whole=move.kept)


def _path(fact: Fact) -> str:
    """The field as the files of clauses name it: as those of judgements do, but for orders and for
    the names of parts."""
    kind, path = fact.subject.kind, fact.path
    if path and isinstance(path[-1], Order):
        return f"{kind}.*"
    if path[:1] == ("delar",) and len(path) == 3 and path[-1] == "namn":
        return f"{kind}.delar.namn"
    return ".".join((kind, *names_of(path)))


def _renamed(fact: Fact, book: phrasebook.Clauses) -> str:
    """What has happened to an item of a list that has another name or heading, if one has."""
    if fact.kind != "changed" or len(fact.path) < 2 or not isinstance(fact.path[-2], Item):
        return ""
    renamed = _RENAMED.get(fact.field, "")
    return renamed if renamed in book.said else ""


def joined(clauses: Sequence[str]) -> str:
    """Clauses about one thing as one."""
    *first, last = clauses
    return f"{', '.join(first)} och {last}" if first else last
