"""All that `parley check` finds: mistakes in documents and rules, what is told twice, damage."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline import store
from pipeline.build import Folders
from pipeline.correcting import measured_values
from pipeline.corrections import stale_corrections
from pipeline.documents import Document
from pipeline.duplicates import near_duplicates
from pipeline.frames import Input, label_frames
from pipeline.importing.vocabulary import FILE_NAME, read_vocabulary
from pipeline.making import read_input
from pipeline.problems import InputError, Problem, gathered


def check(folders: Folders) -> Input:
    """Documents, rules, gold files and what is published. Raises InputError with every problem."""
    problems: list[Problem] = [*damage(folders.published), *_not_read(folders.documents)]
    found = None
    with gathered(problems):
        found = read_input(folders)
        problems += _told_twice(found.documents, folders)
        problems += stale(found, folders)
    with gathered(problems):
        if (folders.rules / FILE_NAME).exists():
            read_vocabulary(folders.rules / FILE_NAME)
    if problems or found is None:
        raise InputError(sorted(problems))
    return found


def damage(published: Path) -> Iterator[Problem]:
    """Files of the current build that are not as they were written; none before the first."""
    try:
        manifest = store.current_manifest(published)
    except store.StoreError:
        what = "cannot be read; run `parley refresh --force` or `parley rollback`"
        yield Problem(str(published / store.MANIFEST), 1, what)
        return
    if manifest is None and store.builds(published):
        what = "is gone, but builds are kept; run `parley rollback`"
        yield Problem(str(published / store.MANIFEST), 1, what)
    for path in store.damaged_files(published, manifest) if manifest else ():
        what = "holds other bytes than were written" if path.exists() else "is gone"
        yield Problem(str(path), 1, f"{what}; {store.MENDING}")


def _not_read(documents: Path) -> Iterator[Problem]:
    """What lies among the documents and is none."""
    for path in sorted(documents.iterdir()) if documents.is_dir() else ():
        if path.suffix == ".md" or path.name.startswith("."):
            continue
        remedy = "move its documents up" if path.is_dir() else "rename it, or `parley import` it"
        yield Problem(str(path), 1, f"is not read, as it is no *.md file; {remedy}")


def stale(found: Input, folders: Folders) -> Iterator[Problem]:
    """Corrections that do nothing (any more)."""
    corrected = {row.statement_id for row in found.corrections.rows}
    todo = {s.document_id for s in found.statements if s.statement_id in corrected}
    some = found._replace(statements=tuple(s for s in found.statements if s.document_id in todo))
    measured = measured_values(some.statements, label_frames(some), found.corrections)
    yield from stale_corrections(found.corrections, path=folders.corrections, measured=measured)


def _told_twice(documents: Sequence[Document], folders: Folders) -> Iterator[Problem]:
    texts = ["\n".join(p.unlabelled_text for p in document.paragraphs) for document in documents]
    for first, second, share in near_duplicates(texts):
        what = (
            f"says what {documents[first].path} says: {share:.0%} of the wording of the shorter "
            "is in both; keep one, and list the other's source there"
        )
        yield Problem(str(folders.documents / documents[second].path), 1, what)
