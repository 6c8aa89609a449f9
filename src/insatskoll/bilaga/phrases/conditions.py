"""What is demanded of whoever takes part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from insatskoll.bilaga.phrases.ages import alder_avser
from insatskoll.bilaga.phrases.joining import after, mening, meningar, small, unstopped, versal
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Villkor

# Conditions that a description need not name: what one calls those who meet it, and what to say
# when it does not.
_CONDITION = {
    "föräldraskap": (
        "förälder|föräldrar|vårdnadshavare|mamma|mammor|pappa|pappor|gravida?",
        "Deltagaren ska vara förälder",
    ),
    "anhörigskap": ("anhörig|anhöriga|närstående", "Deltagaren ska vara anhörig"),
}
# The description says what whoever takes part is: as its subject (”Utrikesfödda föräldrar”), but
# not as somebody who does something (”Föräldrar ska ha samtyckt”), or after a word for being (”Den
# som är förälder”).
_BEING = (
    r"(?:(?:den|de|personer|vuxna) som är |(?:den sökande|deltagaren|du) (?:är|ska vara"
    r"|måste vara) |(?:är|ska vara) )"
    r"(?:en )?(?:{0})\b"
    r"|(?!inga |inte |icke )(?:\w+[ae] )?(?:{0})\b(?! (?:ska|skall|har|är|måste|får|kan"
    r"|vill|behöver|bör)\b)"
)
# A text that only names people: with where they have to live it makes one sentence, and binds
# nobody else.
_PERSON = (
    r"(?:deltagarens |de )?(?:barn(?:en|et)?|ungdomar(?:na)?|unga|tonåringar(?:na)?"
    r"|föräldrar(?:na)?|vårdnadshavar(?:e|na)|"
    r"familjer(?:na)?|vuxna|äldre|anhöriga|den unge|deltagar(?:en|na))"
)
_PEOPLE = later(rf"{_PERSON}(?:(?:,| och| eller) {_PERSON})*\.?", re.IGNORECASE)
# A condition that begins with one of these says only what is demanded, not of whom, unless its own
# subject follows.
_VERBS = "behöver|har|tänker|vill|är|bor|saknar|kan|söker|upplever|lever|studerar|arbetar"
_DEMAND = later(
    rf"(?:varken (?:{_VERBS}) eller (?:{_VERBS})|{_VERBS})(?=[ .]|$)(?: (?:inte|redan|själv"
    r"|tidigare)\b)*"
)
_SUBJECT = later(
    r" (?:[A-ZÅÄÖ]|(?:jag|du|ni|vi|man|hen|hon|han|den|det|de|dem|en|ett|någon|något|några"
    r"|alla|ingen|inget|inga|varje|båda|"
    r"andra|min|mitt|mina|din|ditt|dina|hans|hennes|dess|deras|denna|detta|dessa|\w+(?:en"
    r"|et|ern|na|ns|ets|nas)|\w+a mamma|"
    r"mamma|pappa)\b)"
)
# What may be the verb of a main clause; not after ”att” or ”som”, nor after an article.
_FINITE = later(
    r"(?<!\batt )(?<!\bsom )(?<!\ben )(?<!\bett )\b(?:ska|skall|vill|måste|kan|så|då|\w+[rs])\b"
)
_NOT_FINITE = frozenset(
    {
        "för",
        "under",
        "över",
        "efter",
        "eller",
        "år",
        "hos",
        "förälder",
        "föräldrar",
        "dagar",
        "veckor",
        "månader",
        "timmar",
    }
)
_ALSO_SAID: tuple[tuple[Literal["gäller", "skäl", "kontroll"], str], ...] = (
    ("gäller", "Villkoret gäller"), ("skäl", "Skäl:"), ("kontroll", "Kontroll:")
)  # fmt: skip


def villkor(data: Villkor) -> str:
    """One condition: ”Deltagaren ska ha fyllt 21 år”, ”Den sökande ska vara folkbokförd i Exempels
    kommun”."""
    kind, described = data["typ"], data.get("beskrivning", "")
    whose = _PEOPLE.fullmatch(described.strip()) if kind in ("folkbokföring", "vistelse") else None
    parts = [f"Den sökande {small(described)}" if _only_demands(described) else described]
    if kind in _CONDITION and not re.match(
        _BEING.format(_CONDITION[kind][0]), described, re.IGNORECASE
    ):
        parts.append(_CONDITION[kind][1])
    if "ålder" in data:
        parts.append(alder_avser(data["ålder"]))
    if "område" in data and whose:  # the text only says whose condition it is
        subject = versal(unstopped(described.strip()))
        parts[0] = after(f"{subject} ska {_living(kind, _form(subject))}", data["område"])
    elif "område" in data:
        lives = kind in ("folkbokföring", "vistelse")
        parts.append(
            after(f"Den sökande ska {_living(kind, 'rd')}", data["område"])
            if lives
            else f"Område: {data['område']}"
        )
    parts += [after(words, data[key]) for key, words in _ALSO_SAID if key in data]
    return unstopped(mening(meningar(parts)))


def _living(kind: str, form: str) -> str:
    return "vistas i" if kind == "vistelse" else f"vara folkbokfö{form} i"


def _form(subject: str) -> str:
    """How ”folkbokförd” ends after ``subject``."""
    last = subject.rsplit(maxsplit=1)[-1].lower()
    singular = " och " not in subject and "," not in subject
    return (
        {"barnet": "rt", "unge": "rd", "deltagaren": "rd"}.get(last, "rda") if singular else "rda"
    )


def _only_demands(text: str) -> bool:
    """Whether ”den sökande” may stand before ``text``: it begins with a verb, and with no clause
    that has a subject.

    ”Har barnet fyllt tre år får det delta” has its own. Where it cannot be told, a text is left as
    it stands.
    """
    demand = _DEMAND.match(small(text))
    if demand is None:
        return False
    sentence = re.split(r"[.!] +(?=[A-ZÅÄÖ])", text[demand.end() :])[0]
    # after the word that the verb is followed by
    later = _FINITE.findall(sentence.partition(" ")[2].partition(" ")[2])
    return "?" not in sentence and not _SUBJECT.match(sentence) and _NOT_FINITE.issuperset(later)
