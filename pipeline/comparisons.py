"""Statements against statements: pairs, centrality, phrases and refrains of a build in the making.

All is read from the build's tables in batches: theme by theme, side by side, speaker by speaker.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline import tables
from pipeline.alignment import Comparer
from pipeline.earlier import Change
from pipeline.phrases import find_refrains, log_odds_of_used
from pipeline.store import read_file
from pipeline.tables import THEME_PAIRS
from pipeline.theme_comparisons import COMPARED, Before, compare_theme
from pipeline.written import Written

_MIN_USES = 2  # a phrase in one statement only can neither recur nor set a group apart
_RARE = 50_000  # of many statements a phrase must be in more than one of so many
_N_DISTINCTIVE = 40  # phrases kept a side, most distinctive first
_SPEAKERS = 20  # looked through in one task
_ROWS = 200_000  # of phrases taken at once
_BATCH = 10_000  # statements taken at once

_ALL_OF_SPEAKERS = """
    SELECT speaker, meeting_id, date, text FROM statements WHERE list_contains($1, speaker)
    ORDER BY list_position($1, speaker), meeting_id, document_id, position
"""
_SPEAKERS_OF = """
    SELECT DISTINCT speaker FROM statements WHERE document_id IN (SELECT unnest($1))
"""
_BY_SIDE = """
    SELECT side, phrase, n, sum(n) OVER (PARTITION BY phrase)::INTEGER AS n_everywhere
    FROM (SELECT side, phrase, sum(n)::INTEGER AS n
          FROM statement_phrases JOIN statements USING (statement_id) GROUP BY side, phrase)
    ORDER BY side, phrase
"""


class Basis(NamedTuple):
    """What comparing some of the statements needs besides saying which.

    names: of speakers, sides and offices, of which no refrain is made up; before: what the build
    before compared, if that still holds.
    """

    statements: Path
    statement_themes: Path
    overflow: Path
    comparer: Comparer
    names: tuple[str, ...]
    before: Before | None


Made = dict[str, pa.Table]
Task = tuple[Callable[[Basis, Any], Made], Any]


def before_of(change: Change, statements: Path, *, overflow: Path) -> Before:
    """What can be taken over from the comparisons of the build before the change."""
    folder = change.earlier.folder
    speakers: set[str] = set()
    for path in (statements, folder / "statements.parquet"):
        with Written(path, overflow=overflow) as written:
            speakers |= {*written.rows(_SPEAKERS_OF, list(change.document_ids))["speaker"]}
    kept = read_file(folder / f"{THEME_PAIRS}.parquet").to_pandas().set_index("theme_id")
    ends = kept.cumsum()
    rows = {
        theme_id: {
            name: (int(ends.at[theme_id, f"n_{name}"] - n), int(ends.at[theme_id, f"n_{name}"]))
            for name in COMPARED
            for n in [kept.at[theme_id, f"n_{name}"]]
        }
        for theme_id in kept.index
    }
    refrains: dict[str, list[tuple]] = {}
    found = read_file(folder / "refrains.parquet").to_pandas()
    for row in found.itertuples(index=False, name=None):
        refrains.setdefault(row[0], []).append(row)
    return Before(folder, change.document_ids, frozenset(speakers), rows, refrains)


def tasks(written: Written) -> list[Task]:
    """All that do() is to do, the largest first."""
    themes = written.rows(
        "SELECT theme_id FROM statement_themes GROUP BY 1 ORDER BY count(*) DESC, 1"
    )
    speakers = written.rows("SELECT speaker FROM statements GROUP BY 1 ORDER BY count(*) DESC, 1")
    names = speakers["speaker"].tolist()
    groups = [names[i : i + _SPEAKERS] for i in range(0, len(names), _SPEAKERS)]
    return [
        *((find_pairs_on, theme_id) for theme_id in ["", *themes["theme_id"]]),
        *((find_formulas, group) for group in groups),
    ]


def do(basis: Basis, task: Task) -> Made:
    """Tables, or parts of them."""
    function, what = task
    return function(basis, what)


def find_pairs_on(basis: Basis, theme_id: str) -> Made:
    """The pairs and the centrality of a theme, or the pairs of no theme for an empty id."""
    return compare_theme(
        (basis.statements, basis.statement_themes), basis.comparer, theme_id,
        before=basis.before, overflow=basis.overflow,
    )  # fmt: skip


def find_formulas(basis: Basis, speakers: Sequence[str]) -> Made:
    """The refrains of each speaker; of one whose statements are as before, those of the build."""
    of_before = basis.before.refrains if basis.before else {}
    rows: dict[str, list[tuple]] = {speaker: of_before.get(speaker, []) for speaker in speakers}
    todo = [one for one in speakers if not basis.before or one in basis.before.speakers]
    with Written(basis.statements, overflow=basis.overflow) as written:
        parts = written.batches(_ALL_OF_SPEAKERS, todo, size=_BATCH) if todo else ()
        said = itertools.chain.from_iterable(
            zip(*part.to_pydict().values(), strict=True) for part in parts
        )
        for speaker, own in itertools.groupby(said, key=itemgetter(0)):
            refrains = find_refrains((row[1:] for row in own), names=basis.names)
            rows[speaker] = [(speaker, *refrain) for refrain in refrains]
    frame = tables.frame_of(itertools.chain.from_iterable(rows.values()), name="refrains")
    return {"refrains": tables.to_arrow(frame, table=tables.TABLES["refrains"])}


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
