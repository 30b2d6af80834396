"""Some documents → the tables that are made document by document, as frames."""

from collections.abc import Sequence
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
_LABEL_TABLES = ("statement_themes", "theme_matches", "tone_hits")

Frames = dict[str, pd.DataFrame]


class Input(NamedTuple):
    """Documents and rules, read and found to be without mistakes."""

    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    speakers: Speakers
    labeller: Labeller
    events: tuple[Event, ...]
    corrections: Corrections


def part_frames(found: Input) -> Frames:
    """The tables that are made document by document, their rows in the order of the documents."""
    frames = label_frames(found)
    corrections = correction_frame(
        found.corrections, measured_values(found.statements, frames, found.corrections)
    )
    found, frames = _corrected(found, frames)
    frames["statements"] = _statement_frame(found, frames)
    frames["statement_sources"] = tables.frame_of(
        ((s.statement_id, number) for s in found.statements for number in s.source_numbers),
        name="statement_sources",
    )
    kinds = {document.document_id: document.kind for document in found.documents}
    with_kind = frames["statements"].assign(kind=lambda rows: rows["document_id"].map(kinds))
    place = {document_id: i for i, document_id in enumerate(kinds)}
    counts = {
        "meeting_counts": count_meetings(with_kind),
        "theme_counts": count_themes(with_kind, frames["statement_themes"]),
    }
    frames |= {
        name: _in_order(rows, rows["document_id"].map(place)) for name, rows in counts.items()
    }
    of_correction = frames["statements"].set_index("statement_id")["document_id"].map(place)
    frames["corrections"] = _in_order(corrections, corrections["statement_id"].map(of_correction))
    return frames


def document_frames(documents: Sequence[Document]) -> Frames:
    """documents and sources."""
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
    rows: dict[str, list[tuple]] = {name: [] for name in (*_LABEL_TABLES, "tones")}
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
    frames = {name: tables.frame_of(rows[name], name=name) for name in _LABEL_TABLES}
    return {**frames, "tones": pd.DataFrame(rows["tones"], columns=TONE_COLUMNS)}


def _corrected(found: Input, frames: Frames) -> tuple[Input, Frames]:
    """What was set right by hand laid over what documents and rules say."""
    statements = corrected_speakers(found.statements, found.corrections, speakers=found.speakers)
    labels = corrected_labels(
        frames, found.corrections, plain_tones=plain_tones(found.labeller.tone_rules)
    )
    return found._replace(statements=statements), frames | labels


def _in_order(rows: pd.DataFrame, places: pd.Series) -> pd.DataFrame:
    order = places.sort_values(kind="stable").index
    return rows.loc[order].reset_index(drop=True)


def _statement_frame(found: Input, frames: Frames) -> pd.DataFrame:
    rows = pd.DataFrame(found.statements, columns=Statement._fields)
    dates = {document.document_id: document.date for document in found.documents}
    tones = frames["tones"].set_index("statement_id")
    return rows.drop(columns="source_numbers").assign(
        date=rows["document_id"].map(dates),
        **{name: rows["statement_id"].map(tones[name]) for name in TONE_COLUMNS[1:]},
    )
