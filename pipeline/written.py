"""The tables of a build in the making, asked by SQL; what memory does not hold goes to disk."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

_MEMORY = "400MB"  # of each process; what needs more goes to disk


class Written:
    """Asks tables, each named as its file is. To be used as a block, or closed."""

    def __init__(self, *paths: Path, overflow: Path) -> None:
        """overflow: a folder for what memory does not hold."""
        self._overflow = TemporaryDirectory(dir=overflow)
        self._database = duckdb.connect(
            config={"memory_limit": _MEMORY, "threads": 1, "temp_directory": self._overflow.name}
        )
        # a process without a script counts as one at a terminal, which is shown a bar
        self._database.execute("SET enable_progress_bar = false")
        for path in paths:
            rows = self._database.read_parquet(str(path), file_row_number=True)
            rows.create_view(path.stem)

    def __enter__(self) -> "Written":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()
        self._overflow.cleanup()

    def rows(self, sql: str, *values: Any) -> pd.DataFrame:
        """The answer as a whole."""
        return self._database.sql(sql, params=values).to_arrow_table().to_pandas()

    def batches(self, sql: str, *values: Any, size: int) -> Iterator[pa.Table]:
        """The answer by so many rows at a time."""
        for batch in self._database.sql(sql, params=values).to_arrow_reader(size):
            yield pa.Table.from_batches([batch])
