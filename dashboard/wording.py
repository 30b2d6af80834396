"""Phrases over time: where they occur, how often, and which rise and fall."""

import re
from collections.abc import Iterable

import pandas as pd

from dashboard.comparison import most_distinctive
from dashboard.corpus import Corpus, Rows
from dashboard.occurrences import all_phrases, phrase_counts
from dashboard.summaries import FEW, MOST_MARKS
from pipeline.intervals import wilson_interval
from pipeline.phrases import LONGEST_TYPED, log_odds, longest_piece, re2_of

N_PHRASES = 12  # more lines than that nobody can tell apart, and each is a search
_HOLDS = "contains(lower(text), ?) AND regexp_matches(lower(text), ?)"


def holding(statements: Rows, phrases: Iterable[str]) -> Rows:
    """The statements that hold one of the phrases as whole words, capitals aside."""
    wanted = list(phrases)
    return statements.where(
        " OR ".join(f"({_HOLDS})" for _ in wanted) or "false",
        *(value for phrase in wanted for value in (longest_piece(phrase), re2_of(phrase))),
    )


def uses(statements: Rows, phrases: Iterable[str]) -> pd.DataFrame:
    """How many statements hold each phrase, by meeting and speaker.

    Columns: phrase, meeting_id, date, year, side, speaker, n.
    """
    found = [
        holding(statements, [phrase])
        .ask(
            "SELECT meeting_id, date, year(date) AS year, side, speaker, count(*) AS n"
            " FROM chosen GROUP BY ALL ORDER BY ALL"
        )
        .assign(phrase=phrase)
        for phrase in phrases
    ]
    columns = ["phrase", "meeting_id", "date", "year", "side", "speaker", "n"]
    found = [rows for rows in found if len(rows)]
    return pd.concat(found)[columns] if found else pd.DataFrame(columns=columns)


def shares_by_year(found: pd.DataFrame, statements: Rows, *, by: str | None = None) -> pd.DataFrame:
    """Share of statements with a phrase, by year; `by` (side or speaker) also splits the total.

    found: uses. Columns: series, phrase, year, n, total, share, low, high, is_few. Years without
    use count as 0.
    """
    keys = ["year"] if by is None else ["year", by]
    split = "" if by is None else f", {by}"
    totals = statements.ask(
        f"SELECT year(date) AS year{split}, count(*) AS total FROM chosen GROUP BY ALL ORDER BY ALL"
    )
    names = pd.DataFrame({"phrase": found["phrase"].unique()})
    grid = totals.merge(names, how="cross")
    counts = found.groupby([*keys, "phrase"], as_index=False)["n"].sum()
    rows = grid.merge(counts, on=[*keys, "phrase"], how="left").fillna({"n": 0})
    low, high = wilson_interval(rows["n"], rows["total"])
    series = rows["phrase"] if by is None else rows[by]
    return rows.assign(
        series=series, n=rows["n"].astype(int), share=rows["n"] / rows["total"], low=low, high=high,
        is_few=rows["total"] < FEW,
    ).sort_values(["phrase", "series", "year"], ignore_index=True)  # fmt: skip


def by_meeting(found: pd.DataFrame, meetings: pd.DataFrame) -> pd.DataFrame:
    """One row a phrase and meeting where it falls: phrase, meeting_id, n, date, label."""
    rows = found.groupby(["phrase", "meeting_id"], as_index=False)["n"].sum()
    return rows.merge(meetings[["meeting_id", "date", "label"]], on="meeting_id").sort_values(
        ["phrase", "date"], ignore_index=True
    )


def most_used(places: pd.DataFrame) -> pd.DataFrame:
    """The meetings with the most uses, as many as marks can be told apart, in the same order."""
    uses = places["n"].sort_values(ascending=False, kind="stable")
    return places.loc[uses.index[:MOST_MARKS].sort_values()]


def refrains_within(statements: Rows) -> pd.DataFrame:
    """The refrains that occur in the statements, with uses, meetings, first and last day there."""
    refrains = statements.corpus["refrains"]
    found = statements.ask(
        "SELECT speaker, phrase, count(*) AS n_uses, count(DISTINCT meeting_id) AS n_meetings,"
        " min(date) AS first, max(date) AS last"
        f" FROM chosen JOIN {refrain_rows(statements.corpus)} USING (row_id) GROUP BY ALL"
    )
    return refrains[["speaker", "phrase"]].merge(found)[[*refrains.columns]]


def refrain_rows(tables: Corpus) -> str:
    """The table of the statements (row_id) in which their speaker uses a refrain (phrase)."""
    uses = [
        (phrase, holding(tables.statements.where("speaker = ?", speaker), [phrase]))
        for speaker, phrase in tables["refrains"][["speaker", "phrase"]].itertuples(index=False)
    ]
    sql = " UNION ALL ".join(f"SELECT row_id, ? AS phrase FROM ({rows.sql})" for _, rows in uses)
    sql = sql or "SELECT row_id, text AS phrase FROM statements WHERE false"
    values = [value for phrase, rows in uses for value in (phrase, *rows.values)]
    return tables.table("refrain_rows", sql, *values)


def rising_and_falling(statements: Rows, *, n_each: int = 10) -> pd.DataFrame:
    """Phrases that set the first half of the time apart (z > 0) from the second, and counts."""

    def make() -> pd.DataFrame:
        middle = statements.value("SELECT (year(min(date)) + year(max(date))) // 2 FROM chosen")
        late = phrase_counts(statements.where("year(date) > ?", int(middle)))
        early = phrase_counts(statements) - late
        scores = log_odds(early, late, all_phrases(statements.corpus))
        return most_distinctive(scores, n_each=n_each)

    return statements.corpus.once(("rising and falling", statements, n_each), make)


def split_phrases(text: str) -> list[str]:
    """What a reader typed, by commas; small letters, no doubles; the first few of very many."""
    parts = (" ".join(part.split()).lower() for part in re.split(r"[,;\n]", text))
    return list(dict.fromkeys(part[:LONGEST_TYPED] for part in parts if part))[:N_PHRASES]
