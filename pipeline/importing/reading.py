"""Bytes → page: which format it is, in which encoding, and its blocks of text."""

import codecs
import hashlib
import re

from charset_normalizer import from_bytes

from pipeline.importing import office_files, text_files, web_pages
from pipeline.importing.page import MAX_BYTES, MAX_CHARACTERS, Page, refusal
from pipeline.importing.vocabulary import Vocabulary
from pipeline.plain_text import too_long
from pipeline.problems import InputError

SUFFIXES = (".html", ".htm", ".txt", ".md", ".pdf", ".docx")
_MARKUP = re.compile(r"(?i)<\s*(?:!doctype html|html|head|body|p|div|br|article|table)\b[^<>]*>")
_DECLARED = re.compile(rb"(?i)<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_SAMPLE = 200_000  # bytes that are enough to tell an encoding
_MAX_CONTROL = 0.002  # part of control characters: 0 in 3,857 speeches, 10 % and more in bytes


def read_page(content: bytes, *, name: str, vocabulary: Vocabulary, url: str = "") -> Page:
    """The page. Raises InputError where it is too large, empty, damaged or not text."""
    if len(content) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        raise refusal(name, f"is larger than {limit}; cut out what is to be imported")
    if not content.strip():
        raise refusal(name, "is empty; nothing to import")
    page = Page(name, url, hashlib.sha256(content).hexdigest(), ())
    return _checked(_parsed(content, page=page, vocabulary=vocabulary))


def _parsed(content: bytes, *, page: Page, vocabulary: Vocabulary) -> Page:
    if content.lstrip()[:5] == b"%PDF-":
        return page._replace(blocks=office_files.pdf_blocks(content, name=page.name))
    if content[:4] == b"PK\x03\x04":
        return page._replace(blocks=office_files.docx_blocks(content, name=page.name))
    text = decoded(content, name=page.name)
    if _is_html(text, page.name):
        return web_pages.read(text, page=page, vocabulary=vocabulary)
    if len(text) > 2 * MAX_CHARACTERS:
        raise _too_long(page.name)
    return page._replace(blocks=text_files.blocks_of(text))


def decoded(content: bytes, *, name: str) -> str:
    """The text in whatever encoding it is. Raises InputError for what is not text."""
    text = _decoded(content)
    n_control = len(_CONTROL.findall(text[:_SAMPLE]))
    if n_control > _MAX_CONTROL * len(text[:_SAMPLE]) + 2:
        raise refusal(name, "is not text, HTML, PDF or DOCX; save it as one of these")
    if not text.strip():
        raise refusal(name, "is empty; nothing to import")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    if content[:4] in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE):
        return content.decode("utf-32", "replace")
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if declared := _DECLARED.search(content[:2048]):
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    best = from_bytes(content[:_SAMPLE]).best()
    return content.decode(best.encoding if best else "utf-8", "replace")


def _is_html(text: str, name: str) -> bool:
    if name.lower().endswith((".md", ".txt")):
        return bool(re.match(r"(?i)\s*<(?:!doctype|html)\b", text))
    return name.lower().endswith((".html", ".htm")) or bool(_MARKUP.search(text[:5000]))


def _checked(page: Page) -> Page:
    """The page, if it holds words and no more of them than were ever said at one event."""
    if sum(len(block.text) for block in page.blocks) > MAX_CHARACTERS:
        raise _too_long(page.name)
    if not any(re.search(r"\w", block.text) for block in page.blocks):
        raise refusal(page.name, "holds no words; nothing to import")
    if what := next(filter(None, (too_long(block.text) for block in page.blocks)), ""):
        raise refusal(page.name, what)
    return page


def _too_long(name: str) -> InputError:
    what = f"holds more than {MAX_CHARACTERS:,} characters of text; cut out one event's"
    return refusal(name, what)
