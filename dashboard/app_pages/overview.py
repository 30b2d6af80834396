"""What is this, what is in it, and where to begin?"""

from urllib.parse import urlencode

import streamlit as st

from dashboard import charts, drilldown, filters, loading, summaries
from dashboard.within import Within

tables = loading.tables()
selection = filters.selected(tables)
labels = tables["themes"].set_index("theme_id")["label"]
years = filters.year_span(tables)
counts = filters.apply(summaries.dated(tables["theme_counts"], tables), selection)
totals = filters.apply(summaries.dated(tables["meeting_counts"], tables), selection)

st.markdown(
    f"Parley shows how what ministers say about a theme changes from one meeting to the next, "
    f"{years[0]} to {years[1]}. Every figure opens to the statements behind it, "
    f"and every statement to its sources."
)
with st.container(horizontal=True):
    for name, figure in summaries.key_figures(tables).items():
        st.metric(name, figure)

if totals.empty:
    st.info("No statement fits the filters.", icon=":material/filter_alt_off:")
    st.button("Clear filters", on_click=filters.clear, key="overview_clear")
    st.stop()

st.subheader(summaries.most_frequent(counts, totals, tables=tables))


def open_theme_year() -> None:
    if row := drilldown.clicked("overview_squares"):
        drilldown.open_statements(Within(on=labels[row[0]], year=str(row[1])))


theme_ids = selection.themes or tuple(labels.index)
shares = summaries.theme_shares(
    counts[counts["theme_id"].isin(theme_ids)], totals, theme_ids=theme_ids
)
st.caption(
    "Share of statements on each theme, by year. Larger means more; pale rests on fewer than "
    f"{summaries.FEW} statements. A statement can have several themes. Click a square to read."
)
st.plotly_chart(
    charts.theme_squares(shares, labels=labels),
    key="overview_squares",
    on_select=open_theme_year,
    selection_mode="points",
    config=charts.CONFIG,
    alt=charts.describe_squares(shares, labels=labels),
)
with st.expander("The rows of this chart"):
    rows = shares.assign(theme=shares["theme_id"].map(labels))[
        ["period", "theme", "n_statements", "n_total", "share", "share_low", "share_high"]
    ]
    st.dataframe(rows, hide_index=True)
    st.download_button("Download CSV", rows.to_csv(index=False), "themes-by-year.csv", "text/csv")


def open_meeting() -> None:
    if row := drilldown.clicked("overview_timeline"):
        drilldown.open_statements(Within(meeting=row[0]))


fitting = filters.apply(tables["statements"], selection)
held = summaries.meetings_of(filters.on_themes(fitting, selection, tables=tables), tables)
st.subheader("The meetings")
st.caption("Each mark is a meeting; its area is the number of statements. Click one to read it.")
if held.empty:
    st.info("No statement on the themes chosen fits the other filters.")
    st.stop()
st.plotly_chart(
    charts.meeting_timeline(held),
    key="overview_timeline",
    on_select=open_meeting,
    selection_mode="points",
    config=charts.CONFIG,
    alt=charts.describe_timeline(held),
)
with st.expander("The meetings as a table"):
    st.dataframe(
        held[["date", "place", "counterpart", "n_statements", "n_words"]],
        hide_index=True,
        column_config={"date": st.column_config.DateColumn("date", format="D MMMM YYYY")},
    )


def open_view(theme_id: str) -> None:
    drilldown.go_to(f"themes?{urlencode({'theme': labels[theme_id]})}")


st.subheader("Three views to start from")
all_counts = summaries.dated(tables["theme_counts"], tables)
all_totals = summaries.dated(tables["meeting_counts"], tables)
by_change = summaries.largest_changes(all_counts, all_totals)
for column, theme_id in zip(st.columns(3), by_change[:3], strict=False):
    points = summaries.theme_shares(
        all_counts[all_counts["theme_id"] == theme_id], all_totals, theme_ids=[theme_id]
    )
    with column.container(border=True, height="stretch"):
        st.markdown(f"**{labels[theme_id]}**")
        st.text(summaries.change_sentence(points, theme=labels[theme_id]))
        st.button(
            "Show over time",
            key=f"overview_view_{theme_id}",
            on_click=open_view,
            args=(theme_id,),
            icon=":material/arrow_forward:",
        )
