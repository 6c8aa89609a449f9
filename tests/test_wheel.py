"""The wheel: it carries catalogue, schemas and templates, and works outside the repository."""

from __future__ import annotations

import compileall
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from insatskoll.catalogue import loading
from insatskoll.reading import accepted
from insatskoll.reading.document import Document
from insatskoll.scaffold import schemas
from tests.catalogues import CATALOGUE, ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked where nothing else of the project is."""
    folder = tmp_path_factory.mktemp("hjul")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "site")
    compileall.compile_dir(folder / "site", quiet=2)  # as it is when it is installed
    return folder / "site"


def run(
    installed: Path, cwd: Path, *arguments: str, before: str = ""
) -> subprocess.CompletedProcess[str]:
    site = str(installed)
    code = (
        f"import sys; sys.path.insert(0, {site!r}); {before}from insatskoll import cli; assert "
        f"{site!r} in cli.__file__; cli.main()"
    )
    return subprocess.run(
        [sys.executable, "-P", "-c", code, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def test_lints_the_bundled_catalogue(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "lint", "uppsala", "--waived")
    assert (done.returncode, done.stderr) == (0, "")
    assert str(installed) in done.stdout, "the catalogue is the wheel's own"


def known(content: bytes) -> dict[str, object]:
    """What stands in the file of what has been read: a name and its JSON on each line."""
    pairs = (line.split("\t") for line in content.decode().split("\n")[:-1])
    return {json.loads(name): json.loads(told) for name, told in pairs}


def test_holds_what_its_files_say(installed: Path, tmp_path: Path) -> None:
    lines = (installed / "insatskoll" / "inbyggt.txt").read_text("utf-8").split("\n")
    held = {
        json.loads(name): json.loads(told) for name, told in (x.split("\t") for x in lines[:-1])
    }
    rule = loading.load_document(CATALOGUE / "regler" / "IK101.yaml", "regel")
    assert isinstance(rule, Document)
    whole = accepted.regel(rule)
    needed = {name: value for name, value in whole.items() if name != "exempel"}
    assert held["regler/IK101.yaml"] == needed != whole
    for path in (CATALOGUE / "regler").glob("*.yaml"):
        assert f"regler/{path.name}" in held
    for folder in ("utfall", "bedömningar", "omskrivningar", "satser"):
        written = held[folder]
        assert isinstance(written, dict)
        assert list(written) == [path.stem for path in sorted((CATALOGUE / folder).glob("*.yaml"))]
    with_it = run(installed, tmp_path, "lint", "uppsala", "--waived")
    (installed / "insatskoll" / "inbyggt.txt").rename(tmp_path / "undan.json")
    assert run(installed, tmp_path, "lint", "uppsala", "--waived", "--no-cache").stdout == (
        with_it.stdout
    )
    (tmp_path / "undan.json").rename(installed / "insatskoll" / "inbyggt.txt")


# Tells, in the end, which files were opened and which modules were read.
TOLD = (
    "import atexit; opened = []; "
    "sys.addaudithook(lambda event, given: event == 'open' and opened.append(str(given[0]))); "
    "atexit.register(lambda: print(*opened, '', *sys.modules, sep='\\n', file=sys.stderr)); "
)
# What is worked out of the program's own files, and not by one who compares two texts.
OF_RULES = "insatskoll.law.rules", "insatskoll.law.checks", "insatskoll.law.claims.patterns"


@pytest.mark.parametrize(
    ("arguments", "unread"),
    [
        (("lint", "uppsala"), ()),
        (("diff", "2025-05-19", "--kommun", "uppsala"), OF_RULES),
        (("show", "uppsala", "--beslut"), OF_RULES),
        (("verdicts",), ()),
    ],
)
def test_a_start_reads_no_data_that_the_wheel_has_read(
    arguments: tuple[str, ...], unread: tuple[str, ...], installed: Path, tmp_path: Path
) -> None:
    shutil.copytree(
        CATALOGUE / "kommuner" / "uppsala", tmp_path / "catalogue" / "kommuner" / "uppsala"
    )
    done = run(installed, tmp_path, *arguments, before=TOLD)
    assert done.returncode == 0
    opened, modules = (part.splitlines() for part in done.stderr.split("\n\n"))
    own = str(installed / "insatskoll" / "catalogue")
    assert str(installed / "insatskoll" / "inbyggt.txt") in opened or "--beslut" in arguments
    assert [path for path in opened if path.startswith(own) and path.endswith(".yaml")] == []
    assert [name for name in unread if name in modules] == []


def test_renders_and_writes_nowhere_but_in_the_folder_asked_for(
    installed: Path, tmp_path: Path
) -> None:
    done = run(installed, tmp_path, "render", "uppsala", "--output", "bilagor")
    assert done.returncode == 0, done.stderr
    written = sorted(
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
    )
    assert written == [
        f"bilagor/uppsala-bilaga.{ending}" for ending in ("docx", "html", "json", "md", "pdf")
    ]


def test_writes_the_same_schemas(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, "schema").returncode == 0
    for path, text in schemas.copies(tmp_path).items():
        assert path.read_bytes() == text, path


def test_names_its_licence(installed: Path) -> None:
    metadata = next(installed.glob("*.dist-info/METADATA")).read_text("utf-8")
    assert "License-Expression: EUPL-1.2" in metadata
    licence = next(installed.glob("*.dist-info/licenses/LICENSE"))
    assert licence.read_text("utf-8").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")


def test_what_builds_the_wheel_finds_what_the_build_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build of its own has what it needs in a folder that only its own process knows of."""
    (tmp_path / "bara_har.py").write_text("", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import hatch_build

    code = hatch_build._CODE.replace("from insatskoll", "import bara_har; from insatskoll", 1)
    monkeypatch.setattr(hatch_build, "_CODE", code)
    read = hatch_build.command(ROOT)
    done = subprocess.run(read, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0 and known(done.stdout)
