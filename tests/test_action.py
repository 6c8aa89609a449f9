"""The action that a municipality's repository uses, its steps run in clones shaped as the forge
shapes them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml

from tests import repositories
from tests.catalogues import ROOT
from tests.forge import Expression, Runner, environment_path
from tests.test_ci import checkout, pull_request

OWN = "kommun/arkiv"
GH = """#!/bin/sh
case "$*" in
  *--jq*) cat "$COMMENTS"; exit 0;;
esac
printf '%s\\n' "$*" >> "$ASKED"
for word in "$@"; do case "$word" in body=@*) cat "${word#body=@}" > "$ASKED.body";; esac; done
"""


@pytest.fixture(scope="module")
def action() -> dict[str, Any]:
    made: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    return made


def event(name: str, *, fork: bool = False, base: str = "") -> dict[str, Any]:
    head = {"repo": {"full_name": "någon/kopia" if fork else OWN}}
    return {
        "event_name": name,
        "repository": OWN,
        "base_ref": "main" if name == "pull_request" else "",
        "server_url": "https://forge.example",
        "run_id": "17",
        "token": "hemligt",
        "sha": "abc123",
        "event": {
            "pull_request": {"number": "3", "head": head} if name == "pull_request" else None,
            "merge_group": {"base_sha": base} if base else None,
        },
    }


def runner(
    clone: Path, folder: Path, github: dict[str, Any], *, comments: str = "", real: bool = True
) -> Runner:
    """One that has the program as installed, and a ``gh`` that notes what it is asked."""
    programs, temp = folder / "program", folder / "temp å"
    programs.mkdir()
    temp.mkdir()
    (programs / "gh").write_text(GH, "utf-8")
    (programs / "gh").chmod(0o755)
    (folder / "comments").write_text(comments, "utf-8")
    program = Path(sys.executable).with_name("insatskoll") if real else programs / "insatskoll"
    return Runner(
        clone, temp, github, environment_path(programs),
        instead={
            "install": {"program": str(program)},
            "saved": {"artifact-url": "https://forge.example/bilagor"},
        },
        environment={"ASKED": str(folder / "asked"), "COMMENTS": str(folder / "comments")},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("github.a == 'b' || github.c == 'd'", True),
        ("github.x.y || format('origin/{0}', github.a)", "origin/b"),
        ("inputs.no == 'true' && github.a == 'b'", False),
        ("always()", True),
        ("github.a != 'b'", False),
    ],
)
def test_expressions_are_read_as_the_forge_reads_them(text: str, value: object) -> None:
    known = {"github": {"a": "b", "c": "e"}, "inputs": {"no": "false"}}
    assert Expression(text, known).value() == value


@pytest.mark.parametrize("below", ["", "social å/insatser"])
def test_a_pull_request_is_judged_told_and_printed(
    below: str, action: dict[str, Any], tmp_path: Path
) -> None:
    place = f"{below}/catalogue" if below else "catalogue"
    clone = checkout(pull_request(tmp_path, place, place), tmp_path / "klon")
    forge = runner(clone, tmp_path, event("pull_request"))
    forge.run(action, **{"working-directory": below or "."})
    assert forge.failed == ["verdict"], forge.log
    assert forge.steps["verdict"]["outputs"] == {"exit-code": "1"}
    assert [step for step in ("meaning", "findings", "render") if step in forge.ran] == [
        "meaning", "findings", "render",
    ]  # fmt: skip
    for told in ((forge.temp / "summary.md"), (tmp_path / "asked.body")):
        assert "Lots begränsas till högst fem samtal" in told.read_text("utf-8")
    assert (tmp_path / "asked").read_text("utf-8").split()[:3] == [
        "api", "--silent", f"repos/{OWN}/issues/3/comments",
    ]  # fmt: skip
    body = (tmp_path / "asked.body").read_text("utf-8")
    assert body.startswith("<!-- insatskoll -->\n")
    assert f"https://forge.example/{OWN}/actions/runs/17" in body
    assert body.splitlines()[2].startswith("**Underkänns: 1 ändring.** Att läsa för en jurist: 1")
    at = quote(f"{place}/kommuner/exempel/insatser/lots.yaml")
    assert f"https://forge.example/{OWN}/blob/abc123/{at}#L" in body
    assert "[Bilagan som den blir](https://forge.example/bilagor)" in body
    changes = json.loads(Path(forge.steps["meaning"]["outputs"]["changes"]).read_text("utf-8"))
    assert changes["outcome"]["failing"] == 1
    assert {path.suffix for path in (forge.temp / "bilagor").rglob("*.*")} >= {".pdf", ".docx"}
    assert "underkänt" in forge.log.lower()


def test_a_comment_is_changed_where_it_stands(action: dict[str, Any], tmp_path: Path) -> None:
    clone = checkout(pull_request(tmp_path, "catalogue", "catalogue"), tmp_path / "klon")
    forge = runner(clone, tmp_path, event("pull_request"), comments="41\n42\n")
    forge.run(action, render="false", **{"fail-on": ""})
    assert forge.failed == [], forge.log
    assert f"--method PATCH repos/{OWN}/issues/comments/41" in (tmp_path / "asked").read_text()


def test_from_a_copy_nothing_is_written_and_the_page_tells(
    action: dict[str, Any], tmp_path: Path
) -> None:
    clone = checkout(pull_request(tmp_path, "catalogue", "catalogue"), tmp_path / "klon")
    forge = runner(clone, tmp_path, event("pull_request", fork=True))
    forge.run(action, render="false")
    assert "Kommentera" not in forge.ran and not (tmp_path / "asked").exists()
    assert "Lots" in (forge.temp / "summary.md").read_text("utf-8")


def test_a_queue_of_merges_compares_with_what_it_is_put_on(
    action: dict[str, Any], tmp_path: Path
) -> None:
    remote = pull_request(tmp_path, "catalogue", "catalogue")
    base = repositories.git(remote, "rev-parse", "main")
    forge = runner(checkout(remote, tmp_path / "klon"), tmp_path, event("merge_group", base=base))
    forge.run(action, render="false")
    assert forge.failed == ["verdict"]
    assert "Kommentera" not in forge.ran


def test_the_first_pull_request_and_a_push_are_no_faults(
    action: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    clone = checkout(pull_request(tmp_path, None, "catalogue"), tmp_path / "klon")
    first = runner(clone, tmp_path / "a", event("pull_request"))
    first.run(action, render="false", **{"fail-on": "narrower"})
    assert first.failed == [], first.log
    (tmp_path / "b").mkdir()
    push = runner(clone, tmp_path / "b", event("push"))
    push.run(action, render="false")
    assert (push.failed, "meaning" in push.ran) == ([], False)


@pytest.mark.parametrize(
    ("codes", "worst"), [((0, 0), 0), ((1, 0), 1), ((0, 1), 1), ((2, 1), 2), ((1, 2), 2)]
)
def test_the_worst_is_the_verdict_and_everything_is_said_first(
    codes: tuple[int, int], worst: int, action: dict[str, Any], tmp_path: Path
) -> None:
    forge = runner(tmp_path, tmp_path, event("pull_request"), real=False)
    program = tmp_path / "program" / "insatskoll"
    program.write_text(
        f"#!/bin/sh\ncase $1 in diff) exit {codes[0]};; lint) exit {codes[1]};; esac\n"
    )
    program.chmod(0o755)
    forge.run(action, sarif="true")
    assert forge.steps["verdict"]["outputs"] == {"exit-code": str(worst)}
    assert forge.failed == (["verdict"] if worst else [])
    readable = codes[1] < 2
    assert ("Visa fynden under Security" in forge.ran, "render" in forge.ran) == (readable,) * 2


def test_a_shallow_clone_says_what_is_missing(action: dict[str, Any], tmp_path: Path) -> None:
    remote = pull_request(tmp_path, "catalogue", "catalogue")
    forge = runner(checkout(remote, tmp_path / "klon", depth=1), tmp_path, event("pull_request"))
    forge.run(action, render="false")
    assert forge.steps["verdict"]["outputs"] == {"exit-code": "2"}
    assert "fetch-depth: 0" in forge.log


def test_the_findings_are_shown_by_line(action: dict[str, Any], tmp_path: Path) -> None:
    clone = checkout(pull_request(tmp_path, "catalogue", "catalogue"), tmp_path / "klon")
    forge = runner(clone, tmp_path, event("push"))
    forge.run(action, render="false", sarif="true", **{"fail-level": "råd"})
    log = json.loads((forge.temp / "insatskoll.sarif").read_text("utf-8"))
    assert log["version"] == "2.1.0"
