"""The corpus in parts: a part is some documents, worked on by itself, in any process.

Nothing holds the corpus: of the documents only what stands at their heads is kept, and the tables
of a part are written before the next is taken.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline import tables
from pipeline.corrections import Corrections
from pipeline.documents import Document, read_document, with_paragraphs
from pipeline.frames import STATEMENT_TABLES, Frames, Input, part_frames
from pipeline.labelling import Labeller
from pipeline.phrases import phrase_counts
from pipeline.problems import Problem
from pipeline.speakers import Speakers
from pipeline.statements import read_statements

ALL_PHRASES = "phrases_of_all"  # not published: those of two statements or more are
N_BYTES = 1_000_000  # of text in a part: its tables take some 60 MB while it is worked on


class Head(NamedTuple):
    """A document without its paragraphs, and the size of its file."""

    document: Document
    n_bytes: int


class Heads(NamedTuple):
    """Of some files: the documents' heads, and everything that is wrong with the files."""

    heads: tuple[Head, ...]
    problems: tuple[Problem, ...]


class Part(NamedTuple):
    """Some documents in order: `todo` are to be analysed, of the others `earlier` has the rows."""

    documents: tuple[Document, ...]
    todo: frozenset[str]
    earlier: Frames


class Recipe(NamedTuple):
    """What the work on a part needs besides it; `documents` is their folder."""

    documents: Path
    speakers: Speakers
    labeller: Labeller
    corrections: Corrections


class Analysed(NamedTuple):
    """The tables of one part, or the problems of its documents."""

    part: Part
    tables: dict[str, pa.Table]
    problems: tuple[Problem, ...]


def in_groups(sizes: Iterable[int]) -> Iterator[slice]:
    """Neighbours that have N_BYTES together, or a single one that has more."""
    start = end = total = 0
    for end, size in enumerate(sizes, start=1):
        total += size
        if total >= N_BYTES:
            yield slice(start, end)
            start, total = end, 0
    if start < end:
        yield slice(start, end)


def read_heads(_: None, paths: Sequence[Path]) -> Heads:
    """What stands at the heads of the files."""
    heads, problems = [], []
    for path in paths:
        document, found = read_document(path)
        problems += found
        if document and not found:
            heads.append(Head(document._replace(paragraphs=()), path.stat().st_size))
    return Heads(tuple(heads), tuple(problems))


def plan(heads: Sequence[Head], *, todo: Collection[str], earlier: Path | None) -> Iterator[Part]:
    """The parts of the corpus, in order. earlier: the folder of the build before."""
    wanted = frozenset(todo)
    for group in in_groups(head.n_bytes for head in heads):
        documents = tuple(head.document for head in heads[group])
        new = wanted.intersection(d.document_id for d in documents)
        kept = [d.document_id for d in documents if d.document_id not in new]
        yield Part(documents, new, _earlier(earlier, kept) if earlier and kept else {})


def analyse(recipe: Recipe, part: Part) -> Analysed:
    """The tables of the part that are made document by document, checked against the contract."""
    heads = [document for document in part.documents if document.document_id in part.todo]
    documents: list[Document] = []
    problems: list[Problem] = []
    for head in heads:
        document, wrong = with_paragraphs(head, path=recipe.documents / head.path)
        documents += [document] if document else []
        problems += wrong
    statements, unknown = read_statements(documents, speakers=recipe.speakers)
    problems += [one._replace(path=str(recipe.documents / one.path)) for one in unknown]
    if problems:
        return Analysed(part, {}, tuple(problems))
    found = Input(
        part.documents, tuple(statements), recipe.speakers, recipe.labeller, (), recipe.corrections
    )
    frames = part_frames(found, earlier=part.earlier)
    made = tables.validate(frames, only=frames.keys() & tables.TABLES.keys())
    return Analysed(part, {**made, ALL_PHRASES: _phrases(made["statements"])}, ())


def _phrases(statements: pa.Table) -> pa.Table:
    """All phrases of the statements: as the table of phrases has them, made without frames."""
    phrases: list[str] = []
    counts, lengths = array("i"), array("i")
    for text in statements["text"].to_pylist():
        found = phrase_counts(text)
        ordered = sorted(found)
        phrases += ordered
        counts.extend(map(found.__getitem__, ordered))
        lengths.append(len(ordered))
    ids = statements["statement_id"].take(np.repeat(np.arange(len(lengths)), lengths))
    return pa.table([ids, phrases, counts], schema=tables.TABLES["statement_phrases"].schema)


def _earlier(build: Path, document_ids: Sequence[str]) -> Frames:
    """The rows of the build before for these documents."""
    statements = _rows(build, "statements", column="document_id", values=document_ids)
    ids = statements["statement_id"].tolist()
    return {"statements": statements} | {
        name: _rows(build, name, column="statement_id", values=ids) for name in STATEMENT_TABLES[1:]
    }


def _rows(folder: Path, name: str, *, column: str, values: Sequence[str]) -> pd.DataFrame:
    """The rows with these values; whole row groups are passed over by their least and greatest."""
    if not values:
        return tables.empty(name)
    field = pc.field(column)
    near = (field >= min(values)) & (field <= max(values))
    wanted = near & field.isin(values)
    return ds.dataset(folder / f"{name}.parquet").to_table(filter=wanted).to_pandas()
