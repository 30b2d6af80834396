from corpus import write_corpus, write_document

from pipeline.documents import read_documents
from pipeline.speakers import read_speakers
from pipeline.statements import count_words, read_statements


def test_every_alias_is_one_speaker_and_a_paragraph_without_name_goes_on(tmp_path):
    statements, problems = read(
        tmp_path, "Holt: One.", "And two.", "foreign minister  HOLT: Three.", "Lind: Four."
    )
    assert problems == []
    assert [(s.speaker, s.side, s.text) for s in statements] == [
        ("Ana Holt", "Ardenia", "One."),
        ("Ana Holt", "Ardenia", "And two."),
        ("Ana Holt", "Ardenia", "Three."),
        ("Bo Lind", "Borland", "Four."),
    ]


def test_an_id_holds_speaker_and_words_and_not_the_place_in_the_document(tmp_path):
    before, _ = read(tmp_path / "a", "Ana Holt: One.", "Bo Lind: Two.")
    after, _ = read(tmp_path / "b", "Bo Lind: Zero.", "Ana Holt: One.", "Bo Lind: Two, too.")
    assert before[0].statement_id == after[1].statement_id
    assert before[1].statement_id != after[2].statement_id


def test_words_said_twice_have_two_ids(tmp_path):
    statements, _ = read(tmp_path, "Ana Holt: Yes.", "Ana Holt: Yes.")
    assert statements[1].statement_id == statements[0].statement_id + "-2"


def test_the_role_says_how_the_words_reached_us(tmp_path):
    lines = ("Ana Holt: One.", "Question: Why?", "Joint: Agreed.")
    reported, _ = read(tmp_path / "a", *lines)
    spoken, _ = read(tmp_path / "b", *lines, kind="transcript")
    assert [s.role for s in reported] == ["reported", "question", "joint"]
    assert [s.role for s in spoken] == ["speech", "question", "joint"]


def test_an_unknown_speaker_is_a_problem_with_line_and_the_nearest_name(tmp_path):
    _, problems = read(tmp_path, "Ana Holt: One.", "Anna Holt: Two.", "Carl Dunne: Three.")
    assert [problem.line for problem in problems] == [13, 15]
    assert "did you mean Ana Holt?" in problems[0].message
    assert "add a name or alias to speakers.toml" in problems[1].message


def test_a_paragraph_before_any_speaker_is_a_problem(tmp_path):
    statements, problems = read(tmp_path, "Words of no one.", "Ana Holt: One.")
    assert [s.text for s in statements] == ["One."]
    assert "no speaker before this paragraph" in problems[0].message


def test_a_colon_within_a_sentence_names_no_speaker(tmp_path):
    statements, problems = read(tmp_path, "Ana Holt: One.", "On trade: it grows.")
    assert problems == []
    assert statements[1].text == "On trade: it grows."


def test_words_are_counted_as_people_count_them():
    assert count_words("The two-plus-two isn't over, at 5 p.m.") == 8


def read(folder, *lines, kind="report"):
    write_corpus(folder)
    for path in (folder / "documents").iterdir():
        path.unlink()
    write_document(folder, "talks", kind=kind, statements=lines)
    documents, problems = read_documents(folder / "documents")
    assert problems == ()
    return read_statements(documents, speakers=read_speakers(folder / "rules" / "speakers.toml"))
