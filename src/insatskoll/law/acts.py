"""How socialtjänstlagen is divided, and what its provisions are about: the file in
``catalogue/lagar``. Numbers and short names, none of the act's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from insatskoll.catalogue import program_files
from insatskoll.patterns import later
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import LagData, LagSkyldigheter

_NUMBERS = later(r"(\d+) kap\.(?: (\d+)(?: ([a-z]))? §)?")

Lacking = Literal["kapitlet", "paragrafen", "punkten"]


class Provision(NamedTuple):
    """A chapter (0 where there is none), a section of it (None for all of it), and the letter after
    its number (empty for none)."""

    chapter: int
    section: int | None = None
    letter: str = ""

    @property
    def written(self) -> str:
        """The provision as it is written: 12 kap. 7 a §."""
        if self.section is None:
            return f"{self.chapter} kap."
        letter = f" {self.letter}" if self.letter else ""
        return f"{self.chapter} kap. {self.section}{letter} §"

    def within(self, others: Sequence[Provision]) -> bool:
        """Whether it is one of ``others``, or stands in a chapter that is."""
        return self in others or Provision(self.chapter) in others


@immutable
class Subject:
    """The provisions that may be about something, those of the repealed act that were, and those
    that are mistaken for them; and whether it is an insats. ``elsewhere`` is where it stands if
    that is in another act."""

    provisions: Sequence[Provision]
    repealed: Sequence[Provision]
    mistaken: Sequence[Provision]
    insats: bool
    elsewhere: str = ""

    def has(self, one: Provision) -> bool:
        """Whether a provision, or some of the chapter that it is, may be about this."""
        if one.section is None:
            return any(one.chapter == other.chapter for other in self.provisions)
        return one.within(self.provisions)


@immutable
class Duty:
    """An insats that the nämnd must be able to offer, and what shows that one is it: its kind or
    concept, and regular expressions for words in its name (``words``), for those that may be about
    it (``near``), and for those that tell that its target group is the duty's (``group``).
    ``covering`` are those for words in its texts that alone cover it, if its kind, its concept and
    its words are not enough."""

    name: str
    provision: Provision
    kinds: Sequence[str]
    concepts: Sequence[str]
    words: tuple[str, ...]
    near: tuple[str, ...]
    group: tuple[str, ...]
    covering: tuple[str, ...]

    @property
    def lagrum(self) -> str:
        """The provision as the field ``lagstadgad`` has it."""
        return f"SoL {self.provision.written}"


@immutable
class Act:
    """An act: the words that it goes by, its number and those that it replaced, for each section of
    each of its chapters how many points, or paragraphs where those are more, it has, the sections
    with a letter, and what provisions are about, by its name. ``duties`` are what the nämnd must
    offer, and ``no_duties`` provisions that bind it to offer nothing, with what they are about;
    on those in ``no_grounds`` no insats can rest."""

    names: Sequence[str]
    sfs: str
    replaced: Sequence[str]
    parts: Sequence[Sequence[int]]
    lettered: Sequence[Provision]
    subjects: Mapping[str, Subject]
    duties: Sequence[Duty]
    no_duties: Mapping[Provision, str]
    no_grounds: frozenset[Provision]

    def sections(self, chapter: int) -> Sequence[int]:
        """The sections of a chapter; nothing if there is no such chapter."""
        return self.parts[chapter - 1] if 1 <= chapter <= len(self.parts) else ()

    def lacks(self, provision: Provision, point: int | None = None) -> Lacking | None:
        """What of a provision the act does not have, or None if it has it all."""
        sections = self.sections(provision.chapter)
        if not sections:
            return "kapitlet"
        if provision.section is None:
            return None
        known = not provision.letter or provision in self.lettered
        if not known or not 1 <= provision.section <= len(sections):
            return "paragrafen"
        count = sections[provision.section - 1]
        return "punkten" if point is not None and not 1 <= point <= count else None


def provision(text: str) -> Provision:
    """The provision that ``text``, a file's, is: ”14 kap. 5 §” or ”16 kap.”. Raises ValueError."""
    found = _NUMBERS.search(text)
    if found is None:
        raise ValueError(text)
    chapter, section, letter = found.groups()
    return Provision(int(chapter), int(section) if section else None, letter or "")


@cache
def act() -> Act:
    """Socialtjänstlagen, as the program's own file has it."""
    files: Mapping[str, LagData] = program_files.known("lagar", "lag")
    (data,) = files.values()
    subjects = {
        one["ämne"]: Subject(
            [provision(text) for text in one["lagrum"]],
            [provision(text) for text in one.get("upphävda", ())],
            [provision(text) for text in one.get("förväxlas_med", ())],
            one.get("insats") == "ja",
            one.get("annan_lag", ""),
        )
        for one in data["ämnen"]
    }
    return Act(
        data["kallas"],
        data["sfs"],
        data["upphävda"],
        data["kapitel"],
        [provision(text) for text in data["med_bokstav"]],
        subjects,
        [_duty(one) for one in data["skyldigheter"]],
        {provision(one["lagrum"]): one["om"] for one in data["inga_skyldigheter"]},
        frozenset(
            provision(one["lagrum"])
            for one in data["inga_skyldigheter"]
            if one.get("insats") == "nej"
        ),
    )


def _duty(one: LagSkyldigheter) -> Duty:
    return Duty(
        one["namn"],
        provision(one["lagrum"]),
        one.get("insatstyp", ()),
        one.get("begrepp", ()),
        tuple(one["ord"]),
        tuple(one["nära"]),
        tuple(one.get("målgrupp", ())),
        tuple(one.get("täcks_av", ())),
    )
