"""Analyses of what happens when insatser are given without an assessment of needs, each as a file
of its own beside the insats that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from insatskoll.importing import documentation, facts, matching
from insatskoll.importing.drafts import Draft, Said, unnumbered
from insatskoll.importing.labels import ANALYSIS
from insatskoll.importing.sheet import LINE, Sheet, composed
from insatskoll.patterns import later
from insatskoll.values import immutable

_LISTS = {
    "utan prövning": "utan_behovsprövning",
    "utan uppgifter": "utan_personuppgifter",
    "barnkonsekvens": "barnkonsekvensanalys",
}
_TEXTS = {"innehåll": "innehåll", "syfte": "innehåll", "mål": "innehåll", "bedömning": "bedömning"}
_SHARED = ("målgrupp", "ålder", "dokumentation")  # what an insats has too
_REFERS = later(r"Analysen gäller insatsen (?P<name>.+?)\.?")
_OTHER = ("karaktär", "samtycke", "villkor", "omfattning")  # what texts may say besides
_EMPTY = "Analysen säger inget som en riskanalys har fält för."
_NONE = "Analysen gäller ingen insats som går att känna igen."


@immutable
class Analysis:
    """An analysis in the making, and which of the insatser it is about."""

    at: int
    sheet: Sheet


def apart(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Draft]]:
    """The insatser without the analyses that stand among what is said of them, and those. One label
    alone that an analysis may have makes none, unless other insatser have such."""
    mine = [_labels(draft) & ANALYSIS for draft in drafts]
    several = sum(1 for one in mine if one) > 1
    rest: list[Draft] = []
    found: list[Draft] = []
    for draft, meant in zip(drafts, mine, strict=True):
        if not meant or (len(meant) == 1 and not several):
            rest.append(draft)
            continue
        theirs = tuple(one for one in draft.said if _is_of_analysis(one))
        rest.append(replace(draft, said=tuple(o for o in draft.said if not _is_of_analysis(o))))
        found.append(Draft(draft.name, theirs[0].spot, "", theirs))
    return rest, found


def _labels(draft: Draft) -> set[str]:
    return {one.meanings[0] for one in draft.said if one.meanings}


def _is_of_analysis(one: Said) -> bool:
    return bool(one.meanings) and one.meanings[0] in ANALYSIS


def sheets(
    analyses: Sequence[Draft], drafts: Sequence[Draft], ids: Sequence[str], kommun: Sheet
) -> Iterator[Analysis]:
    """The analyses, each about an insats of ``drafts`` with the id in ``ids``; what is about none,
    or about one that has an analysis already, is told in the file of the municipality."""
    names = matching.Names([one.name for one in drafts])
    taken: set[int] = set()
    for analysis in analyses:
        draft, named = _named(analysis)
        at = names.meant(unnumbered(named))
        if at is None or at in taken:
            why = _NONE if at is None else "Insatsen har en analys till i dokumentet."
            kommun.left(Said((), "", draft.name, draft.spot), why)
            for said in draft.said:
                kommun.left(said, why)
            kommun.ask(("riskanalyser",), why.rstrip("."), draft.name, draft.spot)
            continue
        sheet = _sheet(draft, ids[at])
        if sheet.data.keys() <= {"namn", "insats"}:
            kommun.left(Said((), "", draft.name, draft.spot), _EMPTY)
            kommun.leftovers += sheet.leftovers
            kommun.ask(("riskanalyser",), _EMPTY.rstrip("."), draft.name, draft.spot)
            continue
        taken.add(at)
        yield Analysis(at, sheet)


def _named(draft: Draft) -> tuple[Draft, str]:
    """The analysis without the sentence that says which insats it is about, and its name."""
    for one in draft.said:
        if match := _REFERS.fullmatch(one.words):
            rest = tuple(other for other in draft.said if other is not one)
            return replace(draft, said=(replace(one, meanings=("hänvisning",)), *rest)), match[
                "name"
            ]
    return draft, draft.name


def _sheet(draft: Draft, insats: str) -> Sheet:
    sheet = Sheet(draft.name, draft.spot)
    sheet.put(("namn",), unnumbered(draft.name)[:LINE], draft.name, draft.spot)
    sheet.data["insats"] = insats
    facts.participants(sheet, draft.said)
    listed: dict[str, list[Said]] = {}
    for one in draft.said:
        meaning = one.meanings[0] if one.meanings else ""
        if meaning in _LISTS:
            listed.setdefault(_LISTS[meaning], []).append(one)
        elif meaning in _TEXTS:
            sheet.text((_TEXTS[meaning],), one)
        elif meaning in _SHARED:
            facts.place(sheet, one)
        elif meaning == "hänvisning":
            sheet.put(("insats",), insats, one.words, one.spot)
        else:
            sheet.left(one, "Analysen har inget fält för det.")
    for field, said in listed.items():
        _list(sheet, field, [one for one in said if one.words])
    documentation.place(sheet)
    facts.ages_of(sheet)
    for field in _OTHER:
        if field in sheet.data:
            sheet.drop((field,), "Analysen har inget fält för det.")
    sheet.settle()
    return sheet


def _list(sheet: Sheet, field: str, said: Sequence[Said]) -> None:
    """A list of texts: each point with what stands under it, or else the whole as one."""
    groups: list[list[Said]] = []
    points = any(one.item is not None for one in said)
    for one in said:
        if groups and (not points or (one.item or 0) > 0):
            groups[-1].append(one)
        else:
            groups.append([replace(one, item=None)])
    for group in groups:
        text = composed(group)
        for one in group:
            sheet.add((field,), text, one.words, one.spot)
