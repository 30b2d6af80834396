"""Colours and shapes that mean something, the same on every page, in light and dark, on paper.

Hues from Okabe and Ito (2008), muted to keep contrast on light and dark grounds; sides also by
shape, so that nothing rests on colour alone.
"""

from typing import NamedTuple


class Mark(NamedTuple):
    """How a side is drawn: colour, Plotly marker symbol, and the same shape as a character."""

    colour: str
    symbol: str
    glyph: str


SIDES = {
    "Russia": Mark("#c4552d", "circle", "●"),
    "Japan": Mark("#3b7fb6", "square", "■"),
    "South Korea": Mark("#2a9a80", "diamond", "◆"),
    "North Korea": Mark("#8a6bb1", "triangle-up", "▲"),
    "China": Mark("#b58a1b", "triangle-down", "▼"),
    "United States": Mark("#c06a98", "star", "★"),
    "NATO": Mark("#5d8aa8", "pentagon", "⬟"),
    "Joint": Mark("#7d8288", "cross", "✚"),
    "Press": Mark("#9a948a", "x", "✖"),
}
OTHER_SIDE = Mark("#8c8c8c", "hexagon", "⬢")
ALL_SIDES = Mark("#4f7f99", "circle", "●")

INK, GRID, FAINT = "#7c8288", "rgba(128,132,138,0.22)", "rgba(128,132,138,0.55)"

# Tone: rust for criticism, grey for neutral, blue for approval; one scale, centred on 0.
TONE_SCALE = ((0.0, "#b0472b"), (0.5, "#a9a9a4"), (1.0, "#2f6f9f"))
TONES = {"negative": "#b0472b", "neutral": "#8b8c88", "positive": "#2f6f9f"}


def side_mark(side: str) -> Mark:
    """The mark of a side; sides without one of their own share one."""
    return SIDES.get(side, OTHER_SIDE)


def faded(colour: str, opacity: float) -> str:
    """A #rrggbb colour as rgba text."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
