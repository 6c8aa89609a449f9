"""What stands together in a clause, and what is claimed by it: the patterns in
``catalogue/påståenden``.

A pattern names groups of words. It holds where a clause has a word of each, none of which stands
within a frame that takes the claim away: a topic to talk about, something to apply for, a
quotation, the name of an organisation.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from insatskoll.law.claims.figures import number
from insatskoll.law.claims.vocabulary import FIGURE, Mark, Vocabulary
from insatskoll.law.claims.words import Clause, Sentence
from insatskoll.values import immutable

# Frames that are no group of words.
NAMED, QUOTED, ASKED = "namn", "citat", "fråga"
# The frames that turn a claim and do not take it away: “inte … utan samtycke” turns it twice.
NEGATED, WITHOUT = "nekad", "utan"
TURNED = frozenset({NEGATED, WITHOUT})
_FOLLOWING = 3  # clauses that what follows on a pattern's words stands in
_NEXT = 2  # clauses that the end of one that closes stands in
_GOES_ON = frozenset({"att", "som"})  # clauses that are within what the one before ends with
_ADDED = frozenset({"när", "om", "medan", "innan", "ifall"})  # begin what is only a circumstance
_BESIDE = 2  # sentences before and after one that tell more of it
_NEAR = 5  # words after it that a frame takes in that reaches no further


@immutable
class Frame:
    """What words within it are: ``name``. It begins with a word of ``group`` (a bit), and takes in
    what follows in the clause (``efter``), only the next few words of it (``nära``), all of the
    clause (``led``) or all of the sentence (``mening``). One of a ``kind`` is for its patterns
    only. Within words of the group ``never`` it does not begin."""

    name: str
    group: int
    reach: str
    kind: str | None = None
    never: int = 0


@immutable
class Frames:
    """All frames. Few words begin one, and which do is worked out once."""

    each: tuple[Frame, ...]

    @cached_property
    def general(self) -> tuple[Frame, ...]:
        """Those of every kind of claims."""
        return tuple(frame for frame in self.each if frame.kind is None)

    @cached_property
    def particular(self) -> tuple[Frame, ...]:
        """Those of one kind of claims only."""
        return tuple(frame for frame in self.each if frame.kind is not None)

    @cached_property
    def turning(self) -> int:
        """The groups of the words that turn a claim."""
        return _beginning(frame for frame in self.each if frame.name in TURNED)

    @cached_property
    def beginnings(self) -> tuple[int, int]:
        """The groups that the general ones begin with, and the particular ones."""
        return _beginning(self.general), _beginning(self.particular)


def _beginning(frames: Iterable[Frame]) -> int:
    groups = 0
    for frame in frames:
        groups |= frame.group
    return groups


class Pattern(NamedTuple):
    """Groups of words that make a claim when they stand together.

    ``clause`` are those (bits; one of several is enough) that a clause has, ``then`` those that
    follow on them in their order, later in the clause or in the next ones, ``sentence`` those that
    its sentence has besides, ``before`` and ``after`` those that the nearest sentences before it
    and after it have, ``without`` those that these clauses do not have, and
    ``without_in_sentence`` those that the sentence does not. ``negated``
    tells whether the claim is made by its negation (``ja``, ``nej``, ``båda``); ``frames`` are
    those that it stands within all the same. ``takes`` are the kinds of claims in the same sentence
    that tell more of it, or in an earlier one if it ``recalls``, and ``within`` the most words from
    its first to its last. One that ``opens`` has its first word first in the sentence, if not after
    an article, one that ``closes`` has its last word last in its clause, this or the next one, and
    ``most`` are the words that the sentence has at most. One that is ``main`` does not hold in a
    clause that only adds when or if. One without ``values`` claims nothing: in its clause no later
    pattern of the kind is tried. One that ``adds`` claims nothing by itself, but more of what
    another of its kind claims in the clause; a value “#” is the number that its words tell.
    """

    kind: str
    values: Mapping[str, Any]
    clause: tuple[int, ...]
    then: tuple[int, ...] = ()
    sentence: tuple[int, ...] = ()
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    without: int = 0
    without_in_sentence: int = 0
    negated: str = "nej"
    frames: frozenset[str] = frozenset()
    ordered: bool = False
    within: int | None = None
    takes: tuple[str, ...] = ()
    recalls: bool = False
    opens: bool = False
    closes: bool = False
    most: int | None = None
    main: bool = False
    adds: bool = False


class Framed(NamedTuple):
    """A mark and the frames that it stands within."""

    mark: Mark
    frames: frozenset[str]

    def free(self, allowed: frozenset[str]) -> bool:
        """Whether it stands within none but ``allowed`` frames."""
        return self.frames <= allowed

    @property
    def negated(self) -> bool:
        """Whether it is negated."""
        return negated(self.frames)


def negated(frames: frozenset[str]) -> bool:
    """Whether what stands within ``frames`` is negated."""
    return (NEGATED in frames) != (WITHOUT in frames)


class Found(NamedTuple):
    """Where a pattern holds: the marks in the clause, in the pattern's order, and the clause (how
    many on) and the mark where what follows on them ends, if anything does. ``values`` are what is
    claimed."""

    pattern: Pattern
    values: Mapping[str, Any]
    marks: tuple[Mark, ...]
    negated: bool
    end: tuple[int, Mark] | None = None


# The frames of all of a clause, and those that begin in it, each with the last word of its cue.
_Over = tuple[frozenset[str], list[tuple[int, str]]]


class Marked:
    """A sentence with the marks of each of its clauses, and the frames that they stand within."""

    def __init__(
        self, sentence: Sentence, clauses: Sequence[Sequence[Framed]], over: Sequence[_Over]
    ) -> None:
        self.sentence = sentence
        self.clauses = clauses
        self._over = over
        self.length = sum(len(clause.words) for clause in sentence.clauses)  # in words
        self.groups = _groups(one for clause in clauses for one in clause)
        # Those of the nearest sentences of the text before this one, and after it.
        self.groups_before = self.groups_after = 0
        # The words of each clause that turn what it says.
        self.turns: list[list[Mark]] = []
        self._free: dict[frozenset[str], int] = {}

    def after(self, clause: int) -> str:
        """The sign or word that a clause begins after, or with."""
        return self.sentence.clauses[clause].after if clause else ""

    def frames_at(self, clause: int, word: int) -> frozenset[str]:
        """The frames that a word of a clause stands within."""
        over, begun = self._over[clause]
        return over.union(name for last, name in begun if last < word)

    def free(self, allowed: frozenset[str]) -> int:
        """The groups of the words that stand within none but ``allowed`` frames."""
        if allowed not in self._free:
            self._free[allowed] = _groups(
                one for clause in self.clauses for one in clause if one.free(allowed)
            )
        return self._free[allowed]


def marked(sentence: Sentence, vocabulary: Vocabulary, frames: Frames) -> Marked:
    """The words of a sentence that have a name, and the frames that they stand within."""
    marks = [list(vocabulary.marks(clause.words)) for clause in sentence.clauses]
    whole = {ASKED} if sentence.asked else set()
    for frame in frames.each:
        if frame.reach == "mening" and any(m.group & frame.group for one in marks for m in one):
            whole.add(frame.name)
    found: list[list[Framed]] = []
    over: list[_Over] = []
    before: frozenset[str] = frozenset()
    turned = False
    for clause, own in zip(sentence.clauses, marks, strict=True):
        # “inte A, utan B”: B is what holds
        contrast = turned and clause.after == "," and clause.words[0].form == "utan"
        begun, of_all = _begun(own, frames, 1 if contrast else 0)
        inherited = before if clause.after in _GOES_ON else frozenset()
        over.append((inherited | of_all | whole, begun))
        framed = _framed(clause, own, begun, over[-1][0])
        framed = _as_before(framed, found[-1]) if clause.lent else framed
        found.append(_with_own_frames(framed, frames))
        before = inherited | {name for _, name in begun}
        if WITHOUT in before:  # “tas inte emot utan att …”
            before |= of_all & {NEGATED}
        turned = NEGATED in of_all | before
    made = Marked(sentence, found, over)
    made.turns = [[mark for mark in own if mark.group & frames.turning] for own in marks]
    return made


def side_by_side(sentences: Sequence[Marked]) -> None:
    """Tells each of the sentences of a text what stands in the nearest before it and after it."""
    for at, one in enumerate(sentences):
        for near in sentences[max(0, at - _BESIDE) : at]:
            one.groups_before |= near.groups
        for near in sentences[at + 1 : at + 1 + _BESIDE]:
            one.groups_after |= near.groups


def _as_before(marks: Sequence[Framed], before: Sequence[Framed]) -> list[Framed]:
    """The marks of a clause, of which the word that it is lent stands within what it does in the
    clause ``before`` too."""
    last = max((one.mark.last for one in before), default=0)
    frames = frozenset[str]().union(*(one.frames for one in before if one.mark.last == last))
    return [
        one._replace(frames=one.frames | frames) if one.mark.last == 0 else one for one in marks
    ]


def _begun(
    marks: Sequence[Mark], frames: Frames, first: int
) -> tuple[list[tuple[int, str]], frozenset[str]]:
    """The frames that begin within a clause, at its word ``first`` or after it, each with the last
    of the words that it begins with; and those of all of the clause."""
    begun: list[tuple[int, str]] = []
    of_all: set[str] = set()
    never: dict[int, int] = {}
    for mark in marks:
        for at in range(mark.first, mark.last + 1):
            never[at] = never.get(at, 0) | mark.group
    beginning = frames.beginnings[0]
    for mark in marks:
        if mark.first < first or not mark.group & beginning:
            continue
        for frame in frames.general:
            if not mark.group & frame.group:
                continue
            if frame.never & never.get(mark.first, 0):
                continue
            if frame.reach == "led":
                of_all.add(frame.name)
            elif frame.reach == "efter":
                begun.append((mark.last, frame.name))
    return begun, frozenset(of_all)


def _framed(
    clause: Clause, marks: Sequence[Mark], begun: Sequence[tuple[int, str]], over: frozenset[str]
) -> list[Framed]:
    """The marks of a clause; ``over`` are the frames of all of it."""
    found: list[Framed] = []
    waiting = sorted(begun, reverse=True)
    for mark in sorted(marks, key=lambda one: one.first):
        while waiting and waiting[-1][0] < mark.first:
            over |= {waiting.pop()[1]}
        words = clause.words[mark.first : mark.last + 1]
        own = [NAMED] * any(word.named for word in words)
        own += [QUOTED] * any(word.quoted for word in words)
        found.append(Framed(mark, over.union(own) if own else over))
    return found


def _with_own_frames(marks: Sequence[Framed], frames: Frames) -> list[Framed]:
    """The marks of a clause, also within the frames of one kind only."""
    found: list[Framed] = []
    last: dict[str, int] = {}  # the last word that each reaches
    beginning = frames.beginnings[1]
    for one in marks:
        over = [name for name, word in last.items() if one.mark.first <= word]
        found.append(one._replace(frames=one.frames.union(over)) if over else one)
        if not one.mark.group & beginning:
            continue
        for frame in frames.particular:
            if one.mark.group & frame.group:
                near = frame.reach == "nära"
                last[frame.name] = one.mark.last + _NEAR if near else sys.maxsize
    return found


class Patterns:
    """Patterns of all kinds, in their order, found by the rarest of the groups that they need: a
    clause has few, and there are many patterns. ``common`` tells how often words of each group
    stand in sentences."""

    def __init__(self, patterns: Iterable[Pattern], common: Mapping[int, int]) -> None:
        self._all = tuple(patterns)
        self._needing: dict[int, list[int]] = {}
        for place, pattern in enumerate(self._all):
            rarest = min(
                pattern.clause, key=lambda one: sum(common.get(group, 0) for group in _each(one))
            )
            for group in _each(rarest):
                self._needing.setdefault(group, []).append(place)
        self._groups = 0
        for group in self._needing:
            self._groups |= group

    def found(self, sentence: Marked, at: int) -> Iterator[Found]:
        """Where they hold in the clause ``at`` of a sentence: of each kind the first that does,
        with what others, which come after them, add to it."""
        own = sentence.clauses[at]
        groups = _groups(own)
        made: dict[str, Found] = {}
        more: dict[str, dict[str, Any]] = {}
        for pattern in self._possible(groups):
            if pattern.adds != (pattern.kind in made):
                continue
            if not all(groups & group for group in pattern.clause):
                continue
            if groups & pattern.without or sentence.groups & pattern.without_in_sentence:
                continue
            if not (_placed(pattern, sentence, at) and _beside(pattern, sentence)):
                continue
            if (one := _match(pattern, sentence, at)) is None:
                continue
            if not pattern.adds:
                made[pattern.kind] = one
            else:  # the first that tells a thing counts
                told = more.setdefault(pattern.kind, {})
                more[pattern.kind] = _told(one, sentence.sentence.clauses[at]) | told
        for kind, one in made.items():
            if one.values:
                yield one._replace(values={**more.get(kind, {}), **one.values})

    def _possible(self, groups: int) -> Iterator[Pattern]:
        """Those whose rarest groups are among ``groups``."""
        places = {place for group in _each(groups & self._groups) for place in self._needing[group]}
        return (self._all[place] for place in sorted(places))


def _each(groups: int) -> Iterator[int]:
    """The groups, one by one."""
    while groups:
        one = groups & -groups
        yield one
        groups ^= one


def _groups(marks: Iterable[Framed]) -> int:
    groups = 0
    for one in marks:
        groups |= one.mark.group
    return groups


def _placed(pattern: Pattern, sentence: Marked, at: int) -> bool:
    """Whether a pattern can hold in the clause ``at``: where it is, and how long the sentence."""
    clauses = sentence.sentence.clauses
    if pattern.most is not None and sentence.length > pattern.most:
        return False
    if pattern.main and at and clauses[at].after in _ADDED:
        return False
    return not pattern.opens or at == 0


def _beside(pattern: Pattern, sentence: Marked) -> bool:
    """Whether the sentences beside this one have the words that the pattern needs there."""
    return all(sentence.groups_before & group for group in pattern.before) and all(
        sentence.groups_after & group for group in pattern.after
    )


def _match(pattern: Pattern, sentence: Marked, at: int) -> Found | None:
    allowed = pattern.frames | TURNED
    own = sentence.clauses[at]
    taken = _taken(pattern, own, allowed)
    if taken is None or not all(sentence.free(allowed) & group for group in pattern.sentence):
        return None
    marks = tuple(one.mark for one in taken)
    if sentence.sentence.clauses[at].lent and all(mark.last == 0 for mark in marks):
        return None  # said in the clause before
    if pattern.within is not None and _length(marks) > pattern.within:
        return None
    if pattern.opens and marks[0].first > 1:
        return None
    turned = any(one.negated for one in taken)
    if pattern.negated != "båda" and turned != (pattern.negated == "ja"):
        return None
    last = max(marks, key=lambda mark: mark.last)
    end = _followed(pattern, sentence, at, last.last) if pattern.then else (0, last)
    if end is None or (pattern.closes and not _closed(sentence, at, *end)):
        return None
    return Found(pattern, pattern.values, marks, turned, end if pattern.then else None)


def _told(found: Found, clause: Clause) -> dict[str, Any]:
    """What a pattern tells, with the number that its words in ``clause`` tell, if one does."""
    told = {name: value for name, value in found.values.items() if value != FIGURE}
    words = (word.form for one in found.marks for word in clause.words[one.first : one.last + 1])
    figure = next((value for form in words if (value := number(form)) is not None), None)
    if figure is not None:
        told |= {name: int(figure) for name in found.values if name not in told}
    return told


def _closed(sentence: Marked, at: int, on: int, mark: Mark) -> bool:
    """Whether the clause ``on`` after the one ``at`` ends with ``mark``."""
    return mark.last == len(sentence.sentence.clauses[at + on].words) - 1


def _taken(
    pattern: Pattern, own: Sequence[Framed], allowed: frozenset[str]
) -> Sequence[Framed] | None:
    """A mark in the clause for each group of the pattern, if there are."""
    taken: list[Framed] = []
    for group in pattern.clause:
        after = taken[-1].mark.last if taken and pattern.ordered else -1
        one = next(
            (m for m in own if m.mark.group & group and m.mark.first > after and m.free(allowed)),
            None,
        )
        if one is None:
            return None
        taken.append(one)
    near = pattern.ordered and not pattern.opens
    return _close(pattern, own, taken, allowed) if near else taken


def _followed(pattern: Pattern, sentence: Marked, at: int, last: int) -> tuple[int, Mark] | None:
    """Where the groups end that follow on the word ``last`` of the clause ``at``."""
    allowed = pattern.frames | TURNED
    groups = list(pattern.then)
    clauses = _NEXT if pattern.closes else _FOLLOWING
    for on, clause in enumerate(sentence.clauses[at : at + clauses]):
        if on and _groups(clause) & pattern.without:
            return None
        for one in clause:
            after = on or one.mark.first > last
            if pattern.closes and len(groups) == 1 and not _closed(sentence, at, on, one.mark):
                continue
            if after and one.mark.group & groups[0] and one.free(allowed):
                groups.pop(0)
                if not groups:
                    return on, one.mark
    return None


def _close(
    pattern: Pattern, own: Sequence[Framed], taken: Sequence[Framed], allowed: frozenset[str]
) -> list[Framed]:
    """The marks ``taken`` in order, each but the last as near the one after it as there is one."""
    found = [taken[-1]]
    for group, first in zip(reversed(pattern.clause[:-1]), reversed(taken[:-1]), strict=True):
        nearest = first
        for one in own:
            if one.mark.last >= found[0].mark.first:
                continue
            if one.mark.group & group and one.free(allowed):
                nearest = one
        found.insert(0, nearest)
    return found


def _length(marks: Sequence[Mark]) -> int:
    return max(mark.last for mark in marks) - min(mark.first for mark in marks) + 1
