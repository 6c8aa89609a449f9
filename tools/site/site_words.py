"""The pages of the word lists that rules search by, made out of their files."""

from __future__ import annotations

from insatskoll.law.pages import plain
from insatskoll.law.rules import RuleSet, load_rules

INDEX = "README.md"


def pages(ruleset: RuleSet | None = None) -> dict[str, str]:
    """One page of all lists: what each is for, its words, and what it passes over."""
    lists = (ruleset or load_rules()).ordlistor
    lines = ["# Ordlistor", "", "Ord som reglerna söker efter.", ""]
    for name, known in sorted(lists.items()):
        data = known.data
        lines += [f"## {name}", "", plain(str(data["beskrivning"])), ""]
        examples = data["exempel"]
        for label, texts in (
            ("Ord", data.get("ord", ())),
            ("Finner till exempel", examples["träff"]),
            ("Släpper förbi", examples["tyst"]),
        ):
            if texts:
                lines += [f"**{label}:** {'; '.join(plain(str(text)) for text in texts)}", ""]
    return {INDEX: "\n".join(lines)}
