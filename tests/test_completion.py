"""What Tab gives: the words that there are, in the shells themselves, quickly, and nothing that a
shell would do something with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.catalogues import write_kommun
from tests.program import run

HOSTILE = ("$(touch pwned)", "a b", "a\nb", "';touch pwned;'", "`touch pwned`", "-rf", "x;y", '"q"')
SHELLS = ("bash", "zsh", "fish")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue with a municipality, a decision, and names that no official gives."""
    kommuner = tmp_path / "catalogue" / "kommuner"
    kommun = write_kommun(kommuner / "exempel", {"öppna-samtal": {"namn": "Öppna samtal"}})
    (kommun / "beslut").mkdir()
    (kommun / "beslut" / "2026-01-20.yaml").write_text("x", "utf-8")
    for name in HOSTILE:
        (kommun / "insatser" / f"{name}.yaml").write_text("x", "utf-8")
        (kommuner / name).mkdir()
        (kommuner / name / "kommun.yaml").write_text("x", "utf-8")
        (tmp_path / name).write_text("x", "utf-8")
    return tmp_path


def offered(folder: Path, *words: str, begun: str = "") -> list[str]:
    env = {"INSATSKOLL_COMPLETE": "bash", "INSATSKOLL_WORD": begun}
    done = run(*words, cwd=folder, env=env)
    assert (done.code, done.err) == (0, "")
    return [line.partition("\t")[0] for line in done.out.splitlines()]


def test_everything_that_can_be_chosen_is_offered(folder: Path) -> None:
    assert {"lint", "diff", "render", "completion"} <= set(offered(folder))
    assert offered(folder, begun="lin") == ["lint"]
    assert offered(folder, "lint", begun="--stdin") == ["--stdin-filename"]
    assert offered(folder, "lint", begun="ex") == ["exempel", ":file"]
    assert offered(folder, "show", "exempel", begun="ö") == ["öppna-samtal"]
    assert "medling-vid-brott" in offered(folder, "show", "uppsala")
    assert offered(folder, "explain", begun="IK20") == offered(
        folder, "lint", "--select", begun="IK20"
    )
    assert "IK8,IK203" in offered(folder, "lint", "--ignore", begun="IK8,IK20")
    assert offered(folder, "lint", "--format", begun="s") == ["sarif"]
    assert offered(folder, "lint", begun="--format=s") == ["--format=sarif"]
    assert offered(folder, "render", "exempel", "--beslut") == ["2026-01-20"]
    assert "narrower" in offered(folder, "diff", "--fail-on", begun="na")
    assert offered(folder, "render", "--layout", begun="tabell-") == ["tabell-utförlig"]
    assert offered(folder, "new") == ["kommun", "insats", "ci", "regel"]
    assert offered(folder, "lint", "--baseline") == [":file"]
    assert offered(folder, "render", "--output") == [":dir"]


def test_the_catalogue_is_the_one_that_the_settings_name(folder: Path) -> None:
    (folder / "catalogue").rename(folder / "förteckning")
    assert "exempel" not in offered(folder, "lint")
    (folder / "insatskoll.yaml").write_text("katalog: förteckning\n", "utf-8")
    inner = folder / "förteckning" / "kommuner" / "exempel"
    assert "exempel" in offered(folder, "lint") and "exempel" in offered(inner, "lint")


def test_names_that_a_shell_would_read_are_not_offered(folder: Path) -> None:
    everything = [
        *offered(folder, "lint"),
        *offered(folder, "show"),
        *offered(folder, "show", "exempel"),
        *offered(folder, "diff"),
    ]
    assert not set(HOSTILE) & set(everything) and {"exempel", "öppna-samtal"} <= set(everything)


@pytest.mark.parametrize("words", [["finns-inte"], ["lint", "--finns-inte"], ["show", "\x1b[2J"]])
def test_nothing_is_ever_said_in_the_prompt(words: list[str], folder: Path) -> None:
    (folder / "insatskoll.yaml").write_text("katalog: [", "utf-8")
    offered(folder, *words)


def test_a_tab_loads_nothing_of_the_engine(folder: Path) -> None:
    code = (
        "import atexit, sys; sys.argv[0] = 'insatskoll'\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "from insatskoll.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "lint"],
        env=os.environ | {"INSATSKOLL_COMPLETE": "zsh", "INSATSKOLL_WORD": "ex"},
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("exempel\t")
    rooms = ("law", "lint", "catalogue", "bilaga", "diff", "decisions", "lsp", "importing")
    loaded = done.stderr.split()
    assert not [name for name in loaded if name.startswith(tuple(f"insatskoll.{r}" for r in rooms))]
    assert {"yaml", "rich", "jinja2", "jsonschema_rs", "json"}.isdisjoint(loaded)


# What each shell is told to do: read the script, and press Tab after a line's words.
_ASKING = {
    "bash": """
source "$1"; shift
COMP_WORDS=(insatskoll "$@"); COMP_CWORD=$#
_insatskoll; printf '%s\\n' "${COMPREPLY[@]}"
""",
    "zsh": """
compdef() { : }; _files() { print -r -- FILER }; _describe() { print -rl -- "${(@P)3}" }
source "$1"; shift
words=(insatskoll "$@"); CURRENT=$(( $# + 1 ))
_insatskoll
""",
    "fish": "source $argv[1]; complete -C (string join ' ' insatskoll $argv[2..-1])",
}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_works_in_the_shell(shell: str, folder: Path, tmp_path: Path) -> None:
    if shutil.which(shell) is None and os.environ.get("INSATSKOLL_KRAV_ALLT") != "1":
        pytest.skip(f"{shell} saknas")
    script = tmp_path / "skript"
    script.write_text(run("completion", shell).out, "utf-8")
    program = tmp_path / "bin" / "insatskoll"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m insatskoll "$@"\n', "utf-8")
    program.chmod(0o755)

    def press(*words: str) -> str:
        flags = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
        named = ["x"] if shell != "fish" else []
        command = [shell, *flags, "-c", _ASKING[shell], *named, str(script), *words]
        env = os.environ | {"PATH": f"{program.parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
        env |= {"HOME": str(tmp_path), "TERM": "dumb"}
        done = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.stderr == ""
        return done.stdout

    assert "lint" in press("li")
    told = press("show", "exempel", "ö")
    assert "öppna-samtal" in told
    assert "exempel" in press("lint", "ex")
    press("lint", "'$(touch pwned)'" if shell == "fish" else "$(touch pwned)")
    press("show", "`touch pwned`" if shell != "fish" else "'`touch pwned`'", "")
    press("lint", "")
    assert not (folder / "pwned").exists()


def test_powershell_hands_over_words_and_makes_results_of_the_answer() -> None:
    script = run("completion", "powershell").out
    assert script.isascii(), "what is written to a profile may be read in any encoding"
    for words in (
        "Register-ArgumentCompleter -Native -CommandName insatskoll",
        "@before",
        "CompletionResult",
        "Remove-Item Env:INSATSKOLL_COMPLETE",
        "-CommandType Application",
    ):
        assert words in script
    assert "Invoke-Expression" not in script and "iex" not in script.casefold().split()


def test_the_help_tells_how_it_is_installed() -> None:
    told = run("completion", "--help").out
    for shell in ("~/.bashrc", "~/.zshrc", "~/.config/fish/completions", "$PROFILE"):
        assert shell in told
    assert "Install completion" not in run("--help").out
    assert run("completion", "tcsh").code == 2
