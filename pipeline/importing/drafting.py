"""The recipe: a page as found → title, day, place, and paragraphs with their speakers."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.importing import turns
from pipeline.importing.carriers import INTRODUCTION
from pipeline.importing.cleaning import Judged
from pipeline.importing.dating import Dated, Dating, Texts
from pipeline.importing.outline import Outline, outline_of
from pipeline.importing.page import Page, refusal
from pipeline.importing.people import People, Person
from pipeline.importing.places import place_of
from pipeline.importing.telling import Told, opening_speaker, tell
from pipeline.importing.vocabulary import Vocabulary, any_of, folded
from pipeline.speakers import JOINT, NARRATION, QUESTION, UNKNOWN_SIDE, Speaker, Speakers

_N_LEAD = 4  # paragraphs in which a report says when it happened
_N_NAMING = 2  # more paragraphs that name those whom the page is about


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
    outline = outline_of(page, kind=stated.kind, vocabulary=vocabulary, speakers=speakers)
    speaker = opening_speaker(outline, stated=stated.speaker, side=stated.side)
    told = tell(outline, speaker=speaker, vocabulary=vocabulary)
    if not told.paragraphs:
        raise refusal(page.name, "holds nothing that was said or told; see what was left out")
    texts = _texts(outline, told)
    body = [text for _, text in told.paragraphs]
    names = tuple(dict.fromkeys(name for name, _ in told.paragraphs))
    place = stated.place or _place(outline, texts, vocabulary)
    return Draft(
        page=page,
        title=stated.title or outline.title or _default_title(names, place),
        place=place,
        kind=outline.kind,
        occasion=_occasion(outline.title, body, vocabulary),
        meeting=stated.meeting,
        dated=_dated(page, outline.people, texts, stated=stated, vocabulary=vocabulary),
        paragraphs=told.paragraphs,
        participants=tuple(name for name in names if name not in (JOINT, NARRATION, QUESTION)),
        new_speakers=tuple(_new_speakers(names, outline.people, speakers, stated)),
        left_out=(*((item.text, item.reason) for item in told.judged if item.reason), *told.notes),
    )


def _texts(outline: Outline, told: Told) -> Texts:
    """The page's parts as dating reads them."""
    judged, body = told.judged, [text for _, text in told.paragraphs]
    at = -1 if outline.title_place is None else outline.title_place
    start = next((i for i, item in enumerate(judged) if not item.reason), len(judged))
    n_lead = 0 if outline.is_spoken else _N_LEAD
    introduction = [item.text for item in judged if item.reason == INTRODUCTION]
    return Texts(
        title=outline.title,
        above=[item.text for item in judged[: max(at, 0)] if item.reason != INTRODUCTION],
        below=[item.text for item in judged[at + 1 : start] if _may_date(item)],
        lead=introduction if outline.is_spoken else body[:n_lead],
        body=body[n_lead:],
        captions=[item.text for item in judged if item.reason == "caption"],
        rest=[item.text for item in judged[start:] if item.reason and item.reason != "caption"],
        is_spoken=outline.is_spoken,
    )


def _may_date(item: Judged) -> bool:
    """Whether a line below the title can tell of day or place."""
    if item.reason in ("caption", INTRODUCTION):
        return False
    return item.reason in ("", "above the text") or bool(re.search(r"\d{4}", item.text))


def _place(outline: Outline, texts: Texts, vocabulary: Vocabulary) -> str:
    return place_of(
        title=outline.title,
        lines=texts.below,
        lead=texts.lead,
        countries=outline.people.countries,
        vocabulary=vocabulary,
    )


def _dated(
    page: Page, people: People, texts: Texts, *, stated: Stated, vocabulary: Vocabulary
) -> Dated:
    """The day that was stated, or the one that the page settles, with all findings."""
    dated = Dating(texts, vocabulary=vocabulary).date_of(
        published=page.published, url=page.url, names=_family_names(texts, people)
    )
    return dated._replace(day=stated.date, candidates=()) if stated.date else dated


def _family_names(texts: Texts, people: People) -> list[str]:
    """The family names of those in the title and the first paragraphs."""
    first = " ".join([texts.title, *texts.lead, *texts.body[:_N_NAMING]])
    found = (people.find(alias) for alias in people.aliases if alias in first)
    return sorted({p.name.split()[-1] for p in found if p and not p.is_body})


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
