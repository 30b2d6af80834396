"""Who tells what: the paragraphs of a page with their speakers, and what fell out on the way."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.importing import cleaning, turns
from pipeline.importing.attribution import Attributed, Attribution
from pipeline.importing.carriers import without_carrier
from pipeline.importing.cleaning import Judged
from pipeline.importing.outline import Outline
from pipeline.importing.people import People, Person
from pipeline.importing.sentences import joined_quotes
from pipeline.importing.vocabulary import Vocabulary, unshouted

UNKNOWN_SPEAKER = "Unknown speaker"


class Told(NamedTuple):
    """(speaker, text) of each paragraph, the blocks as judged in the end, and (note, reason)."""

    paragraphs: tuple[tuple[str, str], ...]
    judged: tuple[Judged, ...]
    notes: tuple[tuple[str, str], ...]


def tell(outline: Outline, *, speaker: Person | None, vocabulary: Vocabulary) -> Told:
    """The paragraphs; `speaker` has the floor where no label says otherwise."""
    if outline.is_spoken:
        judged = without_carrier(
            outline.judged, labelled=outline.labelled, speaker=speaker, vocabulary=vocabulary
        )
        raw = _spoken(outline._replace(judged=tuple(judged)), speaker)
    else:
        judged = list(outline.judged)
        raw = _reported(outline, vocabulary)
    paragraphs, notes = _without_notes(raw, vocabulary)
    if any(outline.labelled):
        notes += _label_notes(judged, outline.labels)
    return Told(tuple(paragraphs), tuple(judged), tuple(notes))


def opening_speaker(outline: Outline, *, stated: str, side: str) -> Person | None:
    """Whose the words before the first label are: stated, in the title, or who answers most."""
    people = outline.people
    if stated:
        return people.find(stated) or people.add(stated, side=side)
    named = _first_named(unshouted(outline.title), people)
    answering = outline.labels.main_speaker
    if named and (not answering or named.name in outline.labels.speakers):
        return named
    if answering:
        return people.find(answering)
    top = " ".join(unshouted(item.text) for item in outline.judged[:3])
    return named or _first_named(top, people)


def _first_named(text: str, people: People) -> Person | None:
    """The person who stands first in the text, by any name."""
    places: dict[str, int] = {}
    for alias in people.aliases:
        person = people.find(alias)
        if person and not person.is_body and (match := re.search(rf"\b{re.escape(alias)}\b", text)):
            places[person.name] = min(match.start(), places.get(person.name, match.start()))
    first = min(places, key=lambda name: places[name], default="")
    return people.find(first) if first else None


def _spoken(outline: Outline, speaker: Person | None) -> Iterator[tuple[str, str]]:
    name = speaker.name if speaker else UNKNOWN_SPEAKER
    if not any(outline.labelled):
        return ((name, item.text) for item in outline.judged if not item.reason)
    kept = [
        label._replace(text="") if item.reason else label
        for item, label in zip(outline.judged, outline.labels.of_blocks, strict=True)
    ]
    return turns.spoken(kept, opening=name)


def _reported(outline: Outline, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Consecutive sentences of one speaker within a paragraph are one paragraph of the draft."""
    attribution = Attribution(outline.people, vocabulary=vocabulary)
    texts = [item.text for item in outline.judged if not item.reason]
    attribution.learn(texts)
    for text, goes_on in zip(texts, joined_quotes(texts), strict=True):
        for piece in _merged(attribution.of_paragraph(text, goes_on=goes_on)):
            yield piece.speaker, text[piece.span.start : piece.span.end]


def _merged(pieces: Sequence[Attributed]) -> Iterator[Attributed]:
    held: Attributed | None = None
    for piece in pieces:
        if held and held.speaker == piece.speaker:
            held = held._replace(span=held.span._replace(end=piece.span.end))
        else:
            if held:
                yield held
            held = piece
    if held:
        yield held


def _without_notes(
    told: Iterable[tuple[str, str]], vocabulary: Vocabulary
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The paragraphs without editors' notes, and the notes with their reason."""
    paragraphs, left_out = [], []
    for speaker, text in told:
        kept, notes = cleaning.without_notes(text, vocabulary=vocabulary)
        left_out += [(note, "editor's note") for note in notes]
        if re.search(r"\w", kept):
            paragraphs.append((speaker, kept))
    return paragraphs, left_out


def _label_notes(judged: Sequence[Judged], labels: turns.Labels) -> list[tuple[str, str]]:
    """The labels as they stood in the page, each once, with what they were taken for."""
    used = (
        (label.label, f"label of a turn: {label.speaker}")
        for item, label in zip(judged, labels.of_blocks, strict=True)
        if label.label and not item.reason
    )
    return list(dict.fromkeys(used))
