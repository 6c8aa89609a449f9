"""What stands in the files comes out as it stands in every report, and steers none of those who
read it: no build server by its log, no forge by its comments. A log alone gets some signs written
out, since it has no other way to say them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import lxml.html
import pytest
from markdown_it import MarkdownIt

from insatskoll import names
from insatskoll.lint.reporters import markdown
from tests import repositories
from tests.catalogues import write_kommun
from tests.program import run

HOSTILE = [
    "##vso[task.setvariable variable=X]y",
    "::stop-commands::x",
    "Tid :: plats ##[x]",
    "##[group]A",
    "##TeamCity[x 'y']",
    ":+1: :tada:",
    "kl. 10:100:20",
    ":man_dancing:",
    "a $x$ b",
    "$$y$$",
    "<b>c</b>",
    "@alla #12",
    "`k` *f* [a](b)",
    "::",
    "C:\\##[error]d",
    "\\##[error]e",
    "# ##[x]",
]
NAMES = [f"{text} Grupp{number}" for number, text in enumerate(HOSTILE)]
LINES = "".join(f"  {line}\n\n" for line in HOSTILE)
RULE = f"""id: KOM001
namn: "::stop-commands::x ##[x]"
nivå: råd
auktoritet: vägledning
kontrollerad: 2026-11-21
förklaring: |
{LINES}
åtgärd: |
{LINES}
prövningar:
  - omfång: insats
    krav: {{namn: Annat}}
    när: {{namn: Samtal}}
    meddelande: "::stop-commands::x ##[x]"
exempel:
  träff:
    - {{namn: "::a", insats: {{namn: Samtal}}, platser: [""]}}
    - {{namn: b, insats: {{namn: Samtal}}, platser: [""]}}
  tyst:
    - {{namn: c, insats: {{}}}}
    - {{namn: d, insats: {{}}}}
"""
EMOJI = re.compile(r":[\w+-]+:")
STEERS = re.compile(
    r"##(?:vso|teamcity)?\[|^\s*::(?!(?:error|warning|notice) file=)", re.IGNORECASE | re.MULTILINE
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue in git whose insatser have hostile names and a rule that tells them; now their
    scope is narrower."""
    top = tmp_path_factory.mktemp("fientlig") / "arkiv"
    for most in (5, 4):
        insatser = {
            f"i{n:02}": {
                "namn": name,
                "innehåll": name,
                "dokumentation": {"nivå": "avidentifierad"},
                "omfattning": {"högst": most, "enhet": "samtal", "beskrivning": name},
            }
            for n, name in enumerate(NAMES)
        }
        shutil.rmtree(top / "catalogue", ignore_errors=True)
        written = write_kommun(
            top / "catalogue" / "kommuner" / "k", insatser, {"information_om_ansökan": "X."}
        )
        text = "".join(f"  {line}\n" for line in (*HOSTILE, "a \u200eb", "Be\u00adhov", *HOSTILE))
        raw = f"namn: Samtal\ninsatstyp: samtal\navdelning: exempel\ninnehåll: |\n{text}"
        (written / "insatser" / "rå.yaml").write_text(raw, "utf-8")
        (top / "catalogue" / "regler").mkdir()
        (top / "catalogue" / "regler" / "KOM001.yaml").write_text(RULE, "utf-8")
        if most == 5:
            repositories.git(top, "init", "-q")
            repositories.commit(top)
    return top


def printed(folder: Path, *arguments: str) -> str:
    done = run(*arguments, cwd=folder)
    assert done.code in (0, 1), done.err
    assert not STEERS.search(done.out), STEERS.search(done.out)
    assert not STEERS.search(done.err)
    return done.out


def read(text: str) -> tuple[str, list[str]]:
    """What Markdown says to its readers, and the stretches of text that a forge looks for short
    codes in."""
    page = lxml.html.document_fromstring(f"<body>{MarkdownIt('commonmark').render(text)}</body>")
    pieces = [str(piece) for piece in page.itertext()]
    return "".join(pieces).replace("\u200b", ""), pieces


@pytest.mark.parametrize("form", ["json", "gitlab", "sarif", "junit"])
def test_reports_for_programs_say_the_text_as_it_stands(form: str, folder: Path) -> None:
    out = printed(folder, "lint", "--select", "IK203", "--format", form)
    if form == "junit":
        said = [case.attrib["message"] for case in ET.fromstring(out).iter("failure")]
    else:
        data = json.loads(out)
        said = (
            [f["message"] for f in data["findings"]]
            if form == "json"
            else [f["description"] for f in data if form == "gitlab"]
        )
        if form == "sarif":
            said = [
                re.sub(r"\\([\[\]])", r"\1", r["message"]["text"])
                for r in data["runs"][0]["results"]
            ]
    for name in NAMES:
        wanted = re.sub(r"\\([\[\]])", r"\1", name) if form == "sarif" else name
        assert any(wanted in message for message in said), (name, said[:3])


@pytest.mark.parametrize("form", ["gitlab", "sarif", "junit"])
def test_reports_of_changes_say_the_text_as_it_stands(form: str, folder: Path) -> None:
    out = printed(folder, "diff", "HEAD", "--fail-on", "omfattning", "--format", form)
    if form == "junit":
        said = [case.attrib["message"] for case in ET.fromstring(out).iter("failure")]
    elif form == "gitlab":
        said = [issue["description"] for issue in json.loads(out)]
    else:
        texts = (one["message"]["text"] for one in json.loads(out)["runs"][0]["results"])
        said = [re.sub(r"\\([\[\]])", r"\1", text) for text in texts]
    for name in NAMES[:3]:
        wanted = re.sub(r"\\([\[\]])", r"\1", name) if form == "sarif" else name
        assert any(wanted in message for message in said), (name, said[:3])


@pytest.mark.parametrize(
    "arguments",
    [
        "lint --select IK203",
        "lint --select IK203 --format github",
        "show k",
        "show k i00",
        "show k i01",
        "diff HEAD",
        "diff HEAD --lint",
        "diff HEAD --format github --fail-on omfattning",
        "show k rå",
        "lint --select KOM",
        "explain KOM001",
        "rules",
        "rules --format markdown",
        "rules --test --select KOM",
        "lint --diff",
        "show k --beslut",
        "show i01 --historik",
    ],
)
def test_a_log_is_not_steered(arguments: str, folder: Path) -> None:
    printed(folder, *arguments.split())


@pytest.mark.parametrize("given", ["lint --select IK203", "diff HEAD --fail-on omfattning"])
def test_a_log_in_azure_is_steered_by_our_own_commands_only(given: str, folder: Path) -> None:
    out = run(*given.split(), "--format", "azure", cwd=folder).out
    bare, number = re.subn(r"^##vso\[task\.logissue [^\]]*\]", "", out, flags=re.MULTILINE)
    assert number == 10 and not STEERS.search(bare)


def test_a_patch_that_has_been_made_harmless_is_said_to_be_none(folder: Path) -> None:
    done = run("lint", "--diff", cwd=folder)
    assert "+  Behov\n" in done.out and " a [U+200E]b\n" in done.out
    assert "går inte att använda som en patch" in done.err


def test_a_log_is_told_the_rest_as_it_stands(folder: Path) -> None:
    out = printed(folder, "lint", "--select", "IK203")
    assert "Tid :: plats [U+0023]#[x] Grupp2" in out and ":+1: :tada: Grupp5" in out
    assert (
        names.in_log("  ::a::b\nc ::d\n\x1b[2J\x1b[1m")
        == "  [U+003A]:a::b\nc ::d\n[U+001B][2J[U+001B][1m"
    )
    assert names.in_log("\x1b[1ma\x1b[0m\x1b[2J", coloured=True) == "\x1b[1ma\x1b[0m[U+001B][2J"


@pytest.mark.parametrize(
    "arguments", ["lint --select IK203 --format markdown", "diff HEAD --format markdown"]
)
def test_comments_say_the_text_and_nothing_else(arguments: str, folder: Path) -> None:
    out = printed(folder, *arguments.split())
    said, pieces = read(out)
    for name in NAMES:
        assert name in said, name
    assert not [piece for piece in pieces if EMOJI.search(piece)]
    assert not re.search(r"\$(?!</span>)", out)


def test_what_stands_in_a_tags_text_is_taken_as_text_too() -> None:
    for name in NAMES:
        page = lxml.html.fragment_fromstring(f"<p>{markdown.escape(name, in_html=True)}</p>")
        assert page.text_content().replace("\u200b", "") == name
        assert not [piece for piece in page.itertext() if EMOJI.search(piece)]


def test_the_files_of_a_diff_say_the_text_as_it_stands(folder: Path, tmp_path: Path) -> None:
    data = json.dumps(
        json.loads(printed(folder, "diff", "HEAD", "--format", "json")), ensure_ascii=False
    )
    printed(folder, "diff", "HEAD", "--format", "html", "--output", str(tmp_path))
    printed(folder, "diff", "HEAD", "--format", "tjänsteskrivelse", "--output", str(tmp_path))
    page = lxml.html.document_fromstring(
        (tmp_path / "k-ändringar.html").read_text("utf-8")
    ).text_content()
    draft, pieces = read((tmp_path / "k-tjänsteskrivelse.md").read_text("utf-8"))
    for name in NAMES:
        assert json.dumps(name, ensure_ascii=False)[1:-1] in data
        assert name in page
        assert name in draft
    assert not [piece for piece in pieces if EMOJI.search(piece)]
