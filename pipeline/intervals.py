"""95 % intervals: of shares, of means, of differences between two groups, of any figure.

Statements of one document hang together, so what varies is documents, not statements (Field and
Welsh 2007). A mean over statements is a ratio of two sums over documents; its error is that of the
jackknife, which leaves out each document in turn (Efron and Stein 1981): a document's residue is
(sum - mean * n) / (N - n), with N the statements of all. So its sum and n are scaled by N - n, and
of these, v and m, no more is needed than sums of products: what is given here is one row a mean,
however many documents stand behind it.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype
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
    low, high = _wilson(_floats(n_hits), _floats(n_total))
    return pd.Series(low, n_hits.index), pd.Series(high, n_hits.index)


def share_difference(
    n_hits: pd.Series, n_total: pd.Series, *, other_hits: pd.Series, other_total: pd.Series
) -> pd.DataFrame:
    """First share less the other, with its 95 % interval (Newcombe 1998, method 10).

    Totals must be above 0. Columns: difference, low, high, is_clear.
    """
    counts = map(_floats, (n_hits, n_total, other_hits, other_total))
    return _bounded(*_newcombe(*counts), index=n_hits.index)


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
    own = _columns(groups)
    n, documents = own["n"], own["documents"]
    with np.errstate(divide="ignore", invalid="ignore"):
        value = own["sum"] / _known(n, n > 0)
        residues = own["v_x_v"] - 2 * value * own["m_x_v"] + value**2 * own["m_x_m"]
        freedom = _known(documents - 1, documents > 1)
        by_documents = np.sqrt(np.maximum(residues, 0) * freedom / documents)
        by_statements = np.sqrt(_variance(n, value, own["sq"]) / n)
        is_single = documents < 2
        error = np.where(is_single, by_statements, by_documents)
        freedom = np.where(is_single, _known(n - 1, n > 1), freedom)
        half = error * stats.t.ppf(_LEVEL, freedom)
    bounds = {"value": value, "low": value - half, "high": value + half}
    return pd.DataFrame(bounds, index=groups.index)


def mean_differences(groups: pd.DataFrame) -> pd.DataFrame:
    """Means of the first group less those of the second, with 95 % intervals over documents.

    groups: a row a difference; columns: those of mean_intervals for both groups, the second's with
    _2 behind the name, and the products across. Documents in which both groups speak count once
    for both, as what is said on one day hangs together. Student's t is taken for the smaller number
    of documents, the cautious end of what Welch (1947) allows. Where a group has one document only,
    statements are the units. Returns difference, low, high, is_clear.
    """
    own = _columns(groups)
    n, n_2 = own["n"], own["n_2"]
    one, other, error, smaller = _difference(own)
    with np.errstate(divide="ignore", invalid="ignore"):
        first = _variance(n, one, own["sq"]) / n
        second = _variance(n_2, other, own["sq_2"]) / n_2
        total = first + second
        freedom = total**2 / (first**2 / (n - 1) + second**2 / (n_2 - 1))
        freedom = np.where(total > 0, freedom, np.fmin(n, n_2) - 1)
        is_single = smaller < 2
        error = np.where(is_single, np.sqrt(total), error)
        half = error * stats.t.ppf(_LEVEL, np.where(is_single, freedom, smaller - 1))
    difference = one - other
    return _bounded(difference, difference - half, difference + half, index=groups.index)


def share_differences(groups: pd.DataFrame) -> pd.DataFrame:
    """Shares of the first group less those of the second, with 95 % intervals over documents.

    groups: as for mean_differences, n being the statements, sum the hits among them. Where a group
    has one document, statements are the units (Newcombe 1998). Returns difference, low, high,
    is_clear; nan where a group has no statements.
    """
    own = _columns(groups)
    n, n_2 = (_known(own[name], own[name] > 0) for name in ("n", "n_2"))
    one, other, error, smaller = _difference(own)
    plain = _newcombe(own["sum"], n, own["sum_2"], n_2)
    half = error * stats.t.ppf(_LEVEL, _known(smaller - 1, smaller > 1))
    wide = one - other, one - other - half, one - other + half
    found = (np.where(smaller > 1, *both) for both in zip(wide, plain, strict=True))
    return _bounded(*found, index=groups.index)


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


def _difference(own: Mapping[str, np.ndarray]) -> tuple[np.ndarray, ...]:
    """Both means, the standard error of their difference, the smaller number of documents."""
    n, n_2 = (_known(own[name], own[name] > 0) for name in ("n", "n_2"))
    one, other = own["sum"] / n, own["sum_2"] / n_2
    smaller = np.fmin(own["documents"], own["documents_2"])
    residues = (
        own["v_x_v"] - 2 * one * own["m_x_v"] + one**2 * own["m_x_m"]
        + own["v_2_x_v_2"] - 2 * other * own["m_2_x_v_2"] + other**2 * own["m_2_x_m_2"]
        - 2 * (own["v_x_v_2"] - other * own["v_x_m_2"] - one * own["m_x_v_2"]
               + one * other * own["m_x_m_2"])
    )  # fmt: skip
    several = _known(smaller, smaller > 1)
    return one, other, np.sqrt(np.maximum(residues, 0) * ((several - 1) / several)), smaller


def _wilson(hits: np.ndarray, total: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    z2 = Z95**2
    with np.errstate(divide="ignore", invalid="ignore"):
        share = hits / total
        centre = (share + z2 / (2 * total)) / (1 + z2 / total)
        half = Z95 * np.sqrt(share * (1 - share) / total + z2 / (4 * total**2))
        half = half / (1 + z2 / total)
    return np.maximum(centre - half, 0), np.minimum(centre + half, 1)


def _newcombe(
    hits: np.ndarray, total: np.ndarray, other_hits: np.ndarray, other_total: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The difference of two shares and the bounds of its interval."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share, other = hits / total, other_hits / other_total
    low, high = _wilson(hits, total)
    other_low, other_high = _wilson(other_hits, other_total)
    difference = share - other
    lower = difference - np.sqrt((share - low) ** 2 + (other_high - other) ** 2)
    upper = difference + np.sqrt((high - share) ** 2 + (other - other_low) ** 2)
    return difference, lower, upper


def _variance(n: np.ndarray, mean: np.ndarray, squares: np.ndarray) -> np.ndarray:
    """The variance of single values, from their number, mean and sum of squares."""
    return np.maximum(squares - n * mean**2, 0) / _known(n - 1, n > 1)


def _bounded(
    difference: np.ndarray, low: np.ndarray, high: np.ndarray, *, index: pd.Index
) -> pd.DataFrame:
    is_clear = (low > 0) | (high < 0)
    columns = {"difference": difference, "low": low, "high": high, "is_clear": is_clear}
    return pd.DataFrame(columns, index=index)


def _columns(groups: pd.DataFrame) -> dict[str, np.ndarray]:
    """The columns of numbers as arrays: of few rows pandas makes hard work."""
    return {
        str(name): _floats(column)
        for name, column in groups.items()
        if is_numeric_dtype(column.dtype)
    }


def _floats(column: pd.Series) -> np.ndarray:
    return column.to_numpy(float, na_value=np.nan)


def _known(values: np.ndarray, is_known: np.ndarray) -> np.ndarray:
    """The values, nan where they are not known."""
    return np.where(is_known, values, np.nan)
