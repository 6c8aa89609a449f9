"""The diff as files: the page with both texts, the bilaga with tracked changes, and the draft of a
tjänsteskrivelse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from insatskoll.bilaga import conversion, publish, render
from insatskoll.catalogue.model import Kommun
from insatskoll.diff.forms import letter as draft
from insatskoll.diff.forms import pages
from insatskoll.diff.telling import Telling
from insatskoll.errors import Refused

# The old document, the new one, whose the changes are and from what day (ÅÅÅÅ-MM-DD, empty for
# none): the new one with its changes marked.
Merge = Callable[[bytes, bytes, str, str], bytes]


def html(telling: Telling) -> dict[str, bytes]:
    """The page with the old text to the left and the new to the right, by file name."""
    return {f"{telling.comparison.new.kommun_id}-ändringar.html": pages.html([telling]).encode()}


def tracked(telling: Telling, kommun: Kommun, merge: Merge) -> dict[str, bytes]:
    """The new bilaga in Word's format, with its changes since the old marked so that they can be
    accepted or rejected.

    Both are printed in the layout of the new revision and in the look that ``kommun`` has now, and
    the changes are those of the förvaltning, or else of the municipality, on the day of the new
    revision if it has one. ``merge`` makes one document of two. Raises :class:`Refused` where the
    municipality is only on one side.
    """
    old, new = telling.comparison.old, telling.comparison.new
    if not old.is_there or not new.is_there:
        raise Refused(
            f"{telling.kommun} finns bara på den ena sidan, så det finns ingen bilaga att "
            "spåra ändringar i."
        )
    layout = new.kommun.get("layout", render.LAYOUTS[0])
    before, after = (
        publish.to_work_in(publish.order(kommun, revision, layout)) for revision in (old, new)
    )
    author = new.kommun.get("avsändare", {}).get("förvaltning", telling.kommun)
    day = conversion.date_of(new) if new.datum else ""
    return {f"{new.kommun_id}-ändringar.docx": merge(before, after, author, day)}


def letter(telling: Telling, kommun: Kommun) -> dict[str, bytes]:
    """The draft of a tjänsteskrivelse in Word's format and in Markdown, in the look of ``kommun``,
    by file name.

    Raises :class:`Refused` where the municipality is gone on the new side.
    """
    new = telling.comparison.new
    if not new.is_there:
        raise Refused(
            f"{telling.kommun} finns inte längre, så det finns inget att skriva till nämnden om."
        )
    order = publish.order(kommun, new)
    shown = render.shown(new, order.profile)
    titled = replace(
        shown,
        kommun=shown.kommun | {"bilaga": shown.kommun["bilaga"] | {"titel": "Tjänsteskrivelse"}},
    )
    stem = f"{new.kommun_id}-tjänsteskrivelse"
    return {
        name: data
        for form, comments in (("docx", True), ("md", False))
        for name, data in render.converted(
            draft.html(telling, order.profile.letter, comments=comments),
            titled,
            (form,),
            order.profile,
            stem,
        ).items()
    }
