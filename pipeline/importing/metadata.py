"""A table that states what pages do not: one row a file, for folders of texts."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.documents import KINDS
from pipeline.front_matter import to_come
from pipeline.importing.drafting import Stated
from pipeline.importing.page import refusal
from pipeline.importing.reading import decoded
from pipeline.problems import InputError, Problem

COLUMNS = ("file", "date", "speaker", "side", "place", "title", "kind", "meeting")
_REQUIRED = ("file", "date")


class Row(NamedTuple):
    """A line of the table: the file's name as it stands there, and what is stated of it."""

    line: int
    file: str
    stated: Stated


def read_table(path: Path, *, path_of: Callable[[str], str]) -> tuple[Row, ...]:
    """The rows in order. Raises InputError with every mistake found.

    `path_of` says where a file of the table lies; "" where there is none.
    """
    if not path.is_file():
        raise refusal(str(path), "is no regular file; save the table as one, and name that")
    text = decoded(path.read_bytes(), name=str(path))
    try:
        reader = csv.DictReader(io.StringIO(text), strict=True)
        lines = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise refusal(str(path), f"is no CSV table ({error}); mend it") from None
    if what := _unfit_header([name.strip() for name in reader.fieldnames or ()]):
        raise refusal(str(path), what)
    problems = [
        Problem(str(path), line, what)
        for line, row in lines
        for what in _mistakes(_clean(row), path_of=path_of)
    ]
    if problems:
        raise InputError(problems)
    return tuple(Row(line, clean["file"], _stated(clean)) for line, clean in _rows(lines))


def _rows(lines: list[tuple[int, dict]]) -> Iterator[tuple[int, dict[str, str]]]:
    for line, row in lines:
        yield line, _clean(row)


def _clean(row: Mapping) -> dict[str, str]:
    """Cells as single lines, without signs that no text holds."""
    cells = {str(key or "").strip(): str(value or "") for key, value in row.items()}
    return {
        key: " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", v).split()) for key, v in cells.items()
    }


def _unfit_header(columns: Sequence[str]) -> str:
    """Why the rows below these columns cannot be read; else empty."""
    absent = [name for name in _REQUIRED if name not in columns]
    if absent and any(";" in name for name in columns):
        return "its columns are separated by semicolons; separate them by commas"
    if absent:
        return f"no column {' and no '.join(absent)}; the columns are {', '.join(COLUMNS)}"
    unknown = [name for name in columns if name and name not in COLUMNS]
    wrong = f"unknown column {', '.join(map(repr, unknown))}; the columns are {', '.join(COLUMNS)}"
    return wrong if unknown else ""


def _mistakes(row: Mapping[str, str], *, path_of: Callable[[str], str]) -> Iterator[str]:
    if not row["file"]:
        yield "no file; name it, relative to the folder"
    elif not path_of(row["file"]):
        yield f"{row['file']}: no such file; mend its name in the table"
    try:
        if what := to_come(dt.date.fromisoformat(row["date"])):
            yield what
    except ValueError:
        yield f"date {row['date']!r} is not a day; write year-month-day as in 2005-05-31"
    kind = row.get("kind", "")
    if kind and kind not in KINDS:
        yield f"unknown kind {kind!r}; use one of {', '.join(KINDS)}"


def _stated(row: Mapping[str, str]) -> Stated:
    return Stated(
        date=dt.date.fromisoformat(row["date"]),
        place=row.get("place", ""),
        kind=row.get("kind", "") or "speech",
        speaker=row.get("speaker", ""),
        meeting=re.sub(r"[^A-Za-z0-9._-]+", "-", row.get("meeting", "")).strip("-._"),
        title=row.get("title", ""),
        side=row.get("side", ""),
    )
