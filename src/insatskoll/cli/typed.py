"""A file that is read from standard input, under the name that it will have in the catalogue."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from insatskoll.errors import UsageError
from insatskoll.values import immutable

STANDARD_INPUT = "-"


@immutable
class Typed:
    """The ``name`` of a file and its content."""

    name: str
    raw: bytes


def typed(targets: Sequence[str], name: str | None, *, changing: bool) -> Typed | None:
    """The file on standard input, if that is what ``targets`` ask for. Raises :class:`UsageError`
    if it has no name, is asked for together with something else, or if files are to be changed."""
    if STANDARD_INPUT not in targets:
        if name is None:
            return None
        raise UsageError(
            "Flaggan --stdin-filename hör till en fil på standard in: skriv - som mål."
        )
    if name is None:
        raise UsageError(
            "Filen på standard in behöver namnet som den har i katalogen, till exempel "
            "--stdin-filename catalogue/kommuner/ekbacka/insatser/öppen-mötesplats.yaml."
        )
    if len(targets) > 1:
        raise UsageError("Målet - är en fil för sig och kan inte stå tillsammans med andra mål.")
    if changing:
        raise UsageError(
            "Flaggorna --fix, --diff och --write-baseline gäller sparade filer, inte standard in."
        )
    return Typed(name, _read())


def _read() -> bytes:
    """All of standard input, but not more than what tells that it is too large."""
    from insatskoll.reading.files import MAX_BYTES

    if sys.stdin is None:  # as when it has been closed by who started the program
        raise UsageError("Det finns inget på standard in att granska.")
    return sys.stdin.buffer.read(MAX_BYTES + 1)
