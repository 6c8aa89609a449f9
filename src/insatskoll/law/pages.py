"""Pages in Markdown made out of the catalogue's own files: how text stands in them, and a folder of
them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from insatskoll.reading import files

_MADE = "<!-- Framställd ur "  # how every page that was made here begins


def made(source: str, command: str, changed: str) -> str:
    """The first line of a page: what it was made out of, by which command, and what to change
    (in Swedish)."""
    return f"{_MADE}{source} av insatskoll {command}. Ändra i {changed} och kör make docs. -->"


def plain(text: str) -> str:
    """Text as a paragraph of Markdown, in which nothing is taken for markup."""
    return "".join(f"\\{c}" if c in "\\`*_<>[]|#" else c for c in " ".join(text.split()))


def cell(text: str) -> str:
    """Text as a cell of a table."""
    return text.replace("|", "\\|")


def drift(pages: Mapping[str, str], folder: Path) -> list[Path]:
    """The files in ``folder`` that are not as ``pages`` (by file name) has them: missing, changed
    or left over."""
    changed = [folder / name for name, text in pages.items() if _text(folder / name) != text]
    return sorted([*changed, *left_over(pages, folder)])


def left_over(pages: Mapping[str, str], folder: Path) -> list[Path]:
    """Pages that were made here and are no longer among ``pages``. A file of another origin is none
    of them."""
    found = sorted(folder.glob("*.md"))
    return [p for p in found if p.name not in pages and (_text(p) or "").startswith(_MADE)]


def _text(path: Path) -> str | None:
    try:
        return files.read_text(path)
    except files.Unread:
        return None
