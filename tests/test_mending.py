"""What keeps a file from being read is put right where it can only have been meant in one way: the
file is then what it was, to the byte, and whatever could be something else is left."""

from __future__ import annotations

import os
import random
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from insatskoll import writing
from insatskoll.catalogue import right_names
from insatskoll.folders import Folder
from insatskoll.reading import document, encodings, mended_text, schema, slips
from tests import damage
from tests.catalogues import CATALOGUE, ROOT, write_kommun
from tests.program import run
from tests.repositories import git

FILES = damage.files(CATALOGUE)
A = Path("insatser/a.yaml")
HEAD = "namn: Kaffe\ninsatstyp: samtal\navdelning: exempel\n"
PLACE = HEAD.replace("Kaffe", "Mötesplats")
REST = "karaktär: rådgivning\ndokumentation: {nivå: utan personliga förhållanden}\n"


def mended(text: str, kind: str = "insats") -> str:
    return mended_text.of(A, kind, text).after


def sample(name: str, number: int) -> list[tuple[Path, str, random.Random]]:
    """Some files of the catalogue, each with the chance that it is damaged by."""
    chance = random.Random(name)
    return [(*one, chance) for one in chance.sample(FILES, number)]


# Whatever is damaged is as it was


@pytest.mark.parametrize("how", damage.CERTAIN, ids=lambda how: how.__name__)
def test_a_damaged_file_is_what_it_was_to_the_byte(how: damage.Damage) -> None:
    damaged = 0
    for path, kind, chance in sample(how.__name__, 20):
        read = document.read(path)
        raw = how(read, kind, chance)
        meant = encodings.meant(raw)
        assert meant is not None, path
        told = mended_text.of(path, kind, meant.text)
        assert told.after == read.text, path
        assert told.read is not None and told.read.data == read.data
        damaged += raw != read.text.encode()
    assert damaged >= 15


@pytest.mark.parametrize("how", damage.UNCERTAIN, ids=lambda how: how.__name__)
def test_a_damaged_file_is_what_it_was_or_left(how: damage.Damage) -> None:
    right = 0
    for path, kind, chance in sample(how.__name__, 30):
        read = document.read(path)
        raw = how(read, kind, chance)
        if (meant := encodings.meant(raw)) is None:
            continue
        after = mended_text.of(path, kind, meant.text).after
        lines = zip(*(one.splitlines() for one in (read.text, meant.text, after)), strict=True)
        for was, got, is_now in lines:
            assert is_now in (was, got), path
        right += after == read.text
    assert right >= 20


def test_several_damages_are_mended_in_one_go() -> None:
    for path, kind, chance in sample("alla", 12):
        read = document.read(path)
        raw = damage.with_values_in_capitals(read, kind, chance)
        raw = damage.with_names_in_capitals(document.decode(path, raw), kind, chance)
        raw = damage.with_tabs(document.decode(path, raw), kind, chance)
        raw = unicodedata.normalize("NFD", raw.decode()).encode("utf-16")
        meant = encodings.meant(raw)
        assert meant is not None
        assert mended(meant.text, kind) == read.text, path


def test_a_file_that_is_right_is_left() -> None:
    for path, kind in FILES[::7]:
        told = mended_text.of(path, kind, document.read(path).text)
        assert (told.after, told.places) == (document.read(path).text, 0)


MEANT = yaml.load((ROOT / "tests/data/misstag/menat.yaml").read_text("utf-8"), yaml.BaseLoader)


@pytest.mark.parametrize(
    "case", [one for one in MEANT if "byt" in one], ids=lambda one: one["fall"]
)
def test_what_was_meant_is_written_only_where_it_is_sure(case: dict[str, str]) -> None:
    path = ROOT / "tests/data/misstag/ekbacka/insatser" / case.get("i", "abc.yaml")
    was = path.read_text("utf-8")
    wrong = was.replace(case["byt"], case["mot"], 1)
    right = was.replace(case["byt"], case.get("rättas", case["mot"]), 1)
    assert wrong != was
    assert mended(wrong) == right


# What could be something else, or is as somebody means it


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "innehåll: |\n  Rad\n  \u00a0indragen\n  \tmed tabb\n",
        HEAD + "innehåll: Enligt 5\u00a0kap. och\tmed tabb\n",
        HEAD + "innehåll: Enligt\n  \u00a05 kap.\n",
        HEAD + "innehåll: |\n  NIVÅ: Avidentifierad\n  Namn: x\n",
        HEAD + "innehåll: Be\u00adhov och noll\u200bbredd\n",
        HEAD + "syfte: 'JA'\nmål: Avidentifierad\n",
        HEAD + "utförare: {namn: [Egen, SAMVERKAN], personal: [Barn]}\n",
        HEAD + "utförare: {enheter: [exempelenhte]}\n",  # an id is nobody's slip but the writer's
        "namn: SAMTAL\ninsatstyp: samtal\navdelning: Exempel\n",
        "namn: Malgrupp\ninsatstyp: samtal\navdelning: alder\n",
    ],
)
def test_texts_names_and_ids_are_left(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "avgift: nja\n",  # yes or no
        HEAD + "Syfte: x\nsyfte: y\n",  # there already
        HEAD + "Syfte: x\nsyfet: y\n",  # two for one
        HEAD + "form: [grupp, Grupp]\n",  # there already
        HEAD + "form: [GRUPP, Grupp]\n",  # two for one
        HEAD + "enhet: x\n",  # a field, but not here
        HEAD + "beskrivning: x\n",
        HEAD + "hyfte: x\n",  # another first letter
        HEAD + "dokumentation: {nivå: oavidentifierad}\n",  # the opposite
        HEAD + "dokumentation: {nivå: grupp}\n",  # a word, but of another field
        HEAD + "samtycke: {under_15: x, från_16: y}\n",  # another age
        HEAD + "ingång: öppen och remis eller annat\n",
        HEAD + "delar:\n  - namn: A\n  - namn: B\nkaraktar: stöd\n",  # may not stand here
        HEAD + "kommentar: x\n",
    ],
)
def test_what_has_no_one_right_answer_is_left(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "metod:\n  namn: x\n  stöd: |\n    a\n\tb\n",  # in the text, or after it
        HEAD + "syfte: |\n    a\n\t\tb\n",  # as far in, or further
        HEAD + "målgrupp:\n\tdeltagare: [barn\n",  # something else is wrong, and who knows what
        HEAD + "\u00a0\u00a0innehåll: x\n",  # drawn in below nothing
        HEAD + "innehåll: a\u202eb\n",
    ],
)
def test_what_cannot_be_read_for_sure_is_left(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("villkor:\n\t- typ: annat\n\t  beskrivning: x\n",
         "villkor:\n  - typ: annat\n    beskrivning: x\n"),
        ("villkor:\n    - typ: annat\n\t  beskrivning: x\n",
         "villkor:\n    - typ: annat\n      beskrivning: x\n"),
        ("innehåll: |\n\tRad ett\n\tRad två, med\ttabb\n",
         "innehåll: |\n  Rad ett\n  Rad två, med\ttabb\n"),
        ("utförare:\n\u00a0\u00a0enheter:\u00a0[x]\n\u00a0\u00a0personal:\n\u00a0\u00a0-\u00a0y\n",
         "utförare:\n  enheter: [x]\n  personal:\n  - y\n"),
        ("\u200bsyfte: x\ninne\u00adhåll: y\u00adz\n", "syfte: x\ninnehåll: y\u00adz\n"),
        ("samtycke: {Under_15: vårdnadshavare, \"Från_15\": 'VÅRDNADSHAVARE'}\n",
         "samtycke: {under_15: vårdnadshavare, \"från_15\": 'vårdnadshavare'}\n"),
        ("dokumentation: {nivå: Avidentifierad} # Nivå: Avidentifierad\n",
         "dokumentation: {nivå: avidentifierad} # Nivå: Avidentifierad\n"),
        ("metod: {manualbaserad: JA}\n", "metod: {manualbaserad: ja}\n"),
        ("avgift: {Belopp: 20 kr}\n", "avgift: {belopp: 20 kr}\n"),
        ("Målgrup:\n  deltagere: [föräldarr]\n", "målgrupp:\n  deltagare: [föräldrar]\n"),
        ("sarskilda_skal: x\n", "sarskilda_skal: x\n"),
        ("# å\r\nsyfte: x\r\nmål: y\r\ninnehåll: z\r\nmetod: {namn: x}\r\n",
         "# å\r\nsyfte: x\r\nmål: y\r\ninnehåll: z\r\nmetod: {namn: x}\r\n"),
    ],
)  # fmt: skip
def test_only_what_is_wrong_is_changed(before: str, after: str) -> None:
    same_ends = HEAD.replace("\n", "\r\n") if "\r\n" in before else HEAD
    assert mended(same_ends + before) == same_ends + after
    assert mended(mended(same_ends + before)) == same_ends + after


def test_the_line_ends_of_most_lines_hold() -> None:
    windows = HEAD.replace("\n", "\r\n")
    assert mended(windows + "syfte: x\n") == windows + "syfte: x\r\n"
    assert mended(HEAD + "syfte: x\r\n") == HEAD + "syfte: x\n"
    assert mended(windows + "syfte: |\r\n  x\r\r\n") == windows + "syfte: |\r\n  x\r\r\n"


PIECES = [
    "\t",
    "\u00a0",
    "  ",
    "\n",
    "- ",
    ": ",
    "\u200b",
    "\ufeff",
    "|\n",
    ">-\n",
    "'",
    '"',
    "{",
    "]",
]
PIECES += [
    "#",
    "\r\n",
    "\r",
    "Namn",
    "nivå: ",
    "a\u030a",
    ",",
    "\t- ",
    "JA",
    "\tx: y\n",
    "&",
    "\x00",
]


@given(st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_no_file_is_made_worse(seed: int) -> None:
    chance = random.Random(seed)
    path, kind = chance.choice(FILES)
    text = document.read(path).text[: chance.randint(50, 900)]
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(text))
        text = text[:at] + chance.choice(PIECES) + text[at + chance.choice([0, 0, 1]) :]
    told = mended_text.of(path, kind, text)
    assert mended_text.of(path, kind, told.after).after == told.after
    assert (mended_text._read(path, told.after) is not None) == (told.read is not None)
    before = mended_text._read(path, text)
    if before is not None:
        assert told.read is not None
        assert shape(told.read.data) == shape(before.data) or not schema.holds(before.data, kind)


def shape(data: object) -> list[int]:
    """How deep everything in ``data`` lies."""
    return [len(path) for path, _ in document.iter_paths(data)]


# Encodings


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"namn: R\xe5d\n", "namn: Råd\n"),
        (b"# \x96 och \x93x\x94, R\xc5D\n", "# – och “x”, RÅD\n"),
        (b"namn: R\x8cd f\x9ar\n", "namn: Råd för\n"),  # an old Mac
        (b"namn: R\x86d f\x94r\n", "namn: Råd för\n"),  # DOS
        (b"\xef\xbb\xbf\xef\xbb\xbfnamn: x\n", "namn: x\n"),
        ("namn: Råd\n".encode("utf-16-be"), "namn: Råd\n"),
        (b"namn: \x94Lotsen\x94\n", None),  # ”Lotsen”, or öLotsenö
        (b"namn: R\xe5d och v\xc3\xa5rd\n", None),  # saved in two
        (b"namn: \xd1\xe0\xeb\xe0\n", None),  # Cyrillic
        (b"\xef\xbb\xbfnamn: R\xe5d\n", None),
        (b"\xff\xfenamn: x\n", None),  # a false mark
        (b"\xff\xfe\x00\x00n\x00\x00\x00", None),  # UTF-32
        (b"n\x00a", None),
        ("namn: 数据数据数据数据".encode("utf-16"), None),
    ],
)
def test_an_encoding_is_told_only_if_there_is_one(raw: bytes, text: str | None) -> None:
    found = encodings.meant(raw)
    assert (found.text if found is not None else None) == text


# Names


def names(*held: str) -> dict[str, str]:
    steps = [tuple(one.split("/")) for one in held]
    return {"/".join(one): new for one, new in right_names.of_all(steps).items()}


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("insatser/Öppen mötesplats.yaml", "öppen-mötesplats.yaml"),
        ("insatser/råd_och_stöd.yml", "råd-och-stöd.yaml"),
        ("insatser/abc.YAML", "abc.yaml"),
        ("insatser/abc.yaml.txt", "abc.yaml"),
        ("insatser/Råd & stöd.yaml", "råd-stöd.yaml"),
        ("insatser/ra\u030ad.yaml", "råd.yaml"),
        ("riskanalyser/Medling.yaml", "medling.yaml"),
        ("kommun.yml", "kommun.yaml"),
        ("Profil.yaml", "profil.yaml"),
    ],
)
def test_a_name_of_the_wrong_form(name: str, right: str) -> None:
    assert names(name) == {name: right}
    assert names(name, f"{name.rpartition('/')[0]}/{right}".lstrip("/")) == {}, "it is taken"


@pytest.mark.parametrize(
    "name",
    [
        "insatser/abc.yaml", "insatser/abc - Kopia.yaml", "insatser/Kopia av abc.yml",
        "insatser/Abc (1).yaml", "insatser/abc.yaml.bak", "insatser/.abc.yml", "insatser/~$abc.yml",
        "insatser/abc.txt", "insatser/con.yml", "insatser/Öl à la carte.yaml", "insatser/a\nb.yaml",
        "insatser/a\u202eb.yml", "insatser/grupp/Abc.yaml", "beslut/2025-05-19.yml", "abc.yml",
        "mallar/Kommun.yml", "insatser/v1.2.yml", f"insatser/{'A' * 101}.yaml", "insatser/#1.yaml",
    ],
)  # fmt: skip
def test_a_name_that_is_right_or_more_than_its_form_is_wrong(name: str) -> None:
    assert names(name) == {}


def test_two_files_that_would_share_a_name_keep_theirs() -> None:
    assert names("insatser/Abc.yaml", "insatser/abc.yml", "insatser/B.yml") == {
        "insatser/B.yml": "b.yaml"
    }


# The command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    whole = (HEAD + REST).encode()
    return write_kommun(tmp_path / "catalogue" / "kommuner" / "k", {"hel": whole}, {})


@pytest.mark.parametrize(
    "name", ["hel_gammal.yaml", "hel-DESKTOP-AB12.yaml", "hel konflikt Anna.yml", "HEL v2.yaml"]
)
@pytest.mark.parametrize("namn", ["Kaffe", "Kaffe och te"])
def test_a_copy_of_another_file_gets_no_name(
    folder: Path, tmp_path: Path, name: str, namn: str
) -> None:
    path = folder / "insatser" / name
    more = "".join(f"# rad {number}\n" for number in range(9))
    (folder / "insatser" / "hel.yaml").write_text(HEAD + REST + more, "utf-8")
    path.write_text(HEAD.replace("Kaffe", namn) + REST + more, "utf-8")
    done = run("lint", "--fix", cwd=tmp_path)
    assert f"{name}: filen liknar hel.yaml. Den får inget nytt namn." in " ".join(done.err.split())
    assert sorted(one.name for one in path.parent.iterdir()) == sorted(["hel.yaml", name])


def test_one_of_two_copies_of_a_file_that_is_gone_gets_no_name_either(
    folder: Path, tmp_path: Path
) -> None:
    insatser = folder / "insatser"
    for name in ("Te_A.yaml", "Te_B.yaml"):
        (insatser / name).write_text(PLACE + REST, "utf-8")
    run("lint", "--fix", cwd=tmp_path)
    assert {one.name for one in insatser.iterdir()} == {"hel.yaml", "Te_A.yaml", "Te_B.yaml"}


def test_all_of_it_is_mended_at_once_and_shown_before(folder: Path, tmp_path: Path) -> None:
    insatser = folder / "insatser"
    odd = f"\ufeff{PLACE}{REST}utförare:\n\tEnheter: [exempelenhet]\nsyfte: Be\u00adhov.\n"
    (insatser / "Öppen mötesplats.yml").write_bytes(odd.encode())
    (insatser / "gammal.yaml").write_bytes((HEAD + REST).encode("cp1252"))
    before = {path.name: path.read_bytes() for path in insatser.iterdir()}
    shown = run("lint", "--diff", cwd=tmp_path)
    assert shown.code == 1
    assert {path.name: path.read_bytes() for path in insatser.iterdir()} == before
    assert "rename to catalogue/kommuner/k/insatser/öppen-mötesplats.yaml\n" in shown.out
    assert "+  enheter: [exempelenhet]\n" in shown.out and "+syfte: Behov.\n" in shown.out
    done = run("lint", "--fix", cwd=tmp_path)
    assert "gammal.yaml: teckenkodningen Windows-1252 blir UTF-8." in done.err
    assert "Öppen mötesplats.yml: filen heter nu öppen-mötesplats.yaml." in done.err
    assert "i 2 filer rättade." in done.err
    whole = PLACE + REST + "utförare:\n  enheter: [exempelenhet]\nsyfte: Behov.\n"
    assert {path.name: path.read_text("utf-8") for path in insatser.iterdir()} == {
        "öppen-mötesplats.yaml": whole,
        "gammal.yaml": HEAD + REST,
        "hel.yaml": HEAD + REST,
    }
    again = run("lint", "--diff", cwd=tmp_path)
    assert (again.out, again.err) == ("", "Inget går att rätta av sig självt.\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("utförare:\n\tenheter: [exempelenhet\n", "a.yaml:7: En lista med hakparenteser är inte"),
        ("syfte: |\n    a\n\t\tb\n", "a.yaml:8: En tabb kan vara olika bred"),
    ],
)
def test_what_is_in_the_way_is_told(folder: Path, tmp_path: Path, text: str, said: str) -> None:
    path = folder / "insatser" / "a.yaml"
    path.write_text(HEAD + REST + text, "utf-8")
    done = run("lint", "--fix", cwd=tmp_path)
    assert said in done.err and "Rätta det för hand" in done.err
    assert path.read_text("utf-8") == HEAD + REST + text


def test_only_the_file_that_is_asked_for(folder: Path, tmp_path: Path) -> None:
    insatser = folder / "insatser"
    for name in ("a", "b"):
        (insatser / f"{name}.yaml").write_text(f"Namn: x{HEAD[10:]}", "utf-8")
    run("lint", "--fix", insatser / "a.yaml", cwd=tmp_path)
    read = {name: (insatser / f"{name}.yaml").read_text("utf-8")[:4] for name in ("a", "b")}
    assert read == {"a": "namn", "b": "Namn"}


def test_frozen_decisions_links_and_what_is_no_insats_are_left(
    folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "utanför.yaml"
    outside.write_text(f"Namn: x{HEAD[10:]}", "utf-8")
    (folder / "insatser" / "Länk.yml").symlink_to(outside)
    (folder / "insatser" / "länkad.yaml").symlink_to(outside)
    (folder / "insatser" / "Lista.yml").write_text("- ägg\n- mjölk\n", "utf-8")
    (folder / "beslut").mkdir()
    (folder / "beslut" / "2025-05-19.yaml").write_bytes(b"\xef\xbb\xbfBeslut: x\r\nnamn: y\n")
    (folder / "insatser" / "a\nB.yml").write_text(HEAD, "utf-8")
    (folder / "insatser" / "stor.yaml").write_bytes(b"\xef\xbb\xbf" + b"a: b\n" * 500_000)
    stood = {path: path.lstat() for path in folder.rglob("*")} | {outside: outside.stat()}
    held = {path: path.read_bytes() for path in stood if path.is_file()}
    run("lint", "--fix", cwd=tmp_path)
    assert {path: path.read_bytes() for path in held} == held
    assert {*folder.rglob("*"), outside} == stood.keys()


def test_git_follows_a_file_that_gets_another_name(folder: Path, tmp_path: Path) -> None:
    path = folder / "insatser" / "Kaffe.yml"
    path.write_text(PLACE + REST, "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "x")
    run("lint", "--fix", cwd=tmp_path)
    git(tmp_path, "add", "-A")
    told = git(tmp_path, "-c", "core.quotepath=off", "status", "--porcelain")
    assert told == (
        "R  catalogue/kommuner/k/insatser/Kaffe.yml -> catalogue/kommuner/k/insatser/kaffe.yaml"
    )


def test_a_name_that_is_accepted_with_a_reason_is_left(folder: Path, tmp_path: Path) -> None:
    path = folder / "insatser" / "Kaffe.yaml"
    waived = "avvikelser:\n  - regel: IK906\n    motivering: Namnet är känt av alla i staden.\n"
    path.write_text(PLACE + REST + waived, "utf-8")
    run("lint", "--fix", cwd=tmp_path)
    assert path.is_file()
    path.write_text(PLACE + REST, "utf-8")
    run("lint", "--fix", "--ignore", "IK906", cwd=tmp_path)
    assert path.is_file()
    run("lint", "--fix", cwd=tmp_path)
    assert not path.exists()


def test_the_cost_of_many_slips_is_that_of_few(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    parse = document.parse

    def counted(path: Path, text: str) -> Any:
        read.append(len(text))
        return parse(path, text)

    monkeypatch.setattr(document, "parse", counted)
    one = "  - Typ: Annat\n\u00a0   Beskrivning: x\n"
    for number in (1, 500):
        read.clear()
        told = mended_text.of(A, "insats", f"{HEAD}villkor:\n{one * number}")
        assert (told.places, len(read)) == (number * 4, len(read))
        assert len(read) <= 12


def test_words_are_compared_letter_by_letter_only_as_many_as_people_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[str] = []
    monkeypatch.setattr(slips, "nearest", lambda word, *_: compared.append(word))
    mended(HEAD + "".join(f"syf{n}te: x\n" for n in range(5000)))
    assert len(compared) == slips.MOST


# Names on the disk


def test_a_file_gets_its_name_only_if_it_is_free(tmp_path: Path) -> None:
    a, b = tmp_path / "A", tmp_path / "b"
    a.write_bytes(b"1")
    b.write_bytes(b"2")
    with pytest.raises(writing.WriteError, match="b finns redan"):
        writing.write_all({a: b"3"}, before={a: b"1"}, called={a: "b"})
    assert (a.read_bytes(), b.read_bytes()) == (b"1", b"2")
    writing.write_all({a: b"3"}, before={a: b"1"}, called={a: "c"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "c"]
    assert (tmp_path / "c").read_bytes() == b"3"


def test_names_are_given_back_when_one_cannot_be_given(tmp_path: Path) -> None:
    for name in ("a", "b", "d"):
        (tmp_path / name).write_text(name, "utf-8")
    paths = [tmp_path / name for name in ("a", "b")]
    with pytest.raises(writing.WriteError, match=r"d finns redan.*Inget har skrivits"):
        writing.write_all(
            dict.fromkeys(paths, b"ny"),
            before={path: path.name.encode() for path in paths},
            called={paths[0]: "c", paths[1]: "d"},
        )
    held = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert held == {"a": "a", "b": "b", "d": "d"}


def test_the_case_of_a_name_is_changed_where_disks_do_not_tell_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "abc.YAML"
    path.write_bytes(b"x")
    status = Folder.status

    def without_case(folder: Folder, name: str) -> os.stat_result | None:
        there = {one.casefold(): one for one in folder.names()}
        return status(folder, there.get(name.casefold(), name))

    monkeypatch.setattr(Folder, "status", without_case)
    writing.write_all({path: b"y"}, before={path: b"x"}, called={path: "abc.yaml"})
    assert [one.name for one in tmp_path.iterdir()] == ["abc.yaml"]
