"""What the documents say is so: commands, targets, files and columns exist."""

import re
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from pipeline.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [README, *(path.read_text("utf-8") for path in sorted(ROOT.glob("docs/**/*.md")))]


@pytest.mark.parametrize("name", sorted(set(re.findall(r"parley ([a-z]+)", README))))
def test_every_command_that_the_readme_names_exists(name):
    assert name in get_command(app).commands


@pytest.mark.parametrize("name", sorted(set(re.findall(r"make ([a-z]+)", README))))
def test_every_target_that_the_readme_names_exists(name):
    result = subprocess.run(["make", "-n", name], cwd=ROOT, capture_output=True, check=False)
    assert result.returncode == 0


def test_make_help_lists_what_a_newcomer_needs():
    out = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert all(name in out.stdout for name in ("run", "test", "refresh", "check", "evaluate"))


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_links_to_exists(page):
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page):
        assert any(
            (folder / target).exists() for folder in (ROOT, ROOT / "docs", ROOT / "docs/adr")
        )


def test_no_message_names_a_command_that_does_not_exist():
    commands = set(get_command(app).commands)
    for path in [*ROOT.glob("pipeline/*.py"), *ROOT.glob("dashboard/**/*.py")]:
        named = set(re.findall(r"`parley ([a-z]+)", path.read_text("utf-8")))
        assert named <= commands, path.name
