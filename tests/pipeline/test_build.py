import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from corpus import ROOT, write_document

from pipeline import store
from pipeline.build import refresh
from pipeline.problems import InputError
from pipeline.tables import TABLES


def test_a_refresh_publishes_every_table_and_says_what_it_did(data):
    report = refresh(data)
    manifest = store.current_manifest(data / "published")
    assert manifest["build_id"] == report.build_id
    assert set(manifest["tables"]) == set(TABLES)
    assert report.analysed == report.difference.new == ("2010-03-01-port", "2012-06-05-hill")
    assert (
        report.n_documents,
        report.difference.n_statements_before,
        report.difference.n_statements,
    ) == (2, 0, 6)


def test_a_second_refresh_analyses_nothing_and_publishes_nothing(data):
    first = refresh(data)
    second = refresh(data)
    assert (second.is_new_build, second.analysed) == (False, ())
    assert (second.build_id, second.difference.n_statements) == (first.build_id, 6)


def test_after_one_document_changed_one_is_analysed(data):
    refresh(data)
    write_document(data, "2010-03-01-port", statements=["Ana Holt: Trade suffers. [1]"])
    report = refresh(data)
    assert report.analysed == report.difference.changed == ("2010-03-01-port",)
    assert (report.difference.new, report.difference.removed) == ((), ())
    assert (report.difference.n_statements_before, report.difference.n_statements) == (6, 4)
    assert report.moved  # themes of the two statements that went


def test_a_forced_refresh_is_compared_with_the_build_before(data):
    refresh(data)
    report = refresh(data, force=True)
    assert (report.is_new_build, len(report.analysed)) == (True, 2)
    assert report.difference.new == report.difference.changed == ()
    assert (report.difference.n_statements_before, report.difference.n_statements) == (6, 6)


def test_a_new_event_is_told(data):
    refresh(data)
    event = 'date = 2011-01-01\nlabel = "A new one"\nsource = "A gazette"'
    (data / "rules" / "events.toml").write_text(f"[[event]]\n{event}\n", "utf-8")
    ((what, before, now),) = refresh(data).difference.others
    assert (what, now - before) == ("Events", 1)


def test_a_folder_that_is_not_there_is_told_and_nothing_is_made(tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        refresh(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_labels_with_a_meaning_of_their_own_need_no_entry(data):
    speakers = data / "rules" / "speakers.toml"
    entries = speakers.read_text("utf-8").split("\n\n")
    own = [entry for entry in entries if '"Question"' not in entry and '"Joint"' not in entry]
    speakers.write_text("\n\n".join(own), "utf-8")
    write_document(
        data, "2013-01-01-port", statements=["Question: And trade?", "Narration: They met."]
    )
    refresh(data)
    rows = table(data, "statements").set_index("document_id").loc["2013-01-01-port"]
    assert rows["role"].tolist() == ["question", "narration"]
    assert set(rows["side"]) == {"Press"}


def test_a_removed_document_is_told_and_its_statements_are_gone(data):
    refresh(data)
    (data / "documents" / "2010-03-01-port.md").unlink()
    report = refresh(data)
    assert (report.difference.removed, report.analysed) == (("2010-03-01-port",), ())
    assert set(table(data, "statements")["document_id"]) == {"2012-06-05-hill"}


def test_changed_rules_have_everything_analysed_again(data):
    refresh(data)
    rules = data / "rules" / "tone.toml"
    rules.write_text(rules.read_text("utf-8").replace("window = 6", "window = 5"), "utf-8")
    assert len(refresh(data).analysed) == 2


def test_an_incremental_build_equals_one_from_scratch_byte_for_byte(data, tmp_path):
    write_document(data, "2015-01-01-isle", date="2015-01-01", statements=["Lind: Oil is dear."])
    refresh(data)
    write_document(data, "2015-01-01-isle", date="2015-01-01", statements=["Lind: Gas is dear."])
    refresh(data)
    again = tmp_path / "again"
    shutil.copytree(data, again, ignore=shutil.ignore_patterns("published"))
    refresh(again)
    assert digests(data) == digests(again)


def test_mistakes_are_told_together_and_the_build_before_stays(data):
    before = refresh(data).build_id
    write_document(data, "2011-01-01-bay", statements=["Carl Dunne: Hello."])
    (data / "documents" / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\xff")
    with pytest.raises(InputError) as caught:
        refresh(data)
    told = [str(problem) for problem in caught.value.problems]
    assert len(told) == 2
    assert "2011-01-01-bay.md:11: unknown speaker 'Carl Dunne'" in told[0]
    assert "picture.md:1: is not UTF-8 text" in told[1]
    assert store.current_manifest(data / "published")["build_id"] == before
    assert len(table(data, "statements")) == 6


def test_a_refresh_that_is_killed_leaves_the_build_before_and_the_next_one_cleans_up(data):
    before = refresh(data).build_id
    write_document(data, "2013-01-01-cape", statements=["Ana Holt: Trade grows."])
    published = data / "published"
    kill_while_tables_are_written(data)
    leftovers = {path.name for path in published.iterdir() if path.is_dir()} - {before}
    assert len(leftovers) == 1
    assert store.current_manifest(published)["build_id"] == before
    assert len(table(data, "statements")) == 6
    report = refresh(data)
    assert report.difference.new == ("2013-01-01-cape",)
    folders = {path.name for path in published.iterdir() if path.is_dir()}
    assert folders == {before, report.build_id}


def test_two_refreshes_at_once_are_refused(data):
    with (
        store.only_one(data / "published"),
        pytest.raises(store.StoreError, match="another refresh is at work"),
    ):
        refresh(data)


def test_a_damaged_manifest_names_the_remedy_and_force_mends_it(data):
    refresh(data)
    (data / "published" / store.MANIFEST).write_text("{", "utf-8")
    with pytest.raises(store.StoreError, match="run `parley refresh --force`"):
        refresh(data)
    assert len(refresh(data, force=True).analysed) == 2


def test_progress_counts_documents(data):
    told = []
    refresh(data, on_progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (2, 2)


def test_a_refresh_of_nothing_changed_loads_no_analysis(data):
    refresh(data)
    code = (
        "import sys\nfrom pathlib import Path\nfrom pipeline.build import refresh\n"
        "assert not refresh(Path(sys.argv[1])).is_new_build\n"
        "print({'spacy', 'sklearn', 'scipy'} & sys.modules.keys())\n"
    )
    command = [sys.executable, "-c", code, str(data)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_progress_is_not_told_where_no_document_is_to_be_analysed(data):
    refresh(data)
    (data / "documents" / "2012-06-05-hill.md").unlink()
    told = []
    refresh(data, on_progress=lambda done, total: told.append((done, total)))
    assert told == []


def test_only_the_newest_builds_are_kept(data):
    for number in range(store.N_KEPT + 2):
        write_document(data, "2010-03-01-port", statements=[f"Ana Holt: Point {number}."])
        refresh(data)
    assert len([path for path in (data / "published").iterdir() if path.is_dir()]) == store.N_KEPT


def table(data, name):
    build_id = store.current_manifest(data / "published")["build_id"]
    return store.read_table(data / "published", build_id, name)


def digests(data):
    tables = store.current_manifest(data / "published")["tables"]
    return {name: entry["sha256"] for name, entry in tables.items()}


def kill_while_tables_are_written(data):
    """Runs a refresh in a process of its own that halts after its third table, and kills it."""
    code = (
        "import sys, time, pipeline.store as store\n"
        "from pathlib import Path\n"
        "from pipeline.build import refresh\n"
        "add, added = store.NewBuild.add, []\n"
        "def slow(build, name, part):\n"
        "    added.append(name)\n"
        "    if len(added) > 3:\n"
        "        print('halted', flush=True)\n"
        "        time.sleep(60)\n"
        "    add(build, name, part)\n"
        "store.NewBuild.add = slow\n"
        "refresh(Path(sys.argv[1]))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(data)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline().strip() == "halted"
        os.kill(process.pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
    assert process.returncode == -signal.SIGKILL


def test_a_build_with_a_file_gone_or_cut_is_made_anew(data):
    first = refresh(data)
    folder = data / "published" / first.build_id
    for damage in (lambda p: p.unlink(), lambda p: p.write_bytes(p.read_bytes()[:-9])):
        damage(data / "published" / refresh(data).build_id / "statements.parquet")
        assert refresh(data).is_new_build
    assert folder.exists()
