"""Finding statements by what the reader typed: plain words, all must occur; "a phrase" as it is."""

import re

from dashboard.corpus import Rows

_LONGEST = 1000  # characters of a query that are looked for: each word is a search of its own
_PART = re.compile(r'"([^"]+)"|(\S+)')


def search_terms(query: str) -> tuple[str, ...]:
    """The words and quoted phrases of a query, in small letters; of a very long one, the first."""
    parts = (phrase or word for phrase, word in _PART.findall(query[:_LONGEST]))
    return tuple(dict.fromkeys(p.strip('"').lower() for p in parts if p.strip('"')))


def found(statements: Rows, *, query: str) -> Rows:
    """The statements whose text or speaker holds every term; never a pattern of the reader's."""
    for term in search_terms(query):
        statements = statements.where(
            "contains(lower(text), ?) OR contains(lower(speaker), ?)", term, term
        )
    return statements
