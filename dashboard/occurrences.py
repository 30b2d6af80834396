"""Which phrases the statements hold: one matrix a build, so that any of them are counted at once.

Counting the phrases of some statements by SQL reads all rows of statement_phrases, however few the
statements are; the matrix takes eight bytes a row, and a twentieth of the time.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from dashboard.corpus import Corpus, Rows

_NAMES = "SELECT DISTINCT phrase FROM statement_phrases ORDER BY phrase"
_PLACES = f"""WITH names AS (SELECT phrase, row_number() OVER (ORDER BY phrase) - 1 AS place
                             FROM ({_NAMES}))
SELECT row_id::INTEGER AS row_id, place::INTEGER AS place, statement_phrases.n::INTEGER AS n
FROM statement_phrases JOIN statements USING (statement_id) JOIN names USING (phrase)"""


class Occurrences(NamedTuple):
    """How often each statement (by row_id) holds each phrase: statements × phrases."""

    matrix: csr_matrix
    phrases: pd.Index

    @classmethod
    def of(cls, tables: Corpus) -> "Occurrences":
        return tables.held("occurrences", lambda: cls._read(tables))

    @classmethod
    def _read(cls, tables: Corpus) -> "Occurrences":
        phrases = pd.Index(tables.read(_NAMES)["phrase"])
        cells = tables.read(_PLACES)
        places = cells["row_id"].to_numpy(), cells["place"].to_numpy()
        shape = len(tables.statements), len(phrases)
        return cls(csr_matrix((cells["n"].to_numpy(), places), shape=shape), phrases)

    def of_rows(self, row_ids: np.ndarray) -> csr_matrix:
        """How often these statements hold each phrase that one of them holds, as numbers."""
        own = self.matrix[row_ids].astype(float)
        return own[:, own.getnnz(axis=0) > 0]

    def counts(self, statements: Rows) -> pd.Series:
        """How often the statements hold each phrase; all phrases of the build, in order."""
        is_among = np.zeros(self.matrix.shape[0], dtype=np.int32)
        is_among[row_ids(statements)] = 1
        return pd.Series(is_among @ self.matrix, self.phrases, name="n")


def row_ids(statements: Rows) -> np.ndarray:
    """The places of the statements in their table."""
    return statements.read("SELECT row_id FROM chosen")["row_id"].to_numpy()


def phrase_counts(statements: Rows) -> pd.Series:
    """How often the statements hold each phrase; all phrases of the build, in order."""
    return Occurrences.of(statements.corpus).counts(statements)


def all_phrases(tables: Corpus) -> pd.Series:
    """How often each phrase occurs in all statements."""
    return tables.held("all phrases", lambda: phrase_counts(tables.statements))
