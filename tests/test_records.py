"""What happens to a decision after it has been made: recorded for itself, frozen and chained, and
seen wherever the decision is; the decided file never changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from insatskoll.bilaga import history as printed
from insatskoll.bilaga import phrases, publish
from insatskoll.bilaga.render import checksum_of
from insatskoll.catalogue import canonical, chain, decision_ids, records, standing
from insatskoll.catalogue.model import Kommun
from tests.catalogues import lint_folder, load
from tests.decisions import contents, decided, happened, insats, remove, repository, write
from tests.program import run

COURT = {
    "domstol": "Förvaltningsrätten i Uppsala",
    "målnummer": "1234-25",
    "laga_kraft": "2026-03-01",
}


@pytest.fixture
def kommun(tmp_path: Path) -> Path:
    """Two decisions: the second changes one insats, adds one and takes one away."""
    folder = repository(
        tmp_path,
        {
            "samtal": insats("Samtal vid oro", innehåll="Samtal med en rådgivare."),
            "kurs": insats("Kurs i ekonomi"),
            "café": insats("Öppet café"),
        },
    )
    decided(folder, "2025-10-20", paragraf="§ 12")
    write(folder, "samtal", insats("Samtal vid oro", omfattning={"högst": 5, "enhet": "samtal"}))
    write(folder, "fält", insats("Fältarbete"))
    remove(folder, "café")
    decided(folder, "2025-12-10", removed=("café",))
    return folder


def state(kommun: Kommun) -> list[str]:
    return [link.state for link in chain.links(kommun)]


def wrong(kommun: Kommun) -> list[str]:
    return [problem for link in chain.record_links(kommun) for problem in link.problems]


def history(folder: Path) -> list[printed.HistoryRow]:
    """The rows of the printed document's history."""
    loaded = load(folder)
    assert loaded.revision is not None
    order = publish.order(loaded, loaded.revision)
    return printed.rows((*order.tidigare, order.revision))


def test_a_correction_is_seen_everywhere_and_changes_no_file(kommun: Path, tmp_path: Path) -> None:
    before = contents(tmp_path)
    happened(
        kommun, "rättelse", "2025-11-03", "2025-10-20",
        nämnd="Omsorgsnämnden", rättat={"paragraf": {"från": "§ 12", "till": "§ 21"}},
    )  # fmt: skip
    assert {path: data for path, data in contents(tmp_path).items() if path in before} == before
    loaded = load(kommun)
    first = loaded.beslut[0]
    assert first.data["beslut"]["paragraf"] == "§ 12"
    assert first.revision.beteckning == "beslutet 2025-10-20 § 21 (rättat 2025-11-03)"
    assert phrases.status(first.revision) == (
        "Beslut Omsorgsnämnden 2025-10-20 § 21 (rättat 2025-11-03)"
    )
    assert checksum_of(first.revision) == first.data["kontrollsumma"]
    assert (state(loaded), wrong(loaded)) == (["stämmer", "stämmer"], [])
    row = history(kommun)[1]
    assert row["datum"] == "2025-11-03"
    assert row["händelse"] == (
        "Rättelse av beslutet 2025-10-20 § 21: paragrafen, § 12 ska vara § 21"
    )
    shown = run("show", "exempel", "--beslut", cwd=tmp_path)
    assert shown.code == 0
    assert "§ 21" in shown.out and "stämmer, rättat 2025-11-03" in shown.out
    assert "001-rättelse: rättelse 2025-11-03 Omsorgsnämnden, beslutet 2025-10-20" in shown.out
    told = run("diff", "2025-10-20", "2025-12-10", cwd=tmp_path).out
    assert "från beslutet 2025-10-20 § 21 (rättat 2025-11-03) till beslutet 2025-12-10" in told
    life = run("show", "exempel", "samtal", "--historik", cwd=tmp_path).out
    assert "beslutet 2025-10-20 § 21 (rättat 2025-11-03)" in life


def test_a_second_correction_begins_where_the_first_ended(kommun: Path) -> None:
    for day, old, new in (("2025-11-03", "§ 12", "§ 21"), ("2025-11-04", "§ 21", "§ 22")):
        happened(
            kommun, "rättelse", day, "2025-10-20", rättat={"paragraf": {"från": old, "till": new}}
        )
    assert load(kommun).beslut[0].revision.beteckning.startswith("beslutet 2025-10-20 § 22")
    happened(
        kommun, "rättelse", "2025-11-05", "2025-10-20",
        rättat={"paragraf": {"från": "§ 12", "till": "§ 5"}},
    )  # fmt: skip
    assert wrong(load(kommun)) == ["rättar något annat än det som står i beslutet 2025-10-20"]


def test_what_is_wholly_annulled_has_never_been_in_force(kommun: Path, tmp_path: Path) -> None:
    happened(kommun, "upphävande", "2026-02-01", "2025-12-10", **COURT)
    loaded = load(kommun)
    assert loaded.beslut[1].revision.beteckning == "beslutet 2025-12-10 § 12 (upphävt)"
    held = standing.in_force(loaded.beslut)
    assert held is not None and held.beteckning == "beslutet 2025-10-20 § 12"
    assert (state(loaded), wrong(loaded)) == (["stämmer", "stämmer"], [])
    rows = history(kommun)
    assert rows[-1] == {
        "datum": "2026-03-01",
        "beslut": "Förvaltningsrätten i Uppsala mål 1234-25",
        "händelse": "Upphävde beslutet 2025-12-10 § 12",
    }
    shown = run("show", "exempel", "--beslut", cwd=tmp_path)
    assert shown.code == 0 and "stämmer, upphävt" in shown.out
    assert "I kraft är beslutet 2025-10-20 § 12." in shown.out
    # the files are what was annulled, and so a proposal again
    told = run("diff", cwd=tmp_path).out
    assert "från beslutet 2025-10-20 § 12 till" in told and "Fältarbete" in told
    assert loaded.revision is not None
    assert publish._as_decided(loaded, loaded.revision).beslut is None


def test_an_annulled_part_is_as_it_was_before(kommun: Path, tmp_path: Path) -> None:
    happened(
        kommun, "upphävande", "2026-02-01", "2025-12-10",
        insatser=["samtal", "fält", "café"], **COURT,
    )  # fmt: skip
    loaded = load(kommun)
    held = standing.in_force(loaded.beslut)
    assert held is not None and held.beteckning == ("beslutet 2025-12-10 § 12 (upphävt i en del)")
    assert {one.id for one in held.insatser} == {"samtal", "kurs", "café"}
    (samtal,) = [one for one in held.insatser if one.id == "samtal"]
    assert samtal.data.get("innehåll") == "Samtal med en rådgivare."
    assert "omfattning" not in samtal.data
    assert "i fråga om Samtal vid oro, Fältarbete" in history(kommun)[-1]["händelse"]
    told = run("diff", cwd=tmp_path).out
    assert "från beslutet 2025-12-10 § 12 (upphävt i en del)" in told and "Fältarbete" in told


def test_all_annulled_leaves_nothing_in_force(kommun: Path, tmp_path: Path) -> None:
    for day in ("2025-12-10", "2025-10-20"):
        happened(kommun, "upphävande", "2026-02-01", day, **COURT)
    assert standing.in_force(load(kommun).beslut) is None
    assert "I kraft är inget beslut." in run("show", "exempel", "--beslut", cwd=tmp_path).out
    assert run("diff", cwd=tmp_path).code == 0


def touch_record(folder: Path) -> None:
    path = folder / "händelser" / "001-återremiss.yaml"
    path.write_text(path.read_text("utf-8").replace("Mer underlag", "Inget"), "utf-8")


def remove_record(folder: Path) -> None:
    (folder / "händelser" / "001-återremiss.yaml").unlink()


def rename_record(folder: Path) -> None:
    path = folder / "händelser" / "001-återremiss.yaml"
    path.rename(path.with_name("001-avslag.yaml"))


def remove_decision(folder: Path) -> None:
    (folder / "beslut" / "2025-12-10.yaml").unlink()


def change_decision(folder: Path) -> None:
    """Changed, and given a new checksum: what no other decision would tell of the latest."""
    path = folder / "beslut" / "2025-12-10.yaml"
    data: Any = canonical.freeze(
        load(folder).beslut[0].revision, load(folder).beslut[1].data["beslut"]
    )
    path.write_text(canonical.frozen_text(data), "utf-8")


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (touch_record, "ändrad sedan den skrevs"),
        (remove_record, "en händelse före den saknas"),
        (rename_record, "filen heter inte som händelsen"),
        (remove_decision, "beslutet 2025-12-10 som den gäller saknas"),
        (change_decision, "beslutet 2025-12-10 som den gäller är ändrat"),
    ],
)
def test_what_is_touched_is_found(tamper: Any, said: str, kommun: Path, tmp_path: Path) -> None:
    happened(kommun, "återremiss", "2026-01-10", text="Mer underlag behövs.")
    happened(kommun, "reservation", "2025-12-10", "2025-12-10", text="Anna A reserverar sig.")
    assert wrong(load(kommun)) == []
    tamper(kommun)
    assert said in wrong(load(kommun))
    found = [f for f in lint_folder(kommun).findings if f.rule == "IK603"]
    assert any(said in f.message and f.level == "fel" for f in found)
    shown = run("show", "exempel", "--beslut", cwd=tmp_path)
    assert shown.code == 1 and said in " ".join(shown.out.split())


def test_a_decision_names_the_latest_record_so_that_none_is_lost(kommun: Path) -> None:
    happened(kommun, "återremiss", "2026-01-10", text="Mer underlag behövs.")
    write(kommun, "fält", insats("Fältarbete i skolan"))
    decided(kommun, "2026-03-10")
    assert state(load(kommun)) == ["stämmer"] * 3
    remove_record(kommun)
    assert state(load(kommun))[-1] == "händelsen 001-återremiss saknas"
    assert [f.path.stem for f in lint_folder(kommun).findings if f.rule == "IK603"] == [
        "2026-03-10"
    ]


def test_the_order_of_decisions_is_by_day_and_paragraph() -> None:
    names = ["2025-10-20-103", "2025-10-20", "2025-10-20-13", "2025-09-10"]
    assert sorted(names, key=decision_ids.order) == [
        "2025-09-10", "2025-10-20", "2025-10-20-13", "2025-10-20-103",
    ]  # fmt: skip
    assert decision_ids.new("2025-10-20", "SN § 13", {"2025-10-20"}) == "2025-10-20-13"


def test_records_are_numbered_as_they_are_written(kommun: Path) -> None:
    happened(kommun, "återremiss", "2026-01-10", text="Mer underlag behövs.")
    loaded = load(kommun)
    assert records.next_id(loaded.handelser, "avslag") == "002-avslag"


def test_there_can_be_more_records_than_three_digits_can_number(kommun: Path) -> None:
    happened(kommun, "återremiss", "2026-01-10", text="Mer underlag behövs.")
    (one,) = load(kommun).handelser
    for name in ("999-avslag", "1000-avslag", "1001-avslag"):
        data = records.freeze(one.facts | {"slag": "avslag"}, load(kommun).handelser)
        (kommun / "händelser" / f"{name}.yaml").write_text(records.text(data), "utf-8")
    loaded = load(kommun)
    assert [one.id for one in loaded.handelser][2:] == ["1000-avslag", "1001-avslag"]
    assert (wrong(loaded), loaded.problems) == ([], ())
    assert records.next_id(loaded.handelser, "återremiss") == "1002-återremiss"


@pytest.mark.parametrize("name", ["1-avslag", "avslag", "000-avslag", "٣٣٣-avslag", "9" * 5000])
def test_a_record_that_is_called_something_else_is_found(name: str) -> None:
    assert not records.is_name(name, "avslag")


def test_many_decisions_and_records_cost_as_many_times_more(
    kommun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them is summed a few times, however many there are."""
    happened(kommun, "återremiss", "2026-01-10", text="Mer underlag behövs.")
    summed: list[Any] = []
    told = records.checksum

    def counting(facts: Any) -> str:
        summed.append(facts)
        return told(facts)

    monkeypatch.setattr(records, "checksum", counting)
    costs = []
    for many in (20, 40):
        while len(load(kommun).handelser) < many:
            happened(kommun, "reservation", "2025-12-10", "2025-12-10", text="Anna A är emot.")
        loaded = load(kommun)
        summed.clear()
        chain.links(loaded)
        chain.record_links(loaded)
        costs.append(len(summed))
    assert costs[1] < 3 * costs[0]
