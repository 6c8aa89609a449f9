"""What the texts say of the guardian's consent: that it is needed, that it is not, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from insatskoll.law.predicates.ages import Age, groups, lowest_under
from insatskoll.law.predicates.parameters import (
    Field,
    Participant,
    ParticipantOrAll,
    WholeWords,
    Words,
    listed,
)
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.law.predicates.text import pattern
from insatskoll.patterns import later
from insatskoll.reading.places import DataPath

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Del, InsatsData, KommunData

LIMIT = 15  # SoL 21 kap. 2 §
_GROWN = frozenset({"föräldrar", "blivande föräldrar", "vuxna", "familjer", "anhöriga"})
# Where consent may be said. In the first kind the topic is given by the field.
_OWN = ("samtycke.beskrivning",)
_PART = ("målgrupp.beskrivning", "villkor[].beskrivning", "innehåll")
_WHOLE = (*_PART, "avgränsning", "syfte")
_COMMON = ("gemensamma_villkor[].beskrivning", "bilaga.inledning[]", "riktlinjer[].text")

# What is asked for if possible is not demanded; but from both if possible is from one, and if
# possible in writing is in words.
_IF_POSSIBLE = later(
    r"^(?!.*\b(?:båda|samtliga|alla)\b)(?:.*\b(?:om|när|så långt) (?:det är )?möjligt$"
    r"|(?:om|när) (?:det är )?möjligt (?:inhämta|begär)\w*|.*\bi möjligaste mån\b)",
    re.IGNORECASE,
)
_NEGATED = later(r"\b(?:inte|ej|aldrig|ingen|inga|inget|varken|omöjligt|nekas)\b", re.IGNORECASE)
_REFUSED = later(
    r"^(?: [\w-]+){0,8}? (?:inte|ej|aldrig|ingen|inga|nekas|avslutas|avbryts)\b", re.IGNORECASE
)
_CLAUSE = later(
    r"[.;!?]+(?:\s|$)|\n+|,? \bmen\b|,? \bmedan\b"
    r"|, (?:och )?(?=(?:för|från|den som|de som|över|under|äldre|yngre|annars|därefter)\b)"
    r"| och (?=(?:från|över|för (?:barn|unga|ungdomar|den som)) )",
    re.IGNORECASE,
)
_TEENS = ("tio", "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton")
_NUMBERS = {word: number for number, word in enumerate(_TEENS, 10)}
_FIGURE = rf"([0-9]{{1,2}}|{'|'.join(_NUMBERS)})"
_N = rf"{_FIGURE}\b"
_SINCE = later(
    (
        r"\b(?:från(?: och med)?(?: de är)?|fyllt|fyllda?|fyller|minst|mellan|är|vid|efter"
        rf"|sedan) {_N}"
    ),
    re.IGNORECASE,
)
_OVER = later(rf"\b(?:över|äldre än) {_N}", re.IGNORECASE)
_SPAN = later(
    (
        rf"\b{_N} ?[-–] ?[0-9]{{1,2}}|\b{_N}(?: ?år)?(?: eller| och) (?:äldre|uppåt)"
        rf"|\b{_FIGURE}-?åring"
    ),
    re.IGNORECASE,
)
_UNTIL = later(
    rf"\b(?:under|yngre än|inte (?:har )?fyllt|innan \w+ (?:har )?fyll\w+) {_N}", re.IGNORECASE
)
_NOT = r"(?:inte|ej|aldrig|inget|ingen|inga)"


@dataclass(frozen=True, eq=False)
class Wording:
    """The words by which a text speaks of consent, in regular expressions: who has the custody,
    that somebody consents, to what else than the insats, who takes part, what leaves it open, and
    who is older than those just spoken of. See :func:`wording`."""

    vårdnadshavare: Words
    samtycke: Words
    annat: Words
    barnet: WholeWords
    inget_besked: Words
    äldre: Words

    @cached_property
    def without(self) -> re.Pattern[str]:
        """Without consent."""
        return pattern(
            (
                rf"\butan (?:att )?(?:[\w-]+ ){{0,5}}?(?:{self._consent}|tillstånd|vetskap|kännedom"
                r"|vet\b|får veta)",
            )
        )

    @cached_property
    def denied(self) -> re.Pattern[str]:
        """Consent is not needed."""
        consent = self._consent
        return pattern(
            (
                rf"{consent}(?: [\w-]+){{0,4}}? (?:behöv|kräv|fordra|begär|inhämta|efterfråga)\w*"
                rf"(?: [\w-]+){{0,2}}? {_NOT}\b",
                r"\b(?:behöv|kräv|fordra|begär|inhämta|efterfråga|måste|fråga)\w*"
                rf"(?: [\w-]+){{0,4}}? {_NOT}\b (?:[\w-]+ ){{0,5}}?"
                rf"(?:{consent}|tillfrågas|informeras|kontaktas|veta\b|höras)",
                r"\b(?:inget|ingen|inga|inte (?:något|någon)) (?:krav på |behov av )?"
                rf"(?:[\w-]+ ){{0,2}}?{consent}",
                rf"\b{_NOT} (?:ett |något )?krav\b",
                rf"{consent}(?: [\w-]+){{0,2}}? (?:(?:saknar|har ingen) (?:all )?betydelse"
                r"|är (?:inte nödvändigt|onödigt))",
                rf"\b(?:oavsett|oberoende av)\b.{{0,80}}?(?:{consent}|vårdnadshavar)",
                r"\b(?:även|också) (?:om|när)\b.{0,80}?\b(?:inte|nekar|motsätter|säger nej)\b",
                r"\bslipper\b",
            )
        )

    @cached_property
    def of_the_child(self) -> re.Pattern[str]:
        """The child consents, not the guardian."""
        child, guardian = pattern(self.barnet).pattern, pattern(self.vårdnadshavare).pattern
        return pattern(
            (
                rf"(?<!och )(?<!samt )\b(?:{child}) (?:(?!{guardian})[\w-]+ ){{0,4}}?"
                rf"{self._consent}",
            )
        )

    @property
    def _consent(self) -> str:
        return f"(?:{pattern(self.samtycke).pattern})"


@cache
def wording(
    vårdnadshavare: Words,
    samtycke: Words,
    annat: Words,
    barnet: WholeWords,
    inget_besked: Words,
    äldre: Words,
) -> Wording:
    """The same words, once: what is made of them is kept."""
    return Wording(vårdnadshavare, samtycke, annat, barnet, inget_besked, äldre)


@dataclass(frozen=True)
class Said:
    """What a clause says of the guardian's consent: whether it is ``needed``, for whom, in which
    words and where.

    ``since`` is the lowest age that it speaks of, and ``until`` the age below which it holds; None
    where it says none.
    """

    path: DataPath
    words: str
    needed: bool
    since: int | None
    until: int | None


def said(path: DataPath, text: str, own: bool, words: Wording) -> Iterator[Said]:
    """What ``text`` says of the guardian's consent, in these ``words``. ``own`` if the field is
    about it, so that the guardian may be implied."""
    # what an earlier clause spoke of holds until another age is named
    ages: tuple[int | None, int | None] = (None, None)
    demanded = False
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
        guardian = pattern(words.vårdnadshavare).search(sentence)
        for clause in filter(None, map(str.strip, _CLAUSE.split(sentence))):
            stated = (_since(clause), _until(clause))
            ages = stated if stated != (None, None) else ages
            needed = _needed(clause, words)
            if needed is None or pattern(words.annat).search(clause):
                continue
            # Only the guardian's consent depends on the age.
            if not (
                guardian
                or own
                or (not needed and stated[0] is not None and "samtyck" in clause.casefold())
            ):
                continue
            since, until = stated if needed else ages
            older = demanded or pattern(words.äldre).search(clause)
            if not needed and stated == (None, None) and older:
                since, until = LIMIT, None
            demanded = demanded or (needed and _below(since))
            yield Said(path, " ".join(clause.split()), needed, since, until)


def _needed(clause: str, words: Wording) -> bool | None:
    """Whether the clause says that the guardian must consent, that this is not needed, or
    neither."""
    if without := words.without.search(clause):
        refused = _NEGATED.search(clause[: without.start()]) or _REFUSED.search(
            clause[without.end() :]
        )
        return bool(refused)
    if words.denied.search(clause):
        return False
    demanded = (
        pattern(words.samtycke).search(words.of_the_child.sub("", clause))
        and not pattern(words.inget_besked).search(clause)
        and not _IF_POSSIBLE.search(clause)
    )
    return True if demanded else None


def _number(match: re.Match[str]) -> int:
    word = next(group for group in match.groups() if group).lower()
    return _NUMBERS.get(word) or int(word)


def _since(clause: str) -> int | None:
    clause = _UNTIL.sub("", clause)
    if match := _OVER.search(clause):
        return max(_number(match) + 1, LIMIT) if _number(match) == LIMIT - 1 else _number(match)
    match = _SINCE.search(clause) or _SPAN.search(clause)
    return _number(match) if match else None


def _until(clause: str) -> int | None:
    match = _UNTIL.search(clause)
    return _number(match) if match else None


def _below(since: int | None) -> bool:
    """Whether what is said of those from ``since`` years holds for somebody under 15, or for
    all."""
    return since is None or since < LIMIT


@lru_cache(maxsize=1024)
def _told(text: str, own: bool, words: Wording) -> tuple[Said, ...]:
    """What :func:`said` says of a text, once: the municipality's own texts are asked for by each of
    its insatser."""
    return tuple(said((), text, own, words))


def _read(
    data: Mapping[str, object], base: DataPath, words: Wording, other: tuple[str, ...]
) -> Iterator[Said]:
    for fields, about in ((_OWN, True), (other, False)):
        for path, text in (pair for name in fields for pair in values_at(data, name)):
            yield from (replace(one, path=(*base, *path)) for one in _told(text, about, words))


def _near(insats: InsatsData, base: DataPath) -> list[tuple[DataPath, Del]]:
    """The part at ``base``, or all parts of the insats if that is the insats itself."""
    parts = enumerate(insats.get("delar", ()))
    return [(("delar", index), part) for index, part in parts if not base or index == base[1]]


def _fields(subject: Subject, base: DataPath) -> set[str]:
    """Which fields about consent hold for the part at ``base``: its own, the insats's and the
    municipality's."""
    around: tuple[KommunData | InsatsData | Del, ...] = (
        subject.revision.kommun,
        subject.as_insats,
        *(part for _, part in _near(subject.as_insats, base)),
    )
    return {key for data in around for key in data.get("samtycke", {})}


def _texts(subject: Subject, base: DataPath, words: Wording) -> Iterator[Said]:
    """What the texts that hold for the part at ``base`` say."""
    yield from _read(subject.revision.kommun, (), words, _COMMON)
    yield from _read(subject.as_insats, (), words, _WHOLE)
    for path, part in _near(subject.as_insats, base):
        yield from _read(part, path, words, _PART)


@predicate("samtycke", gives=("ord", "ålder"))
def consent(
    subject: Subject,
    säger: Literal["inget", "behövs inte", "lägre gräns"],
    fält: Sequence[Field] = (),
    deltagare: Sequence[Participant] = ("barn", "unga", "familjer", "anhöriga"),
    utan_ålder: Sequence[ParticipantOrAll] = ("barn",),
    små_barn: int = 6,
    vårdnadshavare: Words = listed("vårdnadshavare"),
    samtycke: Words = listed("samtycke"),
    annat: Words = listed("samtycke till annat"),
    barnet: WholeWords = listed("barnet eller den som deltar"),
    inget_besked: Words = listed("inget besked om samtycke"),
    äldre: Words = listed("äldre än de som nämndes"),
) -> Iterator[Hit]:
    """Someone under 15 may take part, and what the texts say of the guardian's consent is
    ``inget``: nothing says that it is needed, in a field or in words; ``behövs inte``: a text in
    ``fält`` says so; or ``lägre gräns``: it is asked for, but only below an age under 15.

    Where nothing may be said, ``deltagare`` are the kinds of participants that count, as does
    whoever is not said to be of any kind; ``utan_ålder`` those that count even though no lowest age
    is stated. A child who takes part with a parent has the age of the participant's child, and up
    to ``små_barn`` years is only there in the parent's company. Where the fields say what holds
    below or from 15, words without an age are about the other age. The rest are the words that
    speak of it (see :class:`Wording`).
    """
    words = wording(vårdnadshavare, samtycke, annat, barnet, inget_besked, äldre)
    if säger == "inget":
        yield from _nothing_said(subject, words, deltagare, utan_ålder, små_barn)
    else:
        denied = _denied if säger == "behövs inte" else _limited
        yield from _said_in(subject, words, fält, denied)


def _nothing_said(
    subject: Subject,
    words: Wording,
    kinds: Sequence[str],
    ageless: Sequence[str],
    infant: int,
) -> Iterator[Hit]:
    """Where someone under 15 may take part and nothing says that the guardian must consent. That
    consent is said not to be needed is another finding's matter."""
    for base, participants, ages in groups(subject.as_insats, subject.revision.kommun):
        if participants and not set(participants) & set(kinds):
            continue
        own, infants = _with_parent(participants, ages, infant)
        hit = None if infants else lowest_under(subject, base, participants, own, LIMIT, ageless)
        if hit is None:
            continue
        fields = _fields(subject, base)
        told = any(
            _below(one.since) and not ("från_15" in fields and _ageless_no(one))
            for one in _texts(subject, base, words)
        )
        if not told and "under_15" not in fields:
            yield hit


def _ageless_no(one: Said) -> bool:
    """Whether consent is said not to be needed, without any age. Beside a field for those from 15,
    it is about them."""
    return not one.needed and one.since is None and one.until is None


def _with_parent(
    participants: Sequence[str], ages: list[Age], infant: int
) -> tuple[list[Age], bool]:
    """The ages of the children who take part beside a parent, and whether they all are so small
    that they only follow along."""
    children = [age for age in ages if age.whose == "deltagarens barn"]
    if not children or any(age.whose == "deltagaren" for age in ages) or "barn" not in participants:
        return ages, False
    if not _GROWN & set(participants):
        return ages, False
    oldest = min((age.until for age in children if age.until is not None), default=float("inf"))
    return [
        Age(age.since, age.until, "deltagaren", age.path, age.where, age.text) for age in children
    ], oldest <= infant


def _said_in(
    subject: Subject,
    words: Wording,
    fields: Sequence[str],
    denied: Callable[[list[Said], bool], Said | None],
) -> Iterator[Hit]:
    """Where a text in ``fields`` says that somebody under 15 takes part without the guardian's
    consent. In an insats, someone under 15 must be able to take part."""
    data = subject.data
    young = _youngest(subject) if subject.insats is not None else ""
    if young is None:
        return
    typed = _fields(subject, ()) & {"under_15", "från_15"}
    for name in fields:
        for path, text in values_at(data, name):
            about = "samtycke" in path
            # whether words without an age count
            ageless = not typed and (about or subject.insats is not None)
            found = list(_told(text, about, words))
            if one := denied(found, ageless):
                yield Hit(path, {"ord": one.words, "ålder": young})


def _denied(found: list[Said], ageless: bool) -> Said | None:
    """The first that says that somebody under 15 needs no consent."""
    return next(
        (
            one
            for one in found
            if not one.needed and _below(one.since) and (ageless or not _ageless_no(one))
        ),
        None,
    )


def _limited(found: list[Said], _: bool) -> Said | None:
    """The demand for consent, if it is made only below an age under 15, and nothing is said of
    those between."""
    if _denied(found, ageless=True):
        return None
    demands = [one for one in found if one.needed]
    below = [one for one in demands if one.until is not None and one.until < LIMIT]
    return below[0] if below and len(below) == len(demands) else None


def _youngest(subject: Subject) -> str | None:
    """The age of those under 15 who may take part, in words, or None if nobody of that age may."""
    for base, participants, ages in groups(subject.as_insats, subject.revision.kommun):
        own, _ = _with_parent(participants, ages, 0)
        if hit := lowest_under(subject, base, participants, own, LIMIT, ["barn"]):
            return str(hit.values["ålder"])
    return None
