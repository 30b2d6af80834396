"""How are the figures made, and how far can they be trusted?"""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import agreement, coverage, loading, quality, within
from dashboard.folds import fold
from pipeline.tables import TABLES, Table

tables = loading.tables()
manifest = loading.shown_manifest()
labels = tables.labels
measured = tables["quality"]
TWO = st.column_config.NumberColumn(format="%.2f")
NAMES = {
    "f1": "F1", "macro_f1": "Macro F1", "low": "F1 from", "high": "F1 to", "n": "Statements",
    "n_statements": "Statements", "n_years": "Years", "topic_id": "Topic",
}  # fmt: skip


def name_of(column: str) -> str:
    """The column's name for people."""
    plain = column.replace("_", " ")
    return NAMES.get(column, plain[:1].upper() + plain[1:])


def draw(frame: pd.DataFrame, *, two: tuple[str, ...] = (), has_index: bool = False) -> None:
    """A table with names for people; numbers of `two` with two digits."""
    st.dataframe(
        frame.rename(columns=name_of).rename_axis(name_of(frame.index.name or "")),
        hide_index=not has_index,
        column_config={name_of(column): TWO for column in two},
    )


def draw_theme(theme: Any) -> None:
    """What a theme is about, and its terms; theme: a row of the table of themes."""
    st.text(theme.definition)
    own = tables["theme_terms"][tables["theme_terms"]["theme_id"] == theme.theme_id]
    st.caption("Terms: " + ", ".join(own["term"]))


def draw_columns(table: Table) -> None:
    """The columns of a table, with what they mean."""
    rows = [(c.name, str(c.type), c.description) for c in table.columns]
    st.dataframe(pd.DataFrame(rows, columns=["column", "type", "meaning"]), hide_index=True)


def with_labels(frame: pd.DataFrame) -> pd.DataFrame:
    """Theme ids as labels, in the column or index that holds them."""
    if "theme_id" in frame:
        return frame.assign(theme_id=frame["theme_id"].map(labels)).rename(
            columns={"theme_id": "theme"}
        )
    return frame.rename(index=labels.to_dict()).rename_axis("theme")


def in_labels(ids: str) -> str:
    return ", ".join(labels.get(theme_id, theme_id) for theme_id in ids.split("|")) or "none"


st.subheader("From documents to figures")
st.markdown(
    """
1. **Documents.** Each file holds what was said at one event, one speaker and one matter a
   paragraph, with the numbers of its sources. Most are digests in words of our own: wording and
   strength are then the digest's, not the speaker's.
2. **Themes.** A statement has a theme when its words match the theme's terms, whatever their
   endings and capitals, or when it points to the statement before ("this issue"). It can have
   several or none. No trained model is used.
3. **Tone.** Words of diplomacy carry a weight; negators turn it, intensifiers raise it, and what
   stands before a "but", in a condition or a concession counts less. The sum is squeezed between
   −1 (criticism) and 1 (approval).
4. **Shares** say how many of the statements that fit the filters have the theme, with a 95%
   interval (Wilson, 1927). Two shares differ clearly where the interval of their difference leaves
   out zero: by the jackknife over documents (Efron and Stein, 1981), or Newcombe's (1998) where one
   side is a single document.
5. **Means of tone** come with a 95% interval by the jackknife over documents (Student's t), as
   statements of one document hang together; where there is one document, its statements are the
   units.
6. **Pairs.** Two statements make the same point when their words and letters are alike enough; the
   threshold was chosen on pairs judged by hand. Nearly the same words: repeated, else reworded.
7. **Topics** are found by the machine (non-negative matrix factorisation), the same on every run.
"""
)

st.subheader("Measured quality")
if measured.empty:
    st.info("No statements labelled by hand were found, so nothing was measured.")
else:
    n_gold = int(quality.figure(measured, "theme_micro_f1")["n"])
    st.markdown(
        f"On {n_gold:,} statements labelled by hand, with 95% intervals over documents: themes "
        f"micro-F1 **{quality.in_words(quality.figure(measured, 'theme_micro_f1'))}**, macro-F1 "
        f"{quality.in_words(quality.figure(measured, 'theme_macro_f1'))}; tone macro-F1 "
        f"**{quality.in_words(quality.figure(measured, 'tone_macro_f1'))}**, accuracy "
        f"{quality.in_words(quality.figure(measured, 'tone_accuracy'))}. The rules were made with "
        "most of these statements in view, so take the figures as an upper bound."
    )
    for part, whose in (
        ("held_aside", "of them, whose errors no rule was made from"),
        ("unread", "more, labelled by two readers apart and never read for a rule"),
    ):
        if measured["measure"].str.startswith(part).any():
            themes, tone = (
                quality.figure(measured, f"{part}_{name}")
                for name in ("theme_micro_f1", "tone_macro_f1")
            )
            st.markdown(
                f"On {int(themes['n'])} {whose}: themes micro-F1 **{quality.in_words(themes)}**, "
                f"tone macro-F1 **{quality.in_words(tone)}**."
            )
    shares = ("precision", "recall", "f1", "low", "high")
    by_theme = with_labels(quality.by_label(measured, "theme")).rename_axis("theme")
    draw(by_theme, two=shares, has_index=True)
    draw(quality.by_label(measured, "tone").rename_axis("tone"), two=shares, has_index=True)
    st.caption("Tone by hand (rows) as the rules see it (columns), in statements:")
    draw(quality.confusion(measured), has_index=True)
    st.caption(f"Tone by others on the same statements. {quality.careful_readers(measured)}")
    draw(quality.readers(measured), two=("accuracy", "macro_f1"))
    if (measured["measure"] == "pair_f1").any():
        pairs = {
            name: quality.figure(measured, f"pair_{name}")["value"]
            for name in ("precision", "recall")
        }
        st.markdown(
            f"On {int(quality.figure(measured, 'pair_f1')['n'])} pairs judged by hand, those that "
            f"make the same point are told with precision {pairs['precision']:.2f} and recall "
            f"{pairs['recall']:.2f}."
        )
    wrong = tables["misjudged"]
    st.caption(f"Five of the {len(wrong)} places where the rules fail:")
    for row in quality.examples(wrong).itertuples():
        with st.container(border=True):
            st.text(row.text)
            by_hand, by_rules = (
                in_labels(value) if row.aspect == "themes" else value
                for value in (row.by_hand, row.by_rules)
            )
            st.caption(f"{row.aspect.capitalize()} by hand: {by_hand}; by the rules: {by_rules}")

st.subheader("What the figures cannot tell")
st.markdown(
    """
- What was left out of the sources, or of what was read of them: most were read only in part.
- How strong a speaker's own words were, where a digest or a report stands between.
- Irony, and what is meant but not said. Tone is toward the matter, not toward the partner.
- Why something changed: the meetings differ in occasion, place, speakers and length.
- Small numbers: pale marks rest on few statements, and their intervals are wide.
"""
)

st.subheader("Is the trend an artefact?")
st.markdown(
    "Rank correlations (Spearman) of two pictures of the same thing: near 1 they tell the same "
    "story, near 0 they have nothing to do with each other. Tone by Parley's rules against tone by "
    "VADER, statement by statement and year by year:"
)
of_tone = agreement.of_tone(tables, theme_ids=labels.index)
draw(with_labels(of_tone), two=("by_statement", "by_year"))
of_kinds = agreement.of_kinds(tables, theme_ids=labels.index)
if of_kinds.empty:
    (kind,) = within.kinds_of(tables)
    st.caption(f"All documents are of one kind ({kind}), so kinds cannot be set side by side.")
else:
    st.markdown("Share of each theme by year, in all documents against one kind of them:")
    by_kind = with_labels(of_kinds).pivot(index="theme", columns="kind", values="by_year")
    draw(by_kind, two=tuple(by_kind.columns), has_index=True)

st.subheader("What the corpus holds")
st.caption("Documents, and statements by side, of each year; then by kind of text and of event.")
st.dataframe(
    coverage.by_year(tables).rename(columns=name_of),
    hide_index=True,
    column_config={"Year": st.column_config.NumberColumn(format="%d")},
)
draw(coverage.by_kind(tables))

st.subheader("The rules in force")
for theme in tables["themes"].itertuples():
    fold(theme.label, partial(draw_theme, theme), key=f"theme_{theme.theme_id}_fold")
tone_terms = tables["tone_terms"].sort_values(["weight", "term"])
fold(
    f"The {len(tone_terms)} words and phrases of tone with their weights",
    partial(draw, tone_terms),
    key="tone_fold",
)
if len(corrections := tables["corrections"]):
    label = f"The {len(corrections)} corrections by hand"
    fold(label, partial(draw, corrections), key="corrections_fold")

st.subheader("Topics found by the machine")
sizes = tables.ask("SELECT topic_id, count(*) AS n FROM statement_topics GROUP BY ALL")
sizes = sizes.set_index("topic_id")["n"]
draw(tables["topics"].assign(n=tables["topics"]["topic_id"].map(sizes).fillna(0)))

st.subheader("The tables")
n_rows = manifest["tables"]
for table in TABLES.values():
    fold(
        f"{table.name}: one row a {table.grain} ({n_rows[table.name]['n_rows']:,} rows)",
        partial(draw_columns, table),
        key=f"table_{table.name}_fold",
    )

st.subheader("The builds")
st.caption("A link that ends in `build=` and a build's name shows its figures while it is kept.")
made = pd.Timestamp(manifest["created_at"])
st.markdown(f"Shown is `{manifest['build_id']}`, made on {made.day} {made:%B %Y at %H:%M} UTC.")
st.dataframe(
    coverage.builds(loading.builds()),
    hide_index=True,
    column_config={"made": st.column_config.DatetimeColumn(format="D MMMM YYYY, HH:mm")},
)
