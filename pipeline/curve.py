"""A learning curve of tone: would more labels help, or better rules?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from pipeline.gold import contexts
from pipeline.intervals import SEED
from pipeline.labelling import Labeller
from pipeline.problems import InputError, Problem

N_FOLDS = 5
STEPS = (0.125, 0.25, 0.5, 0.75, 1.0)
_NEEDED = "100 statements with a tone, of 10 documents"  # at first a tenth is learned from
_LEAST_USES = 3  # statements in which a word must stand
_WORDS_WEIGHT = 0.5  # of 0.25, 0.5 and 1 the best in cross-validation beside the rules


def learning_curve(gold: pd.DataFrame, *, labeller: Labeller, path: Path) -> list[dict[str, Any]]:
    """Tone macro F1 on documents not learned from, by how many documents were learned from.

    Each point: n_documents, n_statements (both on average over the folds), and the macro F1 of
    `words` (logistic regression on words and pairs of words), of `words_and_rules` (the same
    beside the tone that the rules give) and of `rules` alone, which learn nothing.
    Raises InputError for `path`, the file of the statements, where they are too few to learn from.
    """
    gold = gold[gold["tone"] != ""].reset_index(drop=True)
    documents = np.asarray(contexts(gold["document"]))
    if not _is_enough(gold, documents):
        n = f"statements with a tone: {len(gold)}, documents: {len(set(documents))}"
        what = f"too few to learn from ({n})"
        raise InputError([Problem(str(path), 1, f"{what}; label {_NEEDED} at least")])
    labels = list(labeller.label(gold["text"]))
    rules = csr_matrix(np.array([_signs(found.tone) for found in labels]))
    ruled = f1_score(gold["tone"], [found.tone_label for found in labels], average="macro")
    return [
        _point(gold, documents, rules=rules, share=share) | {"rules": float(ruled)}
        for share in STEPS
    ]


def _point(
    gold: pd.DataFrame, documents: np.ndarray, *, rules: csr_matrix, share: float
) -> dict[str, Any]:
    found = np.full((2, len(gold)), "", dtype=object)
    sizes = []
    for learned, tested in _parts(documents, share=share):
        sizes.append((len(set(documents[learned])), len(learned)))
        found[:, tested] = _predicted(gold, rules, learned=learned, tested=tested)
    words, both = (float(f1_score(gold["tone"], row, average="macro")) for row in found)
    n_documents, n_statements = (round(float(np.mean(n))) for n in zip(*sizes, strict=True))
    return {
        "n_documents": n_documents,
        "n_statements": n_statements,
        "words": words,
        "words_and_rules": both,
    }


def _parts(documents: np.ndarray, *, share: float) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The statements learned from, of that share of the other documents, and those tested on."""
    folds = GroupKFold(min(N_FOLDS, len(set(documents))))
    for learned, tested in folds.split(documents, groups=documents):
        names = np.unique(documents[learned])
        kept = np.random.default_rng(SEED).permutation(names)[: max(2, round(share * len(names)))]
        yield learned[np.isin(documents[learned], kept)], tested


def _is_enough(gold: pd.DataFrame, documents: np.ndarray) -> bool:
    """Whether each of the smallest parts has two tones, and a word in enough of its statements."""
    if len(set(documents)) < 2:
        return False
    words = CountVectorizer().build_analyzer()
    texts = [set(words(text)) for text in gold["text"]]
    for learned, _ in _parts(documents, share=STEPS[0]):
        n_uses = Counter(word for i in learned for word in texts[i])
        if max(n_uses.values(), default=0) < _LEAST_USES or gold["tone"][learned].nunique() < 2:
            return False
    return True


def _predicted(
    gold: pd.DataFrame, rules: csr_matrix, *, learned: np.ndarray, tested: np.ndarray
) -> np.ndarray:
    """Tones of the tested statements: by words alone, and by words beside the rules."""
    vectors = CountVectorizer(ngram_range=(1, 2), min_df=_LEAST_USES, binary=True)
    known = vectors.fit_transform(gold["text"].iloc[learned]) * _WORDS_WEIGHT
    new = vectors.transform(gold["text"].iloc[tested]) * _WORDS_WEIGHT
    tones = gold["tone"].iloc[learned]
    both = hstack([rules[learned], known]), hstack([rules[tested], new])
    return np.array([_fitted(*pair, tones=tones) for pair in ((known, new), both)])


def _fitted(known: csr_matrix, new: csr_matrix, *, tones: pd.Series) -> np.ndarray:
    return LogisticRegression(max_iter=1000).fit(known, tones).predict(new)


def _signs(tone: float) -> Sequence[float]:
    return tone, max(tone, 0.0), float(tone > 0), float(tone < 0)
