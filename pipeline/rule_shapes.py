"""What kind of thing stands where in the rule files; their readers then look at the content."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

_TEXT, _TEXTS = "a text in quotes", "a list of texts"
_NUMBER, _ABOVE_ZERO, _WHOLE = "a number", "a number above 0", "a number, whole and not below 0"
_TABLE, _TABLES = "a section, written [name]", "a list of sections, each written [[name]]"
_LARGEST = 1_000_000
_MOST_SPELLINGS = 10_000  # of one term with lists in braces: product of their lengths

# What is not named here may be anything: a key that a reader does not know does no harm.
SHAPES: Mapping[str, Mapping[str, str]] = {
    "themes.toml": {
        "theme": _TABLES, "words": _TABLE, "words.*": _TEXTS, "theme.id": _TEXT,
        "theme.label": _TEXT, "theme.definition": _TEXT, "pointers": _TABLE,
        "pointers.*": _TEXTS,
    },
    "tone.toml": {
        "group": _TABLES, "group.weight": _NUMBER, "group.terms": _TEXTS, "scope": _TABLES,
        "scope.name": _TEXT, "intensifiers": _TABLE, "intensifiers.*": _NUMBER,
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
        "event": _TABLES, "event.label": _TEXT, "event.source": _TEXT, "event.url": _TEXT,
    },
}  # fmt: skip


def misshapen(content: Mapping[str, Any], *, name: str) -> Iterator[tuple[str, str]]:
    """The keys of a rule file of that name that hold another kind of thing: key, what is wrong."""
    shapes = SHAPES.get(name, {})
    for path, value in _values(content):
        wanted = shapes.get(path) or shapes.get(f"{path.split('.')[0]}.*")
        if wanted and not _is(wanted, value):
            yield path.split(".")[-1], f"{path} must be {wanted}; mend it"


def exploding(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Terms with so many lists in braces that writing them out would never end."""
    words = content.get("words", {})
    for path, value in _values(content):
        listed = value if path.startswith("theme.") and isinstance(value, list) else ()
        for term in (one for one in listed if isinstance(one, str)):
            n = math.prod(len(words.get(key, ())) for key in re.findall(r"\{(\w+)\}", term))
            if n > _MOST_SPELLINGS:
                yield (
                    term,
                    f"term {term[:80]!r} has more than {_MOST_SPELLINGS:,} spellings; split it",
                )


def _values(content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every key with its value, by dotted path; one level down."""
    for key, value in content.items():
        yield key, value
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, dict):
                yield from ((f"{key}.{inner}", held) for inner, held in entry.items())


def _is(wanted: str, value: Any) -> bool:
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
