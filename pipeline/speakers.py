"""Who speaks: names, sides, offices and aliases, from data/rules/speakers.toml."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pipeline.plain_text import unfit_name
from pipeline.problems import InputError, Problem
from pipeline.rule_shapes import Place
from pipeline.rules import read_lines, read_toml

JOINT, QUESTION, NARRATION = "Joint", "Question", "Narration"
PRESS = "Press"
UNKNOWN_SIDE = "Unknown"  # of speakers whose country the page does not tell
_HOME = Place("", 0, "home")


class Speaker(NamedTuple):
    """One person or body that speaks."""

    name: str
    side: str
    office: str


# Labels with a meaning of their own: every corpus has them, whether or not its file says so.
_OF_ALL = (
    Speaker(JOINT, JOINT, ""), Speaker(QUESTION, PRESS, ""), Speaker(NARRATION, PRESS, ""),
)  # fmt: skip


class Speakers(NamedTuple):
    """All speakers, to be found by name or alias, and the side that is at every meeting."""

    home: str
    by_alias: Mapping[str, Speaker]

    def find(self, label: str) -> Speaker | None:
        """The speaker of that name or alias; capitals and spaces do not matter."""
        return self.by_alias.get(_folded(label))

    def and_new(self, others: Iterable[Speaker]) -> "Speakers":
        """These speakers and others; a name that is known already keeps its meaning."""
        new = {_folded(other.name): other for other in others}
        return self._replace(by_alias={**new, **self.by_alias}) if new else self

    def nearest(self, label: str) -> str:
        """The known name most like the label, or nothing when none is like it."""
        near = difflib.get_close_matches(_folded(label), self.by_alias, n=1, cutoff=0.75)
        return self.by_alias[near[0]].name if near else ""


def read_speakers(path: Path) -> Speakers:
    """The speakers of the file. Raises InputError with every mistake found."""
    content = read_toml(path)
    lines = read_lines(path)
    by_alias: dict[str, Speaker] = {}
    problems = []
    if not content.get("home"):
        what = "no home; add `home = …`, the side that is at every meeting"
        problems.append(Problem(str(path), lines.line(_HOME), what))
    for number, entry in enumerate(content.get("speaker", [])):
        name = str(entry.get("name", ""))
        line = lines.line(Place("speaker", number, "name"))
        absent = [key for key in ("name", "side") if not entry.get(key)]
        if absent:
            what = f"speaker {name!r} has no {' and no '.join(absent)}; add it"
            problems.append(Problem(str(path), line, what))
            continue
        for key, value in (("name", name), ("side", entry["side"])):
            if what := unfit_name(value):
                problems.append(Problem(str(path), line, f"{key} {value[:80]!r} {what}"))
        speaker = Speaker(name, str(entry["side"]), str(entry.get("office", "")))
        problems += _register(speaker, entry.get("aliases", []), by_alias, path=path, line=line)
    if problems:
        raise InputError(problems)
    return Speakers(str(content.get("home", "")), by_alias).and_new(_OF_ALL)


def home_problems(speakers: Speakers, *, path: Path) -> Iterator[Problem]:
    """Where no speaker, of the file or of a document, is of the side that is at every meeting."""
    sides = sorted({speaker.side for speaker in speakers.by_alias.values()})
    if speakers.home not in sides:
        near = difflib.get_close_matches(speakers.home, sides, n=1, cutoff=0.5)
        remedy = f"did you mean {near[0]!r}?" if near else "write the side of one of them"
        what = f"home {speakers.home!r} is the side of no speaker; {remedy}"
        yield Problem(str(path), read_lines(path).line(_HOME), what)


def _register(
    speaker: Speaker, aliases: Iterable[str], known: dict[str, Speaker], *, path: Path, line: int
) -> list[Problem]:
    problems = []
    for alias in dict.fromkeys(map(_folded, [speaker.name, *aliases])):
        other = known.setdefault(alias, speaker)
        if other is not speaker:
            what = f"alias {alias!r} of {speaker.name} belongs to {other.name} too; keep it once"
            problems.append(Problem(str(path), line, what))
    return problems


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
