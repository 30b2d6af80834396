"""What YAML can hold that no document needs: values without end, numbers without use."""

from collections.abc import Iterator
from typing import Any

from pipeline.plain_text import invisible

_MOST_VALUES = 10_000  # a digest with 300 sources has 1,500; aliases count each time they stand
_LONGEST_VALUE = 2_000  # characters; the longest address of a source in use has 300
_LONGEST_NUMBER = 10**30


def unusable(keys: dict) -> str:
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
