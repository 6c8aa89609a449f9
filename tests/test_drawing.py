"""A logo that is an SVG is drawn once, and what it would do elsewhere comes to nothing."""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from contextlib import nullcontext
from pathlib import Path

import pytest

from insatskoll.bilaga import bounded, drawing, profile, uploads
from insatskoll.bilaga.bounded import Bounds
from insatskoll.bilaga.profile import ProfileError
from insatskoll.reading.packages import Unfit
from tests import looks
from tests.catalogues import write_kommun
from tests.looks import dress, svg
from tests.program import run

SQUARE = "<rect width='5' height='10'/>"
DRAWN = svg(SQUARE)


def size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second and half the memory are plenty for a logo."""
    monkeypatch.setattr(drawing, "BOUNDS", Bounds(seconds=1, memory=500_000_000))


def why_not(data: bytes) -> str:
    with pytest.raises(Unfit) as caught:
        drawing.drawn(data)
    return str(caught.value)


# What is drawn


def test_two_drawings_have_the_same_bytes() -> None:
    one = drawing.drawn(looks.SVG.encode())
    drawing.drawn.cache_clear()
    assert drawing.drawn(looks.SVG.encode()) == one and uploads.picture(one) == uploads.PNG


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    ("attributes", "wanted"),
    [
        ('viewBox="0 0 220 60"', (939, 256)),
        ('viewBox="0 0 10 10"', (256, 256)),
        ('viewBox="0 0 100 10"', (1120, 112)),
        ('viewBox="5 5 10 20"', (128, 256)),
        ('width="20" height="10" viewBox="0 0 10 10"', (512, 256)),
        ('width="100%" height="100%" viewBox="0 0 20 10"', (512, 256)),
        ('width="30mm" height="10mm"', (768, 256)),
    ],
)
def test_the_picture_fills_the_box_of_a_logo(attributes: str, wanted: tuple[int, int]) -> None:
    assert size(drawing.drawn(svg("<rect width='50' height='50'/>", attributes))) == wanted


@pytest.mark.usefixtures("in_this_process")
def test_notes_of_drawing_programs_are_let_be() -> None:
    noted = svg(
        f"<metadata><x:a/></metadata><x:view/><title>Vapen</title>{SQUARE}",
        'xmlns:x="http://www.inkscape.org/namespaces/inkscape" x:v="1" viewBox="0 0 10 10"',
    )
    assert drawing.drawn(noted) == drawing.drawn(DRAWN)


@pytest.mark.usefixtures("in_this_process")
def test_text_is_drawn_with_the_programs_own_fonts() -> None:
    """Whatever else the computer has."""

    def text(font: str) -> bytes:
        box = 'viewBox="0 0 100 20"'
        return drawing.drawn(svg(f"<text y='15' font-family='{font}'>Exempel</text>", box))

    assert text("Open Sans") != text("DejaVu Sans Mono")
    assert text("Helvetica") == text("Noto Sans") == text("Finns Inte")


# What comes to nothing

OTHER_TEXT = "<p xmlns='http://www.w3.org/1999/xhtml'>x</p>"
LINKED = "<image href='{}' width='9' height='9'/>"


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<rect onload='x()'/>",
        "<a href='javascript:alert(1)'/>",
        "<set attributeName='x' onbegin='x()'/>",
        OTHER_TEXT,
        "<g id='a'><use href='#a'/></g>",
    ],
)
def test_what_a_browser_would_run_or_fetch_leaves_no_mark(inside: str) -> None:
    plain = drawing.drawn(DRAWN)
    assert drawing.drawn(svg(inside + SQUARE)) == plain


def held(data: bytes, media: str = "image/png") -> str:
    """A picture that stands in the drawing."""
    return LINKED.format(f"data:{media};base64,{b64encode(data).decode()}")


ELSEWHERE = "hänvisar till något utanför sig, ”{}”"


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (
            "<style>@import 'https://x.example/a.css';</style>",
            ELSEWHERE.format("'https://x.e")[:-1],
        ),
        ("<style>/* url(b) */ g { fill: url( 'a.svg#b' ) }</style>", ELSEWHERE.format("a.svg#b")),
        ("<style><![CDATA[g { fill: u\\72l(a.svg#b) }]]></style>", ELSEWHERE.format("a.svg#b")),
        ("<use href='https://x.example/a.svg#b'/>", ELSEWHERE.format("https://x.example/a.svg#b")),
        ("<use xlink:href='file:///etc/passwd'/>", ELSEWHERE.format("file:///etc/passwd")),
        ("<use href='data:image/png,x#a'/>", ELSEWHERE.format("data:image/png,x#a")),
        ("\n<rect stroke='url(https://x.example/a#b)'/>", r"\(rad 2 i bilden\)"),
        ("<rect style='fill:url(a.svg#b)'/>", ELSEWHERE.format("a.svg#b")),
        ("<?xml-stylesheet href='a.css' type='text/css'?>", ELSEWHERE.format("a.css")),
        (held(svg(LINKED.format("a.png")), "image/svg+xml"), "i sin tur har en bild"),
        (held(svg(held(looks.png())), "image/svg+xml"), "i sin tur har en bild"),
        (held(b"\x89PNG\r\n\x1a\nx"), "en bild i sig som är skadad"),
        (held(looks.png()[:-20]), "en bild i sig som är skadad"),
        (held(b"\xff\xd8\xffx", "image/jpeg"), "en bild i sig som är skadad"),
        (held(b"BM", "image/bmp"), "inte går att läsa"),
        (LINKED.format("data:image/png;base64,a"), "inte går att läsa"),
        ("<text y='9'>x 日</text>", "tecken som programmets typsnitt saknar: ”日”"),
    ],
)
def test_what_would_be_drawn_in_part_is_refused_and_told(inside: str, words: str) -> None:
    with pytest.raises(Unfit, match=words):
        drawing.drawn(svg(inside + SQUARE))


ADOBE = "requiredExtensions='http://ns.adobe.com/AdobeIllustrator/10.0/' width='1' height='1'"


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    "inside",
    [
        f"<switch><foreignObject {ADOBE}/><g>{SQUARE}</g></switch>",
        f"<switch><foreignObject {ADOBE}><x xmlns='ai'/></foreignObject><g>{SQUARE}</g></switch>",
        f"<foreignObject width='9' height='9'> </foreignObject>{SQUARE}",
        f"<defs><foreignObject width='9' height='9'>{OTHER_TEXT}</foreignObject></defs>{SQUARE}",
        f"<g display='none'><foreignObject>{OTHER_TEXT}</foreignObject></g>{SQUARE}",
        f"<g style='display:none'>{LINKED.format('mall.jpg')}</g>{SQUARE}",
        f"<metadata><rdf xmlns='rdf' href='a.svg'/></metadata>{SQUARE}",
        f"<style>/* url(a) */ @namespace url(http://www.w3.org/2000/svg);</style>{SQUARE}",
        f"<rect data-from='url(a.svg)' style=\"filter:url('#f')\"/>{SQUARE}",
        f"<text display='none'>日</text>{SQUARE}",
    ],
)
def test_what_loses_nothing_is_drawn(inside: str) -> None:
    assert drawing.drawn(svg(inside)) == drawing.drawn(DRAWN)


@pytest.mark.usefixtures("in_this_process")
def test_what_is_kept_and_shown_elsewhere_is_lost_there() -> None:
    kept = f"<defs><foreignObject id='a' width='9' height='9'>{OTHER_TEXT}</foreignObject></defs>"
    assert "foreignObject" in why_not(svg(f"{kept}{SQUARE}<use href='#a'/>"))


@pytest.mark.usefixtures("in_this_process")
def test_pictures_in_a_drawing_are_drawn() -> None:
    plain = drawing.drawn(DRAWN)
    whole = svg("<rect width='9' height='9'/>")
    for inside in (held(looks.png()), held(whole, "image/svg+xml")):
        assert drawing.drawn(svg(SQUARE + inside)) != plain


@pytest.mark.parametrize(
    ("attributes", "long"),
    [
        ('width="10000" height="10"', True),
        ('width="1in" height="1mm"', True),
        ('viewBox="0 0 10 10000"', True),
        ('width="200mm" height="10mm"', False),
        ('width="100%" height="1" viewBox="0 0 900 1"', False),
        ('viewBox="0,0,20,1"', False),
    ],
)
def test_a_shape_that_is_too_long_is_seen_before_it_is_drawn(attributes: str, long: bool) -> None:
    with pytest.raises(Unfit, match="20 gånger") if long else nullcontext():
        assert uploads.picture(svg(SQUARE, attributes)) == uploads.SVG


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (LINKED.format("hemlig.png"), "till en bild utanför"),
        (LINKED.format("../källa/main.typ"), "till en bild utanför"),
        (LINKED.format("main.typ"), "till en bild utanför"),
        (LINKED.format("bild.svg"), "till en bild utanför"),
        (LINKED.format("https://x.example/a.png"), "till en bild utanför"),
        (LINKED.format("//x.example/a.png"), "till en bild utanför"),
        (
            "<filter id='f'><feImage href='file:///etc/passwd'/></filter>"
            "<rect width='9' height='9' filter='url(#f)'/>",
            "till en bild utanför",
        ),
        (f"<foreignObject width='9' height='9'>{OTHER_TEXT}</foreignObject>", "foreignObject"),
        ("<script>alert(1)</script>", "blir tom"),
        ("", "blir tom"),
        ("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>", "går inte att rita"),
    ],
)
def test_what_would_be_lost_is_told(inside: str, words: str) -> None:
    assert words in why_not(svg(inside + (SQUARE if "utanför" in words else "")))


def test_no_file_of_the_computer_gets_into_the_picture(tmp_path: Path) -> None:
    """Neither one beside the logo nor one that is named from the top."""
    folder = tmp_path / "exempel"
    dress(folder, "logotyp: {fil: logotyp.svg, alttext: Vapen}\n")
    for name in ("logotyp.png", folder / "logotyp.png", (folder / "logotyp.png").as_uri()):
        (folder / "logotyp.svg").write_bytes(svg(LINKED.format(name)))
        with pytest.raises(ProfileError, match=r"profil\.yaml:1:16: .*en bild utanför den"):
            profile.load(folder)


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ('viewBox="0 0 1e9 1"', "blir tom"),
        ('width="0" height="0"', "går inte att rita"),
        ('viewBox="0 0 0 1"', "blir tom"),
    ],
)
def test_odd_sizes(attributes: str, words: str) -> None:
    assert words in why_not(svg(SQUARE if "1e9" in attributes else "", attributes))


# What would never end


def doubled(level: str, ten: str, last: str) -> str:
    """Ten of each within the next, nine times over: a thousand million things to draw."""
    return "".join(level.format(n=n, inside=ten.format(next=n + 1) * 10) for n in range(9)) + last


FILTER = "<filter id='f' {}>{}</filter><rect width='9' height='9' filter='url(#f)'/>"
WHOLE = "<rect width='9' height='9' fill='white'/>"


def bomb_png(side: int) -> bytes:
    """A PNG of a few kB that is four thousand million bytes in memory."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    rows = zlib.compress(bytes(100_000))
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


BOMBS = {
    "depth": "<g>" * 60_000 + "</g>" * 60_000,
    "use": doubled(
        "<g id='a{n}'>{inside}</g>", "<use href='#a{next}'/>", f"<g id='a9'>{WHOLE}</g>"
    ),
    "mask": doubled(
        "<mask id='a{n}'>{inside}</mask>",
        "<rect width='9' height='9' mask='url(#a{next})'/>",
        f"<mask id='a9'>{WHOLE}</mask><rect width='9' height='9' mask='url(#a0)'/>",
    ),
    "pattern": doubled(
        "<pattern id='a{n}' width='1' height='1'>{inside}</pattern>",
        "<rect width='9' height='9' fill='url(#a{next})'/>",
        f"<pattern id='a9' width='1' height='1'>{WHOLE}</pattern>"
        "<rect width='9' height='9' fill='url(#a0)'/>",
    ),
    "large pattern": "<pattern id='p' width='1e6' height='1e6' patternUnits='userSpaceOnUse'>"
    "<rect width='1e6' height='1e6'/></pattern><rect width='9' height='9' fill='url(#p)'/>",
    "blur": FILTER.format(
        "x='-1e6' y='-1e6' width='1e9' height='1e9'", "<feGaussianBlur stdDeviation='1e6'/>"
    ),
    "turbulence": FILTER.format("", "<feTurbulence baseFrequency='0.9' numOctaves='2000000000'/>"),
    "picture": LINKED.format(f"data:image/png;base64,{b64encode(bomb_png(32_000)).decode()}"),
}
ENDED = "DOCTYPE|inuti varandra|skadad|för invecklad|går inte att rita|blir tom"


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_stopped(name: str, hurried: None) -> None:
    with pytest.raises(Unfit, match=ENDED):
        drawing.drawn(svg(BOMBS[name]))


def test_a_bomb_of_entities_is_refused_before_it_is_drawn_and_when(hurried: None) -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    data = f'<!DOCTYPE svg [<!ENTITY a0 "{SQUARE}">{levels}]>'.replace(SQUARE, "x").encode()
    whole = data + svg("<text y='9'>&a9;</text>")
    with pytest.raises(Unfit, match="DOCTYPE"):
        uploads.picture(whole)
    with pytest.raises(Unfit, match=ENDED):
        drawing.drawn(whole)
    stolen = b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(Unfit, match=ENDED):
        drawing.drawn(stolen + svg("<text y='9'>&a;</text>"))


def test_five_million_bytes_are_stopped_or_drawn(hurried: None) -> None:
    """No logo may be so large, but the process does not rest on that."""
    assert "för invecklad" in why_not(svg(SQUARE * 175_000))


# Where it is told


def test_lint_starts_no_process_and_render_tells_with_the_place(
    tmp_path: Path, hurried: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_kommun(tmp_path / "catalogue" / "kommuner" / "exempel")
    (folder / "profil.yaml").write_text("logotyp:\n  fil: l.svg\n  alttext: Vapen\n", "utf-8")
    (folder / "l.svg").write_bytes(svg(BOMBS["large pattern"]))
    done = run("render", "exempel", "--format", "html", cwd=tmp_path)
    assert done.code == 2 and not (tmp_path / "ut").exists()
    assert "profil.yaml:2:8: SVG-bilden är för invecklad: att rita den tar för lång" in done.err
    monkeypatch.setattr(bounded, "call", None)
    assert "profil.yaml" not in run("lint", cwd=tmp_path).out
    (folder / "l.svg").write_bytes(svg("<rect>"))
    assert "SVG-bilden är inte riktig XML" in run("lint", cwd=tmp_path).out


def test_without_typst_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_kommun(tmp_path / "catalogue" / "kommuner" / "exempel")
    dress(folder, "logotyp: {fil: logotyp.svg, alttext: Vapen}\n")
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    drawing.drawn.cache_clear()
    done = run("render", "exempel", "--format", "html", cwd=tmp_path)
    assert done.code == 2 and "Typst saknas. Installera" in done.err and "bilaga]" in done.err
