"""What a page may be made of where its template is not ours: elements and attributes by lists, and
nothing else.

The page is read as browsers read it, by the HTML standard's own rules. What browsers read in ways
of their own (comments, drawings, formulas, forms, what only shows without scripts) is on no list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from insatskoll.bilaga import styles
from insatskoll.patterns import later

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

ELEMENTS = frozenset({
    "html", "head", "meta", "title", "style", "body", "main", "header", "footer", "nav", "section",
    "article", "aside", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "p", "span", "a", "ul",
    "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot",
    "tr", "th", "td", "strong", "b", "em", "i", "u", "s", "small", "mark", "sub", "sup", "abbr",
    "dfn", "cite", "q", "blockquote", "code", "pre", "kbd", "samp", "var", "br", "wbr", "hr", "img",
    "figure", "figcaption", "address", "time", "details", "summary", "ins", "del", "bdi", "bdo",
})  # fmt: skip
_EVERYWHERE = frozenset({"class", "id", "lang", "dir", "title", "role", "tabindex", "style"})
_KINDS = later(r"(?:aria|data)-[a-zåäö0-9_-]+")
_OF = {
    "a": {"href", "hreflang", "rel"},
    "img": {"src", "alt", "width", "height"},
    "meta": {"charset", "name", "content", "http-equiv"},
    "style": {"media"},
    "th": {"scope", "colspan", "rowspan", "headers", "abbr"},
    "td": {"colspan", "rowspan", "headers"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "time": {"datetime"},
    "ins": {"datetime"},
    "del": {"datetime"},
    "details": {"open"},
}
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
STYLE, FETCHING = "en stilmall med ”", "en stilmall som hämtar något"
_FETCHING_STYLE = later(
    r"@import|image-set\(|\bsrc\(|url\(\s*[\"']?\s*(?!data:|#)[^\s\"')]", re.IGNORECASE
)


def forbidden(page: str, ours: Sequence[str] = ()) -> str:
    """The first thing in ``page`` that is on no list, in Swedish words that follow ”en sida med”;
    empty if there is none.

    ``ours`` are style sheets that need no judging. Raises :class:`ImportError` where a reader of
    pages is not installed.
    """
    from selectolax.lexbor import LexborHTMLParser

    read = LexborHTMLParser(page)
    for node in _nodes(read):
        if wrong := _wrong(node, ours):
            return wrong
    # What is read otherwise once it has been written down again could be one thing here and another
    # in a browser.
    if _shape(read) != _shape(LexborHTMLParser(str(read.html))):
        return "märken som olika program läser olika"
    return ""


def _nodes(read: LexborHTMLParser) -> Iterator[LexborNode]:
    root = read.root
    if root is None:
        return
    for way in ("prev", "next"):  # what stands before and after the whole
        beside = getattr(root, way)
        while beside is not None:
            yield beside
            beside = getattr(beside, way)
    yield from root.traverse(include_text=True)


def _shape(read: LexborHTMLParser) -> list[object]:
    """The elements of a page with their attributes and texts, in order; spaces do not count."""
    shape: list[object] = []
    for node in _nodes(read):
        if node.is_text_node:
            shape += str(node.text_content).split()
        else:
            attributes = tuple((name, value or "") for name, value in node.attributes.items())
            shape.append((node.tag, node.parent and node.parent.tag, attributes))
    return shape


def _wrong(node: LexborNode, ours: Sequence[str]) -> str:
    if node.is_text_node:
        inside = node.parent is not None and node.parent.tag == "style"
        return _wrong_style(str(node.text_content), ours) if inside else ""
    name = str(node.tag)
    if node.is_comment_node:
        return "en kommentar i HTML (<!-- … -->)"
    if name == "-doctype":
        return ""
    if not node.is_element_node:
        return "en instruktion till andra program (<? … >)"
    if name not in ELEMENTS:
        return f"elementet {name[:40]}"
    return next(
        filter(
            None,
            (_wrong_attribute(name, key, value or "") for key, value in node.attributes.items()),
        ),
        "",
    )


def _wrong_attribute(element: str, name: str, value: str) -> str:
    allowed = (
        name in _EVERYWHERE
        or name in _OF.get(element, ())
        or (_KINDS.fullmatch(name) and "typst" not in name)
    )
    if name == "style":
        return _fetching(value) or _styled(styles.wrong_attribute(value, element))
    plain = re.sub(r"[\x00-\x20]", "", value).lower()
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", plain)
    if name == "href":
        allowed = allowed and (scheme is None or scheme[1] in _SCHEMES)
    elif name == "src":
        allowed = allowed and plain.startswith("data:image/")
    elif name == "http-equiv":
        # a further one can only forbid more
        allowed = allowed and plain == "content-security-policy"
    return "" if allowed else f"attributet {name[:40]} i elementet {element}"


def _wrong_style(style: str, ours: Sequence[str]) -> str:
    for sheet in sorted(filter(None, ours), key=len, reverse=True):
        style = style.replace(sheet, f"@{styles.KNOWN};")
    if not style.replace(f"@{styles.KNOWN};", "").strip():
        return ""
    return _fetching(style) or _styled(styles.wrong(style))


def _styled(found: str) -> str:
    return found and f"{STYLE}{found}”"


def _fetching(style: str) -> str:
    return FETCHING if fetches(style) else ""


def fetches(style: str) -> bool:
    """Whether a style would have a browser fetch something."""
    return _FETCHING_STYLE.search(styles.unescaped(style)) is not None
