"""The named checks that rules use where JSON Schema cannot say what is meant.

They are few and general: what differs between rules is a parameter.
"""

from insatskoll.law.predicates import (  # noqa: F401 - importing them registers their checks
    abbreviations,
    ages,
    agreement,
    amounts_told,
    analyses,
    areas,
    consent,
    contradicted,
    copies,
    days,
    days_told,
    duties,
    exemptions,
    fees,
    insatser,
    language,
    level_told,
    likeness,
    motions,
    older_children,
    own_text,
    printing,
    provisions,
    reasons,
    references,
    repeated,
    said_too,
    text,
    translations,
    wholes,
)
from insatskoll.law.predicates.registry import (
    PREDICATES,
    Hit,
    Neighbours,
    Place,
    Subject,
    predicate,
)

__all__ = ["PREDICATES", "Hit", "Neighbours", "Place", "Subject", "predicate"]
