"""A forge's runner in small: takes the steps of a composite action one by one, as GitHub does, with
what the forge would know, and what is no command of the program's own put aside."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_TOKENS = re.compile(
    r"\s*(?:(?P<text>'[^']*')|(?P<number>\d+)|(?P<op>==|!=|&&|\|\||!|\(|\)|,)|(?P<name>[\w.-]+))"
)


class Expression:
    """One expression of a workflow, of the kinds that ours have: names, texts, comparisons, ``&&``,
    ``||``, ``format`` and ``always``."""

    def __init__(self, text: str, known: Mapping[str, Any]) -> None:
        self.tokens = [match for match in _TOKENS.finditer(text) if match[0].strip()]
        self.known = known
        self.at = 0

    def value(self) -> Any:
        left = self._both()
        while self._takes("||"):
            right = self._both()
            left = left or right
        return left

    def _both(self) -> Any:
        left = self._compared()
        while self._takes("&&"):
            right = self._compared()
            left = left and right
        return left

    def _compared(self) -> Any:
        left = self._one()
        if self._takes("=="):
            return left == self._one()
        return left != self._one() if self._takes("!=") else left

    def _one(self) -> Any:
        token = self.tokens[self.at]
        self.at += 1
        if token["text"]:
            return token["text"][1:-1]
        if not token["name"]:
            raise ValueError(token[0])
        if not self._takes("("):
            return self._known(token["name"])
        given = []
        while not self._takes(")"):
            given.append(self.value())
            self._takes(",")
        if token["name"] == "always":
            return True
        if token["name"] == "format":
            return given[0].format(*given[1:])
        raise ValueError(token["name"])

    def _known(self, name: str) -> Any:
        value: Any = self.known
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        return "" if value is None else value

    def _takes(self, wanted: str) -> bool:
        found = self.at < len(self.tokens) and self.tokens[self.at]["op"] == wanted
        self.at += found
        return found


@dataclass
class Runner:
    """A run of a composite action in the folder ``workspace``.

    ``github`` is what the forge knows of the event, ``path`` the folders with the programs, and
    ``instead`` the outputs of the steps that are not run here, by id. ``ran`` has the ids of the
    steps that were taken, and ``failed`` those that failed.
    """

    workspace: Path
    temp: Path
    github: Mapping[str, Any]
    path: str
    instead: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    steps: dict[str, Any] = field(default_factory=dict)
    ran: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    log: str = ""

    def run(self, action: Mapping[str, Any], **inputs: str) -> None:
        """Takes the steps that their conditions let through; after one that fails only those that
        say ``always()``."""
        given = {name: one.get("default", "") for name, one in action["inputs"].items()}
        for step in action["runs"]["steps"]:
            known = {
                "inputs": given | inputs, "github": self.github, "steps": self.steps,
                "runner": {"temp": str(self.temp)},
            }  # fmt: skip
            condition = step.get("if", "true == true")
            if self.failed and "always()" not in condition:
                continue
            if Expression(condition, known).value():
                self._take(step, known)

    def _take(self, step: Mapping[str, Any], known: Mapping[str, Any]) -> None:
        name = str(step.get("id") or step.get("name") or step["uses"].split("@")[0])
        self.ran.append(name)
        if name in self.instead or "run" not in step:
            self.steps[name] = {"outputs": self.instead.get(name, {}), "outcome": "success"}
            return

        def filled(text: str) -> str:
            return re.sub(
                r"\$\{\{(.*?)\}\}", lambda one: str(Expression(one[1], known).value()), text
            )

        told, summary = self.temp / f"{name}.out", self.temp / "summary.md"
        told.touch()
        environment = {
            "PATH": self.path, "HOME": str(self.temp), "LC_ALL": "C.UTF-8",
            "GITHUB_ACTIONS": "true",
            "RUNNER_TEMP": str(self.temp), "GITHUB_OUTPUT": str(told),
            "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_REPOSITORY": str(self.github["repository"]),
        } | dict(self.environment)  # fmt: skip
        environment |= {key: filled(str(value)) for key, value in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace / filled(step.get("working-directory", ".")),
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        self.log += done.stdout + done.stderr
        outputs = dict(line.split("=", 1) for line in told.read_text("utf-8").splitlines())
        outcome = "failure" if done.returncode else "success"
        self.steps[name] = {"outputs": outputs, "outcome": outcome}
        if done.returncode:
            self.failed.append(name)


def environment_path(*folders: Path) -> str:
    """The folders before those of the machine."""
    return os.pathsep.join([*map(str, folders), os.environ["PATH"]])
