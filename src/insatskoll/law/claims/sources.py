"""The files in ``catalogue/påståenden``: the words, the frames and the patterns of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from insatskoll.catalogue import program_files
from insatskoll.law import inflection, rule_files
from insatskoll.law.claims import vocabulary
from insatskoll.law.claims.patterns import Frame, Frames, Pattern, Patterns
from insatskoll.law.claims.vocabulary import Vocabulary
from insatskoll.law.claims.words import sentences
from insatskoll.reading import builtin
from insatskoll.resources import CATALOGUE
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import MonsterData, MonsterGrupp, MonsterRam

FOLDER = "påståenden"
_OF_FRAME = "ram: "  # before the name of the group of words that a frame begins with
_NOT_IN = " inte i"  # after it, for the words within which it does not begin


@immutable
class Knowledge:
    """What claims are read by: the words, the frames, and the patterns of every kind. ``fields``
    are those that a kind is read in, if not in all texts."""

    vocabulary: Vocabulary
    frames: Frames
    patterns: Patterns
    fields: Mapping[str, frozenset[str]]


@cache
def knowledge() -> Knowledge:
    """What the program's own files say."""
    plain = builtin.remembered(FOLDER, lambda: plain_of(files()))
    words = vocabulary.built(plain["words"])
    frames = tuple(
        Frame(
            name,
            words.names[_OF_FRAME + group],
            reach,
            kind,
            words.names.get(_OF_FRAME + group + _NOT_IN, 0),
        )
        for group, (name, reach, kind) in plain["frames"].items()
    )
    fields = {kind: frozenset(names) for kind, names in plain["fields"].items()}
    common = {words.names[name]: count for name, count in plain["common"].items()}
    patterns = Patterns(_patterns(plain["patterns"], words.names, frames), common)
    return Knowledge(words, Frames(frames), patterns, fields)


def files() -> list[MonsterData]:
    """The data of every file, by name. No run asks for them: what they say is remembered as a
    whole."""
    return list(program_files.read(CATALOGUE / FOLDER, "monster").values())


def groups_of(read: Sequence[MonsterData]) -> dict[str, MonsterGrupp | MonsterRam]:
    """The groups of words in the files, by name, with those that the frames begin with."""
    found: dict[str, MonsterGrupp | MonsterRam] = {}
    for file in read:
        for name, group in file.get("ord", {}).items():
            if name in found:
                raise rule_files.RuleError(f"gruppen ”{name}” finns i två filer i {FOLDER}")
            found[name] = group
        for name, frame in file.get("ramar", {}).items():
            found[_OF_FRAME + name] = frame
            if "inte_i" in frame:
                found[_OF_FRAME + name + _NOT_IN] = {"ord": frame["inte_i"]}
    return found


def plain_of(read: Sequence[MonsterData]) -> dict[str, Any]:
    """What the files say as plain data: the forms of the words looked up."""
    groups = groups_of(read)
    forms = inflection.forms(vocabulary.words_of(groups))
    frames: dict[str, tuple[str, str, str | None]] = {}
    for file in read:
        for name, frame in file.get("ramar", {}).items():
            frames[name] = (frame.get("ram", name), frame["räcker"], file.get("slag"))
    patterns = [
        {"slag": file["slag"], "tillägg": adds, **pattern}
        for file in read
        for adds, patterns in ((False, file.get("mönster", ())), (True, file.get("tillägg", ())))
        for pattern in patterns
    ]
    plain = vocabulary.plain(groups, forms)
    return {
        "words": plain,
        "common": _common(read, vocabulary.built(plain)),
        "frames": frames,
        "patterns": patterns,
        "fields": {file["slag"]: file["fält"] for file in read if "fält" in file},
    }


def _common(read: Sequence[MonsterData], known: Vocabulary) -> dict[str, int]:
    """How often words of each group stand in the sentences that the files are tried with."""
    found: Counter[int] = Counter()
    for file in read:
        for example in file.get("exempel", ()):
            for sentence in sentences(example["text"]):
                for clause in sentence.clauses:
                    found.update(mark.group for mark in known.marks(clause.words))
    return {
        name: sum(count for groups, count in found.items() if groups & bit)
        for name, bit in known.names.items()
    }


def _patterns(
    written: Sequence[Mapping[str, Any]], names: Mapping[str, int], frames: Sequence[Frame]
) -> Iterator[Pattern]:
    kinds = {one["slag"] for one in written}
    others = {
        kind: {frame.name for frame in frames if frame.kind not in (None, kind)} for kind in kinds
    }
    for one in written:
        yield Pattern(
            kind=one["slag"],
            values=one["påstår"],
            clause=tuple(_bits(element, names) for element in one["led"]),
            then=tuple(_bits(element, names) for element in one.get("följs_av", ())),
            sentence=tuple(_bits(element, names) for element in one.get("mening", ())),
            before=tuple(_bits(element, names) for element in one.get("mening_före", ())),
            after=tuple(_bits(element, names) for element in one.get("mening_efter", ())),
            without=_bits(one.get("utan", []), names),
            without_in_sentence=_bits(one.get("utan_i_meningen", []), names),
            negated=one.get("nekad", "nej"),
            frames=frozenset(one.get("trots", ())) | others[one["slag"]],
            ordered=one.get("i_ordning") == "ja",
            within=one.get("inom"),
            takes=tuple(one.get("tar", ())),
            recalls=one.get("minns") == "ja",
            opens=one.get("börjar") == "ja",
            closes=one.get("slutar") == "ja",
            most=one.get("högst"),
            main=one.get("huvudsats") == "ja",
            adds=one["tillägg"],
        )


def _bits(element: str | Sequence[str], names: Mapping[str, int]) -> int:
    """The bits of a group, or of several one of which is enough."""
    bits = 0
    for name in [element] if isinstance(element, str) else element:
        bits |= names[name]
    return bits
