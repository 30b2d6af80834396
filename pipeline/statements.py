"""Documents → statements: one speaker, one matter, one id that lasts."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.documents import Document, Paragraph
from pipeline.problems import Problem
from pipeline.speakers import JOINT, NARRATION, QUESTION, Speaker, Speakers

ROLES = ("speech", "reported", "question", "narration", "joint")
_ROLE_BY_SPEAKER = {JOINT: "joint", QUESTION: "question", NARRATION: "narration"}
_SPOKEN_KINDS = ("transcript", "speech")
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")


class Statement(NamedTuple):
    """What one speaker said on one matter; `position` counts from 1 within the document."""

    statement_id: str
    document_id: str
    meeting_id: str
    position: int
    speaker: str
    side: str
    role: str
    text: str
    n_words: int
    source_numbers: tuple[int, ...]


def read_statements(
    documents: Iterable[Document], *, speakers: Speakers
) -> tuple[list[Statement], list[Problem]]:
    """The statements of all documents in order, and a problem for every unknown speaker."""
    statements: list[Statement] = []
    problems: list[Problem] = []
    for document in documents:
        turns, found = _turns(document, speakers=speakers.and_new(document.new_speakers))
        statements += _statements(document, turns)
        problems += found
    return statements, problems


def with_participants(
    speakers: Speakers, documents: Iterable[Document]
) -> tuple[Speakers, list[Problem]]:
    """The speakers and those whom documents introduce; a problem where two sides are given."""
    new: dict[str, tuple[Speaker, Document]] = {}
    problems = []
    for document in documents:
        for speaker in document.new_speakers:
            first, where = new.setdefault(speaker.name, (speaker, document))
            if first.side != speaker.side:
                what = (
                    f"{speaker.name} is of side {speaker.side!r} here and of {first.side!r} in "
                    f"{where.path}; name one side, or add the speaker to speakers.toml"
                )
                problems.append(Problem(document.path, document.participants_line, what))
    return speakers.and_new(speaker for speaker, _ in new.values()), problems


def count_words(text: str) -> int:
    """Number of words; hyphened and apostrophed words count once."""
    return len(_WORD.findall(text))


def role_of(speaker: Speaker, *, kind: str) -> str:
    """How the words reached us: said aloud, reported by others, asked, narrated or joint."""
    return _ROLE_BY_SPEAKER.get(speaker.name, "speech" if kind in _SPOKEN_KINDS else "reported")


def _turns(
    document: Document, *, speakers: Speakers
) -> tuple[list[tuple[Speaker, str, Paragraph]], list[Problem]]:
    turns, problems = [], []
    current = speakers.find(document.speaker) if document.speaker else None
    if document.speaker and current is None:
        problems.append(_unknown(document.speaker, document, document.speaker_line, speakers))
    for paragraph in document.paragraphs:
        named = speakers.find(paragraph.label) if paragraph.label else None
        current = named or current
        if not named and _looks_like_a_name(paragraph.label):
            problems.append(_unknown(paragraph.label, document, paragraph.line, speakers))
        elif current is None:
            what = "no speaker before this paragraph; begin it with `Name: ` or add `speaker: Name`"
            problems.append(Problem(document.path, paragraph.line, what))
        else:
            turns.append(
                (current, paragraph.unlabelled_text if named else paragraph.text, paragraph)
            )
    return turns, problems


def _looks_like_a_name(label: str) -> bool:
    words = label.split()
    return 0 < len(words) <= 5 and all(word[0].isupper() for word in words)


def _unknown(label: str, document: Document, line: int, speakers: Speakers) -> Problem:
    nearest = speakers.nearest(label)
    hint = f"did you mean {nearest}? Else " if nearest else ""
    what = f"unknown speaker {label!r}; {hint}add a name or alias to speakers.toml"
    return Problem(document.path, line, what)


def _statements(
    document: Document, turns: Iterable[tuple[Speaker, str, Paragraph]]
) -> Iterator[Statement]:
    seen: dict[str, int] = {}
    for position, (speaker, text, paragraph) in enumerate(turns, start=1):
        digest = hashlib.sha256(f"{speaker.name}\n{text}".encode()).hexdigest()[:8]
        seen[digest] = seen.get(digest, 0) + 1
        again = f"-{seen[digest]}" if seen[digest] > 1 else ""
        yield Statement(
            statement_id=f"{document.document_id}-{digest}{again}",
            document_id=document.document_id,
            meeting_id=document.meeting_id,
            position=position,
            speaker=speaker.name,
            side=speaker.side,
            role=role_of(speaker, kind=document.kind),
            text=text,
            n_words=count_words(text),
            source_numbers=paragraph.source_numbers,
        )
