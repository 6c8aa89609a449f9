"""The fields that what a text claims goes against, as a check names them (strider_mot): a
contradiction is shown at both its places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from insatskoll.law.predicates import Subject
from insatskoll.law.predicates.registry import Place
from insatskoll.law.rule_form import CLAIM, Written
from insatskoll.reading.places import DataPath, parse_path, part_at, path_text, value_at
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.law.rule_fields import Misnamed

OPPOSES: Final = "strider_mot"


@immutable
class Opposed:
    """The ``fields`` of an insats, or of the part that the text stands in, that a claim goes
    against."""

    fields: tuple[DataPath, ...]

    def places(self, claim: Subject, told: Callable[[object], str]) -> tuple[Place, ...]:
        """Where those of them stand that the file has: in the part, or else in the insats.
        ``told`` gives a value as a message has it."""
        if claim.insats is None or claim.within is None:
            return ()
        part = part_at(claim.path)
        found: dict[DataPath, object] = {}
        for field in self.fields:
            for path in dict.fromkeys(((*part, *field), field)):
                if (value := value_at(claim.within.data, path)) is not None and path != claim.path:
                    found[path] = value
                    break
        return tuple(
            Place(f"{path_text(path)}: {told(value)}", path) for path, value in found.items()
        )


def of(written: Written) -> Opposed | None:
    """What the check's claims go against, if it says so."""
    fields = written.data.get(OPPOSES)
    return Opposed(tuple(map(parse_path, fields))) if fields else None


def wrong(written: Written) -> Iterator[Misnamed]:
    """Fields that a check names and that no insats has, and a check that judges no claims."""
    from insatskoll.law import shapes  # only one's own rules are asked
    from insatskoll.law.rule_fields import Misnamed, Unknown, target

    for index, text in enumerate(written.data.get(OPPOSES, ())):
        at = (*written.place, OPPOSES, index)
        if written.scope != CLAIM:
            yield Misnamed(at, f"{OPPOSES} hör till omfånget {CLAIM}. Ta bort fältet")
            return
        try:
            target(shapes.of("insats"), parse_path(text), "insats")
        except Unknown as error:
            yield Misnamed(at, str(error))
