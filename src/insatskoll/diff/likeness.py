"""How alike two insatser are, by what an insats is: its name, its words, and the values of its
fields (begrepp, insatstyp, avdelning, målgrupp, metod, omfattning, utförare …).

What many insatser of the municipality have in common says little of any two, so all is weighed by
how rare it is there. Two insatser are told to be the same only where nothing speaks against it and
no other is nearly as alike; short of that they may be, and only someone who knows can tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, product
from math import log
from typing import TYPE_CHECKING, TypeVar

from insatskoll.catalogue.model import Insats
from insatskoll.patterns import later
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder, InsatsData

# The fields that say what an insats is, besides its name and its texts.
_FIELDS = (
    "begrepp", "insatstyp", "form", "avdelning", "ingång", "remiss_från", "utförare", "målgrupp",
    "villkor", "samtycke", "metod", "avgift", "lagstadgad", "karaktär", "omfattning",
    "dokumentation", "delar",
)  # fmt: skip
_TEXTS = frozenset(
    {
        "beskrivning", "innehåll", "syfte", "mål", "avgränsning", "stöd", "förtydligande",
        "motivering", "lämplighet", "egen_text",
    }
)  # fmt: skip
_CONTENT = frozenset({"innehåll", "syfte", "mål"})
_ASIDE = frozenset({"källa", "avvikelser", "anmärkning", "andra_språk"})
_FEWEST_WORDS = 6  # of a text that can be compared
_FEWEST_SHARED = 6  # fields that two insatser of one begrepp must have alike
_SHORT = 3  # letters of a word in a name that says nothing of its own: på, vid, för
_LETTERS = 4  # that two forms of a word begin with
_ENDING = 3  # letters, at most, that they may end with
_PERHAPS = 0.5  # from which two may be the same
# How alike text and fields must be (0–1), by what the two names have in common.
_SAME_NAME = (0.25, 0.4)
_WANTED = {
    "siblings": ((0.99, 0.95),),
    "longer": ((0.97, 0.7), (0.9, 0.9)),
    "other": ((0.97, 0.5), (0.85, 0.9)),
}
_ONE_BEGREPP = (0.5, 0.9)
_ALL_FIELDS = 0.9  # alike, so that two may be the same whatever their texts say
_LEFT_OVER = 0.1  # of the words of one, at most, that a sum of several may lack or add

_WORD = later(r"\w+")

Trait = tuple[str, str]
_T = TypeVar("_T")


@immutable
class Likeness:
    """How alike two insatser are, 0–1 in each respect; None where one has no text to compare.
    ``names`` tells what the names have in common: ”same”, ”longer”, ”siblings” or ”other”.
    ``against`` tells that a field says that they are two, and ``shared`` is how many say that they
    are one. ``begrepp`` tells that they are of one concept, ``people`` that they are for the same,
    on the same conditions, in the same words."""

    name: float
    names: str
    text: float | None
    fields: float
    shared: int
    against: bool
    begrepp: bool
    people: bool

    @property
    def score(self) -> float:
        """All in one number, to order by."""
        return _score(self.name, self.text, self.fields)

    @property
    def is_sure(self) -> bool:
        """Whether they are the same, if no other is as alike."""
        if self.against:
            return False
        if self.names == "same":
            least, fields = _SAME_NAME
            return self.fields >= fields and (self.text is None or self.text >= least)
        if self.text is None:
            return False
        wanted = _WANTED[self.names]
        if self.names == "other" and self.begrepp and self.shared >= _FEWEST_SHARED:
            wanted = (*wanted, _ONE_BEGREPP)
        return any(self.text >= text and self.fields >= fields for text, fields in wanted)

    @property
    def is_likely(self) -> bool:
        """Whether they may be the same, so that it is worth asking."""
        if self.score >= _PERHAPS or self.names == "same" or (self.text or 0) >= 0.8:
            return True
        one_thing = (self.begrepp or self.people) and not self.against
        return one_thing and self.fields >= _ALL_FIELDS and self.shared >= _FEWEST_SHARED


class Likenesses:
    """How alike the insatser of two revisions are, each weighed against all of them."""

    def __init__(self, insatser: Iterable[Insats]) -> None:
        self._traits = {id(insats): _Traits.of(insats) for insats in insatser}
        often = Counter(
            trait for one in self._traits.values() for trait in (*one.words, *one.fields)
        )
        self._weights = {
            trait: _rarity(len(self._traits), number) for trait, number in often.items()
        }
        # What is asked for each pair is added up once.
        self._totals: dict[frozenset[Trait], int] = {}

    def between(self, first: Insats, second: Insats) -> Likeness:
        """How alike two of them are, the same whichever comes first."""
        a, b = self._traits[id(first)], self._traits[id(second)]
        shared = a.fields & b.fields
        return Likeness(
            name=_dice(a.trigrams, b.trigrams),
            names=_in_common(a, b),
            text=self._of_texts(a, b),
            fields=self._alike(a.fields, b.fields),
            shared=len({path for path, _ in shared}),
            against=speak_against(first.data, second.data),
            begrepp=any(path == "begrepp" for path, _ in shared),
            people=_for_the_same(first.data, second.data),
        )

    def score(self, first: Insats, second: Insats) -> float:
        """:attr:`Likeness.score` of two of them, at less cost."""
        a, b = self._traits[id(first)], self._traits[id(second)]
        name = _dice(a.trigrams, b.trigrams)
        return _score(name, self._of_texts(a, b), self._alike(a.fields, b.fields))

    def held_by(self, whole: Insats, piece: Insats) -> float:
        """How much of what ``piece`` is about there is in ``whole``, by their words, 0–1."""
        words = self._traits[id(piece)].content
        held = words & self._traits[id(whole)].content
        return self._weight(held) / (self._weight(words) or 1)

    def covered_by(self, whole: Insats, pieces: Iterable[Insats]) -> float:
        """How much of what ``whole`` is about there is in ``pieces``, by their words, 0–1."""
        words = self._traits[id(whole)].content
        rest = words.difference(*(self._traits[id(piece)].content for piece in pieces))
        return 1 - self._weight(rest) / (self._weight(words) or 1)

    def is_sum(self, whole: Insats, pieces: Sequence[Insats]) -> bool:
        """Whether all that is written of ``whole`` is what is written of ``pieces``, each of which
        has words of its own there, as the disease that a group is for."""
        texts = [self._traits[id(piece)].words for piece in pieces]
        words = self._traits[id(whole)].words
        if min(map(len, (words, *texts))) < _FEWEST_WORDS:
            return False
        if not self._mostly(words, frozenset[Trait]().union(*texts)):
            return False
        for i, text in enumerate(texts):
            own = (text & words).difference(*texts[:i], *texts[i + 1 :])
            if not self._mostly(text, words) or not any(len(w) > _LETTERS for _, w in own):
                return False
        return True

    def _mostly(self, words: frozenset[Trait], among: frozenset[Trait]) -> bool:
        return self._weight(words - among) <= _LEFT_OVER * self._total(words)

    def words(self, insats: Insats) -> int:
        """How many different words there are in what an insats is about."""
        return len(self._traits[id(insats)].content)

    def _of_texts(self, a: _Traits, b: _Traits) -> float | None:
        comparable = min(len(a.words), len(b.words)) >= _FEWEST_WORDS
        return self._alike(a.words, b.words) if comparable else None

    def _alike(self, first: frozenset[Trait], second: frozenset[Trait]) -> float:
        total = self._total(first) + self._total(second)
        return 2 * self._weight(first & second) / total if total else 1.0

    def _total(self, traits: frozenset[Trait]) -> int:
        if (found := self._totals.get(traits)) is None:
            found = self._totals[traits] = self._weight(traits)
        return found

    def _weight(self, traits: Iterable[Trait]) -> int:
        weights = self._weights
        return sum([weights[trait] for trait in traits])


@immutable
class _Traits:
    """What an insats is compared by; ``name`` are the words that say something in its name, and
    ``content`` those that tell what it is about."""

    name: frozenset[str]
    whole_name: frozenset[str]
    trigrams: frozenset[str]
    words: frozenset[Trait]
    content: frozenset[Trait]
    fields: frozenset[Trait]

    @classmethod
    def of(cls, insats: Insats) -> _Traits:
        namn = insats.namn.casefold()
        words = _WORD.findall(namn)
        return cls(
            name=frozenset(word for word in words if len(word) > _SHORT or word.isdigit()),
            whole_name=frozenset(words),
            trigrams=frozenset(namn[i : i + 3] for i in range(max(len(namn) - 2, 1))),
            words=_words_in(_texts(insats.data, _TEXTS)),
            content=_words_in(_texts(insats.data, _CONTENT)),
            fields=frozenset(_fields(insats.data)),
        )


def _words_in(texts: Iterable[str]) -> frozenset[Trait]:
    return frozenset(("", word) for text in texts for word in _WORD.findall(text.casefold()))


def _rarity(number: int, often: int) -> int:
    """The rarer, the heavier: whole numbers, whose sum is the same in any order."""
    return round(1000 * log(1 + (number + 10) / often))


def _score(name: float, text: float | None, fields: float) -> float:
    if text is None:
        return 0.5 * name + 0.5 * fields
    return 0.3 * name + 0.4 * text + 0.3 * fields


def _dice(first: frozenset[_T], second: frozenset[_T]) -> float:
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else 0.0


def _texts(value: object, wanted: Collection[str], key: str = "") -> Iterator[str]:
    """The running text in the fields ``wanted`` of a file, wherever they stand."""
    if isinstance(value, dict):
        for name, below in value.items():
            if name not in _ASIDE:
                yield from _texts(below, wanted, name)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, wanted, key)
    elif isinstance(value, str) and key in wanted:
        yield value


def _fields(insats: InsatsData) -> Iterator[Trait]:
    """Every value of the fields that say what an insats is, with the way to it."""
    data: Mapping[str, object] = dict(insats)
    for name in _FIELDS:
        if name in data:
            yield from _values(data[name], name)


def _values(value: object, way: str) -> Iterator[Trait]:
    if isinstance(value, dict):
        for name, below in value.items():
            if name not in _TEXTS and name not in _ASIDE:
                yield from _values(below, f"{way}.{name}")
    elif isinstance(value, list):
        for item in value:
            yield from _values(item, way)
    else:
        yield way, str(value)


def _in_common(one: _Traits, other: _Traits) -> str:
    """What two names have in common, by the words that say something in them: all, where one has
    none but short ones."""
    first, second = one.name, other.name
    if not first or not second:
        first, second = one.whole_name, other.whole_name
    shared = {(a, b) for a, b in product(first, second) if _one_word(a, b)}
    left, right = first - {a for a, _ in shared}, second - {b for _, b in shared}
    if not shared:
        return "other"
    if not left and not right:
        return "same"
    return "siblings" if left and right else "longer"


def _one_word(first: str, second: str) -> bool:
    """Whether two words are one, or forms of one."""
    if first == second:
        return True
    alike = next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
        min(len(first), len(second)),
    )
    longest = max(len(first), len(second))
    return alike >= _LETTERS and longest - alike <= _ENDING and not _digits(first, second)


def _digits(*words: str) -> bool:
    return any(character.isdigit() for word in words for character in word)


def speak_against(first: InsatsData, second: InsatsData) -> bool:
    """Whether both say of themselves what cannot be so of one."""
    pairs = (
        (_one(first.get("begrepp")), _one(second.get("begrepp"))),
        (_one(first.get("metod", {}).get("namn")), _one(second.get("metod", {}).get("namn"))),
        (
            frozenset(first.get("målgrupp", {}).get("deltagare", ())),
            frozenset(second.get("målgrupp", {}).get("deltagare", ())),
        ),
        (
            frozenset(first.get("utförare", {}).get("enheter", ())),
            frozenset(second.get("utförare", {}).get("enheter", ())),
        ),
        (
            frozenset(first.get("utförare", {}).get("namn", ())),
            frozenset(second.get("utförare", {}).get("namn", ())),
        ),
    )
    if any(a and b and a.isdisjoint(b) for a, b in pairs):
        return True
    numbers = [re.findall(r"\d+", insats["namn"]) for insats in (first, second)]
    return numbers[0] != numbers[1] or _of_other_ages(first, second)


def _for_the_same(first: InsatsData, second: InsatsData) -> bool:
    """Whether both tell, in the same words, whom they are for and on what conditions."""
    group = first.get("målgrupp", {})
    return (
        "beskrivning" in group
        and group == second.get("målgrupp", {})
        and first.get("villkor", []) == second.get("villkor", [])
    )


def _one(value: object) -> frozenset[object]:
    return frozenset(() if value is None else (value,))


def _of_other_ages(first: InsatsData, second: InsatsData) -> bool:
    """Whether no one has an age that both are for."""
    return any(
        a.get("avser") == b.get("avser")
        and a.get("enhet") == b.get("enhet")
        and (_ends(a)[0] > _ends(b)[1] or _ends(b)[0] > _ends(a)[1])
        for a in _ages(first)
        for b in _ages(second)
    )


def divides_ages(whole: Insats, pieces: Iterable[Insats]) -> bool:
    """Whether those of the ages that ``whole`` is for are divided between ``pieces``, from the
    lowest to the highest, as 13–20 years into 13–15 and 16–20."""
    some = list(pieces)
    of_all = _only_age(whole)
    if of_all is None or not of_different_ages(some):
        return False
    others = [age for one in some if (age := _only_age(one)) is not None]
    spans = sorted(map(_ends, others))
    lowest, highest = _ends(of_all)
    counted = all(_measure(age) == _measure(of_all) for age in others)
    return counted and (spans[0][0], spans[-1][1]) == (lowest, highest)


def of_different_ages(insatser: Sequence[Insats]) -> bool:
    """Whether each of several insatser is for one span of ages, and nobody has an age that two of
    them are for."""
    ages = [_only_age(one) for one in insatser]
    told = [age for age in ages if age is not None]
    if len(told) < max(len(ages), 2) or len({_measure(age) for age in told}) > 1:
        return False
    return all(a[1] < b[0] for a, b in pairwise(sorted(map(_ends, told))))


def _only_age(insats: Insats) -> Alder | None:
    """The one span of ages that an insats tells of, be it in several places."""
    ages = list(_ages(insats.data))
    if len({(*_ends(age), *_measure(age)) for age in ages}) != 1:
        return None
    return ages[0]


def _measure(age: Alder) -> tuple[str | None, str | None]:
    return age.get("avser"), age.get("enhet")


def _ages(insats: InsatsData) -> Iterator[Alder]:
    if "ålder" in (group := insats.get("målgrupp", {})):
        yield group["ålder"]
    for condition in insats.get("villkor", ()):
        if "ålder" in condition:
            yield condition["ålder"]


def _ends(age: Alder) -> tuple[float, float]:
    return age.get("från", 0.0), age.get("till", float("inf"))


def text_likeness(first: str, second: str) -> float:
    """How much of their words two texts share, 0–1."""
    words, others = _all_words(first), _all_words(second)
    total = words.total() + others.total()
    return 2 * (words & others).total() / total if total else 1.0


@lru_cache(maxsize=4096)
def _all_words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))
