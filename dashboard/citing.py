"""How a chart or a view is cited: title, build, dates and address; pure."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from dashboard.days import in_words


def citation(
    title: str, manifest: Mapping[str, Any], *, address: str, on: date | None = None
) -> str:
    """A reference in a line, for a footnote. address: of the view; on: the day it was seen."""
    seen = on or datetime.now(UTC).date()
    return (
        f"Parley, “{title}”, build {manifest['build_id']} of {_made(manifest)} "
        f"({_size(manifest)}). {address} (accessed {in_words(seen)})."
    )


def source_line(manifest: Mapping[str, Any], *, address: str) -> str:
    """What stands under a picture: where it comes from, of which build and when that was made."""
    return f"Parley, {_size(manifest)}; build {manifest['build_id']}, {_made(manifest)}. {address}"


def _made(manifest: Mapping[str, Any]) -> str:
    return in_words(datetime.fromisoformat(manifest["created_at"]).date())


def _size(manifest: Mapping[str, Any]) -> str:
    return f"{manifest['n_statements']:,} statements of {len(manifest['documents']):,} documents"
