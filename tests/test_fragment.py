"""The page as a part of another page: whole, within its bounds, and fit for the page around."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import tinycss2

from insatskoll.bilaga import fragment, profile
from insatskoll.bilaga.layouts import LAYOUTS, RenderError
from insatskoll.bilaga.render import bilaga, render_html
from tests import tools
from tests.layouts import OWN, own_page, revision_of, sample, sample_page
from tests.looks import dress
from tests.program import run
from tests.test_render_browser import LIGHT, measure

# A site with a title, styles and measures of its own.
SITE = """html { font-size: 62.5%; } body { margin: 0; padding: 0 12px; font: 18px/1.5 serif; }
h2, h3, h4 { font-size: 40px; text-transform: uppercase; color: red; }
table { width: 2000px; } td, th { white-space: nowrap; background: yellow; }
dl { display: flex; } dt { float: left; width: 400px; } ul { list-style: none; }"""


def within(html: str, style: str = SITE) -> str:
    """A site's page with the part of ``html`` in it."""
    files = fragment.files(html, "exempel")
    own = files["exempel-fragment.css"].decode()
    part = files["exempel-fragment.html"].decode()
    return (
        '<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>Stöd</title>'
        f"<style>{style}</style><style>{own}</style></head><body><main><h1>Stöd</h1>"
        f'<h2 class="sidans">Sidans egen rubrik</h2>\n{part}</main></body></html>'
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_text_is_that_of_the_page_but_for_what_the_site_has(layout: str) -> None:
    whole, part = own_page(layout), fragment.part(own_page(layout))

    def words(html: str) -> list[str]:
        inside = html.partition("<main>")[2].partition("</main>")[0] or html
        return re.sub(r"<[^>]+>", " ", inside).split()

    assert words(part) == words(whole)
    assert "<h1" not in part and "<style" not in part and "<main" not in part
    levels = [int(level) for level in re.findall(r"<h(\d)", part)]
    assert levels[0] == 2
    assert levels == [int(level) + 1 for level in re.findall(r"<h(\d)", whole)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_name_in_it_is_its_own_and_is_found(layout: str) -> None:
    part = fragment.part(own_page(layout))
    names = re.findall(r' id="([^"]+)"', part)
    assert len(set(names)) == len(names) > 10
    assert all(name.startswith("insatskoll-") for name in names)
    used = re.findall(r' href="#([^"]+)"', part) + re.findall(r' aria-labelledby="([^"]+)"', part)
    assert used and set(used) <= set(names)


def selectors(rules: list[Any]) -> list[str]:
    found = []
    for rule in rules:
        if rule.type == "at-rule":
            assert rule.lower_at_keyword in ("media", "container", "font-face")
            if rule.lower_at_keyword != "font-face":
                inner = tinycss2.parse_rule_list(
                    rule.content, skip_comments=True, skip_whitespace=True
                )
                found += selectors(inner)
        else:
            found += tinycss2.serialize(rule.prelude).split(",")
    return found


def test_no_style_of_it_is_for_anything_else(tmp_path: Path) -> None:
    dress(tmp_path / "exempel")
    look = profile.load(tmp_path / "exempel")
    html = render_html(sample("uppsala"), profile=look)
    style = fragment.files(html, "exempel")["exempel-fragment.css"].decode()
    rules = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    found = selectors(rules)
    assert len(found) > 100
    assert [one for one in found if not one.strip().startswith(".insatskoll")] == []
    assert "#7a1f3d" in style and "rem" not in style and "prefers-color-scheme" not in style


@pytest.mark.parametrize(
    ("written", "scoped"),
    [
        ("h2 + h3", ".insatskoll h3 + h4"),
        ("body", ".insatskoll"),
        ("main > h1", ".insatskoll > .sida h2"),
        ("body.bred main p", ".insatskoll.bred main p"),
        (".h2 #h2 .hh2", ".insatskoll .h2 #insatskoll-h2 .hh2"),
        ("main:has(.insatser) nav", ".insatskoll > .sida:has(.insatser) nav"),
        ("p:is(h2, h3), li", ".insatskoll p:is(h3, h4), .insatskoll li"),
        (".bodyguard", ".insatskoll .bodyguard"),
    ],
)
def test_selectors(written: str, scoped: str) -> None:
    style = fragment.scoped(f"{written} {{ margin: -.5rem 1.25rem }}")
    assert f"\n{scoped} {{ margin: -8px 20px }}".replace(" }", "}") in style.replace(" }", "}")


def test_the_language_and_its_direction_go_with_it() -> None:
    part = fragment.part('<html lang="ar" dir="rtl"><body><main class="a"><p>x</p></main></body>')
    assert part.startswith('<div class="insatskoll" lang="ar" dir="rtl">')


def test_a_page_without_a_main_element_is_refused() -> None:
    with pytest.raises(RenderError, match="main"):
        fragment.part("<html><body><p>Ett.</p></body></html>")


def test_in_a_page_it_is_valid_html_and_css(tmp_path: Path) -> None:
    pages = []
    for layout in LAYOUTS:
        pages.append(tmp_path / f"{layout}.html")
        pages[-1].write_text(within(sample_page(layout), "h1 { color: black; }"), "utf-8")
    # The checker knows no queries of containers yet.
    found = [one for one in tools.html_errors(pages) if "container" not in one["message"]]
    assert [one["message"] for one in found] == []


def test_a_site_s_styles_stay_outside_and_it_fits_a_narrow_screen(tmp_path: Path) -> None:
    pages = {layout: within(sample_page(layout)) for layout in LAYOUTS}
    for layout, widths in measure(tmp_path, LIGHT, None, (320, 1280), pages).items():
        for width, measured in widths.items():
            assert measured["page"] <= measured["view"], (layout, width, measured["wide"])
            assert measured["wide"] == [], (layout, width)


def test_the_command_writes_it_when_it_is_asked_for(tmp_path: Path) -> None:
    made = run("render", "knivsta", "--format", "fragment", "--output", str(tmp_path / "ett"))
    assert made.code == 0, made.err
    names = sorted(path.name for path in (tmp_path / "ett").iterdir())
    assert names == ["knivsta-bilaga-fragment.css", "knivsta-bilaga-fragment.html"]
    both = bilaga(revision_of("knivsta"), formats=("fragment", "html")).files
    for name in names:
        assert both[name] == (tmp_path / "ett" / name).read_bytes()
    assert next(iter(both)) == "knivsta-bilaga.html"
    refused = run("render", "knivsta", "--format", "fragment", "--output", "-")
    assert refused.code == 2


def test_links_to_files_beside_the_page_are_not_for_the_site() -> None:
    html = render_html(sample("knivsta"), beside={"pdf": "knivsta-bilaga.pdf"})
    assert "knivsta-bilaga.pdf" in html and "knivsta-bilaga.pdf" not in fragment.part(html)


@pytest.mark.parametrize("kommun", OWN.values())
def test_the_same_bytes_each_time(kommun: str) -> None:
    one, again = (bilaga(sample(kommun), formats=("fragment",)).files for _ in range(2))
    assert one == again
