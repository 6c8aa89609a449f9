"""What is told as one matter: facts that belong together, and what a nämnd decides in one
sentence.

The first of the meanings is what the clause is about. The others follow from it, or say the same
in another field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Literal

from insatskoll.diff import term_swaps
from insatskoll.diff.facts import Fact, FactPath, Item, names_of
from insatskoll.diff.judgement import Judgement
from insatskoll.diff.lexicon import of_one_word
from insatskoll.diff.meaning import Meaning
from insatskoll.diff.rewording import TEXTS
from insatskoll.diff.state import FIELDS
from insatskoll.patterns import later
from insatskoll.values import immutable

Kind = Literal[
    "ett fält", "namn", "utförare", "ingång", "delar", "gemensamt", "nytt för några", "enhet"
]  # fmt: skip
_UNITS = ("utförare", "enheter")
_NUMBERS = later(r"[0-9]+")
_PROVIDERS = frozenset({"regi", "enheter", "namn", "samverkan"})
# Fields whose value may stand in the texts too.
_NAMED = (("insatstyp",), ("metod",), ("avgift",), ("ingång",))
_WORDS = later(r"\w+")
_ARTICLES = frozenset({"en", "ett", "den", "det", "de"})


@immutable
class Matter:
    """Meanings that are told together, the first as what it is about, and what they are together.
    ``whose`` tells apart what is not to be told of several insatser in one clause, and
    ``heads`` how many of the first are told, one after another. ``besides`` follow from it and are
    no news beside it."""

    meanings: tuple[Meaning, ...]
    kind: Kind = "ett fält"
    whose: object = None
    heads: int = 1
    besides: tuple[Meaning, ...] = ()

    @property
    def fact(self) -> Fact:
        """What it is about."""
        return self.meanings[0].fact

    @property
    def _judged(self) -> Sequence[Meaning]:
        """The meanings that count: a part that an insats is divided into is no news in itself, and
        neither is that the texts have the name that an insats has got."""
        if self.kind == "namn":
            return self.meanings[:1]
        if self.kind != "delar":
            return self.meanings
        telling = [
            one
            for one in self.meanings
            if one.caused is None or one.caused.effects or one.is_taken_away
        ]
        return telling or [one for one in self.meanings if not _is_part(one.fact)] or self.meanings

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """What it means: all that its facts mean, but what a reader must tell only on the axes
        where nothing is certain, and that some are editorial only where they all are."""
        found = sorted(
            {one for meaning in self._judged for one in meaning.judgements},
            key=lambda one: (one.weight, one),
        )
        if self.kind == "enhet":  # it is no unit more, and none fewer
            found = [replace(one, verdict="other-provider") for one in found[:1]]
        certain = {one.axis for one in found if not one.is_unclear}
        told = [one for one in found if not (one.is_unclear and one.axis in certain)]
        weighty = [one for one in told if one.axis != "editorial"]
        return tuple(weighty or told)


def matters(told: Sequence[Meaning]) -> list[Matter]:
    """All that is told, in matters, each fact in one of them. In the order of their first facts."""
    left = list(told)
    found: list[tuple[int, Matter]] = []
    place = {id(meaning): number for number, meaning in enumerate(told)}
    for gather in _GATHERERS:
        for matter in gather(left):
            taken = {id(one) for one in matter.meanings}
            left = [one for one in left if id(one) not in taken]
            found.append((min(place[one] for one in taken), matter))
    found += [(place[id(one)], Matter((one,))) for one in left]
    return _with_units([matter for _, matter in sorted(found, key=lambda pair: pair[0])])


def _with_units(found: Sequence[Matter]) -> list[Matter]:
    """The matters, with a unit that comes or goes beside the first that tells of an insats that it
    now gives, or gave: the insatser say who gives them."""
    told = list(found)
    for unit in found:
        fact = unit.fact
        name = _unit(fact, fact.kind) if len(unit.meanings) == 1 else ""
        if not name or fact.kind not in ("added", "removed"):
            continue
        side = 1 if fact.kind == "added" else 0
        places = (i for i, one in enumerate(told) if _tells_of(one, name, side))
        if (place := next(places, None)) is not None:
            told[place] = replace(told[place], besides=(*told[place].besides, *unit.meanings))
            told.remove(unit)
    return told


def _tells_of(matter: Matter, unit: str, side: int) -> bool:
    """Whether a matter tells that an insats is, or was, given by a unit."""
    return any(
        unit in _given_by(one.fact, side) and unit not in _given_by(one.fact, 1 - side)
        for one in matter.meanings
        if one.fact.subject.kind == "insats" and not one.fact.subject.regrouped
    )


def _given_by(fact: Fact, side: int) -> Sequence[object]:
    """The units that a fact says give an insats, on a side."""
    value: object = (fact.before, fact.after)[side]
    for name in _UNITS[len(fact.path) :] if fact.path == _UNITS[: len(fact.path)] else ("",):
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, list) else ()


def _by(meanings: Iterable[Meaning], key: Callable[[Fact], object]) -> list[list[Meaning]]:
    """Meanings by what ``key`` says of their facts; those it says nothing of are left out."""
    found: dict[object, list[Meaning]] = {}
    for one in meanings:
        if (told := key(one.fact)) is not None:
            found.setdefault(told, []).append(one)
    return list(found.values())


def _prefix(path: FactPath) -> FactPath:
    """The part that a field is of; nothing for the whole."""
    return path[:2] if path[:1] == ("delar",) and len(path) > 2 else ()


def _providers(left: Sequence[Meaning]) -> list[Matter]:
    """Who gives an insats, where more than one field says it in another way."""

    def key(fact: Fact) -> object:
        own = fact.path[:1] == ("utförare",) and len(fact.path) == 2 and fact.field in _PROVIDERS
        return fact.subject if own and not fact.subject.regrouped else None

    return [Matter(tuple(found), "utförare") for found in _by(left, key) if len(found) > 1]


def _ways_in(left: Sequence[Meaning]) -> list[Matter]:
    """The way in, and from whom those come who are sent."""

    def key(fact: Fact) -> object:
        own = fact.path in (("ingång",), ("remiss_från",))
        return fact.subject if own and not fact.subject.regrouped else None

    return [Matter(tuple(found), "ingång") for found in _by(left, key) if len(found) > 1]


def _ages(left: Sequence[Meaning]) -> list[Matter]:
    """The same change of an age as a condition, in the target group and in the text of it, and who
    takes part in consequence; not the other way round, where the age is printed of another since
    others take part."""

    def key(fact: Fact) -> object:
        return (fact.subject, _prefix(fact.path)) if fact.subject.kind == "insats" else None

    found = []
    for beside in _by(left, key):
        heads = [one for one in beside if one.fact.field == "ålder" and one.fact.kind == "changed"]
        heads = [one for one in heads if one.behind is one.fact]
        heads.sort(key=lambda one: "villkor" not in one.fact.path)
        if not heads:
            continue
        matter, texts = _follows(heads[0], beside), []
        if "målgrupp" in heads[0].fact.path:  # with another text it is one target group
            texts = [one for one in beside if one not in matter and _is_text_of_group(one.fact)]
        if len(matter) + len(texts) > 1:
            found.append(Matter((*texts, *matter), heads=len(texts) + 1))
    return found


def _named_again(left: Sequence[Meaning]) -> list[Matter]:
    """A field with another value, and the texts of the same insats in which only that value has
    come in the place of something else."""
    found = []
    for beside in _by(left, lambda fact: fact.subject if fact.subject.kind == "insats" else None):
        for head in beside:
            if head.fact.path in _NAMED and head.fact.kind == "changed":
                texts = [one for one in beside if _only_names(one.fact, head.fact)]
                if texts and not head.fact.subject.regrouped:
                    found.append(Matter((head, *texts)))
    return found


def _only_names(fact: Fact, head: Fact) -> bool:
    """Whether all that has come into a text stands in what the field now says, in place of
    something else."""
    if fact.kind != "changed" or not isinstance(fact.after, str) or fact.field not in TEXTS:
        return False
    swapped = term_swaps.replaced(fact)
    known = _WORDS.findall(str(head.after).casefold())
    return bool(swapped) and all(
        any(of_one_word(word, one) for one in known)
        for _, new in swapped or ()
        for word in _WORDS.findall(new.casefold())
        if word not in _ARTICLES
    )


def _renamed(left: Sequence[Meaning]) -> list[Matter]:
    """Another name of an insats, and the texts in which only that has taken the old one's place."""
    names = [one for one in left if one.fact.path == ("namn",) and one.fact.kind == "changed"]
    found = []
    for head in names:
        was, now = (str(side).casefold() for side in (head.fact.before, head.fact.after))
        texts = [
            one
            for one in left
            if one.fact.kind == "changed"
            and one.fact.field in TEXTS
            and isinstance(one.fact.before, str)
            and one.fact.before.casefold() != str(one.fact.after).casefold()
            and one.fact.before.casefold().replace(was, now) == str(one.fact.after).casefold()
        ]
        if texts and head.fact.subject.kind == "insats" and not head.fact.subject.regrouped:
            found.append(Matter((head, *texts), "namn"))
    return found


def _is_text_of_group(fact: Fact) -> bool:
    return fact.path[-2:] == ("målgrupp", "beskrivning") and fact.kind == "changed"


def _characters(left: Sequence[Meaning]) -> list[Matter]:
    """Another character, and another level of documentation that goes with it."""

    def key(fact: Fact) -> object:
        own = fact.field in ("karaktär", "dokumentation") and fact.kind == "changed"
        return (fact.subject, _prefix(fact.path)) if own else None

    found = [sorted(one, key=lambda m: m.fact.field != "karaktär") for one in _by(left, key)]
    return [Matter(tuple(one), heads=2) for one in found if len(one) == 2]


def _days(left: Sequence[Meaning]) -> list[Matter]:
    """The first and the last day of the same insats or part."""

    def key(fact: Fact) -> object:
        own = fact.field in ("gäller_från", "gäller_till") and fact.subject.kind == "insats"
        return (fact.subject, _prefix(fact.path)) if own else None

    found = [sorted(one, key=lambda m: m.fact.field) for one in _by(left, key)]
    return [Matter(tuple(one), heads=2) for one in found if len(one) == 2]


def _analyses(left: Sequence[Meaning]) -> list[Matter]:
    """What is another in one analysis."""

    def key(fact: Fact) -> object:
        return fact.subject if fact.subject.kind == "riskanalys" and fact.path else None

    return [Matter(tuple(one), heads=len(one)) for one in _by(left, key) if len(one) > 1]


def _units(left: Sequence[Meaning]) -> list[Matter]:
    """A unit that another has taken the place of in every insats that it gave, and that the other
    gives."""
    gone, come = ({_unit(one.fact, k): one for one in left} for k in ("removed", "added"))
    found = []
    if len(gone) > 1 and len(come) > 1:  # more than those that are no units
        swaps = [_swapped(one.fact) for one in left if _names_units(one.fact)]
        for old, new in dict.fromkeys(pair for pair in swaps if pair is not None):
            of_them = {pair for pair in swaps if pair is None or old in pair or new in pair}
            if old in gone and new in come and of_them == {(old, new)}:
                found.append(Matter((gone[old], come[new]), "enhet"))
    return found


def _unit(fact: Fact, kind: str) -> str:
    """The id of a unit that comes or goes; nothing for another fact."""
    if fact.subject.kind != "kommun" or fact.path[:1] != ("enheter",) or fact.kind != kind:
        return ""
    step = fact.path[-1]
    return step.name if len(fact.path) == 2 and isinstance(step, Item) else ""


def _names_units(fact: Fact) -> bool:
    """Whether a fact may tell of units that give an insats."""
    return fact.subject.kind == "insats" and (not fact.path or "utförare" in names_of(fact.path))


def _swapped(fact: Fact) -> tuple[str, str] | None:
    """The unit that another has taken the place of, by their ids; nothing where more is another."""
    before, after = fact.before, fact.after
    if fact.path != _UNITS or not isinstance(before, list) or not isinstance(after, list):
        return None
    lost, gained = set(before) - set(after), set(after) - set(before)
    return (lost.pop(), gained.pop()) if len(lost) == len(gained) == 1 else None


def _follows(head: Meaning, beside: Sequence[Meaning]) -> list[Meaning]:
    return [head, *(one for one in beside if one is not head and _says_the_same(one, head))]


def _says_the_same(one: Meaning, head: Meaning) -> bool:
    fact, first = one.fact, head.fact
    if fact.field in ("ålder", "ålder_i_innehåll"):
        return _bounds(fact) == _bounds(first)
    if fact.path[-2:] == ("målgrupp", "deltagare"):
        return True
    if fact.field == "skäl":  # of the same condition
        return fact.path[:-1] == first.path[:-1] and _only_figures(fact, first)
    if fact.path[-1:] != ("beskrivning",) or not {"målgrupp", "villkor"} & set(fact.path):
        return False
    return _only_figures(fact, first)


def _bounds(fact: Fact) -> object:
    return [
        [side.get("från"), side.get("till")] if isinstance(side, dict) else None
        for side in (fact.before, fact.after)
    ]


def _only_figures(fact: Fact, age: Fact) -> bool:
    """Whether two texts differ in nothing but the bounds of the age."""
    if not isinstance(fact.before, str) or not isinstance(fact.after, str):
        return False
    if _NUMBERS.sub("", fact.before) != _NUMBERS.sub("", fact.after):
        return False
    was, now = (_NUMBERS.findall(side) for side in (fact.before, fact.after))
    old, new = (
        {str(side.get(key)) for key in ("från", "till")} if isinstance(side, dict) else set()
        for side in (age.before, age.after)
    )
    changed = [(a, b) for a, b in zip(was, now, strict=True) if a != b]
    return bool(changed) and all(a in old and b in new for a, b in changed)


def _participants(left: Sequence[Meaning]) -> list[Matter]:
    """Who takes part, which is not printed, where the text of the target group is another too."""

    def key(fact: Fact) -> object:
        own = fact.path[-2:] in (("målgrupp", "beskrivning"), ("målgrupp", "deltagare"))
        whole = own and not fact.subject.regrouped
        return (fact.subject, _prefix(fact.path)) if whole else None

    found = [sorted(one, key=lambda m: m.fact.field) for one in _by(left, key) if len(one) > 1]
    return [Matter(tuple(one)) for one in found]


def _parts(left: Sequence[Meaning]) -> list[Matter]:
    """An insats that is divided into parts and was not, or the other way round, with what has
    moved into them or out of them."""

    def key(fact: Fact) -> object:
        return fact.subject if fact.subject.kind == "insats" else None

    found = []
    for beside in _by(left, key):
        heads = [one for one in beside if _is_part(one.fact)]
        if len(heads) < 2 or any(one.fact.subject.regrouped for one in heads):
            continue
        if len({one.fact.kind for one in heads}) > 1 or _has_others(heads, beside):
            continue
        said = {key for one in heads for key in _fields(one.fact)}
        whole = [one for one in beside if _is_moved(one.fact, said, heads[0].fact.kind)]
        found.append(Matter((*heads, *whole), "delar", heads[0].fact.subject))
    return found


def _is_part(fact: Fact) -> bool:
    return len(fact.path) == 2 and fact.path[0] == "delar" and isinstance(fact.path[1], Item)


def _has_others(heads: Sequence[Meaning], beside: Sequence[Meaning]) -> bool:
    """Whether there are parts on both sides: then parts have come or gone, and nothing is divided
    anew."""
    places = [step for one in heads if isinstance(step := one.fact.path[1], Item)]
    indices = [step.new if step.old is None else step.old for step in places]
    if sorted(index for index in indices if index is not None) != list(range(len(places))):
        return True
    return any(one.fact.path[:1] == ("delar",) and not _is_part(one.fact) for one in beside)


def _fields(fact: Fact) -> list[str]:
    data = fact.after if fact.before is None else fact.before
    return list(data) if isinstance(data, dict) else []


def _is_moved(fact: Fact, said: set[str], kind: str) -> bool:
    """Whether a field of the whole has gone where the parts have it, or come where they had."""
    if not fact.path or fact.path[0] == "delar":
        return False
    if fact.path[0] in FIELDS:  # what becomes of it in each part is told
        return True
    other = {"added": "removed", "removed": "added"}[kind]
    return fact.path[0] in said and fact.kind == other


def _moved(left: Sequence[Meaning]) -> list[Matter]:
    """A field or a condition that has only moved between the whole and its parts."""
    found = []
    for head in left:
        whole = head.fact.subject.kind == "insats" and head.fact.path[:1] != ("delar",)
        if whole and head.moved is not None and "delen" in (head.moved.source, head.moved.target):
            same = [one for one in left if _is_same_in_part(one.fact, head.fact)]
            found.append(Matter((head, *same)))
    return found


def _is_same_in_part(fact: Fact, whole: Fact) -> bool:
    if fact.subject != whole.subject or fact.path[:1] != ("delar",):
        return False
    moved = {fact.kind, whole.kind} == {"added", "removed"} and fact.path[2:3] == whole.path[:1]
    return moved and (fact.before or fact.after) == (whole.before or whole.after)


def _common(left: Sequence[Meaning]) -> list[Matter]:
    """A condition, or the rules of consent, that have moved from insatser to what is common, or
    back; and apart from that what it is to those who did not have it."""
    found = []
    for one in left:
        fact = one.fact
        if fact.subject.kind != "kommun" or fact.kind not in ("added", "removed"):
            continue
        if fact.path[:1] not in (("gemensamma_villkor",), ("samtycke",)):
            continue
        own = [other for other in left if _is_same_elsewhere(other.fact, fact)]
        if not own:
            continue
        own.sort(key=lambda other: other.fact.kind == "changed")  # first those of all that moves
        whose = (fact.subject, fact.path)
        if one.caused is not None and one.caused.touched:
            found += [Matter(tuple(own), "gemensamt", whose), Matter((one,), "nytt för några")]
        else:
            found.append(Matter((*own, one), "gemensamt", whose))
    return found


def _is_same_elsewhere(fact: Fact, common: Fact) -> bool:
    if fact.subject.kind != "insats" or len(fact.path) != len(common.path):
        return False
    if fact.path[0] not in ("villkor", "samtycke"):
        return False
    if fact.path == ("samtycke",) and fact.kind == "changed":
        return _differing(fact) == (common.before, common.after)[::-1]
    if {fact.kind, common.kind} != {"added", "removed"}:
        return False
    before, after = (
        (fact.before, common.after) if fact.after is None else (fact.after, common.before)
    )
    return before is not None and before == after


def _differing(fact: Fact) -> tuple[object, object]:
    """The rules of consent that an insats no longer has by itself, and those that it has got."""
    before, after = fact.before, fact.after
    if not isinstance(before, dict) or not isinstance(after, dict):
        return before, after
    gone = {key: rule for key, rule in before.items() if after.get(key) != rule}
    come = {key: rule for key, rule in after.items() if before.get(key) != rule}
    return gone or None, come or None


_GATHERERS: tuple[Callable[[Sequence[Meaning]], list[Matter]], ...] = (
    _common,
    _parts,
    _moved,
    _providers,
    _ways_in,
    _renamed,
    _named_again,
    _ages,
    _participants,
    _characters,
    _days,
    _analyses,
    _units,
)
