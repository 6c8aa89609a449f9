"""The findings that a change introduces: nothing that was there before, and nothing that the other
side could not have had."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from insatskoll.catalogue import canonical, loading, model
from insatskoll.catalogue.model import Kommun
from insatskoll.diff import findings
from insatskoll.diff.findings import FindingsChange
from insatskoll.law.rules import load_rules
from insatskoll.lint.findings import Finding
from insatskoll.lint.run import lint
from insatskoll.reading import accepted
from insatskoll.reading.document import parse
from tests.catalogues import CATALOGUE, INSATS, KOMMUN, write_kommun

RULES = load_rules()
BEGREPP = loading.load_begrepp(CATALOGUE)
UPPSALA = loading.load_kommun(CATALOGUE / "kommuner" / "uppsala")

# An insats and a municipality that no rule has anything to say of.
LAWFUL = {
    "namn": "Samtal",
    "karaktär": "rådgivning",
    "dokumentation": {"nivå": "utan personliga förhållanden"},
    "målgrupp": {"deltagare": ["vuxna"]},
    "utförare": {"enheter": ["exempelenhet"]},
}
INFORMATION = {
    "information_om_ansökan": "Utförarna berättar att det går att ansöka.",
    "uppföljning": ["antalet deltagare"],
}
# What one rule (IK203) finds: an exception without grounds; the nämnd's decision is there, so that
# no other does.
EXCEPTION = {
    "karaktär": "stöd",
    "dokumentation": {"nivå": "avidentifierad", "beslut": "Socialnämnden 2025-09-24 § 7"},
}
UNFOUNDED = LAWFUL | EXCEPTION
WAIVER = {"avvikelser": [{"regel": "IK203", "motivering": "Ses över till hösten."}]}
STALE = {"avvikelser": [{"regel": "IK404", "motivering": "Finns inte längre alls."}]}
PROPOSAL = {
    "förslag": {
        "handling": "Tjänsteskrivelse",
        "datum": "2025-09-18",
        "beslutssats": ["Förslaget godkänns."],
    }
}


def files(
    folder: Path,
    kommun: dict[str, Any] | None = None,
    beslut: dict[str, Any] | None = None,
    **insatser: Any,
) -> Kommun:
    return loading.load_kommun(write_kommun(folder, insatser, INFORMATION | (kommun or {}), beslut))


def decided(
    folder: Path, datum: str = "2025-09-24", kommun: dict[str, Any] | None = None, **insatser: Any
) -> Kommun:
    """A municipality of which one decision is known, as sides gives it."""
    content: Any = {
        "kommun": KOMMUN | INFORMATION | (kommun or {}),
        "insatser": {name: INSATS | data for name, data in insatser.items()},
    }
    facts: Any = {
        "nämnd": "Socialnämnden",
        "datum": datum,
        "paragraf": "§ 7",
        "diarienummer": "SN 1",
    }
    frozen: Any = {
        "beslut": facts,
        "innehåll": content,
        "kontrollsumma": canonical.checksum(facts, content),
    }
    write_kommun(folder, {}, {}, {datum: frozen})
    beslut = loading.load_beslut(folder, datum)
    assert isinstance(beslut, model.Beslut)
    return Kommun(folder.name, folder, None, beslut.revision, (beslut,))


def change(old: Kommun | None, new: Kommun | None, **options: Any) -> FindingsChange:
    return findings.change(old, new, RULES, BEGREPP, **options)


def told(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.path.name) for finding in found]


@pytest.fixture
def old(tmp_path: Path) -> Kommun:
    return files(tmp_path / "då" / "k", samtal=LAWFUL)


def test_the_examples_are_as_they_should_be(old: Kommun, tmp_path: Path) -> None:
    assert lint([old], RULES).findings == ()
    assert told(lint([files(tmp_path / "k", samtal=UNFOUNDED)], RULES).findings) == [
        ("IK203", "samtal.yaml")
    ]


def test_a_change_is_told_with_its_place_in_the_new_files(old: Kommun, tmp_path: Path) -> None:
    new = files(tmp_path / "k", samtal=UNFOUNDED)
    found = change(old, new)
    assert told(found.introduced) == [("IK203", "samtal.yaml")]
    assert found.introduced == lint([new], RULES).findings
    assert (found.removed, found.remaining) == ((), 0)


def test_swapping_the_sides_swaps_what_is_introduced_and_removed(
    old: Kommun, tmp_path: Path
) -> None:
    for new in (
        files(tmp_path / "a" / "k", samtal=UNFOUNDED, till=UNFOUNDED),
        decided(tmp_path / "b" / "k", samtal=UNFOUNDED),
        None,
    ):
        forth, back = change(old, new, datum="2025-10-01"), change(new, old, datum="2025-10-01")
        assert (forth.introduced, forth.removed, forth.remaining) == (
            back.removed,
            back.introduced,
            back.remaining,
        )


def test_what_is_on_both_sides_remains(tmp_path: Path) -> None:
    then = files(tmp_path / "då" / "k", samtal=UNFOUNDED)
    for new in (
        files(tmp_path / "nu" / "k", samtal=UNFOUNDED),
        decided(tmp_path / "beslut" / "k", samtal=UNFOUNDED),
    ):
        assert change(then, new) == FindingsChange((), (), 1)


def test_an_introduced_finding_tells_that_it_is_waived(old: Kommun, tmp_path: Path) -> None:
    waived = files(tmp_path / "a" / "k", samtal=UNFOUNDED | WAIVER)
    for then in (old, decided(tmp_path / "b" / "k", samtal=LAWFUL)):
        (found,) = change(then, waived).introduced
        assert (found.rule, found.waived) == ("IK203", "Ses över till hösten.")
    (found,) = change(old, files(tmp_path / "c" / "k", WAIVER, samtal=UNFOUNDED)).introduced
    assert found.waived == "Ses över till hösten."


def test_a_waiver_makes_no_new_finding_of_an_old_one(tmp_path: Path) -> None:
    then = files(tmp_path / "då" / "k", samtal=UNFOUNDED)
    assert change(then, files(tmp_path / "nu" / "k", samtal=UNFOUNDED | WAIVER)) == FindingsChange(
        (), (), 1
    )


def test_a_decision_lacks_proposal_and_waivers_and_that_is_no_change(tmp_path: Path) -> None:
    """The files have findings on the proposal (IK601, IK607) and on a waiver (IK908) that no
    decision can have."""
    now = files(tmp_path / "nu" / "k", PROPOSAL | STALE, samtal=LAWFUL)
    assert [rule for rule, _ in told(lint([now], RULES).findings)] == ["IK601", "IK607", "IK908"]
    frozen = decided(tmp_path / "beslut" / "k", samtal=LAWFUL)
    assert change(frozen, now) == change(now, frozen) == FindingsChange()
    without = files(tmp_path / "utan" / "k", samtal=LAWFUL)
    assert [rule for rule, _ in told(change(without, now).introduced)] == [
        "IK601",
        "IK607",
        "IK908",
    ]


def test_a_decision_has_no_writing_of_its_own_and_that_is_no_change(tmp_path: Path) -> None:
    """A value without quotation marks (IK904) is the file's, not the decision's."""
    now = files(tmp_path / "nu" / "k", samtal=LAWFUL)
    path = now.folder / "kommun.yaml"
    path.write_text(path.read_text("utf-8") + "scb_kod: 0099\n", "utf-8")
    now = loading.load_kommun(now.folder)
    assert [rule for rule, _ in told(lint([now], RULES).findings)] == ["IK904"]
    frozen = decided(tmp_path / "beslut" / "k", kommun={"scb_kod": "0099"}, samtal=LAWFUL)
    assert change(frozen, now) == change(now, frozen) == FindingsChange()


def test_a_finding_in_a_decision_has_its_place_in_the_decisions_file(tmp_path: Path) -> None:
    first = decided(tmp_path / "ett" / "k", "2025-09-24", samtal=LAWFUL)
    second = decided(tmp_path / "två" / "k", "2025-10-24", samtal=UNFOUNDED)
    (found,) = change(first, second).introduced
    assert found.path == second.beslut[0].document.path
    assert found.data_path == ("innehåll", "insatser", "samtal", "dokumentation", "nivå")
    assert found.source.strip() == "nivå: avidentifierad"
    assert second.beslut[0].document.text.splitlines()[found.span.line - 1] == found.source


def test_a_decision_that_has_been_touched_is_found_where_both_sides_are_files(
    tmp_path: Path, old: Kommun
) -> None:
    frozen: Any = decided(tmp_path / "k", samtal=LAWFUL).beslut[0].data
    new = files(
        tmp_path / "nu" / "k",
        {},
        {"2025-09-24": frozen | {"kontrollsumma": "0" * 64}},
        samtal=LAWFUL,
    )
    assert told(lint([new], RULES).findings) == [("IK603", "2025-09-24.yaml")]
    assert told(change(old, new).introduced) == [("IK603", "2025-09-24.yaml")]
    assert told(change(new, old).removed) == [("IK603", "2025-09-24.yaml")]
    assert change(decided(tmp_path / "annat" / "k", samtal=LAWFUL), new) == FindingsChange()


def test_a_waiver_that_is_for_a_decision_is_not_stale(tmp_path: Path, old: Kommun) -> None:
    waiver = {"avvikelser": [{"regel": "IK601", "motivering": "Källan anger inget diarienummer."}]}
    frozen: Any = decided(tmp_path / "k", samtal=LAWFUL).beslut[0].data
    facts: Any = {"nämnd": "Socialnämnden", "datum": "2025-09-24", "paragraf": "§ 7"}
    frozen = frozen | {
        "beslut": facts,
        "kontrollsumma": canonical.checksum(facts, frozen["innehåll"]),
    }
    found = change(old, files(tmp_path / "nu" / "k", waiver, {"2025-09-24": frozen}, samtal=LAWFUL))
    assert [(f.rule, f.waived) for f in found.introduced] == [
        ("IK601", "Källan anger inget diarienummer.")
    ]


def test_a_renamed_insats_keeps_its_findings(tmp_path: Path) -> None:
    then = files(tmp_path / "då" / "k", samtal=UNFOUNDED)
    now = files(
        tmp_path / "nu" / "k", stöd=UNFOUNDED | {"namn": "Stöd (nytt)", "tidigare_id": "samtal"}
    )
    frozen = decided(tmp_path / "beslut" / "k", samtal=UNFOUNDED)
    assert [len(found) for found in (change(then, now).introduced, change(then, now).removed)] == [
        1,
        1,
    ]
    for before in (then, frozen):
        assert change(before, now, renamed={"samtal": "stöd"}) == FindingsChange((), (), 1)
        assert change(now, before, renamed={"stöd": "samtal"}) == FindingsChange((), (), 1)


def test_a_new_name_alone_makes_no_new_finding(tmp_path: Path) -> None:
    then = files(tmp_path / "då" / "k", samtal=UNFOUNDED)
    assert change(
        then, files(tmp_path / "nu" / "k", samtal=UNFOUNDED | {"namn": "Samtal (nytt)"})
    ) == FindingsChange((), (), 1)


def test_two_insatser_that_swap_names_keep_their_findings(tmp_path: Path) -> None:
    a, b = {"namn": "A-samtal"}, {"namn": "B-samtal"}
    then = files(tmp_path / "då" / "k", a=UNFOUNDED | a, b=UNFOUNDED | b)
    now = files(tmp_path / "nu" / "k", a=UNFOUNDED | b, b=UNFOUNDED | a)
    assert change(then, now) == FindingsChange((), (), 2)


def test_a_part_put_in_before_another_makes_no_new_finding(tmp_path: Path) -> None:
    parts = [
        {"namn": "Ett"} | EXCEPTION,
        {"namn": "Två", "karaktär": "stöd", "dokumentation": {"nivå": "individnivå"}},
    ]
    common = {key: value for key, value in LAWFUL.items() if key not in EXCEPTION}
    then = files(tmp_path / "då" / "k", samtal=common | {"delar": parts})
    now = files(tmp_path / "nu" / "k", samtal=common | {"delar": parts[::-1]})
    assert "IK203" in {finding.rule for finding in lint([then], RULES).findings}
    found = change(then, now)
    assert "IK203" not in {finding.rule for finding in (*found.introduced, *found.removed)}


def test_counting_anew_makes_no_new_finding() -> None:
    """IK408 tells how many insatser lack a condition, and the number is another since one was taken
    out."""
    beslut = UPPSALA.beslut[0]
    found = change(Kommun("uppsala", UPPSALA.folder, None, beslut.revision, (beslut,)), UPPSALA)
    assert found.introduced == ()
    assert sorted({finding.rule for finding in found.removed}) == [
        "IK110",
        "IK201",
        "IK203",
        "IK204",
        "IK702",
        "IK706",
        "IK801",
    ]
    assert {finding.path.name for finding in found.removed} == {"2025-05-19.yaml"}


def test_both_sides_are_judged_on_the_same_day(tmp_path: Path) -> None:
    """What was decided before the law is judged by it when it is compared with what came after."""
    then = files(
        tmp_path / "då" / "k",
        {"förslag": PROPOSAL["förslag"] | {"datum": "2025-05-01"}},
        samtal=UNFOUNDED,
    )
    now = files(tmp_path / "nu" / "k", {"förslag": PROPOSAL["förslag"]}, samtal=UNFOUNDED)
    assert "IK203" not in {finding.rule for finding in change(then, now).introduced}
    assert "IK203" not in {
        finding.rule for finding in change(None, now, datum="2025-05-01").introduced
    }


def test_a_new_municipality_brings_all_its_findings_and_a_removed_one_takes_them(
    tmp_path: Path,
) -> None:
    kommun = files(tmp_path / "k", samtal=UNFOUNDED)
    assert (told(change(None, kommun).introduced), change(None, kommun).removed) == (
        [("IK203", "samtal.yaml")],
        (),
    )
    assert (told(change(kommun, None).removed), change(kommun, None).introduced) == (
        [("IK203", "samtal.yaml")],
        (),
    )
    assert change(None, None) == FindingsChange()


def test_only_the_insats_that_is_compared_counts(old: Kommun, tmp_path: Path) -> None:
    new = files(tmp_path / "k", samtal=UNFOUNDED, till=UNFOUNDED | {"namn": "Till"})
    assert told(change(old, new, only={"till"}).introduced) == [("IK203", "till.yaml")]


def test_the_folders_of_the_two_sides_may_have_other_names(tmp_path: Path) -> None:
    then, now = (
        files(tmp_path / "gammal", samtal=UNFOUNDED),
        files(tmp_path / "ny", samtal=UNFOUNDED),
    )
    assert change(then, now) == FindingsChange((), (), 1)


@pytest.mark.parametrize("name", ["uppsala", "sala", "knivsta", "linköping", "norrtälje"])
def test_the_same_frozen_or_in_files_has_the_same_findings(name: str) -> None:
    kommun = loading.load_kommun(CATALOGUE / "kommuner" / name)
    assert kommun.revision is not None
    data = canonical.freeze(kommun.revision, {"nämnd": "Socialnämnden", "datum": "2025-10-01"})
    document = parse(kommun.folder / "beslut" / "2025-10-01.yaml", canonical.frozen_text(data))
    frozen = model.decided_revision(name, accepted.beslut(document))
    as_files = canonical.as_files(kommun.revision, kommun.folder)
    assert as_files.revision == replace(model.decided_revision(name, data), beslut=None)
    beslut = model.Beslut("2025-10-01", document, frozen)
    found = change(Kommun(name, kommun.folder, None, frozen, (beslut,)), kommun)
    assert (found.introduced, found.removed) == ((), ())
    assert found.remaining > 10
