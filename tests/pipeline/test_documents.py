import pytest

from pipeline.documents import (
    default_meeting_id,
    read_document,
    read_documents,
    with_paragraphs,
)

HEAD = "---\ndate: 2010-03-01\ntitle: Talks\nplace: Port\nkind: report\n---\n"


def test_a_document_holds_front_matter_paragraphs_and_source_numbers(tmp_path):
    text = HEAD.replace("kind: report\n", "kind: report\nsources:\n  - title: Gazette\n")
    path = write(tmp_path, text + "\n# Heading\n\nAna Holt: Trade grows,\nwe hope. [1]\n\nMore.\n")
    document, problems = read_document(path)
    assert problems == []
    assert (document.document_id, document.place, document.kind) == ("talks", "Port", "report")
    assert [(p.line, p.label, p.source_numbers) for p in document.paragraphs] == [
        (12, "Ana Holt", (1,)),
        (15, "", ()),
    ]
    assert document.paragraphs[0].unlabelled_text == "Trade grows, we hope."


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (b"", 1, "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\xff", 1, "is not a text file"),
        (b"---\ndate: 2010-03-01\ntitle: caf\xe9\n---\n", 3, "is not UTF-8 text"),
        (HEAD.replace("2010", "2210").encode() + b"\nA: b.\n", 2, "lies in the future"),
        (
            b'---\ndate: 2010-03-01\ntitle: "Talks\nplace: Port\nkind: report\n---\n\nA: b.\n',
            3,
            "not valid YAML",
        ),
        (b"---\0---", 1, "is not a text file"),
        (b"Ana Holt: Hello.\n", 1, "no front matter"),
        (b"---\ndate: 2010-03-01\n", 1, "front matter has no end"),
        (b"---\n- one\n---\n\nAna Holt: Hello.\n", 2, "front matter has no keys"),
        (b'---\ndate: 2010-03-01\ntitle: "Talks\n---\n\nAna Holt: Hi.\n', 3, "not valid YAML"),
        (b"---\ntitle: Talks\nkind: report\n---\n\nAna Holt: Hello.\n", 1, "no date"),
        (HEAD.replace("2010-03-01", "soon").encode() + b"\nA: b.\n", 2, "is not a day"),
        (HEAD.replace("-03-", "-13-").encode() + b"\nA: b.\n", 2, "'2010-13-01' is not a day"),
        (HEAD.replace("title: Talks\n", "").encode() + b"\nA: b.\n", 1, "no title"),
        (HEAD.replace("report", "rumour").encode() + b"\nA: b.\n", 5, "unknown kind 'rumour'"),
        (HEAD.replace("place", "plaec").encode() + b"\nA: b.\n", 4, "unknown key 'plaec'"),
        (HEAD.encode(), 1, "no statements"),
        (HEAD.encode() + b"\nAna Holt: Hello. [4]\n", 8, "source [4] does not exist"),
        (HEAD.replace("kind", "sources: one\nkind").encode() + b"\nA: b.\n", 5, "must be a list"),
        (
            HEAD.replace("kind", "sources:\n  - title: A\n    url: ftp://x\nkind").encode()
            + b"\nA: b.\n",
            5,
            "must begin with http:// or https://",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, content, line, what):
    path = tmp_path / "talks.md"
    path.write_bytes(content)
    _, problems = read_document(path)
    assert [(problem.path, problem.line) for problem in problems] == [(str(path), line)]
    assert what in problems[0].message


def test_every_problem_of_a_document_is_told_at_once(tmp_path):
    path = write(tmp_path, "---\nkind: rumour\nplaec: Port\n---\n\nAna Holt: Hello. [2]\n")
    _, problems = read_document(path)
    assert len(problems) == 5  # kind, unknown key, no date, no title, no such source


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path):
    text = HEAD + "\nAna Holt: Trade grows.\n\nBo Lind: So it does.\n"
    plain, _ = read_document(write(tmp_path, text))
    path = tmp_path / "windows.md"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    document, problems = read_document(path)
    assert problems == []
    assert document.paragraphs == plain.paragraphs


def test_a_folder_without_documents_says_so(tmp_path):
    assert "no documents" in read_documents(tmp_path).problems[0].message
    assert "no such folder" in read_documents(tmp_path / "absent").problems[0].message


def test_a_folder_named_like_a_document_is_told(tmp_path):
    (tmp_path / "talks.md").mkdir()
    (problem,) = read_documents(tmp_path).problems
    assert "is a folder" in problem.message


def test_a_file_with_a_problem_yields_no_document_and_hides_none_of_the_others(tmp_path):
    write(tmp_path, HEAD + "\nAna Holt: Hello.\n", name="good")
    write(tmp_path, "", name="empty")
    reading = read_documents(tmp_path)
    assert [document.document_id for document in reading.documents] == ["good"]
    assert len(reading.problems) == 1


def test_a_meeting_without_a_name_is_named_by_day_and_place(tmp_path):
    document, _ = read_document(write(tmp_path, HEAD + "\nAna Holt: Hello.\n"))
    assert document.meeting_id == "2010-03-01-port"
    assert default_meeting_id(document.date, "São Tomé") == "2010-03-01-sao-tome"


def write(folder, text, *, name="talks"):
    path = folder / f"{name}.md"
    path.write_text(text, "utf-8")
    return path


def test_of_a_document_whose_head_is_known_only_the_paragraphs_are_read_again(tmp_path):
    path = write(tmp_path, HEAD + "\nAna Holt: Hello.\n")
    document, _ = read_document(path)
    head = document._replace(paragraphs=(), title="As it was read")
    assert with_paragraphs(head, path=path) == (document._replace(title="As it was read"), [])


def test_a_document_that_changed_since_its_head_was_read_is_read_as_a_whole(tmp_path):
    before, _ = read_document(write(tmp_path, HEAD + "\nAna Holt: Hello.\n"))
    path = write(tmp_path, HEAD.replace("Talks", "Dinner") + "\nAna Holt: Good evening.\n")
    assert with_paragraphs(before, path=path) == read_document(path)
    path.unlink()
    assert "cannot be read" in with_paragraphs(before, path=path)[1][0].message
