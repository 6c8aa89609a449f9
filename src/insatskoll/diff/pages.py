"""The diff as pages: HTML with both texts side by side, and the draft of a tjänsteskrivelse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from insatskoll import __version__, phrases, templating
from insatskoll.diff import words
from insatskoll.diff.judgement import said
from insatskoll.diff.report import Change, Telling
from insatskoll.model import Data, Revision
from insatskoll.reporters import finding_line

_FAMILY = frozenset({"barn", "unga", "barn tillsammans med förälder", "föräldrar", "blivande föräldrar", "familjer"})


def html(tellings: Sequence[Telling]) -> str:
    """One page that fetches nothing: each change with the old text to the left and the new to the right."""
    return templating.fill("andringar.html.j2", {"tellings": tellings, "version": __version__}, _FILTERS)


def letter(telling: Telling) -> str:
    """The draft of a tjänsteskrivelse as HTML: proposal for decision, matter, changes, what they mean for children, documents."""
    new = telling.comparison.new
    changes = telling.changes
    context = {
        "telling": telling,
        "kommun": new.kommun,
        "förslag": new.kommun.get("förslag", {}),
        "beslut": telling.comparison.old.beslut,
        "datum": new.datum,
        # Each insats that is exempted, since the nämnd decides the exemption for one insats at a time.
        "undantag": [i for i in new.insatser if any(_exempt(part) for _, part in i.delar)],
        "barn": [change for change in changes if _on(change, "children")],
        "dokumentation": [c for c in changes if _on(c, "documentation") and _concerns_children(c, new)],
        "analyser": bool(new.riskanalyser),
    }
    return templating.fill("tjansteskrivelse.html.j2", context, _FILTERS)


def _on(change: Change, axis: str) -> bool:
    return any(judgement.axis == axis for judgement in change.judgements)


def _exempt(part: Data) -> bool:
    return bool(part.get("dokumentation", {}).get("nivå") == "avidentifierad")


def _concerns_children(change: Change, new: Revision) -> bool:
    """Whether children or their parents take part in an insats that the change is about."""
    ids = {fact.subject.id for fact in change.facts if fact.subject.kind == "insats"}
    return any(not _FAMILY.isdisjoint(i.data.get("målgrupp", {}).get("deltagare", ())) for i in new.insatser if i.id in ids)


def _pieces(change: Change) -> list[words.Piece]:
    return words.compare(change.before, change.after)


_FILTERS: dict[str, Callable[..., Any]] = {
    "betydelse": said,
    "bitar": _pieces,
    "datum": phrases.datum,
    "fynd": finding_line,
    "mening": phrases.mening,
}
