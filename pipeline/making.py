"""The recipe, top to bottom: documents → statements → labels → tables → a published build."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from pipeline import store
from pipeline.build import Folders, Progress, Report
from pipeline.corpus import whole_tables
from pipeline.corrections import read_corrections
from pipeline.differences import difference
from pipeline.documents import Document, read_documents
from pipeline.engines import Engine
from pipeline.events import read_events
from pipeline.frames import STATEMENT_TABLES, Input
from pipeline.gold import read_gold_folder
from pipeline.labelling import Labeller
from pipeline.parts import Analysed, Head, Recipe, analyse, in_groups, plan, read_heads
from pipeline.plain_text import unfit_name
from pipeline.problems import InputError, Problem, gathered
from pipeline.rules import line_of
from pipeline.speakers import home_problems, read_speakers
from pipeline.statements import read_statements, with_participants

_N_MOVES = 5
_STATEMENT_DIGEST = re.compile(r"-[0-9a-f]{8}(?:-\d+)?$")


def read_input(folders: Folders) -> Input:
    """Documents and rules. Raises InputError with every mistake in all of them."""
    return _input(folders, *read_documents(folders.documents))


def make_build(
    folders: Folders,
    before: Mapping | None,
    *,
    shown: Mapping | None,
    inputs: Mapping[str, str],
    engine: Engine,
    cluster: Engine,
    on_progress: Progress | None,
) -> Report:
    """Publishes a build of these inputs; takes over from the build before what did not change.

    shown: the build with which the report compares the new one, if only because it is damaged.
    `cluster` does the work on single documents, `engine` all other. The published folder must be
    held for this one.
    """
    heads, found = _survey(folders, cluster)
    details = _details(found, inputs=inputs)
    earlier = before if before and _is_reusable(before, details) else None
    todo = _documents_to_analyse(found, earlier, published=folders.published)
    recipe = Recipe(folders.documents, found.speakers, found.labeller, found.corrections)
    rows = folders.published / earlier["build_id"] if earlier else None
    moved_from = _theme_totals(folders.published, shown)
    with store.new_build(folders.published, digest=inputs["all"]) as new:
        done = cluster.spread(analyse, plan(heads, todo=todo, earlier=rows), shared=recipe)
        counts = _add_parts(new, done, n_todo=len(todo), on_progress=on_progress)
        whole_tables(new, found, counts["meeting_counts"], gold=folders.gold, engine=engine)
        details["n_statements"] = int(counts["meeting_counts"]["n_statements"].sum())
        manifest = new.publish(details)

    moved = _moves(moved_from, _totals(counts["theme_counts"]), labeller=found.labeller)
    return _report(manifest, shown, todo=todo, moved=moved)


def _input(folders: Folders, documents: tuple[Document, ...], found: tuple[Problem, ...]) -> Input:
    labeller, problems = None, [*found]
    with gathered(problems):
        labeller = Labeller.from_rules(folders.rules)
        problems += _unfit_labels(labeller, path=folders.rules / "themes.toml")
        if (folders.gold / "statements.csv").exists():
            read_gold_folder(folders.gold, theme_ids=labeller.theme_ids)
    with gathered(problems):
        events = read_events(folders.rules / "events.toml")
    with gathered(problems):
        path = folders.rules / "speakers.toml"
        speakers, conflicts = with_participants(read_speakers(path), documents)
        statements, unknown = read_statements(documents, speakers=speakers)
        problems += [
            Problem(str(folders.documents / name), line, message)
            for name, line, message in [*conflicts, *unknown]
        ]
        if not found:  # else its speaker may be in a document that could not be read
            problems += home_problems(speakers, path=path)
        corrections = read_corrections(
            folders.corrections,
            speakers=speakers,
            theme_ids=labeller.theme_ids if labeller else (),
        )
    if problems or not labeller:
        raise InputError(sorted(problems))
    return Input(documents, tuple(statements), speakers, labeller, events, corrections)


def _unfit_labels(labeller: Labeller, *, path: Path) -> Iterator[Problem]:
    """Labels of themes that the pages could not show as they are."""
    for theme in labeller.themes:
        if what := unfit_name(theme.label):
            line = line_of(path.read_text("utf-8-sig"), theme.label)
            yield Problem(str(path), line, f"label {theme.label[:80]!r} {what}")


def _survey(folders: Folders, engine: Engine) -> tuple[list[Head], Input]:
    """The heads of all documents, and documents and rules without any paragraph or statement.

    Raises InputError with every mistake: where one is found, all is read once more for the rest.
    """
    paths = sorted(folders.documents.glob("*.md"))
    groups = [paths[group] for group in in_groups(path.stat().st_size for path in paths)]
    heads: list[Head] = []
    problems: list[Problem] = []
    for found in engine.spread(read_heads, groups, shared=None):
        heads += found.heads
        problems += found.problems
    if problems or not heads:
        read_input(folders)
        raise InputError(problems)
    try:
        return heads, _input(folders, tuple(head.document for head in heads), ())
    except InputError:
        read_input(folders)
        raise


def _add_parts(
    new: store.NewBuild, done: Iterable[Analysed], *, n_todo: int, on_progress: Progress | None
) -> dict[str, pd.DataFrame]:
    """Adds the tables of all parts; returns those of counts.

    Raises InputError with the problems of every part.
    """
    counts: dict[str, list[pd.DataFrame]] = {"meeting_counts": [], "theme_counts": []}
    problems: list[Problem] = []
    n_done = 0
    for analysed in done:
        problems += analysed.problems
        for name, table in analysed.tables.items():
            new.add(name, table)
            if name in counts:
                counts[name].append(table.to_pandas())
        n_done += len(analysed.part.todo)
        if on_progress and n_todo:
            on_progress(n_done, n_todo)
    if problems:
        raise InputError(sorted(problems))
    new.close()
    return {name: pd.concat(parts, ignore_index=True) for name, parts in counts.items()}


def _is_reusable(before: Mapping, details: Mapping) -> bool:
    """Whether the same rules, code and speakers made the rows of the build before."""
    return (
        before.get("inputs", {}).get("labels") == details["inputs"]["labels"]
        and before.get("speakers") == details["speakers"]
        and before["tables"].keys() >= {*STATEMENT_TABLES, "corrections"}
    )


def _documents_to_analyse(
    found: Input, earlier: Mapping | None, *, published: Path
) -> tuple[str, ...]:
    """New and changed documents, and those of which a statement is or was corrected by hand."""
    if earlier is None:
        return tuple(document.document_id for document in found.documents)
    by_hand = store.read_table(published, earlier["build_id"], "corrections")["statement_id"]
    corrected = {*by_hand, *(row.statement_id for row in found.corrections.rows)}
    of_corrected = {_STATEMENT_DIGEST.sub("", statement_id) for statement_id in corrected}
    known = earlier["documents"]
    return tuple(
        d.document_id
        for d in found.documents
        if known.get(d.document_id) != d.sha256 or d.document_id in of_corrected
    )


def _details(found: Input, *, inputs: Mapping[str, str]) -> dict:
    speakers = sorted((alias, *speaker) for alias, speaker in found.speakers.by_alias.items())
    return {
        "created_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "inputs": dict(inputs),
        "documents": {d.document_id: d.sha256 for d in found.documents},
        "speakers": hashlib.sha256(repr(speakers).encode()).hexdigest(),
    }


def _theme_totals(published: Path, before: Mapping | None) -> pd.Series | None:
    if not before:
        return None
    try:
        return _totals(store.read_table(published, before["build_id"], "theme_counts"))
    except store.StoreError:
        return None


def _totals(theme_counts: pd.DataFrame) -> pd.Series:
    return theme_counts.groupby("theme_id")["n_statements"].sum()


def _moves(before: pd.Series | None, after: pd.Series, *, labeller: Labeller) -> tuple[str, ...]:
    """The themes whose number of statements changed most, as `Trade: 210 → 214`."""
    if before is None:
        return ()
    both = pd.concat([before, after], axis=1, keys=["before", "after"]).fillna(0).astype(int)
    both["change"] = (both["after"] - both["before"]).abs()
    moved = both[both["change"] > 0].sort_values("change", ascending=False, kind="stable")
    labels = {theme.theme_id: theme.label for theme in labeller.themes}
    return tuple(
        f"{labels.get(row.Index, row.Index)}: {row.before} → {row.after}"
        for row in moved.head(_N_MOVES).itertuples()
    )


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
