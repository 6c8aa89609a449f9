"""What has happened before a letter, as it tells it: the decision that is revised, corrected, taken
in part or by somebody else, annulled, and proposals that were sent back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.decisions import commit, decided, insats, repository, write
from tests.program import run
from tests.test_courses import CHAIR, COURT, ECONOMY, decide, freeze, proposal

CORRECTED = ["--rättar", "2025-10-20", "--paragraf", "21", "--den", "2025-11-03"]
SENT_BACK = [
    "--återremiss", "--datum", "2025-12-10", "--paragraf", "3", "--dnr", "SN 2025/1",
    "--skäl", "Barnen är inte hörda.",
]  # fmt: skip


@pytest.fixture
def kommun(tmp_path: Path) -> Path:
    folder = repository(tmp_path, ECONOMY)
    decided(folder, "2025-10-20", paragraf="§ 12")
    commit(tmp_path)
    return folder


def letter(root: Path, *words: str) -> str:
    done = run("diff", *words, "--format", "tjänsteskrivelse", "--skriv-över", cwd=root)
    assert done.code == 0, done.err
    (made,) = (root / "ut").glob("*.md")
    return made.read_text("utf-8").replace("\\", "")


def under(text: str, heading: str) -> str:
    return text.split(f"## {heading}\n")[1].split("\n## ", maxsplit=1)[0]


def test_what_was_not_adopted_is_told_with_what_became_of_it(kommun: Path, tmp_path: Path) -> None:
    proposal(kommun, "2025-11-20")
    write(kommun, "kurs", insats("Kurs i ekonomi", avgift={"belopp": "100 kronor"}))
    write(kommun, "café", insats("Öppet café", innehåll="Fika."))
    commit(tmp_path)
    assert freeze(tmp_path, "2025-12-10", "3", "--utom", "kurs").code == 0
    text = letter(tmp_path)
    told = under(text, "Ärendet")
    assert "den 10 december 2025 (§ 3)" in told and "100 kronor" in told
    assert "gick vidare som förslag:" in told and "Fika" not in text.split("Anteckningar")[0]
    assert "**Datum:** [fyll i: dagen" in text, "the proposal is older than the decision"
    assert "före beslutet som det ändrar" in text.split("Anteckningar")[1]


def test_a_proposal_that_was_sent_back_is_told_with_why(kommun: Path, tmp_path: Path) -> None:
    proposal(kommun, "2025-11-20")
    write(kommun, "kurs", insats("Kurs i ekonomi", syfte="Bättre ekonomi."))
    commit(tmp_path)
    assert "återremitterades" not in letter(tmp_path)
    assert decide(tmp_path, *SENT_BACK).code == 0
    told = under(letter(tmp_path), "Ärendet")
    said = "Förslaget återremitterades den 10 december 2025 (§ 3). Som skäl angavs: Barnen är inte"
    assert said in told


def test_a_corrected_decision_is_named_as_it_is_corrected(kommun: Path, tmp_path: Path) -> None:
    assert decide(tmp_path, *CORRECTED).code == 0
    write(kommun, "kurs", insats("Kurs i ekonomi", syfte="Bättre ekonomi."))
    text = letter(tmp_path)
    assert "§ 21" in under(text, "Förslag till beslut") and "§ 12" not in text
    assert "Uppgifterna om beslutet rättades den 3 november 2025." in under(text, "Ärendet")


def test_a_judgement_is_told_and_is_among_the_documents(kommun: Path, tmp_path: Path) -> None:
    write(kommun, "kurs", insats("Kurs i ekonomi", syfte="Bättre ekonomi."))
    commit(tmp_path)
    assert freeze(tmp_path, "2025-12-10", "3").code == 0
    assert decide(tmp_path, "--upphävt", "2025-12-10", *COURT).code == 0
    text = letter(tmp_path)
    assert "Beslutet som gäller fattades den 20 oktober 2025 (§ 12)." in under(text, "Ärendet")
    assert "(mål 1234-25), med laga kraft den 1 mars 2026" in under(text, "Ärendet")
    documents = under(text, "Beslutsunderlag")
    assert "Dom den 1 februari 2026 i mål 1234-25, Förvaltningsrätten i Uppsala" in documents
    assert "Beslut den 20 oktober 2025 (§ 12), " in documents


def test_who_decided_is_not_said_to_be_the_nämnd_where_it_was_another(
    kommun: Path, tmp_path: Path
) -> None:
    write(kommun, "kurs", insats("Kurs i ekonomi", syfte="Bättre ekonomi."))
    commit(tmp_path)
    assert freeze(tmp_path, "2025-12-10", "3", *CHAIR).code == 0
    write(kommun, "kurs", insats("Kurs i ekonomi", syfte="Mycket bättre ekonomi."))
    told = under(letter(tmp_path), "Ärendet")
    assert "Nämndens ordförande beslutade senast om dem i nämndens ställe" in told
    assert "Nämnden beslutade" not in told
