"""TOML files that a domain person edits: reading them, and the line on which something stands."""

import re
import tomllib
from pathlib import Path

from pipeline.problems import InputError, Problem
from pipeline.rule_shapes import exploding, misshapen


def read_toml(path: Path) -> dict:
    """The file's content. Raises InputError where it is absent, not TOML or of another shape."""
    text = _text(path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).partition(" (at ")
        at = re.search(r"line (\d+)", place)
        line = int(at[1]) if at else text.count("\n") + 1
        message = f"is not valid TOML: {what}; mend this line"
        raise InputError([Problem(str(path), line, message)]) from None
    except (ValueError, RecursionError):  # a number of 5,000 digits, brackets by the thousand
        what = "holds a number or brackets beyond all use; take them out"
        raise InputError([Problem(str(path), 1, what)]) from None
    mistakes = [*misshapen(content, name=path.name)] or [*exploding(content)]
    if mistakes:
        raise InputError([Problem(str(path), line_of(text, key), what) for key, what in mistakes])
    return content


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise InputError([Problem(str(path), 1, "no such file; restore it")]) from None
    except UnicodeDecodeError:
        raise InputError([Problem(str(path), 1, "is not UTF-8 text; save it as UTF-8")]) from None


def line_of(text: str, wanted: str) -> int:
    """Number of the first line that holds the wanted text, else 1."""
    place = text.find(wanted)
    return text.count("\n", 0, place) + 1 if place >= 0 else 1
