"""Folders elsewhere: whatever fsspec can reach (s3://…, gs://…, memory://…), as paths.

A published folder elsewhere is worked on in a copy of its current build on this machine; what is
new is sent when it is whole, the manifest last. Nothing locks a folder elsewhere: a refresh that
finds another one's build when it is done leaves that as it is, and says so.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from pipeline import store


def located(where: str | os.PathLike[str]) -> Path:
    """The folder of that name or address; one elsewhere behaves as a path too.

    Raises ValueError for an address where the extra for it is not installed.
    """
    address = os.fspath(where)
    if "://" not in address:
        return Path(where)
    try:
        from upath import UPath

        path = UPath(address)
        _ = path.fs  # here, not in the work, it is told which package the kind of address needs
    except ImportError as error:
        remedy = "`pip install 'parley[dask]'`, and the package for this kind of address"
        raise ValueError(f"{address}: needs {remedy} ({error})") from error
    return cast(Path, path)


def is_elsewhere(folder: Path) -> bool:
    return not isinstance(folder, Path)


@contextmanager
def here(published: Path) -> Iterator[Path]:
    """A published folder elsewhere as a folder of this machine; sends what is published there."""
    with TemporaryDirectory(prefix="parley-") as name:
        local = Path(name) / "published"
        local.mkdir()
        with reaching(published):
            before = _fetch(published, local)
        yield local
        after = store.current_manifest(local)
        if after and after["build_id"] != before:
            with reaching(published):
                _send(published, local, after, before=before)


@contextmanager
def reaching(folder: Path) -> Iterator[None]:
    """Raises StoreError where the folder cannot be reached.

    Every kind of address has a package of its own, and each of these its own kinds of error.
    """
    try:
        yield
    except store.StoreError:
        raise
    except Exception as error:
        what = "cannot be reached; look at the address, the network and your rights there"
        raise store.StoreError(f"{folder}: {what} ({error})") from error


def _fetch(published: Path, local: Path) -> str | None:
    """Copies the current build; returns its id, or None where there is none."""
    manifest = store.current_manifest(published)
    if manifest is None:
        return None
    folder = local / manifest["build_id"]
    folder.mkdir()
    for path in (published / manifest["build_id"]).iterdir():
        _copy(path, folder / path.name)
    _copy(published / store.MANIFEST, local / store.MANIFEST)
    return str(manifest["build_id"])


def _send(published: Path, local: Path, manifest: dict[str, Any], *, before: str | None) -> None:
    folder = published / manifest["build_id"]
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(
        (local / manifest["build_id"]).iterdir(), key=lambda path: path.suffix == ".json"
    ):
        _copy(path, folder / path.name)
    current = store.current_manifest(published)
    if (current["build_id"] if current else None) != before:
        what = f"another refresh has published build {current and current['build_id']} meanwhile"
        raise store.StoreError(f"{published}: {what}; run `parley refresh` again")
    _copy(local / store.MANIFEST, published / store.MANIFEST)
    for old in store.builds(published)[store.N_KEPT :]:
        folder = published / old["build_id"]
        cast(Any, folder).fs.rm(cast(Any, folder).path, recursive=True)


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written, 1 << 20)
