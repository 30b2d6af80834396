"""The one place where the app analyses a text: it asks the pipeline, and only on demand.

Importing this module costs nothing: spaCy, trafilatura and scikit-learn load with the first text.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.loading import Tables, data_folder
from dashboard.trial import MAX_CHARACTERS, N_NEAREST, Trial

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer

    from pipeline.trying import Analyser


def analyse(content: bytes, *, name: str) -> Trial:
    """The text with its labels. Raises InputError, in words for the reader, where it cannot be."""
    analyser = _analyser(str(data_folder()), _rules_state())
    found = analyser.analyse(content, name=name, max_characters=MAX_CHARACTERS)
    return Trial(found.frames, found.kind, found.left_out)


def nearest(texts: tuple[str, ...], *, tables: Tables, build_id: str) -> pd.DataFrame:
    """For each text, the earlier statements most like it: place of the text, similarity, id."""
    from pipeline.trying import most_similar

    corpus = tables["statements"]
    vectors = _vectors(build_id, tuple(corpus["text"]))
    found = most_similar(texts, vectors, n=N_NEAREST)
    return found.assign(statement_id=corpus["statement_id"].to_numpy()[found["place"]])


def _rules_state() -> float:
    """Changes when a rule file does, so that the analyser is made anew."""
    return max(path.stat().st_mtime for path in (data_folder() / "rules").glob("*.toml"))


@st.cache_resource(max_entries=1, show_spinner="Loading the rules …")
def _analyser(folder: str, state: float) -> "Analyser":
    from pipeline.trying import Analyser

    return Analyser.from_rules(Path(folder) / "rules")


@st.cache_resource(max_entries=1, show_spinner="Reading the corpus …")
def _vectors(build_id: str, _texts: tuple[str, ...]) -> "tuple[TfidfVectorizer, csr_matrix]":
    from pipeline.trying import corpus_vectors

    return corpus_vectors(_texts)
