"""Starts a new insats in a municipality: a file that passes its schema, and explains the fields
that are left to fill in."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from insatskoll.catalogue import modelines
from insatskoll.catalogue.file_names import free_id
from insatskoll.catalogue.model import Kommun, Revision
from insatskoll.errors import Refused
from insatskoll.meant import MORE, Choices, listed
from insatskoll.names import folded, short, shown
from insatskoll.reading import samples
from insatskoll.scaffold.commented import New
from insatskoll.scaffold.kommun import checked
from insatskoll.values import immutable

# A finding is accepted when there is one, and a new insats has had no other id.
_LEFT_OUT = ("avvikelser", "tidigare_id")
_ALIKE = 0.85  # of likeness, for two insatser to be told of as perhaps the same


@immutable
class Wanted:
    """An insats to begin on: its name, its type, the id of its section, and who takes part, if
    that is known."""

    namn: str
    insatstyp: str
    avdelning: str
    deltagare: Sequence[str] = ()


@immutable
class Begun:
    """The new file and its content, and what somebody has to know or do."""

    path: Path
    content: bytes
    told: tuple[str, ...] = field(default=())


def types() -> list[str]:
    """What an insats can be."""
    return samples.choices(samples.beside("insats", ("insatstyp",))["insatstyp"])


def participants() -> list[str]:
    """Who can take part in an insats."""
    return samples.choices(samples.beside("insats", ("målgrupp", "deltagare"))["deltagare"])


def sections(revision: Revision) -> dict[str, str]:
    """The municipality's sections: their names by id."""
    return {one["id"]: one["namn"] for one in revision.kommun["avdelningar"]}


def chosen(what: str, written: str, known: Mapping[str, str] | Sequence[str]) -> str:
    """The one of ``known`` that is ``written``, by its id or its name. Raises :class:`Refused`,
    which lists them, if none is; ``what`` is what they are."""
    names = dict(known) if isinstance(known, Mapping) else {name: name for name in known}
    for one, name in names.items():
        if written.casefold() in (one.casefold(), name.casefold()):
            return one
    near = Choices([*names, *names.values()]).meant(written)
    question = f" Menade du {near}?" if near else ""
    raise Refused(f"{what} ”{short(written)}” finns inte.{question} {there_is(written, names)}")


def there_is(written: str, known: Iterable[str]) -> str:
    """The likeliest of what can be chosen instead of what is ``written``, in a sentence, and where
    the rest is."""
    told = f"Det finns {listed(written, list(known))}."
    return f"{told} Kommandot insatskoll explain insatstyp visar alla." if MORE in told else told


def begun(wanted: Wanted, kommun: Kommun, revision: Revision) -> Begun:
    """A new insats in ``kommun``, whose files are ``revision``.

    Raises :class:`Refused` if there is one with that id or name already, or if something cannot be
    used.
    """
    insats_id = free_id(wanted.namn, "insats")
    path = kommun.folder / "insatser" / f"{insats_id}.yaml"
    _refuse_twin(path, wanted.namn, revision)
    values: dict[str, object] = {
        "namn": wanted.namn,
        "insatstyp": wanted.insatstyp,
        "avdelning": wanted.avdelning,
    }
    if wanted.deltagare:
        values["målgrupp"] = {"deltagare": list(dict.fromkeys(wanted.deltagare))}
    units = [one["id"] for one in revision.kommun.get("enheter", ())]
    examples = {"utförare": {"enheter": units[:2]}} if units else {}
    new = New("insats", values, examples=examples, left_out=_LEFT_OUT)
    content = checked(new, modelines.line(path, "insats"), path)
    return Begun(path, content, tuple(_told(insats_id, wanted, kommun, revision)))


def _refuse_twin(path: Path, namn: str, revision: Revision) -> None:
    """Raises :class:`Refused` if the file exists, or one whose name only some disks can tell from
    it, or an insats with the same name."""
    beside = path.parent.iterdir() if path.parent.is_dir() else ()
    for other in sorted(beside):
        if folded(other.name) == path.name:
            raise Refused(f"{shown(other)} finns redan och skrivs inte över.")
    for insats in revision.insatser:
        if _same(insats.namn) == _same(namn):
            where = shown(path.with_name(f"{insats.id}.yaml"))
            raise Refused(f"Insatsen ”{short(insats.namn)}” finns redan, i {where}.")


def _same(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def _told(insats_id: str, wanted: Wanted, kommun: Kommun, revision: Revision) -> list[str]:
    """What to look at besides the new file: insatser that may be the same, and the order in which
    the section's are printed."""
    told = []
    known = {_same(insats.namn): insats for insats in revision.insatser}
    near = difflib.get_close_matches(_same(wanted.namn[:300]), known, n=3, cutoff=_ALIKE)
    if near:
        listed = ", ".join(short(known[name].namn) for name in near)
        told.append(f"Det finns insatser med nästan samma namn: {listed}.")
    for index, section in enumerate(revision.kommun["avdelningar"]):
        if section["id"] == wanted.avdelning and "insatser" in section:
            assert kommun.document is not None
            line = kommun.document.span(("avdelningar", index, "insatser")).line
            where = f"på rad {line} i {shown(kommun.document.path)}"
            told.append(
                f"Avdelningen {short(section['namn'])} trycker sina insatser i en bestämd ordning: "
                f"skriv {insats_id} i listan insatser {where}."
            )
    return told
