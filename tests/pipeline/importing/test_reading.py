import io
import zipfile
import zlib

import docx
import pytest
from hostile import no_hang
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.importing.page import MAX_BYTES
from pipeline.problems import InputError

SPEECH = "Remarks by Foreign Minister Ana Holt\n\nDear friends,\n\nI am glad that we met – at last."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_detected(drafted, encoding):
    draft = drafted(SPEECH.encode(encoding))
    assert draft.paragraphs[-1] == ("Ana Holt", "I am glad that we met – at last.")


def test_a_declared_encoding_is_believed(drafted):
    head = '<html><head><meta charset="koi8-r"></head>'
    html = f"{head}<body><p>Dear friends, I am glad to be in Москва.</p></body>"
    assert "Москва" in drafted(html.encode("koi8-r"), name="page.html").paragraphs[-1][1]


def test_docx_and_pdf_are_read(drafted):
    document = docx.Document()
    for text in SPEECH.split("\n\n"):
        document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    assert drafted(file.getvalue(), name="a.docx").paragraphs[-1][0] == "Ana Holt"
    assert drafted(pdf_of("Dear friends, I am glad."), name="a.pdf").kind == "speech"


def test_a_table_of_a_docx_stands_where_it_stood_and_a_merged_cell_once(drafted):
    document = docx.Document()
    document.add_paragraph("Ana Holt: We met before the table was laid.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Question: What stood on the table, please?"
    document.add_paragraph("Ana Holt: There was fish on it, and bread.")
    file = io.BytesIO()
    document.save(file)
    speakers = [speaker for speaker, _ in drafted(file.getvalue(), name="a.docx").paragraphs]
    assert speakers == ["Ana Holt", "Question", "Ana Holt"]


def test_wrapped_lines_become_paragraphs(drafted):
    sentence = "I am glad that we have met in this old and beautiful town again today,"
    lines = [sentence] * 5 + ["and so we part.", ""] + [sentence] * 5 + ["and so we meet."]
    draft = drafted("Dear friends,\n" + "\n".join(lines), speaker="Ana Holt")
    assert len(draft.paragraphs) == 2


def test_parts_that_html_names_are_left_out_with_their_reason(drafted):
    text = "I am glad that we have met, and I thank our hosts for what they have done for us."
    html = (
        "<html><body><nav><a href='/'>Home and news of the day</a></nav><article>"
        f"<h1>Speech by Foreign Minister Ana Holt</h1><p>{text}</p><p>{text[:40]}, said I.</p>"
        "<figure><img><figcaption>Ana Holt speaks in Karst</figcaption></figure></article>"
        "<div class='comments'><p>I do not believe a word of what she said there.</p></div>"
        "<footer>Ministry of Ardenia, all we do</footer></body></html>"
    )
    reasons = dict(drafted(html, name="page.html").left_out)
    assert reasons["Home and news of the day"] == "navigation"
    assert reasons["Ana Holt speaks in Karst"] == "caption"
    assert reasons["I do not believe a word of what she said there."] == "readers' comments"
    assert reasons["Ministry of Ardenia, all we do"] == "footer"


@pytest.mark.parametrize(
    ("content", "name", "what"),
    [
        (b"", "a.txt", "is empty"),
        (b" \n\n ", "a.html", "is empty"),
        (b"word " * (MAX_BYTES // 5 + 1), "a.txt", "is larger than"),
        (b"word " * (MAX_BYTES // 5), "a.txt", "more than 500,000 characters"),
        (bytes(range(256)) * 20, "a.txt", "is not text"),
        (b"%PDF-1.7\n%truncated", "a.pdf", "is a PDF that cannot be read"),
        (b"PK\x03\x04 truncated", "a.docx", "is a ZIP that cannot be read"),
        (b"<html><body><script>x</script></body></html>", "a.html", "without text"),
        (b"*** --- ***", "a.txt", "holds no words"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(drafted, content, name, what):
    with pytest.raises(InputError, match=what):
        drafted(content, name=name)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(drafted):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 250_000_000)
    with pytest.raises(InputError, match="unpacks to"):
        drafted(file.getvalue(), name="a.docx")


@pytest.mark.parametrize(
    "drawing", [b" " * 300_000_000, b"BT /F1 12 Tf (a) Tj ET " * 600_000], ids=["blank", "busy"]
)
def test_a_pdf_bomb_is_refused_before_it_is_read(drafted, drawing):
    packed = zlib.compress(drawing, 1)
    with no_hang(), pytest.raises(InputError, match=r"draws more than|LimitReachedError"):
        drafted(pdf_drawing(packed, b"/Filter/FlateDecode"), name="a.pdf")


def test_entities_of_a_docx_that_explode_are_refused(drafted):
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    xml = f'<!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]><w>&l11;</w>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", xml)
        archive.writestr("word/document.xml", xml)
    with no_hang(), pytest.raises(InputError, match="is not a DOCX that can be read"):
        drafted(file.getvalue(), name="a.docx")


def test_a_megabyte_without_a_space_is_refused(drafted):
    with pytest.raises(InputError, match="holds a word of 400,000 characters"):
        drafted("Ana Holt: " + "w" * 400_000, name="a.txt")


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<p><i>", "<table><tr><td>"])
def test_tags_nested_by_the_ten_thousand_are_read_or_refused(drafted, tag):
    try:
        draft = drafted(tag * 10_000 + "Ana Holt said that all was well.", name="a.html")
    except InputError:
        return
    assert draft.paragraphs


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.binary(max_size=400) | st.text(max_size=400).map(str.encode),
    st.sampled_from(["a.txt", "a.html", "a.md", "a.pdf", "a.docx"]),
)
def test_anything_becomes_a_draft_or_is_refused(drafted, content, name):
    try:
        draft = drafted(content, name=name)
    except InputError:
        return
    assert all(speaker and text.strip() for speaker, text in draft.paragraphs)
    assert draft.paragraphs


def pdf_of(text):
    return pdf_drawing(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode())


def pdf_drawing(stream, keys=b""):
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d" % len(stream) + keys + b">>stream\n" + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer
