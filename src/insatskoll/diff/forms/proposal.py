"""What a nämnd is asked to decide: the points, each a whole sentence, of what is new only; and the
whole in a few sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import phrases
from insatskoll.catalogue.documentation import BASES
from insatskoll.catalogue.model import Insats, Revision
from insatskoll.diff.facts import Fact
from insatskoll.diff.forms.exemptions import Exemption
from insatskoll.diff.forms.remarks import Said, provision
from insatskoll.diff.matching import Group
from insatskoll.diff.naming import bare, scope
from insatskoll.diff.telling import Change, Telling
from insatskoll.law import assessment
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Handelseuppgifter, InsatsData

_CONSENT = frozenset({"less-consent", "more-consent"})
_MIXED = "olika"
_QUOTATION = later(r"[”“\"»]")
_MOST = 5  # changes that a summary has
_DOCUMENTED = {
    "individnivå": "på individnivå",
    "utan personliga förhållanden": "utan uppgifter om personliga förhållanden",
    "avidentifierad": "avidentifierat av särskilda skäl",
}


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


def annulled(telling: Telling) -> list[str]:
    """The decisions after the one that is revised which a court has annulled, wholly or in part,
    each in sentences."""
    kommun = telling.sides[0] or telling.sides[1]
    day = (telling.comparison.old.beslut or {}).get("datum", "")
    found = []
    for one in kommun.beslut if kommun is not None else ():
        records = [r for r in one.revision.handelser if r["slag"] == "upphävande"]
        if day and (one.revision.datum or "") >= day:
            found += [_annulled(record, one.revision) for record in records]
    return found


def _annulled(record: Handelseuppgifter, revision: Revision) -> str:
    """What a court has annulled, when, and from when that stands."""
    what = "beslutet"
    if ids := record.get("insatser", ()):
        known = {insats.id: insats.namn for insats in revision.insatser}
        listed = phrases.lista(known.get(i, i) for i in ids)
        what = f"det som beslutades om {listed}"
    case = f" (mål {record['målnummer']})" if "målnummer" in record else ""
    court = f" av {record['domstol']}" if "domstol" in record else ""
    day = phrases.datum(record["datum"])
    final = ""
    if "laga_kraft" in record:
        final = f", med laga kraft den {phrases.datum(record['laga_kraft'])}"
    said = f"{what} {_when(revision)} upphävdes den {day}{court}{case}{final}"
    return phrases.mening(said)


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
    return [*_adopting(telling, exemptions), *_exempting(fresh, new), *_consenting(telling)]


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
    bilaga = new.kommun["bilaga"]
    day = begins(telling)
    holds = f", att gälla från och med den {phrases.datum(day)}" if day else ""
    enclosed = _in_sentence(bilaga.get("beteckning", "bilagan"))
    adopted = f"att anta {_titled(new)} enligt {enclosed}{holds}"
    yield Said(_decided(new, adopted), _to_settle(telling, exemptions))
    if old.beslut is not None:
        yield Said(
            _decided(new, f"att bilagan ersätter den som beslutades {_when(old)}"),
        )


def _titled(new: Revision) -> str:
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
    """That the bilaga cannot be adopted as it is, where an insats of it always needs an assessment
    by its type; empty where none does."""
    found = [
        f"{insats.namn} ({kind})"
        for insats in new.insatser
        if (kind := insats.data.get("insatstyp"))  # an old decision may have none
        and assessment.assessed(kind) == "måste prövas"
    ]
    if not found:
        return ""
    return (
        "Bilagan kan inte antas som den är: "
        f"{phrases.lista(found)} kräver alltid individuell behovsprövning (SoL 11 kap. 5 §). Ändra "
        "insatstypen om den är fel, eller ta bort insatsen ur bilagan, innan förslaget läggs fram."
    )


def _when(old: Revision) -> str:
    """When the earlier decision was taken: ”den 19 maj 2025 (§ 103)”."""
    beslut = old.beslut or {}
    day = f"den {phrases.datum(beslut['datum'])}" if "datum" in beslut else "tidigare"
    return f"{day} ({beslut['paragraf']})" if "paragraf" in beslut else day


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


def _consenting(telling: Telling) -> Iterator[Said]:
    """A point for each change of whose consent a child's insats needs, where it can be said in a
    clause, with the words of the bilaga if they are long."""
    for change in telling.changes:
        found = [one for one in change.judgements if one.verdict in _CONSENT]
        whole = any(not fact.path for fact in change.facts)
        if not found or whole or (change.sentences and not _is_of_consent(change)):
            continue
        clause = change.point or change.clause
        quoted = f": ”{phrases.på_en_rad(change.after)}”" if change.long and change.after else ""
        basis = provision(found[0])
        text = f"{clause}{quoted}" + (f" ({basis})" if basis else "")
        decided = _decided(telling.comparison.new, f"att {text}")
        yield Said(" ".join([decided, *_for_which(change, clause)]))


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


def summary(telling: Telling) -> list[str]:
    """The matter in a few sentences."""
    new = telling.comparison.new
    who = (
        "Förvaltningen föreslår att nämnden antar" if new.beslut is None else "Nämnden har antagit"
    )
    if not telling.comparison.old.is_there:
        return [f"{who} {_titled(new)}.", *_contents(new)]
    day = begins(telling)
    holds = f", att gälla från och med den {phrases.datum(day)}" if day else ""
    return [f"{who} en reviderad lydelse av {_titled(new)}{holds}.", extent(telling)]


def extent(telling: Telling) -> str:
    """How much is changed, in sentences."""
    changes, unchanged = len(telling.changes), telling.unchanged
    proposed = "Förslaget" if telling.comparison.new.beslut is None else "Beslutet"
    if not changes:
        return f"{proposed} innebär inga ändringar."
    common = telling.only_in_common
    are = "är oförändrad" if unchanged < 2 else "är oförändrade"
    of = "ändring" if changes == 1 else "ändringar"
    kinds = f": {listed}" if (listed := _kinds(telling)) else ""
    said = [f"{proposed} innebär {phrases.antal(changes)} {of}{kinds}."]
    if common:
        said.append(f"{_how_many(common)} berörs bara av det som ändras gemensamt.")
    if unchanged or not common:
        said.append(f"{_how_many(unchanged)} {are}.")
    return " ".join(said)


def _how_many(insatser: int) -> str:
    """A number of insatser as a sentence begins: ”Tolv insatser”."""
    several = f"{phrases.antal(insatser)} insatser".capitalize()
    return {0: "Ingen insats", 1: "En insats"}.get(insatser, several)


def _kinds(telling: Telling) -> str:
    """How many insatser come, go, are divided anew and change: ”en insats läggs till och två
    ändras”. Nothing where none do."""
    groups = telling.comparison.groups
    come = sum(1 for group in groups if not group.old)
    gone = sum(1 for group in groups if not group.new)
    anew = [group for group in groups if group.regrouped]
    whole = [[f for f in one.facts if not f.path] for one in telling.changes]
    instead = [facts for facts in whole if len({fact.kind for fact in facts}) > 1]
    counts = (
        (come - _of_kind(instead, "added"), "läggs till"),
        (gone - (replaced := _of_kind(instead, "removed")), "tas bort"),
        (replaced, "ersätts"),
        *_anew(anew),
        (telling.changed - telling.only_in_common - come - gone - len(anew), "ändras"),
    )
    told = [(count, verb) for count, verb in counts if count]
    return phrases.lista(
        f"{phrases.antal(count)} {'' if number else _insatser(count)}{verb}"
        for number, (count, verb) in enumerate(told)
    )


def _anew(groups: Sequence[Group]) -> Iterator[tuple[int, str]]:
    """How many insatser are merged and split, and how many are divided in another way."""
    merged = [group for group in groups if len(group.new) == 1]
    split = [group for group in groups if len(group.old) == 1]
    rest = [group for group in groups if group not in (*merged, *split)]
    to = f" till {phrases.antal(len(merged))}" if len(merged) > 1 else ""
    yield sum(len(group.old) for group in merged), f"slås samman{to}"
    yield len(split), "delas upp"
    yield sum(len(group.old) for group in rest), "fördelas på nytt"


def _of_kind(changes: Sequence[Sequence[Fact]], kind: str) -> int:
    return sum(fact.kind == kind for facts in changes for fact in facts)


def _insatser(count: int) -> str:
    return "insats " if count == 1 else "insatser "


def foremost(telling: Telling) -> list[Change]:
    """The changes that a nämnd must notice first, the weightiest first: none that only changes
    words, but the new name of an insats that more is told of."""
    found = [
        change
        for change in telling.changes
        if any(judgement.axis != "editorial" for judgement in change.judgements)
    ]
    found = sorted(found, key=_importance)[:_MOST]
    told = {subject for change in found for subject in change.subjects}
    names = [one for one in telling.changes if one.renames in told and one not in found]
    for name in names:
        first = next(n for n, one in enumerate(found) if name.renames in one.subjects)
        found.insert(first, name)
    return found


def others(telling: Telling) -> str:
    """How many changes there are besides the foremost, as a sentence; nothing where none are."""
    count = len(telling.changes) - len(foremost(telling))
    word = "ändring" if count == 1 else "ändringar"
    beside = f"därutöver finns {phrases.antal(count)} {word}"
    return phrases.mening(beside) if count and len(foremost(telling)) >= _MOST else ""


def _importance(change: Change) -> int:
    """The lightest first: an insats that comes, goes or is divided anew is most important."""
    insatser = [fact for fact in change.facts if fact.subject.kind == "insats"]
    if not change.facts or any(not f.path or f.subject.regrouped for f in insatser):
        return 0
    return min(judgement.weight for judgement in change.judgements)


def levels(new: Revision) -> dict[str, list[str]]:
    """The names of the insatser by how they are documented, in the order of the law; those of which
    nothing is said last, under an empty name."""
    found: dict[str, list[str]] = {level: [] for level in (*BASES, "")}
    for insats in new.insatser:
        held: dict[str, list[str]] = {}
        for _, part in insats.delar:
            level = part.get("dokumentation", {}).get("nivå", "")
            held.setdefault(level, []).append(part["namn"])
        for level, parts in held.items():
            listed = phrases.lista(f"”{name}”" for name in parts)
            name = bare(insats.namn)
            found[level].append(name if len(held) == 1 else f"{name} (i {listed})")
    return {level: names for level, names in found.items() if names}


def _level(insats: Insats) -> str:
    """How an insats is documented; empty where it does not say."""
    found = {part.get("dokumentation", {}).get("nivå", "") for _, part in insats.delar}
    return found.pop() if len(found) == 1 else _MIXED


def documented(level: str) -> str:
    """How a level of documentation is told: ”på individnivå (SoL 14 kap. 3 §)”."""
    return f"{_DOCUMENTED[level]} ({BASES[level]})"  # type: ignore[index]


def _contents(new: Revision) -> Iterator[str]:
    total = len(new.insatser)
    if not total:
        return
    places = Counter(insats.data["avdelning"] for insats in new.insatser)
    named = [(one["namn"], places[one["id"]]) for one in new.kommun["avdelningar"]]
    listed = [f"{phrases.antal(count)} i {name}" for name, count in named if count]
    where = f": {phrases.lista(listed)}" if len(listed) > 1 else ""
    what = "en insats" if total == 1 else f"{phrases.antal(total)} insatser"
    yield f"Bilagan innehåller {what} som nämnden ger utan individuell behovsprövning{where}."
    counts = Counter(_level(insats) for insats in new.insatser)
    counted = [
        f"{phrases.antal(counts[level])} {words}"
        for level, words in {**_DOCUMENTED, _MIXED: "på olika sätt i sina delar"}.items()
        if counts[level]
    ]
    if counted:
        yield phrases.mening(f"av dem dokumenteras {phrases.lista(counted)}")
