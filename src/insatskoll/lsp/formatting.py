"""A file in its one layout, as edits."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from insatskoll.catalogue import formatting
from insatskoll.lsp.texts import Text
from insatskoll.reading import document, tidy
from insatskoll.reading.hygiene import UnreadableDocument


def edits(path: Path, text: Text) -> list[types.TextEdit]:
    """What gives the file ``path`` its layout; nothing if it has it, or cannot be read or changed
    without more being changed."""
    kind = formatting.kind_of(path)
    if kind is None or path.parent.name == "beslut":
        return []
    try:
        document.decode(path, text.source.encode("utf-8", "surrogatepass"))
        new = formatting.formatted(text.source, kind)
    except (UnreadableDocument, tidy.Untidy):
        return []
    return text.replaced_by(new)
