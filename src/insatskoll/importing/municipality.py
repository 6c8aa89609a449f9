"""The municipality's own file: the bilaga's title and common texts, its chapters and units."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from insatskoll.catalogue.file_names import free_id
from insatskoll.importing import common, cover, crossed, matching, prose
from insatskoll.importing.blocks import Spot
from insatskoll.importing.drafts import Draft, Reading, Said, Section, unnumbered
from insatskoll.importing.sheet import LINE, Sheet, composed
from insatskoll.patterns import later
from insatskoll.scaffold import municipalities
from insatskoll.values import immutable

TITLE = "Insatser utan behovsprövning"  # of a bilaga that has none of its own
_NAMND = later(
    r"\bNämnden för [a-zåäö]+(?:[ ,-]+[a-zåäö]+){0,5}?"
    r"(?=[.,;)]|$| (?:har|är|ger|beslut|ansvar|tar))|"
    r"\b(?:[A-ZÅÄÖa-zåäö]+-(?:,| och)? (?:[a-zåäö]+- och )?)?[A-ZÅÄÖa-zåäö]+nämnden(?=s?\b)"
)
_NO_NAMND = frozenset(("nämnden", "socialnämnden"))
_DAY = later(
    r"\b(?:från och med|gäller från|gälla från|fr\.?o\.?m\.?) (?:den )?(?P<day>\d{1,2}) "
    r"(?P<month>januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november"
    r"|december) (?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_NAMED = later(r"(?P<what>Bilaga \d+)[.:, –—-]+(?P<title>\w.*)")
_LEFT = ("historik", "innehållsförteckning", "analys", "matris", "efter", "avslutad")
ASIDE = "Sidhuvud, sidfot eller text som inte hör till någon insats."
_OTHER = "övriga-insatser"


@immutable
class Marked:
    """The units that a matrix marks an insats under, by id, and the words and place of its row."""

    units: tuple[str, ...] = ()
    words: str = ""
    spot: Spot | None = None


@immutable
class Around:
    """The municipality's sheet, which chapter (id) each draft belongs to, the draft's id, and the
    units that a matrix marks it under."""

    sheet: Sheet
    chapters: tuple[str, ...]
    ids: tuple[str, ...]
    marked: tuple[Marked, ...]


def around(reading: Reading, name: str, matrix: crossed.Lines) -> Around:
    """What the document says of the municipality called ``name``."""
    spot = reading.title.spot if reading.title else Spot(1)
    sheet = Sheet("kommun", spot)
    one, own = municipalities.named(name), _called(name, reading)
    sheet.data |= {"namn": own[:LINE]}
    sheet.data |= {} if one is None else {"scb_kod": one.code}
    _board(sheet, reading)
    _title(sheet, reading)
    chapters, ids = _chapters(sheet, reading.drafts)
    units = _units(sheet, reading)
    if matrix.rows:
        units = _counted(sheet, reading, matrix)
    _sections(sheet, cover.taken(sheet, reading.sections, own))
    for chapter in reading.chapters:
        if not any(draft.chapter == chapter.words for draft in reading.drafts):
            sheet.left(chapter, "Rubrik utan insatser.")
    for said in cover.together(reading.aside, _known(reading), matching.plain):
        sheet.left(said, ASIDE)
    for said in reading.doubtful:
        sheet.left(said, "Tabellen säger inte att det är en insats som ges.")
        sheet.ask(("avdelningar",), "Är raden en insats som ges", said.words, said.spot)
    sheet.settle()
    return Around(sheet, chapters, ids, units)


def _known(reading: Reading) -> frozenset[str]:
    """The headings of the document, as they are compared."""
    found = [section.heading for section in reading.sections]
    found += [one.words for one in reading.chapters]
    found += [one.name for one in (*reading.drafts, *reading.analyses)]
    found += [one.label for section in reading.sections for one in section.said]
    found += [reading.title.words] if reading.title else []
    return frozenset(matching.plain(one) for one in found if one)


def _called(name: str, reading: Reading) -> str:
    """What the municipality is called in full: one that is not known, as the document does
    (”Ekbys kommun” of Ekby)."""
    usual = municipalities.called(name)
    full = f"{name.strip()}s kommun"
    if municipalities.named(name) is not None:
        return usual
    said = (*(one.words for one in _texts(reading)), *(one.words for one in reading.aside))
    return full if any(full in words for words in said) else usual


def _texts(reading: Reading) -> Iterable[Said]:
    if reading.title is not None:
        yield reading.title
    for section in reading.sections:
        yield from section.said
    for draft in reading.drafts:
        yield from draft.said


def _board(sheet: Sheet, reading: Reading) -> None:
    """The nämnd: the one that is named most, rather with a name of its own than as the law calls
    it."""
    counted: Counter[str] = Counter()
    where: dict[str, Said] = {}
    for said in _texts(reading):
        for match in _NAMND.finditer(said.words):
            name = match[0][:1].upper() + match[0][1:]
            counted[name] += 1
            where.setdefault(name, said)
    own = [one for one in counted if one.casefold() not in _NO_NAMND]
    best = max(own or counted, key=lambda one: (counted[one], one), default="")
    if best.casefold() in ("", "nämnden"):
        sheet.data["nämnd"] = "Nämnden"
        sheet.ask(("nämnd",), "Dokumentet säger inte vilken nämnd som beslutar", "", sheet.spot)
        return
    sheet.put(("nämnd",), best, best, where[best].spot)
    if len([one for one in counted if one != "Nämnden"]) > 1:
        others = ", ".join(sorted(one for one in counted if one not in (best, "Nämnden")))
        sheet.ask(("nämnd",), f"Dokumentet nämner också {others}", "", where[best].spot)


def _title(sheet: Sheet, reading: Reading) -> None:
    title = reading.title
    if title is None:
        sheet.data["bilaga"] = {"titel": TITLE}
        sheet.ask(("bilaga", "titel"), "Dokumentet har ingen titel", "", sheet.spot)
    else:
        match = _NAMED.fullmatch(title.words)
        words = match["title"] if match else title.words
        sheet.put(("bilaga", "titel"), words[:LINE], title.words, title.spot)
        if match:
            sheet.put(("bilaga", "beteckning"), match["what"], title.words, title.spot)
    days: dict[str, tuple[str, Said]] = {}
    for said in _texts(reading):
        for match in _DAY.finditer(said.words):
            found = cover.day(f"{match['day']} {match['month']} {match['year']}")
            days.setdefault(found, (match[0], said))
    if len(days) == 1:
        ((day, (words, said)),) = days.items()
        sheet.put(("bilaga", "gäller_från"), day, words, said.spot)


def _chapters(sheet: Sheet, drafts: Sequence[Draft]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ids = identities([unnumbered(draft.name) for draft in drafts])
    found: dict[str, dict[str, object]] = {}
    told: set[str] = set()
    places = []
    for draft, name in zip(drafts, ids, strict=True):
        chapter = unnumbered(draft.chapter) or "Övriga insatser"
        place = free_id(chapter, "avdelning") or _OTHER
        if place not in found:
            found[place] = {"id": place, "namn": chapter[:LINE], "insatser": []}
            sheet.data["avdelningar"] = list(found.values())
        if draft.chapter and draft.chapter not in told:
            told.add(draft.chapter)
            path = ("avdelningar", list(found).index(place), "namn")
            sheet.put(path, found[place]["namn"], draft.chapter, draft.spot)
        listed = found[place]["insatser"]
        assert isinstance(listed, list)
        listed.append(name)
        places.append(place)
    sheet.data["avdelningar"] = list(found.values()) or [{"id": _OTHER, "namn": "Övriga insatser"}]
    if len(found) == 1 and not drafts[0].chapter:
        only = sheet.data["avdelningar"][0]
        only |= {"id": "insatser", "namn": "Insatser"}
        places = ["insatser"] * len(places)
    return tuple(places), ids


def identities(names: Sequence[str]) -> tuple[str, ...]:
    """An id for each name, none twice."""
    found: list[str] = []
    for name in names:
        base = free_id(name, "insats")[:90].strip("-") or "insats"
        made, number = base, 2
        while made in found:
            made, number = f"{base}-{number}", number + 1
        found.append(made)
    return tuple(found)


def _units(sheet: Sheet, reading: Reading) -> tuple[Marked, ...]:
    """The units of the matrix, and for each draft those that it is marked under."""
    heads: dict[str, str] = {}
    for row in reading.matrix:
        for name, over in row.units:
            heads.setdefault(name, over)
    ids = dict(zip(heads, identities(list(heads)), strict=True))
    if ids:
        sheet.data["enheter"] = [
            {"id": ids[name], "namn": name} | ({"grupp": over} if over else {})
            for name, over in heads.items()
        ]
        for number, (name, over) in enumerate(heads.items()):
            sheet.put(
                ("enheter", number, "namn"), name, f"{over} {name}".strip(), reading.matrix[0].spot
            )
    found: list[Marked] = [Marked()] * len(reading.drafts)
    names = matching.Names([draft.name for draft in reading.drafts])
    for row in reading.matrix:
        at = names.meant(row.name)
        if at is None:
            said = Said((), "", row.words, row.spot)
            sheet.left(said, "Raden i matrisen motsvarar ingen insats i texten.")
            sheet.ask(("matris",), f"Vilken insats är ”{row.name}” i matrisen", "", row.spot)
            continue
        found[at] = Marked(tuple(ids[name] for name, _ in row.units), row.words, row.spot)
    return tuple(found)


def _counted(sheet: Sheet, reading: Reading, matrix: crossed.Lines) -> tuple[Marked, ...]:
    """As :func:`_units`, of a matrix that is laid out as lines."""
    names = [name for name, _ in matrix.units if name]
    ids = dict(zip(names, identities(names), strict=True))
    if ids:
        sheet.data["enheter"] = [{"id": ids[name], "namn": name} for name in names]
    for name, text in matrix.units:
        if name:
            sheet.put(("enheter", names.index(name), "namn"), name, text.words, text.spot)
        else:
            sheet.left(Said((), "", text.words, text.spot), "Hör till enhetens namn.")
    found: list[Marked] = [Marked()] * len(reading.drafts)
    meant = matching.Names([draft.name for draft in reading.drafts])
    for row in matrix.rows:
        said = Said((), "", row.text.words, row.text.spot)
        at = meant.meant(row.name)
        units = crossed.meant(reading.drafts[at], row.many, names) if at is not None else []
        if at is None or not units:
            why = "Det går inte att se vilka enheter kryssen står under."
            sheet.left(said, why)
            sheet.ask(("enheter",), f"Vilka enheter ger ”{row.name}”", said.words, said.spot)
            continue
        found[at] = Marked(tuple(ids[unit] for unit in units), said.words, said.spot)
    return tuple(found)


def _sections(sheet: Sheet, sections: Sequence[Section]) -> None:
    """The introduction, what is said of all insatser, and the guidelines; what is neither is
    left."""
    for section in sections:
        heading = Said((), "", section.heading, section.spot)
        if section.about in _LEFT:
            for said in (heading, *section.said):
                sheet.left(said, "Avsnittet har inget fält.")
        elif _is_introduction(section) and "riktlinjer" not in sheet.data:
            _introduction(sheet, section, heading)
        elif not section.said:
            sheet.left(heading, "Rubrik utan text.")
        elif section.meanings:
            common.place(sheet, section)
        else:
            common.guideline(sheet, section, section.said)
            _may_be_insatser(sheet, section)


def _may_be_insatser(sheet: Sheet, section: Section) -> None:
    """Asks about guidelines that tell what is told of insatser: each text, or all together."""
    found = [one for one in section.said if prose.tells(one.words)]
    if not found and prose.tells(" ".join(one.words for one in section.said)):
        found = [Said((), "", section.heading, section.spot)]
    for one in found:
        sheet.ask(("riktlinjer",), "Är det här en insats", one.words, one.spot)


def _is_introduction(section: Section) -> bool:
    """Whether a section is the introduction, whose heading the program prints itself; one of
    another name is a guideline."""
    named = matching.plain(unnumbered(section.heading))
    return section.about == "inledning" and named in ("", "inledning")


def _introduction(sheet: Sheet, section: Section, heading: Said) -> None:
    if section.heading:
        sheet.left(heading, "Rubriken över inledningen trycks av programmet.")
    held: list[Said] = []
    for said in [*section.said, None]:
        if said is not None and held and said.item is not None:
            held.append(said)
            continue
        if held:
            at = len(sheet.data["bilaga"].setdefault("inledning", []))
            text = composed(held)
            sheet.data["bilaga"]["inledning"].append(text)
            for one in held:
                sheet.put(("bilaga", "inledning", at), text, one.words, one.spot)
        held = [said] if said is not None else []
