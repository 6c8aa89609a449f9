"""The baseline: findings that are known since before, so that a run fails only for what is new.

A finding is known by its fingerprint, which stays when lines move. What a run did not look at, it
says nothing of: those parts of the baseline are neither unneeded nor lost when it is written again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from insatskoll.catalogue.file_names import in_kommun
from insatskoll.errors import Refused
from insatskoll.lint.findings import Finding, fingerprints
from insatskoll.lint.report import Report
from insatskoll.names import absolute, plain, shown
from insatskoll.reading import accepted, files, schema
from insatskoll.reading.places import path_text

VERSION = 1


class BaselineError(Refused):
    """The baseline cannot be used, or not be written; the message says why."""


class Known(NamedTuple):
    """A finding that is known, in the order of the file."""

    file: str
    rule: str
    path: str
    fingerprint: str


def load(path: Path) -> tuple[Known, ...]:
    """The findings known in the file ``path``. Raises :class:`BaselineError`."""
    known, _ = load_bytes(path)
    return known


def load_bytes(path: Path) -> tuple[tuple[Known, ...], bytes]:
    """As :func:`load`, and the bytes that they were read from."""
    try:
        text = files.read_text(path)
        data = json.loads(text)
        # half a character, written as \ud800, is none
        json.dumps(data, ensure_ascii=False).encode()
    except files.Unread as error:
        remedy = _ANEW if error.reason in ("stor", "kodning") else error.remedy
        raise BaselineError(
            f"{shown(path)}: Baslinjen går inte att läsa. {error.what}. {remedy}"
        ) from None
    except (ValueError, RecursionError):
        raise BaselineError(f"{shown(path)}: Baslinjen är inte läsbar JSON. {_ANEW}") from None
    if (wrong := _first_error(data)) is not None:
        raise BaselineError(f"{shown(path)}: {wrong}. {_ANEW}")
    return tuple(
        Known(plain(f["file"]), f["rule"], plain(f["dataPath"]), f["fingerprint"])
        for f in accepted.baslinje(data)["findings"]
    ), text.encode()


_ANEW = "Ta bort filen och skriv den på nytt med insatskoll lint --write-baseline."
# findings that are judged together: what is wrong is explained for a few of them, however many
# there are
_AT_ONCE = 50


def _first_error(data: object) -> str | None:
    """What is wrong with the baseline's data, in words: the first thing, with the number of its
    finding; None if nothing is."""
    findings = data.get("findings") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(findings, list):
        found = schema.errors(data, "baslinje")
        return found[0].message if found else None
    for start in range(0, max(len(findings), 1), _AT_ONCE):
        if found := schema.errors(
            data | {"findings": findings[start : start + _AT_ONCE]}, "baslinje"
        ):
            match found[0].path:
                case ("findings", int(number), *_):
                    return f"Fynd {start + number + 1}: {found[0].message}"
            return found[0].message
    return None


def text(known: Iterable[Known]) -> str:
    """The content of the file, one finding on each line, in the same order whatever the order
    given."""
    lines = [
        json.dumps(
            {"file": k.file, "rule": k.rule, "dataPath": k.path, "fingerprint": k.fingerprint},
            ensure_ascii=False,
        )
        for k in sorted(set(known))
    ]
    listed = "\n    " + ",\n    ".join(lines) + "\n  " if lines else ""
    return f'{{\n  "version": {VERSION},\n  "findings": [{listed}]\n}}\n'


def of(report: Report) -> tuple[Known, ...]:
    """The findings of ``report`` as known ones, but for those that are waived."""
    prints = fingerprints(report.findings)
    return tuple(
        Known(f.file, f.rule, path_text(f.data_path), print_)
        for f, print_ in zip(report.findings, prints, strict=True)
        if f.waived is None
    )


def marked(report: Report, known: Iterable[Known], covers: Callable[[Known], bool]) -> Report:
    """``report`` with its known findings marked, and those told that it ``covers`` and did not
    find."""
    known = tuple(known)
    prints = _prints(report)
    wanted = {k.fingerprint for k in known}
    findings = tuple(
        replace(f, known=f.waived is None and not wanted.isdisjoint(own))
        for f, own in zip(report.findings, prints, strict=True)
    )
    found = {print_ for f, own in zip(findings, prints, strict=True) if f.known for print_ in own}
    gone = sorted(k for k in known if k.fingerprint not in found and covers(k))
    return replace(report, findings=findings, unneeded=tuple((k.rule, k.file) for k in gone))


def _prints(report: Report) -> list[tuple[str, ...]]:
    """The fingerprints of each finding: its own, and those that it has had in the files that its
    insats had before."""

    def before(finding: Finding, number: int) -> Finding:
        former = report.renamed.get(finding.path, ())
        return replace(finding, path=former[number]) if number < len(former) else finding

    most = max(map(len, report.renamed.values()), default=0)
    earlier = [
        fingerprints(before(finding, number) for finding in report.findings)
        for number in range(most)
    ]
    return list(zip(fingerprints(report.findings), *earlier, strict=True))


def coverage(
    report: Report, targets: Mapping[Path, frozenset[Path] | None], *, whole: bool
) -> Callable[[Known], bool]:
    """What a run on ``targets`` can answer for: the rules it put, in the files that it looked at.

    ``whole`` tells that the whole catalogue was linted, so that a municipality that is not there is
    gone.
    """
    asked = {
        plain(folder.absolute().name): only and {_inner(path) for path in only}
        for folder, only in targets.items()
    }
    put = report.ruleset.rules.keys() - {rule for rule, _ in report.skipped}

    def covers(known: Known) -> bool:
        kommun, _, inner = known.file.partition("/")
        if known.rule not in put or kommun in report.broken:
            return False
        only = asked.get(kommun)
        return inner in only if only else whole or kommun in asked

    return covers


def _inner(path: Path) -> str:
    return plain("/".join(in_kommun(absolute(path))))
