"""The Swedish of insatser that are split and merged: one clause for what becomes of them, and then
only what differs in what they give together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import phrases
from insatskoll.diff import phrasebook, spans, together
from insatskoll.diff.clauses import Clause, Said
from insatskoll.diff.comparisons import within
from insatskoll.diff.happenings import ages
from insatskoll.diff.happenings.seen import LONG, quoted
from insatskoll.diff.happenings.texts import sentences
from insatskoll.diff.matters import Matter, matters
from insatskoll.diff.meaning import Meaning, certain
from insatskoll.diff.naming import Naming, bare, named
from insatskoll.diff.phrasebook import Word
from insatskoll.diff.united import United

if TYPE_CHECKING:
    from insatskoll.diff.facts import About, Fact
    from insatskoll.diff.judgement import Judgement
    from insatskoll.diff.known import Known
    from insatskoll.diff.matching import Group
    from insatskoll.reading.schema_types import Alder, InsatsData

_BOOK = "insats.delning"
_GROUP = "målgrupp.beskrivning"
_OLDEST = ages.OLDEST


def told(group: Group, inside: Sequence[Meaning], known: Known) -> Said:
    """The clause for what has been split, merged or divided in another way, and what is another in
    it than it was, in sentences."""
    united = _united(inside)
    aged = [one for one in united if one.span is not None]
    rest = [one for one in inside if one.caused is None and _is_news(one)]
    details = [
        *_of_ages(aged),
        *_of_texts(united, group, known),
        *_details(group, united, rest, known),
    ]
    slots = _names(group, known) | _consequence(aged, nothing=not (united or rest))
    happening = "fördelas"
    if len(group.old) == 1 or len(group.new) == 1:
        happening = "delas upp" if len(group.old) == 1 else "slås samman"
    clause, main = phrasebook.of(_BOOK).filled(happening, slots)
    return Said(clause, main, " ".join(map(phrases.mening, details)))


def judged(inside: Sequence[Matter]) -> tuple[Judgement, ...]:
    """What it means that insatser have been split, merged or given another name, with what differs
    in it; nothing where nothing does."""
    found = certain(judgement for matter in inside for judgement in matter.judgements)
    return tuple(sorted(found, key=lambda one: (one.weight, one)))


def _united(inside: Iterable[Meaning]) -> list[United]:
    """The differences that the meanings come of, each once, but those that say nothing."""
    found: dict[int, United] = {}
    for one in inside:
        for effect in one.caused.effects if one.caused and _is_news(one) else ():
            if isinstance(effect, United):
                found[id(effect)] = effect
    return list(found.values())


def _is_news(meaning: Meaning) -> bool:
    return any(one.axis != "editorial" for one in meaning.judgements)


# What they are called


def _names(group: Group, known: Known) -> dict[str, str]:
    """The insatser on both sides, with the ages that tell them apart, the youngest first."""
    sides = [
        sorted(((_age(known.insatser[side][i].data), i) for i in ids), key=_youngest)
        for side, ids in enumerate((group.old, group.new))
    ]
    apart = [len({phrases.alder(age) for age, _ in side if age}) > 1 for side in sides]
    listed = [
        named([_named(known.insatser[number][i].namn, age if any(apart) else None)
               for age, i in side])
        for number, side in enumerate(sides)
    ]  # fmt: skip
    if apart[1] and len(sides[0]) == 1:  # the age of what is divided is that of the pieces
        listed[0] = named([known.insatser[0][i].namn for i in group.old])
    return {"gamla": listed[0], "nya": listed[1], "delarna": _parts(group, known)}


def _youngest(one: tuple[Alder | None, str]) -> int:
    age, _ = one
    return age.get("från", 0) if age else 0


def _named(name: str, age: Alder | None) -> str:
    if age is None or not {*map(str, _bounds(age))}.isdisjoint(_digits(name)):
        return name
    whose = "barn " if age["avser"] == "deltagarens barn" else ""
    return f"{name} ({whose}{phrases.alder(age)})"


def _bounds(age: Alder) -> list[int]:
    return [bound for bound in (age.get("från"), age.get("till")) if bound is not None]


def _digits(name: str) -> set[str]:
    return {*"".join(c if c.isdigit() else " " for c in name).split()}


def _age(insats: InsatsData) -> Alder | None:
    """The one age that is asked for of all, or else that of the target group."""
    asked = [
        one["ålder"] for one in insats.get("villkor", ()) if "ålder" in one and "gäller" not in one
    ]
    if len(asked) == 1:
        return asked[0]
    return None if asked else insats.get("målgrupp", {}).get("ålder")


def _parts(group: Group, known: Known) -> str:
    """The parts of what several have been merged to."""
    if len(group.new) != 1:
        return ""
    parts = known.insatser[1][group.new[0]].data.get("delar", ())
    listed = phrases.lista(f"”{bare(part['namn'])}”" for part in parts)
    return f", med delarna {listed}" if listed else ""


# What differs


def _consequence(aged: Sequence[United], *, nothing: bool) -> dict[str, str]:
    """Who no longer can get it, and who can now, where the ages are those of who takes part."""
    lost, gained = (_people(aged, gained=one) for one in (False, True))
    word = "inget" if nothing else ""
    if lost or gained:
        word = "utestänger" if lost else "släpper in"
        word = "byter" if lost and gained else word
    return {"följd": Word(word) if word else "", "förlorar": lost, "vinner": gained}


def _people(aged: Iterable[United], *, gained: bool) -> str:
    own = [one for one in aged if _is_plain(one) and one.gained == gained]
    if not own:
        return ""
    _, unit = spans.measure(_like(own[0])) or ("", "år")
    return ages.people([_closed(one) for one in own], str(unit))


def _is_plain(one: United) -> bool:
    return one.of == "villkor.ålder" and _like(one)["avser"] == "deltagaren"


def _closed(one: United) -> tuple[int, int]:
    low, high = cast("spans.Span", one.span)
    return low, _OLDEST if high is None else high


def _like(one: United) -> Alder:
    return cast("Alder", one.fact.before)


def _of_ages(aged: Iterable[United]) -> Iterator[str]:
    """The ages of others, and those of target groups."""
    book = phrasebook.of(_BOOK)
    for one in aged:
        if _is_plain(one):
            continue
        like = _like(one)
        verb = "vinner" if one.gained else "förlorar"
        kind = "målgruppen" if one.of != "villkor.ålder" else "annans ålder"
        age = phrases.alder(spans.aged(cast("spans.Span", one.span), like))
        slots = {"vems": str(like["avser"]), "åldern": age}
        yield book.filled(f"{kind} {verb}", slots)[1]


def _of_texts(united: Iterable[United], group: Group, known: Known) -> Iterator[str]:
    """The sentences that have come and gone, and in which of the insatser's texts."""
    for one in united:
        if not one.gone and not one.come:
            continue
        if whole := _whole_group(one, group, known):
            yield whole
            continue
        before, after = (
            phrases.lista(f"”{phrases.på_en_rad(text)}”" for text in side)
            for side in (one.gone, one.come)
        )
        several = _is_put_together(one)
        happening = "text stryks" if before else "text ny"
        if before and after:
            happening = "text skrivs samman" if several else "text ersätts"
        if not before and _is_whole(one, group, known):
            happening = "text är"
        if len(before) + len(after) > 4 * LONG:
            happening = "text ersätts utan citat"
        texten, nya = _whose_text(one, group, known)
        slots = {"texten": texten, "nya": nya, "före": before, "efter": after}
        slots["antal"] = phrases.antal(len(one.gone))
        yield phrasebook.of(_BOOK).filled(happening, slots)[1]


def _whole_group(one: United, group: Group, known: Known) -> str:
    """Whom what several have been merged to is for, where short texts say so on both sides: that
    one of them had another text takes nothing from it."""
    if one.of != _GROUP or len(group.new) != 1:
        return ""
    sides = [
        [(known.insatser[side][i].namn, _quoted(known.insatser[side][i].data)) for i in ids]
        for side, ids in enumerate((group.old, group.new))
    ]
    ((_, now),) = sides[1]
    others = [(name, text) for name, text in sides[0] if text != now]
    if not now or not all(text and len(text) <= LONG for _, text in (*others, ("", now))):
        return ""
    book = phrasebook.of(_BOOK)
    was = [book.filled("hittills för", {"före": t, "namn": bare(name)})[1] for name, t in others]
    return book.filled("målgruppen blir", {"efter": now, "före": phrases.lista(was)})[1]


def _quoted(insats: InsatsData) -> str:
    return quoted(insats.get("målgrupp", {}).get("beskrivning", ""))


def _whose_text(one: United, group: Group, known: Known) -> tuple[str, str]:
    """What a text is called with those whose it is, where those on a side differ: that
    of the old ones that have lost sentences, or else of the new ones; and in which of the new ones
    those stand that have come instead."""
    words = phrasebook.of(_BOOK).words
    called, of = words[one.of.replace(".", " ")], words[f"{one.of.rpartition('.')[2]} hos"]
    olds = _holding(one.gone, 0, group, one.of, known)
    news = _holding(one.come, 1, group, one.of, known)
    own = olds if one.gone else news
    instead = f" i {named(news)}" if one.gone and news else ""
    return f"{called} {of} {named(own)}" if own else called, instead


def _holding(said: Sequence[str], side: int, group: Group, of: str, known: Known) -> list[str]:
    """The names of the insatser on a side in whose text one of the sentences stands; nothing where
    it is all of them."""
    insatser = [known.insatser[side][i] for i in (group.old, group.new)[side]]
    found = [one.namn for one in insatser if {*_text(one.data, of)} & {*said}]
    return found if len(found) < len(insatser) else []


def _is_whole(one: United, group: Group, known: Known) -> bool:
    """Whether what has come is all that the text of one of several insatser says."""
    found = [known.insatser[1][i].data for i in group.new]
    held = [text for data in found if {*(text := _text(data, one.of))} & {*one.come}]
    return len(found) > 1 and len(held) == 1 and held[0] == [*one.come]


def _text(insats: InsatsData, of: str) -> list[str]:
    """The sentences of a text of an insats and its parts."""
    texts = (within(part, of) for part in (insats, *insats.get("delar", ())))
    return [one for text in texts if isinstance(text, str) for one in sentences(text)]


def _is_put_together(one: United) -> bool:
    """Whether one sentence has come in the place of several, which the clause only counts."""
    return len(one.gone) > 1 and len(one.come) == 1


def put_together(inside: Sequence[Meaning]) -> tuple[str, str]:
    """The sentences that the clause only counts, and those in their place."""
    found = [one for one in _united(inside) if _is_put_together(one)]
    return _paragraphs(one.gone for one in found), _paragraphs(one.come for one in found)


def _paragraphs(texts: Iterable[Sequence[str]]) -> str:
    return "\n\n".join(phrases.mening(text) for one in texts for text in one)


def _details(
    group: Group, united: Iterable[United], rest: Sequence[Meaning], known: Known
) -> Iterator[str]:
    """All else, by which of the insatser it is compared with, or is of; what holds for them all
    without."""
    said: dict[str, list[About]] = {}
    for one in united:
        if one.span is None and not one.gone and not one.come:
            clause = Clause(Meaning(one.fact, (), one.fact), known)
            text = _by_itself(clause, one.fact, known)
            subjects = said.setdefault(text, [])
            subjects += [replace(one.fact.subject, old=a, new=b) for a, b in sorted(one.pairs)]
    for matter in matters(rest):
        said.setdefault(_told(matter, known), []).append(matter.fact.subject)
    labelled: dict[str, list[str]] = {}
    for text, subjects in said.items():
        everyone = {(one.old, one.new) for one in subjects} == set(group.edges)
        label = "" if everyone else _label(group, subjects, known)
        labelled.setdefault(label, []).append(text)
    for label, texts in labelled.items():
        if label:
            yield f"{label}: {'; '.join(texts)}"
        else:
            yield from texts


def _told(matter: Matter, known: Known) -> str:
    return _by_itself(together.teller(matter, known), matter.fact, known)


def _by_itself(one: together.Teller, fact: Fact, known: Known) -> str:
    """A clause that names no insats; what it is about is not what the clause before it was."""
    names = [fact.subject.namn]
    text = one.told(names, later=True).main
    about = Naming(fact, known).holder(names)
    if text.startswith("den ") and about and one.told(names).main.startswith(f"{about} "):
        return f"insatsen {text.removeprefix('den ')}"
    return text


def _label(group: Group, subjects: Sequence[About], known: Known) -> str:
    if len(group.old) > 1:
        ids = dict.fromkeys(one.old for one in subjects)
        return f"jämfört med {phrases.lista(bare(known.insatser[0][i or ''].namn) for i in ids)}"
    ids = dict.fromkeys(one.new for one in subjects)
    return phrases.lista(bare(known.insatser[1][i or ""].namn) for i in ids)
