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


def data_folder() -> Path:
    """The folder that PARLEY_DATA names, else data/ beside the program."""
    return Path(os.environ.get("PARLEY_DATA") or Path(__file__).parent.parent / "data")


def corrections_file() -> Path:
    """The file of corrections by hand; there may be none yet."""
    return data_folder() / "corrections.csv"


def manifest() -> dict[str, Any] | None:
    """The manifest of the current build, or None before the first."""
    return store.current_manifest(data_folder() / "published")


def builds() -> list[tuple[dict[str, Any], Difference | None]]:
    """The builds that are kept, newest first, each with what changed since the one before it."""
    found = store.builds(data_folder() / "published")
    pairs = zip(found, [*found[1:], None], strict=True)
    return [(this, difference(this, before) if before else None) for this, before in pairs]


def current_build_id() -> str | None:
    found = manifest()
    return found["build_id"] if found else None


def kept_build_ids() -> list[str]:
    """The builds that a link can be pinned to, newest first: kept, whole and of today's tables."""
    published = data_folder() / "published"
    return [
        found["build_id"]
        for found in store.builds(published)
        if set(TABLES) <= set(found["tables"]) and not store.damaged_tables(published, found)
    ]


def shown_build_id() -> str | None:
    """The build that the reader asked for, if it is kept, else the current one."""
    wanted = st.session_state.get("build") or st.query_params.get("build")
    return wanted if wanted in kept_build_ids() else current_build_id()


def shown_manifest() -> dict[str, Any]:
    """The manifest of the build that is shown. There must be one."""
    wanted = shown_build_id()
    for found in (manifest() or {}, *store.builds(data_folder() / "published")):
        if found.get("build_id") == wanted:
            return found
    raise store.StoreError("no build; run `parley refresh`")


def tables() -> Tables:
    """The tables of the build that is shown. There must be one."""
    build_id = shown_build_id()
    if build_id is None:
        raise store.StoreError("no build; run `parley refresh`")
    return load(str(data_folder()), build_id)


@st.cache_data(max_entries=3, show_spinner="Reading the published tables …")
def load(folder: str, build_id: str) -> dict[str, pd.DataFrame]:
    """All tables of one build; dates as pandas days. A build never changes, so no expiry."""
    published = Path(folder) / "published"
    frames = {name: store.read_table(published, build_id, name) for name in TABLES}
    return {name: _with_days(frame) for name, frame in frames.items()}


def _with_days(frame: pd.DataFrame) -> pd.DataFrame:
    is_day = "date" in frame.columns and frame["date"].map(lambda day: not isinstance(day, str))
    if isinstance(is_day, pd.Series) and is_day.all() and len(frame):
        return frame.assign(date=pd.to_datetime(frame["date"]))
    return frame
