"""How are the figures made, and how far can they be trusted?"""

import pandas as pd
import streamlit as st

from dashboard import agreement, coverage, loading
from pipeline.tables import TABLES

tables = loading.tables()
manifest = loading.manifest() or {}
labels = tables["themes"].set_index("theme_id")["label"]

st.subheader("From documents to figures")
st.markdown(
    """
1. **Documents.** Each file holds what was said at one event, one speaker and one matter a
   paragraph, with the numbers of its sources. Most are digests in words of our own: wording and
   strength are then the digest's, not the speaker's.
2. **Themes.** A statement has a theme when its words match the theme's terms, whatever their
   endings and capitals. It can have several or none. No trained model is used.
3. **Tone.** Words of diplomacy carry a weight; negators turn it, intensifiers raise it, and what
   stands before a "but" counts less. The sum is squeezed between −1 (criticism) and 1 (approval).
4. **Shares** say how many of the statements that fit the filters have the theme, with a 95 %
   interval (Wilson, 1927). Means of tone come with a 95 % interval by the normal approximation.
5. **Topics** are found by the machine (non-negative matrix factorisation), the same on every run.
"""
)

st.subheader("Measured quality")
quality = tables["quality"]


def figure(measure: str) -> float:
    return float(
        quality.loc[quality["measure"].eq(measure) & quality["label"].eq("all"), "value"].iloc[0]
    )


if quality.empty:
    st.info("No statements labelled by hand were found, so nothing was measured.")
else:
    n_gold = int(quality.loc[quality["label"].eq("all"), "n"].iloc[0])
    st.markdown(
        f"On {n_gold:,} statements labelled by hand, themes agree with a micro-F1 of "
        f"**{figure('theme_micro_f1'):.2f}** (macro {figure('theme_macro_f1'):.2f}), tone with a "
        f"macro-F1 of **{figure('tone_macro_f1'):.2f}** (accuracy {figure('tone_accuracy'):.2f}). "
        "The rules were made with these statements in view, so take the figures as an upper bound."
    )
    for kind, names in (("theme", labels), ("tone", pd.Series(dtype=str))):
        rows = quality[
            quality["measure"].isin([f"{kind}_{m}" for m in ("precision", "recall", "f1")])
        ]
        wide = rows.pivot(index="label", columns="measure", values="value")
        wide = wide.set_axis(wide.columns.str.removeprefix(f"{kind}_"), axis=1)
        wide["n"] = rows.groupby("label")["n"].first()
        wide.index = [names.get(label, label) for label in wide.index]
        wide.index.name = kind
        st.dataframe(
            wide[["precision", "recall", "f1", "n"]],
            column_config={
                m: st.column_config.NumberColumn(format="%.2f") for m in wide.columns[:3]
            },
        )

st.subheader("The themes")
for theme in tables["themes"].itertuples():
    with st.expander(theme.label):
        st.text(theme.definition)
        own = tables["theme_terms"][tables["theme_terms"]["theme_id"] == theme.theme_id]
        st.caption("Terms: " + ", ".join(own["term"]))

st.subheader("The words of tone")
with st.expander(f"{len(tables['tone_terms'])} words and phrases with their weights"):
    st.dataframe(tables["tone_terms"].sort_values(["weight", "term"]), hide_index=True)

st.subheader("Topics found by the machine")
sizes = tables["statement_topics"].groupby("topic_id").size()
st.dataframe(
    tables["topics"].assign(n_statements=tables["topics"]["topic_id"].map(sizes).fillna(0)),
    hide_index=True,
)

st.subheader("The tables")
for table in TABLES.values():
    with st.expander(f"{table.name}: one row a {table.grain} ({len(tables[table.name]):,} rows)"):
        st.dataframe(
            pd.DataFrame(
                [(c.name, str(c.type), c.description) for c in table.columns],
                columns=["column", "type", "meaning"],
            ),
            hide_index=True,
        )

st.subheader("Is the trend an artefact?")
st.markdown(
    "Rank correlations (Spearman) of two pictures of the same thing: near 1 they tell the same "
    "story, near 0 they have nothing to do with each other. Tone by Parley's rules against tone by "
    "VADER, statement by statement and year by year:"
)
st.dataframe(
    agreement.of_tone(tables, theme_ids=labels.index).assign(
        theme_id=lambda rows: rows["theme_id"].map(labels)
    ),
    hide_index=True,
    column_config={
        "theme_id": "theme",
        **{
            name: st.column_config.NumberColumn(format="%.2f")
            for name in ("by_statement", "by_year")
        },
    },
)
of_kinds = agreement.of_kinds(tables, theme_ids=labels.index)
if of_kinds.empty:
    kind = tables["documents"]["kind"].iloc[0]
    st.caption(f"All documents are of one kind ({kind}), so kinds cannot be set side by side.")
else:
    st.markdown("Share of each theme by year, in all documents against one kind of them:")
    st.dataframe(
        of_kinds.assign(theme=of_kinds["theme_id"].map(labels)).pivot(
            index="theme", columns="kind", values="by_year"
        )
    )

st.subheader("What the corpus holds")
st.caption("Documents, and statements by side, of each year; then by kind of text and of event.")
st.dataframe(
    coverage.by_year(tables),
    hide_index=True,
    column_config={"year": st.column_config.NumberColumn(format="%d")},
)
st.dataframe(coverage.by_kind(tables), hide_index=True)

st.subheader("The builds")
kept = coverage.builds(loading.builds())
made = pd.Timestamp(manifest["created_at"])
st.markdown(f"Shown is `{manifest['build_id']}`, made on {made.day} {made:%B %Y at %H:%M} UTC.")
st.dataframe(
    kept,
    hide_index=True,
    column_config={"made": st.column_config.DatetimeColumn(format="D MMMM YYYY, HH:mm")},
)
