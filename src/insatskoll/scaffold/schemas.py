"""The schemas as they are laid beside a catalogue, for editors and other programs, and the settings
that lead an editor to them.

Each is whole in itself: what it shares with the others is written in it, so that no program has to
fetch anything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from insatskoll.catalogue.schema_files import HOME, file_name
from insatskoll.reading.samples import schemas

# The kinds of files that people write in a catalogue, with where they lie in it.
IN_CATALOGUE: Mapping[str, str] = {
    "kommun": "kommuner/*/kommun.yaml",
    "profil": "kommuner/*/profil.yaml",
    "godtagna": "kommuner/*/godtagna.yaml",
    "insats": "kommuner/*/insatser/*.yaml",
    "beslut": "kommuner/*/beslut/*.yaml",
    "handelse": "kommuner/*/händelser/*.yaml",
    "riskanalys": "kommuner/*/riskanalyser/*.yaml",
    "regel": "regler/*.yaml",
    "definition": "definitioner/*.yaml",
    "ordlista": "ordlistor/*.yaml",
    "lagrum": "lagrum/*.yaml",
    "begrepp": "begrepp/*.yaml",
}
# Those beside the catalogue, and those that programs write and read.
BESIDE: Mapping[str, str] = {"konfiguration": "insatskoll.yaml"}
_FOR_PROGRAMS = ("baslinje", "rapport", "importrapport", "diff", "bilaga", "diarium")
_COMMENT = (
    "Skriven av insatskoll schema, som också skriver om den när programmet är nyare. "
    "Ändra inget här."
)
_END = ".schema.json"


def copies(folder: Path) -> dict[Path, bytes]:
    """The schemas as they are to lie below ``folder``."""
    kinds = (*IN_CATALOGUE, *BESIDE, *_FOR_PROGRAMS)
    return {folder / HOME / file_name(kind): whole(kind).encode() for kind in kinds}


def whole(kind: str) -> str:
    """The schema for a ``kind`` of files as text, with all that it refers to written in it."""
    name = file_name(kind)
    held = _Held(name)
    content: dict[str, Any] = held.moved(schemas()[name], name)
    held.gather()
    first = {key: content.pop(key) for key in ("$schema", "$id")}
    own: dict[str, Any] = content.pop("$defs", {})
    shared = dict(sorted(held.written.items()))
    written = {**first, "$comment": _COMMENT, **content}
    if own or shared:
        written["$defs"] = {**own, **shared}
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"


class _Held:
    """What one schema holds of the others, by the name that it has in it: ``gemensamt.rad``."""

    def __init__(self, top: str) -> None:
        self.top = top
        self.written: dict[str, Any] = {}
        self._waiting: list[tuple[str, str]] = []

    def gather(self) -> None:
        """Takes in all that is referred to, and all that it refers to in turn."""
        while self._waiting:
            file, pointer = self._waiting.pop()
            name = self._name(file, pointer)
            if name in self.written:
                continue
            node = schemas()[file]
            for step in filter(None, pointer.split("/")):
                node = node[step]
            inner = {key: value for key, value in node.items() if key not in _OF_A_FILE}
            self.written[name] = self.moved(inner if not pointer else node, file)

    def moved(self, node: Any, file: str) -> Any:
        """``node``, out of the schema ``file``, with its references as they are in the whole."""
        if isinstance(node, list):
            return [self.moved(one, file) for one in node]
        if not isinstance(node, dict):
            return node
        found = {key: self.moved(value, file) for key, value in node.items()}
        if isinstance(reference := node.get("$ref"), str):
            there, _, pointer = reference.partition("#")
            found["$ref"] = self._reference(there or file, pointer)
        return found

    def _reference(self, file: str, pointer: str) -> str:
        if file == self.top:
            return f"#{pointer}"
        self._waiting.append((file, pointer))
        return f"#/$defs/{self._name(file, pointer)}"

    @staticmethod
    def _name(file: str, pointer: str) -> str:
        return ".".join((file.removesuffix(_END), *pointer.split("/")[2:]))


# What a schema says of itself as a file, and its own definitions, which are taken in one by one.
_OF_A_FILE = ("$schema", "$id", "$defs")
