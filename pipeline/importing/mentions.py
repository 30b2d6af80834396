"""Where a sentence refers to a person, a government or both sides: by name, office or pronoun."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from pipeline.importing.people import SAME_OFFICE, People, Person
from pipeline.importing.vocabulary import Vocabulary, any_of
from pipeline.speakers import UNKNOWN_SIDE

_PRONOUN = r"(?P<pronoun>[Hh]e|[Ss]he)"
_THEY = r"(?P<they>[Tt]hey|[Bb]oth of them)"
_NO_OFFICE = ("", *SAME_OFFICE)


class Mention(NamedTuple):
    """Characters start <= i < end of a sentence, and who is meant; None with `is_both`: all."""

    start: int
    end: int
    person: Person | None
    is_both: bool = False


class Mentions:
    """Finds mentions and resolves them by what was mentioned before: the nearest that fits."""

    def __init__(self, people: People, *, vocabulary: Vocabulary) -> None:
        self._people, self._vocabulary = people, vocabulary
        self._recent: dict[str, Person] = {}  # by name, the last named last
        self.last_subject: Person | None = None

    def in_sentence(self, text: str) -> list[Mention]:
        """The mentions in order. Everyone named is remembered for the pronouns to come."""
        found = []
        for match in self._pattern.finditer(text):
            mention = self._mention(match)
            found.append(mention)
            if mention.person and not match["pronoun"]:
                self._remember(mention.person)
        return found

    def note_subject(self, person: Person) -> None:
        """Remembers who spoke or acted last: whom "he", "she" or "the minister" means next."""
        self.last_subject = person
        self._remember(person)

    def _remember(self, person: Person) -> None:
        self._recent.pop(person.name, None)
        self._recent[person.name] = person

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        people, reporting = self._vocabulary.people, self._vocabulary.reporting
        title = rf"(?i:{any_of(people['titles'])})"
        address = rf"(?:{any_of(people['honorifics'])})"
        realm = r"\s+of\s+(?:the\s+)?(?:Republic\s+of\s+)?[A-Z]\w+(?:\s+Federation)?"
        owner = rf"{any_of(self._people.countries.words)}(?:[’']s?)?"
        whose = rf"{any_of(self._people.countries.words)}[’']s?"
        prefix = (
            rf"(?:(?:the|The|his|His|her|Her|their|its)\s+)?(?:{owner}\s+)?"
            rf"(?:(?:then|former|visiting|new|own)[\s-]+)?"
            rf"(?:{title}(?:{realm})?(?:\s+and\s+{title})?,?\s+)?(?:{address}\s+)*"
        )
        of_owner = rf"\s+of\s+(?:the\s+)?{any_of(self._people.countries.words)}(?![\w-])"
        adjective = r"(?:(?:top|chief|senior|visiting|veteran|outgoing|new)\s+)?"
        names = [
            rf"(?P<both>(?i:{any_of(reporting['both'])}))(?!\w)",
            rf"(?:{prefix})(?P<person>{self._aliases(is_body=False)})(?![\w-])(?:{of_owner})?",
            rf"(?:(?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts)\s+(?:(?P<owner>{owner})\s+)?|(?P<whose>{whose})\s+)"
            rf"{adjective}"
            rf"(?P<description>(?i:{any_of(people['descriptions'])}))(?:{realm})?(?!\w)",
            rf"(?:(?:the|The)\s+)?(?P<government>{self._aliases(is_body=True)})(?![\w-])",
            rf"(?P<body>(?:(?:[Tt]he|[Ii]ts)\s+)?(?i:{any_of(reporting['institutions'])}))(?!\w)",
            rf"[Tt]he\s+(?P<paper>{any_of(reporting['papers'])})(?!\w)",
            _PRONOUN + r"(?!\w)",
            _THEY + r"(?!\w)",
        ]
        return re.compile(r"(?<![\w’'-])(?:" + "|".join(names) + ")")

    def _aliases(self, *, is_body: bool) -> str:
        people = self._people
        fitting = ((alias, people.find(alias)) for alias in people.aliases)
        words = tuple(a for a, person in fitting if person and person.is_body == is_body)
        return any_of(words) if words else "(?!)"

    def _mention(self, match: re.Match[str]) -> Mention:
        start, end = match.span()
        if match["both"] or match["they"]:
            return Mention(start, end, None, is_both=True)
        if name := match["person"] or match["government"]:
            return Mention(start, end, self._people.find(name))
        if match["pronoun"]:
            return Mention(start, end, self._for_pronoun(match["pronoun"].lower()))
        if match["description"]:
            owner = self._people.countries.find(match["owner"] or match["whose"] or "")
            person = self._described(match["description"].lower(), owner)
            return Mention(start, end, person or self._people.find(owner))
        if match["paper"]:
            return Mention(start, end, self.last_subject)
        return Mention(start, end, self._body(match["body"]))

    def _for_pronoun(self, gender: str) -> Person | None:
        """The last who spoke, else the last named, whose gender is not the other one."""
        last = (self.last_subject,) if self.last_subject else ()
        for person in chain(last, reversed(self._recent.values())):
            current = self._people.find(person.name) or person
            if not current.is_body and current.gender in ("", gender):
                self._people.note_gender(current, gender)
                return current
        return None

    def _described(self, description: str, side: str) -> Person | None:
        fitting = list(self._fitting(description))
        if side:
            others = fitting + [p for p in self._current() if p.office.lower() in _NO_OFFICE]
            near = [p for p in fitting if p.side == side] or [p for p in others if p.side == side]
            fitting = near or [p for p in others if p.side == UNKNOWN_SIDE]
        if fitting and side:
            return self._people.add(fitting[0].name, side=side)
        last = self.last_subject
        return next((p for p in fitting if last and p.name == last.name), (*fitting, None)[0])

    def _fitting(self, description: str) -> Iterator[Person]:
        """Persons whose office the description fits, the most recent first."""
        found = [p for p in self._current() if self._fits(description, p.office.lower())]
        return iter(sorted(found, key=lambda p: p.office.lower() in SAME_OFFICE))

    def _current(self) -> Iterator[Person]:
        """The persons named so far, the most recent first, with all that is known of them."""
        for person in reversed(self._recent.values()):
            if not person.is_body:
                yield self._people.find(person.name) or person

    def _fits(self, description: str, office: str) -> bool:
        people = self._vocabulary.people
        if description in office or office in SAME_OFFICE:
            return True
        if description in ("leader", "head of state", "head of government"):
            return _holds(office, people["leaders"])
        if "diplomat" in description:
            return _holds(office, people["diplomats"])
        if description in ("official", "politician", "statesman"):
            return bool(office)
        return description == "premier" and "prime minister" in office

    def _body(self, wording: str) -> Person | None:
        """The ministry meant by "the ministry": the last named, else one of no known side."""
        plain = re.sub(r"^(?:the|its)\s+", "", wording, flags=re.IGNORECASE)
        for person in reversed(self._recent.values()):
            if person.is_body and plain.lower() in person.name.lower():
                return person
        if plain.lower() in self._vocabulary.reporting["governments"]:
            return next((p for p in reversed(self._recent.values()) if p.is_body), None)
        is_named = plain[:1].isupper() and " " in plain
        return Person(plain, UNKNOWN_SIDE, "Body", is_body=True) if is_named else None


def _holds(office: str, words: Sequence[str]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", office) for word in words)
