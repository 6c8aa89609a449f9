"""What the texts claim of the guardian's consent, against the fields and who takes part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from insatskoll.law.claims import reading
from insatskoll.law.claims.said import Said
from insatskoll.law.predicates.ages import PERHAPS_MINORS, Age, between, groups, lowest_under
from insatskoll.law.predicates.parameters import Participant, ParticipantOrAll
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.reading.places import DataPath, part_at, value_at

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Del, InsatsData, KommunData

_T = TypeVar("_T")
LIMIT = 15  # SoL 21 kap. 2 §
_UNASKED = "utan vårdnadshavare"  # what a field about consent says where none is asked for
_BOUNDS = ("från", "till")  # of an age, the one that tells how young somebody may be first
_OLDEST = 150  # years
NO_AGE = "utan angiven ålder"
_GROWN = frozenset({"föräldrar", "blivande föräldrar", "vuxna", "familjer", "anhöriga"})
# Where the municipality says what holds for all its insatser, and where an insats or a part of it
# says who takes part.
_COMMON = (
    "samtycke.beskrivning", "gemensamma_villkor[].beskrivning", "bilaga.inledning[]",
    "riktlinjer[].text",
)  # fmt: skip
_WHO = ("namn", "målgrupp.beskrivning", "villkor[].beskrivning")
# Where it says what those who take part do.
_WHAT = (*_WHO, "innehåll", "omfattning.beskrivning")
_OF = ("avvikelser", "källa", "delar")


class Told(NamedTuple):
    """A claim about consent: where it stands, and what it says."""

    path: DataPath
    values: Mapping[str, Any]

    @property
    def age(self) -> Mapping[str, int]:
        """The age that it holds for, if it says."""
        age: Mapping[str, int] = self.values.get("ålder", {})
        return age

    @property
    def below(self) -> bool:
        """Whether it holds for somebody under 15, or for all."""
        return self.age.get("från", 0) < LIMIT

    @property
    def denied(self) -> bool:
        """Whether it says that no consent is needed."""
        return bool(self.values["samtycke"] == "behövs inte")

    @property
    def of_the_guardian(self) -> bool:
        """Whether it is the guardian's consent: where nobody is named, in a field about it."""
        by = self.values.get("av")
        if by is None:
            return self.values["samtycke"] != "krävs" or "samtycke" in self.path
        return by not in ("barnet", "någon annan")


class Young(NamedTuple):
    """The age of those under 15 whom a claim is about, in words, and where a field or a text says
    it, if another than that of the claim does. ``asked`` is the field that asks for consent all the
    same."""

    age: str
    path: DataPath = ()
    asked: Place | None = None

    @property
    def known(self) -> bool:
        """Whether any age is said."""
        return self.age != NO_AGE

    @property
    def related(self) -> tuple[Place, ...]:
        """The places that say it."""
        told = (Place(f"Här står {self.age}", self.path),) if self.path else ()
        return told if self.asked is None else (*told, self.asked)


@predicate("samtycke", scopes=("insats",), gives=("ålder", "från", "till", "avser"))
def consent(
    subject: Subject,
    deltagare: Sequence[Participant] = ("barn", "unga", "familjer", "anhöriga"),
    utan_ålder: Sequence[ParticipantOrAll] = ("barn",),
    små_barn: int = 6,
) -> Iterator[Hit]:
    """Someone under 15 may take part, and nothing says that the guardian must consent, in a field
    or in words. That consent is said not to be needed is another finding's matter.

    ``deltagare`` are the kinds of participants that count, as does whoever is not said to be of any
    kind; ``utan_ålder`` those that count even though no lowest age is stated. A child who takes
    part with a parent has the age of the participant's child, and up to ``små_barn`` years is only
    there in the parent's company. Where no field has an age, that which the texts tell counts, and
    so does a child whom only they say to take part.
    """
    for base, stated, ages in groups(subject.as_insats, subject.revision.kommun):
        participants = _who(subject, base, stated)
        if participants and not set(participants) & set(deltagare):
            continue
        own, infants = _with_parent(participants, ages, små_barn)
        if infants:
            continue
        hit = lowest_under(subject, base, participants, own, LIMIT, utan_ålder)
        if hit is None or hit.values["ålder"] == NO_AGE:
            told = _in_words(subject, base, participants, ages, små_barn)
            if told is None and any(
                small for *_, small in _told_in_words(subject, base, participants, ages, små_barn)
            ):
                continue
            hit = told or hit
        if hit is not None and not _told(subject, base):
            yield hit


def _told(subject: Subject, base: DataPath) -> bool:
    """Whether a field or a text says something of the guardian's consent for those under 15."""
    fields = stated_fields(subject, base)
    return "under_15" in fields or any(
        one.of_the_guardian
        and one.below
        and not ("från_15" in fields and one.denied and not one.age)
        for one in texts_told(subject, base)
    )


def texts_told(subject: Subject, base: DataPath) -> Iterator[Told]:
    """What the texts that hold for the part at ``base`` claim, the risk analysis's too."""
    kommun = subject.revision.kommun
    for name in _COMMON:
        for path, text in values_at(kommun, name):
            yield from _of_text(path, text)
    insats = subject.as_insats if subject.insats is None else subject.insats.data
    for path, part in [((), _without(insats)), *_near(insats, base)]:
        for place, one in reading.claims(part):
            if one.kind == "samtycke":
                yield Told((*path, *place), one.values)
    for analysis in subject.revision.riskanalyser.values():
        if subject.insats is not None and analysis["insats"] == subject.insats.id:
            for _, one in reading.claims(_without(analysis)):
                if one.kind == "samtycke":
                    yield Told((), one.values)


def _without(data: Mapping[str, Any]) -> dict[str, Any]:
    """``data`` without what is not the insats's own."""
    return {key: value for key, value in data.items() if key not in _OF}


def _of_text(path: DataPath, text: str) -> Iterator[Told]:
    yield from (Told(path, one.values) for one in reading.said(text) if one.kind == "samtycke")


def _near(insats: InsatsData, base: DataPath) -> list[tuple[DataPath, Del]]:
    """The part at ``base``, or all parts of the insats if that is the insats itself."""
    parts = enumerate(insats.get("delar", ()))
    return [(("delar", index), part) for index, part in parts if not base or index == base[1]]


def stated_fields(subject: Subject, base: DataPath) -> dict[str, tuple[str, Place]]:
    """What the fields about consent say that hold for the part at ``base``, and where: the
    municipality's, the insats's or its own, of which the last counts."""
    told: dict[str, tuple[str, Place]] = {}

    def note(data: KommunData | InsatsData | Del, path: DataPath, *, common: bool) -> None:
        for name, value in data.get("samtycke", {}).items():
            place = Place("Här sägs något annat", (*path, "samtycke", name), common=common)
            told[name] = (str(value), place)

    note(subject.revision.kommun, (), common=True)
    if subject.insats is not None:
        note(subject.insats.data, (), common=False)
        for path, part in _near(subject.insats.data, base):
            note(part, path, common=False)
    return told


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


def _who(subject: Subject, base: DataPath, stated: Sequence[str]) -> Sequence[str]:
    """Who takes part in the part at ``base``, or the whole insats: those stated, and children where
    a text says so."""
    part = value_at(subject.data, base) if base else subject.data
    texts = (text for name in _WHAT for _, text in values_at(part, name))
    told = any(one.kind == "deltagande" for text in texts for one in reading.said(text))
    return [*stated, "barn"] if told else stated


def _in_words(
    subject: Subject, base: DataPath, participants: Sequence[str], ages: list[Age], infant: int
) -> Hit | None:
    """Where a text says that somebody under 15 takes part, and no field says at what age."""
    for path, one, small in _told_in_words(subject, base, participants, ages, infant):
        lowest = next((y for y in map(partial(_years, one.values), _BOUNDS) if y is not None), None)
        if lowest is not None and lowest < LIMIT and not small:
            years = {} if one.values["enhet"] == "månader" else one.values
            values = {"ålder": _told_age(years), **_as_fields(years, participants)}
            return Hit((*base, *path), values, words=(one.start, one.end))
    return None


def _told_in_words(
    subject: Subject, base: DataPath, participants: Sequence[str], ages: list[Age], infant: int
) -> Iterator[tuple[DataPath, Said, bool]]:
    """The ages of who takes part that only texts tell, where they stand, and whether they are those
    of children so small that they only follow along with a parent."""
    if any(age.whose != "deltagarens barn" for age in ages):
        return
    part = value_at(subject.data, base) if base else subject.data
    for path, text in (pair for name in _WHO for pair in values_at(part, name)):
        for one in reading.said(text):
            if one.kind != "ålder" or one.negated:
                continue
            if _of_a_participant(one.values, "barn" in participants):
                until = _years(one.values, "till")
                small = until is not None and until <= infant
                yield path, one, small and not _GROWN.isdisjoint(participants)


def _as_fields(years: Mapping[str, Any], participants: Sequence[str]) -> dict[str, object]:
    """What a field for an age in ``years`` that a text tells holds, by name."""
    if not years:
        return {}
    theirs = years["vem"] == "deltagarens barn" or not _GROWN.isdisjoint(participants)
    bounds = {name: years[name] for name in ("från", "till") if name in years}
    return {**bounds, "avser": "barnet" if theirs else "deltagaren"}


def _years(values: Mapping[str, Any], bound: str) -> float | None:
    """A bound of an age that a text tells, in years."""
    if bound not in values:
        return None
    return float(values[bound]) / (12 if values["enhet"] == "månader" else 1)


def _of_a_participant(values: Mapping[str, Any], children: bool) -> bool:
    """Whether an age is that of who takes part; the participant's child does, if ``children``
    do."""
    theirs = children and values["vem"] == "deltagarens barn"
    return values["om"] == "deltagande" and (theirs or values["vem"] in ("deltagaren", "barnet"))


@predicate("samtycke-i-ord", scopes=("påstående",), gives=("ålder",))
def consent_in_words(
    subject: Subject,
    säger: Literal["behövs inte", "behövs kanske inte", "lägre gräns", "annat"],
) -> Iterator[Hit]:
    """A text claims something about consent that somebody under 15 may be met by: that it is not
    needed (``behövs inte``; ``behövs kanske inte`` where the fields or another text may be meant to
    say otherwise), that it is needed only below an age under 15 (``lägre gräns``), or whatever the
    rule's conditions ask for (``annat``). The age is that of the text, or that of who takes part.
    """
    one = Told(subject.path, subject.data if isinstance(subject.data, dict) else {})
    if "samtycke" not in one.values or _is_analysis(subject):
        return
    answers = {
        "behövs inte": lambda: _denied(subject, one, certain=True),
        "behövs kanske inte": lambda: _denied(subject, one, certain=False),
        "lägre gräns": lambda: _limited(subject, one),
        "annat": lambda: _young(subject, one.age) if one.below else None,
    }
    young = answers[säger]()
    if young is not None:
        yield Hit((), {"ålder": young.age}, young.related, words=subject.words)


def _is_analysis(subject: Subject) -> bool:
    """Whether the text stands in a risk analysis, which tells what may go wrong."""
    return subject.insats is None and value_at(subject.within and subject.within.data, ("insats",))


def _denied(subject: Subject, one: Told, *, certain: bool) -> Young | None:
    """The age of those under 15 whom the claim lets in without consent, in words, if it is
    ``certain``, or only may be so."""
    if one.values["samtycke"] == "krävs först":
        since = one.age.get("från")
        bounds = {} if since is None else {"till": min(since, LIMIT) - 1}
    elif one.denied and one.below:
        bounds = dict(one.age)
    else:
        return None
    if bounds:
        return _young(subject, bounds) if certain else None
    about = "samtycke" in one.path
    meant = _meant(subject)
    if meant is None or _demanded(subject, here=True):
        return None
    if subject.insats is None:
        young = _young(subject, {}) if about and certain == meant.sure else None
        return young and young._replace(asked=meant.asked)
    young = _once(subject, "den yngsta", part_at(subject.path), lambda: _youngest(subject))
    if young is None:
        return None
    known = (about or young.known) and meant.sure
    certain_here = known and not _demanded(subject, here=False)
    return young._replace(asked=meant.asked) if certain == certain_here else None


class _Meant(NamedTuple):
    """That words without an age deny the consent of those under 15: whether it is ``sure``, and
    the field that asks for it."""

    sure: bool
    asked: Place | None = None


def _meant(subject: Subject) -> _Meant | None:
    """Whether words without an age may deny the consent of those under 15, for all that the fields
    say; None if they say the same.

    Where a field lets those in who are 15, the words may be about them, unless nobody is so old.
    """
    base = part_at(subject.path)
    fields = _once(subject, "samtyckets fält", base, lambda: stated_fields(subject, base))
    below, above = fields.get("under_15"), fields.get("från_15")
    if below is None and above is None:
        return _Meant(True)
    if below is not None and below[0] == _UNASKED:
        return None  # told where the field stands
    asked = None if below is None else below[1]
    if subject.insats is not None and _all_young(subject):
        return _Meant(True, asked)
    return None if above is not None and above[0] == _UNASKED else _Meant(False, asked)


def _all_young(subject: Subject) -> bool:
    """Whether nobody takes part who is 15."""
    return all(
        between(participants, ages, LIMIT, _OLDEST, PERHAPS_MINORS) is False
        for _, participants, ages in _groups(subject)
    )


def _once(subject: Subject, what: str, place: DataPath, read: Callable[[], _T]) -> _T:
    """What ``read`` gives of the text or the part at ``place``: asked by each of many claims, and
    read once."""
    assert subject.within is not None
    key = (what, place)
    if key not in subject.within.known:
        subject.within.known[key] = read()
    found: _T = subject.within.known[key]
    return found


def _here(subject: Subject) -> Iterator[Told]:
    """What the text that the claim stands in claims."""
    assert subject.within is not None
    text = value_at(subject.within.data, subject.path)
    return _of_text(subject.path, text) if isinstance(text, str) else iter(())


def _demanded(subject: Subject, *, here: bool) -> bool:
    """Whether the guardian's consent is asked for of those under 15 in the same text, or in another
    that holds for the same."""

    def read() -> bool:
        return any(
            one.values["samtycke"] == "krävs" and one.below and one.values.get("av") != "barnet"
            for one in (_here(subject) if here else texts_told(subject, part_at(subject.path)))
        )

    if here:
        return _once(subject, "samtycke krävs i texten", subject.path, read)
    return _once(subject, "samtycke krävs", part_at(subject.path), read)


def _limited(subject: Subject, one: Told) -> Young | None:
    """The age of those under 15 who may take part above the age that consent is asked for below, if
    the text says nothing else of them."""
    until = one.age.get("till")
    if one.values["samtycke"] != "krävs" or until is None or "från" in one.age:
        return None
    others = _once(
        subject,
        "samtyckets åldrar",
        subject.path,
        lambda: {told.age.get("till", 99) for told in _here(subject) if told.of_the_guardian},
    )
    if until >= LIMIT - 1 or any(not 0 <= other <= until for other in others):
        return None
    return _young(subject, {"från": until + 1})


def _groups(subject: Subject) -> list[tuple[DataPath, Sequence[str], list[Age]]]:
    """Who may be meant by a text in an insats: those of the part that it stands in, or all."""
    assert subject.insats is not None
    found = list(groups(subject.insats.data, subject.revision.kommun))
    own = [group for group in found if group[0] and group[0] == part_at(subject.path)]
    return own or found


def _young(subject: Subject, age: Mapping[str, int]) -> Young | None:
    """The age of those under 15 within ``age`` who may take part, in words; None if that is out of
    the question."""
    since, until = age.get("från", 0), min(age.get("till", LIMIT - 1), LIMIT - 1)
    if subject.insats is None:
        common = subject.revision.kommun.get("gemensamma_villkor", ())
        closed = any(
            one.get("ålder", {}).get("från", 0) >= LIMIT and "gäller" not in one for one in common
        )
        return None if closed else Young(_told_age(age))
    for _, participants, ages in _groups(subject):
        if between(participants, ages, since, until, PERHAPS_MINORS) is not False:
            return Young(_told_age(age))
    return None


def _told_age(age: Mapping[str, int]) -> str:
    """An age in words, as a field's."""
    since, until = age.get("från"), age.get("till")
    if since is None:
        return NO_AGE if until is None else f"till {until} år"
    return f"från {since} år" if until is None else f"{since}–{until} år"


def _youngest(subject: Subject) -> Young | None:
    """The age of those under 15 who may take part, in words, or None if nobody of that age may."""
    assert subject.within is not None
    whole = subject.within
    for base, stated, ages in _groups(subject):
        participants = _who(whole, base, stated)
        own, _ = _with_parent(participants, ages, 0)
        hit = lowest_under(whole, base, participants, own, LIMIT, ["barn"])
        if hit is None or hit.values["ålder"] == NO_AGE:
            grown = participants and set(participants).isdisjoint(PERHAPS_MINORS)
            told = None if grown else _in_words(whole, base, participants, ages, 0)
            hit = told or hit
        if hit is not None:
            young = Young(str(hit.values["ålder"]), hit.path)
            return young if young.known else Young(NO_AGE)
    return None
