"""Tables of the current build in the formats that spreadsheets and other programs read."""

import io
from pathlib import Path

import pandas as pd

from pipeline import store
from pipeline.problems import InputError, Problem
from pipeline.tables import TABLES

FORMATS = ("csv", "json", "xlsx")
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def export_tables(published: Path, *, out: Path, file_format: str) -> int:
    """Writes every table into the folder `out`, one file each; number of tables.

    Raises StoreError when there is no build to export, or one with damaged files, and InputError
    where nothing can be written.
    """
    manifest = store.current_manifest(published)
    if manifest is None:
        remedy = "`parley rollback`" if store.builds(published) else "`parley refresh`"
        raise store.StoreError(f"{published}: no build is published; run {remedy}")
    if damaged := store.damaged_files(published, manifest):
        names = ", ".join(path.name for path in damaged)
        what = f"{names} of build {manifest['build_id']} cannot be read"
        raise store.StoreError(f"{published}: {what}; {store.MENDING}")
    for name in TABLES:
        frame = store.read_table(published, manifest["build_id"], name)
        content = as_file(frame, file_format=file_format, name=name)
        _write(out / f"{name}.{file_format}", content)
    return len(TABLES)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        what = f"cannot be written ({error.strerror}); name another folder, or mend its rights"
        raise InputError([Problem(str(path), 1, what)]) from None


def without_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """Text cells that a spreadsheet would run as formulas, made plain by an apostrophe."""
    texts = frame.select_dtypes(include=["object", "string"])
    return frame.assign(**{name: texts[name].map(_plain) for name in texts.columns})


def _plain(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def as_file(frame: pd.DataFrame, *, file_format: str, name: str = "rows") -> bytes:
    """The rows as the bytes of a file in one of FORMATS; no cell can run as a formula."""
    if file_format == "csv":
        text = without_formulas(frame).to_csv(index=False, lineterminator="\n")
        return text.encode("utf-8")
    if file_format == "json":
        dated = frame.astype({"date": str}) if "date" in frame.columns else frame
        return (dated.to_json(orient="records", force_ascii=False, indent=1) or "").encode("utf-8")
    book = io.BytesIO()
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(book, engine="xlsxwriter", engine_kwargs=options) as writer:
        frame.to_excel(writer, sheet_name=name[:31], index=False)
    return book.getvalue()
