"""The workflows that are written for the forges, and their commands, in a clone shaped as a forge
shapes it: detached, and with no branches but the remote's."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from insatskoll import __version__
from insatskoll.reading import schema
from insatskoll.scaffold import forges
from tests import repositories
from tests.decisions import INFORMATION, insats
from tests.program import Run, run
from tests.repositories import kommun
from tests.tools import missing

EVERYTHING = ("+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*")
MERGE = "refs/pull/1/merge"


@pytest.fixture(scope="module")
def workflows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files that are written for the forges, in an archive whose catalogue lies in a folder."""
    top = repositories.make(tmp_path_factory.mktemp("arkiv"))
    (top / "social å").mkdir()
    for forge in forges.PLACES:
        assert run("new", "ci", forge, cwd=top / "social å").code == 0
    return {forge: top / place for forge, place in forges.PLACES.items()}


def workflow(path: Path) -> dict[str, Any]:
    made: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return made


def commands(path: Path, base: str) -> list[list[str]]:
    """What a workflow runs of the program, as the shell would have it on a pull request against
    main, whose last commit in the branch is ``base``."""
    text = path.read_text("utf-8").replace("${{ github.base_ref }}", "main")
    interval = re.search(r"INTERVALL: (.*)", text)
    for name, value in (
        ("$INTERVALL", interval[1] if interval else ""),
        ("$CI_MERGE_REQUEST_DIFF_BASE_SHA...", f"{base}..."),
        ("${SYSTEM_PULLREQUEST_TARGETBRANCH#refs/heads/}", "main"),
        ("$FILER", "https://forge.example/a/blob/1"),
        ("$CI_PROJECT_URL", "https://forge.example/a"),
    ):
        text = text.replace(name, value)
    found = re.findall(r"^[ -]*(?:run: )?(insatskoll (?:lint|diff)[^>|\n]*)", text, re.MULTILINE)
    return [shlex.split(line)[1:] for line in found]


def checkout(remote: Path, folder: Path, *, depth: int = 0) -> Path:
    """A clone as actions/checkout makes it for a pull request."""
    top = repositories.make(folder)
    repositories.git(top, "remote", "add", "origin", remote.as_uri())
    merged = f"+{MERGE}:refs/remotes/pull/1/merge"
    wanted = [f"--depth={depth}", merged] if depth else [*EVERYTHING, merged]
    repositories.git(top, "fetch", "--no-tags", "-q", "origin", *wanted)
    repositories.git(top, "checkout", "-q", "--force", "refs/remotes/pull/1/merge")
    assert repositories.git(top, "branch", "--format=%(refname)").startswith("(HEAD detached")
    return top


def pull_request(
    folder: Path, before: str | None, after: str, *, settings: tuple[str, str] = ("", "")
) -> Path:
    """A remote where a pull request adds a ceiling in the catalogue, which ``before`` and ``after``
    are the folders of.

    Main has moved on since the branch left it, with a change of its own.
    """
    top = repositories.make(folder / "fjärran")
    (top / "LÄSMIG").touch()

    def write(where: str, own: str, **fields: Any) -> None:
        shared = {name: insats(name.title()) for name in ("lots", "råd")}
        kommun(top / where, "exempel", INFORMATION, **shared | {"lots": shared["lots"] | fields})
        if own:
            (top / where).parent.joinpath("insatskoll.yaml").write_text(own)

    if before is not None:
        write(before, settings[0])
    repositories.commit(top)
    repositories.git(top, "checkout", "-q", "-b", "gren")
    if before not in (None, after):
        repositories.git(top, "rm", "-rq", before or "")
    write(after, settings[1], omfattning={"högst": 5, "enhet": "samtal"})
    repositories.commit(top)
    repositories.git(top, "checkout", "-q", "main")
    (top / "ANNAT").touch()
    repositories.commit(top)
    repositories.git(top, "merge", "-q", "--no-ff", "-m", "x", "gren")
    repositories.git(top, "update-ref", MERGE, "HEAD")
    repositories.git(top, "reset", "-q", "--hard", "HEAD^1")
    return top


def changes(done: Run) -> list[list[str]]:
    document = json.loads(done.out)
    assert schema.errors(document, "diff") == []
    return [change["insatser"] for one in document["comparisons"] for change in one["changes"]]


def test_the_workflow_has_what_the_recipe_needs(workflows: dict[str, Path]) -> None:
    job = workflow(workflows["github"])["jobs"]["insatser"]
    assert job["env"]["INTERVALL"] == "origin/${{ github.base_ref }}...HEAD"
    assert job["steps"][0]["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert workflow(workflows["gitlab"])["insatser"]["variables"]["GIT_DEPTH"] == "0"
    assert workflow(workflows["azure"])["steps"][0]["fetchDepth"] == "0"
    assert workflow(workflows["forgejo"])["jobs"]["insatser"]["steps"][0]["with"] == {
        "fetch-depth": 0
    }
    lints = {
        "github": ["--format", "github"],
        "gitlab": ["--report", "gitlab=$CI_PROJECT_DIR/granskning.json"],
        "azure": ["--format", "azure", "--report", "junit=$AGENT_TEMPDIRECTORY/insatser.xml"],
        "forgejo": [],
    }
    for forge, path in workflows.items():
        text = path.read_text("utf-8")
        assert f"insatskoll=={__version__}" in text and "social å" in text
        assert {command[0] for command in commands(path, "x")} == {"diff", "lint"}
        assert ["lint", *lints[forge]] in commands(path, "x")


def test_the_forges_have_a_schema_that_the_workflows_follow(workflows: dict[str, Path]) -> None:
    if find_spec("check_jsonschema") is None:
        missing("check-jsonschema", "make test installerar det")
    names = {"github": "github-workflows", "gitlab": "gitlab-ci", "azure": "azure-pipelines"}
    names["forgejo"] = names["github"]  # whose form it has
    for forge, path in workflows.items():
        given = ["--builtin-schema", f"vendor.{names[forge]}"]
        given += [] if "github" in names[forge] else ["--data-transform", names[forge]]
        given += ["--regex-variant", "nonunicode"]  # that the schema for Azure is written in
        command = [sys.executable, "-m", "check_jsonschema", *given, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_shell_runs_what_the_workflows_say(workflows: dict[str, Path], tmp_path: Path) -> None:
    """Every step is run, and the last exit code is the worst, with a program that fails."""
    held = workflow(workflows["gitlab"])["insatser"]
    azure = [step["script"] for step in workflow(workflows["azure"])["steps"] if "script" in step]
    (tmp_path / "insatskoll").write_text('#!/bin/sh\necho "$@" >> "$RAN"\nexit 1\n', "utf-8")
    (tmp_path / "pip").write_text("#!/bin/sh\n", "utf-8")
    for name in ("insatskoll", "pip"):
        (tmp_path / name).chmod(0o755)
    env = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}", "RAN": str(tmp_path / "kört"),
        "CI_PROJECT_DIR": str(tmp_path), "AGENT_TEMPDIRECTORY": str(tmp_path), "MAPP": ".",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": "abc", "INSATSKOLL": "insatskoll",
        "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main",
    }  # fmt: skip
    for lines, options in (("\n".join(held["script"]), "-eo pipefail"), (azure[1], "--norc")):
        done = subprocess.run(
            ["bash", *options.split(), "-c", lines], env=env, cwd=tmp_path, check=False
        )
        assert done.returncode == 1
    ran = (tmp_path / "kört").read_text("utf-8").splitlines()
    assert [line.split()[0] for line in ran] == ["lint", "diff", "diff"]
    assert [line.split()[1] for line in ran[1:]] == ["abc...HEAD", "origin/main...HEAD"]


@pytest.mark.parametrize("forge", list(forges.PLACES))
@pytest.mark.parametrize("below", ["", "social/insatser/"])
def test_the_commands_work_in_a_forges_clone(
    below: str, forge: str, workflows: dict[str, Path], tmp_path: Path
) -> None:
    remote = pull_request(tmp_path, f"{below}catalogue", f"{below}catalogue")
    top = checkout(remote, tmp_path / "klon")
    base = repositories.git(remote, "rev-parse", "gren~1")
    given = sorted(commands(workflows[forge], base))
    places = {"$CI_PROJECT_DIR": tmp_path, "$AGENT_TEMPDIRECTORY": tmp_path}
    for name, place in places.items():
        given = [[word.replace(name, str(place)) for word in command] for command in given]
    diff, *lints = (run(*command, cwd=top / below) for command in given)
    assert ("](https://forge.example/a/" in diff.out) == (forge in ("github", "gitlab"))
    written = {path.name for path in tmp_path.glob("*.*")}
    assert written == {"gitlab": {"granskning.json"}, "azure": {"insatser.xml"}}.get(forge, set())
    assert (diff.code, *(lint.code for lint in lints)) == (1, *(0 for _ in lints))
    assert "Lots begränsas till högst fem samtal" in diff.out
    assert diff.err.startswith("Underkänt: 1 ändring med utfallet narrower")
    for interval in (
        "main...HEAD",
        "main...",
        "origin/main...HEAD",
        f"{base}...HEAD",
    ):
        assert changes(run("diff", interval, "--format", "json", cwd=top / below)) == [["Lots"]], (
            interval
        )
    assert (
        "Exempels kommun: från förslaget 2025-08-20 i origin/main till"
        in run("diff", "main", cwd=top / below).out
    )


def test_a_clone_without_the_history_says_what_is_missing(tmp_path: Path) -> None:
    top = checkout(pull_request(tmp_path, "catalogue", "catalogue"), tmp_path / "klon", depth=1)
    for interval in ("main...HEAD", "origin/main...HEAD", "main"):
        done = run("diff", interval, cwd=top)
        assert (done.code, done.out) == (2, "")
        assert "fetch-depth: 0" in done.err
        assert done.err.count("\n") == 1


def test_the_first_pull_request_is_all_new(tmp_path: Path) -> None:
    top = checkout(pull_request(tmp_path, None, "catalogue"), tmp_path / "klon")
    done = run("diff", "main...HEAD", cwd=top)
    assert done.code == 0
    assert done.out.startswith(
        "Mappen catalogue/kommuner finns inte i revisionen som origin/main och HEAD utgår "
        "från. Allt är nytt."
    )
    assert "Exempels kommun läggs till i katalogen" in done.out
    found = run("diff", "main...HEAD", "--format", "json", cwd=top)
    assert len(changes(found)) == 3
    assert json.loads(found.out)["remarks"][0].endswith("Allt är nytt.")


def test_a_catalogue_that_is_moved_is_compared_with_where_it_was(tmp_path: Path) -> None:
    remote = pull_request(
        tmp_path, "underlag", "catalogue", settings=("katalog: underlag\n", "katalog: catalogue\n")
    )
    top = checkout(remote, tmp_path / "klon")
    done = run("diff", "main...HEAD", "--format", "json", cwd=top)
    assert changes(done) == [["Lots"]]
    assert json.loads(done.out)["remarks"][0].startswith(
        "Katalogen har flyttats: från underlag/kommuner i revisionen"
    )


def test_the_help_shows_the_interval_that_blames_nobody_for_what_others_did() -> None:
    shown = run("diff", "--help").out
    assert "insatskoll diff main...HEAD --format markdown" in shown
    assert "insatskoll diff main...HEAD --lint" in shown
    assert not re.search(r"main\.\.HEAD|insatskoll diff main\s+--", shown)
