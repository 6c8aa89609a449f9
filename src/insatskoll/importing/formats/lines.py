"""Makes words whole again that were broken at the ends of lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from insatskoll.patterns import later
from insatskoll.values import immutable

# After a hyphen at the end of a line these leave it standing: ”barn- och ungdomsinsatser”.
_JOINING = later(r"(?:och|eller|samt|respektive|till|resp\.?|men|som|i|utan|inte|både)\b|[/&(]")
_PART = later(r"[^\W_]+(?:-[^\W_]+)*-$")
_NAME = later(r"(?<=[a-zåäö,] )([A-ZÅÄÖ][^\W\d_]+)\b(?!-)")
_LONGEST = 200  # characters of a word
_WORD = later(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@immutable
class Words:
    """The words of a document, to tell a word that is broken from one that has a hyphen."""

    known: frozenset[str]
    ordered: tuple[str, ...]
    names: frozenset[str] = frozenset()  # that have a capital within sentences, and nowhere none
    firsts: frozenset[str] = frozenset()  # what stands before the hyphen of whole words

    @staticmethod
    def of(texts: Iterable[str]) -> Words:
        """The words in ``texts``, which are lines; not what is left of one at the end of a line."""
        lines = [_PART.sub("", text.rstrip()) for text in texts]
        found = {word for line in lines for word in _WORD.findall(line)}
        known = frozenset(word.lower() for word in found)
        names = {match[1] for line in lines for match in _NAME.finditer(line)}
        firsts = {word.rpartition("-")[0] for word in found if "-" in word}
        return Words(
            known,
            tuple(sorted(known)),
            frozenset(name for name in names if name.lower() not in found),
            frozenset(first for first in firsts if first[:1].isupper()),
        )

    def any_begins(self, start: str) -> bool:
        """Whether a word begins with ``start``."""
        at = bisect_left(self.ordered, start.lower())
        return at < len(self.ordered) and self.ordered[at].startswith(start.lower())


def joined(line: str, following: str, known: Words) -> str:
    """Two lines of a paragraph as one; ``known`` are the words of the document."""
    cut, between = seam(line, following, known)
    before = line.rstrip()
    return before[: len(before) - cut] + between + following.lstrip()


def seam(line: str, following: str, known: Words) -> tuple[int, str]:
    """How a line goes on in the next: how many characters go from its end, and what comes
    between."""
    before, after = line.rstrip(), following.lstrip()
    if before.endswith("\u00ad"):
        return 1, ""
    part = _PART.search(before[-_LONGEST:])
    if part is None or not after or _JOINING.match(after):
        return 0, " "
    start = part[0][:-1]
    rest = re.match(r"[^\W\d_]*", after)
    end = rest[0] if rest else ""
    if f"{start}{end}".lower() in known.known:
        return 1, ""
    whole = f"{start}-{end}".lower() in known.known
    named = start in known.names or start in known.firsts
    kept = whole or named or not after[0].islower() or not _can_be_divided(start)
    return (0, "") if kept else (1, "")


def _can_be_divided(start: str) -> bool:
    """Whether a hyphen after ``start`` may be there only for the end of the line: not after a
    single letter, digits or an abbreviation in capitals."""
    last = start.rpartition("-")[2]
    return len(last) > 1 and last[-1].islower()
