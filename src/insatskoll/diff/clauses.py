"""The Swedish of a change: one clause, as it could stand after ”Förvaltningen föreslår att”."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from insatskoll.bilaga import phrases
from insatskoll.catalogue import printed
from insatskoll.diff.documented import another_level
from insatskoll.diff.effects import Move
from insatskoll.diff.facts import Fact, FactPath, Item, Order, names_of
from insatskoll.diff.known import Known
from insatskoll.diff.meaning import Meaning
from insatskoll.diff.state import Level
from insatskoll.reading import samples

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder, KommunData

_LONG = 90
_FEW = 5  # names that a short list has
_NAME = 50  # characters of a name in it
_THROUGH = frozenset({"utförare"})  # groups that clauses do not name
_DATES = frozenset({"gäller_från", "senast"})
# Where something is said, after ”anges”.
_WHERE: dict[Level, str] = {
    "gemensamt": "gemensamt för alla insatser",
    "insatsen": "för hela insatsen",
    "delen": "i delarna",
}
_CONDITIONS = ("villkor", "gemensamma_villkor")


def few(names: Sequence[str]) -> Sequence[str]:
    """``names`` as a short list has them: the first, and how many there are besides."""
    listed = [name if len(name) <= _NAME else f"{name[: _NAME - 1]}…" for name in names]
    return [*listed[:_FEW], f"{len(names) - _FEW} till"] if len(names) > _FEW + 1 else listed


def regrouped(old: Sequence[str], new: Sequence[str]) -> str:
    """The clause for what has been split, merged or divided in another way."""
    before, after = map(phrases.lista, (old, new))
    if len(old) == 1:
        return f"insatsen {before} delas upp i {after}"
    if len(new) == 1:
        return f"insatserna {before} slås samman till {after}"
    return f"insatserna {before} fördelas på {after}"


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
        return names.get(value, str(value))
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


class Clause:
    """The clause of a fact that holds for the insatser called ``names``. ``before`` and ``after``
    are what it says."""

    def __init__(self, meaning: Meaning, known: Known, before: str, after: str) -> None:
        self.meaning, self.known = meaning, known
        self.fact, self.path = meaning.fact, meaning.fact.path
        self.kind = meaning.fact.subject.kind
        self.before, self.after = before, after

    @property
    def long(self) -> bool:
        """Whether what is said before and after is too long to stand in the clause."""
        ordered = bool(self.path) and isinstance(self.path[-1], Order)
        return bool(self.path) and not ordered and max(len(self.before), len(self.after)) > _LONG

    def told(self, names: Sequence[str]) -> str:
        """The clause, on one line."""
        owner = self._owner(names)
        for form in self._forms():
            if clause := form(owner):
                # What is compared with stands between commas.
                return phrases.på_en_rad(clause).removesuffix(",")
        raise AssertionError(self.fact)

    def _forms(self) -> tuple[Callable[[str], str], ...]:
        """The ways in which clauses are made. The first that has something to say of this fact says
        it."""
        return (
            self._whole_file,
            self._order,
            self._whole_item,
            self._renamed,
            self._units,
            self._level,
            self._moved,
            self._limited,
            self._come_or_gone,
            self._renamed_item,
            self._listed,
            self._same_words,
            self._changed,
        )

    def _whole_file(self, owner: str) -> str:
        """An insats, an analysis or the whole municipality that comes or goes."""
        if self.path:
            return ""
        added = self.fact.kind == "added"
        if self.kind == "kommun":
            file = cast("KommunData", self.fact.after if added else self.fact.before)
            where = "läggs till i katalogen" if added else "tas bort ur katalogen"
            return f"{file['namn']} {where}"
        return f"{owner} {'läggs till' if added else 'tas bort'}"

    def _order(self, owner: str) -> str:
        """Items of a list that have changed places, or insatser in print."""
        if isinstance(self.path[-1], Order):
            within = self._of(self.path[:-2], owner, part=self.fact.field == "delar")
            return f"ordningen mellan {self._noun(self.path)}{within} ändras"
        if self.fact.field == "insatser":
            return f"ordningen mellan insatserna{self._of(self.path[:-1], owner)} ändras"
        return ""

    def _whole_item(self, owner: str) -> str:
        """An item of a list that comes or goes; a condition is quoted, if its text is not too
        long."""
        if not isinstance(self.path[-1], Item) or self._move is not None:
            return ""
        added = self.fact.kind == "added"
        if self.fact.field not in _CONDITIONS:
            return f"{self._thing(self.path, owner)} {'läggs till' if added else 'tas bort'}"
        text = "" if self.long else self.after or self.before
        item = self._item(self.path[:-1])
        quoted = f"{item} ”{text}”" if text else item
        return f"{quoted}{self._of(self.path[:-2], owner)} {'införs' if added else 'tas bort'}"

    def _renamed(self, owner: str) -> str:
        """An insats that gets another name, or another avdelning."""
        if self.path == ("namn",) and self.kind == "insats":
            return f"insatsen {self.before} får namnet ”{self.after}”"
        if self.path == ("avdelning",):
            return f"{owner} flyttas från ”{self.before}” till ”{self.after}”"
        return ""

    def _units(self, owner: str) -> str:
        """Which units begin and cease to give an insats."""
        if self.path != ("utförare", "enheter"):
            return ""
        lost, gained = _lost_and_gained(self.fact)
        ended = phrases.lista(self.known.names[0].get(i, i) for i in lost)
        begun = phrases.lista(self.known.names[1].get(i, i) for i in gained)
        if lost and gained:
            return f"{owner} ges av {begun} i stället för {ended}"
        if not lost and not gained:
            return f"ordningen mellan enheterna för {owner} ändras"
        return f"{begun} börjar ge {owner}" if gained else f"{ended} slutar ge {owner}"

    def _level(self, owner: str) -> str:
        """How something is documented and was before, if that is what has changed."""
        if not (levels := another_level(self.fact, briefly=self.long)):
            return ""
        was, now = levels
        if self.kind == "riskanalys":
            return f"{owner} förordar att insatsen dokumenteras {now} i stället för {was}"
        common = ""
        if not owner:
            common = next((step.name for step in self.path if isinstance(step, Item)), "")
        what = _quoted_if_several(common) or self._of(self.path[:-1], owner, bare=True)
        return f"{what} dokumenteras {now} i stället för {was}"

    @property
    def _move(self) -> Move | None:
        """Where what the whole insats says was said otherwise, or is now."""
        move = self.meaning.moved
        if move is None or self.kind != "insats" or self.path[0] == "delar":
            return None
        return move if move.same or "delen" in (move.source, move.target) else None

    def _moved(self, owner: str) -> str:
        """What has only moved between the whole and its parts or what is common to all insatser, or
        is said twice."""
        if (move := self._move) is None:
            return ""
        thing, there = self._thing(self.path, owner), _WHERE[move.target]
        text = self.after or self.before
        said = "" if self.long or not text else f"”{text}”"
        if move.kept:
            done = "skrivs ut" if self.fact.kind == "added" else "stryks"
            return f"{thing} {done} men gäller redan {_WHERE['gemensamt']}"
        if (move.source, move.target) == ("gemensamt", "insatsen"):
            return f"{self._name(self.path)} anges i stället i {owner}{f': {said}' if said else ''}"
        if move.same:
            what = f": {said}" if self.after and said else ""
            return f"{thing} anges i stället {there}{what}"
        what = f": {said}" if self.after else f", tidigare {said}"
        return f"{thing} anges inte längre {_WHERE[move.source]} utan {there}{what if said else ''}"

    def _limited(self, owner: str) -> str:
        """An extent that becomes less than it was."""
        narrower = any(judgement.verdict == "narrower" for judgement in self.meaning.judgements)
        if self.fact.field != "omfattning" or self.long or not self.after or not narrower:
            return ""
        was = f", tidigare {_quoted_if_several(self.before)}" if self.before else ""
        limit = _quoted_if_several(self.after)
        return f"{self._thing(self.path, owner)} begränsas till {limit}{was}"

    def _come_or_gone(self, owner: str) -> str:
        if self.fact.kind not in ("added", "removed"):
            return ""
        added = self.fact.kind == "added"
        thing = self._thing(self.path, owner)
        if self.long:
            return f"{thing} {'skrivs in' if added else 'stryks'}"
        return f"{thing} anges: ”{self.after}”" if added else f"{thing} stryks: ”{self.before}”"

    def _renamed_item(self, owner: str) -> str:
        """An item of a list that gets another name or heading."""
        if self.fact.field not in ("namn", "rubrik") or len(self.path) < 2:
            return ""
        if not isinstance(self.path[-2], Item):
            return ""
        within = self._of(self.path[:-3], owner, part=self.path[-3] == "delar")
        named = f"{self._item(self.path[:-2])} ”{self.before}”{within}"
        return f"{named} får {self._noun(self.path)} ”{self.after}”"

    def _listed(self, owner: str) -> str:
        """What comes into a list of words and what goes out of it."""
        fact = self.fact
        if self.long or not all(map(_is_short_list, (fact.before, fact.after))):
            return ""
        thing = self._thing(self.path, owner)
        lost, gained = (
            phrases.lista(f"”{phrases.say(fact.field, item)}”" for item in items)
            for items in _lost_and_gained(fact)
        )
        if lost and gained:
            return f"{thing} ändras: {gained} läggs till och {lost} tas bort"
        if not lost and not gained:
            return f"{thing} får en annan ordning"
        return f"{thing} utökas med {gained}" if gained else f"{thing} minskas med {lost}"

    def _same_words(self, owner: str) -> str:
        """What is written in or struck of a field that still says the same in words."""
        if self.long or self.before != self.after:
            return ""
        thing = self._thing(self.path, owner)
        old, new = (
            side if isinstance(side, dict) else {} for side in (self.fact.before, self.fact.after)
        )
        gained, lost = (
            phrases.lista(self._noun((*self.path, name)) for name in some if name not in rest)
            for some, rest in ((new, old), (old, new))
        )
        if bool(gained) == bool(lost):
            return f"{thing} skrivs på ett annat sätt"
        return f"{gained} skrivs in i {thing}" if gained else f"{lost} stryks ur {thing}"

    def _changed(self, owner: str) -> str:
        thing = self._thing(self.path, owner)
        if self.long:
            return f"{thing} skrivs om"
        return f"{thing} ändras från ”{self.before}” till ”{self.after}”"

    def _owner(self, names: Sequence[str]) -> str:
        """Whose file it is: ”insatserna A och B”; nothing for what is common."""
        if self.kind == "kommun":
            return ""
        subject, listed, compared = self.fact.subject, phrases.lista(names), ""
        if self.kind == "riskanalys":
            return f"risk- och konsekvensanalysen av {listed}"
        if subject.new in self.known.merged and subject.old in self.known.insatser[0]:
            compared = f", jämfört med {self.known.insatser[0][subject.old].namn},"
        return f"{'insatsen' if len(names) == 1 else 'insatserna'} {listed}{compared}"

    def _thing(self, path: FactPath, owner: str) -> str:
        """What stands at ``path``, and whose it is: ”åldern i villkoret om ålder för insatsen
        A”."""
        if path == ("bilaga", "gäller_från"):
            return self._noun(path)
        if path[0] == "bilaga" and len(path) == 2:
            return f"{self._noun(path)} {'till' if path[1] == 'inledning' else 'på'} bilagan"
        return f"{self._name(path)}{self._of(path[:-1], owner, part=_is_part(path))}"

    def _of(self, path: FactPath, owner: str, *, bare: bool = False, part: bool = False) -> str:
        """The words that tie something to what it stands in, or with ``bare`` just what it stands
        in.

        ``part`` tells that it is a part of what it stands in.
        """
        while path and self._is_passed_over(path):
            path = path[:-1]
        if not path and (bare or not owner):
            return owner
        if not path:
            return f" {'i' if part or self.kind == 'riskanalys' else 'för'} {owner}"
        within = f"{self._name(path)}{self._of(path[:-1], owner, part=_is_part(path))}"
        if bare:
            return within
        of_it = isinstance(path[-1], Item) and path[-2] in ("delar", "enheter", "platser")
        return f" {'för' if of_it else 'i'} {within}"

    def _is_passed_over(self, path: FactPath) -> bool:
        """Whether a clause does not name what stands at ``path``: a list whose items have words of
        their own."""
        return path[-1] in _THROUGH or (isinstance(path[-1], str) and bool(self._item(path)))

    def _name(self, path: FactPath) -> str:
        """The name of a field or an item, without whose it is."""
        last = path[-1]
        if not isinstance(last, Item):
            return self._noun(path)
        field, item = str(path[-2]), self._item(path[:-1])
        if field in _CONDITIONS:
            kind = last.name.split(",")[0]
            return item + ("" if kind in ("annat", "situation") else f" om {kind}")
        named = last.name
        if field in ("enheter", "avdelningar"):
            named = self.known.names[0 if last.new is None else 1].get(named, named)
        return f"{item} ”{named}”" if item else f"”{named}”"

    def _noun(self, path: FactPath) -> str:
        """A field's name with its article, as the schema has it: ”målgruppen”."""
        return samples.definite(self.kind, names_of(path))

    def _item(self, path: FactPath) -> str:
        """What an item of the list at ``path`` is called: ”delen”."""
        return samples.item(self.kind, names_of(path))


def _quoted_if_several(text: str) -> str:
    """``text`` as a piece of a clause: in quotation marks if it is several sentences."""
    return f"”{text}”" if re.search(r"[.!?…] +\S", text) else text


def _is_part(path: FactPath) -> bool:
    return isinstance(path[-1], Item) and path[-2] == "delar"


def _is_short_list(value: object) -> bool:
    """Whether something is a list of words, of which it can be told what comes and goes, and no
    text in paragraphs."""
    return isinstance(value, list) and all(
        isinstance(item, str) and len(item) <= 60 and not item.endswith(".") for item in value
    )


def _lost_and_gained(fact: Fact) -> tuple[list[Any], list[Any]]:
    before, after = (cast("list[object]", side or []) for side in (fact.before, fact.after))
    lost = [item for item in before if item not in after]
    return lost, [item for item in after if item not in before]
