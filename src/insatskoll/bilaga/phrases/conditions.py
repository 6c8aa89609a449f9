"""What is demanded of whoever takes part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from insatskoll.bilaga.phrases.ages import alder_avser, alder_vilka
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
# A text that only names those whose age it is, by whom the age is of.
_YOUNG = r"(?:barn|ungdomar|unga|tonåringar|flickor|pojkar|tjejer|killar|elever)"
_GROWN = r"(?:personer|vuxna|unga vuxna|äldre|kvinnor|män|kvinnor och män|pensionärer)"
_CHILDREN = later(rf"{_YOUNG}(?:(?: och| eller) {_YOUNG})?", re.IGNORECASE)
_AGED = {
    "deltagaren": later(rf"{_YOUNG}(?:(?: och| eller) {_YOUNG})?|{_GROWN}", re.IGNORECASE),
    "barnet": later(r"barn|elever", re.IGNORECASE),
    "den unge": later(r"ungdomar|unga|tonåringar", re.IGNORECASE),
    "barnet eller den unge": _CHILDREN,
    "deltagarens barn": later(
        rf"{_PERSON}(?:(?:,| och| eller) {_PERSON})* med barn", re.IGNORECASE
    ),
}
_LIVES = ("folkbokföring", "vistelse")
_ASSIGNED = later(
    r"Den som (?:är|har blivit|blivit) anvisad till kommunen behöver inte vara folkbokförd"
    r" (?:där|i kommunen)\.?"
)
# What adds to the rule or excepts from it, and so comes after it.
_ADDS = later(
    r"(?:Undantag|Undantagna?|Undantas|(?:Villkoret|Kravet|Detta|Det) gäller (?:inte|även|också)"
    r"|Även|Också|(?:Den|De) som .*\b(?:behöver inte|får|kan|omfattas inte|undantas)\b)\b",
    re.DOTALL,
)
# Those whom a condition can be said to be about, as a subject of it.
SUBJECTS = (
    "gärningspersonen", "målsäganden", "brottsoffret", "föräldern", "vårdnadshavaren", "eleven",
    "partnern", "den vuxne", "den anhörige", "gärningspersonerna", "brottsoffren", "ungdomarna",
    "föräldrarna", "vårdnadshavarna", "eleverna", "barnen", "kvinnorna", "männen", "flickorna",
    "pojkarna", "de vuxna", "de anhöriga", "de unga",
)  # fmt: skip
# Others who can be the subject, told by what they do: ”den som söker stöd”, ”personer som väntar”.
_WHO = later(
    r"(?:den|de|personer|vuxna|unga|ungdomar|föräldrar|vårdnadshavare|anhöriga|kvinnor|män"
    r"|familjer|par|elever) som [^.,:;!?]+"
)
# How much of the insats a condition is about: ”fler än en natt”. Then it is for that.
HOW_MUCH = r"(?:fler|mer|längre|mindre|färre|kortare) än [^.,:;!?]+"
# How ”folkbokförd” ends after one: after all others it is ”folkbokförda”.
_FORMS = dict.fromkeys(("barnet", "brottsoffret"), "rt") | dict.fromkeys(
    ("unge", "deltagaren", "sökande", "gärningspersonen", "målsäganden", "föräldern",
     "vårdnadshavaren", "eleven", "partnern", "vuxne", "anhörige"), "rd",
)  # fmt: skip
_ASSIGNED_FORMS = {"rd": "anvisad", "rt": "anvisat", "rda": "anvisade"}
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
    """One condition: ”Deltagaren ska ha fyllt 21 år”, ”Ungdomar som är 12–20 år”, ”Den sökande ska
    vara folkbokförd i Exempels kommun eller anvisad dit”."""
    described = data.get("beskrivning", "")
    stands = "" if described.strip() in _within(data) else described
    own = [f"Den sökande {small(stands)}" if _only_demands(stands) else stands]
    rules = [_kind(data), _age(data), _place(data)]
    parts = [*rules, *own] if _ADDS.match(stands.strip()) else [*own, *rules]
    if _is_for_some(data):
        parts = [_for_some(part, data["gäller"]) for part in parts]
    parts += [
        after(words, data[key])
        for key, words in _ALSO_SAID
        if key in data and not (key == "gäller" and (_has_own_subject(data) or _is_for_some(data)))
    ]
    return unstopped(mening(meningar(parts)))


def _is_for_some(data: Villkor) -> bool:
    """Whether what a condition is about can stand first in it, as how much of the insats it is."""
    return _is_one_sentence(data) and bool(re.fullmatch(HOW_MUCH, data.get("gäller", "").strip()))


def _for_some(sentence: str, some: str) -> str:
    """”För fler än en natt ska den sökande vara folkbokförd i Exempels kommun.”"""
    subject, _, rest = sentence.partition(" ska ")
    return f"För {some.strip()} ska {small(subject)} {rest}" if rest else sentence


def _within(data: Villkor) -> set[str]:
    """The description, where another sentence of the condition has it in it."""
    described = data.get("beskrivning", "").strip()
    joined = _whose(data) or _also_assigned(data) or _aged(data)
    return {described} if joined else set()


def _kind(data: Villkor) -> str:
    """What the kind of condition demands, where the description does not say it."""
    if data["typ"] not in _CONDITION:
        return ""
    called, said = _CONDITION[data["typ"]]
    described = data.get("beskrivning", "")
    return "" if re.match(_BEING.format(called), described, re.IGNORECASE) else said


def _age(data: Villkor) -> str:
    if "ålder" not in data:
        return ""
    if joined := _aged(data):
        return joined
    said = alder_avser(data["ålder"])
    if _has_own_subject(data):
        said = said.replace("deltagaren", data.get("gäller", "").strip(), 1)
    return said


def _aged(data: Villkor) -> str:
    """The description with the age, where it only names whose age it is: ”Föräldrar med barn som är
    3–18 år”. Else empty."""
    if "ålder" not in data or _whose(data):
        return ""
    described = unstopped(data.get("beskrivning", "").strip())
    which = alder_vilka(data["ålder"])
    names = _AGED[data["ålder"]["avser"]]
    return f"{described} {which}" if which and names.fullmatch(described) else ""


def _place(data: Villkor) -> str:
    """Where one has to live. A description that only says whose condition it is becomes the
    subject, and one that only excepts those who have been assigned to the kommun an ”or”."""
    if "område" not in data:
        return ""
    kind, place = data["typ"], data["område"]
    if kind not in _LIVES:
        return f"Område: {place}"
    subject = _whose(data) or "Den sökande"
    if _has_own_subject(data):
        subject = versal(data.get("gäller", "").strip())
    form = _form(subject)
    said = after(f"{subject} ska {_living(kind, form)}", place)
    return f"{said} eller {_ASSIGNED_FORMS[form]} dit" if _also_assigned(data) else said


def _whose(data: Villkor) -> str:
    described = data.get("beskrivning", "").strip()
    found = data["typ"] in _LIVES and "område" in data and _PEOPLE.fullmatch(described)
    return versal(unstopped(described)) if found else ""


def _also_assigned(data: Villkor) -> bool:
    """Whether the description only says that whoever has been assigned to the kommun need not be
    registered there."""
    kind, place = data["typ"], data.get("område", "")
    if kind != "folkbokföring" or not place.endswith("kommun"):
        return False
    return bool(_ASSIGNED.fullmatch(data.get("beskrivning", "").strip()))


def _has_own_subject(data: Villkor) -> bool:
    """Whether what the condition is about can be the subject of it: ”gärningspersonen”."""
    return is_subject(data.get("gäller", "").strip()) and _is_one_sentence(data)


def is_subject(about: str) -> bool:
    """Whether what a condition is about can be the subject of a sentence."""
    return about in SUBJECTS or _WHO.fullmatch(about) is not None


def _is_one_sentence(data: Villkor) -> bool:
    """Whether a condition is only of an age, or of where one lives."""
    of_age = data.get("ålder", {}).get("avser") == "deltagaren" and "område" not in data
    lives = data["typ"] in _LIVES and "område" in data and "ålder" not in data
    alone = "beskrivning" not in data or _also_assigned(data)
    return alone and (of_age or lives)


def _living(kind: str, form: str) -> str:
    return "vistas i" if kind == "vistelse" else f"vara folkbokfö{form} i"


def _form(subject: str) -> str:
    """How ”folkbokförd” ends after ``subject``."""
    last = subject.rsplit(maxsplit=1)[-1].lower()
    if subject.lower().startswith("den som "):
        return "rd"
    if " och " in subject or "," in subject or " som " in subject:
        return "rda"
    return _FORMS.get(last, "rda")


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
