"""What has happened to how something is documented: the level, the reasons for it, and what is
always recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from insatskoll.bilaga import phrases
from insatskoll.diff import documented, stated
from insatskoll.diff.happenings.seen import Happening, Seen, plain, quoted
from insatskoll.diff.happenings.texts import sentences

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Dokumentation

_SIDES = ("före", "efter")
_TEXTS = ("omfattar", "beslut", "beskrivning")


def documentation(seen: Seen) -> list[Happening]:
    """Another level, or each of the other things that are said."""
    if seen.plainly != "ändras":
        return [_come_or_gone(seen)]
    levels = documented.another_level(seen.fact, briefly=seen.long)
    if levels is not None:
        was, now = levels
        advised = seen.fact.subject.kind == "riskanalys"
        return [
            Happening(
                "nivån förordas" if advised else "nivån byts",
                {"före": was, "efter": now},
                whole=not seen.long,
                further=documented.further(seen.fact),
            )
        ]
    return list(_besides(seen)) or plain(seen)


def _come_or_gone(seen: Seen) -> Happening:
    data = cast("Dokumentation", seen.after or seen.before)
    brief = phrases.dokumentation_sätt(data)
    if not brief or ("nivå" not in data and "lagrum" not in data):
        said = quoted(seen.says or seen.was)
        return Happening(f"{seen.plainly} med citat", {"före": said, "efter": said})
    more = stated.documentation(data, {}, earlier=seen.after is None)
    advised = " förordas" if seen.fact.subject.kind == "riskanalys" else ""
    slots = {"före": brief, "efter": brief}
    return Happening(f"{seen.plainly}{advised}", slots, further=more)


def _besides(seen: Seen) -> Iterator[Happening]:
    """What is said besides the level, where something of it is another."""
    before, after = cast("tuple[Any, Any]", (seen.before, seen.after))
    if before == {name: value for name, value in after.items() if name != "nivå"}:
        yield Happening("nivån skrivs ut")  # the provision says which
        return
    if after == {name: value for name, value in before.items() if name != "nivå"}:
        yield Happening("nivån stryks")
        return
    rest = ("nivå", "lagrum")
    if any(before.get(key) != after.get(key) for key in rest):
        return
    level = {"nivå": phrases.dokumentation_sätt(_level(after))}
    reasons = [side.get("särskilda_skäl", {}) for side in (before, after)]
    if reasons[0].get("åberopas") != reasons[1].get("åberopas"):
        return
    if all(_differs(key, reasons) for key in ("grund", "motivering")):
        ground = {f"grund {side}": one["grund"] for side, one in zip(_SIDES, reasons, strict=True)}
        was, now = (one["motivering"] for one in reasons)
        told = _changed("skäl", was, now, level | ground)
        yield from (replace(one, name="grund och skäl ändras") for one in told)
    else:
        for key, name in (("grund", "grund"), ("motivering", "skäl")):
            yield from _changed(name, reasons[0].get(key, ""), reasons[1].get(key, ""), level)
    for key in _TEXTS:
        yield from _changed("text", before.get(key, ""), after.get(key, ""), level)
    old, new = (side.get("uppföljning", []) for side in (before, after))
    for name, items in (
        ("fler", [one for one in new if one not in old]),
        ("färre", [one for one in old if one not in new]),
    ):
        if items:
            listed = phrases.lista(phrases.antecknat(quoted(one)) for one in items)
            yield Happening(name, {"nya": listed, "gamla": listed})


def _differs(key: str, sides: Sequence[Mapping[str, str]]) -> bool:
    """Whether both sides say ``key``, and not the same."""
    was, now = (side.get(key, "") for side in sides)
    return bool(was and now) and was != now


def _level(data: Any) -> Dokumentation:
    level: Dokumentation = {}
    if "nivå" in data:
        level["nivå"] = data["nivå"]
    return level


_VERBS = {
    "text": ("läggs till", "stryks", "ändras"),
    "grund": ("tillkommer", "försvinner", "ändras"),
    "skäl": ("tillkommer", "försvinner", "ändras"),
}


def _changed(name: str, old: str, new: str, level: dict[str, str]) -> Iterator[Happening]:
    if old == new:
        return
    come, gone, changed = _VERBS[name]
    slots = level | {"före": quoted(old), "efter": quoted(new)}
    if old and new:
        was, now = (sentences(side) for side in (old, new))
        kept = [one for one in was if one in now]
        if kept:
            parts = [". ".join(one for one in side if one not in kept) for side in (was, now)]
            slots |= {"före": parts[0] or slots["före"], "efter": parts[1] or slots["efter"]}
        yield Happening(f"{name} {changed}", slots)
    else:
        yield Happening(f"{name} {come if new else gone}", slots)
