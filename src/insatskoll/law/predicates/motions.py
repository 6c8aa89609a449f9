"""Checks on the sentences by which the nämnd decides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from insatskoll.law.predicates.parameters import Field, WholeWords, Words, listed
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.law.predicates.text import passed_over, pattern
from insatskoll.patterns import later
from insatskoll.reading.places import value_at

_NEAR = 120  # how many characters from a verb its subject and its negation can stand
_SENTENCE = later(r"(?<=[a-zåäö0-9)”\"])[.;!?]+\s+(?=[A-ZÅÄÖ])|\n+")


@predicate("beslutar-inte", gives=())
def decides_nothing(
    subject: Subject,
    fält: Field,
    beslutar: Words,
    att: Words,
    uppdrag: Words,
    andra: Words,
    föremål: Words,
    utom: Words = (),
    ny_sats: WholeWords = listed("verb som börjar en ny sats"),
) -> Iterator[Hit]:
    """None of the sentences in the list ``fält`` decides about one of ``föremål``.

    The verb tells: a sentence decides if it has a finite or passive verb of ``beslutar`` that is
    not denied and whose subject is none of ``andra``, or an infinitive of ``att`` that is not
    denied and is no assignment to somebody (``uppdrag`` before it). What it decides about stands in
    the same sentence. What ``utom`` matches is passed over, in each
    clause by itself: one begins with ”och” and a word of ``ny_sats``. All are regular expressions.
    """
    points = value_at(subject.data, (fält,)) or []
    sentences = [
        sentence for point in points for sentence in _SENTENCE.split(_kept(point, utom, ny_sats))
    ]
    if not any(
        pattern(föremål).search(one)
        and (_finite(one, beslutar, andra) or _infinitive(one, att, uppdrag))
        for one in sentences
    ):
        yield Hit((fält,))


def _kept(point: str, besides: Words, begins: Words) -> str:
    """The point with what is passed over in each of its clauses made unreadable."""
    clauses = re.split(rf"(?= och (?:{pattern(begins).pattern}))", point, flags=re.IGNORECASE)
    return "".join(passed_over(clause, besides) for clause in clauses)


def _finite(sentence: str, verbs: Words, others: Words) -> bool:
    """Whether the nämnd itself, or nobody named, does one of ``verbs``."""
    for match in pattern(verbs).finditer(sentence):
        before, after = (
            sentence[max(0, match.start() - _NEAR) : match.start()],
            sentence[match.end() : match.end() + _NEAR],
        )
        denied = re.match(
            r"(?: (?:dock|därför|nu|alltså))* (?:inte|ej|aldrig)\b", after, re.IGNORECASE
        )
        by_other = re.match(
            rf" (?:\w+ ){{0,2}}?av (?:\w+ )?(?:{'|'.join(others)})", after, re.IGNORECASE
        )
        other = re.search(rf"(?:{'|'.join(others)})(?: \w+){{0,3}} ?$", before, re.IGNORECASE)
        if re.search(r"\w*nämnden $", before, re.IGNORECASE):
            other = None  # what somebody proposes that the nämnd does
        # ”insatser som ska ges” says which, not that they are
        described = re.search(r"\bsom (?:\w+ ){0,2}$", before)
        if not (denied or by_other or other or described):
            return True
    return False


def _infinitive(sentence: str, verbs: Words, assignments: Words) -> bool:
    """Whether the sentence decides to do one of ``verbs``: neither not to, nor to let somebody
    else."""
    assigned = pattern(assignments).search(sentence)
    free = sentence[: assigned.start()] if assigned else sentence
    for match in pattern(verbs).finditer(free):
        before = free[max(0, match.start() - _NEAR) : match.start()]
        if not re.search(r"\b(?:inte|ej|avstå\w*(?: från)?(?: att)?) $", before):
            return True
    return False
