"""The recipe: a page as found → title, day, place, and paragraphs with their speakers."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.importing import cleaning, turns
from pipeline.importing.attribution import Attributed, Attribution
from pipeline.importing.carriers import INTRODUCTION, without_carrier
from pipeline.importing.cleaning import Judged
from pipeline.importing.dating import Dated, Dating, Texts
from pipeline.importing.page import Block, Page, refusal
from pipeline.importing.people import UNKNOWN_SIDE, People, Person
from pipeline.importing.places import place_of
from pipeline.importing.sentences import joined_quotes
from pipeline.importing.vocabulary import Vocabulary, any_of, folded
from pipeline.speakers import JOINT, NARRATION, QUESTION, Speaker, Speakers

UNKNOWN_SPEAKER = "Unknown speaker"
_SPOKEN = ("transcript", "speech")
_OWN_WORDS = 0.02  # first-person words a word, from which an unlabelled page is a speech
_N_INTRODUCING = 15  # words of a line above the text from which it introduces it
_PARTLY_OWN = 0.008  # the same where the title says that someone speaks


class Stated(NamedTuple):
    """What the page does not say and a person does; empty where it is left to the page."""

    date: dt.date | None = None
    place: str = ""
    kind: str = ""
    speaker: str = ""
    meeting: str = ""
    title: str = ""
    side: str = ""


class Draft(NamedTuple):
    """What a page becomes, with the evidence. `new_speakers` are not in the registry."""

    page: Page
    title: str
    place: str
    kind: str
    occasion: str
    meeting: str
    dated: Dated
    paragraphs: tuple[tuple[str, str], ...]
    participants: tuple[str, ...]
    new_speakers: tuple[Speaker, ...]
    left_out: tuple[tuple[str, str], ...]


def draft_of(page: Page, *, stated: Stated, vocabulary: Vocabulary, speakers: Speakers) -> Draft:
    """The draft. Raises InputError where nothing on the page was said or told."""
    judged = cleaning.page_parts(page.blocks, vocabulary=vocabulary)
    title = page.title
    people = People(_text(judged, title), vocabulary=vocabulary, speakers=speakers)
    labels = turns.Labels(
        [item.block._replace(text="") if item.reason else item.block for item in judged],
        people=people,
        vocabulary=vocabulary,
    )
    labelled = [bool(label.speaker) for label in labels.of_blocks]
    place_of_title = cleaning.title_of(judged, labelled=labelled, vocabulary=vocabulary)
    if place_of_title is not None:
        title = judged[place_of_title].text
    kind = stated.kind or _kind(judged, labels, title=title, vocabulary=vocabulary)
    is_spoken = kind in _SPOKEN
    if not (is_spoken and labels.is_transcript):
        labelled = [False] * len(judged)
    judged = _without_top(
        judged, place_of_title, labelled=labelled, vocabulary=vocabulary, is_spoken=is_spoken
    )
    judged = list(cleaning.without_repeats(judged))
    judged = list(
        cleaning.without_fragments(
            judged, is_spoken=is_spoken, labelled=labelled, vocabulary=vocabulary
        )
    )
    opening = _opening_speaker(title, judged, labels, stated=stated, people=people)
    if is_spoken:
        judged = without_carrier(judged, labelled=labelled, speaker=opening, vocabulary=vocabulary)
        told = _spoken(
            judged, labels if any(labelled) else None, opening=opening, vocabulary=vocabulary
        )
    else:
        told = _reported(judged, people=people, vocabulary=vocabulary)
    paragraphs, notes = _cleaned(told, vocabulary)
    if any(labelled):
        notes += _labels(judged, labels)
    if not paragraphs:
        raise refusal(page.name, "holds nothing that was said or told; see what was left out")
    texts = _texts(judged, title, place_of_title, [text for _, text in paragraphs])
    dated = _dated(page, texts, people, stated=stated, vocabulary=vocabulary, is_spoken=is_spoken)
    spoken_by = list(dict.fromkeys(name for name, _ in paragraphs))
    place = stated.place or place_of(
        is_spoken=is_spoken,
        title=title,
        lines=texts.below,
        body=texts.body,
        countries=people.countries,
        vocabulary=vocabulary,
    )
    return Draft(
        page=page,
        title=stated.title or title or _default_title(spoken_by, place),
        place=place,
        kind=kind,
        occasion=_occasion(title, texts.body, vocabulary),
        meeting=stated.meeting,
        dated=dated,
        paragraphs=tuple(paragraphs),
        participants=tuple(name for name in spoken_by if name not in (JOINT, NARRATION, QUESTION)),
        new_speakers=tuple(_new_speakers(spoken_by, people, speakers, stated)),
        left_out=(*((j.text, j.reason) for j in judged if j.reason), *notes),
    )


def _text(judged: Sequence[Judged], title: str) -> str:
    """All that can name persons: what may be kept, and captions."""
    named = (item.text for item in judged if item.reason in ("", "caption"))
    return "\n".join([title, *named])


def _kind(
    judged: Sequence[Judged], labels: turns.Labels, *, title: str, vocabulary: Vocabulary
) -> str:
    if labels.is_transcript:
        return "transcript"
    text = re.sub(r"[\"“«][^\"”»]*[\"”»]?", " ", _text(judged, ""))
    share = cleaning.n_own_words(text, vocabulary) / (len(text.split()) or 1)
    is_told_so = re.search(rf"\b{any_of(vocabulary.transcripts['spoken_titles'])}\b", title, re.I)
    if share >= (_PARTLY_OWN if is_told_so else _OWN_WORDS):
        return "speech"
    return "readout" if re.search(r"\breadout\b", title, re.IGNORECASE) else "report"


def _without_top(
    judged: Sequence[Judged],
    place_of_title: int | None,
    *,
    labelled: Sequence[bool],
    vocabulary: Vocabulary,
    is_spoken: bool,
) -> list[Judged]:
    """Leaves out the title, which goes to the front matter, and what stands above the text."""
    start = cleaning.text_start(judged, labelled=labelled)
    if is_spoken:
        below = range(0 if place_of_title is None else place_of_title + 1, start)
        greetings = (i for i in below if cleaning.is_greeting(judged[i].text, vocabulary))
        start = next(greetings, start)
    return [
        item._replace(reason=item.reason or _top_reason(i, place_of_title, start, item.text))
        for i, item in enumerate(judged)
    ]


def _top_reason(i: int, place_of_title: int | None, start: int, text: str) -> str:
    if i == place_of_title:
        return "title, kept in the front matter"
    if i >= start:
        return ""
    return INTRODUCTION if cleaning.n_words(text) >= _N_INTRODUCING else "above the text"


def _opening_speaker(
    title: str,
    judged: Sequence[Judged],
    labels: turns.Labels,
    *,
    stated: Stated,
    people: People,
) -> Person | None:
    """Whose the words before the first label are: stated, in the title, or who answers most."""
    if stated.speaker:
        return people.find(stated.speaker) or people.add(stated.speaker, side=stated.side)
    named = _first_named(title, people)
    answering = labels.main_speaker
    if named and (not answering or named.name in labels.speakers):
        return named
    if answering:
        return people.find(answering)
    introduction = " ".join(item.text for item in judged[:3])
    return named or _first_named(introduction, people)


def _first_named(text: str, people: People) -> Person | None:
    """The person who stands first in the text, by any name."""
    places: dict[str, int] = {}
    for alias in people.aliases:
        person = people.find(alias)
        if person and not person.is_body and (match := re.search(rf"\b{re.escape(alias)}\b", text)):
            places[person.name] = min(match.start(), places.get(person.name, match.start()))
    first = min(places, key=lambda name: places[name], default="")
    return people.find(first) if first else None


def _spoken(
    judged: Sequence[Judged],
    labels: turns.Labels | None,
    *,
    opening: Person | None,
    vocabulary: Vocabulary,
) -> Iterator[tuple[str, str]]:
    name = opening.name if opening else UNKNOWN_SPEAKER
    if labels is None:
        yield from ((name, item.text) for item in judged if not item.reason)
        return
    kept = [
        label if not item.reason else label._replace(text="")
        for item, label in zip(judged, labels.of_blocks, strict=True)
    ]
    yield from turns.spoken(kept, opening=name)


def _labels(judged: Sequence[Judged], labels: turns.Labels) -> list[tuple[str, str]]:
    """The labels as they stood in the page, each once, with what they were taken for."""
    used = (
        (label.label, f"label of a turn: {label.speaker}")
        for item, label in zip(judged, labels.of_blocks, strict=True)
        if label.label and not item.reason
    )
    return list(dict.fromkeys(used))


def _reported(
    judged: Sequence[Judged], *, people: People, vocabulary: Vocabulary
) -> Iterator[tuple[str, str]]:
    """Consecutive sentences of one speaker within a paragraph are one paragraph of the draft."""
    attribution = Attribution(people, vocabulary=vocabulary)
    texts = [item.text for item in judged if not item.reason]
    attribution.learn(texts)
    for text, goes_on in zip(texts, joined_quotes(texts), strict=True):
        pieces = attribution.of_paragraph(text, goes_on=goes_on)
        for piece in _merged(pieces):
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


def _cleaned(
    told: Iterator[tuple[str, str]], vocabulary: Vocabulary
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The paragraphs without editors' notes, and the notes with their reason."""
    paragraphs, left_out = [], []
    for speaker, text in told:
        kept, notes = cleaning.without_notes(text, vocabulary=vocabulary)
        left_out += [(note, "editor's note") for note in notes]
        if re.search(r"\w", kept):
            paragraphs.append((speaker, kept))
    return paragraphs, left_out


def _texts(
    judged: Sequence[Judged], title: str, place_of_title: int | None, body: Sequence[str]
) -> Texts:
    """The page's parts as dating reads them."""
    at = -1 if place_of_title is None else place_of_title
    start = next((i for i, item in enumerate(judged) if not item.reason), len(judged))
    captions = [item.text for item in judged if item.reason == "caption"]
    return Texts(
        title=title,
        above=[item.text for item in judged[: max(at, 0)]],
        below=[item.text for item in judged[at + 1 : start] if _may_date(item)],
        body=body,
        captions=captions,
        rest=[item.text for item in judged[start:] if item.reason and item.reason != "caption"],
    )


def _may_date(item: Judged) -> bool:
    """Whether a line below the title can tell of day or place."""
    is_furniture = item.reason not in ("", "above the text")
    return item.reason != "caption" and (not is_furniture or bool(re.search(r"\d{4}", item.text)))


def _dated(
    page: Page,
    texts: Texts,
    people: People,
    *,
    stated: Stated,
    vocabulary: Vocabulary,
    is_spoken: bool,
) -> Dated:
    lead = " ".join([texts.title, *texts.body[:6]])
    persons = {
        p.name.split()[-1]
        for alias in people.aliases
        if alias in lead and (p := people.find(alias)) and not p.is_body
    }
    dated = Dating(vocabulary).date_of(
        texts, published=page.published, url=page.url, names=sorted(persons), is_spoken=is_spoken
    )
    return dated._replace(day=stated.date, candidates=()) if stated.date else dated


def _occasion(title: str, body: Sequence[str], vocabulary: Vocabulary) -> str:
    """What the event was, by the first word for one in the title, else in the first sentences."""
    for text in (title, " ".join(body[:2])):
        for occasion, words in vocabulary.occasions.items():
            if re.search(rf"\b{any_of(words)}\b", folded(text), re.IGNORECASE):
                return occasion
    return ""


def _default_title(names: Sequence[str], place: str) -> str:
    spoken_by = [name for name in names if name not in (JOINT, NARRATION, QUESTION)]
    return ", ".join([*spoken_by[:2], *([place] if place else [])]) or "Untitled page"


def _new_speakers(
    names: Sequence[str], people: People, speakers: Speakers, stated: Stated
) -> Iterator[Speaker]:
    """Those whom the registry does not know, with the side and office that the page gives them."""
    for name in names:
        if name == turns.HOST:
            yield Speaker(name, "Press", "Leads a news conference")
        elif speakers.find(name) is None:
            person = people.find(name) or Person(name, stated.side or UNKNOWN_SIDE)
            yield Speaker(name, person.side or UNKNOWN_SIDE, person.office)


def block_texts(blocks: Sequence[Block]) -> str:
    """The page's text as it stands, for comparing pages."""
    return "\n".join(block.text for block in blocks)
