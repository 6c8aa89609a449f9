"""The program on Windows, as far as it can be told without one: with what Windows lacks taken away
(see :mod:`tests.windows`), the same commands end and write the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import repositories
from tests.catalogues import ROOT
from tests.program import tried

STEPS = [
    ["new", "kommun", "Ekbacka", "--nämnd", "socialnämnden"],
    ["new", "insats", "Öppen mötesplats", "--kommun", "ekbacka", "--insatstyp", "mötesplats",
     "--avdelning", "insatser", "--deltagare", "unga"],
    ["lint"],
    ["lint", "--fix"],
    ["fmt"],
    ["lint", "--format", "sarif", "--output", "fynd.sarif"],
    ["schema"],
    ["decide", "knivsta", "--datum", "2025-10-20", "--paragraf", "§ 12", "--dnr", "SN 2025/1"],
    ["diff", "--kommun", "knivsta"],
    ["diff", "HEAD", "--kommun", "knivsta", "--format", "json"],
    ["show", "knivsta", "--beslut"],
    ["render", "knivsta", "--format", "html", "--format", "md", "--format", "docx"],
    ["render", "knivsta", "--format", "pdf"],
    ["import", "ut/knivsta-bilaga.docx", "--kommun", "Klockaryd"],
    ["import", "saknas/bilaga.docx", "--kommun", "Klockaryd"],
    ["lint", "saknas/kommun.yaml"],
    ["rules", "--format", "json"],
]  # fmt: skip


def catalogue(folder: Path) -> Path:
    """A municipality in a repository of its own."""
    top = repositories.make(folder)
    shutil.copytree(ROOT / "catalogue" / "kommuner" / "knivsta",
                    top / "catalogue" / "kommuner" / "knivsta")  # fmt: skip
    repositories.commit(top)
    return top


def written(folder: Path) -> dict[str, bytes]:
    """All that lies in ``folder`` but for git's own."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any, Path, Path]:
    here = catalogue(tmp_path_factory.mktemp("här") / "arkiv")
    there = catalogue(tmp_path_factory.mktemp("där") / "arkiv")
    ours = [vars(tried(*words, cwd=here)) for words in STEPS]
    asked = there.parent / "steg.json"
    asked.write_text(json.dumps(STEPS), "utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-m", "tests.windows", str(asked)],
        cwd=there, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True,
        encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return ours, json.loads(done.stdout), here, there


@pytest.mark.parametrize("step", range(len(STEPS)), ids=[" ".join(words[:3]) for words in STEPS])
def test_every_command_ends_as_elsewhere(both: Any, step: int) -> None:
    ours, theirs, _, _ = both
    assert not ours[step]["crash"] and ours[step]["code"] in (0, 1, 2), ours[step]
    assert theirs[step] == ours[step]


def test_the_same_files_are_written(both: Any) -> None:
    _, _, here, there = both
    ours, theirs = written(here), written(there)
    assert theirs.keys() == ours.keys()
    for name, data in ours.items():
        assert theirs[name] == data, name
    assert not any(".insatskoll" in name and name.endswith((".tmp", ".lås")) for name in theirs)
