"""Labels corrected by hand: data/corrections.csv overrides speaker, themes or tone of a statement.

The file is only ever added to; where two rows speak of one field of one statement the later holds.
"""

import csv
import io
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from pipeline.locking import locked
from pipeline.problems import InputError, Problem
from pipeline.speakers import Speakers

FIELDS = ("speaker", "themes", "tone")
TONES = ("negative", "neutral", "positive")


class Correction(NamedTuple):
    """One cell set right: themes are ids joined by |, none is an empty value; `on` is a day."""

    statement_id: str
    field: str
    value: str
    by: str
    on: str
    why: str

    @property
    def theme_ids(self) -> tuple[str, ...]:
        return tuple(sorted(filter(None, (part.strip() for part in self.value.split("|")))))


class Corrections(NamedTuple):
    """The rows of the file in its order, and the line on which each begins."""

    rows: tuple[Correction, ...]
    lines: tuple[int, ...]

    def in_force(self) -> dict[tuple[str, str], Correction]:
        """By statement and field, the last row that speaks of it."""
        return {(row.statement_id, row.field): row for row in self.rows}


def read_corrections(path: Path, *, speakers: Speakers, theme_ids: Collection[str]) -> Corrections:
    """The corrections of the file; none where there is no file.

    Raises InputError with every row whose field or value cannot be.
    """
    if not path.exists():
        return Corrections((), ())
    rows, lines = [], []
    problems = []
    for line, cells in _cells(path):
        row = Correction(*(cells.get(name, "").strip() for name in Correction._fields))
        rows.append(row)
        lines.append(line)
        if what := _mistake(row, speakers=speakers, theme_ids=theme_ids):
            problems.append(Problem(str(path), line, what))
    if problems:
        raise InputError(problems)
    return Corrections(tuple(rows), tuple(lines))


def stale_corrections(
    corrections: Corrections, *, path: Path, measured: dict[tuple[str, str], str]
) -> Iterator[Problem]:
    """Rows that do nothing: the statement is gone, or it is so anyhow.

    Rows that a later one overrides are no mistake: they tell what was thought before.

    measured: by statement and field, what the documents and rules say without any correction.
    """
    in_force = corrections.in_force()
    for row, line in zip(corrections.rows, corrections.lines, strict=True):
        key = (row.statement_id, row.field)
        if key not in measured:
            what = f"statement {row.statement_id!r} is gone; remove the row or name another"
        elif in_force[key] is row and measured[key] == _plain_value(row):
            what = f"the {row.field} of {row.statement_id} is {row.value!r} anyhow; remove the row"
        else:
            continue
        yield Problem(str(path), line, what)


def add_corrections(path: Path, corrections: Sequence[Correction]) -> None:
    """Adds rows at the end; the file is replaced in one step, and writers wait for each other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path.with_suffix(".lock"), is_waiting=True):
        before = path.read_text("utf-8-sig") if path.exists() else _csv([Correction._fields])
        waiting = path.with_suffix(".new")
        with waiting.open("w", encoding="utf-8", newline="") as file:
            file.write(before + "\n" * (not before.endswith("\n")) + _csv(corrections))
            file.flush()
            os.fsync(file.fileno())
        os.replace(waiting, path)


def _csv(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _cells(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        what = "is not UTF-8 text; save it as UTF-8 CSV"
        raise InputError([Problem(str(path), 1, what)]) from None
    except OSError as error:
        what = f"cannot be read ({error.strerror}); make it a CSV file with the right to read it"
        raise InputError([Problem(str(path), 1, what)]) from None
    reader = csv.reader(io.StringIO(text, newline=""))
    names = next(reader, [])
    if missing := [name for name in Correction._fields if name not in names]:
        what = f"no column {', '.join(missing)}; the header is {','.join(Correction._fields)}"
        raise InputError([Problem(str(path), 1, what)])
    line = reader.line_num + 1
    for cells in reader:
        if cells:
            yield line, dict(zip(names, cells, strict=False))
        line = reader.line_num + 1


def _mistake(row: Correction, *, speakers: Speakers, theme_ids: Collection[str]) -> str:
    if not row.statement_id:
        return "no statement_id; copy it from the statement's permanent link"
    if row.field not in FIELDS:
        return f"field {row.field!r} cannot be corrected; use one of {', '.join(FIELDS)}"
    if row.field == "tone" and row.value not in TONES:
        return f"tone {row.value!r}; write one of {', '.join(TONES)}"
    unknown = [theme_id for theme_id in row.theme_ids if theme_id not in theme_ids]
    if row.field == "themes" and unknown:
        return f"unknown themes {', '.join(unknown)}; use ids of themes.toml"
    if row.field == "speaker" and not speakers.find(row.value):
        return f"unknown speaker {row.value!r}; add the name to speakers.toml"
    if not row.by:
        return "nobody is named under `by`; write who sets it right"
    if not _is_day(row.on):
        return f"{row.on!r} under `on` is no day so far; write it as 2024-12-31"
    return ""


def _is_day(text: str) -> bool:
    with suppress(ValueError):
        return date.fromisoformat(text) <= datetime.now(UTC).date() + timedelta(days=1)
    return False


def _plain_value(row: Correction) -> str:
    return "|".join(row.theme_ids) if row.field == "themes" else row.value
