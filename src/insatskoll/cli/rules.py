"""The commands about rules: rules and explain."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click
import typer

from insatskoll.cli.codes import CLEAN, FINDINGS
from insatskoll.cli.common import Select, load_rules, print_rich, say
from insatskoll.cli.pages import write_pages

if TYPE_CHECKING:
    from insatskoll.law.definitions import Definition
    from insatskoll.law.rules import Rule, RuleSet
    from insatskoll.law.wordlists import WordList


class RulesFormat(StrEnum):
    """The forms of the list of rules."""

    text = "text"
    markdown = "markdown"
    json = "json"


def rules_command(
    form: Annotated[
        RulesFormat, typer.Option("--format", help="Hur reglerna skrivs ut.")
    ] = RulesFormat.text,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="MAPP",
            help="Skriv en sida per regel i mappen (med markdown).",
            show_default=False,
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Skriv inget; slutkod 1 om mappens sidor inte stämmer.")
    ] = False,
    select: Select = None,
    test: Annotated[
        bool, typer.Option("--test", help="Kör reglernas egna exempel i stället.")
    ] = False,
) -> None:
    """Lista alla regler, kommunens egna också.

    \b
    Exempel:
      insatskoll rules                                         en tabell
      insatskoll rules --format markdown                       allt om alla regler
      insatskoll rules --format markdown --output docs/regler  en sida per regel
      insatskoll rules --format json                           för andra program
      insatskoll rules --test --select KOM                     kör exemplen i de egna reglerna
    """
    from insatskoll import errors
    from insatskoll.law import selection

    if output is None and check:
        raise errors.UsageError("Flaggan --check behöver --output med mappen som ska jämföras.")
    known = load_rules()
    ruleset = selection.Selection(tuple(selection.prefixes(select or [], "--select"))).of(known)
    if test:
        raise typer.Exit(_test_rules(known, ruleset))
    if form is not RulesFormat.markdown and output is not None:
        raise errors.UsageError("Flaggan --output behöver --format markdown.")
    if form is RulesFormat.json:
        from insatskoll.json_text import as_json

        click.echo(as_json([_as_data(rule) for rule in ruleset.rules.values()]), nl=False)
        return
    if form is RulesFormat.text:
        from insatskoll.law import shown

        print_rich([shown.table(ruleset)])
        return
    if output is not None and select:
        raise errors.UsageError(
            "Flaggan --output skriver alla regler och kan inte stå med --select."
        )
    from insatskoll.law import reference

    write_pages(reference.pages(ruleset), output, check=check)


def _as_data(rule: Rule) -> dict[str, object]:
    """What a list of rules tells of one, for other programs."""
    return {
        "id": rule.id,
        "namn": rule.namn,
        "nivå": rule.level,
        "auktoritet": rule.data["auktoritet"],
        "lagrum": list(rule.lagrum),
        "åtgärd": str(rule.data["åtgärd"]).strip(),
    }


def _test_rules(ruleset: RuleSet, chosen: RuleSet) -> int:
    """Puts the examples of the rules ``chosen``, and of what they build on, to the whole
    ``ruleset`` and tells those that do not come out as written.

    All definitions and word lists are tried when all rules are, and the municipality's own
    always.
    """
    named = {one.name: one for rule in chosen.rules.values() for one in rule.builds_on}
    named |= {one.name: one for one in ruleset.definitions.values() if one.own is not None}
    lists = [one for one in ruleset.ordlistor.values() if one.own is not None]
    if chosen.rules.keys() == ruleset.rules.keys():
        named, lists = dict(ruleset.definitions), list(ruleset.ordlistor.values())
    tried = [
        _test_lists(lists),
        _test_definitions(named.values(), ruleset),
        _test_examples(chosen.rules.values(), ruleset),
    ]
    examples, failed = (sum(numbers) for numbers in zip(*tried, strict=True))
    from insatskoll.swedish import counted

    what = counted(len(chosen.rules), "regel", "regler")
    what += f", {counted(len(named), 'definition', 'definitioner')}" if named else ""
    say(f"{what}, {examples} exempel: {failed or 'inga'} fel.")
    return FINDINGS if failed else CLEAN


def _test_examples(rules: Iterable[Rule], ruleset: RuleSet) -> tuple[int, int]:
    """Tries the examples of ``rules``; gives their number, and that of those that do not come out
    as written."""
    import tempfile

    from insatskoll import names
    from insatskoll.lint import examples

    tried, failed = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for rule in rules:
            for kind, index, example in examples.numbered(rule):
                tried += 1
                place = Path(folder) / str(tried)
                for wrong in examples.wrong(kind, example, rule, ruleset, place):
                    failed += 1
                    at = rule.at(("exempel", kind, index))
                    say(f"{at}: ”{names.plain(example['namn'])}”: {wrong}")
    return tried, failed


def _test_definitions(definitions: Iterable[Definition], ruleset: RuleSet) -> tuple[int, int]:
    """As :func:`_test_examples`, for definitions."""
    from insatskoll.lint import examples

    tried, failed = 0, 0
    for one in definitions:
        held = one.data["exempel"]
        tried += len(held["stämmer"]) + len(held["stämmer_inte"])
        for wrong in examples.wrong_of(one, ruleset):
            failed += 1
            say(wrong)
    return tried, failed


def _test_lists(lists: Iterable[WordList]) -> tuple[int, int]:
    """As :func:`_test_examples`, for word lists; the municipality's own hold only what some example
    needs, as a test holds of the program's."""
    tried, failed = 0, 0
    for one in lists:
        held = one.data["exempel"]
        tried += len(held["träff"]) + len(held["tyst"])
        for wrong in (*one.wrong(), *(one.unneeded() if one.own is not None else ())):
            failed += 1
            say(wrong)
    return tried, failed


def explain_command(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="REGEL|LAGRUM|DEFINITION|UTFALL|FÄLT...",
            help=(
                "Regelns id (IK203), lagrummet (14 kap. 5 § eller 14:5), definitionens namn (ges i "
                "hemmet), utfallet (narrower) eller fältet (insatstyp)."
            ),
        ),
    ],
) -> None:
    """Förklara en regel, ett lagrum, ett fält eller ett utfall.

    En regel: vad den finner, varför, och vad man gör åt det. Ett lagrum: vad det säger, vilka
    regler som vilar på det och vilka insatser i katalogen som gör det. En definition: vad den
    omfattar och vilka regler som bygger på den. Ett utfall: vad det betyder, vilka fält som ger
    det, och vad det vilar på. Ett fält: vad det är till för, och vad som går att skriva där.

    \b
    Exempel:
      insatskoll explain IK203
      insatskoll explain 14:5
      insatskoll explain "SoL 14 kap. 5 §"
      insatskoll explain ges i hemmet
      insatskoll explain narrower
      insatskoll explain snävare för den enskilde
      insatskoll explain insatstyp
    """
    from insatskoll import errors
    from insatskoll.law import provisions, shown

    wanted = " ".join(words)
    if not any(character.isdigit() for character in wanted):
        print_rich(_named_page(wanted))
        return
    ruleset = _rules_with(wanted)
    if provisions.is_provision(wanted):
        print_rich(_provision_page(wanted, ruleset))
        return
    rule = ruleset.rules.get(wanted.upper())
    if rule is None:
        whole = f"IK{wanted}"
        near = f" Menade du {whole}?" if whole in ruleset.rules else ""
        raise errors.UsageError(
            f"Regeln {wanted} finns inte.{near} Kommandot insatskoll rules visar alla."
        )
    print_rich(shown.page(rule, ruleset))


def _named_page(wanted: str) -> Iterable[Any]:
    """The page of the verdict, the definition or the field that ``wanted`` means; no rule and no
    provision is written without a number."""
    from insatskoll import errors
    from insatskoll.catalogue import field_pages
    from insatskoll.diff import verdict_pages, verdicts
    from insatskoll.law import shown
    from insatskoll.meant import meant

    ruleset = load_rules()
    definition = ruleset.definitions.get(wanted.casefold())
    if definition is not None:
        return shown.definition_page(definition, ruleset)
    if fields := field_pages.page(wanted):
        return fields
    known = verdicts.shipped()
    found = known.named(wanted)
    if found is not None:
        return verdict_pages.page(found, known)
    near = meant(wanted, (*known.by_code, *ruleset.definitions)) or field_pages.nearest(wanted)
    hint = f" Menade du {near}?" if near else ""
    raise errors.UsageError(
        f"”{wanted}” är varken en regel, ett lagrum, en definition, ett utfall eller ett "
        f"fält.{hint} Kommandona insatskoll rules och insatskoll verdicts visar dem som finns."
    )


def _rules_with(wanted: str) -> RuleSet:
    """The rules at hand; if they cannot be used, the program's own, provided that they have what is
    ``wanted``."""
    from insatskoll.law import provisions, rule_files, rules

    try:
        return load_rules()
    except rule_files.RuleError:
        own = rules.load_rules()
        if not provisions.is_provision(wanted) and wanted.upper() not in own.rules:
            raise
        return own


def _provision_page(text: str, ruleset: RuleSet) -> Iterable[Any]:
    """The page of the provision that ``text`` means, with the insatser of the catalogue at hand, or
    else the bundled one."""
    from insatskoll import resources
    from insatskoll.catalogue import loading
    from insatskoll.law import provisions
    from insatskoll.lint import configuration

    lagrum = provisions.find(text, ruleset.lagrum)
    settings = configuration.load_settings()
    folders = loading.kommun_folders(settings.catalogue) or loading.kommun_folders(
        resources.CATALOGUE
    )
    revisions = [
        revision
        for folder in folders
        if (revision := loading.load_kommun(folder).revision) is not None
    ]
    begrepp = loading.load_begrepp_lagrum(resources.CATALOGUE) | loading.load_begrepp_lagrum(
        settings.catalogue
    )
    return provisions.page(lagrum, ruleset, revisions, begrepp)
