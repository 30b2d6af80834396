"""Three views to begin with, each with its finding in a sentence, all computed from the data."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

import streamlit as st

from dashboard import comparison, findings, ledger, position_charts, summaries
from dashboard.comparison import Comparison, Group
from dashboard.corpus import Corpus
from dashboard.counted import Counted
from dashboard.filters import Selection


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


def three_views(selection: Selection, *, tables: Corpus, build_id: str) -> list[Start]:
    """Up to three starts for the statements that fit the filters, one for each main page."""
    return _three_views(build_id, selection, tables)


@st.cache_data(max_entries=50, show_spinner=False)
def _three_views(build_id: str, selection: Selection, _tables: Corpus) -> list[Start]:
    found = (make(selection, _tables) for make in (_over_time, _latest_pair, _two_sides))
    return [start for start in found if start]


def _over_time(selection: Selection, tables: Corpus) -> Start | None:
    """The theme whose share changed most."""
    counted = Counted.of(tables, selection)
    if selection.themes:
        counted = counted.on(selection.themes)
    ids = summaries.largest_changes(counted)
    if not ids:
        return None
    label = tables.labels[ids[0]]
    sentence = summaries.change_sentence(counted, theme_id=ids[0], theme=label)
    return Start("A theme over the years", sentence, "See it over time", "themes",
                 (("theme", label),))  # fmt: skip


def _latest_pair(selection: Selection, tables: Corpus) -> Start | None:
    """The last meeting against the one before it with the same counterpart."""
    whole = Group.of("all", tables, selection)
    pair = comparison.latest_pair(comparison.meetings_within(whole.statements))
    if not pair:
        return None
    this = Comparison("Meetings", *pair)
    groups = comparison.groups_of(whole, this, tables=tables)
    theme_ids = selection.themes or tuple(tables.labels.index)
    found = findings.what_changed(*groups, this, labels=tables.labels, theme_ids=theme_ids)
    first = next(found, None)
    if not first:
        return None
    return Start(
        f"{pair[1]} against {pair[0]}", findings.text_of(first), "See what changed",
        "compare", (("compare_left", pair[0]), ("compare_right", pair[1])),
    )  # fmt: skip


def _two_sides(selection: Selection, tables: Corpus) -> Start | None:
    """The two sides that speak most, on the theme that both speak of most."""
    counted = Counted.of(tables, selection).where("role <> 'joint'")
    sizes = counted.totals.ask(
        "SELECT side, sum(n_statements) AS n FROM chosen GROUP BY ALL ORDER BY n DESC, side"
    )
    sides = sizes["side"].tolist()[:2]
    if len(sides) < 2:
        return None
    if selection.themes:
        counted = counted.on(selection.themes)
    both = counted.themes.among("side", sides).ask(
        "WITH sizes AS (SELECT theme_id, side, sum(n_statements) AS n FROM chosen GROUP BY ALL)"
        " SELECT theme_id FROM sizes GROUP BY ALL HAVING count(*) = 2"
        " ORDER BY min(n) DESC, theme_id"
    )
    if both.empty:
        return None
    theme_id = both["theme_id"][0]
    on_theme = counted.themes.where("theme_id = ?", theme_id)
    apart = ledger.tone_apart(*(on_theme.where("side = ?", side) for side in sides))
    label = tables.labels[theme_id]
    sentence = position_charts.describe_tone_apart(apart, first=sides[0], second=sides[1])
    return Start(
        f"{sides[0]} and {sides[1]} on {label}", sentence, "See how far apart",
        "positions",
        (*(("positions_who", side) for side in sides), ("positions_theme", label)),
    )  # fmt: skip
