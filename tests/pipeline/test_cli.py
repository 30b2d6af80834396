import json

import pandas as pd
import pytest
from corpus import write_document
from typer.testing import CliRunner

from pipeline import cli
from pipeline.floors import digest


@pytest.fixture
def parley(data, monkeypatch):
    """Runs a command on the invented corpus; gives exit code, output and errors."""
    monkeypatch.setattr(cli, "DATA", data)

    def run(*arguments):
        result = CliRunner().invoke(cli.app, [str(argument) for argument in arguments])
        return result.exit_code, result.stdout, result.stderr

    return run


def test_refresh_reports_and_the_second_one_says_that_nothing_changed(parley):
    code, out, _ = parley("refresh")
    assert code == 0
    assert "2 documents, 2 analysed\n" in out
    assert "Statements: 0 before, 6 now" in out
    assert "Nothing changed: 2 documents, 6 statements, 0 analysed" in parley("refresh")[1]


def test_check_says_that_all_is_well_or_lists_every_problem(parley, data):
    assert parley("check") == (0, "2 documents, 6 statements: no problems\n", "")
    path = write_document(data, "2011-01-01-bay", statements=["Carl Dunne: Hi.", "Ana Holt: Yes."])
    code, out, err = parley("check")
    assert (code, out) == (1, "")
    assert err.startswith(f"{path}:11: unknown speaker 'Carl Dunne'")
    assert err.endswith("1 problem found\n")


def test_check_names_what_is_not_read_and_a_manifest_that_is_gone(parley, data):
    parley("refresh")
    (data / "documents" / "notes.txt").write_text("Trade grows.", "utf-8")
    (data / "published" / "manifest.json").unlink()
    code, _, err = parley("check")
    assert code == 1
    assert "notes.txt:1: is not read" in err
    assert "manifest.json:1: is gone, but builds are kept; run `parley rollback`" in err
    code, _, err = parley("export", data / "out")
    assert (code, "run `parley rollback`" in err) == (1, True)


def test_a_refresh_with_problems_ends_with_1_and_publishes_nothing(parley, data):
    (data / "documents" / "empty.md").write_text("", "utf-8")
    assert parley("refresh")[0] == 1
    assert not (data / "published" / "manifest.json").exists()


def test_evaluate_prints_the_same_figures_for_people_and_machines(parley, tmp_path):
    gold = tmp_path / "mine.csv"
    gold.write_text("text,themes,tone\nTrade is welcome.,trade,1\nTrade.,energy,\n", "utf-8")
    result = json.loads(parley("evaluate", "--gold", gold, "--json")[1])
    wanted = {"n", "theme_micro_f1", "theme_macro_f1", "tone_accuracy", "tone_macro_f1", "themes"}
    assert wanted <= result.keys()
    assert (result["n"], result["tone_accuracy"]) == (2, 1)
    out = parley("evaluate", "--gold", gold)[1]
    assert f"theme micro f1       {result['theme_micro_f1']:.3f}" in out


def test_evaluate_fails_under_a_floor(parley, data):
    gold = data / "gold"
    gold.mkdir()
    (gold / "statements.csv").write_text("text,themes,tone\nTrade.,energy,1\n", "utf-8")
    pinned = {
        "sha256": {"statements.csv": digest(gold / "statements.csv")},
        "floors": {"theme_micro_f1": 0.5},
    }
    (gold / "floors.json").write_text(json.dumps(pinned), "utf-8")
    for arguments in ((), ("--gold", gold)):
        code, _, err = parley("evaluate", *arguments)
        assert code == 1
        assert "theme_micro_f1 is 0.000, under its floor 0.50" in err


def test_evaluate_without_floors_says_that_none_are_checked(parley, data):
    (data / "gold").mkdir()
    (data / "gold" / "statements.csv").write_text("text,themes,tone\nTrade.,trade,1\n", "utf-8")
    code, out, err = parley("evaluate")
    assert (code, out.split("\n")[0]) == (0, "1 statement")
    assert err == f"No floors are checked: there is no {data / 'gold' / 'floors.json'}\n"
    (data / "gold" / "floors.json").write_text("{", "utf-8")
    code, _, err = parley("evaluate")
    assert (code, "floors.json:1: is not valid JSON" in err) == (1, True)


def test_check_and_refresh_refuse_the_same_gold_files(parley, data):
    (data / "gold").mkdir()
    path = data / "gold" / "statements.csv"
    path.write_bytes("text,themes,tone\nCafé.,trade,1\n".encode("latin-1"))
    for command in ("check", "refresh"):
        code, _, err = parley(command)
        assert code == 1
        assert f"{path}:1: is not UTF-8 text" in err


def test_a_curve_of_few_statements_says_how_many_it_takes(parley, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("text,themes,tone\nTrade is welcome.,trade,1\n", "utf-8")
    code, _, err = parley("evaluate", "--gold", path, "--curve")
    assert (code, "label 100 statements with a tone, of 10 documents" in err) == (1, True)


@pytest.mark.parametrize(
    ("place", "arguments", "line"),
    [
        ("corrections.csv", ("refresh",), "{}:1: cannot be read"),
        ("corrections.csv", ("check",), "{}:1: cannot be read"),
        ("rules/events.toml", ("check",), "{}:1: cannot be read"),
        ("out", ("label", "in.csv", "--out", "out"), "{}:1: cannot be written"),
    ],
)
def test_a_folder_in_the_place_of_a_file_is_told_with_a_remedy(
    parley, data, monkeypatch, place, arguments, line
):
    monkeypatch.chdir(data)
    (data / "in.csv").write_text("text\nTrade.\n", "utf-8")
    (data / place).mkdir()
    code, _, err = parley(*arguments)
    assert code == 1
    assert line.format(place) in err
    assert "Errno" not in err


def test_a_file_in_the_place_of_a_folder_is_told_with_a_remedy(parley, data):
    parley("refresh")
    taken = data / "taken"
    taken.write_text("", "utf-8")
    assert parley("refresh", "--rules", taken)[0] == 2
    code, _, err = parley("export", taken / "out")
    assert (code, "cannot be written" in err, "Errno" in err) == (1, True, False)


def test_label_adds_three_columns_and_leaves_the_others_as_they_were(parley, tmp_path):
    texts, out = tmp_path / "in.csv", tmp_path / "out.csv"
    texts.write_text('id,words\n007,"Trade, we say, is welcome."\n008,\n', "utf-8")
    assert parley("label", texts, "--column", "words", "--out", out)[0] == 0
    rows = pd.read_csv(out, dtype=str, keep_default_na=False)
    assert rows.columns.tolist() == ["id", "words", "themes", "tone", "tone_label"]
    assert rows.loc[0, ["id", "themes", "tone_label"]].tolist() == ["007", "trade", "positive"]
    assert rows.loc[1].tolist() == ["008", "", "", "0.0", "neutral"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"id,words\n1,a\n", "no column 'text'; name one of id, words with --column"),
        (b"", "is empty"),
        (b"text\n\xff\xfe\n", "is not UTF-8 text"),
    ],
)
def test_label_says_what_is_wrong_with_the_file(parley, tmp_path, content, what):
    texts, out = tmp_path / "in.csv", tmp_path / "out.csv"
    texts.write_bytes(content)
    code, _, err = parley("label", texts, "--out", out)
    assert code == 1
    assert f"{texts}:1: " in err
    assert what in err
    assert not out.exists()


def test_export_writes_every_table_or_names_the_formats(parley, tmp_path):
    parley("refresh")
    code, _, _ = parley("export", tmp_path / "out")
    assert (code, "statements.csv" in {p.name for p in (tmp_path / "out").iterdir()}) == (0, True)
    code, _, err = parley("export", tmp_path / "out", "--format", "doc")
    assert code == 2
    assert "csv, json, xlsx" in err


def test_without_a_command_the_help_is_shown(parley):
    out = "".join(parley()[1:])
    assert all(name in out for name in ("refresh", "check", "evaluate", "label", "export"))
