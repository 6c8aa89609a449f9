"""The chain of decisions, tampered with and not, and the life of one insats through five of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from insatskoll import history, revision
from insatskoll.document import read
from insatskoll.model import Kommun
from tests.catalogues import lint_folder, load, write_kommun
from tests.decisions import contents, decided, five, insats, remove, repository, write
from tests.program import run

DATES = ["2025-09-10", "2025-10-10", "2025-11-10", "2025-12-10", "2026-01-10"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the municipality that has decided five times; not to be changed."""
    return five(tmp_path_factory.mktemp("fem"))


@pytest.fixture
def kommun(made: Path, tmp_path: Path) -> Path:
    """A copy of the same, to be tampered with."""
    root = made.parents[2]
    for path, data in contents(root).items():
        target = tmp_path / Path(path).relative_to(root)
        if data is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    return tmp_path / made.relative_to(root)


def states(kommun: Kommun) -> list[str]:
    return [link.state for link in history.chain(kommun)]


def found(folder: Path) -> list[tuple[str, str]]:
    """The findings of IK603: file, and place in the data."""
    return [(f.path.stem, ".".join(map(str, f.data_path))) for f in lint_folder(folder).findings if f.rule == "IK603"]


def rewritten(folder: Path, date: str, *, recomputed: bool) -> None:
    """Changes what an old decision holds, and its checksum too if ``recomputed``."""
    path = folder / "beslut" / f"{date}.yaml"
    frozen = read(path).data
    frozen["innehåll"]["kommun"]["nämnd"] = "Någon annan"
    if recomputed:
        frozen["kontrollsumma"] = revision.checksum(frozen["beslut"], frozen["innehåll"])
    path.write_text(revision.frozen_text(frozen), "utf-8")


def removed(folder: Path, date: str) -> None:
    (folder / "beslut" / f"{date}.yaml").unlink()


def renamed(folder: Path, date: str) -> None:
    (folder / "beslut" / f"{date}.yaml").rename(folder / "beslut" / "2025-10-11.yaml")


def laid_out_otherwise(folder: Path, date: str) -> None:
    path = folder / "beslut" / f"{date}.yaml"
    path.write_bytes(b"# En kommentar\r\n" + path.read_bytes().replace(b"\n", b"\r\n"))


def test_five_decisions_in_a_row_form_a_chain(made: Path) -> None:
    chain = history.chain(load(made))
    assert [link.beslut.id for link in chain] == DATES
    facts = [link.beslut.document.data["beslut"] for link in chain]
    assert [f.get("ersätter") for f in facts] == [None, *DATES[:-1]]
    assert states(load(made)) == ["stämmer"] * 5
    assert found(made) == []


TAMPERED: list[tuple[Callable[[Path, str], None], list[str], list[tuple[str, str]]]] = [
    (
        lambda folder, date: rewritten(folder, date, recomputed=False),
        ["stämmer", "ändrat efter beslutet", "det ersatta beslutet är ändrat", "stämmer", "stämmer"],
        [("2025-10-10", "kontrollsumma"), ("2025-11-10", "beslut.ersätter_kontrollsumma")],
    ),
    (
        lambda folder, date: rewritten(folder, date, recomputed=True),
        ["stämmer", "stämmer", "det ersatta beslutet är ändrat", "stämmer", "stämmer"],
        [("2025-11-10", "beslut.ersätter_kontrollsumma")],
    ),
    (
        removed,
        ["stämmer", "det ersatta beslutet saknas", "stämmer", "stämmer"],
        [("2025-11-10", "beslut.ersätter")],
    ),
    (
        renamed,
        ["stämmer", "filen heter inte som beslutets datum", "det ersatta beslutet saknas", "stämmer", "stämmer"],
        [("2025-11-10", "beslut.ersätter")],
    ),
    (laid_out_otherwise, ["stämmer"] * 5, []),
]


@pytest.mark.parametrize(("tamper", "expected", "places"), TAMPERED)
def test_an_old_decision_cannot_be_exchanged_unseen(
    tamper: Callable[[Path, str], None], expected: list[str], places: list[tuple[str, str]], kommun: Path
) -> None:
    tamper(kommun, "2025-10-10")
    assert states(load(kommun)) == expected
    assert found(kommun) == places


def test_a_decision_that_cannot_be_read_is_not_said_to_be_missing(kommun: Path) -> None:
    (kommun / "beslut" / "2025-10-10.yaml").write_bytes(b"\xff")
    assert found(kommun) == []


def test_the_chain_is_shown_with_its_state_and_the_files_last(kommun: Path, tmp_path: Path) -> None:
    done = run("show", "exempel", "--beslut", cwd=tmp_path)
    rows = [re.split(r" {2,}", line.strip()) for line in done.out.splitlines()]
    assert (done.code, rows[0][0], rows[0][-1], len(rows)) == (0, "Revision", "Tillstånd", 7)
    checksum = load(kommun).beslut[1].document.data["kontrollsumma"]
    assert rows[2] == ["2025-10-10", "§ 10", "SN 2025/10", "2025-09-10", "3", checksum[:12], "stämmer"]
    assert rows[6] == ["förslaget 2025-08-20", "3", "inga ändringar"]
    write(kommun, "samtal", insats("Samtal vid oro", innehåll="Annat."))
    remove(kommun, "kurs-grupp")
    rewritten(kommun, "2025-12-10", recomputed=True)
    done = run("show", "exempel", "--beslut", cwd=tmp_path)
    lines = done.out.splitlines()
    assert done.code == 1
    assert lines[5].rstrip().endswith("det ersatta beslutet är ändrat")
    assert lines[6].rstrip().endswith("2 insatser ändrade")


def test_a_reconstructed_decision_is_marked_and_the_real_chain_verifies() -> None:
    done = run("show", "uppsala", "--beslut")
    assert done.code == 0
    assert "stämmer (rekonstruerat)" in done.out.splitlines()[1]


def test_without_decisions_there_is_only_the_proposal(tmp_path: Path) -> None:
    repository(tmp_path, {})
    done = run("show", "exempel", "--beslut", cwd=tmp_path)
    assert (done.code, done.out.splitlines()[1].split()[-3:]) == (0, ["inget", "beslut", "ännu"])


def life(folder: Path, insats_id: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """What each revision did: in a word, the ids that the insats then had, and those it had before."""
    steps = history.of_insats(load(folder), insats_id)
    return [(step.what, tuple(one.id for one in step.insatser), step.former) for step in steps]


def test_an_insats_is_followed_through_a_new_id_and_back(made: Path) -> None:
    expected = [
        ("första", ("samtal",), ()),
        ("ändrad", ("råd",), ("samtal",)),
        ("oförändrad", ("råd",), ()),
        ("oförändrad", ("råd",), ()),
        ("ändrad", ("samtal",), ("råd",)),
        ("oförändrad", ("samtal",), ()),
    ]
    assert life(made, "samtal") == life(made, "råd") == expected
    steps = history.of_insats(load(made), "råd")
    assert ["fem samtal" in " ".join(step.sentences) for step in steps] == [False, True, False, False, True, False]


def test_an_insats_that_was_divided_is_followed_to_its_parts_and_each_part_back(made: Path) -> None:
    parts = ("kurs-enskild", "kurs-grupp")
    whole = life(made, "kurs")
    assert [(what, tuple(sorted(ids)), former) for what, ids, former in whole] == [
        ("första", ("kurs",), ()),
        ("oförändrad", ("kurs",), ()),
        ("ändrad", parts, ("kurs",)),
        *[("oförändrad", parts, ())] * 3,
    ]
    for part in parts:
        assert life(made, part)[2:4] == [("ändrad", (part,), ("kurs",)), ("oförändrad", (part,), ())]
        assert life(made, part)[0] == ("första", ("kurs",), ())


def test_an_insats_that_was_removed_has_its_history(made: Path) -> None:
    there = ("café",)
    assert life(made, "café") == [
        ("första", there, ()),
        ("oförändrad", there, ()),
        ("oförändrad", there, ()),
        ("borttagen", (), ()),
        ("saknas", (), ()),
        ("saknas", (), ()),
    ]


def test_an_insats_that_comes_back_is_known_again(kommun: Path) -> None:
    write(kommun, "café", insats("Öppet café"))
    assert [what for what, *_ in life(kommun, "café")] == [
        *("första", "oförändrad", "oförändrad", "borttagen", "saknas", "tillagd")
    ]


def test_a_new_insats_was_not_there_before(kommun: Path) -> None:
    write(kommun, "ny", insats("Något helt annat"))
    assert [what for what, *_ in life(kommun, "ny")] == [*["saknas"] * 5, "tillagd"]


def test_an_insats_with_a_new_id_that_names_no_former_one_is_followed_by_likeness(tmp_path: Path) -> None:
    text = "Samtal om föräldraskap för den som vill ha råd om barn i tonåren, en kväll i veckan."
    first = insats("Föräldrasamtal vid Centrum", innehåll=text)
    folder = repository(tmp_path, {"centrum": first, "annat": insats("Härbärge"), "lik": insats("Föräldrasamtal", innehåll=text)})
    decided(folder, "2025-09-10")
    for name in ("centrum", "lik", "annat"):
        remove(folder, name)
    write(folder, "på-centrum", insats("Föräldrasamtal på Centrum", innehåll=text))
    assert life(folder, "på-centrum") == [("första", ("centrum",), ()), ("ändrad", ("på-centrum",), ("centrum",))]
    assert life(folder, "lik")[1] == ("borttagen", (), ())


def test_an_unknown_insats_has_no_history(made: Path) -> None:
    assert history.of_insats(load(made), "finns-inte") == ()


def test_history_is_told_a_line_for_each_revision(kommun: Path, tmp_path: Path) -> None:
    done = run("show", "exempel", "råd", "--historik", cwd=tmp_path)
    assert done.code == 0
    lines = done.out.splitlines()
    assert [line.rstrip() for line in lines if not line.startswith(" ")] == [
        "Samtal vid oro",
        "beslutet 2025-09-10 § 9 (SN 2025/9): finns med",
        "beslutet 2025-10-10 § 10 (SN 2025/10): ändrad, tidigare id samtal",
        "beslutet 2025-11-10 § 11 (SN 2025/11): oförändrad",
        "beslutet 2025-12-10 § 12 (SN 2025/12): oförändrad",
        "beslutet 2026-01-10 § 1 (SN 2025/1): ändrad, tidigare id råd",
        "förslaget 2025-08-20: oförändrad",
    ]
    assert any("högst fem samtal" in line for line in lines if line.startswith("  "))
    assert run("show", "råd", "--historik", cwd=tmp_path).out == done.out, "the municipality follows from the insats"


def test_history_says_which_decisions_have_been_tampered_with(kommun: Path, tmp_path: Path) -> None:
    rewritten(kommun, "2025-10-10", recomputed=False)
    lines = run("show", "exempel", "råd", "--historik", cwd=tmp_path).out.splitlines()
    assert lines[2].startswith("beslutet 2025-10-10 § 10 (SN 2025/10) (ändrat efter beslutet): ")
    assert any(line.startswith("beslutet 2025-11-10 § 11 (SN 2025/11) (det ersatta beslutet är ändrat): ") for line in lines)


def test_an_insats_of_several_municipalities_needs_one_named(kommun: Path, tmp_path: Path) -> None:
    write_kommun(kommun.parent / "annan", {"café": insats("Café")})
    done = run("show", "café", "--historik", cwd=tmp_path)
    assert (done.code, "finns i flera kommuner: annan, exempel. Ange kommunen före insatsen." in done.err) == (2, True)
    assert run("show", "exempel", "café", "--historik", cwd=tmp_path).out.splitlines()[4].endswith(": borttagen")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--beslut"], "Flaggan --beslut behöver en kommun"),
        (["exempel", "råd", "--beslut"], "Flaggan --beslut behöver en kommun"),
        (["--historik"], "Flaggan --historik behöver en insats"),
        (["exempel", "--historik"], "Ange insatsen också: insatskoll show exempel INSATS --historik."),
        (["exempel", "--beslut", "--historik"], "Välj --beslut eller --historik."),
        (["exempel", "finns-inte", "--historik"], "Insatsen ”finns-inte” finns varken nu eller i något beslut."),
        (["finns-inte", "--historik"], "Ingen kommun i katalogen har, eller har haft, insatsen ”finns-inte”."),
        (["finns-inte", "råd", "--historik"], "”finns-inte” är varken en fil, en mapp eller en kommun"),
    ],
)
def test_wrong_usage_is_told(arguments: list[str], said: str, kommun: Path, tmp_path: Path) -> None:
    done = run("show", *arguments, cwd=tmp_path)
    assert (done.code, done.out, said in done.err) == (2, "", True), done.err
