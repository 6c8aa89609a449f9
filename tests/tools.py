"""Programs that some tests need besides Python's."""

from __future__ import annotations

import os
import shutil

import pytest


def missing(what: str, how: str) -> None:
    """Skips the test since ``what`` is lacking, or fails it if INSATSKOLL_KRAV_ALLT=1; ``how`` is
    how one gets it."""
    why = f"{what} finns inte: {how}"
    if os.environ.get("INSATSKOLL_KRAV_ALLT") == "1":
        pytest.fail(why)
    pytest.skip(why)


def yaml_language_server() -> str:
    """The command of the program that checks and explains YAML in editors."""
    found = os.environ.get("INSATSKOLL_YAML_LS") or shutil.which("yaml-language-server")
    if found is None or shutil.which("node") is None:
        missing(
            "node och yaml-language-server",
            "npm install -g yaml-language-server, eller ange INSATSKOLL_YAML_LS",
        )
    return str(found)
