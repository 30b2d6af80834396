"""Topics that the machine finds by itself: non-negative matrix factorisation of term weights.

Source: Lee and Seung (1999), as scikit-learn's NMF; deterministic start (NNDSVDa) and seed.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

N_TOPICS = 14  # as many as there are themes by hand, so that the two can be laid side by side
N_TERMS = 10
MIN_SHARE = 0.2  # a topic that explains less than a fifth of a statement is noise in its label
_MIN_STATEMENTS = 2 * N_TOPICS  # fewer statements than that are not enough to tell topics apart


class Topic(NamedTuple):
    """One topic; `terms` strongest first."""

    topic_id: str
    label: str
    terms: tuple[str, ...]


class Topics(NamedTuple):
    """Topics, and for each text its (topic_id, share of the text's weight, 0…1)."""

    topics: tuple[Topic, ...]
    shares: tuple[tuple[tuple[str, float], ...], ...]


def find_topics(texts: Sequence[str], *, stop_words: Iterable[str] = ()) -> Topics:
    """The same topics on every run; none for too few texts. `stop_words`: e.g. speakers' names."""
    if len(texts) < _MIN_STATEMENTS:
        return Topics((), tuple(() for _ in texts))
    vectorizer = TfidfVectorizer(
        lowercase=True,
        token_pattern=r"[^\W\d_][\w’'-]{2,}",
        stop_words=sorted({*ENGLISH_STOP_WORDS, *(word.lower() for word in stop_words)}),
        ngram_range=(1, 2),
        min_df=3,
        max_df=0.2,
        sublinear_tf=True,
    )
    try:
        weights = vectorizer.fit_transform(texts)
    except ValueError:  # no term is in three texts
        return Topics((), tuple(() for _ in texts))
    model = NMF(
        n_components=min(N_TOPICS, *weights.shape), init="nndsvda", random_state=0, max_iter=1000
    )
    loadings = model.fit_transform(weights)
    terms = vectorizer.get_feature_names_out()
    topics = tuple(_topic(i, row, terms) for i, row in enumerate(model.components_, start=1))
    return Topics(topics, tuple(_shares(row, topics) for row in loadings))


def _topic(number: int, row: np.ndarray, terms: np.ndarray) -> Topic:
    strongest = _distinct([str(terms[i]) for i in np.argsort(-row, kind="stable")[:50]])
    return Topic(f"{number:02d}", " · ".join(strongest[:3]), tuple(strongest[:N_TERMS]))


def _distinct(terms: Sequence[str]) -> list[str]:
    """Terms of which none is part of a stronger one, so that a label says three things."""
    kept: list[str] = []
    for term in terms:
        words = set(term.split())
        if not any(words & set(other.split()) for other in kept):
            kept.append(term)
    return kept


def _shares(row: np.ndarray, topics: Sequence[Topic]) -> tuple[tuple[str, float], ...]:
    total = row.sum()
    if total <= 0:
        return ()
    shares = np.round(row / total, 4)
    return tuple(
        (topic.topic_id, float(share))
        for topic, share in zip(topics, shares, strict=True)
        if share >= MIN_SHARE
    )
