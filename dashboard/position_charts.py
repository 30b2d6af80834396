"""Figures of positions and wording over time, and for each a sentence; pure Plotly."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.axes import (
    PALE,
    cells,
    counted,
    date_axis,
    drawn,
    level_line,
    name_at_end,
    shortened,
    spread,
    year_axis,
)
from dashboard.palette import ALL_SIDES, TONE_SCALE, Mark, faded, series_mark
from dashboard.summaries import FEW

_N_LABELS = 7  # years that a phone's width has room for
_N_BARRED = 2  # lines that can carry bars of their intervals and still be told apart


def theme_matrix(
    marks: Mapping[str, pd.DataFrame],
    columns: pd.DataFrame,
    *,
    labels: pd.Series,
    symbols: Mapping[str, str],
) -> go.Figure:
    """Themes by meetings: size is the share, colour the tone; two groups one below the other.

    marks: theme_matrix rows by group; columns: meetings or years in order of time, with period,
    label and date.
    """
    order = pd.concat(marks.values())["theme_id"].value_counts().index[::-1]
    place = {theme_id: i for i, theme_id in enumerate(order)}
    column = {period: i for i, period in enumerate(columns["period"])}
    names = columns.set_index("period")["label"]
    shifts = [0.0] if len(marks) == 1 else [0.2, -0.2]
    traces = [
        {
            "x": [column[period] for period in rows["period"]],
            "y": [place[theme_id] + shift for theme_id in rows["theme_id"]],
            "mode": "markers",
            "name": group,
            "customdata": [
                [r.theme_id, r.period, group, labels[r.theme_id], names[r.period],
                 f"{r.n} of {r.total} statements, tone {r.tone:+.2f}"]
                for r in rows.itertuples()
            ],
            "hovertemplate": "%{customdata[3]}, %{customdata[4]}<br>%{customdata[2]}: "
            "%{customdata[5]}<extra></extra>",
            "marker": {
                "symbol": symbols[group],
                "size": 4 + 15 * rows["share"] ** 0.5,
                "color": rows["tone"],
                "colorscale": TONE_SCALE,
                "cmin": -1,
                "cmax": 1,
                "opacity": [0.55 if few else 0.95 for few in rows["is_few"]],
                "line": {"width": 0},
            },
        }
        for (group, rows), shift in zip(marks.items(), shifts, strict=False)
    ]  # fmt: skip
    years = columns["date"].dt.year
    firsts = [i for i, year in enumerate(years) if i == 0 or years.iloc[i - 1] != year]
    firsts = _apart(firsts, gap=max(3, len(years) // _N_LABELS))
    return drawn(
        traces,
        height=80 + (30 if len(marks) == 1 else 38) * len(place),
        xaxis={
            "tickvals": firsts, "ticktext": [str(years.iloc[i]) for i in firsts], "showgrid": True,
            "range": [-0.8, len(columns) - 0.2], "tickangle": 0,
        },
        yaxis={
            "tickvals": list(place.values()), "ticktext": [labels[theme_id] for theme_id in place],
            "range": [-0.7, len(place) - 0.3],
        },
    )  # fmt: skip


def _apart(places: list[int], *, gap: int) -> list[int]:
    """The places that leave room for a label between them."""
    kept: list[int] = []
    for place in places:
        if not kept or place - kept[-1] >= gap:
            kept.append(place)
    return kept


def describe_matrix(
    marks: Mapping[str, pd.DataFrame], *, labels: pd.Series, by: str = "meeting"
) -> str:
    parts = []
    for group, rows in marks.items():
        if rows.empty:
            parts.append(f"{group}: nothing")
            continue
        top = rows.groupby("theme_id")["n"].sum().idxmax()
        n_columns = rows["period"].nunique()
        parts.append(f"{group}: {n_columns} {by}s, most often on {labels[top]}")
    return f"Themes by {by}s, tone and share. {'; '.join(parts)}."


def tone_apart(rows: pd.DataFrame, *, first: str, second: str) -> go.Figure:
    """Difference of tone by year, above 0 where the first side is the more approving."""
    line = {
        "x": rows["year"],
        "y": rows["difference"],
        "mode": "lines+markers",
        "customdata": cells(rows[["year", "n_first", "n_second"]]),
        "hovertemplate": f"%{{x}}: %{{y:+.2f}}<br>statements: {first} %{{customdata[1]}}, "
        f"{second} %{{customdata[2]}}<extra></extra>",
        "line": {"color": faded(ALL_SIDES.colour, 0.4), "width": 1},
        "error_y": _interval(rows, "difference"),
        "marker": _dots(rows),
    }
    return drawn(
        [line],
        height=260,
        xaxis=year_axis(rows["year"]),
        yaxis={
            "range": [-2.05, 2.05],
            "tickvals": [-1, 0, 1],
            "ticktext": [f"{second} +1", "alike", f"{first} +1"],
        },
        shapes=[level_line(0)],
    )


def describe_tone_apart(rows: pd.DataFrame, *, first: str, second: str) -> str:
    if rows.empty:
        return f"No year in which both {first} and {second} spoke on it."
    firm = rows[~rows["is_few"]]
    in_years = f"{counted(len(rows), 'year')} in which both spoke"
    if firm.empty:
        return f"In {in_years}, one of them always made fewer than {FEW} statements: all is pale."
    which = "" if len(firm) == len(rows) else f", {len(firm)} with {FEW} statements of each or more"
    parts = [
        f"{first} is the more {word} in {', '.join(years.astype(str))}"
        for word, years in (
            ("approving", firm.loc[firm["low"] > 0, "year"]),
            ("critical", firm.loc[firm["high"] < 0, "year"]),
        )
        if len(years)
    ]
    if not parts:
        return f"In {in_years}{which}, no difference in tone is beyond chance."
    return (
        f"In {in_years}{which}, beyond chance: {' and '.join(parts)}. One year in twenty would be "
        "so by chance alone."
    )


def wording_apart(rows: pd.DataFrame) -> go.Figure:
    """Distance in wording by year with its interval, on the band that chance would give."""
    edge = {"x": rows["year"], "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    filled = {"fill": "tonexty", "fillcolor": faded("#808080", 0.2)}
    line = {
        "x": rows["year"],
        "y": rows["distance"],
        "mode": "lines+markers",
        "customdata": cells(
            rows[["year", "low", "high", "chance_low", "chance_high", "n_first", "n_second"]]
        ),
        "hovertemplate": "%{x}: %{y:.2f} (%{customdata[1]:.2f}–%{customdata[2]:.2f})<br>by chance "
        "%{customdata[3]:.2f}–%{customdata[4]:.2f}<br>statements: %{customdata[5]} and "
        "%{customdata[6]}<extra></extra>",
        "line": {"color": faded(ALL_SIDES.colour, 0.4), "width": 1},
        "error_y": _interval(rows, "distance"),
        "marker": _dots(rows),
    }
    return drawn(
        [{**edge, "y": rows["chance_low"]}, {**edge, **filled, "y": rows["chance_high"]}, line],
        height=260,
        xaxis=year_axis(rows["year"]),
        yaxis={"range": [0, 1.05], "tickvals": [0, 0.5, 1], "ticktext": ["same", "0.5", "apart"]},
    )


def describe_wording_apart(rows: pd.DataFrame, *, first: str, second: str) -> str:
    if rows.empty:
        return f"No year with enough statements of both {first} and {second}."
    beyond = rows[rows["distance"] > rows["chance_high"]]
    in_years = counted(len(rows), "year")
    if beyond.empty:
        return f"In {in_years}, {first} and {second} differ in wording no more than by chance."
    return (
        f"In {in_years}, {first} and {second} differ in wording by more than chance in "
        f"{', '.join(beyond['year'].astype(str))}."
    )


def phrase_lines(rows: pd.DataFrame) -> go.Figure:
    """Share of statements by year, a line a series, its name at the line's end."""
    top = max(float(rows["share"].max()), 0.01)
    names = list(dict.fromkeys(rows["series"]))
    is_barred = len(names) <= _N_BARRED
    if is_barred:
        top = max([top, *rows.loc[~rows["is_few"], "high"]])
    marks = {name: series_mark(place, name) for place, name in enumerate(names)}
    lines = [
        _line(own, str(name), mark=marks[str(name)], is_barred=is_barred)
        for name, own in rows.groupby("series", sort=False)
    ]
    ends = rows.sort_values("year").groupby("series")["share"].last()
    longest = max((len(shortened(str(name))) for name in names), default=0)
    return drawn(
        lines,
        height=320,
        right=32 + 7 * longest,
        xaxis=year_axis(rows["year"]),
        yaxis={"range": [-0.04 * top, 1.1 * top], "tickformat": ".0%", "nticks": 5},
        annotations=[
            name_at_end(shortened(str(name)), marks[str(name)], x=rows["year"].max(), y=y)
            for name, y in spread(ends, gap=top * 16 / 230).items()
        ],
    )


def _line(rows: pd.DataFrame, name: str, *, mark: Mark, is_barred: bool) -> dict[str, Any]:
    return {
        "x": rows["year"],
        "y": rows["share"],
        "mode": "lines+markers",
        "name": name,
        "customdata": [
            [r.phrase, r.year, name, f"{r.share:.0%} ({r.low:.0%}–{r.high:.0%}): "
             f"{r.n} of {r.total} statements"]
            for r in rows.itertuples()
        ],
        "hovertemplate": "%{customdata[2]}, %{x}<br>%{customdata[3]}<extra></extra>",
        "line": {"color": mark.colour, "width": 1.4},
        "error_y": _interval(rows, "share", colour=mark.colour) if is_barred else None,
        "marker": _dots(rows) | {"color": mark.colour, "symbol": mark.symbol, "size": 8},
    }  # fmt: skip


def describe_lines(rows: pd.DataFrame) -> str:
    parts = []
    for name, own in rows.groupby("series", sort=False):
        top = own.loc[own["share"].idxmax()]
        parts.append(f"{name}: highest {top['year']}, {top['n']} of {top['total']} statements")
    return f"Share of statements by year. {'; '.join(parts)}."


def phrase_strip(places: pd.DataFrame, *, span: tuple[pd.Timestamp, pd.Timestamp]) -> go.Figure:
    """A mark for each meeting in which a phrase falls, on true dates; size is how often."""
    names = list(dict.fromkeys(places["phrase"]))
    colours = {name: series_mark(place, name).colour for place, name in enumerate(names)}
    marks = {
        "x": places["date"],
        "y": places["phrase"],
        "mode": "markers",
        "customdata": [
            [row.phrase, row.meeting_id, f"{row.label}<br>{counted(row.n)}"]
            for row in places.itertuples()
        ],
        "hovertemplate": "“%{y}”, %{customdata[2]}<extra></extra>",
        "marker": {
            "symbol": "line-ns-open",
            "size": 8 + 4 * places["n"],
            "color": [colours[phrase] for phrase in places["phrase"]],
            "line": {"width": 2},
        },
    }
    return drawn(
        [marks],
        height=76 + 40 * len(names),
        xaxis=date_axis(pd.Series(span)),
        yaxis={"categoryorder": "array", "categoryarray": names[::-1], "showgrid": False},
    )


def describe_strip(places: pd.DataFrame) -> str:
    n = places.groupby("phrase", sort=False).size()
    parts = (f"“{phrase}” in {count} meetings" for phrase, count in n.items())
    return f"Where the phrases fall: {'; '.join(parts)}."


def _interval(rows: pd.DataFrame, column: str, *, colour: str = ALL_SIDES.colour) -> dict:
    """Bars from low to high around the column."""
    return {
        "type": "data", "symmetric": False, "array": rows["high"] - rows[column],
        "arrayminus": rows[column] - rows["low"], "thickness": 1, "width": 0,
        "color": faded(colour, 0.5),
    }  # fmt: skip


def _dots(rows: pd.DataFrame) -> dict:
    return {
        "size": 9,
        "color": ALL_SIDES.colour,
        "opacity": [PALE if few else 1 for few in rows["is_few"]],
        "line": {"width": 0},
    }
