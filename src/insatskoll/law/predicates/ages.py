"""Checks about ages: who may take part, and whether the ages stated agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, Literal, cast

from insatskoll.catalogue import printed
from insatskoll.law.predicates.ages_told import told_ages
from insatskoll.law.predicates.parameters import (
    AgeGroup,
    Field,
    ParticipantOrAll,
    Words,
    YesNo,
    listed,
)
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.law.predicates.text import pattern
from insatskoll.patterns import later
from insatskoll.reading.places import DataPath, parse_path, value_at
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import (
        Alder,
        Del,
        InsatsData,
        KommunData,
    )


@immutable
class Age:
    """An age stated somewhere: bounds in years (None where unstated), whose age it is, and where it
    stands.

    ``whose`` is ”deltagaren”, a child or young participant's (”barnet”), or ”deltagarens barn”, who
    does not take part. A ``common`` one is a condition for all insatser, and its path is in
    kommun.yaml. One that only a text tells has its ``words``, and the ``fields`` that would hold
    it.
    """

    since: float | None
    until: float | None
    whose: str
    path: DataPath
    where: str
    text: str
    conditional: bool = False
    unit: str = "år"
    common: bool = False
    words: tuple[int, int] | None = None
    fields: Mapping[str, object] = field(default_factory=dict)


def _age(
    data: Alder, path: DataPath, where: str, participants: Sequence[str], conditional: bool = False
) -> Age:
    unit = data.get("enhet", "år")
    per_year = 12 if unit == "månader" else 1
    bounds = (data.get("från"), data.get("till"))
    since, until = (None if bound is None else bound / per_year for bound in bounds)
    if bounds[1] is None:
        text = f"från {bounds[0]}"
    elif bounds[0] is None:
        text = f"till {bounds[1]}"
    else:
        text = f"{bounds[0]}–{bounds[1]}"
    whose = printed.whose(data, participants)
    whose = whose if whose in ("deltagaren", "deltagarens barn") else "barnet"
    text = text if unit == "ej angiven" else f"{text} {unit}"
    return Age(since, until, whose, path, where, text, conditional, unit)


def stated_ages(
    data: InsatsData | Del, base: DataPath = (), participants: Sequence[str] = ()
) -> Iterator[Age]:
    """Every age that an insats, or a part of one at ``base``, states in its fields.

    ``participants`` are those of the whole insats, for a part that has none of its own.
    """
    own = data.get("målgrupp", {}).get("deltagare", participants)
    if age := data.get("målgrupp", {}).get("ålder"):
        yield _age(age, (*base, "målgrupp", "ålder"), "målgruppen", own)
    for index, villkor in enumerate(data.get("villkor", ())):
        if age := villkor.get("ålder"):
            yield _age(
                age, (*base, "villkor", index, "ålder"), "villkoret", own, "gäller" in villkor
            )
    if age := cast("InsatsData", data).get("ålder_i_innehåll"):
        yield _age(age, (*base, "ålder_i_innehåll"), "innehållet", own)


def common_ages(kommun: KommunData, participants: Sequence[str] = ()) -> Iterator[Age]:
    """The ages of the conditions in kommun.yaml, which bind every insats."""
    for index, villkor in enumerate(kommun.get("gemensamma_villkor", ())):
        if age := villkor.get("ålder"):
            path = ("gemensamma_villkor", index, "ålder")
            stated = _age(age, path, "det gemensamma villkoret", participants, "gäller" in villkor)
            yield replace(stated, common=True)


def groups(
    insats: InsatsData, kommun: KommunData
) -> Iterator[tuple[DataPath, Sequence[str], list[Age]]]:
    """Who takes part, and at what ages: the insats as a whole, or each part that has participants
    or conditions of its own.

    The ages are those of the insats and of the conditions common to all insatser.
    """
    participants: Sequence[str] = insats.get("målgrupp", {}).get("deltagare", [])
    common = [*stated_ages(insats), *common_ages(kommun, participants)]
    parts = [(i, d) for i, d in enumerate(insats.get("delar", ())) if _has_group_of_its_own(d)]
    if participants or not parts:
        yield (), participants, common
    for index, part in parts:
        base = ("delar", index)
        yield (
            base,
            part.get("målgrupp", {}).get("deltagare", participants),
            [*common, *stated_ages(part, base, participants)],
        )


def _has_group_of_its_own(part: Del) -> bool:
    return "villkor" in part or not {"deltagare", "ålder"}.isdisjoint(part.get("målgrupp", {}))


def _own(ages: list[Age]) -> list[Age]:
    """The ages that bound who takes part: the participants' own, without conditions that hold for
    some of the insats only."""
    own = [age for age in ages if age.whose != "deltagarens barn" and not age.conditional]
    # a description binds only where nothing else does
    return [age for age in own if age.where != "innehållet"] or own


def _of_the_youngest(own: list[Age]) -> list[Age]:
    """The ages that bound how young someone may be: where nobody can have both a child's age and
    another's, they are those of two, as of a child and a parent, and the child's counts."""
    children = [age for age in own if age.whose == "barnet"]
    return [
        age
        for age in own
        if age.whose == "barnet" or not any(_apart(age, child) for child in children)
    ]


def lowest_under(
    subject: Subject,
    base: DataPath,
    participants: Sequence[str],
    ages: list[Age],
    limit: int,
    ageless: Sequence[str],
) -> Hit | None:
    """The place where the group at ``base`` is open below ``limit`` years, if it is; ``ageless``
    are the kinds of participants who may be, where no lowest age is stated."""
    lowest = _lowest_age(ages, limit)
    if lowest is not None:
        below = (lowest.since or 0) < limit
        return _lowest(subject, base, ages, limit) if below else None
    if "alla" not in ageless and set(participants).isdisjoint(ageless):
        return None
    return _lowest(subject, base, ages, limit)


def _lowest_age(ages: list[Age], limit: int) -> Age | None:
    """The age that says how young somebody may be: the highest of the lowest, or one that ends
    below ``limit``."""
    own = _of_the_youngest(_own(ages))
    lowest = max(
        (age for age in own if age.since is not None), key=lambda age: age.since or 0, default=None
    )
    if lowest is None:
        lowest = next((age for age in own if age.until is not None and age.until < limit), None)
    return lowest


def _lowest(subject: Subject, base: DataPath, ages: list[Age], limit: int) -> Hit:
    """Where it is said of the group at ``base`` how young somebody may be."""
    own = _of_the_youngest(_own(ages))
    said = _lowest_age(ages, limit) or next(iter(own), None)
    if said is None:
        return Hit(_target_group(subject, base), {"ålder": "utan angiven ålder"})
    path = _target_group(subject, base) if said.common else said.path
    return Hit(path, {"ålder": said.text, **said.fields}, words=said.words)


def _target_group(subject: Subject, base: DataPath) -> DataPath:
    """Where the insats or part at ``base`` says for whom it is, or that place itself."""
    place = (*base, "målgrupp")
    return place if value_at(subject.data, place) else base


def _told(data: InsatsData, base: DataPath, participants: Sequence[str]) -> list[Age]:
    """The ages of the participants' own that only the texts tell."""
    grown = not set(participants) <= {"barn", "unga"}
    return [
        Age(
            told.since,
            told.until,
            told.whose,
            told.path,
            "texten",
            told.text,
            unit=told.unit,
            words=told.words,
            fields=told.fields
            | {"avser": "barnet" if told.whose == "barnet" and grown else "deltagaren"},
        )
        for told in told_ages(data, base)
    ]


def _with_told(
    data: InsatsData, base: DataPath, participants: Sequence[str], ages: list[Age], until: int
) -> list[Age]:
    """``ages``, none of which is the participants' own, with those that the texts tell; where
    children take part they are not those of all, if nobody up to ``until`` years has them."""
    told = _told(data, base, participants)
    children = not _CHILDREN.isdisjoint(participants)
    if children and not between(participants, told, 0, until, ()):
        return ages
    return [*ages, *told]


@predicate(
    "ålder-utanför",
    scopes=("insats", "del", "riskanalys"),
    gives=("ålder", "från", "till", "avser"),
)
def age_outside(
    subject: Subject, från: int, till: int, läser: Literal["fält", "ord"] = "fält"
) -> Iterator[Hit]:
    """An age stated for the participants themselves reaches outside ``från``–``till`` years, until
    the next birthday.

    An unstated bound says nothing. With ``läser: ord`` an age counts that only the texts tell,
    where no field has one.
    """
    seen: set[DataPath] = set()
    for base, participants, ages in groups(subject.as_insats, subject.revision.kommun):
        own = _own(ages)
        if läser == "ord":
            own = [] if own else _told(subject.as_insats, base, participants)
        for age in own:
            stated = [bound for bound in (age.since, age.until) if bound is not None]
            if (
                not age.common
                and age.path not in seen
                and any(not från <= bound < till + 1 for bound in stated)
            ):
                seen.add(age.path)
                yield Hit(age.path, {"ålder": age.text, **age.fields}, words=age.words)


# Grown-ups who may be as young as the oldest child: an age that they can have may be meant of them
# as well.
_PERHAPS_YOUNG = frozenset({"vuxna", "unga", "barn"})


@predicate("ålder-binder-vuxna", scopes=("insats", "del"), gives=("ålder", "vuxna"))
def binds_grown_ups(
    subject: Subject, till: int, till_vuxen: int, unga: Words = listed("de unga")
) -> Iterator[Hit]:
    """An age that is stated of whoever takes part ends so low that the grown-ups who take part with
    children cannot have it.

    It ends at ``till`` at most, or at ``till_vuxen`` where ”vuxna” are the only grown-ups. An age
    in the target group counts where no condition has one, and none that is said to hold for some
    only, or of the young (``unga``).
    """
    for base, participants, ages in groups(subject.as_insats, subject.revision.kommun):
        kinds = set(participants)
        grown_ups = [kind for kind in participants if kind not in ("barn", "unga")]
        if not grown_ups or kinds.isdisjoint({"barn", "unga", "barn tillsammans med förälder"}):
            continue
        highest = till_vuxen if kinds <= _PERHAPS_YOUNG else till
        own = [
            age
            for age in ages
            if not age.common and age.path[: len(base)] == base and age.where != "innehållet"
        ]
        for age in [age for age in own if age.where == "villkoret"] or own:
            if (
                age.whose != "deltagaren"
                or age.conditional
                or age.unit == "ej angiven"
                or age.until is None
            ):
                continue
            said = value_at(subject.data, age.path)
            clarified = said.get("förtydligande", said.get("kommentar", ""))
            if age.until < highest + 1 and not pattern(unga).search(clarified):
                with_child = "barn tillsammans med förälder"
                named = dict.fromkeys(
                    "föräldrar" if kind == with_child else kind for kind in grown_ups
                )
                yield Hit(age.path, {"ålder": age.text, "vuxna": " och ".join(named)})


# Who may be under 18, unless an age says otherwise.
PERHAPS_MINORS = (
    "barn", "unga", "barn tillsammans med förälder", "familjer", "föräldrar", "blivande föräldrar",
    "par", "anhöriga",
)  # fmt: skip


@predicate(
    "deltar", scopes=("insats", "del", "riskanalys"), gives=("ålder", "från", "till", "avser")
)
def takes_part(
    subject: Subject,
    till: int,
    från: int = 0,
    finns: Literal["ja", "nej", "inte uteslutet"] = "ja",
    deltagare: Sequence[ParticipantOrAll] = PERHAPS_MINORS,
    plats: Field = "",
) -> Iterator[Hit]:
    """Someone of ``från``–``till`` years may take part (``finns: ja``), or nobody of those ages
    does (``finns: nej``).

    Where no age of the participants' own is stated, the kinds in ``deltagare`` count as having
    those ages (``alla``: whoever takes part), unless the texts tell another. Is neither age nor
    participants known, there is a hit only with ``finns: inte uteslutet``, which else is as
    ``ja``. Looks at the insats around the subject, at a part of it if the subject lies in one, or
    at the insats that a risk analysis is about. The hit is at ``plats`` in the subject; without
    it, and where all of an insats is looked at, there is one wherever an age says that somebody
    may.
    """
    insats = subject.insats or subject.analysed
    if insats is None:
        return
    found = list(groups(insats.data, subject.revision.kommun))
    found = [group for group in found if group[0] and group[0] == subject.path[:2]] or found
    if finns != "nej":
        found = [
            (base, kinds, ages if _own(ages) else _with_told(insats.data, base, kinds, ages, till))
            for base, kinds, ages in found
        ]
    counted = {False: finns == "nej", True: finns != "nej", None: finns == "inte uteslutet"}
    answers = [
        counted[between(participants, ages, från, till, deltagare)]
        for _, participants, ages in found
    ]
    if finns == "nej" and not all(answers):
        return
    hits = [
        _lowest(subject, base, ages, till + 1)
        for (base, _, ages), counts in zip(found, answers, strict=True)
        if counts
    ]
    at_ages = not plats and finns != "nej" and subject.insats is not None and not subject.path
    yield from hits if at_ages else (replace(hit, path=parse_path(plats)) for hit in hits[:1])


# Who are, or bring, somebody who is younger than the age that the grown-ups are told to have.
_CHILDREN = frozenset({"barn", "barn tillsammans med förälder", "familjer"})


@predicate("omöjlig-ålder", scopes=("insats", "riskanalys"), gives=("ålder", "varför"))
def impossible_age(
    subject: Subject, högst: int, grupper: list[AgeGroup], utom: Words = ()
) -> Iterator[Hit]:
    """An age above ``högst`` years, or one that none of those who take part can have.

    Where all participants are of the kinds of one of ``grupper``, an age that ends under its
    ``lägst``, or begins over its ``högst``, is nobody's. A group is passed over where a text of the
    target group or the name matches ``utom``.
    """
    seen: set[DataPath] = set()
    words = (
        subject.as_insats["namn"],
        subject.as_insats.get("målgrupp", {}).get("beskrivning", ""),
    )
    told_otherwise = bool(utom) and any(
        re.search("|".join(utom), text, re.IGNORECASE) for text in words
    )
    for _, participants, ages in groups(subject.as_insats, subject.revision.kommun):
        for age in ages:
            why = _beyond(age, högst)
            if not why and participants and not told_otherwise and not age.conditional:
                own = [group for group in grupper if set(participants) <= set(group["deltagare"])]
                why = next(filter(None, (_nobodys(age, group) for group in own)), "")
            if why and not age.common and age.path not in seen:
                seen.add(age.path)
                yield Hit(age.path, {"ålder": age.text, "varför": why})


def _beyond(age: Age, most: int) -> str:
    over = age.unit == "år" and max(age.since or 0, age.until or 0) > most
    return f"ingen blir äldre än {most} år" if over else ""


def _nobodys(age: Age, group: AgeGroup) -> str:
    """Why nobody in ``group`` has ``age``, in Swedish; empty if somebody may."""
    if age.unit == "ej angiven":
        return ""
    too_young = (
        "lägst" in group
        and age.whose == "deltagaren"
        and age.until is not None
        and age.until < group["lägst"]
    )
    too_old = (
        "högst" in group
        and age.whose != "deltagarens barn"
        and age.since is not None
        and age.since > group["högst"]
    )
    return f"bara {group['kallas']} deltar" if too_young or too_old else ""


def between(
    participants: Sequence[str], ages: list[Age], since: int, until: int, kinds: Sequence[str]
) -> bool | None:
    """Whether someone of ``since``–``until`` years may take part, or None if the group says neither
    age nor kind."""
    if own := _of_the_youngest(_own(ages)):
        lowest = max((age.since for age in own if age.since is not None), default=0.0)
        highest = min((age.until for age in own if age.until is not None), default=float("inf"))
        return lowest < until + 1 and highest >= since
    if "alla" in kinds:
        return True
    return bool(set(participants) & set(kinds)) if participants else None


_SPAN = r"(?<![0-9-])([0-9]{1,2}) ?[-–] ?([0-9]{1,2})"
_AGES_IN_NAME = later(
    (
        rf"{_SPAN}[ -]?(?:år(?!\w)(?! (?:efter|lång|senare|framåt|i rad|tillbaka))|års ålder"
        r"|åring)"
    ),
    re.IGNORECASE,
)
_HOURS = 24
_SPAN_ENDS_NAME = later(rf"^[^\W\d][^\d,;:()/]* {_SPAN}$")


@predicate("åldrar-motsäger", scopes=("insats", "del", "riskanalys"), gives=("ena", "andra"))
def ages_contradict(
    subject: Subject,
    säkert: YesNo = "ja",
    inga_åldrar: Words = listed("tal som inte är åldrar"),
    öppettider: Words = listed("det som har öppettider"),
) -> Iterator[Hit]:
    """Two ages stated for the same person differ; a part's age lies outside the whole's; the name's
    age is nobody's; nobody has both an age and that of a condition for all insatser; or a risk
    analysis has another age than its insats.

    With ``säkert: nej``, what only may be a contradiction: two numbers last in the name that are
    nobody's age, or an age that reaches outside that of a condition for all insatser. The numbers
    are no ages beside one of ``inga_åldrar``, and may be hours beside one of ``öppettider``.
    """
    unsure = säkert == "nej"
    found = _maybe(subject, inga_åldrar, öppettider) if unsure else _contradictions(subject)
    for first, second in found:
        values = {
            "ena": f"{first.where} säger {first.text}",
            "andra": f"{second.where} säger {second.text}",
        }
        same_file = first.where != "insatsen" and not first.common
        yield Hit(
            second.path,
            values,
            (Place(f"{first.where.capitalize()} säger {first.text}", first.path),)
            if same_file
            else (),
        )


def _contradictions(subject: Subject) -> Iterator[tuple[Age, Age]]:
    data, about = subject.as_insats, value_at(subject.data, ("insats",))
    ages = [age for age in stated_ages(data) if not age.conditional]
    if about is not None:
        analysed = stated_ages(subject.analysed.data) if subject.analysed else ()
        stated = [replace(age, where="insatsen") for age in analysed if not age.conditional]
        pairs = [(first, replace(second, where="analysen")) for first in stated for second in ages]
    else:
        pairs = [
            (first, second)
            for i, first in enumerate(ages)
            for second in ages[i + 1 :]
            if first.where != second.where
        ]
        yield from (pair for pair in _with_common(subject) if _apart(*pair))
    yield from (pair for pair in pairs if _contradict(*pair))
    for index, part in enumerate(data.get("delar", ())):
        for second in stated_ages(
            part, ("delar", index), data.get("målgrupp", {}).get("deltagare", ())
        ):
            yield from (
                (first, second)
                for first in ages
                if first.whose == second.whose and _outside(second, first)
            )
    yield from _against_name(list(_AGES_IN_NAME.finditer(data["namn"])), data, ages, " år")


def _maybe(subject: Subject, no_ages: Words, hours: Words) -> Iterator[tuple[Age, Age]]:
    data = subject.as_insats
    if value_at(subject.data, ("insats",)) is None:
        yield from (
            pair
            for pair in _with_common(subject)
            if not _apart(*pair) and _outside(pair[1], pair[0])
        )
    named = _SPAN_ENDS_NAME.search(data["namn"])
    if (
        named
        and not pattern(no_ages).search(data["namn"])
        and (int(named[2]) > _HOURS or not pattern(hours).search(data["namn"]))
    ):
        ages = [age for age in stated_ages(data) if not age.conditional]
        yield from _against_name([named], data, ages, "")


_MINORS = frozenset({"barn", "unga", "barn tillsammans med förälder", "familjer"})
_LONGEST = 5  # years that something may last, where nobody in it is as young


def _against_name(
    spans: list[re.Match[str]], data: InsatsData, ages: list[Age], unit: str
) -> Iterator[tuple[Age, Age]]:
    """The ages that a name states, from the lowest to the highest, against the first stated
    elsewhere, if they are none of those.

    A child's age in the name of what only grown-ups take part in is that of their children.
    """
    bounds = [(int(span[1]), int(span[2])) for span in spans]
    if not bounds or any(low >= high for low, high in bounds):
        return
    since, until = float(min(low for low, _ in bounds)), float(max(high for _, high in bounds))
    participants = set(data.get("målgrupp", {}).get("deltagare", ()))
    if participants and participants.isdisjoint(_MINORS) and until < 18:
        ages = [age for age in ages if age.whose != "deltagaren"]
    if until <= _LONGEST and all((age.since or 0) > _LONGEST for age in ages):  # how long it lasts
        return
    name = Age(since, until, "", ("namn",), "namnet", f"{since:.0f}–{until:.0f}{unit}")
    if ages and all(_differ(age.since, since) or _differ(age.until, until) for age in ages):
        yield name, ages[0]


def _with_common(subject: Subject) -> Iterator[tuple[Age, Age]]:
    """The ages common to all insatser, each with those that the insats or a part of it states for
    the same person."""
    data = subject.as_insats
    participants = data.get("målgrupp", {}).get("deltagare", [])
    parts = enumerate(data.get("delar", ()))
    own = [
        *stated_ages(data),
        *(age for i, part in parts for age in stated_ages(part, ("delar", i), participants)),
    ]
    for first in common_ages(subject.revision.kommun, participants):
        for second in own:
            if first.whose == second.whose and not (first.conditional or second.conditional):
                yield first, second


def _apart(first: Age, second: Age) -> bool:
    """Whether nobody has both ages; one who is of an age has it until the next birthday."""
    return any(
        a.until is not None and b.since is not None and a.until + 1 <= b.since
        for a, b in ((first, second), (second, first))
    )


def _contradict(first: Age, second: Age) -> bool:
    if {first.unit, second.unit} == {"månader", "ej angiven"}:  # which may be months too
        return False
    return first.whose == second.whose and (
        _differ(first.since, second.since) or _differ(first.until, second.until)
    )


def _differ(first: float | None, second: float | None) -> bool:
    return first is not None and second is not None and first != second


def _outside(part: Age, whole: Age) -> bool:
    too_young = part.since is not None and whole.since is not None and part.since < whole.since
    too_old = part.until is not None and whole.until is not None and part.until > whole.until
    return too_young or too_old
