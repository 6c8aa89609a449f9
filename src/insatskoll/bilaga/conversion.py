"""Converts the HTML of a bilaga: pandoc makes Markdown and DOCX, and with Typst PDF/A-2a and
PDF/UA-1.

What the tools cannot do is set afterwards: the row headers of tables in the PDF, and in the DOCX
dates, page headers and what :mod:`insatskoll.bilaga.docx` does.
"""

from __future__ import annotations

import io
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
from typing import Any, Literal

from insatskoll.bilaga import phrases
from insatskoll.bilaga.profile import LIGHT, Logo, Profile
from insatskoll.bilaga.sandbox import INSTALL, RenderError
from insatskoll.bilaga.uploads import PNG, SVG
from insatskoll.catalogue import glyphs
from insatskoll.catalogue.model import Revision
from insatskoll.names import shown
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
_PIECE = re.compile(r"<|[^\s<]+")
SECONDS = 120  # on the clock, for pandoc
_HEAP = "1500m"  # of memory, for pandoc: many times what it takes for the largest bilaga
_CALLED = {"gfm": "Markdown", "docx": "Word", "typst": "PDF"}
LOGO_BOX = (280, 64)  # the most that a logo takes, in CSS pixels


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
               "--metadata=lang:sv-SE", *options,
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
    if profile.logo is not None and profile.logo.media == SVG:
        # Word wants a PNG beside an SVG, and pandoc's sandbox makes none.
        html = html.replace(logo_uri(profile.logo), _data_uri(PNG, _as_png(profile.logo)))
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
        "STATUS": phrases.status(revision.kommun, revision.beslut),
        "SIDFOT": profile.footer or "",
    }
    changed = _changed(profile)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        parts = docx.laid_out({info.filename: old.read(info) for info in old.infolist()})
        for name, part in parts.items():
            data = part
            if name == "word/document.xml":
                data = docx.with_logo_first(data)
            elif name == "docProps/core.xml":
                data = docx.dated(data, date_of(revision))
            elif name.startswith(("word/header", "word/footer")):
                data = docx.with_words(data, words)
            if changed and name.startswith("word/") and name.endswith(".xml"):
                data = docx.in_colours(data, changed)
            new.writestr(zipfile.ZipInfo(name, _ZIP_DATE), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# The earliest that a zip file can say: what is dated is the document inside.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


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
    return _data_uri(logo.media, logo.data)


def _data_uri(media: str, data: bytes) -> str:
    return f"data:{media};base64,{b64encode(data).decode()}"


def _as_png(logo: Logo) -> bytes:
    """An SVG logo drawn as a PNG, three times as fine as it is printed."""
    width, height = (f"{side * 0.75}pt" for side in logo_size(logo))
    source = (
        f"#set page(width: {width}, height: {height}, margin: 0pt, fill: none)\n"
        '#image("logo.svg", width: 100%, height: 100%)'
    )
    return _typst({"main.typ": source.encode(), "logo.svg": logo.data}, "png", ppi=288)[0]


def _typst(
    files: dict[str, bytes],
    form: Literal["pdf", "png"],
    fonts: tuple[bytes, ...] = (),
    **options: Any,
) -> tuple[bytes, list[str]]:
    """What Typst makes of ``files``, and its warnings. It sees no other files. Raises
    :class:`RenderError`."""
    try:
        import typst
    except ImportError as error:
        raise RenderError(f"Typst saknas. {INSTALL}") from error
    with tempfile.TemporaryDirectory() as folder:
        root, font_folder = Path(folder) / "källa", Path(folder) / "typsnitt"
        contents = {root / name: data for name, data in files.items()}
        contents |= {font_folder / f"{number}.ttf": data for number, data in enumerate(fonts)}
        for path, data in contents.items():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        paths = [str(TEMPLATES / "fonts"), *([str(font_folder)] if fonts else [])]
        made, warnings = typst.compile_with_warnings(
            root / "main.typ",
            root=root,
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=paths),
            ignore_system_fonts=True,
            format=form,
            package_path=str(root),
            package_cache_path=str(root),
            **options,
        )
    return made, [str(w.message) for w in warnings]


def _pdf(html: str, revision: Revision, profile: Profile) -> bytes:
    """PDF/A-2a and PDF/UA-1. Raises :class:`RenderError`, with its place if a character cannot be
    printed."""
    try:
        import typst
    except ImportError as error:
        raise RenderError(f"Typst saknas. {INSTALL}") from error
    files = {"main.typ": _pandoc(html, "typst", f"--template={TEMPLATES / 'bilaga.typ'}")}
    inputs = {
        "titel": revision.kommun["bilaga"]["titel"],
        "kommun": revision.kommun["namn"],
        "rubrik": _short_title(revision),
        "datum": date_of(revision),
        "status": phrases.status(revision.kommun, revision.beslut),
        "sidfot": profile.footer or "",
        "typsnitt": profile.pdf_font,
        **{
            name: profile.light.get(name, LIGHT[name]) for name in ("ink", "muted", "brand", "mark")
        },
    }
    if profile.logo is not None:
        name = "logotyp.svg" if profile.logo.media == SVG else "logotyp.png"
        files[name] = profile.logo.data
        inputs |= {
            "logotyp": name,
            "alttext": profile.logo.alt,
            "logotypbredd": str(logo_size(profile.logo)[0] * 0.75),
        }
    try:
        made, warnings = _typst(
            files,
            "pdf",
            profile.pdf_files,
            sys_inputs=inputs,
            pdf_standards=["a-2a", "ua-1"],
            timestamp=_epoch(revision),
        )
    except typst.TypstError as error:
        raise RenderError(
            _refused(str(error.diagnostic), files["main.typ"].decode(), revision, html)
        ) from error
    except BaseException as error:
        if (
            type(error).__name__ != "PanicException"
        ):  # Typst itself has failed, and says it in a way of its own
            raise
        raise RenderError(_refused("", "", revision, html)) from error
    if any("unknown font" in warning for warning in warnings):
        raise RenderError(
            f"{profile.place}: Typsnittet ”{profile.pdf_font}” finns inte i filerna. Skriv "
            "namnet så som det står i dem."
        )
    return _with_row_headers(made, html)


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
    if re.search(r"error: .*image", diagnostic):
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
