"""What a nämnd is asked to decide: the points, each a whole sentence with the provision that it
rests on, of what is new only; and the days that they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import phrases
from insatskoll.catalogue.documentation import BASES
from insatskoll.catalogue.model import Insats, Revision
from insatskoll.diff.forms import background
from insatskoll.diff.forms.exemptions import Exemption
from insatskoll.diff.forms.remarks import Said, provision
from insatskoll.diff.naming import bare, scope
from insatskoll.diff.telling import Change, Telling
from insatskoll.law import assessment
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData, KommunData

_CONSENT = frozenset({"less-consent", "more-consent"})
_QUOTATION = later(r"[”“\"»]")
_BASIS = "SoL 11 kap. 5 §"  # to give insatser without an assessment of needs
_CHILDS = "SoL 21 kap. 2 §"  # whose consent an insats for a child needs
_NO_CONSENT = "samtycke från vårdnadshavare inte krävs för barn som har fyllt 15 år"
_PARAGRAPH = later(r" \((§[^()]*)\)$")
DAY_TO_FILL_IN = "[fyll i: dagen då beslutet börjar gälla]"


def namnd(revision: Revision) -> str:
    """The nämnd that decides, or has decided."""
    told = revision.kommun.get("förslag", {}) if revision.beslut is None else revision.beslut
    return str(told.get("nämnd", revision.kommun["nämnd"]))


def diary(revision: Revision) -> str:
    """The number of the matter; empty where it is not stated."""
    told = revision.kommun.get("förslag", {}) if revision.beslut is None else revision.beslut
    return str(told.get("diarienummer", ""))


def begins(telling: Telling) -> str:
    """The day from which the new bilaga applies (ÅÅÅÅ-MM-DD), if it states one of its own; empty
    where that is only the day of what it replaces."""
    new, old = telling.comparison.new, telling.comparison.old
    day = new.kommun["bilaga"].get("gäller_från", "")
    is_old = old.is_there and old.kommun["bilaga"].get("gäller_från") == day
    is_to_come = new.datum is not None and day >= new.datum
    return day if is_to_come or not is_old else ""


def terms(telling: Telling) -> list[str]:
    """The insatser that get other days of their own than they had, from or until which they hold,
    each in a sentence."""
    old, new = telling.comparison.old, telling.comparison.new
    had = {insats.id: set(_days(insats)) for insats in old.insatser}
    earlier = {
        after: set[str]().union(*(had.get(before or "", ()) for before, _ in group.pairs))
        for group in telling.comparison.groups
        for after in group.new
    }
    return [
        phrases.mening(words.format(bare(insats.namn)))
        for insats in new.insatser
        for words in _days(insats)
        if words not in earlier.get(insats.id, ())
    ]


def _days(insats: Insats) -> Iterator[str]:
    """The days of an insats and its parts in clauses, with a place for its name."""
    if whole := phrases.giltighet(insats.data):
        yield whole.replace("insatsen", "insatsen {}", 1)
    for part in insats.data.get("delar", ()):
        if words := phrases.giltighet(cast("InsatsData", part)):
            named = part["namn"].replace("{", "{{").replace("}", "}}")
            yield words.replace("delen", f"delen ”{named}” i insatsen {{}}", 1)


def points(telling: Telling, exemptions: Sequence[Exemption]) -> list[Said]:
    """What the nämnd is asked to decide: in its own words where the proposal has them, else to
    adopt the bilaga, and by itself what is new and asks for a decision of its own."""
    new = telling.comparison.new
    fresh = [one for one in exemptions if one.new and not one.advice]
    if own := new.kommun.get("förslag", {}).get("beslutssats", ()):
        return _own(own, new, fresh)
    return [
        *_adopting(telling, exemptions),
        *_exempting(fresh, new),
        *_new_without_consent(telling),
        *_consenting(telling),
    ]


def _own(clauses: Sequence[str], new: Revision, fresh: Sequence[Exemption]) -> list[Said]:
    note = ""
    if fresh:
        named = phrases.lista(one.named for one in fresh)
        note = (
            "Nämnden beslutar om varje undantag från dokumentation på individnivå för sig "
            f"({BASES['avidentifierad']}). Det här är nytt: {named}. Kontrollera att det står "
            "bland punkterna."
        )
    sentences = [
        _decided(new, clause.strip()) if clause.startswith("att ") else phrases.mening(clause)
        for clause in clauses
    ]
    return [Said(text, "" if number else note) for number, text in enumerate(sentences)]


def _adopting(telling: Telling, exemptions: Sequence[Exemption]) -> Iterator[Said]:
    new, old = telling.comparison.new, telling.comparison.old
    enclosed = _in_sentence(new.kommun["bilaga"].get("beteckning", "bilagan"))
    holds = f", att gälla från och med den {day}" if (day := first_day(telling)) else ""
    adopted = f"att anta {titled(new)} enligt {enclosed}{holds}"
    notes = [_to_settle(telling, exemptions), about_the_day(telling)]
    yield Said(_resting(_decided(new, adopted), _BASIS), " ".join(filter(None, notes)))
    if old.beslut is not None:
        from_then = " från samma dag" if day else ""
        which = "den" if titled(old) == titled(new) else f"{titled(old)},"
        replaced = f"att bilagan{from_then} ersätter {which} som beslutades {background.when(old)}"
        yield Said(_resting(_decided(new, replaced), _BASIS))


def _resting(sentence: str, provision: str) -> str:
    """A sentence with the provision that it rests on, unless it has that already; after a
    paragraph in brackets in the same brackets."""
    if not provision or provision.removeprefix("SoL ") in sentence:
        return sentence
    said = sentence.removesuffix(".")
    if (earlier := _PARAGRAPH.search(said)) is not None:
        return f"{said[: earlier.start()]}, {earlier[1]} ({provision})."
    return f"{said} ({provision})."


def first_day(telling: Telling) -> str:
    """The day from which the new bilaga applies, as it stands after ”den”: in words, or to be
    filled in where nobody has said it of what is only proposed."""
    if day := begins(telling):
        return phrases.datum(day)
    return DAY_TO_FILL_IN if telling.comparison.new.beslut is None else ""


def about_the_day(telling: Telling) -> str:
    """What is to be settled about the day from which the bilaga applies; empty if nothing."""
    new = telling.comparison.new
    stated = new.kommun["bilaga"].get("gäller_från", "")
    if new.beslut is not None:
        return ""
    if not (day := begins(telling)):
        told = "Bilagan anger ingen dag."
        if stated:
            told = (
                f"Bilagan anger den {phrases.datum(stated)}, som är dagen i den bilaga som gäller "
                "nu."
            )
        return f"{told} Skriv den nya dagen i gäller_från i kommun.yaml."
    written = letter_day(telling)
    if written and day < written:
        return (
            f"Bilagan anger att den gäller från och med den {phrases.datum(day)}, som är före "
            f"skrivelsens dag, den {phrases.datum(written)}. Kontrollera dagen."
        )
    return ""


def letter_day(telling: Telling) -> str:
    """The day (ÅÅÅÅ-MM-DD) that the letter is dated: that of the proposal. Empty where there is no
    proposal, or its day is before the decision that it revises."""
    new, old = telling.comparison.new, telling.comparison.old
    if new.beslut is not None or not new.datum or new.datum < (old.datum or ""):
        return ""
    return new.datum


def about_the_letters_day(telling: Telling) -> str:
    """Why a letter has no day though the proposal has; empty where it has one, or neither has."""
    new, old = telling.comparison.new, telling.comparison.old
    if new.beslut is not None or not new.datum or letter_day(telling):
        return ""
    return (
        f"Förslaget är daterat den {phrases.datum(new.datum)}, före beslutet som det ändrar "
        f"({phrases.datum(old.datum or '')}). Skriv den nya dagen under förslag i kommun.yaml."
    )


def titled(new: Revision) -> str:
    """The title of the bilaga in a sentence, in quotation marks if it has none of its own."""
    title: str = new.kommun["bilaga"]["titel"]
    return title if _QUOTATION.search(title) else f"”{title}”"


def _in_sentence(name: str) -> str:
    """What the bilaga is called, inside a sentence: ”bilaga 1”."""
    return f"b{name[1:]}" if name.startswith("Bilaga") else name


def _to_settle(telling: Telling, exemptions: Sequence[Exemption]) -> str:
    """What has to be settled before the bilaga can be adopted, and has no point of its own."""
    new = telling.comparison.new
    said = [note] if (note := _assessed(new)) else []
    said += [one.note for one in exemptions if one.new and one.advice]
    if held := [one.note for one in exemptions if one.note and not one.new]:
        said += ["Det här är inte ändrat, men behöver ses över.", *held]
    files = [new.kommun, *(insats.data for insats in new.insatser), *new.riskanalyser.values()]
    accepted = sum(len(file.get("avvikelser", ())) for file in files)
    if accepted and not telling.comparison.old.is_there:
        said.append(
            f"I filerna är {accepted} fynd godtagna med skäl. Kommandot insatskoll render "
            "--granskningsbilaga skriver dem till nämnden, tillsammans med de öppna."
        )
    return " ".join(said)


def _assessed(new: Revision) -> str:
    """That the bilaga cannot be adopted as it is, where an insats of it needs an assessment always
    by its type, or for some of those who may come to it; empty where none does."""
    always: list[str] = []
    some: list[str] = []
    for insats in new.insatser:
        if kind := insats.data.get("insatstyp"):  # an old decision may have none
            named = f"{bare(insats.namn)} ({kind})"
            if assessment.assessed(kind) == "måste prövas":
                always.append(named)
            elif assessment.found(insats, new) == "måste prövas":
                some.append(named)
    if not always and not some:
        return ""
    need = "individuell behovsprövning"
    said = [f"{phrases.lista(always)} kräver alltid {need}"] if always else []
    said += [f"{phrases.lista(some)} kräver {need} för några av dem som kan delta"] if some else []
    limited = ", begränsa vilka som kan delta," if some else ""
    return (
        f"Bilagan kan inte antas som den är: {phrases.lista(said)} (SoL 11 kap. 5 §). Ändra "
        f"insatstypen om den är fel{limited} eller ta bort insatsen ur bilagan, innan förslaget "
        "läggs fram."
    ).replace("fel eller", "fel, eller")


def _exempting(fresh: Sequence[Exemption], new: Revision) -> Iterator[Said]:
    for one in fresh:
        why = (
            "de särskilda skäl som bilagan anger"
            if one.reasoned
            else "följande särskilda skäl: [fyll i: de särskilda skälen, som bilagan inte anger]"
        )
        named = phrases.lista([one.named])
        clause = f"att dokumentationen av {named} avidentifieras av {why}"
        yield Said(_decided(new, f"{clause} ({BASES['avidentifierad']})"), one.note)


def consents(telling: Telling) -> list[Change]:
    """The changes of whose consent a child's insats needs that are points by themselves: those that
    can be said in a clause."""
    return [
        change
        for change in telling.changes
        if any(one.verdict in _CONSENT for one in change.judgements)
        and all(fact.path for fact in change.facts)
        and (not change.sentences or _is_of_consent(change))
    ]


def _consenting(telling: Telling) -> Iterator[Said]:
    """A point for each change of consent, with the words of the bilaga if they are long."""
    for change in consents(telling):
        clause = change.point or change.clause
        quoted = f": ”{phrases.på_en_rad(change.after)}”" if change.long and change.after else ""
        basis = next(provision(one) for one in change.judgements if one.verdict in _CONSENT)
        decided = _resting(_decided(telling.comparison.new, f"att {clause}{quoted}"), basis)
        yield Said(" ".join([decided, *_for_which(change, clause)]))


def _new_without_consent(telling: Telling) -> Iterator[Said]:
    """A point for the new insatser that ask for no consent for those who have turned 15, and for
    what a first bilaga says of all."""
    new, old = telling.comparison.new, telling.comparison.old
    if not old.is_there and _asks_for_none(new.kommun):
        clause = f"att {_NO_CONSENT}, enligt de gemensamma reglerna om samtycke"
        yield Said(_resting(_decided(new, clause), _CHILDS))
    fresh = {i for group in telling.comparison.groups if not group.old for i in group.new}
    names = [
        bare(insats.namn)
        for insats in new.insatser
        if insats.id in fresh and any(_asks_for_none(part) for _, part in insats.delar)
    ]
    if names:
        word = "insatsen" if len(names) == 1 else "insatserna"
        clause = f"att {_NO_CONSENT} i {word} {phrases.lista(names)}"
        yield Said(_resting(_decided(new, clause), _CHILDS))


def _asks_for_none(data: InsatsData | KommunData) -> bool:
    return data.get("samtycke", {}).get("från_15") == "utan vårdnadshavare"


def _for_which(change: Change, clause: str) -> Iterator[str]:
    """Which insatser a change of what is common is for, none left unnamed, in a sentence; nothing
    where the clause names them."""
    names = [bare(name) for name in change.touched]
    if names and _is_common(change) and not all(name in clause for name in names):
        rest = [name for name in change.untouched if name not in change.touched]
        yield phrases.mening(f"ändringen gäller {scope(names, rest)}")


def _is_common(change: Change) -> bool:
    return any(fact.subject.kind == "kommun" for fact in change.facts)


def _is_of_consent(change: Change) -> bool:
    """Whether a change tells of the rules of consent first."""
    return change.own[0].field == "samtycke"


def _decided(new: Revision, clause: str) -> str:
    return phrases.mening(f"{namnd(new)} beslutar {clause}")
