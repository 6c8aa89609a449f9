"""The Swedish of matters that several fields, parts or insatser are about: one clause each, with
the details in sentences that follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol, cast

from insatskoll.bilaga import phrases
from insatskoll.diff import divided, phrasebook, stated
from insatskoll.diff.clauses import Clause, Said, few, joined
from insatskoll.diff.effects import Caused
from insatskoll.diff.facts import Fact, FactPath, Item
from insatskoll.diff.happenings import providers
from insatskoll.diff.happenings.seen import LONG, quoted
from insatskoll.diff.known import Known
from insatskoll.diff.matters import Matter
from insatskoll.diff.meaning import Meaning
from insatskoll.diff.naming import Naming, bare, named, scope

if TYPE_CHECKING:
    from insatskoll.diff.effects import Effect
    from insatskoll.reading.schema_types import Dokumentation, Villkor

_BOOK = "insats.ärende"


class Teller(Protocol):
    """What tells a matter: ``before`` and ``after`` are what it says on either side, and ``long``
    that the clause does not say all of that."""

    before: str
    after: str

    @property
    def long(self) -> bool:
        """Whether the clause does not say all of that."""

    def told(self, names: Sequence[str], *, later: bool = False, brief: bool = False) -> Said:
        """The clause, where it holds for the insatser called ``names``; with ``later`` as it
        follows one that has named them, and with ``brief`` without long quotations."""


def teller(matter: Matter, known: Known) -> Teller:
    """What tells a matter."""
    match matter.kind:
        case "utförare":
            return _Providers(matter, known)
        case "ingång":
            return _WayIn(matter, known)
        case "delar":
            return _Parts(matter, known)
        case "gemensamt":
            return _Common(matter, known)
        case "nytt för några":
            return _ForSome(matter, known)
        case "enhet":
            return _Unit(matter, known)
    if matter.heads > 1:
        return _Several(matter, known)
    return Clause(matter.meanings[0], known)


class _Several:
    """Several facts about one thing, one after another."""

    def __init__(self, matter: Matter, known: Known) -> None:
        self._clauses = [Clause(one, known) for one in matter.meanings[: matter.heads]]
        self.before, self.after = (
            "\n\n".join(filter(None, said))
            for said in (
                [one.before for one in self._clauses],
                [one.after for one in self._clauses],
            )
        )

    @property
    def long(self) -> bool:
        """Whether the clause does not say all that was and is said."""
        return any(one.long for one in self._clauses)

    def told(self, names: Sequence[str], *, later: bool = False, brief: bool = False) -> Said:
        """The clauses as one. Where the first is about the insats itself, so are the others."""
        first, *rest = self._clauses
        said = [first.told(names, later=later, brief=brief)]
        said += [one.told(names, later=True, brief=brief) for one in rest]
        # a subject that they have together is said once
        subject, again = first.subject(names), first.subject_again(names)
        again = again if subject and said[0].clause.startswith(subject) else ""
        clause, main = (
            joined([side[0], *(text.removeprefix(again) for text in side[1:])])
            for side in ([one.clause for one in said], [one.main for one in said])
        )
        return Said(clause, main, " ".join(one.further for one in said if one.further))


class _Together:
    """What is told in a clause of its own."""

    def __init__(self, matter: Matter, known: Known) -> None:
        self.matter, self.known = matter, known
        self.before = self.after = ""
        self._naming = Naming(matter.fact, known)

    @property
    def long(self) -> bool:
        return False

    def _said(
        self,
        happening: str,
        names: Sequence[str],
        further: str = "",
        later: bool = False,
        **said: str,
    ) -> Said:
        slots = (self._naming.later_slots if later else self._naming.slots)(names) | said
        clause, main = phrasebook.of(_BOOK).filled(happening, slots)
        return Said(phrases.på_en_rad(clause), phrases.på_en_rad(main), further)

    def _changed(self, verbs: tuple[str, str, str], names: Sequence[str], later: bool) -> Said:
        """The clause for what has changed, come or gone, by ``before`` and ``after``."""
        changed, come, gone = verbs
        verb = come if self.after else gone
        if self.before and self.after:
            verb = changed
        return self._said(verb, names, later=later, före=self.before, efter=self.after)


class _Providers(_Together):
    """Who gives an insats, and in what regi."""

    def __init__(self, matter: Matter, known: Known) -> None:
        super().__init__(matter, known)
        keys = [one.fact.field for one in matter.meanings]
        subject = matter.fact.subject
        self.before, self.after = (providers.given(known, subject, side, keys) for side in (0, 1))

    def told(self, names: Sequence[str], *, later: bool = False, brief: bool = False) -> Said:
        return self._changed(("ges", "ges från nu", "gavs"), names, later)


class _WayIn(_Together):
    """The way in, and from whom those come who are sent."""

    def __init__(self, matter: Matter, known: Known) -> None:
        super().__init__(matter, known)
        files = (known.insats(matter.fact.subject, side) for side in (0, 1))
        self.before, self.after = (
            phrases.ingang(file) if file and "ingång" in file else "" for file in files
        )

    def told(self, names: Sequence[str], *, later: bool = False, brief: bool = False) -> Said:
        return self._changed(("ingången", "ingången anges", "ingången tas bort"), names, later)


class _Parts(_Together):
    """An insats that is divided into parts, or no longer is, with what is another in each."""

    def told(self, names: Sequence[str], *, later: bool = False, brief: bool = False) -> Said:
        added = self.matter.fact.before is None
        items = [one.fact for one in self.matter.meanings if len(one.fact.path) == 2]
        parts = [fact for fact in items if fact.path[0] == "delar"]
        listed = phrases.lista(f"”{bare(_item(fact.path).name)}”" for fact in parts)
        happening = "delas in" if added else "delas inte in"
        away = [one.fact for one in self.matter.meanings if one.is_taken_away]
        gone = [_sentences(self._clause(fact, names)) for fact in away]
        left = len(parts) - len(away)
        if gone and left == 1 and len(gone) == len(away):
            happening = "delar tas bort"
            listed = phrases.lista(f"”{bare(_item(fact.path).name)}”" for fact in away)
            gone = []
        word = "delen" if happening == "delar tas bort" and len(away) == 1 else "delarna"
        further = [*gone, *self._of_parts(parts, names)]
        said = " ".join(filter(None, further))
        return self._said(happening, names, said, delarna=f"{word} {listed}")

    def _of_parts(self, parts: Sequence[Fact], names: Sequence[str]) -> Iterator[str]:
        """What each part is where all of it was alike, and what else is another."""
        effects = [
            effect
            for one in self.matter.meanings
            for effect in (one.caused.effects if one.caused else ())
        ]
        effects = [one for one in effects if not one.only_moved]
        told: list[str] = []
        if self.matter.fact.before is None:
            told, effects = divided.told([_item(fact.path).name for fact in parts], effects)
        if not any("dokumenteras" in sentence for sentence in told):
            yield from self._kept(parts)
        yield from told
        yield from self._differing(parts, effects, names)

    def _kept(self, parts: Sequence[Fact]) -> Iterator[str]:
        """How all of it is documented, or those of the parts that are documented as the whole,
        where that is as it was."""
        for meaning in self.matter.meanings:
            fact, move = meaning.fact, meaning.moved
            if fact.path != ("dokumentation",) or move is None or not move.same:
                continue
            said = _documented(fact)
            alike = [part for part in parts if _documented(part, "dokumentation") == said]
            if said and alike:
                happening = (
                    "delarna dokumenteras" if parts[0].before is None else "helheten dokumenteras"
                )
                slots = {"efter": said, "delarna": _these(alike, parts)}
                told, _ = phrasebook.of(_BOOK).filled(happening, slots)
                yield phrases.mening(told)

    def _differing(
        self, parts: Sequence[Fact], effects: Sequence[Effect], names: Sequence[str]
    ) -> Iterable[str]:
        """What holds for each part that did not for the whole, or the other way, as sentences."""
        paths = {_item(fact.path).name: fact.path for fact in parts}
        told: list[Said] = []
        for effect in effects:
            if effect.part in paths:
                path = (*paths[effect.part], *effect.fact.path)
                told.append(self._clause(replace(effect.fact, path=path), names))
        further = {one.further for one in told}
        if len(told) > 1 and len(further) == 1:  # the same of all of them is said once
            told = [replace(one, further="") for one in told]
            return [*_of_each_part(dict.fromkeys(map(_sentences, told)), parts), *further]
        return _of_each_part(dict.fromkeys(map(_sentences, told)), parts)

    def _clause(self, fact: Fact, names: Sequence[str]) -> Said:
        return Clause(Meaning(fact, (), fact), self.known).told(names, later=True)


def _sentences(said: Said) -> str:
    return phrases.mening(said.main) + (f" {said.further}" if said.further else "")


def _documented(fact: Fact, *path: str) -> str:
    """How a whole or, at ``path`` in it, a part is documented, in words; nothing where it does not
    say."""
    data: Any = fact.after if fact.before is None else fact.before
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return phrases.dokumentation_sätt(cast("Dokumentation", data)) if data else ""


def _these(parts: Sequence[Fact], every: Sequence[Fact]) -> str:
    """Some of the parts by their names, or all of them."""
    if len(parts) == len(every):
        return "delarna"
    listed = phrases.lista(f"”{bare(_item(part.path).name)}”" for part in parts)
    return f"delen {listed}" if len(parts) == 1 else f"delarna {listed}"


def _of_each_part(told: Iterable[str], parts: Sequence[Fact]) -> list[str]:
    """The sentences, with those about one part as one."""
    begins = [f"Delen ”{bare(_item(fact.path).name)}” " for fact in parts]
    found: dict[str, list[str]] = {}
    for text in told:
        whose = next((one for one in begins if text.startswith(one) and ". " not in text), "")
        found.setdefault(whose or text, []).append(text.removeprefix(whose).removesuffix("."))
    return [
        phrases.mening(f"{key if key in begins else ''}{phrases.lista(said)}")
        for key, said in found.items()
    ]


class _Common(_Together):
    """A condition, or the rules of consent, that have become common or ceased to be."""

    def told(self, names: Sequence[str], *, later: bool = False, brief: bool = False) -> Said:
        fact = self.matter.fact
        less = len(cast("Sized", fact.before or ())) > len(cast("Sized", fact.after or ()))
        verb = "blir gemensamt" if less else "blir eget"
        if fact.path[0] == "samtycke":
            verb += " samtycke"
        condition = _condition(fact, self.known)
        return self._said(verb, names, villkoret=condition, barnen=self._for_whom())

    def _for_whom(self) -> str:
        """The children that the rules of consent are for, where all that have moved are for the
        same."""
        moved: set[str] = set()
        for fact in (one.fact for one in self.matter.meanings):
            before, after = (
                cast("dict[str, Any]", side or {}) for side in (fact.before, fact.after)
            )
            moved |= {key for key in {*before, *after} if before.get(key) != after.get(key)}
        words = phrasebook.of("insats.samtycke").words
        return f"för {words[moved.pop()]}" if len(moved) == 1 and moved <= words.keys() else ""


class _ForSome(_Together):
    """What has become common, or ceased to be, to those who did not have it by themselves."""

    def told(self, names: Sequence[str], *, later: bool = False, brief: bool = False) -> Said:
        fact, (meaning,) = self.matter.fact, self.matter.meanings
        caused = meaning.caused or Caused()
        some, rest = ([about.namn for about in side] for side in (caused.touched, caused.untouched))
        if fact.path[0] != "samtycke" and (own := self._as_of_each(meaning, some, rest)):
            return own
        data: Any = fact.after or fact.before
        whom = _first(some) if brief else scope(some, rest)
        verb = "införs för några" if fact.before is None else "tas bort för några"
        if fact.path[0] == "samtycke":
            verb += " samtycke"
            further = stated.consent(data) if fact.before is None and not brief else ""
        else:
            further = ""
        return self._said(
            verb,
            names,
            further,
            villkoret=_condition(fact, self.known),
            några=whom,
            efter=quoted(phrases.say(str(fact.path[0]), data)),
        )

    def _as_of_each(
        self, meaning: Meaning, some: Sequence[str], rest: Sequence[str]
    ) -> Said | None:
        """A condition as it would be told of each that it is new to, or gone from, if that is the
        same of all."""
        path = ("villkor", *meaning.fact.path[1:])
        facts = (
            replace(meaning.fact, subject=about, path=path)
            for about in (meaning.caused or Caused()).touched
        )
        own = [Clause(replace(meaning, fact=fact, caused=None), self.known) for fact in facts]
        found = {one.told(some) for one in own}
        if len(found) != 1:
            return None
        (said,) = found
        clause, main = (
            text.replace(own[0].subject(some), scope(some, rest), 1)
            for text in (said.clause, said.main)
        )
        return replace(said, clause=clause, main=main)


class _Unit(_Together):
    """A unit that another has taken the place of."""

    def told(self, names: Sequence[str], *, later: bool = False, brief: bool = False) -> Said:
        new = self.matter.meanings[1].fact
        called = self.known.names[1].get(_item(new.path).name, _item(new.path).name)
        return self._said("enhet ersätts", names, nya=bare(called))


def _condition(fact: Fact, known: Known) -> str:
    """What a condition is called by what it asks for: ”villkoret om folkbokföring i Exempels
    kommun”."""
    if fact.path[0] == "samtycke":
        return ""
    data = cast("dict[str, Any]", fact.after or fact.before)
    named_by_kind = Naming(fact, known).slots(())["posten"].removeprefix("det gemensamma ")
    if data.keys() - stated.REASONS == {"typ", "område"}:
        return f"{named_by_kind} i {bare(data['område'])}"
    said = quoted(stated.asked(cast("Villkor", known.printed(fact, data))))
    return f"villkoret ”{said}”" if len(said) <= 2 * LONG else named_by_kind


def _item(path: FactPath) -> Item:
    step = path[1]
    assert isinstance(step, Item)
    return step


def _first(names: Sequence[str]) -> str:
    """Insatser where there is little room."""
    return f"{'insatsen' if len(names) == 1 else 'insatserna'} {named(few(names))}"
