"""Where in a file what a rule suggests is to be written, and how.

The file is what somebody else has written: its comments, order and indentation stay, and nothing
that stands there is written over unless the rule says so. What cannot be told exactly from the
places that the reader knows is given as lines to write, without an edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from insatskoll.catalogue.canonical import to_flow, to_yaml
from insatskoll.law.predicates.registry import ToWrite
from insatskoll.lint.findings import Edit, Suggestion
from insatskoll.patterns import later
from insatskoll.reading import samples, schema
from insatskoll.reading.document import Document
from insatskoll.reading.hygiene import span_at
from insatskoll.reading.places import DataPath, Span, value_at

_LONGEST = 2_000  # characters: nobody pastes more
_BREAK = later("\r\n|[\n\r\x85\u2028\u2029]")


class _Taken(Exception):
    """Something else is written where the suggestion would go."""


@dataclass
class _Changes:
    """What is to be written: fields and items that are ``new``, by the group or list that gets
    them, and values that are ``replaced``."""

    replaces: frozenset[DataPath]
    new: dict[DataPath, Any] = field(default_factory=dict)
    replaced: dict[DataPath, Any] = field(default_factory=dict)

    def compare(self, there: Mapping[str, Any], wanted: Mapping[str, Any], at: DataPath) -> None:
        """Notes what is ``wanted`` in the group at ``at`` that is not ``there``. Raises
        :class:`_Taken`."""
        for key, value in wanted.items():
            path, old = (*at, key), there.get(key)
            if key not in there:
                self.new.setdefault(at, {})[key] = value
            elif old == value:
                continue
            elif path in self.replaces:
                self.replaced[path] = value
            elif isinstance(old, dict) and isinstance(value, dict):
                self.compare(old, value, path)
            elif isinstance(old, list) and isinstance(value, list):
                if more := [one for one in value if one not in old]:
                    self.new[path] = more
            else:
                raise _Taken

    def written(self, base: DataPath) -> frozenset[DataPath]:
        """The places that are written, whose paths begin at ``base``."""
        places = {(*base, *path) for path in self.replaced}
        for path, more in self.new.items():
            places |= {
                (*base, *path, key if isinstance(key, str) else to_flow(key)) for key in more
            }
        return frozenset(places)

    def made(self, data: object, base: DataPath) -> object:
        """``data`` with the changes, whose paths begin at ``base``."""
        for path, more in self.new.items():
            place: Any = value_at(data, (*base, *path))
            whole = {**place, **more} if isinstance(place, dict) else [*place, *more]
            data = _with(data, (*base, *path), whole)
        for path, value in self.replaced.items():
            data = _with(data, (*base, *path), value)
        return data


def _with(data: Any, path: DataPath, value: object) -> object:
    """``data`` with another value at ``path``; the rest of it is shared."""
    if not path:
        return value
    copied: Any = dict(data) if isinstance(data, dict) else list(data)
    copied[path[0]] = _with(data[path[0]], path[1:], value)
    return copied


def of(writes: ToWrite, document: Document) -> Suggestion | None:
    """What to write in ``document``; None if it stands there, if something else does, or if the
    file would not follow its schema."""
    there = value_at(document.data, writes.base)
    changes = _Changes(writes.replaces)
    try:
        changes.compare(there, writes.fields, ())
    except _Taken:
        return None
    if not (changes.new or changes.replaced):
        return None
    after = changes.made(document.data, writes.base)
    if not schema.holds(after, writes.kind):
        return None
    suggestion = replace(
        _exact(changes, document, writes, after), writes=changes.written(writes.base)
    )
    plain = suggestion.text.replace("\n", "").isprintable()
    return suggestion if plain and len(suggestion.text) <= _LONGEST else None


def _exact(changes: _Changes, document: Document, writes: ToWrite, after: object) -> Suggestion:
    """The changes as edits and the lines that they write; only lines if an edit cannot be told."""
    edits: list[Edit] = []
    # What goes into an inner group comes before what goes after all of it.
    for path, more in sorted(changes.new.items(), key=lambda one: -len(one[0])):
        found = _put_in(document, writes.kind, (*writes.base, *path), more)
        if not found:
            return _in_words(changes, after, writes.base)
        edits += found
    for path, value in changes.replaced.items():
        edit = _replaced(document, (*writes.base, *path), value)
        if edit is None:
            return _in_words(changes, after, writes.base)
        edits.append(edit)
    within, lines = _told(changes) or ((), to_yaml(_branch(changes, after, writes.base)))
    return Suggestion((*writes.base, *within), lines, tuple(_joined(edits)))


def _joined(edits: Sequence[Edit]) -> list[Edit]:
    """The edits in the order of the file, with those at the same place as one."""
    at: dict[Span, str] = {}
    for edit in edits:
        at[edit.span] = at.get(edit.span, "") + edit.text
    return [Edit(span, at[span]) for span in sorted(at)]


def _in_words(changes: _Changes, after: object, base: DataPath) -> Suggestion:
    """The changes as lines only, each within its groups, for the one who writes them by hand."""
    return Suggestion(base, to_yaml(_branch(changes, after, base)))


def _told(changes: _Changes) -> tuple[DataPath, str] | None:
    """The lines to write and the group or list that they go into; None if they go into several."""
    groups = {*changes.new, *(path[:-1] for path in changes.replaced)}
    if len(groups) > 1:
        return None
    within = groups.pop()
    if within in changes.new and changes.replaced:
        return None
    replaced = {str(path[-1]): value for path, value in changes.replaced.items()}
    return within, to_yaml(changes.new.get(within, replaced))


def _branch(changes: _Changes, after: object, base: DataPath) -> dict[str, Any]:
    """What is written, with the groups around it; of a list all of its items."""
    paths: list[DataPath] = []
    for path, more in changes.new.items():
        paths += [(*path, key) for key in more] if isinstance(more, dict) else [path]
    branch: dict[str, Any] = {}
    for path in (*paths, *changes.replaced):
        inner = branch
        for step in path[:-1]:
            inner = inner.setdefault(str(step), {})
        inner[str(path[-1])] = value_at(after, (*base, *path))
    return branch


def _put_in(document: Document, kind: str, place: DataPath, more: Any) -> list[Edit]:
    """The edits that put fields into a group, or items into a list; none if they cannot be
    told."""
    column, held = document.column(place), value_at(document.data, place)
    if column is None:
        return _put_between(document, place, more)
    lines: dict[int | None, list[str]] = {}
    for before, text in _after(held, more, kind, place):
        end = _end(document, place, held, before)
        if end is None and isinstance(held, list):
            return []
        lines.setdefault(end, []).extend(text.splitlines())
    first = lines.pop(None, [])
    edits = [_lines_after(document.text, end, column, found) for end, found in lines.items() if end]
    edits += [_lines_first(document, place, column, first)] if first else []
    return [edit for edit in edits if edit is not None] if all(edits) else []


def _end(document: Document, place: DataPath, held: Any, before: str | int) -> int | None:
    """Where the field ``before`` ends, or the nearest earlier one of the group that nothing can be
    part of that is put in after it; None if there is none."""
    if isinstance(held, list):
        return document.end((*place, before))
    names = list(held)
    earlier = reversed(names[: names.index(str(before)) + 1])
    ends = (document.end((*place, name)) for name in earlier)
    return next((end for end in ends if end is not None), None)


def _lines_first(
    document: Document, place: DataPath, column: int, lines: Sequence[str]
) -> Edit | None:
    """The edit that puts ``lines`` before the first field of a group."""
    key = document.span((*place, next(iter(value_at(document.data, place)))), key=True)
    found = _BREAK.search(document.text)
    line_break = found[0] if found else "\n"
    if line_break not in ("\n", "\r\n") or key.column != column + 1:
        return None
    new = "".join(f"{line}{line_break}{' ' * column}" for line in lines)
    return Edit(Span(key.line, key.column, key.line, key.column), new)


def _put_between(document: Document, place: DataPath, more: Any) -> list[Edit]:
    """The edit that puts fields or items last between the brackets at ``place``, after what stands
    there last; none if they are of another kind."""
    start, end = document.extent(place)
    written, new = document.text[start:end], to_flow(more)
    held = value_at(document.data, place)
    if not (written[:1] == new[:1] and written[-1:] == new[-1:]) or _BREAK.search(new):
        return []
    if not held:
        return []
    last = list(held)[-1] if isinstance(held, dict) else len(held) - 1
    here = span_at(document.text, document.extent((*place, last))[1])
    return [Edit(Span(here.line, here.column, here.line, here.column), f", {new[1:-1]}")]


def _after(held: Any, more: Any, kind: str, place: DataPath) -> list[tuple[str | int, str]]:
    """Each field or item to put in, as text, with the one that it comes after."""
    if isinstance(held, list):
        return [(len(held) - 1, to_yaml(more))]
    order = list(samples.beside(kind, [step for step in (*place, "") if isinstance(step, str)]))
    return [(_before(key, list(held), order), to_yaml({key: more[key]})) for key in more]


def _before(key: str, there: Sequence[str], order: Sequence[str]) -> str:
    """The field that ``key`` comes after among those ``there``: the last of those that it does in
    the ``order`` of the schema, or the last of all."""
    earlier = set(order[: order.index(key)]) if key in order else set()
    return next((one for one in reversed(there) if one in earlier), there[-1])


def _lines_after(text: str, end: int, column: int, lines: Sequence[str]) -> Edit | None:
    """The edit that puts ``lines`` after the one that has the place ``end``."""
    found = _BREAK.search(text, end)
    at = found.start() if found else len(text)
    line_break = found[0] if found else "\n"
    if line_break not in ("\n", "\r\n"):
        return None
    new = "".join(f"{line_break}{' ' * column}{line}" if line else line_break for line in lines)
    here = span_at(text, at)
    return Edit(Span(here.line, here.column, here.line, here.column), new)


def _replaced(document: Document, place: DataPath, value: Any) -> Edit | None:
    """The edit that writes another value where one stands on a line of its own."""
    start, end = document.extent(place)
    old, key = value_at(document.data, place), str(place[-1])
    new = to_yaml({key: value}).removeprefix(f"{key}: ").removesuffix("\n")
    if isinstance(old, dict | list) or isinstance(value, dict | list) or "\n" in new:
        return None
    if _BREAK.search(document.text, start, end):
        return None
    return Edit(document.span(place), new)
