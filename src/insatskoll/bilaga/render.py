"""Writes the bilaga: one page of HTML from a layout, converted to the formats asked for.

The same revision and the same version of the program give the same bytes: no clock, no locale, no
network.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from insatskoll import __version__
from insatskoll.bilaga import (
    conversion,
    fragment,
    history,
    json_form,
    layouts,
    phrases,
    properties,
    running,
    sandbox,
    when,
)
from insatskoll.bilaga.history import HistoryRow
from insatskoll.bilaga.layouts import RenderError
from insatskoll.bilaga.profile import PLAIN, Profile, css
from insatskoll.catalogue import in_force, printed
from insatskoll.catalogue.canonical import freeze
from insatskoll.catalogue.model import Insats, Revision, swedish_order
from insatskoll.patterns import later
from insatskoll.values import immutable
from insatskoll.writing import write_all

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import (
        KommunData,
        Rekonstruktion,
        Riktlinje,
    )

FORMATS = (*conversion.TO, "json")
ASKED_FOR = (*FORMATS, fragment.NAME)  # what there also is, and is not made unless asked for
LAYOUTS = layouts.LAYOUTS
_TO_PRINT = {"pdf": "PDF", "docx": "Word"}

_PARTS = (
    "alder", "alder_sagd", "alders_rubrik", "avgift", "datum", "delarnas_dokumentation",
    "dokumenteras", "faktum", "gemensamt", "giltighet", "i_text", "individuellt",
    "individuellt_svar", "ingang", "karaktar", "karaktar_och_dokumentation", "karaktar_och_skal",
    "kortnamn", "lagstadgad", "lista", "lydelse", "mening", "metod", "metodnamn", "metodrad",
    "omfattning", "samtycke", "skal", "uppfoljning", "utforare", "utforare_rader",
    "utforarens_lydelse", "utforarens_rader", "versal", "villkor", "villkorens_lydelse",
)  # fmt: skip
# The texts that hold for all insatser, by their headings. A guideline with the same heading is
# printed there.
_COMMON = {
    "Information om ansökan": "information_om_ansökan",
    "Villkor": "gemensamma_villkor",
    "Samtycke": "samtycke",
    "Uppföljning": "uppföljning",
    "Uppföljningsintervall": "uppföljningsintervall",
    "Dokumentation": "gemensam_dokumentation",
}


def render_bilaga(
    revision: Revision,
    tidigare: Sequence[Revision] = (),
    formats: Sequence[str] = FORMATS,
    folder: Path = Path(),
    own: Sequence[Path] = (),
    profile: Profile = PLAIN,
    layout: str | None = None,
) -> list[Path]:
    """Writes the bilaga of ``revision`` to ``folder``: what :func:`bilaga` makes, all of it or
    none.

    Returns the files' paths, in the order of ``formats``. Raises :class:`RenderError` and
    :class:`WriteError`.
    """
    files = {
        folder / name: data
        for name, data in bilaga(revision, tidigare, formats, own, profile, layout).files.items()
    }
    write_all(files)
    return list(files)


@immutable
class Made:
    """The files of a bilaga by name, and what the layout shows and the data lack, in one Swedish
    sentence for each kind."""

    files: dict[str, bytes]
    lacking: tuple[str, ...] = ()


def bilaga(
    revision: Revision,
    tidigare: Sequence[Revision] = (),
    formats: Sequence[str] = FORMATS,
    own: Sequence[Path] = (),
    profile: Profile = PLAIN,
    layout: str | None = None,
    *,
    dated: str = "",
) -> Made:
    """The bilaga of ``revision``: ``<kommun_id>-bilaga.<ext>``, one file for each format, in that
    order, with the day ``dated`` in their names if it is not empty. For :data:`fragment.NAME` there
    are two files, last.

    ``tidigare`` are the decided revisions of the document history, ``own`` folders whose templates
    come before the built-in ones, ``profile`` the municipality's look, and ``layout`` one in the
    place of the municipality's. What is lacking is counted in the page itself, so that it is never
    told otherwise than it is printed. Raises :class:`RenderError`.
    """
    if unknown := [name for name in formats if name not in ASKED_FOR]:
        raise RenderError(
            f"Formatet ”{unknown[0]}” finns inte. Välj bland {phrases.lista(ASKED_FOR)}."
        )
    stem = "-".join(filter(None, (revision.kommun_id, "bilaga", dated)))
    beside = {form: f"{stem}.{form}" for form in _TO_PRINT if form in formats}
    html = (
        render_html(revision, tidigare, own, profile, layout, beside=beside)
        if set(formats) & {*conversion.TO, fragment.NAME}
        else ""
    )
    files = converted(html, shown(revision, profile), formats, profile, stem)
    if "json" in formats:
        context = _context(revision, tidigare)
        status, summa = phrases.status(revision), checksum_of(revision)
        text = json_form.bilaga_json(
            revision, context["kapitlen"], context["historiken"], status, summa
        )
        files[f"{stem}.json"] = text.encode()
    lacking = tuple(_lacks(html, revision, layout or _layout_of(revision)))
    ordered = {name: files.pop(name) for form in formats if (name := f"{stem}.{form}") in files}
    return Made(ordered | files, lacking)


def converted(
    html: str, revision: Revision, formats: Sequence[str], profile: Profile, stem: str
) -> dict[str, bytes]:
    """``html`` in each of ``formats`` that is made of a page, by file name. Raises
    :class:`RenderError`."""
    with ThreadPoolExecutor() as pool:
        wanted = [name for name in dict.fromkeys(formats) if name in conversion.TO]
        jobs = {name: pool.submit(conversion.TO[name], html, revision, profile) for name in wanted}
        files = {f"{stem}.{name}": job.result() for name, job in jobs.items()}
    return files | (fragment.files(html, stem) if fragment.NAME in formats else {})


def render_html(
    revision: Revision,
    tidigare: Sequence[Revision] = (),
    own: Sequence[Path] = (),
    profile: Profile = PLAIN,
    layout: str | None = None,
    *,
    stamped: bool = True,
    beside: Mapping[str, str] | None = None,
) -> str:
    """The bilaga as one HTML page that fetches nothing; ``stamped`` with what tells just which
    content it is, and with links to the same bilaga in other formats, by their names in
    ``beside``. Raises :class:`RenderError` with the template's line."""
    name = layout or _layout_of(revision)
    if name not in (known := layouts.layouts(own)):
        raise RenderError(f"Layouten ”{name}” finns inte. Det finns {phrases.lista(known)}.")
    context = {**_context(shown(revision, profile), tidigare)}
    context |= page_context(revision, profile, phrases.märke(revision) if stamped else "")
    context["bredvid"] = [(_TO_PRINT[form], name) for form, name in (beside or {}).items()]
    if not stamped:
        context |= {"kontrollsumma": "", "version": ""}
    return sandbox.fill(f"{name}.html.j2", context, FILTERS, own)


def _layout_of(revision: Revision) -> str:
    return str(revision.kommun.get("layout", LAYOUTS[0]))


def _lacks(html: str, revision: Revision, layout: str) -> Iterator[str]:
    found = re.findall(r'data-saknas="([^"]+)"', html)
    counted = Counter(unescape(word) for words in found for word in words.split(", "))
    total = len(revision.insatser)
    for word, count in counted.items():
        which = f"{count} av {total} insatser" if count < total else "någon insats"
        yield f"Layouten {layout} visar {word}, som inte anges för {which}."


def shown(revision: Revision, profile: Profile) -> Revision:
    """``revision`` as it is printed: under the name that the profile shows, and without what is the
    catalogue's own."""
    return replace(
        revision,
        kommun=_called(printed.file(revision.kommun), profile.name),
        insatser=tuple(
            Insats(insats.id, printed.file(insats.data)) for insats in revision.insatser
        ),
        riskanalyser={name: printed.file(data) for name, data in revision.riskanalyser.items()},
    )


def _called(kommun: KommunData, name: str | None) -> KommunData:
    """kommun.yaml with another name, if there is one."""
    return {**kommun, "namn": name} if name else kommun


def page_context(revision: Revision, profile: Profile, mark: str = "") -> dict[str, object]:
    """What the page around any document may use: the look, what each page is marked with, and what
    tells just which content this is."""
    logo = None
    if profile.logo is not None:
        width, height = conversion.logo_size(profile.logo)
        logo = {
            "uri": conversion.logo_uri(profile.logo),
            "alttext": profile.logo.alt,
            "bredd": width,
            "höjd": height,
        }
    said = properties.of(revision)
    return {
        "version": __version__,
        "status": said.status,
        "märke": mark,
        "egenskaper": said,
        "datering": revision.datum,
        "revision": revision.beteckning,
        "kontrollsumma": checksum_of(revision),
        "profil": {"css": css(profile, mark), "logotyp": logo, "sidfot": profile.footer},
    }


class Chapter(TypedDict):
    """An avdelning as it is printed."""

    id: str
    rubrik: str
    insatser: list[Insats]


class _Row(TypedDict):
    namn: str
    kryss: list[bool]


class _Heading(TypedDict):
    id: str
    rubrik: str
    under: list[_Heading]


class _Context(TypedDict):
    kommun: KommunData
    enhetsnamn: dict[str, str]
    diarienummer: str | None
    rekonstruktion: Rekonstruktion | None
    riktlinjer: list[Riktlinje]
    riktlinjer_i_gemensamt: dict[str, str]
    gemensamt_rubrik: str
    ord_för_individnivå: str
    kapitlen: list[Chapter]
    historiken: list[HistoryRow]
    beslutet: list[tuple[str, str]]
    matris: dict[str, object] | None
    analyser: list[dict[str, object]]
    utanför: list[str]
    per: str | None


def _outside(revision: Revision) -> list[str]:
    """The insatser that do not hold on the day that ``revision`` is shown for, if it is for one."""
    day = revision.per
    return list(when.outside(in_force.outside(revision, day))) if day is not None else []


def checksum_of(revision: Revision) -> str:
    """SHA-256 (64 hexadecimal digits) of the content: for a decision the one in its file, else that
    of the same form."""
    return revision.fryst or freeze(revision, revision.beslut or {})["kontrollsumma"]


def _context(revision: Revision, tidigare: Sequence[Revision]) -> _Context:
    """What the layouts may use."""
    kommun, beslut = revision.kommun, revision.beslut
    forslag = kommun.get("förslag", {})
    riktlinjer = kommun.get("riktlinjer", [])
    common = {heading for heading, key in _COMMON.items() if key in kommun}
    return {
        "kommun": kommun,
        "enhetsnamn": {enhet["id"]: enhet["namn"] for enhet in kommun.get("enheter", ())},
        "diarienummer": (beslut if beslut is not None else forslag).get("diarienummer"),
        "rekonstruktion": (beslut or {}).get("rekonstruktion"),
        "riktlinjer": [text for text in riktlinjer if text["rubrik"] not in common],
        "riktlinjer_i_gemensamt": {
            text["rubrik"]: text["text"] for text in riktlinjer if text["rubrik"] in common
        },
        "gemensamt_rubrik": "Gemensamt för alla insatser",
        "ord_för_individnivå": phrases.ord_för_individnivå(kommun),
        "kapitlen": _chapters(revision),
        "historiken": history.rows((*tidigare, revision)),
        "beslutet": history.of_decision(revision, tidigare),
        "matris": _matrix(revision),
        "analyser": _analyses(revision),
        "utanför": _outside(revision),
        "per": revision.per,
    }


def _chapters(revision: Revision) -> list[Chapter]:
    """The avdelningar with their insatser; those of an unknown avdelning come last, so that none is
    lost.

    Two avdelningar with one id are two chapters, and the insatser stand in the first of them. No id
    has a full stop in it, so that the second's anchor is no other's.
    """
    chapters: list[Chapter] = []
    known: Counter[str] = Counter()
    for avdelning in revision.kommun["avdelningar"]:
        name = avdelning["id"]
        known[name] += 1
        first = known[name] == 1
        chapters.append({
            "id": f"avdelning-{name}" if first else f"avdelning-{name}.{known[name]}",
            "rubrik": avdelning.get("rubrik", avdelning["namn"]),
            "insatser": revision.i_avdelning(name) if first else [],
        })  # fmt: skip
    if lost := [insats for insats in revision.insatser if insats.data["avdelning"] not in known]:
        chapters.append(
            {"id": "utan-avdelning", "rubrik": "Insatser utan känd avdelning", "insatser": lost}
        )
    return chapters


def _analyses(revision: Revision) -> list[dict[str, object]]:
    """The risk analyses in the order of their insatser; those of an unknown insats come last."""
    order = {insats.id: number for number, insats in enumerate(revision.insatser)}
    by_id = {insats.id: insats for insats in revision.insatser}
    listed = sorted(
        revision.riskanalyser.items(),
        key=lambda item: (order.get(item[1]["insats"], len(order)), item[0]),
    )
    return [
        {"id": name, "data": data, "insats": by_id.get(data["insats"])} for name, data in listed
    ]


def _matrix(revision: Revision) -> dict[str, object] | None:
    """The annex of insatser and units, or None if the kommun does not publish one."""
    enheter = revision.kommun.get("enheter", [])
    if not revision.has_matrix:
        return None

    def row(insats: Insats) -> _Row:
        given = insats.data.get("utförare", {}).get("enheter", ())
        name = insats.data.get("namn_i_matris", insats.namn)
        return {"namn": name, "kryss": [enhet["id"] in given for enhet in enheter]}

    groups = [
        (name, len(list(units)))
        for name, units in groupby(enheter, lambda enhet: enhet.get("grupp", ""))
    ]
    rows = sorted(map(row, revision.insatser), key=lambda r: swedish_order(r["namn"]))
    return {
        "grupper": [{"namn": name, "bredd": width} for name, width in groups]
        if any(name for name, _ in groups)
        else [],
        "enheter": [enhet["namn"] for enhet in enheter],
        "rader": rows,
        "per_enhet": list(_by_unit([enhet["namn"] for enhet in enheter], rows)),
    }


def _by_unit(units: Sequence[str], rows: Sequence[_Row]) -> Iterator[tuple[str, str]]:
    """The matrix in words: each unit that offers any insats, and their names in a row."""
    mark = "; " if any("," in row["namn"] for row in rows) else ", "
    for place, unit in enumerate(units):
        given = [phrases.i_text(row["namn"]) for row in rows if row["kryss"][place]]
        if given:
            yield unit, mark.join(given)


_HEADING = later(r'<(h2|h3|th)\b(?=[^>]* id="([^"]+)")[^>]*>(.*?)</\1>', re.DOTALL)


def _headings(html: str) -> list[_Heading]:
    """The contents: the chapters, and under each the headings and rows of tables that have an
    id."""
    from markupsafe import Markup

    top: list[_Heading] = []
    for tag, anchor, inner in _HEADING.findall(html):
        entry: _Heading = {"id": anchor, "rubrik": Markup(inner), "under": []}
        (top if tag == "h2" or not top else top[-1]["under"]).append(entry)
    return top


def _numbered(html: str) -> str:
    """Numbers the headings: 1, 1.1 …"""
    from markupsafe import Markup

    chapter = section = 0

    def number(found: re.Match[str]) -> str:
        nonlocal chapter, section
        chapter, section = (chapter + 1, 0) if found[1] == "2" else (chapter, section + 1)
        return f"{found[0]}{chapter}{f'.{section}' if section else ''} "

    return Markup(re.sub(r"<h([23])\b[^>]*>", number, html))


_ROW = later(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>\s*", re.DOTALL)


def _gathered(html: str) -> str:
    """The rows of a list of facts, each in an element of its own: a word and what it is said of;
    those of one word in a row have the word once."""
    from markupsafe import Markup

    rows = []
    for word, found in groupby(_ROW.findall(html), key=lambda row: row[0]):
        told = "".join(f"<dd>{fact}</dd>\n" for _, fact in found)
        rows.append(f"<div>\n<dt>{word}</dt>\n{told}</div>\n")
    return Markup("".join(rows))


FILTERS: dict[str, Callable[..., Any]] = {name: getattr(phrases, name) for name in _PARTS} | {
    "stycken": running.blocks,
    "uppdelad": running.is_parted,
    "rubriker": _headings,
    "numrera": _numbered,
    "samlade": _gathered,
}
