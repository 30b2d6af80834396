"""What exactly was said, by whom, when, and says who?"""

import re
from functools import partial

import streamlit as st

from dashboard import (
    cards,
    concordance,
    controls,
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
from dashboard.within import Within
from pipeline.exporting import as_file

PAGE_SIZE = 20
ORDERS = {"Newest first": False, "Oldest first": True, "Strongest first": None}

tables = loading.tables()
selection = filters.selected(tables)
labels = tables["themes"].set_index("theme_id")["label"]
statements = tables["statements"]


def show_all() -> None:
    for key in ("statement", *Within._fields):
        st.query_params.pop(key, None)


wanted_id = st.query_params.get("statement", "")
if wanted_id and wanted_id not in set(statements["statement_id"]):
    gone = highlights.plain(wanted_id)
    st.warning(f"The statement {gone} is not in this build; showing all others.")
elif wanted_id:
    this = statements[statements["statement_id"] == wanted_id].iloc[0]
    st.button("Show all statements", on_click=show_all, icon=":material/arrow_back:")
    st.html(highlights.legend())
    cards.draw(this, tables=tables, labels=labels)
    if editing.is_on():
        editing.draw(this, tables=tables, labels=labels)
    same = statements[statements["document_id"] == this["document_id"]]
    for heading, offset in (("Said before it", -1), ("Said after it", 1)):
        near = same[same["position"] == this["position"] + offset]
        if len(near):
            st.subheader(heading)
            cards.draw(near.iloc[0], tables=tables, labels=labels)
    views.end_page()

query = st.text_input(
    "Search",
    type="search",
    live="300ms",
    key="q",
    bind="query-params",
    placeholder='Words, or "a phrase"',
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    order = controls.one_of("Order", list(ORDERS), key="statements_order")
    view = controls.one_of("View", ["Cards", "In context"], key="statements_view")

rows = filters.apply(statements, selection)
rows = filters.on_themes(rows, selection, tables=tables)
narrowing = Within.of(st.query_params)
for notice in within.notices(narrowing, tables=tables):
    st.warning(highlights.plain(notice))
rows = within.narrowed(rows, narrowing, tables=tables)
if narrowed_to := within.in_words(narrowing, tables=tables):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Only statements: **{highlights.plain(narrowed_to)}**.")
        st.button("Show all", on_click=show_all, icon=":material/close:", type="tertiary")
rows = search.found(rows, query=query or "")


def clear_everything() -> None:
    filters.clear()
    show_all()
    st.session_state["q"] = ""


st.subheader(f"{len(rows):,} of {len(statements):,} statements")
if on := filters.in_words(tables, selection):
    st.caption(f"Filters: {on}")
if rows.empty:
    st.info("Nothing fits the search and the filters together.", icon=":material/search_off:")
    st.button("Clear search and filters", on_click=clear_everything, key="statements_clear")
    views.end_page()

if ORDERS[order] is None:
    rows = rows.assign(strength=rows["tone"].abs()).sort_values(
        ["strength", "date", "statement_id"], ascending=[False, False, True]
    )
else:
    is_ascending = bool(ORDERS[order])
    rows = rows.sort_values(
        ["date", "document_id", "position"], ascending=[is_ascending, True, True]
    )


searched = f"search: {query}" if query else ""
sharing.behind(rows, narrowed_to="; ".join(filter(None, (searched, narrowed_to))))


@st.cache_data(max_entries=20, show_spinner=False)
def file_of(build_id: str, statement_ids: tuple[str, ...], file_format: str) -> bytes:
    """All rows found, with themes and sources, for a spreadsheet."""
    chosen = statements.set_index("statement_id").loc[list(statement_ids)].reset_index()
    return as_file(listing.table(chosen, tables), file_format=file_format, name="statements")


with st.container(horizontal=True):
    for file_format in ("csv", "xlsx"):
        st.download_button(
            f"All {len(rows):,} rows as {file_format.upper()}",
            partial(
                file_of, loading.shown_build_id() or "", tuple(rows["statement_id"]), file_format
            ),
            f"statements.{file_format}",
            icon=":material/download:",
            key=f"statements_{file_format}",
            on_click="ignore",
        )

if view == "In context":
    terms = search.search_terms(query or "")
    if not terms:
        matches = tables["theme_matches"]
        own = matches[matches["statement_id"].isin(rows["statement_id"])]
        wanted = {*selection.themes, *labels.index[labels.isin(narrowing.on.split("|"))]}
        if wanted:
            own = own[own["theme_id"].isin(wanted)]
        terms = tuple(own["term"].value_counts().index[:40])
        st.caption("Nothing searched for: showing the words of the themes.")
    lines = concordance.keyword_in_context(rows, patterns=[*map(re.escape, terms)])
    cards.draw_lines(lines)
    views.end_page()

st.html(highlights.legend())
n_pages = -(-len(rows) // PAGE_SIZE)
notices.expect(
    "page", [*map(str, range(1, n_pages + 1))],
    notice=f"There is no page {{}}: what fits has {n_pages}; shown is the first.",
)  # fmt: skip
number = st.pagination(n_pages, key="page", bind="query-params") if n_pages > 1 else 1
shown = rows.iloc[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
for _, statement in shown.iterrows():
    cards.draw(statement, tables=tables, labels=labels)
