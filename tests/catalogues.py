"""Builds catalogues in temporary folders, so that tests go through the same reader as users do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from insatskoll import model
from insatskoll.examples import INSATS, KOMMUN, write_kommun
from insatskoll.lint import Report, lint
from insatskoll.model import Kommun
from insatskoll.rules import RuleSet, load_rules

__all__ = ["CATALOGUE", "INSATS", "KOMMUN", "ROOT", "lint_folder", "load", "write_kommun"]

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "catalogue"


def load(folder: Path) -> Kommun:
    return model.load_kommun(folder)


def lint_folder(folder: Path, ruleset: RuleSet | None = None, **options: Any) -> Report:
    return lint([load(folder)], ruleset or load_rules(), **options)
