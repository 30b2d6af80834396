"""Statements as a plain table for a spreadsheet: who, when, where, what about, says who."""

import pandas as pd

from dashboard.summaries import Tables


def table(statements: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """One row a statement, with its themes and sources in words."""
    labels = tables["themes"].set_index("theme_id")["label"]
    places = tables["meetings"].set_index("meeting_id")["label"]
    themes = tables["statement_themes"]
    by_theme = themes["theme_id"].map(labels).groupby(themes["statement_id"]).agg("; ".join)
    keys = statements["statement_id"]
    return pd.DataFrame(
        {
            "date": statements["date"].dt.date,
            "meeting": statements["meeting_id"].map(places),
            "speaker": statements["speaker"],
            "side": statements["side"],
            "text": statements["text"],
            "themes": keys.map(by_theme).fillna(""),
            "tone": statements["tone"],
            "tone_label": statements["tone_label"],
            "sources": keys.map(_sources(statements, tables)).fillna(""),
            "statement_id": keys,
        }
    )


def _sources(statements: pd.DataFrame, tables: Tables) -> pd.Series:
    rows = statements[["statement_id", "document_id"]].merge(
        tables["statement_sources"], on="statement_id"
    )
    rows = rows.merge(tables["sources"], on=["document_id", "number"])
    names = rows["title"].str.cat(rows["url"], sep=" ").str.strip()
    return names.groupby(rows["statement_id"]).agg("; ".join)
