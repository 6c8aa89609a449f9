"""Whether an insats needs an assessment of needs by all that is said of it, where its type alone
does not tell, and which of the facts have made it so.

A home that one must be 21 to live in may be given without an assessment, until the limit is lowered
or children may come along. Who may come is told as the rules find it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from insatskoll.catalogue.model import Insats, Revision
from insatskoll.diff import patch
from insatskoll.diff.facts import About, Comparison, Fact, insatser
from insatskoll.law import assessment
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData, KommunData

_TYPE = "insatstyp"
_COMMON = "gemensamma_villkor"
_PERHAPS = "kan behöva prövas"
_NONE = "behöver inte prövas"


def changed(comparison: Comparison) -> dict[int, Fact]:
    """The facts that an insats of such a type has come to need an assessment by, or no longer needs
    one by: by their ``id``, each with the fact that it is judged as."""
    common = [one for one in comparison.facts if one.path[:1] == (_COMMON,)]
    own: dict[About, list[Fact]] = {}
    for fact in comparison.facts:
        if fact.subject.kind == "insats":
            own.setdefault(fact.subject, []).append(fact)
    found: dict[int, Fact] = {}
    for subject, before, after in insatser(comparison):
        facts = [*own.get(subject, ()), *common]
        types = [str(side.get(_TYPE, "")) for side in (before, after) if side is not None]
        if facts and any(assessment.assessed(one) == _PERHAPS for one in types):
            found |= _of_one(subject, _Changing(comparison, before, after), facts)
    return found


def _of_one(subject: About, one: _Changing, facts: Sequence[Fact]) -> Iterator[tuple[int, Fact]]:
    before, after = one.with_facts(()), one.with_facts(facts)
    if before == after:
        return iter(())
    judged = Fact(subject, (_TYPE,), before, after)
    return (
        (id(fact), judged)
        for fact in facts
        if one.with_facts([fact]) != before
        or one.with_facts([other for other in facts if other is not fact]) != after
    )


@immutable
class _Changing:
    """An insats as it was, and as it becomes by some of the facts about it and about what is
    common."""

    comparison: Comparison
    before: InsatsData | None
    after: InsatsData | None

    def with_facts(self, facts: Sequence[Fact]) -> str:
        """Whether an assessment is needed with these facts alone; none where there is no
        insats."""
        data = self._data([fact for fact in facts if fact.subject.kind == "insats"])
        if data is None:
            return _NONE
        common = [fact for fact in facts if fact.subject.kind == "kommun"]
        old = self.comparison.old
        kommun = patch.patched(cast("Mapping[str, object]", old.kommun), common)
        revision: Revision = replace(old, kommun=cast("KommunData", kommun))
        return assessment.found(Insats("", data), revision)

    def _data(self, facts: Sequence[Fact]) -> InsatsData | None:
        if any(not fact.path for fact in facts):
            return self.after
        if self.before is None:
            return None
        return cast("InsatsData", patch.patched(cast("Mapping[str, object]", self.before), facts))
