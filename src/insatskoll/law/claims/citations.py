"""Finds the provisions that a text cites: chapter and section in all the forms that people write,
and the act that they are of."""

# ruff: noqa: SIM905 - a list of words reads better as a text
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal

from insatskoll.law.acts import Provision, act
from insatskoll.patterns import later
from insatskoll.values import immutable

OURS: Final = "socialtjänstlagen"
REPEALED: Final = "den upphävda socialtjänstlagen"
OTHER: Final = "en annan lag"
ActName = Literal["socialtjänstlagen", "den upphävda socialtjänstlagen", "en annan lag"]

_ORDINALS = (
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte "
    "trettonde fjortonde femtonde sextonde sjuttonde artonde nittonde tjugonde tjugoförsta"
).split()
_LARGEST = 30  # sections of a span
_FAR = 80  # characters between a provision and the act that a chain of others leads to
_S = r"[ \u00a0\n]{0,3}"
_ORDINAL = "(?:" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"
_SECTION = rf"\d{{1,3}}(?:{_S}[a-z](?={_S}(?:§|,|och\b|eller\b|[-–])))?"
_JOIN = rf"{_S}(?:,|och|eller|samt|respektive|till|[-–—]){_S}"
_SECTIONS = rf"{_SECTION}(?:{_JOIN}{_SECTION}){{0,9}}"
_SIGN = rf"{_S}§{{1,2}}|{_S}paragraf(?:en|erna)?\b"
_CHAPTER = rf"(?:\d{{1,3}}(?:{_S}kap\b\.?|{_S}kapitlet\b|:e{_S}kapitlet\b)|{_ORDINAL} kapitlet)"
_AFTER_WORD = rf"\bkap(?:\.|itel|itlet)?{_S}\d{{1,3}}(?![\d:])"
_POINT = (
    rf"(?:,?{_S}(?:{_ORDINAL} stycket|\d{_S}st\b\.?)?,?{_S}"
    rf"(?:(?:p\.?|punkt(?:en)?){_S}(?P<point>\d{{1,2}})\b(?!{_S}§)|(?P<nth>{_ORDINAL}) punkten"
    # “5 § 8 SoL” and “(5 § 8)”, not “5 § 8 gånger”
    r"|(?<=§)[ \u00a0](?P<plain>\d{1,2})"
    r"(?=[.;)](?!\d)|[ \u00a0](?:i[ \u00a0])?(?:SoL\b|socialtj)|$)"
    r"))?"
)
_CITED = later(
    rf"(?<![\d/:.-])(?:(?P<chapter>{_CHAPTER}|{_AFTER_WORD}),?{_S}"
    rf"(?:(?P<sections>{_SECTIONS})(?:{_SIGN})|(?:§{{1,2}}|paragraf(?:en)?\b){_S}"
    rf"(?P<signed>{_SECTIONS})(?!\d)|(?P<ordinal>{_ORDINAL}) paragrafen)"
    rf"|(?P<first>{_SECTIONS})(?:{_SIGN}){_S}(?:i{_S})?(?P<behind>{_CHAPTER})(?!{_S}\d)"
    rf"|(?P<short>\d{{1,2}}:\d{{1,2}}(?:{_S}[a-z]\b)?)(?!\d|:)(?:{_S}§)?"
    rf"|(?P<whole>{_CHAPTER}|{_AFTER_WORD})"
    rf"|(?P<bare>{_SECTIONS})(?:{_SIGN})(?:{_S}(?:i{_S})?samma (?P<same>kapitel|lag|paragraf))?"
    rf"){_POINT}",
    re.IGNORECASE,
)
_OTHERS = (
    "LSS OSL KL FL FB HSL LVU LVM BrB TF RF LPT LRV PSL PDL SFB AML LSU LOV LOU GDPR SoF SKOLL FPL "
    "UtlL BrB RB SOSFS HSLF"
).split()
_ACT = later(
    r"\b(?P<repealed>(?:(?:gamla|tidigare|upphävda|förra|äldre|dåvarande) "
    r"(?:SoL\b|socialtjänstlag(?:en)?\b)|(?:2001|1980) års (?:social|lag)\w*)"
    r"(?: ?\(?(?:2001:453|1980:620)\b\)?)?|"
    r"(?:(?:SoL|socialtjänstlag(?:en)?|lag(?:en)?) ?)?\(?(?:2001:453|1980:620)\b\)?)"
    r"|\b(?P<ours>(?:SoL|socialtjänstlag(?:en)?s?)\b(?:,?[ \u00a0\n]\(?2025:400\)?)?"
    r"|(?:lag(?:en)? ?)?\(?2025:400\b\)?)"
    rf"|\b(?P<other>(?:{'|'.join(_OTHERS)})\b"
    r"|(?:[^\W\d_]{1,40}-[ \u00a0\n]och[ \u00a0\n])?"
    r"[^\W\d_]{0,40}(?:lagen|lagens|balken|balkens|förordningen|konventionen)"
    r"(?<!\blagen)(?<!\blagens)\b(?: \(\d{4}:\d+\))?"
    r"|[^\W\d_]{1,40}lag \(\d{4}:\d+\)|lag(?:en)? \(\d{4}:\d+\)|lag(?:en)? om \w+)",
)
# End as acts do, and are none.
_IGNORED = frozenset(
    "förslagen underlagen avslagen inslagen anslagen omslagen uppslagen nederlagen pålagen "
    "bakslagen lagförslagen överslagen".split()
)
_MAY_CITE = later(r"§|kap|paragraf|SoL\b|socialtjänstlag", re.IGNORECASE)
_LINK = later(
    r"(?:[\s,()/–§-]|\b(?:och|eller|samt|till|i|av|den|nya|gällande|kap\.?|kapitlet|stycket|"
    rf"punkten|punkt|paragrafen|p|st|{_ORDINAL}|\d{{1,3}}|[a-z])\b\.?){{0,40}}",
    re.IGNORECASE,
)


@immutable
class Cited:
    """A provision that a text cites at the characters ``start`` to ``end``, with its point; the
    ``act`` that it is of, and whether the text says so (``named``), just beside it (``beside``).
    ``chain`` is the same for those that are cited together."""

    provision: Provision
    point: int | None
    act: ActName
    named: bool
    beside: bool
    start: int
    end: int
    chain: int


@immutable
class _Named:
    act: ActName
    start: int
    end: int


@lru_cache(maxsize=8)
def cited(text: str) -> tuple[Cited, ...]:
    """The provisions that ``text`` cites, in order. Linear in the text."""
    if _MAY_CITE.search(text) is None:
        return ()
    acts = _acts(text)
    found: list[Cited] = []
    for match in _CITED.finditer(text):
        found += _of_match(match, text, acts, found[-1] if found else None)
    return tuple(found)


@lru_cache(maxsize=8)
def repealed(text: str) -> tuple[tuple[int, int], ...]:
    """Where ``text`` names the number of an act that socialtjänstlagen replaced."""
    if not any(number in text for number in act().replaced):
        return ()
    return tuple(
        (one.start, one.end)
        for one in _acts(text)
        if one.act == REPEALED and ":" in text[one.start : one.end]
    )


@lru_cache(maxsize=8)
def _acts(text: str) -> tuple[_Named, ...]:
    """The acts that ``text`` names, in order."""
    found: list[_Named] = []
    for match in _ACT.finditer(text):
        if match["other"] and match[0].casefold() in _IGNORED:
            continue
        name: ActName = OTHER
        if match["repealed"]:
            name = REPEALED
        elif match["ours"]:
            name = OURS
        found.append(_Named(name, *match.span()))
    return tuple(found)


def _of_match(
    match: re.Match[str], text: str, acts: tuple[_Named, ...], before: Cited | None
) -> Iterator[Cited]:
    """The provisions at a place; ``before`` is the one cited before them."""
    gap = text[before.end : match.start()] if before else ""
    joined = before is not None and _LINK.fullmatch(gap) is not None
    law, named, beside = _act_of(match, text, acts, before if joined or match["same"] else None)
    chapter = _chapter(match, before if match["same"] or joined else None)
    if chapter is None or ((match["short"] or match["whole"]) and (law == OTHER or not beside)):
        return
    chain = before.chain if before is not None and joined else match.start()
    point = match["point"] or match["nth"] or match["plain"]
    parts = list(_sections(match))
    for number, (section, letter, start, end) in enumerate(parts):
        last = number == len(parts) - 1
        yield Cited(
            Provision(chapter, section, letter),
            _number(point) if point and last else None,
            law,
            named,
            beside,
            start if number else match.start(),
            match.end() if last else end,
            chain,
        )


def _chapter(match: re.Match[str], before: Cited | None) -> int | None:
    """The chapter that is cited: its own, or that of what is cited ``before``."""
    if match["short"]:
        return int(match["short"].partition(":")[0])
    written = match["chapter"] or match["behind"] or match["whole"]
    if written:
        return _number(written)
    return before.provision.chapter if before is not None else None


def _number(text: str) -> int:
    """The number in a text, with figures or as an ordinal."""
    figures = re.search(r"\d+", text)
    if figures:
        return int(figures[0])
    return _ORDINALS.index(text.casefold().split()[0]) + 1


def _sections(match: re.Match[str]) -> Iterator[tuple[int | None, str, int, int]]:
    """The sections that are cited, with their letters and where their numbers stand."""
    if match["whole"]:
        yield None, "", *match.span()
        return
    if match["ordinal"]:
        yield _number(match["ordinal"]), "", *match.span("ordinal")
        return
    name = next(name for name in ("sections", "signed", "first", "short", "bare") if match[name])
    written, at = match[name], match.start(name)
    if name == "short":
        written, at = written.partition(":")[2], at + written.index(":") + 1
    low: int | None = None
    previous = 0
    for one in re.finditer(r"(\d+)(?:\s*([a-z])\b)?|[-–—]|\btill\b", written):
        if one[1] is None:
            low = previous
            continue
        previous = int(one[1])
        if low is not None and low < previous <= low + _LARGEST and not one[2]:
            for between in range(low + 1, previous):
                yield between, "", at + one.start(), at + one.end()
        low = None
        yield previous, one[2] or "", at + one.start(), at + one.end()


def _act_of(
    match: re.Match[str], text: str, acts: tuple[_Named, ...], before: Cited | None
) -> tuple[ActName, bool, bool]:
    """The act of what is cited, whether the text names it, and whether it does so beside it."""
    at = bisect_left(acts, match.start(), key=lambda one: one.start)
    earlier = acts[at - 1] if at else None
    later = _leads_to(match.end(), text, acts, at)
    if later is not None and len(text[match.end() : later.start].strip(" (\u00a0\n")) <= 1:
        return later.act, True, True
    if earlier is not None and not text[earlier.end : match.start()].strip(" ,(\u00a0\n"):
        return earlier.act, True, True
    if before is not None:
        return before.act, before.named, before.beside
    if later is not None:
        return later.act, True, True
    if earlier is None or earlier.act == REPEALED:
        return OURS, False, False
    return earlier.act, earlier.act == OURS, False


def _leads_to(end: int, text: str, acts: tuple[_Named, ...], at: int) -> _Named | None:
    """The act after ``end`` that what is cited leads to, over nothing but other provisions, if it
    does not begin another: ”och OSL 26 kap.”."""
    while at < len(acts) and acts[at].start < end:
        at += 1
    if at == len(acts) or acts[at].start - end > _FAR:
        return None
    link = text[end : acts[at].start]
    begins = re.match(
        r"[ \u00a0]\d{1,3}(?:[ \u00a0]kap|:\d|[ \u00a0]§)", text[acts[at].end : acts[at].end + 20]
    )
    if begins or not _LINK.fullmatch(link):
        return None
    return acts[at]
