"""What the turns of a label have in common: whoever mostly asks is the press, who calls is a host.

Only labels without a name in office are judged so; ministers ask and give the floor too.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.importing.names import Names
from pipeline.importing.people import People
from pipeline.importing.vocabulary import Vocabulary

_MOSTLY = 0.6  # part of a label's turns that ask something from which it is the press
_RARELY = 0.5  # part of a host's turns that may follow a question; who answers more is no host


class Turn(NamedTuple):
    """A label with all that is said until the next one; `is_answer`: a question stood before."""

    label: str
    text: str
    is_answer: bool


def labels_that_ask(turns: Sequence[Turn], *, people: People) -> set[str]:
    """Labels whose turns mostly ask. A form of address marks a colleague."""
    return {
        label
        for label, texts in _by_label(turns, people).items()
        if not people.names.is_addressed(label)
        and sum("?" in turn.text for turn in texts) >= _MOSTLY * len(texts)
    }


def labels_that_host(turns: Sequence[Turn], *, people: People, vocabulary: Vocabulary) -> set[str]:
    """Labels that give the floor ("the first question goes to") and seldom answer."""
    calls = re.compile("|".join(vocabulary.transcripts["host_patterns"]), re.IGNORECASE)
    return {
        label
        for label, texts in _by_label(turns, people).items()
        if any(calls.search(turn.text) for turn in texts)
        and sum(turn.is_answer for turn in texts) < _RARELY * len(texts)
    }


def _by_label(turns: Sequence[Turn], people: People) -> dict[str, list[Turn]]:
    """The turns of each label that names someone without an office."""
    found: dict[str, list[Turn]] = {}
    for turn in turns:
        if turn.label[:1].isupper() and not _holds_office(turn.label, people, people.names):
            found.setdefault(turn.label, []).append(turn)
    return found


def _holds_office(label: str, people: People, names: Names) -> bool:
    """Whether someone in office is meant; a bare "The President" may be of the meeting."""
    person = people.find(label) or people.find(label.title())
    if person or not label.startswith("The "):
        return bool(names.office(label)) or bool(person and person.office)
    return not names.is_office(label)
