"""95 % intervals: of shares, of means, of differences between two groups, of any figure.

Statements of one document hang together, so what varies is documents, not statements (Field and
Welsh 2007). A mean over statements is a ratio of two sums over documents; its error is that of the
jackknife, which leaves out each document in turn (Efron and Stein 1981): a document's residue is
(sum - mean * n) / (N - n), with N the statements of all. So its sum and n are scaled by N - n, and
of these, v and m, no more is needed than sums of products: what is given here is one row a mean,
however many documents stand behind it.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

SEED = 1945
N_DRAWS = 1000  # the bounds of an interval of F1 then move by less than 0.01 from seed to seed
Z95 = 1.959964
ONE = ("m", "v")  # of a document: its n and its sum, over the statements of all others
PAIR = (*ONE, "m_2", "v_2")  # and those of a second group
_LEVEL = 0.975


class Interval(NamedTuple):
    """A figure and its 95 % interval; nan bounds where the data do not allow one."""

    value: float
    low: float
    high: float


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
    return _bounded(difference, lower, upper)


def products_of(names: Sequence[str]) -> list[tuple[str, str, str]]:
    """The products whose sums over documents are needed: name and both columns, each pair once."""
    return [
        (f"{one}_x_{other}", one, other)
        for place, one in enumerate(names)
        for other in names[place:]
    ]


def mean_intervals(groups: pd.DataFrame) -> pd.DataFrame:
    """Means over statements with 95 % intervals over documents, Student's t by their number.

    groups: a row a mean; columns: the sums over documents of n (statements), of sum and sq (of
    their values, and of the squares of these) and of the products of m and v, as products_of
    names them; and documents, their number. Where there is one document, nothing is known of
    others: its statements are the units (Student 1908). Returns value, low, high; the index stays.
    """
    n, documents = groups["n"], groups["documents"]
    value = groups["sum"] / n.where(n > 0)
    residues = (groups["v_x_v"] - 2 * value * groups["m_x_v"] + value**2 * groups["m_x_m"]).clip(
        lower=0
    )
    freedom = (documents - 1).where(documents > 1)
    by_documents = np.sqrt(residues * freedom / documents)
    by_statements = np.sqrt(_variance(n, value, groups["sq"]) / n)
    is_single = documents < 2
    error = by_documents.where(~is_single, by_statements)
    half = error * stats.t.ppf(_LEVEL, freedom.where(~is_single, (n - 1).where(n > 1)))
    return pd.DataFrame({"value": value, "low": value - half, "high": value + half})


def mean_differences(groups: pd.DataFrame) -> pd.DataFrame:
    """Means of the first group less those of the second, with 95 % intervals over documents.

    groups: a row a difference; columns: those of mean_intervals for both groups, the second's with
    _2 behind the name, and the products across. Documents in which both groups speak count once
    for both, as what is said on one day hangs together. Student's t is taken for the smaller number
    of documents, the cautious end of what Welch (1947) allows. Where a group has one document only,
    statements are the units. Returns difference, low, high, is_clear.
    """
    one, other, error, smaller = _difference(groups)
    variances = [
        _variance(groups[n], mean, groups[sq]) / groups[n]
        for n, mean, sq in (("n", one, "sq"), ("n_2", other, "sq_2"))
    ]
    total = variances[0] + variances[1]
    freedom = total.where(total > 0) ** 2 / (
        variances[0] ** 2 / (groups["n"] - 1) + variances[1] ** 2 / (groups["n_2"] - 1)
    )
    freedom = freedom.where(total > 0, groups[["n", "n_2"]].min(axis=1) - 1)
    is_single = smaller < 2
    error = error.where(~is_single, np.sqrt(total))
    half = error * stats.t.ppf(_LEVEL, (smaller - 1).where(~is_single, freedom))
    return _bounded(one - other, one - other - half, one - other + half)


def share_differences(groups: pd.DataFrame) -> pd.DataFrame:
    """Shares of the first group less those of the second, with 95 % intervals over documents.

    groups: as for mean_differences, n being the statements, sum the hits among them. Where a group
    has one document, statements are the units (Newcombe 1998). Returns difference, low, high,
    is_clear; nan where a group has no statements.
    """
    one, other, error, smaller = _difference(groups)
    plain = share_difference(
        groups["sum"], groups["n"].where(groups["n"] > 0),
        other_hits=groups["sum_2"], other_total=groups["n_2"].where(groups["n_2"] > 0),
    )  # fmt: skip
    half = error * stats.t.ppf(_LEVEL, (smaller - 1).where(smaller > 1))
    wide = _bounded(one - other, one - other - half, one - other + half)
    return wide.where(smaller > 1, plain).astype(plain.dtypes)


@lru_cache(maxsize=8)
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


def _difference(groups: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series, pd.Series]:
    """Both means, the standard error of their difference, the smaller number of documents."""
    n, n_2 = (groups[name].where(groups[name] > 0).astype(float) for name in ("n", "n_2"))
    one, other = groups["sum"] / n, groups["sum_2"] / n_2
    smaller = groups[["documents", "documents_2"]].min(axis=1)
    residues = (
        groups["v_x_v"] - 2 * one * groups["m_x_v"] + one**2 * groups["m_x_m"]
        + groups["v_2_x_v_2"] - 2 * other * groups["m_2_x_v_2"] + other**2 * groups["m_2_x_m_2"]
        - 2 * (groups["v_x_v_2"] - other * groups["v_x_m_2"] - one * groups["m_x_v_2"]
               + one * other * groups["m_x_m_2"])
    ).clip(lower=0)  # fmt: skip
    return one, other, np.sqrt(residues * ((smaller - 1) / smaller).where(smaller > 1)), smaller


def _variance(n: pd.Series, mean: pd.Series, squares: pd.Series) -> pd.Series:
    """The variance of single values, from their number, mean and sum of squares."""
    return (squares - n * mean**2).clip(lower=0) / (n - 1).where(n > 1)


def _bounded(difference: pd.Series, low: pd.Series, high: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {"difference": difference, "low": low, "high": high, "is_clear": (low > 0) | (high < 0)}
    )
