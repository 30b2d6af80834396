import re

import pytest
from corpus import write_document
from typer.testing import CliRunner

from pipeline import cli, store
from pipeline.build import refresh
from pipeline.rollback import roll_back


@pytest.fixture
def three(data):
    """A data folder with three builds, and their ids, oldest first."""
    return data, [published(data, number) for number in range(3)]


def test_the_build_before_is_shown_again_whole(three):
    data, builds = three
    done = roll_back(data / "published")
    assert (done.before, done.manifest["build_id"]) == (builds[2], builds[1])
    assert texts(data) == ["Point 1 of trade."]


def test_twice_goes_back_twice_and_a_third_time_says_what_is_kept(three):
    data, builds = three
    roll_back(data / "published")
    roll_back(data / "published")
    assert texts(data) == ["Point 0 of trade."]
    with pytest.raises(store.StoreError, match=f"no earlier build is kept; kept are .*{builds[0]}"):
        roll_back(data / "published")


def test_a_named_build_is_shown_also_a_later_one(three):
    data, builds = three
    roll_back(data / "published", builds[0])
    assert texts(data) == ["Point 0 of trade."]
    roll_back(data / "published", builds[2])
    assert texts(data) == ["Point 2 of trade."]


@pytest.mark.parametrize("unknown", ["20010101T000000-00000000", "../documents", ".", "*"])
def test_an_unknown_build_is_refused_and_those_kept_are_named(three, unknown):
    data, builds = three
    with pytest.raises(store.StoreError, match=re.escape(", ".join(reversed(builds)))):
        roll_back(data / "published", unknown)
    assert store.current_manifest(data / "published")["build_id"] == builds[2]


def test_a_damaged_build_is_refused_by_the_name_of_its_file(three):
    data, builds = three
    path = data / "published" / builds[1] / "themes.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(store.StoreError, match=r"cannot be shown: themes\.parquet damaged; kept"):
        roll_back(data / "published")
    assert store.current_manifest(data / "published")["build_id"] == builds[2]


def test_a_damaged_manifest_is_mended_by_going_back(three):
    data, builds = three
    (data / "published" / store.MANIFEST).write_text("{", "utf-8")
    assert roll_back(data / "published").manifest["build_id"] == builds[2]


def test_a_refresh_afterwards_publishes_what_the_documents_say(three):
    data, builds = three
    roll_back(data / "published", builds[0])
    report = refresh(data)
    assert report.is_new_build
    assert texts(data) == ["Point 2 of trade."]
    assert not refresh(data).is_new_build


def test_while_a_refresh_works_nothing_is_rolled_back(three):
    data, _ = three
    with (
        store.only_one(data / "published"),
        pytest.raises(store.StoreError, match="another refresh is at work"),
    ):
        roll_back(data / "published")


def test_the_command_says_what_it_did(three, monkeypatch):
    data, builds = three
    monkeypatch.setattr(cli, "DATA", data)
    done = CliRunner().invoke(cli.app, ["rollback"])
    assert done.exit_code == 0
    assert f"Shown now: build {builds[1]}\nShown before: {builds[2]}\n" in done.stdout
    refused = CliRunner().invoke(cli.app, ["rollback", "yesterday"])
    assert refused.exit_code == 1
    assert f"no build 'yesterday' is kept; kept are {builds[2]}" in refused.stderr


def published(data, number):
    for path in (data / "documents").glob("*.md"):
        path.unlink()
    write_document(data, "2010-03-01-port", statements=[f"Ana Holt: Point {number} of trade."])
    return refresh(data).build_id


def texts(data):
    build_id = store.current_manifest(data / "published")["build_id"]
    return store.read_table(data / "published", build_id, "statements")["text"].tolist()
