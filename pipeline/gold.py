"""Statements and pairs labelled by hand: the gold files, read and checked."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.alignment import CHANGES
from pipeline.problems import InputError, Problem, gathered

TONES = {"-1": "negative", "0": "neutral", "1": "positive"}
_TONE_CELLS = {"": "", "?": "", **TONES, **{name: name for name in TONES.values()}}
_LABELLED = ("statements", "genres", "more", "unread")
_SHARES = ("tone_agreement", "tone_kappa", "theme_micro_f1")  # of readers
_WHOLE, _NUMBER = re.compile(r"\d{1,9}"), re.compile(r"-?\d{1,9}(\.\d+)?")


def read_gold_folder(folder: Path, *, theme_ids: Collection[str]) -> dict[str, pd.DataFrame]:
    """The gold files of the folder by name.

    statements; held_aside, the documents of it on whose errors no rule was made; genres, sentences
    of other genres; more and unread, documents labelled later (in the second no error was read);
    pairs; and readers, how far careful readers agree. All but the first may be absent. Raises
    InputError with every mistake in all of them.
    """
    labelled = partial(read_gold, theme_ids=theme_ids)
    readers: dict[str, Callable[[Path], pd.DataFrame]] = dict.fromkeys(_LABELLED, labelled)
    readers |= {"held_aside": _read_held_aside, "pairs": read_pairs, "readers": _read_readers}
    found: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for name, read in readers.items():
        path = folder / f"{name}.csv"
        if name == "statements" or path.exists():
            with gathered(problems):
                found[name] = read(path)
    if not problems and "held_aside" in found:
        problems += _held_aside_problems(found, path=folder / "held_aside.csv")
    if problems:
        raise InputError(problems)
    return found


def read_gold(path: Path, *, theme_ids: Collection[str]) -> pd.DataFrame:
    """Labelled statements: text, themes and themes_optional (frozensets), tone label, document.

    Tone is empty where it is not to be scored; document, where there is none. Raises InputError
    with every mistake, themes that are none of theme_ids among them.
    """
    rows = _read_csv(path, columns=("text", "themes", "tone"))
    optional = rows["themes_optional"] if "themes_optional" in rows else [""] * len(rows)
    found = pd.DataFrame(
        {
            "text": rows["text"],
            "themes": [_ids(cell) for cell in rows["themes"]],
            "themes_optional": [_ids(cell) for cell in optional],
            "tone": rows["tone"].str.strip().str.lstrip("+").str.replace("−", "-"),
            "document": document_names(rows),
        }
    )
    problems = [
        Problem(str(path), number, what)
        for number, row in zip(_lines(rows), found.itertuples(), strict=True)
        for what in _mistakes(row, theme_ids=theme_ids)
    ]
    if problems:
        raise InputError(problems)
    return found.assign(tone=found["tone"].map(_TONE_CELLS))


def read_pairs(path: Path) -> pd.DataFrame:
    """Pairs judged by hand: earlier, later, change (repeated, reworded or different).

    Raises InputError with every mistake.
    """
    rows = _read_csv(path, columns=("earlier", "later", "change"))
    problems = [
        Problem(str(path), line, f"change {change!r}; write repeated, reworded or different")
        for line, change in zip(_lines(rows), rows["change"], strict=True)
        if change not in (*CHANGES, "different")
    ]
    if problems:
        raise InputError(problems)
    return rows


def contexts(documents: pd.Series) -> list[str]:
    """The documents, but a name of its own for each statement that belongs to none."""
    return [name or f"statement {i}" for i, name in enumerate(documents)]


def document_names(rows: pd.DataFrame) -> pd.Series:
    """The column document or document_id, where there is one; else empty names."""
    names = [name for name in ("document", "document_id") if name in rows.columns]
    return rows[names[0]] if names else pd.Series("", index=rows.index)


def _read_held_aside(path: Path) -> pd.DataFrame:
    return _read_csv(path, columns=("document",))


def _held_aside_problems(found: Mapping[str, pd.DataFrame], *, path: Path) -> Iterator[Problem]:
    rows, known = found["held_aside"], set(found["statements"]["document"])
    for line, name in zip(_lines(rows), rows["document"], strict=True):
        if name not in known:
            what = f"document {name!r} has no statement in statements.csv; mend its name"
            yield Problem(str(path), line, what)
    if known <= set(rows["document"]):
        yield Problem(str(path), 1, "every document is held aside; take some out")


def _read_readers(path: Path) -> pd.DataFrame:
    rows = _read_csv(path, columns=("sample", "n", *_SHARES))
    problems = [
        Problem(str(path), line, f"{name} {value!r} is no number; write it as {example}")
        for name, form, example in [("n", _WHOLE, "216"), *((x, _NUMBER, "0.97") for x in _SHARES)]
        for line, value in zip(_lines(rows), rows[name], strict=True)
        if not form.fullmatch(value)
    ]
    if problems:
        raise InputError(problems)
    return rows


def _read_csv(path: Path, *, columns: Sequence[str]) -> pd.DataFrame:
    """The rows, with these columns at least."""
    header = ",".join(columns)
    message = "has a header only; write rows below it"
    try:
        rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        missing = [name for name in columns if name not in rows.columns]
        if len(rows) and not missing:
            return rows
        if missing:
            message = f"no column {', '.join(missing)}; the header must name {header}"
    except FileNotFoundError:
        message = "no such file; name another with --gold"
    except UnicodeDecodeError:
        message = "is not UTF-8 text; save it as UTF-8 CSV"
    except pd.errors.EmptyDataError:
        message = f"is empty; write a header {header} and rows below it"
    except pd.errors.ParserError as error:
        message = f"is not a CSV table ({error}); mend quotes and commas"
    except OSError as error:
        message = f"cannot be read ({error.strerror}); mend its rights or name another with --gold"
    raise InputError([Problem(str(path), 1, message)])


def _lines(rows: pd.DataFrame) -> list[int]:
    """The line on which each row begins; a quoted cell may run over several lines."""
    heights = rows.apply(lambda row: 1 + sum(cell.count("\n") for cell in row), axis=1)
    return [2, *(2 + heights.cumsum())][: len(rows)]


def _mistakes(row: Any, *, theme_ids: Collection[str]) -> Iterable[str]:
    if not row.text.strip():
        yield "empty text; write the statement or remove the row"
    if row.tone not in _TONE_CELLS:
        yield f"tone {row.tone!r}; write -1, 0 or 1, or leave it empty"
    if unknown := sorted({*row.themes, *row.themes_optional} - set(theme_ids)):
        yield f"unknown themes {', '.join(unknown)}; the rules know {', '.join(theme_ids)}"


def _ids(cell: str) -> frozenset[str]:
    return frozenset(part.strip() for part in cell.split("|") if part.strip())
