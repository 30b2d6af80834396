"""Phrases over time: where they occur, how often, and which rise and fall."""

import re
from collections.abc import Sequence

import pandas as pd

from dashboard.comparison import most_distinctive
from dashboard.summaries import FEW
from pipeline.intervals import wilson_interval
from pipeline.phrases import LONGEST_TYPED, holds, log_odds

N_PHRASES = 12  # more lines than that nobody can tell apart, and each is a search


def uses(statements: pd.DataFrame, phrases: Sequence[str]) -> pd.DataFrame:
    """One row a statement and phrase that occurs in it, whole words, capitals aside.

    Columns: those of statements, plus phrase.
    """
    found = [
        statements[holds(statements["text"], phrase)].assign(phrase=phrase) for phrase in phrases
    ]
    return pd.concat(found) if found else statements.iloc[:0].assign(phrase="")


def shares_by_year(
    found: pd.DataFrame, statements: pd.DataFrame, *, by: str | None = None
) -> pd.DataFrame:
    """Share of statements with a phrase, by year; `by` (side or speaker) also splits the total.

    Columns: series, year, n, total, share, low, high, is_few. Years without use count as 0.
    """
    keys = ["year"] if by is None else ["year", by]
    dated, used = (f.assign(year=f["date"].dt.year) for f in (statements, found))
    totals = dated.groupby(keys, as_index=False).agg(total=("statement_id", "size"))
    names = pd.DataFrame({"phrase": found["phrase"].unique()})
    grid = totals.merge(names, how="cross")
    counts = used.groupby([*keys, "phrase"], as_index=False).agg(n=("statement_id", "size"))
    rows = grid.merge(counts, on=[*keys, "phrase"], how="left").fillna({"n": 0})
    low, high = wilson_interval(rows["n"], rows["total"])
    series = rows["phrase"] if by is None else rows[by]
    return rows.assign(
        series=series, n=rows["n"].astype(int), share=rows["n"] / rows["total"], low=low, high=high,
        is_few=rows["total"] < FEW,
    ).sort_values(["phrase", "series", "year"], ignore_index=True)  # fmt: skip


def by_meeting(found: pd.DataFrame, meetings: pd.DataFrame) -> pd.DataFrame:
    """One row a phrase and meeting where it falls: phrase, meeting_id, n, date, label."""
    rows = found.groupby(["phrase", "meeting_id"], as_index=False).agg(n=("statement_id", "size"))
    return rows.merge(meetings[["meeting_id", "date", "label"]], on="meeting_id").sort_values(
        ["phrase", "date"], ignore_index=True
    )


def refrains_within(refrains: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """The refrains that occur in the statements, with uses, meetings, first and last day there."""
    rows = []
    for speaker, phrase in refrains[["speaker", "phrase"]].itertuples(index=False):
        own = statements[statements["speaker"] == speaker]
        uses = own[holds(own["text"], phrase)]
        if len(uses):
            dates = uses["date"]
            n_meetings = uses["meeting_id"].nunique()
            rows.append((speaker, phrase, len(uses), n_meetings, dates.min(), dates.max()))
    return pd.DataFrame(rows, columns=refrains.columns)


def rising_and_falling(
    statements: pd.DataFrame, phrases: pd.DataFrame, *, n_each: int = 10
) -> pd.DataFrame:
    """Phrases that set the second half of the time apart (z > 0) from the first, and counts."""
    years = statements["date"].dt.year
    middle = (years.min() + years.max()) / 2
    n = phrases.groupby("phrase")["n"].sum()
    late, early = (
        phrases[phrases["statement_id"].isin(statements[is_in]["statement_id"])]
        .groupby("phrase")["n"]
        .sum()
        for is_in in (years > middle, years <= middle)
    )
    return most_distinctive(log_odds(late, early, n), n_each=n_each)


def split_phrases(text: str) -> list[str]:
    """What a reader typed, by commas; small letters, no doubles; the first few of very many."""
    parts = (" ".join(part.split()).casefold() for part in re.split(r"[,;\n]", text))
    return list(dict.fromkeys(part[:LONGEST_TYPED] for part in parts if part))[:N_PHRASES]
