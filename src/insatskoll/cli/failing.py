"""Why a comparison fails, in words: each change that does with its place and its id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from insatskoll import names, swedish
from insatskoll.catalogue import acceptances, file_names

if TYPE_CHECKING:
    from insatskoll.diff.gate import Gated
    from insatskoll.diff.places import Place
    from insatskoll.diff.telling import Telling
    from insatskoll.lint.findings import Finding

# what is frozen, one and several: decisions, records or both
_FROZEN = {
    False: ("fryst beslut", "frysta beslut"),
    True: ("fryst händelse", "frysta händelser"),
    None: ("fryst fil", "frysta filer"),
}
_NAMED = 10  # changes that are named where they fail the run


def signers(changed: str) -> Iterator[str]:
    """Why those who may sign fail the change, if they are others than before."""
    if changed:
        yield f"Underkänt: {changed}"


def touched(tellings: Sequence[Telling]) -> Iterator[str]:
    """Why the frozen decisions fail the change, if they do."""
    failing = [(one, change) for one in tellings for change in one.decisions if change.fails]
    named = [[f"{one.kommun}: {change.clause}"] for one, change in failing]
    kinds = {change.record for _, change in failing}
    counted = swedish.counted(len(named), *_FROZEN[next(iter(kinds)) if len(kinds) == 1 else None])
    return _told(f"{counted} (IK603)", named)


def stopped(tellings: Sequence[Telling], stopping: Sequence[str]) -> Iterator[str]:
    """Why the changes with one of the verdicts ``stopping`` fail the change, verdict by verdict,
    and how one of them is accepted."""
    if not stopping:
        return
    from insatskoll.diff.verdicts import shipped

    failing = [(telling, one) for telling in tellings for one in telling.gated if one.failing]
    for code in stopping:
        named = [_named(one) for _, one in failing if code in one.failing]
        counted = swedish.counted(len(named), "ändring", "ändringar")
        asked = {one.lacking[code] for _, one in failing if code in one.lacking}
        by = "".join(f", som {_one_of(roles)} ska godta" for roles in asked)
        told = f"{counted} med utfallet {code} ({shipped().by_code[code].words}){by}"
        yield from _told(told, named)
    if failing:
        yield from _to_accept(*failing[0])


def _one_of(roles: Sequence[str]) -> str:
    return " eller ".join(map(names.visible, roles))


def _to_accept(telling: Telling, one: Gated) -> Iterator[str]:
    """The lines to write for a change to be accepted, and in which file."""
    new = telling.sides[1]
    if new is None:
        return
    path = new.folder / file_names.ACCEPTED
    yield f"Den som får godta en ändring skriver i {names.shown(names.from_top(path))}, med skäl:"
    if new.accepted is None:
        yield "  godtagna_ändringar:"
    yield f"  - ändring: {one.id}"
    if (base := acceptances.latest(telling.sides[0])) is not None:
        yield f"    beslut: {base.id}"
    yield "    skäl: [fyll i]"
    yield "    av: [fyll i]"
    roles = next(iter(one.lacking.values()), ())
    yield f"    roll: {roles[0] if len(roles) == 1 else '[fyll i]'}"


def found(introduced: Sequence[Finding]) -> Iterator[str]:
    """Why new findings fail the change."""
    from insatskoll.lint.findings import finding_line

    return _told(f"{len(introduced)} nya fynd", [[finding_line(one)] for one in introduced])


def _named(one: Gated) -> list[str]:
    place = f"{_place(one.place)}  " if one.place is not None else ""
    told = [f"{one.kommun}: {one.change.clause}", f"  {place}{one.id}"]
    return told if one.partly is None else [*told, f"  {one.partly.told}"]


def _place(place: Place) -> str:
    return f"{names.shown(place.path)}:{place.span.line}:{place.span.column}"


def _told(what: str, named: Sequence[Sequence[str]]) -> Iterator[str]:
    """A reason with what it is about, as many as are read."""
    if not named:
        return
    yield f"Underkänt: {what}."
    for lines in named[:_NAMED]:
        yield from (f"  {_line(line)}" for line in lines)
    if len(named) > _NAMED:
        yield f"  … och {len(named) - _NAMED} till"


def _line(line: str) -> str:
    bare = line.lstrip(" ")
    return line[: len(line) - len(bare)] + names.plain(bare)
