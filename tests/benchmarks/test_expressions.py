"""The program's own regular expressions take time in proportion to the text, also to a text made to
be hard for them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from insatskoll.law.expressions import ExpressionError, bounded
from insatskoll.law.rules import load_rules

MARKED = ("ord", "utom", "utan", "mönster")
SIZES = (4_000, 8_000, 16_000)
WHOLE = r"[:,\[-]\s+(?:WHAT)\s*(?:[,\]}#\n]|$)"  # as the check oskyddat-värde does
RUNS = (
    "a",
    "a ",
    " ",
    "a\u00a0",
    "1",
    "1 ",
    "-",
    "a-",
    "A ",
    "Aa ",
    ".",
    "a. ",
    "\n",
    "\n ",
    "§ ",
    "1:",
)
TOO_QUICK = 0.05  # seconds for the longest: what takes less is measured too roughly to be compared
# The same for the middle one, half as long, when the time grows with the cube of the length.
TOO_QUICK_HALFWAY = TOO_QUICK / 8


def expressions(data: Any, key: str = "") -> Iterator[str]:
    """Every regular expression in a rule's checks and mendings."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from expressions(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from expressions(value, key)
    elif isinstance(data, str) and key in MARKED:
        yield data


def put(kontroll: dict[str, Any]) -> dict[str, Any]:
    """A check's parameters, with expressions that must match a whole value as they are looked for
    in a file."""
    whole = kontroll.get("mönster", [])
    return kontroll | {
        "mönster": [
            WHOLE.replace("WHAT", text)
            for text in ([whole] if isinstance(whole, str) else whole)
            if isinstance(text, str)
        ]
    }


def open_ended(text: str) -> bool:
    """Whether the number of its ways to match is not bounded by the expression itself."""
    try:
        return bounded(text) != text
    except ExpressionError:
        return True


RULES = load_rules()
FOUND = dict.fromkeys(
    text
    for rule in RULES.rules.values()
    for check in rule.data["prövningar"]
    for text in expressions({**check, "kontroll": put(check.get("kontroll", {}))})
)
FOUND |= dict.fromkeys(
    text for rule in RULES.rules.values() for text in expressions(rule.data.get("rättning", {}))
)
FOUND |= dict.fromkeys(
    WHOLE.replace("WHAT", text) if one.whole else text
    for one in RULES.ordlistor.values()
    for text in (*one.expressions, *one.besides)
)


def hard_texts(text: str) -> Iterator[str]:
    """Runs of one letter and of the words that the expression itself looks for, each with and
    without an end that fits none."""
    words = dict.fromkeys(
        word for word in re.findall(r"[\wåäöÅÄÖ]{2,}", text.replace("\\b", " ").replace("\\w", " "))
    )
    yield from (*RUNS, *(f"{word} " for word in list(words)[:12]), f"{' '.join(list(words)[:8])} ")


def once(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    pattern.sub("", text)
    return time.process_time() - start


def spent(pattern: re.Pattern[str], text: str) -> float:
    return min(once(pattern, text) for _ in range(2))


@pytest.mark.parametrize("text", [text for text in FOUND if open_ended(text)])
def test_twice_the_text_is_not_four_times_the_time(text: str) -> None:
    pattern = re.compile(text, re.IGNORECASE)
    for run in hard_texts(text):
        for lead in ("", "a\u00a0b"):
            texts = [lead + run * (size // len(run)) + "!" for size in SIZES]
            if once(pattern, texts[1]) < TOO_QUICK_HALFWAY or once(pattern, texts[2]) < TOO_QUICK:
                continue
            growth = min(spent(pattern, texts[2]) / spent(pattern, texts[0]) for _ in range(3))
            assert growth < 9, (run, growth)
