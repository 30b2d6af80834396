"""Statements as a plain table for a spreadsheet: who, when, where, what about, says who."""

import pandas as pd

from dashboard.corpus import Rows

MOST = 50_000  # rows of a file; beyond that spreadsheets grow slow, and `parley export` has all
_TABLE = """WITH some AS (SELECT * FROM chosen ORDER BY date, document_id, position LIMIT ?),
on_themes AS (
    SELECT statement_id, string_agg(label, '; ' ORDER BY theme_id) AS themes
    FROM statement_themes JOIN themes USING (theme_id) SEMI JOIN some USING (statement_id)
    GROUP BY ALL),
from_sources AS (
    SELECT statement_id, string_agg(trim(title || ' ' || url), '; ' ORDER BY number) AS sources
    FROM some JOIN statement_sources USING (statement_id) JOIN sources USING (document_id, number)
    GROUP BY ALL)
SELECT some.date, label AS meeting, speaker, side, text, coalesce(themes, '') AS themes, tone,
       tone_label, coalesce(sources, '') AS sources, some.statement_id
FROM some JOIN meetings USING (meeting_id)
LEFT JOIN on_themes USING (statement_id) LEFT JOIN from_sources USING (statement_id)
ORDER BY some.date, document_id, position"""


def table(statements: Rows) -> pd.DataFrame:
    """One row a statement, with its themes and sources in words; no more than MOST rows."""
    found = statements.read(_TABLE, MOST)
    return found.assign(date=found["date"].dt.date)
