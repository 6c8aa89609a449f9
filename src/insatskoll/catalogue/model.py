"""The catalogue in memory: kommuner, their insatser and their decided revisions.

Everything here is built from files that the reader and the schemas have accepted; a file that they
refuse becomes an entry in ``Kommun.problems`` and is left out, so that the rest can still be
checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from insatskoll.catalogue import decision_ids, inventory
from insatskoll.catalogue.documentation import basis, resolved_documentation
from insatskoll.names import shown
from insatskoll.patterns import later
from insatskoll.reading import accepted
from insatskoll.reading.document import Document
from insatskoll.reading.places import DataPath, Problem, value_at
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import (
        BeslutData,
        Beslutsinnehåll,
        Beslutsuppgifter,
        Del,
        Dokumentation,
        HandelseData,
        Handelseuppgifter,
        InsatsData,
        KommunData,
        RiskanalysData,
    )

_NOT_INHERITED = frozenset({"delar", "egen_text", "andra_språk", "avvikelser"})

# The folders of a municipality's folder.
# The end of what is said before lines to paste.
_BEFORE_LINES = later(r"((?:.*[.?!] )?)[^.?!]*:")


# What one of the files, or a part of one, holds.
File = TypeVar("File", bound="Mapping[str, object]")


def resolved(data: File) -> File:
    """The content of a file as rules, overviews and the diff see it: wherever it says how something
    is documented, the level is filled in out of the provision, and the provision is spelt in one
    way. ``data``, as written, is left as it is."""
    found: dict[str, object] = {}
    if "dokumentation" in data:
        stated = cast("Dokumentation", data["dokumentation"])
        found["dokumentation"] = resolved_documentation(stated)
    if "lagstadgad" in data:
        found["lagstadgad"] = basis(cast("str", data["lagstadgad"]))
    for name in ("delar", "gemensam_dokumentation"):
        if name in data:
            found[name] = [resolved(item) for item in cast("list[Del]", data[name])]
    return cast("File", {**data, **found}) if found else data


def resolved_beslut(data: BeslutData) -> BeslutData:
    """The content of a frozen decision, with all that it holds :func:`resolved`."""
    content = data["innehåll"]
    found: Beslutsinnehåll = {
        **content,
        "kommun": resolved(content["kommun"]),
        "insatser": {name: resolved(one) for name, one in content["insatser"].items()},
    }
    if "riskanalyser" in content:
        found["riskanalyser"] = {
            name: resolved(one) for name, one in content["riskanalyser"].items()
        }
    return {**data, "innehåll": found}


def written_at(data: object, path: DataPath) -> DataPath:
    """Where in a file's own ``data`` that stands which a rule has seen at ``path``.

    A part's field that it has from its insats stands there, and a level that follows from a
    provision is in the provision.
    """
    if path[:1] == ("delar",) and len(path) > 2:
        part = value_at(data, path[:2])
        if (
            isinstance(part, dict)
            and isinstance(data, dict)
            and path[2] not in part
            and path[2] in data
            and path[2] not in _NOT_INHERITED
        ):
            path = path[2:]
    if path[-2:] == ("dokumentation", "nivå"):
        stated = value_at(data, path[:-1])
        basis_of = (
            ("lagrum", "särskilda_skäl")
            if isinstance(stated, dict) and "nivå" not in stated
            else ()
        )
        return next(((*path[:-1], name) for name in basis_of if name in stated), path)
    return path


@immutable
class Insats:
    """One insats. ``id`` is its file name; ``document`` is None when it comes out of a frozen
    decision."""

    id: str
    data: InsatsData
    document: Document | None = field(default=None, repr=False, compare=False)

    @property
    def namn(self) -> str:
        """The insats's name, as the nämnd writes it."""
        return str(self.data["namn"])

    @property
    def tidigare_id(self) -> tuple[str, ...]:
        """The ids that the insats has had in earlier revisions; several that stood side by side
        have been merged into it."""
        earlier = self.data.get("tidigare_id", ())
        return (earlier,) if isinstance(earlier, str) else tuple(earlier)

    @property
    def delar(self) -> list[tuple[DataPath, InsatsData]]:
        """What carries karaktär and dokumentation, with its path: each part, or the insats itself
        if it has no parts.

        They are :func:`resolved`, and a part has the fields of its insats besides its own: what
        holds for the whole holds for it. :func:`written_at` tells where such a field stands.
        """
        whole = resolved(self.data)
        if "delar" not in whole:
            return [((), whole)]
        common = {name: value for name, value in whole.items() if name not in _NOT_INHERITED}
        return [
            (("delar", index), cast("InsatsData", common | part))
            for index, part in enumerate(whole["delar"])
        ]


@immutable
class Revision:
    """A kommun's whole list at one time: as proposed in the files, or as decided.

    ``kommun`` is the content of kommun.yaml, ``insatser`` come in the order of print, ``beslut``
    holds the facts of the decision, or None for the files as they stand, and ``riskanalyser`` the
    analyses by id. ``document`` is kommun.yaml, None when the revision comes out of a frozen
    decision. ``handelser`` are what has been recorded about a decision since, in order; its facts
    are then as corrected, and ``fryst`` the checksum of the file, which is not. ``per`` is the day
    (ÅÅÅÅ-MM-DD) that it is shown for, as what was in force then, and ``asked`` the day at which it
    is asked what stands of it: a judgement that has no legal force by then annuls nothing.
    ``beslut_id`` is the name of the decision's file.
    """

    kommun_id: str
    kommun: KommunData
    insatser: tuple[Insats, ...]
    beslut: Beslutsuppgifter | None = None
    riskanalyser: Mapping[str, RiskanalysData] = field(default_factory=dict)
    document: Document | None = field(default=None, repr=False, compare=False)
    fryst: str | None = None
    handelser: tuple[Handelseuppgifter, ...] = ()
    per: str | None = field(default=None, compare=False)
    asked: str | None = field(default=None, compare=False)
    beslut_id: str | None = field(default=None, compare=False)

    @property
    def is_there(self) -> bool:
        """Whether there is a municipality, and not an :func:`absent` one."""
        return bool(len(self.kommun))

    @property
    def datum(self) -> str | None:
        """The day of the decision, or of the proposal (ÅÅÅÅ-MM-DD)."""
        date: str | None = (self.beslut or self.kommun.get("förslag", {})).get("datum")
        return date

    @property
    def prövningsdag(self) -> str | None:
        """The day at which the rules are judged (ÅÅÅÅ-MM-DD): the revision's own, or a later one
        from which it applies.

        A list that is decided before the law but applies from the day of the law is judged by the
        law, and what is shown for a day by the law of that.
        """
        return self.per or max(
            filter(None, (self.datum, self.kommun["bilaga"].get("gäller_från"))), default=None
        )

    @property
    def beteckning(self) -> str:
        """What the revision is called in running text, e.g. ”beslutet 2025-05-19 § 103”."""
        if self.beslut is not None:
            marks = f"({', '.join(self.marks)})" if self.marks else None
            per = f"per {self.per}" if self.per else None
            named = ("beslutet", self.beslut.get("datum"), self.beslut.get("paragraf"), marks, per)
            return " ".join(filter(None, named))
        return f"förslaget {self.proposed}" if self.proposed else "filerna som de är nu"

    @property
    def proposed(self) -> str | None:
        """What tells a proposal from others: its day, and its number in the diary where it has
        one."""
        stated = self.kommun.get("förslag")
        if stated is None:
            return None
        number = f" ({stated['diarienummer']})" if "diarienummer" in stated else ""
        return f"{stated['datum']}{number}"

    @property
    def is_annulled(self) -> bool:
        """Whether a court has annulled the whole decision."""
        return any("insatser" not in record for record in self._annulments)

    @property
    def annulled_parts(self) -> frozenset[str]:
        """The insatser in which a court has annulled the decision."""
        return frozenset(name for one in self._annulments for name in one.get("insatser", ()))

    @property
    def _annulments(self) -> list[Handelseuppgifter]:
        return [one for one in self._judgements if one.get("laga_kraft", "") not in self._to_come]

    @property
    def _judgements(self) -> list[Handelseuppgifter]:
        return [record for record in self.handelser if record["slag"] == "upphävande"]

    @property
    def _to_come(self) -> list[str]:
        """The days from which judgements annul it that have no legal force yet."""
        day = self.asked or self.per
        known = [one.get("laga_kraft", "") for one in self._judgements]
        return sorted(one for one in known if day and one > day)

    @property
    def marks(self) -> list[str]:
        """What is to be said of a decision wherever it is named: that it was made by somebody in
        the nämnd's place, and that it has been corrected or annulled."""
        on_behalf = self.beslut.get("på_nämndens_vägnar") if self.beslut is not None else None
        corrections = [one["datum"] for one in self.handelser if one["slag"] == "rättelse"]
        found = [f"fattat av {on_behalf['vem']}"] if on_behalf is not None else []
        found += [f"rättat {max(corrections)}"] if corrections else []
        if self._annulments:
            found.append("upphävt" if self.is_annulled else "upphävt i en del")
        found += [f"upphävt från {day}" for day in self._to_come[:1]]
        return found

    @property
    def has_matrix(self) -> bool:
        """Whether the municipality publishes an overview of insatser and units, and has units to
        show in it."""
        return "matris" in self.kommun and bool(self.kommun.get("enheter"))

    def i_avdelning(self, avdelning_id: str) -> list[Insats]:
        """The insatser of one avdelning, in the order of print."""
        return [insats for insats in self.insatser if insats.data["avdelning"] == avdelning_id]


def judged(revision: Revision) -> Revision:
    """``revision`` as the rules see it: each of its files :func:`resolved`."""
    return replace(
        revision,
        kommun=resolved(revision.kommun),
        insatser=tuple(replace(insats, data=resolved(insats.data)) for insats in revision.insatser),
        riskanalyser={name: resolved(data) for name, data in revision.riskanalyser.items()},
    )


@immutable
class Beslut:
    """A frozen decision: the file, and the revision that it holds."""

    id: str
    document: Document = field(repr=False)
    revision: Revision

    @property
    def data(self) -> BeslutData:
        """The content of the file."""
        return accepted.beslut(self.document)

    @property
    def order(self) -> decision_ids.Place:
        """Where it comes among the decisions: by its day, and on a day by its paragraph, both as
        corrected."""
        facts = self.revision.beslut or {}
        day, number = decision_ids.order(self.id)
        return decision_ids.place(facts.get("datum", day), facts.get("paragraf", ""), number)


@immutable
class Handelse:
    """A frozen record of something that has happened to a decision or a proposal. ``id`` is its
    file name."""

    id: str
    document: Document = field(repr=False)

    @property
    def data(self) -> HandelseData:
        """The content of the file."""
        return accepted.handelse(self.document)

    @property
    def facts(self) -> Handelseuppgifter:
        """What has happened."""
        return self.data["händelse"]

    @property
    def about(self) -> str | None:
        """The id of the decision that it is about, None for a proposal."""
        return self.facts.get("beslut")


@immutable
class Riskanalys:
    """The municipality's risk, consequence and child analysis of one insats. ``id`` is its file
    name."""

    id: str
    document: Document = field(repr=False)

    @property
    def data(self) -> RiskanalysData:
        """The content of the file."""
        return accepted.riskanalys(self.document)


@immutable
class FileProblems:
    """A file that could not be used, and why. ``text`` is what could be read of it; ``unreadable``
    if not YAML. ``used`` tells that what is wrong only keeps it from being decided and printed, so
    that the rest of it is looked at."""

    path: Path
    problems: tuple[Problem, ...]
    text: str = field(default="", repr=False)
    unreadable: bool = True
    used: bool = False

    def told(self) -> str:
        """The first problem in a line, with its place. Lines to paste are lines only where they are
        printed so, as by lint."""
        first = self.problems[0]
        said, _, lines = first.remedy.partition("\n")
        if lines and (before := _BEFORE_LINES.fullmatch(said)):
            linted = (
                self.path.name == "kommun.yaml" or self.path.parent.name in inventory.KOMMUN.parts
            )
            shows = "Kommandot insatskoll lint visar rader att klistra in."
            said = f"{before[1]}{shows if linted else 'Lägg till det.'}"
        elif lines:
            said = first.remedy
        return (
            f"{shown(self.path)}:{first.span.line}:{first.span.column}: {first.message}. "
            f"{' '.join(said.split())}"
        )


@immutable
class Kommun:
    """One municipality's folder. ``document`` and ``revision`` are None when kommun.yaml could not
    be used.

    ``beslut`` and ``handelser`` are in order. ``problems`` are what keeps the municipality from
    being decided or printed: files that could not be used, and files that nobody reads. ``notes``
    are what is only to be told. ``accepted`` is the file of the changes that it has accepted, if
    there is one, and ``signed`` are the decisions and records with a signature beside them.
    """

    id: str
    folder: Path
    document: Document | None
    revision: Revision | None
    beslut: tuple[Beslut, ...] = ()
    handelser: tuple[Handelse, ...] = ()
    riskanalyser: tuple[Riskanalys, ...] = ()
    problems: tuple[FileProblems, ...] = ()
    notes: tuple[FileProblems, ...] = ()
    files: int = 0
    accepted: Document | None = None
    signed: frozenset[Path] = frozenset()


def swedish_order(text: str) -> str:
    """A sort key that puts å, ä and ö last and ignores case, without the machine's locale."""
    return text.casefold().translate({ord("å"): "{", ord("ä"): "|", ord("ö"): "}", ord("é"): "e"})


def make_beslut(kommun_id: str, document: Document) -> Beslut:
    """The decision that a file holds; the file's name is its id."""
    revision = decided_revision(kommun_id, accepted.beslut(document))
    return Beslut(document.path.stem, document, replace(revision, beslut_id=document.path.stem))


def decided_revision(kommun_id: str, data: BeslutData) -> Revision:
    """The revision inside a frozen decision's data."""
    content = data["innehåll"]
    insatser = [Insats(insats_id, insats) for insats_id, insats in content["insatser"].items()]
    return make_revision(
        kommun_id, content["kommun"], insatser, data["beslut"], content.get("riskanalyser", {})
    )


def absent(kommun_id: str) -> Revision:
    """What stands for a municipality that is not there: without insatser, and with nothing in
    kommun.yaml."""
    return Revision(kommun_id, cast("KommunData", {}), ())


def make_revision(
    kommun_id: str,
    kommun: KommunData,
    insatser: Iterable[Insats],
    beslut: Beslutsuppgifter | None = None,
    riskanalyser: Mapping[str, RiskanalysData] | None = None,
) -> Revision:
    """Puts the insatser in the order of print: by avdelning, in it as the avdelning lists them, and
    the rest by name."""
    order = {avdelning["id"]: index for index, avdelning in enumerate(kommun["avdelningar"])}
    listed = {
        name: index
        for avdelning in kommun["avdelningar"]
        for index, name in enumerate(avdelning.get("insatser", ()))
    }

    def key(insats: Insats) -> tuple[int, int, str, str]:
        place = listed.get(insats.id, len(listed))
        return (
            order.get(insats.data["avdelning"], len(order)),
            place,
            swedish_order(insats.namn),
            insats.id,
        )

    return Revision(kommun_id, kommun, tuple(sorted(insatser, key=key)), beslut, riskanalyser or {})
