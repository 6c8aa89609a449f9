"""JSON for other programs."""

from __future__ import annotations

import json

from insatskoll.names import COMMAND


def as_json(document: object) -> str:
    """``document`` as JSON that says just that, written so that no build server finds a command in
    it."""
    return COMMAND.sub(r"\\u0023", json.dumps(document, ensure_ascii=False, indent=2)) + "\n"
