"""TOML files that a domain person edits: reading them, and the line on which something stands."""

import re
import tomllib
from collections import Counter
from pathlib import Path

from pipeline.problems import InputError, Problem
from pipeline.rule_shapes import Place, exploding, misshapen

_HEADER = re.compile(r"\s*\[\[?\s*([\w-]+)\s*\]")
_KEY = re.compile(r"""\s*(["']?)([^"'=\[\]#]+?)\1\s*=""")


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
    lines = Lines(text)
    problems = [
        Problem(str(path), lines.line(place), what)
        for place, what in misshapen(content, name=path.name)
    ] or [
        Problem(str(path), lines.line(place, holding=term), what)
        for place, term, what in exploding(content)
    ]
    if problems:
        raise InputError(problems)
    return content


class Lines:
    """The lines on which the keys of a TOML file stand, which its parser does not tell."""

    def __init__(self, text: str) -> None:
        self._rows = text.split("\n")
        self._lines: dict[Place, int] = {}
        place, n_sections = Place("", 0, ""), Counter[str]()
        for number, row in enumerate(self._rows, start=1):
            if header := _HEADER.match(row):
                place = Place(header[1], n_sections[header[1]], "")
                n_sections[header[1]] += 1
            elif key := _KEY.match(row):
                place = place._replace(key=key[2])
            self._lines.setdefault(place, number)

    def line(self, place: Place, *, holding: str = "") -> int:
        """The line of the key or its section; given a text, the first from there that holds it."""
        places = (place, place._replace(key=""), Place("", 0, place.section))
        first = next((self._lines[one] for one in places if one in self._lines), 1)
        rows = enumerate(self._rows[first - 1 :], start=first)
        return next((number for number, row in rows if holding in row), first)


def read_lines(path: Path) -> Lines:
    """The lines of a file that could be read as TOML."""
    return Lines(path.read_text("utf-8-sig"))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        what = "no such file; restore it, or copy it from data/rules of Parley"
    except UnicodeDecodeError:
        what = "is not UTF-8 text; save it as UTF-8"
    except OSError as error:
        what = f"cannot be read ({error.strerror}); mend its rights or name others with --rules"
    raise InputError([Problem(str(path), 1, what)])


def line_of(text: str, wanted: str) -> int:
    """Number of the first line that holds the wanted text, else 1."""
    place = text.find(wanted)
    return text.count("\n", 0, place) + 1 if place >= 0 else 1
