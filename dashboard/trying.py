"""The one place where the app analyses a text: it asks the pipeline, and only on demand.

Importing this module costs nothing: spaCy, trafilatura and scikit-learn load with the first text.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.corpus import Corpus
from dashboard.loading import data_folder
from dashboard.trial import MAX_CHARACTERS, N_NEAREST, Trial

N_MEASURED = 50_000  # statements whose words are weighed at once: some 100 MB

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer

    from pipeline.trying import Analyser


def analyse(content: bytes, *, name: str) -> Trial:
    """The text with its labels. Raises InputError, in words for the reader, where it cannot be."""
    analyser = _analyser(str(data_folder()), _rules_state())
    found = analyser.analyse(content, name=name, max_characters=MAX_CHARACTERS)
    return Trial(Corpus.of(found.frames), found.kind, found.left_out)


def nearest(texts: tuple[str, ...], *, tables: Corpus, build_id: str) -> pd.DataFrame:
    """For each text, the earlier statements most like it: place of the text, similarity, id.

    Where there are many statements, those are measured that share the most and rarest phrases.
    """
    from pipeline.trying import corpus_vectors, most_similar

    if len(tables.statements) <= N_MEASURED:
        ids, vectors = _vectors(build_id, tables)
    else:
        near = _sharing_phrases(texts, tables)
        ids, vectors = near["statement_id"], corpus_vectors(tuple(near["text"]))
    found = most_similar(texts, vectors, n=N_NEAREST)
    return found.assign(statement_id=ids.to_numpy()[found["place"]])


def _sharing_phrases(texts: Iterable[str], tables: Corpus) -> pd.DataFrame:
    """The statements that share the most phrases with the texts, rare ones counting more."""
    from pipeline.phrases import phrase_counts

    phrases = sorted({phrase for text in texts for phrase in phrase_counts(text)})
    near = tables.read(
        "WITH shared AS (SELECT statement_id, phrase FROM statement_phrases"
        " WHERE phrase IN (SELECT unnest(?::VARCHAR[]))),"
        " rarity AS (SELECT phrase, 1 / count(*) AS weight FROM shared GROUP BY ALL)"
        " SELECT statement_id FROM shared JOIN rarity USING (phrase) GROUP BY ALL"
        f" ORDER BY sum(weight) DESC, statement_id LIMIT {N_MEASURED // 10}",
        tuple(phrases),
    )
    return tables.statements_of(near["statement_id"])


def _rules_state() -> float:
    """Changes when a rule file does, so that the analyser is made anew."""
    return max(path.stat().st_mtime for path in (data_folder() / "rules").glob("*.toml"))


@st.cache_resource(max_entries=1, show_spinner="Loading the rules …")
def _analyser(folder: str, state: float) -> "Analyser":
    from pipeline.trying import Analyser

    return Analyser.from_rules(Path(folder) / "rules")


@st.cache_resource(max_entries=1, show_spinner="Reading the corpus …")
def _vectors(
    build_id: str, _tables: Corpus
) -> "tuple[pd.Series, tuple[TfidfVectorizer, csr_matrix]]":
    from pipeline.trying import corpus_vectors

    corpus = _tables.statements.read("SELECT statement_id, text FROM chosen")
    return corpus["statement_id"], corpus_vectors(tuple(corpus["text"]))
