"""Regular expressions that are compiled when they are first asked: most runs ask few of them."""

from __future__ import annotations

import re
from typing import Any, cast


class _Later:
    """Stands for a compiled expression, and becomes one when something of it is asked for."""

    def __init__(self, text: str, flags: int) -> None:
        self._given = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found


def later(text: str, flags: int = 0) -> re.Pattern[str]:
    """The regular expression ``text``, as :func:`re.compile` gives it but for when."""
    return cast("re.Pattern[str]", _Later(text, flags))
