"""Plotly figures from summary frames, and for each a sentence that says what it shows.

Pure: no Streamlit here. Colours with a meaning come from palette; text takes the page's colour.
"""

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
    spread,
)
from dashboard.days import in_words
from dashboard.palette import ALL_SIDES, FAINT, SIDES, TONE_SCALE, Mark, faded, side_mark
from dashboard.summaries import FEW_TOLD

# the measure above, with the tone below it on axes of their own; one time for both
_ABOVE = {
    "xaxis": {"anchor": "y", "domain": [0.0, 1.0], "matches": "x2", "showticklabels": False},
    "yaxis": {"anchor": "x", "domain": [0.4112, 1.0], "nticks": 5},
}
_UPPER, _LOWER = {"xaxis": "x", "yaxis": "y"}, {"xaxis": "x2", "yaxis": "y2"}
_BELOW = {
    "xaxis": {"anchor": "y2", "domain": [0.0, 1.0]},
    "yaxis": {
        "anchor": "x2",
        "domain": [0.0, 0.3312],
        "range": [-1.15, 1.15],
        "tickvals": [-1, 0, 1],
        "ticktext": ["critical", "neutral", "approving"],
    },
}


def meeting_timeline(meetings: pd.DataFrame) -> go.Figure:
    """Meetings on true dates; a lane for each counterpart, area = statements."""
    sides = [side for side in SIDES if side in set(meetings["counterpart"])]
    sides += sorted(set(meetings["counterpart"]) - set(sides))
    largest = max(meetings["n_statements"].max(), 1)
    lanes = [
        _lane(meetings[meetings["counterpart"] == side], side=side, largest=largest)
        for side in sides
    ]
    return drawn(
        lanes,
        height=70 + 44 * len(sides),
        xaxis=date_axis(meetings["date"]),
        yaxis={"categoryorder": "array", "categoryarray": sides[::-1], "showgrid": False},
    )


def _lane(rows: pd.DataFrame, *, side: str, largest: int) -> dict[str, Any]:
    mark = side_mark(side)
    return {
        "x": rows["date"],
        "y": [side] * len(rows),
        "mode": "markers",
        "name": side,
        "customdata": [
            [row.meeting_id, f"{row.label}<br>{counted(row.n_statements)}"]
            for row in rows.itertuples()
        ],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
        "marker": {
            "symbol": mark.symbol,
            "color": faded(mark.colour, 0.55),
            "opacity": 1,
            "size": 5 + 13 * (rows["n_statements"] / largest) ** 0.5,
            "line": {"width": 1, "color": mark.colour},
        },
    }


def describe_timeline(meetings: pd.DataFrame) -> str:
    if meetings.empty:
        return "Timeline without meetings."
    top = meetings["counterpart"].value_counts()
    first, last = meetings["date"].min(), meetings["date"].max()
    return (
        f"Timeline of {len(meetings)} meetings from {in_words(first)} to "
        f"{in_words(last)}; most often with {top.index[0]} ({top.iloc[0]})."
    )


def theme_squares(shares: pd.DataFrame, *, labels: pd.Series) -> go.Figure:
    """Share of each theme (rows) by year (columns); the darker and larger, the larger."""
    rows = shares[shares["n_statements"] > 0]
    order = shares.groupby("theme_id")["n_statements"].sum().sort_values(kind="stable").index
    largest = max(rows["share"].max(), 0.01) if len(rows) else 1
    squares = {
        "x": rows["period"],
        "y": rows["theme_id"].map(labels),
        "mode": "markers",
        "customdata": cells(rows[["theme_id", "period", "n_statements", "n_total"]]),
        "text": [f"{share:.0%}" for share in rows["share"]],
        "hovertemplate": "%{y}, %{x}<br>%{text}: %{customdata[2]} of %{customdata[3]} statements"
        "<extra></extra>",
        "marker": {
            "symbol": "square",
            "size": 4 + 13 * (rows["share"] / largest) ** 0.5,
            "color": ALL_SIDES.colour,
            "opacity": [PALE if few else 0.9 for few in rows["is_few"]],
            "line": {"width": 0},
        },
    }
    names = [labels[theme_id] for theme_id in order]
    years = sorted(shares["period"].unique())
    return drawn(
        [squares],
        height=60 + 30 * len(names),
        xaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": years,
            "tickangle": 0,
            "tickvals": years[:: max(1, len(years) // 5)],
            "showgrid": False,
        },
        yaxis={
            "categoryorder": "array",
            "categoryarray": names,
            "range": [-0.7, len(names) - 0.3],
            "showgrid": True,
        },
    )


def describe_squares(shares: pd.DataFrame, *, labels: pd.Series) -> str:
    rows = shares[~shares["is_few"]]
    if rows.empty:
        return "Share of each theme by year; too few statements in every year."
    top = rows.loc[rows["share"].idxmax()]
    return (
        f"Share of each theme by year. Largest: {labels[top['theme_id']]} in {top['period']}, "
        f"{top['share']:.0%} ({top['n_statements']} of {top['n_total']} statements)."
    )


def theme_over_time(
    points: pd.DataFrame,
    *,
    measure: str,
    top: float,
    is_by_year: bool = True,
    events: pd.DataFrame | None = None,
    height: int = 380,
) -> go.Figure:
    """One theme: its measure above, the tone of what was said on it below, one time axis.

    top: upper end of the measure's axis, so that several themes can be compared; events: dated
    rows with the number that marks them.
    """
    traces = [
        trace
        for side, rows in points.groupby("side", sort=False)
        for trace in _of_side(rows, measure=measure, side=str(side))
    ]
    time = date_axis(points["date"], is_by_year=is_by_year)
    values = {
        "range": [-0.04 * top, 1.06 * top],
        "tickformat": ".0%" if measure.startswith("share") else "d",
    }
    return drawn(
        traces,
        height=height,
        right=8 if set(points["side"]) == {"All"} else 84,
        xaxis=_ABOVE["xaxis"] | time,
        xaxis2=_BELOW["xaxis"] | time,
        yaxis=_ABOVE["yaxis"] | values,
        yaxis2=_BELOW["yaxis"],
        annotations=[
            *_line_ends(points, measure=measure, gap=top * 16 / (0.58 * height)),
            *_event_numbers(events),
        ],
        shapes=[*_event_lines(events), level_line(0, axis="2")],
    )


def describe_over_time(points: pd.DataFrame, *, measure: str, theme: str) -> str:
    spoken = points[points["n_statements"] > 0]
    if spoken.empty:
        return f"{theme} over time: no statement."
    firm = spoken[~spoken["is_few"]] if not spoken["is_few"].all() else spoken
    top = firm.loc[firm[measure].idxmax()]
    value = f"{top[measure]:.0%}" if measure.startswith("share") else f"{top[measure]:,}"
    who = "" if top["side"] == "All" else f" by {top['side']}"
    tone = (spoken["tone"] * spoken["n_statements"]).sum() / spoken["n_statements"].sum()
    return (
        f"{theme} over {points['period'].nunique()} periods; highest {top['label']}{who}: {value}, "
        f"{top['n_statements']} of {top['n_total']} statements. Mean tone {tone:+.2f}."
    )


def _of_side(rows: pd.DataFrame, *, measure: str, side: str) -> list[dict[str, Any]]:
    """The measure of one side, or of all together, and its tone."""
    is_whole = side == "All"
    mark = ALL_SIDES if is_whole else side_mark(side)
    band = _interval(rows, measure=measure, mark=mark) if is_whole else []
    told = rows[rows["n_statements"] > 0]
    return [
        *band,
        _measure(rows, measure=measure, side=side, mark=mark),
        _tone(told, side=side, mark=mark),
    ]


def _interval(rows: pd.DataFrame, *, measure: str, mark: Mark) -> list[dict[str, Any]]:
    """The 95 % interval, if there is one, as a band that neither hovers nor takes clicks."""
    if f"{measure}_low" not in rows.columns:
        return []
    edge = {"x": rows["date"], "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    filled = {"fill": "tonexty", "fillcolor": faded(mark.colour, 0.13)}
    return [
        {**edge, **_UPPER, "y": rows[f"{measure}_low"]},
        {**edge, **_UPPER, "y": rows[f"{measure}_high"], **filled},
    ]


def _measure(rows: pd.DataFrame, *, measure: str, side: str, mark: Mark) -> dict[str, Any]:
    return {
        **_UPPER,
        "x": rows["date"],
        "y": rows[measure],
        "mode": "lines+markers",
        "name": side,
        "customdata": _row_data(rows),
        "hovertemplate": "%{customdata[3]}%{customdata[4]}<br>%{customdata[5]}<extra></extra>",
        "line": {"color": mark.colour, "width": 1.4},
        "error_y": _bars(rows, measure, colour=mark.colour) if side != "All" else None,
        "marker": {
            "symbol": mark.symbol,
            "color": mark.colour,
            "size": 8,
            "opacity": [PALE if few else 1 for few in rows["is_few"]],
        },
    }


def _bars(rows: pd.DataFrame, measure: str, *, colour: str) -> dict | None:
    """Intervals as thin bars, for points that rest on enough statements."""
    if f"{measure}_low" not in rows.columns:
        return None
    firm = rows.where(~rows["is_few"])
    return {
        "type": "data",
        "symmetric": False,
        "array": firm[f"{measure}_high"] - firm[measure],
        "arrayminus": firm[measure] - firm[f"{measure}_low"],
        "color": faded(colour, 0.45),
        "thickness": 1,
        "width": 0,
    }


def _line_ends(points: pd.DataFrame, *, measure: str, gap: float) -> list[dict[str, Any]]:
    """Each side's name where its line ends, none upon another."""
    named = points[points["side"] != "All"]
    if named.empty:
        return []
    ends = named.sort_values("date").groupby("side").last()
    where = {"xref": "x", "yref": "y", "x": named["date"].max()}
    return [
        name_at_end(str(side), side_mark(str(side)), **where, y=place)
        for side, place in spread(ends[measure], gap=gap).items()
    ]


def _tone(rows: pd.DataFrame, *, side: str, mark: Mark) -> dict[str, Any]:
    return {
        **_LOWER,
        "x": rows["date"],
        "y": rows["tone"],
        "mode": "markers",
        "name": f"{side} tone",
        "customdata": _row_data(rows),
        "hovertemplate": "%{customdata[3]}%{customdata[4]}<br>tone %{y:+.2f}, %{customdata[7]}"
        "<extra></extra>",
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": rows["tone_high"] - rows["tone"],
            "arrayminus": rows["tone"] - rows["tone_low"],
            "color": FAINT,
            "thickness": 0.6,
            "width": 0,
        },
        "marker": {
            "symbol": mark.symbol,
            "size": 8,
            "color": rows["tone"],
            "colorscale": TONE_SCALE,
            "cmin": -1,
            "cmax": 1,
            "opacity": [PALE if n < FEW_TOLD else 1 for n in rows["n_statements"]],
            "line": {"width": 0},
        },
    }


def _row_data(rows: pd.DataFrame) -> list[list]:
    """theme, period, n, label, side and figures in words, side, n in words: for click and hover."""
    return [
        [
            row.theme_id,
            row.period,
            row.n_statements,
            row.label,
            "" if row.side == "All" else f", {row.side}",
            f"{row.share:.0%} ({row.share_low:.0%}–{row.share_high:.0%}): "
            f"{row.n_statements} of {row.n_total} statements"
            + (", few to rest on" if row.is_few else ""),
            row.side,
            counted(row.n_statements),
        ]
        for row in rows.itertuples()
    ]


def _event_lines(events: pd.DataFrame | None) -> list[dict[str, Any]]:
    """A dotted line for each event, through measure and tone."""
    dotted = {"type": "line", "y0": 0, "y1": 1, "line": {"color": FAINT, "width": 1, "dash": "dot"}}
    return [
        {**dotted, "x0": date, "x1": date, "xref": f"x{axis}", "yref": f"y{axis} domain"}
        for date in (() if events is None else events["date"])
        for axis in ("", "2")
    ]


def _event_numbers(events: pd.DataFrame | None) -> list[dict[str, Any]]:
    """The number above each line, or group of lines; the page says what it stands for."""
    if events is None or events.empty:
        return []
    span = events["date"].max() - events["date"].min()
    together = (events["date"].diff() > 0.05 * span).cumsum()
    return [
        {
            "x": near["date"].mean(), "y": 1, "yref": "paper", "yanchor": "bottom",
            "showarrow": False, "hovertext": "<br>".join(near["label"]), "font": {"size": 11},
            "text": "–".join(
                map(str, dict.fromkeys([near["number"].iloc[0], near["number"].iloc[-1]]))
            ),
        }
        for _, near in events.groupby(together)
    ]  # fmt: skip
