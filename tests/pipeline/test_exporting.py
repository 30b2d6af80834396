import json

import pandas as pd
import pytest

from pipeline import store
from pipeline.exporting import export_tables, without_formulas
from pipeline.tables import TABLES, empty, frame_of, validate


@pytest.mark.parametrize("file_format", ["csv", "json", "xlsx"])
def test_every_table_is_written_in_every_format(tmp_path, file_format):
    n = export_tables(published(tmp_path), out=tmp_path / "out", file_format=file_format)
    assert n == len(TABLES)
    assert {path.stem for path in (tmp_path / "out").iterdir()} == set(TABLES)


def test_a_csv_holds_the_published_rows(tmp_path):
    export_tables(published(tmp_path), out=tmp_path / "out", file_format="csv")
    rows = pd.read_csv(tmp_path / "out" / "themes.csv")
    assert rows.to_dict("records") == [
        {"theme_id": "sea", "label": "Sea", "definition": "Fishing."}
    ]


def test_json_is_a_list_of_rows(tmp_path):
    export_tables(published(tmp_path), out=tmp_path / "out", file_format="json")
    rows = json.loads((tmp_path / "out" / "themes.json").read_text("utf-8"))
    assert [row["theme_id"] for row in rows] == ["sea"]


def test_cells_that_a_spreadsheet_would_run_are_made_plain():
    frame = pd.DataFrame({"text": ["=1+1", "@SUM", "plain"], "tone": [-0.5, 0.0, 0.5]})
    safe = without_formulas(frame)
    assert safe["text"].tolist() == ["'=1+1", "'@SUM", "plain"]
    assert safe["tone"].tolist() == [-0.5, 0.0, 0.5]


def test_nothing_published_says_which_command_to_run(tmp_path):
    with pytest.raises(store.StoreError, match="run `parley refresh`"):
        export_tables(tmp_path, out=tmp_path / "out", file_format="csv")


def published(folder):
    frames = {name: empty(name) for name in TABLES}
    frames["themes"] = frame_of([("sea", "Sea", "Fishing.")], name="themes")
    with store.new_build(folder / "published", digest="0" * 8) as new:
        for name, table in validate(frames).items():
            new.add(name, table)
        new.publish({})
    return folder / "published"
