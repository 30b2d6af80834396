"""The one place where spaCy is configured: English words, sentences, lemmas; no trained model."""

import itertools
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import spacy
from spacy.lang.lex_attrs import is_punct
from spacy.lookups import load_lookups
from spacy.pipeline import Sentencizer
from spacy.tokenizer import Tokenizer

_QUOTES = "\"'“‘«"
_NOT_LEMMAS = {"better": "better", "worse": "worse", "best": "best", "worst": "worst"}
_CLAUSE_BOUNDS = {",", ";", ":", "–", "—", "but", "while", "whereas", "although", "though", "yet"}
_SENTENCE_ENDS = frozenset(Sentencizer.default_punct_chars)
_MAX_CUTS = 100_000  # pieces that are kept: all of 1,900 speeches, some 40 MB
_LONG = 40  # characters; of longer pieces, which hardly come back, none is kept


class Cut(NamedTuple):
    """A word as cut: form and lemma in lower case, characters in it and up to the next one."""

    form: str
    lemma: str
    length: int
    step: int


@dataclass(frozen=True)
class Words:
    """A text cut into words, each of which goes by its number.

    forms and lemmas are in lower case, starts are character offsets in the text, lengths counted in
    characters. Sentences and clauses are found when first asked for: many texts are never asked.
    """

    text: str
    forms: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    lengths: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()

    @cached_property
    def sentences(self) -> tuple[int, ...]:
        """The words that open a sentence: the first one, and what follows an end and its quotes.

        The rule of spaCy's Sentencizer, which over its own tokens takes as long as all matching.
        """
        openings, is_ended = [0], False
        for i, form in enumerate(self.forms):
            if form in _SENTENCE_ENDS:
                is_ended = True
            elif is_ended and not is_punct(form):
                openings.append(i)
                is_ended = False
        return tuple(openings)

    @cached_property
    def clauses(self) -> tuple[int, ...]:
        """Where clauses begin, in characters: at commas, dashes, conjunctions and new sentences."""
        bounds = {i for i, form in enumerate(self.forms) if form in _CLAUSE_BOUNDS}
        return tuple(self.starts[word] for word in sorted(bounds.union(self.sentences)))

    def sentence(self, word: int) -> tuple[int, int]:
        """The first word of the word's sentence, and the one after its last."""
        i = bisect(self.sentences, word)
        last = self.sentences[i] if i < len(self.sentences) else len(self.forms)
        return self.sentences[i - 1], last

    def is_name(self, word: int) -> bool:
        """Whether it has a capital within a sentence, as in "Committee on Economic Cooperation"."""
        start = self.starts[word]
        return (
            self.text[start].isupper()
            and word not in self.sentences
            and self.text[start - 1] not in _QUOTES
        )

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The character offsets of words start to end."""
        return self.starts[start], self.starts[end - 1] + self.lengths[end - 1]


class Reader:
    """Cuts texts into words by spaCy's English tokeniser and the rule of its sentence splitter.

    Lemmas come from spaCy's lookup table by lower case: the table itself knows no capitals.
    """

    def __init__(self) -> None:
        self._cuts = _Cuts(spacy.blank("en").tokenizer)

    def read(self, texts: Iterable[str]) -> Iterator[Words]:
        """The words of each text, in order."""
        return map(self.words, texts)

    def words(self, text: str) -> Words:
        text = _plain(text)
        pieces = text.split(" ")
        if pieces != text.split():  # spaCy makes words of all other whitespace
            return _words(text, self._cuts.cut(text))
        if len(self._cuts) > _MAX_CUTS:
            self._cuts.clear()
        return _words(text, itertools.chain.from_iterable(map(self._cuts.__getitem__, pieces)))


def _words(text: str, cuts: Iterable[Cut]) -> Words:
    columns = tuple(zip(*cuts, strict=True))
    if not columns:
        return Words(text)
    forms, lemmas, lengths, steps = columns
    return Words(text, forms, lemmas, lengths, tuple(itertools.accumulate(steps[:-1], initial=0)))


class _Cuts(dict[str, tuple[Cut, ...]]):
    """The words of each piece between spaces, which the tokeniser cuts by itself whatever is round
    it; plain tuples, for walking over spaCy's tokens costs more than all matching."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__()
        self._tokenizer = tokenizer
        self._lemmas = _Lemmas(_NOT_LEMMAS)

    def __missing__(self, piece: str) -> tuple[Cut, ...]:
        cuts = self.cut(piece)
        if len(piece) < _LONG:
            self[piece] = cuts
        return cuts

    def cut(self, text: str) -> tuple[Cut, ...]:
        """The words of a text or piece, as if a space followed it."""
        doc = self._tokenizer(text)
        starts = [*(token.idx for token in doc), len(text) + 1]
        forms = [token.lower_ for token in doc]
        return tuple(
            Cut(form, self._lemmas[form], len(token), end - start)
            for token, form, (start, end) in zip(
                doc, forms, itertools.pairwise(starts), strict=True
            )
        )


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
