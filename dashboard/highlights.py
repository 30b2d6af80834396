"""A statement's text with its theme words underlined and its tone words shaded, as safe HTML."""

import html
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from dashboard.palette import TONES


class Span(NamedTuple):
    """Characters start <= i < end of a text; kind: theme, positive or negative."""

    start: int
    end: int
    kind: str
    title: str


_MARKDOWN = re.compile(r"[!-+\--/:-@\[-`{-~]")  # every sign but the comma: dialects are many
_STYLES = {
    "theme": "border-bottom:2px solid currentColor",
    "positive": f"background:{TONES['positive']}40;border-radius:2px",
    "negative": f"background:{TONES['negative']}40;border-radius:2px;font-style:italic",
}


def marked(text: str, spans: Iterable[Span]) -> str:
    """HTML of the text, everything escaped; spans may overlap and are cut at each other's ends."""
    inside = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    cuts = sorted({0, len(text), *(s.start for s in inside), *(s.end for s in inside)})
    pieces = pairwise(cuts)
    return "".join(
        _piece(text[a:b], [s for s in inside if s.start <= a < s.end]) for a, b in pieces
    )


def legend() -> str:
    """What the marks mean, as HTML in the same marks."""
    words = {"theme": "words of a theme", "positive": "approving", "negative": "critical"}
    return " · ".join(_piece(word, [Span(0, 1, kind, "")]) for kind, word in words.items())


def plain(text: str) -> str:
    """Text of the data as Markdown that shows just that text."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def _piece(text: str, spans: list[Span]) -> str:
    escaped = html.escape(text)
    if not spans:
        return escaped
    style = ";".join(dict.fromkeys(_STYLES[span.kind] for span in spans))
    title = html.escape("; ".join(dict.fromkeys(span.title for span in spans)), quote=True)
    return f'<span style="{style}" title="{title}">{escaped}</span>'
