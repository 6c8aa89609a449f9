"""A municipality in a git repository of its own, and decisions of it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from insatskoll import writing
from insatskoll.catalogue import canonical, loading, records
from insatskoll.decisions import decide
from insatskoll.decisions.decide import Plan, Wanted
from tests.catalogues import INSATS, write_kommun

INFORMATION = {
    "information_om_ansökan": "Utförarna berättar att det går att ansöka.",
    "uppföljning": ["antalet deltagare"],
    "förslag": {"datum": "2025-08-20", "nämnd": "Omsorgsnämnden"},
}


def insats(namn: str, **fields: Any) -> dict[str, Any]:
    """An insats that no rule at fel has anything to say of."""
    return {
        "namn": namn,
        "karaktär": "rådgivning",
        "dokumentation": {"nivå": "utan personliga förhållanden"},
        "målgrupp": {"deltagare": ["vuxna"]},
        "utförare": {"enheter": ["exempelenhet"]},
    } | fields


def repository(
    root: Path, insatser: dict[str, dict[str, Any]], kommun: dict[str, Any] | None = None
) -> Path:
    """A git repository with one municipality, all of it committed; gives the municipality's
    folder."""
    folder = write_kommun(
        root / "catalogue" / "kommuner" / "exempel", insatser, INFORMATION | (kommun or {})
    )
    git(root, "init", "--quiet")
    commit(root)
    return folder


def git(root: Path, *arguments: str) -> str:
    who = (
        "-c",
        "user.name=Test",
        "-c",
        "user.email=test@example.org",
        "-c",
        "core.quotepath=off",
        "-c",
        "core.autocrlf=false",
    )
    return subprocess.run(
        ["git", *who, *arguments], cwd=root, check=True, capture_output=True, encoding="utf-8"
    ).stdout


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "x")


def write(folder: Path, name: str, data: dict[str, Any]) -> None:
    (folder / "insatser" / f"{name}.yaml").write_text(canonical.to_be_read(INSATS | data), "utf-8")


def remove(folder: Path, name: str) -> None:
    (folder / "insatser" / f"{name}.yaml").unlink()


def plan(folder: Path, datum: str, **asked: Any) -> Plan:
    number = int(datum[5:7])
    given = {"datum": datum, "paragraf": f"§ {number}", "diarienummer": f"SN 2025/{number}"} | asked
    return decide.plan(loading.load_kommun(folder), Wanted(**given))


def decided(folder: Path, datum: str, **asked: Any) -> list[str]:
    """Decides, and gives the files that git then finds new or changed; they are committed."""
    root = folder.parents[2]
    commit(root)
    writing.write_all(*plan(folder, datum, **asked).files())
    changed = [
        line[3:].strip('"')
        for line in git(root, "status", "--porcelain", "--untracked-files=all").splitlines()
    ]
    commit(root)
    return changed


def happened(folder: Path, slag: str, datum: str, about: str | None = None, **facts: Any) -> None:
    """Writes a record, as frozen and chained as the program writes it."""
    kommun = loading.load_kommun(folder)
    data: Any = {"slag": slag, "datum": datum, **facts}
    for beslut in kommun.beslut:
        if beslut.id == about:
            data |= {"beslut": about, "beslut_kontrollsumma": beslut.data["kontrollsumma"]}
    path = folder / "händelser" / f"{records.next_id(kommun.handelser, slag)}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(records.text(records.freeze(data, kommun.handelser)), "utf-8")


def contents(root: Path) -> dict[str, bytes | None]:
    """Every file and folder below ``root`` with its bytes, but for git's own."""
    paths = [path for path in root.rglob("*") if ".git" not in path.relative_to(root).parts]
    return {str(path): path.read_bytes() if path.is_file() else None for path in paths}


def five(root: Path) -> Path:
    """Five decisions in a row: the first, a new id, a division, a removal, and a return to the
    earlier text and id."""
    samtal = insats("Samtal vid oro", innehåll="Samtal med en rådgivare.")
    folder = repository(
        root, {"samtal": samtal, "kurs": insats("Kurs i ekonomi"), "café": insats("Öppet café")}
    )
    decided(folder, "2025-09-10")
    remove(folder, "samtal")
    later = samtal | {"tidigare_id": "samtal", "omfattning": {"högst": 5, "enhet": "samtal"}}
    write(folder, "råd", later)
    decided(folder, "2025-10-10")
    remove(folder, "kurs")
    write(folder, "kurs-grupp", insats("Ekonomi i grupp", tidigare_id="kurs"))
    write(folder, "kurs-enskild", insats("Egen hjälp med budgeten", tidigare_id="kurs"))
    decided(folder, "2025-11-10")
    remove(folder, "café")
    decided(folder, "2025-12-10", removed=("café",))
    remove(folder, "råd")
    write(folder, "samtal", samtal)
    decided(folder, "2026-01-10")
    return folder
