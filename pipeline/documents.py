"""Markdown with front matter → Document; every mistake as path:line: what, and how to mend it."""

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.front_matter import Head, read_front_matter
from pipeline.plain_text import invisible, too_long, unfit_name
from pipeline.problems import Problem
from pipeline.speakers import Speaker

KINDS = ("transcript", "report", "readout", "speech", "digest")
OCCASIONS = (
    "talks",
    "summit",
    "telephone",
    "multilateral",
    "news-conference",
    "statement",
    "reception",
)
KEYS = (
    "date",
    "title",
    "place",
    "kind",
    "occasion",
    "meeting",
    "participants",
    "speaker",
    "sources",
)
_SOURCE_KEYS = ("title", "publisher", "date", "url", "sha256")
_PARTICIPANT_KEYS = ("name", "side", "office")
_FENCE = "---"
_SOURCE_NUMBER = re.compile(r"\s*\[(\d{1,4})\]")
_LABEL = re.compile(r"(?:\*\*)?([^\W\d_][^:\[\]*\n]{0,79}?)(?:\*\*)?:(?:\*\*)?\s+(?=\S)")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")


class Source(NamedTuple):
    """One source of a document; `number` counts from 1; what is unknown is empty.

    `sha256` is of the page as found: by it `parley import` knows what it imported before.
    """

    number: int
    title: str
    publisher: str
    date: str
    url: str
    sha256: str = ""


class Paragraph(NamedTuple):
    """One paragraph; `label` is what stands before the first colon, if anything does."""

    line: int
    text: str
    label: str
    source_numbers: tuple[int, ...]

    @property
    def unlabelled_text(self) -> str:
        """The text after the label, for paragraphs whose label names a speaker."""
        return _LABEL.sub("", self.text, count=1)


class Document(NamedTuple):
    """What was said at one event, as one file holds it.

    `new_speakers` are participants with a side: speakers whom speakers.toml need not know.
    """

    document_id: str
    path: str
    sha256: str
    date: dt.date
    title: str
    place: str
    kind: str
    occasion: str
    meeting_id: str
    participants: tuple[str, ...]
    speaker: str
    speaker_line: int
    sources: tuple[Source, ...]
    paragraphs: tuple[Paragraph, ...]
    new_speakers: tuple[Speaker, ...] = ()
    participants_line: int = 1


class Reading(NamedTuple):
    """The documents of a folder and everything that is wrong with the others."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def read_documents(folder: Path) -> Reading:
    """All *.md files of the folder, sorted by name; a file with a problem yields no document."""
    if not folder.is_dir():
        return Reading((), (Problem(str(folder), 1, "no such folder; create it or name another"),))
    documents, problems = [], []
    for path in sorted(folder.glob("*.md")):
        if path.is_dir():
            problems.append(Problem(str(path), 1, "is a folder, not a document; rename it"))
            continue
        document, found = read_document(path)
        problems += found
        documents += [] if document is None or found else [document]
    if not documents and not problems:
        problems.append(
            Problem(str(folder), 1, "no documents; put *.md files there, or name another folder")
        )
    return Reading(tuple(documents), tuple(problems))


def read_document(path: Path) -> tuple[Document | None, list[Problem]]:
    """One file as a document, or its problems."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return None, [Problem(str(path), 1, f"cannot be read ({error.strerror}); mend its rights")]
    text, problem = _decode(content, path=path)
    if problem:
        return None, [problem]
    return _parse(text, path=path, sha256=hashlib.sha256(content).hexdigest())


def with_paragraphs(head: Document, *, path: Path) -> tuple[Document | None, list[Problem]]:
    """The document of which only the head is held; one that changed since is read as a whole."""
    try:
        content = path.read_bytes()
    except OSError:
        return read_document(path)
    if hashlib.sha256(content).hexdigest() != head.sha256:
        return read_document(path)
    text, _ = _decode(content, path=path)
    lines = text.split("\n")
    return head._replace(paragraphs=_body(lines, end=_fences(lines)[1])), []


def default_meeting_id(date: dt.date, place: str) -> str:
    """<date>-<place> in plain letters."""
    plain = unicodedata.normalize("NFKD", place).encode("ascii", "ignore").decode().lower()
    return "-".join([date.isoformat(), *re.findall(r"[a-z0-9]+", plain)])


def _decode(content: bytes, *, path: Path) -> tuple[str, Problem | None]:
    if b"\0" in content:
        return "", Problem(str(path), 1, "is not a text file; remove it or save it as Markdown")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return "", Problem(str(path), line, "is not UTF-8 text; save it as UTF-8 Markdown")
    if what := next(invisible(text), ""):
        line = next(n for n, row in enumerate(text.split("\n"), start=1) if any(invisible(row)))
        return "", Problem(str(path), line, what)
    if not text.strip():
        return "", Problem(str(path), 1, "is empty; write front matter and statements or remove it")
    return text.replace("\r\n", "\n").replace("\r", "\n"), None


def _parse(text: str, *, path: Path, sha256: str) -> tuple[Document | None, list[Problem]]:
    lines = text.split("\n")
    fences = _fences(lines)
    if not fences or fences[0] != 0:
        return None, [Problem(str(path), 1, "no front matter; begin with a line ---, then date:")]
    if len(fences) < 2:
        return None, [Problem(str(path), 1, "front matter has no end; close it with a line ---")]
    keys, problem = read_front_matter("\n".join(lines[1 : fences[1]]), path=path)
    if problem:
        return None, [problem]
    head = Head(keys, lines[: fences[1]], str(path))
    paragraphs = _body(lines, end=fences[1])
    document, problems = _document(head, paragraphs, path=path, sha256=sha256)
    return document, [*problems, *_body_problems(document, paragraphs, path=str(path))]


def _fences(lines: list[str]) -> list[int]:
    return [i for i, line in enumerate(lines) if line.rstrip() == _FENCE]


def _body(lines: list[str], *, end: int) -> tuple[Paragraph, ...]:
    """What stands below the end of the front matter."""
    return tuple(_paragraphs(lines[end + 1 :], first_line=end + 2))


def _document(
    head: Head, paragraphs: tuple[Paragraph, ...], *, path: Path, sha256: str
) -> tuple[Document | None, list[Problem]]:
    if not _ID.fullmatch(path.stem):
        head.complain("", f"file name {path.name!r}: use letters, digits, - and _ only")
    for key in head.keys:
        if key not in KEYS:
            head.complain(str(key), f"unknown key {key!r}; the keys are {', '.join(KEYS)}")
    date = head.date()
    place = re.sub(r"^by (?=telephone$)", "", head.text("place"))
    if what := unfit_name(place):
        head.complain("place", f"place {place[:80]!r} {what}")
    meeting_id = head.text("meeting")
    if meeting_id and not _ID.fullmatch(meeting_id):
        head.complain("meeting", f"meeting {meeting_id!r}: use letters, digits, - and _ only")
    participants = tuple(_participants(head))
    document = Document(
        document_id=path.stem,
        path=path.name,
        sha256=sha256,
        date=date or dt.date.min,
        title=head.text("title", example='"Talks in Tokyo"'),
        place=place,
        kind=head.text("kind", example="report", allowed=KINDS),
        occasion=head.text("occasion", allowed=OCCASIONS),
        meeting_id=meeting_id or default_meeting_id(date or dt.date.min, place),
        participants=tuple(participant.name for participant in participants),
        speaker=head.text("speaker"),
        speaker_line=head.line("speaker"),
        sources=tuple(_sources(head)),
        paragraphs=paragraphs,
        new_speakers=tuple(participant for participant in participants if participant.side),
        participants_line=head.line("participants"),
    )
    return document, head.problems


def _participants(head: Head) -> Iterator[Speaker]:
    """Names, or mappings that say name, side and office of someone new; no side: known already."""
    for number, entry in enumerate(head.list("participants"), start=1):
        if not isinstance(entry, dict) and _plain(entry):
            yield Speaker(_plain(entry), "", "")
            continue
        entry = entry if isinstance(entry, dict) else {}
        name, side, office = (_plain(entry.get(key)) for key in _PARTICIPANT_KEYS)
        if entry.keys() - set(_PARTICIPANT_KEYS) or not (name and side):
            what = f"participant {number} must be a name, or have name, side and perhaps office"
            head.complain("participants", what)
            continue
        for value in (name, side):
            if what := unfit_name(value):
                head.complain("participants", f"participant {number}: {value[:80]!r} {what}")
        yield Speaker(name, side, office)


def _sources(head: Head) -> Iterator[Source]:
    for number, entry in enumerate(head.list("sources"), start=1):
        if not isinstance(entry, dict) or not entry.get("title"):
            head.complain("sources", f"source {number} has no title; write `- title: …`")
            continue
        for key in entry:
            if key not in _SOURCE_KEYS:
                what = f"source {number}: unknown key {key!r}; use {', '.join(_SOURCE_KEYS)}"
                head.complain("sources", what)
        url = _plain(entry.get("url")).strip()
        if url and not _ADDRESS.fullmatch(url):
            what = f"source {number}: address {url!r} must begin with http:// or https://"
            head.complain("sources", what)
        title, publisher, date = (_plain(entry.get(key)) for key in _SOURCE_KEYS[:3])
        yield Source(number, title, publisher, date, url, _plain(entry.get("sha256")))


def _plain(value: Any) -> str:
    """A single value as text; nothing for what holds several."""
    return "" if value is None or isinstance(value, (list, dict, set)) else str(value)


def _paragraphs(lines: list[str], *, first_line: int) -> Iterator[Paragraph]:
    """Blocks between blank lines; Markdown headings are left out."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=first_line):
        if line.strip() and not line.lstrip().startswith("#"):
            block.append(line.strip())
        elif block:
            yield _paragraph(" ".join(block), line=number - len(block))
            block = []


def _paragraph(raw: str, *, line: int) -> Paragraph:
    numbers = dict.fromkeys(int(number) for number in _SOURCE_NUMBER.findall(raw))
    text = " ".join(_SOURCE_NUMBER.sub("", raw).split())
    match = _LABEL.match(text)
    return Paragraph(line, text, match[1].strip() if match else "", tuple(numbers))


def _body_problems(
    document: Document | None, paragraphs: tuple[Paragraph, ...], *, path: str
) -> Iterator[Problem]:
    if not paragraphs:
        yield Problem(path, 1, "no statements; write `Speaker: text [1]` below the front matter")
    n_sources = len(document.sources) if document else 0
    for paragraph in paragraphs:
        if what := too_long(paragraph.text):
            yield Problem(path, paragraph.line, f"paragraph {what}")
        for number in paragraph.source_numbers:
            if not 1 <= number <= n_sources:
                what = f"source [{number}] does not exist; the document lists {n_sources}"
                yield Problem(path, paragraph.line, f"{what}: add it under sources or mend it")
