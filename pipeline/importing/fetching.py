"""A page from the web: http and https only, within limits, every failure in plain words."""

import time
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3 import exceptions

from pipeline.importing.page import MAX_BYTES, refusal

USER_AGENT = "Parley-import/0.1 (reads one page that a person named; no crawler)"
MAX_REDIRECTS = 5
_CHUNK = 65_536
_TYPES = (
    "text/",
    "application/xhtml+xml",
    "application/xml",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/octet-stream",
)


class Limits(NamedTuple):
    """Seconds to connect and between two pieces, seconds for the whole, bytes for the whole."""

    pause: float = 15
    whole: float = 60
    n_bytes: int = MAX_BYTES


LIMITS = Limits()


class Fetched(NamedTuple):
    """The bytes, and the address from which they came in the end."""

    content: bytes
    url: str


def is_address(source: str) -> bool:
    """Whether a source is an address rather than a file."""
    return "://" in source


def fetch(url: str, *, limits: Limits = LIMITS) -> Fetched:
    """The page. Raises InputError for every way in which this can fail."""
    ends_at = time.monotonic() + limits.whole
    address = url
    for _ in range(MAX_REDIRECTS + 1):
        _check_address(url, address)
        response = _request(url, address, limits)
        try:
            if not (target := response.get_redirect_location()):
                return Fetched(_content(url, response, limits=limits, ends_at=ends_at), address)
        finally:
            response.close()
        address = urljoin(address, target)
    raise refusal(url, f"leads on more than {MAX_REDIRECTS} times; name the last address")


def _check_address(url: str, address: str) -> None:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        raise refusal(url, "is no address; write https://host/page") from None
    if parts.scheme not in ("http", "https"):
        raise refusal(url, f"{parts.scheme}: is not read; only http and https are")
    if not host:
        raise refusal(url, "names no host; write https://host/page")


def _request(url: str, address: str, limits: Limits) -> urllib3.BaseHTTPResponse:
    pool = urllib3.PoolManager(retries=False, timeout=limits.pause)
    headers = {"User-Agent": USER_AGENT, "Accept": "text/html,application/pdf,text/*,*/*;q=0.5"}
    try:
        return pool.request("GET", address, headers=headers, redirect=False, preload_content=False)
    except (exceptions.HTTPError, UnicodeError, ValueError) as error:
        raise refusal(url, _failure(error)) from None


def _content(
    url: str, response: urllib3.BaseHTTPResponse, *, limits: Limits, ends_at: float
) -> bytes:
    if response.status != 200:
        raise refusal(url, f"answered {response.status} {response.reason or ''}".rstrip())
    kind = (response.headers.get("Content-Type") or "text/html").split(";")[0].strip().lower()
    if not kind.startswith(_TYPES):
        raise refusal(url, f"is {kind}, not a page, text, PDF or DOCX")
    content = b""
    try:
        for piece in response.stream(_CHUNK):
            content += piece
            if len(content) > limits.n_bytes:
                raise refusal(url, f"is larger than {limits.n_bytes:,} bytes")
            if time.monotonic() > ends_at:
                raise refusal(url, f"took longer than {limits.whole:g} seconds")
    except exceptions.HTTPError as error:
        raise refusal(url, _failure(error)) from None
    return content


def _failure(error: Exception) -> str:
    """What went wrong, in a word that helps."""
    for kinds, what in (
        ((exceptions.NameResolutionError,), "no such host; check the address"),
        ((exceptions.SSLError,), "its certificate is not trusted, or it speaks no TLS"),
        ((exceptions.NewConnectionError,), "refused the connection; is the address right?"),
        ((exceptions.TimeoutError,), "did not answer in time; try again later"),
        ((exceptions.LocationParseError, UnicodeError, ValueError), "is no address"),
        ((exceptions.ProtocolError, exceptions.DecodeError), "broke off or sent what is no page"),
    ):
        if isinstance(error, kinds):
            return what
    return f"cannot be read ({type(error).__name__})"
