"""Looks up the inflected forms of the words in ``catalogue/ordlistor`` and ``catalogue/påståenden``
and writes them to ``catalogue/böjningar.json``.

The forms come from simplemma's dictionary. Needed when a list gets a new word, which
tests/test_wordlists.py tells.
"""

from __future__ import annotations

import json

from insatskoll.law import inflection, rule_files, wordlists
from insatskoll.law.claims import sources, vocabulary
from insatskoll.resources import CATALOGUE


def words() -> list[str]:
    """Every single word of the program's own lists and groups, in small letters."""
    lists = wordlists.load(rule_files.listed(CATALOGUE, "ordlistor")).values()
    return sorted(
        {
            word
            for one in lists
            for words in one.data.get("ord", ())
            for word in words.casefold().split()
        }
        | set(vocabulary.words_of(sources.groups_of(sources.files())))
    )


def text() -> str:
    """The content of the file."""
    return json.dumps(inflection.found(words()), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    inflection.FORMS.write_text(text(), "utf-8")
