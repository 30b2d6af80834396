import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import story
from dashboard.story import Saved, Story, StoryError

PAGES = ("", "themes", "compare")
VIEWS = (Saved("themes?theme=Trade", "Trade grew."), Saved("compare", 'It was "kept".'))


@given(
    title=st.text(max_size=30),
    captions=st.lists(st.text(max_size=60), min_size=1, max_size=4),
)
def test_what_is_written_is_read_back_whatever_the_texts(title, captions):
    told = Story(title, tuple(Saved("themes?theme=Trade", caption) for caption in captions))
    assert story.read(story.as_text(told), pages=PAGES) == told


def test_views_are_moved_removed_and_captioned():
    told = Story("Two", VIEWS)
    assert [view.link for view in told.moved(0, by=1).views] == ["compare", "themes?theme=Trade"]
    assert told.moved(0, by=-1) == told
    assert told.moved(1, by=1) == told
    assert told.without(0).views == VIEWS[1:]
    assert told.captioned(1, "Kept.").views[1] == Saved("compare", "Kept.")
    assert told.with_view(VIEWS[0]).views == (*VIEWS, VIEWS[0])


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("themes?theme=Trade", "themes?theme=Trade"),
        ("https://parley.example.org/app/themes?theme=Trade", "themes?theme=Trade"),
        ("https://parley.example.org/?theme=Trade", "?theme=Trade"),
        ("?theme=Trade", "?theme=Trade"),
        ("compare", "compare"),
        ("javascript:alert(1)", ""),
        ("secrets", ""),
        (f"themes?theme={'x' * 5000}", ""),
    ],
)
def test_a_link_is_taken_into_the_app_or_refused(link, found):
    assert story.in_app(link, pages=PAGES) == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title = x y", "line 1"),
        ('title = "x"', "no view"),
        ("view = 3", "no view"),
        ('[[view]]\ncaption = "x"', "View 1 has no link"),
        ('[[view]]\nlink = "themes"\n[[view]]\nlink = "nowhere"', "View 2: nowhere is no page"),
        ('[[view]]\nlink = "javascript:alert(1)"', "View 1"),
    ],
)
def test_a_file_that_is_no_story_says_where_and_what(text, told):
    with pytest.raises(StoryError, match=told):
        story.read(text, pages=PAGES)
