"""The thirty revisions of ``tests/data/revideringar`` held against their facit: what is told of
each question, what a jurist would say of the verdicts, and what a secretary has to edit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from insatskoll.bilaga import phrases
from insatskoll.catalogue import loading
from insatskoll.catalogue.model import Revision
from insatskoll.diff import asking
from insatskoll.diff.facts import compare
from insatskoll.diff.forms import remarks
from insatskoll.diff.telling import Change, Telling
from tests.catalogues import ROOT
from tests.reading import NUMBERS

DATA = ROOT / "tests" / "data" / "revideringar"
FOLDERS = sorted(path for path in DATA.iterdir() if path.is_dir())
_ENDINGS = 3  # letters, at most, that two forms of a word end differently with
_SHORT = 5  # letters of a word that has no other form here
_UNCLEAR = "unclear"
_WORD = re.compile(r"[\w–-]+|[<>]")


def facit(folder: Path) -> dict[str, Any]:
    """What is to be said of a revision, and what is not."""
    found: dict[str, Any] = yaml.safe_load((folder / "facit.yaml").read_text("utf-8"))
    return found


def listed(value: str | list[str]) -> list[str]:
    """One value, or several, as a list."""
    return [value] if isinstance(value, str) else value


def side(folder: Path, name: str) -> Revision:
    """The municipality on one side, ``före`` or ``efter``."""
    (kommun,) = loading.kommun_folders(folder / name)
    found = loading.load_kommun(kommun).revision
    assert found is not None
    return found


@cache
def told(folder: Path) -> Told:
    """A revision as the program tells it, with its facit."""
    telling = Telling(compare(side(folder, "före"), side(folder, "efter")))
    return Told(folder, facit(folder), telling)


@dataclass(frozen=True)
class Told:
    """A revision as it is told, held against its facit."""

    folder: Path
    facit: dict[str, Any]
    telling: Telling

    @cached_property
    def pairs(self) -> list[tuple[dict[str, Any], list[Change]]]:
        """Each question of the facit with the changes that are about it: those that no other
        question is better told in."""
        wanted = self.facit["meningar"]
        best: dict[int, int] = {}
        for change in self.telling.changes:
            scores = [_score(change, one, self) for one in wanted]
            if max(scores):
                best[id(change)] = scores.index(max(scores))
        found = []
        for number, one in enumerate(wanted):
            own = [c for c in self.telling.changes if best.get(id(c)) == number]
            if not own:  # it may be told in the sentence of another question
                shared = [c for c in self.telling.changes if _score(c, one, self)]
                own = sorted(shared, key=lambda c: -_score(c, one, self))[:1]
            found.append((one, own))
        return found

    @property
    def besides(self) -> list[Change]:
        """What is told that no question of the facit is about."""
        taken = {id(change) for _, changes in self.pairs for change in changes}
        return [change for change in self.telling.changes if id(change) not in taken]

    @property
    def edits(self) -> list[str]:
        """What a secretary has to edit, each in a few words; empty where all can stand."""
        found = [text for one, changes in self.pairs for text in self._edits(one, changes)]
        found += ["en mening om något som inte är en fråga"] * len(self.besides)
        for refused in self.facit["inte"]:
            if any(self._says(refused, change) for change in self.telling.changes):
                found.append(f"säger {refused['säger'].removeprefix('att ')}")
        return found

    def _says(self, refused: dict[str, Any], change: Change) -> bool:
        words = refused.get("märks_på", ())
        return bool(words) and all(_has(change.main_clause, word) for word in words)

    def _edits(self, one: dict[str, Any], changes: Sequence[Change]) -> Iterator[str]:
        if not changes:
            yield "en fråga sägs inte"
            return
        if len(changes) > one.get("får_delas", 1):
            yield f"en fråga sägs i {phrases.antal(len(changes))} meningar"
        text = " ".join(f"{change.main_clause} {change.question}" for change in changes)
        likewise = one.get("likvärdig", {})
        for word in one["bör_nämna"]:
            if not any(_has(text, form) for form in (word, *likewise.get(word, ()))):
                yield f"saknar ”{word}”"
        for basis in self.provisions(changes):
            if not any(_is_within(basis, wanted) for wanted in self.lawful(changes)):
                yield f"{basis} är inte lagrum"
        for line in one.get("visar", ()):
            if not any(_shows(question, line) for question in self._questions):
                yield f"visar inte {line}"

    @cached_property
    def _questions(self) -> list[str]:
        asked = [change.question for change in self.telling.changes if change.question]
        return [*asking.questions(self.telling.comparison), *asked]

    def lawful(self, changes: Sequence[Change]) -> list[str]:
        """The provisions that may stand at changes: those of all questions that they tell of."""
        return [
            basis
            for one, some in self.pairs
            if any(change in changes for change in some)
            for basis in one.get("lagrum", ())
        ]

    def provisions(self, changes: Sequence[Change]) -> list[str]:
        """The provisions that changes are said to rest on; what a reader is asked to judge by is
        none."""
        certain = [j for change in changes for j in change.judgements if not j.is_unclear]
        given = map(remarks.provision, certain)
        return list(dict.fromkeys(filter(None, given)))

    def ids(self, change: Change) -> set[str]:
        """The ids, old and new, of the insatser that a change is about."""
        found = {
            i
            for fact in change.facts
            if fact.subject.kind == "insats"
            for i in (fact.subject.old, fact.subject.new)
            if i
        }
        analysed = [f.subject.id for f in change.facts if f.subject.kind == "riskanalys"]
        found |= set(map(self._analysed, analysed))
        if change.group is not None:
            found |= {*change.group.old, *change.group.new}
        if found and change.move is None:
            return found
        return found | {
            insats.id
            for revision in (self.telling.comparison.old, self.telling.comparison.new)
            for insats in revision.insatser
            if insats.namn in change.clause
        }

    def _analysed(self, analysis: str) -> str:
        """The insats that an analysis is of."""
        sides = (self.telling.comparison.new, self.telling.comparison.old)
        return next(
            str(side.riskanalyser[analysis]["insats"])
            for side in sides
            if analysis in side.riskanalyser
        )

    # Verdicts

    @property
    def verdicts(self) -> dict[str, list[str]]:
        """What a jurist says of the verdicts on each question: ”rätt”, ”oklart” or ”fel”, with what
        is lacking or too strong."""
        found: dict[str, list[str]] = {"rätt": [], "oklart": [], "fel": []}
        for one, changes in self.pairs:
            given = {j.verdict for change in changes for j in change.judgements}
            lacking = [code for code in one["utfall"] if code not in given]
            defended = {
                code for code in one.get("även_rimligt", ()) if not code.startswith(_UNCLEAR)
            }
            if not lacking or given & defended:
                found["rätt"].append("")
            elif any(code.startswith(_UNCLEAR) for code in given):
                found["oklart"] += lacking
            else:
                found["fel"] += [f"saknar {code}" for code in lacking]
        found["fel"] += self._too_strong()
        return {
            kind: list(dict.fromkeys(some)) if kind == "fel" else some
            for kind, some in found.items()
        }

    def _too_strong(self) -> Iterator[str]:
        for change in self.telling.changes:
            given, ids = {judgement.verdict for judgement in change.judgements}, self.ids(change)
            for refused in self.facit["inte"]:
                if ids & {*listed(refused.get("insats", []))}:
                    wrong = given if (codes := refused.get("utfall", [])) == "alla" else {*codes}
                    yield from (f"{code} får inte sättas" for code in sorted(given & wrong))
            told = [one for one, changes in self.pairs if change in changes]
            allowed = {
                code for one in told for code in (*one["utfall"], *one.get("även_rimligt", ()))
            }
            strong = {code for code in given if not code.startswith(_UNCLEAR)} - {"editorial"}
            yield from (f"{code} är för starkt" for code in sorted(strong - allowed) if told)

    # As it is shown

    @property
    def state(self) -> dict[str, list[str]]:
        """What has to be edited, and what is unclear or wrong in the verdicts; empty for what can
        stand."""
        kinds = {"redigera": self.edits} | {k: v for k, v in self.verdicts.items() if k != "rätt"}
        return {kind: found for kind, found in kinds.items() if found}

    @property
    def stands(self) -> bool:
        """Whether a secretary has nothing to edit, and a jurist nothing to correct."""
        return not {"redigera", "fel"} & self.state.keys()


def table(revisions: Sequence[Told]) -> str:
    """The revisions with what is wanted, what is told, the verdicts and what must be edited, as
    Markdown."""
    standing = sum(one.stands for one in revisions)
    lines = [
        "# Trettio revideringar: facit och programmet sida vid sida",
        "",
        f"{standing} av {len(revisions)} kan stå som de är.",
    ]
    for one in revisions:
        lines += [
            "",
            f"## {one.folder.name}",
            "",
            "| Facit | Programmet | Utfall |",
            "| --- | --- | --- |",
        ]
        lines += [_row(wanted, changes) for wanted, changes in one.pairs]
        lines += [_row(None, [change]) for change in one.besides]
        state = one.state or {"redigera": ["inget"]}
        lines += [
            "",
            *(f"{kind.capitalize()}: {'; '.join(found)}." for kind, found in state.items()),
        ]
    return "\n".join(lines) + "\n"


def _row(wanted: dict[str, Any] | None, changes: Sequence[Change]) -> str:
    words = dict.fromkeys(j.verdict for change in changes for j in change.judgements)
    cells = (
        wanted["mening"] if wanted else "",
        " ".join(change.main_clause for change in changes),
        ", ".join(words),
    )
    return f"| {' | '.join(' '.join(cell.split()) for cell in cells)} |"


def _score(change: Change, one: dict[str, Any], revision: Told) -> float:
    """How much of a question a change tells: nothing where it is about other insatser."""
    wanted, ids = {*listed(one.get("insats", []))}, revision.ids(change)
    about = bool(wanted & ids)
    if ids and not about:
        return 0
    said = sum(_has(change.main_clause, word) for word in one["bör_nämna"]) / len(one["bör_nämna"])
    return said + 0.01 * (about or not wanted)


def _has(text: str, wanted: str) -> bool:
    """Whether a text has the words, one after another, each in some form."""
    words, there = (_WORD.findall(one.casefold()) for one in (wanted, text))
    return any(
        all(_is_form(a, b) for a, b in zip(there[i : i + len(words)], words, strict=True))
        for i in range(len(there) - len(words) + 1)
    )


def _is_form(word: str, other: str) -> bool:
    word, other = (
        NUMBERS[int(w)] if w.isdigit() and int(w) < len(NUMBERS) else w for w in (word, other)
    )
    if word == other:
        return True
    if min(len(word), len(other)) < _SHORT or any(map(str.isdigit, word + other)):
        return False
    stem = other[: max(_SHORT - 1, len(other) - _ENDINGS)]
    return stem in word and abs(len(word) - word.index(stem) - len(other)) <= _ENDINGS


def _is_within(basis: str, wanted: str) -> bool:
    return basis == wanted or wanted.startswith(f"{basis} ")


def _shows(question: str, line: str) -> bool:
    """Whether a question shows the line to write, with the ids in any order."""
    name, _, ids = line.partition(": ")
    shown = [
        {*re.findall(r"[\w-]+", found)} for found in re.findall(rf"{name}: \[([^\]]*)\]", question)
    ]
    return {*re.findall(r"[\w-]+", ids)} in shown
