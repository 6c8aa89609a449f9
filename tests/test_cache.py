"""What has been found before is found again, and nothing else: whatever changes, and whatever lies
in the cache."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from insatskoll import names, writing
from insatskoll.catalogue import loading
from insatskoll.catalogue.model import Kommun
from insatskoll.cli import again
from insatskoll.law.predicates import Neighbours
from insatskoll.law.rules import load_rules
from insatskoll.lint import rows, run
from insatskoll.lint.baseline import BaselineError
from insatskoll.reading import builtin, cache, trees
from tests import program
from tests.catalogues import CATALOGUE, INSATS, write_kommun

BASELINE = '{"version": 1, "findings": []}'


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a catalogue of two municipalities, in which nothing counts as just changed.
    They have a few of their insatser each: there is less to lint, and as much to find."""
    monkeypatch.setattr(trees, "SETTLED", 0)
    for name in ("knivsta", "norrtälje"):
        folder = tmp_path / "här" / "catalogue" / "kommuner" / name
        shutil.copytree(CATALOGUE / "kommuner" / name, folder)
        for path in sorted(folder.glob("insatser/*.yaml"))[4:]:
            path.unlink()
    return tmp_path / "här"


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The municipalities that have been linted since the list was last emptied."""
    done: list[str] = []
    real = run.linted

    def counted(kommun: Kommun, *rest: object) -> object:
        done.append(kommun.id)
        return real(kommun, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "linted", counted)
    return done


def lint(at: Path, *arguments: str, kept: Path | None = None) -> program.Run:
    return program.run(
        "lint", *arguments, cwd=at, env={"XDG_CACHE_HOME": str(kept or at.parent / "cache")}
    )


def afresh(at: Path, *arguments: str) -> program.Run:
    return lint(at, "--no-cache", *arguments)


def kept(at: Path) -> list[Path]:
    return sorted((at.parent / "cache" / "insatskoll").glob("*.json"))


@pytest.mark.parametrize(
    "form", ["text", "json", "github", "azure", "gitlab", "sarif", "junit", "markdown"]
)
def test_the_second_time_nothing_is_linted_and_all_is_said(
    at: Path, work: list[str], form: str
) -> None:
    wanted = afresh(at, "--format", form)
    assert lint(at, "--format", form) == wanted
    work.clear()
    assert lint(at, "--format", form) == wanted
    assert work == []


def test_another_question_is_answered_from_the_same_municipalities(
    at: Path, work: list[str]
) -> None:
    lint(at)
    work.clear()
    assert lint(at, "--waived", "--format", "json") == afresh(at, "--waived", "--format", "json")
    assert work == ["knivsta", "norrtälje"]  # those of the run without a cache


def test_only_what_has_changed_is_linted(at: Path, work: list[str]) -> None:
    lint(at)
    insats(at).write_text(insats(at).read_text("utf-8").replace("namn: ", "namn: Nya "), "utf-8")
    work.clear()
    found = lint(at)
    assert work == ["knivsta"]
    assert found == afresh(at)


def insats(at: Path) -> Path:
    return sorted(at.glob("catalogue/kommuner/knivsta/insatser/*.yaml"))[0]


def edit(at: Path) -> None:
    text = insats(at).read_text("utf-8")
    insats(at).write_text(re.sub("(?m)^avdelning: .+$", "avdelning: ingen", text), "utf-8")


def edit_unseen(at: Path) -> None:
    before = insats(at).stat()
    text = insats(at).read_text("utf-8")
    insats(at).write_text(re.sub("(?m)^avdelning: ö", "avdelning: å", text), "utf-8")
    os.utime(insats(at), ns=(before.st_atime_ns, before.st_mtime_ns))
    assert insats(at).stat().st_size == before.st_size


def write(inside: str, text: str) -> Callable[[Path], None]:
    def change(at: Path) -> None:
        (at / inside).parent.mkdir(parents=True, exist_ok=True)
        (at / inside).write_text(text, "utf-8")

    return change


KNIVSTA = "catalogue/kommuner/knivsta"
CHANGES: dict[str, Callable[[Path], object]] = {
    "a field": edit,
    "a letter, with the time put back": edit_unseen,
    "a file removed": lambda at: insats(at).unlink(),
    "a file renamed": lambda at: insats(at).rename(insats(at).with_suffix(".yml")),
    "an empty file": write(f"{KNIVSTA}/insatser/ny.yaml", ""),
    "a file that is not read": write(f"{KNIVSTA}/beslut.txt", "text"),
    "a profile": write(f"{KNIVSTA}/profil.yaml", "färg: röd\n"),
    "a template in the catalogue": write("catalogue/mallar/Tabell.html.j2", "x"),
    "a concept": write("catalogue/begrepp/eget.yaml", "begrepp: {}\n"),
    "a stray": write("catalogue/ny.yaml", "x: 1\n"),
    "settings": write("insatskoll.yaml", "underkänn_från: råd\nregler: {nivåer: {IK2: råd}}\n"),
    "fewer rules": write("insatskoll.yaml", "regler: {hoppa_över: [IK6]}\n"),
    "a baseline": write("insatskoll-baslinje.json", BASELINE),
    "settings under another name": write("insatskoll.yml", "x: 1\n"),
    "a municipality": lambda at: shutil.copytree(
        CATALOGUE / "kommuner/sala", at / "catalogue/kommuner/sala"
    ),
    "a municipality removed": lambda at: shutil.rmtree(at / "catalogue/kommuner/norrtälje"),
    "a copy": lambda at: shutil.copytree(at / KNIVSTA, at / "catalogue/kommuner/annan"),
    "a link": lambda at: (at / KNIVSTA / "riskanalyser").symlink_to(at / KNIVSTA / "insatser"),
    "a repository": lambda at: (at / ".git").mkdir(),
    "a repository inside": lambda at: (at / KNIVSTA / ".git").mkdir(),
    "an own rule": write("catalogue/regler/KOM001.yaml", "id: KOM001\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_is_found(at: Path, change: str) -> None:
    before = lint(at, "--waived")
    CHANGES[change](at)
    found = lint(at, "--waived")
    assert found == afresh(at, "--waived")
    assert lint(at, "--waived") == found
    assert (found != before) == (change not in ("a baseline", "a repository"))


FOLDERS = [
    "catalogue/__pycache__",
    "catalogue/.dold/djup",
    "catalogue/.git",
    "catalogue/en mapp",
    "catalogue/regler/__pycache__",
    "catalogue/begrepp/a/b/c/d",
    "catalogue/mallar/__pycache__",
    "catalogue/kommuner/.ekbacka",
    "catalogue/kommuner/.ekbacka/__pycache__/insatser",
    "catalogue/kommuner/__pycache__",
    "catalogue/kommuner/insatser",
    f"{KNIVSTA}/.git",
    f"{KNIVSTA}/.dold/djup",
    f"{KNIVSTA}/insatser/__pycache__",
    f"{KNIVSTA}/mallar/__pycache__/a",
]
ADDED: dict[str, Callable[[Path], object]] = {
    "yaml": lambda folder: (folder / "a.yaml").write_text("x: 1\n", "utf-8"),
    "a municipality": lambda folder: (folder / "kommun.yaml").write_text("x: 1\n", "utf-8"),
    "a template": lambda folder: (folder / "Tabell.html.j2").write_text("x", "utf-8"),
    "an odd name": lambda folder: (folder / "nul.yaml").write_text("x: 1\n", "utf-8"),
    "a link": lambda folder: (folder / "länk.yaml").symlink_to("a.yaml"),
}


def plant_repository(folder: Path) -> None:
    (folder / "HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    (folder / "config").write_text("", "utf-8")
    (folder / "objects").mkdir()
    (folder / "refs").mkdir()


@pytest.fixture
def little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As ``at``, with one municipality of one insats."""
    monkeypatch.setattr(trees, "SETTLED", 0)
    write_kommun(tmp_path / "här" / KNIVSTA, {"samtal": INSATS})
    return tmp_path / "här"


@pytest.mark.parametrize("inside", FOLDERS)
def test_what_is_added_in_any_folder_is_found_and_so_is_its_removal(
    little: Path, inside: str
) -> None:
    (little / inside).mkdir(parents=True)
    before = lint(little, "--select", "IK2")
    for add in (*ADDED.values(), plant_repository):
        add(little / inside)
        assert lint(little, "--select", "IK2") == afresh(little, "--select", "IK2")
        shutil.rmtree(little / inside)
        (little / inside).mkdir()
        assert lint(little, "--select", "IK2") == before


@pytest.mark.parametrize(
    ("inside", "add", "rule"),
    [
        (f"{KNIVSTA}/insatser/__pycache__", ADDED["yaml"], "IK909"),
        ("catalogue/regler/__pycache__", ADDED["yaml"], "IK909"),
        ("catalogue/__pycache__", plant_repository, "IK910"),
        ("catalogue/kommuner/.ekbacka", ADDED["a municipality"], "IK909"),
        ("catalogue/kommuner/.ekbacka", plant_repository, "IK910"),
    ],
)
def test_what_is_added_in_a_hidden_folder_is_told(
    at: Path, inside: str, add: Callable[[Path], object], rule: str
) -> None:
    (at / inside).mkdir(parents=True)
    assert rule not in lint(at).out
    add(at / inside)
    assert rule in lint(at).out


@pytest.mark.parametrize("name", ["Insatskoll.yml", "insatskoll.YAML", ".insatskoll.yaml"])
def test_settings_under_another_name_are_told_where_there_is_no_catalogue(
    at: Path, name: str
) -> None:
    (at.parent / "tom").mkdir()
    here, target = at.parent / "tom", str(at / "catalogue")
    lint(here, target)
    (here / name).write_text("x: 1\n", "utf-8")
    found = lint(here, target)
    assert found == afresh(here, target)
    assert found.code == 2


def test_a_catalogue_that_comes_about_is_found(at: Path) -> None:
    here, target = at.parent / "tom", str(at / "catalogue")
    (here / "x").mkdir(parents=True)
    write("insatskoll.yaml", "katalog: x/y\n")(here)
    lint(here, target)
    write("x/y/regler/KOM001.yaml", "id: KOM001\n")(here)
    found = lint(here, target)
    assert found == afresh(here, target)
    assert found.code == 2


def test_a_repository_that_comes_about_far_above_a_catalogue_is_found(at: Path) -> None:
    here, far, cache_home = at / "tom", at / "a/b/c/d/e/catalogue", at.parent / "cache"
    here.mkdir()
    (at / ".git").mkdir()
    shutil.copytree(at / "catalogue", far)
    names.repository.cache_clear()
    assert "IK910" not in lint(here, str(far), kept=cache_home).out
    assert kept(at)
    (at / "a" / ".git").mkdir()
    names.repository.cache_clear()
    assert "IK910" in lint(here, str(far), kept=cache_home).out
    names.repository.cache_clear()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="där är filnamn alltid UTF-8")
def test_names_that_cannot_be_read_are_told_whatever_is_kept(at: Path) -> None:
    home = {"XDG_CACHE_HOME": str(at.parent / "cache")}
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    lint(at)
    for arguments in (("lint",), ("lint", "--no-cache"), ("show", "knivsta"), ("rules",)):
        told = program.start(*arguments, cwd=at, env=home | ascii_only)
        assert (told.code, told.out) == (2, "")
        assert told.err.startswith("Fel: Filnamn läses här som ascii och inte som UTF-8")
        assert "LC_ALL=C.UTF-8" in told.err
    assert program.start("--help", cwd=at, env=home | ascii_only).code == 0


def test_a_neighbour_that_changes_changes_what_is_found_in_the_others(
    at: Path, work: list[str]
) -> None:
    shutil.copytree(at / KNIVSTA, at / "catalogue/kommuner/zeta")
    lint(at)
    (at / KNIVSTA / "kommun.yaml").write_text(
        (at / KNIVSTA / "kommun.yaml").read_text("utf-8") + "# ändrad\n", "utf-8"
    )
    (insats(at)).write_text(insats(at).read_text("utf-8").replace("namn: ", "namn: Nya "), "utf-8")
    work.clear()
    found = lint(at)
    assert "zeta" in work
    assert found == afresh(at)


def test_a_file_that_has_just_been_changed_is_not_kept(
    at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trees, "SETTLED", 10**18)
    lint(at)
    assert kept(at) == []


def test_a_file_that_changes_while_it_is_linted_is_not_kept(
    at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = run.linted

    def changing(kommun: Kommun, *rest: object) -> object:
        edit(at)
        return real(kommun, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(run, "linted", changing)
        lint(at)
    assert lint(at) == afresh(at)


def plant(folder: Path, at: Path) -> None:
    """Lets the cache in ``folder`` say that nothing was found."""
    for path in (folder / "insatskoll").glob("*.json"):
        held = json.loads(path.read_text("utf-8"))
        answer = held["answer"]
        if "row" in answer:
            answer["row"]["findings"] = []
        else:
            answer |= {"text": "Inget att säga.\n", "code": 0}
        path.write_text(json.dumps(held), "utf-8")


@pytest.mark.parametrize(
    "inside",
    [".insatskoll-cache", ".cache", "catalogue/.cache", "catalogue/kommuner/knivsta/.cache"],
)
def test_what_a_change_brings_along_answers_nothing(at: Path, inside: str) -> None:
    edit(at)
    subprocess.run(["git", "init", "--quiet", at], check=True)
    (at / inside).mkdir()
    wanted = lint(at, kept=at / inside)
    assert "fel" in wanted.out
    assert list((at / inside).iterdir()) == []  # nothing is kept there either
    # Not even what would be believed elsewhere.
    outside = at.parent / "cache"
    lint(at)
    plant(outside, at)
    assert "Inget att säga." in lint(at).out  # so the test plants what it should
    shutil.copytree(outside / "insatskoll", at / inside / "insatskoll")
    assert lint(at, kept=at / inside).code == wanted.code


def test_what_is_sent_without_a_repository_answers_nothing(at: Path) -> None:
    wanted = lint(at, kept=at / ".cache")
    assert not (at / ".cache").exists()
    assert lint(at, str(at / "catalogue"), kept=at / "catalogue" / ".cache").out == wanted.out
    assert not (at / "catalogue" / ".cache").exists()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows har inte sådana rättigheter")
def test_a_folder_that_others_can_write_in_is_not_used(at: Path) -> None:
    lint(at)
    (at.parent / "cache" / "insatskoll").chmod(0o777)
    plant(at.parent / "cache", at)
    assert lint(at) == afresh(at)


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[: len(raw) // 2],
        lambda raw: b"[" * 100_000,
        lambda raw: b'{"question": 1}',
        lambda raw: raw.replace(b'"answer":{', b'"answer":[{', 1),
        lambda raw: raw.replace(b'"findings":[[', b'"findings":[["x",', 1).replace(
            b'"code":', b'"code":"1"+', 1
        ),
        lambda raw: raw.replace(b'"texts":["', b'"texts":["../', 1).replace(
            b'"text":"', b'"text":7,"x":"', 1
        ),
        lambda raw: raw.replace(b'"files":', b'"files":1.5,"x":', 1).replace(
            b'"code":', b'"code":9,"x":', 1
        ),
        lambda raw: b"\xff\xfe" + raw,
    ],
)
def test_a_damaged_cache_is_no_cache(at: Path, damage: Callable[[bytes], bytes]) -> None:
    wanted = lint(at)
    assert len(kept(at)) == 3
    for path in kept(at):
        path.write_bytes(damage(path.read_bytes()))
    assert lint(at) == wanted


def test_links_and_folders_in_the_cache_are_no_answers(at: Path) -> None:
    wanted = lint(at)
    for path in kept(at):
        elsewhere = path.with_suffix(".annan")
        path.rename(elsewhere)
        path.symlink_to(elsewhere)
    assert lint(at) == wanted
    for path in kept(at):
        path.unlink(missing_ok=True)
        path.mkdir()
    assert lint(at) == wanted


def test_a_disk_that_cannot_be_written_stops_nothing(
    at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = afresh(at)
    for error in (OSError(28, "full"), writing.WriteError("full"), BaselineError("annat")):

        def full(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        monkeypatch.setattr(writing, "write_all", full)
        assert lint(at) == wanted
    assert lint(at, kept=Path(os.devnull)) == wanted
    assert kept(at) == []


def test_another_program_answers_for_itself(
    at: Path, work: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lint(at)
    for module in (again, builtin):
        monkeypatch.setattr(module, "program", lambda: "another")
    work.clear()
    lint(at)
    assert work == ["knivsta", "norrtälje"]


def test_no_more_is_kept_than_there_is_room_for(at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST", 2)
    for rule in ("IK1", "IK2", "IK3"):
        lint(at, "--select", rule)
        assert len(kept(at)) <= 2
    monkeypatch.setattr(cache, "MOST_BYTES", 1)
    lint(at, "--select", "IK4")
    assert kept(at) == []


def test_a_row_is_what_it_was_made_of(at: Path) -> None:
    folder = at / KNIVSTA
    # With these the folder is a repository, which is told of at the folder itself.
    (folder / "HEAD").write_text("x", "utf-8")
    (folder / "objects").mkdir()
    (folder / "refs").mkdir()
    (folder / "insatser" / "dubbel.yaml").write_text("namn: A\nnamn: B\n", "utf-8")
    edit(at)
    outcome = run.linted(loading.load_kommun(folder), run.Terms(load_rules()), Neighbours())
    assert folder in {finding.path for finding in outcome.findings}
    assert any(finding.related for finding in outcome.findings)
    assert any(finding.waived for finding in outcome.findings)
    assert rows.outcome(json.loads(json.dumps(rows.row(outcome, folder))), folder) == outcome
