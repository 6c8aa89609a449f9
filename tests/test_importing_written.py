"""Documents of municipalities that the program has not seen become what an official would make of
them by hand: parts, what is said once for all insatser, tables of labels, and analyses."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from insatskoll.importing.blocks import texts
from insatskoll.importing.plan import Plan
from insatskoll.reading import schema
from tests import written

LEAST = 0.98  # of what is written by hand


def made(plan: Plan) -> dict[str, Any]:
    """What the documents have become, as it is written by hand."""
    kinds: dict[str, dict[str, Any]] = {"insats": {}, "riskanalys": {}}
    for one in plan.made[1:]:
        kinds[one.kind][one.sheet.data["namn"]] = one.sheet.data
    return {
        "kommun": plan.made[0].sheet.data,
        "insatser": kinds["insats"],
        "riskanalyser": kinds["riskanalys"],
    }


@pytest.mark.parametrize(("name", "form"), written.forms())
def test_becomes_what_an_official_would_write(name: str, form: str) -> None:
    plan = written.imported(name, form)
    by_hand = dict(written.facts(written.expected(name)))
    found = dict(written.facts(made(plan)))
    assert {path: found[path] for path in by_hand if path in found} == {
        path: words for path, words in by_hand.items() if path in found
    }, "nothing is said otherwise"
    assert sum(path in found for path in by_hand) >= LEAST * len(by_hand)
    insatser = [one.sheet.data["namn"] for one in plan.made if one.kind == "insats"]
    assert insatser == list(written.expected(name)["insatser"])


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.casefold()))


@pytest.mark.parametrize(("name", "form"), written.forms())
def test_loses_no_word(name: str, form: str) -> None:
    plan = written.imported(name, form)
    kept: Counter[str] = Counter()
    for one in plan.made:
        assert schema.errors(one.sheet.data, one.kind) == []
        for said, _ in {(filling.words, filling.spot): None for filling in one.sheet.fillings}:
            kept += words(said)
        for left in one.sheet.leftovers:
            kept += words(left.words)
    for (label, _), many in plan.labels.items():
        kept += Counter({word: many * times for word, times in words(label).items()})
    whole = Counter[str]()
    for source in written.sources(name, form):
        for text in texts(source.blocks):
            whole += words(text.words)
    assert whole - kept == Counter(), "words that neither a field nor the report has"


# What has legal force: nothing of it may be there that nobody has written by hand.
FORCE = {
    "dokumentation": ("nivå", "lagrum", "åberopas"),
    "omfattning": ("antal", "högst", "lägst"),
    "ålder": ("från", "till"),
    "samtycke": ("under_15", "från_15"),
    "ålder_i_innehåll": ("från", "till"),
}
PLAIN = ("ingång", "avgift", "lagstadgad")


def forceful(data: Any) -> dict[Any, str]:
    """The fields that have legal force, with their words."""
    found = {}
    for path, said in written.facts(data):
        within = [step for step in path[:-1] if step in FORCE]
        if path[-1] in PLAIN or any(path[-1] in FORCE[step] for step in within):
            found[path] = said
    return found


@pytest.mark.parametrize(("name", "form"), written.forms())
def test_nothing_of_legal_force_is_invented(name: str, form: str) -> None:
    by_hand = written.expected(name)
    found = made(written.imported(name, form))
    for kind in ("insatser", "kommun"):
        new = forceful(found[kind]).items() - forceful(by_hand[kind]).items()
        assert not new


def test_every_file_names_the_document_that_it_comes_from() -> None:
    found = {
        (one.kind, one.sheet.data["källa"]["handling"])
        for one in written.imported("lövnäs", "md").made[1:]
    }
    assert found == {("insats", "lövnäs.md"), ("riskanalys", "lövnäs-bilaga.md")}
