"""Tables of the current build in the formats that spreadsheets and other programs read."""

from pathlib import Path

import pandas as pd

from pipeline import store
from pipeline.tables import TABLES

FORMATS = ("csv", "json", "xlsx")
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def export_tables(published: Path, *, out: Path, file_format: str) -> int:
    """Writes every table into the folder `out`, one file each; number of tables.

    Raises StoreError when there is no build to export, or one with damaged files.
    """
    manifest = store.current_manifest(published)
    if manifest is None:
        raise store.StoreError(f"{published}: no build yet; run `parley refresh`")
    if damaged := store.damaged_files(published, manifest):
        names = ", ".join(path.name for path in damaged)
        what = f"{names} of build {manifest['build_id']} cannot be read"
        raise store.StoreError(f"{published}: {what}; {store.MENDING}")
    out.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        frame = store.read_table(published, manifest["build_id"], name)
        _write(frame, out / f"{name}.{file_format}")
    return len(TABLES)


def without_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """Text cells that a spreadsheet would run as formulas, made plain by an apostrophe."""
    texts = frame.select_dtypes(include=["object", "string"])
    return frame.assign(**{name: texts[name].map(_plain) for name in texts.columns})


def _plain(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def _write(frame: pd.DataFrame, path: Path) -> None:
    if path.suffix == ".csv":
        without_formulas(frame).to_csv(path, index=False, lineterminator="\n")
    elif path.suffix == ".json":
        dated = frame.astype({"date": str}) if "date" in frame.columns else frame
        dated.to_json(path, orient="records", force_ascii=False, indent=1)
    else:
        options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
        with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs=options) as book:
            frame.to_excel(book, sheet_name=path.stem[:31], index=False)
