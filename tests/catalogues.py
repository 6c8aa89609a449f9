"""Builds catalogues in temporary folders, so that tests go through the same reader as users do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from insatskoll import model, revision
from insatskoll.lint import Report, lint
from insatskoll.model import Kommun
from insatskoll.rules import RuleSet, load_rules

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "catalogue"

KOMMUN: dict[str, Any] = {
    "namn": "Exempels kommun",
    "nämnd": "Socialnämnden",
    "bilaga": {"titel": "Insatser"},
    "avdelningar": [{"id": "exempel", "namn": "Exempel"}],
    "enheter": [{"id": "exempelenhet", "namn": "Exempelenheten"}],
}
INSATS: dict[str, Any] = {"namn": "Exempel", "insatstyp": "samtal", "avdelning": "exempel"}


def write_kommun(
    folder: Path,
    insatser: Mapping[str, Mapping[str, Any] | bytes] | None = None,
    kommun: dict[str, Any] | None = None,
    beslut: dict[str, dict[str, Any]] | None = None,
) -> Path:
    """A municipality's folder, with what is obligatory filled in. A file given as bytes is written as it is."""
    (folder / "insatser").mkdir(parents=True)
    (folder / "kommun.yaml").write_text(revision.to_yaml(KOMMUN | (kommun or {})), "utf-8")
    for name, insats in (insatser or {}).items():
        content = insats if isinstance(insats, bytes) else revision.to_yaml(INSATS | dict(insats)).encode()
        (folder / "insatser" / f"{name}.yaml").write_bytes(content)
    for date, frozen in (beslut or {}).items():
        (folder / "beslut").mkdir(exist_ok=True)
        (folder / "beslut" / f"{date}.yaml").write_text(revision.frozen_text(frozen), "utf-8")
    return folder


def load(folder: Path) -> Kommun:
    return model.load_kommun(folder)


def lint_folder(folder: Path, ruleset: RuleSet | None = None, **options: Any) -> Report:
    return lint([load(folder)], ruleset or load_rules(), **options)
