"""What the arguments of a comparison mean.

An argument is a decision's date, a folder, a file or a git revision. What a change adds may not
hide what it is compared with: a folder or a file that is called as a revision is refused, and what
git reads as a range is one whatever lies in the folder.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from insatskoll.diff.home import Home, exists, is_now
from insatskoll.diff.sources import (
    NOW,
    Source,
    Unknown,
    as_now,
    at_path,
    decision,
    decisions_told,
    in_git,
    latest,
)
from insatskoll.errors import UsageError
from insatskoll.reading import git
from insatskoll.reading.git import GitError

_HEAD = ("", "HEAD", "@")


def sources_of(
    old: str | None, new: str | None, home: Home, *, undecided: bool = False
) -> tuple[Source, Source]:
    """What is compared, and with what: without ``old`` the latest decision, and with ``undecided``
    nothing where there is none; without ``new`` the files as they are now. Raises
    :class:`UsageError` and :class:`git.GitError`."""
    if new is None and old is not None and (ends := _range(old, home)):
        left, right, from_common = ends
        if not left and right in _HEAD:
            raise UsageError(
                f"”{old}” jämför HEAD med sig själv: revisionen före punkterna saknas. Skriv den, "
                "till exempel main...HEAD. I ett skript kan en variabel vara tom."
            )
        after = _named(right or "HEAD", home)
        before = (
            _common(left or "HEAD", right or "HEAD", home)
            if from_common
            else _named(left or "HEAD", home)
        )
    else:
        before = (
            _source(old, home, other=new) if old is not None else latest(home, undecided=undecided)
        )
        after = _source(new, home, other=old) if new is not None else as_now(home)
        if new is None and before.path is not None and is_now(before.path, home):
            raise UsageError(
                f"{before.name[0].upper()}{before.name[1:]} är redan {NOW}, och allt är "
                "sig likt. Ange vad de ska jämföras med, "
                "eller bara kommunen med --kommun för att jämföra med senaste beslutet."
            )
    return before, after


def _range(text: str, home: Home) -> tuple[str, str, bool] | None:
    """The ends of a range as git writes it, and whether it starts where they parted; None for what
    is no range, as a path."""
    if ".." not in text:
        return None
    dots = "..." if "..." in text else ".."
    left, _, right = text.partition(dots)
    # No name in git begins or ends with a slash; the path of a folder that is not there does.
    if left.endswith("/") or right.startswith("/"):
        return None
    if exists(text) and not (
        (left or right) and all(_is_revision(end or "HEAD", home) for end in (left, right))
    ):
        return None
    return left, right, dots == "..."


def _is_revision(text: str, home: Home) -> bool:
    """Whether git knows a revision of that name. Raises :class:`git.Ambiguous`."""
    try:
        return bool(git.resolve(home.repository, text))
    except git.Ambiguous:
        raise
    except GitError:
        return False


def _source(text: str, home: Home, other: str | None) -> Source:
    """What an argument means; ``other`` is the other one."""
    if not text:
        raise UsageError(
            "Ett av argumenten är tomt. Ange ett beslutsdatum, en mapp, en fil eller en "
            "revision i git."
        )
    if (decided := decision(text, home)) is not None:
        return decided
    if exists(text):
        found = at_path(Path(text), home, other)
        if found is not None and _is_revision(text, home):
            what = "mapp" if Path(text).is_dir() else "fil"
            full = git.shown_path(f"./{text}")
            both = f"”{git.shown_path(text)}” är både en {what} och en revision i git."
            raise UsageError(f"{both} Menas {what}en, skriv {full}.")
        if found is not None:
            return found
        what = (
            "mappen finns men har varken kommun.yaml eller kommuner"
            if Path(text).is_dir()
            else "filen är inte YAML"
        )
        return _named(text, home, f", och {what}")
    return _named(text, home, ", ingen mapp och ingen fil")


def _named(text: str, home: Home, tried: str = "") -> Source:
    """A decision or a git revision; ``tried`` is what else has been tried, as the message is to say
    it."""
    if (decided := decision(text, home)) is not None:
        return decided
    try:
        commit = git.resolve(home.repository, text)
    except git.Ambiguous:
        raise
    except GitError as error:
        raise Unknown(
            f"”{git.shown_path(text)}” är inget beslut{tried}. {error}{decisions_told(home)}"
        ) from None
    return in_git(commit.id, commit.name, home)


def _common(first: str, second: str, home: Home) -> Source:
    """The revision that two others come from."""
    repository = home.repository
    known = [git.resolve(repository, revision).name for revision in (first, second)]
    commit = git.merge_base(repository, first, second)
    name = f"revisionen som {known[0]} och {known[1]} utgår från"
    return replace(in_git(commit, git.shown_revision(commit), home), name=name)
