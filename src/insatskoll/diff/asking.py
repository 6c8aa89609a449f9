"""What to ask of the removed and the added that may be the same insats, with the line to write if
they are."""

from __future__ import annotations

from collections.abc import Iterator

from insatskoll import names
from insatskoll.bilaga import phrases
from insatskoll.catalogue.model import Insats
from insatskoll.diff.facts import Comparison
from insatskoll.diff.matching import untrue


def questions(comparison: Comparison) -> list[str]:
    """A question for each insats that may have got another name, been split or been merged. None
    where the new side is decided: nothing more is written there."""
    if comparison.new.beslut is not None:
        return []
    return list(_questions(comparison))


def _questions(comparison: Comparison) -> Iterator[str]:
    old, new = (
        {insats.id: insats for insats in side.insatser} for side in (comparison.old, comparison.new)
    )
    for was, now in untrue(comparison.old, comparison.new, comparison.groups):
        yield _untrue(old[was], new[now])
    found = comparison.perhaps_the_same
    for group in found:
        yield question([old[i] for i in group.old], [new[i] for i in group.new], group.old)
    asked = {i for group in found for i in (*group.old, *group.new)}
    for group in comparison.perhaps_merged:
        if len(group.old) > 1 and group.old[1] not in asked:
            yield _merged_in(old[group.old[1]], new[group.new[0]], group.old)
        elif len(group.new) > 1 and group.new[1] not in asked:
            yield _split_from(old[group.old[0]], new[group.new[1]])


def nothing_alike(was: Insats, now: Insats) -> str:
    """That what a file says that its insats was is nothing like it."""
    before, after = names.visible(was.namn), names.visible(now.namn)
    where = f"insatser/{names.short(now.id)}.yaml"
    said = (
        f"I filen {where} står nu {after} i stället för {before}"
        if was.id == now.id
        else f"Fältet tidigare_id i {where} säger att {after} förut var {before}"
    )
    return f"{said}, men de har inget gemensamt i namn, text eller andra uppgifter."


def _untrue(was: Insats, now: Insats) -> str:
    before, after = names.visible(was.namn), names.visible(now.namn)
    remedy = "" if was.id == now.id else "Är det en annan insats, ta bort tidigare_id. "
    return (
        f"{nothing_alike(was, now)} {before} visas därför som borttagen och {after} som ny. "
        f"{remedy}Är det samma insats, godta ändringarna med skäl."
    )


def _merged_in(gone: Insats, kept: Insats, former: tuple[str, ...]) -> str:
    was, now = names.visible(gone.namn), names.visible(kept.namn)
    others = tuple(i for i in former if i != kept.id)
    return (
        f"Insatsen {was} tas bort, och det mesta ur den står nu i {now}. Har de slagits samman? "
        f"Skriv då {_line(kept, others)}."
    )


def _split_from(was: Insats, come: Insats) -> str:
    whole, piece = names.visible(was.namn), names.visible(come.namn)
    return (
        f"Insatsen {piece} läggs till, och det mesta i den stod förut i {whole}. Har den brutits "
        f"ut ur den? Skriv då {_line(come, (was.id,))}."
    )


def question(gone: list[Insats], come: list[Insats], former: tuple[str, ...]) -> str:
    """What to ask of those that are ``gone`` and ``come`` and may be the same, with the lines to
    write; ``former`` are the ids of the former."""
    before, after = (
        phrases.lista(names.visible(one.namn) for one in side) for side in (gone, come)
    )
    asked = "Är det samma insats?"
    if len(gone) > 1:
        asked = f"Har de slagits samman till {after}?"
    elif len(come) > 1:
        asked = f"Har {before} delats upp i dem?"
    told = f"{_are(gone)} {before} tas bort, och {after} läggs till. {asked}"
    return f"{told} Skriv då {phrases.lista(_line(one, former) for one in come)}."


def unsaid(old: list[Insats], new: list[Insats]) -> str:
    """What to say of those that are told to be the same though the files do not say so, with the
    lines to write; empty where they do."""
    former = tuple(one.id for one in old)
    silent = [one for one in new if not {one.id, *one.tidigare_id} >= {*former}]
    if not silent:
        return ""
    before, after = (phrases.lista(names.visible(one.namn) for one in side) for side in (old, new))
    lines = phrases.lista(_line(one, former) for one in silent)
    return f"Filerna säger inte att {before} har blivit {after}. Stämmer det, skriv {lines}."


def _are(gone: list[Insats]) -> str:
    return "Insatserna" if len(gone) > 1 else "Insatsen"


def _line(insats: Insats, former: tuple[str, ...]) -> str:
    """The line that says what an insats was, and the file that it is to stand in."""
    ids = ", ".join(dict.fromkeys((*insats.tidigare_id, *former)))
    return f"tidigare_id: [{names.plain(ids)}] i insatser/{names.short(insats.id)}.yaml"
