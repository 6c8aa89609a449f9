"""Lists of words: what each of the program's own matches, and what becomes of a municipality's
own."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from insatskoll.catalogue.canonical import to_be_read
from insatskoll.law import inflection, rule_form
from insatskoll.law.condition_guard import Bounded
from insatskoll.law.predicates import PREDICATES
from insatskoll.law.rule_files import RuleError
from insatskoll.law.rules import load_rules
from insatskoll.law.wordlists import WordList
from insatskoll.reading import cache
from tests.catalogues import ROOT
from tests.test_own_rules import own

sys.path.insert(0, str(ROOT / "tools"))
import make_forms

LISTS = load_rules().ordlistor
OWN: dict[str, Any] = {
    "namn": "egna ord",
    "beskrivning": "Ord som inte ska stå i en bilaga.",
    "ord": ["kontaktperson"],
    "exempel": {"träff": ["Kontaktpersonen ringer."], "tyst": ["Personen ringer."]},
}


@pytest.mark.parametrize("one", LISTS.values(), ids=LISTS)
def test_the_examples_come_out_as_written(one: WordList) -> None:
    assert list(one.wrong()) == []


@pytest.mark.parametrize("one", LISTS.values(), ids=LISTS)
def test_each_word_and_expression_is_needed_by_an_example(one: WordList) -> None:
    """Without it, some example would come out otherwise."""
    assert list(one.unneeded()) == []


def test_every_list_is_used_by_a_rule_or_stands_in_where_one_says_nothing() -> None:
    named = {name for one in PREDICATES.values() for lists in one.lists.values() for name in lists}
    for one in LISTS.values():
        named |= set(
            re.findall(r"\{([a-zåäöé][a-zåäöé0-9 ]*)\}", " ".join(one.data.get("uttryck", ())))
        )
    for definition in load_rules().definitions.values():
        written = json.dumps(definition.data, ensure_ascii=False)
        named |= set(re.findall(r'"lista": "([^"]+)"', written))
    for rule in load_rules().all:
        checks = [one.kontroll for one in rule_form.written(rule.data)]
        written = json.dumps([rule.data["prövningar"], checks], ensure_ascii=False)
        named |= set(re.findall(r'"lista": "([^"]+)"', written))
    assert named == set(LISTS)


def test_the_kept_forms_are_those_of_the_dictionary() -> None:
    pytest.importorskip("simplemma")
    assert inflection.FORMS.read_text("utf-8") == make_forms.text()


FORMS = [
    ("stödsamtal", "Två stödsamtalen hölls"),
    ("kontaktperson", "med KONTAKTPERSONERNAS hjälp"),
    ("bostad", "i bostäder"),
    ("program", "Programmet pågår"),
    ("kognitiv beteendeterapi", "den kognitiva\nbeteendeterapin"),
]
OTHERS = [("bostad", "bostadslös"), ("hot", "hotellet"), ("by", "byrån"), ("för", "föra")]


@pytest.fixture(scope="module")
def dictionary() -> None:
    """The dictionary has been read, once for all words."""
    pytest.importorskip("simplemma")
    inflection.expressions(words for words, _ in FORMS + OTHERS)


@pytest.mark.usefixtures("dictionary")
@pytest.mark.parametrize(("words", "text"), FORMS)
def test_a_word_matches_in_its_forms(words: str, text: str) -> None:
    (expression,) = inflection.expressions([words])
    assert re.search(expression, text, re.IGNORECASE)


@pytest.mark.usefixtures("dictionary")
@pytest.mark.parametrize(("word", "text"), OTHERS)
def test_a_word_matches_no_other(word: str, text: str) -> None:
    (expression,) = inflection.expressions([word])
    assert not re.search(expression, text, re.IGNORECASE)


def catalogue(
    folder: Path,
    *,
    words: list[Any] | None = None,
    funktion: str = "nämner",
    file: str = "egna-ord",
    **lista: Any,
) -> Path:
    """A catalogue with a list and a rule of its own that uses it."""
    kontroll = {
        "funktion": funktion,
        "fält": ["innehåll"],
        "ord": [{"lista": "egna ord"}] if words is None else words,
    }
    if funktion == "insatser-utan":
        own(
            folder,
            {
                "omfång": "kommun",
                "kontroll": kontroll
                | {"texter": ["bilaga.titel"], "fält": ["syfte"], "färre_än_en_av": 2},
            },
        )
    else:
        own(folder, {"omfång": "insats", "kontroll": kontroll})
    (folder / "ordlistor").mkdir()
    (folder / "ordlistor" / f"{file}.yaml").write_text(to_be_read(OWN | lista), "utf-8")
    return folder


def test_an_own_rule_finds_what_its_list_holds(tmp_path: Path) -> None:
    rules = load_rules(
        own=catalogue(tmp_path, uttryck=[r"\bhemlig\w{0,9}"], utom=["hemligt ombud"])
    )
    check = rules.rules["KOM001"].checks[0]
    expressions = check.parameters["ord"]
    assert any(re.search(one, "kontaktpersonernas", re.IGNORECASE) for one in expressions)
    assert check.parameters["utom"] == ("hemligt ombud",)
    assert check.steps > 0


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("bara {Kvinnor}", "ordlistan ”Kvinnor” finns inte. Menade du {kvinnor}?"),
        ("{nämnden-beslutar}", "Menade du {nämnden beslutar}?"),
        ("[{kvinnor}]", "{kvinnor} står i en teckenmängd. Skriv ordlistan utanför"),
        ("x{,3}", "har {,3}. Skriv {0,3}"),
    ],
)
def test_a_list_that_an_expression_cannot_hold_is_refused(
    expression: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(RuleError, match=r"egna-ord\.yaml:[0-9]+:[0-9]+: ") as error:
        load_rules(own=catalogue(tmp_path, uttryck=[expression]))
    assert said in str(error.value)


def test_lists_stand_in_for_what_a_rule_says_nothing_of(tmp_path: Path) -> None:
    """It chooses others if it will, and pays for its own words only."""
    steps = []
    choices: list[dict[str, list[str]]] = [{}, {"namngivna": []}]
    for number, given in enumerate(choices):
        kontroll = {
            "funktion": "annat-område",
            "fält": ["villkor[].område"],
            "hela": ["Norden"],
            "delar": ["centrum"],
        }
        (folder := tmp_path / str(number)).mkdir()
        rules = load_rules(own=own(folder, {"omfång": "insats", "kontroll": kontroll | given}))
        check = rules.rules["KOM001"].checks[0]
        assert ("Uppsala" in check.parameters["namngivna"]) == (not given)
        steps.append(check.steps)
    assert steps[0] == steps[1] > 0


def lists(folder: Path, **uttryck: list[str]) -> Path:
    """A catalogue with lists of these names and expressions."""
    (folder / "ordlistor").mkdir(parents=True)
    for name, held in uttryck.items():
        one = OWN | {"namn": name, "uttryck": held}
        del one["ord"]
        (folder / "ordlistor" / f"{name}.yaml").write_text(to_be_read(one), "utf-8")
    return folder


def test_an_expression_may_hold_another_list(tmp_path: Path) -> None:
    held = lists(tmp_path, a=[r"\bbara {b}\b", r"\bx{2}"], b=["en|ett", "{kvinnor}"])
    one = load_rules(own=held).ordlistor["a"]
    words = re.compile("|".join(one.expressions), re.IGNORECASE)
    assert [bool(words.search(text)) for text in ("bara en", "bara tjejer", "xx", "bara, tt")] == [
        True, True, True, False
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ({"a": ["{kvinor}"]}, "a.yaml:9:3: ordlistan ”kvinor” finns inte. Menade du {kvinnor}?"),
        ({"a": ["x", "{b}"], "b": ["{a}"]}, "innehåller sig själv"),
        ({"a": ["{a}"]}, "innehåller sig själv"),
        ({"a": ["{anteckningar om underlaget}"]}, "har utom, och kan inte stå i en annan"),
        ({"a": ["{b}" * 500], "b": ["{c}" * 500], "c": ["x"]}, "blir för långt"),
        ({"a": ["{b}"], "b": ["("]}, "inget giltigt reguljärt uttryck"),
        ({"a": ["{b}+x"], "b": ["(y+)+"]}, "kan ta för lång tid"),
    ],
)
def test_what_an_expression_cannot_hold_is_refused(
    tmp_path: Path, held: dict[str, list[str]], said: str
) -> None:
    with pytest.raises(RuleError, match=re.escape(said)):
        load_rules(own=lists(tmp_path, **held))


def test_an_own_rule_may_use_the_programs_lists(tmp_path: Path) -> None:
    rules = load_rules(
        own=own(
            tmp_path,
            {
                "omfång": "insats",
                "kontroll": {"funktion": "nämner", "ord": [{"lista": "i hemmet"}]},
            },
        )
    )
    assert rules.rules["KOM001"].checks[0].parameters["ord"] == LISTS["i hemmet"].expressions


REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"namn": "i hemmet", "file": "i-hemmet"},
        r"ordlistor/i-hemmet\.yaml:1:7: ordlistan ”i hemmet” finns redan i programmet",
    ),
    ({"file": "andra"}, r"ordlistor/andra\.yaml:1:7: .*filen ska då heta egna-ord\.yaml"),
    (
        {"uttryck": [r"(\w+ )*\w+ x"]},
        r"ordlistor/egna-ord\.yaml:[0-9]+:[0-9]+: uttrycket .* kan ta för lång tid",
    ),
    ({"uttryck": ["("]}, r"ordlistor/egna-ord\.yaml:[0-9]+:[0-9]+: uttrycket "),
    ({"ord": ["a*"]}, r"ordlistor/egna-ord\.yaml:[0-9]+:[0-9]+: .*Annat skrivs som uttryck"),
    ({"ordd": ["a"]}, r"ordlistor/egna-ord\.yaml:[0-9]+:[0-9]+: .*ordd"),
    (
        {"words": [{"lista": "egna ordd"}]},
        r"KOM001\.yaml:[0-9]+:[0-9]+: .*”egna ordd”, som inte finns. Menade du ”egna ord”\?",
    ),
    (
        {"words": [{"listan": "egna ord"}]},
        r"KOM001\.yaml:[0-9]+:[0-9]+: .*Skriv ett uttryck, eller \{lista: namn\}",
    ),
    (
        {"funktion": "insatser-utan", "utom": ["x"]},
        r"KOM001\.yaml:[0-9]+:[0-9]+: .*ordlistan har utom",
    ),
]


@pytest.mark.parametrize(("lista", "told"), REFUSED)
def test_a_list_that_cannot_be_used_is_refused_with_its_place(
    lista: dict[str, Any], told: str, tmp_path: Path
) -> None:
    with pytest.raises(RuleError, match=told):
        load_rules(own=catalogue(tmp_path, **lista))


def many(folder: Path, lists: int, words: int) -> Path:
    """A catalogue with many lists of many words that no other has, and a rule that uses them."""
    used = [{"lista": f"lista{i}"} for i in range(lists)]
    krav = {"innehåll": {"nämner_inte": used}}
    own(folder, {}, prövningar=[{"omfång": "insats", "krav": krav, "meddelande": "Här."}])
    (folder / "ordlistor").mkdir()
    for i in range(lists):
        data = OWN | {"namn": f"lista{i}", "ord": [f"kanot{i}x{j}" for j in range(words)]}
        (folder / "ordlistor" / f"lista{i}.yaml").write_text(to_be_read(data), "utf-8")
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many words the dictionary has been read for, each time that it has been."""
    numbers: list[int] = []

    def looked(words: frozenset[str]) -> tuple[dict[str, set[str]], set[str]]:
        numbers.append(len(words))
        return {"kanoter": {"kanoter", "kanoterna"}}, set()

    monkeypatch.setattr(inflection, "_looked_up", {})
    monkeypatch.setattr(inflection, "_in_dictionary", looked)
    return numbers


def test_the_dictionary_is_read_once_for_all_lists(tmp_path: Path, read: list[int]) -> None:
    assert "KOM001" in load_rules(own=many(tmp_path, 5, 3)).rules
    assert len(read) == 1


def test_too_many_words_are_refused_before_any_is_put(
    tmp_path: Path, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def put(*_: object) -> None:
        raise AssertionError("not to be asked")

    monkeypatch.setattr(Bounded, "listed", put)
    with pytest.raises(RuleError, match=r"KOM001\.yaml:[0-9]+:[0-9]+: .*prövar för mycket"):
        load_rules(own=many(tmp_path, 11, 500))
    assert len(read) == 1


@pytest.mark.parametrize(
    "spoilt", [None, [], {"kanoter": []}, {"kanoter": [1], "a": []}, {"kanoter": "x"}]
)
def test_the_forms_of_own_words_are_kept_and_read_again_if_spoilt(
    spoilt: Any, tmp_path: Path, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(inflection, "program", lambda: "1")

    def forms() -> dict[str, list[str]]:
        monkeypatch.setattr(inflection, "_looked_up", {})
        inflection.look_up(["Kanoter kanotera"], cache.of(tmp_path / "catalogue"))
        return dict(inflection._looked_up)

    told = forms()
    assert told["kanoter"] == ["kanoterna"]
    assert forms() == told
    assert len(read) == 1
    (kept,) = (tmp_path / "cache" / "insatskoll").glob("*.json")
    kept.write_text(json.dumps(json.loads(kept.read_text("utf-8")) | {"answer": spoilt}), "utf-8")
    assert forms() == told
    assert len(read) == 2


def test_a_copy_of_the_programs_list_changes_nothing(tmp_path: Path) -> None:
    catalogue(tmp_path, words=["x"])
    copied = LISTS["i hemmet"].path
    (tmp_path / "ordlistor" / copied.name).write_bytes(copied.read_bytes())
    assert load_rules(own=tmp_path).ordlistor.keys() == LISTS.keys() | {"egna ord"}


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "ordlistor").write_text("", "utf-8")
    with pytest.raises(RuleError, match="Ersätt den med en mapp"):
        load_rules(own=tmp_path)


def test_what_no_example_needs_is_told_at_its_place(tmp_path: Path) -> None:
    catalogue(tmp_path, ord=["kontaktperson", "kaffe"])
    (one,) = (found for found in load_rules(own=tmp_path).ordlistor.values() if found.own)
    (told,) = one.unneeded()
    assert re.search(r"egna-ord\.yaml:[0-9]+:[0-9]+: inget exempel behöver ”kaffe”", told)


def test_an_inflection_that_is_not_found_is_told_with_what_to_do(tmp_path: Path) -> None:
    examples = {"träff": ["Anmälningarna läses."], "tyst": ["Personen ringer."]}
    catalogue(tmp_path, ord=["anmälan"], exempel=examples)
    (one,) = (found for found in load_rules(own=tmp_path).ordlistor.values() if found.own)
    (told,) = one.wrong()
    assert re.search(r"egna-ord\.yaml:[0-9]+:[0-9]+: ”Anmälningarna läses.” ska träffas", told)
    assert "skriv ordet så som det står där under uttryck" in told
