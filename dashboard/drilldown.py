"""From a mark in a chart, or a finding, to exactly its statements."""

from urllib.parse import urlencode

import streamlit as st

from dashboard.within import Within

STATEMENTS = "app_pages/statements.py"


def open_statements(within: Within) -> None:
    """Goes to the statements of a set; to be called in a callback."""
    st.switch_page(STATEMENTS, query_params=within.params())


def sentence(markdown: str, within: Within, *, key: str, is_open: bool = True) -> None:
    """A sentence and, beside it, the button that opens its statements."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        st.markdown(markdown)
        if is_open:
            st.button(
                "Read", key=key, on_click=open_statements, args=(within,), type="tertiary",
                icon=":material/arrow_forward:",
            )  # fmt: skip


def link_to(within: Within) -> str:
    """The address of a set of statements, to stand in a page's HTML."""
    return f"statements?{urlencode(within.params())}"


def clicked(chart_key: str) -> list | None:
    """The customdata of the point that was clicked in a chart, if one was."""
    event = st.session_state.get(chart_key)
    points = event["selection"]["points"] if event else []
    return list(points[0]["customdata"]) if points and points[0].get("customdata") else None
