"""Cuts a text into sentences, sentences into clauses and clauses into words, each with its place.

The cuts are those that bear meaning for what stands together: a clause ends at most signs, and
where another begins with its own subject.
"""

# ruff: noqa: SIM905 - a list of words reads better as a text
from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from insatskoll.patterns import later
from insatskoll.values import immutable

# “fr.o.m.” and “t.o.m.” however they are spelt; “from” and “tom” only before a figure.
_BOUND = r"(?:fr?|t)(?:\. ?o\. ?m\b\.?| o m\b\.?|om\.?(?= \d))"
_TOKEN = later(
    rf"(?P<bound>(?<![^\W_])(?i:{_BOUND}))|"
    r"\d{1,3}(?:[ \u00a0]\d{3})+(?![\d])|\d+(?:[.,:]\d+)?|[^\W\d_]+(?:[-'’][^\W\d_]+)*"
    r"|\n[ \t]*|(?<=\d):-|[^\w\s]"
)
_CROWNS = ":-"  # after a sum, as a word of its own
_ENDS = frozenset(".!?\n")
_SIGNS = frozenset(",;:()[]–—•")  # that end a clause
_LEADS = frozenset(":•")  # after which a sentence may begin, with a capital that makes no name
_DASHES = frozenset("–—")
_QUOTES = frozenset('”"»“«')
_BOUNDS = {"f": ("från", "och", "med"), "t": ("till", "och", "med")}  # by the first letter
# Written with a full stop that ends no sentence.
_SHORT = frozenset(
    "t ex bl a d v s dvs ca c kl osv m fr o fom tom ev resp st tel nr kap mom k dr p g".split()
)
# Begin a clause wherever they stand.
_BEGIN = frozenset("men fast eftersom medan innan ifall såvida trots som tills".split())
# Begin a clause if a subject follows: they join, or what follows is within the clause before.
_JOINS = frozenset("och eller samt så".split())
# Begin a clause when they stand together.
_TOGETHER = frozenset({("så", "att"), ("och", "inte"), ("därför", "att")})
_SUBJECTS = frozenset("du ni man vi jag han hon hen det de".split())
_UNDER = frozenset("om när då att".split())
# Begin a condition, together with a verb that its subject follows: “om du”, “räcker inte”.
_IF = frozenset("om när ifall har är kan vill saknar behöver fattas räcker hör".split())
_CONDITION = 3  # words and clauses that one has before what holds then
_THEN = "då"  # what a clause is after that says what holds on a condition
_MODAL = frozenset("ska kan vill måste bör".split())
_NO_VERB = frozenset(
    "efter under för över eller mer fler per inför utanför framför hur var där här varför".split()
)
_MAIN_SUBJECTS = _SUBJECTS | frozenset(
    "enheten kommunen nämnden mottagningen verksamheten personalen socialtjänsten".split()
)
_UNDER_SUBJECTS = _SUBJECTS | frozenset(
    "den barnet barnen ingen inga alla båda någon några din ditt dina era ert deras hans hennes "
    "varje en ett samtliga föräldern föräldrarna vårdnadshavaren vårdnadshavarna".split()
)


class Word(NamedTuple):
    """A word in small letters, where it stands, and whether it is written as a name or within
    quotation marks."""

    form: str
    start: int
    end: int
    named: bool
    quoted: bool


@immutable
class Clause:
    """The words of a clause, and the sign or word that it begins with if that tells how it hangs
    together with the one before: ``,`` or ``om``. ``lent`` if its first word is the last of the one
    before, which it tells of: “handläggaren” in “handläggaren som bedömer”."""

    words: tuple[Word, ...]
    after: str = ""
    lent: bool = False


@immutable
class Sentence:
    """The clauses of a sentence; ``asked`` if it ends with a question mark."""

    clauses: tuple[Clause, ...]
    asked: bool = False


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of ``text``, in order. Linear in the text."""
    tokens = list(_TOKEN.finditer(text))
    begin = 0
    for at, token in enumerate(tokens):
        if _ends(text, tokens, at):
            if (found := _sentence(text, tokens[begin:at], token[0])) is not None:
                yield found
            begin = at + 1
    if (found := _sentence(text, tokens[begin:], "")) is not None:
        yield found


def _ends(text: str, tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether the token at ``at`` ends a sentence."""
    sign = tokens[at][0]
    if sign[0] not in _ENDS:
        return False
    following = tokens[at + 1][0] if at + 1 < len(tokens) else ""
    if sign[0] == "\n":  # a new line of a list, or a title
        return not following[:1].islower() or at + 1 == len(tokens)
    if sign != ".":
        return True
    before = tokens[at - 1][0].casefold() if at else ""
    glued = at + 1 < len(tokens) and tokens[at + 1].start() == tokens[at].end()
    return not (glued or (before in _SHORT and not following[:1].isupper()))


def _sentence(text: str, tokens: Sequence[re.Match[str]], end: str) -> Sentence | None:
    clauses: list[Clause] = []
    words: list[Word] = []
    after, quoted, first, lent = "", False, True, False
    tokens = [token for token in tokens if token[0][0] != "\n"]  # a line that is only folded
    condition = _is_condition(tokens)
    last_quote = max((at for at, token in enumerate(tokens) if token[0] in _QUOTES), default=0)

    def cut(sign: str) -> None:
        nonlocal words, after, lent
        if words:
            clauses.append(Clause(tuple(words), after, lent))
            words, lent = [], False
            after = sign
        elif sign not in ",":
            after = sign

    for at, token in enumerate(tokens):
        sign = token[0]
        if sign in _QUOTES:
            quoted = not quoted and at < last_quote
        elif sign[0].isalnum() or sign == _CROWNS:
            form = sign.casefold()
            if _begins(form, tokens, at):
                cut(form)
                lent = form == "som" and bool(clauses) and _told_of(clauses[-1], tokens[at - 1])
                if lent:
                    words.append(clauses[-1].words[-1])
            elif condition and len(words) + len(clauses) > _CONDITION and _then(tokens, at):
                cut(_THEN)
                condition = False
            named = not first and _is_name(sign)
            parts = _BOUNDS[form[0]] if token["bound"] else (form,)
            words += [Word(part, token.start(), token.end(), named, quoted) for part in parts]
            first = first and not _has_case(sign)
        elif sign in _LEADS and not _is_name(_next(tokens, at + 2)):
            cut(sign)
            first = True
        elif sign[0] in _SIGNS and not _joins(text, token):
            cut(sign[0])
    cut("")
    return Sentence(tuple(clauses), end == "?") if clauses else None


def _told_of(clause: Clause, before: re.Match[str]) -> bool:
    """Whether “som”, after the token ``before``, tells of the last word of ``clause``: it does not
    after a bracket or a dash, nor of a figure."""
    return clause.words[-1].form.isalpha() and (before[0] == "," or before[0].isalpha())


def _is_name(word: str) -> bool:
    """Whether a word within a sentence is written as a name is, and not as “LVM-hem” and “BankID”
    are."""
    return word[0].isupper() and not word[1:2].isupper() and not word[-1].isupper()


def _has_case(word: str) -> bool:
    """Whether a word is one of letters that are great or small: after another, as a figure or a
    word in Hebrew, a sentence may begin as well."""
    return word[0].islower() or word[0].isupper()


def _next(tokens: Sequence[re.Match[str]], at: int) -> str:
    """The token at ``at``, or a blank after the last."""
    return tokens[at][0] if at < len(tokens) else " "


def _joins(text: str, token: re.Match[str]) -> bool:
    """Whether a dash stands between two figures or words, and not between clauses."""
    return token[0] in _DASHES and not (
        text[token.start() - 1 : token.start()].isspace()
        and text[token.end() : token.end() + 1].isspace()
    )


def _is_condition(tokens: Sequence[re.Match[str]]) -> bool:
    """Whether a sentence begins with a condition: “om du”, “har du”."""
    first, second = _form(tokens, 0), _form(tokens, 1)
    return first in _IF or (first.endswith("r") and second in _SUBJECTS)


def _then(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether the word at ``at`` is the verb that begins what holds on a condition: “betalar” in
    “har du inte råd betalar vi”."""
    form = _form(tokens, at)
    is_verb = form in _MODAL or (form.endswith("r") and form not in _NO_VERB)
    joined = at > 0 and _form(tokens, at - 1) in _JOINS
    return is_verb and not joined and _form(tokens, at + 1) in _MAIN_SUBJECTS


def _form(tokens: Sequence[re.Match[str]], at: int) -> str:
    """The token at ``at`` in small letters, or nothing after the last."""
    return tokens[at][0].casefold() if at < len(tokens) else ""


def _begins(form: str, tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a clause begins with the word ``form`` at ``at``."""
    if form in _BEGIN:
        return True
    following = _form(tokens, at + 1)
    if (form, following) in _TOGETHER:
        return True
    if form in _JOINS:
        return following in _SUBJECTS
    return form in _UNDER and following in _UNDER_SUBJECTS


_AROUND = 6  # words on each side of those that a clause is quoted for
_MORE = frozenset({"och", "samt", "men", "för"})  # begin what need not be quoted


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the clause of ``text`` stands that has the words from ``start`` to
    ``end``; of a long one only the words around them."""
    for one in sentences(text):
        for part in one.clauses:
            inside = [w for w in part.words if w.start < end and start < w.end]
            if not inside or part.words[0].start > start:
                continue
            at = part.words.index(inside[0])
            rest = part.words[part.words.index(inside[-1]) + 1 :][:_AROUND]
            more = itertools.takewhile(lambda word: word.form not in _MORE, rest)
            stop = max([end, *(word.end for word in more)])
            return part.words[max(0, at - _AROUND)].start, stop
    return start, end
