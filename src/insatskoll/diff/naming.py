"""What a clause calls things: the insats or the part that something is said of, the item of a list,
and the field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from insatskoll.bilaga import phrases
from insatskoll.diff.facts import Fact, FactPath, Item, Order, names_of
from insatskoll.diff.known import Known
from insatskoll.patterns import later
from insatskoll.reading import samples

CONDITIONS = ("villkor", "gemensamma_villkor")
_SEVERAL = later(r"[.!?…] +\S")
_PREPOSITIONS = ("av", "för", "hos", "i", "med", "på", "till", "ur", "vid")
_NAMED_ONE_BY_ONE = 5  # insatser, at most, that are never told as all but others
_NAMED = ("avdelningar", "enheter", "platser")  # lists whose items are called by their names


class Naming:
    """What is called what in the clause of ``fact``."""

    def __init__(self, fact: Fact, known: Known) -> None:
        self.fact, self.known = fact, known
        self.kind = fact.subject.kind

    def slots(self, names: Sequence[str]) -> dict[str, str]:
        """What clauses need of it: ``den`` and the prepositions before it, ``posten``, and
        ”gemensam” where it is common. ``names`` are the insatser that the clause is about."""
        whose = self.holder(names)
        common = self.kind == "kommun"
        return _prepositions(whose) | {
            "den": whose or "alla insatser",
            "den bestämd": self._definite(names),
            "enligt gemensamma": "enligt de gemensamma reglerna" if common else "",
            "i gemensamma": "i de gemensamma reglerna" if common else "",
            "ur gemensamma": "ur de gemensamma reglerna" if common else "",
            "ny insats": "ny insats" if len(names) < 2 else "nya insatser",
            "avgiftsfri": "avgiftsfri" if len(names) < 2 else "avgiftsfria",
            "namnen": named(names),
            "post": self._item_named().split(" om ")[0],
            "posten": self._item_named(),
            "posterna": self._items(),
            "gemensam": "gemensam" if common else "",
            "gemensamt": "gemensamt" if common else "",
            "gemensamma": "gemensamma" if common else "",
            "det gemensamma": "det gemensamma" if common else "",
            "om vad": self._kind_of_condition(),
        }

    def later_slots(self, names: Sequence[str]) -> dict[str, str]:
        """The same for a clause that follows another about the same thing, and does not name it
        again."""
        part = self._part()
        if part:
            return self.slots(names) | _prepositions(part) | {"den": part}
        return self.slots(names) | _prepositions("") | {"den": "den" if len(names) < 2 else "de"}

    def holder(self, names: Sequence[str]) -> str:
        """Whose it is: ”insatsen A”, ”delen ”B” i insatserna A och C”; nothing for what is
        common."""
        whole = self._whole(names)
        if self.kind == "kommun":
            return self._of_common(self.fact.path)
        part = self._part()
        return f"{part} i {whole}" if part else whole

    def _part(self) -> str:
        """The part that it is of: ”delen ”B””; nothing where it is of the whole, as the name of a
        part is."""
        path = self.fact.path
        if (
            path[2:] != ("namn",)
            and len(path) > 2
            and path[0] == "delar"
            and isinstance(part := path[1], Item)
        ):
            return f"delen ”{bare(part.name)}”"
        return ""

    def _whole(self, names: Sequence[str]) -> str:
        if self.kind == "kommun":
            return ""
        listed = named(names)
        if self.kind == "riskanalys":
            return f"risk- och konsekvensanalysen av {listed}"
        return f"{'insatsen' if len(names) == 1 else 'insatserna'} {listed}"

    def _of_common(self, path: FactPath) -> str:
        """What a common rule of documentation is for."""
        if path[:1] == ("gemensam_dokumentation",) and len(path) > 2:
            return in_sentence(path[1].name) if isinstance(path[1], Item) else ""
        return ""

    def _definite(self, names: Sequence[str]) -> str:
        """A second mention."""
        path = self.fact.path
        if len(path) > 2 and path[0] == "delar":
            return "delen"
        return "insatsen" if len(names) == 1 and self.kind != "kommun" else "insatserna"

    def _item_named(self) -> str:
        """The item of a list that the fact is about or in: ”villkoret om ålder”."""
        path = self.fact.path
        places = [i for i, step in enumerate(path) if isinstance(step, Item)]
        if not places:
            return ""
        at = places[-1]
        step, field = path[at], str(path[at - 1])
        assert isinstance(step, Item)
        word = samples.item(self.kind, names_of(path[:at]))
        if field in CONDITIONS:
            about = _about(step.name)
            return f"{word} {about}" if about else word
        name = step.was or step.name
        if field in ("enheter", "avdelningar"):
            name = self.known.names[0 if step.new is None else 1].get(step.name, step.name)
            if path[-1] in ("namn", "rubrik") and isinstance(self.fact.before, str):
                name = str(self.fact.before)
        if field == "gemensam_dokumentation":
            return f"{word} {in_sentence(name)}"
        if field in _NAMED:
            return bare(name) if word[:5] in name.casefold() else f"{word} {bare(name)}"
        return f"{word} ”{bare(name)}”"

    def _items(self) -> str:
        """What the items of an ordered list are called together."""
        path = self.fact.path
        at = path[:-1] if path and isinstance(path[-1], Order) else path
        return samples.definite(self.kind, names_of(at)) if at else ""

    def _kind_of_condition(self) -> str:
        last = self.fact.path[-1] if self.fact.path else ""
        return _about(last.name) if isinstance(last, Item) else ""


def _prepositions(whose: str) -> dict[str, str]:
    return {word: f"{word} {whose}" if whose else "" for word in _PREPOSITIONS}


def _about(condition: str) -> str:
    """What a condition is about, by its kind: ”om ålder”; nothing for one without a word of its
    own."""
    kind = condition.split(",", maxsplit=1)[0]
    return "" if kind in ("annat", "situation") else f"om {kind}"


def bare(name: str) -> str:
    """A name inside a sentence: on one line, and without the full stop that it may end with."""
    return " ".join(name.split()).removesuffix(".").rstrip()


def in_sentence(text: str) -> str:
    """A text as a piece of a clause: in quotation marks if it is several sentences."""
    line = bare(text)
    return f"”{line}”" if _SEVERAL.search(line) else line


def named(names: Sequence[str]) -> str:
    """Names in running text."""
    return phrases.lista(bare(name) for name in names)


def scope(some: Sequence[str], rest: Sequence[str]) -> str:
    """Which insatser of all something is for, none left unnamed: ”insatserna A och B”, or all but
    the others where those are fewer."""
    if not rest:
        return "alla insatser"
    if len(some) > _NAMED_ONE_BY_ONE and len(rest) < len(some):
        return f"alla insatser utom {named(rest)}"
    return f"{'insatsen' if len(some) == 1 else 'insatserna'} {named(some)}"


def names_of_units(ids: Sequence[object], known: Mapping[str, str]) -> list[str]:
    """What units are called, by their ids."""
    return [bare(known.get(str(one), str(one))) for one in ids]
