"""What scripts of a municipality's own can ask: the same answers as the commands give."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from insatskoll import api
from insatskoll.reading import schema
from tests.catalogues import ROOT
from tests.program import run

GUIDE = (ROOT / "docs" / "api.md").read_text("utf-8")


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_the_scripts_in_the_guide_run(capsys: pytest.CaptureFixture[str]) -> None:
    scripts = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        exec(compile(script, "docs/api.md", "exec"), {})
    said = capsys.readouterr().out
    assert "gruppverksamhet-vid-trappan" in said
    assert "uppsala har inget beslut 1999-01-01" in said


def test_the_guide_tells_of_every_function() -> None:
    told = set(re.findall(r"^\| `([a-z]+)\(", GUIDE, re.MULTILINE))
    assert told == {name for name in api.__all__ if name[0].islower()}


def test_the_findings_are_those_of_the_command() -> None:
    told = json.loads(run("lint", "sala", "knivsta", "--format", "json").out)
    assert api.lint("sala", "knivsta") == told
    assert schema.errors(told, "rapport") == []


@pytest.mark.parametrize("lint", [False, True])
def test_the_changes_are_those_of_the_command(lint: bool) -> None:
    asked = ["diff", "--kommun", "uppsala", "--format", "json", *(["--lint"] if lint else [])]
    told = json.loads(run(*asked).out)
    assert api.diff(kommun="uppsala", lint=lint) == told


def test_a_bilaga_is_that_of_the_command(tmp_path: Path) -> None:
    run("render", "uppsala", "--beslut", "2025-05-19", "--format", "md", "-o", str(tmp_path))
    (written,) = tmp_path.iterdir()
    assert api.render("uppsala", "md", decision="2025-05-19") == written.read_bytes()


def test_a_municipality_is_as_it_stands_as_decided_or_on_a_day() -> None:
    now, then = api.load("uppsala"), api.load("uppsala", decision="2025-05-19")
    assert now.decisions == ("2025-05-19",)
    assert "samarbetssamtal-på-uppdrag-av-tingsrätten" not in now.insatser
    assert "samarbetssamtal-på-uppdrag-av-tingsrätten" in then.insatser
    assert api.load("uppsala", day="2025-09-01").insatser == then.insatser
    assert api.load(ROOT / "catalogue" / "kommuner" / "uppsala") == now


def test_what_cannot_be_answered_is_refused_in_swedish(tmp_path: Path) -> None:
    with pytest.raises(api.NothingToCheck, match="inga kommuner"):
        api.lint(folder=tmp_path)
    with pytest.raises(api.Refused, match="varken en fil"):
        api.load("atlantis")
    with pytest.raises(api.Refused, match="Välj"):
        api.load("uppsala", decision="2025-05-19", day="2025-09-01")
    with pytest.raises(api.Refused, match="gäller"):
        api.render("uppsala", "html", day="2024-01-01")
    with pytest.raises(api.Refused, match="inte en kommun"):
        api.load(ROOT / "catalogue" / "kommuner" / "uppsala" / "kommun.yaml")
