"""The facts with what they mean: each is judged once, here, and what is told of it carries the
answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from insatskoll.catalogue import printed
from insatskoll.diff import causes, gone, moved, needs
from insatskoll.diff.effects import Caused, Move
from insatskoll.diff.facts import About, Comparison, Fact, between
from insatskoll.diff.judgement import Judgement, judge, only_written_otherwise
from insatskoll.diff.known import Known
from insatskoll.values import immutable

_WHO_GIVES = tuple(("utförare", name) for name in ("regi", "enheter", "namn"))
# What a loss is where it may be none.
_MAY_BE = {"narrower": "unclear", "fewer-children": "unclear-children"}
# What all that holds of an insats is where others may have become it, or it others.
_MAY_HAVE_BEEN = {
    "effect": "unclear",
    "children": "unclear-children",
    "documentation": "unclear-documentation",
    "fee": "unclear-fee",
    "scope": "unclear-scope",
}
_PARTED = {"effect": "unclear", "scope": "unclear-scope"}
_MORE_AND_FEWER = frozenset({"more-providers", "fewer-providers"})


@immutable
class Meaning:
    """A fact and what it means. ``behind`` is the fact of the comparison that it follows from, most
    often itself; ``caused`` what it has done to the state of the insatser, where that can be told
    field by field."""

    fact: Fact
    judgements: tuple[Judgement, ...]
    behind: Fact
    caused: Caused | None = None

    @property
    def is_taken_away(self) -> bool:
        """Whether it is a part that surely is given no longer."""
        alone = self.fact.field == "delar" and self.fact.kind == "removed"
        by_itself = self.caused is None or not self.caused.effects
        return alone and by_itself and any(one.verdict == "narrower" for one in self.judgements)

    @property
    def moved(self) -> Move | None:
        """Where what the fact tells of was written, and is now, if it has moved or is written out
        of what is common."""
        return self.caused.move if self.caused else None


def meanings(comparison: Comparison, known: Known) -> list[Meaning]:
    """Every fact of a comparison, and the changes in print that follow from them, with what they
    mean: what they have done to the state, or what they mean by themselves."""
    day = _day(comparison)
    caused = causes.caused(comparison)
    unmoved = moved.without_moved(comparison.facts)
    found = [
        replace(
            _meant(
                known.resolved(fact),
                caused.get(id(fact)),
                day,
                unmoved.get(id(fact)) or gone.taken_away(fact, known),
            ),
            behind=fact,
        )
        for fact in comparison.facts
    ]
    lost = comparison.perhaps_lost
    found = [_for_a_reader(one) if one.fact.subject.old in lost else one for one in found]
    pieces = comparison.perhaps_pieces
    found = [_as_a_piece(one) if _is_one_of(one.fact, pieces) else one for one in found]
    found = _with_one_provider(_with_needs(found, comparison, day))
    followed = _in_consequence(comparison, known)
    return found + [Meaning(fact, judge(fact, day), cause) for fact, cause in followed]


def is_told(meaning: Meaning, known: Known) -> bool:
    """Whether a fact is worth telling, besides what it follows from: a decision is about it, and it
    is seen in print."""
    fact = meaning.fact
    if not meaning.judgements or (fact.subject.regrouped and fact.path == ("namn",)):
        return False
    if fact.field == "insatser":  # the order of print, which changes when an insats comes or goes
        return order_changed(fact.before, fact.after)
    if fact.kind == "moved" or not fact.path:
        return True
    return bool(known.printed(fact, fact.before) != known.printed(fact, fact.after))


def order_changed(before: object, after: object) -> bool:
    """Whether what is in both lists stands in another order."""
    left, right = _in_both(before, after)
    return left != right


def in_both(fact: Fact) -> tuple[object, object]:
    """What a fact says before and after it: of the order of print, only what is in both lists,
    since those that come and go are facts of their own."""
    if fact.field == "insatser" and fact.kind == "changed":
        return _in_both(fact.before, fact.after)
    return fact.before, fact.after


def _in_both(before: object, after: object) -> tuple[list[object], list[object]]:
    left, right = (list(side) if isinstance(side, Sequence) else [] for side in (before, after))
    return [item for item in left if item in right], [item for item in right if item in left]


def _day(comparison: Comparison) -> str | None:
    """The day whose law the change is judged by: that of the new side, or of the old where nothing
    is left."""
    shown = comparison.new if comparison.new.is_there else comparison.old
    return shown.prövningsdag if shown.is_there else None


def _meant(
    fact: Fact, caused: Caused | None, day: str | None, unmoved: Fact | None = None
) -> Meaning:
    """What a fact means: an insats or a part that comes or goes by itself and by what it has done
    to the state, and all else that has a place there by that alone. A text from which sentences
    have been moved to another means what it does without them, and a part that surely is taken
    away what an insats that goes does (``unmoved``)."""
    own = judge(unmoved or fact, day)
    if unmoved is not None and unmoved.before == unmoved.after:
        own = (only_written_otherwise(fact, day),)
    if caused is None or not own:
        return Meaning(fact, own, fact)
    by_insats: dict[About, list[Judgement]] = {}
    beside: set[Judgement] = set()
    if fact.field in ("", "delar") and not fact.subject.regrouped:
        by_insats[fact.subject] = [*own]
    for effect in caused.effects:
        of_it = judge(effect.judged, day) if effect.judged is not None else ()
        if effect.parted:
            of_it = _of_parted(of_it)
        told = [j for j in of_it if not (effect.new and j.is_unclear)]
        by_insats.setdefault(effect.fact.subject, []).extend(told)
        beside |= _beside_certain(told)
    found = {judgement for each in by_insats.values() for judgement in certain(each)} | beside
    if not found:
        found = {only_written_otherwise(fact, day)}
    # Of the same verdict on several grounds, that of the fact itself is told, if it is one of them.
    told_by = {one.verdict: one for one in sorted(found, key=lambda j: (j in own, j))}
    judgements = tuple(sorted(told_by.values(), key=lambda j: (j.weight, j)))
    return Meaning(fact, judgements, fact, caused)


def _of_parted(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """What sentences mean that have been parted between insatser, or put together: which way they
    go for those whom each is for is no more told by the words of them all."""
    told = (replace(one, verdict=_PARTED.get(one.axis, one.verdict)) for one in judgements)
    return tuple(dict.fromkeys(told))


def _for_a_reader(meaning: Meaning) -> Meaning:
    """What is no more and may be in another, which only who knows can tell."""
    if meaning.fact.path or meaning.fact.after is not None:
        return meaning
    told = (
        replace(one, verdict=_MAY_BE.get(one.verdict, one.verdict)) for one in meaning.judgements
    )
    return replace(meaning, judgements=tuple(told))


def _is_one_of(fact: Fact, ids: frozenset[str]) -> bool:
    """Whether a fact is that an insats has come or gone that is one of some."""
    whole = fact.subject.kind == "insats" and not fact.path
    return whole and not ids.isdisjoint({fact.subject.old or "", fact.subject.new or ""})


def _as_a_piece(meaning: Meaning) -> Meaning:
    """What comes or goes and may be a piece of what goes or comes: only who knows can tell what
    holds for those whom it is for."""
    told = (
        replace(one, verdict=_MAY_HAVE_BEEN.get(one.axis, one.verdict))
        for one in meaning.judgements
    )
    return replace(meaning, judgements=tuple(dict.fromkeys(told)))


def _with_needs(
    found: Sequence[Meaning], comparison: Comparison, day: str | None
) -> Iterator[Meaning]:
    """The meanings, of which those that have made an insats need an assessment, or need none, say
    so; a reader then need not tell what another type means."""
    changed = needs.changed(comparison)
    for one in found:
        if id(one.behind) not in changed:
            yield one
            continue
        own = judge(changed[id(one.behind)], day)
        told = one.fact.field == "insatstyp"
        rest = [j for j in one.judgements if not (j.is_unclear and told) and j.axis != "editorial"]
        judged = tuple(sorted({*own, *rest}, key=lambda j: (j.weight, j)))
        yield replace(one, judgements=judged)


def _with_one_provider(meanings: Iterable[Meaning]) -> list[Meaning]:
    """Where an insats goes from one provider to another, what several fields tell of it is that
    alone: the unit that no longer gives it is no provider fewer."""
    found = list(meanings)
    of_them: dict[About, set[str]] = {}
    told: dict[About, int] = {}
    for one in found:
        if _tells_who_gives(one.fact):
            subject = one.fact.subject
            of_them.setdefault(subject, set()).update(j.verdict for j in one.judgements)
            told[subject] = told.get(subject, 0) + 1
    changed = {
        subject
        for subject, codes in of_them.items()
        if told[subject] > 1 and ("other-provider" in codes or codes >= _MORE_AND_FEWER)
    }
    return [
        replace(one, judgements=tuple(map(_as_another, one.judgements)))
        if _tells_who_gives(one.fact) and one.fact.subject in changed
        else one
        for one in found
    ]


def _tells_who_gives(fact: Fact) -> bool:
    return fact.path in _WHO_GIVES and fact.subject.kind == "insats"


def _as_another(judgement: Judgement) -> Judgement:
    counted = judgement.verdict in _MORE_AND_FEWER
    return replace(judgement, verdict="other-provider") if counted else judgement


def _beside_certain(judgements: Sequence[Judgement]) -> set[Judgement]:
    """What a reader must tell of the same words that something else is certain of."""
    axes = {one.axis for one in judgements if not one.is_unclear}
    return {one for one in judgements if one.is_unclear and one.axis in axes}


def certain(judgements: Iterable[Judgement]) -> list[Judgement]:
    """What is judged of one insats: what a reader must tell only on the axes where nothing is
    certain, and that some is only written otherwise where all is."""
    found = list(dict.fromkeys(judgements))
    axes = {one.axis for one in found if not one.is_unclear}
    told = [one for one in found if not (one.is_unclear and one.axis in axes)]
    return [one for one in told if one.axis != "editorial"] or told


def _in_consequence(comparison: Comparison, known: Known) -> Iterator[tuple[Fact, Fact]]:
    """The ages that stand unchanged in the files, but are printed as another's than before, since
    others take part; each with the fact about who does."""
    told = {(fact.subject, fact.path) for fact in comparison.facts}
    causes: dict[About, list[Fact]] = {}
    for fact in comparison.facts:
        if fact.field == "deltagare":
            causes.setdefault(fact.subject, []).append(fact)
    for subject, found in causes.items():
        before, after = (known.file(subject, side) for side in (0, 1))
        if before is None or after is None:
            continue
        for fact in between(subject, printed.file(before), printed.file(after)):
            if fact.field in printed.AGES and (subject, fact.path) not in told:
                yield fact, _cause(fact, found)


def _cause(fact: Fact, found: list[Fact]) -> Fact:
    """The nearest of the facts about who takes part: in the same part, or else in the whole."""
    nearest = [cause for cause in found if cause.path[:-2] == fact.path[: len(cause.path) - 2]]
    return max(nearest or found, key=lambda cause: len(cause.path))
