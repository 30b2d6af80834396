"""What a refresh takes over from the build before: heads of documents, and the rows of each.

Each build keeps for the next one, besides its tables, what stands at the head of every document and
how many rows of each table come from it. Documents keep their order, so what did not change is
copied in slices and never read as a whole.
"""

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline import store
from pipeline.documents import Document
from pipeline.speakers import Speaker
from pipeline.tables import ALL_PHRASES, DAY, HEADS, TEXT, WHOLE

HEAD_TABLES = ("documents", "sources")
# all else that is made document by document; rows of corrections are never taken over
PART_TABLES = (
    "statements", "statement_sources", "statement_themes", "theme_matches", "tone_hits",
    "meeting_counts", "theme_counts", ALL_PHRASES,
)  # fmt: skip
_NAMES = pa.list_(TEXT)
_SCHEMA = pa.schema(
    [
        *((name, TEXT) for name in ("document_id", "path", "sha256")),
        ("date", DAY),
        *((name, TEXT) for name in ("title", "place", "kind", "occasion", "meeting_id")),
        ("participants", _NAMES),
        ("speaker", TEXT),
        ("speaker_line", WHOLE),
        ("new_speakers", pa.list_(_NAMES)),
        ("participants_line", WHOLE),
        ("n_bytes", pa.int64()),
    ]
)
_FIELDS = _SCHEMA.names[:-1]

Sizes = dict[str, np.ndarray]  # of each table, the rows that come from each document, in order


class Head(NamedTuple):
    """A document without its sources and paragraphs, and the size of its file."""

    document: Document
    n_bytes: int


class Earlier:
    """A build and what it keeps of its documents, in their order."""

    def __init__(self, folder: Path) -> None:
        table = store.read_file(folder / f"{HEADS}.parquet")
        heads = [_head(row) for row in table.select(_SCHEMA.names).to_pylist()]
        self.folder = folder
        self.heads = {head.document.document_id: head for head in heads}
        self._places = {document_id: place for place, document_id in enumerate(self.heads)}
        self._sizes = {
            name: table[_size_column(name)].to_numpy() for name in (*HEAD_TABLES, *PART_TABLES)
        }
        self._ends = {name: np.cumsum(sizes) for name, sizes in self._sizes.items()}
        self._files = {name: store.TableRows(folder / f"{name}.parquet") for name in self._sizes}

    def sizes(self, name: str, document_ids: Sequence[str]) -> np.ndarray:
        """How many rows of a table come from each of these documents."""
        places = np.array([self._places[one] for one in document_ids], dtype=int)
        return np.asarray(self._sizes[name][places])

    def rows(self, name: str, document_ids: Sequence[str]) -> Iterator[pa.Table]:
        """The rows of a table that come from these documents, which stand in its order."""
        places = [self._places[one] for one in document_ids]
        for _, run in itertools.groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
            of_run = [place for _, place in run]
            start = self._ends[name][of_run[0]] - self._sizes[name][of_run[0]]
            yield from self._files[name].between(int(start), int(self._ends[name][of_run[-1]]))


class Change(NamedTuple):
    """What differs from a build before: documents that are new, changed, corrected or gone."""

    earlier: Earlier
    document_ids: frozenset[str]


def earlier_build(
    published: Path, before: Mapping[str, Any] | None, *, labels: str
) -> Earlier | None:
    """The build before, if the same rules and code read and labelled its documents."""
    if not before or before.get("inputs", {}).get("labels") != labels:
        return None
    if not store.is_all_kept(published, before):
        return None
    return Earlier(published / before["build_id"])


def kept_heads(heads: Sequence[Head], sizes: Sizes) -> pa.Table:
    """What a build keeps of its documents."""
    rows = [(*(getattr(head.document, name) for name in _FIELDS), head.n_bytes) for head in heads]
    columns = [
        pa.array(column, field.type)
        for column, field in zip(zip(*rows, strict=True), _SCHEMA, strict=True)
    ]
    table = pa.table(columns, schema=_SCHEMA)
    for name in (*HEAD_TABLES, *PART_TABLES):
        table = table.append_column(_size_column(name), pa.array(sizes[name], WHOLE))
    return table


def sizes_of(tables: Mapping[str, pa.Table], document_ids: Sequence[str]) -> Sizes:
    """How many rows of the tables of a part come from each document; rows stand in their order."""
    ids = pa.array(document_ids, TEXT)
    statements = tables["statements"]
    of_statement = pc.index_in(statements["document_id"], value_set=ids)
    sizes = {}
    for name in PART_TABLES:
        table = tables[name]
        if "document_id" in table.column_names:
            places = pc.index_in(table["document_id"], value_set=ids)
        else:
            known = statements["statement_id"].combine_chunks()
            places = of_statement.take(pc.index_in(table["statement_id"], value_set=known))
        sizes[name] = np.bincount(places.to_numpy(), minlength=len(document_ids))
    return sizes


def joined(sizes: Sequence[Sizes]) -> Sizes:
    """The sizes of parts that follow one another."""
    names = dict.fromkeys(itertools.chain.from_iterable(sizes))
    return {name: np.concatenate([one[name] for one in sizes]) for name in names}


def _head(row: Mapping[str, Any]) -> Head:
    values: dict[str, Any] = {name: row[name] for name in _FIELDS}
    date: dt.date = values["date"]
    values |= {
        "date": date,
        "participants": tuple(values["participants"]),
        "new_speakers": tuple(Speaker(*one) for one in values["new_speakers"]),
    }
    return Head(Document(**values, sources=(), paragraphs=()), row["n_bytes"])


def _size_column(name: str) -> str:
    return f"n_{name}"
