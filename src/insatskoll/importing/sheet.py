"""What has been made of a document so far: the fields of a file, and for each the words that say
it, what is asked of the official, and the words that no field has.

Fields are named by their path: ``("målgrupp", "ålder")``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from insatskoll.importing.blocks import Spot
from insatskoll.importing.drafts import Said
from insatskoll.values import immutable

Path = tuple[str | int, ...]
LINE = 300  # letters of a text on one line


@immutable
class Filling:
    """A field, and the words of the document that say what it holds."""

    path: Path
    words: str
    spot: Spot


@immutable
class Question:
    """What the official has to settle: about which field, why, and the words that it comes from."""

    path: Path
    why: str
    words: str
    spot: Spot


@immutable
class Leftover:
    """Words that no field has, and why."""

    words: str
    why: str
    spot: Spot


@dataclass
class Sheet:
    """One file in the making."""

    name: str
    spot: Spot
    data: dict[str, Any] = field(default_factory=dict)
    fillings: list[Filling] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    texts: dict[Path, list[Said]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)  # ids by name
    unsettled: list[Path] = field(default_factory=list)  # what the text says in two ways

    def get(self, path: Path) -> Any:
        """What the field holds, None for nothing."""
        at: Any = self.data
        for step in path:
            inside: Any = range(len(at)) if isinstance(at, list) else at
            if not isinstance(at, list | dict) or step not in inside:
                return None
            at = at[step]  # type: ignore[index]
        return at

    @property
    def held(self) -> tuple[int, int, int]:
        """How many words have got a place: in a field, in a text and among what is left."""
        texts = sum(len(said) for said in self.texts.values())
        return len(self.fillings), texts, len(self.leftovers)

    def _holder(self, path: Path) -> Any:
        """What holds the field, made where it is not."""
        at: Any = self.data
        for step in path[:-1]:
            at = at.setdefault(step, {}) if isinstance(at, dict) else at[step]
        return at

    def put(self, path: Path, value: object, words: str, spot: Spot) -> bool:
        """Fills a field with what ``words`` say; asks instead, and says no, if it has another
        value."""
        held = self.get(path)
        if held is not None and held != value:
            self.ask(path, f"Texten säger också något annat än ”{_told(held)}”", words, spot)
            self.unsettled.append(path)
            return False
        self._holder(path)[path[-1]] = value
        self.fillings.append(Filling(path, words, spot))
        return True

    def add(self, path: Path, item: object, words: str, spot: Spot) -> None:
        """Adds an item to the list that a field is."""
        held = self.get(path)
        items = [] if held is None else list(held)
        if item not in items:
            items.append(item)
        self._holder(path)[path[-1]] = items
        self.fillings.append(Filling((*path, len(items) - 1), words, spot))

    def text(self, path: Path, said: Said) -> None:
        """Lets a field have words as they stand, after those that it has."""
        if said.words:
            self.texts.setdefault(path, []).append(said)

    def drop(self, path: Path, why: str) -> None:
        """Empties a field: its words are left, and the official is asked."""
        held = [path, *(other for other in self.texts if other[: len(path)] == path)]
        for said in [one for other in held for one in self.texts.pop(other, [])]:
            self.left(said, why)
        if self.get(path) is None:
            return
        holder = self._holder(path)
        del holder[path[-1]]
        if not holder and len(path) > 1:
            del self._holder(path[:-1])[path[-2]]
        mine = [one for one in self.fillings if one.path[: len(path)] == path]
        self.fillings = [one for one in self.fillings if one not in mine]
        kept = {one.words for one in self.fillings}
        for words, spot in dict.fromkeys((one.words, one.spot) for one in mine):
            if words not in kept:
                self.leftovers.append(Leftover(words, why, spot))
        self.ask(path, why.rstrip("."), "", self.spot)

    def ask(self, path: Path, why: str, words: str, spot: Spot) -> None:
        """Asks the official about a field."""
        one = Question(path, why, words, spot)
        if one not in self.questions:
            self.questions.append(one)

    def left(self, said: Said, why: str) -> None:
        """Tells that no field has these words."""
        if said.words:
            self.leftovers.append(Leftover(said.words, why, said.spot))

    def settle(self) -> None:
        """Puts the texts in their fields: paragraphs, and points of lists."""
        for path, said in self.texts.items():
            words = composed(said)
            line = path[-1] in ("kortnamn", "beslut") or path[-2:] == ("omfattning", "beskrivning")
            if line:
                words = " ".join(words.split())
            if line and len(words) > LINE:
                for one in said:
                    self.left(one, "Texten är för lång för sitt fält.")
                continue
            if not isinstance(self._holder(path), dict):
                for one in said:
                    self.left(one, "Fältet har redan ett svar.")
                continue
            for one in said:
                self.put_text(path, words, one)
        self.texts = {}

    def put_text(self, path: Path, words: str, one: Said) -> None:
        """Puts a text in its field, and tells which words of the document it is made of."""
        self._holder(path)[path[-1]] = words
        self.fillings.append(Filling(path, one.words, one.spot))


def composed(said: Sequence[Said]) -> str:
    """Words as the catalogue writes them: paragraphs with an empty line between, points with a
    hyphen."""
    text = ""
    item, spot = False, None
    for one in said:
        points = one.item is not None
        if text and not points and not item and one.spot == spot:
            text += " "  # sentences of one paragraph
        elif text:
            text += "\n" if points and item else "\n\n"
        depth = "  " * (one.item or 0)
        text += f"{depth}- {one.words}" if points else one.words
        item, spot = points, one.spot
    return text.strip()


def _told(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_told(held)}" for key, held in value.items())
    if isinstance(value, list):
        return ", ".join(map(_told, value))
    return str(value)
