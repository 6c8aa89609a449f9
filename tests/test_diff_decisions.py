"""The frozen decisions in a comparison: a new one is told, and one that has been made is never
touched without a word."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from insatskoll.catalogue import canonical, records
from insatskoll.reading import document, schema
from tests import repositories
from tests.decisions import decided, happened, insats, repository, write
from tests.program import run

BESLUT = "catalogue/kommuner/exempel/beslut"
FIRST, SECOND, THIRD = "2025-09-10", "2025-10-10", "2025-11-10"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A municipality with two decisions on main, and a third on the branch ``tredje``."""
    top = tmp_path_factory.mktemp("original") / "arkiv"
    folder = repository(top, {"lots": insats("Lots"), "råd": insats("Råd")})
    repositories.git(top, "branch", "-M", "main")
    decided(folder, FIRST)
    write(folder, "råd", insats("Råd och stöd"))
    decided(folder, SECOND)
    repositories.git(top, "checkout", "-q", "-b", "tredje")
    (folder / "insatser" / "ny.yaml").write_text(
        (folder / "insatser" / "lots.yaml").read_text().replace("Lots", "Ny")
    )
    decided(folder, THIRD)
    repositories.git(top, "checkout", "-q", "main")
    return top


@pytest.fixture
def top(original: Path, tmp_path: Path) -> Path:
    top = Path(shutil.copytree(original, tmp_path / "arkiv"))
    repositories.git(top, "checkout", "-q", "-b", "gren")
    return top


def edited(top: Path, datum: str, *, summed: bool, **facts: Any) -> None:
    """A decision with other facts, and with the checksum made anew or not."""
    path = top / BESLUT / f"{datum}.yaml"
    data: Any = document.read(path).data
    data["beslut"] |= facts
    if summed:
        data["kontrollsumma"] = canonical.checksum(data["beslut"], data["innehåll"])
    path.write_text(canonical.frozen_text(data), "utf-8")


def forged(top: Path, datum: str, like: str) -> None:
    """A decision that verifies in itself: put in between two it says that it replaces the first,
    put first that it is."""
    data: Any = document.read(top / BESLUT / f"{like}.yaml").data
    data["beslut"] |= {"datum": datum, "paragraf": "§ 99"}
    data["kontrollsumma"] = canonical.checksum(data["beslut"], data["innehåll"])
    (top / BESLUT / f"{datum}.yaml").write_text(canonical.frozen_text(data), "utf-8")


def unlinked(top: Path) -> None:
    """Both later checksums made anew, and the link between them taken away."""
    path = top / BESLUT / f"{SECOND}.yaml"
    data: Any = document.read(path).data
    del data["beslut"]["ersätter_kontrollsumma"]
    data["kontrollsumma"] = canonical.checksum(data["beslut"], data["innehåll"])
    path.write_text(canonical.frozen_text(data), "utf-8")


def remove(top: Path, datum: str) -> None:
    (top / BESLUT / f"{datum}.yaml").unlink()


# What is done, and what is told of which decisions: also of one that is as it was, where the chain
# is broken at it.
TAMPERED: dict[str, tuple[Callable[[Path], None], list[tuple[str, str]]]] = {
    "the latest altered": (
        lambda top: edited(top, SECOND, summed=False, paragraf="§ 13"),
        [(SECOND, "changed")],
    ),
    "the latest altered, with a new checksum": (
        lambda top: edited(top, SECOND, summed=True, paragraf="§ 13"),
        [(SECOND, "changed")],
    ),
    "an earlier one altered, with a new checksum": (
        lambda top: edited(top, FIRST, summed=True, paragraf="§ 13"),
        [(FIRST, "changed"), (SECOND, "broken")],
    ),
    "the link taken away": (unlinked, [(SECOND, "changed")]),
    "the latest removed": (lambda top: remove(top, SECOND), [(SECOND, "removed")]),
    "the first removed": (lambda top: remove(top, FIRST), [(FIRST, "removed"), (SECOND, "broken")]),
    "a forged one put in between": (
        lambda top: forged(top, "2025-09-20", SECOND),
        [("2025-09-20", "inserted"), (SECOND, "broken")],
    ),
    "a forged one put before the first": (
        lambda top: forged(top, "2025-09-01", FIRST),
        [(FIRST, "broken")],
    ),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_decision_that_has_been_touched_is_told_in_every_form_and_fails(
    name: str, top: Path, tmp_path: Path
) -> None:
    tamper, wanted = TAMPERED[name]
    tamper(top)
    repositories.commit(top)
    for form in ("main...HEAD", "main..gren", "main"):
        done = run("diff", form, "--format", "json", cwd=top)
        assert done.code == 1
        data = json.loads(done.out)
        assert schema.errors(data, "diff") == []
        (comparison,) = data["comparisons"]
        told = [(one["decision"], one["kind"]) for one in comparison["decisions"] if one["fails"]]
        assert told == wanted, form
        counted = "1 fryst beslut" if len(wanted) == 1 else f"{len(wanted)} frysta beslut"
        assert done.err.startswith(f"Underkänt: {counted} (IK603).\n  Exempels kommun: ")
    sentence = next(one["sentence"] for one in comparison["decisions"] if one["fails"])
    for form in ("text", "markdown", "html"):
        where: list[str | Path] = ["--output", tmp_path] if form == "html" else []
        done = run("diff", "main...HEAD", "--format", form, *where, cwd=top)
        said = (
            (tmp_path / "exempel-ändringar.html").read_text("utf-8") if form == "html" else done.out
        )
        assert (done.code, sentence in said, "Inga ändringar." in said) == (1, True, False)


@pytest.mark.parametrize("name", TAMPERED)
def test_lint_of_the_change_counts_what_lint_finds_in_the_decisions(name: str, top: Path) -> None:
    TAMPERED[name][0](top)
    repositories.commit(top)

    def found(text: str) -> list[tuple[str, str]]:
        return sorted((f["rule"], f["message"]) for f in json.loads(text) if f["rule"] == "IK603")

    now = json.dumps(json.loads(run("lint", "--format", "json", cwd=top).out)["findings"])
    change = json.loads(run("diff", "main...HEAD", "--lint", "--format", "json", cwd=top).out)
    assert found(json.dumps(change["comparisons"][0]["findings"]["introduced"])) == found(now)


def test_a_decision_that_is_moved_to_where_it_is_not_read_is_removed(top: Path) -> None:
    path = top / BESLUT / f"{SECOND}.yaml"
    (path.parent / "gammalt").mkdir()
    path.rename(path.parent / "gammalt" / path.name)
    repositories.commit(top)
    done = run("diff", "main...HEAD", cwd=top)
    assert (done.code, "Beslutet 2025-10-10 § 10 har tagits bort." in done.out) == (1, True)


def test_two_folders_are_compared_as_two_revisions_are(top: Path, tmp_path: Path) -> None:
    shutil.copytree(top / "catalogue", tmp_path / "då" / "catalogue")
    remove(top, SECOND)
    done = run("diff", tmp_path / "då", cwd=top)
    assert (done.code, "Beslutet 2025-10-10 § 10 har tagits bort." in done.out) == (1, True)


def test_a_new_decision_is_told_and_is_as_it_should_be(top: Path) -> None:
    done = run("diff", "main...tredje", cwd=top)
    assert (done.code, done.err) == (0, "")
    assert "– Beslutet 2025-11-10 § 11 har tillkommit.\n" in done.out
    (one,) = json.loads(run("diff", "main...tredje", "--lint", "--format", "json", cwd=top).out)[
        "comparisons"
    ]
    assert one["decisions"] == [
        {
            "decision": THIRD,
            "name": "beslutet 2025-11-10 § 11",
            "kind": "added",
            "fails": False,
            "sentence": "Beslutet 2025-11-10 § 11 har tillkommit.",
        }
    ]


def test_an_older_decision_that_the_first_says_it_replaces_is_told_and_no_more(
    original: Path, tmp_path: Path
) -> None:
    """The chain is made longer backwards, as when an earlier decision is found and frozen
    afterwards."""
    top = Path(shutil.copytree(original, tmp_path / "arkiv"))
    whole = {path.name: path.read_text("utf-8") for path in (top / BESLUT).iterdir()}
    remove(top, FIRST)
    repositories.commit(top)
    assert (
        json.loads(run("lint", "--select", "IK603", "--format", "json", cwd=top).out)["findings"]
        != []
    )
    (top / BESLUT / f"{FIRST}.yaml").write_text(whole[f"{FIRST}.yaml"], "utf-8")
    done = run("diff", "main", cwd=top)
    assert (done.code, done.err) == (0, "")
    assert "– Beslutet 2025-09-10 § 9 har tillkommit.\n" in done.out


def test_a_new_decision_that_does_not_verify_fails(top: Path) -> None:
    repositories.git(top, "checkout", "-q", "tredje")
    edited(top, THIRD, summed=False, paragraf="§ 13")
    done = run("diff", "main", cwd=top)
    assert done.code == 1
    assert "Beslutet 2025-11-10 § 13 har tillkommit (ändrat efter beslutet)." in done.out


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


WAIVER = "avvikelser:\n- regel: IK312\n  motivering: Nämnden har i efterhand godtagit fyndet.\n"
PROPOSAL = "förslag:\n  datum: '2025-08-01'\n"
# what is done to what the checksum does not cover, and what of it is told
BESIDE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a waiver": (lambda path: path.write_text(path.read_text("utf-8") + WAIVER), "avvikelser"),
    "the proposal": (
        lambda path: path.write_text(path.read_text("utf-8") + PROPOSAL, "utf-8"),
        "förslag",
    ),
    "the warning": (
        lambda path: replaced(path, "Ändra aldrig innehållet", "Ett utkast"),
        "kommentarer eller uppställning",
    ),
    "a comment": (
        lambda path: path.write_text(f"# Ett tillägg\n{path.read_text('utf-8')}"),
        "kommentarer eller uppställning",
    ),
    "an empty line": (
        lambda path: path.write_text(path.read_text("utf-8") + "\n"),
        "kommentarer eller uppställning",
    ),
    "what follows the line for editors": (
        lambda path: path.write_text(f"{LINE} Ett utkast\n{path.read_text('utf-8')}"),
        "kommentarer eller uppställning",
    ),
}
LINE = "# yaml-language-server: $schema=../annan.json"


@pytest.mark.parametrize("name", BESIDE)
def test_what_the_checksum_does_not_cover_is_not_touched_either(name: str, top: Path) -> None:
    change, told = BESIDE[name]
    change(top / BESLUT / f"{SECOND}.yaml")
    for form in ("main", "main...HEAD"):
        done = run("diff", form, cwd=top)
        assert done.code == 1
        said = "filen för beslutet 2025-10-10 § 10 har något ändrats som kontrollsumman inte "
        assert f"– I {said}omfattar ({told})." in done.out
        repositories.commit(top)


def test_the_line_for_editors_may_change_and_is_told(top: Path) -> None:
    path = top / BESLUT / f"{SECOND}.yaml"
    path.write_text(f"{LINE}\n{path.read_text('utf-8')}", "utf-8")
    done = run("diff", "main", cwd=top)
    assert done.code == 0
    assert "har raden för redigerare ändrats, och inget annat." in done.out


def test_line_breaks_of_another_machine_are_no_change(top: Path) -> None:
    path = top / BESLUT / f"{SECOND}.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    done = run("diff", "main", cwd=top)
    assert done.code == 0
    assert "Frysta beslut" not in done.out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2025-11-03", "2025-11-04", "Den frysta händelsen 001-rättelse har ändrats"),
        ("Ändra aldrig", "Ändra", "I filen för händelsen 001-rättelse har något ändrats"),
    ],
)
def test_a_record_is_touched_as_a_decision_is(old: str, new: str, said: str, top: Path) -> None:
    folder = top / "catalogue" / "kommuner" / "exempel"
    rows = {"paragraf": {"från": "§ 10", "till": "§ 11"}}
    happened(folder, "rättelse", "2025-11-03", SECOND, rättat=rows)
    repositories.commit(top)
    repositories.git(top, "branch", "-f", "main", "HEAD")
    replaced(folder / "händelser" / "001-rättelse.yaml", old, new)
    repositories.commit(top)
    done = run("diff", "main...HEAD", cwd=top)
    assert done.code == 1
    assert said in done.out
    assert done.err.startswith("Underkänt: 1 fryst händelse (IK603).\n")


def test_a_decision_against_the_files_says_nothing_of_the_others(top: Path) -> None:
    assert "Frysta beslut" not in run("diff", cwd=top).out
    assert "Frysta beslut" not in run("diff", FIRST, SECOND, cwd=top).out


def test_a_municipality_that_is_gone_takes_its_decisions_unless_it_has_another_name(
    top: Path,
) -> None:
    folder = top / "catalogue" / "kommuner"
    (folder / "exempel").rename(folder / "annat")
    assert run("diff", "main", cwd=top).code == 0
    shutil.rmtree(folder / "annat" / "beslut")
    done = run("diff", "main", cwd=top)
    assert done.code == 1
    assert done.err.startswith(
        "Underkänt: 2 frysta beslut (IK603).\n  Exempels kommun: beslutet 2025-09-10 § 9 "
        "har tagits bort\n"
    )


def test_what_fails_is_named_and_no_more_than_can_be_read(top: Path) -> None:
    insatser = top / "catalogue" / "kommuner" / "exempel" / "insatser"
    for number in range(12):
        text = (insatser / "lots.yaml").read_text("utf-8").replace("Lots", f"Insats {number:02}")
        (insatser / f"i{number:02}.yaml").write_text(text, "utf-8")
    done = run("diff", "main", "--fail-on", "more-open", cwd=top)
    assert done.code == 1
    first, second, *_ = done.err.splitlines()
    assert first == "Underkänt: 12 ändringar med utfallet more-open (öppnare för den enskilde)."
    assert second.startswith("  Exempels kommun: Insats 00 läggs till som ny insats. Den ")
    assert "  … och 2 till" in done.err.splitlines()


def by_hand(top: Path, *, content: dict[str, str] | None = None) -> None:
    """A decision that verifies in itself and in its chain, not written by ``decide``."""
    data: Any = document.read(top / BESLUT / f"{SECOND}.yaml").data
    facts = data["beslut"] | {"datum": THIRD, "paragraf": "§ 11", "ersätter": SECOND}
    facts["ersätter_kontrollsumma"] = data["kontrollsumma"]
    data["innehåll"]["insatser"]["råd"] |= content or {}
    summa = canonical.checksum(facts, data["innehåll"])
    made = {"beslut": facts, "innehåll": data["innehåll"], "kontrollsumma": summa}
    (top / BESLUT / f"{THIRD}.yaml").write_text(canonical.frozen_text(made), "utf-8")  # type: ignore[arg-type]


def test_a_decision_that_holds_something_else_than_the_files_fails(top: Path) -> None:
    by_hand(top, content={"innehåll": "Något som ingen har beslutat."})
    repositories.commit(top)
    ended = run("diff", "main...HEAD", cwd=top)
    assert ended.code == 1
    assert "innehåller något annat än kommunens filer i commiten" in ended.err


def test_a_decision_that_is_altered_after_it_was_written_fails(top: Path) -> None:
    repositories.git(top, "merge", "-q", "--ff-only", "tredje")
    assert run("diff", "main...HEAD", cwd=top).code == 0
    edited(top, THIRD, summed=True, diarienummer="SN 2099/1")
    repositories.commit(top)
    ended = run("diff", "main...HEAD", cwd=top)
    assert ended.code == 1
    assert "ändrat efter commiten" in ended.err


def test_a_decision_passes_also_when_the_files_have_changed_since(top: Path) -> None:
    repositories.git(top, "merge", "-q", "--ff-only", "tredje")
    write(top / "catalogue" / "kommuner" / "exempel", "råd", insats("Råd, stöd och samtal"))
    repositories.commit(top)
    ended = run("diff", "main...HEAD", cwd=top)
    assert ended.code == 0, ended.err


CORRECTED = ("decide", "exempel", "--rättar", SECOND, "--den", "2025-10-20", "--dnr", "SN 2025/77")


def test_a_record_that_is_altered_after_it_was_written_fails(top: Path) -> None:
    assert run(*CORRECTED, cwd=top).code == 0
    repositories.commit(top)
    assert run("diff", "main...HEAD", cwd=top).code == 0
    path = top / "catalogue/kommuner/exempel/händelser/001-rättelse.yaml"
    data: Any = document.read(path).data
    data["händelse"]["rättat"]["diarienummer"]["till"] = "SN 2025/99"
    data["kontrollsumma"] = records.checksum(data["händelse"])
    path.write_text(records.text(data), "utf-8")
    assert run("show", "exempel", "--beslut", cwd=top).code == 0, "it verifies in itself"
    repositories.commit(top)
    ended = run("diff", "main...HEAD", cwd=top)
    assert ended.code == 1
    assert "Händelsen 001-rättelse har tillkommit (ändrad efter commiten" in ended.out


def test_what_was_written_and_taken_back_within_a_branch_is_told(top: Path) -> None:
    """It is lawful, as nothing of it is published; but whoever reviews the branch is to know."""
    folder = top / "catalogue/kommuner/exempel"
    assert run(*CORRECTED, cwd=top).code == 0
    repositories.commit(top)
    write(folder, "råd", insats("Råd, stöd och samtal"))
    decided(folder, THIRD)
    for _ in range(2):
        assert run("decide", "exempel", "--ångra", cwd=top).code == 0
        repositories.commit(top)
    for form in ("main...HEAD", "main..gren"):
        ended = run("diff", form, cwd=top)
        assert ended.code == 0
        assert f"exempel: Beslutet {THIRD} skrevs i commiten " in ended.out
        assert "exempel: Händelsen 001-rättelse skrevs i commiten " in ended.out
        assert "och är sedan borttagen." in ended.out
    assert "skrevs i commiten" in run("diff", "main...HEAD", "--kommun", "exempel", cwd=top).out
    assert "skrevs i commiten" not in run("diff", "HEAD...main", cwd=top).out


def test_what_was_written_on_a_branch_that_was_merged_is_told_too(top: Path) -> None:
    folder = top / "catalogue/kommuner/exempel"
    repositories.git(top, "checkout", "-q", "-b", "sidan")
    write(folder, "råd", insats("Råd, stöd och samtal"))
    decided(folder, THIRD)
    assert run("decide", "exempel", "--ångra", cwd=top).code == 0
    repositories.commit(top)
    repositories.git(top, "checkout", "-q", "gren")
    repositories.git(top, "merge", "-q", "--no-ff", "--no-edit", "sidan")
    ended = run("diff", "main...HEAD", cwd=top)
    assert (ended.code, f"Beslutet {THIRD} skrevs i commiten" in ended.out) == (0, True)


def test_what_has_only_been_moved_has_not_been_taken_back(top: Path) -> None:
    repositories.git(top, "merge", "-q", "--ff-only", "tredje")
    repositories.git(top, "mv", "catalogue/kommuner/exempel", "catalogue/kommuner/annat")
    repositories.commit(top)
    ended = run("diff", "main...HEAD", cwd=top)
    assert (ended.code, "skrevs i commiten" in ended.out) == (0, False)


def test_records_are_not_lost_with_a_folder_that_is_not_known_again(top: Path) -> None:
    """A municipality of another name and without a code is another; its decisions have been moved,
    and its records not."""
    assert run(*CORRECTED, cwd=top).code == 0
    repositories.commit(top)
    repositories.git(top, "branch", "-f", "main", "HEAD")
    folder = top / "catalogue/kommuner"
    repositories.git(top, "mv", folder / "exempel", folder / "annat")
    path = folder / "annat" / "kommun.yaml"
    path.write_text(path.read_text("utf-8").replace("Exempels kommun", "Annans kommun"), "utf-8")
    repositories.commit(top)
    moved = run("diff", "main...HEAD", cwd=top)
    assert (moved.code, "har tagits bort" in moved.err) == (0, False)
    shutil.rmtree(folder / "annat" / "händelser")
    repositories.commit(top)
    lost = run("diff", "main...HEAD", cwd=top)
    assert (lost.code, "händelsen 001-rättelse har tagits bort" in lost.err) == (1, True)


def chain_of(top: Path) -> tuple[int, str]:
    done = run("show", "exempel", "--beslut", cwd=top)
    return done.code, " ".join(done.out.split())


@pytest.mark.parametrize("committed", [True, False])
def test_the_latest_decision_is_held_against_what_was_put_into_git(
    committed: bool, top: Path
) -> None:
    """Also where it verifies, and no two revisions are compared."""
    assert chain_of(top)[0] == 0
    edited(top, SECOND, summed=True, diarienummer="SN 2099/1")
    if committed:
        repositories.commit(top)
    code, told = chain_of(top)
    assert (code, "ändrat efter" in told and "som skrev det" in told) == (1, True)
    repositories.git(top, "checkout", "-q", "main", "--", ".")
    assert chain_of(top)[0] == 0


def test_one_that_is_taken_back_and_made_anew_is_as_it_should_be(top: Path) -> None:
    repositories.git(top, "merge", "-q", "--ff-only", "tredje")
    folder = top / "catalogue/kommuner/exempel"
    assert run("decide", "exempel", "--ångra", cwd=top).code == 0
    write(folder, "råd", insats("Råd, stöd och samtal"))
    again = ("--datum", THIRD, "--paragraf", "12", "--dnr", "SN 2025/12")
    done = run("decide", "exempel", *again, cwd=top)
    assert done.code == 0, done.err
    assert chain_of(top)[0] == 0
    repositories.commit(top)
    write(folder, "råd", insats("Råd"))
    assert chain_of(top)[0] == 0


def test_without_git_nothing_is_said(top: Path) -> None:
    shutil.rmtree(top / ".git")
    edited(top, SECOND, summed=True, diarienummer="SN 2099/1")
    assert chain_of(top)[0] == 0
