"""What of a proposal the nämnd has adopted, when that is not all of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast

from insatskoll.catalogue import canonical
from insatskoll.catalogue.model import Insats, Revision, decided_revision, make_revision
from insatskoll.decisions.asked import DecisionRefused
from insatskoll.diff import identity, patch
from insatskoll.diff.facts import Comparison, Fact, compare
from insatskoll.diff.telling import Telling
from insatskoll.names import short
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData, KommunData, RiskanalysData

Follow = Literal["kvar", "avslag", "återremiss"]


@immutable
class Left:
    """The changes that were not adopted, by their ids or by those of their insatser, what becomes
    of them, and why, if it is said."""

    names: tuple[str, ...] = ()
    follow: Follow = "kvar"
    why: str | None = None


def adopted(proposal: Revision, held: Revision | None, left: Left) -> tuple[Revision, list[str]]:
    """What of ``proposal`` is adopted where ``held`` is in force, and in sentences what is left
    out. Raises :class:`DecisionRefused`."""
    if not left.names:
        return proposal, []
    if held is None:
        raise DecisionRefused(
            "--utom: Det finns inget beslut att jämföra med. Ta bort insatserna som inte antogs ur "
            "filerna."
        )
    whole = decided_revision(proposal.kommun_id, canonical.freeze(proposal, {}))
    telling = Telling(compare(held, whole))
    out = _left_out(telling, left.names)
    kept = [fact for fact in telling.comparison.facts if id(fact) not in out]
    made = _with(held, telling.comparison, kept)
    if not _is_told_by(compare(held, made), kept):
        raise DecisionRefused(
            "--utom: Ändringarna hänger ihop med andra ändringar och går inte att lämna för sig. "
            "Ange insatsens id, så lämnas alla ändringar i den."
        )
    # told as the other way round would be: what the proposal has besides what was adopted
    return made, [change.main_clause for change in Telling(compare(made, whole)).changes]


def changes(proposal: Revision, held: Revision) -> list[tuple[str, str]]:
    """The changes of a proposal, each by its id, in sentences."""
    whole = decided_revision(proposal.kommun_id, canonical.freeze(proposal, {}))
    telling = Telling(compare(held, whole))
    named = zip(identity.Ids(telling).changes, telling.changes, strict=True)
    return [(name, change.main_clause) for name, change in named]


def _left_out(telling: Telling, names: Collection[str]) -> set[int]:
    """The facts, by ``id``, of what is left out."""
    by_change = dict(zip(identity.Ids(telling).changes, telling.changes, strict=True))
    found: set[int] = set()
    for name in names:
        change = by_change.get(name)
        facts = change.every_fact if change is not None else tuple(_of_insats(telling, name))
        if not facts:
            raise DecisionRefused(
                f"--utom: ”{short(name)}” är varken en ändring i förslaget eller en insats som "
                "ändras. Kommandot insatskoll decide med --dry-run visar ändringarnas id."
            )
        found |= {id(fact) for fact in facts}
    return found


def _of_insats(telling: Telling, name: str) -> Iterator[Fact]:
    for fact in telling.comparison.facts:
        if fact.subject.kind == "insats" and name in (fact.subject.old, fact.subject.new):
            yield fact


def _with(held: Revision, comparison: Comparison, facts: list[Fact]) -> Revision:
    """``held`` with some of the facts of a comparison."""
    content = patch.applied(held, replace(comparison, facts=tuple(facts)))
    insatser = [Insats(name, cast("InsatsData", data)) for name, data in content["insats"].items()]
    return make_revision(
        held.kommun_id,
        cast("KommunData", content["kommun"][""]),
        insatser,
        riskanalyser=cast("Mapping[str, RiskanalysData]", content["riskanalys"]),
    )


def _is_told_by(comparison: Comparison, facts: list[Fact]) -> bool:
    """Whether the facts are just those of ``comparison``, wherever in a list they stand."""
    found, wanted = (sorted(map(patch.plain, some)) for some in (comparison.facts, facts))
    return found == wanted
