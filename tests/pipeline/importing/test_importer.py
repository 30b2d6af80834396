import os
import shutil

import pytest
from corpus import ROOT
from hostile import no_hang
from typer.testing import CliRunner

from pipeline import cli
from pipeline.documents import read_documents
from pipeline.statements import read_statements

PAGE = (
    "Holt and Lind hold talks\n\nKarst, 3 March 2010\n\n"
    "Ardenian Foreign Minister Ana Holt said that trade with Borea had grown. "
    "Borean Foreign Minister Carl Dunne said that it would grow further. "
    "He added that a second bridge over the river would be opened before the end of the year.\n\n"
    "Comments\n\nI do not believe it.\n"
)


@pytest.fixture
def parley(data, monkeypatch):
    shutil.copy(ROOT / "data" / "rules" / "importing.toml", data / "rules")
    monkeypatch.setattr(cli, "DATA", data)

    def run(*arguments):
        result = CliRunner().invoke(cli.app, [str(argument) for argument in arguments])
        return result.exit_code, result.stdout, result.stderr

    return run


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    return path


def test_a_page_becomes_a_document_that_passes_the_check_and_is_published(parley, data, page):
    code, out, _ = parley("import", page)
    assert code == 0
    assert "1 of 1 documents written" in out
    assert "new speaker: Carl Dunne, side Borea" in out
    assert "left out (after the end of the text (Comments)): I do not believe it." in out
    assert parley("check")[0] == 0
    assert parley("refresh")[0] == 0
    documents, problems = read_documents(data / "documents")
    assert not problems
    assert "2010-03-03-karst" in {document.document_id for document in documents}


def test_the_document_itself_says_of_which_side_a_new_speaker_is(parley, data, page):
    from pipeline.speakers import read_speakers

    parley("import", page)
    documents, _ = read_documents(data / "documents")
    speakers = read_speakers(data / "rules" / "speakers.toml")
    statements, problems = read_statements(documents, speakers=speakers)
    assert not problems
    assert ("Carl Dunne", "Borea") in {(s.speaker, s.side) for s in statements}


def test_the_same_page_twice_is_recognised_by_bytes_and_by_words(parley, data, page, tmp_path):
    parley("import", page)
    code, out, err = parley("import", page)
    assert (code, err) == (0, "")
    assert "was imported before, as 2010-03-03-karst.md" in out
    assert "0 of 1 documents written, 1 known already, 0 not" in out
    other = tmp_path / "other.txt"
    long = PAGE.replace("Comments", "The two last met in Dolin, where they spoke of fish. ")
    other.write_text(long, "utf-8")
    assert parley("import", other)[0] == 1
    assert len(list((data / "documents").glob("*.md"))) == 3


def test_nothing_is_overwritten(parley, data, page, tmp_path):
    parley("import", page)
    before = (data / "documents" / "2010-03-03-karst.md").read_bytes()
    other = tmp_path / "other.txt"
    other.write_text(
        "Fish\n\nKarst, 3 March 2010\n\nAna Holt said that all fish were gone.", "utf-8"
    )
    assert parley("import", other)[0] == 0
    assert (data / "documents" / "2010-03-03-karst.md").read_bytes() == before
    assert (data / "documents" / "2010-03-03-karst-2.md").exists()


def test_a_dry_run_shows_the_draft_and_writes_nothing(parley, data, page):
    before = sorted((data / "documents").iterdir())
    code, out, _ = parley("import", page, "--dry-run", "--place", "Dolin")
    assert code == 0
    assert "place: Dolin" in out
    assert "Ana Holt: Ardenian Foreign Minister Ana Holt said" in out
    assert sorted((data / "documents").iterdir()) == before


def test_an_unsettled_day_is_asked_for(parley, page, data):
    page.write_text(PAGE.replace("Karst, 3 March 2010", "3 March 2010"), "utf-8")
    code, out, err = parley("import", page)
    assert code == 1
    assert "candidate: Wednesday, 2010-03-03" in out
    assert "state it with --date" in err
    assert parley("import", page, "--date", "2010-03-02")[0] == 0
    assert (data / "documents" / "2010-03-02.md").exists()


@pytest.mark.parametrize(
    "arguments", [["absent.txt"], ["--kind", "rumour"], ["--date", "soon"], [], [""]]
)
def test_wrong_usage_ends_with_2(parley, page, arguments):
    sources = [page] if arguments and arguments[0].startswith("--") else []
    assert parley("import", *sources, *arguments)[0] == 2


def test_a_folder_with_a_table(parley, data, tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in "abc":
        (texts / f"{name}.txt").write_text(f"Here {name} is a letter. " * 200, "utf-8")
    table = tmp_path / "table.csv"
    table.write_text(
        "file,date,speaker,place,title,kind,meeting\n"
        "a.txt,2010-03-03,Ana Holt,Karst,Letters,speech,letters\n"
        "b.txt,2010-03-04,,Karst,,,letters\n",
        "utf-8",
    )
    code, out, err = parley("import", texts, "--metadata", table)
    assert code == 1
    assert "2 of 3 documents written, 1 not" in out
    assert "c.txt:1: has no row in table.csv" in err
    documents, problems = read_documents(data / "documents")
    assert not problems
    by_id = {document.document_id: document for document in documents}
    assert by_id["a"].meeting_id == "letters"
    assert by_id["b"].participants == ("Unknown speaker",)
    assert all(len(p.text.split()) <= 160 for p in by_id["a"].paragraphs)
    assert "0 of 3 documents written, 2 known" in parley("import", texts, "--metadata", table)[1]


@pytest.mark.parametrize("name", ["../secret.txt", "{outside}"])
def test_a_table_reaches_no_file_outside_its_folder(parley, data, tmp_path, name):
    outside = tmp_path / "secret.txt"
    outside.write_text("Ana Holt: I have a secret that nobody is to read.", "utf-8")
    (tmp_path / "texts").mkdir()
    table = tmp_path / "texts" / "table.csv"
    table.write_text(f"file,date\n{name.format(outside=outside)},2010-03-03\n", "utf-8")
    before = set((data / "documents").iterdir())
    code, _, err = parley("import", tmp_path / "texts", "--metadata", table)
    assert code == 1
    assert "no such file; mend its name in the table" in err
    assert set((data / "documents").iterdir()) == before


def test_a_table_with_mistakes_lists_all_of_them(parley, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("file,date,kind\na.txt,soon,rumour\n,2999-01-01,\n", "utf-8")
    _, _, err = parley("import", tmp_path, "--metadata", table)
    assert f"{table}:2: a.txt: no such file" in err
    assert f"{table}:3: date 2999-01-01 lies in the future" in err
    assert f"{table}:2: date 'soon' is not a day" in err
    assert f"{table}:2: unknown kind 'rumour'" in err
    assert f"{table}:3: no file" in err


@pytest.mark.parametrize(
    ("header", "what"),
    [
        (
            "file,date,spaeker",
            "unknown column 'spaeker'; the columns are file, date, speaker, side,",
        ),
        ("file;date;speaker", "separated by semicolons; separate them by commas"),
        ("file,speaker", "no column date; the columns are file, date, speaker, side,"),
    ],
)
def test_columns_that_cannot_be_read_are_refused(parley, tmp_path, header, what):
    table = tmp_path / "table.csv"
    table.write_text(f"{header}\n", "utf-8")
    code, _, err = parley("import", tmp_path, "--metadata", table)
    assert code == 1
    assert f"{table}:1: " in err
    assert what in err


def test_a_table_and_options_that_say_the_same_are_refused(parley, page, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("file,date\npage.txt,2010-03-03\n", "utf-8")
    code, _, err = parley("import", page, "--metadata", table, "--kind", "speech")
    assert code == 2
    assert "Invalid value for --metadata" in err


def test_hidden_files_are_not_read_and_other_endings_are_counted(parley, tmp_path):
    folder = tmp_path / ".texts"
    for name in ("page.txt", "page.csv", ".hidden.txt", ".git/page.txt", "more/.venv/page.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PAGE, "utf-8")
    code, out, _ = parley("import", folder)
    assert code == 0
    assert "1 of 1 documents written, 0 not" in out
    assert "Passed over: 1 with other endings; read are .html .htm .txt .md .pdf .docx" in out


def test_an_empty_folder_holds_nothing_to_import(parley, tmp_path):
    (tmp_path / "empty").mkdir()
    code, _, err = parley("import", tmp_path / "empty")
    assert code == 1
    assert f"{tmp_path / 'empty'}:1: nothing to import" in err


@pytest.mark.parametrize("option", ["", "--metadata"])
def test_a_pipe_is_refused_and_not_waited_for(parley, page, tmp_path, option):
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with no_hang(20):
        code, _, err = parley("import", *([page, option] if option else []), pipe)
    assert code == 1
    assert f"{pipe}:1: is no regular file" in err


def test_a_folder_that_cannot_be_written_to_is_named_not_the_page(parley, page):
    out = page / "documents"
    code, _, err = parley("import", page, "--out", out)
    assert code == 1
    assert f"{out}:1: cannot be written to (Not a directory); mend its rights" in err
    assert f"{page}:1:" not in err


def test_a_problem_names_the_file_as_it_was_named(parley, tmp_path, monkeypatch):
    (tmp_path / "texts" / "more").mkdir(parents=True)
    for name in ("empty.txt", "more/empty.txt"):
        (tmp_path / "texts" / name).touch()
    monkeypatch.chdir(tmp_path)
    _, _, err = parley("import", "texts")
    lines = [line.split(":")[0] for line in err.splitlines()]
    assert lines == ["texts/empty.txt", "texts/more/empty.txt"]


def test_a_day_to_come_is_refused_as_the_check_refuses_it(parley, data, page):
    before = set((data / "documents").iterdir())
    code, _, err = parley("import", page, "--date", "2999-01-01")
    assert code == 1
    assert f"{page}:1: date 2999-01-01 lies in the future; mend the day of the event" in err
    assert set((data / "documents").iterdir()) == before


def test_check_finds_documents_that_say_the_same_thing_twice(parley, data, page):
    parley("import", page)
    text = (data / "documents" / "2010-03-03-karst.md").read_text("utf-8")
    (data / "documents" / "copy.md").write_text(text.replace("Comments", ""), "utf-8")
    code, _, err = parley("check")
    assert code == 1
    assert "copy.md:1: says what 2010-03-03-karst.md says: 100%" in err


def test_check_finds_mistakes_in_the_vocabulary(parley, data):
    path = data / "rules" / "importing.toml"
    path.write_text(path.read_text("utf-8").replace("verbs = [", "verb = [", 1), "utf-8")
    code, _, err = parley("check")
    assert code == 1
    assert "importing.toml" in err
    assert "no verbs in [reporting]" in err
