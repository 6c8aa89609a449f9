"""A report that is written to a file, while the log has it in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from insatskoll.errors import UsageError

if TYPE_CHECKING:
    from insatskoll.lint.configuration import Settings

Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FIL",
        help="Skriv rapporten i formatet till filen. Det som skrivs ut är då text.",
        show_default=False,
    ),
]

Besides = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FORMAT=FIL",
        help="Skriv också rapporten i ett annat format till en fil. Får upprepas.",
        show_default=False,
    ),
]
Form = TypeVar("Form", bound=StrEnum)


def place(output: Path | None, settings: Settings, folders: Iterable[Path]) -> Path | None:
    """The file to write to; None for standard output, which is also called ``-``.

    Raises :class:`UsageError` where it would be among what is judged: in the ``folders`` that are
    looked at, in the catalogue, or in the place of the settings or the known findings.
    """
    from insatskoll.catalogue.workspace import SETTINGS_FILE
    from insatskoll.names import shown

    if output is None or str(output) == "-":
        return None
    own = (settings.folder / SETTINGS_FILE, settings.baseline)
    if output.resolve() in [path.resolve() for path in own]:
        raise UsageError(f"{shown(output)} är programmets egen fil. Välj ett annat namn.")
    above = [folder for folder in output.resolve().parents if folder.exists()]
    for folder in filter(Path.exists, (settings.catalogue, *folders)):
        if any(map(folder.samefile, above)):
            raise UsageError(
                f"{shown(output)} ligger i katalogen, och där skrivs inga rapporter. Välj en plats "
                "utanför den."
            )
    return output


def besides(
    given: Sequence[str],
    forms: Iterable[Form],
    settings: Settings,
    main: Path | None,
    folders: Iterable[Path] = (),
) -> list[tuple[Form, Path]]:
    """What is written besides the ``main`` report, from ``FORMAT=FIL``: the ``forms`` are those
    there are, and the ``folders`` as in :func:`place`. Raises :class:`UsageError`."""
    known = {form.value: form for form in forms}
    found: list[tuple[Form, Path]] = []
    for text in given:
        name, is_, path = text.partition("=")
        if not is_ or not path or path == "-" or name not in known:
            raise UsageError(
                f"--report: ”{text}” ska vara ett format, = och en fil, till exempel "
                f"json=rapport.json. Formaten är {', '.join(known)}."
            )
        where = place(Path(path), settings, folders)
        if where is not None:
            found.append((known[name], where))
    paths = [path.resolve() for path in (*(path for _, path in found), main) if path is not None]
    if len(set(paths)) < len(paths):
        raise UsageError("--report: två rapporter kan inte skrivas till samma fil.")
    return found


def write(path: Path, text: str) -> None:
    """Writes a report to the file ``path``, all of it or nothing: in UTF-8, with LF, whatever the
    computer. Raises :class:`writing.WriteError`."""
    write_all({path: text})


def write_all(texts: Mapping[Path, str]) -> None:
    """Writes each report as :func:`write` does, all of them or none."""
    from insatskoll import writing

    if texts:
        writing.write_all({path: text.encode("utf-8", "replace") for path, text in texts.items()})
