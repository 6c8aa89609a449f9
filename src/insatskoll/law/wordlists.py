"""Lists of words that rules look for: the files in ``catalogue/ordlistor``, read, checked and
turned into expressions.

A list holds words, which match in all their inflected forms, and regular expressions for what is no
whole word. An expression may hold another list: ``{kön}`` is any one of its words. What it passes
over (``utom``) is looked for first. Its examples say what it matches and
what it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from insatskoll import resources
from insatskoll.errors import Refused
from insatskoll.law import inflection, rule_files
from insatskoll.law.predicates.text import passed_over, pattern
from insatskoll.law.rule_form import EXAMPLES
from insatskoll.meant import meant
from insatskoll.names import plain, shown
from insatskoll.patterns import later
from insatskoll.reading import accepted, builtin, cache
from insatskoll.reading.document import Document
from insatskoll.reading.places import DataPath
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import OrdlistaData

_LONGEST = 20_000  # letters of an expression, with the words of the lists that it holds
_Held = Literal["ord", "uttryck", "utom"]
_HELD: tuple[_Held, ...] = ("ord", "uttryck", "utom")
_GROUPS = later(r"\\.|(?P<group>\[\^?\]?(?:\\.|[^\]\\])*\])|\{(?P<name>[^\W\d][^{}]*)\}", re.DOTALL)
_NAMED = later(r"\{([a-zåäöé][a-zåäöé0-9 ]*)\}")  # digits first is how many times


class WordListError(Refused):
    """A list cannot be used; the message says which file and why."""


@immutable
class WordList:
    """A list of words, as its file has it. ``own`` is the file, if it is the municipality's own."""

    data: OrdlistaData
    path: Path
    own: Document | None = field(default=None, repr=False, compare=False)
    others: Mapping[str, WordList] = field(default_factory=dict, repr=False, compare=False)
    # What the program's own file says, if it is that.
    as_shipped: OrdlistaData | None = field(default=None, repr=False, compare=False)

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
        """Regular expressions that together match what the list holds; those of the program's own
        are not made at each start."""
        if self.as_shipped is self.data:
            return tuple(builtin.remembered(f"ordlista {self.namn}", self._made))
        return tuple(self._made())

    def _made(self) -> list[str]:
        return list(self._bounded(self._words((self.namn,))))

    @cached_property
    def besides(self) -> tuple[str, ...]:
        """Regular expressions for what is passed over before the words are looked for."""
        return tuple(self._bounded(self._filled("utom", (self.namn,))))

    def _words(self, path: tuple[str, ...]) -> Iterator[tuple[DataPath, str]]:
        """The expressions for all that the list holds, with their places. ``path`` are the lists on
        the way here, this one last."""
        for text in inflection.expressions(self.data.get("ord", ())):
            yield ("ord",), text
        yield from self._filled("uttryck", path)

    def _filled(self, kind: _Held, path: tuple[str, ...]) -> Iterator[tuple[DataPath, str]]:
        """The expressions of a kind, with the words of the lists that they hold, and their
        places."""
        for index, text in enumerate(self.data.get(kind, ())):
            at = (kind, index)
            if self.own is not None:
                self._refuse_misnamed(text, at)
            parts = _NAMED.split(text)
            words = {name: self._held(name, at, path) for name in dict.fromkeys(parts[1::2])}
            parts[1::2] = (words[name] for name in parts[1::2])
            if sum(map(len, parts)) > _LONGEST:
                raise WordListError(
                    f"{self.at(at)}: uttrycket blir för långt med listorna som det innehåller"
                )
            yield at, "".join(parts)

    def _refuse_misnamed(self, text: str, at: DataPath) -> None:
        """Refuses what was meant as the name of a list and would be taken as it stands."""
        for match in _GROUPS.finditer(text):
            if match["group"] and (named := _NAMED.search(match["group"])):
                raise WordListError(
                    f"{self.at(at)}: {named[0]} står i en teckenmängd. Skriv ordlistan utanför "
                    "hakparenteserna"
                )
            name = match["name"]
            if name and not _NAMED.fullmatch(f"{{{name}}}"):
                near = meant(name.lower().replace("-", " "), self.others)
                hint = f" Menade du {{{near}}}?" if near else ""
                raise WordListError(f"{self.at(at)}: ordlistan ”{plain(name)}” finns inte.{hint}")

    def _held(self, name: str, at: DataPath, path: tuple[str, ...]) -> str:
        """The words of the list called ``name``, which an expression at ``at`` holds."""
        other = self.others.get(name)
        if other is None:
            near = meant(name, self.others)
            hint = f" Menade du {{{near}}}?" if near else ""
            raise WordListError(f"{self.at(at)}: ordlistan ”{plain(name)}” finns inte.{hint}")
        if name in path:
            raise WordListError(f"{self.at(at)}: ordlistan ”{name}” innehåller sig själv")
        if "utom" in other.data:
            raise WordListError(
                f"{self.at(at)}: ordlistan ”{name}” har utom, och kan inte stå i en annan"
            )
        return f"(?:{'|'.join(text for _, text in other._words((*path, name)))})"

    def wrong(self) -> Iterator[str]:
        """What does not come out as the list's examples have it, in words, each with its place."""
        words = pattern(self.expressions)
        for kind in EXAMPLES:
            for index, text in enumerate(self.data["exempel"][kind]):
                place = ("exempel", kind, index)
                found = (words.fullmatch if self.whole else words.search)(
                    passed_over(text, self.besides)
                )
                if found is None and kind == "träff":
                    yield (
                        f"{self.at(place)}: ”{plain(text)}” ska träffas, men gör det inte. Ändra "
                        "exemplet, eller skriv ordet så som det står där under uttryck: ordboken "
                        "känner inte alla böjningar."
                    )
                if found is not None and kind == "tyst":
                    yield (
                        f"{self.at(place)}: ”{plain(text)}” ska inte träffas, men gör det med "
                        f"”{plain(found[0])}”. Ändra exemplet, eller skriv under utom det som ska "
                        "hoppas över."
                    )

    def unneeded(self) -> Iterator[str]:
        """The words and expressions without which all examples would come out the same, in words,
        each with its place; none if some example is wrong already."""
        if any(True for _ in self.wrong()):
            return
        for kind in _HELD:
            held = self.data.get(kind, [])
            for index, text in enumerate(held):
                rest = [*held[:index], *held[index + 1 :]]
                without = cast("OrdlistaData", {**self.data, kind: rest})
                if not any(True for _ in replace(self, data=without).wrong()):
                    yield (
                        f"{self.at((kind, index))}: inget exempel behöver ”{plain(text)}”. Skriv "
                        "ett som gör det, eller ta bort det."
                    )

    def _bounded(self, found: Iterator[tuple[DataPath, str]]) -> Iterator[str]:
        """The expressions; with a bound on what each costs if the list is one's own."""
        for at, text in found:
            if self.own is None or at == ("ord",):
                yield text
                continue
            from insatskoll.law import expressions  # only one's own lists need it

            try:
                yield expressions.bounded(text)
            except expressions.ExpressionError as error:
                raise WordListError(
                    f"{self.at(at)}: uttrycket ”{plain(text[:60])}” {error}"
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
    known = dict(taken or {})  # by the lists' own eyes, and whole when one of them is asked
    for path in files:
        one = _list(path, own, known)
        if one.namn in (taken or {}):
            raise WordListError(
                f"{one.at(('namn',))}: ordlistan ”{one.namn}” finns redan i programmet. Välj "
                "ett annat namn"
            )
        found[one.namn] = known[one.namn] = one
    if own is not None:
        words = (word for one in found.values() for word in one.data.get("ord", ()))
        inflection.look_up(words, cache.of(own))
        for one in found.values():
            _ = one.expressions, one.besides  # nothing is left to go wrong later
    return found


def program(name: str) -> WordList:
    """The program's own list called ``name``, which holds no other."""
    return _list(resources.CATALOGUE / "ordlistor" / f"{name.replace(' ', '-')}.yaml", None, {})


def _list(path: Path, own: Path | None, known: Mapping[str, WordList]) -> WordList:
    try:
        loaded = rule_files.loaded(path, "ordlista", own)
    except rule_files.RuleError as error:
        raise WordListError(str(error)) from None
    data = accepted.ordlista(loaded)
    shipped = own is None and path.is_relative_to(resources.CATALOGUE)
    one = WordList(data, path, loaded if own else None, known, data if shipped else None)
    if (wanted := one.namn.replace(" ", "-")) != path.stem:
        raise WordListError(
            f"{one.at(('namn',))}: ordlistan heter ”{one.namn}”, och filen ska då heta "
            f"{wanted}.yaml"
        )
    return one
