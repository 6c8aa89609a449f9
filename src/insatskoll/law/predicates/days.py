"""Checks on days: whether one that is named can be right. No clock: the day is the one at which the
revision is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, cast

from insatskoll import dates
from insatskoll.catalogue import decision_ids
from insatskoll.catalogue.canonical import NOT_DECIDED
from insatskoll.catalogue.model import File
from insatskoll.law.predicates.parameters import Field, TextField
from insatskoll.law.predicates.registry import Hit, Subject, predicate, where
from insatskoll.law.predicates.text import texts
from insatskoll.reading.places import parse_path, value_at

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Beslutsinnehåll

_YEAR = 365


@predicate("dag-stämmer-inte", gives=("dag", "datum", "beslut", "per", "ikraft"))
def impossible_day(
    subject: Subject,
    brist: Literal[
        "finns inte",
        "för tidig",
        "orimlig",
        "efter förslaget",
        "före beslutet",
        "före ikraftträdandet",
        "passerad",
    ],
    fält: Sequence[TextField] = (),
    inte_i: Sequence[str] = (),
    tidigast: str = "",
    år: int = 20,
) -> Iterator[Hit]:
    """What is wrong with a day that a text in ``fält`` names.

    It is not in the calendar (``finns inte``); the last one named is before ``tidigast`` (``för
    tidig``: what was renewed was decided on the later day); it is long before the act, or more than
    ``år`` years after the act in force and the decisions before it (``orimlig``); it is after that
    of the proposal, though its section is known, or a year after, and none of a decision (``efter
    förslaget``); it is before the latest decision, though the files have changed since (``före
    beslutet``), or before the day from which the bilaga holds (``före ikraftträdandet``); or it is
    later than that, but before the day at which it is judged (``passerad``). Without ``fält`` every
    text counts, but not in fields called ``inte_i``.
    """
    wrong = _WRONG[brist]
    unread = frozenset(inte_i)
    for path, text in texts(subject, fält):
        if unread and path[-1] in unread:
            continue
        if (day := wrong(subject, text, tidigast, år)) is not None:
            values = {
                "dag": day,
                "datum": subject.revision.datum or "",
                "beslut": _latest(subject),
                "per": subject.datum or "",
                "ikraft": _since(subject),
            }
            yield Hit(path, values, words=where(text, day))


def _missing(_: Subject, text: str, __: str, ___: int) -> str | None:
    return next(iter(dates.missing(text)), None)


def _too_early(_: Subject, text: str, earliest: str, __: int) -> str | None:
    days = [(written, found) for written, found in dates.named(text) if found is not None]
    latest = max((found for _, found in days), default=None)
    return next((w for w, found in days if found == latest and found.isoformat() < earliest), None)


def _beyond_reason(subject: Subject, text: str, _: str, years: int) -> str | None:
    own = subject.document.path.stem if subject.document is not None else ""
    known = [day for day in subject.frozen if day != own and dates.exists(day) and day < text]
    return None if dates.within_reason(text, years, known) else text


def _after_the_proposal(subject: Subject, text: str, _: str, __: int) -> str | None:
    own = dates.day(subject.revision.datum or "")
    for written, found in dates.named(text):
        if own is None or found is None or found <= own or str(found) in subject.frozen:
            continue
        if "§" in text or (found - own).days > _YEAR:
            return written
    return None


def _before_the_decision(subject: Subject, text: str, _: str, __: int) -> str | None:
    latest = _latest(subject)
    if not latest or text >= decision_ids.day(latest):
        return None
    return text if _decided(subject) != subject.frozen[latest]["innehåll"] else None


def _before_it_holds(subject: Subject, text: str, _: str, __: int) -> str | None:
    return text if text < _since(subject) else None


def _past(subject: Subject, text: str, _: str, __: int) -> str | None:
    return text if _since(subject) <= text < (subject.datum or "") else None


def _since(subject: Subject) -> str:
    """The day from which the bilaga holds, empty if it does not say."""
    return subject.revision.kommun["bilaga"].get("gäller_från", "")


def _latest(subject: Subject) -> str:
    """What the municipality's latest decision is called, empty if there is none."""
    return next((one for one in reversed(list(subject.frozen)) if decision_ids.is_id(one)), "")


def _decided(subject: Subject) -> Beslutsinnehåll:
    """What a decision of the files as they stand would hold."""

    def kept(data: File) -> File:
        return cast("File", {key: value for key, value in data.items() if key not in NOT_DECIDED})

    revision = subject.revision
    content: Beslutsinnehåll = {
        "kommun": kept(revision.kommun),
        "insatser": {i.id: kept(i.data) for i in revision.insatser},
    }
    analyses = {name: kept(data) for name, data in revision.riskanalyser.items()}
    if analyses:
        content["riskanalyser"] = analyses
    return content


_WRONG: dict[str, Callable[[Subject, str, str, int], str | None]] = {
    "finns inte": _missing,
    "för tidig": _too_early,
    "orimlig": _beyond_reason,
    "efter förslaget": _after_the_proposal,
    "före beslutet": _before_the_decision,
    "före ikraftträdandet": _before_it_holds,
    "passerad": _past,
}


@predicate("försenad", gives=("månader", "senast", "dag", "datum"))
def overdue(subject: Subject, månader: Field, senast: list[Field]) -> Iterator[Hit]:
    """The day in the first of the fields ``senast`` lies more months back than the field
    ``månader`` says."""
    interval = value_at(subject.data, parse_path(månader))
    last = next((day for name in senast if (day := value_at(subject.data, parse_path(name)))), None)
    if interval and last and subject.datum and subject.datum > (due := _later(last, interval)):
        yield Hit(
            parse_path(månader),
            {"månader": interval, "senast": last, "dag": due, "datum": subject.datum},
        )


def _later(day: str, months: int) -> str:
    """The day (ÅÅÅÅ-MM-DD) that many months later; the last of the month if it has no such day."""
    year, month, of_month = map(int, day.split("-"))
    year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if month in (4, 6, 9, 11):
        last = 30
    elif month != 2:
        last = 31
    elif leap:
        last = 29
    else:
        last = 28
    return f"{year:04}-{month:02}-{min(of_month, last):02}"
