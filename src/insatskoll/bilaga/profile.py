"""A municipality's look: ``profil.yaml`` beside its kommun.yaml, with the files that it names read
and judged.

What comes out holds bytes and colours that are safe to print with; no path goes further than this
module.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path

from insatskoll.bilaga import colours, drawing, letter_form, uploads
from insatskoll.catalogue import glyphs
from insatskoll.catalogue.file_names import PROFILE as FILE
from insatskoll.catalogue.loading import load_document
from insatskoll.catalogue.model import FileProblems, Kommun
from insatskoll.errors import Refused
from insatskoll.names import shown
from insatskoll.reading import accepted, files
from insatskoll.reading.document import Document
from insatskoll.reading.packages import Unfit
from insatskoll.reading.places import DataPath, Problem
from insatskoll.values import immutable

MAX_LOGO, MAX_FONT, MAX_DOCX = 500_000, 2_000_000, 5_000_000
_PAPER = "#ffffff"

# The names in the style sheet; ``LIGHT`` and ``DARK`` are what it says itself, and a test holds
# that.
LIGHT = {
    "brand": "#0b4a6f",
    "ink": "#1b2430",
    "muted": "#4a5766",
    "paper": _PAPER,
    "tint": "#f3f6f9",
    "mark": "#e8f1f7",
}
DARK = {
    "brand": "#8fc7ea",
    "ink": "#e7ecf1",
    "muted": "#b3bfcb",
    "paper": "#12181f",
    "tint": "#1a222b",
    "mark": "#1d2f3c",
}
_NAMES = {"huvudfärg": "brand", "text": "ink", "bakgrund": "paper", "ton": "mark"}


class ProfileError(Refused):
    """The profile cannot be used; the message says where and why."""


@immutable
class Logo:
    """A PNG that has been judged or drawn: its bytes, text for those who cannot see it, and width /
    height."""

    data: bytes = field(repr=False)
    alt: str
    ratio: float


@immutable
class Profile:
    """How a municipality's documents look. The default is the program's own look.

    ``light`` and ``dark`` are the colours by the style sheet's names, empty when the profile has
    none. ``letter`` is its form of a tjänsteskrivelse, empty where that is the program's own.
    ``pdf_font`` and ``web_font`` are names of fonts, ``pdf_files`` and ``web_files`` (by
    weight) their files, ``reference`` is a Word document.
    """

    name: str | None = None
    logo: Logo | None = None
    light: Mapping[str, str] = field(default_factory=dict)
    dark: Mapping[str, str] = field(default_factory=dict)
    pdf_font: str = "Open Sans"
    pdf_files: tuple[bytes, ...] = field(default=(), repr=False)
    web_font: str | None = None
    web_files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    word_font: str | None = None
    footer: str | None = None
    letter: letter_form.Form = ()
    reference: bytes | None = field(default=None, repr=False)
    place: str = ""  # of the font in the PDF, for what only Typst can tell of it


PLAIN = Profile()


def load(folder: Path) -> Profile:
    """The profile of the municipality in ``folder``; the program's own look if it has none.

    Raises :class:`ProfileError` with file, line and column, and :class:`RenderError` where there
    is nothing to draw its logo with.
    """
    loaded = _load(folder, to_print=True)
    if isinstance(loaded, FileProblems):
        raise ProfileError(loaded.told())
    return loaded


def checked(kommun: Kommun, raw: bytes | None = None) -> Kommun:
    """``kommun`` with what is wrong with its profile among its problems; ``raw`` is the content of
    its file, if that is not to be read."""
    if raw is None and not files.there(kommun.folder / FILE):
        return kommun
    loaded = _load(kommun.folder, raw)
    wrong = (loaded,) if isinstance(loaded, FileProblems) else ()
    return replace(kommun, problems=(*kommun.problems, *wrong), files=kommun.files + 1)


def own_glyphs(folder: Path) -> frozenset[str]:
    """The characters that the municipality in ``folder`` can print with fonts of its own; none if
    its profile is unusable."""
    loaded = _load(folder)
    return frozenset() if isinstance(loaded, FileProblems) else _glyphs(loaded.pdf_files)


def _glyphs(fonts: Iterable[bytes]) -> frozenset[str]:
    return frozenset().union(*map(glyphs.of_font, fonts))


def _load(
    folder: Path, raw: bytes | None = None, *, to_print: bool = False
) -> Profile | FileProblems:
    """The profile, or what is wrong with it. A logo that is an SVG is drawn when it is ``to_print``
    only, since that takes a process of its own; before that it is left out."""
    path = folder / FILE
    if raw is None and not files.there(path):
        return PLAIN
    document = load_document(path, "profil", raw, within=folder)
    if isinstance(document, FileProblems):
        return document
    reader = _Reader(folder, document, to_print)
    made = reader.profile()
    if reader.problems:
        told = tuple(sorted(reader.problems, key=lambda problem: problem.span))
        return FileProblems(path, told, document.text, unreadable=False)
    return made


class _Reader:
    """Makes a profile out of a file that follows its schema, noting all that is wrong."""

    def __init__(self, folder: Path, document: Document, to_print: bool) -> None:
        self.folder = folder
        self.to_print = to_print
        self.document = document
        self.data = accepted.profil(document)
        self.problems: list[Problem] = []

    def profile(self) -> Profile:
        fonts = self.data.get("typsnitt", {})
        pdf, web = fonts.get("pdf", {}), fonts.get("webb", {})
        light, dark = self.colours()
        files = [
            self.font(("typsnitt", "pdf", "filer", i), n, ("ttf", "otf"))
            for i, n in enumerate(pdf.get("filer", ()))
        ]
        web_files: dict[str, bytes] = {
            weight: self.font(("typsnitt", "webb", weight), web[weight], ("ttf", "woff2"))
            for weight in ("normal", "fet")
            if weight in web
        }
        for name, text in (
            ("visningsnamn", self.data.get("visningsnamn", "")),
            ("sidfot", self.data.get("sidfot", "")),
        ):
            if odd := glyphs.missing(text) and glyphs.missing(text, _glyphs(files)):
                self.unprintable((name,), text.index(odd[0]), odd)
        span = self.document.span(("typsnitt", "pdf", "namn"))
        return Profile(
            name=self.data.get("visningsnamn"),
            logo=self.logo(),
            light=light,
            dark=dark,
            pdf_font=self.pdf_font(),
            pdf_files=tuple(files),
            web_font=web.get("namn"),
            web_files=web_files,
            word_font=fonts.get("word"),
            footer=self.data.get("sidfot"),
            letter=letter_form.of(self.data) if "tjänsteskrivelse" in self.data else (),
            reference=self.reference(),
            place=f"{shown(self.document.path)}:{span.line}:{span.column}" if pdf else "",
        )

    def logo(self) -> Logo | None:
        if "logotyp" not in self.data:
            return None
        path: DataPath = ("logotyp", "fil")
        data = self.read(path, self.data["logotyp"]["fil"], MAX_LOGO)
        try:
            png = self.as_png(data) if data else b""
            if not png:
                return None
            return Logo(png, self.data["logotyp"]["alttext"], uploads.png_ratio(png))
        except Unfit as error:
            self.wrong(path, str(error), "Byt ut filen, eller spara om bilden.")
            return None

    def as_png(self, data: bytes) -> bytes:
        """A picture as a PNG; empty for one that has to be drawn, when nothing is to be printed."""
        if uploads.picture(data) == uploads.PNG:
            return drawing.decoded(data) if self.to_print else data
        return drawing.drawn(data) if self.to_print else b""

    def font(self, path: DataPath, name: str, kinds: tuple[str, ...]) -> bytes:
        data = self.read(path, name, MAX_FONT)
        try:
            if data and (kind := uploads.font(data)) not in kinds:
                raise Unfit(
                    f"Typsnittet är i formatet {kind.upper()}, som inte går att använda här"
                )
            for_pdf = self.to_print and "pdf" in path
            if data and for_pdf and not drawing.written(data, self.pdf_font()):
                raise Unfit(
                    f"Typsnittet {shown(name)} är skadat: vanliga bokstäver går inte att skriva "
                    "med det"
                )
        except Unfit as error:
            self.wrong(
                path,
                str(error),
                f"Ange en annan fil i formatet {' eller '.join(kind.upper() for kind in kinds)}.",
            )
        return data

    def pdf_font(self) -> str:
        return self.data.get("typsnitt", {}).get("pdf", {}).get("namn", PLAIN.pdf_font)

    def reference(self) -> bytes | None:
        if "referens" not in self.data:
            return None
        data = self.read(("referens",), self.data["referens"], MAX_DOCX)
        try:
            if data:
                uploads.reference_docx(data)
        except Unfit as error:
            self.wrong(
                ("referens",),
                str(error),
                "Spara dokumentet på nytt i Word som ett vanligt dokument (docx).",
            )
        return data

    def read(self, path: DataPath, name: str, limit: int) -> bytes:
        """The bytes of the file ``name``; empty if it cannot be used, which is then noted at
        ``path``."""
        remedy = "Kontrollera namnet. Filen ska ligga i kommunens mapp."
        try:
            if data := files.read(self.folder / name, limit, within=self.folder):
                return data
            message = f"Filen {shown(name)} är tom"
        except files.Unread as error:
            message, remedy = _unread(error, shown(name), remedy)
        self.wrong(path, message, remedy)
        return b""

    def unprintable(self, path: DataPath, at: int, odd: list[str]) -> None:
        listed = ", ".join(map(glyphs.shown, odd[:3]))
        remedy = "Ta bort tecknet, eller ersätt det med ord."
        span = self.document.words(path, at, at + len(odd[0]))
        message = f"Texten innehåller tecken som inget typsnitt har: {listed}"
        self.problems.append(Problem("IK911", message, span, remedy))

    def wrong(self, path: DataPath, message: str, remedy: str) -> None:
        self.problems.append(Problem("IK903", message, self.document.span(path), remedy))

    def colours(self) -> tuple[dict[str, str], dict[str, str]]:
        if "färger" not in self.data:
            return {}, {}
        given = self.data["färger"]
        light = _scheme(LIGHT, given)
        dark_given = given.get("mörkt", {})
        dark = _scheme(DARK, dark_given)
        if "huvudfärg" in given and "huvudfärg" not in dark_given:
            dark["brand"] = colours.readable(light["brand"], _grounds(dark), _PAPER)
        self.judge(light | {"white": _PAPER}, given, ("färger",), "mörkare")
        self.judge(dark, dark_given, ("färger", "mörkt"), "ljusare")
        return light, dark

    def judge(
        self, scheme: Mapping[str, str], given: Mapping[str, object], path: DataPath, change: str
    ) -> None:
        """Notes each text colour of ``scheme`` that cannot be read, at the field of ``given`` that
        is to blame."""
        grounds = {
            "white": "vitt papper",
            "paper": "bakgrunden",
            "mark": "tonen",
            "tint": "faktarutornas yta",
        }
        for text in ("huvudfärg", "text"):
            colour = scheme[_NAMES[text]]
            for ground, name in grounds.items():
                if (
                    ground not in scheme
                    or (ratio := colours.contrast(colour, scheme[ground])) >= colours.READABLE
                ):
                    continue
                if text in given:
                    blamed = text
                elif "ton" in given and ground != "paper":
                    blamed = "ton"
                else:
                    blamed = "bakgrund"
                self.wrong(
                    (*path, blamed),
                    (
                        f"Färgen {colour} ({text}) går inte att läsa mot {name} "
                        f"{scheme[ground]}: kontrasten är {_figure(ratio)}:1"
                    ),
                    f"Minst 4,5:1 krävs (WCAG 2.1 AA). Välj en {change} färg eller en annan yta.",
                )
                break


def _unread(error: files.Unread, name: str, remedy: str) -> tuple[str, str]:
    """What to say of the file ``name`` that could not be read, and what to do about it."""
    match error.reason:
        case "saknas":
            return f"Filen {name} finns inte", remedy
        case "annat" | "mapp":
            return f"{name} är ingen vanlig fil", remedy
        case "stor":
            return error.what.replace("Filen", f"Filen {name}", 1), "Spara den mindre."
        case "länk":
            return f"{name}: {error.what}", error.remedy
    return error.what.replace("Filen", f"Filen {name}", 1), remedy


def _figure(ratio: float) -> str:
    """The ratio with two decimals, cut, so that 4,499 is not told as 4,5."""
    return f"{int(ratio * 100) / 100:.2f}".replace(".", ",")


def _scheme(standard: Mapping[str, str], given: Mapping[str, object]) -> dict[str, str]:
    """The style sheet's colours with those ``given``; what hangs on them follows."""
    scheme = dict(standard) | {
        _NAMES[name]: str(colour).lower() for name, colour in given.items() if name in _NAMES
    }
    if {"bakgrund", "ton"} & set(given):
        scheme["tint"] = colours.mixed(scheme["paper"], scheme["mark"], 0.5)
    scheme["muted"] = colours.readable(scheme["muted"], _grounds(scheme), scheme["ink"])
    return scheme


def _grounds(scheme: Mapping[str, str]) -> list[str]:
    return [scheme[name] for name in ("paper", "tint", "mark")]


def css(profile: Profile, mark: str = "") -> str:
    """The rules that come after the program's own style sheet. Every value in them has been judged
    by the schema, and ``mark``, for the head of each page on paper, is the program's own word."""
    return "\n".join([*_css(profile), *([_ON_PAPER % mark] if mark else [])])


_ON_PAPER = '@page { @top-right { content: "%s"; font-weight: 700; font-size: 11pt; } }'


def _css(profile: Profile) -> Iterator[str]:
    for weight, data in profile.web_files.items():
        kind = uploads.font(data)
        form, media = ("woff2", "font/woff2") if kind == "woff2" else ("truetype", "font/ttf")
        yield (
            f'@font-face {{ font-family: "{profile.web_font}"; font-weight: '
            f"{'700' if weight == 'fet' else '400'}; "
            f'src: url(data:{media};base64,{b64encode(data).decode()}) format("{form}"); }}'
        )
    if profile.web_font:
        yield f'body {{ font-family: "{profile.web_font}", system-ui, sans-serif; }}'
    if profile.light:
        on_paper = {"brand": profile.light["brand"], "mark": profile.light["mark"]}
        yield f":root {{ {_variables(profile.light)} }}"
        yield f"@media (prefers-color-scheme: dark) {{ :root {{ {_variables(profile.dark)} }} }}"
        yield (
            "@media print { :root { --ink: #000; --muted: #333; --paper: #fff; --tint: "
            f"#f5f5f5; {_variables(on_paper)} }} }}"
        )


def _variables(scheme: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in scheme.items())
