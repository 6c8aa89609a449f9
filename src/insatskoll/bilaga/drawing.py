"""Draws an SVG as a PNG, which all formats then show: nobody's program reads the drawing itself.
What is a PNG already is decoded, and letters are written in an own font, to see that it is sound.

It is drawn in a process of its own, with the program's fonts and no files. What a drawing asks of a
browser, such as running or fetching something, nothing comes of.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

from insatskoll.bilaga import uploads
from insatskoll.bilaga.bounded import Bounds, Stopped
from insatskoll.bilaga.typesetting import MAIN, Unset, typeset
from insatskoll.reading.packages import Unfit

BOUNDS = Bounds(seconds=10, memory=1_000_000_000)
LOGO_BOX = (280, 64)  # the most that a logo takes, in CSS pixels
FINENESS = 4  # pixels drawn for each of those, enough for paper
_POINTS = 0.75  # in a CSS pixel
_WIDEST, _HIGHEST = (f"{side * _POINTS}pt" for side in LOGO_BOX)
_DRAWING = "bild.svg"
_HELD = "inbäddad"  # a picture in the drawing
_DECODED = '#context {{ let _ = measure(image("{}")) }}\n'
_SOURCE = f"""
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#context {{
  let own = measure(image("{_DRAWING}"))
  let scale = calc.min({_WIDEST} / own.width, {_HIGHEST} / own.height)
  let (width, height) = (own.width, own.height).map(side => calc.max(side * scale, 1pt))
  image("{_DRAWING}", width: width, height: height)
}}
"""


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ abcdefghijklmnopqrstuvwxyzåäö 0123456789"
_WRITTEN = (
    "#set page(width: auto, height: auto, fill: none)\n"
    f"#text(font: sys.inputs.typsnitt)[{_LETTERS}]"
)


@lru_cache(maxsize=16)
def written(font: bytes, name: str) -> bool:
    """Whether ordinary letters can be seen in the font (TTF or OTF), and be put in a PDF; true also
    of one by another name, which is told of elsewhere, and where there is nothing to see it by."""
    if find_spec("typst") is None:
        return True
    sources, inputs = {MAIN: _WRITTEN.encode()}, {"typsnitt": name}
    try:
        typeset(sources, "pdf", BOUNDS, (font,), ours=False, sys_inputs=inputs)
        seen = typeset(sources, "png", BOUNDS, (font,), ours=False, sys_inputs=inputs)
    except (Stopped, Unset):
        return False
    return not uploads.is_blank(seen.data)


@lru_cache(maxsize=8)  # as below
def decoded(png: bytes) -> bytes:
    """The same PNG, when what sets the documents can decode it, if there is such. Raises
    :class:`Unfit`."""
    if find_spec("typst") is None:
        return png
    source = f'#image("{_HELD}", alt: "-")'
    try:
        typeset({MAIN: source.encode(), _HELD: png}, "pdf", BOUNDS)
    except (Stopped, Unset) as error:
        raise Unfit("PNG-bilden är skadad") from error
    return png


@lru_cache(maxsize=8)  # the same one is asked for again while the documents are watched
def drawn(svg: bytes) -> bytes:
    """The PNG that ``svg`` is drawn as, always with the same bytes. Raises :class:`Unfit`."""
    held = {f"{_HELD}{number}": data for number, data in enumerate(uploads.pictures_in(svg))}
    source = "".join(_DECODED.format(name) for name in held) + _SOURCE
    sources = {MAIN: source.encode(), _DRAWING: svg, **held}
    try:
        made = typeset(sources, "png", BOUNDS, ppi=72 / _POINTS * FINENESS)
    except Stopped as error:
        raise Unfit(
            "SVG-bilden är för invecklad: att rita den tar för lång tid eller för mycket minne"
        ) from error
    except Unset as error:
        if "decode image" in error.diagnostic:
            raise Unfit("SVG-bilden har en bild i sig som är skadad") from error
        if "linked image" in error.diagnostic:
            raise Unfit("SVG-bilden hänvisar till en bild utanför den") from error
        raise Unfit(
            "SVG-bilden går inte att rita. Spara den som enkel SVG, med text som banor"
        ) from error
    if uploads.is_blank(made.data):
        raise Unfit("SVG-bilden blir tom när den ritas")
    return made.data
