"""The form of a tjänsteskrivelse: its headings in order, what the program writes under each, and
what only people know.

The program's own is ``templates/tjansteskrivelse.yaml``; a municipality writes another in the same
way in its profile.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from insatskoll.catalogue.loading import load_document
from insatskoll.catalogue.model import FileProblems
from insatskoll.reading import accepted
from insatskoll.resources import TEMPLATES
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import ProfilData


@immutable
class Heading:
    """A heading of the form. ``section`` is what the program writes under it, empty where that is
    nothing, ``text`` what always stands there, and ``fill_in`` what is left for people."""

    title: str
    section: str = ""
    text: str = ""
    fill_in: tuple[str, ...] = ()


Form = tuple[Heading, ...]


def of(profile: ProfilData) -> Form:
    """The form that a profile states, or the program's own. What people are asked for in a section
    is the program's where the profile does not say."""
    if "tjänsteskrivelse" not in profile:
        return standard()
    asked = {heading.section: heading.fill_in for heading in standard()}
    return _read(profile, asked)


@cache
def standard() -> Form:
    """The program's own form."""
    document = load_document(TEMPLATES / "tjansteskrivelse.yaml", "profil", within=TEMPLATES)
    assert not isinstance(document, FileProblems), document.told()
    return _read(accepted.profil(document), {})


def _read(profile: ProfilData, asked: dict[str, tuple[str, ...]]) -> Form:
    return tuple(
        Heading(
            one["rubrik"],
            section := one.get("avsnitt", ""),
            one.get("text", ""),
            tuple(one["fyll_i"]) if "fyll_i" in one else asked.get(section, ()),
        )
        for one in profile["tjänsteskrivelse"]["rubriker"]
    )
