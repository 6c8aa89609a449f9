"""What a finding tells its reader to do: what fits it, once, and where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from insatskoll.bilaga import conversion
from insatskoll.reading import document, hygiene
from tests.catalogues import lint_folder, load, write_kommun
from tests.program import run

GIVEN = ("--datum", "2025-10-20", "--paragraf", "5", "--dnr", "SN 2025/1")


def found(folder: Path, **fields: Any) -> list[tuple[str, tuple[str, ...], str]]:
    """The rule, the provisions and the remedy of what is found at fel in an insats with
    ``fields``."""
    report = lint_folder(write_kommun(folder, {"grupp": {"namn": "Grupp", **fields}}))
    return [(f.rule, f.lagrum, f.remedy) for f in report.findings if f.level == "fel"]


@pytest.mark.parametrize("lagrum", ["SoL 14 kap. 44 §", "SoL 14 kap. 4 § 7", "SoL 99 kap. 4 §"])
def test_a_provision_that_is_not_there_is_told_once_and_cites_no_other(
    tmp_path: Path, lagrum: str
) -> None:
    ((rule, law, remedy),) = found(
        tmp_path, dokumentation={"nivå": "utan personliga förhållanden", "lagrum": lagrum}
    )
    assert (rule, law) == ("IK508", ())
    assert remedy.startswith("Slå upp bestämmelsen i lagen") and "lagstadgad" not in remedy


def test_a_provision_that_is_there_but_of_another_level_is_told_as_before(tmp_path: Path) -> None:
    stated = {"nivå": "utan personliga förhållanden", "lagrum": "SoL 14 kap. 3 §"}
    assert [rule for rule, _, _ in found(tmp_path, dokumentation=stated)] == ["IK205"]


def test_what_the_pdf_cannot_print_is_told_with_file_and_line(tmp_path: Path) -> None:
    folder = write_kommun(
        tmp_path,
        {"grupp": {"innehåll": "Hej 汉."}},
        {"bilaga": {"titel": "A", "inledning": ["x", "汉"]}},
    )
    revision = load(folder).revision
    assert revision is not None
    texts = {
        folder / name: (folder / name).read_text("utf-8")
        for name in ("kommun.yaml", "insatser/grupp.yaml")
    }
    places = [
        f"{path}:{text.partition('汉')[0].count(chr(10)) + 1}:" for path, text in texts.items()
    ]
    told = conversion._refused("", "", revision, "")
    assert all(place in told for place in places), (places, told)
    assert "[1]" not in told


KOMMUN_YAML = (
    "namn: Nyby\nnämnd: Socialnämnden\nbilaga: {titel: A}\navdelningar: [{id: vuxen, namn: V}]\n"
)


def place(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / "catalogue" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    "command",
    [("show", "nyby"), ("render", "nyby"), ("decide", "nyby", *GIVEN)],
    ids=lambda words: words[0],
)
@pytest.mark.parametrize("kommun", ["", "namn: Nyby\n"], ids=["ingen", "ofärdig"])
def test_lines_to_paste_are_told_of_where_they_cannot_be_lines(
    tmp_path: Path, command: tuple[str, ...], kommun: str
) -> None:
    place(tmp_path, **{"kommuner/nyby/insatser/x.yaml": "namn: X\n"})
    if kommun:
        place(tmp_path, **{"kommuner/nyby/kommun.yaml": kommun})
    done = run(*command, cwd=tmp_path)
    assert done.code == 2
    assert done.err.endswith(". Kommandot insatskoll lint visar rader att klistra in.\n")
    assert "id: vuxen" not in done.err
    assert "\n    - id: vuxen" in run("lint", cwd=tmp_path).out


def test_an_own_rule_that_lacks_a_field_is_not_told_to_be_linted(tmp_path: Path) -> None:
    place(
        tmp_path, **{"kommuner/nyby/kommun.yaml": KOMMUN_YAML, "regler/KOM001.yaml": "id: KOM001\n"}
    )
    assert run("lint", cwd=tmp_path).err.endswith(" Lägg till det.\n")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            ("Ny by/kommun.yaml", "Ny by/insatser/x.yaml"),
            (
                "som inte läses: en kommuns filer ligger i en mapp i kommuner. Flytta mappen "
                "dit, till kommuner/ny-by."
            ),
        ),
        (("insatser/x.yaml",), "Flytta mappen till kommunens mapp, till exempel kommuner/ekbacka."),
        (
            ("kommuner/kommun.yaml", "kommuner/insatser/x.yaml"),
            "Kommunens egen mapp saknas: filerna ligger direkt i mappen kommuner och läses "
            "inte. Skapa en mapp för kommunen i "
            "kommuner, till exempel kommuner/ekbacka, och flytta dit insatser och kommun.yaml.",
        ),
    ],
)
def test_files_beside_the_municipality_s_folder_are_told_of(
    tmp_path: Path, files: tuple[str, ...], told: str
) -> None:
    place(
        tmp_path,
        **{name: KOMMUN_YAML if name.endswith("kommun.yaml") else "namn: X\n" for name in files},
    )
    done = run("lint", cwd=tmp_path)
    assert (done.code, done.out) == (3, "")
    assert told in done.err
    # one that is right does not hide it
    place(tmp_path, **{"kommuner/annan/kommun.yaml": KOMMUN_YAML})
    done = run("lint", "--select", "IK909", cwd=tmp_path)
    assert done.code == 1
    assert done.out.count(" IK909 ") == 1 and " ".join(told.split()[-4:]) in " ".join(
        done.out.split()
    )


def test_a_municipality_may_be_called_as_a_part(tmp_path: Path) -> None:
    place(
        tmp_path,
        **{
            "kommuner/beslut/kommun.yaml": KOMMUN_YAML,
            "kommuner/beslut/insatser/x.yaml": "namn: X\n",
        },
    )
    assert "IK909" not in run("lint", cwd=tmp_path).out


DASH = "Skriv ett vanligt bindestreck och mellanslag"
QUOTES = "Sätt citattecken runt hela texten, eller skriv |"
INDENTATION = "Låt raden börja"
FIELD = "Är raden ett eget fält ska den börja lika långt in som de andra"


@pytest.mark.parametrize(
    ("text", "place", "remedy"),
    [
        ("villkor:\n  – typ: ålder\n    ålder: {från: 15}\n", "2:3", DASH),
        ("villkor:\n  • typ: ålder\n    ålder: {från: 15}\n", "2:3", DASH),
        ("villkor:\n  -typ: ålder\n    ålder: {från: 15}\n", "2:3", DASH),
        ("villkor:\n  - typ: ålder\n  – typ: annan\n    text: x\n", "3:3", DASH),
        ("villkor:\n  – typ: ålder\n  – typ: annan\n", "3:3", DASH),
        ("steg:\n  - Ett\n  – Två\n", "3:3", DASH),
        ("innehåll: Rådgivande samtal.\n  Samtalen rör: arbete.\nsyfte: x\n", "2:15", QUOTES),
        ("innehåll: Rådgivande samtal.\n  Tider: måndagar.\n", "2:8", QUOTES),
        ("steg:\n  - Rådgivande samtal.\n    Samtalen rör: arbete.\n", "3:17", QUOTES),
        ("namn: A\n syfte: x\n", "2:1", INDENTATION),
        ("namn: A\n  syfte: x\n", "2:1", FIELD),
        ("villkor:\n  - typ: ålder\n   ålder: x\n", "3:1", INDENTATION),
        ("innehåll: |\n  – Ett\n  – två: x\n y: z\n", "4:1", INDENTATION),
    ],
)
def test_a_line_that_is_indented_as_it_should_is_not_blamed(
    text: str, place: str, remedy: str
) -> None:
    with pytest.raises(hygiene.UnreadableDocument) as error:
        document.parse(Path("x.yaml"), text)
    first = error.value.problems[0]
    assert f"{first.span.line}:{first.span.column}" == place
    assert first.remedy.startswith(remedy)


@pytest.mark.parametrize(
    "text",
    [
        "innehåll: |\n  – Ett\n  • två: x\n",
        "innehåll:\n  – Ett\n  – Två\n",
        "text: Vi gör\n  -Ett\n",
    ],
)
def test_a_text_may_begin_its_lines_as_it_likes(text: str) -> None:
    assert document.parse(Path("x.yaml"), text).data
