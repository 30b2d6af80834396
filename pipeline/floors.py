"""Floors under the measured quality: below them tests and `parley evaluate` fail (floors.json)."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.problems import InputError, Problem
from pipeline.rules import line_of

FILE_NAME = "floors.json"


class Floors(NamedTuple):
    """The least value of each figure, and the digest of each gold file that it was measured on."""

    sha256: Mapping[str, str]
    floors: Mapping[str, float]


def floor_problems(result: Mapping[str, Any], *, gold: Path) -> list[Problem]:
    """Figures under their floor, or floors that were measured on other gold files.

    gold: the folder with floors.json; without that file nothing is checked. Raises InputError
    where the file is not as it must be, or names a figure that was not measured.
    """
    path = gold / FILE_NAME
    if not path.exists():
        return []
    text = _text(path)
    pinned = _read(text, path=path)
    changed = [name for name, pin in pinned.sha256.items() if pin != digest(gold / name)]
    if changed:
        what = f"{', '.join(changed)} changed; run `parley evaluate`, set digests and floors anew"
        return [Problem(str(path), line_of(text, f'"{changed[0]}"'), what)]
    return [
        Problem(str(path), line_of(text, f'"{name}"'), what)
        for name, floor in pinned.floors.items()
        if (what := _shortfall(result, name, floor=floor))
    ]


def digest(path: Path) -> str:
    """SHA-256 of a gold file; empty where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _shortfall(result: Mapping[str, Any], name: str, *, floor: float) -> str:
    value = _figure(result, name)
    if value is None:
        return f"{name} was not measured; mend its name, or take its floor out"
    return f"{name} is {value:.3f}, under its floor {floor:.2f}" if value < floor else ""


def _figure(result: Any, name: str) -> float | None:
    """A figure by its name, in parts of the result by dots: held_aside.theme_micro_f1."""
    for part in name.split("."):
        result = result.get(part) if isinstance(result, Mapping) else None
    return result if isinstance(result, (int, float)) else None


def _read(text: str, *, path: Path) -> Floors:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        what = f"is not valid JSON: {error.msg}; mend this line"
        raise InputError([Problem(str(path), error.lineno, what)]) from None
    except (ValueError, RecursionError):  # a number of 5,000 digits, brackets by the thousand
        what = "holds a number or brackets beyond all use; take them out"
        raise InputError([Problem(str(path), 1, what)]) from None
    problems = [
        Problem(str(path), line_of(text, f'"{key}"'), what) for key, what in _mistakes(content)
    ]
    if problems:
        raise InputError(problems)
    return Floors(**content)


def _mistakes(content: Any) -> Iterator[tuple[str, str]]:
    """The key where something is wrong, and what."""
    if not isinstance(content, dict):
        yield "", 'must be an object; write {"sha256": {…}, "floors": {…}}'
        return
    for key in content.keys() - set(Floors._fields):
        yield key, f"unknown key {key!r}; the keys are {', '.join(Floors._fields)}"
    absent = [key for key in Floors._fields if not isinstance(content.get(key), dict)]
    for key in absent:
        yield key, f'no object {key}; add "{key}": {{…}}, as data/README.md of Parley says'
    if absent:
        return
    for name, pin in content["sha256"].items():
        if not isinstance(pin, str):
            yield name, f"digest of {name} must be a text in quotes; see `sha256sum {name}`"
    for name, floor in content["floors"].items():
        if type(floor) not in (int, float) or not 0 <= floor <= 1:
            yield name, f"floor of {name} must be a number from 0 to 1; mend it"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        what = "is not UTF-8 text; save it as UTF-8"
    except OSError as error:
        what = f"cannot be read ({error.strerror}); mend its rights, or take it out"
    raise InputError([Problem(str(path), 1, what)])
