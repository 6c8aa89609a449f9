"""At which level an insats is documented."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Dokumentation, Dokumentationsnivå

# Each level of documentation has one basis, so that the level alone says which, and the basis which
# level.
BASES: dict[Dokumentationsnivå, str] = {
    "individnivå": "SoL 14 kap. 3 §",
    "utan personliga förhållanden": "SoL 14 kap. 4 §",
    "avidentifierad": "SoL 14 kap. 5 §",
}
_LEVELS = {basis: level for level, basis in BASES.items()}
# The ways in which the schema lets the provisions in BASES be spelt.
_SPELT = later(
    r"(?:(?:SoL|socialtjänstlagen)(?: ?\(2025:400\))? ?)?14 ?(?:kap\.? ?|: ?)([345]) ?§",
    re.IGNORECASE,
)


def basis(lagrum: str) -> str:
    """``lagrum`` in the one spelling that ``BASES`` has, if it is one of those provisions;
    otherwise as it is written, but for hard spaces, which text pasted from Word has."""
    lagrum = lagrum.replace("\u00a0", " ")
    spelt = _SPELT.fullmatch(lagrum.strip())
    return f"SoL 14 kap. {spelt[1]} §" if spelt else lagrum


def documentation_level(documentation: Dokumentation) -> Dokumentationsnivå | None:
    """The level at which something is documented: the one stated, or the one whose basis is stated;
    None if neither is.

    Särskilda skäl that are invoked are a basis too, as no other level asks for them (SoL 14 kap. 5
    §).
    """
    invoked = invokes_reasons(documentation)
    return (
        documentation.get("nivå")
        or _LEVELS.get(basis(documentation.get("lagrum", "")))
        or ("avidentifierad" if invoked and "lagrum" not in documentation else None)
    )


def invokes_reasons(documentation: Dokumentation) -> bool:
    """Whether something is said to be documented as it is for särskilda skäl: they are stated, and
    not said not to be invoked."""
    return "särskilda_skäl" in documentation and not denies_reasons(documentation)


def denies_reasons(documentation: Dokumentation) -> bool:
    """Whether it is said that no särskilda skäl are invoked."""
    return bool(documentation.get("särskilda_skäl", {}).get("åberopas") == "nej")


def resolved_documentation(documentation: Dokumentation) -> Dokumentation:
    """One field ``dokumentation`` as in :func:`resolved`."""
    found: Dokumentation = {**documentation}
    if "lagrum" in documentation:
        found["lagrum"] = basis(documentation["lagrum"])
    level = documentation_level(documentation)
    if level:
        found["nivå"] = level
    return found
