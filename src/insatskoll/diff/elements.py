"""The words and the measures of a sentence, with what is known of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from insatskoll.diff import lexicon, measures
from insatskoll.diff.measures import Measure, Span, Word
from insatskoll.values import immutable

_RELATIVE, COMMA = frozenset(("som", "vilka", "vilken", "vilket")), ","
_NOT_REFERRING = frozenset(("som", "finns", "krävs", "behövs", "går"))


@immutable
class Element:
    """A word or a measure of a sentence. ``said`` is what it stands for, ``kinds`` what is known
    of it, ``paused`` whether a comma stands before it, and ``refers`` whether the sentence that it
    begins refers to the one before."""

    said: str
    form: str
    kinds: frozenset[str] = frozenset()
    plain: bool = False
    person: bool = False
    paused: bool = False
    measure: Measure | None = None
    refers: bool = False

    @property
    def whole(self) -> object:
        """What must be the same for two to be so."""
        return self.measure or self.said


Elements = Sequence[Element]


def sentences(text: str) -> Iterator[Elements]:
    """The elements of each sentence of a text that has any."""
    for words in measures.sentences(text):
        if found := read(text, words):
            yield [replace(found[0], refers=refers(words)), *found[1:]]


def refers(words: Sequence[Word]) -> bool:
    """Whether a sentence begins with what refers to the one before; not so den som, det finns."""
    first, after = words[0].form, words[1].form if len(words) > 1 else ""
    return first in lexicon.shipped().refers and after not in _NOT_REFERRING


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


def key(sentence: Elements) -> tuple[object, ...]:
    """What must be the same for two sentences to say the same."""
    return tuple(one.whole for one in sentence)


def kinds_of(sentence: Elements) -> frozenset[str]:
    """What is known of all the words of a sentence, or of some of them."""
    return frozenset().union(*(one.kinds for one in sentence))
