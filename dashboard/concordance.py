"""Keyword in context: each place of a term with what stands left and right of it."""

import re
from collections.abc import Sequence

import pandas as pd


def keyword_in_context(
    statements: pd.DataFrame, *, patterns: Sequence[str], width: int = 60
) -> pd.DataFrame:
    """One row a place: statement_id, date, speaker, left, keyword, right; width in characters.

    patterns: regular expressions, of which the longest is tried first; capitals do not matter.
    """
    columns = ["statement_id", "date", "speaker", "left", "keyword", "right"]
    if not patterns:
        return pd.DataFrame(columns=columns)
    longest_first = sorted(patterns, key=len, reverse=True)
    pattern = re.compile("|".join(longest_first), re.IGNORECASE)
    rows = [
        (
            row.statement_id,
            row.date,
            row.speaker,
            ("…" if match.start() > width else "")
            + row.text[max(0, match.start() - width) : match.start()],
            match[0],
            row.text[match.end() : match.end() + width]
            + ("…" if len(row.text) > match.end() + width else ""),
        )
        for row in statements.itertuples()
        for match in pattern.finditer(row.text)
    ]
    return pd.DataFrame(rows, columns=columns)
