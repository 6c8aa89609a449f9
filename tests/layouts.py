"""Each layout with the municipality that it is modelled on."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from insatskoll.bilaga.render import render_html
from insatskoll.catalogue.loading import load_kommun
from insatskoll.catalogue.model import Revision
from insatskoll.resources import CATALOGUE

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import KommunData

OWN = {
    "avsnitt": "uppsala",
    "tabell": "knivsta",
    "tabell-utförlig": "sala",
    "riktlinje": "norrtälje",
    "lista": "linköping",
}


@cache
def revision_of(kommun: str) -> Revision:
    loaded = load_kommun(CATALOGUE / "kommuner" / kommun).revision
    assert loaded is not None
    return loaded


@cache
def own_page(layout: str) -> str:
    """The page of the layout's own municipality."""
    return render_html(revision_of(OWN[layout]))


@cache
def sample_page(layout: str) -> str:
    """The same with few insatser, for what takes long."""
    return render_html(sample(OWN[layout]))


def sample(kommun: str) -> Revision:
    """A municipality's bilaga with a few of its insatser, analyses and guidelines: enough to see
    how it is set."""
    whole = revision_of(kommun)
    insatser = (
        whole.insatser[:5]
        + tuple(insats for insats in whole.insatser[5:] if "delar" in insats.data)[:1]
    )
    kept = {insats.id for insats in insatser}
    data: KommunData = {**whole.kommun}
    if "riktlinjer" in data:
        data["riktlinjer"] = data["riktlinjer"][:3]
    analyses = [
        (name, analys) for name, analys in whole.riskanalyser.items() if analys["insats"] in kept
    ][:2]
    return replace(whole, kommun=data, insatser=insatser, riskanalyser=dict(analyses))
