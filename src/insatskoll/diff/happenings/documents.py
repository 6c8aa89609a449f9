"""What has happened to how something is documented: the level, the reasons for it, and what is
always recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from insatskoll.bilaga import phrases
from insatskoll.catalogue.documentation import documentation_level
from insatskoll.diff import documented, stated
from insatskoll.diff.happenings.seen import Happening, Seen, plain, quoted
from insatskoll.diff.happenings.texts import sentences
from insatskoll.diff.naming import in_sentence
from insatskoll.diff.phrasebook import Word

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Dokumentation

_TEXTS = {"omfattar": "omfattar", "beslut": "beslut", "beskrivning": "text"}


def documentation(seen: Seen) -> list[Happening]:
    """Another level, or each of the other things that are said."""
    if seen.plainly != "ändras":
        return [_come_or_gone(seen)]
    if (levels := documented.another_level(seen.fact)) is not None:
        (was, now), (further, whole) = levels, documented.further(seen.fact)
        advised = seen.fact.subject.kind == "riskanalys"
        return [
            Happening(
                "nivån förordas" if advised else "nivån byts",
                {"före": was, "efter": now},
                whole=whole,
                further=further,
            )
        ]
    if documented.states_a_level(seen.fact) and seen.fact.subject.kind == "insats":
        return [_stated(seen)]
    return list(_besides(seen)) or plain(seen)


def _stated(seen: Seen) -> Happening:
    """A level that is stated where only reasons were, with those."""
    further, whole = documented.further(seen.fact, ended=False)
    said = phrases.dokumentation_sätt(cast("Dokumentation", seen.after))
    return Happening("nivån anges", {"efter": said}, whole=whole, further=further)


def _come_or_gone(seen: Seen) -> Happening:
    data = cast("Dokumentation", seen.after or seen.before)
    brief = phrases.dokumentation_sätt(data)
    if not brief or ("nivå" not in data and "lagrum" not in data):
        said = quoted(seen.says or seen.was)
        return Happening(f"{seen.plainly} med citat", {"före": said, "efter": said})
    more = stated.documentation(data, {}) if seen.after is not None else ""
    advised = " förordas" if seen.fact.subject.kind == "riskanalys" else ""
    slots = {"före": brief, "efter": brief}
    whole = seen.after is not None or not stated.documentation(data, {})
    return Happening(f"{seen.plainly}{advised}", slots, whole=whole, further=more)


def _besides(seen: Seen) -> Iterator[Happening]:
    """What is said besides the level, where something of it is another."""
    before, after = cast("tuple[Any, Any]", (seen.before, seen.after))
    if before == {name: value for name, value in after.items() if name != "nivå"}:
        yield Happening("nivån skrivs ut")  # the provision says which
        return
    if after == {name: value for name, value in before.items() if name != "nivå"}:
        yield Happening("nivån stryks")
        return
    if documentation_level(before) != documentation_level(after):
        return
    reasons = [side.get("särskilda_skäl", {}) for side in (before, after)]
    if reasons[0].get("åberopas") != reasons[1].get("åberopas"):
        return
    level = {"nivå": phrases.dokumentation_sätt(_level(after))}
    ground, other = (_ground(side) for side in reasons)
    yield from _changed("grund", ground, other, level)
    was, now = (side.get("motivering", "") for side in reasons)
    yield from _changed("skäl sedan" if ground != other else "skäl", was, now, level)
    exempt = documentation_level(after) == "avidentifierad"
    level |= {"det beslutade": Word("undantaget" if exempt else "sättet")}
    for key, name in _TEXTS.items():
        old, new = (side.get(key, "") for side in (before, after))
        if key == "omfattar" and exempt:
            old, new = (stated.whom_exempt(text) for text in (old, new))
        elif key == "beslut":
            old, new = (in_sentence(text) for text in (old, new))
        yield from _changed(name if exempt or key != "omfattar" else "text", old, new, level)
    old, new = (side.get("uppföljning", []) for side in (before, after))
    for name, items in (
        ("fler", [one for one in new if one not in old]),
        ("färre", [one for one in old if one not in new]),
    ):
        if items:
            listed = phrases.lista(phrases.antecknat(quoted(one)) for one in items)
            yield Happening(name, {"nya": listed, "gamla": listed})
    yield from _changed("lagrum", before.get("lagrum", ""), after.get("lagrum", ""), level)
    if ("nivå" in before) != ("nivå" in after):
        yield Happening("nivån skrivs ut" if "nivå" in after else "nivån stryks")


def _ground(reasons: Mapping[str, str]) -> str:
    """The ground that is stated; another than those of the law is told by the reasons."""
    ground = reasons.get("grund", "")
    return "" if ground == "annat" else ground


def _level(data: Any) -> Dokumentation:
    level = documentation_level(data)
    return {"nivå": level} if level else {}


_VERBS = {
    "text": ("läggs till", "stryks", "ändras"),
    "omfattar": ("tillkommer", "försvinner", "ändras"),
    "beslut": ("tillkommer", "försvinner", "ändras"),
    "lagrum": ("tillkommer", "försvinner", "ändras"),
    "grund": ("tillkommer", "försvinner", "ändras"),
    "skäl": ("tillkommer", "försvinner", "ändras"),
    "skäl sedan": ("tillkommer", "försvinner", "ändras"),
}
_WHOLE = ("omfattar", "beslut")  # that are told whole


def _changed(name: str, old: str, new: str, level: dict[str, str]) -> Iterator[Happening]:
    if old == new:
        return
    come, gone, changed = _VERBS[name]
    slots = level | {"före": quoted(old), "efter": quoted(new)}
    if old and new and name not in _WHOLE:
        was, now = (sentences(side) for side in (old, new))
        kept = [one for one in was if one in now]
        if kept:
            parts = [". ".join(one for one in side if one not in kept) for side in (was, now)]
            slots |= {"före": parts[0] or slots["före"], "efter": parts[1] or slots["efter"]}
    if old and new:
        yield Happening(f"{name} {changed}", slots)
    else:
        yield Happening(f"{name} {come if new else gone}", slots)
