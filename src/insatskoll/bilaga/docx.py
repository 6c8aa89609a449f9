"""Lays out the Word document that pandoc has made: pages on their side, with headers of their own,
and rows kept together.

Works on the parts of the package, by name, and knows nothing of what the document says.
"""

from __future__ import annotations

import re

_DOCUMENT, _LINKS, _TYPES = (
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
)
_HEIGHT, _WIDTH, _MARGIN = 11906, 16838, 907  # of a page on its side, in twentieths of a point
_TURNED = "liggande"
_COPIES = 100  # what is added to the number of a header's or footer's file for its copy


def laid_out(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The same parts, laid out; a document with pages on their side gets some more."""
    xml = _with_whole_rows(_with_sections(parts[_DOCUMENT].decode()))
    return _with_turned_headers({**parts, _DOCUMENT: xml.encode()})


def _with_sections(xml: str) -> str:
    """Where bilaga.lua has ended a section, ends it as pandoc ends the document, and turns the
    pages that it says so of."""
    start = xml.rindex("<w:sectPr")
    portrait = xml[start : xml.index("</w:sectPr>", start) + len("</w:sectPr>")]
    plain = re.sub(r"<w:titlePg ?/>", "", portrait)
    turned = re.sub(
        r"<w:pgSz [^>]*>", f'<w:pgSz w:w="{_WIDTH}" w:h="{_HEIGHT}" w:orient="landscape"/>', plain
    )
    turned = re.sub(
        r'(<w:pgMar [^>]*w:(?:left|right)=")[0-9]+("[^>]*w:(?:left|right)=")[0-9]+',
        rf"\g<1>{_MARGIN}\g<2>{_MARGIN}",
        turned,
    )
    body, rest = xml[:start], xml[start + len(portrait) :]
    # A turned section that nothing follows ends with the document.
    body, ends_turned = re.subn(
        (
            r'<w:p><w:pPr>(?:(?!</w:p>).)*<w:sectPr w:orient="landscape" ?/></w:pPr></w:p>((\s'
            r"|<w:bookmarkEnd [^>]*>)*)$"
        ),
        r"\1",
        body,
    )
    if ends_turned:
        last = turned
    elif "<w:sectPr" in body:
        last = plain
    else:
        last = portrait
    # only the first page of all has no header
    body = re.sub(r"<w:sectPr ?/>", portrait, body, count=1)
    body = re.sub(r"<w:sectPr ?/>", plain, body)
    return re.sub(r'<w:sectPr w:orient="landscape" ?/>', turned, body) + last + rest


# A row with more text than this may be broken between pages; a page on its side has room for about
# twice as much.
_WHOLE_ROW = 1500  # characters


def _with_whole_rows(xml: str) -> str:
    """Keeps the rows of tables together, those of headings always."""

    def kept(found: re.Match[str]) -> str:
        row = found[0]
        if "<w:cantSplit" in row or (
            "<w:tblHeader" not in row and len(re.sub(r"<[^>]*>", "", row)) > _WHOLE_ROW
        ):
            return row
        if "<w:trPr>" in row:
            return row.replace("<w:trPr>", "<w:trPr><w:cantSplit/>", 1)
        return re.sub(r"^<w:tr\b[^>]*>", r"\g<0><w:trPr><w:cantSplit/></w:trPr>", row)

    return re.sub(r"<w:tr\b[^>]*>.*?</w:tr>", kept, xml, flags=re.DOTALL)


_SECTION = re.compile(r"<w:sectPr>(?:(?!</w:sectPr>).)*</w:sectPr>", re.DOTALL)


def _with_turned_headers(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Gives pages on their side headers and footers of their own, whose right tabs go to the margin
    of such a page."""
    xml = parts[_DOCUMENT].decode()
    standing = re.search(r'<w:pgSz [^>]*w:w="(\d+)"(?![^>]*landscape)', xml)
    margins = re.search(r'<w:pgMar [^>]*w:left="(\d+)"[^>]*w:right="(\d+)"', xml)
    turned = [section for section in _SECTION.findall(xml) if 'w:orient="landscape"' in section]
    if not turned or standing is None or margins is None:
        return parts
    old, new = int(standing[1]) - int(margins[1]) - int(margins[2]), _WIDTH - 2 * _MARGIN

    def moved(tab: re.Match[bytes]) -> bytes:
        at_margin = b'"right"' in tab[0] and abs(int(tab[1]) - old) < 30
        return tab[0].replace(tab[1], str(new).encode()) if at_margin else tab[0]

    links, types, copies = parts[_LINKS].decode(), parts[_TYPES].decode(), {}
    for name in dict.fromkeys(
        re.findall(r'<w:(?:header|footer)Reference [^>]*r:id="([^"]+)"', turned[0])
    ):
        link = next(
            (link for link in re.findall(r"<Relationship [^>]*>", links) if f'Id="{name}"' in link),
            "",
        )
        file = "".join(re.findall(r'Target="([^"]+)"', link))
        kind = next(
            (kind for kind in re.findall(r"<Override [^>]*>", types) if f'"/word/{file}"' in kind),
            "",
        )
        if f"word/{file}" not in parts or not kind:  # not as pandoc writes it
            return parts
        copy = re.sub(r"(\d*)\.xml$", lambda found: f"{int(found[1] or 0) + _COPIES}.xml", file)
        copies[f"word/{copy}"] = re.sub(
            rb'<w:tab [^>]*w:pos="(\d+)"[^>]*>', moved, parts[f"word/{file}"]
        )
        links = links.replace(
            link, link + link.replace(file, copy).replace(f'"{name}"', f'"{name}{_TURNED}"')
        )
        types = types.replace(kind, kind + kind.replace(file, copy))
    for section in set(turned):
        xml = xml.replace(
            section, re.sub(r'(Reference [^>]*r:id="[^"]+)"', rf'\1{_TURNED}"', section)
        )
    return {
        **parts,
        _DOCUMENT: xml.encode(),
        _LINKS: links.encode(),
        _TYPES: types.encode(),
        **copies,
    }
