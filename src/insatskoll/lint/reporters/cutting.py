"""What of a long comment fits: lines by weight, in groups whose heading is written once, and how
many did not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, eq=False)
class Part:
    """Lines that stand together, with what stands before and after them; a group may stand
    ``within`` another."""

    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    within: Part | None = None

    @property
    def room(self) -> int:
        """The characters that the group takes besides its lines."""
        return sum(len(line) + 1 for line in (*self.opening, *self.closing))

    @property
    def chain(self) -> tuple[Part, ...]:
        """The groups that it stands within, from without, and itself."""
        return (*(self.within.chain if self.within is not None else ()), self)


@dataclass(frozen=True, eq=False)
class Entry:
    """A line, which may hold several: what is of less ``weight`` goes before in getting room.
    ``cut`` tells that it does not say all that it is about."""

    text: str
    weight: tuple[int, ...]
    group: Part
    cut: bool = False


def fitting(lines: Sequence[Entry], room: int) -> tuple[dict[Entry, None], int]:
    """Those of ``lines`` that get room, by weight until one does not, and the characters that are
    left."""
    taken: set[Entry] = set()
    opened: set[Part] = set()
    left = Counter(line.group for line in lines)
    reserved = {
        group: len(_rest(number)) + 1 if number > 1 else 0 for group, number in left.items()
    }
    for line in sorted(lines, key=lambda line: line.weight):
        new = [group for group in line.group.chain if group not in opened]
        cost = len(line.text) + 1 + sum(group.room + reserved.get(group, 0) for group in new)
        left[line.group] -= 1
        if left[line.group] == 0:
            cost -= reserved[line.group]
        if cost > room:
            break
        room -= cost
        taken.add(line)
        opened.update(new)
    return {line: None for line in lines if line in taken}, room


def _rest(number: int) -> str:
    return f"- … och {number} till"


def written(lines: Sequence[Entry], taken: Collection[Entry]) -> Iterator[str]:
    """Those of ``lines`` that are ``taken``, in their order, each group with how many of its own
    are left out."""
    for _, found in groupby(lines, key=lambda line: line.group.chain[0]):
        yield from _group(list(found), taken, 0)


def _group(lines: Sequence[Entry], taken: Collection[Entry], depth: int) -> Iterator[str]:
    """A group's lines, all of which stand in the group at ``depth`` of their chains, or in one
    within it."""
    if not any(line in taken for line in lines):
        return
    group = lines[0].group.chain[depth]
    yield from group.opening
    rest = sum(line.group is group and line not in taken for line in lines)
    for inner, found in groupby(
        lines, key=lambda line: line.group.chain[depth + 1] if line.group is not group else None
    ):
        if inner is None:
            yield from (line.text for line in found if line in taken)
        else:
            yield from _group(list(found), taken, depth + 1)
    if rest:
        yield _rest(rest)
    yield from group.closing
