"""What was published, read once per build."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from pipeline import store
from pipeline.differences import Difference, difference
from pipeline.tables import TABLES

Tables = Mapping[str, pd.DataFrame]
_PINNED = "_manifest"


def data_folder() -> Path:
    """The folder that PARLEY_DATA names, else data/ beside the program."""
    return Path(os.environ.get("PARLEY_DATA") or Path(__file__).parent.parent / "data")


def corrections_file() -> Path:
    """The file of corrections by hand; there may be none yet."""
    return data_folder() / "corrections.csv"


def pin() -> str | None:
    """The current build, which this run of the app then reads from its first line to its last.

    Without it a refresh amid a run would give the page other tables than its filters.
    """
    current = store.current_manifest(_published())
    st.session_state[_PINNED] = current
    return current["build_id"] if current else None


def manifest() -> dict[str, Any] | None:
    """The manifest of the build that this run reads, or None before the first."""
    return st.session_state.get(_PINNED) or store.current_manifest(_published())


def builds() -> list[tuple[dict[str, Any], Difference | None]]:
    """The builds that are kept, newest first, each with what changed since the one before it."""
    found = store.builds(_published())
    pairs = zip(found, [*found[1:], None], strict=True)
    return [(this, difference(this, before) if before else None) for this, before in pairs]


def current_build_id() -> str | None:
    found = manifest()
    return found["build_id"] if found else None


def tables() -> Tables:
    """The tables of the build that this run reads. There must be one.

    A callback comes before the run it belongs to, when the build of the last may be pruned: then
    it reads the current one. Raises StoreError for damaged tables.
    """
    build_id = current_build_id()
    if build_id is None:
        raise store.StoreError("no build; run `parley refresh`")
    try:
        return load(str(data_folder()), build_id)
    except store.StoreError:
        current = pin()
        if current in (None, build_id):
            raise
        return load(str(data_folder()), str(current))


@st.cache_data(max_entries=3, show_spinner="Reading the published tables …")
def load(folder: str, build_id: str) -> dict[str, pd.DataFrame]:
    """All tables of one build; dates as pandas days. A build never changes, so no expiry."""
    published = Path(folder) / "published"
    frames = {name: store.read_table(published, build_id, name) for name in TABLES}
    return {name: _with_days(frame) for name, frame in frames.items()}


def _published() -> Path:
    return data_folder() / "published"


def _with_days(frame: pd.DataFrame) -> pd.DataFrame:
    is_day = "date" in frame.columns and frame["date"].map(lambda day: not isinstance(day, str))
    if isinstance(is_day, pd.Series) and is_day.all() and len(frame):
        return frame.assign(date=pd.to_datetime(frame["date"]))
    return frame
