"""The recipe, top to bottom: documents → statements → labels → tables → a published build."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import spacy

from pipeline import evaluation, labelling, language, store, tables, themes, tone
from pipeline.counts import count_meetings, count_themes
from pipeline.documents import Document, read_documents
from pipeline.events import read_events
from pipeline.labelling import Labeller
from pipeline.problems import InputError, Problem
from pipeline.speakers import Speakers, read_speakers
from pipeline.statements import Statement, read_statements
from pipeline.topics import find_topics

_LABEL_TABLES = ("statement_themes", "theme_matches", "tone_hits")
_N_MOVES = 5

Progress = Callable[[int, int], None]
Frames = dict[str, pd.DataFrame]


class Folders(NamedTuple):
    """Where things are; `gold` may be absent."""

    documents: Path
    rules: Path
    published: Path
    gold: Path


class Report(NamedTuple):
    """What one refresh did. Documents are named by id; `moved` says what changed most."""

    build_id: str
    is_new_build: bool
    analysed: tuple[str, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    n_documents: int
    n_statements_before: int
    n_statements: int
    moved: tuple[str, ...]


class Input(NamedTuple):
    """Documents and rules, read and found to be without mistakes."""

    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    speakers: Speakers
    labeller: Labeller


def folders_under(
    data: Path,
    *,
    documents: Path | None = None,
    rules: Path | None = None,
    published: Path | None = None,
) -> Folders:
    """The folders of a data folder, any of them named otherwise."""
    return Folders(
        documents or data / "documents",
        rules or data / "rules",
        published or data / "published",
        data / "gold",
    )


def read_input(folders: Folders) -> Input:
    """Documents and rules. Raises InputError with every mistake in all of them."""
    documents, problems = read_documents(folders.documents)
    try:
        labeller = Labeller.from_rules(folders.rules)
    except InputError as error:
        problems += error.problems
    try:
        read_events(folders.rules / "events.toml")
    except InputError as error:
        problems += error.problems
    try:
        speakers = read_speakers(folders.rules / "speakers.toml")
        statements, found = read_statements(documents, speakers=speakers)
        problems += tuple(
            Problem(str(folders.documents / path), line, message) for path, line, message in found
        )
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(sorted(problems))
    return Input(documents, tuple(statements), speakers, labeller)


def refresh(
    data: Path,
    *,
    documents: Path | None = None,
    rules: Path | None = None,
    published: Path | None = None,
    force: bool = False,
    on_progress: Progress | None = None,
) -> Report:
    """Brings the published build up to date; works only on what changed.

    `on_progress` is told (documents done, documents to do). Raises InputError for mistakes in
    documents or rules and StoreError for a published folder that cannot be used; in both cases
    nothing is published and the build before stays.
    """
    folders = folders_under(data, documents=documents, rules=rules, published=published)
    with store.only_one(folders.published):
        before = None if force else store.current_manifest(folders.published)
        inputs = digest_inputs(folders)
        if before and before.get("inputs") == inputs:
            return _unchanged(before)
        found = read_input(folders)
        earlier = _reusable(before, inputs=inputs, published=folders.published)
        todo = _documents_to_analyse(found.statements, earlier=earlier)
        frames = build_frames(
            found, folders=folders, earlier=earlier, todo=todo, on_progress=on_progress
        )
        counts_before = _theme_totals(folders.published, before)
        manifest = store.publish(
            folders.published,
            tables.validate(frames),
            build_id=f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}-{inputs['all'][:8]}",
            details=_details(found, frames, inputs=inputs),
        )
    return _report(manifest, before, todo=todo, moved=_moves(counts_before, frames))


def digest_inputs(folders: Folders) -> dict[str, str]:
    """SHA-256 of everything a build depends on: `all` of it, and `labels`: rules and their code."""
    code = [Path(module.__file__) for module in (labelling, language, themes, tone)]
    rules = [folders.rules / name for name in ("themes.toml", "tone.toml")]
    rest = [
        *sorted(folders.documents.glob("*.md")),
        *sorted(folders.rules.glob("*.toml")),
        *sorted(folders.gold.glob("*.csv")),
        *sorted(Path(__file__).parent.glob("*.py")),
    ]
    labels = _digest([*rules, *code], spacy.__version__)
    return {"labels": labels, "all": _digest(rest, labels)}


def build_frames(
    found: Input,
    *,
    folders: Folders,
    earlier: Frames,
    todo: Sequence[str],
    on_progress: Progress | None = None,
) -> Frames:
    """Every published table as a frame; labels of documents not in `todo` come from `earlier`."""
    frames = _document_frames(found.documents)
    frames["events"] = tables.frame_of(read_events(folders.rules / "events.toml"), name="events")
    frames |= _label_frames(found, earlier=earlier, todo=todo, on_progress=on_progress)
    frames["statements"] = _statement_frame(found, frames)
    frames["statement_sources"] = tables.frame_of(
        ((s.statement_id, number) for s in found.statements for number in s.source_numbers),
        name="statement_sources",
    )
    frames["meetings"] = _meeting_frame(frames, home=found.speakers.home)
    frames["speakers"] = _speaker_frame(found)
    frames |= _rule_frames(found.labeller) | _topic_frames(found)
    frames["meeting_counts"] = count_meetings(frames["statements"])
    frames["theme_counts"] = count_themes(frames["statements"], frames["statement_themes"])
    frames["quality"] = _quality_frame(found.labeller, gold=folders.gold / "statements.csv")
    return frames


def _document_frames(documents: Iterable[Document]) -> Frames:
    documents = list(documents)
    sources = [(d.document_id, *source) for d in documents for source in d.sources]
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


def _label_frames(
    found: Input, *, earlier: Frames, todo: Sequence[str], on_progress: Progress | None
) -> Frames:
    """Themes, tone and their words; plus `tones`, the tone of each whole statement."""
    wanted = set(todo)
    fresh = [s for s in found.statements if s.document_id in wanted]
    kept = {s.statement_id for s in found.statements if s.document_id not in wanted}
    rows: dict[str, list[tuple]] = {name: [] for name in (*_LABEL_TABLES, "tones")}
    labelled = found.labeller.label([s.text for s in fresh])
    done: set[str] = set()
    for statement, labels in zip(fresh, labelled, strict=True):
        key = statement.statement_id
        rows["tones"].append((key, labels.tone, labels.tone_label))
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
    frames = {name: tables.frame_of(rows[name], name=name) for name in _LABEL_TABLES}
    frames["tones"] = pd.DataFrame(rows["tones"], columns=["statement_id", "tone", "tone_label"])
    return {
        name: _joined(frame, earlier.get(name), kept=kept, order=order)
        for name, frame in frames.items()
    }


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
        tone=rows["statement_id"].map(tones["tone"]),
        tone_label=rows["statement_id"].map(tones["tone_label"]),
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
        counterpart=meetings["meeting_id"].map(counterparts).fillna("Joint"),
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


def _quality_frame(labeller: Labeller, *, gold: Path) -> pd.DataFrame:
    if not gold.exists():
        return tables.empty("quality")
    result = evaluation.evaluate(evaluation.read_gold(gold), labeller=labeller)
    return evaluation.quality_frame(result)


def _reusable(before: Mapping | None, *, inputs: Mapping[str, str], published: Path) -> Frames:
    """The label tables of the build before, if the same rules and code made them."""
    if not before or before["inputs"]["labels"] != inputs["labels"]:
        return {}
    names = (*_LABEL_TABLES, "statements")
    frames = {name: store.read_table(published, before["build_id"], name) for name in names}
    frames["tones"] = frames.pop("statements")[["statement_id", "tone", "tone_label"]]
    return frames


def _documents_to_analyse(
    statements: Iterable[Statement], *, earlier: Mapping[str, pd.DataFrame]
) -> tuple[str, ...]:
    """Documents with a statement that no earlier label is for; ids tell, as they hold the text."""
    known = set(earlier["tones"]["statement_id"]) if earlier else set()
    return tuple(dict.fromkeys(s.document_id for s in statements if s.statement_id not in known))


def _details(found: Input, frames: Frames, *, inputs: Mapping[str, str]) -> dict:
    return {
        "created_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "inputs": dict(inputs),
        "documents": {d.document_id: d.sha256 for d in found.documents},
        "n_statements": len(frames["statements"]),
    }


def _digest(paths: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256("\n".join(more).encode())
    for path in paths:
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "absent"
        digest.update(f"{path.name} {content}\n".encode())
    return digest.hexdigest()


def _theme_totals(published: Path, before: Mapping | None) -> pd.Series | None:
    if not before:
        return None
    try:
        counts = store.read_table(published, before["build_id"], "theme_counts")
    except store.StoreError:
        return None
    return counts.groupby("theme_id")["n_statements"].sum()


def _moves(before: pd.Series | None, frames: Frames) -> tuple[str, ...]:
    """The themes whose number of statements changed most, as `Trade: 210 → 214`."""
    if before is None:
        return ()
    after = frames["theme_counts"].groupby("theme_id")["n_statements"].sum()
    both = pd.concat([before, after], axis=1, keys=["before", "after"]).fillna(0).astype(int)
    both["change"] = (both["after"] - both["before"]).abs()
    moved = both[both["change"] > 0].sort_values("change", ascending=False, kind="stable")
    labels = frames["themes"].set_index("theme_id")["label"]
    return tuple(
        f"{labels.get(row.Index, row.Index)}: {row.before} → {row.after}"
        for row in moved.head(_N_MOVES).itertuples()
    )


def _unchanged(manifest: Mapping) -> Report:
    n = manifest["n_statements"]
    documents = manifest["documents"]
    return Report(manifest["build_id"], False, (), (), (), (), len(documents), n, n, ())


def _report(
    manifest: Mapping, before: Mapping | None, *, todo: Sequence[str], moved: tuple[str, ...]
) -> Report:
    old = before["documents"] if before else {}
    new = manifest["documents"]
    return Report(
        build_id=manifest["build_id"],
        is_new_build=True,
        analysed=tuple(todo),
        new=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(key for key in new.keys() & old.keys() if new[key] != old[key])),
        removed=tuple(sorted(old.keys() - new.keys())),
        n_documents=len(new),
        n_statements_before=before["n_statements"] if before else 0,
        n_statements=manifest["n_statements"],
        moved=moved,
    )
