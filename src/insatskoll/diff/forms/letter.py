"""The draft of a tjänsteskrivelse: what the nämnd is asked to decide, what changes, and what that
means for children; or what a first bilaga holds, where there is none before it.

The draft asserts nothing that the bilaga does not say. What only people know stands in brackets,
”[fyll i: …]”, and what the program makes of each change is a note beside the words: a comment in
Word, and a list of its own last in Markdown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import letter_form, phrases, render, sandbox
from insatskoll.bilaga.letter_form import Form
from insatskoll.catalogue import printed
from insatskoll.diff.facts import Fact
from insatskoll.diff.forms import background, consequences, first, proposal, remarks, summary
from insatskoll.diff.forms.exemptions import exemptions
from insatskoll.diff.known import COMMON
from insatskoll.diff.telling import Change, Telling
from insatskoll.patterns import later
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.catalogue.model import Revision
    from insatskoll.reading.schema_types import InsatsData

_FILL_IN = later(r"(\[fyll i: [^\]]*\])")
_ROOM = 300  # characters of a change that stands whole in a summary
_ANCHOR = 80  # characters of the words that a note is about
# Who a note is from, and how that is shortened.
AUTHOR, INITIALS = "insatskoll", "ik"


@immutable
class Item:
    """A change as a letter tells it: as a clause, as a sentence, and whether further sentences
    follow in it; with the note on it, and the whole insatser that it adds or else removes, as they
    are printed. What is described below is told in short."""

    clause: str
    sentence: str
    sentences: bool
    note: str
    insatser: tuple[InsatsData, ...]
    gone: bool


def html(telling: Telling, form: Form = (), *, comments: bool = False) -> str:
    """The draft as HTML, with the headings of ``form`` or else the program's own.

    With ``comments`` the notes are comments as pandoc knows them, else they come last.
    """
    old, new = telling.comparison.old, telling.comparison.new
    telling = _without_the_day(telling)
    exempted = exemptions(telling.comparison)
    context = {
        "telling": telling,
        "formuläret": form or letter_form.standard(),
        "kommentarer": comments,
        "författare": (AUTHOR, INITIALS),
        "kommun": new.kommun,
        "enhetsnamn": _units(old) | _units(new),
        "ord_för_individnivå": phrases.ord_för_individnivå(new.kommun),
        "förslag": new.kommun.get("förslag", {}),
        "avsändare": new.kommun.get("avsändare", {}),
        "nämnden": proposal.namnd(new),
        "diarienummer": proposal.diary(new),
        "först": not old.is_there,
        "beslutat": [
            *background.decided(telling, proposal.namnd(new)),
            *background.annulled(telling),
        ],
        "inte_antaget": background.left(telling),
        "återsänt": background.sent_back(telling),
        "ersatta": background.document(telling),
        "domar": background.judgements(telling),
        "titel": (old if old.is_there else new).kommun["bilaga"]["titel"],
        "datum": proposal.letter_day(telling),
        "om_datum": proposal.about_the_letters_day(telling),
        "noternas_dag": new.datum,
        "analyser": bool(new.riskanalyser),
        "satser": proposal.points(telling, exempted),
        **_known(telling),
    }
    return sandbox.fill("tjansteskrivelse.html.j2", context, _FILTERS)


def _without_the_day(telling: Telling) -> Telling:
    """The changes but that of the first day of the bilaga, which is a point by itself."""
    if not telling.comparison.old.is_there or not proposal.begins(telling):
        return telling
    told = [one for one in telling.changes if not all(map(_is_first_day, one.facts))]
    if len(told) == len(telling.changes):
        return telling
    return replace(telling, told=tuple(told))


def _is_first_day(fact: Fact) -> bool:
    return fact.subject.kind == "kommun" and fact.path == ("bilaga", "gäller_från")


def _known(telling: Telling) -> dict[str, object]:
    """What the files say under each heading: of the changes, or of all that a first bilaga
    holds."""
    new = telling.comparison.new
    asked = proposal.first_day(telling) == proposal.DAY_TO_FILL_IN
    known: dict[str, object] = {
        "sammanfattning": summary.summary(telling),
        "gäller_från": proposal.begins(telling),
        "dagen_i_beslutet": asked and not new.kommun.get("förslag", {}).get("beslutssats"),
        "om_dagen": proposal.about_the_day(telling),
        "egna_dagar": proposal.terms(telling),
    }
    if telling.comparison.old.is_there:
        return known | {
            "viktigast": [_briefly(change) for change in summary.foremost(telling)],
            "fler": summary.others(telling),
            "ändringarna": [
                (heading, [_item(change) for change in changes])
                for heading, changes in _sections(telling)
            ],
            "barn": consequences.of_changes(telling),
            "barn_av_gränser": consequences.by_a_limit_alone(telling),
            "barn_i_texten": consequences.only_in_words(telling),
            "kan_röra_barn": consequences.may_concern(telling),
        }
    told, silent = consequences.of_insatser(new.insatser)
    return known | {
        "kapitlen": first.chapters(new),
        "gemensamt": first.common(new),
        "avgifterna": first.fees(new),
        "skälen": first.reasons(new),
        "nivåer": [
            (first.documented(level) if level else "", names)
            for level, names in first.levels(new).items()
        ],
        "lagstadgade": [
            (insats.namn, insats.data["lagstadgad"])
            for insats in new.insatser
            if insats.data.get("lagstadgad", "nej") != "nej"
        ],
        "barn": told,
        "barn_utan_uppgift": silent,
    }


def _sections(telling: Telling) -> list[tuple[str, list[Change]]]:
    """The changes by heading, as the bilaga has them: what is common, then by avdelning, and the
    analyses last; and in each the changes of one insats together."""
    order = {COMMON: -1} | {
        one["namn"]: place
        for side in (telling.comparison.old, telling.comparison.new)
        for place, one in enumerate(side.kommun["avdelningar"])
    }
    last = len(order)
    sections = sorted(telling.sections, key=lambda one: order.get(one[0], last))
    return [(name, _together(changes)) for name, changes in sections]


def _together(changes: Sequence[Change]) -> list[Change]:
    """Changes in their order, but those of an insats after the first of it."""
    found: dict[object, list[Change]] = {}
    for change in changes:
        found.setdefault(change.subjects if change.subjects else change, []).append(change)
    return [change for some in found.values() for change in some]


def _briefly(change: Change) -> str:
    """A change in a summary: as it is told, or with less where that is long or it is new."""
    if change.point and _adds(change):
        return phrases.mening(change.point)
    if len(change.clause) <= _ROOM or (change.main and not change.sentences):
        return change.main_clause
    return phrases.mening(change.point if change.point and change.sentences else change.brief)


def _adds(change: Change) -> bool:
    """Whether a change only adds insatser."""
    return all(
        fact.subject.kind == "insats" and not fact.path and fact.before is None
        for fact in change.facts
    )


def _item(change: Change) -> Item:
    whole = [f for f in change.facts if not f.path and f.subject.kind == "insats"]
    come = [fact.after for fact in whole if fact.after is not None]
    told = come or [fact.before for fact in whole]
    shown = tuple(printed.file(cast("InsatsData", data)) for data in told)
    said = (change.clause, change.main_clause, change.sentences)
    if change.point and _adds(change) and all(map(_is_described, shown)):
        said = (change.point, phrases.mening(change.point), False)
    return Item(*said, remarks.on(change), shown, gone=bool(shown) and not come)


def _is_described(insats: InsatsData) -> bool:
    """Whether what an insats is stands in its description, below the changes."""
    return "innehåll" in insats and "målgrupp" in insats


def _units(revision: Revision) -> dict[str, str]:
    return {unit["id"]: unit["namn"] for unit in revision.kommun.get("enheter", ())}


def _anchor(text: str) -> str:
    """The words that a note is about, as a list of notes names them."""
    said = phrases.på_en_rad(text).removesuffix(", samt")
    line = phrases.versal(said.rstrip(".,"))
    return f"{line}:" if len(line) <= _ANCHOR else f"{line[:_ANCHOR].rsplit(' ', 1)[0]} …:"


def _pieces(text: str) -> list[str]:
    """A text parted where something in it is to be filled in."""
    return _FILL_IN.split(text)


_FILTERS: dict[str, Callable[..., object]] = {
    **render.FILTERS,
    "datum": phrases.datum,
    "mening": phrases.mening,
    "ankare": _anchor,
    "bitar": _pieces,
}
