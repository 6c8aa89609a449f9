"""What would keep a municipality's documents from being printed or decided: its profile, its
layout, and their size."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from insatskoll.bilaga import layouts
from insatskoll.catalogue.canonical import freeze, frozen_text
from insatskoll.catalogue.file_names import PROFILE
from insatskoll.catalogue.model import FileProblems, Kommun, Revision
from insatskoll.reading import document, files
from insatskoll.reading.document import Document
from insatskoll.reading.hygiene import MAX_BYTES, UnreadableDocument
from insatskoll.reading.places import DataPath, Problem, Span


def checked(kommun: Kommun, look: bytes | None = None) -> Kommun:
    """``kommun`` with what would stop its documents from being printed or decided among its
    problems: the profile, the layout, and a size that no decision's file can have. ``look`` is the
    content of profil.yaml, if it is not to be read."""
    known = _profile_checked(kommun, look)
    if kommun.revision is None:
        return known
    wrong = filter(
        None, (unknown_layout(kommun, kommun.revision), _too_large(kommun, kommun.revision))
    )
    return replace(known, problems=(*known.problems, *wrong))


def _profile_checked(kommun: Kommun, look: bytes | None) -> Kommun:
    """``kommun`` with what is wrong with its profile, if it has one, among its problems."""
    if look is None and not files.there(kommun.folder / PROFILE):
        return kommun
    from insatskoll.bilaga import profile  # most have none

    return profile.checked(kommun, look)


def own_glyphs(folder: Path) -> frozenset[str]:
    """The characters that the municipality in ``folder`` can print with fonts of its own; none if
    its profile is unusable."""
    if not files.there(folder / PROFILE):
        return frozenset()
    from insatskoll.bilaga import profile  # as above

    return profile.own_glyphs(folder)


def _too_large(kommun: Kommun, revision: Revision) -> FileProblems | None:
    """What would keep the files from being frozen in a decision that can be read again; they are
    each read already."""
    files = [
        kommun.document,
        *(i.document for i in revision.insatser),
        *(a.document for a in kommun.riskanalyser),
    ]
    if kommun.document is None or sum(len(file.text) for file in files if file) < MAX_BYTES // 4:
        return None
    try:
        document.decode(kommun.document.path, frozen_text(freeze(revision, {})).encode())
    except UnreadableDocument as error:
        problem = error.problems[0]
        message = (
            "Kommunen är för stor för ett beslut, som är en enda fil: "
            f"{problem.message[0].lower()}{problem.message[1:]}"
        )
        return FileProblems(
            kommun.document.path,
            (Problem("IK907", message, Span(), "Korta texterna."),),
            kommun.document.text,
            unreadable=False,
        )
    return None


def unknown_layout(kommun: Kommun, revision: Revision) -> FileProblems | None:
    """What is wrong with the layout that the files name, at its place in them."""
    name = revision.kommun.get("layout")
    if name is None or name in (known := layouts.layouts(layouts.own_folders(kommun.folder))):
        return None
    places: list[tuple[Document, DataPath]] = [
        (beslut.document, ("innehåll", "kommun", "layout"))
        for beslut in kommun.beslut
        if beslut.revision is revision
    ]
    if kommun.document is not None:
        places.append((kommun.document, ("layout",)))
    from insatskoll.bilaga import phrases  # most name one that there is

    file, path = places[0]
    problem = Problem(
        "IK903",
        f"Layouten ”{name}” finns inte",
        file.span(path),
        f"Det finns {phrases.lista(known)}.",
    )
    return FileProblems(file.path, (problem,), file.text, unreadable=False)
