"""Judgements in Swedish: when a change gives a verdict, made from the same file that the verdict is
given by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from insatskoll.bilaga import phrases
from insatskoll.diff.comparisons import UNSAID, Scale
from insatskoll.diff.verdicts import Step, Topic, Verdicts
from insatskoll.reading import samples
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import BedomningFraga, BedomningIntervall

_WHOLE = {"insats": "hela insatsen", "kommun": "hela kommunen", "riskanalys": "hela riskanalysen"}
# What a reading gives, and no field of a file is called.
_COMPUTED = {
    "belopp": "talet i fältet belopp",
    "ord": "orden omkring det",
    "gånger": "antalet gånger",
    "räknat": "det som räknas",
    "gräns": "åldern då samtycke inte längre krävs",
}
_YOUNG = "barns ålder eller ett samtycke står i en mening som ändras"
_SIZE = "hur ofta, hur länge eller hur många gånger ändras, men inte säkert åt ett håll"
_TEXTS = {
    ("vilka som släpps in", "mer"): "orden som skiljer släpper in fler",
    ("vilka som släpps in", "mindre"): "orden som skiljer stänger ute fler",
    ("det som ges", "mer"): "orden som skiljer ger mer",
    ("det som ges", "mindre"): "orden som skiljer ger mindre",
    ("hur mycket som ges", "mer"): "ett mått i texten blir större",
    ("hur mycket som ges", "mindre"): "ett mått i texten blir mindre",
    ("måtten i omfattningen", "mer"): "det blir längre eller oftare och inget annat ändras",
    ("måtten i omfattningen", "mindre"): "det blir kortare eller mer sällan och inget annat ändras",
    ("området", "mer"): "området är hela kommunen i stället för en del, eller ett område till",
    ("området", "mindre"): "området är en del av kommunen i stället för hela, eller ett färre",
    ("barn som släpps in", "mer"): "åldern eller orden som skiljer släpper in fler barn",
    ("barn som släpps in", "mindre"): "åldern eller orden som skiljer stänger ute barn",
    ("hur mycket som ges", "läsaren"): _SIZE,
    ("omfattningen i texten", "läsaren"): _SIZE,
    ("barn som får det", "mer"): "åldern eller orden som skiljer gäller fler barn",
    ("barn som får det", "mindre"): "åldern eller orden som skiljer gäller färre barn",
    ("barn som släpps in", "läsaren"): _YOUNG,
    ("barn som får det", "läsaren"): _YOUNG,
    ("barn i texten", "läsaren"): _YOUNG,
    ("vem i namnet", "läsaren"): "bara det ena namnet nämner en grupp eller ett mått",
    ("avgiften i texten", "mer"): "en summa som den enskilde betalar blir högre",
    ("avgiften i texten", "mindre"): "en summa som den enskilde betalar blir lägre",
    ("avgiften i texten", "läsaren"): "en mening om avgift ändras",
    ("dokumentationen i texten", "läsaren"): "en mening om dokumentation ändras",
}
_FILES = {"insats": "insatsen", "kommun": "kommun.yaml", "riskanalys": "riskanalysen"}


@immutable
class Given:
    """One way to a verdict: the topic, when it is given (a clause after ”när”), and what it rests
    on."""

    topic: Topic
    when: str
    rests_on: str


def ways_to(code: str, by: Verdicts) -> Iterator[Given]:
    """Every way to a verdict, by topic."""
    for topic in by.topics.values():
        for question in topic.questions:
            for index, step in enumerate(question):
                for outcome, given in step.outcomes.items():
                    if given == code:
                        told = when(topic, step, outcome, later=index > 0)
                        yield Given(topic, told, rests_on(step))


def fields(topic: Topic) -> list[str]:
    """What a topic is about, field by field: the title that the schema gives it, and its path."""
    return [_field(path.partition(" > ")[0]) for path in topic.fields]


def _field(written: str) -> str:
    kind, *names = written.split(".")
    if not names:
        return f"{_WHOLE[kind]} ({written})"
    if names == ["*"]:
        return f"alla fält i {_FILES[kind]} ({written})"
    return f"{title(kind, names)} ({written})"


def title(kind: str, names: Sequence[str]) -> str:
    """What the schema calls a field; the name of the file itself has no title there."""
    return "Filens namn" if list(names) == ["id"] else samples.title(kind, names)


def when(topic: Topic, step: Step, outcome: str, *, later: bool) -> str:
    """When a comparison gives the verdict of ``outcome``, as a clause: ”det skrivs in”.

    ``later`` tells that others in the file are put before it.
    """
    data = step.data
    named = _Named(topic)
    inside = f"i fältet {named(data['delfält'])}: " if "delfält" in data else ""
    clauses = [_happens(step, outcome, named, later=later), *_conditions(data, named)]
    period = "" if step.until == "9999-12-31" else f" (till och med {step.until})"
    return f"{inside}{', '.join(clauses)}{period}"


class _Named:
    """The titles of the fields within those that a topic is about."""

    def __init__(self, topic: Topic) -> None:
        path, _, part = topic.fields[0].partition(" > ")
        self.kind, *self.names = path.split(".")
        self.names += [part] if part else []

    def __call__(self, name: str) -> str:
        try:
            return f"”{samples.title(self.kind, [*self.names, *name.split('.')])}”"
        except KeyError:  # what is computed, and stands in no file
            return _COMPUTED.get(name, f"”{name}”")


def _happens(step: Step, outcome: str, named: _Named, *, later: bool) -> str:
    data = step.data
    match outcome:
        case "tillkommer":
            return "det skrivs in"
        case "försvinner":
            return "det tas bort"
        case "upp" | "ned":
            return f"värdet ändras i riktningen {_direction(data['skala'], outcome, named)}"
        case "jämsides":
            return "värdet byts mot ett som väger lika"
        case "fler" | "färre" | "byts":
            return _listed(data["mängd"], outcome)
        case "vidare" | "snävare":
            return _bounds(data, outcome, named)
        case "mer" | "mindre" | "läsaren":
            return _TEXTS[data["text"], outcome]
    if "delfält" in data:
        return "det ändras"
    return "något annat ändras" if later else "något ändras"


def _direction(scale: Scale | Mapping[str, Scale], outcome: str, named: _Named) -> str:
    if isinstance(scale, Mapping):
        told = (f"{named(name)}: {_steps(steps, outcome)}" for name, steps in scale.items())
        return "; ".join(told)
    return _steps(scale, outcome)


def _steps(steps: Scale, outcome: str) -> str:
    ordered = steps if outcome == "upp" else list(reversed(steps))
    return " → ".join(
        " eller ".join(map(_word, s if isinstance(s, list) else [s])) for s in ordered
    )


def _word(word: str) -> str:
    return "inget sagt" if word == UNSAID else f"”{word}”"


def _listed(counted: Sequence[str] | str, outcome: str) -> str:
    what = "något" if counted == "alla" else f"något av {phrases.lista(map(_word, counted))}"
    of_them = "inget" if counted == "alla" else "inget av dem"
    if outcome == "fler":
        return f"{what} läggs till i listan och {of_them} tas bort"
    if outcome == "färre":
        return f"{what} tas bort ur listan och {of_them} läggs till"
    return f"{what} läggs till i listan och något annat tas bort"


def _bounds(data: BedomningFraga, outcome: str, named: _Named) -> str:
    bounds = data["intervall"]
    names = list(map(named, (*bounds.get("från", ()), *bounds.get("till", ()))))
    if "från" in bounds:
        change = (
            "rymmer det gamla och mer" if outcome == "vidare" else "ryms i det gamla och är mindre"
        )
        told = f"det som {' och '.join(names)} anger {change}"
    else:
        wider = outcome == "vidare"
        first, *others = names
        otherwise = "".join(f" (annars {name})" for name in others)
        told = f"{first}{otherwise} {'höjs' if wider else 'sänks'}"
        if not _on_both_sides(data):
            told += " eller tas bort" if wider else " eller skrivs in"
    if "inom" in bounds:
        told += f", räknat bland talen {bounds['inom'][0]}–{bounds['inom'][1]}"
    return told


def _on_both_sides(data: BedomningFraga) -> bool:
    """Whether only bounds that both sides have are compared; a reading gives none without the words
    that must be the same."""
    bounds = data["intervall"]
    return bounds.get("gränser") == "ja" or ("läses" in data and "lika" in bounds)


def _conditions(data: BedomningFraga, named: _Named) -> Iterator[str]:
    if "när" in data:
        yield f"om {data['när']}"
    for name, words in data.get("om", {}).items():
        yield f"om {named(name)} {_said_to_be(words)} på båda sidor"
    bounds: BedomningIntervall = data.get("intervall", {})
    for name in bounds.get("lika", ()):
        yield f"om {named(name)} är lika"
    for name in bounds.get("inte_olika", ()):
        yield f"om {named(name)} inte skiljer"
    if bounds.get("gränser") == "ja":
        yield "om båda sidor anger det"


def _said_to_be(words: Sequence[str]) -> str:
    if list(words) == [UNSAID]:
        return "saknas"
    return f"är {' eller '.join(map(_word, words))}"


def rests_on(step: Step) -> str:
    """The basis, with what it is for certain values: ”SoL 14 kap. 3 § (individnivå), annars SoL 5
    kap. 2 §”."""
    since = f", från {step.since}" if step.since else ""
    if step.by_value is None:
        return f"{step.basis}{since}"
    values: dict[str, list[str]] = {}
    for value, basis in step.by_value["värden"].items():
        values.setdefault(basis, []).append(value)
    told = [f"{basis} ({' eller '.join(words)})" for basis, words in values.items()]
    return f"{', '.join(told)}, annars {step.basis}{since}"
