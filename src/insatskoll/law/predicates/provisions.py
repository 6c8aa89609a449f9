"""Checks on provisions: that they exist, and that what makes an insats one that the nämnd must
offer is about that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, cast

from insatskoll.law import acts
from insatskoll.law.acts import Act, Provision
from insatskoll.law.claims.citations import OURS
from insatskoll.law.predicates.duties import is_about, is_for
from insatskoll.law.predicates.parameters import TextField
from insatskoll.law.predicates.references import values_at
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.law.predicates.text import pattern, texts
from insatskoll.patterns import later

_WRITTEN = later(
    r"^(?P<law>.*?)\s*(?:(?P<chapter>\d+) ?(?:kap\.? ?|: ?))?(?P<section>\d+)(?P<letter> [a-z])? "
    r"§(?: (?P<point>\d+))?$"
)
_SFS = later(r"\(?\b(\d{4}:\d+)\b\)?")


def _named(text: str, act: Act) -> tuple[Provision, int | None] | None:
    """The provision and its point (None if none) that the field ``text`` names, if it is of
    ``act``; its chapter is 0 if none is named."""
    found = _WRITTEN.match(text.replace("\u00a0", " "))
    if found is None:
        return None
    numbers = _SFS.findall(found["law"])
    law = _SFS.sub("", found["law"]).strip(" ,.").casefold()
    if (numbers and numbers != [act.sfs]) or (law and law not in act.names):
        return None
    point = None if found["point"] is None else int(found["point"])
    letter = (found["letter"] or "").strip()
    return Provision(int(found["chapter"] or 0), int(found["section"]), letter), point


_LACKING = {
    "kapitlet": "lagen har inget sådant kapitel",
    "paragrafen": "kapitlet har ingen sådan paragraf",
    "punkten": "paragrafen har ingen sådan punkt",
}


@predicate(
    "lagrum-stämmer-inte",
    scopes=("insats", "kommun", "riskanalys"),
    gives=("varför", "bestämmelse"),
)
def wrong_provision(
    subject: Subject,
    brist: Literal["finns inte", "gäller något annat"],
    fält: list[TextField],
    texter: Sequence[TextField] = (),
) -> Iterator[Hit]:
    """One of the fields names a section that the act does not have, or a
    point in it (``finns inte``), or the section of something else than what the insats by its kind,
    concept or name is about (``gäller något annat``).

    Other acts than socialtjänstlagen are not judged.

    An insats that in ``texter`` speaks of the duty that it names is about that too, and so is one
    that is about no other and there uses words that come near it. One that is about no duty may
    not name another's section, nor one that binds the nämnd to offer nothing.
    """
    act = acts.act()
    for path, stated in (found for name in fält for found in values_at(subject.data, name)):
        given = _named(str(stated), act)
        if given is None:
            continue
        if brist == "finns inte":
            why = _lacking(*given, act)
        else:
            there = act.lacks(given[0]) is None
            why = _about_another(subject, given[0], act, texter) if there else ""
        if why:
            yield Hit(path, {"varför": why, "bestämmelse": str(stated)})


def _lacking(given: Provision, point: int | None, act: Act) -> str:
    """What the act lacks of a provision, in Swedish; empty if it has it all."""
    lacking = act.lacks(given, point)
    if lacking == "kapitlet":
        return "kapitlet finns inte" if given.chapter else "lagen är indelad i kapitel"
    if lacking == "paragrafen":
        count = len(act.sections(given.chapter))
        return f"kapitlet har {count} paragrafer" if not given.letter else "paragrafen finns inte"
    if lacking == "punkten":
        return "paragrafen har varken så många punkter eller så många stycken"
    return ""


def _about_another(subject: Subject, given: Provision, act: Act, fields: Sequence[str]) -> str:
    """What the section ``given`` is about instead, in Swedish; empty if it may be the insats's."""
    name, written = subject.as_insats.get("namn", ""), f"SoL {given.written}"
    own = [duty for duty in act.duties if is_about(subject.as_insats, duty)]
    own = own or [duty for duty in act.duties if is_for(subject.as_insats, duty)]
    stated = next((duty for duty in act.duties if duty.provision == given), None)
    if stated in own or (stated and _speaks(subject, stated.words, fields)):
        return ""
    if own:
        return f"”{name}” är {own[0].name} ({own[0].lagrum}), men lagrummet är {written}"
    if stated and not _speaks(subject, stated.near, fields):
        return f"{written} gäller {stated.name}, men det framgår inte att ”{name}” är det"
    about = act.no_duties.get(given) or act.no_duties.get(Provision(given.chapter))
    if about is None:
        return ""
    return f"{written} handlar om {about}, och säger inte att nämnden ska erbjuda ”{name}”"


def _speaks(subject: Subject, words: tuple[str, ...], fields: Sequence[str]) -> bool:
    return any(pattern(words).search(text) for _, text in texts(subject, fields))


@predicate("lagrum-i-texten", scopes=("påstående",), gives=("ämne", "rätt", "varför"))
def cited_in_text(
    subject: Subject,
    brist: Literal["upphävt", "finns inte", "handlar om annat", "ger ingen insats"],
) -> Iterator[Hit]:
    """A claim cites a provision by the number that it had in the repealed act (``upphävt``), one
    that socialtjänstlagen does not have (``finns inte``), or one that is about something else than
    what the text says (``handlar om annat``), or one that it says that the insats rests on, and
    that no insats can rest on (``ger ingen insats``). The first of these that holds is the one
    found."""
    claim = cast("Mapping[str, Any]", subject.data)
    found = _wrong(claim) if claim.get("lag") == OURS else None
    if found is not None and found[0] == brist:
        yield Hit((), found[1])


def _wrong(claim: Mapping[str, Any]) -> tuple[str, dict[str, object]] | None:
    """What is wrong with a provision that a text cites, with what the message says of it."""
    cited, act = acts.provision(claim["lagrum"]), acts.act()
    spoken_of = [act.subjects[name] for name in claim.get("ämnen", ())]
    besides = [act.subjects[name] for name in claim.get("andra_ämnen", ())]
    right = claim["nekad"] == "ja" or any(one.has(cited) for one in (*spoken_of, *besides))
    judged = [] if right else list(zip(claim.get("ämnen", ()), spoken_of, strict=True))
    if claim["utsagd"] == "nej":  # it may be of the act that the thing stands in
        judged = [(topic, one) for topic, one in judged if not one.elsewhere]
    for topic, one in judged:
        if cited.within(one.repealed):
            return "upphävt", _said(topic, one)
    if "saknas" in claim:
        return "finns inte", {"varför": _LACKING[claim["saknas"]]}
    for topic, one in judged:
        if cited.within(one.mistaken):
            return "handlar om annat", _said(topic, one)
    chapter = Provision(cited.chapter)
    if claim.get("vilar_på") == "ja" and claim["nekad"] == "nej" and chapter in act.no_grounds:
        return "ger ingen insats", {"ämne": act.no_duties[chapter]}
    return None


def _said(topic: str, about: acts.Subject) -> dict[str, object]:
    """What the text speaks of, and where that stands, for the message."""
    return {"ämne": topic, "rätt": about.elsewhere or about.provisions[0].written}
