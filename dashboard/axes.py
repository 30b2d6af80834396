"""What all charts have in common: a calm ground, whole years on the axis, names at line ends."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.palette import GRID, Mark

CONFIG = {"displayModeBar": False, "scrollZoom": False}
PALE = 0.35
_N_YEARS = 8  # labels of years that a phone's width has room for
_LONGEST = 22  # letters of a name at a line's end
_SHORT = 2  # years; a shorter time is labelled by months


def calm(figure: go.Figure, *, height: int, right: int = 8) -> go.Figure:
    """Light grid, no frame, no legend, no ground of its own."""
    figure.update_layout(
        height=height,
        showlegend=False,
        margin={"l": 8, "r": right, "t": 20, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        hoverlabel={"align": "left"},
        dragmode=False,
        clickmode="event+select",
    )
    figure.update_xaxes(showline=False, zeroline=False, gridcolor=GRID, automargin=True)
    figure.update_yaxes(showline=False, zeroline=False, gridcolor=GRID, automargin=True)
    figure.update_yaxes(ticklabelstandoff=4)
    return figure


def name_at_end(figure: go.Figure, name: str, mark: Mark, **place: Any) -> None:
    """A line's name where it ends: its mark in colour, the words in the colour of all text."""
    figure.add_annotation(
        text=f'<span style="color:{mark.colour}">{mark.glyph}</span> {name}',
        showarrow=False, xanchor="left", xshift=8, font={"size": 12}, **place,
    )  # fmt: skip


def ticked_years(first: int, last: int) -> list[int]:
    """Whole years to label between two, both inclusive, at even steps."""
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if (last - first) / s < _N_YEARS)
    return [year for year in range(first, last + 1) if year % step == 0] or [first]


def year_axis(figure: go.Figure, years: pd.Series) -> None:
    """Years as numbers: each label is a whole year, and none comes twice."""
    if len(years):
        first, last = int(years.min()), int(years.max())
        figure.update_xaxes(tickvals=ticked_years(first, last), tickformat="d")
        figure.update_xaxes(range=[first - 0.5, last + 0.5])


def date_axis(figure: go.Figure, dates: pd.Series, *, is_by_year: bool = False) -> None:
    """True dates; years that stand for themselves are labelled at their middle."""
    if dates.empty:
        return
    first, last = dates.min(), dates.max()
    years = ticked_years(first.year, last.year)
    edge = max((last - first) * 0.03, pd.Timedelta(days=120 if is_by_year else 20))
    figure.update_xaxes(range=[first - edge, last + edge])
    if is_by_year or last.year - first.year > _SHORT:
        day = "07-01" if is_by_year else "01-01"
        figure.update_xaxes(tickvals=[f"{y}-{day}" for y in years], ticktext=[*map(str, years)])
    else:
        n_months = (last - first).days / 30
        step = next(s for s in (1, 2, 3, 6) if n_months / s < _N_YEARS or s == 6)
        figure.update_xaxes(dtick=f"M{step}", tickformat="%b %Y")


def spread(places: pd.Series, *, gap: float) -> pd.Series:
    """The places in order, moved up where they stand closer than the gap."""
    moved = places.sort_values(kind="stable")
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
