"""PDF and DOCX → blocks."""

import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

import docx
from pypdf import PdfReader

from pipeline.importing import text_files
from pipeline.importing.page import MAX_BYTES, Block, refusal

MAX_PDF_PAGES = 300  # pages are read one by one; a news conference has ten
_MAX_UNPACKED = 10 * MAX_BYTES  # of a DOCX: text packs to a tenth, a zip bomb to a thousandth


def pdf_blocks(content: bytes, *, name: str) -> tuple[Block, ...]:
    """The text of the pages. Raises InputError for a damaged, locked or scanned file."""
    try:
        pages = PdfReader(io.BytesIO(content)).pages
        text = "\n\n".join(page.extract_text() for page in islice(pages, MAX_PDF_PAGES))
    except Exception as error:  # pypdf raises its own and many built-in errors on damaged files
        what = f"is a PDF that cannot be read ({type(error).__name__}); save it anew or as text"
        raise refusal(name, what) from None
    if not text.strip():
        raise refusal(name, "is a PDF without text, perhaps a scan; recognise its text first")
    return text_files.blocks_of(text)


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
