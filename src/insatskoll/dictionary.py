"""The Swedish words that there are, in all their forms, as simplemma's dictionary has them.

It takes a moment to read, and is read only when somebody asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache


@cache
def lemmas() -> Mapping[str, str]:
    """The word that each form is a form of."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    return DefaultDictionaryFactory().get_dictionary("sv")


def has(word: str) -> bool:
    """Whether ``word``, in small letters, is a Swedish word in any of its forms."""
    return word in lemmas()
