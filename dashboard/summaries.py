"""What the charts and sentences say, computed from counts; no Streamlit here."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard import counted as counting
from dashboard.corpus import Corpus, Rows
from dashboard.counted import Counted
from dashboard.occurrences import row_ids
from pipeline.intervals import mean_intervals, wilson_interval

# Under ten statements a 95 % Wilson interval around a share of one third is wider than fifty
# points: such points are drawn pale and say so.
FEW = 10
MOST_MARKS = 500  # meetings on one time axis: more overlap, and a browser takes long to draw them
FEW_TOLD = 3  # statements on a theme; of fewer a mean of tone is pale: each decides it alone
TONES = {"Parley's rules": "tone", "VADER": "tone_vader"}
MEASURES = {
    "Share of statements": "share",
    "Share of words": "share_of_words",
    "Number of statements": "n_statements",
}


def theme_shares(
    counted: Counted,
    *,
    theme_ids: Iterable[str],
    by: str = "year",
    is_split_by_side: bool = False,
    tone: str = "tone",
) -> pd.DataFrame:
    """One row a period, side and theme, also where the theme was not spoken of.

    by: year or meeting; tone: whose tone, one of TONES.
    Columns: period, date, label, side, theme_id, n_statements, n_total, n_words, n_words_total,
    share, share_low, share_high, share_of_words and its bounds, tone and its bounds, is_few.
    The interval of a share of words rests on the number of statements: words are not drawn singly.
    """
    wanted = list(theme_ids)
    whole, parts = counting.by_period(
        counted.on(wanted), by=by, is_split_by_side=is_split_by_side, tone=tone
    )
    grid = whole.merge(pd.DataFrame({"theme_id": wanted}), how="cross")
    tones = mean_intervals(parts).clip(-1, 1).set_axis(["tone", "tone_low", "tone_high"], axis=1)
    own = parts.rename(columns={"n": "n_statements"}).join(tones)
    keys = ["period", "side", "theme_id"]
    rows = grid.merge(
        own[[*keys, "n_statements", "n_words", "tone", "tone_low", "tone_high"]],
        on=keys,
        how="left",
    ).fillna({"n_statements": 0, "n_words": 0})
    return _with_measures(rows).sort_values(["theme_id", "side", "date"], ignore_index=True)


def latest_meetings(counted: Counted) -> tuple[Counted, int]:
    """The counts of the last meetings, as many as can be told apart; how many are left out."""
    first = counted.totals.ask(
        "SELECT DISTINCT date, meeting_id FROM chosen ORDER BY date DESC, meeting_id DESC"
    )
    if len(first) <= MOST_MARKS:
        return counted, 0
    last = first.iloc[MOST_MARKS - 1]
    condition = "(date, meeting_id) >= (?::DATE, ?)"
    day = last["date"].date().isoformat()
    return counted.where(condition, day, last["meeting_id"]), len(first) - MOST_MARKS


def axis_top(points: pd.DataFrame, *, measure: str) -> float:
    """Upper end of an axis that holds every point, and the intervals of all but pale points."""
    high = points.get(f"{measure}_high", points[measure])
    tops = [points[measure].max(), high[~points["is_few"]].max(), 0.01]
    return float(np.nanmax(np.array(tops, dtype=float)))


def numbered_events(events: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """The events within the points' time, with the number that marks each in a chart."""
    within = events[events["date"].between(points["date"].min(), points["date"].max())]
    return within.sort_values("date", kind="stable").assign(number=range(1, len(within) + 1))


def meetings_of(statements: Rows, tables: Corpus) -> pd.DataFrame:
    """The meetings in which the statements were made, with their number and words there."""
    sizes = statements.ask(
        "SELECT meeting_id, count(*) AS n_statements, sum(n_words)::BIGINT AS n_words"
        " FROM chosen GROUP BY ALL"
    )
    meetings = tables["meetings"].drop(columns=["n_statements", "n_words"])
    return meetings.merge(sizes, on="meeting_id")


def largest_meetings(meetings: pd.DataFrame) -> pd.DataFrame:
    """Those with the most statements, as many as marks can be told apart, in order of time."""
    sizes = meetings["n_statements"].sort_values(ascending=False, kind="stable")
    return meetings.loc[sizes.index[:MOST_MARKS].sort_values()]


def key_figures(statements: Rows) -> dict[str, str]:
    """Name → figure of some statements."""
    found = statements.ask(
        "SELECT count(DISTINCT meeting_id) AS meetings, count(*) AS statements,"
        " count(DISTINCT speaker) AS speakers, year(min(date)) AS first, year(max(date)) AS last"
        " FROM chosen"
    ).iloc[0]
    sources = statements.corpus.once(
        ("n_sources", statements),
        lambda: pd.DataFrame({"n": [Sources.of(statements.corpus).count(statements)]}),
    )["n"][0]
    return {
        "Meetings": f"{found['meetings']:,}",
        "Statements": f"{found['statements']:,}",
        "Speakers": f"{found['speakers']:,}",
        "Sources": f"{sources:,}",
        "Years": span_name((int(found["first"]), int(found["last"]))),
    }


class Sources(NamedTuple):
    """Which sources the statements rest on: a place a row, with the numbers of both."""

    row_ids: np.ndarray
    sources: np.ndarray  # from 0

    @classmethod
    def of(cls, tables: Corpus) -> "Sources":
        return tables.held("sources", lambda: cls._read(tables))

    @classmethod
    def _read(cls, tables: Corpus) -> "Sources":
        rows = tables.read(
            "SELECT row_id::INTEGER AS row_id,"
            " (dense_rank() OVER (ORDER BY document_id, number) - 1)::INTEGER AS source"
            " FROM statement_sources JOIN statements USING (statement_id)"
        )
        return cls(rows["row_id"].to_numpy(), rows["source"].to_numpy())

    def count(self, statements: Rows) -> int:
        """How many sources the statements have; by SQL it takes five times as long."""
        is_among = np.zeros(len(statements.corpus.statements), dtype=bool)
        is_among[row_ids(statements)] = True
        return int(np.count_nonzero(np.bincount(self.sources[is_among[self.row_ids]])))


def change_sentence(counted: Counted, *, theme_id: str, theme: str, of: str = "statements") -> str:
    """What became of one theme between the first and the second half of its time, in a sentence.

    of: what the shares are of, in words.
    """
    halves = _halves(counted)
    if halves is None:
        return f"{theme}: no statements fit the filters."
    early, late = halves
    if not (early.n() and late.n()):
        n_on = counted.n_on().get(theme_id, 0)
        return f"{theme}: {_share(n_on, counted.n())} of the {of}."
    found = counting.shares_apart(late, early, theme_ids=[theme_id]).iloc[0]
    gained = "gained weight" if found["difference"] > 0 else "lost weight"
    word = gained if found["is_clear"] else "shows no clear change"
    first, second = _share(found["sum_2"], found["n_2"]), _share(found["sum"], found["n"])
    return f"{theme} {word}: {first} of the {of} in {_span(early)}, {second} in {_span(late)}."


def told_by_digests(counted: Counted) -> str:
    """A warning that wording is not the speakers' own, where that is so; else empty."""
    n = counted.where("kind = 'digest'").n()
    if not n:
        return ""
    total = counted.n()
    which = "All statements" if n == total else f"{n / total:.0%} of the statements"
    return (
        f"{which} that fit the filters come from digests: their wording is the digest's, not the "
        "speaker's."
    )


def most_frequent(counted: Counted, *, labels: pd.Series) -> str:
    """The theme most spoken of, in a sentence."""
    sums = counted.n_on()
    if sums.empty:
        return "No statement fits the filters."
    word = "comes up most often" if len(sums) > 1 else "comes up"
    share = _share(sums.iloc[0], counted.n())
    return f"{labels[sums.index[0]]} {word}: {share} of the statements."


def largest_changes(counted: Counted) -> list[str]:
    """Theme ids by the change of their share between the halves of the time, clear ones first."""
    ids = sorted(counted.n_on().index)
    halves = _halves(counted)
    if halves is None or not all(half.n() for half in halves):
        return ids
    early, late = halves
    found = counting.shares_apart(late, early, theme_ids=ids)
    found = found.assign(size=found["difference"].abs())
    order = found.sort_values(["is_clear", "size"], ascending=False, kind="stable")
    return list(order.index)


def largest_sides(points: pd.DataFrame, *, n_sides: int = 4) -> pd.DataFrame:
    """The points of the sides with the most statements: more lines cannot be told apart."""
    sizes = points.groupby("side")["n_total"].sum().sort_values(ascending=False, kind="stable")
    return points[points["side"].isin(sizes.index[:n_sides])]


def span_name(span: tuple[int, int]) -> str:
    """Years from the first to the last, as a name: 2005–2010, or 2005."""
    return "–".join(map(str, dict.fromkeys(span)))


def _halves(counted: Counted) -> tuple[Counted, Counted] | None:
    """Before and after the middle of the time that the statements span; None without any."""
    years = counted.years()
    if years is None:
        return None
    last_early = (years[0] + years[1]) // 2
    return (
        counted.where("year(date) <= ?", last_early), counted.where("year(date) > ?", last_early),
    )  # fmt: skip


def _with_measures(rows: pd.DataFrame) -> pd.DataFrame:
    n, total, words = rows["n_statements"], rows["n_total"], rows["n_words_total"]
    share_of_words = rows["n_words"] / words.where(words > 0)
    low, high = wilson_interval(n, total)
    words_low, words_high = wilson_interval(share_of_words * total, total)
    return rows.assign(
        n_statements=n.astype(int),
        n_words=rows["n_words"].astype(int),
        share=n / total,
        share_low=low,
        share_high=high,
        share_of_words=share_of_words,
        share_of_words_low=words_low,
        share_of_words_high=words_high,
        is_few=total < FEW,
    )


def _share(n: float, total: float) -> str:
    return f"{n / total:.0%} ({int(n):,} of {int(total):,})"


def _span(counted: Counted) -> str:
    return span_name(counted.years() or (0, 0))
