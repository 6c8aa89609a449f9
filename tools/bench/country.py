"""Makes a catalogue as large as the country's: the municipalities at hand many times over, no
two files alike."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

CATALOGUE = Path(__file__).parents[2] / "catalogue"
COPIES = 58  # of five municipalities: 290, as many as there are

_NAME = re.compile(r"^namn: (.+)$", re.MULTILINE)
_CODE = re.compile(r"^scb_kod: .+$", re.MULTILINE)


def make(folder: Path, copies: int = COPIES, after: int = 0) -> int:
    """Fills ``folder/catalogue`` with ``copies`` of every municipality, besides ``after`` that
    it has; gives how many files."""
    files = 0
    for source in sorted((CATALOGUE / "kommuner").iterdir()):
        for number in range(after, after + copies):
            target = folder / "catalogue" / "kommuner" / f"{source.name}-{number:03}"
            shutil.copytree(source, target)
            files += _told_apart(target, number)
    return files


def make_one(folder: Path) -> None:
    """Fills ``folder/catalogue`` with one municipality as it is."""
    shutil.copytree(
        CATALOGUE / "kommuner" / "uppsala", folder / "catalogue" / "kommuner" / "uppsala"
    )


def _told_apart(kommun: Path, number: int) -> int:
    files = sorted(kommun.rglob("*.yaml"))
    for path in files:
        text = path.read_text("utf-8")
        if path.parent.name != "beslut":
            text = _NAME.sub(lambda match: _numbered(match, number), text, count=1)
            text = _CODE.sub(f"scb_kod: '{number:04}'", text)
        path.write_text(f"{text}# {number}\n", "utf-8")
    return len(files)


def _numbered(match: re.Match[str], number: int) -> str:
    quote = match[1][-1] if match[1][-1] in "'\"" else ""
    return f"namn: {match[1].removesuffix(quote)} {number}{quote}"


def change_one(folder: Path) -> Callable[[], None]:
    """What changes one file of the country, each time otherwise."""
    path = sorted(folder.glob("catalogue/kommuner/*/insatser/*.yaml"))[0]
    before = path.read_text("utf-8")
    times = iter(range(10**6))

    def change() -> None:
        path.write_text(f"{before}# ändrad {next(times)}\n", "utf-8")

    return change
