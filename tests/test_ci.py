"""The commands of a pull request, in a clone shaped as a forge shapes it: detached, and with no
branches but the remote's."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from insatskoll.reading import schema
from tests import repositories
from tests.catalogues import ROOT
from tests.decisions import INFORMATION, insats
from tests.program import Run, run
from tests.repositories import kommun

EVERYTHING = ("+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*")
MERGE = "refs/pull/1/merge"


def workflow() -> dict[str, Any]:
    """The workflow in the README that is there to be copied."""
    text = (ROOT / "README.md").read_text("utf-8").partition("### I en pull request")[2]
    found = re.search(r"^```yaml\n(name: .*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    made: dict[str, Any] = yaml.safe_load(found[1])
    return made


def commands() -> list[list[str]]:
    """What the workflow runs of the program, as the shell would have it on a pull request against
    main."""
    job = workflow()["jobs"]["insatser"]
    interval = job["env"]["INTERVALL"].replace("${{ github.base_ref }}", "main")
    lines = [step["run"] for step in job["steps"] if step.get("run", "").startswith("insatskoll ")]
    return [
        shlex.split(line.partition(">>")[0].replace("$INTERVALL", interval))[1:] for line in lines
    ]


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


def test_the_workflow_has_what_the_recipe_needs() -> None:
    job = workflow()["jobs"]["insatser"]
    assert job["env"]["INTERVALL"] == "origin/${{ github.base_ref }}...HEAD"
    assert job["steps"][0]["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert [command[0] for command in commands()] == ["diff", "lint"]


@pytest.mark.parametrize("below", ["", "social/insatser/"])
def test_the_readmes_commands_work_in_a_forges_clone(below: str, tmp_path: Path) -> None:
    remote = pull_request(tmp_path, f"{below}catalogue", f"{below}catalogue")
    top = checkout(remote, tmp_path / "klon")
    diff, lint = (run(*command, cwd=top / below) for command in commands())
    assert (diff.code, lint.code) == (1, 0)
    assert "Lots begränsas till högst fem samtal" in diff.out
    assert diff.err.startswith("Underkänt: 1 ändring med utfallet narrower")
    for interval in (
        "main...HEAD",
        "main...",
        "origin/main...HEAD",
        f"{repositories.git(remote, 'rev-parse', 'gren~1')}...HEAD",
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
    assert run("diff", *commands()[0][1:], cwd=top).code == 0
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
