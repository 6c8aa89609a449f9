"""The schemas as they are laid beside a catalogue: every field is explained, and what is wrong is
underlined, by programs that know nothing of ours and reach no network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from insatskoll.cli.codes import CLEAN, FINDINGS, USAGE
from insatskoll.reading.samples import schemas as shipped
from insatskoll.scaffold import editor, schemas
from tests.catalogues import CATALOGUE, write_kommun
from tests.decisions import INFORMATION, insats
from tests.language_server import LanguageServer
from tests.program import run
from tests.tools import missing, yaml_language_server

SETTINGS = Path(".vscode/settings.json")
LAYOUTS = {"": "catalogue", "katalog: å bok\n": "å bok", "katalog: .\n": "."}


@pytest.fixture(scope="module", params=LAYOUTS)
def beside(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a catalogue, as ``insatskoll schema`` and ``new`` leave it; the catalogue."""
    top = tmp_path_factory.mktemp("hos kommunen på ö")
    catalogue = top / LAYOUTS[request.param]
    (top / "insatskoll.yaml").write_text(request.param or "katalog: catalogue\n", "utf-8")
    folder = write_kommun(catalogue / "kommuner" / "ekbacka", {"lots": insats("Lots")}, INFORMATION)
    assert folder.is_dir()
    assert run("schema", cwd=top).code == CLEAN
    assert run("new", "regel", "KOM001", "--namn", "X", cwd=top).code == CLEAN
    decided = ("--datum", "2025-10-20", "--paragraf", "§ 1", "--dnr", "SN 2025/1")
    assert run("decide", "ekbacka", *decided, cwd=top).code == CLEAN
    return catalogue


def written(catalogue: Path) -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in sorted(catalogue.rglob("*.yaml"))}


def top_of(catalogue: Path) -> Path:
    return next(
        folder for folder in (catalogue, *catalogue.parents) if (folder / SETTINGS).exists()
    )


# The language server of the editors


@pytest.fixture
def server(beside: Path) -> Iterator[LanguageServer]:
    told = json.loads((top_of(beside) / SETTINGS).read_text("utf-8"))
    with LanguageServer(
        [yaml_language_server(), "--stdio"], top_of(beside), told["yaml.schemas"]
    ) as one:
        yield one


def test_an_editor_explains_each_file(beside: Path, server: LanguageServer) -> None:
    files = written(beside)
    assert len(files) >= 4
    assert {path: found for path, found in server.check(files).items() if found} == {}
    for path, text in files.items():
        lines = text.splitlines()
        line = next(number for number, one in enumerate(lines) if one[:1].isalpha())
        if path.name != "insatskoll.yaml":
            assert "schema.json" in server.hover(path, line + 1, 2), path
    wrong = beside / "kommuner" / "ekbacka" / "insatser" / "fel.yaml"
    (found,) = server.check(
        {wrong: "namn: X\ninsatstyp: samtal\navdelning: exempel\nmål: 1\n"}
    ).values()
    assert found and "Unable" not in found[0]


# Another program for schemas


def test_another_program_accepts_what_is_right_and_not_what_is_wrong(tmp_path: Path) -> None:
    if find_spec("check_jsonschema") is None:
        missing("check-jsonschema", "make test installerar det")
    for path, text in schemas.copies(tmp_path).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    home = tmp_path / ".insatskoll" / "schema"
    wrong = tmp_path / "fel.yaml"
    wrong.write_text("namn: 1\ninsatstyp: samtal\navdelning: exempel\n", "utf-8")
    uppsala = CATALOGUE / "kommuner" / "uppsala"
    for kind, files, code in (
        ("insats", sorted((uppsala / "insatser").glob("*.yaml")), 0),
        ("beslut", sorted((uppsala / "beslut").glob("*.yaml")), 0),
        ("insats", [wrong], 1),
    ):
        command = [sys.executable, "-m", "check_jsonschema", "--no-cache", "--schemafile"]
        done = subprocess.run(
            [*command, home / f"{kind}.schema.json", *files],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"https_proxy": "http://127.0.0.1:9"},
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "namn" in done.stdout or not code


def test_each_schema_is_whole_in_itself() -> None:
    for name, text in schemas.copies(Path()).items():
        held = json.loads(text)
        assert held["$id"] == shipped()[name.name]["$id"]
        assert '"$ref": "#/' in text.decode() or '"$ref"' not in text.decode()
        for reference in {part.split('"')[0] for part in text.decode().split('"$ref": "#/')[1:]}:
            node = held
            for step in reference.split("/"):
                node = node[step]


# The settings of VS Code


def test_what_stands_in_the_settings_is_kept(tmp_path: Path) -> None:
    path = tmp_path / SETTINGS
    path.parent.mkdir()
    ours = ".insatskoll/schema/insats.schema.json"
    own = {"editor.fontSize": 14, "yaml.schemas": {"x.json": "y.yaml", ours: "egna/*.yaml"}}
    path.write_text(json.dumps(own, indent="\t"), "utf-8")
    assert run("schema", "--check", cwd=tmp_path).code == FINDINGS
    assert run("schema", cwd=tmp_path).code == CLEAN
    text = path.read_text("utf-8")
    held = json.loads(text)
    assert list(held) == ["editor.fontSize", "yaml.schemas"]
    assert held["yaml.schemas"]["x.json"] == "y.yaml"
    assert held["yaml.schemas"][ours] == ["egna/*.yaml", "catalogue/kommuner/*/insatser/*.yaml"]
    assert '\n\t"editor.fontSize"' in text
    assert run("schema", "--check", cwd=tmp_path).code == CLEAN
    assert run("schema", cwd=tmp_path).out == "Scheman och inställningar är redan som de ska.\n"


@pytest.mark.parametrize(
    "odd",
    ['{\n  // min\n  "a": 1\n}\n', '{"a": 1, "a": 2}', "[]", '{"yaml.schemas": 1}'],
)
def test_settings_that_would_lose_something_are_left_alone(odd: str, tmp_path: Path) -> None:
    path = tmp_path / SETTINGS
    path.parent.mkdir()
    path.write_text(odd, "utf-8")
    done = run("schema", cwd=tmp_path)
    assert done.code == CLEAN
    assert path.read_text("utf-8") == odd
    assert '"yaml.schemas"' in done.out
    assert run("schema", "--check", cwd=tmp_path).code == FINDINGS
    by_hand = odd.encode() + editor._text({"yaml.schemas": editor._wanted("catalogue")}, 2)
    path.write_bytes(by_hand)
    assert run("schema", "--check", cwd=tmp_path).code == CLEAN


def test_a_schema_that_is_older_is_told_and_written_again(tmp_path: Path) -> None:
    run("schema", cwd=tmp_path)
    old = tmp_path / ".insatskoll" / "schema" / "insats.schema.json"
    old.write_text("{}", "utf-8")
    (old.parent / "kommun.schema.json").unlink()
    done = run("schema", "--check", cwd=tmp_path)
    assert done.code == FINDINGS
    assert "insats.schema.json är inte som" in done.out
    assert "kommun.schema.json saknas" in done.out
    assert run("schema", cwd=tmp_path).out == ".insatskoll/schema: 2 scheman skrivna.\n"
    assert run("schema", "--check", cwd=tmp_path).code == CLEAN


def test_schemas_are_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "ut").mkdir()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / ".insatskoll").symlink_to(tmp_path / "ut")
    done = run("schema", cwd=tmp_path / "in")
    assert done.code == USAGE and "länk" in done.err
    assert not list((tmp_path / "ut").iterdir())
    assert not (tmp_path / "in" / ".vscode").exists()


# A line that leads nowhere


def test_a_line_that_leads_nowhere_is_told_once_and_quietly(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue" / "kommuner" / "ekbacka"
    write_kommun(folder, {"lots": insats("Lots"), "råd": insats("Råd")}, INFORMATION)
    line = "# yaml-language-server: $schema=../../../../schema/insats.schema.json\n"
    for path in (folder / "insatser").iterdir():
        path.write_text(line + path.read_text("utf-8"), "utf-8")

    def found() -> list[dict[str, object]]:
        told = json.loads(run("lint", "--format", "json", cwd=tmp_path).out)["findings"]
        return [one for one in told if one["rule"] == "IK912"]

    (one,) = found()
    assert one["level"] == "advice"
    assert str(one["path"]).endswith("insatser/lots.yaml")
    assert "2 filer" in str(one["remedy"]) and "insatskoll schema" in str(one["remedy"])
    run("schema", cwd=tmp_path)
    (one,) = found()
    right = "# yaml-language-server: $schema=../../../../.insatskoll/schema/insats.schema.json"
    assert right in str(one["remedy"])
    for path in (folder / "insatser").iterdir():
        path.write_text(path.read_text("utf-8").replace(line, right + "\n"), "utf-8")
    assert found() == []


def test_the_line_of_a_profile_counts_too(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue" / "kommuner" / "ekbacka"
    write_kommun(folder, {"lots": insats("Lots")}, INFORMATION)
    line = "# yaml-language-server: $schema=../../../{}schema/profil.schema.json\n"
    profile = folder / "profil.yaml"
    profile.write_text(line.format("") + "sidfot: X\n", "utf-8")
    run("schema", cwd=tmp_path)
    assert line.format(".insatskoll/").strip() in run("lint", cwd=tmp_path).out
    profile.write_text(line.format(".insatskoll/") + "sidfot: X\n", "utf-8")
    assert "IK912" not in run("lint", cwd=tmp_path).out


def test_what_is_remembered_knows_the_schemas(tmp_path: Path) -> None:
    folder = tmp_path / "x" / "catalogue" / "kommuner" / "ekbacka"
    write_kommun(folder, {"lots": insats("Lots")}, INFORMATION)
    line = "# yaml-language-server: $schema=../../../../.insatskoll/schema/insats.schema.json\n"
    path = folder / "insatser" / "lots.yaml"
    path.write_text(line + path.read_text("utf-8"), "utf-8")
    env = {"XDG_CACHE_HOME": str(tmp_path / "minne")}

    def told() -> bool:
        return "IK912" in run("lint", cwd=tmp_path / "x", env=env).out

    assert told() and told()
    run("schema", cwd=tmp_path / "x")
    assert not told() and not told()
    (tmp_path / "x" / ".insatskoll" / "schema" / "insats.schema.json").unlink()
    assert told()


def test_a_decision_has_no_line_where_there_are_no_schemas(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue" / "kommuner" / "ekbacka"
    write_kommun(folder, {"lots": insats("Lots")}, INFORMATION)
    decided = ("--datum", "2025-10-20", "--paragraf", "§ 1", "--dnr", "SN 2025/1")
    assert run("decide", "ekbacka", *decided, cwd=tmp_path).code == CLEAN
    text = (folder / "beslut" / "2025-10-20.yaml").read_text("utf-8")
    assert text.startswith("# Fryst beslut.")


def test_the_bundled_catalogue_leads_to_its_own_schemas() -> None:
    told = json.loads(run("lint", "uppsala", "--format", "json", cwd=Path("/")).out)["findings"]
    assert [one for one in told if one["rule"] == "IK912"] == []
