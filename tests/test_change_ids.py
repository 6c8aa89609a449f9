"""What a change is called, and where it stands: the same for as long as it is the same change."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from insatskoll.catalogue.model import Revision
from insatskoll.diff import facts, identity
from insatskoll.diff.telling import Telling
from tests.program import run
from tests.repositories import commit, kommun, make
from tests.revisions import every_kind_of_change, revision, revisions

ID = re.compile(r"[\w./+-]+-[0-9a-f]{12}(-\d+)?")


def told(old: Revision, new: Revision) -> dict[str, str]:
    """The ids of what is told, with its clause."""
    one = Telling(facts.compare(old, new))
    return dict(
        zip(identity.Ids(one).changes, (change.clause for change in one.changes), strict=True)
    )


def of_facts(old: Revision, new: Revision) -> set[str]:
    return set(identity.Ids(Telling(facts.compare(old, new))).facts)


FEE: dict[str, Any] = {"avgift": {"belopp": "100 kronor"}}
AGE: dict[str, Any] = {"villkor": [{"typ": "ålder", "ålder": {"avser": "deltagaren", "från": 15}}]}


def test_an_id_tells_where_it_is_and_stays_whatever_else_is_changed() -> None:
    alone = told(revision(a={}, b={}), revision(a=FEE, b={}))
    (name,) = alone
    assert name.startswith("k/insatser/a/avgift-") and ID.fullmatch(name)
    among_others = told(
        revision(a={}, b={}, c={}), revision(a={**FEE, "kortnamn": "A"}, b=AGE, d={}, c={})
    )
    assert name in among_others


def test_another_value_is_another_change() -> None:
    (one,), (other,), (back,) = (
        told(revision(a=before), revision(a=after))
        for before, after in (
            ({}, FEE),
            ({}, {"avgift": {"belopp": "200 kronor"}}),
            ({"avgift": {"belopp": "50 kronor"}}, FEE),
        )
    )
    assert len({one, other, back}) == 3
    assert len({name.rpartition("-")[0] for name in (one, other, back)}) == 1


def test_the_order_of_a_list_and_of_its_neighbours_does_not_count() -> None:
    where, who = ({"typ": "annat", "text": text} for text in ("Bor här.", "Är anhörig."))
    first, last = ({"villkor": list_} for list_ in ([where, *AGE["villkor"]], AGE["villkor"]))
    second = {"villkor": [*AGE["villkor"], where]}
    assert of_facts(revision(a=last), revision(a=first)) == of_facts(
        revision(a=last), revision(a=second)
    )
    assert of_facts(revision(a={}), revision(a={"villkor": [where]})) != of_facts(
        revision(a={}), revision(a={"villkor": [who]})
    )


def test_what_is_told_of_several_has_an_id_of_them_all() -> None:
    two = told(revision(a={}, b={}, c={}), revision(a=FEE, b=FEE, c={}))
    three = told(revision(a={}, b={}, c={}), revision(a=FEE, b=FEE, c=FEE))
    assert len(two) == len(three) == 1
    assert next(iter(two)).startswith("k/insatser/a+1/avgift-")
    assert two.keys().isdisjoint(three)


def test_the_id_of_what_follows_from_another_change_is_made_of_that_too() -> None:
    age = {"villkor": [{"typ": "ålder", "ålder": {"avser": "deltagaren", "från": 0, "till": 6}}]}
    alone, others = (
        {"målgrupp": {"deltagare": who}} for who in (["barn"], ["barn", "vuxna", "föräldrar"])
    )
    one = Telling(facts.compare(revision(a=age | others), revision(a=age | alone)))
    ids = identity.Ids(one)
    (at,) = (number for number, told in enumerate(one.changes) if "0–6 år" in told.clause)
    (cause,) = ids.facts
    assert cause in ids.of_own(one.changes[at])
    assert ids.changes[at] != cause and ids.changes[at].startswith("k/insatser/a/målgrupp")


def test_what_only_the_files_say_does_not_count_in_what_comes_and_goes() -> None:
    waived = {"avvikelser": [{"regel": "IK705", "motivering": "Så är det."}], "källa": {"sida": 3}}
    assert of_facts(revision(a={}), revision(a={}, b={})) == of_facts(
        revision(a={}), revision(a={}, b=waived)
    )


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(revisions(), revisions())
def test_no_two_have_the_same_id_and_it_can_be_pasted_anywhere(
    old: Revision, new: Revision
) -> None:
    one = Telling(facts.compare(old, new))
    named = identity.Ids(one)
    for ids in (named.changes, named.facts):
        assert len(set(ids)) == len(ids)
        assert all(map(ID.fullmatch, ids))


def test_every_kind_of_change_has_an_id_of_its_own() -> None:
    old, new = every_kind_of_change()
    there, back = told(old, new), told(new, old)
    assert len(there) > 20
    assert there == told(old, new)
    assert there.keys().isdisjoint(back)


def changes(*arguments: str, top: Path) -> dict[str, dict[str, Any]]:
    """What is told of one municipality, by id."""
    done = run("diff", *arguments, "--format", "json", cwd=top)
    (comparison,) = json.loads(done.out)["comparisons"]
    return {one["id"]: one for one in comparison["changes"]}


def at(place: dict[str, Any] | None, top: Path) -> str | None:
    """A place with what the file, as it is now, has there."""
    if place is None:
        return None
    path = place["path"].rpartition(":")[2]
    lines = (top / path).read_text("utf-8").splitlines()
    return f"{path.rpartition('/')[2]}: {lines[place['line'] - 1][place['column'] - 1 :]}"


def test_a_change_stands_at_its_line_on_both_sides_and_keeps_its_id(tmp_path: Path) -> None:
    top = make(tmp_path)
    kommun(top / "catalogue", "k", a=FEE, b={})
    commit(top, "förra")
    folder = kommun(top / "catalogue", "k", a={"avgift": {"belopp": "200 kronor"}})
    commit(top, "nu")
    insats = folder / "insatser" / "a.yaml"
    found = {name.rpartition("-")[0]: one for name, one in changes("förra", top=top).items()}
    fee, gone = (found[f"k/insatser/{name}"] for name in ("a/avgift", "b"))
    come = next(
        o for n, o in changes("nu", "förra", top=top).items() if n.startswith("k/insatser/b-")
    )
    old, new = fee["places"]["old"], fee["places"]["new"]
    assert old["path"] == "förra:catalogue/kommuner/k/insatser/a.yaml"
    assert new["path"] == "catalogue/kommuner/k/insatser/a.yaml"
    assert old["line"] == new["line"] and old["stands"] and new["stands"]
    assert str(at(new, top)).startswith("a.yaml: avgift")
    assert gone["places"]["new"] is None and gone["places"]["old"]["line"] == 1
    assert come["places"] == {"old": None, "new": gone["places"]["old"]}
    before = changes("förra", top=top).keys()
    insats.write_text("# En rad till.\n" + insats.read_text("utf-8"), "utf-8")
    after = changes("förra", top=top)
    assert after.keys() == before
    moved = next(one for name, one in after.items() if "/a/avgift-" in name)
    assert moved["places"]["new"]["line"] == new["line"] + 1


def test_a_field_that_is_lacking_has_the_place_of_what_it_would_stand_in(tmp_path: Path) -> None:
    top = make(tmp_path)
    kommun(top / "catalogue", "k", a=FEE | AGE)
    commit(top, "förra")
    kommun(top / "catalogue", "k", a=AGE)
    (one,) = changes("förra", top=top).values()
    assert one["places"]["old"]["stands"] and not one["places"]["new"]["stands"]
    assert one["places"]["new"]["path"] == "catalogue/kommuner/k/insatser/a.yaml"


def test_what_a_decision_says_has_its_line_in_the_decisions_file() -> None:
    found = changes("2025-05-19", "--kommun", "uppsala", top=Path(__file__).parents[1])
    for one in found.values():
        old = one["places"]["old"]
        assert old["path"].endswith("uppsala/beslut/2025-05-19.yaml") and old["line"] > 20
    title = next(one for name, one in found.items() if name.startswith("uppsala/kommun/bilaga"))
    told_there = at(title["places"]["old"], Path(__file__).parents[1])
    assert told_there == f"2025-05-19.yaml: {title['before']}"
