"""What a municipality's own script needs: ``from insatskoll import api``.

Its names stay as they are until the next version of the first number; what is to go is told of by a
``DeprecationWarning`` for at least one version before. Everything else in the package is its own
business. ``folder`` is the folder that has the catalogue; without it the nearest at or above the
working folder is meant, as by the commands. Everything raises :class:`Refused`, whose message is
Swedish and for people, and :class:`NothingToCheck` where there is nothing where it was looked
for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from insatskoll.catalogue import in_force, loading, workspace
from insatskoll.catalogue.model import Kommun as _Loaded
from insatskoll.catalogue.model import Revision
from insatskoll.errors import NothingToCheck, Refused, UsageError
from insatskoll.lint import configuration
from insatskoll.values import immutable

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import DiffData, InsatsData, KommunData, RapportData

__all__ = ["Kommun", "NothingToCheck", "Refused", "diff", "lint", "load", "render"]

Form = Literal["html", "md", "docx", "pdf", "json"]


@immutable
class Kommun:
    """One municipality's list: what kommun.yaml and each insats says, as it is written, in the
    order of print.

    ``decisions`` are the ids of its frozen decisions, the earliest first; :func:`load` takes one of
    them.
    """

    id: str
    kommun: KommunData
    insatser: Mapping[str, InsatsData]
    decisions: tuple[str, ...] = ()


def load(
    kommun: str | Path,
    *,
    folder: Path | None = None,
    decision: str | None = None,
    day: str | None = None,
) -> Kommun:
    """What a municipality offers: in its files as they are, in the ``decision`` with that id, or in
    what is in force on ``day`` (ÅÅÅÅ-MM-DD).

    ``kommun`` is its id in the catalogue, or its folder.
    """
    loaded = _loaded(kommun, folder)
    revision = _revision(loaded, decision, day)
    insatser = {insats.id: insats.data for insats in revision.insatser}
    ids = tuple(beslut.id for beslut in loaded.beslut)
    return Kommun(loaded.id, revision.kommun, insatser, ids)


def lint(*targets: str | Path, folder: Path | None = None, day: str | None = None) -> RapportData:
    """What the rules find: the report that ``insatskoll lint --format json`` writes, described by
    ``rapport.schema.json``.

    ``targets`` are municipalities, folders or files; without them the whole catalogue is linted.
    ``day`` (ÅÅÅÅ-MM-DD) is when the rules are judged, otherwise that of each decision or proposal.
    """
    from insatskoll.api import linting
    from insatskoll.lint.reporters import json_report

    settings = configuration.load_settings(folder)
    return json_report.data(linting.report([str(one) for one in targets], settings, day))


def diff(
    old: str | None = None,
    new: str | None = None,
    *,
    kommun: str | None = None,
    folder: Path | None = None,
    lint: bool = False,
) -> DiffData:
    """What has changed and what it means: what ``insatskoll diff --format json`` writes, described
    by ``diff.schema.json``.

    ``old`` and ``new`` are days of decisions, git revisions, folders or files; without ``old`` it
    is the latest decision, without ``new`` the files as they are. With ``lint`` also the findings
    that come and go. ``outcome`` says whether the settings let the change through.
    """
    from insatskoll.api import comparing
    from insatskoll.diff import sides
    from insatskoll.diff.forms import json_form

    settings = configuration.load_settings(folder)
    compared = sides.compared(old, new, kommun, settings)
    told = comparing.told(compared, settings, comparing.barred(compared, settings), lint=lint)
    come_to = comparing.outcome_of(told, compared, settings)
    return json_form.data(told.tellings, told.remarks, come_to)


def render(
    kommun: str | Path,
    form: Form,
    *,
    folder: Path | None = None,
    decision: str | None = None,
    day: str | None = None,
    layout: str | None = None,
) -> bytes:
    """The bilaga in one format, as ``insatskoll render`` writes it; the choices are those of
    :func:`load`, and ``layout`` one in the place of the municipality's own."""
    from insatskoll.bilaga import publish

    loaded = _loaded(kommun, folder)
    order = publish.order(loaded, _revision(loaded, decision, day), layout)
    (made,) = publish.bilaga(order, (form,)).values()
    return made


def _loaded(kommun: str | Path, folder: Path | None) -> _Loaded:
    catalogue = configuration.load_settings(folder).catalogue
    targets = workspace.find_targets([str(kommun)], catalogue)
    if len(targets) != 1 or targets[0].files is not None:
        raise UsageError(f"”{kommun}” är inte en kommun.")
    return loading.usable(loading.load_kommun(targets[0].folder))


def _revision(kommun: _Loaded, decision: str | None, day: str | None) -> Revision:
    from dataclasses import replace

    from insatskoll import dates
    from insatskoll.bilaga import when

    if day is None:
        return in_force.revision_of(kommun, decision)
    if decision is not None:
        raise UsageError("Välj decision eller day.")
    dates.check_near_date(day)
    found = in_force.on(kommun, day)
    if found.revision is None:
        raise UsageError(when.nothing(found, kommun.id))
    return replace(found.revision, per=day)
