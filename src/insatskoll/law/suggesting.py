"""What a check suggests (förslag): the fields that its finding asks for, with what was found in
them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from insatskoll.law.predicates import Hit, Subject
from insatskoll.law.predicates.registry import ToWrite
from insatskoll.law.rule_form import CLAIM, Written
from insatskoll.patterns import later
from insatskoll.reading import samples, schema
from insatskoll.reading.places import DataPath, parse_path, path_text, value_at
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.law.rule_fields import Misnamed
    from insatskoll.reading.schema_types import RegelData

SUGGESTION: Final = "förslag"
REPLACES: Final = "ersätter"
PLACEHOLDER = later(r"\{([a-zåäö_0-9]+)\}")
# The kind of file that what a scope finds is written in.
_KINDS = {
    "insats": "insats", "del": "insats", CLAIM: "insats",
    "kommun": "kommun", "riskanalys": "riskanalys",
}  # fmt: skip
_NOTHING: Any = object()


@immutable
class Suggested:
    """A check's ``fields`` as they are written, with names in braces for what is found; for files
    of a ``kind``."""

    kind: str
    fields: Mapping[str, Any]
    replaces: frozenset[DataPath]

    def to_write(
        self,
        values: Mapping[str, object],
        subject: Subject,
        hit: Hit,
        told: Callable[[object], str],
    ) -> ToWrite | None:
        """The fields with ``values`` in them, and where they go: into the part that the ``hit``,
        placed in its file, stands in, if a part can have them.

        None if there is nothing to write, or if ``subject`` stands in no file of the kind.
        """
        if hit.insats or (self.kind == "insats" and subject.insats is None):
            return None
        fields = _filled(self.fields, values, told)
        if fields is _NOTHING:
            return None
        in_part = hit.path[:1] == ("delar",) and _of_a_part().issuperset(fields)
        return ToWrite(self.kind, hit.path[:2] if in_part else (), fields, self.replaces)


@cache
def _of_a_part() -> frozenset[str]:
    """The fields that a part of an insats can have."""
    return frozenset(samples.beside("insats", ["delar", "namn"]))


def of(written: Written) -> Suggested | None:
    """What the check suggests, if anything."""
    fields = written.data.get(SUGGESTION)
    if fields is None or written.scope not in _KINDS:
        return None
    replaces = frozenset(map(parse_path, written.data.get(REPLACES, ())))
    return Suggested(_KINDS[written.scope], fields, replaces)


def fields(rule: RegelData) -> list[str]:
    """The fields that a rule's checks suggest, each as a path to it or to the group that it fills,
    in the order of its file."""
    found = [
        path_text((name, *inner)) if inner else name
        for check in rule["prövningar"]
        for name, value in check.get(SUGGESTION, {}).items()
        for inner in ([(key,) for key in value] if isinstance(value, dict) else [()])
    ]
    return list(dict.fromkeys(found))


def _filled(node: Any, values: Mapping[str, object], told: Callable[[object], str]) -> Any:
    """``node`` with what its names in braces stand for. One that is a whole text keeps its kind;
    what has nothing to stand for is left out, and so is a group that only goes with it."""
    if isinstance(node, dict):
        inner = {key: _filled(value, values, told) for key, value in node.items()}
        asked = [key for key, value in node.items() if _asks(value)]
        if asked and all(inner[key] is _NOTHING for key in asked):
            return _NOTHING
        return {key: value for key, value in inner.items() if value is not _NOTHING} or _NOTHING
    if isinstance(node, list):
        items = [_filled(value, values, told) for value in node]
        return [value for value in items if value is not _NOTHING] or _NOTHING
    if not isinstance(node, str):
        return node
    names = PLACEHOLDER.findall(node)
    if any(values.get(name) in (None, "") for name in names):
        return _NOTHING
    if names and PLACEHOLDER.fullmatch(node):
        value = values[names[0]]
        return list(value) if isinstance(value, tuple) else value
    return PLACEHOLDER.sub(lambda match: told(values[match[1]]), node)


def _asks(node: object) -> bool:
    """Whether ``node`` is a text with a name in braces."""
    return isinstance(node, str) and PLACEHOLDER.search(node) is not None


def wrong(written: Written) -> Iterator[Misnamed]:
    """What makes the check's suggestion one that can be written in no file, each with its
    place."""
    from insatskoll.law.rule_fields import (
        UNMATCHED,
        Misnamed,
        hint,
        placeholders,
        unmatched,
    )  # only of one's own rules

    if SUGGESTION not in written.data:
        return
    place: DataPath = (*written.place, SUGGESTION)
    kind = _KINDS.get(written.scope)
    if kind is None:
        said = f"omfånget {written.scope} har ingen fil att skriva i. Ta bort förslaget"
        yield Misnamed(place, said)
        return
    fields = written.data[SUGGESTION]
    known = placeholders(written)
    for path, text in _texts(fields, ()):
        if unmatched(text):
            yield Misnamed((*place, *path), UNMATCHED)
        for name in PLACEHOLDER.findall(text):
            if known is not None and name not in known:
                said = f"”{{{name}}}” i förslaget är inget fält.{hint(name, sorted(known))}"
                yield Misnamed((*place, *path), said)
    least = {name: samples.example(kind, [name]) for name in samples.required(kind)}
    for error in schema.errors({**least, **_sampled(fields, kind, ())}, kind):
        remedy = " ".join(error.remedy.split())  # which may show lines of a file
        said = f"förslaget går inte att skriva i filen. {error.message}. {remedy}"
        yield Misnamed((*place, *_within(fields, error.path)), said.removesuffix("."))
    for index, text in enumerate(written.data.get(REPLACES, ())):
        if value_at(fields, parse_path(text)) is None:
            at = (*written.place, REPLACES, index)
            yield Misnamed(at, f"förslaget har inget fält ”{text}” att ersätta med")


def _texts(node: Any, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    """The texts in a suggestion, each with its place in it."""
    if isinstance(node, dict | list):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _texts(value, (*path, key))
    elif isinstance(node, str):
        yield path, node


def _sampled(node: Any, kind: str, path: tuple[str, ...]) -> Any:
    """``node`` with an example of what can stand in each field that is filled in."""
    if isinstance(node, dict):
        return {key: _sampled(value, kind, (*path, str(key))) for key, value in node.items()}
    if isinstance(node, list):
        return [_sampled_item(value, kind, path) for value in node]
    if not isinstance(node, str) or not PLACEHOLDER.search(node):
        return node
    try:
        return samples.example(kind, path) if PLACEHOLDER.fullmatch(node) else node
    except KeyError:  # no such field, which the schema tells
        return node


def _sampled_item(node: Any, kind: str, path: tuple[str, ...]) -> Any:
    """As :func:`_sampled`, of an item of the list at ``path``."""
    found = _sampled(node, kind, path)
    filled = isinstance(node, str) and PLACEHOLDER.fullmatch(node)
    return found[0] if filled and isinstance(found, list) else found


def _within(fields: Mapping[str, Any], path: DataPath) -> DataPath:
    """As much of ``path`` as leads anywhere in a suggestion."""
    while path and value_at(fields, path) is None:
        path = path[:-1]
    return path
