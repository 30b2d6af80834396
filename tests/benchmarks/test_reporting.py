"""What stands around the benchmarks: their tables and the page that shows them."""

import re
import sys
from pathlib import Path

import pytest
from measuring import ProgramError, markdown, measure
from reporting import between_markers

ROOT = Path(__file__).parents[2]


def test_a_table_replaces_the_one_before_and_nothing_else():
    page = (
        "Before.\n<!-- bench:a -->\nold\n<!-- /bench:a -->\n<!-- bench:ab -->\n<!-- /bench:ab -->"
    )
    written = between_markers(page, "| \\1 new |", name="a")
    assert written == page.replace("old", "| \\1 new |")
    assert between_markers(written, "| \\1 new |", name="a") == written


@pytest.mark.parametrize(
    "page",
    [
        "none",
        "<!-- bench:a -->\n",
        "<!-- /bench:a --><!-- bench:a -->",
        "<!-- bench:a --><!-- /bench:a -->" * 2,
    ],
)
def test_a_page_without_its_place_is_refused(page):
    with pytest.raises(ValueError, match="put them in"):
        between_markers(page, "table", name="a")


def test_a_table_says_when_and_where_it_was_measured():
    found = found_with(notes=["Quiet machine."])
    assert markdown(found) == (
        "Ten words. Measured on 2 March 2026; a machine.\n\n"
        "| | seconds |\n|---|---|\n| refresh | 1.0 |\n\nQuiet machine."
    )


def test_the_page_has_a_place_for_every_benchmark_that_make_runs():
    written = re.findall(
        r"--json \$\(RESULTS\)/(\w+)\.json", (ROOT / "Makefile").read_text("utf-8")
    )
    page = (ROOT / "docs" / "performance.md").read_text("utf-8")
    assert len(written) >= 4
    for name in written:
        between_markers(page, "table", name=name)


def test_a_program_is_measured_with_its_children():
    held = "import time; held = bytearray(50_000_000); time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {held!r}])"
    needed = measure([sys.executable, "-c", parent], cwd=ROOT)
    assert needed.seconds >= 1
    assert needed.peak_megabytes >= 50


def test_a_program_that_fails_is_told_with_its_last_words():
    with pytest.raises(ProgramError, match="no such corpus"):
        measure([sys.executable, "-c", "raise SystemExit('no such corpus')"], cwd=ROOT)


def found_with(*, notes=()):
    return {
        "what": "Ten words.",
        "columns": ["", "seconds"],
        "rows": [["refresh", "1.0"]],
        "notes": list(notes),
        "machine": "a machine",
        "date": "2026-03-02",
    }
