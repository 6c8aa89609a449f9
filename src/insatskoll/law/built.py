"""All that the law is read out of in the files that come with the program."""

from __future__ import annotations

from insatskoll import resources
from insatskoll.catalogue.loading import load_begrepp
from insatskoll.law import acts, assessment
from insatskoll.law.claims import sources
from insatskoll.law.predicates import copies
from insatskoll.law.rules import load_rules


def read() -> None:
    """Reads it, so that it is known (:mod:`insatskoll.reading.builtin`)."""
    for rule in load_rules().all:
        assert rule.checks, rule.id  # reads what they need
    load_begrepp(resources.CATALOGUE)
    copies.bundled()
    sources.knowledge()
    assessment.assessed("")
    acts.act()
