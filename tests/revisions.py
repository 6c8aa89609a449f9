"""Revisions to compare: small ones written out, and random ones out of the values that the real catalogue has."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from hypothesis import strategies as st

from insatskoll import model
from insatskoll.model import Insats, Revision, make_revision
from tests.catalogues import CATALOGUE, INSATS, KOMMUN

IDS = ("a", "b", "c", "d", "e")


def revision(
    kommun: dict[str, Any] | None = None,
    beslut: dict[str, Any] | None = None,
    riskanalyser: dict[str, Any] | None = None,
    **insatser: dict[str, Any],
) -> Revision:
    """A revision of the example municipality; each insats is the example one with what is given put in."""
    made = [Insats(i.replace("_", "-"), INSATS | {"namn": i} | data) for i, data in insatser.items()]
    return make_revision("k", KOMMUN | (kommun or {}), made, beslut, riskanalyser)


@cache
def _pools() -> dict[str, dict[str, list[Any]]]:
    """For each kind of file and each of its fields, every value that the catalogue has."""
    pools: dict[str, dict[str, dict[str, Any]]] = {"kommun": {}, "insats": {}, "riskanalys": {}}
    for folder in model.kommun_folders(CATALOGUE):
        found = model.load_kommun(folder).revision
        assert found is not None
        files = [("kommun", found.kommun), *(("insats", i.data) for i in found.insatser)]
        files += [("riskanalys", data) for data in found.riskanalyser.values()]
        for kind, data in files:
            for field, value in data.items():
                pools[kind].setdefault(field, {})[json.dumps(value, sort_keys=True)] = value
    return {kind: {field: list(values.values()) for field, values in fields.items()} for kind, fields in pools.items()}


def _file(kind: str, needed: tuple[str, ...], **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    fields = {field: st.sampled_from(values) for field, values in _pools()[kind].items()} | fixed
    lists = {"delar", "villkor", "riktlinjer", "enheter", "avvikelser", "avdelningar"}
    for field in lists & fields.keys():
        fields[field] = fields[field].flatmap(lambda v: st.lists(st.sampled_from(v), min_size=1, max_size=len(v) + 1))
    return st.fixed_dictionaries(
        {field: fields[field] for field in needed}, optional={f: s for f, s in fields.items() if f not in needed}
    )


def revisions() -> st.SearchStrategy[Revision]:
    """Random revisions of one municipality, in which insatser come, go, split, merge and change."""
    ids = st.sampled_from(IDS)
    former = ids | st.lists(ids, min_size=1, max_size=3, unique=True)
    insats = _file("insats", ("namn", "avdelning"), tidigare_id=former)
    analysis = _file("riskanalys", ("namn", "insats"), insats=ids)
    return st.builds(
        lambda kommun, insatser, analyser: make_revision(
            "k", kommun, [Insats(i, data) for i, data in insatser.items()], None, analyser
        ),
        _file("kommun", ("namn", "nämnd", "bilaga", "avdelningar")),
        st.dictionaries(ids, insats, max_size=4),
        st.dictionaries(ids, analysis, max_size=2),
    )
