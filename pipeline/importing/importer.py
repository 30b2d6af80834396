"""Sources in, documents out: files, folders, addresses, one by one or by a table."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pipeline.front_matter import to_come
from pipeline.importing import metadata
from pipeline.importing.dating import Dated
from pipeline.importing.drafting import Draft, Stated, draft_of
from pipeline.importing.fetching import fetch, is_address
from pipeline.importing.finding import found_in
from pipeline.importing.keeping import Shelf
from pipeline.importing.markdown import label_of
from pipeline.importing.page import MAX_BYTES, Page, refusal
from pipeline.importing.reading import read_page
from pipeline.importing.sentences import sentence_spans
from pipeline.importing.telling import UNKNOWN_SPEAKER
from pipeline.importing.vocabulary import FILE_NAME, Vocabulary, read_vocabulary
from pipeline.problems import InputError, Problem
from pipeline.speakers import UNKNOWN_SIDE, Speaker, Speakers, read_speakers

Progress = Callable[[int, int], None]
_MAX_WORDS = 150  # of a paragraph of a speech; longer ones are cut between sentences


class Outcome(NamedTuple):
    """What became of one source: a file (none on a dry run), or problems; perhaps a draft.

    `known`: the document that the same page became before; there is nothing to do then.
    """

    source: str
    path: Path | None = None
    draft: Draft | None = None
    problems: tuple[Problem, ...] = ()
    known: str = ""

    def shortened(self) -> "Outcome":
        """The outcome without its draft: thousands of texts are not for showing."""
        return self._replace(draft=None)


class Importer:
    """Imports pages into one folder of documents by one set of rules."""

    def __init__(self, *, rules: Path, out: Path, is_dry_run: bool = False) -> None:
        self.vocabulary: Vocabulary = read_vocabulary(rules / FILE_NAME)
        self.speakers: Speakers = read_speakers(rules / "speakers.toml")
        self._shelf = Shelf(out)
        self._is_dry_run = is_dry_run

    def import_sources(
        self, sources: Sequence[str], *, stated: Stated, on_progress: Progress | None = None
    ) -> Iterator[Outcome]:
        """One outcome a file or address; folders are read with all they hold."""
        found = found_in(sources).sources
        for done, source in enumerate(found, start=1):
            yield self._outcome(source, partial(self._import_page, source, stated))
            if on_progress:
                on_progress(done, len(found))

    def import_table(
        self, sources: Sequence[str], *, table: Path, on_progress: Progress | None = None
    ) -> Iterator[Outcome]:
        """One outcome a row of the table; files without a row are problems too."""
        by_name = {Path(path).name: path for path in found_in(sources, table=table).sources}

        def path_of(name: str) -> str:
            return by_name.get(Path(name).name) or _beside(table, name)

        rows = metadata.read_table(table, path_of=path_of)
        for done, row in enumerate(rows, start=1):
            path = path_of(row.file)
            yield self._outcome(path, partial(self._import_row, path, row))
            if on_progress:
                on_progress(done, len(rows))
        named = {Path(row.file).name for row in rows}
        for name, path in by_name.items():
            if name not in named:
                what = f"has no row in {table.name}; add one, or import it by itself"
                yield Outcome(path, problems=(Problem(path, 1, what),))

    def _outcome(self, source: str, work: Callable[[], Outcome]) -> Outcome:
        try:
            return work()
        except InputError as error:
            return Outcome(source, problems=error.problems)
        except OSError as error:
            what = f"cannot be read ({error.strerror or error}); mend its name or rights"
            return Outcome(source, problems=(Problem(source, 1, what),))

    def _import_page(self, source: str, stated: Stated) -> Outcome:
        page = self.read(source)
        if known := self._shelf.known(page.sha256):
            return Outcome(source, known=known)
        draft = draft_of(page, stated=stated, vocabulary=self.vocabulary, speakers=self.speakers)
        try:
            self._shelf.refuse_alike(draft)
            if what := _unfit_day(draft.dated):
                raise refusal(source, what)
        except InputError as error:
            return Outcome(source, draft=draft, problems=error.problems)
        path = None if self._is_dry_run else self._shelf.keep(draft)
        if path:
            self._shelf.note(draft, path)
        return Outcome(source, path, draft)

    def _import_row(self, path: str, row: metadata.Row) -> Outcome:
        page = self.read(path)
        if known := self._shelf.known(page.sha256):
            return Outcome(path, known=known)
        draft = self._draft_of_row(page, row.stated)
        kept = None if self._is_dry_run else self._shelf.keep(draft, name=Path(path).stem)
        return Outcome(path, kept, draft)

    def _draft_of_row(self, page: Page, stated: Stated) -> Draft:
        """A speech is taken whole: the table says all about it; other kinds are read as pages."""
        if stated.kind == "speech":
            return self._speech(page, stated)
        return draft_of(page, stated=stated, vocabulary=self.vocabulary, speakers=self.speakers)

    def _speech(self, page: Page, stated: Stated) -> Draft:
        name = label_of(stated.speaker) or UNKNOWN_SPEAKER
        known = self.speakers.find(name)
        abbreviations = self.vocabulary.reporting["abbreviations"]
        texts = (text for block in page.blocks for text in _shorter(block.text, abbreviations))
        paragraphs = tuple((name, text) for text in texts if re.search(r"\w", text))
        return Draft(
            page=page,
            title=stated.title or f"{name}, {stated.date}",
            place=stated.place,
            kind=stated.kind,
            occasion="",
            meeting=stated.meeting,
            dated=Dated(stated.date, ()),
            paragraphs=paragraphs,
            participants=(name,),
            new_speakers=() if known else (Speaker(name, stated.side or UNKNOWN_SIDE, ""),),
            left_out=(),
        )

    def read(self, source: str) -> Page:
        """The page of a file or address. Raises InputError or OSError where it cannot be read."""
        if is_address(source):
            fetched = fetch(source)
            return read_page(
                fetched.content, name=source, vocabulary=self.vocabulary, url=fetched.url
            )
        path = Path(source)
        if path.stat().st_size > MAX_BYTES:
            raise refusal(source, f"is larger than {MAX_BYTES // 1_000_000} MB; cut it down")
        if not path.is_file():  # a pipe would be waited for without end
            raise refusal(source, "is no regular file; save what it gives as one, and name that")
        return read_page(path.read_bytes(), name=source, vocabulary=self.vocabulary)


def _beside(table: Path, name: str) -> str:
    """The file that a table names, in the table's folder or one below: a table is from anywhere."""
    path = table.parent / name
    is_within = path.resolve().is_relative_to(table.parent.resolve())
    return str(path) if is_within and path.is_file() else ""


def _unfit_day(dated: Dated) -> str:
    """Why a draft cannot be kept under its day; else empty."""
    return to_come(dated.day) if dated.day else _asks(dated)


def _asks(dated: Dated) -> str:
    days = ", ".join(day.isoformat() for day in dated.candidates)
    found = f"candidates: {days}" if days else "no candidate was found"
    return f"the page does not settle the day of the event ({found}); state it with --date"


def _shorter(text: str, abbreviations: tuple[str, ...]) -> Iterator[str]:
    """A paragraph in parts of whole sentences that can be read and measured one by one."""
    if len(text.split()) <= _MAX_WORDS:
        yield text
        return
    part: list[str] = []
    n = 0
    for start, end in sentence_spans(text, abbreviations=abbreviations):
        sentence = text[start:end]
        length = len(sentence.split())
        if part and n + length > _MAX_WORDS:
            yield " ".join(part)
            part, n = [], 0
        part.append(sentence)
        n += length
    yield " ".join(part)
