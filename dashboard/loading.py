"""Which build is shown, and its tables, opened once for all sessions."""

import gc
import os
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.corpus import Corpus
from pipeline import store
from pipeline.differences import Difference, difference
from pipeline.tables import TABLES

_PINNED = "_manifest"


def data_folder() -> Path:
    """The folder that PARLEY_DATA names, else data/ beside the program."""
    return Path(os.environ.get("PARLEY_DATA") or Path(__file__).parent.parent / "data")


def corrections_file() -> Path:
    """The file of corrections by hand; there may be none yet."""
    return data_folder() / "corrections.csv"


def pin() -> str | None:
    """The build that this run of the app reads from its first line to its last; None without one.

    It is the one that the reader asked for by `build`, if it is kept and whole, else the current
    one. Without pinning, a refresh amid a run would give the page other tables than its filters.
    """
    current = store.current_manifest(_published())
    wanted = st.session_state.get("build") or st.query_params.get("build")
    kept = {found["build_id"]: found for found in _kept()} if wanted else {}
    shown = kept.get(wanted or "", current)
    st.session_state[_PINNED] = shown
    return shown["build_id"] if shown else None


def manifest() -> dict[str, Any] | None:
    """The manifest of the build that this run reads, or None before the first."""
    return st.session_state.get(_PINNED) or store.current_manifest(_published())


def shown_manifest() -> dict[str, Any]:
    """The manifest of the build that this run reads. Raises StoreError where there is none."""
    found = manifest()
    if found is None:
        raise store.StoreError("no build; run `parley refresh`")
    return found


def builds() -> list[tuple[dict[str, Any], Difference | None]]:
    """The builds that are kept, newest first, each with what changed since the one before it."""
    found = store.builds(_published())
    pairs = zip(found, [*found[1:], None], strict=True)
    return [(this, difference(this, before) if before else None) for this, before in pairs]


def shown_build_id() -> str | None:
    found = manifest()
    return found["build_id"] if found else None


def newest_build_id() -> str | None:
    """The build that a link without `build` shows."""
    found = store.current_manifest(_published())
    return found["build_id"] if found else None


def kept_build_ids() -> list[str]:
    """The builds that a link can be pinned to, newest first: kept, whole and of today's tables."""
    return [found["build_id"] for found in _kept()]


def tables() -> Corpus:
    """The tables of the build that this run reads. There must be one.

    A callback comes before the run it belongs to, when the build of the last may be pruned: then it
    reads that one still if it is open, else the current one. Raises StoreError for damaged tables.
    """
    build_id = shown_build_id()
    if build_id is None:
        raise store.StoreError("no build; run `parley refresh`")
    try:
        return load(str(data_folder()), build_id)
    except store.StoreError:
        if (now := pin()) in (None, build_id):
            raise
        return load(str(data_folder()), str(now))


@cache
def set_program_aside() -> None:
    """Takes what is loaded by now, the program itself, out of the garbage collector's sight.

    Streamlit has it look through everything after each run while all readers wait: for 0.11 s with
    the modules in sight, for 0.005 s without. Once and before the first build is opened, as what
    is set aside is let go of only where no circle holds it.
    """
    gc.collect()
    gc.freeze()


def _kept() -> list[dict[str, Any]]:
    return [
        found
        for found in store.builds(_published())
        if set(TABLES) <= set(found["tables"]) and _is_whole(str(_published()), found["build_id"])
    ]


@st.cache_data(max_entries=20, show_spinner=False)
def _is_whole(published: str, build_id: str) -> bool:
    """Looked into once a build: it never changes, and reading it tells what breaks later."""
    found = [b for b in store.builds(Path(published)) if b["build_id"] == build_id]
    return bool(found) and not store.damaged_files(Path(published), found[0])


@st.cache_resource(
    max_entries=3, show_spinner="Opening the published tables …", on_release=Corpus.shed
)
def load(folder: str, build_id: str) -> Corpus:
    """One build for all sessions. A build never changes, so no expiry. Raises StoreError."""
    set_program_aside()
    published = Path(folder) / "published"
    try:
        return Corpus({name: store.table_file(published, build_id, name) for name in TABLES})
    except OSError as error:
        what = f"{published / build_id}: cannot be read; {store.MENDING}"
        raise store.StoreError(what) from error


def _published() -> Path:
    return data_folder() / "published"
