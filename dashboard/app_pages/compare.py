"""What was kept, reworded, new and dropped from one meeting, speaker or time to another?"""

import pandas as pd
import streamlit as st

from dashboard import (
    cards,
    comparison,
    comparison_charts,
    controls,
    drilldown,
    exhibits,
    filters,
    findings,
    loading,
    notices,
    quality,
    sharing,
    stage,
    summaries,
    views,
)
from dashboard.comparison import Comparison, Group
from dashboard.corpus import Rows
from dashboard.exhibits import Exhibit
from dashboard.highlights import plain
from dashboard.summaries import FEW, span_name

N_SHOWN = 12
EVERYONE, ALL_THEMES = "Everyone", "All themes"

tables = loading.tables()
selection = filters.selected(tables)
labels = tables.labels
theme_ids = selection.themes or tuple(labels.index)
whole = Group.of("all", tables, selection)
statements = whole.statements
meetings = tables["meetings"].sort_values(["date", "meeting_id"], ignore_index=True)
held = comparison.meetings_within(filters.on_themes(statements, selection))
state = st.session_state


def choose(keys: tuple[str, str], options: list[str], hints: tuple[str, str]) -> list[str | None]:
    """Left and right from a list, nothing chosen at first; both in the address."""
    chosen = []
    for column, name, key, hint in zip(st.columns(2), ("Left", "Right"), keys, hints, strict=True):
        notices.expect(key, options, notice=f"{name}: {{}} is not in this build; {hint}.")
        chosen.append(
            column.selectbox(
                name, options, index=None, key=key, placeholder=hint, bind="query-params"
            )
        )
    return chosen


by = controls.one_of("Compare", comparison.KINDS, key="compare_by")
buttons: list[tuple[str, str, str]] = []
spans: list[tuple[int, int]] = []
if held.empty:
    st.info("No statement fits the filters.", icon=":material/filter_alt_off:")
    st.button("Clear filters", on_click=filters.clear, key="compare_clear")
    views.end_page()
if by == "Meetings":
    keys = ("compare_left", "compare_right")
    latest = str(held["label"].iloc[-1])
    right_now = state.get(keys[1]) or latest
    usual_left = comparison.one_before(right_now, held)
    hints = (f"The one before: {usual_left or 'none'}", f"The latest: {latest}")
    chosen = choose(keys, meetings["label"].tolist()[::-1], hints)
    names = (chosen[0] or usual_left, chosen[1] or latest)
    if not names[0]:
        st.info(f"{names[1]} is the first meeting that fits the filters; choose another.")
        st.button("Clear filters", on_click=filters.clear, key="compare_clear")
        views.end_page()
    earlier, later = (comparison.next_to(names[1], held, by=by_one) for by_one in (-1, 1))
    buttons = [
        ("Earlier pair", ":material/chevron_left:", earlier),
        ("Later pair", ":material/chevron_right:", later),
    ]
    stage.offer(*(
        views.address(compare_left=comparison.one_before(to, held), compare_right=to) * bool(to)
        for to in (earlier, later)
    ))  # fmt: skip
elif by in comparison.COLUMNS:
    column = comparison.COLUMNS[by]
    keys = (f"compare_left_{column}", f"compare_right_{column}")
    sizes = statements.counts(column)
    names_of_all = comparison.names_of(tables, column)
    options = sorted(names_of_all, key=lambda name: (-sizes.get(name, 0), name))
    usual = options[0], options[min(1, len(options) - 1)]
    chosen = choose(keys, options, (f"Most statements: {usual[0]}", f"Next: {usual[1]}"))
    names = (chosen[0] or usual[0], chosen[1] or usual[1])
else:
    keys = ("compare_left_years", "compare_right_years")
    first, last = (int(bound) for bound in (held["date"].min().year, held["date"].max().year))
    if first == last:
        st.info(f"All statements that fit the filters are of {first}: there are no two spans.")
        views.end_page()
    middle = (first + last) // 2
    for key in keys:
        notices.expect_span(
            key, first, last,
            notice=f"Years: {{}} is no span within {first}–{last}, which fits the filters.",
        )  # fmt: skip
    chosen_spans = [
        column.slider(name, first, last, span, key=key, bind="query-params", format="%d")
        for column, name, key, span in zip(
            st.columns(2), ("Left", "Right"), keys, ((first, middle), (middle + 1, last)),
            strict=True,
        )
    ]  # fmt: skip
    spans = [(min(years), max(years)) for years in chosen_spans]  # a link may turn them round
    names = (span_name(spans[0]), span_name(spans[1]))
views.pin(**dict(zip(keys, spans or names, strict=True)))
with st.container(horizontal=True):
    for label, icon, target in buttons:
        pair = {keys[0]: comparison.one_before(target, held), keys[1]: target} if target else {}
        st.button(label, on_click=controls.put, args=(pair,), icon=icon, disabled=not target)
    swapped = dict(zip(keys[::-1], spans or names, strict=True))
    st.button("Swap", on_click=controls.put, args=(swapped,), icon=":material/swap_horiz:")

this = Comparison(by, *names)
left, right = comparison.groups_of(whole, this, tables=tables)
if names[0] == names[1]:
    st.info(f"{left.name} stands on both sides; choose another on one of them.")
    views.end_page()
if empty := [group.name for group in (left, right) if not group.statements]:
    st.info(
        f"No statement of {' and none of '.join(empty)} fits the filters; choose another, or clear "
        "the filters."
    )
    st.button("Clear filters", on_click=filters.clear, key="compare_clear")
    views.end_page()
on_themes = filters.on_themes(statements, selection)
sharing.behind(comparison.of_change(on_themes, this, "both", tables=tables))
with st.container():  # always: see dashboard/controls.py
    if n_both := len(comparison.in_both(statements, this, tables=tables)):
        st.caption(
            f"{n_both:,} statements stand on both sides; they count in the shares and are left "
            "out of what is new and dropped."
        )
    for group in (left, right):
        if (n := len(group.statements)) < FEW:
            counted = f"{n} statement{'s' * (n > 1)}"
            st.caption(f"{plain(group.name)} rests on {counted} only: read shares with care.")

st.subheader("What changed" if this.is_in_time else "What sets them apart")
on_left, on_right = (filters.on_themes(g.statements, selection) for g in (left, right))
found = [
    *findings.what_changed(left, right, this, labels=labels, theme_ids=theme_ids),
    *findings.tone_changed(on_left, on_right, this),
]
with st.container():  # always, as above
    if not found:
        st.caption("Neither side has a statement on a theme that fits the filters.")
    for finding in found:
        drilldown.sentence(finding)

st.subheader("Themes")
changes = comparison.theme_changes(left, right, theme_ids=theme_ids)


def open_theme() -> None:
    if row := drilldown.clicked("compare_themes"):
        drilldown.open_statements(findings.within(this, row[1], on=labels[row[0]]))


with st.container():  # always, as above
    if changes.empty:
        st.caption("Neither side has a statement on a theme that fits the filters.")
    else:
        st.caption(
            f"○ {left.name}, ● {right.name}, all speakers together: share of statements with 95% "
            "intervals, and mean tone. The largest change first; a strong line where the "
            "difference is clear (95%). Click a mark to read."
        )
        described = comparison_charts.describe_changes(
            changes, labels=labels, left=left.name, right=right.name
        )
        exhibits.show(
            Exhibit(
                "compare_themes",
                f"○ {left.name}, ● {right.name}: themes",
                described,
                comparison_charts.theme_changes(changes, labels=labels),
                changes.assign(theme=changes["theme_id"].map(labels)).drop(columns="theme_id"),
                open_theme,
                " ".join(map(findings.text_of, found)),
            )
        )

st.subheader("Statement by statement")
st.caption(quality.matching(tables["quality"]))
sizes = [group.statements.counts("side") for group in (left, right)]
common = sizes[0].add(sizes[1]).dropna().sort_values(ascending=False, kind="stable").index
whose = controls.kept(common, key="compare_who", known=comparison.names_of(tables, "side"))
who = EVERYONE
with st.container(horizontal=True, vertical_alignment="bottom"):
    if whose and by != "Sides":
        who = controls.one_of("Whose", [EVERYONE, *whose], key="compare_who")
    themes = [ALL_THEMES, *(labels[theme_id] for theme_id in changes["theme_id"])]
    notices.expect("compare_on", themes, notice="On: {} comes up on neither side.")
    on = st.selectbox(
        "On", controls.kept(themes, key="compare_on", known=labels), key="compare_on",
        bind="query-params",
    )  # fmt: skip


def of_theme(rows: Rows) -> Rows:
    if on == ALL_THEMES:
        return filters.on_themes(rows, selection)
    return filters.about(rows, labels.index[labels == on])


compared = of_theme(statements)
if who != EVERYONE:
    compared = compared.where("side = ?", who)
before, after = comparison.apart(compared, this, tables=tables)
pairs = comparison.paired(before, after)
alike = {change: pairs[pairs["change"] == change] for change in comparison.CHANGES}
alone = {
    "new": after.outside("statement_id", pairs["right_id"]),
    "dropped": before.outside("statement_id", pairs["left_id"]),
}
headings = {
    "repeated": "Repeated",
    "reworded": "Reworded",
    "new": f"New in {right.name}" if this.is_in_time else f"{right.name}, without a match",
    "dropped": f"Dropped since {left.name}" if this.is_in_time else f"{left.name}, without a match",
}


def heading(change: str, n: int) -> None:
    """A heading with the number of statements, which it opens."""
    narrowed = findings.within(
        this, change,
        who="" if who == EVERYONE else str(who), on="" if on == ALL_THEMES else str(on),
    )  # fmt: skip
    title = f"**{plain(headings[change])}: {n:,}**"
    drilldown.read(title, narrowed, key=f"compare_all_{change}", is_open=n > 0)


def listed(rows: Rows) -> None:
    """The first statements of a list as short cards."""
    first = rows.first(N_SHOWN, order="date, document_id, position")
    for _, statement in first.iterrows():
        cards.draw_short(statement, places=tables.places)
    if len(rows) > N_SHOWN:
        st.caption(f"The first {N_SHOWN} of {len(rows):,}.")


def listed_pairs(rows: pd.DataFrame) -> None:
    shown = rows.head(N_SHOWN)
    ids = [*shown["left_id"], *shown["right_id"]]
    by_id = tables.statements_of(dict.fromkeys(ids)).set_index("statement_id", drop=False)
    for row in shown.itertuples():
        cards.draw_pair(
            by_id.loc[row.left_id], by_id.loc[row.right_id],
            similarity=row.similarity, places=tables.places,
        )  # fmt: skip
    if len(rows) > N_SHOWN:
        st.caption(f"The {N_SHOWN} most alike of {len(rows):,}.")


for change in comparison.CHANGES:
    if len(alike[change]):
        heading(change, len(alike[change]))
        listed_pairs(alike[change])
if pairs.empty:
    st.caption("No statement of one is alike enough in wording to one of the other.")
for place, change in zip(st.columns(2), ("dropped", "new"), strict=True):
    with place:
        heading(change, len(alone[change]))
        listed(alone[change])
if who != EVERYONE:
    st.markdown(f"**What the others said in {plain(left.name)} and {plain(right.name)}**")
    for place, group in zip(st.columns(2), (left, right), strict=True):
        with place:
            others = of_theme(group.statements.where("side <> ?", who))
            st.markdown(f"{plain(group.name)}: {len(others):,}")
            listed(others)

st.subheader(
    "Distinctive wording",
    help="Words that one of the two uses more than chance would have it, given how often each "
    "speaks and how common the word is. Beyond 1.96 chance alone gives it in 5 of 100 cases.",
)
scores = comparison.distinctive(on_left, on_right)


def open_phrase() -> None:
    if row := drilldown.clicked("compare_wording"):
        drilldown.open_statements(findings.within(this, row[1])._replace(holds=row[0]))


if scores.empty:
    st.caption("No word or phrase occurs twice on one of the sides.")
else:
    st.caption(
        f"Bars to the left set {left.name} apart, bars to the right {right.name}: z-scores of "
        "weighted log-odds (Monroe, Colaresi and Quinn, 2008). "
        f"{comparison_charts.chance_in_words(scores)} Click a bar to read. "
        f"{summaries.told_by_digests(whole.counted)}"
    )
    exhibits.show(
        Exhibit(
            "compare_wording",
            f"{left.name} and {right.name}: wording",
            comparison_charts.describe_wording(scores, left=left.name, right=right.name),
            comparison_charts.wording_bars(scores, left=left.name, right=right.name),
            scores,
            open_phrase,
        )
    )
