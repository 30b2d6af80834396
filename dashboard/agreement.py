"""How far two pictures of one thing agree: rank correlations (Spearman, 1904), theme by theme."""

from collections.abc import Iterable

import pandas as pd
from scipy.stats import spearmanr

from dashboard.summaries import Tables, dated, theme_shares

_ENOUGH = 5  # years or statements under which a rank correlation says nothing
_FEW_ON_IT = 2  # statements a theme needs in a year for its tone to be ranked


def of_tone(tables: Tables, *, theme_ids: Iterable[str]) -> pd.DataFrame:
    """Tone by Parley's rules against tone by VADER, one row a theme.

    Columns: theme_id, by_statement and n_statements, by_year and n_years; empty where there is too
    little to rank.
    """
    counts, totals = (dated(tables[name], tables) for name in ("theme_counts", "meeting_counts"))
    wanted = list(theme_ids)
    ours, theirs = (
        theme_shares(counts, totals, theme_ids=wanted, tone=tone) for tone in ("tone", "tone_vader")
    )
    years = ours.assign(other=theirs["tone"])
    years = years[years["n_statements"] >= _FEW_ON_IT].rename(columns={"tone": "one"})
    vader = tables["statements"].set_index("statement_id")["tone_vader"]
    statements = tables["statement_themes"].rename(columns={"tone": "one"})
    statements = statements.assign(other=statements["statement_id"].map(vader))
    rows = [
        (theme_id, *_ranked(statements, theme_id), *_ranked(years, theme_id)) for theme_id in wanted
    ]
    columns = ["theme_id", "by_statement", "n_statements", "by_year", "n_years"]
    return pd.DataFrame(rows, columns=columns)


def of_kinds(tables: Tables, *, theme_ids: Iterable[str]) -> pd.DataFrame:
    """A theme's share by year in all documents against that in one kind of them.

    Columns: theme_id, kind, by_year, n_years; no row where all documents are of one kind.
    """
    counts, totals = (dated(tables[name], tables) for name in ("theme_counts", "meeting_counts"))
    wanted = list(theme_ids)
    kinds = sorted(totals["kind"].unique())
    whole = theme_shares(counts, totals, theme_ids=wanted)
    rows = []
    for kind in kinds if len(kinds) > 1 else ():
        part = theme_shares(
            counts[counts["kind"] == kind], totals[totals["kind"] == kind], theme_ids=wanted
        )
        both = whole.merge(part, on=["theme_id", "period"], suffixes=("_whole", "_part"))
        both = both.rename(columns={"share_whole": "one", "share_part": "other"})
        rows += [(theme_id, kind, *_ranked(both, theme_id)) for theme_id in wanted]
    return pd.DataFrame(rows, columns=["theme_id", "kind", "by_year", "n_years"])


def _ranked(rows: pd.DataFrame, theme_id: str) -> tuple[float | None, int]:
    """The rank correlation of columns one and other of a theme's rows, and how many there are."""
    own = rows.loc[rows["theme_id"] == theme_id, ["one", "other"]].dropna()
    if len(own) < _ENOUGH or (own.nunique() < 2).any():
        return None, len(own)
    return float(spearmanr(own["one"], own["other"]).statistic), len(own)
