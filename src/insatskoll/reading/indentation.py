"""Where the lines of a file do not stand as far in as the lines around them, measured line by line.

A YAML parser stops where it can go no further, which is often on another line than the one that is
wrong, and it tells what it would have wanted there. This walk knows only how the files are written:
fields with a colon, lists with dashes, texts that go on over several lines. It is asked when the
parser has given up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from insatskoll.patterns import later
from insatskoll.reading.places import Problem, Span
from insatskoll.values import immutable

_FIELD = later(r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'#\[\]{}&*!|>%@`,-][^#]*?|-[^\s#][^#]*?):(?=\s|$)")
# What Word and others make of the dash before an item, and a dash that has lost its space.
_DASH = later(r"(?:[–—−‒‑•·●▪◦‣∙]|\*(?=\s))\s*(?=\S)|-(?=[^\W\d])")
# A field whose colon has lost its space, or is another sign.
_GLUED = later(r"(?P<name>[a-zåäö_0-9]+)(?:(?P<sign>:)|\s*=\s*)(?P<value>[^\s/].*)")
_NO_NAME = later(r"[A-ZÅÄÖ]|[^\s:]+ ")  # names of fields are one word, in small letters
_BLOCK = later(r"(?:^|[:\s-]\s*)[|>][0-9+-]{0,2}\s*(?:#.*)?$")


@immutable
class _Line:
    """A line that says something: its number from 1, how far in it begins, and what it says from
    there."""

    number: int
    indent: int
    said: str

    @property
    def is_item(self) -> bool:
        return self.said == "-" or self.said.startswith("- ")

    @property
    def is_field(self) -> bool:
        return _FIELD.match(self.said) is not None

    @property
    def value(self) -> str:
        """What stands after the name of the field."""
        found = _FIELD.match(self.said)
        return "" if found is None else self.said[found.end() :].partition(" #")[0].strip()

    @property
    def span(self) -> Span:
        """From the margin to the first character."""
        return (
            Span(self.number, 1, self.number, self.indent + 1)
            if self.indent
            else Span(self.number, 1, self.number, 2)
        )


def problem(text: str) -> Problem | None:
    """The first line of ``text`` that does not stand where the lines around it let it stand; None
    if all do."""
    walk = _Walk([*_lines(text)])
    return walk.problem()


def not_a_dash(said: str, span: Span) -> Problem | None:
    """What to say of an item, at ``span``, whose dash is another sign or has no space after it;
    None if it is no such."""
    found = _DASH.match(said)
    if found is None:
        return None
    mark = found[0].strip()
    of_list = "Bindestrecket före ett värde i en lista saknar mellanslag efter sig"
    message = of_list if mark == "-" else (
        f"Tecknet ”{mark}” är inget bindestreck, så raden läses inte som ett värde i en lista"
    )  # fmt: skip
    remedy = (
        "Skriv ett vanligt bindestreck och mellanslag före varje värde i listan: - och sedan "
        "värdet."
    )
    return Problem(
        "IK901", message, Span(span.line, span.column, span.line, span.column + 1), remedy
    )


def _lines(text: str) -> Iterator[_Line]:
    for number, line in enumerate(text.splitlines(), 1):
        said = line.strip(" ")
        if said == "...":
            return
        if said and not said.startswith("#") and said != "---":
            yield _Line(number, len(line) - len(line.lstrip(" ")), said)


class _Walk:
    """Goes through the lines with the levels that are open: how far in each begins."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self.lines = lines
        self.levels: list[int] = []
        self.at = 0

    def problem(self) -> Problem | None:
        before: _Line | None = None
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if (wrong := self._placed(line, before)) is not None:
                return wrong
            before = line
            # A list's item may begin with a field, and so with a list of its own: each begins a
            # level where it stands.
            while line.is_item and line.said != "-":
                inner = line.said[1:].lstrip(" ")
                line = _Line(line.number, line.indent + len(line.said) - len(inner), inner)
                if line.is_item or line.is_field:
                    self.levels.append(line.indent)
            self.at += 1
            if (wrong := self._passed(line)) is not None:
                return wrong
            self.opens = line.is_item or (line.is_field and not line.value)
        return None

    opens = True

    def _placed(self, line: _Line, before: _Line | None) -> Problem | None:
        """Puts ``line`` on its level; what is wrong if it has none."""
        if before is None or (self.opens and line.indent > self.levels[-1]):
            if before is not None and not (line.is_item or line.is_field):
                return self._text(line)
            self.levels.append(line.indent)
            return None
        if not (line.is_item or line.is_field):
            if line.indent > self.levels[-1]:
                return None
            if before.is_item and before.indent == line.indent and _DASH.match(line.said):
                return _dash(line)
            return (
                _without_colon(line, before)
                if line.indent in self.levels
                else _misplaced(line, before, self.levels)
            )
        if line.indent in self.levels:
            while self.levels[-1] != line.indent:
                self.levels.pop()
            return None
        if line.indent > before.indent:
            if _DASH.match(before.said):
                return _dash(before)
            if line.is_item and before.is_field and _is_plain_text(before):
                return _twofold(line, before)
            if _is_plain_text(before) and _NO_NAME.match(line.said) and not _DASH.match(line.said):
                return _colon(line, before)
        return self._astray(line, before)

    def _astray(self, line: _Line, before: _Line) -> Problem:
        """What to say of a field or an item that stands on no level."""
        wrong = _misplaced(line, before, self.levels)
        if not (line.is_field and before.is_field and line.indent > before.indent):
            return wrong
        if _name(line) == _name(before):
            told = f"Fältet ”{_name(line)[:60]}” står två gånger. Ta bort den ena raden."
            return replace(wrong, remedy=told)
        if drawn_in := self._to_draw_in(line, before):
            return replace(wrong, remedy=drawn_in)
        missing = (
            "Är raden ett eget fält ska den börja lika långt in som de andra. Hör den till en "
            "grupp saknas gruppens namn med kolon på raden ovanför."
        )
        odd = line.indent % 2 or before.indent
        return wrong if odd else replace(wrong, remedy=f"{missing}{_within(line, before)}")

    def _to_draw_in(self, line: _Line, before: _Line) -> str | None:
        """What to do with the fields down to ``before`` that stand as far in as the empty one that
        they belong to, where ``line`` stands further in."""
        at = self.lines.index(before)
        while at and self.lines[at].indent == before.indent and self.lines[at].value:
            at -= 1
        opening = self.lines[at]
        if not opening.is_field or opening.value or opening.indent != before.indent:
            return None
        first, steps = self.lines[at + 1].number, line.indent - before.indent
        rows = f"rad {first}" if first == before.number else f"raderna {first}–{before.number}"
        return (
            f"Dra in {rows} med {steps} mellanslag, lika långt som rad {line.number}, så hör de "
            f"till {_name(opening)[:60]} på rad {opening.number}."
        )

    def _text(self, line: _Line) -> Problem | None:
        """A text below the name of its field. With fields after it, as far in, it is one that has
        lost its colon."""
        following = self.lines[self.at + 1 :]
        after = next(iter(following), None)
        if after is not None and after.indent == line.indent and after.is_field:
            return _without_colon(line, None)
        self.levels.append(line.indent)
        return None

    def _passed(self, line: _Line) -> Problem | None:
        """Passes the lines that the value of ``line`` goes on over."""
        own = self.levels[-1]
        value = line.value if line.is_field else line.said
        if _BLOCK.search(line.said):
            return self._block(line, own)
        if value[:1] in ("'", '"'):
            return self._quoted(line, value, own)
        if value[:1] in ("[", "{"):
            self._flow(value, own)
        elif value:
            while self.at < len(self.lines) and self._goes_on(self.lines[self.at], own):
                self.at += 1
        return None

    def _goes_on(self, line: _Line, own: int) -> bool:
        return line.indent > own and not line.is_item and not line.is_field

    def _block(self, line: _Line, own: int) -> Problem | None:
        """A text after | or >, whose lines stand as far in as its first or further."""
        first = self.lines[self.at] if self.at < len(self.lines) else None
        if first is None or first.indent <= own:
            return None
        while self.at < len(self.lines) and self.lines[self.at].indent >= first.indent:
            self.at += 1
        after = self.lines[self.at] if self.at < len(self.lines) else None
        if after is not None and not (after.is_field or after.is_item) and after.indent > own:
            return _misplaced(after, self.lines[self.at - 1], [first.indent])
        if after is not None and after.indent not in self.levels:
            return _misplaced(after, line, self.levels)
        return None

    def _quoted(self, line: _Line, value: str, own: int) -> Problem | None:
        """A text between quotation marks, which may go on over lines that stand further in."""
        mark, rest = value[0], value[1:]
        while not _closed(rest, mark):
            if self.at >= len(self.lines):
                return _unclosed(line, value)
            after = self.lines[self.at]
            if after.indent <= own and (after.is_field or after.is_item):
                return _unclosed(line, value)
            rest = after.said
            self.at += 1
        return None

    def _flow(self, value: str, own: int) -> None:
        """A value between brackets, which may go on over lines that stand further in."""
        depth = _depth(value)
        while depth > 0 and self.at < len(self.lines):
            line = self.lines[self.at]
            if line.indent <= own and line.said[0] not in "]}":
                return
            depth += _depth(line.said)
            self.at += 1


def _closed(rest: str, mark: str) -> bool:
    """Whether a text, begun before ``rest``, ends in it."""
    bare = rest.replace("''", "") if mark == "'" else re.sub(r"\\.", "", rest)
    return mark in bare


def _depth(said: str) -> int:
    bare = re.sub(r"\"[^\"]*\"|'[^']*'| #.*", "", said)
    return sum(bare.count(mark) for mark in "[{") - sum(bare.count(mark) for mark in "]}")


def _misplaced(line: _Line, before: _Line, levels: Sequence[int]) -> Problem:
    """What to say of two lines that do not go together. Files are indented two steps at a time: an
    odd one is the wrong one."""
    wrong, right = (before, line) if before.indent % 2 and not line.indent % 2 else (line, before)
    able = sorted({right.indent} if wrong is before else set(levels))
    near = [
        level
        for level in able
        if abs(level - wrong.indent) == min(abs(a - wrong.indent) for a in able)
    ]
    choice = " eller ".join(
        "längst till vänster" if not level else f"efter {level} mellanslag" for level in near
    )
    return Problem(
        "IK901",
        (
            f"Raden är {_steps(wrong.indent)}, men rad {right.number} är "
            f"{_steps(right.indent)}, och det går inte ihop"
        ),
        wrong.span,
        f"Låt raden börja {choice}, lika långt in som de rader den hör ihop med."
        f"{_within(line, before)}",
        ((f"Den här raden är {_steps(right.indent)}", right.span),),
    )


def _within(line: _Line, before: _Line) -> str:
    """What to do where a word stands in place of the group of fields that was begun: avgift: nej,
    and below it the sum."""
    if not (before.value.islower() and " " not in before.value and line.indent > before.indent):
        return ""
    return (
        f" Hör den till fältet på rad {before.number} ska det fältet inte ha något värde på sin "
        "egen rad."
    )


def _name(line: _Line) -> str:
    return line.said[: _name_end(line)]


def _is_plain_text(line: _Line) -> bool:
    """Whether ``line`` begins a text without quotation marks, as the value of a field or as an
    item."""
    value = line.said.lstrip("- ") if line.is_item else line.said
    found = _FIELD.match(value)
    if found:
        text = value[found.end() :].strip()
    elif line.is_item:
        text = value
    else:
        text = ""
    return text != "" and text[0] not in "\"'[{|>&*!#"


def _dash(line: _Line) -> Problem:
    found = not_a_dash(line.said, Span(line.number, line.indent + 1, line.number, line.indent + 2))
    assert found is not None
    return found


def _colon(line: _Line, before: _Line) -> Problem:
    """What to say of a line that goes on with the text above, and holds a colon as if it were a
    field."""
    found = _FIELD.match(line.said)
    at = line.indent + (found.end() if found else 1)
    return Problem(
        "IK901",
        "Ett kolon följt av mellanslag står inne i en text, och läses som ett nytt fält",
        Span(line.number, at, line.number, at + 1),
        (
            "Sätt citattecken runt hela texten, eller skriv | där den börjar och flytta den "
            "till raderna under, indragen."
        ),
        (("Här börjar texten", before.span),),
    )


def _without_colon(line: _Line, before: _Line | None) -> Problem:
    """What to say of a line that stands where a field should, below ``before``, and is none."""
    span = Span(line.number, line.indent + 1, line.number, line.indent + len(line.said) + 1)
    if found := _GLUED.fullmatch(line.said):
        what = "Efter kolonet saknas ett mellanslag" if found["sign"] == ":" else (
            "Efter fältets namn står ett likhetstecken, inte ett kolon"
        )  # fmt: skip
        return Problem("IK901", what, span, f"Skriv {found['name']}: {found['value'][:60]}")
    empty = before is not None and before.is_field and not before.value
    if line.said[0].isupper() or line.said.endswith(".") or empty:
        return Problem(
            "IK901",
            "Raden är inte indragen som en text, och har inget fältnamn med kolon",
            span,
            "Hör raden till fältet ovanför ska den dras in längre än fältets namn. Är den ett eget "
            "fält ska den börja med fältets namn, kolon och mellanslag.",
        )
    return Problem(
        "IK901",
        "Ett fältnamn saknar kolon",
        span,
        "Skriv fältets namn, kolon, mellanslag och värdet, till exempel ”namn: Exempel”. "
        "Fortsätter raden texten ovanför ska den dras in längre än fältets namn.",
    )


def _twofold(line: _Line, before: _Line) -> Problem:
    """What to say of a list that stands below a field that has a text already."""
    name = _name(before)
    return Problem(
        "IK901",
        f"Fältet ”{name[:60]}” har både en text och en lista",
        line.span,
        "Behåll det ena. Hör texten till listan ska den stå på en egen rad, med bindestreck och "
        "mellanslag före.",
        (("Här står texten", before.span),),
    )


def _name_end(line: _Line) -> int:
    found = _FIELD.match(line.said)
    return found.end() - 1 if found else 0


def _unclosed(line: _Line, value: str) -> Problem:
    start = line.indent + line.said.rindex(value) + 1
    return Problem(
        "IK901",
        "Ett citattecken saknar sitt avslutande tecken",
        Span(line.number, start, line.number, start + 1),
        "Avsluta texten med samma slags citattecken som den börjar med.",
    )


def _steps(indent: int) -> str:
    return "inte indragen" if not indent else f"indragen {indent} steg"
