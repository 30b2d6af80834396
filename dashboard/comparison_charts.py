"""Figures that set two groups against each other, and for each a sentence; pure Plotly."""

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.axes import PALE, calm, counted, shortened
from dashboard.comparison import CLEAR_Z
from dashboard.palette import ALL_SIDES, FAINT, INK, TONE_SCALE, faded

_SYMBOLS = {"left": "circle-open", "right": "circle"}


def theme_changes(changes: pd.DataFrame, *, labels: pd.Series) -> go.Figure:
    """A row a theme: its share left (open) and right (filled), and the tone of each beside it."""
    names = changes["theme_id"].map(labels)
    figure = make_subplots(
        rows=1, cols=2, shared_yaxes=True, column_widths=[0.6, 0.4], horizontal_spacing=0.1
    )
    for row, name in zip(changes.itertuples(), names, strict=True):
        ends = [0 if pd.isna(x) else x for x in (row.share_left, row.share_right)]
        figure.add_scatter(
            row=1, col=1, x=ends, y=[name, name], mode="lines", hoverinfo="skip",
            line={"color": faded(ALL_SIDES.colour, 0.9 if row.is_clear else 0.3), "width": 3},
        )  # fmt: skip
    for where in ("left", "right"):
        _add_shares(figure, changes, names, where=where)
        _add_tones(figure, changes, names, where=where)
    figure.update_xaxes(
        row=1, col=1, tickformat=".0%", rangemode="tozero", nticks=4, title_text="share"
    )
    figure.update_xaxes(
        row=1,
        col=2,
        range=[-1.1, 1.1],
        tickvals=[-1, 0, 1],
        ticktext=["critical", "", "approving"],
        tickangle=0,
        title_text="tone",
    )
    figure.update_yaxes(categoryorder="array", categoryarray=list(names)[::-1])
    return calm(figure, height=90 + 34 * len(changes), right=40)


def describe_changes(changes: pd.DataFrame, *, labels: pd.Series, left: str, right: str) -> str:
    if changes.empty:
        return f"No theme in {left} or {right}."
    top = changes.iloc[0]
    sure = "beyond chance" if top["is_clear"] else "within chance"
    return (
        f"Share and tone of {len(changes)} themes in {left} and {right}, all speakers together. "
        "Largest change: "
        f"{labels[top['theme_id']]}, {top['n_left']} of {top['total_left']} to "
        f"{top['n_right']} of {top['total_right']} statements, {sure}."
    )


def wording_bars(
    scores: pd.DataFrame, *, left: str, right: str, colours: tuple[str, str] = (INK, "#4f7f99")
) -> go.Figure:
    """A bar a phrase, to the left or to the right by what it sets apart; pale within chance."""
    rows = scores.sort_values("z", ascending=True, kind="stable").iloc[::-1]
    figure = go.Figure(
        go.Bar(
            x=-rows["z"],
            y=rows["phrase"],
            orientation="h",
            customdata=[
                [row.phrase, "left" if row.z > 0 else "right", row.n_left, row.n_right, abs(row.z)]
                for row in rows.itertuples()
            ],
            hovertemplate=f"“%{{customdata[0]}}”<br>{left}: %{{customdata[2]}} times<br>"
            f"{right}: %{{customdata[3]}} times<br>z %{{customdata[4]:.1f}}<extra></extra>",
            marker={
                "color": [colours[0] if z > 0 else colours[1] for z in rows["z"]],
                "opacity": [PALE if abs(z) < CLEAR_Z else 0.9 for z in rows["z"]],
                "line": {"width": 0},
            },
        )
    )
    largest = max(rows["z"].abs().max(), CLEAR_Z) if len(rows) else CLEAR_Z
    figure.update_xaxes(
        range=[-1.05 * largest, 1.05 * largest],
        tickvals=[-CLEAR_Z, 0, CLEAR_Z],
        ticktext=["1.96", "0", "1.96"],
        title_text=f"◂ {shortened(left)}   z   {shortened(right)} ▸",
    )
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return calm(figure, height=90 + 24 * len(rows))


def chance_in_words(scores: pd.DataFrame) -> str:
    """What may be made of the bars."""
    if (scores["z"].abs() < CLEAR_Z).all():
        return "All of them are within chance: nothing sets the two clearly apart."
    return "Pale bars are within chance."


def describe_wording(scores: pd.DataFrame, *, left: str, right: str) -> str:
    ends = []
    for name, rows in ((left, scores[scores["z"] > 0]), (right, scores[scores["z"] < 0])):
        words = ", ".join(rows["phrase"].head(3)) or "nothing"
        ends.append(f"{name} by {words}")
    return f"Wording that sets apart {'; '.join(ends)}."


def _add_shares(figure: go.Figure, rows: pd.DataFrame, names: pd.Series, *, where: str) -> None:
    share = rows[f"share_{where}"].fillna(0)
    figure.add_scatter(
        row=1,
        col=1,
        x=share,
        y=names,
        mode="markers",
        customdata=_row_data(rows, where),
        hovertemplate="%{y}, %{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        cliponaxis=False,
        error_x={
            "type": "data",
            "symmetric": False,
            "array": rows[f"high_{where}"] - share,
            "arrayminus": share - rows[f"low_{where}"],
            "color": faded(ALL_SIDES.colour, 0.35),
            "thickness": 1,
            "width": 0,
        },
        marker={
            "symbol": _SYMBOLS[where],
            "size": 10,
            "color": ALL_SIDES.colour,
            "line": {"width": 2, "color": ALL_SIDES.colour},
        },
    )


def _add_tones(figure: go.Figure, rows: pd.DataFrame, names: pd.Series, *, where: str) -> None:
    figure.add_scatter(
        row=1,
        col=2,
        x=rows[f"tone_{where}"],
        y=names,
        mode="markers",
        customdata=_row_data(rows, where),
        hovertemplate="%{y}, %{customdata[1]}<br>%{customdata[3]}<extra></extra>",
        error_x={
            "type": "data",
            "symmetric": False,
            "array": rows[f"tone_high_{where}"] - rows[f"tone_{where}"],
            "arrayminus": rows[f"tone_{where}"] - rows[f"tone_low_{where}"],
            "color": FAINT,
            "thickness": 0.6,
            "width": 0,
        },
        marker={
            "symbol": _SYMBOLS[where],
            "size": 10,
            "color": rows[f"tone_{where}"],
            "colorscale": TONE_SCALE,
            "cmin": -1,
            "cmax": 1,
            "line": {"width": 2 if where == "left" else 0, "color": FAINT},
        },
    )


def _row_data(rows: pd.DataFrame, where: str) -> list[list]:
    """theme, left or right, share in words, tone in words: what a click and a hover need."""
    names = ("share", "low", "high", "n", "total", "tone", "tone_low", "tone_high")
    figures = rows[[f"{name}_{where}" for name in names]].set_axis(list(names), axis=1)
    figures = figures.fillna(dict.fromkeys(("share", "low", "high"), 0.0))
    return [
        [
            theme_id,
            where,
            f"{row.share:.0%} ({row.low:.0%}–{row.high:.0%}): "
            f"{row.n:.0f} of {row.total:.0f} statements",
            f"tone {row.tone:+.2f}"
            + ("" if pd.isna(row.tone_low) else f" ({row.tone_low:+.2f} to {row.tone_high:+.2f})")
            + f", {counted(int(row.n))}",
        ]
        for theme_id, row in zip(rows["theme_id"], figures.itertuples(index=False), strict=True)
    ]
