"""The hour from a Word file to a bilaga: the commands of docs/kom-igång.md, run as they stand."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

from insatskoll.reading import schema
from tests.catalogues import ROOT
from tests.importing import klockaryd
from tests.importing.secretary import changed, swap
from tests.program import run

GUIDE = (ROOT / "docs" / "kom-igång.md").read_text("utf-8")


def commands() -> list[list[str]]:
    """The commands of the section, each as its words after the program's name."""
    section = GUIDE.partition("## Från Word till bilaga på en timme")[2]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return [shlex.split(line)[1:] for block in blocks for line in block.splitlines()]


def test_the_commands_lead_from_a_word_file_to_a_bilaga_and_back(tmp_path: Path) -> None:
    (tmp_path / "bilaga.docx").write_bytes(klockaryd.document())
    begin, lint, render, show, write = commands()
    read = run(*begin, "--rapport", "fynd.json", cwd=tmp_path)
    assert read.code == 0, read.err
    told = json.loads((tmp_path / "fynd.json").read_text("utf-8"))
    assert schema.errors(told, "importrapport") == []
    folder = tmp_path / "catalogue" / "kommuner" / "klockaryd"
    made = [one["fil"] for one in told["filer"]]
    assert sum(one.startswith("insatser/") for one in made) == len(klockaryd.NAMES)
    assert all((folder / one).is_file() for one in made)
    assert "namn: Klockaryds kommun" in (folder / "kommun.yaml").read_text("utf-8")
    found = run(*lint, cwd=tmp_path)
    assert found.code in (0, 1), found.err
    assert "IK9" not in found.out, "the files can be read, and follow their schemas"
    assert run(*render, cwd=tmp_path).code == 0
    assert (tmp_path / "ut" / "klockaryd-bilaga.pdf").is_file()
    assert run("render", "klockaryd", "--format", "docx", cwd=tmp_path).code == 0
    own = (tmp_path / "ut" / "klockaryd-bilaga.docx").read_bytes()
    (tmp_path / "ändrad.docx").write_bytes(changed(own, swap("Högst fem", "Högst åtta")))
    shown = run(*show, cwd=tmp_path)
    assert "ögst åtta samtal" in shown.out
    file = folder / "insatser" / "ungdomssamtal.yaml"
    assert "högst: 5" in file.read_text("utf-8")
    assert "Skrivet: 1 fil." in run(*write, cwd=tmp_path).out
    assert "högst: 8" in file.read_text("utf-8")
