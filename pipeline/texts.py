"""Any CSV with a column of texts, labelled: the same measures for texts outside the corpus."""

import csv
from pathlib import Path

import pandas as pd

from pipeline.gold import contexts, document_names
from pipeline.labelling import Labeller
from pipeline.problems import InputError, Problem


def label_csv(path: Path, *, out: Path, column: str, labeller: Labeller) -> int:
    """Writes the CSV with themes (joined by |), tone (−1…1) and tone_label added; number of rows.

    All cells stay as they were. Where there is a column document or document_id, a text may take
    its themes from the one before it in its document. Raises InputError for a file or column that
    cannot be read, or a place that cannot be written.
    """
    if out.exists() and out.samefile(path):
        raise InputError([Problem(str(out), 1, "is the file read; name another with --out")])
    rows = _read(path)
    if column not in rows.columns:
        what = f"no column {column!r}; name one of {', '.join(rows.columns)} with --column"
        raise InputError([Problem(str(path), 1, what)])
    documents = contexts(document_names(rows))
    labels = list(labeller.label(rows[column], documents=documents))
    labelled = rows.assign(
        themes=["|".join(theme.theme_id for theme in found.themes) for found in labels],
        tone=[round(found.tone, 4) for found in labels],
        tone_label=[found.tone_label for found in labels],
    )
    content = labelled.to_csv(index=False, lineterminator="\n").encode("utf-8")
    try:
        out.write_bytes(content)
    except OSError as error:
        what = f"cannot be written ({error.strerror}); name another place with --out"
        raise InputError([Problem(str(out), 1, what)]) from None
    return len(labelled)


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except UnicodeDecodeError:
        message = "is not UTF-8 text; save it as UTF-8 CSV"
    except pd.errors.EmptyDataError:
        message = "is empty; write a header line and texts"
    except (pd.errors.ParserError, csv.Error) as error:
        message = f"is not a CSV table ({error}); mend quotes and commas"
    raise InputError([Problem(str(path), 1, message)])
