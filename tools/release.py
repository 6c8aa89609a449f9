"""Cuts a release: the version stands in ``src/insatskoll/__init__.py``, and what has happened since
the one before in ``CHANGELOG.md``.

``release.py cut 1.2.0 2026-12-01`` gives what is unreleased that version and day;
``release.py notes v1.2.0 FILE`` writes what the changelog says of it, for the page of the release,
and refuses a tag that the files know nothing of.
"""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNRELEASED = "## [Unreleased]\n"
VERSION = re.compile(r'^__version__ = "(.*)"$', re.MULTILINE)
NUMBERS = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")


class ReleaseError(ValueError):
    """The files are not ready for the release; the message says why."""


def cut(root: Path, version: str, day: date) -> None:
    """Gives what is unreleased in the folder ``root`` a version and a day. Raises
    :class:`ReleaseError`, and has then written nothing."""
    changelog, module = root / "CHANGELOG.md", root / "src" / "insatskoll" / "__init__.py"
    text, code = changelog.read_text("utf-8"), module.read_text("utf-8")
    if not NUMBERS.fullmatch(version):
        raise ReleaseError(f"{version} is no version such as 1.2.0")
    if not _section(text, "Unreleased"):
        raise ReleaseError("nothing stands under Unreleased in CHANGELOG.md")
    before = [_numbers(one) for one in re.findall(r"^## \[([0-9.]+)\]", text, re.MULTILINE)]
    if before and _numbers(version) <= max(before):
        raise ReleaseError(f"{version} is not later than what has been released")
    dated = f"{UNRELEASED}\n## [{version}] - {day.isoformat()}\n"
    changelog.write_text(text.replace(UNRELEASED, dated, 1), "utf-8")
    module.write_text(VERSION.sub(f'__version__ = "{version}"', code), "utf-8")


def notes(root: Path, tag: str) -> str:
    """What the changelog in the folder ``root`` says of the version that ``tag`` names. Raises
    :class:`ReleaseError` if it says nothing, or if the program has another version."""
    version = tag.removeprefix("v")
    found = VERSION.search((root / "src" / "insatskoll" / "__init__.py").read_text("utf-8"))
    if found is None or found[1] != version:
        raise ReleaseError(f"the tag is {tag}, but the program's version {found and found[1]}")
    said = _section((root / "CHANGELOG.md").read_text("utf-8"), version)
    if not said:
        raise ReleaseError(f"CHANGELOG.md says nothing of {version}")
    return said


def _section(text: str, version: str) -> str:
    found = re.search(
        rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## \[|\Z)", text, re.MULTILINE | re.DOTALL
    )
    return found[1].strip() if found else ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    cutting = commands.add_parser("cut")
    cutting.add_argument("version")
    cutting.add_argument("day", type=date.fromisoformat)
    noting = commands.add_parser("notes")
    noting.add_argument("tag")
    noting.add_argument("file", type=Path)
    given = parser.parse_args()
    try:
        if given.command == "cut":
            cut(ROOT, given.version, given.day)
        else:
            given.file.write_text(notes(ROOT, given.tag) + "\n", "utf-8")
    except ReleaseError as error:
        sys.exit(f"release: {error}")


if __name__ == "__main__":
    main()
