"""The diff as a page: HTML with both texts side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from insatskoll import __version__
from insatskoll.bilaga import phrases, sandbox
from insatskoll.diff import word_diff
from insatskoll.diff.judgement import said
from insatskoll.diff.telling import Change, Telling
from insatskoll.lint.findings import finding_line


def html(tellings: Sequence[Telling]) -> str:
    """One page that fetches nothing: each change with the old text to the left and the new to the
    right."""
    return sandbox.fill(
        "andringar.html.j2", {"tellings": tellings, "version": __version__}, _FILTERS
    )


def _pieces(change: Change) -> list[word_diff.Piece]:
    return word_diff.compare(*(phrases.på_en_rad(side) for side in (change.before, change.after)))


_FILTERS: dict[str, Callable[..., object]] = {
    "betydelse": said,
    "bitar": _pieces,
    "datum": phrases.datum,
    "fynd": finding_line,
    "mening": phrases.mening,
}
