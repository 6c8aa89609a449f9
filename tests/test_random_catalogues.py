"""Whatever the schemas and lint accept can be printed, in all five formats: random catalogues, made
of the schemas."""

from __future__ import annotations

import json
import random
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from insatskoll.bilaga import printable, publish
from insatskoll.bilaga.layouts import LAYOUTS
from insatskoll.bilaga.render import FORMATS
from insatskoll.catalogue.canonical import to_be_read
from insatskoll.catalogue.loading import load_kommun
from insatskoll.law.rules import load_rules
from insatskoll.lint.run import lint
from insatskoll.resources import SCHEMA

# Rules that tell what stands in the way of a file being used or printed; the others judge what it
# says.
BEFORE_PRINT = ("IK9", "IK608", "IK701", "IK709", "IK710")
WORDS = [
    "samtal", "Öppen", "barn", "3", "14 kap. 5 §", "–", "(", ")", "”råd”", "x" * 90, "= 3", "1.",
    "- x", "\n\n", "\n- ", "*", "_", "#", "سلام", "שלום", "Добро", "Ελλάς", "Tiếng", "½", "→",
    "q\u0331", "\u00a0", "\u00ad", "\u200b", "\u200d", "\u2003", "𝒜", "☎\ufe0f", "«", "…", "\\",
    "$", "<", "&", "{", "http://a.se/x_y", "@a",
]  # fmt: skip
NAMES = ["a", "råd-och-stöd", "avdelning", "matris", "x1"]
ODD = ["👍", "汉字", "\ue000", "\u0378", "\ufdd0", "\U0001f468\u200d\U0001f469", "a\u20dd"]


@cache
def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SCHEMA / name).read_text("utf-8"))
    return loaded


def made(rules: dict[str, Any], of: str, pick: random.Random) -> Any:
    """Something that a schema out of the file ``of`` accepts."""
    if "$ref" in rules:
        file, _, path = rules["$ref"].partition("#")
        target: Any = schema(file or of)
        for step in filter(None, path.split("/")):
            target = target[step]
        return made(target, file or of, pick)
    if "oneOf" in rules:
        return made(pick.choice(rules["oneOf"]), of, pick)
    if "enum" in rules or "const" in rules:
        return pick.choice(rules.get("enum", [rules.get("const")]))
    match rules.get("type"):
        case "object":
            return some_fields(rules, of, pick)
        case "array":
            low = rules.get("minItems", 0)
            items = [made(rules["items"], of, pick) for _ in range(low + pick.choice((0, 0, 1, 2)))]
            return (
                [item for number, item in enumerate(items) if item not in items[:number]]
                if rules.get("uniqueItems")
                else items
            )
        case "integer":
            return rules.get("minimum", 0) + pick.randrange(9)
        case "string":
            return a_text(rules, pick)
    raise AssertionError(rules)


def some_fields(rules: dict[str, Any], of: str, pick: random.Random) -> dict[str, Any]:
    known: dict[str, Any] = rules.get("properties", {})
    wanted = set(rules.get("required", ())) | {name for name in known if pick.random() < 0.5}
    if "anyOf" in rules:
        wanted |= set(pick.choice(rules["anyOf"]).get("required", ()))
    while len(wanted) < rules.get("minProperties", 0):
        wanted.add(pick.choice(list(known)))
    for name, others in rules.get("dependentRequired", {}).items():
        wanted |= set(others) if name in wanted else set()
    fields = {name: made(known[name], of, pick) for name in known if name in wanted}
    for branch in rules.get("allOf", ()):  # what one value asks of the other fields
        if "if" in branch and Draft202012Validator(branch["if"]).is_valid(fields):
            lacking = [name for name in branch["then"].get("required", ()) if name not in fields]
            fields |= {name: made(known[name], of, pick) for name in lacking}
    if "antal" in fields:
        fields = {name: value for name, value in fields.items() if name not in ("lägst", "högst")}
    for low, high in (("från", "till"), ("lägst", "högst")):
        if low in fields and high in fields:
            fields[low], fields[high] = sorted((fields[low], fields[high]))
    return fields


def a_text(rules: dict[str, Any], pick: random.Random) -> str:
    pattern = rules.get("pattern", "")
    if "0-9]{4}-" in pattern:
        return f"2025-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
    if "§" in pattern:
        return f"SoL {pick.randint(1, 30)} kap. {pick.randint(1, 9)} §"
    if pattern.startswith("^[0-9]{"):
        return "1234"
    if pattern.startswith("^["):
        return pick.choice(NAMES)
    words = pick.choices(WORDS if pick.random() < 0.999 else ODD, k=pick.randint(1, 9))
    text = unicodedata.normalize("NFC", pick.choice(("", " ")).join(words))
    text = text if text.strip(" \n") else "samtal"
    return text.replace("\n", " ") if rules.get("maxLength", 1000) <= 300 else text


# What a random text would seldom be: a file of its own, findings that have been accepted, ids that
# must be somewhere.
_LEFT = ("avvikelser", "tidigare_id", "begrepp", "layout", "förslag", "uppföljningsintervall")


def catalogue(folder: Path, seed: int) -> Path:
    """A municipality in ``folder``, made of the schemas."""
    pick = random.Random(seed)
    kommun = made(schema("kommun.schema.json"), "kommun.schema.json", pick)
    kommun["avdelningar"] = [{"id": name, "namn": f"Avdelning {name}"} for name in NAMES[:3]]
    kommun["enheter"] = [{"id": name, "namn": a_text({"maxLength": 300}, pick)} for name in NAMES]
    kommun["layout"] = pick.choice(LAYOUTS)
    files = {"kommun": kommun}
    for number in range(4):
        insats = made(schema("insats.schema.json"), "insats.schema.json", pick)
        if "delar" in insats:
            insats = {
                key: value
                for key, value in insats.items()
                if key not in ("karaktär", "dokumentation")
            }
        insats["avdelning"] = pick.choice(NAMES[:3])
        files[f"insatser/{NAMES[number]}"] = insats
        analysis = made(schema("riskanalys.schema.json"), "riskanalys.schema.json", pick)
        files[f"riskanalyser/{NAMES[number]}"] = analysis | {"insats": NAMES[number]}
    for name, data in files.items():
        for left in _LEFT:
            if name != "kommun" or left != "layout":
                data.pop(left, None)
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(to_be_read(data), "utf-8")
    return folder


RULES = load_rules()


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(seed=st.integers(0, 2**32))
def test_what_lint_accepts_is_printed(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    kommun = printable.checked(
        load_kommun(catalogue(tmp_path_factory.mktemp("katalog") / "exempel", seed))
    )
    found = {
        f.rule
        for f in lint([kommun], RULES).findings
        if f.rule.startswith(BEFORE_PRINT) and f.level == "fel"
    }
    if found or kommun.revision is None:
        return
    files = publish.bilaga(publish.order(kommun, kommun.revision), FORMATS)
    assert [name.rpartition(".")[2] for name in files] == list(FORMATS)
