"""What officials have made in other programs, and in odd ways in Word, becomes the catalogue that
an official would write of it by hand (``tests/data/importerat``), and no word of it is lost."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from insatskoll.importing import formats, plan, report
from insatskoll.importing.blocks import Source, texts
from insatskoll.importing.plan import Plan
from insatskoll.reading import schema
from tests.importing import officials

FACTS = Path(__file__).parents[1] / "data" / "importerat"


def source(name: str) -> Source:
    return formats.source(name, officials.MADE[name]())


def imported(name: str) -> Plan:
    return plan.plan([source(name)], name.partition(".")[0].capitalize())


def within(wanted: Any, found: Any) -> Any:
    """What is found, no more of it than what is wanted has."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return {key: within(value, found.get(key)) for key, value in wanted.items()}
    return found


@pytest.mark.parametrize("name", officials.MADE)
def test_becomes_what_an_official_would_write(name: str) -> None:
    wanted = yaml.safe_load((FACTS / f"{name}.yaml").read_text("utf-8"))
    made = imported(name).made
    found = {"kommun": made[0].sheet.data} | {
        "insatser": {one.sheet.data["namn"]: one.sheet.data for one in made[1:]}
    }
    assert within(wanted, found) == wanted
    assert list(found["insatser"]) == list(wanted["insatser"])
    for one in made:
        assert schema.errors(one.sheet.data, one.kind) == []


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.casefold()))


@pytest.mark.parametrize("name", officials.MADE)
def test_loses_no_word(name: str) -> None:
    found = imported(name)
    kept: Counter[str] = Counter()
    for made in found.made:
        for said, _ in {(one.words, one.spot): None for one in made.sheet.fillings}:
            kept += words(said)
        for left in made.sheet.leftovers:
            kept += words(left.words)
    for (label, _), many in found.labels.items():
        kept += Counter({word: many * times for word, times in words(label).items()})
    whole = sum((words(text.words) for text in texts(source(name).blocks)), Counter[str]())
    assert whole - kept == Counter(), "words that neither a field nor the report has"


def test_the_report_tells_the_cell_and_the_document() -> None:
    both = plan.plan([source("björkvik.xlsx"), source("furuby.odt")], "Björkvik")
    told = report.as_data(both)
    assert schema.errors(told, "importrapport") == []
    assert told["dokument"] == ["björkvik.xlsx", "furuby.odt"]
    names = {
        field["ord"]: (field["dokument"], field["plats"])
        for file in told["filer"]
        for field in reversed(file["fält"])
        if field["fält"] == "namn"
    }
    assert names["Vägskälet"] == (
        "björkvik.xlsx", "björkvik.xlsx, bladet ”Barn och unga”, cell A6"
    )  # fmt: skip
    assert names["Bryggan"][0] == "furuby.odt"
    text = report.markdown(both)
    for file in told["filer"]:
        for one in (*file["frågor"], *file["kvar"]):
            assert one["dokument"] in told["dokument"]
            assert one["plats"] in text
    own = [made for made in both.made if made.sheet.name == "Bryggan"]
    assert own[0].sheet.data["källa"]["handling"] == "furuby.odt"
