"""Lists of words that rules look for: the files in ``catalogue/ordlistor``, read, checked and
turned into expressions.

A list holds words, which match in all their inflected forms, and regular expressions for what is no
whole word. What it passes over (``utom``) is looked for first. Its examples say what it matches and
what it does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from insatskoll.catalogue.data import Data
from insatskoll.errors import Refused
from insatskoll.law import expressions, inflection, rule_files
from insatskoll.law.predicates.text import passed_over, pattern
from insatskoll.names import plain, shown
from insatskoll.reading import cache
from insatskoll.reading.document import Document
from insatskoll.reading.places import DataPath


class WordListError(Refused):
    """A list cannot be used; the message says which file and why."""


@dataclass(frozen=True)
class WordList:
    """A list of words, as its file has it. ``own`` is the file, if it is the municipality's own."""

    data: Data
    path: Path
    own: Document | None = field(default=None, repr=False, compare=False)

    @property
    def namn(self) -> str:
        """The name that rules use."""
        return str(self.data["namn"])

    @property
    def whole(self) -> bool:
        """Whether what it holds must be all of a text, and not stand somewhere in it."""
        return bool(self.data.get("helt") == "ja")

    @property
    def length(self) -> int:
        """How many words and expressions it holds."""
        return len(self.data.get("ord", ())) + len(self.data.get("uttryck", ()))

    @cached_property
    def expressions(self) -> tuple[str, ...]:
        """Regular expressions that together match what the list holds."""
        words = inflection.expressions(self.data.get("ord", ()))
        return (*words, *self._bounded("uttryck"))

    @cached_property
    def besides(self) -> tuple[str, ...]:
        """Regular expressions for what is passed over before the words are looked for."""
        return tuple(self._bounded("utom"))

    def wrong(self) -> Iterator[str]:
        """What does not come out as the list's examples have it, in words, each with its place."""
        for kind in ("träff", "tyst"):
            for index, text in enumerate(self.data["exempel"][kind]):
                at = self.at(("exempel", kind, index))
                words = pattern(self.expressions)
                found = (words.fullmatch if self.whole else words.search)(
                    passed_over(text, self.besides)
                )
                if found is None and kind == "träff":
                    yield (
                        f"{at}: ”{plain(text)}” ska träffas, men gör det inte. Ändra exemplet, "
                        "eller skriv ordet så som det står där under uttryck: ordboken känner "
                        "inte alla böjningar."
                    )
                if found is not None and kind == "tyst":
                    yield (
                        f"{at}: ”{plain(text)}” ska inte träffas, men gör det med "
                        f"”{plain(found[0])}”. Ändra exemplet, eller skriv under utom det som ska "
                        "hoppas över."
                    )

    def unneeded(self) -> Iterator[str]:
        """The words and expressions without which all examples would come out the same, in words,
        each with its place; none if some example is wrong already."""
        if any(True for _ in self.wrong()):
            return
        for kind in ("ord", "uttryck", "utom"):
            held = self.data.get(kind, [])
            for index, text in enumerate(held):
                rest = [*held[:index], *held[index + 1 :]]
                if not any(True for _ in replace(self, data=self.data | {kind: rest}).wrong()):
                    yield (
                        f"{self.at((kind, index))}: inget exempel behöver ”{plain(text)}”. Skriv "
                        "ett som gör det, eller ta bort det."
                    )

    def _bounded(self, kind: str) -> Iterator[str]:
        for index, text in enumerate(self.data.get(kind, ())):
            if self.own is None:
                yield text
                continue
            try:
                yield expressions.bounded(text)
            except expressions.ExpressionError as error:
                raise WordListError(
                    f"{self.at((kind, index))}: uttrycket ”{plain(text[:60])}” {error}"
                ) from None

    def at(self, path: DataPath) -> str:
        """Where in the list's file ``path`` stands, to begin a message with."""
        if self.own is None:
            return shown(self.path)
        span = self.own.span(path)
        return f"{shown(self.path)}:{span.line}:{span.column}"


def load(
    files: list[Path], own: Path | None = None, taken: Mapping[str, WordList] | None = None
) -> dict[str, WordList]:
    """The lists in ``files``, by name, those of a municipality if they lie in its ``own``
    catalogue. ``taken`` are the names that are another's.

    Raises :class:`WordListError` for the first that cannot be used.
    """
    found: dict[str, WordList] = {}
    for path in files:
        one = _list(path, own)
        if one.namn in (taken or {}):
            raise WordListError(
                f"{one.at(('namn',))}: ordlistan ”{one.namn}” finns redan i programmet. Välj "
                "ett annat namn"
            )
        found[one.namn] = one
    if own is not None:
        words = (word for one in found.values() for word in one.data.get("ord", ()))
        inflection.look_up(words, cache.of(own))
        for one in found.values():
            _ = one.expressions, one.besides  # nothing is left to go wrong later
    return found


def _list(path: Path, own: Path | None) -> WordList:
    try:
        loaded = rule_files.loaded(path, "ordlista", own)
    except rule_files.RuleError as error:
        raise WordListError(str(error)) from None
    one = WordList(loaded.data, path, loaded if own else None)
    if (wanted := one.namn.replace(" ", "-")) != path.stem:
        raise WordListError(
            f"{one.at(('namn',))}: ordlistan heter ”{one.namn}”, och filen ska då heta "
            f"{wanted}.yaml"
        )
    return one
