"""Correcting a label in place, where the app was started with PARLEY_EDIT=1; else it only reads."""

import datetime as dt
import os

import pandas as pd
import streamlit as st

from dashboard import loading, starting
from dashboard.corpus import Corpus
from dashboard.palette import TONES
from pipeline.corrections import Correction, add_corrections

_PUBLISHED = "corrections_were_published"


def is_on() -> bool:
    """Whether this app may write corrections."""
    return os.environ.get("PARLEY_EDIT") == "1"


def draw(statement: pd.Series, *, tables: Corpus) -> None:
    """The form that corrects a statement, and the button that publishes what was corrected."""
    key = statement["statement_id"]
    own = tables.rows_of("statement_themes", [key])["theme_id"]
    labels = tables.labels
    speakers = tables["speakers"]["speaker"].tolist()
    with st.form(f"edit_{key}"):
        st.markdown("**Set right by hand**")
        speaker = st.selectbox("Speaker", speakers, index=speakers.index(statement["speaker"]))
        themes = st.multiselect("Themes", labels.tolist(), default=labels[own].tolist())
        tone = st.segmented_control(
            "Tone", list(TONES), default=statement["tone_label"], required=True
        )
        by, why = st.text_input("Your name"), st.text_input("Why")
        if st.form_submit_button("Keep", icon=":material/save:"):
            theme_ids = "|".join(sorted(labels.index[labels.isin(themes)]))
            wanted = {"speaker": speaker, "themes": theme_ids, "tone": str(tone)}
            _keep(statement, wanted, themes_now="|".join(sorted(own)), by=by, why=why)
    if st.button("Publish what was corrected", icon=":material/publish:"):
        starting.publish("Publishing the corrections …")
        st.session_state[_PUBLISHED] = True
        st.rerun()
    if st.session_state.pop(_PUBLISHED, False):
        st.success(f"Published: shown is build {loading.shown_build_id()}.")


def _keep(
    statement: pd.Series, wanted: dict[str, str], *, themes_now: str, by: str, why: str
) -> None:
    now = {
        "speaker": statement["speaker"], "themes": themes_now, "tone": statement["tone_label"],
    }  # fmt: skip
    today = dt.date.today().isoformat()
    rows = [
        Correction(statement["statement_id"], field, value, by.strip(), today, why.strip())
        for field, value in wanted.items()
        if value != now[field]
    ]
    if not rows:
        st.info("Nothing was changed.")
        return
    if not by.strip():
        st.warning("Say who you are; the name is kept with the correction.")
        return
    path = loading.corrections_file()
    add_corrections(path, rows)
    st.success(f"Kept in {path.name}: {', '.join(row.field for row in rows)}. Not published yet.")
