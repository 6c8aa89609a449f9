"""How pieces of text are put together: sentences, lists, stops and capitals, labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from insatskoll.bilaga import running
from insatskoll.patterns import later
from insatskoll.swedish import NUMBERS

IN_LETTERS = NUMBERS[:13]  # those that are written with letters in a sentence
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
# What a sentence ends with in the scripts that may be printed, what leads on to more, and marks of
# direction that are unseen.
_ENDING = (".", "!", "?", "…", "؟", "۔", "。", "！", "？", "।", "։", "።")
_LEADING_ON = (":", ";", ",", "؛", "،", "：", "；", "，", "、")
_UNSEEN = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
_ABBREVIATED = later(
    r"(?<!\w)(?:\w{1,4}(?:\.\w{1,4})+|etc|osv|dvs|tel|nr|kap|inkl|exkl|resp|ca|mm|mfl)\.$",
    re.IGNORECASE,
)
# An ordinary word first, with the signs that may follow it, or an abbreviation of several; but not
# the letter of a point.
_LETTERS = r"(?:[^\W\d_][\u0300-\u036f\u00ad]*)+"
_ORDINARY = later(
    rf"(?![^\W\d_][.)](?:\s|$))(?:{_LETTERS}(?:[-–/’']{_LETTERS})*[^\w\s@/\\]*"
    r"|\w{1,3}(?:\.\w{1,3})+\.)(?=\s|$)"
)


def lista(items: Iterable[str]) -> str:
    """Joins as in running text: ``["a", "b", "c"]`` → ”a, b och c”; ”samt” where an item has its
    own ”och”."""
    listed = [inner(item) for item in items]
    *first, last = listed or [""]
    word = "samt" if any(" och " in item for item in listed) else "och"
    return f"{', '.join(first)} {word} {last}" if first else last


def inner(text: str) -> str:
    """A text to be written inside a sentence: without its own full stop, unless that ends an
    abbreviation."""
    return re.sub(r"(?<=\w{4})\.$", "", text.strip())


def datum(text: str) -> str:
    """A date in words: ``"2025-05-19"`` → ”19 maj 2025”."""
    year, month, day = text.split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def mening(text: str) -> str:
    """A sentence: a capital first and, unless the text has its own, a full stop last."""
    text = _stopped(text.strip())
    return versal(text)


def versal(text: str) -> str:
    """The text with a capital first if it begins with an ordinary word in small letters; the rest
    as it is.

    An address, a name such as ”iPad” and the letter of a point keep the first letter that they were
    written with.
    """
    word = _ORDINARY.match(text)
    return text[:1].title() + text[1:] if word and word[0].islower() else text


def faktum(text: str) -> str:
    """The text after a label: as it is, but as sentences with capitals and a last full stop if that
    is what it is."""
    several = re.search(r"[.!?] +[A-ZÅÄÖ]", text)
    return mening(text) if several or (text[:1].isupper() and len(text.split()) > 4) else text


def _stopped(text: str) -> str:
    """``text`` with a full stop, unless it has come to an end of its own, or ends with a point of a
    list."""
    return text if not text or _is_ended(text) or running.ends_with_point(text) else f"{text}."


def i_text(name: str) -> str:
    """A name as it stands in running text: without a stop that the name was written with, or a
    space before one."""
    return re.sub(r"\s+$", "", inner(re.sub(r"\s+\.$", ".", name)))


def på_en_rad(text: str) -> str:
    """``text`` on one line. A list or a paragraph that stood by itself ends as a sentence does
    before what follows it."""
    *first, last = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]
    return " ".join([*map(_stopped, first), last])


def _is_ended(text: str) -> bool:
    """Whether no full stop may follow: after a sign that ends or leads on, also within a closing
    quote or bracket.

    There an abbreviation ends nothing: ”(samtal m.m.)”.
    """
    bare = text.rstrip(f"{_UNSEEN} ")
    inner = bare
    while inner and (inner[-1] in "\"'" or unicodedata.category(inner[-1]) in ("Pe", "Pf", "Pi")):
        inner = inner[:-1].rstrip()
    if inner == bare:
        return bare.endswith((*_ENDING, *_LEADING_ON))
    return inner.endswith(_ENDING) and not _ABBREVIATED.search(inner)


def with_commas(parts: Iterable[str]) -> str:
    """The parts that are not empty, with commas between them except after a sign that parts them
    already."""
    said = ""
    for part in filter(None, parts):
        between = " " if said.endswith((*_ENDING[1:], *_LEADING_ON, "..")) else ", "
        said += f"{between}{part}" if said else part
    return said


def unstopped(text: str) -> str:
    """``text`` without its full stop; three dots are none, and that of a point stays."""
    return text if running.ends_with_point(text) else re.sub(r"(?<!\.)\.$", "", text)


def after(words: str, text: str) -> str:
    """``text`` after ``words``, which are written once where the text begins with the last of them
    itself."""
    listed = words.split(" ")
    for number in range(len(listed)):
        if text.startswith(" ".join(listed[number:]).lower() + " "):
            return " ".join([*listed[:number], text]) if number or words.islower() else versal(text)
    return _before(words, text)


def meningar(parts: Iterable[str]) -> str:
    """Several sentences as one piece of text: the first keeps its initial letter, the last gets no
    full stop.

    A part of several lines that stand for something keeps to itself: what follows it is a paragraph
    of its own.
    """
    first, *rest = [part.strip() for part in parts if part and part.strip()] or [""]
    said, last = _stopped(first), first
    for part in rest:
        said += ("\n\n" if running.is_parted(last) or running.is_parted(part) else " ") + mening(
            part
        )
        last = part
    return unstopped(said)


def labelled(label: str, text: str) -> str:
    """``text`` after ``label`` and a colon."""
    return _before(f"{label}:", text)


def _before(words: str, text: str) -> str:
    """``words`` and then ``text``, on a line of its own if it begins with a point of a list."""
    return f"{words}\n{text.strip()}" if running.begins_with_point(text) else f"{words} {text}"


def antal(number: int) -> str:
    """A number in running text: in letters up to twelve."""
    return IN_LETTERS[number] if number < len(IN_LETTERS) else str(number)


def small(text: str) -> str:
    """The text with its first letter small."""
    return text[:1].lower() + text[1:]
