"""Three views to begin with, each with its finding in a sentence, all computed from the data."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard import comparison, filters, findings, ledger, position_charts, summaries
from dashboard.comparison import Comparison
from dashboard.filters import Selection
from dashboard.loading import Tables


class Start(NamedTuple):
    """Where to begin: a page with its parameters, and what it will show."""

    title: str
    sentence: str
    button: str
    page: str
    params: tuple[tuple[str, str], ...]


def address(start: Start, filter_params: Sequence[tuple[str, str]]) -> str:
    """The view's address under the reader's filters."""
    own = {key for key, _ in start.params}
    kept = [(key, value) for key, value in filter_params if key not in own]
    return f"{start.page}?{urlencode([*start.params, *kept])}"


def three_views(
    statements: pd.DataFrame, selection: Selection, *, tables: Tables, build_id: str
) -> list[Start]:
    """Up to three starts for the statements that fit the filters, one for each main page."""
    return _three_views(build_id, selection, statements, tables)


@st.cache_data(max_entries=50, show_spinner=False)
def _three_views(
    build_id: str, selection: Selection, _statements: pd.DataFrame, _tables: Tables
) -> list[Start]:
    found = (
        make(_statements, selection, _tables) for make in (_over_time, _latest_pair, _two_sides)
    )
    return [start for start in found if start]


def _over_time(statements: pd.DataFrame, selection: Selection, tables: Tables) -> Start | None:
    """The theme whose share changed most."""
    counts = filters.apply(summaries.dated(tables["theme_counts"], tables), selection)
    totals = filters.apply(summaries.dated(tables["meeting_counts"], tables), selection)
    if selection.themes:
        counts = counts[counts["theme_id"].isin(selection.themes)]
    ids = summaries.largest_changes(counts, totals)
    if not ids:
        return None
    label = _labels(tables)[ids[0]]
    sentence = summaries.change_sentence(counts, totals, theme_id=ids[0], theme=label)
    return Start("A theme over the years", sentence, "See it over time", "themes",
                 (("theme", label),))  # fmt: skip


def _latest_pair(statements: pd.DataFrame, selection: Selection, tables: Tables) -> Start | None:
    """The last meeting against the one before it with the same counterpart."""
    pair = comparison.latest_pair(comparison.meetings_within(statements, tables))
    if not pair:
        return None
    this = Comparison("Meetings", *pair)
    groups = comparison.groups_of(statements, this, tables=tables)
    theme_ids = selection.themes or tuple(_labels(tables).index)
    found = findings.what_changed(*groups, this, tables=tables, theme_ids=theme_ids)
    if not found:
        return None
    return Start(
        f"{pair[1]} against {pair[0]}", findings.text_of(found[0]), "See what changed",
        "compare", (("compare_left", pair[0]), ("compare_right", pair[1])),
    )  # fmt: skip


def _two_sides(statements: pd.DataFrame, selection: Selection, tables: Tables) -> Start | None:
    """The two sides that speak most, on the theme that both speak of most."""
    own = statements[statements["role"] != "joint"]
    sides = list(own["side"].value_counts().index[:2])
    themes = tables["statement_themes"]
    rows = own[own["side"].isin(sides)].merge(
        themes[["statement_id", "theme_id", "tone"]].rename(columns={"tone": "theme_tone"}),
        on="statement_id",
    )
    if selection.themes:
        rows = rows[rows["theme_id"].isin(selection.themes)]
    both = rows.groupby(["theme_id", "side"]).size().unstack(fill_value=0)
    if len(sides) < 2 or both.empty or both.shape[1] < 2:
        return None
    theme_id = both.min(axis=1).sort_values(ascending=False, kind="stable").index[0]
    apart = ledger.tone_apart(rows[rows["theme_id"] == theme_id], sides=sides)
    label = _labels(tables)[theme_id]
    sentence = position_charts.describe_tone_apart(apart, first=sides[0], second=sides[1])
    return Start(
        f"{sides[0]} and {sides[1]} on {label}", sentence, "See how far apart",
        "positions",
        (*(("positions_who", side) for side in sides), ("positions_theme", label)),
    )  # fmt: skip


def _labels(tables: Tables) -> pd.Series:
    return tables["themes"].set_index("theme_id")["label"]
