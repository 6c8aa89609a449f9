"""The Swedish of matters that several fields, parts or insatser are about: one clause each, with
the details in sentences that follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol, cast

from insatskoll.bilaga import phrases
from insatskoll.diff import phrasebook
from insatskoll.diff.clauses import Clause, Said, few, joined
from insatskoll.diff.facts import About, Fact, FactPath, Item
from insatskoll.diff.happenings import providers
from insatskoll.diff.happenings.seen import LONG, quoted
from insatskoll.diff.judgement import Judgement, only_written_otherwise
from insatskoll.diff.known import Known
from insatskoll.diff.matching import Group
from insatskoll.diff.matters import Matter
from insatskoll.diff.meaning import Meaning
from insatskoll.diff.naming import Naming, bare, named
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Dokumentation, InsatsData

_WORDS = later(r"\w+")
# Texts that say the same when each insats has its share of them; a condition does not.
_PARTED = frozenset({("målgrupp", "beskrivning"), ("syfte",), ("mål",), ("innehåll",)})
_OLDEST = 200  # years that nobody is
_JOINING = frozenset({"och", "samt", "eller"})
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
        subject = first.subject(names)
        clause, main = (
            joined(
                [
                    text if number == 0 else _again(text, of, subject)
                    for number, text in enumerate(side)
                ]
            )
            for side, of in (
                ([one.clause for one in said], said[0].clause),
                ([one.main for one in said], said[0].main),
            )
        )
        return Said(clause, main, " ".join(one.further for one in said if one.further))


def _again(text: str, first: str, subject: str) -> str:
    """A clause after the first, without the subject that they have together."""
    return text.removeprefix("den ") if subject and first.startswith(subject) else text


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
        further = " ".join([*self._kept(added), *self._differing(parts, names)])
        return self._said(happening, names, further, delarna=f"delarna {listed}")

    def _kept(self, added: bool) -> Iterator[str]:
        """How all of it is documented, where that is as it was."""
        for meaning in self.matter.meanings:
            fact, move = meaning.fact, meaning.moved
            if fact.path == ("dokumentation",) and move is not None and move.same:
                said = phrases.dokumentation_sätt(cast("Dokumentation", fact.before or fact.after))
                if said:
                    happening = "delarna dokumenteras" if added else "helheten dokumenteras"
                    told, _ = phrasebook.of(_BOOK).filled(happening, {"efter": said})
                    yield phrases.mening(told)

    def _differing(self, parts: Sequence[Fact], names: Sequence[str]) -> Iterable[str]:
        """What holds for each part that did not for the whole, or the other way, as sentences."""
        paths = {_item(fact.path).name: fact.path for fact in parts}
        told: dict[str, None] = {}
        for meaning in self.matter.meanings:
            for effect in meaning.caused.effects if meaning.caused else ():
                if not effect.only_moved and effect.part in paths:
                    path = (*paths[effect.part], *effect.fact.path)
                    told[self._sentence(replace(effect.fact, path=path), names)] = None
        return told

    def _sentence(self, fact: Fact, names: Sequence[str]) -> str:
        said = Clause(Meaning(fact, (), fact), self.known).told(names, later=True)
        return phrases.mening(said.main) + (f" {said.further}" if said.further else "")


class _Common(_Together):
    """A condition, or the rules of consent, that have become common or ceased to be."""

    def told(self, names: Sequence[str], *, later: bool = False, brief: bool = False) -> Said:
        fact = self.matter.fact
        verb = "blir gemensamt" if fact.after is None else "blir eget"
        if fact.path[0] == "samtycke":
            verb += " samtycke"
        return self._said(verb, names, villkoret=_condition(fact, self.known))


class _ForSome(_Together):
    """What has become common, or ceased to be, to those who did not have it by themselves."""

    def told(self, names: Sequence[str], *, later: bool = False, brief: bool = False) -> Said:
        fact, (meaning,) = self.matter.fact, self.matter.meanings
        touched = [about.namn for about in meaning.caused.touched] if meaning.caused else []
        verb = "införs för några" if fact.before is None else "tas bort för några"
        if fact.path[0] == "samtycke":
            verb += " samtycke"
        villkoret, some = _condition(fact, self.known), _insatser(touched)
        said = quoted(phrases.say(str(fact.path[0]), fact.after or fact.before))
        return self._said(verb, names, villkoret=villkoret, några=some, efter=said)


def _condition(fact: Fact, known: Known) -> str:
    """What a condition is called by what it asks for: ”villkoret om folkbokföring i Exempels
    kommun”."""
    if fact.path[0] == "samtycke":
        return ""
    data = cast("dict[str, Any]", fact.after or fact.before)
    named_by_kind = Naming(fact, known).slots(())["posten"].removeprefix("det gemensamma ")
    if set(data) == {"typ", "område"}:
        return f"{named_by_kind} i {bare(data['område'])}"
    said = quoted(phrases.say("villkor", known.printed(fact, data)))
    return f"villkoret ”{said}”" if len(said) <= 2 * LONG else named_by_kind


def _item(path: FactPath) -> Item:
    step = path[1]
    assert isinstance(step, Item)
    return step


def _insatser(names: Sequence[str]) -> str:
    return f"{'insatsen' if len(names) == 1 else 'insatserna'} {named(few(names))}"


def regrouped(group: Group, inside: Sequence[Matter], known: Known) -> Said:
    """The clause for what has been split, merged or divided in another way, and what is another in
    it than it was, in sentences."""
    old, new = (
        [known.insatser[side][i].namn for i in ids]
        for side, ids in enumerate((group.old, group.new))
    )
    happening = "fördelas"
    if len(old) == 1 or len(new) == 1:
        happening = "delas upp" if len(old) == 1 else "slås samman"
    slots = {"gamla": named(old), "nya": named(new)}
    clause, main = phrasebook.of(_BOOK).filled(happening, slots)
    return Said(clause, main, " ".join(_details(group, inside, known)))


def _details(group: Group, inside: Sequence[Matter], known: Known) -> Iterable[str]:
    """What is another, by which of the insatser it is compared with, or is of; what holds for them
    all without."""
    told: dict[str, list[About]] = {}
    for matter in inside:
        editorial = all(one.axis == "editorial" for one in matter.judgements)
        if editorial or is_only_parted(matter, group, known):
            continue
        said = teller(matter, known).told([matter.fact.subject.namn], later=True)
        told.setdefault(said.main, []).append(matter.fact.subject)
    labelled: dict[str, list[str]] = {}
    for text, subjects in told.items():
        everyone = len({(one.old, one.new) for one in subjects}) == len(group.pairs)
        label = "" if everyone else phrases.lista(_label(group, one, known) for one in subjects)
        labelled.setdefault(label, []).append(text)
    for label, texts in labelled.items():
        if label:
            yield phrases.mening(f"{label}: {'; '.join(texts)}")
        else:
            yield from map(phrases.mening, texts)


def judged(group: Group, inside: Sequence[Matter], known: Known) -> tuple[Judgement, ...]:
    """What it means that insatser have been split, merged or given another name, with what differs
    in it: editorial where texts have only been parted, and for a reader to tell where what is said
    does not."""
    telling = [one for one in inside if not is_only_parted(one, group, known)]
    found = {judgement for matter in telling for judgement in matter.judgements}
    weighty = [one for one in found if one.axis != "editorial"]
    if not weighty and inside:
        weighty = [only_written_otherwise(inside[0].fact)]
    elif group.regrouped and not any(one.axis == "effect" for one in weighty):
        weighty.append(Judgement("unclear", "SoL 11 kap. 5 §"))
    return tuple(sorted(weighty, key=lambda one: (one.weight, one)))


def is_only_parted(matter: Matter, group: Group, known: Known) -> bool:
    """Whether texts and ages have only been parted between the insatser of a group, or put
    together: no word and no year has come or gone for them all."""
    return all(_is_parted(meaning.fact, group, known) for meaning in matter.meanings)


def _is_parted(fact: Fact, group: Group, known: Known) -> bool:
    if fact.kind != "changed":
        return False
    sides = [
        [known.insatser[side][i].data for i in ids]
        for side, ids in enumerate((group.old, group.new))
    ]
    if fact.field == "ålder":
        years = [_years(side, fact.path[0] == "villkor") for side in sides]
        return bool(years[0]) and years[0] == years[1]
    if fact.path not in _PARTED or not isinstance(fact.before, str):
        return False
    both = [{word for data in side for word in _words_at(data, fact.path)} for side in sides]
    return (both[0] ^ both[1]) <= _JOINING


def _years(insatser: Sequence[InsatsData], demanded: bool) -> set[tuple[str, int]]:
    """The years that some insats is for, by whose they are: as conditions (``demanded``) or as the
    target group. Nothing where they cannot be put together."""
    found: set[tuple[str, int]] = set()
    for data in insatser:
        holders = data.get("villkor", ()) if demanded else (data.get("målgrupp", {}),)
        ages = [(one["ålder"], one) for one in holders if "ålder" in one]
        if len(ages) != 1 or "gäller" in dict(ages[0][1]):
            return set()
        age = ages[0][0]
        if age.keys() - {"från", "till", "avser", "enhet"} or age.get("enhet", "år") != "år":
            return set()
        low, high = age.get("från", 0), age.get("till", _OLDEST)
        found |= {(age["avser"], year) for year in range(low, min(high, _OLDEST) + 1)}
    return found


def _words_at(data: object, path: FactPath) -> list[str]:
    for step in path:
        data = data.get(step) if isinstance(data, dict) and isinstance(step, str) else None
    return _WORDS.findall(data.casefold()) if isinstance(data, str) else []


def _label(group: Group, subject: About, known: Known) -> str:
    if len(group.old) > 1 and subject.old is not None:
        return f"jämfört med {bare(known.insatser[0][subject.old].namn)}"
    return bare(subject.namn)
