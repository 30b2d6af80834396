"""Sentences and quotations of a paragraph, as places in it: nothing is reworded."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

_END = re.compile(r"[.!?…]+[\"”’»'\)\]]*(?=\s|$)")
_DATELINE = re.compile(
    r"[A-Z][A-Z .’'-]+[^.]{0,40}\.\s*/[^/]{2,40}/\.?"
    r"|[A-Z][A-Z .’'-]+\.\s+[A-Z][a-z]+\.?\s+\d{1,2}\.?\s*[(/—–-]"
)
_AROUND = 12  # characters around a full stop that tell whether a sentence ends there
_OPENERS = "“«„"
_CLOSERS = "”»"
# ‘so’: closed by a mark that is no apostrophe, after a full stop or comma or before one
_SINGLE = re.compile(
    r"(?<![\w’'])(?:‘[^‘’]*(?:’(?=\w)[^‘’]*|(?<=s)’(?= \w)[^‘’]*)*?’"
    r"|'(?=\w)[^'\n]*(?:(?<=\w)'(?=\w)[^'\n]*)*?(?<=[.,!?…])')(?!\w)"
)
_INITIAL = re.compile(r"(?:^|[\s(\"“])(?:[A-Z]|[A-Za-z](?:\.[A-Za-z])+)$")
_STARTS_SENTENCE = re.compile(r"\s*[\"“«„‘'(\[–—-]*\s*[A-Z0-9À-ÞА-Я]")


class Span(NamedTuple):
    """Characters start <= i < end of a paragraph."""

    start: int
    end: int


def sentence_spans(text: str, *, abbreviations: tuple[str, ...]) -> list[Span]:
    """The sentences of a paragraph in order, without the spaces between them."""
    spans, start = [], 0
    dateline = _DATELINE.match(text)
    for match in _END.finditer(text, dateline.end() if dateline else 0):
        if _ends_sentence(text, match, abbreviations):
            spans.append(_trimmed(text, start, match.end()))
            start = match.end()
    if text[start:].strip():
        spans.append(_trimmed(text, start, len(text)))
    return spans


def quotations(text: str, *, is_open: bool = False) -> list[Span]:
    """The quoted parts with their marks; a quotation left open goes on to the end.

    `is_open`: the paragraph begins within a quotation, without a mark.
    """
    spans, start = [], 0 if is_open and _first_close(text) >= 0 else -1
    for i, sign in enumerate(text):
        if start < 0 and (sign in _OPENERS or (sign == '"' and _opens(text, i))):
            start = i
        elif start < 0 and (match := _SINGLE.match(text, i)):
            spans.append(Span(i, match.end()))
        elif start >= 0 and (sign in _CLOSERS or sign == '"' or _is_german_end(text, start, sign)):
            spans.append(Span(start, i + 1))
            start = -1
    return [*spans, Span(start, len(text))] if start >= 0 else spans


def units(text: str, *, quoted: Sequence[Span], abbreviations: tuple[str, ...]) -> list[Span]:
    """Sentences, those joined that one quotation holds together: what is attributed as one."""
    joined: list[Span] = []
    inside = {i for start, end in quoted for i in range(start + 1, end)}
    for span in sentence_spans(text, abbreviations=abbreviations):
        if joined and joined[-1].end in inside:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _ends_sentence(text: str, match: re.Match[str], abbreviations: tuple[str, ...]) -> bool:
    after = text[match.end() : match.end() + _AROUND]
    if after.strip() and not _STARTS_SENTENCE.match(after):
        return False
    if match[0] != ".":
        return True
    before = text[max(0, match.start() - _AROUND) : match.start()]
    return not (_INITIAL.search(before) or _abbreviated(abbreviations).search(before))


@cache
def _abbreviated(abbreviations: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?:^|[\s(])(?:" + "|".join(map(re.escape, abbreviations)) + ")$")


def _opens(text: str, i: int) -> bool:
    """A straight mark opens a quotation where a word follows it at once."""
    return i + 1 < len(text) and not text[i + 1].isspace() and (i == 0 or not text[i - 1].isalnum())


def _first_close(text: str) -> int:
    """Place of a mark that closes a quotation before any opens one; -1 if there is none."""
    for i, sign in enumerate(text):
        if sign in _OPENERS or (sign == '"' and _opens(text, i)):
            return -1
        if sign in _CLOSERS or sign == '"':
            return i
    return -1


def _is_german_end(text: str, start: int, sign: str) -> bool:
    return text[start] == "„" and sign == "“"


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()))


def joined_quotes(paragraphs: list[str]) -> Iterator[bool]:
    """For each paragraph, whether it goes on with a quotation that the one before left open."""
    was_open = False
    for text in paragraphs:
        yield was_open and (text[:1] in f'"{_OPENERS}' or _first_close(text) >= 0)
        spans = quotations(text, is_open=was_open and text[:1] not in f'"{_OPENERS}')
        was_open = bool(spans) and spans[-1].end == len(text) and text[-1] not in f'"{_CLOSERS}'
