"""The words and the measures of a sentence, with what is known of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from insatskoll.diff import lexicon, measures
from insatskoll.diff.measures import Measure, Span, Word
from insatskoll.values import immutable

_RELATIVE, COMMA = frozenset(("som", "vilka", "vilken", "vilket")), ","
_NOT_REFERRING = frozenset(("som", "finns", "krävs", "behövs", "går"))
_TELLING_SIGNS = "%§/&*#@?€$"
_ARTICLES, _DOING = frozenset(("den", "de")), ("ande", "ende")


@immutable
class Element:
    """A word or a measure of a sentence. ``said`` is what it stands for, ``kinds`` what is known
    of it, and ``paused`` whether a comma stands before it."""

    said: str
    form: str
    kinds: frozenset[str] = frozenset()
    plain: bool = False
    person: bool = False
    paused: bool = False
    measure: Measure | None = None

    @property
    def whole(self) -> object:
        """What must be the same for two to be so."""
        return self.measure or self.said


Elements = Sequence[Element]


@immutable
class Sentence:
    """A sentence as it stands (``text``), with its ``words``, and whether it ``refers`` to the one
    that it stands after."""

    text: str
    words: Elements
    refers: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """What must be the same for two sentences to say the same."""
        return (*(one.whole for one in self.words), self.signs)

    @property
    def signs(self) -> str:
        """The signs that say something of their own, but for those that bound a number."""
        return "".join(sorted(one for one in self.text if one in _TELLING_SIGNS))

    @property
    def denies(self) -> bool:
        """Whether it denies something."""
        return "nekar" in kinds_of(self.words)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text."""
    cut = list(measures.sentences(text))
    starts = [_start(text, words[0]) for words in cut] + [len(text)]
    for words, start, end in zip(cut, starts, starts[1:], strict=False):
        found = read(text, words)
        yield Sentence(text[start:end].strip(), found, _refers(words, found))


def _start(text: str, first: Word) -> int:
    """Where a sentence begins: with its first word, or the sign that bounds it (< 18 år)."""
    return len(text[: first.start].rstrip().removesuffix(first.gap)) if first.gap else first.start


def _refers(words: Sequence[Word], found: Elements) -> bool:
    """Whether a sentence begins with what refers to the one before; not so den som, det finns, den
    boende."""
    first, after = words[0].form, words[1].form if len(words) > 1 else ""
    if first not in lexicon.shipped().refers or after in _NOT_REFERRING:
        return False
    is_somebody = found[0].person or (len(found) > 1 and found[1].person)
    return not (first in _ARTICLES and (is_somebody or after.endswith(_DOING)))


def read(text: str, words: Sequence[Word]) -> list[Element]:
    """What a sentence of a text says, word by word and measure by measure."""
    spans = {span.first: span for span in measures.read(text, words)}
    found: list[Element] = []
    run: list[Word] = []
    at = 0
    while at < len(words):
        span = spans.get(at)
        if span is None:
            run.append(words[at])
            at += 1
            continue
        found += _words(run)
        run = []
        found.append(_of_measure(words, span))
        at = span.last + 1
    return [*found, *_words(run)]


def _of_measure(words: Sequence[Word], span: Span) -> Element:
    form = " ".join(word.form for word in words[span.first : span.last + 1])
    return Element(
        span.measure.aligned, form, paused=_paused(words[span.first]), measure=span.measure
    )


def _paused(word: Word) -> bool:
    return any(sign in word.gap for sign in ",;:()–—")


def _words(run: Sequence[Word]) -> Iterator[Element]:
    known = lexicon.shipped()
    at = 0
    for token, length in known.tokens([word.form for word in run]):
        first, at = at, at + length
        if run[first].form in _RELATIVE and "," in run[first].gap:
            yield Element(COMMA, COMMA)
        if token.kind == "small":
            continue
        form = " ".join(word.form for word in run[first:at])
        kinds = known.kinds(form)
        yield Element(
            token.said,
            form,
            kinds,
            plain=token.kind == "plain",
            person=token.kind == "person" or "vem" in kinds,
            paused=_paused(run[first]),
        )


def kinds_of(sentence: Elements) -> frozenset[str]:
    """What is known of all the words of a sentence, or of some of them."""
    return frozenset().union(*(one.kinds for one in sentence))
