"""Corrections: at the exact place, nothing else changed, nothing half-written, and only what has
one right answer."""

from __future__ import annotations

import itertools
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insatskoll.catalogue.loading import load_kommun
from insatskoll.errors import Refused
from insatskoll.law.rule_files import RuleError
from insatskoll.law.rules import Rule, RuleSet, load_rules
from insatskoll.lint import examples as rule_examples
from insatskoll.lint import fixes
from insatskoll.lint.findings import Finding
from insatskoll.lint.fixes import Fix
from insatskoll.lint.run import lint
from insatskoll.reading import accepted, document, hygiene
from insatskoll.reading.places import DataPath, Span, parse_path, path_text, value_at
from insatskoll.writing import WriteError, write_all
from tests.catalogues import CATALOGUE, write_kommun
from tests.program import run

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import RegelExempel

LOADED = load_rules()
TERMS = {
    "ersätt": [
        {"mönster": r"\bbiståndsbedömning(en|ar)?\b", "med": r"behovsprövning\1"},
        {"mönster": r"\blandstinget\b", "med": "regionen"},
        {"mönster": r"\bskadligt missbruk\b", "med": "skadligt bruk"},
        {"mönster": "\u00a0", "med": " "},
        {"mönster": "\u00ad", "med": ""},
        {"mönster": r"(?<![0-9-])([0-9]{1,2})-(?=[0-9]{1,2} år\b)", "med": r"\1–"},
    ],
    "utom": ["”[^”]*”", r"[Ll]andstinget [A-ZÅÄÖ][a-zåäö]+"],
    "inte_i": ["namn"],
}


def rule(rättning: dict[str, Any], rule_id: str = "EX001") -> Rule:
    data: Any = LOADED.rules["IK501"].data | {"id": rule_id, "rättning": rättning}
    return Rule(data, Path(f"{rule_id}.yaml"))


def finding(path: Path, at: DataPath, rule_id: str = "EX001", waived: str | None = None) -> Finding:
    return Finding(path, Span(), rule_id, "råd", "", "", data_path=at, waived=waived)


def fixed(
    text: str,
    tmp_path: Path,
    *paths: str,
    rättning: dict[str, Any] | None = None,
    folder: str = "insatser",
) -> list[Fix]:
    """The corrections planned for an insats with ``text`` after what is obligatory, with findings
    at ``paths``."""
    path = tmp_path / folder / "a.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((HEAD + text).encode())
    one = rule(rättning or TERMS)
    return fixes.plan(
        [finding(path, parse_path(p)) for p in paths or ("innehåll",)], RuleSet({one.id: one}, {})
    )


HEAD = "namn: Exempel # orört\ninsatstyp: samtal\navdelning: exempel\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "innehåll: Ingen biståndsbedömning görs.   # varför\n",
            "innehåll: Ingen behovsprövning görs.   # varför\n",
        ),
        ("innehåll: Biståndsbedömningen uteblir.\n", "innehåll: Behovsprövningen uteblir.\n"),
        (
            "innehåll: 'Landstinget, it''s biståndsbedömning'\n",
            "innehåll: 'Regionen, it''s behovsprövning'\n",
        ),
        ('innehåll: "Landstinget \\"och\\" vi"\n', 'innehåll: "Regionen \\"och\\" vi"\n'),
        (
            "innehåll: >-\n  Ett skadligt\n  missbruk.\n\n  Sist.\n",
            "innehåll: >-\n  Ett skadligt\n  bruk.\n\n  Sist.\n",
        ),
        (
            "innehåll: |\n  - landstinget\n  - vi\n\nsyfte: X\n",
            "innehåll: |\n  - regionen\n  - vi\n\nsyfte: X\n",
        ),
        (
            "innehåll: För\u00a0barn 13-17 år, 2025-05-19.\n",
            "innehåll: För barn 13–17 år, 2025-05-19.\n",
        ),
        ("innehåll: Be\u00adhovs\u00adprövning\n", "innehåll: Behovsprövning\n"),
        (
            "innehåll: Vi,\r\n  landstinget\r\nsyfte: X\r\n",
            "innehåll: Vi,\r\n  regionen\r\nsyfte: X\r\n",
        ),
        ("innehåll: Landstinget ”landstinget” och Landstinget Dalarna, landstinget", None),
        ("innehåll: 😀 landstinget 😀 # å", "innehåll: 😀 regionen 😀 # å"),
    ],
)
def test_only_the_words_change(before: str, after: str | None, tmp_path: Path) -> None:
    (one,) = fixed(before, tmp_path)
    wanted = after or "innehåll: Regionen ”landstinget” och Landstinget Dalarna, regionen"
    assert (one.after, one.mended, one.dropped) == (HEAD + wanted, 1, 0)
    assert fixed(wanted, tmp_path) == [], "a second time there is nothing to do"


@pytest.mark.parametrize(
    "text",
    [
        "innehåll: Ingenting.\n",
        "innehåll: Vi sade ”biståndsbedömning”.\n",
        "delar:\n  - namn: Landstinget\n  - namn: B\n",
        "# landstinget\ninnehåll: X\n",
    ],
)
def test_names_quotations_and_comments_are_left(text: str, tmp_path: Path) -> None:
    assert fixed(text, tmp_path, "innehåll", "delar[0]", "namn", "", "finns.inte") == []


def test_what_cannot_be_done_in_the_text_is_dropped_and_counted(tmp_path: Path) -> None:
    (one,) = fixed(
        'innehåll: "Ett\\u00a0barn"\nsyfte: landstinget\n', tmp_path, "innehåll", "syfte"
    )
    assert (one.after, one.mended, one.dropped) == (
        HEAD + 'innehåll: "Ett\\u00a0barn"\nsyfte: regionen\n',
        1,
        1,
    )


@pytest.mark.parametrize(
    "new",
    ["a: b", " # borta", "", "''", "&a", "[x", "\n\n", "x\n  y: z", "\u202e", "|"],
)
def test_a_correction_that_would_change_the_file_otherwise_is_dropped(
    new: str, tmp_path: Path
) -> None:
    rättning = {"ersätt": [{"mönster": "^landstinget", "med": new}]}
    for one in fixed("innehåll: landstinget\nsyfte: X\n", tmp_path, rättning=rättning):
        read = document.parse(one.path, one.after)
        before: Any = document.parse(one.path, one.before).data
        assert one.mended + one.dropped == 1
        assert read.data == {
            **before,
            "innehåll": new if one.mended else "landstinget",
        }


def test_a_correction_that_breaks_the_schema_is_dropped(tmp_path: Path) -> None:
    rättning = {"ersätt": [{"mönster": "samtal", "med": "prat"}]}
    (one,) = fixed("", tmp_path, "insatstyp", rättning=rättning)
    assert (one.mended, one.dropped, one.after) == (0, 1, one.before)


def test_waived_findings_and_frozen_decisions_are_left(tmp_path: Path) -> None:
    assert fixed("innehåll: landstinget\n", tmp_path, folder="beslut") == []
    path = tmp_path / "insatser" / "a.yaml"
    path.parent.mkdir()
    path.write_text(HEAD + "innehåll: landstinget\n", "utf-8")
    one = rule(TERMS)
    assert (
        fixes.plan([finding(path, ("innehåll",), waived="skäl")], RuleSet({one.id: one}, {})) == []
    )


# The two halves of the promise, each without the other


@pytest.mark.parametrize(
    ("source", "value", "stretch"),
    [
        ('"a \\x61 a"', "a a a", (2, 3)),  # the second a of the value is no a in the source
        ("a # a", "a", (0, 1)),
        ("a", "a a", (2, 3)),
    ],
)
def test_a_place_is_sure_only_if_source_and_value_have_as_many(
    source: str, value: str, stretch: tuple[int, int]
) -> None:
    first, last = stretch
    assert fixes._same_places(source, value, value[first:last]).get(first) is None


def test_the_place_is_the_one_with_the_same_number() -> None:
    assert fixes._same_places("'a b a'", "a b a", "a")[4] == (5, 6)
    assert fixes._same_places("x\n  y x", "x y x", "y")[2] == (4, 5)


def test_a_file_that_says_something_else_is_never_given_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    current = document.parse(Path("x"), "x: a b a\n")
    edits = [(4, 5, "c")]
    assert (right := fixes.edited(current, ("x",), edits)) is not None
    assert right.data == {"x": "a b c"}
    monkeypatch.setattr(fixes, "_same_places", lambda *args: {4: (0, 1)})
    assert fixes.edited(current, ("x",), edits) is None


def test_a_file_that_can_no_longer_be_read_is_never_given_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    current = document.parse(Path("x"), "x: a b a\n")
    monkeypatch.setattr(fixes, "_same_places", lambda *args: {4: (0, 0)})
    assert fixes.edited(current, ("x",), [(4, 5, "[")]) is None


# What the program's own rules correct


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def test_the_bundled_rules_never_change_a_word() -> None:
    """Spaces, invisible characters and dashes are corrected; a word, never: meaning hangs on it."""
    shown = 0
    for one in LOADED.rules.values():
        for example in one.examples["träff"]:
            for where, after in example.get("rättat", {}).items():
                kind, before = next(
                    (kind, v)
                    for kind in ("insats", "kommun", "riskanalys")
                    if (v := value_at(example.get(kind), parse_path(where)))
                )
                assert letters(before) == letters(after), (one.id, kind)
                shown += 1
    assert shown


OWN = [
    (check, one)
    for one in LOADED.rules.values()
    for check in range(len(one.data["prövningar"]))
    if fixes.mending(one, check)
]


def own_edits(text: str) -> list[tuple[int, int, str]]:
    """Everything that any bundled rule would write in ``text``, whether or not it has a finding
    there."""
    return [
        edit
        for check, one in OWN
        if (how := fixes.mending(one, check))
        for edit in how.edits(("innehåll",), text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Insatsen ges av Riksförbundet mot alkohol- och narkotikamissbruk.",
        "Den som har utsatts för missbruk av sin ställning, eller för maktmissbruk.",
        "Den som har ett missbruk av alkohol eller narkotika.",
        "Ingen biståndsbedömning och inget biståndsbeslut krävs av landstinget.",
        "Ansökan enligt 11\u00a0kap.\u00a01\u00a0§ och 4\u00a0§ 2\u00a0st. SoL.",
        (
            "Träffarna är 90\u00a0minuter, 10\u202f000\u00a0kronor, den 1\u00a0juli, "
            "A.\u00a0B. Svensson, t.\u00a0ex. §\u00a0103."
        ),
        "Komet 3-11 år, 2025-05-19, kl. 9.30-11, 24-7, fas 1-2, 018-727 00 00 och 13-14 §§.",
        "Persiska می\u200cخواهم och \u200fעברית\u200e skrivs så.",
    ],
)
def test_what_has_more_than_one_right_answer_is_left(text: str) -> None:
    assert own_edits(text) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "11",
                "§",
                "kap.",
                "år",
                "Barn",
                "t.",
                "ex.",
                "A.",
                "och",
                "3-12",
                "–",
                "%",
                "missbruk",
            ]
        ),
        max_size=8,
    )
)
def test_hard_spaces_beside_figures_and_signs_are_never_taken_away(words: list[str]) -> None:
    text = "\u00a0".join(words)
    kept = fixes._apply(text, own_edits(text))
    for index, (first, second) in enumerate(itertools.pairwise(words)):
        if first[-1] in "1§%2" or second[0] in "13§%":
            assert f"{first}\u00a0{second}".replace("-", "–") in kept.replace("-", "–"), (
                index,
                kept,
            )


_TEXT = st.text(st.sampled_from("ab ’'\"#:-|>\n\u00a0\\å😀"), max_size=30)


@given(value=_TEXT, style=st.sampled_from(["plain", "single", "double", "folded", "literal"]))
def test_whatever_is_written_a_correction_changes_that_and_nothing_else(
    value: str, style: str
) -> None:
    quoted = {
        "plain": value,
        "single": "'" + value.replace("'", "''") + "'",
        "double": '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"',
        "folded": ">\n" + "".join(f"  {line}\n" for line in value.split("\n")),
        "literal": "|\n" + "".join(f"  {line}\n" for line in value.split("\n")),
    }[style]
    text = f"före: 'a a'\nx: {quoted}\nefter: a b # a\n"
    try:
        current = document.parse(Path("x"), text)
    except hygiene.UnreadableDocument:
        return
    data: Any = current.data
    if set(data) != {"före", "x", "efter"} or not isinstance(data["x"], str):
        return
    how = fixes.mending(
        rule(
            {
                "ersätt": [
                    {"mönster": "a(b?)", "med": r"c\1c"},
                    {"mönster": "b \u00a0?b", "med": "d"},
                ]
            }
        )
    )
    assert how is not None
    edits = how.edits(("x",), data["x"])
    if edits and (changed := fixes.edited(current, ("x",), edits)) is not None:
        after: Any = changed.data
        assert {k: v for k, v in after.items() if k != "x"} == {
            "före": "a a",
            "efter": "a b",
        }
        assert "a" not in after["x"]
        assert changed.text.startswith("före: 'a a'\nx: ")
        assert changed.text.endswith("\nefter: a b # a\n")


@pytest.mark.parametrize(
    ("rättning", "said"),
    [
        ({"ersätt": [{"mönster": "(", "med": ""}]}, "går inte att läsa"),
        ({"ersätt": [{"mönster": "a", "med": r"\2"}]}, "går inte att läsa"),
        ({"ersätt": [{"mönster": "a", "med": "b"}], "utom": ["["]}, "går inte att läsa"),
    ],
)
def test_a_correction_that_cannot_work_is_refused(rättning: dict[str, Any], said: str) -> None:
    with pytest.raises(RuleError, match=said):
        fixes.mending(rule(rättning))


CORRECTED = [
    pytest.param(one, example, id=f"{one.id}-{example['namn']}")
    for one in LOADED.rules.values()
    if "rättning" in one.data or any("rättning" in check for check in one.data["prövningar"])
    for example in one.examples["träff"]
]


@pytest.mark.parametrize(("one", "example"), CORRECTED)
def test_a_rules_own_examples_are_corrected_as_they_say(
    one: Rule, example: RegelExempel, tmp_path: Path
) -> None:
    found = [
        f for f in rule_examples.linted(example, LOADED, tmp_path / "exempel") if f.rule == one.id
    ]
    changed: dict[str, str] = {}
    for fix in fixes.plan(found, LOADED):
        before, after = (document.parse(fix.path, text).data for text in (fix.before, fix.after))
        changed |= {
            path_text(p): v
            for p, v in document.iter_paths(after)
            if isinstance(v, str) and v != value_at(before, p)
        }
    assert changed == example.get("rättat", {})


def test_every_correction_is_shown_by_an_example() -> None:
    shown = {param.values[0].id for param in CORRECTED if "rättat" in param.values[1]}  # type: ignore[union-attr, operator]
    assert shown == {param.values[0].id for param in CORRECTED}  # type: ignore[union-attr]


def test_the_bundled_catalogue_stays_whole_when_corrected() -> None:
    for folder in sorted((CATALOGUE / "kommuner").iterdir()):
        for fix in fixes.plan(lint([load_kommun(folder)], LOADED).open, LOADED):
            before, after = (document.parse(fix.path, text) for text in (fix.before, fix.after))
            assert accepted.insats(after).keys() == accepted.insats(before).keys()


# The command


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A catalogue with one insats that has a correctable finding, and a rule of its own that finds
    it."""
    insats = (
        HEAD + "karaktär: rådgivning\ndokumentation: {nivå: utan personliga förhållanden}\n"
    ).encode()
    kommun = {"information_om_ansökan": "Det går att ansöka."}
    folder = write_kommun(tmp_path / "catalogue" / "kommuner" / "k", {"a": insats}, kommun)
    path = folder / "insatser" / "a.yaml"
    path.write_text(
        path.read_text("utf-8")
        + (
            "innehåll: Be\u00adhov 13-17 år, utan biståndsbedömning enligt 11\u00a0kap. "
            "1\u00a0§. # å\n"
        ),
        "utf-8",
    )
    return folder


def test_diff_shows_and_fix_writes_and_then_there_is_nothing_left(
    catalogue: Path, tmp_path: Path
) -> None:
    path = catalogue / "insatser" / "a.yaml"
    before = path.read_bytes()
    shown = run("lint", "--diff", cwd=tmp_path)
    assert (shown.code, path.read_bytes()) == (1, before)
    assert shown.out.startswith("--- a/catalogue/kommuner/k/insatser/a.yaml\n+++ b/catalogue/")
    assert "+innehåll: Be" in shown.out
    assert "1 fil går att rätta." in shown.err
    done = run("lint", "--fix", cwd=tmp_path)
    assert "i 1 fil rättade." in done.err
    assert path.read_text("utf-8").endswith(
        "Behov 13-17 år, utan biståndsbedömning enligt 11\u00a0kap. 1\u00a0§. # å\n"
    )
    again = run("lint", "--diff", cwd=tmp_path)
    assert (again.code, again.out, again.err) == (0, "", "Inget går att rätta av sig självt.\n")


def test_letters_of_several_characters_are_made_one_with_the_rest(
    catalogue: Path, tmp_path: Path
) -> None:
    path = catalogue / "insatser" / "a.yaml"
    whole = path.read_text("utf-8")
    path.write_text(unicodedata.normalize("NFD", whole), "utf-8")
    shown = run("lint", "--diff", cwd=tmp_path)
    assert (shown.code, path.read_text("utf-8")) == (1, unicodedata.normalize("NFD", whole))
    assert "+innehåll: Behov" in shown.out
    done = run("lint", "--fix", cwd=tmp_path)
    assert path.read_text("utf-8") == whole.replace("\u00ad", "")
    assert "i 1 fil rättade." in done.err


def test_the_catalogue_that_comes_with_the_program_is_not_touched(tmp_path: Path) -> None:
    done = run("lint", "uppsala", "--fix", cwd=tmp_path)
    assert done.code == 2
    assert "följer med programmet ändras inte" in done.err


def test_files_are_written_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a").write_text("förut", "utf-8")
    with pytest.raises(WriteError, match="där finns en mapp med det namnet"):
        write_all({tmp_path / "a": b"nu", tmp_path / "b": b"nu"})
    assert (tmp_path / "a").read_text("utf-8") == "förut"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
    assert issubclass(WriteError, Refused)


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("förut", "utf-8")
    path.chmod(0o640)
    write_all({path: b"nu"})
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"nu", 0o640)
