"""Reads a printed bilaga as a citizen or a court would: from Swedish sentences to facts, knowing
nothing of the program.

Only what the page says is used: headings, labels, and sentences. :func:`stated` gives the same
facts out of the fields.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Data = dict[str, Any]
Facts = dict[str, Counter[Any]]

NUMBERS = [
    "noll",
    "en",
    "två",
    "tre",
    "fyra",
    "fem",
    "sex",
    "sju",
    "åtta",
    "nio",
    "tio",
    "elva",
    "tolv",
]
ONE = {
    "samtal": "ett samtal", "stödsamtal": "ett stödsamtal", "träffar": "en träff",
    "gruppträffar": "en gruppträff", "tillfällen": "ett tillfälle", "hembesök": "ett hembesök",
    "prov": "ett prov", "nätter": "en natt", "dagar": "en dag", "veckor": "en vecka",
    "månader": "en månad", "timmar": "en timme",
}  # fmt: skip
LEVELS = {
    "på individnivå": "individnivå",
    "utan uppgifter om personliga förhållanden": "utan personliga förhållanden",
    "avidentifierat": "avidentifierad",
}
BASES = {
    "SoL 14 kap. 3 §": "individnivå",
    "SoL 14 kap. 4 §": "utan personliga förhållanden",
    "SoL 14 kap. 5 §": "avidentifierad",
}
CONSENT = {
    "krävs samtycke från vårdnadshavare": "vårdnadshavare",
    "krävs samtycke från samtliga vårdnadshavare": "samtliga vårdnadshavare",
    "krävs inte samtycke från vårdnadshavare": "utan vårdnadshavare",
}
OWNERS = {
    "Ålder": "deltagaren",
    "Barnens ålder": "deltagarens barn",
    "Barnets ålder": "barnet",
    "Den unges ålder": "den unge",
    "Barnets eller den unges ålder": "barnet eller den unge",
}
REGI = {
    "egen": "i egen regi",
    "extern": "i extern regi",
    "annan kommun": "i en annan kommuns regi",
    "samverkan": "i samverkan",
}


# ---- The page ----


@dataclass
class Line:
    """A paragraph, item or row with the headings over it: the column's, the section's, and its own
    label."""

    column: str
    heading: str
    label: str
    text: str


@dataclass
class _Page(HTMLParser):
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.column = self.heading = self.label = self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in (
            "p",
            "li",
            "dd",
            "dt",
            "h2",
            "h3",
            "h4",
            "h5",
            "td",
            "th",
            "ul",
            "dl",
            "tr",
            "article",
        ):
            self._end()
        if tag == "td":
            self.column, self.heading, self.label = dict(attrs).get("data-rubrik") or "", "", ""
        if tag in ("article", "tr"):
            self.column = self.heading = self.label = ""
        if tag == "ul" and not self.label:
            self.label = ""

    def handle_endtag(self, tag: str) -> None:
        said = " ".join(self.text.split())
        if tag in ("h4", "h5"):
            self.heading, self.label, self.text = said, "", ""
        elif tag == "dt":
            self.label, self.text = said, ""
        elif tag in ("th", "h2", "h3"):
            self.text = ""
        elif tag in ("p", "li", "dd", "td"):
            self._end()
        if tag == "dl":
            self.label = ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def _end(self) -> None:
        if said := " ".join(self.text.split()):
            self.lines.append(Line(self.column, self.heading, self.label, said))
        self.text = ""


def lines_of(html: str) -> list[Line]:
    """What stands under the headings of the insatser in a page."""
    page = _Page()
    page.feed(html[html.index('id="huvudtext"') - 5 : html.index('<div class="kolofon"')])
    return page.lines


# ---- From sentences to facts ----

_WHO = "Deltagarens barn|Deltagaren|Barnet eller den unge|Barnet|Den unge"
_DEFINITE = "Gärningspersonen|Ungdomarna|Föräldrarna|Föräldern|Vårdnadshavarna"
_OF = {
    "Åldern på deltagarens barn": "deltagarens barn", "Deltagarens ålder": "deltagaren",
    "Barnets ålder": "barnet", "Barnets eller den unges ålder": "barnet eller den unge",
    "Den unges ålder": "den unge",
}  # fmt: skip
_UNIT = r"(?: (år|månader|månad))?"
_SAID = r"(?: \(([^()]*)\))?"
_DEMAND = re.compile(
    rf"(?:^|[.!?:…] )({_WHO}|{_DEFINITE}) ska (?:ha fyllt (\d+)|vara högst (\d+)"
    rf"|vara (?:i åldrarna )?(\d+)–(\d+)|vara (\d+)){_UNIT}{_SAID}(?=[.]|$)"
)
# Those whom a condition names, with their age: the young, who may be all that take part or not.
_YOUNG = "Barn och ungdomar|Barn och unga|Barn|Ungdomar|Unga"
_PARENTS = "(?:Föräldrar|Familjer|Vuxna|Vårdnadshavare|Föräldrar och vårdnadshavare) med barn"
_NAMED = re.compile(
    rf"(?:^|[.!?:…] )(?:({_YOUNG})|{_PARENTS}) (?:som har fyllt (\d+)|som är högst (\d+)"
    rf"|(?:som är|i åldrarna) (\d+)–(\d+)|som är (\d+)){_UNIT}{_SAID}(?=[.]|$)"
)
_NUMBER = re.compile(
    rf"(?:^|[.!?:…] )({'|'.join(_OF)}) ska vara (?:lägst (\d+)|högst (\d+)|(\d+)–(\d+)"
    rf"|(\d+)){_SAID}(?=[.]|$)"
)
_AGE = re.compile(
    rf"^(?:från (\d+)|till och med (\d+)|(\d+)–(\d+)|(\d+)){_UNIT}{_SAID}[.]?$", re.IGNORECASE
)
_PLACE = re.compile(
    r"(?:^|[.!?:…] )[A-ZÅÄÖ][^.!?:…]*? ska (vara folkbokförda?|vistas) i ([^.]*?)"
    r"(?: eller anvisade? dit)?(?=[.]|$)"
)
# How much of the insats a condition is for, before its subject.
_FOR_SOME = re.compile(
    r"(?:^|(?<=[.] ))För (?:fler|mer|längre) än [^.]*? ska (\w)([^.]*?) (?=ha|vara|vistas)"
)
_HOW = "|".join(LEVELS)
_LEVEL = re.compile(
    r"(?:(?:^|[.:] )(?:Dokumenteras|(?:Insatsen|Delen|Delarna|Den) dokumenteras)"
    r"|(?:Insatsen|Delen) har karaktär av [^.]*? och dokumenteras) "
    rf"(?:({_HOW})(?: av särskilda skäl)?(?: \((SoL[^)]*)\))?"
    r"|enligt (SoL[^.]*\. \d+ §))(?=[.]|$)"
)
_ANSWER = re.compile(
    r"(?:^|[.:] )(Ja|Nej)(?:, (" + "|".join(LEVELS) + r"))?(?: \((SoL[^)]*)\))?(?=[.]|$)"
)
_CONSENT = re.compile(
    r"(?:^|[.:] )För barn (under 15 år|som har fyllt 15 år) (" + "|".join(CONSENT) + r")(?=[.]|$)"
)
_AMOUNT = re.compile(r"(minst |högst )?(\w+) (\w+)")


_TIME = ("Giltighetstid",)
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_DAY = re.compile(rf"(från|till) och med den (\d+) ({'|'.join(MONTHS)}) (\d{{4}})")


def read(html: str) -> Facts:
    """The facts in a page, by kind."""
    facts: Facts = {kind: Counter() for kind in KINDS}
    for line in lines_of(html):
        line.text = _FOR_SOME.sub(lambda m: f"{m[1].upper()}{m[2]} ska ", line.text)
        if line.label in OWNERS and (found := _AGE.match(line.text)):
            since, until, low, high, only, unit, said = found.groups()
            facts["ålder"][
                (OWNERS[line.label], since or low or only, until or high or only, _unit(unit), said)
            ] += 1
        for who, since, until, low, high, only, unit, said in _DEMAND.findall(line.text):
            age = (
                "deltagaren" if who in _DEFINITE.split("|") else who[0].lower() + who[1:],
                since or low or only or None,
                until or high or only or None,
            )
            facts["ålder"][(*age, _unit(unit), said or None)] += 1
        for young, since, until, low, high, only, unit, said in _NAMED.findall(line.text):
            bounds = (since or low or only or None, until or high or only or None)
            whose = "de unga" if young else "deltagarens barn"
            facts["ålder"][(whose, *bounds, _unit(unit), said or None)] += 1
        for who, since, until, low, high, only, said in _NUMBER.findall(line.text):
            age = (_OF[who], since or low or only or None, until or high or only or None)
            facts["ålder"][(*age, None, said or None)] += 1
        for how, where in _PLACE.findall(line.text):
            facts["plats"][(how.replace("folkbokförda", "folkbokförd"), where.strip())] += 1
        for when, what in _CONSENT.findall(line.text):
            facts["samtycke"][(when, CONSENT[what])] += 1
        if line.column == "Dokumenteras på individnivå":
            for answer, level, basis in _ANSWER.findall(line.text):
                # A bare no is the answer where special reasons are all that is known.
                known = LEVELS.get(level) or ("individnivå" if answer == "Ja" else "avidentifierad")
                facts["dokumentation"][(known, basis or None)] += 1
        else:
            for level, basis, alone in _LEVEL.findall(line.text):
                facts["dokumentation"][
                    (LEVELS.get(level) or BASES.get(alone), basis or alone or None)
                ] += 1
        if "Omfattning" in (line.label, line.heading):
            facts["omfattning"] += Counter(_amounts(line.text))
        if line.label == "Avgift":
            facts["avgift"]["nej" if line.text.rstrip(".").lower() == "avgiftsfri" else "ja"] += 1
        if "Ingång" in (line.label, line.column):
            way = re.match(
                r"(öppen och remiss|öppen|remiss)(?: från (.*?))?[.]?$", line.text, re.IGNORECASE
            )
            if way:
                facts["ingång"][(way[1].lower(), way[2])] += 1
        for word, day, month, year in _DAY.findall(line.text if line.label in _TIME else ""):
            number = f"{MONTHS.index(month) + 1:02}-{int(day):02}"
            facts["dagar"][(word, f"{year}-{number}")] += 1
        if line.label == "Skyldighet":
            duty = re.fullmatch(
                r"Nämnden är (enligt lag )?skyldig [^(]*?(?:\((.*)\))?\.", line.text
            )
            assert duty and bool(duty[1]) != bool(duty[2]), line.text
            facts["lagstadgad"][duty[2] or "ja"] += 1
    return facts


def _unit(word: str | None) -> str | None:
    return "månader" if word == "månad" else word or None


def _amounts(text: str) -> Iterator[tuple[str, int, str]]:
    """The numbers that open a text on extent: ”högst sju stödsamtal”, ”minst två träffar och högst
    tre träffar”."""
    opening = re.split(r",|\. ", text)[0].rstrip(".")
    for piece in opening.split(" och "):
        found = _AMOUNT.match(piece[:1].lower() + piece[1:])
        if found is None:
            return
        count, unit = found[2], found[3]
        one = next((plural for plural, single in ONE.items() if f"{count} {unit}" == single), None)
        if one is not None:
            yield (found[1] or "").strip(), 1, one
        elif unit in ONE and (count in NUMBERS or count.isdigit()):
            yield (
                (found[1] or "").strip(),
                NUMBERS.index(count) if count in NUMBERS else int(count),
                unit,
            )


# ---- From fields to facts ----

KINDS = (
    "ålder",
    "plats",
    "dokumentation",
    "samtycke",
    "omfattning",
    "avgift",
    "ingång",
    "lagstadgad",
    "dagar",
)


def stated(insats: Data) -> Facts:
    """The same facts out of the fields of an insats and its parts."""
    facts: Facts = {kind: Counter() for kind in KINDS}
    whole = insats.get("målgrupp", {}).get("deltagare", ())
    for data in (insats, *insats.get("delar", ())):
        taking_part = data.get("målgrupp", {}).get("deltagare", whole)
        ages = [
            data.get("målgrupp", {}).get("ålder"),
            data.get("ålder_i_innehåll"),
        ]
        said = [ages[0], *(v.get("ålder") for v in data.get("villkor", ()))]
        if ages[1] and _age(ages[1], taking_part) in [_age(a, taking_part) for a in said if a]:
            ages.pop()  # it is said once
        facts["ålder"] += Counter(_age(age, taking_part) for age in ages if age)
        facts["ålder"] += Counter(
            _conditioned(c, taking_part) for c in data.get("villkor", ()) if "ålder" in c
        )
        for condition in data.get("villkor", ()):
            how = {"folkbokföring": "vara folkbokförd", "vistelse": "vistas"}.get(condition["typ"])
            if how and "område" in condition:
                facts["plats"][(how, condition["område"].rstrip("."))] += 1
        if documentation := data.get("dokumentation"):
            facts["dokumentation"] += Counter(_level(documentation))
        for key, when in (("under_15", "under 15 år"), ("från_15", "som har fyllt 15 år")):
            if key in data.get("samtycke", {}):
                facts["samtycke"][(when, data["samtycke"][key])] += 1
        facts["omfattning"] += Counter(_extent(data.get("omfattning", {})))
        if "avgift" in data:
            facts["avgift"]["nej" if data["avgift"] == "nej" else "ja"] += 1
        for word in ("från", "till"):
            if f"gäller_{word}" in data:
                facts["dagar"][(word, data[f"gäller_{word}"])] += 1
        if "lagstadgad" in data:
            facts["lagstadgad"][data["lagstadgad"]] += 1
    if "ingång" in insats:
        senders = insats.get("remiss_från", ())
        facts["ingång"][(insats["ingång"], _listed(senders) if senders else None)] += 1
    return facts


def _age(age: Data, taking_part: Any) -> tuple[str | None, ...]:
    bounds = [None if age.get(key) is None else str(age[key]) for key in ("från", "till")]
    unit = {"ej angiven": None}.get(age.get("enhet", "år"), age.get("enhet", "år"))
    said = age.get("förtydligande", age.get("kommentar"))
    return (_whose(age, set(taking_part)), *bounds, unit, said and _bare(said))


def _conditioned(condition: Data, taking_part: Any) -> tuple[str | None, ...]:
    """The age of a condition, which is that of the young where its text only names them."""
    who, *rest = _age(condition["ålder"], taking_part)
    lives = condition["typ"] in ("folkbokföring", "vistelse") and "område" in condition
    named = condition.get("beskrivning", "").rstrip(".")
    allowed = {
        "deltagaren": _YOUNG, "barnet": "Barn", "den unge": "Ungdomar|Unga",
        "barnet eller den unge": _YOUNG,
    }  # fmt: skip
    plain = rest[2] is not None or (None not in rest[:2] and rest[0] != rest[1])
    joined = plain and not lives and named in allowed.get(who or "", "").split("|")
    return ("de unga" if joined else who, *rest)


def _whose(age: Data, taking_part: set[str]) -> str:
    """Whose an age is that is said of all: the children's where they come with grown-ups who cannot
    have such an age."""
    young = [kind for kind in taking_part_order(taking_part) if kind in taking_part]
    if (
        age["avser"] != "deltagaren"
        or not young
        or not all(map(_cannot(age, taking_part), taking_part - {"barn", "unga"}))
    ):
        return str(age["avser"])
    if taking_part <= {"barn", "unga"}:
        return "deltagaren"
    words = {"unga": "den unge"}
    return " eller ".join(dict.fromkeys(words.get(kind, "barnet") for kind in young))


def _cannot(age: Data, taking_part: set[str]) -> Callable[[str], bool]:
    """Tells whether those of a kind of grown-ups cannot be meant with an age."""
    months = 12 if age.get("enhet") == "månader" else 1
    since, until = (age[bound] / months if bound in age else None for bound in ("från", "till"))
    children = taking_part & {"barn", "unga"}
    begins_below = (
        since is not None and since < 15 and (until or 0) <= (25 if "unga" in children else 20)
    )
    families = bool(children) and bool(taking_part & {"föräldrar", "familjer"})
    all_families = not taking_part & {
        "vuxna",
        "äldre",
        "personal",
        "blivande föräldrar",
        "anhöriga",
    }

    def cannot(kind: str) -> bool:
        youngest = 18 if kind in ("vuxna", "äldre", "personal") else 15
        if until is not None and until < youngest:
            return True
        return families and all_families and begins_below

    return cannot


def taking_part_order(taking_part: set[str]) -> list[str]:
    """Children before the young."""
    return [
        kind for kind in ("barn", "barn tillsammans med förälder", "unga") if kind in taking_part
    ]


def _level(documentation: Data) -> Iterator[tuple[str | None, str | None]]:
    basis = documentation.get("lagrum")
    level = documentation.get("nivå") or BASES.get(basis or "")
    if level or basis:
        yield level, basis


def _extent(extent: Data) -> Iterator[tuple[str, int, str]]:
    counts = [
        (word, extent[key], extent["enhet"])
        for key, word in (("antal", ""), ("lägst", "minst"), ("högst", "högst"))
        if key in extent
    ]
    yield from counts


def _bare(text: str) -> str:
    return re.sub(r"(?<=\w{4})\.$", "", text.strip())


def _listed(items: Any) -> str:
    bare = [_bare(item) for item in items]
    word = "samt" if any(" och " in item for item in bare) else "och"
    return f"{', '.join(bare[:-1])} {word} {bare[-1]}" if bare[1:] else bare[0]
