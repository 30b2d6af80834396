"""How persons are named in a text: office, form of address, name, and whose office it is."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from pipeline.importing.vocabulary import Vocabulary, any_of

_WORD = r"(?:[A-ZÀ-ÞŁŚŠŽČĆĐ][\w’'\-]*\w|[A-Z]\.)"
_OWNER = r"[A-Z][\w.]+(?:\s[A-Z]\w+)??"
_REALM = r"(?:the\s+)?(?:(?:Republic|Kingdom|State|Federation)\s+of\s+)?"
_COUNTRY = r"[A-Z]\w+(?:\s(?:Federation|Republic|Kingdom|Union|States|Emirates))?"


class FoundName(NamedTuple):
    """A name with the words around it; `owner`: adjective or country whose office it is."""

    name: str
    owner: str
    office: str
    gender: str


class Names:
    """Finds names by the vocabulary's offices, forms of address and reporting verbs."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._titles = any_of(vocabulary.people["titles"])
        self._address = any_of(vocabulary.people["honorifics"])

    def in_text(self, text: str) -> Iterator[FoundName]:
        """Names with their office first, then those that only a reporting verb betrays."""
        for pattern in (self._titled, self._apposed, self._speaking):
            for match in pattern.finditer(text):
                found = self._found(match.groupdict(default=""))
                if found.name and (pattern is self._titled or " " in found.name):
                    yield found

    def _found(self, groups: dict[str, str]) -> FoundName:
        office = " ".join(groups.get("title", "").split())
        address = groups.get("address", "") or groups.get("only_address", "")
        return FoundName(
            self._cut(groups["name"] or groups.get("name_before", "")),
            groups.get("owner", "") or groups.get("country", ""),
            office,
            self._gender(f"{address} {office}"),
        )

    def bare(self, label: str) -> str:
        """The name without offices and forms of address: "Minister Ana Holt" → "Ana Holt"."""
        return " ".join(self._decoration.sub(" ", label).split()).strip(" ,.'’")

    def office(self, label: str) -> str:
        """The office in a label, as it stands there; nothing if there is none."""
        found = re.search(rf"(?<!\w){self._titles}(?!\w)", label, re.IGNORECASE)
        return found[0] if found else ""

    def bodies(self, text: str) -> Iterator[tuple[str, str, str]]:
        """(whole wording, country's word, body) of ministries, embassies and the like."""
        for match in self._body.finditer(text):
            yield match[0], match["owner"], match["body"]

    def is_body(self, name: str) -> bool:
        return bool(re.search(any_of(self._vocabulary.reporting["institutions"]), name, re.I))

    def is_name_word(self, word: str) -> bool:
        """Whether a capitalised word can be part of a name: no office and no everyday word."""
        is_office = re.fullmatch(rf"(?:{self._titles}|{self._address})", word, re.IGNORECASE)
        return word not in self._vocabulary.people["not_names"] and not is_office

    def stands_alone(self, first: str, *, before: str, text: str) -> bool:
        """Whether the first name is used by itself, as family names that stand first are."""
        verbs = any_of(self._vocabulary.reporting["verbs"])
        own = rf"(?<!\w){re.escape(first)}(?!\s+{re.escape(before)})\s+(?:also\s+|has\s+)?{verbs}\b"
        return bool(re.search(own, text))

    @cached_property
    def _decoration(self) -> re.Pattern[str]:
        words = rf"(?<![\w’'-])(?:{self._titles}|{self._address})(?![\w-])"
        return re.compile(words, re.IGNORECASE)

    @cached_property
    def _name(self) -> str:
        particles = any_of(self._vocabulary.people["particles"])
        return rf"{_WORD}(?:\s+(?:{particles}\s+){{0,2}}{_WORD}){{0,3}}"

    @cached_property
    def _titled(self) -> re.Pattern[str]:
        countries = any_of(tuple(c for c in self._vocabulary.countries if " " in c))
        title = (
            rf"(?P<title>(?i:{self._titles}))(?:\s+and\s+(?i:{self._titles}))*"
            rf"(?:\s+(?:of|for)\s+{_REALM}(?P<country>{countries}|{_COUNTRY}))?,?"
        )
        address = rf"(?:(?:{self._address})\s+)"
        return re.compile(
            rf"(?<![\w-])(?:(?P<owner>{_OWNER})(?:[’']s?)?\s+)?"
            rf"(?:{title}\s+(?P<address>{address}*)|(?P<only_address>{address}+))"
            rf"(?P<name>{self._name})"
        )

    @cached_property
    def _apposed(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?P<name>{self._name}),?\s+(?:who\s+is\s+)?(?:(?:the|an?|his|her)\s+)?"
            rf"(?:(?P<owner>{_OWNER})(?:[’']s?)?\s+)?(?:(?:top|chief|senior|deputy|new)\s+)?"
            rf"(?P<title>(?i:{self._titles}))(?!\w)"
            rf"(?:\s+(?:of|for|to)\s+{_REALM}(?P<country>{_COUNTRY}))?(?=[\s,.]*(?:[,.;:]|$|[a-z]))"
        )

    @cached_property
    def _speaking(self) -> re.Pattern[str]:
        verbs = any_of(self._vocabulary.reporting["verbs"])
        after = rf"(?<=[,”\"?!]\s){verbs}\s+(?P<name>{self._name})"
        return re.compile(rf"{after}|(?P<name_before>{self._name})\s+(?:also\s+|has\s+)?{verbs}\b")

    @cached_property
    def _body(self) -> re.Pattern[str]:
        bodies = any_of(self._vocabulary.reporting["institutions"])
        return re.compile(rf"\b(?P<owner>{_OWNER})(?:[’']s?)?\s+(?P<body>(?i:{bodies}))\b")

    def _cut(self, words: str) -> str:
        """The name alone, without capitalised words around it that are no part of it."""
        kept: list[str] = []
        for word in words.split():
            plain = re.sub(r"[’']s?$", "", word)
            if self.is_name_word(plain.strip(".,")):
                kept.append(plain)
            elif kept:
                break
            if plain != word:
                break
        while kept and kept[-1] in self._vocabulary.people["particles"]:
            kept.pop()
        return " ".join(kept).strip(" ,")

    def _gender(self, signs: str) -> str:
        people = self._vocabulary.people
        for gender, words in (("he", people["masculine"]), ("she", people["feminine"])):
            if re.search(rf"(?<!\w){any_of(words)}(?!\w)", signs):
                return gender
        return ""
