"""Where the talks were held: as the title, a dateline or the first sentences say."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.importing.countries import Countries
from pipeline.importing.vocabulary import Vocabulary, any_of

_PLACE = r"[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+){0,2}"
_DATELINE = re.compile(r"^(?P<place>[A-Z][A-Z’' -]{2,24}[A-Z]),?\s")
_DISTRICT = r"(?:,\s*[A-Z][\w. ]{1,20})?"  # what a city lies in: "Karst, DC"
_ARTICLE = r"(?:the\s+(?:capital|city)[\w ]*?,?\s+)?"
_PHONE = re.compile(
    r"\b(?:by|over the|on the|tele)\s?phone\b|\bphone (?:call|talks)\b", re.IGNORECASE
)
_N_LEAD = 3
_MAX_DAY_WORDS = 7  # "Thursday, 9 February 2006, 10 a.m."
_CONTINENTS = ("Europe", "Asia", "Africa", "America")


def place_of(
    *,
    title: str,
    lines: Sequence[str],
    lead: Sequence[str],
    countries: Countries,
    vocabulary: Vocabulary,
) -> str:
    """City of the event, or `telephone`; nothing where the page does not say.

    `lines` stand between title and text; `lead` tells of the event, in no speaker's own words.
    """
    if _PHONE.search(" ".join([title, *lead[:2]])):
        return "telephone"
    places = _Places(countries, vocabulary)
    found = (
        *(places.beside_a_day(text) for text in (title, *lines)),
        places.on_a_line_by_itself(lines),
        *(places.of_dateline(text) for text in lead[:_N_LEAD]),
        *(places.of_talks(text) for text in (title, *lead[:_N_LEAD])),
    )
    place = next(filter(None, found), "")
    return place.title() if place.isupper() else place


class _Places:
    """Finds places in lines and sentences, and knows which capitalised words are none."""

    def __init__(self, countries: Countries, vocabulary: Vocabulary) -> None:
        self._countries, self._dates = countries, vocabulary.dates
        days = ("Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun")
        self._others = {*self._dates["months"], *vocabulary.people["not_names"], *days}
        self._day = _day(vocabulary)
        telling = (*vocabulary.dates["event_words"], *vocabulary.reporting["verbs"])
        self._telling = any_of((*telling, *vocabulary.dates["audiences"]))

    def beside_a_day(self, line: str) -> str:
        """ "Karst, 3 March 2010", "3 March 2010, Karst"."""
        before = rf"(?:^|[,–—-]\s*)({_PLACE}),?\s+{self._day}"
        after = rf"{self._day}[,.]?\s+({_PLACE})"
        venue = rf"{self._day}.*\b{any_of(self._dates['venues'])}\b.*,\s*({_PLACE})$"
        return self._first((before, after, venue), line)

    def on_a_line_by_itself(self, lines: Sequence[str]) -> str:
        """A line that is a place, next to one that is a day."""
        for first, second in pairwise(lines):
            for day, line in ((second, first), (first, second)):
                match = re.fullmatch(rf"({_PLACE}){_DISTRICT}", line)
                is_day = re.search(self._day, day) and len(day.split()) <= _MAX_DAY_WORDS
                if match and is_day:
                    return match[1]
        return ""

    def of_dateline(self, text: str) -> str:
        """ "KARST, March 3 –"."""
        dateline = _DATELINE.match(text)
        return dateline["place"].strip(" -") if dateline else ""

    def of_talks(self, text: str) -> str:
        """The first "in Karst" near a word for talks, else "a visit to Karst"."""
        others = re.compile(rf"\b{any_of(self._dates['other_places'])}\b", re.IGNORECASE)
        plain = re.sub(r"[\"“«][^\"”»]*[\"”»]?", " ", text)
        told = [s for s in re.split(r"(?<=[.!?])\s+", plain) if not others.search(s)]
        near = rf"\b(?i:{self._telling})\b[^.;]{{0,120}}?\b[Ii]n\s+{_ARTICLE}({_PLACE})"
        visit = rf"\b(?:visit|trip)\s+to\s+{_ARTICLE}({_PLACE})"
        return self._first((near, visit), "\n".join(told))

    def _first(self, patterns: Sequence[str], text: str) -> str:
        found = (match[1] for pattern in patterns for match in re.finditer(pattern, text))
        return next(filter(self._may_be, found), "")

    def _may_be(self, words: str) -> bool:
        is_country = self._countries.find(words) == words or words in _CONTINENTS
        is_label = words.lower() in self._dates["published_words"]
        return not (is_country or is_label or set(words.split()) & self._others)


def _day(vocabulary: Vocabulary) -> str:
    months = vocabulary.dates["months"]
    month = any_of((*months, *(month[:3] for month in months)))
    named = rf"{month}\.?\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{month}\.?,?\s+\d{{4}}"
    return rf"(?:{named}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}})"
