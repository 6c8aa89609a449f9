"""Takes back what was written last, a decision or a record, as long as nothing rests on it. Writes
nothing itself."""

from __future__ import annotations

from pathlib import Path

from insatskoll.catalogue import chain, editing, standing
from insatskoll.catalogue.model import Beslut, Handelse, Kommun
from insatskoll.decisions import changelog, recording
from insatskoll.decisions.asked import DecisionRefused
from insatskoll.decisions.decide import Plan
from insatskoll.diff.facts import compare
from insatskoll.names import shown
from insatskoll.reading import files
from insatskoll.values import immutable


@immutable
class Recalled:
    """What is taken back, in words, and the files that are removed or become what they were."""

    name: str
    files: dict[Path, bytes | None]
    before: dict[Path, bytes | None]


def recall(kommun: Kommun) -> Recalled:
    """How the latest decision or record of ``kommun`` is taken back. Raises
    :class:`DecisionRefused`, and :class:`changelog.ChangelogError` where the log cannot be as it
    was."""
    beslut, record = latest(kommun)
    for one in (beslut, record):
        if one is not None:
            _check_unsigned(one.document.path)
    for file in kommun.problems:
        raise DecisionRefused(file.told())
    for link in chain.links(kommun):
        if link.problems:
            raise DecisionRefused(
                f"{shown(link.beslut.document.path)}: {link.state} (IK603). Återställ filen ur "
                "versionshistoriken."
            )
    if beslut is not None:
        return _of_decision(kommun, beslut, record)
    if record is not None:
        return _of_record(kommun, record)
    raise DecisionRefused(f"{kommun.id} har inget beslut att ångra.")


def latest(kommun: Kommun) -> tuple[Beslut | None, Handelse | None]:
    """What was written last: a decision, with the record that it was entered late if it was, or a
    record alone."""
    last = kommun.handelser[-1] if kommun.handelser else None
    latest = kommun.beslut[-1] if kommun.beslut else None
    known = latest.data["beslut"].get("senaste_händelse") if latest is not None else None
    if last is None or last.id == known:
        return latest, None
    if last.facts["slag"] == "infört":
        return next((one for one in kommun.beslut if one.id == last.about), None), last
    return None, last


def _check_unsigned(path: Path) -> None:
    for beside in sorted(path.parent.glob(f"{path.name}.*")):
        raise DecisionRefused(
            f"{shown(beside)} hör till {shown(path)}. Det som är undertecknat ångras "
            "inte: fatta ett nytt beslut i stället."
        )


def _of_decision(kommun: Kommun, beslut: Beslut, record: Handelse | None) -> Recalled:
    path = beslut.document.path
    earlier = [one for one in kommun.beslut if one.order < beslut.order]
    held = standing.in_force(earlier, beslut.revision.datum)
    comparison = compare(held, beslut.revision) if held is not None else None
    gone, before = _without(kommun, Plan(beslut, kommun, comparison).entry())
    gone[path], before[path] = None, files.read(path)
    if record is not None:
        at = record.document.path
        gone[at], before[at] = None, files.read(at)
    restored = _with_proposal(kommun, beslut)
    if restored is not None and kommun.document is not None:
        at = kommun.document.path
        gone[at], before[at] = restored.encode(), files.read(at)
    return Recalled(beslut.revision.beteckning, gone, before)


def _with_proposal(kommun: Kommun, beslut: Beslut) -> str | None:
    """The text of kommun.yaml with the proposal that was decided, where it has none since."""
    proposal = beslut.data.get("förslag")
    assert kommun.document is not None and kommun.revision is not None
    if proposal is None or "förslag" in kommun.revision.kommun:
        return None
    held = kommun.document
    return editing.put(held.path, held.text, "kommun", ("förslag",), proposal)


def _of_record(kommun: Kommun, record: Handelse) -> Recalled:
    gone, before = _without(kommun, recording.entry(record.facts))
    path = record.document.path
    gone[path], before[path] = None, files.read(path)
    return Recalled(f"händelsen {record.id}", gone, before)


def _without(
    kommun: Kommun, entry: str
) -> tuple[dict[Path, bytes | None], dict[Path, bytes | None]]:
    """The log without an entry; nothing where there is no log."""
    log = kommun.folder / changelog.NAME
    held = changelog.read(log)
    if held is None:
        return {}, {}
    assert kommun.revision is not None
    name = kommun.revision.kommun["namn"]
    return {log: changelog.removed(held, entry, name)}, {log: held}
