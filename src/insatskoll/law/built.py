"""All that is read out of the files that come with the program, for the wheel that is built."""

from __future__ import annotations

from insatskoll import resources
from insatskoll.catalogue.loading import load_begrepp
from insatskoll.law.claims import sources
from insatskoll.law.predicates import copies
from insatskoll.law.rules import load_rules
from insatskoll.reading import builtin


def written() -> bytes:
    """The content of the wheel's :data:`builtin.FILE`."""
    for rule in load_rules().all:
        assert rule.checks, rule.id  # reads what they need
    load_begrepp(resources.CATALOGUE)
    copies.bundled()
    sources.knowledge()
    return builtin.written()
