"""The marks of a chart in words, so that one can be chosen without a mouse; pure Plotly."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

import plotly.graph_objects as go

_PLACE = re.compile(r"%\{(x|y|text|customdata)(?:\[(\d+)\])?(?::([^}]+))?\}")
_EXTRA = re.compile(r"<extra>.*?</extra>")


class Named(NamedTuple):
    """A mark as its hover label says it, and the customdata that a click on it gives."""

    label: str
    customdata: list


def named(figure: go.Figure) -> list[Named]:
    """Each mark that opens something, once; in the order in which they are drawn."""
    found: dict[str, Named] = {}
    known = set()
    for trace in figure.data:
        for mark in _of_trace(trace):
            if str(mark.customdata) not in known:
                known.add(str(mark.customdata))
                found.setdefault(mark.label, mark)
    return list(found.values())


def _of_trace(trace: Any) -> Iterator[Named]:
    if trace.customdata is None or not trace.hovertemplate:
        return
    template = _EXTRA.sub("", trace.hovertemplate).replace("<br>", ", ")
    # looked up once: each look at a trace takes Plotly longer than naming a mark
    columns = {name: trace[name] for name in ("x", "y", "text") if trace[name] is not None}
    for place, row in enumerate(trace.customdata):
        values = {"customdata": row, **{name: own[place] for name, own in columns.items()}}
        label = _PLACE.sub(partial(_said, values), template)
        yield Named(label.replace("<br>", ", "), list(row))


def _said(values: dict[str, Any], match: re.Match) -> str:
    """What a place in a hover template stands for; numbers in its format."""
    name, index, form = match.groups()
    value = values[name] if index is None else values[name][int(index)]
    return format(value, form) if form else str(value)
