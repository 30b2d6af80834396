"""The day of the event, told apart from the days on which a page was published, crawled, shown.

Every date found is a finding with its evidence and what it is worth. A day counts as settled when
the title, a dateline or the text's own first sentences name it, in full or by a weekday that the
page's own date or a caption of the same event makes certain. Otherwise there is no answer.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from pipeline.importing.vocabulary import Vocabulary, any_of

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_YEARS = (1900, 2100)
_WEEK = 7  # days back that a weekday can mean; a report of today may say "on Friday" on a Friday
_N_LEAD = 4  # paragraphs in which a report says when it happened
_NEAR = 60  # characters around a date that say what it is the date of
_CLOSE = 12  # characters after it that can still say that it is another event's: "on Friday will"
_MIN_SHARED = 2  # persons that a caption shares with the text, to be of the same event
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,4})([-/.])(\d{1,2})\2(\d{2,4})(?![\d/-])")
_QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]?")
_EVENT, _REMARK, _BY = "event", "remark on the event", ", counted from the page's own date"
_BEST_FIRST = (
    "event, in the title",
    "event, in the dateline",
    _EVENT,
    _EVENT + _BY,
    _REMARK,
    _REMARK + _BY,
)
_PLACE = re.compile(r"[A-Z][\w’'-]+(?:[ ,]+[A-Z][\w’'-]+){0,3}")
_CLOCK_AND_PLACE = re.compile(r"\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?,?)?\s+[A-Z]\w+ [A-Z]")
_TODAY = re.compile(r"\b(today|yesterday)\b(?![’'])", re.IGNORECASE)
_DATELINE = re.compile(
    r"^[A-Z][A-Z .’'-]{2,30}[A-Z](?:,\s*[A-Z][\w .]+?)?[,.]?\s+(?:\(?[\w .’/-]+\)?\s*)?"
    r"(?:[-–—,(]|\d|[A-Z])"
)


class Finding(NamedTuple):
    """A date (or part of one) in the page; `worth`: event, published, or why it does not count."""

    day: dt.date | None
    wording: str
    where: str
    worth: str

    def __str__(self) -> str:
        day = self.day.isoformat() if self.day else "no full date"
        return f"{day}  {self.where}: “{self.wording}” ({self.worth})"


class Texts(NamedTuple):
    """The parts of a page in which dates are looked for."""

    title: str
    above: Sequence[str]
    below: Sequence[str]
    body: Sequence[str]
    captions: Sequence[str]
    rest: Sequence[str]


class Dated(NamedTuple):
    """The day of the event, if it is settled, and all findings; `candidates` where it is not."""

    day: dt.date | None
    findings: tuple[Finding, ...]
    candidates: tuple[dt.date, ...] = ()


class Dating:
    """Finds and weighs the dates of pages."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def date_of(
        self,
        texts: Texts,
        *,
        published: dt.date | None,
        url: str,
        names: Sequence[str],
        is_spoken: bool,
    ) -> Dated:
        """The event's day by the strongest evidence there is; `names`: family names in the text."""
        findings = list(self._findings(texts, published=published, url=url, is_spoken=is_spoken))
        own = self._published(findings)
        if not is_spoken:
            full = [finding.day for finding in findings if finding.day]
            findings += self._relative(texts.body[:_N_LEAD], own=own, full=full)
            findings += self._by_caption(texts, names=names)
        settled = self._settled(findings)
        candidates = () if settled else self._candidates(findings, texts)
        return Dated(settled, tuple(dict.fromkeys(findings)), candidates)

    def _settled(self, findings: Sequence[Finding]) -> dt.date | None:
        """The one day that the best kind of evidence names; none where it names two."""
        for worth in _BEST_FIRST:
            days = {finding.day for finding in findings if finding.worth == worth and finding.day}
            if days:
                return days.pop() if len(days) == 1 else None
        return None

    def _findings(
        self, texts: Texts, *, published: dt.date | None, url: str, is_spoken: bool
    ) -> Iterator[Finding]:
        if published:
            yield Finding(published, published.isoformat(), "markup", "published")
        for match in re.finditer(r"/(20\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)", url):
            if day := _day(*map(int, match.groups())):
                yield Finding(day, match[0], "address", "published")
        for day, words in self._dates(texts.title):
            yield Finding(day, words, "title", "event, in the title")
        for line in texts.above:
            yield from self._in_line(line, where="above the title", worth=self._worth_above(line))
        for i, line in enumerate(texts.below):
            near = texts.below[max(0, i - 1) : i + 2] if is_spoken else [line]
            worth = self._worth_below(line, near)
            yield from self._in_line(line, where="below the title", worth=worth)
        for i, text in enumerate(texts.body):
            yield from self._in_body(text, is_lead=i < _N_LEAD, is_spoken=is_spoken)
        for line in texts.captions:
            yield from self._in_line(line, where="caption", worth="of a picture")
        for line in texts.rest:
            yield from self._in_line(line, where="left out", worth="not of the text")

    def _in_line(self, line: str, *, where: str, worth: str) -> Iterator[Finding]:
        for day, words in self._dates(line):
            yield Finding(day, words, where, worth)

    def _worth_above(self, line: str) -> str:
        is_published = re.search(
            rf"\b{any_of(self._vocabulary.dates['published_words'])}\b", line, re.I
        )
        return "published" if is_published else "perhaps the day of a visit or crawl"

    def _worth_below(self, line: str, near: Sequence[str]) -> str:
        """A day with a place tells of the event, a day alone of the page.

        Transcripts have the place on a line of its own, `near` the day.
        """
        words = any_of(self._vocabulary.dates["published_words"])
        if re.match(rf"{words}\b", line, re.IGNORECASE):
            return "published"
        if _CLOCK_AND_PLACE.search(line):
            return "event, in the dateline"
        day = next((wording for _, wording in self._dates(line)), "")
        others = [
            line.replace(day, "").strip(" ,.|/–-"),
            *(other for other in near if other != line),
        ]
        return "event, in the dateline" if any(map(self._is_place, others)) else "published"

    def _is_place(self, text: str) -> bool:
        words = any_of(self._vocabulary.dates["published_words"])
        is_weekday = text[:3].title() in {name[:3] for name in _WEEKDAYS}
        is_told = re.search(rf"\b{words}\b", text, re.IGNORECASE)
        is_name = not set(text.split()) & set(self._vocabulary.people["not_names"])
        return bool(_PLACE.fullmatch(text)) and is_name and not is_weekday and not is_told

    def _in_body(self, text: str, *, is_lead: bool, is_spoken: bool) -> Iterator[Finding]:
        """Full dates in the text; a speaker's own dates are of what is spoken about."""
        dateline = _DATELINE.match(text)
        for day, words in self._dates(text):
            at = text.find(words)
            if is_spoken:
                worth = "named by a speaker"
            elif dateline and at < _NEAR:
                worth = "published"
            elif is_lead:
                worth = self._worth_in_text(text, at, at + len(words))
            else:
                worth = "too far down to be of the event"
            yield Finding(day, words, "text", worth)

    def _worth_in_text(self, text: str, start: int, end: int) -> str:
        """What the words around a date say it is the date of."""
        dates = self._vocabulary.dates
        close = text[max(0, start - _NEAR) : end + _CLOSE]
        if re.search(rf"\b{any_of(dates['other_words'])}\b", close, re.IGNORECASE):
            return "of another event"
        sentence = re.split(r"[.!?]\s", text[:start])[-1] + re.split(r"[.!?]\s", text[start:])[0]
        if re.search(rf"\b{any_of(dates['event_words'])}\b", sentence, re.IGNORECASE):
            return _EVENT
        verbs = any_of(self._vocabulary.reporting["verbs"])
        return _REMARK if re.search(rf"\b{verbs}\b", sentence) else "not tied to the talks"

    def _published(self, findings: Sequence[Finding]) -> dt.date | None:
        days = {finding.day for finding in findings if finding.worth == "published" and finding.day}
        return min(days) if days and (max(days) - min(days)).days <= 1 else None

    def _relative(
        self, lead: Sequence[str], *, own: dt.date | None, full: Sequence[dt.date]
    ) -> Iterator[Finding]:
        """Weekdays, "today" and days without a year, made certain by the page's own date.

        A day without a year is certain too where a full date anywhere in the page is that day.
        """
        for text in lead:
            plain = _QUOTED.sub(" ", text)
            dateline = _DATELINE.match(plain)
            for start, end, words, day in self._counted(plain, own, full):
                worth = self._worth_in_text(plain, start, end)
                if dateline and start < _NEAR // 2:
                    worth = "published"
                if worth in (_EVENT, _REMARK):
                    worth += _BY if day else ", but nothing to count from"
                yield Finding(day, words, "text", worth)

    def _counted(
        self, text: str, own: dt.date | None, full: Sequence[dt.date]
    ) -> Iterator[tuple[int, int, str, dt.date | None]]:
        """(start, end, wording, day) of what is counted from the page's own date."""
        for start, end, weekday in _weekdays(text):
            yield start, end, f"on {_WEEKDAYS[weekday]}", _last(weekday, own) if own else None
        for match in _TODAY.finditer(text):
            back = dt.timedelta(days=match[1].lower() == "yesterday")
            yield *match.span(), match[1], own - back if own else None
        for match in self._month_day.finditer(text):
            month = self._number(match["m1"] or match["m2"])
            number = int(match["d1"] or match["d2"])
            same = {day for day in full if (day.month, day.day) == (month, number)}
            found = _before(own, month, number) if own else None
            yield *match.span(), match[0], found or (same.pop() if len(same) == 1 else None)

    def _by_caption(self, texts: Texts, *, names: Sequence[str]) -> Iterator[Finding]:
        """A caption's date counts if it shows the text's persons on the weekday the text names."""
        weekdays = [
            weekday
            for text in texts.body[:_N_LEAD]
            for start, end, weekday in _weekdays(text)
            if self._worth_in_text(text, start, end) in (_EVENT, _REMARK)
        ]
        for line in texts.captions:
            n_shared = sum(bool(re.search(rf"\b{re.escape(name)}\b", line)) for name in names)
            for day, words in self._dates(line):
                if weekdays[:1] == [day.weekday()] and n_shared >= _MIN_SHARED:
                    weekday = _WEEKDAYS[day.weekday()]
                    where = f"caption of the same persons, on the {weekday} of the text"
                    yield Finding(day, words, where, _EVENT + _BY)

    def _candidates(self, findings: Sequence[Finding], texts: Texts) -> tuple[dt.date, ...]:
        """Days that may be meant: those found, and the weekdays of a month that the page names."""
        maybe = (_EVENT, _REMARK, "published", "of a picture")
        days = {f.day for f in findings if f.day and f.worth.startswith(maybe)}
        named = (f.wording[3:] for f in findings if f.worth.startswith((_EVENT, _REMARK)))
        weekdays = {_WEEKDAYS.index(name) for name in named if name in _WEEKDAYS}
        for month, year in self._months([*texts.rest, *texts.above, *texts.below, texts.title]):
            first = dt.date(year, month, 1)
            month_days = (first + dt.timedelta(days=i) for i in range(31))
            days |= {d for d in month_days if d.month == month and d.weekday() in weekdays}
        return tuple(sorted(days))

    def _months(self, lines: Sequence[str]) -> Iterator[tuple[int, int]]:
        for line in lines:
            for match in re.finditer(rf"({self._month})\.?\s+((?:19|20)\d\d)", line):
                yield self._number(match[1]), int(match[2])

    def _dates(self, text: str) -> Iterator[tuple[dt.date, str]]:
        """All full dates in the text; numeric ones only where day and month cannot be mistaken."""
        for match in self._named.finditer(text):
            month = self._number(match["m1"] or match["m2"])
            if day := _day(int(match["y1"] or match["y2"]), month, int(match["d1"] or match["d2"])):
                yield day, match[0]
        for match in _NUMERIC.finditer(text):
            if day := _numeric(match):
                yield day, match[0]

    def _number(self, month: str) -> int:
        names = [name[:3].lower() for name in self._vocabulary.dates["months"]]
        return names.index(month[:3].lower()) + 1

    @cached_property
    def _month(self) -> str:
        months = self._vocabulary.dates["months"]
        return any_of((*months, *(month[:3] for month in months), "Sept"))

    @cached_property
    def _named(self) -> re.Pattern[str]:
        month, day, year = (
            rf"(?P<m{{0}}>{self._month})\.?",
            r"(?P<d{0}>\d{{1,2}})(?:st|nd|rd|th)?",
            r"(?P<y{0}>(?:19|20)\d\d)",
        )
        first = rf"{month}\s+{day},?\s+{year}".replace("{0}", "1").replace("{{1,2}}", "{1,2}")
        second = rf"{day}\s+(?:of\s+)?{month},?\s+{year}".replace("{0}", "2").replace(
            "{{1,2}}", "{1,2}"
        )
        return re.compile(rf"\b(?:{first}|{second})\b", re.IGNORECASE)

    @cached_property
    def _month_day(self) -> re.Pattern[str]:
        month = self._month
        return re.compile(
            rf"\b(?:(?P<m1>{month})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{month}))\b"
            r"(?!,?\s+(?:19|20)\d\d)(?!\d)"
        )


def _weekdays(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, number of the weekday) of weekdays that are not of another week."""
    for match in re.finditer(rf"\b({'|'.join(_WEEKDAYS)})\b", text):
        if not re.search(r"\b(?:next|last|every|coming|following)\s+$", text[: match.start()]):
            yield *match.span(), _WEEKDAYS.index(match[1])


def _numeric(match: re.Match[str]) -> dt.date | None:
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        return _day(first, second, third)
    if len(match[4]) != 4 or (first <= 12 and second <= 12 and first != second):
        return None
    return _day(third, second, first) or _day(third, first, second)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    return found if _YEARS[0] <= year < _YEARS[1] else None


def _last(weekday: int, own: dt.date) -> dt.date:
    return own - dt.timedelta(days=(own.weekday() - weekday) % _WEEK)


def _before(own: dt.date, month: int, number: int) -> dt.date | None:
    """That day of the year of the page, or of the year before where it were yet to come."""
    day = _day(own.year, month, number)
    return _day(own.year - 1, month, number) if day and day > own else day
