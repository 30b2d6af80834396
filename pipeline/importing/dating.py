"""The day of the event, told apart from the days on which a page was published, crawled, shown.

Every date found is a finding with its evidence and what it is worth. A day counts as settled when
the title, a dateline or the text's own first sentences name it, in full or by a weekday that the
page's own date or a caption of the same event makes certain. Otherwise there is no answer.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.importing.days import WEEKDAYS, Days, weekdays
from pipeline.importing.vocabulary import Vocabulary, any_of

_NEAR = 60  # characters around a date that say what it is the date of
_CLOSE = 12  # characters after it that can still say that it is another event's: "on Friday will"
_MAX_LEAD = 2_000  # characters of a paragraph that tell of the event; longer ones are no lead
_MIN_SHARED = 2  # persons that a caption shares with the text, to be of the same event
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
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
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
    """The parts of a page in which dates are looked for; `is_spoken`: the text is a speaker's own.

    `lead` tells of the event: a report's first paragraphs, or what introduces a transcript.
    """

    title: str
    above: Sequence[str]
    below: Sequence[str]
    lead: Sequence[str]
    body: Sequence[str]
    captions: Sequence[str]
    rest: Sequence[str]
    is_spoken: bool

    @property
    def in_order(self) -> Iterator[str]:
        """All texts of the page."""
        yield from (self.title, *self.above, *self.below, *self.lead, *self.body)
        yield from (*self.captions, *self.rest)


class Dated(NamedTuple):
    """The day of the event, if it is settled, and all findings; `candidates` where it is not."""

    day: dt.date | None
    findings: tuple[Finding, ...]
    candidates: tuple[dt.date, ...] = ()


class Dating:
    """Finds and weighs the dates of one page."""

    def __init__(self, texts: Texts, *, vocabulary: Vocabulary) -> None:
        self._texts, self._vocabulary = texts, vocabulary
        self._days = Days(texts.in_order, vocabulary=vocabulary)

    def date_of(self, *, published: dt.date | None, url: str, names: Sequence[str]) -> Dated:
        """The event's day by the strongest evidence there is; `names`: family names in the text."""
        findings = [*self._of_page(published, url), *self._in_full()]
        own = self._published(findings)
        full = [finding.day for finding in findings if finding.day]
        findings += self._relative(own=own, full=full)
        findings += self._by_caption(names)
        settled = self._settled(findings)
        candidates = () if settled else self._candidates(findings)
        return Dated(settled, tuple(dict.fromkeys(findings)), candidates)

    def _settled(self, findings: Sequence[Finding]) -> dt.date | None:
        """The one day that the best kind of evidence names; none where it names two."""
        for worth in _BEST_FIRST:
            days = {finding.day for finding in findings if finding.worth == worth and finding.day}
            if days:
                return days.pop() if len(days) == 1 else None
        return None

    def _of_page(self, published: dt.date | None, url: str) -> Iterator[Finding]:
        """The days that markup and address name."""
        if published:
            yield Finding(published, published.isoformat(), "markup", "published")
        for match in re.finditer(r"/(20\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)", url):
            for day, _ in self._days.in_full("-".join(match.groups())):
                yield Finding(day, match[0], "address", "published")

    def _in_full(self) -> Iterator[Finding]:
        """All full dates of the page, part by part."""
        texts = self._texts
        yield from self._in_line(texts.title, where="title", worth="event, in the title")
        for line in texts.above:
            yield from self._in_line(line, where="above the title", worth=self._worth_above(line))
        for i, line in enumerate(texts.below):
            near = texts.below[max(0, i - 1) : i + 2] if texts.is_spoken else [line]
            worth = self._worth_below(line, near)
            yield from self._in_line(line, where="below the title", worth=worth)
        for text in texts.lead:
            yield from self._in_lead(text[:_MAX_LEAD])
        told = "named by a speaker" if texts.is_spoken else "too far down to be of the event"
        for lines, where, worth in (
            (texts.body, "text", told),
            (texts.captions, "caption", "of a picture"),
            (texts.rest, "left out", "not of the text"),
        ):
            for line in lines:
                yield from self._in_line(line, where=where, worth=worth)

    def _in_line(self, line: str, *, where: str, worth: str) -> Iterator[Finding]:
        for day, words in self._days.in_full(line):
            yield Finding(day, words, where, worth)

    def _worth_above(self, line: str) -> str:
        is_published = re.search(
            rf"\b{any_of(self._vocabulary.dates['published_words'])}\b", line, re.I
        )
        return "published" if is_published else "perhaps the day of a visit or crawl"

    def _worth_below(self, line: str, near: Sequence[str]) -> str:
        """A day with a place, or an hour with a venue, tells of the event, a day alone of the page.

        Transcripts have the place on a line of its own, `near` the day.
        """
        words = any_of(self._vocabulary.dates["published_words"])
        if re.match(rf"{words}\b", line, re.IGNORECASE):
            return "published"
        venues = any_of(self._vocabulary.dates["venues"])
        if _CLOCK.search(line) and re.search(rf"\b{venues}\b", line):
            return "event, in the dateline"
        day = next((wording for _, wording in self._days.in_full(line)), "")
        others = [
            line.replace(day, "").strip(" ,.|/–-"),
            *(other for other in near if other != line),
        ]
        return "event, in the dateline" if any(map(self._is_place, others)) else "published"

    def _is_place(self, text: str) -> bool:
        words = any_of(self._vocabulary.dates["published_words"])
        is_weekday = text[:3].title() in {name[:3] for name in WEEKDAYS}
        is_told = re.search(rf"\b{words}\b", text, re.IGNORECASE)
        is_name = not set(text.split()) & set(self._vocabulary.people["not_names"])
        return bool(_PLACE.fullmatch(text)) and is_name and not is_weekday and not is_told

    def _in_lead(self, text: str) -> Iterator[Finding]:
        dateline = _DATELINE.match(text)
        for day, words in self._days.in_full(text):
            at = text.find(words)
            is_filed = dateline and at < _NEAR
            worth = "published" if is_filed else self._worth_in_text(text, at, at + len(words))
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

    def _relative(self, *, own: dt.date | None, full: Sequence[dt.date]) -> Iterator[Finding]:
        """Weekdays, "today" and days without a year, made certain by the page's own date."""
        for text in self._texts.lead:
            plain = _QUOTED.sub(" ", text[:_MAX_LEAD])
            dateline = _DATELINE.match(plain)
            for start, end, words, day in self._days.counted(plain, own=own, full=full):
                worth = self._worth_in_text(plain, start, end)
                if dateline and start < _NEAR // 2:
                    worth = "published"
                if worth in (_EVENT, _REMARK):
                    worth += _BY if day else ", but nothing to count from"
                yield Finding(day, words, "text", worth)

    def _by_caption(self, names: Sequence[str]) -> Iterator[Finding]:
        """A caption's date counts if it shows the text's persons on the weekday the text names."""
        named = [
            weekday
            for text in (lead[:_MAX_LEAD] for lead in self._texts.lead)
            for start, end, weekday in weekdays(text)
            if self._worth_in_text(text, start, end) in (_EVENT, _REMARK)
        ]
        for line in self._texts.captions:
            n_shared = sum(bool(re.search(rf"\b{re.escape(name)}\b", line)) for name in names)
            for day, words in self._days.in_full(line):
                if named[:1] == [day.weekday()] and n_shared >= _MIN_SHARED:
                    weekday = WEEKDAYS[day.weekday()]
                    where = f"caption of the same persons, on the {weekday} of the text"
                    yield Finding(day, words, where, _EVENT + _BY)

    def _candidates(self, findings: Sequence[Finding]) -> tuple[dt.date, ...]:
        """Days that may be meant: those found, and the weekdays of a month that the page names."""
        texts = self._texts
        maybe = (_EVENT, _REMARK, "published", "of a picture")
        days = {f.day for f in findings if f.day and f.worth.startswith(maybe)}
        open_ones = (f for f in findings if f.day is None)
        named = (f.wording[3:] for f in open_ones if f.worth.startswith((_EVENT, _REMARK)))
        wanted = {WEEKDAYS.index(name) for name in named if name in WEEKDAYS}
        for line in (*texts.rest, *texts.above, *texts.below, texts.title):
            for year, month in self._days.months(line):
                for week in calendar.monthcalendar(year, month):
                    days |= {dt.date(year, month, week[d]) for d in wanted if week[d]}
        return tuple(sorted(days))
