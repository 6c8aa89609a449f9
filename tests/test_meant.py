"""Everyday words, values with more in them than a number, and fields that are missing: what the
messages say to write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from insatskoll import meant
from insatskoll.catalogue import referring
from insatskoll.everyday import EVERYDAY
from insatskoll.law.predicates import references
from insatskoll.reading import document, samples, schema
from insatskoll.swedish import NUMBERS
from tests.catalogues import lint_folder, write_kommun
from tests.program import run
from tests.test_schema import SCHEMAS, nodes

WHOLE: dict[str, Any] = {
    "insats": {"namn": "A", "insatstyp": "samtal", "avdelning": "vuxen"},
    "kommun": {
        "namn": "A",
        "nämnd": "B",
        "bilaga": {"titel": "C"},
        "avdelningar": [{"id": "a", "namn": "A"}],
    },
    "profil": {"visningsnamn": "A"},
}


def remedies(kind: str, data: dict[str, Any]) -> str:
    return "\n".join(error.remedy for error in schema.errors(data, kind))


@pytest.mark.parametrize(
    ("kind", "fields", "word"),
    [
        ("insats", {"omfattning": {"högst": 5, "enhet": "telefonsamtal"}}, "samtal"),
        ("insats", {"omfattning": {"högst": 5, "enhet": "gemensamma samtal"}}, "samtal"),
        ("insats", {"omfattning": {"högst": 5, "enhet": "möten"}}, "träffar"),
        ("insats", {"omfattning": {"högst": 5, "enhet": "Träffar"}}, "träffar"),
        ("insats", {"dokumentation": {"nivå": "anonym"}}, "avidentifierad"),
        ("insats", {"dokumentation": {"nivå": "Avidentifierad"}}, "avidentifierad"),
        (
            "insats",
            {"dokumentation": {"nivå": "utan-personliga-förhållanden"}},
            "utan personliga förhållanden",
        ),
        ("insats", {"insatstyp": "rådgivning"}, "råd och stöd"),
        ("insats", {"insatstyp": "öppen mötesplats"}, "mötesplats"),
        ("insats", {"insatstyp": "föräldraprogram"}, "föräldraskapsstöd"),
        ("insats", {"målgrupp": {"deltagare": ["ungdomar"]}}, "unga"),
        ("insats", {"form": ["öppen"]}, "öppen verksamhet"),
        ("insats", {"kostnad": "nej"}, "avgift"),
        ("insats", {"Innehåll": "x"}, "innehåll"),
        ("insats", {"ålder-i-innehåll": {"från": 3, "avser": "deltagaren"}}, "ålder_i_innehåll"),
        ("kommun", {"förslag": {"datum": "2025-07-01", "dnr": "SN 1"}}, "diarienummer"),
        ("kommun", {"scbkod": "0380"}, "scb_kod"),
        ("kommun", {"verksamheter": []}, "enheter"),
        ("profil", {"logga": "x.png"}, "logotyp"),
    ],
)
def test_what_was_meant(kind: str, fields: dict[str, Any], word: str) -> None:
    assert f"Menade du ”{word}”?" in remedies(kind, WHOLE[kind] | fields)


@pytest.mark.parametrize(("kapitel", "word"), [("kapitel", "avdelningar"), ("kommun", "namn")])
def test_what_was_meant_when_the_field_itself_is_missing(kapitel: str, word: str) -> None:
    data = {name: value for name, value in WHOLE["kommun"].items() if name != word}
    assert f"Menade du ”{word}”?" in remedies("kommun", data | {kapitel: "x"})


def test_a_field_that_is_there_already_is_not_what_was_meant() -> None:
    assert "Menade du" not in remedies("kommun", WHOLE["kommun"] | {"kommun": "x"})


@pytest.mark.parametrize(
    "word",
    ["", "x", "qwerty", "xy zw", "-", "_" * 50, "a" * 10_000, "enhetschef och verksamhetschef"],
)
def test_no_guess_where_there_is_none(word: str) -> None:
    assert meant.meant(word, ["samtal", "träffar", "nätter"]) is None


def test_everyday_words_mean_something_that_can_be_written() -> None:
    known: set[str] = set()
    for name, one in SCHEMAS.items():
        for node in nodes(name, one):
            known |= node.schema.get("properties", {}).keys() | set(
                map(str, node.schema.get("enum", ()))
            )
    assert {word for words in EVERYDAY.values() for word in words} <= known
    assert all(word == word.casefold() for word in EVERYDAY)


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("högst", "5 träffar", ["högst: 5", "enhet: träffar"]),
        ("högst", "5 möten", ["högst: 5", "enhet: träffar"]),
        ("högst", "5 pizzor", ["högst: 5", "enhet: samtal, ", "beskrivning"]),
        ("högst", "5-7", ["lägst: 5", "högst: 7"]),
        ("högst", "5–7 samtal", ["lägst: 5", "högst: 7", "enhet: samtal"]),
        ("högst", "5 till 7", ["lägst: 5", "högst: 7"]),
        ("antal", "3 - 4", ["lägst: 3", "högst: 4"]),
        ("högst", "2,5", ["heltal", "beskrivning"]),
        ("högst", "2.5 timmar", ["heltal", "beskrivning"]),
        ("högst", "nio", ["högst: 9"]),
        ("högst", "Tre träffar", ["högst: 3", "enhet: träffar"]),
        ("högst", "ett samtal", ["högst: 1", "enhet: samtal"]),
        ("högst", "upp till 5", ["högst: 5"]),
        ("högst", "max 5 samtal", ["högst: 5", "enhet: samtal"]),
        ("högst", "efter behov", ["heltal", "beskrivning"]),
        ("högst", "5", ["utan citattecken"]),
    ],
)
def test_a_text_where_a_number_should_be(field: str, written: str, said: list[str]) -> None:
    told = remedies(
        "insats", WHOLE["insats"] | {"omfattning": {field: written, "enhet": "träffar"}}
    )
    assert all(words in told for words in said), told
    assert ("citattecken" in told) == (written == "5")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("18+", "från: 18"),
        ("13 år", "från: 13"),
        ("13-20", "från: 13 och till: 20"),
        ("13–20 år", "till: 20"),
    ],
)
def test_a_text_where_an_age_should_be(written: str, said: str) -> None:
    age = {"från": written, "avser": "deltagaren"}
    assert said in remedies("insats", WHOLE["insats"] | {"målgrupp": {"ålder": age}})


def groups() -> list[tuple[str, tuple[str, ...], dict[str, Any]]]:
    """Every group of fields that requires some, in every schema."""
    return [
        (node.file, node.path, node.schema)
        for name, one in SCHEMAS.items()
        for node in nodes(name, one)
        if node.schema.get("required")
        and node.schema.get("properties", {}).keys() >= set(node.schema["required"])
    ]


@pytest.mark.parametrize(("file", "path", "group"), groups(), ids=lambda value: str(value)[:40])
def test_lines_to_paste_for_every_field_that_can_be_missing(
    file: str, path: tuple[str, ...], group: dict[str, Any]
) -> None:
    for name in group["required"]:
        pasted = samples.lines(group, [name])
        assert list(yaml.safe_load(pasted)) == [name]
        assert len(pasted) < 1500


@pytest.mark.parametrize(
    "kind", ["kommun", "insats", "profil", "konfiguration", "begrepp", "riskanalys"]
)
def test_what_is_pasted_follows_the_schema(kind: str) -> None:
    required = SCHEMAS[f"{kind}.schema.json"].get("required", [])
    data: dict[str, Any] = {}
    for _ in required:
        missing = [e for e in schema.errors(data, kind) if e.missing and e.path == ()]
        if not missing:
            break
        lines = missing[0].remedy.split("Lägg till:\n")[1]
        beginning: Any = document.parse(Path("x.yaml"), lines).data
        data |= beginning
    assert [e for e in schema.errors(data, kind) if e.path[:1] and e.path[0] in required] == []
    assert not any(name not in data for name in required)


def test_a_list_that_is_spoken_of_is_shown() -> None:
    for kind, whole in WHOLE.items():
        for name in SCHEMAS[f"{kind}.schema.json"].get("required", ()):
            told = remedies(kind, {field: value for field, value in whole.items() if field != name})
            assert f"Lägg till:\n{name}:" in told
            assert "Listan" not in told or "Det här går att skriva: " in told


def test_numbers_in_words() -> None:
    assert [NUMBERS[n] for n in (1, 9, 12, 20)] == ["en", "nio", "tolv", "tjugo"]


def test_a_reference_that_leads_nowhere_is_told_what_there_is(tmp_path: Path) -> None:
    avdelningar = [{"id": name, "namn": name} for name in ("grupp", "individuellt")]
    folder = write_kommun(
        tmp_path / "exempel", {"samtal": {"avdelning": "grupper"}}, {"avdelningar": avdelningar}
    )
    (told,) = [f.message for f in lint_folder(folder).findings if f.rule == "IK701"]
    assert told == (
        "Avdelningen ”grupper” finns inte i kommun.yaml. Menade du ”grupp”? Det finns grupp, "
        "individuellt."
    )


def test_a_thousand_names_are_not_listed(tmp_path: Path) -> None:
    avdelningar = [{"id": f"a{number:04}", "namn": str(number)} for number in range(1000)]
    folder = write_kommun(
        tmp_path / "exempel", {"samtal": {"avdelning": "okänd"}}, {"avdelningar": avdelningar}
    )
    (told,) = [
        f.message
        for f in lint_folder(folder).findings
        if f.rule == "IK701" and "samtal" in f.path.stem
    ]
    assert told.endswith("a0007 och 992 till.")
    assert len(told) < 200


def test_a_register_is_made_ready_once_for_all_that_refers_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a municipality with many units and many slips of the pen would cost each times each."""
    made: list[str] = []
    bare = meant._bare

    def counted(text: str) -> str:
        made.append(text)
        return bare(text)

    monkeypatch.setattr(meant, "_bare", counted)
    enheter = [{"id": f"enhet-{number}", "namn": f"Enheten {number}"} for number in range(300)]
    unknown = {"utförare": {"enheter": [f"okänd-{number}" for number in range(300)]}}
    folder = write_kommun(
        tmp_path / "exempel", {"a": unknown, "b": {"namn": "B", **unknown}}, {"enheter": enheter}
    )
    assert (
        len([f for f in lint_folder(folder).findings if f.rule == "IK701" and "okänd" in f.message])
        == 600
    )
    assert len(made) < 2000


def test_what_was_meant_does_not_hang_on_the_order_of_a_set() -> None:
    names = ["stöda", "stödb", "stödc", "Stöda"]
    told = {
        referring.offered("stödx", references._choices(frozenset(order)))
        for order in (names, [*reversed(names)])
    }
    (one,) = told  # each is as near as another, so that none is asked after
    assert "Menade du" not in one


@pytest.mark.parametrize(
    ("file", "namn", "right"),
    [
        ("Öppen mötesplats", "Öppen mötesplats Kajutan", "öppen-mötesplats.yaml"),
        ("A_B", "Råd & stöd (18–20 år)", "a-b.yaml"),
        ("COPE", "COPE", "cope.yaml"),
        ("X", "!!", "x.yaml"),
        ("!!", "??", "exempel.yaml"),
        ("Samtal!", "Råd", "råd.yaml"),
        ("Samtal!", "Samtal", "samtal-2.yaml"),
    ],
)
def test_a_file_that_cannot_be_an_id_is_told_its_right_name(
    file: str, namn: str, right: str, tmp_path: Path
) -> None:
    insatser = {"samtal": {"namn": "Enskilt"}, file: {"namn": namn}}
    folder = write_kommun(tmp_path / "exempel", insatser)
    told = [f.message for f in lint_folder(folder).findings if f.rule == "IK906"]
    assert any(f"Den kan heta {right}." in message for message in told), told


def test_what_a_message_quotes_is_on_one_line_and_short(tmp_path: Path) -> None:
    long = "rad\n::error::x\n" + "ord " * 2000
    folder = write_kommun(
        tmp_path / "exempel", {"samtal": {"innehåll": long, "namn": "A" * 300, "kortnamn": "B"}}
    )
    for finding in lint_folder(folder).findings:
        assert "\n" not in finding.message
        assert len(finding.message) < 1000


# Words of the sources and of everyday life, and what they must not be taken for.
@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("insats", ("dokumentation", "nivå"), "identifierad identifieras förhållanden person land"),
        ("insats", ("insatstyp",), "eller form söka samma familjer vård innan beroende äldre"),
        ("insats", ("målgrupp", "deltagare"), "personer personlig kunna fungerar ålder förändra"),
        ("insats", ("omfattning", "enhet"), "deltagare idag kontakter nätverk under bättre antal"),
        ("insats", ("karaktär",), "medling hand handling vård form handläggning"),
        ("insats", ("villkor", "typ"), "våld fler skulder barn boende natt både"),
        ("insats", ("utförare", "regi"), "efter genom ingen veckan lagen annan"),
        ("insats", ("ingång",), "ej_öppen inte_öppen utan_remiss"),
    ],
)
def test_what_is_only_a_little_alike_is_no_guess(
    kind: str, fields: tuple[str, ...], words: str
) -> None:
    choices = meant.Choices(samples.words(kind, fields))
    assert {word: choices.meant(word) for word in words.split()} == dict.fromkeys(words.split())


@pytest.mark.parametrize(
    ("written", "names", "name"),
    [
        ("telefonsamtal", ["samtal", "träffar"], "samtal"),
        ("gemensamma samtal", ["samtal", "träffar"], "samtal"),
        ("rådgivande", ["rådgivning", "stöd"], "rådgivning"),
        ("foraldrar", ["föräldrar", "barn"], "föräldrar"),
        ("instatstyp", ["insatstyp", "insats"], "insatstyp"),
        ("lnit", ["lint", "init"], "lint"),
        ("gruppen", ["grupp", "gruppträff"], "grupp"),
        ("kontakt", ["kontaktperson", "kontaktfamilj"], None),
        ("inte samtal", ["samtal"], None),
        ("vägledning", ["samhällsvägledning", "samtal"], "samhällsvägledning"),
    ],
)
def test_what_is_alike_is_the_one_that_is(written: str, names: list[str], name: str | None) -> None:
    assert meant.meant(written, names) == name


@pytest.mark.parametrize(
    ("written", "names", "name"),
    [
        ("gäller_fr.o.m.", ["gäller_från", "gäller_till"], "gäller_från"),
        ("fr.o.m.", ["från", "till"], "från"),
        ("t.o.m", ["från", "till"], "till"),
        ("journalförs", ["individnivå", "avidentifierad"], "individnivå"),
        ("journalförs inte", ["individnivå", "avidentifierad"], None),
        ("under_18", ["under_15", "från_15"], None),
        ("öppen/remiss", ["öppen", "remiss", "öppen och remiss"], "öppen och remiss"),
        ("unga vuxna", ["unga", "vuxna"], None),
    ],
)
def test_what_is_shortened_numbered_denied_or_two_things(
    written: str, names: list[str], name: str | None
) -> None:
    assert meant.meant(written, names) == name


def test_a_field_is_explained_by_its_everyday_name_wherever_it_stands() -> None:
    assert "Menade du diarienummer?" in run("explain", "dnr").err
