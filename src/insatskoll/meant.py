"""What someone most likely meant by a word that is not among those that can be written."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

MOST = 200  # names that a word is compared with letter by letter; more are no list to choose from
LONGEST = 60  # characters of a word that are looked at
CUTOFF = 0.65  # of likeness, for two words to be one misspelt
SLIP = 0.8  # of likeness, for nothing else to have been meant
ALIKE = 0.6  # of likeness, for a word to be told before others
ALL, FEW = 12, 8  # names that are all told; of more, as many as this
SHORT, LONG = 4, 7  # letters: names that others may begin with, words that may have two slips
MORE = " till."  # the end of a list that is only told in part
OTHER = ("annan", "annat")  # what can be written for what is none of the others

# Everyday words, and what is written here: the first that can be written in the place at hand.
EVERYDAY: Mapping[str, Sequence[str]] = {
    "möte": ("träffar",), "möten": ("träffar",), "träff": ("träffar",),
    "sammankomster": ("träffar",), "pass": ("tillfällen",), "gång": ("tillfällen",),
    "gånger": ("tillfällen",), "besök": ("tillfällen", "hembesök"), "telefon": ("samtal",),
    "timme": ("timmar",), "dag": ("dagar",), "dygn": ("nätter",), "natt": ("nätter",),
    "vecka": ("veckor",), "månad": ("månader",), "mån": ("månader",),
    "anonym": ("avidentifierad", "anonymitet"), "anonymt": ("avidentifierad", "anonymitet"),
    "anonymiserad": ("avidentifierad",), "individ": ("individnivå", "individuell"),
    "personakt": ("individnivå",), "journal": ("individnivå",), "kostnadsfri": ("nej",),
    "kostnadsfritt": ("nej",), "gratis": ("nej",), "avgiftsfri": ("nej",), "inga": ("nej",),
    "true": ("ja",), "yes": ("ja",), "false": ("nej",), "no": ("nej",), "none": ("nej",),
    "kostnad": ("avgift",), "pris": ("avgift", "belopp"), "taxa": ("avgift", "grund"),
    "summa": ("belopp",), "dnr": ("diarienummer",), "ärendenummer": ("diarienummer",),
    "dag_för_beslut": ("datum",), "date": ("datum",), "kapitel": ("avdelningar", "avdelning"),
    "avsnitt": ("avdelningar", "avdelning"), "område": ("avdelning",),
    "verksamhet": ("enheter", "utförare"), "verksamheter": ("enheter", "utförare"),
    "utförs_av": ("utförare",), "logga": ("logotyp",), "logo": ("logotyp",),
    "kommunvapen": ("logotyp",), "typsnitt_webb": ("typsnitt",), "font": ("typsnitt",),
    "färg": ("färger", "huvudfärg"), "primärfärg": ("huvudfärg",), "kommun": ("namn",),
    "kommunnamn": ("namn",), "titel": ("namn", "rubrik"), "rubrik": ("namn", "titel"),
    "name": ("namn",), "benämning": ("namn",), "insats": ("namn",), "typ": ("insatstyp",),
    "kategori": ("insatstyp", "avdelning"), "kommunkod": ("scb_kod",), "kod": ("scb_kod",),
    "text": ("innehåll", "beskrivning"), "beskrivning": ("innehåll",),
    "genomförande": ("innehåll",), "ändamål": ("syfte",), "mall": ("layout",),
    "utformning": ("layout",), "nämnden": ("nämnd",), "förvaltning": ("nämnd",),
    "kommentar": ("förtydligande",), "åldersgräns": ("ålder", "villkor"), "åldrar": ("ålder",),
    "krav": ("villkor",), "intagning": ("ingång",), "ansökan": ("ingång",), "referens": ("källa",),
    "källhänvisning": ("källa",), "undantag": ("avvikelser",), "motiv": ("motivering",),
    "skäl": ("motivering", "särskilda_skäl"), "paragraf": ("lagrum",), "lag": ("lagrum",),
    "max": ("högst",), "min": ("lägst",), "upp_till": ("högst",), "minst": ("lägst",),
    "mest": ("högst",), "omfång": ("omfattning",), "ungdom": ("unga",),
    "ungdomar": ("unga",), "tonåringar": ("unga",), "pensionärer": ("äldre",),
    "seniorer": ("äldre",), "mammor": ("föräldrar",), "pappor": ("föräldrar",),
    "närstående": ("anhöriga",), "individuellt": ("individuell",), "enskilt": ("individuell",),
    "enskild": ("individuell",), "online": ("digital",), "distans": ("digital",),
    "webb": ("digital",), "kommunal": ("egen",), "privat": ("extern",), "upphandlad": ("extern",),
    "rådgivning": ("råd och stöd",), "rådgivande": ("rådgivning",),
    "föräldraprogram": ("föräldraskapsstöd",), "föräldrautbildning": ("föräldraskapsstöd",),
    "föräldrastöd": ("föräldraskapsstöd",), "kurs": ("utbildning",),
    "folkbokförd": ("folkbokföring",), "vistas": ("vistelse",), "drop-in": ("öppen",),
    "direkt": ("öppen",), "drop_in": ("öppen",), "öppet": ("öppen",), "kommunen": ("egen",),
    "intern": ("egen",), "internt": ("egen",), "egen_regi": ("egen",), "extern_regi": ("extern",),
    "tid": ("längd",),
    "varaktighet": ("längd", "period"), "hur_ofta": ("frekvens",), "hur_länge": ("period",),
    "antal_gånger": ("antal",),
    "målsman": ("vårdnadshavare",), "error": ("fel",), "warning": ("varning",), "advice": ("råd",),
}  # fmt: skip


def meant(written: object, allowed: Iterable[str]) -> str | None:
    """The one of ``allowed`` that ``written`` most likely stands for, or None: as :class:`Choices`,
    for a list asked once."""
    return Choices(allowed).meant(written)


def likeliest(written: object, allowed: Sequence[str]) -> list[str]:
    """``allowed`` with what ``written`` most likely stands for first, then what is like it, and the
    rest in their own order."""
    if len(allowed) > MOST:
        return list(allowed)
    word, first = _bare(str(written)[:LONGEST]), meant(written, allowed)

    def unlike(name: str) -> tuple[bool, float]:
        return name != first, -_likeness(word, _bare(name), ALIKE)

    return sorted(allowed, key=unlike) if word else list(allowed)


def listed(written: object, allowed: Sequence[str]) -> str:
    """``allowed`` in a sentence, the likeliest first; of many only some, how many are left, and
    always the one for what is none of the others."""
    names = likeliest(written, allowed)
    if len(names) <= ALL:
        return ", ".join(names)
    told = names[:FEW]
    told += [name for name in names[FEW:] if name in OTHER]
    return f"{', '.join(told)} och {len(names) - len(told)}{MORE.removesuffix('.')}"


def misspelt(written: str, names: Iterable[str]) -> str | None:
    """The one of ``names``, of commands or options, that ``written`` is but for a slip of the pen,
    or begins or ends with; None if there is none, or more than one."""
    word, known = written[:LONGEST].casefold(), [*names]
    least = 2 if len(word) >= LONG else 1
    near = [name for name in known if distance(word, name.casefold()) <= least]
    held = [name for name in known if len(name) >= SHORT and _is_end(word, name.casefold())]
    found = near or held
    return found[0] if len(found) == 1 else None


def _is_end(word: str, name: str) -> bool:
    return word.startswith(name) or word.endswith(f"-{name}")


def distance(one: str, other: str) -> int:
    """How many letters have been left out, put in, taken for another or changed places, from one
    word to another."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        earlier, before, row = before, row, [n]
        for m, wanted in enumerate(other, 1):
            cost = min(before[m] + 1, row[-1] + 1, before[m - 1] + (letter != wanted))
            if n > 1 and m > 1 and letter == other[m - 2] and one[n - 2] == wanted:
                cost = min(cost, earlier[m - 2] + 1)
            row.append(cost)
    return row[-1]


def is_slip(written: object, name: str) -> bool:
    """Whether ``written`` is ``name`` but for a slip of the pen."""
    return _likeness(_bare(str(written)[:LONGEST]), _bare(name), SLIP) > 0


class Choices:
    """Names to choose from, made ready once: to ask costs no more for each of many words, however
    many names there are."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self.allowed = tuple(allowed)
        self._names = {_bare(name): name for name in reversed(self.allowed)}
        self._near = len(self._names) <= MOST

    def sure(self, written: object) -> str | None:
        """The name that ``written`` is, in other letters or as an everyday word; None if it is
        none."""
        return self._sure(_bare(str(written)[:LONGEST]))

    def meant(self, written: object) -> str | None:
        """The name that ``written`` most likely stands for, or None.

        The same word written otherwise comes first, then an everyday word for it, a misspelling of
        it, and last a word that holds it, or is held by it alone.
        """
        word, names = _bare(str(written)[:LONGEST]), self._names
        if (found := self._sure(word)) is not None:
            return found
        if not word or not self._near:
            return None
        if near := difflib.get_close_matches(word, names, n=1, cutoff=CUTOFF):
            return names[near[0]]
        held = [name for name in names if len(name) >= 4 and name in word]
        if held:
            return names[max(held, key=len)]
        holding = [name for name in names if len(word) >= 4 and word in name]
        return names[holding[0]] if len(holding) == 1 else None

    def _sure(self, word: str) -> str | None:
        names = self._names
        if word in names:
            return names[word]
        return next(
            (names[_bare(name)] for name in EVERYDAY.get(word, ()) if _bare(name) in names), None
        )


def _likeness(word: str, other: str, least: float) -> float:
    """How alike two words are, up to 1; 0 if it is less than ``least``."""
    match = difflib.SequenceMatcher(None, word, other, autojunk=False)
    if match.real_quick_ratio() < least or match.quick_ratio() < least:
        return 0
    ratio = match.ratio()
    return ratio if ratio >= least else 0


def _bare(text: str) -> str:
    """A word as it is compared: in small letters, and spaces and dashes as one."""
    return re.sub(r"[\s_-]+", "_", unicodedata.normalize("NFC", text).casefold()).strip("_:")
