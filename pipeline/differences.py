"""What changed from one build to the next, from their manifests."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

_COUNTED = {"corrections": "Corrections by hand", "events": "Events", "speakers": "Speakers"}


class Difference(NamedTuple):
    """What one build has that the build before had not. Documents by id."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    n_statements_before: int
    n_statements: int
    is_labelled_anew: bool
    others: tuple[tuple[str, int, int], ...] = ()  # what else changed in number: before, now


def difference(manifest: Mapping[str, Any], before: Mapping[str, Any] | None) -> Difference:
    """What changed from one build to the next; everything is new where there was none before."""
    new, old = manifest["documents"], before["documents"] if before else {}
    return Difference(
        new=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(key for key in new.keys() & old.keys() if new[key] != old[key])),
        removed=tuple(sorted(old.keys() - new.keys())),
        n_statements_before=before["n_statements"] if before else 0,
        n_statements=manifest["n_statements"],
        is_labelled_anew=not before or before["inputs"]["labels"] != manifest["inputs"]["labels"],
        others=tuple(_other_changes(manifest["tables"], before["tables"] if before else {})),
    )


def _other_changes(
    tables: Mapping[str, Any], before: Mapping[str, Any]
) -> Iterator[tuple[str, int, int]]:
    for name, what in _COUNTED.items():
        was, now = (found.get(name, {}).get("n_rows", 0) for found in (before, tables))
        if was != now:
            yield what, was, now
