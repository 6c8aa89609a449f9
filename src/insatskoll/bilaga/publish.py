"""What the render command is asked to make: each municipality's documents in its own look, several
at a time.

All files of a run are in memory before the first is written, so that a run writes all of them or
none.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import field, replace
from pathlib import Path

from insatskoll.bilaga import layouts, phrases, printable, profile
from insatskoll.bilaga.layouts import RenderError
from insatskoll.bilaga.profile import Profile
from insatskoll.catalogue import chain, standing
from insatskoll.catalogue.canonical import freeze
from insatskoll.catalogue.model import Kommun, Revision
from insatskoll.values import immutable

LAST = 99999  # after any paragraph of a day
SOON = 1.0  # seconds: what takes longer is told of while it goes on


@immutable
class Order:
    """One municipality's revision with all that decides how it is printed. ``tidigare`` are the
    decisions before it, and ``dated`` is the day that the files are named after, empty for the
    current documents."""

    kommun: Kommun
    revision: Revision
    tidigare: tuple[Revision, ...] = ()
    layout: str | None = None
    profile: Profile = profile.PLAIN
    own: tuple[Path, ...] = field(default=())
    dated: str = ""


def order(kommun: Kommun, revision: Revision, layout: str | None = None) -> Order:
    """What is to be printed of ``kommun``; ``layout`` is one in the place of its own.

    Raises :class:`ProfileError` for its profile, and :class:`RenderError` for a layout that does
    not exist, with the place.
    """
    own = tuple(layouts.own_folders(kommun.folder))
    if layout is not None and layout not in (known := layouts.layouts(own)):
        raise RenderError(f"Layouten ”{layout}” finns inte. Det finns {phrases.lista(known)}.")
    if layout is None and (wrong := printable.unknown_layout(kommun, revision)):
        raise RenderError(wrong.told())
    frozen = next((beslut for beslut in kommun.beslut if beslut.revision is revision), None)
    dated = revision.per or (frozen.id if frozen is not None else "")
    day = (revision.beslut or {}).get("datum", "9999-12-31")
    until = frozen.order if frozen is not None else (day, LAST, LAST)
    earlier = tuple(
        beslut.revision
        for beslut in kommun.beslut
        if beslut.order <= until or _has_fallen(beslut.revision, revision.per)
    )
    return Order(kommun, revision, earlier, layout, profile.load(kommun.folder), own, dated)


def _has_fallen(decided: Revision, day: str | None) -> bool:
    """Whether a decision had been made and annulled by the day that something is printed for."""
    if day is None or (decided.datum or "") > day:
        return False
    return replace(decided, asked=day).is_annulled


def _as_decided(kommun: Kommun, revision: Revision) -> Revision:
    """``revision`` as the decision that is in force, if it is the files as they stand and they hold
    what was decided.

    A proposal that is dated after the decision is one to come, even if nothing in it has been
    changed yet.
    """
    links = chain.links(kommun)
    held = standing.in_force(kommun.beslut)
    if revision.beslut is not None or held is None or links[-1].problems:
        return revision
    facts = held.beslut
    assert facts is not None
    if (revision.datum or "") > facts.get("datum", ""):
        return revision
    if freeze(revision, facts)["innehåll"] != freeze(held, facts)["innehåll"]:
        return revision
    return replace(
        revision,
        beslut=facts,
        fryst=held.fryst,
        handelser=held.handelser,
        beslut_id=held.beslut_id,
    )


def bilaga(
    order: Order,
    formats: tuple[str, ...],
    lacking: dict[str, list[str]] | None = None,
    *,
    registered: bool = False,
) -> dict[str, bytes]:
    """The bilaga's files by name, and if ``registered`` one more with what the diarium is told of
    them. Raises :class:`RenderError`.

    The files as they stand are printed as the latest decision when that is what they hold.

    ``lacking`` is given a line for each kind of thing that the layout shows and the data lack, with
    the municipality's name before it, by the municipality's id.
    """
    from insatskoll.bilaga import render

    revision = _as_decided(order.kommun, order.revision)
    made = render.bilaga(
        revision,
        order.tidigare,
        formats,
        order.own,
        order.profile,
        order.layout,
        dated=order.dated,
    )
    if lacking is not None:
        lacking[order.kommun.id] = [f"{order.kommun.id}: {line}" for line in made.lacking]
    if not registered:
        return made.files
    from insatskoll.bilaga import registered as register

    shown = render.shown(revision, order.profile)
    told = register.entry(shown, made.files, render.checksum_of(revision))
    name = "-".join(filter(None, (revision.kommun_id, "diarium", order.dated)))
    return {**made.files, f"{name}.json": told}


def translated(
    order: Order,
    language: str,
    formats: tuple[str, ...],
    lacking: dict[str, list[str]] | None = None,
) -> dict[str, bytes]:
    """The files of the bilaga in another language, by name, as :func:`bilaga`. Raises
    :class:`RenderError`."""
    from insatskoll.bilaga import languages

    revision = _as_decided(order.kommun, order.revision)
    made = languages.bilaga(revision, language, formats, order.own, order.profile)
    if lacking is not None:
        lacking[order.kommun.id] = [f"{order.kommun.id}: {line}" for line in made.lacking]
    return made.files


def to_work_in(order: Order) -> bytes:
    """The bilaga in Word's format without what tells just which content it has, for a document that
    has more than one. Raises :class:`RenderError`."""
    from insatskoll.bilaga import render

    revision = _as_decided(order.kommun, order.revision)
    html = render.render_html(
        revision, order.tidigare, order.own, order.profile, order.layout, stamped=False
    )
    shown = render.shown(revision, order.profile)
    return render.converted(html, shown, ("docx",), order.profile, "bilaga")["bilaga.docx"]


def side_by_side(
    tasks: Sequence[Callable[[], dict[str, bytes]]],
    told: Callable[[int, int], None] = lambda done, of: None,
) -> dict[str, bytes]:
    """The files that all ``tasks`` make, in their order. Raises what the first of them that fails
    does.

    ``told`` hears how many are done, and of how many, when it all takes more than a moment.
    """
    from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        jobs = [pool.submit(task) for task in tasks]
        try:
            left = wait(jobs, timeout=SOON).not_done
            while left:
                told(len(jobs) - len(left), len(jobs))
                left = wait(left, return_when=FIRST_COMPLETED).not_done
            return {name: data for job in jobs for name, data in job.result().items()}
        finally:
            for job in jobs:
                job.cancel()
