"""The inflected forms of Swedish words, so that a list of words holds each of them once.

The forms of the words in the program's own lists are kept in ``catalogue/böjningar.json``, which
``tools/make_forms.py`` writes. A municipality's own words are looked up in simplemma's dictionary,
which takes a moment to read: once for all of them, and what it says is kept for the runs to come.
"""

from __future__ import annotations

import json
import re
from collections import ChainMap
from collections.abc import Iterable
from functools import cache

from insatskoll import dictionary
from insatskoll.patterns import later
from insatskoll.reading.builtin import program
from insatskoll.reading.cache import Cache
from insatskoll.resources import CATALOGUE

FORMS = CATALOGUE / "böjningar.json"
_WORD = later(r"[a-zåäöé0-9-]+")
_MOST = 1_000  # forms of a word
_LONGEST = 200  # letters of one
_SHORTEST = 3  # letters of the last part of a compound
# Words between others that have one form only.
_FIXED = frozenset(
    {
        "annan",
        "av",
        "eller",
        "från",
        "för",
        "i",
        "inom",
        "med",
        "om",
        "och",
        "på",
        "till",
        "utan",
        "vid",
        "viss",
        "åt",
    }
)


def expressions(words: Iterable[str]) -> list[str]:
    """A regular expression for each of ``words``, one or several with spaces between, each in any
    of its forms."""
    told = [one.casefold().split() for one in words]
    if unknown := _unknown(word for one in told for word in one):
        _looked_up.update(found(unknown))
    forms = ChainMap(_looked_up, _kept())
    joined = (r"\s+".join(_alternatives([word, *forms[word]]) for word in one) for one in told)
    return [rf"\b{one}\b" for one in joined]


def forms(words: Iterable[str]) -> dict[str, list[str]]:
    """The other forms of each of ``words``, which are single words in small letters."""
    told = sorted(set(words))
    if unknown := _unknown(told):
        _looked_up.update(found(unknown))
    return {word: _looked_up.get(word) or _kept().get(word, []) for word in told}


def look_up(words: Iterable[str], answers: Cache) -> None:
    """Reads the dictionary once for all of ``words``, each as in :func:`expressions`, if it has to
    be read: ``answers`` have what it said before."""
    unknown = _unknown(word for one in words for word in one.casefold().split())
    if not unknown:
        return
    question = "\0".join(("böjningar", program(), *unknown))
    forms = answers.load(question)
    if not _are_forms(forms, unknown):
        forms = found(unknown)
        answers.save({question: forms})
    _looked_up.update(forms)


_looked_up: dict[str, list[str]] = {}


def _unknown(words: Iterable[str]) -> list[str]:
    return sorted(set(words) - _kept().keys() - _looked_up.keys())


def _are_forms(answer: object, words: list[str]) -> bool:
    """Whether ``answer`` can be what the dictionary has of ``words``."""
    return (
        isinstance(answer, dict)
        and answer.keys() == set(words)
        and all(isinstance(forms, list) and len(forms) <= _MOST for forms in answer.values())
        and all(
            isinstance(form, str) and len(form) <= _LONGEST and form.isprintable()
            for forms in answer.values()
            for form in forms
        )
    )


@cache
def _kept() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = json.loads(FORMS.read_text("utf-8"))
    return loaded


def _alternatives(forms: Iterable[str]) -> str:
    """A regular expression for one of ``forms``: what they begin with, and what follows it in
    each."""
    told = sorted(set(forms))
    start = told[0]
    while not all(form.startswith(start) for form in told):
        start = start[:-1]
    ends = [re.escape(form[len(start) :]) for form in told]
    return re.escape(start) if ends == [""] else f"{re.escape(start)}(?:{'|'.join(ends)})"


def found(words: Iterable[str]) -> dict[str, list[str]]:
    """The other forms of each of ``words`` according to the dictionary, by the word.

    A compound that the dictionary lacks is inflected as its last part.
    """
    wanted = {
        word: []
        if word in _FIXED
        else [word[at:] for at in range(max(1, len(word) - _SHORTEST + 1))]
        for word in words
    }
    forms, known = _in_dictionary(frozenset(end for ends in wanted.values() for end in ends))
    told: dict[str, list[str]] = {}
    for word, ends in wanted.items():
        tried = ends[:1] if word in known else ends
        end = next((end for end in tried if len(forms.get(end, ())) > 1), word)
        start = word[: len(word) - len(end)]
        told[word] = sorted({start + form for form in forms.get(end, ()) if form != end})
    return told


def _in_dictionary(words: frozenset[str]) -> tuple[dict[str, set[str]], set[str]]:
    """The forms that the dictionary has of each of ``words``, and those of them that it has as a
    form of another."""
    forms: dict[str, set[str]] = {}
    known: set[str] = set()
    for form, lemma in dictionary.lemmas().items():
        if lemma in words and _WORD.fullmatch(form):
            forms.setdefault(lemma, set()).add(form)
        if form in words and form != lemma:
            known.add(form)
    return forms, known
