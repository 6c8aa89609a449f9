"""Documents that somebody has made to do harm, or by mistake: what is written of them can be read,
and does no more than it says."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from markdown_it import MarkdownIt

from insatskoll.errors import Refused
from insatskoll.importing import emit, formats, report
from insatskoll.importing import plan as planning
from insatskoll.importing.blocks import Source, Spot
from insatskoll.importing.formats import docx_styles, markdown, runs, style_names
from insatskoll.importing.formats.runs import Run
from insatskoll.reading import document, hygiene
from insatskoll.reading.packages import Unfit
from tests import imported
from tests.program import run

TEXT = """# Samtal{0}stöd

## Målgrupp

Unga från 13 till 17 år{0} som behöver stöd.

## Innehåll

Samtal i grupp om{0} livet, högst fem gånger. {1}

## Övrigt som står där

Ta med {1}.
"""
ODD = sorted({
    *map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u00ad\u061c\u200b\u200e\u2028\u2029",
    *"\u202a\u202e\u2066\u2069\ufeff\ufffe\uffff\u0308\U000e0041\U000e007f\ue000\U0010ffff",
})  # fmt: skip


WRITTEN = imported.styled(
    ("h1", "Samtal"), ("h2", "Målgrupp"), ("p", "Unga."), ("h2", "Innehåll"), ("p", "Samtal."),
)  # fmt: skip


def test_no_character_makes_a_file_that_cannot_be_read() -> None:
    for odd in ODD:
        blocks, _ = markdown.read(TEXT.format(odd, "e"))
        found = planning.plan([Source("bilaga.md", blocks)], "Granåker")
        for made in found.made:
            text = found.text(made, Path("granåker"))
            assert document.parse(made.path, text).data == made.sheet.data
    (said,) = runs.paragraphs([Run("Vi a"), Run("\u0308r h", bold=True), Run("är.")], Spot(1))
    assert said.words == "Vi är här."


def test_what_our_own_reader_would_refuse_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    found = planning.plan([WRITTEN], "Granåker")
    made = found.made[1]
    made.sheet.data["innehåll"] = "Sam\u202etal."
    with pytest.raises(Refused, match=r"Det går inte att skriva .*styrtecken"):
        found.text(made, Path("granåker"))
    monkeypatch.setattr(emit, "text", lambda *_: "namn: Något annat\n")
    with pytest.raises(Refused, match="Det går inte att skriva"):
        found.text(made, Path("granåker"))


@pytest.mark.parametrize("name", ["Sa\x1b[31mla2", "Sa\nla", "Sa\u202ela", "!", " \t"])
def test_the_name_of_a_municipality_is_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "bilaga.md").write_text(TEXT.format("", "b"), "utf-8")
    ended = run("import", "bilaga.md", "--kommun", name, cwd=tmp_path)
    assert ended.code == 2
    assert "namn" in ended.err.lower()
    assert [one.name for one in tmp_path.iterdir()] == ["bilaga.md"]


@pytest.mark.parametrize("name", ["kommun.yaml", "KOMMUN.yaml", "insatser/samtal-stöd.yaml"])
def test_no_output_takes_the_place_of_another(tmp_path: Path, name: str) -> None:
    (tmp_path / "bilaga.md").write_text(TEXT.format(" ", "b"), "utf-8")
    told = ("--rapport", f"ut/../ut/{name}", "--output", "ut")
    ended = run("import", "bilaga.md", "--kommun", "Granåker", *told, cwd=tmp_path)
    assert ended.code == 2
    assert "skrivs två gånger" in ended.err
    assert [one.name for one in tmp_path.iterdir()] == ["bilaga.md"]


@pytest.mark.skipif(sys.platform != "linux", reason="namn som inte är text finns bara i Linux")
@pytest.mark.parametrize(
    "name", [b"a\xff.md", b"ev\x1b[31mil\n# rub\nrik .md", "a\u0308\u202e.md".encode()]
)
def test_a_documents_name_is_text_on_one_line(
    tmp_path: Path, name: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_text(TEXT.format("", "b"), "utf-8")
    ended = run("import", path, "--kommun", "Granåker", cwd=tmp_path)
    assert ended.code == 0, ended.err
    folder = tmp_path / "catalogue" / "kommuner" / "granåker"
    read = yaml.safe_load((folder / "insatser" / "samtalstöd.yaml").read_text("utf-8"))
    handling = read["källa"]["handling"]
    assert handling.isprintable()
    assert unicodedata.is_normalized("NFC", handling)
    told = (folder / "inläsning.md").read_text("utf-8")
    assert "\x1b" not in told + ended.out
    assert not hygiene.CONTROL.search(told)
    assert "\n# rub" not in told


LIVE = (
    "![logga](https://exempel.se/x.png)", "[öppna](command:x)", "<img src=x onerror=y>", "`", "``",
    "<script>x</script>", "a | b", "&lt;b&gt;", "**fet** _k_ ~~s~~", "[a][b]", "<https://x.se>",
    r"\`x\`", r"\| a", "$x^2$", "[^1]", "[ ] x",
)  # fmt: skip


@pytest.mark.parametrize("live", LIVE)
def test_the_report_says_words_and_does_nothing(live: str) -> None:
    said = f"Vi {live} här"
    source = imported.styled(
        ("h1", "Samtal"), ("h2", "Målgrupp"), ("p", f"Unga. {said}."),
        ("h2", "Innehåll"), ("p", f"{said} i ett år."), ("h2", "Övrigt"), ("p", f"{said} också."),
    )  # fmt: skip
    found = planning.plan([Source(said, source.blocks, (said,))], "Granåker")
    made = report.markdown(found)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(made)
    kinds = {one.type for token in tokens for one in (token, *(token.children or ()))}
    assert not kinds & {"image", "html_inline", "html_block", "fence", "code_block", "hardbreak"}
    assert not kinds & {"link_open", "em_open", "strong_open", "s_open"}
    inline = [token for token in tokens if token.type == "inline"]
    told = ["".join(one.content for one in token.children or ()) for token in inline]
    assert sum(said in words for words in told) >= (2 if "|" in live else 4)
    assert sum(token.type == "tr_open" for token in tokens) == made.count("\n| ") - made.count(
        "\n| ---"
    )


def test_where_links_and_pictures_lead_is_told() -> None:
    text = "Vi [klicka](https://exempel.se/anmälan) på <https://x.se>, [a@b.se](mailto:a@b.se)"
    _, told = markdown.read(f"{text} <img src='https://y.se/z.png'> och [upp](#upp).\n")
    assert len(told) == 2
    assert "https://exempel.se/anmälan" in told[0] and "https://y.se/z.png" in told[1]


def test_what_no_bilaga_has_as_much_of_is_refused() -> None:
    row = "| " + " | ".join(["ord"] * 400) + " |\n"
    table = row + row.replace("ord", "---") + row * 40
    with pytest.raises(Unfit, match="mer text än någon bilaga"):
        formats.source("a.md", table.encode())
    with pytest.raises(Unfit, match="mer text än någon bilaga"):
        formats.source("a.md", b"ord " * 600_000)


def test_styles_that_are_based_on_each_other_without_end_take_no_time() -> None:
    style = "<w:style w:type='paragraph' w:styleId='s{}'><w:basedOn w:val='s{}'/></w:style>"
    parts = "".join(style.format(n, n + 1) for n in range(20_000))
    root = ElementTree.fromstring(f"<w:styles xmlns:w='{docx_styles.W[1:-1]}'>{parts}</w:styles>")
    styles = docx_styles.read(root)
    assert len(styles.chain("s0")) == style_names.MAX_BASED
    assert len(styles.chain("s19998")) == 2
