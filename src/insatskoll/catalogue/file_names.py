"""What the name of a file or folder in the catalogue was meant to be, and whether every system can
have it."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from insatskoll.ids import id_of
from insatskoll.names import is_plain, short
from insatskoll.patterns import later
from insatskoll.reading.places import Problem, Span

RULE = "IK909"


Steps = tuple[str, ...]  # a path inside the folder, step by step


# Names that Windows keeps for devices, with or without an ending.
_DEVICE = later(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_NOT_IN_WINDOWS = later(r'[<>:"|?*\\]')
# What is left when something has been changed: a copy from before, or a part that did not fit.
LEFT = later(r"(.*)\.(bak|backup|orig|rej|tmp|temp|new|old|save|kopia|rest)", re.IGNORECASE)
# What a signature's file is called besides the name of the file that it is of.
SIGNED = later(r"(.+\.yaml)\.(mini)?sig")
SIGNATURES = (".sig", ".minisig")
SIGNED_PARTS = ("beslut", "händelser")
# Text that lacks nothing but the right ending to be read; ``.md`` is more often a document about
# the rest.
_TEXT = later(r"[^.]*|.*\.(txt|text|json|md)", re.IGNORECASE)
_MISSPELT = later(
    (
        r".*\.(ya|yal|yam|yaml?l|yalm|yamll|yaaml|yanl|yamel|ym|yma|ymal|jaml|jml|yam1|ym1"
        r"|ya?ml[0-9]+)|.*[,;_ ]ya?ml"
    ),
    re.IGNORECASE,
)
# Letters of other alphabets that look like those in .yaml, each by the one that it looks like.
_ALIKE_LETTERS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | str.maketrans(
    "уУаАɑαеЕмМⅿΜӏІⅼΙ․｡", "yYaAaaeEmMmMllll.."
)
DAY = later(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
RULE_ID = later(r"[A-ZÅÄÖ]{2,6}[0-9]{3}")
# What is added to a file's name when it is copied where it lies.
_COPIED = later(
    r"(kopia av |copy of )?(.+?)( ?[-–] ?(kopia|copy)| ?kopia| copy)?( ?\([0-9]+\)| [0-9])?",
    re.IGNORECASE,
)
# What editors leave beside a file: who, what it is, and the name of the file that it belongs to.
LOCKS = (
    (later(r"~\$(.+)"), "Word"),
    (later(r"\.~lock\.(.+)#"), "LibreOffice"),
    (later(r"\.#(.+)"), "Emacs"),
)
COPIES = (
    (
        later(r"\.(.+)\.sw[a-p]"),
        "en arbetsfil från redigeraren Vim, med text som kanske inte är sparad",
    ),
    (
        later(r"#(.+)#"),
        "en fil som redigeraren sparar själv, med text som kanske inte är sparad",
    ),
    (later(r"(.+)~"), "en säkerhetskopia som redigeraren har gjort"),
)
# A name with .yaml or .yml in it, in any case and whatever comes after.
_YAML = later(r"(.*?)\.ya?ml(?![a-zåäö0-9-]|\.j2)(.*)", re.IGNORECASE)
ID = later(r"[a-zåäöé0-9]+(-[a-zåäöé0-9]+)*")
SETTINGS = "insatskoll.yaml"
PROFILE = "profil.yaml"  # how a municipality's documents look
ACCEPTED = "godtagna.yaml"  # the changes that a municipality has accepted
KOMMUN_FILES = ("kommun.yaml", PROFILE, ACCEPTED)
KOMMUN_PARTS = ("insatser", "beslut", "händelser", "riskanalyser")
FROZEN = ("beslut", "händelser")  # the parts whose files never change
_SAME = 0.9  # ”komun” is kommun with a letter lost; ”kommunal” is another word
# ”insats” and ”riskanalys” are their folders in the singular; ”beslutsunderlag” is something else
_ALIKE = 0.85
# The singulars that are less like their folders than that.
_SEVERAL = {"regel": "regler", "ordlista": "ordlistor"}


def in_kommun(path: Path) -> Steps:
    """Where a file that is read lies in its municipality's folder: a part and a name, or a name
    alone. An insats may be called as a municipality's own file, and a municipality's folder as a
    part."""
    part, name = path.parent.name, path.name
    if part not in KOMMUN_PARTS:
        return (name,)
    folder = path.parent.parent
    there = (
        name not in KOMMUN_FILES
        or folder.parent.name == "kommuner"
        or os.path.lexists(folder / KOMMUN_FILES[0])
    )
    return (part, name) if there else (name,)


def right_name(name: str) -> str:
    """What a file called ``name`` should be called to be read: an id and ``.yaml``."""
    return f"{id_of(stem_of(name)) or 'namn'}.yaml"


def free_id(text: str, what: str) -> str:
    """As :func:`id_of`, with ``what`` it is the id of added where Windows keeps the name for
    something else."""
    found = id_of(text)
    return f"{found}-{what}" if _DEVICE.fullmatch(found) else found


def ids_of(name: str) -> set[str]:
    """The ids that others may refer to a file by, when it is called ``name`` and cannot be used."""
    stem = stem_of(name)
    return {stem, unicodedata.normalize("NFC", stem), right_name(name).removesuffix(".yaml")}


def hindrance(steps: Steps) -> Problem | None:
    """What is wrong with a path that some disk or terminal cannot hold."""
    for step in steps:
        if not is_plain(step):
            return file_problem(
                "Namnet innehåller ett tecken som inte går att visa", "Byt namn på filen."
            )
        if _DEVICE.fullmatch(step):
            why = "Windows har namnet för annat"
        elif step.endswith((".", " ")):
            why = "namnet slutar på punkt eller mellanslag"
        elif found := _NOT_IN_WINDOWS.search(step):
            why = f"namnet har tecknet {found[0]}"
        else:
            why = ""
        if why:
            what = "Filen" if step is steps[-1] else "Mappen"
            return file_problem(
                f"{what} {short(step)} går inte att ha i Windows: {why}",
                f"Byt namn på {what.lower()}.",
            )
    return None


def is_yaml(name: str) -> bool:
    """Whether a file called ``name`` was probably meant to be YAML: the ending may be in any case,
    and have more after it."""
    return _YAML.fullmatch(name.translate(_ALIKE_LETTERS)) is not None


def stem_of(name: str) -> str:
    """The name without what looks like YAML's ending and what comes after, or else without its
    ending."""
    found = _YAML.fullmatch(name.translate(_ALIKE_LETTERS))
    return name[: found.end(1)] if found else name.rpartition(".")[0] or name


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()


def is_text(name: str) -> bool:
    """Whether a file called ``name`` may hold plain text, and so what was meant to be read."""
    return _TEXT.fullmatch(name.lstrip(".")) is not None or is_misspelt(name)


def is_misspelt(name: str) -> bool:
    """Whether ``name`` has the ending of YAML or of text misspelt."""
    return _MISSPELT.fullmatch(name.translate(_ALIKE_LETTERS)) is not None


def is_copy(name: str) -> bool:
    """Whether a file called ``name`` seems to have been made by copying another where it lies."""
    copied = _COPIED.fullmatch(_plain(stem_of(name)))
    return copied is not None and any(copied.group(1, 3, 4))


def are_alike(name: str, known: str) -> bool:
    """Whether ``name``, without what copying adds to it, is ``known`` but for a slip of the pen."""
    copied = _COPIED.fullmatch(_plain(stem_of(name)))
    stem = right_name(f"{copied[2] if copied else name}.yaml").removesuffix(".yaml")
    return SequenceMatcher(None, stem, known.removesuffix(".yaml"), autojunk=False).ratio() >= _SAME


@lru_cache(maxsize=64)
def speaks_of(folder: str, parts: tuple[str, ...]) -> str | None:
    """The part that a word in the folder's name is: as in ”insatser 2026”."""
    words = re.findall(r"[a-zåäöé]+", _plain(folder))
    return next((part for word in words if (part := nearest(word, parts))), None)


@lru_cache(maxsize=64)
def nearest(folder: str, known: tuple[str, ...]) -> str | None:
    """The folder that ``folder`` was probably meant to be called."""
    plain = _plain(folder)
    if (several := _SEVERAL.get(plain)) in known:
        return several
    return next(
        (
            name
            for name in known
            if SequenceMatcher(None, plain, name, autojunk=False).ratio() >= _ALIKE
        ),
        None,
    )


def told_of(names: tuple[str, ...]) -> str:
    """The names as a choice in a sentence: ”a, b eller c”."""
    return f"{', '.join(names[:-1])} eller {names[-1]}"


def file_problem(message: str, remedy: str, level: str | None = None) -> Problem:
    """What is wrong with a file or folder as a whole, by the rule of files that are not read."""
    return Problem(RULE, message, Span(), remedy, level=level)


def is_kommun_name(name: str) -> bool:
    """Whether a folder in ``kommuner`` called ``name`` is read: one that is hidden is not."""
    return not name.startswith(".")


def is_shared(steps: Steps) -> bool:
    """Whether a folder of a catalogue is looked into for the sake of all its municipalities: any
    that is not the folder of one of them."""
    inside = steps[0] == "kommuner" and len(steps) > 1
    return not inside or steps[1] in KOMMUN_PARTS or not is_kommun_name(steps[1])


def misnamed_kommun(name: str, beside: Iterable[str]) -> Problem | None:
    """What to say of a municipality's folder that is called ``name``, among those called
    ``beside``; None if all is well."""
    if ID.fullmatch(name) and not _DEVICE.fullmatch(name):
        return None
    odd = hindrance((name,))
    right = free_id(stem_of(f"{name.strip('~')}.yaml"), "kommun") or "namn"
    why = odd.message.replace("Filen", "Mappen", 1) if odd else (
        f"Kommunens mapp {short(name)} har ett namn som inte är lika överallt"
    )  # fmt: skip
    there = right != name and right in beside
    remedy = (
        (
            f"Här finns redan {short(right)}. För över det som ska gälla dit, och ta bort den "
            "här mappen."
        )
        if there
        else f"Byt namn på mappen till {short(right)}: små bokstäver, siffror och bindestreck."
    )
    return file_problem(why, remedy)


def hidden_kommun(name: str) -> Problem:
    """What to say of a municipality's folder that is called ``name``, and is hidden."""
    right = right_name(name.lstrip(".") + ".yaml").removesuffix(".yaml")
    return file_problem(
        (
            f"Kommunens mapp {short(name)} läses inte: namnet börjar med en punkt, och mappen "
            "är därför dold"
        ),
        f"Byt namn på mappen till {short(right)}.",
    )


def misnamed(folder: Path, wanted: str) -> str | None:
    """The folder in ``folder`` that was probably meant to be called ``wanted``, as it can be shown;
    None if there is none."""
    try:
        names = sorted(
            entry.name for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False)
        )
    except OSError:
        return None
    return next(
        (short(name) for name in names if name != wanted and nearest(name, (wanted,))), None
    )
