"""Starts a new municipality: its folder, and what its catalogue needs where there was none."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from insatskoll import resources
from insatskoll.catalogue import modelines
from insatskoll.catalogue.workspace import SETTINGS_FILE
from insatskoll.errors import Refused
from insatskoll.ids import id_of
from insatskoll.names import folded, short, shown
from insatskoll.reading import document, files, hygiene, schema
from insatskoll.scaffold import forges, municipalities, shared
from insatskoll.scaffold.commented import New
from insatskoll.values import immutable

TITLE = "Insatser utan behovsprövning"
_IGNORED = resources.TEMPLATES / "start" / "gitignore"
_LEFT_OUT = ("avvikelser",)  # a finding is accepted when there is one


@immutable
class Wanted:
    """A municipality to begin on: what it is called in full, its id, its code at SCB if it is
    known, its nämnd, the names of the bilaga's sections, its layout, and the forge to write a
    workflow for."""

    namn: str
    id: str
    scb_kod: str | None = None
    nämnd: str = "Socialnämnden"
    avdelningar: tuple[str, ...] = ("Insatser",)
    layout: str | None = None
    forge: str | None = None


@immutable
class Begun:
    """The files to be written in ``folder``, or beside it, none of which is to be there, but for
    the editor's settings, which ``before`` holds; ``told`` is what somebody has to do."""

    folder: Path
    files: Mapping[Path, bytes]
    before: Mapping[Path, bytes | None]
    told: tuple[str, ...] = ()


def usable_name(written: str) -> str:
    """A name as it is used, without what stands around it. Raises :class:`Refused` if it is none,
    and says what it is instead."""
    name = unicodedata.normalize("NFC", written).strip(" \t\u00a0")
    if any(character in name for character in "\r\n\u2028\u2029"):
        raise Refused("Namnet är på flera rader. Skriv det på en.")
    if not name.isprintable():
        raise Refused("Namnet innehåller tecken som inte syns. Skriv det för hand.")
    if not id_of(name):
        raise Refused(
            f"”{short(name)}” går inte att använda som namn: det har varken bokstäver eller "
            "siffror."
        )
    return name


def begun(wanted: Wanted, folder: Path, catalogue: Path) -> Begun:
    """A new municipality in the ``catalogue`` that lies, or is to lie, in ``folder``.

    Raises :class:`Refused` if there is one already, or if something cannot be used.
    """
    home = catalogue / "kommuner" / wanted.id
    _refuse_twin(home)
    around = beside(folder, catalogue)
    written = dict(around.files)
    if wanted.forge is not None:
        path, content = forges.workflow(wanted.forge, folder)
        written[path] = content
    written[home / "kommun.yaml"] = _kommun(wanted, home / "kommun.yaml", folder)
    if not files.there(home / "insatser"):
        written[home / "insatser" / ".gitkeep"] = b""
    before = {path: around.before.get(path) for path in written}
    return Begun(home, written, before, around.told)


def beside(folder: Path, catalogue: Path) -> Begun:
    """What is to lie beside the ``catalogue`` in ``folder`` and does not yet: settings, schemas,
    what leads an editor to them, and what git is to leave out."""
    planned = _shared(folder, catalogue)
    new = {folder / SETTINGS_FILE: _settings(folder, catalogue), folder / ".gitignore": None}
    written = dict(planned.files)
    told = [_by_hand(planned.to_add)] if planned.to_add else []
    for path, text in new.items():
        if not files.there(path):
            written[path] = text if text is not None else files.read(_IGNORED)
        elif path.name == ".gitignore" and b"ut/" not in files.read(path):
            told.append(f"Lägg till raden ut/ i {shown(path)}, så att bilagorna inte sparas i git.")
    before = {path: planned.before.get(path) for path in written}
    return Begun(folder, written, before, tuple(told))


def _refuse_twin(home: Path) -> None:
    """Raises :class:`Refused` if the municipality exists, or a folder whose name only some disks
    can tell from it. One that only lacks its kommun.yaml may be begun on."""
    beside = sorted(home.parent.iterdir()) if home.parent.is_dir() else ()
    for path in beside:
        if folded(path.name) != home.name:
            continue
        if path.name != home.name or path.is_symlink() or files.there(path / "kommun.yaml"):
            raise Refused(f"{shown(path)} finns redan och skrivs inte över.")


def _shared(folder: Path, catalogue: Path) -> shared.Planned:
    """The schemas and settings that are to be written; none where schemas lie already, which the
    command schema keeps."""
    if modelines.line(catalogue / "kommuner" / "x" / "kommun.yaml", "kommun"):
        return shared.Planned({}, {})
    return shared.planned(folder, catalogue)


def _by_hand(to_add: str) -> str:
    return f"Lägg själv till det här i .vscode/settings.json:\n{to_add}"


def _settings(folder: Path, catalogue: Path) -> bytes:
    values = {"katalog": catalogue.relative_to(folder).as_posix(), "underkänn_från": "fel"}
    path = folder / SETTINGS_FILE
    return (
        New("konfiguration", values).text(modelines.line_to(path, "konfiguration", folder)).encode()
    )


def _kommun(wanted: Wanted, path: Path, folder: Path) -> bytes:
    """The text of kommun.yaml. Raises :class:`Refused` if something in it cannot be used."""
    sections = [{"id": id_of(name), "namn": name} for name in wanted.avdelningar]
    values: dict[str, object] = {"namn": wanted.namn}
    notes = {}
    if wanted.scb_kod is not None:
        values["scb_kod"] = wanted.scb_kod
        known = municipalities.coded(wanted.scb_kod)
        notes["scb_kod"] = f"{wanted.scb_kod} är {known.name} i {known.county}." if known else ""
    values["nämnd"] = wanted.nämnd
    if wanted.layout is not None:
        values["layout"] = wanted.layout
    values |= {"bilaga": {"titel": TITLE}, "avdelningar": sections}
    notes["avdelningar"] = "Varje insats hör till en av dem, med dess id."
    new = New("kommun", values, notes, left_out=_LEFT_OUT)
    return checked(new, modelines.line_to(path, "kommun", folder), path)


def checked(new: New, first: str, path: Path) -> bytes:
    """The text of a new file at ``path``, which the reader and the schema must accept. Raises
    :class:`Refused`."""
    try:
        text = new.text(first)
        errors = schema.errors(document.parse(path, text).data, new.kind)
    except hygiene.UnreadableDocument as error:
        raise Refused(
            f"Det går inte att skriva {shown(path)}: {error.problems[0].message}."
        ) from None
    if errors:
        where = ".".join(map(str, errors[0].path))
        raise Refused(f"{where}: {errors[0].message}. {errors[0].remedy}")
    return text.encode()
