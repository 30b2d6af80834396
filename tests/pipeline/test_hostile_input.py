"""What explodes, climbs, hides or never ends is refused, with its place."""

import os

import pytest
from corpus import SPEAKERS, write_document
from holding import held
from hostile import TEXTS, TURNING, no_hang

from pipeline.build import folders_under
from pipeline.documents import read_document, read_documents
from pipeline.making import read_input
from pipeline.problems import InputError
from pipeline.rules import read_toml
from pipeline.speakers import read_speakers

HEAD = "---\ndate: 2010-03-01\ntitle: Talks\nkind: report\n{}---\n\nAna Holt: {}\n"
BOMB = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{f'*a{i - 1},' * 9}]\n" for i in range(1, 12))


@pytest.mark.parametrize(
    ("key", "what"),
    [
        (BOMB, "more than 10,000 values, aliases counted"),
        ("sources: &a\n  - title: *a\n", "more than 10,000 values, aliases counted"),
        (BOMB.replace("a11", "sources"), "more than 10,000 values, aliases counted"),
        ("place: !!python/object/apply:os.system ['touch gone']\n", "is not valid YAML"),
        ("place: !!python/name:os.system\n", "is not valid YAML"),
        (f"place: {'[' * 3000}{']' * 3000}\n", "is not valid YAML"),
        (f"meeting: 0x{'f' * 5000}\n", "a number beyond all use"),
        (f"place: {'w' * 5000}\n", "holds a value of 5,000 characters"),
        (f"place: {TEXTS[0]}\n", "place \"<script>document.title='stolen'</script>\" holds '<'"),
        ('place: "gnp\\u202egnp"\n', "holds U+202E, which turns the direction of writing"),
        (f"participants:\n  - {{name: '{TEXTS[3]}', side: X}}\n".replace("''", "'"), ""),
        ("meeting: ../../etc\n", "use letters, digits, - and _ only"),
        ("sources:\n  - {title: A, url: 'javascript:alert(1)'}\n", "must begin with http"),
        ("sources:\n  - {title: A, url: ' JAVASCRIPT://x'}\n", "must begin with http"),
        ("sources:\n  - {title: A, url: 'data:text/html,x'}\n", "must begin with http"),
    ],
)
def test_front_matter_that_explodes_climbs_or_runs_is_refused(tmp_path, key, what):
    problems = read(tmp_path, HEAD.format(key, "Trade."))
    assert what in problems[0].message


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("w" * 1_000_000, "holds a word of 1,000,000 characters"),
        ("so long " * 10_000, "characters; cut it into paragraphs"),
        (f"Trade. {TURNING}", "holds U+202E"),
        ("Trade.\x1b[31m", "control character U+001B"),
    ],
)
def test_a_paragraph_that_nobody_could_read_is_refused_on_its_line(tmp_path, text, what):
    problem = read(tmp_path, HEAD.format("", text))[0]
    assert what in problem.message
    assert problem.line == 7


def test_marks_of_direction_that_only_mark_may_stand(tmp_path):
    assert read(tmp_path, HEAD.format("", TEXTS[9])) == []


@pytest.mark.parametrize("name", ["..", "...evil", "a b", "-rf", "%2e%2e%2fetc", "a\u202eb"])
def test_a_document_whose_id_is_no_plain_name_is_refused(tmp_path, name):
    _, problems = read_document(written(tmp_path / f"{name}.md", HEAD.format("", "Trade.")))
    assert "use letters, digits, - and _ only" in problems[0].message


def test_nothing_outside_the_folder_is_read_as_a_document(tmp_path):
    (tmp_path / "inside").mkdir()
    written(tmp_path / "outside.md", HEAD.format("", "Trade."))
    written(tmp_path / "inside" / "one.md", HEAD.format("", "Trade."))
    found, _ = read_documents(tmp_path / "inside")
    assert [document.document_id for document in found] == ["one"]


@pytest.mark.parametrize("name", [TEXTS[0], TEXTS[3], TEXTS[5], f"Ana{TURNING}", "Ana" * 99])
def test_a_speaker_whose_name_pages_could_not_show_is_refused(tmp_path, name):
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    path = written(tmp_path / "speakers.toml", SPEAKERS.replace('"Bo Lind"', f'"{quoted}"'))
    with pytest.raises(InputError) as caught:
        read_speakers(path)
    assert "name" in caught.value.problems[0].message


def test_a_theme_whose_label_pages_could_not_show_is_refused(data):
    path = data / "rules" / "themes.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('label = "', 'label = "[Trade](javascript:x)', 1), "utf-8")
    with pytest.raises(InputError, match=r"label '\[Trade\].*which is no part of a name"):
        read_input(folders_under(data))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"a = {'9' * 5000}", "beyond all use"),
        (f"a = {'[' * 3000}", "beyond all use"),
        ("theme = 3", "theme must be a list of sections"),
        ('words = {x = ["a", "b"]}\n[[theme]]\nterms = ["' + "{x}" * 40 + '"]', "spellings"),
    ],
)
def test_rules_that_explode_are_refused(tmp_path, text, what):
    with no_hang(), pytest.raises(InputError, match=what):
        read_toml(written(tmp_path / "themes.toml", text))


@pytest.mark.parametrize(
    "phrase",
    ["a*a*a*a*a*a*a*a*a*a*a*a*b", "*" * 250, "* " * 100 + "x", "*a" * 120, "a* " * 60, "(a+)+$"],
)
def test_no_phrase_that_a_reader_types_hangs_the_search(phrase):
    texts = ["a" * 50_000, "a " * 20_000, "aa-" * 10_000, "ab" * 20_000 + "!"]
    with no_hang():
        assert len(held(texts, phrase)) == 4


@pytest.mark.parametrize(
    ("phrase", "text", "is_held"),
    [
        ("tra*", "free trade", True),
        ("*ade", "free trade", True),
        ("t*d*", "free trade", True),
        ("t*x*e", "free trade", False),
        ("a*b*c", "aXbXbXc", True),
        ("a*b*c", "aXbXbX", False),
        ("a**c", "abc", True),
        ("a*-b*c", "axx-bxxc", True),
        ("*", "a", True),
        ("free tr*de w*", "Free trade’s word", True),
    ],
)
def test_a_star_is_any_letters_of_one_word(phrase, text, is_held):
    assert held([text], phrase) == [is_held]


def test_a_hundred_thousand_phrases_are_not_all_looked_for():
    from dashboard.search import search_terms
    from dashboard.wording import N_PHRASES, split_phrases

    assert len(split_phrases(",".join(map(str, range(100_000))))) == N_PHRASES
    assert len(search_terms(" ".join(map(str, range(100_000))))) < 500


def test_a_document_that_cannot_be_opened_is_told(data):
    path = write_document(data, "2015-01-01-loop")
    path.unlink()
    os.symlink(path, path)
    _, problems = read_documents(data / "documents")
    assert "cannot be read" in problems[0].message


def read(folder, text):
    with no_hang():
        return read_document(written(folder / "talks.md", text))[1]


def written(path, text):
    path.write_text(text, "utf-8")
    return path
