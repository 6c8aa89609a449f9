"""The chain of decisions, tampered with and not, and the life of one insats through five of
them."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from insatskoll.catalogue import canonical, chain
from insatskoll.catalogue.model import Kommun
from insatskoll.cli.decisions import _compare_checksum
from insatskoll.decisions import history
from insatskoll.reading import accepted
from insatskoll.reading.document import read
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
    return [link.state for link in chain.links(kommun)]


def found(folder: Path) -> list[tuple[str, str]]:
    """The findings of IK603: file, and place in the data."""
    return [
        (f.path.stem, ".".join(map(str, f.data_path)))
        for f in lint_folder(folder).findings
        if f.rule == "IK603"
    ]


def rewritten(folder: Path, date: str, *, recomputed: bool) -> None:
    """Changes what an old decision holds, and its checksum too if ``recomputed``."""
    path = folder / "beslut" / f"{date}.yaml"
    frozen: Any = read(path).data
    frozen["innehåll"]["kommun"]["nämnd"] = "Någon annan"
    if recomputed:
        frozen["kontrollsumma"] = canonical.checksum(frozen["beslut"], frozen["innehåll"])
    path.write_text(canonical.frozen_text(frozen), "utf-8")


def removed(folder: Path, date: str) -> None:
    (folder / "beslut" / f"{date}.yaml").unlink()


def renamed(folder: Path, date: str) -> None:
    (folder / "beslut" / f"{date}.yaml").rename(folder / "beslut" / "2025-10-11.yaml")


def laid_out_otherwise(folder: Path, date: str) -> None:
    path = folder / "beslut" / f"{date}.yaml"
    path.write_bytes(b"# En kommentar\r\n" + path.read_bytes().replace(b"\n", b"\r\n"))


def test_five_decisions_in_a_row_form_a_chain(made: Path) -> None:
    links = chain.links(load(made))
    assert [link.beslut.id for link in links] == DATES
    facts = [link.beslut.data["beslut"] for link in links]
    assert [f.get("ersätter") for f in facts] == [None, *DATES[:-1]]
    assert states(load(made)) == ["stämmer"] * 5
    assert found(made) == []


TAMPERED: list[tuple[Callable[[Path, str], None], list[str], list[tuple[str, str]]]] = [
    (
        lambda folder, date: rewritten(folder, date, recomputed=False),
        [
            "stämmer",
            "ändrat efter beslutet",
            "det ersatta beslutet är ändrat",
            "stämmer",
            "stämmer",
        ],
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
        [
            "stämmer",
            "filen heter inte som beslutets datum",
            "ett beslut har kommit emellan",
            "stämmer",
            "stämmer",
        ],
        [("2025-11-10", "beslut.ersätter")],
    ),
    (laid_out_otherwise, ["stämmer"] * 5, []),
]


@pytest.mark.parametrize(("tamper", "expected", "places"), TAMPERED)
def test_an_old_decision_cannot_be_exchanged_unseen(
    tamper: Callable[[Path, str], None],
    expected: list[str],
    places: list[tuple[str, str]],
    kommun: Path,
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
    checksum = load(kommun).beslut[1].data["kontrollsumma"]
    assert rows[2] == [
        "2025-10-10",
        "§ 10",
        "SN 2025/10",
        "2025-09-10",
        "2025-10-10",
        "3",
        checksum[:12],
        "stämmer",
    ]
    assert rows[6] == ["filerna som de är nu", "3", "inga ändringar"]
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
    """What each revision did: in a word, the ids that the insats then had, and those it had
    before."""
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
    assert ["fem samtal" in " ".join(step.sentences) for step in steps] == [
        False,
        True,
        False,
        False,
        True,
        False,
    ]


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
        assert life(made, part)[2:4] == [
            ("ändrad", (part,), ("kurs",)),
            ("oförändrad", (part,), ()),
        ]
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


def test_an_insats_with_a_new_id_that_names_no_former_one_is_followed_by_likeness(
    tmp_path: Path,
) -> None:
    text = "Samtal om föräldraskap för den som vill ha råd om barn i tonåren, en kväll i veckan."
    first = insats("Föräldrasamtal vid Centrum", innehåll=text)
    folder = repository(
        tmp_path,
        {
            "centrum": first,
            "annat": insats("Härbärge"),
            "lik": insats("Föräldrasamtal", innehåll=text),
        },
    )
    decided(folder, "2025-09-10")
    for name in ("centrum", "lik", "annat"):
        remove(folder, name)
    write(folder, "på-centrum", insats("Föräldrasamtal på Centrum", innehåll=text))
    assert life(folder, "på-centrum") == [
        ("första", ("centrum",), ()),
        ("ändrad", ("på-centrum",), ("centrum",)),
    ]
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
        "filerna som de är nu: oförändrad",
    ]
    assert any("högst fem samtal" in line for line in lines if line.startswith("  "))
    assert run("show", "råd", "--historik", cwd=tmp_path).out == done.out, (
        "the municipality follows from the insats"
    )


def test_history_says_which_decisions_have_been_tampered_with(kommun: Path, tmp_path: Path) -> None:
    rewritten(kommun, "2025-10-10", recomputed=False)
    lines = run("show", "exempel", "råd", "--historik", cwd=tmp_path).out.splitlines()
    assert lines[2].startswith("beslutet 2025-10-10 § 10 (SN 2025/10) (ändrat efter beslutet): ")
    assert any(
        line.startswith("beslutet 2025-11-10 § 11 (SN 2025/11) (det ersatta beslutet är ändrat): ")
        for line in lines
    )


def test_an_insats_of_several_municipalities_needs_one_named(kommun: Path, tmp_path: Path) -> None:
    write_kommun(kommun.parent / "annan", {"café": insats("Café")})
    done = run("show", "café", "--historik", cwd=tmp_path)
    assert (
        done.code,
        "finns i flera kommuner: annan, exempel. Ange kommunen före insatsen." in done.err,
    ) == (2, True)
    assert (
        run("show", "exempel", "café", "--historik", cwd=tmp_path)
        .out.splitlines()[4]
        .endswith(": borttagen")
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--beslut"], "Flaggan --beslut behöver en kommun"),
        (["exempel", "råd", "--beslut"], "Flaggan --beslut behöver en kommun"),
        (["--historik"], "Flaggan --historik behöver en insats"),
        (
            ["exempel", "--historik"],
            "Ange insatsen också: insatskoll show exempel INSATS --historik.",
        ),
        (["exempel", "--beslut", "--historik"], "Välj --beslut eller --historik."),
        (["exempel", "--beslut", "--påståenden"], "Välj --beslut eller --påståenden."),
        (["exempel", "--historik", "--påståenden"], "Välj --historik eller --påståenden."),
        (
            ["exempel", "finns-inte", "--historik"],
            "Insatsen ”finns-inte” finns varken nu eller i något beslut.",
        ),
        (
            ["finns-inte", "--historik"],
            "Ingen kommun i katalogen har, eller har haft, insatsen ”finns-inte”.",
        ),
        (
            ["finns-inte", "råd", "--historik"],
            "”finns-inte” är varken en fil, en mapp eller en kommun",
        ),
    ],
)
def test_wrong_usage_is_told(arguments: list[str], said: str, kommun: Path, tmp_path: Path) -> None:
    done = run("show", *arguments, cwd=tmp_path)
    assert (done.code, done.out, said in done.err) == (2, "", True), done.err


# Every way of tampering that has been thought of: what is done to the later or the earlier of two
# decisions, and what is said of each. Where nothing is said, either nothing of what was decided has
# changed, or only the minutes can tell.
EARLIER, LATER = "2025-09-10", "2025-12-10"
SAME = ("stämmer", "stämmer")


def altered(
    change: Callable[[dict[str, Any]], Any], date: str = EARLIER, *, recomputed: bool = False
) -> Callable[[Path], None]:
    def tamper(folder: Path) -> None:
        path = folder / "beslut" / f"{date}.yaml"
        frozen: Any = read(path).data
        change(frozen)
        if recomputed:
            frozen["kontrollsumma"] = canonical.checksum(frozen["beslut"], frozen["innehåll"])
        path.write_text(canonical.frozen_text(frozen), "utf-8")

    return tamper


def as_text(change: Callable[[str], str], date: str = EARLIER) -> Callable[[Path], None]:
    def tamper(folder: Path) -> None:
        path = folder / "beslut" / f"{date}.yaml"
        path.write_bytes(change(path.read_bytes().decode()).encode())

    return tamper


def content(frozen: dict[str, Any]) -> None:
    frozen["innehåll"]["insatser"]["samtal"]["namn"] = "Samtal"


def swapped(folder: Path) -> None:
    one, two = (folder / "beslut" / f"{date}.yaml" for date in (EARLIER, LATER))
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)


def linked(folder: Path) -> None:
    path = folder / "beslut" / f"{EARLIER}.yaml"
    path.rename(folder.parent / "annan.yaml")
    path.symlink_to(folder.parent / "annan.yaml")


def forged(folder: Path) -> None:
    frozen: Any = read(folder / "beslut" / f"{EARLIER}.yaml").data
    frozen["beslut"] |= {
        "datum": "2025-11-01",
        "ersätter": EARLIER,
        "ersätter_kontrollsumma": frozen["kontrollsumma"],
    }
    content(frozen)
    frozen["kontrollsumma"] = canonical.checksum(frozen["beslut"], frozen["innehåll"])
    (folder / "beslut" / "2025-11-01.yaml").write_text(canonical.frozen_text(frozen), "utf-8")


def all_recomputed(folder: Path) -> None:
    altered(content, recomputed=True)(folder)
    earlier = accepted.beslut(read(folder / "beslut" / f"{EARLIER}.yaml"))["kontrollsumma"]
    altered(lambda f: f["beslut"].update(ersätter_kontrollsumma=earlier), LATER, recomputed=True)(
        folder
    )


def moved(name: str, date: str = EARLIER) -> Callable[[Path], None]:
    def tamper(folder: Path) -> None:
        (folder / "beslut" / f"{date}.yaml").rename(folder / "beslut" / name)

    return tamper


def gone(*names: str) -> Callable[[dict[str, Any]], None]:
    def change(frozen: dict[str, Any]) -> None:
        for name in names:
            del frozen["beslut"][name]

    return change


def unbound_and_forged(folder: Path) -> None:
    altered(gone("ersätter_kontrollsumma"), LATER, recomputed=True)(folder)
    forged(folder)


CHANGED, REPLACED_CHANGED = "ändrat efter beslutet", "det ersatta beslutet är ändrat"
MISSING, BETWEEN = "det ersatta beslutet saknas", "ett beslut har kommit emellan"
UNBOUND = "säger inte vilket beslut det ersätter, med kontrollsumma"
FILE = None  # the file itself is refused, and lint says so

WAYS: dict[str, tuple[Callable[[Path], None], tuple[str, ...] | None]] = {
    "content": (altered(content), (CHANGED, REPLACED_CHANGED)),
    "content, recomputed, in the middle of the chain": (
        altered(content, recomputed=True),
        ("stämmer", REPLACED_CHANGED),
    ),
    "date": (
        altered(lambda f: f["beslut"].update(datum="2025-09-11")),
        (f"{CHANGED}, filen heter inte som beslutets datum", REPLACED_CHANGED),
    ),
    "first removed": (lambda folder: (folder / "beslut" / f"{EARLIER}.yaml").unlink(), (MISSING,)),
    "files swapped": (swapped, ()),
    "NFD": (as_text(lambda t: unicodedata.normalize("NFD", t)), FILE),
    "paragraph": (
        altered(lambda f: f["beslut"].update(paragraf="§ 99")),
        (CHANGED, REPLACED_CHANGED),
    ),
    "renamed": (moved("2025-09-11.yaml"), ("filen heter inte som beslutets datum", BETWEEN)),
    "renamed to .yml": (moved(f"{EARLIER}.yml"), FILE),
    "a link for the file": (linked, FILE),
    "a key twice": (as_text(lambda t: t + "kontrollsumma: x\n"), FILE),
    "an invisible character": (as_text(lambda t: t.replace("Samtal", "Sam\u202etal")), FILE),
    "replaces another date": (
        altered(lambda f: f["beslut"].update(ersätter="2025-10-10"), LATER, recomputed=True),
        ("stämmer", MISSING),
    ),
    "a forged decision in between": (forged, ("stämmer", "stämmer", BETWEEN)),
    "no checksum of the replaced": (
        altered(gone("ersätter_kontrollsumma"), LATER, recomputed=True),
        ("stämmer", UNBOUND),
    ),
    "no word of the replaced": (
        altered(gone("ersätter_kontrollsumma", "ersätter"), LATER, recomputed=True),
        ("stämmer", UNBOUND),
    ),
    "the replaced removed, and its checksum": (
        unbound_and_forged,
        ("stämmer", "stämmer", BETWEEN),
    ),
    # Nothing that was decided has changed.
    "line endings": (as_text(lambda t: t.replace("\n", "\r\n")), SAME),
    "empty lines": (as_text(lambda t: t.replace("innehåll:\n", "\n\ninnehåll:\n", 1)), SAME),
    "order of fields": (
        altered(lambda f: f.update(beslut=dict(reversed(f["beslut"].items())))),
        SAME,
    ),
    "the style of YAML": (
        as_text(lambda t: json.dumps(yaml.safe_load(t), ensure_ascii=False, default=str)),
        SAME,
    ),
    "a comment": (as_text(lambda t: "# Obs\n" + t), SAME),
    "accepted findings": (
        altered(
            lambda f: f.update(
                avvikelser=[
                    {"regel": "IK101", "motivering": "Nämnden har tagit ställning till det."}
                ]
            )
        ),
        SAME,
    ),
    "quotation marks": (
        as_text(lambda t: t.replace("namn: Öppet café", 'namn: "Öppet café"')),
        SAME,
    ),
    # Only the checksum in the minutes can tell.
    "the last, recomputed": (altered(content, LATER, recomputed=True), SAME),
    "the last removed": (lambda folder: (folder / "beslut" / f"{LATER}.yaml").unlink(), SAME[:1]),
    "all recomputed": (all_recomputed, SAME),
}
ONLY_THE_MINUTES = {"the last, recomputed", "the last removed", "all recomputed"}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = repository(
        tmp_path_factory.mktemp("två"),
        {"samtal": insats("Samtal vid oro"), "café": insats("Öppet café")},
    )
    decided(folder, EARLIER)
    write(folder, "samtal", insats("Samtal vid all oro"))
    decided(folder, LATER)
    return folder


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_tampering(
    way: str, two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "catalogue" / "kommuner" / "exempel"
    shutil.copytree(two, folder)
    monkeypatch.chdir(tmp_path)
    minutes = accepted.beslut(read(folder / "beslut" / f"{LATER}.yaml"))["kontrollsumma"]
    assert _compare_checksum("exempel", minutes) == 0, "before anything has happened"
    tamper, expected = WAYS[way]
    tamper(folder)
    kommun = load(folder)
    if expected is FILE:
        assert any(
            f.level == "fel" and f.path.parent.name == "beslut"
            for f in lint_folder(folder).findings
        )
        return
    said = tuple(states(kommun))
    if expected:
        assert said == expected
    assert bool(found(folder)) == any(
        state not in ("stämmer", "filen heter inte som beslutets datum") for state in said
    )
    assert (said == SAME[: len(said)]) == (way in ONLY_THE_MINUTES or expected == SAME)
    if way in ONLY_THE_MINUTES or expected == SAME:
        assert _compare_checksum("exempel", minutes[:16]) == (way in ONLY_THE_MINUTES)


@pytest.mark.parametrize(("given", "code"), [("0" * 64, 1), ("abc", 2), ("zzzzzzzzzzzzzzzz", 2)])
def test_a_checksum_that_no_decision_has_is_told(given: str, code: int, made: Path) -> None:
    done = run("show", "exempel", "--beslut", "--kontrollsumma", given, cwd=made.parents[2])
    assert done.code == code
    assert ("Inget av besluten har kontrollsumman i protokollet." in done.out) == (code == 1)
