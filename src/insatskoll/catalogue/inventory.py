"""What lies in a folder of the catalogue, and what of it nobody reads: a text must never be lost
because of its file's name.

One function sorts out the names, whether they come from a disk or from a git revision. Nothing is
opened here.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from insatskoll.catalogue import template_names
from insatskoll.catalogue.file_names import (
    COPIES,
    DAY,
    ID,
    KOMMUN_FILES,
    KOMMUN_PARTS,
    LEFT,
    LOCKS,
    RULE_ID,
    SETTINGS,
    SIGNED,
    SIGNED_PARTS,
    Steps,
    are_alike,
    file_problem,
    hindrance,
    is_misspelt,
    is_text,
    is_yaml,
    nearest,
    right_name,
    speaks_of,
    stem_of,
    told_of,
)
from insatskoll.names import is_plain, short
from insatskoll.patterns import later
from insatskoll.reading.places import Problem, Span
from insatskoll.reading.trees import NOBODYS
from insatskoll.values import immutable


@immutable
class Layout:
    """How a folder is laid out: the ``files`` read at its top, the ``parts`` whose YAML files are
    read, and ``other`` folders, which hold what other parts of the program look after. ``called``
    is what the folder is in words.

    ``own`` tells that the folder holds nothing but what it is for: then a file that is no YAML has
    no place in a part, and YAML has none in a folder that is not read. The catalogue may be the
    whole of a repository.
    """

    called: str
    files: tuple[str, ...]
    parts: tuple[str, ...]
    other: tuple[str, ...]
    own: bool


KOMMUN = Layout(
    "kommunens mapp",
    KOMMUN_FILES,
    KOMMUN_PARTS,
    ("mallar",),
    own=True,
)
CATALOGUE = Layout(
    "katalogen",
    ("insatskoll.yaml",),
    ("regler", "definitioner", "ordlistor", "lagrum", "begrepp"),
    ("kommuner", "mallar"),
    own=False,
)


# Folders in the catalogue that come with the program, which reads no others of their name.
PROGRAMS = ("bedömningar", "lagar", "omskrivningar", "påståenden", "satser", "utfall")


@immutable
class Stray:
    """A file that is not read, and why. ``meant`` is the file at the top that it seems to be, under
    a wrong name."""

    steps: Steps
    problem: Problem
    meant: str | None = None


@immutable
class Listing:
    """A folder's files sorted out: those ``read`` in its parts, the ``strays``, and ``blocked``,
    what stands in the place of a part but is no folder; ``signed`` are files
    with a signature beside them. What is in none of them is nothing that the catalogue looks
    after."""

    read: tuple[Steps, ...] = ()
    strays: tuple[Stray, ...] = ()
    blocked: tuple[Steps, ...] = ()
    signed: tuple[Steps, ...] = ()


@immutable
class Contents:
    """The files and folders below a folder, at any depth, in order. A link stands among the files,
    as itself."""

    files: tuple[Steps, ...] = ()
    folders: tuple[Steps, ...] = ()


def contents(folder: Path, entered: Callable[[Steps], bool] = lambda _: True) -> Contents:
    """What lies below ``folder``; only folders that are ``entered`` are looked into, and never
    git's own. No link is followed."""
    files: list[Steps] = []
    folders: list[Steps] = []
    waiting: list[Steps] = [()]
    while waiting:
        inside = waiting.pop()
        try:
            entries = list(os.scandir(folder.joinpath(*inside)))
        except OSError:  # what can be read of it is told by the reader
            continue
        for entry in entries:
            steps = (*inside, entry.name)
            if not entry.is_dir(follow_symlinks=False):
                files.append(steps)
                continue
            folders.append(steps)
            if is_yaml(entry.name):  # a folder in the place of a file: the reader tells of it
                files.append(steps)
            if entry.name != NOBODYS and entered(steps):
                waiting.append(steps)
    return Contents(tuple(sorted(files)), tuple(sorted(folders)))


def sorted_out(files: Iterable[Steps], layout: Layout) -> Listing:
    """Says of each of ``files`` whether it is read, and of those that are not what is wrong with
    them."""
    return _Sorting(layout, tuple(sorted(files))).listing()


# What systems and tools leave by themselves, and a word to the reader: none of it is text that was
# meant to be read. What the program has left, if it was killed, it takes away when it next writes.
_HARMLESS = later(
    r"\.insatskoll-[0-9a-f]{32}\.tmp"
    r"|\.ds_store|\.localized|thumbs\.db|desktop\.ini|\.directory|\._.*|\.git(keep|ignore"
    r"|attributes|modules)|\.keep"
    r"|(readme|läs ?mig)(\.(md|txt|rst|adoc))?|\.nfs[0-9a-f]*|\.fuse_hidden[0-9a-f]*"
    r"|\.dropbox(\.attr)?"
    r"|\.(editorconfig|yamllint|prettierrc|markdownlint(-cli2)?|pre-commit-config|gitlab-ci"
    r"|travis)(\.(ya?ml|jsonc?|toml))?"
    r"|\.[a-z]+ignore|licen[cs]e|copying|codeowners|makefile|version",
    re.IGNORECASE,
)
# Folders that tools keep by themselves, and where what has been thrown away lies. Nothing is thrown
# away among the texts.
_TOOLS = later(
    r"\.(git|github|gitlab|gitea|forgejo|vscode|vs|idea|obsidian|ci|circleci|devcontainer|venv"
    r"|svn|hg)"
)
_TRASH = later(r"\.trash(-[0-9]+)?", re.IGNORECASE)
# What is kept beside the files without anyone taking it for one of them: documents, pictures, fonts
# and what is packed.
_KEPT = later(
    r".*\.(pdf|docx?|docm|dotx|odt|ott|rtf|xlsx?|xlsm|ods|csv|tsv|pptx?|odp|html?|css|xml"
    r"|eml|msg|md|png|jpe?g|gif|webp|svg|tiff?|bmp"
    r"|ttf|otf|woff2?|zip|7z|mp[34]|drawio|vsdx?|log)",
    re.IGNORECASE,
)
# Notes are kept beside the files; a text with another name at the top may be one, or an insats that
# is not read.
_NOTES = later(
    r".*(anteckning|not[ei]s|minnes|att[ _-]?göra|todo|kontakt|changelog|ändringslogg).*",
    re.IGNORECASE,
)


@dataclass
class _Sorting:
    layout: Layout
    files: tuple[Steps, ...]
    read: list[Steps] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    blocked: list[Steps] = field(default_factory=list)
    signed: list[Steps] = field(default_factory=list)
    # The files of each folder that is not read, told once for the folder.
    lost: dict[Steps, list[Steps]] = field(default_factory=dict)

    def listing(self) -> Listing:
        self.names = frozenset(self.files)
        for steps in self.files:
            self._sort(steps)
        self._tell_collisions()
        for folder, files in self.lost.items():
            self._tell_folder(folder, files)
        return Listing(
            tuple(self.read),
            tuple(sorted(self.strays, key=lambda stray: stray.steps)),
            tuple(self.blocked),
            tuple(dict.fromkeys(self.signed)),
        )

    def _sort(self, steps: Steps) -> None:
        *above, name = steps
        if (
            above in [[part] for part in self.layout.parts]
            and name.endswith(".yaml")
            and not is_plain(name)
        ):
            self.read.append(steps)  # the reader tells of such a name
        elif problem := hindrance(steps):
            self._stray(steps, problem)
        elif (
            _HARMLESS.fullmatch(name)
            or any(map(_TOOLS.fullmatch, above))
            or any(map(_TRASH.fullmatch, above[:1]))
        ):
            pass
        elif not above:
            self._sort_at_top(steps)
        elif above[0] in self.layout.parts:
            self._sort_in_part(steps)
        elif above[0] in self.layout.other:
            self._sort_in_other(steps)
        elif not self._within_file(steps):
            self._sort_elsewhere(steps)

    def _sort_in_other(self, steps: Steps) -> None:
        """What lies in a folder that others look after: YAML is lost in it, but for what lies
        deeper in the catalogue's."""
        deep = len(steps) > 2
        lost = self.layout.own or not deep or self._without_own_folder(steps)
        if is_yaml(steps[-1]) and lost:
            self._lose(steps, 1)
        elif steps[0] == template_names.FOLDER:
            self._sort_template(steps)
        elif (
            steps[0] == "kommuner"
            and not deep
            and is_text(steps[-1])
            and not _NOTES.fullmatch(steps[-1])
        ):
            problem = file_problem(
                "Filen ligger direkt i mappen kommuner och läses inte",
                "Flytta den till en kommuns mapp om den hör hemma där.",
                "varning",
            )
            self._stray(steps, problem)

    def _without_own_folder(self, steps: Steps) -> bool:
        """Whether a file lies in ``kommuner`` as it should in the folder of one municipality."""
        if steps[0] != "kommuner" or len(steps) > 3 or not is_yaml(steps[-1]):
            return False
        if len(steps) == 2:
            return steps[1] in KOMMUN.files
        return steps[1] in KOMMUN.parts and (*steps[:2], "kommun.yaml") not in self.names

    def _sort_template(self, steps: Steps) -> None:
        """A template under a name that nothing asks for: what comes with the program would be
        printed in its place."""
        if len(steps) > 2 or (found := template_names.misnamed(steps[-1])) is None:
            return
        there = (steps[0], found.right) in self.names
        twice = f"Här finns redan {short(found.right)}. Ta bort den som inte ska gälla."
        remedy = twice if there else (
            f"Byt namn på filen till {short(found.right)}."
        )  # fmt: skip
        level = None if found.sure and not there else "varning"
        self._stray(steps, file_problem("Mallen läses inte under det här namnet", remedy, level))

    def _sort_elsewhere(self, steps: Steps) -> None:
        """What lies in a folder that is not read: all of it is lost where the folder was meant to
        be one that is, else YAML, and text that lies as if it were to be read."""
        name, folder, text = (
            steps[-1],
            steps[0],
            is_text(steps[-1]) and not _NOTES.fullmatch(steps[-1]),
        )
        if nearest(folder, (*self.layout.parts, *self.layout.other)):
            self._lose(steps, 1)
        elif self.layout.own:
            decided = DAY.fullmatch(stem_of(name).lstrip(". "))
            if is_yaml(name) or (text and (decided or speaks_of(folder, self.layout.parts))):
                self._lose(steps, 1)
        elif is_yaml(name) and (
            folder in PROGRAMS or (not folder.startswith(".") and _is_kommun(steps))
        ):
            self._lose(steps, 1)

    def _within_file(self, steps: Steps) -> bool:
        """Whether the file lies in a folder with a file's name, at the top, which is told by
        itself."""
        return self.layout.own and is_yaml(steps[0]) and steps[:1] in self.names

    def _lose(self, steps: Steps, depth: int) -> None:
        """Notes a file in a folder that is not read: the folder is its first ``depth`` steps."""
        self.lost.setdefault(steps[:depth], []).append(steps)

    def _sort_at_top(self, steps: Steps) -> None:
        (name,) = steps
        if name in self.layout.files:
            return
        if name in self.layout.parts or name == template_names.FOLDER:
            self.blocked.append(steps)
            return
        meant, settings = self._meant(name), are_alike(name, SETTINGS)
        if not is_yaml(name) and not (self.layout.own and is_text(name)):
            self._sort_beside(steps)
            return
        if (
            self.layout.own
            and (part := nearest(stem_of(name), self.layout.parts))
            and is_yaml(name)
        ):
            self._stray(steps, self._folder_as_file(name, part))
        elif settings and self.layout.own:
            self._stray(steps, SETTINGS_ELSEWHERE)
        elif meant:
            if not self._left_by_editor(steps):
                self._stray(steps, self._meant_problem(steps, meant), meant)
        elif is_yaml(name):
            if not self._left_by_editor(steps) and (self.layout.own or not name.startswith(".")):
                self._stray(steps, self._misplaced(steps))
        elif DAY.fullmatch(stem_of(name).lstrip(". ")) or is_misspelt(name):
            self._stray(steps, self._misplaced(steps))
        elif not name.casefold().endswith(".md") and not _NOTES.fullmatch(name):
            weak = "råd" if name.casefold().endswith((".txt", ".text")) else "varning"
            self._stray(steps, replace(self._misplaced(steps), level=weak))

    def _sort_beside(self, steps: Steps) -> None:
        """What lies at the top and is no text that lacks only its name: a municipality keeps its
        documents there."""
        name = steps[-1]
        left = LEFT.fullmatch(name)
        if (
            not self.layout.own
            or _KEPT.fullmatch(left[1] if left else name)
            or self._left_by_editor(steps)
        ):
            return
        if left:
            problem = file_problem(
                (
                    f"Filen ligger överst i {self.layout.called} och läses inte. Den ser ut "
                    "att vara kvar från en ändring"
                ),
                (
                    f"För över det som ska gälla till {short(right_name(left[1]))} i rätt "
                    "mapp, och ta bort filen."
                ),
                "varning",
            )
        else:
            problem = replace(self._misplaced(steps), level="råd")
        self._stray(steps, problem)

    def _meant(self, name: str) -> str | None:
        """The file at the top that one called ``name`` was probably meant to be."""
        return next((known for known in self.layout.files if are_alike(name, known)), None)

    def _meant_problem(self, steps: Steps, meant: str) -> Problem:
        name = steps[-1]
        if name.startswith("."):
            return self._renamed_because(
                "namnet börjar med en punkt, och filen är därför dold", steps, meant
            )
        if (meant,) in self.names and right_name(name) != meant:
            return file_problem(
                f"Filen ser ut att vara en kopia av {meant}. Den läses inte",
                self._renamed(steps, meant).remedy,
            )
        return self._renamed(steps, meant)

    def _folder_as_file(self, name: str, part: str) -> Problem:
        return file_problem(
            f"{short(name)} läses inte: {part} är en mapp, och i den har varje fil ett eget namn",
            (
                f"Är det här en mapp: byt namn på den till {part}. Är det en fil: flytta "
                f"innehållet till filer i mappen {part}."
            ),
        )

    def _sort_in_part(self, steps: Steps) -> None:
        part, name = steps[0], steps[-1]
        if len(steps) > 2:
            self._lose(steps, 2)
        elif self._left_by_editor(steps) or self._is_signature(steps):
            pass
        elif name.startswith("."):
            if is_yaml(name) or (self.layout.own and is_text(name)):
                self._stray(steps, self._hidden(steps))
        elif name.endswith(".yaml") and unicodedata.is_normalized("NFC", name):
            self.read.append(steps)
        elif not unicodedata.is_normalized("NFC", name) and unicodedata.normalize(
            "NFC", name
        ).endswith(".yaml"):
            self._stray(steps, self._decomposed(steps))
        elif is_yaml(name):
            self._stray(steps, self._renamed(steps, right_name(name)))
        elif (
            self.layout.own
            or is_misspelt(name)
            or (is_text(name) and RULE_ID.fullmatch(stem_of(name)))
        ):
            there = (part, right_name(name)) in self.names
            remedy = (
                f"Här finns redan {short(right_name(name))}. För över det som ska gälla dit, och "
                "ta bort den här filen."
                if there
                else "Hör texten hemma här: spara den som ren text i "
                f"{short(right_name(name))}. Flytta annars filen härifrån."
            )
            problem = file_problem(
                f"Filen läses inte. I mappen {part} läses bara filer vars namn slutar på .yaml",
                remedy,
            )
            self._stray(steps, problem)

    def _is_signature(self, steps: Steps) -> bool:
        """Whether the file is called as the signature of a decision or a record; told where there
        is none of that name."""
        found = SIGNED.fullmatch(steps[-1]) if steps[0] in SIGNED_PARTS else None
        if found is None:
            return False
        if (*steps[:-1], found[1]) in self.names:
            self.signed.append((*steps[:-1], found[1]))
        else:
            problem = file_problem(
                f"Filen är en signatur, men {short(found[1])} som den hör till finns inte",
                "Återställ den filen ur versionshistoriken, eller ta bort signaturen.",
            )
            self._stray(steps, problem)
        return True

    def _stray(self, steps: Steps, problem: Problem, meant: str | None = None) -> None:
        self.strays.append(Stray(steps, problem, meant))

    def _left_by_editor(self, steps: Steps) -> bool:
        """Whether an editor has left the file; told as what it is, and gravely if it may be the
        only one with its text."""
        name = steps[-1]
        for pattern, editor in LOCKS:
            if pattern.fullmatch(name):
                message = (
                    f"Det här är en låsfil som {editor} lämnar medan en fil är öppen. Den "
                    "läses inte"
                )
                self._stray(
                    steps,
                    file_problem(
                        message,
                        "Stäng filen i programmet, och ta bort låsfilen om den ligger kvar.",
                        "råd",
                    ),
                )
                return True
        for pattern, what in COPIES:
            if found := pattern.fullmatch(name):
                whose = found[1]
                if not is_yaml(whose) and self.layout.own:
                    whose = right_name(whose)
                own = short(whose)
                if (*steps[:-1], whose) in self.names:
                    self._stray(
                        steps,
                        file_problem(
                            f"Det här är {what}. Den läses inte",
                            f"Ta bort den när {own} är som den ska.",
                            "råd",
                        ),
                    )
                else:
                    self._stray(
                        steps,
                        file_problem(
                            f"Det här är {what}. Den läses inte, och {own} finns inte",
                            f"Byt namn på filen till {own}, eller ta bort den.",
                        ),
                    )
                return True
        return False

    def _renamed(self, steps: Steps, right: str) -> Problem:
        """What to say of a file whose name is all that is wrong."""
        name, shown = steps[-1], short(right)
        if (*steps[:-1], right) in self.names:
            remedy = (
                f"Här finns redan {shown}. För över det som ska gälla dit, och ta bort den här "
                "filen."
            )
        else:
            remedy = f"Byt namn på filen till {shown}."
        if name.casefold().endswith((".yaml.txt", ".yml.txt")):
            remedy += (
                " Anteckningar i Windows lägger till .txt och döljer det; välj ”Alla filer” "
                "när du sparar."
            )
        ending = name[len(stem_of(name)) :]
        why = (
            f"namnet slutar på {short(ending)}, inte på .yaml"
            if ending != ".yaml"
            else f"den ska heta {shown}"
        )
        return file_problem(f"Filen läses inte: {why}", remedy)

    def _misplaced(self, steps: Steps) -> Problem:
        parts = told_of(self.layout.parts)
        return file_problem(
            f"Filen ligger överst i {self.layout.called} och läses inte",
            f"Flytta den till mappen {parts}, med namnet {short(right_name(steps[-1]))}.",
        )

    def _hidden(self, steps: Steps) -> Problem:
        return self._renamed_because(
            "namnet börjar med en punkt, och filen är därför dold",
            steps,
            right_name(steps[-1].lstrip(".")),
        )

    def _decomposed(self, steps: Steps) -> Problem:
        why = (
            "namnet är skrivet med lösa accenter (NFD, som på en Mac), så att till exempel ”å” "
            "är två tecken som ser ut som ett"
        )
        return self._renamed_because(why, steps, unicodedata.normalize("NFC", steps[-1]))

    def _renamed_because(self, why: str, steps: Steps, right: str) -> Problem:
        return file_problem(f"Filen läses inte: {why}", self._renamed(steps, right).remedy)

    def _tell_collisions(self) -> None:
        """Of files whose names differ by case only a disk in Windows or on a Mac holds one, and so
        none but one is read."""
        kept: dict[Steps, Steps] = {}
        for steps in sorted(
            self.read, key=lambda steps: (not ID.fullmatch(stem_of(steps[-1])), steps)
        ):
            first = kept.setdefault(tuple(step.casefold() for step in steps), steps)
            if first is not steps:
                problem = file_problem(
                    (
                        f"Filen heter som {short(first[-1])}, så när som på stora och små "
                        "bokstäver. Windows och Mac rymmer bara en"
                    ),
                    "För över det som ska gälla till en av filerna, och ta bort den andra.",
                )
                self._stray(steps, problem)
        self.read = sorted(kept.values())

    def _tell_folder(self, folder: Steps, files: list[Steps]) -> None:
        """Tells, at the first of its files, that a folder is not read."""
        name, layout = short("/".join(folder)), self.layout
        near = nearest(folder[0], (*layout.parts, *layout.other))
        spoken = speaks_of(folder[0], layout.parts)
        if folder[0] in layout.parts:
            message = (
                f"Filen ligger i mappen {name}, och bara filer direkt i mappen {folder[0]} läses"
            )
            remedy = f"Flytta den till {folder[0]}."
        elif not layout.own and folder[0] in PROGRAMS:
            message = f"Filen ligger i mappen {name}, som följer med programmet och inte läses här"
            remedy = "Ta bort den. Egna regler skrivs i mappen regler, och ord i ordlistor."
        elif not layout.own and not near and folder[0] not in layout.other:
            message = (
                f"Filen ligger i mappen {name}, som inte läses: en kommuns filer ligger i en "
                "mapp i kommuner"
            )
            right = right_name(f"{folder[0]}.yaml").removesuffix(".yaml")
            remedy = (
                "Flytta mappen till kommunens mapp, till exempel kommuner/ekbacka."
                if folder[0] in KOMMUN.parts
                else f"Flytta mappen dit, till kommuner/{short(right)}."
            )
        elif not layout.own and any(map(self._without_own_folder, files)):
            message = (
                "Kommunens egen mapp saknas: filerna ligger direkt i mappen kommuner och läses inte"
            )
            moved = " och ".join(dict.fromkeys(steps[1] for steps in files))
            remedy = (
                "Skapa en mapp för kommunen i kommuner, till exempel kommuner/ekbacka, och "
                f"flytta dit {short(moved)}."
            )
        elif folder[0] in layout.other:
            direct = "direkt " if len(files[0]) == 2 else ""
            message = f"Filen ligger {direct}i mappen {name}, och där läses inga YAML-filer"
            remedy = "Flytta den till mappen där den hör hemma."
        elif near:
            message = f"Filen ligger i mappen ”{name}”, som inte läses. Den ska nog heta {near}"
            remedy = f"Byt namn på mappen till {near}, eller flytta filen dit."
        else:
            message = f"Filen ligger i mappen {name}, som inte läses"
            remedy = (
                f"Flytta den till mappen {spoken or told_of(layout.parts)}, eller ut ur "
                f"{layout.called}."
            )
        more = f" Det gäller {len(files)} filer i mappen." if len(files) > 1 else ""
        self._stray(files[0], file_problem(message, remedy + more))


def _is_kommun(steps: Steps) -> bool:
    """Whether a file in the catalogue lies as in a municipality's folder, though it is in none."""
    parts, above = KOMMUN.parts, steps[:-1]
    return (
        above[0] in parts
        or (len(above) == 1 and steps[-1] == "kommun.yaml")
        or above[1:] == ("insatser",)
    )


SETTINGS_ELSEWHERE = file_problem(
    f"Inställningarna läses inte här: {SETTINGS} ska ligga bredvid katalogen",
    "Flytta filen till mappen som katalogen (catalogue) ligger i.",
)


REPOSITORY = Problem(
    "IK910",
    "Det här kan git ta för ett arkiv, och svara ur det i stället för ur det riktiga",
    Span(),
    "Ta bort det ur katalogen. Har någon annan föreslagit det: slå inte samman ändringen.",
)


def repositories(held: Contents, *, own: bool) -> Iterator[tuple[Steps, Problem]]:
    """What git could take for a repository of its own, or for the way to one, whatever it is
    called: the folder itself too.

    With ``own`` the folder may be a repository, and git's own folder at its top is none of these.
    """
    within: dict[Steps, set[str]] = {}
    for *above, name in (*held.files, *held.folders):
        within.setdefault(tuple(above), set()).add(name.casefold())
    for folder, names in sorted(within.items()):
        if any(step.casefold() == ".git" for step in folder):
            continue
        if "head" in names and ("commondir" in names or {"objects", "refs"} <= names):
            yield folder, REPOSITORY
        if ".git" in names and (folder or not own):
            yield (*folder, ".git"), REPOSITORY
