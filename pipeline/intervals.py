"""95 % intervals: of shares, of means, of differences between two groups, of any figure.

Statements of one document hang together, so what is drawn anew in a bootstrap is documents, not
statements (Field and Welsh 2007). Draws are seeded: the same data give the same interval.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

SEED = 1945
N_DRAWS = 1000  # the bounds of an interval of tone then move by less than 0.01 from seed to seed
_LEVEL = 0.975
Z95 = 1.959964


class Interval(NamedTuple):
    """A figure and its 95 % interval; nan bounds where the data do not allow one."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether zero lies outside: of a difference, whether there is one."""
        return self.low > 0 or self.high < 0


def wilson_interval(n_hits: pd.Series, n_total: pd.Series) -> tuple[pd.Series, pd.Series]:
    """95 % interval of a share (Wilson 1927); counts in, shares out. Totals must be above 0."""
    z2, share = Z95**2, n_hits / n_total
    centre = (share + z2 / (2 * n_total)) / (1 + z2 / n_total)
    half = Z95 * np.sqrt(share * (1 - share) / n_total + z2 / (4 * n_total**2))
    half = half / (1 + z2 / n_total)
    return (centre - half).clip(lower=0), (centre + half).clip(upper=1)


def share_difference(
    n_hits: pd.Series, n_total: pd.Series, *, other_hits: pd.Series, other_total: pd.Series
) -> pd.DataFrame:
    """First share less the other, with its 95 % interval (Newcombe 1998, method 10).

    Totals must be above 0. Columns: difference, low, high, is_clear.
    """
    share, other = n_hits / n_total, other_hits / other_total
    low, high = wilson_interval(n_hits, n_total)
    other_low, other_high = wilson_interval(other_hits, other_total)
    difference = share - other
    lower = difference - np.sqrt((share - low) ** 2 + (other_high - other) ** 2)
    upper = difference + np.sqrt((high - share) ** 2 + (other - other_low) ** 2)
    return pd.DataFrame(
        {
            "difference": difference,
            "low": lower,
            "high": upper,
            "is_clear": (lower > 0) | (upper < 0),
        }
    )


def mean_interval(
    values: pd.Series, *, documents: pd.Series, seed: int = SEED, n_draws: int = N_DRAWS
) -> Interval:
    """The mean of statements' values, with a 95 % interval by cluster bootstrap over documents.

    Bounds are the bootstrap's standard error times Student's t for the number of documents, as
    its percentiles are too narrow when documents are few (Cameron, Gelbach and Miller 2008). No
    interval for fewer than two documents.
    """
    sums = _sums(values, documents)
    n = len(sums.names)
    if n < 2:
        return Interval(sums.mean, np.nan, np.nan)
    weights = document_weights(n, seed=seed, n_draws=n_draws)
    means = (weights @ sums.totals) / (weights @ sums.numbers)
    return _around(sums.mean, error=_error(means, n=n), freedom=n - 1)


def mean_difference(
    values: pd.Series,
    *,
    documents: pd.Series,
    others: pd.Series,
    other_documents: pd.Series,
    seed: int = SEED,
    n_draws: int = N_DRAWS,
) -> Interval:
    """The mean of one group less that of another, with a 95 % interval by cluster bootstrap.

    A document in which both groups speak is drawn for both at once, as what is said on one day
    hangs together. Student's t is taken for the smaller number of documents, the cautious end of
    what Welch (1947) allows. No interval where a group has fewer than two.
    """
    pairs = [_sums(values, documents), _sums(others, other_documents)]
    value, sizes = pairs[0].mean - pairs[1].mean, [len(sums.names) for sums in pairs]
    if min(sizes) < 2:
        return Interval(value, np.nan, np.nan)
    names = np.union1d(*(sums.names for sums in pairs))
    weights = document_weights(len(names), seed=seed, n_draws=n_draws)
    means = [_drawn_means(weights, *sums.over(names)) for sums in pairs]
    drawn = means[0] - means[1]
    error = _error(drawn[~np.isnan(drawn)], n=min(sizes))
    return _around(value, error=error, freedom=min(sizes) - 1)


def document_weights(n_documents: int, *, seed: int = SEED, n_draws: int = N_DRAWS) -> np.ndarray:
    """How often each document (column) occurs in each draw (row), drawn with replacement."""
    draws = np.random.default_rng(seed)
    return draws.multinomial(n_documents, np.full(n_documents, 1 / n_documents), size=n_draws)


def figure_interval(
    counts: np.ndarray,
    figure: Callable[[np.ndarray], np.ndarray],
    *,
    seed: int = SEED,
    n_draws: int = N_DRAWS,
) -> Interval:
    """A figure computed from counts, with a 95 % percentile interval by cluster bootstrap.

    counts: documents × counts; figure: rows of summed counts → one value a row.
    """
    value = float(figure(counts.sum(axis=0, keepdims=True))[0])
    if len(counts) < 2:
        return Interval(value, np.nan, np.nan)
    drawn = figure(document_weights(len(counts), seed=seed, n_draws=n_draws) @ counts)
    low, high = np.quantile(drawn, [1 - _LEVEL, _LEVEL])
    return Interval(value, float(low), float(high))


class _Sums(NamedTuple):
    """By document, in the order of `names`: sum and number of values."""

    names: np.ndarray
    totals: np.ndarray
    numbers: np.ndarray

    @property
    def mean(self) -> float:
        return float(self.totals.sum() / self.numbers.sum()) if len(self.names) else np.nan

    def over(self, names: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Totals and numbers for all of the names, 0 where a name has none."""
        places = np.searchsorted(names, self.names)
        totals, numbers = np.zeros((2, len(names)))
        totals[places], numbers[places] = self.totals, self.numbers
        return totals, numbers


def _sums(values: pd.Series, documents: pd.Series) -> _Sums:
    names, places = np.unique(np.asarray(documents), return_inverse=True)
    totals = np.bincount(places, weights=np.asarray(values, float), minlength=len(names))
    return _Sums(names, totals, np.bincount(places, minlength=len(names)))


def _error(drawn: np.ndarray, *, n: int) -> float:
    """The standard error, freed of the bootstrap's bias in small samples."""
    return float(drawn.std(ddof=1) * np.sqrt(n / (n - 1)))


def _drawn_means(weights: np.ndarray, totals: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """The mean in each draw; nan where none of the group's documents was drawn."""
    n = weights @ numbers
    return np.divide(weights @ totals, n, out=np.full(len(n), np.nan), where=n > 0)


def _around(value: float, *, error: float, freedom: float) -> Interval:
    half = float(stats.t.ppf(_LEVEL, freedom)) * error
    return Interval(float(value), float(value - half), float(value + half))
