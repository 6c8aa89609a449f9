"""The trial of the law: that its cases are what they say they are, and that the rules find what
they have found before."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from tests import trial

CASES = list(trial.cases())


def _texts(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(_texts(one) for one in value.values())
    if isinstance(value, list):
        return "\n".join(_texts(one) for one in value)
    return str(value)


def test_the_trial_is_large_and_half_of_it_is_lawful() -> None:
    assert len(CASES) >= 150
    by_subject = Counter((case.subject, case.faulty) for case in CASES)
    for subject in {case.subject for case in CASES}:
        faulty, lawful = by_subject[subject, True], by_subject[subject, False]
        assert abs(faulty - lawful) <= max(1, (faulty + lawful) // 6), subject
    assert len({(case.subject, case.id) for case in CASES}) == len(CASES)


def test_the_words_of_a_fault_stand_in_its_case() -> None:
    for case in CASES:
        assert case.why, case.id
        assert bool(case.words or case.fields) == case.faulty, case.id
        said = _texts(case.insats) + "\n" + _texts(case.kommun)
        assert all(words in said for words in case.words), case.id


def test_the_rules_find_as_much_as_they_have_found(tmp_path: Path) -> None:
    """Also that they say no more of what is lawful. The limits are raised when the rules find
    more, and never lowered."""
    judged = [trial.judged(case, tmp_path / str(n)) for n, case in enumerate(CASES)]
    faulty = [one for one in judged if one.case.faulty]
    lawful = [one for one in judged if not one.case.faulty]
    assert sum(one.found for one in faulty) >= trial.LEAST_FOUND * len(faulty)
    assert sum(not one.other for one in lawful) >= trial.LEAST_SILENT * len(lawful)
