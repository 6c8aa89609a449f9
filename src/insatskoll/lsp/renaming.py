"""Another id for a unit, a section or an insats: in all files at once.

An insats is called as its file, so that the file gets another name too, and remembers the one it
had (``tidigare_id``), by which it is known in what has been decided. Decisions are left as they
are.
"""

from __future__ import annotations

import re
from pathlib import Path

from lsprotocol import types

from insatskoll.catalogue import referring
from insatskoll.catalogue.canonical import to_flow
from insatskoll.catalogue.file_names import hindrance
from insatskoll.errors import Refused
from insatskoll.law.predicates.registry import ToWrite
from insatskoll.lint import suggestions
from insatskoll.lsp import files, registers
from insatskoll.lsp.kommuner import Held
from insatskoll.lsp.registers import Use
from insatskoll.lsp.texts import Text
from insatskoll.names import shown
from insatskoll.reading import files as disk
from insatskoll.reading import samples
from insatskoll.reading.document import Document
from insatskoll.reading.places import value_at

_CALLED = {
    referring.UNIT: "Enheten",
    referring.SECTION: "Avdelningen",
    referring.INSATS: "Insatsen",
}


class CannotRename(Refused):
    """The id cannot be changed to what is asked; the message says why."""


def asked(held: Held, document: Document, text: Text, index: int) -> types.PrepareRenameResult:
    """What can get another id at the character ``index`` of a file. Raises
    :class:`CannotRename`."""
    use = _renamable(held, document, index)
    return types.PrepareRenamePlaceholder(text.range(*document.extent(use.path)), use.id)


def _renamable(held: Held, document: Document, index: int) -> Use:
    use = registers.use_at(held, document, index)
    if use is None or use.register not in registers.OWN:
        raise CannotRename(
            "Det som går att byta id på är en enhet, en avdelning eller en insats. Ställ markören "
            "på id:t, eller på insatsens namn."
        )
    return use


def edit(
    held: Held, document: Document, index: int, new: str, encoding: str
) -> types.WorkspaceEdit:
    """The edits that change the id at the character ``index`` of a file to ``new``. Raises
    :class:`CannotRename`."""
    use = _renamable(held, document, index)
    _check(held, use, new)
    changes: dict[Path, list[types.TextEdit]] = {}
    for other in registers.uses(held):
        if (other.register, other.id) != (use.register, use.id):
            continue
        if other.register == referring.INSATS and other.names:
            continue  # the file's own name
        text = Text(other.document.text, encoding)
        range_ = text.range(*other.document.extent(other.path))
        changes.setdefault(other.document.path, []).append(types.TextEdit(range_, _written(new)))
    moved: list[types.RenameFile] = []
    if use.register == referring.INSATS:
        own = held.folder / "insatser" / f"{use.id}.yaml"
        file = held.document(own)
        assert file is not None
        changes.setdefault(own, []).append(_remembering(file, use.id, encoding))
        for part in ("insatser", "riskanalyser"):
            old = held.folder / part / f"{use.id}.yaml"
            if held.document(old) is not None:
                to = files.uri_of(old.with_name(f"{new}.yaml"))
                moved.append(types.RenameFile(files.uri_of(old), to))
    edited = [
        types.TextDocumentEdit(
            types.OptionalVersionedTextDocumentIdentifier(files.uri_of(path), None), list(edits)
        )
        for path, edits in sorted(changes.items())
    ]
    return types.WorkspaceEdit(document_changes=[*edited, *moved])


def _written(new: str) -> str:
    return to_flow([new])[1:-1]


def _check(held: Held, use: Use, new: str) -> None:
    """Raises :class:`CannotRename` unless ``new`` is an id that nothing has, and all that refers to
    the old one is known."""
    known = samples.schemas()["gemensamt.schema.json"]["$defs"]["id"]
    if not re.fullmatch(known["pattern"], new) or len(new) > known["maxLength"] or "\n" in new:
        raise CannotRename(str(known["patternErrorMessage"]))
    if any(one.id == new for one in registers.entries(held, use.register)):
        raise CannotRename(f"{_CALLED[use.register]} {new} finns redan.")
    if unread := held.unreadable:
        raise CannotRename(
            f"Rätta först {shown(unread[0])}, som inte går att läsa: den kan hänvisa till {use.id}."
        )
    if use.register == referring.INSATS:
        file = held.folder / "insatser" / f"{use.id}.yaml"
        if held.document(file) is None:
            raise CannotRename(f"Insatsen {use.id} har ingen fil som går att läsa.")
        if (wrong := hindrance((f"{new}.yaml",))) is not None:
            raise CannotRename(f"{wrong.message}. Skriv ett annat id.")
        for part in ("insatser", "riskanalyser"):
            if disk.there(held.folder / part / f"{new}.yaml"):
                raise CannotRename(f"Det finns redan en fil {part}/{new}.yaml.")


def _remembering(document: Document, old: str, encoding: str) -> types.TextEdit:
    """The edit that notes in an insats's file the id that it had. Raises :class:`CannotRename`."""
    text, stood = Text(document.text, encoding), value_at(document.data, ("tidigare_id",))
    if isinstance(stood, str):
        range_ = text.range(*document.extent(("tidigare_id",)))
        return types.TextEdit(range_, to_flow([stood, old]))
    fields = {"tidigare_id": [old] if isinstance(stood, list) else old}
    found = suggestions.of(ToWrite("insats", (), fields), document)
    if found is None or len(found.edits) != 1:
        raise CannotRename(
            f"Skriv först tidigare_id: {old} för hand i {shown(document.path)}, och byt sedan id."
        )
    return types.TextEdit(text.span(found.edits[0].span), found.edits[0].text)
