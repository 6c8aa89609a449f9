"""Cuts a paragraph into sentences, so that each can find its own field."""

from __future__ import annotations

import re
from dataclasses import replace

from insatskoll.importing.drafts import Said
from insatskoll.patterns import later

_SHORT = "t.ex bl.a m.m m.fl d.v.s dvs ca kap nr tel resp ev inkl exkl o.s.v osv s.k fr.o.m t.o.m"
_END = later(r"(?<=[.!?…])[”\")]*\s+(?=[A-ZÅÄÖ”\"(0-9])")


def cut(text: str) -> list[str]:
    """The sentences of a paragraph, which together are its words."""
    found: list[str] = []
    begin = 0
    for end in _END.finditer(text):
        before = text[begin : end.start()].rsplit(" ", 1)[-1].rstrip(".").casefold()
        number = re.fullmatch(r"\d{1,2}", before)
        if before in _SHORT.split() or (number and text[end.end() : end.end() + 1].isdigit()):
            continue
        found.append(text[begin : end.end()].strip())
        begin = end.end()
    rest = text[begin:].strip()
    return [*found, rest] if rest else found


def of(said: Said) -> list[Said]:
    """What is said, a sentence at a time."""
    return [replace(said, words=words) for words in cut(said.words)]
