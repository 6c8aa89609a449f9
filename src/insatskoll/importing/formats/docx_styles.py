"""How a paragraph and its words look in a Word document, by its styles and what is set on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from insatskoll.importing.formats import style_names
from insatskoll.patterns import later
from insatskoll.values import immutable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ITEM = later(r"(?:list (?:bullet|number)|punktlista|numrerad lista)\s*([2-9]?)$", re.IGNORECASE)
_BODY_LEVEL = 9  # the outline level of what is no heading
_OFF = ("0", "false", "off", "none")


@immutable
class Look:
    """How words look."""

    bold: bool = False
    underlined: bool = False
    hidden: bool = False
    size: float | None = None


@immutable
class Shape:
    """What a paragraph is: the ``level`` of a heading, the depth of an ``item``, an entry of a
    table of ``contents``."""

    level: int | None = None
    item: int | None = None
    contents: bool = False


@dataclass
class _Style:
    name: str
    based: str
    run: Element | None
    paragraph: Element | None
    head_row: bool


@dataclass
class Styles:
    """The styles of a document, as its part styles.xml says."""

    known: dict[str, _Style] = field(default_factory=dict)
    usual: Look = field(default_factory=Look)
    paragraph: str = ""  # the style of paragraphs that name none

    def chain(self, name: str) -> list[_Style]:
        """The style ``name`` and those it is based on, the nearest first."""
        found: dict[str, _Style] = {}
        while (style := self.known.get(name)) is not None and name not in found:
            if len(found) == style_names.MAX_BASED:
                break
            found[name] = style
            name = style.based
        return list(found.values())

    def look(self, name: str, start: Look) -> Look:
        """``start`` as the style ``name`` changes it."""
        for style in reversed(self.chain(name)):
            start = changed(start, style.run)
        return start

    def shape(self, properties: Element | None) -> Shape:
        """What a paragraph with ``properties`` (w:pPr) is."""
        chain = self.chain(value(properties, "pStyle") or self.paragraph)
        names = [style.name for style in chain]
        levels = [properties, *(style.paragraph for style in chain)]
        return Shape(
            self._level(names, levels),
            _depth(names, levels),
            any(map(style_names.is_contents, names)),
        )

    def _level(self, names: list[str], properties: list[Element | None]) -> int | None:
        for said in properties:
            outline = value(said, "outlineLvl")
            if outline.isdigit() and outline.isascii():
                return int(outline) + 1 if int(outline) < _BODY_LEVEL else None
        for name in names:
            if (level := style_names.level(name)) is not None:
                return level
        return None

    def head_rows(self, properties: Element | None) -> int:
        """How many rows of headings a table with ``properties`` (w:tblPr) has by its style."""
        look = properties.find(f"{W}tblLook") if properties is not None else None
        if look is None:
            return 0
        bits = look.get(f"{W}val", "0")
        first = look.get(f"{W}firstRow")
        on = first not in _OFF if first is not None else _hex(bits) & 0x20 != 0
        return int(on and any(s.head_row for s in self.chain(value(properties, "tblStyle"))))


def read(root: Element | None) -> Styles:
    """The styles in the part whose root is ``root``."""
    styles = Styles()
    if root is None:
        return styles
    styles.usual = changed(Look(), root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    for style in root.iter(f"{W}style"):
        key = style.get(f"{W}styleId", "")
        styles.known[key] = _Style(
            value(style, "name"),
            value(style, "basedOn"),
            style.find(f"{W}rPr"),
            style.find(f"{W}pPr"),
            any(_marks_heads(part) for part in style.iter(f"{W}tblStylePr")),
        )
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") not in (None, *_OFF):
            styles.paragraph = key
    return styles


def changed(look: Look, properties: Element | None) -> Look:
    """``look`` as the ``properties`` (w:rPr) change it."""
    if properties is None:
        return look
    for child in properties:
        said = child.get(f"{W}val")
        on = said not in _OFF
        match child.tag.removeprefix(W):
            case "b":
                look = replace(look, bold=on)
            case "u":
                look = replace(look, underlined=on)
            case "vanish":
                look = replace(look, hidden=on)
            case "sz" if said and re.fullmatch(r"\d{1,4}", said):
                look = replace(look, size=int(said) / 2)
    return look


def value(element: Element | None, name: str) -> str:
    """The w:val of the child ``name``; empty if there is none."""
    found = element.find(f"{W}{name}") if element is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


def _is_on(element: Element | None, name: str) -> bool:
    found = element.find(f"{W}{name}") if element is not None else None
    return found is not None and found.get(f"{W}val") not in _OFF


def _marks_heads(part: Element) -> bool:
    """Whether a part of a table's style makes the first row look like headings."""
    if part.get(f"{W}type") != "firstRow":
        return False
    shaded = part.find(f"{W}tcPr/{W}shd")
    return _is_on(part.find(f"{W}rPr"), "b") or shaded is not None


def _depth(names: list[str], properties: list[Element | None]) -> int | None:
    """How deep in a list a paragraph is, None if it is in none."""
    depths: Iterator[tuple[str, str]] = (
        (value(numbering, "numId"), value(numbering, "ilvl"))
        for said in properties
        if said is not None and (numbering := said.find(f"{W}numPr")) is not None
    )
    called = [int(found[1] or 1) - 1 for name in names if (found := _ITEM.match(name))]
    for number, depth in depths:
        if number:
            return max(_whole(depth), *called, 0) if number != "0" else None
    return called[0] if called else None


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,2}", text) else 0


def _hex(text: str) -> int:
    return int(text, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,8}", text) else 0
