"""The corpus in parts: a part is some documents, worked on by itself, in any process.

Nothing holds the corpus: of the documents only what stands at their heads is kept, and the tables
of a part are written before the next is taken.
"""

import itertools
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from pipeline import tables
from pipeline.corrections import Corrections
from pipeline.documents import Document, read_document, with_paragraphs
from pipeline.earlier import HEAD_TABLES, Head, Sizes, sizes_of
from pipeline.frames import Input, document_frames, part_frames
from pipeline.labelling import Labeller
from pipeline.phrases import phrase_counts
from pipeline.problems import Problem
from pipeline.speakers import Speakers
from pipeline.statements import read_statements

N_BYTES = 1_000_000  # of text in a part: its tables take some 60 MB while it is worked on


class Run(NamedTuple):
    """Documents that follow one another, by their places; taken over, or to be worked on."""

    places: slice
    is_kept: bool


class Heads(NamedTuple):
    """Of some files: what stands at their heads, the tables of it, and all that is wrong."""

    heads: tuple[Head, ...]
    tables: dict[str, pa.Table]
    sizes: Sizes
    problems: tuple[Problem, ...]


class Recipe(NamedTuple):
    """What the work on a part needs besides it; `documents` is their folder."""

    documents: Path
    speakers: Speakers
    labeller: Labeller
    corrections: Corrections


class Analysed(NamedTuple):
    """The tables of one part and how many rows come from each document, or the problems."""

    tables: dict[str, pa.Table]
    sizes: Sizes
    problems: tuple[Problem, ...]


def in_runs(is_kept: Sequence[bool], n_bytes: Sequence[int]) -> Iterator[Run]:
    """All documents in order; what is to be worked on in groups that fit a part."""
    start = 0
    for kept, same in itertools.groupby(is_kept):
        end = start + len(list(same))
        if kept:
            yield Run(slice(start, end), is_kept=True)
        else:
            for group in in_groups(n_bytes[start:end]):
                yield Run(slice(start + group.start, start + group.stop), is_kept=False)
        start = end


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
    heads, documents, problems = [], [], []
    for path in paths:
        document, found = read_document(path)
        problems += found
        if document and not found:
            documents.append(document)
            slim = document._replace(sources=(), paragraphs=())
            heads.append(Head(slim, path.stat().st_size))
    frames = document_frames(documents)
    made = {name: tables.to_arrow(frames[name], table=tables.TABLES[name]) for name in HEAD_TABLES}
    sizes = {
        "documents": np.ones(len(documents), dtype=int),
        "sources": np.array([len(document.sources) for document in documents], dtype=int),
    }
    return Heads(tuple(heads), made, sizes, tuple(problems))


def analyse(recipe: Recipe, heads: Sequence[Document]) -> Analysed:
    """The tables of a part that are made document by document, checked against the contract."""
    documents: list[Document] = []
    problems: list[Problem] = []
    for head in heads:
        document, wrong = with_paragraphs(head, path=recipe.documents / head.path)
        documents += [document] if document else []
        problems += wrong
    statements, unknown = read_statements(documents, speakers=recipe.speakers)
    problems += [one._replace(path=str(recipe.documents / one.path)) for one in unknown]
    if problems:
        return Analysed({}, {}, tuple(problems))
    found = Input(
        tuple(documents), tuple(statements), recipe.speakers, recipe.labeller, (),
        recipe.corrections,
    )  # fmt: skip
    made = tables.validate(frames := part_frames(found), only=frames.keys() & tables.TABLES.keys())
    made[tables.ALL_PHRASES] = _phrases(made["statements"])
    return Analysed(made, sizes_of(made, [head.document_id for head in heads]), ())


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
