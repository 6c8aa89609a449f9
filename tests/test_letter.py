"""The tjänsteskrivelse: one that is finished and not rewritten, also for a first decision."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from insatskoll.bilaga import letter_form
from insatskoll.catalogue.model import Revision, absent
from insatskoll.diff.facts import compare
from insatskoll.diff.forms import letter
from insatskoll.diff.telling import Telling
from insatskoll.reading import schema
from insatskoll.resources import TEMPLATES
from tests.catalogues import write_kommun
from tests.program import run
from tests.revisions import revision

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NONE = absent("k")
POINTS, MATTER = "Förslag till beslut", "Föredragning"
LIVES = {"gemensamma_villkor": [{"typ": "folkbokföring", "område": "Exempels kommun"}]}
ADULT = {"målgrupp": {"deltagare": ["vuxna"]}}
DECIDED = {"nämnd": "Socialnämnden", "datum": "2025-05-19", "paragraf": "§ 103"}


def page(old: Revision, new: Revision, **how: Any) -> str:
    return " ".join(letter.html(Telling(compare(old, new)), **how).split())


def under(text: str, heading: str) -> str:
    """What stands under a heading of a letter, without its elements."""
    inside = text.split(f"<h2>{heading}</h2>")[1].split("<h2>", maxsplit=1)[0]
    return " ".join(re.sub(r"<[^>]*>", " ", inside).split())


def exempt(why: str = "Ingen kommer annars.") -> dict[str, Any]:
    return {
        "dokumentation": {
            "nivå": "avidentifierad",
            "särskilda_skäl": {"åberopas": "ja", "grund": "anonymitet", "motivering": why},
        }
    }


# What the nämnd decides


def test_only_what_is_new_is_a_point_of_its_own() -> None:
    held = {name: exempt() for name in "abc"}
    old = revision(None, DECIDED, **held, d={})
    consent = {"samtycke": {"från_15": "utan vårdnadshavare"}, "målgrupp": {"deltagare": ["barn"]}}
    told = under(page(old, revision(**held, d=exempt() | consent)), "Förslag till beslut")
    assert told.count("avidentifieras") == 1
    assert "Socialnämnden beslutar att dokumentationen av d avidentifieras" in told
    told = under(page(old, revision(**held, d=consent)), "Förslag till beslut")
    assert "avidentifieras" not in told


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ({"a": exempt()}, {"a": exempt() | {"syfte": "Ett annat."}}, False),
        ({"a": exempt()}, {"a": exempt("ingen kommer annars")}, False),
        ({"a": exempt()}, {"a": exempt("Lokalen är öppen för alla.")}, True),
        ({"a": exempt()}, {"b": exempt() | {"tidigare_id": "a"}}, False),
        ({"a": exempt()}, {"a": {"delar": [{"namn": n} | exempt() for n in "AB"]}}, False),
        ({"a": {"delar": [{"namn": "A"} | exempt(), {"namn": "B"}]}}, {"a": exempt()}, True),
        ({"a": exempt(), "b": exempt()}, {"c": exempt() | {"tidigare_id": ["a", "b"]}}, False),
        ({"a": exempt(), "b": {}}, {"c": exempt() | {"tidigare_id": ["a", "b"]}}, True),
        ({}, {"a": exempt()}, True),
    ],
)
def test_an_exemption_is_new_where_it_was_not_so_before_or_for_other_reasons(
    before: dict[str, Any], after: dict[str, Any], new: bool
) -> None:
    told = under(page(revision(None, DECIDED, **before), revision(**after)), "Förslag till beslut")
    assert ("avidentifieras" in told) is new


def test_a_change_of_consent_is_a_point_with_its_words() -> None:
    group = {"målgrupp": {"deltagare": ["barn"]}}
    strict = {"under_15": "samtliga vårdnadshavare"}
    looser = strict | {"från_15": "utan vårdnadshavare", "lämplighet": "Den unge förstår stödet."}
    old = revision(None, DECIDED, a=group | {"samtycke": strict}, b=exempt())
    text = page(old, revision(a=group | {"samtycke": looser}, b=exempt()))
    (_, _, point) = re.findall(
        r"<li>(.*?)</li>", text.split("Förslag till beslut</h2>")[1].split("<h2>")[0]
    )
    assert point.startswith("Socialnämnden beslutar att ") and "(SoL 21 kap. 2 §)." in point
    said = "barn som har fyllt 15 år"
    assert said in point and said in under(text, "Konsekvenser för barn")


def test_what_is_settled_elsewhere_is_a_note_and_no_point() -> None:
    held = {"dokumentation": {"nivå": "avidentifierad"}}
    waived = {"avvikelser": [{"regel": "IK409", "motivering": "Det skrivs till."}]}
    old, new = revision(None, DECIDED, a=held), revision(a=held | waived | {"syfte": "X"})
    told = page(old, new)
    assert "avidentifieras" not in under(told, "Förslag till beslut")
    notes = told.split("Anteckningar till den som skriver")[1]
    assert "Det här är inte ändrat, men behöver ses över. a: bilagan anger inga" in notes
    assert "godtagna" not in notes
    assert "1 fynd godtagna med skäl" in page(NONE, new) and "IK409" not in page(NONE, new)


def test_every_point_is_a_sentence_by_the_nämnd_and_rests_on_provisions() -> None:
    proposed = {"förslag": {"datum": "2026-01-15", "nämnd": "Omsorgsnämnden"}}
    new = revision(proposed, a=exempt(), b={"karaktär": "rådgivning"} | exempt())
    text = page(revision(None, DECIDED, a={}, b={}), new)
    points = re.findall(
        r"<li>(.*?)</li>", text.split("Förslag till beslut</h2>")[1].split("<h2>")[0]
    )
    assert len(points) == 3
    assert all(re.fullmatch(r"Omsorgsnämnden beslutar att .*\.", point) for point in points)
    assert "dokumentationen av b" not in " ".join(points)


def test_no_rule_and_no_language_law_is_a_legal_basis() -> None:
    old = revision(
        {"avdelningar": [{"id": "exempel", "namn": "A"}, {"id": "b", "namn": "B"}]}, a={}, b={}
    )
    new = revision(
        {"avdelningar": [{"id": "exempel", "namn": "Aa"}, {"id": "b", "namn": "B"}]},
        a={"avdelning": "b", "utförare": {"namn": ["Bolaget AB"]}},
        b={"karaktär": "stöd"},
    )
    for one in (page(old, new), page(old, new, comments=True), page(NONE, new)):
        assert "Språklagen" not in one and not re.search(r"\bIK[0-9]{3}\b", one)


# What people fill in, and what the files say


def test_each_heading_has_its_words_or_says_in_swedish_what_to_write() -> None:
    for old in (NONE, revision(None, DECIDED, b={})):
        text = page(old, revision(a={}))
        for heading in letter_form.standard():
            if heading.section != "beredning":
                assert len(under(text, heading.title)) > 5, heading
        for asked in re.findall(r"\[fyll i: ([^\]]*)\]", text):
            assert re.match(r"[a-zåäö]", asked), asked


SENDER = {
    "förvaltning": "Socialförvaltningen",
    "handläggare": {"namn": "Kim Exempel", "titel": "Utredare", "kontakt": "000-00 00 00"},
    "undertecknare": [{"namn": "Robin Exempel", "titel": "Förvaltningschef"}],
    "skickas_till": ["Verksamheterna", "Kommunens webbplats"],
}


def test_the_sender_is_the_files_own() -> None:
    proposed = {
        "avsändare": SENDER,
        "förslag": {"datum": "2026-01-15", "diarienummer": "SN 2026/1", "beredning": "Vi."},
        "bilaga": {"titel": "Insatser", "gäller_från": "2026-03-01"},
    }
    text = page(revision(None, DECIDED, a={}), revision(proposed, a={"syfte": "X"}))
    assert "Robin Exempel Förvaltningschef" in under(text, "Underskrift")
    assert under(text, "Beslutet skickas till") == "Verksamheterna Kommunens webbplats"
    assert under(text, "Beredning") == "Vi."
    assert "den 1 mars 2026" in under(text, "Ikraftträdande")
    assert "att gälla från och med den 1 mars 2026" in under(text, "Förslag till beslut")
    assert "Kim Exempel, Utredare, 000-00 00 00" in text and "SN 2026/1" in text
    asked = [heading for heading in letter_form.standard() if heading.fill_in]
    left = [heading.title for heading in asked if "[fyll i:" in under(text, heading.title)]
    assert left == [
        "Förvaltningens överväganden",
        "Ekonomiska konsekvenser",
        "Konsekvenser för barn",
    ]


def test_the_day_of_what_is_replaced_is_not_the_day_of_the_change() -> None:
    bilaga = {"bilaga": {"titel": "Insatser", "gäller_från": "2025-07-01"}}
    old = revision(bilaga, DECIDED, a={})
    text = page(old, revision(bilaga | {"förslag": {"datum": "2025-09-18"}}, a={"syfte": "X"}))
    body, notes = text.split("Anteckningar")
    assert "1 juli" not in body and "1 juli" in notes
    assert body.count("[fyll i: dagen då beslutet") == 1
    assert "att gälla från och med den [fyll i: dagen då beslutet" in under(text, POINTS)
    assert "den dag som anges i förslaget till beslut" in under(text, "Ikraftträdande")


def test_the_day_is_asked_for_where_the_points_are_the_municipalitys_own() -> None:
    own = {"förslag": {"datum": "2025-09-18", "beslutssats": ["att anta bilagan"]}}
    text = page(revision(None, DECIDED, a={}), revision(own, a={"syfte": "X"}))
    assert "[fyll i: dagen då beslutet" in under(text, "Ikraftträdande")
    assert "[fyll i" not in under(text, POINTS)


def _points(text: str) -> list[str]:
    inside = text.split(f"{POINTS}</h2>")[1].split("<h2>", maxsplit=1)[0]
    return re.findall(r"<li>(.*?)</li>", inside)


@pytest.mark.parametrize("title", ["Insatser", "Insatser enligt 11 kap. 5 § SoL"])
@pytest.mark.parametrize("paragraph", [{"paragraf": "§ 103"}, {}])
def test_each_point_has_the_provision_that_it_rests_on_once(
    title: str, paragraph: dict[str, str]
) -> None:
    bilaga = {"bilaga": {"titel": title, "gäller_från": "2026-03-01"}}
    decided = {"nämnd": "Socialnämnden", "datum": "2025-05-19"} | paragraph
    old = revision(None, decided, a=AGED, b={})
    points = _points(page(old, revision(bilaga, a=AGED | NO_CONSENT, b=exempt())))
    rests = ("11 kap. 5 §", "11 kap. 5 §", "14 kap. 5 §", "21 kap. 2 §")
    assert len(points) == len(rests)
    for point, provision in zip(points, rests, strict=True):
        assert point.count(provision) == 1 and ") (" not in point
        assert len(re.findall(r"[0-9]+ kap\. [0-9]+ §", point)) == 1
    assert "1 mars 2026" in points[0] and "ersätter" in points[1] and "samma dag" in points[1]


def test_the_letter_is_not_dated_before_what_it_revises() -> None:
    early = {"förslag": {"datum": "2025-05-01"}}
    text = page(revision(None, DECIDED, a={}), revision(early, a={"syfte": "X"}))
    body, notes = text.split("Anteckningar")
    assert "1 maj 2025" not in body and "[fyll i: dagen då skrivelsen dateras]" in body
    assert "1 maj 2025, före beslutet som det ändrar" in notes
    later = {"förslag": {"datum": "2025-06-01"}}
    text = page(revision(None, DECIDED, a={}), revision(later, a={"syfte": "X"}))
    assert "<dd>1 juni 2025</dd>" in text and "före beslutet" not in text


def test_a_letter_about_what_is_decided_has_no_day_of_its_own() -> None:
    later = DECIDED | {"datum": "2025-10-20", "paragraf": "§ 9"}
    text = page(revision(None, DECIDED, a={}), revision(None, later, a={"syfte": "X"}))
    assert "[fyll i: dagen då skrivelsen dateras]" in text
    assert "[fyll i: dagen då beslutet" not in under(text, POINTS)


def test_a_first_day_that_has_passed_is_noted() -> None:
    bilaga = {"bilaga": {"titel": "Insatser", "gäller_från": "2025-07-01"}}
    for day, noted in (("2025-05-06", False), ("2025-07-01", False), ("2026-01-15", True)):
        text = page(NONE, revision(bilaga | {"förslag": {"datum": day}}, a={}))
        assert ("före skrivelsens dag" in text) is noted, day


def test_insatser_with_days_of_their_own_are_told_where_they_are_new() -> None:
    pilot = {"gäller_från": "2026-03-01", "gäller_till": "2026-12-31"}
    said = "Insatsen a gäller från och med den 1 mars 2026 till och med den 31 december 2026."
    longer = said.replace("2026.", "2027.")
    heading = "Ikraftträdande"
    assert said in under(page(NONE, revision(a=pilot)), heading)
    assert said in under(page(revision(a={}), revision(a=pilot)), heading)
    assert "Insatsen" not in under(page(revision(a=pilot), revision(a=pilot, b={})), heading)
    other = pilot | {"gäller_till": "2027-12-31"}
    assert longer in under(page(revision(a=pilot), revision(a=other)), heading)
    parts = {"delar": [{"namn": "{A}", "gäller_till": "2026-12-31"}, {"namn": "B"}]}
    told = under(page(revision(a={}), revision(a=parts)), heading)
    assert "Delen ”{A}” i insatsen a gäller till och med den 31 december 2026." in told


def test_the_sender_is_not_decided() -> None:
    from insatskoll.catalogue.canonical import freeze

    with_sender, without = revision({"avsändare": SENDER}, a={}), revision(a={})
    facts: Any = {"nämnd": "Socialnämnden", "datum": "2026-01-15"}
    assert freeze(with_sender, facts) == freeze(without, facts)
    assert Telling(compare(without, with_sender)).changes == ()


def test_the_programs_own_form_is_written_as_a_municipality_writes_one() -> None:
    data = yaml.safe_load((TEMPLATES / "tjansteskrivelse.yaml").read_text("utf-8"))
    assert schema.errors(data, "profil") == []
    sections = [heading.section for heading in letter_form.standard()]
    assert len(set(sections)) == len(sections)


def test_a_municipality_has_headings_of_its_own(tmp_path: Path) -> None:
    own = [
        {"rubrik": "Beslutsförslag", "avsnitt": "beslut"},
        {"rubrik": "Bakgrund", "avsnitt": "ärendet", "text": "Lagen är ny."},
        {"rubrik": "Ekonomi", "avsnitt": "ekonomi"},
        {"rubrik": "Jämställdhet", "fyll_i": ["hur flickor och pojkar påverkas"]},
    ]
    folder = tmp_path / "catalogue" / "kommuner" / "k"
    write_kommun(folder, {"a": {}})
    (folder / "profil.yaml").write_text(
        yaml.safe_dump({"tjänsteskrivelse": {"rubriker": own}}, allow_unicode=True), "utf-8"
    )
    assert run("diff", "--format", "tjänsteskrivelse", cwd=tmp_path).code == 0
    text = (tmp_path / "ut" / "k-tjänsteskrivelse.md").read_text("utf-8").replace("\\", "")
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings[:4] == ["Beslutsförslag", "Bakgrund", "Ekonomi", "Jämställdhet"]
    assert all(one.startswith("Anteckningar") for one in headings[4:])
    assert "Lagen är ny." in text and "[fyll i: hur flickor och pojkar påverkas]" in text
    asked = {heading.section: heading.fill_in for heading in letter_form.standard()}
    assert f"[fyll i: {asked['ekonomi'][0]}]" in text


# What changes


@pytest.mark.parametrize("level", ["individnivå", "avidentifierad", "utan personliga förhållanden"])
def test_a_new_and_a_gone_insats_are_described_at_every_level(level: str) -> None:
    kurs = {"namn": "Kurs", "dokumentation": {"nivå": level}}
    for old, new in (
        (revision(a={}), revision(a={}, kurs=kurs)),
        (revision(a={}, kurs=kurs), revision(a={})),
    ):
        assert "okumenteras" in under(page(old, new), "Föredragning")


def test_a_new_insats_is_described_in_the_words_of_the_bilaga_and_a_gone_one_as_it_was() -> None:
    kurs: dict[str, Any] = {
        "namn": "Kurs",
        "innehåll": "Kursen ges en kväll i veckan.\n\n- om sömn\n- om gränser",
        "målgrupp": {"beskrivning": "Föräldrar till barn under sex år", "deltagare": ["föräldrar"]},
        "omfattning": {"antal": 5, "enhet": "träffar"},
        "villkor": [{"typ": "folkbokföring", "område": "Exempels kommun"}],
        "utförare": {"namn": ["Studieförbundet"]},
    } | exempt()
    for old, new, words in (
        (revision(a={}), revision(a={}, kurs=kurs), "Så här beskrivs insatsen"),
        (revision(a={}, kurs=kurs), revision(a={}), "Så här beskrevs insatsen"),
    ):
        told = under(page(old, new), "Föredragning")
        for said in (
            words, "Kursen ges en kväll i veckan.", "om sömn", "Föräldrar till barn under sex år",
            "Fem träffar", "Den sökande ska vara folkbokförd i Exempels kommun",
            "Ges av Studieförbundet", "dokumenteras avidentifierat av särskilda skäl",
        ):  # fmt: skip
            assert said in told, said


def test_the_summary_tells_first_what_a_nämnd_must_notice_and_no_rewordings() -> None:
    old = revision(a={"innehåll": "Vi ses."}, b={"avgift": "nej"}, c={})
    new = revision(a={"innehåll": "vi ses"}, b={"avgift": {"belopp": "50 kronor"}})
    told = under(page(old, new), "Sammanfattning")
    assert told.index("c tas bort") < told.index("50 kronor") and "vi ses" not in told


AGED = {
    "målgrupp": {"deltagare": ["unga"], "ålder": {"avser": "deltagaren", "från": 13, "till": 20}}
}


def test_children_are_told_of_by_the_years_that_they_lose_and_gain() -> None:
    older = {
        "målgrupp": AGED["målgrupp"] | {"ålder": {"avser": "deltagaren", "från": 15, "till": 20}}
    }
    heading = "Konsekvenser för barn"
    assert "13- och 14-åringar" in under(page(revision(a=AGED), revision(a=older)), heading)
    assert "13- och 14-åringar" in under(page(revision(a=older), revision(a=AGED)), heading)
    consent = {"samtycke": {"under_15": "samtliga vårdnadshavare"}}
    told = under(page(revision(a={}), revision(a={}, b=AGED | consent)), heading)
    assert "Deltagaren ska vara 13–20 år." in told
    assert "För barn under 15 år krävs samtycke från samtliga vårdnadshavare." in told
    gone = under(page(revision(a={}, b=AGED), revision(a={})), heading)
    assert "Före ändringen gällde:" in gone


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ({13}, "13-åringar"),
        ({13, 14}, "13- och 14-åringar"),
        ({6, 7, 8}, "6–8-åringar"),
        ({0, 1, 2, 16, 17}, "0–2-, 16- och 17-åringar"),
    ],
)
def test_years_in_words(years: set[int], said: str) -> None:
    from insatskoll.diff.forms.consequences import _aged

    assert _aged(frozenset(years)) == said


# A first decision


def test_a_first_letter_proposes_the_bilaga_and_tells_what_it_holds() -> None:
    new = revision(
        {"bilaga": {"titel": "Insatser", "gäller_från": "2026-03-01"}},
        a=AGED | {"dokumentation": {"nivå": "individnivå"}, "lagstadgad": "SoL 13 kap. 4 §"},
        b=exempt(),
        c={},
    )
    text = page(NONE, new)
    assert "<h1>Beslut om Insatser</h1>" in text and "Revidering" not in text
    assert "tre insatser" in under(text, "Sammanfattning")
    points = under(text, "Förslag till beslut")
    assert "att anta ”Insatser” enligt bilagan, att gälla från och med den 1 mars 2026" in points
    assert "dokumentationen av b avidentifieras" in points and "ersätter" not in points
    told = under(text, "Föredragning")
    assert "dokumenteras på individnivå (SoL 14 kap. 3 §): a." in told
    assert "a (SoL 13 kap. 4 §)" in told
    assert "[fyll i: hur det här dokumenteras, som bilagan inte anger: c]" in told
    assert "13–20 år" in under(text, "Konsekvenser för barn")
    assert "läggs till" not in text


def test_a_first_letter_tells_the_ages_the_consent_and_the_fees_that_the_bilaga_states() -> None:
    cost = {"avgift": {"belopp": "150 kronor per tillfälle"}}
    consent = {"samtycke": {"under_15": "samtliga vårdnadshavare"}}
    new = revision(LIVES, a=AGED | consent, b=cost, c={"avgift": "nej"})
    text = page(NONE, new)
    told = under(text, "Föredragning")
    assert "a. Samtal. Deltagaren ska vara 13–20 år." in told
    assert "Den sökande ska vara folkbokförd i Exempels kommun" in told
    assert "b: 150 kronor per tillfälle." in told
    assert "Avgiftsfritt är c." in told
    summary = under(text, "Sammanfattning")
    assert "en ålder för en, regler om samtycke för en och en avgift för en av dem" in summary
    free = under(page(NONE, revision(c={"avgift": "nej"})), "Föredragning")
    assert "Insatserna är avgiftsfria." in free
    # the text may say what the field does not: nothing is claimed
    none = page(NONE, revision(c={"innehåll": "Det kostar inget."}))
    assert "Avgifter" not in under(none, "Föredragning")
    assert "av dem." not in under(none, "Sammanfattning")
    part = {"delar": [{"namn": "Resa", **cost}, {"namn": "Kurs"}]}
    told = under(page(NONE, revision(d=part)), "Föredragning")
    assert "d: delen ”Resa”: 150 kronor per tillfälle." in told


def test_who_has_no_decision_gets_a_first_letter_and_who_has_one_a_revision(tmp_path: Path) -> None:
    for name in ("k", "l"):
        write_kommun(tmp_path / "catalogue" / "kommuner" / name, {"a": {}})
    done = run(
        "decide", "l", "--datum", "2026-01-20", "--paragraf", "§ 1", "--dnr", "1", cwd=tmp_path
    )
    assert done.code == 0, done.err
    file = tmp_path / "catalogue" / "kommuner" / "l" / "insatser" / "a.yaml"
    file.write_text(file.read_text("utf-8") + "syfte: Att mötas.\n", "utf-8")
    done = run("diff", "--format", "tjänsteskrivelse", cwd=tmp_path)
    assert done.code == 0, done.err
    first, revised = (
        (tmp_path / "ut" / f"{name}-tjänsteskrivelse.md").read_text("utf-8") for name in ("k", "l")
    )
    assert "# Beslut om" in first and "# Revidering av" in revised
    refused = run("diff", "--kommun", "k", "--format", "docx", cwd=tmp_path)
    assert refused.code == 2 and "inget beslut att jämföra med" in refused.err


# Notes


def parts(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


HOSTILE = '</span><script>&{{ 7*7 }} --> ]]> <w:ins w:id="1"/>'


@pytest.mark.parametrize("dated", [True, False])
def test_notes_are_comments_in_word_and_a_list_last_in_markdown(
    tmp_path: Path, dated: bool
) -> None:
    folder = tmp_path / "catalogue" / "kommuner" / "k"
    kommun = {"förslag": {"datum": "2026-01-15"}} if dated else {}
    write_kommun(folder, {"a": {"innehåll": f"{HOSTILE} före. " * 9}}, kommun)
    write_kommun(tmp_path / "förra" / "kommuner" / "k", {"a": {"innehåll": "Nu. " * 40}})
    assert run("diff", "förra", "--format", "tjänsteskrivelse", cwd=tmp_path).code == 0
    made = parts((tmp_path / "ut" / "k-tjänsteskrivelse.docx").read_bytes())
    comments = etree.fromstring(made["word/comments.xml"])
    body = etree.fromstring(made["word/document.xml"])
    ids = [one.get(f"{W}id") for one in comments]
    assert len(ids) == len(set(ids)) > 1
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert [one.get(f"{W}id") for one in body.iter(f"{W}{tag}")] == ids
    for one in comments:
        assert (one.get(f"{W}author"), one.get(f"{W}initials")) == ("insatskoll", "ik")
        assert one.get(f"{W}date") == ("2026-01-15T00:00:00Z" if dated else None)
    said = "".join(comments.itertext())
    assert HOSTILE in said and "Programmets bedömning" in said
    assert "Programmets bedömning" not in "".join(body.itertext())
    text = (tmp_path / "ut" / "k-tjänsteskrivelse.md").read_text("utf-8")
    body_text, notes = text.split("## Anteckningar till den som skriver (tas bort)")
    assert "Programmets bedömning" not in body_text and "Programmets bedömning" in notes
    before = {path.name: path.read_bytes() for path in (tmp_path / "ut").iterdir()}
    run("diff", "förra", "--format", "tjänsteskrivelse", cwd=tmp_path)
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "ut").iterdir()}


# A list ends as one sentence, or is sentences


def _listed(text: str) -> list[str]:
    inside = text.split("<h2>Föredragning</h2>")[1].split("<h2>", maxsplit=1)[0]
    return re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", inside)


def test_a_list_of_clauses_is_one_sentence() -> None:
    aged = [{"avgift": {"belopp": f"{n} kronor"}, "namn": f"N{n}"} for n in range(6)]
    old, new = (revision(a=aged[i], b=aged[i + 2], c=aged[i + 4]) for i in (0, 1))
    opening, *items = _listed(page(old, new))
    assert opening == "Förvaltningen föreslår att"
    assert items[-1].endswith(".") and items[-2].endswith(", samt")
    assert all(one.endswith(",") and not one.endswith(".,") for one in items[:-2])


def test_a_list_with_several_sentences_in_an_item_is_sentences() -> None:
    old, new = revision(a={}, b={"avgift": "nej"}), revision(a=exempt(), b={}, c=exempt())
    opening, *items = _listed(page(old, new))
    assert opening == "Förvaltningen föreslår följande:"
    told = items[:3]
    assert all(one[0].isupper() or one[0] == "”" for one in told)
    assert all(one.endswith(".") for one in told)


def test_a_signature_stands_on_one_page_with_its_heading(tmp_path: Path) -> None:
    sender = {
        "förvaltning": "Socialförvaltningen",
        "undertecknare": [{"namn": "A", "titel": "Chef"}, {"namn": "B"}],
    }
    write_kommun(tmp_path / "catalogue" / "kommuner" / "k", {"a": {}}, {"avsändare": sender})
    assert run("diff", "--format", "tjänsteskrivelse", cwd=tmp_path).code == 0
    (found,) = tmp_path.glob("ut/**/*.docx")
    body = etree.fromstring(zipfile.ZipFile(found).read("word/document.xml"))
    signed = [
        one for one in body.iter(f"{W}p")
        if one.xpath("w:pPr/w:pStyle[@w:val='Underskrift']", namespaces={"w": W[1:-1]})
    ]  # fmt: skip
    kept = [one.find(f"{W}pPr/{W}keepNext") is not None for one in signed]
    assert kept == [True, True, False]


def test_what_is_new_in_a_text_stands_in_the_summary_unless_it_is_long() -> None:
    def told(more: str) -> str:
        old, new = (revision(a={"innehåll": f"{'Vi pratar. ' * 12}{text}"}) for text in ("", more))
        return under(page(old, new), "Sammanfattning")

    assert "”Ingen nekas insatsen” läggs till i innehållet" in told("Ingen nekas insatsen.")
    assert "Innehållet i insatsen a ändras." in told(f"{'Ingen nekas ' * 24}.")


def test_a_type_that_always_needs_an_assessment_is_noted_where_the_bilaga_is_adopted() -> None:
    old, new = revision(a={}), revision(a={"insatstyp": "kontaktfamilj"})
    note = "Bilagan kan inte antas som den är: a (kontaktfamilj) kräver alltid"
    assert note in page(old, new)
    assert "kan inte antas" not in page(old, revision(a={"insatstyp": "gruppverksamhet"}))


# What is common, for which insatser


NO_CONSENT = {"samtycke": {"från_15": "utan vårdnadshavare", "under_15": "vårdnadshavare"}}


@pytest.mark.parametrize("many", [2, 7, 20])
def test_a_point_about_what_is_common_names_each_insats_that_it_touches(many: int) -> None:
    young: dict[str, Any] = {f"u{n}": {"namn": f"Ung {n:02}"} | AGED for n in range(many)}
    grown: dict[str, Any] = {f"v{n}": {"namn": f"Vuxen {n:02}"} | ADULT for n in range(10)}
    old = revision(None, DECIDED, **young, **grown)
    told = under(page(old, revision(NO_CONSENT, **young, **grown)), "Förslag till beslut")
    (point,) = (one for one in told.split("Socialnämnden beslutar") if "samtycke" in one)
    names, rest = ([one["namn"] for one in some.values()] for some in (young, grown))
    assert all(name in point for name in names) != all(name in point for name in rest)
    assert not re.search(r"\d till\b|\d av \d", point)
    alone = under(page(revision(None, DECIDED, **young), revision(NO_CONSENT, **young)), POINTS)
    assert alone.endswith("Ändringen gäller alla insatser.")


@pytest.mark.parametrize("many", [2, 9])
def test_a_point_about_what_is_new_for_some_names_each_of_them(many: int) -> None:
    own: dict[str, Any] = {"a": {"namn": "A"} | AGED | NO_CONSENT}
    young: dict[str, Any] = {f"u{n}": {"namn": f"Ung {n:02}"} | AGED for n in range(many)}
    old = revision(None, DECIDED, **own, **young)
    told = page(old, revision(NO_CONSENT, a={"namn": "A"} | AGED, **young))
    for heading in (POINTS, "Föredragning"):
        said = under(told, heading)
        assert all(one["namn"] in said for one in young.values()) or "utom A" in said
        assert not re.search(r"\d till\b", said)


def test_an_own_change_of_consent_has_no_sentence_of_scope() -> None:
    old = revision(None, DECIDED, a=AGED | {"samtycke": {"under_15": "samtliga vårdnadshavare"}})
    told = under(page(old, revision(a=AGED | NO_CONSENT)), POINTS)
    assert "samtycke" in told and "Ändringen gäller" not in told


# What a secretary need not strike out


def test_a_changed_title_is_told_as_one() -> None:
    old = revision({"bilaga": {"titel": "Insatser"}}, DECIDED, a={})
    text = page(old, revision({"bilaga": {"titel": "Öppna insatser"}}, a={}))
    assert "<h1>Revidering av Insatser</h1>" in text
    assert "av ”Insatser”, med titeln ”Öppna insatser”." in under(text, "Sammanfattning")
    adopted, replaced = _points(text)
    assert "anta ”Öppna insatser”" in adopted
    assert "ersätter ”Insatser”, som beslutades den 19 maj 2025, § 103 (SoL" in replaced
    same = page(old, revision({"bilaga": {"titel": "Insatser"}}, a={"syfte": "X"}))
    assert "ersätter den som beslutades" in same and "med titeln" not in same


def test_another_nämnd_has_decided_what_it_has_decided() -> None:
    new = revision({"nämnd": "Välfärdsnämnden"}, a={"syfte": "X"})
    told = under(page(revision(None, DECIDED, a={}), new), "Ärendet")
    assert "Socialnämnden beslutade senast om dem den 19 maj 2025" in told
    told = under(page(revision(None, DECIDED, a={}), revision(a={"syfte": "X"})), "Ärendet")
    assert "Nämnden beslutade senast" in told


def test_a_note_asks_for_what_a_change_is_only_where_a_reader_must_tell() -> None:
    asked = "Skriv vad ändringen innebär"
    long = "Vi träffas och pratar om det som är svårt, i lugn och ro. " * 4
    unclear = page(revision(a={"innehåll": long}), revision(a={"innehåll": f"Nu är det {long}"}))
    assert asked in unclear and "”. Efter: ”" in unclear
    held = {"namn": "A", "insats": "a"}
    sides = [{"a": held | {"bedömning": text}} for text in (long, f"Annars. {long} Bra.")]
    assert asked not in page(*(revision(None, None, side, a={}) for side in sides))


@pytest.mark.parametrize(
    ("before", "noted"),
    [("Ingen skulle komma annars.", True), (None, False)],
)
def test_an_exemption_for_reasons_in_other_words_is_noted_to_be_so(
    before: str | None, noted: bool
) -> None:
    held = exempt(before) if before else {}
    new = exempt("De som behöver stödet mest avstår om de måste lämna sina uppgifter.")
    text = page(revision(None, DECIDED, a=held), revision(a=new))
    assert any("avidentifieras" in point for point in _points(text))
    assert ("kan punkten strykas" in text.split("Anteckningar")[1]) is noted


def test_every_type_that_the_bilaga_may_not_have_is_noted() -> None:
    home = {"insatstyp": "skyddat boende", "namn": "Skydd"}
    limits = [
        {"villkor": [{"typ": "ålder", "ålder": {"avser": "deltagaren", "från": n}}]}
        for n in (18, 21)
    ]
    young, grown = (home | one for one in limits)
    text = page(revision(a={}), revision(a={"insatstyp": "kontaktfamilj"}, b=young))
    assert "a (kontaktfamilj) kräver alltid individuell behovsprövning och Skydd (skyddat" in text
    assert "för några av dem som kan delta" in text
    assert "kan inte antas" not in page(revision(a={}), revision(a={}, b=grown))


def test_what_the_nämnd_decides_by_itself_is_in_the_summary() -> None:
    many: dict[str, Any] = {f"n{i}": {"namn": f"N{i}"} for i in range(7)}
    strict = {"samtycke": {"under_15": "samtliga vårdnadshavare"}}
    old = revision(None, DECIDED, **many, a={"namn": "Samtal"} | AGED | NO_CONSENT)
    new = revision(a={"namn": "Samtal"} | AGED | NO_CONSENT | strict)
    text = page(old, new)
    assert "samtycke" in under(text, POINTS) and "samtliga" in under(text, "Sammanfattning")


def test_the_changes_stand_as_the_bilaga_has_them_and_those_of_an_insats_together() -> None:
    parts = {"avdelningar": [{"id": "x", "namn": "Barn"}, {"id": "y", "namn": "Vuxna"}]}
    a, b, c = (
        {"namn": name, "avdelning": place}
        for name, place in (("Aa", "x"), ("Bb", "x"), ("Cc", "y"))
    )
    more = {"avgift": {"belopp": "50 kronor"}, "innehåll": "Vi ses."}
    old = revision(parts, a=a, b=b, c=c)
    text = page(old, revision(parts | LIVES, a=a | more, b=b | more | {"syfte": "X"}))
    inside = text.split("<h2>Föredragning</h2>")[1].split("<h2>")[0]
    assert re.findall(r"<h3>(.*?)</h3>", inside) == ["Gemensamt för bilagan", "Barn", "Vuxna"]


def test_a_new_insats_is_told_in_short_where_its_description_follows() -> None:
    kurs = {
        "namn": "Kurs", "innehåll": "Kursen ges om kvällen.",
        "målgrupp": {"beskrivning": "Föräldrar till små barn", "deltagare": ["föräldrar"]},
    }  # fmt: skip
    told = under(page(revision(a={}), revision(a={}, kurs=kurs)), "Föredragning")
    assert told.count("Föräldrar till små barn") == 1 and told.count("om kvällen") == 1
    bare = under(page(revision(a={}), revision(a={}, kurs={"namn": "Kurs"})), "Föredragning")
    assert "läggs till som ny insats" in bare


def test_a_first_letter_says_what_each_insats_is_and_why_what_is_exempted_is_so() -> None:
    talk: dict[str, Any] = {
        "namn": "Prata", "insatstyp": "samtal",
        "målgrupp": {"beskrivning": "Du som är ung", "deltagare": ["unga"]},
        "omfattning": {"högst": 10, "enhet": "samtal"},
    }  # fmt: skip
    plain = {"namn": "Samtal", "insatstyp": "samtal", "målgrupp": {"beskrivning": "Vuxna"}}
    told = under(page(NONE, revision(a=talk | exempt("Ingen kommer annars."), b=plain)), MATTER)
    assert "Prata. Samtal. Bilagan säger: ”Du som är ung”. Högst tio samtal." in told
    assert "Samtal. Vuxna." in told and "Samtal. Samtal." not in told
    assert "Prata. Som grund anges anonymitet och som skäl ”Ingen kommer annars”." in told
    same = under(page(NONE, revision(a=exempt(), b=exempt(), c=exempt("X."))), MATTER)
    assert same.count("Ingen kommer annars") == 1 and "A och b. Som grund" in same
    aim = {"namn": "Y", "insatstyp": "annat", "syfte": "Att må bra."}
    assert "Y. Syftet är att må bra." in under(page(NONE, revision(a=aim)), MATTER)
    assert "Särskilda skäl" not in under(page(NONE, revision(b=plain)), MATTER)


def test_what_asks_for_no_consent_is_a_point_also_where_it_is_new() -> None:
    young: dict[str, Any] = {"namn": "Prata"} | AGED | NO_CONSENT
    said = "samtycke från vårdnadshavare inte krävs för barn som har fyllt 15 år i insatsen Prata"
    assert f"{said} (SoL 21 kap. 2 §)." in under(page(NONE, revision(a=young)), POINTS)
    old = revision(None, DECIDED, b={})
    assert said in under(page(old, revision(a=young, b={})), POINTS)
    strict = young | {"samtycke": {"från_15": "vårdnadshavare"}}
    for first in (NONE, old):
        assert "samtycke" not in under(page(first, revision(a=strict, b={})), POINTS)
    common = under(page(NONE, revision(NO_CONSENT, a=AGED)), POINTS)
    assert "enligt de gemensamma reglerna om samtycke (SoL 21 kap. 2 §)." in common
    kept = revision(None, DECIDED, a=young)
    assert "inte krävs" not in under(page(kept, revision(a=young | {"syfte": "X"})), POINTS)


def test_the_summary_has_what_is_certain_before_what_a_reader_must_tell() -> None:
    held = {"dokumentation": {"nivå": "individnivå", "lagrum": "SoL 14 kap. 3 §"}}
    texts = [
        {f"n{i}": {"innehåll": f"Vi ses {i}.{more}"} for i in range(6)} for more in ("", " Ring.")
    ]
    old = revision(None, DECIDED, **texts[0], a=held, b={"avgift": "nej"})
    new = revision(**texts[1], a=exempt(), b={"avgift": {"belopp": "50 kronor"}})
    told = under(page(old, new), "Sammanfattning")
    assert "avidentifierat" in told and "50 kronor" in told
    assert told.index("50 kronor") < told.index("Ring")


def test_the_first_day_is_a_point_and_no_change_beside_it() -> None:
    sides = [{"bilaga": {"titel": "Insatser", "gäller_från": f"2026-0{n}-01"}} for n in (1, 3)]
    old = revision(sides[0], DECIDED, a={})
    text = page(old, revision(sides[1], a={"syfte": "X"}))
    assert "börjar gälla" not in text and "1 mars 2026" in under(text, POINTS)
    assert "innebär en ändring." in under(text, "Sammanfattning")
    assert "1 januari" not in text
