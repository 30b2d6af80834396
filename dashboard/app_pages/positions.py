"""Who stood where on a theme, meeting by meeting, and how far are the sides apart?"""

import pandas as pd
import streamlit as st

from dashboard import cards, drilldown, filters, ledger, loading, position_charts
from dashboard.charts import CONFIG
from dashboard.palette import side_mark
from dashboard.within import Within

N_SPEAKERS = 20
N_YEARS = 6

tables = loading.tables()
selection = filters.selected(tables)
labels = tables["themes"].set_index("theme_id")["label"]
theme_ids = selection.themes or tuple(labels.index)
statements = filters.apply(tables["statements"], selection)
meetings = tables["meetings"].sort_values(["date", "meeting_id"], ignore_index=True)

whole = tables["statements"]
sides = whole[whole["role"].ne("joint")]["side"].value_counts().index.tolist() or ["Joint"]
speakers = [name for name in whole["speaker"].value_counts().index if name not in set(sides)]
who = st.multiselect(
    "Whose positions (one or two)",
    [*sides, *speakers[:N_SPEAKERS]],
    max_selections=2,
    key="positions_who",
    bind="query-params",
    placeholder=f"Those with the most statements: {' and '.join(sides[:2])}",
) or sides[:2]  # fmt: skip


def of(name: str) -> pd.DataFrame:
    return statements[(statements["side"] == name) | (statements["speaker"] == name)]


silent = [name for name in who if of(name).empty]
if silent:
    st.info(f"No statement of {' or '.join(silent)} fits the filters.")
    st.button("Clear filters", on_click=filters.clear, key="positions_clear")
who = [name for name in who if name not in silent]
if not who:
    st.stop()
if len(who) == 2 and set(of(who[0])["statement_id"]) & set(of(who[1])["statement_id"]):
    st.info(
        f"{who[0]} and {who[1]} share statements; choose two that do not speak for one another."
    )
    st.stop()

st.subheader("Themes by meetings")
cells = {
    name: ledger.theme_matrix(of(name), tables["statement_themes"], theme_ids=theme_ids)
    for name in who
}
symbols = {
    name: side_mark(of(name)["side"].iloc[0] if len(of(name)) else name).symbol for name in who
}
if len(who) == 2 and len(set(symbols.values())) == 1:
    symbols[who[1]] = "square" if symbols[who[0]] == "circle" else "circle"
held = meetings[meetings["meeting_id"].isin(pd.concat(cells.values())["meeting_id"])]


def open_cell() -> None:
    if row := drilldown.clicked("positions_matrix"):
        drilldown.open_statements(Within(on=labels[row[0]], who=row[2], meeting=row[1]))


if held.empty:
    st.info("They said nothing on the themes chosen.")
    st.stop()
shapes = {"circle": "●", "square": "■", "diamond": "◆"}
st.caption(
    f"{' above, '.join(f'{shapes.get(symbols[n], side_mark(n).glyph)} {n}' for n in who)}"
    f"{' below' if len(who) == 2 else ''}. Size: share of their statements in the meeting; colour: "
    "tone, rust for critical, blue for approving. Pale rests on few. Click a mark to read."
)
st.plotly_chart(
    position_charts.theme_matrix(
        cells, held.reset_index(drop=True), labels=labels, symbols=symbols
    ),
    key="positions_matrix",
    on_select=open_cell,
    selection_mode="points",
    config=CONFIG,
    alt=position_charts.describe_matrix(cells, labels=labels),
)
with st.expander("The rows of this chart"):
    shown = pd.concat([rows.assign(who=name) for name, rows in cells.items()])
    shown = shown.assign(theme=shown["theme_id"].map(labels)).drop(columns="theme_id")
    st.dataframe(shown, hide_index=True)
    st.download_button("Download CSV", shown.to_csv(index=False), "positions.csv", "text/csv")

counts = pd.concat(cells.values()).groupby("theme_id")["n"].sum().sort_values(ascending=False)
st.subheader("The ledger of a theme")
spoken = [labels[theme_id] for theme_id in counts.index]
chosen = st.selectbox(
    "Theme", spoken, index=None, key="positions_theme", bind="query-params",
    placeholder=f"The most spoken of: {spoken[0]}",
) or spoken[0]  # fmt: skip
theme_id = str(labels[labels == chosen].index[0])
named = pd.concat([of(name).assign(side=name) for name in who])
on_theme = tables["statement_themes"].query("theme_id == @theme_id")
rows = named.merge(
    on_theme[["statement_id", "tone"]].rename(columns={"tone": "theme_tone"}), on="statement_id"
)


def open_year(chart_key: str) -> None:
    if row := drilldown.clicked(chart_key):
        drilldown.open_statements(Within(on=chosen, who="|".join(who), year=str(int(row[0]))))


if len(who) == 2:
    first, second = who
    st.caption(
        f"How far {first} and {second} are apart on {chosen}, year by year. Click a point to read."
    )
    tone, wording = st.columns(2)
    with tone:
        apart = ledger.tone_apart(rows, sides=who)
        st.markdown("**In tone**")
        st.plotly_chart(
            position_charts.tone_apart(apart, first=first, second=second),
            key="positions_tone",
            on_select=lambda: open_year("positions_tone"),
            selection_mode="points",
            config=CONFIG,
            alt=position_charts.describe_tone_apart(apart, first=first, second=second),
        )
        st.caption(position_charts.describe_tone_apart(apart, first=first, second=second))
    with wording:
        distances = ledger.wording_apart(rows, tables["statement_phrases"], sides=who)
        st.markdown("**In wording**")
        st.plotly_chart(
            position_charts.wording_apart(distances),
            key="positions_wording",
            on_select=lambda: open_year("positions_wording"),
            selection_mode="points",
            config=CONFIG,
            alt=position_charts.describe_wording_apart(distances, first=first, second=second),
        )
        st.caption(
            position_charts.describe_wording_apart(distances, first=first, second=second)
            + " The band is what the same statements give when dealt to the two at random."
        )
    with st.expander("The rows of these charts"):
        both = apart.merge(distances, on="year", how="outer", suffixes=("_tone", "_wording"))
        st.dataframe(both, hide_index=True)
        st.download_button("Download CSV", both.to_csv(index=False), "apart.csv", "text/csv")

told = ledger.telling(tables, named, theme_id=theme_id)
st.caption(
    "The most telling statements of each year: about the theme above all, and close to what the "
    "same side says on it elsewhere. New, or repeating or rewording something its side said before."
)
years = sorted(told["year"].unique(), reverse=True)
with st.container(horizontal=True):
    is_latest_first = st.toggle(
        "Latest year first", value=True, key="positions_latest", bind="query-params"
    )
    is_whole = len(years) <= N_YEARS or st.toggle(
        f"All {len(years)} years", key="positions_all", bind="query-params"
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
                    statement, meetings=meetings,
                    change=statement["change"], earlier_id=statement["earlier_id"],
                )  # fmt: skip
