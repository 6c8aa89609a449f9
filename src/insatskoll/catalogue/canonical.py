"""Frozen revisions: their canonical form, their checksum, and the files that hold or could hold
them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import yaml

from insatskoll.catalogue import decision_ids, file_names
from insatskoll.catalogue.model import (
    File,
    Insats,
    Kommun,
    Revision,
    Riskanalys,
    make_revision,
)
from insatskoll.patterns import later
from insatskoll.reading import accepted, document

try:
    from yaml import CSafeDumper as _QuickBase
except ImportError:  # PyYAML built without libyaml: slower, same data
    from yaml import SafeDumper as _QuickBase  # type: ignore[assignment]

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import BeslutData, Beslutsinnehåll, Beslutsuppgifter

# What the catalogue says of its own files, who writes to the nämnd, the proposal that the decision
# has answered, and what it is in other languages, is not decided.
NOT_DECIDED = ("avvikelser", "avsändare", "förslag", "andra_språk")


def checksum(beslut: Beslutsuppgifter, content: Beslutsinnehåll) -> str:
    """SHA-256 (64 hexadecimal digits) of a decision's facts and content.

    The canonical form is JSON with sorted keys, without spaces, in UTF-8; layout and comments of
    the file do not count.
    """
    canonical = json.dumps(
        {"beslut": beslut, "innehåll": content},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def checksums(kommun: Kommun) -> dict[str, str | None]:
    """The checksum that each of the municipality's decisions truly has, by id, in the order of the
    decisions; None for one whose file cannot be used.

    A file that is not read, because of its name, is no decision, unless another decision says that
    it replaces it.
    """
    named = {b.data["beslut"].get("ersätter") for b in kommun.beslut}
    unread: dict[str, str | None] = {}
    for file in (*kommun.problems, *kommun.notes):
        if file.path.parent.name != "beslut":
            continue
        if file.problems[0].rule != file_names.RULE:
            unread[file.path.stem] = None
        elif (day := file_names.right_name(file.path.name).removesuffix(".yaml")) in named:
            unread[day] = None
    found = unread | {b.id: checksum(b.data["beslut"], b.data["innehåll"]) for b in kommun.beslut}
    places = {b.id: b.order for b in kommun.beslut}
    placed = sorted(found, key=lambda name: places.get(name) or (*decision_ids.order(name), 0))
    return {name: found[name] for name in placed}


Broken = Literal["saknas", "ändrat", "emellan", "obundet"]


def broken_link(
    own: str, beslut: Beslutsuppgifter, actual: Mapping[str, str | None]
) -> Broken | None:
    """What is wrong with the link from ``beslut``, whose id is ``own``, to the decision before it;
    None if nothing is.

    ``actual`` are decisions in their order, as :func:`checksums` gives them: at least this one, the
    one before and the one that is named. Every decision but the first of all replaces the one
    before it and names its checksum, or else one could be put in between, taken away or changed
    unseen. What the first replaces may be older than the catalogue.
    """
    named, replaced = beslut.get("ersätter_kontrollsumma"), beslut.get("ersätter")
    earlier = before(own, actual)
    if earlier is None:
        return None if named is None else "saknas"
    if replaced is None:
        return "obundet" if named is None else "saknas"
    if replaced not in actual:
        is_older = decision_ids.order(replaced) < decision_ids.order(earlier)
        return "emellan" if is_older else "saknas"
    names = list(actual)
    if names.index(replaced) < names.index(earlier):
        return "emellan"
    if named is None:
        return "obundet"
    return "ändrat" if actual[replaced] not in (None, named) else None


def before(own: str, actual: Mapping[str, str | None]) -> str | None:
    """The id of the decision that comes right before the one called ``own`` among ``actual``, which
    are in order."""
    names = list(actual)
    place = names.index(own) if own in actual else 0
    return names[place - 1] if place else None


def freeze(revision: Revision, beslut: Beslutsuppgifter) -> BeslutData:
    """The data of a frozen decision: the whole of ``revision`` as decided, with the facts of the
    decision and the checksum."""
    content: Beslutsinnehåll = {
        "kommun": _decided(revision.kommun),
        "insatser": {
            insats.id: _decided(insats.data)
            for insats in sorted(revision.insatser, key=lambda i: i.id)
        },
    }
    if revision.riskanalyser:
        content["riskanalyser"] = {
            name: _decided(data) for name, data in sorted(revision.riskanalyser.items())
        }
    return {"beslut": beslut, "innehåll": content, "kontrollsumma": checksum(beslut, content)}


def _decided(data: File) -> File:
    return cast("File", {key: value for key, value in data.items() if key not in NOT_DECIDED})


def as_files(revision: Revision, folder: Path) -> Kommun:
    """What is decided in ``revision``, as if it lay in files in ``folder``: for what wants files,
    without touching the disk.

    The same content gives the same text, however it was written, so that two revisions can be
    judged alike.
    """

    def file(path: Path, data: Mapping[str, object]) -> document.Document:
        return document.parse(path, to_be_read(_decided(data)))

    kommun = file(folder / "kommun.yaml", revision.kommun)
    written = [
        (insats.id, file(folder / "insatser" / f"{insats.id}.yaml", insats.data))
        for insats in revision.insatser
    ]
    analyser = tuple(
        Riskanalys(name, file(folder / "riskanalyser" / f"{name}.yaml", data))
        for name, data in sorted(revision.riskanalyser.items())
    )
    return Kommun(
        id=revision.kommun_id,
        folder=folder,
        document=kommun,
        revision=make_revision(
            revision.kommun_id,
            accepted.kommun(kommun),
            [Insats(insats_id, accepted.insats(doc), doc) for insats_id, doc in written],
            revision.beslut,
            {analys.id: analys.data for analys in analyser},
        ),
        riskanalyser=analyser,
        files=1 + len(written) + len(analyser),
    )


def frozen_text(frozen: BeslutData, modeline: str = "") -> str:
    """The text of a frozen decision's file, such that the reader gives back the same data. It
    begins with the ``modeline`` for editors, if there is one."""
    warning = "# Fryst beslut. Ändra aldrig innehållet: kontrollsumman visar om det har gjorts.\n"
    return f"{modeline}{warning}{to_yaml(frozen)}"


def to_yaml(data: object) -> str:
    """Plain data as YAML text, such that the reader gives back the same data."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def to_be_read(data: object) -> str:
    """Plain data as YAML for what is only read again; quicker than :func:`to_yaml`, and not always
    as good to look at."""
    return yaml.dump(data, Dumper=_QuickDumper, allow_unicode=True, sort_keys=False, width=110)


def to_flow(data: object) -> str:
    """Plain data as YAML on one line, in brackets, such that the reader gives back the same
    data."""
    text: str = yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=True,
        width=float("inf"),
    )
    return text.strip()


def to_line(value: object) -> str:
    """A single value as YAML on one line, for a place that is not in brackets."""
    text: str = yaml.dump(
        {"x": value}, Dumper=_Dumper, allow_unicode=True, width=float("inf")
    )  # fmt: skip
    return text.removeprefix("x: ").strip()


def to_readable_yaml(data: object) -> str:
    """As :func:`to_yaml`, with the lines of a text of several lines as they are."""
    return yaml.dump(data, Dumper=_Readable, allow_unicode=True, sort_keys=False, width=110)


class _Dumper(yaml.SafeDumper):
    """Writes no aliases, which the reader refuses; quotes what YAML 1.1 or the reader would take
    for something else."""

    def ignore_aliases(self, data: object) -> bool:
        return True


# What YAML 1.1 calls text and YAML 1.2 a number: 1e5 to the reader too; 0380 and 0o7 only to the
# editors.
_NUMBER = later(r"[-+]?(0o[0-7]+|[0-9.]+([eE][-+]?[0-9]+)?)$")
_Dumper.add_implicit_resolver("tag:yaml.org,2002:float", _NUMBER, list("-+.0123456789"))


class _Readable(_Dumper):
    """Writes texts of several lines as lines."""

    def represent_str(self, data: str) -> yaml.ScalarNode:
        style = "|" if "\n" in data else None
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Readable.add_representer(str, _Readable.represent_str)


class _QuickDumper(_QuickBase):
    """Writes what is only read again; a file is written by the other, whose layout is the same with
    and without libyaml."""

    yaml_implicit_resolvers = _Dumper.yaml_implicit_resolvers

    def ignore_aliases(self, data: object) -> bool:
        return True
