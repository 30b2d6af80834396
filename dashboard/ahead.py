"""What pages need of a build and takes seconds to make, made ahead of the clicks that need it."""

from contextlib import suppress
from threading import Thread, main_thread

import duckdb

from dashboard import filters, ledger, summaries, wording
from dashboard.corpus import Corpus
from dashboard.occurrences import Occurrences

_MAKERS = (
    filters.theme_rows, summaries.Sources.of, ledger.told_rows, Occurrences.of, ledger.draws,
    wording.refrain_rows,
)  # fmt: skip


def start(tables: Corpus) -> None:
    """Makes it all in a thread, once a build; a page that is quicker makes what it needs itself."""
    tables.held("ahead", lambda: Thread(target=_make, args=(tables,)).start())


def _make(tables: Corpus) -> None:
    for make in _MAKERS:
        if not main_thread().is_alive():  # the app ends, and waits for this thread
            return
        with suppress(duckdb.Error):  # e.g. no room; the page that needs it will say so
            make(tables)
