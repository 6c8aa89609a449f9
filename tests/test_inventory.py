"""Nothing lost: every file in a municipality's folder is read or reported, wherever it lies and
whatever it is called."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insatskoll.bilaga import layouts, render
from insatskoll.catalogue import inventory, loading
from insatskoll.catalogue.file_names import Steps
from insatskoll.catalogue.inventory import CATALOGUE, KOMMUN, Contents
from insatskoll.decisions.asked import DecisionRefused
from insatskoll.errors import Refused
from insatskoll.law.rules import load_rules
from insatskoll.lint.run import WAITING
from insatskoll.reading import samples
from tests import decisions, repositories
from tests.catalogues import CATALOGUE as CATALOGUE_FOLDER
from tests.catalogues import lint_folder, write_kommun
from tests.decisions import insats
from tests.program import run

RULES = load_rules()
# What a file was called, what it was called by mistake, and what the finding must say.
MISTAKES = [
    ("insatser/abc.yml", "Byt namn på filen till abc.yaml"),
    ("insatser/abc.YAML", "Byt namn på filen till abc.yaml"),
    ("insatser/abc.Yml", "Byt namn på filen till abc.yaml"),
    ("insatser/abc.yaml.txt", "Anteckningar i Windows"),
    ("insatser/abc.yml.txt", "Byt namn på filen till abc.yaml"),
    ("insatser/abc.yaml.bak", "Byt namn på filen till abc.yaml"),
    ("insatser/abc.yaml.orig", "Byt namn på filen till abc.yaml"),
    ("insatser/abc.yaml (1)", "Byt namn på filen till abc.yaml"),
    ("insatser/abc.yaml~", "säkerhetskopia"),
    ("insatser/#abc.yaml#", "sparar själv"),
    ("insatser/.abc.yaml.swp", "Vim"),
    ("insatser/.abc.yaml", "börjar med en punkt"),
    ("insatser/abc", "spara den som ren text i abc.yaml"),
    ("insatser/abc.txt", "spara den som ren text i abc.yaml"),
    ("insatser/Öppet hus.docx", "öppet-hus.yaml"),
    ("insatser/grupp/abc.yaml", "bara filer direkt i mappen insatser läses"),
    ("insatser/grupp/vuxna/abc.yaml", "mappen insatser/grupp"),
    ("beslut/2026-01-20.yml", "Byt namn på filen till 2026-01-20.yaml"),
    ("riskanalyser/abc.yml", "Byt namn på filen till abc.yaml"),
    ("abc.yaml", "Flytta den till mappen insatser, beslut, händelser eller riskanalyser"),
    ("abc.yml", "med namnet abc.yaml"),
    ("Insatser/abc.yaml", "Byt namn på mappen till insatser"),
    ("insats/abc.yaml", "Byt namn på mappen till insatser"),
    ("INSATSER/abc.txt", "Byt namn på mappen till insatser"),
    ("riskanalys/abc.yaml", "Byt namn på mappen till riskanalyser"),
    ("beslut /2026-01-20.yaml", "slutar på punkt eller mellanslag"),
    ("arkiv/2024/abc.yaml", "mappen arkiv, som inte läses"),
    ("kommun.yml", "kommun.yaml"),
    ("Kommun.yaml", "kommun.yaml"),
    ("profil.yml", "Byt namn på filen till profil.yaml"),
    ("Profil.yaml", "Byt namn på filen till profil.yaml"),
    ("profil.yaml.txt", "Byt namn på filen till profil.yaml"),
    ("insatser/con.yaml", "Windows har namnet för annat"),
    ("insatser/aux.yaml", "Windows har namnet för annat"),
    ("insatser/abc.yaml.", "slutar på punkt eller mellanslag"),
    ("insatser/abc:1.yaml", "namnet har tecknet :"),
    ("underlag/nul.pdf", "Windows har namnet för annat"),
    ("insatser/a\nb.yml", "inte går att visa"),
    ("a\x1b[2J.yaml", "inte går att visa"),
    ("insatser/" + unicodedata.normalize("NFD", "rådgivning") + ".yaml", "lösa accenter (NFD"),
    ("insatser/.yaml", "börjar med en punkt"),
    ("insatser/.stöd.txt", "Byt namn på filen till stöd.yaml"),
    ("insatser/.stöd", "Byt namn på filen till stöd.yaml"),
    ("insatser/stöd~", "Byt namn på filen till stöd.yaml"),
    (".insatser/stöd.yaml", "Byt namn på mappen till insatser"),
    (".gömd/stöd.yaml", "mappen .gömd, som inte läses"),
    (".kommun.yaml", "Här finns redan kommun.yaml"),
    (".stöd.yaml", "med namnet stöd.yaml"),
    ("mallar/insatser/stöd.yaml", "läses inga YAML-filer"),
    ("mallar/ny/stöd.yaml", "läses inga YAML-filer"),
    ("mallar/x/2026-03-20.yaml", "läses inga YAML-filer"),
    ("kommun.txt", "kommun.yaml"),
    ("kommun.md", "kommun.yaml"),
    ("profil.txt", "profil.yaml"),
    ("profil", "profil.yaml"),
    ("kommun..yaml", "kommun.yaml"),
    ("_kommun.yaml", "kommun.yaml"),
    ("komun.yaml", "kommun.yaml"),
    ("kommun - Kopia.yaml", "kopia av kommun.yaml"),
    ("kommun (1).yaml", "kopia av kommun.yaml"),
    ("insatskoll.yaml", "bredvid katalogen"),
    ("insatser.yaml", "byt namn på den till insatser"),
    ("stöd.yam", "med namnet stöd.yaml"),
    ("2026-03-20.txt", "med namnet 2026-03-20.yaml"),
    ("arkiv/2026-03-20.txt", "mappen arkiv, som inte läses"),
    ("beslut/.2026-03-20.txt", "Byt namn på filen till 2026-03-20.yaml"),
    ("insatser 2026/stöd.txt", "Flytta den till mappen insatser"),
    ("nya_insatser/stöd.txt", "Flytta den till mappen insatser"),
    ("stöd.уaml", "med namnet stöd.yaml"),
    ("stöd．yaml", "med namnet stöd.yaml"),
    ("stöd.yаmӏ", "med namnet stöd.yaml"),
    ("insatser/stöd.уаml", "Byt namn på filen till stöd.yaml"),
    ("stöd.ya", "med namnet stöd.yaml"),
    ("stöd.yml2", "med namnet stöd.yaml"),
    ("stöd.yaml2", "med namnet stöd.yaml"),
    ("stöd,yaml", "med namnet stöd"),
    ("stöd yml", "med namnet stöd"),
    (".dropbox-stöd.yaml", "med namnet dropbox-stöd.yaml"),
    (".travis-stöd.yaml", "med namnet travis-stöd.yaml"),
    (".yamllint-stöd.yml", "med namnet yamllint-stöd.yaml"),
    ("insatser/.dropbox-stöd.yaml", "Byt namn på filen till dropbox-stöd.yaml"),
    ("insatser/.trash-1/stöd.yaml", "bara filer direkt i mappen insatser läses"),
    ("insatser/.trash/stöd.txt", "bara filer direkt i mappen insatser läses"),
]
SILENT = [
    "README.md", "README", "Läs mig.txt", "insatser/README.md", "insatser/.gitkeep",
    "insatser/.DS_Store", "insatser/Thumbs.db", "insatser/desktop.ini", "insatser/._abc.yaml",
    "insatser/.editorconfig", ".gitignore", ".pre-commit-config.yaml", "logotyp.svg",
    "typsnitt/fet.ttf", "referens.docx", "mallar/egen.html.j2", "mallar/egen.yaml.j2",
    "underlag/Bilaga 1.docx", "Protokoll § 12.pdf", "anteckningar.txt",
    "underlag/beslut/protokoll.pdf", "beslutsunderlag/skrivelse.docx", ".vscode/settings.yaml",
    ".Trash-1000/files/stöd.yaml", ".trash/stöd.yaml", ".travis.yml", ".gitlab-ci.yml",
    ".yamllint.yaml", ".prettierrc.yaml", ".prettierrc", ".dropbox", ".nfs00000012",
    "insatser/.yamllint", "stöd.docx", "stöd.odt", "stöd.csv", "stöd.eml", "stöd.xml", "stöd.html",
    "stöd.xlsx", "stöd.md", "logga.png", "protokoll.pdf.bak", "README.rst",
    f".insatskoll-{'0a' * 16}.tmp", f"beslut/.insatskoll-{'0a' * 16}.tmp",  # from a killed run
]  # fmt: skip


# Names that may be a note and may be an insats: told, but nothing stops for them.
UNCLEAR = [
    ("stöd.txt", "råd"), ("stöd", "varning"), ("stöd.json", "varning"), ("stöd.bak", "varning"),
    ("stöd.orig", "varning"), ("stöd.rej", "varning"), ("stöd.tmp", "varning"),
    ("stöd.new", "varning"), ("stöd.foo", "råd"), ("stöd.adoc", "råd"),
]  # fmt: skip


def steps(path: str) -> Steps:
    return tuple(path.split("/"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_kommun(
        tmp_path / "catalogue" / "kommuner" / "ekbacka",
        {"annan": insats("Annan")},
        decisions.INFORMATION,
    )


def put(folder: Path, path: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text("namn: Abc\ninsatstyp: samtal\navdelning: exempel\n", "utf-8")


@pytest.mark.parametrize(("path", "said"), MISTAKES)
def test_a_file_that_is_not_read_is_an_error_with_its_right_name(
    folder: Path, path: str, said: str
) -> None:
    put(folder, path)
    findings = [f for f in lint_folder(folder).findings if f.rule == "IK909"]
    assert [(f.level, f.path) for f in findings] == [("fel", folder / path)]
    assert said in f"{findings[0].message} {findings[0].remedy}"
    assert all(c.isprintable() for c in findings[0].message + findings[0].remedy)


@pytest.mark.parametrize("path", SILENT)
def test_what_a_municipality_keeps_beside_its_files_is_no_finding(folder: Path, path: str) -> None:
    put(folder, path)
    assert [f for f in lint_folder(folder).findings if f.rule in ("IK909", "IK901")] == []
    assert loading.load_kommun(folder).problems == ()


@pytest.mark.parametrize(("path", "level"), UNCLEAR)
def test_a_text_at_the_top_that_may_be_a_note_is_told_but_hinders_nothing(
    folder: Path, path: str, level: str
) -> None:
    put(folder, path)
    (finding,) = [f for f in lint_folder(folder).findings if f.rule == "IK909"]
    assert finding.level == level and "stöd.yaml" in finding.remedy
    assert loading.load_kommun(folder).problems == ()


def test_a_folder_with_a_files_name_is_told_once(folder: Path) -> None:
    put(folder, "insatser.yaml/stöd.yaml")
    (finding,) = [f for f in lint_folder(folder).findings if f.rule == "IK909"]
    assert (
        finding.path == folder / "insatser.yaml"
        and "byt namn på den till insatser" in finding.remedy
    )


@pytest.mark.parametrize("name", ["~$abc.yaml", "~$c.yaml", ".~lock.abc.yaml#", ".#abc.yaml"])
def test_a_lock_is_told_but_hinders_nothing(folder: Path, name: str) -> None:
    if name.startswith(".#"):
        # as Emacs does: it leads nowhere
        (folder / "insatser" / name).symlink_to("nn@dator.123:456")
    else:
        put(folder, f"insatser/{name}")
    (finding,) = [f for f in lint_folder(folder).findings if f.rule in ("IK909", "IK901")]
    assert finding.level == "råd" and "låsfil" in finding.message
    loaded = loading.load_kommun(folder)
    assert loaded.problems == () and [i.id for i in loaded.revision.insatser] == ["annan"]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["annan.yaml~", "#annan.yaml#", ".annan.yaml.swp"])
def test_an_editors_copy_of_a_file_that_is_there_is_only_advice(folder: Path, name: str) -> None:
    put(folder, f"insatser/{name}")
    (finding,) = [f for f in lint_folder(folder).findings if f.rule == "IK909"]
    assert finding.level == "råd"


def test_names_that_differ_by_case_are_found_on_the_odd_one() -> None:
    listing = inventory.sorted_out([steps("insatser/abc.yaml"), steps("insatser/Abc.yaml")], KOMMUN)
    assert listing.read == (("insatser", "abc.yaml"),)
    (stray,) = listing.strays
    assert (
        stray.steps == ("insatser", "Abc.yaml")
        and "stora och små bokstäver" in stray.problem.message
    )


def test_the_right_name_is_not_proposed_where_a_file_has_it() -> None:
    (stray,) = inventory.sorted_out(
        [steps("insatser/abc.yaml"), steps("insatser/abc.yml")], KOMMUN
    ).strays
    assert "Här finns redan abc.yaml" in stray.problem.remedy


def test_a_misnamed_kommun_file_is_told_once(folder: Path) -> None:
    (folder / "kommun.yaml").rename(folder / "kommun.yml")
    (finding,) = [f for f in lint_folder(folder).findings if f.level == "fel"]
    assert finding.path.name == "kommun.yml" and "kommun.yaml" in finding.remedy


def test_many_files_in_one_folder_are_told_once(folder: Path) -> None:
    (folder / "insatser").rename(folder / "Insatser")
    put(folder, "Insatser/lots.yaml")
    (finding,) = [f for f in lint_folder(folder).findings if f.rule == "IK909"]
    assert "2 filer" in finding.remedy


_WORDS = st.sampled_from(
    ["abc", "öppet-hus", "kommun", "profil", "2026-01-20", "Råd och stöd", "a.b"]
)
_ENDINGS = st.sampled_from(
    [
        ".yaml",
        ".yml",
        ".YAML",
        ".Yml",
        ".yaml.txt",
        ".yaml.bak",
        ".yml.old",
        ".yaml ~",
        ".yaml.1",
        ".yaml_",
    ]
)
_FOLDERS = st.sampled_from(
    [
        "",
        "insatser",
        "beslut",
        "Insatser",
        "insats",
        "insatser/x",
        "arkiv",
        "mallar",
        "beslut/2025",
        "Beslut",
    ]
)


@given(folder=_FOLDERS, word=_WORDS, ending=_ENDINGS)
def test_no_file_that_was_meant_as_yaml_goes_unsaid(folder: str, word: str, ending: str) -> None:
    path = tuple(filter(None, [*folder.split("/"), word + ending]))
    listing = inventory.sorted_out([path], KOMMUN)
    known = path in [("kommun.yaml",), ("profil.yaml",)]
    assert (path in listing.read) + (path in [stray.steps for stray in listing.strays]) + known == 1


@given(st.lists(st.tuples(_FOLDERS, _WORDS, _ENDINGS), max_size=12), st.randoms())
def test_every_file_is_told_of_once_whatever_the_order(
    files: list[tuple[str, str, str]], random: object
) -> None:
    paths = list(
        {tuple(filter(None, [*folder.split("/"), word + ending])) for folder, word, ending in files}
    )
    listing = inventory.sorted_out(paths, KOMMUN)
    random.shuffle(paths)  # type: ignore[attr-defined]
    assert inventory.sorted_out(paths, KOMMUN) == listing
    told = [*listing.read, *(stray.steps for stray in listing.strays)]
    assert len(told) == len(set(told))


@pytest.mark.parametrize(
    "path", ["insatser/abc.yml", "abc.yaml", "Insatser/abc.yaml", "insatser/x/abc.yaml"]
)
def test_decide_and_render_refuse_while_a_file_is_not_read(folder: Path, path: str) -> None:
    put(folder, path)
    with pytest.raises(DecisionRefused, match=r"abc\.y"):
        decisions.plan(folder, "2025-09-01")
    done = run("render", "ekbacka", "--format", "md", cwd=folder.parents[2])
    assert done.code == 2 and "abc.y" in done.err
    assert not (folder.parents[2] / "ut").exists()


def test_a_revision_in_git_tells_of_the_file_but_can_be_compared(tmp_path: Path) -> None:
    root = repositories.make(tmp_path)
    folder = repositories.kommun(
        root / "catalogue",
        "ekbacka",
        decisions.INFORMATION,
        abc=insats("Abc"),
        annan=insats("Annan"),
    )
    (folder / "insatser" / "abc.yaml").rename(folder / "insatser" / "abc.yml")
    repositories.commit(root, "före")
    (folder / "insatser" / "abc.yml").rename(folder / "insatser" / "abc.yaml")
    repositories.commit(root, "efter")
    done = run("diff", "före..efter", "--lint", cwd=root)
    assert done.code == 0 and "abc.yml" in done.out and "IK909" in done.out
    back = run("diff", "efter..före", "--lint", cwd=root)
    assert back.code == 1 and "IK909" in back.out


# The catalogue outside the municipalities


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("Kommuner/eklunda/kommun.yaml", "Byt namn på mappen till kommuner"),
        ("kommuner/eklunda.yaml", "direkt i mappen kommuner"),
        ("regler/KOM001.yml", "läses inte"),
        ("regler/egna/KOM001.yaml", "bara filer direkt i mappen regler"),
        ("begrepp/egna.yml", "egna.yaml"),
        ("lagrum/lvu.YAML", "lvu.yaml"),
        ("abc.yaml", "överst i katalogen"),
        ("insatser/stöd.yaml", "ligger i en mapp i kommuner"),
        ("eklunda/insatser/stöd.yaml", "ligger i en mapp i kommuner"),
        ("regler/KOM001.txt", "spara den som ren text"),
        (".regler/KOM001.yaml", "Byt namn på mappen till regler"),
        ("regel/KOM001.yaml", "Byt namn på mappen till regler"),
        ("ordlista/egna.yaml", "Byt namn på mappen till ordlistor"),
        ("bedömningar/egna.yaml", "som följer med programmet och inte läses här"),
        ("bedömningar/avgift.yaml", "som följer med programmet och inte läses här"),
        ("påståenden/egna.yaml", "som följer med programmet och inte läses här"),
        ("utfall/egna.yaml", "som följer med programmet och inte läses här"),
    ],
)
def test_what_lies_in_the_catalogue_and_is_not_read_is_an_error(
    folder: Path, path: str, said: str
) -> None:
    catalogue = folder.parents[1]
    put(catalogue, path)
    done = run("lint", cwd=catalogue.parent)
    assert done.code == 1 and "IK909" in done.out and said in done.out
    assert not inventory.sorted_out(
        [steps("regler/anteckningar.md"), steps("underlag/x.yaml")], CATALOGUE
    ).strays


@pytest.mark.parametrize("part", inventory.PROGRAMS)
def test_what_comes_with_the_program_changes_nothing_as_it_is(folder: Path, part: str) -> None:
    catalogue = folder.parents[1]
    shutil.copytree(CATALOGUE_FOLDER / part, catalogue / part)
    put(catalogue, f"{part}/LÄSMIG.md")
    assert loading.load_strays(catalogue) == ()


def test_a_text_among_the_municipalities_is_a_warning(folder: Path) -> None:
    put(folder.parents[1], "kommuner/stöd.txt")
    done = run("lint", cwd=folder.parents[2])
    assert done.code == 0 and "IK909" in done.out and "direkt i mappen kommuner" in done.out


@pytest.mark.parametrize("name", ["insatskoll.yml", "Insatskoll.yaml", "insatskoll.yaml.txt"])
def test_settings_under_another_name_are_refused(folder: Path, name: str) -> None:
    root = folder.parents[2]
    (root / name).write_text("underkänn_från: råd\n", "utf-8")
    done = run("lint", cwd=root)
    assert done.code == 2 and "Den ska heta insatskoll.yaml" in done.err


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("Ekby", "ekby"), ("EKBY", "ekby"), (unicodedata.normalize("NFD", "åby"), "åby"),
        ("con", "con-kommun"), ("aux.x", "aux-x"), ("ekby.", "ekby"), ("ekby ", "ekby"),
        ("a:b", "a-b"), ("ek\\by", "ek-by"), ("ekby~", "ekby"), ("ekby (1)", "ekby-1"),
        ("ek_by", "ek-by"), ("ekby - kopia", "ekby-kopia"), ("lpt1", "lpt1-kommun"),
        ("ekby\u200b", "ekby"),
    ],
)  # fmt: skip
def test_a_municipalitys_folder_with_a_name_that_is_not_one_everywhere_is_an_error(
    name: str, right: str, tmp_path: Path
) -> None:
    folder = write_kommun(
        tmp_path / "kommuner" / name, {"annan": insats("Annan")}, decisions.INFORMATION
    )
    (told,) = [f for f in lint_folder(folder).findings if f.rule == "IK909"]
    assert told.level == "fel" and f"till {right}:" in told.remedy
    write_kommun(tmp_path / "kommuner" / right, {"annan": insats("Annan")}, decisions.INFORMATION)
    (told,) = [f for f in lint_folder(folder).findings if f.rule == "IK909"]
    assert f"Här finns redan {right}." in told.remedy
    assert not [f for f in lint_folder(tmp_path / "kommuner" / right).findings if f.rule == "IK909"]


def test_what_others_leave_among_the_municipalities_is_no_finding(folder: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", ".gitkeep"):
        (folder.parent / name).write_text("x", "utf-8")
    (folder.parent / "__MACOSX").mkdir()
    assert not loading.load_strays(folder.parents[1])


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("Avsnitt.html.j2", "avsnitt.html.j2"), ("avsnitt.html", "avsnitt.html.j2"),
        ("avsnitt.j2", "avsnitt.html.j2"), ("avsnitt.html.jinja2", "avsnitt.html.j2"),
        ("avsnitt.HTML.J2", "avsnitt.html.j2"), ("avsnitt.html.j2.txt", "avsnitt.html.j2"),
        ("avsnitt", "avsnitt.html.j2"), ("avsnitt .html.j2", "avsnitt.html.j2"),
        ("avsnitt (1).html.j2", "avsnitt.html.j2"),
        (unicodedata.normalize("NFD", "tabell-utförlig.html.j2"), "tabell-utförlig.html.j2"),
        ("_Kolofon.html.j2", "_kolofon.html.j2"), ("Bilaga.css", "bilaga.css"),
        ("bilaga.CSS", "bilaga.css"), ("bilaga.css.txt", "bilaga.css"),
        ("egen.html.jinja", "egen.html.j2"), (".avsnitt.html.j2", "avsnitt.html.j2"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("common", [False, True])
def test_a_template_with_a_wrong_name_is_an_error_and_nothing_is_printed(
    folder: Path, name: str, right: str, common: bool
) -> None:
    where = folder.parents[1] if common else folder
    put(where, f"mallar/{name}")
    strays = loading.load_strays(where) if common else loading.load_kommun(folder).problems
    (problem,) = [problem for file in strays for problem in file.problems]
    assert (problem.rule, problem.level) == ("IK909", None) and f"till {right}." in problem.remedy
    with pytest.raises(Refused, match=f"Den ska heta {re.escape(right)}"):
        layouts.own_folders(folder)
    put(where, f"mallar/{right}")
    assert layouts.own_folders(folder) == [where / "mallar"]


@pytest.mark.parametrize(
    "name",
    [
        "_huvud.html.j2",
        "min-layout.html.j2",
        "min.css",
        "logga.png",
        "README.md",
        "x.yaml.j2",
        "x.docx",
    ],
)
def test_an_own_template_with_a_name_of_its_own_is_no_finding(folder: Path, name: str) -> None:
    put(folder, f"mallar/{name}")
    kommun = loading.load_kommun(folder)
    assert not kommun.problems and not kommun.notes and layouts.own_folders(folder)


@pytest.mark.parametrize("name", ["Min layout.html.j2", "skiss.html"])
def test_what_may_be_a_template_is_told_but_hinders_nothing(folder: Path, name: str) -> None:
    put(folder, f"mallar/{name}")
    kommun = loading.load_kommun(folder)
    assert not kommun.problems and [p.level for file in kommun.notes for p in file.problems] == [
        "varning"
    ]
    assert layouts.own_folders(folder)


@pytest.mark.parametrize("kind", ["mapp", "rör", "länk"])
@pytest.mark.parametrize("common", [False, True])
def test_what_has_a_templates_name_and_is_no_file_is_an_error(
    folder: Path, kind: str, common: bool
) -> None:
    where = folder.parents[1] if common else folder
    path = where / "mallar" / "avsnitt.html.j2"
    path.parent.mkdir()
    if kind == "mapp":
        path.mkdir()
    elif kind == "rör":
        os.mkfifo(path)
    else:
        path.symlink_to("x")
    strays = loading.load_strays(where) if common else loading.load_kommun(folder).problems
    assert [problem.rule for file in strays for problem in file.problems] == ["IK901"]
    revision = loading.load_kommun(folder).revision
    assert revision is not None
    with pytest.raises(Refused, match=r"Mallen .*avsnitt"):
        render.render_html(revision, own=layouts.own_folders(folder))


@pytest.mark.parametrize("kind", ["fil", "länk"])
@pytest.mark.parametrize("name", ["mallar", "regler", "definitioner", "lagrum", "begrepp"])
def test_a_file_in_the_place_of_a_folder_of_the_catalogue_is_an_error(
    folder: Path, name: str, kind: str
) -> None:
    path = folder.parents[1] / name
    path.write_text("../annat/regler\n", "utf-8") if kind == "fil" else path.symlink_to("annat")
    assert [p.rule for file in loading.load_strays(folder.parents[1]) for p in file.problems] == [
        "IK901"
    ]
    if name in ("regler", "lagrum"):
        with pytest.raises(Refused, match=f"{name}: här finns en fil"):
            load_rules(own=folder.parents[1])
    if name == "mallar":
        with pytest.raises(Refused, match="mallar: här finns en länk eller en fil"):
            layouts.own_folders(folder)


def test_a_file_in_the_place_of_a_municipalitys_templates_is_an_error(folder: Path) -> None:
    (folder / "mallar").write_text("../../mallar", "utf-8")
    assert [p.rule for file in loading.load_kommun(folder).problems for p in file.problems] == [
        "IK901"
    ]
    with pytest.raises(Refused, match="mallar: här finns"):
        layouts.own_folders(folder)


# One opinion on what is read


def test_a_hidden_municipality_is_an_error_and_no_municipality(folder: Path) -> None:
    write_kommun(folder.parent / ".gömda", {"annan": insats("Annan")}, decisions.INFORMATION)
    root = folder.parents[2]
    done = run("lint", cwd=root)
    assert done.code == 1 and "IK909" in done.out and "Byt namn på mappen till gömda" in done.out
    assert ".gömda" not in run("show", cwd=root).out
    asked = run("lint", "catalogue/kommuner/.gömda", cwd=root)
    assert asked.code == 2 and "läses inte" in asked.err
    shutil.rmtree(folder)
    alone = run("lint", cwd=root)
    assert alone.code == 3 and "Byt namn på mappen till gömda" in alone.err


def test_a_municipality_that_is_hidden_is_gone_to_the_diff(tmp_path: Path) -> None:
    root = repositories.make(tmp_path)
    folder = repositories.kommun(
        root / "catalogue", "ekbacka", decisions.INFORMATION, abc=insats("Abc")
    )
    repositories.kommun(root / "catalogue", "alby", decisions.INFORMATION, abc=insats("Abc"))
    repositories.commit(root, "före")
    folder.rename(folder.parent / ".ekbacka")
    repositories.commit(root, "efter")
    for range_ in ("före..efter", "före"):
        done = run("diff", range_, cwd=root)
        assert "insatsen Abc tas bort" in done.out and ".ekbacka" not in done.out


def test_a_decision_that_is_not_read_is_no_link_in_the_chain(folder: Path) -> None:
    for day, unchanged in (("2025-09-01", False), ("2026-03-20", True)):
        document = decisions.plan(folder, day, unchanged=unchanged).beslut.document
        document.path.parent.mkdir(exist_ok=True)
        document.path.write_text(document.text, "utf-8")
    shutil.copy(folder / "beslut" / "2025-09-01.yaml", folder / "beslut" / ".2026-01-20.yaml")
    (folder / "beslut" / "2025-09-01.yaml").rename(folder / "beslut" / "2025-09-01.yml")
    found = [
        (f.rule, f.path.name) for f in lint_folder(folder).findings if f.rule in ("IK603", "IK909")
    ]
    assert sorted(found) == [("IK909", ".2026-01-20.yaml"), ("IK909", "2025-09-01.yml")]


@pytest.mark.parametrize("path", ["README.md", "underlag", "anteckningar.txt"])
def test_to_ask_for_what_is_not_read_is_refused(folder: Path, path: str) -> None:
    put(folder, "underlag/läs.txt")
    if "." in path:
        put(folder, path)
    done = run("lint", folder / path, cwd=folder.parents[2])
    assert done.code == 2 and "läses inte" in done.err


@pytest.mark.parametrize("path", ["kommun.txt", "insatser/.yaml", ".insatser/stöd.yaml"])
def test_to_ask_for_a_file_with_a_wrong_name_tells_of_it(folder: Path, path: str) -> None:
    put(folder, path)
    done = run("lint", folder / path, cwd=folder.parents[2])
    assert done.code == 1 and "IK909" in done.out


@pytest.mark.parametrize("form", ["text", "markdown", "json", "html"])
def test_a_file_that_is_not_read_is_told_by_a_diff_of_two_revisions(
    tmp_path: Path, form: str
) -> None:
    root = repositories.make(tmp_path)
    folder = repositories.kommun(
        root / "catalogue", "ekbacka", decisions.INFORMATION, abc=insats("Abc")
    )
    repositories.commit(root, "före")
    put(folder, "insatser/ny.yml")
    repositories.commit(root, "mellan")
    (folder / "insatser" / "ny2.yaml").write_text(
        (folder / "insatser" / "abc.yaml").read_text("utf-8"), "utf-8"
    )
    repositories.commit(root, "efter")
    new = run("diff", "före...mellan", "--format", form, cwd=root)
    assert new.code == 1 and "ny.yml" in new.out + new.err and "ny.yaml" in new.out + new.err
    old = run("diff", "mellan...efter", "--format", form, cwd=root)
    assert old.code == 0 and "ny.yml" in old.out + old.err


def test_settings_in_the_catalogue_are_an_error_and_hide_nothing(folder: Path) -> None:
    catalogue = folder.parents[1]
    for place in (catalogue, folder):
        (catalogue / "insatskoll.yaml").unlink(missing_ok=True)
        (place / "insatskoll.yaml").write_text("underkänn_från: råd\n", "utf-8")
        for here in (catalogue.parent, catalogue, folder):
            done = run("lint", cwd=here)
            assert done.code == 1 and "IK909" in done.out and "bredvid katalogen" in done.out


def test_a_catalogue_may_be_its_own_folder(folder: Path) -> None:
    catalogue = folder.parents[1]
    (catalogue / "insatskoll.yaml").write_text("katalog: .\n", "utf-8")
    done = run("lint", cwd=catalogue)
    assert "IK909" not in done.out and done.code == 0


# Repositories


@pytest.mark.parametrize(
    "at", ["", "kommuner/", "kommuner/ekbacka/", "kommuner/ekbacka/insatser/", "underlag/djupt/"]
)
@pytest.mark.parametrize(
    "files",
    [
        ("HEAD", "objects/.keep", "refs/.keep"),
        ("head", "Objects/x", "REFS/x"),
        ("HEAD", "commondir"),
    ],
)
def test_what_git_could_take_for_a_repository_is_an_error(
    folder: Path, at: str, files: tuple[str, ...]
) -> None:
    catalogue = folder.parents[1]
    for name in files:
        put(catalogue, at + name)
    done = run("lint", cwd=catalogue.parent)
    assert done.code and "IK910" in done.out


def test_gits_own_folder_is_found_below_the_top_and_lawful_there() -> None:
    held = Contents(
        (steps(".git/HEAD"), steps("kommuner/k/.git")),
        (steps(".git"), steps(".git/objects"), steps(".git/refs")),
    )
    assert [found for found, _ in inventory.repositories(held, own=True)] == [
        steps("kommuner/k/.git")
    ]
    assert steps(".git") in [found for found, _ in inventory.repositories(held, own=False)]


# Rules about the whole municipality wait


def test_rules_about_the_whole_municipality_wait_for_a_file_that_cannot_be_read(
    folder: Path,
) -> None:
    kommun: dict[str, Any] = {
        "avdelningar": [{"id": "exempel", "namn": "Exempel"}, {"id": "vuxen", "namn": "Vuxen"}]
    }
    files = {
        "rådgivning": insats("Familjerådgivning", insatstyp="familjerådgivning", avdelning="vuxen"),
        "annan": insats("Annan"),
    }
    whole = write_kommun(folder.parent / "hel", files, decisions.INFORMATION | kommun)
    before = lint_folder(whole)
    assert not before.skipped
    (whole / "insatser" / "rådgivning.yaml").write_text("namn: [", "utf-8")
    after = lint_folder(whole)
    new = {f.rule for f in after.findings} - {f.rule for f in before.findings}
    assert new == {"IK901"}, "a file that cannot be read makes no findings in the others"
    assert {why for _, why in after.skipped} == {WAITING} and {"IK506", "IK702", "IK208"} <= {
        rule for rule, _ in after.skipped
    }
    assert WAITING in run("lint", "hel", cwd=folder.parents[2]).out


@pytest.mark.parametrize(
    "broken",
    ["insatser/medling.yaml", "insatser/medling.yml", "kommun.yaml", "riskanalyser/medling.yaml"],
)
def test_what_is_accepted_is_not_stale_while_a_file_is_lost(folder: Path, broken: str) -> None:
    waiver = [{"regel": "IK203", "motivering": "Beslutad text som ses över till hösten."}]
    whole = write_kommun(folder.parent / "hel", {"annan": insats("Annan")}, {"avvikelser": waiver})
    assert "IK908" in {f.rule for f in lint_folder(whole).findings}
    (whole / broken).parent.mkdir(exist_ok=True)
    (whole / broken).write_text("namn: [", "utf-8")
    assert "IK908" not in {f.rule for f in lint_folder(whole).findings}


def test_a_broken_decision_or_profile_keeps_no_rule_waiting(folder: Path) -> None:
    put(folder, "beslut/2026-01-20.yaml")
    assert lint_folder(folder).skipped == ()


@pytest.mark.parametrize(
    ("name", "lost"),
    [
        ("uppsala", "samarbetssamtal"),
        ("uppsala", "råd-och-stödsamtal-vid-trappan"),
        ("sala", "medling"),
        ("norrtälje", "samarbetssamtal"),
        ("knivsta", "familjerådgivning"),
    ],
)
def test_no_file_lost_makes_a_finding_in_another(tmp_path: Path, name: str, lost: str) -> None:
    """With a file of a real municipality called .yml, what is found in the others was found before
    as well."""
    folder = tmp_path / name
    shutil.copytree(CATALOGUE_FOLDER / "kommuner" / name, folder)
    begrepp = loading.load_begrepp(CATALOGUE_FOLDER)

    def found() -> set[object]:
        # Of three with the same text the third is told of the second when the first is gone, which
        # is as true.
        findings = lint_folder(folder, RULES, begrepp=begrepp).findings
        return {
            (f.rule, f.path, f.data_path)
            for f in findings
            if f.path.suffix == ".yaml" and f.rule != "IK704"
        }

    before = found()
    (folder / "insatser" / f"{lost}.yaml").rename(folder / "insatser" / f"{lost}.yml")
    assert found() <= before


def test_a_layout_that_does_not_exist_keeps_no_rule_waiting(folder: Path) -> None:
    text = (folder / "kommun.yaml").read_text("utf-8")
    (folder / "kommun.yaml").write_text(f"layout: finns-inte\n{text}", "utf-8")
    done = run("lint", "ekbacka", cwd=folder.parents[2])
    assert "finns-inte" in done.out and WAITING not in done.out


def test_a_folder_of_municipalities_with_another_name_is_named(folder: Path) -> None:
    folder.parent.rename(folder.parents[1] / "Kommuner")
    done = run("lint", cwd=folder.parents[2])
    assert done.code == 3 and "Mappen Kommuner" in done.err and "Den ska heta kommuner" in done.err


def test_a_file_that_lies_too_deep_can_be_asked_for(folder: Path) -> None:
    put(folder, "insatser/grupp/abc.yaml")
    done = run("lint", folder / "insatser" / "grupp" / "abc.yaml", cwd=folder.parents[2])
    assert done.code == 1 and "IK909" in done.out


def test_what_is_not_read_can_be_known_and_be_gone(folder: Path) -> None:
    put(folder, "insatser/grupp/abc.yaml")
    root = folder.parents[2]
    assert run("lint", "--write-baseline", cwd=root).code == 0
    assert '"ekbacka/insatser/grupp/abc.yaml"' in (root / "insatskoll-baslinje.json").read_text(
        "utf-8"
    )
    assert run("lint", cwd=root).code == 0
    (folder / "insatser" / "grupp" / "abc.yaml").unlink()
    assert "finns inte längre" in run("lint", cwd=root).out


def test_a_municipality_without_insatser_is_told_of_and_gravely_if_it_has_decided_some(
    tmp_path: Path,
) -> None:
    new = write_kommun(tmp_path / "ny", {})
    (told,) = [
        found for found in lint_folder(new, RULES).findings if "inga insatser" in found.message
    ]
    assert (told.rule, told.level, told.path.name) == ("IK901", "råd", "kommun.yaml")
    assert all(f"\n{name}: " in told.remedy for name in ("namn", "insatstyp", "avdelning"))
    begun = decisions.repository(tmp_path / "arkiv", {"a": insats("A"), "b": insats("B")})
    decisions.decided(begun, "2025-09-10")
    shutil.rmtree(begun / "insatser")
    (told,) = [
        found for found in lint_folder(begun, RULES).findings if "inga insatser" in found.message
    ]
    assert (told.rule, told.level) == ("IK901", "fel")
    assert "beslutet 2025-09-10 har 2" in told.message


def test_a_municipality_whose_insatser_cannot_be_read_is_not_told_to_have_none(
    tmp_path: Path,
) -> None:
    for number, name in enumerate(("a.yaml", "a.yml", "a.txt")):
        folder = write_kommun(tmp_path / str(number), {})
        (folder / "insatser" / name).write_text("namn: [", "utf-8")
        assert not [
            found
            for found in lint_folder(folder, RULES).findings
            if "inga insatser" in found.message
        ]


@pytest.mark.parametrize(
    "content", ["", "\n", "# ska skrivas\n", "---\n", "---\n# än\n...\n", "~\n"]
)
@pytest.mark.parametrize("kind", ["insatser/a.yaml", "kommun.yaml", "riskanalyser/a.yaml"])
def test_an_empty_file_is_told_what_to_hold(content: str, kind: str, tmp_path: Path) -> None:
    folder = write_kommun(tmp_path / "k", {})
    (folder / kind).parent.mkdir(exist_ok=True)
    (folder / kind).write_text(content, "utf-8")
    (told,) = [
        problem for file in loading.load_kommun(folder).problems for problem in file.problems
    ]
    assert told.message == "Filen är tom"
    schema = {"insatser/a.yaml": "insats", "kommun.yaml": "kommun"}.get(kind, "riskanalys")
    assert all(
        f"\n{name}:" in told.remedy
        for name in samples.schemas()[f"{schema}.schema.json"]["required"]
    )
