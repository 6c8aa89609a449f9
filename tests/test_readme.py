"""The commands in the README, as someone runs them who has just unpacked the project: in order, in
a copy of the catalogue."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from tests import repositories
from tests.catalogues import ROOT
from tests.program import run

# What does not end by itself, and what makes a PDF, which other tests do.
SLOW = ("--watch", "render")


def commands(*files: str) -> list[list[str]]:
    """The command lines in ``files`` that are given whole, in order."""
    text = "\n".join((ROOT / file).read_text("utf-8") for file in files).replace("\\\n", " ")
    text = text.partition("### I en pull request")[0]
    found = re.findall(r"^(?:\| `)?insatskoll ([^`\n]*)", text, re.MULTILINE)
    return [
        words
        for line in found
        if "…" not in line and not set(words := shlex.split(line, comments=True)) & set(SLOW)
    ]


def test_the_commands_in_the_readme_work_in_their_order(tmp_path: Path) -> None:
    top = repositories.make(tmp_path / "insatskoll")
    shutil.copytree(ROOT / "catalogue", top / "catalogue")
    repositories.commit(top)
    given = commands("README.md")
    assert {"lint", "explain", "rules", "show", "diff", "decide"} <= {words[0] for words in given}
    assert ["diff", "2025-05-19", "2025-10-20", "--kommun", "uppsala"] in given
    for words in given:
        done = run(*words, cwd=top)
        assert done.code == 0, (words, done.out[-300:], done.err)


def test_the_decision_in_the_example_is_the_same_wherever_it_is_told() -> None:
    (readme,) = [words for words in commands("README.md") if words[0] == "decide"]
    assert [words for words in commands("docs/revidering.md") if words[0] == "decide"] == [readme]
    said = " ".join(run("decide", "--help").out.split())
    assert (
        " ".join(shlex.quote(w) if w.isascii() and " " not in w else w for w in readme[-2:]) in said
    )
