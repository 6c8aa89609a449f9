"""Which changes fail a comparison: those with a verdict that whoever asks does not let through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from insatskoll.catalogue import acceptances, decision_ids
from insatskoll.catalogue.acceptances import Acceptance
from insatskoll.diff import identity
from insatskoll.diff.barred import Barred, Required
from insatskoll.diff.facts import compare
from insatskoll.diff.identity import Ids
from insatskoll.diff.places import Place, Places
from insatskoll.diff.verdicts import Verdict, Verdicts, shipped
from insatskoll.errors import UsageError
from insatskoll.law.selection import Prefix
from insatskoll.meant import meant
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.catalogue.model import FileProblems
    from insatskoll.diff.telling import Change, Telling


@immutable
class Gated:
    """A told change at the gate: its municipality, its id, where it stands before and after, the
    codes of its verdicts that fail it, and who has accepted it, if anyone has: then nothing fails
    it. ``lacking`` are those of its verdicts that someone in another role than they who have must
    accept, with the roles of which one is enough, and ``partly`` they who have."""

    kommun: str
    change: Change
    id: str
    old: Place | None
    new: Place | None
    failing: tuple[str, ...] = ()
    accepted: Acceptance | None = None
    lacking: Required = field(default_factory=dict)
    partly: Acceptance | None = None

    @property
    def place(self) -> Place | None:
        """Where to look: as it is now, or where it stood if its file is gone."""
        return self.new or self.old


def gated(telling: Telling, barred: Barred) -> tuple[Gated, ...]:
    """The changes of a telling, in its order, each with what of ``barred`` fails it."""
    ids, places, held = Ids(telling), Places(telling), _held(telling)
    found = []
    for change, name in zip(telling.changes, ids.changes, strict=True):
        by = _by(name, list(ids.of_own(change)), held)
        given = {judgement.verdict for judgement in change.judgements}
        lacking = {
            code: roles
            for code, roles in barred.requires.items()
            if code in given and not all(_one_of(each, roles) for each in by or [()])
        }
        plain = () if by else tuple(code for code in barred.stopping if code in given)
        failing = tuple(dict.fromkeys((*plain, *lacking)))
        someone = _together(by[0]) if by else None
        both = places.of_change(change)
        accepted, partly = (None, someone) if failing else (someone, None)
        found.append(Gated(telling.kommun, change, name, *both, failing, accepted, lacking, partly))
    return tuple(found)


Held = Mapping[str, tuple[Acceptance, ...]]


def _by(name: str, own: Sequence[str], held: Held) -> list[tuple[Acceptance, ...]]:
    """Who has accepted a change as a whole, or each of what it tells of; nobody where any of that
    is left."""
    if name in held:
        return [held[name]]
    each = [held.get(one, ()) for one in own]
    return each if all(each) else []


def _one_of(accepted: Sequence[Acceptance], roles: Sequence[str]) -> bool:
    return any(one.is_by(roles) for one in accepted)


def _together(accepted: Sequence[Acceptance]) -> Acceptance:
    first, *others = accepted
    return replace(first, besides=tuple(others)) if others else first


def _held(telling: Telling) -> dict[str, tuple[Acceptance, ...]]:
    """What is accepted on the day of the comparison, by the id of the change."""
    document = telling.accepted_in
    if document is None:
        return {}
    used = {one.number for one in _used_up(telling)}
    found: dict[str, tuple[Acceptance, ...]] = {}
    for one in acceptances.of(document):
        if one.holds(telling.day) and one.number not in used:
            found[one.change] = (*found.get(one.change, ()), one)
    return found


def _used_up(telling: Telling) -> list[Acceptance]:
    """The accepted changes that have been decided: those that start from another decision than the
    comparison does, and those that do not tell and were made by a decision before."""
    document, base = telling.accepted_in, _base(telling)
    if document is None:
        return []
    written = acceptances.of(document)
    told = [one for one in written if one.base is not None and one.base != base]
    untold = [one for one in written if one.base is None] if base is not None else []
    made = _decided(telling) if untold else set()
    return [*told, *(one for one in untold if one.change in made)]


def _base(telling: Telling) -> str | None:
    """The id of the latest decision on the old side, which the changes start from."""
    latest = acceptances.latest(telling.sides[0])
    return latest.id if latest is not None else None


def _decided(telling: Telling) -> set[str]:
    """The ids of all that the decisions have changed until those that the comparison starts
    from."""
    known = {one.id: one for side in telling.sides if side is not None for one in side.beslut}
    last = decision_ids.order(_base(telling) or "")
    order = [
        one for one in sorted(known, key=decision_ids.order) if decision_ids.order(one) <= last
    ]
    made: set[str] = set()
    for was, is_ in pairwise(known[one].revision for one in order):
        ids = Ids(replace(telling, comparison=compare(was, is_), told=None))
        made |= {*ids.changes, *ids.facts}
    return made


def unheld(telling: Telling, besides: Sequence[Telling] = ()) -> list[FileProblems]:
    """The accepted changes that do not hold: that have ended, or may have, or are neither in the
    telling nor in those ``besides``. One that was accepted on the old side already may be of an
    earlier change."""
    document, (old, new) = telling.accepted_in, telling.sides
    if document is None or new is None:
        return []
    before = old.accepted if old is not None else None
    known = {one.change for one in acceptances.of(before)} if before is not None else set()
    each = [Ids(one) for one in (telling, *besides)]
    there = dict.fromkeys(name for ids in each for name in (*ids.changes, *ids.facts))
    gone = [
        one
        for one in acceptances.of(document)
        if one.change not in there and one.change not in known
    ]
    told = [acceptances.problem(document, one, *_gone(one.change, list(there))) for one in gone]
    ended = () if telling.day is not None else acceptances.untold(document)
    used = _used_up(telling)
    over = [acceptances.decided_already(document, one, _base(telling)) for one in used]
    told = [problem for one, problem in zip(gone, told, strict=True) if one not in used]
    return [*acceptances.failing(new, telling.day), *ended, *over, *told]


def _gone(name: str, there: Sequence[str]) -> tuple[str, str]:
    """What to say of an accepted change that is not there, and what to do."""
    message = f"Ändringen {name} finns inte i jämförelsen"
    place = identity.place_of(name)
    same = next((one for one in there if identity.place_of(one) == place), None)
    if same is not None:
        again = f"Läs ändringen, och godta {same} om den också ska godtas"
        return f"{message}: på samma plats är ändringen nu en annan", again
    near = meant(name, there)
    if near is not None:
        return message, f"Menade du {near}?"
    return message, "Ta bort posten: ändringen har tagits tillbaka, ändrats igen eller beslutats"


def required(asked: Sequence[tuple[Prefix, tuple[str, ...]]], *, strict: bool = True) -> Required:
    """The roles by verdict, where a verdict that is asked for by name goes before its axis. Raises
    :class:`UsageError` as :func:`wanted` does, or, where it is not ``strict``, leaves out what is
    not understood."""
    found = wanted if strict else understood
    read = [(found([one]), roles) for one, roles in asked]
    axes_first = sorted(read, key=lambda each: len(each[0]) == 1)
    if strict:
        _refuse_twice(asked, read)
    return {code: roles for codes, roles in axes_first for code in codes}


def _refuse_twice(
    asked: Sequence[tuple[Prefix, tuple[str, ...]]],
    read: Sequence[tuple[list[str], tuple[str, ...]]],
) -> None:
    """Raises :class:`UsageError` where the same is asked for twice under two names: only one of
    them would be held to."""
    first: dict[tuple[str, ...], Prefix] = {}
    for (one, _), (codes, _) in zip(asked, read, strict=True):
        other = first.setdefault(tuple(codes), one)
        if other is not one:
            raise UsageError(
                f"{one.origin}: ”{one.text}” är samma sak som ”{other.text}”, som redan står i "
                "kräver. Skriv rollerna på ett ställe."
            )


def wanted(asked: Sequence[Prefix], by: Verdicts | None = None) -> list[str]:
    """The codes of the verdicts that are ``asked`` for, each by its code, its Swedish name or a
    beginning of that, or by an axis, which stands for all on it. Raises :class:`UsageError` for
    what is none of it, or may be several."""
    known = by or shipped()
    return list(dict.fromkeys(code for one in asked for code in _codes(one, known)))


def understood(asked: Sequence[Prefix]) -> list[str]:
    """As :func:`wanted`, without what is not understood: settings of another time may be of another
    program."""
    known = shipped()
    return wanted([one for one in asked if len(_meant(one.text, known)) == 1], known)


def _codes(one: Prefix, known: Verdicts) -> Sequence[str]:
    found = _meant(one.text, known)
    if len(found) == 1:
        return found[0]
    if found:
        words = " eller ".join(f"”{known.by_code[codes[0]].words}”" for codes in found)
        raise UsageError(
            f"{one.origin}: ”{one.text}” kan vara {words}. Skriv hela namnet, eller koden."
        )
    near = meant(one.text, _names(known))
    question = f" Menade du ”{near}”?" if near else ""
    raise UsageError(
        f"{one.origin}: ”{one.text}” är varken ett utfall eller en axel.{question} Kommandot "
        "insatskoll verdicts visar alla."
    )


def _meant(text: str, known: Verdicts) -> list[tuple[str, ...]]:
    """What a word may mean: each a verdict, or all on an axis."""
    word = " ".join(text.casefold().split())
    verdicts = known.by_code.values()
    if word in known.by_code:
        return [(word,)]
    on_axis = tuple(one.code for one in verdicts if word in _axis_names(one))
    if on_axis:
        return [on_axis]
    begun = [one for one in verdicts if word and one.words.startswith(word)]
    exact = [one for one in begun if one.words == word]
    return [(one.code,) for one in exact or begun]


def _axis_names(verdict: Verdict) -> tuple[str, ...]:
    return verdict.axis, verdict.axis_name, verdict.axis_words.casefold()


def _names(known: Verdicts) -> list[str]:
    def every() -> Iterator[str]:
        for one in known.by_code.values():
            yield from (one.words, one.code, *_axis_names(one))

    return list(dict.fromkeys(every()))
