"""Counts of statements by theme, side and time, from the counted tables that a refresh leaves."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from dashboard import filters
from dashboard.corpus import Corpus, Rows, moments_sql, scaled_sql
from dashboard.filters import Selection
from pipeline.intervals import mean_differences, mean_intervals, share_differences

_PERIODS = {  # what it is, and its name and day
    "year": ("year(date)", "year(date)::VARCHAR AS label, make_date(year(date), 7, 1) AS date"),
    "meeting": ("meeting_id", "label, date"),
}
_SUMS = {  # number of statements, sum of their tones and of the squares of these
    "statements": "count(*)::DOUBLE AS n, sum(tone) AS sum, sum(tone * tone) AS sq",
    "theme_counts_dated": "sum(n_statements)::DOUBLE AS n, sum(tone_sum) AS sum,"
    " sum(tone_sq_sum) AS sq",
}
_BY_DOCUMENT = f"""WITH
first AS (SELECT document_id, sum(n_statements)::DOUBLE AS n FROM one GROUP BY ALL),
second AS (SELECT document_id, sum(n_statements)::DOUBLE AS n FROM other GROUP BY ALL),
sizes AS (
    SELECT document_id, coalesce(first.n, 0) AS n, coalesce(second.n, 0) AS n_2, 0.0 AS sum,
           0.0 AS sum_2, 0.0 AS sq, 0.0 AS sq_2
    FROM first FULL JOIN second USING (document_id)),
documents AS ({scaled_sql("sizes", by="", is_pair=True)})
"""
# of a document its m hold for all themes; v, the hits over all other statements, are those of one;
# the row without a theme holds the sums over all documents
_HITS = f"""{_BY_DOCUMENT}, on_first AS (
    SELECT theme_id, document_id, sum(n_statements)::DOUBLE AS hits FROM hits_one GROUP BY ALL),
on_second AS (
    SELECT theme_id, document_id, sum(n_statements)::DOUBLE AS hits FROM hits_other GROUP BY ALL),
hits AS (
    SELECT theme_id, n, n_2, m, m_2, coalesce(on_first.hits, 0) AS sum,
           coalesce(on_second.hits, 0) AS sum_2, 0.0 AS sq, 0.0 AS sq_2,
           coalesce(on_first.hits * m / nullif(n, 0), 0) AS v,
           coalesce(on_second.hits * m_2 / nullif(n_2, 0), 0) AS v_2
    FROM on_first FULL JOIN on_second USING (theme_id, document_id)
    JOIN documents USING (document_id))
SELECT theme_id, {moments_sql(is_pair=True)} FROM hits GROUP BY ALL
UNION ALL SELECT NULL AS theme_id, {moments_sql(is_pair=True)} FROM documents"""


class Counted(NamedTuple):
    """The counted tables under some conditions: statements on themes, and all statements."""

    themes: Rows
    totals: Rows

    @classmethod
    def of(cls, tables: Corpus, selection: Selection) -> "Counted":
        """What fits the filters; themes are not among them, as shares are of all statements."""
        found = (Rows(tables, f"{name}_dated") for name in ("theme_counts", "meeting_counts"))
        return cls(*(filters.apply(rows, selection) for rows in found))

    def where(self, condition: str, *values: Any) -> "Counted":
        """Those that fit a condition on what both tables have."""
        return Counted(*(rows.where(condition, *values) for rows in self))

    def on(self, theme_ids: Sequence[str]) -> "Counted":
        """Only some themes; the totals stay."""
        return Counted(self.themes.among("theme_id", theme_ids), self.totals)

    def n(self) -> int:
        """The number of statements."""
        return int(self.totals.value("SELECT coalesce(sum(n_statements), 0)::BIGINT FROM chosen"))

    def n_on(self) -> pd.Series:
        """Statements on each theme, the most frequent first; themes without any are left out."""
        found = self.themes.ask(
            "SELECT theme_id, sum(n_statements)::BIGINT AS n FROM chosen GROUP BY ALL"
            " ORDER BY n DESC, theme_id"
        )
        return found.set_index("theme_id")["n"]

    def years(self) -> tuple[int, int] | None:
        """First and last year; None where there is nothing."""
        found = self.totals.ask("SELECT year(min(date)) AS a, year(max(date)) AS b FROM chosen")
        return None if found["a"].isna()[0] else (int(found["a"][0]), int(found["b"][0]))


def by_period(
    counted: Counted, *, by: str, is_split_by_side: bool, tone: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All statements by period and side; and those on each theme, with the moments of their tone.

    by: year or meeting. Columns of the first: period, label, date, side, n_total, n_words_total;
    of the other: period, side, theme_id, n_words and moments.
    """
    period, day = _PERIODS[by]
    side, split = ("side", "side, ") if is_split_by_side else ("'All' AS side", "")
    whole = counted.totals.ask(
        f"SELECT {period}::VARCHAR AS period, {day}, {side}, sum(n_statements)::BIGINT AS n_total,"
        " sum(n_words)::BIGINT AS n_words_total FROM chosen GROUP BY ALL"
    )
    parts = counted.themes.ask(
        f"WITH documents AS (SELECT {period} AS period, {split}theme_id, document_id,"
        " sum(n_words)::DOUBLE AS n_words, sum(n_statements)::DOUBLE AS n,"
        f" sum({tone}_sum) AS sum, sum({tone}_sq_sum) AS sq FROM chosen GROUP BY ALL),"
        f" scaled AS ({scaled_sql('documents', by=f'period, {split}theme_id')})"
        f" SELECT period::VARCHAR AS period, {side}, theme_id, sum(n_words) AS n_words,"
        f" {moments_sql()} FROM scaled GROUP BY ALL"
    )
    return whole, parts


def shares_apart(one: Counted, other: Counted, *, theme_ids: Sequence[str]) -> pd.DataFrame:
    """Shares of themes in one group less those in the other, by theme_id.

    Columns: n and sum (statements and hits), n_2 and sum_2 of the other group, and those of
    pipeline.intervals.share_differences.
    """
    found = one.totals.corpus.ask(
        _HITS,
        one=one.totals, other=other.totals, hits_one=one.themes, hits_other=other.themes,
    )  # fmt: skip
    sizes = found[found["theme_id"].isna()].drop(columns="theme_id").fillna(0).iloc[0]
    hits = found[found["theme_id"].notna()].set_index("theme_id")
    wide = hits.reindex(list(theme_ids)).fillna(0)
    of_all = [name for name in wide if not {"sum", "sum_2", "v", "v_2"} & {*name.split("_x_")}]
    wide = wide.assign(**{name: float(sizes[name]) for name in of_all})
    return wide[["n", "sum", "n_2", "sum_2"]].join(share_differences(wide))


def theme_tones(counted: Counted) -> pd.DataFrame:
    """Mean tone of what was said on each theme: theme_id → value, low, high."""
    found = counted.themes.ask(
        f"WITH documents AS (SELECT theme_id, document_id, {_SUMS['theme_counts_dated']}"
        f" FROM chosen GROUP BY ALL), scaled AS ({scaled_sql('documents', by='theme_id')})"
        f" SELECT theme_id, {moments_sql()} FROM scaled GROUP BY ALL"
    )
    return mean_intervals(found.set_index("theme_id")).clip(-1, 1)


def tones_apart(one: Rows, other: Rows, *, by: str) -> pd.DataFrame:
    """Mean tone of one group less that of the other, by values of a column (or SQL) of both.

    one, other: statements, or counts of one theme. Columns: n, n_2, sum, sum_2 and those of
    pipeline.intervals.mean_differences; rows where one group has nothing are left out.
    """
    groups = [
        f"SELECT {by} AS key, document_id, {_SUMS[rows.table]} FROM {name} GROUP BY ALL"
        for name, rows in (("one", one), ("other", other))
    ]
    both = ", ".join(
        f"coalesce(a.{name}, 0) AS {name}, coalesce(b.{name}, 0) AS {name}_2"
        for name in ("n", "sum", "sq")
    )
    found = one.corpus.ask(
        f"WITH a AS ({groups[0]}), b AS ({groups[1]}), documents AS ("
        f"SELECT key, {both} FROM a FULL JOIN b USING (key, document_id))"
        f", scaled AS ({scaled_sql('documents', by='key', is_pair=True)})"
        f" SELECT key, {moments_sql(is_pair=True)} FROM scaled GROUP BY ALL ORDER BY key",
        one=one, other=other,
    )  # fmt: skip
    found = found[(found["n"] > 0) & (found["n_2"] > 0)].set_index("key")
    return found[["n", "sum", "n_2", "sum_2"]].join(mean_differences(found))
