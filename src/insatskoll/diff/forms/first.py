"""What a first bilaga holds, where there is none before it: the insatser by avdelning, how they are
documented, and the ages, the consent and the fees that it states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import phrases
from insatskoll.catalogue import printed
from insatskoll.catalogue.documentation import BASES
from insatskoll.catalogue.model import Insats, Revision
from insatskoll.diff import clauses, stated
from insatskoll.diff.naming import bare
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder, Del, Dokumentation, InsatsData

_MIXED = "olika"
_UNSAID = frozenset({"", "annan", "annat"})  # kinds that say nothing of what an insats is
_SPEAKS = later(r"(?i)\b(du|dig|din|ditt|dina)\b")
_DOCUMENTED = {
    "individnivå": "på individnivå",
    "utan personliga förhållanden": "utan uppgifter om personliga förhållanden",
    "avidentifierad": "avidentifierat av särskilda skäl",
}


def levels(new: Revision) -> dict[str, list[str]]:
    """The names of the insatser by how they are documented, in the order of the law; those of which
    nothing is said last, under an empty name."""
    found: dict[str, list[str]] = {level: [] for level in (*BASES, "")}
    for insats in new.insatser:
        held: dict[str, list[str]] = {}
        for _, part in insats.delar:
            level = part.get("dokumentation", {}).get("nivå", "")
            held.setdefault(level, []).append(part["namn"])
        for level, parts in held.items():
            listed = phrases.lista(f"”{name}”" for name in parts)
            name = bare(insats.namn)
            found[level].append(name if len(held) == 1 else f"{name} (i {listed})")
    return {level: names for level, names in found.items() if names}


def _level(insats: Insats) -> str:
    """How an insats is documented; empty where it does not say."""
    found = {part.get("dokumentation", {}).get("nivå", "") for _, part in insats.delar}
    return found.pop() if len(found) == 1 else _MIXED


def documented(level: str) -> str:
    """How a level of documentation is told: ”på individnivå (SoL 14 kap. 3 §)”."""
    return f"{_DOCUMENTED[level]} ({BASES[level]})"  # type: ignore[index]


def in_short(new: Revision) -> Iterator[str]:
    """How many insatser it holds, by avdelning and by how they are documented, in sentences."""
    total = len(new.insatser)
    if not total:
        return
    places = Counter(insats.data["avdelning"] for insats in new.insatser)
    named = [(one["namn"], places[one["id"]]) for one in new.kommun["avdelningar"]]
    listed = [f"{phrases.antal(count)} i {clauses.section(name)}" for name, count in named if count]
    where = f": {phrases.lista(listed)}" if len(listed) > 1 else ""
    what = "en insats" if total == 1 else f"{phrases.antal(total)} insatser"
    yield f"Bilagan innehåller {what} som nämnden ger utan individuell behovsprövning{where}."
    counts = Counter(_level(insats) for insats in new.insatser)
    counted = [
        f"{phrases.antal(counts[level])} {words}"
        for level, words in {**_DOCUMENTED, _MIXED: "på olika sätt i sina delar"}.items()
        if counts[level]
    ]
    if counted:
        yield phrases.mening(f"av dem dokumenteras {phrases.lista(counted)}")
    yield from _stated(new)


def _stated(new: Revision) -> Iterator[str]:
    """For how many insatser the bilaga states an age, whose consent is asked for, and a fee, as a
    sentence; nothing where none has any."""
    counts = (
        ("en ålder", sum(1 for insats in new.insatser if ages(insats))),
        ("regler om samtycke", sum(1 for insats in new.insatser if _has(insats, "samtycke"))),
        ("en avgift", sum(1 for insats in new.insatser if _costs(insats))),
    )
    said = [f"{what} för {phrases.antal(count)}" for what, count in counts if count]
    if said:
        yield f"Bilagan anger {phrases.lista(said)} av dem."


def _has(insats: Insats, field: str) -> bool:
    return any(field in part for part in (insats.data, *insats.data.get("delar", ())))


def _costs(insats: Insats) -> bool:
    parts = (insats.data, *insats.data.get("delar", ()))
    return any(part.get("avgift", "nej") != "nej" for part in parts)


def chapters(new: Revision) -> list[tuple[str, list[tuple[str, str]]]]:
    """The avdelningar that have insatser, each with those by name, and in sentences what each is,
    whom it is for and how old they are, and how much it is, as far as that is said."""
    return [
        (avdelning["namn"], [(bare(one.namn), _described(one)) for one in found])
        for avdelning in new.kommun["avdelningar"]
        if (found := new.i_avdelning(avdelning["id"]))
    ]


def _described(insats: Insats) -> str:
    shown = printed.file(insats.data)
    kind = shown.get("insatstyp", "")
    known = kind not in _UNSAID and _letters(kind) not in _letters(insats.namn)
    extent = phrases.omfattning(shown["omfattning"]) if "omfattning" in shown else ""
    told = [
        phrases.mening(kind) if known else "",
        _for_whom(shown),
        *ages(insats),
        phrases.mening(phrases.på_en_rad(extent)) if extent else "",
    ]
    return " ".join(filter(None, told))


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.casefold()))


def _for_whom(shown: InsatsData) -> str:
    """Whom an insats is for, or else its aim; in quotation marks where it speaks to the reader."""
    group, aim = shown.get("målgrupp", {}).get("beskrivning", ""), shown.get("syfte", "")
    line = phrases.på_en_rad(group or aim).removesuffix(".")
    if not line:
        return ""
    if _SPEAKS.search(line):
        return f"Bilagan säger: ”{line}”."
    if not group and line.startswith("Att "):
        return f"Syftet är att {line.removeprefix('Att ')}."
    return phrases.mening(line)


def reasons(new: Revision) -> list[str]:
    """Why insatser that are documented without identities are so, in sentences, each with all that
    it is said of."""
    found: dict[str, list[str]] = {}
    for insats in new.insatser:
        for _, part in insats.delar:
            if why := _why(part):
                found.setdefault(why, []).append(_in_part(insats, part))
    return [f"{phrases.mening(phrases.lista(names))} {why}" for why, names in found.items()]


def _in_part(insats: Insats, part: InsatsData) -> str:
    name = bare(insats.namn)
    return name if len(insats.delar) == 1 else f"{name} (i ”{part['namn']}”)"


def _why(part: InsatsData) -> str:
    documentation = part.get("dokumentation", {})
    reasons = documentation.get("särskilda_skäl", {})
    if documentation.get("nivå") != "avidentifierad" or not reasons:
        return ""
    only = {"nivå": "avidentifierad", "särskilda_skäl": reasons}
    return stated.documentation(cast("Dokumentation", only), {})


def ages(insats: Insats) -> list[str]:
    """The ages that an insats and its parts state, in sentences."""
    shown = printed.file(insats.data)
    found = (one for part in (shown, *shown.get("delar", ())) for one in aged_as(part))
    return list(dict.fromkeys(found))


def aged_as(part: InsatsData | Del) -> Iterator[str]:
    """The ages that an insats or a part states, in sentences."""
    holders = [part.get("målgrupp", {}), part, *part.get("villkor", ())]
    found = [one.get(name) for one in holders for name in printed.AGES]
    ages = [cast("Alder", age) for age in found if age is not None]
    yield from dict.fromkeys(phrases.mening(phrases.alder_avser(age)) for age in ages)


def common(new: Revision) -> list[str]:
    """The conditions that are for all insatser, and whose consent all that are for children need,
    in sentences."""
    kommun = printed.file(new.kommun)
    told = [stated.condition(one) for one in kommun.get("gemensamma_villkor", ())]
    return [*told, *([stated.consent(kommun["samtycke"])] if "samtycke" in kommun else [])]


def fees(new: Revision) -> list[str]:
    """What the insatser cost, in sentences: those that have a fee one by one, and which of the
    others are free of charge. Of those without the field nothing is said: their texts may."""
    costing = [insats for insats in new.insatser if _costs(insats)]
    free = [one for one in new.insatser if one not in costing and _has(one, "avgift")]
    said = [f"{bare(one.namn)}: {cost}" for one in costing for cost in _costs_of(one)]
    if free and len(costing) + len(free) < len(new.insatser):
        said.append(f"Avgiftsfritt är {phrases.lista(bare(one.namn) for one in free)}.")
    elif free:
        said.append(f"{'Övriga insatser' if costing else 'Insatserna'} är avgiftsfria.")
    return said


def _costs_of(insats: Insats) -> Iterator[str]:
    shown = printed.file(insats.data)
    for part in (shown, *shown.get("delar", ())):
        if part.get("avgift", "nej") != "nej":
            name = f"delen ”{part['namn']}”: " if part is not shown else ""
            yield f"{name}{phrases.mening(phrases.avgift(part['avgift']))}"
