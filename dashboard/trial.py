"""A reader's own text, labelled like the corpus: its statements and its profile beside it."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from dashboard.corpus import Corpus

MAX_CHARACTERS = 60_000  # a long news conference; about two seconds of work
MAX_MEGABYTES = 5
SUFFIXES = ("txt", "md", "html", "docx", "pdf")
N_NEAREST = 5


class Trial(NamedTuple):
    """Tables like the published ones, for one text; `left_out` says what and why."""

    tables: Corpus
    kind: str
    left_out: tuple[tuple[str, str], ...]


def theme_profile(trial: Trial, tables: Corpus) -> pd.DataFrame:
    """Theme, share of statements in the text and in the corpus, and mean tone in both."""
    own, corpus = (_by_theme(part) for part in (trial.tables, tables))
    profile = own.add_suffix("_text").join(corpus.add_suffix("_corpus"), how="left")
    profile = profile[profile["n_text"] > 0].sort_values("share_text", ascending=False)
    profile.insert(0, "theme", profile.index.map(tables.labels))
    return profile.drop(columns=["n_corpus"]).reset_index(drop=True)


def mean_tone(tables: Corpus) -> float:
    """Mean tone of all statements but questions, −1…1; 0 where there are none."""
    said = tables.statements.where("role <> 'question'")
    return float(said.value("SELECT coalesce(avg(tone), 0) FROM chosen"))


def speaker_counts(trial: Trial) -> Mapping[str, int]:
    """Number of statements by speaker, most first."""
    return dict(trial.tables.statements.counts("speaker"))


def _by_theme(tables: Corpus) -> pd.DataFrame:
    """One row a theme of the taxonomy: n, share of statements, mean tone of the part about it."""
    by_theme = tables.ask(
        "SELECT theme_id, count(*) AS n, avg(tone) AS tone FROM statement_themes GROUP BY ALL"
        " ORDER BY theme_id"
    ).set_index("theme_id")
    return by_theme.assign(share=by_theme["n"] / max(len(tables.statements), 1))[
        ["n", "share", "tone"]
    ]
