"""Documents that say the same thing twice: much of the shorter one's wording is in the other.

Wording is compared by shingles, runs of five words (Broder 1997), hashed into a sparse matrix; the
measure is containment: shared shingles over those of the shorter text, so that an excerpt counts.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer

N_WORDS = 5
SAME_TEXT = 0.50  # see _evidence in docs/adr/0002-importing.md
MIN_SHINGLES = 20  # fewer make no document: two greetings are not the same thing said twice
_MAX_USES = (
    100  # a shingle of more documents is a phrase of the trade: "on behalf of the people of"
)
_BLOCK = 500  # texts compared at once: bounds memory


class Duplicate(NamedTuple):
    """Two texts by their places, and the part of the shorter one that is in the other, 0…1."""

    first: int
    second: int
    share: float


def shingles_of(texts: Sequence[str]) -> csr_matrix:
    """One row a text, a 1 for each of its shingles."""
    vectorizer = HashingVectorizer(
        ngram_range=(N_WORDS, N_WORDS),
        token_pattern=r"\w+",
        n_features=2**22,
        binary=True,
        norm=None,
        alternate_sign=False,
        dtype=np.float32,
    )
    return vectorizer.transform(texts)


def near_duplicates(texts: Sequence[str], *, threshold: float = SAME_TEXT) -> Iterator[Duplicate]:
    """All pairs of texts from the threshold on, in order."""
    shingles = _distinctive(shingles_of(texts))
    for start in range(0, len(texts), _BLOCK):
        for row, column, share in _shares(shingles[start : start + _BLOCK], shingles, threshold):
            if start + row < column:
                yield Duplicate(start + row, column, share)


def most_alike(text: str, others: csr_matrix) -> Duplicate | None:
    """The other text that says the same as this one, if any does; `first` is 0 for this one."""
    found = _shares(shingles_of([text]), others, SAME_TEXT)
    best = max(found, key=lambda pair: pair[2], default=None)
    return Duplicate(*best) if best else None


def _shares(some: csr_matrix, others: csr_matrix, threshold: float) -> list[tuple[int, int, float]]:
    n_some, n_others = (np.asarray(m.sum(axis=1)).ravel() for m in (some, others))
    shared = (some @ others.T).tocoo()
    least = np.minimum(n_some[shared.row], n_others[shared.col])
    share = shared.data / np.maximum(least, 1)
    is_pair = (share >= threshold) & (least >= MIN_SHINGLES)
    rows = zip(shared.row[is_pair], shared.col[is_pair], share[is_pair], strict=True)
    return sorted((int(row), int(column), round(float(part), 3)) for row, column, part in rows)


def _distinctive(shingles: csr_matrix) -> csr_matrix:
    """The matrix without the shingles that many texts share."""
    n_uses = np.asarray(shingles.sum(axis=0)).ravel()
    return csr_matrix(shingles[:, np.flatnonzero((n_uses > 1) & (n_uses <= _MAX_USES))])
