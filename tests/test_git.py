"""Git: what is read out of real repositories, and what is said when there is nothing to read."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from insatskoll.catalogue import commits, loading
from insatskoll.reading import git
from insatskoll.reading.hygiene import MAX_BYTES
from tests import repositories
from tests.repositories import kommun


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two commits: ``ett`` has one insats in Åmål, ``två`` another, and a second municipality."""
    top = repositories.make(tmp_path_factory.mktemp("original"))
    kommun(top / "catalogue", "åmål", samtal={"namn": "Samtal"})
    repositories.commit(top, "ett")
    kommun(top / "catalogue", "åmål", samtal={"namn": "Stödsamtal"}, öppet={"namn": "Öppet hus"})
    kommun(top / "catalogue", "sala")
    repositories.commit(top, "två")
    return top


@pytest.fixture
def repository(original: Path, tmp_path: Path) -> Path:
    """A copy of the repository, for a test to do as it likes with."""
    return Path(shutil.copytree(original, tmp_path / "arkiv å"))


def snapshot(top: Path, revision: str) -> commits.Snapshot:
    found = git.find(top / "catalogue" / "kommuner")
    made = commits.of(found, git.resolve(found, revision).id, revision)
    assert made is not None
    return made


def told(top: Path, revision: str) -> str:
    with pytest.raises(git.GitError) as error:
        git.resolve(git.find(top), revision)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_municipality_is_read_as_it_was(repository: Path) -> None:
    loaded = commits.load(snapshot(repository, "ett"), ["åmål", "sala"])
    assert set(loaded) == {"åmål"}
    revision = loaded["åmål"].revision
    assert revision is not None
    assert [insats.namn for insats in revision.insatser] == ["Samtal"]
    document = revision.insatser[0].document
    assert document is not None
    assert document.path.as_posix() == "ett:catalogue/kommuner/åmål/insatser/samtal.yaml"
    assert document.span(("namn",)).line == 1  # the text is at hand, though its copy is gone
    assert "Samtal" in document.text
    assert not loaded["åmål"].problems


def test_what_is_the_same_in_two_revisions_has_the_same_id(repository: Path) -> None:
    kommun(repository / "catalogue", "åmål", samtal={"namn": "Nytt"})
    repositories.commit(repository, "tre")
    two, three = snapshot(repository, "två"), snapshot(repository, "tre")
    assert two.folders["sala"].id == three.folders["sala"].id
    assert two.folders["åmål"].id != three.folders["åmål"].id


@pytest.mark.parametrize("revision", ["två", "main", "HEAD", "HEAD~0", "main@{0}", "@"])
def test_git_says_what_a_revision_is(repository: Path, revision: str) -> None:
    assert git.resolve(git.find(repository), revision).id == repositories.git(
        repository, "rev-parse", "HEAD"
    )


@pytest.mark.parametrize(
    "revision",
    [
        "finns-inte",
        "en tag med mellanslag",
        "^HEAD",
        "HEAD^{tree}",
        "HEAD:catalogue",
        "ett..två",
        "$(id)",
        "två;id",
        "*",
        "HEAD~99",
        "ö",
    ],
)
def test_a_revision_that_is_not_there_is_told(repository: Path, revision: str) -> None:
    assert told(repository, revision) == f"Revisionen ”{revision}” finns inte i git-arkivet."


def test_what_could_be_an_option_never_reaches_git(repository: Path) -> None:
    for revision in ("-x", "--output=/tmp/x", "--all"):
        assert (
            told(repository, revision)
            == f"En revision i git börjar inte på bindestreck, som ”{revision}”."
        )


@pytest.mark.parametrize(
    "revision", ["", "main\nmain", "main\0", "\x1b[31m", os.fsdecode(b"m\xe5l")]
)
def test_what_no_revision_can_be_called_is_told_in_a_line(repository: Path, revision: str) -> None:
    assert told(repository, revision).endswith("kan inte vara en revision i git.")


def test_a_repository_without_commits_is_told(tmp_path: Path) -> None:
    assert told(repositories.make(tmp_path), "HEAD") == "Git-arkivet har inga revisioner än."


def test_a_folder_without_a_repository_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "mapp"
    folder.mkdir()
    with pytest.raises(git.GitError, match=r"Mappen .*mapp ligger inte i något git-arkiv\.$"):
        git.find(folder)


def test_a_machine_without_git_is_told(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(git.GitError, match=r"^Programmet git finns inte på datorn\."):
        git.find(repository)


def test_a_repository_that_someone_else_owns_is_told(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(git._ENVIRONMENT, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    with pytest.raises(
        git.GitError, match=r"någon annan äger mappen.*--add safe\.directory .*arkiv å$"
    ):
        git.find(repository)


def test_a_shallow_clone_says_how_to_get_the_rest(repository: Path, tmp_path: Path) -> None:
    repositories.git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "ytlig")
    shallow = tmp_path / "ytlig"
    assert git.resolve(git.find(shallow), "HEAD")
    for revision in ("HEAD~1", "ett"):
        message = told(shallow, revision)
        assert message.startswith(f"Revisionen ”{revision}” finns inte här.")
        assert "git fetch --unshallow" in message
        assert "fetch-depth: 0" in message


def test_a_shallow_clone_lacks_the_merge_base(repository: Path, tmp_path: Path) -> None:
    repositories.git(repository, "checkout", "-q", "-b", "gren", "ett")
    repositories.commit(repository)
    repositories.git(
        tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", repository.as_uri(), "ytlig"
    )
    with pytest.raises(
        git.GitError,
        match=r"^Revisionen som ”origin/main” och ”gren” utgår från finns inte här\. .*--unshallow",
    ):
        git.merge_base(git.find(tmp_path / "ytlig"), "origin/main", "gren")


def test_a_clone_without_old_contents_fetches_nothing_and_is_told(
    repository: Path, tmp_path: Path
) -> None:
    repositories.git(repository, "config", "uploadpack.allowFilter", "true")
    repositories.git(tmp_path, "clone", "-q", "--filter=blob:none", repository.as_uri(), "delvis")
    assert commits.load(snapshot(tmp_path / "delvis", "två"), ["sala"])["sala"].revision is not None
    with pytest.raises(
        git.GitError, match=r"\(partial clone\)\. Hämta det med git fetch --refetch --no-filter"
    ):
        commits.load(snapshot(tmp_path / "delvis", "ett"), ["åmål"])


def test_the_merge_base_is_where_two_parted(repository: Path) -> None:
    repositories.git(repository, "checkout", "-q", "-b", "gren", "ett")
    repositories.commit(repository)
    found = git.find(repository)
    assert git.merge_base(found, "main", "gren") == git.resolve(found, "ett").id
    repositories.git(repository, "checkout", "-q", "--orphan", "ensam")
    repositories.commit(repository)
    with pytest.raises(git.GitError, match="ingen gemensam revision"):
        git.merge_base(found, "main", "ensam")


def test_a_catalogue_that_did_not_exist_is_none_and_one_that_is_a_link_is_refused(
    repository: Path,
) -> None:
    found = git.find(repository / "annan" / "kommuner")
    assert commits.of(found, git.resolve(found, "ett").id, "ett") is None
    (repository / "annan").symlink_to("catalogue")
    commit = repositories.commit(repository)
    with pytest.raises(
        git.GitError, match=f"^annan är en länk i revisionen {commit[:10]} och kan inte läsas"
    ):
        commits.of(found, commit, "HEAD")
    with pytest.raises(git.GitError, match="annan är en länk"):
        git.find(repository / "annan" / "kommuner")


def test_a_folder_that_is_gone_has_its_place_in_the_repository(repository: Path) -> None:
    repositories.git(repository, "rm", "-rq", "catalogue")
    assert git.find(repository / "catalogue" / "kommuner").path == "catalogue/kommuner"
    assert git.find(repository).path == ""
    assert set(snapshot(repository, "två").folders) == {"sala", "åmål"}


def test_a_bare_repository_is_no_place_for_a_catalogue_but_a_worktree_of_it_is(
    repository: Path, tmp_path: Path
) -> None:
    repositories.git(tmp_path, "clone", "-q", "--bare", repository, "bar.git")
    with pytest.raises(git.GitError, match="ligger inte i något git-arkiv"):
        git.find(tmp_path / "bar.git")
    repositories.git(tmp_path / "bar.git", "worktree", "add", "-q", tmp_path / "träd", "ett")
    assert set(snapshot(tmp_path / "träd", "HEAD").folders) == {"åmål"}


def test_what_a_hook_has_in_its_environment_does_not_count(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", "/finns/inte")
    monkeypatch.setenv("GIT_INDEX_FILE", "/finns/inte/index")
    assert set(snapshot(repository, "ett").folders) == {"åmål"}


def test_a_link_in_a_revision_is_refused_and_not_followed(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "hemligt.yaml").write_text("lösenord: x\n")
    insatser = repository / "catalogue" / "kommuner" / "sala" / "insatser"
    insatser.mkdir(exist_ok=True)
    (insatser / "länk.yaml").symlink_to(tmp_path / "hemligt.yaml")
    (repository / "catalogue" / "kommuner" / "sala" / "riskanalyser").symlink_to(tmp_path)
    repositories.commit(repository, "länk")
    problems = commits.load(snapshot(repository, "länk"), ["sala"])["sala"].problems
    assert [problem.path.as_posix() for problem in problems] == [
        "länk:catalogue/kommuner/sala/insatser/länk.yaml",
        "länk:catalogue/kommuner/sala/riskanalyser",
    ]
    assert {problem.problems for problem in problems} == {(loading.LINK,)}


def test_a_municipality_that_is_a_link_or_a_submodule_is_refused(
    repository: Path, tmp_path: Path
) -> None:
    (repository / "catalogue" / "kommuner" / "länk").symlink_to(tmp_path)
    head = repositories.git(repository, "rev-parse", "HEAD")
    repositories.git(repository, "add", "-A")
    repositories.git(
        repository,
        "update-index",
        "--add",
        "--cacheinfo",
        f"160000,{head},catalogue/kommuner/modul",
    )
    repositories.git(repository, "commit", "-q", "-m", "x")
    for name, what in (("länk", "en länk"), ("modul", r"ett annat git-arkiv \(submodule\)")):
        with pytest.raises(
            git.GitError, match=f"^HEAD:catalogue/kommuner/{name} är {what} och kan inte läsas"
        ):
            commits.load(snapshot(repository, "HEAD"), [name])


def test_a_submodule_in_the_place_of_a_folder_is_told_as_one(repository: Path) -> None:
    head = repositories.git(repository, "rev-parse", "HEAD")
    place = "catalogue/kommuner/sala/riskanalyser"
    repositories.git(repository, "update-index", "--add", "--cacheinfo", f"160000,{head},{place}")
    repositories.git(repository, "commit", "-q", "-m", "x")
    (problem,) = commits.load(snapshot(repository, "HEAD"), ["sala"])["sala"].problems
    assert problem.told().startswith(
        f"HEAD:{place}:1:1: Här ligger ett annat git-arkiv (submodule)."
    )


def test_a_file_that_is_too_large_is_a_problem_and_is_not_read(repository: Path) -> None:
    insatser = repository / "catalogue" / "kommuner" / "sala" / "insatser"
    insatser.mkdir(exist_ok=True)
    (insatser / "stor.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    repositories.commit(repository, "stor")
    (problem,) = commits.load(snapshot(repository, "stor"), ["sala"])["sala"].problems
    assert problem.told() == (
        "stor:catalogue/kommuner/sala/insatser/stor.yaml:1:1: Filen är större än 2 MB. "
        "Dela upp innehållet: en fil per insats."
    )


def test_a_tree_made_by_hand_writes_nothing_outside(repository: Path, tmp_path: Path) -> None:
    """Git's own commands make no entry called .. but read one."""
    blob = bytes.fromhex(
        repositories.git(repository, "rev-parse", "två:catalogue/kommuner/sala/kommun.yaml")
    )

    def tree(**entries: bytes) -> bytes:
        lines = [
            (b"40000 " if name == "up" else b"100644 ")
            + {"up": b".."}.get(name, name.replace("_", ".").encode())
            + b"\0"
            + oid
            for name, oid in entries.items()
        ]
        made = repositories.git(
            repository,
            "hash-object",
            "-t",
            "tree",
            "-w",
            "--literally",
            "--stdin",
            given=b"".join(lines),
        )
        return bytes.fromhex(made)

    escaping = tree(up=tree(kommun_yaml=blob), kommun_yaml=blob)
    outer = b"40000 x\0" + escaping
    top = repositories.git(
        repository, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=outer
    )
    made = repositories.git(repository, "commit-tree", "-m", "x", top)
    found = git.find(repository)
    held = commits.of(found, made, "x")
    assert held is not None
    loaded = commits.load(held, ["x"])
    assert set(loaded) == {"x"}
    assert loaded["x"].files == 1
    assert not (tmp_path.parent / "kommun.yaml").exists()


def test_only_what_the_reader_reads_is_taken(repository: Path) -> None:
    folder = repository / "catalogue" / "kommuner" / "sala"
    (folder / "anteckningar").mkdir()
    (folder / "anteckningar" / "x.yaml").write_text(": :")
    (folder / "profil.yaml").write_text(": :")
    repositories.commit(repository, "mer")
    assert commits.load(snapshot(repository, "mer"), ["sala"])["sala"].problems == ()


def test_a_branch_that_only_a_remote_has_is_found_as_git_checkout_finds_it(
    repository: Path, tmp_path: Path
) -> None:
    repositories.git(repository, "branch", "förslag/vår")
    repositories.git(tmp_path, "clone", "-q", repository.as_uri(), "klon")
    clone = git.find(tmp_path / "klon")
    for revision in ("förslag/vår", "förslag/vår~1", "förslag/vår^"):
        commit = git.resolve(clone, revision)
        assert commit == (repositories.git(repository, "rev-parse", revision), f"origin/{revision}")
    with pytest.raises(git.GitError, match="Revisionen ”vår” finns inte i git-arkivet"):
        git.resolve(clone, "vår")
    repositories.git(clone.top, "remote", "rename", "origin", "ett")
    assert git.resolve(clone, "förslag/vår").name == "ett/förslag/vår"
    repositories.git(clone.top, "remote", "add", "två", repository.as_uri())
    repositories.git(clone.top, "fetch", "-q", "två")
    with pytest.raises(
        git.GitError,
        match=r"finns i flera fjärrarkiv\. Skriv vilken: ett/förslag/vår, två/förslag/vår",
    ):
        git.resolve(clone, "förslag/vår")
    repositories.git(clone.top, "remote", "rename", "två", "origin")
    assert git.resolve(clone, "förslag/vår").name == "origin/förslag/vår"


def test_a_worktree_and_a_submodule_are_read(repository: Path, tmp_path: Path) -> None:
    repositories.git(repository, "worktree", "add", "-q", tmp_path / "träd", "ett")
    assert set(snapshot(tmp_path / "träd", "HEAD").folders) == {"åmål"}
    outer = repositories.make(tmp_path / "yttre")
    repositories.git(
        outer,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        repository.as_uri(),
        "modul",
    )
    assert set(snapshot(outer / "modul", "HEAD").folders) == {"sala", "åmål"}
    assert git.find(outer / "modul").top == outer / "modul"
