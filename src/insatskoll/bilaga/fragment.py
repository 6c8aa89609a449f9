"""The page as a part of another page: its text without a head, and its styles for that text only.

For a site whose own system writes the page around it. Headings begin at the second level, since
that page has a title of its own, and nothing of its styles comes in or gets out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from insatskoll.bilaga.layouts import RenderError
from insatskoll.patterns import later

NAME = "fragment"
PREFIX = "insatskoll"  # of the class around the text, and of every id in it

_INSIDE = later(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_LANGUAGE = later(r"<html( lang=\"[^\"]+\"(?: dir=\"rtl\")?)")
_STYLES = later(r"<style>(.*?)</style>", re.DOTALL)
# What the page around has of its own: its logo, and where its files are.
_NOT_HERE = later(r'<div class="logotyp">.*?</div>|<p class="format">.*?</p>', re.DOTALL)
_HEADING = later(r"(</?h)([1-5])\b")
_NAMED = later(r'( (?:id|for)="| href="#)')
_NAMING = later(r'( (?:aria-[a-z]+|headers)=")([^"]*)(")')
_NAMING_IDS = ("aria-labelledby", "aria-describedby", "aria-controls", "headers")

# A page sets the size of a rem as it likes.
_REM = later(r"(?<![\w.])(\d*\.?\d+)rem\b")
_WIDTH = later(r"\((?:min|max)-width:[^)]*\)")
_DARK = "prefers-color-scheme"

# First: the styles of the page around are taken off what stands here, and its width is measured.
# Last: the page around has margins of its own.
_FIRST = f"""\
.{PREFIX} {{ container-type: inline-size; }}
.{PREFIX} :where(*) {{ all: revert; }}
"""
_LAST = f"\n.{PREFIX} > .sida {{ margin: 0; padding: 0; }}\n"


def files(html: str, called: str) -> dict[str, bytes]:
    """The part of a page to paste into another, and the style sheet to link from that one, by
    names that begin as they are ``called``. Raises :class:`RenderError`."""
    return {
        f"{called}-{NAME}.html": part(html).encode(),
        f"{called}-{NAME}.css": scoped("\n".join(_STYLES.findall(html))).encode(),
    }


def part(html: str) -> str:
    """The text of the page ``html``, in an element of its own. Raises :class:`RenderError` for a
    page that an own template has made without one."""
    inside, language = _INSIDE.search(html), _LANGUAGE.search(html)
    if inside is None:
        raise RenderError(
            "Sidan har inget element main, så det går inte att se vad som är dess text. Sätt det "
            "runt blocket bilaga i den egna mallen _sida.html.j2."
        )
    text = _NOT_HERE.sub("", inside[1])
    text = _HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", text)
    text = _NAMED.sub(lambda found: f"{found[1]}{PREFIX}-", text)
    text = _NAMING.sub(_renamed, text)
    about = language[1] if language is not None else ""
    return f'<div class="{PREFIX}"{about}>\n<div class="sida">{text}</div>\n</div>\n'


def _renamed(found: re.Match[str]) -> str:
    """An attribute that names elements by their ids, with the ids that they have here."""
    if found[1][1:-2] not in _NAMING_IDS:
        return found[0]
    return found[1] + " ".join(f"{PREFIX}-{name}" for name in found[2].split()) + found[3]


def scoped(style: str) -> str:
    """A style sheet of a page for its part: each selector within it, widths of the part and not of
    the screen, and no dark colours, for the page around decides what is dark."""
    import tinycss2

    rules = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    return _FIRST + "\n".join(_scoped(rules)) + _LAST


def _scoped(rules: Iterable[Any]) -> Iterable[str]:
    import tinycss2

    for rule in rules:
        if rule.type == "qualified-rule":
            if selectors := _selectors(tinycss2.serialize(rule.prelude)):
                yield f"{selectors} {{{_in_pixels(tinycss2.serialize(rule.content))}}}"
        elif rule.lower_at_keyword == "media":
            about = tinycss2.serialize(rule.prelude).strip()
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            text = "\n".join(_scoped(inner))
            yield from _media(about, text) if text else ()
        elif rule.lower_at_keyword == "font-face":
            yield rule.serialize()


def _media(about: str, text: str) -> Iterable[str]:
    """What holds in some media only: of the width of the part where it is about the screen's."""
    if _DARK in about:
        return
    if not _WIDTH.search(about):
        yield f"@media {about} {{\n{text}\n}}"
        return
    width = _in_pixels(" and ".join(_WIDTH.findall(about)))
    text = f"@container {width} {{\n{text}\n}}"
    kind = re.match("(screen|print)", about)
    yield f"@media {kind[1]} {{\n{text}\n}}" if kind is not None else text


def _in_pixels(text: str) -> str:
    text = _REM.sub(lambda found: f"{float(found[1]) * 16:g}px", text)
    return text.replace("color-scheme: light dark", "color-scheme: light")


def _selectors(prelude: str) -> str:
    """The selectors of a rule, each for what is within the part."""
    found = (_selector(one.strip()) for one in _parted(prelude))
    return ", ".join(dict.fromkeys(filter(None, found)))


def _parted(prelude: str) -> list[str]:
    """``prelude`` at the commas that are within no parentheses."""
    parts, depth = [""], 0
    for sign in prelude:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _selector(selector: str) -> str:
    selector = re.sub(r"(?<![\w.#:-])h([1-5])\b", lambda h: f"h{int(h[1]) + 1}", selector)
    selector = re.sub(r"#(?=[\w-])", f"#{PREFIX}-", selector)
    if selector == "html":  # about the screen
        return ""
    around = f".{PREFIX}"
    while found := re.match(r"(html|body|main|:root)(?![\w-])", selector):
        if found[1] == "main":
            around += " > .sida"
        selector = selector[found.end() :]
        if selector[:1] in ("", ":", ".", "["):
            return around + selector
        selector = re.sub(r"^\s*>?\s*", "", selector)
    return f"{around} {selector}"
