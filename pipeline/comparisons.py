"""Statements against statements: pairs, centrality, phrases and refrains of a build in the making.

All is read from the build's tables in batches: theme by theme, side by side, speaker by speaker.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_matrix, vstack

from pipeline import tables
from pipeline.alignment import Comparer, centralities, find_pairs
from pipeline.phrases import find_refrains, log_odds_of_used
from pipeline.written import Written

_MIN_USES = 2  # a phrase in one statement only can neither recur nor set a group apart
_RARE = 50_000  # of many statements a phrase must be in more than one of so many
_N_DISTINCTIVE = 40  # phrases kept a side, most distinctive first
_N_PAIRS = 10  # kept a statement, most alike first; in the bundled documents none has more than 8
_SPEAKERS = 20  # looked through in one task
_ROWS = 200_000  # of phrases taken at once
_BATCH = 10_000  # statements of a theme compared at once, each also with so many before them

_ALL_OF_THEME = """
    WITH about AS (SELECT statement_id, list(theme_id) AS themes
                   FROM statement_themes GROUP BY statement_id)
    SELECT statement_id, meeting_id, side, text, themes
    FROM statements LEFT JOIN about USING (statement_id)
    WHERE CASE WHEN $1 = '' THEN themes IS NULL ELSE list_contains(themes, $1) END
    ORDER BY date, document_id, position
"""
_ALL_OF_SPEAKERS = """
    SELECT speaker, meeting_id, date, text FROM statements WHERE list_contains($1, speaker)
    ORDER BY list_position($1, speaker), date, document_id, position
"""
_BY_SIDE = """
    SELECT side, phrase, n, sum(n) OVER (PARTITION BY phrase)::INTEGER AS n_everywhere
    FROM (SELECT side, phrase, sum(n)::INTEGER AS n
          FROM statement_phrases JOIN statements USING (statement_id) GROUP BY side, phrase)
    ORDER BY side, phrase
"""


class Basis(NamedTuple):
    """What comparing some of the statements needs besides saying which.

    names: of speakers, sides and offices, of which no refrain is made up.
    """

    statements: Path
    statement_themes: Path
    overflow: Path
    comparer: Comparer
    names: tuple[str, ...]


Made = dict[str, pa.Table]
Task = tuple[Callable[[Basis, Any], Made], Any]


class Batch(NamedTuple):
    """Statements of a theme in order of time, and their vectors of words."""

    rows: pd.DataFrame
    words: csr_matrix

    def and_then(self, later: "Batch") -> "Batch":
        rows = pd.concat([self.rows, later.rows], ignore_index=True)
        return Batch(rows, csr_matrix(vstack([self.words, later.words])))

    def last(self, n: int) -> "Batch":
        return Batch(self.rows.tail(n).reset_index(drop=True), self.words[-n:])


def tasks(written: Written) -> list[Task]:
    """All that do() is to do, the largest first."""
    themes = written.rows(
        "SELECT theme_id FROM statement_themes GROUP BY 1 ORDER BY count(*) DESC, 1"
    )
    speakers = written.rows("SELECT speaker FROM statements GROUP BY 1 ORDER BY count(*) DESC, 1")
    names = speakers["speaker"].tolist()
    groups = [names[i : i + _SPEAKERS] for i in range(0, len(names), _SPEAKERS)]
    return [
        *((compare_theme, theme_id) for theme_id in ["", *themes["theme_id"]]),
        *((find_formulas, group) for group in groups),
    ]


def do(basis: Basis, task: Task) -> Made:
    """Tables, or parts of them."""
    function, what = task
    return function(basis, what)


def compare_theme(basis: Basis, theme_id: str) -> Made:
    """The statements of the theme, or those of none for an empty id, with those before them."""
    pairs, central = [], []
    before: Batch | None = None
    paths = basis.statements, basis.statement_themes
    with Written(*paths, overflow=basis.overflow) as written:
        for rows in written.batches(_ALL_OF_THEME, theme_id, size=_BATCH):
            texts = rows["text"].to_pylist()
            batch = Batch(rows.to_pandas(), basis.comparer.words(texts))
            n_before = len(before.rows) if before else 0
            batch = before.and_then(batch) if before else batch
            pairs.append(_pairs(basis.comparer, batch, theme_id, n_before=n_before))
            if theme_id:
                central.append(_centrality(batch, theme_id).iloc[n_before:])
            before = batch.last(_BATCH)
    return {
        "alignments": _arrow(pairs, "alignments"),
        "theme_centrality": _arrow(central, "theme_centrality"),
    }


def find_formulas(basis: Basis, speakers: Sequence[str]) -> Made:
    """The refrains of each speaker."""
    rows = []
    with Written(basis.statements, overflow=basis.overflow) as written:
        parts = written.batches(_ALL_OF_SPEAKERS, list(speakers), size=_BATCH)
        said = itertools.chain.from_iterable(
            zip(*part.to_pydict().values(), strict=True) for part in parts
        )
        for speaker, own in itertools.groupby(said, key=itemgetter(0)):
            refrains = find_refrains((row[1:] for row in own), names=basis.names)
            rows += [(speaker, *refrain) for refrain in refrains]
    return {"refrains": _arrow([tables.frame_of(rows, name="refrains")], "refrains")}


def phrase_tables(written: Written, *, n_statements: int) -> Iterator[pa.Table]:
    """statement_phrases in parts: of phrases_of_all those that enough statements hold."""
    least = max(_MIN_USES, n_statements // _RARE)
    usual = written.rows(
        "SELECT phrase FROM phrases_of_all GROUP BY phrase HAVING count(*) >= $1", least
    )
    wanted = pa.array(usual["phrase"], pa.string())
    every = "SELECT statement_id, phrase, n FROM phrases_of_all"
    for part in written.batches(every, size=_ROWS):
        yield part.filter(pc.is_in(part["phrase"], value_set=wanted))


def distinctive(written: Written) -> pd.DataFrame:
    """phrases: what sets each side apart from all others."""
    uses = written.rows(_BY_SIDE)
    n_own = uses.groupby("side")["n"].transform("sum")
    scores = log_odds_of_used(
        uses["n"], uses["n_everywhere"], n_own=n_own, n_phrases=uses["phrase"].nunique()
    )
    best = scores.sort_values("z", ascending=False, kind="stable").groupby(uses["side"])
    chosen = uses.join(best.head(_N_DISTINCTIVE)[["z"]].round(4), how="right")
    rows = chosen.sort_values("side", kind="stable")[["side", "phrase", "n", "z"]]
    return tables.frame_of(rows.itertuples(index=False), name="phrases")


def _pairs(comparer: Comparer, batch: Batch, theme_id: str, *, n_before: int) -> pd.DataFrame:
    """Pairs whose first common theme this is, or that have none, and not of one side's meeting."""
    rows = batch.rows
    occasions = rows.groupby(["meeting_id", "side"], sort=False).ngroup().to_numpy()
    before = sorted({one for about in rows["themes"].dropna() for one in about if one < theme_id})
    is_about = np.zeros((len(rows), len(before)), dtype=bool)  # themes before this one
    if before:
        place = {one: i for i, one in enumerate(before)}
        for row, about in enumerate(rows["themes"]):
            is_about[row, [place[one] for one in about if one < theme_id]] = True

    def is_wanted(later: np.ndarray, earlier: np.ndarray) -> np.ndarray:
        is_first = ~(is_about[later] & is_about[earlier]).any(axis=1)
        return is_first & (occasions[later] != occasions[earlier])

    found = find_pairs(
        comparer, rows["text"].tolist(), batch.words,
        start=n_before, is_wanted=is_wanted, most=_N_PAIRS,
    )  # fmt: skip
    ids = rows["statement_id"].tolist()
    named = ((ids[one.later], ids[one.earlier], one.similarity, one.change) for one in found)
    return tables.frame_of(named, name="alignments")


def _centrality(batch: Batch, theme_id: str) -> pd.DataFrame:
    values = pd.Series(0.0, index=batch.rows.index)
    for _, own in batch.rows.groupby("side"):
        values[own.index] = centralities(batch.words, own.index.tolist())
    return pd.DataFrame(
        {
            "statement_id": batch.rows["statement_id"],
            "theme_id": theme_id,
            "centrality": values.round(4),
        }
    )


def _arrow(parts: list[pd.DataFrame], name: str) -> pa.Table:
    rows = pd.concat(parts) if parts else tables.empty(name)
    return tables.to_arrow(rows, table=tables.TABLES[name])
