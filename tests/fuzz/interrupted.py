"""A process that runs the program again and again in children of its own, and lets something happen
to them in the middle.

It loads the program once and forks for each run, so that a run costs a few hundredths of a second.
What happens is planned: before the n-th operation on a file the child is killed, is told that the
disk is full, or an editor saves. Python's own audit events tell of the operations, so that those of
code yet to be written are among them.

One line of JSON in is a list of runs that start at once; one line out is how each of them went.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from insatskoll.law.rules import RuleSet

_CHANGES = {
    "os.rename",
    "os.link",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.chmod",
    "os.symlink",
    "os.truncate",
    "shutil.move",
}


class Program:
    """The process, seen from a test. ``with Program() as program`` starts it and ends it."""

    def __init__(self, root: Path) -> None:
        self.kills = 0
        self.runs = 0
        self._root = root

    def __enter__(self) -> Program:
        environment = os.environ | {
            "PYTHONDONTWRITEBYTECODE": "1",
            "TERM": "dumb",
            "COLUMNS": "120",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=self._root,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()

    def run(self, *runs: dict[str, Any]) -> list[dict[str, Any]]:
        """How the ``runs`` went: ``code`` (negative: the signal), ``out``, ``err`` and ``steps``,
        the operations on files."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(runs) + "\n")
        self._process.stdin.flush()
        done: list[dict[str, Any]] = json.loads(self._process.stdout.readline())
        self.runs += len(done)
        self.kills += sum(one["code"] == -signal.SIGKILL for one in done)
        for one in done:
            assert "Traceback" not in one["err"], one["err"]
        return done


class _Plan:
    """What happens in a child, and before which of its operations on files."""

    def __init__(self, plan: dict[str, Any], steps: Path) -> None:
        self.plan = plan
        self.count = 0
        self.steps = os.open(steps, os.O_WRONLY | os.O_CREAT)
        self.busy = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        changes = event in _CHANGES or (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_CREAT
        )
        if changes:
            self.step()

    def step(self) -> None:
        if self.busy:
            return
        self.count += 1
        self.busy = True
        os.lseek(self.steps, 0, os.SEEK_SET)
        self.write(self.steps, b"%d" % self.count)
        try:
            if self.count == self.plan.get("at"):
                self.happen()
        finally:
            self.busy = False

    def happen(self) -> None:
        match self.plan["what"]:
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "error":
                raise OSError(self.plan["errno"], os.strerror(self.plan["errno"]))
            case "save":
                Path(self.plan["file"]).write_bytes(self.plan["text"].encode())
            case "save by renaming":
                beside = Path(self.plan["file"]).with_name("editorns-fil")
                beside.write_bytes(self.plan["text"].encode())
                beside.rename(self.plan["file"])

    def install(self) -> None:
        from insatskoll import folders

        self.write = os.write
        swap, fsync = folders.swap, os.fsync

        def write(opened: int, data: bytes) -> int:
            self.step()
            half = self.write(opened, data[: len(data) // 2])
            self.step()
            return half + self.write(opened, data[half:])

        def swapped(*arguments: Any) -> bool:
            self.step()
            return swap(*arguments)

        def synced(opened: int) -> None:
            self.step()
            fsync(opened)

        os.write, os.fsync, folders.swap = write, synced, swapped  # type: ignore[assignment]
        sys.addaudithook(self)


def _child(run: dict[str, Any], folder: Path) -> None:
    """Runs the program in a process that has just been forked. Does not return."""
    from insatskoll import cli

    code = 99
    try:
        os.chdir(run["cwd"])
        for number, name in ((1, "out"), (2, "err")):
            opened = os.open(folder / name, os.O_WRONLY | os.O_CREAT)
            os.dup2(opened, number)
        _Plan(run.get("plan", {}), folder / "steps").install()
        sys.argv = ["insatskoll", *run["arguments"]]
        cli.main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:
        import traceback

        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _all(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as top:
        folders = [Path(top) / str(number) for number in range(len(runs))]
        children = []
        for run, folder in zip(runs, folders, strict=True):
            folder.mkdir()
            if (child := os.fork()) == 0:
                _child(run, folder)
            children.append(child)
        for run, child in zip(runs, children, strict=True):
            if "kill_after" in run:
                time.sleep(run["kill_after"])
                os.kill(child, signal.SIGKILL)
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        return [
            {
                "code": code,
                "out": _text(folder / "out"),
                "err": _text(folder / "err"),
                "steps": int(_text(folder / "steps") or 0),
            }
            for code, folder in zip(codes, folders, strict=True)
        ]


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _warm(rules: RuleSet) -> None:
    """Lints and prints once what comes with the program, so that no child has to compile and read
    what they all need."""
    from insatskoll import resources
    from insatskoll.bilaga.render import render_html
    from insatskoll.catalogue.loading import load_kommun
    from insatskoll.lint.run import lint

    kommun = load_kommun(resources.CATALOGUE / "kommuner" / "knivsta")
    assert kommun.revision is not None
    lint([kommun], rules)
    render_html(kommun.revision)


def _serve() -> None:
    import pkgutil
    from importlib import import_module

    import insatskoll
    from insatskoll.cli import common, decisions, lint, render

    for module in pkgutil.walk_packages(insatskoll.__path__, "insatskoll."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    rules = common.load_rules()
    for command in (
        decisions,
        lint,
        render,
    ):  # they take a third of a second to read, and are not what is tried here
        command.load_rules = lambda settings=None: rules  # type: ignore[attr-defined]
    _warm(rules)
    gc.collect()
    gc.freeze()  # no child has to walk through, and so copy, what all have in common
    for line in sys.stdin:
        answer = json.dumps(_all(json.loads(line)))
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
