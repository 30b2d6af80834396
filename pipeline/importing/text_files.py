"""Plain text and Markdown → blocks: lines that a page was wrapped into become paragraphs again."""

import re
from collections.abc import Iterator, Sequence
from statistics import median

from pipeline.importing.page import Block

_WRAPPED_WIDTH = (30, 110)  # characters a line; longer ones are whole paragraphs
_MIN_WRAPPED_LINES = 8
_OPEN_ENDED = 0.35  # part of the longer lines that end amid a sentence when text is wrapped
_SHORT_LINE = 0.75  # of the usual width: where a wrapped paragraph ends
_ENDS_SENTENCE = re.compile(r"[.!?:…;][\"'”’»)\]]*\s*$")
_HEADING = re.compile(r"\s*#{1,6}\s+(.*?)\s*#*\s*$")
_LINK = re.compile(
    r"!?\[([^\[\]]{0,300})\]\((?:[^()\s]|\([^()\s]{0,99}\)){1,500}(?:\s\"[^\"]{0,99}\")?\)"
)
_BOLD_LEAD = re.compile(r"\s*(?:\*\*|__)(.+?)(?:\*\*|__)")
_STARS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.,!?])[*_](?!\w)")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def blocks_of(text: str) -> tuple[Block, ...]:
    """Paragraphs of the text in order; a line a paragraph where lines are not wrapped."""
    lines = _FRONT_MATTER.sub("", text).split("\n")
    paragraphs = _unwrapped(lines) if is_wrapped(lines) else (line for line in lines)
    return tuple(_block(paragraph) for paragraph in paragraphs if paragraph.strip())


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines end where the sheet ended, not where a paragraph did."""
    filled = [line.strip() for line in lines if line.strip()]
    if len(filled) < _MIN_WRAPPED_LINES:
        return False
    width = median(map(len, filled))
    long = [line for line in filled if len(line) >= 0.8 * width]
    n_open = sum(not _ENDS_SENTENCE.search(line) for line in long)
    fits = _WRAPPED_WIDTH[0] <= width <= _WRAPPED_WIDTH[1]
    return fits and max(map(len, filled)) < 3 * width and n_open >= _OPEN_ENDED * len(long)


def _unwrapped(lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs end at blank lines and at short lines that end a sentence."""
    width = median(len(line.strip()) for line in lines if line.strip())
    paragraph: list[str] = []
    for line in [*lines, ""]:
        words = line.strip()
        if words:
            paragraph.append(words)
        is_last = len(words) < _SHORT_LINE * width and bool(_ENDS_SENTENCE.search(words))
        if paragraph and (is_last or not words):
            yield _joined(paragraph)
            paragraph = []


def _joined(lines: Sequence[str]) -> str:
    text = " ".join(lines)
    return re.sub(r"(?<=[a-z])- (?=[a-z])", "-", text.replace("\u00ad ", ""))


def _block(paragraph: str) -> Block:
    if heading := _HEADING.match(paragraph):
        return Block(" ".join(_plain(heading[1]).split()), "heading")
    bold = _BOLD_LEAD.match(paragraph)
    text = " ".join(_plain(paragraph).split())
    return Block(text, lead=" ".join(bold[1].split()) if bold else "")


def _plain(text: str) -> str:
    """The words without Markdown's signs."""
    unmarked = re.sub(r"^\s*(?:>\s*)+|^\s*[-+]\s+(?=\w)", "", _LINK.sub(r"\1", text))
    return _STARS.sub("", unmarked) if re.search(r"\w", unmarked) else unmarked
