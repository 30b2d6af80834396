"""A reader's own text, labelled like the corpus: its statements and its profile beside it."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from dashboard.loading import Tables

MAX_CHARACTERS = 60_000  # a long news conference; about two seconds of work
MAX_MEGABYTES = 5
SUFFIXES = ("txt", "md", "html", "docx", "pdf")
N_NEAREST = 5


class Trial(NamedTuple):
    """Tables like the published ones, for one text; `left_out` says what and why."""

    tables: Tables
    kind: str
    left_out: tuple[tuple[str, str], ...]


def theme_profile(trial: Trial, tables: Tables) -> pd.DataFrame:
    """Theme, share of statements in the text and in the corpus, and mean tone in both."""
    own, corpus = (_by_theme(part) for part in (trial.tables, tables))
    labels = tables["themes"].set_index("theme_id")["label"]
    profile = own.add_suffix("_text").join(corpus.add_suffix("_corpus"), how="left")
    profile = profile[profile["n_text"] > 0].sort_values("share_text", ascending=False)
    profile.insert(0, "theme", profile.index.map(labels))
    return profile.drop(columns=["n_corpus"]).reset_index(drop=True)


def mean_tone(tables: Tables) -> float:
    """Mean tone of all statements but questions, −1…1; 0 where there are none."""
    statements = tables["statements"]
    said = statements[statements["role"] != "question"]["tone"]
    return float(said.mean()) if len(said) else 0.0


def speaker_counts(trial: Trial) -> Mapping[str, int]:
    """Number of statements by speaker, most first."""
    return dict(Counter(trial.tables["statements"]["speaker"]).most_common())


def _by_theme(tables: Tables) -> pd.DataFrame:
    """One row a theme of the taxonomy: n, share of statements, mean tone of the part about it."""
    links = tables["statement_themes"]
    n_statements = max(len(tables["statements"]), 1)
    by_theme = links.groupby("theme_id").agg(n=("tone", "size"), tone=("tone", "mean"))
    return by_theme.assign(share=by_theme["n"] / n_statements)[["n", "share", "tone"]]
