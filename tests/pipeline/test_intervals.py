"""Intervals hold what they promise: simulated 1,000 times, 95 % of them cover the truth."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pipeline.intervals import (
    figure_interval,
    mean_difference,
    mean_interval,
    share_difference,
    share_differences,
    wilson_interval,
)

N_SIMULATED = 1000
FEWER_DRAWS = 300  # enough for a standard error, quick enough for 1,000 intervals


@pytest.mark.parametrize("n", [20, 60, 200])
def test_the_interval_of_a_share_covers_it_in_95_of_100_draws(n):
    draws = np.random.default_rng(1)
    share = draws.uniform(0.05, 0.95, N_SIMULATED)
    low, high = wilson_interval(pd.Series(draws.binomial(n, share)), pd.Series([n] * N_SIMULATED))
    assert 0.93 <= ((low <= share) & (share <= high)).mean() <= 0.97


@pytest.mark.parametrize(("n", "n_other"), [(20, 30), (80, 120)])
def test_the_interval_of_a_difference_of_shares_covers_it(n, n_other):
    draws = np.random.default_rng(2)
    one, other = draws.uniform(0.05, 0.95, (2, N_SIMULATED))
    found = share_difference(
        pd.Series(draws.binomial(n, one)),
        pd.Series([n] * N_SIMULATED),
        other_hits=pd.Series(draws.binomial(n_other, other)),
        other_total=pd.Series([n_other] * N_SIMULATED),
    )
    truth = one - other
    assert 0.93 <= ((found["low"] <= truth) & (truth <= found["high"])).mean() <= 0.97


@pytest.mark.parametrize("n_documents", [3, 8, 15, 40])
def test_the_interval_of_a_mean_tone_covers_it_though_statements_hang_together(n_documents):
    draws = np.random.default_rng(3)
    found = [
        mean_interval(values, documents=documents, n_draws=FEWER_DRAWS)
        for values, documents in (tones(draws, n_documents) for _ in range(N_SIMULATED))
    ]
    assert 0.93 <= share_covering(found, truth=0.2) <= 0.97


@pytest.mark.parametrize("is_shared", [True, False])
def test_the_interval_of_a_difference_of_tones_covers_it(is_shared):
    draws = np.random.default_rng(4)
    found = []
    for _ in range(N_SIMULATED):
        values, documents = tones(draws, 20)
        others, other_documents = tones(draws, 16, centre=-0.1)
        shift = 0 if is_shared else 100
        found.append(
            mean_difference(
                values,
                documents=documents,
                others=others,
                other_documents=other_documents + shift,
                n_draws=FEWER_DRAWS,
            )
        )
    assert 0.93 <= share_covering(found, truth=0.3) <= 0.97


def test_taking_statements_for_independent_would_cover_too_rarely():
    draws = np.random.default_rng(5)
    found = []
    for _ in range(300):
        values, _ = tones(draws, 15)
        found.append(mean_interval(values, documents=values.index.to_series(), n_draws=200))
    assert share_covering(found, truth=0.2) < 0.9


@pytest.mark.parametrize(("n_documents", "n_others"), [(20, 16), (8, 30)])
def test_the_interval_of_a_difference_of_shares_covers_it_though_statements_hang_together(
    n_documents, n_others
):
    draws = np.random.default_rng(7)
    n_covered = 0
    for _ in range(N_SIMULATED):
        hits, totals = themes(draws, n_documents, share=0.4, first=0)
        other_hits, other_totals = themes(draws, n_others, share=0.25, first=100)
        found = share_differences(
            hits, totals, other_hits=other_hits, other_totals=other_totals, n_draws=FEWER_DRAWS
        ).iloc[0]
        n_covered += found["low"] <= 0.15 <= found["high"]
    assert 0.93 <= n_covered / N_SIMULATED <= 0.97


def test_shares_of_a_single_document_are_compared_statement_by_statement():
    hits, totals = pd.DataFrame({"sea": [56]}, index=["a"]), pd.Series([70], index=["a"])
    others, other_totals = pd.DataFrame({"sea": [48]}, index=["b"]), pd.Series([80], index=["b"])
    found = share_differences(hits, totals, other_hits=others, other_totals=other_totals)
    assert found.loc["sea", ["low", "high"]].tolist() == pytest.approx([0.0524, 0.3339], abs=5e-5)


def test_the_same_data_give_the_same_interval():
    values, documents = tones(np.random.default_rng(6), 10)
    assert mean_interval(values, documents=documents) == mean_interval(values, documents=documents)


def test_in_one_document_statements_are_the_units():
    values = pd.Series([0.5, 1.0, 0.3])
    found = mean_interval(values, documents=pd.Series(["a", "a", "a"]))
    half = stats.sem(values) * stats.t.ppf(0.975, 2)
    assert found == pytest.approx((0.6, 0.6 - half, 0.6 + half))
    places = pd.Series(["a", "a", "a"])
    difference = mean_difference(
        values, documents=places, others=values / 2, other_documents=places
    )
    welch = stats.ttest_ind(values, values / 2, equal_var=False).confidence_interval()
    assert difference[1:] == pytest.approx((welch.low, welch.high))


def test_one_statement_gives_a_mean_and_no_interval():
    one = pd.Series([0.5])
    found = mean_interval(one, documents=pd.Series(["a"]))
    assert found.value == 0.5
    assert np.isnan(found.low)
    assert not found.is_clear
    none = pd.Series([], dtype=float)
    assert np.isnan(mean_interval(none, documents=none).value)


def test_a_difference_is_clear_where_zero_lies_outside():
    high, low = pd.Series([0.9, 0.8, 0.9, 0.8]), pd.Series([-0.5, -0.4, -0.6, -0.5])
    places = pd.Series(["a", "b", "c", "d"])
    found = mean_difference(high, documents=places, others=low, other_documents=places)
    same = mean_difference(high, documents=places, others=high, other_documents=places)
    assert found.is_clear
    assert not same.is_clear
    one = share_difference(*map(pd.Series, ([9], [10])), **few(other_hits=1, other_total=10))
    assert one["is_clear"].tolist() == [True]
    assert one["difference"].tolist() == pytest.approx([0.8])


def test_newcombe_s_own_example_is_found():
    one = share_difference(*map(pd.Series, ([56], [70])), **few(other_hits=48, other_total=80))
    assert one[["low", "high"]].iloc[0].tolist() == pytest.approx([0.0524, 0.3339], abs=5e-5)


def test_a_figure_is_drawn_by_document():
    counts = np.array([[9, 1], [8, 2], [10, 0], [3, 7]])
    found = figure_interval(counts, lambda rows: rows[:, 0] / rows.sum(axis=1))
    assert found.low < found.value == 0.75 < found.high


def tones(draws, n_documents, *, centre=0.2):
    """Tones of documents of unequal length; half of the variance lies between documents."""
    sizes = draws.integers(3, 12, n_documents)
    documents = np.repeat(np.arange(n_documents), sizes)
    between = draws.normal(0, 0.25, n_documents)[documents]
    values = centre + between + draws.normal(0, 0.25, len(documents))
    return pd.Series(values), pd.Series(documents)


def themes(draws, n_documents, *, share, first):
    """Statements on one theme by document; some documents are about it far more than others."""
    sizes = pd.Series(draws.integers(8, 16, n_documents), index=range(first, first + n_documents))
    shares = draws.beta(share * 4, (1 - share) * 4, n_documents)
    return pd.DataFrame({"sea": draws.binomial(sizes, shares)}, index=sizes.index), sizes


def share_covering(found, *, truth):
    return np.mean([one.low <= truth <= one.high for one in found])


def few(**numbers):
    return {name: pd.Series([number]) for name, number in numbers.items()}
