"""The diff: facts by identity, judgements with mirror images, words."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from insatskoll import model
from insatskoll.diff import facts, report
from insatskoll.diff.facts import Fact, Item
from insatskoll.diff.judgement import Judgement, judge
from insatskoll.model import Insats, Revision, make_revision
from tests.catalogues import CATALOGUE, INSATS, KOMMUN

UPPSALA = model.load_kommun(CATALOGUE / "kommuner" / "uppsala")

DELAR = [
    {"namn": "Råd", "karaktär": "rådgivning", "dokumentation": {"nivå": "utan personliga förhållanden"}},
    {"namn": "Stöd", "karaktär": "stöd", "dokumentation": {"nivå": "individnivå"}, "omfattning": {"högst": 7, "enhet": "samtal"}},
]


def revision(kommun: dict[str, Any] | None = None, **insatser: dict[str, Any]) -> Revision:
    return make_revision("k", KOMMUN | (kommun or {}), [Insats(i, INSATS | {"namn": i} | data) for i, data in insatser.items()])


def compare(old: Revision, new: Revision) -> list[tuple[str | None, tuple[str | Item, ...], Any, Any]]:
    return [(f.insats, f.path, f.before, f.after) for f in facts.compare(old, new).facts]


def test_nothing_differs_between_a_revision_and_itself() -> None:
    same = revision(a={"delar": DELAR}, b={"syfte": "X"})
    comparison = facts.compare(same, copy.deepcopy(same))
    assert (comparison.facts, comparison.unchanged) == ((), 2)


def test_parts_are_matched_by_name_and_not_by_place() -> None:
    changed = copy.deepcopy(DELAR)
    changed[1]["omfattning"] = {"högst": 5, "enhet": "samtal"}
    found = compare(revision(a={"delar": DELAR}), revision(a={"delar": list(reversed(changed))}))
    path = ("delar", Item("Stöd"), "omfattning")
    assert found == [("a", path, {"högst": 7, "enhet": "samtal"}, {"högst": 5, "enhet": "samtal"})]


def test_conditions_of_one_kind_are_told_apart() -> None:
    ages = [{"typ": "ålder", "ålder": {"från": n, "avser": who}} for n, who in ((18, "deltagaren"), (0, "deltagarens barn"))]
    found = compare(revision(a={"villkor": ages[:1]}), revision(a={"villkor": ages}))
    assert found == [("a", ("villkor", Item("ålder (2)")), None, ages[1])]


def test_units_of_the_municipality_are_matched_by_id() -> None:
    more = {"enheter": [{"id": "ny", "namn": "Ny"}, {"id": "exempelenhet", "namn": "Exempelenheten"}]}
    assert compare(revision(), revision(more)) == [(None, ("enheter", Item("ny")), None, {"id": "ny", "namn": "Ny"})]


def test_the_catalogues_own_fields_are_no_change() -> None:
    old = revision(a={"källa": {"handling": "X", "avsnitt": "Y"}})
    new = revision({"förslag": {"datum": "2025-09-18"}}, a={"avvikelser": [{"regel": "IK203", "motivering": "Ses över i höst."}]})
    assert compare(old, new) == []


def test_a_renamed_file_is_followed_by_its_former_id_in_both_directions() -> None:
    old, new = revision(gammal={"namn": "A", "syfte": "X"}), revision(ny={"namn": "Helt annat", "tidigare_id": "gammal"})
    assert [path for _, path, *_ in compare(old, new)] == [("namn",), ("syfte",)]
    assert sorted(str(path) for _, path, *_ in compare(new, old)) == sorted(["('namn',)", "('syfte',)"])


def test_a_renamed_file_is_followed_by_likeness() -> None:
    text = "Samtal om föräldraskap för den som vill ha råd om barn i tonåren."
    old = revision(a={"namn": "Föräldrasamtal vid Centrum", "innehåll": text})
    new = revision(b={"namn": "Föräldrasamtal på Centrum", "innehåll": text})
    namn = ("namn",)
    assert compare(old, new) == [("b", namn, "Föräldrasamtal vid Centrum", "Föräldrasamtal på Centrum")]


def test_what_is_not_alike_is_removed_and_added() -> None:
    old, new = revision(a={"namn": "Härbärge"}), revision(b={"namn": "Föräldrakurs"})
    assert [(f.insats, f.kind) for f in facts.compare(old, new).facts] == [("a", "removed"), ("b", "added")]


def age(since: int, until: int) -> dict[str, Any]:
    return {"från": since, "till": until, "avser": "deltagaren"}


JUDGED: list[tuple[tuple[str | Item, ...], Any, Any, Judgement]] = [
    ((), None, {}, Judgement("öppnare", lagrum="SoL 11 kap. 5 §")),
    (("omfattning",), None, {"högst": 7, "enhet": "samtal"}, Judgement("snävare")),
    (("omfattning",), {"högst": 5, "enhet": "samtal"}, {"högst": 7, "enhet": "samtal"}, Judgement("öppnare")),
    (("omfattning",), {"högst": 5, "enhet": "samtal"}, {"högst": 7, "enhet": "timmar"}, Judgement("oklar")),
    (("omfattning",), None, {"högst": 1, "enhet": "nätter", "gäller": "folkbokförda"}, Judgement("oklar")),
    (("villkor", Item("ålder"), "ålder"), age(13, 20), age(13, 21), Judgement("öppnare")),
    (("villkor", Item("ålder"), "ålder"), age(13, 20), age(15, 20), Judgement("snävare")),
    (("villkor", Item("ålder"), "ålder"), age(13, 20), age(15, 21), Judgement("oklar")),
    (("villkor", Item("folkbokföring"), "område"), "Uppsala kommun", "Gottsunda", Judgement("oklar")),
    (("villkor",), None, [{"typ": "ålder"}], Judgement("snävare")),
    (("bilaga", "titel"), "A", "B", Judgement("oförändrad", editorial=True)),
    (("utförare", "enheter"), ["a"], ["b"], Judgement("oförändrad")),
    (("innehåll",), "A", "B", Judgement("oklar")),
]


@pytest.mark.parametrize(("path", "before", "after", "expected"), JUDGED)
def test_judgement(path: Any, before: Any, after: Any, expected: Judgement) -> None:
    assert judge(Fact("a", "A", "x", path, before, after)) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("avidentifierad", "individnivå", "mer"),
        ("utan personliga förhållanden", "individnivå", "mer"),
        ("individnivå", "avidentifierad", "mindre"),
        ("avidentifierad", "utan personliga förhållanden", "annan grund"),
    ],
)
def test_judgement_of_documentation(before: str, after: str, expected: str) -> None:
    judged = judge(Fact("a", "A", "x", ("dokumentation",), {"nivå": before}, {"nivå": after}))
    assert (judged.documentation, judged.effect) == (expected, "oförändrad")


MIRROR = {"öppnare": "snävare", "snävare": "öppnare", "mer": "mindre", "mindre": "mer"}


def mirrored(judgement: Judgement) -> tuple[str, str, bool]:
    effect, documentation = (MIRROR.get(word, word) for word in (judgement.effect, judgement.documentation))
    return effect, documentation, judgement.editorial


def test_swapping_the_revisions_swaps_every_fact_and_judgement() -> None:
    assert UPPSALA.revision is not None
    old, new = UPPSALA.beslut[0].revision, UPPSALA.revision
    forth, back = facts.compare(old, new).facts, facts.compare(new, old).facts
    turned = {(f.insats, f.path): f for f in back}
    assert len(forth) == len(back) == len(turned)
    for fact in forth:
        mirror = turned[fact.insats, fact.path]
        assert (mirror.before, mirror.after) == (fact.after, fact.before)
        judged = judge(mirror)
        assert (judged.effect, judged.documentation, judged.editorial) == mirrored(judge(fact))


def test_a_long_text_is_shown_before_and_after() -> None:
    old, new = revision(a={"innehåll": "Samtal. " * 30}), revision(a={"innehåll": "Möten. " * 30})
    change = report.changes(facts.compare(old, new))[0]
    assert change.sentence == "Innehåll och genomförande har skrivits om."
    assert (change.before.split()[0], change.after.split()[0]) == ("Samtal.", "Möten.")


def test_markdown_takes_names_as_text() -> None:
    old, new = revision(), revision(a={"namn": "<img src=x> [länk](http://x) *fet* @alla #1"})
    text = report.markdown(facts.compare(old, new))
    assert r"\<img src=x\> \[länk\](http://x) \*fet\* @" in text
    assert "@alla" not in text


@pytest.mark.parametrize(
    "field", ["samtycke", "avgift", "metod", "karaktär", "målgrupp", "villkor", "lagstadgad", "form", "avgränsning"]
)
def test_every_kind_of_field_can_be_told(field: str) -> None:
    values: dict[str, Any] = {
        "samtycke": {"under_15": "vårdnadshavare"},
        "avgift": "nej",
        "metod": {"namn": "COPE"},
        "karaktär": ["stöd", "rådgivning"],
        "målgrupp": {"beskrivning": "Vuxna.", "deltagare": ["vuxna"], "ålder": age(18, 65)},
        "villkor": [{"typ": "ålder", "ålder": age(18, 65)}],
        "lagstadgad": "SoL 13 kap. 4 §",
        "form": ["grupp"],
        "avgränsning": "Inte behandling.",
    }
    with_field = revision(a={field: values[field]})
    without = revision(a={})
    for old, new, word in ((without, with_field, "Angavs inte tidigare"), (with_field, without, "anges inte längre")):
        told = report.changes(facts.compare(old, new))
        assert told
        assert all(word in change.sentence and "{" not in change.sentence for change in told)
