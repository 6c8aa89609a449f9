"""The HTML in a real browser: every layout, from a phone to a desktop, in light and dark, and what
axe-core says of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest

from insatskoll.bilaga import profile
from insatskoll.bilaga.layouts import LAYOUTS
from insatskoll.bilaga.render import render_html
from insatskoll.catalogue.loading import load_begrepp, load_kommun
from insatskoll.decisions import review
from insatskoll.diff.facts import compare
from insatskoll.diff.forms.pages import html as changes_page
from insatskoll.diff.telling import Telling
from insatskoll.law.rules import load_rules
from insatskoll.resources import CATALOGUE
from tests.layouts import OWN, own_page, sample, sample_page
from tests.looks import dress
from tests.revisions import every_kind_of_change

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
AXE = os.environ.get("INSATSKOLL_AXE")
WIDTHS = (320, 390, 768, 1280)
TABLES = ("tabell", "tabell-utförlig")
LIGHT, DARK = "ljust", "mörkt"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice")

# Each page in a frame of its own, which takes one width after the other; what is measured ends up
# in <pre>.
HARNESS = """<!DOCTYPE html><meta charset="utf-8"><pre id="svar"></pre>{frames}
<script>
const WIDTHS = {widths}, answers = {{}};
const measured = (doc) => {{
  const root = doc.documentElement, box = doc.querySelector(".rulla"),
    row = doc.querySelector(".insatser tbody tr");
  if (box) box.focus();
  const wide = [...doc.querySelectorAll("main *")]
    .filter((e) => !e.closest(".rulla, .insatser thead")
      && e.getBoundingClientRect().right > root.clientWidth + 1)
    .map((e) => e.tagName + ": " + e.textContent.slice(0, 40));
  const cells = row && [...row.cells].map((c) => c.getBoundingClientRect());
  return {{
    view: root.clientWidth, page: root.scrollWidth, wide,
    matrix: box && box.scrollWidth, box: box && box.clientWidth,
    focused: box && doc.activeElement === box, label: box && box.getAttribute("aria-label"),
    size: parseFloat(getComputedStyle(doc.body).fontSize),
    ground: getComputedStyle(doc.body).backgroundColor,
    cards: cells && cells.every((c, i) => i === 0 || c.top >= cells[i - 1].bottom - 1),
    shown: row && getComputedStyle(row.cells[1], "::before").content,
    roles: row && [row.closest("table"), row, ...row.cells].map((e) => e.computedRole),
  }};
}};
const judged = async (win) => {{
  if (!win.axe) return null;
  const result = await win.axe.run(win.document, {{
     runOnly: {tags}, resultTypes: ["violations"] }});
  const told = (n) => n.target + " " + n.failureSummary;
  return result.violations.map((v) => v.id + ": " + v.nodes.slice(0, 3).map(told).join("; "));
}};
addEventListener("load", async () => {{
  for (const frame of document.querySelectorAll("iframe")) {{
    answers[frame.name] = {{}};
    for (const width of WIDTHS) {{
      frame.style.width = width + "px";
      frame.contentDocument.documentElement.getBoundingClientRect();
      answers[frame.name][width] = {{
        ...measured(frame.contentDocument), violations: await judged(frame.contentWindow) }};
    }}
  }}
  document.getElementById("svar").textContent = JSON.stringify(answers);
}});
</script>"""


def needed(missing: str) -> None:
    """Skips the test, or fails it where everything must be run."""
    if os.environ.get("INSATSKOLL_KRAV_ALLT") == "1":
        pytest.fail(f"{missing} saknas, men INSATSKOLL_KRAV_ALLT=1 kräver att alla prov körs.")
    pytest.skip(f"{missing} saknas: provet av sidan i en webbläsare körs inte.")


def measure(
    folder: Path, theme: str, axe: Path | None, widths: tuple[int, ...], pages: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """What Chromium says of each of ``pages`` at each width."""
    if BROWSER is None:
        needed("Chromium")
    frames = []
    for layout, text in pages.items():
        page = text
        if axe is not None:
            shutil.copy(axe, folder / "axe.js")
            page = re.sub(
                r'<meta http-equiv="Content-Security-Policy"[^>]*>',
                '<script src="axe.js"></script>',
                text,
            )
        frames.append(
            f'<iframe name="{layout}" style="border:0;height:800px" '
            f'srcdoc="{escape(page)}"></iframe>'
        )
    harness = HARNESS.format(
        frames="".join(frames), widths=list(widths), tags=json.dumps(list(TAGS))
    )
    (folder / "prov.html").write_text(harness, "utf-8")
    command = [
        str(BROWSER),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={folder / 'profil'}",
        f"--blink-settings=preferredColorScheme={int(theme == LIGHT)}",
        "--enable-blink-features=ComputedAccessibilityInfo",
        "--virtual-time-budget=120000",
        "--dump-dom",
        (folder / "prov.html").as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=170, check=False)
    found = re.search(r'<pre id="svar">(.+?)</pre>', done.stdout)
    assert found, done.stderr[-2000:]
    answers: dict[str, dict[str, Any]] = json.loads(unescape(found[1]))
    return answers


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return measure(
        tmp_path_factory.mktemp("webb"),
        LIGHT,
        None,
        WIDTHS,
        {layout: own_page(layout) for layout in LAYOUTS},
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_horizontal_overflow(pages: dict[str, dict[str, Any]], layout: str, width: int) -> None:
    measured = pages[layout][str(width)]
    assert abs(measured["view"] - width) <= 20, measured
    assert measured["page"] <= measured["view"], measured
    assert measured["wide"] == []
    assert measured["size"] >= 16


@pytest.mark.parametrize("width", WIDTHS)
def test_the_matrix_scrolls_within_a_region_that_has_a_name_and_takes_focus(
    pages: dict[str, dict[str, Any]], width: int
) -> None:
    measured = pages["avsnitt"][str(width)]
    assert measured["focused"] and "Insatser per verksamhet" in measured["label"]
    if width <= 390:
        assert measured["matrix"] > measured["box"]


def test_the_history_of_the_document_fits_a_narrow_screen(tmp_path: Path) -> None:
    facts: Any = {
        "nämnd": "Arbetsmarknads- och socialförsäkringsnämnden",
        "datum": "2025-05-19",
        "paragraf": "§ 103",
        "diarienummer": "ASN-2025-00123",
        "händelse": "Förvaltningsorganisationsförändring",
    }
    shown = replace(sample("knivsta"), beslut=facts)
    answers = measure(tmp_path, LIGHT, None, (320,), {"historik": render_html(shown)})
    measured = answers["historik"]["320"]
    assert measured["page"] <= measured["view"] and measured["wide"] == [], measured


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("layout", TABLES)
def test_tables_turn_into_cards_with_headings_on_a_narrow_screen(
    pages: dict[str, dict[str, Any]], layout: str, width: int
) -> None:
    measured = pages[layout][str(width)]
    assert measured["cards"] is (width < 900)
    assert (measured["shown"] not in ("none", "normal")) is (width < 900)
    table, row, name, *cells = measured["roles"]
    assert (table, row, name, set(cells)) == ("table", "row", "rowheader", {"cell"})


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_axe_finds_nothing(theme: str, tmp_path: Path) -> None:
    if AXE is None or not Path(AXE).is_file():
        needed("axe-core (INSATSKOLL_AXE)")
    answers = measure(
        tmp_path,
        theme,
        Path(str(AXE)),
        (320, 1280),
        {layout: sample_page(layout) for layout in LAYOUTS},
    )
    for layout, widths in answers.items():
        for width, measured in widths.items():
            assert measured["violations"] == [], (layout, width, theme)
            dark = sum(map(int, re.findall(r"\d+", measured["ground"])[:3])) < 300
            assert dark is (theme == DARK), measured["ground"]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_axe_finds_nothing_in_a_municipality_s_own_look_and_in_the_review(
    theme: str, tmp_path: Path
) -> None:
    if AXE is None or not Path(AXE).is_file():
        needed("axe-core (INSATSKOLL_AXE)")
    dress(tmp_path / "exempel")
    look = profile.load(tmp_path / "exempel")
    pages = {
        layout: render_html(sample(OWN[layout]), profile=look, layout=layout) for layout in LAYOUTS
    }
    kommun = load_kommun(CATALOGUE / "kommuner" / "knivsta")
    assert kommun.revision is not None
    report = review.review(kommun, kommun.revision, load_rules(), load_begrepp(CATALOGUE))
    files = review.granskning_files(report, kommun.revision, ("html",), profile=look)
    pages["granskning"] = files["knivsta-granskning.html"].decode()
    answers = measure(tmp_path, theme, Path(str(AXE)), (320, 1280), pages)
    for name, widths in answers.items():
        for width, measured in widths.items():
            assert measured["violations"] == [], (name, width, theme)
            assert measured["page"] <= measured["view"] and measured["wide"] == [], (
                name,
                width,
                theme,
            )


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_axe_finds_nothing_in_the_page_of_changes(theme: str, tmp_path: Path) -> None:
    if AXE is None or not Path(AXE).is_file():
        needed("axe-core (INSATSKOLL_AXE)")
    uppsala = load_kommun(CATALOGUE / "kommuner" / "uppsala")
    assert uppsala.revision is not None
    sides = {
        "alla-slag": every_kind_of_change(),
        "uppsala": (uppsala.beslut[0].revision, uppsala.revision),
    }
    found = {name: changes_page([Telling(compare(old, new))]) for name, (old, new) in sides.items()}
    for name, widths in measure(tmp_path, theme, Path(str(AXE)), (320, 1280), found).items():
        for width, measured in widths.items():
            assert measured["violations"] == [], (name, width, theme)
            assert measured["page"] <= measured["view"] and measured["wide"] == [], (
                name,
                width,
                theme,
            )
