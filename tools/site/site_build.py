"""The documentation as a site: the pages in docs, and a reference of the commands, the fields and
the word lists made out of the program's own files."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import site_commands
import site_fields
import site_words

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
LINKED = ("docs/bilder", "schema", "templates")  # what pages show or link to
REFERENCE = {
    "kommandon": site_commands.pages,
    "fält": site_fields.pages,
    "ordlistor": site_words.pages,
}
_LISTED = {"kommandon": "Kommandon", "fält": "Fält", "ordlistor": "Ordlistor"}
MENDED = {
    'aria-label="Toggle site navigation sidebar"': 'aria-label="Visa eller dölj menyn"',
    'aria-label="Toggle table of contents sidebar"': 'aria-label="Visa eller dölj innehållet"',
    'aria-label="Toggle Light / Dark / Auto color theme"': 'aria-label="Byt ljust eller mörkt"',
    "<title>Light mode</title>": "<title>Ljust</title>",
    "<title>Dark mode</title>": "<title>Mörkt</title>",
    "<title>Auto light/dark, in light mode</title>": "<title>Som datorn, nu ljust</title>",
    "<title>Auto light/dark, in dark mode</title>": "<title>Som datorn, nu mörkt</title>",
    "Skip to content": "Hoppa till innehållet",
    "<span>Back to top</span>": "<span>Till sidans början</span>",
    "<span>Next</span>": "<span>Nästa</span>",
    "<span>Previous</span>": "<span>Förra</span>",
    '<div class="title">Home</div>': '<div class="title">Början</div>',
    "Made with ": "Gjord med ",
    "</a> and ": "</a> och ",
    "On this page": "På sidan",
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="Meny">',
    '<aside class="toc-drawer">': '<aside class="toc-drawer" aria-label="På sidan">',
    '<div class="table-wrapper ': '<div tabindex="0" class="table-wrapper ',
    "<pre>": '<pre tabindex="0">',  # what scrolls must be reached by keys
}
_CONTENTS = ("README.md", "definitioner.md", "kontroller.md")
_ALONE = "---\norphan: true\n---\n\n"  # it is found from its list and not in the margin
_LINK = re.compile(r"^- \[[^\]]*\]\(([^)#]+)\.md\)", re.MULTILINE)


def main() -> int:
    """Builds the site; gives an exit code that is not 0 if any link leads nowhere."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "webbplats")
    target = parser.parse_args().output
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Path(folder))
        if (target / ".buildinfo").is_file():  # one that was built before, and nothing else
            shutil.rmtree(target)
        return build(Path(folder), target, ["--fail-on-warning", "--keep-going"])


def build(source: Path, target: Path, flags: Sequence[str] = ()) -> int:
    """Builds what is laid out in ``source`` in the folder ``target``; gives Sphinx's exit code."""
    with tempfile.TemporaryDirectory() as kept:
        asked = ["--quiet", *flags, "-c", str(HERE), "-d", kept, str(source), str(target)]
        done = subprocess.run([sys.executable, "-m", "sphinx", *asked], check=False)
    mend(target)
    return done.returncode


def lay_out(source: Path) -> None:
    """Writes all that the site is made of in the folder ``source``, laid out as the repository is,
    so that its links hold."""
    shutil.copytree(ROOT / "docs", source / "docs", dirs_exist_ok=True)
    for name in PAGES:
        text = (ROOT / name).read_text("utf-8")
        # the first page is made of it
        (source / name).write_text(text.replace("](docs/README.md)", "](index.md)"), "utf-8")
    for name in LINKED:
        shutil.copytree(ROOT / name, source / name, dirs_exist_ok=True)
    for name, made in REFERENCE.items():
        (source / "docs" / name).mkdir()
        for page, text in made().items():
            (source / "docs" / name / page).write_text(text, "utf-8")
    for alone in source.rglob("docs/*/*.md"):
        if alone.name not in _CONTENTS:
            alone.write_text(_ALONE + alone.read_text("utf-8"), "utf-8")
    front = (ROOT / "docs" / "README.md").read_text("utf-8")
    (source / "index.md").write_text("\n".join(_front(front)), "utf-8")


def mend(site: Path) -> None:
    """Puts Swedish for the words that the theme writes itself in the pages of a ``site``, and what
    those need who listen or have no mouse."""
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        for theirs, ours in MENDED.items():
            text = text.replace(theirs, ours)
        page.write_text(text, "utf-8")


def _front(text: str) -> Iterator[str]:
    """The first page, with the contents of each of its sections and of the reference."""
    moved = re.sub(r"\]\((?!\.\./)", "](docs/", text).replace("](../", "](")
    head, *sections = re.split(r"^## (.+)$", moved, flags=re.MULTILINE)
    yield head
    for name, section in zip(sections[::2], sections[1::2], strict=True):
        yield f"## {name}\n{section}"
        yield from _contents(_LINK.findall(section), name)
    yield "## Uppslag\n"
    for folder, name in _LISTED.items():
        yield f"- [{name}](docs/{folder}/README.md)"
    yield ""
    yield from _contents([f"docs/{folder}/README" for folder in _LISTED], "Uppslag")


def _contents(pages: list[str], caption: str = "") -> Iterator[str]:
    """A table of contents that shows in the margin only."""
    yield from ("```{toctree}", ":hidden:", ":maxdepth: 1")
    yield from ([f":caption: {caption}"] if caption else [])
    yield from ("", *pages, "```", "")


if __name__ == "__main__":
    sys.exit(main())
