"""What docs/deploy.md and the files beside it say is so: names, commands, options, settings."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from corpus import ROOT
from streamlit import config
from typer.main import get_command

from dashboard import access
from pipeline.cli import app

FOLDER = ROOT / "docs" / "deploy"
GUIDE = (ROOT / "docs" / "deploy.md").read_text("utf-8")
UNIT = (FOLDER / "parley.service").read_text("utf-8")
SITES = sorted(FOLDER.glob("nginx*.conf"))
UNITS = sorted([*FOLDER.glob("*.service"), *FOLDER.glob("*.timer")])
COMMANDS = re.findall(r"^ExecStart=/srv/parley/(.+)$", UNIT.replace("\\\n", " "), re.MULTILINE)


def test_the_guide_names_every_file_beside_it_and_no_other():
    named = set(re.findall(r"deploy/([\w.-]+\.(?:conf|service|timer))", GUIDE))
    named |= {path.name for path in FOLDER.glob("parley-refresh.*")}
    assert named == {path.name for path in FOLDER.iterdir()}
    assert "docs/deploy/parley-refresh.*" in GUIDE


def test_the_app_is_started_by_a_file_that_is_there():
    program, verb, script, *_ = COMMANDS[0].split()
    assert (program, verb) == (".venv/bin/streamlit", "run")
    assert (ROOT / script).exists()


@pytest.mark.parametrize("text", [UNIT, GUIDE])
def test_every_option_that_is_named_is_one_of_streamlits(text):
    named = set(re.findall(r"--((?:server|browser|client)\.\w+)", text))
    assert named
    assert named <= set(config.get_config_options())


@pytest.mark.parametrize("text", [GUIDE, (FOLDER / "parley-refresh.service").read_text("utf-8")])
def test_the_refresh_is_a_command_of_parleys(text):
    named = set(re.findall(r"\.venv/bin/parley (\w+)", text))
    assert named == {"refresh"} & set(get_command(app).commands)


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.name)
def test_proxy_and_app_agree_on_port_and_size(path):
    site = path.read_text("utf-8")
    port, size = (
        re.search(rf"--server\.{name} (\d+)", UNIT)[1] for name in ("port", "maxUploadSize")
    )
    assert f"proxy_pass http://127.0.0.1:{port};" in site
    assert f"client_max_body_size {size}m;" in site


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed here")
@pytest.mark.parametrize("path", SITES, ids=lambda path: path.name)
def test_nginx_takes_the_file(tmp_path, path):
    site = re.sub(r"listen \S+;", "listen 127.0.0.1:18999;", path.read_text("utf-8"), count=1)
    site = re.sub(r"listen \[::\].*", "", site)
    whole = f"pid {tmp_path}/pid; error_log {tmp_path}/log;\nevents {{}}\nhttp {{\n{site}\n}}\n"
    (tmp_path / "nginx.conf").write_text(whole, "utf-8")
    command = ["nginx", "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed here")
def test_systemd_takes_the_units(tmp_path):
    for path in UNITS:
        text = path.read_text("utf-8").replace(
            "/srv/parley/.venv/bin", str(Path(sys.executable).parent)
        )
        (tmp_path / path.name).write_text(text, "utf-8")
    command = ["systemd-analyze", "verify", *(tmp_path / path.name for path in UNITS)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert not [line for line in result.stderr.splitlines() if str(tmp_path) in line]


def test_the_example_of_the_secrets_has_all_that_sign_in_needs(monkeypatch):
    monkeypatch.setattr(access, "_is_installed", lambda name: True)
    example = tomllib.loads((ROOT / ".streamlit/secrets.toml.example").read_text("utf-8"))
    assert access.problem_with(example) == ""
    assert not access.may_read({"email": "eve@example.com"}, allowed=example["access"]["allowed"])


def test_the_secrets_themselves_stay_out_of_the_repository():
    assert ".streamlit/secrets.toml" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_sign_in_adds_to_what_is_pinned_and_moves_nothing():
    pinned, with_sign_in = (pins(f"requirements{part}.lock") for part in ("", "-auth"))
    assert pinned <= with_sign_in
    assert "authlib" in {name for name, _ in with_sign_in - pinned}


def test_community_cloud_finds_what_is_pinned():
    folder = ROOT / "dashboard"
    named = re.findall(r"^-r (.+)$", (folder / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert [(folder / name).resolve() for name in named] == [ROOT / "requirements-auth.lock"]


def test_the_app_runs_where_parley_itself_is_not_installed(tmp_path):
    (tmp_path / "documents").mkdir()
    script = ROOT / "dashboard" / "streamlit_app.py"
    run = (
        "import sys\n"
        "sys.meta_path = [f for f in sys.meta_path if 'editable' not in str(f).lower()]\n"
        "from streamlit.testing.v1 import AppTest\n"
        f"at = AppTest.from_file({str(script)!r}, default_timeout=60).run()\n"
        "print([title.value for title in at.title], list(at.exception))"
    )
    environment = {**os.environ, "PARLEY_DATA": str(tmp_path)}
    command = [sys.executable, "-P", "-c", run]
    result = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip().endswith("['No documents yet'] []")


def pins(name):
    """Package and version, as a lock file has them."""
    return set(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))
