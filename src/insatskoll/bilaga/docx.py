"""Finishes the Word document that pandoc has made: pages on their side, with headers of their own,
rows kept together, and the words and colours that its templates leave open.

Works on the parts of the package, by name, and knows nothing of what the document says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from html import escape
from typing import Any

from lxml import etree

from insatskoll.bilaga.layouts import RenderError
from insatskoll.bilaga.properties import Properties
from insatskoll.patterns import later

_DOCUMENT, _LINKS, _TYPES = (
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
)
_HEIGHT, _WIDTH, _MARGIN = 11906, 16838, 907  # of a page on its side, in twentieths of a point
_TURNED = "liggande"
_COPIES = 100  # what is added to the number of a header's or footer's file for its copy
_NEAR = 30  # twentieths of a point: a tab as near the margin as that stands at it
# A row with more text than this may be broken between pages; a page on its side has room for about
# twice as much.
_WHOLE_ROW = 1500  # characters

_OFFICE = "http://schemas.openxmlformats.org"
W = f"{{{_OFFICE}/wordprocessingml/2006/main}}"
_ID = f"{{{_OFFICE}/officeDocument/2006/relationships}}id"

_LOGO = "Logotyp"  # the style of its paragraph
_SIGNED = "Underskrift"  # the style of the paragraphs of a signature
MARK = "MÄRKE"  # the place in a header for what each page of a proposal is marked with
_PLACE = later(r"\{([A-ZÅÄÖ]+)\}")
_UNDATED = "1970-01-01"  # pandoc's sandbox has no clock

_CORE, _APP, _CUSTOM = "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CP = f"{{{_OFFICE}/package/2006/metadata/core-properties}}"
_OWN = f"{{{_OFFICE}/officeDocument/2006/custom-properties}}"
_TYPED = f"{{{_OFFICE}/officeDocument/2006/docPropsVTypes}}"
_OWN_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the one that there is
_OURS = ("generator", "insatskoll:")
# Word counts words and pages itself, where it is not told of any.
_APP_FORM = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/extended-properties"><Application>insatskoll</Application>'
    b"<Company>%s</Company></Properties>"
)

Parts = dict[str, bytes]
Element = Any  # of lxml, which has no types


def parsed(part: bytes) -> Element:
    """The root of a part that pandoc has written, or taken from a municipality's own document.
    Raises :class:`RenderError`."""
    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise RenderError(
            "Word-dokumentet gick inte att göra: dokumentet i fältet referens i profil.yaml har "
            "en del som inte är riktig XML. Spara det på nytt i Word."
        ) from error


def written(root: Element) -> bytes:
    """A part again."""
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return text


def laid_out(parts: Parts) -> Parts:
    """The same parts, laid out; a document with pages on their side gets some more."""
    root = parsed(parts[_DOCUMENT])
    body = root.find(f"{W}body")
    _end_sections(body)
    _keep_rows(body)
    _keep_signature(body)
    more = _turn_headers(body, parts)
    return {**parts, **more, _DOCUMENT: written(root)}


def _end_sections(body: Element) -> None:
    """Where bilaga.lua has ended a section, ends it as pandoc ends the document, and turns the
    pages that it says so of."""
    portrait = body.find(f"{W}sectPr")
    plain = deepcopy(portrait)
    for title in plain.findall(f"{W}titlePg"):
        plain.remove(title)
    turned = _turned(plain)
    ends = [end for end in body.iter(f"{W}sectPr") if end is not portrait]
    last = plain if ends else portrait
    if ends and _is_turned(ends[-1]) and _ends_all(ends[-1], portrait):
        paragraph = ends.pop().getparent().getparent()
        body.remove(paragraph)
        last = turned
    standing = portrait  # only the first page of all has no header
    for end in ends:
        section = turned if _is_turned(end) else standing
        if not _is_turned(end):
            standing = plain
        _put(section, end)
    _put(last, portrait)


def _put(section: Element, end: Element) -> None:
    """Puts a copy of ``section`` in the place of ``end``."""
    copy = deepcopy(section)
    copy.tail = end.tail
    end.getparent().replace(end, copy)


def _is_turned(end: Element) -> bool:
    """Whether the pages of a section that ends here lie on their side, as bilaga.lua says it."""
    return bool(end.get(f"{W}orient") == "landscape")


def _ends_all(end: Element, portrait: Element) -> bool:
    """Whether nothing follows the end of a section that stands in a paragraph of its own."""
    paragraph = end.getparent().getparent()
    after = [one.tag for one in paragraph.itersiblings() if one is not portrait]
    return len(paragraph) == 1 and all(tag == f"{W}bookmarkEnd" for tag in after)


def _turned(section: Element) -> Element:
    """A section as ``section``, with its pages on their side."""
    turned = deepcopy(section)
    size, margins = turned.find(f"{W}pgSz"), turned.find(f"{W}pgMar")
    if size is not None:
        size.attrib.clear()
        for name, value in (("w", _WIDTH), ("h", _HEIGHT), ("orient", "landscape")):
            size.set(f"{W}{name}", str(value))
    for side in ("left", "right") if margins is not None else ():
        margins.set(f"{W}{side}", str(_MARGIN))
    return turned


def _keep_rows(body: Element) -> None:
    """Keeps the rows of tables together, those of headings always."""
    for row in body.iter(f"{W}tr"):
        about = row.find(f"{W}trPr")
        heads = about is not None and about.find(f"{W}tblHeader") is not None
        if not heads and len("".join(row.itertext())) > _WHOLE_ROW:
            continue
        if about is None:
            about = etree.Element(f"{W}trPr")
            row.insert(0, about)
        if about.find(f"{W}cantSplit") is None:
            about.insert(0, etree.Element(f"{W}cantSplit"))


def _keep_signature(body: Element) -> None:
    """Keeps a signature on one page, with the heading that its own style keeps with it."""
    signed = [one for one in body.iter(f"{W}p") if _style(one) == _SIGNED]
    for paragraph in signed:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        for name in ("keepLines", "keepNext") if paragraph is not signed[-1] else ("keepLines",):
            style.addnext(etree.Element(f"{W}{name}"))


def _turn_headers(body: Element, parts: Parts) -> Parts:
    """The parts that are new or changed where pages on their side get headers and footers of their
    own, whose right tabs go to the margin of such a page."""
    sections = list(body.iter(f"{W}sectPr"))
    turned = [one for one in sections if one.find(f"{W}pgSz[@{W}orient='landscape']") is not None]
    room = next((_room(one) for one in sections if one not in turned), None)
    if not turned or room is None:
        return {}
    links, types = parsed(parts[_LINKS]), parsed(parts[_TYPES])
    more: Parts = {}
    for name in dict.fromkeys(one.get(_ID) for one in _references(turned[0])):
        link = next((one for one in links if one.get("Id") == name), None)
        file = str(link.get("Target")) if link is not None else ""
        kind = next((one for one in types if one.get("PartName") == f"/word/{file}"), None)
        if kind is None or f"word/{file}" not in parts:  # not as pandoc writes it
            return {}
        copy = re.sub(r"(\d*)\.xml$", lambda found: f"{int(found[1] or 0) + _COPIES}.xml", file)
        more[f"word/{copy}"] = _with_tabs_moved(parts[f"word/{file}"], room)
        _add_beside(link, Id=f"{name}{_TURNED}", Target=copy)
        _add_beside(kind, PartName=f"/word/{copy}")
    for section in turned:
        for reference in _references(section):
            reference.set(_ID, f"{reference.get(_ID)}{_TURNED}")
    return {**more, _LINKS: written(links), _TYPES: written(types)}


def _references(section: Element) -> list[Element]:
    """What a section says of its headers and footers."""
    return [one for one in section if one.tag in (f"{W}headerReference", f"{W}footerReference")]


def _room(section: Element) -> int | None:
    """How wide the text of a section is, in twentieths of a point."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        return None
    wide = (size.get(f"{W}w"), margins.get(f"{W}left"), margins.get(f"{W}right"))
    if not all(one is not None and one.isdecimal() for one in wide):
        return None
    return int(wide[0]) - int(wide[1]) - int(wide[2])


def _with_tabs_moved(part: bytes, room: int) -> bytes:
    """A header or footer whose right tabs at the margin of ``room`` go to that of a turned page."""
    root = parsed(part)
    for tab in root.iter(f"{W}tab"):
        at = tab.get(f"{W}pos", "")
        if tab.get(f"{W}val") == "right" and at.isdecimal() and abs(int(at) - room) < _NEAR:
            tab.set(f"{W}pos", str(_WIDTH - 2 * _MARGIN))
    return written(root)


def _add_beside(one: Element, **changed: str) -> None:
    """Adds an element after ``one`` that is as it, but for the attributes ``changed``."""
    copy = deepcopy(one)
    for name, value in changed.items():
        copy.set(name, value)
    one.addnext(copy)


def with_logo_first(part: bytes) -> bytes:
    """The document with the logo's paragraph before the title, which pandoc always puts first; a
    picture's bytes are not its description."""
    root = parsed(part)
    for shown in root.iter():
        if (shown.get("descr") or "").startswith("data:"):
            shown.set("descr", "")
    body = root.find(f"{W}body")
    logo = next((one for one in body if _style(one) == _LOGO), None)
    if logo is not None:
        logo.tail = None
        body.insert(0, logo)
    return written(root)


def _style(paragraph: Element) -> str | None:
    """The style that a paragraph says that it has."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if style is None else style.get(f"{W}val")


def with_mark(part: bytes, mark: str) -> bytes:
    """A header with a paragraph for ``mark``, where the document that it comes from has kept no
    place for it."""
    root = parsed(part)
    if not mark or f"{{{MARK}}}" in "".join(root.itertext()):
        return part
    paragraph = etree.Element(f"{W}p")
    about = etree.SubElement(paragraph, f"{W}pPr")
    etree.SubElement(about, f"{W}jc").set(f"{W}val", "right")
    run = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}b")
    etree.SubElement(run, f"{W}t").text = f"{{{MARK}}}"
    root.append(paragraph)
    return written(root)


def with_words(part: bytes, words: Mapping[str, str]) -> bytes:
    """A header or footer with ``words`` in the places that are kept for them, by name; a paragraph
    whose word is empty goes."""
    root = parsed(part)
    for text in list(root.iter(f"{W}t")):
        said = text.text or ""
        kept = [name for name in words if f"{{{name}}}" in said]
        if any(not words[name] for name in kept):
            paragraph = next(text.iterancestors(f"{W}p"))
            paragraph.getparent().remove(paragraph)
            continue
        text.text = _PLACE.sub(lambda found: words.get(found[1], found[0]), said)
    return written(root)


def with_properties(parts: Parts, said: Properties, day: str) -> Parts:
    """The same parts, with what the document says of itself. ``day`` (ÅÅÅÅ-MM-DD) is put in the
    place of the one that pandoc writes, and that one is taken away where ``day`` is empty."""
    core = parsed(parts[_CORE])
    for one in list(core):
        if not (one.text or "").startswith(_UNDATED):
            continue
        if day:
            one.text = day + one.text.removeprefix(_UNDATED)
        else:
            core.remove(one)
    title = core.findtext(f"{_DC}title") or ""
    _say(core, f"{_DC}creator", said.kommun)
    _say(core, f"{_DC}subject", said.status)
    _say(core, f"{_DC}description", said.about(title))
    _say(core, f"{_CP}keywords", ", ".join(said.keywords))
    return {
        **parts,
        _CORE: written(core),
        _APP: _APP_FORM % escape(said.kommun).encode(),
        _CUSTOM: _named(parts[_CUSTOM], said.named),
    }


def _say(root: Element, tag: str, value: str) -> None:
    """Sets the property ``tag``, which is there at most once."""
    one = root.find(tag)
    if one is None:
        one = etree.SubElement(root, tag)
    one.text = value


def _named(part: bytes, named: Mapping[str, str]) -> bytes:
    """The document's own properties: ours that the page has in its head, and ``named``."""
    root = parsed(part)
    for one in list(root):
        if not one.get("name", "").startswith(_OURS):
            root.remove(one)
    for name, value in named.items():
        one = etree.SubElement(root, f"{_OWN}property", fmtid=_OWN_FORMAT, name=name)
        etree.SubElement(one, f"{_TYPED}lpwstr").text = value
    for number, one in enumerate(root, start=2):  # 0 and 1 are the format's own
        one.set("pid", str(number))
    return written(root)


def in_colours(part: bytes, changed: Mapping[str, str]) -> bytes:
    """A part with attributes that are one of ``changed`` (a colour or a font) as the other."""
    root = parsed(part)
    for one in root.iter(etree.Element):
        for name, value in one.items():
            if value in changed:
                one.set(name, changed[value])
    return written(root)
