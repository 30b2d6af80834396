"""Builds on disk: publish, read, prune. A build never changes; the manifest names the current one.

published/manifest.json                      replaced last, atomically
published/<build_id>/*.parquet, build.json   written once
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

MANIFEST = "manifest.json"
N_KEPT = 3  # the current build and two before it, so that a bad refresh can be undone


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
    if not isinstance(manifest, dict) or not isinstance(manifest.get("build_id"), str):
        raise StoreError(f"{path}: names no build; run `parley refresh --force`")
    return manifest


def builds(published: Path) -> list[dict[str, Any]]:
    """The manifests of all builds that are kept, the newest first."""
    found = []
    for path in published.glob("*/build.json"):
        with suppress(ValueError, OSError):
            found.append(json.loads(path.read_text("utf-8")))
    return sorted(found, key=lambda manifest: manifest["build_id"], reverse=True)


def damaged_tables(published: Path, manifest: Mapping[str, Any]) -> list[str]:
    """The tables of a build whose file is gone or has another size than when it was written."""
    folder = published / manifest["build_id"]
    return [
        name
        for name, written in manifest.get("tables", {}).items()
        if not (path := folder / f"{name}.parquet").is_file()
        or path.stat().st_size != written.get("n_bytes")
    ]


def read_table(published: Path, build_id: str, name: str) -> pd.DataFrame:
    """One table of one build as a frame."""
    path = published / build_id / f"{name}.parquet"
    try:
        return pq.read_table(path).to_pandas()
    except (OSError, pa.ArrowInvalid) as error:
        raise StoreError(f"{path}: cannot be read; run `parley refresh --force`") from error


@contextmanager
def only_one(published: Path) -> Iterator[None]:
    """Holds the published folder for one refresh. Raises StoreError when another one works."""
    published.mkdir(parents=True, exist_ok=True)
    with (published / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(f"{published}: another refresh is at work; wait for it") from None
        yield


def publish(
    published: Path, tables: Mapping[str, pa.Table], *, build_id: str, details: Mapping[str, Any]
) -> dict[str, Any]:
    """Writes a new build, then switches to it in one step; returns its manifest.

    Whatever stops this before the last step leaves the build before as it was.
    """
    folder = _fresh_folder(published, build_id)
    digests = {name: _write(table, folder / f"{name}.parquet") for name, table in tables.items()}
    manifest = {"build_id": folder.name, **details, "tables": digests}
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    _write_synced(folder / "build.json", text)
    waiting = published / f"{MANIFEST}.new"
    _write_synced(waiting, text)
    os.replace(waiting, published / MANIFEST)
    prune(published)
    return manifest


def prune(published: Path) -> None:
    """Removes builds beyond the newest few and what an interrupted refresh left behind."""
    manifest = current_manifest(published)
    current = manifest["build_id"] if manifest else ""
    folders = [path for path in published.iterdir() if path.is_dir()]
    whole = sorted(path.name for path in folders if (path / "build.json").exists())
    kept = {current, *whole[-N_KEPT:]}
    for folder in folders:
        if folder.name not in kept:
            shutil.rmtree(folder)


def _fresh_folder(published: Path, build_id: str) -> Path:
    for suffix in ("", *(f"-{number}" for number in range(2, 1000))):
        folder = published / f"{build_id}{suffix}"
        if not folder.exists():
            folder.mkdir(parents=True)
            return folder
    raise StoreError(f"{published}: no free name for build {build_id}; remove old folders")


def _write(table: pa.Table, path: Path) -> dict[str, Any]:
    pq.write_table(table, path, compression="zstd")
    content = path.read_bytes()
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "n_bytes": len(content),
        "n_rows": table.num_rows,
    }


def _write_synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
