"""A municipality's own rules: whatever one holds, it is put, or refused with its file, line and
what was probably meant."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from insatskoll.catalogue.canonical import to_be_read
from insatskoll.errors import Refused
from insatskoll.law import expressions, rule_fields, rule_form
from insatskoll.law.budget import A_LETTER, Budget
from insatskoll.law.expressions import ExpressionError, bounded
from insatskoll.law.predicates import PREDICATES
from insatskoll.law.predicates.renamed import RENAMED
from insatskoll.law.rule_files import RuleError
from insatskoll.law.rules import Rule, _own_rule, load_rules
from insatskoll.lint.fixes import mending, plan
from insatskoll.lint.run import lint
from tests.catalogues import lint_folder, load, write_kommun

EXAMPLES = {
    kind: [
        {"namn": name, "insats": {}} | ({"platser": [""]} if kind == "träff" else {})
        for name in "ab"
    ]
    for kind in ("träff", "tyst")
}
RULE: dict[str, Any] = {
    "id": "KOM001",
    "namn": "Egen regel",
    "nivå": "varning",
    "auktoritet": "vägledning",
    "kontrollerad": "2026-11-21",
    "förklaring": "Därför.",
    "åtgärd": "Gör så.",
    "exempel": EXAMPLES,
}
BUILT_IN = load_rules()


def in_schema(check: dict[str, Any]) -> dict[str, Any]:
    """The check with each of its conditions, which are JSON Schema, where JSON Schema is
    written."""
    return {
        key: {"schema": one} if key in rule_form.CONDITIONS else one for key, one in check.items()
    }


def own(folder: Path, check: dict[str, Any], **rule: Any) -> Path:
    """A catalogue with one rule of its own: the usual one with the check, whose conditions are JSON
    Schema, and what is given put in."""
    (folder / "regler").mkdir(parents=True)
    data = RULE | {"prövningar": [{"meddelande": "Här."} | in_schema(check)]} | rule
    (folder / "regler" / "KOM001.yaml").write_text(to_be_read(data), "utf-8")
    return folder


def loaded(folder: Path) -> Rule:
    """The own rule of a catalogue, as it is loaded."""
    return _own_rule(folder / "regler" / "KOM001.yaml", BUILT_IN, folder)


def refused(folder: Path, check: dict[str, Any], **rule: Any) -> str:
    with pytest.raises(RuleError) as error:
        loaded(own(folder, check, **rule))
    assert re.search(r"KOM001\.yaml:[0-9]+:[0-9]+: ", str(error.value)), error.value
    return str(error.value)


def nämner(*words: str, **more: Any) -> dict[str, Any]:
    return {
        "omfång": "insats",
        "kontroll": {"funktion": "nämner", "fält": ["innehåll"], "ord": list(words)} | more,
    }


MISNAMED: list[tuple[dict[str, Any], str]] = [
    (
        {"omfång": "insats", "krav": {"required": ["omfatning"]}},
        "”omfatning” finns inte i en insats. Menade du ”omfattning”?",
    ),
    (
        {"omfång": "insats", "när": {"properties": {"insatstyp": {"const": "samtl"}}}},
        "Menade du ”samtal”?",
    ),
    (
        {
            "omfång": "insats",
            "när": {"properties": {"insatstyp": {"not": {"enum": ["hemtjenst"]}}}},
        },
        "Menade du ”hemtjänst”?",
    ),
    (
        {"omfång": "insats", "när": {"properties": {"form": {"contains": {"const": "grup"}}}}},
        "Menade du ”grupp”?",
    ),
    (
        {
            "omfång": "insats",
            "när": {"properties": {"karaktär": {"oneOf": [{"enum": ["rådgivnig"]}]}}},
        },
        "Menade du ”rådgivning”?",
    ),
    (
        {"omfång": "insats", "när": {"properties": {"villkor": {"items": {"required": ["skål"]}}}}},
        "Menade du ”skäl”?",
    ),
    (
        {
            "omfång": "insats",
            "när": {"anyOf": [{"allOf": [{"if": {"properties": {"sytfe": {}}}}]}]},
        },
        "Menade du ”syfte”?",
    ),
    ({"omfång": "insats", "när": {"propertis": {"syfte": {}}}}, "Menade du ”properties”?"),
    ({"omfång": "insats", "när": {"properties": {"syfte": {"contains": {}}}}}, "ingen lista"),
    (
        {"omfång": "insats", "när_kommun": {"required": ["matrix"]}},
        "”matrix” finns inte i kommun.yaml. Menade du ”matris”?",
    ),
    ({"omfång": "insats", "plats": "omfattnng.högst"}, "Menade du ”omfattning”?"),
    ({"omfång": "insats", "plats": "omfattning.högs"}, "Menade du ”högst”?"),
    ({"omfång": "insats", "för": "utförare.plaster"}, "Menade du ”platser”?"),
    ({"omfång": "insats", "för": "delar", "plats": "insatstyp"}, "”insatstyp” finns inte"),
    (
        {"omfång": "del", "krav": {"required": ["avvikelser"]}},
        "”avvikelser” finns inte i en insats eller en del av den",
    ),
    ({"omfång": "riskanalys", "krav": {"required": ["bedömnig"]}}, "Menade du ”bedömning”?"),
    (
        {"omfång": "beslut", "när": {"properties": {"beslut": {"required": ["diarienr"]}}}},
        "Menade du ”diarienummer”?",
    ),
    ({"omfång": "insats", "krav": {"dependentRequired": {"sytfe": ["mål"]}}}, "Menade du ”syfte”?"),
    (
        {"omfång": "insats", "krav": {"dependentRequired": {"syfte": ["avgit"]}}},
        "Menade du ”avgift”?",
    ),
    (
        {"omfång": "insats", "krav": {"dependentSchemas": {"syfte": {"required": ["avgit"]}}}},
        "Menade du ”avgift”?",
    ),
    ({"omfång": "insats", "krav": {"propertyNames": {"enum": ["sytfe"]}}}, "Menade du ”syfte”?"),
    (
        {"omfång": "insats", "när": {"patternProperties": {"^zz": {}}}},
        "inget fält har ett namn som ”^zz” passar på",
    ),
    (
        {"omfång": "insats", "när": {"patternProperties": {"^insatstyp$": {"const": "samtl"}}}},
        "Menade du ”samtal”?",
    ),
    (
        {"omfång": "insats", "när": {"properties": {"namn": {"const": 5}}}},
        "ska vara en text, och kan inte vara ett heltal",
    ),
    (
        {
            "omfång": "insats",
            "när": {"properties": {"omfattning": {"properties": {"högst": {"const": "x"}}}}},
        },
        "inte vara en text",
    ),
    (
        {
            "omfång": "insats",
            "när": {"properties": {"villkor": {"contains": {"const": {"typp": "annat"}}}}},
        },
        "Menade du ”typ”?",
    ),
    (
        {"omfång": "insats", "när": {"properties": {"form": {"enum": [["grup"]]}}}},
        "Menade du ”grupp”?",
    ),
    (nämner("x", fält=["inehåll"]), "Menade du ”innehåll”?"),
    (nämner("x", fält=["delar[].inehåll"]), "Menade du ”innehåll”?"),
    (nämner("x", fält=["villkor.beskrivning"]), "är en lista. Skriv villkor[]"),
    (nämner("x", fält=["syfte[]"]), "är ingen lista"),
    (
        {
            "omfång": "kommun",
            "kontroll": {
                "funktion": "lika-texter",
                "fält": ["inehåll"],
                "minst_ord": 1,
                "andel": 1,
            },
        },
        "Menade du ”innehåll”?",
    ),
    ({"omfång": "insats", "meddelande": "{målgrupp}"}, "är en grupp av fält, och går inte att"),
    ({"omfång": "insats", "meddelande": "{villkor}"}, "är en grupp av fält, och går inte att"),
    ({"omfång": "insats", "meddelande": "{värde}"}, "Skriv plats, till ett fält med text"),
    (
        {"omfång": "insats", "plats": "målgrupp", "meddelande": "{värde}"},
        "Skriv plats, till ett fält med text",
    ),
    ({"omfång": "insats", "meddelande": "”{nman}” saknar syfte."}, "Menade du ”namn”?"),
    ({"omfång": "insats", "meddelande": "Här: {Namn}"}, "”{Namn}” i meddelandet är inget fält"),
    (nämner("x") | {"meddelande": "{ordet}"}, "Menade du ”ord”?"),
]


@pytest.mark.parametrize(("check", "said"), MISNAMED, ids=[said for _, said in MISNAMED])
def test_a_name_that_the_scope_lacks_is_refused_with_what_was_meant(
    tmp_path: Path, check: dict[str, Any], said: str
) -> None:
    assert said in refused(tmp_path, check)


UNDER = {"funktion": "deltar", "till": 17}
PARAMETERS: list[tuple[dict[str, Any], str]] = [
    (
        {"omfång": "insats", "kontroll": UNDER | {"deltagare": ["barn", "ungdomar"]}},
        "Menade du ”unga”?",
    ),
    ({"omfång": "insats", "kontroll": UNDER | {"deltagare": ["barnn"]}}, "Menade du ”barn”?"),
    (
        {
            "omfång": "kommun",
            "kontroll": {
                "funktion": "avviker-från-övriga",
                "fält": ["villkor"],
                "typ": "folkbokförd",
                "högst_en_av": 4,
            },
        },
        "Menade du ”folkbokföring”?",
    ),
    (
        {
            "omfång": "kommun",
            "kontroll": {
                "funktion": "insatser-utan",
                "fält": ["innehåll"],
                "nivåer": ["avidentifierat"],
            },
        },
        "Menade du ”avidentifierad”?",
    ),
    (
        {
            "omfång": "del",
            "kontroll": {
                "funktion": "skäl-i-ord",
                "fält": ["innehåll"],
                "skäl": ["verksamhett"],
            },
        },
        "Det här går att skriva: olämpligt",
    ),
]


@pytest.mark.parametrize(("check", "said"), PARAMETERS, ids=[said for _, said in PARAMETERS])
def test_a_parameter_with_a_value_that_its_field_cannot_have_is_refused(
    tmp_path: Path, check: dict[str, Any], said: str
) -> None:
    assert said in refused(tmp_path, check)


def test_the_words_of_a_field_are_taken_as_a_parameter(tmp_path: Path) -> None:
    check = {
        "omfång": "insats",
        "kontroll": UNDER | {"deltagare": ["barn", "unga", "alla"]},
    }
    assert loaded(own(tmp_path, check)).checks


def test_a_rule_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    period = {"från": "2026-07-01", "till": "2025-07-01"}
    assert "gäller till 2025-07-01, före den dag" in refused(tmp_path, nämner("x"), gäller=period)
    assert loaded(
        own(tmp_path / "b", nämner("x"), gäller={"från": "2025-07-01", "till": "2025-07-01"})
    )


def test_a_field_never_to_be_mended_is_held_against_the_schema_too(tmp_path: Path) -> None:
    mending = {"ersätt": [{"mönster": "x", "med": "y"}], "inte_i": ["nman"]}
    assert "Menade du ”namn”?" in refused(tmp_path, nämner("x"), rättning=mending)


def test_a_rule_to_wait_for_is_one_that_there_is(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"KOM001\.yaml:.*regeln IK250 finns inte"):
        load_rules(own=own(tmp_path, nämner("x"), tystas_av=["IK250"]))


def test_a_text_that_some_fields_have_and_others_list_is_read_either_way(tmp_path: Path) -> None:
    check = nämner("stöd", fält=["karaktär"]) | {"meddelande": "Här: {ord}."}
    insatser: dict[str, dict[str, Any]] = {
        "a": {"karaktär": "stöd"},
        "b": {"karaktär": ["rådgivning", "stöd"]},
    }
    folder = write_kommun(tmp_path / "k", insatser)
    report = lint_folder(folder, load_rules(own=own(tmp_path / "own", check)))
    found = [(one.path.name, one.message) for one in report.findings if one.rule == "KOM001"]
    assert found == [("a.yaml", "Här: stöd."), ("b.yaml", "Här: stöd.")]


@pytest.mark.parametrize(
    ("plats", "message", "insats", "told"),
    [
        ("målgrupp.deltagare", "{värde}.", {}, "(anges inte)."),
        ("målgrupp.deltagare", "{värde}.", {"målgrupp": {"deltagare": ["vuxna"]}}, "vuxna."),
        (
            "form",
            "{värde} är {form}.",
            {"form": ["individuell", "grupp", "öppen verksamhet"]},
            "individuell, grupp och öppen verksamhet är individuell, grupp och öppen verksamhet.",
        ),
        ("", "Målet är {mål}.", {}, "Målet är (anges inte)."),
    ],
)
def test_a_message_tells_a_value_in_swedish(
    plats: str, message: str, insats: dict[str, Any], told: str, tmp_path: Path
) -> None:
    check = {
        "omfång": "insats",
        "när": {"required": ["namn"]},
        "plats": plats,
        "meddelande": message,
    }
    ruleset = load_rules(own=own(tmp_path / "own", check))
    report = lint_folder(write_kommun(tmp_path / "k", {"a": insats}), ruleset)
    assert [one.message for one in report.findings if one.rule == "KOM001"] == [told]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"plats": "ord"}, "fyndet pekar på dem. Ta bort plats"),
        ({"för": "insats.delar"}, "fyndet pekar på dem. Ta bort för"),
        (
            {"kontroll": {"funktion": "nämner", "fält": ["ord"], "ord": ["x"]}},
            "kontrollen nämner letar i fält, och ett påstående är redan läst ur en text",
        ),
    ],
)
def test_what_would_point_into_a_claim_is_refused(
    more: dict[str, Any], said: str, tmp_path: Path
) -> None:
    check = {"omfång": "påstående", "när": {"required": ["ord"]}} | more
    assert said in refused(tmp_path, check)


def test_places_where_a_rule_is_to_find_nothing_are_refused(tmp_path: Path) -> None:
    examples = {**EXAMPLES, "tyst": [one | {"platser": ["syfte"]} for one in EXAMPLES["tyst"]]}
    said = refused(tmp_path, nämner("x"), exempel=examples)
    assert "Skriv inga platser här: regeln ska inte finna något" in said


@pytest.mark.parametrize("rule", BUILT_IN.rules.values(), ids=list(BUILT_IN.rules))
def test_the_programs_own_rules_name_nothing_that_there_is_not(rule: Any) -> None:
    for written in rule_form.written(rule.data):
        assert list(rule_fields.misnamed(written, rule.data.get("rättning"))) == []


# -- parameters and functions
# ------------------------------------------------------------------------------------------


def kontroll(funktion: str, omfång: str = "insats", **given: Any) -> dict[str, Any]:
    return {"omfång": omfång, "kontroll": {"funktion": funktion} | given}


WRONG: list[tuple[dict[str, Any], str]] = [
    (nämner("("), "inget giltigt reguljärt uttryck"),
    (nämner("a(?i)b"), "har (?i), som inte går att använda här. Stora och små bokstäver räknas"),
    (nämner(r"\bbara {kvinnor}"), "har {kvinnor}, som bara ett uttryck i en ordlista kan ha"),
    (nämner("x", utom=["{familj}"]), "Skriv {lista: familj} som ett eget ord"),
    (nämner("a{,3}"), "har {,3}. Skriv {0,3}"),
    (nämner("a{2"), "har { som inte säger hur många gånger. Skriv \\{ om"),
    (nämner(), "parametern ord är tom. Skriv minst ett värde"),
    (nämner("x", fält=["målgrupp"]), "ingen text, så att inga ord finns i det. Skriv till exempel"),
    (nämner("x", fält=["form"]), "fältet ”form” är ingen text"),
    (nämner("x", fält=["dokumentation.uppföljning"]), "Skriv till exempel dokumentation.uppf"),
    (nämner("x", fält=["villkor"]), "Skriv till exempel villkor[].beskrivning"),
    (
        kontroll("deltar", till=5, från=9),
        "från är 9 och till är 5, så att ingenting ligger emellan",
    ),
    (nämner("x", utom=["["]), "inget giltigt reguljärt uttryck"),
    (nämner("a{99999999999999999999}"), "inget giltigt reguljärt uttryck"),
    (nämner("[[:alpha:]]"), "kan läsas på två sätt"),
    (nämner("x", utom=["[a--b]"]), "kan läsas på två sätt"),
    (nämner("(" * 300), "inget giltigt reguljärt uttryck"),
    (nämner("x", fält=[1]), "parametern fält har fel slags värde. Skriv en text"),
    (nämner("x", fält="innehåll"), "parametern fält har fel slags värde. Skriv [värde]"),
    (nämner("x", fält=[["innehåll"]]), "Skriv en text"),
    (nämner("x", fält=[None]), "Skriv en text"),
    (nämner("x", ord=["x", True]), "Skriv ett uttryck"),
    (nämner("x", nytt=1), "parametern nytt finns inte"),
    (kontroll("nämner"), "parametern ord saknas"),
    (kontroll("nämnr"), "kontrollen nämnr finns inte"),
    (kontroll("skriv-hellre", termer=["a"]), "Skriv en grupp med fälten"),
    (
        kontroll("skriv-hellre", termer=[{"ord": "a"}]),
        "parametern termer saknar fältet skriv",
    ),
    (
        kontroll("skriv-hellre", termer=[{"ord": "a", "skriv": "b", "x": 1}]),
        "har fältet x",
    ),
    (
        kontroll("skriv-hellre", termer=[{"ord": "(", "skriv": "b"}]),
        "inget giltigt reguljärt",
    ),
    (kontroll("skriv-hellre", termer=[{"ord": "(a)", "skriv": r"\2"}]), "nämner en parentes"),
    (kontroll("skriv-hellre", termer=[{"ord": "a", "skriv": "\\"}]), "nämner en parentes"),
    (
        kontroll("okänd-referens", fält=["avdelning"], register="namn"),
        "Det här går att skriva: enheter",
    ),
    (
        kontroll("nämns-ingenstans", "kommun", register="begrepp", fält=["avdelning"]),
        "Det här går att skriva: enheter, avdelningar",
    ),
    (
        kontroll("deltar", till=2, finns="kanske"),
        "Det här går att skriva: ja, nej",
    ),
    (kontroll("deltar", till="15"), "Skriv ett heltal"),
    (
        kontroll("beslutskedja", brist="ändrat självt"),
        "kontrollen beslutskedja går inte att göra i omfånget insats",
    ),
    (kontroll("beslutskedja", "kommun", brist="saknas"), "går inte att göra i omfånget kommun"),
    (kontroll("kopierat", vad="kod"), "går inte att göra i omfånget insats"),
    (kontroll("lika-texter", "del"), "går inte att göra i omfånget del"),
    (
        kontroll("nämns-ingenstans", "riskanalys", register="riskanalyser"),
        "går inte att göra i omfånget riskanalys",
    ),
    ({"omfång": "fil"}, "omfånget fil är programmets eget"),
    (
        {"omfång": "insats", "när": {"properties": {"syfte": {"pattern": "("}}}},
        "inget giltigt JSON Schema",
    ),
    (
        {"omfång": "insats", "när": {"type": "textt"}},
        "JSON Schema: efter ”type” skrivs något av string, integer",
    ),
    (
        {"omfång": "insats", "krav": {"required": 5}},
        "efter ”required” skrivs en lista med namn på fält",
    ),
    ({"omfång": "insats", "krav": {"required": None}}, "efter ”required” skrivs en lista"),
    ({"omfång": "insats", "krav": {"required": "namn"}}, "efter ”required” skrivs en lista"),
    (
        {"omfång": "insats", "krav": {"anyOf": 5}},
        "efter ”anyOf” skrivs en lista med minst ett villkor",
    ),
    ({"omfång": "insats", "krav": {"allOf": None}}, "efter ”allOf” skrivs"),
    ({"omfång": "insats", "krav": {"oneOf": []}}, "efter ”oneOf” skrivs"),
    (
        {"omfång": "insats", "när": {"properties": {"karaktär": {"type": "strng"}}}},
        "efter ”type” skrivs",
    ),
    (
        {"omfång": "insats", "när": {"properties": {"syfte": {"minLength": -1}}}},
        "skrivs ett heltal som är 0 eller mer",
    ),
    ({"omfång": "insats", "när": {"properties": {"syfte": 5}}}, "JSON Schema: skriv ett villkor"),
    ({"omfång": "insats", "när": {"properties": {"pattern": 5}}}, "JSON Schema: skriv ett villkor"),
    (
        {"omfång": "insats", "när": {"anyOf": [{"$ref": "gemensam.json"}]}},
        "”$ref” leder till ”gemensam.json”, som inte finns",
    ),
    (
        {"omfång": "insats", "när": {"$ref": "#/$defs/x"}},
        "”$ref” leder till ”#/$defs/x”, som inte finns",
    ),
    (
        {"omfång": "insats", "när": {"$ref": "https://example.com/x.json"}},
        "inget giltigt JSON Schema",
    ),
    (nämner("(a+)+$"), "kan ta för lång tid"),
    (nämner("x", utom=["(a|aa)+$"]), "kan ta för lång tid"),
    (
        kontroll("skriv-hellre", termer=[{"ord": "(a|a)*b", "skriv": "b"}]),
        "kan ta för lång tid",
    ),
    (kontroll("oskyddat-värde", mönster=["(a|a?)+"]), "kan ta för lång tid"),
]


@pytest.mark.parametrize(
    ("check", "said"), WRONG, ids=[f"{i}-{said}" for i, (_, said) in enumerate(WRONG)]
)
def test_what_cannot_be_put_is_refused_when_the_rule_is_loaded(
    tmp_path: Path, check: dict[str, Any], said: str
) -> None:
    assert said in refused(tmp_path, check)


def spares(one: Any) -> dict[str, Any]:
    return {"ersätt": [{"mönster": "a", "med": "b"}], "utom": [one]}


@pytest.mark.parametrize(
    ("mending", "said"),
    [
        ({"ersätt": [{"mönster": "(", "med": "x"}]}, "inget giltigt reguljärt uttryck"),
        ({"ersätt": [{"mönster": "(a|aa)+$", "med": "x"}]}, "kan ta för lång tid"),
        ({"ersätt": [{"mönster": "a", "med": "\\1"}]}, "nämner en parentes"),
        ({"ersätt": [{"mönster": "a", "med": "\\"}]}, "nämner en parentes"),
        ({"ersätt": [{"mönster": "a", "med": "b"}], "utom": ["(a+)+b"]}, "kan ta för lång tid"),
        (spares({"lista": "i hemet"}), "som inte finns. Menade du ”i hemmet”?"),
        (spares({"lista": "kommuner"}), "ord som får stå var som helst"),
        (spares({"lista": "anteckningar om underlaget"}), "ordlistan har utom"),
        (spares({"lista": 3}), "en text"),
        (spares({"ord": "x"}), "Fältet ”lista” saknas"),
        (spares(3), "en text eller en grupp"),
    ],
)
@pytest.mark.parametrize("place", ["regeln", "prövningen"])
def test_a_mending_that_cannot_be_used_is_refused_too(
    tmp_path: Path, mending: Any, said: str, place: str
) -> None:
    if place == "regeln":
        assert said in refused(tmp_path, nämner("a"), rättning=mending)
    else:
        assert said in refused(tmp_path, nämner("a") | {"rättning": mending})


KEYWORDS = [*rule_fields.KEYWORDS, "$id", "$anchor", "$dynamicRef", "$schema", "$vocabulary"]
VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    0.5,
    "",
    "x",
    "(",
    "namn",
    "#",
    [],
    [None],
    [5],
    ["x"],
    ["namn"],
    ["namn"] * 2,
    [{}],
    [[]],
    {},
    {"x": 5},
    {"namn": None},
    {"namn": []},
    {"namn": ["x"]},
    {"namn": {}},
    {"(": {}},
    {"$ref": 5},
    {"required": 5},
    {"const": {"x": [{}]}},
]


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_any_value_after_any_keyword_of_a_condition_is_put_or_refused_in_swedish(
    keyword: str, tmp_path: Path
) -> None:
    """In the condition itself, in that for a field, and in a branch of it; what is refused has a
    line and no English."""
    path = own(tmp_path, {"omfång": "insats"}) / "regler" / "KOM001.yaml"
    for value in VALUES:
        for condition in (
            {keyword: value},
            {"properties": {"villkor": {keyword: value}}},
            {"anyOf": [{"not": {keyword: value}}]},
        ):
            check = {"omfång": "insats", "meddelande": "Här.", "krav": {"schema": condition}}
            path.write_text(to_be_read(RULE | {"prövningar": [check]}), "utf-8")
            try:
                rule = _own_rule(path, BUILT_IN, tmp_path)
                rule.checks[0].requires({"villkor": [{"typ": "annat"}]})
            except RuleError as error:
                assert re.search(r"KOM001\.yaml:[0-9]+:[0-9]+: ", str(error)), error
                assert not re.search(
                    r"\b(is not|the|Error|retrieving|Resource|schemas)\b", str(error)
                ), error


def test_what_is_wrong_in_a_condition_is_told_at_its_value(tmp_path: Path) -> None:
    told = refused(
        tmp_path, {"omfång": "insats", "när": {"properties": {"karaktär": {"type": "strng"}}}}
    )
    (line, column) = map(int, re.findall(r":([0-9]+):([0-9]+): ", told)[0])
    written = (tmp_path / "regler" / "KOM001.yaml").read_text("utf-8").splitlines()[line - 1]
    assert written[column - 1 :] == "strng"


ODD: list[Any] = [
    None,
    True,
    1,
    "",
    "x",
    "(",
    [],
    [1],
    [None],
    ["x"],
    ["("],
    [[]],
    {},
    {"a": 1},
    [{}],
    [{"ord": "a"}],
    "U+0000",
]


@pytest.mark.parametrize("name", sorted(PREDICATES))
def test_no_function_in_any_scope_with_any_parameters_ends_in_anything_but_findings_or_a_refusal(
    name: str, tmp_path: Path
) -> None:
    """Every value that is odd, for each parameter of each function, in each scope and at a text, a
    list and a group."""
    folder = write_kommun(
        tmp_path / "k",
        {
            "a": {
                "innehåll": "Samtal.",
                "villkor": [{"typ": "annat", "beskrivning": "X"}],
                "målgrupp": {"deltagare": ["barn"]},
            }
        },
        {"uppföljningsintervall": {"månader": 12, "senast": "2025-01-01"}},
    )
    kommun = load(folder)
    usual = next(
        one.kontroll
        for rule in BUILT_IN.rules.values()
        for one in rule_form.written(rule.data)
        if one.kontroll.get("funktion") == name
    )
    usual = {key: value[:2] if isinstance(value, list) else value for key, value in usual.items()}
    places = {
        "insats": ["", "namn", "villkor", "målgrupp"],
        "del": [""],
        "kommun": ["", "namn", "avdelningar"],
        "riskanalys": [""],
    }
    number = 0
    for scope, targets in places.items():
        for target in targets:
            checks = [usual] + [
                usual | {key: odd} for key in usual if key != "funktion" for odd in ODD
            ]
            allowed = PREDICATES[name].scopes or {"insats"}
            for check in checks if scope == min(allowed) and not target else checks[:1]:
                number += 1
                data = {"omfång": scope, "kontroll": check} | ({"för": target} if target else {})
                try:
                    rule = loaded(own(tmp_path / str(number), data))
                    lint([kommun], replace(BUILT_IN, rules={"KOM001": rule}))
                except RuleError as error:
                    assert "KOM001.yaml" in str(error)
    assert number > 5


# -- regular expressions
# -----------------------------------------------------------------------------------------------

ORDINARY = [
    r"\bkontant\w*",
    r"\b\w*intyg\b",
    r"(?<!\w)år(s|en)?\b",
    r"behöver? inte (alls )?ansöka",
    r"bistånd[^.]{0,60}4 kap[^.]{0,60}§",
    r"\b(kan|får)( \w+)? (inte|ingen)( \w+){0,4} (ansöka)\b",
    r"[0-9]+ (kronor|kr)\b",
    r"[^.]*till exempel",
    r"a{2,5}b?",
    r"“[^”]*”",
]
HOSTILE = [
    r"(a+)+$",
    r"(a|a)*b",
    r"(a|aa)+$",
    r"(a*)*b",
    r"(.*)*x",
    r"(\w+\s?)*\.",
    r"(a?){30}a{30}",
    r"a*a*a*b",
    r"(?=(a+)+b)a",
    r"((a{0,100}){0,100}){0,100}b",
    r"(a|a?b)*c",
    r".*.*=.*",
    r"(x+x+)+y",
    r"(a|aa){0,8}b",
    r"a{0,90}a{0,90}b",
    r"(?=a{0,60}a{0,60}b)c",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_expression_finds_what_it_would_find_anyway(text: str) -> None:
    limited = re.compile(bounded(text), re.IGNORECASE)
    plain = re.compile(text, re.IGNORECASE)
    for sample in (
        "Kontanter och läkarintyg, två år.",
        "Du behöver inte ansöka, till exempel för 200 kronor.",
        "“så” aab",
        "",
    ):
        assert [m.span() for m in limited.finditer(sample)] == [
            m.span() for m in plain.finditer(sample)
        ]


@pytest.mark.parametrize("text", HOSTILE)
def test_an_expression_that_could_take_long_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError, match="kan ta för lång tid"):
        bounded(text)


PLACES: dict[str, Any] = {
    "ord": lambda text: (nämner(text), {}),
    "utom": lambda text: (nämner("x", utom=[text]), {}),
    "rättning": lambda text: (
        nämner("x"),
        {"rättning": {"ersätt": [{"mönster": text, "med": "y"}]}},
    ),
    "rättning, utom": lambda text: (
        nämner("x"),
        {"rättning": {"ersätt": [{"mönster": "x", "med": "y"}], "utom": [text]}},
    ),
    "när": lambda text: (
        {"omfång": "insats", "när": {"properties": {"innehåll": {"pattern": text}}}},
        {},
    ),
    "krav": lambda text: (
        {
            "omfång": "insats",
            "krav": {"anyOf": [{"properties": {"namn": {"not": {"pattern": text}}}}]},
        },
        {},
    ),
    "när_kommun": lambda text: (
        nämner("x") | {"när_kommun": {"properties": {"namn": {"pattern": text}}}},
        {},
    ),
    "i en lista": lambda text: (
        {"omfång": "insats", "när": {"properties": {"form": {"items": {"pattern": text}}}}},
        {},
    ),
    "ett fälts namn": lambda text: (
        {"omfång": "insats", "när": {"patternProperties": {f"{text}|namn": {"const": 1}}}},
        {},
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_one_bound_holds_wherever_a_rule_has_an_expression(place: str, tmp_path: Path) -> None:
    """What looks ahead is put by trying the ways one after the other in a condition too."""
    for number, text in enumerate(HOSTILE):
        check, more = PLACES[place](f"(?={text})q")
        said = refused(tmp_path / str(number), check, **more)
        # the latter: too large at all
        assert "kan ta för lång tid" in said or "inget giltigt JSON Schema" in said, text
    check, more = PLACES[place]("(?=namn)n[^.]{0,40}")
    rule = loaded(own(tmp_path / "lagom", check, **more))
    mended = mending(rule)
    assert (
        rule.checks[0].steps + rule.checks[0].kommun_steps + (mended.steps if mended else 0)
        > expressions.ONE_PASS
    )


def test_a_condition_that_is_put_in_one_pass_is_put_as_it_stands(tmp_path: Path) -> None:
    """No ceiling changes what it says of a long text."""
    condition = {
        "properties": {"innehåll": {"pattern": "^[^!]*$"}, "syfte": {"pattern": "^.*a.*b.*c.*$"}}
    }
    (check,) = loaded(own(tmp_path, {"omfång": "insats", "krav": condition})).checks
    assert check.requires({"innehåll": "a" * 5000, "syfte": "abc" * 5000})
    assert not check.requires({"innehåll": "a" * 5000 + "!"})
    assert check.steps == 2 * expressions.ONE_PASS
    assert "kan ta för lång tid" in refused(
        tmp_path / "stor",
        {
            "omfång": "insats",
            "krav": {"properties": {"namn": {"pattern": r"^(?:[ab]{0,60}c?){0,60}x"}}},
        },
    )


@pytest.mark.parametrize("text", ["a" * 9_500, "a" * 50_000])
@pytest.mark.parametrize("word", ["[^.]{0,200}barn(?! över)", "a+(?=b)c"])
def test_what_takes_the_engine_many_steps_is_answered_rightly(
    word: str, text: str, tmp_path: Path
) -> None:
    """Where it gives up it answers no, to what a text must have and to what it must not have."""
    conditions = [
        {"properties": {"innehåll": condition}}
        for condition in ({"pattern": word}, {"not": {"pattern": word}})
    ]
    has, has_not = (
        loaded(own(tmp_path / str(number), {"omfång": "insats", "krav": condition})).checks[0]
        for number, condition in enumerate(conditions)
    )
    assert has_not.requires({"innehåll": text})
    assert not has.requires({"innehåll": text})


def test_a_text_as_long_as_a_file_may_be_is_answered_rightly_or_refused(tmp_path: Path) -> None:
    rule = own(
        tmp_path / "own",
        {"omfång": "insats"},
        prövningar=[
            {
                "omfång": "insats",
                "krav": {"innehåll": {"nämner_inte": ["[^.]{0,200}barn(?! över)"]}},
                "meddelande": "Här.",
            }
        ],
    )
    rules = load_rules(own=rule)
    short = write_kommun(tmp_path / "kort", {"a": {"innehåll": "a" * 9_500}})
    assert "KOM001" not in {finding.rule for finding in lint_folder(short, rules).findings}
    hit = write_kommun(tmp_path / "träff", {"a": {"innehåll": "a" * 9_500 + " barn"}})
    assert "KOM001" in {finding.rule for finding in lint_folder(hit, rules).findings}
    long = write_kommun(tmp_path / "lång", {"a": {"innehåll": "a" * 1_900_000}})
    with pytest.raises(Refused, match=r"KOM001\.yaml:[0-9]+:[0-9]+: .*tar för lång tid"):
        lint_folder(long, rules)


def doubled(depth: int, **last: Any) -> dict[str, Any]:
    """A condition where each part refers twice to the next."""
    parts = {f"a{i}": {"allOf": [{"$ref": f"#/$defs/a{i + 1}"}] * 2} for i in range(depth)}
    return {"$defs": parts | {f"a{depth}": {"type": "object"} | last}, "$ref": "#/$defs/a0"}


def nested(depth: int, **beside: Any) -> dict[str, Any]:
    """A condition in the condition, where each judges anew what the one inside has judged."""
    inner: dict[str, Any] = {"properties": {"namn": True}}
    for _ in range(depth):
        inner = {"if": inner, "then": {"type": "object"}} | beside
    return inner


COSTLY: dict[str, dict[str, Any]] = {
    "hänvisningar som fördubblas": doubled(34),
    "hänvisningar in i ett allOf": {
        "allOf": [{}] + [{"anyOf": [{"$ref": f"#/allOf/{i}"}] * 2} for i in range(30)],
        "$ref": "#/allOf/30",
    },
    "till ett fält i förbigående": {
        "properties": {"namn": doubled(30)["$defs"]["a0"]},
        "$defs": doubled(30)["$defs"],
    },
    "i ett fält som heter som ett ord": {
        "properties": {"namn": {"properties": {"const": {"$ref": "#/$defs/a0"}}}},
        "$defs": doubled(30)["$defs"],
    },
    "i not och if": {"not": {"if": {"$ref": "#/$defs/a0"}}, "$defs": doubled(20)["$defs"]},
    "en kedja": {
        "$defs": {f"a{i}": {"$ref": f"#/$defs/a{i + 1}"} for i in range(900)},
        "$ref": "#/$defs/a0",
    },
    "oprövat om och om igen": nested(8, unevaluatedProperties={"type": "string"}),
    "programmets scheman många gånger": {"allOf": [{"$ref": "insats.schema.json"}] * 20},
}


@pytest.mark.parametrize("name", COSTLY)
@pytest.mark.parametrize("place", ["när", "krav", "när_kommun"])
def test_a_condition_that_would_try_too_much_is_refused_before_it_is_put(
    name: str, place: str, tmp_path: Path
) -> None:
    assert "prövar för mycket" in refused(
        tmp_path, {"omfång": "insats", "krav": {}} | {place: COSTLY[name]}
    )


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"$ref": "#"}, "går i ring"),
        (
            {
                "$defs": {"a": {"items": {"$ref": "#/$defs/b"}}, "b": {"$ref": "#/$defs/a"}},
                "$ref": "#/$defs/a",
            },
            "går i ring",
        ),
        ({"$dynamicRef": "#a", "$defs": {"a": {"$dynamicAnchor": "a"}}}, "Skriv ”$ref”"),
        (
            {"$defs": {"a": {"$anchor": "a"}}, "anyOf": [{"$anchor": "b", "$ref": "#b"}]},
            "Skriv ”$ref”",
        ),
        ({"anyOf": [{"$id": "x.json", "$ref": "#/anyOf"}]}, "Skriv ”$ref”"),
    ],
)
def test_a_condition_refers_to_nothing_that_leads_back_or_elsewhere(
    condition: dict[str, Any], said: str, tmp_path: Path
) -> None:
    assert said in refused(tmp_path, {"omfång": "insats", "krav": condition})


def test_an_ordinary_condition_may_refer_and_branch_as_it_likes(tmp_path: Path) -> None:
    fine = [
        doubled(3),
        nested(2, unevaluatedProperties={}),
        {"properties": {"villkor": {"items": {"anyOf": [{"required": ["skäl"]}] * 40}}}},
        {"$ref": "insats.schema.json"},
        {
            "properties": {"namn": {"$ref": "gemensamt.schema.json#/$defs/datum"}},
            "required": ["namn"],
        },
    ]
    for number, condition in enumerate(fine):
        assert loaded(own(tmp_path / str(number), {"omfång": "insats", "krav": condition})).checks


def test_what_conditions_try_is_within_the_bound_for_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = load_rules(
        own=own(tmp_path / "own", {"omfång": "insats", "när": doubled(8), "krav": {}})
    )
    folder = write_kommun(tmp_path / "k", {"a": {}})
    lint_folder(folder, rules)
    monkeypatch.setattr(Budget, "read", lambda budget, letters: setattr(budget, "left", 1000))
    with pytest.raises(Refused, match=r"KOM001\.yaml:[0-9]+:[0-9]+: .*tar för lång tid"):
        lint_folder(folder, rules)


def test_conditions_and_mendings_are_within_the_bound_for_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = "(?=a{0,30})b"
    folder = write_kommun(tmp_path / "k", {"a": {"innehåll": "a" * 1000}})
    mended = load_rules(
        own=own(
            tmp_path / "m", nämner("a{1,5}"), rättning={"ersätt": [{"mönster": look, "med": "c"}]}
        )
    )
    found = [
        finding for finding in lint_folder(folder, mended).findings if finding.rule == "KOM001"
    ]
    assert plan(found, mended) == []
    checks = [
        {"omfång": "insats", "när": {"properties": {"innehåll": {"pattern": look}}}},
        {"omfång": "beslut", "när_kommun": {"properties": {"namn": {"pattern": look}}}},
    ]
    ruled = [
        load_rules(own=own(tmp_path / str(number), check)) for number, check in enumerate(checks)
    ]
    monkeypatch.setattr(Budget, "read", lambda budget, letters: setattr(budget, "left", 1000))
    with pytest.raises(Refused, match=r"KOM001\.yaml:[0-9]+:[0-9]+: .*tar för lång tid"):
        plan(found, mended)
    for rules in ruled:
        with pytest.raises(Refused, match=r"KOM001\.yaml:[0-9]+:[0-9]+: .*tar för lång tid"):
            lint_folder(folder, rules)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        (r"\bkontant\w*", 9),
        (r"kontant", 2),
        (r"\b\w*intyg\b", 3),
        (r"\w*intyg", 603),
        (r"aaaa[^.]{0,40}b", 51),
        (r"(?i:a)b*", 54),
    ],
)
def test_what_an_expression_begins_with_keeps_the_places_apart_where_it_is_tried(
    text: str, steps: int
) -> None:
    assert expressions.steps(bounded(text)) == steps


def test_all_own_expressions_together_have_a_bound_for_the_run(tmp_path: Path) -> None:
    """Each of them would pass alone; none is put to the text when all of them together would take
    too long."""
    words = [f"a{{0,40}}a{{0,40}}b{number}" for number in range(20)]
    rules = load_rules(own=own(tmp_path / "own", nämner(*words)))
    folder = write_kommun(tmp_path / "k", {"a": {"innehåll": "a" * 190_000}})
    with pytest.raises(
        Refused, match=r"KOM001\.yaml:[0-9]+:[0-9]+: .*tar för lång tid på så här mycket text"
    ):
        lint_folder(folder, rules)


def test_ordinary_expressions_are_within_the_bound_whatever_there_is_to_read(
    tmp_path: Path,
) -> None:
    words = [rf"\b{word}\w*" for word in ("kontant", "läkarintyg", "ansökan", "bistånd")] * 12
    (check,) = loaded(own(tmp_path, nämner(*words))).checks
    assert check.steps <= A_LETTER


def test_the_budget_blames_what_has_taken_the_most() -> None:
    budget = Budget(left=100)
    budget.read(1)
    budget.spend("x.yaml:1:1", 100 + A_LETTER - 1)
    with pytest.raises(Refused, match=r"^x\.yaml:1:1: "):
        budget.spend("y.yaml:1:1", 2)


@pytest.mark.parametrize("text", [r"(x)\1", r"(?P<n>a)(?P=n)", r"(a)?(?(1)b|c)"])
def test_what_cannot_be_counted_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError, match="går att använda"):
        bounded(text)


def test_a_ceiling_is_put_on_repetitions_only_where_they_are_repetitions() -> None:
    n = expressions.CEILING
    assert bounded(r"[*+]\*\+x{3,}y?") == rf"[*+]\*\+x{{3,{3 + n}}}y?"
    assert bounded(r"[]*]z+") == rf"[]*]z{{1,{1 + n}}}"
    assert bounded(r"[^]*]z*?") == rf"[^]*]z{{0,{n}}}?"
    assert bounded(r"\[a*") == rf"\[a{{0,{n}}}"


def test_own_rules_are_put_and_mended_with_their_bounded_expressions(tmp_path: Path) -> None:
    mending = {"ersätt": [{"mönster": r"\b(kontant)\w*", "med": r"\1a"}]}
    rules = load_rules(
        own=own(
            tmp_path / "own",
            nämner(r"\bkontant\w*") | {"meddelande": "{ord} i {insats}"},
            rättning=mending,
        )
    )
    folder = write_kommun(tmp_path / "k", {"a": {"innehåll": "Vi ger kontanter."}})
    (finding,) = (f for f in lint_folder(folder, rules).findings if f.rule == "KOM001")
    assert finding.message == "kontanter i Exempel"
    assert "Vi ger kontanta." in plan([finding], rules)[0].after


@pytest.mark.parametrize("name", sorted(RENAMED))
def test_a_function_that_has_another_name_now_is_told_by_it(name: str, tmp_path: Path) -> None:
    said = refused(tmp_path, kontroll(name))
    assert f"kontrollen {name} finns inte längre. {RENAMED[name]}" in said


@pytest.mark.parametrize("name", sorted(PREDICATES))
def test_every_function_says_what_its_parameters_are_and_what_it_gives(name: str) -> None:
    predicate = PREDICATES[name]
    assert predicate.gives is not None
    for parameter, kind in predicate.kinds.items():
        marked = {
            "ord": "uttryck",
            "utom": "uttryck",
            "utan": "uttryck",
            "mönster": "helt",
            "fält": "fält",
        }.get(parameter)
        assert kind is int or marked is None or marked in str(kind), (parameter, kind)


def test_a_rule_that_would_wait_for_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"KOM001\.yaml:[0-9]+:[0-9]+: KOM001 skulle vänta på sig"):
        load_rules(own=own(tmp_path, nämner("x"), tystas_av=["KOM001"]))


def test_an_unknown_provision_is_told_at_its_place(tmp_path: Path) -> None:
    said = refused(tmp_path, {"omfång": "insats"}, lagrum=["SoL 99 kap. 1 §"])
    assert "lagrummet SoL 99 kap. 1 § finns inte i catalogue/lagrum" in said


def test_a_misspelt_question_of_a_number_is_told_with_what_was_meant(tmp_path: Path) -> None:
    (tmp_path / "regler").mkdir()
    check = {"omfång": "insats", "meddelande": "Här.", "när": {"omfattning.högst": "finnes"}}
    path = tmp_path / "regler" / "KOM001.yaml"
    path.write_text(to_be_read(RULE | {"prövningar": [check]}), "utf-8")
    with pytest.raises(RuleError, match="Menade du ”finns”"):
        loaded(tmp_path)


def test_rules_that_would_wait_for_each_other_are_refused(tmp_path: Path) -> None:
    own(tmp_path, nämner("x"), tystas_av=["KOM002"])
    first = tmp_path / "regler" / "KOM001.yaml"
    text = first.read_text("utf-8")
    other = text.replace("KOM002", "KOM003").replace("KOM001", "KOM002").replace("KOM003", "KOM001")
    (tmp_path / "regler" / "KOM002.yaml").write_text(other, "utf-8")
    with pytest.raises(RuleError, match=r"KOM001 skulle vänta på sig själv.* Ta bort KOM002"):
        load_rules(own=tmp_path)
    first.write_text(text.replace("KOM002", "IK203"), "utf-8")
    assert {"KOM001", "KOM002"} <= load_rules(own=tmp_path).rules.keys()
