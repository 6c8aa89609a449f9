"""What is printed and what is not: whose an age is, notes that stay in the files, and slips that
have been seen."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from insatskoll.bilaga.layouts import LAYOUTS
from insatskoll.bilaga.render import render_html
from insatskoll.catalogue import loading, model, printed
from insatskoll.diff import telling
from insatskoll.diff.facts import compare
from insatskoll.diff.forms import json_form, letter, markdown, pages
from tests.catalogues import CATALOGUE
from tests.layouts import OWN, revision_of
from tests.reading import lines_of
from tests.revisions import revision


@pytest.mark.parametrize(
    ("age", "participants", "whose"),
    [
        ({"från": 13, "till": 20}, ["barn", "unga", "föräldrar"], "barnet eller den unge"),
        ({"från": 10, "till": 21}, ["unga", "föräldrar"], "den unge"),
        ({"från": 7}, ["barn", "unga", "föräldrar"], "barnet eller den unge"),
        # Where the grown-ups can have the age, it is whose it is stated to be.
        # young mothers
        ({"från": 15, "till": 20}, ["föräldrar", "barn tillsammans med förälder"], "deltagaren"),
        ({"från": 13, "till": 20}, ["föräldrar", "barn tillsammans med förälder"], "deltagaren"),
        ({"till": 17}, ["föräldrar", "barn tillsammans med förälder"], "deltagaren"),
        ({"från": 15, "till": 17}, ["unga", "par"], "deltagaren"),
        ({"från": 16, "till": 20}, ["unga", "familjer"], "deltagaren"),
        ({"till": 20}, ["barn", "unga", "föräldrar"], "deltagaren"),
        ({"från": 13, "till": 20}, ["unga", "anhöriga"], "deltagaren"),
        ({"från": 13, "till": 20}, ["unga", "föräldrar", "anhöriga"], "deltagaren"),
        ({"från": 16, "till": 19}, ["unga", "personal"], "deltagaren"),
        ({"från": 13, "till": 17}, ["unga", "personal"], "den unge"),
        ({"från": 13, "till": 17}, ["unga", "vuxna", "par"], "deltagaren"),
        ({"från": 13, "till": 20}, ["unga", "familjer"], "den unge"),
        (
            {"från": 2, "till": 18, "enhet": "månader"},
            ["barn tillsammans med förälder", "föräldrar"],
            "barnet",
        ),
        ({"från": 20, "enhet": "månader"}, ["barn", "föräldrar"], "barnet"),
        # the grown-ups can have it, so it binds them too
        ({"från": 18}, ["par", "familjer", "unga"], "deltagaren"),
        ({"från": 16, "till": 24}, ["unga", "vuxna"], "deltagaren"),
        ({"till": 20}, ["barn", "anhöriga"], "deltagaren"),  # children who are anhöriga
        ({"från": 7, "till": 12}, ["barn", "anhöriga"], "barnet"),
        ({"från": 7, "till": 12}, ["barn", "vuxna"], "barnet"),
        ({"från": 7, "till": 12}, ["barn", "par"], "barnet"),
        ({"från": 13, "till": 17}, ["unga", "vuxna"], "den unge"),
        ({"från": 0, "till": 6}, ["barn tillsammans med förälder"], "barnet"),
        ({"från": 0, "till": 6}, ["barn", "blivande föräldrar"], "barnet"),
        ({"från": 0, "till": 6}, ["barn"], "deltagaren"),
        # the young who wait for a child
        ({"från": 15, "till": 25}, ["unga", "blivande föräldrar"], "deltagaren"),
        ({"från": 15, "till": 17}, ["unga", "blivande föräldrar"], "deltagaren"),
        ({"från": 16, "till": 24}, ["unga", "vuxna", "föräldrar"], "deltagaren"),
        ({"till": 65}, ["barn", "föräldrar"], "deltagaren"),  # no child is that old
        ({"till": 65}, ["barn tillsammans med förälder"], "deltagaren"),
        ({"till": 29}, ["unga", "familjer"], "deltagaren"),
        ({"från": 7}, ["barn", "vuxna"], "deltagaren"),  # every grown-up is
        ({"till": 20}, ["föräldrar"], "deltagaren"),  # young parents
        ({"till": 20}, [], "deltagaren"),
    ],
)
def test_whose_an_age_is(age: Any, participants: list[str], whose: str) -> None:
    def said(stated: str) -> str:
        of: Any = {"avser": stated, **age}
        return printed.whose(of, participants)

    assert said("deltagaren") == whose
    assert said("deltagarens barn") == "deltagarens barn"
    assert said("den unge") == "den unge"


def test_a_part_has_the_participants_of_its_insats_or_its_own() -> None:
    age = {"till": 12, "avser": "deltagaren"}
    condition = {"villkor": [{"typ": "ålder", "ålder": age}]}
    data: Any = {
        "målgrupp": {"deltagare": ["barn", "föräldrar"]},
        "delar": [
            {"namn": "A"} | condition,
            {"namn": "B", "målgrupp": {"deltagare": ["unga"], "ålder": age}} | condition,
        ],
    }
    first, second = printed.file(data)["delar"]
    assert first["villkor"][0]["ålder"]["avser"] == "barnet"
    assert (
        second["villkor"][0]["ålder"]["avser"]
        == second["målgrupp"]["ålder"]["avser"]
        == "deltagaren"
    )
    assert age["avser"] == "deltagaren", "what is in the files stays"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kommun", OWN.values())
def test_no_bilaga_speaks_of_a_source(kommun: str, layout: str) -> None:
    html = render_html(revision_of(kommun), layout=layout)
    spoken = " ".join(line.text for line in lines_of(html)) + html[html.index('class="kolofon"') :]
    assert not re.search(r"källan|källans|enligt källa|Källa:|rekonstruerad", spoken, re.IGNORECASE)


# Seen in print: kommun, insats, what it said, and what it says.
SEEN = [
    (
        "norrtälje",
        "mötesplatsen",
        "bo eller vistas i",
        "Den sökande ska vistas i Norrtälje kommun.",
    ),
    ("uppsala", "urinprov", "Deltagaren ska vara", "Barnet eller den unge ska vara 13–20 år."),
    (
        "uppsala",
        "råd-och-stödsamtal-vid-ungdomscentrum",
        "Deltagaren ska vara",
        "Barnet eller den unge ska vara 13–20 år.",
    ),
    (
        "norrtälje",
        "stödsamtal-med-fältsamordnare",
        "Deltagaren ska vara",
        "Den unge ska vara högst 18 år (från årskurs 6).",
    ),
    ("norrtälje", "mini-maria", "i familjen)", "Barnet eller den unge ska vara högst 20 år."),
    ("norrtälje", "ett-hem-att-växa-i", "över 18 år", "Deltagaren ska ha fyllt 18 år."),
    (
        "linköping",
        "stöd-till-ungdomar-utifrån-skadligt-bruk-och-beroende",
        "Ges av MiniMaria",
        "Ges i samverkan med",
    ),
    ("linköping", "cope-3-12-cope-tonår", "anges inte", "COPE"),
    ("linköping", "adbb", "gäller barnet", "2–18 månader"),
    ("knivsta", "medling", "remiss", "via Polismyndigheten"),
    ("knivsta", "brottsofferjouren", "avidentifierat", "Nej."),
    ("norrtälje", "föräldraskap-i-sverige-fös", "Anges inte", "<h4>Mål</h4>"),
]


@pytest.mark.parametrize(("kommun", "insats_id", "wrong", "right"), SEEN)
def test_what_was_wrong_in_print_is_right(
    kommun: str, insats_id: str, wrong: str, right: str
) -> None:
    whole = revision_of(kommun)
    (insats,) = [insats for insats in whole.insatser if insats.id == insats_id]
    made = model.make_revision(kommun, whole.kommun, [insats])
    html = " ".join(render_html(made).split())
    text = html[html.index(f'id="insats-{insats_id}"') : html.index('class="kolofon"')]
    assert wrong not in text and right in text


def test_a_clarification_of_whose_age_it_is_is_no_change_of_the_bilaga() -> None:
    """The decision and the files print the same words, so that nothing is told of it; a change of
    person is."""
    group = {"målgrupp": {"deltagare": ["barn", "föräldrar"]}}
    ages: list[dict[str, Any]] = [
        {"till": 12, "avser": "deltagaren", "kommentar": "tills skolan börjar"},
        {
            "till": 12,
            "avser": "barnet",
            "förtydligande": "tills skolan börjar",
            "anmärkning": "källan skriver under 13",
        },
        {"till": 12, "avser": "deltagarens barn", "förtydligande": "tills skolan börjar"},
    ]
    stated, clarified, other = (
        revision(a=group | {"villkor": [{"typ": "ålder", "ålder": age}]}) for age in ages
    )
    assert telling.Telling(compare(stated, clarified)).changes == ()
    (change,) = telling.Telling(compare(clarified, other)).changes
    assert (
        "från att barnet ska vara högst 12 år" in change.clause
        and "till att deltagarens barn ska vara högst 12 år" in change.clause
    )


def _for(participants: list[str], **age: Any) -> dict[str, Any]:
    return {
        "målgrupp": {"deltagare": participants},
        "villkor": [{"typ": "ålder", "ålder": {"avser": "deltagaren"} | age}],
    }


@pytest.mark.parametrize(
    "wrap",
    [
        lambda data: data,
        lambda data: {"delar": [{"namn": "A"} | data, {"namn": "B"}]},
        lambda data: {
            "målgrupp": data["målgrupp"],
            "delar": [{"namn": "A", "villkor": data["villkor"]}, {"namn": "B"}],
        },
    ],
    ids=["hela insatsen", "delen", "delen, med insatsens deltagare"],
)
def test_the_diff_tells_when_the_printed_person_changes(wrap: Any) -> None:
    """The condition is not rewritten in the file, but who takes part is, and the condition is
    printed of another."""
    sides = [
        wrap(_for(participants, från=7, till=12))
        for participants in (["barn"], ["barn", "föräldrar"])
    ]
    for old, new, said in (
        (*sides, ("deltagaren", "barnet")),
        (*reversed(sides), ("barnet", "deltagaren")),
    ):
        changes = telling.Telling(compare(revision(a=old), revision(a=new))).changes
        told = [change for change in changes if "ska vara 7–12 år" in change.clause]
        assert len(told) == 1 and len(changes) == 2
        assert (
            f"från att {said[0]} ska vara 7–12 år till att {said[1]} ska vara 7–12 år"
            in told[0].clause
        )
        assert "betydelsen för barn" in " ".join(
            judgement.words for judgement in told[0].judgements
        )


def test_every_form_tells_of_a_changed_printed_person_and_points_at_who_takes_part() -> None:
    part = _for(["barn"], från=7, till=12)
    other = part | {"målgrupp": {"deltagare": ["barn", "föräldrar"]}}
    sides = [
        revision(a=one | {"delar": [{"namn": "A"} | one, {"namn": "B"}]}) for one in (part, other)
    ]
    compared = telling.Telling(compare(*sides))
    document = json.loads(json_form.render([compared]))["comparisons"][0]
    told = [
        change for change in document["changes"] if "barnet ska vara 7–12 år" in change["sentence"]
    ]
    behind = [document["facts"][number] for change in told for number in change["facts"]]
    assert [fact["path"][-1] for fact in behind] == ["deltagare", "deltagare"]
    assert sorted(fact["path"][0] for fact in behind) == ["delar", "målgrupp"]
    assert all("more-children" not in [j["verdict"] for j in fact["judgements"]] for fact in behind)
    for text in (markdown.render([compared]), pages.html([compared]), letter.html(compared)):
        assert "barnet ska vara 7" in text


def test_the_diff_tells_no_change_of_a_condition_that_is_printed_as_before() -> None:
    for participants, other, age in (
        (["föräldrar"], ["föräldrar", "barn tillsammans med förälder"], {"från": 15, "till": 20}),
        (["barn"], ["barn", "unga"], {"från": 7, "till": 12}),
        (["barn", "vuxna"], ["barn", "föräldrar"], {"från": 7, "till": 12}),
    ):
        old, new = (revision(a=_for(side, **age)) for side in (participants, other))
        (change,) = telling.Telling(compare(old, new)).changes
        assert change.clause.startswith("målgruppen för insatsen a")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_where_only_the_children_have_to_live_no_parent_is_bound(layout: str) -> None:
    uppsala = loading.load_kommun(CATALOGUE / "kommuner" / "uppsala").revision
    assert uppsala is not None
    urinprov = replace(
        uppsala, insatser=tuple(insats for insats in uppsala.insatser if insats.id == "urinprov")
    )
    html = render_html(urinprov, layout=layout)
    assert "Barn och ungdomar ska vara folkbokförda i Uppsala kommun" in html
    assert "Den sökande ska" not in html
