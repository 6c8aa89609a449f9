"""Brings a revised document into a catalogue that there is already.

The document is compared with what the catalogue itself prints, read in the same way. Where their
words differ the field is changed, and nowhere else: what people have written in the files, their
comments too, stays. A field that holds something else than what is printed of it is never written
over; the official is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from insatskoll.bilaga import publish, render
from insatskoll.catalogue import inventory, loading
from insatskoll.catalogue.canonical import to_flow, to_readable_yaml
from insatskoll.catalogue.formatting import formatted
from insatskoll.catalogue.model import Kommun
from insatskoll.diff.matching import text_likeness
from insatskoll.importing import formats
from insatskoll.importing.matching import plain
from insatskoll.importing.plan import Made, Plan, plan
from insatskoll.importing.report import named
from insatskoll.importing.sheet import Path as FieldPath
from insatskoll.names import shortened
from insatskoll.reading import document, schema, tidy
from insatskoll.reading.document import Document
from insatskoll.reading.hygiene import UnreadableDocument
from insatskoll.reading.places import value_at

# What an import chooses by itself, or that is no words of the document.
_OWN = frozenset(("insatstyp", "begrepp", "avdelning", "källa"))
_ALIKE = 0.6


@dataclass(frozen=True)
class Change:
    """A field that the document says otherwise than before: ``None`` where it says nothing."""

    path: FieldPath
    before: object
    after: object


@dataclass(frozen=True)
class Updated:
    """What a revised document changes: files with their new text, and in words what the official
    has to settle. ``kommun`` is the municipality as it becomes."""

    texts: Mapping[Path, str]
    before: Mapping[Path, bytes | None]
    kommun: Kommun
    asked: tuple[str, ...]


@dataclass
class _Work:
    """The files so far."""

    folder: Path
    texts: dict[Path, str] = field(default_factory=dict)
    before: dict[Path, bytes | None] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


def printed(kommun: Kommun, form: str = "docx") -> Plan:
    """What an import makes of the bilaga that the catalogue itself prints, in a format. Raises
    :class:`RenderError`."""
    assert kommun.revision is not None
    order = publish.order(kommun, kommun.revision)
    made = render.bilaga(
        order.revision, order.tidigare, (form,), order.own, order.profile, order.layout
    )
    ((name, data),) = made.files.items()
    return plan([formats.source(name, data)], kommun.revision.kommun["namn"])


def updated(kommun: Kommun, base: Plan, revised: Plan) -> Updated:
    """What the plan ``revised`` changes in ``kommun``, whose own bilaga is read as ``base``."""
    assert kommun.revision is not None
    work = _Work(kommun.folder)
    theirs = {plain(str(one.sheet.data["namn"])): one for one in base.made if one.kind == "insats"}
    ours = {plain(insats.data["namn"]): insats.document for insats in kommun.revision.insatser}
    left = dict(ours)
    added: list[Made] = []
    wanted = [one for one in revised.made if one.kind == "insats"]
    for made in sorted(wanted, key=lambda one: plain(str(one.sheet.data["namn"])) not in ours):
        name = _matched(made, theirs, left)
        held = left.pop(name) if name is not None else None
        if held is None:
            added.append(made)
        elif name in theirs:
            _change(work, held, theirs[name], made)
    _add(work, kommun, added, revised)
    for gone in left.values():
        if gone is not None:
            work.asked.append(
                f"{_short(work, gone.path)}: insatsen finns inte i dokumentet. Ta bort filen om "
                "den har utgått."
            )
    return Updated(work.texts, work.before, _reread(kommun, work), tuple(work.asked))


def _matched(
    made: Made, theirs: Mapping[str, Made], left: Mapping[str, Document | None]
) -> str | None:
    """The name, as it is compared, of the insats that one in the document is: the same name, or
    else much the same words."""
    name = plain(str(made.sheet.data["namn"]))
    if name in left:
        return name
    words = _words(made)
    alike = [(text_likeness(words, _words(theirs[n])), n) for n in left if n in theirs]
    best = max(alike, default=(0.0, ""))
    return best[1] if best[0] >= _ALIKE else None


def _words(made: Made) -> str:
    return " ".join(one.words for one in made.sheet.fillings if one.path != ("namn",))


def _short(work: _Work, path: Path) -> str:
    return path.relative_to(work.folder).as_posix()


def changes(before: Any, after: Any, path: FieldPath = ()) -> Iterator[Change]:
    """The fields that differ between what two readings have made; lists of the same length item by
    item."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            if path or key not in _OWN:
                yield from changes(before.get(key), after.get(key), (*path, key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for at, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from changes(old, new, (*path, at))
    elif _bare(before) != _bare(after):
        yield Change(path, before, after)


def _bare(value: object) -> object:
    """A value as it is compared: how a text is broken makes no difference."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [_bare(one) for one in value]
    if isinstance(value, dict):
        return {key: _bare(held) for key, held in value.items()}
    return value


def _change(work: _Work, held: Document, base: Made, made: Made) -> None:
    text = held.text
    for change in changes(base.sheet.data, made.sheet.data):
        there = _at(document.parse(held.path, text).data, change.path)
        if _bare(there) == _bare(change.after):
            continue
        told = f"{_short(work, held.path)}, {named(change.path)}"
        if _bare(there) != _bare(change.before):
            work.asked.append(
                f"{told}: dokumentet säger nu {_said(change.after)}, men fältet är skrivet på "
                "annat sätt. Ändra det själva."
            )
            continue
        after = _edited(held.path, text, change)
        if after is None:
            work.asked.append(
                f"{told}: dokumentet säger nu {_said(change.after)}. Ändra det själva."
            )
        else:
            text = after
    if text != held.text:
        work.texts[held.path] = text
        work.before[held.path] = held.text.encode()


def _said(value: object) -> str:
    if value is None:
        return "inget"
    return f"”{value}”" if isinstance(value, str) else to_flow(value)


def _at(data: Any, path: FieldPath) -> Any:
    try:
        return value_at(data, path)
    except (KeyError, IndexError, TypeError):
        return None


def _edited(path: Path, text: str, change: Change) -> str | None:
    """The text of a file with a field changed; None if that cannot be done without changing
    anything else."""
    read = document.parse(path, text)
    wanted = _with(read.data, change.path, change.after)
    if not schema.holds(wanted, "insats"):
        return None
    try:
        made = formatted(_written(read, change, wanted), "insats")
        return made if document.parse(path, made).data == wanted else None
    except (UnreadableDocument, tidy.Untidy, KeyError):
        return None


def _written(read: Document, change: Change, wanted: Any) -> str:
    """The text with the smallest thing written anew that holds the change: the field itself, or
    what it stands in; at the top a new field comes last."""
    at = change.path
    if change.after is None or _at(read.data, at) is None:
        at = at[:-1]
    several = isinstance(change.after, str) and "\n" in change.after
    if len(at) > 1 or (at and not several):
        begin, end = read.extent(at)[0], read.end(at)
        assert end is not None
        value = to_flow([_at(wanted, at)])[1:-1]
        return read.text[:begin] + value + read.text[end:]
    key = str(change.path[0])
    held: Any = read.data
    rest = _without(read, key) if key in held else read.text
    written = to_readable_yaml({key: wanted[key]}) if key in wanted else ""
    return f"{rest.rstrip()}\n{written}"


def _without(read: Document, key: str) -> str:
    """The text without a field at the top."""
    end = read.end((key,))
    assert end is not None
    start = read.text.rindex("\n", 0, read.extent((key,))[0]) + 1
    while not read.text[start:].startswith(key):
        start = read.text.rindex("\n", 0, start - 1) + 1
    return read.text[:start] + read.text[end:].lstrip("\n")


def _with(data: Any, path: FieldPath, value: object) -> Any:
    """``data`` with another value at ``path``, or without it."""
    if not path:
        return value
    copied: Any = dict(data) if isinstance(data, dict) else list(data or ())
    step, rest = path[0], path[1:]
    if not rest and value is None:
        del copied[step]
        return copied
    inner = copied.get(step, {}) if isinstance(copied, dict) else copied[step]
    copied[step] = _with(inner, rest, value)
    return copied


def _add(work: _Work, kommun: Kommun, added: Sequence[Made], revised: Plan) -> None:
    """Files for insatser that are new, each in the chapter of its name, or else the last."""
    assert kommun.revision is not None
    if not added:
        return
    chapters = kommun.revision.kommun["avdelningar"]
    named_so = {one["id"]: one for one in revised.made[0].sheet.data["avdelningar"]}
    for made in added:
        own = named_so[made.sheet.data["avdelning"]]
        known = {plain(name): one["id"] for one in chapters for name in _names(one)}
        chapter = known.get(plain(own["namn"]))
        made.sheet.data["avdelning"] = chapter or chapters[-1]["id"]
        path, at = work.folder / made.path, shortened(made.path.as_posix())
        if path.exists():
            work.asked.append(f"{at}: filen finns, för en annan insats.")
            continue
        work.texts[path] = revised.text(made, work.folder)
        work.before[path] = None
        if chapter is None:
            work.asked.append(f"{at}: vilken avdelning hör insatsen till?")
        work.asked.append(
            f"{at}: insatsen är ny. Står avdelningens insatser uppräknade i "
            "kommun.yaml läggs den till där."
        )


def _names(chapter: Mapping[str, Any]) -> Iterator[str]:
    yield chapter["namn"]
    if "rubrik" in chapter:
        yield chapter["rubrik"]


def _reread(kommun: Kommun, work: _Work) -> Kommun:
    """The municipality with the new texts."""
    held = inventory.contents(kommun.folder)
    steps = [path.relative_to(work.folder).parts for path in work.texts]

    def read(path: Path, kind: str) -> Document | Any:
        text = work.texts.get(path)
        return loading.load_document(path, kind, raw=None if text is None else text.encode())

    return loading.make_kommun(kommun.folder, dict.fromkeys([*held.files, *steps]), read)
