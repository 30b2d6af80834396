"""A refresh from outside: whether the published build is up to date, and a new one if it is not.

To tell that nothing changed must not load what only the making of a build needs.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from pipeline import store
from pipeline.differences import Difference, difference
from pipeline.elsewhere import here, is_elsewhere, reaching
from pipeline.engines import Engine
from pipeline.problems import InputError, Problem

CORRECTIONS = "corrections.csv"
_LABELLING_CODE = (
    "baselines", "clauses", "correcting", "counts", "documents", "earlier", "frames",
    "front_matter", "labelling", "language", "parts", "phrases", "plain_text", "reference",
    "rule_shapes", "rules", "speakers", "statements", "tables", "terms", "themes", "tone", "vader",
)  # fmt: skip
_COMPARING_CODE = (
    "alignment", "comparisons", "corpus", "phrases", "theme_comparisons", "topics", "written",
)  # fmt: skip
_MEASURING_CODE = ("agreement", "evaluation", "gold", "intervals")
_LABELLING_PACKAGES = ("pandas", "scikit-learn", "spacy", "srsly", "vaderSentiment")
_COMPARING_PACKAGES = ("duckdb", "numpy", "pandas", "scikit-learn", "scipy", "sparse-dot-topn")
_IMPORT_RULES = "importing.toml"  # makes documents, never builds: a change of it publishes nothing

Progress = Callable[[int, int], None]


class Folders(NamedTuple):
    """Where things are; `gold` and `corrections` may be absent."""

    documents: Path
    rules: Path
    published: Path
    gold: Path
    corrections: Path


class Digests(NamedTuple):
    """SHA-256 of all that a build depends on, and of parts of it.

    labels: rules and code that label; measures: what is measured of them by gold statements;
    comparisons: code that compares statements; documents: each by its path.
    """

    all: str
    labels: str
    measures: str
    comparisons: str
    documents: Mapping[str, str]

    @property
    def told(self) -> dict[str, str]:
        """As a manifest has them; it names the documents besides."""
        return {name: value for name, value in self._asdict().items() if name != "documents"}


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


def refresh(
    data: Path,
    *,
    documents: Path | None = None,
    rules: Path | None = None,
    published: Path | None = None,
    force: bool = False,
    engine: Engine | None = None,
    cluster: Engine | None = None,
    on_progress: Progress | None = None,
) -> Report:
    """Brings the published build up to date; works only on what changed.

    `engine` does the work, unless given one that fits the size of the corpus; `cluster`, if given,
    that on single documents. `on_progress` is told (documents done, documents to do). Raises
    InputError for mistakes in documents or rules, StoreError for a published folder that cannot be
    used and EngineError where work was broken off; then nothing is published and the build before
    stays. A build whose files are damaged is made anew.
    """
    folders = folders_under(data, documents=documents, rules=rules, published=published)
    if is_elsewhere(folders.documents):
        with reaching(folders.documents):
            folders.documents.exists()
    if is_elsewhere(folders.published):
        with here(folders.published) as local:
            there = folders._replace(published=local)
            return _refresh(there, force, engine, cluster, on_progress)
    return _refresh(folders, force, engine, cluster, on_progress)


def _refresh(
    folders: Folders,
    force: bool,
    engine: Engine | None,
    cluster: Engine | None,
    on_progress: Progress | None,
) -> Report:
    if not folders.documents.is_dir():  # before anything is made beside it
        what = "no such folder; create it or name another"
        raise InputError([Problem(str(folders.documents), 1, what)])
    with store.only_one(folders.published):
        store.clear_leftovers(folders.published)
        shown = _shown(folders.published, is_forced=force)
        is_whole = shown and not store.damaged_files(folders.published, shown)
        before = shown if is_whole and not force else None
        inputs = digest_inputs(folders)
        if before and before.get("inputs") == inputs.told:
            return _unchanged(before)
        from pipeline.making import make_build  # spaCy and scikit-learn: what is slow to load

        return make_build(
            folders,
            before,
            shown=shown,
            inputs=inputs,
            engine=engine,
            cluster=cluster,
            on_progress=on_progress,
        )


def _shown(published: Path, *, is_forced: bool) -> dict | None:
    """The manifest of the build shown until now; forced work goes on without one it cannot read."""
    try:
        return store.current_manifest(published)
    except store.StoreError:
        if is_forced:
            return None
        raise


def digest_inputs(folders: Folders) -> Digests:
    """What everything is made of on which a build depends."""
    own = {path.stem: path for path in sorted(Path(__file__).parent.glob("*.py"))}
    rules = [folders.rules / name for name in ("themes.toml", "tone.toml")]
    rest = [
        *sorted(path for path in folders.rules.glob("*.toml") if path.name != _IMPORT_RULES),
        folders.corrections,
        *own.values(),
    ]
    documents = {path.name: _sha256(path) for path in sorted(folders.documents.glob("*.md"))}
    labelling = [*rules, *(own[name] for name in _LABELLING_CODE)]
    labels = _digest(labelling, *map(version, _LABELLING_PACKAGES))
    comparisons = _digest(
        (own[name] for name in _COMPARING_CODE), *map(version, _COMPARING_PACKAGES)
    )
    gold = [*sorted(folders.gold.glob("*.csv")), *(own[name] for name in _MEASURING_CODE)]
    measures = _digest(gold, labels, comparisons)
    told = [f"{name} {sha256}" for name, sha256 in documents.items()]
    whole = _digest(rest, measures, *told)
    return Digests(whole, labels, measures, comparisons, documents)


def _digest(paths: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256("\n".join(more).encode())
    for path in paths:
        digest.update(f"{path.name} {_sha256(path)}\n".encode())
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "absent"


def _unchanged(manifest: Mapping) -> Report:
    same = difference(manifest, manifest)
    return Report(manifest["build_id"], False, (), len(manifest["documents"]), same, ())
