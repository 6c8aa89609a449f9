"""The files of the catalogue that an editor may have open, and what each of them is."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from insatskoll.catalogue import formatting, right_names
from insatskoll.catalogue.file_names import in_kommun
from insatskoll.names import absolute, is_plain
from insatskoll.reading import files


def path_of(uri: str) -> Path | None:
    """The file that a URI names; None if it names none on this computer."""
    try:
        parts = urlsplit(uri)
        name = unquote(parts.path, errors="strict")
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or "\0" in name:
        return None
    if os.name == "nt":  # file:///c:/mapp
        name = name.lstrip("/")
    return absolute(name) if name else None


def uri_of(path: Path) -> str:
    """The URI of a file."""
    return absolute(path).as_uri()


def kommun_of(path: Path) -> Path | None:
    """The municipality's folder that a file of the catalogue lies in; None if it is no such file,
    so that other YAML is left alone."""
    if kind_of(path) is None or not is_plain(path.name):
        return None
    folder = path.parents[len(in_kommun(path.with_name(_right_name(path)))) - 1]
    known = folder.parent.name == "kommuner" or files.there(folder / "kommun.yaml")
    return folder if known and not folder.is_symlink() else None


def kind_of(path: Path) -> str | None:
    """The kind of a file, by its folder or its name; where only the form of its name is wrong, of
    what it should be called."""
    right = path.with_name(_right_name(path))
    if right.suffix != ".yaml":
        return None
    in_beslut = path == right and in_kommun(path)[0] == "beslut"
    return "beslut" if in_beslut else formatting.kind_of(right)


def _right_name(path: Path) -> str:
    """The name that a file has, or should have where only its form is wrong."""
    if path.suffix == ".yaml":
        return path.name
    return right_names.of(path.parts[-2:]) or right_names.of(path.parts[-1:]) or path.name
