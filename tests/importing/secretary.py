"""A municipality with files that people have written in, and its bilaga in Word, changed as a
secretary does: with python-docx and raw XML."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from tests.importing.word import SPACES

KOMMUN = """\
# Vår fil
namn: Granåkers kommun
nämnd: Omsorgsnämnden  # bytte namn 2025
bilaga:
  titel: Insatser utan behovsprövning
  beteckning: Bilaga 1
  gäller_från: 2026-03-01
  inledning:
    - Här beskrivs de insatser som ges utan behovsprövning.  # ur tjänsteskrivelsen
    - Ingen kan nekas en insats för att hen inte hör till målgruppen.
avdelningar:
  - id: barn
    namn: Barn och unga
    # så som verksamheten vill
    insatser:
      - trygg-hemma
      - kompassen
  - id: vuxna
    namn: Vuxna
    insatser: [stödlinjen, lotsen]
enheter:
  - {id: fam, namn: Familjeenheten}  # i centrum
  - {id: vux, namn: Vuxenenheten}
riktlinjer:
  - rubrik: Tillgänglighet
    text: |-
      Insatserna är kostnadsfria för den enskilde.

      Lokalerna är tillgängliga.
  - rubrik: Lokaler
    text: Rummen bokas av enheten.  # kolla varje år
förslag: {datum: 2026-01-15}
"""
_INSATS = """\
# {namn} skrevs av {enhet}
namn: {namn}
insatstyp: samtal
avdelning: {avdelning}
målgrupp:
  beskrivning: {målgrupp}  # efter samråd
innehåll: {innehåll}
omfattning: {{högst: {antal}, enhet: samtal}}  # beslutat i maj
utförare: {{enheter: [{enhet}]}}
dokumentation: {{nivå: individnivå}}
"""
INSATSER = {
    "trygg-hemma": {"namn": "Trygg hemma", "avdelning": "barn", "antal": 7, "enhet": "fam",
                    "målgrupp": "Föräldrar med små barn.",
                    "innehåll": "Kurs om trygghet och lek i hemmet."},
    "kompassen": {"namn": "Kompassen", "avdelning": "barn", "antal": 6, "enhet": "fam",
                  "målgrupp": "Unga som mår dåligt.",
                  "innehåll": "Samtal med en kurator på mottagningen."},
    "stödlinjen": {"namn": "Stödlinjen", "avdelning": "vuxna", "antal": 4, "enhet": "vux",
                   "målgrupp": "Vuxna som är oroliga för en närstående.",
                   "innehåll": "Råd på telefon varje kväll."},
    "lotsen": {"namn": "Lotsen", "avdelning": "vuxna", "antal": 3, "enhet": "vux",
               "målgrupp": "Personer som söker rätt i vården.",
               "innehåll": "Vägledning i kontakten med myndigheter."},
}  # fmt: skip


def catalogue(top: Path) -> Path:
    """Writes the municipality below ``top``; gives back its folder."""
    folder = top / "catalogue" / "kommuner" / "granåker"
    (folder / "insatser").mkdir(parents=True)
    (folder / "kommun.yaml").write_text(KOMMUN, "utf-8")
    for name, held in INSATSER.items():
        (folder / "insatser" / f"{name}.yaml").write_text(_INSATS.format(**held), "utf-8")
    return folder


def texts(folder: Path) -> dict[str, str]:
    """The texts of its files."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.yaml"))
    }


Change = Callable[[Any], None]


def changed(data: bytes, *changes: Change) -> bytes:
    """A document in Word with changes made to it."""
    made = docx.Document(io.BytesIO(data))
    for change in changes:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def paragraphs(made: Any) -> Iterator[Any]:
    """All paragraphs, those in tables too."""
    for element in made.element.body.iter(qn("w:p")):
        yield Paragraph(element, made)


def find(made: Any, words: str) -> Any:
    """The last paragraph that is the words, or has them: the first may be in the table of
    contents."""
    found = [one for one in paragraphs(made) if words in one.text]
    assert found, words
    return next((one for one in reversed(found) if one.text == words), found[-1])


def swap(before: str, after: str) -> Change:
    """Changes words wherever they stand, whatever runs they are in."""

    def change(made: Any) -> None:
        hits = [one for one in paragraphs(made) if before in one.text]
        assert hits, before
        for one in hits:
            _swap(list(one._p.iter(qn("w:t"))), before, after)

    return change


def _swap(parts: list[Any], before: str, after: str) -> None:
    for at, part in enumerate(parts):
        joined = "".join(one.text or "" for one in parts[at:])
        if joined.startswith(before, (part.text or "").find(before[0])) or before in part.text:
            whole = part.text if before in part.text else joined
            rest = parts[at + 1 :] if before not in part.text else []
            part.text = whole.replace(before, after)
            for one in rest:
                one.text = ""
            return


def after(words: str, *new: tuple[str, str]) -> Change:
    """Puts paragraphs after one: each the words of one whose looks it has, and its own."""

    def change(made: Any) -> None:
        place = find(made, words)._p
        for like, text in new:
            element = copy.deepcopy(find(made, like)._p)
            place.addnext(element)
            one = Paragraph(element, made)
            for run in one.runs[1:]:
                run.text = ""
            one.runs[0].text = text
            place = element

    return change


def gone(*words: str) -> Change:
    """Takes paragraphs away."""

    def change(made: Any) -> None:
        for one in words:
            element = find(made, one)._p
            element.getparent().remove(element)

    return change


def section(made: Any, heading: str) -> list[Any]:
    """The elements of a section: its heading, and what stands until the next as large."""
    first = find(made, heading)
    level = getattr(first.style, "name", "")
    found = [first._p]
    for element in first._p.itersiblings():
        style = ""
        if element.tag == qn("w:p"):
            style = getattr(Paragraph(element, made).style, "name", "")
        if (style.startswith("Heading") and style <= level) or element.tag == qn("w:sectPr"):
            break
        found.append(element)
    return found


def without_section(heading: str) -> Change:
    """Takes a section away."""

    def change(made: Any) -> None:
        for element in section(made, heading):
            element.getparent().remove(element)

    return change


def moved_section(heading: str, to: str) -> Change:
    """Moves a section to before the heading ``to``."""

    def change(made: Any) -> None:
        elements = section(made, heading)
        place = find(made, to)._p
        for element in elements:
            place.addprevious(element)

    return change


def copied_section(heading: str, *swaps: tuple[str, str]) -> Change:
    """Puts a copy of a section after it, with other words."""

    def change(made: Any) -> None:
        elements = section(made, heading)
        place = elements[-1]
        for element in elements:
            new = copy.deepcopy(element)
            for text in new.iter(qn("w:t")):
                for before, words in swaps:
                    text.text = (text.text or "").replace(before, words)
            place.addnext(new)
            place = new

    return change


_MARK = 'w:id="9" w:author="Eva" w:date="2026-01-01T00:00:00Z"'
_SPACES = " ".join(f'xmlns:{name}="{space}"' for name, space in SPACES.items())


def mark(kind: str) -> Any:
    """The mark of a tracked change, as rows and the ends of paragraphs have it."""
    return parse_xml(f"<w:{kind} {_SPACES} {_MARK}/>")


def commented(words: str, comment: str) -> Change:
    """Puts a comment on a paragraph."""

    def change(made: Any) -> None:
        one = find(made, words)
        made.add_comment(one.runs, text=comment, author="Eva", initials="E")

    return change


def reformatted(words: str) -> Change:
    """Makes a paragraph's words slanting as a tracked change."""

    def change(made: Any) -> None:
        for one in find(made, words).runs:
            properties = one._r.get_or_add_rPr()
            properties.append(parse_xml(f"<w:i {_SPACES}/>"))
            properties.append(parse_xml(f"<w:rPrChange {_SPACES} {_MARK}><w:rPr/></w:rPrChange>"))

    return change


def tracked(words: str, new: str = "", paragraph: bool = False) -> Change:
    """Removes words, and writes ``new`` in their place, as tracked changes; with ``paragraph`` the
    mark of the paragraph too."""

    def change(made: Any) -> None:
        one = find(made, words)
        run = next(run for run in one.runs if words in run.text)
        before, _, rest = run.text.partition(words)
        parts = [_like(run, before)] if before else []
        parts.append(_around("del", _like(run, words, "w:delText")))
        parts += [_around("ins", _like(run, new))] if new else []
        parts += [_like(run, rest)] if rest else []
        for part in parts:
            run._r.addprevious(part)
        run._r.getparent().remove(run._r)
        if paragraph:
            one._p.get_or_add_pPr().append(parse_xml(f"<w:rPr {_SPACES}><w:del {_MARK}/></w:rPr>"))

    return change


def _like(run: Any, words: str, kind: str = "w:t") -> Any:
    """A run that looks as another, with other words."""
    made = copy.deepcopy(run._r)
    for text in made.findall(qn("w:t")):
        made.remove(text)
    text = parse_xml(f'<{kind} {_SPACES} xml:space="preserve"/>')
    text.text = words
    made.append(text)
    return made


def _around(kind: str, run: Any) -> Any:
    made = mark(kind)
    made.append(run)
    return made
