"""The data of the catalogue's files."""

from __future__ import annotations

from typing import Any

Data = dict[str, Any]
