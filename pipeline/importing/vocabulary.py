"""The words by which pages, names and reports are read, from data/rules/importing.toml."""

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.problems import InputError, Problem
from pipeline.rules import line_of, read_toml

FILE_NAME = "importing.toml"
_MIN_SHOUTED = 4  # words of a line in capitals; fewer are a label or a dateline
_SMALL_WORDS = ("of", "the", "and", "at", "by", "for", "in", "on", "to", "with", "a", "an")
_KEYS = {
    "people": (
        "titles honorifics masculine feminine particles descriptions leaders diplomats not_names"
    ),
    "reporting": (
        "verbs weak_verbs joint_verbs quoting participles deeds adverbs according nouns both "
        "impersonal_patterns institutions governments papers abbreviations"
    ),
    "transcripts": (
        "question_labels answer_labels host_labels outlets spoken_titles greetings courtesies "
        "first_person host_patterns "
        "stage_patterns emphasis_patterns"
    ),
    "page": (
        "furniture_patterns aside_patterns ending_patterns separators caption_patterns "
        "navigation_hints sharing_hints caption_hints comment_hints related_hints tag_hints "
        "consent_hints footer_hints"
    ),
    "dates": "months event_words other_words published_words other_places audiences venues",
}


class Vocabulary(NamedTuple):
    """Lists of words by section and key; `countries` by name, `occasions` by name."""

    people: Mapping[str, tuple[str, ...]]
    reporting: Mapping[str, tuple[str, ...]]
    transcripts: Mapping[str, tuple[str, ...]]
    page: Mapping[str, tuple[str, ...]]
    dates: Mapping[str, tuple[str, ...]]
    countries: Mapping[str, tuple[str, ...]]
    occasions: Mapping[str, tuple[str, ...]]


def read_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary of the file. Raises InputError with every mistake found."""
    content = read_toml(path)
    text = path.read_text("utf-8-sig")
    problems = [
        Problem(str(path), line_of(text, f"{key} ="), what)
        for section, keys in _KEYS.items()
        for key in keys.split()
        if (what := _mistake(content, section, key))
    ]
    problems += [
        Problem(str(path), line_of(text, name), f"[{section}] {name} must be a list of texts")
        for section in ("countries", "occasions")
        for name, words in _table(content, section).items()
        if not _is_list_of_texts(words)
    ]
    if problems:
        raise InputError(problems)
    sections = {
        section: {key: tuple(words) for key, words in _table(content, section).items()}
        for section in Vocabulary._fields
    }
    return Vocabulary(**sections)


@cache
def any_of(words: tuple[str, ...]) -> str:
    """A pattern for any of the words, the longest first."""
    ranked = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, ranked)) + ")"


@cache
def whole(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for texts that one of the patterns describes from end to end."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def folded(text: str) -> str:
    """The text with single spaces and one kind of apostrophe, as the patterns expect it."""
    return " ".join(text.replace("'", "’").split())


def unshouted(line: str) -> str:
    """A line in capitals as it would be written: "ADDRESS BY MR. LIND" → "Address by Mr. Lind"."""
    words = line.split(" ")
    if len(words) < _MIN_SHOUTED or any(sign.islower() for sign in line):
        return line
    return " ".join(w.lower() if w.lower() in _SMALL_WORDS else w.title() for w in words)


def _table(content: Mapping, section: str) -> Mapping:
    table = content.get(section, {})
    return table if isinstance(table, Mapping) else {}


def _mistake(content: Mapping, section: str, key: str) -> str:
    words = _table(content, section).get(key)
    if words is None:
        return f"no {key} in [{section}]; add `{key} = [ … ]`"
    if not _is_list_of_texts(words):
        return f"[{section}] {key} must be a list of texts; write each in quotes"
    return next(_broken_patterns(words), "") if _holds_patterns(key) else ""


def _holds_patterns(key: str) -> bool:
    return key.endswith("_patterns") or key == "separators"


def _is_list_of_texts(words: object) -> bool:
    return isinstance(words, list) and all(isinstance(word, str) and word for word in words)


def _broken_patterns(patterns: Iterable[str]) -> Iterator[str]:
    for pattern in patterns:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)  # Python may read it otherwise one day
            try:
                re.compile(pattern)
            except (re.error, FutureWarning) as error:
                yield f"pattern {pattern!r} is broken ({error}); mend it"
