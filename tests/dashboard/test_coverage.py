import pandas as pd

from dashboard import coverage
from pipeline.differences import difference


def test_years_count_documents_and_the_statements_of_each_side(tables):
    rows = coverage.by_year(tables)
    assert rows.to_dict("list") == {
        "year": [2014, 2015], "documents": [1, 1], "statements": [8, 7],
        "Ardenia": [7, 6], "Borland": [1, 1],
    }  # fmt: skip


def test_kinds_count_documents_and_statements(tables):
    (row,) = coverage.by_kind(tables).itertuples(index=False)
    assert (row.kind, row.documents, row.statements) == ("report", 2, 15)


def test_builds_say_what_changed():
    old = manifest("1", {"a": "x", "b": "x"}, labels="one")
    new = manifest("2", {"a": "y", "c": "x"}, labels="two")
    rows = coverage.builds([(new, difference(new, old)), (old, None)])
    assert rows["build"].tolist() == ["2", "1"]
    assert rows["changed"][0] == (
        "1 document new, 1 document changed, 1 document removed, rules of labelling changed"
    )
    assert "oldest" in rows["changed"][1]
    assert rows["made"][0] == pd.Timestamp("2020-01-01")


def manifest(build_id, documents, *, labels):
    return {
        "build_id": build_id, "created_at": "2020-01-01", "documents": documents,
        "n_statements": 3, "inputs": {"labels": labels}, "tables": {},
    }  # fmt: skip
