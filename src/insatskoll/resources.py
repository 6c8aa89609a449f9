"""Finds the catalogue, schemas and templates that come with the program."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
# In the wheel the folders lie inside the package; in a checkout they lie at its top.
_ROOT = _PACKAGE if (_PACKAGE / "schema").is_dir() else _PACKAGE.parents[1]

CATALOGUE = _ROOT / "catalogue"
SCHEMA = _ROOT / "schema"
TEMPLATES = _ROOT / "templates"
