"""Every published table: its grain, columns, types and one sentence about each; and validate().

This module is the only home of the contract between the pipeline and the dashboard.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


class Column(NamedTuple):
    """One published column; `type` is Arrow's."""

    name: str
    type: pa.DataType
    description: str


class Table(NamedTuple):
    """One published table; `key` names the columns that identify a row."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        return pa.schema([(column.name, column.type) for column in self.columns])


TEXT, WHOLE, REAL, DAY, FLAG = pa.string(), pa.int32(), pa.float64(), pa.date32(), pa.bool_()

_DOCUMENT_ID = Column("document_id", TEXT, "Document: the file's name without its ending.")
_MEETING_ID = Column("meeting_id", TEXT, "Meeting: <date>-<place> unless the document names one.")
_STATEMENT_ID = Column("statement_id", TEXT, "Statement: <document_id>-<8 hex of speaker, text>.")
_THEME_ID = Column("theme_id", TEXT, "Theme, as named in data/rules/themes.toml.")
_SPEAKER = Column("speaker", TEXT, "Who said it, by the name that data/rules/speakers.toml gives.")
_SIDE = Column("side", TEXT, "The speaker's country or body; Joint for both sides; Press.")
_ROLE = Column("role", TEXT, "speech, reported, question, narration or joint.")
_KIND = Column("kind", TEXT, "transcript, report, readout, speech or digest.")
_START = Column("start", WHOLE, "First character in the statement's text, from 0.")
_END = Column("end", WHOLE, "Character after the last one.")
_TONE_SUMS = (
    Column("n_statements", WHOLE, "Number of statements."),
    Column("n_words", WHOLE, "Number of words in them."),
    Column("tone_sum", REAL, "Sum of the statements' tones."),
    Column("tone_sq_sum", REAL, "Sum of the squares of the statements' tones."),
    Column("tone_vader_sum", REAL, "Sum of the statements' tones by VADER."),
    Column("tone_vader_sq_sum", REAL, "Sum of the squares of the statements' tones by VADER."),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "meetings",
            "meeting",
            ("meeting_id",),
            (
                _MEETING_ID,
                Column("date", DAY, "Day of the event."),
                Column("place", TEXT, "City, or telephone."),
                Column("label", TEXT, "Unique name for people: 31 May 2005, Tokyo."),
                Column("counterpart", TEXT, "The side that spoke most besides the home side."),
                Column("n_documents", WHOLE, "Number of documents."),
                Column("n_statements", WHOLE, "Number of statements."),
                Column("n_words", WHOLE, "Number of words."),
            ),
        ),
        Table(
            "documents",
            "document",
            ("document_id",),
            (
                _DOCUMENT_ID,
                _MEETING_ID,
                Column("date", DAY, "Day of the event."),
                Column("place", TEXT, "City, or telephone."),
                Column("title", TEXT, "Title."),
                _KIND,
                Column("occasion", TEXT, "What the event was: talks, summit, telephone and so on."),
                Column("path", TEXT, "File name in the documents folder."),
                Column("sha256", TEXT, "Digest of the file."),
            ),
        ),
        Table(
            "sources",
            "source of a document",
            ("document_id", "number"),
            (
                _DOCUMENT_ID,
                Column("number", WHOLE, "Number by which statements refer to it, from 1."),
                Column("title", TEXT, "Title of the source."),
                Column("publisher", TEXT, "Who published it."),
                Column("date", TEXT, "Day or month of publication as far as known, else empty."),
                Column("url", TEXT, "Address, else empty."),
            ),
        ),
        Table(
            "speakers",
            "speaker",
            ("speaker",),
            (
                _SPEAKER,
                _SIDE,
                Column("office", TEXT, "Office held at the time of the documents."),
                Column("n_statements", WHOLE, "Number of statements."),
            ),
        ),
        Table(
            "statements",
            "statement: one speaker, one matter",
            ("statement_id",),
            (
                _STATEMENT_ID,
                _DOCUMENT_ID,
                _MEETING_ID,
                Column("date", DAY, "Day of the event."),
                Column("position", WHOLE, "Place in the document, from 1."),
                _SPEAKER,
                _SIDE,
                _ROLE,
                Column("text", TEXT, "The statement, without its source numbers."),
                Column("n_words", WHOLE, "Number of words."),
                Column("tone", REAL, "Tone toward the matter, -1 (rejection) to 1 (approval)."),
                Column("tone_label", TEXT, "negative, neutral or positive."),
                Column("tone_vader", REAL, "Tone by VADER, for comparison, -1 to 1."),
            ),
        ),
        Table(
            "statement_sources",
            "statement × source",
            ("statement_id", "number"),
            (_STATEMENT_ID, Column("number", WHOLE, "Source number within the document.")),
        ),
        Table(
            "themes",
            "theme",
            ("theme_id",),
            (
                _THEME_ID,
                Column("label", TEXT, "Name for people; a public contract, as links carry it."),
                Column("definition", TEXT, "What a statement of this theme is about."),
            ),
        ),
        Table(
            "theme_terms",
            "theme × term",
            ("theme_id", "term"),
            (
                _THEME_ID,
                Column("term", TEXT, "Wording that shows the theme."),
                Column("weight", REAL, "How strongly it shows the theme, 0 to 1."),
            ),
        ),
        Table(
            "tone_terms",
            "tone term",
            ("term",),
            (
                Column("term", TEXT, "Word or phrase of diplomacy."),
                Column("weight", REAL, "Its tone, below 0 for rejection, above 0 for approval."),
            ),
        ),
        Table(
            "statement_themes",
            "statement × theme",
            ("statement_id", "theme_id"),
            (
                _STATEMENT_ID,
                _THEME_ID,
                Column("weight", REAL, "How much the statement is about the theme, 0 to 1."),
                Column("tone", REAL, "Tone of the part about that theme, -1 to 1."),
            ),
        ),
        Table(
            "theme_matches",
            "matched words of a theme",
            ("statement_id", "theme_id", "start", "end"),
            (
                _STATEMENT_ID,
                _THEME_ID,
                Column("term", TEXT, "The term of the rules that matched."),
                _START,
                _END,
            ),
        ),
        Table(
            "tone_hits",
            "matched words of tone",
            ("statement_id", "start", "end"),
            (
                _STATEMENT_ID,
                Column("term", TEXT, "The term of the rules that matched."),
                Column("weight", REAL, "Its weight here, after negation and intensifiers."),
                Column("is_negated", FLAG, "Whether a negator turned it."),
                _START,
                _END,
            ),
        ),
        Table(
            "topics",
            "topic found by the machine",
            ("topic_id",),
            (
                Column("topic_id", TEXT, "Topic number, as text."),
                Column("label", TEXT, "Its three strongest terms."),
                Column("terms", TEXT, "Its ten strongest terms, strongest first."),
            ),
        ),
        Table(
            "statement_topics",
            "statement × topic, of a sample where there are many statements",
            ("statement_id", "topic_id"),
            (
                _STATEMENT_ID,
                Column("topic_id", TEXT, "Topic number, as text."),
                Column("weight", REAL, "Share of the statement that the topic explains, 0 to 1."),
            ),
        ),
        Table(
            "theme_counts",
            "document × speaker × role × theme",
            ("document_id", "speaker", "role", "theme_id"),
            (_DOCUMENT_ID, _MEETING_ID, _KIND, _SPEAKER, _SIDE, _ROLE, _THEME_ID, *_TONE_SUMS),
        ),
        Table(
            "meeting_counts",
            "document × speaker × role: the denominators of theme_counts",
            ("document_id", "speaker", "role"),
            (_DOCUMENT_ID, _MEETING_ID, _KIND, _SPEAKER, _SIDE, _ROLE, *_TONE_SUMS),
        ),
        Table(
            "events",
            "dated event that a chart can mark",
            ("date", "label"),
            (
                Column("date", DAY, "Day of the event."),
                Column("label", TEXT, "What happened, in neutral words."),
                Column("source", TEXT, "Who says so."),
                Column("url", TEXT, "Address, else empty."),
            ),
        ),
        Table(
            "alignments",
            "statement ↔ earlier statement that makes the same point",
            ("statement_id", "earlier_id"),
            (
                _STATEMENT_ID,
                Column("earlier_id", TEXT, "A statement before it that shares a theme."),
                Column("similarity", REAL, "Mean of two cosines, of words and of letters, 0 to 1."),
                Column("change", TEXT, "repeated (nearly the same words) or reworded."),
            ),
        ),
        Table(
            "theme_centrality",
            "statement × theme",
            ("statement_id", "theme_id"),
            (
                _STATEMENT_ID,
                _THEME_ID,
                Column(
                    "centrality",
                    REAL,
                    "Mean cosine of its words to all else its side says on the theme, 0 to 1.",
                ),
            ),
        ),
        Table(
            "statement_phrases",
            "statement × phrase; of many statements, phrases of one in 50,000 or more",
            ("statement_id", "phrase"),
            (
                _STATEMENT_ID,
                Column("phrase", TEXT, "One to three words that occur in two statements or more."),
                Column("n", WHOLE, "How often it occurs in the statement."),
            ),
        ),
        Table(
            "phrases",
            "side × phrase",
            ("side", "phrase"),
            (
                _SIDE,
                Column("phrase", TEXT, "Wording that sets the side apart from all others."),
                Column("n", WHOLE, "How often the side uses it."),
                Column("z", REAL, "Weighted log-odds over their standard error."),
            ),
        ),
        Table(
            "refrains",
            "speaker × formula",
            ("speaker", "phrase"),
            (
                _SPEAKER,
                Column("phrase", TEXT, "Three words or more, used in three meetings or more."),
                Column("n_uses", WHOLE, "Number of statements that use it."),
                Column("n_meetings", WHOLE, "Number of meetings in which it is used."),
                Column("first", DAY, "Day of its first use."),
                Column("last", DAY, "Day of its last use."),
            ),
        ),
        Table(
            "corrections",
            "field of a statement that was set right by hand",
            ("statement_id", "field"),
            (
                _STATEMENT_ID,
                Column("field", TEXT, "speaker, themes or tone."),
                Column("value", TEXT, "What it was set to: name, label, or theme ids with |."),
                Column("by", TEXT, "Who set it right."),
                Column("on", TEXT, "Day on which that was done."),
                Column("why", TEXT, "The reason given."),
                Column("measured", TEXT, "What documents and rules say of it."),
            ),
        ),
        Table(
            "misjudged",
            "gold statement × aspect on which rules and hand differ",
            ("text", "aspect", "by_hand"),
            (
                Column("text", TEXT, "The statement that was labelled by hand."),
                Column("aspect", TEXT, "themes or tone."),
                Column("by_hand", TEXT, "Theme ids with | between them, or the tone, by hand."),
                Column("by_rules", TEXT, "The same by the rules."),
            ),
        ),
        Table(
            "quality",
            "measure × label",
            ("measure", "label"),
            (
                Column("measure", TEXT, "theme_f1, theme_precision, theme_recall, tone_f1, ..."),
                Column("label", TEXT, "Theme id, tone label, or all."),
                Column("value", REAL, "The figure measured on the gold statements."),
                Column("low", REAL, "Lower bound of its 95 % interval; the figure if it has none."),
                Column("high", REAL, "Upper bound of it."),
                Column("n", WHOLE, "Number of gold statements it rests on."),
            ),
        ),
    )
}

# Beside them in a build, for the next refresh alone: what it takes over instead of making it anew.
HEADS, ALL_PHRASES, THEME_PAIRS = "heads", "phrases_of_all", "theme_pairs"
KEPT = (HEADS, ALL_PHRASES, THEME_PAIRS)


class TableError(ValueError):
    """A frame does not fit the published contract."""


def to_arrow(frame: pd.DataFrame, *, table: Table) -> pa.Table:
    """The frame as an Arrow table of exactly the published columns and types, without index.

    Raises TableError naming the table, the column and what is wrong.
    """
    missing = [name for name in table.schema.names if name not in frame.columns]
    if missing:
        raise TableError(f"table {table.name}: missing columns {', '.join(missing)}")
    if frame.duplicated(list(table.key)).any():
        row = frame.loc[frame.duplicated(list(table.key)), list(table.key)].iloc[0].to_dict()
        raise TableError(f"table {table.name}: more than one row for {row}")
    columns = frame[table.schema.names]
    try:
        arrow = pa.Table.from_pandas(columns, schema=table.schema, preserve_index=False)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise TableError(f"table {table.name}: {error}") from error
    nulls = [name for name in arrow.column_names if arrow[name].null_count]
    if nulls:
        raise TableError(f"table {table.name}: empty cells in {', '.join(nulls)}")
    return arrow.replace_schema_metadata(None)


def validate(
    frames: Mapping[str, pd.DataFrame], *, only: Collection[str] | None = None
) -> dict[str, pa.Table]:
    """Tables as Arrow, all unless `only` some; ids that refer to another of them exist there.

    Raises TableError for a table that is missing or breaks the contract.
    """
    names = [name for name in TABLES if only is None or name in only]
    absent = [name for name in names if name not in frames]
    if absent:
        raise TableError(f"tables not built: {', '.join(absent)}")
    arrow = {name: to_arrow(frames[name], table=TABLES[name]) for name in names}
    for child, parent, column in REFERENCES:
        if not {child, parent} <= arrow.keys():
            continue
        known = pc.is_in(arrow[child][column], value_set=arrow[parent][column].combine_chunks())
        unknown = arrow[child][column].filter(pc.invert(known))
        if len(unknown):
            example = pc.min(unknown).as_py()
            raise TableError(f"table {child}: {column} {example!r} is not in table {parent}")
    return arrow


def empty(name: str) -> pd.DataFrame:
    """A frame of the table's columns without rows."""
    return frame_of((), name=name)


def frame_of(rows: Iterable[tuple], *, name: str) -> pd.DataFrame:
    """Rows in the order of the table's columns → frame."""
    return pd.DataFrame(list(rows), columns=TABLES[name].schema.names)


REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("documents", "meetings", "meeting_id"),
    ("sources", "documents", "document_id"),
    ("statements", "documents", "document_id"),
    ("statements", "speakers", "speaker"),
    ("statement_sources", "statements", "statement_id"),
    ("statement_themes", "statements", "statement_id"),
    ("statement_themes", "themes", "theme_id"),
    ("theme_matches", "statements", "statement_id"),
    ("tone_hits", "statements", "statement_id"),
    ("statement_topics", "topics", "topic_id"),
    ("theme_counts", "themes", "theme_id"),
    ("alignments", "statements", "statement_id"),
    ("theme_centrality", "statements", "statement_id"),
    ("statement_phrases", "statements", "statement_id"),
    ("refrains", "speakers", "speaker"),
    ("corrections", "statements", "statement_id"),
)
