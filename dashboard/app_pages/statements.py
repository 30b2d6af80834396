"""What exactly was said, by whom, when, and says who?"""

import re
from functools import partial

import streamlit as st

from dashboard import (
    cards,
    concordance,
    controls,
    drilldown,
    editing,
    filters,
    highlights,
    listing,
    loading,
    notices,
    search,
    sharing,
    views,
    within,
)
from dashboard.axes import counted
from dashboard.corpus import Rows
from dashboard.within import Within
from pipeline.exporting import as_file

PAGE_SIZE = 20
ORDERS = {
    "Newest first": "date DESC, document_id, position",
    "Oldest first": "date, document_id, position",
    "Strongest first": "abs(tone) DESC, date DESC, statement_id",
}
N_CONTEXT = 2_000  # statements whose places are shown in context at once

tables = loading.tables()
selection = filters.selected(tables)
labels = tables.labels
statements = tables.statements


def show_all() -> None:
    for key in ("statement", *Within._fields):
        st.query_params.pop(key, None)


wanted_id = st.query_params.get("statement", "")
wanted = tables.statements_of([wanted_id] if wanted_id else [])
with st.container():  # always: see dashboard/controls.py
    if wanted_id and wanted.empty:
        gone = highlights.plain(wanted_id)
        st.warning(f"The statement {gone} is not in this build; showing all others.")
narrowing = Within.of(st.query_params)
narrowed_to = within.in_words(narrowing, tables=tables)
of_set = views.query(statement="")


def fitting(query: str) -> Rows:
    """The statements of the set that the address says, which the search finds."""
    rows = filters.on_themes(filters.apply(statements, selection), selection)
    return search.found(within.narrowed(rows, narrowing, tables=tables), query=query)


def draw_way_back() -> None:
    """From a statement's own page to the set that it was opened from, else to all."""
    if not of_set:
        st.button("Show all statements", on_click=show_all, icon=":material/arrow_back:")
        return
    query = st.query_params.get("q", "")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Back to the {counted(len(fitting(query)))}", key="statements_back",
            on_click=drilldown.go_to, args=(f"statements?{of_set}",), icon=":material/arrow_back:",
        )  # fmt: skip
        on = filters.in_words(tables, selection)
        searched = f"search: {query}" if query else ""
        st.caption(highlights.plain("; ".join(filter(None, (narrowed_to, on, searched)))))


if len(wanted):
    this = wanted.iloc[0]
    draw_way_back()
    st.html(highlights.legend())
    cards.draw_all(wanted, tables=tables)
    if editing.is_on():
        editing.draw(this, tables=tables)
    same = statements.where("document_id = ?", this["document_id"])
    for heading, offset in (("Said before it", -1), ("Said after it", 1)):
        place = int(this["position"]) + offset
        near = same.where("position = ?", place).first(1, order="position")
        if len(near):
            st.subheader(heading)
            cards.draw_all(near, tables=tables, of_set=of_set)
    views.end_page()

query = st.text_input(
    "Search",
    type="search",
    live="300ms",
    key="q",
    bind="query-params",
    placeholder='Words, or "a phrase"',
    help="Statements whose text or speaker holds every word, or part of a word, as typed; words in "
    "quotes stand together.",
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    order = controls.one_of("Order", list(ORDERS), key="statements_order")
    view = controls.one_of("View", ["Cards", "In context"], key="statements_view")

for notice in within.notices(narrowing, tables=tables):
    st.warning(highlights.plain(notice))
if narrowed_to:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Only statements: **{highlights.plain(narrowed_to)}**.")
        st.button("Show all", on_click=show_all, icon=":material/close:", type="tertiary")
rows = fitting(query or "")


def clear_everything() -> None:
    filters.clear()
    show_all()
    st.session_state["q"] = ""


n_rows = len(rows)
st.subheader(f"{n_rows:,} of {len(statements):,} statements")
if on := filters.in_words(tables, selection):
    st.caption(f"Filters: {on}")
if not n_rows:
    st.info(
        "Nothing fits the search and the filters together."
        if on or narrowed_to
        else "No statement holds all of these words. They are looked for as they are typed: OR and "
        "* have no meaning of their own.",
        icon=":material/search_off:",
    )
    st.button("Clear search and filters", on_click=clear_everything, key="statements_clear")
    views.end_page()

searched = f"search: {query}" if query else ""
sharing.behind(rows, narrowed_to="; ".join(filter(None, (searched, narrowed_to))))


def file_of(file_format: str) -> bytes:
    """The rows found, with themes and sources, for a spreadsheet."""
    return as_file(listing.table(rows), file_format=file_format, name="statements")


how_many = f"All {n_rows:,}" if n_rows <= listing.MOST else f"The first {listing.MOST:,}"


with st.container(horizontal=True):
    for file_format in ("csv", "xlsx"):
        st.download_button(
            f"{how_many} rows as {file_format.upper()}",
            partial(file_of, file_format),
            f"statements.{file_format}",
            icon=":material/download:",
            key=f"statements_{file_format}",
            on_click="ignore",
        )

if view == "In context":
    terms = search.search_terms(query or "")
    if not terms:
        ids = {*selection.themes, *labels.index[labels.isin(narrowing.on.split("|"))]}
        found = rows.ask(
            "SELECT term, count(*) AS n FROM theme_matches SEMI JOIN chosen USING (statement_id)"
            " WHERE theme_id IN (SELECT unnest(?::VARCHAR[]))"
            " GROUP BY ALL ORDER BY n DESC, term LIMIT 40",
            tuple(sorted(ids or labels.index)),
        )
        terms = tuple(found["term"])
        st.caption("Nothing searched for: showing the words of the themes.")
    if n_rows > N_CONTEXT:
        st.caption(f"In the first {N_CONTEXT:,} of the {n_rows:,} statements.")
    shown = rows.first(N_CONTEXT, order=ORDERS[order])
    cards.draw_lines(
        concordance.keyword_in_context(shown, patterns=[*map(re.escape, terms)]), of_set=of_set
    )
    views.end_page()

st.html(highlights.legend())
n_pages = -(-n_rows // PAGE_SIZE)
notices.expect(
    "page", [*map(str, range(1, n_pages + 1))],
    notice=f"There is no page {{}}: what fits has {n_pages}; shown is the first.",
)  # fmt: skip
if (st.session_state.get("page") or 1) > n_pages:
    controls.put({"page": 1})  # else the address would go on saying a page that is not shown
number = st.pagination(n_pages, key="page", bind="query-params") if n_pages > 1 else 1
shown = rows.first(PAGE_SIZE, order=ORDERS[order], skip=(number - 1) * PAGE_SIZE)
cards.draw_all(shown, tables=tables, of_set=of_set)
