"""A draft as the Markdown of a document, exactly as `pipeline.documents` reads it."""

import re
from collections.abc import Iterator
from typing import Any

import srsly

from pipeline.importing.drafting import Draft
from pipeline.plain_text import without_invisible

_NOT_IN_LABELS = re.compile(r"[:\[\]*\n\\`_{}<>#|$~^]+")


def markdown_of(draft: Draft) -> str:
    """Front matter and one labelled paragraph a statement, each with its source."""
    head = srsly.yaml_dumps(dict(_front_matter(draft)), indent_mapping=2, sort_keys=False)
    body = "\n\n".join(f"{speaker}: {text} [1]" for speaker, text in draft.paragraphs)
    return without_invisible(f"---\n{head.rstrip()}\n---\n\n{body}\n")


def label_of(name: str) -> str:
    """The name without signs that a label cannot hold."""
    return " ".join(_NOT_IN_LABELS.sub(" ", name).split()).strip(" ,;")


def _front_matter(draft: Draft) -> Iterator[tuple[str, Any]]:
    yield "date", draft.dated.day
    if draft.place:
        yield "place", draft.place
    yield "title", draft.title
    if draft.occasion:
        yield "occasion", draft.occasion
    yield "kind", draft.kind
    if draft.meeting:
        yield "meeting", draft.meeting
    if draft.participants:
        yield "participants", list(_participants(draft))
    yield "sources", [dict(_source(draft))]


def _participants(draft: Draft) -> Iterator[str | dict[str, str]]:
    new = {speaker.name: speaker for speaker in draft.new_speakers}
    for name in draft.participants:
        if name not in new:
            yield name
            continue
        entry = {"name": name, "side": new[name].side}
        yield entry | ({"office": new[name].office} if new[name].office else {})


def _source(draft: Draft) -> Iterator[tuple[str, str]]:
    page = draft.page
    yield "title", draft.title
    if page.publisher:
        yield "publisher", page.publisher
    if page.published:
        yield "date", page.published.isoformat()
    if page.url:
        yield "url", page.url
    yield "sha256", page.sha256
