"""Has Typst set a document or draw a picture: in a process of its own, with the fonts that it is
given and no others, and no files but those it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any, Literal

from insatskoll.bilaga import bounded
from insatskoll.bilaga.bounded import Answer, Bounds
from insatskoll.resources import TEMPLATES
from insatskoll.values import immutable

MAIN = "main.typ"
_SOURCES, _FONTS = "källa", "typsnitt"  # folders in the one where Typst works


class Unset(Exception):
    """Typst would not set the source. ``diagnostic`` is its own word on why, in English, and empty
    if it said none."""

    def __init__(self, diagnostic: str) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


@immutable
class Made:
    """A file that Typst has made, and what it warned of."""

    data: bytes
    warnings: tuple[str, ...]


def typeset(
    files: Mapping[str, bytes],
    form: Literal["pdf", "png"],
    bounds: Bounds,
    fonts: Sequence[bytes] = (),
    *,
    ours: bool = True,
    **options: Any,
) -> Made:
    """What Typst makes of ``files``, of which one is named :data:`MAIN`. It sees no others,
    and with ``ours`` not set not the program's fonts either.

    Raises :class:`Unset`, :class:`bounded.Stopped`, and :class:`RenderError` where there is no
    Typst.
    """
    if find_spec("typst") is None:
        from insatskoll.bilaga.layouts import RenderError
        from insatskoll.bilaga.sandbox import INSTALL

        raise RenderError(f"Typst saknas. {INSTALL}")
    given = {f"{_SOURCES}/{name}": data for name, data in files.items()}
    given |= {f"{_FONTS}/{number}.ttf": data for number, data in enumerate(fonts)}
    folders = [str(TEMPLATES / "fonts")] * ours + [_FONTS] * bool(fonts)
    answer = bounded.call(compiled, form, folders, options, bounds=bounds, files=given)
    if "refused" in answer.told:
        raise Unset(answer.told["refused"])
    return Made(answer.data, tuple(answer.told["warnings"]))


def compiled(form: Literal["pdf", "png"], fonts: list[str], options: dict[str, Any]) -> Answer:
    """What the process does: Typst's file and its warnings, or why it refused."""
    import typst

    try:
        made, warnings = typst.compile_with_warnings(
            f"{_SOURCES}/{MAIN}",
            root=_SOURCES,
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=fonts),
            ignore_system_fonts=True,
            format=form,
            package_path=_SOURCES,
            package_cache_path=_SOURCES,
            **options,
        )
    except typst.TypstError as error:
        return Answer({"refused": str(error.diagnostic)})
    except BaseException as error:
        # Typst itself has failed, and says it in a way of its own
        if type(error).__name__ != "PanicException":
            raise
        return Answer({"refused": ""})
    return Answer({"warnings": [str(warning.message) for warning in warnings]}, made)
