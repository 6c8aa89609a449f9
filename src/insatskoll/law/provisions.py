"""A provision for people: what it says, the rules that rest on it, and the insatser that do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from insatskoll.catalogue.documentation import BASES
from insatskoll.catalogue.model import Insats, Revision
from insatskoll.errors import Refused
from insatskoll.law.rules import Lagrum, RuleSet
from insatskoll.patterns import later

_ALL = "SoL 11 kap. 5 §"
_NUMBER = later(r"[0-9]+(?: ?[a-z](?= ?(?:kap|§)))?")
_SFS = later(r"\(?\b[0-9]{4}:[0-9]+\)?")
_WORDS = later(r"[^\W\d_]+")
_NO_LAW = frozenset(
    {
        "kap",
        "kapitel",
        "kapitlet",
        "p",
        "punkt",
        "punkten",
        "st",
        "stycket",
        "paragraf",
        "paragrafen",
    }
)
_BACKWARDS = later(r"^\D*([0-9]+ ?[a-z]?) ?§[^0-9]*([0-9]+ ?[a-z]?) ?kap", re.IGNORECASE)


class UnknownProvision(Refused):
    """The text names no provision that the program knows; the message says which come near."""


def is_provision(text: str) -> bool:
    """Whether ``text`` is meant as a provision, and not as a rule's id."""
    return bool(re.search(r"§|[0-9] *:|\bkap(itel|itlet)?\b|övergångsbest", text, re.IGNORECASE))


def find(text: str, known: Mapping[str, Lagrum]) -> Lagrum:
    """The provision that ``text`` means: ”SoL 14 kap. 5 §”, ”14 kap. 5 §”, ”14:5” or ”kap 14 5 §”.

    Without a law's name, socialtjänstlagen is meant before others. Raises
    :class:`UnknownProvision`.
    """
    law, numbers = _key(text)
    found = [
        lagrum
        for lagrum in known.values()
        if _key(lagrum.id)[1] == numbers and law <= _names(lagrum)
    ]
    first = [lagrum for lagrum in found if lagrum.id.startswith("SoL ")] or found
    if len(first) == 1:
        return first[0]
    if first:
        raise UnknownProvision(
            f"”{text}” finns i flera lagar. Skriv ett av: "
            f"{', '.join(lagrum.id for lagrum in first)}."
        )
    near = _near(text, numbers, law, known)
    choices = " eller ".join(filter(None, (", ".join(near[:-1]), *near[-1:])))
    hint = f"Menade du {choices}?" if near else "Skriv till exempel 14 kap. 5 §."
    raise UnknownProvision(f"Lagrummet ”{text}” finns inte bland dem som reglerna vilar på. {hint}")


def page(
    lagrum: Lagrum, ruleset: RuleSet, revisions: Iterable[Revision], begrepp: Mapping[str, str]
) -> Iterator[RenderableType]:
    """Everything about one provision. ``begrepp`` are the concepts that rest on a provision, with
    it."""
    yield Text(lagrum.id, style="bold")
    yield Text()
    yield Text(lagrum.gist)
    yield Text()
    yield Text.assemble(("Gäller från: ", "bold"), lagrum.since)
    if lagrum.until:
        yield Text.assemble(("Gäller till: ", "bold"), lagrum.until)
    yield Text.assemble(("Lagtexten: ", "bold"), lagrum.link)
    rules = [
        r
        for r in ruleset.rules.values()
        if any(one == lagrum.id or one.startswith(f"{lagrum.id} ") for one in r.lagrum)
    ]
    if rules:
        yield Text()
        yield Text("Regler som vilar på lagrummet", style="bold")
        yield Padding(
            _table((rule.id, rule.level, rule.namn) for rule in rules), (0, 0, 0, 2), expand=False
        )
    if lagrum.id == _ALL:
        yield Text()
        yield Text(
            "Alla insatser i katalogen ges med stöd av bestämmelsen, om inget annat anges i dem."
        )
    rows = [
        (revision.kommun["namn"], insats.id, "; ".join(uses))
        for revision in revisions
        for insats in revision.insatser
        if (uses := list(dict.fromkeys(_uses(insats, lagrum.id, begrepp))))
    ]
    if rows:
        yield Text()
        yield Text("Insatser som vilar på lagrummet", style="bold")
        yield Padding(_table(rows), (0, 0, 0, 2), expand=False)


def _uses(insats: Insats, wanted: str, begrepp: Mapping[str, str]) -> Iterator[str]:
    """In what ways the insats rests on the provision ``wanted``."""
    if insats.data.get("lagstadgad") == wanted:
        yield "lagstadgad"
    if begrepp.get(insats.data.get("begrepp", "")) == wanted:
        yield f"begreppet {insats.data['begrepp']}"
    for path, part in insats.delar:
        stated = part.get("dokumentation", {})
        level = stated.get("nivå")
        which = f" ({part['namn']})" if path else ""
        if stated.get("lagrum") == wanted:
            yield f"dokumentation{which}"
        elif "lagrum" not in stated and level and BASES.get(level) == wanted:
            yield f"dokumentation{which}: {level}, utan angivet lagrum"


def _key(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """What tells provisions apart: the words of the law's name, and the numbers of chapter, section
    and point."""
    text = text.casefold()
    text = _SFS.sub(" ", text) if _NUMBER.search(_SFS.sub(" ", text)) else text
    backwards = _BACKWARDS.match(text)
    numbers = tuple(
        number.replace(" ", "")
        for number in (backwards.groups()[::-1] if backwards else _NUMBER.findall(text))
    )
    words = (word for word in _WORDS.findall(_NUMBER.sub(" ", text)) if word not in _NO_LAW)
    return frozenset(words), numbers


def _names(lagrum: Lagrum) -> frozenset[str]:
    """The words that may name the provision's law, in short or in full."""
    return _key(lagrum.id)[0] | _key(lagrum.law)[0]


def _near(
    text: str, numbers: tuple[str, ...], law: frozenset[str], known: Mapping[str, Lagrum]
) -> list[str]:
    """Up to five provisions that may have been meant: in the same chapter, or spelt alike."""
    keys = {name: _key(name)[1] for name in known}
    same = [
        name for name, other in keys.items() if numbers and other[1:] and other[0] == numbers[0]
    ]
    same = [name for name in same if law <= _names(known[name])] or same
    same.sort(key=lambda name: (not name.startswith("SoL "), keys[name][:2] != numbers[:2]))
    return (same or difflib.get_close_matches(text, known, n=3, cutoff=0.5))[:5]


def _table(rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    for index, row in enumerate(rows):
        if not index:
            for _ in row:
                table.add_column(overflow="fold")
        table.add_row(*row)
    return table
