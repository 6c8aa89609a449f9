"""The gate of a comparison: what fails it, how that is asked for, and how it is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from insatskoll.diff import gate, verdicts
from insatskoll.errors import UsageError
from insatskoll.law.selection import Prefix
from tests.catalogues import write_kommun
from tests.program import run
from tests.repositories import commit, make

CLEAN, FINDINGS, USAGE = 0, 1, 2
FREE = {"avgift": "nej"}
DEARER = {"avgift": {"belopp": "100 kronor"}}


def codes(*words: str) -> list[str]:
    return gate.wanted([Prefix(word, "här") for word in words])


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A folder with a catalogue before and after a fee has been put on one insats."""
    write_kommun(tmp_path / "förra" / "kommuner" / "k", {"lots": FREE, "samtal": FREE})
    write_kommun(tmp_path / "catalogue" / "kommuner" / "k", {"lots": DEARER, "samtal": FREE})
    return tmp_path


@pytest.mark.parametrize("code", sorted(verdicts.shipped().by_code))
def test_a_verdict_is_asked_for_by_its_code_or_by_its_name(code: str) -> None:
    verdict = verdicts.shipped().by_code[code]
    assert codes(code) == [code]
    assert codes(verdict.words.upper()) == [code]


def test_an_axis_stands_for_all_that_is_on_it() -> None:
    for verdict in verdicts.shipped().by_code.values():
        for name in (verdict.axis_name, verdict.axis_words, verdict.axis):
            if name not in verdicts.shipped().by_code:
                assert verdict.code in codes(name)
    assert codes("effekt") == codes("Den enskilde") == ["narrower", "more-open", "unclear"]
    assert "narrower" not in codes("dokumentation")


def test_a_beginning_is_enough_if_it_can_be_nothing_else() -> None:
    assert codes("snävare", "mindre dok", "snäv") == ["narrower", "less-documentation"]
    with pytest.raises(UsageError, match="”färre barn kan delta” eller ”färre utförare”"):
        codes("färre")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("dokumentaton", "dokumentation"),
        ("narower", "narrower"),
        ("snävvare för den enskilde", "snävare för den enskilde"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(written: str, meant: str) -> None:
    with pytest.raises(UsageError, match=f"^här: ”{written}” .* Menade du ”{meant}”"):
        codes(written)


def test_what_fails_is_named_with_its_place_and_its_id(top: Path) -> None:
    for asked in ("higher-fee", "högre", "avgift", "fee", "snävare, Högre avgift"):
        done = run("diff", "förra", "--fail-on", asked, cwd=top)
        assert done.code == FINDINGS
        first, clause, place, *_ = done.err.splitlines()
        assert first == "Underkänt: 1 ändring med utfallet higher-fee (högre avgift)."
        assert clause.startswith("  Exempels kommun: ") and "insatsen Exempel" in clause
        assert place.startswith("    catalogue/kommuner/k/insatser/lots.yaml:")
        assert "  k/insatser/lots/avgift-" in place
    for asked in ("snävare", "lower-fee", "barn"):
        assert run("diff", "förra", "--fail-on", asked, cwd=top).code == CLEAN


@pytest.mark.parametrize("asked", ["", " , ", "avgfit", "färre", "*", "--"])
def test_what_names_nothing_is_refused_and_nothing_is_let_through(asked: str, top: Path) -> None:
    done = run("diff", "förra", f"--fail-on={asked}", cwd=top)
    assert (done.code, done.out) == (USAGE, "")
    assert "--fail-on" in done.err


def test_the_settings_can_have_the_gate_and_the_command_line_goes_before(top: Path) -> None:
    settings = top / "insatskoll.yaml"
    settings.write_text("underkänn_ändringar: [snävare, avgift]\n", "utf-8")
    assert run("diff", "förra", cwd=top).code == FINDINGS
    assert run("diff", "förra", "--fail-on", "barn", cwd=top).code == CLEAN
    settings.write_text("underkänn_ändringar:\n- snävare\n- avgfit\n", "utf-8")
    wrong = run("diff", "förra", cwd=top)
    assert wrong.code == USAGE
    assert "insatskoll.yaml:3:3: ”avgfit” " in wrong.err and "Menade du ”avgift”" in wrong.err


def test_a_change_cannot_take_away_its_own_gate(top: Path) -> None:
    make(top)
    catalogue = top / "catalogue" / "kommuner"
    after = (catalogue / "k").rename(top / "sedan")
    shutil.copytree(top / "förra" / "kommuner" / "k", catalogue / "k")
    (top / "insatskoll.yaml").write_text("underkänn_ändringar: [avgift, okänt]\n", "utf-8")
    commit(top, "main")
    shutil.rmtree(catalogue / "k")
    after.rename(catalogue / "k")
    (top / "insatskoll.yaml").write_text("underkänn_ändringar: [barn]\n", "utf-8")
    done = run("diff", "refs/tags/main", cwd=top)
    assert done.code == FINDINGS
    assert "higher-fee" in done.err
    assert "Ändringen prövas med inställningarna i refs/tags/main." in done.out


def test_findings_fail_from_the_level_that_is_asked_for(top: Path) -> None:
    insats = top / "catalogue" / "kommuner" / "k" / "insatser" / "samtal.yaml"
    needless = "avvikelser:\n- {regel: IK203, motivering: Så är det just här.}\n"
    insats.write_text(insats.read_text("utf-8") + needless, "utf-8")
    codes = {
        level: run("diff", "förra", "--lint", "--fail-level", level, cwd=top).code
        for level in ("fel", "varning", "råd")
    }
    assert codes == {"fel": CLEAN, "varning": FINDINGS, "råd": FINDINGS}
    assert run("diff", "förra", "--lint", cwd=top).code == CLEAN
