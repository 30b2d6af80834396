"""What the corpus holds: documents and statements by year, side and kind."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.summaries import Tables
from pipeline.differences import Difference


def by_year(tables: Tables) -> pd.DataFrame:
    """One row a year: documents, statements, and those of each side, the largest side first."""
    statements = tables["statements"].assign(year=lambda rows: rows["date"].dt.year)
    sides = statements["side"].value_counts().index
    split = statements.groupby(["year", "side"]).size().unstack(fill_value=0)[list(sides)]
    documents = tables["documents"].groupby(tables["documents"]["date"].dt.year).size()
    return split.assign(documents=documents, statements=split.sum(axis=1)).reset_index()[
        ["year", "documents", "statements", *sides]
    ]


def by_kind(tables: Tables) -> pd.DataFrame:
    """One row a kind and occasion of document: kind, occasion, documents, statements."""
    sizes = tables["statements"].groupby("document_id").size()
    documents = tables["documents"].assign(
        n=lambda rows: rows["document_id"].map(sizes).fillna(0).astype(int)
    )
    return documents.groupby(["kind", "occasion"], as_index=False).agg(
        documents=("document_id", "size"), statements=("n", "sum")
    )


def builds(kept: Sequence[tuple[Mapping[str, Any], Difference | None]]) -> pd.DataFrame:
    """One row a build that is kept and what changed in it; the order stays."""
    rows = [
        (
            manifest["build_id"],
            pd.Timestamp(manifest["created_at"]),
            len(manifest["documents"]),
            manifest["n_statements"],
            _in_words(change) if change else "the oldest that is kept",
        )
        for manifest, change in kept
    ]
    return pd.DataFrame(rows, columns=["build", "made", "documents", "statements", "changed"])


def _in_words(change: Difference) -> str:
    parts = [
        f"{len(ids)} document{'s' * (len(ids) > 1)} {what}"
        for what, ids in (
            ("new", change.new), ("changed", change.changed), ("removed", change.removed),
        )
        if ids
    ]  # fmt: skip
    if change.is_labelled_anew:
        parts.append("rules of labelling changed")
    return ", ".join(parts) or "nothing in documents or rules of labelling"
