"""Reads an SVG without drawing it: what would be lost of it, and what it holds that is to be judged
by itself.

Typst draws what it can and says nothing of the rest. What a drawing refers to must therefore stand
in it, and its letters must be in the program's fonts. What is never shown loses nothing.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

from insatskoll.bilaga.styles import unescaped
from insatskoll.catalogue import glyphs
from insatskoll.names import plain
from insatskoll.patterns import later
from insatskoll.values import immutable

MAX_DEPTH = 500  # elements within each other
SPACE = "http://www.w3.org/2000/svg"
_HREFS = ("href", "http://www.w3.org/1999/xlink href")
# What is drawn by what it refers to. Pictures that stand outside the drawing are told of by Typst.
_REFER = frozenset({
    "use", "linearGradient", "radialGradient", "pattern", "filter", "textPath", "tref",
})  # fmt: skip
_PICTURES = frozenset({"image", "feImage"})
_WRITTEN = frozenset({"text", "tspan", "textPath", "a"})
_PAINTED = frozenset({
    "clip-path", "fill", "filter", "marker", "marker-end", "marker-mid", "marker-start", "mask",
    "stroke", "style",
})  # fmt: skip
_MEDIA = frozenset({"image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp",
                    "image/svg+xml", "text/plain", ""})  # fmt: skip
_ELSEWHERE = later(r"url\(\s*+[\"']?+\s*+(?!data:|#)([^\s\"')]+)|@import([^;]*)", re.IGNORECASE)
_UNREAD = later(r"/\*.*?(?:\*/|\Z)|@namespace[^;]*", re.DOTALL)
_HIDDEN = later(r"(?:^|;)\s*display\s*:\s*none\b", re.IGNORECASE)
_LENGTH = later(r"\s*\+?([0-9]{1,9}(?:\.[0-9]{1,9})?)(px|pt|pc|mm|cm|in|)\s*")
_STYLE_SHEET = later(r"href\s*=\s*[\"']([^#\"'][^\"']*)")
_NUMBER = later(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}


class Lost(Exception):
    """Something in the drawing would be lost; the message says what, as a sentence without its full
    stop."""


@dataclass
class Drawing:
    """What has been read of an SVG: how many times as wide as high it says that it is, if it says
    so in plain sight, and the pictures that it holds."""

    ratio: float | None = None
    pictures: list[bytes] = field(default_factory=list)


@immutable
class _Within:
    """Where in the drawing the reader stands: in which element of SVG, whether anything there is
    shown, and the names that what stands there can be shown by."""

    element: str
    shown: bool = True
    kept: bool = False  # in defs: shown only where something refers to it
    names: frozenset[str] = frozenset()


def read(data: bytes, *, within: bool = False) -> Drawing:
    """What an SVG says; ``within`` another it can have no pictures. Raises :class:`Lost`, and
    :class:`expat.ExpatError` for what is no XML."""
    reader = _Reader(within)
    reader.parser.Parse(data, True)
    reader.finish()
    return reader.drawing


class _Reader:
    """Goes through a drawing once, from its beginning to its end."""

    def __init__(self, within: bool) -> None:
        self.drawing = Drawing()
        self.within = within
        self.stack: list[_Within] = []
        self.text: list[str] = []  # of the style sheet that is being read
        self.referred: set[str] = set()
        self.other: set[str] = set()  # names of what is kept and not SVG
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.started
        self.parser.EndElementHandler = self.ended
        self.parser.CharacterDataHandler = self.said
        self.parser.ProcessingInstructionHandler = self.instructed
        self.parser.StartDoctypeDeclHandler = self.declared

    def lost(self, what: str) -> Lost:
        return Lost(f"SVG-bilden {what} (rad {self.parser.CurrentLineNumber} i bilden)")

    def elsewhere(self, address: str) -> Lost:
        named = plain(" ".join(address.split()))[:60]
        return self.lost(f"hänvisar till något utanför sig, ”{named}”, som inte kommer med")

    def declared(self, *_: object) -> None:
        raise Lost("SVG-bilden har en DOCTYPE. Ta bort den")

    def instructed(self, target: str, data: str) -> None:
        found = _STYLE_SHEET.search(data) if target == "xml-stylesheet" else None
        if found:
            raise self.elsewhere(found[1])

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, element = tag.rpartition(" ")
        if not self.stack:
            if tag != f"{SPACE} svg":
                raise Lost("Bilden är ingen SVG")
            self.drawing.ratio = _ratio(attributes)
        if len(self.stack) >= MAX_DEPTH:
            raise self.lost(f"har mer än {MAX_DEPTH} element inuti varandra")
        ours = space == SPACE
        self.check_other()
        here = self.stack[-1] if self.stack else _Within("")
        kept = here.kept or (ours and element == "defs")
        names = here.names
        if kept and "id" in attributes:
            names |= {attributes["id"]}
        shown = here.shown and ours and element != "metadata" and not _is_hidden(attributes)
        self.stack.append(_Within(element if ours else "", shown, kept, names))
        if shown:
            self.check(element, attributes)

    def ended(self, _: str) -> None:
        here = self.stack.pop()
        if here.element == "style" and here.shown:
            self.check_style("".join(self.text))
            self.text.clear()

    def said(self, text: str) -> None:
        here = self.stack[-1]
        if text.strip():
            self.check_other()
        if not here.shown:
            return
        if here.element == "style":
            self.text.append(text)
        elif here.element in _WRITTEN and (odd := glyphs.missing(text)):
            raise self.lost(
                f"har text med tecken som programmets typsnitt saknar: {glyphs.shown(odd[0])}. "
                "Spara texten som banor"
            )

    def check_other(self) -> None:
        """What is now read stands in a foreignObject that is shown."""
        if not self.stack or self.stack[-1].element != "foreignObject" or not self.stack[-1].shown:
            return
        if self.stack[-1].kept:
            self.other |= self.stack[-1].names
        else:
            raise self.lost("har text eller annat i sig som inte är SVG (foreignObject)")

    def check(self, element: str, attributes: Mapping[str, str]) -> None:
        for name, value in attributes.items():
            if name in _PAINTED:
                self.check_style(value)
        address = next((attributes[name] for name in _HREFS if name in attributes), "").strip()
        if not address:
            return
        if address.startswith("#"):
            self.referred.add(address[1:])
        elif element in _PICTURES and self.within:
            raise self.lost("har en bild i sig som i sin tur har en bild i sig, och den ritas inte")
        elif element in _PICTURES and address[:5].lower() == "data:":
            self.drawing.pictures.append(self.held(address))
        elif element in _REFER:
            raise self.elsewhere(address)

    def check_style(self, style: str) -> None:
        if found := _ELSEWHERE.search(unescaped(_UNREAD.sub(" ", style))):
            raise self.elsewhere(found[1] or found[2])

    def held(self, address: str) -> bytes:
        """The bytes of a picture that stands in the drawing."""
        head, comma, body = address[5:].partition(",")
        media, *rest = (part.strip().lower() for part in head.split(";"))
        data = unquote_to_bytes(body)
        try:
            if "base64" in rest:
                data = b"".join(data.split())
                data = b64decode(data + b"=" * (-len(data) % 4), validate=True)
        except ValueError:
            data = b""
        if not comma or media not in _MEDIA or not data:
            raise self.lost("har en bild i sig som inte går att läsa")
        return data

    def finish(self) -> None:
        if self.other & self.referred:
            raise Lost("SVG-bilden har text eller annat i sig som inte är SVG (foreignObject)")


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return (
        attributes.get("display", "").strip() == "none"
        or _HIDDEN.search(attributes.get("style", "")) is not None
        or bool(attributes.get("requiredExtensions", "").strip())
    )


def _ratio(attributes: Mapping[str, str]) -> float | None:
    """Width by height of the whole drawing, where that can be told."""
    width, height = (attributes.get(name, "") for name in ("width", "height"))
    sides = [_LENGTH.fullmatch(side) for side in (width, height)]
    if all(sides):
        wide, high = (float(side[1]) * _UNITS[side[2]] for side in sides if side)
    elif not width and not height:
        box = attributes.get("viewBox", "").replace(",", " ").split()
        if len(box) != 4 or not all(_NUMBER.fullmatch(side) for side in box[2:]):
            return None
        wide, high = map(float, box[2:])
    else:
        return None
    return wide / high if wide and high else None
