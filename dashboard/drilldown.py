"""From a mark in a chart, or a finding, to exactly its statements."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

import streamlit as st

STATEMENTS = "app_pages/statements.py"


def open_statements(
    *,
    themes: Sequence[str] | None = None,
    sides: Sequence[str] | None = None,
    meeting_id: str = "",
    year: str = "",
) -> None:
    """Sets filters (by label) and goes to the statements; to be called in a callback."""
    if themes is not None:
        st.session_state["theme"] = list(themes)
    if sides is not None:
        st.session_state["side"] = list(sides)
    _go(meeting=meeting_id, year=year)


def open_exactly(statement_ids: Iterable[str]) -> None:
    """Goes to these statements and no others; to be called in a callback."""
    _go(ids=",".join(statement_ids))


def link_to(statement_ids: Iterable[str]) -> str:
    """The address of these statements, to stand in a page's HTML."""
    return f"statements?{urlencode({'ids': ','.join(statement_ids)})}"


def _go(**within: str) -> None:
    st.switch_page(STATEMENTS, query_params={key: value for key, value in within.items() if value})


def clicked(chart_key: str) -> list | None:
    """The customdata of the point that was clicked in a chart, if one was."""
    event = st.session_state.get(chart_key)
    points = event["selection"]["points"] if event else []
    return list(points[0]["customdata"]) if points and points[0].get("customdata") else None
