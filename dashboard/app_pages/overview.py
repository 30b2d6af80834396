"""What is this, what is in it, and where to begin?"""

import streamlit as st

from dashboard import (
    charts,
    drilldown,
    exhibits,
    filters,
    loading,
    sharing,
    starts,
    summaries,
    views,
)
from dashboard.counted import Counted
from dashboard.exhibits import Exhibit
from dashboard.within import Within

tables = loading.tables()
selection = filters.selected(tables)
labels = tables.labels
theme_ids = selection.themes or tuple(labels.index)
chosen = filters.on_themes(filters.apply(tables.statements, selection), selection)
sharing.behind(chosen)

st.markdown(
    "What do ministers say about a theme, and how does it change from one meeting to the next? "
    "Parley counts it. Every figure opens to the statements behind it, every statement to its "
    "sources."
)
held = summaries.meetings_of(chosen, tables)
if held.empty:
    st.info("No statement fits the filters.", icon=":material/filter_alt_off:")
    st.button("Clear filters", on_click=filters.clear, key="overview_clear")
    views.end_page()

st.subheader("Three views to start from")
found = starts.three_views(selection, tables=tables, build_id=loading.shown_build_id() or "")
for column, view in zip(st.columns(3), found, strict=False):
    with column.container(border=True, height="stretch"):
        st.markdown(f"**{view.title}**")
        st.text(view.sentence)
        st.button(
            view.button, key=f"overview_{view.page}", icon=":material/arrow_forward:",
            on_click=drilldown.go_to, args=(starts.address(view, filters.params()),),
        )  # fmt: skip

on = filters.in_words(tables, selection)
st.subheader("What is in it")
st.caption(f"Within the filters: {on}." if on else "All statements; the filters narrow them.")
with st.container(horizontal=True):
    for name, figure in summaries.key_figures(chosen).items():
        st.metric(name, figure)

counted = Counted.of(tables, selection)
if selection.themes:
    counted = counted.on(theme_ids)
st.subheader(summaries.most_frequent(counted, labels=labels))


def open_theme_year() -> None:
    if row := drilldown.clicked("overview_squares"):
        drilldown.open_statements(Within(on=labels[row[0]], year=str(row[1])))


shares = summaries.theme_shares(counted, theme_ids=theme_ids)
st.caption(
    "Share of statements on each theme, by year. Larger means more; pale rests on fewer than "
    f"{summaries.FEW} statements. A statement can have several themes. Click a square to read."
)
exhibits.show(
    Exhibit(
        "overview_squares",
        "Themes by year",
        charts.describe_squares(shares, labels=labels),
        charts.theme_squares(shares, labels=labels),
        shares.assign(theme=shares["theme_id"].map(labels))[
            ["period", "theme", "n_statements", "n_total", "share", "share_low", "share_high"]
        ],
        open_theme_year,
    )
)


def open_meeting() -> None:
    if row := drilldown.clicked("overview_timeline"):
        drilldown.open_statements(Within(meeting=row[0]))


st.subheader("The meetings")
shown = summaries.largest_meetings(held)
which = "a meeting" if len(shown) == len(held) else f"one of the {len(shown):,} largest meetings"
st.caption(f"Each mark is {which}; its area is the number of statements. Click one to read it.")
exhibits.show(
    Exhibit(
        "overview_timeline",
        "The meetings",
        charts.describe_timeline(held),
        charts.meeting_timeline(shown),
        shown[["date", "place", "counterpart", "n_statements", "n_words"]],
        open_meeting,
    )
)
