"""Lines for people to read: where they are piped or kept they are text, and only a terminal gives
them colours.

The library that draws in a terminal takes longer to load than most commands take, so it is asked
only where its answer would be another than the text itself.
"""

from __future__ import annotations

from typing import Any

from insatskoll.patterns import later
from insatskoll.values import immutable

WIDEST = 100_000  # characters: as wide as what is not fitted in a terminal can be

# Characters that take up one place each whatever shows them, and that nobody strips or widens.
_NARROW = later(
    "[\n\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2193\u2212\u2502]*"
)


@immutable
class Line:
    """A line, or several with the same indent: pieces of text, each with its style (as rich has
    them, empty for none)."""

    pieces: tuple[tuple[str, str], ...] = ()
    indent: int = 0

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(text for text, _ in self.pieces)


def unified(before: str, after: str, name: str, new_name: str | None = None) -> str:
    """What is changed from one text to another as a unified diff of the file called ``name``, and
    then ``new_name`` if that is another."""
    import difflib

    old, new = (text.splitlines(keepends=True) for text in (before, after))
    return "".join(
        one if one.endswith("\n") else f"{one}\n\\ No newline at end of file\n"
        for one in difflib.unified_diff(old, new, f"a/{name}", f"b/{new_name or name}")
    )


def line(*pieces: str | tuple[str, str], indent: int = 0, style: str = "") -> Line:
    """A line of ``pieces``, those without a style of their own in ``style``."""
    styled = ((piece, style) if isinstance(piece, str) else piece for piece in pieces)
    return Line(tuple((text, own) for text, own in styled if text), indent)


def plain(each: Line) -> str:
    """The text of a line, with its line break; several of one indent are filled up to the
    longest."""
    text = each.text
    if not each.indent and _NARROW.fullmatch(text) and len(text) < WIDEST:
        return f"{text}\n"
    if (
        text[:1].strip()
        and text[-1:].strip()
        and _NARROW.fullmatch(text)
        and len(text) < WIDEST - each.indent
    ):
        inner = text.split("\n")
        widest = max(map(len, inner))
        return "".join(f"{' ' * each.indent}{one:{widest}}\n" for one in inner)
    return undrawn(drawing(each))


def undrawn(renderable: Any) -> str:
    """What rich draws, where there is no terminal."""
    from rich.console import Console

    console = Console(
        highlight=False,
        markup=False,
        emoji=False,
        width=WIDEST,
        no_color=True,
        force_terminal=False,
    )
    with console.capture() as captured:
        console.print(renderable)
    return captured.get()


def drawing(each: Line) -> Any:
    """What rich draws for a line."""
    from rich.padding import Padding
    from rich.text import Text

    text = Text.assemble(*each.pieces)
    return Padding(text, (0, 0, 0, each.indent), expand=False) if each.indent else text
