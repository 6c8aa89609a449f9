"""The running texts of a revised document, paragraph by paragraph.

A paragraph that has changed is looked for where the file has it: the same text can stand in several
fields, and be printed in another order. What is found in one place is changed there; of the rest
the official is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from insatskoll.catalogue import editing
from insatskoll.diff.likeness import text_likeness
from insatskoll.importing.drafts import unnumbered
from insatskoll.importing.municipality import ASIDE
from insatskoll.importing.plan import Plan
from insatskoll.importing.sheet import LINE
from insatskoll.importing.sheet import Path as FieldPath
from insatskoll.importing.updating.work import Held
from insatskoll.names import short
from insatskoll.patterns import later
from insatskoll.reading.document import iter_paths
from insatskoll.values import immutable

RUNNING: tuple[FieldPath, ...] = (
    ("bilaga", "inledning"),
    ("riktlinjer",),
    ("information_om_ansökan",),
    ("uppföljning",),
)
RULES = ("gemensam_dokumentation", "gemensamma_villkor", "samtycke", "uppföljningsintervall")
ROOTS: tuple[FieldPath, ...] = (*RUNNING, *((name,) for name in RULES))
_SENTENCE = later(r"\w{2}[.!?]$")
_ALIKE = 0.5
_MOST = 200  # paragraphs that have changed
_SHOWN = 60  # letters of a paragraph that is asked about


@immutable
class Paragraph:
    """A paragraph, or with ``item`` a point of a list; ``heading`` where it stands over others."""

    words: str
    heading: bool = False
    item: bool = False

    @property
    def line(self) -> str:
        """As the files have it."""
        return f"- {self.words}" if self.item else self.words


@immutable
class Passage:
    """The paragraphs of a text in order."""

    paragraphs: tuple[Paragraph, ...]

    @staticmethod
    def of(text: str) -> Passage:
        """The paragraphs of a text as the files have it."""
        return Passage(tuple(_paragraphs(text)))

    @property
    def words(self) -> list[str]:
        """Their words."""
        return [one.words for one in self.paragraphs]


@immutable
class Home:
    """Where a paragraph stands: the file, the field, and which of its paragraphs it is."""

    held: Held
    path: FieldPath
    number: int


def _paragraphs(text: str) -> Iterator[Paragraph]:
    held: list[str] = []
    item = False
    for line in [*text.split("\n"), ""]:
        begins = line.lstrip().startswith("- ")
        if held and (begins or not line.strip()):
            yield Paragraph(" ".join(" ".join(held).split()), item=item)
            held, item = [], False
        if begins:
            held, item = [line.lstrip()[2:]], True
        elif line.strip():
            held.append(line)


def left(plan: Plan) -> Passage:
    """The sentences of a document that no field has, but for what is printed beside the text."""
    filled = {one.words for made in plan.made for one in made.sheet.fillings}
    return Passage(tuple(
        Paragraph(" ".join(one.words.split()))
        for made in plan.made for one in made.sheet.leftovers
        if one.words not in filled and (one.why != ASIDE or _SENTENCE.search(one.words))
    ))  # fmt: skip


def common(plan: Plan) -> Passage:
    """The paragraphs that a document has for all its insatser, in its order."""
    sheet = plan.made[0].sheet
    found = []
    for one in sheet.fillings:
        if not any(one.path[: len(root)] == root for root in RUNNING):
            continue
        words = " ".join(unnumbered(one.words).split())
        held = Passage.of(str(sheet.get(one.path) or "")).paragraphs
        item = any(known.item and known.words == words for known in held)
        found.append(Paragraph(words, one.path[-1] == "rubrik", item))
    return Passage(tuple(found))


@dataclass
class Shelf:
    """The files that paragraphs are looked for in, each with what it has them below."""

    held: tuple[tuple[Held, tuple[FieldPath, ...]], ...]
    _known: dict[int, tuple[str, dict[str, list[Home]]]] = field(default_factory=dict)

    def home(self, words: str) -> Home | None:
        """Where a paragraph stands, if it is in one place."""
        found = [home for held, roots in self.held for home in self._of(held, roots).get(words, ())]
        return found[0] if len(found) == 1 else None

    def _of(self, held: Held, roots: Sequence[FieldPath]) -> dict[str, list[Home]]:
        """The paragraphs of a file by their words."""
        text, known = self._known.get(id(held), ("", {}))
        if text != held.read.text:
            known = {}
            for path, value in iter_paths(held.data):
                if isinstance(value, str) and any(path[: len(root)] == root for root in roots):
                    for number, one in enumerate(_paragraphs(value)):
                        known.setdefault(one.words, []).append(Home(held, path, number))
            self._known[id(held)] = held.read.text, known
        return known


def revise(shelf: Shelf, before: Passage, after: Passage) -> list[str]:
    """Changes the paragraphs that differ between two passages, where they stand in the files; what
    to ask the official of those that could not be."""
    matcher = SequenceMatcher(a=before.words, b=after.words, autojunk=False)
    steps = list(_steps(matcher.get_opcodes(), before.paragraphs, after.paragraphs))
    if len(steps) > _MOST:
        return ["dokumentets gemensamma texter är så ändrade att ni får jämföra dem själva."]
    asked = []
    while steps:
        taken = _section_goes(shelf, steps) or _section_comes(shelf, steps)
        if not taken and not _taken(shelf, steps[0]):
            asked.append(_asked(steps[0]))
        del steps[: taken or 1]
    return asked


@immutable
class _Step:
    """A paragraph that has changed, come (``before`` is None) or gone (``after`` is); ``follows``
    are those that it comes after, as they are now, the nearest first."""

    before: Paragraph | None
    after: Paragraph | None
    follows: tuple[Paragraph, ...] = ()


def _steps(
    codes: Sequence[tuple[str, int, int, int, int]],
    before: Sequence[Paragraph],
    after: Sequence[Paragraph],
) -> Iterator[_Step]:
    for code, i1, i2, j1, j2 in codes:
        if code == "equal":
            continue
        at = i1
        for new in range(j1, j2):
            known = next((n for n in range(at, i2) if _is_same(before[n], after[new])), None)
            if i2 - i1 == j2 - j1:
                known = i1 + new - j1
            if known is None:
                yield _Step(None, after[new], tuple(reversed(after[:new])))
                continue
            for gone in range(at, known):
                yield _Step(before[gone], None)
            yield _Step(before[known], after[new])
            at = known + 1
        for gone in range(at, i2):
            yield _Step(before[gone], None)


def _is_same(before: Paragraph, after: Paragraph) -> bool:
    return before.heading == after.heading and text_likeness(before.words, after.words) >= _ALIKE


def _asked(step: _Step) -> str:
    if step.before is None and step.after is not None:
        return f"var hör det nya stycket hemma: ”{short(step.after.words, _SHOWN)}”?"
    assert step.before is not None
    old = short(step.before.words, _SHOWN)
    if step.after is None:
        return (
            f"”{old}” är borttaget i dokumentet, men texten går inte att hitta här. Ändra själva."
        )
    new = short(step.after.words, _SHOWN)
    return f"”{old}” är nu ”{new}”, men texten går inte att hitta här. Ändra själva."


def _taken(shelf: Shelf, step: _Step) -> bool:
    """Whether a step could be taken."""
    if step.before is None:
        assert step.after is not None
        return _comes(shelf, step.after, step.follows)
    home = shelf.home(step.before.words)
    if home is None:
        return step.after is not None and shelf.home(step.after.words) is not None
    known = list(_paragraphs(str(editing.there(home.held.data, home.path))))
    known[home.number : home.number + 1] = [] if step.after is None else [step.after]
    return home.held.put(home.path, written(known) or None)


def _section_goes(shelf: Shelf, steps: Sequence[_Step]) -> int:
    """How many steps remove a whole guideline, if the first of them begin with its heading; none if
    they do not, or it could not be removed."""
    first = steps[0]
    if first.before is None or first.after is not None:
        return 0
    home = shelf.home(first.before.words)
    if home is None or home.path[-1] != "rubrik":
        return 0
    text = str(editing.there(home.held.data, (*home.path[:-1], "text")))
    theirs = [one.words for one in _paragraphs(text)]
    gone = [one.before.words for one in steps[1 : len(theirs) + 1]
            if one.before is not None and one.after is None]  # fmt: skip
    return len(gone) + 1 if gone == theirs and home.held.put(home.path[:-1], None) else 0


def _section_comes(shelf: Shelf, steps: Sequence[_Step]) -> int:
    """How many steps add a whole guideline, as above."""
    first = steps[0]
    if first.before is not None or first.after is None or not first.after.heading:
        return 0
    texts: list[Paragraph] = []
    for one in steps[1:]:
        if one.before is not None or one.after is None or one.after.heading:
            break
        texts.append(one.after)
    at = _after(shelf, first.follows)
    if at is None or not texts or len(first.after.words) > LINE:
        return 0
    held, new = shelf.held[0][0], {"rubrik": first.after.words, "text": written(texts)}
    known = "riktlinjer" in held.data
    path: FieldPath = ("riktlinjer", at)
    made = held.insert(path, new) if known else held.put(("riktlinjer",), [new])
    return len(texts) + 1 if made else 0


def _after(shelf: Shelf, follows: Sequence[Paragraph]) -> int | None:
    """Where among the guidelines something belongs that comes after all of ``follows``."""
    for one in follows:
        home = shelf.home(one.words)
        if home is not None and home.path[0] == "riktlinjer":
            return int(home.path[1]) + 1
        if home is not None:
            return 0 if home.path[0] == "bilaga" else None
    return 0


def written(paragraphs: Sequence[Paragraph]) -> str:
    """Paragraphs as the files have them."""
    text = ""
    for at, one in enumerate(paragraphs):
        if at:
            text += "\n" if one.item and paragraphs[at - 1].item else "\n\n"
        text += one.line
    return text


def _comes(shelf: Shelf, new: Paragraph, follows: Sequence[Paragraph]) -> bool:
    """Whether a new paragraph could be put after the one that it follows."""
    home = shelf.home(follows[0].words) if follows else None
    if home is None or new.heading:
        return False
    held, path = home.held, home.path
    if path[-1] == "rubrik":
        path = (*path[:-1], "text")
        text = str(editing.there(held.data, path) or "")
        return held.put(path, written([new, *_paragraphs(text)]))
    if isinstance(path[-1], int) and not new.item:
        return held.insert((*path[:-1], path[-1] + 1), new.words)
    known = list(_paragraphs(str(editing.there(held.data, path))))
    known.insert(home.number + 1, new)
    return held.put(path, written(known))
