"""Where the schemas lie beside a catalogue: in the project's own repository in ``schema``, and in a
municipality's in the folder that ``insatskoll schema`` writes."""

from __future__ import annotations

from pathlib import Path

HOME = Path(".insatskoll", "schema")
HOMES = (HOME, Path("schema"))


def file_name(kind: str) -> str:
    """The name of the file with the schema for a ``kind`` of files."""
    return f"{kind}.schema.json"


def in_reach(folder: Path) -> list[str]:
    """The schemas that lie beside a catalogue in ``folder``, for whoever keeps what was found with
    them."""
    return [path.as_posix() for home in HOMES for path in sorted((folder / home).glob("*.json"))]
