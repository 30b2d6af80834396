"""All that `parley check` finds: mistakes in documents and rules, and documents told twice."""

from collections.abc import Iterator, Sequence

from pipeline.build import Folders, read_input
from pipeline.documents import Document
from pipeline.duplicates import near_duplicates
from pipeline.frames import Input
from pipeline.importing.vocabulary import FILE_NAME, read_vocabulary
from pipeline.problems import InputError, Problem


def check(folders: Folders) -> Input:
    """Documents and rules. Raises InputError with every problem in all of them."""
    problems: list[Problem] = []
    found = None
    try:
        found = read_input(folders)
        problems += _told_twice(found.documents, folders)
    except InputError as error:
        problems += error.problems
    try:
        if (folders.rules / FILE_NAME).exists():
            read_vocabulary(folders.rules / FILE_NAME)
    except InputError as error:
        problems += error.problems
    if problems or found is None:
        raise InputError(sorted(problems))
    return found


def _told_twice(documents: Sequence[Document], folders: Folders) -> Iterator[Problem]:
    texts = ["\n".join(p.unlabelled_text for p in document.paragraphs) for document in documents]
    for first, second, share in near_duplicates(texts):
        what = (
            f"says what {documents[first].path} says: {share:.0%} of the wording of the shorter "
            "is in both; keep one, and list the other's source there"
        )
        yield Problem(str(folders.documents / documents[second].path), 1, what)
