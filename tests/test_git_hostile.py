"""Git as a way in: nothing that a repository or a work tree can hold runs a program, or hides a
change, when it is compared.

Each case plants a canary, a program that leaves a trace, or another answer to what main is. Where
git itself can be made to run it without a terminal, the case says how, so that no canary is a dud.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from insatskoll.diff import sides
from insatskoll.errors import Refused
from insatskoll.lint import configuration
from insatskoll.reading import git
from tests import repositories
from tests.repositories import kommun

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the canaries are shell scripts")

# Every way to write the two sides that asks git, and a way that does not.
FORMS: tuple[tuple[str | None, str | None], ...] = (
    *(
        (one, None)
        for one in (
            "main",
            "main...HEAD",
            "main..HEAD",
            "main...",
            "main..gren",
            "gren~1...gren",
            "HEAD~1",
            "ett",
        )
    ),
    *(("main", "HEAD"), ("ett", "gren"), ("main", "catalogue"), ("annan", "main"), ("annan", None)),
)
# Those that ask git every kind of question, and the one that asks the least: each is put in every
# case, exactly. The others are put from a folder inside, some of them in each case.
ESSENTIAL: tuple[tuple[str | None, str | None], ...] = (
    ("main", None),
    ("main...HEAD", None),
    ("main", "catalogue"),
    ("annan", "main"),
    ("annan", None),
)
INSIDE = tuple(form for form in FORMS if form not in ESSENTIAL)
Told = list[object]


@dataclass(frozen=True)
class Place:
    """What a case has to work with: the repository, the canary, the trace that it leaves, and the
    environment."""

    top: Path
    canary: Path
    trace: Path
    patch: pytest.MonkeyPatch

    def git(self, *arguments: str) -> str:
        return repositories.git(self.top, *arguments)

    def write(self, name: str, text: str, *, program: bool = False) -> None:
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        if program:
            path.chmod(0o755)

    def configure(self, settings: dict[str, str], file: str = ".git/config") -> None:
        for name, value in settings.items():
            self.git(
                "config", "--file", file, "--add", name, value.replace("{run}", str(self.canary))
            )


@dataclass(frozen=True)
class Case:
    """What is planted, and the command by which git itself would set it off, with what it is
    given."""

    plant: Callable[[Place], None]
    fires: tuple[str, ...] = ()
    given: bytes = b""
    refused: bool = False  # what is asked for cannot be answered


def settings(**of: str) -> Callable[[Place], None]:
    """Settings of the repository's, with ``__`` for the points in their names."""
    return lambda place: place.configure(
        {name.replace("__", "."): value for name, value in of.items()}
    )


def attributes(attribute: str, **of: str) -> Callable[[Place], None]:
    def plant(place: Place) -> None:
        settings(**of)(place)
        place.write(".gitattributes", f"* {attribute}\n")
        place.write(".git/info/attributes", f"* {attribute}\n")

    return plant


def fetching(url: str, **of: str) -> Callable[[Place], None]:
    """A repository that lacks what main holds, and says that a remote has it."""

    def plant(place: Place) -> None:
        place.git("config", "core.repositoryFormatVersion", "1")
        place.git("config", "extensions.partialClone", "origin")
        schemes = {
            f"protocol.{scheme}.allow": "always"
            for scheme in ("ext", "ssh", "https", "file", "git", "none", "x")
        }
        place.configure({"remote.origin.url": url, "remote.origin.promisor": "true"} | schemes)
        settings(**of)(place)
        lost = place.git("rev-parse", "main:catalogue/kommuner/åmål/insatser/samtal.yaml")
        (place.top / ".git" / "objects" / lost[:2] / lost[2:]).unlink()

    return plant


def bare(settings: str = "") -> Callable[[Place], None]:
    """The catalogue's own folder looks like a repository: files that any commit can hold."""

    def plant(place: Place) -> None:
        place.write("catalogue/HEAD", "ref: refs/heads/main\n")
        place.write("catalogue/objects/.keep", "")
        place.write("catalogue/refs/heads/main", "1" * 40 + "\n")
        url = f"ext::sh -c {str(place.canary).replace(' ', '% ')}"
        place.write(
            "catalogue/config",
            settings
            or "[core]\nrepositoryformatversion=1\nbare=true\n[extensions]\npartialClone=origin\n"
            f'[remote "origin"]\nurl="{url}"\npromisor=true\n[protocol "ext"]\nallow=always\n',
        )

    return plant


def lying(place: Place) -> None:
    """The catalogue's folder is a repository with real objects, in which main is the change
    itself."""
    for name in ("objects", "refs", "HEAD"):
        source = place.top / ".git" / name
        target = place.top / "catalogue" / name
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    shutil.copy(place.top / ".git/refs/heads/gren", place.top / "catalogue/refs/heads/main")
    place.write("catalogue/config", "[core]\nrepositoryformatversion=0\nbare=true\n")


def led_astray(place: Place) -> None:
    """A file .git in the catalogue that leads to a folder of the work tree."""
    lying(place)
    (place.top / "catalogue" / ".git").write_text("gitdir: .\n")


def hooks(place: Place) -> None:
    names = (
        "post-checkout",
        "pre-commit",
        "post-index-change",
        "reference-transaction",
        "pre-auto-gc",
        "proc-receive",
    )
    for folder in (".git/hooks", "catalogue/hooks"):
        for name in names:
            place.write(f"{folder}/{name}", f"#!/bin/sh\n{place.canary}\n", program=True)


def hooks_elsewhere(place: Place) -> None:
    hooks(place)
    shutil.rmtree(place.top / ".git" / "hooks")
    place.configure({"core.hooksPath": "catalogue/hooks"})


def alternates(place: Place) -> None:
    other = place.top.parent / "annat"
    shutil.copytree(place.top, other)
    repositories.git(other, "config", "core.fsmonitor", str(place.canary))
    place.write(".git/objects/info/alternates", f"{other}/.git/objects\n")
    place.configure(
        {"core.alternateRefsCommand": "{run}", "core.alternateRefsPrefixes": "refs/heads"}
    )


def replaced(place: Place) -> None:
    place.git("replace", "main", "gren")
    place.git(
        "replace", place.git("rev-parse", "main^{tree}"), place.git("rev-parse", "gren^{tree}")
    )


def grafted(place: Place) -> None:
    place.write(".git/info/grafts", f"{place.git('rev-parse', 'gren')}\n")


def included(place: Place) -> None:
    place.write("catalogue/mer", "")
    place.configure({"core.fsmonitor": "{run}", "core.pager": "{run}"}, "catalogue/mer")
    place.configure(
        {"include.path": "../catalogue/mer", "includeIf.gitdir:/**.path": "../catalogue/mer"}
    )


def submodule(place: Place) -> None:
    place.write(".gitmodules", '[submodule "m"]\npath=catalogue/m\nurl=./m\nupdate=!touch x\n')
    place.configure(
        {
            "submodule.m.url": "ext::{run}",
            "submodule.m.update": "!{run}",
            "submodule.recurse": "true",
        }
    )
    inner = repositories.make(place.top / "catalogue" / "m")
    place.write("catalogue/m/x", "x")
    repositories.commit(inner)
    repositories.git(inner, "config", "core.fsmonitor", str(place.canary))
    place.git("add", "catalogue/m")


def of_worktree(place: Place) -> None:
    place.git("config", "extensions.worktreeConfig", "true")
    place.write(".git/config.worktree", "")
    place.configure({"core.fsmonitor": "{run}", "core.worktree": "/"}, ".git/config.worktree")


def environment(**of: str) -> Callable[[Place], None]:
    """What a hook or a careless job has in its environment."""

    def plant(place: Place) -> None:
        lying(place)
        for name, value in of.items():
            place.patch.setenv(name, value.format(run=place.canary, top=place.top))

    return plant


def program_at_hand(place: Place) -> None:
    for folder in ("", "catalogue/", "catalogue/kommuner/"):
        place.write(f"{folder}git", f"#!/bin/sh\n{place.canary}\n", program=True)
    place.patch.setenv("PATH", os.pathsep.join([".", "", "catalogue", os.environ["PATH"]]))


EXT = "ext::sh -c {run}"
LOST = "main:catalogue/kommuner/åmål/insatser/samtal.yaml"
ASKED = b"protocol=https\nhost=example.invalid\n\n"
CASES = {
    "a bare repository in the catalogue, with a transport": Case(bare()),
    "a bare repository in the catalogue, with settings": Case(
        bare("[core]\nbare=true\nfsmonitor=touch x\n[include]\npath=kommuner/x\n")
    ),
    "a bare repository in the catalogue that answers for main": Case(lying),
    "a file .git that leads into the catalogue": Case(led_astray),
    "ext transport": Case(
        settings(remote__origin__url=EXT, protocol__ext__allow="always"), ("fetch", "origin")
    ),
    "ext transport, lazy fetch": Case(fetching(EXT), ("cat-file", "-p", LOST), refused=True),
    "sshCommand": Case(
        settings(remote__origin__url="ssh://example.invalid/x", core__sshCommand="{run}"),
        ("fetch", "origin"),
    ),
    "sshCommand, lazy fetch": Case(
        fetching("ssh://example.invalid/x", core__sshCommand="{run}"),
        ("cat-file", "-p", LOST),
        refused=True,
    ),
    "gitProxy, lazy fetch": Case(
        fetching("git://example.invalid/x", core__gitProxy="{run}"), refused=True
    ),
    "uploadpack, lazy fetch": Case(
        fetching(".", remote__origin__uploadpack="{run}"), ("fetch", "origin"), refused=True
    ),
    "remote helper, lazy fetch": Case(fetching("x", remote__origin__vcs="none"), refused=True),
    "credential helper": Case(settings(credential__helper="!{run}"), ("credential", "fill"), ASKED),
    "credential helper, lazy fetch": Case(
        fetching("https://127.0.0.1:9/x", credential__helper="!{run}"), refused=True
    ),
    "askpass": Case(settings(core__askPass="{run}"), ("credential", "fill"), ASKED),
    "fsmonitor": Case(settings(core__fsmonitor="{run}"), ("status",)),
    "hooks": Case(hooks, ("checkout", "-q", "--detach")),
    "hooksPath": Case(hooks_elsewhere, ("checkout", "-q", "--detach")),
    "filters": Case(
        attributes("filter=x", filter__x__smudge="{run}", filter__x__clean="{run}"),
        ("checkout", "-q", "-f", "main"),
    ),
    "process filters": Case(
        attributes("filter=x", filter__x__process="{run}", filter__x__required="true"),
        ("add", "-A"),
    ),
    "textconv": Case(attributes("diff=x", diff__x__textconv="{run}"), ("diff", "main", "gren")),
    "external diff": Case(settings(diff__external="{run}"), ("diff", "main", "gren")),
    "external diff of a kind": Case(
        attributes("diff=x", diff__x__command="{run}"), ("diff", "main", "gren")
    ),
    "merge driver": Case(attributes("merge=x", merge__x__driver="{run}", merge__default="x")),
    "pager": Case(
        settings(
            core__pager="{run}",
            **{f"pager__{c}": "{run}" for c in ("ls-tree", "rev-parse", "cat-file")},
        )
    ),
    "editor": Case(settings(core__editor="{run}"), ("commit", "--amend", "--allow-empty")),
    "alias": Case(
        settings(**{f"alias__{command}": "!{run}" for command in ("ls-tree", "rev-parse", "x")}),
        ("x",),
    ),
    "gpg": Case(settings(gpg__program="{run}", log__showSignature="true")),
    "trace": Case(settings(trace2__eventTarget="{run}", trace2__normalTarget="{run}")),
    "alternates": Case(alternates),
    "replace refs": Case(replaced),
    "grafts": Case(grafted),
    "include.path": Case(included, ("status",)),
    "submodules": Case(submodule, ("-C", "catalogue/m", "status")),
    "worktree config": Case(of_worktree),
    "core.worktree": Case(settings(core__worktree="/")),
    "core.bare": Case(settings(core__bare="true")),
    "environment: another repository": Case(
        environment(
            GIT_DIR="{top}/catalogue",
            GIT_COMMON_DIR="{top}/catalogue",
            GIT_WORK_TREE="{top}/catalogue",
        )
    ),
    "environment: other objects": Case(
        environment(
            GIT_OBJECT_DIRECTORY="/nowhere",
            GIT_ALTERNATE_OBJECT_DIRECTORIES="/nowhere",
            GIT_NAMESPACE="x",
        )
    ),
    "environment: settings": Case(
        environment(
            GIT_CONFIG_COUNT="1",
            GIT_CONFIG_KEY_0="core.fsmonitor",
            GIT_CONFIG_VALUE_0="{run}",
            GIT_CONFIG="{run}",
        )
    ),
    "environment: programs": Case(
        environment(
            GIT_SSH_COMMAND="{run}",
            GIT_PAGER="{run}",
            GIT_EDITOR="{run}",
            GIT_EXTERNAL_DIFF="{run}",
            GIT_ASKPASS="{run}",
        )
    ),
    "environment: transports": Case(
        environment(GIT_ALLOW_PROTOCOL="ext", GIT_PROTOCOL_FROM_USER="1", GIT_EXEC_PATH="{top}")
    ),
    "a program called git where the catalogue is": Case(program_at_hand),
}


def told(form: tuple[str | None, str | None]) -> Told:
    """What the two sides of each municipality hold, or that there is no answer."""
    try:
        found = sides.compared(*form, None, configuration.load_settings()).pairs
    except Refused as error:
        assert "\n" not in str(error)
        return ["refused"]
    return [
        (
            pair.kommun_id,
            *(
                [i.namn for i in s.revision.insatser] if s.revision else None
                for s in (pair.old, pair.new)
            ),
        )
        for pair in found
    ]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose branch ``gren`` has changed a municipality since ``main``, and a folder
    with another catalogue."""
    top = repositories.make(tmp_path_factory.mktemp("original") / "arkiv")
    kommun(top / "catalogue", "åmål", samtal={"namn": "Samtal"})
    kommun(top / "catalogue", "sala")
    kommun(top / "annan" / "catalogue", "åmål", samtal={"namn": "Annan"})
    repositories.commit(top, "ett")
    repositories.git(top, "checkout", "-q", "-b", "gren")
    kommun(top / "catalogue", "åmål", samtal={"namn": "Ändrat"}, mer={"namn": "Mer"})
    repositories.commit(top)
    return top


@pytest.fixture(scope="module")
def expected(original: Path) -> dict[object, Told]:
    """What is told of the repository with nothing planted in it."""
    here = Path.cwd()
    os.chdir(original)
    try:
        return {form: told(form) for form in FORMS}
    finally:
        os.chdir(here)


@pytest.fixture
def place(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    top = Path(shutil.copytree(original, tmp_path / "arkiv"))
    canary, trace = tmp_path / "kanarie", tmp_path / "spår"
    canary.write_text(f"#!/bin/sh\n: > '{trace}'\nexit 1\n")
    canary.chmod(0o755)
    monkeypatch.chdir(top)
    return Place(top, canary, trace, monkeypatch)


def test_the_forms_see_the_change(expected: dict[object, Told]) -> None:
    changed = [("åmål", ["Samtal"], ["Mer", "Ändrat"])]
    assert [expected[form] for form in FORMS[:11]] == [changed] * 11
    assert expected["annan", None] == [("sala", None, []), ("åmål", ["Annan"], ["Mer", "Ändrat"])]


def test_the_essential_forms_ask_git_every_kind_of_question(
    original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[object, set[str]] = {form: set() for form in FORMS}
    start = git._start

    def recorded(top: Path, arguments: Iterable[str], *rest: Any, **more: Any) -> Any:
        words = list(arguments)
        line = re.sub(r"[0-9a-f]{40}", "#", " ".join(words))
        asked[form].add(re.sub(r"\b(main|HEAD|gren|ett|annan)\b(~1)?", "@", line))
        return start(top, words, *rest, **more)

    monkeypatch.setattr(git, "_start", recorded)
    monkeypatch.chdir(original)
    for form in FORMS:
        told(form)
    assert all(asked.values())
    assert set.union(*asked.values()) == set.union(*(asked[form] for form in ESSENTIAL))


@pytest.mark.parametrize("name", CASES)
def test_no_canary_runs_and_no_change_is_hidden(
    name: str, place: Place, expected: dict[object, Told]
) -> None:
    case = CASES[name]
    case.plant(place)
    for form in ESSENTIAL:
        allowed = [["refused"]] if case.refused and form == ("main", None) else [expected[form]]
        assert told(form) in [*allowed, *([["refused"]] if case.refused else [])], form
    for number, folder in enumerate(("catalogue", "catalogue/kommuner", "catalogue/kommuner/åmål")):
        place.patch.chdir(place.top / folder)
        # a form from each of the folders, and over the cases every form from each of them
        form = INSIDE[(list(CASES).index(name) + 3 * number) % len(INSIDE)]
        assert told(form) in [expected[form], ["refused"]], (folder, form)
    assert not place.trace.exists()


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.fires])
def test_the_canaries_sing_for_git_itself(name: str, place: Place) -> None:
    case = CASES[name]
    case.plant(place)
    with suppress(AssertionError):  # git fails, as the canary does
        repositories.git(place.top, *case.fires, given=case.given)
    assert place.trace.exists()


def test_a_folder_that_lists_itself_without_end_is_told(place: Place) -> None:
    """Few objects can stand for more files than any machine holds: ten folders in each of ten,
    which are all the same."""
    place.patch.setattr(git, "_MOST", 500_000)
    blob = bytes.fromhex(place.git("rev-parse", LOST))
    inner, kind = blob, b"100644"
    for _ in range(9):
        entries = b"".join(b"%s %d.yaml\0" % (kind, n) + inner for n in range(10))
        inner = bytes.fromhex(
            repositories.git(place.top, "hash-object", "-t", "tree", "-w", "--stdin", given=entries)
        )
        kind = b"40000"
    tree = inner
    for name in (b"insatser", b"sala", b"kommuner", b"catalogue"):
        tree = bytes.fromhex(
            repositories.git(
                place.top,
                "hash-object",
                "-t",
                "tree",
                "-w",
                "--stdin",
                given=b"40000 " + name + b"\0" + tree,
            )
        )
    bomb = place.git("commit-tree", "-m", "x", tree.hex())
    with pytest.raises(Refused, match="orimligt många filer"):
        sides.compared(bomb, None, "sala", configuration.load_settings())


def test_a_pipe_that_nobody_writes_to_does_not_hold_for_ever(place: Place) -> None:
    os.mkfifo(place.top / "rör")
    place.configure({"include.path": "../rör"})
    place.patch.setattr(git, "_SECONDS", 0.2)
    with pytest.raises(git.GitError, match="Git svarade inte inom"):
        git.find(place.top)


def test_settings_too_large_to_read_are_those_of_today(place: Place) -> None:
    place.write("insatskoll.yaml", "# " + "x" * 3_000_000)
    repositories.commit(place.top)
    (place.top / "insatskoll.yaml").unlink()
    assert told(("HEAD", None)) == []
    assert told(("main", "HEAD")) != []
