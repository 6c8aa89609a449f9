"""Which characters can be printed: what the program says is what Typst does."""

from __future__ import annotations

import json
import random
import struct
import sys
import unicodedata
from pathlib import Path

import pytest

from insatskoll.catalogue import glyphs
from insatskoll.resources import TEMPLATES
from tests.catalogues import ROOT, lint_folder, write_kommun
from tests.looks import dress

sys.path.insert(0, str(ROOT / "tools"))
from make_glyphs import candidates, fonts, refused

KNOWN = json.loads((TEMPLATES / "tecken.json").read_text("utf-8"))


def test_what_is_said_to_be_printable_is_what_typst_prints() -> None:
    assert list(KNOWN["typsnitt"]) == fonts().families()
    asked = candidates()
    printable = [c for c in asked if not glyphs.missing(c)]
    assert 6000 < len(printable) < len(asked)
    assert refused(printable) == set()
    # And the others are not: all beside a character that is, where a change would show, and some of
    # the rest.
    edges = {chr(ord(c) + step) for c in printable for step in (-1, 1)}
    fit = set(printable)
    rest = [c for c in asked if c not in fit]
    tried = [c for c in rest if c in edges] + random.Random(1).sample(rest, 300)
    assert refused(tried) == set(tried)


def test_letters_with_marks_are_judged_together() -> None:
    marks = [
        c for c in candidates() if unicodedata.category(c) in ("Mn", "Me") and not glyphs.missing(c)
    ]
    texts = [letter + mark for letter in "aя" for mark in marks] + [
        f"ب{mark}" for mark in marks[::3]
    ]
    # Each in a run of its own, in the order asked, so that what is refused can be told apart by its
    # mark.
    for group in (texts[: len(marks)], texts[len(marks) : 2 * len(marks)], texts[2 * len(marks) :]):
        unfit = refused(group)
        told = [text for text in group if not glyphs.missing(text) and text[1] in unfit]
        assert told == []


def test_a_font_tells_its_characters() -> None:
    data = (TEMPLATES / "fonts" / "OpenSans-Regular.ttf").read_bytes()
    own = glyphs.of_font(data)
    assert set("abcåäöÅÄÖ–”€Я") <= own and not set("汉👍\n") & own
    assert own <= {c for c in map(chr, range(0x20, 0x20000)) if not glyphs.missing(c)}


def font_with(subtable: bytes) -> bytes:
    table = struct.pack(">HHHHI", 0, 1, 3, 10, 12) + subtable
    return (
        b"\0\1\0\0"
        + struct.pack(">HHHH", 1, 0, 0, 0)
        + struct.pack(">4sIII", b"cmap", 0, 28, len(table))
        + table
    )


def test_a_font_of_many_planes() -> None:
    groups = (
        struct.pack(">III", 0x4E00, 0x4E03, 7)
        + struct.pack(">III", 0x1F44D, 0x1F44D, 20)
        + struct.pack(">III", 0xE000, 0xE010, 30)
    )
    data = font_with(struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, 3) + groups)
    assert glyphs.of_font(data) == set("一丁丂七👍")
    assert glyphs.missing("七👍八", glyphs.of_font(data)) == ["八"]


@pytest.mark.parametrize("cut", [*range(0, 77, 7), None])
def test_a_broken_font_has_no_characters_that_it_does_not_tell(cut: int | None) -> None:
    # and one that says the same again and again takes no long time
    groups = struct.pack(">III", 0, 0x10FFFF, 1) * 4000
    data = font_with(struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, 0xFFFFFFFF) + groups)
    told = glyphs.of_font(data[:cut])
    assert told == frozenset() or ((cut is None or cut > 56) and len(told) <= 0x110000)


def test_own_fonts_are_asked(tmp_path: Path) -> None:
    folder = write_kommun(tmp_path / "kommuner" / "exempel", {"a": {"namn": "Samtal 七👍"}})
    (finding,) = (f for f in lint_folder(folder).findings if f.rule == "IK911")
    assert (finding.level, finding.data_path, finding.span.line) == ("fel", ("namn",), 1)
    assert (
        "”Samtal” står tecken som inget typsnitt har: ”七” (U+4E03), ”👍” (U+1F44D)."
        in finding.message
    )
    groups = struct.pack(">III", 0x4E00, 0x4E03, 7) + struct.pack(">III", 0x1F44D, 0x1F44D, 20)
    dress(folder)
    assert [f.rule for f in lint_folder(folder).findings if f.rule == "IK911"] == ["IK911"]
    (folder / "typsnitt" / "normal.ttf").write_bytes(
        font_with(struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, 2) + groups)
    )
    assert [f for f in lint_folder(folder).findings if f.rule == "IK911"] == []


def test_texts_of_the_profile_are_printed_too(tmp_path: Path) -> None:
    from insatskoll.bilaga import profile
    from insatskoll.catalogue.loading import load_kommun

    folder = write_kommun(tmp_path / "kommuner" / "exempel")
    path = dress(folder)
    path.write_text(
        path.read_text("utf-8").replace("sidfot: Exempelstads", "sidfot: 汉 Exempelstads"), "utf-8"
    )
    (wrong,) = profile.checked(load_kommun(folder)).problems
    assert [(p.rule, p.message) for p in wrong.problems] == [
        ("IK911", "Texten innehåller tecken som inget typsnitt har: ”汉” (U+6C49)")
    ]


def test_ordinary_texts_ask_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "_known", lambda: pytest.fail("looked up"))
    assert (
        glyphs.missing("Råd- och stödsamtal – ”öppen” mottagning … 14 kap. 5 §\nÉn § 3\u00a0a")
        == []
    )


def test_what_a_joiner_binds_together_must_have_one_font() -> None:
    assert glyphs.missing("barn –\u200d☎\ufe0f nu")
    assert not glyphs.missing("barn a\u200db \u200d ☎ – →")


def test_a_joiner_at_an_end_binds_to_what_is_printed_beside_it() -> None:
    assert glyphs.missing("\u200d☎\ufe0f barn")
    assert not glyphs.missing("☎\ufe0f barn") and not glyphs.missing("\u200dbarn\u200d")
