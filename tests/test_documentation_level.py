"""One answer to one question: how an insats is documented, whether its level or its provision says
so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from insatskoll.bilaga import phrases
from insatskoll.bilaga.render import bilaga
from insatskoll.catalogue import documentation, model
from insatskoll.catalogue.canonical import freeze
from insatskoll.catalogue.model import Insats
from insatskoll.cli import tables
from insatskoll.diff.facts import compare
from insatskoll.diff.forms import letter
from insatskoll.diff.telling import Telling
from insatskoll.law.provisions import _uses
from insatskoll.lint.examples import INSATS
from insatskoll.reading import schema
from insatskoll.reading.places import path_text
from tests.catalogues import lint_folder, write_kommun
from tests.revisions import revision

REASONS = {"särskilda_skäl": {"grund": "anonymitet", "motivering": "Annars avstår många."}}
SPELLINGS = {
    "individnivå": (
        "SoL 14 kap. 3 §",
        "SoL 14 kap 3 §",
        "14 kap. 3 §",
        "SoL 14:3 §",
        "socialtjänstlagen (2025:400) 14 kap. 3 §",
    ),
    "utan personliga förhållanden": (
        "SoL 14 kap. 4 §",
        "SoL 14 kap 4 §",
        "sol 14 kap.4 §",
        "Socialtjänstlagen 14 kap. 4 §",
    ),
    "avidentifierad": ("SoL 14 kap. 5 §", "SoL 14 kap 5 §", "14 kap 5 §", "SoL 14: 5 §"),
}
EVERY = [(level, text) for level, texts in SPELLINGS.items() for text in texts]


@pytest.mark.parametrize(("level", "lagrum"), EVERY)
def test_every_spelling_that_the_schema_lets_through_means_its_level(
    level: str, lagrum: str
) -> None:
    assert not schema.errors(INSATS | {"dokumentation": {"lagrum": lagrum}}, "insats")
    assert documentation.documentation_level({"lagrum": lagrum}) == level
    assert model.resolved({"dokumentation": {"lagrum": lagrum}}) == {
        "dokumentation": {"nivå": level, "lagrum": documentation.BASES[level]}
    }


@pytest.mark.parametrize(
    "lagrum",
    [
        "SoL 11 kap. 5 §",
        "SoL 14 kap. 2 §",
        "LSS 14 kap. 5 §",
        "SoL (2001:453) 14 kap. 5 §",
        "SoL 14 kap. 55 §",
    ],
)
def test_another_provision_says_nothing_of_the_level(lagrum: str) -> None:
    assert documentation.documentation_level({"lagrum": lagrum}) is None
    assert documentation.basis(lagrum) == lagrum


def test_the_data_as_written_stay_and_so_does_the_checksum() -> None:
    written = {"dokumentation": {"lagrum": "SoL 14 kap 5 §"}}
    frozen = freeze(revision(a=written), {"datum": "2025-09-01"})
    model.decided_revision("k", frozen)
    assert written == {"dokumentation": {"lagrum": "SoL 14 kap 5 §"}}
    assert frozen["innehåll"]["insatser"]["a"]["dokumentation"] == written["dokumentation"]


def found(folder: Path, documentation: dict[str, Any], **fields: Any) -> list[tuple[str, str, str]]:
    """What lint says of documentation, without where: in a place of the insats's own, and of a
    part."""
    parts = [{"namn": "Råd", "karaktär": "rådgivning"}, {"namn": "Stöd", "karaktär": "stöd"}]
    insatser = {
        "hel": fields | {"dokumentation": documentation, "karaktär": "rådgivning"},
        "delad": fields | {"delar": [part | {"dokumentation": documentation} for part in parts]},
    }
    report = lint_folder(
        write_kommun(
            folder,
            insatser,
            {"gemensam_dokumentation": [{"gäller": "alla", "dokumentation": documentation}]},
        )
    )
    return sorted((f.rule, f.path.stem, f.message) for f in report.findings)


@pytest.mark.parametrize("insatstyp", ["samtal", "hemtjänst", "provtagning", "mötesplats"])
@pytest.mark.parametrize("level", SPELLINGS)
def test_the_rules_say_the_same_of_a_level_and_of_every_spelling_of_its_provision(
    tmp_path: Path, level: str, insatstyp: str
) -> None:
    special = REASONS if level == "avidentifierad" else {}
    stated = found(tmp_path / "nivå", special | {"nivå": level}, insatstyp=insatstyp)
    for number, lagrum in enumerate(SPELLINGS[level]):
        assert (
            found(tmp_path / f"{number}", special | {"lagrum": lagrum}, insatstyp=insatstyp)
            == stated
        ), lagrum
    told = {rule for rule, *_ in stated}
    assert ("IK202" in told, "IK212" in told) == (
        level == "utan personliga förhållanden",
        level == "avidentifierad",
    )


def test_a_finding_about_a_level_that_follows_from_the_provision_points_at_the_provision(
    tmp_path: Path,
) -> None:
    exempted = {"lagrum": "SoL 14 kap 5 §"}
    insatser: dict[str, Any] = {
        "a": {"dokumentation": exempted},
        "b": {"delar": [{"namn": n, "dokumentation": exempted} for n in "AB"]},
    }
    report = lint_folder(write_kommun(tmp_path / "k", insatser))
    places = [path_text(f.data_path) for f in report.findings if f.rule == "IK204"]
    assert places == [
        "dokumentation.lagrum",
        "delar[0].dokumentation.lagrum",
        "delar[1].dokumentation.lagrum",
    ]
    assert all(f.source.strip() != "dokumentation:" for f in report.findings if f.rule == "IK204")


@pytest.mark.parametrize(("level", "lagrum"), EVERY)
def test_what_is_shown_and_said_is_the_level(level: Any, lagrum: str) -> None:
    insats = Insats("a", INSATS | {"dokumentation": {"lagrum": lagrum}})
    assert tables.levels(insats) == [level]
    assert phrases.individuellt({"lagrum": lagrum}) == phrases.individuellt(
        {"nivå": level, "lagrum": lagrum}
    )
    assert list(_uses(insats, documentation.BASES[level], {})) == ["dokumentation"]


def test_the_diff_judges_every_spelling_alike_and_asks_the_nämnd(tmp_path: Path) -> None:
    before = {"dokumentation": {"lagrum": "SoL 14 kap. 3 §"}}
    stated = (
        {"nivå": "avidentifierad"},
        *({"lagrum": lagrum} for lagrum in SPELLINGS["avidentifierad"]),
    )
    for fields in stated:
        old, new = revision(a=before), revision(a={"dokumentation": REASONS | fields})
        telling = Telling(compare(old, new))
        (change,) = telling.changes
        assert [(j.verdict, j.basis) for j in change.judgements] == [
            ("less-documentation", "SoL 14 kap. 5 §")
        ]
        assert "dokumenteras avidentifierat av särskilda skäl" in change.clause, change.clause
        assert "i stället för på individnivå" in change.clause, change.clause
        assert "att dokumentationen av a avidentifieras" in letter.html(telling).replace("\n", " ")


def test_another_spelling_of_the_basis_is_no_change() -> None:
    for level, spellings in SPELLINGS.items():
        old = revision(
            a={"dokumentation": {"lagrum": spellings[0]}},
            b={"delar": [{"namn": "A", "dokumentation": {"lagrum": spellings[0]}}, {"namn": "B"}]},
        )
        for other in spellings[1:]:
            new = revision(
                a={"dokumentation": {"lagrum": other}},
                b={"delar": [{"namn": "A", "dokumentation": {"lagrum": other}}, {"namn": "B"}]},
            )
            assert Telling(compare(old, new)).changes == (), (level, other)


def test_a_level_written_out_besides_its_provision_is_editorial() -> None:
    old, new = (
        revision(a={"dokumentation": {"lagrum": "SoL 14 kap 5 §"} | level})
        for level in ({}, {"nivå": "avidentifierad"})
    )
    (change,) = Telling(compare(old, new)).changes
    assert [j.verdict for j in change.judgements] == ["editorial"]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("SoL 14\u00a0kap. 3\u00a0§", "SoL 14 kap. 3 §"),
        ("SoL 14 kap.\u00a05\u00a0§", "SoL 14 kap. 5 §"),
        ("SoL 11 kap. 5\u00a0§\u00a02", "SoL 11 kap. 5 § 2"),
    ],
)
def test_a_hard_space_in_a_provision_means_what_a_space_does(written: str, plain: str) -> None:
    data = INSATS | {"dokumentation": {"lagrum": written}, "lagstadgad": written}
    assert schema._fast("insats").is_valid(data) and schema._slow("insats").is_valid(data)
    assert model.resolved(data) == model.resolved(
        INSATS | {"dokumentation": {"lagrum": plain}, "lagstadgad": plain}
    )


@pytest.mark.parametrize(
    "stated",
    [{}, {"nivå": "avidentifierad"}, {"nivå": "individnivå"}, {"lagrum": "SoL 14 kap. 5 §"}],
)
@pytest.mark.parametrize("invoked", ["nej", "ja", None])
def test_every_form_agrees_on_whether_reasons_are_invoked(stated: Any, invoked: str | None) -> None:
    special = {"grund": "mötesplats", "motivering": "Ingen anmäler sig."} | (
        {"åberopas": invoked} if invoked else {}
    )
    data = documentation.resolved_documentation(stated | {"särskilda_skäl": special})
    texts = [phrases.dokumentation(data), phrases.skal(data)]
    assert documentation.invokes_reasons(data) is (
        invoked != "nej"
    ) and documentation.denies_reasons(data) is (invoked == "nej")
    assert all(("Särskilda skäl åberopas inte" in text) is (invoked == "nej") for text in texts)
    assert ("av särskilda skäl" in texts[0] or texts[0].startswith("särskilda skäl åberopas")) is (
        invoked != "nej"
    )
    assert not documentation.invokes_reasons({}) and not documentation.denies_reasons({})


def test_reasons_that_are_lacking_are_told_of_a_level_that_only_the_provision_says() -> None:
    told = [
        bilaga(revision(a={"dokumentation": stated}), formats=("html",), layout="tabell").lacking
        for stated in ({"nivå": "avidentifierad"}, {"lagrum": "SoL 14 kap. 5 §"})
    ]
    assert told[0] == told[1] and "skäl för undantag" in " ".join(told[0])


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, {"nivå": "avidentifierad"}, "skrivs in i dokumentationen"),
        ({"nivå": "avidentifierad"}, {}, "stryks ur dokumentationen"),
    ],
)
def test_a_change_that_says_the_same_is_not_told_with_the_same_words_twice(
    before: dict[str, Any], after: dict[str, Any], said: str
) -> None:
    basis = {"lagrum": "SoL 14 kap. 5 §"}
    old, new = (revision(a={"namn": "A", "dokumentation": basis | s}) for s in (before, after))
    (change,) = Telling(compare(old, new)).changes
    assert change.clause == f"uppgiften om nivå {said} av insatsen A"
