"""A stretch of a value is found where it is written, whatever the value is written as."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from insatskoll.lint.examples import write_kommun
from insatskoll.reading.document import Document, parse
from insatskoll.reading.places import Span
from tests.catalogues import lint_folder

WAYS = {
    "plain": "a: det här är ordet igen\n",
    "plain in lines": "a: det här\n  är\n\n  ordet igen\n",
    "single": "a: 'det ''här'' är ordet igen'\n",
    "single in lines": "a: 'det\n\n  ''här'' är\n  ordet igen'\n",
    "double": 'a: "det \\"h\\u00edt\\" är\\tordet igen"\n',
    "double in lines": 'a: "det här är \\\n   \\  ordet\n\n  igen"\n',
    "folded": "a: >-\n  det här är\n  ordet\n\n  igen\n",
    "folded, kept": "a: >2+  # ord\n  det här\n    är # ingen\n  kommentar\n  ordet igen\n\n",
    "literal": "a: |\n  det här är\n    ordet\n  igen\n",
    "in a list": "- ett\n- 'det är ordet igen'\n",
    "in a flow": "{a: ett, b: [det är ordet igen]}\n",
}


def _path(data: object) -> tuple[str | int, ...]:
    if isinstance(data, dict):
        name = list(data)[-1]
        return (name, *_path(data[name]))
    if isinstance(data, list):
        return (len(data) - 1, *_path(data[-1]))
    return ()


def _marked(document: Document, span: Span) -> str:
    """What the span marks, as it is written."""
    lines = document.text.splitlines(keepends=True)
    before = sum(map(len, lines[: span.line - 1])) + span.column - 1
    after = sum(map(len, lines[: span.end_line - 1])) + span.end_column - 1
    return document.text[before:after]


@pytest.mark.parametrize("way", list(WAYS))
def test_a_word_is_marked_where_it_is_written(way: str) -> None:
    document = parse(Path("a.yaml"), WAYS[way])
    path = _path(document.data)
    value: Any = document.data
    for step in path:
        value = value[step]
    for word in value.split():
        at = value.index(word)
        span = document.words(path, at, at + len(word))
        marked = _marked(document, span)
        signs = {"'här'": "''här''", '"hít"': '\\"h\\u00edt\\"'}
        assert marked in (word, signs.get(word))


def test_what_stands_nowhere_is_the_value() -> None:
    document = parse(Path("a.yaml"), "a: 'ett ord'\nb: 3\n")
    assert document.words(("a",), 3, 4) == document.span(("a",))  # white space only
    assert document.words(("b",), 0, 1) == document.span(("b",))
    assert document.words(("c",), 0, 1) == document.span(("c",))


LETTERS = st.text(st.sampled_from("aå ä\n'\"\\:#-é|>%💡\u00a0x"), min_size=1, max_size=40)


@settings(max_examples=200, deadline=None)
@given(LETTERS, st.sampled_from(["'", '"', "|", ">", None]), st.data())
def test_whatever_is_written_is_found_again(
    text: str, style: str | None, data: st.DataObject
) -> None:
    """Another library writes the text in a style that it fits; each of its words is found."""
    written = yaml.safe_dump({"a": [text]}, default_style=style, allow_unicode=True, width=20)
    document = parse(Path("a.yaml"), written)
    if document.data != {"a": [text]}:
        return  # a number, or nothing
    at = data.draw(st.integers(0, len(text) - 1))
    span = document.words(("a", 0), at, at + 1)
    if text[at] in " \t\n":
        assert span == document.span(("a", 0))
    else:
        plain = {"'": ("'", "''"), '"': ('"', '\\"'), "\\": ("\\", "\\\\")}
        marked = _marked(document, span)
        assert (
            marked in plain.get(text[at], (text[at],)) or yaml.safe_load(f'"{marked}"') == text[at]
        )


MARKED = {
    "IK801": "Stöd vid missbruk\n  av spel.",
    "IK403": "Bara för dig som bor\n  i Vikby.",
    "IK608": "Nämnden beslutade 2025-02-30\n  om insatsen.",
}
SAID = {"IK801": "missbruk", "IK403": "Vikby", "IK608": "2025-02-30"}


@pytest.mark.parametrize("rule", MARKED)
def test_a_finding_marks_the_words_in_a_text_of_several_lines(rule: str, tmp_path: Path) -> None:
    folder = write_kommun(tmp_path / "kommun", {"a": {}})
    path = folder / "insatser" / "a.yaml"
    path.write_text(
        path.read_text("utf-8") + f"målgrupp:\n beskrivning: >\n  {MARKED[rule]}\n", "utf-8"
    )
    (found,) = (one for one in lint_folder(folder).findings if one.rule == rule)
    assert _marked(parse(path, path.read_text("utf-8")), found.span) == SAID[rule]


def test_a_claim_that_a_field_contradicts_is_marked_by_its_words(tmp_path: Path) -> None:
    insats = {
        "namn": "Tjejgrupp 10–12 år",
        "målgrupp": {"ålder": {"från": 13, "till": 15, "avser": "deltagaren"}},
        "innehåll": "Ni träffas ofta. Tjejer 10–12 år kommer\ntolv gånger.",
        "omfattning": {"högst": 8, "enhet": "tillfällen"},
    }
    folder = write_kommun(tmp_path / "kommun", {"a": insats})
    document = parse(folder, (folder / "insatser" / "a.yaml").read_text("utf-8"))
    found = [
        _marked(document, one.span)
        for one in lint_folder(folder).findings
        if one.rule in ("IK404", "IK712") and one.level == "varning"
    ]
    assert sorted(found) == ["10–12 år", "tolv gånger"]
