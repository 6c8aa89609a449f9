"""The diff for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.padding import Padding
from rich.text import Text

from insatskoll.diff.facts import Comparison
from insatskoll.diff.report import changes, closing, meaning, title


def render(comparison: Comparison) -> Iterator[Text | Padding]:
    """The changes as rich renderables: what it concerns, the sentence, and what it means."""
    yield Text(title(comparison), style="bold underline")
    yield Text()
    told = changes(comparison)
    for change in told:
        yield Text(change.heading, style="bold")
        yield Padding(Text(change.sentence), (0, 0, 0, 2), expand=False)
        for sign, side, style in (("−", change.before, "red"), ("+", change.after, "green")):
            if side:
                yield Padding(Text.assemble((f"{sign} ", style), side), (0, 0, 0, 2), expand=False)
        if said := meaning(change.judgement):
            yield Padding(Text(f"→ {said}", style="dim"), (0, 0, 0, 2), expand=False)
        yield Text()
    yield Text(closing(comparison, told), style="bold")
