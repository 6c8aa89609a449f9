"""From what a document says of an insats to the fields of its file.

The words go whole into the field that their label means. What they claim besides, in figures and
fixed values, is read by the claims of the reader (``law.claims``) and the words in
``catalogue/inläsning``; a field is only filled by what is said in one way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from insatskoll.importing import (
    ages,
    conditions,
    consent,
    documentation,
    documented,
    extents,
    given,
    parts,
    phrased,
    repeated,
    values,
)
from insatskoll.importing.drafts import Draft, Said, unnumbered
from insatskoll.importing.outline import LOOSE, UNKNOWN
from insatskoll.importing.sentences import of
from insatskoll.importing.sheet import LINE, Filling, Sheet
from insatskoll.law.claims import days
from insatskoll.patterns import later

_NO_FIELD = "Katalogen har inget fält för det."
_AFTER = "Texten står efter insatsens tabell."
_FEWEST_WORDS = 3  # of what may be the content, under a head that means nothing known
_WHOSE = {
    "barnens": "deltagarens barn", "barnets eller den unges": "barnet eller den unge",
    "barnets": "barnet", "den unges": "den unge",
}  # fmt: skip

_YEARS = later(r"(?P<age>\d{1,3})(?: år)?")
_OWN = "deltagaren"  # whose age is told
_WORD = later(r"[^\W\d_]{2,}")
# A sentence that only says where something else stands.
_REFERENCE = later(
    r"(?:Se|Jfr|Jämför) (?:[^ .]+ ){0,11}[^ .]+\.?|(?:\w+ )?[Ss]tår (?:vid|under|i) [^.]{3,60}\."
)
# What a part of an insats has fields for.
_OF_PART = frozenset(
    ("namn", "karaktär", "målgrupp", "villkor", "samtycke", "innehåll", "omfattning",
     "dokumentation", "gäller_från", "gäller_till")
)  # fmt: skip
_ONE_OF = {"omfattning": ("antal", "högst", "lägst", "enhet"), "dokumentation": ("nivå", "lagrum")}
_ONE_ANSWER = frozenset(key for keys in _ONE_OF.values() for key in keys)
_OPEN = later(r"^(?P<from>\d{1,2})\s?[-–](?:\s?år)?$")  # 18–
_NONE: Mapping[str, str] = {}
Handler = Callable[[Sheet, Said], None]


def insats(
    draft: Draft, avdelning: str, begrepp: Mapping[str, str], units: Mapping[str, str] = _NONE
) -> Sheet:
    """The file of an insats in the making; ``begrepp`` are the concepts' ids by their names, and
    ``units`` those of the municipality's units."""
    sheet = Sheet(draft.name, draft.spot, units=units)
    named(sheet, draft, begrepp)
    sheet.data["avdelning"] = avdelning
    participants(sheet, draft.said)
    for said in _points(draft.said):
        place(sheet, said)
    _unknown(sheet, draft.said)
    if len(draft.parts) == 1:
        sheet.text(("innehåll",), Said((), "", draft.parts[0].name, draft.parts[0].spot))
        for said in draft.parts[0].said:
            place(sheet, said)
    written = list(sheet.texts.get(("dokumentation",), []))
    documentation.place(sheet)
    conditions.compare(sheet)
    ages_of(sheet)
    _days(sheet)
    _extents(sheet, written)
    _parts(sheet, draft)
    _unsettled(sheet)
    repeated.leave_out(sheet)
    sheet.settle()
    return sheet


def _unsettled(sheet: Sheet) -> None:
    """Leaves out what the text says in two ways: how it is documented, and how many there are."""
    found = {path[:1] for path in sheet.unsettled if path[-1] in _ONE_ANSWER}
    for field, keys in _ONE_OF.items():
        if (field,) in found:
            for key in keys:
                sheet.drop((field, key), "Texten säger två saker.")


def named(sheet: Sheet, draft: Draft, begrepp: Mapping[str, str]) -> None:
    """The name, the concept that has the same name, and what kind of insats the name says."""
    name = unnumbered(draft.name)[:LINE]
    if not name:
        sheet.ask(("namn",), "Tabellen säger inte vad insatsen heter", "", draft.spot)
    sheet.put(("namn",), name or "Insats utan namn", draft.name, draft.spot)
    bare = draft.name.partition("(")[0].strip()
    for name in (draft.name, bare):
        if name.casefold() in begrepp:
            sheet.put(("begrepp",), begrepp[name.casefold()], name, draft.spot)
            break
    shown = values.first("insatstyp", draft.name)
    if shown is None:
        sheet.data["insatstyp"] = "annan"
        sheet.ask(("insatstyp",), "Namnet säger inte vad för slags insats det är", "", draft.spot)
    else:
        words = draft.name[shown.start : shown.end]
        sheet.put(("insatstyp",), shown.value, words, draft.spot)


def participants(sheet: Sheet, said: Iterable[Said]) -> None:
    """Who takes part: the people that the text on whom it is for begins with."""
    for one in said:
        if one.meanings and one.meanings[0] in ("målgrupp", "villkor"):
            for who, words in _people(one.words):
                sheet.add(("målgrupp", "deltagare"), who, words, one.spot)
            if sheet.get(("målgrupp", "deltagare")):
                return


def _people(text: str) -> list[tuple[str, str]]:
    """The kinds of people that a text begins by naming, joined by commas and ”och”."""
    found: list[tuple[str, str]] = []
    rest = text
    while rest:
        shown = [
            one
            for one in values.shown("deltagare", rest)
            if len(rest[: one.start].split()) <= (0 if found else 1)
        ]
        if not shown:
            break
        first = min(shown, key=lambda one: (one.start, -one.end))
        found.append((first.value, rest[first.start : first.end]))
        joined = later(
            r"\s*(?:,|/|och|eller|samt)\s+(?:(?:deras|dennes|sina|även)\s+)?", re.IGNORECASE
        )
        match = joined.match(rest, first.end)
        if match is None:
            break
        rest = rest[match.end() :]
    return found


def place(sheet: Sheet, said: Said) -> None:
    """Gives words their field by their label."""
    meaning = _meaning(sheet, said)
    if _REFERENCE.fullmatch(said.words):
        sheet.left(said, "Hänvisningen säger inget själv.")
        return
    if meaning == UNKNOWN or not said.words.strip(" –-") or _ours(sheet, meaning, said):
        return
    if meaning == LOOSE:
        sheet.left(said, _AFTER)
        sheet.ask(("innehåll",), "Vad hör texten efter tabellen till", said.words, said.spot)
        return
    handler = _HANDLERS.get(meaning)
    if handler is None:
        sheet.left(said, _NO_FIELD)
        return
    held = sheet.held
    handler(sheet, said)
    if sheet.held == held:
        sheet.left(said, f"Det går inte att läsa under ”{said.label}”.")


def _unknown(sheet: Sheet, told: Sequence[Said]) -> None:
    """What stands under headings that mean nothing known: the content, if nothing else is."""
    unknown = [one for one in told if one.meanings == (UNKNOWN,)]
    content = not sheet.texts.get(("innehåll",))
    for one in unknown:
        if content and len(_WORD.findall(one.words)) >= _FEWEST_WORDS:
            sheet.text(("innehåll",), one)
        elif one.words:
            sheet.left(one, f"Rubriken ”{one.label}” går inte att känna igen.")
    if any(one.words for one in unknown) and not content:
        names = ", ".join(dict.fromkeys(f"”{one.label}”" for one in unknown))
        why = f"Vilket fält hör texten under {names} till"
        sheet.ask(("innehåll",), why, "", unknown[0].spot)


def _meaning(sheet: Sheet, said: Said) -> str:
    """What words are said under, where a label means several things: a point under ”Målgrupp och
    villkor” is a condition, and so is who it is for where that has been said already; under ”Syfte
    och mål” the first paragraph is the purpose."""
    meanings = said.meanings or ("innehåll",)
    point = said.item is not None or phrased.condition(said.words) is not None
    if phrased.is_people(said.words) and not sheet.texts.get(("målgrupp", "beskrivning")):
        point = said.item is not None
    if meanings[0] == "målgrupp" and "villkor" in meanings and point:
        return "villkor"
    if meanings[:2] == ("syfte", "mål"):
        held = sheet.texts.get(("syfte",), [])
        return "mål" if any(one.under == said.under for one in held) else "syfte"
    return meanings[0]


def _ours(sheet: Sheet, meaning: str, said: Said) -> bool:
    """Whether the words are the program's own, and have been read back."""
    words = said.words
    found: dict[str, object] | None = None
    if meaning == "ålder" and (age := phrased.age(said.label, words)):
        inside = "innehåll" in said.within or sheet.get(("målgrupp", "ålder")) is not None
        return sheet.put(
            ("ålder_i_innehåll",) if inside else ("målgrupp", "ålder"), age, words, said.spot
        )
    if meaning == "villkor" and (condition := phrased.condition(words)):
        sheet.add(("villkor",), condition, words, said.spot)
        return True
    point = said.item is not None
    if (meaning in _DOCUMENTED or point) and (told := phrased.documentation(words)):
        found, character = {"dokumentation": told[0]}, told[1]
        if character:
            value = character[0] if len(character) == 1 else character
            sheet.put(("karaktär",), value, words, said.spot)
    elif meaning == "omfattning" and (extent := phrased.extent(words)):
        found = {"omfattning": extent}
    elif (meaning == "samtycke" or point) and (consented := phrased.consent(words)):
        found = {"samtycke": consented}
    elif meaning in ("utförare", "innehåll") and (given_by := phrased.given(words, sheet.units)):
        found = {"utförare": given_by}
    elif said.label in phrased.OF_GIVERS and (
        row := phrased.of_givers(said.label, words, sheet.units)
    ):
        found = {"utförare": row}
    elif meaning == "metod" and (method := phrased.method(said.label, words)):
        found = {"metod": method}
    if found is None:
        return False
    _merge(sheet, (), found, said)
    return True


_DOCUMENTED = ("dokumentation", "individnivå", "motivering")


def _merge(sheet: Sheet, path: tuple[str, ...], found: Mapping[str, object], said: Said) -> None:
    for key, value in found.items():
        if isinstance(value, dict):
            _merge(sheet, (*path, key), value, said)
        else:
            sheet.put((*path, key), value, said.words, said.spot)


def _text(*path: str) -> Handler:
    def place(sheet: Sheet, said: Said) -> None:
        sheet.text(path, said)

    return place


def _group(sheet: Sheet, said: Said) -> None:
    """Whom it is for; what is said there of consent and documentation goes to those."""
    rest: list[str] = []
    for one in of(said):
        if documented.is_about(one.words):
            sheet.text(("dokumentation",), replace(one, item=None))
        elif consent.is_about(one.words):
            consent.place(sheet, replace(one, item=None))
        else:
            rest.append(one.words)
    if rest:
        sheet.text(("målgrupp", "beskrivning"), replace(said, words=" ".join(rest)))


def _points(told: Sequence[Said]) -> list[Said]:
    """What is said, where conditions that each have a label of their own are as points of a list:
    one condition each."""
    under = {one.under for one in told if one.meanings[:1] == ("villkor",)}
    if len(under) < 2:
        return list(told)
    return [replace(o, item=o.item or 0) if o.meanings[:1] == ("villkor",) else o for o in told]


def _condition(sheet: Sheet, said: Said) -> None:
    sentences = of(said)
    if said.item is not None and not any(
        consent.is_about(one.words) or documented.is_about(one.words) for one in sentences
    ):
        conditions.place(sheet, said)
        return
    for one in sentences:
        if consent.is_about(one.words):
            consent.place(sheet, replace(one, item=None))
        elif documented.is_about(one.words):
            sheet.text(("dokumentation",), replace(one, item=None))
        else:
            conditions.place(sheet, one)


def _age(sheet: Sheet, said: Said) -> None:
    """An age under its own label: ”13–20 år” is whoever takes part, unless the label says whose."""
    label = said.label.casefold()
    whose = next((age for word, age in _WHOSE.items() if word in label), "")
    text = f"Personer {_OPEN.sub(_and_up, said.words)}"
    found = ages.told(text, sheet.get(("målgrupp", "deltagare")) or ())
    if len(found) != 1 or found[0].about or ages.unread(text, found):
        sheet.text(("målgrupp", "beskrivning"), said)
        if found or re.search(r"\d", said.words):
            why = "Åldern går inte att läsa som en enda"
            sheet.ask(("målgrupp", "ålder"), why, said.words, said.spot)
        return
    data = dict(found[0].data)
    if whose:
        data["avser"] = whose
    sheet.put(("målgrupp", "ålder"), data, said.words, said.spot)


def _bound(key: str) -> Handler:
    """The lowest or the highest age, under a label of its own."""

    def place(sheet: Sheet, said: Said) -> None:
        match = _YEARS.fullmatch(said.words.strip(" ."))
        if match is None or "föräldrar" in (sheet.get(("målgrupp", "deltagare")) or ()):
            sheet.left(said, f"Det går inte att se vems ålder ”{said.label}” är.")
            sheet.ask(("målgrupp", "ålder"), "Vems ålder är det", said.words, said.spot)
            return
        sheet.put(("målgrupp", "ålder", key), int(match["age"]), said.words, said.spot)
        if sheet.get(("målgrupp", "ålder", "avser")) is None:
            sheet.put(("målgrupp", "ålder", "avser"), _OWN, said.words, said.spot)

    return place


def _and_up(match: re.Match[str]) -> str:
    return f"från {match['from']} år"


def _extent(sheet: Sheet, said: Said) -> None:
    sheet.text(("omfattning", "beskrivning"), said)


def _individual(sheet: Sheet, said: Said) -> None:
    """The answer to whether it is documented individually."""
    answer = values.first("ja", said.words[:12])
    if answer is None:
        sheet.text(("dokumentation",), said)
        return
    rest = said.words[answer.end :].lstrip(" .,:")
    words = said.words[: answer.end]
    if answer.value == "ja":
        sheet.put(("dokumentation", "nivå"), documented.INDIVIDUAL, words, said.spot)
    else:
        sheet.ask(
            ("dokumentation", "nivå"),
            "Svaret är nej, men texten säger inte om insatsen dokumenteras avidentifierat eller "
            "utan personliga förhållanden",
            said.words,
            said.spot,
        )
        sheet.left(replace(said, words=words), "Svaret blir en fråga om nivån.")
    if rest:
        place(sheet, replace(said, meanings=("dokumentation",), words=rest))


def _exempted(sheet: Sheet, said: Said, answer: values.Shown) -> None:
    """The answer to whether there is an exemption, and the reason where that follows a yes."""
    rest = said.words[answer.end :].lstrip(" .,:–-")
    why = "Svaret säger inte vilket undantag som gäller, eller hur insatsen annars dokumenteras"
    sheet.ask(("dokumentation", "nivå"), why, said.words, said.spot)
    if answer.value == "ja" and rest:
        reason = replace(said, words=rest)
        sheet.text(("dokumentation", "särskilda_skäl", "motivering"), reason)
        said = replace(said, words=said.words[: answer.end])
    sheet.left(said, "Svaret blir en fråga om nivån.")


def _reason(sheet: Sheet, said: Said) -> None:
    """Why it is documented as it is. Under ”Ja” it is no reason for an exemption."""
    if sheet.get(("dokumentation", "nivå")) == documented.INDIVIDUAL:
        sheet.text(("dokumentation", "beskrivning"), said)
        return
    answer = values.first("ja", said.words[:6])
    if answer is not None and answer.start == 0:
        _exempted(sheet, said, answer)
        return
    found = documented.told(said.words, said.words)
    if found.level == documented.ADVICE and sheet.get(("dokumentation", "nivå")) is None:
        sheet.put(("dokumentation", "nivå"), found.level, said.words, said.spot)
        sheet.text(("dokumentation", "beskrivning"), said)
        return
    for word in documented.character(said.words):
        documentation.character(sheet, word, said)
    sheet.text(("dokumentation", "särskilda_skäl", "motivering"), said)


def ages_of(sheet: Sheet) -> None:
    """The ages in the text on whom it is for, and in the content."""
    group = sheet.get(("målgrupp", "deltagare")) or ()
    for texts, path, what in (
        (("målgrupp", "beskrivning"), ("målgrupp", "ålder"), "målgruppen"),
        (("innehåll",), ("ålder_i_innehåll",), "innehållet"),
    ):
        said = sheet.texts.get(texts, [])
        read = ages.alone if path[0] == "målgrupp" else ages.told
        found = [(one, age) for one in said for age in read(one.words, group)]
        if sheet.get(path) is not None:
            continue
        whole = path[0] == "målgrupp"
        unread = [ages.unread(one.words, read(one.words, group)) for one in said if whole]
        if not found and not any(unread):
            continue
        if any(unread):
            words = "; ".join([*(age.words for _, age in found), *filter(None, unread)])
            why = "Texten om målgruppen säger en ålder som inte går att läsa"
            sheet.ask(path, why, words, said[0].spot)
            continue
        distinct = {(a.data.get("från"), a.data.get("till"), a.data.get("enhet")) for _, a in found}
        one, age = found[0]
        if len(distinct) == 1 and not age.about:
            sheet.put(path, age.data, age.words, one.spot)
        elif path[0] == "målgrupp":
            why = f"Texten om {what} säger flera åldrar, eller en som inte är i år"
            sheet.ask(path, why, "; ".join(a.words for _, a in found), one.spot)


def _days(sheet: Sheet) -> None:
    """Until which day the texts say that it holds, and from which if they say both."""
    texts = [one for said in sheet.texts.values() for one in said]
    told = [(one, day) for one in texts for day in days.told(one.words)]
    if any(day.bound == "gäller_till" for _, day in told):
        for one, day in told:
            sheet.put((day.bound,), day.day, one.words[slice(*day.words)], one.spot)


def _extents(sheet: Sheet, documentation: Sequence[Said] = ()) -> None:
    """How much the texts say that there is: under its own label, or else in the content, or where
    it is told how it is documented. ”Upp till fem” there is more than ”fem”."""
    if any(sheet.get(("omfattning", key)) is not None for key in ("antal", "högst", "lägst")):
        return
    labelled = sheet.texts.get(("omfattning", "beskrivning"), [])
    for one in labelled:
        if number := extents.bare(one.words):
            sheet.ask(("omfattning",), "Texten säger inte vad antalet är av", number, one.spot)
    content = sheet.texts.get(("innehåll",), [])
    for said in (labelled, content, documentation):
        found = [
            (one, extent)
            for one in said
            for extent in extents.counts(one.words, labelled=said is labelled)
            if not extents.of_time(extent.data) or said is labelled
        ]
        if said is not documentation:
            for one in said:
                _besides(sheet, one)
        if len({str(extent.data) for _, extent in found}) == 1:
            _extent_of(sheet, *_most(found[0], documentation))
            return
        if found:
            words = "; ".join(extent.words for _, extent in found)
            sheet.ask(("omfattning",), "Texten säger flera antal", words, found[0][0].spot)
            return


def _most(
    found: tuple[Said, extents.Extent], documentation: Sequence[Said]
) -> tuple[Said, extents.Extent]:
    """What is found, or the same number as the most that there is, where that is said."""
    number, unit = found[1].data.get("antal"), found[1].data["enhet"]
    for one in documentation:
        for extent in extents.counts(one.words):
            if extent.data == {"högst": number, "enhet": unit}:
                return one, extent
    return found


def _extent_of(sheet: Sheet, said: Said, extent: extents.Extent) -> None:
    for key, value in extent.data.items():
        sheet.put(("omfattning", key), value, extent.words, said.spot)


def _besides(sheet: Sheet, said: Said) -> None:
    for extent in extents.besides(said.words):
        ((key, value),) = extent.data.items()
        if sheet.get(("omfattning", key)) is None:
            sheet.put(("omfattning", key), value, extent.words, said.spot)


def _parts(sheet: Sheet, draft: Draft) -> None:
    """The parts that stand under headings of their own in the insats."""
    if len(draft.parts) < 2:
        return
    shared = [
        one for one in sheet.fillings
        if one.path[:1] == ("dokumentation",) and one.words.startswith("Delarna dokumenteras ")
    ]  # fmt: skip
    documented = sheet.data["dokumentation"] if shared else None
    for name in ("karaktär", "dokumentation"):
        sheet.drop((name,), "Insatsen har delar, och då hör uppgiften till en av dem.")
    made = []
    for at, part in enumerate(draft.parts):
        inner = Sheet(part.name, part.spot, units=sheet.units)
        participants(inner, part.said)
        for said in _points(part.said):
            place(inner, said)
        documentation.place(inner)
        conditions.compare(inner)
        ages_of(inner)
        _days(inner)
        _extents(inner)
        for field in inner.data.keys() - _OF_PART:
            inner.drop((field,), "En del av en insats har inget fält för det.")
        _unsettled(inner)
        repeated.leave_out(inner)
        inner.settle()
        if documented is not None and "dokumentation" not in inner.data:
            inner.data["dokumentation"] = documented
            inner.fillings += shared
        made.append({"namn": part.name[:LINE], **inner.data})
        sheet.fillings.append(Filling(("delar", at, "namn"), part.name, part.spot))
        sheet.fillings += [replace(one, path=("delar", at, *one.path)) for one in inner.fillings]
        sheet.questions += [replace(one, path=("delar", at, *one.path)) for one in inner.questions]
        sheet.leftovers += inner.leftovers
    sheet.drop(("delar",), "Delarna har egna rubriker.")
    sheet.data["delar"] = made


_HANDLERS: dict[str, Handler] = {
    "målgrupp": _group,
    "villkor": _condition,
    "ålder": _age,
    "lägsta ålder": _bound("från"),
    "högsta ålder": _bound("till"),
    "innehåll": _text("innehåll"),
    "syfte": _text("syfte"),
    "mål": _text("mål"),
    "omfattning": _extent,
    "dokumentation": _text("dokumentation"),
    "individnivå": _individual,
    "motivering": _reason,
    "samtycke": consent.place_all,
    "lämplighet": _text("samtycke", "lämplighet"),
    "metod": _text("metod", "stöd"),
    "avgränsning": _text("avgränsning"),
    "beslut": _text("dokumentation", "beslut"),
    "kortnamn": _text("kortnamn"),
    parts.PART: _text("innehåll"),
    **given.HANDLERS,
}
