"""Some documents → the tables that are made document by document, as frames."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from pipeline import tables
from pipeline.baselines import vader_scores
from pipeline.correcting import (
    corrected_labels,
    corrected_speakers,
    correction_frame,
    measured_values,
)
from pipeline.corrections import Corrections
from pipeline.counts import count_meetings, count_themes
from pipeline.documents import Document
from pipeline.events import Event
from pipeline.labelling import Labeller
from pipeline.speakers import Speakers
from pipeline.statements import Statement
from pipeline.tone import plain_tones

TONE_COLUMNS = ["statement_id", "tone", "tone_label", "tone_vader"]
LABEL_TABLES = ("statement_themes", "theme_matches", "tone_hits")
STATEMENT_TABLES = ("statements", "statement_sources", *LABEL_TABLES)

Frames = dict[str, pd.DataFrame]


class Input(NamedTuple):
    """Documents and rules, read and found to be without mistakes."""

    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    speakers: Speakers
    labeller: Labeller
    events: tuple[Event, ...]
    corrections: Corrections


def part_frames(found: Input, *, earlier: Frames) -> Frames:
    """The tables that are made document by document.

    found: documents, and the statements of those that are to be analysed. earlier: the rows of the
    other documents from the build before.
    """
    frames = label_frames(found)
    corrections = correction_frame(
        found.corrections, measured_values(found.statements, frames, found.corrections)
    )
    found, frames = _corrected(found, frames)
    frames |= _document_frames(found.documents)
    frames["statements"] = _statement_frame(found, frames)
    frames["statement_sources"] = tables.frame_of(
        ((s.statement_id, number) for s in found.statements for number in s.source_numbers),
        name="statement_sources",
    )
    frames |= _with_earlier({name: frames[name] for name in STATEMENT_TABLES}, earlier, frames)
    frames["corrections"] = corrections
    kinds = frames["documents"].set_index("document_id")["kind"]
    with_kind = frames["statements"].assign(kind=lambda rows: rows["document_id"].map(kinds))
    frames["meeting_counts"] = count_meetings(with_kind)
    frames["theme_counts"] = count_themes(with_kind, frames["statement_themes"])
    return frames


def _document_frames(documents: Iterable[Document]) -> Frames:
    documents = list(documents)
    sources = [(d.document_id, *source[:5]) for d in documents for source in d.sources]
    rows = [
        (
            d.document_id, d.meeting_id, d.date, d.place, d.title, d.kind, d.occasion, d.path,
            d.sha256,
        )
        for d in documents
    ]  # fmt: skip
    return {
        "documents": tables.frame_of(rows, name="documents"),
        "sources": tables.frame_of(sources, name="sources"),
    }


def label_frames(found: Input) -> Frames:
    """Themes, tone and their words; plus `tones`, the tone of each whole statement."""
    rows: dict[str, list[tuple]] = {name: [] for name in (*LABEL_TABLES, "tones")}
    texts = [s.text for s in found.statements]
    labelled = zip(
        found.statements,
        found.labeller.label(texts, documents=[s.document_id for s in found.statements]),
        vader_scores(texts),
        strict=True,
    )
    for statement, labels, tone_vader in labelled:
        key = statement.statement_id
        rows["tones"].append((key, labels.tone, labels.tone_label, tone_vader))
        rows["statement_themes"] += [(key, *theme) for theme in labels.themes]
        rows["theme_matches"] += sorted(
            {(key, m.theme_id, m.term, m.start, m.end) for m in labels.theme_matches}
        )
        rows["tone_hits"] += [
            (key, h.term, h.weight, h.is_negated, h.start, h.end) for h in labels.tone_hits
        ]
    frames = {name: tables.frame_of(rows[name], name=name) for name in LABEL_TABLES}
    return {**frames, "tones": pd.DataFrame(rows["tones"], columns=TONE_COLUMNS)}


def _corrected(found: Input, frames: Frames) -> tuple[Input, Frames]:
    """What was set right by hand laid over what documents and rules say."""
    statements = corrected_speakers(found.statements, found.corrections, speakers=found.speakers)
    labels = corrected_labels(
        frames, found.corrections, plain_tones=plain_tones(found.labeller.tone_rules)
    )
    return found._replace(statements=statements), frames | labels


def _with_earlier(fresh: Frames, earlier: Frames, frames: Frames) -> Frames:
    """The rows of both, in the order of the documents and of the statements in them."""
    if not earlier:
        return fresh
    place = {key: i for i, key in enumerate(frames["documents"]["document_id"])}
    both = {name: _rows_of_both(frame, earlier[name]) for name, frame in fresh.items()}
    statements = both["statements"].sort_values(
        ["document_id", "position"],
        key=lambda column: column.map(place) if column.name == "document_id" else column,
        ignore_index=True,
    )
    order = {key: i for i, key in enumerate(statements["statement_id"])}
    sorted_rows = {
        name: frame.sort_values(
            "statement_id", key=lambda ids: ids.map(order), kind="stable", ignore_index=True
        )
        for name, frame in both.items()
    }
    return {**sorted_rows, "statements": statements}


def _rows_of_both(fresh: pd.DataFrame, earlier: pd.DataFrame) -> pd.DataFrame:
    parts = [part for part in (earlier, fresh) if len(part)] or [fresh]
    return pd.concat(parts, ignore_index=True)


def _statement_frame(found: Input, frames: Frames) -> pd.DataFrame:
    rows = pd.DataFrame(found.statements, columns=Statement._fields)
    dates = frames["documents"].set_index("document_id")["date"]
    tones = frames["tones"].set_index("statement_id")
    return rows.drop(columns="source_numbers").assign(
        date=rows["document_id"].map(dates),
        **{name: rows["statement_id"].map(tones[name]) for name in TONE_COLUMNS[1:]},
    )
