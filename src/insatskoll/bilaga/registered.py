"""What the diarium is told of a set of published files: which decision they are, and just which
files (``schema/diarium.schema.json``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from insatskoll import __version__
from insatskoll.bilaga import properties
from insatskoll.catalogue.model import Revision

VERSION: Final = 1


def entry(revision: Revision, files: Mapping[str, bytes], checksum: str) -> bytes:
    """The JSON about ``files``, which are the bilaga of ``revision``, with the ``checksum`` of its
    content. What is not known is left out."""
    said = properties.of(revision)
    known = {
        "date": revision.datum,
        "paragraph": said.paragraph,
        "diary_number": said.diary_number,
        "applies_from": revision.kommun["bilaga"].get("gäller_från"),
    }
    document = {
        "version": VERSION,
        "generator": {"name": "insatskoll", "version": __version__},
        "title": revision.kommun["bilaga"]["titel"],
        "kommun": said.kommun,
        "board": said.board,
        "status": said.status,
        "decided": revision.beslut is not None,
        **{name: value for name, value in known.items() if value},
        "checksum": checksum,
        "files": [
            {"name": name, "bytes": len(data), "sha256": sha256(data).hexdigest()}
            for name, data in files.items()
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
