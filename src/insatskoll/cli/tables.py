"""What the catalogue holds, for people: a municipality's insatser and decisions, one insats in
full, and its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from insatskoll.bilaga import phrases, when
from insatskoll.catalogue import chain, in_force, standing
from insatskoll.catalogue.chain import Link
from insatskoll.catalogue.in_force import InForce
from insatskoll.catalogue.model import Beslut, Insats, Kommun, Revision
from insatskoll.decisions.history import Step
from insatskoll.decisions.signatures import Signature
from insatskoll.diff.facts import compare
from insatskoll.diff.telling import Telling
from insatskoll.reading import samples
from insatskoll.swedish import counted

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Avvikelse, Del, Utforare

_LEVELS = ("individnivå", "utan personliga förhållanden", "avidentifierad")


def levels(insats: Insats) -> list[str]:
    """How the parts of an insats are documented; ``anges inte`` where the source says nothing of a
    part."""
    return [part.get("dokumentation", {}).get("nivå", "anges inte") for _, part in insats.delar]


def overview(kommuner: Sequence[Kommun]) -> Table:
    """All municipalities: how many insatser, and by how they are documented."""
    table = _table(
        "Kommun",
        "Insatser",
        "Avser",
        *(level.capitalize() for level in _LEVELS),
        "Anges inte",
        "Riskanalyser",
    )
    for kommun in kommuner:
        if (revision := kommun.revision) is None:
            continue
        counted = [level for insats in revision.insatser for level in levels(insats)]
        counts = [str(counted.count(level)) for level in (*_LEVELS, "anges inte")]
        table.add_row(
            kommun.id,
            str(len(revision.insatser)),
            revision.beteckning,
            *counts,
            str(len(kommun.riskanalyser)),
        )
    return table


def insatser(revision: Revision) -> Table:
    """A municipality's insatser in the order of print."""
    table = _table("Insats", "Avdelning", "Dokumentation")
    for insats in revision.insatser:
        table.add_row(
            insats.id, insats.data["avdelning"], phrases.lista(dict.fromkeys(levels(insats)))
        )
    return table


def of_day(found: InForce, among: Sequence[Insats]) -> Iterator[Text]:
    """What is in force on a day, and which insatser ``among`` those decided do not hold then."""
    assert found.revision is not None
    yield Text(f"{found.revision.kommun['namn']}", style="bold")
    for line in when.told(found):
        yield Text(line)
    gone = [one for one in in_force.outside(found.revision, found.day) if one in among]
    for line in when.outside(tuple(gone)):
        yield Text(f"Gäller inte den dagen: {line}.", style="red")


def insats(insats: Insats, revision: Revision) -> Iterator[RenderableType]:
    """One insats in full: every field that it has, with the title that the schema gives it."""
    yield Text(insats.namn, style="bold")
    enheter = {enhet["id"]: enhet["namn"] for enhet in revision.kommun.get("enheter", ())}
    yield from _fields(insats.data, ["namn"], enheter, ())


def claims(revision: Revision, insats: Insats | None) -> Iterator[RenderableType]:
    """What the texts of an insats claim, or those of kommun.yaml and of all insatser."""
    from insatskoll.law.claims import reading  # only this asks what texts say

    table = _table("Plats", "Slag", "Påstår", "Ord")
    if insats is not None:
        documents = [insats.document]
    else:
        documents = [revision.document, *(one.document for one in revision.insatser)]
    for document in documents:
        if document is None:
            continue
        for path, said in reading.claims(document.data):
            span = document.words(path, *said.place)
            values = [f"{name}: {_told(value)}" for name, value in sorted(said.values.items())]
            table.add_row(
                Text(f"{document.path.name}:{span.line}:{span.column}"),
                said.kind,
                Text(", ".join(values + ["nekad"] * said.negated)),
                Text(f"”{phrases.på_en_rad(said.words)}”"),
            )
    yield table if table.row_count else Text("Texterna påstår inget som reglerna läser.")


def _told(value: object) -> str:
    """What a claim says in a field, also of another that belongs to it."""
    if isinstance(value, list | tuple):
        return phrases.lista(map(_told, value))
    if isinstance(value, dict):
        return " ".join(f"{name} {_told(inner)}" for name, inner in value.items())
    return str(value)


def _fields(
    data: Mapping[str, object],
    known: Sequence[str],
    enheter: dict[str, str],
    above: tuple[str, ...],
) -> Iterator[RenderableType]:
    for name, value in data.items():
        if name in known:
            continue
        heading = Text.assemble((f"{samples.title('insats', (*above, name))}: ", "bold"))
        if name == "delar":
            for part in cast("list[Del]", value):
                yield Text(part["namn"], style="bold underline")
                for line in _fields(part, ["namn"], enheter, (*above, name)):
                    yield Padding(line, (0, 0, 0, 2), expand=False)
        elif name == "utförare":
            yield heading.append(phrases.faktum(phrases.utforare(cast("Utforare", value), enheter)))
        elif name == "avvikelser":
            yield heading
            for waiver in cast("list[Avvikelse]", value):
                reason = phrases.på_en_rad(waiver["motivering"])
                yield Padding(Text(f"{waiver['regel']}: {reason}"), (0, 0, 0, 2), expand=False)
        else:
            yield heading.append(phrases.faktum(phrases.på_en_rad(phrases.say(name, value))))


def beslut(
    kommun: Kommun, links: Sequence[Link], signatures: Sequence[Signature]
) -> Iterator[RenderableType]:
    """The chain of decisions, each with its state, and last the files as they stand; and below it
    what has happened to them, whose signatures there are, and what is in force where that is not
    the latest."""
    assert kommun.revision is not None
    held = standing.in_force(kommun.beslut)
    yield _decisions(links, held, kommun.revision)
    for shown in links:
        yield from map(Text, _noted(shown.beslut))
    for link in chain.record_links(kommun):
        wrong = Text(f" ({', '.join(link.problems)})" if link.problems else "", style="red")
        yield Text.assemble(f"{link.handelse.id}: {phrases.händelse(link.handelse.facts)}", wrong)
    for one in signatures:
        yield Text(f"{one.about}: {one.words}", style="red" if one.fails else "")
    if links and (held is None or links[-1].beslut.revision.beteckning != held.beteckning):
        yield Text(f"I kraft är {held.beteckning if held else 'inget beslut'}.")
    if held is not None and held.annulled_parts:
        parts = phrases.lista(sorted(held.annulled_parts))
        yield Text(f"I fråga om {parts} gäller det som gällde före {held.beteckning}.")


def _noted(beslut: Beslut) -> Iterator[str]:
    """What was noted of a decision when it was made: who made it, what was not adopted, and who was
    against it."""
    facts = beslut.data["beslut"]
    if (on_behalf := facts.get("på_nämndens_vägnar")) is not None:
        reported = f", anmält {on_behalf['anmält']}" if "anmält" in on_behalf else ""
        yield f"{beslut.id}: beslutat av {on_behalf['vem']} ({on_behalf['stöd']}){reported}"
    if (left := facts.get("inte_antaget")) is not None:
        for sentence in left["ändringar"]:
            yield f"{beslut.id}: inte antaget ({left['följd']}): {phrases.på_en_rad(sentence)}"
        if "skäl" in left:
            yield f"{beslut.id}: skäl: {phrases.på_en_rad(left['skäl'])}"
    for said in facts.get("reservationer", ()):
        yield f"{beslut.id}: reservation: {phrases.på_en_rad(said)}"


def _decisions(links: Sequence[Link], held: Revision | None, proposal: Revision) -> Table:
    table = _table(
        "Revision",
        "Paragraf",
        "Diarienummer",
        "Ersätter",
        "Gäller från",
        "Insatser",
        "Kontrollsumma",
        "Tillstånd",
    )
    for link in links:
        facts = link.beslut.revision.beslut or link.beslut.data["beslut"]
        told = [str(facts.get(name, "–")) for name in ("paragraf", "diarienummer", "ersätter")]
        checksum = link.beslut.data["kontrollsumma"][:12]
        state = ", ".join([link.state, *link.beslut.revision.marks])
        if facts.get("rekonstruerad") == "ja":
            state += " (rekonstruerat)"
        count = str(len(link.beslut.revision.insatser))
        table.add_row(
            Text(link.beslut.id),
            *map(Text, told),
            in_force.since(link.beslut.revision),
            count,
            checksum,
            Text(state, style="red" if link.problems else ""),
        )
    changed = _changed(held, proposal) if held else "inget beslut ännu"
    table.add_row(proposal.beteckning, "", "", "", "", str(len(proposal.insatser)), "", changed)
    return table


def _changed(old: Revision, new: Revision) -> str:
    """How much the files differ from the latest decision, in a few words."""
    telling = Telling(compare(old, new))
    parts = (
        [counted(telling.changed, "insats ändrad", "insatser ändrade")] if telling.changed else []
    )
    parts += (
        ["ändringar i det gemensamma"]
        if any(not change.insatser for change in telling.changes)
        else []
    )
    return phrases.lista(parts) or "inga ändringar"


def historik(steps: Sequence[Step]) -> Iterator[RenderableType]:
    """The life of an insats: a line for each revision, and below it what was changed."""
    yield Text(phrases.lista(dict.fromkeys(insats.namn for insats in _latest(steps))), style="bold")
    words = {"första": "finns med", "saknas": "finns inte med"}
    for step in steps:
        beslut = step.revision.beslut or {}
        number = f" ({beslut['diarienummer']})" if "diarienummer" in beslut else ""
        former = f", tidigare id {phrases.lista(step.former)}" if step.former else ""
        wrong = Text(f" ({', '.join(step.problems)})" if step.problems else "", style="red")
        yield Text.assemble(
            (f"{step.revision.beteckning}{number}", "bold"),
            wrong,
            f": {words.get(step.what, step.what)}{former}",
        )
        for sentence in step.sentences:
            yield Padding(Text(sentence), (0, 0, 0, 2), expand=False)


def _latest(steps: Sequence[Step]) -> Sequence[Insats]:
    return next(step.insatser for step in reversed(steps) if step.insatser)


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading)
    return table
