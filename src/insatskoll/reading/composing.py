"""YAML text to nodes with their places, without asking what type each value has.

PyYAML asks for each value, in Python, and nobody reads the answer: what a value is, is decided when
the data are built.
"""

from __future__ import annotations

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


class _Composer(_Loader):
    def resolve(self, *_: object) -> str:
        return ""

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def composed(text: str) -> yaml.Node | None:
    """The nodes of ``text``, None if there are none. Raises :class:`yaml.YAMLError`."""
    composer = _Composer(text)
    try:
        root: yaml.Node | None = composer.get_single_node()
        return root
    finally:
        composer.dispose()
