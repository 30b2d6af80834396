"""The app on a build of the bundled documents, served on loopback, and a Chromium to look at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from urllib.parse import urlparse

import pytest
from corpus import ROOT, write_comparison
from playwright.sync_api import Browser, expect, sync_playwright

from pipeline.build import refresh

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_NGINX_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
_QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """A data folder with the bundled documents and rules, freshly published."""
    data = tmp_path_factory.mktemp("bundled")
    for name in ("documents", "rules", "gold"):
        shutil.copytree(ROOT / "data" / name, data / name)
    refresh(data)
    return data


@pytest.fixture(scope="session")
def address(published):
    """Where the app is served with the bundled documents."""
    with served(published) as address:
        yield address


@pytest.fixture(scope="session")
def address_of_two_meetings(tmp_path_factory):
    """Where the app is served with the two invented meetings whose fate is known."""
    data = write_comparison(tmp_path_factory.mktemp("compared"))
    refresh(data)
    with served(data) as address:
        yield address


@pytest.fixture(scope="session")
def address_behind_nginx(tmp_path_factory, published):
    """Where nginx serves the app under /parley, set up as docs/deploy says."""
    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed here")
    with (
        served(published, "--server.baseUrlPath", "parley", path="/parley") as address,
        proxied(address, folder=tmp_path_factory.mktemp("nginx")) as outside,
    ):
        yield f"{outside}/parley"


@pytest.fixture(scope="session")
def serving():
    """Serves the app on a data folder, for as long as a with-block lasts."""
    return served


@contextmanager
def proxied(address, *, folder):
    """nginx with the site for a sub-path in front of the app; ended by its own id."""
    port, app = _free_port(), urlparse(address).netloc
    site = (ROOT / "docs" / "deploy" / "nginx-sub-path.conf").read_text("utf-8")
    site = site.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("listen [::]:80;", "")
    site = site.replace("127.0.0.1:8501", app)
    temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in _NGINX_TEMPORARY)
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/errors;\nevents {{}}\n"
        f"http {{\naccess_log off;\ninclude /etc/nginx/mime.types;\n{temporary}{site}\n}}\n",
        "utf-8",
    )
    server = subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"])
    try:
        outside = f"http://127.0.0.1:{port}"
        _wait_until_healthy(f"{outside}/parley/_stcore/health", server)
        yield outside
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextmanager
def served(data, *more, path="", script="dashboard/streamlit_app.py"):
    """The app, or another script, on a data folder; the server is ended by its own id."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", script]
    options = ["--server.port", str(port), "--server.address", "127.0.0.1", *more]
    environment = {**os.environ, "PARLEY_DATA": str(data)}
    server = subprocess.Popen([*command, *options], cwd=ROOT, env=environment)
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}{path}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Browser:
    """One browser for all tests."""
    with launched() as browser:
        yield browser


@contextmanager
def launched():
    """The system's Chromium, else Playwright's own."""
    paths = [path for name in _NAMES if (path := shutil.which(name))]
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=paths[0] if paths else None, args=list(_QUIET)
        )
        yield found
        found.close()


@pytest.fixture
def page(browser):
    """An empty session, 1280 × 900; a page error fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    errors = []
    page.on("pageerror", lambda error: errors.append(error))
    yield page
    context.close()
    assert not errors


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def _wait_until_healthy(url: str, server: subprocess.Popen) -> None:
    for _ in range(240):
        if server.poll() is not None:
            pytest.fail("the app ended at its start")
        with suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.25)
    pytest.fail("the app did not answer within a minute")
