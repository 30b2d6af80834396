"""Keeping drafts: a file each in the folder of documents, none overwritten, none kept twice."""

import datetime as dt
import re
from pathlib import Path

from scipy.sparse import csr_matrix, vstack

from pipeline.documents import default_meeting_id, read_document
from pipeline.duplicates import most_alike, shingles_of
from pipeline.importing.drafting import Draft
from pipeline.importing.markdown import markdown_of
from pipeline.importing.page import refusal
from pipeline.problems import InputError


class Shelf:
    """The documents of one folder, by the pages they came from and by what they say."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_digest: dict[str, str] = {}
        self._names: list[str] = []
        texts = []
        for path in _documents(folder):
            document, _ = read_document(path)
            if document:
                self._by_digest |= {s.sha256: path.name for s in document.sources if s.sha256}
                self._names.append(path.name)
                texts.append("\n".join(p.unlabelled_text for p in document.paragraphs))
        self._shingles: csr_matrix = shingles_of(texts or [""])

    def known(self, sha256: str) -> str:
        """The document that a page became when it was imported before; else empty."""
        return self._by_digest.get(sha256, "")

    def refuse_alike(self, draft: Draft) -> None:
        """Raises InputError for a draft that says what another document says already."""
        if not self._names:
            return
        found = most_alike(_text(draft), self._shingles)
        if found:
            where = f"{found.share:.0%} of its wording is in {self._names[found.second]}"
            what = f"says what another document says: {where}; add this page to its sources"
            raise refusal(draft.page.name, what)

    def keep(self, draft: Draft, *, name: str = "") -> Path:
        """Writes the draft to a new file, named by day and place unless a name is given."""
        stem = name or default_meeting_id(_day(draft), draft.place)
        try:
            path = self._written(markdown_of(draft), stem=stem)
        except OSError as error:
            raise _closed(self._folder, error) from None
        self._by_digest[draft.page.sha256] = path.name
        return path

    def _written(self, text: str, *, stem: str) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._free_path(stem)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
        return path

    def note(self, draft: Draft, path: Path) -> None:
        """Remembers what a new document says, so that the next page is compared with it too."""
        row = shingles_of([_text(draft)])
        self._shingles = vstack([self._shingles, row], format="csr") if self._names else row
        self._names.append(path.name)

    def _free_path(self, stem: str) -> Path:
        plain = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-._") or "document"
        number, path = 1, self._folder / f"{plain}.md"
        while path.exists():
            number += 1
            path = self._folder / f"{plain}-{number}.md"
        return path


def _documents(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*.md"))
    except OSError as error:  # a folder above it lets nobody in
        raise _closed(folder, error) from None


def _closed(folder: Path, error: OSError) -> InputError:
    """The error for a folder of documents that cannot be used: no page is to blame."""
    remedy = "mend its rights, or name another folder with --out"
    return refusal(str(folder), f"cannot be written to ({error.strerror or error}); {remedy}")


def _day(draft: Draft) -> dt.date:
    if draft.dated.day is None:
        raise refusal(draft.page.name, "has no settled day; state it with --date")
    return draft.dated.day


def _text(draft: Draft) -> str:
    return "\n".join(text for _, text in draft.paragraphs)
