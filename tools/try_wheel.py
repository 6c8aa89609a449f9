"""Installs the wheel in a folder, and does with it what a municipality does first: begins, checks,
changes, compares and prints. Works alike on Linux, macOS and Windows."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "tools" / "lock.txt"
FORMS = {".html", ".md", ".docx", ".pdf", ".json"}


def main() -> None:
    """Takes the folder that the wheel lies in. Exits with what went wrong, if anything did."""
    (wheel,) = Path(sys.argv[1]).resolve().glob("*.whl")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder, "program å")
        venv.create(home, with_pip=True)
        scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
        run(
            scripts / "python", "-m", "pip", "install", "--quiet", "--constraint", LOCK,
            f"{wheel}[bilaga,import]", cwd=folder,
        )  # fmt: skip
        try_out(scripts / "insatskoll", Path(folder, "kommun å"))
    print("the wheel does what a municipality does first")


def try_out(program: Path, place: Path) -> None:
    """Begins a catalogue in the folder ``place`` and takes it through the commands."""
    place.mkdir()
    run(program, "--version", cwd=place)
    run(program, "new", "kommun", "Ekbacka", "--avdelning", "Vuxna", cwd=place)
    run(program, "new", "insats", "Samtalsstöd", "--insatstyp", "samtal", cwd=place)
    run(program, "lint", cwd=place, allowed=(0, 1))
    run(program, "render", "--all", "--output", "ut", cwd=place)
    written = {path.suffix for path in (place / "ut").rglob("*") if path.is_file()}
    if not written >= FORMS:
        sys.exit(f"not written: {', '.join(sorted(FORMS - written))}")
    run(program, "lint", "uppsala", cwd=place)
    run(program, "diff", "2025-05-19", "--kommun", "uppsala", cwd=place)


def run(*command: object, cwd: str | Path, allowed: tuple[int, ...] = (0,)) -> None:
    """Runs a command in the folder ``cwd``, and exits if its code is none of ``allowed``."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, check=False)
    if done.returncode not in allowed:
        sys.exit(f"exit code {done.returncode}: {' '.join(map(str, command))}")


if __name__ == "__main__":
    main()
