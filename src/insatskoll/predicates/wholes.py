"""Checks on whether words name a whole: everyone who takes part in an insats."""

from __future__ import annotations

import re
from collections.abc import Iterator

from insatskoll.predicates.parameters import Expression, Field
from insatskoll.predicates.references import values_at
from insatskoll.predicates.registry import Hit, Subject, predicate
from insatskoll.predicates.text import pattern

_WHATEVER = re.compile(r"[,(]?\s*(?:helt )?(?:oavsett|utan (?:undantag|inskränkning\w*|åtskillnad))\b.*$", re.IGNORECASE)
# Turns of phrase that name more than the words after them, and what they come to.
_SEXES = (r"kvinnor\w*|flickor\w*|tjejer\w*", r"män(?:nen)?|pojkar\w*|killar\w*")
_JOIN = r"(?: och | eller | samt |/)"
_MORE = tuple((re.compile(rf"\b(?:{a}){_JOIN}(?:{b})(?!\w)", re.IGNORECASE), "personer") for a, b in (_SEXES, _SEXES[::-1]))
_TURNS: tuple[tuple[re.Pattern[str], str], ...] = (
    *_MORE,
    (re.compile(r"\binte (?:bara|enbart|endast) ([^,]+),? utan (?:även|också) ", re.IGNORECASE), r"\1 och "),
    (re.compile(r", (?:och )?inte (?:bara|enbart|endast)\b[^,]*", re.IGNORECASE), ""),
    (re.compile(r", (?:både|såväl)\b[^,]*", re.IGNORECASE), ""),
    (re.compile(r"\b(?:både|såväl) \w+ (?:och|som) \w+ (?=deltag|besök|gäst|person|sökande)", re.IGNORECASE), ""),
    (re.compile(r"\b(?:både|såväl) ([^,]+?) (?:och|som) ", re.IGNORECASE), r"\1 och "),
    (re.compile(r" när (?:de|den|hen|man|du) (?:\w+ )?(?:behöver|vill|önskar|kan)(?: det)?$", re.IGNORECASE), ""),
)
# Kinds of people as målgrupp.deltagare has them, and how they are written.
_KINDS = {
    "barn": r"barn\w*",
    "unga": r"unga|ungdomar\w*|tonåringar\w*",
    "vuxna": r"vuxna",
    "äldre": r"äldre",
    "föräldrar": r"(?:blivande )?föräldrar\w*",
    "par": r"par\w*",
    "familjer": r"familjer\w*",
    "anhöriga": r"anhöriga|närstående",
    "personal": r"personal\w*",
}
_SAME = {"barn tillsammans med förälder": "barn", "blivande föräldrar": "föräldrar"}
_KIND = "|".join(_KINDS.values())
_LIST = rf"(?:{_KIND})(?:(?:,| och| eller| samt|, och) (?:deras |sina )?(?:{_KIND}))*"


@predicate("omfattar-del", gives=())
def covers_part(
    subject: Subject,
    fält: list[Field],
    utfall: str,
    mängd: list[Expression],
    vilka: list[Expression],
    bisats: list[Expression],
    vad: list[Expression],
    inskränkning: list[Expression],
) -> Iterator[Hit]:
    """A field that says whom something holds for does not name everyone who takes part.

    Words name fewer (``utfall: bara``) if they hold one of ``inskränkning``, or other kinds of people than those who take
    part. Otherwise they name everyone if one of the first is a word for all (``mängd``), or if they are only words for
    those who take part (``vilka``), a relative clause that says that they do (``bisats``), and what they take part in
    (``vad``, or the insats's own name). The rest is ``oklart``. What follows ”oavsett” narrows nothing. All are regular
    expressions. ”Not only A” and ”both A and B” name more than A.
    """
    participants = _participants(subject)
    for path, text in (pair for name in fält for pair in values_at(subject.data, name)):
        plain = _plainly(_plain(text, subject), mängd)
        head = plain.split(" som ")[0]
        kinds = {kind for kind, words in _KINDS.items() if re.search(rf"\b(?:{words})\b", head, re.IGNORECASE)}
        narrowed: bool | None = _narrowed(kinds, participants)
        if not _everyone(mängd, vilka, bisats, vad).fullmatch(f" {plain}"):
            if pattern(tuple(inskränkning)).search(plain):
                narrowed = True
            elif not narrowed and not pattern(tuple(rf"(?:\w+ ){{0,2}}(?:{word})\b" for word in mängd)).match(plain):
                narrowed = None
        if narrowed is (True if utfall == "bara" else None):
            yield Hit(path)


def _narrowed(kinds: set[str], participants: set[str]) -> bool | None:
    """Whether the kinds named are fewer than those that take part, or None if it is not known who does."""
    if not kinds or {"vuxna"} < kinds:
        return False
    return not participants <= kinds if participants else None


def _participants(subject: Subject) -> set[str]:
    own = subject.data.get("målgrupp", {}).get("deltagare")
    whole = subject.insats.data.get("målgrupp", {}).get("deltagare", ()) if subject.insats else ()
    return {_SAME.get(kind, kind) for kind in own or whole}


def _plain(text: str, subject: Subject) -> str:
    """The text without what narrows nothing, and with ”insatsen” for the name of the insats or the part."""
    plain = _WHATEVER.sub("", " ".join(text.split())).strip(" .,;:!")
    insats = subject.insats.data if subject.insats else {}
    names = {data[key] for data in (subject.data, insats) for key in ("namn", "kortnamn") if key in data}
    for name in sorted(names, key=len, reverse=True):
        plain = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "insatsen", plain, flags=re.IGNORECASE)
    return plain


def _plainly(text: str, all_: list[Expression]) -> str:
    """The text without turns of phrase, and only its end where that sums it up: ”både barn och vuxna, alltså alla”."""
    if summed := re.search(rf"\b(?:alltså|det vill säga|dvs\.?|utan) ((?:{'|'.join(all_)}))$", text, re.IGNORECASE):
        return summed[1]
    for turn, comes_to in _TURNS:
        text = turn.sub(comes_to, text)
    return text.strip()


def _everyone(
    mängd: list[Expression], vilka: list[Expression], bisats: list[Expression], vad: list[Expression]
) -> re.Pattern[str]:
    all_, who, clause, what = ("|".join(words) for words in (mängd, vilka, bisats, vad))
    what = rf"(?: (?:(?:i|på|vid|till|hos|av|inom|med|under|för|från|ur) )?(?:{what}))"
    people = rf"(?: (?:(?:{who})(?: (?:och|eller|samt) (?:{who}))*|{_LIST}))"
    return pattern((rf"(?= \S)(?: (?:{all_}))?{people}?(?: som (?:{clause}))?{what}{{0,3}}",))
