"""Writes the bilaga: HTML from a layout, and Markdown, DOCX and PDF from the HTML.

The HTML is rendered once; pandoc makes the rest of it, with Typst for the PDF (PDF/A-2a, PDF/UA-1). The same
revision and the same version of the program give the same bytes: no clock, no locale, no network.
"""

from __future__ import annotations

import errno
import io
import os
import re
import subprocess
import traceback
import zipfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from insatskoll import __version__, phrases
from insatskoll.document import iter_paths
from insatskoll.errors import Refused
from insatskoll.model import Data, Insats, Revision, swedish_order
from insatskoll.places import path_text
from insatskoll.resources import TEMPLATES

FORMATS = ("html", "md", "docx", "pdf")

_PARTS = (
    "alder", "avgift", "datum", "deltagare", "dokumenteras", "faktum", "ingang", "karaktar", "lista", "mening",
    "metod", "omfattning", "samtycke", "uppfoljning", "utforare", "villkor",
)  # fmt: skip
_INSTALL = 'Installera det som bilagan behöver: pip install "insatskoll[bilaga]"'
_WHY = {
    errno.ENOSPC: "disken är full",
    errno.EACCES: "du får inte skriva där",
    errno.EPERM: "du får inte skriva där",
    errno.EROFS: "disken är skrivskyddad",
    errno.EEXIST: "mappen finns redan som fil",
    errno.ENOTDIR: "en mapp i sökvägen är en fil",
    errno.EISDIR: "där finns en mapp med det namnet",
}
# For a revision without a date: the day when the law came into force.
_FALLBACK_DATE = "2025-07-01"


class RenderError(Refused):
    """The bilaga could not be made. The message is Swedish and for people; nothing has been written."""


def render_bilaga(
    revision: Revision,
    tidigare: Sequence[Revision] = (),
    formats: Sequence[str] = FORMATS,
    folder: Path = Path(),
    templates: Path = TEMPLATES,
) -> list[Path]:
    """Writes the bilaga of ``revision`` to ``folder`` as ``<kommun_id>-bilaga.<ext>``, one file for each format.

    ``tidigare`` are the decided revisions of the document history, ``templates`` a folder whose files come before
    the built-in ones. All files are written, or none.
    Returns their paths, in the order of ``formats``. Raises :class:`RenderError`.
    """
    if unknown := [name for name in formats if name not in FORMATS]:
        raise RenderError(f"Formatet ”{unknown[0]}” finns inte. Välj bland {phrases.lista(FORMATS)}.")
    html = render_html(revision, tidigare, templates)
    make = {"html": lambda *_: html.encode(), "md": _markdown, "docx": _docx, "pdf": _pdf}
    with ThreadPoolExecutor() as pool:
        jobs = {name: pool.submit(make[name], html, revision, templates) for name in dict.fromkeys(formats)}
        files = {folder / f"{revision.kommun_id}-bilaga.{name}": job.result() for name, job in jobs.items()}
    _write(files)
    return list(files)


def render_html(revision: Revision, tidigare: Sequence[Revision] = (), templates: Path = TEMPLATES) -> str:
    """The bilaga as one HTML page that fetches nothing. Raises :class:`RenderError` with the template's line."""
    try:
        from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
        from jinja2.sandbox import SandboxedEnvironment
    except ImportError as error:
        raise RenderError(f"Jinja2 saknas. {_INSTALL}") from error

    env = SandboxedEnvironment(
        loader=FileSystemLoader([templates, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update({name: getattr(phrases, name) for name in _PARTS}, stycken=_paragraphs)
    name = f"{revision.kommun.get('layout', 'avsnitt')}.html.j2"
    try:
        return env.get_template(name).render(_context(revision, tidigare))
    except TemplateSyntaxError as error:
        raise RenderError(f"Mallen {error.name or name}, rad {error.lineno}: {error.message}") from error
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".j2")]
        where = f"{Path(frames[-1].filename).name}, rad {frames[-1].lineno}" if frames else name
        raise RenderError(f"Mallen {where}: {error}") from error


def _context(revision: Revision, tidigare: Sequence[Revision]) -> Data:
    """What the layouts may use."""
    kommun, beslut = revision.kommun, revision.beslut
    decided = [r.beslut for r in (*tidigare, revision) if r.beslut is not None]
    historik = sorted({(b.get("datum", ""), b.get("paragraf", "")): b for b in decided}.items())
    forslag = kommun.get("förslag", {})
    return {
        "version": __version__,
        "kommun": kommun,
        "enhetsnamn": {enhet["id"]: enhet["namn"] for enhet in kommun.get("enheter", ())},
        "status": _status(kommun, beslut),
        "diarienummer": (beslut if beslut is not None else forslag).get("diarienummer"),
        "rekonstruktion": (beslut or {}).get("rekonstruktion"),
        "gemensamt": any(key in kommun for key in ("information_om_ansökan", "gemensamma_villkor", "samtycke", "uppföljning")),
        "kapitlen": _chapters(revision),
        "historik": [_history_row(b) for _, b in historik],
        "matris": _matrix(revision),
    }


def _status(kommun: Data, beslut: Data | None) -> str:
    if beslut is not None:
        return " ".join(["Beslut", *(beslut[key] for key in ("nämnd", "datum", "paragraf") if key in beslut)])
    return f"Förslag {kommun['förslag']['datum']}" if "förslag" in kommun else "Utkast"


def _history_row(beslut: Data) -> Data:
    event = beslut.get("händelse", "Beslutad")
    if "ersätter" in beslut:
        event += f", ersätter beslutet {beslut['ersätter']}"
    diary = [f"({beslut['diarienummer']})"] if "diarienummer" in beslut else []
    return {
        "datum": beslut.get("datum", ""),
        "beslut": " ".join([*(beslut[key] for key in ("nämnd", "paragraf") if key in beslut), *diary]),
        "händelse": event + (" (rekonstruerad)" if beslut.get("rekonstruerad") == "ja" else ""),
    }


def _chapters(revision: Revision) -> list[Data]:
    """The avdelningar with their insatser; those of an unknown avdelning come last, so that none is lost."""
    avdelningar = revision.kommun["avdelningar"]
    chapters = [
        {"id": f"avdelning-{a['id']}", "rubrik": a.get("rubrik", a["namn"]), "insatser": revision.i_avdelning(a["id"])}
        for a in avdelningar
    ]
    known = {a["id"] for a in avdelningar}
    if lost := [insats for insats in revision.insatser if insats.data["avdelning"] not in known]:
        chapters.append({"id": "utan-avdelning", "rubrik": "Insatser utan känd avdelning", "insatser": lost})
    return chapters


def _matrix(revision: Revision) -> Data | None:
    """The annex of insatser and units, or None if the kommun does not publish one."""
    enheter = revision.kommun.get("enheter", [])
    if "matris" not in revision.kommun or not enheter:
        return None

    def row(insats: Insats) -> Data:
        given = insats.data.get("utförare", {}).get("enheter", ())
        name = insats.data.get("namn_i_matris", insats.namn)
        return {"namn": name, "kryss": [enhet["id"] in given for enhet in enheter]}

    groups = [(name, len(list(units))) for name, units in groupby(enheter, lambda enhet: enhet.get("grupp", ""))]
    return {
        "grupper": [{"namn": name, "bredd": width} for name, width in groups] if any(name for name, _ in groups) else [],
        "enheter": [enhet["namn"] for enhet in enheter],
        "rader": sorted(map(row, revision.insatser), key=lambda r: swedish_order(r["namn"])),
    }


def _paragraphs(text: str) -> list[str | list[str]]:
    """Splits running text at empty lines; lines that begin with a hyphen make a list."""
    blocks: list[str | list[str]] = []
    for part in re.split(r"\n\s*\n", text):
        before, *items = re.split(r"(?:^|\n)[ ]*- +", part)
        blocks += [" ".join(before.split())] if before.strip() else []
        blocks += [[" ".join(item.split()) for item in items]] if items else []
    return blocks


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
        raise RenderError(f"Pandoc saknas. {_INSTALL}") from error
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
    """DOCX. Afterwards it gets its date (pandoc's sandbox has none), its page header, and a landscape last section."""
    made = _pandoc(html, "docx", templates, f"--reference-doc={_file(templates, 'referens.docx')}")
    words = {b"KOMMUN": revision.kommun["namn"], b"RUBRIK": _short_title(revision)}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                data = _with_landscape(data.decode()).encode()
            elif info.filename == "docProps/core.xml":
                data = data.replace(b"1970-01-01T", f"{_date(revision)}T".encode())
            elif info.filename.startswith("word/header"):
                data = re.sub(b"KOMMUN|RUBRIK", lambda m: escape(words[m[0]]).encode(), data)
            new.writestr(info, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _with_landscape(xml: str) -> str:
    """Where bilaga.lua has ended a section, ends it as pandoc ends the document, and turns the last page."""
    if "<w:sectPr/>" not in xml:
        return xml
    start = xml.rindex("<w:sectPr>")
    portrait = xml[start : xml.index("</w:sectPr>", start) + len("</w:sectPr>")]
    turned = re.sub(r"<w:pgSz [^>]*>", '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>', portrait)
    turned = re.sub(r"<w:titlePg ?/>", "", turned)
    return xml[:start].replace("<w:sectPr/>", portrait) + turned + xml[start + len(portrait) :]


def _pdf(html: str, revision: Revision, templates: Path) -> bytes:
    """PDF/A-2a and PDF/UA-1. Raises :class:`RenderError`, with its place if a character cannot be printed."""
    try:
        import typst
    except ImportError as error:
        raise RenderError(f"Typst saknas. {_INSTALL}") from error
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
    return _with_row_headers(made) if _matrix(revision) else made


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


def _with_row_headers(made: bytes) -> bytes:
    """Marks the first cell of each row of the matrix, the last table, as a row header; Typst cannot yet."""
    try:
        import pikepdf
    except ImportError as error:
        raise RenderError(f"Pikepdf saknas. {_INSTALL}") from error
    with pikepdf.open(io.BytesIO(made)) as pdf:
        tables = [node for node in _structure(pdf.Root.StructTreeRoot) if node.get("/S") == "/Table"]
        for row in _structure(tables[-1]):
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


def _write(files: dict[Path, bytes]) -> None:
    """Writes all files or none: first beside their places, then into them."""
    beside = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in files}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "")
            beside[path].write_bytes(data)
        for path in files:
            beside[path].replace(path)
    except OSError as error:
        why = _WHY.get(error.errno or 0, error.strerror or "okänt fel")
        raise RenderError(f"Det går inte att skriva {path}: {why}. Inget har skrivits.") from error
    finally:
        for temporary in beside.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
