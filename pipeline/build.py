"""The recipe, top to bottom: documents → statements → labels → tables → a published build."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import spacy

from pipeline import baselines, labelling, language, reference, store, tables, terms, themes, tone
from pipeline.corrections import read_corrections
from pipeline.differences import Difference, difference
from pipeline.documents import read_documents
from pipeline.events import read_events
from pipeline.frames import (
    LABEL_TABLES,
    TONE_COLUMNS,
    Frames,
    Input,
    Progress,
    build_frames,
)
from pipeline.labelling import Labeller
from pipeline.plain_text import unfit_name
from pipeline.problems import InputError, Problem
from pipeline.rules import line_of
from pipeline.speakers import read_speakers
from pipeline.statements import Statement, read_statements, with_participants

CORRECTIONS = "corrections.csv"
_N_MOVES = 5
_IMPORT_RULES = "importing.toml"  # makes documents, never builds: a change of it publishes nothing


class Folders(NamedTuple):
    """Where things are; `gold` and `corrections` may be absent."""

    documents: Path
    rules: Path
    published: Path
    gold: Path
    corrections: Path


class Report(NamedTuple):
    """What one refresh did. Documents are named by id; `moved` says what changed most."""

    build_id: str
    is_new_build: bool
    analysed: tuple[str, ...]
    n_documents: int
    difference: Difference
    moved: tuple[str, ...]


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
        data / CORRECTIONS,
    )


def read_input(folders: Folders) -> Input:
    """Documents and rules. Raises InputError with every mistake in all of them."""
    documents, problems = read_documents(folders.documents)
    labeller = None
    try:
        labeller = Labeller.from_rules(folders.rules)
        problems += tuple(_unfit_labels(labeller, path=folders.rules / "themes.toml"))
    except InputError as error:
        problems += error.problems
    try:
        events = read_events(folders.rules / "events.toml")
    except InputError as error:
        problems += error.problems
    try:
        speakers = read_speakers(folders.rules / "speakers.toml")
        speakers, conflicts = with_participants(speakers, documents)
        statements, found = read_statements(documents, speakers=speakers)
        problems += tuple(
            Problem(str(folders.documents / path), line, message)
            for path, line, message in [*conflicts, *found]
        )
        corrections = read_corrections(
            folders.corrections,
            speakers=speakers,
            theme_ids=labeller.theme_ids if labeller else (),
        )
    except InputError as error:
        problems += error.problems
    if problems or not labeller:
        raise InputError(sorted(problems))
    return Input(documents, tuple(statements), speakers, labeller, events, corrections)


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
    nothing is published and the build before stays. A build whose files are damaged is made anew.
    """
    folders = folders_under(data, documents=documents, rules=rules, published=published)
    with store.only_one(folders.published):
        store.clear_leftovers(folders.published)
        before = None if force else store.current_manifest(folders.published)
        if before and store.damaged_files(folders.published, before):
            before = None
        inputs = digest_inputs(folders)
        if before and before.get("inputs") == inputs:
            return _unchanged(before)
        found = read_input(folders)
        earlier = _reusable(before, inputs=inputs, published=folders.published)
        todo = _documents_to_analyse(found.statements, earlier=earlier)
        frames = build_frames(
            found,
            gold=folders.gold,
            earlier=earlier,
            todo=todo,
            on_progress=on_progress,
        )
        counts_before = _theme_totals(folders.published, before)
        manifest = store.publish(
            folders.published,
            tables.validate(frames),
            build_id=store.next_build_id(folders.published, digest=inputs["all"]),
            details=_details(found, frames, inputs=inputs),
        )
    return _report(manifest, before, todo=todo, moved=_moves(counts_before, frames))


def digest_inputs(folders: Folders) -> dict[str, str]:
    """SHA-256 of everything a build depends on: `all` of it, and `labels`: rules and their code."""
    modules = (baselines, labelling, language, reference, terms, themes, tone)
    code = [Path(__file__).with_name(module.__name__.split(".")[-1] + ".py") for module in modules]
    rules = [folders.rules / name for name in ("themes.toml", "tone.toml")]
    rest = [
        *sorted(folders.documents.glob("*.md")),
        *sorted(path for path in folders.rules.glob("*.toml") if path.name != _IMPORT_RULES),
        *sorted(folders.gold.glob("*.csv")),
        folders.corrections,
        *sorted(Path(__file__).parent.glob("*.py")),
    ]
    labels = _digest([*rules, *code], spacy.__version__)
    return {"labels": labels, "all": _digest(rest, labels)}


def _unfit_labels(labeller: Labeller, *, path: Path) -> Iterator[Problem]:
    """Labels of themes that the pages could not show as they are."""
    for theme in labeller.themes:
        if what := unfit_name(theme.label):
            line = line_of(path.read_text("utf-8-sig"), theme.label)
            yield Problem(str(path), line, f"label {theme.label[:80]!r} {what}")


def _reusable(before: Mapping | None, *, inputs: Mapping[str, str], published: Path) -> Frames:
    """The label tables of the build before, if the same rules and code made them.

    What was corrected by hand then is left out: the rules have to be asked again.
    """
    if not before or before["inputs"]["labels"] != inputs["labels"]:
        return {}
    names = (*LABEL_TABLES, "statements", "corrections")
    if not set(names) <= before["tables"].keys():
        return {}
    frames = {name: store.read_table(published, before["build_id"], name) for name in names}
    by_hand = frames.pop("corrections")["statement_id"]
    frames = {name: frame[~frame["statement_id"].isin(by_hand)] for name, frame in frames.items()}
    frames["tones"] = frames.pop("statements")[TONE_COLUMNS]
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
    same = difference(manifest, manifest)
    return Report(manifest["build_id"], False, (), len(manifest["documents"]), same, ())


def _report(
    manifest: Mapping, before: Mapping | None, *, todo: Sequence[str], moved: tuple[str, ...]
) -> Report:
    return Report(
        build_id=manifest["build_id"],
        is_new_build=True,
        analysed=tuple(todo),
        n_documents=len(manifest["documents"]),
        difference=difference(manifest, before),
        moved=moved,
    )
