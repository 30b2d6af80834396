"""Positions over time: themes by meetings, the most telling statements, how far sides are apart."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from dashboard.summaries import FEW, Tables
from pipeline.intervals import mean_difference

N_SHUFFLES = 400  # the 95 % band of chance then moves by less than 0.01 from seed to seed
_ENOUGH = 2  # statements a side needs in a year before its distance is measured


def theme_matrix(
    statements: pd.DataFrame, themes: pd.DataFrame, *, theme_ids: Iterable[str]
) -> pd.DataFrame:
    """One row a meeting and theme that was spoken of there.

    statements: of one speaker or side. Columns: meeting_id, theme_id, n, total, share, tone.
    """
    totals = statements.groupby("meeting_id").size()
    own = themes[themes["theme_id"].isin(list(theme_ids))].merge(
        statements[["statement_id", "meeting_id"]], on="statement_id"
    )
    cells = own.groupby(["meeting_id", "theme_id"], as_index=False).agg(
        n=("statement_id", "size"), tone=("tone", "mean")
    )
    total = [int(totals[meeting_id]) for meeting_id in cells["meeting_id"]]
    cells = cells.assign(total=np.array(total, dtype=int))
    return cells.assign(share=cells["n"] / cells["total"], is_few=cells["total"] < FEW)


def telling(
    tables: Tables, statements: pd.DataFrame, *, theme_id: str, n_each: int = 2
) -> pd.DataFrame:
    """Each side's most telling statements on a theme, year by year.

    Telling: how much a statement is about the theme times how near it is to what its side says on
    it elsewhere. Columns: those of statements, plus year, weight, centrality, telling, change (new,
    or what it does to something the side said before: repeated, reworded) and the earlier_id.
    """
    keys = ["statement_id", "theme_id"]
    about = tables["statement_themes"].drop(columns="tone").merge(
        tables["theme_centrality"], on=keys
    )  # fmt: skip
    rows = statements.merge(about[about["theme_id"] == theme_id], on="statement_id")
    rows = rows.merge(earlier_likes(tables), on="statement_id", how="left")
    rows = rows.assign(
        year=rows["date"].dt.year,
        telling=rows["weight"] * rows["centrality"],
        change=rows["change"].fillna("new"),
        earlier_id=rows["earlier_id"].fillna(""),
    )
    order = rows.sort_values(
        ["year", "side", "telling", "statement_id"], ascending=[True, True, False, True]
    )
    return order.groupby(["year", "side"], sort=False).head(n_each).reset_index(drop=True)


def earlier_likes(tables: Tables) -> pd.DataFrame:
    """The most similar earlier statement of the same side: statement_id, earlier_id, change."""
    side = tables["statements"].set_index("statement_id")["side"]
    pairs = tables["alignments"]
    own = pairs[pairs["statement_id"].map(side) == pairs["earlier_id"].map(side)]
    nearest = own.sort_values(["statement_id", "similarity", "earlier_id"])
    return nearest.groupby("statement_id", as_index=False)[["earlier_id", "change"]].last()


def tone_apart(rows: pd.DataFrame, *, sides: Sequence[str]) -> pd.DataFrame:
    """Tone of the first side less that of the second, by year, with its 95 % interval.

    rows: statements on a theme with the tone of the part about it. Columns: year, difference,
    low, high (empty where there is too little), n_first, n_second, is_few.
    """
    found = []
    for year, own in rows.groupby(rows["date"].dt.year):
        first, second = (own[own["side"] == side] for side in sides)
        if min(len(first), len(second)) < 1:
            continue
        difference = mean_difference(
            first["theme_tone"], documents=first["document_id"],
            others=second["theme_tone"], other_documents=second["document_id"],
        )  # fmt: skip
        found.append((year, *np.clip(difference, -2, 2), len(first), len(second)))
    columns = ["year", "difference", "low", "high", "n_first", "n_second"]
    return _with_few(pd.DataFrame(found, columns=columns))


def wording_apart(
    rows: pd.DataFrame, phrases: pd.DataFrame, *, sides: Sequence[str]
) -> pd.DataFrame:
    """Distance of the two sides' wording by year, beside what chance alone would give.

    Distance: 1 − cosine of the counts of words and phrases, with a 95 % interval by the jackknife
    over statements (Efron and Stein, 1981); chance: the same statements dealt to the sides at
    random. Columns: year, distance, low, high, chance_low, chance_high (95 % of the deals),
    n_first, n_second, is_few.
    """
    own = rows[rows["side"].isin(sides)]
    found = []
    for year, part in own.groupby(own["date"].dt.year):
        is_first = (part["side"] == sides[0]).to_numpy()
        if min(is_first.sum(), (~is_first).sum()) < _ENOUGH:
            continue
        counts = _counts(part["statement_id"].tolist(), phrases)
        distance = float(_distances(counts, is_first, ~is_first)[0])
        half = 1.959964 * _jackknife_error(counts, is_first)
        chance = np.quantile(_by_chance(counts, is_first), [0.025, 0.975])
        bounds = max(distance - half, 0), min(distance + half, 1)
        found.append((year, distance, *bounds, *chance, is_first.sum(), (~is_first).sum()))
    columns = ["year", "distance", "low", "high", "chance_low", "chance_high"]
    return _with_few(pd.DataFrame(found, columns=[*columns, "n_first", "n_second"]))


def _counts(statement_ids: list[str], phrases: pd.DataFrame) -> csr_matrix:
    """statements × phrases."""
    own = phrases[phrases["statement_id"].isin(statement_ids)]
    row = pd.Categorical(own["statement_id"], categories=statement_ids).codes
    column, names = pd.factorize(own["phrase"])
    shape = (len(statement_ids), max(len(names), 1))
    return csr_matrix((own["n"].to_numpy(dtype=float), (row, column)), shape=shape)


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
