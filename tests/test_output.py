"""What is read from standard input, written to a file, and said: quietly, and in colour or not."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from insatskoll.cli import lint as lint_command
from insatskoll.reading.files import MAX_BYTES
from tests.catalogues import write_kommun
from tests.program import run

CLEAN, FINDINGS, USAGE = 0, 1, 2
INSATS = {
    "namn": "Samtal",
    "karaktär": "rådgivning",
    "dokumentation": {"nivå": "utan personliga förhållanden"},
    "målgrupp": {"deltagare": ["vuxna"]},
    "utförare": {"enheter": ["exempelenhet"]},
}
COMMON = {
    "information_om_ansökan": "Utförarna berättar att det går att ansöka.",
    "uppföljning": ["antalet deltagare"],
}
NAME = "catalogue/kommuner/exempel/insatser/samtal.yaml"


@pytest.fixture
def kommun(tmp_path: Path) -> Path:
    """A lawful little municipality in a catalogue of its own."""
    folder = tmp_path / "catalogue" / "kommuner" / "exempel"
    return write_kommun(folder, {"samtal": INSATS, "annan": {**INSATS, "namn": "Andra"}}, COMMON)


def broken(kommun: Path, name: str = "samtal") -> str:
    """An insats that names a section which there is not."""
    text = (kommun / "insatser" / f"{name}.yaml").read_text("utf-8")
    found = next(line for line in text.splitlines() if line.startswith("avdelning:"))
    return text.replace(found, "avdelning: finns-inte")


# -- standard input -----------------------------------------------------------


def typed(text: str, tmp_path: Path, *more: str, name: str = NAME) -> tuple[int, str, str]:
    done = run(
        "lint", "-", "--stdin-filename", name, *more, cwd=tmp_path, typed=text.encode("utf-8")
    )
    return done.code, done.out, done.err


def test_the_text_is_judged_and_not_the_file_with_its_name(kommun: Path, tmp_path: Path) -> None:
    saved = kommun / "insatser" / "samtal.yaml"
    good, bad = saved.read_text("utf-8"), broken(kommun)
    assert typed(good, tmp_path)[0] == CLEAN
    code, out, _ = typed(bad, tmp_path)
    assert code == FINDINGS and "IK701" in out and "finns-inte" in out and NAME in out
    assert saved.read_text("utf-8") == good

    saved.write_text(bad, "utf-8")
    assert typed(good, tmp_path)[0] == CLEAN
    (kommun / "insatser" / "annan.yaml").write_text(broken(kommun, "annan"), "utf-8")
    assert typed(good, tmp_path)[:2] == (CLEAN, typed(good, tmp_path)[1])
    assert "annan.yaml" not in typed(bad, tmp_path)[1], "only the findings of the file itself"


def test_the_rest_of_the_municipality_is_as_it_is_saved(kommun: Path, tmp_path: Path) -> None:
    """What kommun.yaml takes away is missed by an insats, and a new insats sees the others."""
    new = "catalogue/kommuner/exempel/insatser/ny.yaml"
    text = (kommun / "insatser" / "annan.yaml").read_text("utf-8")
    assert typed(text.replace("Andra", "Tredje"), tmp_path, name=new)[0] == CLEAN
    again = typed(text, tmp_path, "--format", "json", name=new)
    assert json.loads(again[1])["summary"]["files"] == 4
    assert not (tmp_path / new).exists()
    common = (kommun / "kommun.yaml").read_text("utf-8")
    gone = common.replace("exempelenhet", "en-annan-enhet")
    where = "catalogue/kommuner/exempel/kommun.yaml"
    assert typed(common, tmp_path, name=where)[0] == CLEAN
    assert "kommun.yaml" in typed(gone, tmp_path, "--fail-level", "råd", name=where)[1]


@pytest.mark.parametrize("form", list(lint_command.LintFormat))
def test_every_format_tells_of_the_text(form: str, kommun: Path, tmp_path: Path) -> None:
    code, out, _ = typed(broken(kommun), tmp_path, "--format", form)
    assert code == FINDINGS and "samtal.yaml" in out and "IK701" in out


def test_the_look_and_a_municipality_that_is_begun(kommun: Path, tmp_path: Path) -> None:
    look = "catalogue/kommuner/exempel/profil.yaml"
    assert "IK903" in typed("färg: röd\n", tmp_path, name=look)[1]
    (kommun / "profil.yaml").write_text("färg: röd\n", "utf-8")
    assert typed('färger: {huvudfärg: "#7a1f3d"}\n', tmp_path, name=look)[0] == CLEAN
    begun = "catalogue/kommuner/ny/kommun.yaml"
    text = (kommun / "kommun.yaml").read_text("utf-8").replace("Exempel", "Ny")
    assert typed(text, tmp_path, name=begun)[0] == CLEAN
    assert not (tmp_path / begun).parent.exists()


def test_names_are_taken_from_where_one_stands(kommun: Path, tmp_path: Path) -> None:
    bad = broken(kommun).encode()
    for name, cwd in (
        ("samtal.yaml", kommun / "insatser"),
        ("../insatser/samtal.yaml", kommun / "insatser"),
        (str(kommun / "insatser" / "samtal.yaml"), tmp_path),
    ):
        done = run("lint", "-", "--stdin-filename", name, cwd=cwd, typed=bad)
        assert done.code == FINDINGS and "IK701" in done.out, name


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (b"namn: f\xf6r\xe4ldrar\n", "IK905"),
        (b"x" * (MAX_BYTES + 9), "IK907"),
        (b"", "IK901"),
        (b"a: " + b"[" * 5000, "IK90"),
        (b"\x00\x1b]0;x\x07", "IK905"),
    ],
)
def test_what_cannot_be_read_is_a_finding(
    raw: bytes, rule: str, kommun: Path, tmp_path: Path
) -> None:
    done = run("lint", "-", "--stdin-filename", NAME, cwd=tmp_path, typed=raw)
    assert done.code == USAGE and rule in done.out and "\x1b" not in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-"], "behöver namnet som den har i katalogen"),
        (["--stdin-filename", NAME], "skriv - som mål"),
        (["-", "exempel", "--stdin-filename", NAME], "kan inte stå tillsammans"),
        (["-", "--stdin-filename", NAME, "--fix"], "gäller sparade filer"),
        (["-", "--stdin-filename", NAME, "--diff"], "gäller sparade filer"),
        (["-", "--stdin-filename", NAME, "--write-baseline"], "gäller sparade filer"),
        (["-", "--stdin-filename", "README.md"], "hör inte till någon kommun"),
        (["-", "--stdin-filename", "catalogue/begrepp/x.yaml"], "hör inte till någon kommun"),
        (["-", "--stdin-filename", "/x.yaml"], "hör inte till någon kommun"),
        (["-", "--stdin-filename", ""], "hör inte till någon kommun"),
        (["-", "--stdin-filename", "catalogue/kommuner/exempel/insatser"], "läses inte"),
        (["-", "--stdin-filename", "catalogue/kommuner/exempel/README.md"], "läses inte"),
    ],
)
def test_what_cannot_be_asked_of_standard_input(
    arguments: list[str], said: str, kommun: Path, tmp_path: Path
) -> None:
    done = run("lint", *arguments, cwd=tmp_path, typed=b"")
    assert (done.code, done.out) == (USAGE, "") and said in done.err and "\x1b" not in done.err


# -- a report in a file -------------------------------------------------------


@pytest.mark.parametrize("form", list(lint_command.LintFormat))
def test_the_report_is_in_the_file_and_its_text_in_the_log(
    form: str, kommun: Path, tmp_path: Path
) -> None:
    (kommun / "insatser" / "samtal.yaml").write_text(broken(kommun), "utf-8")
    printed, text = run("lint", "--format", form, cwd=tmp_path), run("lint", cwd=tmp_path)
    done = run("lint", "--format", form, "--output", "ny/fynd", cwd=tmp_path)
    assert (done.code, done.out) == (FINDINGS, text.out)
    assert (tmp_path / "ny" / "fynd").read_bytes() == printed.out.encode("utf-8")
    quiet = run("lint", "-q", "--format", form, "-o", "fynd", cwd=tmp_path)
    assert quiet.code == FINDINGS and 0 < len(quiet.out) < len(text.out)


@pytest.mark.parametrize("command", ["lint", "diff"])
@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("mapp", "där finns en mapp"),
        ("länk", "är en länk"),
        ("bakom-länk/fynd.json", "är en länk"),
        (NAME, "ligger i katalogen"),
        ("catalogue/kommuner/exempel/fynd.json", "ligger i katalogen"),
        ("insatskoll.yaml", "är programmets egen fil"),
        ("insatskoll-baslinje.json", "är programmets egen fil"),
    ],
)
def test_a_report_is_never_written_over_what_is_judged_or_through_a_link(
    command: str, place: str, said: str, kommun: Path, tmp_path: Path
) -> None:
    (tmp_path / "mapp").mkdir()
    shutil.copytree(tmp_path / "catalogue", tmp_path / "förra")
    (tmp_path / "mål").write_text("orört", "utf-8")
    (tmp_path / "länk").symlink_to(tmp_path / "mål")
    (tmp_path / "bakom-länk").symlink_to(tmp_path / "mapp")
    before = {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")}
    old = ["förra"] if command == "diff" else []
    done = run(command, *old, "--format", "json", "--output", place, cwd=tmp_path)
    assert done.code == USAGE and said in done.err
    assert {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_diff_writes_its_report_and_tells_it(kommun: Path, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "catalogue", tmp_path / "förra")
    saved = kommun / "insatser" / "samtal.yaml"
    saved.write_text(saved.read_text("utf-8").replace("Samtal", "Andra samtal"), "utf-8")
    text = run("diff", "förra", cwd=tmp_path)
    for form in ("markdown", "json", "text"):
        printed = run("diff", "förra", "--format", form, cwd=tmp_path)
        done = run("diff", "förra", "--format", form, "-o", "d.txt", cwd=tmp_path)
        assert (done.out, done.code) == (text.out, CLEAN)
        assert (tmp_path / "d.txt").read_bytes() == printed.out.encode("utf-8")
    quiet = run("diff", "förra", "-q", cwd=tmp_path)
    assert len(quiet.out.splitlines()) == 1 and "en ändring" in quiet.out
    saved.write_text(broken(kommun), "utf-8")
    quiet = run("diff", "förra", "-q", "--lint", cwd=tmp_path)
    assert quiet.code == FINDINGS and "IK701" in quiet.err and "Underkänt" in quiet.err


# -- how much is said ---------------------------------------------------------


def test_quiet_says_what_fails_and_the_verdict(kommun: Path, tmp_path: Path) -> None:
    def lint(*more: str) -> tuple[int, list[str]]:
        done = run("lint", *more, cwd=tmp_path)
        return done.code, done.out.splitlines()

    _, (verdict,) = lint("-q")
    assert "0 fel" in verdict
    (kommun / "insatser" / "samtal.yaml").write_text(broken(kommun), "utf-8")
    code, (finding, verdict) = lint("--quiet")
    assert code == FINDINGS and finding.startswith(f"fel IK701 {NAME}:") and "1 fel" in verdict
    assert lint("--exit-zero") == (CLEAN, lint()[1])
    (kommun / "insatser" / "samtal.yaml").write_text("a: [", "utf-8")
    assert lint("--exit-zero")[0] == USAGE, "what cannot be read is not a finding among others"


def test_statistics_count_the_findings_of_each_rule(kommun: Path, tmp_path: Path) -> None:
    for name in ("samtal", "annan"):
        (kommun / "insatser" / f"{name}.yaml").write_text(broken(kommun, name), "utf-8")
    done = run("lint", "--statistics", "--format", "json", "-o", "fynd.json", cwd=tmp_path)
    findings = json.loads((tmp_path / "fynd.json").read_text("utf-8"))["findings"]
    first, *_, verdict = done.out.splitlines()
    assert first.split()[:2] == ["2", "IK701"] and "2 fel" in verdict
    counts = [int(line.split()[0]) for line in done.out.splitlines()[:-1]]
    assert sum(counts) == len(findings) and counts == sorted(counts, reverse=True)


def test_one_document_can_be_printed(kommun: Path, tmp_path: Path) -> None:
    run("render", "exempel", "--format", "md", cwd=tmp_path)
    written = (tmp_path / "ut" / "exempel-bilaga.md").read_text("utf-8")
    assert run("render", "exempel", "--format", "md", "-o", "-", cwd=tmp_path).out == written
    several = run("render", "--format", "md", "--format", "html", "--output", "-", cwd=tmp_path)
    assert several.code == USAGE and "Bara en fil" in several.err and not several.out
    assert run("render", "--watch", "--output", "-", cwd=tmp_path).code == USAGE
    assert not (tmp_path / "-").exists()


def test_the_rules_are_listed_for_other_programs() -> None:
    listed = json.loads(run("rules", "--format", "json").out)
    text = run("rules").out.splitlines()[1:]
    assert [rule["id"] for rule in listed] == [line.split()[0] for line in text]
    assert all(rule["namn"] and rule["åtgärd"] and rule["nivå"] for rule in listed)
    assert run("rules", "--format", "json", "--output", "x").code == USAGE


def test_quiet_does_not_tell_what_was_done(kommun: Path, tmp_path: Path) -> None:
    for command in (
        ["render", "--format", "md"],
        ["schema"],
        ["fmt"],
        ["new", "insats", "Tredje", "--insatstyp", "samtal"],
        ["-q", "render", "--format", "md"],
    ):
        quiet = command if "-q" in command else [*command, "-q"]
        done = run(*quiet, cwd=tmp_path)
        assert (done.code, done.out) == (CLEAN, ""), command
        assert "skriv" not in done.err.lower(), command
    assert (tmp_path / "ut" / "exempel-bilaga.md").exists()
    saved = kommun / "insatser" / "samtal.yaml"
    saved.write_text("# x\n" + saved.read_text("utf-8").replace("namn:", "namn:   "), "utf-8")
    asked = run("fmt", "--check", "-q", cwd=tmp_path)
    assert asked.code == FINDINGS and "samtal.yaml" in asked.err


@pytest.mark.parametrize(
    ("arguments", "env", "coloured"),
    [
        ([], {}, False),
        (["--color", "auto"], {"FORCE_COLOR": "1", "TERM": "xterm"}, True),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1", "TERM": "xterm"}, False),
        ([], {"FORCE_COLOR": "1", "TERM": "dumb"}, False),
    ],
)
def test_colours_are_asked_for_or_refused(
    arguments: list[str], env: dict[str, str], coloured: bool, kommun: Path, tmp_path: Path
) -> None:
    for command in (["lint"], ["show"], ["explain", "IK203"], ["rules"]):
        last = run(*command, *arguments, cwd=tmp_path, env=env)
        first = run(*arguments, *command, cwd=tmp_path, env=env)
        assert last.out == first.out
        assert ("\x1b[" in last.out) is coloured, command
    assert "\x1b" not in run("lint", *arguments, "--format", "json", cwd=tmp_path, env=env).out
    run("lint", *arguments, "-o", "fynd.txt", cwd=tmp_path, env=env)
    assert b"\x1b" not in (tmp_path / "fynd.txt").read_bytes()


def test_what_hostile_files_say_steers_no_terminal_in_colour(kommun: Path, tmp_path: Path) -> None:
    text = broken(kommun).replace("finns-inte", '"\\e[2J::error::x"')
    done = run(
        "lint", "-", "--stdin-filename", NAME, "--color", "always",
        cwd=tmp_path, typed=text.encode(), env=dict(os.environ),
    )  # fmt: skip
    assert done.code and "\x1b[2J" not in done.out and "\n::error" not in done.out
