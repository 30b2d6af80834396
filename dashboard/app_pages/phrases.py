"""Where does a word or a formula come up, who uses it, and does it rise or fall?"""

import streamlit as st

from dashboard import (
    cards,
    comparison_charts,
    concordance,
    controls,
    drilldown,
    exhibits,
    filters,
    loading,
    position_charts,
    sharing,
    summaries,
    views,
)
from dashboard import wording as words
from dashboard.counted import Counted
from dashboard.exhibits import Exhibit
from dashboard.highlights import plain
from dashboard.summaries import span_name
from dashboard.within import Within
from pipeline.phrases import pattern_of

BY = {"Phrase": None, "Side": "side", "Speaker": "speaker"}
N_LINES = 5
N_CONTEXT = 500

tables = loading.tables()
selection = filters.selected(tables)
statements = filters.on_themes(filters.apply(tables.statements, selection), selection)
meetings = tables["meetings"]
refrains = tables["refrains"]
if filters.in_words(tables, selection):
    refrains = words.refrains_within(statements)
refrains = refrains.sort_values(["n_meetings", "n_uses"], ascending=False, kind="stable")
usual = ", ".join(refrains["phrase"].drop_duplicates().head(2))

typed = st.text_input(
    "Words or phrases, with commas between them", key="phrase", bind="query-params",
    placeholder=usual or "a word, a phrase", type="search",
)  # fmt: skip
column = BY[controls.one_of("Lines", list(BY), key="phrases_by")]
wanted = words.split_phrases(typed or usual)
n_fitting = len(statements)
if not n_fitting:
    st.info("No statement fits the filters.", icon=":material/filter_alt_off:")
    st.button("Clear filters", on_click=filters.clear, key="phrases_clear")
    views.end_page()
if len(wanted) == words.N_PHRASES:
    st.caption(f"No more than {words.N_PHRASES} phrases are looked for at once.")
if not typed and wanted:
    st.caption(f"Nothing typed: showing the two formulas that come back most, {usual}.")
found = words.uses(statements, wanted)
holding = words.holding(statements, wanted)
views.pin(phrase=", ".join(wanted))
sharing.behind(holding)


def show(phrase: str, *, by: str = "Phrase") -> None:
    st.session_state["phrase"] = phrase
    st.session_state["phrases_by"] = by


if told := summaries.told_by_digests(Counted.of(tables, selection)):
    st.caption(told)
if found.empty and wanted:
    st.info(
        f"No statement that fits the filters holds {' or '.join(f'“{plain(p)}”' for p in wanted)}.",
        icon=":material/search_off:",
    )
elif wanted:
    missing = [phrase for phrase in wanted if phrase not in set(found["phrase"])]
    if missing:
        st.caption(f"Not found: {plain(', '.join(missing))}.")
    if column and found["phrase"].nunique() > 1:
        found = found[found["phrase"] == found["phrase"].iloc[0]]
        st.caption(f"Lines by {column} show one phrase: “{plain(found['phrase'].iloc[0])}”.")
    drawn = found
    within = statements
    if column:
        sizes = found.groupby(column)["n"].sum().sort_values(ascending=False, kind="stable")
        largest = sizes.index[:N_LINES]
        drawn, within = found[found[column].isin(largest)], statements.among(column, largest)
    shares = words.shares_by_year(drawn, within, by=column)

    def open_year() -> None:
        if row := drilldown.clicked("phrases_lines"):
            who = row[2] if column else ""
            drilldown.open_statements(Within(holds=row[0], year=str(row[1]), who=who))

    n = len(words.holding(statements, found["phrase"].unique()))
    st.subheader(f"In {n:,} of {n_fitting:,} statements")
    st.caption(
        "Share of statements by year, with 95% intervals where there are no more than two lines. "
        "Pale rests on few statements. Click a point to read."
    )
    named = ", ".join(f"“{phrase}”" for phrase in found["phrase"].unique())
    exhibits.show(
        Exhibit(
            "phrases_lines",
            f"{named} over time",
            position_charts.describe_lines(shares),
            position_charts.phrase_lines(shares),
            shares,
            open_year,
        )
    )

    def open_meeting() -> None:
        if row := drilldown.clicked("phrases_strip"):
            drilldown.open_statements(Within(holds=row[0], meeting=row[1]))

    places = words.by_meeting(found, meetings)
    shown = words.most_used(places)
    which = "each meeting" if len(shown) == len(places) else f"the {len(shown):,} with most uses"
    st.caption(f"Where they fall: a mark for {which}. Click one to read.")
    exhibits.show(
        Exhibit(
            "phrases_strip",
            f"{named} in the meetings",
            position_charts.describe_strip(places),
            position_charts.phrase_strip(
                shown, span=(meetings["date"].min(), meetings["date"].max())
            ),
            shown,
            open_meeting,
        )
    )

    st.subheader("In context")
    newest = holding.first(N_CONTEXT, order="date DESC, statement_id")
    lines = concordance.keyword_in_context(newest, patterns=[*map(pattern_of, wanted)])
    cards.draw_lines(lines)
    with st.container(horizontal=True):
        exhibits.draw_files(lines, key="phrases_context")
    if len(holding) > N_CONTEXT:
        st.caption(f"The newest {N_CONTEXT} of {len(holding):,} statements.")

st.subheader("Refrains")
own = refrains.reset_index(drop=True)
if own.empty:
    st.caption("None of the formulas that come back in three meetings or more fits the filters.")
else:
    st.caption(
        "Formulas of three words or more in what a speaker is told to have said in three meetings "
        "or more; counted in the statements that fit the filters. "
        "Choose a row to see it over time."
    )

    def show_refrain() -> None:
        rows = st.session_state["phrases_refrains"]["selection"]["rows"]
        if rows:
            show(own.iloc[rows[0]]["phrase"], by="Speaker")

    st.dataframe(
        own,
        hide_index=True,
        key="phrases_refrains",
        on_select=show_refrain,
        selection_mode="single-row",
        column_config={
            "n_uses": "uses",
            "n_meetings": "meetings",
            **{
                name: st.column_config.DateColumn(name, format="D MMMM YYYY")
                for name in ("first", "last")
            },
        },
    )

    with st.container(horizontal=True):
        exhibits.draw_files(own, key="phrases_refrains_rows")

st.subheader("Rising and falling")
years = statements.ask("SELECT year(min(date)) AS a, year(max(date)) AS b FROM chosen")
first, last = int(years["a"][0]), int(years["b"][0])
if first == last:
    st.caption("All statements that fit the filters are of one year.")
else:
    middle = (first + last) // 2
    spans = (span_name((first, middle)), span_name((middle + 1, last)))
    moved = words.rising_and_falling(statements)

    def open_moved() -> None:
        if row := drilldown.clicked("phrases_moved"):
            show(row[0])

    st.caption(
        f"Words and phrases that set {spans[0]} (left) apart from {spans[1]} (right): z-scores of "
        f"weighted log-odds. {comparison_charts.chance_in_words(moved)} "
        "Click one to see it over time."
    )
    exhibits.show(
        Exhibit(
            "phrases_moved",
            "Rising and falling wording",
            comparison_charts.describe_wording(moved, left=spans[0], right=spans[1]),
            comparison_charts.wording_bars(moved, left=spans[0], right=spans[1]),
            moved,
            open_moved,
        )
    )
