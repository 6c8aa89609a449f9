"""The page of the named checks for those who write rules: what each does and takes, made from
their signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

from insatskoll.law import rule_form
from insatskoll.law.pages import cell, made
from insatskoll.law.predicates import PREDICATES
from insatskoll.law.predicates import parameters as kinds
from insatskoll.law.predicates.parameters import Listed
from insatskoll.law.predicates.registry import Predicate
from insatskoll.law.predicates.told import ABOUT
from insatskoll.law.rules import RuleSet

_MADE = made("kontrollerna i src/insatskoll/law/predicates", "rules", "told.py där")
_INTRODUCTION = (
    "Det här kan en prövning göra under `kontroll` när ett villkor inte räcker, till exempel "
    "`kontroll: {funktion: nämner, ord: [läkarintyg]}`. Ett fält skrivs med sin väg, och `[]` står "
    "för varje post i en lista: `villkor[].beskrivning`. Det som inte ska anges behöver bara "
    "skrivas när det ska vara något annat än förvalet. Det som flera prövningar har gemensamt "
    "skrivs en gång, i `för_alla`."
)
_MARKED = {
    kinds.FIELD: "ett fält",
    kinds.INSATS_FIELD: "ett fält i en insats",
    kinds.TEXT_FIELD: "ett fält med text",
    kinds.INSATS_TEXT_FIELD: "ett fält med text i en insats",
    kinds.PART_FIELD: "ett fält i en insats eller en del av den",
    kinds.EXPRESSION: "ett uttryck",
    kinds.WHOLE_EXPRESSION: "ett uttryck för hela texten",
    kinds.WORDS: "uttryck och ordlistor",
    kinds.WHOLE_WORDS: "uttryck och ordlistor för hela texten",
}


def page(ruleset: RuleSet) -> str:
    """The page, with the rules of ``ruleset`` that use each check."""
    users = _users(ruleset)
    lines = [_MADE, "", "# Kontroller", "", _INTRODUCTION, ""]
    for family, members in ABOUT.items():
        lines += [f"## {family}", ""]
        for name, told in members.items():
            lines += [f"### {name}", "", told, ""]
            lines += [*_table(PREDICATES[name]), *_facts(PREDICATES[name], users.get(name, ()))]
    return "\n".join(lines)


def _users(ruleset: RuleSet) -> dict[str, list[str]]:
    """The rules that use each check, by its name."""
    users: dict[str, list[str]] = {}
    for rule in ruleset.rules.values():
        used = {str(one.kontroll.get("funktion", "")) for one in rule_form.written(rule.data)}
        for name in sorted(used):
            users.setdefault(name, []).append(f"[{rule.id}]({rule.id}.md)")
    return users


def _table(one: Predicate) -> Iterator[str]:
    yield from ("| Parameter | Tar emot | Förval |", "| --- | --- | --- |")
    for name, kind in one.kinds.items():
        default = "ska anges" if one.missing(set(one.kinds) - {name}) else _default(one, name)
        yield f"| `{name}` | {cell(_kind(kind))} | {cell(default)} |"
    yield ""


def _facts(one: Predicate, users: Sequence[str]) -> Iterator[str]:
    if one.gives:
        yield f"- **I meddelandet:** {', '.join(f'{{{name}}}' for name in sorted(one.gives))}"
    if one.scopes:
        yield f"- **Omfång:** {', '.join(sorted(one.scopes))}"
    if users:
        yield f"- **Används av:** {', '.join(users)}"
    yield ""


def _default(one: Predicate, name: str) -> str:
    default = one.default(name)
    if isinstance(default, Listed):
        return ", ".join(f"ordlistan {lista}" for lista in default)
    if isinstance(default, Sequence) and not isinstance(default, str):
        return ", ".join(default)
    return str(default)


def _kind(kind: Any) -> str:
    """What a parameter of a kind takes, in Swedish."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated and arguments[1] in _MARKED:
        return _MARKED[arguments[1]]
    if origin is Annotated:
        field, *more = str(arguments[1]).removeprefix(kinds.VALUE).split("+")
        return " eller ".join([f"ett värde i {field}", *more])
    if origin is Literal:
        return " / ".join(arguments)
    if origin in (list, Sequence):
        return f"lista: {_kind(arguments[0])}"
    if is_typeddict(kind):
        return f"grupp med {', '.join(get_type_hints(kind))}"
    return "ett heltal" if kind is int else "en text"
