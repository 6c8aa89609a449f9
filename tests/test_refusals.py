"""Whatever decide or render refuses of the files themselves, lint has found, with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from insatskoll.bilaga import printable, render
from insatskoll.catalogue.loading import load_kommun
from insatskoll.decisions.asked import DecisionRefused
from insatskoll.reading import document, hygiene
from tests import decisions
from tests.catalogues import write_kommun
from tests.decisions import insats
from tests.program import run

REFUSED = {
    "en dag som inte finns": {"förslag": {"datum": "2026-02-30"}},
    "en utformning som inte finns": {"layout": "finns-inte"},
    "två avdelningar med samma id": {
        "avdelningar": [{"id": "exempel", "namn": "A"}, {"id": "exempel", "namn": "B"}]
    },
}


@pytest.mark.parametrize("kommun", REFUSED.values(), ids=REFUSED)
def test_lint_has_found_what_stops_a_document(tmp_path: Path, kommun: dict[str, object]) -> None:
    folder = tmp_path / "catalogue" / "kommuner" / "exempel"
    write_kommun(folder, {"a": insats("A")}, {**decisions.INFORMATION, **kommun})
    linted = run("lint", "exempel", cwd=tmp_path)
    assert linted.code and re.search(r"^ +\d+:\d+ +fel IK", linted.out, re.MULTILINE)


def test_a_municipality_that_is_too_large_to_decide_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (document, hygiene, printable):
        monkeypatch.setattr(module, "MAX_BYTES", 8_000)
    text = "Samtal med en rådgivare. " * 200
    many = {f"samtal-{number}": insats(f"Samtal {number}", innehåll=text) for number in range(3)}
    folder = write_kommun(
        tmp_path / "catalogue" / "kommuner" / "exempel", many, decisions.INFORMATION
    )
    with pytest.raises(DecisionRefused, match="för stor för ett beslut"):
        decisions.plan(folder, "2025-09-01")
    (problem,) = printable.checked(load_kommun(folder)).problems
    assert (
        problem.path.name == "kommun.yaml"
        and "för stor för ett beslut" in problem.problems[0].message
    )
    few = write_kommun(
        tmp_path / "catalogue" / "kommuner" / "liten", {"a": insats("A")}, decisions.INFORMATION
    )
    assert printable.checked(load_kommun(few)).problems == ()


@pytest.mark.parametrize("layout", ["avsnitt", "tabell", "tabell-utförlig", "riktlinje", "lista"])
def test_no_two_ids_become_one_in_print(tmp_path: Path, layout: str) -> None:
    """Ids that are called as the templates' own anchors, or as each other with a prefix."""
    ids = [
        "innehall",
        "huvudtext",
        "matris",
        "riskanalyser",
        "avdelning",
        "insats",
        "avdelning-insats",
        "utan-avdelning",
    ]
    kommun = {
        "layout": layout,
        "avdelningar": [{"id": name, "namn": name} for name in ids],
        "enheter": [{"id": name, "namn": name} for name in ids],
        "matris": {"titel": "Matris"},
        "riktlinjer": [{"rubrik": "Innehåll", "text": "A."}, {"rubrik": "Matris", "text": "B."}],
    }
    insatser = {name: insats(name, avdelning=name, utförare={"enheter": [name]}) for name in ids}
    folder = write_kommun(tmp_path / "exempel", insatser, {**decisions.INFORMATION, **kommun})
    (folder / "riskanalyser").mkdir()
    for name in ids:
        (folder / "riskanalyser" / f"{name}.yaml").write_text(
            f"namn: {name}\ninsats: {name}\n", "utf-8"
        )
    revision = load_kommun(folder).revision
    assert revision is not None
    anchors = re.findall(r'\bid="([^"]*)"', render.render_html(revision))
    assert len(anchors) == len(set(anchors)) >= 3 * len(ids)
