"""Small counted tables: what the charts read instead of every statement."""

import pandas as pd

_GRAIN = ["document_id", "meeting_id", "kind", "speaker", "side", "role"]


def count_meetings(statements: pd.DataFrame) -> pd.DataFrame:
    """Statements, words and tone by document, speaker and role: the denominators of shares.

    statements: the published table with the kind of its document.
    """
    return _count(statements, by=_GRAIN)


def count_themes(statements: pd.DataFrame, statement_themes: pd.DataFrame) -> pd.DataFrame:
    """The same by theme, with the tone of the part about the theme."""
    labelled = statements.drop(columns="tone").merge(
        statement_themes[["statement_id", "theme_id", "tone"]], on="statement_id"
    )
    return _count(labelled, by=[*_GRAIN, "theme_id"])


def _count(statements: pd.DataFrame, *, by: list[str]) -> pd.DataFrame:
    squared = statements.assign(
        tone_sq=statements["tone"] ** 2, tone_vader_sq=statements["tone_vader"] ** 2
    )
    return (
        squared.groupby(by, sort=True)
        .agg(
            n_statements=("statement_id", "size"),
            n_words=("n_words", "sum"),
            tone_sum=("tone", "sum"),
            tone_sq_sum=("tone_sq", "sum"),
            tone_vader_sum=("tone_vader", "sum"),
            tone_vader_sq_sum=("tone_vader_sq", "sum"),
        )
        .round(9)
        .reset_index()
    )
