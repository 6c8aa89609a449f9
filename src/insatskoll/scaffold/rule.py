"""Starts a new rule: a file that works as it stands and explains each field where it is written."""

from __future__ import annotations

import re
from pathlib import Path

from insatskoll import resources
from insatskoll.catalogue import modelines
from insatskoll.catalogue.canonical import to_yaml
from insatskoll.errors import Refused
from insatskoll.law.rule_files import BUILT_IN
from insatskoll.names import shown
from insatskoll.reading import document, files, hygiene, schema

_ID = re.compile(r"[A-Z]{2,8}[0-9]{3}")

_TEMPLATE = resources.TEMPLATES / "start" / "regel.yaml"


def new_rule(rule_id: str, namn: str, datum: str, catalogue: Path) -> tuple[Path, str]:
    """The file of a new rule and what to write in it. ``datum`` (ÅÅÅÅ-MM-DD) is the day it was
    compared with its source.

    Raises :class:`Refused` if the id is not one, the file exists or the name cannot be used.
    """
    if not _ID.fullmatch(rule_id):
        raise Refused(
            f"”{rule_id}” är inget regel-id. Skriv versaler följda av tre siffror, till "
            "exempel EX001."
        )
    if rule_id.startswith(BUILT_IN) and catalogue.resolve() != resources.CATALOGUE.resolve():
        raise Refused(
            f"Id som börjar på {BUILT_IN} är programmets egna. Välj egna bokstäver, till "
            "exempel KOM001."
        )
    path = catalogue / "regler" / f"{rule_id}.yaml"
    if path.exists():
        raise Refused(f"{shown(path)} finns redan och skrivs inte över. Välj ett annat id.")
    try:
        filled = {"__ID__": rule_id, "__NAMN__\n": to_yaml({"namn": namn}), "__DATUM__": datum}
        text = modelines.line(path, "regel") + files.read_text(_TEMPLATE)
        for mark, value in filled.items():
            text = text.replace(mark, value, 1)
        errors = schema.errors(document.parse(path, text).data, "regel")
    except hygiene.UnreadableDocument as error:
        raise Refused(f"Namnet går inte att använda: {error.problems[0].message}.") from None
    if errors:
        raise Refused(f"{errors[0].message}. {errors[0].remedy}")
    return path, text
