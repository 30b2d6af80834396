"""What was kept, reworded, new and dropped from one meeting, speaker or time to another?"""

import pandas as pd
import streamlit as st

from dashboard import cards, comparison, comparison_charts, drilldown, filters, loading
from dashboard.charts import CONFIG
from dashboard.comparison import Group

KINDS = ("Meetings", "Speakers", "Sides", "Years")
N_SHOWN = 12

tables = loading.tables()
selection = filters.selected(tables)
labels = tables["themes"].set_index("theme_id")["label"]
theme_ids = selection.themes or tuple(labels.index)
statements = filters.apply(tables["statements"], selection)
meetings = tables["meetings"].sort_values(["date", "meeting_id"], ignore_index=True)
state = st.session_state


def pair_of(counterpart: str, *, at: int = -1) -> tuple[str, str]:
    """A meeting with the counterpart and the one before it, as labels."""
    own = meetings[meetings["counterpart"] == counterpart]["label"].tolist()
    place = at % len(own)
    return own[max(place - 1, 0)], own[place]


def step(by: int) -> None:
    right = meetings[meetings["label"] == state["right_meeting"]].iloc[0]
    own = meetings[meetings["counterpart"] == right["counterpart"]]["label"].tolist()
    place = min(max(own.index(right["label"]) + by, 0), len(own) - 1)
    state["left_meeting"], state["right_meeting"] = pair_of(right["counterpart"], at=place)


def swap(kind: str) -> None:
    left, right = f"left_{kind}", f"right_{kind}"
    state[left], state[right] = state[right], state[left]


def choose(kind: str, options: list[str], default: tuple[str, str]) -> tuple[str, str]:
    """Left and right from a list, both in the URL, with a button to swap them."""
    columns = st.columns(2)
    chosen = [
        column.selectbox(
            where.capitalize(),
            options,
            index=options.index(name),
            key=f"{where}_{kind}",
            bind="query-params",
        )
        for column, where, name in zip(columns, ("left", "right"), default, strict=True)
    ]
    return str(chosen[0]), str(chosen[1])


by = st.segmented_control(
    "Compare", list(KINDS), default="Meetings", required=True, key="compare_by",
    bind="query-params", wrap=True,
)  # fmt: skip
if by == "Meetings":
    names = choose(
        "meeting", meetings["label"].tolist()[::-1], pair_of(meetings.iloc[-1]["counterpart"])
    )
    with st.container(horizontal=True):
        st.button("Earlier pair", on_click=step, args=(-1,), icon=":material/chevron_left:")
        st.button("Later pair", on_click=step, args=(1,), icon=":material/chevron_right:")
        st.button("Swap", on_click=swap, args=("meeting",), icon=":material/swap_horiz:")
    ids = meetings.set_index("label")["meeting_id"]
    groups = [Group(name, statements[statements["meeting_id"] == ids[name]]) for name in names]
elif by in ("Speakers", "Sides"):
    column = "speaker" if by == "Speakers" else "side"
    sizes = tables["statements"][column].value_counts()
    options = sorted(sizes.index, key=lambda name: (-sizes[name], name))
    names = choose(column, options, (options[0], options[min(1, len(options) - 1)]))
    st.button("Swap", on_click=swap, args=(column,), icon=":material/swap_horiz:")
    groups = [Group(name, statements[statements[column] == name]) for name in names]
else:
    first, last = filters.year_span(tables)
    middle = (first + last) // 2
    spans = []
    if first == last:
        st.info(f"All statements are of {first}; there are no two spans of years to compare.")
        st.stop()
    for place, where, span in zip(
        st.columns(2), ("left", "right"), ((first, middle), (middle + 1, last)), strict=True
    ):
        spans.append(
            place.slider(
                where.capitalize(), first, last, span, key=f"{where}_years", bind="query-params"
            )
        )
    st.button("Swap", on_click=swap, args=("years",), icon=":material/swap_horiz:")
    years = statements["date"].dt.year
    groups = [
        Group("–".join(map(str, dict.fromkeys(span))), statements[years.between(*span)])
        for span in spans
    ]

left, right = groups
if left.ids == right.ids and left.ids:
    st.info(f"{left.name} stands on both sides; choose another on one of them.")
    st.stop()
empty = [group.name for group in groups if group.statements.empty]
if empty:
    st.info(f"No statement of {' and none of '.join(empty)} fits the filters.")
    st.button("Clear filters", on_click=filters.clear, key="compare_clear")
    st.stop()
if by in ("Speakers", "Sides", "Years"):
    overlap = left.ids & right.ids
    if overlap:
        st.caption(f"{len(overlap):,} statements stand on both sides: the years overlap.")
pairs = comparison.paired(left, right, tables["alignments"])
smallest = min(len(group.statements) for group in groups)
if smallest < 10:
    st.caption(f"One side rests on {smallest} statements only: read shares with care.")

st.subheader("What changed")
found = comparison.findings(left, right, tables, pairs=pairs, theme_ids=theme_ids)
for number, finding in enumerate(found):
    st.button(
        finding.text,
        key=f"compare_finding_{number}",
        on_click=drilldown.open_exactly,
        args=(finding.statement_ids,),
        type="tertiary",
        icon=":material/arrow_forward:",
        disabled=not finding.statement_ids,
    )

st.subheader("Themes")
changes = comparison.theme_changes(left, right, tables["statement_themes"], theme_ids=theme_ids)


def open_theme() -> None:
    if row := drilldown.clicked("compare_themes"):
        group = left if row[1] == "left" else right
        themes = tables["statement_themes"]
        about = themes[themes["theme_id"] == row[0]]["statement_id"]
        drilldown.open_exactly(key for key in group.statements["statement_id"] if key in set(about))


if changes.empty:
    st.caption("Neither side has a statement on a theme that fits the filters.")
else:
    st.caption(
        f"○ {left.name}, ● {right.name}: share of statements with 95 % intervals, and mean tone. "
        "The largest change first; a strong line where the intervals do not meet. "
        "Click a mark to read."
    )
    st.plotly_chart(
        comparison_charts.theme_changes(changes, labels=labels),
        key="compare_themes",
        on_select=open_theme,
        selection_mode="points",
        config=CONFIG,
        alt=comparison_charts.describe_changes(
            changes, labels=labels, left=left.name, right=right.name
        ),
    )
    with st.expander("The rows of this chart"):
        shown = changes.assign(theme=changes["theme_id"].map(labels)).drop(columns="theme_id")
        st.dataframe(shown, hide_index=True)
        st.download_button("Download CSV", shown.to_csv(index=False), "changes.csv", "text/csv")

st.subheader("Statement by statement")
spoken = pd.concat([left.statements, right.statements])["side"].value_counts()
common = [side for side in spoken.index if side in set(left.statements["side"])
          and side in set(right.statements["side"])]  # fmt: skip
with st.container(horizontal=True, vertical_alignment="bottom"):
    who = "Everyone"
    if common and by != "Sides":
        who = st.segmented_control(
            "Whose", ["Everyone", *common], default=common[0], required=True, key="compare_who",
            bind="query-params", wrap=True,
        )  # fmt: skip
    present = [labels[theme_id] for theme_id in changes["theme_id"]]
    about = st.selectbox("On", ["All themes", *present], key="compare_on", bind="query-params")


def of_theme(rows: pd.DataFrame) -> pd.DataFrame:
    wanted = [theme_id for theme_id in theme_ids if labels[theme_id] == about]
    if about == "All themes" and not selection.themes:
        return rows
    themes = tables["statement_themes"]
    ids = themes[themes["theme_id"].isin(wanted or selection.themes)]["statement_id"]
    return rows[rows["statement_id"].isin(ids)]


def of_side(rows: pd.DataFrame) -> pd.DataFrame:
    return rows if who == "Everyone" else rows[rows["side"] == who]


before, after = (
    Group(group.name, of_side(of_theme(group.statements)).sort_values(["date", "position"]))
    for group in groups
)
own = comparison.paired(before, after, tables["alignments"])
new, dropped = (
    comparison.unpaired(after, own["right_id"]),
    comparison.unpaired(before, own["left_id"]),
)
by_id = tables["statements"].set_index("statement_id", drop=False)
main, beside = st.columns([3, 2]) if who != "Everyone" else (st.container(), None)


def listed(heading: str, rows: pd.DataFrame, *, key: str) -> None:
    """A heading with the number of statements, and the first of them as short cards."""
    st.markdown(f"**{heading}: {len(rows)}**")
    for _, statement in rows.head(N_SHOWN).iterrows():
        cards.draw_short(statement, meetings=meetings)
    if len(rows) > N_SHOWN:
        st.button(
            f"Show all {len(rows)}",
            key=f"compare_all_{key}",
            on_click=drilldown.open_exactly,
            args=(tuple(rows["statement_id"]),),
        )


with main:
    for change in ("repeated", "reworded"):
        rows = own[own["change"] == change]
        st.markdown(f"**{change.capitalize()}: {len(rows)}**")
        for row in rows.head(N_SHOWN).itertuples():
            cards.draw_pair(
                by_id.loc[row.left_id], by_id.loc[row.right_id],
                similarity=row.similarity, meetings=meetings,
            )  # fmt: skip
        if len(rows) > N_SHOWN:
            st.button(
                f"Show all {len(rows)}",
                key=f"compare_all_{change}",
                on_click=drilldown.open_exactly,
                args=((*rows["left_id"], *rows["right_id"]),),
            )
    listed(f"New in {right.name}", new, key="new")
    listed(f"Dropped since {left.name}", dropped, key="dropped")
if beside is not None:
    with beside:
        others = of_theme(right.statements[right.statements["side"] != who])
        listed(
            f"The others in {right.name}", others.sort_values(["date", "position"]), key="others"
        )

st.subheader("Distinctive wording")
scores = comparison.distinctive(left, right, tables["statement_phrases"])


def open_phrase() -> None:
    if row := drilldown.clicked("compare_wording"):
        group = left if row[1] == "left" else right
        phrases = tables["statement_phrases"]
        ids = set(phrases[phrases["phrase"] == row[0]]["statement_id"])
        drilldown.open_exactly(key for key in group.statements["statement_id"] if key in ids)


if scores.empty:
    st.caption("No word or phrase occurs twice on one of the sides.")
else:
    st.caption(
        f"Bars to the left set {left.name} apart, bars to the right {right.name}: z-scores of "
        "weighted log-odds (Monroe, Colaresi and Quinn, 2008). Pale bars are within chance. "
        "Click a bar to read."
    )
    st.plotly_chart(
        comparison_charts.wording_bars(scores, left=left.name, right=right.name),
        key="compare_wording",
        on_select=open_phrase,
        selection_mode="points",
        config=CONFIG,
        alt=comparison_charts.describe_wording(scores, left=left.name, right=right.name),
    )
    with st.expander("The rows of this chart"):
        st.dataframe(scores, hide_index=True)
        st.download_button("Download CSV", scores.to_csv(index=False), "wording.csv", "text/csv")
