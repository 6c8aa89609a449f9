"""A document becomes a catalogue: nothing is invented, and nothing is lost."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from insatskoll import resources
from insatskoll.errors import Refused
from insatskoll.importing import labels, plan, report, values
from insatskoll.importing.blocks import Cell, Source, Spot, Style, Table, Text, texts
from insatskoll.reading import document, schema
from tests import imported
from tests.program import run

DOCUMENTS = {
    "avsnitt": imported.AVSNITT,
    "riktlinje": imported.RIKTLINJE,
    "lista": imported.LISTA,
    "tabell": imported.TABELL,
    "utförlig": imported.UTFÖRLIG,
    "numrerad": imported.NUMRERAD,
    "stycken": imported.STYCKEN,
    "tabell per insats": imported.TABELL_PER_INSATS,
    "matris i rader": imported.MATRIS_I_RADER,
}
INDIVIDUAL, ADVICE, NOBODY = "individnivå", "utan personliga förhållanden", "avidentifierad"
# All facts of each document's insatser: what is not here is not said there.
FACTS: dict[str, dict[str, dict[str, Any]]] = {
    "avsnitt": {
        "Kompassen": {"ålder": (14, 19), "omfattning": ("högst", 6, "samtal"), "nivå": [ADVICE]},
        "Föräldrakaféet": {"ålder": (0, 6), "nivå": [INDIVIDUAL]},
        "Stödlinjen": {
            "ålder": (18, None), "omfattning": ("högst", 4, "samtal"), "nivå": [ADVICE, INDIVIDUAL]
        },
    },
    "riktlinje": {
        "Lugna stunden": {
            "ålder": (20, None), "omfattning": ("antal", 8, "träffar"), "nivå": [NOBODY]
        },
        "Ekonomihjälpen": {"omfattning": ("antal", 1, "samtal"), "nivå": [INDIVIDUAL]},
    },
    "lista": {
        "Parkens ungdomssamtal": {
            "ålder": (13, 19), "omfattning": ("antal", 5, "samtal"), "nivå": [NOBODY],
            "samtycke": {"från_15": "utan vårdnadshavare"},
        },
        "Lekgruppen": {"ålder": (2, 10)},
        "Parsamtal": {},
    },
    "tabell": {
        "Fyren": {},
        "Stegvis": {"nivå": [INDIVIDUAL]},
        "Tidigt stöd (TS)": {"nivå": [INDIVIDUAL]},
    },
    "utförlig": {
        "Trygg hemma": {
            "ålder": (4, 9), "omfattning": ("antal", 7, "tillfällen"), "nivå": [NOBODY]
        },
        "Öppen rådgivning (ungdomar)": {
            "ålder": (12, 18), "omfattning": ("högst", 4, "samtal"), "nivå": [ADVICE],
            "samtycke": {"under_15": "samtliga vårdnadshavare"},
        },
        "Skuldhjälpen": {"ålder": (18, None), "nivå": [INDIVIDUAL]},
    },
    "numrerad": {
        "Samtalsrummet": {
            "ålder": (16, None), "omfattning": ("högst", 3, "samtal"), "nivå": [INDIVIDUAL]
        },
        "Brobyggarna": {
            "ålder": (6, 12), "omfattning": ("antal", 10, "tillfällen"), "nivå": [INDIVIDUAL]
        },
    },
    "stycken": {
        "Kvällskaféet": {"nivå": [NOBODY]},
        "Pappaprat": {
            "ålder": (0, 3), "omfattning": ("antal", 6, "tillfällen"), "nivå": [INDIVIDUAL]
        },
        "Lotsen": {"nivå": [INDIVIDUAL]},
    },
    "tabell per insats": {
        "Sommargruppen": {
            "ålder": (7, 12), "omfattning": ("antal", 4, "tillfällen"), "nivå": [INDIVIDUAL],
            "samtycke": {"under_15": "vårdnadshavare"},
        },
        "Nattvilan": {
            "ålder": (18, None), "omfattning": ("högst", 3, "nätter"), "nivå": [INDIVIDUAL]
        },
    },
    "matris i rader": {
        name: {"nivå": [INDIVIDUAL]} for name in ("Kursen", "Samtalet", "Vandringen")
    },
}  # fmt: skip


def made_of(source: Source) -> dict[str, dict[str, Any]]:
    """The data of the insatser that a document becomes, by name."""
    found = plan.plan([source], "Granåker")
    return {m.sheet.data["namn"]: m.sheet.data for m in found.made if m.kind == "insats"}


def facts(data: dict[str, Any]) -> dict[str, Any]:
    """The ages, extents, levels and consent in an insats and its parts."""
    found: dict[str, Any] = {}
    parts = [data, *data.get("delar", ())]
    levels = [p["dokumentation"]["nivå"] for p in parts if "nivå" in p.get("dokumentation", {})]
    ages = [p["målgrupp"]["ålder"] for p in parts if "ålder" in p.get("målgrupp", {})]
    ages += [v["ålder"] for p in parts for v in p.get("villkor", ()) if "ålder" in v]
    for age in ages:
        found["ålder"] = (age.get("från"), age.get("till"))
    for part in parts:
        for key in ("antal", "högst", "lägst"):
            if key in part.get("omfattning", {}):
                found["omfattning"] = (key, part["omfattning"][key], part["omfattning"]["enhet"])
    consent = data.get("samtycke", {})
    settled = {key: consent[key] for key in ("under_15", "från_15") if key in consent}
    return found | ({"nivå": levels} if levels else {}) | ({"samtycke": settled} if settled else {})


@pytest.mark.parametrize("name", DOCUMENTS)
def test_finds_every_insats_and_what_is_said_of_it(name: str) -> None:
    made = made_of(DOCUMENTS[name])
    assert {insats: facts(data) for insats, data in made.items()} == FACTS[name]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.casefold()))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_loses_no_word(name: str) -> None:
    source = DOCUMENTS[name]
    found = plan.plan([source], "Granåker")
    kept: Counter[str] = Counter()
    for made in found.made:
        for words_of, _ in {(one.words, one.spot): None for one in made.sheet.fillings}:
            kept += words(words_of)
        for left in made.sheet.leftovers:
            kept += words(left.words)
    for (label, _), many in found.labels.items():
        kept += Counter({word: many * times for word, times in words(label).items()})
    whole = sum((words(text.words) for text in texts(source.blocks)), Counter[str]())
    assert whole - kept == Counter(), "words that neither a field nor the report has"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_text_is_the_documents_own(name: str) -> None:
    """No text of a file has a word that the document does not have there."""
    source = DOCUMENTS[name]
    spoken = words(" ".join(text.words for text in texts(source.blocks)))
    for made in plan.plan([source], "Granåker").made:
        for filling in made.sheet.fillings:
            assert words(filling.words) <= spoken
        for path in (("innehåll",), ("mål",), ("målgrupp", "beskrivning")):
            assert words(str(made.sheet.get(path) or "")) <= spoken


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_files_follow_their_schemas_and_say_the_same(name: str, tmp_path: Path) -> None:
    found = plan.plan([DOCUMENTS[name]], "Granåker")
    for made in found.made:
        assert schema.errors(made.sheet.data, made.kind) == []
        text = found.text(made, tmp_path)
        assert document.parse(Path("fil.yaml"), text).data == made.sheet.data


JUNK = (
    "Målgrupp", "Målgrupp:", "Dokumentation: ", "Ja", "Nej", "1.", "a" * 3000, "Insats", "§§§",
    "Barn 3–2 år", "0–9999 år", "999999999999 samtal", "Samtycke: krävs", "Ges av .", "\u200b",
    "Riskanalys", "Bedömning", "Risker med att inte pröva behov", "Villkor för alla insatser",
    "Del", "Insats 1: Namn", "Status Förslag 2026-13-45", "Gäller från 99 maj 2026", "Gratis.",
    "Högst noll samtal", "Dokumenteras", "Syfte och mål", "Insats Beskrivning Ingång Avgift",
)  # fmt: skip


def broken(chance: random.Random) -> Source:
    """A piece of one of the documents with junk in it."""
    blocks = list(chance.choice(list(DOCUMENTS.values())).blocks)
    for _ in range(chance.randint(1, 12)):
        at, words = chance.randrange(len(blocks) + 1), chance.choice(JUNK)
        level, style = chance.choice([None, 0, 1, 2]), chance.choice(list(Style))
        cells = [(Cell((Text(words, Spot(at)),), chance.randint(1, 3)),) * chance.randint(0, 3)]
        blocks[at:at] = chance.choice(
            [[Text(words, Spot(at), style, level)], [Table(tuple(cells * 2), Spot(at))], []]
        )
        del blocks[chance.randrange(len(blocks))]
    return Source("brutet.docx", tuple(blocks))


def test_no_document_breaks_the_import(tmp_path: Path) -> None:
    chance = random.Random(13)
    for _ in range(60):
        try:
            found = plan.plan([broken(chance)], "Granåker")
        except Refused:
            continue
        for made in found.made:
            assert schema.errors(made.sheet.data, made.kind) == []
            assert found.text(made, tmp_path)
        assert report.markdown(found)


def test_is_the_same_every_time() -> None:
    first, second = (plan.plan([imported.AVSNITT], "Granåker") for _ in range(2))
    assert report.markdown(first) == report.markdown(second)


def test_words_of_the_municipality() -> None:
    found = plan.plan([imported.AVSNITT], "Granåker").made[0].sheet.data
    assert found["nämnd"] == "Omsorgsnämnden"
    assert found["bilaga"]["titel"] == "Insatser utan behovsprövning i Granåker"
    assert found["bilaga"]["gäller_från"] == "2026-03-01"
    assert [one["namn"] for one in found["avdelningar"]] == [
        "Insatser som ges av avdelning familj",
        "Insatser som ges av avdelning vuxen",
    ]


def test_crosses_in_a_matrix_are_units() -> None:
    made = plan.plan([imported.TABELL_PER_INSATS], "Granåker").made
    assert [one["namn"] for one in made[0].sheet.data["enheter"]] == [
        "Fritidsenheten",
        "Boendeenheten",
    ]
    assert made[2].sheet.data["utförare"]["enheter"] == ["boendeenheten"]


def test_crosses_in_lines_are_units_where_the_text_names_as_many() -> None:
    made = plan.plan([imported.MATRIS_I_RADER], "Granåker").made
    given = {m.sheet.name: m.sheet.data.get("utförare", {}).get("enheter") for m in made[1:]}
    assert given == {
        "Kursen": ["norra-familjeenheten", "södra-familjeenheten"],
        "Samtalet": ["vintergatan"],
        "Vandringen": None,
    }
    assert "Vilka enheter ger ”Vandringen”" in {one.why for one in made[0].sheet.questions}


def test_a_sentence_about_documentation_among_the_conditions_is_about_documentation() -> None:
    data = made_of(imported.LISTA)["Parkens ungdomssamtal"]
    assert data["målgrupp"]["beskrivning"] == "Unga 13-19 år."
    assert data["dokumentation"]["särskilda_skäl"]["motivering"].startswith("Då möjligheten")


def test_what_cannot_be_told_is_asked() -> None:
    found = plan.plan([imported.TABELL], "Granåker")
    asked = {(made.sheet.name, one.path) for made in found.made for one in made.sheet.questions}
    assert ("Fyren", ("dokumentation", "nivå")) in asked


def test_a_document_without_insatser_is_refused(tmp_path: Path) -> None:
    (tmp_path / "brev.txt").write_text("Hej!\n\nVi hörs i morgon om mötet.\n", "utf-8")
    ended = run("import", "brev.txt", "--kommun", "Granåker", cwd=tmp_path)
    assert ended.code == 2
    assert "brev.txt: Inga insatser går att känna igen" in ended.err


def test_writes_a_catalogue_and_never_over_one(tmp_path: Path) -> None:
    text = "\n".join(
        ("● " if block.style.value == "punkt" else "") + block.words
        for block in texts(imported.LISTA.blocks)
    )
    (tmp_path / "lista.txt").write_text(text, "utf-8")
    ended = run("import", "lista.txt", "--kommun", "Granåker", cwd=tmp_path)
    assert ended.code == 0, ended.err
    folder = tmp_path / "catalogue" / "kommuner" / "granåker"
    assert (folder / "insatser" / "parsamtal.yaml").is_file()
    assert "## Det som inget fält har" in (folder / "inläsning.md").read_text("utf-8")
    again = run("import", "lista.txt", "--kommun", "Granåker", cwd=tmp_path)
    assert again.code == 2
    assert "finns redan" in again.err


FILES = sorted((resources.CATALOGUE / "inläsning").glob("*.yaml"))
READ = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in FILES}


@pytest.mark.parametrize("file", READ)
def test_the_words_of_labels_match_their_examples(file: str) -> None:
    for name, one in READ[file].get("betydelser", {}).items():
        for text in one["exempel"]["träff"]:
            assert name in labels.meanings(text), text
        for text in one["exempel"]["tyst"]:
            assert name not in labels.meanings(text), text


@pytest.mark.parametrize("file", READ)
def test_the_words_of_values_match_their_examples(file: str) -> None:
    for field, held in READ[file].get("värden", {}).items():
        for one in held:
            for text in one["exempel"]["träff"]:
                assert one["värde"] in {shown.value for shown in values.shown(field, text)}, text
            for text in one["exempel"]["tyst"]:
                assert one["värde"] not in {s.value for s in values.shown(field, text)}, text
