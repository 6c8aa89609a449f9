"""What a change does to what is in force passes the gate, by whatever file it comes: a decision
that is written by hand, reconstructed, entered late or adopted in part, and a judgement."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from insatskoll import writing
from insatskoll.catalogue import canonical, records
from insatskoll.reading import document
from tests import repositories
from tests.decisions import decided, happened, insats, plan, repository, write
from tests.program import Run, run

MAIN, FIRST, SECOND, LATE, THIRD = "main", "2025-09-10", "2025-12-10", "2025-11-10", "2026-02-10"


def lots(years: int, **more: Any) -> dict[str, Any]:
    return insats(
        "Lots", villkor=[{"typ": "ålder", "ålder": {"från": years, "avser": "deltagaren"}}], **more
    )


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A municipality with a decision of 18 years, and one of 16, in place of it, on main."""
    folder = repository(tmp_path_factory.mktemp("arkiv"), {"lots": lots(18), "råd": insats("Råd")})
    decided(folder, FIRST)
    write(folder, "lots", lots(16))
    decided(folder, SECOND)
    repositories.git(folder.parents[2], "branch", "-M", MAIN)
    return folder.parents[2]


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    top = Path(shutil.copytree(original, tmp_path / "arkiv"))
    repositories.git(top, "checkout", "-q", "-b", "gren")
    return top / "catalogue" / "kommuner" / "exempel"


def gate(folder: Path, *more: str) -> Run:
    repositories.commit(folder.parents[2])
    words = ("--fail-on", "narrower", *more)
    return run("diff", f"{MAIN}...HEAD", *words, cwd=folder.parents[2])


def back(folder: Path) -> None:
    """The files as they are on main."""
    repositories.git(folder.parents[2], "checkout", "-q", MAIN, "--", str(folder / "insatser"))


def onto_main(folder: Path) -> None:
    repositories.commit(folder.parents[2])
    repositories.git(folder.parents[2], "branch", "-f", MAIN, "HEAD")


def rewritten(path: Path, years: int, **facts: Any) -> None:
    """A decision with another age in it and other facts, summed anew."""
    data: Any = document.read(path).data
    data["innehåll"]["insatser"]["lots"]["villkor"][0]["ålder"]["från"] = years
    data["beslut"] |= facts
    data["kontrollsumma"] = canonical.checksum(data["beslut"], data["innehåll"])
    path.write_text(canonical.frozen_text(data), "utf-8")


RAISED = (
    "Det som gäller ändras så att\n  – den nedre åldersgränsen för insatsen Lots "
    "höjs från {} till {} år"
)
RECONSTRUCTED: dict[str, Any] = {
    "rekonstruerad": "ja",
    "rekonstruktion": {"underlag": "Ett protokoll.", "känt": ["Allt."], "okänt": ["Inget."]},
}


def by_hand(folder: Path, years: int, **facts: Any) -> None:
    write(folder, "lots", lots(17))
    writing.write_all(*plan(folder, THIRD).files())
    rewritten(folder / "beslut" / f"{THIRD}.yaml", years, **facts)
    back(folder)


def test_a_reconstructed_decision_that_narrows_fails_and_is_to_be_checked(folder: Path) -> None:
    by_hand(folder, 30, **RECONSTRUCTED)
    done = gate(folder)
    assert done.code == 1
    told = "Beslutet 2026-02-10 § 2 har tillkommit. Det är rekonstruerat: kontrollera det mot "
    assert f"– {told}protokollet.\n" in done.out
    assert "från beslutet 2025-12-10 § 12 till beslutet 2026-02-10 § 2\n" in done.out
    assert RAISED.format(16, 30) in done.out
    assert done.err.startswith("Underkänt: 1 ändring med utfallet narrower ")
    (_, one) = json.loads(gate(folder, "--format", "json").out)["comparisons"]
    assert [change["fails"] for change in one["changes"]] == [True]


def test_a_reconstructed_decision_that_narrows_nothing_passes_but_is_to_be_checked(
    folder: Path,
) -> None:
    by_hand(folder, 15, **RECONSTRUCTED)
    done = gate(folder)
    assert (done.code, "är rekonstruerat: kontrollera det mot protokollet" in done.out) == (0, True)


def test_a_partly_adopted_decision_holds_only_what_held_or_was_proposed(folder: Path) -> None:
    left: dict[str, Any] = {"inte_antaget": {"följd": "kvar", "ändringar": ["Något annat."]}}
    by_hand(folder, 14, **left)
    done = gate(folder)
    assert done.code == 1
    assert "antar något som varken gällde eller stod i kommunens filer" in done.err


def adopted_in_part(folder: Path, *, follow: str) -> None:
    from insatskoll.decisions.partly import Left

    write(folder, "lots", lots(14))
    write(folder, "råd", insats("Råd och stöd"))
    repositories.commit(folder.parents[2])
    writing.write_all(*plan(folder, THIRD, left=Left(("råd",), follow)).files())  # type: ignore[arg-type]
    if follow == "avslag":
        write(folder, "råd", insats("Råd"))


@pytest.mark.parametrize("follow", ["kvar", "avslag", "återremiss"])
def test_one_that_decide_wrote_in_part_passes(follow: str, folder: Path) -> None:
    adopted_in_part(folder, follow=follow)
    done = gate(folder)
    assert (done.code, done.err) == (0, ""), done.out


def test_one_whose_files_are_put_back_before_anybody_has_seen_them_does_not(folder: Path) -> None:
    adopted_in_part(folder, follow="kvar")
    back(folder)
    done = gate(folder)
    assert done.code == 1 and "antar något som varken" in done.err


def entered_late(folder: Path, years: int) -> None:
    write(folder, "lots", lots(years))
    writing.write_all(*plan(folder, LATE, late=True).files())
    back(folder)


def test_a_decision_that_is_entered_late_is_judged_by_the_one_before_it(folder: Path) -> None:
    entered_late(folder, 40)
    done = gate(folder)
    assert done.code == 1
    assert "har tillkommit. Det är infört i efterhand: kontrollera det mot" in done.out
    assert "från beslutet 2025-09-10 § 9 till beslutet 2025-11-10 § 11\n" in done.out
    assert RAISED.format(18, 40) in done.out


def test_nor_does_one_that_is_entered_late_and_rewritten_by_hand_pass(folder: Path) -> None:
    entered_late(folder, 17)
    rewritten(folder / "beslut" / f"{LATE}.yaml", 40)
    record = folder / "händelser" / "001-infört.yaml"
    data: Any = document.read(record).data
    summa = document.read(folder / "beslut" / f"{LATE}.yaml").data["kontrollsumma"]  # type: ignore[index]
    data["händelse"]["beslut_kontrollsumma"] = summa
    data["kontrollsumma"] = records.checksum(data["händelse"])
    record.write_text(records.text(data), "utf-8")
    assert gate(folder).code == 1


def test_the_last_decision_cannot_say_that_it_was_entered_late(folder: Path) -> None:
    by_hand(folder, 14)
    happened(folder, "infört", THIRD, THIRD, efter=SECOND)
    done = gate(folder)
    assert done.code == 1
    assert "innehåller något annat än kommunens filer" in done.err


def test_a_judgement_changes_what_is_in_force_and_passes_the_same_gate(folder: Path) -> None:
    day = {"laga_kraft": "2026-03-01", "domstol": "Förvaltningsrätten", "målnummer": "1-26"}
    happened(folder, "upphävande", "2026-02-01", SECOND, **day)
    done = gate(folder)
    assert done.code == 1
    assert "Händelsen 001-upphävande har tillkommit. Den gäller beslutet 2025-12-10" in done.out
    assert RAISED.format(16, 18) in done.out


def test_a_judgement_after_which_nothing_is_in_force_is_told_so(tmp_path: Path) -> None:
    folder = repository(tmp_path, {"lots": lots(18)})
    decided(folder, FIRST)
    repositories.git(tmp_path, "branch", "-M", MAIN)
    repositories.git(tmp_path, "checkout", "-q", "-b", "gren")
    day = {"laga_kraft": "2026-03-01", "domstol": "Förvaltningsrätten", "målnummer": "1-26"}
    happened(folder, "upphävande", "2026-02-01", FIRST, **day)
    done = gate(folder)
    assert done.code == 1
    assert "från beslutet 2025-09-10 § 9 till det att inget beslut gäller\n" in done.out


def test_a_decision_of_what_lies_on_main_already_is_judged_when_it_comes(folder: Path) -> None:
    write(folder, "lots", lots(21))
    onto_main(folder)
    decided(folder, THIRD)
    done = gate(folder)
    assert done.code == 1
    assert RAISED.format(16, 21) in done.out


def test_what_the_files_tell_is_not_told_again_of_what_is_in_force(folder: Path) -> None:
    write(folder, "lots", lots(21))
    decided(folder, THIRD)
    done = gate(folder)
    assert done.code == 1
    assert done.out.count("höjs från 16 till 21 år") == 1
    assert done.err.count("Exempels kommun: ") == 1
    assert len(json.loads(gate(folder, "--format", "json").out)["comparisons"]) == 1


def test_only_what_is_in_force_besides_is_told_and_the_rest_is_said_to_be(folder: Path) -> None:
    write(folder, "lots", lots(21))
    onto_main(folder)
    write(folder, "råd", insats("Råd och stöd"))
    decided(folder, THIRD)
    files, force = json.loads(gate(folder, "--format", "json").out)["comparisons"]
    assert [len(one["changes"]) for one in (files, force)] == [1, 1]
    assert {files["changes"][0]["id"]}.isdisjoint(one["id"] for one in force["changes"])
    assert "Det innebär en ändring, utöver dem som redan är sagda, och" in gate(folder).out


SILENT: dict[str, Callable[[Path], object]] = {
    "a first decision": lambda folder: None,
    "a confirmed one": lambda folder: decided(folder, THIRD, unchanged=True),
    "a reservation": lambda folder: happened(
        folder, "reservation", "2025-12-11", SECOND, text="Anna Ek (X) är emot."
    ),
    "a corrected paragraph": lambda folder: happened(
        folder,
        "rättelse",
        "2025-12-11",
        SECOND,
        rättat={"paragraf": {"från": "§ 12", "till": "13"}},
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_what_changes_nothing_in_force_tells_no_more(name: str, folder: Path) -> None:
    SILENT[name](folder)
    done = gate(folder)
    assert done.code == 0, done.out
    assert "Det som gäller ändras" not in done.out


@pytest.mark.parametrize("form", ["text", "markdown", "github", "sarif", "gitlab", "junit"])
def test_every_form_tells_what_is_in_force_and_fails(form: str, folder: Path) -> None:
    by_hand(folder, 30, **RECONSTRUCTED)
    done = gate(folder, "--format", form)
    assert done.code == 1
    assert "30 år" in done.out


@pytest.mark.parametrize("form", ["html", "docx", "tjänsteskrivelse"])
def test_a_document_is_of_the_files_and_the_gate_is_the_same(
    form: str, folder: Path, tmp_path: Path
) -> None:
    by_hand(folder, 30, **RECONSTRUCTED)
    assert gate(folder, "--format", form, "--output", str(tmp_path / "ut")).code == 1
