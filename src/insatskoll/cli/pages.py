"""How the commands that list what the program knows print it, and keep its reference pages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from insatskoll.cli.codes import CLEAN, FINDINGS
from insatskoll.cli.common import say


class PagesFormat(StrEnum):
    """The forms of a list."""

    text = "text"
    markdown = "markdown"


Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="MAPP",
        help="Skriv en sida för var och en i mappen (med markdown).",
        show_default=False,
    ),
]
Check = Annotated[
    bool, typer.Option("--check", help="Skriv inget; slutkod 1 om mappens sidor inte stämmer.")
]


def write_pages(pages: Mapping[str, str], output: Path | None, *, check: bool) -> None:
    """Prints ``pages``, or writes them in the folder ``output``, or ends with whether they are as
    they stand there."""
    from insatskoll import names, writing
    from insatskoll.law.pages import drift, left_over

    if output is None:
        say("\n".join(pages.values()), nl=False)
    elif check:
        for path in (differing := drift(pages, output)):
            say(f"{names.shown(path)} stämmer inte med katalogens filer. Kör make docs.")
        raise typer.Exit(FINDINGS if differing else CLEAN)
    else:
        writing.write_all(
            {output / name: text.encode() for name, text in pages.items()}, given=output
        )
        for path in left_over(pages, output):
            path.unlink()
