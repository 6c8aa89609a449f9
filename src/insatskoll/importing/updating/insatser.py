"""The insatser of a revised document: those that have changed, been renamed, come or gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from insatskoll.catalogue import editing
from insatskoll.catalogue.model import Kommun
from insatskoll.diff.likeness import text_likeness
from insatskoll.importing.matching import plain
from insatskoll.importing.plan import Made, Plan
from insatskoll.importing.sheet import Path as FieldPath
from insatskoll.importing.sheet import Sheet
from insatskoll.importing.updating.texts import Passage, Shelf, revise
from insatskoll.importing.updating.work import Change, Held, Work, bare, changes

# What an import chooses by itself, or that is no words of the document; the unit of an insats is
# told by what names it.
_OWN = frozenset(("insatstyp", "begrepp", "avdelning", "källa"))
_UNITS = ("utförare", "enheter")
_NAMES = ("utförare", "namn")
# What a field's own wording is called, where it is not called as the field.
_WORDED = {
    "gäller_från": "giltighetstid", "gäller_till": "giltighetstid", "remiss_från": "ingång",
}  # fmt: skip
_AS_PRINTED = "dokumentet säger något annat än den egna texten. Ändra den och fältet själva."
_ALIKE = 0.6
_REPHRASED = 0.4
_MOST_PAIRS = 10_000  # of texts that are compared


@dataclass
class Matched:
    """The insatser of a document and of the catalogue that are the same: the catalogue's ids by
    the names in the document as printed (``base``) and as revised, the new ones, and the names of
    those that are gone."""

    base: dict[str, str] = field(default_factory=dict)
    revised: dict[str, str] = field(default_factory=dict)
    added: list[Made] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def name_of(made: Made) -> str:
    """The name of an insats as it is compared."""
    return plain(str(made.sheet.data["namn"]))


def insatser(plan: Plan) -> list[Made]:
    """The insatser that an import has made."""
    return [one for one in plan.made if one.kind == "insats"]


def match(kommun: Kommun, base: Plan, revised: Plan) -> Matched:
    """Which insats in the document is which in the catalogue: the one of its name, or else the one
    with much the same words."""
    assert kommun.revision is not None
    left = {plain(one.data["namn"]): one.id for one in kommun.revision.insatser}
    theirs = {name_of(one): one for one in insatser(base)}
    made = Matched({name: left[name] for name in theirs if name in left})
    wanted = insatser(revised)
    for one in sorted(wanted, key=lambda one: name_of(one) not in left):
        name = _same(one, theirs, left)
        if name is None:
            made.added.append(one)
        else:
            made.revised[name_of(one)] = left.pop(name)
    made.gone = list(left.values())
    return made


def _same(made: Made, theirs: Mapping[str, Made], left: Mapping[str, str]) -> str | None:
    name = name_of(made)
    if name in left:
        return name
    candidates = [one for one in left if one in theirs]
    if len(candidates) ** 2 > _MOST_PAIRS:
        return None
    words = _words(made)
    alike = [(text_likeness(words, _words(theirs[one])), one) for one in candidates]
    best = max(alike, default=(0.0, ""))
    return best[1] if best[0] >= _ALIKE else None


def _words(made: Made) -> str:
    return " ".join(one.words for one in made.sheet.fillings if one.path != ("namn",))


def change_all(
    work: Work, kommun: Kommun, base: Plan, revised: Plan, matched: Matched
) -> Mapping[str, Held]:
    """Changes what the document says otherwise of the insatser that there are; gives them back by
    id."""
    assert kommun.revision is not None
    held = {one.id: Held(work, one.document, "insats") for one in kommun.revision.insatser
            if one.document is not None}  # fmt: skip
    before = {matched.base[name_of(one)]: one for one in insatser(base)
              if name_of(one) in matched.base}  # fmt: skip
    for one in insatser(revised):
        name = matched.revised.get(name_of(one))
        if name is None or name not in held:
            continue
        if name not in before:
            why = "insatsen går inte att jämföra med dokumentet. Läs den själva."
            work.ask(held[name].path, why)
            continue
        change(held[name], before[name], one)
    for name in matched.gone:
        if name in held:
            work.ask(
                held[name].path,
                "insatsen finns inte i dokumentet. Ta bort filen om den har utgått.",
            )
    return held


def change(held: Held, base: Made, made: Made) -> None:
    """Changes what a file says otherwise as revised than as printed."""
    unclear: set[str | int] = set()
    asked: dict[FieldPath, None] = {}
    found = list(changes(base.sheet.data, made.sheet.data, _OWN))
    for one in sorted(found, key=lambda one: one.after is not None):
        if one.path[:2] in (_UNITS, _NAMES) or one.path == _UNITS[:1]:
            continue  # who gives it is told by names
        if one.after is None and (words := _rephrased(base, made, one)):
            why = f"dokumentet säger nu ”{words}”. Skriv fältet själva."
            held.work.ask(held.path, why, one.path)
            unclear.add(one.path[0])
        elif own := _own_wording(held.data, one.path):
            asked |= {own: None}
        elif one.before is None and one.path[0] in unclear:
            continue  # the same words, in another field
        elif not (_is_rewritten(held, one) and _revised(held, one)):
            held.change(one)
    for own in asked:
        held.work.ask(held.path, _AS_PRINTED, own)


def _own_wording(data: Mapping[str, Any], path: FieldPath) -> FieldPath:
    """Where a file has a wording of its own that is printed instead of the field at ``path``; empty
    if it has none."""
    base = path[:2] if path[0] == "delar" else ()
    held = editing.there(data, (*base, "egen_text")) or {}
    names = [step for step in path[len(base) :] if isinstance(step, str)]
    called = (_WORDED.get(name, name) for name in names[:1] + names[-1:])
    return next(((*base, "egen_text", name) for name in called if name in held), ())


def _rephrased(base: Made, made: Made, one: Change) -> str:
    """What the document has instead of the words that a field was read from, if it has not only
    lost them: a field does not go because it is said in a way that is not understood."""
    old, new = (_said(sheet.sheet) for sheet in (base, made))
    gone = [filling.words for filling in base.sheet.fillings
            if filling.path[: len(one.path)] == one.path and filling.words not in new]  # fmt: skip
    come = [words for words in new if words not in old]
    alike = ((text_likeness(a, b), b) for a in gone for b in come)
    best = max(alike, default=(0.0, ""))
    beside = (filling.words for filling in made.sheet.fillings
              if filling.path[0] == one.path[0] and filling.words in come)  # fmt: skip
    return best[1] if best[0] >= _REPHRASED else next(beside, "")


def _said(sheet: Sheet) -> dict[str, None]:
    """All words that a file is made of, those that no field has too."""
    said = [one.words for one in sheet.fillings]
    said += [one.words for one in sheet.leftovers]
    said += [one.words for one in sheet.questions]
    return dict.fromkeys(words for words in said if words)


def _is_rewritten(held: Held, one: Change) -> bool:
    """Whether a text is written otherwise in the file than it is printed."""
    texts = isinstance(one.before, str) and isinstance(one.after, str)
    return texts and bare(editing.there(held.data, one.path)) != bare(one.before)


def _revised(held: Held, one: Change) -> bool:
    """Whether the paragraphs of a text that have changed could be changed where they stand."""
    before, after = (Passage.of(str(text)) for text in (one.before, one.after))
    roots = tuple((key,) for key in held.data if key not in _OWN)
    return not revise(Shelf(((held, roots),)), before, after)


def givers(made: Made, plan: Plan) -> list[str]:
    """The names of who gives an insats, those of units too."""
    names = {one["id"]: one["namn"] for one in plan.made[0].sheet.data.get("enheter", ())}
    given: Sequence[Any] = made.sheet.get(_UNITS) or ()
    return [names.get(one, one) for one in given] + list(made.sheet.get(_NAMES) or ())


def change_givers(
    held: Mapping[str, Held], base: Plan, revised: Plan, matched: Matched, ids: Mapping[str, str]
) -> None:
    """Changes who gives the insatser: units, whose ``ids`` are known by their names as these are
    compared, and others."""
    before = {matched.base[name_of(made)]: givers(made, base) for made in insatser(base)
              if name_of(made) in matched.base}  # fmt: skip
    for made in insatser(revised):
        name = matched.revised.get(name_of(made), "")
        if name in held and name in before:
            _change_givers(held[name], before[name], givers(made, revised), ids)


def _change_givers(
    held: Held, before: Sequence[str], after: Sequence[str], ids: Mapping[str, str]
) -> None:
    was, now = (
        [ids[plain(one)] for one in names if plain(one) in ids] for names in (before, after)
    )
    if set(was) != set(now):
        _change_units(held, was, now)
    others, new = ([one for one in names if plain(one) not in ids] for names in (before, after))
    if others != new:
        held.change(Change(_NAMES, others or None, new or None))


def _change_units(held: Held, before: Sequence[str], given: Sequence[str]) -> None:
    there = [*(held.data.get("utförare", {}).get("enheter", ()))]
    wanted = [one for one in there if one in given]
    wanted += [one for one in given if one not in there]
    if set(there) != set(before) or not held.put(_UNITS, wanted or None):
        held.change(Change(_UNITS, list(before), wanted or None))
