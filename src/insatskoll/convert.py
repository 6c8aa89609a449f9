"""Converts the HTML of a bilaga: pandoc makes Markdown and DOCX, and with Typst PDF/A-2a and PDF/UA-1.

What the tools cannot do is set afterwards: the row headers of the matrix in the PDF, and dates, page headers and the
landscape page in the DOCX.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import Any

from insatskoll.document import iter_paths
from insatskoll.errors import Refused
from insatskoll.model import Revision
from insatskoll.places import path_text
from insatskoll.resources import TEMPLATES

INSTALL = 'Installera det som bilagan behöver: pip install "insatskoll[bilaga]"'
# For a revision without a date: the day when the law came into force.
_FALLBACK_DATE = "2025-07-01"


class RenderError(Refused):
    """The bilaga could not be made. The message is Swedish and for people; nothing has been written."""


def _file(templates: Path, name: str) -> Path:
    """The municipality's own template file, or else the built-in."""
    return templates / name if (templates / name).exists() else TEMPLATES / name


def _date(revision: Revision) -> str:
    """The day that the files are dated: the revision's."""
    text = revision.datum or _FALLBACK_DATE
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise RenderError(f"Datumet {text} finns inte i almanackan.") from error


def _epoch(revision: Revision) -> int:
    return int(datetime.fromisoformat(_date(revision)).replace(tzinfo=UTC).timestamp())


def _pandoc(html: str, to: str, templates: Path, *options: str) -> bytes:
    """Converts with pandoc, in its sandbox. Raises :class:`RenderError`."""
    try:
        import pypandoc

        pandoc = pypandoc.get_pandoc_path()
    except (ImportError, OSError) as error:
        raise RenderError(f"Pandoc saknas. {INSTALL}") from error
    command = [pandoc, "--sandbox", "--from=html-auto_identifiers", f"--to={to}", "--wrap=none", "--output=-",
               f"--lua-filter={_file(templates, 'bilaga.lua')}", "--metadata=lang:sv-SE", *options]  # fmt: skip
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, input=html.encode(), capture_output=True, env=env, check=False)
    if done.returncode:
        raise RenderError(f"Pandoc kunde inte skriva {to}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def _markdown(html: str, _: Revision, templates: Path) -> bytes:
    return _pandoc(html, "gfm", templates)


def _docx(html: str, revision: Revision, templates: Path) -> bytes:
    """DOCX. Afterwards it gets its date (pandoc's sandbox has none), its page header, and its landscape sections."""
    made = _pandoc(html, "docx", templates, f"--reference-doc={_file(templates, 'referens.docx')}")
    words = {b"KOMMUN": revision.kommun["namn"], b"RUBRIK": _short_title(revision)}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                data = _with_sections(data.decode()).encode()
            elif info.filename == "docProps/core.xml":
                data = data.replace(b"1970-01-01T", f"{_date(revision)}T".encode())
            elif info.filename.startswith("word/header"):
                data = re.sub(b"KOMMUN|RUBRIK", lambda m: escape(words[m[0]]).encode(), data)
            new.writestr(info, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _with_sections(xml: str) -> str:
    """Where bilaga.lua has ended a section, ends it as pandoc ends the document, and turns the pages that it says so of."""
    start = xml.rindex("<w:sectPr")
    portrait = xml[start : xml.index("</w:sectPr>", start) + len("</w:sectPr>")]
    plain = re.sub(r"<w:titlePg ?/>", "", portrait)
    turned = re.sub(r"<w:pgSz [^>]*>", '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>', plain)
    body, rest = xml[:start], xml[start + len(portrait) :]
    # A turned section that nothing follows ends with the document.
    body, ends_turned = re.subn(
        r'<w:p><w:pPr>(?:(?!</w:p>).)*<w:sectPr w:orient="landscape" ?/></w:pPr></w:p>((\s|<w:bookmarkEnd [^>]*>)*)$', r"\1", body
    )
    last = turned if ends_turned else plain if "<w:sectPr" in body else portrait
    body = re.sub(r"<w:sectPr ?/>", portrait, body, count=1)  # only the first page of all has no header
    body = re.sub(r"<w:sectPr ?/>", plain, body)
    return re.sub(r'<w:sectPr w:orient="landscape" ?/>', turned, body) + last + rest


def _pdf(html: str, revision: Revision, templates: Path) -> bytes:
    """PDF/A-2a and PDF/UA-1. Raises :class:`RenderError`, with its place if a character cannot be printed."""
    try:
        import typst
    except ImportError as error:
        raise RenderError(f"Typst saknas. {INSTALL}") from error
    source = _pandoc(html, "typst", templates, f"--template={_file(templates, 'bilaga.typ')}")
    inputs = {
        "titel": revision.kommun["bilaga"]["titel"],
        "kommun": revision.kommun["namn"],
        "rubrik": _short_title(revision),
        "datum": _date(revision),
    }
    try:
        made, warnings = typst.compile_with_warnings(
            source,
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(_file(templates, "fonts"))]),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=["a-2a", "ua-1"],
            timestamp=_epoch(revision),
        )
    except typst.TypstError as error:
        raise RenderError(_missing_glyph(str(error.diagnostic), revision) or f"PDF:en gick inte att göra: {error}") from error
    if unknown := [w.message for w in warnings if "unknown font" in w.message]:
        raise RenderError(f"Typsnittet till PDF:en finns inte i mallarnas mapp fonts: {unknown[0]}")
    return _with_row_headers(made, html)


def _missing_glyph(diagnostic: str, revision: Revision) -> str:
    """Tells where in the data the characters stand that no font has; empty if that is not what went wrong."""
    texts = [
        re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: chr(int(m[1], 16)), t)
        for t in re.findall(r"the text `\"(.+?)\"` could", diagnostic)
    ]
    files = [("kommun.yaml", revision.kommun), *((f"insatsen {i.id}", i.data) for i in revision.insatser)]
    found = [
        f"{'+'.join(f'U+{ord(c):04X}' for c in text)} (”{text}”) i {file}, fältet {path_text(path)}"
        for text in dict.fromkeys(texts)
        for file, data in files
        for path, value in iter_paths(data)
        if isinstance(value, str) and text in value
    ]
    return f"Typsnittet i PDF:en saknar tecken. Ta bort eller ersätt: {'; '.join(found)}." if found else ""


def _with_row_headers(made: bytes, html: str) -> bytes:
    """Marks the first cell of each row as a row header, in the tables that have such in ``html``; Typst cannot yet."""
    marked = ['scope="row"' in table.split("</table>")[0] for table in html.split("<table")[1:]]
    if not any(marked):
        return made
    try:
        import pikepdf
    except ImportError as error:
        raise RenderError(f"Pikepdf saknas. {INSTALL}") from error
    with pikepdf.open(io.BytesIO(made)) as pdf:
        tables = (node for node in _structure(pdf.Root.StructTreeRoot) if node.get("/S") == "/Table")
        for table in (table for table, has in zip(tables, marked, strict=False) if has):
            for row in _structure(table):
                cells = [cell for cell in _kids(row) if cell.get("/S") in ("/TH", "/TD")]
                if row.get("/S") == "/TR" and cells and cells[0].S == "/TD":
                    cells[0].S = pikepdf.Name.TH
                    cells[0].A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _kids(node: Any) -> list[Any]:
    """The elements right below one in a PDF's structure tree."""
    import pikepdf

    kids = node.get("/K", [])
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]


def _structure(node: Any) -> Iterable[Any]:
    yield node
    for kid in _kids(node):
        yield from _structure(kid)


def _short_title(revision: Revision) -> str:
    """The title for the page header: cut at a word if it does not fit on a line."""
    title: str = revision.kommun["bilaga"]["titel"]
    return title if len(title) <= 80 else title[:80].rsplit(" ", 1)[0] + " …"


def _html(html: str, _: Revision, templates: Path) -> bytes:
    return html.encode()


# Each format's converter: the HTML, the revision it shows and the municipality's own templates give the file's bytes.
TO: dict[str, Callable[[str, Revision, Path], bytes]] = {"html": _html, "md": _markdown, "docx": _docx, "pdf": _pdf}
