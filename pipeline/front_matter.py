"""Front matter: YAML → keys with values and lines, without what YAML can hold beyond all use."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import srsly

from pipeline.plain_text import invisible
from pipeline.problems import Problem

_MOST_VALUES = 10_000  # a digest with 300 sources has 1,500; aliases count each time they stand
_LONGEST_VALUE = 2_000  # characters; the longest address of a source in use has 300
_LONGEST_NUMBER = 10**30
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


def read_front_matter(text: str, *, path: Path) -> tuple[Mapping[str, Any], Problem | None]:
    """The keys with their values, or what is wrong; lines count from the fence above."""
    try:
        keys = _loaded(text)
    except Exception as error:  # the YAML parser raises whatever Python does
        lines = [int(number) for number in re.findall(r"line (\d+)", str(error))]
        is_open = "scanning a quoted scalar" in str(error)  # then the quote stands first
        line = lines[0 if is_open else -1] + 1 if lines else 1
        what = "front matter is not valid YAML; check quotes, colons and indentation"
        return {}, Problem(str(path), line, what)
    if not isinstance(keys, dict):
        return {}, Problem(str(path), 2, "front matter has no keys; write `date: 2005-05-31` etc.")
    if what := _unusable(keys):
        return {}, Problem(str(path), 1, f"front matter {what}")
    return keys, None


class Head:
    """Front matter with the lines on which its keys stand; collects problems as it is read."""

    def __init__(self, keys: Mapping[str, Any], lines: list[str], path: str) -> None:
        self.keys, self.path, self.problems = keys, path, list[Problem]()
        self._lines: dict[str, int] = {}
        for number, line in enumerate(lines, start=1):
            if match := re.match(r"['\"]?([\w-]+)['\"]?\s*:", line):
                self._lines.setdefault(match[1], number)

    def line(self, key: str) -> int:
        return self._lines.get(key, 1)

    def complain(self, key: str, message: str) -> None:
        self.problems.append(Problem(self.path, self.line(key), message))

    def text(self, key: str, *, example: str = "", allowed: tuple[str, ...] = ()) -> str:
        """The key's text; required where an example is given."""
        value = self.keys.get(key)
        if value is None or value == "":
            if example:
                self.complain(key, f"no {key}; add `{key}: {example}`")
            return ""
        if isinstance(value, (list, dict)):
            self.complain(key, f"{key} must be one text, not a list or mapping")
            return ""
        text = " ".join(str(value).split())
        if allowed and text not in allowed:
            self.complain(key, f"unknown {key} {text!r}; use one of {', '.join(allowed)}")
        return text

    def list(self, key: str) -> list[Any]:
        value = self.keys.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.complain(key, f"{key} must be a list; write one entry a line, each after `- `")
            return []
        return value

    def date(self) -> dt.date | None:
        value = self.keys.get("date")
        if isinstance(value, dt.datetime):
            value = value.date()
        if isinstance(value, dt.date):
            if what := to_come(value):
                self.complain("date", what)
            return value
        if value is None or value == "":
            self.complain("date", "no date; add the day of the event as `date: 2005-05-31`")
            return None
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            what = f"date {str(value)!r} is not a day; write year-month-day as in 2005-05-31"
            self.complain("date", what)
            return None


def _loaded(text: str) -> Any:
    """What the YAML says; a day that no calendar has is a text, of which the key can complain."""
    yaml = srsly.ruamel_yaml.YAML(typ="safe", pure=True)
    known = yaml.constructor.yaml_constructors
    yaml.constructor.yaml_constructors = {**known, _TIMESTAMP: _day_or_text}
    return yaml.load(text)


def _day_or_text(constructor: Any, node: Any) -> Any:
    try:
        return constructor.construct_yaml_timestamp(node)
    except (ValueError, OverflowError):
        return node.value


def to_come(day: dt.date) -> str:
    """Why a day cannot be that of an event; else empty."""
    is_to_come = day > dt.date.today()
    return f"date {day} lies in the future; mend the day of the event" if is_to_come else ""


def _unusable(keys: dict) -> str:
    """Why front matter that is valid YAML is refused nevertheless; else empty."""
    for n, value in enumerate(_values(keys), start=1):
        if n > _MOST_VALUES:
            return f"holds more than {_MOST_VALUES:,} values, aliases counted; write less"
        if isinstance(value, str) and len(value) > _LONGEST_VALUE:
            return f"holds a value of {len(value):,} characters; shorten it"
        if isinstance(value, str) and (what := next(invisible(value), "")):
            return what
        if isinstance(value, int) and abs(value) > _LONGEST_NUMBER:
            return "holds a number beyond all use; write it as a text, in quotes"
    return ""


def _values(top: Any) -> Iterator[Any]:
    """Every value, those within others too; without end where one holds itself."""
    waiting = [top]
    while waiting:
        value = waiting.pop()
        yield value
        if isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, (list, tuple, set)):
            waiting += value
