"""The verdicts for people: the list, the page of one in the terminal, and the reference pages in
Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from insatskoll.catalogue.canonical import to_yaml
from insatskoll.diff import verdict_words
from insatskoll.diff.verdict_words import Given
from insatskoll.diff.verdicts import Topic, Verdict, Verdicts
from insatskoll.law.pages import cell, made, plain
from insatskoll.law.rules import RuleSet

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import BedomningExempel

INDEX = "README.md"
_MADE = made("filerna i catalogue/bedömningar och catalogue/utfall", "verdicts", "filen")


def table(by: Verdicts) -> Table:
    """All verdicts: the code, what it is called, and its axis."""
    listed = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Kod", "Utfall", "Gäller"):
        listed.add_column(heading, no_wrap=True)
    for verdict in by.by_code.values():
        listed.add_row(verdict.code, verdict.words, verdict.axis_words)
    return listed


def page(verdict: Verdict, by: Verdicts) -> Iterator[RenderableType]:
    """Everything about one verdict: what it means, and each topic that gives it, when and by which
    provision."""
    yield Text(f"{verdict.code}  {verdict.words}", style="bold")
    yield Text()
    yield Text(verdict.explanation)
    yield Text()
    yield Text.assemble(("Gäller: ", "bold"), verdict.axis_words)
    yield Text.assemble(("Motsats: ", "bold"), _mirror(verdict, by))
    for topic, ways in _by_topic(verdict, by):
        yield Text()
        yield Text(topic.name, style="bold")
        for line in (", ".join(verdict_words.fields(topic)), *_told(ways), topic.explanation):
            yield Padding(Text(line), (0, 0, 0, 2), expand=False)


def _mirror(verdict: Verdict, by: Verdicts) -> str:
    if verdict.mirror == verdict.code:
        return "detsamma åt båda håll"
    return f"{verdict.mirror} ({by.by_code[verdict.mirror].words})"


def _by_topic(verdict: Verdict, by: Verdicts) -> Iterator[tuple[Topic, list[Given]]]:
    ways = verdict_words.ways_to(verdict.code, by)
    for _, found in groupby(ways, key=lambda given: given.topic.id):
        listed = list(found)
        yield listed[0].topic, listed


def _told(ways: list[Given]) -> Iterator[str]:
    """When, by what the verdict rests on."""
    for basis, found in groupby(ways, key=lambda given: given.rests_on):
        whens = list(dict.fromkeys(given.when for given in found))
        yield f"När {'; eller när '.join(whens)}. {basis}."


def pages(by: Verdicts, ruleset: RuleSet) -> dict[str, str]:
    """The reference by file name: the table of all verdicts, and one page for each."""
    texts = {INDEX: "\n".join([_MADE, "", *_index(by)])}
    for verdict in by.by_code.values():
        texts[f"{verdict.code}.md"] = "\n".join([_MADE, "", *_reference(verdict, by, ruleset)])
    return texts


def _index(by: Verdicts) -> Iterator[str]:
    yield from ("# Utfall", "")
    yield (
        "En ändring bedöms på flera axlar, och på var och en får den ett eller inget av "
        f"{len(by.by_code)} utfall, eller flera: när något blir mer och något annat mindre, och "
        "när en del är säker men resten får läsas. Koden skrivs "
        "efter `insatskoll diff --fail-on`. `insatskoll explain` visar samma sak i terminalen."
    )
    yield from ("", "| Utfall | Kod | Gäller | Motsats |", "| --- | --- | --- | --- |")
    for verdict in by.by_code.values():
        mirror = by.by_code[verdict.mirror]
        opposite = "detsamma" if mirror is verdict else mirror.words
        link = f"[{cell(verdict.words)}]({verdict.code}.md)"
        yield f"| {link} | `{verdict.code}` | {verdict.axis_words} | {opposite} |"
    yield from ("", "## Fälten", "", "| Fält | Ämne | Utfall |", "| --- | --- | --- |")
    for topic in by.topics.values():
        if not topic.silence:
            yield from _rows(topic, by)
    yield from ("", "## Det som inte bedöms", "")
    for topic in (one for one in by.topics.values() if one.silence):
        yield from (
            plain(topic.silence),
            "",
            *(f"- {field}" for field in verdict_words.fields(topic)),
            "",
        )


def _rows(topic: Topic, by: Verdicts) -> Iterator[str]:
    given = {code for step in topic.steps for code in step.outcomes.values() if code is not None}
    links = ", ".join(f"[{v.words}]({v.code}.md)" for v in by.by_code.values() if v.code in given)
    for field in verdict_words.fields(topic):
        yield f"| {cell(field)} | {cell(topic.name)} | {links} |"


def _reference(verdict: Verdict, by: Verdicts, ruleset: RuleSet) -> Iterator[str]:
    yield from (f"# {plain(verdict.words.capitalize())}", "")
    yield f"- **Kod:** `{verdict.code}`"
    yield f"- **Gäller:** {verdict.axis_words}"
    yield f"- **I rapporter:** {'varning' if verdict.tightens else 'upplysning'}"
    yield from (f"- **Motsats:** {_mirror(verdict, by)}", "", plain(verdict.explanation), "")
    bases: dict[str, None] = {}
    for topic, ways in _by_topic(verdict, by):
        yield from (f"## {plain(topic.name)}", "", plain(topic.explanation), "")
        yield from (f"- {plain(line)}" for line in _told(ways))
        yield from ("", "Fält:", "", *(f"- {field}" for field in verdict_words.fields(topic)), "")
        yield from _examples(topic, verdict)
        yield from (f"Fil: `catalogue/bedömningar/{topic.id}.yaml`", "")
        bases |= dict.fromkeys(
            b for step in topic.steps if verdict.code in step.outcomes.values() for b in step.bases
        )
    yield from ("## Vad det vilar på", "")
    for basis in bases:
        yield _basis(basis, ruleset)
    yield ""


def _basis(basis: str, ruleset: RuleSet) -> str:
    if basis in ruleset.lagrum:
        provision = ruleset.lagrum[basis]
        return f"- [{basis}]({provision.link}): {plain(provision.gist)}"
    return f"- [{basis}](../regler/{basis}.md): {plain(ruleset.rules[basis].namn)}"


_CHANGED: tuple[Literal["fält", "från", "till"], ...] = ("fält", "från", "till")


def _examples(topic: Topic, verdict: Verdict) -> Iterator[str]:
    """The examples in which a topic gives the verdict."""
    for example in (one for one in topic.examples if verdict.words in one["blir"]):
        told = {key: example[key] for key in _CHANGED if key in example}
        yield from ("```yaml", to_yaml(told).rstrip("\n"), "```", "", _becomes(example), "")


def _becomes(example: BedomningExempel) -> str:
    return f"Blir: {', '.join(f'{words} ({basis})' for words, basis in example['blir'].items())}"
