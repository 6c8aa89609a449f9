"""The types that are written out of the schemas: they are as the schemas are, and the type checker
finds a field that does not exist by them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from mypy import api

from tests.catalogues import ROOT
from tests.test_architecture import MODULES, imported

sys.path.insert(0, str(ROOT / "tools"))
import make_types

HEAD = """
from insatskoll.reading.schema_types import BeslutData, InsatsData, KommunData, RapportUnneeded

def asked(insats: InsatsData, kommun: KommunData, beslut: BeslutData) -> RapportUnneeded:
    {}
    raise ValueError
"""
# What is written, and the word that nothing has.
WRONG = (
    ('insats["målgrup"]', "målgrup"),
    ('insats["målgrupp"]["deltagarna"]', "deltagarna"),
    ('insats.get("omfång")', "omfång"),
    ('insats.get("dokumentation", {}).get("nivan")', "nivan"),
    ('[insats["delar"][0]["avdelning"]]', "avdelning"),
    ('"remiss" in insats', "remiss"),
    ('"åldrar" not in insats["villkor"][0]["ålder"]', "åldrar"),
    ('[villkor["alder"] for villkor in kommun["gemensamma_villkor"]]', "alder"),
    ('kommun["avdelningar"][0].get("rubriken")', "rubriken"),
    ('beslut["innehåll"]["kommuner"]', "kommuner"),
    ('beslut["innehåll"]["insatser"]["samtal"]["kalla"]', "kalla"),
    ('insats["ingång"] == "sluten"', "sluten"),
    ('insats["insatstyp"] = "samtalet"', "samtalet"),
    ('if kommun: return {"rule": "IK101", "file": "a", "nivå": "fel"}', "nivå"),
)
RIGHT = (
    'insats["målgrupp"]["deltagare"]',
    'insats.get("dokumentation", {}).get("nivå")',
    '"delar" in insats',
    '[villkor["ålder"] for villkor in kommun["gemensamma_villkor"]]',
    'insats["ingång"] == "öppen"',
)


def test_the_types_are_as_the_schemas_are() -> None:
    assert make_types.MODULE.read_text("utf-8") == make_types.text(), (
        "kör python tools/make_types.py"
    )


@pytest.mark.parametrize("name", sorted(MODULES))
def test_no_run_reads_the_types(name: str) -> None:
    assert "reading.schema_types" not in imported(MODULES[name], for_types=False)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the type checker says of each of the above, by what is written."""
    folder = tmp_path_factory.mktemp("types")
    written = [*(wrong for wrong, _ in WRONG), *RIGHT]
    for index, line in enumerate(written):
        (folder / f"asked{index}.py").write_text(HEAD.format(line), "utf-8")
    out, err, _ = api.run(
        ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(folder), str(folder)]
    )
    assert not err
    lines = dict.fromkeys(written, "")
    for index, said in re.findall(r"asked(\d+)\.py:\d+: error: (.*)", out):
        lines[written[int(index)]] += said
    return lines


@pytest.mark.parametrize(("line", "word"), WRONG)
def test_a_field_that_does_not_exist_is_found(told: dict[str, str], line: str, word: str) -> None:
    assert word in told[line]


@pytest.mark.parametrize("line", RIGHT)
def test_a_field_that_exists_is_not(told: dict[str, str], line: str) -> None:
    assert told[line] == ""


def typed(schema: dict[str, Any], **others: dict[str, Any]) -> str:
    return make_types.module({"form": schema, **others}, {})


def group(**fields: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": fields}


def field_types() -> Iterator[tuple[dict[str, Any], str]]:
    yield {"type": "string"}, "str"
    yield {"type": ["string", "null"]}, "str | None"
    yield {"oneOf": [{"type": "null"}, {"type": "integer"}]}, "int | None"
    yield {"const": 1}, "Literal[1]"
    yield {"type": "string", "enum": ["a", "b"]}, "Literal['a', 'b']"
    yield {"type": "array", "items": {"type": "boolean"}}, "list[bool]"
    yield {"type": "object", "additionalProperties": {"type": "number"}}, "dict[str, float]"
    keyed = {"type": "object", "propertyNames": {"enum": ["a"]}}
    yield keyed, "dict[Literal['a'], object]"
    yield {"type": "object", "properties": {"a": {}}}, "dict[str, object]"
    yield {"title": "Vad som helst"}, "object"
    yield group(a={"type": "string"}), "FormFält"
    yield {"allOf": [{"$ref": "#/$defs/del"}], "required": ["a"]}, "FormDel"
    yield {"$ref": "gemensamt.schema.json#/$defs/ja"}, "Ja"


@pytest.mark.parametrize(("field", "said"), list(field_types()))
def test_a_field_has_the_type_that_its_schema_tells(field: dict[str, Any], said: str) -> None:
    common = {"$defs": {"ja": {"enum": ["ja"]}}}
    written = typed(group(fält=field) | {"$defs": {"del": group()}}, gemensamt=common)
    assert f"    fält: NotRequired[{said}]\n" in written


def test_a_field_that_is_needed_is_so() -> None:
    assert "    a: str\n" in typed(group(a={"type": "string"}) | {"required": ["a"]})


def test_a_field_that_is_no_name_in_python_has_a_type_too() -> None:
    spaces: dict[str, Any] = {}
    exec(typed(group(**{"från och med": {"type": "integer"}, "in": {"type": "string"}})), spaces)
    assert spaces["FormData"].__annotations__.keys() == {"från och med", "in"}


def test_a_group_may_hold_others_of_its_own_kind() -> None:
    assert "    fält: NotRequired[list[FormData]]\n" in typed(
        group(fält={"type": "array", "items": {"$ref": "form.schema.json"}})
    )


def test_two_groups_are_not_called_the_same() -> None:
    schema = group(a=group(b=group()), a_b=group())
    with pytest.raises(ValueError, match="FormAB"):
        typed(schema)


def test_a_name_is_not_given_to_what_there_is_none_of() -> None:
    with pytest.raises(ValueError, match="avdelningen"):
        make_types.module({"form": group()}, {("form", "/properties/avdelningen"): "Avdelning"})
