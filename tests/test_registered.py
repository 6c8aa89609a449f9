"""What the diarium is told of the files that are published."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from insatskoll.catalogue.loading import load_kommun
from insatskoll.reading import schema
from insatskoll.resources import CATALOGUE
from tests.program import run


def test_the_files_are_told_with_their_decision(tmp_path: Path) -> None:
    told = ("render", "uppsala", "--format", "html", "--format", "json", "--diarieuppgifter")
    for folder in ("ett", "två"):
        made = run(*told, "--beslut", "2025-05-19", "--output", str(tmp_path / folder))
        assert made.code == 0, made.err
    (data, again) = (
        (tmp_path / folder / "uppsala-diarium-2025-05-19.json").read_bytes()
        for folder in ("ett", "två")
    )
    assert data == again
    entry = json.loads(data)
    assert not list(schema.errors(entry, "diarium"))
    assert (entry["board"], entry["date"], entry["paragraph"], entry["decided"]) == (
        "Socialnämnden",
        "2025-05-19",
        "§ 103",
        True,
    )
    (beslut,) = load_kommun(CATALOGUE / "kommuner" / "uppsala").beslut
    assert entry["checksum"] == beslut.data["kontrollsumma"]
    assert "diary_number" not in entry, "the decision states none"
    assert [one["name"] for one in entry["files"]] == [
        "uppsala-bilaga-2025-05-19.html",
        "uppsala-bilaga-2025-05-19.json",
    ]
    for one in entry["files"]:
        kept = (tmp_path / "ett" / one["name"]).read_bytes()
        assert (one["bytes"], one["sha256"]) == (len(kept), sha256(kept).hexdigest())


def test_a_proposal_is_not_called_decided_and_without_the_flag_nothing_is_written(
    tmp_path: Path,
) -> None:
    run("render", "knivsta", "--format", "json", "--output", str(tmp_path / "utan"))
    assert [path.name for path in (tmp_path / "utan").iterdir()] == ["knivsta-bilaga.json"]
    run("render", "knivsta", "--format", "md", "--diarieuppgifter", "--output", str(tmp_path))
    entry = json.loads((tmp_path / "knivsta-diarium.json").read_text("utf-8"))
    assert entry["decided"] is False and entry["status"].startswith("Förslag")
    assert "paragraph" not in entry
