"""Intervals hold what they promise: simulated 1,000 times, 95 % of them cover the truth."""

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from dashboard.corpus import moments_sql, scaled_sql
from pipeline.intervals import (
    Interval,
    figure_interval,
    mean_differences,
    mean_intervals,
    share_difference,
    share_differences,
    wilson_interval,
)

N_SIMULATED = 1000


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
    found = mean_intervals(simulated(lambda: sums(*tones(draws, n_documents))))
    assert 0.93 <= share_covering(found, truth=0.2) <= 0.97


@pytest.mark.parametrize("is_shared", [True, False])
def test_the_interval_of_a_difference_of_tones_covers_it(is_shared):
    draws = np.random.default_rng(4)
    shift = 0 if is_shared else 100

    def drawn():
        values, documents = tones(draws, 20)
        others, other_documents = tones(draws, 16, centre=-0.1)
        return both_sums(values, documents, others, other_documents + shift)

    found = mean_differences(simulated(drawn))
    assert 0.93 <= share_covering(found, truth=0.3) <= 0.97


def test_taking_statements_for_independent_would_cover_too_rarely():
    draws = np.random.default_rng(5)

    def drawn():
        values, _ = tones(draws, 15)
        return sums(values, values.index)

    assert share_covering(mean_intervals(simulated(drawn)), truth=0.2) < 0.9


@pytest.mark.parametrize(
    ("n_documents", "n_others", "most"),
    [(20, 16, 0.97), (8, 30, 0.97), (4, 5, 1.0)],  # of few documents on the cautious side
)
def test_the_interval_of_a_difference_of_shares_covers_it_though_statements_hang_together(
    n_documents, n_others, most
):
    draws = np.random.default_rng(7)

    def drawn():
        one = themes(draws, n_documents, share=0.4, first=0)
        return hits(*one, *themes(draws, n_others, share=0.25, first=100))

    found = share_differences(simulated(drawn))
    assert 0.93 <= share_covering(found, truth=0.15) <= most


def test_shares_of_a_single_document_are_compared_statement_by_statement():
    one, other = (pd.Series([56], ["a"]), pd.Series([70], ["a"])), (
        pd.Series([48], ["b"]), pd.Series([80], ["b"]),
    )  # fmt: skip
    found = share_differences(moments(hits(*one, *other))).iloc[0]
    assert found[["low", "high"]].tolist() == pytest.approx([0.0524, 0.3339], abs=5e-5)


def test_a_group_without_statements_has_no_difference():
    one, nothing = pd.Series([3, 1], ["a", "b"]), pd.Series([], dtype=float)
    found = share_differences(moments(hits(one, one + 5, nothing, nothing))).iloc[0]
    assert np.isnan(found["difference"])
    assert not found["is_clear"]


def test_the_error_is_the_jackknife_s_and_near_the_bootstrap_s():
    values, documents = tones(np.random.default_rng(8), 60)
    found = mean_interval(values, documents)
    left_out = np.array([values[documents != document].mean() for document in range(60)])
    error = np.sqrt(59 / 60 * ((left_out - found.value) ** 2).sum())
    assert found.high - found.value == pytest.approx(stats.t.ppf(0.975, 59) * error)
    of = sums(values, documents)
    weights = np.random.default_rng(9).multinomial(60, [1 / 60] * 60, size=4000)
    drawn = (weights @ of["sum"].to_numpy()) / (weights @ of["n"].to_numpy())
    assert drawn.std() == pytest.approx(error, rel=0.05)


def test_in_one_document_statements_are_the_units():
    values = pd.Series([0.5, 1.0, 0.3])
    found = mean_interval(values, pd.Series(["a", "a", "a"]))
    half = stats.sem(values) * stats.t.ppf(0.975, 2)
    assert found == pytest.approx((0.6, 0.6 - half, 0.6 + half))
    places = pd.Series(["a", "a", "a"])
    difference = mean_difference(values, places, values / 2, places)
    welch = stats.ttest_ind(values, values / 2, equal_var=False).confidence_interval()
    assert difference[1:] == pytest.approx((welch.low, welch.high))


def test_one_statement_gives_a_mean_and_no_interval():
    one = pd.Series([0.5])
    found = mean_interval(one, pd.Series(["a"]))
    assert found.value == 0.5
    assert np.isnan(found.low)
    assert np.isnan(found.high)


def test_a_difference_is_clear_where_zero_lies_outside():
    high, low = pd.Series([0.9, 0.8, 0.9, 0.8]), pd.Series([-0.5, -0.4, -0.6, -0.5])
    places = pd.Series(["a", "b", "c", "d"])
    found, same = (
        mean_differences(moments(both_sums(high, places, others, places))) for others in (low, high)
    )
    assert found["is_clear"].tolist() == [True]
    assert same["is_clear"].tolist() == [False]
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
    return pd.Series(draws.binomial(sizes, shares), sizes.index), sizes


def mean_interval(values, documents):
    return Interval(*mean_intervals(moments(sums(values, documents))).iloc[0])


def mean_difference(values, documents, others, other_documents):
    found = mean_differences(moments(both_sums(values, documents, others, other_documents)))
    return Interval(*found[["difference", "low", "high"]].iloc[0])


def sums(values, documents):
    rows = pd.DataFrame({"n": 1.0, "sum": values, "sq": values**2})
    return rows.groupby(np.asarray(documents)).sum()


def both_sums(values, documents, others, other_documents):
    other = sums(others, other_documents).add_suffix("_2")
    return sums(values, documents).join(other, how="outer").fillna(0.0)


def hits(n_hits, totals, other_hits, other_totals):
    """Statements and hits by document, of two groups."""
    columns = {"n": totals, "sum": n_hits, "n_2": other_totals, "sum_2": other_hits}
    frame = pd.concat(columns, axis=1).fillna(0.0).astype(float)
    return frame.assign(sq=frame["sum"], sq_2=frame["sum_2"])


def simulated(draw):
    """What N_SIMULATED draws come to."""
    return moments(pd.concat([draw().assign(number=i) for i in range(N_SIMULATED)]))


def moments(by_document):
    """The sums that intervals take, as the dashboard has them made; a row a number."""
    rows = by_document if "number" in by_document else by_document.assign(number=0)
    is_pair = "n_2" in rows
    with duckdb.connect() as database:
        database.register("documents", rows.reset_index(drop=True))
        return database.sql(
            f"WITH scaled AS ({scaled_sql('documents', by='number', is_pair=is_pair)})"
            f" SELECT number, {moments_sql(is_pair=is_pair)} FROM scaled"
            " GROUP BY ALL ORDER BY number"
        ).df()


def share_covering(found, *, truth):
    return ((found["low"] <= truth) & (truth <= found["high"])).mean()


def few(**numbers):
    return {name: pd.Series([number]) for name, number in numbers.items()}
