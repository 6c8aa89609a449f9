"""Judgement: what a fact means, on axes of their own, so that it can be read and disputed apart from the fact.

A judgement has an axis, a verdict on it, and the lagrum or the rule that it rests on. Every verdict has its mirror
image: swapping the revisions swaps it. What only a reader of the text can tell is called unclear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from unicodedata import category

from insatskoll.catalogue import fees
from insatskoll.catalogue.model import BASES, Data, basis, resolved_documentation
from insatskoll.diff import children
from insatskoll.diff.facts import Fact, Order


class Verdict(NamedTuple):
    """A verdict's axis, what it is called in Swedish, its mirror image, and its weight: the lightest comes first."""

    axis: str
    words: str
    mirror: str
    weight: int


# By code; the codes are those of ``--fail-on`` and of the JSON form.
VERDICTS = {
    "narrower": Verdict("effect", "snävare för den enskilde", "more-open", 1),
    "more-open": Verdict("effect", "öppnare för den enskilde", "narrower", 2),
    "fewer-children": Verdict("children", "färre barn kan delta", "more-children", 3),
    "more-children": Verdict("children", "fler barn kan delta", "fewer-children", 3),
    "less-consent": Verdict("children", "samtycke krävs i färre fall", "more-consent", 3),
    "more-consent": Verdict("children", "samtycke krävs i fler fall", "less-consent", 3),
    "more-documentation": Verdict("documentation", "mer dokumentation", "less-documentation", 4),
    "less-documentation": Verdict("documentation", "mindre dokumentation", "more-documentation", 4),
    "other-basis": Verdict("documentation", "annan grund för dokumentationen", "other-basis", 4),
    "higher-fee": Verdict("fee", "högre avgift", "lower-fee", 4),
    "lower-fee": Verdict("fee", "lägre avgift", "higher-fee", 4),
    "less-scope": Verdict("scope", "mindre omfattning", "more-scope", 5),
    "more-scope": Verdict("scope", "större omfattning", "less-scope", 5),
    "fewer-providers": Verdict("provider", "färre utförare", "more-providers", 6),
    "more-providers": Verdict("provider", "fler utförare", "fewer-providers", 6),
    "other-provider": Verdict("provider", "ändrad utförare", "other-provider", 6),
    "unclear-children": Verdict("children", "betydelsen för barn får läsas ur texten", "unclear-children", 7),
    "unclear-documentation": Verdict("documentation", "dokumentationen får läsas ur texten", "unclear-documentation", 7),
    "unclear-fee": Verdict("fee", "avgiften får läsas ur texten", "unclear-fee", 7),
    "unclear-scope": Verdict("scope", "omfattningen får läsas ur texten", "unclear-scope", 7),
    "unclear": Verdict("effect", "effekten får läsas ur texten", "unclear", 8),
    "editorial": Verdict("editorial", "redaktionell ändring", "editorial", 9),
}

# The catalogue's own fields, which no decision is about.
_OUTSIDE = frozenset({"id", "källa", "avvikelser", "förslag", "layout", "tidigare_id", "begrepp"})
_EDITORIAL = frozenset(
    {"namn", "kortnamn", "namn_i_matris", "titel", "beteckning", "rubrik", "grupp", "scb_kod", "avdelning", "avdelningar",
     "insatser", "insats"}
)  # fmt: skip
_PROVIDERS = frozenset({"enheter", "platser", "samverkan", "personal", "regi", "utförare", "enhet", "för"})
_CHILDREN = frozenset({"barn", "unga", "barn tillsammans med förälder"})

_SERVICE, _CHILD, _CONSENT, _FEE = "SoL 11 kap. 5 §", "SoL 3 kap. 1 §", "SoL 21 kap. 2 §", "SoL 32 kap. 1 §"
_EQUAL, _FOLLOW_UP, _NAMND, _PLAIN = "KL 2 kap. 3 §", "SoL 5 kap. 2 §", "KL 6 kap. 38 § 1", "Språklagen 11 §"


@dataclass(frozen=True, order=True)
class Judgement:
    """What a fact means on one axis: the verdict (one of ``VERDICTS``) and the lagrum or rule id that it rests on."""

    verdict: str
    basis: str

    @property
    def axis(self) -> str:
        """effect, children, documentation, fee, scope, provider or editorial."""
        return VERDICTS[self.verdict].axis

    @property
    def words(self) -> str:
        """The verdict in Swedish."""
        return VERDICTS[self.verdict].words


def judge(fact: Fact) -> tuple[Judgement, ...]:
    """The meaning of ``fact``, at most one judgement on each axis; none if no decision is about it."""
    if _OUTSIDE.intersection(step for step in fact.path if isinstance(step, str)) or _same_but_for_spelling(fact):
        return ()
    return tuple(sorted(set(_judgements(fact)), key=lambda j: (VERDICTS[j.verdict].weight, j)))


def _judgements(fact: Fact) -> Iterator[Judgement]:
    before, after, field = fact.before, fact.after, fact.field
    if fact.subject.kind == "riskanalys":
        yield from _analysis(fact)
    elif not fact.path and fact.subject.kind == "kommun":
        yield Judgement("more-open" if before is None else "narrower", _SERVICE)
    elif not fact.path:
        yield from _insats(before, after)
    elif isinstance(fact.path[-1], Order) or _same_words(before, after):
        yield Judgement("editorial", _PLAIN)
    elif field == "ålder" and "målgrupp" in fact.path:
        yield from _aimed_at(before, after)
    elif field in _JUDGES:
        yield from _JUDGES[field](before, after)
    elif field in _PROVIDERS or fact.path[-2:] == ("utförare", "namn"):
        yield from _providers(before, after)
    elif field in _EDITORIAL:
        yield Judgement("editorial", _PLAIN)
    else:
        yield Judgement("unclear", _BASES.get(field, _SERVICE))


# What the fields that are not judged further rest on.
_BASES = {
    "information_om_ansökan": "SoL 11 kap. 6 §",
    "område": _EQUAL,
    "skäl": _EQUAL,
    "kontroll": "IK402",
    "lagstadgad": "IK505",
}


def _insats(before: Data | None, after: Data | None) -> Iterator[Judgement]:
    yield Judgement("more-open" if before is None else "narrower", _SERVICE)
    if children.take_part(before or after or {}):
        yield Judgement("more-children" if before is None else "fewer-children", _CHILD)


def _analysis(fact: Fact) -> Iterator[Judgement]:
    if not fact.path or fact.field == "barnkonsekvensanalys":
        yield Judgement("unclear-children", _CHILD)
    elif fact.field == "dokumentation":
        yield Judgement("unclear-documentation", "IK213")
    else:
        yield Judgement("editorial" if fact.field in _EDITORIAL or _same_words(fact.before, fact.after) else "unclear", "IK213")


def _same_but_for_spelling(fact: Fact) -> bool:
    """Whether all that differs is how the provision that documentation rests on is spelt."""
    sides = (fact.before, fact.after)
    if fact.field != "dokumentation" or not all(isinstance(side, dict) for side in sides):
        return False
    before, after = (side | {"lagrum": basis(side.get("lagrum", ""))} for side in sides)
    return bool(before == after)


# Words, what stands between two numbers (13–15, 13, 15), and signs.
_SAID = re.compile(r"(\w+)|(?<=[0-9])\s*([-–—,.:])\s*(?=[0-9])|([^\w\s])")


def _same_words(before: Any, after: Any) -> bool:
    """Whether two texts differ in nothing but case, space, and punctuation that says nothing of its own."""
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    said = [[piece for match in _SAID.finditer(text.casefold()) if (piece := _piece(match))] for text in (before, after)]
    return said[0] == said[1]


def _piece(match: re.Match[str]) -> str:
    """A word, or a sign that says something (< 18, 50 %); nothing for one that only parts sentences or marks a quotation."""
    word, between, sign = match.groups()
    if between is not None:
        return "-" if between in "–—" else str(between)
    return str(word or (sign if sign in "%§/&*#@?" or category(sign).startswith("S") else ""))


def _documentation(before: Any, after: Any) -> Iterator[Judgement]:
    both = [resolved_documentation(side or {}) for side in (before, after)]
    levels = [side.get("nivå") for side in both]
    rests_on = BASES.get(levels[1] or levels[0] or "", _FOLLOW_UP)
    if None in levels and levels[0] != levels[1]:
        yield Judgement("unclear-documentation", rests_on)
    elif levels[0] != levels[1]:
        recorded = [level == "individnivå" for level in levels]
        yield Judgement(
            "other-basis" if recorded[0] == recorded[1] else "more-documentation" if recorded[1] else "less-documentation",
            rests_on,
        )
    elif both[0].get("särskilda_skäl") != both[1].get("särskilda_skäl"):
        grounds = [side.get("särskilda_skäl", {}).get("grund") for side in both]
        yield Judgement("other-basis" if grounds[0] != grounds[1] else "unclear-documentation", BASES["avidentifierad"])
    elif both[0].get("uppföljning") != both[1].get("uppföljning"):
        yield from _follow_up(both[0].get("uppföljning"), both[1].get("uppföljning"))
    elif {**both[0], "beslut": ""} == {**both[1], "beslut": ""}:
        yield Judgement("editorial", _PLAIN)
    else:
        yield Judgement("unclear-documentation", rests_on)


def _common_documentation(before: Any, after: Any) -> Iterator[Judgement]:
    yield from _documentation(*(side and side["dokumentation"] for side in (before, after)))


def _follow_up(before: Any, after: Any) -> Iterator[Judgement]:
    yield from _listed(before, after, "more-documentation", "less-documentation", "unclear-documentation", _FOLLOW_UP)


def _providers(before: Any, after: Any) -> Iterator[Judgement]:
    if isinstance(before or after, dict):
        before, after = (None if side is None else [side] for side in (before, after))
    yield from _listed(before, after, "more-providers", "fewer-providers", "other-provider", "IK702")


def _listed(before: Any, after: Any, more: str, fewer: str, other: str, basis: str) -> Iterator[Judgement]:
    """A list of which nothing is taken away has more in it; one that nothing is added to has less."""
    if any(side is not None and not isinstance(side, list) for side in (before, after)):
        yield Judgement(other, basis)
        return
    lost, gained = (
        [item for item in some or () if item not in (rest or ())] for some, rest in ((before, after), (after, before))
    )
    if not lost and not gained:
        yield Judgement("editorial", _PLAIN)
    else:
        yield Judgement(other if lost and gained else more if gained else fewer, basis)


def _extent(before: Any, after: Any) -> Iterator[Judgement]:
    """A ceiling that appears or falls narrows; one that holds for some only says nothing of the rest.

    A fixed number, as of the meetings of a course, is no ceiling: more or fewer of them is neither open nor narrow.
    """
    sides = [side or {} for side in (before, after)]
    amounts = [side.get("högst", side.get("antal", float("inf"))) for side in sides]
    units = {side.get("enhet") for side in sides if side.get("enhet")}
    fixed = any("antal" in side for side in sides)
    unclear = any("gäller" in side for side in sides) or amounts[0] == amounts[1] or len(units) > 1
    unclear = unclear or (fixed and float("inf") in amounts)
    less = amounts[1] < amounts[0]
    yield Judgement("unclear-scope" if unclear else "less-scope" if less else "more-scope", _SERVICE)
    unclear = unclear or fixed
    yield Judgement("unclear" if unclear else "narrower" if less else "more-open", _SERVICE)


def _condition(before: Any, after: Any) -> Iterator[Judgement]:
    """A whole condition; one that is changed comes as its fields."""
    basis = _EQUAL if (before or after)["typ"] in ("folkbokföring", "vistelse") else _SERVICE
    yield Judgement("narrower" if before is None else "more-open", basis)


def _age(before: Any, after: Any) -> Iterator[Judgement]:
    """The age of a condition. A target group turns nobody away, so :func:`_aimed_at` judges its age."""
    yield Judgement(_wider(before, after, ("more-open", "narrower", "unclear")), _SERVICE)
    yield from _young(before, after)


def _aimed_at(before: Any, after: Any) -> Iterator[Judgement]:
    yield Judgement("unclear", _SERVICE)
    yield from _young(before, after)


def _wider(before: Any, after: Any, verdicts: tuple[str, str, str]) -> str:
    """Which of ``verdicts`` holds: the first if the span has grown, the second if it has shrunk, or else the third."""
    if before is None or after is None:
        return verdicts[1 if before is None else 0]
    if any(before.get(key) != after.get(key) for key in ("avser", "enhet")):
        return verdicts[2]
    low = [side.get("från", 0) for side in (before, after)]
    high = [side.get("till", float("inf")) for side in (before, after)]
    wider = low[1] <= low[0] and high[1] >= high[0]
    narrower = low[1] >= low[0] and high[1] <= high[0]
    return verdicts[2 if wider == narrower else 0 if wider else 1]


def _young(before: Any, after: Any) -> Iterator[Judgement]:
    """How many of the ages under 18 the participants may have, where both sides say; otherwise it is for a reader to tell.

    An age that is that of grown-ups on both sides says nothing of children.
    """
    sides = [side for side in (before, after) if side]
    if (
        len(sides) < 2
        or any(s["avser"] == "deltagarens barn" or s.get("enhet", "år") != "år" for s in sides)
        or (before["avser"] != after["avser"])
    ):
        if any(children.is_young(side, side["avser"], ()) for side in sides):
            yield Judgement("unclear-children", _CHILD)
        return
    ages = [set(range(side.get("från", 0), min(side.get("till", 17), 17) + 1)) for side in (before, after)]
    if ages[0] < ages[1]:
        yield Judgement("more-children", _CHILD)
    elif ages[1] < ages[0]:
        yield Judgement("fewer-children", _CHILD)
    elif ages[0] != ages[1]:
        yield Judgement("unclear-children", _CHILD)


def _participants(before: Any, after: Any) -> Iterator[Judgement]:
    yield Judgement("unclear", _SERVICE)
    young = [_CHILDREN.intersection(side or ()) for side in (before, after)]
    if young[0] != young[1]:
        verdict = "more-children" if young[0] < young[1] else "fewer-children" if young[1] < young[0] else "unclear-children"
        yield Judgement(verdict, _CHILD)


def _accompanying(before: Any, after: Any) -> Iterator[Judgement]:
    verdicts = {("nej", "ja"): "more-children", ("ja", "nej"): "fewer-children"}
    yield Judgement(verdicts.get((str(before), str(after)), "unclear-children"), "SoL 11 kap. 5 § 5")


def _consent(before: Any, after: Any) -> Iterator[Judgement]:
    """Where nothing is said, the law asks for consent under 15 and leaves it open from 15 (SoL 21 kap. 2 §)."""
    strict = {"utan vårdnadshavare": 0.0, "vårdnadshavare": 1.0, "samtliga vårdnadshavare": 2.0}
    unstated = {"under_15": 1.0, "från_15": 0.5}
    steps = [
        strict.get((after or {}).get(key, ""), silent) - strict.get((before or {}).get(key, ""), silent)
        for key, silent in unstated.items()
    ]
    more, less = any(step > 0 for step in steps), any(step < 0 for step in steps)
    yield Judgement("unclear-children" if more == less else "more-consent" if more else "less-consent", _CONSENT)


def _fee(before: Any, after: Any) -> Iterator[Judgement]:
    """A fee against none; two sums only where they are said in the same words.

    Where nothing is said of a fee none is taken. Words that do not say for sure whether something is, decide nothing.
    """
    free = [side is None or fees.is_free(side) for side in (before, after)]
    sums = [_sum(side) for side in (before, after)]
    if None not in free and free[0] != free[1]:
        yield Judgement("lower-fee" if free[1] else "higher-fee", _FEE)
    elif free == [False, False] and None not in sums and _unit(before) == _unit(after) and sums[0] != sums[1]:
        yield Judgement("higher-fee" if (sums[1] or 0) > (sums[0] or 0) else "lower-fee", _FEE)
    else:
        yield Judgement("unclear-fee", _FEE)


_NUMBER = re.compile(r"[0-9]+([ \u00a0][0-9]{3})*(,[0-9]+)?")


def _sum(fee: Any) -> float | None:
    found = list(_NUMBER.finditer((fee if isinstance(fee, dict) else {}).get("belopp", "")))
    return float(re.sub(r"[ \u00a0]", "", found[0][0]).replace(",", ".")) if len(found) == 1 else None


def _unit(fee: Any) -> str:
    return _NUMBER.sub("", (fee if isinstance(fee, dict) else {}).get("belopp", ""))


def _way_in(before: Any, after: Any) -> Iterator[Judgement]:
    """Only with a referral, or also without. A referral beside an open way in may be one more way, or the way to a part."""
    if "remiss" in (before, after) and None not in (before, after):
        yield Judgement("narrower" if after == "remiss" else "more-open", _SERVICE)
    else:
        yield Judgement("unclear", _SERVICE)


def _referrers(before: Any, after: Any) -> Iterator[Judgement]:
    if before is None or after is None:
        yield Judgement("unclear", _SERVICE)
    else:
        yield from _listed(before, after, "more-open", "narrower", "unclear", _SERVICE)


def _always(verdict: str, basis: str) -> Callable[[Any, Any], Iterator[Judgement]]:
    return lambda before, after: iter((Judgement(verdict, basis),))


_JUDGES: dict[str, Callable[[Any, Any], Iterator[Judgement]]] = {
    "dokumentation": _documentation,
    "gemensam_dokumentation": _common_documentation,
    "karaktär": _always("unclear-documentation", BASES["utan personliga förhållanden"]),
    "uppföljning": _follow_up,
    "uppföljningsintervall": _always("unclear-documentation", _FOLLOW_UP),
    "omfattning": _extent,
    "villkor": _condition,
    "gemensamma_villkor": _condition,
    "ålder": _age,
    "ålder_i_innehåll": _aimed_at,
    "deltagare": _participants,
    "medföljande_barn": _accompanying,
    "samtycke": _consent,
    "avgift": _fee,
    "ingång": _way_in,
    "remiss_från": _referrers,
    "nämnd": _always("other-provider", _NAMND),
}


def said(judgements: Sequence[Judgement]) -> str:
    """Judgements in words, each with what it rests on: ”snävare för den enskilde, SoL 11 kap. 5 §”."""
    by_basis: dict[str, list[str]] = {}
    for judgement in judgements:
        by_basis.setdefault(judgement.basis, []).append(judgement.words)
    return "; ".join(", ".join([*words, basis]) for basis, words in by_basis.items())
