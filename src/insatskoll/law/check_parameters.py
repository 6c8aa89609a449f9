"""The named function of a check, and its parameters: of the right kinds, and bounded in one's own
rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from insatskoll.law import literals
from insatskoll.law.literals import Wanted
from insatskoll.law.predicates import PREDICATES, Hit
from insatskoll.law.predicates import parameters as kinds
from insatskoll.law.predicates.parameters import ParameterError
from insatskoll.law.predicates.registry import Predicate
from insatskoll.law.predicates.renamed import RENAMED
from insatskoll.law.rule_files import RuleError
from insatskoll.law.rule_form import FIELDS, KONTROLL, SCOPE, Written
from insatskoll.law.wordlists import WordList
from insatskoll.meant import meant
from insatskoll.names import plain
from insatskoll.reading.places import DataPath
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.law.rules import Rule

_NO_BESIDES = "ordlistan har utom, och det finns inget utom här. Välj en annan lista"


@immutable
class Kontroll:
    """The function of a check, if it has one; ``words``, ``wanted``, ``whole`` and ``steps``
    as in a check."""

    function: Callable[..., Iterator[Hit]] | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)
    words: str = ""
    wanted: tuple[Wanted, ...] = ()
    whole: bool = False
    steps: int = 0


def compiled(rule: Rule, written: Written) -> Kontroll:
    """The function that the check names, ready to be put. Raises :class:`RuleError`."""
    given = dict(written.kontroll)
    if not given:
        _refuse_fields(rule, written)
        return Kontroll()
    if "funktion" not in given:
        raise RuleError(f"{rule.at(written.parameter_place(''))}: kontrollen saknar funktion")
    name = str(given.pop("funktion"))
    predicate = PREDICATES.get(name)
    if predicate is None:
        raise RuleError(f"{rule.at(written.parameter_place('funktion'))}: {_unknown(name)}")
    _refuse_fields(rule, written)
    if predicate.scopes and written.scope not in predicate.scopes:
        raise RuleError(
            f"{rule.at(written.scope_place)}: kontrollen {name} går inte att göra i omfånget "
            f"{written.scope}. "
            f"Det här går att skriva: {', '.join(sorted(predicate.scopes))}"
        )
    parameters = _parameters(rule, predicate, name, given, written)
    steps = _steps(predicate, parameters, given) if rule.own is not None else 0
    # What a municipality's own expressions cost is counted, and they are put as they are.
    looked_for = map(expression, parameters.get(predicate.words, ()))
    wanted = literals.wanted(looked_for) if rule.own is None else ()
    return Kontroll(predicate.function, parameters, predicate.words, wanted, predicate.whole, steps)


def expression(looked_for: Any) -> str:
    """The expression of what a check looks for: itself, or what a group has beside what to say of
    it."""
    return str(looked_for if isinstance(looked_for, str) else looked_for["ord"])


def _unknown(name: str) -> str:
    """What to say of a name that no check has: what it is called now, or what there is."""
    if (now := RENAMED.get(name)) is not None:
        return f"kontrollen {name} finns inte längre. {now}"
    there_is = f"Det här går att skriva: {', '.join(PREDICATES)}"
    return f"kontrollen {plain(name[:80])} finns inte.{_near(name)} {there_is}"


def _near(name: str) -> str:
    near = meant(name, PREDICATES)
    return f" Menade du ”{near}”?" if near else ""


def _refuse_fields(rule: Rule, written: Written) -> None:
    """Refuses fields written with a scope that nothing looks at, or that stand in two places."""
    if written.fields is None:
        return
    if not written.kontroll:
        if SCOPE in written.data:
            said = "fält i omfång är till för en kontroll, och prövningen har ingen"
            raise RuleError(f"{rule.at(written.scope_place)}: {said}")
        return
    at = rule.at(written.parameter_place(FIELDS))
    if FIELDS in written.data.get(KONTROLL, {}) or FIELDS in written.common.get(KONTROLL, {}):
        raise RuleError(f"{at}: fälten står både i omfång och i kontroll. Skriv dem på ett ställe")


def _steps(
    predicate: Predicate, parameters: Mapping[str, object], given: Mapping[str, object]
) -> int:
    """What the expressions among the parameters take together for each letter of a text; those of
    the program's that stand in for what the rule has not ``given`` are the program's to pay for."""
    counted: list[int] = []

    def visit(mark: str, text: str) -> str:
        if mark in (kinds.EXPRESSION, kinds.WHOLE_EXPRESSION):
            counted.append(steps_of(text, whole=mark == kinds.WHOLE_EXPRESSION))
        return text

    for name, value in parameters.items():
        if name in given or name not in predicate.lists:
            predicate.parameter(name, value, visit)
    return sum(counted)


def steps_of(text: str, *, whole: bool = False) -> int:
    """The steps of an expression; of one out of the program's own word lists at most what is let
    through from others."""
    from insatskoll.law import expressions  # only one's own rules need it

    try:
        return expressions.steps(text, whole=whole)
    except expressions.ExpressionError:
        return expressions.MOST


def _parameters(
    rule: Rule, predicate: Predicate, name: str, given: Mapping[str, object], written: Written
) -> dict[str, Any]:
    """The parameters of a check, of the right kinds; those of one's own rule with a bound on its
    regular expressions."""
    at = place = written.parameter_place("")
    besides: list[str] = []

    def visit(mark: str, text: str) -> object:
        if mark in (kinds.LIST, kinds.WHOLE_LIST):
            wanted = _word_list(rule, text, whole=mark == kinds.WHOLE_LIST)
            besides.extend(wanted.besides)
            return wanted.expressions
        if mark in (kinds.EXPRESSION, kinds.WHOLE_EXPRESSION):
            return rule.expression(text, at, whole=mark == kinds.WHOLE_EXPRESSION)
        return text

    try:
        found = {}
        for parameter, value in given.items():
            at = written.parameter_place(parameter)
            found[parameter] = predicate.parameter(parameter, value, visit)
            if value == [] and predicate.missing(given.keys() - {parameter}):
                raise ParameterError(f"parametern {parameter} är tom. Skriv minst ett värde")
        _refuse_turned(found)
        at = place
        if missing := predicate.missing(given):
            raise ParameterError(f"parametern {missing} saknas")
        for parameter, lists in predicate.lists.items():
            if parameter not in given:
                named = [{kinds.LIST: one} for one in lists]
                found[parameter] = predicate.parameter(parameter, named, visit)
        if besides and "utom" not in predicate.kinds:
            raise ParameterError(_NO_BESIDES)
        return found | ({"utom": (*found.get("utom", ()), *besides)} if besides else {})
    except ParameterError as error:
        raise RuleError(f"{rule.at(at)}: kontrollen {name}: {error}") from None


def _refuse_turned(parameters: Mapping[str, Any]) -> None:
    """Refuses a stretch of numbers that ends before it begins."""
    first, last = parameters.get("från"), parameters.get("till")
    if isinstance(first, int) and isinstance(last, int) and first > last:
        said = f"från är {first} och till är {last}, så att ingenting ligger emellan"
        raise ParameterError(f"{said}. Byt plats på dem")


def spared(rule: Rule, utom: Sequence[Any], path: DataPath) -> tuple[str, ...]:
    """The regular expressions for what a ``rättning`` leaves as it is, and in the place of a word
    list those that it holds. They stand at ``path``.

    Raises :class:`RuleError`.
    """
    found: list[str] = []
    for index, one in enumerate(utom):
        at = (*path, index)
        if isinstance(one, str):
            found.append(rule.expression(one, at))
            continue
        try:
            words = _word_list(rule, one[kinds.LIST], whole=False)
            if words.besides:
                raise ParameterError(_NO_BESIDES)
        except ParameterError as error:
            raise RuleError(f"{rule.at(at)}: rättningens utom: {error}") from None
        found += words.expressions
    return tuple(found)


def _word_list(rule: Rule, name: str, *, whole: bool) -> WordList:
    """The list that ``rule`` names; ``whole`` if its words must be all of a value. Raises
    :class:`ParameterError`."""
    if (found := rule.ordlistor.get(name)) is None:
        near = meant(name, rule.ordlistor)
        hint = f" Menade du ”{near}”?" if near else ""
        raise ParameterError(f"nämner ordlistan ”{plain(name[:80])}”, som inte finns.{hint}")
    if found.whole != whole:
        needed = (
            "ord som ska vara hela texten (helt: ja)"
            if whole
            else "ord som får stå var som helst (utan helt)"
        )
        raise ParameterError(f"nämner ordlistan ”{name}”, men här behövs en lista med {needed}")
    return found
