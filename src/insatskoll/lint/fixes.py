"""Corrects what has exactly one right answer: the findings of rules that have a ``rättning``. What
keeps a file from being read is put right first (``mending``).

The edits are made in the file's own text, so that comments, order and line breaks elsewhere stay.
Each is read again, and is dropped unless the file then says the same as before but for the value
that was to change.
"""

from __future__ import annotations

import bisect
import copy
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from insatskoll.catalogue import formatting
from insatskoll.law import check_parameters, expressions
from insatskoll.law.budget import Budget
from insatskoll.law.rule_files import RuleError
from insatskoll.law.rules import Rule, RuleSet
from insatskoll.lines import unified
from insatskoll.lint.findings import Finding
from insatskoll.lint.mending import Mended
from insatskoll.names import shown
from insatskoll.reading import document, schema
from insatskoll.reading.document import Document
from insatskoll.reading.hygiene import UnreadableDocument
from insatskoll.reading.places import DataPath, value_at
from insatskoll.values import immutable

_AS_THEY_ARE: Mapping[Path, str] = {}


@immutable
class Fix:
    """A corrected file: its text before and after, how many findings are mended and how many could
    not be. ``raw`` are the bytes that it holds, if it is not saved as it should be; ``saved`` is
    then what it is saved in. ``name`` is what it is to be called, None for what it is."""

    path: Path
    before: str
    after: str
    mended: int
    dropped: int
    raw: bytes | None = None
    saved: str = ""
    name: str | None = None

    @property
    def stands(self) -> bytes:
        """The bytes that the file holds."""
        return self.before.encode() if self.raw is None else self.raw

    def diff(self, name: str) -> str:
        """The correction as a unified diff of the file, called ``name``."""
        if self.name is None:
            return unified(self.before, self.after, name)
        new = f"{name.rpartition('/')[0]}/{self.name}".lstrip("/")
        changes = unified(self.before, self.after, name, new)
        return f"diff --git a/{name} b/{new}\nrename from {name}\nrename to {new}\n{changes}"


@immutable
class Mending:
    """A rule's ``rättning``, compiled: what is replaced by what, which stretches of text and which
    fields are left. Of one's own rule ``place`` is where it stands, and ``steps`` what its
    expressions take for each letter."""

    replacements: tuple[tuple[re.Pattern[str], str], ...]
    spared: re.Pattern[str] | None
    fields: frozenset[str]
    place: str = ""
    steps: int = 0

    def edits(self, path: DataPath, text: str) -> list[tuple[int, int, str]]:
        """What to replace in ``text``, the value at ``path``: start, end and new text, in order and
        apart from each other."""
        if not self.fields.isdisjoint(path):
            return []
        taken = (
            [match.span() for match in self.spared.finditer(text) if match[0]]
            if self.spared
            else []
        )
        found: list[tuple[int, int, str]] = []
        for pattern, new in self.replacements:
            free = [
                match
                for match in pattern.finditer(text)
                if match[0] and _is_free(match.span(), taken)
            ]
            taken = sorted([*taken, *(match.span() for match in free)])
            found += [(*match.span(), _like(match[0], match.expand(new))) for match in free]
        return sorted(found)


def _is_free(stretch: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    """Whether ``stretch`` is apart from all that is ``taken``, which is in order."""
    after = bisect.bisect_left(taken, stretch)
    return all(
        stretch[1] <= first or last <= stretch[0]
        for first, last in taken[max(0, after - 1) : after + 1]
    )


def mending(rule: Rule, check: int = 0) -> Mending | None:
    """What is corrected of what the rule's ``check`` finds, or None if there is more than one right
    answer.

    Raises :class:`RuleError`.
    """
    written = rule.data["prövningar"][check]
    data = written.get("rättning", rule.data.get("rättning"))
    own = "rättning" in written
    place: DataPath = ("prövningar", check, "rättning") if own else ("rättning",)
    if data is None:
        return None
    try:
        replacements = tuple(
            (re.compile(rule.expression(one["mönster"], place), re.IGNORECASE), one["med"])
            for one in data["ersätt"]
        )
        for pattern, new in replacements:
            pattern.sub(new, "")  # raises if the new text names a group that is not there
        utom = check_parameters.spared(rule, data.get("utom", ()), (*place, "utom"))
        spared = re.compile("|".join(f"(?:{one})" for one in utom), re.IGNORECASE) if utom else None
    except (re.error, IndexError) as error:
        raise RuleError(
            f"{shown(rule.path)}: mönstret i rättningen går inte att läsa ({error})"
        ) from None
    fields = frozenset(data.get("inte_i", ()))
    if rule.own is None:
        return Mending(replacements, spared, fields)
    taken = (expressions.steps(pattern.pattern) for pattern, _ in replacements)
    steps = sum(taken) + sum(map(check_parameters.steps_of, utom))
    return Mending(replacements, spared, fields, rule.at(place), steps)


def plan(
    findings: Iterable[Finding], ruleset: RuleSet, texts: Mapping[Path, str] = _AS_THEY_ARE
) -> list[Fix]:
    """The corrected files for ``findings``, by path. Waived findings are left, and frozen decisions
    never touched. ``texts`` are those of files in which something else is mended first.

    Nothing is written. Raises :class:`RuleError` for a rule whose ``rättning`` cannot be used, and
    :class:`insatskoll.errors.Refused` when those of one's own rules would take too long.
    """
    compiled = {
        (rule.id, n): mending(rule, n)
        for rule in ruleset.rules.values()
        for n in range(len(rule.data["prövningar"]))
    }
    wanted: dict[Path, list[tuple[DataPath, Mending]]] = {}
    for finding in findings:
        how = compiled.get((finding.rule, finding.check))
        if how is not None and finding.waived is None and _kind(finding.path) is not None:
            wanted.setdefault(finding.path, []).append((finding.data_path, how))
    budget = Budget()
    return [
        fix
        for path in sorted(wanted)
        if (fix := _fix(path, texts.get(path), wanted[path], budget)) is not None
    ]


def together(mended: Iterable[Mended], corrected: Iterable[Fix]) -> list[Fix]:
    """One correction for each file: what keeps it from being read, and then what the rules find in
    it, which knows it by the name that it gets."""
    left = {fix.path: fix for fix in corrected}
    found = []
    for one in (one for one in mended if one.is_changed):
        fix = left.pop(one.target, None) or Fix(one.target, one.after, one.after, 0, 0)
        name = one.name if one.name != one.path.name else None
        made = fix.mended + one.places
        found.append(
            Fix(one.path, one.before, fix.after, made, fix.dropped, one.raw, one.saved, name)
        )
    return sorted([*found, *left.values()], key=lambda fix: fix.path)


def _kind(path: Path) -> str | None:
    """The kind of file, if it is one that may be corrected."""
    kind = formatting.kind_of(path)
    return kind if kind != "profil" else None


def _fix(
    path: Path, text: str | None, wanted: list[tuple[DataPath, Mending]], budget: Budget
) -> Fix | None:
    try:
        current = document.read(path) if text is None else document.parse(path, text)
        return mended(current, wanted, budget)
    except UnreadableDocument:
        return None


def mended(
    current: Document, wanted: Iterable[tuple[DataPath, Mending]], budget: Budget
) -> Fix | None:
    """The file ``current`` with what is ``wanted`` corrected, each at its place; None if there is
    nothing to correct. Raises :class:`insatskoll.errors.Refused` where it would take too long."""
    path, kind = current.path, _kind(current.path)
    before, done, dropped = current.text, 0, 0
    budget.read(len(before))
    for data_path, how in dict.fromkeys(wanted):
        for place, value in _texts(current, data_path):
            if how.steps:
                budget.spend(how.place, how.steps * len(value))
            if not (edits := how.edits(place, value)):
                continue
            changed = edited(current, place, edits)
            if changed is None or (kind and schema.errors(changed.data, kind)):
                dropped += 1
            else:
                current, done = changed, done + 1
    return Fix(path, before, current.text, done, dropped) if done or dropped else None


def _texts(current: Document, data_path: DataPath) -> list[tuple[DataPath, str]]:
    """The texts that a finding at ``data_path`` is about: the value itself, or those in its list or
    group."""
    inside = document.iter_paths(value_at(current.data, data_path), data_path) if data_path else ()
    return [(place, value) for place, value in inside if isinstance(value, str)]


def edited(
    current: Document, place: DataPath, edits: list[tuple[int, int, str]]
) -> Document | None:
    """``current`` with the edits made in the text at ``place``, or None if that cannot be done
    without changing more."""
    start, end = current.extent(place)
    value: str = value_at(current.data, place)
    source = current.text[start:end]
    expected = copy.deepcopy(current.data)
    value_at(expected, place[:-1])[place[-1]] = _apply(value, edits)
    moved: list[tuple[int, int, str]] = []
    places: dict[str, _Places] = {}
    for first, last, new in edits:
        stretch = value[first:last]
        if stretch not in places:
            places[stretch] = _same_places(source, value, stretch)
        found = places[stretch].get(first)
        if found is None:
            return None
        raw = source[slice(*found)]
        moved.append((*found, _wrapped(new, raw)))
    try:
        changed = document.parse(
            current.path, current.text[:start] + _apply(source, moved) + current.text[end:]
        )
    except UnreadableDocument:
        return None
    return changed if changed.data == expected else None


_Places = dict[int, tuple[int, int]]


def _same_places(source: str, value: str, stretch: str) -> _Places:
    """Where in ``source`` each ``stretch`` of ``value`` stands, by where it begins in it; nothing
    if they are not as many. In folded text a space may be a line break."""
    pattern = _anywhere(stretch)
    found = [match.span() for match in pattern.finditer(source)]
    wanted = [match.start() for match in pattern.finditer(value)]
    return dict(zip(wanted, found, strict=True)) if len(found) == len(wanted) else {}


@lru_cache(maxsize=64)
def _anywhere(text: str) -> re.Pattern[str]:
    return re.compile(r"[ \r\n]+".join(map(re.escape, re.split("[ \n]", text))))


def _wrapped(new: str, raw: str) -> str:
    """The new words, with a line break after the first if the old ones were broken over lines."""
    broken = re.search(r" *\r?\n[ \r\n]*", raw)
    return new.replace(" ", broken[0], 1) if broken else new


def _apply(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return text


def _like(old: str, new: str) -> str:
    """``new`` with a capital where ``old`` has one."""
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
