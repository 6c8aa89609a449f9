"""The linting of some targets in one process, with what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from insatskoll import dates
from insatskoll.bilaga import printable
from insatskoll.catalogue import loading, modelines, workspace
from insatskoll.law.rules import load_rules
from insatskoll.lint import baseline, run
from insatskoll.lint.configuration import Settings
from insatskoll.lint.report import Report
from insatskoll.reading import files


def report(targets: Sequence[str], settings: Settings, datum: str | None) -> Report:
    """What the rules find in the ``targets``, judged at ``datum`` (ÅÅÅÅ-MM-DD) or else at the day
    of each; the findings of the baseline are known. Raises :class:`UsageError` and
    :class:`NothingToCheck`."""
    if datum is not None:
        dates.check_near_date(datum)
    wanted = workspace.find_targets(targets, settings.catalogue)
    folders = {target.folder: target.files for target in wanted}
    rules = settings.selection.of(load_rules(own=settings.catalogue))
    begrepp = loading.known_begrepp(settings.catalogue)
    kommuner = [
        modelines.checked(printable.checked(loading.load_kommun(folder))) for folder in folders
    ]
    strays = [
        stray for one in workspace.catalogues_of(wanted) for stray in loading.load_strays(one)
    ]
    found = run.lint(kommuner, rules, begrepp, datum, strays, printable.own_glyphs)
    found = found.restricted(folders)
    if files.there(settings.baseline):
        covers = baseline.coverage(found, folders, whole=not targets)
        found = baseline.marked(found, baseline.load(settings.baseline), covers)
    return replace(found, fail_level=settings.fail_level)
