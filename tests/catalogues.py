"""Builds catalogues in temporary folders, so that tests go through the same reader as users do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from insatskoll.bilaga.profile import own_glyphs
from insatskoll.catalogue import loading
from insatskoll.catalogue.model import Kommun
from insatskoll.law.rules import RuleSet, load_rules
from insatskoll.lint import examples
from insatskoll.lint.examples import write_kommun
from insatskoll.lint.report import Report
from insatskoll.lint.run import lint

__all__ = ["CATALOGUE", "INSATS", "KOMMUN", "ROOT", "lint_folder", "load", "write_kommun"]

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "catalogue"
# Tests put anything into them, also what no file may hold.
INSATS: Any = examples.INSATS
KOMMUN: Any = examples.KOMMUN


def load(folder: Path) -> Kommun:
    return loading.load_kommun(folder)


def lint_folder(folder: Path, ruleset: RuleSet | None = None, **options: Any) -> Report:
    return lint([load(folder)], ruleset or load_rules(), own_glyphs=own_glyphs, **options)
