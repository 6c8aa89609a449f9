"""The programs measured beside ours, installed in a folder of their own: a schema checker in
JavaScript and one in Python, and a checker of how YAML is written. None of them knows the law or
tells where in a file something stands in its data."""

from __future__ import annotations

import json
import subprocess
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
_NODE = ("ajv-cli@5", "ajv-formats@3")
_PYTHON = ("check-jsonschema", "yamllint")


def install(folder: Path) -> None:
    """Installs the peers, and this program as its users have it, unless they are there already."""
    if not (folder / "node_modules" / ".bin" / "ajv").exists():
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", *_NODE],
            cwd=folder,
            check=True,
        )
    wanted: dict[str, tuple[str, ...]] = {"peers": _PYTHON, "own": (str(ROOT),)}
    for name, what in wanted.items():
        environment = folder / name
        if not environment.exists():
            venv.create(environment, with_pip=True)
        installed = name == "own" and (environment / "bin" / "insatskoll").exists()
        again = ["--force-reinstall", "--no-deps"] if installed else []
        pip = [
            environment / "bin" / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        subprocess.run([str(part) for part in (*pip, *again, *what)], check=True)


def own(folder: Path) -> str:
    """The program, as it is installed."""
    return str(folder / "own" / "bin" / "insatskoll")


def bare(folder: Path) -> str:
    """The interpreter that it runs in."""
    return str(folder / "own" / "bin" / "python")


def ajv(folder: Path) -> list[str]:
    """Checks the country's insatser against their schema."""
    schemas = [
        "-s",
        str(ROOT / "schema" / "insats.schema.json"),
        "-r",
        str(ROOT / "schema" / "gemensamt.schema.json"),
    ]
    found = ["-d", "catalogue/kommuner/*/insatser/*.yaml"]
    program = str(folder / "node_modules" / ".bin" / "ajv")
    how = ["validate", "--spec=draft2020", "-c", "ajv-formats", "--strict=false"]
    return [program, *how, *schemas, *found]


def check_jsonschema(folder: Path, country: Path) -> list[str]:
    """Does the same."""
    files = sorted(map(str, country.glob("catalogue/kommuner/*/insatser/*.yaml")))
    path = ROOT / "schema" / "insats.schema.json"
    schema = ["--base-uri", path.as_uri(), "--schemafile", str(path)]
    return [str(folder / "peers" / "bin" / "check-jsonschema"), *schema, *files]


def yamllint(folder: Path) -> list[str]:
    """Checks how all of the country's files are written."""
    return [str(folder / "peers" / "bin" / "yamllint"), "-d", "relaxed", "catalogue"]


def versions(folder: Path) -> dict[str, str]:
    """What was measured, by name."""
    python = folder / "peers" / "bin" / "python"
    told = "import sys; from importlib.metadata import version; print(*map(version, sys.argv[1:]))"
    found = subprocess.run(
        [python, "-c", told, *_PYTHON], capture_output=True, text=True, check=True
    ).stdout.split()
    package = json.loads((folder / "node_modules" / "ajv-cli" / "package.json").read_text("utf-8"))
    node = subprocess.run(
        ["node", "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    return {"Node": node, "ajv-cli": package["version"], **dict(zip(_PYTHON, found, strict=True))}
