"""The changes that a municipality has accepted though they would fail: what its file says, and what
of it can be seen in the file not to hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from insatskoll.catalogue import canonical, decision_ids
from insatskoll.catalogue.model import Beslut, FileProblems, Kommun
from insatskoll.reading import accepted
from insatskoll.reading.document import Document
from insatskoll.reading.places import Problem
from insatskoll.values import immutable

RULE = "IK913"
_REMOVE = "Ta bort posten"


@immutable
class Acceptance:
    """An accepted change, by its id: why, by whom and in what role, and the last day that it holds,
    if it ends. ``number`` is its place in the file, from 0, and ``base`` the id of the decision
    that the change starts from, if it is told. ``besides`` are those of others for the same
    change."""

    change: str
    reason: str
    by: str
    role: str
    until: str | None
    number: int
    base: str | None = None
    besides: tuple[Acceptance, ...] = ()

    def holds(self, day: str | None) -> bool:
        """Whether it holds on a day (ÅÅÅÅ-MM-DD). One that ends cannot be told to hold where no day
        is known."""
        return self.until is None or (day is not None and day <= self.until)

    @property
    def told(self) -> str:
        """By whom, in what role, and why: ”godtagen av Kim Berg, kommunjurist: …”."""
        return f"godtagen av {self.by_whom}"

    @property
    def by_whom(self) -> str:
        """By whom, in what role, and why, without what has been done."""
        told = f"{self.by}, {self.role}: {' '.join(self.reason.split())}"
        return "; ".join([told, *(one.by_whom for one in self.besides)])

    def is_by(self, roles: Iterable[str]) -> bool:
        """Whether who has accepted it did so in one of ``roles``."""
        return _role(self.role) in map(_role, roles)


def _role(text: str) -> str:
    return " ".join(text.casefold().split())


def of(document: Document) -> tuple[Acceptance, ...]:
    """The accepted changes in a file, in its order."""
    written = accepted.godtagna(document)["godtagna_ändringar"]
    return tuple(
        Acceptance(
            one["ändring"],
            one["skäl"],
            one["av"],
            one["roll"],
            one.get("giltig_till"),
            number,
            one.get("beslut"),
        )
        for number, one in enumerate(written)
    )


def failing(kommun: Kommun, datum: str | None = None) -> Iterator[FileProblems]:
    """The accepted changes that do not hold: that have ended on the day ``datum``, or else on that
    of the proposal, or are accepted before in the file in the same role."""
    document = kommun.accepted
    if document is None:
        return
    day = datum or (kommun.revision.datum if kommun.revision is not None else None)
    seen: Counter[tuple[str, str]] = Counter()
    for one in of(document):
        seen[one.change, _role(one.role)] += 1
        if seen[one.change, _role(one.role)] > 1:
            twice = f"Ändringen {one.change} är godtagen två gånger i samma roll"
            yield problem(document, one, twice, _REMOVE)
        elif day is not None and not one.holds(day):
            message = f"Godtagandet av {one.change} gällde till {one.until}, och prövas per {day}"
            remedy = f"{_REMOVE}, eller låt någon godta ändringen på nytt"
            yield problem(document, one, message, remedy, "giltig_till")


def latest(kommun: Kommun | None) -> Beslut | None:
    """The latest decision of a municipality, whatever has become of it: what a change starts
    from."""
    decided = kommun.beslut if kommun is not None else ()
    return max(decided, key=lambda one: decision_ids.order(one.id), default=None)


def used_up(kommun: Kommun) -> Iterator[FileProblems]:
    """The accepted changes that have been decided, as far as the files tell: those that started
    from another decision than the latest, and all where the files are as that decided them."""
    document, decided = kommun.accepted, latest(kommun)
    if document is None or decided is None or kommun.revision is None:
        return
    frozen = canonical.freeze(kommun.revision, decided.data["beslut"])
    is_decided = frozen["innehåll"] == decided.data["innehåll"]
    for one in of(document):
        if is_decided or one.base not in (None, decided.id):
            yield decided_already(document, one, decided.id)


def decided_already(document: Document, one: Acceptance, base: str | None) -> FileProblems:
    """That an accepted change is of another proposal than one that starts from ``base``."""
    if base is None:
        gone = (
            f"Godtagandet av {one.change} gäller en ändring av beslutet {one.base}, som inte finns"
        )
        return problem(document, one, gone, _REMOVE)
    message = (
        f"Godtagandet av {one.change} är förbrukat: det gällde inte en ändring av beslutet {base}"
    )
    remedy = f"{_REMOVE}. Ska samma ändring godtas igen, skriv beslut: {base} i posten"
    return problem(document, one, message, remedy)


def untold(document: Document) -> Iterator[FileProblems]:
    """The accepted changes that end, where no day tells whether they have."""
    for one in of(document):
        if not one.holds(None):
            message = (
                f"Godtagandet av {one.change} gäller till {one.until}, och räknas inte: "
                "jämförelsen har ingen dag att pröva det mot"
            )
            remedy = "Ange dagen med --datum, eller skriv förslagets (förslag, datum) i kommun.yaml"
            yield problem(document, one, message, remedy, "giltig_till")


def problem(
    document: Document, one: Acceptance, message: str, remedy: str, field: str = "ändring"
) -> FileProblems:
    """What is wrong with an accepted change, at a ``field`` of it."""
    where = ("godtagna_ändringar", one.number, field)
    told = Problem(RULE, message, document.span(where), f"{remedy}.", where=where)
    return FileProblems(document.path, (told,), document.text, unreadable=False, used=True)
