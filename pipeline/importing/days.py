"""How days are written: in full, by weekday, without a year, as today; nothing is weighed here."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from pipeline.importing.vocabulary import Vocabulary, any_of

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_YEARS = (1900, 2100)
_WEEK = 7  # days back that a weekday can mean; a report of today may say "on Friday" on a Friday
_MONTHS = 12
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,4})([-/.])(\d{1,2})\2(\d{2,4})(?![\d/-])")
_TODAY = re.compile(r"\b(today|yesterday)\b(?![’'])", re.IGNORECASE)
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"((?:19|20)\d\d)"


class Wording(NamedTuple):
    """Characters start <= i < end of a text that name a day; `day` is None where it is open."""

    start: int
    end: int
    words: str
    day: dt.date | None


class Days:
    """Reads the days of one page; its numeric dates tell each other which part is the day."""

    def __init__(self, texts: Iterable[str], *, vocabulary: Vocabulary) -> None:
        self._months = vocabulary.dates["months"]
        numeric = (match for text in texts for match in _NUMERIC.finditer(text))
        orders = {(match[2], _order(match)) for match in numeric}
        self._orders = {(sign, order) for sign, order in orders if order}

    def in_full(self, text: str) -> Iterator[tuple[dt.date, str]]:
        """All full dates and their wording; numeric ones only where they have one meaning."""
        for pattern, (year, month, day) in self._named:
            for match in pattern.finditer(text):
                if found := _date(int(match[year]), self._number(match[month]), int(match[day])):
                    yield found, match[0]
        for match in _NUMERIC.finditer(text):
            if found := self._numeric(match):
                yield found, match[0]

    def counted(
        self, text: str, *, own: dt.date | None, full: Iterable[dt.date]
    ) -> Iterator[Wording]:
        """Weekdays, "today" and days without a year, counted back from the page's own date.

        A day without a year is certain too where one full date in the page is that day.
        """
        for start, end, weekday in weekdays(text):
            yield Wording(start, end, f"on {WEEKDAYS[weekday]}", own and _last(weekday, own))
        for match in _TODAY.finditer(text):
            back = dt.timedelta(days=match[1].lower() == "yesterday")
            yield Wording(*match.span(), match[1], own and own - back)
        for pattern, (month, number) in self._without_year:
            for match in pattern.finditer(text):
                ends = (self._number(match[month]), int(match[number]))
                same = {day for day in full if (day.month, day.day) == ends}
                day = _before(own, *ends) if own else same.pop() if len(same) == 1 else None
                yield Wording(*match.span(), match[0], day)

    def months(self, text: str) -> Iterator[tuple[int, int]]:
        """(year, month) of months that are named with their year."""
        for match in re.finditer(rf"({self._month})\.?\s+{_YEAR}", text):
            yield int(match[2]), self._number(match[1])

    def _numeric(self, match: re.Match[str]) -> dt.date | None:
        """2010-03-01; 23.11.2010; 1.3.2010 where all other dates of the page have one order."""
        first, second, third = int(match[1]), int(match[3]), int(match[4])
        if len(match[1]) == 4:
            return _date(first, second, third)
        if len(match[4]) != 4:
            return None
        orders = {order for sign, order in self._orders if sign == match[2]}
        order = _order(match) or (orders.pop() if len(orders) == 1 else "")
        if order:
            day, month = (first, second) if order == "day first" else (second, first)
            return _date(third, month, day)
        return _date(third, second, first) if first == second else None

    def _number(self, month: str) -> int:
        names = [name[:3].lower() for name in self._months]
        return names.index(month[:3].lower()) + 1

    @cached_property
    def _month(self) -> str:
        return any_of((*self._months, *(month[:3] for month in self._months), "Sept"))

    @cached_property
    def _named(self) -> tuple[tuple[re.Pattern[str], tuple[int, int, int]], ...]:
        """Patterns of full dates, each with its groups for year, month and day."""
        month = rf"({self._month})\.?"
        return (
            (re.compile(rf"\b{month}\s+{_DAY},?\s+{_YEAR}\b", re.I), (3, 1, 2)),
            (re.compile(rf"\b{_DAY}\s+(?:of\s+)?{month},?\s+{_YEAR}\b", re.I), (3, 2, 1)),
        )

    @cached_property
    def _without_year(self) -> tuple[tuple[re.Pattern[str], tuple[int, int]], ...]:
        """Patterns of days without a year, each with its groups for month and day."""
        month, end = rf"({self._month})", rf"\b(?!,?\s+{_YEAR})(?!\d)"
        return (
            (re.compile(rf"\b{month}\.?\s+{_DAY}{end}"), (1, 2)),
            (re.compile(rf"\b{_DAY}\s+{month}{end}"), (2, 1)),
        )


def weekdays(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, number of the weekday) of weekdays that are not of another week."""
    for match in re.finditer(rf"\b({'|'.join(WEEKDAYS)})\b", text):
        if not re.search(r"\b(?:next|last|every|coming|following)\s+$", text[: match.start()]):
            yield *match.span(), WEEKDAYS.index(match[1])


def _order(match: re.Match[str]) -> str:
    """Which part of a numeric date is the day, where only one can be; else nothing."""
    first, second = int(match[1]), int(match[3])
    if (first <= _MONTHS and second <= _MONTHS) or len(match[1]) == 4:
        return ""
    return "day first" if first > _MONTHS else "month first"


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    return found if _YEARS[0] <= year < _YEARS[1] else None


def _last(weekday: int, own: dt.date) -> dt.date:
    return own - dt.timedelta(days=(own.weekday() - weekday) % _WEEK)


def _before(own: dt.date, month: int, number: int) -> dt.date | None:
    """That day of the year of the page, or of the year before where it were yet to come."""
    day = _date(own.year, month, number)
    return _date(own.year - 1, month, number) if day and day > own else day
