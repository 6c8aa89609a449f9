"""The rules for people: the list, and the page of one, both made from the rule's own file."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from insatskoll.catalogue.canonical import to_yaml
from insatskoll.law.definitions import Definition
from insatskoll.law.rule_form import EXAMPLES
from insatskoll.law.rules import Rule, RuleSet


def table(ruleset: RuleSet) -> Table:
    """All rules: id, level, authority and what each finds."""
    listed = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Regel", "Nivå", "Auktoritet", "Finner"):
        listed.add_column(heading, no_wrap=heading != "Finner")
    for rule in ruleset.rules.values():
        listed.add_row(rule.id, rule.level, rule.data["auktoritet"], rule.namn)
    return listed


def page(rule: Rule, ruleset: RuleSet) -> Iterator[RenderableType]:
    """Everything about one rule: what it finds and why, its authority and law, the remedy, and its
    examples."""
    yield Text(f"{rule.id}  {rule.namn}", style="bold")
    yield Text()
    yield Text(rule.data["förklaring"].strip())
    yield Text()
    yield Text.assemble(("Gör så här: ", "bold"), rule.data["åtgärd"].strip())
    yield Text()
    since = rule.data.get("gäller", {}).get("från")
    facts = {
        "Nivå": rule.level,
        "Auktoritet": rule.data["auktoritet"],
        "Gäller från": since,
        "Gäller till": rule.data.get("gäller", {}).get("till"),
        "Kontrollerad": rule.data["kontrollerad"],
        "Kan godtas": rule.data.get("kan_godtas", "ja"),
        "Väntar på": ", ".join(rule.data.get("tystas_av", ())),
    }
    for label, value in facts.items():
        if value:
            yield Text.assemble((f"{label}: ", "bold"), value)
    for reference in rule.lagrum:
        provision = ruleset.lagrum[reference]
        yield Text()
        yield Text(reference, style="bold")
        yield Padding(Text(provision.gist), (0, 0, 0, 2), expand=False)
    for link in dict.fromkeys(ruleset.lagrum[reference].link for reference in rule.lagrum):
        yield Text()
        yield Text.assemble(("Lagtexten: ", "bold"), link)
    for definition in rule.builds_on:
        yield Text()
        yield Text.assemble("”", (definition.name, "bold"), "”")
        yield Padding(Text(definition.data["förklaring"].strip()), (0, 0, 0, 2), expand=False)
    for kind, heading in EXAMPLES.items():
        yield Text()
        yield Text(heading, style="bold")
        for example in rule.examples[kind]:
            yield Text(f"  - {example['namn']}")


def definition_page(definition: Definition, ruleset: RuleSet) -> Iterator[RenderableType]:
    """Everything about one definition: what it covers, how it is written, and what builds on it."""
    yield Text(definition.name, style="bold")
    yield Text()
    yield Text(definition.data["förklaring"].strip())
    yield Text()
    yield Text(to_yaml({"villkor": definition.data["villkor"]}).rstrip("\n"))
    users = [rule.id for rule in ruleset.rules.values() if definition in rule.builds_on]
    for label, named in (("Lagrum", definition.data.get("lagrum", ())), ("Används av", users)):
        if named:
            yield Text()
            yield Text.assemble((f"{label}: ", "bold"), ", ".join(named))
