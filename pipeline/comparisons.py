"""Statements against statements, as tables: pairs, centrality, phrases and refrains."""

from collections.abc import Iterable, Sequence

import pandas as pd
from scipy.sparse import csr_matrix

from pipeline import tables
from pipeline.alignment import centralities, find_pairs, vectors_of
from pipeline.phrases import find_refrains, holds, log_odds, phrase_counts

Frames = dict[str, pd.DataFrame]

_MIN_USES = 2  # a phrase in one statement only can neither recur nor set a group apart
_N_DISTINCTIVE = 40  # phrases kept a side, most distinctive first


def compare_statements(
    statements: pd.DataFrame, themes: pd.DataFrame, *, names: Iterable[str] = ()
) -> Frames:
    """alignments, theme_centrality, statement_phrases, phrases, refrains.

    statements, themes: the published tables statements and statement_themes; names: of speakers,
    sides and offices, of which no refrain is made up.
    """
    ordered = statements.sort_values(["date", "document_id", "position"], ignore_index=True)
    texts = ordered["text"].tolist()
    vectors = vectors_of(texts)
    return {
        "alignments": _alignments(ordered, themes, texts=texts, vectors=vectors),
        "theme_centrality": _centrality(ordered, themes, vectors=vectors),
        **_phrase_frames(ordered),
        "refrains": _refrains(ordered, names=names),
    }


def _alignments(
    ordered: pd.DataFrame, themes: pd.DataFrame, *, texts: Sequence[str], vectors: csr_matrix
) -> pd.DataFrame:
    """Pairs that share a theme, or have none, and are not one side's in one meeting."""
    by_statement = themes.groupby("statement_id")["theme_id"].agg(frozenset)
    about = [by_statement.get(key, frozenset()) for key in ordered["statement_id"]]
    ids, meetings, sides = (
        ordered[name].tolist() for name in ("statement_id", "meeting_id", "side")
    )
    rows = [
        (ids[pair.later], ids[pair.earlier], pair.similarity, pair.change)
        for pair in find_pairs(texts, vectors)
        if _is_comparable(about[pair.later], about[pair.earlier])
        and (meetings[pair.later], sides[pair.later])
        != (meetings[pair.earlier], sides[pair.earlier])
    ]
    return tables.frame_of(rows, name="alignments")


def _is_comparable(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other) or not (one or other)


def _centrality(
    ordered: pd.DataFrame, themes: pd.DataFrame, *, vectors: csr_matrix
) -> pd.DataFrame:
    place = pd.Series(ordered.index, index=ordered["statement_id"])
    rows = themes[["statement_id", "theme_id"]].assign(
        place=themes["statement_id"].map(place),
        side=themes["statement_id"].map(ordered.set_index("statement_id")["side"]),
    )
    values = pd.Series(0.0, index=rows.index)
    for _, group in rows.groupby(["theme_id", "side"]):
        values[group.index] = centralities(vectors, group["place"].tolist())
    return rows.assign(centrality=values.round(4))[["statement_id", "theme_id", "centrality"]]


def _phrase_frames(ordered: pd.DataFrame) -> Frames:
    rows = [
        (statement_id, phrase, n)
        for statement_id, text in zip(ordered["statement_id"], ordered["text"], strict=True)
        for phrase, n in sorted(phrase_counts(text).items())
    ]
    found = tables.frame_of(rows, name="statement_phrases")
    n_statements = found.groupby("phrase")["statement_id"].transform("size")
    found = found[n_statements >= _MIN_USES].reset_index(drop=True)
    return {"statement_phrases": found, "phrases": _distinctive(found, ordered)}


def _distinctive(found: pd.DataFrame, ordered: pd.DataFrame) -> pd.DataFrame:
    sides = found["statement_id"].map(ordered.set_index("statement_id")["side"])
    background = found.groupby("phrase")["n"].sum()
    rows = []
    for side in sorted(sides.unique()):
        own = found[sides == side].groupby("phrase")["n"].sum()
        rest = background.sub(own, fill_value=0)
        scores = log_odds(own, rest, background)
        top = scores[scores["n_left"] > 0].sort_values(["z"], ascending=False, kind="stable")
        rows += [
            (side, phrase, int(n), round(float(z), 4))
            for phrase, n, z in top.head(_N_DISTINCTIVE)[["n_left", "z"]].itertuples()
        ]
    return tables.frame_of(rows, name="phrases")


def _refrains(ordered: pd.DataFrame, *, names: Iterable[str]) -> pd.DataFrame:
    spoken = ordered[["speaker", "meeting_id", "text"]].itertuples(index=False)
    rows = []
    for refrain in find_refrains(spoken, names=names):
        own = ordered[ordered["speaker"] == refrain.speaker]
        uses = own[holds(own["text"], refrain.phrase)]
        rows.append((*refrain, uses["date"].min(), uses["date"].max()))
    return tables.frame_of(rows, name="refrains")
