"""Runs a rule's own examples: each becomes a municipality on disk, linted with all the rules."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

from insatskoll import revision
from insatskoll.findings import Finding
from insatskoll.lint import lint
from insatskoll.model import load_kommun
from insatskoll.places import path_text
from insatskoll.rules import Rule, RuleSet
from tests.catalogues import INSATS, KOMMUN, write_kommun


def findings(example: dict[str, Any], rule: Rule, ruleset: RuleSet, folder: Path) -> list[Finding]:
    """The findings of ``rule`` in ``example``, waived or not."""
    insats: dict[str, Any] | bytes = example.get("insats", {})
    if "text" in example:
        text = example["text"] * example.get("upprepa", 1)
        coding = example.get("kodning", "utf-8")
        insats = unicodedata.normalize("NFD", text).encode() if coding == "nfd" else text.encode(coding)
    beslut = {}
    if "beslut" in example:
        content = {"kommun": KOMMUN, "insatser": {"exempel": INSATS | example.get("insats", {})}}
        checksum = example.get("kontrollsumma") or revision.checksum(example["beslut"], content)
        beslut = {example["beslut"]["datum"]: {"beslut": example["beslut"], "innehåll": content, "kontrollsumma": checksum}}
    write_kommun(folder, {"exempel": insats}, example.get("kommun"), beslut)
    if "riskanalys" in example:
        (folder / "riskanalyser").mkdir()
        analys = {"namn": "Exempel", "insats": "exempel"} | example["riskanalys"]
        (folder / "riskanalyser" / "exempel.yaml").write_text(revision.to_yaml(analys), "utf-8")
    report = lint([load_kommun(folder)], ruleset)
    return [finding for finding in report.findings if finding.rule == rule.id]


def places(example: dict[str, Any], found: list[Finding]) -> list[str]:
    """Where the findings are, in the form that examples are written."""
    if "text" in example:
        return sorted(f"{f.span.line}:{f.span.column}" for f in found)
    return sorted(path_text(f.data_path) for f in found)
