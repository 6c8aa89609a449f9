"""What is compared with what: each way to write the two sides, and what is said of those that mean
nothing."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from insatskoll import names as names_of
from insatskoll.catalogue import canonical
from insatskoll.diff import sides
from insatskoll.diff.pairs import Pair, Side
from insatskoll.errors import NothingToCheck, Refused, UsageError
from insatskoll.lint import configuration
from tests import repositories
from tests.catalogues import INSATS, KOMMUN, write_kommun
from tests.program import Run, run
from tests.repositories import kommun

FIRST, SECOND = "2025-05-19", "2025-09-18"


def decide(folder: Path, datum: str, **insatser: dict[str, Any]) -> Path:
    """Writes a frozen decision into a municipality's folder."""
    content: Any = {
        "kommun": KOMMUN,
        "insatser": {name: INSATS | data for name, data in insatser.items()},
    }
    beslut: Any = {
        "nämnd": "Socialnämnden",
        "datum": datum,
        "paragraf": "§ 1",
        "diarienummer": "SN 1",
    }
    frozen: Any = {
        "beslut": beslut,
        "innehåll": content,
        "kontrollsumma": canonical.checksum(beslut, content),
    }
    path = folder / "beslut" / f"{datum}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(canonical.frozen_text(frozen), "utf-8")
    return path


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository. Åmål has two decisions and has changed since the tag ``ett``; Sala has not."""
    top = repositories.make(tmp_path_factory.mktemp("original"))
    kommun(top / "catalogue", "åmål", samtal={"namn": "I git"}, gammal={"namn": "Gammal"})
    kommun(top / "catalogue", "sala", samtal={"namn": "Sala"})
    repositories.commit(top, "ett")
    decide(
        kommun(top / "catalogue", "åmål", samtal={"namn": "Nu"}), FIRST, samtal={"namn": "Först"}
    )
    decide(
        top / "catalogue" / "kommuner" / "åmål",
        SECOND,
        samtal={"namn": "Sedan"},
        mer={"namn": "Mer"},
    )
    return top


@pytest.fixture
def here(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the repository, as the working directory."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(top := Path(shutil.copytree(original, tmp_path / "arkiv")))
    return top


def pairs(old: str | None = None, new: str | None = None, kommun: str | None = None) -> list[Pair]:
    return list(sides.compared(old, new, kommun, configuration.load_settings()).pairs)


def names(side: Side) -> list[str] | None:
    return None if side.revision is None else [insats.namn for insats in side.revision.insatser]


def told(found: list[Pair]) -> list[tuple[str, list[str] | None, list[str] | None]]:
    return [(pair.kommun_id, names(pair.old), names(pair.new)) for pair in found]


def refused(*arguments: str | None, **options: str | None) -> str:
    with pytest.raises(Refused) as error:
        pairs(*arguments, **options)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_without_arguments_the_latest_decision_meets_the_files(here: Path) -> None:
    (pair,) = pairs()
    assert told([pair]) == [("åmål", ["Mer", "Sedan"], ["Nu"])]
    assert pair.old.revision is not None
    assert pair.old.revision.beteckning == f"beslutet {SECOND} § 1"
    assert pair.new.name == "filerna som de är nu"


def test_a_municipality_without_a_decision_is_left_out_unless_it_is_named(here: Path) -> None:
    assert refused(kommun="sala") == "sala har inget beslut att jämföra med."
    (here / "catalogue" / "kommuner" / "åmål" / "beslut").rename(here / "beslut")
    with pytest.raises(
        NothingToCheck, match=r"Ingen kommun i katalogen har ett beslut att jämföra med\."
    ):
        pairs()


def test_a_folder_without_a_catalogue_has_nothing_to_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NothingToCheck, match="Det finns inga kommuner i catalogue/kommuner"):
        pairs()


def test_a_municipality_that_comes_with_the_program_can_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (pair,) = pairs(kommun="uppsala")
    assert pair.old.revision is not None
    assert pair.old.revision.datum == FIRST


def test_the_two_sides_can_be_dates(here: Path) -> None:
    assert told(pairs(FIRST)) == [("åmål", ["Först"], ["Nu"])]
    assert (
        told(pairs(FIRST, SECOND))
        == told(pairs(f"{FIRST}..{SECOND}"))
        == [("åmål", ["Först"], ["Mer", "Sedan"])]
    )
    assert told(pairs(SECOND, FIRST)) == [("åmål", ["Mer", "Sedan"], ["Först"])]


def test_a_decision_needs_only_its_own_file_to_be_usable(here: Path) -> None:
    (here / "catalogue" / "kommuner" / "åmål" / "insatser" / "trasig.yaml").write_text("namn: [")
    assert told(pairs(FIRST, SECOND)) == [("åmål", ["Först"], ["Mer", "Sedan"])]
    assert refused(FIRST).startswith("catalogue/kommuner/åmål/insatser/trasig.yaml:2:1: ")


def test_a_date_is_no_decision_if_only_the_other_side_has_it(here: Path) -> None:
    repositories.commit(here, "två")
    (here / "catalogue" / "kommuner" / "åmål" / "beslut" / f"{FIRST}.yaml").unlink()
    assert refused(FIRST, "två") == (
        f"”{FIRST}” är inget beslut, ingen mapp och ingen fil. Revisionen ”{FIRST}” finns "
        "inte i git-arkivet. "
        f"Beslut finns från {SECOND} (åmål)."
    )


def test_a_date_that_only_another_municipality_decided_on_is_told(here: Path) -> None:
    assert refused(FIRST, kommun="sala").endswith("Inga beslut finns.")
    sala = here / "catalogue" / "kommuner" / "sala"
    decide(sala, "2025-06-01")
    assert (
        refused(FIRST, "2025-06-01") == "åmål har inget beslut 2025-06-01. "
        f"Beslut finns från {FIRST} (åmål), 2025-06-01 (sala), {SECOND} (åmål)."
    )


@pytest.mark.parametrize("revision", ["ett", "main", "HEAD", "HEAD~0", "@", "main@{0}"])
def test_a_git_revision_meets_the_files(here: Path, revision: str) -> None:
    (pair,) = pairs(revision)
    assert told([pair]) == [("åmål", ["Gammal", "I git"], ["Nu"])]
    assert pair.old.name == revision


def test_a_commit_is_called_by_the_beginning_of_its_id(here: Path) -> None:
    commit = repositories.git(here, "rev-parse", "HEAD")
    assert pairs(commit)[0].old.name == commit[:10]


def test_only_what_has_been_touched_is_compared_unless_it_is_named(here: Path) -> None:
    assert [pair.kommun_id for pair in pairs("ett")] == ["åmål"]
    assert told(pairs("ett", kommun="sala")) == [("sala", ["Sala"], ["Sala"])]
    repositories.commit(here, "två")
    assert [pair.kommun_id for pair in pairs("ett", "två")] == ["åmål"]
    assert pairs("två", "HEAD") == pairs("två") == []
    assert told(pairs("ett", "två", "sala")) == [("sala", ["Sala"], ["Sala"])]


def test_the_same_on_both_sides_is_not_even_read(here: Path) -> None:
    (here / "catalogue" / "kommuner" / "sala" / "insatser" / "trasig.yaml").write_text("namn: [")
    repositories.commit(here, "trasig")
    kommun(here / "catalogue", "åmål", samtal={"namn": "Sist"})
    repositories.commit(here, "sist")
    assert told(pairs("trasig", "sist")) == [("åmål", ["Nu"], ["Sist"])]
    assert refused("trasig", "sist", "sala").startswith(
        "sist:catalogue/kommuner/sala/insatser/trasig.yaml:2:1: "
    )


def test_ranges_are_as_in_git(here: Path) -> None:
    kommun(here / "catalogue", "åmål", samtal={"namn": "På main"})
    repositories.commit(here, "två")
    repositories.git(here, "checkout", "-q", "-b", "gren", "ett")
    kommun(here / "catalogue", "åmål", samtal={"namn": "På grenen"})
    repositories.commit(here)
    before, on_main, on_branch = ["Gammal", "I git"], ["På main"], ["På grenen"]
    assert told(pairs("main..gren")) == told(pairs("main..")) == [("åmål", on_main, on_branch)]
    assert told(pairs("..main")) == [("åmål", on_branch, on_main)]
    (pair,) = pairs("main...gren")
    assert told([pair]) == told(pairs("main...")) == [("åmål", before, on_branch)]
    assert pair.old.name == "revisionen som main och gren utgår från"
    assert refused("main..finns-inte").startswith(
        "”finns-inte” är inget beslut. Revisionen ”finns-inte” finns inte"
    )
    assert refused("main..gren", "ett").startswith(
        "”main..gren” är inget beslut, ingen mapp och ingen fil."
    )


@pytest.mark.parametrize("text", ["...HEAD", "..HEAD", "...", "...@"])
def test_a_range_of_nothing_is_refused_since_it_would_let_all_through(
    here: Path, text: str
) -> None:
    assert refused(text).startswith(f"”{text}” jämför HEAD med sig själv")


def test_a_path_with_dots_is_no_range(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kommun(here.parent / "annan..katalog", "åmål", samtal={"namn": "Annan"})
    assert told(pairs("../annan..katalog", kommun="åmål")) == [("åmål", ["Annan"], ["Nu"])]
    assert refused("../finns-inte").startswith(
        "”../finns-inte” är inget beslut, ingen mapp och ingen fil."
    )
    monkeypatch.chdir(here / "catalogue")
    (here / "catalogue" / "insatskoll.yaml").write_text("katalog: .\n")
    assert [pair.kommun_id for pair in pairs("ett", "..")] == ["åmål"]


@pytest.mark.parametrize(
    "folder", ["annan", "annan/kommuner", "annan/kommuner/åmål", "utan/åmål", "ovanför"]
)
def test_a_folder_can_be_a_catalogue_or_hold_municipalities_or_be_one(
    here: Path, folder: str
) -> None:
    for catalogue in ("annan", "ovanför/catalogue"):
        kommun(here / catalogue, "åmål", samtal={"namn": "Annan"})
    write_kommun(here / "utan" / "åmål", {"samtal": {"namn": "Annan"}})
    (pair,) = pairs(folder, None, "åmål")
    assert told([pair]) == [("åmål", ["Annan"], ["Nu"])]
    assert pair.old.name == f"mappen {folder}"
    assert told(pairs("ett", folder, "åmål")) == [("åmål", ["Gammal", "I git"], ["Annan"])]


def test_a_folder_called_as_a_branch_is_refused_until_it_is_said_which(here: Path) -> None:
    repositories.git(here, "branch", "annan")
    branch = [("åmål", ["Gammal", "I git"], ["Nu"])]
    assert told(pairs("annan")) == branch
    kommun(here / "annan", "åmål", samtal={"namn": "Mappen"})
    assert (
        refused("annan")
        == "”annan” är både en mapp och en revision i git. Menas mappen, skriv ./annan."
    )
    assert told(pairs("./annan")) == [("sala", None, ["Sala"]), ("åmål", ["Mappen"], ["Nu"])]
    assert told(pairs("refs/heads/annan")) == branch
    assert told(pairs("..annan")) == []
    (here / "main").mkdir()  # a folder that holds no municipality is no side, and hides no branch
    assert pairs("main")[0].old.name == "main"


def on_a_branch(here: Path) -> None:
    """A change of the municipality, in a commit of its own."""
    repositories.git(here, "checkout", "-q", "-b", "gren", "ett")
    kommun(here / "catalogue", "åmål", samtal={"namn": "På grenen"})
    repositories.commit(here)


@pytest.mark.parametrize(
    "text", ["main...HEAD", "main..HEAD", "main...", "main..gren", "ett...HEAD"]
)
def test_no_folder_hides_what_a_range_means(here: Path, text: str) -> None:
    on_a_branch(here)
    expected = told(pairs(text))
    assert expected == [("åmål", ["Gammal", "I git"], ["På grenen"])]
    shutil.copytree(here / "catalogue", here / text)
    repositories.commit(here)
    assert told(pairs(text)) == expected


def test_no_decision_hides_what_a_branch_means(here: Path) -> None:
    on_a_branch(here)
    decisions = here / "catalogue" / "kommuner" / "åmål" / "beslut"
    decisions.mkdir(exist_ok=True)
    for name in ("HEAD", "main", "gren"):
        (decisions / f"{name}.yaml").write_text("beslut: {}\n")
    assert (
        told(pairs("main...HEAD"))
        == told(pairs("main", "gren"))
        == [("åmål", ["Gammal", "I git"], ["På grenen"])]
    )


@pytest.mark.parametrize("annotated", [False, True])
def test_a_tag_called_as_the_branch_is_refused(here: Path, annotated: bool) -> None:
    on_a_branch(here)
    tag = ("tag", "-a", "-m", "x") if annotated else ("tag",)
    repositories.git(here, *tag, "main", "main")
    assert told(pairs("main...HEAD")) != []  # the same commit: nothing to choose between
    repositories.git(here, *tag, "-f", "main", "HEAD")
    repositories.git(here, "update-ref", "refs/remotes/origin/main", "ett")
    repositories.git(here, *tag, "origin/main", "HEAD")
    for name, branch in (("main", "refs/heads/main"), ("origin/main", "refs/remotes/origin/main")):
        others = [branch, "refs/remotes/origin/main"] if name == "main" else [branch]
        listed = " eller ".join([*others, f"refs/tags/{name}"])
        message = f"”{name}” är namnet på mer än en tagg eller gren. Skriv vilken: {listed}."
        for text in (f"{name}...HEAD", f"{name}~0..HEAD"):
            assert refused(text) == message
        assert refused(name) == message
        assert told(pairs(f"{branch}...HEAD")) == [("åmål", ["Gammal", "I git"], ["På grenen"])]


def test_two_folders_of_a_municipality_are_compared_whatever_they_are_called(here: Path) -> None:
    kommun(here / "x", "åmål-gammal", samtal={"namn": "Då"})
    old = "x/kommuner/åmål-gammal"
    assert told(pairs(old, "catalogue/kommuner/åmål")) == [("åmål", ["Då"], ["Nu"])]
    assert told(pairs(old, None, "åmål")) == [("åmål", ["Då"], ["Nu"])]
    assert refused(old) == (
        f"Kommunen åmål-gammal i mappen {old} finns inte i filerna som de är nu. Ange "
        "vilken kommun den är med --kommun."
    )


@pytest.mark.parametrize(
    "path",
    ["catalogue", ".", "catalogue/kommuner/åmål", "catalogue/kommuner/åmål/insatser/samtal.yaml"],
)
def test_the_files_are_not_compared_with_themselves(here: Path, path: str) -> None:
    kind = "Filen" if path.endswith(".yaml") else "Mappen"
    assert refused(path).startswith(f"{kind} {path} är redan filerna som de är nu")
    assert "--kommun" in refused(path)


def test_the_municipality_can_be_given_as_a_folder(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(pairs(FIRST, None, "catalogue/kommuner/åmål")) == [("åmål", ["Först"], ["Nu"])]
    monkeypatch.chdir(here / "catalogue" / "kommuner" / "åmål")
    assert told(pairs("ett", None, ".")) == [("åmål", ["Gammal", "I git"], ["Nu"])]


def test_a_file_is_compared_alone(here: Path) -> None:
    kommun(
        here / "annan",
        "åmål",
        {"namn": "Åmåls kommun"},
        samtal={"namn": "Annan"},
        fler={"namn": "Fler"},
    )
    (pair,) = pairs("annan/kommuner/åmål/insatser/samtal.yaml")
    assert told([pair]) == [("åmål", ["Annan"], ["Nu"])]
    assert pair.insats == ("samtal", "samtal")
    assert pair.old.revision is not None
    assert pair.new.revision is not None
    # what is common to all insatser is not compared
    assert pair.old.revision.kommun == pair.new.revision.kommun
    assert pair.old.kommun is not None
    assert pair.old.kommun.revision is not None
    assert len(pair.old.kommun.revision.insatser) == 2
    assert told(pairs("ett", "catalogue/kommuner/åmål/insatser/samtal.yaml")) == [
        ("åmål", ["I git"], ["Nu"])
    ]
    assert told(pairs(SECOND, "catalogue/kommuner/åmål/insatser/samtal.yaml")) == [
        ("åmål", ["Sedan"], ["Nu"])
    ]


def test_two_files_with_different_names_are_one_insats(here: Path) -> None:
    folder = "catalogue/kommuner/åmål/insatser"
    (here / folder / "ny.yaml").write_text(canonical.to_yaml(INSATS | {"namn": "Ny"}))
    (pair,) = pairs(f"{folder}/samtal.yaml", f"{folder}/ny.yaml")
    assert told([pair]) == [("åmål", ["Nu"], ["Ny"])]
    assert pair.insats == ("samtal", "ny")
    assert pair.old.revision is not None
    assert [insats.id for insats in pair.old.revision.insatser] == ["ny"]


def test_a_renamed_insats_is_found_from_its_file(here: Path) -> None:
    folder = "catalogue/kommuner/åmål/insatser"
    (here / folder / "ny.yaml").write_text(
        canonical.to_yaml(INSATS | {"namn": "Ny", "tidigare_id": "gammal"})
    )
    assert told(pairs("ett", f"{folder}/ny.yaml")) == [("åmål", ["Gammal"], ["Ny"])]
    assert told(pairs(f"{folder}/ny.yaml", "ett")) == [("åmål", ["Ny"], ["Gammal"])]
    (here / folder / "helt-ny.yaml").write_text(canonical.to_yaml(INSATS | {"namn": "Helt ny"}))
    assert told(pairs("ett", f"{folder}/helt-ny.yaml")) == [("åmål", [], ["Helt ny"])]


def test_a_file_outside_any_municipality_is_of_the_one_that_is_asked_for(here: Path) -> None:
    (here / "lös.yaml").write_text(canonical.to_yaml(INSATS | {"namn": "Lös"}))
    now = "catalogue/kommuner/åmål/insatser/samtal.yaml"
    assert (
        told(pairs("lös.yaml", now))
        == told(pairs("lös.yaml", now, "åmål"))
        == [("åmål", ["Lös"], ["Nu"])]
    )
    assert refused("lös.yaml").endswith(
        "ligger inte i en kommuns mapp (den som har kommun.yaml). Ange kommunen med --kommun."
    )


def test_the_file_of_a_decision_is_the_decision(here: Path) -> None:
    path = decide(here / "catalogue" / "kommuner" / "åmål", "2025-06-01", samtal={"namn": "Mellan"})
    assert told(pairs(str(path.relative_to(here)))) == [("åmål", ["Mellan"], ["Nu"])]
    path.rename(here / "beslutet.yaml")
    assert told(pairs("beslutet.yaml", None, "åmål")) == [("åmål", ["Mellan"], ["Nu"])]


@pytest.mark.parametrize("name", ["kommun.yaml", "riskanalyser/samtal.yaml"])
def test_another_file_is_told(here: Path, name: str) -> None:
    path = here / "catalogue" / "kommuner" / "åmål" / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    path.write_text(path.read_text() or "namn: X\ninsats: samtal\n")
    assert refused(str(path.relative_to(here))).endswith(
        "är varken en insats eller ett beslut. Ange mappen i stället."
    )


def test_a_municipality_that_has_come_or_gone_has_one_side(here: Path) -> None:
    kommun(here / "catalogue", "ny", {"namn": "Ny kommun"}, samtal={"namn": "Ny"})
    repositories.git(here, "rm", "-rqf", "catalogue/kommuner/sala")
    assert told(pairs("ett")) == [
        ("ny", None, ["Ny"]),
        ("sala", ["Sala"], None),
        ("åmål", ["Gammal", "I git"], ["Nu"]),
    ]
    assert told(pairs("ett", kommun="sala")) == [("sala", ["Sala"], None)]
    assert (
        refused("ett", kommun="finns-inte")
        == "”finns-inte” är varken en kommun i katalogen eller en mapp med en kommun."
    )


@pytest.mark.parametrize("code", [None, "1981"])
def test_a_municipality_whose_folder_has_another_name_is_the_same(
    here: Path, code: str | None
) -> None:
    coded = {"namn": "Sala kommun"} if code is None else {"scb_kod": code}
    kommun(here / "catalogue", "sala", coded, samtal={"namn": "Sala"})
    repositories.commit(here, "med-kod")
    repositories.git(here, "mv", "catalogue/kommuner/sala", "catalogue/kommuner/sala-kommun")
    kommun(
        here / "catalogue", "sala-kommun", {"namn": "Sala kommun"} | coded, samtal={"namn": "Sala"}
    )
    found = compared("med-kod")
    assert told(list(found.pairs)) == [("sala-kommun", ["Sala"], ["Sala"])]
    assert found.remarks == ("Mappen sala heter nu sala-kommun, och är samma kommun.",)
    assert told(pairs("med-kod", kommun="sala-kommun")) == told(list(found.pairs))
    repositories.commit(here, "flyttad")
    assert told(pairs("flyttad..med-kod")) == [("sala", ["Sala"], ["Sala"])]
    assert told(pairs("flyttad..med-kod", kommun="sala-kommun")) == [("sala", ["Sala"], ["Sala"])]


def coded(here: Path, **codes: str) -> None:
    """Writes a municipality in each folder, which its code and its only insats are called after."""
    for folder, code in codes.items():
        kommun(here / "catalogue", folder, {"scb_kod": code}, samtal={"namn": code})


def test_two_municipalities_that_have_changed_folders_are_followed_by_their_codes(
    here: Path,
) -> None:
    coded(here, sala="1981", åmål="1492")
    repositories.commit(here, "före")
    coded(here, sala="1492", åmål="1981")
    kommun(here / "catalogue", "tredje", {"scb_kod": "1984"}, samtal={"namn": "Ny"})
    found = compared("före")
    assert told(list(found.pairs)) == [
        ("sala", ["1492"], ["1492"]),
        ("tredje", None, ["Ny"]),
        ("åmål", ["1981"], ["1981"]),
    ]
    assert found.remarks == (
        "Mappen åmål heter nu sala, och är samma kommun.",
        "Mappen sala heter nu åmål, och är samma kommun.",
    )
    assert told(pairs("före", kommun="sala")) == [("sala", ["1492"], ["1492"])]


def test_a_folder_that_another_municipality_has_taken_is_not_the_one_that_is_gone(
    here: Path,
) -> None:
    coded(here, sala="1981", åmål="1492")
    repositories.commit(here, "före")
    repositories.git(here, "rm", "-rqf", "catalogue/kommuner/sala")
    coded(here, åmål="1981")
    repositories.commit(here, "efter")
    assert told(pairs("före..efter")) == [("åmål", ["1981"], ["1981"]), ("åmål", ["1492"], None)]
    assert told(pairs("efter..före")) == [("sala", ["1981"], ["1981"]), ("åmål", None, ["1492"])]


def test_a_code_put_right_is_no_other_municipality(here: Path) -> None:
    coded(here, sala="1981", åmål="1492")
    repositories.commit(here, "före")
    coded(here, sala="1982")
    assert told(pairs("före")) == [("sala", ["1981"], ["1982"])]


def test_two_folders_that_could_be_the_same_municipality_are_none(here: Path) -> None:
    repositories.git(here, "mv", "catalogue/kommuner/sala", "catalogue/kommuner/sala-a")
    kommun(here / "catalogue", "sala-b", samtal={"namn": "Sala"})
    assert [pair[0] for pair in told(pairs("ett"))] == ["sala", "sala-a", "sala-b", "åmål"]


def test_another_code_is_another_municipality(here: Path) -> None:
    kommun(here / "catalogue", "sala", {"scb_kod": "1981"}, samtal={"namn": "Sala"})
    repositories.commit(here, "med-kod")
    repositories.git(here, "rm", "-rqf", "catalogue/kommuner/sala")
    kommun(here / "catalogue", "ny", {"scb_kod": "1982"}, samtal={"namn": "Sala"})
    assert told(pairs("med-kod")) == [("ny", None, ["Sala"]), ("sala", ["Sala"], None)]


def test_the_whole_catalogue_may_be_gone(here: Path) -> None:
    repositories.git(here, "rm", "-rqf", "catalogue")
    assert [
        (pair.kommun_id, pair.new.kommun) for pair in pairs("ett") if pair.kommun_id == "sala"
    ] == [("sala", None)]


def compared(
    old: str | None = None, new: str | None = None, kommun: str | None = None
) -> sides.Compared:
    return sides.compared(old, new, kommun, configuration.load_settings())


def test_a_catalogue_that_did_not_exist_then_makes_all_new(here: Path) -> None:
    repositories.git(here, "checkout", "-q", "--orphan", "tom")
    repositories.git(here, "rm", "-rqf", "--cached", ".")
    repositories.git(here, "commit", "-q", "--allow-empty", "-m", "tom")
    found = compared("tom")
    assert found.remarks == (
        "Mappen catalogue/kommuner finns inte i revisionen ”tom”. Allt är nytt.",
    )
    assert told(list(found.pairs)) == [("sala", None, ["Sala"]), ("åmål", None, ["Nu"])]
    back = compared("ett", "tom")
    assert back.remarks == (
        "Mappen catalogue/kommuner finns inte i revisionen ”tom”. Allt är borttaget.",
    )
    assert [pair.new.kommun for pair in back.pairs] == [None, None]
    assert refused("tom", "tom") == "Mappen catalogue/kommuner finns inte i revisionen ”tom”."


def test_a_catalogue_that_has_moved_is_followed_by_the_settings_of_either_side(here: Path) -> None:
    (here / "catalogue").rename(here / "katalogen")
    (here / "insatskoll.yaml").write_text("katalog: katalogen\n")
    found = compared("ett")
    assert told(list(found.pairs)) == [("åmål", ["Gammal", "I git"], ["Nu"])]
    assert found.remarks == (
        (
            "Katalogen har flyttats: från catalogue/kommuner i ett till katalogen/kommuner i "
            "filerna som de är nu."
        ),
    )
    repositories.commit(here, "två")
    assert told(pairs("ett..två")) == told(pairs("ett"))
    assert compared("ett...två").remarks == (
        (
            "Katalogen har flyttats: från catalogue/kommuner i revisionen som ett och två "
            "utgår från till katalogen/kommuner i två."
        ),
    )
    for settings in (
        "katalog: [",
        "katalog: ../utanför",
        "katalog: finns-inte",
    ):  # then it is where it is now
        (here / "insatskoll.yaml").write_text(settings)
        repositories.commit(here, "trasig")
        (here / "insatskoll.yaml").write_text("katalog: katalogen\n")
        assert compared("trasig") == sides.Compared(())
        repositories.git(here, "tag", "-d", "trasig")


def test_what_is_not_checked_out_is_not_removed(here: Path) -> None:
    repositories.commit(here, "två")
    repositories.git(here, "sparse-checkout", "set", "--cone", "catalogue/kommuner/åmål")
    assert not (here / "catalogue" / "kommuner" / "sala").exists()
    found = compared("ett")
    assert told(list(found.pairs)) == [("åmål", ["Gammal", "I git"], ["Nu"])]
    assert found.remarks == ("sala är inte utcheckad (sparse checkout) och jämförs inte.",)
    assert told(pairs("ett", None, "åmål")) == [("åmål", ["Gammal", "I git"], ["Nu"])]
    in_folder = compared("ett", "catalogue/kommuner")
    assert (told(list(in_folder.pairs)), in_folder.remarks) == (
        told(list(found.pairs)),
        found.remarks,
    )
    assert refused("ett", None, kommun="sala").startswith(
        "sala är inte utcheckad (sparse checkout)."
    )
    assert told(pairs("ett..två")) == [("åmål", ["Gammal", "I git"], ["Nu"])]
    repositories.git(
        here, "sparse-checkout", "set", "--no-cone", "/*", "!/catalogue/kommuner/åmål/insatser"
    )
    kommun(here / "catalogue", "sala", samtal={"namn": "Sala nu"})
    found = compared("ett")
    assert told(list(found.pairs)) == [("sala", ["Sala"], ["Sala nu"])]
    assert found.remarks == ("åmål är bara delvis utcheckad (sparse checkout) och jämförs inte.",)
    assert told(pairs("ett", "catalogue/kommuner/sala")) == told(list(found.pairs))
    for asked in (("ett", None, "åmål"), ("ett", "catalogue/kommuner/åmål")):
        assert refused(*asked).startswith(
            "åmål/insatser/samtal.yaml är inte utcheckad (sparse checkout)."
        )


def sparse(top: Path, hidden: str) -> Path:
    """The folder of municipalities where one file has been left out."""
    place = f"catalogue/kommuner/{hidden}"
    repositories.git(top, "sparse-checkout", "set", "--no-cone", "/*", f"!/{place}")
    assert not (top / place).exists()
    return top / place


def test_what_is_not_checked_out_is_not_removed_since_the_latest_decision(here: Path) -> None:
    sala = kommun(here / "catalogue", "sala", samtal={"namn": "Nu"})
    decide(sala, FIRST, samtal={"namn": "Först"})
    repositories.commit(here, "beslutad")
    path = sparse(here, "åmål/insatser/samtal.yaml")
    found = compared(None)
    assert told(list(found.pairs)) == [("sala", ["Först"], ["Nu"])]
    assert found.remarks == ("åmål är bara delvis utcheckad (sparse checkout) och jämförs inte.",)
    said = "åmål/insatser/samtal.yaml är inte utcheckad (sparse checkout)."
    assert refused(kommun="åmål").startswith(said)
    assert refused(FIRST, kommun="åmål").startswith(said)
    assert pairs(FIRST, SECOND, "åmål")  # both of them are here
    path.parent.mkdir(exist_ok=True)
    path.write_text("namn: Nu\n")  # what is here is read, whatever git thinks
    with pytest.raises(UsageError, match="saknas"):
        pairs(kommun="åmål")


def test_what_is_not_checked_out_is_told_by_every_command(here: Path) -> None:
    repositories.commit(here, "beslutad")
    sparse(here, f"åmål/beslut/{SECOND}.yaml")
    said = f"åmål/beslut/{SECOND}.yaml är inte utcheckad (sparse checkout)"
    for form in ("text", "json"):
        for _ in range(2):  # also where the answer could have been kept
            assert f"{said} och granskas inte." in run("lint", "--format", form, cwd=here).err
    assert said not in run("lint", "sala", cwd=here).err
    assert f"{said} och räknas inte." in run("show", "åmål", cwd=here).err
    asked = ("--datum", "2026-01-01", "--paragraf", "1", "--dnr", "SN 1")
    for more in (asked, ("--ångra",)):
        done = run("decide", "åmål", *more, cwd=here)
        assert done.code == 2 and said in done.err, done.err
    done = run("diff", "--per", "2025-06-01", "2025-12-01", "--kommun", "åmål", cwd=here)
    assert done.code == 2 and f"{said}, och kommunen jämförs inte." in done.err, done.err
    repositories.git(here, "sparse-checkout", "set", "--cone", "catalogue/kommuner/sala")
    assert (
        "åmål är inte utcheckad (sparse checkout) och granskas inte." in run("lint", cwd=here).err
    )


def test_where_no_municipality_is_checked_out_nothing_is_compared(here: Path) -> None:
    repositories.commit(here, "två")
    repositories.git(here, "sparse-checkout", "set", "--no-cone", "/*", "!insatser")
    assert "är inte utcheckad (sparse checkout)." in refused("ett")


def test_a_broken_file_in_an_old_revision_is_told_with_its_place(here: Path) -> None:
    path = here / "catalogue" / "kommuner" / "åmål" / "insatser" / "samtal.yaml"
    path.write_text("namn: Samtal\n\tinsatstyp: x\n")
    repositories.commit(here, "trasig")
    path.write_text(canonical.to_yaml(INSATS))
    (remark,) = compared("trasig").remarks  # a change that puts it right must be possible to show
    assert remark.startswith(
        "trasig:catalogue/kommuner/åmål/insatser/samtal.yaml:2:1: Raden är indragen med tabb."
    )
    assert remark.endswith("Filen kunde inte läsas där, och det som står i den nu visas som nytt.")
    assert "/tmp" not in remark
    done = run("diff", "trasig", "--lint", "--format", "markdown", cwd=here)
    assert re.search(r"Borta:.* IK905 catalogue/kommuner/åmål/insatser/samtal\.yaml", done.out)
    repositories.commit(here)
    path.write_text("namn: [\n")
    repositories.commit(here)
    assert refused("trasig...HEAD").startswith(
        "HEAD:catalogue/kommuner/åmål/insatser/samtal.yaml:2:1: "
    )


def test_a_broken_decision_in_an_old_revision_is_refused(here: Path) -> None:
    """What it said is unknown, so that nobody can say that the change keeps it."""
    path = here / "catalogue" / "kommuner" / "åmål" / "beslut" / f"{FIRST}.yaml"
    text = path.read_text()
    path.write_text("beslut: [\n")
    repositories.commit(here, "trasig")
    path.write_text(text)
    assert refused("trasig").startswith(f"trasig:catalogue/kommuner/åmål/beslut/{FIRST}.yaml:")


def test_a_catalogue_in_a_subfolder_is_found_from_there(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = here / "förvaltning" / "social"
    kommun(below / "data", "åmål", samtal={"namn": "Då"})
    (below / "insatskoll.yaml").write_text("katalog: data\n")
    repositories.commit(here, "två")
    (kommun(below / "data", "åmål", samtal={"namn": "Då"}) / "insatser" / "fel.yaml").write_text(
        "namn: ["
    )
    repositories.commit(here, "tre")
    kommun(below / "data", "åmål", samtal={"namn": "Sen"})
    monkeypatch.chdir(below)
    assert told(pairs("två")) == [("åmål", ["Då"], ["Sen"])]
    assert (
        compared("tre")
        .remarks[0]
        .startswith("tre:förvaltning/social/data/kommuner/åmål/insatser/fel.yaml:2:1:")
    )


def test_a_catalogue_in_a_repository_of_its_own_is_refused_and_found(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change that puts a submodule in the catalogue's place would else be compared with what that
    says."""
    inner = here / "x" / "catalogue"
    shutil.copytree(here / "catalogue", inner)
    (here / "insatskoll.yaml").write_text("katalog: x/catalogue\n")
    for top in (inner, here / "x"):
        repositories.commit(repositories.make(top), "inre")
        message = (
            f"{top.relative_to(here).as_posix()} är ett eget git-arkiv (submodule) inuti det här"
        )
        for text in ("inre", "main...HEAD", "inre..HEAD"):
            assert refused(text).startswith(message), text
        assert "IK910" in run("lint", cwd=here).out
        shutil.rmtree(top / ".git")
        names_of.repository.cache_clear()
    assert "IK910" not in run("lint", cwd=here).out
    repositories.commit(repositories.make(here / "x"), "inre")
    names_of.repository.cache_clear()
    monkeypatch.chdir(here / "x")  # where it is no inner one
    assert told(pairs("inre", kommun="åmål")) == [("åmål", ["Nu"], ["Nu"])]
    assert "IK910" not in run("lint", cwd=here / "x").out


def test_paths_in_a_revision_are_told_from_the_top_of_the_repository(here: Path) -> None:
    sub = here / "under"
    kommun(sub / "catalogue", "åmål", samtal={"namn": "Samtal"})
    repositories.commit(here, "under")
    kommun(
        sub / "catalogue",
        "åmål",
        samtal={"namn": "Samtal", "karaktär": "behandling", "avgift": {"belopp": "100 kr"}},
    )
    repositories.commit(here)
    done = run("diff", "under", "HEAD", "--lint", "--format", "markdown", cwd=sub)
    assert "under/catalogue/kommuner/åmål/insatser/samtal.yaml" in done.out
    assert "HEAD:" not in done.out and "under:" not in done.out


UNLAWFUL = {"karaktär": "behandling", "dokumentation": {"nivå": "utan personliga förhållanden"}}


@pytest.mark.parametrize("text", ["main...HEAD", "origin...HEAD", "main", "{id}...HEAD", "{id}"])
def test_no_tag_hides_a_branch_that_only_the_remote_has_or_a_commit(here: Path, text: str) -> None:
    """As a build server checks out: no branch, and what is compared with known only by the remote
    or by its id."""
    on_a_branch(here)
    base = repositories.git(here, "rev-parse", "--short=9", "ett")
    repositories.git(here, "update-ref", "refs/remotes/origin/main", "ett")
    repositories.git(here, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    repositories.git(here, "checkout", "-q", "--detach")
    repositories.git(here, "branch", "-D", "main")
    asked = text.replace("{id}", base)
    assert told(pairs(asked)) != []
    for name in ("main", "origin", base):
        repositories.git(here, "tag", name, "HEAD")
    assert "Skriv " in refused(asked)


def test_a_local_branch_behind_the_remote_s_is_no_riddle(here: Path) -> None:
    on_a_branch(here)
    repositories.git(here, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert told(pairs("main...HEAD")) == [("åmål", ["Gammal", "I git"], ["På grenen"])]


def steered(here: Path, *arguments: str) -> Run:
    return run("diff", "main...HEAD", "--format", "markdown", *arguments, cwd=here)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("catalogue/kommuner/åmål/profil.yaml", "styr hur bilagan ser ut"),
        ("catalogue/kommuner/åmål/mallar/avsnitt.html.j2", "styr hur bilagan ser ut"),
        ("catalogue/kommuner/åmål/logotyp.svg", "styr hur bilagan ser ut"),
        ("catalogue/kommuner/åmål/bilder/logotyp.svg", "styr hur bilagan ser ut"),
        ("catalogue/mallar/avsnitt.html.j2", "styr hur bilagan ser ut"),
        (
            "catalogue/regler/KOM001.yaml",
            "Regler, definitioner, ordlistor eller lagrum i katalogen har ändrats",
        ),
        (
            "catalogue/definitioner/egna.yaml",
            "Regler, definitioner, ordlistor eller lagrum i katalogen har ändrats",
        ),
        (
            "catalogue/lagrum/egna.yaml",
            "Regler, definitioner, ordlistor eller lagrum i katalogen har ändrats",
        ),
        ("catalogue/begrepp/egna.yaml", "Begrepp har ändrats"),
        ("insatskoll-baslinje.json", "Listan över kända fynd har ändrats"),
    ],
)
@pytest.mark.parametrize("committed", [True, False])
def test_what_steers_findings_and_print_is_told_when_it_changes(
    here: Path, path: str, told: str, committed: bool
) -> None:
    repositories.git(here, "checkout", "-q", "-f", "-b", "gren")
    name = path.removeprefix("catalogue/")
    file = here / path
    file.parent.mkdir(parents=True, exist_ok=True)

    def remarks(text: str = "HEAD") -> str:
        return " ".join(compared(text if committed else "HEAD").remarks)

    file.write_bytes(b"a: 1\r\nb: 2\n")
    repositories.commit(here, "första")
    if committed:
        assert told in remarks("main...HEAD") and name in remarks("main...HEAD")
    file.write_bytes(b"a: 1\nb: 2\n" if committed else b"a: 1\r\nb: 2\n")
    repositories.commit(here, "andra")
    assert committed or not remarks()
    file.write_text("a: 3\n")
    if committed:
        repositories.commit(here, "tredje")
    assert told in remarks("andra...HEAD")
    file.unlink()
    if committed:
        repositories.commit(here, "fjärde")
    assert told in remarks("tredje...HEAD")


def test_a_reader_s_notes_steer_nothing(here: Path) -> None:
    (here / "catalogue" / "README.md").write_text("Läs.")
    (here / "catalogue" / "kommuner" / "åmål" / "README.md").write_text("Läs.")
    (here / "insatskoll.yaml").write_text("# bara en rad om filen\nutmapp: ut\n")
    assert not compared("HEAD").remarks


def test_what_nothing_reads_steers_nothing(here: Path) -> None:
    own = here / "catalogue" / "kommuner" / "åmål"
    for name in (
        "regler/.DS_Store",
        "regler/README.md",
        "begrepp/.x.swp",
        "kommuner/åmål/mallar/.DS_Store",
    ):
        path = here / "catalogue" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert not compared("HEAD").remarks
    (own / "referens.docx").write_bytes(b"PK" * 1_500_000)
    (own / "länk.svg").symlink_to("finns-inte")
    repositories.commit(here)
    assert not compared("HEAD").remarks


def test_a_link_in_the_place_of_rules_is_told_and_not_followed(here: Path, tmp_path: Path) -> None:
    (tmp_path / "utanför").mkdir()
    (tmp_path / "utanför" / "hemligt.yaml").write_text("x")
    for name in ("regler", "definitioner", "lagrum", "begrepp", "mallar"):
        (here / "catalogue" / name).symlink_to(tmp_path / "utanför")
    told_now = " ".join(compared("HEAD").remarks)
    repositories.commit(here)
    told_then = " ".join(compared("HEAD~1", "HEAD").remarks)
    for said in (told_now, told_then):
        assert "hemligt" not in said and "regler" in said and "mallar" in said
    assert not compared("HEAD").remarks


@pytest.mark.parametrize("top", ["catalogue", "catalogue/kommuner"])
def test_a_repository_of_the_catalogue_or_the_municipalities_alone(
    top: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    repositories.make(tmp_path / top)
    kommun(tmp_path / "catalogue", "åmål", samtal={"namn": "Då"})
    repositories.commit(tmp_path / top)
    kommun(tmp_path / "catalogue", "åmål", samtal={"namn": "Nu"})
    assert told(pairs("main")) == [("åmål", ["Då"], ["Nu"])]


def test_a_change_is_not_judged_by_its_own_settings(here: Path) -> None:
    settings = here / "insatskoll.yaml"
    on_a_branch(here)
    kommun(here / "catalogue", "åmål", samtal=UNLAWFUL)
    repositories.commit(here)
    honest = steered(here, "--lint")
    assert honest.code == 1 and "Fynden prövas" not in honest.out
    for content in (
        "regler: {hoppa_över: [IK1, IK2, IK3, IK4, IK5, IK6, IK7, IK8]}",
        "regler: {nivåer: {IK: råd}}",
    ):
        settings.write_text(f"{content}\n")
        repositories.commit(here)
        done = steered(here, "--lint")
        assert done.code == 1
        assert "insatskoll.yaml har ändrats. Ändringen prövas med inställningarna i " in done.out
        assert honest.out.splitlines()[-3:] == done.out.splitlines()[-3:]
    repositories.git(here, "branch", "-f", "main", "HEAD")
    repositories.git(here, "checkout", "-q", "-B", "gren")
    # what main says is what counts, also where the change asks for more
    settings.write_text("regler: {välj: [IK2]}\n")
    kommun(
        here / "catalogue",
        "åmål",
        samtal={"namn": "X", **UNLAWFUL},
    )
    repositories.commit(here)
    assert "med inställningarna i " in steered(here, "--lint").out


def test_settings_then_may_name_a_rule_that_is_gone(here: Path) -> None:
    settings = here / "insatskoll.yaml"
    settings.write_text("regler: {nivåer: {KOM001: fel}}\n")
    repositories.git(here, "add", "-f", "insatskoll.yaml")
    repositories.commit(here)
    settings.write_text("regler: {hoppa_över: [IK]}\n")
    kommun(here / "catalogue", "åmål", samtal=UNLAWFUL)
    done = run("diff", "HEAD", "--lint", cwd=here)
    assert done.code == 1 and "IK202" in done.out


def test_outside_git_dates_and_folders_still_work(here: Path) -> None:
    (here / ".git").rename(here.parent / "undan")
    assert told(pairs(FIRST)) == [("åmål", ["Först"], ["Nu"])]
    message = refused("main")
    assert message.startswith(
        "”main” är inget beslut, ingen mapp och ingen fil. Mappen catalogue/kommuner "
        "ligger inte i något git-arkiv."
    )


def test_a_repository_without_commits_is_told(here: Path) -> None:
    (here / ".git").rename(here.parent / "undan")
    repositories.make(here)
    assert "Git-arkivet har inga revisioner än." in refused("HEAD")


def test_a_shallow_clone_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repositories.commit(here, "två")
    repositories.git(here.parent, "clone", "-q", "--depth", "1", here.as_uri(), "ytlig")
    monkeypatch.chdir(here.parent / "ytlig")
    assert pairs("HEAD") == []
    assert "git fetch --unshallow" in refused("HEAD~1")
    assert "fetch-depth: 0" in refused("ett")


@pytest.mark.parametrize(
    "argument",
    [
        "-x",
        "--all",
        "en rad\nen till",
        "x\0y",
        "finns inte",
        "ä" * 5000,
        "\x1b[31m",
        "$(touch x)",
        "../..",
        "/",
        os.fsdecode(b"\xe5"),
    ],
)
def test_what_means_nothing_ends_in_one_line(here: Path, argument: str) -> None:
    before = sorted(here.rglob("*"))
    for arguments in ((argument,), ("ett", argument)):
        assert "\x1b" not in refused(*arguments)
    assert sorted(here.rglob("*")) == before


def test_an_empty_argument_is_told(here: Path) -> None:
    with pytest.raises(UsageError, match="Ett av argumenten är tomt"):
        pairs("")
