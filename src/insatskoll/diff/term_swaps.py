"""What is one question though it stands in many places: a word that has been replaced by another
wherever it stood, and slips that have been put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from insatskoll.bilaga import phrases
from insatskoll.diff import lexicon, rewording
from insatskoll.diff.facts import Fact
from insatskoll.diff.meaning import Meaning
from insatskoll.diff.word_diff import steps
from insatskoll.values import immutable

_FEWEST = 3  # places in which a word must have been replaced, to be told once
_FEWEST_FIELDS = 2
_LETTERS = 3  # of a term at least
_ENDING = 5  # letters that two forms of a term may end with
_MOST_WORDS = 3  # in a term: den enskilde
_MOST_PAIRS = 300  # different replacements among which forms of one term are sought
_NAMED = 8  # insatser, at most, that are named
_LONGEST = 4_000  # letters of a text that is looked through for slips

_Pair = tuple[str, str]


@immutable
class Everywhere:
    """Several facts that say one thing. ``clause`` tells it without where."""

    clause: str
    meanings: tuple[Meaning, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The insatser that it is told of."""
        subjects = (one.fact.subject for one in self.meanings)
        return tuple(dict.fromkeys(s.namn for s in subjects if s.kind != "kommun"))

    def told(self, names: Sequence[str]) -> str:
        """The clause with where it is: in what is common, and in the insatser called ``names``, or
        how many they are where they are many."""
        common = any(one.fact.subject.kind == "kommun" for one in self.meanings)
        places = ["det som är gemensamt"] if common else []
        if len(names) > _NAMED:
            places.append(f"{phrases.antal(len(names))} insatser")
        elif names:
            noun = "insatsen" if len(self.names) == 1 else "insatserna"
            places.append(f"{noun} {phrases.lista(names)}")
        return f"{self.clause} i {' och i '.join(places)}"


def everywhere(told: Sequence[Meaning]) -> list[Everywhere]:
    """What is said by several of the facts ``told``; each of these is in one of them at most."""
    texts = {id(one): replaced(one.fact) for one in told if _is_text(one.fact)}
    found = [*_swaps(told, texts)]
    taken = {id(meaning) for one in found for meaning in one.meanings}
    return [*found, *_slips([one for one in told if id(one) in texts and id(one) not in taken])]


def _is_text(fact: Fact) -> bool:
    """Whether a fact is about running text, or a name, of an insats or the municipality."""
    texts = rewording.differing(fact.before, fact.after, fact.field)
    return fact.kind == "changed" and all(
        pair is not None and (name in rewording.TEXTS or fact.path == ("namn",))
        for name, pair in texts
    )


def replaced(fact: Fact) -> list[_Pair] | None:
    """What stands in place of what in the texts of a fact, each time it does; None where anything
    has only come or gone."""
    found = []
    for _, pair in rewording.differing(fact.before, fact.after, fact.field):
        if pair is None:
            return None
        one, other = map(rewording.pieces, pair)
        for kind, i, end, j, last in steps(one, other):
            if kind == "equal":
                continue
            terms = " ".join(one[i:end]), " ".join(other[j:last])
            if kind != "replace" or max(end - i, last - j) > _MOST_WORDS:
                return None
            if min(map(len, terms)) < _LETTERS:
                return None
            found.append(terms)
    return found


def _swaps(told: Sequence[Meaning], texts: dict[int, list[_Pair] | None]) -> Iterator[Everywhere]:
    """The terms that have been replaced, each with the facts that say nothing else."""
    often = Counter(pair for pairs in texts.values() for pair in pairs or ())
    for group in _terms(sorted(often)):
        by_meaning: dict[object, list[Meaning]] = {}
        for one in told:
            pairs = texts.get(id(one))
            if pairs and group.issuperset(pairs):
                by_meaning.setdefault(one.judgements, []).append(one)
        for meanings in by_meaning.values():
            count = sum(len(texts[id(one)] or ()) for one in meanings)
            if count >= _FEWEST and len(meanings) >= _FEWEST_FIELDS:
                old, new = (min((pair[side] for pair in group), key=_basic) for side in (0, 1))
                places = f"på {phrases.antal(count)} ställen"
                yield Everywhere(f"ordet ”{old}” ersätts med ”{new}” {places}", tuple(meanings))


def _basic(form: str) -> tuple[int, str]:
    """The form of a term that it is called by comes first: the shortest."""
    return len(form), form


def _terms(pairs: Sequence[_Pair]) -> list[frozenset[_Pair]]:
    """The pairs by term: those whose words are forms of the same on both sides."""
    groups: dict[_Pair, set[_Pair]] = {pair: {pair} for pair in pairs}
    for a, b in product(pairs, pairs) if len(pairs) <= _MOST_PAIRS else ():
        if a < b and groups[a] is not groups[b] and all(map(_one_term, a, b)):
            both = groups[a] | groups[b]
            for pair in both:
                groups[pair] = both
    distinct = {id(group): group for group in groups.values()}
    return [frozenset(group) for group in distinct.values()]


def _one_term(first: str, second: str) -> bool:
    last, other = (term.rpartition(" ")[2] for term in (first, second))
    return lexicon.of_one_word(last, other, _ENDING)


def _slips(told: Sequence[Meaning]) -> Iterator[Everywhere]:
    """The slips that have been put right in several places, where nothing else is said."""
    found: dict[object, list[Meaning]] = {}
    number = 0
    for one in told:
        slips = _number_of_slips(one)
        if slips is not None:
            number += slips
            found.setdefault(one.judgements, []).append(one)
    for meanings in found.values():
        if number and len(meanings) >= _FEWEST_FIELDS:
            yield Everywhere("skrivfel rättas", tuple(meanings))


def _number_of_slips(meaning: Meaning) -> int | None:
    """How many slips a fact puts right; None if it does anything else than that and to write signs
    and capitals in another way."""
    fact = meaning.fact
    if any(judgement.axis != "editorial" for judgement in meaning.judgements):
        return None
    number = 0
    for _, pair in rewording.differing(fact.before, fact.after, fact.field):
        found = None
        if pair is not None and max(map(len, pair)) <= _LONGEST:
            found = rewording.slips(*pair)
        if found is None:
            return None
        number += found
    return number
