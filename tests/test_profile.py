"""A municipality's own look: what it does to the documents, and all that it may not do."""

from __future__ import annotations

import io
import json
import random
import re
import struct
import subprocess
import zipfile
import zlib
from base64 import b64encode
from contextlib import suppress
from pathlib import Path

import docx
import pikepdf
import pytest

from insatskoll.bilaga import colours, conversion, drawing, printable, profile, render, uploads
from insatskoll.bilaga.layouts import RenderError
from insatskoll.bilaga.profile import DARK, LIGHT, PLAIN, Profile, ProfileError
from insatskoll.bilaga.uploads import PNG, SVG
from insatskoll.catalogue.loading import load_kommun
from insatskoll.reading import packages
from insatskoll.reading.packages import Unfit
from insatskoll.resources import SCHEMA, TEMPLATES
from tests import looks
from tests.catalogues import ROOT, write_kommun
from tests.layouts import OWN, sample
from tests.looks import dress, png, svg
from tests.program import run
from tests.test_render import revision, structure


def load(folder: Path, text: str) -> Profile:
    dress(folder, text)
    return profile.load(folder)


def refused(folder: Path, text: str) -> str:
    with pytest.raises(ProfileError) as caught:
        load(folder, text)
    return str(caught.value)


# What it does


def test_without_a_profile_nothing_changes(tmp_path: Path) -> None:
    assert profile.load(tmp_path) is PLAIN
    assert profile.css(PLAIN) == ""


def test_the_whole_look_in_every_format(tmp_path: Path) -> None:
    look = load(tmp_path, looks.PROFILE)
    html, md, word, pdf = render.render_bilaga(
        revision({"förslag": {"datum": "2025-09-18"}}, {"innehåll": "Samtal."}),
        formats=["html", "md", "docx", "pdf"],
        folder=tmp_path / "ut",
        profile=look,
    )
    page = html.read_text("utf-8")
    assert (
        '<img src="data:image/png;base64,' in page and 'alt="Exempelstads påhittade vapen"' in page
    )
    assert "--brand: #7a1f3d" in page and "--brand: #f2a9c0" in page and "@font-face" in page
    assert page.count("Exempelstads kommun") >= 2 and "Påhittade gatan 1" in page
    assert not re.search(r'(src|href)="(?!#|data:|[\w-]+\.(?:pdf|docx)")|url\((?!data:)', page)

    text = md.read_text("utf-8")
    assert "Påhittade gatan 1" in text and "data:" not in text

    document = docx.Document(str(word))
    assert document.paragraphs[0]._p.xpath(".//pic:pic"), "the logo comes first"
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "Exempelstads påhittade vapen"
    assert abs(shape.width / shape.height - 220 / 60) < 0.05
    with zipfile.ZipFile(word) as archive:
        names = archive.namelist()
        assert look.logo is not None
        assert [archive.read(name) for name in names if "/media/" in name] == [look.logo.data]
        styles, body = (
            archive.read("word/styles.xml").decode(),
            archive.read("word/document.xml").decode(),
        )
        feet = [archive.read(name).decode() for name in names if name.startswith("word/footer")]
    assert (
        "7A1F3D" in styles
        and "0B4A6F" not in styles
        and '"Verdana"' in styles
        and '"Calibri"' not in styles
    )
    assert "data:image" not in body
    assert (
        all("Förslag 2025-09-18" in foot and "Påhittade gatan 1" in foot for foot in feet)
        and len(feet) == 2
    )

    with pikepdf.open(pdf) as opened:
        figures = [
            node for node in structure(opened.Root.StructTreeRoot) if node.get("/S") == "/Figure"
        ]
        assert [str(node.get("/Alt")) for node in figures] == ["Exempelstads påhittade vapen"]
        with opened.open_metadata() as metadata:
            assert metadata.pdfa_status == "2A" and metadata["pdfuaid:part"] == "1"


@pytest.mark.parametrize("layout", render.LAYOUTS)
def test_the_look_in_every_layout(layout: str, tmp_path: Path) -> None:
    look = load(tmp_path, looks.PROFILE)
    files = render.bilaga(
        sample(OWN[layout]), formats=["html", "docx", "pdf"], profile=look, layout=layout
    ).files
    html, pdf, word = (files[f"{OWN[layout]}-bilaga.{form}"] for form in ("html", "pdf", "docx"))
    assert look.logo is not None
    assert f"data:image/png;base64,{b64encode(look.logo.data).decode()}" in html.decode()
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        assert look.logo.data in [parts.read(n) for n in parts.namelist() if "/media/" in n]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        kinds = [o for o in opened.objects if isinstance(o, pikepdf.Stream)]
        assert "939 × 256" in {f"{o.get('/Width')} × {o.get('/Height')}" for o in kinds}
        figures = [
            str(node.get("/Alt"))
            for node in structure(opened.Root.StructTreeRoot)
            if node.get("/S") == "/Figure"
        ]
        assert figures == ["Exempelstads påhittade vapen"]
    document = docx.Document(io.BytesIO(word))
    assert document.paragraphs[0]._p.xpath(".//pic:pic") and document.paragraphs[1]._p.xpath(
        "w:pPr/w:pStyle[@w:val='Title']"
    )


def test_the_same_look_gives_the_same_bytes(tmp_path: Path) -> None:
    look = load(tmp_path, looks.PROFILE)
    assert (
        render.bilaga(revision(), profile=look).files
        == render.bilaga(revision(), profile=look).files
    )


def test_own_reference_gives_the_styles_and_keeps_its_colours(tmp_path: Path) -> None:
    made = docx.Document(str(TEMPLATES / "referens.docx"))
    made.styles["Title"].font.name = "Georgia"
    made.sections[0].header.paragraphs[0].text = "EXEMPELSTADS KOMMUN {STATUS}"
    dress(tmp_path, "referens: referens.docx\nfärger: {huvudfärg: '#7a1f3d'}\n")
    made.save(str(tmp_path / "referens.docx"))
    word = render.bilaga(revision(), formats=["docx"], profile=profile.load(tmp_path)).files[
        "exempel-bilaga.docx"
    ]
    document = docx.Document(io.BytesIO(word))
    assert document.styles["Title"].font.name == "Georgia"
    assert document.sections[0].header.paragraphs[0].text == "EXEMPELSTADS KOMMUN Utkast"
    assert "7A1F3D" not in document.styles.element.xml


def test_png_logo_in_the_documents(tmp_path: Path) -> None:
    look = load(tmp_path, "logotyp: {fil: logotyp.png, alttext: Vapen}\n")
    assert look.logo is not None and (look.logo.data, look.logo.ratio) == (png(), 2.0)
    files = render.bilaga(revision(), formats=["docx", "pdf"], profile=look).files
    with zipfile.ZipFile(io.BytesIO(files["exempel-bilaga.docx"])) as archive:
        assert [archive.read(n) for n in archive.namelist() if "/media/" in n] == [look.logo.data]


def test_logo_fits_its_box() -> None:
    for ratio in (0.05, 0.5, 1, 4, 4.5, 20):
        width, height = conversion.logo_size(profile.Logo(b"", "", ratio))
        assert 0 < width <= drawing.LOGO_BOX[0] and 0 < height <= drawing.LOGO_BOX[1]


# Colours


def test_contrast_is_that_of_wcag() -> None:
    assert colours.contrast("#000000", "#ffffff") == 21
    assert round(colours.contrast("#777777", "#ffffff"), 2) == 4.48
    assert round(colours.contrast("#767676", "#ffffff"), 2) == 4.54
    assert colours.contrast("#123456", "#123456") == 1


def test_standard_colours_are_those_of_the_style_sheet() -> None:
    sheet = (TEMPLATES / "bilaga.css").read_text("utf-8")
    themes = [
        dict(re.findall(r"--(\w+): (#\w+)", block))
        for block in re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)
    ]
    for theme, standard in ((themes[0], LIGHT), (themes[1], DARK)):
        assert {
            n: "#" + "".join(2 * c for c in v[1:]) if len(v) == 4 else v
            for n, v in theme.items()
            if n != "line"
        } == standard
    template = (TEMPLATES / "bilaga.typ").read_text("utf-8")
    assert not {LIGHT[name] for name in ("brand", "ink", "muted", "mark")} & set(
        re.findall(r'"(#\w+)"', template)
    )


def test_unreadable_colour_is_refused_with_figure_limit_and_place(tmp_path: Path) -> None:
    told = refused(tmp_path, 'sidfot: x\nfärger:\n  huvudfärg: "#ffff00"\n')
    assert f"{tmp_path / 'profil.yaml'}:3:14: " in told
    assert "#ffff00 (huvudfärg) går inte att läsa mot vitt papper #ffffff" in told
    assert "kontrasten är 1,07:1" in told and "Minst 4,5:1" in told


@pytest.mark.parametrize(
    ("colours_", "place", "words"),
    [
        ("{text: '#999999'}", "1:16", "2,84:1"),
        ("{huvudfärg: '#777777'}", "1:21", "4,47:1"),  # cut, not rounded up to what would pass
        ("{ton: '#0b4a6f'}", "1:15", "tonen #0b4a6f"),
        ("{bakgrund: '#222222'}", "1:20", "bakgrunden #222222"),
        ("{text: '#ffffff', bakgrund: '#000000'}", "1:16", "vitt papper"),
        ("{mörkt: {huvudfärg: '#203040'}}", "1:29", "bakgrunden #12181f"),
        ("{mörkt: {bakgrund: '#ffffff'}}", "1:28", "bakgrunden #ffffff"),
        ("{mörkt: {ton: '#ffffff'}}", "1:23", "#ffffff"),
    ],
)
def test_every_surface_is_judged(tmp_path: Path, colours_: str, place: str, words: str) -> None:
    told = refused(tmp_path, f"färger: {colours_}\n")
    assert f"profil.yaml:{place}: " in told and words in told


@pytest.mark.parametrize(
    "brand", ["#000000", "#004020", "#7a1f3d", "#5b2c83", "#8a4b00", "#0000ff"]
)
def test_dark_colours_are_made_readable(tmp_path: Path, brand: str) -> None:
    look = load(tmp_path, f"färger: {{huvudfärg: '{brand}'}}\n")
    for scheme in (look.light, look.dark):
        for text in ("brand", "ink", "muted"):
            for ground in ("paper", "tint", "mark"):
                assert colours.contrast(scheme[text], scheme[ground]) >= 4.5


@pytest.mark.parametrize(
    "colour",
    ["red", "'#fff'", "'#12345g'", "'#123456; } body {'", "#123456", "'#1234567'", "123456"],
)
def test_colour_is_six_digits(tmp_path: Path, colour: str) -> None:
    assert "profil.yaml:1:" in refused(
        tmp_path,
        f"färger: {{huvudfärg: {colour}}}\n" if colour[0] != "#" else f"sidfot: {colour}\n",
    )


# Files


@pytest.mark.parametrize(
    "name",
    [
        "../logotyp.svg",
        "../../../etc/passwd",
        "/etc/passwd",
        "typsnitt/../../logotyp.svg",
        ".hemligt",
        "a/.git/config",
        "~/x.svg",
        "C:\\\\logo.svg",
        "logo\\n.svg",
        "http://x.example/a.svg",
        "",
        "a//b.svg",
        "a/",
    ],
)
def test_no_path_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "logotyp.svg").write_text(looks.SVG)
    told = refused(tmp_path / "kommun", f'logotyp: {{fil: "{name}", alttext: Vapen}}\n')
    assert "profil.yaml:1:" in told and "root:" not in told


@pytest.mark.parametrize("link", ["logotyp.svg", "mapp", "profil.yaml"])
def test_links_are_not_followed(tmp_path: Path, link: str) -> None:
    folder = tmp_path / "kommun"
    outside = dress(tmp_path / "ute")
    dress(
        folder,
        f"logotyp: {{fil: {'mapp/' if link == 'mapp' else ''}logotyp.svg, alttext: Vapen}}\n",
    )
    (folder / link).unlink(missing_ok=True)
    (folder / link).symlink_to(
        {"logotyp.svg": Path("../ute/logotyp.svg"), "mapp": Path("../ute"), "profil.yaml": outside}[
            link
        ]
    )
    with pytest.raises(ProfileError, match=r"profil\.yaml:1:\d+: .*är en länk"):
        profile.load(folder)


def test_missing_empty_and_odd_files(tmp_path: Path) -> None:
    text = "logotyp: {fil: bild.svg, alttext: Vapen}\n"
    assert "profil.yaml:1:16: Filen bild.svg finns inte" in refused(tmp_path, text)
    (tmp_path / "bild.svg").write_bytes(b"")
    assert "Filen bild.svg är tom" in refused(tmp_path, text)
    (tmp_path / "bild.svg").unlink()
    (tmp_path / "bild.svg").mkdir()
    assert "bild.svg är ingen vanlig fil" in refused(tmp_path, text)
    (tmp_path / "bild.svg").rmdir()
    subprocess.run(["mkfifo", str(tmp_path / "bild.svg")], check=True)
    assert "bild.svg är ingen vanlig fil" in refused(tmp_path, text)


def test_large_files_are_refused(tmp_path: Path) -> None:
    dress(tmp_path)
    (tmp_path / "logotyp.svg").write_bytes(png() + b"\0" * 10_000_000)
    (tmp_path / "typsnitt" / "fet.ttf").write_bytes(b"\0\1\0\0" + b"\0" * 2_000_001)
    (tmp_path / "referens.docx").write_bytes(b"PK" + b"\0" * 5_000_001)
    with (tmp_path / "profil.yaml").open("a") as file:
        file.write("referens: referens.docx\n")
    loaded = profile._load(tmp_path)
    assert not isinstance(loaded, Profile)
    assert [problem.message for problem in loaded.problems] == [
        "Filen logotyp.svg är större än 500 kB",
        "Filen typsnitt/fet.ttf är större än 2 MB",
        "Filen referens.docx är större än 5 MB",
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + svg("&b;"), "DOCTYPE"),
        (b'<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + svg(), "DOCTYPE"),
        (svg().decode().encode("utf-16"), "varken"),
        (b'<?xml version="1.0"?>' + "<svg>å</svg>".encode("latin-1"), "UTF-8"),
        (b"<svg>", "SVG"),
        (svg("<rect>"), "riktig XML"),
        (svg("&nbsp;"), "riktig XML"),
        (b"<svg/>", "ingen SVG"),
        (b"<html><svg></svg></html>", "ingen SVG"),
        (b"GIF89a", "varken"),
        (b"\xff\xd8\xff\xe0", "varken"),
        (b"%PDF-1.7", "varken"),
        (b"\x89PNG\r\n\x1a\n", "avbruten"),
        (png()[:-4], "avbruten"),
        (png()[:60], "skadad"),
        (png().replace(b"IDAT", b"IDAX"), "skadad"),
        (png(1, 1)[:33] + png(40, 20)[33:], "skadad"),
        (png(40, 20)[:33] + png(1, 1)[33:], "skadad"),
        (png(4001, 1), "bildpunkter"),
        (png(1000, 2), "20 gånger"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(Unfit, match=why):
        uploads.picture(data)


START, END = png()[:8], looks.chunk(b"IEND", b"")


def odd_png(
    kind: int = 2, interlace: int = 0, filtered: int = 0, first: bytes = b"", more: bytes = b""
) -> bytes:
    """A PNG of one pixel, a little otherwise than it should be."""
    header = looks.chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, kind, 0, 0, interlace))
    row = bytes([filtered]) + bytes({2: 3, 3: 1}[kind])
    return START + first + header + more + looks.chunk(b"IDAT", zlib.compress(row)) + END


@pytest.mark.parametrize(
    "data",
    [
        odd_png(kind=3),
        odd_png(kind=3, more=looks.chunk(b"PLTE", bytes(4))),
        odd_png(filtered=9),
        odd_png(interlace=9),
        odd_png(first=looks.chunk(b"tEXt", b"a")),
        odd_png(more=looks.chunk(b"ABCD", b"a")),
        odd_png(more=looks.chunk(b"IDAT", b"") + looks.chunk(b"tEXt", b"a")),
    ],
)
def test_broken_png_is_seen_by_lint(data: bytes) -> None:
    with pytest.raises(Unfit, match="PNG-bilden är skadad"):
        uploads.picture(data)


def test_odd_but_sound_png_is_not() -> None:
    for data in (
        odd_png(),
        odd_png(interlace=1),
        odd_png(filtered=4, more=looks.chunk(b"tEXt", b"a")),
        odd_png(kind=3, more=looks.chunk(b"PLTE", bytes(6))),
    ):
        assert uploads.picture(drawing.decoded(data)) == PNG


def test_png_that_only_a_decoder_knows_is_broken_is_told_by_render(tmp_path: Path) -> None:
    """Such as one whose rows within each other begin with filters that do not exist."""
    broken = odd_png(interlace=1, filtered=9)
    assert uploads.picture(broken) == PNG
    dress(tmp_path, "logotyp: {fil: logotyp.png, alttext: Vapen}\n")
    (tmp_path / "logotyp.png").write_bytes(broken)
    with pytest.raises(ProfileError, match=r"profil\.yaml:1:16: PNG-bilden är skadad"):
        profile.load(tmp_path)


def test_pictures_are_told_by_their_bytes() -> None:
    assert uploads.picture(looks.SVG.encode()) == SVG
    assert uploads.picture(b'<?xml version="1.0"?>\n<!-- Ritad -->\n' + svg()) == SVG
    assert (uploads.picture(png(3, 2)), uploads.png_ratio(png(3, 2))) == (PNG, 1.5)


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


SPACE = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORD = {"[Content_Types].xml": b"<a/>"} | {
    f"word/{n}.xml": b"<w:%s %s/>" % (n.encode(), SPACE) for n in ("document", "styles")
}


def nested(depth: int) -> bytes:
    """A part with so many elements, each within the one before."""
    return b"<w:styles %s>%s%s</w:styles>" % (
        SPACE,
        b"<w:a>" * (depth - 1),
        b"</w:a>" * (depth - 1),
    )


TEMPLATE = (
    b'<Relationships><Relationship Id="r" Target="https://x.example/a.dotm" TargetMode="External" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
)


def relation(attributes: str, kind: str = "image") -> bytes:
    """A Word document with one relation more."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    xml = (
        f'<Relationships><Relationship Id="r" Type="{space}/{kind}" {attributes}/></Relationships>'
    )
    return archive(WORD | {"word/_rels/document.xml.rels": xml.encode()})


@pytest.mark.parametrize(
    "attributes",
    [
        'Target="file:///c:/x.dotm" TargetMode="external"',
        'Target="https://x.example/a" TargetMode="EXTERNAL"',
        'Target="a.png" TargetMode="Internal "',
        'Target="a.png" TargetMode=""',
        'Target="file://///x.example/a.png" TargetMode="Internal"',
        'Target="file:///x"',
        'Target="https://x.example/a"',
        'Target="//x.example/a.png"',
        'Target="\\\\x.example\\a.png"',
        'Target="../../a.png"',
        'Target="../x/../../a.png"',
        'Target="/../a.png"',
        'Target="..%2f..%2fa.png"',
        'Target="file%3a///x"',
        'target="https://x.example/a" Target="a.png"',
        'Target="a.png" targetMode="External"',
        'Target="https://x.example/a" TargetMode="External"',
    ],
)
def test_relations_out_of_a_word_document_are_refused(attributes: str) -> None:
    with pytest.raises(Unfit, match="hämtar något utanför"):
        uploads.reference_docx(relation(attributes))


@pytest.mark.parametrize(
    ("attributes", "kind"),
    [
        ('Target="media/bild%201.png"', "image"),
        ('Target="../customXml/item1.xml" TargetMode="Internal"', "customXml"),
        ('Target="/word/media/a.png"', "image"),
        ('Target="https://kommun.example/" TargetMode="External"', "hyperlink"),
    ],
)
def test_relations_within_a_word_document_and_links_are_not(attributes: str, kind: str) -> None:
    uploads.reference_docx(relation(attributes, kind))


def test_no_damage_to_an_archive_is_more_than_an_unfit_file() -> None:
    whole = (TEMPLATES / "referens.docx").read_bytes()
    directory = whole.rindex(b"PK\x05\x06")
    pick = random.Random(7)
    for _ in range(400):
        damaged = bytearray(whole)
        # In the directory at the end, where everything that says where to look for what is.
        for _ in range(pick.randint(1, 4)):
            damaged[pick.randrange(directory - 400, len(whole))] = pick.choice(
                (0, 1, 255, pick.randrange(256))
            )
        with suppress(Unfit):
            uploads.reference_docx(bytes(damaged))
    far = whole[: directory + 16] + b"\xff\xff\xff\x7f" + whole[directory + 20 :]
    with pytest.raises(Unfit, match="inget helt Word-dokument"):
        uploads.reference_docx(far)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"inte zip", "inget helt"),
        ((TEMPLATES / "referens.docx").read_bytes()[:5000], "inget helt"),
        (archive({"a.txt": b"x"}), "inget Word-dokument"),
        (archive({k: v for k, v in WORD.items() if k != "word/styles.xml"}), "formatmallar"),
        (archive(WORD | {"word/vbaProject.bin": b"x"}), "makron"),
        (archive(WORD | {"word/embeddings/oleObject1.bin": b"x"}), "inbäddade objekt"),
        (
            archive(
                WORD
                | {
                    "word/header1.xml": b"<w:hdr %s><w:fldSimple w:instr=' DDEAUTO c:/x '/></w:hdr>"
                    % SPACE
                }
            ),
            "ett fält som",
        ),
        (
            archive(
                WORD
                | {
                    "word/footer1.xml": b"<w:ftr %s><w:instrText>INCLUDE"
                    b"</w:instrText><w:instrText>TEXT a</w:instrText></w:ftr>" % SPACE
                }
            ),
            "ett fält som",
        ),
        (archive(WORD | {"word/big.bin": b"\0" * 50_000_001}), "50 MB uppackat"),
        (archive(WORD | {f"{n}": b"" for n in range(500)}), "uppackat"),
        (
            archive(WORD | {"word/styles.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
            "DOCTYPE",
        ),
        (
            archive(
                WORD | {"word/footer1.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>".encode("utf-16")}
            ),
            "DOCTYPE",
        ),
        (archive(WORD | {"word/styles.xml": b"<a>"}), "riktig XML"),
        (archive(WORD | {"word/styles.xml": b"<a/>"}), "formatmallar"),
        (archive(WORD | {"word/styles.xml": b"<a>" * 2_000_000}), "för stor"),
        (archive(WORD | {"word/header1.bin": b"<a>"}), "riktig XML"),
        (archive(WORD | {"word/header1.xml": b"<%s/>" % (b"a" * 60_000)}), "för långt"),
        *(
            (archive(WORD | {f"word/{name}.xml": nested(depth)}), "150 element inuti varandra")
            for name, depth in (("header1", 300), ("footer1", 151), ("styles", 100_000))
        ),
        (archive(WORD | {"word/_rels/settings.xml.rels": TEMPLATE}), "hämtar något"),
    ],
)
def test_unfit_word_documents_are_refused(data: bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(Unfit, match=why):
        uploads.reference_docx(data)
    dress(tmp_path, "referens: referens.docx\n")
    (tmp_path / "referens.docx").write_bytes(data)
    with pytest.raises(ProfileError, match=rf"profil\.yaml:1:11: .*{why}"):
        profile.load(tmp_path)


def test_as_much_within_each_other_as_is_let_through_is_read_all_the_way(tmp_path: Path) -> None:
    """The checker stops before any reader after it does, and before pandoc slows down."""
    whole = zipfile.ZipFile(TEMPLATES / "referens.docx")
    parts = {name: whole.read(name) for name in whole.namelist()}
    deep = packages.MAX_DEPTH - 1
    for name in [name for name in parts if name.startswith(("word/header", "word/styles"))]:
        at = parts[name].rindex(b"</w:")
        parts[name] = parts[name][:at] + b"<w:a>" * deep + b"</w:a>" * deep + parts[name][at:]
    folder = write_kommun(tmp_path / "catalogue" / "kommuner" / "exempel")
    dress(folder, "referens: referens.docx\n")
    (folder / "referens.docx").write_bytes(archive(parts))
    done = run("render", "exempel", "--format", "docx", cwd=tmp_path)
    assert (done.code, done.err) == (0, "") and list((tmp_path / "ut").rglob("*.docx"))


def test_what_only_the_last_reader_refuses_is_told_too(tmp_path: Path) -> None:
    """Such as a namespace that is no address."""
    whole = zipfile.ZipFile(TEMPLATES / "referens.docx")
    parts = {name: whole.read(name) for name in whole.namelist()}
    at = parts["word/header1.xml"].rindex(b"</w:")
    odd = parts["word/header1.xml"][:at] + b"<a xmlns='x y'/>" + parts["word/header1.xml"][at:]
    folder = write_kommun(tmp_path / "catalogue" / "kommuner" / "exempel")
    dress(folder, "referens: referens.docx\n")
    (folder / "referens.docx").write_bytes(archive(parts | {"word/header1.xml": odd}))
    done = run("render", "exempel", "--format", "docx", cwd=tmp_path)
    assert done.code == 2 and "fältet referens i profil.yaml" in done.err


def with_table(font: bytes, name: bytes, filling: bytes) -> bytes:
    """A font (TTF) where one of its tables is nothing but ``filling``."""
    at = 12 + 16 * [font[n : n + 4] for n in range(12, 12 + 16 * font[5], 16)].index(name)
    start, length = (int.from_bytes(font[at + n : at + n + 4], "big") for n in (8, 12))
    return font[:start] + filling * length + font[start + length :]


@pytest.mark.parametrize(
    ("table", "filling"),
    [(b"glyf", b"\0"), (b"loca", b"\0"), (b"glyf", b"\xff"), (b"loca", b"\xff"), (b"hhea", b"\0")],
)
def test_damaged_font_is_named_with_its_place(table: bytes, filling: bytes, tmp_path: Path) -> None:
    """Both one that the PDF cannot have, and one whose letters nobody would see."""
    text = "typsnitt:\n  pdf: {namn: Open Sans, filer: [typsnitt/normal.ttf, typsnitt/fet.ttf]}\n"
    dress(tmp_path, text)
    profile.load(tmp_path)
    file = tmp_path / "typsnitt" / "fet.ttf"
    file.write_bytes(with_table(file.read_bytes(), table, filling))
    wanted = r"profil\.yaml:2:55: Typsnittet typsnitt/fet\.ttf är skadat: vanliga bokstäver"
    with pytest.raises(ProfileError, match=wanted):
        profile.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "file", "data", "words"),
    [
        (
            "typsnitt: {pdf: {namn: A, filer: [typsnitt/fet.ttf]}}",
            "typsnitt/fet.ttf",
            b"MZ\0\0",
            "inget typsnitt",
        ),
        (
            "typsnitt: {pdf: {namn: A, filer: [typsnitt/fet.ttf]}}",
            "typsnitt/fet.ttf",
            b"wOF2....",
            "WOFF2, som inte",
        ),
        (
            "typsnitt: {webb: {namn: A, normal: typsnitt/fet.ttf}}",
            "typsnitt/fet.ttf",
            b"OTTO....",
            "OTF, som inte",
        ),
        (
            "typsnitt: {pdf: {namn: A, filer: [typsnitt/fet.ttf]}}",
            "typsnitt/fet.ttf",
            b"ttcf....",
            "inget typsnitt",
        ),
    ],
)
def test_what_is_no_font_is_refused(
    tmp_path: Path, text: str, file: str, data: bytes, words: str
) -> None:
    dress(tmp_path, text + "\n")
    (tmp_path / file).write_bytes(data)
    with pytest.raises(ProfileError, match=rf"profil\.yaml:1:\d+: .*{words}"):
        profile.load(tmp_path)


@pytest.mark.parametrize("name", ['X\\"}body{', "a;b", "'", ""])
def test_font_names_are_plain(tmp_path: Path, name: str) -> None:
    assert "profil.yaml:1:" in refused(tmp_path, f'typsnitt: {{webb: {{namn: "{name}"}}}}\n')


def test_font_that_is_not_in_the_files_is_told_with_its_place(tmp_path: Path) -> None:
    look = load(tmp_path, "typsnitt:\n  pdf: {namn: Finns Inte, filer: [typsnitt/fet.ttf]}\n")
    with pytest.raises(RenderError, match=r"profil\.yaml:2:15: Typsnittet ”Finns Inte” finns inte"):
        render.bilaga(revision(), formats=["pdf"], profile=look)


def test_broken_font_ends_in_a_message(tmp_path: Path) -> None:
    dress(tmp_path, "typsnitt:\n  pdf: {namn: Open Sans, filer: [typsnitt/fet.ttf]}\n")
    whole = (tmp_path / "typsnitt" / "fet.ttf").read_bytes()
    for data in (
        whole[:4],
        whole[:2000],
        whole[:50_000],
        whole[:1000] + b"\xff" * 5000 + whole[6000:],
    ):
        (tmp_path / "typsnitt" / "fet.ttf").write_bytes(data)
        try:
            files = render.bilaga(revision(), formats=["pdf"], profile=profile.load(tmp_path)).files
        except RenderError as error:
            assert "profil.yaml:2:15" in str(error) or "PDF:en gick inte att göra" in str(error)
        else:
            assert files["exempel-bilaga.pdf"].startswith(b"%PDF")


# Where it is told


def test_the_guide_shows_a_profile_that_works(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "profil.md").read_text("utf-8")
    look, form = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert load(tmp_path, look).footer and load(tmp_path, form).letter
    named = set(re.findall(r"^\| `(\w+)` \|", guide, re.MULTILINE))
    properties = json.loads((SCHEMA / "profil.schema.json").read_text("utf-8"))["properties"]
    assert named == set(properties)


def test_lint_tells_of_the_profile_and_the_layout(tmp_path: Path) -> None:
    folder = write_kommun(tmp_path / "exempel", kommun={"layout": "finns-inte"})
    (folder / "profil.yaml").write_text("fot: x\nfärger: {text: '#eeeeee'}\n", "utf-8")
    found = printable.checked(load_kommun(folder)).problems
    assert [(file.path.name, [(p.rule, p.span.line) for p in file.problems]) for file in found] == [
        ("profil.yaml", [("IK903", 1)]),
        ("kommun.yaml", [("IK903", 11)]),
    ]
    assert "Layouten ”finns-inte” finns inte. Det finns avsnitt, lista" in found[1].told()


def test_render_refuses_with_the_place_and_writes_nothing(tmp_path: Path) -> None:
    folder = write_kommun(tmp_path / "catalogue" / "kommuner" / "exempel")
    (folder / "profil.yaml").write_text("färger: {text: '#eeeeee'}\n", "utf-8")
    done = run("render", "exempel", cwd=tmp_path)
    assert done.code == 2 and not (tmp_path / "ut").exists()
    assert "profil.yaml:1:16: Färgen #eeeeee (text) går inte att läsa" in done.err
    done = run("lint", cwd=tmp_path)
    assert done.code == 1 and re.search(r"profil\.yaml\n +1:16 +fel IK903 ", done.out)
    (folder / "profil.yaml").write_text("sidfot: Fot\n", "utf-8")
    assert "profil.yaml" not in run("lint", cwd=tmp_path).out
