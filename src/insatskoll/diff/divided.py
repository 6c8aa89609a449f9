"""What each part is of an insats that is divided into parts, beside what the insats has been: its
own state, where that is not the same for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import phrases
from insatskoll.diff import phrasebook, stated
from insatskoll.diff.happenings import amounts
from insatskoll.diff.introduced import extent_said
from insatskoll.diff.naming import bare

if TYPE_CHECKING:
    from insatskoll.diff.effects import Effect
    from insatskoll.reading.schema_types import Dokumentation

_BOOK = "insats.del"
_FIELDS = ("karaktär", "omfattning", "dokumentation")  # that are told of each part


def told(parts: Sequence[str], effects: Sequence[Effect]) -> tuple[list[str], list[Effect]]:
    """What the ``parts`` are, as sentences, where that differs from what the insats was, and the
    effects that they do not tell."""
    fields = [name for name in _FIELDS if _is_told(name, effects)]
    of_parts = [one for one in effects if one.fact.path in {(name,) for name in fields}]
    rest = [one for one in effects if one not in of_parts]
    if not of_parts:
        return [], rest
    said: dict[str, list[str]] = {}
    further: dict[str, list[str]] = {}
    for part in parts:
        own = {str(one.fact.field): one for one in of_parts if one.part == part}
        text = _state(fields, own, of_parts[0])
        said.setdefault(text, []).append(part)
        if "dokumentation" in own and (more := _reasons(own["dokumentation"])):
            further.setdefault(text, []).append(more)
    sentences: list[str] = []
    for text, named in said.items():
        sentences.append(phrases.mening(_filled("delar", delarna=_these(named, parts), vad=text)))
        sentences += dict.fromkeys(further.get(text, ()))
    return [*sentences, *_hitherto(fields, parts, of_parts)], rest


def _is_told(name: str, effects: Sequence[Effect]) -> bool:
    """Whether a field is another in some part, and can be said of all that it is another in."""
    facts = [one.fact for one in effects if one.fact.path[:1] == (name,)]
    sides = [[_said(name, side) for side in (one.before, one.after)] for one in facts]
    return bool(facts) and all(
        before and after and before != after and len(fact.path) == 1
        for fact, (before, after) in zip(facts, sides, strict=True)
    )


def _state(fields: Sequence[str], own: Mapping[str, Effect], one: Effect) -> str:
    """What a part is in the ``fields``, by ``own`` where that is another than in the insats."""
    whole = one.before.data
    pieces = []
    for name in fields:
        value = own[name].fact.after if name in own else whole.get(name)
        kept = " som hittills" if name not in own and own else ""
        pieces += [
            _filled(f"{happening}{kept}", efter=text) for happening, text in _said(name, value)
        ]
    listed = phrases.lista(pieces)
    return listed if own else _filled("liksom hittills", vad=listed)


def _reasons(effect: Effect) -> str:
    """The reasons and the rest that are said of how a part is documented, in sentences."""
    before, after = (cast("Dokumentation", one) for one in (effect.fact.before, effect.fact.after))
    return stated.documentation(after, before)


def _hitherto(
    fields: Sequence[str], parts: Sequence[str], effects: Sequence[Effect]
) -> Iterator[str]:
    """What the insats was in what no part is as it was in."""
    was: list[str] = []
    for name in fields:
        found = [one for one in effects if one.fact.field == name]
        if {one.part for one in found} >= {*parts}:
            said = _said(name, found[0].fact.before)
            was += [_filled(f"{happening} hittills", efter=text) for happening, text in said]
    if was:
        yield phrases.mening(_filled("hittills", vad=phrases.lista(was)))


def _said(name: str, value: object) -> list[tuple[str, str]]:
    """What a field says, as the name of its clause and what stands in it; nothing where it does
    not say."""
    if not value:
        return []
    if name == "omfattning":
        words = amounts.in_words(cast("Mapping[str, object]", value))
        return [extent_said(words)] if words else []
    if name == "dokumentation":
        text = phrases.dokumentation_sätt(cast("Dokumentation", value))
    else:
        text = phrases.say(name, value)
    return [(name, text)] if text else []


def _these(named: Sequence[str], parts: Sequence[str]) -> str:
    """Some of the parts by their names, or all of them."""
    if len(named) == len(parts):
        return "delarna"
    listed = phrases.lista(f"”{bare(name)}”" for name in named)
    return f"delen {listed}" if len(named) == 1 else f"delarna {listed}"


def _filled(happening: str, **slots: str) -> str:
    return phrasebook.of(_BOOK).filled(happening, slots)[0]
