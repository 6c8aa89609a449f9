"""The program as a user meets it: exit codes, Swedish messages, nothing half-written, a quick
start."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from insatskoll import cli
from tests.catalogues import CATALOGUE, write_kommun
from tests.program import run

CLEAN, FINDINGS, USAGE, NOTHING = 0, 1, 2, 3
RULES = len(list((CATALOGUE / "regler").glob("*.yaml")))


@pytest.fixture
def kommun(tmp_path: Path) -> Path:
    """A lawful little municipality in a catalogue of its own."""
    insats = {
        "namn": "Samtal",
        "karaktär": "rådgivning",
        "dokumentation": {"nivå": "utan personliga förhållanden"},
        "målgrupp": {"deltagare": ["vuxna"]},
        "utförare": {"enheter": ["exempelenhet"]},
    }
    information = {
        "information_om_ansökan": "Utförarna berättar att det går att ansöka.",
        "uppföljning": ["antalet deltagare"],
    }
    return write_kommun(
        tmp_path / "catalogue" / "kommuner" / "exempel", {"samtal": insats}, information
    )


def test_a_clean_catalogue_is_clean(kommun: Path, tmp_path: Path) -> None:
    done = run("lint", cwd=tmp_path)
    assert (done.code, done.out) == (
        CLEAN,
        f"2 filer, {RULES} regler: 0 fel, 0 varningar, 0 råd.\n",
    )


def test_findings_give_exit_code_one_at_the_level_asked_for(kommun: Path, tmp_path: Path) -> None:
    write_kommun(
        tmp_path / "catalogue" / "kommuner" / "annan",
        {},
        {"information_om_ansökan": "X.", "förslag": {"datum": "2025-09-18"}},
    )
    assert run("lint", cwd=tmp_path).code == CLEAN, "a warning does not fail by default"
    assert run("lint", "--fail-level", "varning", cwd=tmp_path).code == FINDINGS
    (tmp_path / "insatskoll.yaml").write_text("underkänn_från: varning\n", "utf-8")
    assert run("lint", cwd=tmp_path).code == FINDINGS


def test_one_municipality_by_name_folder_or_file(kommun: Path, tmp_path: Path) -> None:
    for target in ("exempel", kommun, kommun / "insatser" / "samtal.yaml", tmp_path / "catalogue"):
        assert run("lint", target, cwd=tmp_path).code == CLEAN


def test_an_empty_folder_has_nothing_to_check_but_the_bundled_catalogue_is_at_hand(
    tmp_path: Path,
) -> None:
    done = run("lint", cwd=tmp_path)
    assert done.code == NOTHING
    assert "Det finns inga kommuner" in done.err
    assert run("lint", "uppsala", cwd=tmp_path).code == CLEAN


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lint", "nowhere"], "”nowhere” är varken en fil, en mapp eller en kommun"),
        (["lint", "--formt", "json"], "Flaggan --formt finns inte. Menade du --format?"),
        (["lint", "--format", "xml"], "ska vara något av: text, json, github"),
        (["lint", "--datum", "2025-02-30"], "Dagen 2025-02-30 finns inte i almanackan"),
        (["lint", "--datum"], "Flaggan --datum"),
        (["lnt"], "Kommandot lnt finns inte"),
        (["explain"], "REGEL|LAGRUM|DEFINITION|UTFALL|FÄLT saknas"),
        (["explain", "narower"], "Menade du narrower?"),
        (
            ["explain", "fler"],
            "varken en regel, ett lagrum, en definition, ett utfall eller ett fält",
        ),
        (["verdicts", "--check"], "--check behöver --output"),
        (["verdicts", "--output", "x"], "--output behöver --format markdown"),
        (["explain", "IK999"], "Regeln IK999 finns inte"),
        (["rules", "extra"], "För många argument"),
        (["diff", "2020-01-01", "--kommun", "uppsala"], "Beslut finns från 2025-05-19"),
        (
            ["render", "uppsala", "--beslut", "2020-01-01"],
            "uppsala har inget beslut 2020-01-01. Beslut finns från 2025-05-19",
        ),
        (["render", "uppsala", "--format", "exe"], "ska vara något av: html, md, docx, pdf"),
    ],
)
def test_wrong_usage_is_told_in_swedish(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.code == USAGE
    assert said in done.err
    assert done.out == ""
    assert list(tmp_path.iterdir()) == []


def test_help_is_swedish_and_has_examples() -> None:
    for command in ("lint", "diff", "render"):
        said = run(command, "--help").out
        assert "Exempel:" in said
        arguments = said.partition("Argument:")[2].partition("Flaggor:")[0]
        assert "Annars:" in arguments or "Utan mål:" in arguments
        for english in (
            "Usage",
            "Options",
            "Arguments",
            "Show this message",
            "default:",
            "required",
        ):
            assert english not in said


@pytest.mark.parametrize("command", [["render"], ["diff", "förra"]])
def test_a_typo_stops_render_and_diff_with_file_and_line(
    command: list[str], kommun: Path, tmp_path: Path
) -> None:
    shutil.copytree(tmp_path / "catalogue", tmp_path / "förra")
    file = kommun / "insatser" / "samtal.yaml"
    file.write_text(file.read_text("utf-8").replace("insatstyp:", "insatstypp:"), "utf-8")
    done = run(*command, cwd=tmp_path)
    assert done.code == USAGE
    assert (
        "catalogue/kommuner/exempel/insatser/samtal.yaml:2:1: Fältet ”insatstypp” finns "
        "inte här. Menade du ”insatstyp”?"
    ) in done.err
    assert not (tmp_path / "ut").exists()


def test_lint_tells_unreadable_input_by_its_exit_code(kommun: Path, tmp_path: Path) -> None:
    (kommun / "insatser" / "trasig.yaml").write_bytes(b"namn: R\xe5d\n")
    done = run("lint", cwd=tmp_path)
    assert done.code == USAGE
    assert "1:8  fel IK905  Filen är inte sparad i teckenkodningen UTF-8." in done.out


def test_settings_that_break_their_schema_are_refused(tmp_path: Path) -> None:
    (tmp_path / "insatskoll.yaml").write_text("katlog: x\n", "utf-8")
    done = run("lint", cwd=tmp_path)
    assert (
        done.code,
        "insatskoll.yaml:1:1: Fältet ”katlog” finns inte här. Menade du ”katalog”?" in done.err,
    ) == (USAGE, True)


@pytest.mark.parametrize("folder", ["../annan", "/tmp", "a/../../b"])
def test_settings_reach_no_folder_outside_their_own(folder: str, tmp_path: Path) -> None:
    (tmp_path / "insatskoll.yaml").write_text(f"utmapp: {folder}\n", "utf-8")
    done = run("render", "uppsala", cwd=tmp_path)
    assert done.code == USAGE
    assert "insatskoll.yaml:1:9: Det som står i ”utmapp” ligger utanför" in done.err


def test_json_is_one_versioned_document(kommun: Path, tmp_path: Path) -> None:
    document = json.loads(run("lint", "--format", "json", cwd=tmp_path).out)
    assert document["version"] == 1
    assert document["summary"] == {
        "files": 2,
        "rules": RULES,
        "error": 0,
        "warning": 0,
        "advice": 0,
        "waived": 0,
        "known": 0,
    }


def test_github_annotations_escape_what_would_break_them(tmp_path: Path) -> None:
    insats = {"namn": "100 %: a, b", "dokumentation": {"nivå": "avidentifierad"}}
    write_kommun(
        tmp_path / "catalogue" / "kommuner" / "k", {"a": insats}, {"information_om_ansökan": "X."}
    )
    out = run("lint", "--format", "github", cwd=tmp_path).out
    first = out.splitlines()[0]
    assert first.startswith("::error file=catalogue/kommuner/k/insatser/a.yaml,line=")
    assert "title=IK203::”100 %25: a, b”" in first


def test_diff_takes_folders(kommun: Path, tmp_path: Path) -> None:
    write_kommun(tmp_path / "gammal" / "kommuner" / "exempel", {}, {"information_om_ansökan": "X."})
    done = run("diff", "gammal", "--kommun", "exempel", cwd=tmp_path)
    assert done.code == CLEAN
    assert "– Samtal läggs till" in done.out
    assert "från mappen gammal till filerna som de är nu" in done.out


def test_diff_can_stop_a_kind_of_change(kommun: Path, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "catalogue", tmp_path / "förra")
    (kommun / "insatser" / "samtal.yaml").unlink()
    stopped = run("diff", "förra", "--fail-on", "narrower,higher-fee", cwd=tmp_path)
    assert stopped.code == FINDINGS
    assert "1 ändring med utfallet narrower (snävare för den enskilde)" in stopped.err
    assert run("diff", "förra", "--fail-on", "more-open", cwd=tmp_path).code == CLEAN


def test_diff_with_lint_fails_for_what_the_change_introduces_only(
    kommun: Path, tmp_path: Path
) -> None:
    file = kommun / "insatser" / "samtal.yaml"
    wrong = (
        file.read_text("utf-8")
        .replace("nivå: utan personliga förhållanden", "nivå: avidentifierad")
        .replace("karaktär: rådgivning", "karaktär: stöd")
    )
    assert "avidentifierad" in wrong and "karaktär: stöd" in wrong
    file.with_name("gammal.yaml").write_text(wrong.replace("namn: Samtal", "namn: Gammal"), "utf-8")
    shutil.copytree(tmp_path / "catalogue", tmp_path / "förra")
    assert run("diff", "förra", "--lint", cwd=tmp_path).code == CLEAN
    file.with_name("ny.yaml").write_text(wrong.replace("namn: Samtal", "namn: Nytt"), "utf-8")
    done = run("diff", "förra", "--lint", cwd=tmp_path)
    assert done.code == FINDINGS
    assert "+ fel IK203 catalogue/kommuner/exempel/insatser/ny.yaml:" in done.out
    assert "gammal.yaml" not in done.out
    findings = json.loads(run("diff", "förra", "--lint", "--format", "json", cwd=tmp_path).out)[
        "comparisons"
    ][0]["findings"]
    assert {f["path"] for f in findings["introduced"]} == {
        "catalogue/kommuner/exempel/insatser/ny.yaml"
    }


def test_explain_tells_the_law_and_both_kinds_of_examples() -> None:
    said = run("explain", "ik105").out
    for words in (
        "SoL 11 kap. 5 § 5",
        "Gäller från: 2025-07-01",
        "Kontrollerad: ",
        "Här håller regeln tyst",
        "riksdagen.se",
    ):
        assert words in said


def test_show_gives_all_municipalities_one_of_them_or_one_insats() -> None:
    assert any(line.split()[:2] == ["uppsala", "31"] for line in run("show").out.splitlines())
    listed = run("show", "uppsala").out.splitlines()
    assert len(listed) == 32
    assert "utan personliga förhållanden och individnivå" in next(
        line for line in listed if line.startswith("barnsäkert")
    )
    said = run("show", "uppsala", "barnsäkert").out
    for words in (
        "Målgrupp: Föräldrar som",
        "Omfattning: högst sju stödsamtal",
        "Ges av Gottsunda familjeenhet",
    ):
        assert words in said
    done = run("show", "uppsala", "finns-inte")
    assert (done.code, "Insatsen ”finns-inte” finns inte" in done.err) == (USAGE, True)


def test_rules_lists_every_rule() -> None:
    listed = {line.split()[0] for line in run("rules").out.splitlines()[1:]}
    assert listed == {path.stem for path in (CATALOGUE / "regler").glob("*.yaml")}


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], {"yaml", "rich", "jinja2", "jsonschema", "jsonschema_rs"}),
        (
            ["lint", "uppsala", "--format", "json"],
            {"rich", "jinja2", "jsonschema", "typst", "pypandoc"},
        ),
        (["lint", "uppsala"], {"jinja2", "jsonschema", "typst", "pypandoc"}),
    ],
)
def test_a_command_loads_only_what_it_needs(arguments: list[str], unwanted: set[str]) -> None:
    code = (
        "import atexit, sys; sys.argv[0] = 'insatskoll'\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "from insatskoll.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == CLEAN
    assert unwanted.isdisjoint(done.stderr.split())


@pytest.mark.parametrize("name", cli.app.list_commands(click.Context(cli.app)))
def test_the_help_says_of_each_command_what_the_command_itself_says(name: str) -> None:
    command = cli.app.get_command(click.Context(cli.app), name)
    assert command is not None
    listed = " ".join(run("--help").out.split())
    assert f"{name} {command.get_short_help_str(limit=100)}" in listed


def test_the_help_reads_no_command() -> None:
    code = "import sys; from insatskoll import cli; sys.argv = ['insatskoll', '--help']; cli.main()"
    told = f"try:\n {code}\nexcept BaseException: print(*sys.modules, file=sys.stderr)"
    read = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert not {"typer", "rich", "yaml", "jsonschema_rs"} & set(read.stderr.split())
