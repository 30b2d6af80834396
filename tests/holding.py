"""Which texts hold a phrase: by both expressions that are made of it, which must agree."""

import re
from collections.abc import Sequence

import duckdb

from pipeline.phrases import longest_piece, pattern_of, re2_of


def held(texts: Sequence[str], phrase: str) -> list[bool]:
    by_python = [re.search(pattern_of(phrase), text, re.IGNORECASE) is not None for text in texts]
    by_sql = duckdb.execute(
        "SELECT contains(lower(text), ?) AND regexp_matches(lower(text), ?) FROM"
        " (SELECT unnest(?::VARCHAR[]) AS text)",
        [longest_piece(phrase), re2_of(phrase), list(texts)],
    ).fetchall()
    assert [found for (found,) in by_sql] == by_python, (phrase, texts)
    return by_python
