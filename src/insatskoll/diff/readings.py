"""What takes code to read before two values can be compared: levels out of provisions, what words
say of a fee, who is a child.

Files in ``catalogue/bedömningar`` ask for these by name, in ``läses`` and ``när``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from insatskoll.catalogue.documentation import BASES, basis, resolved_documentation
from insatskoll.diff import amounts, children
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Alder, Dokumentation, InsatsData

_CONSENTING = {"vårdnadshavaren": "vårdnadshavare", "båda": "samtliga vårdnadshavare"}
# The fields that a claim about consent is of, by the age that it is of.
_CONSENT_BY_AGE: Sequence[tuple[object, Sequence[str]]] = (
    (None, ("under_15", "från_15")),
    ({"till": 14}, ("under_15",)),
    ({"från": 15}, ("från_15",)),
)
_NUMBER = later(r"[0-9]+")
# Who gives an insats: a company or an association by its name, done by (leds av) or doing (leder).
_ORGANISATION = (
    r"(?:Stiftelsen|Föreningen)\s+[A-ZÅÄÖ]\w+|(?:[A-ZÅÄÖ][\w&-]*\s+){1,4}(?:AB|HB|KB)\b"
    r"|(?:[A-ZÅÄÖ][\w&-]*\s+){1,3}(?:Vård|Omsorg|Hälsa|Behandling|Care|Konsult)\b"
    r"|Rädda\s+Barnen|Röda\s+Korset|Frälsningsarmén|\w*[Ss]tadsmission(?:en)?"
)
_NAMED = later(
    r"\b(?:drivs|leds|ges|utförs|sköts|bemannas|genomförs|hålls|anordnas|bedrivs)\s+"
    rf"(?:på kommunens uppdrag\s+)?av\s+(?P<by>{_ORGANISATION})"
    rf"|(?:(?<=^)|(?<=[.!?]\s))(?P<doing>{_ORGANISATION})\s+"
    r"(?:driver|leder|ger|utför|sköter|bemannar|genomför|håller|anordnar|bedriver)\b"
)
_IS_FREE = {True: "ingen avgift", False: "avgift", None: "oklart"}
_MONTHS = {"år": 12, "månader": 1}


def _documentation(value: object) -> object:
    """The field with its level, which its provision may tell, and with the provision of that."""
    found = resolved_documentation(cast("Dokumentation", value or {}))
    return {"lagrum": BASES[found["nivå"]], **found} if "nivå" in found else found


def _fee_or_none(value: object) -> str:
    """Where nothing is said of a fee none is taken. Words that do not say for sure whether one is
    decide nothing."""
    from insatskoll.law import fees  # reads texts, which few changes are of

    return _IS_FREE[value is None or fees.is_free(value)]


def _fee_in_words(value: object) -> str:
    """Whether a text says that a fee is taken for the insats, or that none is. What something else
    costs, or the insats for some, does not tell."""
    from insatskoll.law import fees  # reads texts, which few changes are of

    claims = fees.told(value) if isinstance(value, str) else []
    if any("vissa" in claim.values() for claim in claims):
        return _IS_FREE[None]
    said = {claim[fees.KIND] for claim in claims}
    return {frozenset({fees.FREE}): _IS_FREE[True], frozenset({fees.ASKED}): _IS_FREE[False]}.get(
        frozenset(said), _IS_FREE[None]
    )


def _consent_in_words(value: object) -> dict[str, str]:
    """Whose consent is asked for, where only words say so and they say one thing of it."""
    if not isinstance(value, dict) or value.keys() != {"beskrivning"}:
        return {}
    from insatskoll.law.claims import reading  # reads texts, which few changes are of

    said = [one.values for one in reading.said(value["beskrivning"]) if one.kind == "samtycke"]
    if len(said) != 1 or said[0].get("samtycke") not in ("krävs", "behövs inte"):
        return {}
    whose = _CONSENTING.get(said[0].get("av", "vårdnadshavaren"))
    if said[0]["samtycke"] == "behövs inte":
        whose = "utan vårdnadshavare"
    aged = said[0].get("ålder")
    fields = next((fields for age, fields in _CONSENT_BY_AGE if age == aged), ())
    return dict.fromkeys(fields, whose) if whose else {}


def _consent_age(value: object) -> dict[str, object]:
    """The age until which consent is asked for (``gräns``), where only words say so and they
    say one thing of it, and the words around it (``ord``)."""
    if not isinstance(value, dict) or value.keys() != {"beskrivning"}:
        return {}
    from insatskoll.law.claims import reading  # reads texts, which few changes are of

    text = value["beskrivning"]
    said = [one.values for one in reading.said(text) if one.kind == "samtycke"]
    if len(said) != 1 or len(_NUMBER.findall(text)) != 1:
        return {}
    bounds = said[0].get("ålder", {})
    until = {
        ("krävs", "till"): bounds.get("till", 0) + 1,
        ("behövs inte", "från"): bounds.get("från", 0),
    }.get((str(said[0].get("samtycke")), "".join(bounds)))
    if until is None:
        return {}
    return {"gräns": until, "ord": _NUMBER.sub("#", text.casefold())}


def _named_providers(value: object) -> list[str]:
    """The companies and foundations that a text says give the insats: drivs av Exempel Vård AB."""
    found = _NAMED.finditer(value) if isinstance(value, str) else ()
    return [" ".join((one["by"] or one["doing"]).split()) for one in found]


def _sum(value: object) -> dict[str, object]:
    """The sum that a fee is, in a year where it is taken by the month or the week, and the words
    around it; nothing of what is no fee."""
    return amounts.sum_of(value) if _fee_or_none(value) == "avgift" else {}


def _how_often(value: object) -> dict[str, object]:
    """How often a fee is taken, and its sum each time."""
    return amounts.often(value) if _fee_or_none(value) == "avgift" else {}


def _consent(value: object) -> dict[str, object]:
    """The rules of consent with that which the law asks for of those under 15, whatever they
    say."""
    said = value if isinstance(value, dict) else {}
    return {"under_15": "vårdnadshavare", **said}


def _day(value: object) -> dict[str, object]:
    """The day as a number that can be a bound (``dag``); nothing where none is said."""
    return {"dag": int(value.replace("-", ""))} if isinstance(value, str) else {}


def _assessed(value: object) -> object:
    """Whether the type of an insats needs an assessment of needs; an answer to that is itself."""
    from insatskoll.law import assessment  # reads the rules, which few changes are of

    if value is None or value in assessment.ANSWERS:
        return value
    return assessment.assessed(str(value))


# How a value is read, by what a file calls it (``läses``).
READINGS: dict[str, Callable[[object], object]] = {
    "nivån ur lagrummet": _documentation,
    "om avgift tas ut": _fee_or_none,
    "om orden säger att avgift tas ut": _fee_in_words,
    "samtycket i orden": _consent_in_words,
    "åldern för samtycke i orden": _consent_age,
    "utförarna i orden": _named_providers,
    "avgiftens belopp": _sum,
    "hur ofta avgiften tas ut": _how_often,
    "samtycket med det som lagen kräver": _consent,
    "antalet gånger och hur långa": amounts.times_and_length,
    "dagen": _day,
    "om behovet måste prövas": _assessed,
}


def _children_take_part(before: object, after: object) -> bool:
    return any(
        side is not None and children.take_part(cast("InsatsData", side))
        for side in (before, after)
    )


def _may_be_childrens_age(before: object, after: object) -> bool:
    ages = (cast("Alder", side) for side in (before, after) if side is not None)
    return any(children.is_young(age, age["avser"], ()) for age in ages)


def _shuts_out_all_children(before: object, after: object) -> bool:
    """Whether the only age of one side is that from which nobody is a child."""
    ages = [cast("Alder", side) for side in (before, after) if side is not None]
    return len(ages) == 1 and ages[0].get("från") == children.ADULT and "till" not in ages[0]


def _is_elsewhere(before: object, after: object) -> bool:
    """Items that have changed places, or what is the same though it is written only on one side."""
    return isinstance(before, tuple) or before is None or after is None


# What must be so for a judgement to be put, by what a file calls it (``när``).
CONDITIONS: dict[str, Callable[[object, object], bool]] = {
    "barn deltar": _children_take_part,
    "bara platsen är en annan": _is_elsewhere,
    "åldern kan vara barns": _may_be_childrens_age,
    "åldern är den då ingen är barn": _shuts_out_all_children,
}


def same_age(before: object, after: object) -> bool:
    """Whether two ages are the same though one is said in years and the other in months: the one
    who has turned 3 has lived 36 months, and is 3 until 47 months have passed."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return False
    ages = [_in_months(cast("Alder", side)) for side in (before, after)]
    return ages[0] is not None and ages[0] == ages[1]


def _in_months(age: Alder) -> dict[str, object] | None:
    unit = age.get("enhet", "år")
    if unit not in _MONTHS:
        return None
    length = _MONTHS[unit]
    said: dict[str, object] = {k: v for k, v in age.items() if k not in ("enhet", "anmärkning")}
    if "från" in age:
        said["från"] = age["från"] * length
    if "till" in age:
        said["till"] = (age["till"] + 1) * length - 1
    return said


def same_fee(before: object, after: object) -> bool:
    """Whether two fees are the same though the sum is written in another way: 50 kr/träff, 50
    kronor per träff."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return False
    if "belopp" not in before or "belopp" not in after:
        return False
    fees = [{**fee, "belopp": amounts.written_plainly(fee["belopp"])} for fee in (before, after)]
    return fees[0] == fees[1]


def same_provision(before: object, after: object) -> bool:
    """Whether all that differs between two fields ``dokumentation`` is how the provision they rest
    on is spelt."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return False
    old, new = (side | {"lagrum": basis(side.get("lagrum", ""))} for side in (before, after))
    return bool(old == new)
