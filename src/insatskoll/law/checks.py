"""The checks of a rule, made ready to be put."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from insatskoll.law import (
    check_parameters,
    opposing,
    rule_form,
    suggesting,
)
from insatskoll.law.condition_needs import trusted_validator
from insatskoll.law.condition_parts import Compiled
from insatskoll.law.literals import Wanted
from insatskoll.law.opposing import Opposed
from insatskoll.law.predicates import Hit, Subject
from insatskoll.law.predicates.text import may_say
from insatskoll.law.rule_files import RuleError
from insatskoll.law.rule_form import Condition, Written
from insatskoll.law.suggesting import PLACEHOLDER, Suggested
from insatskoll.names import short_text
from insatskoll.reading import builtin
from insatskoll.reading.places import DataPath, parse_path, value_at
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.law.rules import Rule

_LONGEST = 300
_LONGEST_LIST = 1000
NOT_SAID = "(anges inte)"  # of a field that is not there
SEVERAL = "(flera fält)"  # of a group, which no message can hold


@immutable
class Check:
    """One way of finding a rule's defect in one scope, compiled. ``number`` is its place among the
    rule's, from 0."""

    number: int
    scope: str
    target: DataPath
    selects: Callable[[object], bool]
    selects_kommun: Callable[[object], bool]
    requires: Callable[[object], bool]
    required: tuple[DataPath, ...]  # the fields that it requires
    function: Callable[..., Iterator[Hit]] | None
    parameters: Mapping[str, Any]
    # The parameter with expressions one of which a text must match for the function to find, and
    # what they need.
    words: str
    wanted: tuple[Wanted, ...]
    place: DataPath
    level: str
    message: str
    suggests: Suggested | None
    opposed: Opposed | None
    remedy: str
    lagrum: tuple[str, ...]  # those of the rule's that what it finds rests on
    own: str | None  # where it stands, if it is the municipality's own
    # It judges by all insatser of the municipality, and waits while one of its files is not read.
    whole: bool
    # What the expressions and conditions take for each letter, if it is the municipality's own;
    # and the same for the condition on kommun.yaml, which is put once for a revision.
    steps: int
    kommun_steps: int

    def hits(self, subject: Subject) -> list[tuple[Hit, str]]:
        """The hits in ``subject``, each with its message. Their paths start at the top of the
        subject's file.

        Raises :class:`RuleError` if a municipality's own rule goes wrong, whatever in.
        """
        try:
            return self._hits_at_target(subject) if self.target else self._hits_in(subject)
        except Exception as error:
            if self.own is None:
                raise
            raise RuleError(
                f"{self.own}: prövningen går inte att göra ({type(error).__name__}). Ändra den"
            ) from error

    def _hits_at_target(self, subject: Subject) -> list[tuple[Hit, str]]:
        found = value_at(subject.data, self.target)
        if found is None:
            return []
        if not isinstance(found, list):
            return self._hits_in(subject.at(self.target, found))
        return [
            told
            for index, item in enumerate(found)
            for told in self._hits_in(subject.at((*self.target, index), item))
        ]

    def _hits_in(self, part: Subject) -> list[tuple[Hit, str]]:
        """The hits in what is checked; in most there are none, which is seen as early as it can
        be."""
        if not self.selects(part.data):
            return []
        if self.function is None:
            if self.requires(part.data):
                return []
            missing = [str(path[-1]) for path in self.required if value_at(part.data, path) is None]
            found: Iterable[Hit] = [
                Hit(self.place, {"saknas": ", ".join(missing)}, words=part.words)
            ]
        elif not self.wanted:
            found = self.function(part, **self.parameters)
        elif left := may_say(part, self.wanted, self.parameters.get("fält", ())):
            looked_for = [
                one
                for one in self.parameters[self.words]
                if check_parameters.expression(one) in left
            ]
            found = self.function(part, **{**self.parameters, self.words: tuple(looked_for)})
        else:
            return []
        return [self._told(hit, part) for hit in found]

    def _told(self, hit: Hit, part: Subject) -> tuple[Hit, str]:
        """``hit`` as it is placed in the file, with its message."""
        values = _values(hit, part)
        placed = _placed(hit, part)
        if self.opposed is not None:
            related = self.opposed.places(part, told)
            placed = replace(placed, related=(*placed.related, *related))
        if self.suggests is not None:
            placed = replace(placed, writes=self.suggests.to_write(values, part, placed, told))
        return placed, PLACEHOLDER.sub(lambda m: told(values.get(m[1])), self.message)


def _values(hit: Hit, subject: Subject) -> dict[str, object]:
    """What a message or a suggestion may hold of a hit, by name."""
    values: dict[str, object] = {"kommun": subject.revision.kommun["namn"]}
    if subject.insats is not None:
        values["insats"] = subject.insats.namn
    if isinstance(subject.data, dict):
        values |= {
            key: value
            for key, value in subject.data.items()
            if key not in values or isinstance(value, str | int)
        }
    values["värde"] = value_at(subject.data, hit.path)
    return values | dict(hit.values)


def _placed(hit: Hit, part: Subject) -> Hit:
    """``hit`` with its path from the top of the file, at the words that the subject is about unless
    it is about others."""
    if hit.insats:
        return hit
    words = hit.words or (None if hit.path else part.words)
    return replace(hit, path=part.path + hit.path, words=words)


def told(value: object) -> str:
    """A value as a message holds it: in Swedish, on one line, and no longer than a name can be. A
    list is cut between its items."""
    if isinstance(value, list):
        first, last = told(tuple(value[:-1])), told(value[-1]) if value else NOT_SAID
        return f"{first} och {last}" if first else last
    if value is None or value == "":
        return NOT_SAID
    if isinstance(value, dict):
        return SEVERAL
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    if isinstance(value, tuple):
        items = [told(item) for item in value]
        kept = [
            item
            for i, item in enumerate(items)
            if i == 0 or len(", ".join(items[: i + 1])) <= _LONGEST_LIST
        ]
        more = len(items) - len(kept)
        return ", ".join(kept) + (f" och {more} till" if more else "")
    return short_text(" ".join(str(value).split()), _LONGEST)


def compiled(rule: Rule) -> tuple[Check, ...]:
    """The checks of ``rule``. Raises :class:`RuleError` for the first that cannot work."""
    return tuple(_compiled(rule, written) for written in rule_form.written(rule.data))


def _compiled(rule: Rule, written: Written) -> Check:
    data = written.data
    kontroll = check_parameters.compiled(rule, written)
    conditions = _conditions(rule, written)
    selects, kommun, requires = (conditions[key] for key in rule_form.CONDITIONS)
    return Check(
        number=written.number,
        scope=written.scope,
        target=parse_path(data.get("för", "")),
        selects=_validator(rule, written, selects),
        selects_kommun=_validator(rule, written, kommun),
        requires=_validator(rule, written, requires or _NEVER),
        required=tuple(map(parse_path, requires.required)) if requires else (),
        function=kontroll.function,
        parameters=kontroll.parameters,
        words=kontroll.words,
        wanted=kontroll.wanted,
        place=parse_path(data.get("plats", "")),
        level=data.get("nivå", rule.level),
        message=data.get("meddelande", ""),
        suggests=suggesting.of(written),
        opposed=opposing.of(written),
        remedy=str(data.get("åtgärd", rule.data["åtgärd"])).strip(),
        lagrum=tuple(data.get("lagrum", rule.lagrum)),
        own=rule.at(written.place) if rule.own is not None else None,
        whole=kontroll.whole,
        steps=_steps(rule, selects) + _steps(rule, requires) + kontroll.steps,
        kommun_steps=_steps(rule, kommun),
    )


_NEVER = Compiled({"not": {}})


def _steps(rule: Rule, condition: Compiled | None) -> int:
    """What a condition takes for each letter, if it is the municipality's own."""
    if rule.own is None:
        return 0
    from insatskoll.law import conditions  # only one's own rules need what makes them

    return conditions.steps(condition)


def _conditions(rule: Rule, written: Written) -> dict[Condition, Compiled | None]:
    """The check's conditions, by kind; those of the program's own are not made at each start."""

    def made() -> dict[Condition, Compiled | None]:
        from insatskoll.law import conditions  # as above

        return conditions.of(rule, written)

    def as_data() -> list[object]:
        found = made().values()
        return [None if one is None else [one.schema, list(one.required)] for one in found]

    if not rule.shipped:
        return made()
    known = builtin.remembered(f"villkor {rule.id} {written.number} {written.scope}", as_data)
    return {
        key: None if one is None else Compiled(one[0], required=tuple(one[1]))
        for key, one in zip(rule_form.CONDITIONS, known, strict=True)
    }


def _validator(
    rule: Rule, written: Written, condition: Compiled | None
) -> Callable[[object], bool]:
    if condition is None:
        return lambda data: True
    if rule.own is None:
        return trusted_validator(condition.schema)
    from insatskoll.law import conditions  # as above

    return conditions.validator(rule, written, condition)
