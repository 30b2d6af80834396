"""One statement as a card: who, when, about what, in which tone, and where it comes from."""

import html

import pandas as pd
import streamlit as st

from dashboard.filters import ROLE_LABELS
from dashboard.highlights import Span, marked
from dashboard.loading import Tables
from dashboard.palette import TONES, side_mark
from dashboard.sources import LINK, source


def draw(statement: pd.Series, *, tables: Tables, labels: pd.Series) -> None:
    """The card; every text of the data is escaped, addresses are links only if http or https."""
    meetings = tables["meetings"].set_index("meeting_id")["label"]
    with st.container(border=True):
        st.html(_head(statement, meeting=meetings[statement["meeting_id"]]))
        st.html(
            '<p style="font-size:1.05rem;line-height:1.55;margin:0" dir="auto">'
            f"{marked(statement['text'], _spans(statement, tables, labels))}</p>"
        )
        st.html(_foot(statement, tables=tables, labels=labels))


def _head(statement: pd.Series, *, meeting: str) -> str:
    mark = side_mark(statement["side"])
    return (
        f'<span style="color:{mark.colour}">{mark.glyph}</span> '
        f"<strong>{html.escape(statement['speaker'])}</strong>, {html.escape(statement['side'])}"
        f" · {html.escape(meeting)} · {ROLE_LABELS[statement['role']].lower()}"
    )


def _foot(statement: pd.Series, *, tables: Tables, labels: pd.Series) -> str:
    key = statement["statement_id"]
    themes = rows_of(tables["statement_themes"], key).sort_values("weight", ascending=False)
    names = ", ".join(html.escape(labels[theme_id]) for theme_id in themes["theme_id"])
    tone = statement["tone_label"]
    return (
        '<div style="font-size:0.86rem;opacity:0.9">'
        f"{names or 'no theme'} · "
        f'tone <span style="border-bottom:3px solid {TONES[tone]}">{tone}</span> '
        f"({statement['tone']:+.2f}) · "
        f'<a href="statements?statement={html.escape(key)}" target="_self" '
        f'style="{LINK}">permanent link</a><br>'
        f"Sources: {_sources(statement, tables) or 'none given'}</div>"
    )


def _sources(statement: pd.Series, tables: Tables) -> str:
    numbers = rows_of(tables["statement_sources"], statement["statement_id"])["number"]
    sources = tables["sources"]
    own = sources[
        (sources["document_id"] == statement["document_id"]) & sources["number"].isin(numbers)
    ]
    return "; ".join(
        source(row.title, row.publisher, row.date, url=row.url) for row in own.itertuples()
    )


def _spans(statement: pd.Series, tables: Tables, labels: pd.Series) -> list[Span]:
    key = statement["statement_id"]
    themes = rows_of(tables["theme_matches"], key).itertuples()
    tones = rows_of(tables["tone_hits"], key).itertuples()
    return [Span(m.start, m.end, "theme", labels[m.theme_id]) for m in themes] + [
        Span(h.start, h.end, "positive" if h.weight > 0 else "negative", f"tone {h.weight:+.2f}")
        for h in tones
        if h.weight
    ]


def rows_of(frame: pd.DataFrame, statement_id: str) -> pd.DataFrame:
    """The rows of one statement."""
    return frame[frame["statement_id"] == statement_id]
