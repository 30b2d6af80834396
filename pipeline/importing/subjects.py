"""Whose a sentence of a report is: the subject of its first reporting verb outside quotation marks.

From the verb, the text is read backwards over adverbs, days and insertions between commas until a
mention of someone ends there. Quotations come masked, so that no verb is found within them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from pipeline.importing.mentions import Mention, Mentions
from pipeline.importing.people import People
from pipeline.importing.vocabulary import Vocabulary, any_of

MASK = "\u2423"
_SUBORDINATE = re.compile(
    r"\b(?:that|which|who|whom|whose|what|after|when|because|since|before|if|although|than|whether|"
    r"where|of|in|at|with|to|by|for|from|on|about|against|over|between|under|behind)\s+$"
)
_AS = re.compile(r"\bas\s+$", re.IGNORECASE)
_DAY = (
    r"(?:on\s+)?(?:(?:late|early)\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday)"
    r"(?:\s+(?:morning|afternoon|evening|night))?"
    r"|(?:on|in)\s+(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)(?:\s+\d{1,2})?(?:,?\s+\d{4})?|on\s+\d{1,2}\s+[A-Z][a-z]+(?:\s+\d{4})?|last\s+\w+|earlier"
    r"|(?-i:[a-z]+ly)"
    r"|(?:in|at)\s+(?:a|an|the|his|her)\s+(?:[\w-]+\s+){0,4}[\w-]+"
)
_OPENS_CLAUSE = re.compile(r"^\s*(?:[^.;]{0,80}?\s)?(?:that\b|how\b)|^\s*,?\s*[:\"“«„]|^\s*:")


class Subjects:
    """Finds whom a sentence is to be given to, by the vocabulary's verbs and phrases."""

    def __init__(self, people: People, *, mentions: Mentions, vocabulary: Vocabulary) -> None:
        self._people, self._mentions, self._vocabulary = people, mentions, vocabulary

    def learn(self, text: str) -> None:
        """Registers everyone who is the subject of a verb in a sentence to come."""
        for verb in self._doings.finditer(text):
            ends = self._subject_ends(text[: verb.start()])
            names = filter(None, (self._people.names.at_end(text[:end]) for end in ends))
            if name := next(names, ""):
                self._people.learn(name)

    def of_sentence(self, text: str, mentions: Sequence[Mention]) -> Mention | None:
        """Whom the sentence is to be given to; None if to nobody."""
        if told_by := self._quoted_as(text, mentions) or self._according_to(text, mentions):
            return told_by
        for verb in self._verbs.finditer(text):
            subject = self._before(text, verb, mentions) or self._after(text, verb, mentions)
            if subject and self._tells(text, verb, subject):
                return subject
        return self._by_phrase(text, mentions) or self._by_participle(text, mentions)

    def is_impersonal(self, text: str) -> bool:
        """Whether both sides are meant though none is named: "it was agreed that"."""
        return bool(self._impersonal.search(text))

    def _quoted_as(self, text: str, mentions: Sequence[Mention]) -> Mention | None:
        """ "the agency quoted Ana Holt (her) as saying": not the agency but she."""
        match = self._quoting.search(text)
        if match is None:
            return None
        last = self._mentions.last_subject
        if last and match["whom"] in ("him", "her", "them"):
            return Mention(*match.span("whom"), last)
        return next((m for m in mentions if m.person and m.start == match.start("whom")), None)

    def _by_participle(self, text: str, mentions: Sequence[Mention]) -> Mention | None:
        """ "Ana Holt, who … , was in good spirits, telling him that": who begins the sentence."""
        first = next(iter(mentions), None)
        if first is None or not first.person or text[: first.start].strip(" ,") not in ("", "But"):
            return None
        told = (
            self._clause(re.sub(r"^\s+(?:him|her|them|[a-z]+s)\b", "", text[match.end() :]))
            for match in self._participles.finditer(text, first.end)
        )
        return first if any(told) else None

    def _before(
        self, text: str, verb: re.Match[str], mentions: Sequence[Mention]
    ) -> Mention | None:
        for end in self._subject_ends(text[: verb.start()]):
            for mention in mentions:
                subject = self._as_subject(text, mention, mentions) if mention.end == end else None
                if subject:
                    return subject
        return self._coordinated(text[: verb.start()], mentions)

    def _coordinated(self, left: str, mentions: Sequence[Mention]) -> Mention | None:
        """ "Ana Holt shrugged and said": the last before "and" who does something."""
        ends = (left, self._without_fillers(left) + " ")
        if not any(re.search(r"\b(?:and|but)\s+$", end) for end in ends):
            return None
        acting = (
            m
            for m in reversed(mentions)
            if m.end < len(left)
            and not _SUBORDINATE.search(left[: m.start])
            and re.match(r",?\s+[a-z]", left[m.end :])
        )
        return next(acting, None)

    def _as_subject(
        self, text: str, mention: Mention, mentions: Sequence[Mention]
    ) -> Mention | None:
        before = text[: mention.start]
        if _is_pair(text, mention, mentions):
            return Mention(mention.start, mention.end, None, is_both=True)
        if _SUBORDINATE.search(before) and not _AS.search(before):
            return None
        return mention if mention.person or mention.is_both else None

    def _subject_ends(self, left: str) -> Iterator[int]:
        """Where the subject may end: before adverbs and days, then before insertions in commas."""
        kept = self._without_fillers(left)
        yield len(kept)
        if not kept.endswith((",", "–", "—")):
            return
        body = kept[:-1]
        for comma in reversed([m.start() for m in re.finditer(r"[,–—]", body)]):
            yield len(self._without_fillers(body[:comma]))
        yield len(self._without_fillers(body))

    def _without_fillers(self, left: str) -> str:
        while True:
            shorter = self._fillers.sub("", left.rstrip()).rstrip()
            if shorter == left:
                return left
            left = shorter

    def _after(self, text: str, verb: re.Match[str], mentions: Sequence[Mention]) -> Mention | None:
        """ "…," said Ana Holt: the verb follows a quotation or a comma."""
        if not re.search(rf"[{MASK},]\s*$", text[: verb.start()]):
            return None
        rest = re.match(r"\s+", text[verb.end() :])
        start = verb.end() + (rest.end() if rest else 0)
        found = (m for m in mentions if m.start == start and (m.person or m.is_both))
        return next(found, None)

    def _tells(self, text: str, verb: re.Match[str], subject: Mention) -> bool:
        """Whether the verb reports words here; weak and joint ones do so in company only."""
        word = " ".join(verb[0].lower().split())
        reporting = self._vocabulary.reporting
        if subject.is_both:
            return True
        if word in reporting["joint_verbs"] and word not in reporting["verbs"]:
            return False
        after = text[verb.end() :]
        is_quoted = bool(re.search(rf"{MASK}\s*$", text[: subject.start].rstrip(" ,")))
        return word not in reporting["weak_verbs"] or is_quoted or bool(self._clause(after))

    def _clause(self, after: str) -> bool:
        return bool(_OPENS_CLAUSE.search(after)) or after.lstrip(" ,").startswith(MASK)

    def _by_phrase(self, text: str, mentions: Sequence[Mention]) -> Mention | None:
        """X's assertion that; in X's view; X: "…"."""
        for mention in mentions:
            before, after = text[: mention.start], text[mention.end :]
            is_view = re.search(r"\b[Ii]n\s+$", before) and self._view.match(after)
            if mention.person and (is_view or self._noun.match(after)):
                return mention
            if mention.person and re.match(rf"(?:\s*:)?\s+{MASK}{{20}}", after):
                return mention
        return None

    def _according_to(self, text: str, mentions: Sequence[Mention]) -> Mention | None:
        found = (m for m in mentions if m.person and self._according.search(text[: m.start]))
        own_view = self._own_view.search(text)
        if own_view and self._mentions.last_subject:
            return Mention(*own_view.span(), self._mentions.last_subject)
        return next(found, None)

    @cached_property
    def _verbs(self) -> re.Pattern[str]:
        reporting = self._vocabulary.reporting
        return re.compile(
            rf"(?<![\w-]){any_of(reporting['verbs'] + reporting['joint_verbs'])}(?![\w-])"
        )

    @cached_property
    def _doings(self) -> re.Pattern[str]:
        reporting = self._vocabulary.reporting
        return re.compile(rf"(?<![\w-]){any_of(reporting['verbs'] + reporting['deeds'])}(?![\w-])")

    @cached_property
    def _fillers(self) -> re.Pattern[str]:
        adverbs = any_of(self._vocabulary.reporting["adverbs"])
        return re.compile(rf"(?:(?<!\w){adverbs}|(?<!\w)(?:{_DAY})|,\s*too,?)\s*$", re.IGNORECASE)

    @cached_property
    def _quoting(self) -> re.Pattern[str]:
        verbs = any_of(self._vocabulary.reporting["quoting"])
        return re.compile(rf"\b{verbs}\s+(?P<whom>[^,;.]{{1,60}}?)\s+as\s+(?:saying|telling)\b")

    @cached_property
    def _participles(self) -> re.Pattern[str]:
        return re.compile(rf",\s+(?:and\s+)?{any_of(self._vocabulary.reporting['participles'])}\b")

    @cached_property
    def _according(self) -> re.Pattern[str]:
        phrases = any_of(self._vocabulary.reporting["according"])
        return re.compile(rf"\b{phrases}\s+$", re.IGNORECASE)

    @cached_property
    def _noun(self) -> re.Pattern[str]:
        nouns = any_of(self._vocabulary.reporting["nouns"])
        return re.compile(
            rf"[’']s?\s+(?:[\w-]+\s+){{0,2}}{nouns}\s+(?:that|is|was|remains|reads?|says?|said|added)\b"
        )

    @cached_property
    def _own_view(self) -> re.Pattern[str]:
        nouns = any_of(self._vocabulary.reporting["nouns"])
        return re.compile(
            rf"\b(?:in|according to) (?:his|her) (?:[\w-]+ )?{nouns}\b", re.IGNORECASE
        )

    @cached_property
    def _view(self) -> re.Pattern[str]:
        nouns = any_of(self._vocabulary.reporting["nouns"])
        return re.compile(rf"[’']s?\s+(?:[\w-]+\s+)?{nouns}\b")

    @cached_property
    def _impersonal(self) -> re.Pattern[str]:
        return re.compile("|".join(self._vocabulary.reporting["impersonal_patterns"]), re.I)


def _is_pair(text: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether two are the subject: "Ana Holt and her Borean colleague Bo Lind"."""
    return any(
        other.end < mention.start
        and other.person
        and mention.person
        and other.person.name != mention.person.name
        and re.fullmatch(
            r"\s+(?:and|as well as|together with|&)\s+", text[other.end : mention.start]
        )
        for other in mentions
    )
