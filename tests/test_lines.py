"""Lines that are piped are those that the terminal's library would have drawn, byte for byte."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as some

from insatskoll.lines import WIDEST, drawing, line, plain, undrawn

LETTERS = some.sampled_from("aåÖ 1.-–—”»§→−│\n\t\r\x1b\x07\u200b\u0301\xad漢👩🇸[]:")


@given(some.one_of(some.text(), some.text(LETTERS)), some.sampled_from([0, 2, 4]))
@example("Lägg till:\n  namn: Samtal\n", 4)
@example("", 2)
@example("\n", 4)
@example("x" * (WIDEST + 1), 2)
def test_a_line_is_what_the_library_draws(text: str, indent: int) -> None:
    assert plain(line(text, indent=indent)) == undrawn(drawing(line(text, indent=indent)))


def test_pieces_stand_side_by_side_whatever_their_styles() -> None:
    assert plain(line(("fel", "bold red"), " ", "IK101", indent=2)) == "  fel IK101\n"
