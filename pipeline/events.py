"""Dated events that the time charts can mark, from data/rules/events.toml."""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.problems import InputError, Problem
from pipeline.rule_shapes import Place
from pipeline.rules import read_lines, read_toml


class Event(NamedTuple):
    """One event in neutral words, with who says so."""

    date: dt.date
    label: str
    source: str
    url: str


def read_events(path: Path) -> tuple[Event, ...]:
    """The events by date; none where there is no such file. Raises InputError with all mistakes."""
    if not path.exists():
        return ()
    entries = read_toml(path).get("event", [])
    lines = read_lines(path)
    problems = [
        Problem(str(path), lines.line(Place("event", number, "label")), what)
        for number, entry in enumerate(entries)
        if (what := _mistake(entry) or _repeated(entry, before=entries[:number]))
    ]
    if problems:
        raise InputError(problems)
    events = (
        Event(e["date"], e["label"], str(e.get("source", "")), str(e.get("url", "")))
        for e in entries
    )
    return tuple(sorted(events))


def _mistake(entry: Mapping[str, Any]) -> str:
    if not entry.get("label"):
        return "event without a label; add `label = …`"
    if type(entry.get("date")) is not dt.date:
        return f"event {entry['label']!r} has no day; add `date = 2011-03-11`, without quotes"
    url = str(entry.get("url", ""))
    if url and not url.startswith(("http://", "https://")):
        return f"event {entry['label']!r}: address must begin with http:// or https://"
    return ""


def _repeated(entry: Mapping[str, Any], *, before: Iterable[Mapping[str, Any]]) -> str:
    both = entry["date"], entry["label"]
    if any((one.get("date"), one.get("label")) == both for one in before):
        return f"event {entry['label']!r} of {entry['date']} stands twice; keep one"
    return ""
