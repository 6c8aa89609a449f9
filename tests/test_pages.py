"""How the pages of the PDF are filled, and where its words are broken: measured in the pages
themselves."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from insatskoll.bilaga import joints
from insatskoll.bilaga.layouts import LAYOUTS
from insatskoll.bilaga.render import bilaga
from tests.layouts import OWN, revision_of
from tests.test_render import revision

if shutil.which("pdftotext") is None:
    pytest.skip("pdftotext saknas", allow_module_level=True)

_WORD = re.compile(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>')


class Page(NamedTuple):
    """How much of its text's room a page has used, its first words, and whether it lies on its
    side."""

    full: float
    begins: str
    turned: bool


def pages_of(pdf: bytes, folder: Path) -> list[Page]:
    file = folder / "prov.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True, text=True
    )
    found = []
    for page in re.split("<page ", done.stdout)[1:]:
        size = re.match(r'width="([\d.]+)" height="([\d.]+)"', page)
        assert size is not None
        wide, high = map(float, size.groups())
        top, bottom = (57.0, high - 43) if wide > high else (79.0, high - 68)
        words = [(float(a), float(b), word) for a, b, word in _WORD.findall(page)]
        words = [one for one in words if one[0] > top - 12 and one[1] < bottom + 4]
        low = max((one[1] for one in words), default=top)
        begins = " ".join(word for *_, word in words[:6])
        found.append(Page((low - top) / (bottom - top), begins, wide > high))
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[Page], str]]:
    """The pages and the text of each layout, with the whole of its own municipality."""
    folder = tmp_path_factory.mktemp("sidor")
    found = {}
    for layout in LAYOUTS:
        name = f"{OWN[layout]}-bilaga.pdf"
        pages = pages_of(bilaga(revision_of(OWN[layout]), (), ("pdf",)).files[name], folder)
        text = subprocess.run(
            ["pdftotext", str(folder / "prov.pdf"), "-"], capture_output=True, check=True, text=True
        ).stdout
        found[layout] = (pages, text)
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_page_is_nearly_empty(made: dict[str, tuple[list[Page], str]], layout: str) -> None:
    """But for the last before the pages turn, and the last of all."""
    pages, _ = made[layout]
    for page, after in pairwise(pages[1:]):
        assert page.full > 1 / 3 or page.turned != after.turned, page
    assert pages[-1].full > 0.1, pages[-1]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_page_begins_with_the_last_section_of_an_insats(
    made: dict[str, tuple[list[Page], str]], layout: str
) -> None:
    pages, _ = made[layout]
    stranded = (
        "Dokumentation Insatsen har karaktär",
        "● ",
        "Innehåll: Förslag",
        "Innehåll: Utkast",
    )
    assert [page.begins for page in pages if page.begins.startswith(stranded)] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pages_are_counted_right(made: dict[str, tuple[list[Page], str]], layout: str) -> None:
    """Typst sets a document again until its numbers stand still: here they do."""
    pages, text = made[layout]
    counted = re.findall(r"Sida (\d+) \((\d+)\)", text)
    assert counted == [(str(n), str(len(pages))) for n in range(1, len(pages) + 1)]


@pytest.mark.parametrize("layout", ["tabell", "tabell-utförlig"])
def test_words_in_tables_are_broken_at_their_joints(
    made: dict[str, tuple[list[Page], str]], layout: str
) -> None:
    _, text = made[layout]
    # the rest of a word may stand on the next page, after the next column's
    broken = re.findall("([^\\W\\d_]+)\xad\n([a-zåäö]+)", text)
    for first, rest in broken:
        word = (first + rest).lower()
        assert len(first) in joints.of(word) or len(word) > 18, f"{first}-{rest}"
    assert not re.search("[^\\W\\d_]\xad[^\\W\\d_]", text), "a search would miss the word"


def test_long_contents_stand_in_two_columns_and_the_text_follows(tmp_path: Path) -> None:
    kommun = {"bilaga": {"titel": "Insatser utan behovsprövning", "inledning": ["Ett stycke."]}}
    many = revision(kommun, *({"innehåll": "Samtal."},) * 60)
    (_, contents, *_), few = (
        pages_of(bilaga(many, (), ("pdf",)).files["exempel-bilaga.pdf"], tmp_path),
        pages_of(bilaga(revision(kommun, {}), (), ("pdf",)).files["exempel-bilaga.pdf"], tmp_path),
    )
    assert contents.full > 0.6
    assert len(few) == 2, "contents, text and the only insats fit on the page after the title"


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("individnivå", "individ nivå"),
        ("personnivå", "person nivå"),
        ("arbetsmarknadskontoret", "arbetsmarknads kontoret"),
        ("familjebehandlarens", "familje behandlarens"),
        ("föräldraskapsstöd", "föräldraskaps stöd"),
        ("budgetrådgivning", "budget rådgivning"),
        ("resurscentrum", "resurs centrum"),
        # not put together, or not known to be
        ("dokumenteras", "dokumenteras"),
        ("åberopas", "åberopas"),
        ("erfarenhet", "erfarenhet"),
        ("personlighet", "personlighet"),
        ("kommunicera", "kommunicera"),
        ("konsekvenserna", "konsekvenserna"),
        ("stödjande", "stödjande"),
        ("riskerar", "riskerar"),
    ],
)
def test_joints(word: str, parts: str) -> None:
    places = joints.of(word)
    cut = [word[a:b] for a, b in zip((0, *places), (*places, len(word)), strict=True)]
    assert " ".join(cut) == parts
