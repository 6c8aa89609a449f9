"""The level of documentation that the texts tell, where no field has one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from insatskoll.law.claims import reading
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.reading.places import DataPath, parse_path

# What the texts say of notes, by the level that it is.
_LEVELS = {
    "för var och en": "individnivå",
    "inte det personliga": "utan personliga förhållanden",
    "inte vem det är": "avidentifierad",
}


@predicate("nivå-saknas", scopes=("del",), gives=("sagd",))
def level_missing(subject: Subject) -> Iterator[Hit]:
    """No level of documentation is filled in. ``sagd`` is the one that the texts tell, if they tell
    one and no other: those of a part, or else those of the insats."""
    if "nivå" in subject.as_insats.get("dokumentation", {}):
        return
    yield Hit(_PLACE, {"sagd": _told(subject)})


_PLACE: DataPath = parse_path("dokumentation")


def _told(subject: Subject) -> str | None:
    whole: Mapping[str, object] = {} if subject.insats is None else subject.insats.data
    own = whole
    if subject.path:
        own = next((part for path, part in _parts(whole) if path == subject.path), {})
    for texts in (own, {key: value for key, value in whole.items() if key != "delar"}):
        said = {
            one.values["dokumenteras"]
            for _, one in reading.claims(texts)
            if one.kind == "dokumentation" and "dokumenteras" in one.values
        }
        if said:
            return _LEVELS.get(said.pop()) if len(said) == 1 else None
    return None


def _parts(whole: Mapping[str, object]) -> Iterator[tuple[DataPath, Mapping[str, object]]]:
    parts = whole.get("delar", ())
    assert isinstance(parts, list | tuple)
    for index, part in enumerate(parts):
        yield ("delar", index), part
