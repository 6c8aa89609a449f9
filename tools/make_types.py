"""Writes ``src/insatskoll/reading/schema_types.py``: what the files look like that the schemas in
``schema`` accept, for the type checker.

Needed when a schema has been changed, which tests/test_types.py tells.
"""

from __future__ import annotations

import json
import keyword
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "schema"
MODULE = ROOT / "src" / "insatskoll" / "reading" / "schema_types.py"
_END = ".schema.json"
_COMMON = "gemensamt"
_WIDTH = 96
_CHOICES = re.compile(r"\w+: TypeAlias = Literal\[[^]]*\]")

Schema = Mapping[str, Any]
Place = tuple[str, str]  # the name of a schema and a pointer in it

# What a group is called that would otherwise have the names of all fields around it, and a choice
# that would have none.
NAMES: Mapping[Place, str] = {
    ("beslut", "/properties/beslut"): "Beslutsuppgifter",
    ("beslut", "/properties/beslut/properties/rekonstruktion"): "Rekonstruktion",
    ("beslut", "/properties/innehåll"): "Beslutsinnehåll",
    ("beslut", "/properties/beslut/properties/på_nämndens_vägnar"): "PåNämndensVägnar",
    ("beslut", "/properties/beslut/properties/inte_antaget"): "InteAntaget",
    ("handelse", "/properties/händelse"): "Handelseuppgifter",
    ("handelse", "/properties/händelse/properties/rättat"): "Rattat",
    ("begrepp", "/properties/begrepp/additionalProperties"): "Begrepp",
    ("bilaga", "/properties/insatser/items"): "BilagaInsats",
    ("bilaga", "/properties/insatser/items/properties/parts/items"): "BilagaPart",
    ("bilaga", "/properties/chapters/items"): "BilagaChapter",
    ("bilaga", "/properties/analyses/items"): "BilagaAnalysis",
    ("bilaga", "/properties/history/items"): "BilagaHistory",
    ("diff", "/$defs/step/anyOf/1"): "DiffItem",
    ("definition", "/$defs/definition"): "NamngivetVillkor",
    ("diff", "/properties/comparisons/items"): "DiffComparison",
    ("diff", "/properties/comparisons/items/properties/changes/items"): "DiffChange",
    ("diff", "/properties/comparisons/items/properties/facts/items"): "DiffFact",
    ("diff", "/properties/comparisons/items/properties/facts/items/properties/file"): "DiffFile",
    ("diff", "/properties/comparisons/items/properties/regrouped/items"): "DiffRegrouped",
    (_COMMON, "/$defs/alder/properties/avser"): "Vems",
    (_COMMON, "/$defs/avgift/oneOf/1"): "Avgiftsuppgifter",
    (_COMMON, "/$defs/avvikelser/items"): "Avvikelse",
    (_COMMON, "/$defs/dokumentation/properties/nivå"): "Dokumentationsnivå",
    (_COMMON, "/$defs/malgrupp/properties/deltagare/items"): "Deltagare",
    (_COMMON, "/$defs/samtycke/properties/under_15"): "Samtycker",
    (_COMMON, "/$defs/utforare/properties/platser/items"): "Plats",
    ("kommun", "/properties/avdelningar/items"): "Avdelning",
    ("kommun", "/properties/enheter/items"): "Enhet",
    ("kommun", "/properties/gemensam_dokumentation/items"): "GemensamDokumentation",
    ("kommun", "/properties/riktlinjer/items"): "Riktlinje",
    ("lagrum", "/properties/bestämmelser/items"): "Bestammelse",
    ("regel", "/properties/exempel"): "RegelExemplen",
}


class Types:
    """The types of the groups of fields, the choices and the unions in ``schemas``, by name: read
    where they are first spoken of."""

    def __init__(self, schemas: Mapping[str, Schema], names: Mapping[Place, str]) -> None:
        self.schemas = schemas
        self.names = names
        self.classes: dict[str, str] = {}
        self.aliases: dict[str, str] = {}
        self.told: dict[str, Place] = {}

    def file(self, schema: str) -> None:
        """Adds what a file of the kind ``schema`` looks like, and all that it speaks of."""
        self.said(schema, "", self.schemas[schema])

    def said(self, schema: str, pointer: str, node: Schema) -> str:
        """The type of what ``node`` at ``pointer`` in ``schema`` accepts, as it is written."""
        if "$ref" in node:
            return self._referred(schema, node["$ref"])
        if "enum" in node or "const" in node:
            return self._alias(schema, pointer, _choices(node))
        if "oneOf" in node or ("anyOf" in node and "type" not in node):
            key = "oneOf" if "oneOf" in node else "anyOf"
            each = [
                self.said(schema, f"{pointer}/{key}/{index}", one)
                for index, one in enumerate(node[key])
            ]
            return self._alias(schema, pointer, _either(each))
        kinds = node.get("type", ())
        each = [
            self._plain(schema, pointer, node, kind)
            for kind in ([kinds] if isinstance(kinds, str) else kinds)
        ]
        if not each and len(node.get("allOf", ())) and "$ref" in node["allOf"][0]:
            return self._referred(schema, node["allOf"][0]["$ref"])
        return _either(each) or "object"

    def _plain(self, schema: str, pointer: str, node: Schema, kind: str) -> str:
        if kind == "array":
            items = node.get("items")
            inner = "object" if items is None else self.said(schema, f"{pointer}/items", items)
            return f"list[{inner}]"
        if kind == "object" and node.get("additionalProperties") is False:
            return self._group(schema, pointer, node)
        if kind == "object":
            rest = node.get("additionalProperties")
            inner = "object"
            if isinstance(rest, Mapping):
                inner = self.said(schema, f"{pointer}/additionalProperties", rest)
            names = node.get("propertyNames", {})
            return f"dict[{_choices(names) if 'enum' in names else 'str'}, {inner}]"
        return {
            "string": "str",
            "integer": "int",
            "number": "float",
            "boolean": "bool",
            "null": "None",
        }[kind]

    def _referred(self, schema: str, reference: str) -> str:
        file, _, pointer = reference.partition("#")
        name = file.removesuffix(_END) or schema
        node: Any = self.schemas[name]
        for step in pointer.split("/")[1:]:
            node = node[step]
        return self.said(name, pointer, node)

    def _alias(self, schema: str, pointer: str, said: str) -> str:
        """``said`` by the name that it has, if it has one: among the schema's own definitions, or
        of ours."""
        defined = pointer.count("/") == 2 and pointer.startswith("/$defs/")
        if not defined and (schema, pointer) not in self.names:
            return said
        name = self._name(schema, pointer)
        self.aliases[name] = said
        return name

    def _group(self, schema: str, pointer: str, node: Schema) -> str:
        name = self._name(schema, pointer)
        if name in self.classes:
            return name
        self.classes[name] = ""  # a group may hold others of its own kind
        fields = {
            key: self._field(schema, f"{pointer}/properties/{key}", field, key in _needed(node))
            for key, field in node["properties"].items()
        }
        self.classes[name] = _written(name, _docstring(schema, pointer, node), fields)
        return name

    def _field(self, schema: str, pointer: str, node: Schema, needed: bool) -> str:
        said = self.said(schema, pointer, node)
        return said if needed else f"NotRequired[{said}]"

    def _name(self, schema: str, pointer: str) -> str:
        """What the type of ``pointer`` in ``schema`` is called. Raises :class:`ValueError` if
        another is called the same."""
        name = self.names.get((schema, pointer)) or _default(schema, pointer)
        if self.told.setdefault(name, (schema, pointer)) != (schema, pointer):
            raise ValueError(f"{name}: {self.told[name]} and {(schema, pointer)}")
        return name


def _choices(node: Schema) -> str:
    """The only values that there can be."""
    return f"Literal[{', '.join(map(repr, node.get('enum', [node.get('const')])))}]"


def _either(each: Iterable[str]) -> str:
    """Any of several types, each once and nothing last."""
    return " | ".join(sorted(dict.fromkeys(each), key=lambda said: said == "None"))


def _default(schema: str, pointer: str) -> str:
    """The name of the file with Data after it; of what lies within it, the fields on the way."""
    steps = [
        step
        for step in pointer.split("/")[1:]
        if step not in {"$defs", "properties", "items", "additionalProperties"}
        and not step.isdigit()
    ]
    if not steps:
        return f"{_capital(schema)}Data"
    return "".join(map(_capital, steps if schema == _COMMON else [schema, *steps]))


def _capital(word: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in word.split("_"))


def _needed(node: Schema) -> frozenset[str]:
    return frozenset(node.get("required", ()))


def _docstring(schema: str, pointer: str, node: Schema) -> str:
    told = node.get("description") or node.get("title") or f"Se schema/{schema}{_END}#{pointer}."
    return textwrap.fill(f'"""{told}"""', _WIDTH, break_long_words=False)


def _written(name: str, docstring: str, fields: Mapping[str, str]) -> str:
    """A group of fields as Python: a class, or a call where a field cannot be an attribute."""
    if all(key.isidentifier() and not keyword.iskeyword(key) for key in fields):
        body = [docstring, "", *(f"{key}: {said}" for key, said in fields.items())]
        return f"class {name}(TypedDict):\n" + textwrap.indent("\n".join(body), "    ")
    pairs = ", ".join(f"{key!r}: {said!r}" for key, said in fields.items())
    return f"{name} = TypedDict({name!r}, {{{pairs}}})\n{docstring}"


def module(schemas: Mapping[str, Schema], names: Mapping[Place, str]) -> str:
    """The module that holds the types of ``schemas``, each by its name without ending.

    Raises :class:`ValueError` if ``names`` names what there is none of."""
    types = Types(schemas, names)
    for schema in sorted(schemas.keys() - {_COMMON}):
        types.file(schema)
    head = [
        '"""What the files look like that the schemas accept, for the type checker.\n\n'
        'Written by tools/make_types.py out of the folder ``schema``. Change nothing here."""',
        "from __future__ import annotations",
        "from typing import Literal, NotRequired, TypeAlias, TypedDict",
    ]
    if unused := names.keys() - types.told.values():
        raise ValueError(f"there are none such: {unused}")
    named = [f"{name}: TypeAlias = {said}" for name, said in sorted(types.aliases.items())]
    choices = [alias for alias in named if _CHOICES.fullmatch(alias)]
    unions = [alias for alias in named if alias not in choices]  # of what stands before them
    classes = [types.classes[name] for name in sorted(types.classes)]
    return "\n\n".join([*head, *choices, *classes, *unions]) + "\n"


def formatted(text: str) -> str:
    """``text`` as ruff writes it."""
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(MODULE), "-"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout


def schemas() -> Iterator[tuple[str, Schema]]:
    """The schemas, each with its name."""
    for path in sorted(SCHEMAS.glob(f"*{_END}")):
        yield path.name.removesuffix(_END), json.loads(path.read_text("utf-8"))


def text() -> str:
    """The content of the module."""
    return formatted(module(dict(schemas()), NAMES))


if __name__ == "__main__":
    MODULE.write_text(text(), "utf-8")
