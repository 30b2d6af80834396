"""What all charts have in common: a calm ground, whole years on the axis, names at line ends."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.palette import FAINT, GRID, Mark

CONFIG = {"displayModeBar": False, "scrollZoom": False}
PALE = 0.35
_AXIS = {
    "x": {"showline": False, "zeroline": False, "gridcolor": GRID, "automargin": True},
    "y": {
        "showline": False, "zeroline": False, "gridcolor": GRID, "automargin": True,
        "ticklabelstandoff": 4,
    },
}  # fmt: skip
_N_YEARS = 8  # labels of years that a phone's width has room for
_LONGEST = 22  # letters of a name at a line's end
_SHORT = 2  # years; a shorter time is labelled by months


def drawn(
    traces: Sequence[Mapping[str, Any]], *, height: int, right: int = 8, **layout: Any
) -> go.Figure:
    """The traces on a calm ground: light grid, no frame, no legend, no ground of its own.

    traces: as Plotly's JSON has them, and layout too: axes by their names, annotations, shapes.
    All is handed over at once, since Plotly looks through a figure at each change to it.
    """
    of_axes = {
        name: _AXIS[name[0]] | layout.pop(name, {})
        for name in dict.fromkeys(("xaxis", "yaxis", *layout))
        if name[1:5] == "axis"
    }
    ground = {
        "height": height,
        "showlegend": False,
        "margin": {"l": 8, "r": right, "t": 20, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {"align": "left"},
        "dragmode": False,
        "clickmode": "event+select",
    }
    return go.Figure({"data": list(traces), "layout": {**ground, **of_axes, **layout}})


def name_at_end(name: str, mark: Mark, **place: Any) -> dict[str, Any]:
    """A line's name where it ends: its mark in colour, the words in the colour of all text."""
    return {
        "text": f'<span style="color:{mark.colour}">{mark.glyph}</span> {name}',
        "showarrow": False, "xanchor": "left", "xshift": 8, "font": {"size": 12}, **place,
    }  # fmt: skip


def level_line(y: float, *, axis: str = "") -> dict[str, Any]:
    """A line across the whole width; axis: the number behind x and y of a second pair of axes."""
    return {
        "type": "line", "xref": f"x{axis} domain", "x0": 0, "x1": 1, "yref": f"y{axis}",
        "y0": y, "y1": y, "line": {"color": FAINT, "width": 1},
    }  # fmt: skip


def ticked_years(first: int, last: int) -> list[int]:
    """Whole years to label between two, both inclusive, at even steps."""
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if (last - first) / s < _N_YEARS)
    return [year for year in range(first, last + 1) if year % step == 0] or [first]


def year_axis(years: pd.Series) -> dict[str, Any]:
    """Years as numbers: each label is a whole year, and none comes twice."""
    if years.empty:
        return {}
    first, last = int(years.min()), int(years.max())
    ticks = ticked_years(first, last)
    return {"tickvals": ticks, "tickformat": "d", "range": [first - 0.5, last + 0.5]}


def date_axis(dates: pd.Series, *, is_by_year: bool = False) -> dict[str, Any]:
    """True dates; years that stand for themselves are labelled at their middle."""
    if dates.empty:
        return {}
    first, last = dates.min(), dates.max()
    years = ticked_years(first.year, last.year)
    edge = max((last - first) * 0.03, pd.Timedelta(days=120 if is_by_year else 20))
    span = {"range": [first - edge, last + edge]}
    if is_by_year or last.year - first.year > _SHORT:
        day = "07-01" if is_by_year else "01-01"
        named = {"tickvals": [f"{y}-{day}" for y in years], "ticktext": [*map(str, years)]}
        return span | named
    n_months = (last - first).days / 30
    step = next(s for s in (1, 2, 3, 6) if n_months / s < _N_YEARS or s == 6)
    return span | {"dtick": f"M{step}", "tickformat": "%b %Y"}


def spread(places: pd.Series, *, gap: float) -> pd.Series:
    """The places in order, moved up where they stand closer than the gap."""
    moved = places.sort_values(kind="stable").astype(float)
    for i in range(1, len(moved)):
        moved.iloc[i] = max(moved.iloc[i], moved.iloc[i - 1] + gap)
    return moved


def shortened(name: str) -> str:
    """The name, cut where a line's end or an axis has no room for it."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def counted(n: int, noun: str = "statement") -> str:
    """1 statement, 2 statements."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def cells(rows: pd.DataFrame) -> list[list]:
    """The rows as lists: a click does not give back a frame of numbers, which Plotly packs."""
    return rows.astype(object).to_numpy().tolist()
