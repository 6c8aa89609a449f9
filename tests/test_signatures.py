"""A decision or a record is signed with a key of ssh-keygen or minisign, all or nothing, and the
signature is checked against the keys that the settings accept."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from insatskoll.catalogue import inventory
from insatskoll.decisions import signtools
from tests.catalogues import load, write_kommun
from tests.decisions import INFORMATION, commit, contents, git, insats
from tests.program import Run, run

MISSING = [name for name in ("ssh-keygen", "minisign") if shutil.which(name) is None]
if MISSING and not os.environ.get("INSATSKOLL_KRAV_ALLT"):
    pytest.skip(f"{MISSING} saknas", allow_module_level=True)

WHEN = ("--datum", "2025-10-20", "--paragraf", "12", "--dnr", "SN 2025/1")
NAME = "2025-10-20.yaml"


def _tool(*words: str | Path) -> None:
    subprocess.run([*map(str, words)], check=True, capture_output=True, stdin=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with keys: two of ssh-keygen, one with a passphrase, and two of minisign."""
    folder = tmp_path_factory.mktemp("nycklar")
    for name, phrase in (("anna", ""), ("bo", ""), ("låst", "hemligt")):
        _tool("ssh-keygen", "-q", "-t", "ed25519", "-N", phrase, "-C", "", "-f", folder / name)
    for name in ("mini", "annan"):
        _tool("minisign", "-G", "-W", "-p", folder / f"{name}.pub", "-s", folder / name)
    return folder


@pytest.fixture
def kommun(tmp_path: Path, keys: Path) -> Path:
    """A municipality that accepts Anna's key with SSH and one with minisign."""
    folder = write_kommun(
        tmp_path / "catalogue" / "kommuner" / "exempel", {"kurs": insats("Kurs")}, INFORMATION
    )
    public = (keys / "anna.pub").read_text("utf-8")
    (tmp_path / "betrodda").write_text(f"anna@exempel.se {public}", "utf-8")
    mini = (keys / "mini.pub").read_text("utf-8").splitlines()[1]
    (tmp_path / "insatskoll.yaml").write_text(
        f"signaturer:\n  godkända: betrodda\n  minisign:\n    Nämndens sekreterare: {mini}\n",
        "utf-8",
    )
    return folder


def decide(root: Path, *words: str | Path) -> Run:
    return run("decide", "exempel", *words, cwd=root)


def show(root: Path) -> Run:
    return run("show", "exempel", "--beslut", cwd=root)


@pytest.mark.parametrize(
    ("key", "ending", "said"),
    [
        ("anna", ".sig", "signerat av anna@exempel.se"),
        ("mini", ".minisig", "signerat av Nämndens sekreterare"),
    ],
)
def test_a_decision_is_signed_with_it_and_checked(
    key: str, ending: str, said: str, kommun: Path, tmp_path: Path, keys: Path
) -> None:
    before = contents(tmp_path)
    dry = decide(tmp_path, *WHEN, "--signera", keys / key, "--dry-run")
    assert f"{NAME}{ending} skulle skrivas." in dry.out
    assert contents(tmp_path) == before
    done = decide(tmp_path, *WHEN, "--signera", keys / key)
    assert (done.code, f"{NAME}{ending} är skriven." in done.out) == (0, True), done.err
    told = show(tmp_path)
    assert (told.code, f"2025-10-20: {said}" in told.out) == (0, True), told.out
    assert load(kommun).problems == () and load(kommun).notes == ()
    path = kommun / "beslut" / NAME
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert show(tmp_path).code == 0, "git has given the file the line breaks of Windows"
    path.write_bytes(path.read_bytes() + b"# ett tecken\r\n")
    told = show(tmp_path)
    assert (told.code, "2025-10-20: signaturen stämmer inte" in told.out) == (1, True), told.out


@pytest.mark.parametrize("key", ["bo", "annan"])
def test_a_key_that_nobody_has_accepted_is_told(
    key: str, kommun: Path, tmp_path: Path, keys: Path
) -> None:
    assert decide(tmp_path, *WHEN, "--signera", keys / key).code == 0
    told = show(tmp_path)
    assert (told.code, "2025-10-20: okänd nyckel" in told.out) == (1, True)
    (tmp_path / "insatskoll.yaml").unlink()
    told = show(tmp_path)
    assert (told.code, "kan inte prövas: insatskoll.yaml" in told.out) == (0, True)


def test_what_is_written_already_is_signed_and_only_once(
    kommun: Path, tmp_path: Path, keys: Path
) -> None:
    assert decide(tmp_path, *WHEN).code == 0
    assert decide(tmp_path, *WHEN, "--signera", keys / "anna").code == 0
    again = decide(tmp_path, "--signera", keys / "anna")
    assert (again.code, f"{NAME}.sig finns redan" in again.err) == (2, True)
    assert decide(tmp_path, "--signera", keys / "mini").code == 0
    words = ["--rättar", "2025-10-20", "--den", "2025-11-03", "--dnr", "SN 2025/2"]
    assert decide(tmp_path, *words, "--signera", keys / "anna").code == 0
    assert decide(tmp_path, "--signera", keys / "mini").code == 0
    told = show(tmp_path).out
    assert [line for line in told.splitlines() if "signerat av" in line] == [
        "2025-10-20: signerat av anna@exempel.se",
        "2025-10-20: signerat av Nämndens sekreterare",
        "001-rättelse: signerat av anna@exempel.se",
        "001-rättelse: signerat av Nämndens sekreterare",
    ]
    recalled = decide(tmp_path, "--ångra")
    assert (recalled.code, "undertecknat ångras inte" in recalled.err) == (2, True)


def _no_tool(keys: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(keys))
    return keys / "anna"


def _hangs(keys: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program has started another, which holds its output."""
    folder = keys / "hänger"
    folder.mkdir(exist_ok=True)
    (folder / "ssh-keygen").write_text("#!/bin/sh\n/bin/sleep 600 &\n/bin/sleep 600\n", "utf-8")
    (folder / "ssh-keygen").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(signtools, "SECONDS", 0.3)
    return keys / "anna"


def _open_to_all(keys: Path, _: pytest.MonkeyPatch) -> Path:
    path = keys / "--öppen;$(x)"
    path.write_bytes((keys / "anna").read_bytes())
    path.chmod(0o644)
    return path


def _named(name: str):  # type: ignore[no-untyped-def]
    return lambda keys, _: keys / name


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (_no_tool, "ssh-keygen saknas"),
        (_hangs, "ssh-keygen svarade inte"),
        (_open_to_all, "chmod 600"),
        (_named("låst"), "ssh-agent"),
        (_named("mini.pub"), "ingen nyckel att signera med"),
        (_named("finns-inte"), "Filen finns inte"),
        (_named("bo.pub"), None),
    ],
)
def test_what_cannot_be_signed_is_not_decided(  # type: ignore[no-untyped-def]
    key, said: str | None, kommun: Path, tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    path = key(keys, monkeypatch)
    if said is None:  # the private key is not beside its public one, and no agent has it
        path = shutil.copy(path, tmp_path / "ensam.pub")
        said = "ssh-agent"
    before = contents(tmp_path)
    done = decide(tmp_path, *WHEN, "--signera", path)
    assert (done.code, said in done.err) == (2, True), done.err
    assert len([line for line in done.err.splitlines() if "--signera" in line]) <= 1
    assert contents(tmp_path) == before


def test_a_key_in_the_agent_signs(kommun: Path, tmp_path: Path, keys: Path) -> None:
    agent = subprocess.Popen(
        ["ssh-agent", "-D", "-a", str(tmp_path / "agent")], stdout=subprocess.PIPE, text=True
    )
    try:
        assert agent.stdout is not None
        agent.stdout.readline()
        env = {"SSH_AUTH_SOCK": str(tmp_path / "agent")}
        subprocess.run(
            ["ssh-add", "-q", str(keys / "anna")], env=os.environ | env, check=True, timeout=60
        )
        public = shutil.copy(keys / "anna.pub", tmp_path / "öppen.pub")
        done = run("decide", "exempel", *WHEN, "--signera", public, cwd=tmp_path, env=env)
    finally:
        agent.kill()
        agent.communicate()
    assert done.code == 0, done.err
    assert "signerat av anna@exempel.se" in show(tmp_path).out


def test_what_cannot_be_checked_is_told(
    kommun: Path, tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert decide(tmp_path, *WHEN, "--signera", keys / "anna").code == 0
    place = kommun / "beslut" / f"{NAME}.sig"
    with monkeypatch.context() as within:
        within.setenv("PATH", str(keys))
        told = show(tmp_path)
    assert (told.code, "kan inte prövas: ssh-keygen saknas" in told.out) == (1, True)
    for content in (b"", b"\x00\xff" * 9, b"untrusted comment: x\n=\n", b"x" * 200_000):
        for ending in (".sig", ".minisig"):
            place.with_name(f"{NAME}{ending}").write_bytes(content)
        told = show(tmp_path)
        assert (told.code, told.out.count("2025-10-20: signaturen")) == (1, 2), told.out
    place.unlink()
    place.symlink_to(keys / "anna")
    told = show(tmp_path)
    assert (told.code, "kan inte läsas: Filen är en länk" in told.out) == (1, True)
    (tmp_path / "insatskoll.yaml").write_text("signaturer: {godkända: ../x}\n", "utf-8")
    told = show(tmp_path)
    assert (told.code, "utanför den här mappen" in told.err) == (2, True)
    (tmp_path / "insatskoll.yaml").write_text("signaturer: {godkända: finns-inte}\n", "utf-8")
    told = show(tmp_path)
    assert (told.code, "finns-inte: Filen finns inte" in told.err) == (2, True)


def test_a_signature_for_another_purpose_does_not_hold(
    kommun: Path, tmp_path: Path, keys: Path
) -> None:
    assert decide(tmp_path, *WHEN).code == 0
    path = kommun / "beslut" / NAME
    _tool("ssh-keygen", "-Y", "sign", "-n", "git", "-f", keys / "anna", path)
    assert "signaturen stämmer inte" in show(tmp_path).out


def test_a_signature_that_is_taken_away_is_told(kommun: Path, tmp_path: Path, keys: Path) -> None:
    assert decide(tmp_path, *WHEN, "--signera", keys / "anna").code == 0
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    git(tmp_path, "rm", "-q", f"catalogue/kommuner/exempel/beslut/{NAME}.sig")
    done = run("diff", "HEAD", cwd=tmp_path)
    assert "ignaturen till beslutet 2025-10-20 § 12 har tagits bort" in done.out, done.out
    assert done.code == 1


def test_a_signature_of_nothing_is_a_stray() -> None:
    listing = inventory.sorted_out(
        [("kommun.yaml",), ("beslut", "2025-10-20.yaml.sig"), ("insatser", "a.yaml.sig"),
         ("beslut", "2025-11-20.yaml"), ("beslut", "2025-11-20.yaml.minisig")],
        inventory.KOMMUN,
    )  # fmt: skip
    assert [stray.steps for stray in listing.strays] == [
        ("beslut", "2025-10-20.yaml.sig"), ("insatser", "a.yaml.sig"),
    ]  # fmt: skip
    assert "2025-10-20.yaml som den hör till finns inte" in listing.strays[0].problem.message
    assert listing.signed == (("beslut", "2025-11-20.yaml"),)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--signera", "x", "--ångra"], "--signera används inte med --ångra."),
        (["--signera", "x", "--datum", "2025-10-20"], "Ange också --paragraf och --dnr."),
    ],
)
def test_wrong_usage_is_told(words: list[str], said: str, kommun: Path, tmp_path: Path) -> None:
    done = decide(tmp_path, *words)
    assert (done.code, said in done.err) == (2, True), done.err


@pytest.fixture
def branch(kommun: Path, tmp_path: Path, keys: Path) -> Path:
    """On main a decision that Anna has signed, and a branch."""
    git(tmp_path, "init", "--quiet", "-b", "main")
    assert decide(tmp_path, *WHEN, "--signera", keys / "anna").code == 0
    commit(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "gren")
    return tmp_path


def gate(root: Path) -> Run:
    commit(root)
    return run("diff", "main...HEAD", cwd=root)


def trusted(root: Path, keys: Path, *names: str) -> None:
    """The keys of ``names`` as Anna's."""
    public = ((keys / f"{name}.pub").read_text("utf-8") for name in names)
    (root / "betrodda").write_text("".join(f"anna@exempel.se {one}" for one in public), "utf-8")


def resigned(root: Path, key: Path) -> None:
    (root / "catalogue" / "kommuner" / "exempel" / "beslut" / f"{NAME}.sig").unlink()
    assert decide(root, "--signera", key).code == 0


def test_a_change_that_lets_others_sign_is_told_and_fails(branch: Path, keys: Path) -> None:
    settings = branch / "insatskoll.yaml"
    text = settings.read_text("utf-8")

    def others() -> None:
        (branch / "andra").write_text((branch / "betrodda").read_text("utf-8"), "utf-8")
        settings.write_text(text.replace("betrodda", "andra"), "utf-8")

    mini = (keys / "annan.pub").read_text("utf-8").splitlines()[1]
    for where, change in (
        ("betrodda", lambda: trusted(branch, keys, "bo")),
        ("betrodda", lambda: trusted(branch, keys, "anna", "bo")),
        ("insatskoll.yaml", others),
        ("insatskoll.yaml", lambda: settings.write_text(f"{text}    Eve: {mini}\n", "utf-8")),
        ("betrodda, insatskoll.yaml", lambda: settings.write_text("katalog: catalogue\n", "utf-8")),
    ):
        git(branch, "reset", "-q", "--hard", "main")
        change()
        done = gate(branch)
        said = f"Vilka som får signera besluten har ändrats: {where}."
        assert (done.code, said in done.out) == (1, True), done.out
        assert f"Underkänt: {said}" in done.err


@pytest.mark.parametrize("brings_key", [False, True])
def test_a_new_signature_is_judged_by_the_keys_there_were(
    brings_key: bool, branch: Path, keys: Path
) -> None:
    if brings_key:
        trusted(branch, keys, "bo")
    resigned(branch, keys / "bo")
    done = gate(branch)
    assert (done.code, "har en ny signatur (okänd nyckel)" in done.out) == (1, True)


def test_one_by_a_key_there_was_passes_and_is_told(branch: Path, keys: Path) -> None:
    assert decide(branch, "--signera", keys / "mini").code == 0
    done = gate(branch)
    assert (done.code, done.err) == (0, "")
    assert "har en ny signatur: signerat av Nämndens sekreterare" in done.out


def test_a_new_decision_that_is_signed_as_it_should_be_passes(branch: Path, keys: Path) -> None:
    words = ["--datum", "2025-12-10", "--paragraf", "20", "--dnr", "1", "--oförändrad"]
    assert decide(branch, *words, "--signera", keys / "anna").code == 0
    done = gate(branch)
    assert (done.code, done.err) == (0, "")
    assert "har en ny signatur: signerat av anna@exempel.se" in done.out


def test_other_settings_and_line_breaks_change_nobody_who_may_sign(branch: Path) -> None:
    for name in ("betrodda", "insatskoll.yaml"):
        path = branch / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with (branch / "insatskoll.yaml").open("a") as settings:
        settings.write("utmapp: tryck\r\n")
    done = gate(branch)
    assert (done.code, "får signera" in done.out) == (0, False)
