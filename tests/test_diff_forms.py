"""The diff in words: clauses that read well, and the forms that they are told in."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from insatskoll import lines
from insatskoll.catalogue.model import Revision
from insatskoll.diff import facts, judgement, meaning, word_diff
from insatskoll.diff.facts import compare
from insatskoll.diff.findings import FindingsChange
from insatskoll.diff.forms import json_form, letter, markdown, pages, terminal
from insatskoll.diff.forms.markdown import _narrows
from insatskoll.diff.judgement import Judgement
from insatskoll.diff.telling import Change, Telling, about
from insatskoll.lint.findings import Finding
from insatskoll.lint.reporters.markdown import LONGEST
from insatskoll.reading import schema
from insatskoll.reading.places import Span
from tests import golden
from tests.revisions import every_kind_of_change, revision, revisions


def telling(old: Revision, new: Revision) -> Telling:
    return Telling(facts.compare(old, new))


def in_terminal(one: Telling) -> str:
    text = "".join(map(lines.plain, terminal.render(one)))
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def test_every_kind_of_change_in_words() -> None:
    old, new = every_kind_of_change()
    golden.check("diff-alla-slag.txt", in_terminal(telling(old, new)))
    golden.check("diff-alla-slag-åter.txt", in_terminal(telling(new, old)))


def test_every_kind_of_change_in_the_other_forms() -> None:
    one = telling(*every_kind_of_change())
    golden.check("diff-alla-slag.md", markdown.render([one]))
    golden.check(
        "diff-alla-slag.html", re.sub(r"<style>.*?</style>", "", pages.html([one]), flags=re.DOTALL)
    )
    golden.check("diff-alla-slag-tjänsteskrivelse.html", letter.html(one))


BROKEN = re.compile(
    r"None|\{|\}|\.\.|  |”” | ,|\( |\b(från|till|för|i|av|på|om|och|att|med|som) \1\b"
    r"|uppgiften om [a-z_]*_"
)


@settings(
    max_examples=30,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(revisions(), revisions())
def test_no_clause_is_broken_whatever_has_changed(old: Revision, new: Revision) -> None:
    one = telling(old, new)
    for change in one.changes:
        own = re.sub(r"”[^”]*”", "”x”", change.clause)  # what is quoted is the nämnd's
        for name in change.insatser:
            own = own.replace(name, "X")
        assert not BROKEN.search(own) or BROKEN.search(change.before + change.after), change.clause
        assert change.judgements
        # a name that is clipped ends as it is
        assert re.search(r"(?:[.…]|[.!?…؟][”»)]+)$", one.sentence(change)), one.sentence(change)
    assert schema.errors(json.loads(json_form.render([one])), "diff") == []


AGES: tuple[dict[str, Any], ...] = (
    {"från": 18},
    {"till": 19, "förtydligande": "tills skolan är slut"},
    {"från": 13, "till": 20},
    {"från": 1, "enhet": "månader"},
    {"från": 6, "enhet": "ej angiven"},
    {"från": 3, "avser": "barnet"},
)


def test_an_age_of_any_form_can_become_one_of_any_other() -> None:
    for first, second in itertools.permutations(AGES, 2):
        ages = [{"avser": "deltagaren"} | one for one in (first, second)]
        for fields in (
            [{"målgrupp": {"ålder": one}} for one in ages],
            [{"villkor": [{"typ": "ålder", "ålder": one}]} for one in ages],
        ):
            old, new = (revision(a=one) for one in fields)
            for change in telling(old, new).changes:
                assert not BROKEN.search(change.clause), change.clause


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, "ja", "insatsen a anges vara en skyldighet enligt lag"),
        ("ja", None, "uppgiften att insatsen a är en skyldighet enligt lag tas bort"),
        (
            "ja",
            "SoL 13 kap. 4 §",
            "SoL 13 kap. 4 § anges som grund för skyldigheten att ge insatsen a",
        ),
        (
            "SoL 13 kap. 4 §",
            "ja",
            "bestämmelsen som gör insatsen a till en skyldighet, SoL 13 kap. 4 §, tas bort",
        ),
    ],
)
def test_a_duty_whose_provision_is_not_told_is_one_by_law(
    before: str | None, after: str | None, told: str
) -> None:
    old, new = (
        revision(a={} if side is None else {"lagstadgad": side}) for side in (before, after)
    )
    assert [change.clause for change in telling(old, new).changes] == [told]


def test_the_same_change_to_several_insatser_of_an_avdelning_is_told_once() -> None:
    fee = {"avgift": {"belopp": "100 kronor"}}
    told = telling(revision(a={}, b={}, c={}), revision(a=fee, b=fee, c={})).changes
    assert [change.clause for change in told] == [
        "en avgift på 100 kronor införs för insatserna a och b"
    ]


def test_who_gives_an_insats_is_no_name_of_it() -> None:
    units = {"utförare": {"enheter": ["exempelenhet"]}}
    told = telling(
        revision(a=units),
        revision(a={"utförare": {"enheter": ["exempelenhet"], "namn": ["Attendo AB"]}}),
    )
    assert [change.clause for change in told.changes] == ["Attendo AB börjar ge insatsen a"]
    assert [j.verdict for change in told.changes for j in change.judgements] == ["other-provider"]


def test_the_order_of_print_is_told_only_when_insatser_change_places() -> None:
    def listed(*ids: str) -> Revision:
        avdelning = {"id": "vuxen", "namn": "Vuxen", "insatser": list(ids)}
        return revision({"avdelningar": [avdelning]}, **{i: {} for i in ids})

    assert [c.clause for c in telling(listed("a", "b"), listed("a", "c", "b")).changes] == [
        "c läggs till som ny insats"
    ]
    assert [c.clause for c in telling(listed("a", "b"), listed("b", "a")).changes] == [
        "ordningen mellan insatserna i avdelningen Vuxen ändras"
    ]


def test_a_decision_has_been_made_and_a_proposal_is_made() -> None:
    beslut = {"nämnd": "Omsorgsnämnden", "datum": "2025-09-24", "paragraf": "§ 7"}
    old = revision(a={})
    proposed, decided = telling(old, revision()), telling(old, revision(beslut=beslut))
    assert (
        proposed.sentence(proposed.changes[0]) == "Förvaltningen föreslår att insatsen a tas bort."
    )
    assert (
        decided.sentence(decided.changes[0])
        == "Omsorgsnämnden har beslutat att insatsen a tas bort."
    )


def test_summary_and_what_is_about_one_insats() -> None:
    old, new = every_kind_of_change()
    comparison = facts.compare(old, new)
    assert "Insatsen Lots tas bort." in Telling(comparison).summary
    assert about(comparison, "lots") == ["Insatsen Lots tas bort."]
    assert about(comparison, "ny") == ["Insatsen Gammalt namn byter namn till Nytt namn."]
    assert about(comparison, "d2") == [
        "Insatsen Delad delas upp i Delad för unga och Delad för vuxna. Innehållet i Delad för "
        "unga är ”En annan sak”.",
    ]


def test_unchanged_insatser_are_counted() -> None:
    one = telling(
        revision(a={}, b={}, c={}), revision(a={"syfte": "X"}, b={}, c={"avvikelser": []})
    )
    assert one.closing == "Förslaget innebär en ändring, och två insatser är oförändrade."
    assert (
        telling(revision(a={}), revision(a={})).closing == "Inga ändringar. 1 insats är oförändrad."
    )


# Word by word


@settings(deadline=None)
@given(st.text(alphabet="ab .\n"), st.text(alphabet="ab .\n"))
def test_the_pieces_make_up_both_texts(old: str, new: str) -> None:
    pieces = word_diff.compare(old, new)
    assert "".join(text for kind, text in pieces if kind != "added") == old
    assert "".join(text for kind, text in pieces if kind != "removed") == new


def test_words_are_compared_and_not_letters() -> None:
    assert word_diff.compare("högst fem samtal", "högst sju samtal") == [
        ("same", "högst "),
        ("removed", "fem"),
        ("added", "sju"),
        ("same", " samtal"),
    ]


def test_long_texts_of_few_words_are_told_as_replaced() -> None:
    old, new = (f"{first} " + "a b " * 2_000 + last for first, last in (("x", "y"), ("z", "w")))
    assert [kind for kind, _ in word_diff.compare(old, new)] == ["removed", "added"]


def test_very_long_texts_are_compared_by_sentence() -> None:
    old = "".join(f"Det här är mening {i}. " for i in range(900))
    new = old.replace("mening 450", "punkt 450")
    assert [p for p in word_diff.compare(old + "Slut.", "Början. " + new) if p.kind != "same"] == [
        ("added", "Början. "),
        ("removed", "Det här är mening 450."),
        ("added", "Det här är punkt 450."),
        ("removed", "Slut."),
    ]


# Markdown and HTML have no power over who shows them


HOSTILE = "<img src=x onerror=alert(1)> [länk](http://x) *fet* @alla #1 </details> | ` ~~x~~"


def hostile() -> Telling:
    long = {"innehåll": f"{HOSTILE} " * 5}
    return telling(
        revision(a={"namn": HOSTILE} | long),
        revision(a={"namn": f"{HOSTILE} 2", "innehåll": f"{HOSTILE} x " * 5}),
    )


def test_markdown_takes_text_as_text() -> None:
    text = markdown.render([hostile()]).split("\n", 2)[2]  # the verdict is in bold
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(text)
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert not kinds & {"link_open", "image", "strong_open", "code_inline", "s_open"}
    raw = {c.content for t in tokens for c in t.children or () if c.type == "html_inline"}
    assert raw <= {"<del>", "</del>", "<ins>", "</ins>"}
    assert "@alla" not in text


def test_no_changes_are_told_too() -> None:
    assert markdown.render([]) == f"{markdown.MARKER}\nInga ändringar.\n"


def test_many_changes_are_folded_and_too_many_are_cut() -> None:
    few = markdown.render([telling(revision(), revision(a={}))])
    assert "<details>" not in few
    many = markdown.render([telling(*every_kind_of_change())])
    assert many.count("<details>") == many.count("</details>") > 1
    old, new = (
        revision(**{f"i{n}": {"innehåll": f"{word} {n} " * 60} for n in range(20)})
        for word in ("a", "b")
    )
    cut = markdown.render([telling(old, new)] * 30)
    assert len(cut) <= LONGEST
    # the clauses fit, and the long texts give way
    assert cut.count("innehållet i insatsen") == 600
    assert re.search(
        r"Utelämnat eller avkortat, för att rymmas: [0-9]+ långa texter\. Hela listan", cut
    )


def test_many_names_are_told_shorter_and_what_has_become_of_them_is_kept() -> None:
    def side(most: int) -> Revision:
        return revision(
            **{
                f"i{n:03}": {
                    "namn": f"Råd- och stödsamtal för grupp nummer {n:03}",
                    "omfattning": {"högst": most, "enhet": "samtal"},
                }
                for n in range(40)
            }
        )

    text = markdown.render([telling(side(5), side(4))])
    (line,) = (line for line in text.splitlines() if "omfattningen" in line)
    assert (
        "grupp nummer 004 samt 35 till minskas från " in line and "snävare för den enskilde" in line
    )
    assert "Utelämnat eller avkortat, för att rymmas: 1 rad. Hela listan ges av" in text
    few = markdown.render(
        [
            telling(
                *(revision(a={"omfattning": {"högst": most, "enhet": "samtal"}}) for most in (5, 4))
            )
        ]
    )
    assert "avkortat" not in few


def test_a_long_clause_that_cannot_be_told_shorter_is_cut_and_counted() -> None:
    one = telling(revision(), revision())
    one.__dict__["changes"] = (Change("Del", (), "ord " * 400, (Judgement("unclear", "SoL"),), ()),)
    text = markdown.render([one])
    assert "ord…" in text and "för att rymmas: 1 rad." in text


def change(number: int, verdict: str, words: int, text: int) -> Change:
    """A change with a clause and a long text of so many words, in one of three sections."""
    before, after = (f"{word} " * text for word in ("då", "<nu>"))
    clause = f"ändring {number} " + "ord " * words
    return Change(
        f"Del {number % 3}",
        (),
        clause,
        (Judgement(verdict, "SoL"),),
        (),
        before,
        after,
        long=text > 0,
    )


@st.composite
def sized(draw: st.DrawFn) -> list[Telling]:
    """Changes of any number and size, in one municipality or several, with findings."""
    found = []
    for place in range(draw(st.integers(1, 6))):
        one = telling(
            revision({"namn": f"Kommun {place} *"}), revision({"namn": f"Kommun {place} *"})
        )
        sizes = st.tuples(
            st.sampled_from(["narrower", "unclear", "editorial"]),
            st.integers(1, 150),
            st.sampled_from([0, 50, 4000]),
        )
        kinds = draw(st.lists(sizes, min_size=1, max_size=4))
        number = draw(st.sampled_from([1, 10, 150]))
        ordered = sorted((kinds[n % len(kinds)] for n in range(number)), key=lambda kind: kind[0])
        changes = sorted(
            (change(n, *kind) for n, kind in enumerate(ordered)), key=lambda c: c.section
        )
        one.__dict__["changes"] = tuple(changes)
        finding = Finding(
            Path(f"k{place}/a.yaml"),
            Span(),
            "IK999",
            "fel",
            "Meddelande. " * draw(st.sampled_from([1, 60])),
            "",
            (),
        )
        findings = FindingsChange((finding,) * draw(st.sampled_from([0, 1, 60])))
        found.append(replace(one, findings=findings))
        found[-1].__dict__["changes"] = tuple(changes)
    return found


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(sized())
def test_a_comment_is_cut_by_weight_and_says_how_much(tellings: list[Telling]) -> None:
    text = markdown.render(tellings)
    assert len(text) <= LONGEST
    assert text.count("<details>") == text.count("</details>")
    assert text.count("<ins>") == text.count("</ins>")
    shown = {
        place: part.count("- ändring ") for place, part in enumerate(text.split("\n## Kommun ")[1:])
    }
    assert all(shown[place] >= 1 for place in range(len(tellings)))
    changes = [change for one in tellings for change in one.changes]
    cut = re.search(r"Utelämnat eller avkortat, för att rymmas: (.*)\. Hela listan", text)
    if cut is None:
        assert sum(shown.values()) == len(changes)
        return
    assert len(text) >= LONGEST * 0.95
    out = re.search(r"([0-9]+) ändring", cut[1])
    assert sum(shown.values()) + (int(out[1]) if out else 0) == len(changes)
    narrower = re.search(r"([0-9]+) av dem snävare", cut[1])
    all_narrower = sum(_narrows(change) for change in changes)
    assert (
        text.count("snävare för den enskilde, SoL") + (int(narrower[1]) if narrower else 0)
        == all_narrower
    )
    if narrower is not None:  # then nothing lighter has got room but the first of a municipality
        assert text.count("SoL)*") - text.count("snävare för den enskilde, SoL") <= len(tellings)
    fynd = sum(len(one.findings.introduced) for one in tellings if one.findings)
    out = re.search(r"([0-9]+) fynd", cut[1])
    assert text.count("- **Nytt:**") + (int(out[1]) if out else 0) == fynd


def test_a_narrowing_in_a_later_municipality_is_never_cut_for_what_is_lighter() -> None:
    first, second = (
        telling(revision({"namn": name}), revision({"namn": name}))
        for name in ("Linköping", "Sala")
    )
    for one, graver in ((first, 300), (second, 299)):
        made = [change(n, "narrower" if n >= graver else "unclear", 60, 400) for n in range(300)]
        one.__dict__["changes"] = tuple(sorted(made, key=lambda c: c.section))
    text = markdown.render([first, second])
    assert "- ändring 299 " in text.split("## Sala")[1]
    assert re.search(r"och [0-9]+ till\n", text)


def test_html_takes_text_as_text() -> None:
    page = pages.html([hostile()])
    assert "<img" not in page
    assert "&lt;img" in page


def test_side_by_side_is_told_without_colour_too() -> None:
    page = pages.html(
        [telling(revision(a={"syfte": "fem samtal"}), revision(a={"syfte": "sju samtal"}))]
    )
    assert '<del><span class="dold">Borttaget: </span>fem</del> samtal' in page
    assert '<ins><span class="dold">Tillagt: </span>sju</ins> samtal' in page


# The tjänsteskrivelse


def drafted(old: Revision, new: Revision) -> str:
    return " ".join(letter.html(telling(old, new)).split())


def test_the_letter_proposes_each_exemption_and_tells_what_it_means_for_children() -> None:
    documented: dict[str, Any] = {
        "dokumentation": {"nivå": "avidentifierad"},
        "målgrupp": {"deltagare": ["barn"]},
    }
    old = revision(
        a={"målgrupp": {"deltagare": ["barn"]}, "dokumentation": {"nivå": "individnivå"}}
    )
    text = drafted(old, revision(a=documented))
    assert "dokumentationen av a avidentifieras" in text
    consequences = text.split("Konsekvenser för barn</h2>")[1].split("<h2>")[0]
    assert "Insatsen a dokumenteras avidentifierat i stället för på individnivå." in consequences


def test_the_letter_cites_reasons_only_where_the_bilaga_has_them() -> None:
    """The nämnd would otherwise decide on reasons that stand nowhere."""
    cited = "av de särskilda skäl som bilagan anger"
    for special, stated in (
        (None, False),
        ({"åberopas": "ja"}, False),
        ({"grund": "anonymitet"}, False),
        ({"grund": "anonymitet", "motivering": "Gruppen kommer inte annars."}, True),
    ):
        documentation = {"nivå": "avidentifierad"} | (
            {"särskilda_skäl": special} if special else {}
        )
        text = drafted(revision(a={}), revision(a={"dokumentation": documentation}))
        assert (cited in text) is stated
        assert ("[fyll i: de särskilda skälen, som bilagan inte anger]" in text) is not stated
        assert ("a: bilagan anger inga särskilda skäl." in text) is not stated


def test_the_letter_cites_no_reasons_that_the_bilaga_says_are_not_invoked() -> None:
    denied = {
        "nivå": "avidentifierad",
        "särskilda_skäl": {
            "åberopas": "nej",
            "grund": "mötesplats",
            "motivering": "Ingen anmäler sig.",
        },
        "omfattar": "alla",
    }
    said = "bilagan skriver avidentifierat, men också att särskilda skäl inte åberopas"
    whole, part = (
        {"dokumentation": denied},
        {"delar": [{"namn": "A", "dokumentation": denied}, {"namn": "B"}]},
    )
    for data in (whole, part):
        text = drafted(revision(a={"dokumentation": {"nivå": "individnivå"}}), revision(a=data))
        assert "av särskilda skäl" not in text and "skäl som bilagan anger" not in text
        assert "[fyll i: de särskilda skälen, som bilagan inte anger]" in text and said in text


def test_the_letter_asks_for_no_decision_on_advice_and_names_the_part_that_is_exempted() -> None:
    exempt = {"nivå": "avidentifierad"}
    text = drafted(revision(a={}), revision(a={"karaktär": "rådgivning", "dokumentation": exempt}))
    assert "att dokumentationen" not in text and "insatsen är rådgivning" in text
    parts = [
        {"namn": "Råd", "karaktär": "rådgivning", "dokumentation": exempt},
        {"namn": "Stöd", "dokumentation": exempt},
    ]
    text = drafted(revision(a={}), revision(a={"delar": parts}))
    assert "att dokumentationen av delen ”Stöd” i a avidentifieras" in text


@pytest.mark.parametrize(
    ("clauses", "said"),
    [
        (
            ["Ändringarna genomförs så som föredragningen anger."],
            "<ol> <li>Ändringarna genomförs så som föredragningen anger.</li>",
        ),
        (
            ["att anta bilagan", "att den gäller genast"],
            "<ol> <li>Socialnämnden beslutar att anta bilagan.</li> "
            "<li>Socialnämnden beslutar att den gäller genast.",
        ),
    ],
)
def test_the_nämnds_own_clauses_stand_as_they_are(clauses: list[str], said: str) -> None:
    proposed = revision({"förslag": {"datum": "2025-09-18", "beslutssats": clauses}}, a={})
    text = drafted(revision(a={}), proposed)
    assert said in text and "<h2>Föredragning</h2>" in text


def test_the_letter_tells_when_the_bilaga_was_decided() -> None:
    beslut = {"nämnd": "Socialnämnden", "datum": "2025-05-19", "paragraf": "§ 103"}
    text = drafted(revision(None, beslut, a={}), revision(a={}))
    assert "ersätter den som beslutades den 19 maj 2025, § 103 (SoL 11 kap. 5 §)." in text
    assert "Nämnden beslutade senast om dem den 19 maj 2025 (§ 103)." in text


def test_the_letter_has_sentences_and_keeps_the_programs_remarks_to_its_note() -> None:
    text = drafted(*every_kind_of_change())
    body, note = text.split("<h2>Anteckningar till den som skriver (tas bort)</h2>")
    assert "får läsas ur texten" not in body and not re.search(r"\bIK[0-9]{3}\b", body)
    assert "får läsas ur texten" in note
    assert re.search(
        r"Förslaget innebär \d+ ändringar\. En insats .*?\. Ingen insats är oförändrad\.", body
    )
    one = drafted(revision(a={"syfte": "X"}, b={}, c={}), revision(a={"syfte": "Y"}, b={}, c={}))
    assert "Förslaget innebär en ändring. En insats ändras. Två insatser är oförändrade." in one


@pytest.mark.parametrize(
    ("field", "before", "after", "said"),
    [
        ("omfattning", {}, {"högst": 7, "enhet": "samtal"}, "begränsas till högst sju samtal"),
        ("avgift", "nej", {"belopp": "200 kronor"}, "En avgift på 200 kronor införs"),
        ("ingång", "öppen", "remiss", "ändras från öppen till remiss"),
        ("villkor", [], [{"typ": "folkbokföring", "område": "Exempel"}], "i Exempel införs"),
    ],
)
def test_what_is_narrower_in_an_insats_for_children_is_a_consequence_for_them(
    field: str, before: Any, after: Any, said: str
) -> None:
    for participants, told in (
        ("barn", True),
        ("unga", True),
        ("föräldrar", True),
        ("vuxna", False),
    ):
        group = {"målgrupp": {"deltagare": [participants]}}
        old = revision(a=group | ({field: before} if before else {}))
        text = drafted(old, revision(a=group | {field: after}))
        consequences = text.split("Konsekvenser för barn</h2>")[1].split("<h2>")[0]
        assert (said in consequences) is told, (participants, consequences)
        assert "snävare för den enskilde" not in consequences  # the note beside the words says so


def test_the_letter_says_so_when_nothing_concerns_children() -> None:
    assert "<p>Ingen ändring gäller vilka barn" in drafted(
        revision(a={"syfte": "X"}), revision(a={"syfte": "Y"})
    )


def test_what_moves_into_the_parts_is_not_struck() -> None:
    """It is still decided, only elsewhere."""
    level = {
        "dokumentation": {"nivå": "individnivå"},
        "omfattning": {"högst": 3, "enhet": "samtal"},
    }
    whole = revision(a=level | {"syfte": "X"})
    parted = revision(a={"delar": [{"namn": "A"} | level, {"namn": "B"} | level]})
    assert [change.clause for change in telling(whole, parted).changes] == [
        "insatsen a delas in i delarna ”A” och ”B”. Delarna dokumenteras på individnivå, liksom "
        "insatsen hittills.",
        "syftet med insatsen a tas bort: ”X”",
    ]
    assert [change.clause for change in telling(parted, whole).changes] == [
        "uppdelningen av insatsen a i delarna ”A” och ”B” tas bort. Insatsen dokumenteras på "
        "individnivå, liksom delarna hittills.",
        "syftet med insatsen a läggs till: ”X”",
    ]


def test_an_analysis_speaks_of_its_insats() -> None:
    """It is the insats that is documented, not the analysis."""
    analyses: list[dict[str, Any]] = [
        {"a": {"namn": "A", "insats": "a", "dokumentation": {"nivå": level}}}
        for level in ("avidentifierad", "individnivå")
    ]
    (change,) = telling(
        revision(None, None, analyses[0], a={}), revision(None, None, analyses[1], a={})
    ).changes
    wanted = (
        "risk- och konsekvensanalysen av A förordar att insatsen dokumenteras på individnivå i "
        "stället för avidentifierat"
    )
    assert change.clause == wanted


@pytest.mark.parametrize("form", [markdown.render, json_form.render, pages.html])
def test_the_forms_give_the_same_twice(form: Any) -> None:
    one, other = (telling(*every_kind_of_change()) for _ in range(2))
    assert form([one]) == form([other])


def test_the_json_form_has_all_facts_and_points_at_them() -> None:
    old, new = every_kind_of_change()
    document = json.loads(json_form.render([telling(old, new)]))
    assert schema.errors(document, "diff") == []
    comparison = document["comparisons"][0]
    assert len(comparison["facts"]) == len(compare(old, new).facts)
    lots = next(change for change in comparison["changes"] if change["insatser"] == ["Lots"])
    assert comparison["facts"][lots["facts"][0]]["file"] == {
        "kind": "insats",
        "old": "lots",
        "new": None,
    }


CONSENT: dict[str, Any] = {
    "samtycke": {"under_15": "samtliga vårdnadshavare", "beskrivning": "Båda skriver under."}
}
FROM_15 = {"samtycke": {"från_15": "utan vårdnadshavare", "lämplighet": "Den unge vet själv."}}
EXTENT: dict[str, Any] = {"omfattning": {"högst": 3, "enhet": "samtal"}}


@pytest.mark.parametrize(
    ("whole", "parts", "moved"),
    [
        (CONSENT, (CONSENT, CONSENT), True),
        (CONSENT, (FROM_15, {}), False),
        (CONSENT, (CONSENT, {}), False),
        (CONSENT, (CONSENT, FROM_15), False),
        (EXTENT, ({"omfattning": {"högst": 2, "enhet": "samtal"}}, EXTENT), False),
        (EXTENT, (EXTENT, {}), False),
        (EXTENT, (EXTENT, EXTENT), True),
    ],
)
def test_only_what_every_part_says_has_moved_and_the_rest_is_told_of_each(
    whole: Any, parts: Any, moved: bool
) -> None:
    parted = revision(
        a={"delar": [{"namn": name} | part for name, part in zip("AB", parts, strict=True)]}
    )
    (field,) = whole
    for old, new in ((revision(a=whole), parted), (parted, revision(a=whole))):
        (change,) = [
            c for c in telling(old, new).changes if any(f.path == (field,) for f in c.facts)
        ]
        assert change.sentences is not moved or "tas bort, och insatsen" in change.clause
        of_each = {"omfattning": ["unclear-scope", "unclear"]}.get(field, ["editorial"])
        assert not moved or [j.verdict for j in change.judgements] == of_each


def test_what_has_moved_in_one_insats_and_is_struck_in_another_is_told_of_each() -> None:
    parted, empty = ({"delar": [{"namn": name} | part for name in "AB"]} for part in (CONSENT, {}))
    changes = telling(revision(a=CONSENT, b=CONSENT), revision(a=parted, b=empty)).changes
    told = {c.insatser: c for c in changes}
    assert told[("a",)].clause == "insatsen a delas in i delarna ”A” och ”B”"
    for part in "AB":
        assert f"för barn under 15 år i delen ”{part}” tas bort" in told[("b",)].clause
    assert [j.verdict for j in told[("b",)].judgements] == ["less-consent"]


REASONS = {"grund": "anonymitet", "motivering": "Unga avstår. De säger det."}
EXEMPT = {"nivå": "avidentifierad", "särskilda_skäl": REASONS}


def test_a_changed_level_is_one_clause_and_its_reasons_are_sentences_of_their_own() -> None:
    level = {"dokumentation": {"nivå": "individnivå"}}
    old, new = (
        revision(a=level, b={"syfte": "X"}),
        revision(a={"dokumentation": EXEMPT}, b={"syfte": "Y"}),
    )
    reasons = "Som grund anges anonymitet och som skäl ”Unga avstår. De säger det”."
    first = "dokumenteras avidentifierat av särskilda skäl i stället för på individnivå."
    (change,) = [c for c in telling(old, new).changes if c.insatser == ("a",)]
    assert change.main_clause == f"Insatsen a {first} {reasons}"
    assert f"<li>Insatsen a {first} {reasons}</li>" in drafted(old, new)
    assert f"insatsen a {first} {reasons}" in " ".join(
        markdown.render([telling(old, new)]).replace("\\", "").split()
    )
    (back,) = [c for c in telling(new, old).changes if c.insatser == ("a",)]
    told = "dokumenteras på individnivå i stället för avidentifierat av särskilda skäl."
    assert back.main_clause == f"Insatsen a {told}"  # what the reasons were is told beside it
    assert back.long and "De säger det" in back.before
    assert f"{told}</li>" in drafted(new, old)


TEXTS = st.lists(
    st.sampled_from(["Ring oss", "Kom hit", "Det går bra", "Högst två"]), min_size=1, max_size=3
).map(lambda said: ". ".join(said) + ".")
DOCUMENTED = st.fixed_dictionaries(
    {"nivå": st.sampled_from(["individnivå", "avidentifierad", "utan personliga förhållanden"])},
    optional={
        "särskilda_skäl": st.fixed_dictionaries(
            {"grund": st.just("anonymitet")}, optional={"motivering": TEXTS}
        ),
        "beskrivning": TEXTS,
        "omfattar": TEXTS,
        "beslut": TEXTS,
    },
)
EXTENTS = st.fixed_dictionaries(
    {"högst": st.integers(1, 9), "enhet": st.just("samtal")}, optional={"beskrivning": TEXTS}
)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "dokumentation": DOCUMENTED,
    "omfattning": EXTENTS,
    "syfte": TEXTS,
    "innehåll": TEXTS,
    "mål": TEXTS,
    "avgränsning": TEXTS,
    "avgift": st.fixed_dictionaries({"beskrivning": TEXTS}),
    "samtycke": st.fixed_dictionaries(
        {"under_15": st.just("vårdnadshavare")}, optional={"beskrivning": TEXTS}
    ),
    "metod": st.fixed_dictionaries({"namn": st.just("COPE"), "stöd": TEXTS}),
    "villkor": st.lists(
        st.fixed_dictionaries({"typ": st.just("annat"), "beskrivning": TEXTS}),
        min_size=1,
        max_size=2,
    ),
    "målgrupp": st.fixed_dictionaries({"beskrivning": TEXTS}),
}
COMMON = st.fixed_dictionaries(
    {},
    optional={
        "gemensam_dokumentation": DOCUMENTED.map(
            lambda d: [{"gäller": "grupper. Alla", "dokumentation": d}]
        )
    },
)
DATA = st.fixed_dictionaries({}, optional=FIELDS)


@settings(max_examples=40)
@given(DATA, DATA, COMMON, COMMON)
def test_no_sentence_of_the_files_runs_on_into_a_clause(
    before: Any, after: Any, common: Any, new_common: Any
) -> None:
    """Outside quotation marks a clause is one sentence, but for those that follow it whole."""
    one = telling(revision(common, a=before), revision(new_common, a=after))
    for change in one.changes:
        bare = re.sub(r"”[^”]*”", "”…”", change.clause)
        _, *further = re.split(r"(?<=[.!?]) +", bare)
        assert bool(further) is change.sentences, change.clause
        assert all(
            sentence[0].isupper() and "i stället för" not in sentence for sentence in further
        )


LISTED = {"nivå": "individnivå", "beskrivning": "- namn\n- adress"}
LISTED_REASONS = {"åberopas": "ja", "motivering": "- anonym\n- rädd"}


def test_a_list_ends_before_the_next_sentence_where_it_is_told_on_one_line() -> None:
    exempt = {"nivå": "avidentifierad", "särskilda_skäl": LISTED_REASONS}
    old, new = revision(a={"dokumentation": LISTED}), revision(a={"dokumentation": exempt})
    told = "Som skäl anges ”- anonym - rädd”. Om dokumentationen har angetts ”- namn - adress”."
    back = "Om dokumentationen anges ”- namn - adress”."
    for one, wanted in ((telling(old, new), told), (telling(new, old), back)):
        (change,) = one.changes
        assert change.clause.endswith(wanted) and change.brief.endswith(wanted)
        assert wanted in in_terminal(one)
        assert f"{wanted}</li>" in letter.html(one)


def test_a_list_last_in_a_clause_ends_before_what_is_said_of_the_change() -> None:
    group = {"målgrupp": {"deltagare": ["barn"]}, "dokumentation": {"nivå": "individnivå"}}
    exempt = group | {"dokumentation": {"nivå": "avidentifierad", "särskilda_skäl": LISTED_REASONS}}
    text = " ".join(drafted(revision(a=group), revision(a=exempt)).split())
    assert "”- anonym - rädd”.</li>" in text
    (change,) = telling(revision(a={}), revision(a={"mål": ["- ett\n- två"]})).changes
    assert "\n" not in change.clause and change.main_clause.endswith("”.")


def test_a_list_in_a_new_insats_ends_before_what_follows_it() -> None:
    new = {
        "målgrupp": {"beskrivning": "Vuxna."},
        "innehåll": "Vi ger\n- råd\n- stöd\n\nKom till oss",
        "dokumentation": LISTED,
    }
    (change,) = telling(revision(b={}), revision(b={}, a=new)).changes
    assert (
        "Vi ger - råd - stöd. Kom till oss. Dokumenteras på individnivå. - namn - adress."
        in change.after
    )


def test_a_list_ends_before_the_next_paragraph_in_the_forms_that_show_no_lines() -> None:
    long = (
        "- råd till den som vill ha det\n- stöd till den som behöver det\n\nKom till oss när "
        "du vill, så ofta du vill"
    )
    one = telling(revision(a={}), revision(a={"avgränsning": long}))
    for form in (markdown.render, pages.html):
        shown = " ".join(re.sub(r"<[^>]*>", "", form([one])).replace("\\", "").split())
        assert "stöd till den som behöver det. Kom till oss" in shown


AGE = {"typ": "ålder", "ålder": {"från": 18, "avser": "deltagaren"}}


def _parted(whole: dict[str, Any], *parts: dict[str, Any]) -> Revision:
    return revision(
        a=whole | {"delar": [{"namn": name} | part for name, part in zip("AB", parts, strict=True)]}
    )


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        (EXTENT, ["unclear-scope", "unclear"]),
        (CONSENT, ["editorial"]),
        ({"villkor": [AGE]}, ["editorial"]),
        ({"dokumentation": {"nivå": "individnivå"}}, ["editorial"]),
    ],
)
def test_what_each_part_now_says_as_the_whole_did_is_no_news_to_it(
    said: Any, verdicts: list[str]
) -> None:
    whole, parted = _parted(said, {}, {}), _parted({}, said, said)
    for old, new, where in (
        (whole, parted, "anges i stället i delarna"),
        (parted, whole, "anges i stället för hela insatsen"),
    ):
        changes = telling(old, new).changes
        assert [[j.verdict for j in change.judgements] for change in changes] == [verdicts]
        assert where in changes[0].clause
        assert len(changes[0].facts) == 3


def test_a_fact_is_judged_once_whatever_is_made_of_it_and_by_the_law_of_the_new_sides_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[int, str | None]] = []

    def counting(fact: facts.Fact, day: str | None = None) -> tuple[Judgement, ...]:
        asked.append((id(fact), day))
        return judgement.judge(fact, day)

    monkeypatch.setattr(meaning, "judge", counting)
    old, new = every_kind_of_change()
    told = Telling(facts.compare(old, new))
    for render in (json_form.render, markdown.render):
        render([told])
    assert list(terminal.render(told))
    assert told.summary and told.judged
    times = Counter(number for number, _ in asked)
    assert {times[id(fact)] for fact in told.comparison.facts} == {1}
    assert {day for _, day in asked} == {"2026-01-01"}  # the list applies from then


def test_a_list_with_a_long_name_is_told_too() -> None:
    long = "Kultur-, idrotts- och fritidsförvaltningen på Familjecentrum i norra kommundelen"
    old, new = ({"utförare": {"samverkan": [name]}} for name in ("Region Exempel", long))
    (change,) = Telling(compare(revision(a=old), revision(a=new))).changes
    assert change.clause.startswith("samverkan i insatsen a sker med ") and long in change.clause
