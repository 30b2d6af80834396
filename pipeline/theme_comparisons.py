"""The statements of one theme against those before them: pairs of the same point, centrality.

The statements of some years are compared with one another and with so many before them. What a
change of some documents cannot have touched is taken over from the build before. Which statements
it touched is told by the likeness by which pairs are looked for, so the result is that of comparing
all anew.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy.sparse import csr_matrix, vstack

from pipeline import tables
from pipeline.alignment import Comparer, centralities, find_pairs, is_near_any
from pipeline.store import TableRows
from pipeline.tables import THEME_PAIRS
from pipeline.written import Written

COMPARED = ("alignments", "theme_centrality")
_N_PAIRS = 10  # kept a statement, most alike first; in the bundled documents none has more than 8
_REACH = 10_000  # statements of a theme compared at once, each also with so many before them
_MANY = 2_000  # texts that came or went; where there are more, all is compared anew

_PLACES = """
    SELECT statement_id, document_id, year(date) AS year FROM statements
    {kind} JOIN (SELECT statement_id FROM statement_themes WHERE theme_id = $1 OR $1 = '')
    USING (statement_id) ORDER BY date, document_id, position
"""
_ROWS = """
    WITH about AS (SELECT statement_id, list(theme_id) AS themes
                   FROM statement_themes GROUP BY statement_id)
    SELECT statement_id, meeting_id, side, text, themes
    FROM statements LEFT JOIN about USING (statement_id)
    WHERE CASE WHEN $1 = '' THEN themes IS NULL ELSE list_contains(themes, $1) END
    ORDER BY date, document_id, position
"""
_TEXTS = "SELECT statement_id, text FROM statements WHERE statement_id IN (SELECT unnest($1))"


class Span(NamedTuple):
    """Rows of a theme: those from start on are compared with one another and with the window's."""

    window: int
    start: int
    end: int


Spans = dict[tuple[int, int], Span]  # by first year, and by number where a year has several


class Before(NamedTuple):
    """The comparisons of a build, and what changed since.

    document_ids, speakers: those of which statements came, went or changed; rows: of each theme,
    from where up to where its rows stand in alignments and in theme_centrality; refrains: the rows
    of each speaker.
    """

    folder: Path
    document_ids: frozenset[str]
    speakers: frozenset[str]
    rows: Mapping[str, Mapping[str, tuple[int, int]]]
    refrains: Mapping[str, list[tuple]]

    def of_theme(self, name: str, theme_id: str) -> pa.Table:
        """The rows of a table that were made for a theme."""
        start, end = self.rows[theme_id][name] if theme_id in self.rows else (0, 0)
        return pa.concat_tables(TableRows(self.folder / f"{name}.parquet").between(start, end))


class Kept(NamedTuple):
    """What the build before has of a span.

    own: the statements that stand in the span in both builds and did not change; near: texts that
    came or went within its reach, after which the pairs of a statement like them are others.
    is_same: nothing differs; only then do all of pairs and central hold, the rows before of what
    stands in the span now.
    """

    own: frozenset[str]
    near: list[str]
    is_same: bool
    pairs: pd.DataFrame
    central: pd.DataFrame


class Batch(NamedTuple):
    """Statements of a theme in order of time, and their vectors of words."""

    rows: pd.DataFrame
    words: csr_matrix

    def and_then(self, later: "Batch") -> "Batch":
        rows = pd.concat([self.rows, later.rows], ignore_index=True)
        return Batch(rows, csr_matrix(vstack([self.words, later.words])))

    def last(self, n: int) -> "Batch":
        first = max(0, len(self.rows) - n)
        return Batch(self.rows[first:].reset_index(drop=True), self.words[first:])


def spans_of(years: Iterable[int]) -> Spans:
    """Of the years of statements in order of time: the rows compared at once.

    Whole years, as many as go together: so a statement more leaves most spans as they are.
    """
    sizes = [(year, len(list(same))) for year, same in itertools.groupby(years)]
    found: Spans = {}
    start = 0
    while sizes:
        together = itertools.accumulate(n for _, n in sizes)
        n_years = max(1, len(list(itertools.takewhile(lambda n: n <= _REACH, together))))
        (year, _), end = sizes[0], start + sum(n for _, n in sizes[:n_years])
        for number, first in enumerate(range(start, end, _REACH)):
            found[year, number] = Span(max(0, first - _REACH), first, min(first + _REACH, end))
        start, sizes = end, sizes[n_years:]
    return found


def compare_theme(
    paths: tuple[Path, Path],
    comparer: Comparer,
    theme_id: str,
    *,
    before: Before | None,
    overflow: Path,
) -> dict[str, pa.Table]:
    """The statements of the theme, or those of none for an empty id, with those before them.

    paths: of statements and of statement_themes.
    """
    pairs, central = [tables.empty(COMPARED[0])], [tables.empty(COMPARED[1])]
    with Written(*paths, overflow=overflow) as written:
        places = _places(written, theme_id)
        spans = spans_of(places["year"])
        known = _known(before, theme_id, written, places, overflow=overflow) if before else {}
        todo = [span for key, span in spans.items() if key not in known or not known[key].is_same]
        start, end = (todo[0].window, todo[-1].end) if todo else (0, 0)
        read = [span for span in spans.values() if start <= span.window and span.end <= end]
        batches = _batches(written, comparer, theme_id, read)
        for key, span in spans.items():
            batch = next(batches) if span in read else None
            kept = known.get(key)
            if batch is None or (kept and kept.is_same):
                pairs.append(known[key].pairs)
                central.append(known[key].central)
                continue
            n_before = span.start - span.window
            pairs.append(_pairs(comparer, batch, theme_id, n_before=n_before, kept=kept))
            if theme_id:
                central.append(_centrality(batch, theme_id).iloc[n_before:])
    found = dict(zip(COMPARED, map(_arrow, (pairs, central), COMPARED), strict=True))
    n_rows = {f"n_{name}": [table.num_rows] for name, table in found.items()}
    return {**found, THEME_PAIRS: pa.table({"theme_id": [theme_id], **n_rows})}


def _places(written: Written, theme_id: str) -> pd.DataFrame:
    """Which statements stand where in the theme: statement_id, document_id, year."""
    return written.rows(_PLACES.format(kind="SEMI" if theme_id else "ANTI"), theme_id)


def _batches(
    written: Written, comparer: Comparer, theme_id: str, spans: Sequence[Span]
) -> Iterator[Batch]:
    """The rows of spans that follow one another, each with those of its window before its own."""
    if not spans:
        return
    start, end = spans[0].window, spans[-1].end
    rows = written.batches(f"{_ROWS} LIMIT {end - start} OFFSET {start}", theme_id, size=_REACH)
    parts = _resized(rows, [spans[0].start - start, *(span.end - span.start for span in spans)])
    before = next(parts)
    window = _batch(comparer, before) if before.num_rows else None
    for span, part in zip(spans, parts, strict=True):
        own = _batch(comparer, part)
        batch = window.and_then(own).last(span.end - span.window) if window else own
        yield batch
        window = batch.last(_REACH)


def _batch(comparer: Comparer, rows: pa.Table) -> Batch:
    return Batch(rows.to_pandas(), comparer.words(rows["text"].to_pylist()))


def _resized(parts: Iterator[pa.Table], sizes: Iterable[int]) -> Iterator[pa.Table]:
    """The same rows, so many at a time."""
    held = next(parts)
    for size in sizes:
        while held.num_rows < size:
            held = pa.concat_tables([held, next(parts)])
        yield held[:size]
        held = held[size:]


def _known(
    before: Before, theme_id: str, written: Written, places: pd.DataFrame, *, overflow: Path
) -> dict[tuple[int, int], Kept]:
    """The spans of which the build before has something that still holds."""
    names = ("statements", "statement_themes")
    with Written(*(before.folder / f"{one}.parquet" for one in names), overflow=overflow) as then:
        places_then = _places(then, theme_id)
        both = pd.concat([places, places_then], ignore_index=True)
        numbers, ids = pd.factorize(both["statement_id"])
        changed = np.unique(numbers[both["document_id"].isin(before.document_ids)])
        spans, spans_then = spans_of(places["year"]), spans_of(places_then["year"])
        now, earlier = np.split(numbers, [len(places)])
        differing = {
            key: found
            for key in spans
            if key in spans_then
            for found in [_differing(now, spans[key], earlier, spans_then[key], changed)]
            if len(found) <= _MANY
        }
        wanted = ids[sorted(set(itertools.chain.from_iterable(differing.values())))].tolist()
        texts = _texts(then, wanted) | _texts(written, wanted)
    rows = [_by_span(before.of_theme(name, theme_id), places, spans) for name in COMPARED]
    known = {}
    for key, found in differing.items():
        own = now[spans[key].start : spans[key].end]
        kept = own[
            np.isin(own, earlier[spans_then[key].start : spans_then[key].end])
            & ~np.isin(own, changed)
        ]
        known[key] = Kept(
            frozenset(ids[kept]),
            [texts[one] for one in ids[found]],
            len(found) == 0 and len(kept) == len(own),
            *(of[key] for of in rows),
        )
    return known


def _differing(
    now: np.ndarray, span: Span, earlier: np.ndarray, span_then: Span, changed: np.ndarray
) -> np.ndarray:
    """The statements within reach of a span that came, went or changed; all by number."""
    reach = now[span.window : span.end]
    moved = np.setxor1d(reach, earlier[span_then.window : span_then.end], assume_unique=True)
    return np.union1d(moved, np.intersect1d(reach, changed, assume_unique=True))


def _texts(written: Written, statement_ids: Sequence[str]) -> dict[str, str]:
    if not statement_ids:
        return {}
    found = written.rows(_TEXTS, statement_ids)
    return dict(zip(found["statement_id"], found["text"], strict=True))


def _by_span(
    rows: pa.Table, places: pd.DataFrame, spans: Spans
) -> dict[tuple[int, int], pd.DataFrame]:
    """Rows of a theme, in its order, by the span in which their statement stands now."""
    frame = rows.to_pandas()
    starts = [span.start for span in spans.values()]
    place = pd.Series(range(len(places)), index=places["statement_id"])
    of_span = np.searchsorted(starts, frame["statement_id"].map(place).fillna(-1), side="right") - 1
    return {key: frame[of_span == number] for number, key in enumerate(spans)}


def _pairs(
    comparer: Comparer, batch: Batch, theme_id: str, *, n_before: int, kept: Kept | None
) -> pd.DataFrame:
    """Pairs whose first common theme this is, or that have none, and not of one side's meeting."""
    rows = batch.rows
    occasions = rows.groupby(["meeting_id", "side"], sort=False).ngroup().to_numpy()
    others = sorted({one for about in rows["themes"].dropna() for one in about if one < theme_id})
    is_about = np.zeros((len(rows), len(others)), dtype=bool)  # themes before this one
    if others:
        place = {one: i for i, one in enumerate(others)}
        for row, about in enumerate(rows["themes"]):
            is_about[row, [place[one] for one in about if one < theme_id]] = True

    def is_wanted(later: np.ndarray, earlier: np.ndarray) -> np.ndarray:
        is_first = ~(is_about[later] & is_about[earlier]).any(axis=1)
        return is_first & (occasions[later] != occasions[earlier])

    later = np.arange(n_before, len(rows))
    untouched = later[:0]
    if kept:
        is_own = rows["statement_id"][n_before:].isin(kept.own).to_numpy()
        is_untouched = is_own & ~is_near_any(comparer, batch.words[n_before:], kept.near)
        later, untouched = later[~is_untouched], later[is_untouched]
    found = find_pairs(
        comparer, rows["text"].tolist(), batch.words,
        at=later, is_wanted=is_wanted, most=_N_PAIRS,
    )  # fmt: skip
    ids = rows["statement_id"].tolist()
    named = ((ids[one.later], ids[one.earlier], one.similarity, one.change) for one in found)
    fresh = tables.frame_of(named, name="alignments")
    if not kept:
        return fresh
    still = kept.pairs[kept.pairs["statement_id"].isin(rows["statement_id"].iloc[untouched])]
    places = pd.Series(range(len(ids)), index=ids)
    both = pd.concat([one for one in (still, fresh) if len(one)] or [fresh], ignore_index=True)
    return both.sort_values("statement_id", key=lambda of: of.map(places), kind="stable")


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


def _arrow(parts: Sequence[pd.DataFrame], name: str) -> pa.Table:
    rows = pd.concat([one for one in parts if len(one)] or parts[:1], ignore_index=True)
    return tables.to_arrow(rows, table=tables.TABLES[name])
