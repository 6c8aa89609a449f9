"""The diff as files: what the tjänsteskrivelse of 2025-09-18 lists stands in each of them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from insatskoll import __version__
from insatskoll.bilaga import letter_form
from insatskoll.bilaga.render import checksum_of
from insatskoll.catalogue.loading import load_kommun
from insatskoll.resources import CATALOGUE
from tests.catalogues import write_kommun
from tests.program import run
from tests.test_uppsala import CHANGES


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("ändringar")
    for form in ("html", "docx", "tjänsteskrivelse"):
        done = run("diff", "2025-05-19", "--kommun", "uppsala", "--format", form, "--output", made)
        assert done.code == 0, done.err
    return made


def test_what_is_written(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [
        "uppsala-tjänsteskrivelse.docx",
        "uppsala-tjänsteskrivelse.md",
        "uppsala-ändringar.docx",
        "uppsala-ändringar.html",
    ]


@pytest.mark.parametrize(
    "name",
    ["uppsala-ändringar.html", "uppsala-tjänsteskrivelse.md", "uppsala-tjänsteskrivelse.docx"],
)
def test_every_change_is_told(folder: Path, name: str) -> None:
    path = folder / name
    if name.endswith(".docx"):
        text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    else:
        text = path.read_text("utf-8").replace("\\", "")
    for insatser, words, _ in CHANGES:
        assert words in text
        assert all(insats in text for insats in insatser)


def test_the_letter_has_the_headings_of_one(folder: Path) -> None:
    document = docx.Document(str(folder / "uppsala-tjänsteskrivelse.docx"))
    headings = [
        p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 2"
    ]
    assert headings == [heading.title for heading in letter_form.standard()]
    # what is revised is what was decided, by its own name
    decided = load_kommun(CATALOGUE / "kommuner" / "uppsala").beslut[-1].revision
    assert document.core_properties.title == f"Revidering av {decided.kommun['bilaga']['titel']}"


def test_the_bilaga_has_tracked_changes_by_the_municipality_on_the_day_of_the_proposal(
    folder: Path,
) -> None:
    body = docx.Document(str(folder / "uppsala-ändringar.docx")).element.body
    changes = list(body.iter(qn("w:ins"), qn("w:del")))
    assert {e.get(qn("w:author")) for e in changes} == {"Uppsala kommun"}
    assert {e.get(qn("w:date")) for e in changes} == {"2025-09-18T00:00:00Z"}
    came, went = (
        " ".join(
            "".join(t.text or "" for t in e.iter(qn(f"w:{text}")))
            for e in body.iter(qn(f"w:{tag}"))
        )
        for tag, text in (("ins", "t"), ("del", "delText"))
    )
    assert came.count("Högst sju stödsamtal") == 5
    assert went.count("avidentifierat av särskilda skäl") == came.count("på individnivå") == 3
    assert "Samarbetssamtal på uppdrag av tingsrätten" in went
    assert re.search(
        "Högst en natt, en natt i taget, för personer som är folkbokförda i Uppsala kommun", came
    )


def test_neither_the_checksum_nor_the_programs_version_is_a_change(folder: Path) -> None:
    with zipfile.ZipFile(folder / "uppsala-ändringar.docx") as archive:
        text = b"".join(map(archive.read, archive.namelist())).decode("utf-8", "replace")
    loaded = load_kommun(CATALOGUE / "kommuner" / "uppsala")
    assert loaded.revision is not None
    for revision in (loaded.revision, loaded.beslut[0].revision):
        assert checksum_of(revision)[:12] not in text
    assert "ontrollsumma" not in text and __version__ not in text


def test_the_changes_are_the_senders_and_on_no_day_that_is_not_known(tmp_path: Path) -> None:
    for side, words in (("förra", "Vi ses."), ("catalogue", "Vi ses ofta.")):
        sender = {"avsändare": {"förvaltning": "Omsorgsförvaltningen"}}
        write_kommun(tmp_path / side / "kommuner" / "k", {"a": {"innehåll": words}}, sender)
    assert run("diff", "förra", "--format", "docx", cwd=tmp_path).code == 0
    document = docx.Document(str(tmp_path / "ut" / "k-ändringar.docx"))
    changes = list(document.element.body.iter(qn("w:ins"), qn("w:del")))
    assert [e.get(qn("w:author")) for e in changes] == ["Omsorgsförvaltningen"]
    assert [e.get(qn("w:date")) for e in changes] == [None]
    assert document.core_properties.created is document.core_properties.modified is None


def test_the_same_bytes_twice(folder: Path, tmp_path: Path) -> None:
    for form in ("docx", "tjänsteskrivelse"):
        run("diff", "2025-05-19", "--kommun", "uppsala", "--format", form, "--output", tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (folder / path.name).read_bytes()


def test_a_municipality_on_one_side_only_is_told_but_has_no_bilaga_to_track(tmp_path: Path) -> None:
    for side, kommuner in (("förra", ("k", "l")), ("catalogue", ("l",))):
        for kommun in kommuner:
            write_kommun(
                tmp_path / side / "kommuner" / kommun,
                {"samtal": {}},
                {"namn": f"{kommun.upper()} kommun"},
            )
    assert "– K kommun tas bort ur katalogen" in run("diff", "förra", cwd=tmp_path).out
    assert (
        "– K kommun läggs till i katalogen" in run("diff", "catalogue", "förra", cwd=tmp_path).out
    )
    for form, words in (
        ("docx", "finns bara på den ena sidan"),
        ("tjänsteskrivelse", "finns inte längre"),
    ):
        done = run("diff", "förra", "--format", form, cwd=tmp_path)
        assert (done.code, done.out) == (2, "")
        assert f"K kommun {words}" in done.err
    assert not (tmp_path / "ut").exists()
