"""The diff as pages: HTML with both texts side by side, and the draft of a tjänsteskrivelse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from insatskoll import __version__, phrases
from insatskoll.diff import words
from insatskoll.diff.judgement import said
from insatskoll.diff.report import Change, Telling
from insatskoll.reporters import finding_line
from insatskoll.resources import TEMPLATES

_FAMILY = frozenset({"barn", "unga", "barn tillsammans med förälder", "föräldrar", "blivande föräldrar", "familjer"})


def html(tellings: Sequence[Telling]) -> str:
    """One page that fetches nothing: each change with the old text to the left and the new to the right."""
    return _filled("andringar.html.j2", tellings=tellings, version=__version__)


def letter(telling: Telling) -> str:
    """The draft of a tjänsteskrivelse as HTML: proposal for decision, matter, changes, what they mean for children, documents."""
    new = telling.comparison.new
    changes = telling.changes
    return _filled(
        "tjansteskrivelse.html.j2",
        telling=telling,
        kommun=new.kommun,
        förslag=new.kommun.get("förslag", {}),
        beslut=telling.comparison.old.beslut,
        version=__version__,
        datum=new.datum,
        # Each insats that is exempted, since the nämnd decides the exemption for one insats at a time.
        undantag=[i for i in new.insatser if any(_exempt(part) for _, part in i.delar)],
        barn=[change for change in changes if any(j.axis == "children" for j in change.judgements)],
        dokumentation=[c for c in changes if any(j.axis == "documentation" for j in c.judgements) and _concerns_children(c, new)],
        analyser=bool(new.riskanalyser),
    )


def _exempt(part: Any) -> bool:
    documentation = part.get("dokumentation", {})
    return "avidentifierad" in documentation.get("nivå", "") or documentation.get("lagrum") == "SoL 14 kap. 5 §"


def _concerns_children(change: Change, new: Any) -> bool:
    """Whether children or their parents take part in an insats that the change is about."""
    ids = {fact.subject.id for fact in change.facts if fact.subject.kind == "insats"}
    return any(not _FAMILY.isdisjoint(i.data.get("målgrupp", {}).get("deltagare", ())) for i in new.insatser if i.id in ids)


def _filled(template: str, **context: Any) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    env = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.filters |= {
        "fynd": finding_line,
        "betydelse": said,
        "datum": phrases.datum,
        "lista": phrases.lista,
        "mening": phrases.mening,
    }
    env.globals["jämför"] = lambda change: words.compare(change.before, change.after)
    return env.get_template(template).render(context)
