"""What an import makes of documents: the files of a municipality, and the report on them.

Nothing is written here. The files always follow their schemas; what would not is a fault of the
program and not of the document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from insatskoll import resources
from insatskoll.catalogue import loading, modelines
from insatskoll.errors import Refused
from insatskoll.importing import analyses, crossed, emit, facts, insatser, municipality, outline
from insatskoll.importing.blocks import Source, in_file
from insatskoll.importing.drafts import Reading
from insatskoll.importing.municipality import Around
from insatskoll.importing.sheet import Sheet
from insatskoll.importing.units import gathered
from insatskoll.names import shown
from insatskoll.reading import document, hygiene, schema
from insatskoll.scaffold import municipalities
from insatskoll.values import immutable

_TRIES = 20  # fields that may not have room for what a document says


class NothingFound(Refused):
    """No insats can be made out in the documents; the message says what one looks like."""


@immutable
class Made:
    """A file to be written, relative to the municipality's folder, and how it was made."""

    path: Path
    kind: str
    sheet: Sheet


@immutable
class Plan:
    """All that an import makes: the municipality's own file first, then the insatser in the order
    of the document. ``passed_over`` is what could not be read in the documents; ``labels`` are
    the headings that have become fields, with what each means, and how many."""

    sources: tuple[str, ...]
    made: tuple[Made, ...]
    passed_over: tuple[str, ...] = ()
    labels: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def text(self, made: Made, folder: Path, top: Path | None = None) -> str:
        """The text of a file that is to lie in the municipality's ``folder``; ``top`` is where
        schemas for editors are written with it. Raises :class:`Refused` where our own reader would
        not read it as it is meant."""
        asked: dict[str, list[str]] = {}
        for question in made.sheet.questions:
            asked.setdefault(str(question.path[0]), []).append(f"{question.why}.")
        path = folder / made.path
        head = modelines.line(path, made.kind)
        if top is not None:
            head = modelines.line_to(path, made.kind, top)
        text = emit.text(made.sheet.data, made.kind, asked, head)
        _check(path, text, made.sheet)
        return text


def folder_name(kommun: str) -> str:
    """The name of the folder of the municipality called ``kommun``: its id."""
    return municipalities.bare_id(kommun) or "kommun"


def concepts(catalogue: Path) -> dict[str, str]:
    """The ids of concepts, the program's and those of the ``catalogue`` at hand, by all their
    names in small letters."""
    found: dict[str, str] = {}
    for folder in (resources.CATALOGUE, catalogue):
        for name, words in loading.load_begrepp_names(folder).items():
            found |= {word.casefold(): name for word in words}
    return found


def plan(sources: Sequence[Source], kommun: str, begrepp: Mapping[str, str] | None = None) -> Plan:
    """What the documents of the municipality called ``kommun`` become. ``begrepp`` are the ids of
    concepts by their names in small letters. Raises :class:`NothingFound`."""
    if len(sources) > 1:
        sources = [replace(one, blocks=in_file(one.blocks, one.name)) for one in sources]
    parted = [crossed.parted(source.blocks) for source in sources]
    read = [insatser.read(outline.entries(blocks)) for blocks, _ in parted]
    reading = _merged(read)
    matrix = next((lines for _, lines in parted if lines.rows), crossed.Lines())
    if not reading.drafts:
        named = ", ".join(source.name for source in sources)
        raise NothingFound(
            f"{named}: Inga insatser går att känna igen. En insats är en rubrik med underrubriker "
            "som Målgrupp, Innehåll och Dokumentation, stycken som börjar med sådana ord, eller en "
            "rad i en tabell med sådana kolumner. Ge varje insats en sådan rubrik och läs in "
            "dokumentet igen, eller börja med insatskoll new kommun och skriv insatserna där."
        )
    drafts, analysed = analyses.apart(reading.drafts)
    reading = replace(reading, drafts=tuple(drafts), analyses=(*reading.analyses, *analysed))
    around = municipality.around(reading, kommun, matrix)
    found = list(analyses.sheets(reading.analyses, drafts, around.ids, around.sheet))
    _sound(around.sheet, "kommun")
    around.sheet.data.setdefault("bilaga", {}).setdefault("titel", municipality.TITLE)
    made = [Made(Path("kommun.yaml"), "kommun", around.sheet)]
    held = {one["namn"]: one["id"] for one in around.sheet.data.get("enheter", ())}
    sheets = [
        facts.insats(draft, around.chapters[at], begrepp or {}, held)
        for at, draft in enumerate(reading.drafts)
    ]
    for at, sheet in enumerate(sheets):
        _units(sheet, around, at)
    gathered(around.sheet, sheets)
    for at, (draft, sheet) in enumerate(zip(reading.drafts, sheets, strict=True)):
        _source(sheet, sources, draft.name)
        _sound(sheet, "insats")
        path = Path("insatser") / f"{around.ids[at]}.yaml"
        made.append(Made(path, "insats", sheet))
    for analysis in found:
        _source(analysis.sheet, sources, analysis.sheet.name)
        _sound(analysis.sheet, "riskanalys")
        path = Path("riskanalyser") / f"{around.ids[analysis.at]}.yaml"
        made.append(Made(path, "riskanalys", analysis.sheet))
    passed = tuple(
        f"{source.name}: {one}" if len(sources) > 1 else one
        for source in sources
        for one in source.passed_over
    )
    names = tuple(source.name for source in sources)
    return Plan(names, tuple(made), passed, reading.labels)


def _check(path: Path, text: str, sheet: Sheet) -> None:
    """Raises :class:`Refused` unless ``text`` is read as what it is written of."""
    told = f"Det går inte att skriva {shown(path)}"
    try:
        read = document.decode(path, text.encode())
    except hygiene.UnreadableDocument as error:
        raise Refused(f"{told}: {error.problems[0].message}.") from None
    if read.data != sheet.data:
        raise Refused(f"{told}: något i dokumentet går inte att skriva som det står.")


def _merged(read: Sequence[Reading]) -> Reading:
    first = next((one for one in read if one.drafts), read[0])
    return replace(
        first,
        drafts=tuple(draft for one in read for draft in one.drafts),
        analyses=tuple(draft for one in read for draft in one.analyses),
        sections=tuple(section for one in read for section in one.sections),
        chapters=tuple(chapter for one in read for chapter in one.chapters),
        matrix=tuple(row for one in read for row in one.matrix),
        doubtful=tuple(said for one in read for said in one.doubtful),
        aside=tuple(said for one in read for said in one.aside)
        + tuple(one.title for one in read if one.title is not None and one is not first),
    )


def _units(sheet: Sheet, around: Around, at: int) -> None:
    marked = around.marked[at]
    if marked.units and marked.spot is not None:
        sheet.put(("utförare", "enheter"), list(marked.units), marked.words, marked.spot)


def _source(sheet: Sheet, sources: Sequence[Source], name: str) -> None:
    spot = sheet.spot
    where = f"{name}, sidan {spot.page}" if spot.page else name
    where = f"{name}, {spot.place}" if spot.place else where
    document = spot.document or sources[0].name
    sheet.data["källa"] = {"handling": document[:300], "avsnitt": where[:300]}


def _sound(sheet: Sheet, kind: str) -> None:
    """Lets go of what the schema does not have room for: the official is asked instead."""
    for _ in range(_TRIES):
        wrong = [error for error in schema.errors(sheet.data, kind) if error.path]
        if not wrong:
            return
        depth = 2 if wrong[0].path[0] == "bilaga" else 1
        sheet.drop(tuple(wrong[0].path)[:depth], "Texten får inte plats i fältet.")
