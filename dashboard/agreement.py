"""How far two pictures of one thing agree: rank correlations (Spearman, 1904), theme by theme."""

from collections.abc import Sequence

import pandas as pd
from scipy.stats import spearmanr

from dashboard.corpus import Corpus, Rows
from dashboard.counted import Counted
from dashboard.summaries import theme_shares

N_DRAWN = 5_000  # statements on a theme that are ranked; of more so many are drawn
_ENOUGH = 5  # years or statements under which a rank correlation says nothing
_FEW_ON_IT = 2  # statements a theme needs in a year for its tone to be ranked


def of_tone(tables: Corpus, *, theme_ids: Sequence[str]) -> pd.DataFrame:
    """Tone by Parley's rules against tone by VADER, one row a theme.

    Columns: theme_id, by_statement and n_statements, by_year and n_years; empty where there is too
    little to rank.
    """
    return tables.once(("tones agree", *theme_ids), lambda: _of_tone(tables, theme_ids))


def _of_tone(tables: Corpus, theme_ids: Sequence[str]) -> pd.DataFrame:
    ours, theirs = (
        theme_shares(_all(tables), theme_ids=theme_ids, tone=tone)
        for tone in ("tone", "tone_vader")
    )
    years = ours.assign(other=theirs["tone"])
    years = years[years["n_statements"] >= _FEW_ON_IT].rename(columns={"tone": "one"})
    statements = tables.read(
        "WITH drawn AS (SELECT statement_id, theme_id, tone FROM statement_themes QUALIFY"
        f" row_number() OVER (PARTITION BY theme_id ORDER BY md5(statement_id)) <= {N_DRAWN})"
        " SELECT theme_id, drawn.tone AS one, tone_vader AS other FROM drawn"
        " JOIN statements USING (statement_id)"
    )
    rows = [
        (theme_id, *_ranked(statements, theme_id), *_ranked(years, theme_id))
        for theme_id in theme_ids
    ]
    columns = ["theme_id", "by_statement", "n_statements", "by_year", "n_years"]
    return pd.DataFrame(rows, columns=columns)


def of_kinds(tables: Corpus, *, theme_ids: Sequence[str]) -> pd.DataFrame:
    """A theme's share by year in all documents against that in one kind of them.

    Columns: theme_id, kind, by_year, n_years; no row where all documents are of one kind.
    """
    counted = _all(tables)
    kinds = sorted(counted.totals.ask("SELECT DISTINCT kind FROM chosen")["kind"])
    whole = theme_shares(counted, theme_ids=theme_ids)
    rows = []
    for kind in kinds if len(kinds) > 1 else ():
        part = theme_shares(counted.where("kind = ?", kind), theme_ids=theme_ids)
        both = whole.merge(part, on=["theme_id", "period"], suffixes=("_whole", "_part"))
        both = both.rename(columns={"share_whole": "one", "share_part": "other"})
        rows += [(theme_id, kind, *_ranked(both, theme_id)) for theme_id in theme_ids]
    return pd.DataFrame(rows, columns=["theme_id", "kind", "by_year", "n_years"])


def _all(tables: Corpus) -> Counted:
    return Counted(Rows(tables, "theme_counts_dated"), Rows(tables, "meeting_counts_dated"))


def _ranked(rows: pd.DataFrame, theme_id: str) -> tuple[float | None, int]:
    """The rank correlation of columns one and other of a theme's rows, and how many there are."""
    own = rows.loc[rows["theme_id"] == theme_id, ["one", "other"]].dropna()
    if len(own) < _ENOUGH or (own.nunique() < 2).any():
        return None, len(own)
    return float(spearmanr(own["one"], own["other"]).statistic), len(own)
