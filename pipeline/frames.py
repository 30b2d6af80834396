"""Documents, statements and labels → every published table as a frame."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from pipeline import evaluation, tables
from pipeline.baselines import vader_scores
from pipeline.comparisons import compare_statements
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
from pipeline.topics import find_topics

TONE_COLUMNS = ["statement_id", "tone", "tone_label", "tone_vader"]
LABEL_TABLES = ("statement_themes", "theme_matches", "tone_hits")

Progress = Callable[[int, int], None]
Frames = dict[str, pd.DataFrame]


class Input(NamedTuple):
    """Documents and rules, read and found to be without mistakes."""

    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    speakers: Speakers
    labeller: Labeller
    events: tuple[Event, ...]
    corrections: Corrections


def build_frames(
    found: Input,
    *,
    gold: Path,
    earlier: Frames,
    todo: Sequence[str],
    on_progress: Progress | None = None,
) -> Frames:
    """Every published table as a frame; labels of documents not in `todo` come from `earlier`."""
    frames = _document_frames(found.documents)
    frames["events"] = tables.frame_of(found.events, name="events")
    frames |= label_frames(found, earlier=earlier, todo=todo, on_progress=on_progress)
    frames["corrections"] = correction_frame(
        found.corrections, measured_values(found.statements, frames, found.corrections)
    )
    found, frames = _corrected(found, frames)
    frames["statements"] = _statement_frame(found, frames)
    frames["statement_sources"] = tables.frame_of(
        ((s.statement_id, number) for s in found.statements for number in s.source_numbers),
        name="statement_sources",
    )
    frames["meetings"] = _meeting_frame(frames, home=found.speakers.home)
    frames["speakers"] = _speaker_frame(found)
    frames |= _rule_frames(found.labeller) | _topic_frames(found)
    kinds = frames["documents"].set_index("document_id")["kind"]
    with_kind = frames["statements"].assign(kind=lambda rows: rows["document_id"].map(kinds))
    frames["meeting_counts"] = count_meetings(with_kind)
    frames["theme_counts"] = count_themes(with_kind, frames["statement_themes"])
    names = frames["speakers"][["speaker", "side", "office"]].to_numpy().ravel()
    frames |= compare_statements(frames["statements"], frames["statement_themes"], names=names)
    frames |= _quality_frames(found.labeller, gold=gold)
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


def label_frames(
    found: Input, *, earlier: Frames, todo: Sequence[str], on_progress: Progress | None = None
) -> Frames:
    """Themes, tone and their words; plus `tones`, the tone of each whole statement."""
    wanted = set(todo)
    fresh = [s for s in found.statements if s.document_id in wanted]
    kept = {s.statement_id for s in found.statements if s.document_id not in wanted}
    rows: dict[str, list[tuple]] = {name: [] for name in (*LABEL_TABLES, "tones")}
    texts = [s.text for s in fresh]
    labelled = zip(
        fresh,
        found.labeller.label(texts, documents=[s.document_id for s in fresh]),
        vader_scores(texts),
        strict=True,
    )
    done: set[str] = set()
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
        if on_progress and statement.document_id not in done:
            done.add(statement.document_id)
            on_progress(len(done), len(wanted))
    order = {s.statement_id: place for place, s in enumerate(found.statements)}
    frames = {name: tables.frame_of(rows[name], name=name) for name in LABEL_TABLES}
    frames["tones"] = pd.DataFrame(rows["tones"], columns=TONE_COLUMNS)
    return {
        name: _joined(frame, earlier.get(name), kept=kept, order=order)
        for name, frame in frames.items()
    }


def _corrected(found: Input, frames: Frames) -> tuple[Input, Frames]:
    """What was set right by hand laid over what documents and rules say."""
    statements = corrected_speakers(found.statements, found.corrections, speakers=found.speakers)
    labels = corrected_labels(
        frames, found.corrections, plain_tones=plain_tones(found.labeller.tone_rules)
    )
    return found._replace(statements=statements), frames | labels


def _joined(
    fresh: pd.DataFrame, earlier: pd.DataFrame | None, *, kept: set[str], order: Mapping[str, int]
) -> pd.DataFrame:
    """Earlier rows of the kept statements and the fresh ones, in the order of the statements."""
    parts = [fresh]
    if earlier is not None:
        parts.insert(0, earlier[earlier["statement_id"].isin(kept)])
    parts = [part for part in parts if len(part)] or [fresh]
    rows = pd.concat(parts, ignore_index=True)
    return rows.sort_values(
        "statement_id", key=lambda ids: ids.map(order), kind="stable", ignore_index=True
    )


def _statement_frame(found: Input, frames: Frames) -> pd.DataFrame:
    rows = pd.DataFrame(found.statements, columns=Statement._fields)
    dates = frames["documents"].set_index("document_id")["date"]
    tones = frames["tones"].set_index("statement_id")
    return rows.drop(columns="source_numbers").assign(
        date=rows["document_id"].map(dates),
        **{name: rows["statement_id"].map(tones[name]) for name in TONE_COLUMNS[1:]},
    )


def _meeting_frame(frames: Frames, *, home: str) -> pd.DataFrame:
    documents = frames["documents"].sort_values(["date", "document_id"])
    statements = frames["statements"]
    meetings = documents.groupby("meeting_id", sort=False).agg(
        date=("date", "first"), place=("place", "first"), n_documents=("document_id", "size")
    )
    sizes = statements.groupby("meeting_id").agg(
        n_statements=("statement_id", "size"), n_words=("n_words", "sum")
    )
    others = statements[~statements["side"].isin([home, "Joint", "Press"])]
    counterparts = others.groupby("meeting_id")["side"].agg(lambda sides: sides.mode().iloc[0])
    meetings = meetings.join(sizes).reset_index()
    return meetings.assign(
        counterpart=[
            counterparts.get(meeting_id, "Joint") for meeting_id in meetings["meeting_id"]
        ],
        label=_unique_labels(meetings),
    )


def meeting_label(date: dt.date, place: str) -> str:
    """31 May 2005, Tokyo."""
    day = f"{date.day} {date:%B %Y}"
    return f"{day}, {place}" if place else day


def _unique_labels(meetings: pd.DataFrame) -> list[str]:
    labels = [
        meeting_label(*pair) for pair in zip(meetings["date"], meetings["place"], strict=True)
    ]
    return [
        f"{label} ({meeting_id})" if labels.count(label) > 1 else label
        for label, meeting_id in zip(labels, meetings["meeting_id"], strict=True)
    ]


def _speaker_frame(found: Input) -> pd.DataFrame:
    known = {speaker.name: speaker for speaker in found.speakers.by_alias.values()}
    names = pd.Series([s.speaker for s in found.statements]).value_counts()
    rows = [(*known[str(name)], int(n)) for name, n in sorted(names.items())]
    return tables.frame_of(rows, name="speakers")


def _rule_frames(labeller: Labeller) -> Frames:
    """The taxonomy and the words that show it, as the Methods page lists them."""
    terms = [
        (t.theme_id, term, weight) for t in labeller.themes for term, weight in t.terms.items()
    ]
    return {
        "themes": tables.frame_of((t[:3] for t in labeller.themes), name="themes"),
        "theme_terms": tables.frame_of(terms, name="theme_terms"),
        "tone_terms": tables.frame_of(labeller.tone_rules.terms.items(), name="tone_terms"),
    }


def _topic_frames(found: Input) -> Frames:
    names = {word for s in found.statements for word in s.speaker.split()}
    topics, shares = find_topics([s.text for s in found.statements], stop_words=names)
    rows = [
        (statement.statement_id, *share)
        for statement, row in zip(found.statements, shares, strict=True)
        for share in row
    ]
    return {
        "topics": tables.frame_of(
            ((t.topic_id, t.label, ", ".join(t.terms)) for t in topics), name="topics"
        ),
        "statement_topics": tables.frame_of(rows, name="statement_topics"),
    }


def _quality_frames(labeller: Labeller, *, gold: Path) -> Frames:
    """What was measured on the gold statements, and those on which rules and hand differ."""
    path = gold / "statements.csv"
    if not path.exists():
        return {name: tables.empty(name) for name in ("quality", "misjudged")}
    result = evaluation.evaluate_folder(gold, labeller=labeller)
    statements = evaluation.read_gold(path, theme_ids=labeller.theme_ids)
    return {
        "quality": evaluation.quality_frame(result),
        "misjudged": evaluation.misjudged(statements, labeller=labeller),
    }
