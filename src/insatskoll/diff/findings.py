"""What a change does to the findings: which it introduces and which it removes.

Both sides are judged at one day, the newer side's, so that a difference comes of the change and not
of the time between. A frozen decision holds only what was decided, so against one only that is
judged, in the same form on both sides: neither the proposal, the waivers nor the way a file is
written can then make a finding that the other side could not have had.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from insatskoll.bilaga.profile import own_glyphs
from insatskoll.catalogue.canonical import as_files
from insatskoll.catalogue.file_names import in_kommun
from insatskoll.catalogue.model import Kommun
from insatskoll.law.rules import RuleSet
from insatskoll.lint.findings import Finding, Related, fingerprints
from insatskoll.lint.placing import line_of
from insatskoll.lint.run import lint
from insatskoll.reading.places import DataPath
from insatskoll.values import immutable


@immutable
class FindingsChange:
    """The findings that a change introduces, with places in the new side's files, and removes, with
    places in the old side's.

    A waived finding counts as one; it tells itself that it is waived. ``remaining`` is how many are
    on both sides.
    """

    introduced: tuple[Finding, ...] = ()
    removed: tuple[Finding, ...] = ()
    remaining: int = 0


def change(
    old: Kommun | None,
    new: Kommun | None,
    ruleset: RuleSet,
    begrepp: frozenset[str],
    datum: str | None = None,
    *,
    renamed: Mapping[str, str] | None = None,
    only: Collection[str] | None = None,
) -> FindingsChange:
    """The change in findings from ``old`` to ``new``, either of which is None where the
    municipality does not exist.

    ``renamed`` gives for old ids of insatser their new ones, and ``only`` the new ids of the
    insatser whose files count, if not all. ``datum`` (ÅÅÅÅ-MM-DD) overrides the day at which both
    are judged. What is found in the files of decisions counts where both sides are files, and so
    have them all.
    """
    revisions = [
        kommun.revision
        for kommun in (new, old)
        if kommun is not None and kommun.revision is not None
    ]
    day = datum or next((day for revision in revisions if (day := revision.prövningsdag)), None)
    frozen = any(revision.beslut is not None for revision in revisions)

    def found(kommun: Kommun | None) -> list[_Found]:
        judged = _judged(kommun, ruleset, begrepp, day, frozen) if kommun is not None else ()
        return [_Found(finding, key) for finding, key in judged]

    before, after = found(old), found(new)
    if old is not None and new is not None:
        names = _new_names(old, new, renamed or {})
        before = [replace(one, key=_as_new(one.key, renamed or {}, names)) for one in before]
    if only is not None:
        files = {Path("insatser", f"{insats_id}.yaml") for insats_id in only}
        before, after = ([one for one in side if one.key.path in files] for side in (before, after))
    left, right = before, after
    for simplified in (_whole, _without_index, _without_numbers):
        left, right = _unmatched(left, right, simplified)
    return FindingsChange(_told(right), _told(left), len(after) - len(right))


def _told(found: Iterable[_Found]) -> tuple[Finding, ...]:
    return tuple(
        sorted((one.finding for one in found if one.finding is not None), key=lambda f: f.order)
    )


@immutable
class _Found:
    """A finding as it is to be told, None if the files' own linting does not tell it, and as it is
    compared."""

    finding: Finding | None
    key: Finding


def _judged(
    kommun: Kommun, ruleset: RuleSet, begrepp: frozenset[str], day: str | None, frozen: bool
) -> Iterator[tuple[Finding | None, Finding]]:
    """A side's findings as they are to be told and as they are compared, the latter with paths from
    the municipality's folder."""

    def linted(one: Kommun) -> list[Finding]:
        return list(lint([one], ruleset, begrepp, day, own_glyphs=own_glyphs).findings)

    revision = kommun.revision
    decided = revision is not None and revision.beslut is not None
    own = [] if decided else [(f, replace(f, path=_inside(kommun, f.path))) for f in linted(kommun)]
    if frozen:
        own = [(finding, key) for finding, key in own if key.path.parent.name != "beslut"]
    if not frozen:
        yield from own
    elif revision is not None:
        known = dict(
            zip(fingerprints(key for _, key in own), (finding for finding, _ in own), strict=True)
        )
        compared = linted(as_files(revision, Path()))
        for mark, key in zip(fingerprints(compared), compared, strict=True):
            yield _in_decision(key, kommun) if decided else known.get(mark), key


def _inside(kommun: Kommun, path: Path) -> Path:
    """A file's path from the municipality's folder, wherever it really lies."""
    revision = kommun.revision
    for insats in revision.insatser if revision is not None else ():
        if insats.document is not None and insats.document.path == path:
            return Path("insatser", f"{insats.id}.yaml")
    return path.relative_to(kommun.folder) if path.is_relative_to(kommun.folder) else path


def _in_decision(finding: Finding, kommun: Kommun) -> Finding:
    """A finding in what a decision holds, with its places in the decision's file, which
    ``kommun.beslut`` has."""
    document = next(
        b.document
        for b in kommun.beslut
        if kommun.revision and b.revision.beslut == kommun.revision.beslut
    )

    def content(path: Path) -> DataPath:
        *part, name = in_kommun(path)
        return ("innehåll", *part, name.removesuffix(".yaml"))

    def related(other: Related) -> Related:
        span = document.span(content(other.path))
        return replace(other, path=document.path, span=span, source=line_of(document.text, span))

    data_path = (*content(finding.path), *finding.data_path)
    span = document.span(data_path)
    return replace(
        finding,
        path=document.path,
        span=span,
        data_path=data_path,
        related=tuple(map(related, finding.related)),
        source=line_of(document.text, span),
    )


def _new_names(old: Kommun, new: Kommun, renamed: Mapping[str, str]) -> dict[str, str]:
    """The old names of insatser that have got new ones, as they stand in messages."""
    if old.revision is None or new.revision is None:
        return {}
    now = {insats.id: insats.namn for insats in new.revision.insatser}
    names = {
        insats.namn: now.get(renamed.get(insats.id, insats.id), insats.namn)
        for insats in old.revision.insatser
    }
    return {f"”{name}”": f"”{later}”" for name, later in names.items() if name != later}


def _as_new(key: Finding, renamed: Mapping[str, str], names: Mapping[str, str]) -> Finding:
    """A finding on the old side as it would be on the new, where insatser have other ids and
    names."""
    path = key.path
    if path.parent.name == "insatser" and path.stem in renamed:
        path = path.with_name(f"{renamed[path.stem]}.yaml")
    message = (
        re.sub("|".join(map(re.escape, names)), lambda m: names[m[0]], key.message)
        if names
        else key.message
    )
    return replace(key, path=path, message=message)


def _whole(key: Finding) -> Finding:
    return key


def _without_index(key: Finding) -> Finding:
    """An item put in before others in a list moves theirs; a finding is no other for that."""
    return replace(key, data_path=tuple(step for step in key.data_path if isinstance(step, str)))


def _without_numbers(key: Finding) -> Finding:
    """Nor is it another for being counted anew: ”29 av 31 insatser” becomes ”30 av 32” when one is
    added elsewhere."""
    return replace(_without_index(key), message=re.sub(r"[0-9]+", "0", key.message))


def _unmatched(
    old: list[_Found], new: list[_Found], simplified: Callable[[Finding], Finding]
) -> tuple[list[_Found], list[_Found]]:
    """Those on either side that are on no other, as far as ``simplified`` keeps them apart."""
    left, right = (
        dict(zip(fingerprints(simplified(f.key) for f in side), side, strict=True))
        for side in (old, new)
    )
    return [f for mark, f in left.items() if mark not in right], [
        f for mark, f in right.items() if mark not in left
    ]
