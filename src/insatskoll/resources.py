"""Finds the catalogue, schemas and templates that come with the program."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
# In the wheel the folders lie inside the package; in a checkout they lie at its top, among files
# that anyone may send.
INSTALLED = (_PACKAGE / "schema").is_dir()
ROOT = _PACKAGE if INSTALLED else _PACKAGE.parents[1]

CATALOGUE = ROOT / "catalogue"
SCHEMA = ROOT / "schema"
TEMPLATES = ROOT / "templates"
# All that the program is made of.
PARTS = (ROOT,) if INSTALLED else (_PACKAGE, CATALOGUE, SCHEMA, TEMPLATES)
