"""One statement as a card: who, when, about what, in which tone, and where it comes from."""

import html
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from dashboard.corpus import Corpus
from dashboard.drilldown import link_to
from dashboard.filters import ROLE_LABELS
from dashboard.highlights import Span, marked
from dashboard.palette import TONES, side_mark
from dashboard.redline import redline
from dashboard.sources import LINK, sources_of
from dashboard.within import Within

_SMALL = '<div style="font-size:0.95rem;line-height:1.5" dir="auto">{}</div>'

_SIDE_BY_SIDE = (
    "display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:0.4rem 2rem"
)


class Details(NamedTuple):
    """What cards show of some statements besides the rows of `statements` themselves."""

    labels: pd.Series  # of themes
    places: pd.Series  # names of meetings
    themes: dict[str, list[Any]]  # these and the next by statement id, rows as named tuples
    matches: dict[str, list[Any]]
    hits: dict[str, list[Any]]
    corrections: dict[str, list[Any]]
    sources: dict[str, str]  # as safe HTML

    @classmethod
    def of(cls, statements: pd.DataFrame, tables: Corpus) -> "Details":
        """Read once for all cards of a page."""
        ids = statements["statement_id"].tolist()
        return cls(
            labels=tables.labels,
            places=tables.places,
            themes=_by_statement(tables.rows_of("statement_themes", ids)),
            matches=_by_statement(tables.rows_of("theme_matches", ids)),
            hits=_by_statement(tables.rows_of("tone_hits", ids)),
            corrections=_by_statement(tables.rows_of("corrections", ids)),
            sources=sources_of(statements, tables),
        )


def draw_all(statements: pd.DataFrame, *, tables: Corpus, of_set: str = "") -> None:
    """Cards of a page of statements, in their order.

    of_set: the query of the set that they are shown of; each opens with it and leads back to it.
    """
    details = Details.of(statements, tables)
    for _, statement in statements.iterrows():
        draw(statement, details, of_set=of_set)


def draw(statement: pd.Series, details: Details, *, of_set: str = "") -> None:
    """The card; every text of the data is escaped, addresses are links only if http or https."""
    with st.container(border=True):
        st.html(_head(statement, meeting=details.places[statement["meeting_id"]]))
        st.html(
            '<p style="font-size:1.05rem;line-height:1.55;margin:0" dir="auto">'
            f"{marked(statement['text'], _spans(statement, details))}</p>"
        )
        st.html(_foot(statement, details, of_set=of_set))


def draw_short(
    statement: pd.Series, *, places: pd.Series, change: str = "", earlier_id: str = ""
) -> None:
    """The statement in small, with its links; what changed opens the earlier one beside it."""
    note = [f"<strong>{html.escape(change)}</strong>"] * bool(change)
    if earlier_id:
        note = [_link_to_both(statement["statement_id"], earlier_id, text=change)]
    line = _line(statement, places, note=note)
    with st.container(border=True):
        st.html(_SMALL.format(f"{html.escape(statement['text'])}{line}"))


def draw_pair(before: pd.Series, after: pd.Series, *, similarity: float, places: pd.Series) -> None:
    """Two statements that make the same point, side by side, with what was changed marked."""
    both = _link_to_both(before["statement_id"], after["statement_id"], text="open both")
    texts = redline(before["text"], after["text"])
    halves = (
        f'<div dir="auto">{text}{_line(statement, places)}</div>'
        for text, statement in zip(texts, (before, after), strict=True)
    )
    with st.container(border=True):
        st.html(
            _SMALL.format(f'<div style="{_SIDE_BY_SIDE}">{"".join(halves)}</div>')
            + _foot_line(f"similarity {similarity:.2f} · {both}")
        )


def draw_lines(lines: pd.DataFrame, *, of_set: str = "") -> None:
    """Keywords in context, a row a place, each with a link to its statement; of_set: as above."""
    shown = lines.drop(columns="statement_id")
    links = [_address(key, of_set=of_set) for key in lines["statement_id"]]
    shown.insert(0, "link", links)
    st.dataframe(
        shown,
        hide_index=True,
        column_order=["link", "left", "keyword", "right", "date", "speaker"],
        column_config={
            "date": st.column_config.DateColumn("date", format="D MMM YYYY", width=90),
            "speaker": st.column_config.TextColumn("speaker", width=140),
            "left": st.column_config.TextColumn("left", alignment="right", width=170),
            "keyword": st.column_config.TextColumn("keyword", width=150),
            "right": st.column_config.TextColumn("right", width=205),
            "link": st.column_config.LinkColumn("link", display_text="open", width=45),
        },
    )


def _link_to_both(one: str, other: str, *, text: str) -> str:
    link = html.escape(link_to(Within(ids=f"{one},{other}")))
    return f'<a href="{link}" target="_self" style="{LINK}">{html.escape(text)}</a>'


def _address(statement_id: str, *, of_set: str = "") -> str:
    """Of the statement's own page."""
    return f"statements?statement={statement_id}{'&' * bool(of_set)}{of_set}"


def _own_link(statement_id: str, text: str, *, of_set: str = "") -> str:
    address = html.escape(_address(statement_id, of_set=of_set))
    return f'<a href="{address}" target="_self" style="{LINK}">{text}</a>'


def _line(statement: pd.Series, places: pd.Series, *, note: Sequence[str] = ()) -> str:
    mark = side_mark(statement["side"])
    label = places[statement["meeting_id"]]
    parts = [
        f'<span style="color:{mark.colour}">{mark.glyph}</span> '
        f"{html.escape(statement['speaker'])}",
        html.escape(label),
        _own_link(statement["statement_id"], "open"),
    ]
    return _foot_line(" · ".join([*note, *parts]))


def _foot_line(content: str) -> str:
    return f'<div style="font-size:0.82rem;opacity:0.85;margin-top:0.3rem">{content}</div>'


def _head(statement: pd.Series, *, meeting: str) -> str:
    mark = side_mark(statement["side"])
    return (
        f'<span style="color:{mark.colour}">{mark.glyph}</span> '
        f"<strong>{html.escape(statement['speaker'])}</strong>"
        f"{html.escape(_of_side(statement))} · {html.escape(meeting)} · "
        f"{ROLE_LABELS[statement['role']].lower()}"
    )


def _of_side(statement: pd.Series) -> str:
    """Whose side the speaker is on, where the name does not say it."""
    return "" if statement["speaker"] == statement["side"] else f", {statement['side']}"


def _foot(statement: pd.Series, details: Details, *, of_set: str) -> str:
    key = statement["statement_id"]
    themes = sorted(details.themes.get(key, []), key=lambda row: row.weight, reverse=True)
    names = ", ".join(html.escape(details.labels[row.theme_id]) for row in themes)
    tone = statement["tone_label"]
    opens = f"{_own_link(key, 'open', of_set=of_set)} · " if of_set else ""
    return (
        '<div style="font-size:0.86rem;opacity:0.9">'
        f"{names or 'no theme'} · "
        f'tone <span style="border-bottom:3px solid {TONES[tone]}">{tone}</span> '
        f"({statement['tone']:+.2f}) · "
        f"{opens}{_own_link(key, 'permanent link')}<br>"
        f"Sources: {details.sources.get(key, 'none given')}"
        f"{_corrections(key, details)}</div>"
    )


def _corrections(key: str, details: Details) -> str:
    """What was set right by hand, by whom, why, and what was there before."""

    def named(field: str, value: str) -> str:
        ids = value.split("|")
        return ", ".join(details.labels.get(i, "none") for i in ids) if field == "themes" else value

    return "".join(
        f"<br>Set right by hand: {html.escape(row.field)}, was "
        f"{html.escape(named(row.field, row.measured))} "
        f"({html.escape(', '.join(filter(None, (row.by, row.on, row.why))))})"
        for row in details.corrections.get(key, [])
    )


def _spans(statement: pd.Series, details: Details) -> list[Span]:
    key = statement["statement_id"]
    themes = details.matches.get(key, [])
    tones = details.hits.get(key, [])
    return [Span(m.start, m.end, "theme", details.labels[m.theme_id]) for m in themes] + [
        Span(h.start, h.end, "positive" if h.weight > 0 else "negative", f"tone {h.weight:+.2f}")
        for h in tones
        if h.weight
    ]


def _by_statement(rows: pd.DataFrame) -> dict[str, list[Any]]:
    """The rows of each statement that has some: frames would be searched once a card."""
    found: dict[str, list[Any]] = {}
    for row in rows.itertuples(index=False):
        found.setdefault(row.statement_id, []).append(row)
    return found
