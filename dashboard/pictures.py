"""A chart made ready for paper and for a screen seen from afar; pure Plotly."""

import copy
from textwrap import wrap
from typing import Any

import numpy as np
import plotly.graph_objects as go

_WIDTH = 1000  # px of a picture; saved at three times that, 25 cm at 300 dots an inch
_SCALE = 3
_LETTERS = 140  # of small text that fit into the width
_FONT = "Arial, Helvetica, sans-serif"
_INK, _PALE_INK = "#22262a", "#5d6166"


def for_print(figure: go.Figure, *, title: str, sentence: str, source: str) -> go.Figure:
    """The chart on white with its title and finding above and its source below, in the picture."""
    printed = go.Figure(figure)
    said = wrap(sentence, _LETTERS)
    sourced = wrap(source, _LETTERS, break_long_words=True)
    has_title = any(axis.title.text for axis in figure.select_xaxes())
    gap = 62 if has_title else 40  # px from the axis to the source: labels stand between
    above, below = 60 + 20 * len(said), gap + 10 + 15 * len(sourced)
    margin = figure.layout.margin
    height = figure.layout.height + above + below
    printed.update_layout(
        template="plotly_white",
        width=_WIDTH,
        height=height,
        modebar={"color": _INK, "activecolor": _INK, "bgcolor": "white"},
        margin={"l": 30, "r": (margin.r or 8) + 22, "t": above + 20, "b": below},
        paper_bgcolor="white",
        plot_bgcolor="white",
        font={"family": _FONT, "color": _INK, "size": 13},
        title={
            "text": f"<b>{_plain(title)}</b><br><span style='font-size:13px'>"
            f"{'<br>'.join(map(_plain, said))}</span>",
            "x": 0, "xref": "container", "xanchor": "left", "pad": {"l": 30},
            "y": 1 - 34 / height, "yref": "container", "yanchor": "top", "font": {"size": 19},
        },
    )  # fmt: skip
    printed.update_xaxes(title={"font": {"size": 13}})
    printed.add_annotation(
        text="<br>".join(map(_plain, sourced)), showarrow=False, align="left",
        xref="paper", yref="paper", x=0, y=0, xanchor="left", yanchor="top",
        yshift=-gap, font={"size": 11, "color": _PALE_INK},
    )  # fmt: skip
    return printed


def config(name: str, *, file_format: str) -> dict[str, Any]:
    """Plotly's settings for a chart whose one button saves it under a name."""
    return {
        "displayModeBar": True,
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": file_format, "filename": name, "scale": _SCALE},
    }


def enlarged(figure: go.Figure, *, by: float) -> go.Figure:
    """Text, marks and lines larger by a factor, for a screen seen from the back row."""
    large = copy.deepcopy(figure)
    margin = figure.layout.margin
    large.update_layout(
        height=None,
        font={"size": 13 * by},
        hoverlabel={"font": {"size": 13 * by}},
        margin={"l": 8, "r": (margin.r or 8) * by, "t": (margin.t or 20) * by, "b": 8},
    )
    large.update_xaxes(tickfont={"size": 13 * by}, title={"font": {"size": 13 * by}})
    large.update_yaxes(tickfont={"size": 13 * by}, title={"font": {"size": 13 * by}})
    for note in large.layout.annotations:
        note.font.size = (note.font.size or 12) * by
        note.xshift = (note.xshift or 0) * by
    for trace, small in zip(large.data, figure.data, strict=True):
        _enlarge(trace, small, by=by)
    return large


def _enlarge(trace: Any, small: Any, *, by: float) -> None:
    """small: the trace as it was, as a copy holds its numbers packed."""
    if trace.type == "scatter":
        if small.marker.size is not None:
            trace.marker.size = np.asarray(small.marker.size, float) * by**0.5
        if trace.line.width:
            trace.line.width *= by
    for bars in (getattr(trace, "error_x", None), getattr(trace, "error_y", None)):
        if bars is not None and bars.thickness:
            bars.thickness *= by


def _plain(text: str) -> str:
    """Text that Plotly, which reads a little HTML, shows as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
