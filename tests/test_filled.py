"""A letter that someone has worked in is not written over without a word."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from insatskoll.cli import filled
from insatskoll.errors import UsageError

ASKED = "# Brev\n\n\\[fyll i: skälen\\]\n\n\\[fyll i: dagen\\]\n"


def document(text: str, program: str = "Microsoft Word 12.0.0") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("docProps/app.xml", f"<Application>{program}</Application>")
        package.writestr("word/document.xml", f"<w:t>{text}</w:t>")
    return made.getvalue()


def stops(path: Path, old: bytes | None, new: bytes) -> bool:
    if old is not None:
        path.write_bytes(old)
    try:
        filled.stop_for({path: new})
    except UsageError as stopped:
        assert path.name in str(stopped) and "--skriv-över" in str(stopped)
        return True
    return False


def test_a_text_with_something_filled_in_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "brev.md"
    assert stops(
        path, ASKED.replace("\\[fyll i: skälen\\]", "Behovet är stort.").encode(), ASKED.encode()
    )


@pytest.mark.parametrize("old", [None, ASKED, ASKED.replace("# Brev", "# Förra brevet"), ASKED * 2])
def test_a_text_that_nobody_has_filled_in_is_written_again(tmp_path: Path, old: str | None) -> None:
    path = tmp_path / "brev.md"
    assert not stops(path, old.encode() if old else None, ASKED.encode())


def test_a_document_that_another_program_has_saved_is_kept(tmp_path: Path) -> None:
    path, new = tmp_path / "brev.docx", document("[fyll i: skälen]")
    assert stops(path, document("[fyll i: skälen]", "LibreOffice"), new)
    assert stops(path, document("Behovet är stort."), new)
    assert stops(path, document("[fyll</w:t><w:t> i: något annat]"), new)
    assert stops(path, b"inget dokument", new)


def test_a_document_that_nobody_has_touched_is_written_again(tmp_path: Path) -> None:
    path, new = tmp_path / "brev.docx", document("Nytt. [fyll i: skälen]")
    assert not stops(path, None, new)
    assert not stops(path, document("Gammalt. [fyll</w:t><w:t> i: skälen]"), new)
    assert not stops(path, new, new)
