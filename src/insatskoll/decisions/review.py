"""The document that goes to the nämnd beside a bilaga: the findings that have been accepted, with
the reasons, and the open ones.

A bilaga never shows them. This is a document of its own, in the same formats and the same look.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from insatskoll.bilaga import render, sandbox
from insatskoll.bilaga.profile import PLAIN, Profile, own_glyphs
from insatskoll.catalogue.model import Kommun, Revision
from insatskoll.law.rules import RuleSet
from insatskoll.lint.findings import LEVELS, Finding
from insatskoll.lint.report import Report
from insatskoll.lint.reporters import json_report
from insatskoll.lint.run import lint
from insatskoll.names import shown
from insatskoll.reading import samples
from insatskoll.reading.places import DataPath
from insatskoll.swedish import PLURALS, counted

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import KommunData

TITLE = "Granskning av insatserna utan behovsprövning"
# What the page of the bilaga has and the review does not.
_LEFT_OUT: tuple[Literal["matris", "källa"], ...] = ("matris", "källa")
# What a file is called in words, by its folder.
_COMMON, _DECISION = "Gemensamt för alla insatser", "Beslutet"


def review(
    kommun: Kommun,
    revision: Revision,
    ruleset: RuleSet,
    begrepp: frozenset[str],
    datum: str | None = None,
) -> Report:
    """What the rules find in ``revision`` of ``kommun`` and in nothing else; ``datum`` is as in
    :func:`lint.lint`."""
    report = lint([kommun], ruleset, begrepp, datum, own_glyphs=own_glyphs)
    decided = {beslut.document.path: beslut.revision.beslut for beslut in kommun.beslut}
    day = datum or revision.prövningsdag

    def belongs(finding: Finding) -> bool:
        return (
            decided[finding.path] == revision.beslut
            if finding.path in decided
            else revision.beslut is None
        )

    return replace(
        report,
        findings=tuple(filter(belongs, report.findings)),
        skipped=tuple(
            (rule.id, why) for rule in ruleset.rules.values() if (why := rule.skipped_at(day))
        ),
        files=1 if revision.beslut is not None else report.files - len(decided),
    )


def granskning_files(
    report: Report,
    revision: Revision,
    formats: Sequence[str] = render.FORMATS,
    own: Sequence[Path] = (),
    profile: Profile = PLAIN,
    datum: str | None = None,
    *,
    dated: str = "",
) -> dict[str, bytes]:
    """The document on ``report``, which is that of ``revision``, by file name:
    ``<kommun_id>-granskning.<ext>``, with the day ``dated`` in it if it is not empty.

    Raises :class:`RenderError`.
    """
    stem = "-".join(filter(None, (revision.kommun_id, "granskning", dated)))
    made = {f"{stem}.json": json_report.render(report).encode()} if "json" in formats else {}
    others = [name for name in formats if name != "json"]
    if others:
        # The converters print a revision's title and show its matrix; here the title is another,
        # and there is none. Their refusals look for a text in the files as written, since reasons
        # for what is accepted are printed here.
        kommun: KommunData = {
            **render.shown(revision, profile).kommun, "bilaga": {"titel": TITLE}
        }  # fmt: skip
        for left_out in _LEFT_OUT:
            kommun.pop(left_out, None)
        if "avvikelser" in revision.kommun:
            kommun["avvikelser"] = revision.kommun["avvikelser"]
        shown = replace(revision, kommun=kommun)
        context = (
            _context(report, revision, datum)
            | render.page_context(revision, profile)
            | {"kommun": shown.kommun}
        )
        page = sandbox.fill("granskning.html.j2", context, render.FILTERS, own)
        made |= render.converted(page, shown, others, profile, stem)
    ordered = {one: made.pop(one) for name in formats if (one := f"{stem}.{name}") in made}
    return ordered | made


def _context(report: Report, revision: Revision, datum: str | None) -> dict[str, object]:
    """What the template may use."""
    opened = [finding for finding in report.findings if finding.waived is None]
    waived = [finding for finding in report.findings if finding.waived is not None]
    return {
        "bilagans_titel": revision.kommun["bilaga"]["titel"],
        "prövningsdag": datum or revision.prövningsdag,
        "antal_regler": report.rules - len(report.skipped),
        "ej_prövade": [{"regel": rule, "skäl": reason} for rule, reason in report.skipped],
        "översikt": [
            {
                "nivå": level,
                "öppna": sum(f.level == level for f in opened),
                "godtagna": sum(f.level == level for f in waived),
            }
            for level in LEVELS
        ],
        "öppna": [
            {
                "nivå": level,
                "antal": counted(len(found), *PLURALS[level]),
                "grupper": _groups(found, report.ruleset, revision),
            }
            for level in LEVELS
            if (found := [f for f in opened if f.level == level])
        ],
        "godtagna": _groups(waived, report.ruleset, revision),
    }


def _groups(
    findings: Iterable[Finding], ruleset: RuleSet, revision: Revision
) -> list[dict[str, object]]:
    """The findings by what they are about: first what all insatser have in common, then the
    insatser in the order of print."""
    names = {insats.id: insats.namn for insats in revision.insatser}
    groups: dict[str, list[dict[str, object]]] = {
        heading: [] for heading in (_DECISION, _COMMON, *names.values())
    }
    for finding in findings:
        about, kind, path = _subject(finding)
        rule = ruleset.known(finding.rule)
        row: dict[str, object] = {
            "id": finding.rule,
            "namn": rule.data["namn"] if rule else finding.rule,
            "nivå": finding.level,
            "fynd": finding.message,
            "åtgärd": finding.remedy,
            "lagrum": list(finding.lagrum),
            "fält": field_in_words(kind, path),
            "fil": f"{shown(finding.path)}:{finding.span.line}",
            "skäl": finding.waived,
        }
        heading = names.get(about, about)
        groups.setdefault(heading, []).append(row)
    return [{"rubrik": heading, "fynd": rows} for heading, rows in groups.items() if rows]


def _subject(finding: Finding) -> tuple[str, str, DataPath]:
    """What a finding is about (an insats's id, or words), and its path in data of a kind that a
    schema describes."""
    path, folder = finding.data_path, finding.path.parent.name
    match path:
        case ("innehåll", "insatser", str(insats), *rest) if folder == "beslut":
            return insats, "insats", tuple(rest)
        case ("innehåll", "kommun", *rest) if folder == "beslut":
            return _COMMON, "kommun", tuple(rest)
        case ("innehåll", "riskanalyser", str(name), *rest) if folder == "beslut":
            return f"Riskanalysen {name}", "riskanalys", tuple(rest)
    match folder:
        case "beslut":
            return _DECISION, "beslut", path
        case "insatser":
            return finding.path.stem, "insats", path
        case "riskanalyser":
            return f"Riskanalysen {finding.path.stem}", "riskanalys", path
    return _COMMON, "profil" if finding.path.name == "profil.yaml" else "kommun", path


def field_in_words(kind: str, path: DataPath) -> str:
    """A place in the data as the schemas' titles say it: ”Delar 2, Dokumentation, Nivå”. Empty for
    the whole."""
    words: list[str] = []
    names: list[str] = []
    for segment in path:
        if isinstance(segment, int):
            words[-1:] = [f"{words[-1]} {segment + 1}"] if words else []
            continue
        names.append(segment)
        try:
            words.append(samples.title(kind, names))
        except (KeyError, AttributeError):  # beyond what has a single title
            words.append(segment)
    return ", ".join(words)
