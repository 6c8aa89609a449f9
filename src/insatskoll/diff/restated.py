"""Whether two sentences say the same in another order: what somebody does is said to be done by
them, or what is joined stands in another order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from insatskoll.diff import denied, fronted
from insatskoll.diff.elements import Element, Elements, Sentence, kinds_of
from insatskoll.patterns import later

_JOINING = frozenset({"och", "eller"})
_IN = "i"  # håller i samtalen, samtalen hålls
_BY, _WORD = "av", later(r"\w+")
# What points to what stands before it, or says what comes first.
_POINTING = frozenset(
    {
        "den", "det", "dem", "dess", "dessa", "där", "därefter", "då", "först", "sedan", "sin",
        "sina", "sitt", "senare", "slutligen",
    }
)  # fmt: skip
_DEFINITE, _FEWEST = ("en", "n", "na", "et", "t"), 3
_LEADING = 2  # words of a sentence that may be den som, det finns
# What may be said of all that is joined, or of the nearest alone.
_OF_ALL = frozenset({"kostar", "begränsar", "vidgar", "mjukar upp", "dokumenterar", "samtycker"})
# With these, what is denied may be that it is of all, or of somebody else.
_SOME = frozenset({"alla", "många"})
_BOUNDED = frozenset({"begränsar", "vidgar", "mjukar upp", "kostar", "samtycker"})


def same(before: Sentence, after: Sentence) -> bool:
    """Whether two sentences surely say the same in another order."""
    old, new = before.words, after.words
    kinds = kinds_of(old)
    if "nekar" in kinds and kinds & _SOME:  # inte alla, alla inte
        return False
    if any(reader(a, b) for reader in _TURNED for a, b in ((old, new), (new, old))):
        return True
    if _denied_passively(old, new) or _denied_passively(new, old):
        return True
    if denied.same(old, new) or fronted.same(before, after) or _without_have(old, new):
        return True
    return not (_points(before) or _points(after)) and _joined_otherwise(old, new)


def _points(sentence: Sentence) -> bool:
    words = _WORD.findall(sentence.text.casefold())
    return not _POINTING.isdisjoint(words[_LEADING:])


# Done by somebody


def _passively(active: Elements, passive: Elements) -> bool:
    """Whether what somebody does (Personalen ordnar lunch) is said to be done by them (Lunch ordnas
    av personalen)."""
    if len(passive) != len(active) + 1:
        return False
    by = next((i for i, one in enumerate(passive) if one.said == _BY), None)
    if by is None:
        return False
    for verb in range(1, len(active)):
        doer = [one.whole for one in active[:verb]]
        bound = [one.whole for one in active[1:verb] if one.kinds & {"ska", "kan", "bör"}]
        doer = doer[: len(doer) - len(bound)]
        at = next((i for i, e in enumerate(passive) if e.form in _done(active[verb].form)), None)
        if at is None or [e.whole for e in passive[by + 1 : by + 1 + len(doer)]] != doer:
            continue
        out = {at, *range(by, by + 1 + len(doer))}
        left = [one.whole for i, one in enumerate(passive) if i not in out]
        return _is_turned([*bound, *(one.whole for one in active[verb + 1 :])], left)
    return False


def _denied_passively(active: Elements, passive: Elements) -> bool:
    """Whether what somebody does not do, or of which they do none, is said not to be done by them:
    Personalen för ingen journal, Journal förs inte av personalen."""
    sides = (active, passive)
    if kinds_of(active) & _BOUNDED or any(_denials(side) != 1 for side in sides):
        return False
    rest = ([one for one in side if "nekar" not in one.kinds] for side in sides)
    return _passively(*rest)


def _denials(words: Elements) -> int:
    return sum("nekar" in one.kinds and one.form != "varken" for one in words)


def _done(form: str) -> frozenset[str]:
    """The forms of a verb that say that something is done: ordnar, ordnas; lämna, lämnas."""
    if " " in form:  # går igenom
        verb, _, rest = form.partition(" ")
        done = _done(verb)
        return frozenset(f"{one} {rest}" for one in done) | (done if rest == _IN else frozenset())
    if form.endswith("r"):
        return frozenset({f"{form}s", f"{form[:-1]}s", f"{form[:-2]}s", f"{form[:-2]}es"})
    return frozenset({f"{form}s"}) if form.endswith(("a", "å")) else frozenset()


def _is_turned(one: Sequence[object], other: Sequence[object]) -> bool:
    """Whether the same words come in another order only in that one run of them stands first."""
    if one == other:
        return True
    if Counter(one) != Counter(other):
        return False
    return any(
        [*one[start:end], *one[:start], *one[end:]] == other
        for start in range(1, len(one))
        for end in range(start + 1, len(one) + 1)
    )


# Given by somebody


def _given_to(giving: Elements, given: Elements) -> bool:
    """Whether what somebody gives somebody (Personalen ger gästen mat) is what they get from them
    (Gästen får mat av personalen)."""
    if len(giving) < _FEWEST + 1 or len(given) != len(giving) + 1:
        return False
    by, verb, to, *what = giving
    if verb.form not in ("ger", "lämnar") or not (to.person and "givare" in by.kinds):
        return False
    said = [to.whole, *(one.whole for one in what), _BY, by.whole]
    gets = len(given) > 1 and given[1].form in ("får", "erhåller")
    return gets and [given[0].whole, *(one.whole for one in given[2:])] == said


def _meets(having: Elements, meeting: Elements) -> bool:
    """Whether a group that has so many meetings meets so many times."""
    if len(having) != _FEWEST or len(meeting) != _FEWEST or having[0].whole != meeting[0].whole:
        return False
    had, met = having[2].measure, meeting[2].measure
    if had is None or met is None or met.kind != "gånger":
        return False
    pair = having[1].form, having[2].form.split()[-1], meeting[1].form
    same = (had.low, had.high, had.about) == (met.low, met.high, met.about)
    return same and pair in (("har", "träffar", "träffas"), ("har", "möten", "möts"))


# In the definite form


def _definitely(old: Elements, new: Elements) -> bool:
    """Whether but what is given, of which a sentence is, is said in the definite form: Samtal hålls
    på mottagningen, Samtalen hålls på mottagningen."""
    if len(old) != len(new) or len(old) < _FEWEST or any(one.measure for one in (*old, *new)):
        return False
    if [one.whole for one in old[1:]] != [one.whole for one in new[1:]]:
        return False
    first, other = old[0], new[0]
    kinds = kinds_of(old) | kinds_of(new)
    known = "gåva" in first.kinds and "ger" in kinds and "nekar" not in kinds
    return known and other.form in (f"{first.form}{end}" for end in _DEFINITE)


# Left out


def _without_have(old: Elements, new: Elements) -> bool:
    """Whether but har is left out before what somebody has done: den som (har) förlorat."""
    shorter, longer = sorted((old, new), key=len)
    if len(longer) != len(shorter) + 1:
        return False
    sides = zip(shorter, longer, strict=False)
    at = next((i for i, (a, b) in enumerate(sides) if a.whole != b.whole), len(shorter))
    if at == len(shorter) or at == 0 or longer[at].form not in ("har", "ha"):
        return False
    said = [one.whole for one in (*longer[:at], *longer[at + 1 :])]
    done = longer[at + 1].form.endswith(("t", "ts")) and "någon" not in longer[at + 1].kinds
    return done and longer[at - 1].form.endswith(" som") and said == [e.whole for e in shorter]


# Joined in another order


def _joined_otherwise(old: Elements, new: Elements) -> bool:
    """Whether what is joined by och, or by eller, stands in another order, and nothing else
    does."""
    if Counter(one.whole for one in old) != Counter(one.whole for one in new):
        return False
    first = next(i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a.whole != b.whole)
    ends = zip(reversed(old), reversed(new), strict=True)
    last = len(old) - next(i for i, (a, b) in enumerate(ends) if a.whole != b.whole)
    # a word that both begin with may be of each: saknar bostad och saknar inkomst
    return any(_same_items(old[at:last], new[at:last]) for at in (first, first - 1) if at >= 0)


def _same_items(old: Elements, new: Elements) -> bool:
    sides = [list(_items(side)) for side in (old, new)]
    joined = {one.said for one in old} & _JOINING
    if len(joined) != 1 or any(_may_be_of_all(item) for side in sides for item in side):
        return False
    told = [Counter(tuple(e.whole for e in item) for item in side) for side in sides]
    return len(sides[0]) > 1 and told[0] == told[1]


def _items(words: Elements) -> Iterator[list[Element]]:
    item: list[Element] = []
    for one in words:
        if item and (one.said in _JOINING or one.paused):
            yield item
            item = []
        if one.said not in _JOINING:
            item.append(one)
    if item:
        yield item


def _may_be_of_all(item: Elements) -> bool:
    several = len(item) > 1 and bool(kinds_of(item) & _OF_ALL)
    return several or any(one.measure is not None for one in item)


_TURNED = (_passively, _definitely, _given_to, _meets)
