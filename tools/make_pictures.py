"""Makes the pictures in docs/bilder out of real output: a lint report, and pages of a rendered
bilaga.

Needs Chromium and poppler-utils. Run it from the repository when the look has changed.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pikepdf
from rich.console import Console

from insatskoll.bilaga.render import render_bilaga
from insatskoll.catalogue import loading
from insatskoll.diff.facts import compare
from insatskoll.diff.forms import pages
from insatskoll.diff.telling import Telling
from insatskoll.law.rules import load_rules
from insatskoll.lint.reporters import text
from insatskoll.lint.run import lint
from insatskoll.resources import CATALOGUE

TARGET = Path(__file__).parents[1] / "docs" / "bilder"
UPPSALA = CATALOGUE / "kommuner" / "uppsala"


def main() -> None:
    """Writes granskning.png, ändringar.png, bilaga.png and a picture of each layout."""
    with tempfile.TemporaryDirectory() as folder:
        report_picture(Path(folder))
        changes_picture(Path(folder))
        bilaga_picture(Path(folder))
        layout_pictures(Path(folder))


def report_picture(folder: Path) -> None:
    """The report on the files that have the most to show, as a terminal shows it."""
    report = lint([loading.load_kommun(UPPSALA)], load_rules(), loading.load_begrepp(CATALOGUE))
    wanted = frozenset(
        UPPSALA / "insatser" / f"{name}.yaml"
        for name in ("gruppverksamhet-vid-trappan", "plats-på-härbärge")
    )
    console = Console(
        record=True,
        width=112,
        file=(folder / "discarded").open("w"),
        force_terminal=True,
        highlight=False,
    )
    for renderable in text.render(report.restricted({UPPSALA: wanted}), waived=True):
        console.print(renderable)
    svg = re.sub(
        r"@font-face \{.*?\}",
        "",
        console.export_svg(title="insatskoll lint", unique_id="bild"),
        flags=re.DOTALL,
    )
    svg = svg.replace("Fira Code", "DejaVu Sans Mono")
    _, _, width, height = map(float, re.findall(r'viewBox="([^"]+)"', svg)[0].split())
    page = f'<body style="margin:0"><div style="width:{width}px">{svg}</div>'
    screenshot(page, folder, TARGET / "granskning.png", int(width), int(height))


def changes_picture(folder: Path) -> None:
    """The changes since the decision, with both texts side by side."""
    kommun = loading.load_kommun(UPPSALA)
    assert kommun.revision is not None
    page = pages.html([Telling(compare(kommun.beslut[0].revision, kommun.revision))])
    screenshot(page.removeprefix("<!DOCTYPE html>\n"), folder, TARGET / "ändringar.png", 1100, 1010)


def bilaga_picture(folder: Path) -> None:
    """An insats and the matrix, as pages of the PDF."""
    kommun = loading.load_kommun(UPPSALA)
    assert kommun.revision is not None
    pdf = render_bilaga(kommun.revision, [b.revision for b in kommun.beslut], ("pdf",), folder)[0]
    subprocess.run(["pdftoppm", "-r", "100", "-png", pdf, folder / "sida"], check=True)
    made = sorted(folder.glob("sida-*.png"))
    shown = "".join(
        f'<img src="{page.name}" style="height:640px;border:1px solid #ccc;margin:12px">'
        for page in (made[4], made[-1])
    )
    screenshot(
        f'<body style="margin:0;background:#f2f4f6;white-space:nowrap">{shown}',
        folder,
        TARGET / "bilaga.png",
        1420,
        668,
    )


# The pages shown of each layout's own municipality: the place of a chapter among the bookmarks, and
# pages after its first.
LAYOUTS = {
    "avsnitt": ("uppsala", [(1, 0), (-1, 0)]),
    "tabell": ("knivsta", [(-1, 0), (-1, 1)]),
    "tabell-utförlig": ("sala", [(0, 0), (2, 0), (-1, 0)]),
    "riktlinje": ("norrtälje", [(0, 0), (2, 0)]),
    "lista": ("linköping", [(2, 0), (3, 0)]),
}


def layout_pictures(folder: Path) -> None:
    """Some pages of each layout, side by side."""
    for layout, (kommun, shown) in LAYOUTS.items():
        revision = loading.load_kommun(CATALOGUE / "kommuner" / kommun).revision
        assert revision is not None
        pdf = render_bilaga(revision, (), ("pdf",), folder, layout=layout)[0]
        with pikepdf.open(pdf) as opened, opened.open_outline() as outline:
            numbers = {page.objgen: number for number, page in enumerate(opened.pages, 1)}
            chapters: list[Any] = [item.destination for item in outline.root]
            pages = [numbers[chapters[place][0].objgen] + after for place, after in shown]
            high = 560 if len(pages) == 2 else 480
            wide = sum(
                high * opened.pages[page - 1].mediabox[2] / opened.pages[page - 1].mediabox[3] + 24
                for page in pages
            )
        pictures = []
        for page in pages:
            name = f"{layout}-{page}"
            subprocess.run(
                [
                    "pdftoppm",
                    "-r",
                    "110",
                    "-singlefile",
                    "-png",
                    "-f",
                    str(page),
                    pdf,
                    folder / name,
                ],
                check=True,
            )
            pictures.append(
                f'<img src="{name}.png" style="height:{high}px;border:1px solid #ccc;margin:11px">'
            )
        body = f'<body style="margin:0;background:#f2f4f6;white-space:nowrap">{"".join(pictures)}'
        screenshot(body, folder, TARGET / f"layout-{layout}.png", int(wide), high + 24)


def screenshot(page: str, folder: Path, target: Path, width: int, height: int) -> None:
    """Has Chromium draw ``page`` in a window of ``width`` × ``height`` pixels."""
    (folder / "bild.html").write_text(f'<!doctype html><meta charset="utf-8">{page}', "utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--user-data-dir={folder / 'profil'}",
    ]
    size = [f"--window-size={width},{height}", f"--screenshot={target}"]
    subprocess.run(
        ["chromium", *options, *size, (folder / "bild.html").as_uri()],
        check=True,
        capture_output=True,
    )


if __name__ == "__main__":
    main()
