"""Going back: a build that is kept is made the current one again, if it is whole."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import store
from pipeline.tables import TABLES


class Rollback(NamedTuple):
    """The build shown until now (empty where the manifest could not say) and the one shown now."""

    before: str
    manifest: Mapping[str, Any]


def roll_back(published: Path, build_id: str = "") -> Rollback:
    """Makes the named build current, else the one before the current; atomic.

    It is current until the next refresh. Raises StoreError for a build that is unknown, damaged,
    current already or of other tables than this program reads; the message names those kept.
    """
    with store.only_one(published):
        before = _current_id(published)
        kept = store.builds(published)
        manifest = _named(published, kept, build_id) if build_id else _earlier(kept, before)
        if manifest is None or manifest["build_id"] == before:
            what = f"build {before} is the current one" if build_id else "no earlier build is kept"
            raise store.StoreError(f"{published}: {what}; {_offer(kept)}")
        if why := _unusable(published, manifest):
            what = f"build {manifest['build_id']} cannot be shown: {why}"
            raise store.StoreError(f"{published}: {what}; {_offer(kept)}")
        store.switch(published, manifest)
    return Rollback(before, manifest)


def _current_id(published: Path) -> str:
    try:
        manifest = store.current_manifest(published)
    except store.StoreError:  # a damaged manifest is a reason to go back, not to refuse
        return ""
    return manifest["build_id"] if manifest else ""


def _named(published: Path, kept: list[dict[str, Any]], build_id: str) -> dict[str, Any]:
    for manifest in kept:
        if manifest["build_id"] == build_id:
            return manifest
    raise store.StoreError(f"{published}: no build {build_id!r} is kept; {_offer(kept)}")


def _earlier(kept: list[dict[str, Any]], before: str) -> dict[str, Any] | None:
    return next((m for m in kept if not before or m["build_id"] < before), None)


def _unusable(published: Path, manifest: Mapping[str, Any]) -> str:
    if damaged := store.damaged_files(published, manifest):
        return f"{', '.join(path.name for path in damaged)} damaged"
    if missing := sorted(TABLES.keys() - manifest["tables"].keys()):
        return f"another version of Parley made it, without {', '.join(missing)}"
    for name, table in TABLES.items():
        columns = store.read_table(published, manifest["build_id"], name).columns
        if missing := sorted(set(table.schema.names) - set(columns)):
            return f"another version of Parley made it, without {name}.{missing[0]}"
    return ""


def _offer(kept: list[dict[str, Any]]) -> str:
    names = ", ".join(manifest["build_id"] for manifest in kept)
    return f"kept are {names}" if names else "none is kept, run `parley refresh`"
