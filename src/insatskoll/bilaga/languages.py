"""The insatser in another language, or in easy Swedish: a document of its own, never printed
instead of the decided text, which says that it is that text that holds and where it stands.

Only what is written after the text as it is now is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from insatskoll.bilaga import conversion, phrases, render, sandbox
from insatskoll.bilaga.layouts import RenderError
from insatskoll.bilaga.profile import PLAIN, Profile
from insatskoll.catalogue import languages
from insatskoll.catalogue.model import Revision

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import InsatsData, KommunData

TEMPLATE = "_språk.html.j2"
FORMATS = tuple(conversion.TO)


def bilaga(
    revision: Revision,
    language: str,
    formats: Sequence[str] = FORMATS,
    own: Sequence[Path] = (),
    profile: Profile = PLAIN,
) -> render.Made:
    """The document in ``language``: ``<kommun_id>-bilaga-<language>.<ext>``, one file for each
    format. What is left out of it is told. Raises :class:`RenderError`."""
    html, lacking = page(revision, language, own, profile)
    titled = replace(revision, kommun=_titled(revision, profile, language))
    stem = f"{revision.kommun_id}-bilaga-{language}"
    files = render.converted(html, titled, formats, profile, stem)
    told = (
        f"{phrases.versal(language)}: {phrases.lista(lacking)} har ingen text som är skriven efter "
        "den svenska texten som den är nu, och är inte med."
    )
    return render.Made(files, (told,) if lacking else ())


def page(
    revision: Revision, language: str, own: Sequence[Path] = (), profile: Profile = PLAIN
) -> tuple[str, list[str]]:
    """The page in HTML, and the names of the insatser that it lacks. Raises
    :class:`RenderError`."""
    shown = render.shown(revision, profile)
    held = [(insats, _text(insats.data, language)) for insats in revision.insatser]
    told = [{"id": one.id, **text} for one, text in held if text is not None]
    lacking = [one.namn for one, text in held if text is None]
    if not told:
        raise RenderError(
            f"Ingen insats har en text på {language} som är skriven efter den svenska texten som "
            "den är nu. Kommandot insatskoll lint visar vad som ska stå i andra_språk."
        )
    context = {
        **render.page_context(revision, profile),
        "kommun": _titled(revision, profile, language),
        "språk": languages.tag(language),
        "från_höger": languages.from_the_right(language),
        "gäller": _held(revision.kommun, language).get("gäller", ""),
        "beslutad_text": _decided_text(shown, language),
        "texter": told,
        "bara_på_svenska": f"Bara på svenska: {phrases.lista(lacking)}." if lacking else "",
    }
    return sandbox.fill(TEMPLATE, context, render.FILTERS, own), lacking


def _text(data: InsatsData, language: str) -> dict[str, str] | None:
    """The text of an insats in ``language``, if it is of what the insats says now."""
    now = languages.basis(data)
    for one in data.get("andra_språk", ()):
        if one["språk"] == language and one.get("underlag") == now:
            return {"namn": one["namn"], "text": one["text"]}
    return None


def _held(kommun: KommunData, language: str) -> dict[str, str]:
    """The title in ``language``, and that the decided text holds. Raises :class:`RenderError` for a
    language that the municipality has said neither of, but for easy Swedish."""
    for one in kommun.get("andra_språk", ()):
        if one["språk"] == language:
            return {"titel": one["titel"], "gäller": one["gäller"]}
    if language == languages.EASY:
        return {}
    raise RenderError(
        f"Språket {language} har ingen titel. Skriv titeln, och att den beslutade texten på "
        "svenska gäller, i andra_språk i kommun.yaml."
    )


def _titled(revision: Revision, profile: Profile, language: str) -> KommunData:
    """kommun.yaml as it is shown, with the title in ``language``."""
    kommun = render.shown(revision, profile).kommun
    easy = f"{kommun['bilaga']['titel']} – lättläst"
    title = _held(revision.kommun, language).get("titel", easy)
    return {**kommun, "bilaga": {**kommun["bilaga"], "titel": title}}


def _decided_text(revision: Revision, language: str) -> str:
    """That it is the decided text that holds, and where it stands."""
    what = "en lättläst text" if language == languages.EASY else "en översättning"
    title, status = revision.kommun["bilaga"]["titel"], phrases.status(revision)
    if revision.beslut is None:
        return (
            f"Det här är {what}. Den svenska texten är inte beslutad än. Den står i ”{title}” "
            f"({status}), och det är bara den som nämnden beslutar om."
        )
    return (
        f"Det här är {what}. Det är den beslutade texten på svenska som gäller. Den står i "
        f"”{title}” ({status})."
    )
