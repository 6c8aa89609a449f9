"""Who owns a file by the lists that forges keep (CODEOWNERS): the last line that matches it says.

The list is that of the side that is compared with: a change does not choose who owns what it
changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from insatskoll.names import visible
from insatskoll.patterns import later
from insatskoll.reading import files, git
from insatskoll.reading.git import Repository
from insatskoll.values import immutable

# where the forges look, the first that there is
PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
_LARGEST = 1_000_000  # bytes of a list
_LONGEST = 400  # characters of a pattern
_SECTION = later(r"\^?\[[^\]]+\](\[[0-9]+\])?")
_SPACE = later(r"(?<!\\)\s+")
_COMMENT = later(r"(?:^|(?<=\s))#.*")


@immutable
class _Line:
    """A line of a list: the pattern's steps, and the owners. ``anchored`` tells that it begins at
    the top, and ``section`` which of GitLab's sections it stands in, each of which has a say."""

    steps: tuple[str, ...]
    owners: tuple[str, ...]
    anchored: bool
    section: str = ""

    def matches(self, path: Sequence[str]) -> bool:
        """Whether the line is about a file, or a folder that it lies in."""
        starts = [0] if self.anchored else range(len(path))
        return any(_matches(self.steps, path[at:]) for at in starts)


def listed(repository: Repository, commit: str) -> bytes | None:
    """The list that the forges read in ``commit``; None if there is none. Raises
    :class:`git.GitError`."""
    top = replace(repository, path="")
    asked = (git.file(top, commit, place, _LARGEST) for place in PLACES)
    return next((found[1] for found in asked if found is not None), None)


def listed_now(repository: Repository) -> bytes | None:
    """The list in the files as they are now; None if there is none that can be read."""
    for place in PLACES:
        path = repository.top / place
        if files.there(path):
            try:
                return files.read(path, _LARGEST)
            except files.Unread:
                return None
    return None


def owners_in(text: str, path: str) -> tuple[str, ...]:
    """The owners of the file ``path`` by the list ``text``: those of the last line that matches,
    in each section; none if that line has none. A word that is no name to a forge (``@name`` or an
    address) owns nothing."""
    steps = path.split("/")
    last: dict[str, tuple[str, ...]] = {}
    for line in _lines(text):
        if line.matches(steps):
            last[line.section] = line.owners
    return tuple(dict.fromkeys(visible(one) for each in last.values() for one in each))


def _lines(text: str) -> Iterator[_Line]:
    section, by_default = "", tuple[str, ...]()
    for written in text.splitlines():
        line = _COMMENT.sub("", written).strip()
        heading = _SECTION.match(line)
        if heading:
            section, by_default = heading[0].casefold(), tuple(line[heading.end() :].split())
        elif line:
            pattern, *named = _SPACE.split(line)
            if len(pattern) <= _LONGEST:
                owned_by = tuple(named) or by_default
                known = tuple(one for one in owned_by if "@" in one)
                yield _line(pattern.replace("\\", ""), known, section)


def _line(pattern: str, named: tuple[str, ...], section: str) -> _Line:
    anchored = "/" in pattern.rstrip("/")
    folder = pattern.endswith("/")
    steps = [step for step in pattern.split("/") if step]
    steps += ["**"] if folder else []
    return _Line(tuple(steps), named, anchored, section)


def _matches(steps: Sequence[str], path: Sequence[str]) -> bool:
    """Whether the steps of a pattern lead to a path, or to a folder above it. A last ``*`` is for
    what lies right in a folder only."""
    reached = {0}
    for step in steps:
        if step == "**":
            reached = set(range(min(reached, default=len(path)), len(path) + 1))
        else:
            reached = {at + 1 for at in reached if at < len(path) and _alike(step, path[at])}
        if not reached:
            return False
    below = not steps or steps[-1] != "*"
    return len(path) in reached or (below and any(0 < at < len(path) for at in reached))


def _alike(pattern: str, name: str) -> bool:
    """Whether ``*`` (anything) and ``?`` (a character) in a pattern can make it the name, in time
    that does not grow with how many there are."""
    at, star, back = 0, -1, 0
    for_name = 0
    while for_name < len(name):
        if at < len(pattern) and pattern[at] == "*":
            star, back = at, for_name
            at += 1
        elif at < len(pattern) and pattern[at] in ("?", name[for_name]):
            at += 1
            for_name += 1
        elif star >= 0:
            back += 1
            at, for_name = star + 1, back
        else:
            return False
    return set(pattern[at:]) <= {"*"}
