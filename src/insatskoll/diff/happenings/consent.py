"""What has happened to the rules of consent: whose consent is needed for which children."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from insatskoll.diff import children, stated
from insatskoll.diff.happenings.seen import Happening, Seen, quoted, sides
from insatskoll.diff.phrasebook import Word

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Samtycke

_WITHOUT = "utan vårdnadshavare"
_AGES = ("under_15", "från_15")
_TEXTS = ("åldrar", "lämplighet", "beskrivning")
_YOUNG = 15  # years; under them the one rule holds, from them the other
_BY_AGE = {"krav läggs till": "krav för yngre", "krav stryks": "inga yngre"}
_ASKED = {"krav läggs till": "krav införs"}  # where it is asked for in more cases than before
_WHY = "lämplighet"  # why nobody's consent is asked for


def consent(seen: Seen) -> list[Happening]:
    """Each of the rules that is another."""
    before, after = (
        cast("Mapping[str, str]", side) if isinstance(side, dict) else {}
        for side in (seen.before, seen.after)
    )
    if seen.plainly != "ändras" and set(_AGES) <= set(before or after):
        whole = Happening(f"regler {seen.plainly}", sides(seen))
        if seen.plainly == "försvinner":
            return [whole]
        further = stated.consent(cast("Samtycke", after))
        return [replace(whole, name="regler läggs till", further=further, brief=whole.name)]
    even = after.get("under_15", _WITHOUT) != _WITHOUT  # only where it is stated
    told = [
        _demand(key, before.get(key, ""), after.get(key, ""), even=even and key == "från_15")
        for key in _AGES
        if before.get(key) != after.get(key)
    ]
    texts = {key: (before.get(key, ""), after.get(key, "")) for key in _TEXTS}
    if told and before.get("från_15") != after.get("från_15"):
        old, new = texts[_WHY]
        if not old and new and after.get("från_15") == _WITHOUT:
            told[-1] = replace(told[-1], aside=stated.why(new))
            del texts[_WHY]
        elif old and not new and before.get("från_15") == _WITHOUT:
            told[-1] = replace(told[-1], aside=stated.why(old, earlier=True))
            del texts[_WHY]
    if before.get("under_15") != after.get("under_15") and told[0].name in _BY_AGE:
        told[0] = replace(told[0], name=_by_age(seen, told[0].name))
    if "more-consent" in seen.verdicts:
        told = [replace(one, name=_ASKED.get(one.name, one.name)) for one in told]
    if not told and _WITHOUT == before.get("från_15") == after.get("från_15"):
        told = [*_reasons(*texts.pop(_WHY))]
    return [*told, *(replace(one, detail=bool(told)) for one in _texts(texts))]


def _reasons(old: str, new: str) -> Iterator[Happening]:
    """Another reason for asking for nobody's consent."""
    if old and new and old != new:
        yield Happening(
            "skäl ändras", {"före": quoted(old), "efter": quoted(new), "barn": Word("från_15")}
        )
    else:
        yield from _texts({_WHY: (old, new)})


def _by_age(seen: Seen, name: str) -> str:
    """A demand for the youngest that comes or goes since there now are, or no longer are, children
    that young by the ages that the insats states."""
    files = [seen.known.insats(seen.fact.subject, side) for side in (0, 1)]
    ages = [children.years(file) if file else None for file in files]
    if seen.fact.path != ("samtycke",) or any(found is None for found in ages):
        return name
    young = [any(year < _YOUNG for year in found) for found in ages if found is not None]
    came = name == "krav läggs till"
    return _BY_AGE[name] if young == [not came, came] else name


def _demand(key: str, old: str, new: str, *, even: bool) -> Happening:
    """A demand of consent that comes, goes or becomes another, or what is said of there being
    none; with ``even`` where it is asked for of others too."""
    slots: dict[str, str] = {"barn": Word(key), "även": "även" if even else ""}
    for side, value in (("från före", old), ("från efter", new)):
        slots[side] = Word(value) if value and value != _WITHOUT else ""
    if not old or not new:
        what = "undantag" if _WITHOUT in (old, new) else "krav"
        return Happening(f"{what} {'läggs till' if new else 'stryks'}", slots)
    if _WITHOUT in (old, new):
        return Happening("krav tas bort" if new == _WITHOUT else "krav införs", slots)
    return Happening("krav ändras", slots)


def _texts(sides: Mapping[str, tuple[str, str]]) -> list[Happening]:
    """The texts that are another, and all that have come, or gone, as one."""
    pairs = [(quoted(old), quoted(new)) for old, new in sides.values() if old != new]
    both = [(old, new) for old, new in pairs if old and new]
    found = [Happening("text ändras", {"före": old, "efter": new}) for old, new in both]
    for name, slot, texts in (
        ("text läggs till", "efter", [new for old, new in pairs if not old]),
        ("text stryks", "före", [old for old, new in pairs if not new]),
    ):
        if texts:
            found.append(Happening(name, {slot: "” och ”".join(texts)}))
    return found
