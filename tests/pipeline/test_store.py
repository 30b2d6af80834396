import random
import resource
import subprocess
import sys

import pytest
from corpus import ROOT, write_document

from pipeline import checking, store
from pipeline.build import folders_under, refresh
from pipeline.locking import LockedError, locked
from pipeline.problems import InputError


def test_a_flipped_byte_in_any_file_of_a_build_is_named_with_the_remedy(data):
    folder = data / "published" / refresh(data).build_id
    chance = random.Random(0)
    files = sorted(folder.iterdir())
    assert len(files) > 20
    for path in files:
        content = path.read_bytes()
        path.write_bytes(flipped(content, chance.randrange(len(content))))
        assert [p.path for p in checking.damage(data / "published")] == [str(path)]
        assert "`parley refresh`" in next(checking.damage(data / "published")).message
        path.write_bytes(content)
    assert not list(checking.damage(data / "published"))


def test_a_table_of_other_bytes_is_never_read(data):
    build_id = refresh(data).build_id
    path = data / "published" / build_id / "statements.parquet"
    path.write_bytes(flipped(path.read_bytes(), 4000))
    with pytest.raises(store.StoreError, match=r"statements\.parquet: holds other bytes"):
        store.read_table(data / "published", build_id, "statements")


def test_check_names_damage_beside_the_mistakes_in_documents(data):
    folder = data / "published" / refresh(data).build_id
    (folder / "meetings.parquet").unlink()
    (data / "documents" / "empty.md").write_text("", "utf-8")
    with pytest.raises(InputError) as caught:
        checking.check(folders_under(data))
    told = "\n".join(map(str, caught.value.problems))
    assert "meetings.parquet:1: is gone" in told
    assert "empty.md:1: is empty" in told


@pytest.mark.parametrize("content", ["{", "[]", '{"build_id": 3}', '{"build_id": "../x"}'])
def test_a_manifest_that_names_no_build_is_a_problem(data, content):
    refresh(data)
    (data / "published" / store.MANIFEST).write_text(content, "utf-8")
    problems = list(checking.damage(data / "published"))
    assert [problem.path for problem in problems] == [str(data / "published" / store.MANIFEST)]


def test_a_refresh_mends_a_flipped_byte(data):
    first = refresh(data).build_id
    path = data / "published" / first / "themes.parquet"
    path.write_bytes(flipped(path.read_bytes(), 100))
    assert refresh(data).build_id != first
    assert not list(checking.damage(data / "published"))


def test_only_folders_named_like_builds_are_ever_removed(data):
    beside = data / "published" / "my papers"
    beside.mkdir(parents=True)
    (beside / "letter.txt").write_text("dear", "utf-8")
    for number in range(store.N_KEPT + 1):
        write_document(data, "2010-03-01-port", statements=[f"Ana Holt: Point {number}."])
        refresh(data)
    assert (beside / "letter.txt").exists()


def test_a_later_build_has_a_later_id_within_a_second_and_after_the_clock_was_set_back(data):
    first = refresh(data).build_id
    published = data / "published"
    (published / first).rename(published / f"2099{first[4:]}")
    later = store.next_build_id(published, digest="0" * 64)
    assert later > f"2099{first[4:]}"
    assert store.next_build_id(published, digest="0" * 64) == later


def test_a_disk_that_is_full_is_told_and_the_build_before_stays_whole(data):
    before = refresh(data).build_id
    write_document(data, "2013-01-01-cape", statements=["Ana Holt: Trade grows."])
    done = subprocess.run(
        [sys.executable, "-B", "-m", "pipeline", "refresh"],  # -B: or bytecode would be cut too
        cwd=ROOT,
        env={"PARLEY_DATA": str(data), "PATH": "", "HOME": str(data)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8000, 8000)),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "cannot be written (File too large); nothing was published" in done.stderr
    assert "Traceback" not in done.stderr
    assert store.current_manifest(data / "published")["build_id"] == before
    assert not list(checking.damage(data / "published"))
    assert [p.name for p in (data / "published").iterdir() if p.is_dir()] == [before]


def test_a_lock_is_for_one_and_free_again_when_its_process_is_killed(tmp_path):
    path = tmp_path / ".lock"
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom pipeline.locking import locked\n"
        "with locked(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline().strip() == "held"
        with pytest.raises(LockedError), locked(path):
            pass
        holder.kill()
        holder.wait()
    with locked(path):
        pass


def test_of_two_refreshes_at_once_one_works_and_the_other_says_so(data):
    (data / "published").mkdir()
    waits = (
        "import sys\nfrom pathlib import Path\nfrom pipeline import build\n"
        "def halt(done, total):\n    print('working', flush=True)\n    sys.stdin.readline()\n"
        "build.refresh(Path(sys.argv[1]), on_progress=halt)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", waits, str(data)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdout.readline().strip() == "working"
        second = parley(data, "refresh")
        first.communicate()
    assert (first.returncode, second.returncode) == (0, 1)
    assert "another refresh is at work; wait for it" in second.stderr
    assert "Nothing changed" in parley(data, "refresh").stdout


def parley(data, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=ROOT,
        env={"PARLEY_DATA": str(data), "PATH": "", "HOME": str(data)},
        capture_output=True,
        text=True,
    )


def flipped(content, place):
    return content[:place] + bytes([content[place] ^ 0x10]) + content[place + 1 :]
