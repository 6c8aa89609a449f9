"""What can be written where the cursor stands, each with what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol import types

from insatskoll.catalogue import referring
from insatskoll.catalogue.canonical import to_flow
from insatskoll.lsp import cursor, registers
from insatskoll.lsp.cursor import Cursor
from insatskoll.lsp.kommuner import Held, Named
from insatskoll.lsp.texts import Text
from insatskoll.reading import samples
from insatskoll.reading.hygiene import MAX_BYTES

_NAME = re.compile(r"[^\s:#]*")
_VALUE = re.compile(r"(?:(?!\s+#|\s+$).)*")
_IN_BRACKETS = re.compile(r"[^\],}:{\[#]*(?<!\s)")
MOST = 400  # proposals
_KINDS = {
    referring.UNIT: types.CompletionItemKind.Reference,
    referring.SECTION: types.CompletionItemKind.Reference,
    referring.INSATS: types.CompletionItemKind.File,
    referring.CONCEPT: types.CompletionItemKind.Class,
    referring.PROVISION: types.CompletionItemKind.Constant,
    referring.RULE: types.CompletionItemKind.Event,
}


def items(
    held: Held, kind: str, text: Text, position: types.Position
) -> list[types.CompletionItem]:
    """The proposals at a position in a file of a kind, in the order of the schema or of the
    register."""
    if len(text.source) > MAX_BYTES or kind == "beslut":
        return []
    lines = [text.line(number) for number in range(len(text.starts))]
    column = text.offset(position) - text.starts[min(position.line, len(text.starts) - 1)]
    at = cursor.find(lines, position.line, column)
    if at is None:
        return []
    after = lines[position.line][column:] if position.line < len(lines) else ""
    is_value = _is_value(kind, at)
    begun, offset = at.written.rpartition("\n")[2], text.offset(position)
    more = len(_rest(after, is_value, at))
    range_ = types.Range(text.position(offset - len(begun)), text.position(offset + more))
    found = _values(held, kind, at) if is_value else _names(kind, at, after)
    listed = list(found)[:MOST]
    for number, item in enumerate(listed):
        item.sort_text = f"{number:04}"
        blank = " " if at.glued else ""
        item.text_edit = types.TextEdit(range_, f"{blank}{item.insert_text or item.label}")
        item.insert_text_mode = types.InsertTextMode.AsIs
    return listed


def _rest(after: str, is_value: bool, at: Cursor) -> str:
    """What of the line ``after`` the cursor belongs to the word that is being written, and is
    replaced with it."""
    if at.flow:
        found = _IN_BRACKETS.match(after)
    else:
        found = (_VALUE if is_value else _NAME).match(after)
    return found[0] if found else ""


def _is_value(kind: str, at: Cursor) -> bool:
    """Whether a value is written: after a name, or as an item of a list of words."""
    return at.value or (at.dash and samples.form(kind, at.fields) == "words")


def _names(kind: str, at: Cursor, after: str) -> Iterator[types.CompletionItem]:
    """The fields that the group can have and has not."""
    if at.dash and samples.form(kind, at.fields) != "list":
        return
    rest = _rest(after, False, at)
    # the cursor stands in a name that is there already
    named = after[len(rest) :].lstrip().startswith(":")
    whole = f"{at.written}{rest}".strip()
    for name in samples.order(kind, at.fields):
        if name in at.present and name != whole:
            continue
        fields = (*at.fields, name)
        title, told, examples = samples.told(kind, fields)
        if samples.is_deprecated(kind, fields):
            continue
        yield types.CompletionItem(
            label=name,
            kind=types.CompletionItemKind.Field,
            detail=title,
            documentation=_markdown(told, examples),
            insert_text=name if named else f"{name}{_begun(kind, fields, at)}",
        )


def _begun(kind: str, fields: tuple[str, ...], at: Cursor) -> str:
    """What follows the name of a field, for the value to be written at once."""
    form = samples.form(kind, fields)
    if at.holds:
        return ":"
    if at.flow:
        return {"group": ": {", "list": ": [{", "words": ": ["}.get(form, ": ")
    deeper = "\n" + " " * (at.column + 2)
    return {"group": f":{deeper}", "list": f":{deeper}- ", "words": f":{deeper}- "}.get(form, ": ")


def _values(held: Held, kind: str, at: Cursor) -> Iterator[types.CompletionItem]:
    """The words that the field can have, and what it can refer to."""
    alone = at.value and not at.flow and samples.form(kind, at.fields) == "words"
    for word in samples.words(kind, at.fields):
        yield types.CompletionItem(
            label=word,
            kind=types.CompletionItemKind.EnumMember,
            insert_text=f"[{_written(word)}]" if alone else _written(word),
            detail=samples.told(kind, at.fields)[0],
        )
    register = referring.of(kind, at.fields)
    for one in registers.entries(held, register) if register is not None else ():
        yield _referring(one, register or "")


def _referring(one: Named, register: str) -> types.CompletionItem:
    return types.CompletionItem(
        label=one.id,
        kind=_KINDS[register],
        detail=one.name,
        documentation=_markdown(one.told, []),
        filter_text=f"{one.id} {one.name}",
        insert_text=_written(one.id),
    )


def _written(word: str) -> str:
    """A word as it is written in YAML."""
    return to_flow([word])[1:-1]


def _markdown(told: str, examples: list[str]) -> types.MarkupContent:
    shown = f"\n\n```yaml\n{examples[0]}\n```" if examples else ""
    return types.MarkupContent(types.MarkupKind.Markdown, f"{told}{shown}")
