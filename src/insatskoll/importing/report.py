"""What an import has made, for the official: which words fill which field, what is asked, and the
words that no field has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from insatskoll.importing.blocks import Spot
from insatskoll.importing.plan import Made, Plan
from insatskoll.importing.sheet import Leftover, Path, Question
from insatskoll.names import shortened
from insatskoll.patterns import later
from insatskoll.swedish import counted

# What means something within a line.
_MARKS = later(r"[\\`*_\[\]|~^<>$]|&(?=[#\w])")


def where(spot: Spot) -> str:
    """A place in the documents: ”bilaga.docx, sidan 3, stycke 41”, with the file where there are
    several."""
    page = f"sidan {spot.page}, " if spot.page else ""
    place = spot.place or f"{page}stycke {spot.paragraph}"
    return f"{spot.document}, {place}" if spot.document else place


def named(path: Path) -> str:
    """A field by its path: ”villkor 2, ålder”."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return ", ".join(words)


def questions(plan: Plan) -> list[tuple[Made, Question]]:
    """All that is asked, file by file."""
    return [(made, one) for made in plan.made for one in made.sheet.questions]


def leftovers(plan: Plan) -> list[tuple[Made, Leftover]]:
    """The words that no field has, file by file."""
    return [(made, one) for made in plan.made for one in made.sheet.leftovers]


def summary(plan: Plan) -> str:
    """The import in one sentence."""
    fields = sum(len({one.path for one in made.sheet.fillings}) for made in plan.made)
    insatser = sum(1 for made in plan.made if made.kind == "insats")
    return (
        f"{counted(insatser, 'insats', 'insatser')}, "
        f"{counted(fields, 'ifyllt fält', 'ifyllda fält')}, "
        f"{counted(len(questions(plan)), 'fråga', 'frågor')} till er och "
        f"{counted(len(leftovers(plan)), 'text', 'texter')} som inget fält har."
    )


def lines(plan: Plan) -> Iterator[str]:
    """The report in the terminal: the summary, and how many questions there are of each kind."""
    yield f"{', '.join(plan.sources)}: {summary(plan)}"
    for why, many in _grouped([one.why for _, one in questions(plan)]):
        yield f"  {many} × {why}"
    for text in plan.passed_over:
        yield f"  Går inte att läsa: {text}"


def _grouped(texts: Sequence[str]) -> list[tuple[str, int]]:
    return sorted(
        ((text, texts.count(text)) for text in dict.fromkeys(texts)),
        key=lambda one: (-one[1], one[0]),
    )


def markdown(plan: Plan) -> str:
    """The report as a file."""
    parts = [
        "# Inläsning",
        "",
        f"Inläst ur {_said(', '.join(plan.sources))}: {summary(plan)}",
        "",
        "Texterna är dokumentets egna. Ett fält är ifyllt bara av ord i dokumentet, och orden står "
        "här. Gå igenom frågorna, och därefter det som inget fält har.",
        "",
        *_asked(plan),
        *_left(plan),
        "## Rubriker som är fält",
        "",
        "| Rubrik | Betyder | Antal |",
        "| --- | --- | --- |",
        *(f"| {_said(words)} | {means} | {many} |" for (words, means), many in plan.labels.items()),
        "",
        "## Så fylldes fälten",
        "",
    ]
    for made in plan.made:
        parts += _filled(made)
    return "\n".join(parts).rstrip("\n") + "\n"


def _asked(plan: Plan) -> Iterator[str]:
    yield "## Frågor"
    yield ""
    asked = questions(plan)
    if not asked and not plan.passed_over:
        yield "Inga."
        yield ""
        return
    for text in plan.passed_over:
        yield f"- Det här gick inte att läsa: {_said(text)}"
    for made, one in asked:
        words = f" Orden: ”{_said(one.words)}”." if one.words else ""
        field = f"`{shortened(made.path.as_posix())}`, {named(one.path)}"
        yield f"- {field}: {_said(one.why)}.{words} ({where(one.spot)})"
    yield ""


def _left(plan: Plan) -> Iterator[str]:
    yield "## Det som inget fält har"
    yield ""
    left = leftovers(plan)
    if not left:
        yield "Inget."
        yield ""
        return
    yield "| Ord i dokumentet | Var | Varför |"
    yield "| --- | --- | --- |"
    for _, one in left:
        yield f"| {_said(one.words)} | {where(one.spot)} | {_said(one.why)} |"
    yield ""


def _filled(made: Made) -> Iterator[str]:
    yield f"### {shortened(made.path.as_posix())}"
    yield ""
    yield "| Fält | Ord i dokumentet | Var |"
    yield "| --- | --- | --- |"
    for one in made.sheet.fillings:
        yield f"| {named(one.path)} | {_said(one.words)} | {where(one.spot)} |"
    yield ""


def _said(words: str) -> str:
    """The document's own words on one line, as Markdown that says just them: what they hold can
    neither format, link, show a picture nor end a table's cell."""
    return _MARKS.sub(r"\\\g<0>", " ".join(words.split()))


def as_data(plan: Plan) -> dict[str, Any]:
    """The report for programs, as ``schema/importrapport.schema.json`` says."""
    return {
        "version": 1,
        "dokument": list(plan.sources),
        "oläst": list(plan.passed_over),
        "rubriker": [
            {"rubrik": words, "betyder": means, "antal": many}
            for (words, means), many in plan.labels.items()
        ],
        "filer": [_file(made, plan.sources) for made in plan.made],
    }


def _file(made: Made, sources: Sequence[str]) -> dict[str, Any]:
    sheet = made.sheet

    def said(words: str, spot: Spot, **about: str) -> dict[str, Any]:
        return {**about, "ord": words, **_spot(spot, sources)}

    return {
        "fil": made.path.as_posix(),
        "fält": [said(one.words, one.spot, fält=named(one.path)) for one in sheet.fillings],
        "frågor": [
            said(one.words, one.spot, fält=named(one.path), fråga=one.why)
            for one in sheet.questions
        ],
        "kvar": [said(one.words, one.spot, varför=one.why) for one in sheet.leftovers],
    }


def _spot(spot: Spot, sources: Sequence[str]) -> dict[str, Any]:
    """A place for programs; the page of a workbook is the number of its sheet."""
    page, row = ("blad", "rad") if spot.place else ("sida", "stycke")
    told: dict[str, Any] = {"dokument": spot.document or sources[0]}
    if spot.page:
        told[page] = spot.page
    return {**told, row: spot.paragraph, "plats": where(spot)}
