"""The files that rules, definitions and provisions are read from, the program's and a
municipality's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from insatskoll import resources
from insatskoll.catalogue.loading import load_document
from insatskoll.catalogue.model import FileProblems
from insatskoll.errors import Refused
from insatskoll.names import shown
from insatskoll.reading import accepted, builtin, files
from insatskoll.reading.document import Document
from insatskoll.reading.places import DataPath

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import RegelExemplen

EXAMPLES = "exempel"
BUILT_IN = "IK"  # how the ids of the program's own rules begin
FOLDERS = (
    "lagrum",
    "ordlistor",
    "definitioner",
    "regler",
)  # in a catalogue, each before what builds on it


class RuleError(Refused):
    """The rules, definitions or provisions cannot be used; the message says which file and why."""


def listed(catalogue: Path, folder: str) -> list[Path]:
    """The files in a ``folder`` of a catalogue. Raises :class:`RuleError` if a file stands in its
    place."""
    if files.there(catalogue / folder) and not (catalogue / folder).is_dir():
        raise RuleError(
            f"{shown(catalogue / folder)}: här finns en fil där en mapp väntades. "
            "Ersätt den med en mapp"
        )
    return sorted((catalogue / folder).glob("*.yaml"))


def own_files(catalogue: Path, own: Path, folder: str) -> list[Path]:
    """The files in a ``folder`` of one's ``own`` catalogue, without those of the program's that are
    copied as they are."""
    return [path for path in listed(own, folder) if not _is_copy(path, catalogue, own)]


def loaded(path: Path, kind: str, own: Path | None) -> Document:
    """What stands in the file of a ``kind``; no link leads to it from one's ``own`` catalogue.
    Raises :class:`RuleError`."""
    if own is None and path.is_relative_to(resources.CATALOGUE):
        name = path.relative_to(resources.CATALOGUE).as_posix()
        return Document.known(path, builtin.remembered(name, lambda: _needed(path, kind)))
    return _read(path, kind, own)


def _needed(path: Path, kind: str) -> Any:
    """What every run needs of one of the program's own files: a rule without its examples, which
    are most of it."""
    data = _read(path, kind, None).data
    if kind == "regel" and isinstance(data, dict):
        return {name: value for name, value in data.items() if name != EXAMPLES}
    return data


def examples(path: Path) -> RegelExemplen:
    """The examples of one of the program's own rules. Raises :class:`RuleError`."""
    return accepted.regel(_read(path, "regel", None))["exempel"]


def _read(path: Path, kind: str, own: Path | None) -> Document:
    document = load_document(path, kind, within=own)
    if isinstance(document, FileProblems):
        raise RuleError(document.told())
    return document


def placed(path: Path, document: Document | None, at: DataPath, *, key: bool = False) -> str:
    """Where in a file ``at`` stands, to begin a message with: ”regler/KOM001.yaml:12:5”; the
    program's own without a line."""
    if document is None:
        return shown(path)
    span = document.span(at, key=key)
    return f"{shown(path)}:{span.line}:{span.column}"


def _is_copy(path: Path, catalogue: Path, own: Path) -> bool:
    """Whether the file is one of the program's, copied as it is: it changes nothing."""
    built_in = catalogue / path.parent.name / path.name
    if not built_in.is_file():
        return False
    try:
        content = files.read(path, within=own)
    except files.Unread:
        return False
    return content.replace(b"\r\n", b"\n") == files.read(built_in).replace(b"\r\n", b"\n")


def refuse_rewriting(rewriting: Sequence[tuple[Path, str, str]]) -> None:
    """Raises :class:`RuleError` if one's own files would change what is the program's; each is
    given with the name taken and the place where it stands."""
    if not rewriting:
        return
    first, taken, place = rewriting[0]
    paths = list(dict.fromkeys(path for path, _, _ in rewriting))
    if len(paths) > 1:
        raise RuleError(_other_edition(paths))
    match first.parent.name:
        case "regler":
            said = f"egna regler får inte ha id som börjar på {BUILT_IN}. Välj egna bokstäver"
            said += ", till exempel KOM001"
        case "definitioner":
            said = f"definitionen ”{taken}” är programmets egen. Välj ett annat namn"
        case _:
            said = f"{taken} finns redan. Egna lagrum får inte skriva om andra"
    raise RuleError(f"{place}: {said}")


def _other_edition(paths: Sequence[Path]) -> str:
    folders = list(dict.fromkeys(path.parent for path in paths))
    alone = all(path in paths for folder in folders for path in folder.glob("*.yaml"))
    told = " och ".join(shown(folder) for folder in folders)
    where = "mappen" if len(folders) == 1 else "mapparna"
    what = f"{where} {told}" if alone else "dem"
    listed = ", ".join(shown(path.name) for path in paths[:3])
    more = f" och {len(paths) - 3} till" if len(paths) > 3 else ""
    return (
        f"Filer i {told} är programmets egna i en annan utgåva: {listed}{more}. Reglerna och det "
        f"som de bygger på följer med programmet. Ta bort {what}"
    )
