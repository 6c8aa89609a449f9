"""What a revised document changes in the municipality's own file: whose it is, its chapters, its
units and its common texts; and where new insatser go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from insatskoll.catalogue import editing
from insatskoll.catalogue.file_names import free_id
from insatskoll.catalogue.model import Kommun
from insatskoll.importing.matching import plain
from insatskoll.importing.plan import Made, Plan
from insatskoll.importing.sheet import Path as FieldPath
from insatskoll.importing.updating import texts
from insatskoll.importing.updating.insatser import Matched, change, givers, insatser, name_of
from insatskoll.importing.updating.work import Change, Held, Work, changes

_FACTS: tuple[FieldPath, ...] = (
    ("nämnd",),
    ("bilaga", "titel"),
    ("bilaga", "beteckning"),
    ("bilaga", "gäller_från"),
    ("förslag", "datum"),
    ("förslag", "diarienummer"),
)


def change_common(work: Work, kommun: Kommun, base: Plan, revised: Plan) -> Held:
    """Changes what the document says otherwise of the municipality itself."""
    assert kommun.document is not None
    held = Held(work, kommun.document, "kommun")
    before, after = base.made[0].sheet, revised.made[0].sheet
    for path in _FACTS:
        old, new = before.get(path), after.get(path)
        if old != new:
            held.change(Change(path, old, new))
    for key in texts.RULES:
        for one in changes(before.data.get(key), after.data.get(key), path=(key,)):
            held.change(one)
    shelf = texts.Shelf(((held, texts.ROOTS),))
    for words in texts.revise(shelf, texts.common(base), texts.common(revised)):
        work.ask(held.path, words)
    return held


def change_analyses(work: Work, kommun: Kommun, base: Plan, revised: Plan) -> list[Held]:
    """Changes the analyses of risks as the document does; gives back their files."""
    held = {plain(one.data["namn"]): Held(work, one.document, "riskanalys")
            for one in kommun.riskanalyser}  # fmt: skip
    before, after = ({plain(one.sheet.data["namn"]): one for one in plan.made
                      if one.kind == "riskanalys"} for plan in (base, revised))  # fmt: skip
    for name, made in after.items():
        if name in held and name in before:
            change(held[name], before[name], made)
        elif name not in held:
            path = work.folder / made.path
            work.ask(path, "analysen är ny i dokumentet. Skriv in den själva.")
    for name in before:
        if name not in after and name in held:
            work.ask(held[name].path, "analysen finns inte i dokumentet. Ta bort filen om den har "
                     "utgått.")  # fmt: skip
    return list(held.values())


def change_left(work: Work, own: Held, files: Sequence[Held], base: Plan, revised: Plan) -> None:
    """Changes what no field is read from, in the file that has the same words: a text that is
    printed as a part of something else."""
    whole = [(held, tuple((key,) for key in held.data)) for held in files]
    shelf = texts.Shelf(((own, texts.ROOTS), *whole))
    for words in texts.revise(shelf, texts.left(base), texts.left(revised)):
        work.ask(own.path, words)


# Units


def units(held: Held, base: Plan, revised: Plan, matched: Matched) -> dict[str, str]:
    """Changes the units as the document does; gives back their ids by name, as it is compared."""
    ids = {plain(one["namn"]): one["id"] for one in held.data.get("enheter", ())}
    names = {plain(one["namn"]): one["namn"] for one in held.data.get("enheter", ())}
    before, after = _given(base, matched.base), _given(revised, matched.revised)
    known, heads = ({plain(one["namn"]): one for one in plan.made[0].sheet.data.get("enheter", ())}
                    for plan in (base, revised))  # fmt: skip
    seen = {name for given in after.values() for name in given} | set(heads)
    for was in [one for one in ids if one not in seen]:
        theirs = [name for name, given in before.items() if was in given]
        now = {tuple(set(after.get(name, {})) - set(before[name])) for name in theirs}
        only = now.pop() if len(now) == 1 else ()
        if len(only) == 1 and only[0] not in ids:
            spelt = next(given[only[0]] for given in after.values() if only[0] in given)
            if _rename(held, names[was], spelt):
                ids[only[0]] = ids[was]
        elif theirs:
            held.work.ask(held.path, f"enheten ”{names[was]}” finns inte i dokumentet. Ta bort den "
                          "om den har utgått.")  # fmt: skip
    for name, one in heads.items():
        if name not in ids and name not in known:
            ids[name] = _add_unit(held, one)
    return ids


def _given(plan: Plan, ids: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Who gives each insats, by id: the names as they are compared, and as written."""
    return {
        ids[name_of(made)]: {plain(one): one for one in givers(made, plan)}
        for made in insatser(plan) if name_of(made) in ids
    }  # fmt: skip


def _renamed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    """The names that stand where another did, with the same around them."""
    old, new = list(before), list(after)
    if len(old) != len(new):
        return {}
    return {
        a: b for a, b in zip(old, new, strict=True)
        if plain(a) != plain(b) and a not in after and b not in before
    }  # fmt: skip


def _rename(held: Held, was: str, now: str) -> bool:
    at = next(at for at, one in enumerate(held.data["enheter"]) if one["namn"] == was)
    return held.put(("enheter", at, "namn"), now)


def _add_unit(held: Held, unit: Mapping[str, Any]) -> str:
    there = held.data.get("enheter", ())
    name = _free(free_id(unit["namn"], "enhet") or "enhet", [one["id"] for one in there])
    made = {"id": name} | {key: unit[key] for key in ("namn", "grupp") if key in unit}
    if not held.put(("enheter", len(there)), made):
        held.work.ask(held.path, f"enheten ”{unit['namn']}” är ny. Lägg till den själva.")
    return name


def _free(base: str, taken: Sequence[str]) -> str:
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


# Chapters


def chapters(
    held: Held, files: Mapping[str, Held], base: Plan, revised: Plan, matched: Matched
) -> dict[str, str]:
    """Changes the chapters as the document does; gives back the catalogue's ids by the document's
    as revised."""
    before, after = (plan.made[0].sheet.data["avdelningar"] for plan in (base, revised))
    ids = {plain(name): one["id"] for one in held.data["avdelningar"] for name in _headings(one)}
    pairs = _renamed({one["namn"]: one for one in before}, {one["namn"]: one for one in after})
    for was, now in pairs.items():
        if plain(was) in ids and _rename_chapter(held, ids[plain(was)], now):
            ids[plain(now)] = ids[plain(was)]
    for one in before:  # a heading that is no chapter's own is that of what stands under it
        ids.setdefault(plain(one["namn"]), _chapter_of(one["id"], files, base, matched))
    found: dict[str, str] = {}
    only = len(after) == 1 and len(held.data["avdelningar"]) == 1
    last = -1
    for one in after:
        name = plain(one["namn"])
        if not ids.get(name) and only:
            ids[name] = held.data["avdelningar"][0]["id"]
        if not ids.get(name):
            ids[name] = _add_chapter(held, one, last + 1)
        found[one["id"]] = ids[name]
        last = _at(held, ids[name])
    return found


def _chapter_of(printed: str, files: Mapping[str, Held], base: Plan, matched: Matched) -> str:
    """The chapter of the first insats that was printed in one."""
    names = (matched.base.get(name_of(one), "") for one in insatser(base)
             if one.sheet.data["avdelning"] == printed)  # fmt: skip
    return next((files[name].data["avdelning"] for name in names if name in files), "")


def _headings(chapter: Mapping[str, Any]) -> Iterator[str]:
    yield chapter["namn"]
    if "rubrik" in chapter:
        yield chapter["rubrik"]


def _at(held: Held, chapter: str) -> int:
    return next(at for at, one in enumerate(held.data["avdelningar"]) if one["id"] == chapter)


def _rename_chapter(held: Held, chapter: str, heading: str) -> bool:
    at = _at(held, chapter)
    key = "rubrik" if "rubrik" in held.data["avdelningar"][at] else "namn"
    return held.put(("avdelningar", at, key), heading)


def _add_chapter(held: Held, chapter: Mapping[str, Any], at: int) -> str:
    taken = [one["id"] for one in held.data["avdelningar"]]
    name = _free(chapter["id"], taken)
    if held.insert(("avdelningar", at), {"id": name, "namn": chapter["namn"]}):
        return name
    held.work.ask(held.path, f"avdelningen ”{chapter['namn']}” är ny. Lägg till den själva.")
    return str(taken[-1])


# Which insatser each has, and in what order


def place(
    held: Held, files: Mapping[str, Held], base: Plan, revised: Plan, matched: Matched,
    ids: Mapping[str, str],
) -> None:  # fmt: skip
    """Puts the insatser in the chapters and the order that the document has them in; a new one is
    known by its own name."""
    before = _placed(base, matched.base)
    after = _placed(revised, matched.revised)
    names = {one["id"]: one["namn"] for one in base.made[0].sheet.data["avdelningar"]}
    heads = {one["id"]: one["namn"] for one in revised.made[0].sheet.data["avdelningar"]}
    come = [name for name, chapter in after.items()
            if name not in before or _is_other(names[before[name]], heads[chapter], ids[chapter],
                                               held)]  # fmt: skip
    for name in come:
        if name in files:
            _move(held, files[name], ids[after[name]])
    for chapter in dict.fromkeys(ids[one] for one in after.values()):
        theirs = [name for name, one in after.items() if ids[one] == chapter]
        _list(held, chapter, theirs, come, [one for one in before if one in theirs])


def _is_other(printed: str, heading: str, chapter: str, held: Held) -> bool:
    """Whether an insats that was printed under one heading stands in another chapter now, and not
    only under the same one with a new name."""
    if plain(printed) == plain(heading):
        return False
    return plain(printed) in {
        plain(name) for one in held.data["avdelningar"] if one["id"] != chapter
        for name in _headings(one)
    }  # fmt: skip


def _placed(plan: Plan, ids: Mapping[str, str]) -> dict[str, str]:
    """The chapter of each insats, by id, in the order of the document."""
    return {ids.get(name_of(one), one.path.stem): one.sheet.data["avdelning"]
            for one in insatser(plan)}  # fmt: skip


def _move(held: Held, file: Held, chapter: str) -> None:
    """Moves an insats that the document has in another chapter than what was printed."""
    there = file.data["avdelning"]
    if there == chapter:
        return
    if file.put(("avdelning",), chapter):
        _unlist(held, there, file.path.stem)
    else:
        held.work.ask(file.path, "insatsen har flyttats till en annan avdelning.", ("avdelning",))


def _unlist(held: Held, chapter: str, name: str) -> None:
    at = _at(held, chapter)
    listed = held.data["avdelningar"][at].get("insatser", [])
    if name in listed and not held.put(("avdelningar", at, "insatser", listed.index(name)), None):
        held.work.ask(held.path, f"ta bort {name} ur listan", ("avdelningar", at, "insatser"))


def _list(
    held: Held, chapter: str, names: Sequence[str], come: Sequence[str], known: Sequence[str]
) -> None:
    """Writes in the chapter's list what has come to it, and the document's order if that is
    another."""
    at = _at(held, chapter)
    path: FieldPath = ("avdelningar", at, "insatser")
    listed = editing.there(held.data, path)
    if listed is None:
        return  # in the order of the alphabet
    for number, name in enumerate(names):
        if name in listed or name not in come:
            continue
        before = next((one for one in reversed(names[:number]) if one in listed), None)
        to = listed.index(before) + 1 if before is not None else 0
        if not held.insert((*path, to), name):
            held.work.ask(held.path, f"lägg till {name} i listan", path)
            continue
        listed = editing.there(held.data, path)
    common = [one for one in names if one in known]
    if [one for one in listed if one in common] == common or list(known) == common:
        return
    order = iter(common)
    put = [next(order) if one in common else one for one in listed]
    if not held.put(path, put):
        held.work.ask(held.path, "dokumentet har insatserna i en annan ordning.", path)


def made_for(made: Made, plan: Plan, chapters: Mapping[str, str], ids: Mapping[str, str]) -> None:
    """Gives a new insats the catalogue's own ids of its chapter and its units."""
    made.sheet.data["avdelning"] = chapters[made.sheet.data["avdelning"]]
    names = givers(made, plan)
    units = [ids[plain(one)] for one in names if plain(one) in ids]
    others = [one for one in names if plain(one) not in ids]
    for key, value in (("enheter", units), ("namn", others)):
        if value:
            made.sheet.data.setdefault("utförare", {})[key] = value
        elif "utförare" in made.sheet.data:
            made.sheet.data["utförare"].pop(key, None)
