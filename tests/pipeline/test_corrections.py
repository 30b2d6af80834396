import threading

import pytest
from corpus import write_document

from pipeline import store
from pipeline.build import folders_under, refresh
from pipeline.checking import stale
from pipeline.corrections import Correction, add_corrections
from pipeline.making import read_input
from pipeline.problems import InputError

HEADER = "statement_id,field,value,by,on,why\n"


def test_themes_tone_and_speaker_are_set_right(data):
    trade, shield = ids_of(data)[:2]
    correct(data, trade, "themes", "energy|trade")
    correct(data, shield, "tone", "neutral")
    correct(data, shield, "speaker", "Foreign Minister Holt")
    refresh(data)
    assert set(themes_of(data, trade)["theme_id"]) == {"energy", "trade"}
    row = statement(data, shield)
    assert (row["tone"], row["tone_label"]) == (0, "neutral")
    assert (row["speaker"], row["side"]) == ("Ana Holt", "Ardenia")
    assert set(themes_of(data, shield)["tone"]) == {0}
    assert table(data, "corrections")["measured"].tolist() == ["trade", "negative", "Bo Lind"]


def test_no_theme_at_all_leaves_no_marks_either(data):
    trade = ids_of(data)[0]
    correct(data, trade, "themes", "")
    refresh(data)
    assert themes_of(data, trade).empty
    assert trade not in set(table(data, "theme_matches")["statement_id"])


def test_counts_and_charts_read_what_was_set_right(data):
    trade = ids_of(data)[0]
    correct(data, trade, "themes", "energy")
    refresh(data)
    counts = table(data, "theme_counts").groupby("theme_id")["n_statements"].sum()
    assert counts["energy"] == 1


def test_corrections_survive_a_refresh_and_go_when_their_row_goes(data):
    shield = ids_of(data)[1]
    correct(data, shield, "tone", "positive")
    refresh(data)
    write_document(data, "2013-01-01-cape", date="2013-01-01", statements=["Ana Holt: Rain."])
    refresh(data)
    assert statement(data, shield)["tone_label"] == "positive"
    (data / "corrections.csv").write_text(HEADER, "utf-8")
    refresh(data)
    assert statement(data, shield)["tone_label"] == "negative"


def test_the_later_of_two_rows_holds(data):
    shield = ids_of(data)[1]
    correct(data, shield, "tone", "positive")
    correct(data, shield, "tone", "neutral")
    refresh(data)
    assert statement(data, shield)["tone_label"] == "neutral"
    assert stale_in(data) == []  # the earlier row tells what was thought before


def test_check_names_what_is_gone_and_what_is_so_anyhow(data):
    shield = ids_of(data)[1]
    correct(data, "2001-01-01-nowhere-00000000", "tone", "neutral")
    correct(data, shield, "tone", "negative")
    messages = {problem.line: problem.message for problem in stale_in(data)}
    assert "gone" in messages[2]
    assert "anyhow" in messages[3]
    refresh(data)
    assert len(table(data, "corrections")) == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",tone,neutral,me,,", "no statement_id"),
        ("x,colour,blue,me,,", "colour"),
        ("x,tone,0.3,me,,", "0.3"),
        ("x,themes,trade|whales,me,,", "whales"),
        ("x,speaker,Nobody,me,,", "Nobody"),
        ("x,tone,neutral,,2024-01-01,", "nobody is named"),
        ("x,tone,neutral,me,2024-02-30,", "no day"),
        ("x,tone,neutral,me,2999-01-01,", "no day"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_published(data, row, said):
    (data / "corrections.csv").write_text(
        f'{HEADER}y,tone,neutral,me,2024-01-01,"two\nlines"\n{row}\n', "utf-8"
    )
    with pytest.raises(InputError) as error:
        refresh(data)
    (problem,) = error.value.problems
    assert problem.line == 4
    assert said in problem.message
    assert not (data / "published" / "manifest.json").exists()


@pytest.mark.parametrize("text", ["", "statement_id,field\n", "\ufeffa,b\n"])
def test_a_wrong_header_is_named(data, text):
    (data / "corrections.csv").write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"corrections\.csv:1: no column"):
        refresh(data)


def test_many_writers_at_once_lose_nothing(tmp_path):
    path = tmp_path / "corrections.csv"

    def write(number):
        for again in range(10):
            add_corrections(
                path, [Correction(f"s{number}-{again}", "tone", "neutral", "a", "", "=1")]
            )

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    lines = path.read_text("utf-8").splitlines()
    assert lines[0] == HEADER.strip()
    assert len(set(lines[1:])) == len(lines[1:]) == 80


def test_rows_are_added_to_what_a_person_wrote(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text(f"{HEADER}a,tone,neutral,me,,", "utf-8")
    add_corrections(path, [Correction("b", "themes", "", "you", "2024-01-01", "said, so")])
    assert path.read_text("utf-8").splitlines()[1:] == [
        "a,tone,neutral,me,,", 'b,themes,,you,2024-01-01,"said, so"',
    ]  # fmt: skip


def correct(data, statement_id, field, value):
    row = Correction(statement_id, field, value, "a reader", "2024-01-01", "read it")
    add_corrections(data / "corrections.csv", [row])


def stale_in(data):
    folders = folders_under(data)
    return list(stale(read_input(folders), folders))


def ids_of(data):
    return [s.statement_id for s in read_input(folders_under(data)).statements]


def statement(data, statement_id):
    return table(data, "statements").set_index("statement_id").loc[statement_id]


def themes_of(data, statement_id):
    return table(data, "statement_themes").query("statement_id == @statement_id")


def table(data, name):
    folder = data / "published"
    return store.read_table(folder, store.current_manifest(folder)["build_id"], name)
