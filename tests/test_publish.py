"""What a run of render makes: all of it or nothing, and each document says what it is."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from insatskoll.bilaga import publish, render
from insatskoll.bilaga.layouts import RenderError
from insatskoll.catalogue.loading import load_kommun
from insatskoll.catalogue.model import Kommun
from tests.catalogues import CATALOGUE, write_kommun
from tests.decisions import decided, insats, repository, write
from tests.program import run
from tests.test_render import revision

DECISION = {
    "nämnd": "Socialnämnden",
    "datum": "2025-05-19",
    "paragraf": "§ 103",
    "händelse": "Antagen",
}


@pytest.fixture(scope="module")
def uppsala() -> Kommun:
    return load_kommun(CATALOGUE / "kommuner" / "uppsala")


# Status and colophon


@pytest.mark.parametrize(
    ("beslut", "status"),
    [(None, "Förslag 2025-09-18"), (DECISION, "Beslut Socialnämnden 2025-05-19 § 103")],
    ids=["förslag", "beslut"],
)
def test_status_stands_on_every_page(beslut: dict[str, str] | None, status: str) -> None:
    shown = revision(
        {"förslag": {"datum": "2025-09-18"}}, *({"innehåll": "Samtal."},) * 40, beslut=beslut
    )
    files = render.bilaga(shown).files
    html = files["exempel-bilaga.html"].decode()
    title_block = html[html.index('class="titelblock"') : html.index("<nav")]
    assert status in title_block and f'<meta name="insatskoll:revision" content="{status}">' in html
    with zipfile.ZipFile(io.BytesIO(files["exempel-bilaga.docx"])) as archive:
        feet = [
            archive.read(name).decode()
            for name in archive.namelist()
            if name.startswith("word/footer")
        ]
    assert len(feet) == 2 and all(status in foot for foot in feet)
    assert not any("{" in foot for foot in feet), "no placeholder is left"
    if shutil.which("pdftotext"):
        text = subprocess.run(
            ["pdftotext", "-layout", "-", "-"],
            input=files["exempel-bilaga.pdf"],
            capture_output=True,
            check=True,
        ).stdout.decode()
        pages = text.split("\f")[:-1]
        assert len(pages) > 5
        for number, page in enumerate(pages, 1):
            assert re.search(rf"{status}\s+Sida {number} \({len(pages)}\)", page)


def test_colophon_has_the_checksum_of_the_decision(uppsala: Kommun) -> None:
    (beslut,) = uppsala.beslut
    whole = beslut.data["kontrollsumma"]
    files = render.bilaga(beslut.revision, formats=["html", "md", "json"]).files
    html = files["uppsala-bilaga.html"].decode()
    assert f'<meta name="insatskoll:sha256" content="{whole}">' in html
    for name in ("html", "md"):
        assert f"kontrollsumma {whole[:16]}" in files[f"uppsala-bilaga.{name}"].decode()
    assert whole in json.dumps(json.loads(files["uppsala-bilaga.json"]))
    assert re.search(r"<meta name=\"generator\" content=\"insatskoll \d+\.\d+\.\d+\">", html)


def test_checksum_follows_the_content_and_nothing_else() -> None:
    first = revision(None, {"innehåll": "Samtal."})
    same = revision(
        {"avvikelser": [{"regel": "IK1", "motivering": "x"}]},
        {"innehåll": "Samtal.", "avvikelser": []},
    )
    other = revision(None, {"innehåll": "Samtal!"})
    sums = [render.checksum_of(one) for one in (first, same, other)]
    assert sums[0] == sums[1] != sums[2] and all(re.fullmatch("[0-9a-f]{64}", one) for one in sums)


# The run


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    for name in ("alfa", "beta"):
        write_kommun(tmp_path / "catalogue" / "kommuner" / name)
    return tmp_path


def test_all_is_all_and_no_target(catalogue: Path) -> None:
    done = run("render", "--all", "--format", "html", "--format", "json", cwd=catalogue)
    names = [f"{name}-bilaga.{form}" for name in ("alfa", "beta") for form in ("html", "json")]
    assert done.code == 0 and [Path(line).name for line in done.out.splitlines()] == names
    assert sorted(path.name for path in (catalogue / "ut").iterdir()) == names
    done = run("render", "alfa", "--all", cwd=catalogue)
    assert done.code == 2 and "--all kan inte stå tillsammans med mål" in done.err


def test_a_run_writes_all_or_nothing(catalogue: Path) -> None:
    template = catalogue / "catalogue" / "kommuner" / "beta" / "mallar" / "avsnitt.html.j2"
    template.parent.mkdir()
    template.write_text("{{ inget }}", "utf-8")
    done = run("render", "--all", cwd=catalogue)
    assert done.code == 2 and "beta/mallar/avsnitt.html.j2, rad 1" in done.err
    assert not (catalogue / "ut").exists()


def test_layout_and_decision_are_chosen(tmp_path: Path) -> None:
    done = run(
        "render",
        "uppsala",
        "--beslut",
        "2025-05-19",
        "--layout",
        "tabell",
        "--format",
        "html",
        "--output",
        tmp_path,
    )
    assert done.code == 0, done.err
    html = (tmp_path / "uppsala-bilaga-2025-05-19.html").read_text("utf-8")
    assert (
        "Beslut Socialnämnden 2025-05-19 § 103" in html and "insatser" in html and "<table" in html
    )
    done = run("render", "uppsala", "--beslut", "2020-01-01", "--output", tmp_path / "ut")
    assert done.code == 2 and "2020-01-01" in done.err and not (tmp_path / "ut").exists()


def test_what_the_layout_shows_and_the_data_lack_is_told(tmp_path: Path) -> None:
    done = run("render", "sala", "--format", "html", "--output", tmp_path)
    wanted = (
        "sala: Layouten tabell-utförlig visar arbetssätt och vetenskapligt stöd, som inte "
        "anges för 15 av 34 insatser."
    )
    assert done.code == 0 and wanted in done.err


def test_frozen_layout_that_is_gone_is_told_in_the_decision(uppsala: Kommun) -> None:
    (beslut,) = uppsala.beslut
    gone = replace(beslut.revision, kommun=beslut.revision.kommun | {"layout": "borta"})
    kommun = replace(uppsala, beslut=(replace(beslut, revision=gone),))
    with pytest.raises(
        RenderError, match=r"beslut/2025-05-19\.yaml:\d+:\d+: Layouten ”borta” finns inte"
    ):
        publish.order(kommun, gone)


def test_side_by_side_keeps_the_order_and_raises_the_first() -> None:
    made = publish.side_by_side([lambda: {"b": b"1"}, lambda: {"a": b"2"}])
    assert list(made) == ["b", "a"]

    def fails(name: str) -> dict[str, bytes]:
        raise RenderError(name)

    with pytest.raises(RenderError, match="ett"):
        publish.side_by_side([lambda: fails("ett"), lambda: {"a": b""}, lambda: fails("två")])


def test_progress_is_told_when_it_takes_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    monkeypatch.setattr(publish, "SOON", 0.01)
    told: list[tuple[int, int]] = []
    gates = [threading.Event(), threading.Event()]

    def hear(done: int, of: int) -> None:
        told.append((done, of))
        gates[done].set()

    def task(number: int) -> dict[str, bytes]:
        assert gates[number].wait(60)
        return {str(number): b""}

    publish.side_by_side([lambda: task(0), lambda: task(1)], hear)
    assert told == [(0, 2), (1, 2)]


def test_what_has_been_decided_is_not_called_a_proposal(tmp_path: Path) -> None:
    folder = repository(tmp_path, {"samtal": insats("Samtal vid oro")})

    def rendered(*more: str) -> dict[str, str]:
        assert run("render", "exempel", "--format", "md", *more, cwd=tmp_path).code == 0
        return {path.name: path.read_text("utf-8") for path in sorted((tmp_path / "ut").iterdir())}

    assert "Förslag 2025-08-20" in rendered()["exempel-bilaga.md"]
    decided(folder, "2025-10-20")
    now = rendered()["exempel-bilaga.md"]
    assert "Beslut Omsorgsnämnden 2025-10-20 § 10" in now and "Förslag" not in now
    write(folder, "samtal", insats("Samtal vid all oro"))
    before = rendered()
    assert "Status:** Utkast" in before["exempel-bilaga.md"]
    after = rendered("--beslut", "2025-10-20")
    assert after == before | {"exempel-bilaga-2025-10-20.md": now}


def test_a_proposal_after_the_decision_is_a_proposal_even_before_it_has_changed_anything(
    tmp_path: Path,
) -> None:
    folder = repository(tmp_path, {"samtal": insats("Samtal vid oro")})
    decided(folder, "2025-10-20")
    path = folder / "kommun.yaml"
    path.write_text(path.read_text("utf-8") + "förslag: {datum: 2026-02-01}\n", "utf-8")
    kommun = load_kommun(folder)
    assert (
        kommun.revision is not None and publish._as_decided(kommun, kommun.revision).beslut is None
    )
