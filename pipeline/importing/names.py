"""How persons are named in a text: office, form of address, name, and whose office it is."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from pipeline.importing.vocabulary import Vocabulary, any_of
from pipeline.plain_text import LONGEST_NAME

_WORD = r"(?:[A-ZÀ-ÞŁŚŠŽČĆĐ][\w’'\-]*\w|[A-Z]\.)"
_OWNER = r"[A-Z][\w.]+(?:[ ][A-Z]\w+)??"
_REALM = r"(?:the[ ]+)?(?:(?:Republic|Kingdom|State|Federation)\s+of[ ]+)?"
_COUNTRY = r"[A-Z]\w+(?:[ ](?:Federation|Republic|Kingdom|Union|States|Emirates))?"

_OUTLET = re.compile(
    r"\b(?:News|Agency|Times|Post|Gazette|Television|TV|Radio|Daily|Herald|Journal|Tribune|Press)\b"
)
_MAX_INITIALS = 3  # capitals that are initials; KESSLER is a name


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
        """Names with an office or form of address before them, then those with an office after."""
        for pattern in (self._titled, self._apposed):
            for match in pattern.finditer(text):
                found = self._found(match.groupdict(default=""))
                if found.name and (pattern is self._titled or " " in found.name):
                    yield found

    def at_end(self, text: str) -> str:
        """The name with which a text ends, such as the subject before a verb; else nothing."""
        match = self._last.search(text)
        if not match or re.search(r"\b(?:[Tt]he|[Aa]n?)\s+$", text[: match.start()]):
            return ""
        words = match[0].split()
        while words and not self.is_name_word(words[0]):
            words.pop(0)
        name = " ".join(words)
        return "" if self.is_outlet(name) else self._cut(name)

    def is_outlet(self, name: str) -> bool:
        """Whether a name is that of a newspaper, agency or channel."""
        outlets = any_of(self._vocabulary.transcripts["outlets"])
        return bool(re.search(rf"(?<!\w){outlets}(?!\w)", name) or _OUTLET.search(name))

    def _found(self, groups: dict[str, str]) -> FoundName:
        office = " ".join(groups.get("title", "").split())
        office = office.title() if office.isupper() else office
        address = groups.get("address", "") or groups.get("only_address", "")
        return FoundName(
            self._cut(groups["name"]),
            groups.get("owner", "") or groups.get("country", "") or groups.get("home", ""),
            office,
            self._gender(f"{address} {office}"),
        )

    def bare(self, label: str) -> str:
        """The name without offices and forms of address: "Minister Ana Holt" → "Ana Holt"."""
        if titled := self._titled.fullmatch(label):
            return self._cut(titled["name"]) or label
        return " ".join(self._decoration.sub(" ", label).split()).strip(" ,.'’")

    def fuller(self, family: str, *, text: str) -> str:
        """The name with the given names that stand before it somewhere in the text."""
        given = rf"(?:{_WORD}[ ]+){{1,3}}"
        for match in re.finditer(rf"(?<![\w’'-])({given}){re.escape(family)}(?![\w-])", text):
            name = self._cut(f"{match[1]}{family}")
            if name.endswith(f" {family}"):
                return name
        return family

    def is_known_by(self, family: str, *, text: str) -> bool:
        """Whether a capitalised word is a name, not just the first word of sentences."""
        return bool(re.search(rf"[a-z,][ ]+{re.escape(family)}(?![\w-])", text))

    def office(self, label: str) -> str:
        """The office in a label, as it stands there; nothing if there is none."""
        found = re.search(rf"(?<!\w){self._titles}(?!\w)", label, re.IGNORECASE)
        office = found[0] if found else ""
        return office.title() if office.isupper() else office

    def is_office(self, label: str) -> bool:
        """Whether a label is an office alone: "The Foreign Minister"."""
        return bool(re.fullmatch(rf"(?:the\s+)?{self._titles}", label, re.IGNORECASE))

    def is_addressed(self, label: str) -> bool:
        """Whether a label begins with a form of address: "Mr Lind"."""
        return bool(re.match(rf"{self._address}\s", label, re.IGNORECASE))

    def bodies(self, text: str) -> Iterator[tuple[str, str, str]]:
        """(whole wording, country's word, body) of ministries, embassies and the like."""
        for match in self._body.finditer(text):
            owner = re.sub(r"^The[ ]", "", match["owner"])
            yield re.sub(r"^The[ ]", "", match[0]), owner, match["body"]

    def is_body(self, name: str) -> bool:
        return bool(re.search(any_of(self._vocabulary.reporting["institutions"]), name, re.I))

    def is_name_word(self, word: str) -> bool:
        """Whether a capitalised word can be part of a name: no office and no everyday word."""
        is_office = re.fullmatch(rf"(?:{self._titles}|{self._address})", word, re.IGNORECASE)
        return word not in self._vocabulary.people["not_names"] and not is_office

    def before_verbs(self, text: str) -> dict[str, set[str]]:
        """Words right before a reporting verb, each with the words that come next.

        All at once: a text with thousands of names is not searched for each of them.
        """
        verbs = any_of(self._vocabulary.reporting["verbs"])
        word = rf"(?<!\w)(?=(\S{{1,{LONGEST_NAME}}}) (?=(\S+))(?:also |has )?{verbs}\b)"
        found: dict[str, set[str]] = {}
        for match in re.finditer(word, text):
            found.setdefault(match[1], set()).add(match[2])
        return found

    @cached_property
    def _decoration(self) -> re.Pattern[str]:
        words = rf"(?<![\w’'-])(?:{self._titles}|{self._address})(?![\w-])"
        return re.compile(words, re.IGNORECASE)

    @cached_property
    def _name(self) -> str:
        particles = any_of(self._vocabulary.people["particles"])
        return rf"{_WORD}(?:[ ]+(?:{particles}[ ]+){{0,2}}{_WORD}){{0,3}}"

    @cached_property
    def _titled(self) -> re.Pattern[str]:
        countries = any_of(tuple(c for c in self._vocabulary.countries if " " in c))
        title = (
            rf"(?P<title>(?i:{self._titles}))(?:[ ]+and[ ]+(?i:{self._titles}))*"
            rf"(?:[ ]+(?:of|for)[ ]+{_REALM}(?P<country>{countries}|{_COUNTRY})"
            rf"(?:[ ]+(?i:{any_of(self._vocabulary.reporting['institutions'])}))?)?,?"
        )
        address = rf"(?:(?:{self._address})[ ]+)"
        return re.compile(
            rf"(?<![\w-])(?:(?P<owner>{_OWNER})(?:[’']s?)?[ ]+)??"
            rf"(?:{title}[ ]+(?P<address>{address}*)|(?P<only_address>{address}+))"
            rf"(?P<name>{self._name})(?:[ ]+of[ ]+{_REALM}(?P<home>{countries}|{_COUNTRY}))?"
        )

    @cached_property
    def _apposed(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?P<name>{self._name}),?[ ]+(?:who[ ]+is[ ]+)?(?:(?:the|an?|his|her)[ ]+)?"
            rf"(?:(?P<owner>{_OWNER})(?:[’']s?)?[ ]+)?(?:(?:top|chief|senior|deputy|new)[ ]+)?"
            rf"(?P<title>(?i:{self._titles}))(?!\w)"
            rf"(?:[ ]+(?:of|for|to)[ ]+{_REALM}(?P<country>{_COUNTRY}))?"
            r"(?=[ ,.]*(?:[,.;:]|$|[a-z]))"
        )

    @cached_property
    def _last(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w’'-]){self._name}$")

    @cached_property
    def _body(self) -> re.Pattern[str]:
        bodies = any_of(self._vocabulary.reporting["institutions"])
        return re.compile(rf"\b(?P<owner>{_OWNER})(?:[’']s?)?[ ]+(?P<body>(?i:{bodies}))\b")

    def _cut(self, words: str) -> str:
        """The name alone, without capitalised words around it that are no part of it."""
        kept: list[str] = []
        for word in words.split():
            plain = re.sub(r"[’']s?$", "", word)
            if self.is_name_word(plain.strip(".,")):
                is_shouted = plain.isupper() and len(plain) > _MAX_INITIALS
                kept.append(plain.title() if is_shouted else plain)
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
