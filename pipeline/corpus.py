"""Tables for which the whole corpus must be seen, from those that were made part by part."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline import evaluation, tables
from pipeline.alignment import Comparer
from pipeline.comparisons import Basis, before_of, distinctive, do, phrase_tables, tasks
from pipeline.documents import Document
from pipeline.earlier import Change
from pipeline.engines import Engine, engine_for
from pipeline.frames import Frames, Input
from pipeline.gold import read_gold
from pipeline.labelling import Labeller
from pipeline.speakers import JOINT, PRESS, Speakers
from pipeline.store import NewBuild, read_file
from pipeline.tables import ALL_PHRASES
from pipeline.topics import find_topics
from pipeline.written import Written

# Topics, and how rare a word is, are learnt from the documents that hold so many statements. They
# are drawn by their names, so that a change of another document leaves all as it was.
_N_SAMPLED = 20_000
_SAMPLE = """
    SELECT statement_id, text FROM statements WHERE document_id IN (SELECT unnest($1))
    ORDER BY file_row_number
"""
_COUNTED = ["meeting_id", "speaker", "side", "n_statements", "n_words"]
_NAMES = ["speaker", "side", "office"]


def whole_tables(
    new: NewBuild,
    found: Input,
    n_statements: np.ndarray,
    *,
    quality: Frames,
    engine: Engine | None,
    n_bytes: int,
    change: Change | None,
) -> None:
    """Adds to the build all that is not made part by part.

    n_statements: of each document; quality: what was measured on gold statements; n_bytes: of all
    documents; change: since a build whose comparisons were made by the same code. The tables of
    parts must be closed.
    """
    statements = new.path("statements")
    counts = read_file(new.path("meeting_counts"), _COUNTED).to_pandas()
    speakers = speaker_frame(found.speakers, counts)
    frames = {
        "meetings": meeting_frame(found.documents, counts, home=found.speakers.home),
        "speakers": speakers,
        "events": tables.frame_of(found.events, name="events"),
        **rule_frames(found.labeller),
        **quality,
    }
    chosen = drawn([document.document_id for document in found.documents], n_statements)
    if change and not _holds(change, chosen, speakers):
        change = None
    with Written(statements, new.path(ALL_PHRASES), overflow=new.scratch) as written:
        sample = written.rows(_SAMPLE, chosen)
        if change:
            for name in ("topics", "statement_topics"):
                frames[name] = read_file(change.earlier.folder / f"{name}.parquet").to_pandas()
        else:
            frames |= topic_frames(sample, speakers=speakers["speaker"])
        new.add("statement_phrases", tables.TABLES["statement_phrases"].schema.empty_table())
        for part in phrase_tables(written, n_statements=int(n_statements.sum())):
            new.add("statement_phrases", part)
    new.close()
    themes, usual = new.path("statement_themes"), new.path("statement_phrases")
    with Written(statements, themes, usual, overflow=new.scratch) as written:
        frames["phrases"] = distinctive(written)
        to_do = tasks(written)
    for name, table in tables.validate(frames, only=frames.keys()).items():
        new.add(name, table)
    comparer = Comparer(sample["text"].tolist())
    names = tuple(speakers[_NAMES].to_numpy().ravel())
    before = before_of(change, statements, overflow=new.scratch) if change else None
    basis = Basis(statements, themes, new.scratch, comparer, names, before)
    engine = engine or engine_for(0 if change else n_bytes)
    for made in engine.spread(do, to_do, shared=basis):
        for name, table in made.items():
            new.add(name, table)


def drawn(document_ids: Sequence[str], n_statements: Iterable[int]) -> list[str]:
    """The documents from which is learnt: all of them where there are few statements."""
    known = zip(document_ids, n_statements, strict=True)
    chosen, total = [], 0
    for document_id, n in sorted(known, key=lambda pair: hashlib.sha256(pair[0].encode()).digest()):
        if total >= _N_SAMPLED:
            break
        chosen.append(document_id)
        total += int(n)
    return chosen


def _holds(change: Change, chosen: Sequence[str], speakers: pd.DataFrame) -> bool:
    """Whether what was learnt in the build before is what would be learnt now."""
    earlier = change.earlier
    before = read_file(earlier.folder / "speakers.parquet", _NAMES).to_pandas()
    ids = list(earlier.heads)
    return (
        drawn(ids, earlier.sizes("statements", ids)) == chosen
        and not change.document_ids.intersection(chosen)
        and before.to_numpy().tolist() == speakers[_NAMES].to_numpy().tolist()
    )


def meeting_frame(
    documents: Sequence[Document], counts: pd.DataFrame, *, home: str
) -> pd.DataFrame:
    """meetings. counts: the table meeting_counts; home: the side that is at every meeting."""
    of_documents = pd.DataFrame(
        [(d.meeting_id, d.date, d.place, d.document_id) for d in documents],
        columns=["meeting_id", "date", "place", "document_id"],
    ).sort_values(["date", "document_id"])
    meetings = of_documents.groupby("meeting_id", sort=False).agg(
        date=("date", "first"), place=("place", "first"), n_documents=("document_id", "size")
    )
    sizes = counts.groupby("meeting_id")[["n_statements", "n_words"]].sum()
    others = counts[~counts["side"].isin([home, JOINT, PRESS])]
    spoken = others.groupby(["meeting_id", "side"])["n_statements"].sum().reset_index()
    most = spoken.sort_values(["n_statements", "side"], ascending=[False, True])
    counterparts = most.drop_duplicates("meeting_id").set_index("meeting_id")["side"]
    meetings = meetings.join(sizes).reset_index()
    return meetings.assign(
        counterpart=[counterparts.get(meeting_id, JOINT) for meeting_id in meetings["meeting_id"]],
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
    n_uses = Counter(labels)
    return [
        f"{label} ({meeting_id})" if n_uses[label] > 1 else label
        for label, meeting_id in zip(labels, meetings["meeting_id"], strict=True)
    ]


def speaker_frame(speakers: Speakers, counts: pd.DataFrame) -> pd.DataFrame:
    """speakers: those who say something. counts: the table meeting_counts."""
    known = {speaker.name: speaker for speaker in speakers.by_alias.values()}
    n_statements = counts.groupby("speaker")["n_statements"].sum()
    rows = [(*known[str(name)], int(n)) for name, n in sorted(n_statements.items())]
    return tables.frame_of(rows, name="speakers")


def rule_frames(labeller: Labeller) -> Frames:
    """The taxonomy and the words that show it, as the Methods page lists them."""
    terms = [
        (t.theme_id, term, weight) for t in labeller.themes for term, weight in t.terms.items()
    ]
    return {
        "themes": tables.frame_of((t[:3] for t in labeller.themes), name="themes"),
        "theme_terms": tables.frame_of(terms, name="theme_terms"),
        "tone_terms": tables.frame_of(labeller.tone_rules.terms.items(), name="tone_terms"),
    }


def topic_frames(sample: pd.DataFrame, *, speakers: Iterable[str]) -> Frames:
    """topics, statement_topics of a sample of statements; names of speakers make no topic."""
    names = {word for speaker in speakers for word in speaker.split()}
    topics, shares = find_topics(sample["text"].tolist(), stop_words=names)
    rows = [
        (statement_id, *share)
        for statement_id, row in zip(sample["statement_id"], shares, strict=True)
        for share in row
    ]
    return {
        "topics": tables.frame_of(
            ((t.topic_id, t.label, ", ".join(t.terms)) for t in topics), name="topics"
        ),
        "statement_topics": tables.frame_of(rows, name="statement_topics"),
    }


def quality_frames(labeller: Labeller, *, gold: Path) -> Frames:
    """What was measured on the gold statements, and those on which rules and hand differ."""
    path = gold / "statements.csv"
    if not path.exists():
        return {name: tables.empty(name) for name in ("quality", "misjudged")}
    result = evaluation.evaluate_folder(gold, labeller=labeller)
    statements = read_gold(path, theme_ids=labeller.theme_ids)
    return {
        "quality": evaluation.quality_frame(result),
        "misjudged": evaluation.misjudged(statements, labeller=labeller),
    }
