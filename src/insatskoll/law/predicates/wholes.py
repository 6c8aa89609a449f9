"""Checks on whether words name a whole: everyone who takes part in an insats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from insatskoll.law.predicates.ages import Age, common_ages, stated_ages
from insatskoll.law.predicates.parameters import KindOfPeople, TextField, WholeWords, Words, listed
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.law.predicates.text import pattern
from insatskoll.patterns import later
from insatskoll.values import immutable

_WHATEVER = later(
    (
        r"[,(]?\s*(?:helt )?(?:oavsett|oberoende av|utan (?:undantag|inskränkning\w*"
        r"|åtskillnad))\b.*$"
    ),
    re.IGNORECASE,
)
_JOIN = r"(?: och | eller | samt |/)"
# Turns of phrase that name more than the words after them, and what they come to.
_TURNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"\binte (?:bara|enbart|endast) ([^,]+),? utan (?:även|också) ", re.IGNORECASE),
        r"\1 och ",
    ),
    (re.compile(r", (?:och )?inte (?:bara|enbart|endast)\b[^,]*", re.IGNORECASE), ""),
    (re.compile(r", (?:både|såväl)\b[^,]*", re.IGNORECASE), ""),
    (
        re.compile(
            r"\b(?:både|såväl) \w+ (?:och|som) \w+ (?=deltag|besök|gäst|person|sökande)",
            re.IGNORECASE,
        ),
        "",
    ),
    (re.compile(r"\b(?:både|såväl) ([^,]+?) (?:och|som) ", re.IGNORECASE), r"\1 och "),
    (
        re.compile(
            r" när (?:de|den|hen|man|du) (?:\w+ )?(?:behöver|vill|önskar|kan)(?: det)?$",
            re.IGNORECASE,
        ),
        "",
    ),
)
_NO_EXCEPTIONS = later(
    (
        r"^(?:inga|utan|inget) undantag\w*\W+|\s*(?:när som helst|hela tiden|vid alla "
        r"tillfällen)$"
    ),
    re.IGNORECASE,
)
# What widens: it stops where something else is said. And those who give the insats, who do not take
# part in it.
_ALSO = later(
    r"(?:\s*[,(;–-]\s*|\s+(?=inklusive|inkl\b))"
    r"(?:även|också|dessutom|ja även|inklusive|inkl\b\.?|samt|liksom|inbegripet|inberäknat)\b"
    r".*?(?=[,;]? (?:men|dock|utom|förutom)\b|$)",
    re.IGNORECASE,
)
_BUT_NOT = (
    r",? (?:utom|förutom|undantaget|med undantag för|men inte|dock inte|inte) "
    r"(?:den |de |vår )?(?:egna |ansvariga |anställda )?"
)
_YEARS = later(
    r"(?:\b(?:i åldern|mellan|som är|är|som har|har|från|fyllt|fyllda|över|minst|upp till"
    r"|till och med|under|högst) )*"
    r"(?P<low>[0-9]{1,3})(?: år)?(?: ?[-–] ?| till | och )?"
    r"(?P<high>[0-9]{1,3})?(?: år(?:s ålder)?\b|-?åringar\w*)?(?: och (?:äldre|uppåt))?",
    re.IGNORECASE,
)
_AT_A_PLACE = later(r"\binsatser(?:na)? (?:på|vid|hos|inom|i) (.+)", re.IGNORECASE)
_TELLING = 5  # letters of a word that tells a place
_HIGHEST = later(r"\b(?:upp till|till och med|under|högst) (?:\w+ )?[0-9]", re.IGNORECASE)
_SAME = {"barn tillsammans med förälder": "barn", "blivande föräldrar": "föräldrar"}


@immutable
class _Sexes:
    """Words for women and men, and for mothers and fathers."""

    women: Words
    men: Words
    mothers: Words
    fathers: Words

    def together(self, text: str) -> str:
        """The text with ”personer” for ”women and men”, in any order."""
        women, men = pattern(self.women).pattern, pattern(self.men).pattern
        both = rf"\b(?:(?:{women}){_JOIN}(?:{men})|(?:{men}){_JOIN}(?:{women}))(?!\w)"
        return pattern((both,)).sub("personer", text)

    def in_(self, text: str) -> tuple[bool, bool]:
        """Whether the text names women, and whether it names men, as parents or not."""
        women, men = (*self.women, *self.mothers), (*self.men, *self.fathers)
        return _has_word(women, text), _has_word(men, text)


def _has_word(words: Words, text: str) -> bool:
    return pattern((rf"\b(?:{pattern(words).pattern})\b",)).search(text) is not None


@predicate("omfattar-del", gives=())
def covers_part(
    subject: Subject,
    fält: list[TextField],
    utfall: Literal["bara", "oklart", "delens egna"],
    mängd: WholeWords,
    vilka: WholeWords,
    bisats: WholeWords,
    vad: WholeWords,
    slag: list[KindOfPeople],
    inskränkning: Words,
    grupper: Words = (),
    kanske: Words = (),
    förbehåll: Words = listed("förbehåll"),
    som_ger: WholeWords = listed("de som ger insatsen"),
    kvinnor: WholeWords = listed("kvinnor"),
    män: WholeWords = listed("män"),
    mammor: WholeWords = listed("mammor"),
    pappor: WholeWords = listed("pappor"),
) -> Iterator[Hit]:
    """A field that says whom something holds for does not name everyone who takes part.

    Words name fewer (``utfall: bara``) if they hold one of ``inskränkning``, or other kinds of
    people than those who take part. Otherwise they name everyone if one of the first is a word for
    all (``mängd``), or if they are only words for those who take part (``vilka``), a relative
    clause that says that they do (``bisats``), and what they take part in (``vad``, or the insats's
    own name). The rest, and what holds one of ``kanske``, is ``oklart``. What follows ”oavsett” or
    ”även” narrows nothing, and neither do an age that everyone has and one of ``grupper`` that the
    name, the target group or a condition is about too. All are regular expressions. ”Not only A”
    and ”both A and B” name more than A, and ``kvinnor`` and ``män`` together are everyone. Those
    who give the insats (``som_ger``) may be left out. Sentences after the first that hold one of
    ``förbehåll`` make it unsure. A part that is itself only for those whom the words name is
    ``delens egna``.
    """
    kinds = {kind["deltagare"]: kind["ord"] for kind in slag}
    words = _Words(
        mängd, vilka, bisats, vad, kinds, inskränkning, grupper, kanske, förbehåll, som_ger,
        _Sexes(kvinnor, män, mammor, pappor),
    )  # fmt: skip
    for path, text in (pair for name in fält for pair in values_at(subject.data, name)):
        fewer = _names_fewer(text, words, subject)
        found = {True: "bara", None: "oklart", False: ""}[fewer]
        if utfall == ("delens egna" if fewer and _is_for_them(text, subject) else found):
            yield Hit(path)


@immutable
class _Words:
    """What is known of words for those who take part; see :func:`covers_part`."""

    mängd: Words
    vilka: Words
    bisats: Words
    vad: Words
    slag: dict[str, Words]
    inskränkning: Words
    grupper: Words
    kanske: Words
    förbehåll: Words
    som_ger: Words
    sexes: _Sexes

    def begin_with_all(self, text: str) -> bool:
        """Whether one of the first words is a word for all."""
        begins = tuple(rf"(?:\w+ ){{0,2}}(?:{word})\b" for word in self.mängd)
        return pattern(begins).match(text) is not None


def _names_fewer(text: str, words: _Words, subject: Subject) -> bool | None:
    """Whether ``text`` names fewer than all who take part, or None if that is not sure."""
    participants = _participants(subject)
    first, *rest = re.split(r"(?<=[.!?])\s+", " ".join(text.split()))
    plain = _at_its_place(_plain(first, subject), subject)
    plain = _plainly(words.sexes.together(plain), words.mängd)
    plain = _widened(plain, words.mängd, () if "personal" in participants else words.som_ger)
    plain = _without_their_ages(plain, subject)
    head = plain.split(" som ")[0]
    kinds = {kind for kind, written in words.slag.items() if _has_word(written, head)}
    narrowed = _narrowed(kinds, participants)
    if not _everyone(words).fullmatch(f" {plain}"):
        group = _is_a_group_of_them(plain, words.grupper, words.sexes, subject)
        if pattern(words.inskränkning).search(plain) or group:
            narrowed = True
        elif pattern(words.kanske).search(plain) or not (
            narrowed or (group is False and words.begin_with_all(plain))
        ):
            narrowed = None
    if not narrowed and any(pattern(words.förbehåll).search(sentence) for sentence in rest):
        return None
    return narrowed


def _is_for_them(text: str, subject: Subject) -> bool:
    """Whether the part, one of several, is itself only for those whom ``text`` names, in the same
    words."""
    parts = subject.insats.data.get("delar", ()) if subject.insats else ()
    if not subject.path or len(parts) < 2:
        return False
    return any(
        _bare(str(value)) == _bare(text)
        for name in ("omfattning.gäller", "målgrupp.beskrivning", "villkor[].beskrivning")
        for _, value in values_at(subject.data, name)
    )


def _bare(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _at_its_place(text: str, subject: Subject) -> str:
    """The text with ”insatsen” for what is given at a place that the insats itself names."""
    found = _AT_A_PLACE.search(text)
    if found is None:
        return text
    around = [insats.data for insats in (subject.insats,) if insats]
    named = " ".join(
        str(value)
        for data in (subject.as_insats, *around)
        for name in ("namn", "utförare.namn[]", "utförare.platser[].namn", "målgrupp.beskrivning")
        for _, value in values_at(data, name)
    ).casefold()
    place = [re.sub(r"(?:en|n|et|t)?s?$", "", word) for word in _bare(found[1])]
    if all(word in named for word in place if len(word) >= _TELLING):
        return f"{text[: found.start()]}insatsen{text[found.end() :]}"
    return text


def _widened(text: str, all_: Words, staff: Words) -> str:
    """The text without what it takes in besides those it names, and without its leaving out
    ``staff``."""
    text = _NO_EXCEPTIONS.sub("", text)
    if staff:
        text = pattern((rf"{_BUT_NOT}(?:{pattern(staff).pattern})$",)).sub("", text)
    everyone = pattern(tuple(rf"(?:{word})\b" for word in all_)).match(text)
    return _ALSO.sub(
        "" if everyone else lambda match: re.sub(r"^\W+\w+", " och", match[0]), text
    ).strip()


def _without_their_ages(text: str, subject: Subject) -> str:
    """The text without an age that everyone has who takes part."""
    around = [insats.data for insats in (subject.insats,) if insats]
    own = [age for data in (subject.as_insats, *around) for age in stated_ages(data)]
    ages = [*own, *common_ages(subject.revision.kommun)]
    found = _YEARS.search(text)
    if found and any(
        _holds(found, age)
        for age in ages
        if not age.conditional and age.whose != "deltagarens barn"
    ):
        return re.sub(r"(?: som)? *$", "", text[: found.start()]) + text[found.end() :]
    return text


def _holds(words: re.Match[str], age: Age) -> bool:
    """Whether everyone of ``age`` is of the age that ``words`` say."""
    one, other = float(words["low"]), words["high"]
    only_highest = other is None and _HIGHEST.search(words[0])
    if only_highest:
        return age.until is not None and age.until < one + ("under" not in words[0].lower())
    if other is None:
        return age.since is not None and one <= age.since
    return (
        age.since is not None
        and age.until is not None
        and one <= age.since
        and age.until <= float(other)
    )


def _is_a_group_of_them(text: str, groups: Words, sexes: _Sexes, subject: Subject) -> bool | None:
    """Whether the text names one of ``groups`` that those who take part are not said to be, or None
    if that is not sure."""
    named = pattern(groups).search(text)
    if named is None:
        return False
    around = [insats.data for insats in (subject.insats,) if insats]
    fields = ("namn", "målgrupp.beskrivning", "villkor[].beskrivning")
    said = " ".join(
        str(value)
        for data in (subject.as_insats, *around)
        for name in fields
        for _, value in values_at(data, name)
    )
    if not re.search(
        rf"\b{re.escape(named[0])}|{re.escape(named[0])}(?:or|a|na)\b", said, re.IGNORECASE
    ):
        return True
    both = all(sexes.in_(said))
    return None if both and any(sexes.in_(text)) else False


def _narrowed(kinds: set[str], participants: set[str]) -> bool | None:
    """Whether the kinds named are fewer than those that take part, or None if it is not known who
    does."""
    if not kinds or {"vuxna"} < kinds:
        return False
    return not participants <= kinds if participants else None


def _participants(subject: Subject) -> set[str]:
    own = subject.as_insats.get("målgrupp", {}).get("deltagare")
    whole = subject.insats.data.get("målgrupp", {}).get("deltagare", ()) if subject.insats else ()
    return {_SAME.get(kind, kind) for kind in own or whole}


def _plain(text: str, subject: Subject) -> str:
    """The text without what narrows nothing, and with ”insatsen” for the name of the insats or the
    part."""
    plain = _WHATEVER.sub("", " ".join(text.split())).strip(" .,;:!")
    around = [insats.data for insats in (subject.insats,) if insats]
    names = {
        str(data[key])
        for data in (subject.as_insats, *around)
        for key in ("namn", "kortnamn")
        if key in data
    }
    for name in sorted(names, key=len, reverse=True):
        plain = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "insatsen", plain, flags=re.IGNORECASE)
    return plain


def _plainly(text: str, all_: Words) -> str:
    """The text without turns of phrase, and only its end where that sums it up: ”både barn och
    vuxna, alltså alla”."""
    if summed := re.search(
        rf"\b(?:alltså|det vill säga|dvs\.?|utan) ((?:{'|'.join(all_)}))$", text, re.IGNORECASE
    ):
        return summed[1]
    for turn, comes_to in _TURNS:
        text = turn.sub(comes_to, text)
    return text.strip()


def _everyone(words: _Words) -> re.Pattern[str]:
    lists = (words.mängd, words.vilka, words.bisats, words.vad)
    all_, who, clause, what = ("|".join(one) for one in lists)
    what = rf"(?: (?:(?:i|på|vid|till|hos|av|inom|med|under|för|från|ur) )?(?:{what}))"
    kind = "|".join(word for written in words.slag.values() for word in written)
    joined = r"(?:,| och| eller| samt|, och) (?:deras |sina )?"
    people_of_kinds = rf"(?:{kind})(?:{joined}(?:{kind}))*"
    people = rf"(?: (?:(?:{who})(?: (?:och|eller|samt) (?:{who}))*|{people_of_kinds}))"
    return pattern((rf"(?= \S)(?: (?:{all_}))?{people}?(?: som (?:{clause}))?{what}{{0,3}}",))
