"""What a change is called from one run to the next: where it is, and some hexadecimal digits of
what is said before and after it.

An id does not depend on lines, on the order of anything, or on other changes, so that whoever has
accepted one has accepted just that. With another value before or after it is another change.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from insatskoll.catalogue.canonical import NOT_DECIDED
from insatskoll.catalogue.printed import INTERNAL
from insatskoll.diff.facts import Fact, Item, Order
from insatskoll.diff.meaning import in_both
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.diff.facts import About, FactPath
    from insatskoll.diff.telling import Change, Telling

DIGITS = 12
_LONGEST = 60  # characters of a name on the way to a field
_FOLDERS = {"insats": "insatser", "riskanalys": "riskanalyser", "kommun": "kommun"}
_BESIDE = INTERNAL.union(NOT_DECIDED)
_VALUE = later(r"-[0-9a-f]{12}(-[0-9]+)?$")
_WORDS = later(r"\w+")


class Ids:
    """The ids of a telling's facts and changes; no two facts have the same, and no two changes. A
    change that tells of a single fact has the id of that."""

    def __init__(self, telling: Telling) -> None:
        comparison = telling.comparison
        self.kommun_id = comparison.new.kommun_id
        self.facts = _apart([_fact(self.kommun_id, fact) for fact in comparison.facts])
        named = zip(comparison.facts, self.facts, strict=True)
        self._known = {id(fact): name for fact, name in named}
        self.changes = _apart(
            [_change(self.kommun_id, one, self.of_own(one)) for one in telling.changes]
        )

    def of_own(self, change: Change) -> dict[str, Fact]:
        """The facts that a change tells of, and those behind it, by id."""
        return {
            self._known.get(id(fact)) or _fact(self.kommun_id, fact): fact
            for fact in (*change.own, *change.facts)
        }


def place_of(name: str) -> str:
    """Where a change with an id is: the same for two that only have other values."""
    return _VALUE.sub("", name)


def _change(kommun_id: str, change: Change, facts: Mapping[str, Fact]) -> str:
    names = sorted(facts)
    if change.group is not None:
        sides = (change.group.old, change.group.new)
        before, after = ("+".join(map(_slug, ids)) for ids in sides)
        return _made((kommun_id, "insatser", before, "till", after), [*map(list, sides), names])
    if len(names) == 1:
        return names[0]
    if not names:  # told of nothing but in words
        return _made((kommun_id, "ändringar"), [change.clause])
    folder = _FOLDERS[facts[names[0]].subject.kind]
    files, fields = (
        _first([told(facts[name]) for name in names])
        for told in (lambda fact: _file(fact.subject), _field)
    )
    return _made((kommun_id, folder, files, fields), names)


def _first(told: Iterable[str]) -> str:
    """The first of what is told, and how many others there are: ”lots+4”."""
    each = list(dict.fromkeys(told))
    return f"{each[0]}+{len(each) - 1}" if len(each) > 1 else each[0]


def _fact(kommun_id: str, fact: Fact) -> str:
    subject = fact.subject
    new = subject.new if subject.regrouped or subject.old is None else None
    before, after = in_both(fact)
    content = [subject.kind, subject.old, new, _steps(fact.path), _plain(before), _plain(after)]
    return _made((kommun_id, _FOLDERS[subject.kind], _file(subject), _field(fact)), content)


def _field(fact: Fact) -> str:
    return ".".join(map(_slug, _steps(fact.path)))


def _steps(path: FactPath) -> list[str]:
    return ["ordning" if isinstance(step, Order) else _step(step) for step in path]


def _file(subject: About) -> str:
    """The file by the id that it has in what is decided, and for a new one by its own: the former
    stays while the change is written. What has been split is told by both."""
    if subject.kind == "kommun":
        return ""
    first = _slug(subject.old or subject.new or "")
    return f"{first}+{_slug(subject.new)}" if subject.regrouped and subject.new else first


def _step(step: object) -> str:
    return (step.was or step.name) if isinstance(step, Item) else str(step)


def _plain(value: object) -> object:
    """A value as it counts: of items that have changed places only what they are called, and of a
    whole file or item what a decision can be about."""
    if isinstance(value, dict):
        return {key: _plain(held) for key, held in value.items() if key not in _BESIDE}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return _step(value) if isinstance(value, Item) else value


def _slug(name: str) -> str:
    """A name as it stands in an id: nothing that YAML, a shell or a forge does anything with."""
    words = _WORDS.findall(unicodedata.normalize("NFC", name).casefold())
    return "-".join(words)[:_LONGEST].strip("-")


def _made(place: Iterable[str], content: Sequence[object]) -> str:
    said = json.dumps(content, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{'/'.join(filter(None, place))}-{digest[:DIGITS]}"


def _apart(names: Iterable[str]) -> list[str]:
    """The names, those that would be the same with a number: two that are taken away and alike in
    all are not to be told apart."""
    seen: Counter[str] = Counter()
    told = []
    for name in names:
        seen[name] += 1
        told.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return told
