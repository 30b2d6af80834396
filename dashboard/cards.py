"""One statement as a card: who, when, about what, in which tone, and where it comes from."""

import html
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.drilldown import link_to
from dashboard.filters import ROLE_LABELS
from dashboard.highlights import Span, marked
from dashboard.loading import Tables
from dashboard.palette import TONES, side_mark
from dashboard.redline import redline
from dashboard.sources import LINK, source
from dashboard.within import Within

_SMALL = '<div style="font-size:0.95rem;line-height:1.5" dir="auto">{}</div>'

_SIDE_BY_SIDE = (
    "display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:0.4rem 2rem"
)


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


def draw_short(
    statement: pd.Series, *, meetings: pd.DataFrame, change: str = "", earlier_id: str = ""
) -> None:
    """The statement in small, with its links; what changed opens the earlier one beside it."""
    note = [f"<strong>{html.escape(change)}</strong>"] * bool(change)
    if earlier_id:
        note = [_link_to_both(statement["statement_id"], earlier_id, text=change)]
    line = _line(statement, meetings, note=note)
    with st.container(border=True):
        st.html(_SMALL.format(f"{html.escape(statement['text'])}{line}"))


def draw_pair(
    before: pd.Series, after: pd.Series, *, similarity: float, meetings: pd.DataFrame
) -> None:
    """Two statements that make the same point, side by side, with what was changed marked."""
    both = _link_to_both(before["statement_id"], after["statement_id"], text="open both")
    texts = redline(before["text"], after["text"])
    halves = (
        f'<div dir="auto">{text}{_line(statement, meetings)}</div>'
        for text, statement in zip(texts, (before, after), strict=True)
    )
    with st.container(border=True):
        st.html(
            _SMALL.format(f'<div style="{_SIDE_BY_SIDE}">{"".join(halves)}</div>')
            + _foot_line(f"similarity {similarity:.2f} · {both}")
        )


def draw_lines(lines: pd.DataFrame) -> None:
    """Keywords in context, a row a place, each with a link to its statement."""
    shown = lines.drop(columns="statement_id")
    shown.insert(0, "link", "statements?statement=" + lines["statement_id"].astype(str))
    st.dataframe(
        shown,
        hide_index=True,
        column_order=["link", "left", "keyword", "right", "date", "speaker"],
        column_config={
            "date": st.column_config.DateColumn("date", format="D MMM YYYY", width=90),
            "speaker": st.column_config.TextColumn("speaker", width=140),
            "left": st.column_config.TextColumn("left", alignment="right", width=190),
            "keyword": st.column_config.TextColumn("keyword", width=110),
            "right": st.column_config.TextColumn("right", width=225),
            "link": st.column_config.LinkColumn("link", display_text="open", width=45),
        },
    )


def _link_to_both(one: str, other: str, *, text: str) -> str:
    link = html.escape(link_to(Within(ids=f"{one},{other}")))
    return f'<a href="{link}" target="_self" style="{LINK}">{html.escape(text)}</a>'


def _line(statement: pd.Series, meetings: pd.DataFrame, *, note: Sequence[str] = ()) -> str:
    mark = side_mark(statement["side"])
    label = meetings.set_index("meeting_id")["label"][statement["meeting_id"]]
    key = html.escape(statement["statement_id"])
    parts = [
        f'<span style="color:{mark.colour}">{mark.glyph}</span> '
        f"{html.escape(statement['speaker'])}",
        html.escape(label),
        f'<a href="statements?statement={key}" target="_self" style="{LINK}">open</a>',
    ]
    return _foot_line(" · ".join([*note, *parts]))


def _foot_line(content: str) -> str:
    return f'<div style="font-size:0.82rem;opacity:0.85;margin-top:0.3rem">{content}</div>'


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
        f"Sources: {_sources(statement, tables) or 'none given'}"
        f"{_corrections(statement, tables, labels)}</div>"
    )


def _corrections(statement: pd.Series, tables: Tables, labels: pd.Series) -> str:
    """What was set right by hand, by whom, why, and what was there before."""

    def named(field: str, value: str) -> str:
        ids = value.split("|")
        return ", ".join(labels.get(i, "none") for i in ids) if field == "themes" else value

    return "".join(
        f"<br>Set right by hand: {html.escape(row.field)}, was "
        f"{html.escape(named(row.field, row.measured))} "
        f"({html.escape(', '.join(filter(None, (row.by, row.on, row.why))))})"
        for row in rows_of(tables["corrections"], statement["statement_id"]).itertuples()
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
