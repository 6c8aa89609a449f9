"""What to write instead of a value that the schema refuses, made of what was written: the same
words as a list, as a group of fields, as a day, as an id or as a provision.

Nothing is proposed that the schema would refuse at the place in hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import yaml

from insatskoll import dates
from insatskoll.ids import id_of
from insatskoll.meant import OTHER, Choices, is_slip, meant
from insatskoll.patterns import later
from insatskoll.reading import kept, numbers, samples
from insatskoll.reading.places import DataPath
from insatskoll.reading.samples import Place
from insatskoll.values import immutable

_LONGEST = 200  # characters of a text that are proposed written otherwise
_MOST_PASTED = 1_000  # characters of lines that are proposed
_FLOW = 60  # characters of a list that is proposed on one line
_BETWEEN = later(r"\s*(?:[;,/\n\t]|\boch\b|\bsamt\b)\s*")
_BULLET = later(r"^\s*[-–—−•·●▪*]\s*")
# A provision as people write it, with or without its act: 14 kap 4 §, SoL 14:4.
_CITED = later(
    r"(?:([A-Za-zÅÄÖåäö]{2,20})\s+)?(\d{1,3})\s*(?:kap(?:\.|itlet)?|:)\s*(\d{1,3}(?:\s?[a-z]\b)?)"
    r"\s*(?:§|par(?:agraf(?:en)?)?\.?)?",
    re.IGNORECASE,
)
_SENTENCE = later(r"[.!?](\s|$)")
# The fields that a whole text goes into, the likeliest first.
_FOR_TEXT = ("fil", "namn", "titel", "beskrivning", "handling", "text", "motivering")
_SENTENCES = ("beskrivning", "text", "motivering")  # where a single word says nothing


@immutable
class Refused:
    """What is ``written`` at ``path`` in a file, where the schema has ``place``; ``takes`` tells
    whether the schema with a pointer takes a value."""

    path: DataPath
    place: Place
    written: object
    takes: Callable[[str, object], bool]

    @property
    def text(self) -> str:
        """What is written, on one line; nothing if it is neither text nor number, or too long."""
        if isinstance(self.written, bool) or not isinstance(self.written, str | int):
            return ""
        text = " ".join(str(self.written).split())
        return text if len(text) <= _LONGEST else ""

    @property
    def name(self) -> str:
        """The name of the field."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")

    def fits(self, value: object) -> bool:
        """Whether ``value`` can be written here instead."""
        return self.takes(self.place.pointer, value)


def rewritten(refused: Refused) -> str | None:
    """What is written in the form that its field wants; None if there is none such."""
    text = refused.text
    gives_an_id = refused.path[-1:] == ("id",)
    found = (
        dates.meant(text), _cited(text), text.upper(), id_of(text) if gives_an_id else None
    )  # fmt: skip
    able = (one for one in found if one and one != str(refused.written))
    return next((one for one in able if refused.fits(one)), None)


def _cited(text: str) -> str | None:
    found = _CITED.fullmatch(text)
    if found is None:
        return None
    act = "SoL" if (found[1] or "sol").casefold() == "sol" else found[1]
    return f"{act} {int(found[2])} kap. {found[3]} §"


def as_list(refused: Refused) -> str:
    """The lines to write instead of a text where a list is wanted; nothing if it cannot be told."""
    if isinstance(refused.written, dict):
        return _listed(refused, refused.written)
    text = _BULLET.sub("", refused.text).strip()
    if not text or not refused.name or kept.is_answer(text):
        return ""
    inner, sentences = refused.place.at(0), None
    if inner.group:
        fields = as_fields(replace(refused, path=(*refused.path, 0), place=inner, written=text))
        values: list[object] = [fields] if fields else []
    elif sentences := _SENTENCE.search(text):
        values = [text]
    else:
        values = [*apart(refused.written, samples.choices(inner.node))]
        if not refused.fits(values):
            values = [id_of(str(one)) for one in values]
    if not values or not refused.fits(values):
        return ""
    return _lines({refused.name: values}, flow=text == refused.text and not sentences)


def _listed(refused: Refused, group: Mapping[str, object]) -> str:
    """The lines to write instead of a group of fields where a list of groups is wanted: the group
    is the only one in it, or its fields are named after those that should be."""
    named = [
        {"id": id_of(str(name)), "namn": value}
        for name, value in group.items()
        if isinstance(value, str)
    ]
    able: tuple[list[object], ...] = ([group], [*named] if len(named) == len(group) else [])
    found = next((one for one in able if one and refused.fits(one)), None)
    whole = _lines({refused.name: found}) if found and refused.name else ""
    return whole if len(whole) <= _MOST_PASTED else ""


def apart(written: object, words: Sequence[str]) -> list[str]:
    """The words that a text holds several of, of those that can be written (any, if there are no
    ``words``); empty if it holds something else."""
    if not isinstance(written, str) or len(written) > _LONGEST:
        return []
    pieces = [_BULLET.sub("", one).strip() for one in _BETWEEN.split(written)]
    pieces = [one for one in pieces if one]
    found = [_kept(one, words) or "" for one in pieces] if words else pieces
    return list(dict.fromkeys(found)) if all(found) else []


def _kept(piece: str, words: Sequence[str]) -> str | None:
    """The one of ``words`` that is meant by a ``piece`` of a text, if it says all of it."""
    found = meant(kept.bare(piece), words)
    return found if found and kept.keeps(piece, found) else None


def exactly(refused: Refused, words: Sequence[str]) -> str | None:
    """The one of ``words`` that is written, but for the signs around it; or the word for no fee
    where the sum is nothing. None if something else is written."""
    text = refused.text
    if kept.is_no_sum(text) and "belopp" in refused.place.group.get("properties", {}):
        return "nej" if "nej" in words else None
    bare = kept.bare(text)
    if not bare or bare == text:
        return None
    if words:
        return Choices(words).sure(bare)
    return bare if refused.fits(bare) else None


def as_group(refused: Refused) -> str:
    """The lines to write instead of a text or a number where a group of fields is wanted; nothing
    if it cannot be told."""
    fields = as_fields(refused) if refused.name else None
    if fields is None:
        return ""
    return _lines({refused.name: fields} if isinstance(refused.path[-1], str) else [fields])


def as_fields(refused: Refused) -> dict[str, object] | None:
    """The fields that say what is written where there should be a group of them, with those that
    the group cannot be without."""
    group, text = refused.place.group, kept.unaffirmed(kept.unquoted(refused.text))
    if not text or not group or _may_be_a_no(refused, text):
        return None
    known, required = group["properties"], group.get("required", ())
    for found in _ways(text, known, required):
        lacking = {name: _filled(known[name]) for name in required if name not in found}
        whole = {
            name: (found | lacking)[name] for name in known if name in found or name in lacking
        }
        if kept.keeps(text, str(found)) and refused.fits(whole):
            return whole
    return None


def _may_be_a_no(refused: Refused, text: str) -> bool:
    """Whether ``text`` denies something where ”nej” can be written: what it denies is not told, and
    a group of fields would say yes."""
    return "nej" in refused.place.words and (kept.denies(text) or kept.is_no_sum(text))


def _filled(field: Mapping[str, Any]) -> object:
    """What to write in a field of which nothing is known: the word for what is none of the others,
    if there is one."""
    other = [word for word in samples.choices(field) if word in OTHER]
    return other[0] if other else samples.sample(field)


def _ways(
    text: str, known: Mapping[str, Any], required: Sequence[str]
) -> Iterator[dict[str, object]]:
    """The fields that may say ``text``, the likeliest first."""
    if counted := numbers.fields(text, known):
        yield counted
    for name, field in known.items():
        if found := _word(text, samples.choices(field)):
            yield {name: [found] if samples.is_list(field) else found}
    if kept.is_answer(text):
        return
    if "belopp" in known and re.search(r"\d", text) and not kept.denies(text):
        yield {"belopp": text}
    single = len(text.split()) == 1
    for name in (one for one in _FOR_TEXT if one in known):
        if single and name in _SENTENCES:
            continue
        yield {"id": id_of(text), name: text} if "id" in required else {name: text}


def _word(text: str, words: Sequence[str]) -> str | None:
    """The one of ``words`` that the whole of ``text`` is, but for a slip of the pen."""
    choices = Choices(words)
    found = choices.meant(text)
    whole = found is not None and (choices.sure(text) or is_slip(text, found))
    return found if whole else None


def on_one_line(lines: str) -> str:
    """Fields as they are written on one line, within the braces of others."""
    return _dumped(yaml.safe_load(lines), flow=True)[1:-1]


def _lines(value: object, *, flow: bool = False) -> str:
    """``value`` as it is pasted into a file; with ``flow`` a short list of words on one line."""
    if flow and isinstance(value, dict):
        ((name, inner),) = value.items()
        words = all(isinstance(one, str) for one in inner)
        if words and len(told := _dumped(inner, flow=True)) <= _FLOW:
            return f"{name}: {told}"
    return _dumped(value, flow=False)


def _dumped(value: object, *, flow: bool) -> str:
    dumped: str = yaml.safe_dump(
        value, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=10**6
    )
    return dumped.rstrip("\n")
