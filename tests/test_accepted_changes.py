"""Changes that someone has accepted: shown as such, and let through; those that do not hold are
found."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import decisions, repositories
from tests.catalogues import write_kommun
from tests.decisions import decided, git, insats, repository, write
from tests.program import Run, run
from tests.repositories import commit, make

CLEAN, FINDINGS, USAGE = 0, 1, 2
WHY = "Nämnden har bett om avgiften."
KIM = {"skäl": WHY, "av": "Kim Berg", "roll": "kommunjurist"}


def fee(amount: str) -> dict[str, Any]:
    return {"avgift": {"belopp": amount}}


FREE: dict[str, Any] = {"avgift": "nej"}
PROPOSAL = {"förslag": {"datum": "2025-09-18"}}
BOTH = {"lots": {"namn": "Lots"} | FREE, "samtal": {"namn": "Samtal"} | FREE}


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A folder with a catalogue before and after fees have been put on two insatser."""
    write_kommun(tmp_path / "förra" / "kommuner" / "k", BOTH)
    dearer = {"lots": BOTH["lots"] | fee("100 kronor"), "samtal": BOTH["samtal"] | fee("50 kronor")}
    write_kommun(tmp_path / "catalogue" / "kommuner" / "k", dearer, PROPOSAL)
    return tmp_path


def diff(top: Path, *more: str) -> Run:
    return run("diff", "förra", "--fail-on", "avgift", *more, cwd=top)


def ids(top: Path) -> list[str]:
    (comparison,) = json.loads(diff(top, "--format", "json").out)["comparisons"]
    return [one["id"] for one in comparison["changes"]]


def accept(top: Path, *entries: dict[str, Any]) -> Path:
    path = top / "catalogue" / "kommuner" / "k" / "godtagna.yaml"
    path.write_text(
        yaml.safe_dump({"godtagna_ändringar": list(entries)}, allow_unicode=True, sort_keys=False),
        "utf-8",
    )
    return path


def test_an_accepted_change_does_not_fail_and_is_told_with_who_and_why(top: Path) -> None:
    first, second = ids(top)
    accept(top, {"ändring": first, **KIM})
    done = diff(top)
    assert done.code == FINDINGS
    assert f"✓ godtagen av Kim Berg, kommunjurist: {WHY}" in done.out
    assert "två ändringar, varav 1 godtagen, och" in done.out
    assert second in done.err and first not in done.err
    accept(top, {"ändring": first, **KIM}, {"ändring": second, **KIM})
    passed = diff(top)
    assert (passed.code, passed.err) == (CLEAN, "")
    changes = json.loads(diff(top, "--format", "json").out)["comparisons"][0]["changes"]
    told = {"reason": WHY, "by": "Kim Berg", "role": "kommunjurist", "until": None}
    assert [(one["fails"], one["accepted"]) for one in changes] == [(False, told)] * 2


def test_the_lines_that_are_told_can_be_pasted_and_must_be_filled_in(top: Path) -> None:
    told = diff(top).err
    assert "skriver i catalogue/kommuner/k/godtagna.yaml" in told
    lines = told[told.index("  godtagna_ändringar:") :].splitlines()
    path = top / "catalogue" / "kommuner" / "k" / "godtagna.yaml"
    pasted = "\n".join(line.removeprefix("  ") for line in lines) + "\n"
    path.write_text(pasted, "utf-8")
    wrong = diff(top)
    assert (wrong.code, wrong.out) == (USAGE, "")
    assert "catalogue/kommuner/k/godtagna.yaml:3:" in wrong.err
    filled = pasted.replace("skäl: [fyll i]", f"skäl: {WHY}")
    path.write_text(filled.replace("[fyll i]", "Kim Berg"), "utf-8")
    assert "varav 1 godtagen" in diff(top).out


def test_a_comment_counts_first_and_names_what_fails_and_what_is_accepted(top: Path) -> None:
    first, second = ids(top)
    accept(top, {"ändring": first, **KIM})
    lines = diff(top, "--format", "markdown").out.splitlines()
    read = "Att läsa för en jurist: 1 av 2 ändringar (högre avgift 1). Godtagna: 1."
    assert lines[1] == f"**Underkänns: 1 ändring.** {read}"
    assert lines[3] == "Utfall: högre avgift 2."
    (fails,) = (line for line in lines if line.startswith("- **Underkänns:** "))
    place = "catalogue/kommuner/k/insatser/samtal.yaml:"
    assert f" `{second}` {place}" in fails
    assert sum(f"*Godtagen av Kim Berg, kommunjurist: {WHY}*" in line for line in lines) == 1


def test_whoever_has_accepted_one_value_has_not_accepted_another(top: Path) -> None:
    first, _ = ids(top)
    accept(top, {"ändring": first, **KIM})
    insats = top / "catalogue" / "kommuner" / "k" / "insatser" / "lots.yaml"
    insats.write_text(insats.read_text("utf-8").replace("100 kronor", "900 kronor"), "utf-8")
    done = diff(top)
    now = next(one for one in ids(top) if one.startswith("k/insatser/lots/"))
    assert done.code == FINDINGS and now in done.err and now != first
    assert "varning IK913 catalogue/kommuner/k/godtagna.yaml:2:" in done.out
    assert f"Ändringen {first} finns inte i jämförelsen: på samma plats" in done.out


def test_one_that_tells_of_several_is_accepted_by_its_own_id_or_by_each_of_them(top: Path) -> None:
    insats = top / "catalogue" / "kommuner" / "k" / "insatser" / "samtal.yaml"
    insats.write_text(insats.read_text("utf-8").replace("50 kronor", "100 kronor"), "utf-8")
    (name,) = ids(top)
    assert name.startswith("k/insatser/lots+1/avgift-")
    facts = json.loads(diff(top, "--format", "json").out)["comparisons"][0]["facts"]
    fees = [one["id"] for one in facts if one["path"] == ["avgift"]]
    accept(top, {"ändring": name, **KIM})
    assert diff(top).code == CLEAN
    accept(top, {"ändring": fees[0], **KIM})
    assert diff(top).code == FINDINGS
    accept(top, *({"ändring": one, **KIM} for one in fees))
    assert diff(top).code == CLEAN


@pytest.mark.parametrize(
    ("until", "code"), [("2025-09-17", FINDINGS), ("2025-09-18", CLEAN), ("2026-01-01", CLEAN)]
)
def test_it_ends_by_the_day_of_the_proposal(until: str, code: int, top: Path) -> None:
    first, second = ids(top)
    accept(top, {"ändring": first, **KIM, "giltig_till": until}, {"ändring": second, **KIM})
    assert diff(top).code == code
    linted = run("lint", cwd=top).out
    assert ("IK913" in linted) == ("IK913" in diff(top).out) == (code == FINDINGS)
    assert "IK913" in run("lint", "--datum", "2026-01-02", cwd=top).out


def without_a_day(top: Path) -> None:
    path = top / "catalogue" / "kommuner" / "k" / "kommun.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("förslag:\n  datum: '2025-09-18'\n", ""), "utf-8")
    assert path.read_text("utf-8") != text


def test_one_that_ends_does_not_count_where_no_day_is_known(top: Path) -> None:
    """Whether it has ended cannot be told, and nothing that cannot is let through."""
    without_a_day(top)
    first, second = ids(top)
    accept(top, {"ändring": first, **KIM, "giltig_till": "2025-12-31"}, {"ändring": second, **KIM})
    done = diff(top)
    assert done.code == FINDINGS and first in done.err and second not in done.err
    assert "har ingen dag att pröva det mot" in done.out and "--datum" in done.out
    assert "IK913" not in run("lint", cwd=top).out, "nothing is wrong in the file"
    assert diff(top, "--datum", "2025-12-31").code == CLEAN
    late = diff(top, "--datum", "2026-01-01")
    assert late.code == FINDINGS
    assert "gällde till 2025-12-31, och prövas per 2026-01-01" in late.out
    accept(top, {"ändring": first, **KIM}, {"ändring": second, **KIM})
    assert (diff(top).code, "IK913" in diff(top).out) == (CLEAN, False)


def test_the_day_given_goes_before_that_of_the_proposal(top: Path) -> None:
    first, second = ids(top)
    accept(top, {"ändring": first, **KIM, "giltig_till": "2025-12-31"}, {"ändring": second, **KIM})
    assert diff(top).code == CLEAN
    assert diff(top, "--datum", "2026-01-01").code == FINDINGS


@pytest.mark.parametrize("day", ["2025-13-01", "igår", "9999-12-31", "0001-01-01", ""])
def test_a_day_that_is_none_is_refused(day: str, top: Path) -> None:
    done = diff(top, "--datum", day)
    assert (done.code, done.out, len(done.err.splitlines())) == (USAGE, "", 1)


@pytest.mark.parametrize(("committed", "code"), [("2025-12-31", CLEAN), ("2026-01-01", FINDINGS)])
def test_a_revision_without_a_day_has_that_of_its_commit(
    committed: str, code: int, top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_a_day(top)
    first, second = ids(top)
    make(top)
    accept(top, {"ändring": first, **KIM, "giltig_till": "2025-12-31"}, {"ändring": second, **KIM})
    when = f"{committed}T23:30:00 +0100"
    monkeypatch.setitem(repositories._ENVIRONMENT, "GIT_COMMITTER_DATE", when)
    commit(top, "gren")
    done = run("diff", "förra", "refs/tags/gren", "--fail-on", "avgift", cwd=top)
    assert done.code == code, done.out + done.err


def test_one_that_is_nearly_there_is_asked_about_and_one_that_is_gone_is_told(top: Path) -> None:
    first, second = ids(top)
    accept(top, {"ändring": first.replace("lots", "lotts"), **KIM}, {"ändring": second, **KIM})
    assert f"Menade du {first}?" in diff(top, "--format", "json").out
    gone = "k/insatser/helt-annat/omfattning-0123456789ab"
    accept(top, {"ändring": gone, **KIM})
    told = json.loads(diff(top, "--format", "json").out)["comparisons"][0]["unheld"]
    assert [(one["rule"], one["level"]) for one in told] == [("IK913", "warning")]
    assert told[0]["remedy"].startswith("Ta bort posten:")
    assert diff(top, "--fail-level", "varning").code == FINDINGS


@pytest.mark.parametrize(
    "text",
    [
        "godtagna_ändringar: [{ändring: '*', skäl: Allt är godtaget nu., av: K, roll: J}]",
        "godtagna_ändringar: [{ändring: k/insatser/*-0123456789ab, skäl: Allt är godtaget., av: K, "
        "roll: J}]",
        "godtagna_ändringar: [{ändring: k/insatser/lots, skäl: Allt är godtaget nu., av: K, "
        "roll: J}]",
        "godtagna_ändringar: []",
        "godtagna_ändringar:",
        "- [[[[[[",
        "godtagna_ändringar: &a [*a]",
        "\0",
        "x: 1",
        "",
    ],
)
def test_a_file_that_says_too_much_or_nothing_is_refused_with_its_place(
    text: str, top: Path
) -> None:
    path = top / "catalogue" / "kommuner" / "k" / "godtagna.yaml"
    path.write_text(text, "utf-8")
    done = diff(top)
    assert (done.code, done.out) == (USAGE, "")
    assert done.err.startswith("Fel: catalogue/kommuner/k/godtagna.yaml:")
    assert "godtagna.yaml" in run("lint", cwd=top).out


def test_a_link_in_its_place_is_not_followed(top: Path) -> None:
    first, second = ids(top)
    path = accept(top, {"ändring": first, **KIM}, {"ändring": second, **KIM})
    path.rename(top / "annan.yaml")
    path.symlink_to(top / "annan.yaml")
    assert diff(top).code == USAGE


def test_what_was_accepted_before_is_of_an_earlier_change_and_says_nothing_new(top: Path) -> None:
    make(top)
    names = ids(top)
    accept(top, *({"ändring": name, **KIM} for name in names))
    commit(top, "main")
    lots = top / "catalogue" / "kommuner" / "k" / "insatser" / "lots.yaml"
    lots.write_text(lots.read_text("utf-8").replace("100 kronor", "300 kronor"), "utf-8")
    done = run("diff", "refs/tags/main", "--fail-on", "avgift", cwd=top)
    assert done.code == FINDINGS and "IK913" not in done.out
    (new,) = json.loads(run("diff", "refs/tags/main", "--format", "json", cwd=top).out)[
        "comparisons"
    ][0]["changes"]
    accept(top, *({"ändring": name, **KIM} for name in (*names, new["id"])))
    commit(top, "gren")
    passed = run("diff", "refs/tags/main", "refs/tags/gren", "--fail-on", "avgift", cwd=top)
    assert passed.code == CLEAN
    assert "Listan över godtagna ändringar har ändrats" in passed.out
    assert f"godtagen av Kim Berg, kommunjurist: {WHY}" in passed.out


def test_it_is_no_part_of_what_is_decided(top: Path) -> None:
    accept(top, *({"ändring": name, **KIM} for name in ids(top)))
    options = (
        "--datum",
        "2025-10-20",
        "--nämnd",
        "Socialnämnden",
        "--paragraf",
        "§ 12",
        "--dnr",
        "1",
    )
    folder = top / "catalogue" / "kommuner" / "k"
    shutil.copytree(folder, top / "sparad")
    done = run("decide", "k", *options, cwd=top)
    assert done.code == CLEAN, done.err
    decided = next((folder / "beslut").glob("*.yaml")).read_text("utf-8")
    assert "godtagna" not in decided and "Kim Berg" not in decided
    assert "IK913" in run("diff", cwd=top).out


def aged(folder: Path, years: int) -> None:
    limit = {"typ": "ålder", "ålder": {"från": years, "avser": "deltagaren"}}
    write(folder, "lots", insats("Lots", villkor=[limit]))


@pytest.fixture
def decided_twice(tmp_path: Path) -> tuple[Path, str]:
    """From 18 years to 21, which was accepted, and back again; and the id of the first change."""
    folder = repository(tmp_path, {"lots": insats("Lots")})
    aged(folder, 18)
    decided(folder, "2025-09-10")
    git(tmp_path, "branch", "-M", "main")
    git(tmp_path, "checkout", "-q", "-b", "gren")
    aged(folder, 21)
    (name,) = changed(tmp_path)
    return folder, name


def narrower(top: Path, *more: str) -> Run:
    decisions.commit(top)
    return run("diff", "main...HEAD", "--fail-on", "narrower", *more, cwd=top)


def changed(top: Path) -> list[str]:
    comparisons = json.loads(narrower(top, "--format", "json").out)["comparisons"]
    return [change["id"] for one in comparisons for change in one["changes"] if change["fails"]]


def kept(folder: Path, **entry: Any) -> None:
    text = yaml.safe_dump({"godtagna_ändringar": [{**entry, **KIM}]}, allow_unicode=True)
    (folder / "godtagna.yaml").write_text(text, "utf-8")


def onto_main(top: Path) -> None:
    decisions.commit(top)
    git(top, "branch", "-f", "main", "HEAD")


@pytest.mark.parametrize("base", [None, "2025-09-10"])
def test_an_accepted_change_is_used_up_when_it_has_been_decided(
    base: str | None, decided_twice: tuple[Path, str], tmp_path: Path
) -> None:
    folder, name = decided_twice
    entry = {"ändring": name} | ({"beslut": base} if base else {})
    assert narrower(tmp_path).code == FINDINGS
    kept(folder, **entry)
    assert narrower(tmp_path).code == CLEAN, "before it is decided"
    assert "IK913" not in run("lint", cwd=tmp_path).out
    onto_main(folder.parents[2])
    decided(folder, "2025-10-10")
    done = narrower(tmp_path)
    assert (done.code, "✓ godtagen av Kim Berg" in done.out) == (CLEAN, True), "when it is"
    assert "IK913" not in done.out
    assert "IK913" in run("lint", cwd=tmp_path).out
    aged(folder, 18)
    decided(folder, "2025-11-10")
    onto_main(tmp_path)
    aged(folder, 21)
    done = narrower(tmp_path)
    assert (done.code, name in done.err) == (FINDINGS, True), "when it is proposed once more"
    assert f"Godtagandet av {name} är förbrukat" in done.out
    assert "    beslut: 2025-11-10\n" in done.err
    kept(folder, ändring=name, beslut="2025-11-10")
    assert narrower(tmp_path).code == CLEAN, "when it has been accepted once more"


def test_one_that_names_a_decision_that_is_not_there_lets_nothing_through(
    decided_twice: tuple[Path, str], tmp_path: Path
) -> None:
    folder, name = decided_twice
    for base in ("2025-09-11", "2025-09-10-9"):
        kept(folder, ändring=name, beslut=base)
        assert narrower(tmp_path).code == FINDINGS
        assert "IK913" in run("lint", cwd=tmp_path).out


def test_editors_and_fmt_know_the_file(top: Path) -> None:
    first, _ = ids(top)
    path = accept(top, {"ändring": first, **KIM})
    first_line, why, *rest = path.read_text("utf-8").splitlines()[1:]
    assert why.startswith("  skäl")
    swapped = ["godtagna_ändringar:", f"-{why[1:]}", f" {first_line[1:]}", *rest]
    path.write_text("\n".join(swapped) + "\n", "utf-8")
    assert run("fmt", "k", cwd=top).code == CLEAN
    keys = [line.strip(" -").partition(":")[0] for line in path.read_text("utf-8").splitlines()]
    assert keys == ["godtagna_ändringar", "ändring", "skäl", "av", "roll"]
    assert "godtagna.yaml" in run("explain", "giltig_till", cwd=top).out
