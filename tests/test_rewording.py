"""Whether two texts say the same: what a jurist has said of a hundred pairs, with nothing called
editorial that is not."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from insatskoll.catalogue import loading, program_files
from insatskoll.catalogue.model import Revision
from insatskoll.diff import directions, facts, lexicon, rewording
from insatskoll.diff.facts import About, Fact
from insatskoll.diff.judgement import judge
from insatskoll.diff.telling import Telling
from insatskoll.diff.ways import Role
from tests.catalogues import ROOT
from tests.revisions import revision

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import OmskrivningData

PAIRS: dict[str, list[list[str]]] = yaml.safe_load(
    (ROOT / "tests" / "data" / "omskrivningar.yaml").read_text("utf-8")
)
JUDGED = [(kind, *pair) for kind, pairs in PAIRS.items() for pair in pairs]
FILES: dict[str, OmskrivningData] = program_files.known("omskrivningar", "omskrivning")


def verdicts(before: Any, after: Any, *path: str) -> set[str]:
    fact = Fact(About("insats", "a", "a"), path, before, after)
    return {judgement.verdict for judgement in judge(fact)}


@pytest.mark.parametrize(("kind", "before", "after"), JUDGED)
def test_no_pair_is_called_editorial_that_is_not(kind: str, before: str, after: str) -> None:
    for pair in ((before, after), (after, before)):
        found = verdicts(*pair, "innehåll")
        if kind == "läsaren":
            assert "editorial" not in found
        elif kind == "samma":
            assert found == {"editorial"}
        else:
            assert found in ({"editorial"}, {"unclear"}, {"unclear", "unclear-scope"})


@pytest.mark.parametrize(("kind", "least"), [("felskrivning", 0.75), ("bearbetning", 0.75)])
def test_most_of_what_says_the_same_is_seen_to(kind: str, least: float) -> None:
    pairs = PAIRS[kind]
    seen = [pair for pair in pairs if rewording.reworded(*pair)]
    assert len(seen) >= least * len(pairs), [pair for pair in pairs if pair not in seen]


@pytest.mark.parametrize("name", FILES)
def test_the_examples_of_the_words_come_out_as_written(name: str) -> None:
    becomes = {None: "läsaren", 0: "bearbetning", 1: "mer", -1: "mindre"}
    for one in FILES[name]["exempel"]:
        role: Role = "krävs" if one.get("som") == "villkor" else "ges"
        for before, after, sign in ((one["från"], one["till"], 1), (one["till"], one["från"], -1)):
            moves = directions.moves(before, after, role)
            told = None if moves is None else sign * moves.get("effekt", 0)
            if rewording.reworded(before, after):
                told = 0
            assert becomes[told] == one["blir"], one


def test_no_word_is_of_two_kinds() -> None:
    small = {word for data in FILES.values() for word in data.get("småord", ())}
    groups = [
        group
        for data in FILES.values()
        for group in (*data.get("personer", ()), *data.get("detsamma", ()))
    ]
    listed = [word for group in groups for word in group]
    assert len(listed) == len(set(listed))
    assert not small & set(listed)
    weighing = [
        word
        for data in FILES.values()
        for group in data.get("väger", {}).values()
        for word in group
    ]
    assert len(weighing) == len(set(weighing))
    assert not small & set(weighing)


def test_words_of_one_meaning_weigh_if_one_of_them_does() -> None:
    words = lexicon.shipped()
    assert words.read(["även"]) == words.read(["också"]) != words.read(["och"])
    assert {token.kind for token in words.read(["även", "också"])} == {"weighs"}
    assert [token.kind for token in words.read(["upp", "till", "5", "lugna"])] == [
        "weighs",
        "weighs",
        "plain",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Råd av Attendo.", "Råd av Atendo."),  # a name has no right spelling
        ("Vi ger inste stöd.", "Vi ger minste stöd."),
        ("Prova på yogan.", "Prova på rodan."),
    ],
)
def test_what_is_no_slip_is_left_to_the_reader(before: str, after: str) -> None:
    assert not rewording.reworded(before, after)


def test_only_running_text_is_read_for_its_meaning() -> None:
    assert verdicts(["Klienten"], ["Deltagaren"], "utförare", "namn") == {"other-provider"}
    assert verdicts(["Attendo AB"], ["attendo ab."], "utförare", "namn") == {"editorial"}


def test_a_group_of_fields_says_the_same_if_its_texts_do() -> None:
    before = {"högst": 5, "enhet": "samtal", "beskrivning": "Klienten väljer dag."}
    after = before | {"beskrivning": "Deltagaren väljer dag."}
    assert verdicts(before, after, "omfattning") == {"editorial"}
    assert "editorial" not in verdicts(before, after | {"högst": 6}, "omfattning")
    assert "editorial" not in verdicts(before, {"högst": 5}, "omfattning")


def test_the_dictionary_is_not_read_for_words_that_are_not_alike() -> None:
    """It takes longer than all the rest of a diff."""
    code = (
        "import sys; from insatskoll.diff import rewording; "
        "rewording.reworded('Klienten samtalar om lugn.', 'Deltagaren ringer hem och gråter.'); "
        "sys.exit('simplemma' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# One question in many places


def told(old: Revision, new: Revision) -> list[tuple[str, set[str]]]:
    changes = Telling(facts.compare(old, new)).changes
    return [(c.clause, {judgement.verdict for judgement in c.judgements}) for c in changes]


def texts(word: str, forms: str = "") -> dict[str, Any]:
    return {
        "a": {"namn": "Lots", "innehåll": f"{word}en går med. En {word}{forms} ringer."},
        "b": {"namn": "Kurs", "syfte": f"Att {word}en mår bra.", "innehåll": "Kurs."},
        "c": {"namn": "Spel", "innehåll": "Brädspel."},
    }


def test_a_term_that_is_replaced_everywhere_is_one_question() -> None:
    old, new = revision(**texts("klient")), revision(**texts("brukar", "e"))
    assert told(old, new) == [
        (
            "ordet ”klient” ersätts med ”brukare” på tre ställen i insatserna Kurs och Lots",
            {"editorial"},
        )
    ]
    unknown = revision(**texts("kandelaber"))
    assert told(old, unknown) == [
        (
            "ordet ”klient” ersätts med ”kandelaber” på tre ställen i insatserna Kurs och Lots",
            {"unclear"},
        )
    ]


def test_what_else_is_changed_beside_a_term_is_told_by_itself() -> None:
    more = texts("brukar", "e")
    more["b"]["syfte"] += " Högst två gånger."
    clauses = told(revision(**texts("klient")), revision(**more))
    assert len(clauses) == 2
    assert {"unclear", "unclear-scope"} in [verdicts for _, verdicts in clauses]


def test_two_places_are_told_each_for_itself() -> None:
    old, new = texts("klient"), texts("brukar", "e")
    del old["b"], new["b"]
    assert [clause for clause, _ in told(revision(**old), revision(**new))] != []
    assert not any("ersätts" in c for c, _ in told(revision(**old), revision(**new)))


def test_slips_that_are_put_right_are_one_matter() -> None:
    old = revision(
        a={"namn": "Råd vid seperation", "innehåll": "Stöd i vardagen , och råd"},
        b={"namn": "Kurs", "syfte": "Om förädraskap.", "innehåll": "Kurs."},
    )
    new = revision(
        a={"namn": "Råd vid separation", "innehåll": "Stöd i vardagen, och råd."},
        b={"namn": "Kurs", "syfte": "Om föräldraskap.", "innehåll": "Kurs."},
    )
    assert told(old, new) == [
        ("skrivfel rättas i insatserna Kurs och Råd vid separation", {"editorial"})
    ]


@pytest.mark.parametrize("revised", ["20-term-byts", "22-skrivfel"])
def test_the_revisions_with_one_question_have_one_change(revised: str) -> None:
    folder = ROOT / "tests" / "data" / "revideringar" / revised
    sides = []
    for side in ("före", "efter"):
        (kommun,) = loading.kommun_folders(folder / side)
        found = loading.load_kommun(kommun).revision
        assert found is not None
        sides.append(found)
    assert [verdicts for _, verdicts in told(sides[0], sides[1])] == [{"editorial"}]


def test_a_word_in_a_text_too_long_to_be_compared_whole_is_found() -> None:
    text = "Samtalen hålls i grupp varje vecka under hösten. " * 4_000
    changed = text[:100_000] + text[100_000:].replace("varje vecka", "varje vekca", 1)
    assert rewording.slips(text, changed) == 1
    assert rewording.reworded(text, changed)
    apart = text.replace("vecka", "månad")
    assert not rewording.reworded(text, apart)
