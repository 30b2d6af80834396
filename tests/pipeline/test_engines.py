import operator
import os
import select
import signal
import subprocess
import sys
import time
from types import ModuleType

import pytest
from corpus import ROOT, write_corpus, write_document
from typer.testing import CliRunner

from pipeline import store
from pipeline.build import refresh
from pipeline.cli import app
from pipeline.elsewhere import located
from pipeline.engines import Dask, EngineError, Here, Processes
from pipeline.parts import in_groups
from pipeline.tables import TABLES
from pipeline.written import Written


@pytest.fixture
def data(tmp_path):
    folder = write_corpus(tmp_path / "data")
    for year in range(1990, 2020):
        said = [f"Ana Holt: In {year} trade grows and the peace treaty is near."] * 3
        write_document(folder, f"{year}-01-01-cape", date=f"{year}-01-01", statements=said)
    return folder


@pytest.fixture(scope="module")
def cluster():
    """A Dask cluster of two worker processes: its scheduler's address, and the workers' ids."""
    with subprocess.Popen(
        [sys.executable, "-c", _CLUSTER],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        address, *pids = process.stdout.readline().split()
        yield address, [int(pid) for pid in pids]
        process.stdin.close()


_CLUSTER = """
import sys
from distributed import Client, LocalCluster

if __name__ == "__main__":
    options = dict(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None)
    with LocalCluster(host="127.0.0.1", **options) as cluster, Client(cluster) as client:
        pids = client.run(__import__("os").getpid)
        print(cluster.scheduler_address, *pids.values(), flush=True)
        sys.stdin.read()
"""


def test_a_part_has_documents_of_a_certain_size(monkeypatch):
    monkeypatch.setattr("pipeline.parts.N_BYTES", 10)
    groups = [range(6)[group] for group in in_groups([4, 4, 4, 30, 2, 2])]
    assert [list(group) for group in groups] == [[0, 1, 2], [3], [4, 5]]


@pytest.mark.parametrize("engine", [Here(), Processes(2)])
def test_results_come_in_the_order_of_the_parts(engine):
    assert list(engine.spread(operator.add, range(9), shared=10)) == list(range(10, 19))


def test_no_parts_are_no_work():
    assert list(Processes(2).spread(operator.add, [], shared=1)) == []


def test_processes_do_not_run_the_script_again_that_started_this_one(monkeypatch, tmp_path):
    script = ModuleType("__main__")
    script.__file__ = str(tmp_path / "script.py")
    (tmp_path / "script.py").write_text("raise SystemExit('run again')", "utf-8")
    monkeypatch.setitem(sys.modules, "__main__", script)
    assert list(Processes(2).spread(operator.add, [1, 2], shared=1)) == [2, 3]
    assert sys.modules["__main__"] is script


def test_processes_draw_no_bar_of_the_queries_that_they_ask(tmp_path):
    shown = Processes(2).spread(is_a_bar_shown, [tmp_path, tmp_path], shared=None)
    assert list(shown) == [False, False]


def test_a_process_that_is_ended_is_told():
    with pytest.raises(EngineError, match="was ended from outside"):
        list(Processes(2).spread(end_itself, [1, 2], shared=None))


def test_processes_end_with_the_one_that_is_killed():
    command = [sys.executable, "-c", _PROCESSES]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, bufsize=0) as process:
        for _ in range(2):
            process.stdout.readline()  # both are at work
        process.kill()
        # The pipe ends with the last process that holds it. Their ids would tell less: an ended
        # process has its id until it is fetched.
        ended, _, _ = select.select([process.stdout], [], [], 30)
        assert ended
        assert process.stdout.read() == b""


_PROCESSES = """
import sys
sys.path[:0] = ["tests", "tests/pipeline"]
from pipeline.engines import Processes
from test_engines import say_so

if __name__ == "__main__":
    list(Processes(2).spread(say_so, [60, 60], shared=None))
"""


def test_several_processes_make_the_same_tables_as_one(data, monkeypatch):
    monkeypatch.setattr("pipeline.parts.N_BYTES", 500)
    one = tables_of(data, "one")
    monkeypatch.setattr("pipeline.making.engine_for", lambda _: Processes(2))
    assert tables_of(data, "several") == one


def test_a_cluster_makes_the_same_tables_though_a_worker_is_killed(data, cluster, monkeypatch):
    monkeypatch.setattr("pipeline.parts.N_BYTES", 500)
    one = tables_of(data, "one")
    address, pids = cluster

    def kill_one(done, total):
        if len(pids) == 2 and total / 3 < done < total:
            os.kill(pids.pop(), signal.SIGKILL)

    of_cluster = tables_of(data, "cluster", cluster=Dask(address), on_progress=kill_one)
    assert len(pids) == 1
    assert of_cluster == one


def test_the_command_takes_corpus_and_builds_from_addresses(data, cluster):
    published = data / "elsewhere"
    named = {"--documents": data / "documents", "--published": published}
    addresses = [part for name, path in named.items() for part in (name, f"file://{path}")]
    engine = ["--engine", "dask", "--scheduler", cluster[0]]
    command = ["refresh", "--rules", str(data / "rules"), *addresses, *engine]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    first = store.current_manifest(published)
    assert not store.damaged_files(published, first)
    assert "Nothing changed" in CliRunner().invoke(app, command).output
    write_document(data, "2021-01-01-cape", date="2021-01-01", statements=["Ana Holt: Peace."])
    assert "1 analysed" in CliRunner().invoke(app, command).output
    assert {b["build_id"] for b in store.builds(published)} > {first["build_id"]}


def test_of_two_refreshes_elsewhere_the_later_one_does_not_overwrite(data, monkeypatch):
    published = located(f"file://{data}/elsewhere")
    refresh(data, published=published)
    write_document(data, "2021-01-01-cape", date="2021-01-01", statements=["Ana Holt: Peace."])

    def meanwhile(done, total):
        monkeypatch.undo()
        refresh(data, published=published)

    with pytest.raises(store.StoreError, match="another refresh has published build"):
        refresh(data, published=published, on_progress=meanwhile)


def test_corpus_and_builds_in_a_store_that_is_no_file_system_are_kept_up_to_date(tmp_path):
    data = write_corpus(tmp_path / "data")
    documents, published = (located(f"memory://{tmp_path.name}/{name}") for name in "dp")
    documents.mkdir(parents=True)
    for point in range(store.N_KEPT + 2):
        write_document(data, "2010-03-01-port", statements=[f"Ana Holt: Point {point} on trade."])
        for path in (data / "documents").iterdir():
            (documents / path.name).write_bytes(path.read_bytes())
        report = refresh(data, documents=documents, published=published)
        assert len(report.analysed) == (1 if point else 2)
    assert store.current_manifest(published)["build_id"] == report.build_id
    assert len(store.builds(published)) == store.N_KEPT
    assert not refresh(data, documents=documents, published=published).is_new_build


@pytest.mark.parametrize("folder", ["documents", "published"])
def test_a_store_that_does_not_answer_is_told_with_a_remedy(tmp_path, folder, monkeypatch):
    def no_answer(*_, **__):
        raise RuntimeError("no route to the store")

    data = write_corpus(tmp_path / "data")
    far = located(f"memory://{tmp_path.name}/far")
    for name in ("info", "open", "exists", "ls"):
        monkeypatch.setattr(type(far.fs), name, no_answer)
    with pytest.raises(store.StoreError, match=r"cannot be reached.*no route"):
        refresh(data, **{folder: far})


def test_no_scheduler_is_told_with_a_remedy():
    engine = Dask("tcp://127.0.0.1:9")
    with pytest.raises(EngineError, match="no Dask scheduler answers"):
        list(engine.spread(operator.add, [1], shared=1))


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--engine", "spark"], "use local, or dask"),
        (["--engine", "dask"], "name its address"),
        (["--scheduler", "tcp://127.0.0.1:9"], "use local, or dask"),
        (["--documents", "nowhere://documents"], "Unsupported filesystem"),
    ],
)
def test_options_that_do_not_fit_are_usage_errors(options, what):
    done = CliRunner().invoke(app, ["refresh", *options])
    assert done.exit_code == 2
    assert what in " ".join(done.output.replace("│", "").split())


def is_a_bar_shown(_, overflow):
    with Written(overflow=overflow) as written:
        return bool(written.rows("SELECT current_setting('enable_progress_bar')").iat[0, 0])


def say_so(_, seconds):
    os.write(1, b"at work\n")
    time.sleep(seconds)


def end_itself(_, part):
    os.kill(os.getpid(), signal.SIGKILL)


def tables_of(data, name, **options):
    """Every table that a refresh publishes, as columns of values."""
    published = data / name
    report = refresh(data, published=published, **options)
    read = {table: store.read_table(published, report.build_id, table) for table in TABLES}
    return {table: frame.to_dict("list") for table, frame in read.items()}
