"""Builds on disk: publish, read, prune. A build never changes; the manifest names the current one.

published/manifest.json                      replaced last, atomically
published/<build_id>/*.parquet, build.json   written once, build.json last: it marks a whole build

The current build also holds what the next refresh takes over (tables.KEPT); no reader needs it.
"""

import bisect
import datetime as dt
import hashlib
import itertools
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.locking import LockedError, locked
from pipeline.tables import KEPT, TABLES

MANIFEST = "manifest.json"
N_KEPT = 3  # the current build and two before it, so that a bad refresh can be undone
_ROW_GROUP = 100_000  # rows written at once: about what engines that read parquet like best
MENDING = "`parley refresh` makes it anew, `parley rollback` goes back to the build before"
_OWN = "build.json"  # the manifest as the build itself keeps it
_STAMP = "%Y%m%dT%H%M%S"
_BUILD_ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}(-\d+)?")  # folders named otherwise are not ours


class StoreError(RuntimeError):
    """The published folder cannot be used as it is; says what to do."""


def current_manifest(published: Path) -> dict[str, Any] | None:
    """What the manifest says of the current build, or None before the first one.

    Raises StoreError when the manifest is damaged.
    """
    path = published / MANIFEST
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, OSError) as error:
        raise StoreError(f"{path}: cannot be read; run `parley refresh --force`") from error
    if not _is_manifest(manifest):
        raise StoreError(f"{path}: names no build; run `parley refresh --force`")
    return manifest


def builds(published: Path) -> list[dict[str, Any]]:
    """The manifests of all builds that are kept, the newest first."""
    found = []
    for path in published.glob(f"*/{_OWN}"):
        with suppress(ValueError, OSError):
            manifest = json.loads(path.read_text("utf-8"))
            if _is_manifest(manifest) and manifest["build_id"] == path.parent.name:
                found.append(manifest)
    return sorted(found, key=lambda manifest: manifest["build_id"], reverse=True)


def next_build_id(published: Path, *, digest: str) -> str:
    """The second and the inputs; later than all that are kept, even if the clock was set back."""
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    for folder in _build_folders(published):
        with suppress(ValueError, OverflowError):
            kept = dt.datetime.strptime(folder.name.split("-")[0], _STAMP)
            now = max(now, kept + dt.timedelta(seconds=1))
    return f"{now:{_STAMP}}-{digest[:8]}"


def damaged_files(published: Path, manifest: Mapping[str, Any]) -> list[Path]:
    """The files of a build that are gone or hold other bytes than were written.

    What it kept for the next refresh may be gone, but not be damaged.
    """
    folder = published / manifest["build_id"]
    kept = {path: sha256 for path, sha256 in _kept(folder, manifest).items() if path.exists()}
    written = {folder / f"{name}.parquet": e["sha256"] for name, e in manifest["tables"].items()}
    written |= {folder / _OWN: hashlib.sha256(_text_of(manifest).encode()).hexdigest(), **kept}
    return [path for path, sha256 in written.items() if _sha256(path) != sha256]


def is_all_kept(published: Path, manifest: Mapping[str, Any]) -> bool:
    """Whether all is there that a build keeps for the next refresh."""
    kept = _kept(published / manifest["build_id"], manifest)
    return len(kept) == len(KEPT) and all(path.exists() for path in kept)


def table_file(published: Path, build_id: str, name: str) -> Path:
    """The file of a table of a build. Raises StoreError where it is not as it was written."""
    path = published / build_id / f"{name}.parquet"
    found = _sha256(path)
    try:
        written = json.loads((path.parent / _OWN).read_text("utf-8"))["tables"][name]["sha256"]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise StoreError(f"{path}: cannot be read; {MENDING}") from error
    if found != written:
        what = "holds other bytes than were written" if found else "cannot be read"
        raise StoreError(f"{path}: {what}; {MENDING}")
    return path


def read_table(published: Path, build_id: str, name: str) -> pd.DataFrame:
    """One table of one build as a frame. Raises StoreError where it is not as it was written."""
    return pq.read_table(table_file(published, build_id, name)).to_pandas()


def read_file(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows of a file that this refresh wrote or found undamaged, all columns unless told."""
    return pq.read_table(path, columns=None if columns is None else list(columns))


class TableRows:
    """The rows of a parquet file by their numbers; holds one row group at a time."""

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetFile(path)
        groups = range(self._file.num_row_groups)
        sizes = [self._file.metadata.row_group(group).num_rows for group in groups]
        self._ends = [*itertools.accumulate(sizes)]
        self._number, self._group = -1, pa.table({})

    def between(self, start: int, end: int) -> Iterator[pa.Table]:
        """From start up to and without end, in slices of the groups in which they lie."""
        if start == end:
            yield self._file.schema_arrow.empty_table()
        while start < end:
            number = bisect.bisect_right(self._ends, start)
            if number != self._number:
                self._number, self._group = number, self._file.read_row_group(number)
            first = self._ends[number] - self._group.num_rows
            found = self._group[start - first : end - first]
            yield found
            start += found.num_rows


@contextmanager
def only_one(published: Path) -> Iterator[None]:
    """Holds the published folder for one refresh. Raises StoreError when another one works."""
    with ExitStack() as held:
        try:
            with _told(published):
                published.mkdir(parents=True, exist_ok=True)
                held.enter_context(locked(published / ".lock"))
        except LockedError:
            raise StoreError(f"{published}: another refresh is at work; wait for it") from None
        yield


class NewBuild:
    """A build in the making: its tables grow by parts, and nothing of them is held in memory.

    `folder` holds the tables that are closed; `scratch` is a folder for what the work needs on the
    way, gone when the build is published.
    """

    def __init__(self, published: Path, build_id: str) -> None:
        self._published = published
        self.folder = _fresh_folder(published, build_id)
        self.scratch = self.folder / "scratch"
        self.scratch.mkdir()
        self._growing: dict[str, pq.ParquetWriter] = {}
        self._waiting: dict[str, list[pa.Table]] = {}
        self._n_rows: dict[str, int] = {}
        self._n_written: dict[str, int] = {}

    def add(self, name: str, part: pa.Table) -> None:
        """More rows of a table; all parts of one table have one schema."""
        self._waiting.setdefault(name, []).append(part)
        self._n_rows[name] = self._n_rows.get(name, 0) + part.num_rows
        while self._n_rows[name] - self._n_written.get(name, 0) > _ROW_GROUP:
            self._write(name)

    def close(self) -> None:
        """Ends the tables so far; from then on they can be read, and not added to."""
        for name in tuple(self._waiting):
            self._write(name)
        self._waiting.clear()
        for name in tuple(self._growing):
            self._growing.pop(name).close()

    def drop(self) -> None:
        """Ends the work without a build."""
        self._waiting.clear()
        with suppress(OSError):
            self.close()

    def _write(self, name: str) -> None:
        """Always as many rows at once, so that the same rows make the same file."""
        waiting = pa.concat_tables(self._waiting[name])
        self._waiting[name][:] = [waiting[_ROW_GROUP:]]
        group = waiting[:_ROW_GROUP].combine_chunks()
        if name not in self._growing:
            self._growing[name] = pq.ParquetWriter(
                self.path(name), group.schema, compression="zstd"
            )
        self._growing[name].write_table(group)
        self._n_written[name] = self._n_written.get(name, 0) + group.num_rows

    def publish(self, details: Mapping[str, Any]) -> dict[str, Any]:
        """Ends all tables and switches to the build in one step; returns its manifest."""
        self.close()
        shutil.rmtree(self.scratch)
        entries = {name: self._entry(name) for name in sorted(TABLES)}
        kept = {name: self._entry(name) for name in KEPT if name in self._n_rows}
        manifest = {"build_id": self.folder.name, **details, "tables": entries, "kept": kept}
        _replace(self.folder / _OWN, _text_of(manifest))
        switch(self._published, manifest)
        return manifest

    def path(self, name: str) -> Path:
        """Where a table lies."""
        return self.folder / f"{name}.parquet"

    def _entry(self, name: str) -> dict[str, Any]:
        path = self.path(name)
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        n_bytes = path.stat().st_size
        return {"sha256": _sha256(path), "n_bytes": n_bytes, "n_rows": self._n_rows[name]}


@contextmanager
def new_build(published: Path, *, digest: str) -> Iterator[NewBuild]:
    """A new build, to be published within the block.

    Whatever stops this before the last step leaves the build before as it was. Raises StoreError
    where the disk is full or refuses; what was written until then is removed.
    """
    with _told(published):
        published.mkdir(parents=True, exist_ok=True)
        build = NewBuild(published, next_build_id(published, digest=digest))
        try:
            yield build
        except BaseException:
            build.drop()
            shutil.rmtree(build.folder, ignore_errors=True)
            raise
    prune(published)


def switch(published: Path, manifest: Mapping[str, Any]) -> None:
    """Makes a build that is whole the current one, in one step."""
    _replace(published / MANIFEST, _text_of(manifest))


def clear_leftovers(published: Path) -> None:
    """Removes what a refresh left behind that did not come to its end."""
    for folder in _build_folders(published):
        if not (folder / _OWN).exists():
            shutil.rmtree(folder, ignore_errors=True)


def prune(published: Path) -> None:
    """Removes builds beyond the newest few, what an interrupted refresh left behind, and what
    builds that are no longer current keep for the next refresh.
    """
    clear_leftovers(published)
    manifest = current_manifest(published)
    current = manifest["build_id"] if manifest else ""
    folders = sorted(_build_folders(published))
    for folder in folders[:-N_KEPT]:
        if folder.name != current:
            shutil.rmtree(folder, ignore_errors=True)
    for folder in folders[-N_KEPT:]:
        if folder.name != current:
            for name in KEPT:
                with suppress(OSError):
                    (folder / f"{name}.parquet").unlink()


def _build_folders(published: Path) -> list[Path]:
    return [p for p in published.iterdir() if p.is_dir() and _BUILD_ID.fullmatch(p.name)]


def _kept(folder: Path, manifest: Mapping[str, Any]) -> dict[Path, str]:
    return {
        folder / f"{name}.parquet": manifest["kept"][name]["sha256"]
        for name in KEPT
        if name in manifest.get("kept", {})
    }


def _is_manifest(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("build_id"), str)
        and re.fullmatch(r"\w[\w.-]*", value["build_id"]) is not None
        and isinstance(value.get("tables"), dict)
        and all(isinstance(e, dict) and "sha256" in e for e in value["tables"].values())
    )


def _fresh_folder(published: Path, build_id: str) -> Path:
    for suffix in ("", *(f"-{number}" for number in range(2, 1000))):
        folder = published / f"{build_id}{suffix}"
        if not folder.exists():
            folder.mkdir(parents=True)
            return folder
    raise StoreError(f"{published}: no free name for build {build_id}; remove old folders")


def _text_of(manifest: Mapping[str, Any]) -> str:
    return json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _replace(path: Path, text: str) -> None:
    waiting = path.with_name(f"{path.name}.new")
    _write_synced(waiting, text.encode())
    os.replace(waiting, path)


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


@contextmanager
def _told(published: Path) -> Iterator[None]:
    """A disk that is full or refuses, in words."""
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else error
        what = f"cannot be written ({reason}); nothing was published"
        remedy = "make room or mend its rights, then try again"
        raise StoreError(f"{published}: {what}; {remedy}") from error
