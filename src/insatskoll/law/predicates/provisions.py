"""Checks on provisions: that they exist, and that what makes an insats one that the nämnd must
offer is about that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from insatskoll.catalogue.data import Data
from insatskoll.law.predicates.parameters import Duty, Field, Other
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.law.predicates.text import pattern, texts
from insatskoll.reading.places import DataPath, value_at

_WRITTEN = re.compile(
    r"^(?P<law>.*?)\s*(?:(?P<chapter>\d+) ?(?:kap\.? ?|: ?))?(?P<section>\d+)(?: [a-z])? "
    r"§(?: (?P<point>\d+))?$"
)
_SFS = re.compile(r"\(?\b(\d{4}:\d+)\b\)?")


@predicate(
    "lagrum-finns-inte", scopes=("insats", "kommun", "riskanalys"), gives=("varför", "bestämmelse")
)
def no_such_provision(
    subject: Subject, fält: list[Field], namn: list[str], sfs: str, led: list[list[int]]
) -> Iterator[Hit]:
    """One of the fields (as in ``okänd-referens``) names a section that the act does not have, or a
    point in it.

    ``namn`` are the words that the act goes by, ``sfs`` its number, and ``led`` how many points, or
    paragraphs where those are more, each section of each of its chapters has. Other acts are not
    judged.
    """
    for path, stated in (found for name in fält for found in values_at(subject.data, name)):
        given = _named(str(stated), namn, sfs)
        if given is not None and (why := _lacking(*given, led)):
            yield Hit(path, {"varför": why, "bestämmelse": str(stated)})


def _lacking(chapter: int, section: int, point: int | None, parts: list[list[int]]) -> str:
    """What the act lacks of a provision, in Swedish; empty if it has it all."""
    sections = parts[chapter - 1] if 1 <= chapter <= len(parts) else []
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


@predicate("annan-skyldighet", gives=("varför",))
def other_duty(
    subject: Subject,
    fält: Field,
    namn: list[str],
    sfs: str,
    paragrafer: list[int],
    skyldigheter: list[Duty],
    andra: list[Other],
    texter: list[str],
) -> Iterator[Hit]:
    """The field names another section than that of the duty which the insats by its kind, concept
    or name is about.

    ``skyldigheter`` have a ``namn``, their ``lagrum``, and what tells that an insats is about them:
    ``insatstyp``, ``begrepp``, or one of the regular expressions ``ord`` in its name. An insats
    that in ``texter`` speaks of the duty that it names is about that too, and so is one that is
    about no other and there uses words that come near it (``nära``). One that is about no duty may
    not name another's section, nor one of ``andra``, which bind the nämnd to offer nothing.
    """
    given = _provision(subject.data, fält, namn, sfs)
    if given is None or not 1 <= given[1] <= _sections(given[0], paragrafer):
        return
    own = [duty for duty in skyldigheter if _is_about(subject.data, duty)]
    stated = [duty for duty in skyldigheter if _numbers(duty["lagrum"]) == given]
    if given in [_numbers(duty["lagrum"]) for duty in own] or any(
        _speaks_of(subject, duty, texter, "ord") for duty in stated
    ):
        return
    name, written = subject.data["namn"], f"SoL {given[0]} kap. {given[1]} §"
    if own:
        yield Hit(
            _path(fält),
            {
                "varför": (
                    f"”{name}” är {own[0]['namn']} ({own[0]['lagrum']}), men lagrummet är {written}"
                )
            },
        )
    elif stated and not any(_speaks_of(subject, duty, texter, "nära") for duty in stated):
        why = f"{written} gäller {stated[0]['namn']}, men det framgår inte att ”{name}” är det"
        yield Hit(_path(fält), {"varför": why})
    elif no_duty := next(
        (other for other in andra if _numbers(other["lagrum"]) in (given, given[:1])), None
    ):
        yield Hit(
            _path(fält),
            {
                "varför": (
                    f"{written} handlar om {no_duty['om']}, och säger inte att nämnden ska erbjuda "
                    f"”{name}”"
                )
            },
        )


def _sections(chapter: int, sections: list[int]) -> int:
    return sections[chapter - 1] if 1 <= chapter <= len(sections) else 0


def _path(field: str) -> DataPath:
    return (field,)


def _provision(data: Data, field: str, names: list[str], sfs: str) -> tuple[int, int] | None:
    """The chapter (0 if none) and section that ``field`` names, if it is of the act."""
    named = _named(str(value_at(data, (field,)) or ""), names, sfs)
    return named and named[:2]


def _named(text: str, names: list[str], sfs: str) -> tuple[int, int, int | None] | None:
    """The chapter (0 if none), section and point (None if none) that ``text`` names, if it is of
    the act."""
    found = _WRITTEN.match(text.replace("\u00a0", " "))
    if found is None:
        return None
    numbers = _SFS.findall(found["law"])
    law = _SFS.sub("", found["law"]).strip(" ,.").casefold()
    if (numbers and numbers != [sfs]) or (law and law not in names):
        return None
    return (
        int(found["chapter"] or 0),
        int(found["section"]),
        None if found["point"] is None else int(found["point"]),
    )


def _numbers(lagrum: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", lagrum)[:2])


def _is_about(data: Data, duty: Duty) -> bool:
    named = data.get("insatstyp") in duty.get("insatstyp", ()) or data.get("begrepp") in duty.get(
        "begrepp", ()
    )
    return named or bool(pattern(tuple(duty.get("ord", ()))).search(str(data.get("namn", ""))))


def _speaks_of(
    subject: Subject, duty: Duty, fields: list[str], kind: Literal["ord", "nära"]
) -> bool:
    words = pattern(tuple(duty.get(kind, ())))
    return any(words.search(text) for _, text in texts(subject, fields))
