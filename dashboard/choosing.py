"""Which build is shown: the newest, or one before it that is still kept."""

import streamlit as st

from dashboard import loading, notices


def draw() -> None:
    """The choice of a build, where there is one; a link's `build` pins it."""
    kept = loading.kept_build_ids()
    newest = loading.newest_build_id()
    notices.expect("build", kept, notice=f"The build {{}} is not kept any more; shown is {newest}.")
    if (shown := loading.shown_build_id()) != newest:
        st.caption(f"Shown is the earlier build {shown}; the newest is {newest}.")
    if len(kept) > 1:
        st.sidebar.selectbox(
            "Build", kept, index=None, key="build", bind="query-params",
            placeholder="The newest", help="An earlier state of the data, while it is kept",
        )  # fmt: skip
