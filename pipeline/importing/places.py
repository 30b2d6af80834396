"""Where the talks were held: as the title, a dateline or the first sentences say."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.importing.countries import Countries
from pipeline.importing.vocabulary import Vocabulary, any_of

_PLACE = r"[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+){0,2}"
_DATELINE = re.compile(r"^(?P<place>[A-Z][A-Z’' -]{2,24}[A-Z]),?\s")
_N_LEAD = 3


def place_of(
    *,
    is_spoken: bool,
    title: str,
    lines: Sequence[str],
    body: Sequence[str],
    countries: Countries,
    vocabulary: Vocabulary,
) -> str:
    """City of the event, or `telephone`; nothing where the page does not say.

    A speaker's own words (`is_spoken`) name other places than that of the speech.
    """
    body = () if is_spoken else body
    first = " ".join([title, *body[:2]])
    if re.search(r"\b(?:by|over the|on the|tele)\s?phone\b|\bphone (?:call|talks)\b", first, re.I):
        return "telephone"
    not_places = _not_places(vocabulary)
    for text in (title, *lines):
        for pattern in (
            rf"(?:^|[,–—-]\s*)({_PLACE}),?\s+{_day(vocabulary)}",
            rf"{_day(vocabulary)}[,.]?\s+({_PLACE})",
        ):
            for match in re.finditer(pattern, text):
                if match[1].lower() in vocabulary.dates["published_words"]:
                    continue
                if not set(match[1].split()) & not_places and not _is_country(match[1], countries):
                    return match[1]
    for day, line in pairwise(lines):
        if re.fullmatch(_day(vocabulary), day) and re.fullmatch(_PLACE, line):
            return line
    for text in body[:3]:
        if dateline := _DATELINE.match(text):
            return dateline["place"].strip(" -").title()
    return _place_of_talks([title, *body[:_N_LEAD]], countries, vocabulary, not_places)


def _place_of_talks(
    texts: Sequence[str], countries: Countries, vocabulary: Vocabulary, not_places: set[str]
) -> str:
    """The first "in Bay" near a word for talks, in the sentences that tell of them."""
    words = any_of(
        (
            *vocabulary.dates["event_words"],
            *vocabulary.reporting["verbs"],
            "newsmen",
            "journalists",
            "reporters",
        )
    )
    others = any_of(
        ("previous", "earlier", "next", "last year", "will visit", "scheduled", "will be")
    )
    for text in (re.sub(r"[\"“«][^\"”»]*[\"”»]?", " ", text) for text in texts):
        for sentence in re.split(r"(?<=[.!?])\s+", text):
            if re.search(rf"\b{others}\b", sentence, re.I):
                continue
            capital = r"(?:the\s+(?:capital|city)[\w ]*?,?\s+)?"
            pattern = rf"\b(?i:{words})\b[^.;]{{0,120}}?\b[Ii]n\s+{capital}({_PLACE})"
            for match in re.finditer(pattern, sentence):
                if not set(match[1].split()) & not_places and not _is_country(match[1], countries):
                    return match[1]
    return ""


def _is_country(word: str, countries: Countries) -> bool:
    return countries.find(word) == word or word in ("Europe", "Asia", "Africa", "America")


def _not_places(vocabulary: Vocabulary) -> set[str]:
    days = ("Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun")
    return {*vocabulary.dates["months"], *vocabulary.people["not_names"], *days}


def _day(vocabulary: Vocabulary) -> str:
    months = vocabulary.dates["months"]
    month = any_of((*months, *(month[:3] for month in months)))
    named = rf"{month}\.?\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{month}\.?,?\s+\d{{4}}"
    return rf"(?:{named}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}})"
