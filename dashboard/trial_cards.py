"""One statement of a reader's own text: who, in which role, about what, with the words marked."""

import html

import pandas as pd
import streamlit as st

from dashboard.filters import ROLE_LABELS
from dashboard.highlights import Span, marked
from dashboard.palette import TONES, side_mark
from dashboard.trial import Trial
from pipeline.speakers import UNKNOWN_SIDE

ROLES_OF_PERSONS = ("speech", "reported")  # the others are named by their speaker: Question, Joint


def draw(statement: pd.Series, *, number: int, trial: Trial, labels: pd.Series) -> None:
    """The card; `number` counts the statements of the text, every text is escaped."""
    with st.container(border=True):
        st.html(_head(statement, number))
        st.html(
            '<p style="font-size:1.05rem;line-height:1.55;margin:0" dir="auto">'
            f"{marked(statement['text'], _spans(statement, trial, labels))}</p>"
        )
        st.html(_foot(statement, trial, labels))


def _head(statement: pd.Series, number: int) -> str:
    mark = side_mark(statement["side"])
    speaker, side = (html.escape(statement[key]) for key in ("speaker", "side"))
    is_telling = statement["role"] in ROLES_OF_PERSONS and side not in (UNKNOWN_SIDE, speaker)
    role = f" · {ROLE_LABELS[statement['role']].lower()}"
    return (
        f'{number} <span style="color:{mark.colour}">{mark.glyph}</span> '
        f"<strong>{speaker}</strong>{f', {side}' if is_telling else ''}"
        f"{role if statement['role'] in ROLES_OF_PERSONS else ''}"
    )


def _foot(statement: pd.Series, trial: Trial, labels: pd.Series) -> str:
    themes = _own(trial, "statement_themes", statement)["theme_id"]
    names = ", ".join(html.escape(labels[theme_id]) for theme_id in themes)
    tone = statement["tone_label"]
    return (
        f'<div style="font-size:0.86rem;opacity:0.9">{names or "no theme"} · tone '
        f'<span style="border-bottom:3px solid {TONES[tone]}">{tone}</span> '
        f"({statement['tone']:+.2f})</div>"
    )


def _spans(statement: pd.Series, trial: Trial, labels: pd.Series) -> list[Span]:
    themes = _own(trial, "theme_matches", statement).itertuples()
    tones = _own(trial, "tone_hits", statement).itertuples()
    return [Span(m.start, m.end, "theme", labels[m.theme_id]) for m in themes] + [
        Span(h.start, h.end, "positive" if h.weight > 0 else "negative", f"tone {h.weight:+.2f}")
        for h in tones
        if h.weight
    ]


def _own(trial: Trial, name: str, statement: pd.Series) -> pd.DataFrame:
    return trial.tables.rows_of(name, [statement["statement_id"]])
