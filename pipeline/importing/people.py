"""Who is named in a page: persons and governments with office, side and the ways they are named."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from pipeline.importing.countries import Countries
from pipeline.importing.names import Names
from pipeline.importing.vocabulary import Vocabulary
from pipeline.plain_text import LONGEST_NAME
from pipeline.speakers import JOINT, PRESS, UNKNOWN_SIDE, Speaker, Speakers

SAME_OFFICE = ("counterpart", "colleague")  # the same as another's, whatever that is


class Person(NamedTuple):
    """Someone, or some body, that can maintain a thing; `gender`: he, she or unknown."""

    name: str
    side: str
    office: str = ""
    gender: str = ""
    is_body: bool = False

    @property
    def speaker(self) -> Speaker:
        office = "" if self.office.lower() in SAME_OFFICE else self.office
        return Speaker(self.name, self.side, office)


class People:
    """The persons of one text. Speakers of the registry keep the name that they have there."""

    def __init__(self, text: str, *, vocabulary: Vocabulary, speakers: Speakers) -> None:
        self.names = Names(vocabulary)
        self.countries = Countries(text, vocabulary=vocabulary)
        self._text, self._speakers, self._vocabulary = text, speakers, vocabulary
        self._persons: dict[str, Person] = {}
        self._name_by_alias: dict[str, str] = {}
        self._no_names: set[str] = set()
        self._add_all()

    @property
    def aliases(self) -> tuple[str, ...]:
        """All wording that stands for a person or government."""
        return tuple(self._name_by_alias)

    def find(self, label: str) -> Person | None:
        """The person of that name, with or without office and form of address."""
        for alias in self._wordings(" ".join(label.split())):
            if name := self._name_by_alias.get(alias):
                return self._persons[name]
        return None

    def _wordings(self, label: str) -> Iterator[str]:
        yield label
        bare = self.names.bare(label)
        yield from (bare, bare.title())

    def add(
        self,
        name: str,
        *,
        side: str = "",
        office: str = "",
        gender: str = "",
        is_body: bool = False,
    ) -> Person:
        """The person, registered; what is known of one is completed, never overwritten."""
        before = self.find(name)
        known = self._registered(before.name if before else name)
        full = known.name if known else before.name if before else name
        old = self._persons.get(full, Person(full, UNKNOWN_SIDE, is_body=is_body))
        person = Person(
            full,
            known.side if known else side if old.side == UNKNOWN_SIDE and side else old.side,
            (known.office if known else "") or old.office or office,
            old.gender or gender,
            old.is_body,
        )
        self._persons[full] = person
        for alias in self._aliases_of(name, full=full, is_body=person.is_body):
            self._name_by_alias.setdefault(alias, full)
        return person

    def _registered(self, name: str) -> Speaker | None:
        """The speaker of the registry, also where the family name stands first."""
        words = name.split()
        turned = " ".join([*words[1:], words[0]]) if len(words) > 1 else name
        return self._speakers.find(name) or self._speakers.find(turned)

    def learn(self, name: str) -> None:
        """Registers who speaks in the text without an office: a name that is known as one."""
        if name in self._no_names or self.find(name) or self.countries.find(name.split()[-1]):
            return
        full = self.full_name(name)
        if " " in full or self.names.is_known_by(name, text=self._lines_with(name)):
            self.add(full)
        else:
            self._no_names.add(name)

    def full_name(self, name: str) -> str:
        """The name, with given names where the text has them and no one else is called so."""
        if " " in name or self.find(name):
            return name
        return self.names.fuller(name, text=self._lines_with(name))

    def note_gender(self, person: Person, gender: str) -> None:
        """Remembers the pronoun that was used for someone."""
        if not person.gender and person.name in self._persons:
            self._persons[person.name] = person._replace(gender=gender)

    def _add_all(self) -> None:
        for found in self.names.in_text(self._text):
            if not self.countries.find(found.name):
                side = self.countries.find(found.owner) if found.owner else ""
                name = self.full_name(found.name)
                self.add(name, side=side, office=found.office, gender=found.gender)
        self._add_governments()
        self._add_bodies()
        self._add_known()

    def _add_governments(self) -> None:
        for word, country in self.countries.nouns():
            if re.search(rf"\b{re.escape(word)}\b", self._text) and word not in self._name_by_alias:
                known = self._speakers.find(word) or self._speakers.find(country)
                body = self.add(known.name if known else country, side=country, is_body=True)
                for alias in (word, f"the {word}", f"The {word}", country):
                    self._name_by_alias.setdefault(alias, body.name)

    def _add_bodies(self) -> None:
        """Ministries and embassies that the text names together with their country."""
        for phrase, owner, body in self.names.bodies(self._text):
            if country := self.countries.find(owner):
                name = f"{self.countries.adjective(owner)} {body.title()}"
                known = self._speakers.find(phrase) or self._speakers.find(name)
                name = known.name if known else name
                person = self.add(name, side=country, office="Body", is_body=True)
                self._name_by_alias.setdefault(phrase, person.name)

    def _add_known(self) -> None:
        """Speakers of the registry whom the text names by one of their aliases."""
        lower = self._text.casefold()
        for alias, speaker in sorted(self._speakers.by_alias.items(), key=_by_length):
            if speaker.side in (PRESS, JOINT) or alias not in lower:
                continue
            for match in re.finditer(
                rf"(?<!\w){re.escape(alias)}(?!\w)", self._text, re.IGNORECASE
            ):
                if match[0][0].isupper() and not self._is_part(match):
                    known = self.add(speaker.name, is_body=self.names.is_body(speaker.name))
                    self._name_by_alias.setdefault(match[0], known.name)

    def _is_part(self, match: re.Match[str]) -> bool:
        """Whether a single word is part of a longer name: Park in "Victoria Park"."""
        if " " in match[0]:
            return False
        start, end = match.span()
        before = re.search(
            r"([A-Z][\w’'\-]+)\s+$", self._text[max(0, start - LONGEST_NAME) : start]
        )
        after = re.match(r"\s+[A-Z][\w\-]+", self._text[end : end + LONGEST_NAME])
        return bool(after) or bool(before and self.names.is_name_word(before[1]))

    def _aliases_of(self, name: str, *, full: str, is_body: bool) -> Iterator[str]:
        yield from (full, name)
        words = name.split()
        if is_body or len(words) < 2:
            return
        yield words[-1]
        yield " ".join(words[1:])
        if any(not after.startswith(words[1]) for after in self._before_verbs.get(words[0], ())):
            yield words[0]  # as family names that stand first are used

    @cached_property
    def _before_verbs(self) -> dict[str, set[str]]:
        return self.names.before_verbs(self._text)

    def _lines_with(self, name: str) -> str:
        """The lines in which a name can stand: thousands of names are not sought in all of them."""
        return "\n".join(self._lines_by_word.get(_first_word(name), ()))

    @cached_property
    def _lines_by_word(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for line in self._text.split("\n"):
            for word in dict.fromkeys(map(_first_word, line.split(" "))):
                found.setdefault(word, []).append(line)
        return found


def _first_word(text: str) -> str:
    """The letters with which a text begins; nothing where it begins with another sign."""
    return re.split(r"\W", text, maxsplit=1)[0]


def _by_length(entry: tuple[str, Speaker]) -> int:
    return -len(entry[0].split())
