"""Changes the rules, the definitions and the word lists a little and sees that their own examples
notice: a limit that no example pins can drift.

A number becomes one more or one less, a word, a value, a condition or one alternative of an
expression is left out, and a condition is turned round. Each such mutant must make one of the
rule's own examples, or the list's, come out otherwise. One that nothing can
notice tells of something in the rule that does nothing: it is taken away.

    tools/mutate.py                  all mutants
    tools/mutate.py IK2 "i hemmet"   those of some rules and lists
    tools/mutate.py --sample 400     so many of them, the same each time
"""

from __future__ import annotations

import argparse
import copy
import os
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from insatskoll.catalogue.loading import load_kommun
from insatskoll.catalogue.model import Kommun
from insatskoll.law.definitions import Definition
from insatskoll.law.rule_files import RuleError
from insatskoll.law.rules import Rule, RuleSet, load_rules
from insatskoll.law.wordlists import WordList
from insatskoll.lint import examples
from insatskoll.lint.run import lint
from insatskoll.reading.places import DataPath, path_text

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import RegelExempel

_EXPRESSIONS = frozenset(
    {"ord", "utom", "utan", "uttryck", "mönster", "nära", "pattern", "nämner", "nämner_inte"}
)
# What a rule says and does not judge by.
_TOLD = frozenset(
    {
        "meddelande",
        "åtgärd",
        "lagrum",
        "nivå",
        "plats",
        "rättning",
        "funktion",
        "för",
        "förslag",
        "ersätter",
    }
)
_TURNED = {"ja": "nej", "nej": "ja", "finns": "saknas", "saknas": "finns"}
_CONDITIONS = ("när", "när_kommun", "krav")
_WITH_CONDITIONS = ("för_alla", "prövningar")


@dataclass(frozen=True)
class Mutant:
    """A change: where in the file, what it is in a few words, and the data with it."""

    place: str
    change: str
    data: Any  # a rule's, a definition's or a list's, which the change may have broken

    @property
    def name(self) -> str:
        """What tells it from the others of the same file."""
        return f"{self.place}: {self.change}"


def of(data: Mapping[str, Any], parts: Iterable[str]) -> Iterator[Mutant]:
    """Every mutant of what stands in ``parts`` of ``data``, the content of a rule or a list."""
    for part in parts:
        for path, value, change in _changes(data.get(part), (part,)):
            changed = copy.deepcopy(data)
            _put(changed, path, value)
            yield Mutant(path_text(path), change, changed)


_GONE: Any = object()


def _changes(node: Any, path: DataPath) -> Iterator[tuple[DataPath, Any, str]]:
    if isinstance(node, bool) or node is None:
        return
    if isinstance(node, int):
        yield from ((path, node + step, f"{node} blir {node + step}") for step in (1, -1))
    elif isinstance(node, str):
        yield from _text_changes(node, path)
    elif isinstance(node, list):
        for index, item in enumerate(node):
            if len(node) > 1 and not isinstance(item, list) and path != ("prövningar",):
                yield (*path, index), _GONE, f"utan {_short(item)}"
            yield from _changes(item, (*path, index))
    else:
        yield from _group_changes(node, path)


def _group_changes(node: dict[str, Any], path: DataPath) -> Iterator[tuple[DataPath, Any, str]]:
    for key, item in node.items():
        if key in _TOLD:
            continue
        if key in _CONDITIONS and str(path[0]) in _WITH_CONDITIONS:
            yield (*path, key), _negated(item), f"{key} vänds"
        if len(node) > 1 and {*_CONDITIONS, "villkor", "omfång"} & {*path}:
            yield (*path, key), _GONE, f"utan {key}"
        yield from _changes(item, (*path, key))


def _negated(condition: Any) -> Any:
    """The condition turned round."""
    return {"ingen": [condition]}


def _text_changes(text: str, path: DataPath) -> Iterator[tuple[DataPath, Any, str]]:
    if text in _TURNED:
        yield path, _TURNED[text], f"{text} blir {_TURNED[text]}"
    if _EXPRESSIONS & {step for step in path if isinstance(step, str)}:
        for without, left_out in alternatives(text):
            yield path, without, f"utan alternativet {_short(left_out)}"


def alternatives(expression: str) -> Iterator[tuple[str, str]]:
    """The expression without each of its alternatives, and what was left out."""
    starts, groups, at = [(0, [0])], [], 0
    while at < len(expression):
        letter = expression[at]
        if letter == "\\":
            at += 1
        elif letter == "[":
            at = _end_of_class(expression, at)
        elif letter == "(":
            starts.append((_inside(expression, at), []))
            starts[-1][1].append(starts[-1][0])
        elif letter == "|":
            starts[-1][1].append(at + 1)
        elif letter == ")":
            groups.append((starts.pop()[1], at))
        at += 1
    groups.append((starts[0][1], len(expression)))
    for begins, end in groups:
        for number, begin in enumerate(begins):
            if len(begins) > 1:
                last = number + 1 == len(begins)
                stop = end if last else begins[number + 1]
                kept = expression[: begin - last] + expression[stop:]
                yield kept, expression[begin : stop - (not last)]


def _end_of_class(expression: str, at: int) -> int:
    at += 1 + (expression[at + 1 : at + 2] == "^")
    at += expression[at : at + 1] == "]"
    while expression[at] != "]":
        at += 1 + (expression[at] == "\\")
    return at


def _inside(expression: str, at: int) -> int:
    """Where the content of the group that opens at ``at`` begins."""
    for opening in ("(?:", "(?=", "(?!", "(?<=", "(?<!", "(?-i:", "(?i:"):
        if expression.startswith(opening, at):
            return at + len(opening)
    if expression.startswith("(?P<", at):
        return expression.index(">", at) + 1
    return at + 1


def _put(data: Any, path: DataPath, value: Any) -> None:
    for step in path[:-1]:
        data = data[step]
    if value is _GONE:
        del data[path[-1]]
    else:
        data[path[-1]] = value


def _short(item: Any) -> str:
    text = (
        item
        if isinstance(item, str)
        else yaml.safe_dump(item, allow_unicode=True, default_flow_style=True, width=10_000)
    )
    return " ".join(text.split())[:80]


class Tried:
    """The examples of a rule, each loaded once, when it is needed, and what they should come out
    as."""

    def __init__(self, rule: Rule, ruleset: RuleSet, folder: Path) -> None:
        self.rule = rule
        self.around = {name: ruleset.rules[name] for name in rule.data.get("tystas_av", ())}
        self.ruleset = ruleset
        self._loaded: list[tuple[RegelExempel, Kommun, Path, list[str]]] = []
        self._left = iter([example for _, example in examples.of(rule)])
        self._folder = folder / rule.id

    def _examples(self) -> Iterator[tuple[RegelExempel, Kommun, Path, list[str]]]:
        yield from list(self._loaded)
        for example in self._left:
            place = self._folder / str(len(self._loaded))
            examples.write(example, place)
            kommun = load_kommun(place)
            wanted = self._places(self.rule, example, kommun, place)
            self._loaded.append((example, kommun, place, wanted))
            yield self._loaded[-1]

    def _places(self, rule: Rule, example: RegelExempel, kommun: Kommun, place: Path) -> list[str]:
        ruleset = replace(self.ruleset, rules={**self.around, rule.id: rule})
        found = [finding for finding in lint([kommun], ruleset).findings if finding.rule == rule.id]
        return examples.places(example, found, place)

    def notices(self, mutant: Mutant) -> bool | None:
        """Whether some example comes out otherwise; None if there can be no such rule."""
        changed = replace(self.rule, data=mutant.data)
        try:
            _ = changed.checks
        except (RuleError, ValueError):
            return None
        return any(self._places(changed, *one[:3]) != one[3] for one in self._examples())


def noticed(one: Definition | WordList, mutant: Mutant, ruleset: RuleSet) -> bool | None:
    """Whether the definition's examples, or the list's, notice ``mutant``; None if there can be no
    such one."""
    try:
        if isinstance(one, Definition):
            changed = replace(one, data=mutant.data)
            return any(True for _ in examples.wrong_of(changed, ruleset))
        return any(True for _ in replace(one, data=mutant.data).wrong())
    except (RuleError, ValueError):
        return None


LIST_PARTS = ("ord", "uttryck", "utom")


def mutants(one: Rule | Definition | WordList) -> Iterator[Mutant]:
    """Every mutant of a rule, a definition or a list."""
    if isinstance(one, WordList):
        yield from of(one.data, LIST_PARTS)
    elif isinstance(one, Definition):
        turned = one.data | {"villkor": _negated(one.data["villkor"])}
        yield Mutant("villkor", "villkor vänds", turned)
        yield from of(one.data, ("villkor",))
    else:
        yield from of(one.data, _WITH_CONDITIONS)


def named(name: str, ruleset: RuleSet) -> Rule | Definition | WordList:
    """The list, the definition or the rule called ``name``."""
    found = ruleset.ordlistor.get(name) or ruleset.definitions.get(name)
    return found or ruleset.rules[name]


def survivors(name: str, chosen: list[str] | None = None) -> tuple[int, list[str]]:
    """How many mutants there were of what is called ``name``, and those that nothing noticed; of
    ``chosen`` ones only."""
    ruleset = load_rules()
    one = named(name, ruleset)
    made = [mutant for mutant in mutants(one) if chosen is None or mutant.name in chosen]
    if not isinstance(one, Rule):
        answers = [(mutant, noticed(one, mutant, ruleset)) for mutant in made]
    else:
        with tempfile.TemporaryDirectory() as folder:
            tried = Tried(one, ruleset, Path(folder))
            answers = [(mutant, tried.notices(mutant)) for mutant in made]
    return sum(answer is not None for _, answer in answers), [
        m.name for m, answer in answers if answer is False
    ]


def everything() -> list[str]:
    """The names of all lists, definitions and rules that have anything to change."""
    ruleset = load_rules()
    names = (*ruleset.ordlistor, *ruleset.definitions, *ruleset.rules)
    return [name for name in names if any(True for _ in mutants(named(name, ruleset)))]


def sampled(names: list[str], size: int) -> dict[str, list[str]]:
    """So many mutants, evenly out of all those of ``names``, the same each time."""
    ruleset = load_rules()
    every = [(name, m.name) for name in names for m in mutants(named(name, ruleset))]
    chosen: dict[str, list[str]] = {}
    for name, mutant in random.Random(20250701).sample(every, min(size, len(every))):
        chosen.setdefault(name, []).append(mutant)
    return chosen


def main() -> int:
    """Tries the mutants and tells of those that survive; gives the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "names", nargs="*", help="regler (eller början på dem), definitioner och ordlistor"
    )
    parser.add_argument("--sample", type=int, help="antal mutanter")
    given = parser.parse_args()
    names = everything()
    if given.names:
        names = [
            name
            for name in names
            if any(name == one or (one.isupper() and name.startswith(one)) for one in given.names)
        ]
    chosen = sampled(names, given.sample) if given.sample else dict.fromkeys(names)
    total, left = 0, 0
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for name, (count, alive) in zip(
            chosen, pool.map(survivors, chosen, chosen.values()), strict=True
        ):
            total += count
            left += len(alive)
            for one in alive:
                print(f"{name}: {one}")
    print(f"{total} mutanter, {left} som inget exempel märker.")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
