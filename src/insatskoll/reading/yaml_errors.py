"""What a YAML parser's error means, in words that an official can act on.

libyaml tells what it expected; here stands what was most likely written instead, and what to write.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import Any

import yaml

from insatskoll.patterns import later
from insatskoll.reading import indentation
from insatskoll.reading.places import Problem, Span

_CUT_BY_COMMENT = later(r"[^'\"]*?[ \t](#[^\s#!].*)")
_HARD_SPACE = later("(?:^ *|[:-])([\u00a0\u2007\u202f])")

ALIAS = (
    "Hänvisningar inom filen (& och *) får inte användas",
    (
        "Skriv ut värdet på varje ställe, eller sätt citattecken runt en text som börjar med & "
        "eller *."
    ),
)
TAG = (
    "Typmärken (!) får inte användas",
    "Ta bort märket, eller sätt citattecken runt en text som börjar med utropstecken.",
)
DIRECTIVE = (
    "En rad som börjar med % läses som en anvisning till YAML",
    "Ta bort raden, eller sätt citattecken runt texten.",
)

FENCE = (
    "Raden ``` hör till Markdown och inte till filen",
    "Ta bort raderna som börjar med ```.",
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
        (
            "Sätt citattecken runt en text som innehåller kolon, och kontrollera att raden "
            "ovanför är avslutad och rätt indragen."
        ),
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
        (
            "Flytta det som börjar med - till nästa rad och dra in den, eller sätt citattecken "
            "runt texten."
        ),
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
        "Efter | eller > först i ett värde ska texten börja på nästa rad",
        "Sätt citattecken runt hela värdet, också tecknet, så läses det som en del av texten.",
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
        (
            "Låt alla fält på översta nivån börja längst till vänster, och ta bort rader som "
            "bara är tre punkter."
        ),
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


# What libyaml says when a line stands where it cannot, besides for other reasons.
_BY_INDENTATION = (
    "mapping values are not allowed",
    "did not find expected key",
    "did not find expected '-' indicator",
    "did not find expected <document start>",
    "could not find expected ':'",
    "block sequence entries are not allowed",
)

_CONFLICT = later(r"^(<{7}|={7}|>{7}|\|{7})(?=[ \r]|$)", re.MULTILINE)
# In a text that is drawn in a line of signs may be an ornament: there it takes all three marks, in
# their order.
_DRAWN_IN = later(r"^[ \t]*(<{7}|={7}|>{7}|\|{7})(?=[ \r]|$)", re.MULTILINE)


def conflict(text: str) -> Problem | None:
    """What to say of a file that git has put two editions of beside each other in, for someone to
    choose; None if it has not.

    The marks are told also where only some of them are left.
    """
    if not any(sign * 7 in text for sign in "<=>|"):  # most files: no need to go by lines
        return None
    marks = _marks(text, _CONFLICT)
    return _conflict(marks) if marks else None


def pointer(text: str) -> Problem | None:
    """What to say of a file that only says where Git LFS has the content; None if it does not."""
    if not text.startswith("version https://git-lfs.github.com/spec/"):
        return None
    return Problem(
        "IK901",
        "Filen är bara en hänvisning till Git LFS, och innehållet är inte hämtat",
        Span(),
        "Kör git lfs pull. Filer som granskas och jämförs ska ligga i arkivet självt, utan LFS.",
    )


def conflict_within(text: str) -> Problem | None:
    """As :func:`conflict`, where the whole of it has been drawn in, as in a text of several
    lines."""
    marks = _marks(text, _DRAWN_IN) if "<" * 7 in text else []
    return _conflict(marks) if re.search("<[|]?=>", "".join(mark[0] for _, mark in marks)) else None


def _conflict(marks: list[tuple[int, str]]) -> Problem:
    stretches: list[list[int]] = []
    for number, mark in marks:
        if not stretches or mark[0] == "<":
            stretches.append([number])
        stretches[-1].append(number)
    told = [f"{min(s)}–{max(s)}" if min(s) < max(s) else str(min(s)) for s in stretches[:5]]
    more = " med flera" if len(stretches) > 5 or len(marks) == 40 else ""
    what = "en olöst git-konflikt" if len(stretches) == 1 else "olösta git-konflikter"
    first = marks[0]
    words = {
        "<": "Här börjar den ena lydelsen",
        "|": "Här börjar lydelsen som båda utgick från",
        "=": "Här börjar den andra",
    }
    return Problem(
        "IK901",
        f"Filen har {what} (rad {', '.join(told)}{more})",
        Span(first[0], 1, first[0], 8),
        "Två lydelser står efter varandra. Behåll den som ska gälla, eller skriv ihop dem, "
        "och ta bort raderna som börjar med "
        "<<<<<<<, |||||||, ======= och >>>>>>>. Citattecken hjälper inte.",
        tuple(
            (words[mark[0]], Span(number, 1, number, 8))
            for number, mark in marks[1:4]
            if mark[0] in words
        ),
    )


def _marks(text: str, pattern: re.Pattern[str]) -> list[tuple[int, str]]:
    """The first marks of a conflict, each with its line."""
    return [
        (text.count("\n", 0, found.start(1)) + 1, found[1])
        for found in islice(pattern.finditer(text), 40)
    ]


# Letters of UTF-8 that have been read as Windows-1252 or Latin-1 and saved again: Ã¥ for å, â€“ for
# –.
_DOUBLED = later(
    "Ã[\\x80-\\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\\x80-\\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
)


def doubled(text: str) -> Problem | None:
    """What to say of a file whose letters have been encoded twice; None if they have not."""
    if "Ã" not in text and "â€" not in text:
        return None
    pairs = islice(_DOUBLED.finditer(text), 100)
    told = (
        (pair, letter)
        for pair in pairs
        if (letter := _undoubled(pair[0])) and letter in "åäöÅÄÖéÉ–—”“’‘…•"
    )
    found, meant = next(told, (None, None))
    if found is None or meant is None:
        return None
    line, column = (
        text.count("\n", 0, found.start()) + 1,
        found.start() - text.rfind("\n", 0, found.start()),
    )
    return Problem(
        "IK905",
        (
            "Filen är dubbelkodad: det står "
            f"”{found[0] if found[0].isprintable() else found[0][0]}” där det ska stå ”{meant}”"
        ),
        Span(line, column, line, column + len(found[0])),
        "Ett program har läst filen med fel teckenkodning och sparat den på nytt. Hämta en "
        "äldre kopia, eller ersätt alla sådana "
        "teckenpar, till exempel Ã¥ med å, Ã¤ med ä och Ã¶ med ö, och spara som UTF-8.",
    )


def _undoubled(pair: str) -> str | None:
    raw = b""
    for character in pair:
        try:
            raw += character.encode("cp1252")
        except UnicodeEncodeError:
            raw += character.encode("latin-1", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def explain(error: yaml.YAMLError, text: str) -> Problem:
    """What is wrong in ``text``, which the parser refused with ``error``, and where."""
    said = f"{getattr(error, 'context', None)} {getattr(error, 'problem', None) or error}"
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Problem(
            "IK901",
            "Filen går inte att läsa som YAML",
            Span(),
            "Kontrollera indragning, kolon och citattecken.",
        )
    line = ([*text.splitlines(), "", ""])[mark.line]
    found = _hard_space(text, mark) or _before_the_words(said, text, mark)
    if found is not None:
        return found
    if "expected key" in said and line[mark.column :].startswith("- "):
        # a list among fields is the same mistake as fields in a list
        said = "did not find expected '-' indicator"
    return _by_words(said, text, mark, getattr(error, "context_mark", None))


def _hard_space(text: str, mark: Any) -> Problem | None:
    """A hard space where one that parts is needed, at ``mark`` or on the line before."""
    lines = ("", *text.splitlines(), "", "")
    for number in (mark.line, mark.line + 1):
        if found := _HARD_SPACE.search(lines[number]):
            return Problem(
                "IK901",
                "Ett hårt mellanslag står där ett vanligt mellanslag behövs",
                Span(number, found.start(1) + 1, number, found.end(1) + 1),
                "Byt ut tecknet; det följer ofta med när man klistrar in från ett annat program.",
                (("Läsningen stannar här", mark_span(mark)),),
            )
    return None


def _before_the_words(said: str, text: str, mark: Any) -> Problem | None:
    """What the text at ``mark`` tells better than the words of the parser do."""
    span, lines = mark_span(mark), text.splitlines()
    line = [*lines, "", ""][mark.line]
    if line[mark.column : mark.column + 1] == "\t":
        return Problem(
            "IK905",
            "Här står en tabb där ett mellanslag behövs",
            span,
            "Skriv ett mellanslag i stället för tabben.",
        )
    if line.startswith("```"):
        return Problem("IK901", FENCE[0], Span(mark.line + 1, 1, mark.line + 1, 4), FENCE[1])
    if line.lstrip(" ").startswith("* "):
        at = len(line) - len(line.lstrip(" ")) + 1
        return indentation.not_a_dash(
            line[at - 1 :], Span(mark.line + 1, at, mark.line + 1, at + 1)
        )
    if any(words in said for words in _BY_INDENTATION):
        measured = indentation.problem(text)
        if measured is not None and measured.span.line <= mark.line + 2:
            cut = _cut_by_comment(lines, mark.line - 1) if "expected key" in said else ()
            return replace(measured, related=(*measured.related, *cut))
    after_value = line[: mark.column].strip(" -?")
    if after_value and ("expected key" in said or "'-' indicator" in said):
        return Problem(
            "IK901",
            "Det här står efter ett värde som redan är avslutat",
            span,
            "Sätt citattecken runt hela värdet, också det som står efter.",
        )
    if "expected key" in said and line[mark.column :].startswith(":"):
        return Problem(
            "IK901",
            "Ett kolon saknar fältnamn framför sig",
            span,
            "Skriv fältets namn före kolonet.",
        )
    return None


def _by_words(said: str, text: str, mark: Any, context_mark: Any) -> Problem:
    """What the words of the parser mean; ``context_mark`` is where what it was reading begins."""
    span, lines = mark_span(mark), text.splitlines()
    for words, message, remedy in _SYNTAX:
        if words not in said:
            continue
        if message in (ALIAS[0], TAG[0], DIRECTIVE[0]):
            rule = "IK901" if message == DIRECTIVE[0] else "IK907"
            return Problem(rule, message, mark_span(context_mark or mark), remedy)
        # An unclosed bracket or quotation mark is best shown where it begins.
        if context_mark is not None and ("saknar" in message or "avsluta" in message):
            cut = _cut_by_comment(lines, context_mark.line) if "avsluta" in message else ()
            related = (*cut, ("Läsningen stannar här", span))
            return Problem("IK901", message, mark_span(context_mark), remedy, related)
        cut = _cut_by_comment(lines, mark.line - 1) if "expected key" in said else ()
        return Problem("IK901", message, span, remedy, cut)
    return Problem(
        "IK901",
        "Raden går inte att läsa som YAML",
        span,
        "Kontrollera indragning, kolon och citattecken.",
    )


def _cut_by_comment(lines: list[str], number: int) -> tuple[tuple[str, Span], ...]:
    """Where the line with index ``number`` loses its end to a # that was hardly meant as a
    comment."""
    found = _CUT_BY_COMMENT.match(lines[number]) if 0 <= number < len(lines) else None
    if found is None:
        return ()
    return (
        (
            "Det som står efter # räknas inte",
            Span(number + 1, found.start(1) + 1, number + 1, found.end(1) + 1),
        ),
    )


def mark_span(mark: Any) -> Span:
    """The span of the single character at a parser's mark."""
    return Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
