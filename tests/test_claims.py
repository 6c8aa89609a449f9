"""What texts claim: every sentence in ``catalogue/påståenden`` says what its file says that it
does, at the words that say it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insatskoll.catalogue import printed
from insatskoll.law import acts, inflection, shapes
from insatskoll.law.claims import provisions, reading, sources, vocabulary, words
from insatskoll.law.claims.figures import number
from insatskoll.law.rules import load_rules
from insatskoll.law.shapes import Shape
from insatskoll.lint.examples import write_kommun
from insatskoll.lint.run import lint
from insatskoll.reading import schema_words
from tests.catalogues import load
from tests.test_costs import steps

RULES = load_rules()

FILES = {file.get("slag", "gemensamt"): file for file in sources.files()}
KINDS = [kind for kind in FILES if kind != "gemensamt"]


def patterns(kind: str) -> list[Any]:
    """The patterns of a kind, with those that add to what they claim."""
    return [*FILES[kind].get("mönster", ()), *FILES[kind].get("tillägg", ())]


SENTENCES = [(kind, example) for kind in KINDS for example in FILES[kind]["exempel"]]


@pytest.mark.parametrize("kind", KINDS)
def test_the_sentences_of_a_kind_claim_what_its_file_says(kind: str) -> None:
    wrong = [
        (example["text"], found)
        for example in FILES[kind]["exempel"]
        if not _as_said(found := _claimed(kind, example["text"]), example["påstår"])
    ]
    assert wrong == []


def _claimed(kind: str, text: str) -> list[dict[str, Any]]:
    return [dict(one.data) for one in reading.said(text) if one.kind == kind]


def _as_said(found: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> bool:
    return len(found) == len(wanted) and all(
        want.items() <= said.items() for said, want in zip(found, wanted, strict=True)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_as_many_lookalikes_as_claims(kind: str) -> None:
    told = [bool(example["påstår"]) for example in FILES[kind]["exempel"]]
    assert len(told) >= 60
    assert 0.4 <= told.count(False) / len(told) <= 0.7


def test_each_group_is_named_once_and_used() -> None:
    names = [name for file in FILES.values() for name in file.get("ord", {})]
    assert len(set(names)) == len(names)
    written = json.dumps([patterns(kind) for kind in KINDS], ensure_ascii=False)
    own = [name for kind in KINDS for name in FILES[kind].get("ord", {})]
    topics = {f"{provisions.TOPIC}{name}" for name in acts.act().subjects}
    used = {name for name in own if f'"{name}"' in written} | reading.GROUPS | topics
    assert [name for name in own if name not in used] == []


def test_what_provisions_are_about_has_words() -> None:
    names = sources.knowledge().vocabulary.names
    for topic in acts.act().subjects:
        assert f"{provisions.TOPIC}{topic}" in names


def test_provisions_that_are_about_something_exist() -> None:
    act = acts.act()
    for subject in act.subjects.values():
        assert [one.written for one in subject.provisions if act.lacks(one)] == []


def test_a_frame_reaches_only_as_far_as_it_can() -> None:
    """What only one kind reads does not frame clauses that others read."""
    for kind, file in FILES.items():
        for frame in file.get("ramar", {}).values():
            own = kind != "gemensamt"
            assert frame["räcker"] in (("efter", "nära") if own else ("efter", "led", "mening"))


def test_claims_say_only_what_their_schema_has() -> None:
    """A rule can name every field that a pattern gives, and no other."""
    fields = schema_words.content("pastaende.schema.json")["properties"]
    assert fields["slag"]["enum"] == sorted(KINDS)
    for kind in KINDS:
        for pattern in patterns(kind):
            for name, value in pattern["påstår"].items():
                assert name in fields, (kind, name)
                assert value in fields[name].get("enum", (value,)), (kind, name, value)


def test_the_forms_of_all_words_are_kept() -> None:
    """No start looks anything up in the dictionary."""
    kept = json.loads(inflection.FORMS.read_text("utf-8"))
    wanted = set(vocabulary.words_of(sources.groups_of(sources.files())))
    assert wanted <= kept.keys()


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        (
            "Har du inte råd med hyran betalar vi den.",
            ["har du inte råd med hyran", "betalar vi den"],
        ),
        ("Om du inte kan komma ringer enheten.", ["om du inte kan komma", "ringer enheten"]),
        ("Är du ung eller har du barn?", ["är du ung eller har du barn"]),
        ("Efter kursen får du ett intyg.", ["efter kursen får du ett intyg"]),
        ("Familjen får därför ett kort.", ["familjen får därför ett kort"]),
        ("Vi ringer därför att det är bråttom.", ["vi ringer", "därför", "att det är bråttom"]),
    ],
)
def test_what_holds_on_a_condition_is_a_clause_of_its_own(text: str, clauses: list[str]) -> None:
    (sentence,) = words.sentences(text)
    assert [" ".join(word.form for word in one.words) for one in sentence.clauses] == clauses


TEXTS = st.text(
    st.one_of(st.sampled_from('Vi anmäler aldrig det. Inte \n–,;”"?!:()–0123'), st.characters()),
    max_size=200,
)


CONSENT = "Samtycke från vårdnadshavare behövs inte."


@pytest.mark.parametrize("before", ["Bra att veta: ", "• ", "1 ", "1. ", "שלום ", "مرحبا "])
def test_a_sentence_may_begin_within_a_line(before: str) -> None:
    """A capital after a heading, a number or other letters is no sign of a name."""
    assert _claimed("samtycke", before + CONSENT) == _claimed("samtycke", CONSENT) != []


@pytest.mark.parametrize(
    "text",
    [
        "Gruppen Samtycke från vårdnadshavare behövs inte.",
        "Vår grupp: Samtycke Från Vårdnadshavare Behövs Inte.",
    ],
)
def test_a_capital_within_a_sentence_makes_a_name(text: str) -> None:
    assert _claimed("samtycke", text) == []


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_claims_stand_in_it(text: str) -> None:
    for sentence in words.sentences(text):
        for clause in sentence.clauses:
            assert clause.words
            for word in clause.words:
                assert text[word.start : word.end].casefold() == word.form
    for one in reading.said(text):
        assert 0 <= one.start < one.end <= len(text)
        assert " ".join(text[one.start : one.end].split()) == one.words


SAMPLES = [
    " ".join(example["text"] for _, example in SENTENCES[::48]),
    *(
        "inte aldrig ingen ",
        "samtal om ",
        "Vi anmäler aldrig ",
        "a, ",
        "familjehem, ",
        "fem samtal ",
        "200 kr ",
        "avgift ",
        "barn 8 år ",
        "”",
        "anmäla-",
        "x" * 30,
        "14 kap. 5 §, ",
        "omsorgsnämnden ger insatsen ",
        "14 kap. 5 § och ",
        "3 § samma lag ",
        "dokumentation enligt 14 kap. 5 § SoL, ",
    ),
]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda text: text[:20])
def test_reading_grows_no_faster_than_the_text(sample: str) -> None:
    def read(times: int) -> int:
        return steps(lambda: reading.said.__wrapped__(sample * times))

    few = 80 if len(sample) < 100 else 2
    read(few)
    assert read(4 * few) < 5 * read(few)


def test_every_text_field_is_read() -> None:
    """The claims of a file are those of each of its texts."""
    said = "Vi anmäler aldrig"
    delar = [{"innehåll": f"{said}. {said}."}]
    data = {"namn": said, "delar": delar, "källa": said, "begrepp": [said]}
    assert [path for path, _ in reading.claims(data)] == [
        ("namn",), ("delar", 0, "innehåll"), ("delar", 0, "innehåll"),
    ]  # fmt: skip


def test_a_word_that_is_chosen_is_no_text() -> None:
    chosen: set[str] = set()

    def look(shape: Shape, depth: int) -> None:
        for name, field in shape.fields.items() if depth else ():
            for one in filter(None, (field, field.items)):
                if one.words is not None:
                    chosen.add(name)
                look(one, depth - 1)

    for scope in ("insats", "kommun", "riskanalys"):
        look(shapes.of(scope), 6)
    assert chosen <= printed.CHOICES


def test_a_figure_without_end_is_no_number() -> None:
    assert number("1" * 400) is None and number("1 000 000") == 1_000_000


@pytest.mark.parametrize(
    "kind",
    [
        *("samtycke", "sekretess", "dokumentation", "prövning", "form", "kön", "status", "språk"),
        *("avgift", "behandling", "plats"),
    ],
)
def test_judging_grows_no_faster_than_the_claims(kind: str, tmp_path: Path) -> None:
    """Each claim is judged beside the others of its text without going through them again."""
    said = [one["text"] for one in FILES[kind]["exempel"] if one["påstår"]][:5]
    if kind == "samtycke":
        said.append("Vårdnadshavarens samtycke behövs inte.")

    def judged(times: int) -> int:
        target = tmp_path / str(times)
        insats = {
            "innehåll": " ".join(said * times),
            "målgrupp": {"deltagare": ["familjer"]},
            "dokumentation": {"nivå": "individnivå"},
        }
        kommun = load(write_kommun(target, {"a": insats}))
        return steps(lambda: lint([kommun], RULES))

    judged(1)
    assert judged(40) < 5 * judged(10)
