"""Checks on provisions: that they exist, and that what makes an insats one that the nämnd must
offer is about that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from insatskoll.law.predicates.parameters import Duty, Other, TextField
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.law.predicates.text import pattern, texts

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData

_WRITTEN = re.compile(
    r"^(?P<law>.*?)\s*(?:(?P<chapter>\d+) ?(?:kap\.? ?|: ?))?(?P<section>\d+)(?: [a-z])? "
    r"§(?: (?P<point>\d+))?$"
)
_SFS = re.compile(r"\(?\b(\d{4}:\d+)\b\)?")


class _Act(NamedTuple):
    """An act: the words that it goes by, its number, and for each section of each of its chapters
    how many points, or paragraphs where those are more, it has."""

    names: list[str]
    sfs: str
    parts: list[list[int]]

    def named(self, text: str) -> tuple[int, int, int | None] | None:
        """The chapter (0 if none), section and point (None if none) that ``text`` names, if it is
        of the act."""
        found = _WRITTEN.match(text.replace("\u00a0", " "))
        if found is None:
            return None
        numbers = _SFS.findall(found["law"])
        law = _SFS.sub("", found["law"]).strip(" ,.").casefold()
        if (numbers and numbers != [self.sfs]) or (law and law not in self.names):
            return None
        return (
            int(found["chapter"] or 0),
            int(found["section"]),
            None if found["point"] is None else int(found["point"]),
        )

    def sections(self, chapter: int) -> list[int]:
        """The sections of a chapter; nothing if there is no such chapter."""
        return self.parts[chapter - 1] if 1 <= chapter <= len(self.parts) else []


class _Duties(NamedTuple):
    """The duties of the nämnd, the sections that are none, and the fields where an insats speaks of
    what it is about."""

    duties: Sequence[Duty]
    others: Sequence[Other]
    fields: Sequence[str]


@predicate(
    "lagrum-stämmer-inte",
    scopes=("insats", "kommun", "riskanalys"),
    gives=("varför", "bestämmelse"),
)
def wrong_provision(
    subject: Subject,
    brist: Literal["finns inte", "gäller något annat"],
    fält: list[TextField],
    namn: list[str],
    sfs: str,
    led: list[list[int]],
    skyldigheter: Sequence[Duty] = (),
    andra: Sequence[Other] = (),
    texter: Sequence[TextField] = (),
) -> Iterator[Hit]:
    """One of the fields names a section that the act does not have, or a
    point in it (``finns inte``), or the section of something else than what the insats by its kind,
    concept or name is about (``gäller något annat``).

    ``namn`` are the words that the act goes by, ``sfs`` its number, and ``led`` how many points, or
    paragraphs where those are more, each section of each of its chapters has. Other acts are not
    judged.

    ``skyldigheter`` have a ``namn``, their ``lagrum``, and what tells that an insats is about them:
    ``insatstyp``, ``begrepp``, or one of the regular expressions ``ord`` in its name. An insats
    that in ``texter`` speaks of the duty that it names is about that too, and so is one that is
    about no other and there uses words that come near it (``nära``). One that is about no duty may
    not name another's section, nor one of ``andra``, which bind the nämnd to offer nothing.
    """
    act, known = _Act(namn, sfs, led), _Duties(skyldigheter, andra, texter)
    for path, stated in (found for name in fält for found in values_at(subject.data, name)):
        given = act.named(str(stated))
        if given is None:
            continue
        if brist == "finns inte":
            why = _lacking(*given, act)
        else:
            why = _about_another(subject, given[:2], known) if _is_there(given, act) else ""
        if why:
            yield Hit(path, {"varför": why, "bestämmelse": str(stated)})


def _is_there(given: tuple[int, int, int | None], act: _Act) -> bool:
    return 1 <= given[1] <= len(act.sections(given[0]))


def _lacking(chapter: int, section: int, point: int | None, act: _Act) -> str:
    """What the act lacks of a provision, in Swedish; empty if it has it all."""
    sections = act.sections(chapter)
    if not 1 <= section <= len(sections):
        count = len(sections)
        if count:
            return f"kapitlet har {count} paragrafer"
        if chapter:
            return "kapitlet finns inte"
        return "lagen är indelad i kapitel"
    if point is not None and not 1 <= point <= sections[section - 1]:
        return "paragrafen har varken så många punkter eller så många stycken"
    return ""


def _about_another(subject: Subject, given: tuple[int, int], known: _Duties) -> str:
    """What the section ``given`` is about instead, in Swedish; empty if it may be the insats's."""
    name, written = subject.as_insats.get("namn", ""), f"SoL {given[0]} kap. {given[1]} §"
    own = [duty for duty in known.duties if _is_about(subject.as_insats, duty)]
    stated = [duty for duty in known.duties if _numbers(duty["lagrum"]) == given]
    if given in [_numbers(duty["lagrum"]) for duty in own] or any(
        _speaks_of(subject, duty, known.fields, "ord") for duty in stated
    ):
        return ""
    if own:
        return f"”{name}” är {own[0]['namn']} ({own[0]['lagrum']}), men lagrummet är {written}"
    if stated and not any(_speaks_of(subject, duty, known.fields, "nära") for duty in stated):
        return f"{written} gäller {stated[0]['namn']}, men det framgår inte att ”{name}” är det"
    no_duty = next(
        (other for other in known.others if _numbers(other["lagrum"]) in (given, given[:1])), None
    )
    if no_duty is None:
        return ""
    return f"{written} handlar om {no_duty['om']}, och säger inte att nämnden ska erbjuda ”{name}”"


def _numbers(lagrum: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", lagrum)[:2])


def _is_about(data: InsatsData, duty: Duty) -> bool:
    named = data.get("insatstyp") in duty.get("insatstyp", ()) or data.get("begrepp") in duty.get(
        "begrepp", ()
    )
    return named or bool(pattern(tuple(duty.get("ord", ()))).search(str(data.get("namn", ""))))


def _speaks_of(
    subject: Subject, duty: Duty, fields: Sequence[str], kind: Literal["ord", "nära"]
) -> bool:
    words = pattern(tuple(duty.get(kind, ())))
    return any(words.search(text) for _, text in texts(subject, fields))
