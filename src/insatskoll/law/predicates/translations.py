"""A check on whether texts in other languages are of what the insats says now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from insatskoll.catalogue import languages
from insatskoll.law.predicates.registry import Hit, Subject, predicate


@predicate("översättning-av-annan-text", scopes=("insats",), gives=("språk", "underlag"))
def of_another_text(subject: Subject, brist: Literal["saknas", "annat"]) -> Iterator[Hit]:
    """A text in another language does not tell which text it is of (``saknas``), or it is of
    another than the insats has now (``annat``)."""
    data = subject.as_insats if subject.insats is None else subject.insats.data
    now = languages.basis(data)
    for number, text in enumerate(data.get("andra_språk", ())):
        named = text.get("underlag")
        wrong = named is None if brist == "saknas" else named not in (None, now)
        if wrong:
            last = "språk" if named is None else "underlag"
            values = {"språk": text["språk"], "underlag": now}
            yield Hit(("andra_språk", number, last), values)
