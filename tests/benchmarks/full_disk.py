"""A refresh on a disk that is full: a clear error each time, and the build before whole.

    sudo python tests/benchmarks/full_disk.py [number of fillings, 40 unless told]

Mounts a tmpfs (Linux, root) as the published folder and fills it, leaving from no room at all to
twice what a build needs. Ends with 1 where a build is damaged or an error is unclear.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from pipeline import store

_ROOT = Path(__file__).parents[2]
_SIZE = 4_000_000  # bytes of the disk
_PAGE = 4096  # what a tmpfs gives out at a time


def main(n_fillings: int) -> None:
    counts = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        for name in ("documents", "rules", "gold"):
            shutil.copytree(_ROOT / "data" / name, data / name)
        published = data / "published"
        published.mkdir()
        options = ["-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(published)]
        subprocess.run(["mount", *options], check=True)
        try:
            _refresh(data)
            size = sum(path.stat().st_size for path in published.glob("*/*"))
            for number in range(n_fillings):
                left = number * 2 * size // n_fillings
                counts[_refreshed_with(data, number, left=left)] += 1
        finally:
            subprocess.run(["umount", str(published)], check=True)
    print(f"{n_fillings} refreshes, a build being {size // 1000} kB: {dict(counts)}")


def _refreshed_with(data: Path, number: int, *, left: int) -> str:
    published = data / "published"
    path = min((data / "documents").glob("*.md"))
    text = path.read_text("utf-8").split("\n\nJoint: Filling number")[0].rstrip()
    path.write_text(f"{text}\n\nJoint: Filling number {number} is about trade. [1]\n", "utf-8")
    before = store.current_manifest(published)
    filler = published / "filler"
    free = shutil.disk_usage(published).free
    filler.write_bytes(b"x" * max(0, free - left // _PAGE * _PAGE))
    done = _refresh(data)
    filler.unlink()
    after = store.current_manifest(published)
    if after is None or store.damaged_files(published, after):
        raise SystemExit(f"with {left} bytes left the build is damaged")
    halves = [p for p in published.iterdir() if p.is_dir() and not (p / "build.json").exists()]
    if halves:
        raise SystemExit(f"with {left} bytes left something was left behind: {halves}")
    if done.returncode == 0 and after != before:
        return "published"
    if "Traceback" in done.stderr or "No space left on device" not in done.stderr:
        raise SystemExit(f"with {left} bytes left the error is unclear: {done.stderr}")
    return "told, build before whole" if after == before else "told, though published"


def _refresh(data: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "pipeline", "refresh"]
    environment = {**os.environ, "PARLEY_DATA": str(data)}
    return subprocess.run(command, cwd=_ROOT, env=environment, capture_output=True, text=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
