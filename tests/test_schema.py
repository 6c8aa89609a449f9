"""The schemas: sound in themselves, read alike by the three engines, and explained in Swedish when
a file breaks them."""

from __future__ import annotations

import copy
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from insatskoll import resources
from insatskoll.reading import schema, schema_words
from insatskoll.reading.document import iter_paths, read
from insatskoll.reading.places import DataPath, value_at
from tests.catalogues import CATALOGUE, ROOT
from tests.expected import told
from tests.language_server import LanguageServer
from tests.tools import yaml_language_server

SCHEMAS: dict[str, Any] = {
    path.name: json.loads(path.read_text("utf-8"))
    for path in sorted(resources.SCHEMA.glob("*.schema.json"))
}
REGISTRY: Any = Registry().with_resources(
    (name, Resource.from_contents(s)) for name, s in SCHEMAS.items()
)
WRONG_FILES = sorted((Path(__file__).parent / "data" / "schemafel").glob("*.yaml"))
STEADY = settings(
    derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)

KINDS_OF_FOLDERS = {
    "insatser": "insats",
    "beslut": "beslut",
    "riskanalyser": "riskanalys",
    "regler": "regel",
} | {
    "lagar": "lag",
    "lagrum": "lagrum",
    "definitioner": "definition",
    "ordlistor": "ordlista",
    "inläsning": "inlasning",
    "begrepp": "begrepp",
    "påståenden": "monster",
    "bedömningar": "bedomning",
    "utfall": "utfall",
    "satser": "sats",
    "omskrivningar": "omskrivning",
}


def kind_of(path: Path) -> str:
    """The kind of a file in the catalogue."""
    return "kommun" if path.name == "kommun.yaml" else KINDS_OF_FOLDERS[path.parent.name]


CATALOGUE_FILES = sorted(CATALOGUE.rglob("*.yaml"))


# The schemas themselves

IN_MAPS = ("properties", "$defs")
IN_LISTS = ("oneOf", "anyOf", "allOf")
ALONE = ("items", "additionalProperties", "propertyNames", "not", "if", "then")
ANNOTATIONS = {
    "$schema",
    "$id",
    "$ref",
    "title",
    "description",
    "examples",
    "patternErrorMessage",
    "errorMessage",
    "deprecated",
}
ANNOTATIONS |= {"definite", "item"}  # what a field and an item of it are called in running text


class Node(NamedTuple):
    """A schema in a schema. A ``condition`` only narrows what another one describes."""

    file: str
    path: tuple[str, ...]
    schema: Any
    condition: bool


def nodes(
    file: str, node: Any, path: tuple[str, ...] = (), condition: bool = False
) -> Iterator[Node]:
    if not isinstance(node, dict):
        return
    yield Node(file, path, node, condition)
    for keyword, value in node.items():
        narrows = condition or keyword in ("not", "if", "then", *IN_LISTS)
        if keyword in IN_MAPS:
            for name, inner in value.items():
                yield from nodes(file, inner, (*path, keyword, name), condition)
        elif keyword in IN_LISTS:
            for index, inner in enumerate(value):
                yield from nodes(file, inner, (*path, keyword, str(index)), narrows)
        elif keyword in ALONE:
            yield from nodes(file, value, (*path, keyword), narrows)


NODES = [node for name, s in SCHEMAS.items() for node in nodes(name, s)]


def test_schemas_are_what_the_program_knows() -> None:
    assert set(SCHEMAS) == {f"{kind}.schema.json" for kind in schema.KINDS} | {
        "gemensamt.schema.json"
    }
    for name, s in SCHEMAS.items():
        assert s["$id"] == f"https://insatskoll.example/schema/{name}"
        Draft202012Validator.check_schema(s)


def test_every_field_is_explained_in_editors() -> None:
    for node in NODES:
        if node.condition:
            continue
        for name, field in node.schema.get("properties", {}).items():
            place = f"{node.file} {'/'.join(node.path)} {name}"
            assert field.get("title", "").strip(), place
            assert field["title"][0].isupper(), place
            description = field.get("description", "")
            assert re.fullmatch(r"(?s)[A-ZÅÄÖ”].{8,}[.”]", description.strip()), (
                f"{place}: {description}"
            )


# A rule's function has parameters of its own, checked where the function is known.
OPEN = {
    ("regel.schema.json", ("$defs", "provning", "properties", "kontroll")),
    ("regel.schema.json", ("properties", "för_alla", "properties", "kontroll")),
}


def test_objects_are_closed() -> None:
    opened = {
        (node.file, node.path)
        for node in NODES
        if "properties" in node.schema
        and not node.condition
        and node.schema.get("additionalProperties", True) is True
    }
    assert opened == OPEN


def test_every_schema_has_examples_and_they_follow_it() -> None:
    for name, s in SCHEMAS.items():
        assert s.get("examples") or "type" not in s, name
    for node in NODES:
        pointer = "".join(f"/{quote(step)}" for step in node.path)
        validator: Any = Draft202012Validator({"$ref": f"{node.file}#{pointer}"}, registry=REGISTRY)
        for example in node.schema.get("examples", ()):
            assert [e.message for e in validator.iter_errors(example)] == [], (
                f"{node.file}#{'/'.join(node.path)}"
            )
            if not node.path:
                assert schema.errors(example, node.file.removesuffix(".schema.json")) == []


def test_patterns_mean_the_same_in_every_engine() -> None:
    for node in NODES:
        pattern = node.schema.get("pattern", "")
        assert pattern.isprintable()
        assert not re.search(r"\\(?:[^trnu.\\]|u(?!00a0))|\(\?", pattern), f"{node.file}: {pattern}"
        if pattern.endswith("$"):  # to Python, the text may still end in a newline
            assert node.schema["not"] == {"pattern": "[\\r\\n]"}, f"{node.file}: {pattern}"
            assert pattern.startswith("^")


def test_names_that_engines_look_up_are_ascii() -> None:
    for node in NODES:
        assert all(name.isascii() for name in node.schema.get("$defs", {}))
        assert node.schema.get("$ref", "").isascii()
        assert "multipleOf" not in node.schema
        assert not {"$dynamicRef", "$anchor", "unevaluatedProperties"} & set(node.schema)
        # the one that both engines are given, as the same function
        assert node.schema.get("format", "date") == "date"


def test_every_keyword_has_a_message_of_its_own() -> None:
    used = (
        {keyword for node in NODES for keyword in node.schema}
        - ANNOTATIONS
        - set(IN_MAPS)
        - set(ALONE)
        - set(IN_LISTS)
    )
    assert used <= set(schema_words._MESSAGES)


def test_texts_are_in_nfc() -> None:
    for path in resources.SCHEMA.glob("*.json"):
        assert unicodedata.is_normalized("NFC", path.read_text("utf-8"))


# Messages


@pytest.mark.parametrize("path", WRONG_FILES, ids=lambda path: path.stem)
def test_wrong_file_is_told_as_expected(path: Path) -> None:
    problems = schema.problems(read(path), path.stem.partition("-")[0])
    assert told(problems) == path.with_suffix(".väntat").read_text("utf-8")


def test_every_wrong_file_has_what_is_expected_beside_it() -> None:
    assert len(WRONG_FILES) > 80
    assert {path.with_suffix(".väntat") for path in WRONG_FILES} == set(
        WRONG_FILES[0].parent.glob("*.väntat")
    )
    for path in WRONG_FILES:
        text = path.with_suffix(".väntat").read_text("utf-8")
        assert all(c.isprintable() or c == "\n" for c in text), path.stem
        assert "Skriv om värdet" not in text, f"{path.stem}: says nothing of how"


@pytest.mark.parametrize("path", CATALOGUE_FILES, ids=lambda path: str(path.relative_to(CATALOGUE)))
def test_catalogue_follows_its_schemas(path: Path) -> None:
    assert schema.errors(read(path).data, kind_of(path)) == []


def test_as_many_problems_as_anyone_reads(tmp_path: Path) -> None:
    path = tmp_path / "exempel.yaml"
    path.write_text(
        "namn: A\ninsatstyp: samtal\navdelning: vuxen\nform: [" + "x, " * 5000 + "x]\n", "utf-8"
    )
    assert len(schema.problems(read(path), "insats")) == 100


def test_a_long_list_is_compared_in_reasonable_time() -> None:
    long: list[Any] = [{"a": number} for number in range(5_000)]
    data = {
        "namn": "A",
        "insatstyp": "samtal",
        "avdelning": "vuxen",
        "delar": [],
        "remiss_från": long,
    }
    for values, twice in (([*long, "x"], 0), ([*long, {"a": 1}], 1)):
        told = schema.errors(data | {"remiss_från": values}, "insats")
        assert sum("samma värde två gånger" in error.message for error in told) == twice


def test_schemas_are_never_fetched() -> None:
    with pytest.raises(Exception, match="finns inte bland programmets scheman"):
        schema.compile_fast({"$ref": "https://example.invalid/schema.json"})


# The two engines of the program

STABLE_FILES = [
    path for path in CATALOGUE_FILES if "uppsala" in path.parts or "kommuner" not in path.parts
]
EXAMPLES: list[tuple[str, Any]] = [
    (kind_of(path), read(path).data) for path in STABLE_FILES if path.stat().st_size < 8000
]
EXAMPLES += [
    (kind, example)
    for kind in schema.KINDS
    for example in SCHEMAS[f"{kind}.schema.json"]["examples"]
]
WORDS = sorted(
    {
        value
        for _, data in EXAMPLES
        for _, value in iter_paths(data)
        if isinstance(value, str) and len(value) < 40
    }
)
NAMES = sorted({name for node in NODES for name in node.schema.get("properties", {})})
ODD: list[Any] = [
    *(
        None,
        True,
        False,
        0,
        1,
        -1,
        1.0,
        13.5,
        -0.0,
        1200,
        1201,
        10**14,
        1e300,
        [],
        {},
        [None],
        [[]],
        [1, 1.0],
        [1, True],
        ["ja", "ja"],
    ),
    *(
        "",
        " ",
        "\n",
        "\t",
        "x",
        "X",
        "ja",
        "Ja",
        "nej",
        "ja\n",
        "0380",
        "0380\n",
        "٠٣٨٠",
        "１",
        "2025-07-01",
        "2025-07-01\n",
        "2025-02-31",
    ),
    *(
        "2025-7-1",
        "٢٠٢٥-٠٧-٠١",
        "SoL 14 kap. 3 §",
        "SoL 14 kap. 3 §\n",
        "SoL 14 kap. 3 § ٣",
        "SoL 11 kap. 5 § 2",
        "IK203",
        "IK203\r",
        "IK٢٠٣",
    ),
    *(
        "råd-och-stöd",
        "råd-och-stöd\n",
        "-x",
        "x-",
        "Råd",
        "a\u030a",
        "\u2028",
        "\u00a0",
        "\u200b",
        "x\rx",
        "x\u2028x",
        "😀" * 300,
        "😀" * 301,
    ),
    *(
        "a" * 80,
        "a" * 81,
        "a" * 100,
        "a" * 101,
        "a" * 300,
        "a" * 301,
        "https://x",
        "https://x y",
        "https://x\n",
        "a" * 64,
        "0" * 64 + "\n",
    ),
    *(
        {"": 1},
        {"namn": "x"},
        {"typ": "ålder"},
        {"från": 1},
        {"från": 1.0, "avser": "deltagaren"},
        {"x\n": {}},
        {"råd\n": {"namn": "x"}},
    ),
    *(
        [{"namn": "A"}, {"namn": "B"}],
        [{"namn": "A"}] * 2,
        {"nivå": "individnivå"},
        {"belopp": "1", "grund": 1},
        "stöd",
        ["stöd", "stödd"],
    ),
]
VALUES = st.one_of(
    st.sampled_from(ODD),
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(lambda word: word + "\n"),
)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, Any]:
    """A kind and data that followed its schema before some of it was deleted, renamed, replaced or
    added to."""
    kind, data = draw(st.sampled_from(EXAMPLES))
    data = copy.deepcopy(data)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([path for path, _ in iter_paths(data)]))
        change = draw(st.sampled_from(("delete", "rename", "replace", "replace", "add")))
        if not path or not isinstance(parent := value_at(data, path[:-1]), list | dict):
            continue
        step: Any = path[-1]
        value = parent[step]
        if change == "delete":
            del parent[step]
        elif change == "replace":
            parent[step] = copy.deepcopy(draw(VALUES))
        elif change == "rename" and isinstance(parent, dict):
            parent[draw(st.sampled_from(NAMES) | st.just(f"{step}\n") | st.just(step[:-1]))] = (
                parent.pop(step)
            )
        elif isinstance(value, list):
            value.append(
                copy.deepcopy(draw(VALUES | (st.sampled_from(value) if value else st.nothing())))
            )
        elif isinstance(value, dict):
            value[draw(st.sampled_from(NAMES))] = copy.deepcopy(draw(VALUES))
    return kind, data


def leads_somewhere(data: Any, path: DataPath) -> bool:
    return not path or any(found == path for found, _ in iter_paths(data))


@settings(STEADY, max_examples=300)
@given(mutated())
def test_engines_agree_and_every_error_is_explained(example: tuple[str, Any]) -> None:
    kind, data = example
    fast, slow = schema._fast(kind).is_valid(data), schema._slow(kind).is_valid(data)
    assert fast == slow
    errors = schema.errors(data, kind)
    assert bool(errors) != fast
    for error in errors:
        assert leads_somewhere(data, error.path)
        assert error.message and error.remedy
        assert (error.message + error.remedy.replace("\n", "")).isprintable()
        own_words = re.sub("”[^”]*”", "", error.message)
        assert "följer inte schemat" not in own_words
        assert not re.search(
            r"\b(is|not|None|True|False|dict|list|str|required|valid|schema)\b", own_words
        )


@settings(STEADY, max_examples=150)
@given(
    st.sampled_from([(kind, data) for kind, data in EXAMPLES if kind in ("insats", "kommun")]),
    st.data(),
)
def test_a_misspelt_field_is_told_once_with_its_right_name(
    example: tuple[str, Any], draw: st.DataObject
) -> None:
    kind, data = copy.deepcopy(example)
    path = draw.draw(
        st.sampled_from([path for path, _ in iter_paths(data) if path and len(str(path[-1])) > 3])
    )
    name, parent = str(path[-1]), value_at(data, path[:-1])
    at = draw.draw(st.integers(1, len(name) - 2))
    misspelt = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    known = {name for node in NODES for name in node.schema.get("properties", {})}
    if not isinstance(parent, dict) or misspelt in known:
        return
    parent[misspelt] = parent.pop(path[-1])
    errors = schema.errors(data, kind)
    told = [e for e in errors if e.key]
    assert [e.path for e in told] == [(*path[:-1], misspelt)]
    assert f"”{misspelt}” finns inte här" in told[0].message
    assert told[0].remedy.startswith(f"Menade du ”{name}”? ")
    assert not any(e.path == path[:-1] and f"”{name}”" in e.message for e in errors)


# The third engine, in the editors


@pytest.fixture(scope="module")
def editor() -> Iterator[LanguageServer]:
    with LanguageServer([yaml_language_server(), "--stdio"], ROOT) as server:
        yield server


def test_editors_find_nothing_to_underline_in_the_catalogue(editor: LanguageServer) -> None:
    files = {path: path.read_text("utf-8") for path in CATALOGUE_FILES}
    for path, text in files.items():
        modeline = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
        assert modeline, path
        assert (
            path.parent / modeline[1]
        ).resolve() == resources.SCHEMA / f"{kind_of(path)}.schema.json"
    assert {path: found for path, found in editor.check(files).items() if found} == {}


def test_editors_underline_what_breaks_a_schema(editor: LanguageServer) -> None:
    path = CATALOGUE / "kommuner" / "uppsala" / "insatser" / "cope.yaml"
    text = path.read_text("utf-8")
    wrong = {
        path.with_name("felstavat.yaml"): text.replace("\nmålgrupp:", "\nmålgrup:"),
        path.with_name("fel-ord.yaml"): re.sub(r"\ninsatstyp: .*", "\ninsatstyp: samtall", text),
        path.with_name("radslut.yaml"): re.sub(r"\navdelning: (.*)", r"\navdelning: |\n  \1", text),
    }
    assert all(editor.check(wrong).values())


def test_editors_explain_a_field_in_swedish(editor: LanguageServer) -> None:
    path = CATALOGUE / "kommuner" / "uppsala" / "insatser" / "cope.yaml"
    text = path.read_text("utf-8")
    editor.check({path: text})
    line = text.splitlines().index("målgrupp:") + 1
    shown = editor.hover(path, line, 3)
    assert "Målgrupp" in shown
    assert "Vem insatsen är till för." in shown
