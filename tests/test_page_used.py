"""The page as it is used: with the keyboard alone, enlarged to twice its size, and printed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from insatskoll.bilaga.layouts import LAYOUTS
from insatskoll.bilaga.render import render_html
from tests.chromium import Browser, browser
from tests.layouts import OWN, revision_of

FOCUSED = """(() => {
 const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
 return {tag: e.tagName, href: e.getAttribute("href"), text: e.textContent.slice(0, 30),
  outline: s.outlineStyle === "none" ? 0 : parseFloat(s.outlineWidth),
  seen: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth};
})()"""
WIDE = """(() => {
 const root = document.documentElement;
 const wide = [...document.querySelectorAll("main *")].filter((e) =>
  !e.closest(".rulla, .insatser thead, .dold")
  && e.getBoundingClientRect().right > root.clientWidth + 1);
 const told = wide.map((e) => e.tagName + ": " + e.textContent.slice(0, 40));
 return told.concat(root.scrollWidth > root.clientWidth ? ["page"] : []);
})()"""
CUT = """[...document.querySelectorAll("main *")].filter((e) =>
 getComputedStyle(e).overflow === "hidden" && !e.closest("thead, .dold")
 && e.scrollHeight > e.clientHeight + 1).length"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("sidor")
    found = {}
    for layout in LAYOUTS:
        html = render_html(revision_of(OWN[layout]), beside={"pdf": "bilaga.pdf"})
        found[layout] = folder / f"{layout}.html"
        found[layout].write_text(html, "utf-8")
    return found


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("webbläsare")) as found:
        yield found


def tabbed(chromium: Browser, most: int) -> list[dict[str, Any]]:
    """What has the focus after each press of the tab key, until it leaves the page or begins
    anew."""
    found: list[dict[str, Any]] = []
    for _ in range(most):
        chromium.press("Tab")
        one = chromium.value(FOCUSED)
        if one["tag"] == "BODY" or (found and one["href"] == found[0]["href"]):
            break
        found.append(one)
    return found


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_that_can_be_used_is_reached_with_the_keyboard_and_shows_it(
    chromium: Browser, pages: dict[str, Path], layout: str, width: int
) -> None:
    chromium.show(pages[layout], width)
    wanted = chromium.value("document.querySelectorAll('a[href], [tabindex=\"0\"]').length")
    found = tabbed(chromium, wanted + 3)
    assert len(found) == wanted, "no trap, and nothing is passed over"
    assert found[0]["href"] == "#huvudtext"
    assert [one for one in found if one["outline"] < 2 or not one["seen"]] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_first_link_leads_past_the_contents(
    chromium: Browser, pages: dict[str, Path], layout: str
) -> None:
    chromium.show(pages[layout])
    chromium.press("Tab")
    chromium.press("Enter")
    assert chromium.value("location.hash") == "#huvudtext"
    assert chromium.value("document.getElementById('huvudtext').getBoundingClientRect().top") < 800
    chromium.press("Tab")
    within = "document.activeElement.closest('.huvudtext') !== null"
    assert chromium.value(within) or chromium.value(FOCUSED)["href"] == "#huvudtext", "begun anew"


def test_the_matrix_is_scrolled_with_the_arrows(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.show(pages["avsnitt"], 390)
    chromium.value("document.querySelector('.rulla').focus()")
    for _ in range(3):
        chromium.press("ArrowRight")
    chromium.value("new Promise(done => setTimeout(done, 400))")
    assert chromium.value("document.querySelector('.rulla').scrollLeft") > 0


@pytest.mark.parametrize("layout", LAYOUTS)
def test_at_twice_the_size_nothing_is_lost(
    chromium: Browser, pages: dict[str, Path], layout: str
) -> None:
    """The whole page enlarged, which is as half the window, and the text alone."""
    chromium.show(pages[layout], 640)
    assert chromium.value(WIDE) == [] and chromium.value(CUT) == 0
    chromium.show(pages[layout], 1280)
    chromium.value("document.documentElement.style.fontSize = '200%'")
    assert chromium.value(WIDE) == [] and chromium.value(CUT) == 0


@pytest.mark.parametrize("layout", ["avsnitt", "tabell"])
def test_printed_it_has_its_headings_on_each_page_and_tells_of_the_pdf(
    chromium: Browser, pages: dict[str, Path], layout: str, tmp_path: Path
) -> None:
    chromium.show(pages[layout])
    (tmp_path / "utskrift.pdf").write_bytes(chromium.printed())
    text = subprocess.run(
        ["pdftotext", str(tmp_path / "utskrift.pdf"), "-"],
        capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    assert "Bilagan finns också som PDF" in text and "Bilagan som PDF" not in text
    sheets = text.split("\f")[:-1]
    assert f"Sida 2 ({len(sheets)})" in " ".join(sheets[1].split())
    head = {"avsnitt": "Staben", "tabell": "Beskrivning"}[layout]
    # what comes after the matrix tells it in words
    of_table = [sheet for sheet in sheets if layout == "tabell" or "×" in sheet][-2:]
    assert [head in sheet for sheet in of_table] == [True, True], "it goes on with its headings"
