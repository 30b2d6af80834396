"""Addresses are read from a server on this machine, which misbehaves in every way that matters."""

import gzip
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pipeline.importing.fetching import USER_AGENT, Limits, fetch
from pipeline.problems import InputError

PACKED = gzip.compress(b" " * 5_000_000)
LIMITS = Limits(pause=0.5, whole=1.5, n_bytes=10_000)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        getattr(self, self.path.strip("/").partition("/")[0])()

    def answer(self, status=200, content=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def page(self):
        self.answer(content=self.headers["User-Agent"].encode(), Content_Type="text/html")

    def absent(self):
        self.answer(404)

    def picture(self):
        self.answer(content=b"x", Content_Type="image/png")

    def large(self):
        self.answer(content=b"x" * 20_000, Content_Type="text/html")

    def bomb(self):
        self.answer(content=PACKED, Content_Type="text/html", Content_Encoding="gzip")

    def moved(self):
        self.answer(302, Location="/page")

    def circle(self):
        self.answer(302, Location="/circle")

    def away(self):
        self.answer(302, Location="file:///etc/hostname")

    def silent(self):
        time.sleep(1)

    def drip(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(12):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.25)

    def short(self):
        self.answer(content=b"x", Content_Type="text/html", Content_Length="500")

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *arguments: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_read_under_a_name_of_our_own(site):
    assert fetch(f"{site}/page", limits=LIMITS).content.decode() == USER_AGENT


def test_a_redirection_is_followed_and_told(site):
    assert fetch(f"{site}/moved", limits=LIMITS).url == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("absent", "answered 404"),
        ("picture", "is image/png"),
        ("large", "is larger than 10,000 bytes"),
        ("bomb", "is larger than 10,000 bytes"),
        ("circle", "leads on more than 5 times"),
        ("away", "file: is not read"),
        ("silent", "did not answer in time"),
        ("drip", "took longer than 1.5 seconds"),
        ("short", "broke off"),
    ],
)
def test_every_failure_has_its_words(site, path, what):
    with pytest.raises(InputError, match=what):
        fetch(f"{site}/{path}", limits=LIMITS)


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/hostname", "only http and https"),
        ("http:///a", "names no host"),
        ("http://[::1", "is no address"),
        ("http://nowhere.invalid/", "no such host"),
    ],
)
def test_an_address_that_cannot_be_read_says_why(address, what):
    with pytest.raises(InputError, match=what):
        fetch(address, limits=LIMITS)


def test_a_closed_port_and_a_server_without_tls_are_told_apart(site):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(InputError, match="refused the connection"):
        fetch(f"http://127.0.0.1:{port}/", limits=LIMITS)
    with pytest.raises(InputError, match="speaks no TLS"):
        fetch(site.replace("http:", "https:"), limits=LIMITS)
