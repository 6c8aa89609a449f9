"""What a comparison comes to, said first: what is not let through, and what someone who knows the
law has to read; and the reports that one run writes of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from insatskoll.diff import outcome, verdicts
from insatskoll.diff.forms import json_form, markdown
from insatskoll.reading import schema
from tests.catalogues import write_kommun
from tests.program import run
from tests.repositories import commit, make
from tests.revisions import revision
from tests.test_diff_forms import telling

CLEAN, FINDINGS, USAGE = 0, 1, 2
AT = "https://forge.example/kommun/arkiv/blob/abc123"
QUIET = {"omfattning": {"högst": 5, "enhet": "samtal"}}


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive where a working tree has put a fee on one insats, changed what another says, and
    removed a third, in a folder with a name that a link has to write otherwise."""
    top = make(tmp_path_factory.mktemp("utfall"))
    folder = top / "social å (ny)" / "catalogue" / "kommuner" / "k"
    free: dict[str, object] = {"avgift": "nej"}
    write_kommun(folder, {"lots": free, "samtal": free, "borta": free})
    commit(top)
    shutil.rmtree(folder)
    write_kommun(folder, {"lots": {"avgift": {"belopp": "100 kronor"}}, "samtal": free | QUIET})
    return top / "social å (ny)"


def test_what_must_be_read_is_what_takes_something_is_unclear_or_unlawful() -> None:
    held = verdicts.shipped().by_code
    read = {code for code, one in held.items() if outcome.needs_reader(one)}
    assert {"narrower", "less-consent", "higher-fee", "unclear", "needs-assessment"} <= read
    for code in read - {"needs-assessment"}:
        assert held[code].tightens or "läsas ur texten" in held[code].words
    assert not read & {"more-open", "lower-fee", "editorial", "other-provider", "more-consent"}


def test_one_run_writes_the_comment_with_links_and_the_same_for_programs(top: Path) -> None:
    done = run(
        "diff", "HEAD", "--lint", "--fail-on", "högre avgift", "--link-to", f"{AT}/",
        "--report", "markdown=../a.md", "--report", "json=../b.json",
        "--report", "gitlab=../c.json", cwd=top,
    )  # fmt: skip
    assert done.code == FINDINGS and "högre avgift" in done.out
    comment = (top.parent / "a.md").read_text("utf-8")
    first = comment.splitlines()[1]
    assert first.startswith("**Underkänns: 1 ändring.** Att läsa för en jurist: 3 av 3 ändringar (")
    place = "social%20%C3%A5%20%28ny%29/catalogue/kommuner/k/insatser/lots.yaml"
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(comment)
    links = [
        str(child.attrs["href"])
        for token in tokens
        for child in token.children or ()
        if child.type == "link_open"
    ]
    assert any(link.startswith(f"{AT}/{place}#L") for link in links)
    assert not any("borta.yaml" in link for link in links)  # it is not there to be read
    document = json.loads((top.parent / "b.json").read_text("utf-8"))
    assert schema.errors(document, "diff") == []
    assert document["outcome"]["sentence"] == first.replace("**", "")
    assert (document["outcome"]["fails"], document["outcome"]["toRead"]) == (True, 3)
    codes = [one["verdict"] for one in document["outcome"]["verdicts"]]
    assert {"narrower", "higher-fee", "less-scope"} <= set(codes)
    assert json.loads((top.parent / "c.json").read_text("utf-8"))


def test_what_harms_nobody_is_said_to_and_is_no_reason_to_fail() -> None:
    old, new = revision(a={"avgift": {"belopp": "100 kronor"}}), revision(a={"avgift": "nej"})
    comment = markdown.render([telling(old, new)]).splitlines()[1]
    assert comment == (
        "**Inget underkänns.** Inget utfall tar något från den enskilde eller från skyddet, "
        "och inget är oklart."
    )
    backwards = json.loads(json_form.render([telling(new, old)]))["outcome"]
    assert (backwards["fails"], backwards["toRead"], backwards["changes"]) == (False, 1, 1)
    assert "](" not in markdown.render([telling(new, old)])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--link-to", "javascript:alert(1)"), "--link-to: skriv en adress"),
        (("--link-to", "https://a.example/) [x](b"), "--link-to: skriv en adress"),
        (("--report", "html=a.html"), "--report: ”html=a.html” ska vara ett format"),
        (("--report", "markdown"), "--report: ”markdown” ska vara ett format"),
        (("--report", "json=catalogue/a.json"), "ligger i katalogen"),
        (("--report", "json=a", "--report", "markdown=./a"), "två rapporter kan inte skrivas"),
        (("--output", "a", "--report", "markdown=./a"), "två rapporter kan inte skrivas"),
    ],
)
def test_what_cannot_be_written_or_linked_to_is_refused(
    given: tuple[str, ...], said: str, top: Path
) -> None:
    done = run("diff", "HEAD", *given, cwd=top)
    assert (done.code, done.out) == (USAGE, "")
    assert said in done.err and done.err.count("\n") == 1
    assert not (top / "a").exists()
