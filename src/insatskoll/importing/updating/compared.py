"""A revised document compared with what the catalogue itself prints, and what that changes in the
files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from insatskoll.bilaga import publish, render
from insatskoll.catalogue import inventory, loading
from insatskoll.catalogue.model import Kommun
from insatskoll.importing import formats
from insatskoll.importing.matching import plain
from insatskoll.importing.plan import Plan, plan
from insatskoll.importing.updating import common, insatser
from insatskoll.importing.updating.insatser import Matched
from insatskoll.importing.updating.work import Work
from insatskoll.patterns import later
from insatskoll.reading.document import Document
from insatskoll.scaffold import municipalities
from insatskoll.values import immutable

_KOMMUN = later(r"\b([A-ZÅÄÖ][\wåäöé-]+(?: [A-ZÅÄÖ][\wåäöé-]+)?) (?:kommun|stad)s?\b")
_FORMS = {".pdf": "pdf", ".md": "md", ".markdown": "md"}


@immutable
class Updated:
    """What a revised document changes: files with their new text, and in words what the official
    has to settle. ``kommun`` is the municipality as it becomes."""

    texts: Mapping[Path, str]
    before: Mapping[Path, bytes | None]
    kommun: Kommun
    asked: tuple[str, ...]


def form(documents: Sequence[Path]) -> str:
    """The format that the catalogue is to be printed in, to be compared with documents."""
    return next((_FORMS[one.suffix.lower()] for one in documents
                 if one.suffix.lower() in _FORMS), "docx")  # fmt: skip


def printed(kommun: Kommun, form: str = "docx") -> Plan:
    """What an import makes of the bilaga that the catalogue itself prints, in a format. Raises
    :class:`RenderError`."""
    assert kommun.revision is not None
    order = publish.order(kommun, kommun.revision)
    made = render.bilaga(
        order.revision, order.tidigare, (form,), order.own, order.profile, order.layout
    )
    ((name, data),) = made.files.items()
    return plan([formats.source(name, data)], kommun.revision.kommun["namn"])


def doubt(kommun: Kommun, revised: Plan) -> str:
    """Why the document may be that of another municipality; nothing if it seems to be its own."""
    assert kommun.revision is not None
    own = kommun.revision.kommun["namn"]
    named = Counter(municipalities.bare_id(name) for name in _named(revised))
    mine = municipalities.bare_id(own)
    other, many = next(iter(named.most_common(1)), ("", 0))
    known = {plain(one.data["namn"]) for one in kommun.revision.insatser}
    theirs = [insatser.name_of(one) for one in insatser.insatser(revised)]
    same = sum(name in known for name in theirs)
    if other and other != mine and many > named[mine]:
        spelt = next(n for n in _named(revised) if municipalities.bare_id(n) == other)
        return f"Dokumentet nämner {municipalities.called(spelt)}, och katalogen är {own}."
    if known and not same and len(theirs) > 1:
        return f"Ingen av dokumentets insatser finns i katalogen för {own}."
    return ""


def _named(revised: Plan) -> Iterator[str]:
    """The municipalities that a document names, each as often as it does."""
    for made in revised.made:
        words = dict.fromkeys((one.words, one.spot) for one in made.sheet.fillings)
        words |= dict.fromkeys((one.words, one.spot) for one in made.sheet.leftovers)
        for text, _ in words:
            for match in _KOMMUN.finditer(text):
                yield match[1].rpartition(" ")[2] if _is_start(match[1]) else match[1]


def _is_start(name: str) -> bool:
    """Whether a name has a word before it that only begins a sentence."""
    return " " in name and municipalities.named(name) is None


def updated(kommun: Kommun, base: Plan, revised: Plan) -> Updated:
    """What the plan ``revised`` changes in ``kommun``, whose own bilaga is read as ``base``."""
    assert kommun.revision is not None
    work = Work(kommun.folder)
    matched = insatser.match(kommun, base, revised)
    own = common.change_common(work, kommun, base, revised)
    units = common.units(own, base, revised, matched)
    held = insatser.change_all(work, kommun, base, revised, matched)
    chapters = common.chapters(own, held, base, revised, matched)
    insatser.change_givers(held, base, revised, matched, units)
    analyses = common.change_analyses(work, kommun, base, revised)
    common.change_left(work, own, [*held.values(), *analyses], base, revised)
    common.place(own, held, base, revised, matched, chapters)
    _add(work, revised, matched, chapters, units)
    return Updated(work.texts, work.before, _reread(kommun, work), tuple(work.asked))


def _add(
    work: Work,
    revised: Plan,
    matched: Matched,
    chapters: Mapping[str, str],
    units: Mapping[str, str],
) -> None:
    """Files for insatser that are new."""
    for made in matched.added:
        common.made_for(made, revised, chapters, units)
        path = work.folder / made.path
        if path.exists():
            work.ask(path, "filen finns, för en annan insats. Lägg till insatsen själva.")
            continue
        work.texts[path] = revised.text(made, work.folder)
        work.before[path] = None
        work.ask(path, "insatsen är ny. Gå igenom frågorna i filen.")


def _reread(kommun: Kommun, work: Work) -> Kommun:
    """The municipality with the new texts."""
    held = inventory.contents(kommun.folder)
    steps = [path.relative_to(work.folder).parts for path in work.texts]

    def read(path: Path, kind: str) -> Document | Any:
        text = work.texts.get(path)
        return loading.load_document(path, kind, raw=None if text is None else text.encode())

    return loading.make_kommun(kommun.folder, dict.fromkeys([*held.files, *steps]), read)
