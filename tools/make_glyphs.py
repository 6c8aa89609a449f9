"""Finds out which characters the PDF can hold with the fonts that come along, and writes them to
``templates/tecken.json``.

Typst itself is asked, one font at a time, since some of the fonts are inside it. ``märken`` are the
combining marks that it can set on a letter of the usual font. Takes some minutes; needed when the
fonts or Typst change, which tests/test_glyphs.py tells.
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import typst

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "templates" / "fonts"
FILE = ROOT / "templates" / "tecken.json"
AT_A_TIME = 4000
# Scripts with thousands of characters, of which the fonts have none (a sample is asked for).
HUGE = (
    "CJK ",
    "HANGUL SYLLABLE",
    "TANGUT",
    "NUSHU",
    "EGYPTIAN",
    "CUNEIFORM",
    "ANATOLIAN",
    "YI ",
    "BAMUM",
    "KHITAN",
)
_REFUSED = re.compile(r'(?:the text|the codepoint|contains the codepoint) `"(.+?)"`')


def fonts() -> typst.Fonts:
    """The fonts that the program prints with: its own, and Typst's."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def refused(texts: Iterable[str], family: str | None = None) -> set[str]:
    """Those characters of ``texts`` that do not get into the PDF, plain or bold, with all fonts or
    that of ``family`` alone."""
    only = f'font: "{family}", fallback: false' if family else 'font: "Open Sans"'
    source = (
        '#set document(title: "x", date: datetime(year: 2025, month: 7, day: 1))\n#set '
        f'text({only}, lang: "sv")\n'
    )
    written = "\n\n".join('#"' + re.sub(r'([\\"])', r"\\\1", text) + '";' for text in texts)
    source += f"{written}\n\n#strong[{written}]" if family is None else written
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "main.typ"
        path.write_text(source, "utf-8")
        try:
            typst.compile(
                path,
                root=path.parent,
                font_paths=fonts(),
                ignore_system_fonts=True,
                pdf_standards=["a-2a", "ua-1"],
            )
        except typst.TypstError as error:
            found = _REFUSED.findall(str(error.diagnostic))
            return {
                c
                for text in found
                for c in re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: chr(int(m[1], 16)), text)
            }
    return set()


def candidates() -> list[str]:
    """The characters that are worth asking for."""
    known = (
        c
        for c in map(chr, (*range(0x20, 0x20000), *range(0xE0000, 0xE1000)))
        if unicodedata.category(c) not in ("Cn", "Cs", "Co", "Cc")
    )
    return [c for c in known if not unicodedata.name(c, "").startswith(HUGE)] + list("汉字가한")


def ranges(characters: Iterable[str]) -> Iterator[list[int]]:
    """Characters in order as ranges, from and to."""
    run: list[int] = []
    for code in sorted(map(ord, characters)):
        if run and code == run[1] + 1:
            run[1] = code
        else:
            if run:
                yield run
            run = [code, code]
    if run:
        yield run


def unfit(texts: list[str], family: str | None = None) -> set[str]:
    """The same, some at a time."""
    parts = (texts[start : start + AT_A_TIME] for start in range(0, len(texts), AT_A_TIME))
    return set().union(*(refused(part, family) for part in parts))


def main() -> None:
    """Writes the file."""
    asked, families = candidates(), fonts().families()

    def listed(characters: Iterable[str], missing: set[str]) -> str:
        return json.dumps(list(ranges(c for c in characters if c not in missing)))

    marks = [c for c in asked if unicodedata.category(c) in ("Mn", "Me")]
    on_letters = unfit([f"{letter}{mark}" for letter in "aя" for mark in marks])
    made = {family: listed(asked, unfit(asked, family)) for family in families}
    lines = ",\n".join(f"    {json.dumps(name)}: {found}" for name, found in made.items())
    known = (
        f'  "tecken": {listed(asked, unfit(asked))},\n  "märken": {listed(marks, on_letters)},\n'
    )
    FILE.write_text(f'{{\n{known}  "typsnitt": {{\n{lines}\n  }}\n}}\n', "utf-8")


if __name__ == "__main__":
    main()
