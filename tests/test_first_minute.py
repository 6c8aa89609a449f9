"""What meets someone who has just installed the program, wherever they stand and whatever they type
first."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import insatskoll
from insatskoll import cli, resources
from insatskoll.cli.codes import CLEAN, FINDINGS, NOTHING, USAGE
from tests.catalogues import ROOT, write_kommun
from tests.decisions import INFORMATION, insats
from tests.program import run

TOLD = (".py", ".yaml", ".yml", ".j2", ".md", ".json")


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A folder with a catalogue of one municipality, one of whose files has an error."""
    folder = tmp_path / "social"
    write_kommun(
        folder / "catalogue" / "kommuner" / "ekbacka",
        {"samtal": insats("Samtal"), "trasig": b"namn: X\n"},
        INFORMATION,
    )
    return folder


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_version(flag: str, tmp_path: Path) -> None:
    done = run(flag, cwd=tmp_path)
    assert (done.code, done.out, done.err) == (CLEAN, f"insatskoll {insatskoll.__version__}\n", "")


def test_without_arguments_there_is_help(tmp_path: Path) -> None:
    bare, asked = run(cwd=tmp_path), run("--help", cwd=tmp_path)
    assert (bare.code, bare.out) == (USAGE, "")
    assert bare.err == asked.out
    assert "Användning: insatskoll" in bare.err


def test_help_is_a_command_too(tmp_path: Path) -> None:
    assert run("help", cwd=tmp_path).out == run("--help", cwd=tmp_path).out
    for command in ("lint", "diff", "render", "decide", "show", "rules", "explain", "new"):
        assert run("help", command, cwd=tmp_path).out == run(command, "--help", cwd=tmp_path).out
    assert "Menade du lint?" in run("help", "lnit", cwd=tmp_path).err


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("lnit", "Kommandot lnit finns inte. Menade du lint?"),
        ("rule", "Kommandot rule finns inte. Menade du rules?"),
        ("granska", "Menade du lint?"),
        ("version", "Menade du --version?"),
        ("visa", "Menade du show?"),
        ("xyz", "Kommandot xyz finns inte.\n"),
    ],
)
def test_a_command_that_does_not_exist(written: str, said: str, tmp_path: Path) -> None:
    done = run(written, cwd=tmp_path)
    assert done.code == USAGE
    assert said in done.err


@pytest.mark.parametrize(
    ("flag", "meant"), [("--fomat", "--format"), ("--fail-levl", "--fail-level")]
)
def test_a_flag_nearly_right(flag: str, meant: str, tmp_path: Path) -> None:
    assert f"Menade du {meant}?" in run("lint", flag, cwd=tmp_path).err


@pytest.mark.parametrize(
    "flag", ["--config", "--stdin", "--quiet", "--exit-zero", "--statistics", "--color"]
)
def test_a_flag_that_is_like_none_gets_no_guess(flag: str, tmp_path: Path) -> None:
    assert "Menade du" not in run("lint", flag, cwd=tmp_path).err


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first of several runs keeps what it has read of the program's own files."""
    return tmp_path_factory.mktemp("minne")


@pytest.mark.parametrize(
    "command", ["lint", "lint --format json", "show", "rules", "explain IK203", "--help", "help"]
)
def test_a_reader_who_stops_early_is_no_failure(command: str, top: Path, kept: Path) -> None:
    (top / "catalogue" / "kommuner" / "ekbacka" / "insatser" / "trasig.yaml").unlink()
    program = [sys.executable, "-P", "-m", "insatskoll", *command.split()]
    with subprocess.Popen(
        program,
        cwd=top,
        env=os.environ | {"XDG_CACHE_HOME": str(kept)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
        code = process.wait(60)
    assert (code, said) == (CLEAN, "")


def test_an_interruption_while_loading_is_no_traceback() -> None:
    script = """
import sys
class Interrupted:
    def find_spec(self, name, *_):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted())
from insatskoll.__main__ import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (USAGE, "", "Avbrutet.\n")
    assert cli.main.__module__ == "insatskoll.cli"


# Where one may stand.


@pytest.mark.parametrize("repository", [True, False])
@pytest.mark.parametrize(
    "cwd",
    [
        "",
        "catalogue",
        "catalogue/kommuner",
        "catalogue/kommuner/ekbacka",
        "catalogue/kommuner/ekbacka/insatser",
        "docs/x",
    ],
)
def test_the_catalogue_is_found_from_below(cwd: str, repository: bool, top: Path) -> None:
    if repository:
        (top / ".git").mkdir()
    elif cwd == "docs/x":
        pytest.skip("outside a repository nothing tells how far up to look")
    (top / "insatskoll.yaml").write_text("underkänn_från: råd\n", "utf-8")
    (top / cwd).mkdir(parents=True, exist_ok=True)
    done = run("lint", cwd=top / cwd)
    up = "../" * len(Path(cwd).parts)
    path = {
        "": "catalogue/kommuner/ekbacka/insatser/trasig.yaml",
        "docs/x": f"{up}catalogue/kommuner/ekbacka/insatser/trasig.yaml",
    }
    inside = "catalogue/kommuner/ekbacka/insatser/trasig.yaml".removeprefix(f"{cwd}/")
    assert done.out.splitlines()[0] == path.get(cwd, inside)
    assert done.code == FINDINGS
    assert run("show", "ekbacka", cwd=top / cwd).code == USAGE  # one of its files cannot be used
    baseline = run("lint", "--write-baseline", cwd=top / cwd)
    assert (top / "insatskoll-baslinje.json").exists(), baseline


def test_nothing_is_looked_for_above_the_repository(top: Path) -> None:
    inner = top / "annat"
    (inner / ".git").mkdir(parents=True)
    assert run("lint", cwd=inner).code == NOTHING
    assert "inga kommuner i catalogue/kommuner" in run("lint", cwd=inner).err


@pytest.mark.parametrize(
    ("cwd", "target"),
    [
        ("catalogue/kommuner/ekbacka/insatser", "trasig.yaml"),
        ("catalogue/kommuner/ekbacka/insatser", "./trasig.yaml"),
        ("catalogue/kommuner/ekbacka/insatser", "../insatser/trasig.yaml"),
        ("catalogue/kommuner/ekbacka/insatser", "."),
        ("catalogue/kommuner/ekbacka/insatser", ".."),
        ("catalogue/kommuner/ekbacka", "."),
        ("catalogue/kommuner/ekbacka", "insatser"),
        ("catalogue/kommuner/ekbacka", "insatser/trasig.yaml"),
        ("catalogue/kommuner", "."),
        ("catalogue/kommuner", "ekbacka"),
        ("catalogue", "kommuner"),
        ("catalogue", "."),
        ("docs", "../catalogue"),
        ("docs", "../catalogue/kommuner/ekbacka/insatser/trasig.yaml"),
        ("", "catalogue/kommuner/ekbacka/insatser"),
        ("..", "social"),
        ("..", "social/catalogue/kommuner/ekbacka"),
    ],
)
def test_what_is_pointed_at_is_found_from_anywhere(cwd: str, target: str, top: Path) -> None:
    (top / "docs").mkdir()
    done = run("lint", target, "--format", "json", cwd=top / cwd)
    assert done.code == FINDINGS, done
    found = json.loads(done.out)["findings"]
    assert {Path(f["path"]).name for f in found if f["rule"] == "IK903"} == {"trasig.yaml"}
    forge = run(
        "lint", target, "--format", "gitlab", cwd=top / cwd, env={"CI_PROJECT_DIR": str(top)}
    )
    places = {f["location"]["path"] for f in json.loads(forge.out) if f["check_name"] == "IK903"}
    assert places == {"catalogue/kommuner/ekbacka/insatser/trasig.yaml"}
    known = run("lint", target, "--write-baseline", cwd=top / cwd)
    assert known.code == CLEAN
    written = list(top.parent.rglob("insatskoll-baslinje.json"))
    files = {known["file"] for known in json.loads(written[0].read_text("utf-8"))["findings"]}
    assert "ekbacka/insatser/trasig.yaml" in files
    assert all(file.startswith("ekbacka/") for file in files)


def test_a_file_that_is_in_no_municipality_is_told_where_it_should_be(top: Path) -> None:
    (top / "lös.yaml").write_text("namn: X\n", "utf-8")
    (top / "tom").mkdir()
    assert "Filen lös.yaml ligger inte i någon kommuns mapp" in run("lint", "lös.yaml", cwd=top).err
    done = run("lint", ".", cwd=top / "tom")
    assert done.code == NOTHING
    assert "mappen ..\n" not in done.err


def test_an_empty_folder_is_told_what_works(tmp_path: Path) -> None:
    for command in ("lint", "show", "render", "diff"):
        done = run(command, cwd=tmp_path)
        assert done.code == NOTHING
        assert "insatskoll new kommun Ekbacka" in done.err
    assert "new" in run("--help", cwd=tmp_path).out.partition("Kommandon:")[2].split()[0]


def test_lines_to_paste_work_for_whoever_makes_the_files_by_hand(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue" / "kommuner" / "ekbacka"
    (folder / "insatser").mkdir(parents=True)
    for path, before in (
        (folder / "kommun.yaml", "insatskoll new kommun skriver en."),
        (folder / "insatser" / "samtal.yaml", "insatskoll new insats skriver en fil"),
    ):
        said = [line.removeprefix("    ") for line in run("lint", cwd=tmp_path).out.splitlines()]
        start = next(number for number, line in enumerate(said) if before in line) + 1
        path.write_text("\n".join(said[start : said.index("", start)]) + "\n", "utf-8")
        assert "IK903" not in run("lint", cwd=tmp_path).out
    assert "IK901" not in run("lint", cwd=tmp_path).out


# A catalogue that was copied whole, or a clone of the project.


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for folder in ("lagrum", "regler", "begrepp"):
        shutil.copytree(ROOT / "catalogue" / folder, tmp_path / "catalogue" / folder)
    write_kommun(
        tmp_path / "catalogue" / "kommuner" / "ekbacka", {"samtal": insats("Samtal")}, INFORMATION
    )
    return tmp_path


def test_copies_of_the_programs_own_files_change_nothing(copied: Path) -> None:
    from insatskoll.law import rules

    for path in (copied / "catalogue" / "lagrum").glob(
        "*.yaml"
    ):  # as git checks them out on Windows
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    own = (
        (ROOT / "catalogue" / "regler" / "IK101.yaml").read_text("utf-8").replace("IK101", "KOM001")
    )
    (copied / "catalogue" / "regler" / "KOM001.yaml").write_text(own, "utf-8")
    found = rules.load_rules(own=copied / "catalogue")
    assert set(found.rules) == {*rules.load_rules().rules, "KOM001"}
    assert found.rules["IK203"].path.is_relative_to(resources.CATALOGUE)
    assert run("lint", cwd=copied).code == CLEAN


def test_other_editions_of_the_programs_files_are_told_once_with_what_to_remove(
    copied: Path,
) -> None:
    for name in ("lagrum/sol.yaml", "regler/IK203.yaml", "regler/IK204.yaml"):
        path = copied / "catalogue" / name
        path.write_text(
            path.read_text("utf-8").replace("innehåll: ", "innehåll: Ändrat. ", 1) + "# äldre\n",
            "utf-8",
        )
    for command in ("lint", "lint ekbacka", "rules"):
        done = run(*command.split(), cwd=copied)
        assert done.code == USAGE
        assert "följer med programmet" in done.err
        assert "catalogue/lagrum och catalogue/regler" in done.err
        assert len(done.err.splitlines()) == 1
    for shown in ("IK203", "14:5"):
        assert run("explain", shown, cwd=copied).code == CLEAN
    shutil.rmtree(copied / "catalogue" / "lagrum")
    shutil.rmtree(copied / "catalogue" / "regler")
    assert run("lint", cwd=copied).code == CLEAN


# What a forge is told.


@pytest.mark.parametrize(
    "known", ["git", "GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY"]
)
@pytest.mark.parametrize(
    "cwd", ["social", "social/catalogue/kommuner/ekbacka/insatser", "", "elsewhere"]
)
def test_paths_in_every_format_for_a_forge_are_from_the_top_of_the_repository(
    known: str, cwd: str, top: Path
) -> None:
    repository = top.parent
    (repository / "elsewhere").mkdir()
    environment = {} if known == "git" else {known: str(repository)}
    if known == "git":
        (repository / ".git").mkdir()
    path = "social/catalogue/kommuner/ekbacka/insatser/trasig.yaml"
    said = {
        form: run("lint", top, "--format", form, cwd=repository / cwd, env=environment).out
        for form in ("github", "azure", "gitlab", "sarif", "junit", "markdown")
    }
    assert f"file={path}," in said["github"]
    assert {path} <= {one["location"]["path"] for one in json.loads(said["gitlab"])}
    (one,) = json.loads(said["sarif"])["runs"]
    places = [
        place["physicalLocation"]["artifactLocation"]
        for result in one["results"]
        for place in result["locations"]
    ]
    assert {"uri": path, "uriBaseId": "%SRCROOT%"} in places
    assert f'file="{path}"' in said["junit"]
    assert path in said["markdown"]
    assert "elsewhere" not in "".join(said.values())
    assert str(repository) not in "".join(said.values())


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("lint", "Ekbacka"), "ekbacka"),
        (("lint", "ekbacka kommun"), "ekbacka"),
        (("lint", "Ekbackas kommun"), "ekbacka"),
        (("lint", "ekbaka"), "ekbacka"),
        (("lint", "Uppsala"), "uppsala"),
        (("render", "ekbacka", "--format", "markdown"), "md"),
        (("render", "ekbacka", "--format", "word"), "docx"),
        (("diff", "--format", "md"), "markdown"),
        (("explain", "203"), "IK203"),
    ],
)
def test_what_was_meant_is_asked(tmp_path: Path, arguments: tuple[str, ...], meant: str) -> None:
    write_kommun(tmp_path / "catalogue" / "kommuner" / "ekbacka", {})
    done = run(*arguments, cwd=tmp_path)
    assert done.code == 2 and f"Menade du {meant}?" in done.err


# What people are told to type -----------------------------------------------------------------


def test_a_file_beside_is_not_run_in_the_place_of_the_program(tmp_path: Path) -> None:
    for name in ("insatskoll", "yaml", "typer", "click", "pip", "argparse"):
        (tmp_path / f"{name}.py").write_text("print('UTIFRÅN')\n", "utf-8")
    told = [[sys.executable, "-P", "-m", "insatskoll"]]
    (tmp_path / "utan").mkdir()
    for name in ("yaml", "typer", "click", "jsonschema"):
        (tmp_path / "utan" / f"{name}.py").write_text("print('UTIFRÅN')\n", "utf-8")
    told += [[sys.executable, "-m", "insatskoll"]]
    for command, folder in zip(told, (tmp_path, tmp_path / "utan"), strict=True):
        done = subprocess.run(
            [*command, "lint"], cwd=folder, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == NOTHING, done.stderr
        assert "UTIFRÅN" not in done.stdout + done.stderr


def test_no_command_that_is_told_looks_for_modules_where_it_is_run() -> None:
    """``-m`` alone does; ``-P`` does not, and neither does a program of its own."""
    texts = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "editors").glob("*/*.md")]
    texts += [path for part in resources.PARTS for path in part.rglob("*") if path.suffix in TOLD]
    trusting = re.compile(r"(?<![./\w])(?:py|python[0-9.]*)(?:\.exe)? (?!-P )(?:-\w+ )*-m \w+")
    found = {
        (path.name, one)
        for path in texts
        for one in trusting.findall(path.read_text("utf-8"))
        if path.name != "CONTRIBUTING.md"  # in our own repository
    }
    assert found == set()
