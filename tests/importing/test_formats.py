"""A file is read for what it is, whatever it is called, and what cannot be read ends with one
message."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from insatskoll.bilaga.bounded import Bounds
from insatskoll.errors import Refused
from insatskoll.importing import formats
from insatskoll.importing.blocks import Cell, Source, Spot, Style, Table, Text, texts
from insatskoll.importing.formats import docx, kinds, wire
from insatskoll.reading import packages
from insatskoll.reading.packages import Unfit
from tests.importing import word

_TEXT = "Öppen förskola är en insats."
_DOCX = word.document(word.p(_TEXT))


def repacked(change: dict[str, bytes]) -> bytes:
    """The document with some parts exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_DOCX)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, old.read(name)))
    return out.getvalue()


def refused(name: str, data: bytes) -> str:
    with pytest.raises(Unfit) as caught:
        formats.source(name, data)
    told = str(caught.value)
    assert told and not told.endswith(".") and "\n" not in told
    return told


def test_the_format_is_told_by_the_content() -> None:
    for name in ("bilaga.docx", "bilaga.txt", "bilaga"):
        (text,) = formats.source(name, _DOCX).blocks
        assert isinstance(text, Text) and text.words == _TEXT
    (text,) = formats.source("bilaga.docx", _TEXT.encode()).blocks
    assert isinstance(text, Text) and text.words == _TEXT


def test_a_file_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "bilaga.docx"
    table = word.table(word.tc("A") + word.tc("B"))
    data = word.document(word.p("Före") + table + word.p("Efter"))
    path.write_bytes(data)
    assert formats.read(path) == formats.source("bilaga.docx", data)


def test_what_cannot_be_read_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "tom.docx"
    path.write_bytes(b"")
    with pytest.raises(Refused, match=r"tom\.docx: Filen är tom\.$"):
        formats.read(path)
    with pytest.raises(Refused, match="Filen finns inte"):
        formats.read(tmp_path / "saknas.docx")


def test_what_takes_too_much_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "stor.docx"
    path.write_bytes(_DOCX)
    bounds = Bounds(seconds=1, memory=20_000_000)
    monkeypatch.setattr(formats, "BOUNDS", bounds)
    with pytest.raises(Refused, match="för mycket minne"):
        formats.read(path)


def test_what_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rundgång.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj\n1 0 R\nendobj\ntrailer\n<</Size 2/Root 1 0 R>>\n%%EOF")
    monkeypatch.setattr(formats, "BOUNDS", Bounds(seconds=1, memory=2_000_000_000))
    with pytest.raises(Refused, match=r"rundgång\.pdf"):
        formats.read(path)


_XML = b'<?xml version="1.0"?>'
_LAUGHS = _XML + (b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>')
_OUTSIDE = _XML + b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "tom"),
        (b" \n\n", "tom"),
        (_DOCX[:2000], "skadad eller avbruten"),
        (_DOCX[: len(_DOCX) // 2] + b"\0" * 500, "skadad eller avbruten"),
        (repacked({"word/document.xml": b""}), "XML"),
        (repacked({"word/document.xml": b"<w/>"}), "skadad eller avbruten"),
        (repacked({"word/document.xml": _LAUGHS}), "DOCTYPE"),
        (repacked({"word/document.xml": _OUTSIDE}), "DOCTYPE"),
        (repacked({"word/styles.xml": _LAUGHS}), "DOCTYPE"),
        (repacked({"word/document.xml": b"<w>" * 10_000}), "inuti varandra"),
        (repacked({"[Content_Types].xml": b"<Types/>"}), "arkiv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "äldre Office-format"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "lösenord",
        ),
        (b"{\\rtf1\\ansi hej}", "RTF"),
        (b"<!DOCTYPE html><html><body>Hej</body></html>", "HTML"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "bild"),
        (bytes(range(256)) * 20, "varken text"),
        (word.document(""), "ingen text"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, told: str) -> None:
    assert told in refused("bilaga.docx", data)


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repacked({"word/document.xml": b" " * 5_000_000})
    monkeypatch.setattr(docx, "MAX_PART", 1_000_000)
    assert "för stor" in refused("a.docx", bomb)
    monkeypatch.setattr(kinds, "MAX_UNPACKED", 1_000_000)
    assert "uppackat" in refused("a.docx", bomb)
    monkeypatch.setattr(kinds, "MAX_PARTS", 3)
    assert "uppackat" in refused("a.docx", _DOCX)


def test_names_that_lead_out_of_the_package_lead_nowhere() -> None:
    rels = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    rels += b'<Relationship Id="a" Type="x/officeDocument" Target="../../../etc/passwd"/>'
    rels += b"</Relationships>"
    assert "skadad" in refused("a.docx", repacked({"_rels/.rels": rels}))


def test_as_deep_as_may_be_is_read() -> None:
    depth = (packages.MAX_DEPTH - 10) // 3
    body = word.p("djupt")
    for _ in range(depth):
        body = word.table(word.tc(body))
    data = word.document(body)
    assert wire.unpacked(wire.packed(formats.source("a.docx", data).blocks))


def test_blocks_come_whole_from_the_process() -> None:
    text = Text("ord", Spot(3, 2), Style.HEADING, 1, True, 12.5, "ord")
    table = Table(((Cell((text,), 2, 3), Cell(())),), Spot(3, 2), 1)
    source = Source("a", (text, table))
    assert wire.unpacked(wire.packed(source.blocks)) == source.blocks


_LABELLED = """Insatser

{}

Innehåll

Lek och sång.

Utförare

Familjecentralen

Dokumentation

Individnivå.
"""


@pytest.mark.parametrize("mark", ["", "### "])
def test_a_label_is_no_table_of_contents(mark: str) -> None:
    """”Innehåll” is what an insats has, too, and what follows it comes again in the next."""
    text = "\n".join(_LABELLED.format(name) for name in ("Lyktan", "Kvarnen", "Vindarna"))
    for label in ("Innehåll", "Utförare", "Dokumentation"):
        text = text.replace(f"\n{label}\n", f"\n{mark}{label}\n")
    source = formats.source("a.md", text.encode())
    assert [one.words for one in texts(source.blocks) if one.style is Style.MARGIN] == []
    assert source.passed_over == ()
