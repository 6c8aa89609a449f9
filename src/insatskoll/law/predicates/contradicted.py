"""Checks whether what a text claims goes against what the fields of its insats say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, cast

from insatskoll.law.claims import reading
from insatskoll.law.claims.figures import number
from insatskoll.law.predicates.ages import Age, stated_ages
from insatskoll.law.predicates.ages_told import ToldAge, told_ages
from insatskoll.law.predicates.registry import Hit, Place, Subject, predicate
from insatskoll.reading.places import part_at, value_at

if TYPE_CHECKING:
    from insatskoll.reading.places import DataPath
    from insatskoll.reading.schema_types import InsatsData, Omfattning

_YOUNG = frozenset({"barn", "unga"})
_UNITS = {"stödsamtal": "samtal", "gruppträffar": "träffar"}  # as the texts have them
_MEETINGS = frozenset({"samtal", "träffar", "tillfällen", "hembesök"})
_NO_END = float("inf")


@predicate("texten-säger-annat", scopes=("påstående",), gives=("annat",))
def contradicted(
    subject: Subject, mot: Literal["åldrar", "omfattning", "andra texter"]
) -> Iterator[Hit]:
    """A claim about ages, or about how much the insats is, that cannot hold beside the fields
    for it; or, where no field has an age, beside the age that another text tells."""
    claim = cast("Mapping[str, Any]", subject.data)
    insats: InsatsData | None = claim.get("insats")
    kind = "antal" if mot == "omfattning" else "ålder"
    if insats is None or claim["nekad"] == "ja" or claim["slag"] != kind:
        return
    base = part_at(subject.path)
    if mot == "omfattning":
        own = subject.path[len(base) : len(base) + 1] == ("omfattning",)
        if not own and (said := _other_amount(claim, insats)):
            yield _hit(f"omfattningen säger {said}", (*base, "omfattning"))
        elif said := _other_sum(claim, insats):
            yield _hit(f"delarna har tillsammans {said}", ("delar",))
        return
    if mot == "andra texter":
        yield from _beside_other_texts(subject, insats)
        return
    if subject.path[-1:] == ("namn",) and {"från", "till"} <= claim.keys():
        return  # from one figure to another, as a name has it, is compared where the fields are
    stated = list(_same_person(claim["vem"], insats, base))
    wrong = _other_bounds if _tells_whom(subject, insats) else _apart
    if stated and all(wrong(claim, age) for age in stated):
        yield _hit(f"{stated[0].where} säger {stated[0].text}", stated[0].path)


def _hit(said: str, path: DataPath) -> Hit:
    return Hit((), {"annat": said}, (Place(f"{said[0].upper()}{said[1:]}", path),))


def _beside_other_texts(subject: Subject, insats: InsatsData) -> Iterator[Hit]:
    """Where a text tells another age than one before it of who takes part."""
    if subject.path[:1] == ("delar",) or subject.within is None:
        return
    known = subject.within.known
    if "åldrar i text" not in known:
        known["åldrar i text"] = _one_age_a_field(insats)
    ages: list[ToldAge] = known["åldrar i text"]
    here = (subject.path, subject.words)
    own = next((at for at, one in enumerate(ages) if (one.path, one.words) == here), 0)
    young = set(insats.get("målgrupp", {}).get("deltagare", ())) <= _YOUNG
    for one in ages[:own]:
        if (young or one.whose == ages[own].whose) and _nobody(one, ages[own]):
            yield _hit(f"{_WHO[str(one.path[0])]} säger {one.text}", one.path)
            return


def _one_age_a_field(insats: InsatsData) -> list[ToldAge]:
    """The age that each field tells in words of who takes part, where no field states one. Several
    ages in a field are those of several groups."""
    if any(True for _ in stated_ages(insats)):
        return []
    found: dict[str | int, list[ToldAge]] = {}
    for one in told_ages(insats):
        field = one.path[0]
        gated = field == "villkor" and "gäller" in insats["villkor"][int(one.path[1])]
        if field in _WHO and not gated:
            found.setdefault(field, []).append(one)
    return [told[0] for told in found.values() if len({(o.since, o.until) for o in told}) == 1]


_WHO = {"namn": "namnet", "målgrupp": "målgruppen", "villkor": "villkoret"}


def _nobody(first: ToldAge, second: ToldAge) -> bool:
    """Whether nobody has both ages."""
    return any(
        a.until is not None and b.since is not None and a.until + 1 <= b.since
        for a, b in ((first, second), (second, first))
    )


def _same_person(whose: str, insats: InsatsData, base: DataPath) -> Iterator[Age]:
    """The ages that the fields state of the one whose age is claimed."""
    participants = set(insats.get("målgrupp", {}).get("deltagare", ()))
    only_young = participants <= _YOUNG
    theirs = {
        "deltagaren": {"deltagaren"},
        "barnet": {"barnet", "deltagarens barn"} | ({"deltagaren"} if only_young else set()),
        "deltagarens barn": {"barnet", "deltagarens barn"},
    }.get(whose, set())
    for age in stated_ages(insats, base):
        if age.whose in theirs and age.unit != "ej angiven" and not age.conditional:
            yield age


def _tells_whom(subject: Subject, insats: InsatsData) -> bool:
    """Whether a claim about age is all that its text tells of whom the insats is for, and does so
    exactly."""
    claim = cast("Mapping[str, Any]", subject.data)
    if subject.path[-1:] not in (("beskrivning",), ("namn",)) or "ungefär" in claim:
        return False
    text = value_at(insats, subject.path)
    ages = islice((one for one in reading.said(str(text)) if one.kind == "ålder"), 2)
    return len(list(ages)) == 1 and subject.path[0] in _WHO


def _other_bounds(claim: Mapping[str, Any], age: Age) -> bool:
    """Whether one of them begins, or ends, at another age than the other."""
    if claim.get("enhet") == "månader" or age.unit != "år":
        return _apart(claim, age)
    pairs = ((claim.get("från"), age.since), (claim.get("till"), age.until))
    return any(None not in pair and pair[0] != pair[1] for pair in pairs)


def _apart(claim: Mapping[str, Any], age: Age) -> bool:
    """Whether nobody has both ages."""
    per_year = 12 if claim.get("enhet") == "månader" else 1
    low, high = (
        claim.get(name, other) / per_year for name, other in (("från", 0), ("till", _NO_END))
    )
    least = 0 if age.since is None else age.since
    most = _NO_END if age.until is None else age.until
    return bool(low >= most + 1 or high + 1 <= least)


def _other_amount(claim: Mapping[str, Any], insats: InsatsData) -> str:
    """What the fields say of how much the insats is, if the claim cannot hold beside it."""
    stated: Omfattning = insats.get("omfattning", {})
    unit = stated.get("enhet", "")
    if "per" in claim or "gäller" in stated or not _same(claim["enhet"], _UNITS.get(unit, unit)):
        return ""
    most, exact = stated.get("högst"), stated.get("antal")
    ceiling = most if most is not None else exact
    told = claim.get("högst", claim.get("antal", claim.get("lägst")))
    if ceiling is None or told is None:
        return ""
    fewer = "högst" in claim and "lägst" not in claim and told < ceiling and _of_all(claim["ord"])
    if told <= ceiling and not fewer:
        return ""
    return f"{'högst ' if most is not None else ''}{ceiling} {unit}"


def _other_sum(claim: Mapping[str, Any], insats: InsatsData) -> str:
    """What the parts are together, if that is another number of meetings than is claimed."""
    stated = [part.get("omfattning", {}) for part in insats.get("delar", ())]
    units = [_UNITS.get(one.get("enhet", ""), one.get("enhet", "")) for one in stated]
    amounts = [one.get("antal") for one in stated]
    if "sammanlagt" not in claim or not stated or not _MEETINGS.issuperset(units):
        return ""
    if any(one is None for one in amounts) or claim["enhet"] not in {"gånger", *units}:
        return ""
    alike = [n for n, unit in zip(amounts, units, strict=True) if _same(claim["enhet"], unit)]
    total = sum(alike)  # type: ignore[arg-type]
    return "" if total == claim.get("antal", total) else f"{total}"


def _same(told: str, stated: str) -> bool:
    """Whether two units are of the same: one comes so many times to any kind of meeting."""
    return told == stated or (told == "gånger" and stated in _MEETINGS)


def _of_all(words: str) -> bool:
    """Whether the amount is of all there is and not of a kind: högst fem samtal, and not högst fem
    enskilda samtal."""
    before = words.casefold().split()[-2:-1]
    return bool(before) and number(before[0]) is not None
