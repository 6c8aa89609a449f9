"""What a document says, sorted: insatser with their parts, analyses of them, and what is around
them, each word with its place."""

from __future__ import annotations

from collections import Counter

from insatskoll.importing.blocks import Spot
from insatskoll.patterns import later
from insatskoll.values import immutable

_NUMBER = later(
    r"^(?:\d+(?:\.\d+)*\.?\s+|(?:[Ii]nsats|INSATS) \d+ ?[.:–-]\s*"
    r"|(?:\d+|[A-Za-z])[.)]\s+)(?=[A-ZÅÄÖ])"
)


@immutable
class Said:
    """Words of the document and what they are said under: the meanings of the label, the label as
    written, and where. ``item`` is the depth of a point of a list, and ``under`` where the label
    stands. ``within`` is what the heading means that the label stands under, and ``part`` the name
    in bold of what may be a part of the insats."""

    meanings: tuple[str, ...]
    label: str
    words: str
    spot: Spot
    item: int | None = None
    under: Spot | None = None
    within: tuple[str, ...] = ()
    part: str = ""


@immutable
class Draft:
    """An insats as the document has it: its name, the chapter it stands in, what is said of it, and
    its parts. ``label`` is the head that its name has in a table."""

    name: str
    spot: Spot
    chapter: str = ""
    said: tuple[Said, ...] = ()
    parts: tuple[Draft, ...] = ()
    label: str = ""


@immutable
class Section:
    """A heading that is no insats, and what stands under it. ``about`` is what it means, if known:
    one of :data:`labels.SECTIONS`, or that it says something of all insatser, and then the
    ``meanings`` tell what."""

    heading: str
    spot: Spot
    about: str
    said: tuple[Said, ...] = ()
    meanings: tuple[str, ...] = ()


@immutable
class Crossed:
    """A row of a matrix: the name that it has, the units that it is marked under, each with the
    head over it, all its words, and the head over its name."""

    name: str
    spot: Spot
    units: tuple[tuple[str, str], ...]
    words: str = ""
    label: str = ""


@immutable
class Reading:
    """A document's insatser, its other sections and chapters, its matrix, and its title. ``aside``
    is what is nothing of that: heads of pages, and words under the heading of a chapter.
    ``doubtful`` are rows of tables that may be no insatser that are given. ``analyses`` are those
    of what happens when an insats is given, by the names that they have."""

    title: Said | None
    drafts: tuple[Draft, ...]
    analyses: tuple[Draft, ...]
    sections: tuple[Section, ...]
    chapters: tuple[Said, ...]
    matrix: tuple[Crossed, ...]
    aside: tuple[Said, ...]
    doubtful: tuple[Said, ...] = ()

    @property
    def labels(self) -> dict[tuple[str, str], int]:
        """The labels that have become fields: as written, what each means, and how many there
        are."""
        found: Counter[tuple[str, str]] = Counter()
        drafts = (*self.drafts, *self.analyses)
        heads = [*(one.label for one in drafts), *(one.label for one in self.matrix)]
        found.update((label, "insats") for label in heads if label)
        parts = [part for draft in drafts for part in draft.parts]
        found.update((part.label, "del") for part in parts if part.label)
        for draft in drafts:
            for part in (draft, *draft.parts):
                held = {(one.label, one.meanings, one.under) for one in part.said if one.label}
                found.update((label, " och ".join(meanings)) for label, meanings, _ in held)
        return dict(sorted(found.items()))


def unnumbered(heading: str) -> str:
    """A heading without the number that it has among the others."""
    return _NUMBER.sub("", heading)
