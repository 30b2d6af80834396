"""A build of a million statements: a published build many times over, each time on other days.

    python tests/benchmarks/million.py FOLDER [number of statements, 1,000,000 unless told]

Multiplies the tables themselves, for the dashboard to be measured on; how long such a build takes
to make is another question, which `refreshing.py` answers. FOLDER becomes a data folder.
"""

import datetime as dt
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline import store
from pipeline.tables import TABLES, TEXT

_DATA = Path(__file__).parents[2] / "data"
_ROWS = 100_000  # handed over at once
_N_DAYS = 300  # copies fall on so many different days, so that meetings have several documents
_ONCE = {"themes", "theme_terms", "tone_terms", "topics", "events", "phrases", "refrains",
         "speakers", "corrections", "misjudged", "quality"}  # fmt: skip
_NEW = {  # what another copy says in place of an id: its day moved, its number added
    "document_id": "moved({0}, {1}) || '-' || {1}",
    "statement_id": "moved({0}, {1}) || '-' || {1}",
    "earlier_id": "moved({0}, {1}) || '-' || {1}",
    "meeting_id": "moved({0}, {1})",
    "date": "({0} + ({1} % {2})::INT)::DATE",
}


def main(folder: Path, n_statements: int) -> None:
    published = _DATA / "published"
    manifest = store.current_manifest(published)
    if manifest is None:
        raise SystemExit("no build to multiply; run `parley refresh`")
    n_copies = -(-n_statements // manifest["n_statements"])
    with store.new_build(folder / "published", digest="0" * 64) as build:
        database = duckdb.connect(config={"temp_directory": str(build.scratch)})
        database.execute(
            "CREATE MACRO moved(id, copy) AS strftime(CAST(id[1:10] AS DATE)"
            f" + (copy % {_N_DAYS})::INT, '%Y-%m-%d') || id[11:]"
        )
        for name in TABLES:
            source = published / manifest["build_id"] / f"{name}.parquet"
            for part in _copied(database, source, name=name, n_copies=n_copies):
                build.add(name, part.cast(TABLES[name].schema))
        kept = {key: manifest[key] for key in manifest if key not in ("build_id", "tables")}
        build.publish(kept | {"n_statements": n_copies * manifest["n_statements"]})
    print(f"{n_copies * manifest['n_statements']:,} statements in {folder}")


def _copied(
    database: duckdb.DuckDBPyConnection, source: Path, *, name: str, n_copies: int
) -> Iterator[pa.Table]:
    rows = database.read_parquet(str(source), file_row_number=True)
    rows.create_view("original", replace=True)
    if name in _ONCE:
        yield database.read_parquet(str(source)).to_arrow_table()
        return
    if name == "meetings":
        yield _meetings(database, n_copies=n_copies)
        return
    columns = ", ".join(
        f"{_NEW[column].format(column, 'copy', _N_DAYS)} AS {column}"
        if column in _NEW and (column, TABLES[name].schema.field(column).type) != ("date", TEXT)
        else f'"{column}"'
        for column in TABLES[name].schema.names
    )
    # a refresh writes by document, whose names begin with the day, or by theme and in order of time
    day = next(new.format(old, "copy", _N_DAYS) for old, new in _NEW.items() if old in rows.columns)
    theme = "theme_id, " if name == "theme_centrality" else ""
    batches = database.sql(
        f"SELECT {columns} FROM (SELECT * FROM original, range({n_copies}) AS copies(copy))"
        f" ORDER BY {theme}({day})[1:10], copy, file_row_number"
    ).to_arrow_reader(_ROWS)
    yield from (pa.Table.from_batches([batch]) for batch in batches)


def _meetings(database: duckdb.DuckDBPyConnection, *, n_copies: int) -> pa.Table:
    """One row a meeting and day; several copies share a day, and then a meeting."""
    frame = database.sql(
        "SELECT moved(meeting_id, copy) AS meeting_id, any_value(date + (copy % 300)::INT)::DATE AS"
        " date, any_value(place) AS place, any_value(counterpart) AS counterpart,"
        " sum(n_documents)::INT AS n_documents, sum(n_statements)::INT AS n_statements,"
        " sum(n_words)::INT AS n_words FROM original, range(?) AS copies(copy)"
        " GROUP BY ALL ORDER BY meeting_id", params=[n_copies],
    ).to_arrow_table().to_pandas()  # fmt: skip
    labels = [
        _label(*row) for row in frame[["meeting_id", "date", "place"]].itertuples(index=False)
    ]
    ordered = frame.assign(label=labels)[TABLES["meetings"].schema.names]
    return pa.Table.from_pandas(ordered, preserve_index=False)


def _label(meeting_id: str, date: dt.date, place: str) -> str:
    number = re.search(r"-(\d+)$", meeting_id[10:])
    return f"{date.day} {date:%B %Y}, {place}{f' ({number[1]})' if number else ''}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
