"""The catalogue in memory: kommuner, their insatser and their decided revisions.

Everything here is built from files that the reader and the schemas have accepted; a file that they
refuse becomes an entry in ``Kommun.problems`` and is left out, so that the rest can still be
checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from insatskoll.catalogue import inventory, template_names
from insatskoll.names import absolute, is_plain, plain, repository, shown
from insatskoll.reading import document, samples, schema
from insatskoll.reading.document import Document, UnreadableDocument
from insatskoll.reading.places import DataPath, Problem, Span, value_at

Data = dict[str, Any]

# The folders of a municipality's folder.
# The end of what is said before lines to paste.
_BEFORE_LINES = re.compile(r"((?:.*[.?!] )?)[^.?!]*:")
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
_NO_FOLDER = Problem("IK901", "Här finns en fil där en mapp väntades", Span(), "Byt namn på filen.")

# Each level of documentation has one basis, so that the level alone says which, and the basis which
# level.
BASES = {
    "individnivå": "SoL 14 kap. 3 §",
    "utan personliga förhållanden": "SoL 14 kap. 4 §",
    "avidentifierad": "SoL 14 kap. 5 §",
}
_LEVELS = {basis: level for level, basis in BASES.items()}
# The ways in which the schema lets the provisions in BASES be spelt.
_SPELT = re.compile(
    r"(?:(?:SoL|socialtjänstlagen)(?: ?\(2025:400\))? ?)?14 ?(?:kap\.? ?|: ?)([345]) ?§",
    re.IGNORECASE,
)
_NOT_INHERITED = frozenset({"delar", "avvikelser"})


def basis(lagrum: str) -> str:
    """``lagrum`` in the one spelling that ``BASES`` has, if it is one of those provisions;
    otherwise as it is written, but for hard spaces, which text pasted from Word has."""
    lagrum = lagrum.replace("\u00a0", " ")
    spelt = _SPELT.fullmatch(lagrum.strip())
    return f"SoL 14 kap. {spelt[1]} §" if spelt else lagrum


def documentation_level(documentation: Mapping[str, Any]) -> str | None:
    """The level at which something is documented: the one stated, or the one whose basis is stated;
    None if neither is.

    Särskilda skäl that are invoked are a basis too, as no other level asks for them (SoL 14 kap. 5
    §).
    """
    invoked = invokes_reasons(documentation)
    return (
        documentation.get("nivå")
        or _LEVELS.get(basis(documentation.get("lagrum", "")))
        or ("avidentifierad" if invoked and "lagrum" not in documentation else None)
    )


def invokes_reasons(documentation: Mapping[str, Any]) -> bool:
    """Whether something is said to be documented as it is for särskilda skäl: they are stated, and
    not said not to be invoked."""
    return "särskilda_skäl" in documentation and not denies_reasons(documentation)


def denies_reasons(documentation: Mapping[str, Any]) -> bool:
    """Whether it is said that no särskilda skäl are invoked."""
    return bool(documentation.get("särskilda_skäl", {}).get("åberopas") == "nej")


def resolved(data: Data) -> Data:
    """The content of a file as rules, overviews and the diff see it: wherever it says how something
    is documented, the level is filled in out of the provision, and the provision is spelt in one
    way. ``data``, as written, is left as it is."""
    found: Data = {}
    if "dokumentation" in data:
        found["dokumentation"] = resolved_documentation(data["dokumentation"])
    if "lagstadgad" in data:
        found["lagstadgad"] = basis(data["lagstadgad"])
    for name in ("delar", "gemensam_dokumentation"):
        if name in data:
            found[name] = [resolved(item) for item in data[name]]
    if "innehåll" in data and "beslut" in data:  # a frozen decision
        content = data["innehåll"]
        found["innehåll"] = content | {"kommun": resolved(content["kommun"])}
        for name in ("insatser", "riskanalyser"):
            if name in content:
                found["innehåll"][name] = {
                    key: resolved(value) for key, value in content[name].items()
                }
    return data | found if found else data


def resolved_documentation(documentation: Data) -> Data:
    """One field ``dokumentation`` as in :func:`resolved`."""
    level = documentation_level(documentation)
    spelt = {"lagrum": basis(documentation["lagrum"])} if "lagrum" in documentation else {}
    return documentation | spelt | ({"nivå": level} if level else {})


def written_at(data: Data, path: DataPath) -> DataPath:
    """Where in a file's own ``data`` that stands which a rule has seen at ``path``.

    A part's field that it has from its insats stands there, and a level that follows from a
    provision is in the provision.
    """
    if path[:1] == ("delar",) and len(path) > 2:
        part = value_at(data, path[:2])
        if (
            isinstance(part, dict)
            and path[2] not in part
            and path[2] in data
            and path[2] not in _NOT_INHERITED
        ):
            path = path[2:]
    if path[-2:] == ("dokumentation", "nivå"):
        stated = value_at(data, path[:-1])
        basis_of = (
            ("lagrum", "särskilda_skäl")
            if isinstance(stated, dict) and "nivå" not in stated
            else ()
        )
        return next(((*path[:-1], name) for name in basis_of if name in stated), path)
    return path


@dataclass(frozen=True)
class Insats:
    """One insats. ``id`` is its file name; ``document`` is None when it comes out of a frozen
    decision."""

    id: str
    data: Data
    document: Document | None = field(default=None, repr=False, compare=False)

    @property
    def namn(self) -> str:
        """The insats's name, as the nämnd writes it."""
        return str(self.data["namn"])

    @property
    def tidigare_id(self) -> tuple[str, ...]:
        """The ids that the insats has had in earlier revisions; several that stood side by side
        have been merged into it."""
        earlier = self.data.get("tidigare_id", ())
        return (earlier,) if isinstance(earlier, str) else tuple(earlier)

    @property
    def delar(self) -> list[tuple[DataPath, Data]]:
        """What carries karaktär and dokumentation, with its path: each part, or the insats itself
        if it has no parts.

        They are :func:`resolved`, and a part has the fields of its insats besides its own: what
        holds for the whole holds for it. :func:`written_at` tells where such a field stands.
        """
        whole = resolved(self.data)
        if "delar" not in whole:
            return [((), whole)]
        common = {name: value for name, value in whole.items() if name not in _NOT_INHERITED}
        return [(("delar", index), common | part) for index, part in enumerate(whole["delar"])]


@dataclass(frozen=True)
class Revision:
    """A kommun's whole list at one time: as proposed in the files, or as decided.

    ``kommun`` is the content of kommun.yaml, ``insatser`` come in the order of print, ``beslut``
    holds the facts of the decision, or None for the files as they stand, and ``riskanalyser`` the
    analyses by id. ``document`` is kommun.yaml, None when the revision comes out of a frozen
    decision.
    """

    kommun_id: str
    kommun: Data
    insatser: tuple[Insats, ...]
    beslut: Data | None = None
    riskanalyser: Mapping[str, Data] = field(default_factory=dict)
    document: Document | None = field(default=None, repr=False, compare=False)

    @property
    def datum(self) -> str | None:
        """The day of the decision, or of the proposal (ÅÅÅÅ-MM-DD)."""
        date: str | None = (self.beslut or self.kommun.get("förslag", {})).get("datum")
        return date

    @property
    def prövningsdag(self) -> str | None:
        """The day at which the rules are judged (ÅÅÅÅ-MM-DD): the revision's own, or a later one
        from which it applies.

        A list that is decided before the law but applies from the day of the law is judged by the
        law.
        """
        return max(
            filter(None, (self.datum, self.kommun["bilaga"].get("gäller_från"))), default=None
        )

    @property
    def beteckning(self) -> str:
        """What the revision is called in running text, e.g. ”beslutet 2025-05-19 § 103”."""
        if self.beslut is not None:
            return " ".join(
                filter(None, ("beslutet", self.beslut.get("datum"), self.beslut.get("paragraf")))
            )
        return f"förslaget {self.datum}" if self.datum else "filerna som de är nu"

    @property
    def has_matrix(self) -> bool:
        """Whether the municipality publishes an overview of insatser and units, and has units to
        show in it."""
        return "matris" in self.kommun and bool(self.kommun.get("enheter"))

    def i_avdelning(self, avdelning_id: str) -> list[Insats]:
        """The insatser of one avdelning, in the order of print."""
        return [insats for insats in self.insatser if insats.data["avdelning"] == avdelning_id]


def judged(revision: Revision) -> Revision:
    """``revision`` as the rules see it: each of its files :func:`resolved`."""
    return replace(
        revision,
        kommun=resolved(revision.kommun),
        insatser=tuple(replace(insats, data=resolved(insats.data)) for insats in revision.insatser),
        riskanalyser={name: resolved(data) for name, data in revision.riskanalyser.items()},
    )


@dataclass(frozen=True)
class Beslut:
    """A frozen decision: the file, and the revision that it holds."""

    id: str
    document: Document = field(repr=False)
    revision: Revision


@dataclass(frozen=True)
class Riskanalys:
    """The municipality's risk, consequence and child analysis of one insats. ``id`` is its file
    name."""

    id: str
    document: Document = field(repr=False)

    @property
    def data(self) -> Data:
        """The content of the file."""
        content: Data = self.document.data
        return content


@dataclass(frozen=True)
class FileProblems:
    """A file that could not be used, and why. ``text`` is what could be read of it; ``unreadable``
    if not YAML. ``used`` tells that what is wrong only keeps it from being decided and printed, so
    that the rest of it is looked at."""

    path: Path
    problems: tuple[Problem, ...]
    text: str = field(default="", repr=False)
    unreadable: bool = True
    used: bool = False

    def told(self) -> str:
        """The first problem in a line, with its place. Lines to paste are lines only where they are
        printed so, as by lint."""
        first = self.problems[0]
        said, _, lines = first.remedy.partition("\n")
        if lines and (before := _BEFORE_LINES.fullmatch(said)):
            linted = self.path.name == "kommun.yaml" or self.path.parent.name in PARTS
            shows = "Kommandot insatskoll lint visar rader att klistra in."
            said = f"{before[1]}{shows if linted else 'Lägg till det.'}"
        elif lines:
            said = first.remedy
        return (
            f"{shown(self.path)}:{first.span.line}:{first.span.column}: {first.message}. "
            f"{' '.join(said.split())}"
        )


@dataclass(frozen=True)
class Kommun:
    """One municipality's folder. ``document`` and ``revision`` are None when kommun.yaml could not
    be used.

    ``problems`` are what keeps the municipality from being decided or printed: files that could not
    be used, and files that nobody reads. ``notes`` are what is only to be told.
    """

    id: str
    folder: Path
    document: Document | None
    revision: Revision | None
    beslut: tuple[Beslut, ...] = ()
    riskanalyser: tuple[Riskanalys, ...] = ()
    problems: tuple[FileProblems, ...] = ()
    notes: tuple[FileProblems, ...] = ()
    files: int = 0


def swedish_order(text: str) -> str:
    """A sort key that puts å, ä and ö last and ignores case, without the machine's locale."""
    return text.casefold().translate({ord("å"): "{", ord("ä"): "|", ord("ö"): "}", ord("é"): "e"})


def kommun_folders(catalogue: Path) -> list[Path]:
    """The municipalities' folders in a catalogue, by name."""
    root = catalogue / "kommuner"
    if not root.is_dir():
        return []
    found = (
        path
        for path in root.iterdir()
        if inventory.is_kommun_name(path.name) and path.is_dir() and not _is_part(path)
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
    hidden = (root / name / "kommun.yaml" for name in names if not inventory.is_kommun_name(name))
    return tuple(
        FileProblems(path, (inventory.hidden_kommun(path.parent.name),), unreadable=False)
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
    named = loaded.data.get("katalog", "catalogue") if isinstance(loaded, Document) else "catalogue"
    return not (folder / named / "kommuner").is_dir()


def load_kommun(folder: Path) -> Kommun:
    """Reads a municipality's folder: kommun.yaml, insatser/, beslut/ and riskanalyser/. Never
    raises for what the files hold."""
    held = inventory.Contents() if folder.is_symlink() else inventory.contents(folder)
    kommun = make_kommun(
        folder, held.files, lambda path, kind: load_document(path, kind, within=folder)
    )
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
        if problem := inventory.misnamed_kommun(full.name, beside):
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


def load_strays(catalogue: Path) -> tuple[FileProblems, ...]:
    """What lies in ``catalogue``, outside the municipalities' folders, and is not read, cannot be
    used, or could be taken for a repository. Own rules and provisions that cannot be used are
    refused by those who read them."""
    if catalogue.is_symlink():
        return ()
    held = inventory.contents(
        catalogue, lambda steps: steps[0] != "kommuner" or len(steps) == 1 or steps[1] in PARTS
    )
    listing = inventory.sorted_out(held.files, inventory.CATALOGUE)
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


def make_kommun(
    folder: Path,
    files: Iterable[inventory.Steps],
    read: Callable[[Path, str], Document | FileProblems],
) -> Kommun:
    """A municipality out of its kommun.yaml and the ``files`` in its folder; ``read`` gives the
    content of one, of a certain kind. A file that is not read is among the problems."""
    problems: list[FileProblems] = []
    notes: list[FileProblems] = []
    listing = inventory.sorted_out(files, inventory.KOMMUN)
    misnamed = {stray.meant for stray in listing.strays}

    def load(path: Path, kind: str) -> Document | None:
        loaded = _refuse_name(path, folder) or read(path, kind)
        if isinstance(loaded, FileProblems):
            missing = loaded.problems == (document.MISSING,)
            if missing and path.name in misnamed:
                return None  # told of the file with the wrong name
            new = missing and kind == "kommun"
            problems.append(FileProblems(path, (_without_kommun_file(),)) if new else loaded)
            return None
        if damage := document.damage(loaded):
            if kind == "beslut":  # it is as it was decided, and no longer to be changed
                notes.append(
                    FileProblems(
                        path, tuple(map(_decided_so, damage)), loaded.text, unreadable=False
                    )
                )
            else:
                problems.append(
                    FileProblems(path, tuple(damage), loaded.text, unreadable=False, used=True)
                )
        return loaded

    paths = [folder.joinpath(*steps) for steps in listing.read]
    parts = {part: sorted(path for path in paths if path.parent.name == part) for part in PARTS}
    kommun = load(folder / "kommun.yaml", "kommun")
    insatser = [
        Insats(p.stem, doc.data, doc) for p in parts["insatser"] if (doc := load(p, "insats"))
    ]
    beslut = [doc for p in parts["beslut"] if (doc := load(p, "beslut"))]
    riskanalyser = [
        Riskanalys(p.stem, doc) for p in parts["riskanalyser"] if (doc := load(p, "riskanalys"))
    ]
    analyser = {analys.id: analys.data for analys in riskanalyser}
    revision = (
        make_revision(plain(folder.name), kommun.data, insatser, riskanalyser=analyser)
        if kommun
        else None
    )
    revision = replace(revision, document=kommun) if revision is not None else None
    for steps in listing.blocked:
        path = folder.joinpath(*steps)
        loaded = read(path, "insats") if steps[0] in PARTS else None
        problems.append(
            loaded
            if isinstance(loaded, FileProblems)
            else FileProblems(path, (_NO_FOLDER,), unreadable=False)
        )
    held = {
        steps[0] for steps in (*listing.read, *listing.blocked, *(s.steps for s in listing.strays))
    }
    nothing = [_without_insatser(kommun, beslut)] if kommun and "insatser" not in held else []
    strays = [
        (FileProblems(folder.joinpath(*s.steps), (s.problem,), unreadable=False), s.problem.level)
        for s in listing.strays
    ]
    return Kommun(
        id=plain(folder.name),
        folder=folder,
        document=kommun,
        revision=revision,
        beslut=tuple(make_beslut(folder.name, doc) for doc in beslut),
        riskanalyser=tuple(riskanalyser),
        problems=(*problems, *(stray for stray, level in strays if level is None)),
        notes=(*notes, *(stray for stray, level in strays if level is not None), *nothing),
        files=1 + sum(map(len, parts.values())),
    )


def _without_insatser(kommun: Document, beslut: Sequence[Document]) -> FileProblems:
    """What to say of a municipality without insatser: one that has just been begun, or one whose
    files have been lost."""
    decided = max(
        (doc for doc in beslut if doc.data["innehåll"]["insatser"]),
        key=lambda doc: doc.path.stem,
        default=None,
    )
    if decided is not None:
        message = (
            f"Kommunen har inga insatser, men beslutet {plain(decided.path.stem)} har "
            f"{len(decided.data['innehåll']['insatser'])}"
        )
        remedy = (
            "Hämta filerna i mappen insatser ur versionshistoriken. Kontrollera att mappen och "
            "filerna har rätt namn."
        )
        problem = Problem("IK901", message, Span(), remedy)
    else:
        remedy = (
            "Skriv en fil för varje insats i mappen insatser. Den börjar till exempel så "
            f"här:\n{samples.beginning('insats')}"
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
        "Skriv filen i en textredigerare. Den börjar till exempel så här:\n"
        f"{samples.beginning('kommun')}"
    )
    return Problem("IK901", "Kommunens mapp saknar filen kommun.yaml", Span(), remedy)


def load_beslut(folder: Path, beslut_id: str) -> Beslut | FileProblems:
    """Reads one frozen decision out of a municipality's folder."""
    path = folder / "beslut" / f"{beslut_id}.yaml"
    loaded = _refuse_name(path, folder) or load_document(path, "beslut", within=folder)
    return loaded if isinstance(loaded, FileProblems) else make_beslut(folder.name, loaded)


def _refuse_name(path: Path, folder: Path) -> FileProblems | None:
    """A file's name becomes an id, and its municipality's too; an id holds nothing that cannot be
    shown as it is."""
    return None if is_plain(path.name) and is_plain(folder.name) else FileProblems(path, (NAME,))


def load_begrepp(catalogue: Path) -> frozenset[str]:
    """The ids of the concepts that ``catalogue`` defines. A file that cannot be used gives none,
    and is among the strays."""
    return frozenset(_begrepp(catalogue))


def load_begrepp_lagrum(catalogue: Path) -> dict[str, str]:
    """The ids of the concepts in ``catalogue`` that rest on a provision of their own, with it."""
    return {name: data["lagrum"] for name, data in _begrepp(catalogue).items() if "lagrum" in data}


def _begrepp(catalogue: Path) -> Data:
    loaded = (doc for doc in _begrepp_files(catalogue) if isinstance(doc, Document))
    return {name: data for doc in loaded for name, data in doc.data["begrepp"].items()}


def _begrepp_files(catalogue: Path) -> Iterator[Document | FileProblems]:
    for path in sorted((catalogue / "begrepp").glob("*.yaml")):
        yield load_document(path, "begrepp", within=catalogue)


def load_document(
    path: Path, kind: str, raw: bytes | None = None, within: Path | None = None
) -> Document | FileProblems:
    """Reads one file and checks it against the schema for its ``kind`` (``insats``, ``kommun``,
    ``beslut`` …).

    ``raw`` is its content where it is already at hand; ``path`` is then only its name. ``within``
    is a folder from which no step to it may be a link.
    """
    try:
        read = document.read(path, within) if raw is None else document.decode(path, raw)
    except UnreadableDocument as error:
        return FileProblems(path, _with_beginning(error.problems, kind), error.text)
    wrong = _with_beginning(schema.problems(read, kind), kind)
    return FileProblems(path, wrong, read.text, unreadable=False) if wrong else read


def _with_beginning(problems: Iterable[Problem], kind: str) -> tuple[Problem, ...]:
    """``problems`` with lines to paste for a file that is empty."""
    told = tuple(problems)
    if not any(problem.message == document.EMPTY for problem in told) or not (
        start := samples.beginning(kind)
    ):
        return told
    remedy = f"Ta bort filen, eller skriv innehållet. Det börjar till exempel så här:\n{start}"
    return tuple(replace(p, remedy=remedy) if p.message == document.EMPTY else p for p in told)


def make_beslut(kommun_id: str, document: Document) -> Beslut:
    """The decision that a file holds; the file's name is its id."""
    return Beslut(document.path.stem, document, decided_revision(kommun_id, document.data))


def decided_revision(kommun_id: str, data: Data) -> Revision:
    """The revision inside a frozen decision's data."""
    content = data["innehåll"]
    insatser = [Insats(insats_id, insats) for insats_id, insats in content["insatser"].items()]
    return make_revision(
        kommun_id, content["kommun"], insatser, data["beslut"], content.get("riskanalyser", {})
    )


def make_revision(
    kommun_id: str,
    kommun: Data,
    insatser: Iterable[Insats],
    beslut: Data | None = None,
    riskanalyser: Mapping[str, Data] | None = None,
) -> Revision:
    """Puts the insatser in the order of print: by avdelning, in it as the avdelning lists them, and
    the rest by name."""
    order = {avdelning["id"]: index for index, avdelning in enumerate(kommun["avdelningar"])}
    listed = {
        name: index
        for avdelning in kommun["avdelningar"]
        for index, name in enumerate(avdelning.get("insatser", ()))
    }

    def key(insats: Insats) -> tuple[int, int, str, str]:
        place = listed.get(insats.id, len(listed))
        return (
            order.get(insats.data["avdelning"], len(order)),
            place,
            swedish_order(insats.namn),
            insats.id,
        )

    return Revision(kommun_id, kommun, tuple(sorted(insatser, key=key)), beslut, riskanalyser or {})
