"""The recipe, top to bottom: documents → statements → labels → tables → a published build."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from pipeline import store
from pipeline.build import Digests, Folders, Progress, Report
from pipeline.corpus import quality_frames, whole_tables
from pipeline.corrections import read_corrections
from pipeline.differences import difference
from pipeline.documents import Document, read_documents
from pipeline.earlier import (
    HEAD_TABLES,
    PART_TABLES,
    Change,
    Earlier,
    Head,
    Sizes,
    earlier_build,
    joined,
    kept_heads,
)
from pipeline.engines import Engine, engine_for
from pipeline.events import read_events
from pipeline.frames import Frames, Input
from pipeline.gold import read_gold_folder
from pipeline.labelling import Labeller
from pipeline.parts import Recipe, analyse, in_runs, read_heads
from pipeline.plain_text import unfit_name
from pipeline.problems import InputError, Problem, gathered
from pipeline.rules import line_of
from pipeline.speakers import home_problems, read_speakers
from pipeline.statements import read_statements, with_participants
from pipeline.tables import HEADS, TABLES

_N_MOVES = 5
_STATEMENT_ID = re.compile(r"(.+)-[0-9a-f]{8}(?:-\d+)?")


class _Survey(NamedTuple):
    """What stands at the heads of all documents, and how many rows of their tables are whose."""

    heads: list[Head]
    sizes: Sizes
    found: Input


def read_input(folders: Folders) -> Input:
    """Documents and rules. Raises InputError with every mistake in all of them."""
    return _input(folders, *read_documents(folders.documents))


def make_build(
    folders: Folders,
    before: Mapping | None,
    *,
    shown: Mapping | None,
    inputs: Digests,
    engine: Engine | None,
    cluster: Engine | None,
    on_progress: Progress | None,
) -> Report:
    """Publishes a build of these inputs; takes over from the build before what did not change.

    shown: the build with which the report compares the new one, if only because it is damaged.
    `cluster` does the work on single documents, `engine` all other; what is not given fits what is
    to be done. The published folder must be held for this one.
    """
    earlier = earlier_build(folders.published, before, labels=inputs.labels)
    with store.new_build(folders.published, digest=inputs.all) as new:
        survey = _survey(new, folders, inputs, earlier, cluster or engine)
        found = survey.found
        details = _details(found, inputs=inputs)
        if before and before.get("speakers") != details["speakers"]:
            earlier = None
        todo = _documents_to_analyse(found, earlier, before, published=folders.published)
        totals_before = _totals_before(folders.published, shown)
        recipe = Recipe(folders.documents, found.speakers, found.labeller, found.corrections)
        sizes = _add_parts(
            new, survey.heads, earlier, recipe, todo=todo, engine=cluster or engine,
            on_progress=on_progress,
        )  # fmt: skip
        change = None
        if earlier and before and before["inputs"].get("comparisons") == inputs.comparisons:
            change = _change(new, earlier, details["documents"])
        whole_tables(
            new, found, sizes["statements"],
            quality=_quality(folders, found, before, inputs=inputs),
            engine=engine, n_bytes=sum(head.n_bytes for head in survey.heads), change=change,
        )  # fmt: skip
        new.add(HEADS, kept_heads(survey.heads, survey.sizes | sizes))
        details["n_statements"] = int(sizes["statements"].sum())
        totals = _totals(new.path("theme_counts"))
        manifest = new.publish(details)

    moved = _moves(totals_before, totals, labeller=found.labeller)
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


def _survey(
    new: store.NewBuild,
    folders: Folders,
    inputs: Digests,
    earlier: Earlier | None,
    engine: Engine | None,
) -> _Survey:
    """Adds the tables of what stands at the heads of documents, and reads the rules.

    Raises InputError with every mistake: where one is found, all is read once more for the rest.
    """
    paths = sorted(folders.documents.glob("*.md"))
    known = {one.document.path: one for one in earlier.heads.values()} if earlier else {}
    is_kept = [
        path.name in known and known[path.name].document.sha256 == inputs.documents.get(path.name)
        for path in paths
    ]
    n_bytes = [
        known[path.name].n_bytes if kept else path.stat().st_size
        for path, kept in zip(paths, is_kept, strict=True)
    ]
    runs = list(in_runs(is_kept, n_bytes))
    todo = [paths[run.places] for run in runs if not run.is_kept]
    engine = engine or engine_for(
        sum(n for n, kept in zip(n_bytes, is_kept, strict=True) if not kept)
    )
    done = engine.spread(read_heads, todo, shared=None)
    heads: list[Head] = []
    sizes: list[Sizes] = []
    problems: list[Problem] = []
    for run in runs:
        if run.is_kept and earlier:
            own = [known[path.name] for path in paths[run.places]]
            sizes.append(_take_over(new, earlier, own, HEAD_TABLES))
            heads += own
            continue
        found = next(done)
        for name, table in found.tables.items():
            new.add(name, table)
        heads += found.heads
        sizes.append(found.sizes)
        problems += found.problems
    if problems or not heads:
        read_input(folders)
        raise InputError(problems)
    try:
        documents = tuple(head.document for head in heads)
        return _Survey(heads, joined(sizes), _input(folders, documents, ()))
    except InputError:
        read_input(folders)
        raise


def _add_parts(
    new: store.NewBuild,
    heads: Sequence[Head],
    earlier: Earlier | None,
    recipe: Recipe,
    *,
    todo: Sequence[str],
    engine: Engine | None,
    on_progress: Progress | None,
) -> Sizes:
    """Adds the tables that are made document by document, those of `todo` anew.

    Raises InputError with the problems of every part.
    """
    wanted = frozenset(todo)
    is_kept = [head.document.document_id not in wanted for head in heads]
    runs = list(in_runs(is_kept, [head.n_bytes for head in heads]))
    todo_heads = [heads[run.places] for run in runs if not run.is_kept]
    engine = engine or engine_for(sum(head.n_bytes for group in todo_heads for head in group))
    groups = (tuple(head.document for head in group) for group in todo_heads)
    done = engine.spread(analyse, groups, shared=recipe)
    sizes: list[Sizes] = []
    problems: list[Problem] = []
    n_done = 0
    for run in runs:
        if run.is_kept and earlier:
            own = heads[run.places]
            sizes.append(_take_over(new, earlier, own, PART_TABLES))
            continue
        analysed = next(done)
        problems += analysed.problems
        sizes.append(analysed.sizes)
        for name, table in analysed.tables.items():
            new.add(name, table)
        n_done += run.places.stop - run.places.start
        if on_progress:
            on_progress(n_done, len(wanted))
    if problems:
        raise InputError(sorted(problems))
    if not wanted:
        new.add("corrections", TABLES["corrections"].schema.empty_table())
    new.close()
    return joined(sizes)


def _take_over(
    new: store.NewBuild, earlier: Earlier, heads: Sequence[Head], names: Sequence[str]
) -> Sizes:
    """Adds what the build before has of documents that did not change."""
    ids = [head.document.document_id for head in heads]
    for name in names:
        for table in earlier.rows(name, ids):
            new.add(name, table)
    return {name: earlier.sizes(name, ids) for name in names}


def _documents_to_analyse(
    found: Input, earlier: Earlier | None, before: Mapping | None, *, published: Path
) -> tuple[str, ...]:
    """New and changed documents, and those of which a statement is or was corrected by hand."""
    if earlier is None or before is None:
        return tuple(document.document_id for document in found.documents)
    by_hand = store.read_table(published, before["build_id"], "corrections")["statement_id"]
    corrected = {*by_hand, *(row.statement_id for row in found.corrections.rows)}
    of_corrected = set(map(_document_of, corrected))
    known = {key: head.document.sha256 for key, head in earlier.heads.items()}
    return tuple(
        d.document_id
        for d in found.documents
        if known.get(d.document_id) != d.sha256 or d.document_id in of_corrected
    )


def _document_of(statement_id: str) -> str:
    found = _STATEMENT_ID.fullmatch(statement_id)
    return found[1] if found else statement_id


def _change(new: store.NewBuild, earlier: Earlier, documents: Mapping[str, str]) -> Change:
    """What differs of the documents, by their digests, and of what was corrected by hand."""
    before = {key: head.document.sha256 for key, head in earlier.heads.items()}
    paths = earlier.folder / "corrections.parquet", new.path("corrections")
    rows = [set(store.read_file(path).to_pandas().itertuples(index=False)) for path in paths]
    corrected = {_document_of(row.statement_id) for row in rows[0] ^ rows[1]}
    either = before.keys() | documents.keys()
    changed = {key for key in either if before.get(key) != documents.get(key)}
    return Change(earlier, frozenset(changed | corrected))


def _quality(folders: Folders, found: Input, before: Mapping | None, *, inputs: Digests) -> Frames:
    """What was measured on gold statements, taken over while rules and gold stay."""
    if not before or before.get("inputs", {}).get("measures") != inputs.measures:
        return quality_frames(found.labeller, gold=folders.gold)
    tables = ("quality", "misjudged")
    return {name: store.read_table(folders.published, before["build_id"], name) for name in tables}


def _details(found: Input, *, inputs: Digests) -> dict:
    speakers = sorted((alias, *speaker) for alias, speaker in found.speakers.by_alias.items())
    return {
        "created_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "inputs": inputs.told,
        "documents": {d.document_id: d.sha256 for d in found.documents},
        "speakers": hashlib.sha256(repr(speakers).encode()).hexdigest(),
    }


def _totals_before(published: Path, before: Mapping | None) -> pd.Series | None:
    if not before:
        return None
    try:
        return _totals(store.table_file(published, before["build_id"], "theme_counts"))
    except store.StoreError:
        return None


def _totals(theme_counts: Path) -> pd.Series:
    """How many statements each theme has."""
    rows = store.read_file(theme_counts, ["theme_id", "n_statements"])
    totals = rows.group_by("theme_id").aggregate([("n_statements", "sum")]).to_pandas()
    return totals.set_index("theme_id")["n_statements_sum"]


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
