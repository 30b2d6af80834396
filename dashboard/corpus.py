"""The tables of one build, asked by SQL where they lie; what a page keeps of them is small.

A million statements do not fit into a page. So which statements it is about is told by conditions
(`Rows`), and read is only what they come to: counts, or the twenty cards that are shown.
"""

import os
import shutil
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import Any, TypeVar

import duckdb
import pandas as pd
import pyarrow as pa

from pipeline.intervals import ONE, PAIR, products_of

SMALL = frozenset(
    {"meetings", "speakers", "themes", "theme_terms", "tone_terms", "topics", "events", "phrases",
     "refrains", "corrections", "misjudged", "quality"}
)  # fmt: skip
_MEMORY = "500MB"  # what the engine may hold for all sessions together
_KEPT = 48_000_000  # bytes of answers kept of all builds: some thousand that pages ask for
_LARGEST_KEPT = 4_000_000  # bytes; what is larger is made anew
_FEW = 50  # values that are compared with one by one; a longer list is joined
_NUMBERED = "* RENAME (file_row_number AS row_id)"
T = TypeVar("T")
# counts know their meeting only; filters ask for the day too. Documents are only told apart, by
# numbers of which two are the same once in ten thousand million builds of 60,000 documents
_DATED = (
    "CREATE TABLE {0}_dated AS SELECT counts.* REPLACE (hash(document_id) AS document_id),"
    " meetings.date, meetings.label FROM {0} AS counts JOIN meetings USING (meeting_id)"
)


class Corpus(Mapping[str, pd.DataFrame]):
    """The tables of a build: small ones as frames by name, all of them by SQL.

    One is shared by all sessions: nobody may change a frame that it gives. Statements have a
    row_id besides what is published, their place in the table from 0, by which what is held in
    memory refers to them: joining by it takes a sixth of the time that their ids take.
    """

    def __init__(self, sources: Mapping[str, Path | pa.Table]) -> None:
        """sources: for each table its parquet file, or its rows.

        Files are linked into a folder of the corpus's own: a refresh may remove the build under a
        page that is being drawn, or before the click on one that was. Raises OSError where one
        cannot be read.
        """
        own = Path(mkdtemp(prefix="parley-"))
        weakref.finalize(self, shutil.rmtree, own, ignore_errors=True)
        self._owner = object()  # whose the answers are, without holding the corpus
        self._database = duckdb.connect(
            config={"memory_limit": _MEMORY, "temp_directory": str(own / "overflow")}
        )
        self._lock = Lock()
        self._held: dict[str, Future] = {}
        for name, source in sources.items():
            is_numbered = name == "statements"
            if isinstance(source, Path):
                file = str(_linked(source, own))
                rows = self._database.read_parquet(file, file_row_number=is_numbered)
                (rows.project(_NUMBERED) if is_numbered else rows).create_view(name)
            else:
                rows = _with_row_ids(source) if is_numbered else source
                self._database.from_arrow(rows).create(name)
        for name in ("theme_counts", "meeting_counts"):
            if {name, "meetings"} <= sources.keys():
                self._database.execute(_DATED.format(name))
        self._names = [name for name in sources if name in SMALL]

    @classmethod
    def of(cls, frames: Mapping[str, pd.DataFrame]) -> "Corpus":
        """The corpus of tables that are in memory, e.g. of a reader's own text."""
        return cls(
            {
                name: pa.Table.from_pandas(frame, preserve_index=False)
                for name, frame in frames.items()
            }
        )

    def __getitem__(self, name: str) -> pd.DataFrame:
        """A small table. Raises KeyError for one that has to be asked by SQL."""
        if name not in self._names:
            raise KeyError(f"{name} is read by SQL")
        return self.ask(f"SELECT * FROM {name}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    __hash__ = object.__hash__
    __eq__ = object.__eq__

    @cached_property
    def labels(self) -> pd.Series:
        """Theme ids → names of themes for people."""
        return self["themes"].set_index("theme_id")["label"]

    @cached_property
    def places(self) -> pd.Series:
        """Meeting ids → names of meetings for people."""
        return self["meetings"].set_index("meeting_id")["label"]

    @cached_property
    def statements(self) -> "Rows":
        """All statements."""
        return Rows(self, "statements")

    def ask(self, sql: str, *values: Any, **named: "Rows") -> pd.DataFrame:
        """The answer, kept for whoever asks the same: it must not be changed.

        named: rows under the name by which the SQL asks them. Days come as pandas days.
        """
        sql, values = _with_named(sql, values, named)
        return self.once((sql, _hashable(values)), lambda: self._read(sql, values))

    def once(self, key: tuple, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """What is made under a key, kept like an answer; a key tells rows by their conditions."""
        parts = (part.told if isinstance(part, Rows) else part for part in key)
        whole = self._owner, tuple(parts)
        kept = _answers.get(whole)
        if kept is None:
            kept = make()
            _answers.keep(whole, kept)
        return kept

    def held(self, name: str, make: Callable[[], T]) -> T:
        """What is made when it is first asked for, and held as long as the build; others wait."""
        with self._lock:
            is_first = name not in self._held
            made = self._held.setdefault(name, Future())
        if is_first:
            try:
                made.set_result(make())
            except BaseException as error:
                self._held.pop(name, None)
                made.set_exception(error)
        return made.result()

    def table(self, name: str, sql: str, *values: Any) -> str:
        """The name of a table of the engine's that is made of an answer and held in memory."""

        def create() -> str:
            with self._cursor() as cursor:
                cursor.execute(f"CREATE OR REPLACE TABLE {name} AS {sql}", list(values))
            return name

        return self.held(f"table {name}", create)

    def shed(self) -> None:
        """Lets go of answers and of what is held; whoever still asks has it made anew.

        For a build that is no longer shown: what knows it in circles goes when Python next looks
        for them, and until then that would be hundreds of megabytes at a million statements.
        """
        _answers.clear(self._owner)
        with self._lock:
            self._held.clear()

    def value(self, sql: str, *values: Any, **named: "Rows") -> Any:
        """The one figure of the answer."""
        return self.ask(sql, *values, **named).iat[0, 0]

    def read(self, sql: str, *values: Any, **named: "Rows") -> pd.DataFrame:
        """The answer, however large; not kept."""
        return self._read(*_with_named(sql, values, named))

    def statements_of(self, statement_ids: Iterable[str]) -> pd.DataFrame:
        """These statements, in their order; what the build does not hold is left out."""
        return self._in_order("statement_id", "VARCHAR", statement_ids)

    def statements_at(self, row_ids: Iterable[int]) -> pd.DataFrame:
        """The statements at these places of their table, in this order."""
        return self._in_order("row_id", "BIGINT", row_ids)

    def rows_of(self, name: str, statement_ids: Iterable[str]) -> pd.DataFrame:
        """The rows of a table that belong to some statements."""
        sql = f"SELECT * FROM {name} WHERE statement_id IN (SELECT unnest(?::VARCHAR[]))"
        return self.ask(sql, tuple(statement_ids))

    def _in_order(self, key: str, kind: str, wanted: Iterable[Any]) -> pd.DataFrame:
        place = {value: i for i, value in enumerate(wanted)}
        sql = f"SELECT * FROM statements WHERE {key} IN (SELECT unnest(?::{kind}[]))"
        found = self.ask(sql, tuple(place))
        order = found[key].map(place).sort_values(kind="stable").index
        return found.loc[order].reset_index(drop=True)

    def _read(self, sql: str, values: tuple) -> pd.DataFrame:
        plain = [list(value) if isinstance(value, tuple) else value for value in values]
        with self._cursor() as cursor:
            return cursor.sql(sql, params=plain).to_arrow_table().to_pandas(date_as_object=False)

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._lock:
            cursor = self._database.cursor()
        try:
            yield cursor
        finally:
            cursor.close()


@dataclass(frozen=True)
class Rows:
    """Some rows of a table, told by conditions; nothing is read before it is asked for."""

    corpus: Corpus
    table: str
    conditions: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()

    def where(self, condition: str, *values: Any) -> "Rows":
        """Those of them that fit, each ? of the condition standing for a value."""
        return replace(
            self, conditions=(*self.conditions, condition), values=(*self.values, *values)
        )

    def among(self, column: str, wanted: Iterable[Any]) -> "Rows":
        """Those whose column is one of the wanted."""
        values = tuple(wanted)
        if 0 < len(values) <= _FEW:
            return self.where(f"{column} IN ({', '.join('?' * len(values))})", *values)
        return self.where(f"{column} IN (SELECT unnest(?::VARCHAR[]))", values)

    def outside(self, column: str, unwanted: Iterable[Any]) -> "Rows":
        """Those whose column is none of the unwanted."""
        return self.where(f"{column} NOT IN (SELECT unnest(?::VARCHAR[]))", tuple(unwanted))

    @property
    def told(self) -> tuple:
        """Which rows they are, without the corpus that holds them."""
        return self.table, self.conditions, self.values

    @property
    def sql(self) -> str:
        fits = " AND ".join(f"({condition})" for condition in self.conditions)
        return f"SELECT * FROM {self.table}{f' WHERE {fits}' if fits else ''}"

    def ask(self, sql: str, *values: Any, **named: "Rows") -> pd.DataFrame:
        """The answer to SQL in which `chosen` stands for these rows."""
        return self.corpus.ask(sql, *values, chosen=self, **named)

    def value(self, sql: str, *values: Any, **named: "Rows") -> Any:
        """The one figure of such an answer."""
        return self.corpus.value(sql, *values, chosen=self, **named)

    def read(
        self, sql: str = "SELECT * FROM chosen", *values: Any, **named: "Rows"
    ) -> pd.DataFrame:
        """Such an answer, however large: the rows themselves unless told."""
        return self.corpus.read(sql, *values, chosen=self, **named)

    def first(self, n: int, *, order: str, skip: int = 0) -> pd.DataFrame:
        """n of the statements in an order of columns."""
        # sorted is what is narrow; texts are fetched for the few that are shown
        keys = self.ask(
            f"SELECT row_id FROM chosen ORDER BY {order} LIMIT {int(n)} OFFSET {int(skip)}"
        )
        return self.corpus.statements_at(keys["row_id"].tolist())

    def counts(self, column: str) -> pd.Series:
        """How many there are of each value of a column, the most frequent first."""
        found = self.ask(
            f"SELECT {column}, count(*) AS n FROM chosen GROUP BY ALL ORDER BY n DESC, {column}"
        )
        return found.set_index(column)["n"]

    def __len__(self) -> int:
        return int(self.value("SELECT count(*) FROM chosen"))

    def __bool__(self) -> bool:
        return len(self) > 0


def scaled_sql(documents: str, *, by: str, is_pair: bool = False) -> str:
    """SQL: rows of documents (n, sum; _2 for a second group) with what intervals make of them.

    by: the columns that tell the means apart.
    """
    groups = ("", "_2") if is_pair else ("",)
    columns = [
        f"{column}{group} / nullif(whole{group} - n{group}, 0) AS {scaled}{group}"
        for group in groups
        for column, scaled in (("n", "m"), ("sum", "v"))
    ]
    sums = ", ".join(f"sum(n{group}) AS whole{group}" for group in groups)
    # joined, as a window over so many rows takes several times as long
    own = f"SELECT {by}, {sums} FROM {documents} GROUP BY {by}" if by else (
        f"SELECT {sums} FROM {documents}"
    )  # fmt: skip
    joined = f"JOIN ({own}) USING ({by})" if by else f"CROSS JOIN ({own})"
    return f"SELECT *, {', '.join(columns)} FROM {documents} {joined}"


def moments_sql(*, is_pair: bool = False) -> str:
    """Columns of SQL over scaled rows of documents: the sums that pipeline.intervals takes."""
    groups = ("", "_2") if is_pair else ("",)
    sums = [
        f"sum({name}{group}) AS {name}{group}" for group in groups for name in ("n", "sum", "sq")
    ]
    products = [
        f"sum({one} * {other}) AS {name}"
        for name, one, other in products_of(PAIR if is_pair else ONE)
    ]
    sizes = [f"count(*) FILTER (n{group} > 0) AS documents{group}" for group in groups]
    return ", ".join([*sums, *products, *sizes])


def _linked(path: Path, folder: Path) -> Path:
    """The file in another folder; copied where it cannot be linked."""
    target = folder / path.name
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)
    return target


class _Answers:
    """The latest answers of all builds, as many as fit into so many bytes; by owner and key."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple, tuple[pd.DataFrame, int]] = OrderedDict()
        self._size = 0

    def get(self, key: tuple) -> pd.DataFrame | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def clear(self, owner: object) -> None:
        with self._lock:
            for key in [key for key in self._kept if key[0] is owner]:
                self._size -= self._kept.pop(key)[1]

    def keep(self, key: tuple, answer: pd.DataFrame) -> None:
        size = int(answer.memory_usage(deep=True).sum()) + 1000
        with self._lock:
            if size > _LARGEST_KEPT or key in self._kept:
                return
            self._kept[key] = answer, size
            self._size += size
            while self._size > _KEPT:
                self._size -= self._kept.popitem(last=False)[1][1]


_answers = _Answers()


def _with_row_ids(statements: pa.Table) -> pa.Table:
    return statements.append_column("row_id", pa.array(range(len(statements)), pa.int64()))


def _with_named(sql: str, values: tuple, named: Mapping[str, Rows]) -> tuple[str, tuple]:
    if not named:
        return sql, values
    head = ", ".join(f"{name} AS ({rows.sql})" for name, rows in named.items())
    own = tuple(value for rows in named.values() for value in rows.values)
    rest = f", {sql.removeprefix('WITH')}" if sql.startswith("WITH") else f" {sql}"
    return f"WITH {head}{rest}", (*own, *values)


def _hashable(values: Iterable[Any]) -> tuple:
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)
