"""Who stood where on a theme, meeting by meeting, and how far are the sides apart?"""

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import (
    cards,
    comparison,
    controls,
    drilldown,
    exhibits,
    filters,
    ledger,
    loading,
    notices,
    position_charts,
    sharing,
    views,
)
from dashboard.corpus import Rows
from dashboard.counted import Counted
from dashboard.exhibits import Exhibit
from dashboard.palette import side_mark
from dashboard.within import Within

N_YEARS = 6
N_COLUMNS = 150  # meetings that can be told apart side by side; of more, years are shown

tables = loading.tables()
selection = filters.selected(tables)
labels = tables.labels
theme_ids = selection.themes or tuple(labels.index)
statements = filters.apply(tables.statements, selection)
counted = Counted.of(tables, selection)

IS_OF = "side = ? OR speaker = ?"
NOT_JOINT = "role <> 'joint'"
sides = tables.statements.where(NOT_JOINT).counts("side").index.tolist() or ["Joint"]
speakers = [name for name in tables.statements.counts("speaker").index if name not in sides]
fitting = filters.on_themes(statements.where(NOT_JOINT), selection)
usual = fitting.counts("side").index.tolist()[:2] or sides[:2]
notices.expect(
    "positions_who", [*sides, *speakers],
    notice="{} is not in this build; the others of the link are shown.",
)  # fmt: skip
notices.expect_few("positions_who", 2, notice="No more than two are shown, so not {}.")
who = st.multiselect(
    "Whose positions (one or two)",
    [*sides, *speakers],
    max_selections=2,
    key="positions_who",
    bind="query-params",
    placeholder=f"Those with the most statements: {' and '.join(usual)}",
) or usual  # fmt: skip
views.pin(positions_who=who)


def of(name: str) -> Rows:
    return statements.where(IS_OF, name, name)


silent = [name for name in who if not of(name)]
with st.container():  # always: see dashboard/controls.py
    if silent:
        st.info(f"No statement of {' or '.join(silent)} fits the filters.")
        st.button("Clear filters", on_click=filters.clear, key="positions_clear")
who = [name for name in who if name not in silent]
if not who:
    views.end_page()
if len(who) == 2 and of(who[0]).where(IS_OF, who[1], who[1]):
    st.info(
        f"{who[0]} and {who[1]} share statements; choose two that do not speak for one another."
    )
    views.end_page()

n_meetings = len(comparison.meetings_within(statements))
period = "meeting" if n_meetings <= N_COLUMNS else "year"
st.subheader(f"Themes by {period}s")
counts = {name: counted.where(IS_OF, name, name) for name in who}
cells = {
    name: ledger.theme_matrix(own, theme_ids=theme_ids, by=period) for name, own in counts.items()
}
sides_of = {name: of(name).counts("side").index[0] for name in who}
symbols = {name: side_mark(sides_of[name]).symbol for name in who}
if len(who) == 2 and len(set(symbols.values())) == 1:
    symbols[who[1]] = "square" if symbols[who[0]] == "circle" else "circle"
held = ledger.columns(pd.concat(cells.values())["period"], tables["meetings"], by=period)


def open_cell() -> None:
    if row := drilldown.clicked("positions_matrix"):
        drilldown.open_statements(Within(on=labels[row[0]], who=row[2], **{period: row[1]}))


if held.empty:
    st.info("They said nothing on the themes chosen.")
    views.end_page()
shapes = {"circle": "●", "square": "■", "diamond": "◆"}
glyphs = {name: shapes.get(symbols[name], side_mark(name).glyph) for name in who}
st.caption(
    f"{' above, '.join(f'{glyphs[name]} {name}' for name in who)}"
    f"{' below' if len(who) == 2 else ''}. Size: share of their statements in the {period}; "
    "colour: tone, rust for critical, blue for approving. Pale rests on few. Click a mark to read."
)
exhibits.show(
    Exhibit(
        "positions_matrix",
        f"{', '.join(f'{glyphs[name]} {name}' for name in who)}: themes by {period}s",
        position_charts.describe_matrix(cells, labels=labels, by=period),
        position_charts.theme_matrix(cells, held, labels=labels, symbols=symbols),
        pd.concat([rows.assign(who=name) for name, rows in cells.items()])
        .assign(theme=lambda rows: rows["theme_id"].map(labels))
        .drop(columns="theme_id")
        .rename(columns={"period": "meeting_id" if period == "meeting" else "year"}),
        open_cell,
    )
)

n_on = pd.concat(cells.values()).groupby("theme_id")["n"].sum().sort_values(ascending=False)
st.subheader(
    "The ledger of a theme",
    help="What each said on one theme, year by year, and how far apart they are. Tone runs from −1 "
    "(criticism, concern, refusal) over 0 (neutral) to 1 (approval, agreement).",
)
spoken = [labels[theme_id] for theme_id in n_on.index]
notices.expect(
    "positions_theme", spoken, notice=f"They said nothing on {{}} here; shown is {spoken[0]}."
)
wanted = st.selectbox(
    "Theme", controls.kept(spoken, key="positions_theme", known=labels), index=None,
    key="positions_theme", bind="query-params", placeholder=f"The most spoken of: {spoken[0]}",
)  # fmt: skip
chosen = str(wanted) if wanted in spoken else spoken[0]
theme_id = str(labels[labels == chosen].index[0])
views.pin(positions_theme=chosen)
about = {name: filters.about(of(name), [theme_id]) for name in who}
either = " OR ".join([f"({IS_OF})"] * len(who))
sharing.behind(
    filters.about(statements, [theme_id]).where(either, *(n for name in who for n in (name, name)))
)


def open_year(chart_key: str) -> None:
    if row := drilldown.clicked(chart_key):
        drilldown.open_statements(Within(on=chosen, who="|".join(who), year=str(int(row[0]))))


def draw_apart(first: str, second: str) -> None:
    """How far the two are apart on the theme, in tone and in wording."""
    st.caption(
        f"How far {first} and {second} are apart on {chosen}, year by year. Click a point to read."
    )
    on_theme = (counts[name].on([theme_id]).themes for name in (first, second))
    apart = ledger.tone_apart(*on_theme)
    distances = ledger.wording_apart(about[first], about[second])
    tone_words = position_charts.describe_tone_apart(apart, first=first, second=second)
    words = position_charts.describe_wording_apart(distances, first=first, second=second)
    tone, wording = st.columns(2)
    with tone:
        st.markdown("**In tone**")
        st.caption(tone_words)
        if len(apart):
            exhibits.show(
                Exhibit(
                    "positions_tone",
                    f"{first} and {second} on {chosen}: tone",
                    tone_words,
                    position_charts.tone_apart(apart, first=first, second=second),
                    apart,
                    partial(open_year, "positions_tone"),
                )
            )
    with wording:
        st.markdown("**In wording**")
        if distances.empty:
            st.caption(words)
        else:
            st.caption(
                f"{words} The band is what the same statements give when dealt to the two at "
                "random."
            )
            exhibits.show(
                Exhibit(
                    "positions_wording",
                    f"{first} and {second} on {chosen}: wording",
                    words,
                    position_charts.wording_apart(distances),
                    distances,
                    partial(open_year, "positions_wording"),
                )
            )


with st.container():  # always, as above
    if len(who) == 2:
        draw_apart(*who)

told = pd.concat(
    [ledger.telling(rows, theme_id=theme_id).assign(side=name) for name, rows in about.items()]
)
st.caption(
    "The most telling statements of each year: about the theme above all, and close to what the "
    "same side says on it elsewhere. New, or repeating or rewording something its side said before."
)
years = sorted(told["year"].unique(), reverse=True)
with st.container(horizontal=True):
    is_latest_first = controls.toggle("Latest year first", key="positions_latest", usual=True)
    is_whole = len(years) <= N_YEARS or controls.toggle(
        f"All {len(years)} years", key="positions_all"
    )
shown_years = years if is_whole else years[:N_YEARS]
for year in shown_years if is_latest_first else shown_years[::-1]:
    st.markdown(f"**{year}**")
    for column, name in zip(st.columns(len(who)), who, strict=True):
        with column:
            own = told[(told["year"] == year) & (told["side"] == name)]
            if own.empty:
                st.caption(f"{name}: nothing on it")
            for _, statement in own.iterrows():
                cards.draw_short(
                    statement, places=tables.places,
                    change=statement["change"], earlier_id=statement["earlier_id"],
                )  # fmt: skip
