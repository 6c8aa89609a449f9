"""Whatever fields an insats has, every layout says them in whole and correct sentences."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from insatskoll.bilaga.layouts import LAYOUTS
from insatskoll.bilaga.render import render_html
from insatskoll.reading import schema
from tests.test_render import revision

TEXTS = st.sampled_from(
    [
        "ett ord",
        "Ett namn",
        "En mening.",
        "En mening till",
        "Två meningar. Den andra.",
        "vad då?",
        "Rad ett.\n\nRad två.",
        "a\n- ett\n- två",
    ]
)
ROWS = st.sampled_from(
    [
        "ett ord",
        "Ett namn",
        "En mening.",
        "cirka två",
        "två gånger per vecka",
        "Vill ha råd",
        "en natt i taget",
    ]
)
COUNT = st.integers(1, 14)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of the fields, but at least one."""
    return st.fixed_dictionaries({}, optional=fields).filter(bool)


def one(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(values)


LIST = st.lists(ROWS, min_size=1, max_size=3, unique=True)
AGE = st.fixed_dictionaries(
    {"avser": one("deltagaren", "deltagarens barn", "barnet", "den unge", "barnet eller den unge")},
    optional={
        "från": COUNT,
        "till": COUNT,
        "enhet": one("år", "månader", "ej angiven"),
        "förtydligande": ROWS,
    },
).filter(lambda age: "från" in age or "till" in age)
EXTENT = some(
    antal=COUNT,
    högst=COUNT,
    lägst=COUNT,
    enhet=one("samtal", "träffar", "nätter"),
    längd=ROWS,
    frekvens=ROWS,
    period=ROWS,
    gruppstorlek=ROWS,
    gäller=ROWS,
    beskrivning=ROWS,
).filter(lambda extent: "enhet" in extent or not {"antal", "högst", "lägst"} & set(extent))
DOCUMENTATION = some(
    nivå=one("individnivå", "utan personliga förhållanden", "avidentifierad"),
    lagrum=one("SoL 14 kap. 3 §", "SoL 14 kap. 5 §"),
    särskilda_skäl=some(
        åberopas=one("ja", "nej"), grund=one("anonymitet", "mötesplats", "annat"), motivering=TEXTS
    ),
    omfattar=ROWS,
    beslut=ROWS,
    uppföljning=LIST,
    beskrivning=TEXTS,
)
GROUP = some(beskrivning=TEXTS, ålder=AGE, medföljande_barn=one("ja", "nej"))
CONSENT = some(
    under_15=one("vårdnadshavare", "samtliga vårdnadshavare"),
    från_15=one("utan vårdnadshavare"),
    åldrar=ROWS,
    lämplighet=TEXTS,
    beskrivning=TEXTS,
)
CONDITION = st.fixed_dictionaries(
    {
        "typ": one("ålder", "folkbokföring", "vistelse", "föräldraskap", "annat"),
        "beskrivning": TEXTS,
        "ålder": AGE,
        "område": ROWS,
    },
    optional={"gäller": ROWS, "skäl": TEXTS, "kontroll": ROWS},
)
DAY = one("2026-03-01", "2026-12-31")
CHARACTER = st.one_of(one("stöd"), st.just(["rådgivning", "mötesplats"]))
PART = st.fixed_dictionaries(
    {"namn": ROWS},
    optional={
        "karaktär": CHARACTER,
        "målgrupp": GROUP,
        "villkor": st.lists(CONDITION, min_size=1, max_size=2),
        "samtycke": CONSENT,
        "innehåll": TEXTS,
        "omfattning": EXTENT,
        "gäller_från": DAY,
        "gäller_till": DAY,
        "dokumentation": DOCUMENTATION,
    },
)
INSATS = st.fixed_dictionaries(
    {"namn": ROWS},
    optional={
        "utförare": some(
            regi=one("egen", "extern", "annan kommun", "samverkan"),
            namn=LIST,
            samverkan=LIST,
            personal=LIST,
        ),
        "målgrupp": GROUP,
        "villkor": st.lists(CONDITION, min_size=1, max_size=2),
        "samtycke": CONSENT,
        "syfte": TEXTS,
        "mål": TEXTS,
        "innehåll": TEXTS,
        "ålder_i_innehåll": AGE,
        "metod": some(namn=ROWS, manualbaserad=one("ja", "nej"), stöd=TEXTS),
        "avgift": st.one_of(st.just("nej"), some(belopp=ROWS, grund=ROWS, beskrivning=TEXTS)),
        "avgränsning": TEXTS,
        "lagstadgad": one("ja", "SoL 13 kap. 4 §"),
        "karaktär": CHARACTER,
        "omfattning": EXTENT,
        "gäller_från": DAY,
        "gäller_till": DAY,
        "dokumentation": DOCUMENTATION,
        "ingång": one("öppen", "remiss"),
        "kortnamn": ROWS,
    },
)
BROKEN = re.compile(
    r"\.\.|None|[{}]|\[\]|Undefined"  # what code leaves behind
    r"| [.,:;!?]|,[.,:;]|:[.,:;]|\(\)|[?!]\.|\. ?\)"  # marks that do not go together
    r"|[.!?] +[a-zåäö]"  # a sentence with a small letter first
    r"|[.,:;?!][A-Za-zÅÄÖåäö]"  # a missing space
    r"|^[.,:;]|\($"
)


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        INSATS,
        st.tuples(INSATS, st.lists(PART, min_size=2, max_size=3)).map(
            lambda both: with_parts(*both)
        ),
    )
)
def test_no_combination_of_fields_gives_broken_text(data: dict[str, Any]) -> None:
    made = revision(None, data)
    assert schema.errors(made.insatser[0].data, "insats") == []
    for layout in LAYOUTS:
        html = render_html(made, layout=layout)
        for text in texts(html[html.index('id="huvudtext"') : html.index('class="kolofon"')]):
            assert not BROKEN.search(text), (layout, text)


def with_parts(data: dict[str, Any], parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        key: value for key, value in data.items() if key not in ("karaktär", "dokumentation")
    } | {"delar": parts}


def texts(html: str) -> list[str]:
    """The text of each paragraph, row and cell."""
    inline = re.sub(r"</?(strong|span|a)\b[^>]*>", "", html)
    return [
        line for part in re.split(r"<[^>]*>", inline) if (line := " ".join(unescape(part).split()))
    ]
