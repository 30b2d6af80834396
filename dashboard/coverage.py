"""What the corpus holds: documents and statements by year, side and kind."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.corpus import Corpus
from pipeline.differences import Difference


def by_year(tables: Corpus) -> pd.DataFrame:
    """One row a year: documents, statements, and those of each side, the largest side first."""
    sizes = tables.ask(
        "SELECT year(date) AS year, side, sum(n_statements)::BIGINT AS n FROM meeting_counts_dated"
        " GROUP BY ALL"
    )
    documents = tables.ask(
        "SELECT year(date) AS year, count(*) AS documents FROM documents GROUP BY ALL"
    ).set_index("year")["documents"]
    sides = sizes.groupby("side")["n"].sum().sort_values(ascending=False, kind="stable").index
    split = sizes.pivot(index="year", columns="side", values="n").fillna(0).astype(int)[[*sides]]
    return split.assign(documents=documents, statements=split.sum(axis=1)).reset_index()[
        ["year", "documents", "statements", *sides]
    ]


def by_kind(tables: Corpus) -> pd.DataFrame:
    """One row a kind and occasion of document: kind, occasion, documents, statements."""
    return tables.ask(
        "WITH sizes AS"
        " (SELECT document_id, sum(n_statements) AS n FROM meeting_counts GROUP BY ALL)"
        " SELECT kind, occasion, count(*) AS documents, coalesce(sum(n), 0)::BIGINT AS statements"
        " FROM documents LEFT JOIN sizes USING (document_id) GROUP BY ALL ORDER BY kind, occasion"
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
