"""95 % intervals: of shares, of means, of differences between two groups, of any figure.

Statements of one document hang together, so what is drawn anew in a bootstrap is documents, not
statements (Field and Welsh 2007). Draws are seeded: the same data give the same interval.
"""

from collections.abc import Callable
from functools import lru_cache
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


def share_differences(
    hits: pd.DataFrame,
    totals: pd.Series,
    *,
    other_hits: pd.DataFrame,
    other_totals: pd.Series,
    seed: int = SEED,
    n_draws: int = N_DRAWS,
) -> pd.DataFrame:
    """Shares of one group less those of another, a row a theme, with 95 % intervals.

    hits: documents × themes, totals: statements by document; index: the documents. As with means,
    documents are drawn, and one in which both groups speak is drawn for both at once. Where a group
    has one document, nothing is known of others: statements are the units (Newcombe 1998).
    Columns: those of share_difference; the row of a group without statements is nan.
    """
    sums = [hits.sum(), other_hits.sum()]
    sizes = [pd.Series(float(n.sum()) or np.nan, hits.columns) for n in (totals, other_totals)]
    plain = share_difference(sums[0], sizes[0], other_hits=sums[1], other_total=sizes[1])
    smaller = min(len(totals), len(other_totals))
    if smaller < 2:
        return plain
    documents = totals.index.union(other_totals.index)
    weights = document_weights(len(documents), seed=seed, n_draws=n_draws)
    drawn = [
        (weights @ part.reindex(documents, fill_value=0.0).to_numpy(float))
        for part in (hits, totals.to_frame(), other_hits, other_totals.to_frame())
    ]
    is_full = (drawn[1][:, 0] > 0) & (drawn[3][:, 0] > 0)
    hits_drawn, n_drawn, other_drawn, n_other_drawn = (part[is_full] for part in drawn)
    spread = hits_drawn / n_drawn - other_drawn / n_other_drawn
    error = spread.std(axis=0, ddof=1) * np.sqrt(smaller / (smaller - 1))
    half = float(stats.t.ppf(_LEVEL, smaller - 1)) * error
    low, high = plain["difference"] - half, plain["difference"] + half
    return plain.assign(low=low, high=high, is_clear=(low > 0) | (high < 0))


def mean_interval(
    values: pd.Series, *, documents: pd.Series, seed: int = SEED, n_draws: int = N_DRAWS
) -> Interval:
    """The mean of statements' values with its 95 % interval, as mean_of_sums gives it."""
    return mean_of_sums(_sums(values, documents), seed=seed, n_draws=n_draws)


def mean_of_sums(sums: pd.DataFrame, *, seed: int = SEED, n_draws: int = N_DRAWS) -> Interval:
    """A mean over statements with a 95 % interval by cluster bootstrap over documents.

    sums: a row a document, with columns sum, n and sum_sq of its statements' values. Bounds are the
    bootstrap's standard error times Student's t for the number of documents, as its percentiles are
    too narrow when documents are few (Cameron, Gelbach and Miller 2008). Where there is one
    document, nothing is known of others: its statements are the units (Student 1908).
    """
    total, n, squares = (float(sums[name].sum()) for name in ("sum", "n", "sum_sq"))
    value = total / n if n else np.nan
    if len(sums) > 1:
        weights = document_weights(len(sums), seed=seed, n_draws=n_draws)
        means = (weights @ sums["sum"].to_numpy()) / (weights @ sums["n"].to_numpy())
        return _around(value, error=_error(means, n=len(sums)), freedom=len(sums) - 1)
    if n < 2:
        return Interval(value, np.nan, np.nan)
    variance = max(squares - n * value**2, 0.0) / (n - 1)
    return _around(value, error=float(np.sqrt(variance / n)), freedom=n - 1)


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
    what Welch (1947) allows. Where a group has one document only, statements are the units.
    """
    pairs = [_sums(values, documents), _sums(others, other_documents)]
    one, other = (sums["sum"].sum() / sums["n"].sum() if len(sums) else np.nan for sums in pairs)
    if min(map(len, pairs)) < 2:
        return _of_statements(np.asarray(values, float), np.asarray(others, float))
    both = pd.concat(pairs, axis=1, keys=["one", "other"]).fillna(0.0)
    weights = document_weights(len(both), seed=seed, n_draws=n_draws)
    drawn = {key: weights @ both[key][["sum", "n"]].to_numpy() for key in ("one", "other")}
    is_full = (drawn["one"][:, 1] > 0) & (drawn["other"][:, 1] > 0)
    means = [drawn[key][is_full, 0] / drawn[key][is_full, 1] for key in ("one", "other")]
    smaller = min(map(len, pairs))
    error = _error(means[0] - means[1], n=smaller)
    return _around(one - other, error=error, freedom=smaller - 1)


@lru_cache(maxsize=256)
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


def _sums(values: pd.Series, documents: pd.Series) -> pd.DataFrame:
    """Sum, number and sum of squares of the values by document."""
    plain = pd.Series(np.asarray(values, float))
    rows = pd.DataFrame({"sum": plain, "n": 1.0, "sum_sq": plain**2})
    return rows.groupby(np.asarray(documents)).sum()


def _of_statements(one: np.ndarray, other: np.ndarray) -> Interval:
    if not (len(one) and len(other)):
        return Interval(np.nan, np.nan, np.nan)
    difference = float(one.mean() - other.mean())
    if min(len(one), len(other)) < 2:
        return Interval(difference, np.nan, np.nan)
    variances = [float(group.var(ddof=1) / len(group)) for group in (one, other)]
    freedom = _freedom(variances, [len(one), len(other)])
    return _around(difference, error=float(np.sqrt(sum(variances))), freedom=freedom)


def _error(drawn: np.ndarray, *, n: int) -> float:
    """The standard error, freed of the bootstrap's bias in small samples."""
    return float(drawn.std(ddof=1) * np.sqrt(n / (n - 1)))


def _freedom(variances: list[float], sizes: list[int]) -> float:
    """Degrees of freedom of a difference between groups of unequal variance (Welch 1947)."""
    total = sum(variances)
    if not total:
        return float(min(sizes) - 1)
    return total**2 / sum(v**2 / (size - 1) for v, size in zip(variances, sizes, strict=True))


def _around(value: float, *, error: float, freedom: float) -> Interval:
    half = float(stats.t.ppf(_LEVEL, freedom)) * error
    return Interval(float(value), float(value - half), float(value + half))
