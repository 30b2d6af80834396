"""The one place where spaCy is configured: English words, sentences, lemmas; no trained model."""

import itertools
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import spacy
from spacy.lookups import load_lookups
from spacy.tokens import Doc

_QUOTES = "\"'“‘«"
_NOT_LEMMAS = {"better": "better", "worse": "worse", "best": "best", "worst": "worst"}


class Words(NamedTuple):
    """A text cut into words: forms and lemmas in lower case, each with its place.

    starts and ends are character offsets in the text; first and last, of the same length, are the
    numbers of the first word of the word's sentence and of the one after its last. is_name tells
    capitals within a sentence, as in "Committee on Economic Cooperation".
    """

    forms: tuple[str, ...]
    lemmas: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    is_name: tuple[bool, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The character offsets of words start to end."""
        return self.starts[start], self.ends[end - 1]


class Reader:
    """Cuts texts into words by spaCy's English tokeniser and sentence splitter.

    Lemmas come from spaCy's lookup table by lower case: the table itself knows no capitals.
    Plain tuples instead of spaCy's tokens, for walking over tokens costs more than all matching.
    """

    def __init__(self) -> None:
        self._nlp = spacy.blank("en")
        self._nlp.add_pipe("sentencizer")
        self._lemmas = _Lemmas(_NOT_LEMMAS)

    def read(self, texts: Iterable[str]) -> Iterator[Words]:
        """The words of each text, in order."""
        pairs = ((text, text) for text in map(_plain, texts))
        return itertools.starmap(self._words, self._nlp.pipe(pairs, as_tuples=True))

    def words(self, text: str) -> Words:
        return next(self.read([text]))

    def _words(self, doc: Doc, text: str) -> Words:
        """The words of the doc; its text comes along, for doc.text would put it together again."""
        places, lengths, flags = doc.to_array(["IDX", "LENGTH", "SENT_START"]).T.tolist()
        starts, ends = tuple(places), tuple(map(operator.add, places, lengths))
        forms = tuple(text[start:end].lower() for start, end in zip(starts, ends, strict=True))
        lemmas = tuple(map(self._lemmas.__getitem__, forms))
        first, last = _sentences(flags)
        is_name = tuple(
            text[start].isupper() and first[i] != i and text[start - 1] not in _QUOTES
            for i, start in enumerate(starts)
        )
        return Words(forms, lemmas, starts, ends, first, last, is_name)


def _sentences(flags: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """For each word the number of its sentence's first word and of the one after its last.

    flags: spaCy's SENT_START of each word, 1 where a sentence begins.
    """
    opens = [i for i, flag in enumerate(flags) if flag == 1]
    first: list[int] = []
    last: list[int] = []
    for start, end in itertools.pairwise([*opens, len(flags)]):
        first += [start] * (end - start)
        last += [end] * (end - start)
    return tuple(first), tuple(last)


def _plain(text: str) -> str:
    """With straight apostrophes, as rules are written; every character keeps its place."""
    return text.replace("’", "'")


class _Lemmas(dict[str, str]):
    """Lemmas by lower-case form, looked up once a form."""

    def __init__(self, exceptions: Mapping[str, str]) -> None:
        super().__init__(exceptions)
        self._table = load_lookups("en", ["lemma_lookup"]).get_table("lemma_lookup")

    def __missing__(self, form: str) -> str:
        self[form] = lemma = self._table.get(form, form)
        return lemma
