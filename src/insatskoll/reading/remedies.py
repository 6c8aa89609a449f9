"""What to write instead of what a schema refuses, as only the place in its file can tell.

That is the fields beside it, the fields that there are elsewhere, and the words that were written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile

from insatskoll.meant import MORE, Choices, is_slip
from insatskoll.reading import numbers, proposals, samples
from insatskoll.reading.places import DataPath, value_at
from insatskoll.reading.proposals import Refused
from insatskoll.reading.schema_words import ADD, DIGITS, WHOLE, SchemaError, to_add

Takes = Callable[[str, object], bool]

_EACH = "Skriv en rad med - för varje värde, och på egna rader i det {}, vart och ett med kolon."
_APART = "Skriv värdena var för sig, på var sin rad:"
_DEPTH = 3  # groups within each other that a misplaced field is looked for in
_PLACES = 2  # that are told of it
# What a field is looked for in, where it is not in its own kind of file: how to say where that is.
_FILES = {
    "kommun": "filen kommun.yaml",
    "insats": "insatsernas filer",
    "profil": "filen profil.yaml",
    "godtagna": "filen godtagna.yaml",
    "riskanalys": "en fil i mappen riskanalyser",
}
# Fields that people write, and where that is said instead.
_SAID_OTHERWISE: Mapping[tuple[str, str], str] = {
    ("insats", "id"): "Filens namn är insatsens id, så fältet behövs inte. Ta bort raden.",
}


def better(error: SchemaError, data: object, kind: str, takes: Takes) -> SchemaError:
    """``error`` in a file of a ``kind`` that holds ``data``, with the remedy that its place gives
    it. ``takes`` tells whether the schema with a pointer takes a value."""
    remedy = _remedy(error, data, kind, takes)
    told = error if remedy is None else error._replace(remedy=remedy)
    return told._replace(remedy=_with_all(told, kind)) if MORE in told.remedy else told


def _with_all(error: SchemaError, kind: str) -> str:
    """The remedy of ``error``, which lists some words of many, with where all are."""
    field = kind if error.key else (*error.missing, *reversed(_names(error.path)), kind)[0]
    lead, more, rest = error.remedy.partition(MORE)
    return f"{lead}{more} Kommandot insatskoll explain {field} visar alla.{rest}"


def _remedy(error: SchemaError, data: object, kind: str, takes: Takes) -> str | None:
    if error.missing:
        return _missing(error, kind)
    if error.key:
        return _elsewhere(error, data, kind) if error.keyword else None
    written = value_at(data, error.path)
    if not error.path:
        return _whole_file(written, kind) if error.keyword == "type" else None
    place = samples.place(kind, error.path)
    if place is None:
        return None
    refused = Refused(error.path, place, written, takes)
    match error.keyword:
        case "type" if written is None:
            return _empty(error, kind) or _below(error, data, kind)
        case "type":
            return _retyped(error, kind, refused)
        case "enum":
            return _words(error, kind, refused)
        case "pattern" if several := _apart(refused, ()):
            return several
        case "pattern" if found := proposals.exactly(refused, ()):
            return _exactly(refused, found)
        case "pattern" if found := proposals.rewritten(refused):
            return f"Menade du ”{found}”? {error.remedy}"
    return None


def _missing(error: SchemaError, kind: str) -> str | None:
    """What to add, where only the schema of the whole group knows what it is."""
    if not error.remedy.startswith(ADD):
        return None
    known = samples.beside(kind, [*_names(error.path), error.missing[0]])
    return to_add({"properties": known}, error.missing)


def _empty(error: SchemaError, kind: str) -> str | None:
    """What to write in a field that is empty, and that cannot be left out."""
    group = samples.place(kind, error.path[:-1])
    name = error.path[-1]
    if group is None or name not in group.group.get("required", ()):
        return None
    return to_add(group.group, (str(name),)).replace("Lägg till:", "Skriv till exempel:")


def _below(error: SchemaError, data: object, kind: str) -> str | None:
    """What to do with an empty group whose fields stand below it, not indented."""
    below = _fallen_out(error.path, data, kind)
    if not below:
        return None
    rows = "raden" if len(below) == 1 else "raderna"
    return f"Dra in {rows} med {_listed(below)} två mellanslag längre än {error.path[-1]}."


def _fallen_out(path: DataPath, data: object, kind: str) -> list[str]:
    """The fields that follow an empty group at ``path``, and that belong in it and not beside it,
    as far as they stand together."""
    beside, own = samples.place(kind, path[:-1]), samples.place(kind, path)
    group = value_at(data, path[:-1])
    if beside is None or own is None or not isinstance(group, dict) or group[path[-1]] is not None:
        return []
    names = [str(name) for name in group]
    following = names[names.index(str(path[-1])) + 1 :]
    inner, outer = own.group.get("properties", {}), beside.group.get("properties", {})
    return [*takewhile(lambda name: name in inner and name not in outer, following)]


def is_told(error: SchemaError, data: object, kind: str) -> bool:
    """Whether what is wrong with a field that cannot stand at its place is told already, where the
    empty group before it is."""
    if not error.key or error.keyword != "additionalProperties":
        return False
    above = error.path[:-1]
    group = value_at(data, above)
    empty = [name for name, value in group.items() if value is None]
    return any(error.path[-1] in _fallen_out((*above, name), data, kind) for name in empty)


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} och {last}" if first else last


def _whole_file(written: object, kind: str) -> str | None:
    """What to write in a file that is no group of fields."""
    start = samples.beginning(kind)
    if written is None or not start:
        return None
    pasted = isinstance(written, str) and (";" in written or "\t" in written)
    table = (
        "Raderna ser ut att komma ur ett kalkylblad, som kommandot insatskoll import kan läsa in. "
        if pasted
        else ""
    )
    how = "Skriv varje fält på en egen rad, med kolon och mellanslag efter namnet."
    return f"{table}{how} Filen börjar till exempel så här:\n{start}"


def _retyped(error: SchemaError, kind: str, refused: Refused) -> str | None:
    """What to write for a value to be a number, a list or a group of fields."""
    beside = samples.beside(kind, _names(refused.path))
    written = refused.written
    if error.remedy.startswith(DIGITS) and isinstance(written, str):
        return numbers.remedy(written, refused.name, beside, refused.fits)
    if error.remedy == WHOLE:
        return f"{WHOLE}{numbers.rest(beside)}"
    words = samples.words(kind, _names(refused.path))
    if found := proposals.exactly(refused, words):
        return _exactly(refused, found)
    if isinstance(written, bool):  # true, as other files have it
        near = Choices(words).sure(str(written))
        return f"Menade du ”{near}”? {error.remedy}" if near else None
    if refused.place.group:
        return _grouped(error, refused)
    if refused.place.is_list:
        return _in_list(refused)
    found = proposals.rewritten(refused)
    return f"Menade du ”{found}”? {error.remedy}" if found else None


def _grouped(error: SchemaError, refused: Refused) -> str | None:
    """What to write for a value to be a group of fields, after the words that it can also be."""
    lines = proposals.as_group(refused)
    words = error.remedy.partition("Skriv fälten")[0].rstrip()
    return f"{words} Skriv fälten på egna rader, till exempel:\n{lines}".lstrip() if lines else None


def _exactly(refused: Refused, found: str) -> str:
    """The word to write, with the name of its field."""
    return f"Skriv {found}." if isinstance(refused.path[-1], int) else (
        f"Skriv {refused.name}: {found}."
    )  # fmt: skip


def _apart(refused: Refused, words: Sequence[str]) -> str | None:
    """The lines to write instead of several values that stand as one in a list."""
    several = proposals.apart(refused.written, words)
    if len(several) < 2 or not isinstance(refused.path[-1], int):
        return None
    if not all(refused.fits(one) for one in several):
        return None
    return "\n".join((_APART, *(f"- {one}" for one in several)))


def _in_list(refused: Refused) -> str | None:
    """What to write for a text to be a list."""
    lines = proposals.as_list(refused)
    if not lines:
        group = refused.place.at(0).group
        fields = [*map(str, group.get("required", ()))]
        return _EACH.format(_listed(fields)) if fields else None
    if "\n" in lines:
        return f"Skriv en lista, med bindestreck och mellanslag före varje värde:\n{lines}"
    return f"Skriv en lista, med hakparenteser:\n{lines}"


def _words(error: SchemaError, kind: str, refused: Refused) -> str | None:
    """What to write where one of some words is wanted: several of them, or where else it goes."""
    words = samples.words(kind, _names(refused.path))
    if found := proposals.exactly(refused, words):
        return _exactly(refused, found)
    if each := _apart(refused, words):
        return each
    several = proposals.apart(refused.written, words)
    if len(several) > 1 and refused.fits(several):
        return f"Skriv en lista: {refused.name}: [{', '.join(several)}]."
    choices = Choices(words)
    found = choices.meant(refused.written)
    if choices.sure(refused.written) or (found and is_slip(refused.written, found)):
        return None
    if refused.place.group and (grouped := _grouped(error, refused)):
        return grouped
    beside = samples.beside(kind, _names(refused.path))
    return f"{error.remedy}{numbers.rest(beside, but=refused.name)}"


def _elsewhere(error: SchemaError, data: object, kind: str) -> str | None:
    """Where a field that cannot stand at its place can, if it is not only another word for one
    that can."""
    *above, name = error.path
    here = samples.place(kind, above)
    if here is None or not isinstance(name, str):
        return None
    if not above and (kind, name) in _SAID_OTHERWISE:
        return _SAID_OTHERWISE[kind, name]
    group = value_at(data, tuple(above))
    left = [one for one in here.group.get("properties", {}) if one not in group]
    choices = Choices(left)
    near = choices.meant(name)
    if choices.sure(name) or (near and is_slip(name, near)):
        return None
    found = [path for path in _fields_called(name, kind, ()) if path != _names(above)]
    if found:
        where = f"Fältet hör hemma {' eller '.join(_told(path) for path in found[:_PLACES])}."
        return f"{where}{_whole(found[0], name, group[name], kind)}"
    other = [file for one, file in _FILES.items() if one != kind and _has(one, name)]
    return f"Fältet hör hemma i {' eller '.join(other)}." if other and kind in _FILES else None


def _whole(path: Sequence[str], name: str, written: object, kind: str) -> str:
    """The form that a field takes in its group, where it is a group of its own and a word or a
    number was written."""
    place = samples.place(kind, (*path, name))
    if place is None or not place.group or isinstance(written, dict | list):
        return ""
    known = place.group["properties"].items()
    fields = [field for field, schema in known if not schema.get("deprecated")]
    return f" Där är det en grupp, med fälten {', '.join(fields)} på egna rader."


def _told(path: Sequence[str]) -> str:
    if not path:
        return "längst till vänster, utan indrag"
    return f"under {'.'.join(path)}, indraget"


def _fields_called(name: str, kind: str, path: DataPath) -> Iterator[list[str]]:
    """The ways to the groups that have a field called ``name``, the outermost first."""
    level: list[tuple[DataPath, samples.Place]] = []
    whole = samples.place(kind, path)
    if whole is not None:
        level.append((path, whole))
    for _ in range(_DEPTH):
        inner: list[tuple[DataPath, samples.Place]] = []
        for way, place in level:
            known = place.group.get("properties", {})
            if name in known and not known[name].get("deprecated"):
                yield _names(way)
            inner += [((*way, field), _inner(place.at(field))) for field in known]
        level = [(way, place) for way, place in inner if place.group]


def _inner(place: samples.Place) -> samples.Place:
    """What is in a list, or what is at a place that is none."""
    return place.at(0) if place.is_list and not place.group else place


def _has(kind: str, name: str) -> bool:
    place = samples.place(kind, ())
    return place is not None and name in place.group.get("properties", {})


def _names(path: Sequence[str | int]) -> list[str]:
    return [step for step in path if isinstance(step, str)]


def indented(remedy: str, margin: int, under: str = "") -> str:
    """A remedy with its lines to paste as far in as they go in the file: after ``margin`` spaces,
    ``under`` the field that they belong to, if it is told."""
    lead, *lines = remedy.split("\n")
    where = f" under {under}:" if under and lead.endswith("till:") else ":"
    return "\n".join([lead.removesuffix(":") + where, *(" " * margin + one for one in lines)])


def in_brackets(remedy: str) -> str:
    """A remedy with one item on each line as it goes into a list within brackets."""
    lead, *items = remedy.split("\n")
    words = ", ".join(one.removeprefix("- ") for one in items)
    return f"{lead.replace('på var sin rad', 'med kommatecken emellan')} {words}."


def is_apart(remedy: str) -> bool:
    """Whether a remedy is to write several values apart in a list."""
    return remedy.startswith(_APART)


def in_braces(remedy: str, name: str) -> str:
    """A remedy with its lines to paste as they go into the group called ``name``, which is written
    on one line."""
    lead, _, lines = remedy.partition("\n")
    flow = proposals.on_one_line(lines)
    return f"{lead.removesuffix(':')} inom parenteserna för {name}:\n{flow}"
