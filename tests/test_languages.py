"""Texts in other languages and in easy Swedish: printed for themselves, in their own language,
never instead of the decided text, and only while they are of what the insats says."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest

from insatskoll.bilaga import languages as printing
from insatskoll.bilaga.layouts import LAYOUTS, RenderError
from insatskoll.bilaga.render import bilaga, render_html
from insatskoll.catalogue import languages
from insatskoll.catalogue.canonical import freeze
from insatskoll.catalogue.model import Revision
from insatskoll.diff.facts import compare
from insatskoll.diff.telling import Telling
from insatskoll.resources import TEMPLATES
from tests.catalogues import INSATS, lint_folder, write_kommun
from tests.program import run
from tests.test_render import revision

DECIDED: Any = {"nämnd": "Socialnämnden", "datum": "2025-05-19", "paragraf": "§ 103"}
ENGLISH = {
    "språk": "en",
    "titel": "Support without an assessment",
    "gäller": "Only the Swedish text is valid.",
}
ARABIC = {"språk": "ar", "titel": "titel-ar", "gäller": "bara-svenska-ar"}


def made(*texts: dict[str, Any], beslut: Any = None, **more: Any) -> Revision:
    """A municipality with an insats that has ``texts``, and one that has none."""
    bare = revision({"andra_språk": [ENGLISH, ARABIC]}, {"innehåll": "Samtal."} | more)
    now = languages.basis(bare.insatser[0].data)
    held = [{"underlag": now} | text for text in texts]
    return revision(
        bare.kommun,  # type: ignore[arg-type]
        {"innehåll": "Samtal."} | more | ({"andra_språk": held} if held else {}),
        {"innehåll": "Grupp."},
        beslut=beslut,
    )


TALKS = {"språk": "en", "namn": "Talks", "text": "You can talk to us.\n\n- today\n- tomorrow"}
EASY = {"språk": "lättläst", "namn": "Prata med oss", "text": "Du kan prata med oss."}


def test_it_is_a_document_of_its_own_that_says_what_holds() -> None:
    html, lacking = printing.page(made(TALKS, EASY, beslut=DECIDED), "en")
    assert '<html lang="en">' in html
    assert "<title>Support without an assessment – " in html
    assert "<h1>Support without an assessment</h1>" in html
    assert "Only the Swedish text is valid." in html
    assert '<p lang="sv">Det här är en översättning. Det är den beslutade texten' in html
    assert "(Beslut Socialnämnden 2025-05-19 § 103).</p>" in html
    assert "You can talk to us." in html and "<li>tomorrow</li>" in html
    assert "prata med oss" not in html and "Samtal." not in html
    assert lacking == ["Insats 1"] and "Bara på svenska: Insats 1." in html


def test_easy_swedish_needs_no_title_of_its_own() -> None:
    html, _ = printing.page(made(EASY), "lättläst")
    assert '<html lang="sv">' in html and " – lättläst</h1>" in html
    assert "Det här är en lättläst text. Den svenska texten är inte beslutad än." in html


def test_what_is_written_from_the_right_is_printed_so() -> None:
    html, _ = printing.page(made({"språk": "ar", "namn": "n", "text": "t"}), "ar")
    assert '<html lang="ar" dir="rtl">' in html
    assert languages.from_the_right("ar-SY") and not languages.from_the_right("so")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_of_it_is_in_the_bilaga(layout: str) -> None:
    shown = made(TALKS, EASY)
    assert "Talks" not in render_html(shown, layout=layout)
    files = bilaga(shown, formats=("html", "json"), layout=layout).files
    assert not [name for name, data in files.items() if b"talk to us" in data]
    assert [name for name in files if "-en" in name] == []


def test_a_text_that_is_of_another_text_is_left_out_and_told() -> None:
    old = TALKS | {"underlag": "0123456789ab"}
    with pytest.raises(RenderError, match="Ingen insats har en text på en"):
        printing.page(made(old), "en")
    with pytest.raises(RenderError, match="Språket so har ingen titel"):
        printing.page(made({"språk": "so", "namn": "n", "text": "t"}), "so")
    told = printing.bilaga(made(TALKS), "en", ("md",)).lacking
    assert told == (
        "En: Insats 1 har ingen text som är skriven efter den svenska texten som den är nu, och är "
        "inte med.",
    )


def test_the_language_is_told_in_every_format() -> None:
    files = printing.bilaga(made(TALKS, beslut=DECIDED), "en", ("docx", "pdf", "md")).files
    assert list(files) == [f"exempel-bilaga-en.{form}" for form in ("docx", "pdf", "md")]
    with pikepdf.open(io.BytesIO(files["exempel-bilaga-en.pdf"])) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert pdf.open_metadata()["dc:title"] == "Support without an assessment"
    document = docx.Document(io.BytesIO(files["exempel-bilaga-en.docx"]))
    (language,) = document.styles.element.xpath(".//w:rPrDefault//w:lang/@w:val")
    assert language == "en"
    assert b"Det \xc3\xa4r den beslutade texten" in files["exempel-bilaga-en.md"]


def test_it_is_no_part_of_the_decision_and_no_change_of_it() -> None:
    before, after = made(), made(TALKS)
    assert freeze(before, DECIDED)["kontrollsumma"] == freeze(after, DECIDED)["kontrollsumma"]
    assert not Telling(compare(before, after)).changes


def test_the_basis_follows_what_is_said_and_not_what_is_noted() -> None:
    data: dict[str, Any] = {
        **INSATS,
        "innehåll": "Samtal.",
        "dokumentation": {"nivå": "individnivå"},
    }
    basis = languages.basis(data)
    for same in (
        {"begrepp": "cope"},
        {"källa": {"handling": "A", "avsnitt": "B"}},
        {"andra_språk": [EASY]},
        {"avvikelser": [{"regel": "IK203", "motivering": "Det är prövat och godtaget."}]},
    ):
        assert languages.basis(data | same) == basis
    for other in (
        {"innehåll": "Två samtal."},
        {"avgift": "nej"},
        {"egen_text": {"avgift": "Fritt."}},
    ):
        assert languages.basis(data | other) != basis


def test_lint_tells_the_basis_to_write_and_is_silent_with_it(tmp_path: Path) -> None:
    data: dict[str, Any] = {"innehåll": "Samtal.", "dokumentation": {"lagrum": "SoL 14 kap. 3 §"}}
    found = _found(tmp_path / "a", data | {"andra_språk": [TALKS]})
    (message,) = found
    basis = message.rpartition(" ")[2]
    right = data | {"andra_språk": [TALKS | {"underlag": basis}]}
    assert _found(tmp_path / "b", right) == []
    (message,) = _found(tmp_path / "c", right | {"innehåll": "Två samtal."})
    assert message.startswith("Den svenska texten har ändrats sedan texten på en skrevs.")


def _found(folder: Path, data: dict[str, Any]) -> list[str]:
    report = lint_folder(write_kommun(folder, insatser={"a": data}))
    assert not [one for one in report.findings if one.rule == "IK903"]
    return [one.message for one in report.findings if one.rule == "IK715"]


@pytest.mark.parametrize("wrong", ["engelska", "EN", "lattlast", "e", ""])
def test_a_language_is_a_tag_or_easy(tmp_path: Path, wrong: str) -> None:
    folder = write_kommun(tmp_path, insatser={"a": {"andra_språk": [TALKS | {"språk": wrong}]}})
    assert "IK903" in {one.rule for one in lint_folder(folder).findings}


@pytest.mark.parametrize(
    "flags", [("--beslut", "2025-05-19"), ("--layout", "lista"), ("--format", "json")]
)
def test_the_command_refuses_what_does_not_go_with_it(flags: tuple[str, ...]) -> None:
    ended = run("render", "uppsala", "--språk", "en", *flags)
    assert ended.code == 2 and "andra språk" in ended.err


def test_the_command_writes_it_beside_the_bilaga(tmp_path: Path) -> None:
    ended = run("render", "uppsala", "--språk", "en", "--output", str(tmp_path))
    assert ended.code == 2 and "Ingen insats har en text på en" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_the_template_is_no_layout() -> None:
    assert (TEMPLATES / printing.TEMPLATE).is_file()
    assert printing.TEMPLATE.startswith("_")
