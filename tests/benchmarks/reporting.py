"""Writes the tables of benchmarks into docs/performance.md.

    python tests/benchmarks/reporting.py FILE…

A file is what a benchmark wrote with --json; NAME.json goes between the page's markers
`<!-- bench:NAME -->` and `<!-- /bench:NAME -->`.
"""

import json
import re
import sys
from pathlib import Path

from measuring import markdown

_PAGE = Path(__file__).parents[2] / "docs" / "performance.md"


def main(paths: list[Path]) -> None:
    text = _PAGE.read_text("utf-8")
    for path in paths:
        table = markdown(json.loads(path.read_text("utf-8")))
        text = between_markers(text, table, name=path.stem)
    _PAGE.write_text(text, "utf-8")


def between_markers(text: str, table: str, *, name: str) -> str:
    """The text with the table in the place of what stood between the markers of this name.

    Raises ValueError where the text has not exactly one such pair.
    """
    first, last = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
    place = re.compile(f"{re.escape(first)}.*?{re.escape(last)}", re.S)
    if text.count(first) != 1 or len(place.findall(text)) != 1:
        raise ValueError(f"needs {first} and {last} once each, in this order: put them in")
    return place.sub(lambda _: f"{first}\n{table}\n{last}", text)


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
