"""Checks on fees: whether what the insats costs is a fee of the nämnd's, judged clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from insatskoll.model import Data
from insatskoll.predicates.parameters import Field
from insatskoll.predicates.references import values_at
from insatskoll.predicates.registry import Hit, Subject, predicate

# A clause ends a sentence, or is one of several; what a comma adds about the same cost (”20 kr, för fika”) is no new one.
_CLAUSE = re.compile(
    r"[.;!?]+(?:\s+|$)|,\s+(?!(?:för|till|som|vilket|inklusive|inkl)\b)|\s+(?:men|medan)\s+"
    r"|\s+och (?=(?:sedan|därefter|sen)\b)",
    re.IGNORECASE,
)
_SUM = re.compile(r"(\d[\d\s.,]*)(?::-|\s*(?:kr\b|kron\w+|sek\b))|\bkr\s+(\d[\d.,]*)", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d\s.,]*")
# What is paid for besides the insats: food, things, travel, and what it costs to call.
_OTHER = (
    r"\b(?:fika|kaffe|lunch|måltid|middag|frukost|mellanmål|förtäring|material|pärm|litteratur|uppehäll|resekostnad|resor|"
    r"(?:\w+)?biljett|transport|skjuts|parkering|entré|inträde|läkemedel|medicin|porto|samtalstaxa|operatör|utrustning|"
    r"kursbok|kurslitteratur|kursmaterial|studiematerial)\w*|"
    r"\b(?:mat|maten|te|dryck|resa|resan|bok|boken|böcker|böckerna|(?:mat|rese|bok)(?:kostnad|avgift|peng)\w*)\b"
)
_COST = r"\w*(?:avgift|kostnad)\w*|\bkosta\w*|\bbetala\w*|\bbekosta\w*|\w*pris(?:et|er)?\b|\w*tax(?:a|an|or)\b|\bdebiter\w*"
_FEE = re.compile(rf"{_COST}|\bkr\b|\bkronor\b|\bersättning (?:\w+ )?tas ut", re.IGNORECASE)
_NO = r"\b(?:ingen|inga|inget|ingenting|inte|ej|aldrig|nej|noll)\b"
_FREE = re.compile(
    rf"kostnadsfri|avgiftsfri|\bgratis\b|\bnoll kr|\butan (?:\w+ )?(?:avgift|kostnad|ersättning)"
    rf"|{_NO}(?:\W+\w+){{0,4}}?\W+(?:{_COST})|(?:{_COST})(?:\W+\w+){{0,4}}?\W+{_NO}"
    r"|\b(?:\w*kommun|\w*nämnd|socialtjänst|region|arbetsgivar)\w* (?:betalar|bekostar|står för)",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(r"\btas (?:inte|ej|aldrig)\b|\binte längre\b|\bslopa|\bavskaffa|\btagits bort\b|\bupphör", re.IGNORECASE)
_NOTHING = re.compile(r"\s*(?:nej|ingen|inget|inga|ingenting|noll|[-–—])\s*", re.IGNORECASE)
# What goes with the fee, or comes on top of it, does not tell what the fee is for.
_BESIDES = re.compile(
    rf"\b(?:inklusive|inkl|exklusive|exkl|utöver|förutom|plus|inkluderar|innefattar)\b\.?(?: \w+){{0,2}}? (?:{_OTHER})"
    rf"(?: och (?:{_OTHER}))?|(?:\b\w+ och )?(?:{_OTHER})(?: och \w+)? (?:\w+ )?(?:ingår|medföljer)"
    rf"|\bingår (?:\w+ )?(?:{_OTHER})",
    re.IGNORECASE,
)
_MEANS_OTHER = re.compile(
    rf"\b(?:gäller|avser|täcker|går till|är(?: bara| endast)? för)\b.*(?:{_OTHER})|^\W*(?:(?:kostnad\w*|avgift\w*|bara|endast) )?"
    rf"(?:för )?(?:{_OTHER})(?: och (?:{_OTHER}))?\W*$",
    re.IGNORECASE,
)


@predicate("tar-ut-avgift", gives=())
def charges(subject: Subject, fält: list[Field]) -> Iterator[Hit]:
    """A fee in ``fält`` (as in ``okänd-referens``) is one for the insats itself.

    Each clause tells for itself. One with a sum above zero, or words of paying, is a fee; one with words of being free is
    none, and neither is one about food, material or travel. A sum in ``belopp`` is a fee whatever ``beskrivning`` says,
    unless that is what the sum is for.
    """
    for path, value in (pair for name in fält for pair in values_at(subject.data, name)):
        if isinstance(value, dict) and _is_fee(value):
            yield Hit(path)


def _is_fee(data: Data) -> bool:
    amount, described = str(data.get("belopp", "")), str(data.get("beskrivning", ""))
    if not amount and not described:
        return not _FREE.search(str(data.get("grund", "")))
    if amount and _sum_is_fee(amount):
        return not any(_MEANS_OTHER.search(clause) for clause in _clauses(described))
    return any(one == "fee" and (not amount or _positive(clause)) for clause, one in _judged(described))


def _sum_is_fee(amount: str) -> bool:
    """Whether a text that is to be a sum says that something is to be paid: nothing but zero and words of nothing do not."""
    if _NOTHING.fullmatch(amount):
        return False
    judged = [one for _, one in _judged(amount)]
    if "fee" in judged or "other" in judged or "free" in judged:
        return "fee" in judged
    number = _NUMBER.search(amount)
    return number is None or _above_zero(number[0])


def _judged(text: str) -> Iterator[tuple[str, str]]:
    """The clauses of ``text``, each a ”fee”, ”free”, about something ”other” that costs, or none of them."""
    before = ""
    for clause in _clauses(text):
        one = _kind(clause)
        if one == "fee" and before == "other" and not re.search(_COST, clause, re.IGNORECASE):
            one = "other"  # ”Du betalar för fika, 20 kr”
        before = one or before
        yield clause, one


def _kind(clause: str) -> str:
    plain = _BESIDES.sub(" ", clause)
    if re.search(_OTHER, plain, re.IGNORECASE):
        return "other"
    if _positive(plain):
        return "free" if _NO_LONGER.search(plain) else "fee"
    if _FREE.search(plain) or _SUM.search(plain):
        return "free"
    return "fee" if _FEE.search(plain) else ""


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(" ".join(text.split())) if clause]


def _positive(text: str) -> bool:
    return any(_above_zero(found[1] or found[2]) for found in _SUM.finditer(text))


def _above_zero(digits: str) -> bool:
    return bool(re.search("[1-9]", digits))
