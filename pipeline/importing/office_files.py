"""PDF and DOCX → blocks."""

import io
import itertools
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

import docx
from pypdf import PdfReader

from pipeline.importing import text_files
from pipeline.importing.page import MAX_BYTES, Block, refusal
from pipeline.problems import InputError

MAX_PDF_PAGES = 300  # pages are read one by one; a news conference has ten
_MAX_DRAWN = 10_000_000  # bytes of drawing on all pages; text of 300 pages needs a few
_MAX_OPERATORS = 1_000_000  # a page of text has about a thousand
_MAX_UNPACKED = 10 * MAX_BYTES  # of a DOCX: text packs to a tenth, a zip bomb to a thousandth


def pdf_blocks(content: bytes, *, name: str) -> tuple[Block, ...]:
    """The text of the pages. Raises InputError for a damaged, locked, scanned or endless file."""
    try:
        text = "\n\n".join(_pdf_texts(content, name=name))
    except InputError:
        raise
    except Exception as error:  # pypdf raises its own and many built-in errors on damaged files
        what = f"is a PDF that cannot be read ({type(error).__name__}); save it anew or as text"
        raise refusal(name, what) from None
    if not text.strip():
        raise refusal(name, "is a PDF without text, perhaps a scan; recognise its text first")
    return text_files.blocks_of(text)


def _pdf_texts(content: bytes, *, name: str) -> Iterator[str]:
    """The text of each page, while the pages draw no more than a document does.

    A few kilobytes of a PDF can unpack to gigabytes of drawing, or draw one form within another
    without end; so bytes are counted before they are read, and operators as they are carried out.
    """
    n_bytes, n_operators = 0, itertools.count(1)

    def count(*_: Any) -> None:
        if next(n_operators) > _MAX_OPERATORS:
            raise refusal(name, "draws without end; save it anew or as text")

    for page in islice(PdfReader(io.BytesIO(content)).pages, MAX_PDF_PAGES):
        n_bytes += _n_drawn(page)
        if n_bytes > _MAX_DRAWN:
            raise refusal(name, f"draws more than {_MAX_DRAWN // 1_000_000} MB; save it as text")
        yield page.extract_text(visitor_operand_before=count)


def _n_drawn(page: Any) -> int:
    """Bytes of a page's drawing, unpacked and not yet read."""
    held = page.get("/Contents")
    held = held.get_object() if held is not None else []
    streams = held if isinstance(held, list) else [held]
    return sum(len(stream.get_object().get_data()) for stream in streams)


def docx_blocks(content: bytes, *, name: str) -> tuple[Block, ...]:
    """The paragraphs and table cells. Raises InputError for a damaged or exploding file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            n_bytes = sum(entry.file_size for entry in archive.infolist())
    except Exception as error:  # a damaged directory of a ZIP raises many kinds of errors
        what = f"is a ZIP that cannot be read ({type(error).__name__}); save it anew"
        raise refusal(name, what) from None
    if n_bytes > _MAX_UNPACKED:
        raise refusal(name, f"unpacks to {n_bytes // 1_000_000} MB; that is no document")
    try:
        paragraphs = _docx_paragraphs(docx.Document(io.BytesIO(content)))
        blocks = tuple(_docx_block(paragraph) for paragraph in paragraphs)
    except Exception as error:  # python-docx raises KeyError, ValueError and lxml's own errors
        what = f"is not a DOCX that can be read ({type(error).__name__}); save it anew or as text"
        raise refusal(name, what) from None
    if not any(block.text for block in blocks):
        raise refusal(name, "is a DOCX without text; nothing to import")
    return tuple(block for block in blocks if block.text)


def _docx_paragraphs(holder: Any) -> Iterator[Any]:
    """The paragraphs of a document or cell as they are read; a merged cell counts once."""
    for item in holder.iter_inner_content():
        if not hasattr(item, "rows"):
            yield item
            continue
        cells = {cell._tc: cell for row in item.rows for cell in row.cells}
        for cell in cells.values():
            yield from _docx_paragraphs(cell)


def _docx_block(paragraph: Any) -> Block:
    style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
    is_heading = style.startswith(("heading", "title"))
    lead = ""
    for run in paragraph.runs:
        if not run.bold:
            break
        lead += run.text
    part = "heading" if is_heading else "caption" if style.startswith("caption") else ""
    return Block(" ".join(paragraph.text.split()), part, " ".join(lead.split()))
