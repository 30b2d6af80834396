"""Which module may know which: arrows point from the screen to the documents, never back."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted([*ROOT.glob("pipeline/**/*.py"), *ROOT.glob("dashboard/**/*.py")])
CHARTS = {
    "dashboard/axes.py",
    *(f"dashboard/{name}charts.py" for name in ("", "comparison_", "position_")),
}


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
        (
            "plotly",
            CHARTS
            | {f"dashboard/{name}.py" for name in ("exhibits", "marks", "pictures", "report")},
        ),
        ("pyarrow.parquet", {"pipeline/store.py"}),
        ("trafilatura", {"pipeline/importing/web_pages.py"}),
        ("htmldate", {"pipeline/importing/web_pages.py"}),
        ("lxml", {"pipeline/importing/web_pages.py"}),
        ("docx", {"pipeline/importing/office_files.py"}),
        ("pypdf", {"pipeline/importing/office_files.py"}),
        ("urllib3", {"pipeline/importing/fetching.py"}),
        ("charset_normalizer", {"pipeline/importing/reading.py"}),
    ],
)
def test_a_library_is_used_where_it_belongs(library, owners):
    assert users_of(library) <= owners


def test_a_page_draws_and_computes_nothing_itself():
    for library in ("pyarrow", "sklearn", "spacy", "plotly"):
        assert not [user for user in users_of(library) if "/app_pages/" in user]


def test_only_one_module_of_the_app_analyses_texts_and_only_on_demand():
    assert {u for u in users_of("pipeline.trying") if u.startswith("dashboard/")} == {
        "dashboard/trying.py"
    }
    assert not [user for user in users_of("pipeline.importing") if user.startswith("dashboard/")]
    loaded = "import sys, dashboard.trying; print('spacy' in sys.modules, 'sklearn' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "False False"


def test_a_build_knows_nothing_of_the_importer():
    builders = {
        "pipeline/build.py",
        "pipeline/making.py",
        "pipeline/frames.py",
        "pipeline/documents.py",
    }
    assert not users_of("pipeline.importing") & builders


def test_the_dashboard_reads_tables_through_one_door():
    readers = users_of("pipeline.store") & {str(p.relative_to(ROOT)) for p in MODULES}
    assert {user for user in readers if user.startswith("dashboard/")} <= {
        "dashboard/loading.py",
        "dashboard/starting.py",
    }
