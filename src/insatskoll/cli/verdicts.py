"""The command about what a change can mean: verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from insatskoll.cli.codes import CLEAN, FINDINGS
from insatskoll.cli.common import print_rich, say
from insatskoll.cli.pages import Check, Output, PagesFormat, write_pages

if TYPE_CHECKING:
    from insatskoll.diff.verdicts import Verdicts


def verdicts_command(
    form: Annotated[
        PagesFormat, typer.Option("--format", help="Hur utfallen skrivs ut.")
    ] = PagesFormat.text,
    output: Output = None,
    check: Check = False,
    test: Annotated[
        bool, typer.Option("--test", help="Kör bedömningarnas egna exempel i stället.")
    ] = False,
) -> None:
    """Lista utfallen som en ändring kan få.

    Koden skrivs efter insatskoll diff --fail-on. Kommandot explain förklarar ett av dem.

    \b
    Exempel:
      insatskoll verdicts                                             en tabell
      insatskoll verdicts --format markdown --output docs/bedömningar  en sida per utfall
      insatskoll verdicts --test                                      kör exemplen
    """
    from insatskoll import errors
    from insatskoll.diff import verdict_pages, verdicts

    if output is None and check:
        raise errors.UsageError("Flaggan --check behöver --output med mappen som ska jämföras.")
    known = verdicts.shipped()
    if test:
        raise typer.Exit(_test(known))
    if form is PagesFormat.markdown:
        from insatskoll.law.rules import load_rules

        write_pages(verdict_pages.pages(known, load_rules()), output, check=check)
    elif output is not None:
        raise errors.UsageError("Flaggan --output behöver --format markdown.")
    else:
        print_rich([verdict_pages.table(known)])


def _test(known: Verdicts) -> int:
    """Puts the examples of every file and tells those that do not come out as written."""
    from insatskoll.diff import verdict_examples

    wrong = [
        told for topic in known.topics.values() for told in verdict_examples.wrong(topic, known)
    ]
    for told in wrong:
        say(f"{told}.")
    tried = sum(len(topic.examples) for topic in known.topics.values())
    say(f"{len(known.topics)} ämnen, {tried} exempel: {len(wrong) or 'inga'} fel.")
    return FINDINGS if wrong else CLEAN
