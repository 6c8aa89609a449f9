"""What is in force on a day: which decision, and which of its insatser; shown, printed and
compared. No clock is asked, so each answer is the same whenever the question is put."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from insatskoll.bilaga import phrases
from insatskoll.catalogue import canonical, in_force, loading
from insatskoll.catalogue.model import Beslut, Insats, Kommun, Revision, make_revision
from insatskoll.diff.facts import compare
from insatskoll.diff.telling import Telling
from tests.catalogues import INSATS, KOMMUN, write_kommun
from tests.decisions import insats
from tests.program import Run, run

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import BeslutData, Beslutsuppgifter, Handelseuppgifter

TRIAL = insats("Försöket", gäller_till="2026-12-31")
LATER = insats("Den nya", gäller_från="2026-03-01")
PARTS: list[dict[str, Any]] = [
    {"namn": "Samtal", "karaktär": "stöd", "gäller_till": "2026-06-30"},
    {"namn": "Grupp", "karaktär": "stöd", "gäller_till": "2026-09-30"},
]
# By day: from when it applies, if later, and what was decided.
DECISIONS: dict[str, tuple[str, dict[str, dict[str, Any]]]] = {
    "2025-09-24": (
        "",
        {"a": insats("Alla"), "b": TRIAL, "c": LATER, "d": {"namn": "Delad", "delar": PARTS}},
    ),
    "2026-10-20": ("2027-07-01", {"a": insats("Alla i ny form")}),
    "2026-11-17": ("2027-01-01", {"a": insats("Alla igen")}),
}


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Three decisions: the first applies at once, the second from a day after the third does."""
    frozen: dict[str, BeslutData] = {}
    for day, (since, held) in DECISIONS.items():
        bilaga = {"titel": "Insatser"} | ({"gäller_från": since} if since else {})
        made = [Insats(name, INSATS | data) for name, data in held.items()]
        facts: Beslutsuppgifter = {"nämnd": "Socialnämnden", "datum": day, "paragraf": "§ 7"}
        facts["diarienummer"] = "SN 2025/1"
        if frozen:
            facts["ersätter"] = max(frozen)
            facts["ersätter_kontrollsumma"] = frozen[max(frozen)]["kontrollsumma"]
        revision = make_revision("exempel", KOMMUN | {"bilaga": bilaga}, made)
        frozen[day] = canonical.freeze(revision, facts)
    folder = tmp_path / "catalogue" / "kommuner" / "exempel"
    write_kommun(folder, {"a": insats("Alla igen")}, {}, frozen)
    return tmp_path


def kommun(catalogue: Path) -> Kommun:
    return loading.load_kommun(catalogue / "catalogue" / "kommuner" / "exempel")


DAYS = [
    ("2025-09-23", None, []),
    ("2025-09-24", "2025-09-24", []),
    ("2026-10-20", "2025-09-24", ["2026-10-20"]),
    ("2026-12-31", "2025-09-24", ["2026-11-17", "2026-10-20"]),
    ("2027-01-01", "2026-11-17", []),
    ("2027-07-01", "2026-11-17", []),  # what was decided later replaced it
]


@pytest.mark.parametrize(("day", "wanted", "coming"), DAYS)
def test_the_decision_in_force(
    catalogue: Path, day: str, wanted: str | None, coming: list[str]
) -> None:
    found = in_force.on(kommun(catalogue), day)
    assert (found.revision.datum if found.revision else None) == wanted
    assert [one.datum for one in found.coming] == coming
    assert found.first is not None
    assert found.first.datum == "2025-09-24"


HELD = [
    ("2026-02-28", {"a": 0, "b": 0, "d": 2}),
    ("2026-03-01", {"a": 0, "b": 0, "c": 0, "d": 2}),
    ("2026-07-01", {"a": 0, "b": 0, "c": 0, "d": 1}),
    ("2026-10-01", {"a": 0, "b": 0, "c": 0}),
    ("2026-12-31", {"a": 0, "b": 0, "c": 0}),
    ("2027-01-01", {"a": 0, "c": 0}),
]


@pytest.mark.parametrize(("day", "wanted"), HELD)
def test_the_insatser_that_hold(catalogue: Path, day: str, wanted: dict[str, int]) -> None:
    revision = kommun(catalogue).beslut[0].revision
    held = {
        one.id: len(one.data.get("delar", ())) for one in in_force.holding(revision, day).insatser
    }
    assert held == wanted
    gone = [one.id for one in in_force.outside(revision, day)]
    assert sorted([*held, *gone]) == ["a", "b", "c", "d"]


def asked(catalogue: Path, *arguments: str) -> Run:
    ended = run(*arguments, cwd=catalogue)
    assert ended.code == 0, ended.err
    return ended


def test_shows_what_is_in_force_on_a_day(catalogue: Path) -> None:
    out = asked(catalogue, "show", "exempel", "--per", "2026-11-20").out
    assert "Den 20 november 2026 gäller beslutet 2025-09-24 § 7, sedan den 24 september" in out
    assert "Beslutet 2026-11-17 § 7 gäller först från den 1 januari 2027." in out
    assert "Gäller inte den dagen: Delad: ingen av delarna gäller den dagen." in out
    assert "\nb " in out
    assert "\nd " not in out


def test_shows_one_insats_on_a_day(catalogue: Path) -> None:
    out = asked(catalogue, "show", "exempel", "d", "--per", "2026-07-01").out
    assert "Grupp" in out
    assert "Samtal" not in out
    out = asked(catalogue, "show", "exempel", "c", "--per", "2026-02-01").out
    assert "Gäller inte den dagen: Den nya: insatsen gäller från och med den 1 mars 2026." in out


def test_says_that_nothing_was_in_force(catalogue: Path) -> None:
    said = (
        "exempel: inget beslut gäller den 1 juli 2025. "
        "Det första som gäller är beslutet 2025-09-24 § 7, från den 24 september 2025."
    )
    for command in ("show", "render"):
        ended = run(command, "exempel", "--per", "2025-07-01", cwd=catalogue)
        assert (ended.code, ended.out) == (2, "")
        assert said in ended.err
    ended = run("diff", "--per", "2025-07-01", "2026-01-01", "--kommun", "exempel", cwd=catalogue)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    for days in (("2025-07-01", "2026-01-01"), ("2026-01-01", "2025-07-01")):
        ended = run("diff", "--per", *days, "--fail-on", "narrower", cwd=catalogue)
        assert (ended.code, ended.out, said in ended.err) == (2, "", True)
    assert not (catalogue / "ut").exists()


@pytest.mark.parametrize("day", ["2025-02-30", "i dag", "2206-01-01", ""])
def test_refuses_what_is_no_day(catalogue: Path, day: str) -> None:
    for command in (
        ("show", "exempel", "--per", day),
        ("render", "exempel", "--per", day),
        ("diff", "--per", "2025-10-01", day),
    ):
        ended = run(*command, cwd=catalogue)
        assert (ended.code, ended.out) == (2, ""), command
        assert ended.err.startswith("Fel: ")


def test_prints_what_is_in_force_whole_and_says_what_of_it_does_not_hold(catalogue: Path) -> None:
    asked(catalogue, "render", "exempel", "--per", "2026-10-10", "--format", "html")
    html = (catalogue / "ut" / "exempel-bilaga-2026-10-10.html").read_text("utf-8")
    assert "Beslut Socialnämnden 2025-09-24 § 7, gäller den 10 oktober 2026" in html
    assert "Den 10 oktober 2026 gäller inte allt i bilagan:" in html
    assert "<li>Delad: ingen av delarna gäller den dagen</li>" in html
    assert "Insatsen gäller till och med den 31 december 2026." in html
    asked(catalogue, "render", "exempel", "--per", "2027-01-01", "--format", "html")
    html = (catalogue / "ut" / "exempel-bilaga-2027-01-01.html").read_text("utf-8")
    assert "Beslut Socialnämnden 2026-11-17 § 7, gäller den 1 januari 2027" in html
    assert "gäller inte allt" not in html


def test_a_decision_that_is_not_yet_in_force_is_printed_so(catalogue: Path) -> None:
    asked(catalogue, "render", "exempel", "--beslut", "2026-10-20", "--format", "html")
    html = (catalogue / "ut" / "exempel-bilaga-2026-10-20.html").read_text("utf-8")
    assert "Beslut Socialnämnden 2026-10-20 § 7, gäller från den 1 juli 2027" in html


def test_compares_what_is_in_force_on_two_days(catalogue: Path) -> None:
    out = asked(catalogue, "diff", "--per", "2026-10-10", "2027-01-01").out
    assert "från beslutet 2025-09-24 § 7 per 2026-10-10 till beslutet 2026-11-17 § 7 per" in out
    # the later decision has no trial, but it had come to an end before
    assert "– insatsen Försöket upphör att gälla efter den 31 december 2026\n" in out
    assert "Delad" not in out  # it did not hold before
    # within one decision a trial ends by itself
    out = asked(catalogue, "diff", "--per", "2026-02-01", "2026-10-10").out
    assert "Det som gäller ändras så att\n" in out and "har beslutat" not in out
    assert "– insatsen Den nya börjar gälla den 1 mars 2026\n" in out
    assert "– insatsen Delad upphör att gälla efter den 30 september 2026\n" in out
    ended = run("diff", "--per", "2026-02-01", "2026-10-10", "--fail-on", "narrower", cwd=catalogue)
    assert ended.code == 1
    out = asked(catalogue, "diff", "--per", "2026-06-01", "2026-07-01").out
    assert "– delen ”Samtal” i insatsen Delad upphör att gälla efter den 30 juni 2026\n" in out
    out = asked(catalogue, "diff", "--per", "2026-02-01", "2027-01-01").out
    assert "– insatsen Den nya" not in out  # it begins and is gone again
    assert "– insatsen Delad upphör att gälla efter den 30 september 2026\n" in out
    out = asked(catalogue, "diff", "--per", "2026-12-31", "2027-01-01").out
    assert "– insatsen Den nya tas bort\n" in out  # of no day of its own


COURSES = [
    # what each decision says of the trial (None: nothing), from which day, and what is told
    ("till and med samma dag", {"gäller_till": "2026-12-31"}, "2026-11-01", "upphör", "2026-12-31"),
    ("tidigare", {"gäller_till": "2026-11-30"}, "2026-11-01", "upphör", "2026-11-30"),
    ("längre", {"gäller_till": "2027-01-31"}, "2026-11-01", "upphör", "2027-01-31"),
    ("borta före", None, "2026-11-01", "tas bort", ""),
    ("borta efter", None, "2027-01-15", "upphör", "2026-12-31"),
]


@pytest.mark.parametrize(("_name", "then", "since", "what", "day"), COURSES)
def test_what_ends_by_its_own_day_is_told_so_whatever_is_decided_meanwhile(
    _name: str, then: dict[str, Any] | None, since: str, what: str, day: str
) -> None:
    base, later = insats("Försöket"), {"b": insats("Kvar")}
    held = {"a": base | {"gäller_till": "2026-12-31"}, **later}
    decided = later if then is None else {"a": base | then, **later}
    found = of_decisions(("2026-01-01", held), (since, decided))
    told = between(found, "2026-06-01", "2027-06-01")
    wanted = f"insatsen Försöket upphör att gälla efter den {phrases.datum(day)}" if day else ""
    assert told == [wanted or f"insatsen Försöket {what}"]
    back = between(found, "2027-06-01", "2026-06-01")
    assert [clause.split(" ")[0] for clause in back] == ["Försöket"]  # nothing begins backwards


def test_what_begins_by_its_own_day_is_told_so_whatever_is_decided_meanwhile() -> None:
    later = {"b": insats("Kvar")}
    begins = {"a": insats("Försöket", gäller_från="2026-09-01"), **later}
    told = [f"insatsen Försöket börjar gälla den {phrases.datum('2026-09-01')}"]
    for first in (later, begins):
        found = of_decisions(("2026-01-01", first), ("2026-03-01", begins))
        assert between(found, "2026-02-01", "2027-01-01") == told
    found = of_decisions(("2026-01-01", later), ("2026-10-01", begins))  # it had begun before
    (clause,) = between(found, "2026-02-01", "2027-01-01")
    assert clause.startswith("Försöket läggs till som ny insats. ")


def of_decisions(*decided: tuple[str, dict[str, dict[str, Any]]]) -> Kommun:
    made = []
    for day, held in decided:
        insatser = [Insats(name, INSATS | data) for name, data in held.items()]
        facts: Beslutsuppgifter = {"nämnd": "Socialnämnden", "datum": day, "paragraf": "§ 7"}
        nowhere: Any = None
        made.append(Beslut(day, nowhere, make_revision("exempel", KOMMUN, insatser, facts)))
    return Kommun("exempel", Path("exempel"), None, None, tuple(made))


def between(found: Kommun, first: str, second: str) -> list[str]:
    sides = [
        replace(in_force.holding(revision, day), per=day)
        for day in (first, second)
        if (revision := in_force.on(found, day).revision) is not None
    ]
    return [change.clause for change in Telling(compare(*sides), sides=(found, found)).changes]


def test_says_when_the_latest_decision_is_not_yet_in_force(catalogue: Path) -> None:
    file = catalogue / "catalogue" / "kommuner" / "exempel" / "kommun.yaml"
    text = file.read_text("utf-8")
    for day, told in (("2026-12-01", True), ("2027-01-01", False)):
        file.write_text(f"{text}förslag: {{datum: {day}}}\n", "utf-8")
        out = asked(catalogue, "diff").out
        said = "exempel: Beslutet 2026-11-17 § 7 gäller först från den 1 januari 2027."
        assert (f"{said} Till dess gäller beslutet 2025-09-24 § 7." in out) is told


def test_per_stands_alone(catalogue: Path) -> None:
    for command in (
        ("render", "exempel", "--per", "2026-01-01", "--beslut", "2025-09-24"),
        ("show", "exempel", "--per", "2026-01-01", "--beslut"),
        ("diff", "2025-09-24", "--per", "2026-01-01", "2026-02-01"),
    ):
        ended = run(*command, cwd=catalogue)
        assert ended.code == 2
        assert "Välj" in ended.err


def test_of_two_on_one_day_the_later_paragraph_is_in_force(catalogue: Path) -> None:
    first, second, third = kommun(catalogue).beslut
    again = replace(third, id="2026-11-17-13", revision=renamed(third.revision, "Ännu en gång"))
    found = in_force.on(
        replace(kommun(catalogue), beslut=(again, first, third, second)), "2027-03-01"
    )
    assert found.revision is again.revision


def test_what_a_court_has_annulled_is_in_force_until_the_judgement_has_legal_force(
    catalogue: Path,
) -> None:
    first, second, third = kommun(catalogue).beslut
    record: Handelseuppgifter = {
        "slag": "upphävande", "datum": "2027-05-02", "beslut": third.id, "laga_kraft": "2027-06-01",
    }  # fmt: skip
    gone = replace(third, revision=replace(third.revision, handelser=(record,)))
    decided = replace(kommun(catalogue), beslut=(first, second, gone))
    before = in_force.on(decided, "2027-05-31").revision
    assert before == gone.revision and before.marks == ["upphävt från 2027-06-01"]
    assert in_force.on(decided, "2027-06-01").revision is first.revision
    assert in_force.on(decided, "2027-07-01").revision is second.revision


def renamed(revision: Revision, name: str) -> Revision:
    insatser = tuple(replace(i, data={**i.data, "namn": name}) for i in revision.insatser)
    return replace(revision, insatser=insatser)
