"""The first line of a file that tells an editor which schema explains it: how it is written, and
whether it leads to a schema."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from insatskoll.catalogue import workspace
from insatskoll.catalogue.file_names import in_kommun
from insatskoll.catalogue.model import FileProblems, Kommun
from insatskoll.catalogue.schema_files import HOME, HOMES, file_name
from insatskoll.names import above_catalogue, absolute, repository
from insatskoll.patterns import later
from insatskoll.reading import files
from insatskoll.reading.places import Problem, Span

_MARK = "# yaml-language-server: $schema="
# As yaml-language-server reads it: in the first comments, or, in earlier editions, in any.
_MODELINE = later(
    r"^[ \t]*#[ \t]+(?:yaml-language-server[ \t]*:.*?\$schema(?:=|:[ \t]*)|\$schema:[ \t]*)(\S+)",
    re.MULTILINE,
)
_ELSEWHERE = later(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\~]")  # a way that does not begin at the file
_RULE = "IK912"
_NOWHERE = "Redigerarens hjälp fungerar inte: raden leder till ett schema som inte finns"
_AWAY = (
    "Redigeraren hämtar sin hjälp utanför katalogen: raden leder till något annat än ett schema här"
)


def line(path: Path, kind: str) -> str:
    """The line, with its end, that a file of a ``kind`` at ``path`` begins with; empty where no
    schema is in reach."""
    found = _schema_for(absolute(path), kind)
    return _written(found, absolute(path)) if found is not None else ""


def line_to(path: Path, kind: str, folder: Path) -> str:
    """As :func:`line`, where the schemas may be about to be laid in ``folder``."""
    return line(path, kind) or _written(absolute(folder) / HOME / file_name(kind), absolute(path))


def without(text: str) -> str:
    """The text of a file without the line, where it begins with it."""
    first, _, rest = text.partition("\n")
    found = _MODELINE.match(first)
    return rest if found is not None and not first[found.end() :].strip() else text


def _written(schema: Path, path: Path) -> str:
    return f"{_MARK}{Path(os.path.relpath(schema, path.parent)).as_posix()}\n"


def _schema_for(path: Path, kind: str) -> Path | None:
    """The nearest schema for a file of a ``kind`` at the absolute ``path``."""
    end = _end(path.parent)
    for folder in (path.parent, *path.parent.parents):
        for home in HOMES:
            schema = folder / home / file_name(kind)
            if schema.is_file():
                return schema
        if folder == end:
            break
    return None


def _end(folder: Path) -> Path:
    """The folder that all in reach of the absolute ``folder`` lies in: its repository or, where
    there is none, the folder that has the catalogue."""
    top = absolute(workspace.top())
    known = top if folder.is_relative_to(top) else above_catalogue(folder)
    return repository(folder) or known or folder


def checked(kommun: Kommun, look: bytes | None = None) -> Kommun:
    """``kommun`` with a note if the line leads nowhere in any of its files: at the first of them,
    with how many there are. ``look`` is the content of profil.yaml, if it is not to be read."""
    end = _end(absolute(kommun.folder))
    lost = [
        (path, text, *found)
        for path, text in _texts(kommun, look)
        if (found := _leads_nowhere(path, text, end)) is not None
    ]
    if not lost:
        return kommun
    path, text, why, span = lost[0]
    right = line(path, _kind_of(path)).strip()
    remedy = (
        f"Byt raden mot {right}"
        if right
        else "Kommandot insatskoll schema skriver scheman. Raden går också att ta bort."
    )
    more = f" Det gäller {len(lost)} filer." if len(lost) > 1 else ""
    problem = Problem(_RULE, why, span, f"{remedy}{more}", level="råd")
    note = FileProblems(path, (problem,), text, unreadable=False, used=True)
    return replace(kommun, notes=(*kommun.notes, note))


def _texts(kommun: Kommun, look: bytes | None) -> Iterator[tuple[Path, str]]:
    """The files of a municipality that could be read, in the order of the report."""
    insatser = kommun.revision.insatser if kommun.revision is not None else ()
    documents = (
        kommun.document,
        *(insats.document for insats in insatser),
        *(analys.document for analys in kommun.riskanalyser),
        *(beslut.document for beslut in kommun.beslut),
        *(handelse.document for handelse in kommun.handelser),
        kommun.accepted,
    )
    yield from ((one.path, one.text) for one in documents if one is not None)
    profile = kommun.folder / "profil.yaml"
    if look is not None:
        yield profile, look.decode("utf-8", "replace")
    elif profile.is_file():
        with suppress(files.Unread):
            yield profile, files.read_text(profile, within=kommun.folder)


def _kind_of(path: Path) -> str:
    """The kind of a file in a municipality's folder, by the folder that it lies in."""
    parts = {
        "insatser": "insats",
        "riskanalyser": "riskanalys",
        "beslut": "beslut",
        "händelser": "handelse",
    }
    *part, name = in_kommun(path)
    return parts[part[0]] if part else name.removesuffix(".yaml")


def _leads_nowhere(path: Path, content: str, end: Path) -> tuple[str, Span] | None:
    """What is wrong with the line in a file, and where, if it leads anywhere but to a file in the
    folder ``end``."""
    if "$schema" not in content:
        return None
    for found in _MODELINE.finditer(content):
        number = content.count("\n", 0, found.start()) + 1
        start = content.rfind("\n", 0, found.start(1)) + 1
        span = Span(number, found.start(1) - start + 1, number, found.end(1) - start + 1)
        if _ELSEWHERE.match(found[1]):
            return _AWAY, span
        schema = absolute(path.parent / found[1])
        if not (schema.is_relative_to(end) and os.path.isfile(schema)):  # noqa: PTH113 (never raises)
            return _NOWHERE, span
    return None
