"""The reference pages of the rules, in Markdown, made from the rules' own files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from insatskoll.catalogue.canonical import to_yaml
from insatskoll.law import check_pages, suggesting
from insatskoll.law.definitions import Definition
from insatskoll.law.pages import cell, made, plain
from insatskoll.law.rule_form import EXAMPLES
from insatskoll.law.rules import Rule, RuleSet

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import RegelExempel

INDEX = "README.md"
DEFINITIONS = "definitioner.md"
CHECKS = "kontroller.md"
_MADE = made("reglernas filer", "rules", "regelns fil")
_MADE_OF_DEFINITIONS = made("definitionernas filer", "rules", "catalogue/definitioner")
_FAMILIES = {
    "IK1": "Vad som får ges utan behovsprövning",
    "IK2": "Dokumentation",
    "IK3": "Barn",
    "IK4": "Målgrupp och villkor",
    "IK5": "Skyldigheter, avgifter och information",
    "IK6": "Beslut",
    "IK7": "Katalogens egen ordning",
    "IK8": "Språk",
    "IK9": "Filen själv",
}
_OTHER = "Egna regler"
_LONGEST_EXAMPLE = 4000


def pages(ruleset: RuleSet) -> dict[str, str]:
    """The reference by file name: the table of all rules, a page of the definitions, one of the
    named checks, and one for each rule."""
    whole = {
        INDEX: _index(ruleset),
        DEFINITIONS: _definitions(ruleset),
        CHECKS: check_pages.page(ruleset),
    }
    return whole | {f"{rule.id}.md": _page(rule, ruleset) for rule in ruleset.rules.values()}


def _index(ruleset: RuleSet) -> str:
    rules = list(ruleset.rules.values())
    lines = [
        _MADE,
        "",
        "# Regler",
        "",
        f"Här finns {len(rules)} regler. `insatskoll explain` visar samma sak i terminalen.",
        "",
        f"Villkor som flera regler bygger på står i [{DEFINITIONS}]({DEFINITIONS}), och de "
        f"färdiga kontrollerna i [{CHECKS}]({CHECKS}).",
        "",
    ]
    for family, members in groupby(sorted(rules, key=_order), key=_family):
        lines += [
            f"## {family}",
            "",
            "| Regel | Finner | Nivå | Auktoritet | Lagrum |",
            "| --- | --- | --- | --- | --- |",
        ]
        for rule in members:
            cells = (rule.namn, rule.level, str(rule.data["auktoritet"]), "<br>".join(rule.lagrum))
            lines.append(f"| [{rule.id}]({rule.id}.md) | {' | '.join(map(cell, cells))} |")
        lines.append("")
    return "\n".join(lines)


def _definitions(ruleset: RuleSet) -> str:
    """The page of all definitions, with the rules that build on each."""
    said = "Villkor med namn, som reglerna och definitionerna själva hänvisar till."
    lines = [_MADE_OF_DEFINITIONS, "", "# Definitioner", "", said, ""]
    users: dict[str, list[str]] = {}
    for rule in ruleset.rules.values():
        for definition in rule.builds_on:
            users.setdefault(definition.name, []).append(f"[{rule.id}]({rule.id}.md)")
    for name, definition in sorted(ruleset.definitions.items()):
        lines += [f"## {name}", "", plain(definition.data["förklaring"]), ""]
        lines += [*_fenced(to_yaml({"villkor": definition.data["villkor"]})), ""]
        for label, named in (
            ("Lagrum", definition.data.get("lagrum", ())),
            ("Används av", users.get(name, ())),
        ):
            lines += [f"- **{label}:** {', '.join(named)}"] if named else []
        lines.append("")
    return "\n".join(lines)


def _named(definition: Definition) -> str:
    return f"[{definition.name}]({DEFINITIONS}#{definition.name.replace(' ', '-')})"


def _order(rule: Rule) -> tuple[bool, str]:
    return _family(rule) == _OTHER, rule.id


def _family(rule: Rule) -> str:
    return _FAMILIES.get(rule.id[:3], _OTHER)


def _page(rule: Rule, ruleset: RuleSet) -> str:
    return "\n".join([_MADE, "", f"# {rule.id} {plain(rule.namn)}", "", *_body(rule, ruleset)])


def _body(rule: Rule, ruleset: RuleSet) -> Iterator[str]:
    for label, value in _facts(rule):
        yield f"- **{label}:** {value}"
    yield ""
    yield from (
        plain(rule.data["förklaring"]),
        "",
        "## Gör så här",
        "",
        plain(rule.data["åtgärd"]),
        "",
    )
    if "rättning" in rule.data:
        yield from ("`insatskoll lint --fix` rättar det som bara har ett rätt svar.", "")
    if fields := suggesting.fields(rule.data):
        listed = ", ".join(f"`{name}`" for name in fields)
        yield from (f"Fyndet kan visa rader att skriva i filen: {listed}.", "")
    if rule.lagrum:
        yield from ("## Lagrum", "")
        for reference in rule.lagrum:
            provision = ruleset.lagrum[reference]
            yield f"- [{reference}]({provision.link}): {plain(provision.gist)}"
        yield ""
    if rule.builds_on:
        yield from ("## Definitioner", "")
        for definition in rule.builds_on:
            yield f"- {_named(definition)}: {plain(definition.data['förklaring'])}"
        yield ""
    for kind, heading in EXAMPLES.items():
        yield from (f"## {heading}", "")
        for example in rule.examples[kind]:
            yield from _example(example)
    yield from ("## Regelns fil", "", f"`catalogue/regler/{rule.id}.yaml`", "")


def _facts(rule: Rule) -> Iterator[tuple[str, str]]:
    others = sorted(
        {
            check["nivå"]
            for check in rule.data["prövningar"]
            if check.get("nivå", rule.level) != rule.level
        }
    )
    yield "Nivå", f"{rule.level}, i vissa fall {' eller '.join(others)}" if others else rule.level
    yield "Auktoritet", rule.data["auktoritet"]
    period = rule.data.get("gäller", {})
    if period:
        yield (
            "Gäller",
            " ".join(f"{word} {period[word]}" for word in ("från", "till") if word in period),
        )
    yield "Kontrollerad mot källan", rule.data["kontrollerad"]
    yield "Kan godtas med skäl", "ja" if rule.waivable else "nej"
    if "tystas_av" in rule.data:
        yield "Väntar på", ", ".join(rule.data["tystas_av"])


def _example(example: RegelExempel) -> Iterator[str]:
    content: dict[str, object] = {
        key: value for key, value in example.items() if key not in ("namn", "platser", "rättat")
    }
    text = example.get("text", "")
    if text and all(
        character == "\n" or character.isprintable() for character in text
    ):  # the file as it is written
        del content["text"]
        shown, besides = text, [f"`{key}: {value}`" for key, value in content.items()]
    else:
        shown, besides = _visible(to_yaml(content)) if content else "{}\n", []
    if len(shown) > _LONGEST_EXAMPLE:
        shown = shown[:_LONGEST_EXAMPLE].rsplit("\n", 1)[0] + "\n# …\n"
    yield from (f"**{plain(str(example['namn']))}**", "", *_fenced(shown), "")
    if besides:
        yield from (f"Dessutom: {', '.join(besides)}", "")
    if "platser" in example:
        places = ", ".join(f"`{place}`" if place else "hela filen" for place in example["platser"])
        yield from (f"Pekar på: {places}", "")
    for place, text in example.get("rättat", {}).items():
        yield from (f"Rättat `{place}`: {plain(text)}", "")


def _fenced(text: str) -> tuple[str, str, str]:
    """YAML between fences longer than any row of backticks in it."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}yaml", text.rstrip("\n"), fence


def _visible(text: str) -> str:
    """``text`` with its invisible characters written out by code, as in ⟨U+00AD⟩."""
    return "".join(c if c == "\n" or c.isprintable() else f"⟨U+{ord(c):04X}⟩" for c in text)
