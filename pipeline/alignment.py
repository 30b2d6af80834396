"""What a statement repeats or rewords: pairs of statements that make the same point.

Similarity is the mean of two cosines of TF-IDF vectors: of words and of character n-grams within
words. On the pairs judged by hand (data/gold/pairs.csv) their order is as good as that of either
alone (average precision 0.87; words 0.86, characters 0.87), better than that of latent semantic
analysis (0.74 to 0.82 with 50 to 300 dimensions) or of a logistic regression over all of these
(0.86, ten-fold), and F1 at the best threshold is the highest: 0.81.
"""

import difflib
import itertools
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction.text import (
    ENGLISH_STOP_WORDS,
    CountVectorizer,
    TfidfTransformer,
)
from sparse_dot_topn import sp_matmul_topn

# From which similarity two statements make the same point. On the judged pairs F1 is as high from
# 0.30 (0.79) to 0.32 (0.80) and falls to 0.76 at 0.35; the pairs were drawn evenly, and weighted by
# how often each similarity occurs precision rises from 0.64 to 0.71 between the two.
SAME_POINT = 0.32
SAME_WORDS = 0.80  # part of the words that stay in order when a statement counts as repeated
CHANGES = ("repeated", "reworded")
# Pairs are looked for among texts whose words alone are as alike as this, so many to a text. That
# loses none of the 583 pairs in the bundled documents, and 0.4 % of 13,741 in 9,414 statements of
# speeches on one theme, for a third of the candidates that 0.15 gives.
_WORDS_ALIKE = 0.20
_N_CANDIDATES = 30
_ROUNDING = 1e-4  # more than two ways of adding up a cosine can differ by
_AT_ONCE = 20_000  # pairs measured at once: bounds memory to some 200 MB
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")


class Pair(NamedTuple):
    """Two texts that make the same point, by their places; change: repeated or reworded."""

    later: int
    earlier: int
    similarity: float
    change: str


class Comparer:
    """Measures how alike texts are, by how rare their words and letters are in a sample."""

    def __init__(self, sample: Sequence[str]) -> None:
        words = CountVectorizer(
            stop_words=sorted(ENGLISH_STOP_WORDS),
            token_pattern=r"[^\W_][\w'’\-]+",
            dtype=np.float32,
        )
        letters = CountVectorizer(analyzer="char_wb", ngram_range=(3, 5), dtype=np.float32)
        pieces = _Pieces.of(sample, known={})
        self._known = {piece: number for number, piece in enumerate(pieces.new)}
        self._words, self._letters = _Weights(words, pieces), _Weights(letters, pieces)

    def words(self, texts: Sequence[str]) -> csr_matrix:
        """One row a text; the product of two rows is the cosine of their words."""
        return self._words.vectors(_Pieces.of(texts, known=self._known))

    def similarities(
        self, texts: Sequence[str], one: Sequence[int], other: Sequence[int]
    ) -> np.ndarray:
        """How alike the texts at places `one` and `other` are, pair by pair, 0…1."""
        used, places = np.unique(np.concatenate([one, other]), return_inverse=True)
        left, right = np.split(places, 2)
        pieces = _Pieces.of([texts[i] for i in used], known=self._known)
        vectors = self._words.vectors(pieces), self._letters.vectors(pieces)
        parts = [
            np.mean(
                [_cosines(of, left[i : i + _AT_ONCE], right[i : i + _AT_ONCE]) for of in vectors],
                axis=0,
            )
            for i in range(0, len(left), _AT_ONCE)
        ]
        return np.clip(np.concatenate([*parts, []]), 0, 1)


def find_pairs(
    comparer: Comparer,
    texts: Sequence[str],
    words: csr_matrix,
    *,
    at: np.ndarray | None = None,
    threshold: float = SAME_POINT,
    is_wanted: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None,
    most: int | None = None,
) -> Iterator[Pair]:
    """All pairs of texts from the threshold on.

    words: the texts' vectors of words; at: where the later one of a pair may stand, everywhere
    unless told. Of each later one the most similar earlier one comes first, and no more than `most`
    do. is_wanted: of places of later and of earlier texts, whether the pairs are to be measured.
    """
    rows = np.arange(len(texts)) if at is None else at
    if not len(rows):
        return
    alike = sp_matmul_topn(
        words[rows], words.T, top_n=_N_CANDIDATES, threshold=_WORDS_ALIKE
    ).tocoo()
    later, earlier = rows[alike.row], alike.col
    is_asked = earlier < later
    later, earlier = later[is_asked], earlier[is_asked]
    if is_wanted is not None:
        is_asked = is_wanted(later, earlier)
        later, earlier = later[is_asked], earlier[is_asked]
    if not len(later):
        return
    found = pd.DataFrame(
        {
            "later": later,
            "earlier": earlier,
            "similarity": comparer.similarities(texts, later, earlier),
        }
    )
    found = found[found["similarity"] >= threshold]
    found = found.assign(similarity=found["similarity"].round(4)).sort_values(
        ["later", "similarity", "earlier"], ascending=[True, False, True]
    )
    if most is not None:
        found = found.groupby("later").head(most)
    said = cache(lambda place: words_of(texts[place]))
    for i, j, similarity in found.itertuples(index=False):
        yield Pair(i, j, similarity, _change(said(j), said(i)))


def is_near_any(comparer: Comparer, words: csr_matrix, texts: Sequence[str]) -> np.ndarray:
    """Of each row of vectors of words, whether it is so near to a text that both are looked at."""
    if not texts or not words.shape[0]:
        return np.zeros(words.shape[0], dtype=bool)
    nearest = (words @ comparer.words(texts).T).max(axis=1)
    return np.asarray(nearest.todense()).ravel() >= _WORDS_ALIKE - _ROUNDING


def change_of(earlier: str, later: str) -> str:
    """repeated where nearly all words stay in order, else reworded."""
    return _change(words_of(earlier), words_of(later))


def _change(before: Sequence[str], after: Sequence[str]) -> str:
    least = SAME_WORDS * (len(before) + len(after)) / 2
    # the cheapest first: so many words can be the same at most, are in both, stay in order
    if min(len(before), len(after)) < least:
        return CHANGES[1]
    if (Counter(before) & Counter(after)).total() < least:
        return CHANGES[1]
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return CHANGES[0] if matcher.ratio() >= SAME_WORDS else CHANGES[1]


def words_of(text: str) -> list[str]:
    """The words of a text in small letters."""
    return [word.lower() for word in _WORD.findall(text)]


def one_to_one(pairs: pd.DataFrame) -> pd.DataFrame:
    """The most similar pairs such that no statement is in two; needs similarity and both ids."""
    ranked = pairs.sort_values(
        ["similarity", "statement_id", "earlier_id"], ascending=[False, True, True]
    )
    taken: set[str] = set()
    kept = []
    for row in ranked.itertuples():
        ids = {f"later {row.statement_id}", f"earlier {row.earlier_id}"}
        kept.append(not ids & taken)
        taken |= ids if kept[-1] else set()
    return ranked[np.array(kept, dtype=bool)]


def centralities(words: csr_matrix, members: Sequence[int]) -> np.ndarray:
    """For each member, its mean similarity to the other members, 0…1; 0 for a single one."""
    own = words[list(members)]
    if own.shape[0] < 2:
        return np.zeros(own.shape[0])
    sums = np.asarray(own @ own.sum(axis=0).T).ravel()
    selves = np.asarray(own.multiply(own).sum(axis=1)).ravel()
    return np.clip((sums - selves) / (own.shape[0] - 1), 0, 1)


class _Pieces(NamedTuple):
    """What stands between spaces in some texts, in small letters, and how often in which text.

    No word and no n-gram reaches beyond its piece, so those of each are counted once, however
    often it comes back. `new` are those not known before; `of_texts` has one row a text, one
    column a piece: first the known ones, then the new.
    """

    new: list[str]
    of_texts: csr_matrix

    @classmethod
    def of(cls, texts: Sequence[str], *, known: Mapping[str, int]) -> "_Pieces":
        """known: pieces and their columns."""
        columns: defaultdict[str, int] = defaultdict(itertools.count(len(known)).__next__, known)
        places, ends = array("i"), [0]
        for text in texts:
            places.extend(map(columns.__getitem__, text.lower().split()))
            ends.append(len(places))
        ones = np.ones(len(places), dtype=np.float32)
        of_texts = csr_matrix((ones, np.asarray(places), ends), shape=(len(texts), len(columns)))
        return cls([*columns][len(known) :], of_texts)


class _Weights:
    """TF-IDF of what a vectorizer counts, by how rare it is in a sample; rows of length one."""

    def __init__(self, vectorizer: CountVectorizer, sample: _Pieces) -> None:
        self._vectorizer, self._weights = vectorizer, TfidfTransformer(sublinear_tf=True)
        try:
            self._of_known = vectorizer.fit_transform(sample.new)
        except ValueError:  # no word in any text
            self._of_known = None
        else:
            self._weights.fit(sample.of_texts @ self._of_known)

    def vectors(self, pieces: _Pieces) -> csr_matrix:
        """One row a text."""
        if self._of_known is None:
            return csr_matrix((pieces.of_texts.shape[0], 1), dtype=np.float32)
        of_new = self._vectorizer.transform(pieces.new)
        counts = csr_matrix(pieces.of_texts @ vstack([self._of_known, of_new], format="csr"))
        counts.sort_indices()
        return csr_matrix(self._weights.transform(counts, copy=False))


def _cosines(vectors: csr_matrix, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Row by row."""
    return np.asarray(vectors[one].multiply(vectors[other]).sum(axis=1)).ravel()
