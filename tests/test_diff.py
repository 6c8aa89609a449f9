"""The diff: facts by identity that leave nothing out, and judgements with mirror images."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from insatskoll.catalogue import loading
from insatskoll.catalogue.model import Revision
from insatskoll.diff import facts, patch
from insatskoll.diff.facts import About, Comparison, Fact, Item, Order
from insatskoll.diff.judgement import Judgement, judge
from insatskoll.diff.verdicts import shipped
from insatskoll.law.rules import load_rules
from tests.catalogues import CATALOGUE
from tests.revisions import revision, revisions

DELAR = [
    {
        "namn": "Råd",
        "karaktär": "rådgivning",
        "dokumentation": {"nivå": "utan personliga förhållanden"},
    },
    {
        "namn": "Stöd",
        "karaktär": "stöd",
        "dokumentation": {"nivå": "individnivå"},
        "omfattning": {"högst": 7, "enhet": "samtal"},
    },
]


def compare(old: Revision, new: Revision) -> list[tuple[str, Any, Any, Any]]:
    return [(f.subject.id, f.path, f.before, f.after) for f in facts.compare(old, new).facts]


def groups(old: Revision, new: Revision) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(group.old, group.new) for group in facts.compare(old, new).groups]


# Facts


def test_nothing_differs_between_a_revision_and_itself() -> None:
    same = revision(a={"delar": DELAR}, b={"syfte": "X"})
    assert compare(same, copy.deepcopy(same)) == []


def test_parts_are_matched_by_name_and_not_by_place() -> None:
    changed = copy.deepcopy(DELAR)
    changed[1]["omfattning"] = {"högst": 5, "enhet": "samtal"}
    found = compare(revision(a={"delar": DELAR}), revision(a={"delar": list(reversed(changed))}))
    assert found == [
        ("a", ("delar", Order()), (Item("Råd"), Item("Stöd")), (Item("Stöd"), Item("Råd"))),
        (
            "a",
            ("delar", Item("Stöd"), "omfattning"),
            {"högst": 7, "enhet": "samtal"},
            {"högst": 5, "enhet": "samtal"},
        ),
    ]


def test_a_part_that_is_put_in_between_moves_no_other() -> None:
    new = {"namn": "Mellan", "karaktär": "stöd"}
    found = compare(revision(a={"delar": DELAR}), revision(a={"delar": [DELAR[0], new, DELAR[1]]}))
    assert found == [("a", ("delar", Item("Mellan")), None, new)]


def test_a_part_with_another_name_is_the_same_part_if_the_rest_is_alike() -> None:
    renamed = [DELAR[0], DELAR[1] | {"namn": "Stödsamtal"}]
    found = compare(revision(a={"delar": DELAR}), revision(a={"delar": renamed}))
    assert found == [("a", ("delar", Item("Stödsamtal", "Stöd"), "namn"), "Stöd", "Stödsamtal")]


def test_conditions_of_one_kind_are_told_apart() -> None:
    ages = [
        {"typ": "ålder", "ålder": {"från": n, "avser": who}}
        for n, who in ((18, "deltagaren"), (0, "deltagarens barn"))
    ]
    both = revision(a={"villkor": ages})
    for kept, lost in ((ages[0], ages[1]), (ages[1], ages[0])):
        path = ("villkor", Item("ålder"))
        assert compare(revision(a={"villkor": [kept]}), both) == [("a", path, None, lost)]
        assert compare(both, revision(a={"villkor": [kept]})) == [("a", path, lost, None)]


def test_units_of_the_municipality_are_matched_by_id() -> None:
    more = {
        "enheter": [{"id": "ny", "namn": "Ny"}, {"id": "exempelenhet", "namn": "Exempelenheten"}]
    }
    assert compare(revision(), revision(more)) == [
        ("", ("enheter", Item("ny")), None, {"id": "ny", "namn": "Ny"})
    ]


def test_risk_analyses_follow_their_insats() -> None:
    analysis = {"namn": "A", "insats": "a", "bedömning": "X"}
    old = revision(a={}, riskanalyser={"a": analysis})
    new = revision(
        b={"tidigare_id": "a", "namn": "a"},
        riskanalyser={"b": analysis | {"insats": "b", "bedömning": "Y"}},
    )
    told = [
        (f.subject.kind, f.path)
        for f in facts.compare(old, new).facts
        if f.subject.kind == "riskanalys"
    ]
    assert told == [
        ("riskanalys", ("id",)),
        ("riskanalys", ("insats",)),
        ("riskanalys", ("bedömning",)),
    ]


# Which insatser belong together


def test_a_renamed_file_is_followed_by_its_former_id_in_both_directions() -> None:
    old, new = (
        revision(gammal={"namn": "A", "syfte": "X"}),
        revision(ny={"namn": "Helt annat", "tidigare_id": "gammal"}),
    )
    paths = {("id",), ("namn",), ("syfte",), ("tidigare_id",)}
    assert (
        {path for _, path, *_ in compare(old, new)}
        == {path for _, path, *_ in compare(new, old)}
        == paths
    )


def test_a_renamed_file_is_followed_by_likeness() -> None:
    text = "Samtal om föräldraskap för den som vill ha råd om barn i tonåren."
    old = revision(a={"namn": "Föräldrasamtal vid Centrum", "innehåll": text})
    new = revision(b={"namn": "Föräldrasamtal på Centrum", "innehåll": text})
    assert groups(old, new) == [(("a",), ("b",))]


def test_what_is_not_alike_is_removed_and_added() -> None:
    old, new = revision(a={"namn": "Härbärge"}), revision(b={"namn": "Föräldrakurs"})
    assert [(f.subject.id, f.kind) for f in facts.compare(old, new).facts] == [
        ("a", "removed"),
        ("b", "added"),
    ]


@pytest.mark.parametrize("kept", [False, True])
def test_a_split_is_told_by_former_ids_and_is_a_merger_the_other_way(kept: bool) -> None:
    old = revision(a={})
    new = revision(
        **({"a": {}} if kept else {}), b={"tidigare_id": "a"}, c={"tidigare_id": ["x", "a"]}
    )
    ids = ("a", "b", "c") if kept else ("b", "c")
    assert groups(old, new) == [(("a",), ids)]
    assert groups(new, old) == [(ids, ("a",))]


def test_former_ids_of_insatser_that_were_there_already_say_nothing() -> None:
    both = {"a": {"namn": "Samtal"}, "b": {"namn": "Kurs", "tidigare_id": "a"}}
    assert groups(revision(**both), revision(**both)) == [(("b",), ("b",)), (("a",), ("a",))]


def test_a_split_into_insatser_named_as_the_parts_needs_no_former_id() -> None:
    old = revision(a={"namn": "Centrum", "delar": DELAR})
    new = revision(b={"namn": "Råd"}, c={"namn": "Stöd"})
    assert groups(old, new) == [(("a",), ("b", "c"))]


def test_a_split_is_seen_in_the_text() -> None:
    first = (
        "Gruppen träffas åtta gånger och samtalar om hur det är att vara förälder till ett "
        "barn i tonåren."
    )
    second = (
        "Den som vill kan också få enskilda samtal med en familjebehandlare under ett halvår "
        "efter gruppens slut."
    )
    old = revision(a={"namn": "Föräldrastöd", "innehåll": f"{first} {second}"})
    new = revision(b={"namn": "Grupp", "innehåll": first}, c={"namn": "Samtal", "innehåll": second})
    assert groups(old, new) == [(("a",), ("b", "c"))]
    only = revision(
        b={"namn": "Grupp", "innehåll": first},
        c={"namn": "Samtal", "innehåll": "Något helt annat. " * 8},
    )
    assert (("a",), ("b", "c")) not in groups(old, only)


# The facts leave nothing out


def ordered(side: object) -> tuple[Item, ...]:
    assert isinstance(side, tuple)
    return side


def mirrored(fact: Fact) -> tuple[Any, ...]:
    """What is to be found of a fact when the sides are swapped."""
    path = tuple((step.new, step.old) if isinstance(step, Item) else step for step in fact.path)
    before, after = (
        str([(i.new, i.old) for i in ordered(v)] if fact.kind == "moved" else v)
        for v in (fact.before, fact.after)
    )
    return fact.subject.kind, fact.subject.new, fact.subject.old, path, after, before


def told(fact: Fact) -> tuple[Any, ...]:
    path = tuple((step.old, step.new) if isinstance(step, Item) else step for step in fact.path)
    before, after = (
        str([(i.old, i.new) for i in ordered(v)] if fact.kind == "moved" else v)
        for v in (fact.before, fact.after)
    )
    return fact.subject.kind, fact.subject.old, fact.subject.new, path, before, after


def check_mirror(forth: Comparison, back: Comparison) -> None:
    assert Counter(map(mirrored, forth.facts)) == Counter(map(told, back.facts))
    assert {(g.new, g.old) for g in map(sorted_group, forth.groups)} == {
        (g.old, g.new) for g in map(sorted_group, back.groups)
    }
    verdicts = {told(fact): sorted(j.verdict for j in judge(fact)) for fact in back.facts}
    for fact in forth.facts:
        assert verdicts[mirrored(fact)] == sorted(
            shipped().by_code[j.verdict].mirror for j in judge(fact)
        ), fact


def sorted_group(group: Any) -> Any:
    return type(group)(tuple(sorted(group.old)), tuple(sorted(group.new)), ())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(revisions(), revisions())
def test_the_facts_applied_to_the_old_revision_give_the_new_one_and_swapping_sides_swaps_all(
    old: Revision, new: Revision
) -> None:
    forth, back = facts.compare(old, new), facts.compare(new, old)
    assert patch.applied(old, forth) == patch.content(new)
    check_mirror(forth, back)


REAL = {folder.name: loading.load_kommun(folder) for folder in loading.kommun_folders(CATALOGUE)}


@pytest.mark.parametrize("first", REAL)
@pytest.mark.parametrize("second", REAL)
def test_any_municipality_can_be_made_out_of_any_other(first: str, second: str) -> None:
    old, new = REAL[first].revision, REAL[second].revision
    assert old is not None and new is not None
    assert patch.applied(old, facts.compare(old, new)) == patch.content(new)


def test_the_uppsala_revision_has_its_mirror_image() -> None:
    new, old = REAL["uppsala"].revision, REAL["uppsala"].beslut[0].revision
    assert new is not None
    check_mirror(facts.compare(old, new), facts.compare(new, old))


def test_two_wholly_different_lists_are_compared_at_no_great_cost() -> None:
    side = [
        revision(**{f"{letter}{i}": {"namn": f"{letter}{i}"} for i in range(400)})
        for letter in "ab"
    ]
    comparison = facts.compare(*side)
    assert len(comparison.groups) == 800
    texts = [
        {"riktlinjer": [{"rubrik": f"{letter} {i}", "text": "Text."} for i in range(2_000)]}
        for letter in "ab"
    ]
    assert len(facts.compare(revision(texts[0]), revision(texts[1])).facts) >= 2_000


# Judgement


def age(since: int, until: int) -> dict[str, Any]:
    return {"från": since, "till": until, "avser": "deltagaren"}


FEE = "SoL 32 kap. 1 §"
SERVICE = "SoL 11 kap. 5 §"
CONSENT = "SoL 21 kap. 2 §"
VILLKOR = ("villkor", Item("ålder"), "ålder")
# No fee on either side, or words of which it is not sure: neither higher nor lower.
FREE: list[Any] = [
    None, "nej", {"beskrivning": "Gratis."}, {"beskrivning": "Ingen avgift."}, {"belopp": "0 kr"},
    {"beskrivning": "Insatsen är kostnadsfri."}, {"beskrivning": "Avgiftsfri. Fika kostar 20 kr."},
]  # fmt: skip
UNSURE: list[Any] = [
    {"beskrivning": "Frivilligt bidrag."},
    {"beskrivning": "Se information."},
    {"grund": "SoL 32 kap. 1 §"},
]
TAKEN: list[Any] = [{"belopp": "100 kronor"}, {"beskrivning": "Avgift tas ut med 50 kronor."}]
NO_HIGHER = [
    (before, after)
    for left, right in (
        (FREE, FREE),
        (FREE, UNSURE),
        (UNSURE, FREE),
        (UNSURE, TAKEN),
        (TAKEN, UNSURE),
    )
    for before in left
    for after in right
    if before != after
]

JUDGED: list[tuple[Any, Any, Any, str]] = [
    ((), None, {"namn": "A"}, "more-open SoL 11 kap. 5 §"),
    (
        (),
        None,
        {"målgrupp": {"deltagare": ["unga"]}},
        "more-open SoL 11 kap. 5 §, more-children SoL 3 kap. 1 §",
    ),
    (
        ("omfattning",),
        None,
        {"högst": 7, "enhet": "samtal"},
        f"narrower {SERVICE}, less-scope {SERVICE}",
    ),
    (
        ("omfattning",),
        {"högst": 5, "enhet": "samtal"},
        {"högst": 7, "enhet": "samtal"},
        f"more-open {SERVICE}, more-scope {SERVICE}",
    ),
    (
        ("omfattning",),
        {"högst": 5, "enhet": "samtal"},
        {"högst": 7, "enhet": "timmar"},
        f"unclear-scope {SERVICE}, unclear {SERVICE}",
    ),
    (
        ("omfattning",),
        None,
        {"högst": 1, "enhet": "nätter", "gäller": "folkbokförda"},
        f"unclear-scope {SERVICE}, unclear {SERVICE}",
    ),
    (
        ("omfattning",),
        {"antal": 8, "enhet": "träffar"},
        {"antal": 10, "enhet": "träffar"},
        f"more-scope {SERVICE}, unclear {SERVICE}",
    ),
    (
        ("omfattning",),
        {"antal": 5, "enhet": "träffar"},
        {"högst": 5, "enhet": "träffar"},
        f"unclear-scope {SERVICE}, unclear {SERVICE}",
    ),
    (
        ("omfattning",),
        None,
        {"antal": 5, "enhet": "träffar"},
        f"unclear-scope {SERVICE}, unclear {SERVICE}",
    ),
    (VILLKOR, age(13, 20), age(13, 21), f"more-open {SERVICE}"),
    (VILLKOR, age(13, 20), age(15, 20), f"narrower {SERVICE}, fewer-children SoL 3 kap. 1 §"),
    (
        VILLKOR,
        age(13, 20),
        age(15, 21),
        f"narrower {SERVICE}, more-open {SERVICE}, fewer-children SoL 3 kap. 1 §",
    ),
    (
        VILLKOR,
        age(13, 20),
        age(13, 20) | {"avser": "deltagarens barn"},
        f"unclear-children SoL 3 kap. 1 §, unclear {SERVICE}",
    ),
    # A target group turns nobody away.
    (
        ("målgrupp", "ålder"),
        age(13, 20),
        age(15, 20),
        f"fewer-children SoL 3 kap. 1 §, unclear {SERVICE}",
    ),
    (
        ("målgrupp", "deltagare"),
        ["vuxna"],
        ["vuxna", "barn"],
        f"more-children SoL 3 kap. 1 §, unclear {SERVICE}",
    ),
    (("målgrupp", "deltagare"), ["vuxna"], ["vuxna", "äldre"], f"unclear {SERVICE}"),
    (("målgrupp", "medföljande_barn"), "nej", "ja", "more-children SoL 11 kap. 5 § 5"),
    (
        ("villkor", Item("folkbokföring"), "område"),
        "Uppsala kommun",
        "Gottsunda",
        "unclear KL 2 kap. 3 §",
    ),
    (
        ("villkor", Item("ålder")),
        None,
        {"typ": "ålder", "ålder": age(13, 20)},
        f"narrower {SERVICE}",
    ),
    (
        ("villkor", Item("vistelse")),
        {"typ": "vistelse", "område": "X"},
        None,
        "more-open KL 2 kap. 3 §",
    ),
    (("bilaga", "titel"), "A", "B", "editorial Språklagen 11 §"),
    (("utförare", "enheter"), ["a"], ["b"], "other-provider IK702"),
    (("utförare", "enheter"), ["a"], ["a", "b"], "more-providers IK702"),
    (("utförare", "enheter"), ["a", "b"], ["b", "a"], "editorial IK702"),
    (("innehåll",), "A", "B", f"unclear {SERVICE}"),
    (("innehåll",), "Samtal, kurs.", "samtal – Kurs", "editorial Språklagen 11 §"),
    *(
        (("innehåll",), before, after, f"unclear-children SoL 3 kap. 1 §, unclear {SERVICE}")
        for before, after in (("> 18 år", "< 18 år"), ("13–15 år", "13, 15 år"))
    ),
    (("innehåll",), "5 kr", "5 €", f"unclear-fee SoL 32 kap. 1 §, unclear {SERVICE}"),
    *(
        (("innehåll",), before, after, f"unclear {SERVICE}")
        for before, after in (
            ("50 %", "50"),
            ("1,5", "1.5"),
        )
    ),
    (
        ("innehåll",),
        "13-15 år, ”kurs” (ej helg)",
        "13 – 15 år; kurs – ej helg",
        "editorial Språklagen 11 §",
    ),
    (("utförare", "namn"), None, ["Attendo AB"], "other-provider IK702"),
    (("insatstyp",), "hembesök", "kontaktperson", "needs-assessment SoL 11 kap. 5 §"),
    (("insatstyp",), "hembesök", "stödboende", f"unclear {SERVICE}"),
    (("insatstyp",), "hembesök", "samtal", f"unclear {SERVICE}"),
    (("utförare", "namn"), ["Brottsofferjouren"], ["Attendo AB"], "other-provider IK702"),
    (
        ("utförare", "platser", Item("Torget"), "namn"),
        "Torget",
        "Stora torget",
        "editorial IK702",
    ),
    (("innehåll",), "Inte för barn.", "För barn.", f"unclear {SERVICE}"),
    (
        ("samtycke",),
        {"under_15": "vårdnadshavare"},
        {"under_15": "samtliga vårdnadshavare"},
        f"more-consent {CONSENT}",
    ),
    (
        ("samtycke",),
        {"från_15": "vårdnadshavare"},
        {"från_15": "utan vårdnadshavare"},
        f"less-consent {CONSENT}",
    ),
    # What the law asks for anyway changes nothing.
    (("samtycke",), None, {"under_15": "vårdnadshavare"}, "editorial Språklagen 11 §"),
    (("samtycke",), None, {"under_15": "utan vårdnadshavare"}, f"less-consent {CONSENT}"),
    (("avgift",), "nej", {"belopp": "100 kronor"}, f"higher-fee {FEE}"),
    (
        ("avgift",),
        {"belopp": "1 200 kronor per år"},
        {"belopp": "900 kronor per år"},
        f"lower-fee {FEE}",
    ),
    (
        ("avgift",),
        {"belopp": "100 kronor per samtal"},
        {"belopp": "300 kronor per år"},
        f"unclear-fee {FEE}",
    ),
    (("avgift",), None, "nej", f"unclear-fee {FEE}"),
    (("avgift",), None, {"belopp": "100 kronor"}, f"higher-fee {FEE}"),
    (("avgift",), {"beskrivning": "Gratis."}, {"belopp": "100 kronor"}, f"higher-fee {FEE}"),
    *((("avgift",), before, after, f"unclear-fee {FEE}") for before, after in NO_HIGHER),
    (("ingång",), "öppen", "remiss", f"narrower {SERVICE}"),
    (("ingång",), "remiss", "öppen och remiss", f"more-open {SERVICE}"),
    (("ingång",), "öppen", "öppen och remiss", f"unclear {SERVICE}"),
    (("remiss_från",), ["BVC"], ["BVC", "skolan"], f"more-open {SERVICE}"),
    (("nämnd",), "Socialnämnden", "Individnämnden", "editorial IK702"),
    (("information_om_ansökan",), None, "Den som …", "unclear SoL 11 kap. 6 §"),
    (("uppföljning",), ["antal"], ["antal", "ålder"], "more-documentation SoL 5 kap. 2 §"),
    (("avdelningar", Item("x"), "insatser"), ["a"], ["a", "b"], "editorial IK702"),
    (
        ("delar", Order()),
        (Item("A"), Item("B")),
        (Item("B"), Item("A")),
        "editorial IK702",
    ),
    # What no decision is about.
    (("källa",), {"handling": "A"}, {"handling": "B"}, ""),
    (("avvikelser", Item("IK203"), "motivering"), "A", "B", ""),
    (("id",), "a", "b", ""),
    (("tidigare_id",), None, "a", ""),
]


COMMON = {"bilaga", "nämnd", "information_om_ansökan", "uppföljning", "avdelningar"}


def fact(path: Any, before: Any, after: Any) -> Fact:
    """A difference in the file that has such a field."""
    subject = About("kommun") if path and path[0] in COMMON else About("insats", "a", "a", "A", "x")
    return Fact(subject, path, before, after)


@pytest.mark.parametrize(("path", "before", "after", "expected"), JUDGED)
def test_judgement(path: Any, before: Any, after: Any, expected: str) -> None:
    assert ", ".join(f"{j.verdict} {j.basis}" for j in judge(fact(path, before, after))) == expected


DOCUMENTED = {
    "nivå": "avidentifierad",
    "särskilda_skäl": {"grund": "anonymitet", "motivering": "X"},
}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            {"nivå": "avidentifierad"},
            {"nivå": "individnivå"},
            Judgement("more-documentation", "SoL 14 kap. 3 §"),
        ),
        (
            {"nivå": "utan personliga förhållanden"},
            {"nivå": "individnivå"},
            Judgement("more-documentation", "SoL 14 kap. 3 §"),
        ),
        (
            {"nivå": "individnivå"},
            {"lagrum": "SoL 14 kap. 5 §"},
            Judgement("less-documentation", "SoL 14 kap. 5 §"),
        ),
        (
            {"nivå": "avidentifierad"},
            {"nivå": "utan personliga förhållanden"},
            Judgement("other-basis", "SoL 14 kap. 4 §"),
        ),
        (
            DOCUMENTED,
            DOCUMENTED | {"särskilda_skäl": {"grund": "mötesplats", "motivering": "X"}},
            Judgement("other-basis", "SoL 14 kap. 5 §"),
        ),
        (
            DOCUMENTED,
            DOCUMENTED | {"särskilda_skäl": {"grund": "anonymitet", "motivering": "Y"}},
            Judgement("unclear-documentation", "SoL 14 kap. 5 §"),
        ),
        (
            DOCUMENTED,
            DOCUMENTED | {"uppföljning": ["antal"]},
            Judgement("more-documentation", "SoL 5 kap. 2 §"),
        ),
        (DOCUMENTED, DOCUMENTED | {"beslut": "punkt 2"}, Judgement("editorial", "Språklagen 11 §")),
        (None, DOCUMENTED, Judgement("unclear-documentation", "SoL 14 kap. 5 §")),
    ],
)
def test_judgement_of_documentation(before: Any, after: Any, expected: Judgement) -> None:
    assert judge(fact(("dokumentation",), before, after)) == (expected,)


def test_judgements_rest_on_provisions_and_rules_that_there_are() -> None:
    ruleset = load_rules()
    known = {*ruleset.lagrum, *ruleset.rules}
    for first in REAL.values():
        for second in REAL.values():
            assert first.revision is not None and second.revision is not None
            for one in facts.compare(first.revision, second.revision).facts:
                assert all(j.basis in known for j in judge(one)), one
