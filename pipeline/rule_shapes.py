"""What kind of thing stands where in the rule files; their readers then look at the content."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

_TEXT, _TEXTS = "a text in quotes", "a list of texts"
_NUMBER, _ABOVE_ZERO, _WHOLE = "a number", "a number above 0", "a number, whole and not below 0"
_TABLE, _TABLES = "a section, written [name]", "a list of sections, each written [[name]]"
_ANY = "anything"  # its reader looks at it
_LARGEST = 1_000_000
_MOST_SPELLINGS = 10_000  # of one term with lists in braces: product of their lengths

# Every key that may stand in the file: one that is not named here is refused, for it is a slip.
SHAPES: Mapping[str, Mapping[str, str]] = {
    "themes.toml": {
        "theme": _TABLES, "words": _TABLE, "words.*": _TEXTS, "theme.id": _TEXT,
        "theme.label": _TEXT, "theme.definition": _TEXT, "theme.terms": _TEXTS,
        "theme.broad": _TEXTS, "theme.weak": _TEXTS, "theme.shy": _TEXTS, "theme.after": _TEXTS,
        "theme.unless": _TEXTS, "theme.company": _TEXTS, "pointers": _TABLE,
        "pointers.nouns": _TEXTS, "pointers.pronouns": _TEXTS,
    },
    "tone.toml": {
        "group": _TABLES, "group.weight": _NUMBER, "group.terms": _TEXTS, "scope": _TABLES,
        "scope.name": _TEXT, "scope.side": _TEXT, "intensifiers": _TABLE, "intensifiers.*": _NUMBER,
        "scope.reach": _WHOLE, "scope.positive": _NUMBER, "scope.negative": _NUMBER,
        "scope.cues": _TEXTS, "scope.through": _TEXTS, "window": _WHOLE, "scale": _ABOVE_ZERO,
        "negation_factor": _NUMBER, "denial_factor": _NUMBER, "contrast_factor": _NUMBER,
        "positive_from": _NUMBER, "negative_below": _NUMBER,
        "negators": _TEXTS, "stops": _TEXTS, "contrasts": _TEXTS, "neutral": _TEXTS,
    },
    "speakers.toml": {
        "home": _TEXT, "speaker": _TABLES, "speaker.name": _TEXT, "speaker.side": _TEXT,
        "speaker.office": _TEXT, "speaker.aliases": _TEXTS,
    },
    "events.toml": {
        "event": _TABLES, "event.date": _ANY, "event.label": _TEXT, "event.source": _TEXT,
        "event.url": _TEXT,
    },
}  # fmt: skip
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "tone.toml": (
        "window", "negation_factor", "denial_factor", "contrast_factor", "scale", "positive_from",
        "negative_below", "negators", "stops", "contrasts", "neutral", "intensifiers",
    ),
}  # fmt: skip


class Place(NamedTuple):
    """Where a key stands: its section, which of the sections of that name (from 0), the key.

    Keys above all sections have the section "", and the header of a section is its key "".
    """

    section: str
    number: int
    key: str

    @property
    def path(self) -> str:
        return f"{self.section}.{self.key}" if self.section else self.key


def misshapen(content: Mapping[str, Any], *, name: str) -> Iterator[tuple[Place, str]]:
    """The keys of a rule file of that name that are unknown, absent or hold the wrong thing."""
    shapes = SHAPES.get(name, {})
    for place, value in _values(content) if shapes else ():
        wanted = shapes.get(place.path) or shapes.get(f"{place.section}.*")
        if wanted and not _is(wanted, value):
            yield place, f"{place.path} must be {wanted}; mend it"
        elif not wanted and (not place.section or place.section in shapes):
            known = ", ".join(_known(shapes, section=place.section))
            yield place, f"unknown key {place.key!r}; the keys are {known}"
    for key in _REQUIRED.get(name, ()):
        if key not in content:
            yield Place("", 0, key), f"no {key}; add it, {shapes[key]}"


def exploding(content: Mapping[str, Any]) -> Iterator[tuple[Place, str, str]]:
    """Terms with so many lists in braces that writing them out would never end: place, term, what.

    The content must be of the right shape.
    """
    words = content.get("words", {})
    for place, value in _values(content):
        listed = value if place.section == "theme" and isinstance(value, list) else ()
        for term in listed:
            n = math.prod(len(words.get(key, ())) for key in re.findall(r"\{(\w+)\}", term))
            if n > _MOST_SPELLINGS:
                what = f"term {term[:80]!r} has more than {_MOST_SPELLINGS:,} spellings; split it"
                yield place, term, what


def _known(shapes: Mapping[str, str], *, section: str) -> Iterator[str]:
    """The keys that may stand in the section."""
    for path in shapes:
        above, _, key = path.rpartition(".")
        if above == section:
            yield key


def _values(content: Mapping[str, Any]) -> Iterator[tuple[Place, Any]]:
    """Every key with its place and value; one level down."""
    for key, value in content.items():
        yield Place("", 0, key), value
        for number, entry in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(entry, dict):
                yield from ((Place(key, number, inner), held) for inner, held in entry.items())


def _is(wanted: str, value: Any) -> bool:
    if wanted == _ANY:
        return True
    if wanted in (_NUMBER, _WHOLE, _ABOVE_ZERO):
        return type(value) in (int, float) and _is_number(wanted, value)
    if wanted in (_TEXT, _TABLE):
        return isinstance(value, str if wanted == _TEXT else dict)
    kind = str if wanted == _TEXTS else dict
    return isinstance(value, list) and all(isinstance(one, kind) for one in value)


def _is_number(wanted: str, value: float) -> bool:
    if not math.isfinite(value) or abs(value) > _LARGEST:
        return False
    if wanted == _WHOLE:
        return type(value) is int and value >= 0
    return wanted == _NUMBER or value > 0
