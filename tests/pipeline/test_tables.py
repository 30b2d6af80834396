import datetime as dt

import pandas as pd
import pytest

from pipeline.tables import TABLES, TableError, empty, frame_of, to_arrow, validate


def test_every_table_and_column_is_described():
    for table in TABLES.values():
        assert table.grain
        assert all(column.description.endswith(".") for column in table.columns)
        assert set(table.key) <= set(table.schema.names)


def test_no_column_is_a_list():
    assert not [c for t in TABLES.values() for c in t.columns if "list" in str(c.type)]


def test_a_frame_becomes_exactly_the_published_columns_and_types():
    arrow = to_arrow(events().assign(extra=1), table=TABLES["events"])
    assert arrow.schema == TABLES["events"].schema


def test_a_missing_column_is_named():
    with pytest.raises(TableError, match="table events: missing columns url"):
        to_arrow(events().drop(columns="url"), table=TABLES["events"])


def test_two_rows_with_one_key_are_refused():
    with pytest.raises(TableError, match="more than one row"):
        to_arrow(pd.concat([events(), events()]), table=TABLES["events"])


def test_an_empty_cell_is_refused():
    with pytest.raises(TableError, match="empty cells in source"):
        to_arrow(events(source=None), table=TABLES["events"])


def test_a_wrong_type_is_refused():
    with pytest.raises(TableError, match="table events"):
        to_arrow(events(date="some day"), table=TABLES["events"])


def test_a_table_left_out_is_named():
    with pytest.raises(TableError, match=r"tables not built: .*statements"):
        validate({"events": events()})


def test_an_id_without_its_row_is_named():
    frames = {name: empty(name) for name in TABLES}
    frames["sources"] = frame_of([("nowhere", 1, "Title", "", "", "")], name="sources")
    with pytest.raises(TableError, match="document_id 'nowhere' is not in table documents"):
        validate(frames)


def events(*, date=dt.date(2010, 3, 1), source="Almanac"):
    return frame_of([(date, "A bridge opens", source, "")], name="events")
