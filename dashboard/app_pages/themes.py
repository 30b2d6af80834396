"""How much was a theme spoken of, and in which tone, from one meeting to the next?"""

from functools import partial

import streamlit as st

from dashboard import (
    charts,
    controls,
    drilldown,
    exhibits,
    filters,
    loading,
    notices,
    sharing,
    sources,
    stage,
    summaries,
    views,
    within,
)
from dashboard.counted import Counted
from dashboard.exhibits import Exhibit
from dashboard.highlights import plain
from dashboard.within import Within

ALL_KINDS = "All kinds"
DEFAULT_THEMES = ("kuril-islands", "missile-defence", "trade")

tables = loading.tables()
selection = filters.selected(tables)
labels = tables.labels
definitions = tables["themes"].set_index("theme_id")["definition"]
usual = tuple(theme_id for theme_id in DEFAULT_THEMES if theme_id in labels.index)
theme_ids = selection.themes or usual or tuple(labels.index[:3])
with st.container():  # always: see dashboard/controls.py
    if not selection.themes:
        st.caption(f"No theme chosen: showing {', '.join(labels[i] for i in theme_ids)}.")

with st.container(horizontal=True, vertical_alignment="bottom"):
    by = controls.one_of("By", ["Year", "Meeting"], key="themes_by")
    measure_label = controls.one_of(
        "Measure",
        list(summaries.MEASURES),
        key="themes_measure",
        usual="Share of statements",
        meaning="A statement is a paragraph of one speaker on one matter. Its share comes with a "
        "95% interval: what other draws of as many statements would give in 95 of 100 cases.",
    )
    lines = controls.one_of("Lines", ["All together", "By side"], key="themes_lines")
    tone_label = controls.one_of(
        "Tone by", list(summaries.TONES), key="themes_tone", usual="Parley's rules",
        meaning="VADER is a lexicon made for social media: a second opinion on the statements.",
    )  # fmt: skip
    kinds = within.kinds_of(tables)
    kind = ALL_KINDS
    if len(kinds) > 1:
        kind = controls.one_of("Documents", [ALL_KINDS, *kinds], key="themes_kind")
    else:
        notices.expect("themes_kind", [ALL_KINDS, *kinds], notice="No document is a {} here.")
    is_marked = controls.toggle("Mark events", key="themes_events")

counted = Counted.of(tables, selection)
if kind != ALL_KINDS:
    counted = counted.where("kind = ?", kind)
if not counted.n():
    st.info("No statement fits the filters.", icon=":material/filter_alt_off:")
    st.button("Clear filters", on_click=filters.clear, key="themes_clear")
    views.end_page()

measure = summaries.MEASURES[measure_label]
is_split = lines == "By side"
period = by.lower()
drawn, n_left_out = counted, 0
if period == "meeting":
    drawn, n_left_out = summaries.latest_meetings(counted)
points = summaries.theme_shares(
    drawn,
    theme_ids=theme_ids,
    by=period,
    is_split_by_side=is_split,
    tone=summaries.TONES[tone_label],
)
n_sides = points["side"].nunique()
together = " and ".join(selection.sides) if 1 < len(selection.sides) < 4 else "all sides shown"
whose = f"statements of {together} together" if n_sides > 1 else "statements"
sentences = {
    theme_id: summaries.change_sentence(
        counted, theme_id=theme_id, theme=labels[theme_id], of=whose
    )
    for theme_id in theme_ids
}
if is_split:
    points = summaries.largest_sides(points)
top = summaries.axis_top(points, measure=measure)
events = summaries.numbered_events(tables["events"], points) if is_marked else None


def open_point(theme_id: str) -> None:
    row = drilldown.clicked(f"themes_{theme_id}")
    if row:
        when = {"year" if period == "year" else "meeting": row[1]}
        who = "" if row[6] == "All" else row[6]
        of_kind = kind if kind != ALL_KINDS else ""
        drilldown.open_statements(Within(on=labels[row[0]], who=who, kind=of_kind, **when))


sharing.behind(filters.about(filters.apply(tables.statements, selection), theme_ids))
views.pin(theme=[labels[theme_id] for theme_id in theme_ids])
if len(theme_ids) == 1:
    others = [*labels]
    at = others.index(labels[theme_ids[0]])
    stage.offer(*(
        views.address(theme=others[at + by]) if 0 <= at + by < len(others) else ""
        for by in (-1, 1)
    ))  # fmt: skip

if measure == "n_statements":
    above = "the number of statements on the theme"
    pale = f"a {period} of fewer than {summaries.FEW} statements in all"
else:
    of_all = "words" if measure == "share_of_words" else "statements"
    above = f"the theme's part of all {of_all} that fit the filters, with its 95% interval (Wilson)"
    pale = f"a share of fewer than {summaries.FEW} statements, drawn without its interval,"
st.caption(
    f"Above: {above}. Below: the mean tone of what was said on the theme, with its interval over "
    f"documents. Pale is {pale} and a tone of fewer than {summaries.FEW_TOLD}. The sentences set "
    "the first half of the years against the second. Click a point to read its statements."
)
if n_left_out:
    st.caption(
        f"The latest {summaries.MOST_MARKS} meetings are drawn; {n_left_out:,} before them are "
        "left out. Narrow the years for others; the sentences count all."
    )
if n_sides > points["side"].nunique():
    st.caption(
        f"Lines for the {points['side'].nunique()} sides with the most statements, of {n_sides}; "
        "choose others under Sides."
    )
# a year stands for itself; its middle, where the chart draws it, is no day of anything
unsaid = ["theme_id", "is_few", *(["date", "label"] if period == "year" else [])]
columns = st.columns(2 if len(theme_ids) > 3 else 1)
for place, theme_id in enumerate(theme_ids):
    rows = points[points["theme_id"] == theme_id]
    with columns[place % len(columns)]:
        st.subheader(labels[theme_id])
        st.caption(plain(definitions[theme_id]))
        st.text(sentences[theme_id])
        exhibits.show(
            Exhibit(
                f"themes_{theme_id}",
                labels[theme_id],
                sentences[theme_id],
                charts.theme_over_time(
                    rows,
                    measure=measure,
                    top=top,
                    is_by_year=period == "year",
                    events=events,
                    height=320 if len(columns) == 2 else 380,
                ),
                rows.drop(columns=unsaid).assign(theme=labels[theme_id]),
                partial(open_point, theme_id),
                charts.describe_over_time(rows, measure=measure, theme=labels[theme_id]),
            )
        )
if events is not None and len(events):
    st.subheader("The events")
    st.html(sources.event_notes(events))
