"""Changes that only someone in a certain role may accept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from insatskoll import api
from insatskoll.diff import gate
from insatskoll.errors import UsageError
from insatskoll.law.selection import Prefix
from insatskoll.reading import schema
from tests.catalogues import write_kommun
from tests.program import Run, run
from tests.repositories import commit, git, make

CLEAN, FINDINGS, USAGE = 0, 1, 2
FREE: dict[str, object] = {"avgift": "nej"}
WHY = "Nämnden har bett om avgiften."


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """An archive whose settings ask a jurist about higher fees, with a fee put on one insats."""
    top = make(tmp_path / "arkiv")
    write_kommun(top / "catalogue" / "kommuner" / "k", {"lots": FREE, "samtal": FREE})
    (top / "insatskoll.yaml").write_text("kräver: {högre avgift: Kommunjurist}\n", "utf-8")
    commit(top)
    insats = top / "catalogue" / "kommuner" / "k" / "insatser" / "lots.yaml"
    text = insats.read_text("utf-8")
    insats.write_text(text.replace("avgift: nej", "avgift: {belopp: 100 kronor}"), "utf-8")
    assert insats.read_text("utf-8") != text
    return top


def diff(top: Path, *arguments: str) -> Run:
    return run("diff", "HEAD", *arguments, cwd=top)


def change(top: Path) -> dict[str, object]:
    document = json.loads(diff(top, "--format", "json").out)
    assert schema.errors(document, "diff") == []
    (one,) = document["comparisons"][0]["changes"]
    return dict(one) | {"outcome": document["outcome"]}


def accept(top: Path, *roles: str) -> None:
    name = change(top)["id"]
    entries = [
        {"ändring": name, "skäl": WHY, "av": f"Kim {n}", "roll": role}
        for n, role in enumerate(roles)
    ]
    path = top / "catalogue" / "kommuner" / "k" / "godtagna.yaml"
    path.write_text(json.dumps({"godtagna_ändringar": entries}, ensure_ascii=False), "utf-8")


def test_a_change_that_nobody_in_the_role_has_accepted_fails_and_says_who_is_missing(
    top: Path,
) -> None:
    done = diff(top, "--fail-on", "narrower")  # whoever runs it does not choose it away
    assert done.code == FINDINGS
    told = "1 ändring med utfallet higher-fee (högre avgift), som Kommunjurist ska godta."
    assert told in done.err and "    roll: Kommunjurist" in done.err
    one = change(top)
    assert (one["fails"], one["accepted"]) == (True, None)
    assert one["lacking"] == [{"verdict": "higher-fee", "roles": ["Kommunjurist"]}]
    comment = diff(top, "--format", "markdown").out.splitlines()[1]
    assert comment.startswith("**Underkänns: 1 ändring.** Ska godtas av Kommunjurist: 1 ändring. ")


def test_another_role_is_not_enough_and_the_right_one_is(top: Path) -> None:
    accept(top, "handläggare")
    done = diff(top)
    assert done.code == FINDINGS and "godtagen av Kim 0, handläggare" in done.err
    assert "varav 1 godtagen" not in done.out
    accept(top, "handläggare", "kommunjurist ")
    passed = diff(top)
    assert (passed.code, passed.err) == (CLEAN, ""), passed.err
    assert f"godtagen av Kim 0, handläggare: {WHY}; Kim 1, kommunjurist" in passed.out
    one = change(top)
    assert "lacking" not in one and one["outcome"]["lacking"] == []  # type: ignore[index]
    assert one["accepted"]["besides"][0]["by"] == "Kim 1"  # type: ignore[index]
    accept(top, "kommunjurist", "Kommunjurist")
    assert "är godtagen två gånger i samma roll" in diff(top).out


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ("", "Ingen äger godtagna.yaml för Exempels kommun enligt CODEOWNERS."),
        ("/catalogue/kommuner/*/godtagna.yaml @k/j\n", "Enligt CODEOWNERS äger godtagna.yaml"),
    ],
)
def test_who_owns_the_file_is_told_by_the_side_that_is_compared_with(
    listed: str, told: str, top: Path
) -> None:
    assert "eftersom CODEOWNERS saknas" in diff(top).out
    path = top / ".github" / "CODEOWNERS"
    path.parent.mkdir()
    path.write_text(listed, "utf-8")
    git(top, "add", str(path))
    git(top, "commit", "-qm", "x", "--", str(path))
    assert "CODEOWNERS har ändrats" not in diff(top).out
    path.write_text("* @annan\n", "utf-8")  # which the change does not choose
    accept(top, "kommunjurist")  # also where nobody is lacking
    done = diff(top)
    assert done.code == CLEAN and told in done.out and "@annan" not in done.out
    assert "CODEOWNERS har ändrats. Ägarna i HEAD gäller för den här ändringen." in done.out
    assert "äger godtagna.yaml" in diff(top, "--format", "markdown").out


def test_the_same_outcome_is_not_asked_for_under_two_names(top: Path) -> None:
    settings = "kräver:\n  higher-fee: jurist\n  högre avgift: ekonom\n"
    (top / "insatskoll.yaml").write_text(settings, "utf-8")
    git(top, "add", "insatskoll.yaml")
    git(top, "commit", "-qm", "x", "--", "insatskoll.yaml")
    done = diff(top)
    assert done.code == 2 and "är samma sak som ”higher-fee”" in done.err


def test_a_script_is_told_as_the_command_is(top: Path) -> None:
    told = api.diff("HEAD", folder=top)
    assert told["outcome"]["fails"] and told["outcome"]["lacking"]
    accept(top, "kommunjurist")
    assert not api.diff("HEAD", folder=top)["outcome"]["fails"]


def test_any_of_several_roles_is_enough(top: Path) -> None:
    settings = "kräver:\n  högre avgift: [ekonom, jurist]\n  avgift: chef\n"
    (top / "insatskoll.yaml").write_text(settings, "utf-8")
    git(top, "add", "insatskoll.yaml")
    git(top, "commit", "-qm", "x", "--", "insatskoll.yaml")
    assert "som ekonom eller jurist ska godta" in diff(top).err
    accept(top, "chef")
    assert diff(top).code == FINDINGS
    accept(top, "ekonom")
    assert diff(top).code == CLEAN


def test_a_change_does_not_choose_who_accepts_it(top: Path) -> None:
    for settings in ("kräver: {högre avgift: handläggare}\n", "katalog: catalogue\n"):
        (top / "insatskoll.yaml").write_text(settings, "utf-8")
        accept(top, "handläggare")
        done = diff(top)
        assert done.code == FINDINGS and "som Kommunjurist ska godta" in done.err
        assert "Ändringen prövas med inställningarna i HEAD." in done.out


def test_a_change_with_other_verdicts_asks_nobody(top: Path) -> None:
    insats = top / "catalogue" / "kommuner" / "k" / "insatser" / "lots.yaml"
    git(top, "checkout", "-q", "--", str(insats.relative_to(top)))
    insats.with_name("samtal.yaml").unlink()
    done = diff(top)
    assert done.code == CLEAN and "snävare för den enskilde" in done.out


def test_what_is_asked_for_is_read_as_the_verdicts_that_fail_are() -> None:
    def asked(*words: tuple[str, str]) -> dict[str, tuple[str, ...]]:
        return dict(gate.required([(Prefix(word, "här"), (role,)) for word, role in words]))

    assert asked(("narrower", "a"), ("Den enskilde", "b")) == {
        "narrower": ("a",), "more-open": ("b",), "unclear": ("b",),
    }  # fmt: skip
    with pytest.raises(UsageError, match="här: ”snevare” är varken ett utfall eller en axel"):
        asked(("snevare", "a"))
    unknown = gate.required([(Prefix("okänt", "här"), ("a",))], strict=False)
    assert unknown == {}
