"""What leads an editor to the schemas: the settings of VS Code in the folder that has the
catalogue, with whatever else stands in them kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from insatskoll.catalogue.schema_files import HOME, file_name
from insatskoll.patterns import later
from insatskoll.reading import files
from insatskoll.scaffold.schemas import BESIDE, IN_CATALOGUE
from insatskoll.values import immutable

SETTINGS = Path(".vscode", "settings.json")
_KEY = "yaml.schemas"
_PLAIN = later(r"[A-Za-z0-9_.-]+")


@immutable
class Settings:
    """The file of settings at ``path``: what is there ``before`` and what is to be there
    ``after``, None where it cannot be changed without losing something. ``to_add`` is then what
    somebody has to write in it."""

    path: Path
    before: bytes | None
    after: bytes | None
    to_add: str = ""


def settings(folder: Path, catalogue: Path) -> Settings:
    """The settings for ``folder``, in which the ``catalogue`` lies. Raises :class:`files.Unread`
    if there are some that cannot be read."""
    path = folder / SETTINGS
    wanted = _wanted(catalogue.relative_to(folder).as_posix())
    if not files.there(path):
        return Settings(path, None, _text({_KEY: wanted}, 2))
    raw = files.read(path)
    held = _object(raw)
    known = held.get(_KEY, {}) if held is not None else None
    if held is None or not isinstance(known, dict):
        done = all(f'"{schema}"'.encode() in raw for schema in wanted)
        return Settings(path, raw, raw if done else None, _text({_KEY: wanted}, 2).decode())
    merged = {**known, **{name: _both(known.get(name), one) for name, one in wanted.items()}}
    if merged == known:
        return Settings(path, raw, raw)
    return Settings(path, raw, _text({**held, _KEY: merged}, _indentation(raw)))


def _wanted(catalogue: str) -> dict[str, list[str]]:
    """The schemas of each kind of files, by where they lie, with where the files do."""
    inside = "".join(f"{_pattern(step)}/" for step in catalogue.split("/") if step != ".")
    where = {kind: f"{inside}{place}" for kind, place in IN_CATALOGUE.items()} | dict(BESIDE)
    return {(HOME / file_name(kind)).as_posix(): [place] for kind, place in where.items()}


def _pattern(step: str) -> str:
    """A folder's name as a pattern for it. Editors compare patterns with encoded addresses, so that
    what is written otherwise in those is left open."""
    return step if _PLAIN.fullmatch(step) else "*"


def _object(raw: bytes) -> dict[str, Any] | None:
    """The settings as data; None where they have comments, or are none."""
    try:
        held = json.loads(raw, object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, dict) else None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) != len(pairs):
        raise ValueError("a field that stands twice")
    return held


def _both(known: Any, wanted: list[str]) -> Any:
    """The places of a schema's files: those that are there already, and ours."""
    places = [known] if isinstance(known, str) else list(known or ())
    return [*places, *(one for one in wanted if one not in places)]


def _indentation(raw: bytes) -> int | str:
    found = re.search(rb'\n([ \t]+)"', raw)
    return found[1].decode() if found else 2


def _text(held: Mapping[str, Any], indentation: int | str) -> bytes:
    return (json.dumps(held, ensure_ascii=False, indent=indentation) + "\n").encode()
