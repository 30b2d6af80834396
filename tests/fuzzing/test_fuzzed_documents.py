"""Whatever a file in the folder of documents holds: a build, or problems with their place."""

import pytest
import srsly
from corpus import write_corpus
from hostile import examples, mostly, no_hang, texts, values
from hypothesis import event, given
from hypothesis import strategies as st

from pipeline import tables
from pipeline.corrections import Corrections
from pipeline.documents import KEYS, KINDS, OCCASIONS, read_documents
from pipeline.frames import Input, part_frames
from pipeline.labelling import Labeller
from pipeline.speakers import read_speakers
from pipeline.statements import read_statements, with_participants


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_corpus(tmp_path_factory.mktemp("fuzzed") / "data")


@pytest.fixture(scope="module")
def rules(folder):
    speakers = read_speakers(folder / "rules" / "speakers.toml")
    return Labeller.from_rules(folder / "rules"), speakers


def problems_of(folder, labeller, speakers):
    """What a refresh does with the folder: the problems found, or a whole build and none."""
    found, problems = read_documents(folder / "documents")
    speakers, conflicts = with_participants(speakers, found)
    statements, unknown = read_statements(found, speakers=speakers)
    places = [*conflicts, *unknown]
    if problems or places:
        return [*problems, *(type(problems[0] if problems else p)(*p) for p in places)]
    read = Input(found, tuple(statements), speakers, labeller, (), Corrections((), ()))
    frames = part_frames(read)
    tables.validate(frames, only=frames.keys() & tables.TABLES.keys())
    return []


def documents():
    """Mostly right: front matter of known keys with sensible or hostile values, some statements."""
    head = st.fixed_dictionaries(
        {
            "date": mostly(st.just("2012-06-05"), values()),
            "title": texts(),
            "kind": mostly(st.sampled_from(KINDS), values()),
        },
        optional={
            "place": mostly(st.just("Hill"), texts()),
            "occasion": mostly(st.sampled_from(OCCASIONS), values()),
            "meeting": mostly(st.just("hill-talks"), texts()),
            "participants": st.lists(mostly(texts(), participants()), max_size=2),
            "speaker": mostly(st.just("Holt"), texts()),
            "sources": st.lists(mostly(sources(), values()), max_size=2),
        },
    )
    return st.builds(written, head, st.lists(paragraphs(), min_size=1, max_size=4))


def written(head, paragraphs):
    text = f"---\n{srsly.yaml_dumps(head)}\n---\n\n" + "\n\n".join(paragraphs)
    return text.encode("utf-8", "surrogatepass")


def garbled():
    """A right document of which some bytes were lost or set in."""
    right = written({"date": "2012-06-05", "title": "Talks", "kind": "report"}, ["Holt: Trade."])
    cut = st.integers(0, len(right))
    return st.builds(lambda a, b, what: right[:a] + what + right[b:], cut, cut, yaml_signs())


def yaml_signs():
    signs = (
        "&a [*a]", "*a", "!!python/object/apply:os.system [ls]", "? [a]: b", "- ", "\t", "\r",
        "---\n", "...", "%YAML 9", "{", "}}", "'", "0x" + "f" * 5000, "9" * 5000, "1:2:3", "<<: *a",
        ".inf", "~", "2012-99-99", "!!binary 4", "!!set {a}", "!!timestamp x", "[" * 3000,
    )  # fmt: skip
    return st.one_of(st.sampled_from(signs).map(str.encode), st.binary(max_size=8))


def participants():
    keys = st.sampled_from(("name", "side", "office", "rank"))
    return st.dictionaries(keys, st.one_of(st.just("Carl Dunne"), texts(), values()), max_size=4)


def sources():
    title, address = (
        mostly(texts(), values()),
        mostly(st.just("https://gazette.example/1"), texts()),
    )
    more = {"publisher": texts(), "date": texts(), "url": address, "sha256": texts()}
    return st.fixed_dictionaries({"title": title}, optional=more)


def paragraphs():
    label = st.sampled_from(("Ana Holt: ", "Lind: ", "Joint: ", "Question: ", "Narration: "))
    number = mostly(st.just(""), st.sampled_from((" [1]", " [2][3]", " [9999]")))
    return st.builds(lambda *parts: "".join(parts), mostly(label, texts()), texts(), number)


def test_the_keys_that_are_fuzzed_are_all_there_are():
    made = {"date", "title", "kind", "place", "occasion", "meeting", "participants", "speaker"}
    assert made | {"sources"} == set(KEYS)


@examples(40)
@given(content=st.one_of(documents(), documents(), garbled(), st.binary(max_size=300)))
def test_a_document_is_read_to_the_end_or_refused_with_its_place(folder, rules, content):
    path = folder / "documents" / "2012-06-05-hill.md"
    path.write_bytes(content)
    with no_hang():
        problems = problems_of(folder, *rules)
    event("refused" if problems else "built")
    for problem in problems:
        assert path.name in problem.path
        assert problem.line >= 1
        assert problem.message
