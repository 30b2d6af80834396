"""Plotly figures from summary frames, and for each a sentence that says what it shows.

Pure: no Streamlit here. Colours with a meaning come from palette; text takes the page's colour.
"""

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.axes import PALE, calm, cells, counted, date_axis, name_at_end, spread
from dashboard.days import in_words
from dashboard.palette import ALL_SIDES, FAINT, SIDES, TONE_SCALE, Mark, faded, side_mark
from dashboard.summaries import FEW_TOLD


def meeting_timeline(meetings: pd.DataFrame) -> go.Figure:
    """Meetings on true dates; a lane for each counterpart, area = statements."""
    sides = [side for side in SIDES if side in set(meetings["counterpart"])]
    sides += sorted(set(meetings["counterpart"]) - set(sides))
    figure = go.Figure()
    largest = max(meetings["n_statements"].max(), 1)
    for side in sides:
        rows = meetings[meetings["counterpart"] == side]
        mark = side_mark(side)
        figure.add_scatter(
            x=rows["date"],
            y=[side] * len(rows),
            mode="markers",
            name=side,
            customdata=[
                [row.meeting_id, f"{row.label}<br>{counted(row.n_statements)}"]
                for row in rows.itertuples()
            ],
            hovertemplate="%{customdata[1]}<extra></extra>",
            marker={
                "symbol": mark.symbol,
                "color": faded(mark.colour, 0.55),
                "opacity": 1,
                "size": 5 + 13 * (rows["n_statements"] / largest) ** 0.5,
                "line": {"width": 1, "color": mark.colour},
            },
        )
    figure.update_yaxes(categoryorder="array", categoryarray=sides[::-1], showgrid=False)
    date_axis(figure, meetings["date"])
    return calm(figure, height=70 + 44 * len(sides))


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
    figure = go.Figure(
        go.Scatter(
            x=rows["period"],
            y=rows["theme_id"].map(labels),
            mode="markers",
            customdata=cells(rows[["theme_id", "period", "n_statements", "n_total"]]),
            text=[f"{share:.0%}" for share in rows["share"]],
            hovertemplate="%{y}, %{x}<br>%{text}: %{customdata[2]} of %{customdata[3]} statements"
            "<extra></extra>",
            marker={
                "symbol": "square",
                "size": 4 + 13 * (rows["share"] / largest) ** 0.5,
                "color": ALL_SIDES.colour,
                "opacity": [PALE if few else 0.9 for few in rows["is_few"]],
                "line": {"width": 0},
            },
        )
    )
    names = [labels[theme_id] for theme_id in order]
    years = sorted(shares["period"].unique())
    figure.update_yaxes(
        categoryorder="array", categoryarray=names, range=[-0.7, len(names) - 0.3], showgrid=True
    )
    figure.update_xaxes(type="category", categoryorder="array", categoryarray=years, tickangle=0)
    figure.update_xaxes(tickvals=years[:: max(1, len(years) // 5)], showgrid=False)
    return calm(figure, height=60 + 30 * len(names))


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
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, row_heights=[0.64, 0.36], vertical_spacing=0.08
    )
    for side, rows in points.groupby("side", sort=False):
        mark = ALL_SIDES if side == "All" else side_mark(str(side))
        if side == "All" and f"{measure}_low" in rows.columns:
            _add_interval(figure, rows, measure=measure, mark=mark)
        _add_measure(figure, rows, measure=measure, side=str(side), mark=mark)
        _add_tone(figure, rows[rows["n_statements"] > 0], side=str(side), mark=mark)
    _add_line_ends(figure, points, measure=measure, gap=top * 16 / (0.58 * height))
    _add_events(figure, events)
    is_share = measure.startswith("share")
    figure.update_yaxes(
        row=1,
        col=1,
        range=[-0.04 * top, 1.06 * top],
        tickformat=".0%" if is_share else "d",
        nticks=5,
    )
    figure.update_yaxes(
        row=2,
        col=1,
        range=[-1.15, 1.15],
        tickvals=[-1, 0, 1],
        ticktext=["critical", "neutral", "approving"],
    )
    figure.add_hline(y=0, row=2, col=1, line={"color": FAINT, "width": 1})
    date_axis(figure, points["date"], is_by_year=is_by_year)
    return calm(figure, height=height, right=8 if set(points["side"]) == {"All"} else 84)


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


def _add_interval(figure: go.Figure, rows: pd.DataFrame, *, measure: str, mark: Mark) -> None:
    """The 95 % interval as a band that neither hovers nor takes clicks."""
    edge = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    figure.add_scatter(row=1, col=1, x=rows["date"], y=rows[f"{measure}_low"], **edge)
    figure.add_scatter(
        row=1,
        col=1,
        x=rows["date"],
        y=rows[f"{measure}_high"],
        fill="tonexty",
        fillcolor=faded(mark.colour, 0.13),
        **edge,
    )


def _add_measure(
    figure: go.Figure, rows: pd.DataFrame, *, measure: str, side: str, mark: Mark
) -> None:
    figure.add_scatter(
        row=1,
        col=1,
        x=rows["date"],
        y=rows[measure],
        mode="lines+markers",
        name=side,
        customdata=_row_data(rows),
        hovertemplate="%{customdata[3]}%{customdata[4]}<br>%{customdata[5]}<extra></extra>",
        line={"color": mark.colour, "width": 1.4},
        error_y=_bars(rows, measure, colour=mark.colour) if side != "All" else None,
        marker={
            "symbol": mark.symbol,
            "color": mark.colour,
            "size": 8,
            "opacity": [PALE if few else 1 for few in rows["is_few"]],
        },
    )


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


def _add_line_ends(figure: go.Figure, points: pd.DataFrame, *, measure: str, gap: float) -> None:
    """Each side's name where its line ends, none upon another."""
    named = points[points["side"] != "All"]
    if named.empty:
        return
    ends = named.sort_values("date").groupby("side").last()
    for side, place in spread(ends[measure], gap=gap).items():
        end = {"row": 1, "col": 1, "x": named["date"].max(), "y": place}
        name_at_end(figure, str(side), side_mark(str(side)), **end)


def _add_tone(figure: go.Figure, rows: pd.DataFrame, *, side: str, mark: Mark) -> None:
    figure.add_scatter(
        row=2,
        col=1,
        x=rows["date"],
        y=rows["tone"],
        mode="markers",
        name=f"{side} tone",
        customdata=_row_data(rows),
        hovertemplate="%{customdata[3]}%{customdata[4]}<br>tone %{y:+.2f}, %{customdata[7]}"
        "<extra></extra>",
        error_y={
            "type": "data",
            "symmetric": False,
            "array": rows["tone_high"] - rows["tone"],
            "arrayminus": rows["tone"] - rows["tone_low"],
            "color": FAINT,
            "thickness": 0.6,
            "width": 0,
        },
        marker={
            "symbol": mark.symbol,
            "size": 8,
            "color": rows["tone"],
            "colorscale": TONE_SCALE,
            "cmin": -1,
            "cmax": 1,
            "opacity": [PALE if n < FEW_TOLD else 1 for n in rows["n_statements"]],
            "line": {"width": 0},
        },
    )


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


def _add_events(figure: go.Figure, events: pd.DataFrame | None) -> None:
    """A dotted line for each event, its number above; the page says what the numbers stand for."""
    if events is None or events.empty:
        return
    for date in events["date"]:
        figure.add_vline(x=date, line={"color": FAINT, "width": 1, "dash": "dot"})
    span = events["date"].max() - events["date"].min()
    together = (events["date"].diff() > 0.05 * span).cumsum()
    for _, near in events.groupby(together):
        numbers = dict.fromkeys([near["number"].iloc[0], near["number"].iloc[-1]])
        figure.add_annotation(
            x=near["date"].mean(), y=1, yref="paper", yanchor="bottom", showarrow=False,
            text="–".join(map(str, numbers)), hovertext="<br>".join(near["label"]),
            font={"size": 11},
        )  # fmt: skip
