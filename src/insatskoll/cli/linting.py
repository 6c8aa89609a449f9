"""Carries out what the command lint is asked, once it is known that it must be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from insatskoll import dates, errors, names, writing
from insatskoll.bilaga import printable
from insatskoll.catalogue import checkout, file_names, loading, modelines, schema_files, workspace
from insatskoll.cli import again, terminal
from insatskoll.cli.codes import CLEAN, FINDINGS, USAGE
from insatskoll.cli.common import (
    drawn,
    load_begrepp,
    load_rules,
    refuse_bundled,
    say,
    tell,
    undrawn,
)
from insatskoll.law import selection
from insatskoll.law.predicates import Neighbours
from insatskoll.lines import Line, line
from insatskoll.lint import baseline, configuration, many, reporters, run
from insatskoll.lint.baseline import Known
from insatskoll.lint.findings import finding_line
from insatskoll.lint.remembered import Remembered
from insatskoll.lint.report import Outcome, Report
from insatskoll.reading import builtin, files
from insatskoll.reading.trees import Source, Steps

if TYPE_CHECKING:
    from insatskoll.catalogue.model import Kommun
    from insatskoll.cli.typed import Typed
    from insatskoll.lint.fixes import Fix
    from insatskoll.lint.mending import Mended

_NO_PATCH = (
    "Tecken som styr en terminal eller en logg är utskrivna med sin kod ovan, så "
    "ändringarna går inte att använda som en patch. "
    "Kör insatskoll lint --fix."
)
_FIRST = "Rätta det för hand, så går filens indrag att rätta."
_COPIED = "Den får inget nytt namn. Är den en kopia: för över det som ska gälla, och ta bort den."
_NOTHING: Mapping[Path, Sequence[Mended]] = {}


class Linting:
    """The linting of some municipalities with some of the rules."""

    def __init__(
        self,
        targets: Sequence[str],
        datum: str | None,
        select: Sequence[str],
        ignore: Sequence[str],
        question: again.Question,
        typed: Typed | None = None,
    ) -> None:
        self.settings = settings = configuration.load_settings()
        if datum is not None:
            dates.check_near_date(datum)
        self.whole = not targets
        self.unsaved: dict[Path, bytes] = {}
        if typed is None:
            self.wanted = workspace.find_targets(targets, settings.catalogue)
        else:
            self.wanted = [workspace.file_target(typed.name)]
            self.unsaved = dict.fromkeys(self.wanted[0].files or (), typed.raw)
        self.catalogues = workspace.catalogues_of(self.wanted)
        common = list(dict.fromkeys((settings.catalogue, *self.catalogues)))
        self.question = question
        # Looked at before anything in them is read.
        question.rests_on(self.folders, common)
        self.law = [Source(folder, _law) for folder in common if folder.is_dir()]
        chosen = [
            selection.prefixes(values, flag)
            for values, flag in ((select, "--select"), (ignore, "--ignore"))
        ]
        wanted_rules = settings.selection.overridden(*chosen)
        self.ruleset = wanted_rules.of(load_rules(settings))
        self.terms = run.Terms(self.ruleset, load_begrepp(settings), datum, printable.own_glyphs)
        beside = schema_files.in_reach(settings.folder)
        self.asked = repr((datum, wanted_rules.texts, beside))

    @property
    def folders(self) -> Mapping[Path, frozenset[Path] | None]:
        """The municipalities' folders, with the only files that were asked for, or None for all."""
        return {target.folder: target.files for target in self.wanted}

    def checked(self, mended: Mapping[Path, Sequence[Mended]] = _NOTHING) -> Report:
        """Lints, and keeps what was found. Where files are ``mended`` they are read so."""
        remembered = None if mended else self._remembered()
        gathered = run.Gathered(self.terms)

        def lint(folder: Path, neighbours: Neighbours) -> Outcome:
            look = self.unsaved.get(folder / file_names.PROFILE)
            loaded = _loaded(folder, mended.get(folder), self.unsaved)
            kommun = modelines.checked(printable.checked(loaded, look), look)
            return run.linted(kommun, self.terms, neighbours, gathered.budget)

        own = any(rule.own is not None for rule in self.ruleset.all)
        many.lint(list(map(Source, self.folders)), gathered, lint, remembered, shared=own)
        strays = [
            stray for catalogue in self.catalogues for stray in loading.load_strays(catalogue)
        ]
        if remembered is not None and all(source.unchanged is not None for source in self.law):
            remembered.keep()
        return gathered.report(strays).restricted(self.folders)

    def _remembered(self) -> Remembered | None:
        """What is known of the municipalities; None where their own rules have a budget that all
        of a run shares."""
        if self.question.cache.folder is None or any(
            rule.own is not None for rule in self.ruleset.all
        ):
            return None
        law = [source.unchanged for source in self.law]
        return (
            Remembered(self.question.cache, self.asked, repr((builtin.program(), law)))
            if all(law)
            else None
        )

    def judged(self, fail_level: str | None, baseline_file: Path | None) -> Report:
        """What was found, with what is known of it, and the level that fails it."""
        report = self.checked()
        known_in = baseline_file or self.settings.baseline
        if baseline_file is not None or files.there(known_in):
            report = baseline.marked(report, baseline.load(known_in), self._covers(report))
        return replace(report, fail_level=fail_level or self.settings.fail_level)

    def _covers(self, report: Report) -> Callable[[Known], bool]:
        return baseline.coverage(report, self.folders, whole=self.whole)

    def tell_left_out(self) -> bool:
        """Tells which files of the municipalities are not checked out, and so are not linted; and
        whether there are any."""
        asked = {folder.name for folder in self.folders}
        lines = [
            f"{checkout.told(kommun_id, files)} och granskas inte."
            for catalogue in self.catalogues
            for kommun_id, files in sorted(checkout.left_out(catalogue / "kommuner").items())
            if self.whole or kommun_id in asked
        ]
        for text in lines:
            say(text, err=True)
        return bool(lines)

    def write_baseline(self, given: Path | None) -> None:
        """Writes the findings as known, and keeps what stood there of what was not linted."""
        report, path = self.checked(), given or self.settings.baseline
        if report.unreadable:
            raise errors.UsageError(
                "Baslinjen skrivs inte när en fil inte går att läsa. Kör insatskoll lint och rätta "
                "den först."
            )
        covers = self._covers(report)
        stood, raw = baseline.load_bytes(path) if files.there(path) else ((), None)
        known = {*baseline.of(report), *(one for one in stood if not covers(one))}
        writing.write_all({path: baseline.text(known).encode()}, before={path: raw})
        tell(f"{names.shown(path)}: {len(known)} kända fynd.")

    def preview_fixes(self) -> int:
        """Shows what can be corrected as a unified diff; gives the exit code."""
        report, planned, hindered = self._corrections()
        shown = "".join(fix.diff(names.from_here(fix.path)) for fix in planned)
        say(shown, nl=False)
        if names.in_log(shown) != shown:
            say(_NO_PATCH, err=True)
        _tell(planned, "ska heta", "går att rätta", hindered)
        if report.unreadable:
            return USAGE
        if any(fix.mended for fix in planned):
            return FINDINGS
        return CLEAN

    def fix(self) -> None:
        """Corrects what can be corrected and tells how much it was."""
        refuse_bundled(self.wanted, self.settings)
        _, planned, hindered = self._corrections()
        made = [fix for fix in planned if fix.mended]
        writing.write_all(
            {fix.path: fix.after.encode() for fix in made},
            before={fix.path: fix.stands for fix in made},
            called={fix.path: fix.name for fix in made if fix.name is not None},
        )
        _tell(planned, "heter nu", "rättade", hindered)

    def _corrections(self) -> tuple[Report, list[Fix], list[Mended]]:
        """What is found when all that keeps files from being read has been put right, what can be
        corrected, and the files in which something else is in the way."""
        from insatskoll.lint import fixes, mending  # most runs only tell

        own_names = mending.NAMES in self.ruleset.rules
        mended = {
            folder: mending.planned(folder, asked, names=own_names)
            for folder, asked in self.folders.items()
        }
        report = self.checked({folder: some for folder, some in mended.items() if some})
        all_of_them = [one for some in mended.values() for one in some]
        texts = {one.target: one.after for one in all_of_them}
        corrected = fixes.plan(report.open, self.ruleset, texts)
        hindered = [one for one in all_of_them if one.hindrance or one.copy_of]
        return report, fixes.together(all_of_them, corrected), hindered


def _tell(planned: Sequence[Fix], called: str, what: str, hindered: Sequence[Mended]) -> None:
    """Tells which files are saved in another way or ``called`` something else, how much is
    corrected, and what is not because of something else."""
    for fix in planned:
        if fix.saved:
            tell(f"{names.shown(fix.path)}: teckenkodningen {fix.saved} blir UTF-8.", err=True)
        if fix.name is not None:
            new = names.short(fix.name)
            tell(f"{names.shown(fix.path)}: filen {called} {new}.", err=True)
    for one in hindered:
        if one.hindrance is not None:
            at, why = one.hindrance
            say(f"{names.shown(one.path)}:{at}: {why}. {_FIRST}", err=True)
        if one.copy_of is not None:
            like = names.short(one.copy_of.name)
            say(f"{names.shown(one.path)}: filen liknar {like}. {_COPIED}", err=True)
    tell(reporters.fixed(planned, what), err=True)


def _loaded(folder: Path, mended: Sequence[Mended] | None, unsaved: Mapping[Path, bytes]) -> Kommun:
    """The municipality in a ``folder``, as it is or will be; nothing ``unsaved`` is mended."""
    if mended is None:
        return loading.load_kommun(folder, unsaved)
    from insatskoll.lint import mending  # as above

    return mending.kommun(folder, mended)


def code(report: Report, *, exit_zero: bool = False) -> int:
    """The exit code that a report gives; with ``exit_zero`` findings give that of none."""
    if report.unreadable:
        return USAGE
    return FINDINGS if not exit_zero and any(map(report.fails, report.findings)) else CLEAN


def told(report: Report, form: str, *, waived: bool) -> str:
    """A report in one of its forms, to be printed."""
    return drawn(_lines(report, waived=waived)) if form == "text" else _for_programs(report, form)


def filed(report: Report, form: str, *, waived: bool) -> str:
    """A report in one of its forms, to be written to a file."""
    return undrawn(_lines(report, waived=waived)) if form == "text" else _for_programs(report, form)


def _lines(report: Report, *, waived: bool) -> Iterator[Line]:
    from insatskoll.lint.reporters import text

    return _failing(report) if terminal.quiet() else text.render(report, waived=waived)


def statistics(report: Report) -> str:
    """How many findings each rule has, the most first, and the last line of the report."""
    found = Counter(finding.rule for finding in report.open)
    told = [line(f"{number:>5}  {_named(report, rule)}") for rule, number in found.most_common()]
    return drawn([*told, line(reporters.summary(report))])


def _named(report: Report, rule_id: str) -> str:
    rule = report.ruleset.known(rule_id)
    return rule_id if rule is None else f"{rule_id}  {rule.namn}"


def _failing(report: Report) -> Iterator[Line]:
    """Only what fails the run, each on a line of its own, and the last line of the report."""
    for finding in filter(report.fails, report.findings):
        yield line(finding_line(finding))
    yield line(reporters.summary(report))


def _for_programs(report: Report, form: str) -> str:
    return reporters.reporter(form)(report)


def _law(steps: Steps) -> bool:
    """Whether a folder of a catalogue holds what decides the findings in every municipality."""
    return steps[0] != "kommuner"
