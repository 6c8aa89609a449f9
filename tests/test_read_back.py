"""What is printed is a legal text: the facts read back out of its sentences are those of the
fields, in every layout."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insatskoll.bilaga import phrases
from insatskoll.bilaga.layouts import LAYOUTS
from insatskoll.bilaga.render import render_html
from insatskoll.catalogue import loading
from insatskoll.reading import schema
from insatskoll.resources import CATALOGUE
from tests import reading, test_sentences
from tests.reading import REGI, lines_of, read, stated
from tests.test_render import revision
from tests.test_sentences import one, some

UNITS = {"e1": "Exempelcentrum", "e2": "Ungdomsgruppen"}
KOMMUN = {"enheter": [{"id": key, "namn": name} for key, name in UNITS.items()]}


def differing(
    insats: dict[str, Any], layout: str, kommun: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The kinds of facts that the page has otherwise than the fields: what is in the fields only,
    and in the page only."""
    html = render_html(revision(kommun or KOMMUN, insats), layout=layout)
    wanted, found = stated(insats), read(html)
    if (
        layout == "tabell"
    ):  # only here is it said in a word where special reasons are all that is known
        found["dokumentation"] -= Counter(_unstated(insats))
    parts = insats.get("delar", [])
    if layout != "tabell" and phrases.documentation.shared_by(parts):  # it is said once of them all
        for part in parts[1:]:
            wanted["dokumentation"] -= stated({"delar": [part]})["dokumentation"]
    told = {
        kind: (wanted[kind] - found[kind], _more(kind, found[kind] - wanted[kind], insats))
        for kind in reading.KINDS
    }
    found_wrong = {kind: sides for kind, sides in told.items() if any(sides)}
    return found_wrong | _providers(insats, html, kommun or KOMMUN) | _conditions(insats, html)


def _unstated(insats: dict[str, Any]) -> list[tuple[str, None]]:
    documented = [part.get("dokumentation", {}) for part in (insats, *insats.get("delar", ()))]
    invoked = [
        d
        for d in documented
        if d.get("särskilda_skäl", {"åberopas": "nej"}).get("åberopas") != "nej"
    ]
    return [("avidentifierad", None) for d in invoked if "nivå" not in d and "lagrum" not in d]


def _more(kind: str, facts: Counter[Any], insats: dict[str, Any]) -> Counter[Any]:
    """What is in the page only. A description in words may say more of the extent than the
    fields."""
    described = [
        part["omfattning"] for part in (insats, *insats.get("delar", ())) if "omfattning" in part
    ]
    return (
        Counter()
        if kind == "omfattning"
        and any("antal" not in o and "högst" not in o and "lägst" not in o for o in described)
        else facts
    )


def _providers(insats: dict[str, Any], html: str, kommun: dict[str, Any]) -> dict[str, Any]:
    """Whoever gives the insats, and in whose regi: the names and words that the page lacks, or
    should lack."""
    given: dict[str, Any] = insats.get("utförare", {})
    names = {unit["id"]: unit["namn"] for unit in kommun.get("enheter", ())}
    said = [names.get(unit, unit) for unit in given.get("enheter", ())]
    said += [name for key in ("namn", "samverkan", "personal") for name in given.get(key, ())]
    said += [place["namn"] for place in given.get("platser", ())]
    text = " ".join(
        line.text
        for line in lines_of(html)
        if line.text.startswith(("Ges ", "Platser och team", "Personal:"))
        or line.label in ("Platser och team", "Personal")
    )
    text = text[:1].lower() + text[1:]
    lost = [name for name in said if name.rstrip(".").casefold() not in text.casefold()]
    regi = [words for kind, words in REGI.items() if (kind == given.get("regi")) != (words in text)]
    return ({"utförare": lost} if lost else {}) | ({"regi": regi} if regi and given else {})


# Texts of conditions that say what is demanded of whoever applies, and texts that have a subject of
# their own; and those that say what whoever takes part is.
DEMANDS = (
    "Vill ha stöd",
    "Bor i en annan kommun.",
    "Har fyllt i ett pappersformulär.",
    "Är gravid",
)
SUBJECTS = (
    "Har barnet fyllt tre år får det delta utan förälder.",
    "Bor den enskilde i en annan kommun gäller högst tre besök.",
    "Vill du delta ska du anmäla dig.",
    "HAR-programmet ska ha gåtts igenom",
    "Anhörigstödet ska ha kontaktats.",
    "Ska inte vara gravid",
)
PEOPLE = {
    "föräldraskap": ("Föräldrar, och deras barn", "Är gravid"),
    "anhörigskap": ("Anhöriga till någon med missbruk",),
}
KIND_SAID = {
    "föräldraskap": "Deltagaren ska vara förälder",
    "anhörigskap": "Deltagaren ska vara anhörig",
}


def _conditions(insats: dict[str, Any], html: str) -> dict[str, Any]:
    """The texts of conditions that are not printed, or with another subject, and the kinds that are
    not said."""
    conditions = [c for part in (insats, *insats.get("delar", ())) for c in part.get("villkor", ())]
    printed = " ".join(line.text for line in lines_of(html))
    lost = [
        text
        for c in conditions
        if (text := _said(" ".join(c.get("beskrivning", "").split()))) not in printed
    ]
    known = (*DEMANDS, *SUBJECTS, *(text for texts in PEOPLE.values() for text in texts))
    kinds = Counter(
        KIND_SAID[c["typ"]]
        for c in conditions
        if c["typ"] in KIND_SAID and c.get("beskrivning") not in PEOPLE[c["typ"]]
    )
    if all(c.get("beskrivning") in known for c in conditions):
        lost += [words for words in KIND_SAID.values() if printed.count(words) != kinds[words]]
    return {"villkor": lost} if lost else {}


def _said(text: str) -> str:
    """What has to stand in the page of a condition's text, with the subject where it is known who
    that is."""
    if text == "Den som är anvisad till kommunen behöver inte vara folkbokförd där.":
        return "eller anvisad"
    bare = text.removesuffix(".")
    if text in DEMANDS:
        return f"Den sökande {bare[0].lower()}{bare[1:]}"
    return bare if text in SUBJECTS else bare[1:]


# The real ones

REAL = [
    (found.kommun, insats)
    for folder in loading.kommun_folders(CATALOGUE)
    if (found := loading.load_kommun(folder).revision) is not None
    for insats in found.insatser
]


def test_there_are_real_ones() -> None:
    assert len(REAL) > 150


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_catalogue_is_read_back_as_it_is_written(layout: str) -> None:
    wrong = {}
    for kommun, insats in REAL:
        data = {key: value for key, value in insats.data.items() if key != "avdelning"}
        if found := differing(
            data,
            layout,
            {"enheter": kommun.get("enheter", [])} if "enheter" in kommun else {"enheter": []},
        ):
            wrong[f"{kommun['namn']}: {insats.namn}"] = found
    assert wrong == {}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_frozen_decision_is_read_back(layout: str) -> None:
    decided = [
        b.revision
        for folder in loading.kommun_folders(CATALOGUE)
        for b in loading.load_kommun(folder).beslut
    ]
    assert decided
    for made in decided:
        for insats in made.insatser:
            data = {key: value for key, value in insats.data.items() if key != "avdelning"}
            assert differing(data, layout, {"enheter": made.kommun.get("enheter", [])}) == {}, (
                insats.namn
            )


# Any that the schema allows

TAKING_PART = st.lists(
    one(
        "barn",
        "unga",
        "barn tillsammans med förälder",
        "vuxna",
        "föräldrar",
        "blivande föräldrar",
        "familjer",
        "anhöriga",
        "par",
    ),
    min_size=1,
    max_size=4,
    unique=True,
)
AGE = st.fixed_dictionaries(
    {"avser": one("deltagaren", "deltagarens barn", "barnet", "den unge", "barnet eller den unge")},
    optional={
        "från": st.integers(0, 70),
        "till": st.integers(0, 70),
        "enhet": one("år", "månader", "ej angiven"),
        "förtydligande": one("tills barnet börjar skolan", "från årskurs 6", "gäller gravida."),
        "anmärkning": one("källan skriver över 18 år"),
    },
).filter(lambda age: "från" in age or "till" in age)
TEXT = one(
    "Barn och unga.",
    "Vill ha stöd",
    "Föräldrar, och deras barn",
    "Den som har fyllt 21 år kan få annat stöd.",
    "Bor i en annan kommun.",
)
ROW = one("Uppsala kommun", "Björklinge", "cirka två månader", "varannan vecka", "en natt i taget")


def _with_count(extent: dict[str, Any]) -> dict[str, Any]:
    """An extent whose frequency may begin with the very count that it has in all."""
    if "frekvens" not in extent:
        return extent
    number = next((extent[key] for key in ("antal", "högst", "lägst") if key in extent), 1)
    unit = extent["enhet"]
    count = (
        reading.ONE[unit] if number == 1 else f"{(*reading.NUMBERS, *range(13, 99))[number]} {unit}"
    )
    return extent | {"frekvens": extent["frekvens"].replace("COUNT", count)}


CLAUSE = one(*DEMANDS, *SUBJECTS, *(text for texts in PEOPLE.values() for text in texts))
CONDITION = st.fixed_dictionaries(
    {
        "typ": one(
            "ålder",
            "folkbokföring",
            "vistelse",
            "föräldraskap",
            "anhörigskap",
            "bakgrund",
            "situation",
            "annat",
        )
    },
    optional={
        "beskrivning": st.one_of(CLAUSE, TEXT),
        "ålder": AGE,
        "område": ROW,
        "gäller": ROW,
        "skäl": TEXT,
        "kontroll": ROW,
    },
).map(
    lambda c: (
        {
            "beskrivning": "Barn.",
            "område": "Uppsala kommun",
            "ålder": {"från": 5, "avser": "deltagaren"},
        }
        | c
    )
)
EXTENT = st.fixed_dictionaries(
    {"enhet": st.sampled_from(sorted(reading.ONE))},
    optional={
        "antal": st.integers(1, 20),
        "högst": st.integers(1, 20),
        "lägst": st.integers(1, 20),
        "längd": one("60–90 minuter", "en timme"),
        "frekvens": one("COUNT per vecka", "en natt i taget"),
        "period": ROW,
        "gäller": TEXT,
        "beskrivning": TEXT,
    },
).map(_with_count)
DOCUMENTATION = some(
    nivå=one("individnivå", "utan personliga förhållanden", "avidentifierad"),
    lagrum=one("SoL 14 kap. 3 §", "SoL 14 kap. 4 §", "SoL 14 kap. 5 §"),
    särskilda_skäl=some(
        åberopas=one("ja", "nej"), grund=one("anonymitet", "mötesplats", "annat"), motivering=TEXT
    ),
    omfattar=one("alla", "deltagare i grupp"),
    uppföljning=st.just(["antal deltagare"]),
    beskrivning=TEXT,
).filter(lambda d: "nivå" in d or "särskilda_skäl" not in d or "lagrum" not in d)
CONSENT = some(
    under_15=one(*reading.CONSENT.values()),
    från_15=one(*reading.CONSENT.values()),
    lämplighet=TEXT,
    beskrivning=TEXT,
    åldrar=one("15–18 år"),
)
GROUP = st.fixed_dictionaries(
    {"deltagare": TAKING_PART}, optional={"beskrivning": TEXT, "ålder": AGE}
)
PROVIDER = some(
    regi=one(*REGI),
    enheter=st.lists(one(*UNITS), min_size=1, unique=True),
    namn=st.just(["Attendo AB"]),
    personal=st.just(["lots"]),
    samverkan=st.just(["Region Exempel", "polisen"]),
    platser=st.just([{"namn": "Storgatan", "enhet": "e1", "för": "män"}]),
)
OWN = {
    "målgrupp": GROUP,
    "villkor": st.lists(CONDITION, min_size=1, max_size=3),
    "samtycke": CONSENT,
    "omfattning": EXTENT,
    "dokumentation": DOCUMENTATION,
    "karaktär": test_sentences.CHARACTER,
}
INSATS = st.fixed_dictionaries(
    {},
    optional=OWN
    | {
        "ålder_i_innehåll": AGE,
        "utförare": PROVIDER,
        "ingång": one("öppen", "remiss", "öppen och remiss"),
        "avgift": st.sampled_from(
            ["nej", {"belopp": "200 kronor"}, {"beskrivning": "Avgift tas ut."}]
        ),
        "innehåll": TEXT,
        "lagstadgad": one("ja", "SoL 13 kap. 4 §"),
        "syfte": TEXT,
    },
)
PARTS = st.lists(
    st.fixed_dictionaries({"namn": one("Råd", "Fortsatt stöd", "Grupp.")}, optional=OWN),
    min_size=2,
    max_size=3,
)
REFERRED = st.lists(one("BVC", "hälso- och sjukvården", "skolan"), min_size=1, unique=True)


@st.composite
def insatser(draw: st.DrawFn) -> dict[str, Any]:
    """A valid insats, with parts or without."""
    data = draw(INSATS)
    if "ingång" in data and draw(st.booleans()):
        data["remiss_från"] = draw(REFERRED)
    if draw(st.booleans()):
        data = {
            key: value for key, value in data.items() if key not in ("karaktär", "dokumentation")
        } | {"delar": draw(PARTS)}
    return data


@settings(max_examples=50, deadline=None)
@given(insatser())
def test_any_insats_is_read_back_as_it_is_written(data: dict[str, Any]) -> None:
    assert schema.errors(revision(KOMMUN, data).insatser[0].data, "insats") == []
    assert {layout: found for layout in LAYOUTS if (found := differing(data, layout))} == {}


@settings(max_examples=40, deadline=None)
@given(EXTENT)
def test_any_extent_is_read_back_as_it_is_written(extent: dict[str, Any]) -> None:
    assert differing({"omfattning": extent}, LAYOUTS[0]) == {}


# The reader itself


YOUNG: dict[str, Any] = {
    "målgrupp": {"deltagare": ["barn", "unga", "föräldrar"]},
    "villkor": [{"typ": "ålder", "ålder": {"från": 13, "till": 20, "avser": "deltagaren"}}],
}
WITHOUT = {"dokumentation": {"nivå": "utan personliga förhållanden"}}
REQUIRED = "krävs samtycke från vårdnadshavare"


@pytest.mark.parametrize(
    ("wrong", "right", "kind", "insats"),
    [
        (
            "bo eller vistas i",
            "vistas i",
            "plats",
            {"villkor": [{"typ": "vistelse", "område": "Norrtälje kommun"}]},
        ),
        ("Deltagaren", "Barnet eller den unge", "ålder", YOUNG),
        (
            "Barnets ålder",
            "Barnens ålder",
            "ålder",
            {"målgrupp": {"ålder": {"till": 6, "avser": "deltagarens barn"}}},
        ),
        ("sex samtal", "sju samtal", "omfattning", {"omfattning": {"högst": 7, "enhet": "samtal"}}),
        ("Minst", "Högst", "omfattning", {"omfattning": {"högst": 7, "enhet": "samtal"}}),
        (
            "krävs inte samtycke från vårdnadshavare",
            REQUIRED,
            "samtycke",
            {"samtycke": {"under_15": "vårdnadshavare"}},
        ),
        ("avidentifierat", "utan uppgifter om personliga förhållanden", "dokumentation", WITHOUT),
        ("kap. 5 §", "kap. 4 §", "dokumentation", {"dokumentation": {"lagrum": "SoL 14 kap. 4 §"}}),
        ("Öppen", "Remiss", "ingång", {"ingång": "remiss"}),
        ("i extern regi", "i egen regi", "regi", {"utförare": {"regi": "egen"}}),
        ("kap. 2 §", "kap. 4 §", "lagstadgad", {"lagstadgad": "SoL 13 kap. 4 §"}),
    ],
)
def test_the_reader_sees_a_word_that_is_wrong(
    wrong: str, right: str, kind: str, insats: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = render_html(revision(KOMMUN, insats), layout="avsnitt")
    assert differing(insats, "avsnitt") == {} and right in page
    monkeypatch.setattr(
        "tests.test_read_back.render_html", lambda *_, **__: page.replace(right, wrong)
    )
    assert kind in differing(insats, "avsnitt")
