"""What a style sheet that is not ours may do to a page: dress the words, but neither hide, move,
strike, add nor change any.

Properties and their values stand on lists, and what stands on none is refused. Colours are the
profile's, whose contrast has been judged, so that no word can be written in the colour of what is
behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from insatskoll.patterns import later
from insatskoll.values import immutable

KNOWN = "program"  # the at-rule that stands where a style sheet of ours has been taken out

_LENGTHS = {
    "px": 1.0,
    "pt": 96 / 72,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
    "rem": 16.0,
    "em": 16.0,
    "ch": 8.0,
}
_COLOURS = {
    "text": frozenset({"var(--ink)", "var(--muted)", "var(--brand)", "inherit", "currentcolor"}),
    "bakgrund": frozenset({"var(--paper)", "var(--tint)", "var(--mark)", "transparent", "none"}),
}
_FONTS = frozenset({
    "serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif", "open sans",
    "arial", "helvetica", "helvetica neue", "verdana", "tahoma", "trebuchet ms", "segoe ui",
    "roboto", "calibri", "cambria", "georgia", "garamond", "times", "times new roman",
    "courier new", "lato", "noto sans", "noto serif", "source sans pro", "source sans 3", "inter",
    "-apple-system", "inherit",
})  # fmt: skip

# In a selector: what no selector has, and ”*”, since what it gives every box adds up.
_ODD = ("at-keyword", "error", "{} block")

# A box in a line takes no room in it for its padding and its border above and below: they are drawn
# over the lines there.
# CSS pixels: at most the space between lines, a little more, and what any box may have
_LITTLE, _SOME, _MUCH = 5.0, 8.0, 200.0
_BLOCKS = frozenset({
    "html", "body", "main", "header", "footer", "nav", "section", "article", "aside", "div", "h1",
    "h2", "h3", "h4", "h5", "h6", "hgroup", "li", "dl", "table", "caption", "thead", "tbody",
    "tfoot", "tr", "th", "td", "blockquote", "pre", "hr", "img", "figure", "figcaption", "address",
    "details", "summary",
})  # fmt: skip
# in a table of ours they stand in lines, if they have no name there
_OFTEN_BLOCKS = frozenset({"p", "ul", "ol", "dt", "dd"})
# The classes of our templates that only blocks have.
_CLASSES = frozenset({
    "insats", "kapitel", "text", "historik", "bilagedel", "analyser", "matris", "liggande", "rulla",
    "insatser", "enhet", "huvudtext", "titelblock", "logotyp", "avsandare", "marke", "notis",
    "markeringar", "kolofon", "sidfot", "endast-webb", "delar", "underskrift",
})  # fmt: skip
# What a pseudo-element may have: no box of its own, which could be laid over words.
_OLD = frozenset({"before", "after", "first-line", "first-letter"})
_LETTERS = frozenset(
    {"color", "font-family", "font-style", "font-weight", "font-variant-numeric", "text-transform"}
)
_PARTS = {
    "before": _LETTERS,
    "after": _LETTERS,
    "marker": _LETTERS | {"font-size"},
    "first-line": _LETTERS | {"font-size", "letter-spacing"},
    "first-letter": _LETTERS | {"font-size"},
    "selection": frozenset({"color", "background", "background-color"}),
}

_ESCAPE = later(r"\\([0-9a-fA-F]{1,6})\s?")

Judge = Callable[[list[Any]], bool]


def unescaped(style: str) -> str:
    """A style as it is read, without the escapes in it."""
    return _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), style).replace("\\", "")


def wrong(style: str) -> str:
    """The first thing in a style sheet that is on no list, as it is written; empty if there is
    none."""
    import tinycss2

    return _rules(
        tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True), top=True
    )


def wrong_attribute(style: str, element: str = "") -> str:
    """The same for the attribute ``style`` of an ``element``."""
    import tinycss2

    items = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    return _contents(items, _PROPERTIES, _Styled(_room_of(element)))


@immutable
class _Styled:
    """What a rule is about: the CSS pixels that each of its boxes can take above and below without
    covering the lines there, and the properties that its pseudo-elements may have, if it is about
    such."""

    room: float
    only: frozenset[str] | None = None


def _rules(rules: Iterable[Any], *, top: bool = False) -> str:
    return next(filter(None, (_rule(rule, top=top) for rule in rules)), "")


def _rule(rule: Any, *, top: bool, around: float = _LITTLE) -> str:
    """``around`` is the room of what a rule stands within, which ``&`` is about."""
    import tinycss2

    if rule.type == "qualified-rule":
        odd = next((token for token in rule.prelude if token.type in _ODD or token == "*"), None)
        return (
            _written(odd)
            if odd is not None
            else _contents(_within(rule), _PROPERTIES, _about(rule.prelude, around))
        )
    if rule.type != "at-rule":
        return _written(rule)
    name = rule.lower_at_keyword
    if name == KNOWN and top and rule.content is None and not rule.prelude:
        return ""
    if name == "media" and rule.content is not None:
        return _rules(
            tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        )
    if name == "page" and rule.content is not None:
        return _contents(_within(rule), _OF_PAGE, _Styled(_MUCH))
    return f"@{rule.at_keyword}"


def _within(rule: Any) -> list[Any]:
    import tinycss2

    found: list[Any] = tinycss2.parse_blocks_contents(
        rule.content, skip_comments=True, skip_whitespace=True
    )
    return found


def _about(prelude: list[Any], around: float) -> _Styled:
    """What a rule is about by its selectors."""
    selectors: list[list[Any]] = [[]]
    for token in prelude:
        if token == ",":
            selectors.append([])
        elif token.type != "comment":
            selectors[-1].append(token)
    parts = [
        _PARTS.get(name, frozenset())
        for selector in selectors
        for name in _pseudo_elements(selector)
    ]
    only = frozenset.intersection(*parts) if parts else None
    return _Styled(min(_room(selector, around) for selector in selectors), only)


def _pseudo_elements(selector: list[Any]) -> list[str]:
    """The names of the pseudo-elements in a selector, also of those that may be written with one
    colon."""
    return [
        token.lower_name if token.type == "function" else token.lower_value
        for i, token in enumerate(selector)
        if i
        and selector[i - 1] == ":"
        and token.type in ("ident", "function")
        and (
            (i > 1 and selector[i - 2] == ":")
            or (token.type == "ident" and token.lower_value in _OLD)
        )
    ]


def _room(selector: list[Any], around: float) -> float:
    """The room of the elements that a selector is about: those of its last part."""
    last: list[Any] = []
    begun = True
    for token in selector:
        if token.type == "whitespace" or token in (">", "+", "~"):
            begun = True
            continue
        last = [token] if begun else [*last, token]
        begun = False
    if last and last[0] == "&":
        return around
    element = last[0].lower_value if last and last[0].type == "ident" else ""
    names = {
        token.value for before, token in pairwise(last) if before == "." and token.type == "ident"
    }
    named = bool(names) or any(token.type == "hash" for token in last)
    return _MUCH if names & _CLASSES and not element else _room_of(element, named=named)


def _room_of(element: str, *, named: bool = False) -> float:
    if element in _BLOCKS or (named and element in _OFTEN_BLOCKS):
        return _MUCH
    return _SOME if element in _OFTEN_BLOCKS else _LITTLE


def _covers(name: str, value: list[Any], room: float) -> bool:
    """Whether a padding or a border takes more than its room above or below a box."""
    if (
        not name.startswith(("padding", "border"))
        or name.endswith(("-color", "-style", "-left", "-right"))
        or "inline" in name
    ):
        return False
    if name in ("border-radius", "border-spacing", "border-collapse"):
        return False
    # above, at the sides, below and at the left
    upright = value[::2] if name in ("padding", "border-width") else value
    return any(_taken(token) > room for token in upright)


def _taken(token: Any) -> float:
    """The length of a token in CSS pixels. A part of the width may be any."""
    if token.type == "dimension":
        return float(token.value * _LENGTHS.get(token.lower_unit, _MUCH))
    return _MUCH if token.type == "percentage" and token.value else 0


def _contents(items: Iterable[Any], properties: dict[str, Judge], about: _Styled) -> str:
    for item in items:
        if item.type == "declaration":
            judge = properties.get(item.lower_name)
            value = [token for token in item.value if token.type not in ("whitespace", "comment")]
            misplaced = about.only is not None and item.lower_name not in about.only
            if (
                judge is None
                or not value
                or not judge(value)
                or misplaced
                or _covers(item.lower_name, value, about.room)
            ):
                return _short(f"{item.name}: {' '.join(map(_written, value))}")
        elif item.type in ("qualified-rule", "at-rule") and properties is _PROPERTIES:
            if found := _rule(item, top=False, around=about.room):
                return found
        else:
            return _written(item)
    return ""


def _written(token: Any) -> str:
    try:
        return _short(token.serialize())
    except TypeError:  # what could not be read cannot be written either
        return "…"


def _short(text: str) -> str:
    return " ".join(text.split())[:60]


# ---- Values ----


def _words(*allowed: str) -> Judge:
    return lambda value: all(
        token.type == "ident" and token.lower_value in allowed for token in value
    )


def _size(
    low: float,
    high: float,
    *words: str,
    percent: tuple[float, float] | None = None,
    units: str = "",
) -> Judge:
    """Lengths between ``low`` and ``high`` CSS pixels, percentages within ``percent``, and
    ``words``."""
    allowed = set(units.split()) or _LENGTHS.keys()

    def judge(value: list[Any]) -> bool:
        return all(one(token) for token in value)

    def one(token: Any) -> bool:
        if token.type == "dimension":
            return (
                token.lower_unit in allowed
                and low <= token.value * _LENGTHS[token.lower_unit] <= high
            )
        if token.type == "percentage":
            return percent is not None and percent[0] <= token.value <= percent[1]
        if token.type == "number":
            return bool(token.value == 0) and low <= 0
        return token.type == "ident" and token.lower_value in words

    return judge


def _number(low: float, high: float, *words: str) -> Judge:
    return lambda value: all(
        (token.type == "number" and low <= token.value <= high)
        or (token.type == "ident" and token.lower_value in words)
        for token in value
    )


def _colour(kind: str) -> Judge:
    return lambda value: (
        len(value) == 1 and _written(value[0]).replace(" ", "").lower() in _COLOURS[kind]
    )


def _line(value: list[Any]) -> bool:
    """A line around a box or a cell: a width, a kind and any colour."""
    return all(
        token.type in ("ident", "hash")
        or (token.type == "function" and token.lower_name in ("var", "rgb", "rgba", "hsl", "hsla"))
        or _size(0, 20)([token])
        for token in value
    )


def _fonts(value: list[Any]) -> bool:
    names = "".join(map(_text, value)).split(",")
    return all(" ".join(name.split()).lower() in _FONTS for name in names)


def _text(token: Any) -> str:
    if token.type == "string":
        return str(token.value)
    return f" {token.value} " if token.type == "ident" else _written(token)


def _around(value: list[Any]) -> bool:
    """One to four values: above, at the sides, below and at the left."""
    return len(value) <= 4 and all(
        (_ASIDE if i % 2 or len(value) == 1 else _ABOVE)([v]) for i, v in enumerate(value)
    )


# Boxes stand in boxes: what each may take at its sides is such that words are left room on a page.
_ASIDE, _ABOVE = _size(0, 32, "auto", percent=(0, 5)), _size(0, 160, "auto")
_SIDES = (
    "",
    "-top",
    "-right",
    "-bottom",
    "-left",
    "-inline",
    "-inline-start",
    "-inline-end",
    "-block",
    "-block-start",
    "-block-end",
)
_VERTICAL = frozenset({"-top", "-bottom", "-block", "-block-start", "-block-end"})
_BREAKS = _words(
    "auto",
    "avoid",
    "always",
    "page",
    "avoid-page",
    "left",
    "right",
    "recto",
    "verso",
    "avoid-column",
)


def _space(side: str) -> Judge:
    """How the space on one side is judged; the empty side is all around."""
    if side in _VERTICAL:
        return _ABOVE
    return _ASIDE if side else _around


_PROPERTIES: dict[str, Judge] = {
    "font-family": _fonts,
    # Sizes that are parts of others would shrink without end.
    "font-size": _size(
        9, 42, "small", "medium", "large", "x-large", "xx-large", "inherit",
        percent=(100, 100), units="px pt mm cm rem",
    ),
    "font-style": _words("normal", "italic", "oblique"),
    "font-weight": _number(100, 900, "normal", "bold", "bolder", "lighter", "inherit"),
    "font-variant-numeric": _words(
        "normal", "tabular-nums", "lining-nums", "oldstyle-nums", "proportional-nums"
    ),
    "line-height": _number(1, 3, "normal", "inherit"), "letter-spacing": _size(-0.5, 2, "normal"),
    "word-spacing": _size(0, 10, "normal"), "color": _colour("text"),
    "background": _colour("bakgrund"), "background-color": _colour("bakgrund"),
    "text-align": _words("left", "right", "center", "justify", "start", "end"),
    "text-decoration": _words("none", "underline"),
    "text-decoration-line": _words("none", "underline"),
    "text-underline-offset": _size(0, 8, "auto"),
    "text-decoration-thickness": _size(0, 4, "auto", "from-font"), "text-indent": _size(0, 64),
    "text-transform": _words("none", "uppercase", "capitalize"),
    "text-wrap": _words("wrap", "balance", "pretty", "stable"),
    "hyphens": _words("none", "manual", "auto"),
    "overflow-wrap": _words("normal", "break-word", "anywhere"),
    "word-break": _words("normal", "break-word", "keep-all"),
    "white-space": _words("normal", "pre-wrap", "pre-line"),
    "vertical-align": _words(
        "baseline", "top", "middle", "bottom", "sub", "super", "text-top", "text-bottom"
    ),
    "list-style-type": _words("disc", "circle", "square"),
    "list-style-position": _words("inside", "outside"),
    "box-sizing": _words("border-box", "content-box"),
    "width": _size(80, 600, "auto", percent=(4, 100)),
    "max-width": _size(80, 4000, "none", percent=(4, 100)),
    "min-width": _size(0, 300, "auto", percent=(0, 100)), "height": _words("auto"),
    "border-collapse": _words("collapse", "separate"), "border-spacing": _size(0, 40),
    "border-radius": _size(0, 40), "table-layout": _words("auto", "fixed"),
    "caption-side": _words("top", "bottom"), "break-before": _BREAKS, "break-after": _BREAKS,
    "break-inside": _BREAKS, "page-break-before": _BREAKS, "page-break-after": _BREAKS,
    "page-break-inside": _BREAKS, "orphans": _number(1, 9), "widows": _number(1, 9),
    "page": lambda value: len(value) == 1 and value[0].type == "ident",
} | {
    name: judge
    for side in _SIDES
    for name, judge in (
        (f"margin{side}", _space(side)),
        (f"padding{side}", _space(side)),
        (f"border{side}", _line),
        (f"border{side}-color", _line),
        (f"border{side}-style", _line),
        (f"border{side}-width", _line),
    )
}  # fmt: skip
_OF_PAGE: dict[str, Judge] = {
    "size": _words("a3", "a4", "letter", "portrait", "landscape", "auto")
} | {f"margin{side}": _size(0, 114) for side in _SIDES}
