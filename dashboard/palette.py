"""Colours and shapes that mean something, the same on every page, in light and dark, on paper.

Sides by hue within what 3:1 on the light and the dark ground allows, searched for the largest
distance between any two as people with deuteranopia, protanopia and tritanopia see them (simulated
after Machado, Oliveira and Fernandes, 2009; tests/dashboard/test_palette.py keeps it); sides also
by shape, so that nothing rests on colour alone.
"""

from typing import NamedTuple


class Mark(NamedTuple):
    """How a side is drawn: colour, Plotly marker symbol, and the same shape as a character."""

    colour: str
    symbol: str
    glyph: str


SIDES = {
    "Russia": Mark("#bd3d20", "circle", "●"),
    "Japan": Mark("#568ae0", "square", "■"),
    "South Korea": Mark("#6b9a83", "diamond", "◆"),
    "North Korea": Mark("#9057a2", "triangle-up", "▲"),
    "China": Mark("#b38839", "triangle-down", "▼"),
    "United States": Mark("#d26aa4", "star", "★"),
    "NATO": Mark("#6d8488", "pentagon", "⬟"),
    "Joint": Mark("#6b6868", "cross", "✚"),
    "Press": Mark("#8f785d", "x", "✖"),
}
_SERIES = tuple(SIDES.values())[:6]
OTHER_SIDE = Mark("#7b7877", "hexagon", "⬢")
ALL_SIDES = Mark("#4f7f99", "circle", "●")

INK, GRID, FAINT = "#7c8288", "rgba(128,132,138,0.22)", "rgba(128,132,138,0.55)"

# Tone: rust for criticism, grey for neutral, blue for approval; one scale, centred on 0.
TONE_SCALE = ((0.0, "#b0472b"), (0.5, "#a9a9a4"), (1.0, "#2f6f9f"))
TONES = {"negative": "#b0472b", "neutral": "#8b8c88", "positive": "#2f6f9f"}


def series_mark(place: int, name: str) -> Mark:
    """A side's own mark, else one of six by place."""
    return SIDES.get(name, _SERIES[place % len(_SERIES)])


def side_mark(side: str) -> Mark:
    """The mark of a side; sides without one of their own share one."""
    return SIDES.get(side, OTHER_SIDE)


def faded(colour: str, opacity: float) -> str:
    """A #rrggbb colour as rgba text."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
