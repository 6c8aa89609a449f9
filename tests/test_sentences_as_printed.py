"""The sentences that a nämnd would print, in ``data/meningar.yaml``: what the fields say, and
beside them what looks the same and has to stand as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from insatskoll.bilaga import phrases

KEPT = yaml.safe_load((Path(__file__).parent / "data" / "meningar.yaml").read_text("utf-8"))
SAY: dict[str, Callable[[Any], str]] = {
    "villkor": phrases.villkor,
    "dokumentation av insatsen": lambda data: phrases.karaktar_och_dokumentation(data, "Insatsen"),
}
CASES = [
    (field, kind, case["fält"], case["säger"])
    for field, kinds in KEPT.items()
    for kind, cases in kinds.items()
    for case in cases
]


@pytest.mark.parametrize(("field", "kind", "data", "said"), CASES)
def test_a_sentence_is_as_a_namnd_would_print_it(
    field: str, kind: str, data: Any, said: str
) -> None:
    assert phrases.mening(SAY[field](data)) == said, kind
