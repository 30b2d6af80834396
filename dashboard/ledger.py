"""Positions over time: themes by meetings, the most telling statements, how far sides are apart."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from dashboard import counted as counting
from dashboard.corpus import Corpus, Rows
from dashboard.counted import Counted
from dashboard.occurrences import Occurrences
from dashboard.summaries import FEW

N_SHUFFLES = 400  # the 95% band of chance then moves by less than 0.01 from seed to seed
N_DRAWN = 300  # statements of a side and year whose words are compared, where it has more
_ENOUGH = 2  # statements a side needs in a year before its distance is measured
_PERIODS = {"meeting": "meeting_id", "year": "year(date)::VARCHAR"}


def theme_matrix(
    counted: Counted, *, theme_ids: Sequence[str], by: str = "meeting"
) -> pd.DataFrame:
    """One row a meeting (or year) and theme that was spoken of there.

    counted: of one speaker or side. Columns: period (the meeting's id, or the year), theme_id, n,
    total, share, tone, is_few.
    """
    period = f"{_PERIODS[by]} AS period"
    cells = counted.on(theme_ids).themes.ask(
        f"SELECT {period}, theme_id, sum(n_statements)::BIGINT AS n,"
        " sum(tone_sum) / sum(n_statements) AS tone FROM chosen GROUP BY ALL ORDER BY ALL"
    )
    totals = counted.totals.ask(
        f"SELECT {period}, sum(n_statements)::BIGINT AS total FROM chosen GROUP BY ALL"
    )
    cells = cells.merge(totals, on="period")
    return cells.assign(share=cells["n"] / cells["total"], is_few=cells["total"] < FEW)


def columns(periods: pd.Series, meetings: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """The meetings (or years) among the periods in order of time: period, label, date."""
    if by == "year":
        years = sorted(periods.unique())
        days = pd.to_datetime([f"{year}-07-01" for year in years])
        return pd.DataFrame({"period": years, "label": years, "date": days})
    held = meetings[meetings["meeting_id"].isin(periods)].rename(columns={"meeting_id": "period"})
    return held.sort_values(["date", "period"], ignore_index=True)[["period", "label", "date"]]


def telling(statements: Rows, *, theme_id: str, n_each: int = 2) -> pd.DataFrame:
    """The most telling statements of one speaker or side on a theme, year by year.

    Telling: how much a statement is about the theme times how near it is to what its side says on
    it elsewhere. Columns: those of statements, plus year, weight, centrality, telling, change (new,
    or what it does to something the side said before: repeated, reworded) and the earlier_id.
    """
    # ids are fetched for the few that remain: sorting them takes longer than all else
    about = statements.ask(
        "WITH best AS (SELECT row_id, year(date) AS year, weight, centrality, telling"
        f" FROM chosen JOIN {told_rows(statements.corpus)} USING (row_id) WHERE theme_id = ?"
        " QUALIFY rank() OVER (PARTITION BY year ORDER BY telling DESC) <= ?)"
        " SELECT best.* FROM best JOIN statements USING (row_id)"
        " QUALIFY row_number() OVER (PARTITION BY year ORDER BY telling DESC, statement_id) <= ?"
        " ORDER BY year, telling DESC, statement_id",
        theme_id, n_each, n_each,
    )  # fmt: skip
    rows = statements.corpus.statements_at(about["row_id"].tolist()).merge(about, on="row_id")
    rows = rows.merge(
        earlier_likes(rows["statement_id"], statements.corpus), on="statement_id", how="left"
    )
    return rows.assign(
        change=rows["change"].fillna("new"), earlier_id=rows["earlier_id"].fillna("")
    )


def told_rows(tables: Corpus) -> str:
    """The table of how telling the statements are on their themes, by row_id."""
    return tables.table(
        "told_rows",
        "SELECT row_id, theme_id, weight, centrality, weight * centrality AS telling"
        " FROM statement_themes JOIN theme_centrality USING (statement_id, theme_id)"
        " JOIN statements USING (statement_id) ORDER BY theme_id",
    )


def draws(tables: Corpus) -> str:
    """The table of the order in which statements are drawn, by row_id: by chance, but for good."""
    return tables.table(
        "draws",
        "SELECT row_id, row_number() OVER (ORDER BY md5(statement_id)) AS draw FROM statements",
    )


def earlier_likes(statement_ids: pd.Series, tables: Corpus) -> pd.DataFrame:
    """The most similar earlier statement of the same side: statement_id, earlier_id, change."""
    return tables.ask(
        "WITH pairs AS MATERIALIZED (SELECT * FROM alignments"
        " WHERE statement_id IN (SELECT unnest(?::VARCHAR[]))),"
        " sides AS (SELECT statement_id AS id, side FROM statements WHERE statement_id IN"
        " (SELECT statement_id FROM pairs UNION SELECT earlier_id FROM pairs))"
        " SELECT statement_id, earlier_id, change FROM pairs"
        " JOIN sides AS later ON later.id = statement_id"
        " JOIN sides AS earlier ON earlier.id = earlier_id AND earlier.side = later.side"
        " QUALIFY row_number() OVER (PARTITION BY statement_id"
        " ORDER BY similarity DESC, earlier_id DESC) = 1",
        tuple(statement_ids),
    )


def tone_apart(first: Rows, second: Rows) -> pd.DataFrame:
    """Tone of the first side less that of the second, by year, with its 95% interval.

    first, second: counts of one theme. Columns: year, difference, low, high (empty where there is
    too little), n_first, n_second, is_few.
    """
    found = counting.tones_apart(first, second, by="year(date)")
    return _with_few(
        pd.DataFrame(
            {
                "year": found.index.astype(int),
                **{name: found[name].clip(-2, 2) for name in ("difference", "low", "high")},
                "n_first": found["n"].astype(int),
                "n_second": found["n_2"].astype(int),
            }
        ).reset_index(drop=True)
    )


def wording_apart(first: Rows, second: Rows) -> pd.DataFrame:
    """Distance of the two sides' wording by year, beside what chance alone would give.

    Distance: 1 − cosine of the counts of words and phrases, with a 95% interval by the jackknife
    over statements (Efron and Stein, 1981); chance: the same statements dealt to the sides at
    random. Of more than N_DRAWN statements of a side in a year so many are drawn, always the same.
    Columns: year, distance, low, high, chance_low, chance_high (95% of the deals), n_first,
    n_second, is_few.
    """
    return first.corpus.once(
        ("wording_apart", first, second), lambda: _wording_apart(first, second)
    )


def _wording_apart(first: Rows, second: Rows) -> pd.DataFrame:
    tables = first.corpus
    sql = (
        "WITH own AS (SELECT row_id, year(date) AS year"
        f" FROM chosen JOIN {draws(tables)} USING (row_id)"
        f" QUALIFY row_number() OVER (PARTITION BY year ORDER BY draw) <= {N_DRAWN})"
        " SELECT statement_id, row_id, year FROM own JOIN statements USING (row_id)"
    )
    drawn = pd.concat([first.read(sql).assign(is_first=True),
                       second.read(sql).assign(is_first=False)])  # fmt: skip
    drawn = drawn.sort_values(["year", "statement_id"])
    found = []
    for year, part in drawn.groupby("year"):
        is_first = part["is_first"].to_numpy()
        if min(is_first.sum(), (~is_first).sum()) < _ENOUGH:
            continue
        counts = Occurrences.of(tables).of_rows(part["row_id"].to_numpy())
        distance, error = _distance(counts, is_first)
        chance = np.quantile(_by_chance(counts, is_first), [0.025, 0.975])
        half = 1.959964 * error
        bounds = max(distance - half, 0), min(distance + half, 1)
        found.append((year, distance, *bounds, *chance, is_first.sum(), (~is_first).sum()))
    columns = ["year", "distance", "low", "high", "chance_low", "chance_high"]
    return _with_few(pd.DataFrame(found, columns=[*columns, "n_first", "n_second"]))


def _by_chance(counts: csr_matrix, is_first: np.ndarray) -> np.ndarray:
    rng = np.random.default_rng(0)
    dealt = np.array([rng.permutation(is_first) for _ in range(N_SHUFFLES)])
    first = dealt.astype(float) @ counts
    second = np.ones(len(is_first)) @ counts - first
    squares = ((sums**2).sum(axis=1) for sums in (first, second))
    return _distances((first * second).sum(axis=1), *squares)


def _distance(counts: csr_matrix, is_first: np.ndarray) -> tuple[float, float]:
    """The distance, and its standard error from leaving out each statement in turn."""
    first, second = (mask.astype(float) @ counts for mask in (is_first, ~is_first))
    to_first, to_second = counts @ first, counts @ second
    own = counts.multiply(counts).sum(axis=1).A1
    sums = first @ second, first @ first, second @ second
    without = _distances(
        sums[0] - np.where(is_first, to_second, to_first),
        sums[1] - np.where(is_first, 2 * to_first - own, 0),
        sums[2] - np.where(is_first, 0, 2 * to_second - own),
    )
    n = len(is_first)
    error = np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    return float(_distances(*map(np.atleast_1d, sums))[0]), float(error)


def _distances(products: np.ndarray, squares: np.ndarray, squares_2: np.ndarray) -> np.ndarray:
    """1 − cosine of two sums of counts, from their product and the square of each."""
    norms = np.sqrt(squares) * np.sqrt(squares_2)
    return 1 - products / np.where(norms > 0, norms, 1)


def _with_few(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(is_few=rows[["n_first", "n_second"]].min(axis=1) < FEW)
