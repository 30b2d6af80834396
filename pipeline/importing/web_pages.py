"""HTML → blocks: trafilatura says what the main text is, the tags what the rest is."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import trafilatura
from htmldate import find_date
from lxml import etree

from pipeline.importing.page import Block, Page, refusal
from pipeline.importing.vocabulary import Vocabulary

OUTSIDE = "outside the main text"
_MAX_DEPTH = 200  # elements within elements; honest pages have about 30, parsers overflow at 1,000
_BREAKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "div",
        "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
        "table", "tbody", "td", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_SILENT = frozenset(
    (
        "head", "iframe", "noscript", "object", "option", "script", "select", "style", "svg",
        "template", "textarea", "title",
    )
)  # fmt: skip
_PARTS = {
    "nav": "navigation", "footer": "footer", "aside": "related", "figcaption": "caption",
    "form": "form", "button": "button",
    **{f"h{level}": "heading" for level in range(1, 7)},
}  # fmt: skip
_HINTS = ("navigation", "sharing", "caption", "comment", "related", "tag", "consent", "footer")


class _Run(NamedTuple):
    """A piece of text with the part of the page and the element that it stands in."""

    text: str
    part: str
    parent: int
    is_bold: bool


def read(text: str, *, page: Page, vocabulary: Vocabulary) -> Page:
    """The page with its blocks, title, publisher and own date."""
    tree = trafilatura.load_html(text)
    if tree is None or _depth(tree) > _MAX_DEPTH:
        raise refusal(page.name, "is HTML too broken to read; save its text as .txt")
    blocks = _blocks(tree, vocabulary)
    if not any(re.search(r"\w", block.text) for block, _ in blocks):
        raise refusal(page.name, "is HTML without text; nothing to import")
    metadata = _found(trafilatura.extract_metadata, tree, page.url or None)
    return page._replace(
        blocks=_marked(blocks, main=_main_text(text)),
        title=_heading(blocks) or str(getattr(metadata, "title", None) or ""),
        publisher=str(getattr(metadata, "sitename", None) or ""),
        published=_published(text),
    )


def _main_text(text: str) -> str:
    """What trafilatura takes for the text, without spaces; nothing where it finds none."""
    main = _found(trafilatura.extract, text, include_comments=False, favor_recall=True)
    return _squeezed(main or "")


def _published(text: str) -> dt.date | None:
    """The day in the page's markup, as htmldate finds it without guessing from the text."""
    found = _found(find_date, text, extensive_search=False, original_date=True)
    return dt.date.fromisoformat(found) if found else None


def _found(function: Any, *arguments: Any, **options: Any) -> Any:
    """What the library finds in the page; nothing where it stumbles over broken HTML."""
    try:
        return function(*arguments, **options)
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        return None


def _depth(tree: Any) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _heading(blocks: Sequence[tuple[Block, int]]) -> str:
    headings = [block.text for block, _ in blocks if block.part == "heading"]
    return max(headings[:2], key=lambda text: len(text.split()), default="")


def _blocks(tree: Any, vocabulary: Vocabulary) -> list[tuple[Block, int]]:
    """All blocks in order, each with the element that holds it."""
    blocks, runs = [], list[_Run]()
    for run in [*_runs(tree, vocabulary), None]:
        if run is not None:
            runs.append(run)
        elif text := " ".join("".join(run.text for run in runs).split()):
            lead = "".join(_leading_bold(runs))
            blocks.append((Block(text, runs[-1].part, " ".join(lead.split())), runs[0].parent))
            runs = []
        else:
            runs = []
    return blocks


def _leading_bold(runs: Sequence[_Run]) -> Iterator[str]:
    for run in runs:
        if not run.is_bold and run.text.strip():
            return
        yield run.text


def _runs(tree: Any, vocabulary: Vocabulary) -> Iterator[_Run | None]:
    """The pieces of text in order; None where a block ends."""
    parts, silent, bold = [""], 0, 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        is_start = event == "start"
        if tag in _BREAKS:
            yield None
        change = 1 if is_start else -1
        silent += change * (tag in _SILENT)
        bold += change * (tag in ("b", "strong"))
        if is_start:
            parts.append(_part(element, tag, vocabulary) or parts[-1])
            words, parent = element.text, element
        else:
            parts.pop()
            words, parent = element.tail, element.getparent()
        if words and not silent and (tag or not is_start):
            yield _Run(words, parts[-1], _place(parent), bold > 0)
    yield None


def _place(element: Any) -> int:
    """A number for the element that holds a paragraph: paragraphs of one text share it."""
    while element is not None and element.tag in ("p", "b", "strong", "i", "em", "span", "a", "u"):
        element = element.getparent()
    return 0 if element is None else hash(element.getroottree().getpath(element))


def _part(element: Any, tag: str, vocabulary: Vocabulary) -> str:
    if tag in _PARTS:
        return _PARTS[tag]
    if tag in ("html", "body", "article", "main", ""):
        return ""
    names = " ".join(filter(None, (element.get("class"), element.get("id")))).lower()
    words = set(re.findall(r"[a-z]+", names)) | set(names.split())
    for part in _HINTS:
        if words & set(vocabulary.page[f"{part}_hints"]):
            return part
    return ""


def _marked(blocks: Sequence[tuple[Block, int]], *, main: str) -> tuple[Block, ...]:
    """Blocks that neither are in the main text nor share a parent with it are marked so."""
    is_main = [bool(main) and _squeezed(block.text) in main for block, _ in blocks]
    homes = {home for (block, home), yes in zip(blocks, is_main, strict=True) if yes}
    return tuple(
        block if block.part or yes or home in homes or not main else block._replace(part=OUTSIDE)
        for (block, home), yes in zip(blocks, is_main, strict=True)
    )


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text)
