"""An invented municipality's look, for the tests: no real municipality's arms or colours."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from insatskoll.resources import TEMPLATES

SVG = """<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg"
  xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 220 60">
  <title>Exempel</title>
  <defs>
    <linearGradient id="g"><stop offset="0" stop-color="#7a1f3d"/>
      <stop offset="1" stop-color="#c0587b"/></linearGradient>
    <circle id="prick" r="6" fill="#ffffff"/>
  </defs>
  <path d="M5 5h50v25q0 20-25 25q-25-5-25-25z" fill="url(#g)"/>
  <use href="#prick" x="22" y="24"/><use xlink:href="#prick" x="38" y="24"/>
  <rect x="70" y="12" width="140" height="14" style="fill:#7a1f3d"/>
  <rect x="70" y="34" width="90" height="10" fill="#7a1f3d"/>
</svg>
"""

PROFILE = """# yaml-language-server: $schema=../../../schema/profil.schema.json
visningsnamn: Exempelstads kommun
logotyp: {fil: logotyp.svg, alttext: Exempelstads påhittade vapen}
färger:
  huvudfärg: "#7a1f3d"
  text: "#221418"
  ton: "#f7e9ee"
  mörkt: {huvudfärg: "#f2a9c0"}
typsnitt:
  pdf: {namn: Open Sans, filer: [typsnitt/normal.ttf, typsnitt/fet.ttf]}
  webb: {namn: Open Sans, normal: typsnitt/normal.ttf}
  word: Verdana
sidfot: Exempelstads kommun, Påhittade gatan 1, exempelstad.example
"""


def svg(inside: str = "", attributes: str = 'viewBox="0 0 10 10"') -> bytes:
    """An SVG picture that holds ``inside``."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{inside}</svg>'
    ).encode()


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 40, height: int = 20, colour: bytes = b"\x7a\x1f\x3d") -> bytes:
    """A PNG picture of one colour."""
    rows = b"".join(b"\0" + colour * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def dress(folder: Path, profile: str = PROFILE) -> Path:
    """Gives the municipality in ``folder`` a profile with all the files that :data:`PROFILE` names;
    gives its path."""
    (folder / "typsnitt").mkdir(parents=True, exist_ok=True)
    (folder / "logotyp.svg").write_text(SVG, "utf-8")
    (folder / "logotyp.png").write_bytes(png())
    for name, source in (("normal", "Regular"), ("fet", "Bold")):
        (folder / "typsnitt" / f"{name}.ttf").write_bytes(
            (TEMPLATES / "fonts" / f"OpenSans-{source}.ttf").read_bytes()
        )
    (folder / "referens.docx").write_bytes((TEMPLATES / "referens.docx").read_bytes())
    (folder / "profil.yaml").write_text(profile, "utf-8")
    return folder / "profil.yaml"
