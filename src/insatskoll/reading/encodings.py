"""The text of a file that is not saved as plain UTF-8, where only one text can have been meant.

A byte means something in nearly every encoding, so that a file can be read in many. It is taken to
be in one of them only if the text is then one that a Swedish document can have, and no other text
comes out of the encodings that Swedish computers save in.
"""

from __future__ import annotations

import codecs

from insatskoll.patterns import later
from insatskoll.values import immutable

# Of one byte for each character, as they are called by those who meet them.
_SINGLE = {
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "iso8859-15": "Latin-9",
    "cp850": "DOS (850)",
    "mac-roman": "Mac Roman",
}
# What stands in a Swedish document besides ASCII.
_SWEDISH = frozenset("åäöÅÄÖéÉèàüÜæøÆØ§–—”“„’‘…•·°½´×»«€\u00a0\u00ad")
_WITHIN_WORD = later("[^\\W\\d_][”“„•·°½×»«€§][^\\W\\d_]")
_BOMS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MARK = "\ufeff"


@immutable
class Meant:
    """The ``text`` that a file's bytes were meant to be; ``encoding`` is what they are saved in,
    empty for UTF-8, and ``marked`` whether a mark for it (BOM) stands first."""

    text: str
    encoding: str = ""
    marked: bool = False


def meant(raw: bytes) -> Meant | None:
    """What ``raw`` was meant to be; None if that is more than one text, or none."""
    if (wide := _wide(raw)) is not None:
        return wide
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None if raw.startswith(codecs.BOM_UTF8) else _single(raw)
    plain = text.lstrip(_MARK)
    return Meant(plain, marked=plain != text) if "\0" not in text else None


def _wide(raw: bytes) -> Meant | None:
    """``raw`` as UTF-16, if it is marked so or can be nothing else."""
    encoding = next((name for mark, name in _BOMS if raw.startswith(mark)), None)
    if encoding is None and raw[:2].count(0) == 1:
        encoding = "utf-16-be" if raw[0] == 0 else "utf-16-le"
    if encoding is None:
        return None
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    plain = text.lstrip(_MARK)
    latin = sum(map(str.isascii, plain))
    if "\0" in plain or latin * 2 <= len(plain):  # another encoding under a false mark
        return None
    return Meant(plain, "UTF-16", marked=plain != text)


def _single(raw: bytes) -> Meant | None:
    """``raw`` in the encoding of one byte for each character that it must be in."""
    found: dict[str, str] = {}
    for encoding, called in _SINGLE.items():
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = {letter for letter in set(text) if not letter.isascii()}
        if odd <= _SWEDISH and not _WITHIN_WORD.search(text):
            found.setdefault(text, called)
    if len(found) != 1:
        return None
    ((text, called),) = found.items()
    return Meant(text, called)
