"""Which country an adjective, a capital or a noun stands for, even one the vocabulary lacks."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import takewhile

from pipeline.importing.vocabulary import Vocabulary, any_of

_ADJECTIVE = re.compile(r"^[A-Z][a-z]+(?:an|ese|ish|i|ic|er|ch)$")
_MIN_STEM = 4  # letters that an unknown country shares with its adjective: Ardenia, Ardenian
_MAX_ENDING = 4  # letters of the adjective that the country does not share


class Countries:
    """The countries of one text: those of the vocabulary, and those that hold an office in it."""

    def __init__(self, text: str, *, vocabulary: Vocabulary) -> None:
        self._text, self._vocabulary = text, vocabulary

    def find(self, word: str) -> str:
        """The country's name; nothing where the word names none."""
        plain = re.sub(r"^the\s+|[’']s?$", "", " ".join(word.split()), flags=re.IGNORECASE)
        return self._known.get(plain, "") or self._unknown.get(plain, "")

    def adjective(self, word: str) -> str:
        """The country's adjective, where it is known; else its name."""
        country = self.find(word)
        words = self._vocabulary.countries.get(country)
        own = (
            adjective for adjective, noun in self._unknown.items() if noun == country != adjective
        )
        return words[0] if words else next(own, country)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words for countries: names, capitals and adjectives."""
        return (*self._known, *self._unknown)

    def nouns(self) -> Iterator[tuple[str, str]]:
        """(word, country) for all words by which the text can name a government."""
        for country, (adjective, *others) in self._vocabulary.countries.items():
            for word in (country, *others, *([adjective] if adjective == country else [])):
                yield re.sub(r"^the ", "", word), country
        for country in sorted(set(self._unknown.values())):
            yield country, country

    @cached_property
    def _known(self) -> dict[str, str]:
        return {
            re.sub(r"^the ", "", word): country
            for country, words in self._vocabulary.countries.items()
            for word in (country, *words)
        }

    @cached_property
    def _unknown(self) -> dict[str, str]:
        """Nouns and adjectives before or after an office, by the noun of the same stem."""
        offices = any_of(
            self._vocabulary.people["titles"] + self._vocabulary.reporting["institutions"]
        )
        owner = r"([A-Z][a-z]{2,}(?:[ ][A-Z][a-z]{2,})??)"
        before = re.findall(rf"\b{owner}(?:[’']s?)?[ ]+(?i:{offices})\b", self._text)
        republic = r"(?:the[ ]+)?(?:(?:Republic|Kingdom|State)[ ]+of[ ]+)?"
        after = re.findall(rf"\b(?i:{offices})[ ]+of[ ]+{republic}([A-Z][a-z]{{2,}})", self._text)
        found = self._pairs()
        name = r"(?:[A-Z][\w-]+ ){0,2}[A-Z][\w-]+"
        home = re.findall(rf"\b(?i:{offices}) {name} of {republic}([A-Z][a-z]{{2,}})", self._text)
        home += self._homes(republic)
        for phrase in dict.fromkeys([*before, *after, *home]):
            word = phrase if self._is_free(phrase) else phrase.split()[-1]
            if self._is_free(word) and (noun := self._noun_for(word)):
                found |= {word: noun, noun: noun}
        return found

    def _homes(self, republic: str) -> list[str]:
        """Sorvia, where someone "of Sorvia" does something: "Nadia Brel of Sorvia called"."""
        named = (
            rf"((?:[A-Z][a-z’-]+ ){{1,2}}[A-Z][a-z’-]+) of {republic}([A-Z][a-z]{{2,}})(?= [a-z])"
        )
        found = re.findall(named, self._text)
        return [country for name, country in found if self._is_free(name)]

    def _pairs(self) -> dict[str, str]:
        """Countries of which the text has noun and adjective: Ardenia, Ardenian."""
        nouns = self._proper_nouns
        pairs = {f"{noun}n": noun for noun in nouns if f"{noun}n" in nouns and noun[-1] in "ae"}
        free = {word: noun for word, noun in pairs.items() if self._is_free(noun)}
        return free | {noun: noun for noun in free.values()}

    def _is_free(self, phrase: str) -> bool:
        """Whether no part of it is a country of the vocabulary, an office or an everyday word."""
        return phrase not in self._known and self._others.isdisjoint(phrase.split())

    @cached_property
    def _others(self) -> set[str]:
        people = self._vocabulary.people
        titles = {word for title in people["titles"] for word in title.split()}
        return titles | {*people["not_names"], *people["honorifics"]}

    def _noun_for(self, word: str) -> str:
        """Ardenian → Ardenia, if the text has it; else the word itself."""
        if not _ADJECTIVE.match(word):
            return word
        least = max(_MIN_STEM, len(word) - _MAX_ENDING)
        nouns = {
            noun: shared
            for noun in self._nouns_by_stem.get(word[:_MIN_STEM], ())
            if (shared := _n_shared(noun, word)) >= least
        }
        return max(nouns, key=lambda noun: nouns[noun], default=word)

    @cached_property
    def _nouns_by_stem(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for noun in self._proper_nouns:
            if not _ADJECTIVE.match(noun):
                found.setdefault(noun[:_MIN_STEM], []).append(noun)
        return found

    @cached_property
    def _proper_nouns(self) -> Counter[str]:
        return Counter(re.findall(r"\b[A-Z][a-z]{3,}\b", self._text))


def _n_shared(first: str, second: str) -> int:
    """Letters that two words share from their beginning."""
    pairs = zip(first, second, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
