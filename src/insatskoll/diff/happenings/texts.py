"""What has happened to a running text: which of its sentences have come, gone and been replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import cast

from insatskoll.bilaga import phrases
from insatskoll.diff.happenings.seen import Happening, Seen, plain, quoted
from insatskoll.patterns import later

_SENTENCES = later(r"(?<=[.!?…])\s+(?=[A-ZÅÄÖ”\"0-9–-])|\n+")
_PIECE = 300  # characters of a sentence that is quoted
_ALL = 700  # characters of all that is quoted
_BRIEF = "ändras utan citat"
_MOST_SENTENCES = 400  # of a text that is compared

Edit = tuple[str, str]  # a sentence as it was and as it is; empty where it is not


def text(seen: Seen) -> list[Happening]:
    """A text in one or several paragraphs. A short one is told whole, and of a long one the
    sentences that are not the same."""
    if seen.plainly != "ändras":
        return [_come_or_gone(seen)] if seen.long else plain(seen)
    edits = list(_edits(_raw(seen.before), _raw(seen.after)))
    if not seen.long and not (_is_one_way(edits) or _is_some(edits, _raw(seen.before))):
        return plain(seen)
    if not edits or not _may_be_quoted(edits):
        return [Happening("ny lydelse", whole=False)]
    kinds = {
        name: [edit for edit in edits if _kind(edit) == name]
        for name in ("byts", "läggs till", "stryks")
    }
    if len(edits) == 1:
        (name,) = (name for name, found in kinds.items() if found)
        slots = _slots(edits[0])
        return [Happening(f"mening {name}", slots, whole=not seen.long, brief=_BRIEF)]
    listed = [f"”{was}” ersätts av ”{now}”" for was, now in kinds["byts"]]
    for name, side in (("läggs till", 1), ("stryks", 0)):
        found = [f"”{edit[side]}”" for edit in kinds[name]]
        listed += [f"{phrases.lista(found)} {name}"] if found else []
    changes = {"ändringar": phrases.lista(listed)}
    return [Happening("meningar", changes, whole=not seen.long, brief=_BRIEF)]


def section(seen: Seen) -> list[Happening]:
    """A section with a heading that has come or gone, by its text."""
    data = cast("Mapping[str, str]", seen.after or seen.before)
    return [_whole(seen, quoted(data.get("text", "")))]


def _come_or_gone(seen: Seen) -> Happening:
    return _whole(seen, quoted(seen.says or seen.was))


def _whole(seen: Seen, said: str) -> Happening:
    if len(said) > _PIECE or not said:
        return Happening(f"{seen.plainly} utan citat", whole=False)
    return Happening(seen.plainly, {"före": said, "efter": said})


def _raw(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each on one line and without its full stop."""
    return [quoted(one) for one in _SENTENCES.split(text) if one.strip()]


def _edits(old: str, new: str) -> Iterator[Edit]:
    """The sentences that differ, in pairs where as many have come as have gone."""
    before, after = sentences(old), sentences(new)
    if max(len(before), len(after)) > _MOST_SENTENCES:
        return
    for op, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            continue
        was, now = before[a:b], after[c:d]
        if len(was) == len(now):
            yield from zip(was, now, strict=True)
        elif was and now:
            yield ". ".join(was), ". ".join(now)
        else:
            yield from ((one, "") for one in was)
            yield from (("", one) for one in now)


def _is_one_way(edits: list[Edit]) -> bool:
    """Whether sentences have only come, or only gone."""
    return {_kind(edit) for edit in edits} in ({"läggs till"}, {"stryks"})


def _is_some(edits: list[Edit], before: str) -> bool:
    """Whether only some of several sentences are another."""
    return 0 < sum(1 for was, _ in edits if was) < len(sentences(before))


def _kind(edit: Edit) -> str:
    was, now = edit
    if was and now:
        return "byts"
    return "läggs till" if now else "stryks"


def _slots(edit: Edit) -> dict[str, str]:
    return {"före": edit[0], "efter": edit[1]}


def _may_be_quoted(edits: list[Edit]) -> bool:
    lengths = [len(side) for edit in edits for side in edit]
    return max(lengths) <= _PIECE and sum(lengths) <= _ALL
