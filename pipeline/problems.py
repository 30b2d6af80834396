"""Mistakes in what people write, each with its place and its remedy."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake: `path:line: what is wrong, and how to mend it`. Lines count from 1."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class InputError(ValueError):
    """Documents or rules have mistakes; all of them are listed."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@contextmanager
def gathered(problems: list[Problem]) -> Iterator[None]:
    """Adds to the list what is wrong within, so that the rest is looked at too."""
    try:
        yield
    except InputError as error:
        problems += error.problems
