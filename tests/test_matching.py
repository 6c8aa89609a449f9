"""Which insatser are the same in two revisions: followed when they are, kept apart when not, and
asked about when only someone who knows can tell."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from itertools import combinations, product
from typing import Any

import pytest

from insatskoll.catalogue import loading
from insatskoll.catalogue.model import Insats, Revision
from insatskoll.diff import asking, facts
from insatskoll.diff.known import Known
from insatskoll.diff.likeness import Likenesses
from insatskoll.diff.matching import likely
from insatskoll.diff.meaning import meanings
from insatskoll.diff.telling import Telling
from tests.catalogues import CATALOGUE
from tests.revisions import revision


def real(kommun: str) -> Revision:
    found = loading.load_kommun(CATALOGUE / "kommuner" / kommun).revision
    assert found is not None
    return found


KOMMUNER = {folder.name: real(folder.name) for folder in loading.kommun_folders(CATALOGUE)}


def without(whole: Revision, *gone: str) -> Revision:
    return replace(whole, insatser=tuple(i for i in whole.insatser if i.id not in gone))


def having(whole: Revision, *more: Insats) -> Revision:
    return replace(whole, insatser=(*whole.insatser, *more))


def one(whole: Revision, insats_id: str) -> Insats:
    return next(insats for insats in whole.insatser if insats.id == insats_id)


def written(insats: Insats, new_id: str, **fields: Any) -> Insats:
    data = {**copy.deepcopy(insats.data), **fields}
    kept: Any = {name: value for name, value in data.items() if value is not None}
    return Insats(new_id, kept)


def edges(old: Revision, new: Revision) -> set[tuple[str, str]]:
    """What has become what, but for what has kept its id."""
    found = facts.compare(old, new).groups
    back = facts.compare(new, old).groups
    forth = {edge for group in found for edge in group.edges if edge[0] != edge[1]}
    assert forth == {(a, b) for group in back for b, a in group.edges if a != b}
    return forth


def asked(old: Revision, new: Revision) -> list[str]:
    return asking.questions(facts.compare(old, new))


def half_rewritten(text: str) -> str:
    """``text`` with every third word another."""
    words = text.split()
    return " ".join("annorlunda" if i % 3 == 2 else word for i, word in enumerate(words))


# Kept apart


@pytest.mark.parametrize("kommun", KOMMUNER)
def test_no_two_insatser_of_a_municipality_are_taken_for_one(kommun: str) -> None:
    """One goes and another comes, the others stay; and with none but the two of them."""
    insatser = KOMMUNER[kommun].insatser
    among_all = Likenesses(insatser)
    for a, b in combinations(insatser, 2):
        assert not among_all.between(a, b).is_sure, (a.id, b.id)
        assert not Likenesses((a, b)).between(a, b).is_sure, (a.id, b.id)


@pytest.mark.parametrize("kommun", KOMMUNER)
@pytest.mark.parametrize("step", [2, 3])
def test_half_of_a_list_is_not_the_other_half(kommun: str, step: int) -> None:
    whole = KOMMUNER[kommun]
    half = [insats.id for insats in whole.insatser[::step]]
    rest = [insats.id for insats in whole.insatser if insats.id not in half]
    assert edges(without(whole, *half), without(whole, *rest)) == set()


@pytest.mark.parametrize(("first", "second"), list(combinations(KOMMUNER, 2)))
def test_only_what_is_the_same_by_name_or_concept_is_one_in_two_municipalities(
    first: str, second: str
) -> None:
    old, new = KOMMUNER[first], KOMMUNER[second]
    for a, b in edges(old, new):
        said = [one(side, i) for side, i in ((old, a), (new, b))]
        names = [set(re.findall(r"\w{4,}", insats.namn.casefold())) for insats in said]
        begrepp = {insats.data.get("begrepp") for insats in said}
        assert len(begrepp) == 1 or names[0] & names[1], (a, b)


# Followed


def test_another_name_and_a_rewritten_text_are_followed_by_what_the_insats_is() -> None:
    whole = real("linköping")
    old = one(whole, "krisstöd-enligt-linköpingsmodellen")
    new = written(
        old, "samtal", namn="Samtal i svåra lägen", innehåll=half_rewritten(old.data["innehåll"])
    )
    assert edges(whole, having(without(whole, old.id), new)) == {(old.id, "samtal")}


@pytest.mark.parametrize("kommun", KOMMUNER)
def test_every_insats_is_followed_to_another_file(kommun: str) -> None:
    whole = KOMMUNER[kommun]
    for insats in whole.insatser[:12]:
        new = having(without(whole, insats.id), written(insats, "ny-fil"))
        assert edges(whole, new) == {(insats.id, "ny-fil")}


def test_another_name_is_followed_by_the_text_if_the_fields_do_not_speak_against_it() -> None:
    whole = real("uppsala")
    old = one(whole, "häktessamtal")
    for namn in ("Möten på anstalt", "Häktessamtalen"):
        moved = having(without(whole, old.id), written(old, "ny", namn=namn))
        assert edges(whole, moved) == {(old.id, "ny")}
    for fields in ({"begrepp": "lots"}, {"målgrupp": {"deltagare": ["vuxna"]}}):
        was = written(old, old.id, begrepp="medling-vid-brott")
        new = written(was, "ny", namn="Möten på anstalt", **fields)
        kept = without(whole, old.id)
        assert edges(having(kept, was), having(kept, new)) == set()


def test_ids_that_have_changed_places_are_seen_as_such() -> None:
    whole = real("uppsala")
    first, second = one(whole, "lots"), one(whole, "urinprov")
    kept = without(whole, "lots", "urinprov")
    swapped = having(kept, written(first, "urinprov"), written(second, "lots"))
    assert edges(whole, swapped) == {("lots", "urinprov"), ("urinprov", "lots")}
    told = {
        fact.path for fact in facts.compare(whole, swapped).facts if fact.subject.kind == "insats"
    }
    assert told == {("id",)}


def test_ids_that_have_changed_places_may_say_so_themselves() -> None:
    old = revision(a={"namn": "Kurs"}, b={"namn": "Samtal"})
    new = revision(
        a={"namn": "Stödsamtal", "tidigare_id": "b"}, b={"namn": "Kväll", "tidigare_id": "a"}
    )
    assert edges(old, new) == {("a", "b"), ("b", "a")}


def test_an_id_that_another_insats_has_taken_is_not_a_rewriting() -> None:
    whole = real("uppsala")
    kept = without(whole, "lots", "urinprov")
    taken = having(kept, written(one(whole, "urinprov"), "lots"))
    assert edges(whole, taken) == {("urinprov", "lots")}
    gone = [group for group in facts.compare(whole, taken).groups if group.old == ("lots",)]
    assert [group.new for group in gone] == [()]


def test_a_file_that_keeps_its_id_and_takes_in_another_says_so() -> None:
    old = revision(a={"namn": "Kurs"}, b={"namn": "Samtal"})
    new = revision(a={"namn": "Kurs och samtal", "tidigare_id": ["b"]})
    assert [(g.old, g.new) for g in facts.compare(old, new).groups] == [(("a", "b"), ("a",))]
    assert [(g.old, g.new) for g in facts.compare(new, old).groups] == [(("a",), ("a", "b"))]


def test_a_merger_is_seen_in_the_words_and_is_a_split_the_other_way() -> None:
    whole = real("linköping")
    first, second = one(whole, "ungdomshälsan"), one(whole, "insats-till-avhoppare")
    text = f"{second.data['innehåll']} Vi finns här. {first.data['innehåll']}"
    merged = written(first, "båda", namn="Råd", innehåll=text.replace(" och ", " samt "))
    new = having(without(whole, first.id, second.id), merged)
    assert edges(whole, new) == {(first.id, "båda"), (second.id, "båda")}


# Asked about


def test_what_may_be_the_same_is_asked_with_the_line_to_write() -> None:
    whole = real("sala")
    old = one(whole, "krisstöd")
    new = written(
        old,
        "krissamtal-för-föräldrar",
        namn="Krissamtal för föräldrar",
        begrepp=None,
        innehåll=half_rewritten(half_rewritten(old.data["innehåll"])),
    )
    after = having(without(whole, old.id), new)
    assert edges(whole, after) == set()
    assert asked(whole, after) == [
        f"Insatsen {old.namn} tas bort, och Krissamtal för föräldrar läggs till. Är det samma "
        "insats? Skriv då tidigare_id: [krisstöd] i insatser/krissamtal-för-föräldrar.yaml."
    ]
    answered = written(new, new.id, tidigare_id=["krisstöd"])
    after = having(without(whole, old.id), answered)
    assert edges(whole, after) == {("krisstöd", new.id)}
    assert asked(whole, after) == []


def test_siblings_are_asked_about_and_not_taken_for_one() -> None:
    whole = real("sala")
    old, new = without(whole, "kast-mottagningen"), without(whole, "mika-mottagningen")
    assert edges(old, new) == set()
    assert [line.rpartition("Skriv då ")[2] for line in asked(old, new)] == [
        "tidigare_id: [mika-mottagningen] i insatser/kast-mottagningen.yaml."
    ]


def test_a_possible_split_is_asked_with_a_line_for_each_file() -> None:
    whole = real("linköping")
    old = one(whole, "anhörigstöd")
    words = old.data["innehåll"].split()
    third = len(words) // 3
    more = " Vi håller öppet på lördagar, söndagar, kvällar, nätter, helger."
    parts = [
        written(old, f"del-{i}", namn=namn, innehåll=" ".join(half) + more)
        for i, (namn, half) in enumerate((("Kväll", words[:third]), ("Helg", words[-third:])))
    ]
    after = having(without(whole, old.id), *parts)
    assert edges(whole, after) == set()
    assert asked(whole, after) == [
        "Insatsen Anhörigstöd tas bort, och Kväll och Helg läggs till. Har Anhörigstöd delats upp "
        "i dem? Skriv då tidigare_id: [anhörigstöd] i insatser/del-0.yaml och "
        "tidigare_id: [anhörigstöd] i insatser/del-1.yaml."
    ]


def test_what_has_been_taken_in_by_one_that_is_kept_is_asked_about() -> None:
    whole = real("linköping")
    kept, gone = one(whole, "ungdomshälsan"), one(whole, "insats-till-avhoppare")
    both = written(kept, kept.id, innehåll=f"{kept.data['innehåll']} {gone.data['innehåll']}")
    after = having(without(whole, kept.id, gone.id), both)
    assert asked(whole, after) == [
        f"Insatsen {gone.namn} tas bort, och det mesta ur den står nu i {kept.namn}. Har de "
        "slagits samman? Skriv då tidigare_id: [insats-till-avhoppare] i "
        "insatser/ungdomshälsan.yaml."
    ]
    answered = written(both, both.id, tidigare_id=[gone.id])
    after = having(without(whole, kept.id, gone.id), answered)
    assert edges(whole, after) == {(gone.id, kept.id)}
    assert asked(after, whole) == [] == asked(whole, after)


def test_what_has_been_split_from_one_that_is_kept_is_asked_about() -> None:
    whole = real("linköping")
    kept, gone = one(whole, "ungdomshälsan"), one(whole, "insats-till-avhoppare")
    both = written(kept, kept.id, innehåll=f"{kept.data['innehåll']} {gone.data['innehåll']}")
    before = having(without(whole, kept.id, gone.id), both)
    assert asked(before, whole) == [
        f"Insatsen {gone.namn} läggs till, och det mesta i den stod förut i {kept.namn}. Har den "
        "brutits ut ur den? Skriv då tidigare_id: [ungdomshälsan] i "
        "insatser/insats-till-avhoppare.yaml."
    ]
    answered = written(gone, gone.id, tidigare_id=[kept.id])
    after = having(without(whole, gone.id), answered)
    assert edges(before, after) == {(kept.id, gone.id)}


@pytest.mark.parametrize("kommun", KOMMUNER)
def test_no_insats_is_asked_about_that_others_only_resemble(kommun: str) -> None:
    """Each goes by itself, and nothing comes: no other has taken it in."""
    whole = KOMMUNER[kommun]
    for insats in whole.insatser[::4]:
        assert asked(whole, without(whole, insats.id)) == []


def test_siblings_that_become_one_are_asked_about_together() -> None:
    whole = real("sala")
    gone = ["komet-3-11-år", "komet-12-18"]
    merged = written(
        one(whole, gone[0]), "komet", namn="Komet", målgrupp={"deltagare": ["föräldrar"]}
    )
    after = having(without(whole, *gone), merged)
    assert edges(whole, after) == set()
    (question,) = asked(whole, after)
    assert question.endswith(
        "Skriv då tidigare_id: [komet-3-11-år, komet-12-18] i insatser/komet.yaml."
    )


def test_nothing_is_asked_of_what_is_not_alike_or_decided() -> None:
    whole = real("uppsala")
    assert asked(without(whole, "lots"), without(whole, "urinprov")) == []
    decided = replace(without(real("sala"), "mika-mottagningen"), beslut={"datum": "2025-01-01"})
    assert asked(without(real("sala"), "kast-mottagningen"), decided) == []


def test_who_is_asked_about_is_asked_about_once() -> None:
    whole = real("sala")
    gone = [insats.id for insats in whole.insatser[::2]]
    rest = [insats.id for insats in whole.insatser if insats.id not in gone]
    old, new = without(whole, *gone), without(whole, *rest)
    found = likely(old, new, facts.compare(old, new).groups)
    for side in ([i for g in found for i in g.old], [i for g in found for i in g.new]):
        assert len(side) == len(set(side))


# Short files, alike in all but a few words


def short(insats_id: str, namn: str, **fields: Any) -> Insats:
    whom = fields.pop("whom", "personer med demenssjukdom")
    data: Any = {
        "namn": namn,
        "insatstyp": "anhörigstöd",
        "form": ["grupp"],
        "avdelning": "stöd",
        "utförare": {"regi": "egen", "enheter": ["centrum"]},
        "målgrupp": {"beskrivning": f"Anhöriga till {whom}.", "deltagare": ["anhöriga"]},
        "innehåll": "Deltagarna träffas och delar erfarenheter. Gruppen har plats för åtta.",
        "karaktär": "stöd",
        "omfattning": {"antal": 5, "enhet": "träffar"},
        "dokumentation": {"nivå": "individnivå", "lagrum": "SoL 14 kap. 3 §"},
    }
    return Insats(insats_id, data | fields)


def ages(lowest: int, highest: int) -> dict[str, Any]:
    age = {"från": lowest, "till": highest, "avser": "deltagaren"}
    return {"villkor": [{"typ": "ålder", "ålder": age}]}


OTHERS = real("sala")
BOTH = "personer med demenssjukdom eller psykisk ohälsa"


def test_two_of_one_text_that_become_one_for_both_groups_are_a_merger() -> None:
    gone = [
        short("demens", "Anhöriggrupp demens"),
        short("psyk", "Anhöriggrupp psykisk ohälsa", whom="personer med psykisk ohälsa"),
    ]
    merged = short("grupper", "Anhöriggrupper", whom=BOTH)
    old, new = having(OTHERS, *gone), having(OTHERS, merged)
    assert edges(old, new) == {("demens", "grupper"), ("psyk", "grupper")}
    one_group = short("grupper", "Anhöriggrupper")
    assert ("psyk", "grupper") not in edges(old, having(OTHERS, one_group))


def test_a_group_that_takes_in_that_of_another_is_asked_about() -> None:
    kept = short("grupp", "Anhöriggrupp")
    gone = short("psyk", "Anhöriggrupp psykisk ohälsa", whom="personer med psykisk ohälsa")
    after = having(OTHERS, short("grupp", "Anhöriggrupp", whom=BOTH))
    (question,) = asked(having(OTHERS, kept, gone), after)
    assert question.endswith("Skriv då tidigare_id: [psyk] i insatser/grupp.yaml.")
    assert asked(having(OTHERS, kept, gone), having(OTHERS, kept)) == []


def test_ages_that_are_divided_between_two_are_asked_about() -> None:
    old = having(OTHERS, short("samtal", "Samtal", **ages(13, 20)))
    older = short("mer", "Stöd för äldre unga", **ages(16, 20))
    kept = having(OTHERS, short("samtal", "Samtal", **ages(13, 15)), older)
    (question,) = asked(old, kept)
    assert question.endswith("Skriv då tidigare_id: [samtal] i insatser/mer.yaml.")
    (question,) = asked(kept, old)
    assert question.endswith("Skriv då tidigare_id: [mer] i insatser/samtal.yaml.")
    (question,) = asked(old, having(OTHERS, short("unga", "Unga", **ages(13, 15)), older))
    assert "Har Samtal delats upp i dem?" in question
    overlapping = having(OTHERS, short("samtal", "Samtal", **ages(13, 17)), older)
    assert asked(old, overlapping) == []


def aged(insats_id: str, namn: str, lowest: int, highest: int, **fields: Any) -> Insats:
    """One that tells its age twice: of its group and as a condition."""
    made = short(insats_id, namn, **ages(lowest, highest) | fields)
    made.data["målgrupp"]["ålder"] = made.data["villkor"][0]["ålder"]
    return made


FREE = {"avgift": "nej"}


@pytest.mark.parametrize("namn", ["Vi två", "Barngrupp", "Delad vardag"])
@pytest.mark.parametrize("span", [(6, 13), (6, 12), (5, 13), (5, 12)])
@pytest.mark.parametrize("fields", [{}, {"avgift": {"belopp": 50, "per": "träff"}}])
def test_two_for_different_ages_that_become_one_are_asked_about_together(
    namn: str, span: tuple[int, int], fields: dict[str, Any]
) -> None:
    """However alike the one is to one of them: no removal is told, and what differs is what those
    who could come before no longer can, or the other way."""
    gone = [aged("yngre", "Vi två yngre", 6, 9, **FREE)]
    gone += [aged("äldre", "Vi två äldre", 10, 13, **FREE)]
    old, new = having(OTHERS, *gone), having(OTHERS, aged("en", namn, *span, **FREE | fields))
    assert edges(old, new) == set()
    (question,) = asked(old, new)
    assert question.endswith("Skriv då tidigare_id: [yngre, äldre] i insatser/en.yaml.")
    wanted = {"narrower", "fewer-children"} if span[1] < 13 else set()
    wanted |= {"more-open", "more-children"} if span[0] < 6 else set()
    wanted |= {"higher-fee"} if fields else set()
    telling = Telling(facts.compare(old, new))
    (change,) = telling.changes
    assert {one.verdict for one in change.judgements} == (wanted or {"editorial"})
    by_fact = {f.kind: telling.judged[id(f)] for f in change.facts}
    assert by_fact == {"added": change.judgements, "removed": ()}


def test_two_whose_names_one_now_has_are_asked_about_together() -> None:
    text = "På {} kan den som vill läsa tidningen och spela kort. {} håller öppet på vardagar."
    gone = [
        short(name.casefold(), f"Mötesplatsen {name}", innehåll=text.format(name, name))
        for name in ("Eken", "Björken")
    ]
    both = text.format("Eken och Björken", "Eken och Björken")
    merged = short("kaféerna", "Mötesplatserna Eken och Björken", innehåll=both)
    (question,) = asked(having(OTHERS, *gone), having(OTHERS, merged))
    assert question.endswith("Skriv då tidigare_id: [eken, björken] i insatser/kaféerna.yaml.")
    other = short(
        "kaféerna", "Mötesplatserna Eken och Linden", innehåll=text.format("Eken och Linden", "X")
    )
    (question,) = asked(having(OTHERS, *gone), having(OTHERS, other))
    assert question.endswith("Skriv då tidigare_id: [eken] i insatser/kaféerna.yaml.")


def test_one_of_several_for_different_ages_that_gets_another_name_is_followed() -> None:
    """Where the others are still there, or have got another name too, or where the one that goes
    is for the same and told of in other words, it is that one that has another name."""
    younger, older = aged("yngre", "Vi två yngre", 6, 9), aged("äldre", "Vi två äldre", 10, 13)
    renamed = aged("små", "Vi två för små", 6, 9)
    for before, after in (
        ((younger, older), (renamed, older)),
        ((younger, older), (renamed, aged("stora", "Vi två för stora", 10, 13))),
        (
            (younger, short("café", "Café", innehåll="Här fikar den som vill och spelar kort.")),
            (renamed,),
        ),
    ):
        assert ("yngre", "små") in edges(having(OTHERS, *before), having(OTHERS, *after))


@pytest.mark.parametrize("begrepp", [{"begrepp": "anhöriggrupp-demens"}, {}])
def test_what_is_the_same_but_for_name_and_content_is_asked_about(begrepp: dict[str, Any]) -> None:
    text = "Vi ses på måndagar och pratar om vardagen."
    old = having(OTHERS, short("grupp", "Anhöriggrupp", **begrepp))
    new = short("vänner", "Minnesvännerna", innehåll=text, **begrepp)
    assert edges(old, having(OTHERS, new)) == set()
    (question,) = asked(old, having(OTHERS, new))
    assert question.endswith("Skriv då tidigare_id: [grupp] i insatser/vänner.yaml.")
    whom = {"målgrupp": {"beskrivning": "Barn i kommunen.", "deltagare": ["barn"]}}
    assert asked(old, having(OTHERS, short("vänner", "Vännerna", innehåll=text, **whom))) == []


def test_several_that_keep_all_but_their_names_are_each_followed() -> None:
    old = [short("a", "Vuxensamtal"), short("b", "Ungdomssamtal", whom="unga som missbrukar")]
    new = [short("y", "Stöd B", whom="unga som missbrukar"), short("x", "Stöd A")]
    assert edges(having(OTHERS, *old), having(OTHERS, *new)) == {("a", "x"), ("b", "y")}
    doubled = having(OTHERS, *new, short("z", "Stöd C"))
    assert ("a", "x") not in edges(having(OTHERS, *old), doubled)


# Parts that are insatser


def with_part_out(whole: Insats, place: int) -> tuple[Insats, Insats]:
    """An insats without one of its parts, and that part in a file of its own."""
    parts = whole.data["delar"]
    rest = written(whole, whole.id, delar=[*parts[:place], *parts[place + 1 :]] or None)
    own: Any = {name: value for name, value in parts[place].items() if name != "namn"}
    out = written(whole, "en-ny-fil", delar=None, namn=parts[place]["namn"], **own)
    return rest, out


PARTED = [
    (kommun, insats.id, place)
    for kommun, whole in KOMMUNER.items()
    for insats in whole.insatser
    for place, part in enumerate(insats.data.get("delar", ()))
    if len(part.get("innehåll", "").split()) > 5
]


@pytest.mark.parametrize(("kommun", "insats_id", "place"), PARTED)
def test_a_part_that_gets_a_file_of_its_own_is_the_same(
    kommun: str, insats_id: str, place: int
) -> None:
    old = KOMMUNER[kommun]
    rest, out = with_part_out(one(old, insats_id), place)
    new = having(without(old, insats_id), rest, out)
    assert edges(old, new) == {(insats_id, "en-ny-fil")}
    unlike = written(out, out.id, namn="Något annat", innehåll="Ett helt annat stöd än förut här.")
    assert edges(old, having(without(old, insats_id), rest, unlike)) == set()


@pytest.mark.parametrize(("kommun", "insats_id", "place"), PARTED)
def test_a_part_that_is_kept_is_no_other_insats(kommun: str, insats_id: str, place: int) -> None:
    old = KOMMUNER[kommun]
    _, out = with_part_out(one(old, insats_id), place)
    assert edges(old, having(old, out)) == set()


def test_two_that_are_called_as_a_part_are_not_both_it() -> None:
    """Nor is one that two insatser have as a part."""
    group = {"namn": "Gruppen"}
    rest = {"delar": [{"namn": "Samtal"}, {"namn": "Kurs"}]}
    parted = {"delar": [*rest["delar"], group]}
    old = revision(a=parted, b=parted)
    assert edges(old, revision(a=rest, b=rest, c=group)) == set()
    assert edges(revision(a=parted), revision(a=rest, c=group, d=group)) == set()
    assert edges(revision(a=parted), revision(a=rest, c=group)) == {("a", "c")}


@pytest.mark.parametrize("kommun", KOMMUNER)
def test_an_insats_that_becomes_a_part_of_any_other_is_the_same(kommun: str) -> None:
    old = KOMMUNER[kommun]
    wholes = [insats for insats in old.insatser if "delar" in insats.data][:2]
    lone = [
        i for i in old.insatser if "delar" not in i.data and len(i.data.get("innehåll", "")) > 60
    ][:4]
    for whole, insats in product(wholes, lone):
        part = {"namn": insats.namn, "innehåll": insats.data["innehåll"]}
        taken = written(whole, whole.id, delar=[*whole.data["delar"], part])
        new = having(without(old, insats.id, whole.id), taken)
        assert edges(old, new) == {(insats.id, whole.id)}


# What a file says that its insats was


def base(namn: str, **fields: Any) -> dict[str, Any]:
    return {"namn": namn, "avdelning": "exempel"} | fields


CRISIS = base(
    "Krisstöd",
    insatstyp="samtal",
    målgrupp={"beskrivning": "Vuxna som är i kris.", "deltagare": ["vuxna"]},
    villkor=[{"typ": "ålder", "ålder": {"från": 18, "avser": "deltagaren"}}],
    innehåll="Samtal för den som har varit med om en svår händelse.",
)
CHESS = base(
    "Schackkafé",
    insatstyp="mötesplats",
    målgrupp={"beskrivning": "Vuxna som spelar schack.", "deltagare": ["vuxna"]},
    innehåll="Ett kafé där man spelar schack.",
)
KEPT = {
    "lots": base(
        "Lots",
        insatstyp="samtal",
        målgrupp={"beskrivning": "Vuxna som söker hjälp.", "deltagare": ["vuxna"]},
        innehåll="Samtal om var det finns hjälp att få i kommunen.",
    )
}


def judged(old: Revision, new: Revision) -> set[str]:
    changes = Telling(facts.compare(old, new)).changes
    return {j.verdict for change in changes for j in change.judgements}


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("schack", "Fältet tidigare_id i insatser/schack.yaml säger att Schackkafé förut var "),
        ("krisstöd", "I filen insatser/krisstöd.yaml står nu Schackkafé i stället för Krisstöd"),
    ],
)
def test_what_is_nothing_alike_is_not_the_same_whatever_its_file_says(kept: str, said: str) -> None:
    """Otherwise what is gone could be hidden behind anything."""
    old = revision(**{"krisstöd": CRISIS}, **KEPT)
    former = {} if kept == "krisstöd" else {"tidigare_id": "krisstöd"}
    new = revision(**{kept: CHESS | former}, **KEPT)
    assert edges(old, new) == set()
    assert "narrower" in judged(old, new) and "narrower" in judged(new, old)
    clauses = [change.clause for change in Telling(facts.compare(old, new)).changes]
    assert any(clause.startswith("insatsen Krisstöd tas bort") for clause in clauses)
    assert any(clause.startswith("Schackkafé läggs till") for clause in clauses)
    (question,) = asked(old, new)
    assert question.startswith(said) and "Krisstöd visas därför som borttagen" in question


RENAMED: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("rewritten, moved, and with another method, for the same",
     {"namn": "Föräldrastöd i grupp", "metod": {"namn": "Komet"}, "avdelning": "barn",
      "målgrupp": {"beskrivning": "Föräldrar till barn 3–12 år.", "deltagare": ["föräldrar"]},
      "innehåll": "Elva träffar med teman ur manualen, hemuppgifter och rollspel."},
     {"namn": "Trygga familjer", "metod": {"namn": "ABC"}, "avdelning": "familj",
      "målgrupp": {"beskrivning": "Mammor och pappor.", "deltagare": ["föräldrar"]},
      "innehåll": "En kurs på fyra kvällar som ger verktyg i vardagen."}),
    ("of the same concept",
     {"namn": "Single session", "begrepp": "single-session", "insatstyp": "samtal",
      "innehåll": "Ett enda möte där man kommer långt på kort tid."},
     {"namn": "Snabba vägen in", "begrepp": "single-session", "insatstyp": "rådgivning",
      "innehåll": "Du bokar direkt hos oss och behöver inte berätta mer sedan."}),
    ("of the same provider",
     {"namn": "Boskola", "insatstyp": "utbildning", "utförare": {"namn": ["Hyresgästföreningen"]},
      "innehåll": "Kurs om hyreskontrakt, störningar och grannar i flerfamiljshus."},
     {"namn": "Hemma hos sig", "insatstyp": "råd", "utförare": {"namn": ["Hyresgästföreningen"]},
      "innehåll": "Rådgivaren ger tips till den som fått sin första lägenhet."}),
    ("for the same people in other words",
     {"namn": "Vändpunkten", "insatstyp": "grupp",
      "målgrupp": {"beskrivning": "Barn vars förälder dricker.", "deltagare": ["barn"]},
      "innehåll": "Femton tillfällen enligt manual med lek, teckning och måltid."},
     {"namn": "Solglimten", "insatstyp": "mötesplats",
      "målgrupp": {"beskrivning": "Den som har en förälder med missbruk.", "deltagare": ["unga"]},
      "innehåll": "Öppet hus på onsdagar där ledarna finns till hands."}),
    ("with too little said to tell",
     {"namn": "Vändpunkten", "innehåll": "Femton tillfällen enligt manual med lek och teckning."},
     {"namn": "Solglimten", "innehåll": "Öppet hus på onsdagar där ledarna finns till hands."}),
]  # fmt: skip


@pytest.mark.parametrize(("_why", "was", "now"), RENAMED)
def test_a_rename_is_one_however_much_is_written_anew(
    _why: str, was: dict[str, Any], now: dict[str, Any]
) -> None:
    common = {"avdelningar": [{"id": i, "namn": i.title()} for i in ("exempel", "barn", "familj")]}
    old = revision(common, gammal=was, **KEPT)
    new = revision(common, ny=now | {"tidigare_id": "gammal"}, **KEPT)
    assert edges(old, new) == {("gammal", "ny")}
    same = revision(common, gammal=now, **KEPT)
    groups = facts.compare(old, same).groups
    assert all(group.edges for group in groups)
    assert asked(old, new) == asked(old, same) == []


# Taken in, as the name tells


def goes(old: Revision, new: Revision) -> set[str]:
    """The verdicts on the insatser that are no more."""
    comparison = facts.compare(old, new)
    return {
        judgement.verdict
        for meaning in meanings(comparison, Known(comparison))
        if not meaning.fact.path and meaning.fact.after is None
        for judgement in meaning.judgements
    }


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["Träffpunkten Kompassen", "Träffpunkten Gläntan"], "Kompassen och Gläntan", "unclear"),
        (["Öppet hus Lyktan", "Öppet hus Fyren"], "Öppet hus Lyktan och Fyren", "unclear"),
        (["Träffpunkten Kompassen", "Träffpunkten Gläntan"], "Träffpunkten Kompassen", "narrower"),
        (["Träffpunkten Kompassen", "Träffpunkten Gläntan"], "Mötesplatsen Kompassen", "narrower"),
        (["Kompassen för äldre", "Gläntan för yngre"], "Kompassen för äldre och yngre", "narrower"),
    ],
)
def test_one_whose_name_another_has_taken_may_be_in_it(
    before: list[str], after: str, expected: str
) -> None:
    first, second = ({"namn": name, "innehåll": f"Hos {name}."} for name in before)
    kept = {"namn": after, "innehåll": f"Hos {before[0]}."}
    old, new = revision(a=first, b=second | OTHER), revision(a=kept)
    assert goes(old, new) == {expected}
    assert bool(asked(old, new)) == (expected == "unclear")


OTHER = {"syfte": "Att spela boule.", "målgrupp": {"beskrivning": "Boulespelare."}}
