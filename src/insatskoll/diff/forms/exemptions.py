"""The exemptions that SoL 14 kap. 5 § asks the nämnd to decide, one insats at a time: all that a
bilaga holds, and those that are new in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from insatskoll.bilaga import phrases
from insatskoll.catalogue.documentation import BASES, denies_reasons, invokes_reasons
from insatskoll.catalogue.model import Insats
from insatskoll.diff import directions
from insatskoll.diff.facts import Comparison
from insatskoll.diff.naming import bare
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData

_ADVICE = frozenset({"rådgivning", "information"})


@immutable
class Exemption:
    """An insats, or parts of one, that is documented without identities: what it is called, whether
    the bilaga says why, whether it is advice, which is recorded without personal circumstances by
    law and without a decision, and whether the bilaga says that there are no reasons. ``new`` tells
    that it was not so before, or for other reasons, and ``reworded`` that it was so on the same
    ground, for reasons in other words."""

    named: str
    reasoned: bool
    advice: bool
    denied: bool
    new: bool
    reworded: bool = False

    @property
    def note(self) -> str:
        """What whoever writes the letter has to settle; empty if nothing."""
        if self.advice:
            return (
                f"{self.named}: bilagan skriver avidentifierat, men insatsen är rådgivning. "
                "Rådgivning dokumenteras utan uppgifter om personliga förhållanden utan att "
                f"nämnden beslutar det ({BASES['utan personliga förhållanden']}). Välj nivån, "
                "eller karaktären om det är mer än råd."
            )
        if self.denied:
            return (
                f"{self.named}: bilagan skriver avidentifierat, men också att särskilda skäl inte "
                "åberopas. Nämnden kan inte besluta om undantaget utan dem "
                f"({BASES['avidentifierad']}). Kontrollera vad som gäller."
            )
        if not self.reasoned:
            return (
                f"{self.named}: bilagan anger inga särskilda skäl. Nämnden kan inte besluta om "
                f"undantaget utan dem ({BASES['avidentifierad']})."
            )
        if self.new and self.reworded:
            return (
                f"{self.named}: undantaget är redan beslutat på samma grund, men skälen är "
                "omskrivna. Är de desamma i sak kan punkten strykas."
            )
        return ""


def exemptions(comparison: Comparison) -> list[Exemption]:
    """The exemptions on the new side, in the order of print: for each insats those that are new by
    themselves, and advice by itself."""
    earlier = {
        new: [insats for insats in comparison.old.insatser if insats.id in group.old]
        for group in comparison.groups
        for new in group.new
    }
    return [
        exemption
        for insats in comparison.new.insatser
        for exemption in _of(insats, earlier.get(insats.id, []))
    ]


def _of(insats: Insats, earlier: Sequence[Insats]) -> Iterator[Exemption]:
    found: dict[tuple[bool, bool], list[InsatsData]] = {}
    for part in _exempt(insats):
        key = (_is_advice(part), not _is_held(part, earlier, _same_reasons))
        found.setdefault(key, []).append(part)
    for (advice, new), parts in sorted(found.items(), key=lambda item: item[0]):
        reasoned, denied = all(map(_reasoned, parts)), any(map(_denied, parts))
        reworded = new and all(_is_held(part, earlier, _same_ground) for part in parts)
        yield Exemption(_named(insats, parts), reasoned, advice, denied, new, reworded)


def _exempt(insats: Insats) -> list[InsatsData]:
    return [part for _, part in insats.delar if _level(part) == "avidentifierad"]


def _level(part: InsatsData) -> str:
    return part.get("dokumentation", {}).get("nivå", "")


def _is_held(
    part: InsatsData, earlier: Sequence[Insats], same: Callable[[InsatsData, InsatsData], bool]
) -> bool:
    """Whether ``part`` was exempted for the ``same`` in the insatser that its own has been: in a
    part of the same name, or as all that they were."""
    whole = bool(earlier) and all(len(_exempt(insats)) == len(insats.delar) for insats in earlier)
    return any(
        (whole or one["namn"] == part["namn"]) and same(one, part)
        for insats in earlier
        for one in _exempt(insats)
    )


def _same_reasons(one: InsatsData, other: InsatsData) -> bool:
    was, now = (
        dict[str, object](side["dokumentation"].get("särskilda_skäl", {})) for side in (one, other)
    )
    return was.keys() == now.keys() and all(
        was[name] == now[name] or directions.same_said(was[name], now[name], name) for name in was
    )


def _same_ground(one: InsatsData, other: InsatsData) -> bool:
    grounds = [
        side["dokumentation"].get("särskilda_skäl", {}).get("grund") for side in (one, other)
    ]
    return grounds[0] is not None and grounds[0] == grounds[1]


def _named(insats: Insats, parts: Sequence[InsatsData]) -> str:
    if len(parts) == len(insats.delar):
        return bare(insats.namn)
    listed = phrases.lista(f"”{part['namn']}”" for part in parts)
    return f"{'delen' if len(parts) == 1 else 'delarna'} {listed} i {bare(insats.namn)}"


def _reasoned(part: InsatsData) -> bool:
    documentation = part["dokumentation"]
    return invokes_reasons(documentation) and "motivering" in documentation["särskilda_skäl"]


def _denied(part: InsatsData) -> bool:
    return denies_reasons(part["dokumentation"])


def _is_advice(part: InsatsData) -> bool:
    character = part.get("karaktär", ())
    words = {character} if isinstance(character, str) else set(character)
    return bool(words) and words <= _ADVICE and "lagrum" not in part["dokumentation"]
