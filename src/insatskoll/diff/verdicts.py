"""The verdicts and what gives them: the files in ``catalogue/utfall`` and
``catalogue/bedömningar``, read and checked.

A topic is a file of judgements: the fields it is about, and the questions that are put to a change
of them. Loading refuses one that could not work. Mirror images are not written but derived: what a
change means backwards is the opposite of what it means forwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Literal, cast, get_args

from insatskoll.catalogue import program_files
from insatskoll.diff import readings
from insatskoll.diff.comparisons import OPPOSITE
from insatskoll.errors import Refused
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import (
        BedomningData,
        BedomningExempel,
        BedomningFraga,
        BedomningLagrumEfter,
        UtfallData,
    )

NO_VERDICT = "inget utfall"
_Outcome = Literal[
    "tillkommer", "upp", "jämsides", "fler", "byts", "vidare", "oförändrat", "mer", "läsaren",
    "blir",
]  # fmt: skip
_ORDINARY: tuple[_Outcome, ...] = get_args(_Outcome)
_Comparison = Literal["tillkommer", "skala", "mängd", "intervall", "text", "blir"]
_COMPARISONS: tuple[_Comparison, ...] = get_args(_Comparison)
# What a question has from those around it.
_Inherited = Literal["läses", "gäller", "lagrum", "lagrum_efter"]
_INHERITED: tuple[_Inherited, ...] = get_args(_Inherited)
_PART = " > "


class VerdictError(Refused):
    """The verdicts cannot be used; the message says which file and why."""


@immutable
class Verdict:
    """A verdict: its code, its axis (with the name that it can be asked for by, and what it is
    about), what it is called in Swedish, the code of its mirror image, its weight (the lightest
    comes first), what it means, and whether it takes something from those whom it concerns
    (``tightens``)."""

    code: str
    axis: str
    axis_name: str
    axis_words: str
    words: str
    mirror: str
    weight: int
    explanation: str
    tightens: bool = False


@immutable
class Step:
    """One comparison. ``outcomes`` are the codes of the verdicts by the outcomes of it; None is an
    answer without one.

    ``basis`` is what it rests on, but for the values of a field that have a basis of their own
    (``by_value``).
    """

    kind: _Comparison
    data: BedomningFraga
    outcomes: Mapping[str, str | None]
    basis: str
    by_value: BedomningLagrumEfter | None
    since: str
    until: str

    @property
    def bases(self) -> tuple[str, ...]:
        """All that it may rest on."""
        of_values = () if self.by_value is None else self.by_value["värden"].values()
        return (*of_values, self.basis)

    def in_force(self, day: str) -> bool:
        """Whether it holds on a day (ÅÅÅÅ-MM-DD)."""
        return self.since <= day <= self.until


Question = tuple[Step, ...]  # the first step that answers all of it is the last that is put


@immutable
class Start:
    """What holds where there is no insats (``value``), what else does without a decision
    (``lawful``), both read as the field is (``reads``), and whether what goes is held against
    it too (``when_gone``)."""

    value: object
    lawful: tuple[object, ...] = ()
    reads: str = ""
    when_gone: bool = False

    def before(self, value: object) -> object:
        """What stands before ``value`` where it is new. Of a group of fields it is the same in all
        that this, or ``value``, says nothing of, and in what holds without a decision."""
        if not isinstance(self.value, dict) or not isinstance(value, dict):
            return value if value in self.lawful else self.value
        said = cast("dict[str, object]", self.read(value))
        lawful = {
            name
            for one in cast("tuple[dict[str, object], ...]", self.lawful)
            if all(said.get(name) == one[name] for name in one)
            for name in one
        }
        told = {name: held for name, held in self.value.items() if name in said.keys() - lawful}
        return {**value, **told}

    def read(self, value: object) -> object:
        """What a value says as it is read."""
        return readings.READINGS[self.reads](value) if self.reads else value


@immutable
class Topic:
    """A file of judgements. ``reasons`` tells why it has none, if so; ``spelling`` that it is about
    how fields are written.

    ``first_day`` is the first on which any of it holds: an earlier day counts as that one.
    ``start`` is what holds where there is no insats; None if nothing is said of what is new.
    """

    id: str
    name: str
    fields: tuple[str, ...]
    questions: tuple[Question, ...]
    explanation: str
    silence: str
    spelling: bool
    examples: tuple[BedomningExempel, ...]
    first_day: str
    start: Start | None = None

    @property
    def steps(self) -> Iterator[Step]:
        """Every comparison of it."""
        return (step for question in self.questions for step in question)

    def puts(self, day: str | None) -> Iterator[Question]:
        """The questions with the steps in force on ``day``; without a day, those of the latest
        law."""
        counted = "9999-12-31" if day is None else max(day, self.first_day)
        for question in self.questions:
            if steps := tuple(step for step in question if step.in_force(counted)):
                yield steps


@immutable
class Field:
    """Where a topic is about a field: the topic, and the field of an item that is judged in its
    place, if it is."""

    topic: Topic
    part: str = ""


@immutable
class Verdicts:
    """The verdicts by code, in the order of their weight, the topics by the id of their files, and
    what judges each field."""

    by_code: Mapping[str, Verdict]
    topics: Mapping[str, Topic]
    fields: Mapping[str, Field]

    def field(self, path: str) -> Field:
        """What judges a change of the field at ``path`` (”insats.ingång”). Raises KeyError: every
        field has its file."""
        return self.fields[path]

    def starts(self) -> dict[str, Start]:
        """What holds where there is no insats, by the field of one (”utförare.regi”)."""
        kind = "insats."
        return {
            path.removeprefix(kind): field.topic.start
            for path, field in self.fields.items()
            if path.startswith(kind) and field.topic.start is not None
        }

    def spelling(self, kind: str) -> Topic:
        """What judges how a field of a ``kind`` of file is written."""
        return self.fields[f"{kind}.*"].topic

    def named(self, text: str) -> Verdict | None:
        """The verdict that is meant by ``text``: a code, a Swedish name, or the only one whose name
        begins so."""
        wanted = " ".join(text.casefold().split())
        if wanted in self.by_code:
            return self.by_code[wanted]
        found = [
            verdict
            for verdict in self.by_code.values()
            if wanted and verdict.words.startswith(wanted)
        ]
        exact = [verdict for verdict in found if verdict.words == wanted]
        if exact:
            return exact[0]
        if len(found) == 1:
            return found[0]
        return None


@cache
def shipped() -> Verdicts:
    """The program's own."""
    return load(
        program_files.known("utfall", "utfall"), program_files.known("bedömningar", "bedomning")
    )


def load(outcomes: Mapping[str, UtfallData], judged: Mapping[str, BedomningData]) -> Verdicts:
    """The verdicts and judgements of files, by the files' names. Raises :class:`VerdictError` for
    the first that cannot be used."""
    by_code = _verdicts(outcomes)
    return made(by_code, [topic(name, data, by_code) for name, data in judged.items()])


def made(by_code: Mapping[str, Verdict], topics: Sequence[Topic]) -> Verdicts:
    """The verdicts with ``topics``. Raises :class:`VerdictError` if two are about the same
    field."""
    fields: dict[str, Field] = {}
    for one in topics:
        for written in one.fields:
            name, _, part = written.partition(_PART)
            if name in fields:
                other = fields[name].topic.id
                raise VerdictError(f"{one.id}: fältet {name} bedöms redan i {other}")
            fields[name] = Field(one, part)
    return Verdicts(by_code, {one.id: one for one in topics}, fields)


def _verdicts(files: Mapping[str, UtfallData]) -> dict[str, Verdict]:
    """The verdicts by code. An opposite is written on one of the two and derived for the other; one
    without is its own."""
    found: dict[str, Verdict] = {}
    opposites: dict[str, str] = {}
    for name, data in files.items():
        for code, written in data["utfall"].items():
            if code in found:
                raise VerdictError(f"utfall/{name}.yaml: utfallet {code} finns redan")
            explanation = " ".join(written["förklaring"].split())
            found[code] = Verdict(
                code,
                data["axel"],
                name,
                data["namn"],
                written["namn"],
                code,
                written["vikt"],
                explanation,
                "skärper" in written,
            )
            if "motsats" in written:
                opposites |= {code: written["motsats"], written["motsats"]: code}
    for code, mirror in opposites.items():
        if mirror not in found or code not in found or found[mirror].axis != found[code].axis:
            raise VerdictError(f"utfall: {code} och {mirror} är inte varandras motsats på en axel")
        found[code] = replace(found[code], mirror=mirror)
    return dict(sorted(found.items(), key=lambda item: item[1].weight))


def topic(name: str, data: BedomningData, by_code: Mapping[str, Verdict]) -> Topic:
    """The topic of a file, by the file's name and its ``data``. Raises :class:`VerdictError` if it
    could not work."""
    try:
        questions = tuple(
            tuple(_steps(data, [question], by_code)) for question in data.get("bedömningar", ())
        )
    except VerdictError as error:
        raise VerdictError(f"bedömningar/{name}.yaml: {error}") from None
    if ("tyst" in data) == bool(questions):
        raise VerdictError(
            f"bedömningar/{name}.yaml: ett ämne har antingen bedömningar eller ett skäl att "
            "vara tyst"
        )
    return Topic(
        id=name,
        name=data["namn"],
        fields=tuple(data["fält"]),
        questions=questions,
        explanation=" ".join(data.get("förklaring", "").split()),
        silence=" ".join(data.get("tyst", "").split()),
        spelling=data.get("skrivsätt") == "ja",
        examples=tuple(data["exempel"]),
        start=_start(data),
        first_day=min((step.since for question in questions for step in question), default=""),
    )


def _start(data: BedomningData) -> Start | None:
    if "utgångsläge" not in data:
        return None
    return Start(
        data["utgångsläge"],
        tuple(data.get("följer_av_lag", ())),
        data.get("läses", ""),
        data.get("borttagen") == "ja",
    )


def _steps(
    data: BedomningData | BedomningFraga,
    questions: Sequence[BedomningFraga],
    by_code: Mapping[str, Verdict],
) -> Iterator[Step]:
    """The steps of questions, each with what it has from those around it."""
    for question in questions:
        inherited = cast(
            "BedomningFraga", {name: data[name] for name in _INHERITED if name in data}
        )
        if "lagrum" in question:  # its own goes before what the topic says of any value
            inherited.pop("lagrum_efter", None)
        whole: BedomningFraga = {**inherited, **question}
        if "turordning" in question:
            yield from _steps(whole, question["turordning"], by_code)
        else:
            yield _step(whole, by_code)


def _step(data: BedomningFraga, by_code: Mapping[str, Verdict]) -> Step:
    kinds = [name for name in _COMPARISONS if name in data]
    if len(kinds) != 1:
        raise VerdictError(
            f"en bedömning är en av {', '.join(_COMPARISONS)}, men här står "
            f"{', '.join(kinds) or 'ingen'}"
        )
    if "lagrum" not in data:
        raise VerdictError("en bedömning saknar lagrum, och ämnet har inget")
    period = data.get("gäller", {})
    return Step(
        kind=kinds[0],
        data=data,
        outcomes=_outcomes(data, by_code),
        basis=data["lagrum"],
        by_value=data.get("lagrum_efter"),
        since=period.get("från", ""),
        until=period.get("till", "9999-12-31"),
    )


def _outcomes(data: BedomningFraga, by_code: Mapping[str, Verdict]) -> dict[str, str | None]:
    """The codes by outcome, those of the mirror images among them."""
    codes = {verdict.words: verdict.code for verdict in by_code.values()}
    found: dict[str, str | None] = {}
    for outcome in (name for name in _ORDINARY if name in data):
        if data[outcome] == NO_VERDICT:
            found[outcome] = None
            continue
        code = codes.get(data[outcome])
        if code is None:
            raise VerdictError(f"utfallet ”{data[outcome]}” finns inte i catalogue/utfall")
        mirror, opposite = by_code[code].mirror, OPPOSITE[outcome]
        if opposite == outcome and mirror != code:
            raise VerdictError(
                f"”{outcome}” är detsamma åt båda håll, men ”{data[outcome]}” har en motsats"
            )
        found |= {outcome: code, opposite: mirror}
    return found
