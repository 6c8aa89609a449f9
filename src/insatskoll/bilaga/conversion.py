"""Converts the HTML of a bilaga: pandoc makes Markdown and DOCX, and with Typst PDF/A-2a and
PDF/UA-1.

What the tools cannot do is set afterwards: the row headers of tables in the PDF, and in the DOCX
dates, page headers and what :mod:`insatskoll.bilaga.docx` does.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import tempfile
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

from insatskoll.bilaga import joints, phrases, properties
from insatskoll.bilaga.bounded import Bounds, Stopped
from insatskoll.bilaga.drawing import LOGO_BOX
from insatskoll.bilaga.layouts import RenderError
from insatskoll.bilaga.profile import LIGHT, Logo, Profile
from insatskoll.bilaga.sandbox import INSTALL
from insatskoll.bilaga.typesetting import MAIN, Unset, typeset
from insatskoll.bilaga.uploads import PNG
from insatskoll.catalogue import glyphs
from insatskoll.catalogue.model import Revision
from insatskoll.names import shown
from insatskoll.patterns import later
from insatskoll.reading import packages
from insatskoll.reading.document import iter_paths
from insatskoll.reading.places import DataPath, path_text
from insatskoll.resources import TEMPLATES

# For a revision without a date: the day when the law came into force.
_FALLBACK_DATE = "2025-07-01"
# What the reference document for Word that comes with the program says, and a profile may say
# otherwise.
_WORD_FONT = "Calibri"
# What a page may be for pandoc and Typst, which take time and memory for each word and element: ten
# times the largest bilaga known. What comes out of tables with long and short rows can be larger
# than the page, and is bounded in itself.
MOST_PIECES = 300_000
MOST_TYPST = 8_000_000  # bytes
_PIECE = later(r"<|[^\s<]+")
SECONDS = 120  # on the clock, for pandoc
_HEAP = "1500m"  # of memory, for pandoc: many times what it takes for the largest bilaga
# For Typst; ten times the largest bilaga known takes 3 seconds and 800 MB.
TYPST = Bounds(seconds=60, memory=3_000_000_000)
_CALLED = {"gfm": "Markdown", "docx": "Word", "typst": "PDF"}
_LOGO, _JOINTS = "logotyp.png", "fogar.json"


def date_of(revision: Revision) -> str:
    """The day that the files are dated: the revision's."""
    text = revision.datum or _FALLBACK_DATE
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise RenderError(f"Datumet {text} finns inte i almanackan.") from error


def _epoch(revision: Revision) -> int:
    return int(datetime.fromisoformat(date_of(revision)).replace(tzinfo=UTC).timestamp())


def _pandoc(html: str, to: str, *options: str) -> bytes:
    """Converts with pandoc, in its sandbox and within bounds. Raises :class:`RenderError`."""
    if sum(1 for _ in _PIECE.finditer(html)) > MOST_PIECES:
        raise _too_large(to)
    try:
        import pypandoc

        pandoc = pypandoc.get_pandoc_path()
    except (ImportError, OSError) as error:
        raise RenderError(f"Pandoc saknas. {INSTALL}") from error
    command = [pandoc, "--sandbox", "--from=html-auto_identifiers", f"--to={to}", "--wrap=none",
               "--output=-", f"--lua-filter={TEMPLATES / 'bilaga.lua'}",
               f"--metadata=lang:{'-'.join(filter(None, language_of(html)))}", *options,
               "+RTS", f"-M{_HEAP}", "-RTS"]  # fmt: skip
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            command, input=html.encode(), capture_output=True, env=env, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise _too_large(to) from error
    if done.returncode == _HEAP_EXHAUSTED or (to == "typst" and len(done.stdout) > MOST_TYPST):
        raise _too_large(to)
    if done.returncode:
        raise RenderError(
            f"Dokumentet gick inte att göra i formatet {_CALLED[to]}: programmet pandoc, "
            "som skriver det, avbröt. Se efter om en "
            "egen mall (mappen mallar) eller Word-mallen i profil.yaml är ovanlig. HTML "
            "går att göra för sig."
        )
    return done.stdout


_LANGUAGE = later(r'<html lang="([a-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Z]{2}))?')


def language_of(html: str) -> tuple[str, str]:
    """The language of a page and its region (BCP 47), which may be empty."""
    found = _LANGUAGE.search(html)
    language, region = (found[1], found[2] or "") if found else ("sv", "")
    return language, "SE" if language == "sv" else region


_HEAP_EXHAUSTED = 251  # what pandoc ends with


def _too_large(to: str) -> RenderError:
    return RenderError(
        f"Dokumentet är för stort för formatet {_CALLED[to]}: det skulle ta för lång tid "
        "och för mycket minne. Se efter om en "
        "egen mall (mappen mallar) upprepar något. HTML går att göra för sig."
    )


def _markdown(html: str, _: Revision, __: Profile) -> bytes:
    return _pandoc(html, "gfm")


def _docx(html: str, revision: Revision, profile: Profile) -> bytes:
    """DOCX. Afterwards it gets its date (pandoc's sandbox has none), its page header, and its
    landscape sections."""
    with tempfile.TemporaryDirectory() as folder:
        reference = TEMPLATES / "referens.docx"
        if profile.reference is not None:
            reference = Path(folder) / "referens.docx"
            reference.write_bytes(profile.reference)
        made = _pandoc(html, "docx", f"--reference-doc={reference}")
    from insatskoll.bilaga import docx  # what it needs comes with pandoc

    words = {
        "KOMMUN": revision.kommun["namn"],
        "RUBRIK": _short_title(revision),
        "STATUS": phrases.status(revision),
        docx.MARK: _mark(html),
        "SIDFOT": profile.footer or "",
    }
    changed = _changed(profile)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = docx.laid_out({info.filename: archive.read(info) for info in archive.infolist()})
    day = date_of(revision) if revision.datum else ""
    parts = docx.with_properties(parts, properties.of(revision), day)
    finished = {}
    for name, part in parts.items():
        data = part
        if name == "word/document.xml":
            data = docx.with_logo_first(data)
        elif name.startswith(("word/header", "word/footer")):
            if name.startswith("word/header"):
                data = docx.with_mark(data, words[docx.MARK])
            data = docx.with_words(data, words)
        if changed and name.startswith("word/") and name.endswith(".xml"):
            data = docx.in_colours(data, changed)
        finished[name] = data
    return packages.packed(finished)


def _changed(profile: Profile) -> dict[str, str]:
    """The profile's colours and font by those of the program's that they replace in Word; none
    where the municipality has a Word document of its own to go by."""
    if profile.reference is not None:
        return {}
    changed = {
        LIGHT[name][1:].upper(): profile.light[name][1:].upper()
        for name in ("brand", "ink", "muted", "mark")
        if profile.light
    }
    return changed | ({_WORD_FONT: profile.word_font} if profile.word_font else {})


def logo_size(logo: Logo) -> tuple[int, int]:
    """How wide and high the logo is printed, in CSS pixels."""
    width, height = LOGO_BOX
    return (
        (width, max(1, round(width / logo.ratio)))
        if logo.ratio > width / height
        else (round(height * logo.ratio), height)
    )


def logo_uri(logo: Logo) -> str:
    """The logo as the address of a picture in the page itself."""
    return f"data:{PNG};base64,{b64encode(logo.data).decode()}"


def _pdf(html: str, revision: Revision, profile: Profile) -> bytes:
    """PDF/A-2a and PDF/UA-1. Raises :class:`RenderError`, with its place if a character cannot be
    printed."""
    files = {MAIN: _pandoc(html, "typst", f"--template={TEMPLATES / 'bilaga.typ'}")}
    files[_JOINTS] = json.dumps(joints.known(_printed(html)), ensure_ascii=False).encode()
    said, title = properties.of(revision), revision.kommun["bilaga"]["titel"]
    inputs = {
        "titel": title,
        **dict(zip(("sprak", "region"), language_of(html), strict=True)),
        "kommun": said.kommun,
        "om": said.about(title),
        "nyckelord": "\n".join(said.keywords),
        "rubrik": _short_title(revision),
        "datum": date_of(revision),
        "status": said.status,
        "marke": _mark(html),
        "sidfot": profile.footer or "",
        "typsnitt": profile.pdf_font,
        **{
            name: profile.light.get(name, LIGHT[name]) for name in ("ink", "muted", "brand", "mark")
        },
    }
    if profile.logo is not None:
        files[_LOGO] = profile.logo.data
        inputs |= {
            "logotyp": _LOGO,
            "alttext": profile.logo.alt,
            "logotypbredd": str(logo_size(profile.logo)[0] * 0.75),
        }
    try:
        made = typeset(
            files,
            "pdf",
            TYPST,
            profile.pdf_files,
            sys_inputs=inputs,
            pdf_standards=["a-2a", "ua-1"],
            timestamp=_epoch(revision),
        )
    except Unset as error:
        if profile.place and "failed to process font" in error.diagnostic:
            told = f"{profile.place}: Typsnittet ”{profile.pdf_font}” är skadat. Byt ut filerna."
            raise RenderError(told) from error
        told = _refused(error.diagnostic, files[MAIN].decode(), revision, html)
        raise RenderError(told) from error
    except Stopped as error:
        raise _too_large("typst") from error
    if any("unknown font" in warning for warning in made.warnings):
        raise RenderError(
            f"{profile.place}: Typsnittet ”{profile.pdf_font}” finns inte i filerna. Skriv "
            "namnet så som det står i dem."
        )
    return _with_row_headers(made.data, html)


_LOGOTYPE = later(r'<div class="logotyp"><img[^>]*>')


def _refused(diagnostic: str, source: str, revision: Revision, html: str) -> str:
    """Why the PDF was refused, in Swedish, and where in the files it is, as far as that can be
    told.

    ``diagnostic`` is what Typst says of ``source``, empty if it says nothing; its English is never
    quoted.
    """

    def refused(text: str) -> list[str]:
        return [c for c in glyphs.missing(text) if not diagnostic or _written(c) in diagnostic]

    odd = [
        f"{', '.join(map(glyphs.shown, found))} i {_place(revision, file, path)}"
        for file, path, text in _texts(revision)
        if (found := refused(text))
    ]
    # What stands in no field of the files is quoted: an own rule's words, an own template's.
    odd = odd or [
        f"{glyphs.shown(c)} i texten ”{_around(c, text)}”"
        for text in _printed(html)
        for c in refused(text)
    ]
    named = (
        f"PDF:en ”{revision.kommun['bilaga']['titel']}” för {revision.kommun['namn']} gick "
        "inte att göra."
    )
    if odd:
        return (
            f"{named} Typsnittet saknar tecken. Ta bort eller ersätt: {_few(odd)}. Tecken i "
            "filerna visas av insatskoll lint."
        )
    lines = source.splitlines()
    told = [
        lines[number - 1]
        for number in map(int, re.findall(r"main\.typ:(\d+):", diagnostic))
        if number <= len(lines)
    ]
    strings = [
        re.sub(r"\\(.)", r"\1", text)
        for line in told
        for text in re.findall(r'#"((?:[^"\\]|\\.)*)";', line)
    ]
    wanted = {" ".join(text.split()) for text in strings if len(text) > 1}
    places = [
        _place(revision, file, path)
        for file, path, text in _texts(revision)
        if " ".join(text.split()) in wanted
    ]
    where = f" Felet hänger ihop med {_few(places)}." if places else ""
    if "<img" in _LOGOTYPE.sub("", html) and re.search(r"error: .*image", diagnostic):
        return (
            f"{named}{where} En egen mall (mappen mallar) har en bild i sidan, och en "
            "sådan går inte att ha i PDF. Ta bort den, "
            "eller gör den till logotyp i profil.yaml. De andra formaten går att göra för sig."
        )
    return f"{named}{where} De andra formaten går att göra för sig."


def _printed(html: str) -> list[str]:
    """The pieces of text of a page, without its elements and styles."""
    page = re.sub(r"<(style|head)\b.*?</\1>", "", html, flags=re.DOTALL)
    return [unescape(text) for text in re.split(r"<[^>]*>", page) if text.strip()]


def _around(character: str, text: str) -> str:
    """The words around a character, to be found by."""
    at = text.index(character)
    return " ".join(text[max(at - 30, 0) : at + 30].split())


def _few(places: list[str]) -> str:
    return "; ".join(places[:5]) + (
        f" och på {len(places) - 5} ställen till" if len(places) > 5 else ""
    )


def _written(character: str) -> str:
    """A character as Typst writes it in a message."""
    return (
        character if character.isprintable() else "".join(f"\\u{{{ord(c):x}}}" for c in character)
    )


def _place(revision: Revision, file: str, path: DataPath) -> str:
    """Where a text stands: file and line where they are known, else the field, its values counted
    from 1."""
    documents = {f"insatser/{insats.id}.yaml": insats.document for insats in revision.insatser}
    document = (
        None
        if revision.beslut is not None
        else (documents | {"kommun.yaml": revision.document}).get(file)
    )
    if document is not None:
        span = document.span(path)
        return f"{shown(document.path)}:{span.line}:{span.column}"
    counted = path_text(tuple(step + 1 if isinstance(step, int) else step for step in path))
    return f"{file}, fältet " + re.sub(r"\[([0-9]+)\]", r" (värde \1)", counted)


def _texts(revision: Revision) -> Iterable[tuple[str, DataPath, str]]:
    """The texts of a revision, with the file and the path where each stands."""
    files: list[tuple[str, DataPath, Any]] = [("kommun.yaml", (), revision.kommun)]
    files += [(f"insatser/{insats.id}.yaml", (), insats.data) for insats in revision.insatser]
    files += [
        (f"riskanalyser/{name}.yaml", (), data) for name, data in revision.riskanalyser.items()
    ]
    if revision.beslut is not None:
        name = f"beslut/{revision.beslut.get('datum', '')}.yaml"
        tops: list[DataPath] = [("innehåll", "kommun")]
        tops += [("innehåll", "insatser", insats.id) for insats in revision.insatser]
        tops += [("innehåll", "riskanalyser", analys) for analys in revision.riskanalyser]
        files = [(name, top, data) for top, (_, _, data) in zip(tops, files, strict=True)] + [
            (name, (), revision.beslut)
        ]
    for file, top, data in files:
        for path, value in iter_paths(data):
            if isinstance(value, str):
                yield file, (*top, *path), value


def _with_row_headers(made: bytes, html: str) -> bytes:
    """Marks the first cell of each row as a row header, in the tables that have such in ``html``;
    Typst cannot yet."""
    marked = ['scope="row"' in table.split("</table>")[0] for table in html.split("<table")[1:]]
    if not any(marked):
        return made
    try:
        import pikepdf
    except ImportError as error:
        raise RenderError(f"Pikepdf saknas. {INSTALL}") from error
    with pikepdf.open(io.BytesIO(made)) as pdf:
        tables = (
            node for node in _structure(pdf.Root.StructTreeRoot) if node.get("/S") == "/Table"
        )
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


_MARK = later(r'<div class="marke"><p>([^<]*)</p>')


def _mark(html: str) -> str:
    """What every page is marked with, as the title of the page ``html`` is; empty if it is not."""
    found = _MARK.search(html)
    return unescape(found[1]) if found is not None else ""


def _short_title(revision: Revision) -> str:
    """The title for the page header: cut at a word if it does not fit on a line."""
    title: str = revision.kommun["bilaga"]["titel"]
    return title if len(title) <= 80 else title[:80].rsplit(" ", 1)[0] + " …"


def _html(html: str, _: Revision, __: Profile) -> bytes:
    return html.encode()


# Each format's converter: the HTML, the revision it shows and the municipality's look give the
# file's bytes.
TO: dict[str, Callable[[str, Revision, Profile], bytes]] = {
    "html": _html,
    "md": _markdown,
    "docx": _docx,
    "pdf": _pdf,
}
