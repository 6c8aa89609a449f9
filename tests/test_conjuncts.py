"""Conditions that ask for the same whether they stand in one or in several, and look-alikes that
only a reader can tell."""

from __future__ import annotations

import pytest

from insatskoll.diff import facts
from insatskoll.diff.known import Known
from insatskoll.diff.meaning import meanings
from tests.revisions import revision

# One condition, and those that together ask for the same.
SAME = {
    "En förälder i familjen har en psykisk sjukdom och barnet är mellan 7 och 12 år.": [
        "En förälder i familjen har en psykisk sjukdom.",
        "Barnet är mellan 7 och 12 år.",
    ],
    "Personen bor i Hällevi och spelar om pengar.": [
        "Personen bor i Hällevi.",
        "Personen spelar om pengar.",
    ],
    "Den som saknar bostad och har minderåriga barn.": [
        "Den som saknar bostad.",
        "Den som har minderåriga barn.",
    ],
    "Personen dricker för mycket och vill dricka mindre.": [
        "Personen dricker för mycket.",
        "Hen vill dricka mindre.",
    ],
    "Deltagaren studerar på halvfart och arbetar på kvällar.": [
        "Deltagaren studerar på halvfart.",
        "Den som arbetar på kvällar.",
    ],
    "Personen är över 65 år och bor ensam och har svårt att gå ut.": [
        "Personen är över 65 år.",
        "Personen bor ensam och har svårt att gå ut.",
    ],
    "Barnet går i skolan och en förälder deltar.": ["Barnet går i skolan.", "En förälder deltar."],
    "Personen vårdar en närstående och närståenden bor hemma.": [
        "Personen vårdar en närstående.",
        "Närståenden bor hemma.",
    ],
}
# One in which the verb is said once.
OF_ONE_VERB = {
    "Den som saknar bostad och egen inkomst.": [
        "Den som saknar bostad.",
        "Den som saknar egen inkomst.",
    ],
    "Personen har barn och skulder.": ["Personen har barn.", "Personen har skulder."],
}
# One condition in which either is enough, and those that were both asked for.
EITHER = {
    "Den som har utsatts för våld eller lever med skyddade uppgifter.": [
        "Den som har utsatts för våld.",
        "Den som lever med skyddade uppgifter.",
    ],
    "Den som saknar bostad eller egen inkomst.": [
        "Den som saknar bostad.",
        "Den som saknar egen inkomst.",
    ],
    "Personen spelar om pengar eller dricker.": ["Personen spelar om pengar.", "Personen dricker."],
}
# One condition and several that are written out of it, but may not be the same.
PERHAPS = {
    "Insatsen är för föräldrar och barn.": ["Insatsen är för föräldrar.", "Insatsen är för barn."],
    "Personen spelar inte eller dricker.": ["Personen spelar inte.", "Personen dricker."],
    "Den som inte har barn eller skulder.": ["Den som inte har barn.", "Den som inte har skulder."],
    "Personen får stöd om barnet bor hemma och går i skolan.": [
        "Personen får stöd om barnet bor hemma.",
        "Personen går i skolan.",
    ],
    "Personen har inte arbete och studerar.": ["Personen har inte arbete.", "Personen studerar."],
    "Personen har ett barn som går i skolan och bor hemma.": [
        "Personen har ett barn som går i skolan.",
        "Personen bor hemma.",
    ],
}


def asking(*said: str) -> dict[str, object]:
    return {"villkor": [{"typ": "situation", "beskrivning": one} for one in said]}


def judged(old: dict[str, object], new: dict[str, object]) -> set[str]:
    """The verdicts of all that a change does."""
    comparison = facts.compare(revision(a=old), revision(a=new))
    found = meanings(comparison, Known(comparison))
    return {judgement.verdict for meaning in found for judgement in meaning.judgements}


@pytest.mark.parametrize(("one", "several"), (SAME | OF_ONE_VERB).items())
def test_a_condition_in_pieces_is_what_it_was(one: str, several: list[str]) -> None:
    assert judged(asking(one), asking(*several)) == {"editorial"}
    assert judged(asking(*several), asking(one)) == {"editorial"}


@pytest.mark.parametrize(("one", "several"), EITHER.items())
def test_one_of_two_is_less_than_both(one: str, several: list[str]) -> None:
    assert judged(asking(*several), asking(one)) == {"more-open"}
    assert judged(asking(one), asking(*several)) == {"narrower"}
    beside = "Den som bor i Lindvik."
    assert judged(asking(*several, beside), asking(one, beside)) == {"more-open"}


@pytest.mark.parametrize(("one", "several"), SAME.items())
def test_a_piece_of_it_asks_for_less(one: str, several: list[str]) -> None:
    assert judged(asking(one), asking(several[0])) == {"more-open"}
    assert judged(asking(several[0]), asking(one)) == {"narrower"}


def test_what_is_asked_for_besides_is_more() -> None:
    old = asking("Personen bor i Hällevi.", "Personen spelar om pengar.")
    new = asking("Personen bor i Hällevi och spelar om pengar och har barn.")
    assert judged(old, new) == {"editorial", "narrower"}
    assert judged(new, old) == {"editorial", "more-open"}


@pytest.mark.parametrize(("one", "several"), PERHAPS.items())
def test_what_may_be_the_same_is_for_a_reader(one: str, several: list[str]) -> None:
    assert judged(asking(one), asking(*several)) == {"unclear"}
    assert judged(asking(*several), asking(one)) == {"unclear"}


def test_a_condition_that_has_nothing_of_another_has_come_or_gone() -> None:
    old = asking("Personen söker arbete.", "Barnet bor hemma.")
    new = asking("Personen söker bostad.")
    assert judged(old, new) == {"unclear", "more-open"}
    assert judged(new, old) == {"unclear", "narrower"}


# Insatser that have come and gone, and may be one


def of_ages(name: str, low: int, high: int, text: str) -> dict[str, object]:
    age = {"från": low, "till": high, "avser": "deltagaren"}
    return {"namn": name, "innehåll": text, "villkor": [{"typ": "ålder", "ålder": age}]}


def test_what_may_be_merged_or_split_is_neither_more_nor_less() -> None:
    younger = of_ages("Skilda världar yngre", 6, 9, "Barnen ritar och pratar om två hem.")
    older = of_ages("Skilda världar äldre", 10, 13, "Barnen pratar om två hem och skriver dagbok.")
    whole = of_ages("Skilda världar", 6, 13, "Barnen ritar, skriver dagbok och pratar om två hem.")
    apart, one = {"a": younger, "b": older}, {"c": whole}
    for before, after in ((apart, one), (one, apart)):
        comparison = facts.compare(revision(**before), revision(**after))
        found = meanings(comparison, Known(comparison))
        verdicts = {judgement.verdict for meaning in found for judgement in meaning.judgements}
        assert verdicts <= {"unclear", "unclear-children", "editorial"}
    gone = facts.compare(revision(**apart), revision(a=younger))
    told = {j.verdict for meaning in meanings(gone, Known(gone)) for j in meaning.judgements}
    assert "narrower" in told
