"""Figures that set two groups against each other, and for each a sentence; pure Plotly."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.axes import PALE, counted, drawn, shortened
from dashboard.comparison import CLEAR_Z
from dashboard.palette import ALL_SIDES, FAINT, INK, TONE_SCALE, faded

_SYMBOLS = {"left": "circle-open", "right": "circle"}
# shares to the left, tones to the right, with one row a theme for both
_SHARES, _TONES = {"xaxis": "x", "yaxis": "y"}, {"xaxis": "x2", "yaxis": "y2"}
_AXES = {
    "xaxis": {
        "anchor": "y",
        "domain": [0.0, 0.54],
        "tickformat": ".0%",
        "rangemode": "tozero",
        "nticks": 4,
        "title": {"text": "share"},
    },
    "xaxis2": {
        "anchor": "y2",
        "domain": [0.64, 1.0],
        "range": [-1.1, 1.1],
        "tickvals": [-1, 0, 1],
        "ticktext": ["critical", "", "approving"],
        "tickangle": 0,
        "title": {"text": "tone"},
    },
}


def theme_changes(changes: pd.DataFrame, *, labels: pd.Series) -> go.Figure:
    """A row a theme: its share left (open) and right (filled), and the tone of each beside it."""
    names = changes["theme_id"].map(labels)
    order = {"categoryorder": "array", "categoryarray": list(names)[::-1]}
    ends = [
        part(changes, names, where=where)
        for where in ("left", "right")
        for part in (_shares, _tones)
    ]
    return drawn(
        [*_spans(changes, names), *ends],
        height=90 + 34 * len(changes),
        right=40,
        **_AXES,
        yaxis={"anchor": "x", "domain": [0.0, 1.0], **order},
        yaxis2={
            "anchor": "x2", "domain": [0.0, 1.0], "matches": "y", "showticklabels": False, **order
        },
    )  # fmt: skip


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
    bars = {
        "type": "bar",
        "x": -rows["z"],
        "y": rows["phrase"],
        "orientation": "h",
        "customdata": [
            [row.phrase, "left" if row.z > 0 else "right", row.n_left, row.n_right, abs(row.z)]
            for row in rows.itertuples()
        ],
        "hovertemplate": f"“%{{customdata[0]}}”<br>{left}: %{{customdata[2]}} times<br>"
        f"{right}: %{{customdata[3]}} times<br>z %{{customdata[4]:.1f}}<extra></extra>",
        "marker": {
            "color": [colours[0] if z > 0 else colours[1] for z in rows["z"]],
            "opacity": [PALE if abs(z) < CLEAR_Z else 0.9 for z in rows["z"]],
            "line": {"width": 0},
        },
    }
    largest = max(rows["z"].abs().max(), CLEAR_Z) if len(rows) else CLEAR_Z
    return drawn(
        [bars],
        height=90 + 24 * len(rows),
        xaxis={
            "range": [-1.05 * largest, 1.05 * largest],
            "tickvals": [-CLEAR_Z, 0, CLEAR_Z],
            "ticktext": ["1.96", "0", "1.96"],
            "title": {"text": f"◂ {shortened(left)}   z   {shortened(right)} ▸"},
        },
        yaxis={"autorange": "reversed", "showgrid": False},
    )


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


def _spans(changes: pd.DataFrame, names: pd.Series) -> list[dict[str, Any]]:
    """The line from the left share to the right one of each theme."""
    ends = changes[["share_left", "share_right"]].fillna(0).to_numpy().tolist()
    return [
        {
            **_SHARES, "x": both, "y": [name, name], "mode": "lines", "hoverinfo": "skip",
            "line": {"color": faded(ALL_SIDES.colour, 0.9 if is_clear else 0.3), "width": 3},
        }
        for both, name, is_clear in zip(ends, names, changes["is_clear"], strict=True)
    ]  # fmt: skip


def _shares(rows: pd.DataFrame, names: pd.Series, *, where: str) -> dict[str, Any]:
    share = rows[f"share_{where}"].fillna(0)
    return {
        **_SHARES,
        "x": share,
        "y": names,
        "mode": "markers",
        "customdata": _row_data(rows, where),
        "hovertemplate": "%{y}, %{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        "cliponaxis": False,
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": rows[f"high_{where}"] - share,
            "arrayminus": share - rows[f"low_{where}"],
            "color": faded(ALL_SIDES.colour, 0.35),
            "thickness": 1,
            "width": 0,
        },
        "marker": {
            "symbol": _SYMBOLS[where],
            "size": 10,
            "color": ALL_SIDES.colour,
            "line": {"width": 2, "color": ALL_SIDES.colour},
        },
    }


def _tones(rows: pd.DataFrame, names: pd.Series, *, where: str) -> dict[str, Any]:
    tone = rows[f"tone_{where}"]
    return {
        **_TONES,
        "x": tone,
        "y": names,
        "mode": "markers",
        "customdata": _row_data(rows, where),
        "hovertemplate": "%{y}, %{customdata[1]}<br>%{customdata[3]}<extra></extra>",
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": rows[f"tone_high_{where}"] - tone,
            "arrayminus": tone - rows[f"tone_low_{where}"],
            "color": FAINT,
            "thickness": 0.6,
            "width": 0,
        },
        "marker": {
            "symbol": _SYMBOLS[where],
            "size": 10,
            "color": tone,
            "colorscale": TONE_SCALE,
            "cmin": -1,
            "cmax": 1,
            "line": {"width": 2 if where == "left" else 0, "color": FAINT},
        },
    }


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
