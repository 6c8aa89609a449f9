"""What the program has to say to whoever writes a letter, and what may stand in it of what a change
means."""

from __future__ import annotations

from collections.abc import Sequence

from insatskoll.bilaga import phrases
from insatskoll.diff.judgement import Judgement, by_provision
from insatskoll.diff.telling import Change
from insatskoll.patterns import later
from insatskoll.values import immutable

# An id of a rule, the program's own or a municipality's.
_RULE = later(r"[A-ZÅÄÖ]{2,}[0-9]{3,}")
_LONGEST = 700  # characters of a text that is quoted in a note


@immutable
class Said:
    """A sentence of a letter, and what whoever writes it has to know about it, if anything."""

    text: str
    note: str = ""


def provision(judgement: Judgement) -> str:
    """The provision that a judgement rests on; empty for an id of a rule, and where nothing but the
    words has changed, which takes no provision."""
    if judgement.axis == "editorial" or _RULE.fullmatch(judgement.basis):
        return ""
    return judgement.basis


def meaning(judgements: Sequence[Judgement]) -> str:
    """Judgements in words, each with the provision it rests on: ”mindre omfattning (SoL 11 kap. 5
    §)”."""
    by_basis = by_provision((one.words, provision(one)) for one in judgements)
    return phrases.lista(
        phrases.lista(words) + (f" ({basis})" if basis else "") for basis, words in by_basis.items()
    )


def on(change: Change) -> str:
    """What to say of a change: what the program makes of it, and the words before and after where
    the sentence does not have them; nothing of what only changes words."""
    if all(judgement.axis == "editorial" for judgement in change.judgements):
        return change.question
    said = [f"Programmets bedömning: {meaning(change.judgements)}."]
    if change.question:
        said.insert(0, change.question)
    if change.long:
        sides = (("Före", change.before), ("Efter", change.after))
        said += [f"{when}: ”{_short(text)}”." for when, text in sides if text]
        if _is_for_a_reader(change):
            said.append("Skriv vad ändringen innebär för den enskilde.")
    return " ".join(said)


def _is_for_a_reader(change: Change) -> bool:
    """Whether only a reader can tell what a change is to those who get an insats."""
    insatser = any(fact.subject.kind != "riskanalys" for fact in change.facts)
    return insatser and any(map(is_unclear, change.judgements))


def is_unclear(judgement: Judgement) -> bool:
    """Whether only a reader of the text can tell."""
    return judgement.verdict.startswith("unclear")


def _short(text: str) -> str:
    line = phrases.på_en_rad(text).removesuffix(".")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rsplit(' ', 1)[0]} …"
