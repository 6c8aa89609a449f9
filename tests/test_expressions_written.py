"""That regular expressions in rules, definitions and word lists are written in one manner."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from insatskoll.resources import CATALOGUE

FILES = [
    path
    for folder in ("regler", "ordlistor", "definitioner")
    for path in sorted((CATALOGUE / folder).glob("*.yaml"))
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_expression_is_in_single_quotes(path: Path) -> None:
    """So that a backslash is one backslash. Texts of several lines are examples."""
    for token in yaml.scan(path.read_text("utf-8")):
        if isinstance(token, yaml.ScalarToken) and "\\" in token.value:
            assert token.style == "'" or not token.value.isprintable(), token.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_expression_writes_both_cases_by_hand(path: Path) -> None:
    for token in yaml.scan(path.read_text("utf-8")):
        if isinstance(token, yaml.ScalarToken):
            for small in "abcdefghijklmnopqrstuvwxyzåäö":
                assert f"[{small.upper()}{small}]" not in token.value, token.value
