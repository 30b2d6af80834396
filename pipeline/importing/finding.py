"""Which files are to be imported: what was named, and what folders hold that can be read."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.importing.fetching import is_address
from pipeline.importing.reading import SUFFIXES


class Found(NamedTuple):
    """Files and addresses in order; how many files of folders have an ending that is not read."""

    sources: tuple[str, ...]
    n_passed_over: int


def found_in(sources: Sequence[str], *, table: Path | None = None) -> Found:
    """What is named, folders with all they hold; the table that tells of them is no page."""
    found: list[str] = []
    n_passed_over = 0
    for source in sources:
        if is_address(source) or not Path(source).is_dir():
            found.append(source)
            continue
        files = [path for path in _files_below(Path(source)) if not _is_same(path, table)]
        read = [str(path) for path in files if path.suffix.lower() in SUFFIXES]
        found += read
        n_passed_over += len(files) - len(read)
    return Found(tuple(found), n_passed_over)


def _files_below(folder: Path) -> list[Path]:
    """The files in order, none that is hidden or lies in a hidden folder: .git, .venv."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in paths if not _is_hidden(path.relative_to(folder))]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _is_same(path: Path, other: Path | None) -> bool:
    return other is not None and path.resolve() == other.resolve()
