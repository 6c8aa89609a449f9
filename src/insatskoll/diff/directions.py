"""Which way a text has been changed, where words that are known tell it: whether more or less is
asked for, or given, and how much.

A text says the same if nothing but the order of its sentences, or the unit of a measure, is
another. It has a direction only if each single difference has, and all point the same way; what is
not known leaves the whole to the reader. Which words tell it is said by the files in
``catalogue/omskrivningar``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from insatskoll.diff import areas, lexicon, measures, rewording
from insatskoll.diff.measures import Measure, Span, Way, Word
from insatskoll.values import immutable

Role = Literal["krävs", "ges"]
Axis = Literal["effekt", "omfattning", "barn"]
# What a difference does on each axis: more open or less (1, -1), more given or less.
Moves = Mapping[Axis, int]
SAME: Moves = {}
_TELLING_SIGNS = "%§/&*#@?€$"
_KEPT = 4_096
_LONGEST = 20_000  # letters of a text that is read
_ALIKE = 0.4
_AND, _OR = "och", "eller"
_CONJUNCTIONS = frozenset({_AND, _OR, "både", "såväl", "antingen"})
_RELATIVE, _COMMA = frozenset(("som", "vilka", "vilken", "vilket")), ","
_NOT_REFERRING = frozenset(("som", "finns", "krävs", "behövs", "går"))
_SOMEBODY = ("person", "sökand", "deltag", "klient", "brukar", "den ", "du", "man", "hen")
_GIFTS = frozenset(("hjälp", "stöd", "råd"))
_FRAGMENT = 3  # words of a sentence that is a heading
# Measures of nothing but what is given.
_GIVEN = frozenset(("samtal", "träffar", "hembesök", "platser", "lektioner", "pass"))
_GROWN = 18 * 12


@immutable
class Element:
    """A word or a measure of a sentence. ``said`` is what it stands for, ``kinds`` what is known
    of it, ``paused`` whether a comma stands before it, and ``refers`` whether the sentence that it
    begins refers to the one before."""

    said: str
    form: str
    kinds: frozenset[str] = frozenset()
    plain: bool = False
    person: bool = False
    paused: bool = False
    measure: Measure | None = None
    refers: bool = False

    @property
    def whole(self) -> object:
        """What must be the same for two to be so."""
        return self.measure or self.said


Elements = Sequence[Element]


def same_said(before: object, after: object, field: str) -> bool:
    """Whether a field that is called ``field`` surely says the same before and after. Of groups and
    lists all that differs must be text that does."""
    texts = list(rewording.differing(before, after, field))
    return bool(texts) and all(
        pair is not None
        and (
            _says_the_same(pair, name in rewording.WORDS)
            or (name == "personal" and rewording.same_profession(*pair))
        )
        for name, pair in texts
    )


def _says_the_same(pair: tuple[str, str], is_text: bool) -> bool:
    if rewording.pieces(pair[0]) == rewording.pieces(pair[1]):
        return True
    return is_text and (rewording.reworded(*pair) or moves(*pair, "ges") == SAME)


def told(what: str, before: object, after: object) -> str | None:
    """``mer`` or ``mindre``, by ``what`` is read out of two texts; nothing where they do not
    tell."""
    if what == "måtten i omfattningen":
        return _of_extent(before, after)
    if not isinstance(before, str) or not isinstance(after, str):
        return None
    if what == "området":
        return _MORE.get(areas.way(before, after))
    role, axis = _READ[what]
    return _MORE.get((moves(before, after, role) or SAME).get(axis, 0))


_READ: Mapping[str, tuple[Role, Axis]] = {
    "vilka som släpps in": ("krävs", "effekt"),
    "barn som släpps in": ("krävs", "barn"),
    "det som ges": ("ges", "effekt"),
    "hur mycket som ges": ("ges", "omfattning"),
    "barn som får det": ("ges", "barn"),
}
_MORE = {1: "mer", -1: "mindre"}
_LASTS = ("längd", "frekvens", "period")


def _of_extent(before: object, after: object) -> str | None:
    """Whether an extent is more or less where only how long and how often it says is another."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return None
    names = [one for one in {**before, **after} if before.get(one) != after.get(one)]
    if any(one not in _LASTS or one not in before or one not in after for one in names):
        return None
    signs = {told("hur mycket som ges", before[one], after[one]) for one in names}
    return signs.pop() if len(signs) == 1 else None


@immutable
class Sentence:
    """A sentence as it stands (``text``), what it says (``key``), and whether it ``refers`` to what
    it stands after and ``denies`` something."""

    text: str
    key: object
    refers: bool
    denies: bool


def said(text: str) -> list[Sentence]:
    """The sentences of a text."""
    cut = list(measures.sentences(text))
    starts = [words[0].start for words in cut] + [len(text)]
    found = []
    for words, start, end in zip(cut, starts, starts[1:], strict=False):
        elements = _elements(text, words)
        refers = _refers(words)
        denies = "nekar" in _kinds(elements)
        found.append(Sentence(text[start:end].strip(), _key(elements), refers, denies))
    return found


@lru_cache(maxsize=_KEPT)
def moves(before: str, after: str, role: Role) -> Moves | None:
    """What a change of a text does; nothing on any axis if it says the same, and None where that
    cannot be told."""
    if max(len(before), len(after)) > _LONGEST:
        return None
    if _signs(before) != _signs(after):
        return None
    old, new = (list(_sentences(text)) for text in (before, after))
    lost, gained = _without_equal(old, new), _without_equal(new, old)
    if not lost and not gained:
        return SAME if _may_change_places(old, new) else None
    found: list[Moves | None] = []
    pairs, gone, come = _in_pairs(lost, gained)
    found += [_between(one, other, role) for one, other in pairs]
    found += [_turned(_stands(one, role)) for one in gone] + [_stands(one, role) for one in come]
    return _together(found)


def _signs(text: str) -> Counter[str]:
    """The signs that say something of their own, but for those that bound a number."""
    return Counter(one for one in text if one in _TELLING_SIGNS)


def _together(found: Sequence[Moves | None]) -> Moves | None:
    """What several differences do: on each axis what they agree on, and nothing where one of them
    cannot be told or they do not agree."""
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return None
    told: dict[Axis, int] = {}
    for one in known:
        for axis, sign in one.items():
            if told.setdefault(axis, sign) != sign:
                return None
    return told


def _turned(found: Moves | None) -> Moves | None:
    return None if found is None else {axis: -sign for axis, sign in found.items()}


# Sentences


def _sentences(text: str) -> Iterator[Elements]:
    for words in measures.sentences(text):
        if elements := _elements(text, words):
            refers = _refers(words)
            yield [replace(elements[0], refers=refers), *elements[1:]]


def _refers(words: Sequence[Word]) -> bool:
    """Whether a sentence begins with what refers to the one before; not so den som, det finns."""
    first, after = words[0].form, words[1].form if len(words) > 1 else ""
    return first in lexicon.shipped().refers and after not in _NOT_REFERRING


def _elements(text: str, words: Sequence[Word]) -> list[Element]:
    spans = {span.first: span for span in measures.read(text, words)}
    found: list[Element] = []
    run: list[Word] = []
    at = 0
    while at < len(words):
        span = spans.get(at)
        if span is None:
            run.append(words[at])
            at += 1
            continue
        found += _words(run)
        run = []
        found.append(_of_measure(words, span))
        at = span.last + 1
    return [*found, *_words(run)]


def _of_measure(words: Sequence[Word], span: Span) -> Element:
    form = " ".join(word.form for word in words[span.first : span.last + 1])
    return Element(
        span.measure.aligned, form, paused=_paused(words[span.first]), measure=span.measure
    )


def _paused(word: Word) -> bool:
    return any(sign in word.gap for sign in ",;:()–—")


def _words(run: Sequence[Word]) -> Iterator[Element]:
    known = lexicon.shipped()
    at = 0
    for token, length in known.tokens([word.form for word in run]):
        first, at = at, at + length
        if run[first].form in _RELATIVE and "," in run[first].gap:
            yield Element(_COMMA, _COMMA)
        if token.kind == "small":
            continue
        form = " ".join(word.form for word in run[first:at])
        kinds = known.kinds(form)
        yield Element(
            token.said,
            form,
            kinds,
            plain=token.kind == "plain",
            person=token.kind == "person" or "vem" in kinds,
            paused=_paused(run[first]),
        )


def _key(sentence: Elements) -> tuple[object, ...]:
    return tuple(one.whole for one in sentence)


def _without_equal(some: Sequence[Elements], others: Sequence[Elements]) -> list[Elements]:
    left = [_key(one) for one in others]
    found = []
    for one in some:
        if (key := _key(one)) in left:
            left.remove(key)
        else:
            found.append(one)
    return found


def _may_change_places(old: Sequence[Elements], new: Sequence[Elements]) -> bool:
    """Whether the sentences that stand in another order say the same there: none that has moved, or
    that follows on others than before, refers to what it follows on."""
    before = {_key(two): _key(one) for one, two in pairwise(old)}
    after = {_key(two): _key(one) for one, two in pairwise(new)}
    for sentence in old:
        key = _key(sentence)
        if before.get(key) != after.get(key) and sentence[0].refers:
            return False
    return True


def _in_pairs(
    lost: list[Elements], gained: list[Elements]
) -> tuple[list[tuple[Elements, Elements]], list[Elements], list[Elements]]:
    """Sentences that say something else than before, in pairs, and those that have gone or come."""
    if len(lost) == len(gained) == 1:
        return [(lost[0], gained[0])], [], []
    scored = sorted(
        ((-_likeness(one, two), i, j) for i, one in enumerate(lost) for j, two in enumerate(gained))
    )
    pairs: dict[int, int] = {}
    for score, i, j in scored:
        if -score >= _ALIKE and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return (
        [(lost[i], gained[j]) for i, j in sorted(pairs.items())],
        [one for i, one in enumerate(lost) if i not in pairs],
        [one for j, one in enumerate(gained) if j not in pairs.values()],
    )


def _likeness(one: Elements, two: Elements) -> float:
    return SequenceMatcher(None, [e.said for e in one], [e.said for e in two], False).ratio()


# Sentences that come or go


def _stands(sentence: Elements, role: Role) -> Moves | None:
    """What a sentence that comes does: what it asks for turns somebody away, what it gives besides
    is more."""
    kinds = _kinds(sentence)
    if kinds & {"belastar", "kostar", "dokumenterar", "samtycker"} or any(
        e.measure for e in sentence
    ):
        return None
    if "begränsar" in kinds or "mjukar upp" in kinds:
        return None
    denied = "nekar" in kinds
    if "kräver" in kinds:
        if sum("kräver" in one.kinds for one in sentence) > 1:
            return None
        return {"effekt": 1 if denied else -1}
    if "ger" in kinds and (denied or "vidgar" in kinds) and role == "ges":
        return {"effekt": -1 if denied else 1}
    return None


def _kinds(sentence: Elements) -> frozenset[str]:
    return frozenset().union(*(one.kinds for one in sentence))


# Two sentences


def _between(old: Elements, new: Elements, role: Role) -> Moves | None:
    """What stands in one sentence in place of another does."""
    asks = _asks(old, role), _asks(new, role)
    if _said_passively(old, new) or _said_passively(new, old):
        return SAME
    listed = _listed(old, new, role)
    if listed is not None:
        return listed
    steps = SequenceMatcher(
        None, [one.said for one in old], [one.said for one in new], autojunk=False
    ).get_opcodes()
    found: list[Moves | None] = []
    for kind, i, end, j, last in steps:
        here = _Place(old, new, i, end, j, last, role, asks[0] or asks[1])
        if kind == "equal":
            found += [_measured(here, at) for at in range(end - i)]
        else:
            found.append(_replaced(here))
    return _together(found)


@immutable
class _Place:
    """Where two sentences differ: the words from ``i`` to ``end`` of the old one have become those
    from ``j`` to ``last`` of the new. ``asks`` tells that the sentence asks for something."""

    old: Elements
    new: Elements
    i: int
    end: int
    j: int
    last: int
    role: Role
    asks: bool

    @property
    def lost(self) -> Elements:
        """The words that have gone."""
        return self.old[self.i : self.end]

    @property
    def gained(self) -> Elements:
        """The words that have come."""
        return self.new[self.j : self.last]

    @property
    def kinds(self) -> frozenset[str]:
        """What is known of the words around, in either sentence."""
        around = [*self.old[: self.i], *self.old[self.end :]]
        return _kinds(around) | _kinds([*self.new[: self.j], *self.new[self.last :]])


def _asks(sentence: Elements, role: Role) -> bool:
    """Whether a sentence tells what somebody must do or be to get the insats."""
    kinds = _kinds(sentence)
    if role == "krävs":
        return True
    if "kräver" in kinds or ("anmäls" in kinds and "ska" in kinds):
        return True
    for at, one in enumerate(sentence):
        if "ska" in one.kinds and any(e.person or "vem" in e.kinds for e in sentence[:at]):
            return not any(e.kinds & {"ger", "får"} for e in sentence[at:])
    return False


def _said_passively(active: Elements, passive: Elements) -> bool:
    """Whether what somebody does (Personalen ordnar lunch) is said to be done by them (Lunch ordnas
    av personalen)."""
    if len(passive) != len(active) + 1:
        return False
    for verb in range(1, len(active) - 1):
        form = active[verb].form
        forms = {f"{form[:-1]}s", f"{form[:-2]}s", f"{form[:-2]}es"} if form.endswith("r") else ()
        at = next((i for i, one in enumerate(passive) if one.form in forms), None)
        if at is None:
            continue
        doer = [one.whole for one in active[:verb]]
        rest = [one.whole for one in active[verb + 1 :]]
        others = [one.whole for i, one in enumerate(passive) if i != at]
        by = next((i for i, one in enumerate(others) if one == "av"), None)
        if by is not None and others[by + 1 : by + 1 + len(doer)] == doer:
            return [*others[:by], *others[by + 1 + len(doer) :]] == rest
    return False


# Lists


def _gives(kinds: frozenset[str]) -> bool:
    """Whether a sentence is about what those who take part get, and not about what they bear."""
    return bool(kinds & {"ger", "får", "gåva"}) and "belastar" not in kinds


def _listed(old: Elements, new: Elements, role: Role) -> Moves | None:
    """What one more or one less in a list does; None where that is not all that differs."""
    shorter, longer = sorted((old, new), key=len)
    runs = _only_more(shorter, longer)
    if not runs:
        return None
    kinds = _kinds(longer)
    if kinds & {"nekar", "kostar", "dokumenterar", "samtycker"}:
        return None
    if not {e.said for e in shorter} & {_AND, _OR} <= {e.said for e in longer}:
        return None
    found = [_item(longer, run, role) for run in runs]
    told = _together(found)
    return told if shorter is old else _turned(told)


def _only_more(shorter: Elements, longer: Elements) -> list[tuple[int, int]]:
    """The words that only the longer list has, from and to, each beside what joins it to the rest;
    nothing where anything else differs."""
    places = [
        [i for i, e in enumerate(s) if e.said not in _CONJUNCTIONS] for s in (shorter, longer)
    ]
    few, many = (
        [side[i].whole for i in at] for side, at in zip((shorter, longer), places, strict=True)
    )
    runs = []
    for kind, _, _, j, last in SequenceMatcher(None, few, many, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if kind != "insert":
            return []
        first, final = places[1][j], places[1][last - 1]
        joined = [longer[first - 1]] if first else []
        joined += [longer[final + 1]] if final + 1 < len(longer) else []
        paused = longer[first].paused or (final + 1 < len(longer) and longer[final + 1].paused)
        if not paused and not any(one.said in (_AND, _OR) for one in joined):
            return []
        inside = [one for one in longer[first : final + 1] if one.said in _CONJUNCTIONS]
        if final - first + 1 != last - j and len(inside) > 1:
            return []
        runs.append((first, final))
    return runs


def _item(longer: Elements, run: tuple[int, int], role: Role) -> Moves | None:
    first, last = run
    words = [one for one in longer[first : last + 1] if one.said not in _CONJUNCTIONS]
    if any(one.measure for one in words):
        return None
    kinds = _kinds(words)
    if kinds & {"begränsar", "kräver", "mjukar upp", "ska", "kan"}:
        return None
    joined = _joined_by(longer, first, last)
    asks = _asks(longer, role)
    gives = _kinds(longer) & {"ger", "får"} or longer[0].form in _GIFTS
    if not asks and not (gives and _gives(_kinds(longer))):
        return None
    persons = all(one.person for one in words)
    if not asks:
        return {"effekt": 1} if joined == _AND or (persons and joined) else None
    if joined == _OR and "kräver" not in _kinds(longer):
        return {"effekt": 1}
    if joined != _AND:
        return None
    if persons and role == "krävs":
        return {"effekt": 1} if _lists_persons(longer[:first]) else None
    return {"effekt": -1} if "görs" in kinds else None


def _lists_persons(before: Elements) -> bool:
    """Whether nothing but groups of persons stands before an item, so that it is one more of them;
    of somebody (personen) it would be asked for besides."""
    groups = [one for one in before if one.said not in _CONJUNCTIONS]
    return all(one.person and not one.form.startswith(_SOMEBODY) for one in groups)


def _joined_by(longer: Elements, first: int, last: int) -> str:
    """What joins an item to the rest of its list: the word before it, or the next that joins."""
    before = longer[first - 1].said if first else ""
    if before in (_AND, _OR):
        return before
    after = [one.said for one in longer[last + 1 :] if one.said in (_AND, _OR)]
    if after:
        return after[0]
    inside = [one.said for one in longer[first : last + 1] if one.said in (_AND, _OR)]
    return inside[0] if len(set(inside)) == 1 else ""


# Single differences


def _replaced(here: _Place) -> Moves | None:
    if here.role == "ges" and "belastar" in _kinds(here.old) | _kinds(here.new):
        return _forms(here)
    for reader in _READERS:
        found = reader(here)
        if found is not None:
            return found
    return None


def _forms(here: _Place) -> Moves | None:
    """Other forms of the same words."""
    lost, gained = here.lost, here.gained
    if len(lost) != len(gained) or not all(one.plain for one in (*lost, *gained)):
        return None
    pairs = zip(lost, gained, strict=True)
    return SAME if all(rewording.of_one_word(a.said, b.said) for a, b in pairs) else None


def _of_kind(here: _Place, kind: str) -> int:
    """Whether all that has come (1), or all that has gone (-1), is of a kind; 0 otherwise."""
    if here.lost and here.gained:
        return 0
    words = here.gained or here.lost
    if not all(kind in one.kinds for one in words):
        return 0
    return 1 if here.gained else -1


_ABOUT_OTHERS = frozenset({"kostar", "dokumenterar", "samtycker"})


def _limits(here: _Place) -> Moves | None:
    """Only: endast, i mån av plats."""
    sign = _of_kind(here, "begränsar")
    if not sign or here.kinds & (_ABOUT_OTHERS | {"nekar", "kräver"}):
        return None
    short = max(len(here.old), len(here.new)) <= _FRAGMENT
    return {"effekt": -sign} if here.role == "krävs" or short or _gives(here.kinds) else None


def _widens(here: _Place) -> Moves | None:
    """Also: även, dessutom."""
    sign = _of_kind(here, "vidgar")
    if not sign or here.kinds & (_ABOUT_OTHERS | {"nekar", "kräver", "ska"}):
        return None
    after = [s[at] for s, at in ((here.old, here.end), (here.new, here.last)) if at < len(s)]
    known = _gives(here.kinds) if here.role == "ges" else all(one.person for one in after)
    return {"effekt": sign} if known else None


def _softens(here: _Place) -> Moves | None:
    """In the first place: what is asked for is no longer asked of all."""
    sign = _of_kind(here, "mjukar upp")
    if not sign or not here.asks or here.kinds & (_ABOUT_OTHERS | {"nekar"}):
        return None
    return {"effekt": sign}


def _binds(here: _Place) -> Moves | None:
    """Kan, bör and ska, or a verb by itself, which promises or demands as much as ska."""
    strength = [_strength(side) for side in (here.lost, here.gained)]
    old, new = strength
    if old is None or new is None or here.kinds & (_ABOUT_OTHERS | {"nekar"}):
        return None
    if not _same_verb(here):
        return None
    if old == new:
        return SAME
    stronger = 1 if new > old else -1
    kinds = here.kinds | _kinds(here.lost) | _kinds(here.gained)
    if here.asks:
        known = here.role == "krävs" or kinds & {"görs", "anmäls", "kräver"}
        return {"effekt": -stronger} if known else None
    return {"effekt": stronger} if "ger" in kinds else None


def _strength(words: Elements) -> int | None:
    scale = ("kan", "bör", "ska")
    found = [scale.index(kind) for one in words for kind in one.kinds if kind in scale]
    if not found:
        return len(scale) - 1 if len(words) <= 1 else None
    return found[0] if len(found) == 1 and len(words) <= 2 else None


def _same_verb(here: _Place) -> bool:
    """Whether what differs is but a word that binds, and the form of the verb after it."""
    rest = [
        [one for one in side if not one.kinds & {"kan", "bör", "ska"}]
        for side in (here.lost, here.gained)
    ]
    bound = [
        len(side) - len(left) for side, left in zip((here.lost, here.gained), rest, strict=True)
    ]
    if not any(bound):
        return False
    if not rest[0] and not rest[1]:
        verb = here.old[here.end].form if here.end < len(here.old) else ""
        return bound == [1, 1] or verb.endswith("s")  # kan ges, ges
    if len(rest[0]) != len(rest[1]):
        return False
    return all(_of_one_verb(a, b) for a, b in zip(*rest, strict=True))


def _of_one_verb(one: Element, other: Element) -> bool:
    if one.said == other.said:
        return True
    first, second = sorted((one.form, other.form), key=len)
    stem = first.rstrip("as")
    return len(stem) >= 2 and second.startswith(stem) and len(second) - len(stem) <= 3


def _comma(here: _Place) -> Moves | None:
    """A comma before a relative clause: with it all are so, without it those who are so."""
    said = [one.said for one in (*here.lost, *here.gained)]
    if said != [_COMMA] or here.role != "krävs" or "nekar" in here.kinds:
        return None
    return {"effekt": 1 if here.gained else -1}


def _joins(here: _Place) -> Moves | None:
    """Och for eller: what is asked for is both, or one of them."""
    words = [side[0].said if len(side) == 1 else "" for side in (here.lost, here.gained)]
    if {*words} != {_AND, _OR}:
        return None
    sign = 1 if words[1] == _OR else -1
    if here.kinds & (_ABOUT_OTHERS | {"nekar"}):
        return None
    if here.asks:
        beside = [here.old[at] for at in (here.i - 1, here.end) if 0 <= at < len(here.old)]
        return None if all(one.person for one in beside) else {"effekt": sign}
    return {"effekt": -sign} if "ger" in here.kinds else None


def _denies(here: _Place) -> Moves | None:
    """Inte, that comes or goes: it turns what is asked for, or given, into its opposite."""
    lost, gained = (
        [one for one in side if "någon" not in one.kinds] for side in (here.lost, here.gained)
    )
    denied = [any("nekar" in one.kinds for one in side) for side in (lost, gained)]
    if denied[0] == denied[1] or len(lost) + len(gained) != 1:
        return None
    around = here.kinds
    if around & (_ABOUT_OTHERS | {"nekar", "begränsar", "mjukar upp", "vidgar"}):
        return None
    sign = -1 if denied[1] else 1
    if "kräver" in around:
        return {"effekt": -sign} if not around & {"kan", "får"} else None
    beside = _kinds([here.old[at] for at in (here.i - 1, here.end) if 0 <= at < len(here.old)])
    return {"effekt": sign} if here.role == "ges" and beside & {"ger", "kan", "får"} else None


def _place(words: Elements) -> int | None:
    """Where on the scale from some to all a word is."""
    kinds = words[0].kinds if len(words) == 1 else frozenset()
    return next((at for at, one in enumerate(_SOME_TO_ALL) if one in kinds), None)


_SOME_TO_ALL = ("några", "många", "alla")


def _counts(here: _Place) -> Moves | None:
    """Vissa, de flesta, alla."""
    places = [_place(side) for side in (here.lost, here.gained)]
    if None in places or here.asks or here.kinds & (_ABOUT_OTHERS | {"nekar", "kräver"}):
        return None
    old, new = places[0] or 0, places[1] or 0
    if old == new or not here.kinds & {"ger", "får"}:
        return None
    return {"effekt": 1 if new > old else -1}


def _measure_comes(here: _Place) -> Moves | None:
    """A measure that comes beside what was asked for asks for more, and one that sets the most of
    what was given gives less."""
    if here.lost and here.gained:
        return None
    words = here.gained or here.lost
    found = [one.measure for one in words if one.measure is not None]
    sign = 1 if here.gained else -1
    if len(found) != 1 or not all(one.measure or "mått" in one.kinds for one in words):
        return None
    if here.kinds & (_ABOUT_OTHERS | {"nekar"}):
        return None
    (measure,) = found
    if here.asks:
        known = here.role == "krävs" and measure.kind != "tal" and not measure.about
        return {"effekt": -sign} if known else None
    if measure.low == 0 and measure.kind != "ålder" and len(words) == 1:
        return {"effekt": -sign, "omfattning": -sign}
    return None


# Another measure in the place of one


def _measured(here: _Place, at: int) -> Moves | None:
    """What another measure does in the place of one."""
    one, other = here.old[here.i + at], here.new[here.j + at]
    if one.measure is None or other.measure is None or one.measure == other.measure:
        return SAME if one.whole == other.whole else None
    how = measures.way(one.measure, other.measure)
    if how == "same":
        return SAME
    if here.role == "ges" and "belastar" in _kinds(here.old) | _kinds(here.new):
        return None
    if how is None or (_kinds(here.old) | _kinds(here.new)) & (_ABOUT_OTHERS | {"nekar"}):
        return None
    if one.measure.kind == "ålder":
        return _other_age(one.measure, other.measure, how)
    before = here.old[max(here.i + at - 2, 0) : here.i + at]
    around = _kinds(before) | _kinds(here.old[here.i + at + 1 : here.i + at + 3])
    if here.asks:
        return _asked(one.measure, other.measure, how, around)
    short = max(len(here.old), len(here.new)) <= _FRAGMENT
    known = short or one.measure.kind in _GIVEN or _gives(_kinds(here.old) | _kinds(here.new))
    if not known or _under(one.measure) or _under(other.measure):
        return None
    return _given(one.measure, how, around)


def _under(measure: Measure) -> bool:
    """Whether less than so much is said, which nobody promises."""
    in_whole = measure.high == round(measure.high, 6) or measure.kind.startswith("takt")
    return measure.low == 0 and not in_whole


def _other_age(old: Measure, new: Measure, how: Way) -> Moves | None:
    sign = {"wider": 1, "narrower": -1}.get(how)
    if sign is None or old.whose not in ("", "deltagande"):
        return None
    found: dict[Axis, int] = {"effekt": sign}
    if _children(old) != _children(new):
        found["barn"] = sign
    return found


def _children(age: Measure) -> tuple[float, float] | None:
    """The part of an age that is below 18 years."""
    low, high = age.low, min(age.high, _GROWN - 1)
    return (low, high) if low <= high else None


_SIGN: Mapping[str, int] = {"wider": 1, "more": 1, "narrower": -1, "less": -1}


def _asked(old: Measure, new: Measure, how: Way, around: frozenset[str]) -> Moves | None:
    """More of what must be done, or have lasted, lets fewer in; a longer time in which it may be
    done lets more."""
    if old.kind in ("tal", "klockslag", "dagar i veckan"):
        return None
    if "inom" in around or "senaste" in around:
        return {"effekt": _size(old, new)} if _size(old, new) else None
    if "senast" in around or "före" in around:
        return {"effekt": -_size(old, new)} if _size(old, new) else None
    least = all(one.high == float("inf") for one in (old, new))
    most = all(one.low == 0 for one in (old, new))
    if least or most:
        return {"effekt": _SIGN[how] if most else -_SIGN[how]}
    if around & {"varaktigt"} and old.high == old.low and new.high == new.low:
        return {"effekt": -_size(old, new)} if _size(old, new) else None
    return None


def _size(old: Measure, new: Measure) -> int:
    """Whether the most that is said is more (1) or less (-1)."""
    pair = (old.high, new.high) if old.high != float("inf") else (old.low, new.low)
    return (pair[1] > pair[0]) - (pair[1] < pair[0])


def _given(old: Measure, how: Way, around: frozenset[str]) -> Moves | None:
    if around & {"senast", "före", "senaste"} or old.kind == "tal":
        return None
    sign = _SIGN[how]
    if "inom" in around:
        return {"effekt": -sign}
    return {"effekt": sign, "omfattning": sign}


_READERS: Sequence[Callable[[_Place], Moves | None]] = (
    _forms, _limits, _widens, _softens, _binds, _comma, _joins, _denies, _counts, _measure_comes,
)  # fmt: skip
