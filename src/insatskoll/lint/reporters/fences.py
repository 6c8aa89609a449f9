"""What a rule suggests, as Markdown: lines of YAML that nothing in them can end."""

from __future__ import annotations

from insatskoll.lint.findings import Suggestion
from insatskoll.patterns import later

_TICKS = later("`+")


def fenced(suggestion: Suggestion, indent: str = "") -> str:
    """Where to write it, and the lines as a block of code, all of it after ``indent``."""
    longest = max(map(len, _TICKS.findall(suggestion.text)), default=0)
    fence = "`" * max(3, longest + 1)
    lines = [f"{fence}yaml", *suggestion.text.splitlines(), fence]
    return "\n".join((suggestion.lead, "", *(f"{indent}{line}" for line in lines)))
