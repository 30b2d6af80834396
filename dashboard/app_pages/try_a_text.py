"""What would Parley see in a text of mine, and how does it compare with the corpus?"""

from functools import partial

import streamlit as st

from dashboard import cards, highlights, loading, trial_cards, trying, views
from dashboard.trial import (
    MAX_CHARACTERS,
    MAX_MEGABYTES,
    SUFFIXES,
    mean_tone,
    speaker_counts,
    theme_profile,
)
from pipeline.problems import InputError

N_SHOWN = 50

tables = loading.tables()
labels = tables.labels

st.markdown(
    f"Paste or upload a transcript or a report, in English: up to {MAX_CHARACTERS:,} characters, "
    f"files up to {MAX_MEGABYTES} MB. It is analysed in memory and kept nowhere."
)
with st.form("try_form"):
    pasted = st.text_area(
        "Text",
        height=220,
        max_chars=MAX_CHARACTERS,
        key="try_text",
        placeholder="Anna Brandt: We welcome the progress made.\n\nQuestion: …",
    )
    uploaded = st.file_uploader(
        "Or a file (read instead of the text)",
        type=list(SUFFIXES),
        max_upload_size=MAX_MEGABYTES,
        key="try_file",
    )
    is_sent = st.form_submit_button("Analyse", icon=":material/play_arrow:")

if not is_sent:
    views.end_page()
if uploaded is None and not pasted.strip():
    st.info("Paste a text or choose a file first.", icon=":material/edit_note:")
    views.end_page()
if uploaded is not None and uploaded.size > MAX_MEGABYTES * 1_000_000:
    st.error(f"The file is larger than {MAX_MEGABYTES} MB.")
    views.end_page()

content = uploaded.getvalue() if uploaded is not None else pasted.encode()
name = uploaded.name if uploaded is not None else "pasted.txt"
try:
    trial = trying.analyse(content, name=name)
except InputError as error:
    st.error("; ".join(f"This text {problem.message}." for problem in error.problems))
    views.end_page()

statements = trial.tables.statements.read()
said = ", ".join(f"{speaker} ({n})" for speaker, n in speaker_counts(trial).items())
st.subheader(f"Read as a {trial.kind}: {len(statements)} statements")
st.text(f"By {said}")
with st.container(horizontal=True):
    st.metric("Mean tone of this text", f"{mean_tone(trial.tables):+.2f}")
    st.metric("Mean tone of the corpus", f"{mean_tone(tables):+.2f}")

st.subheader("Its themes beside the corpus's")
profile = theme_profile(trial, tables)
if profile.empty:
    st.info("No theme was found in it.")
else:
    share = partial(st.column_config.NumberColumn, format="percent")
    tone = partial(st.column_config.NumberColumn, format="%+.2f")
    st.dataframe(
        profile.round({"share_text": 2, "share_corpus": 2}),
        hide_index=True,
        column_config={
            "n_text": "Statements",
            "theme": "Theme",
            **{f"share_{of}": share(f"Share of the {of}") for of in ("text", "corpus")},
            **{f"tone_{of}": tone(f"Tone in the {of}") for of in ("text", "corpus")},
        },
        alt=f"Themes of the text, most frequent first: {', '.join(profile['theme'])}",
    )
    st.caption(
        "The tone on a theme is that of the parts of the statements that are about it; the cards "
        "below give the tone of each whole statement."
    )

st.subheader("Its statements, with the words that made the labels")
st.html(highlights.legend())
for number, (_, statement) in enumerate(statements.head(N_SHOWN).iterrows(), start=1):
    trial_cards.draw(statement, number=number, trial=trial, labels=labels)
if len(statements) > N_SHOWN:
    st.caption(f"The first {N_SHOWN} of {len(statements)} are shown; the figures count all.")
if trial.left_out:
    with st.expander(f"Left out: {len(trial.left_out)} pieces of the page"):
        for text, reason in trial.left_out:
            st.text(f"{reason}: {text}")

st.subheader("The nearest earlier statements")
found = trying.nearest(
    tuple(statements["text"]), tables=tables, build_id=loading.shown_build_id() or ""
)
if found.empty:
    st.info("Nothing in the corpus shares words with it.")
earlier = tables.statements_of(found["statement_id"]).set_index("statement_id", drop=False)
for row in found.itertuples():
    st.caption(f"Similarity {row.similarity:.2f} to statement {row.text + 1} of the text")
    cards.draw_short(earlier.loc[row.statement_id], places=tables.places)
