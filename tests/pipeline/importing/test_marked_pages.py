"""Invented pages in the forms that occur, every sentence marked: see tests/pipeline_pages.py."""

import pytest
from pipeline_pages import PAGES, agreement, read_marked

FLOORS = {"kept": 0.97, "role": 0.93, "speaker": 0.93}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_kind_day_and_place_of_a_page(drafted, path):
    page = read_marked(path)
    draft = drafted(page.text)
    assert draft.kind in page.kinds
    assert str(draft.dated.day or "ask") == page.date
    assert draft.place == page.place or not page.place


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_who_says_what_on_a_page(drafted, path):
    page = read_marked(path)
    draft = drafted(page.text)
    found = agreement(page.sentences, draft.paragraphs, kind=draft.kind, kinds=page.kinds)
    assert found.n_kept_right >= FLOORS["kept"] * found.n, found.errors
    assert found.n_role_right >= FLOORS["role"] * found.n_spoken, found.errors
    assert found.n_speaker_right >= FLOORS["speaker"] * found.n_spoken, found.errors


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_same_page_in_html_reads_the_same(drafted, path):
    page = read_marked(path)
    paragraphs = "".join(f"<p>{text}</p>" for text in page.text.split("\n\n"))
    html = f"<html><body><div>{paragraphs}</div></body></html>"
    draft = drafted(html, name="page.html")
    found = agreement(page.sentences, draft.paragraphs, kind=draft.kind, kinds=page.kinds)
    assert found.n_kept_right >= FLOORS["kept"] * found.n, found.errors
    assert found.n_speaker_right >= FLOORS["speaker"] * found.n_spoken, found.errors


def test_nothing_disappears_in_silence(drafted):
    """Every word of a page is in the draft or in the list of what was left out."""
    for path in PAGES:
        page = read_marked(path)
        draft = drafted(page.text)
        told = [text for _, text in draft.paragraphs]
        words = " ".join([draft.title, *told, *(text for text, _ in draft.left_out)]).split()
        labels = {"question", "moderator", "interpreter", *"QA"}
        missing = set(page.text.split()) - set(words) - labels
        lost = {w for w in missing if not w.endswith((":", ")", "]")) and len(w) > 3}
        assert len(lost) <= 0.05 * len(set(page.text.split())), (path.stem, lost)
