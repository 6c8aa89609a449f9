"""The documentation as a site: all there is has its place in it, and its pages can be read by
everyone."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import click
import pytest
import site_build as site
import site_commands as commands
import site_fields as fields
import site_words as words

from insatskoll.cli import app
from insatskoll.law.rules import load_rules
from insatskoll.reading import samples
from tests.catalogues import ROOT
from tests.test_render_browser import AXE, BROWSER, TAGS, needed

FRONT = (ROOT / "docs" / "README.md").read_text("utf-8")
SHOWN = ("index", "docs/kom-igång", "docs/kommandon/lint", "docs/fält/godtagna")
WIDTHS = (320, 1280)

JUDGE = """<script src="{axe}"></script><script>addEventListener("load", async () => {{
  const root = document.documentElement;
  const found = await axe.run(document, {{ runOnly: {tags}, resultTypes: ["violations"] }});
  const said = found.violations.map((v) => v.id + ": " + v.nodes.slice(0, 3)
    .map((n) => n.target + " " + n.failureSummary).join("; "));
  const [width, wide] = [root.clientWidth, root.scrollWidth];
  parent.postMessage({{ page: {page}, width, wide, said }}, "*");
}});</script></body>"""
HARNESS = """<!DOCTYPE html><pre id="svar"></pre>{frames}<script>
const answers = [];
addEventListener("message", (event) => {{
  answers.push(event.data);
  if (answers.length === {number}) document.getElementById("svar").textContent
    = JSON.stringify(answers);
}});</script>"""


def test_every_page_in_docs_has_a_way_in() -> None:
    listed = {name.removeprefix("../") for name in re.findall(r"\]\(([^)#]+)\)", FRONT)}
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert pages <= listed
    assert set(site.PAGES) <= listed


def test_every_command_and_option_has_its_row() -> None:
    pages = commands.pages()
    context = click.Context(app, info_name="insatskoll")
    for name in app.list_commands(context):
        page = pages[f"{name}.md"]
        assert f"({name}.md)" in pages[commands.INDEX]
        command = app.get_command(context, name)
        assert command is not None
        waiting = [command]
        while waiting:
            one = waiting.pop()
            for parameter in one.params:
                if isinstance(parameter, click.Option) and not parameter.hidden:
                    assert f"{parameter.opts[-1]}" in page, (name, parameter.name)
            if isinstance(one, click.Group):
                waiting += one.commands.values()
    assert "[default" not in "".join(pages.values())


@pytest.mark.parametrize("kind", fields.FILES)
def test_every_field_has_its_heading(kind: str) -> None:
    page = fields.pages()[f"{kind}.md"]
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)[1:]
    assert len(headings) == len(set(headings))
    whole = samples.place(kind, ())
    assert whole is not None
    for name, field in whole.group["properties"].items():
        assert (name in headings) is not field.get("deprecated", False), name
        assert str(field["description"]).split()[0] in page


def test_every_word_list_is_told_of() -> None:
    rules = load_rules()
    page = words.pages(rules)[words.INDEX]
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == sorted(rules.ordlistor)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages shown here, built: the whole site is built by ``make check``."""
    source = tmp_path_factory.mktemp("site") / "source"
    source.mkdir()
    site.lay_out(source)
    for page in source.rglob("*.md"):
        if page.relative_to(source).with_suffix("").as_posix() not in SHOWN:
            page.unlink()
    target = source.parent / "webbplats"
    assert site.build(source, target, ["-Q"]) == 0  # the others' pages are not there
    return target


def test_the_pages_speak_swedish(built: Path) -> None:
    pages = {name: (built / f"{name}.html").read_text("utf-8") for name in SHOWN}
    whole = "".join(pages.values())
    assert '<html class="no-js" lang="sv"' in pages["index"]
    for theirs, ours in site.MENDED.items():
        assert ours in whole, "the theme no longer says so: " + theirs
        assert theirs not in whole
    assert "--fix" in pages["docs/kommandon/lint"]


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(built: Path) -> None:
    if AXE is None or not Path(AXE).is_file():
        needed("axe-core (INSATSKOLL_AXE)")
    if BROWSER is None:
        needed("Chromium")
    for answer in judged(built):
        assert answer["said"] == [], json.dumps(answer, indent=1)
        assert answer["wide"] <= answer["width"], answer
    shutil.rmtree(built.parent / "profil", ignore_errors=True)


def judged(built: Path) -> list[dict[str, Any]]:
    """What axe-core says of each page at each width, in one browser."""
    shutil.copy(str(AXE), built / "axe.js")
    frames = []
    for name in SHOWN:
        page = built / f"{name}.html"
        script = JUDGE.format(
            axe=os.path.relpath(built / "axe.js", page.parent),
            tags=json.dumps(list(TAGS)),
            page=json.dumps(name),
        )
        beside = page.with_name(f"{page.stem}-prov.html")
        beside.write_text(page.read_text("utf-8").replace("</body>", script), "utf-8")
        frames += [f'<iframe src="{beside.as_uri()}" style="width:{width}px;height:900px;border:0">'
                   "</iframe>" for width in WIDTHS]  # fmt: skip
    harness = built / "prov.html"
    harness.write_text(HARNESS.format(frames="".join(frames), number=len(frames)), "utf-8")
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu",
               f"--user-data-dir={built.parent / 'profil'}", "--virtual-time-budget=120000",
               "--dump-dom", harness.as_uri()]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=170, check=False)
    found = re.search(r'<pre id="svar">(.+?)</pre>', done.stdout)
    assert found, done.stderr[-2000:]
    answers: list[dict[str, Any]] = json.loads(unescape(found[1]))
    return answers
