"""Insatser that are told in running text, without labels: a heading each, and sentences that say
how much there is, for whom and how it is documented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from insatskoll.importing import consent, documented, extents
from insatskoll.importing.drafts import Draft, Said
from insatskoll.importing.outline import Kind
from insatskoll.importing.segments import Pattern, Segment
from insatskoll.importing.sentences import of
from insatskoll.law.claims import reading
from insatskoll.patterns import later

_FEWEST = 2  # insatser, for a document to be one that tells them so
_TELLING = frozenset(("ålder", "antal", "dokumentation", "samtycke"))
_WHOM = later(
    r"(?:\w+ ){1,4}(?:vänder sig (?:främst )?till|riktar sig (?:främst )?till|är till för"
    r"|är avsed\w+ för)\b"
)
_FEE = later(r"\b(?:avgift\w*|kostar|kostnad\w*|kostnadsfri\w*|gratis)\b")


def pattern(found: Sequence[Segment]) -> Pattern | None:
    """The pattern of the insatser of a document without labels: headings of one level, under the
    same larger ones, most of which stand over sentences that tell what insatser do."""
    telling = Counter(
        one.level for one in found if one.level is not None and not one.labels and _tells(one)
    )
    level, many = max(telling.items(), key=lambda one: (one[1], one[0]), default=(None, 0))
    if level is None or level < 2 or many < _FEWEST:  # the title is no insats
        return None
    return Pattern(frozenset(), level, tables=False, prose=True)


def _tells(segment: Segment) -> bool:
    """Whether the sentences under a heading, of no known kind, tell of an insats."""
    return tells(_words(segment)) and not segment.about


def _words(segment: Segment) -> str:
    return " ".join(one.words for one in segment.entries if one.kind is Kind.TEXT)


def tells(text: str) -> bool:
    """Whether a text says two things of those that are told of an insats: an age, how much there
    is, how it is documented, and consent."""
    kinds = {one.kind for one in reading.said(text)} & _TELLING
    kinds |= {"antal"} if extents.counts(text) else set()
    return len(kinds) > 1


def beside(found: Sequence[Segment], pattern: Pattern) -> frozenset[int]:
    """Which segments without labels tell of an insats and stand under the same larger heading as
    one that has the labels of the ``pattern``. How much there is, is told of one insats only; age,
    consent and documentation of all of them too."""
    groups: list[list[int]] = [[]]
    for at, segment in enumerate(found):
        if segment.level is not None and segment.level < (pattern.level or 0):
            groups.append([])
        elif segment.level is not None and segment.level == pattern.level:
            groups[-1].append(at)
    sure = [one for one in groups if any(pattern.fits(found[at].labels) for at in one)]
    return frozenset(
        at
        for one in sure
        for at in one
        if not found[at].labels and _tells(found[at]) and extents.counts(_words(found[at]))
    )


def together(found: Sequence[Segment], level: int) -> frozenset[int]:
    """Which segments stand under the same larger heading as others of ``level``, most of which
    tell what insatser do."""
    groups: list[list[int]] = [[]]
    for at, segment in enumerate(found):
        if segment.level is not None and segment.level < level:
            groups.append([])
        elif segment.level == level and not segment.bare:
            groups[-1].append(at)
    sure = [one for one in groups if sum(_tells(found[at]) for at in one) * 2 > len(one)]
    return frozenset(at for one in sure for at in one)


def told(draft: Draft) -> Draft:
    """The insats with its sentences under what they tell of."""
    return replace(draft, said=tuple(_sorted(draft.said)))


def _sorted(said: Sequence[Said]) -> Iterator[Said]:
    for one in said:
        if one.meanings or one.item is not None:
            yield one
            continue
        for sentence in of(one):
            yield replace(sentence, meanings=_meaning(sentence.words))


def _meaning(sentence: str) -> tuple[str, ...]:
    if documented.is_about(sentence):
        return ("dokumentation",)
    if consent.is_about(sentence):
        return ("samtycke",)
    if _WHOM.match(sentence):
        return ("målgrupp",)
    if _FEE.search(sentence):
        return ("avgift",)
    return ()
