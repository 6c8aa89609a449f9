"""What a YAML parser's error means, in words that an official can act on.

libyaml tells what it expected; here stands what was most likely written instead, and what to write.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from insatskoll.places import Problem, Span

_CUT_BY_COMMENT = re.compile(r"[^'\"]*?[ \t](#[^\s#!].*)")
_HARD_SPACE = re.compile("(?:^ *|[:-])([\u00a0\u2007\u202f])")

ALIAS = (
    "Hänvisningar inom filen (& och *) får inte användas",
    "Skriv ut värdet på varje ställe, eller sätt citattecken runt en text som börjar med & eller *.",
)
TAG = (
    "Typmärken (!) får inte användas",
    "Ta bort märket, eller sätt citattecken runt en text som börjar med utropstecken.",
)
DIRECTIVE = (
    "En rad som börjar med % läses som en anvisning till YAML",
    "Ta bort raden, eller sätt citattecken runt texten.",
)

# What libyaml says, and what an official needs to hear: (what is wrong, what to do).
_SYNTAX = (
    ("directive", *DIRECTIVE),
    ("found incompatible YAML document", *DIRECTIVE),
    ("a tag", *TAG),
    ("tag handle", *TAG),
    ("did not find expected alphabetic or numeric character", *ALIAS),
    (
        "mapping values are not allowed",
        "Ett kolon följt av mellanslag står där det inte går att börja ett nytt fält",
        "Sätt citattecken runt en text som innehåller kolon, och kontrollera att raden ovanför är avslutad och rätt indragen.",
    ),
    (
        "did not find expected ',' or ']'",
        "En lista med hakparenteser är inte avslutad",
        "Avsluta listan med ] och skilj värdena åt med kommatecken.",
    ),
    (
        "did not find expected ',' or '}'",
        "Ett värde med klammerparenteser är inte avslutat",
        "Avsluta med } och skilj fälten åt med kommatecken.",
    ),
    (
        "found unexpected end of stream",
        "Ett citattecken saknar sitt avslutande tecken",
        "Avsluta texten med samma slags citattecken som den börjar med.",
    ),
    (
        "found character that cannot start any token",
        "Ett värde får inte börja med det här tecknet",
        "Sätt citattecken runt hela värdet.",
    ),
    (
        "did not find expected '-' indicator",
        "Här blandas en lista (rader som börjar med -) med fält på samma nivå",
        "Kontrollera indragningen: alla rader i listan ska börja lika långt in.",
    ),
    (
        "did not find expected key",
        "Raden är inte indragen som raderna omkring den",
        "Kontrollera indragningen: fält på samma nivå ska börja lika långt in.",
    ),
    (
        "could not find expected ':'",
        "Ett fältnamn saknar kolon",
        "Skriv fältets namn, kolon, mellanslag och värdet, till exempel ”namn: Exempel”.",
    ),
    (
        "block sequence entries are not allowed",
        "En lista kan inte börja på samma rad som fältets namn",
        "Flytta det som börjar med - till nästa rad och dra in den, eller sätt citattecken runt texten.",
    ),
    (
        "found unknown escape character",
        "Omvänt snedstreck betyder något särskilt inom dubbla citattecken",
        "Skriv \\\\ för ett omvänt snedstreck, eller använd enkla citattecken.",
    ),
    (
        "did not find expected hexdecimal number",
        "En teckenkod efter omvänt snedstreck är inte giltig",
        "Skriv tecknet som det är, och \\\\ för ett omvänt snedstreck.",
    ),
    (
        "found invalid Unicode character escape code",
        "En teckenkod efter omvänt snedstreck är inte giltig",
        "Skriv tecknet som det är, och \\\\ för ett omvänt snedstreck.",
    ),
    (
        "did not find expected comment or line break",
        "Efter | eller > ska texten börja på nästa rad",
        "Flytta texten till nästa rad och dra in den.",
    ),
    (
        "indentation indicator",
        "Efter | eller > står en siffra som inte kan stå där",
        "Ta bort siffran.",
    ),
    (
        "mapping keys are not allowed",
        "Ett ensamt frågetecken först i ett värde betyder något särskilt i YAML",
        "Sätt citattecken runt hela värdet.",
    ),
    (
        "found unexpected document indicator",
        "En rad med --- eller ... står inne i en text",
        "Dra in raden, eller avsluta texten före den.",
    ),
    (
        "did not find expected <document start>",
        "Här börjar något nytt fast det som filen började med redan är slut",
        "Låt alla fält på översta nivån börja längst till vänster, och ta bort rader som bara är tre punkter.",
    ),
    (
        "did not find expected node content",
        "Här saknas ett värde",
        "Ta bort det ensamma tecknet eller skriv ett värde.",
    ),
    (
        "but found another document",
        "Filen innehåller flera dokument, åtskilda av ---",
        "Lägg varje insats i en egen fil.",
    ),
)


def explain(error: yaml.YAMLError, text: str) -> Problem:
    """What is wrong in ``text``, which the parser refused with ``error``, and where."""
    said = f"{getattr(error, 'context', None)} {getattr(error, 'problem', None) or error}"
    mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None)
    if mark is None:
        return Problem("IK901", "Filen går inte att läsa som YAML", Span(), "Kontrollera indragning, kolon och citattecken.")
    span, lines = mark_span(mark), text.splitlines()
    before, line = ("", *lines, "", "")[mark.line : mark.line + 2]
    stops = (("Läsningen stannar här", span),)
    for number, nearby in ((mark.line, before), (mark.line + 1, line)):
        if found := _HARD_SPACE.search(nearby):
            return Problem(
                "IK901",
                "Ett hårt mellanslag står där ett vanligt mellanslag behövs",
                Span(number, found.start(1) + 1, number, found.end(1) + 1),
                "Byt ut tecknet; det följer ofta med när man klistrar in från ett annat program.",
                stops,
            )
    if line[mark.column : mark.column + 1] == "\t":
        return Problem("IK905", "Här står en tabb där ett mellanslag behövs", span, "Skriv ett mellanslag i stället för tabben.")
    after_value = line[: mark.column].strip(" -?")
    if after_value and ("expected key" in said or "'-' indicator" in said):
        return Problem(
            "IK901",
            "Det här står efter ett värde som redan är avslutat",
            span,
            "Sätt citattecken runt hela värdet, också det som står efter.",
        )
    if "expected key" in said and line[mark.column :].startswith(":"):
        return Problem("IK901", "Ett kolon saknar fältnamn framför sig", span, "Skriv fältets namn före kolonet.")
    if "expected key" in said and line[mark.column :].startswith("- "):
        said = "did not find expected '-' indicator"  # a list among fields is the same mistake as fields in a list
    for words, message, remedy in _SYNTAX:
        if words not in said:
            continue
        if message in (ALIAS[0], TAG[0], DIRECTIVE[0]):
            rule = "IK901" if message == DIRECTIVE[0] else "IK907"
            return Problem(rule, message, mark_span(context_mark or mark), remedy)
        # An unclosed bracket or quotation mark is best shown where it begins.
        if context_mark is not None and ("saknar" in message or "avsluta" in message):
            cut = _cut_by_comment(lines, context_mark.line) if "avsluta" in message else ()
            return Problem("IK901", message, mark_span(context_mark), remedy, (*cut, *stops))
        cut = _cut_by_comment(lines, mark.line - 1) if "expected key" in said else ()
        return Problem("IK901", message, span, remedy, cut)
    return Problem("IK901", "Raden går inte att läsa som YAML", span, "Kontrollera indragning, kolon och citattecken.")


def _cut_by_comment(lines: list[str], number: int) -> tuple[tuple[str, Span], ...]:
    """Where the line with index ``number`` loses its end to a # that was hardly meant as a comment."""
    found = _CUT_BY_COMMENT.match(lines[number]) if 0 <= number < len(lines) else None
    if found is None:
        return ()
    return (("Det som står efter # räknas inte", Span(number + 1, found.start(1) + 1, number + 1, found.end(1) + 1)),)


def mark_span(mark: Any) -> Span:
    """The span of the single character at a parser's mark."""
    return Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
