"""The settings in force: where the catalogue lies, which rules are put, and what fails a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from insatskoll.catalogue import file_names, loading
from insatskoll.catalogue.model import FileProblems
from insatskoll.catalogue.workspace import BASELINE_FILE, DEFAULT_CATALOGUE, SETTINGS_FILE, top
from insatskoll.errors import UsageError
from insatskoll.law.selection import ALL, Prefix, Selection
from insatskoll.names import shown
from insatskoll.reading import accepted, files
from insatskoll.reading.document import Document
from insatskoll.reading.places import DataPath
from insatskoll.values import immutable


@immutable
class Settings:
    """The settings in force: the catalogue's folder, the level that fails a run, where documents
    are written, which rules are put, the file of the findings that are known, and what a change
    may not mean. ``requires`` says what it may mean only when someone in one of the roles has
    accepted it. ``signers`` is the file of those whose signatures with SSH are accepted, and
    ``minisign`` the keys of others by whose they are."""

    catalogue: Path = Path("catalogue")
    fail_level: str = "fel"
    output: Path = Path("ut")
    selection: Selection = ALL
    baseline: Path = Path(BASELINE_FILE)
    fail_on: tuple[Prefix, ...] = ()
    requires: tuple[tuple[Prefix, tuple[str, ...]], ...] = ()
    signers: Path | None = None
    minisign: Mapping[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The folder that the settings are for, in which their file lies if there is one."""
        return self.baseline.parent


def load_settings(folder: Path | None = None) -> Settings:
    """The settings of ``folder``, or of :func:`top`. Raises :class:`UsageError` if the file there
    cannot be used."""
    folder = top() if folder is None else folder
    path = folder / SETTINGS_FILE
    _refuse_misnamed(folder)
    if not files.there(path) or loading.misplaced_settings(folder):
        return Settings(
            catalogue=folder / "catalogue", output=folder / "ut", baseline=folder / BASELINE_FILE
        )
    loaded = loading.load_document(path, "konfiguration")
    if isinstance(loaded, FileProblems):
        raise UsageError(loaded.told())
    written = accepted.konfiguration(loaded)
    signed = written.get("signaturer", {})
    signers = signed.get("godkända")
    for name, inner in (
        ("katalog", written.get("katalog", "")),
        ("utmapp", written.get("utmapp", "")),
        ("signaturer", signers or ""),
    ):
        if not (folder / inner).resolve().is_relative_to(folder.resolve()):
            span = loaded.span((name,))
            raise UsageError(
                f"{shown(path)}:{span.line}:{span.column}: Det som står i ”{name}” "
                "ligger utanför den här mappen. Ange något i den."
            )
    return Settings(
        catalogue=folder / written.get("katalog", "catalogue"),
        fail_level=written.get("underkänn_från", "fel"),
        output=folder / written.get("utmapp", "ut"),
        selection=_selection(loaded),
        baseline=folder / BASELINE_FILE,
        fail_on=_fail_on(loaded),
        requires=_requires(loaded),
        signers=folder / signers if signers is not None else None,
        minisign=signed.get("minisign", {}),
    )


def _refuse_misnamed(folder: Path) -> None:
    """Settings under another name would not be read, and nobody would be told."""
    try:
        present = sorted(path.name for path in folder.iterdir())
    except OSError:  # what cannot be listed is told of when it is read
        present = []
    for name in present:
        if (
            name != SETTINGS_FILE
            and file_names.is_yaml(name)
            and file_names.right_name(name) == SETTINGS_FILE
        ):
            raise UsageError(
                f"{shown(folder / name)}: Inställningarna läses inte ur en fil med det "
                f"namnet. Den ska heta {SETTINGS_FILE}."
            )


def catalogue_in(raw: bytes) -> str | None:
    """The catalogue's folder, as a file with settings of another time names it; None if that file
    cannot be used."""
    loaded = loading.load_document(Path(SETTINGS_FILE), "konfiguration", raw)
    return (
        None
        if isinstance(loaded, FileProblems)
        else accepted.konfiguration(loaded).get("katalog", DEFAULT_CATALOGUE)
    )


def signers_in(raw: bytes) -> tuple[str | None, Mapping[str, str]]:
    """The file of those who may sign with SSH, and the other keys by whose they are, as a file with
    settings of another time names them; none if that file cannot be used."""
    loaded = loading.load_document(Path(SETTINGS_FILE), "konfiguration", raw)
    if isinstance(loaded, FileProblems):
        return None, {}
    signed = accepted.konfiguration(loaded).get("signaturer", {})
    return signed.get("godkända"), signed.get("minisign", {})


def settings_then(raw: bytes | None, settings: Settings) -> Settings | None:
    """``settings`` with the rules, the level and the changes that fail that a file of another time
    had, or that hold without one; None if that file cannot be used."""
    if raw is None:
        return replace(
            settings, fail_level=Settings.fail_level, selection=ALL, fail_on=(), requires=()
        )
    loaded = loading.load_document(Path(SETTINGS_FILE), "konfiguration", raw)
    if isinstance(loaded, FileProblems):
        return None
    return replace(
        settings,
        fail_level=accepted.konfiguration(loaded).get("underkänn_från", Settings.fail_level),
        selection=_selection(loaded),
        fail_on=_fail_on(loaded),
        requires=_requires(loaded),
    )


def judge_alike(one: Settings, other: Settings) -> bool:
    """Whether the same rules are put at the same levels, and the same level and the same changes
    fail."""
    alike = [asked.text for asked in one.fail_on] == [asked.text for asked in other.fail_on]
    required = [[(asked.text, roles) for asked, roles in side.requires] for side in (one, other)]
    alike = alike and required[0] == required[1]
    return alike and one.fail_level == other.fail_level and one.selection.asks_as(other.selection)


def _fail_on(settings: Document) -> tuple[Prefix, ...]:
    written = accepted.konfiguration(settings).get("underkänn_ändringar", ())
    return tuple(
        Prefix(text, _origin(settings, ("underkänn_ändringar", index)))
        for index, text in enumerate(written)
    )


def _requires(settings: Document) -> tuple[tuple[Prefix, tuple[str, ...]], ...]:
    written = accepted.konfiguration(settings).get("kräver", {})
    return tuple(
        (
            Prefix(text, _origin(settings, ("kräver", text), key=True)),
            (roles,) if isinstance(roles, str) else tuple(roles),
        )
        for text, roles in written.items()
    )


def _origin(settings: Document, place: DataPath, *, key: bool = False) -> str:
    span = settings.span(place, key=key)
    return f"{shown(settings.path)}:{span.line}:{span.column}"


def _selection(settings: Document) -> Selection:
    def prefix(text: str, *path: str | int) -> Prefix:
        return Prefix(text, _origin(settings, ("regler", *path), key="nivåer" in path))

    chosen = accepted.konfiguration(settings).get("regler", {})
    select, ignore = (
        tuple(prefix(text, name, index) for index, text in enumerate(listed))
        for name, listed in (
            ("välj", chosen.get("välj", ())),
            ("hoppa_över", chosen.get("hoppa_över", ())),
        )
    )
    levels = tuple(
        (prefix(text, "nivåer", text), level) for text, level in chosen.get("nivåer", {}).items()
    )
    return Selection(select, ignore, levels)
