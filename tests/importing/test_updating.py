"""A bilaga that a secretary has changed in Word is brought back into the files: what is changed in
it changes there, and nothing else."""

from __future__ import annotations

import copy
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import qn

from insatskoll.bilaga import publish, render
from insatskoll.catalogue import loading
from insatskoll.importing import formats, plan
from insatskoll.importing.plan import Plan
from insatskoll.importing.updating import compared
from insatskoll.importing.updating.compared import Updated
from insatskoll.reading import comments, schema
from insatskoll.tracked.merging import merge
from tests.importing import secretary
from tests.importing.secretary import (
    Change,
    after,
    changed,
    copied_section,
    gone,
    moved_section,
    swap,
    tracked,
    without_section,
)
from tests.office import ACCEPT, AS_IT_IS, REJECT, store_again
from tests.program import run


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return secretary.catalogue(tmp_path_factory.mktemp("granåker"))


def rendered(folder: Path) -> bytes:
    kommun = loading.load_kommun(folder)
    assert kommun.revision is not None
    order = publish.order(kommun, kommun.revision)
    made = render.bilaga(
        order.revision, order.tidigare, ("docx",), order.own, order.profile, order.layout
    )
    (data,) = made.files.values()
    return data


@cache
def bilaga(folder: Path) -> bytes:
    return rendered(folder)


@cache
def base(folder: Path) -> Plan:
    return read(bilaga(folder))


def read(data: bytes, how: Any = "godkända") -> Plan:
    return plan.plan([formats.source("bilaga.docx", data, how)], "Granåker")


def brought(folder: Path, *changes: Change) -> Updated:
    revised = read(changed(bilaga(folder), *changes))
    return compared.updated(loading.load_kommun(folder), base(folder), revised)


def differences(folder: Path, made: Updated) -> dict[str, tuple[list[str], list[str]]]:
    """The lines that are gone from each file, and those that have come."""
    found = {}
    for path, text in made.texts.items():
        before = path.read_text("utf-8") if path.exists() else ""
        old, new = before.splitlines(), text.splitlines()
        name = path.relative_to(folder).as_posix()
        found[name] = (
            [one.strip() for one in old if one.strip() and one not in new],
            [one.strip() for one in new if one.strip() and one not in old],
        )
        if path.exists():
            assert comments.every(text) == comments.every(before)
    return found


CASES: dict[str, tuple[tuple[Change, ...], dict[str, tuple[list[str], list[str]]]]] = {
    "nämnden": (
        (swap("Omsorgsnämnden", "Socialnämnden"),),
        {"kommun.yaml": (["nämnd: Omsorgsnämnden  # bytte namn 2025"],
                         ["nämnd: Socialnämnden  # bytte namn 2025"])},
    ),
    "titeln": (
        (swap("Insatser utan behovsprövning", "Insatser utan prövning av behov"),),
        {"kommun.yaml": (["titel: Insatser utan behovsprövning"],
                         ["titel: Insatser utan prövning av behov"])},
    ),
    "när den gäller, förslagets dag och beteckningen": (
        (swap("1 mars 2026", "1 april 2026"), swap("Förslag 2026-01-15", "Förslag 2026-02-20"),
         swap("Bilaga 1", "Bilaga 3")),
        {"kommun.yaml": (
            ["beteckning: Bilaga 1", "gäller_från: 2026-03-01", "förslag: {datum: 2026-01-15}"],
            ["beteckning: Bilaga 3", "gäller_från: '2026-04-01'",
             "förslag: {datum: '2026-02-20'}"])},
    ),
    "ett stycke i inledningen": (
        (swap("Ingen kan nekas", "Ingen får nekas"),),
        {"kommun.yaml": (
            ["- Ingen kan nekas en insats för att hen inte hör till målgruppen."],
            ["- Ingen får nekas en insats för att hen inte hör till målgruppen."])},
    ),
    "ett nytt stycke i inledningen": (
        (after("Här beskrivs de insatser", ("Här beskrivs de insatser", "Bilagan ses över.")),),
        {"kommun.yaml": ([], ["- Bilagan ses över."])},
    ),
    "ett borttaget stycke i en riktlinje": (
        (gone("Lokalerna är tillgängliga."),),
        {"kommun.yaml": (
            ["text: |-", "Insatserna är kostnadsfria för den enskilde.",
             "Lokalerna är tillgängliga."],
            ["text: Insatserna är kostnadsfria för den enskilde."])},
    ),
    "en riktlinjes rubrik och text": (
        (swap("Tillgänglighet", "Avgift och lokaler"), swap("Rummen bokas", "Salarna bokas")),
        {"kommun.yaml": (
            ["- rubrik: Tillgänglighet", "text: Rummen bokas av enheten.  # kolla varje år"],
            ["- rubrik: Avgift och lokaler", "text: Salarna bokas av enheten.  # kolla varje år"])},
    ),
    "en ny riktlinje": (
        (after("Rummen bokas av enheten.", ("Lokaler", "Tystnadsplikt"),
               ("Rummen bokas av enheten.", "Den som arbetar med insatserna har tystnadsplikt.")),),
        {"kommun.yaml": ([], ["- rubrik: Tystnadsplikt",
                              "text: Den som arbetar med insatserna har tystnadsplikt."])},
    ),
    "en borttagen riktlinje": (
        (without_section("Tillgänglighet"),),
        {"kommun.yaml": (
            ["- rubrik: Tillgänglighet", "text: |-",
             "Insatserna är kostnadsfria för den enskilde.", "Lokalerna är tillgängliga."], [])},
    ),
    "en avdelnings namn": (
        (swap("Barn och unga", "Barn, unga och familjer"),),
        {"kommun.yaml": (["namn: Barn och unga"], ["namn: Barn, unga och familjer"])},
    ),
    "en enhets namn": (
        (swap("Familjeenheten", "Familjecentralen"),),
        {"kommun.yaml": (["- {id: fam, namn: Familjeenheten}  # i centrum"],
                         ["- {id: fam, namn: Familjecentralen}  # i centrum"])},
    ),
    "en insats som byter namn": (
        (swap("Kompassen", "Riktningen"),),
        {"insatser/kompassen.yaml": (["namn: Kompassen"], ["namn: Riktningen"])},
    ),
    "hur mycket och för vem": (
        (swap("Högst fyra samtal", "Högst fem samtal"), swap("Unga som mår dåligt", "Unga")),
        {"insatser/stödlinjen.yaml": (
            ["omfattning: {högst: 4, enhet: samtal}  # beslutat i maj"],
            ["omfattning: {högst: 5, enhet: samtal}  # beslutat i maj"]),
         "insatser/kompassen.yaml": (
            ["beskrivning: Unga som mår dåligt.  # efter samråd"],
            ["beskrivning: Unga.  # efter samråd"])},
    ),
    "en insats i en annan ordning": (
        (moved_section("Lotsen", "Stödlinjen"),),
        {"kommun.yaml": (["insatser: [stödlinjen, lotsen]"], ["insatser: [lotsen, stödlinjen]"])},
    ),
    "en insats i en annan avdelning": (
        (moved_section("Stödlinjen", "Kompassen"),),
        {"insatser/stödlinjen.yaml": (["avdelning: vuxna"], ["avdelning: barn"]),
         "kommun.yaml": (["insatser: [stödlinjen, lotsen]"],
                         ["- stödlinjen", "insatser: [lotsen]"])},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_changed_in_the_document_changes_in_the_files(name: str, original: Path) -> None:
    changes, expected = CASES[name]
    made = brought(original, *changes)
    assert differences(original, made) == expected
    assert made.asked == ()
    assert made.kommun.revision is not None, "the files can still be used"


@pytest.mark.parametrize("name", ["en ny riktlinje", "en insats i en annan avdelning",
                                  "en insats som byter namn", "en enhets namn"])  # fmt: skip
def test_the_second_time_changes_nothing(name: str, original: Path, tmp_path: Path) -> None:
    folder = tmp_path / "granåker"
    shutil.copytree(original, folder)
    document = changed(bilaga(original), *CASES[name][0])
    for path, text in brought(original, *CASES[name][0]).texts.items():
        (folder / path.relative_to(original)).write_text(text, "utf-8")
    again = compared.updated(loading.load_kommun(folder), read(rendered(folder)), read(document))
    assert (dict(again.texts), again.asked) == ({}, ())


def test_a_new_insats_is_placed_where_the_document_has_it(original: Path) -> None:
    swaps = (
        ("Kompassen", "Verkstaden"), ("Unga som mår dåligt", "Ungdomar som vill bygga saker"),
        ("Samtal med en kurator på mottagningen", "Snickeri och svetsning under handledning"),
    )  # fmt: skip
    made = brought(original, copied_section("Kompassen", *swaps))
    lines = differences(original, made)
    assert lines["kommun.yaml"] == ([], ["- verkstaden"])
    new = made.texts[original / "insatser" / "verkstaden.yaml"]
    assert "avdelning: barn" in new
    assert [one.partition(":")[0] for one in made.asked] == ["insatser/verkstaden.yaml"]
    assert made.kommun.revision is not None
    chapter = made.kommun.revision.kommun["avdelningar"][0]
    assert chapter["insatser"] == ["trygg-hemma", "kompassen", "verkstaden"]


def test_a_gone_insats_is_asked_about_and_stays(original: Path) -> None:
    made = brought(original, without_section("Lotsen"))
    assert made.texts == {}
    assert any(one.startswith("insatser/lotsen.yaml: insatsen finns inte") for one in made.asked)


def test_a_new_chapter_and_a_new_unit(original: Path) -> None:
    def heading(made: Any) -> None:
        place = secretary.find(made, "Lotsen")
        new = copy.deepcopy(secretary.find(made, "Vuxna")._p)
        place._p.addprevious(new)
        one = type(place)(new, made)
        for run_ in one.runs[1:]:
            run_.text = ""
        one.runs[0].text = "Äldre"

    lines = differences(original, brought(original, heading))
    assert lines["insatser/lotsen.yaml"] == (["avdelning: vuxna"], ["avdelning: äldre"])
    assert lines["kommun.yaml"][1] == ["insatser: [stödlinjen]", "- id: äldre", "namn: Äldre"]


def test_a_text_that_the_file_has_otherwise_is_asked_about(original: Path, tmp_path: Path) -> None:
    folder = tmp_path / "granåker"
    shutil.copytree(original, folder)
    file = folder / "kommun.yaml"
    file.write_text(file.read_text("utf-8").replace("Rummen bokas av", "Rummen sköts av"), "utf-8")
    revised = read(changed(bilaga(original), swap("Rummen bokas", "Salarna bokas")))
    made = compared.updated(loading.load_kommun(folder), base(original), revised)
    assert made.texts == {}
    (asked,) = made.asked
    assert "”Rummen bokas av enheten.” är nu ”Salarna bokas av enheten.”" in asked


def test_another_municipalitys_document_is_refused_with_a_question(
    original: Path, tmp_path: Path
) -> None:
    shutil.copytree(original.parents[2], tmp_path, dirs_exist_ok=True)

    def header(made: Any) -> None:
        for one in made.sections[0].header._element.iter(qn("w:t")):
            one.text = one.text.replace("Granåkers", "Björkviks")

    other = changed(bilaga(original), swap("Granåkers kommun", "Björkviks kommun"), header)
    (tmp_path / "annan.docx").write_bytes(other)
    command = ("import", "annan.docx", "--kommun", "Granåker", "--uppdatera", "--skriv")
    ended = run(*command, cwd=tmp_path)
    assert ended.code == 2
    assert "Dokumentet nämner Björkviks kommun" in ended.err
    assert "Är det rätt dokument?" in ended.err
    folder = tmp_path / "catalogue" / "kommuner" / "granåker"
    assert secretary.texts(folder) == secretary.texts(original)
    assert run(*command, "--ändå", cwd=tmp_path).code == 0


def test_what_is_written_passes_the_schema_whatever_is_changed(original: Path) -> None:
    for changes, _ in CASES.values():
        made = brought(original, *changes)
        assert made.kommun.problems == ()
        for insats in made.kommun.revision.insatser if made.kommun.revision else ():
            assert schema.errors(insats.data, "insats") == []


def test_a_field_does_not_go_because_it_is_said_in_another_way(original: Path) -> None:
    made = brought(original, swap("dokumenteras på individnivå.", "dokumenteras på vanligt sätt."))
    assert made.texts == {}
    assert len(made.asked) == len(secretary.INSATSER)
    for one in made.asked:
        assert (
            "dokumentation, nivå: dokumentet säger nu ”Insatsen dokumenteras på vanligt sätt.”"
            in one
        )


def test_what_no_field_has_is_told(original: Path) -> None:
    made = brought(original, after("Vuxna", ("Rummen bokas av enheten.", "Lokalen byts i höst.")))
    assert made.texts == {}
    (asked,) = made.asked
    assert "”Lokalen byts i höst.”" in asked


# Tracked changes


def row(kind: str) -> Change:
    """A table after the guidelines whose last row a tracked change has added or removed."""

    def change(made: Any) -> None:
        table = made.add_table(2, 1)
        table.cell(0, 0).text, table.cell(1, 0).text = "Lokal", "Rum 4"
        mark = secretary.mark(kind)
        table.rows[1]._tr.get_or_add_trPr().append(mark)
        secretary.find(made, "Rummen bokas")._p.addnext(table._tbl)

    return change


TRACKED: tuple[Change, ...] = (
    tracked("Unga som mår dåligt.", "Unga som behöver prata."),
    tracked("Högst fyra samtal", "Högst åtta samtal"),
    tracked("Omsorgsnämnden", "Socialnämnden"),
    tracked("Ingen kan nekas en insats för att hen inte hör till målgruppen.", paragraph=True),
    secretary.commented("Lotsen", "Ska den vara kvar?"),
    secretary.reformatted("Råd på telefon varje kväll."),
)
WANTED = {
    "kommun.yaml": (
        ["nämnd: Omsorgsnämnden  # bytte namn 2025",
         "- Ingen kan nekas en insats för att hen inte hör till målgruppen."],
        ["nämnd: Socialnämnden  # bytte namn 2025"],
    ),
    "insatser/kompassen.yaml": (
        ["beskrivning: Unga som mår dåligt.  # efter samråd"],
        ["beskrivning: Unga som behöver prata.  # efter samråd"],
    ),
    "insatser/stödlinjen.yaml": (
        ["omfattning: {högst: 4, enhet: samtal}  # beslutat i maj"],
        ["omfattning: {högst: 8, enhet: samtal}  # beslutat i maj"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("how", "expected"), [("godkända", WANTED), ("avvisade", {})])
def test_changes_that_are_left_open_are_read_as_chosen_and_told(
    how: str, expected: object, original: Path
) -> None:
    document = changed(bilaga(original), *TRACKED)
    revised = read(document, how)
    made = compared.updated(loading.load_kommun(original), base(original), revised)
    assert differences(original, made) == expected
    told = " ".join(revised.passed_over)
    assert f"De är lästa som {how}" in told
    assert "En kommentar av Eva: ”Ska den vara kvar?”" in told


def test_what_is_accepted_stays_and_what_is_open_is_chosen(original: Path) -> None:
    """Some changes have been accepted in Word, some rejected, and one is left open."""
    taken = (swap("Omsorgsnämnden", "Socialnämnden"), TRACKED[1])
    made = compared.updated(
        loading.load_kommun(original),
        base(original),
        read(changed(bilaga(original), *taken), "avvisade"),
    )
    assert list(differences(original, made)) == ["kommun.yaml"]


@pytest.mark.parametrize(("kind", "how", "there"), [
    ("ins", "godkända", True), ("ins", "avvisade", False),
    ("del", "godkända", False), ("del", "avvisade", True),
])  # fmt: skip
def test_a_row_of_a_table_comes_or_goes_as_chosen(
    kind: str, how: str, there: bool, original: Path
) -> None:
    revised = read(changed(bilaga(original), row(kind)), how)
    sheets = [made.sheet for made in revised.made]
    said = " ".join(one.words for sheet in sheets for one in sheet.fillings)
    said += " ".join(one.words for sheet in sheets for one in sheet.leftovers)
    assert ("Rum 4" in said) is there
    assert "Lokal" in said


def test_what_diff_writes_with_tracked_changes_is_read_back(original: Path, tmp_path: Path) -> None:
    """The program's own comparison in Word: accepted it is the new catalogue, rejected the old."""
    folder = tmp_path / "granåker"
    shutil.copytree(original, folder)
    for path, text in brought(original, *CASES["hur mycket och för vem"][0]).texts.items():
        (folder / path.relative_to(original)).write_text(text, "utf-8")
    both = merge(bilaga(original), rendered(folder), "Åsa Ek", "2026-01-20")
    held = loading.load_kommun(original)
    accepted, rejected = (
        compared.updated(held, base(original), read(both, how)) for how in ("godkända", "avvisade")
    )
    assert differences(original, accepted) == CASES["hur mycket och för vem"][1]
    assert (rejected.texts, rejected.asked) == ({}, ())


def test_a_word_processor_accepts_and_rejects_as_the_import_does(
    original: Path, tmp_path: Path
) -> None:
    (tmp_path / "spårad.docx").write_bytes(changed(bilaga(original), *TRACKED))
    jobs = {name: tmp_path / f"{name}.docx" for name in (ACCEPT, REJECT, AS_IT_IS)}
    store_again(
        [(tmp_path / "spårad.docx", what, tmp_path / f"{number}.docx")
         for number, what in enumerate(jobs)],
        tmp_path,
    )  # fmt: skip
    held = loading.load_kommun(original)
    accepted, rejected, as_it_is = (
        compared.updated(held, base(original), read((tmp_path / f"{at}.docx").read_bytes()))
        for at in range(3)
    )
    assert differences(original, accepted) == WANTED
    assert rejected.texts == {}
    assert differences(original, as_it_is) == WANTED
