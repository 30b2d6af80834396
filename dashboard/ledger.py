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

N_SHUFFLES = 400  # the 95 % band of chance then moves by less than 0.01 from seed to seed
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
    told = statements.corpus.table(
        "told_rows",
        "SELECT row_id, theme_id, weight, centrality, weight * centrality AS telling"
        " FROM statement_themes JOIN theme_centrality USING (statement_id, theme_id)"
        " JOIN statements USING (statement_id)",
    )
    # the least that can be among the first is found before anything is sorted
    about = statements.ask(
        f"WITH about AS (SELECT row_id, year(date) AS year, {told}.* EXCLUDE (row_id, theme_id)"
        f" FROM chosen JOIN {told} USING (row_id) WHERE theme_id = ?),"
        f" least AS (SELECT year, list_min(max(telling, {int(n_each)})) AS least FROM about"
        " GROUP BY ALL)"
        " SELECT row_id, year, weight, centrality, telling FROM about JOIN least USING (year)"
        " JOIN statements USING (row_id) WHERE telling >= least"
        " QUALIFY row_number() OVER (PARTITION BY year ORDER BY telling DESC, statement_id) <= ?"
        " ORDER BY year, telling DESC, statement_id",
        theme_id, n_each,
    )  # fmt: skip
    rows = statements.corpus.statements_at(about["row_id"].tolist()).merge(about, on="row_id")
    rows = rows.merge(
        earlier_likes(rows["statement_id"], statements.corpus), on="statement_id", how="left"
    )
    return rows.assign(
        change=rows["change"].fillna("new"), earlier_id=rows["earlier_id"].fillna("")
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
    """Tone of the first side less that of the second, by year, with its 95 % interval.

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

    Distance: 1 − cosine of the counts of words and phrases, with a 95 % interval by the jackknife
    over statements (Efron and Stein, 1981); chance: the same statements dealt to the sides at
    random. Of more than N_DRAWN statements of a side in a year so many are drawn, always the same.
    Columns: year, distance, low, high, chance_low, chance_high (95 % of the deals), n_first,
    n_second, is_few.
    """
    return first.corpus.once(
        ("wording_apart", first, second), lambda: _wording_apart(first, second)
    )


def _wording_apart(first: Rows, second: Rows) -> pd.DataFrame:
    tables = first.corpus
    draws = tables.table(
        "draws",
        "SELECT row_id, row_number() OVER (ORDER BY md5(statement_id)) AS draw FROM statements",
    )
    sql = (
        f"WITH own AS (SELECT statement_id, row_id, year(date) AS year, draw FROM chosen"
        f" JOIN {draws} USING (row_id)),"
        f" least AS (SELECT year, list_max(min(draw, {N_DRAWN})) AS last FROM own GROUP BY ALL)"
        " SELECT statement_id, row_id, year FROM own JOIN least USING (year) WHERE draw <= last"
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
        distance = float(_distances(counts, is_first, ~is_first)[0])
        half = 1.959964 * _jackknife_error(counts, is_first)
        chance = np.quantile(_by_chance(counts, is_first), [0.025, 0.975])
        bounds = max(distance - half, 0), min(distance + half, 1)
        found.append((year, distance, *bounds, *chance, is_first.sum(), (~is_first).sum()))
    columns = ["year", "distance", "low", "high", "chance_low", "chance_high"]
    return _with_few(pd.DataFrame(found, columns=[*columns, "n_first", "n_second"]))


def _by_chance(counts: csr_matrix, is_first: np.ndarray) -> np.ndarray:
    rng = np.random.default_rng(0)
    dealt = np.array([rng.permutation(is_first) for _ in range(N_SHUFFLES)])
    return _distances(counts, dealt, ~dealt)


def _jackknife_error(counts: csr_matrix, is_first: np.ndarray) -> float:
    """Standard error of the distance, from leaving out each statement in turn."""
    n = len(is_first)
    kept = ~np.eye(n, dtype=bool)
    without = _distances(counts, is_first & kept, ~is_first & kept)
    return float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))


def _distances(counts: csr_matrix, is_first: np.ndarray, is_second: np.ndarray) -> np.ndarray:
    """For each row of the two masks, 1 − cosine between the sums of the first and second side."""
    first, second = (np.atleast_2d(mask).astype(float) @ counts for mask in (is_first, is_second))
    norms = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    cosines = (first * second).sum(axis=1) / np.where(norms > 0, norms, 1)
    return 1 - cosines


def _with_few(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(is_few=rows[["n_first", "n_second"]].min(axis=1) < FEW)
