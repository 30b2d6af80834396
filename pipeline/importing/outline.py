"""What kind of page it is: its title, its labels, and which of its blocks are the text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.importing import cleaning
from pipeline.importing.carriers import INTRODUCTION
from pipeline.importing.cleaning import Judged
from pipeline.importing.page import Page
from pipeline.importing.people import People
from pipeline.importing.turns import Labels
from pipeline.importing.vocabulary import Vocabulary, any_of, unshouted
from pipeline.speakers import Speakers

SPOKEN_KINDS = ("transcript", "speech")
_OWN_WORDS = 0.02  # first-person words a word, from which an unlabelled page is a speech
_PARTLY_OWN = 0.008  # the same where the title says that someone speaks
_N_INTRODUCING = 15  # words of a line above the text from which it introduces it


class Outline(NamedTuple):
    """A page understood as a whole; `title_place` is where its title stands, if it has one."""

    title: str
    title_place: int | None
    kind: str
    judged: tuple[Judged, ...]
    labels: Labels
    people: People

    @property
    def is_spoken(self) -> bool:
        return self.kind in SPOKEN_KINDS

    @property
    def labelled(self) -> list[bool]:
        """For each block, whether a turn begins with it; in speeches and reports none does."""
        has_turns = self.is_spoken and self.labels.is_transcript
        return [has_turns and bool(label.speaker) for label in self.labels.of_blocks]


def outline_of(page: Page, *, kind: str, vocabulary: Vocabulary, speakers: Speakers) -> Outline:
    """The outline; `kind` is stated, or empty where the page is to tell."""
    judged = tuple(cleaning.page_parts(page.blocks, vocabulary=vocabulary))
    people = People(_text(judged, page.title), vocabulary=vocabulary, speakers=speakers)
    blocks = [item.block._replace(text="") if item.reason else item.block for item in judged]
    labels = Labels(blocks, people=people, vocabulary=vocabulary)
    is_transcript = labels.is_transcript
    has_label = [is_transcript and bool(label.speaker) for label in labels.of_blocks]
    place = cleaning.title_of(judged, labelled=has_label, vocabulary=vocabulary)
    title = page.title if place is None else judged[place].text
    kind = kind or _kind(judged, labels, title=title, vocabulary=vocabulary)
    outline = Outline(title, place, kind, judged, labels, people)
    return outline._replace(judged=_cleaned(outline, vocabulary))


def _cleaned(outline: Outline, vocabulary: Vocabulary) -> tuple[Judged, ...]:
    """The blocks without what stands above the text, copies and fragments."""
    below = cleaning.without_repeats(_without_top(outline, vocabulary))
    return tuple(
        cleaning.without_fragments(
            list(below),
            is_spoken=outline.is_spoken,
            labelled=outline.labelled,
            vocabulary=vocabulary,
        )
    )


def _text(judged: Sequence[Judged], title: str) -> str:
    """All that can name persons: what may be kept, and captions."""
    named = (item.text for item in judged if item.reason in ("", "caption"))
    return "\n".join(map(unshouted, [title, *named]))


def _kind(judged: Sequence[Judged], labels: Labels, *, title: str, vocabulary: Vocabulary) -> str:
    if labels.is_transcript:
        return "transcript"
    below = [item for item in judged if item.text != title]
    text = re.sub(r"[\"“«][^\"”»]*[\"”»]?", " ", _text(below, ""))
    share = cleaning.n_own_words(text, vocabulary) / (len(text.split()) or 1)
    is_told_so = re.search(rf"\b{any_of(vocabulary.transcripts['spoken_titles'])}\b", title, re.I)
    if share >= (_PARTLY_OWN if is_told_so else _OWN_WORDS):
        return "speech"
    return "readout" if re.search(r"\breadout\b", title, re.IGNORECASE) else "report"


def _without_top(outline: Outline, vocabulary: Vocabulary) -> list[Judged]:
    """Leaves out the title, which goes to the front matter, and what stands above the text."""
    start = _start(outline, vocabulary)
    return [
        item._replace(reason=item.reason or _top_reason(i, outline.title_place, start, item.text))
        for i, item in enumerate(outline.judged)
    ]


def _start(outline: Outline, vocabulary: Vocabulary) -> int:
    """Place of the first block of the text; a greeting begins what is spoken."""
    start = cleaning.text_start(outline.judged, labelled=outline.labelled)
    if not outline.is_spoken:
        return start
    first = 0 if outline.title_place is None else outline.title_place + 1
    greetings = (
        i for i in range(first, start) if cleaning.is_greeting(outline.judged[i].text, vocabulary)
    )
    return next(greetings, start)


def _top_reason(i: int, place_of_title: int | None, start: int, text: str) -> str:
    if i == place_of_title:
        return "title, kept in the front matter"
    if i >= start:
        return ""
    return INTRODUCTION if cleaning.n_words(text) >= _N_INTRODUCING else "above the text"
