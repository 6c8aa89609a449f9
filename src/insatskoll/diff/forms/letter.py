"""The draft of a tjänsteskrivelse: what the nämnd is asked to decide, what changes, and what that
means for children.

The draft asserts nothing that the bilaga does not say. What somebody has to fill in stands in
brackets, and what the program makes of each change stands in a note of its own last, to be read and
taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from insatskoll.bilaga import phrases, sandbox
from insatskoll.catalogue import printed
from insatskoll.catalogue.documentation import BASES, denies_reasons, invokes_reasons
from insatskoll.catalogue.model import Insats, Revision
from insatskoll.diff import children
from insatskoll.diff.judgement import Judgement, said
from insatskoll.diff.telling import Change, Telling

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData

# Verdicts that say what a child or its parents get, or have to pay, if the insats is for them.
_FELT = frozenset(
    {
        "narrower", "more-open", "less-scope", "more-scope", "higher-fee", "lower-fee",
        "more-documentation", "less-documentation", "other-basis", "unclear-scope", "unclear-fee",
        "unclear-documentation",
    }
)  # fmt: skip
# Fields that say who may take part. A change of one may be about children, whether or not another
# field says so.
_WHO = frozenset(
    {
        "målgrupp", "deltagare", "ålder", "ålder_i_innehåll", "medföljande_barn", "villkor",
        "gemensamma_villkor", "samtycke", "avgränsning",
    }
)  # fmt: skip
# What a change of an age holds, if nothing is said in words of whose it is or of whom it does not
# bind.
_ONLY_AGES = frozenset({"typ", "ålder", "avser", "från", "till", "enhet"})
_ADVICE = frozenset({"rådgivning", "information"})


@dataclass(frozen=True)
class Exemption:
    """An insats, or parts of one, that is documented without identities: what it is called, whether
    the bilaga says why, whether it is advice, which is recorded without personal circumstances by
    law and without a decision, and whether the bilaga says that there are no reasons."""

    named: str
    reasoned: bool
    advice: bool
    denied: bool = False


def html(telling: Telling) -> str:
    """The draft as HTML: proposal for decision, matter, changes, what they mean for children,
    documents, and the note."""
    new = telling.comparison.new
    proposal = new.kommun.get("förslag", {})
    clauses = proposal.get("beslutssats", ())
    that = all(clause.startswith("att ") for clause in clauses)
    felt = [(change, _for_children(change, telling)) for change in telling.changes]
    context = {
        "telling": telling,
        "kommun": new.kommun,
        "förslag": proposal,
        # The nämnd's own words: as clauses after ”beslutar” if that is what they are, else as
        # sentences.
        "satser": [clause.strip() if that else phrases.mening(clause) for clause in clauses],
        "satser_följer_beslutar": that,
        "beslut": telling.comparison.old.beslut,
        "datum": new.datum,
        # Each insats that is exempted, since the nämnd decides the exemption for one insats at a
        # time.
        "undantag": [exemption for exemption in exemptions(new) if not exemption.advice],
        "sammanfattning": _summary(telling),
        "barn": [(change, meanings) for change, meanings in felt if meanings],
        "kan_röra_barn": any(
            _is_about_who(change) and not _is_among_adults(change, telling)
            for change in telling.changes
        ),
        "anteckningar": list(_notes(telling)),
        "analyser": bool(new.riskanalyser),
    }
    return sandbox.fill("tjansteskrivelse.html.j2", context, _FILTERS)


def exemptions(revision: Revision) -> Iterator[Exemption]:
    """The insatser with documentation that SoL 14 kap. 5 § asks the nämnd to decide, or that say so
    though they are advice."""
    for insats in revision.insatser:
        exempt = [
            part
            for _, part in insats.delar
            if part.get("dokumentation", {}).get("nivå") == "avidentifierad"
        ]
        for advice in (False, True):
            if parts := [part for part in exempt if _is_advice(part) == advice]:
                yield Exemption(
                    _named(insats, parts),
                    all(map(_reasoned, parts)),
                    advice,
                    any(map(_denied, parts)),
                )


def _named(insats: Insats, parts: Sequence[InsatsData]) -> str:
    if len(parts) == len(insats.delar):
        return insats.namn
    listed = phrases.lista(f"”{part['namn']}”" for part in parts)
    return f"{'delen' if len(parts) == 1 else 'delarna'} {listed} i {insats.namn}"


def _reasoned(part: InsatsData) -> bool:
    documentation = part["dokumentation"]
    return invokes_reasons(documentation) and "motivering" in documentation["särskilda_skäl"]


def _denied(part: InsatsData) -> bool:
    return denies_reasons(part["dokumentation"])


def _is_advice(part: InsatsData) -> bool:
    character = part.get("karaktär", ())
    words = {character} if isinstance(character, str) else set(character)
    return bool(words) and words <= _ADVICE and "lagrum" not in part["dokumentation"]


def _summary(telling: Telling) -> str:
    """How much is changed, in a sentence."""
    changes, unchanged = len(telling.changes), telling.unchanged
    proposed = "Förslaget" if telling.comparison.new.beslut is None else "Beslutet"
    if not changes:
        return f"{proposed} innebär inga ändringar."
    rest = {0: "Ingen insats", 1: "En insats"}.get(
        unchanged, f"{phrases.antal(unchanged)} insatser".capitalize()
    )
    are = "är oförändrad" if unchanged < 2 else "är oförändrade"
    return (
        f"{proposed} innebär {phrases.antal(changes)} "
        f"{'ändring' if changes == 1 else 'ändringar'}. {rest} {are}."
    )


def _for_children(change: Change, telling: Telling) -> list[Judgement]:
    """What a change means for children: what is judged so, and what is felt in an insats for them
    or their parents."""
    concerned = _concerns_children(change, telling)
    if concerned and _is_about_who(change):
        return list(change.judgements)
    return [
        judgement
        for judgement in change.judgements
        if judgement.axis == "children" or (concerned and judgement.verdict in _FELT)
    ]


def _is_about_who(change: Change) -> bool:
    """Whether a change is about who may take part, and is more than another wording."""
    if all(judgement.axis == "editorial" for judgement in change.judgements):
        return False
    return any(
        not _WHO.isdisjoint(step for step in fact.path if isinstance(step, str))
        for fact in change.facts
    )


def _is_among_adults(change: Change, telling: Telling) -> bool:
    """Whether a change of who may take part is surely not about children: a matter of ages or kinds
    of participants, in insatser where all are of age both before and after it."""
    if any(fact.field not in ("deltagare", "villkor", *printed.AGES) for fact in change.facts):
        return False
    if not all(_has_only_ages(side) for fact in change.facts for side in (fact.before, fact.after)):
        return False
    return all(children.all_of_age(insats.data) for insats in _insatser(change, telling))


def _has_only_ages(value: object) -> bool:
    if not isinstance(value, dict):
        return True  # no age, or kinds of participants
    is_age = value.get("typ", "ålder") == "ålder" and _ONLY_AGES.issuperset(value)
    return is_age and all(map(_has_only_ages, value.values()))


def _concerns_children(change: Change, telling: Telling) -> bool:
    """Whether children or their parents take part in an insats that the change is about, before or
    after it."""
    return any(children.concerned(insats.data) for insats in _insatser(change, telling))


def _insatser(change: Change, telling: Telling) -> list[Insats]:
    """The insatser that a change is about, before and after it: all of them where it is common."""
    insatser = [
        insats
        for side in (telling.comparison.old, telling.comparison.new)
        for insats in side.insatser
    ]
    if any(fact.subject.kind == "kommun" for fact in change.facts):
        return insatser
    ids = {
        i
        for fact in change.facts
        if fact.subject.kind == "insats"
        for i in (fact.subject.old, fact.subject.new)
    }
    return [insats for insats in insatser if insats.id in ids]


def _notes(telling: Telling) -> Iterator[str]:
    """What whoever writes the letter has to decide or know, and what must not stand in it."""
    for exemption in exemptions(telling.comparison.new):
        if exemption.advice:
            yield (
                f"{exemption.named}: bilagan skriver avidentifierat, men insatsen är "
                "rådgivning. Rådgivning dokumenteras utan "
                "uppgifter om personliga förhållanden utan att nämnden beslutar det "
                f"({BASES['utan personliga förhållanden']}). "
                "Välj nivån, eller karaktären om det är mer än råd."
            )
        elif exemption.denied:
            yield (
                f"{exemption.named}: bilagan skriver avidentifierat, men också att "
                "särskilda skäl inte åberopas. Nämnden kan "
                f"inte besluta om undantaget utan dem ({BASES['avidentifierad']}). "
                "Kontrollera vad som gäller."
            )
        elif not exemption.reasoned:
            yield (
                f"{exemption.named}: bilagan anger inga särskilda skäl. Nämnden kan inte "
                "besluta om undantaget utan dem "
                f"({BASES['avidentifierad']})."
            )
    for change in telling.changes:
        yield f"{change.main_clause} Programmets bedömning: {said(change.judgements)}."


def _meaning(judgements: Sequence[Judgement]) -> str:
    """Judgements as the letter tells them: with the provision they rest on, but not the id of a
    rule."""
    by_basis: dict[str, list[str]] = {}
    for judgement in judgements:
        by_basis.setdefault(judgement.basis, []).append(judgement.words)
    return phrases.lista(
        phrases.lista(words) + ("" if basis.startswith("IK") else f" ({basis})")
        for basis, words in by_basis.items()
    )


def _is_clear(judgement: Judgement) -> bool:
    return not judgement.verdict.startswith("unclear")


_FILTERS: dict[str, Callable[..., object]] = {
    "betydelse": lambda judgements: _meaning([j for j in judgements if _is_clear(j)]),
    "datum": phrases.datum,
    "mening": phrases.mening,
}
