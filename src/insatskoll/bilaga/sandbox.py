"""Fills in the templates: ours, and before them the municipality's own, which are untrusted.

Every template runs in Jinja2's sandbox and sees only template files. One that is not ours runs in a
process of its own too, with bounds for time, memory and text, and what comes out is checked: a page
that runs nothing and fetches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from insatskoll.bilaga import allowed, bounded, styles
from insatskoll.bilaga.bounded import Answer, Bounds, Stopped
from insatskoll.bilaga.layouts import RenderError
from insatskoll.catalogue import template_names
from insatskoll.names import plain, shown
from insatskoll.patterns import later
from insatskoll.reading import files
from insatskoll.resources import TEMPLATES
from insatskoll.values import immutable

if TYPE_CHECKING:
    from jinja2 import Environment, Template

INSTALL = 'Installera det som bilagan behöver: pip install "insatskoll[bilaga]"'
# before a name: our own template, also where the municipality has one of that name
BUILT_IN = "inbyggd/"
MAX_TEMPLATE = 500_000  # bytes
MAX_TEXT = 20_000_000  # characters of the page
BOUNDS = Bounds(seconds=10, memory=1_000_000_000)  # for a template that is not ours


@immutable
class _Work:
    """What a process is given to do."""

    name: str
    context: Mapping[str, Any]
    filters: Mapping[str, Callable[..., Any]]
    own: tuple[Path, ...]


def fill(
    name: str,
    context: Mapping[str, Any],
    filters: Mapping[str, Callable[..., Any]],
    own: Sequence[Path] = (),
) -> str:
    """The page that the template ``name`` makes of ``context``; files in the folders ``own`` come
    before ours.

    Raises :class:`RenderError` with the template's file and line.
    """
    work = _Work(name, context, filters, tuple(own))
    if not any(
        path.name.endswith(template_names.KINDS) for folder in own for path in folder.rglob("*")
    ):
        return _fill(replace(work, own=()))
    try:
        answer = bounded.call(filled, work, bounds=BOUNDS)
    except Stopped as error:
        raise RenderError(
            f"Mallen {_shown(own)}{name} stoppades: den blev inte färdig på {BOUNDS.seconds} "
            "sekunder eller tog för mycket minne. "
            "Se efter om den upprepar något utan slut."
        ) from error
    if "error" in answer.told:
        raise RenderError(answer.told["error"])
    return answer.data.decode()


def filled(work: _Work) -> Answer:
    """What the process does that fills in a template that is not ours."""
    try:
        page = _fill(work)
        _check_page(page, work)
    except RenderError as error:
        return Answer({"error": str(error)})
    return Answer({}, page.encode())


def _fill(work: _Work) -> str:
    from jinja2 import TemplateError, TemplateSyntaxError

    wrong = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError)
    try:
        parts: list[str] = []
        length = 0
        for part in _environment(work).get_template(work.name).generate(work.context):
            length += len(part)
            if length > MAX_TEXT:
                raise RenderError(
                    f"Mallen {work.name} skriver mer än {MAX_TEXT // 1_000_000} miljoner tecken."
                )
            parts.append(part)
        return "".join(parts)
    except TemplateSyntaxError as error:
        raise RenderError(
            f"Mallen {shown(error.filename or error.name or work.name)}, rad "
            f"{error.lineno}: {_misspelt(error.message or '')}"
        ) from error
    except (*wrong, MemoryError, RecursionError) as error:
        raise RenderError(f"Mallen {_at(error, work.name)}: {_failed(error)}") from error


def _failed(error: Exception) -> str:
    """Why a template that can be read could not be filled in."""
    from jinja2 import TemplateNotFound, UndefinedError
    from jinja2.exceptions import SecurityError

    match error:
        case TemplateNotFound():
            return f"Mallen ”{error.name}” finns inte."
        case SecurityError():
            return _unsafe(str(error))
        case UndefinedError():
            return _undefined(str(error))
        case MemoryError():
            return "Mallen tar för mycket minne."
        case RecursionError():
            return "Mallen anropar sig själv utan slut."
        case ZeroDivisionError():
            return "Här divideras med noll."
        case OverflowError():
            return "Ett tal eller en upprepning är för stor."
    return "Ett värde är av fel slag för det som görs med det här."


def _environment(work: _Work) -> Environment:
    env = _confined(work.own) if work.own else _ours()
    env.filters.update(work.filters)
    return env


@cache
def _ours() -> Environment:
    """Our own templates do not change while the program runs, and take longer to compile than to
    fill in."""
    return _confined(())


def _confined(own: tuple[Path, ...]) -> Environment:
    try:
        from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError as error:
        raise RenderError(f"Jinja2 saknas. {INSTALL}") from error

    class Confined(BaseLoader):
        """Loads template files out of the folders given, and nothing else: no other kinds, no
        links, no way out."""

        def get_source(
            self, environment: Environment, template: str
        ) -> tuple[str, str, Callable[[], bool]]:
            folders = [] if template.startswith(BUILT_IN) else own
            name = template.removeprefix(BUILT_IN)
            steps = name.split("/")
            if name.endswith(template_names.KINDS) and all(
                step and step[0] not in ".~" and step.isprintable() for step in steps
            ):
                for folder in (*folders, TEMPLATES):
                    if files.there(path := folder.joinpath(*steps)):
                        told = f"{BUILT_IN}{name}" if folder == TEMPLATES else shown(path)
                        return _text(path, folder), told, lambda: True
            raise TemplateNotFound(template)

        def load(self, environment: Environment, name: str, globals: Any = None) -> Template:  # noqa: A002 (its name there)
            template = super().load(environment, name, globals)
            if name.endswith(".css") and not str(template.filename).startswith(BUILT_IN):
                made = template.root_render_func
                template.root_render_func = lambda context: _within_style(
                    made(context), str(template.filename)
                )
            return template

    return ImmutableSandboxedEnvironment(
        loader=Confined(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


# What ends the element style, wherever in a style sheet it stands, or is read as the beginning of a
# comment in a page.
_OUT_OF_STYLE = later(r"</|<!--")


def _within_style(parts: Iterable[str], told: str) -> Iterator[str]:
    """The ``parts`` that a municipality's own style sheet is made of, as long as they stay in the
    element ``style``."""
    end = ""
    for part in parts:
        if found := _OUT_OF_STYLE.search(end + part):
            line = _line_of(Path(told), found[0])
            raise RenderError(
                f"Mallen {told}{f', rad {line}' if line else ''}: ”{found[0]}” får inte "
                "stå i en stilmall, inte heller i en "
                "kommentar, för där tar stilen slut på sidan. Ta bort det."
            )
        end = (end + part)[-3:]
        yield part


def _line_of(path: Path, wanted: str) -> int:
    """The first line of a template of the municipality's own that has ``wanted`` in it; 0 if none
    has."""
    lines = _text(path, path.parent).splitlines()
    return next((number for number, line in enumerate(lines, 1) if wanted in line), 0)


def _text(path: Path, folder: Path) -> str:
    try:
        return files.read_text(path, MAX_TEMPLATE, within=folder)
    except files.Unread as error:
        raise RenderError(f"Mallen {error}") from error


def _shown(own: Sequence[Path]) -> str:
    return f"{shown(own[0])}/" if own else ""


def _at(error: BaseException, name: str) -> str:
    """The file and line of the template that ``error`` came out of."""
    import traceback

    frames = [
        f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith((".j2", ".css"))
    ]
    return f"{shown(frames[-1].filename)}, rad {frames[-1].lineno}" if frames else shown(name)


def _told_as(work: _Work) -> str:
    """The template of a page as a message names it: by the municipality's own file, or as ours with
    the own folders."""
    for folder in work.own:
        if (path := folder / work.name).is_file():
            return shown(path)
    return f"{BUILT_IN}{work.name} med det egna i {' och '.join(map(shown, work.own))}"


def _misspelt(message: str) -> str:
    """Jinja2's word on what is written in a way that it does not know, in Swedish."""
    if found := re.match(r"No (filter|test) named '(.+?)'", message):
        return f"{'Filtret' if found[1] == 'filter' else 'Provet'} ”{found[2]}” finns inte."
    if found := re.match(r"Encountered unknown tag '(.+?)'|Unexpected end of template", message):
        if found[1]:
            return (
                f"”{found[1]}” finns inte bland det som kan stå efter {{%, eller står på fel "
                "ställe."
            )
        return (
            "Mallen tar slut för tidigt: något som börjar med {% saknar sitt slut, till "
            "exempel {% endif %} eller {% endfor %}."
        )
    if found := re.match(r"unexpected char '(.+?)'", message):
        return f"Tecknet ”{plain(found[1])}” kan inte stå här."
    return "Något är fel skrivet i det som står i {{ … }} eller {% … %}."


def _unsafe(message: str) -> str:
    """The sandbox's refusal, in Swedish."""
    if found := re.match(r"access to attribute '(.+?)'", message):
        return f"En mall får inte läsa ”{plain(found[1])}”."
    return "En mall får inte anropa det som anropas här."


def _undefined(message: str) -> str:
    """Jinja2's word on a name that is not there, in Swedish."""
    if found := re.fullmatch(r"'(.+?)' is undefined", message):
        return f"”{found[1]}” finns inte bland det som mallen får."
    if found := re.fullmatch(r"'.+?' has no attribute '(.+?)'", message):
        return f"”{found[1]}” finns inte här. Pröva först med: is defined."
    if found := re.fullmatch(r".+? has no (?:attribute|element) '?(.+?)'?", message):
        return f"”{found[1]}” finns inte här. Pröva först med: is defined."
    return "Något som används här finns inte. Pröva först med: is defined."


# What _sida.html.j2 begins with. The browser then runs nothing and fetches nothing, whatever comes
# after it.
_BEGINNING = later(
    r'\s*<!DOCTYPE html>\s*<html lang="[A-Za-z0-9-]{2,35}"( dir="rtl")?>\s*<head>\s*'
    r'(<meta (charset|name)="[^">]*"( '
    r'content="[^">]*")?>\s*)*'
    r"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    r"'unsafe-inline'; "
    r"img-src data:; font-src data:; base-uri 'none'; form-action 'none'\">"
)


def _check_page(page: str, work: _Work) -> None:
    """Refuses a page that would run something or fetch something, that programs may read in
    different ways, or whose style could hide or change words."""
    name = _told_as(work)
    if not _BEGINNING.match(page):
        raise RenderError(
            f'Mallen {name} börjar inte som _sida.html.j2. Skriv {{% extends "_sida.html.j2" '
            "%} först i den."
        )
    try:
        found = allowed.forbidden(page, our_styles(work.context))
    except ImportError as error:
        raise RenderError(f"Selectolax eller tinycss2 saknas. {INSTALL}") from error
    if found.startswith(allowed.STYLE):
        written = found.removeprefix(allowed.STYLE).removesuffix("”")
        raise RenderError(
            f"Mallen {_written_in(written, work.own) or name}: Stilen ”{plain(written)}” "
            "får inte användas. En egen stil får "
            "ändra typsnitt, storlek, avstånd, linjer och sidbrytningar, men inte dölja, "
            "flytta, stryka, byta eller lägga till "
            "ord. Färger anges i profil.yaml. Kommunens utseende, i docs/profil.md, säger "
            "vad som går."
        )
    if found:
        if found == allowed.FETCHING:
            name = _line_where(allowed.fetches, work.own) or name
        raise RenderError(
            f"Mallen {name} gör en sida med {found}, som inte får finnas där. Bilagan får "
            "varken köra eller hämta något, och ska "
            "läsas lika överallt. Ta bort det."
        )


def our_styles(context: Mapping[str, Any]) -> tuple[str, ...]:
    """The style sheets of a page that are not the municipality's own: the program's, and what the
    profile gives."""
    profile = context.get("profil", {})
    return files.read_text(TEMPLATES / "bilaga.css", MAX_TEMPLATE).strip(), str(
        profile.get("css", "")
    ).strip()


def _written_in(style: str, own: Sequence[Path]) -> str:
    """The file and line of a municipality's own where ``style`` stands, or else what it sets; empty
    if it is not found."""
    whole = _compact(style)
    for wanted in filter(None, (whole, "".join(whole.partition(":")[:2]) if ":" in whole else "")):
        if where := _line_where(partial(_has, wanted), own):
            return where
    return ""


def _has(wanted: str, line: str) -> bool:
    return wanted in _compact(line)


def _line_where(found: Callable[[str], bool], own: Sequence[Path]) -> str:
    """The first file and line of a municipality's own that ``found`` is true of; empty if there is
    none."""
    for folder in own:
        for path in sorted(folder.rglob("*")):
            if not path.name.endswith(template_names.KINDS):
                continue
            for number, line in enumerate(_text(path, path.parent).splitlines(), 1):
                if found(line):
                    return f"{shown(path)}, rad {number}"
    return ""


def _compact(style: str) -> str:
    """A style as it is read, without the spaces and notes in it."""
    return "".join(re.sub(r"/\*.*?\*/", "", styles.unescaped(style)).split()).lower()
