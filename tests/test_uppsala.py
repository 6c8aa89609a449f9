"""Uppsala in the catalogue: complete, and with the findings and changes that the document really
has."""

from __future__ import annotations

from collections import Counter

import pytest

from insatskoll.catalogue import loading, model
from insatskoll.diff import facts, telling
from insatskoll.law.rules import load_rules
from insatskoll.lint.run import lint
from insatskoll.reading.document import iter_paths
from tests import golden
from tests.catalogues import CATALOGUE
from tests.program import run

UPPSALA = loading.load_kommun(CATALOGUE / "kommuner" / "uppsala")
assert UPPSALA.revision is not None
REVISION = UPPSALA.revision
INSATSER = {insats.id: insats.data for insats in REVISION.insatser}

# What is wrong in the document of 2025-09-18, insats by insats.
FINDINGS = {
    "kommun": "IK208 IK312 IK501 IK506 IK601 IK607",
    "2025-05-19": "IK601 IK602",
    "alla-barn-i-centrum-abc": "IK210",
    "anhöriggrupp-vid-dh13": "IK210 IK705",
    "barnsäkert": "IK801",
    "cope": "IK210 IK405",
    "föräldraskap-i-sverige-fös": "IK210 IK402 IK406",
    "föräldraträffar-vid-familjeenheterna": "IK407",
    "gruppverksamhet-vid-trappan": "IK210 IK301 IK404",
    "häktessamtal": "IK207",
    "konflikthantering-i-skola": "IK301 IK705",
    "mamma-och-pappa-trots-allt-mpta": "IK210 IK402 IK410",
    "medling-vid-brott": "IK203 IK204 IK301 IK505",
    "mötesplatser-vid-familjecentraler": "IK202 IK407 IK705 IK801",
    "pappa-kom-hem": "IK210 IK402 IK406",
    "plats-på-härbärge": "IK111 IK705",
    "romsk-inkludering": "IK202 IK301",
    "råd-och-stödsamtal-vid-stödcentrum": "IK210 IK216 IK301 IK407 IK704",
    "råd-och-stödsamtal-vid-trappan": "IK301",
    "råd-och-stödsamtal-vid-ungdomscentrum": "IK301",
    "samarbetssamtal": "IK203 IK204",
    "samhällsvägledning-och-kulturtolkning": "IK301",
    "spädbarnsverksamhet": "IK210",
    "tidigt-stöd": "IK203 IK204 IK211",
    "urinprov": "IK203 IK204 IK214 IK301 IK408",
}


def test_all_of_it_is_there() -> None:
    assert UPPSALA.problems == ()
    assert Counter(data["avdelning"] for data in INSATSER.values()) == {
        "barn-och-ungdom-insats": 21,
        "vuxen": 8,
        "övriga": 2,
    }
    assert len(REVISION.kommun["enheter"]) == 16
    assert len(REVISION.kommun["bilaga"]["inledning"]) == 5


def test_the_matrix_has_its_crosses() -> None:
    units = Counter(unit for data in INSATSER.values() for unit in data["utförare"]["enheter"])
    assert sum(units.values()) == 51
    assert set(units) == {unit["id"] for unit in REVISION.kommun["enheter"]}, (
        "every column has a cross"
    )


def test_five_insatser_have_two_phases_with_different_documentation() -> None:
    levels = {
        i: [part["dokumentation"]["nivå"] for _, part in insats.delar]
        for i, insats in _by_id().items()
    }
    phased = {i for i, found in levels.items() if len(set(found)) > 1}
    assert phased == {
        "barnsäkert",
        "råd-och-stödsamtal-vid-familjeenheterna",
        "råd-och-stödsamtal-vid-trappan",
        "råd-och-stödsamtal-vid-ungdomscentrum",
        "vänta-barnsäkert",
    }
    assert all(levels[i] == ["utan personliga förhållanden", "individnivå"] for i in phased)


def test_documentation_by_level() -> None:
    levels = Counter(
        part["dokumentation"]["nivå"] for insats in _by_id().values() for _, part in insats.delar
    )
    assert levels == {"utan personliga förhållanden": 24, "individnivå": 8, "avidentifierad": 5}


def test_a_copied_passage_stays_copied() -> None:
    medling, stodcentrum = (
        INSATSER["medling-vid-brott"],
        INSATSER["råd-och-stödsamtal-vid-stödcentrum"],
    )
    assert medling["innehåll"] == stodcentrum["innehåll"]
    trappan = [
        INSATSER[i]["målgrupp"]["beskrivning"]
        for i in ("gruppverksamhet-vid-trappan", "råd-och-stödsamtal-vid-trappan")
    ]
    assert trappan[0] == trappan[1]


@pytest.mark.parametrize("insats_id", INSATSER)
def test_every_insats_says_where_it_comes_from_and_has_no_empty_text(insats_id: str) -> None:
    data = INSATSER[insats_id]
    assert data["källa"]["avsnitt"] == data["namn"]
    assert all(value.strip() for _, value in iter_paths(data) if isinstance(value, str))
    assert data["målgrupp"]["beskrivning"]
    assert "innehåll" in data or all("innehåll" in part for part in data["delar"])


def test_the_findings_are_those_of_the_document_and_each_is_waived_with_its_reason() -> None:
    found: dict[str, set[str]] = {}
    for finding in lint([UPPSALA], load_rules(), loading.load_begrepp(CATALOGUE)).findings:
        assert finding.waived, f"{finding.path.name}: {finding.rule} is not waived"
        found.setdefault(finding.path.stem, set()).add(finding.rule)
    assert found == {name: set(rules.split()) for name, rules in FINDINGS.items()}


FAMILY = {"Barnsäkert", "Råd- och stödsamtal vid familjeenheterna", "Vänta barnsäkert"}
TALKS = FAMILY | {"Råd- och stödsamtal vid Trappan", "Råd- och stödsamtal vid Ungdomscentrum"}
# What the tjänsteskrivelse of 2025-09-18 lists: the insatser, words of each change, and what it
# means.
CHANGES: list[tuple[set[str], str, set[str]]] = [
    ({"Samarbetssamtal på uppdrag av tingsrätten"}, "tas bort", {"narrower"}),
    (
        {"Plats på härbärge"},
        (
            "anges till högst en natt, en natt i taget, för personer som är folkbokförda i "
            "Uppsala kommun"
        ),
        {"unclear", "unclear-scope"},
    ),
    (TALKS, "begränsas till högst sju stödsamtal", {"narrower", "less-scope"}),
    (
        FAMILY,
        "dokumenteras på individnivå i stället för avidentifierat av särskilda skäl",
        {"more-documentation"},
    ),
    (
        set(),
        "ändras från ”Insatser som socialnämnden tillhandhåller utan biståndsbeslut” till",
        {"editorial"},
    ),
]


def test_the_diff_is_what_the_tjansteskrivelse_lists_and_nothing_else() -> None:
    told = telling.Telling(facts.compare(UPPSALA.beslut[0].revision, REVISION))
    assert len(told.changes) == len(CHANGES)
    for (insatser, words, verdicts), change in zip(CHANGES, told.changes, strict=True):
        assert set(change.insatser) == insatser
        assert words in change.clause
        assert {judgement.verdict for judgement in change.judgements} == verdicts
    assert told.unchanged == 25


def test_the_diff_as_people_see_it() -> None:
    golden.check("diff-uppsala.txt", run("diff", "2025-05-19", "--kommun", "uppsala").out)
    golden.check("diff-uppsala.md", run("diff", "--kommun", "uppsala", "--format", "markdown").out)
    golden.check("diff-uppsala.json", run("diff", "--kommun", "uppsala", "--format", "json").out)


def test_the_reconstructed_decision_says_that_it_is_one() -> None:
    beslut = UPPSALA.beslut[0].revision.beslut
    assert beslut is not None
    assert (beslut["datum"], beslut["paragraf"], beslut["rekonstruerad"]) == (
        "2025-05-19",
        "§ 103",
        "ja",
    )
    assert beslut["rekonstruktion"]["okänt"]


def _by_id() -> dict[str, model.Insats]:
    return {insats.id: insats for insats in REVISION.insatser}
