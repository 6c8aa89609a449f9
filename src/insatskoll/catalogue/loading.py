"""Loads municipalities from a folder: reads its files, and tells what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from insatskoll import resources
from insatskoll.catalogue import (
    chain,
    decision_ids,
    file_names,
    inventory,
    records,
    referring,
    standing,
    template_names,
)
from insatskoll.catalogue.model import (
    Beslut,
    FileProblems,
    Handelse,
    Insats,
    Kommun,
    Revision,
    Riskanalys,
    absent,
    make_beslut,
    make_revision,
)
from insatskoll.errors import UsageError
from insatskoll.names import absolute, is_plain, plain, repository
from insatskoll.reading import accepted, builtin, document, files, hygiene, samples, schema
from insatskoll.reading.document import Document
from insatskoll.reading.hygiene import UnreadableDocument
from insatskoll.reading.places import Problem, Span

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Begrepp

PARTS = inventory.KOMMUN.parts
NAME = Problem(
    "IK906",
    "Filens eller mappens namn innehåller tecken som inte syns eller inte går att läsa",
    Span(),
    "Byt namn: små bokstäver, siffror och bindestreck.",
)
LINK = Problem("IK901", "Filen är en länk", Span(), "Ersätt länken med en fil eller mapp.")
SUBMODULE = Problem(
    "IK901",
    "Här ligger ett annat git-arkiv (submodule)",
    Span(),
    "Filerna i det läses inte. Lägg dem i det här arkivet.",
)
_NO_FILE = Problem(
    "IK901", "Det här är ingen fil som kan läsas som mall", Span(), "Ersätt den med en vanlig fil."
)
TAMPERED = "IK603"  # the rule of what is frozen
_RESTORE = (
    "Återställ filen ur versionshistoriken. Det som har hänt sedan skrivs som en ny händelse."
)
_NO_FOLDER = Problem("IK901", "Här finns en fil där en mapp väntades", Span(), "Byt namn på filen.")


Read = Callable[[Path, str], Document | FileProblems]
_SAVED: Mapping[Path, bytes] = {}


def kommun_folders(catalogue: Path) -> list[Path]:
    """The municipalities' folders in a catalogue, by name."""
    root = catalogue / "kommuner"
    if not root.is_dir():
        return []
    found = (
        path
        for path in root.iterdir()
        if file_names.is_kommun_name(path.name) and path.is_dir() and not _is_part(path)
    )
    return sorted(found, key=lambda path: path.name)


def _is_part(folder: Path) -> bool:
    """Whether a folder in ``kommuner`` is that of a municipality's insatser or decisions, whose own
    folder is lacking."""
    return (
        folder.name in PARTS
        and not (folder / "kommun.yaml").exists()
        and not (folder / "insatser").is_dir()
    )


def hidden_kommuner(catalogue: Path) -> tuple[FileProblems, ...]:
    """The municipalities' folders in a catalogue that are hidden, and therefore not read; each is
    told at its kommun.yaml."""
    root = catalogue / "kommuner"
    names = sorted(path.name for path in root.iterdir()) if root.is_dir() else []
    hidden = (root / name / "kommun.yaml" for name in names if not file_names.is_kommun_name(name))
    return tuple(
        FileProblems(path, (file_names.hidden_kommun(path.parent.name),), unreadable=False)
        for path in hidden
        if path.is_file()
    )


def misplaced_settings(folder: Path) -> bool:
    """Whether the settings in ``folder`` lie in the catalogue, or in a municipality, and not beside
    it, where they are read.

    A catalogue may hold its own settings if they say that it is the catalogue.
    """
    path = folder / "insatskoll.yaml"
    inside = (folder / "kommuner").is_dir() or (folder / "kommun.yaml").is_file()
    if not inside or not path.is_file():
        return False
    loaded = load_document(path, "konfiguration")
    settings = accepted.konfiguration(loaded) if isinstance(loaded, Document) else {}
    named = settings.get("katalog", "catalogue")
    return not (folder / named / "kommuner").is_dir()


def load_kommun(folder: Path, unsaved: Mapping[Path, bytes] = _SAVED) -> Kommun:
    """Reads a municipality's folder: kommun.yaml, insatser/, beslut/ and riskanalyser/. Never
    raises for what the files hold. The content of those ``unsaved`` is taken from there, whatever
    the disk has."""
    held = inventory.Contents() if folder.is_symlink() else inventory.contents(folder)
    there = {path.relative_to(folder).parts for path in unsaved}
    held = replace(held, files=tuple(sorted({*held.files, *there})))
    with files.many(folder) as door:

        def read(path: Path, kind: str) -> Document | FileProblems:
            return load_document(path, kind, unsaved.get(path), door=door)

        return kommun_of(folder, held, read)


def kommun_of(folder: Path, held: inventory.Contents, read: Read) -> Kommun:
    """The municipality in a ``folder`` that has the files and folders ``held``; ``read`` gives the
    content of a file, of a certain kind."""
    kommun = make_kommun(folder, held.files, read)
    return replace(
        kommun,
        problems=(
            *kommun.problems,
            *misnamed(folder),
            *_no_templates(folder, held),
            *_repositories(folder, held),
        ),
    )


def misnamed(folder: Path) -> Iterator[FileProblems]:
    """What is wrong with the name of a municipality's folder in a catalogue."""
    full = absolute(folder)
    if full.parent.name == "kommuner" and (
        (folder / "kommun.yaml").is_file() or (folder / "insatser").is_dir()
    ):
        beside = [path.name for path in full.parent.iterdir()]
        if problem := file_names.misnamed_kommun(full.name, beside):
            yield FileProblems(folder / "kommun.yaml", (problem,), unreadable=False)


def _no_templates(folder: Path, held: inventory.Contents) -> Iterator[FileProblems]:
    """What has the name of a template in ``folder`` and is no file that can be read as one."""
    for steps in (*held.files, *held.folders):
        if (
            steps[0] == template_names.FOLDER
            and len(steps) > 1
            and steps[-1].endswith(template_names.KINDS)
        ):
            path = folder.joinpath(*steps)
            if path.is_symlink():
                yield FileProblems(path, (LINK,), unreadable=False)
            elif not path.is_file():
                yield FileProblems(path, (_NO_FILE,), unreadable=False)


def _as_shipped(catalogue: Path, steps: file_names.Steps) -> bool:
    """Whether a file is what comes with the program as it is, and is read there: it changes
    nothing."""
    shipped = resources.CATALOGUE.joinpath(*steps)
    if steps[0] not in inventory.PROGRAMS or not shipped.is_file():
        return False
    try:
        content = files.read(catalogue.joinpath(*steps), within=catalogue)
    except files.Unread:
        return False
    return content.replace(b"\r\n", b"\n") == files.read(shipped).replace(b"\r\n", b"\n")


def load_strays(catalogue: Path) -> tuple[FileProblems, ...]:
    """What lies in ``catalogue``, outside the municipalities' folders, and is not read, cannot be
    used, or could be taken for a repository. Own rules and provisions that cannot be used are
    refused by those who read them."""
    if catalogue.is_symlink():
        return ()
    held = inventory.contents(catalogue, file_names.is_shared)
    own = (steps for steps in held.files if not _as_shipped(catalogue, steps))
    listing = inventory.sorted_out(own, inventory.CATALOGUE)
    told = [
        FileProblems(catalogue.joinpath(*s.steps), (s.problem,), unreadable=False)
        for s in listing.strays
    ]
    blocked = (catalogue.joinpath(*steps) for steps in listing.blocked)
    told += [
        FileProblems(path, (LINK if path.is_symlink() else _NO_FOLDER,), unreadable=False)
        for path in blocked
    ]
    told += _no_templates(catalogue, held)
    settings = (
        FileProblems(
            catalogue / "insatskoll.yaml", (inventory.SETTINGS_ELSEWHERE,), unreadable=False
        ),
    )
    misplaced = (*(settings if misplaced_settings(catalogue) else ()), *hidden_kommuner(catalogue))
    unusable = (file for file in _begrepp_files(catalogue) if isinstance(file, FileProblems))
    return (
        *told,
        *misplaced,
        *unusable,
        *_inner_repository(catalogue),
        *_repositories(catalogue, held),
    )


def _inner_repository(catalogue: Path) -> Iterator[FileProblems]:
    """A repository of its own that the catalogue lies in, inside that of the working folder: a
    submodule, or a stray clone."""
    inner, around = repository(absolute(catalogue)), repository(Path.cwd())
    if (
        inner is not None
        and around is not None
        and inner != around
        and inner.is_relative_to(around)
    ):
        yield FileProblems(inner / ".git", (inventory.REPOSITORY,), unreadable=False)


def _repositories(folder: Path, held: inventory.Contents) -> Iterator[FileProblems]:
    inside = folder.parent.name == "kommuner"  # of a catalogue, which may itself be a repository
    for steps, problem in inventory.repositories(held, own=not inside):
        yield FileProblems(folder.joinpath(*steps), (problem,), unreadable=False)


def make_kommun(folder: Path, files: Collection[file_names.Steps], read: Read) -> Kommun:
    """A municipality out of its kommun.yaml and the ``files`` in its folder; ``read`` gives the
    content of one, of a certain kind. A file that is not read is among the problems."""
    listing = inventory.sorted_out(files, inventory.KOMMUN)
    reader = _Reader(folder, read, frozenset(stray.meant for stray in listing.strays))
    has_accepted = (file_names.ACCEPTED,) in files
    paths = [folder.joinpath(*steps) for steps in listing.read]
    parts = {part: sorted(path for path in paths if path.parent.name == part) for part in PARTS}
    kommun = reader.load(folder / "kommun.yaml", "kommun")
    accepted_in = reader.load(folder / file_names.ACCEPTED, "godtagna") if has_accepted else None
    insatser = [
        Insats(d.path.stem, accepted.insats(d), d) for d in reader.all(parts["insatser"], "insats")
    ]
    beslut = reader.all(parts["beslut"], "beslut")
    handelser = records.in_order(
        Handelse(d.path.stem, d) for d in reader.all(parts[records.FOLDER], "handelse")
    )
    riskanalyser = [
        Riskanalys(d.path.stem, d) for d in reader.all(parts["riskanalyser"], "riskanalys")
    ]
    analyser = {analys.id: analys.data for analys in riskanalyser}
    revision = None
    if kommun is not None:
        now = make_revision(
            plain(folder.name), accepted.kommun(kommun), insatser, riskanalyser=analyser
        )
        revision = replace(now, document=kommun)
    for steps in listing.blocked:
        reader.refuse_blocked(steps)
    problems, notes = _told_of_strays(folder, listing)
    held = {*listing.read, *listing.blocked, *(stray.steps for stray in listing.strays)}
    if kommun is not None and "insatser" not in {steps[0] for steps in held}:
        notes.append(_without_insatser(kommun, beslut))
    made = Kommun(
        id=plain(folder.name),
        folder=folder,
        document=kommun,
        revision=revision,
        beslut=standing.marked([make_beslut(folder.name, one) for one in beslut], handelser),
        handelser=handelser,
        riskanalyser=tuple(riskanalyser),
        problems=(
            *(referring.told(file, _names(folder, revision)) for file in reader.problems),
            *problems,
        ),
        notes=(*reader.notes, *notes),
        files=1 + has_accepted + sum(map(len, parts.values())),
        accepted=accepted_in,
        signed=frozenset(folder.joinpath(*steps) for steps in listing.signed),
    )
    return replace(made, problems=(*made.problems, *_broken_records(made)))


def _broken_records(kommun: Kommun) -> Iterator[FileProblems]:
    """The records that do not verify, and the decisions whose records are lost, with what is wrong
    with them."""
    found = [
        (f"Händelsen {link.handelse.id}", link.handelse.document, link.problems)
        for link in chain.record_links(kommun)
    ]
    lacking = chain.unrecorded(kommun)
    found += [
        (f"Beslutet {beslut.id}", beslut.document, tuple(lacking[beslut.id]))
        for beslut in kommun.beslut
        if beslut.id in lacking
    ]
    for name, held, problems in found:
        if problems:
            problem = Problem(TAMPERED, f"{name}: {', '.join(problems)}", Span(), _RESTORE)
            yield FileProblems(held.path, (problem,), held.text, unreadable=False, used=True)


def _names(folder: Path, revision: Revision | None) -> referring.Names:
    """What the files of a municipality can refer to, as far as it could be read."""

    def within(register: str) -> Mapping[str, str]:
        if register == referring.CONCEPT:
            own = folder.parents[1] if len(folder.parents) > 1 else folder
            known = load_begrepp_names(resources.CATALOGUE) | load_begrepp_names(own)
            return {one: called[0] for one, called in known.items()}
        if revision is None:
            return {}
        if register == referring.INSATS:
            return {insats.id: insats.namn for insats in revision.insatser}
        if register == referring.SECTION:
            return {one["id"]: one["namn"] for one in revision.kommun["avdelningar"]}
        if register == referring.UNIT:
            return {one["id"]: one["namn"] for one in revision.kommun.get("enheter", ())}
        return {}

    return within


class _Reader:
    """Reads the files of one municipality, noting what is wrong with them. ``meant`` are the files
    at its top that others, under wrong names, seem to be."""

    def __init__(self, folder: Path, read: Read, meant: frozenset[str | None]) -> None:
        self.folder = folder
        self.read = read
        self.meant = meant
        self.problems: list[FileProblems] = []
        self.notes: list[FileProblems] = []

    def all(self, paths: Iterable[Path], kind: str) -> list[Document]:
        """Those of the files that can be used."""
        return [loaded for path in paths if (loaded := self.load(path, kind)) is not None]

    def load(self, path: Path, kind: str) -> Document | None:
        """The file, which is of a ``kind``; None if it cannot be used."""
        loaded = _refuse_name(path, self.folder) or self.read(path, kind)
        if isinstance(loaded, FileProblems):
            missing = loaded.problems == (hygiene.MISSING,)
            if missing and path.name in self.meant:
                return None  # told of the file with the wrong name
            new = missing and kind == "kommun"
            self.problems.append(FileProblems(path, (_without_kommun_file(),)) if new else loaded)
            return None
        damage = document.damage(loaded)
        if damage and kind in (
            "beslut",
            "handelse",
        ):  # it is as it was decided, and no longer to be changed
            told = tuple(map(_decided_so, damage))
            self.notes.append(FileProblems(path, told, loaded.text, unreadable=False))
        elif damage:
            told = tuple(damage)
            self.problems.append(FileProblems(path, told, loaded.text, unreadable=False, used=True))
        return loaded

    def refuse_blocked(self, steps: file_names.Steps) -> None:
        """Notes what stands in the place of a folder, or of files in one."""
        path = self.folder.joinpath(*steps)
        loaded = self.read(path, "insats") if steps[0] in PARTS else None
        if not isinstance(loaded, FileProblems):
            loaded = FileProblems(path, (_NO_FOLDER,), unreadable=False)
        self.problems.append(loaded)


def _told_of_strays(
    folder: Path, listing: inventory.Listing
) -> tuple[list[FileProblems], list[FileProblems]]:
    """The files that are not read: those that hinder what is to be done with the municipality, and
    those that are only told of."""
    hindering: list[FileProblems] = []
    noted: list[FileProblems] = []
    for stray in listing.strays:
        told = FileProblems(folder.joinpath(*stray.steps), (stray.problem,), unreadable=False)
        (hindering if stray.problem.level is None else noted).append(told)
    return hindering, noted


def _without_insatser(kommun: Document, beslut: Sequence[Document]) -> FileProblems:
    """What to say of a municipality without insatser: one that has just been begun, or one whose
    files have been lost."""
    held = {doc.path.stem: accepted.beslut(doc)["innehåll"]["insatser"] for doc in beslut}
    decided = max((name for name in held if held[name]), default=None)
    if decided is not None:
        message = (
            f"Kommunen har inga insatser, men beslutet {plain(decided)} har {len(held[decided])}"
        )
        remedy = (
            "Hämta filerna i mappen insatser ur versionshistoriken. Kontrollera att mappen och "
            "filerna har rätt namn."
        )
        problem = Problem("IK901", message, Span(), remedy)
    else:
        remedy = (
            "Kommandot insatskoll new insats skriver en fil i mappen insatser. Den börjar till "
            f"exempel så här:\n{samples.beginning('insats')}"
        )
        problem = Problem("IK901", "Kommunen har inga insatser än", Span(), remedy, level="råd")
    return FileProblems(kommun.path, (problem,), kommun.text, unreadable=False)


def _decided_so(problem: Problem) -> Problem:
    """A damage in a text as it is told of in a decision."""
    remedy = (
        "Beslutet ändras inte. Kontrollera texten mot protokollet, och rätta den i filerna "
        "till nästa beslut."
    )
    return replace(problem, remedy=remedy, level="varning")


def _without_kommun_file() -> Problem:
    """What to say of a folder that has no kommun.yaml, which is most often one that has just been
    made."""
    remedy = (
        "Kommandot insatskoll new kommun skriver en. Den börjar till exempel så här:\n"
        f"{samples.beginning('kommun')}"
    )
    return Problem("IK901", "Kommunens mapp saknar filen kommun.yaml", Span(), remedy)


def load_beslut(folder: Path, beslut_id: str) -> Beslut | FileProblems:
    """Reads one frozen decision out of a municipality's folder."""
    return _load_beslut(folder, beslut_id, _records_in(folder))


def _load_beslut(
    folder: Path, beslut_id: str, handelser: Sequence[Handelse]
) -> Beslut | FileProblems:
    path = folder / "beslut" / f"{beslut_id}.yaml"
    loaded = _refuse_name(path, folder) or load_document(path, "beslut", within=folder)
    if isinstance(loaded, FileProblems):
        return loaded
    return standing.marked([make_beslut(folder.name, loaded)], handelser)[0]


def _records_in(folder: Path) -> list[Handelse]:
    """The records of a municipality that can be used."""
    held = [(records.FOLDER, path.name) for path in (folder / records.FOLDER).glob("*.yaml")]
    paths = (folder.joinpath(*steps) for steps in inventory.sorted_out(held, inventory.KOMMUN).read)
    loaded = (load_document(path, "handelse", within=folder) for path in paths)
    return [Handelse(one.path.stem, one) for one in loaded if isinstance(one, Document)]


def corrected_days(folder: Path) -> dict[str, str]:
    """What the decisions of a municipality's folder whose days have been corrected are called, by
    the day that each now has."""
    last: dict[str, str] = {}
    for one in records.in_order(_records_in(folder)):
        if one.about is not None and "datum" in (changed := one.facts.get("rättat", {})):
            last[one.about] = changed["datum"]["till"]
    return {day: about for about, day in last.items()}


def load_in_force(folder: Path, decided: Sequence[str]) -> Kommun | FileProblems:
    """A municipality of which nothing is known but what is in force of those of its decisions that
    are called ``decided``; only the decisions that are needed are read.

    Where all have been annulled it is a municipality without insatser.
    """
    loaded: list[Beslut] = []
    happened = _records_in(folder)
    # one that has been corrected may come elsewhere than where its file's name has it
    placed = not any("rättat" in one.facts for one in happened)
    for beslut_id in sorted(decided, key=decision_ids.order, reverse=True):
        one = _load_beslut(folder, beslut_id, happened)
        if isinstance(one, FileProblems):
            return one
        loaded.append(one)
        if placed and not (one.revision.is_annulled or one.revision.annulled_parts):
            break
    revision = standing.in_force(loaded) or absent(folder.name)
    return Kommun(folder.name, folder, None, revision, tuple(loaded), files=1)


def _refuse_name(path: Path, folder: Path) -> FileProblems | None:
    """A file's name becomes an id, and its municipality's too; an id holds nothing that cannot be
    shown as it is."""
    return None if is_plain(path.name) and is_plain(folder.name) else FileProblems(path, (NAME,))


def load_begrepp(catalogue: Path) -> frozenset[str]:
    """The ids of the concepts that ``catalogue`` defines. A file that cannot be used gives none,
    and is among the strays."""
    return frozenset(_begrepp(catalogue))


def known_begrepp(catalogue: Path) -> frozenset[str]:
    """The concepts that insatser may refer to: the program's, and those of a ``catalogue``."""
    return load_begrepp(resources.CATALOGUE) | load_begrepp(catalogue)


def usable(kommun: Kommun) -> Kommun:
    """The municipality, all of whose files must be usable; the first that is not is told. Raises
    :class:`UsageError`."""
    for file in kommun.problems:
        raise UsageError(file.told())
    return kommun


def load_begrepp_lagrum(catalogue: Path) -> dict[str, str]:
    """The ids of the concepts in ``catalogue`` that rest on a provision of their own, with it."""
    return {name: data["lagrum"] for name, data in _begrepp(catalogue).items() if "lagrum" in data}


def load_begrepp_names(catalogue: Path) -> dict[str, tuple[str, ...]]:
    """The ids of the concepts in ``catalogue``, with all that each is called."""
    return {
        name: (data["namn"], *data.get("även", ())) for name, data in _begrepp(catalogue).items()
    }


def _begrepp(catalogue: Path) -> dict[str, Begrepp]:
    if catalogue == resources.CATALOGUE:
        known: dict[str, Begrepp] = builtin.remembered("begrepp", lambda: _read_begrepp(catalogue))
        return known
    return _read_begrepp(catalogue)


def _read_begrepp(catalogue: Path) -> dict[str, Begrepp]:
    loaded = (doc for doc in _begrepp_files(catalogue) if isinstance(doc, Document))
    return {name: data for doc in loaded for name, data in accepted.begrepp(doc)["begrepp"].items()}


def _begrepp_files(catalogue: Path) -> Iterator[Document | FileProblems]:
    for path in sorted((catalogue / "begrepp").glob("*.yaml")):
        yield load_document(path, "begrepp", within=catalogue)


def load_document(
    path: Path,
    kind: str,
    raw: bytes | None = None,
    within: Path | None = None,
    door: files.Door | None = None,
) -> Document | FileProblems:
    """Reads one file and checks it against the schema for its ``kind`` (``insats``, ``kommun``,
    ``beslut`` …).

    ``raw`` is its content where it is already at hand; ``path`` is then only its name. ``within``
    is a folder from which no step to it may be a link, and ``door`` what reads it, where many
    files are read.
    """
    try:
        read = document.read(path, within, door) if raw is None else document.decode(path, raw)
    except UnreadableDocument as error:
        return FileProblems(path, _with_beginning(error.problems, kind), error.text)
    wrong = _with_beginning(schema.problems(read, kind), kind)
    return FileProblems(path, wrong, read.text, unreadable=False) if wrong else read


def _with_beginning(problems: Iterable[Problem], kind: str) -> tuple[Problem, ...]:
    """``problems`` with lines to paste for a file that is empty."""
    told = tuple(problems)
    if not any(problem.message == hygiene.EMPTY for problem in told) or not (
        start := samples.beginning(kind)
    ):
        return told
    remedy = f"Ta bort filen, eller skriv innehållet. Det börjar till exempel så här:\n{start}"
    return tuple(replace(p, remedy=remedy) if p.message == hygiene.EMPTY else p for p in told)
