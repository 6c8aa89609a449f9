"""The running texts of a revised document, paragraph by paragraph.

A paragraph that has changed is looked for where the file has it: the same text can stand in several
fields, and be printed in another order. What is found in one place is changed there; of the rest
the official is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from insatskoll.diff.matching import text_likeness
from insatskoll.importing import editing
from insatskoll.importing.insatser import unnumbered
from insatskoll.importing.plan import Plan
from insatskoll.importing.sheet import LINE
from insatskoll.importing.sheet import Path as FieldPath
from insatskoll.importing.updating.work import Held
from insatskoll.names import short
from insatskoll.reading.document import iter_paths

ROOTS: tuple[FieldPath, ...] = (
    ("bilaga", "inledning"),
    ("riktlinjer",),
    ("information_om_ansökan",),
    ("gemensam_dokumentation",),
    ("gemensamma_villkor",),
    ("samtycke",),
    ("uppföljning",),
)
_ALIKE = 0.5
_MOST = 200  # paragraphs that have changed
_SHOWN = 60  # letters of a paragraph that is asked about


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or with ``item`` a point of a list; ``heading`` where it stands over others."""

    words: str
    heading: bool = False
    item: bool = False

    @property
    def line(self) -> str:
        """As the files have it."""
        return f"- {self.words}" if self.item else self.words


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Home:
    """Where a paragraph stands: the field, and which of its paragraphs it is."""

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


def common(plan: Plan) -> Passage:
    """The paragraphs that a document has for all its insatser, in its order."""
    sheet = plan.made[0].sheet
    found = []
    for one in sheet.fillings:
        if one.path[0] != "riktlinjer" and one.path[:2] != ("bilaga", "inledning"):
            continue
        words = " ".join(unnumbered(one.words).split())
        held = Passage.of(str(sheet.get(one.path) or "")).paragraphs
        item = any(known.item and known.words == words for known in held)
        found.append(Paragraph(words, one.path[-1] == "rubrik", item))
    return Passage(tuple(found))


def revise(
    held: Held,
    before: Passage,
    after: Passage,
    roots: Sequence[FieldPath] = ROOTS,
    *,
    ask: bool = True,
) -> bool:
    """Changes the paragraphs of a file that differ between two passages, where they stand below
    ``roots``; whether all of them could be. Of those that could not, the official is asked."""
    matcher = SequenceMatcher(a=before.words, b=after.words, autojunk=False)
    steps = list(_steps(matcher.get_opcodes(), before.paragraphs, after.paragraphs))
    if len(steps) > _MOST:
        why = "dokumentets gemensamma texter är så ändrade att ni får jämföra dem själva."
        held.work.ask(held.path, why)
        return False
    whole = True
    while steps:
        taken = _section_goes(held, steps, roots) or _section_comes(held, steps, roots)
        done = taken > 0 or _taken(held, steps[0], roots)
        if not done and ask:
            held.work.ask(held.path, _asked(steps[0]))
        whole = whole and done
        del steps[: taken or 1]
    return whole


@dataclass(frozen=True)
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


def _taken(held: Held, step: _Step, roots: Sequence[FieldPath]) -> bool:
    """Whether a step could be taken."""
    if step.before is None:
        assert step.after is not None
        return _comes(held, step.after, step.follows, roots)
    home = _home(held, step.before.words, roots)
    if home is None:
        return step.after is not None and _home(held, step.after.words, roots) is not None
    return _rewrite(held, home, [] if step.after is None else [step.after])


def _home(held: Held, words: str, roots: Sequence[FieldPath]) -> Home | None:
    """Where a paragraph stands, if it is in one place."""
    found = [
        Home(path, number)
        for path, text in iter_paths(held.data)
        if isinstance(text, str) and any(path[: len(root)] == root for root in roots)
        for number, one in enumerate(_paragraphs(text)) if one.words == words
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _rewrite(held: Held, home: Home, new: Sequence[Paragraph]) -> bool:
    """Whether a paragraph could be given up for others."""
    text = str(editing.there(held.data, home.path))
    known = list(_paragraphs(text))
    known[home.number : home.number + 1] = new
    return held.put(home.path, written(known) or None)


def _section_goes(held: Held, steps: Sequence[_Step], roots: Sequence[FieldPath]) -> int:
    """How many steps remove a whole guideline, if the first of them begin with its heading; none if
    they do not, or it could not be removed."""
    first = steps[0]
    if first.before is None or first.after is not None:
        return 0
    home = _home(held, first.before.words, roots)
    if home is None or home.path[-1] != "rubrik":
        return 0
    text = str(editing.there(held.data, (*home.path[:-1], "text")))
    theirs = [one.words for one in _paragraphs(text)]
    gone = [one.before.words for one in steps[1 : len(theirs) + 1]
            if one.before is not None and one.after is None]  # fmt: skip
    return len(gone) + 1 if gone == theirs and held.put(home.path[:-1], None) else 0


def _section_comes(held: Held, steps: Sequence[_Step], roots: Sequence[FieldPath]) -> int:
    """How many steps add a whole guideline, as above."""
    first = steps[0]
    if first.before is not None or first.after is None or not first.after.heading:
        return 0
    texts: list[Paragraph] = []
    for one in steps[1:]:
        if one.before is not None or one.after is None or one.after.heading:
            break
        texts.append(one.after)
    at = _after(held, first.follows, roots)
    if at is None or not texts or len(first.after.words) > LINE:
        return 0
    new = {"rubrik": first.after.words, "text": written(texts)}
    path: FieldPath = ("riktlinjer", at)
    known = "riktlinjer" in held.data
    made = held.insert(path, new) if known else held.put(("riktlinjer",), [new])
    return len(texts) + 1 if made else 0


def _after(held: Held, follows: Sequence[Paragraph], roots: Sequence[FieldPath]) -> int | None:
    """Where among the guidelines something belongs that comes after all of ``follows``."""
    for one in follows:
        home = _home(held, one.words, roots)
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


def _comes(
    held: Held, new: Paragraph, follows: Sequence[Paragraph], roots: Sequence[FieldPath]
) -> bool:
    """Whether a new paragraph could be put after the one that it follows."""
    home = _home(held, follows[0].words, roots) if follows else None
    if home is None or new.heading:
        return False
    if home.path[-1] == "rubrik":
        path = (*home.path[:-1], "text")
        text = str(editing.there(held.data, path) or "")
        return held.put(path, written([new, *_paragraphs(text)]))
    if isinstance(home.path[-1], int) and not new.item:
        return held.insert((*home.path[:-1], home.path[-1] + 1), new.words)
    known = list(_paragraphs(str(editing.there(held.data, home.path))))
    known.insert(home.number + 1, new)
    return held.put(home.path, written(known))
