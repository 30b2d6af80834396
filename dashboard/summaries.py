"""What the charts and sentences say, computed from the counted tables; frames in, frames out."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from pipeline.intervals import mean_of_sums, share_differences, wilson_interval

Tables = Mapping[str, pd.DataFrame]

# Under ten statements a 95 % Wilson interval around a share of one third is wider than fifty
# points: such points are drawn pale and say so.
FEW = 10
TONES = {"Parley's rules": "tone", "VADER": "tone_vader"}
MEASURES = {
    "Share of statements": "share",
    "Share of words": "share_of_words",
    "Number of statements": "n_statements",
}


def dated(counts: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Counts with the meeting's date and label."""
    meetings = tables["meetings"][["meeting_id", "date", "label"]]
    return counts.merge(meetings, on="meeting_id")


def theme_shares(
    counts: pd.DataFrame,
    totals: pd.DataFrame,
    *,
    theme_ids: Iterable[str],
    by: str = "year",
    is_split_by_side: bool = False,
    tone: str = "tone",
) -> pd.DataFrame:
    """One row a period, side and theme, also where the theme was not spoken of.

    counts, totals: dated theme_counts and meeting_counts, already filtered; by: year or meeting;
    tone: whose tone, one of TONES.
    Columns: period, date, label, side, theme_id, n_statements, n_total, n_words, n_words_total,
    share, share_low, share_high, share_of_words and its bounds, tone and its bounds, is_few.
    The interval of a share of words rests on the number of statements: words are not drawn singly.
    """
    totals, counts = (_with_periods(f, by=by, is_split=is_split_by_side) for f in (totals, counts))
    grain = ["period", "side"]
    whole = totals.groupby(grain, as_index=False).agg(
        date=("date", "min"),
        label=("period_label", "first"),
        n_total=("n_statements", "sum"),
        n_words_total=("n_words", "sum"),
    )
    grid = whole.merge(pd.DataFrame({"theme_id": list(theme_ids)}), how="cross")
    by_theme = [*grain, "theme_id"]
    parts = counts.groupby(by_theme, as_index=False)[["n_statements", "n_words"]].sum()
    rows = grid.merge(parts, on=by_theme, how="left").fillna({"n_statements": 0, "n_words": 0})
    rows = rows.merge(_tones(counts, by=by_theme, tone=tone), on=by_theme, how="left")
    return _with_measures(rows).sort_values(["theme_id", "side", "date"], ignore_index=True)


def axis_top(points: pd.DataFrame, *, measure: str) -> float:
    """Upper end of an axis that holds every point, and the intervals of all but pale points."""
    high = points.get(f"{measure}_high", points[measure])
    tops = [points[measure].max(), high[~points["is_few"]].max(), 0.01]
    return float(np.nanmax(np.array(tops, dtype=float)))


def numbered_events(events: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """The events within the points' time, with the number that marks each in a chart."""
    within = events[events["date"].between(points["date"].min(), points["date"].max())]
    return within.sort_values("date", kind="stable").assign(number=range(1, len(within) + 1))


def meetings_of(statements: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """The meetings in which the statements were made, with their number and words there."""
    sizes = statements.groupby("meeting_id").agg(
        n_statements=("statement_id", "size"), n_words=("n_words", "sum")
    )
    meetings = tables["meetings"].drop(columns=["n_statements", "n_words"])
    return meetings.join(sizes, on="meeting_id", how="inner")


def key_figures(statements: pd.DataFrame, tables: Tables) -> dict[str, str]:
    """Name → figure of some statements."""
    years = statements["date"].dt.year
    links = tables["statement_sources"]
    sources = links[links["statement_id"].isin(statements["statement_id"])].merge(
        statements[["statement_id", "document_id"]], on="statement_id"
    )
    return {
        "Meetings": f"{statements['meeting_id'].nunique():,}",
        "Statements": f"{len(statements):,}",
        "Speakers": f"{statements['speaker'].nunique():,}",
        "Sources": f"{len(sources[['document_id', 'number']].drop_duplicates()):,}",
        "Years": "–".join(map(str, dict.fromkeys((years.min(), years.max())))),
    }


def change_sentence(
    counts: pd.DataFrame, totals: pd.DataFrame, *, theme_id: str, theme: str, of: str = "statements"
) -> str:
    """What became of one theme between the first and the second half of its time, in a sentence.

    counts, totals: dated theme_counts and meeting_counts, already filtered; of: what the shares
    are of, in words.
    """
    if totals.empty:
        return f"{theme}: no statements fit the filters."
    own = counts[counts["theme_id"] == theme_id]
    halves = [_by_document(own, totals, is_in, theme_ids=[theme_id]) for is_in in _halves(totals)]
    early, late = halves
    if early[1].empty or late[1].empty:
        return f"{theme}: {_of(own, totals)} of the {of}."
    found = share_differences(*late, other_hits=early[0], other_totals=early[1]).iloc[0]
    gained = "gained weight" if found["difference"] > 0 else "lost weight"
    word = gained if found["is_clear"] else "shows no clear change"
    first, second = (
        (_share(hits[theme_id].sum(), n.sum()), _span(totals[is_in]))
        for (hits, n), is_in in zip(halves, _halves(totals), strict=True)
    )
    return f"{theme} {word}: {first[0]} of the {of} in {first[1]}, {second[0]} in {second[1]}."


def most_frequent(counts: pd.DataFrame, totals: pd.DataFrame, *, tables: Tables) -> str:
    """The theme most spoken of, in a sentence."""
    if counts.empty:
        return "No statement fits the filters."
    sums = counts.groupby("theme_id")["n_statements"].sum().sort_values(ascending=False)
    labels = tables["themes"].set_index("theme_id")["label"]
    share = _share(sums.iloc[0], totals["n_statements"].sum())
    word = "comes up most often" if len(sums) > 1 else "comes up"
    return f"{labels[sums.index[0]]} {word}: {share} of the statements."


def _with_periods(frame: pd.DataFrame, *, by: str, is_split: bool) -> pd.DataFrame:
    year = frame["date"].dt.year.astype(str)
    is_year = by == "year"
    return frame.assign(
        period=year if is_year else frame["meeting_id"],
        period_label=year if is_year else frame["label"],
        date=pd.to_datetime(year + "-07-01") if is_year else frame["date"],
        side=frame["side"] if is_split else "All",
    )


def _tones(counts: pd.DataFrame, *, by: list[str], tone: str) -> pd.DataFrame:
    """Mean tone and its interval, which respects that statements of one document hang together."""
    names = {f"{tone}_sum": "sum", "n_statements": "n", f"{tone}_sq_sum": "sum_sq"}
    sums = counts.groupby([*by, "document_id"], as_index=False)[list(names)].sum()
    rows = [
        (*key, *np.clip(mean_of_sums(part), -1, 1))
        for key, part in sums.rename(columns=names).groupby(by)
    ]
    return pd.DataFrame(rows, columns=[*by, "tone", "tone_low", "tone_high"])


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


def _halves(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Which rows are of years before and after the middle of the time they span."""
    years = rows["date"].dt.year
    is_early = years <= years.min() + (years.max() - years.min()) / 2
    return is_early, ~is_early


def _by_document(
    counts: pd.DataFrame, totals: pd.DataFrame, is_in: pd.Series, *, theme_ids: Sequence[str]
) -> tuple[pd.DataFrame, pd.Series]:
    """Statements on each theme, and all statements, of each document in one half of the time."""
    n = totals[is_in].groupby("document_id")["n_statements"].sum()
    hits = counts.pivot_table(
        index="document_id", columns="theme_id", values="n_statements", aggfunc="sum"
    )
    return hits.reindex(index=n.index, columns=list(theme_ids)).fillna(0), n


def _of(own: pd.DataFrame, totals: pd.DataFrame) -> str:
    return _share(own["n_statements"].sum(), totals["n_statements"].sum())


def _share(n: int, total: int) -> str:
    return f"{n / total:.0%} ({int(n):,} of {int(total):,})"


def _span(rows: pd.DataFrame) -> str:
    years = rows["date"].dt.year
    return "–".join(map(str, dict.fromkeys((years.min(), years.max()))))


def largest_changes(counts: pd.DataFrame, totals: pd.DataFrame) -> list[str]:
    """Theme ids by the change of their share between the halves of the time, clear ones first."""
    ids = sorted(counts["theme_id"].unique())
    halves = [_by_document(counts, totals, is_in, theme_ids=ids) for is_in in _halves(totals)]
    if any(n.empty for _, n in halves):
        return ids
    early, late = halves
    found = share_differences(*late, other_hits=early[0], other_totals=early[1])
    found = found.assign(size=found["difference"].abs())
    order = found.sort_values(["is_clear", "size"], ascending=False, kind="stable")
    return list(order.index)


def largest_sides(points: pd.DataFrame, *, n_sides: int = 4) -> pd.DataFrame:
    """The points of the sides with the most statements: more lines cannot be told apart."""
    sizes = points.groupby("side")["n_total"].sum().sort_values(ascending=False, kind="stable")
    return points[points["side"].isin(sizes.index[:n_sides])]
