"""Which module may know which: arrows point from the screen to the documents, never back."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted([*ROOT.glob("pipeline/*.py"), *ROOT.glob("dashboard/**/*.py")])
CHARTS = {f"dashboard/{name}charts.py" for name in ("", "comparison_", "position_")}


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def users_of(name):
    return {
        str(path.relative_to(ROOT))
        for path in MODULES
        if any(f"{found}.".startswith(f"{name}.") for found in imports_of(path))
    }


def test_the_pipeline_knows_neither_the_dashboard_nor_streamlit():
    assert not [user for user in users_of("dashboard") if user.startswith("pipeline/")]
    assert not [user for user in users_of("streamlit") if user.startswith("pipeline/")]
    assert not [user for user in users_of("plotly") if user.startswith("pipeline/")]


@pytest.mark.parametrize(
    ("library", "owners"),
    [
        ("spacy.blank", set()),
        ("spacy.lookups", {"pipeline/language.py"}),
        ("typer", {"pipeline/cli.py"}),
        ("plotly", CHARTS),
        ("pyarrow.parquet", {"pipeline/store.py"}),
    ],
)
def test_a_library_is_used_where_it_belongs(library, owners):
    assert users_of(library) <= owners


def test_a_page_draws_and_computes_nothing_itself():
    for library in ("pyarrow", "sklearn", "spacy", "plotly"):
        assert not [user for user in users_of(library) if "/app_pages/" in user]


def test_the_dashboard_reads_tables_through_one_door():
    readers = users_of("pipeline.store") & {str(p.relative_to(ROOT)) for p in MODULES}
    assert {user for user in readers if user.startswith("dashboard/")} <= {
        "dashboard/loading.py",
        "dashboard/starting.py",
    }
