"""Who says so: sources of statements and of events, as safe HTML."""

import html

import pandas as pd

from dashboard.corpus import Corpus
from dashboard.days import in_words, iso_in_words

LINK = "color:inherit;text-decoration-color:currentColor;text-underline-offset:2px"


def source(*parts: str, url: str) -> str:
    """Title, publisher and day, a link where the address is one of the web."""
    text = html.escape(", ".join(iso_in_words(part) for part in parts if part))
    if not url.startswith(("http://", "https://")):
        return text
    return (
        f'<a href="{html.escape(url, quote=True)}" target="_blank" rel="noopener" '
        f'style="{LINK}">{text}</a>'
    )


def event_notes(events: pd.DataFrame) -> str:
    """What the numbers in the charts stand for, each with its day and source."""
    notes = (
        f"<strong>{event.number}</strong>&nbsp;{html.escape(event.label)}, {in_words(event.date)} "
        f"({source(event.source, url=event.url)})"
        for event in events.itertuples()
    )
    return f'<p style="font-size:0.86rem;opacity:0.85">{" · ".join(notes)}</p>'


def sources_of(statements: pd.DataFrame, tables: Corpus) -> dict[str, str]:
    """The sources of each statement that has some, by statement id, as safe HTML."""
    rows = tables.ask(
        "SELECT statement_id, title, publisher, sources.date, url FROM statement_sources"
        " JOIN statements USING (statement_id)"
        " JOIN sources USING (document_id, number)"
        " WHERE statement_id IN (SELECT unnest(?)) ORDER BY statement_id, number",
        tuple(statements["statement_id"]),
    )
    named = [
        source(row.title, row.publisher, row.date, url=row.url)
        for row in rows[["title", "publisher", "date", "url"]].itertuples()
    ]
    return pd.Series(named, dtype=object).groupby(rows["statement_id"]).agg("; ".join).to_dict()
