"""The courses of a decision, one by one, as an official meets them: from the command to the files,
the chain, what is shown and printed, and what the next revision is compared with."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from insatskoll.bilaga import phrases
from insatskoll.catalogue import canonical, chain, standing
from insatskoll.catalogue.model import Kommun
from tests.catalogues import lint_folder, load, write_kommun
from tests.decisions import (
    INFORMATION,
    commit,
    contents,
    decided,
    git,
    insats,
    remove,
    repository,
    write,
)
from tests.program import Run, run

ECONOMY = {
    "samtal": insats("Samtal vid oro", innehåll="Samtal med en rådgivare."),
    "kurs": insats("Kurs i ekonomi"),
    "café": insats("Öppet café"),
}
COURT = [
    "--datum", "2026-02-01", "--laga-kraft", "2026-03-01",
    "--domstol", "Förvaltningsrätten i Uppsala", "--mål", "1234-25",
]  # fmt: skip
WHEN = ["--datum", "2025-12-10", "--paragraf", "3", "--dnr", "SN 2025/1"]
CHAIR = ["--beslutsfattare", "Nämndens ordförande", "--stöd", "brådskande"]


@pytest.fixture
def kommun(tmp_path: Path) -> Path:
    folder = repository(tmp_path, ECONOMY)
    decided(folder, "2025-10-20", paragraf="§ 12")
    return folder


def decide(root: Path, *words: str) -> Run:
    return run("decide", "exempel", *words, cwd=root)


def freeze(root: Path, datum: str, paragraf: str, *more: str) -> Run:
    return decide(root, "--datum", datum, "--paragraf", paragraf, "--dnr", "SN 2025/1", *more)


def shown(root: Path) -> str:
    done = run("show", "exempel", "--beslut", cwd=root)
    assert done.code == 0, done.out
    return done.out


def sound(folder: Path) -> Kommun:
    """The municipality, in whose chain nothing is wrong."""
    loaded = load(folder)
    assert loaded.problems == ()
    assert [link.problems for link in chain.links(loaded)] == [()] * len(loaded.beslut)
    assert [f for f in lint_folder(folder).findings if f.rule == "IK603"] == []
    return loaded


def log(folder: Path) -> str:
    return (folder / "ändringslogg.md").read_text("utf-8")


def page(root: Path, *words: str) -> str:
    """The printed document, in Markdown."""
    shutil.rmtree(root / "ut", ignore_errors=True)
    done = run("render", "exempel", "--format", "md", *words, cwd=root)
    assert done.code == 0, done.err
    (made,) = (root / "ut").glob("*.md")
    return made.read_text("utf-8")


def proposal(folder: Path, datum: str, **fields: Any) -> None:
    path = folder / "kommun.yaml"
    text = path.read_text("utf-8")
    path.write_text(text + canonical.to_yaml({"förslag": {"datum": datum, **fields}}), "utf-8")


def test_adopted_in_part_and_the_rest_goes_on(kommun: Path, tmp_path: Path) -> None:
    proposal(kommun, "2025-11-20")
    write(kommun, "samtal", ECONOMY["samtal"] | {"omfattning": {"högst": 5, "enhet": "samtal"}})
    write(kommun, "fält", insats("Fältarbete"))
    write(kommun, "kurs", insats("Kurs i ekonomi", syfte="Bättre ekonomi."))
    write(kommun, "café", insats("Öppet café", innehåll="Fika."))
    write(kommun, "stöd", insats("Stöd i grupp"))
    commit(tmp_path)
    before = contents(tmp_path)
    dry = freeze(tmp_path, "2025-12-10", "3", "--utom", "samtal,fält", "--dry-run")
    assert dry.code == 0 and contents(tmp_path) == before
    assert "Beslutet 2025-12-10 § 3 skulle frysas: 4 insatser." in dry.out
    assert "Inget är skrivet (--dry-run)." in dry.out and "Inte antaget: " in dry.out
    by_id = [
        line for line in dry.out.splitlines() if line.startswith(("exempel/insatser/samtal/",))
    ]
    done = freeze(tmp_path, "2025-12-10", "3", "--utom", f"{by_id[0]},fält")
    assert done.code == 0, done.err
    assert "Det som inte antogs står kvar i filerna som förslag." in done.out
    frozen = sound(kommun).beslut[-1]
    assert {one.id for one in frozen.revision.insatser} == {"samtal", "kurs", "café", "stöd"}
    left = frozen.data["beslut"]["inte_antaget"]
    assert left["följd"] == "kvar" and len(left["ändringar"]) == 2
    (samtal,) = [one for one in frozen.revision.insatser if one.id == "samtal"]
    assert "omfattning" not in samtal.data
    told = run("diff", cwd=tmp_path).out
    assert "Fältarbete" in told and "Bättre ekonomi" not in told
    assert "Inte antaget: " in log(kommun)
    assert "förslag:" in (kommun / "kommun.yaml").read_text("utf-8")


def answered(path: Path, refused: str) -> None:
    """A document in which the tracked changes of the paragraphs that have the word ``refused`` are
    rejected, as in Word, and the others are left as they are, to be read as accepted."""
    document = docx.Document(str(path))
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for paragraph in document.element.body.iter(f"{name}p"):
        words = "".join(one.text or "" for one in paragraph.iter(f"{name}t", f"{name}delText"))
        if refused not in words:
            continue
        for added in list(paragraph.iter(f"{name}ins")):
            added.getparent().remove(added)
        for removed in list(paragraph.iter(f"{name}del")):
            for run_ in removed:
                removed.addprevious(run_)
            removed.getparent().remove(removed)
        for text in paragraph.iter(f"{name}delText"):
            text.tag = f"{name}t"
    document.save(str(path))


def test_adopted_in_part_in_word(kommun: Path, tmp_path: Path) -> None:
    write(kommun, "samtal", insats("Samtal vid oro", innehåll="Samtal med en kurator."))
    write(kommun, "kurs", insats("Kurs i ekonomi", innehåll="Hjälp med budgeten varje vecka."))
    decided(kommun, "2025-11-10", paragraf="§ 5")
    write(kommun, "samtal", insats("Samtal vid oro", innehåll="Samtal med en psykolog."))
    write(kommun, "kurs", insats("Kurs i ekonomi", innehåll="Hjälp med budgeten varje månad."))
    commit(tmp_path)
    assert run("diff", "--format", "docx", cwd=tmp_path).code == 0
    path = tmp_path / "ut" / "exempel-ändringar.docx"
    answered(path, "budgeten")
    words = ("--kommun", "Exempel", "--uppdatera", "--skriv")
    done = run("import", path, *words, cwd=tmp_path)
    assert done.code == 0, done.err
    told = run("diff", cwd=tmp_path).out
    assert "psykolog" in told and "månad" not in told
    assert freeze(tmp_path, "2025-12-10", "3").code == 0
    held = {one.id: one.data.get("innehåll") for one in sound(kommun).beslut[-1].revision.insatser}
    assert held["samtal"] == "Samtal med en psykolog."
    assert held["kurs"] == "Hjälp med budgeten varje vecka."


def test_what_is_turned_down_in_part_is_told(kommun: Path, tmp_path: Path) -> None:
    proposal(kommun, "2025-11-20")
    write(kommun, "fält", insats("Fältarbete"))
    write(kommun, "kurs", insats("Kurs i ekonomi", syfte="Bättre ekonomi."))
    remove(kommun, "café")
    done = freeze(
        tmp_path, "2025-12-10", "3", "--utom", "fält,café", "--följd", "avslag",
        "--reservation", "Anna A (X) reserverar sig mot beslutet.",
    )  # fmt: skip
    assert done.code == 0, done.err
    frozen = sound(kommun).beslut[-1]
    assert {one.id for one in frozen.revision.insatser} == {"samtal", "kurs", "café"}
    assert frozen.data["beslut"]["inte_antaget"]["följd"] == "avslag"
    assert frozen.data["beslut"]["reservationer"] == ["Anna A (X) reserverar sig mot beslutet."]
    assert "Reservation: Anna A (X) reserverar sig mot beslutet." in log(kommun)
    assert "Anna A (X)" in shown(tmp_path) and "inte antaget (avslag)" in shown(tmp_path)
    assert "förslag:" not in (kommun / "kommun.yaml").read_text("utf-8")


def test_several_changes_are_left_out_by_their_ids_and_why(kommun: Path, tmp_path: Path) -> None:
    write(kommun, "samtal", ECONOMY["samtal"] | {"omfattning": {"högst": 5, "enhet": "samtal"}})
    write(kommun, "kurs", insats("Kurs i ekonomi", syfte="Bättre ekonomi."))
    write(kommun, "café", insats("Öppet café", innehåll="Fika.", syfte="Gemenskap."))
    dry = freeze(tmp_path, "2025-12-10", "3", "--dry-run").out.splitlines()
    ids = {line.split("/")[2]: line for line in dry if line.startswith("exempel/insatser/")}
    left = [
        ids["samtal"],
        next(one for one in dry if one.startswith("exempel/insatser/café/syfte")),
    ]
    done = freeze(
        tmp_path, "2025-12-10", "3", "--utom", ",".join(left), "--följd", "avslag",
        "--skäl", "Det saknas medel.",
    )  # fmt: skip
    assert done.code == 0, done.err
    frozen = sound(kommun).beslut[-1]
    held = {one.id: one.data for one in frozen.revision.insatser}
    assert "omfattning" not in held["samtal"] and "syfte" not in held["café"]
    assert held["kurs"]["syfte"] == "Bättre ekonomi." and held["café"]["innehåll"] == "Fika."
    not_adopted = frozen.data["beslut"]["inte_antaget"]
    assert (len(not_adopted["ändringar"]), not_adopted["skäl"]) == (2, "Det saknas medel.")
    assert "2025-12-10: skäl: Det saknas medel." in shown(tmp_path)
    assert "Skäl: Det saknas medel.\n" in log(kommun)


def test_a_proposal_that_is_sent_back_goes_on(kommun: Path, tmp_path: Path) -> None:
    proposal(kommun, "2025-11-20")
    write(kommun, "fält", insats("Fältarbete"))
    before = contents(tmp_path)
    done = decide(
        tmp_path, "--återremiss", "--datum", "2025-12-10", "--paragraf", "3",
        "--dnr", "SN 2025/9", "--skäl", "Kostnaden behöver belysas.",
    )  # fmt: skip
    assert done.code == 0, done.err
    loaded = sound(kommun)
    assert [one.id for one in loaded.handelser] == ["001-återremiss"]
    assert loaded.handelser[0].facts.get("förslag") == "2025-11-20"
    assert len(loaded.beslut) == 1
    assert "återremiss 2025-12-10" in shown(tmp_path)
    assert "Kostnaden behöver belysas.\n" in log(kommun) and ".." not in done.out
    changed = {path for path, data in contents(tmp_path).items() if before.get(path) != data}
    assert {Path(path).name for path in changed} == {
        "001-återremiss.yaml",
        "ändringslogg.md",
    }
    assert freeze(tmp_path, "2026-01-20", "1").code == 0
    assert sound(kommun).beslut[-1].data["beslut"]["senaste_händelse"] == "001-återremiss"


def test_a_proposal_is_turned_down_only_if_there_is_one(kommun: Path, tmp_path: Path) -> None:
    words = ["--avslag", "--datum", "2025-12-10", "--paragraf", "3", "--dnr", "SN 2025/9"]
    done = decide(tmp_path, *words)
    assert (done.code, "Det finns inget förslag" in done.err) == (2, True)
    write(kommun, "fält", insats("Fältarbete"))
    assert decide(tmp_path, *words).code == 0
    assert sound(kommun).handelser[0].facts["slag"] == "avslag"


def test_a_slip_of_the_pen_is_corrected(kommun: Path, tmp_path: Path) -> None:
    path = kommun / "beslut" / "2025-10-20.yaml"
    frozen = path.read_bytes()
    words = ["--rättar", "2025-10-20", "--den", "2025-11-03"]
    done = decide(tmp_path, *words, "--paragraf", "21", "--nämnd", "Socialnämnden")
    assert done.code == 0, done.err
    loaded = sound(kommun)
    assert path.read_bytes() == frozen
    changed: Any = loaded.handelser[0].facts["rättat"]
    assert changed["paragraf"] == {"från": "§ 12", "till": "§ 21"}
    assert phrases.status(loaded.beslut[0].revision) == (
        "Beslut Socialnämnden 2025-10-20 § 21 (rättat 2025-11-03)"
    )
    assert "Rättelse 2025-11-03" in log(kommun)
    again = decide(tmp_path, *words, "--paragraf", "21")
    assert (again.code, "Inget skiljer sig" in again.err) == (2, True)
    moved = decide(tmp_path, *words, "--datum", "2025-10-21")
    assert moved.code == 0, moved.err
    assert sound(kommun).beslut[0].revision.datum == "2025-10-21"


def test_two_decisions_of_a_day(kommun: Path, tmp_path: Path) -> None:
    write(kommun, "fält", insats("Fältarbete"))
    too_early = freeze(tmp_path, "2025-10-20", "11")
    assert (too_early.code, "i paragrafernas ordning" in too_early.err) == (2, True)
    assert freeze(tmp_path, "2025-10-20", "13").code == 0
    write(kommun, "stöd", insats("Stöd i grupp"))
    assert freeze(tmp_path, "2025-10-20", "103").code == 0
    loaded = sound(kommun)
    assert [one.id for one in loaded.beslut] == ["2025-10-20", "2025-10-20-13", "2025-10-20-103"]
    assert loaded.beslut[-1].data["beslut"]["ersätter"] == "2025-10-20-13"
    told = run("diff", "2025-10-20", "2025-10-20-103", cwd=tmp_path).out
    assert "från beslutet 2025-10-20 § 12 till beslutet 2025-10-20 § 103" in told
    life = run("show", "exempel", "fält", "--historik", cwd=tmp_path).out
    assert "beslutet 2025-10-20 § 13 (SN 2025/1): tillagd" in life


def test_a_corrected_day_is_where_the_decision_comes(kommun: Path, tmp_path: Path) -> None:
    write(kommun, "fält", insats("Fältarbete"))
    decided(kommun, "2025-12-10", paragraf="§ 3")
    words = ["--rättar", "2025-12-10", "--den", "2026-01-30"]
    assert decide(tmp_path, *words, "--datum", "2026-01-20").code == 0
    write(kommun, "stöd", insats("Stöd i grupp"))
    remove(kommun, "fält")
    early = freeze(tmp_path, "2026-01-05", "1")
    assert (early.code, "Det senaste beslutet är från 2026-01-20." in early.err) == (2, True)
    assert freeze(tmp_path, "2026-01-05", "1", "--i-efterhand").code == 0
    loaded = sound(kommun)
    assert [one.id for one in loaded.beslut] == ["2025-10-20", "2026-01-05", "2025-12-10"]
    assert loaded.beslut[1].data["beslut"]["ersätter"] == "2025-10-20"
    for day, paragraf in (("2026-01-10", "2026-01-05 § 1"), ("2026-01-21", "2026-01-20 § 3")):
        held = run("show", "exempel", "--per", day, cwd=tmp_path).out
        assert f"gäller beslutet {paragraf}" in held
    assert "från beslutet 2026-01-20 § 3" in run("diff", cwd=tmp_path).out
    life = run("show", "exempel", "stöd", "--historik", cwd=tmp_path).out.splitlines()[1:]
    assert [line.split()[1] for line in life[:3]] == ["2025-10-20", "2026-01-05", "2026-01-20"]


def test_a_year_that_was_wrong_in_the_decision_is_corrected(kommun: Path, tmp_path: Path) -> None:
    """The decision was frozen as of a day that had not come, and others are made before it."""
    write(kommun, "fält", insats("Fältarbete"))
    assert freeze(tmp_path, "2026-12-10", "3").code == 0
    words = ["--rättar", "2026-12-10", "--datum", "2025-12-10", "--den", "2025-12-15"]
    done = decide(tmp_path, *words)
    assert done.code == 0, done.err
    commit(tmp_path)
    git(tmp_path, "branch", "-M", "main")
    git(tmp_path, "checkout", "-q", "-b", "gren")
    write(kommun, "stöd", insats("Stöd i grupp"))
    done = freeze(tmp_path, "2026-01-20", "1")
    assert done.code == 0, done.err
    commit(tmp_path)
    loaded = sound(kommun)
    assert [one.id for one in loaded.beslut] == ["2025-10-20", "2026-12-10", "2026-01-20"]
    assert loaded.beslut[-1].data["beslut"]["ersätter"] == "2026-12-10"
    added = run("diff", "main...HEAD", cwd=tmp_path)
    assert (added.code, "Beslutet 2026-01-20 § 1 har tillkommit." in added.out) == (0, True)
    assert "från beslutet 2026-01-20 § 1" in run("diff", cwd=tmp_path).out
    assert decide(tmp_path, "--ångra").code == 0
    assert [one.id for one in sound(kommun).beslut] == ["2025-10-20", "2026-12-10"]


@pytest.mark.parametrize(
    ("about", "words", "said"),
    [
        ("2025-10-20", ["--paragraf", "14"], "byta plats med beslutet 2025-10-20 § 13."),
        ("2025-10-20-13", ["--paragraf", "11"], "byta plats med beslutet 2025-10-20 § 12."),
        ("2025-10-20-13", ["--datum", "2025-10-19"], "byta plats med beslutet 2025-10-20 § 12."),
        ("2025-10-20", ["--paragraf", "13"], "Det finns redan ett beslut 2025-10-20 § 13."),
        ("2025-10-20-13", ["--paragraf", "12"], "Det finns redan ett beslut 2025-10-20 § 12."),
    ],
)
def test_no_correction_makes_two_decisions_change_places_or_alike(
    about: str, words: list[str], said: str, kommun: Path, tmp_path: Path
) -> None:
    write(kommun, "fält", insats("Fältarbete"))
    assert freeze(tmp_path, "2025-10-20", "13").code == 0
    done = decide(tmp_path, "--rättar", about, "--den", "2025-12-15", *words)
    assert (done.code, said in done.err) == (2, True), done.err


def test_a_decision_is_entered_late_and_the_chain_stays_whole(kommun: Path, tmp_path: Path) -> None:
    write(kommun, "fält", insats("Fältarbete"))
    write(kommun, "stöd", insats("Stöd i grupp"))
    decided(kommun, "2025-12-10", paragraf="§ 3")
    remove(kommun, "stöd")  # as it was decided in November
    refused = freeze(tmp_path, "2025-11-10", "8")
    assert (refused.code, "lägg till --i-efterhand" in refused.err) == (2, True)
    done = freeze(tmp_path, "2025-11-10", "8", "--i-efterhand")
    assert done.code == 0, done.err
    write(kommun, "stöd", insats("Stöd i grupp"))
    loaded = sound(kommun)
    assert [one.id for one in loaded.beslut] == ["2025-10-20", "2025-11-10", "2025-12-10"]
    late = loaded.beslut[1].data["beslut"]
    assert late["ersätter"] == "2025-10-20"
    assert loaded.handelser[0].facts["efter"] == "2025-12-10"
    assert "inga ändringar" in shown(tmp_path) and "infört 2025-11-10" in shown(tmp_path)
    (kommun / "beslut" / "2025-11-10.yaml").unlink()
    assert [f.path.stem for f in lint_folder(kommun).findings if f.rule == "IK603"] == [
        "001-infört"
    ]


def test_a_late_decision_is_taken_back_before_anything_rests_on_it(
    kommun: Path, tmp_path: Path
) -> None:
    write(kommun, "fält", insats("Fältarbete"))
    decided(kommun, "2025-12-10", paragraf="§ 3")
    before = contents(tmp_path)
    write(kommun, "stöd", insats("Stöd i grupp"))
    assert freeze(tmp_path, "2025-11-10", "8", "--i-efterhand").code == 0
    remove(kommun, "stöd")
    assert decide(tmp_path, "--ångra").code == 0
    assert {k: v for k, v in contents(tmp_path).items() if v is not None} == {
        k: v for k, v in before.items() if v is not None
    }


def test_annulled_by_a_court(kommun: Path, tmp_path: Path) -> None:
    write(kommun, "fält", insats("Fältarbete"))
    write(kommun, "samtal", insats("Samtal vid oro", innehåll="Högst fem samtal."))
    decided(kommun, "2025-12-10", paragraf="§ 3")
    unknown = decide(tmp_path, "--upphävt", "2025-12-10", *COURT, "--insatser", "finns-inte")
    assert (unknown.code, "”finns-inte” finns varken" in unknown.err) == (2, True)
    part = decide(tmp_path, "--upphävt", "2025-12-10", *COURT, "--insatser", "samtal")
    assert part.code == 0, part.err
    held = standing.in_force(sound(kommun).beslut)
    assert held is not None and {one.id for one in held.insatser} == {*ECONOMY, "fält"}
    told = run("diff", cwd=tmp_path).out
    assert "Högst fem samtal" in told and "Fältarbete" not in told
    assert decide(tmp_path, "--upphävt", "2025-12-10", *COURT).code == 0
    twice = decide(tmp_path, "--upphävt", "2025-12-10", *COURT)
    assert (twice.code, "är redan upphävt" in twice.err) == (2, True)
    assert "I kraft är beslutet 2025-10-20 § 12." in shown(tmp_path)
    life = run("show", "exempel", "fält", "--historik", cwd=tmp_path).out.splitlines()
    assert life[1:] == [
        "beslutet 2025-10-20 § 12 (SN 2025/10): finns inte med",
        "beslutet 2025-12-10 § 3 (upphävt) (SN 2025/12): tillagd",
        "filerna som de är nu: tillagd",
    ]
    done = freeze(tmp_path, "2026-04-10", "2")
    assert done.code == 0, done.err
    assert "Ersätter beslutet 2025-10-20 § 12." in log(kommun)
    assert sound(kommun).beslut[-1].data["beslut"]["ersätter"] == "2025-12-10", "the chain"


def test_a_judgement_counts_when_it_has_legal_force(kommun: Path, tmp_path: Path) -> None:
    words = [w.replace("2026-03-01", "2026-01-01") for w in COURT]
    done = decide(tmp_path, "--upphävt", "2025-10-20", *words)
    assert (done.code, "kan inte få laga kraft" in done.err) == (2, True)
    write(kommun, "fält", insats("Fältarbete"))
    decided(kommun, "2025-12-10", paragraf="§ 3")
    assert decide(tmp_path, "--upphävt", "2025-12-10", *COURT).code == 0
    until = run("show", "exempel", "--per", "2026-02-28", cwd=tmp_path).out
    assert "gäller beslutet 2025-12-10 § 3 (upphävt från 2026-03-01), sedan" in until
    assert "fält" in until
    since = run("show", "exempel", "--per", "2026-03-01", cwd=tmp_path).out
    assert "gäller beslutet 2025-10-20 § 12, sedan" in since and "fält" not in since
    status = "(upphävt från 2026-03-01), gäller den 28 februari 2026"
    assert status in page(tmp_path, "--per", "2026-02-28")
    after = page(tmp_path, "--per", "2026-03-01")
    assert "ersätter beslutet 2025-10-20" in after and "Upphävde beslutet 2025-12-10" in after
    told = run("diff", "--per", "2026-02-28", "2026-03-01", cwd=tmp_path).out
    assert "Fältarbete" in told and "från beslutet 2025-12-10 § 3 (upphävt från 2026-03-01)" in told


def test_what_was_annulled_is_not_said_to_be_replaced(kommun: Path, tmp_path: Path) -> None:
    """The next decision names it in the chain, but what was in force, and so replaced, is the one
    before."""
    write(kommun, "fält", insats("Fältarbete"))
    decided(kommun, "2025-12-10", paragraf="§ 3")
    assert decide(tmp_path, "--upphävt", "2025-12-10", *COURT).code == 0
    write(kommun, "stöd", insats("Stöd i grupp"))
    assert freeze(tmp_path, "2026-01-25", "2").code == 0  # the judgement has no legal force yet
    write(kommun, "råd", insats("Råd i grupp"))
    assert decide(tmp_path, "--upphävt", "2026-01-25", *COURT).code == 0
    assert freeze(tmp_path, "2026-04-10", "4").code == 0
    rows = [line for line in page(tmp_path).splitlines() if "ersätter" in line]
    assert [re.search("ersätter beslutet ([0-9-]+)", row)[1] for row in rows] == [  # type: ignore[index]
        "2025-10-20",
        "2025-12-10",
        "2025-10-20",
    ]


def test_a_reservation_is_noted_afterwards(kommun: Path, tmp_path: Path) -> None:
    done = decide(tmp_path, "--mot", "2025-10-20", "--reservation", "Bo B reserverar sig.")
    assert done.code == 0, done.err
    assert sound(kommun).handelser[0].facts["datum"] == "2025-10-20"
    assert "Bo B reserverar sig" in shown(tmp_path)


def test_the_latest_is_taken_back_and_all_is_as_it_was(tmp_path: Path) -> None:
    folder = repository(tmp_path, ECONOMY)
    before = contents(tmp_path)
    assert freeze(tmp_path, "2025-10-20", "12").code == 0
    whole = contents(tmp_path)
    dry = decide(tmp_path, "--ångra", "--dry-run")
    assert dry.code == 0 and contents(tmp_path) == whole
    done = decide(tmp_path, "--ångra")
    assert (done.code, done.out.splitlines()[0]) == (0, "Ångrat: beslutet 2025-10-20 § 12.")
    assert {path: data for path, data in contents(tmp_path).items() if data is not None} == {
        path: data for path, data in before.items() if data is not None
    }
    assert "har inget beslut att ångra" in decide(tmp_path, "--ångra").err
    assert load(folder).beslut == ()


def test_only_the_latest_is_taken_back_and_nothing_that_is_signed(
    kommun: Path, tmp_path: Path
) -> None:
    assert decide(
        tmp_path, "--rättar", "2025-10-20", "--den", "2025-11-03", "--dnr", "SN 2025/2"
    ).code == 0  # fmt: skip
    write(kommun, "fält", insats("Fältarbete"))
    decided(kommun, "2025-12-10", paragraf="§ 3")
    for name in ("beslutet 2025-12-10 § 3", "händelsen 001-rättelse"):
        done = decide(tmp_path, "--ångra")
        assert f"Ångrat: {name}." in done.out, done.err
    (kommun / "beslut" / "2025-10-20.yaml.sig").write_text("x", "utf-8")
    done = decide(tmp_path, "--ångra")
    assert (done.code, "undertecknat" in done.err) == (2, True)


def test_a_log_that_has_been_changed_is_not_guessed_at(kommun: Path, tmp_path: Path) -> None:
    path = kommun / "ändringslogg.md"
    path.write_text(path.read_text("utf-8").replace("3 insatser", "tre insatser"), "utf-8")
    before = contents(tmp_path)
    done = decide(tmp_path, "--ångra")
    assert (done.code, "Raderna om det som ska ångras är ändrade" in done.err) == (2, True)
    assert contents(tmp_path) == before


def test_a_branch_that_touches_a_record_is_told_so(kommun: Path, tmp_path: Path) -> None:
    words = ["--rättar", "2025-10-20", "--den", "2025-11-03", "--dnr", "SN 2025/2"]
    git(tmp_path, "branch", "-M", "main")
    git(tmp_path, "checkout", "-q", "-b", "gren")
    assert decide(tmp_path, *words).code == 0
    commit(tmp_path)
    added = run("diff", "main...HEAD", cwd=tmp_path)
    assert (added.code, "Händelsen 001-rättelse har tillkommit." in added.out) == (0, True)
    (kommun / "händelser" / "001-rättelse.yaml").unlink()
    removed = run("diff", "HEAD", cwd=tmp_path)
    assert (removed.code, "Händelsen 001-rättelse har tagits bort" in removed.out) == (1, True)


def test_a_nämnd_decides_only_of_its_own(tmp_path: Path) -> None:
    """Two nämnder of a municipality are two folders with one code."""
    common = INFORMATION | {"namn": "Uppsala kommun", "scb_kod": "0380"}
    kommuner = tmp_path / "catalogue" / "kommuner"
    one = write_kommun(kommuner / "uppsala-socialnämnden", ECONOMY, common)
    other = write_kommun(
        kommuner / "uppsala-arbetsmarknadsnämnden",
        {"kurs": insats("Kurs i arbetslivet")},
        common | {"nämnd": "Arbetsmarknadsnämnden", "förslag": {"datum": "2025-08-20"}},
    )
    before = contents(one)
    done = run(
        "decide", other.name, "--datum", "2025-12-10", "--paragraf", "4", "--dnr", "AN 2025/3",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.code == 0, done.err
    (decided_by,) = sound(other).beslut
    assert decided_by.data["beslut"]["nämnd"] == "Arbetsmarknadsnämnden"
    assert [insats.id for insats in decided_by.revision.insatser] == ["kurs"]
    assert contents(one) == before
    assert "IK711" not in run("lint", cwd=tmp_path).out


def test_who_decided_in_the_place_of_the_nämnd_is_noted(kommun: Path, tmp_path: Path) -> None:
    write(kommun, "fält", insats("Fältarbete"))
    alone = freeze(tmp_path, "2025-12-10", "3", "--beslutsfattare", "Ordföranden")
    assert (alone.code, "både --beslutsfattare och --stöd" in alone.err) == (2, True)
    done = freeze(
        tmp_path, "2025-12-10", "3", "--beslutsfattare", "Förvaltningschefen",
        "--stöd", "delegation",
    )  # fmt: skip
    assert done.code == 0, done.err
    assert "Kontrollera: Förvaltningschefen har beslutat på delegation." in done.err
    assert "2025-12-10: beslutat av Förvaltningschefen (delegation)" in shown(tmp_path)
    assert "Beslutat av Förvaltningschefen i nämndens ställe (delegation)." in log(kommun)
    named = "beslutet 2025-12-10 § 3 (fattat av Förvaltningschefen)"
    assert named in run("show", "exempel", "fält", "--historik", cwd=tmp_path).out
    told = run("diff", "2025-10-20", "2025-12-10", cwd=tmp_path).out
    assert f"till {named}" in told
    assert "Förvaltningschefen har i nämndens ställe beslutat att" in told
    made = page(tmp_path)
    assert "Beslut Socialnämnden 2025-12-10 § 3 (fattat av Förvaltningschefen)" in made
    assert "Socialnämnden genom Förvaltningschefen § 3" in made


def test_what_is_left_open_is_told(kommun: Path, tmp_path: Path) -> None:
    write(kommun, "samtal", insats("Samtal vid oro", innehåll="Gruppen möts den 31 september."))
    done = freeze(tmp_path, "2025-12-10", "3")
    assert done.code == 0, done.err
    assert "1 varning är öppen. Kommandot insatskoll lint exempel visar dem." in done.err
    assert "1 fil är inte incheckad i git: insatser/samtal.yaml" in done.err


def test_a_proposal_with_a_comment_is_not_touched(kommun: Path, tmp_path: Path) -> None:
    path = kommun / "kommun.yaml"
    proposal(kommun, "2025-11-20")
    path.write_text(
        path.read_text("utf-8").replace("förslag:\n", "förslag:\n  # ring Anna\n"), "utf-8"
    )
    text = path.read_text("utf-8")
    write(kommun, "fält", insats("Fältarbete"))
    done = freeze(tmp_path, "2025-12-10", "3")
    assert "Ta bort ”förslag” där." in done.out
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--datum", "2025-12-10"], "Ange också --paragraf och --dnr."),
        (["--ångra", "--rättar", "2025-10-20"], "Välj --rättar eller --ångra."),
        (["--ångra", "--datum", "2025-12-10"], "--datum används inte med --ångra."),
        (["--rättar", "2025-10-20"], "Ange också --den med --rättar."),
        (["--rättar", "../x", "--den", "2025-11-03", "--dnr", "1"], "har inget beslut ”../x”"),
        (["--rättar", "2025-10-20", "--den", "2025-11-31", "--dnr", "1"], "2025-11-31"),
        (["--rättar", "2025-10-20", "--den", "2025-10-01", "--dnr", "1"], "kan inte vara från"),
        (["--upphävt", "2025-10-20", *COURT[:-1], "mål"], "är inget målnummer"),
        (["--upphävt", "2025-10-20", *COURT[:-3], "a\nb", *COURT[-2:]], "--domstol: Värdet har"),
        (["--utom", "x"], "Ange också --datum och --paragraf och --dnr."),
        (["--upphävt", "2025-10-20", *COURT, "--insatser", ""], "--insatser saknar ett id."),
        (["--upphävt", "2025-10-20", *COURT, "--insatser", "kurs,"], "--insatser saknar ett id."),
        ([*WHEN, "--utom", ","], "--utom saknar ett id."),
        ([*WHEN, "--borttagna", ""], "--borttagna saknar ett id."),
        ([*WHEN, "--skäl", "Medel saknas."], "--skäl hör till --följd avslag"),
        ([*WHEN, "--utom", "kurs", "--skäl", "Medel saknas."], "--skäl hör till --följd avslag"),
        ([*WHEN, *CHAIR, "--anmält", "2025-12-09"], "kan inte vara anmält 2025-12-09"),
        ([*WHEN, *CHAIR, "--anmält", "9999-12-31"], "--anmält: 9999-12-31 ligger långt från"),
        (["--återremiss", *WHEN[2:], "--datum", "9999-12-31"], "9999-12-31 ligger långt från"),
        (["--avslag", *WHEN[2:], "--datum", "0001-01-01"], "0001-01-01 ligger långt från"),
        (["--rättar", "2025-10-20", "--den", "9999-12-31", "--dnr", "1"], "ligger långt från"),
        (["--rättar", "2025-10-20", "--den", "2025-11-03", "--datum", "0001-01-01"], "långt från"),
        (
            ["--rättar", "2025-10-20", "--den", "2025-11-03", "--datum", "2025-11-04"],
            "kan inte vara",
        ),
        (
            [
                "--upphävt",
                "2025-10-20",
                "--datum",
                "9999-12-31",
                "--laga-kraft",
                "9999-12-31",
                *COURT[4:],
            ],
            "--datum: 9999-12-31 ligger långt från beslutet",
        ),
        (
            [
                "--upphävt",
                "2025-10-20",
                "--datum",
                "2026-02-01",
                "--laga-kraft",
                "2125-03-01",
                *COURT[4:],
            ],
            "--laga-kraft: 2125-03-01 ligger långt från domen",
        ),
    ],
)
def test_wrong_usage_is_told_and_nothing_written(
    words: list[str], said: str, kommun: Path, tmp_path: Path
) -> None:
    write(kommun, "kurs", insats("Kurs i ekonomi", syfte="Bättre ekonomi."))
    before = contents(tmp_path)
    done = decide(tmp_path, *words)
    assert (done.code, said in done.err, len(done.err.splitlines())) == (2, True, 1), done.err
    assert contents(tmp_path) == before


def test_links_and_damage_among_the_records_are_refused(kommun: Path, tmp_path: Path) -> None:
    (tmp_path / "utanför").mkdir()
    (kommun / "händelser").symlink_to(tmp_path / "utanför")
    words = ["--rättar", "2025-10-20", "--den", "2025-11-03", "--dnr", "SN 2025/2"]
    done = decide(tmp_path, *words)
    assert (done.code, "länk" in done.err) == (2, True)
    (kommun / "händelser").unlink()
    (kommun / "händelser").mkdir()
    (kommun / "händelser" / "001-rättelse.yaml").write_bytes(b"h: [\n")
    done = decide(tmp_path, *words)
    assert (done.code, "001-rättelse.yaml:" in done.err) == (2, True)
    assert list((tmp_path / "utanför").iterdir()) == []
    assert git(tmp_path, "status", "--porcelain", "--", "catalogue/kommuner/exempel/beslut") == ""


def test_two_proposals_side_by_side_are_told_apart_and_the_one_behind_is_found(
    kommun: Path, tmp_path: Path
) -> None:
    """One of them is decided; the other started from what was decided before."""
    git(tmp_path, "checkout", "-q", "-b", "första")
    write(kommun, "samtal", insats("Samtal vid oro", innehåll="Samtal med en kurator."))
    proposal(kommun, "2025-11-20", diarienummer="SN 2025/8", utgår_från="2025-10-20")
    commit(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "andra", "HEAD~1")
    write(kommun, "fält", insats("Fältarbete"))
    proposal(kommun, "2025-11-20", diarienummer="SN 2025/9", utgår_från="2025-10-20")
    commit(tmp_path)
    told = run("diff", "första", "andra", cwd=tmp_path).out
    assert "från förslaget 2025-11-20 (SN 2025/8) i första till förslaget 2025-11-20 (SN" in told
    assert "Förslag 2025-11-20 (SN 2025/9)" in page(tmp_path)
    shutil.rmtree(tmp_path / "ut")
    assert "utgår från" not in run("lint", cwd=tmp_path).out + run("diff", cwd=tmp_path).out

    git(tmp_path, "checkout", "-q", "första")
    done = freeze(tmp_path, "2025-12-10", "3")
    assert done.code == 0, done.err
    frozen = (kommun / "beslut" / "2025-12-10.yaml").read_bytes()
    commit(tmp_path)
    git(tmp_path, "checkout", "-q", "andra")
    (kommun / "beslut" / "2025-12-10.yaml").write_bytes(frozen)
    said = "Förslaget utgår från beslutet 2025-10-20, men det senaste är beslutet 2025-12-10 § 3."
    found = run("lint", cwd=tmp_path).out
    assert "IK608" in found and said in found
    assert "men jämförs med beslutet 2025-12-10 § 3." in run("diff", cwd=tmp_path).out
    refused = freeze(tmp_path, "2026-01-20", "1")
    assert (refused.code, said in refused.err) == (2, True)
    path = kommun / "kommun.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("utgår_från: '2025-10-20'", "utgår_från: 2025-12-10"), "utf-8")
    assert "Förslaget utgår" not in run("lint", cwd=tmp_path).out
    done = freeze(tmp_path, "2026-01-20", "1")
    assert done.code == 0, done.err


def test_a_proposal_that_has_been_decided_or_starts_from_what_stands_is_not_behind(
    kommun: Path, tmp_path: Path
) -> None:
    write(kommun, "fält", insats("Fältarbete"))
    decided(kommun, "2025-12-10", paragraf="§ 3")
    proposal(kommun, "2025-11-20", utgår_från="2025-10-20")
    assert "Förslaget utgår" not in run("lint", cwd=tmp_path).out, "as it was decided"
    write(kommun, "stöd", insats("Stöd i grupp"))
    assert "Förslaget utgår från beslutet 2025-10-20, men" in run("lint", cwd=tmp_path).out
    assert decide(tmp_path, "--upphävt", "2025-12-10", *COURT).code == 0
    assert "Förslaget utgår" not in run("lint", cwd=tmp_path).out, "the later one is annulled"
    path = kommun / "kommun.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("utgår_från: '2025-10-20'", "utgår_från: 2024-01-01"), "utf-8")
    assert "utgår från beslutet 2024-01-01, som inte finns" in run("lint", cwd=tmp_path).out


def test_of_a_decision_annulled_in_part_there_is_one_answer(kommun: Path, tmp_path: Path) -> None:
    write(kommun, "samtal", insats("Samtal vid oro", innehåll="Högst fem samtal."))
    write(kommun, "fält", insats("Fältarbete"))
    remove(kommun, "café")
    assert freeze(tmp_path, "2025-12-10", "3", "--borttagna", "café").code == 0
    part = ["--insatser", "samtal,café,fält"]
    assert decide(tmp_path, "--upphävt", "2025-12-10", *COURT, *part).code == 0
    assert "I fråga om café, fält och samtal gäller det som gällde före" in shown(tmp_path)
    made = page(tmp_path)
    assert "i fråga om Öppet café, Fältarbete och Samtal vid oro" in made
    write(kommun, "samtal", insats("Samtal vid oro", innehåll="Högst tre samtal."))
    write(kommun, "café", ECONOMY["café"])
    remove(kommun, "fält")
    assert freeze(tmp_path, "2026-04-10", "2").code == 0
    told = run("diff", "2025-12-10", "2026-04-10", cwd=tmp_path).out
    assert "från beslutet 2025-12-10 § 3 (upphävt i en del)" in told
    assert "Samtal med en rådgivare" in told and "fem" not in told and "Fältarbete" not in told


def test_what_a_decision_replaced_is_called_as_it_now_is(kommun: Path, tmp_path: Path) -> None:
    write(kommun, "fält", insats("Fältarbete"))
    assert freeze(tmp_path, "2025-12-10", "3").code == 0
    write(kommun, "stöd", insats("Stöd i grupp"))
    assert freeze(tmp_path, "2025-12-10", "4").code == 0
    assert "ersätter beslutet 2025-12-10 § 3" in page(tmp_path)
    words = ["--rättar", "2025-10-20", "--den", "2025-12-15", "--datum", "2025-10-21"]
    assert decide(tmp_path, *words).code == 0
    assert "ersätter beslutet 2025-10-21" in page(tmp_path)
    told = run("diff", "2025-10-21", "2025-12-10", cwd=tmp_path).out
    assert told.startswith(
        "Exempels kommun: från beslutet 2025-10-21 § 12 (rättat 2025-12-15) till"
    )
    assert "är inget beslut" in run("diff", "2025-10-22", cwd=tmp_path).err


NEW = {"fält": insats("Fältarbete")}
SECOND = ("2025-12-10", "3")
NAMED = "beslutet 2025-12-10 § 3"
STATUS = "Beslut Socialnämnden 2025-12-10 § 3"


def as_proposed(folder: Path, root: Path) -> None:
    assert freeze(root, *SECOND).code == 0


def in_part(folder: Path, root: Path) -> None:
    write(folder, "kurs", insats("Kurs i ekonomi", syfte="Bättre ekonomi."))
    done = freeze(root, *SECOND, "--utom", "kurs", "--följd", "återremiss")
    assert done.code == 0, done.err
    write(folder, "kurs", ECONOMY["kurs"])


def sent_back_first(folder: Path, root: Path) -> None:
    words = ("--datum", "2025-11-20", "--paragraf", "7", "--dnr", "SN 2025/1")
    assert decide(root, "--återremiss", *words).code == 0
    assert freeze(root, *SECOND).code == 0


def with_a_reservation(folder: Path, root: Path) -> None:
    assert freeze(root, *SECOND, "--reservation", "Bo B (X) reserverar sig.").code == 0


def with_a_reservation_later(folder: Path, root: Path) -> None:
    assert freeze(root, *SECOND).code == 0
    words = ("--mot", SECOND[0], "--reservation", "Bo B (X) reserverar sig.")
    assert decide(root, *words).code == 0


def corrected(folder: Path, root: Path) -> None:
    assert freeze(root, *SECOND).code == 0
    words = ("--rättar", SECOND[0], "--den", "2026-01-07", "--paragraf", "4", "--dnr", "SN 2025/5")
    assert decide(root, *words).code == 0


def same_day(folder: Path, root: Path) -> None:
    write(folder, "kurs", insats("Kurs i ekonomi", syfte="Bättre ekonomi."))
    assert freeze(root, "2025-12-10", "2", "--utom", "fält").code == 0
    assert freeze(root, *SECOND).code == 0


def entered_late(folder: Path, root: Path) -> None:
    assert freeze(root, "2026-01-20", "1").code == 0
    write(folder, "fält", insats("Fältarbete", syfte="Trygghet."))
    assert freeze(root, *SECOND, "--i-efterhand").code == 0
    write(folder, "fält", NEW["fält"])


def in_force_later(folder: Path, root: Path) -> None:
    path = folder / "kommun.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("bilaga:\n", "bilaga:\n  gäller_från: 2026-03-01\n"), "utf-8")
    assert path.read_text("utf-8") != text
    assert freeze(root, *SECOND).code == 0


def pilot(folder: Path, root: Path) -> None:
    write(folder, "fält", NEW["fält"] | {"gäller_till": "2026-12-31"})
    assert freeze(root, *SECOND).code == 0


def annulled(folder: Path, root: Path) -> None:
    assert freeze(root, *SECOND).code == 0
    assert decide(root, "--upphävt", SECOND[0], *COURT).code == 0


def annulled_in_part(folder: Path, root: Path) -> None:
    assert freeze(root, *SECOND).code == 0
    assert decide(root, "--upphävt", SECOND[0], *COURT, "--insatser", "fält").code == 0


def by_the_chair(folder: Path, root: Path) -> None:
    assert freeze(root, *SECOND, *CHAIR, "--anmält", "2025-12-18").code == 0


def taken_back(folder: Path, root: Path) -> None:
    assert freeze(root, "2025-12-10", "5").code == 0
    assert decide(root, "--ångra").code == 0
    assert freeze(root, *SECOND).code == 0


# The course, what the decision is called, its status in print, and what else show --beslut says.
COURSES: dict[Callable[[Path, Path], None], tuple[str, str, list[str]]] = {
    as_proposed: (NAMED, STATUS, []),
    in_part: (NAMED, STATUS, ["2025-12-10: inte antaget (återremiss): "]),
    sent_back_first: (NAMED, STATUS, ["001-återremiss: återremiss 2025-11-20 Socialnämnden § 7"]),
    with_a_reservation: (NAMED, STATUS, ["2025-12-10: reservation: Bo B (X) reserverar sig."]),
    with_a_reservation_later: (NAMED, STATUS, ["001-reservation: reservation 2025-12-10"]),
    corrected: (
        "beslutet 2025-12-10 § 4 (rättat 2026-01-07)",
        "Beslut Socialnämnden 2025-12-10 § 4 (rättat 2026-01-07)",
        ["stämmer, rättat 2026-01-07", "paragraf § 3 → § 4", "SN 2025/1 → SN 2025/5"],
    ),
    same_day: (NAMED, STATUS, ["2025-12-10-3"]),
    entered_late: (NAMED, STATUS, ["001-infört: infört 2025-12-10, beslutet 2025-12-10"]),
    in_force_later: (NAMED, f"{STATUS}, gäller från den 1 mars 2026", ["2026-03-01"]),
    pilot: (NAMED, STATUS, []),
    annulled: (
        f"{NAMED} (upphävt)",
        f"{STATUS} (upphävt)",
        ["stämmer, upphävt", "laga kraft 2026-03-01", "I kraft är beslutet 2025-10-20 § 12."],
    ),
    annulled_in_part: (
        f"{NAMED} (upphävt i en del)",
        f"{STATUS} (upphävt i en del)",
        ["stämmer, upphävt i en del", "I fråga om fält gäller det som gällde före"],
    ),
    by_the_chair: (
        f"{NAMED} (fattat av Nämndens ordförande)",
        f"{STATUS} (fattat av Nämndens ordförande)",
        ["beslutat av Nämndens ordförande (brådskande), anmält 2025-12-18"],
    ),
    taken_back: (NAMED, STATUS, []),
}


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.__name__)
def test_a_course_is_told_alike_wherever_the_decision_is_named(
    course: Callable[[Path, Path], None], kommun: Path, tmp_path: Path
) -> None:
    """In the chain, show --beslut and --historik, the status in print, and the heading of diff."""
    named, status, more = COURSES[course]
    write(kommun, "fält", NEW["fält"])
    course(kommun, tmp_path)
    own = "2025-12-10-3" if course is same_day else "2025-12-10"
    assert own in {one.id for one in sound(kommun).beslut}
    told = " ".join(shown(tmp_path).split())
    assert [one for one in more if one not in told] == []
    life = run("show", "exempel", "fält", "--historik", cwd=tmp_path).out
    assert f"\n{named} (SN 2025/" in life
    assert status in page(tmp_path, "--beslut", own)
    heading = run("diff", "2025-10-20", own, cwd=tmp_path).out.splitlines()[0]
    assert heading == f"Exempels kommun: från beslutet 2025-10-20 § 12 till {named}"
