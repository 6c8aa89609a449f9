"""What a template may be called: those under other names are found by nobody, and what was meant is
told."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from insatskoll.patterns import later
from insatskoll.resources import TEMPLATES
from insatskoll.values import immutable

FOLDER = "mallar"
KINDS = (".html.j2", ".css")
LAYOUT = later(r"[a-zåäöé0-9]+(-[a-zåäöé0-9]+)*\.html\.j2")


@immutable
class MisnamedTemplate:
    """A template that no one finds under its name: the ``right`` one, and whether it is ``sure`` to
    be meant as a template."""

    right: str
    sure: bool


_ENDING = later(r"(\.(html?|xhtml|css|j2|jinja2?))+", re.IGNORECASE)
# After the ending a copy's mark, or what a program for text adds. With another ending it is
# something else, or kept aside.
_TEMPLATE = later(rf"(.*?)({_ENDING.pattern})([^.~]*)(\.txt)?", re.IGNORECASE)
_OF_A_COPY = later(r"^(kopia av |copy of )|( ?[-–]? ?(kopia|copy))?( ?\([0-9]+\)| [0-9])?$")


def misnamed(name: str) -> MisnamedTemplate | None:
    """What is wrong with the name of a file in a folder of templates; None if nothing is, or if it
    is no template."""
    if name.startswith("._"):  # a Mac's own
        return None
    found = _TEMPLATE.fullmatch(name.lstrip("."))
    if found is None and "." in name:  # a document beside the templates
        return None
    stem, ending = (found[1], found[2].lower()) if found else (name, "")
    plainly = unicodedata.normalize("NFC", stem).casefold().strip()
    plainly = _OF_A_COPY.sub("", plainly) or plainly
    right_ending = ".css" if ".css" in ending else ".html.j2"
    ours = next((one for one in _our_names() if one == plainly + right_ending), None)
    if ours is None and not ending:  # a name without an ending may be that of either kind
        ours = next(
            (
                one
                for one in _our_names()
                if one.removesuffix(".html.j2").removesuffix(".css") == plainly
            ),
            None,
        )
    if name.endswith(KINDS) and (name == ours or (ours is None and _is_usable(name))):
        return None
    if ours is not None:
        return MisnamedTemplate(ours, sure=True)
    if found is None or (
        "." in stem and "html" not in ending
    ):  # no template, or one for something else
        return None
    words = "-".join(re.findall(r"[a-zåäöé0-9]+", plainly)) or "layout"
    return MisnamedTemplate(
        f"{'_' if plainly.startswith('_') else ''}{words}{right_ending}",
        sure=not name.endswith(KINDS) and "j" in ending,
    )


def _is_usable(name: str) -> bool:
    """Whether a template of one's own can be chosen as a layout, or is named by others as they
    like."""
    return (
        not name.endswith(".html.j2") or name.startswith("_") or LAYOUT.fullmatch(name) is not None
    )


@cache
def _our_names() -> tuple[str, ...]:
    return tuple(sorted(path.name for path in TEMPLATES.iterdir() if path.name.endswith(KINDS)))
